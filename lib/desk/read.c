/*
 * desk/read: pages of cases and messages.
 *
 * Owns: which table and index a page comes from, tokens. Must not know: what an actor may see; every cell goes through view.
 *
 * A token is the index position of the last row, its values separated by bars; it means the same to every store.
 */
#include "desk/job.h"

#include <complaint/schema.h>

#include <string.h>

enum { DEFAULT_LIMIT = 100, MOST_ROWS = 1000, MAX_CELLS = 32, CASE_BLIND = 27 };

/* How a column is shown. TEXT_ENVELOPE: free text; WHO_ENVELOPE: identity; WHO_TEXT: what leads to it (a conversation is with somebody). */
typedef enum { AS_INT, AS_ID, AS_TEXT, AS_BLOB_TEXT, WHO_TEXT, TEXT_ENVELOPE, WHO_ENVELOPE } cell_form;

typedef struct column_spec {
    int32_t column;
    cell_form form;
} column_spec;

typedef struct page_spec {
    int32_t table;
    const column_spec *columns;
    int32_t count;
    const char *also; /* one column more, which is in no row: who wrote a message; NULL */
} page_spec;

static const column_spec case_columns[] = {{1, AS_ID},    {3, AS_INT},  {4, AS_INT},  {5, AS_TEXT}, {6, AS_TEXT}, {7, AS_TEXT}, {8, AS_TEXT}, {9, AS_INT},
                                           {10, AS_TEXT}, {11, AS_INT}, {12, AS_INT}, {13, AS_INT}, {14, AS_INT}, {15, AS_INT}, {16, AS_INT}, {17, AS_INT},
                                           {18, AS_INT},  {19, AS_INT}, {20, AS_INT}, {21, AS_INT}, {22, AS_INT}, {23, AS_TEXT}, {24, AS_TEXT}, {26, AS_TEXT}, {28, AS_TEXT}};
static const column_spec clock_columns[] = {{1, AS_ID},   {2, AS_INT},  {4, AS_TEXT}, {5, AS_INT},  {6, AS_TEXT}, {7, AS_INT},  {8, AS_INT},  {9, AS_INT}, {10, AS_INT},
                                            {11, AS_INT}, {12, AS_INT}, {13, AS_INT}, {14, AS_INT}, {15, AS_INT}, {16, AS_INT}, {17, AS_INT}, {18, AS_INT}};
static const column_spec referral_columns[] = {{1, AS_ID}, {2, AS_INT}, {4, AS_TEXT}, {5, AS_TEXT}, {6, AS_INT}, {7, AS_TEXT}, {8, AS_INT}, {9, AS_INT}, {10, AS_INT}, {11, AS_TEXT}, {12, AS_INT}};
static const column_spec notice_columns[] = {{1, AS_ID},   {16, AS_TEXT}, {2, AS_INT},  {4, AS_INT},  {5, AS_TEXT},  {6, AS_TEXT},  {7, AS_TEXT},       {8, AS_INT},
                                             {9, AS_TEXT}, {10, AS_INT}, {11, AS_INT}, {12, AS_INT}, {13, AS_INT}, {14, WHO_ENVELOPE}, {15, TEXT_ENVELOPE}};
static const column_spec party_columns[] = {{1, AS_ID}, {2, AS_INT}, {4, AS_TEXT}, {5, AS_TEXT}, {6, AS_TEXT}, {7, WHO_ENVELOPE}, {8, WHO_ENVELOPE}, {9, AS_TEXT}};
static const column_spec paper_columns[] = {{1, AS_ID}, {2, AS_INT}, {3, AS_INT}, {4, AS_TEXT}, {5, AS_TEXT}, {6, AS_INT}, {7, AS_TEXT}, {8, AS_TEXT}, {9, AS_INT}, {10, TEXT_ENVELOPE}, {11, TEXT_ENVELOPE}};
static const column_spec link_columns[] = {{1, AS_ID}, {2, AS_ID}, {3, AS_TEXT}, {4, AS_INT}};
static const column_spec message_columns[] = {{1, AS_ID},   {3, AS_TEXT}, {4, WHO_TEXT}, {5, WHO_TEXT}, {6, AS_INT},  {7, AS_TEXT},       {8, AS_TEXT},       {9, AS_ID},
                                              {10, AS_INT}, {11, AS_INT}, {12, AS_INT}, {13, AS_INT}, {14, WHO_ENVELOPE}, {15, TEXT_ENVELOPE}, {16, WHO_ENVELOPE}};
static const column_spec evidence_columns[] = {{1, AS_ID}, {2, AS_INT}, {3, AS_TEXT}, {4, AS_INT}, {5, AS_TEXT}, {6, AS_INT}, {7, TEXT_ENVELOPE}};

#define SPEC(table, columns) {table, columns, (int32_t)(sizeof(columns) / sizeof((columns)[0])), NULL}
static const page_spec case_spec = SPEC(CPL_CASE, case_columns), clock_spec = SPEC(CPL_CLOCK, clock_columns), referral_spec = SPEC(CPL_REFERRAL, referral_columns),
                       notice_spec = SPEC(CPL_NOTICE, notice_columns), party_spec = SPEC(CPL_PARTY, party_columns), message_spec = SPEC(CPL_MESSAGE, message_columns),
                       evidence_spec = SPEC(CPL_EVIDENCE, evidence_columns), paper_spec = SPEC(CPL_PAPER, paper_columns), link_spec = SPEC(CPL_LINK, link_columns);
static const page_spec case_message_spec = {CPL_MESSAGE, message_columns, (int32_t)(sizeof message_columns / sizeof message_columns[0]), "party"};

/* ---- one read call ---------------------------------------------------------------------------------------------------- */

typedef struct look look;
typedef complaint_status (*look_work)(look *l);

/* What is asked for, and what one run has found so far. */
struct look {
    complaint_desk *d;
    cpl_view view;
    look_work work;
    int64_t id, limit;
    int32_t today; /* of worklists of notices */
    cpl_part part;
    const page_spec *spec;
    cpl_range range;
    const char *token;
    cpl_str digest; /* of evidence */
    cpl_str number; /* of an old register */
    cpl_buf *bytes;
    complaint_page **page;
    cpl_arena arena;
    cpl_tx *tx;
    cpl_rows rows;
    cpl_case c; /* the case the page is about, if any */
};

