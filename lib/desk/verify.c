/*
 * desk/verify: proof that the log is whole and that what is shown follows from it.
 *
 * Owns: the parts of an audit, their order and the token between them; what a finding is. Must not know: how anything came about. A fault is a row of the findings, not an
 * error: an auditor wants all of them.
 *
 * The first part goes through the logs, some in one snapshot; what follows from a log is proved with it. The others go through tables and ask each row for its log. Nothing is carried from part to part but the
 * place and the number of findings, so that an audit may be spread over nights.
 */
#include "desk/verify.h"

#include <complaint/schema.h>

#include <string.h>

enum { F_STREAM, F_SEQ, F_WHAT, F_SUBJECT, F_CLOCK, F_RECORDED, F_COMPUTED, F_THAI, F_ENGLISH, FINDING_COLUMNS };
static const char *const finding_columns[FINDING_COLUMNS] = {"stream", "seq", "what", "subject", "clock", "recorded", "computed", "th", "en"};

/* ---- findings ------------------------------------------------------------------------------------------------------------ */

void cpl_finding(cpl_audit *a, const cpl_fault *f) {
    complaint_page *p = a->findings;
    if (!cpl_page_row(p)) return;
    cpl_page_id(p, F_STREAM, f->stream);
    cpl_page_int(p, F_SEQ, f->seq);
    cpl_page_str(p, F_WHAT, cpl_str_of(f->what));
    cpl_page_str(p, F_SUBJECT, cpl_str_of(f->subject));
    cpl_page_int(p, F_CLOCK, f->clock);
    cpl_page_int(p, F_RECORDED, f->recorded);
    cpl_page_int(p, F_COMPUTED, f->computed);
    cpl_page_str(p, F_THAI, cpl_str_of(f->thai));
    cpl_page_str(p, F_ENGLISH, cpl_str_of(f->english));
}

bool cpl_is_fault(complaint_status s) { return CPL_CLASS(s) == COMPLAINT_E_CORRUPT; }

complaint_status cpl_note_fault(cpl_audit *a, int64_t stream, int64_t seq, complaint_status s) {
    const complaint_error *e = &a->d->error;
    if (!cpl_is_fault(s)) return s;
    cpl_finding(a, &(cpl_fault){.stream = stream, .seq = seq, .what = "row", .subject = e->subject, .thai = e->thai, .english = e->english});
    cpl_error_clear(&a->d->error);
    return COMPLAINT_OK;
}

/* Names of tables and columns have at most 30 bytes each. */
void cpl_column_name(int32_t table, int32_t column, char out[CPL_COLUMN_NAME]) {
    const char *name = complaint_schema_table_name(table), *which = complaint_schema_column_name(table, column);
    size_t n = strlen(name), k = strlen(which);
    memcpy(out, name, n);
    out[n] = '.';
    memcpy(out + n + 1, which, k + 1);
}

void cpl_projection_fault(cpl_audit *a, int64_t stream, int64_t seq, int32_t table, int32_t column) {
    char subject[CPL_COLUMN_NAME];
    cpl_column_name(table, column, subject);
    cpl_finding(a, &(cpl_fault){.stream = stream, .seq = seq, .what = "projection", .subject = subject, .thai = "ค่านี้ไม่ตรงกับบันทึกเหตุการณ์", .english = "the value is not what the log makes it"});
}

complaint_status cpl_rows_of(cpl_audit *a, cpl_arena *arena, int32_t table, int64_t id, cpl_rows *rows) {
    cpl_range r = {.table = table, .equal = {cpl_int(id)}, .equal_count = 1};
    return cpl_tx_select(a->tx, &r, arena, rows);
}

/* ---- streams ------------------------------------------------------------------------------------------------------------- */

/* Ids are milliseconds above random bits: both take part. */
static cpl_met_stream *place_of(const cpl_audit *a, int64_t id) {
    uint64_t spread = (uint64_t)id * UINT64_C(0x9E3779B97F4A7C15);
    return &a->met[spread >> (64 - CPL_MET_BITS)];
}

void cpl_audit_met(cpl_audit *a, int64_t id, cpl_stream_kind kind) { *place_of(a, id) = (cpl_met_stream){id, kind}; }

complaint_status cpl_audit_stream(cpl_audit *a, int64_t id, cpl_stream_kind *kind) {
    const cpl_met_stream *met = place_of(a, id);
    if (met->id == id && met->kind != CPL_STREAM_NONE) {
        *kind = met->kind;
        return COMPLAINT_OK;
    }
    complaint_status s = cpl_stream_find(a->d, a->tx, id, kind);
    if (s == COMPLAINT_OK) cpl_audit_met(a, id, *kind);
    return s;
}

/* ---- parts ----------------------------------------------------------------------------------------------------------------- */

/* Where an audit stands: the part, the last stream or owner it has looked at, the findings of the calls before. */
enum { STREAMS, OWNERS }; /* one part a table from OWNERS on, then the rest */
enum { AT_PART, AT_PLACE, AT_FAULTS, AT_NUMBERS };

typedef struct round {
    cpl_audit a;
    int64_t part, place;
    int64_t rows; /* of the findings, when this part of the walk began */
    int64_t checked, looked;
} round;

typedef complaint_status (*whole_part)(cpl_audit *a);
static const whole_part wholes[] = {cpl_verify_requests, cpl_verify_definitions, cpl_verify_registers, cpl_verify_counters};
enum { WHOLES = sizeof wholes / sizeof wholes[0] };

static int64_t part_count(void) { return OWNERS + cpl_owned_table_count + WHOLES; }

static void next_part(round *r) {
    r->part++;
    r->place = INT64_MIN;
}