static complaint_status one_run(cpl_tx *tx, void *context) {
    look *l = context;
    l->tx = tx;
    l->rows = (cpl_rows){0};
    cpl_arena_init(&l->arena, &l->d->memory);
    complaint_status s = l->work(l);
    cpl_arena_free(&l->arena);
    return s;
}

static complaint_status look_for(look *l, const complaint_actor *a, look_work work) {
    complaint_desk *d = l->d;
    complaint_status s = cpl_desk_view(d, a, &l->view);
    if (s == COMPLAINT_OK && !l->view.any)
        s = cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้ไม่มีสิทธิดูข้อมูล", "these roles may not see anything");
    l->work = work;
    return s == COMPLAINT_OK ? cpl_desk_reading(d, one_run, l) : s;
}

/* What an actor may not know of is not there for him. */
static complaint_status look_at_case(look *l, int64_t case_id) {
    complaint_status s = cpl_load_case(l->tx, &l->arena, case_id, &l->c);
    return s == COMPLAINT_OK && !cpl_view_sees_case(&l->view, &l->c) ? cpl_no_such_case(&l->d->error, case_id) : s;
}

/* A message may come from any of a case's complainants, or from somebody who is not one yet: who may not know all of them is told none. */
static bool sees_everybody(const look *l) {
    bool all = l->c.party_count > 0 || cpl_view_sees_identity(&l->view, CPL_LIT("confidential"));
    for (size_t i = 0; i < l->c.party_count; i++) all = all && cpl_view_sees_identity(&l->view, l->c.parties[i].identity);
    return all;
}

/* ---- rows → page ------------------------------------------------------------------------------------------------------------ */

static void put_who(complaint_page *p, int32_t at, cpl_str s, bool visible) {
    if (s.n == 0 || visible) cpl_page_str(p, at, s);
    else cpl_page_mask(p, at);
}

static complaint_status put_cell(look *l, complaint_page *p, int32_t at, cell_form form, const complaint_value *v, bool who) {
    switch (form) {
    case AS_INT: cpl_page_int(p, at, v->integer); return COMPLAINT_OK;
    case AS_ID: cpl_page_id(p, at, v->integer); return COMPLAINT_OK;
    case AS_TEXT:
    case AS_BLOB_TEXT: cpl_page_str(p, at, cpl_value_str(v)); return COMPLAINT_OK;
    case WHO_TEXT: put_who(p, at, cpl_value_str(v), who); return COMPLAINT_OK;
    case TEXT_ENVELOPE: return cpl_page_envelope(p, at, v, l->view.text, &l->d->error);
    case WHO_ENVELOPE: return cpl_page_envelope(p, at, v, who, &l->d->error);
    }
    return COMPLAINT_OK;
}

/* The complainant from whom a message is; 0: from somebody who is none, to whom nothing is owed until he is added. */
static int64_t writer_of(const look *l, const complaint_value *message) { return cpl_writer_of(l->d->policy, &l->c, message); }

static complaint_status put_row(look *l, complaint_page *p, const page_spec *spec, const complaint_value *row, bool who) {
    complaint_status s = cpl_page_row(p) ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
    for (int32_t i = 0; s == COMPLAINT_OK && i < spec->count; i++) s = put_cell(l, p, i, spec->columns[i].form, &row[spec->columns[i].column], who);
    if (s == COMPLAINT_OK && spec->also) cpl_page_int(p, spec->count, writer_of(l, row));
    return s;
}

static complaint_page *new_page(look *l, const page_spec *spec) {
    const char *names[MAX_CELLS];
    for (int32_t i = 0; i < spec->count; i++) names[i] = complaint_schema_column_name(spec->table, spec->columns[i].column);
    if (spec->also) names[spec->count] = spec->also;
    return cpl_page_new(&l->d->memory, names, spec->count + (spec->also != NULL));
}

/* A notice has the address of one complainant; in a list, where no case was looked at, the view has been narrowed to those who may know all. */
static bool sees_recipient(const look *l, cpl_str recipient) {
    char name[48];
    for (size_t i = 0; i < l->c.party_count; i++)
        if (cpl_str_eq(recipient, cpl_complainant_name(l->c.parties[i].seq, name))) return cpl_view_sees_identity(&l->view, l->c.parties[i].identity);
    return sees_everybody(l);
}

/* Whether the actor may know whom a row is about: a party by its own level, else the complainants. */
static bool sees_who(const look *l, const page_spec *spec, const complaint_value *row) {
    enum { PARTY_IDENTITY = 5, NOTICE_RECIPIENT = 6 };
    if (spec->table == CPL_PARTY) return cpl_view_sees_identity(&l->view, cpl_value_str(&row[PARTY_IDENTITY]));
    return spec->table == CPL_NOTICE ? sees_recipient(l, cpl_value_str(&row[NOTICE_RECIPIENT])) : sees_everybody(l);
}

static complaint_status rows_page(look *l, const page_spec *spec, size_t count, cpl_str token, complaint_page **page) {
    complaint_page *p = new_page(l, spec);
    if (!p) return cpl_fail(&l->d->error, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < count; i++) s = put_row(l, p, spec, l->rows.items[i].values, sees_who(l, spec, l->rows.items[i].values));
    if (token.n) cpl_page_token(p, token);
    if (s == COMPLAINT_OK) return cpl_page_finish(p, page, &l->d->error);
    complaint_page_free(p);
    return s == COMPLAINT_E_MEMORY ? cpl_fail(&l->d->error, s, NULL) : s;
}

/* ---- tokens --------------------------------------------------------------------------------------------------------------------- */

enum { MAX_POSITION = 6 };

/* All positions behind the equal part are integers. */
static bool parse_token(const char *token, complaint_value *after, int32_t wanted) {
    int64_t numbers[MAX_POSITION];
    bool good = cpl_token_read(token, numbers, wanted);
    for (int32_t i = 0; good && i < wanted; i++) after[i] = cpl_int(numbers[i]);
    return good;
}

static void write_token(const cpl_range *r, const complaint_value *row, char out[CPL_TOKEN_MAX]) {
    int64_t numbers[MAX_POSITION];
    int32_t n = 0, width = complaint_schema_index_width(r->table, r->index);
    for (int32_t i = 1 + r->equal_count; i < width; i++) numbers[n++] = row[complaint_schema_index_column(r->table, r->index, i)].integer;
    cpl_token_write(numbers, n, out);
}

/* Selects one row more than asked for, to know whether there is a next page. */
static complaint_status select_page(look *l, cpl_range *r, const char *token, int64_t limit, size_t *count, char next[CPL_TOKEN_MAX]) {
    *count = 0;
    next[0] = '\0';
    if (limit < 0 || limit > MOST_ROWS) return cpl_failf(&l->d->error, COMPLAINT_E_RANGE, "limit", "จำนวนแถวต้องเป็น 1 ถึง 1000", "limit must be 1 to 1000, or 0 for 100");
    if (limit == 0) limit = DEFAULT_LIMIT;
    int32_t behind = complaint_schema_index_width(r->table, r->index) - 1 - r->equal_count;
    if (token && !parse_token(token, r->after, behind)) return cpl_bad_token(l->d);
    r->after_count = token ? behind : 0;
    r->limit = limit + 1;
    complaint_status s = cpl_tx_select(l->tx, r, &l->arena, &l->rows);
    if (s != COMPLAINT_OK) return s;
    bool more = l->rows.count > (size_t)limit;
    *count = more ? (size_t)limit : l->rows.count;
    if (more) write_token(r, l->rows.items[limit - 1].values, next);
    return COMPLAINT_OK;
}

/* The column that names the case of a row; 0: none. */
static int32_t case_column(int32_t table) { return table == CPL_MESSAGE ? 9 : table == CPL_CASE || table == CPL_CLOCK || table == CPL_NOTICE || table == CPL_REFERRAL ? 1 : 0; }

/* The case that a row has to do with, 0: none. A notice may be about a message, which may belong to a case by now, or about a day. */
static complaint_status find_case_of(look *l, const page_spec *spec, const complaint_value *row, int64_t *id) {
    enum { ABOUT = 16, MESSAGE_CASE = 9 };
    cpl_row message;
    *id = case_column(spec->table) ? row[case_column(spec->table)].integer : 0;
    if (spec->table != CPL_NOTICE || cpl_str_is(cpl_value_str(&row[ABOUT]), "case")) return COMPLAINT_OK;
    complaint_value key = cpl_int(*id);
    *id = 0;
    if (!cpl_str_is(cpl_value_str(&row[ABOUT]), "message")) return COMPLAINT_OK;
    complaint_status s = cpl_tx_get(l->tx, CPL_MESSAGE, &key, 1, &l->arena, &message);
    if (s == COMPLAINT_E_NOT_FOUND) return cpl_fail(&l->d->error, COMPLAINT_E_CORRUPT, "complaint_message");
    if (s == COMPLAINT_OK) *id = message.values[MESSAGE_CASE].integer;
    return s;
}

/* A day that is over is no work any more: the duty log has it as missed. */
static bool is_over(const look *l, const page_spec *spec, const complaint_value *row) { return spec->table == CPL_NOTICE && row[1].integer < CPL_FIRST_ID && row[1].integer < l->today; }

static bool is_finished(cpl_str phase) { return cpl_str_is(phase, "closed") || cpl_str_is(phase, "rejected") || cpl_str_is(phase, "withdrawn"); }

/* Whether the actor is one of those who must not see the case of a row, or nothing is waited for any more (a referral, a day). The case's own row says if there are any, so that a list costs one look a row and a fold only
 * where somebody is concerned. */
static complaint_status blind_to(look *l, const page_spec *spec, const complaint_value *row, bool *blind) {
    enum { PHASE = 6 };
    cpl_case c;
    cpl_row case_of_row;
    int64_t id = 0;
    *blind = is_over(l, spec, row);
    complaint_status s = find_case_of(l, spec, row, &id);
    if (s != COMPLAINT_OK || id == 0) return s;
    complaint_value key = cpl_int(id);
    if (spec->table == CPL_CASE) case_of_row.values = (complaint_value *)row;
    else s = cpl_tx_get(l->tx, CPL_CASE, &key, 1, &l->arena, &case_of_row);
    if (s == COMPLAINT_OK && spec->table == CPL_REFERRAL && is_finished(cpl_value_str(&case_of_row.values[PHASE]))) {
        *blind = true;
        return s;
    }
    if (s != COMPLAINT_OK || case_of_row.values[CASE_BLIND].integer == 0) return s == COMPLAINT_E_NOT_FOUND ? cpl_fail(&l->d->error, COMPLAINT_E_CORRUPT, "complaint_case") : s;
    s = cpl_load_case(l->tx, &l->arena, id, &c);
    *blind = s == COMPLAINT_OK && cpl_view_is_blind(&l->view, &c);
    return s;
}

/* Leaves out what the actor must not see; a page may then be shorter than its limit and still have a next one. */
static complaint_status leave_out(look *l, const page_spec *spec, size_t *count) {
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        bool blind = false;
        complaint_status s = blind_to(l, spec, l->rows.items[i].values, &blind);
        if (s != COMPLAINT_OK) return s;
        if (!blind) l->rows.items[kept++] = l->rows.items[i];
    }
    *count = kept;
    return COMPLAINT_OK;
}

static complaint_status paged(look *l, const page_spec *spec, cpl_range *r, const char *token, int64_t limit, complaint_page **page) {
    char next[CPL_TOKEN_MAX];
    size_t count;
    complaint_status s = select_page(l, r, token, limit, &count, next);
    if (s == COMPLAINT_OK) s = leave_out(l, spec, &count);
    return s == COMPLAINT_OK ? rows_page(l, spec, count, cpl_str_of(next), page) : s;
}

/* ---- what belongs to a case ------------------------------------------------------------------------------------------------------ */