/* Some streams, until there are about as many events as one snapshot should hold. */
static complaint_status some_streams(round *r) {
    enum { EVENTS = 512 };
    bool found = true;
    complaint_status s = COMPLAINT_OK;
    while (s == COMPLAINT_OK && found && r->a.checked - r->checked < EVENTS) {
        s = cpl_next_owner(r->a.d, r->a.tx, CPL_EVENT, r->place, &r->place, &found);
        if (s == COMPLAINT_OK && found) s = cpl_verify_stream(&r->a, r->place);
    }
    if (s == COMPLAINT_OK && !found) next_part(r);
    return s;
}

static complaint_status some_owners(round *r) {
    bool more = false;
    complaint_status s = cpl_verify_owners(&r->a, cpl_owned_tables[r->part - OWNERS], &r->place, &more);
    if (s == COMPLAINT_OK && !more) next_part(r);
    return s;
}

static complaint_status one_part(cpl_tx *tx, void *context) {
    round *r = context;
    int64_t part = r->part, place = r->place; /* a run that the store broke off has proved nothing */
    r->a.tx = tx;
    cpl_page_cut(r->a.findings, r->rows);
    r->a.checked = r->checked;
    r->a.looked = r->looked;
    complaint_status s = COMPLAINT_OK;
    if (r->part == STREAMS) s = some_streams(r);
    else if (r->part < OWNERS + cpl_owned_table_count) s = some_owners(r);
    else {
        s = wholes[r->part - OWNERS - cpl_owned_table_count](&r->a);
        next_part(r);
    }
    if (s == COMPLAINT_OK) return s;
    r->part = part;
    r->place = place;
    return s;
}

/* What came of the last part is kept. */
static void keep_part(round *r) {
    r->rows = complaint_page_count(r->a.findings);
    r->checked = r->a.checked;
    r->looked = r->a.looked;
}

static complaint_status walk(round *r, int64_t budget) {
    complaint_status s = COMPLAINT_OK;
    while (s == COMPLAINT_OK && r->part < part_count()) {
        s = cpl_long_may_go_on(r->a.d, r->checked + r->looked, budget);
        if (s == COMPLAINT_OK) s = cpl_desk_reading(r->a.d, one_part, r);
        if (s == COMPLAINT_OK) keep_part(r);
    }
    return s;
}

/* ---- the call ----------------------------------------------------------------------------------------------------------------- */

static complaint_status may_verify(complaint_desk *d, const complaint_actor *actor) {
    static const char *const roles[] = {"auditor", "head", "officer"};
    cpl_view view;
    complaint_status s = cpl_desk_view(d, actor, &view);
    for (size_t i = 0; s == COMPLAINT_OK && i < sizeof roles / sizeof roles[0]; i++) {
        int role = cpl_policy_role(d->policy, cpl_str_of(roles[i]));
        if (role >= 0 && (view.asking >> role & 1)) return COMPLAINT_OK;
    }
    return s == COMPLAINT_OK ? cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้ตรวจสอบบันทึกไม่ได้", "the log is verified by an auditor, the head or an officer") : s;
}

static complaint_status begin(round *r, const char *token, int64_t *faults) {
    int64_t at[AT_NUMBERS] = {STREAMS, INT64_MIN, 0};
    complaint_desk *d = r->a.d;
    bool good = !token || (cpl_token_read(token, at, AT_NUMBERS) && at[AT_PART] >= 0 && at[AT_PART] < part_count() && at[AT_FAULTS] >= 0);
    if (!good) return cpl_bad_token(d);
    r->part = at[AT_PART];
    r->place = at[AT_PLACE];
    *faults = at[AT_FAULTS];
    r->a.met = cpl_alloc_zero(&d->memory, CPL_MET_STREAMS, sizeof *r->a.met);
    if (r->a.met) r->a.findings = cpl_page_new(&d->memory, finding_columns, FINDING_COLUMNS);
    return r->a.findings ? COMPLAINT_OK : cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
}

static complaint_status finish(round *r, complaint_status s, int64_t faults, complaint_page **findings, int64_t *checked) {
    complaint_desk *d = r->a.d;
    char token[CPL_TOKEN_MAX];
    int64_t found = faults + r->rows;
    if (s != COMPLAINT_OK) {
        cpl_page_cut(r->a.findings, r->rows);
        cpl_token_write((const int64_t[]){r->part, r->place, found}, AT_NUMBERS, token);
        cpl_page_token(r->a.findings, cpl_str_of(token));
    }
    complaint_status made = cpl_page_finish(r->a.findings, findings, &d->error);
    if (made != COMPLAINT_OK) return made;
    *checked = r->checked;
    if (s != COMPLAINT_OK || found == 0) return s;
    return cpl_failf(&d->error, COMPLAINT_E_CORRUPT, "verify", "พบข้อผิดพลาด %lld รายการ", "%lld faults were found", (long long)found);
}

complaint_status cpl_desk_verify(complaint_desk *d, const complaint_actor *actor, int32_t flags, const char *token, int64_t budget, complaint_page **findings, int64_t *checked) {
    round r = {.a = {.d = d, .flags = flags}};
    int64_t faults = 0;
    complaint_status s = may_verify(d, actor);
    if (s == COMPLAINT_OK) s = begin(&r, token, &faults);
    if (s == COMPLAINT_OK) {
        s = walk(&r, budget);
        if (cpl_long_keeps(s)) s = finish(&r, s, faults, findings, checked);
        else complaint_page_free(r.a.findings);
    }
    cpl_forget_definitions(&r.a);
    cpl_free(&d->memory, r.a.met);
    return s;
}

const char *cpl_finding_text(const complaint_page *findings, int64_t row, int32_t language) {
    return complaint_page_text_of(findings, row, finding_columns[language == COMPLAINT_THAI ? F_THAI : F_ENGLISH]);
}