static complaint_status all_of_case(look *l, const page_spec *spec, int32_t index, complaint_page **page) {
    cpl_range r = {.table = spec->table, .index = index, .equal = {cpl_int(l->c.id)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(l->tx, &r, &l->arena, &l->rows);
    return s == COMPLAINT_OK ? rows_page(l, spec, l->rows.count, CPL_LIT(""), page) : s;
}

/* The row of a case that the actor may know of. Who sees every case needs no fold where the row says that nobody is kept from it. */
static complaint_status visible_row(look *l, int64_t case_id, cpl_row *row) {
    complaint_value key = cpl_int(case_id);
    complaint_status s = cpl_tx_get(l->tx, CPL_CASE, &key, 1, &l->arena, row);
    bool there = s == COMPLAINT_OK;
    if (there && l->view.all_cases && row->values[CASE_BLIND].integer == 0) return s;
    if (there || s == COMPLAINT_E_NOT_FOUND) s = look_at_case(l, case_id);
    return s == COMPLAINT_OK && !there ? cpl_fail(&l->d->error, COMPLAINT_E_CORRUPT, "complaint_case") : s;
}

static complaint_status look_row(look *l) {
    cpl_row row;
    complaint_status s = visible_row(l, l->id, &row);
    if (s != COMPLAINT_OK) return s;
    l->rows = (cpl_rows){&row, 1, 1};
    return rows_page(l, &case_spec, 1, CPL_LIT(""), l->page);
}

/* A link is shown to who sees both ends. */
static complaint_status sees_other(look *l, int64_t other, bool *sees) {
    cpl_case c;
    complaint_status s = other ? cpl_load_case(l->tx, &l->arena, other, &c) : COMPLAINT_E_NOT_FOUND;
    *sees = s == COMPLAINT_OK && cpl_view_sees_case(&l->view, &c);
    if (s != COMPLAINT_E_NOT_FOUND) return s;
    cpl_error_clear(&l->d->error);
    return COMPLAINT_OK;
}

static complaint_status links_page(look *l, complaint_page **page) {
    enum { OTHER = 2 };
    cpl_range r = {.table = CPL_LINK, .equal = {cpl_int(l->c.id)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(l->tx, &r, &l->arena, &l->rows);
    size_t kept = 0;
    for (size_t i = 0; s == COMPLAINT_OK && i < l->rows.count; i++) {
        bool sees;
        s = sees_other(l, l->rows.items[i].values[OTHER].integer, &sees);
        if (s == COMPLAINT_OK && sees) l->rows.items[kept++] = l->rows.items[i];
    }
    return s == COMPLAINT_OK ? rows_page(l, &link_spec, kept, CPL_LIT(""), page) : s;
}

static complaint_status part_of_case(look *l, cpl_part part, complaint_page **page) {
    enum { MESSAGES_OF_CASE = 4 };
    switch (part) {
    case CPL_PART_CASE: break; /* look_row */
    case CPL_PART_CLOCKS: return all_of_case(l, &clock_spec, 0, page);
    case CPL_PART_REFERRALS: return all_of_case(l, &referral_spec, 0, page);
    case CPL_PART_PARTIES: return all_of_case(l, &party_spec, 0, page);
    case CPL_PART_PAPERS: return all_of_case(l, &paper_spec, 0, page);
    case CPL_PART_LINKS: return links_page(l, page);
    case CPL_PART_MESSAGES: return all_of_case(l, &case_message_spec, MESSAGES_OF_CASE, page);
    }
    return cpl_fail(&l->d->error, COMPLAINT_E_INTERNAL, "part");
}

static complaint_status look_part(look *l) {
    complaint_status s = look_at_case(l, l->id);
    return s == COMPLAINT_OK ? part_of_case(l, l->part, l->page) : s;
}

complaint_status cpl_desk_part(complaint_desk *d, const complaint_actor *a, int64_t case_id, cpl_part part, complaint_page **page) {
    look l = {.d = d, .id = case_id, .part = part, .page = page};
    return look_for(&l, a, part == CPL_PART_CASE ? look_row : look_part);
}

/* What goes to the store as a key. */
static complaint_status check_key(complaint_desk *d, const char *name, cpl_str key) {
    size_t offset;
    if (key.n > CPL_KEY_MAX) return cpl_failf(&d->error, COMPLAINT_E_TOO_LARGE, name, "%s ยาว %zu ไบต์ เกิน %d", "%s has %zu bytes, more than %d", name, key.n, CPL_KEY_MAX);
    complaint_status s = cpl_utf8_check(key, &offset);
    return s == COMPLAINT_OK ? s : cpl_fail(&d->error, s, name);
}

/* The number's case goes to l->id. */
static complaint_status look_number(look *l) {
    enum { NUMBER_CASE = 3 };
    cpl_row row, visible;
    complaint_status s = cpl_tx_get(l->tx, CPL_NUMBER, l->range.equal, 2, &l->arena, &row);
    if (s != COMPLAINT_OK) return s;
    l->id = row.values[NUMBER_CASE].integer;
    return visible_row(l, l->id, &visible);
}

complaint_status cpl_desk_find(complaint_desk *d, const complaint_actor *a, int32_t fiscal_year, int64_t number, int64_t *case_id) {
    look l = {.d = d, .range = {.equal = {cpl_int(fiscal_year), cpl_int(number)}}};
    complaint_status s = look_for(&l, a, look_number);
    if (s == COMPLAINT_E_NOT_FOUND)
        return cpl_failf(&d->error, s, "number", "ไม่พบเลขทะเบียน %lld/%d", "there is no register number %lld/%d", (long long)number, (int)fiscal_year);
    if (s == COMPLAINT_OK) *case_id = l.id;
    return s;
}

/* One register may have a number in several ways, and several years: those of the year that is asked for, and that the actor may know of. */
static complaint_status leave_legacy(look *l, int32_t year, size_t *count) {
    enum { CASE = 1, RECEIVED = 13, LEGACY = 28 };
    size_t kept = 0;
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < *count; i++) {
        const cpl_row *row = &l->rows.items[i];
        cpl_row visible;
        cpl_str key;
        int32_t written;
        if (!cpl_legacy_key(&l->arena, cpl_value_str(&row->values[LEGACY]), &key, &written)) return cpl_fail(&l->d->error, COMPLAINT_E_MEMORY, NULL);
        if (!cpl_legacy_is_of_year(written, row->values[RECEIVED].integer, year)) continue;
        s = visible_row(l, row->values[CASE].integer, &visible);
        if (s == COMPLAINT_OK) l->rows.items[kept++] = *row;
        if (s != COMPLAINT_E_NOT_FOUND) continue;
        cpl_error_clear(&l->d->error);
        s = COMPLAINT_OK;
    }
    *count = kept;
    return s;
}

static complaint_status look_legacy(look *l) {
    enum { BY_LEGACY = 5 };
    char next[CPL_TOKEN_MAX];
    size_t count;
    int32_t year;
    cpl_range r = {.table = CPL_CASE, .index = BY_LEGACY, .equal_count = 1};
    cpl_str key;
    if (!cpl_legacy_key(&l->arena, l->number, &key, &year)) return cpl_fail(&l->d->error, COMPLAINT_E_MEMORY, NULL);
    if (key.n == 0) return cpl_failf(&l->d->error, COMPLAINT_E_INVALID, "number", "ต้องระบุเลขที่ในทะเบียนเดิม", "the number in the old register is needed");
    r.equal[0] = cpl_txt(key);
    complaint_status s = select_page(l, &r, l->token, l->limit, &count, next);
    if (s == COMPLAINT_OK) s = leave_legacy(l, year, &count);
    return s == COMPLAINT_OK ? rows_page(l, &case_spec, count, cpl_str_of(next), l->page) : s;
}

complaint_status cpl_desk_find_legacy(complaint_desk *d, const complaint_actor *a, cpl_str number, const char *token, int64_t limit, complaint_page **page) {
    complaint_status s = check_key(d, "number", number);
    look l = {.d = d, .number = number, .token = token, .limit = limit, .page = page};
    return s == COMPLAINT_OK ? look_for(&l, a, look_legacy) : s;
}

/* ---- messages ------------------------------------------------------------------------------------------------------------------------ */

enum { MESSAGE_CASE = 9 };

static complaint_status no_such_message(complaint_desk *d, int64_t message) {
    return cpl_failf(&d->error, COMPLAINT_E_NOT_FOUND, "message", "ไม่พบข้อความ %lld", "there is no message %lld", (long long)message);
}

/* A message that belongs to a case is seen by who sees the case; one that belongs to none by who sees all. */
static complaint_status look_at_message(look *l, int64_t message, cpl_row *row) {
    complaint_value key = cpl_int(message);
    complaint_status s = cpl_tx_get(l->tx, CPL_MESSAGE, &key, 1, &l->arena, row);
    if (s == COMPLAINT_E_NOT_FOUND) return no_such_message(l->d, message);
    if (s != COMPLAINT_OK) return s;
    int64_t case_id = row->values[MESSAGE_CASE].integer;
    s = case_id ? look_at_case(l, case_id) : l->view.all_cases ? COMPLAINT_OK : COMPLAINT_E_NOT_FOUND;
    return s == COMPLAINT_E_NOT_FOUND ? no_such_message(l->d, message) : s;
}

static complaint_status look_message(look *l) {
    cpl_row row;
    complaint_status s = look_at_message(l, l->id, &row);
    l->rows = (cpl_rows){&row, 1, 1};
    return s == COMPLAINT_OK ? rows_page(l, &message_spec, 1, CPL_LIT(""), l->page) : s;
}

complaint_status cpl_desk_message(complaint_desk *d, const complaint_actor *a, int64_t message, complaint_page **page) {
    look l = {.d = d, .id = message, .page = page};
    return look_for(&l, a, look_message);
}

/* By its id at the service; its own goes to l->id. */
static complaint_status look_external(look *l) {
    enum { ID = 1 };
    complaint_status s = cpl_tx_select(l->tx, &l->range, &l->arena, &l->rows);
    if (s == COMPLAINT_OK && l->rows.count == 0) s = COMPLAINT_E_NOT_FOUND;
    if (s != COMPLAINT_OK) return s;
    l->id = l->rows.items[0].values[ID].integer;
    return look_message(l);
}

complaint_status cpl_desk_find_message(complaint_desk *d, const complaint_actor *a, cpl_str channel, cpl_str external_id, complaint_page **page) {
    enum { BY_EXTERNAL_ID = 1 };
    complaint_status s = check_key(d, "channel", channel);
    if (s == COMPLAINT_OK) s = check_key(d, "external_id", external_id);
    if (s != COMPLAINT_OK) return s;
    look l = {.d = d, .range = {.table = CPL_MESSAGE, .index = BY_EXTERNAL_ID, .equal = {cpl_txt(channel), cpl_txt(external_id)}, .equal_count = 2, .limit = 1}, .page = page};
    s = look_for(&l, a, look_external);
    if (s != COMPLAINT_E_NOT_FOUND) return s;
    return cpl_failf(&d->error, s, "external_id", "ไม่พบข้อความที่มีรหัสนี้ในช่องทางนี้", "there is no message with this id on that channel");
}

static complaint_status need_all_cases(look *l) {
    if (l->view.all_cases) return COMPLAINT_OK;
    return cpl_failf(&l->d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้ดูได้เฉพาะเรื่องที่ส่งต่อมาถึงหน่วยงานตน", "this role sees only what was referred to its unit");
}

/* Rows of cases of any level: identities are shown to who may see all of them. */
static complaint_status look_list(look *l) {
    l->view.confidential = l->view.confidential && l->view.named && l->view.anonymous;
    complaint_status s = need_all_cases(l);
    return s == COMPLAINT_OK ? paged(l, l->spec, &l->range, l->token, l->limit, l->page) : s;
}

static complaint_status list_of(complaint_desk *d, const complaint_actor *a, const page_spec *spec, const cpl_range *r, const char *token, int64_t limit, complaint_page **page) {
    look l = {.d = d, .spec = spec, .range = *r, .token = token, .limit = limit, .page = page};
    return look_for(&l, a, look_list);
}

complaint_status cpl_desk_inbox(complaint_desk *d, const complaint_actor *a, cpl_str state, const char *token, int64_t limit, complaint_page **page) {
    static const char *const states[] = {"new", "opened", "joined", "set_aside", "reply"};
    bool known = false;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) known |= cpl_str_is(state, states[i]);
    if (!known) return cpl_failf(&d->error, COMPLAINT_E_UNKNOWN_CODE, "state", "ไม่รู้จักสถานะข้อความ “%.*s”", "no such message state “%.*s”", (int)(state.n > 64 ? 64 : state.n), state.n ? state.p : "");
    cpl_range r = {.table = CPL_MESSAGE, .index = 2, .equal = {cpl_txt(state)}, .equal_count = 1};
    return list_of(d, a, &message_spec, &r, token, limit, page);
}

complaint_status cpl_desk_thread(complaint_desk *d, const complaint_actor *a, cpl_str channel, cpl_str thread, const char *token, int64_t limit, complaint_page **page) {
    complaint_status s = check_key(d, "channel", channel);
    if (s == COMPLAINT_OK) s = check_key(d, "thread", thread);
    if (s != COMPLAINT_OK) return s;
    cpl_range r = {.table = CPL_MESSAGE, .index = 3, .equal = {cpl_txt(channel), cpl_txt(thread)}, .equal_count = 2};
    return list_of(d, a, &message_spec, &r, token, limit, page);
}

/* ---- the log ----------------------------------------------------------------------------------------------------------------------------- */

static const char *const event_names[] = {"seq", "kind", "verb", "label", "happened_at", "entered_at", "actor", "actor_role", "actor_unit", "on_behalf", "acting_for", "payload", "sealed", "hash"};

/* Reads on to the member of this name of the object whose `{` was read. */
static bool member_of(cpl_scan *scan, const char *name) {
    while (cpl_scan_next(scan) == CPL_SCAN_KEY) {
        if (cpl_str_is(scan->raw, name)) return true;
        int t = cpl_scan_next(scan);
        if ((t == CPL_SCAN_OBJECT || t == CPL_SCAN_ARRAY) && !cpl_scan_skip(scan)) return false;
    }
    return false;
}

/* Reads on to the value of a field. */
static bool at_field(cpl_scan *scan, cpl_str payload, const char *name) {
    cpl_scan_init(scan, payload);
    return cpl_scan_next(scan) == CPL_SCAN_OBJECT && member_of(scan, "fields") && cpl_scan_next(scan) == CPL_SCAN_OBJECT && member_of(scan, name);
}

/* The case that a link is to, a number or its digits; 0: none. */
static int64_t linked_case(cpl_str payload) {
    cpl_scan scan;
    if (!at_field(&scan, payload, "case")) return 0;
    int t = cpl_scan_next(&scan);
    int64_t id = t == CPL_SCAN_INT ? scan.integer : 0;
    for (size_t i = 0; t == CPL_SCAN_STRING && i < scan.raw.n && i < 19; i++) id = id > (INT64_MAX - 9) / 10 ? 0 : id * 10 + (scan.raw.p[i] - '0');
    return id;
}

/* Reads on to the number of the complainant who is new with an event, or whose entry it changes. */
static bool at_party(cpl_scan *scan, cpl_str payload, const char *list) {
    cpl_scan_init(scan, payload);
    return cpl_scan_next(scan) == CPL_SCAN_OBJECT && member_of(scan, list) && cpl_scan_next(scan) == CPL_SCAN_ARRAY && cpl_scan_next(scan) == CPL_SCAN_OBJECT && member_of(scan, "seq");
}

/* Whether the actor may know who an event is about: the complainant who is new with it or whose entry it changes, the one it names, else all of them. [CR-4.2.5] */
static bool sees_subject(const look *l, cpl_str payload) {
    cpl_scan scan;
    bool one = at_party(&scan, payload, "parties") || at_party(&scan, payload, "amended") || at_field(&scan, payload, "party");
    int64_t seq = one && cpl_scan_next(&scan) == CPL_SCAN_INT ? scan.integer : 0;
    for (size_t i = 0; i < l->c.party_count; i++)
        if (l->c.parties[i].seq == seq) return cpl_view_sees_identity(&l->view, l->c.parties[i].identity);
    return sees_everybody(l);
}

/* Kinds whose payload holds digests of names and addresses: whoever has a list of names could find the one that fits. */
static bool holds_digests(int32_t kind) {
    static const int32_t kinds[] = {CPL_EV_RECEIVE,   CPL_EV_TRIAGE, CPL_EV_EXECUTIVE_INTAKE, CPL_EV_ADD_COMPLAINANT, CPL_EV_UPDATE_COMPLAINANT,
                                    CPL_EV_DELIVERED, CPL_EV_REFUSED, CPL_EV_UNSENT};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i] == kind) return true;
    return false;
}

/* What a payload may give away: who somebody is, the conversation that a message belongs to, the other end of a link. */
static complaint_status payload_is_open(look *l, const cpl_event *ev, bool *open) {
    *open = !holds_digests(ev->kind) || sees_everybody(l);
    return ev->kind == CPL_EV_LINK || ev->kind == CPL_EV_UNLINK ? sees_other(l, linked_case(ev->payload), open) : COMPLAINT_OK;
}

static complaint_status put_event(look *l, complaint_page *p, const complaint_value *row) {
    enum { ROW_SEALED = 13, CELL_PAYLOAD = 11, CELL_SEALED, CELL_HASH };
    cpl_event ev;
    bool open = false;
    char hex[2 * CPL_HASH_SIZE + 1];
    complaint_status s = cpl_event_from_row(row, &ev, &l->d->error);
    size_t offset;
    if (s == COMPLAINT_OK && cpl_utf8_check(ev.payload, &offset) != COMPLAINT_OK) s = cpl_fail(&l->d->error, COMPLAINT_E_CORRUPT, "complaint_event.payload");
    if (s == COMPLAINT_OK) s = payload_is_open(l, &ev, &open);
    if (s != COMPLAINT_OK || !cpl_page_row(p)) return s == COMPLAINT_OK ? COMPLAINT_E_MEMORY : s;
    const char *name = cpl_event_name(ev.kind), *label = cpl_event_label(ev.kind, COMPLAINT_THAI);
    cpl_page_int(p, 0, ev.seq);
    cpl_page_int(p, 1, ev.kind);
    cpl_page_str(p, 2, cpl_str_of(name ? name : "unknown"));
    cpl_page_str(p, 3, cpl_str_of(label ? label : ""));
    cpl_page_int(p, 4, ev.happened_at);
    cpl_page_int(p, 5, ev.entered_at);
    const cpl_str texts[] = {ev.actor, ev.role, ev.unit, ev.on_behalf, ev.acting_for};
    for (int32_t i = 0; i < 5; i++) cpl_page_str(p, 6 + i, texts[i]);
    put_who(p, CELL_PAYLOAD, ev.payload, open);
    cpl_hex(ev.hash, sizeof ev.hash, hex);
    cpl_page_str(p, CELL_HASH, cpl_str_of(hex));
    return cpl_page_sealed(p, CELL_SEALED, &row[ROW_SEALED], l->view.text, sees_subject(l, ev.payload), &l->d->error);
}

static complaint_status events_page(look *l, int64_t stream, const char *token, int64_t limit, complaint_page **page) {
    char next[CPL_TOKEN_MAX];
    size_t count;
    cpl_range r = {.table = CPL_EVENT, .equal = {cpl_int(stream)}, .equal_count = 1};
    complaint_status s = select_page(l, &r, token, limit, &count, next);
    if (s != COMPLAINT_OK) return s;
    complaint_page *p = cpl_page_new(&l->d->memory, event_names, sizeof event_names / sizeof event_names[0]);
    if (!p) return cpl_fail(&l->d->error, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; s == COMPLAINT_OK && i < count; i++) s = put_event(l, p, l->rows.items[i].values);
    if (next[0]) cpl_page_token(p, cpl_str_of(next));
    if (s == COMPLAINT_OK) return cpl_page_finish(p, page, &l->d->error);
    complaint_page_free(p);
    return s == COMPLAINT_E_MEMORY ? cpl_fail(&l->d->error, s, NULL) : s;
}

/* A stream or an owner is a case or a message. */
static complaint_status look_at_either(look *l) {
    cpl_row row;
    complaint_status s = look_at_case(l, l->id);
    if (s != COMPLAINT_E_NOT_FOUND) return s;
    cpl_error_clear(&l->d->error);
    return look_at_message(l, l->id, &row);
}

/* The log of a day of duty lies under the day's number, far below the ids of cases; it is about nobody, and for who sees all. */
static complaint_status look_at_stream(look *l) {
    bool day = l->view.all_cases && l->id > 0 && l->id < CPL_FIRST_ID;
    return day ? COMPLAINT_OK : look_at_either(l);
}

static complaint_status look_events(look *l) {
    complaint_status s = look_at_stream(l);
    return s == COMPLAINT_OK ? events_page(l, l->id, l->token, l->limit, l->page) : s;
}

/* ---- notices: of a case, a message, a day ---- */

static complaint_status look_notices(look *l) {
    cpl_range r = {.table = CPL_NOTICE, .equal = {cpl_int(l->id)}, .equal_count = 1};
    complaint_status s = look_at_stream(l);
    if (s == COMPLAINT_E_NOT_FOUND) return cpl_no_such_case(&l->d->error, l->id);
    if (s == COMPLAINT_OK) s = cpl_tx_select(l->tx, &r, &l->arena, &l->rows);
    return s == COMPLAINT_OK ? rows_page(l, &notice_spec, l->rows.count, CPL_LIT(""), l->page) : s;
}

complaint_status cpl_desk_notices(complaint_desk *d, const complaint_actor *a, int64_t stream, complaint_page **page) {
    look l = {.d = d, .id = stream, .page = page};
    return look_for(&l, a, look_notices);
}

complaint_status cpl_desk_events(complaint_desk *d, const complaint_actor *a, int64_t stream, const char *token, int64_t limit, complaint_page **page) {
    look l = {.d = d, .id = stream, .token = token, .limit = limit, .page = page};
    return look_for(&l, a, look_events);
}

/* ---- evidence ------------------------------------------------------------------------------------------------------------------------------- */

static complaint_status evidence_rows(look *l) {
    cpl_range r = {.table = CPL_EVIDENCE, .equal = {cpl_int(l->id)}, .equal_count = 1};
    complaint_status s = look_at_either(l);
    return s == COMPLAINT_OK ? cpl_tx_select(l->tx, &r, &l->arena, &l->rows) : s;
}

static complaint_status look_evidence(look *l) {
    complaint_status s = evidence_rows(l);
    return s == COMPLAINT_OK ? rows_page(l, &evidence_spec, l->rows.count, CPL_LIT(""), l->page) : s;
}

complaint_status cpl_desk_evidence_list(complaint_desk *d, const complaint_actor *a, int64_t owner, complaint_page **page) {
    look l = {.d = d, .id = owner, .page = page};
    return look_for(&l, a, look_evidence);
}

static complaint_status look_bytes(look *l) {
    enum { DIGEST = 3, SIZE = 4 };
    const complaint_value *found = NULL;
    cpl_buf_clear(l->bytes);
    if (!l->view.text) return cpl_failf(&l->d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้ไม่มีสิทธิดูหลักฐาน", "these roles may not see evidence");
    complaint_status s = evidence_rows(l);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; i < l->rows.count; i++)
        if (cpl_str_eq(cpl_value_str(&l->rows.items[i].values[DIGEST]), l->digest)) found = l->rows.items[i].values;
    if (!found) return cpl_failf(&l->d->error, COMPLAINT_E_NOT_FOUND, "evidence", "ไม่พบหลักฐานนี้ในเรื่อง", "the case or message has no such evidence");
    s = cpl_evidence_bytes(l->d, l->tx, cpl_value_str(&found[DIGEST]).p, found[SIZE].integer, l->bytes);
    if (s != COMPLAINT_E_NOT_FOUND) return s;
    return cpl_failf(&l->d->error, COMPLAINT_E_CORRUPT, "complaint_evidence", "หลักฐานไม่ครบ", "a part of the evidence is missing");
}

static void give_pieces(complaint_desk *d, const cpl_buf *all, complaint_bytes_fn sink, void *context) {
    enum { PIECE = 256 * 1024 };
    size_t at = 0;
    do {
        size_t n = all->size - at < PIECE ? all->size - at : PIECE;
        if (cpl_host_give(&d->host, sink, context, all->data ? all->data + at : "", n)) return;
        at += n;
    } while (at < all->size);
}

complaint_status cpl_desk_read_evidence(complaint_desk *d, const complaint_actor *a, int64_t owner, cpl_str digest, complaint_bytes_fn sink, void *context) {
    cpl_buf all;
    cpl_buf_init(&all, &d->memory);
    look l = {.d = d, .id = owner, .digest = digest, .bytes = &all};
    complaint_status s = look_for(&l, a, look_bytes);
    if (s == COMPLAINT_OK) give_pieces(d, &all, sink, context);
    cpl_buf_free(&all);
    return s;
}

/* ---- worklists --------------------------------------------------------------------------------------------------------------------------------- */

static bool comes_first(const cpl_row *a, const cpl_row *b) {
    enum { CASE = 1, SEQ };
    int64_t x = a->values[CASE].integer, y = b->values[CASE].integer;
    return x < y || (x == y && a->values[SEQ].integer < b->values[SEQ].integer);
}

/* Two lists in order of case and number become one. */
static bool merge_rows(cpl_arena *a, const cpl_rows *one, const cpl_rows *other, cpl_rows *all) {
    size_t n = one->count + other->count, i = 0, k = 0;
    *all = (cpl_rows){cpl_arena_alloc(a, (n + 1) * sizeof *all->items), n, n + 1};
    if (!all->items) return false;
    for (size_t at = 0; at < n; at++) {
        bool first = k == other->count || (i < one->count && comes_first(&one->items[i], &other->items[k]));
        all->items[at] = first ? one->items[i++] : other->items[k++];
    }
    return true;
}

/* What was sent and what the unit has accepted wait for it alike: two ranges of one index. */
static complaint_status look_unit(look *l) {
    char next[CPL_TOKEN_MAX];
    size_t count;
    int64_t limit = l->limit ? l->limit : DEFAULT_LIMIT;
    if (l->view.unit.n == 0) return cpl_failf(&l->d->error, COMPLAINT_E_REQUIRED, "actor.unit", "ไม่ได้ระบุหน่วยงานของผู้ปฏิบัติ", "the actor has no unit");
    l->range.equal[0] = cpl_txt(l->view.unit);
    l->range.equal[1] = cpl_txt(CPL_LIT("sent"));
    complaint_status s = select_page(l, &l->range, l->token, l->limit, &count, next);
    cpl_rows sent = l->rows, accepted = {0};
    l->range.equal[1] = cpl_txt(CPL_LIT("accepted"));
    if (s == COMPLAINT_OK) s = cpl_tx_select(l->tx, &l->range, &l->arena, &accepted);
    if (s != COMPLAINT_OK) return s;
    if (!merge_rows(&l->arena, &sent, &accepted, &l->rows)) return cpl_fail(&l->d->error, COMPLAINT_E_MEMORY, NULL);
    count = l->rows.count > (size_t)limit ? (size_t)limit : l->rows.count;
    next[0] = '\0';
    if (l->rows.count > count) write_token(&l->range, l->rows.items[count - 1].values, next);
    s = leave_out(l, &referral_spec, &count);
    return s == COMPLAINT_OK ? rows_page(l, &referral_spec, count, cpl_str_of(next), l->page) : s;
}

static complaint_status unit_worklist(complaint_desk *d, const complaint_actor *a, const char *token, int64_t limit, complaint_page **page) {
    look l = {.d = d, .token = token, .limit = limit, .page = page, .range = {.table = CPL_REFERRAL, .index = 1, .equal_count = 2}};
    return look_for(&l, a, look_unit);
}

static complaint_status look_mine(look *l) {
    l->range.equal[0] = cpl_txt(l->view.person);
    return look_list(l);
}

static complaint_status my_worklist(complaint_desk *d, const complaint_actor *a, const char *token, int64_t limit, complaint_page **page) {
    enum { ASSIGNEE_INDEX = 4 };
    look l = {.d = d, .spec = &case_spec, .token = token, .limit = limit, .page = page,
              .range = {.table = CPL_CASE, .index = ASSIGNEE_INDEX, .equal_count = 1, .until = {cpl_int(CPL_NO_DEADLINE)}, .until_count = 1}};
    return look_for(&l, a, look_mine);
}

static complaint_status refused_worklist(complaint_desk *d, const complaint_actor *a, const char *token, int64_t limit, complaint_page **page) {
    int64_t now = 0;
    look l = {.d = d, .spec = &notice_spec, .token = token, .limit = limit, .page = page, .range = {.table = CPL_NOTICE, .index = 1, .equal = {cpl_txt(CPL_LIT("refused"))}, .equal_count = 1}};
    complaint_status s = cpl_host_now(&d->host, &now, &d->error);
    if (s == COMPLAINT_OK) l.today = cpl_instant_day(now);
    return s == COMPLAINT_OK ? look_for(&l, a, look_list) : s;
}

complaint_status cpl_desk_due(complaint_desk *d, const complaint_actor *a, const char *rule, int64_t until, const char *token, int64_t limit, complaint_page **page) {
    enum { DUE_INDEX = 1, RULE_INDEX = 3 };
    cpl_range r = {.table = CPL_CLOCK, .index = rule ? RULE_INDEX : DUE_INDEX, .equal = {cpl_txt(CPL_LIT("running")), cpl_txt(cpl_str_of(rule))}, .equal_count = rule ? 2 : 1};
    if (rule && cpl_policy_clock(d->policy, cpl_str_of(rule)) < 0)
        return cpl_failf(&d->error, COMPLAINT_E_UNKNOWN_CODE, "rule", "ไม่มีกำหนดเวลา “%.64s” ในมาตรฐานการปฏิบัติงาน", "the policy has no clock “%.64s”", rule);
    if (until != INT64_MAX) {
        r.until[0] = cpl_int(until - (until > INT64_MIN));
        r.until_count = 1;
    }
    return list_of(d, a, &clock_spec, &r, token, limit, page);
}

complaint_status cpl_desk_worklist(complaint_desk *d, const complaint_actor *a, int32_t worklist, const char *token, int64_t limit, complaint_page **page) {
    cpl_range open = {.table = CPL_CASE, .index = 1, .until = {cpl_int(CPL_NO_DEADLINE)}, .until_count = 1};
    cpl_range due = {.table = CPL_CLOCK, .index = 1, .equal = {cpl_txt(CPL_LIT("running"))}, .equal_count = 1};
    switch (worklist) {
    case COMPLAINT_WORK_OPEN: return list_of(d, a, &case_spec, &open, token, limit, page);
    case COMPLAINT_WORK_DUE: return list_of(d, a, &clock_spec, &due, token, limit, page);
    case COMPLAINT_WORK_REFUSED: return refused_worklist(d, a, token, limit, page);
    case COMPLAINT_WORK_MINE: return my_worklist(d, a, token, limit, page);
    case COMPLAINT_WORK_UNIT: return unit_worklist(d, a, token, limit, page);
    default: return cpl_failf(&d->error, COMPLAINT_E_UNKNOWN_CODE, "worklist", "ไม่มีรายการงานหมายเลข %d", "there is no worklist %d", (int)worklist);
    }
}
