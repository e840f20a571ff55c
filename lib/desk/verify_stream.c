/*
 * desk/verify_stream: one log, and what follows from it.
 *
 * Owns: the chain; the comparison of rows with the fold; what lies beside the log and is proved by digests in it. Must not know: which logs there are.
 */
#include "desk/verify.h"

#include <complaint/schema.h>

#include <string.h>

enum { MAX_COLUMNS = 32 };

typedef struct stream {
    int64_t id;
    cpl_stream_kind kind;
    cpl_case c; /* of a message and a day: the end of the log only */
    cpl_message_log m;
    cpl_rows rows; /* its events */
    bool broken;
    int64_t events;
    cpl_event last;
} stream;

static void projection_missing(cpl_audit *a, int64_t id, const char *table) {
    cpl_finding(a, &(cpl_fault){.stream = id, .what = "projection", .subject = table, .thai = "ไม่มีแถวของเรื่องหรือข้อความที่มีบันทึกเหตุการณ์", .english = "no row for a log"});
}

static void wrong_number_of_rows(cpl_audit *a, int64_t id, const char *what, int32_t table) {
    cpl_finding(a, &(cpl_fault){.stream = id, .what = what, .subject = complaint_schema_table_name(table), .thai = "จำนวนแถวไม่ตรงกับบันทึกเหตุการณ์", .english = "the number of rows is not what the log says"});
}

/* ---- projections of a case ------------------------------------------------------------------------------------------------- */

static void compare_row(cpl_audit *a, const cpl_case *c, int64_t seq, int32_t table, const complaint_value *expected, const complaint_value *found) {
    for (int32_t i = 0; i + 1 < complaint_schema_column_count(table); i++)
        if (!cpl_value_same(&expected[i], &found[i + 1])) cpl_projection_fault(a, c->id, seq, table, i + 1);
}

static complaint_status check_case_row(cpl_audit *a, const cpl_case *c, cpl_arena *arena) {
    complaint_value expected[MAX_COLUMNS];
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, CPL_CASE, c->id, &rows);
    if (s != COMPLAINT_OK) return s;
    cpl_project_case(c, expected);
    if (rows.count != 1) projection_missing(a, c->id, "complaint_case");
    else compare_row(a, c, 0, CPL_CASE, expected, rows.items[0].values);
    return COMPLAINT_OK;
}

static complaint_status check_clock_rows(cpl_audit *a, const cpl_case *c, cpl_arena *arena) {
    complaint_value expected[MAX_COLUMNS];
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, CPL_CLOCK, c->id, &rows);
    if (s == COMPLAINT_OK && rows.count != c->clock_count) wrong_number_of_rows(a, c->id, "projection", CPL_CLOCK);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count && i < c->clock_count; i++) {
        cpl_project_clock(c, &c->clocks[i], expected);
        compare_row(a, c, c->clocks[i].seq, CPL_CLOCK, expected, rows.items[i].values);
    }
    return s;
}

static complaint_status check_referral_rows(cpl_audit *a, const cpl_case *c, cpl_arena *arena) {
    complaint_value expected[MAX_COLUMNS];
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, CPL_REFERRAL, c->id, &rows);
    if (s == COMPLAINT_OK && rows.count != c->referral_count) wrong_number_of_rows(a, c->id, "projection", CPL_REFERRAL);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count && i < c->referral_count; i++) {
        cpl_project_referral(c, &c->referrals[i], expected);
        compare_row(a, c, c->referrals[i].seq, CPL_REFERRAL, expected, rows.items[i].values);
    }
    return s;
}

/* Letters are written with their event, not derived from it; their number is. */
static complaint_status check_numbered(cpl_audit *a, const cpl_case *c, cpl_arena *arena, int32_t table, int64_t expected) {
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, table, c->id, &rows);
    if (s == COMPLAINT_OK && (int64_t)rows.count != expected) wrong_number_of_rows(a, c->id, "missing", table);
    return s;
}

/* A try to deliver is of a notice that the log has. */
static complaint_status check_attempts(cpl_audit *a, const cpl_case *c, cpl_arena *arena) {
    enum { NOTICE = 2 };
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, CPL_ATTEMPT, c->id, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) {
        int64_t notice = rows.items[i].values[NOTICE].integer;
        if (notice < 1 || notice > c->notices)
            cpl_finding(a, &(cpl_fault){.stream = c->id, .seq = notice, .what = "orphan", .subject = "complaint_attempt", .thai = "การส่งของข้อความที่บันทึกเหตุการณ์ไม่มี", .english = "an attempt to deliver a notice that the log does not have"});
    }
    return s;
}

/* Two cases are linked from either side. */
static complaint_status check_links(cpl_audit *a, const cpl_case *c, cpl_arena *arena) {
    enum { OTHER = 2, LINK };
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, CPL_LINK, c->id, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) {
        const complaint_value *row = rows.items[i].values;
        cpl_row back;
        complaint_value key[] = {row[OTHER], cpl_int(c->id)};
        s = cpl_tx_get(a->tx, CPL_LINK, key, 2, arena, &back);
        bool same = s == COMPLAINT_OK && cpl_value_same(&back.values[LINK], &row[LINK]);
        if (s == COMPLAINT_E_NOT_FOUND) s = COMPLAINT_OK;
        if (s == COMPLAINT_OK && !same)
            cpl_finding(a, &(cpl_fault){.stream = c->id, .what = "orphan", .subject = "complaint_link", .thai = "การเชื่อมโยงมีอยู่ข้างเดียว", .english = "a link that the other case does not have"});
    }
    return s;
}

static complaint_status check_number(cpl_audit *a, const cpl_case *c, cpl_arena *arena) {
    enum { CASE = 3 };
    cpl_row row;
    complaint_value key[] = {cpl_int(c->fiscal_year), cpl_int(c->number)};
    if (c->number == 0) return COMPLAINT_OK;
    complaint_status s = cpl_tx_get(a->tx, CPL_NUMBER, key, 2, arena, &row);
    if (s != COMPLAINT_E_NOT_FOUND && (s != COMPLAINT_OK || row.values[CASE].integer == c->id)) return s;
    cpl_finding(a, &(cpl_fault){.stream = c->id, .seq = c->number, .what = "number", .subject = "complaint_number", .thai = "ทะเบียนไม่มีเรื่องนี้ที่เลขทะเบียนของเรื่อง", .english = "the register does not have this case under its number"});
    return COMPLAINT_OK;
}

/* `TABLE.COLUMN` is not what the log's digest proves. */
static void altered(cpl_audit *a, const stream *st, int64_t seq, int32_t table, int32_t column) {
    char subject[CPL_COLUMN_NAME];
    cpl_column_name(table, column, subject);
    cpl_finding(a, &(cpl_fault){.stream = st->id, .seq = seq, .what = "altered", .subject = subject, .thai = "เนื้อหาไม่ตรงกับค่าตรวจสอบในบันทึกเหตุการณ์", .english = "not what the digest in the log proves"});
}

/* ---- evidence --------------------------------------------------------------------------------------------------------------------- */

static void evidence_fault(cpl_audit *a, const stream *st, int64_t seq, const char *what, const char *subject, const char *thai, const char *english) {
    cpl_finding(a, &(cpl_fault){.stream = st->id, .seq = seq, .what = what, .subject = subject, .thai = thai, .english = english});
}

static complaint_status check_item(cpl_audit *a, const stream *st, const complaint_value *row) {
    enum { SEQ = 2, DIGEST, SIZE };
    cpl_buf all;
    cpl_str digest = cpl_value_str(&row[DIGEST]);
    int64_t seq = row[SEQ].integer;
    if (!cpl_str_eq(cpl_log_evidence(&st->rows, seq), digest)) evidence_fault(a, st, seq, "altered", "complaint_evidence.digest", "หลักฐานไม่ใช่ชิ้นที่บันทึกเหตุการณ์ระบุไว้", "not the item that the log names");
    cpl_buf_init(&all, &a->d->memory);
    complaint_status s = cpl_evidence_bytes(a->d, a->tx, digest.p, row[SIZE].integer, &all);
    cpl_buf_free(&all);
    if (s == COMPLAINT_E_NOT_FOUND) evidence_fault(a, st, seq, "missing", "complaint_evidence_chunk", "เนื้อหาของหลักฐานหายไป", "evidence without its bytes");
    else if (cpl_is_fault(s)) evidence_fault(a, st, seq, "altered", "complaint_evidence", "เนื้อหาของหลักฐานไม่ตรงกับค่าตรวจสอบ", "the bytes do not match the digest");
    else return s;
    cpl_error_clear(&a->d->error);
    return COMPLAINT_OK;
}

static complaint_status check_evidence(cpl_audit *a, const stream *st, int64_t expected, cpl_arena *arena) {
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, CPL_EVIDENCE, st->id, &rows);
    if (s == COMPLAINT_OK && (int64_t)rows.count != expected) wrong_number_of_rows(a, st->id, "missing", CPL_EVIDENCE);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) s = check_item(a, st, rows.items[i].values);
    return s;
}

/* ---- the chain ---------------------------------------------------------------------------------------------------------------------- */

static void event_fault(cpl_audit *a, const cpl_event *ev, const char *what, const char *subject, const char *thai, const char *english) {
    cpl_finding(a, &(cpl_fault){.stream = ev->stream, .seq = ev->seq, .what = what, .subject = subject, .thai = thai, .english = english});
}

static void check_link(cpl_audit *a, const stream *st, const cpl_event *ev) {
    static const uint8_t zero[CPL_HASH_SIZE];
    uint8_t hash[CPL_HASH_SIZE];
    cpl_event_hash(a->d->office, ev, hash);
    if (ev->seq != st->events + 1) event_fault(a, ev, "gap", "complaint_event.seq", "ก่อนเหตุการณ์นี้มีเหตุการณ์หายไป", "an event is missing before this one");
    if (memcmp(ev->prev, st->events ? st->last.hash : zero, CPL_HASH_SIZE) != 0) event_fault(a, ev, "chain", "complaint_event.prev", "เหตุการณ์ไม่ต่อจากเหตุการณ์ก่อนหน้า", "the event does not follow the one before it");
    if (memcmp(ev->hash, hash, CPL_HASH_SIZE) != 0) event_fault(a, ev, "hash", "complaint_event.hash", "เหตุการณ์ถูกแก้ไข", "the event was altered");
    if (st->events && ev->entered_at < st->last.entered_at) event_fault(a, ev, "time", "complaint_event.entered_at", "เวลาบันทึกย้อนหลัง", "entry time runs backwards");
}

static complaint_status fold(cpl_audit *a, stream *st, const cpl_event *ev) {
    bool of_case = st->kind == CPL_STREAM_CASE;
    complaint_status s = of_case ? cpl_fold(&st->c, ev, &a->d->error) : cpl_fold_end(&st->c, ev, &a->d->error);
    if (s == COMPLAINT_OK && st->kind == CPL_STREAM_MESSAGE) s = cpl_message_fold(&st->m, ev, &a->d->error);
    return s == COMPLAINT_OK && of_case ? cpl_verify_deadlines(a, &st->c, ev) : s;
}

static complaint_status check_event(cpl_audit *a, stream *st, const complaint_value *row) {
    cpl_event ev;
    complaint_status s = cpl_event_from_row(row, &ev, &a->d->error);
    if (s != COMPLAINT_OK) {
        st->broken = true;
        return cpl_note_fault(a, row[1].integer, row[2].integer, s);
    }
    check_link(a, st, &ev);
    if (st->events == 0) st->kind = cpl_stream_kind_of(ev.stream, ev.kind);
    st->events++;
    st->last = ev;
    if (st->broken) return COMPLAINT_OK;
    s = fold(a, st, &ev);
    st->broken = s != COMPLAINT_OK;
    return cpl_note_fault(a, ev.stream, ev.seq, s);
}

/* ---- what is written beside the log: it says of each row what it has to be, and proves by digests what was written ---- */

static void check_digest(cpl_audit *a, const stream *st, int64_t seq, cpl_str digest, int32_t table, const complaint_value *row, int32_t column) {
    if (!cpl_is_digest_of(digest, &row[column])) altered(a, st, seq, table, column);
}

static void compare_party(cpl_audit *a, const stream *st, const cpl_party *p, const complaint_value *row) {
    enum { SEQ = 2, CHANNEL = 6, NAME, ADDRESS, STATE };
    const complaint_value front[] = {cpl_int(p->seq), cpl_int(p->version), cpl_txt(p->part), cpl_txt(p->identity), cpl_txt(p->channel)};
    for (int32_t i = SEQ; i <= CHANNEL; i++)
        if (!cpl_value_same(&front[i - SEQ], &row[i])) cpl_projection_fault(a, st->id, p->seq, CPL_PARTY, i);
    if (!cpl_str_eq(p->state, cpl_value_str(&row[STATE]))) cpl_projection_fault(a, st->id, p->seq, CPL_PARTY, STATE);
    check_digest(a, st, p->seq, p->name, CPL_PARTY, row, NAME);
    check_digest(a, st, p->seq, p->address, CPL_PARTY, row, ADDRESS);
}

static complaint_status check_parties(cpl_audit *a, const stream *st, cpl_arena *arena) {
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, CPL_PARTY, st->id, &rows);
    if (s == COMPLAINT_OK && rows.count != st->c.party_count) wrong_number_of_rows(a, st->id, "missing", CPL_PARTY);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count && i < st->c.party_count; i++) compare_party(a, st, &st->c.parties[i], rows.items[i].values);
    return s;
}

static void words_altered(cpl_audit *a, const stream *st, int64_t seq) {
    cpl_finding(a, &(cpl_fault){.stream = st->id, .seq = seq, .what = "altered", .subject = "complaint_notice", .thai = "ข้อความ ที่อยู่ หรือช่องทางที่ส่งไม่ตรงกับค่าตรวจสอบในบันทึกเหตุการณ์",
                                .english = "what a notice says, or where it goes, is not what the digest in the log proves"});
}

static void compare_notice(cpl_audit *a, const stream *st, const complaint_value *row) {
    enum { SEQ = 2 };
    static const cpl_about about[] = {[CPL_STREAM_CASE] = CPL_ABOUT_CASE, [CPL_STREAM_MESSAGE] = CPL_ABOUT_MESSAGE, [CPL_STREAM_DAY] = CPL_ABOUT_DAY};
    cpl_notice_faults faults;
    int64_t seq = row[SEQ].integer;
    cpl_notice_differs(&st->c, about[st->kind], row, &faults);
    for (int i = 0; i < faults.count; i++) {
        if (faults.columns[i] == CPL_NOTICE_WORDS) words_altered(a, st, seq);
        else if (i >= faults.altered) altered(a, st, seq, CPL_NOTICE, faults.columns[i]);
        else cpl_projection_fault(a, st->id, seq, CPL_NOTICE, faults.columns[i]);
    }
}

static complaint_status check_notices(cpl_audit *a, const stream *st, cpl_arena *arena) {
    cpl_rows rows = {0};
    complaint_status s = cpl_rows_of(a, arena, CPL_NOTICE, st->id, &rows);
    if (s == COMPLAINT_OK && (int64_t)rows.count != st->c.notices) wrong_number_of_rows(a, st->id, "missing", CPL_NOTICE);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) compare_notice(a, st, rows.items[i].values);
    return s == COMPLAINT_OK ? check_attempts(a, &st->c, arena) : s;
}

static complaint_status check_case(cpl_audit *a, const stream *st, cpl_arena *arena) {
    const cpl_case *c = &st->c;
    complaint_status s = check_case_row(a, c, arena);
    if (s == COMPLAINT_OK) s = check_clock_rows(a, c, arena);
    if (s == COMPLAINT_OK) s = check_referral_rows(a, c, arena);
    if (s == COMPLAINT_OK) s = check_notices(a, st, arena);
    if (s == COMPLAINT_OK) s = check_parties(a, st, arena);
    if (s == COMPLAINT_OK) s = check_numbered(a, c, arena, CPL_PAPER, c->papers);
    if (s == COMPLAINT_OK) s = check_links(a, c, arena);
    if (s == COMPLAINT_OK) s = check_number(a, c, arena);
    return s == COMPLAINT_OK ? check_evidence(a, st, c->evidence, arena) : s;
}

/* ---- messages --------------------------------------------------------------------------------------------------------------------- */

/* The log proves text, sender and address by the digests in the receipt. */
static void compare_message(cpl_audit *a, const stream *st, const complaint_value *row) {
    enum { VERSION = 2, EVIDENCE = 13, SENDER, BODY, ADDRESS };
    const cpl_message_log *m = &st->m;
    const complaint_value expected[] = {cpl_int(m->version), cpl_txt(m->channel), cpl_txt(m->external_id), cpl_txt(m->thread), cpl_int(m->direction), cpl_txt(m->form), cpl_txt(m->state),
                                        cpl_int(m->case_id), cpl_int(m->sent_at), cpl_int(m->entered_at), cpl_int(m->unsent_at), cpl_int(m->evidence)};
    for (int32_t i = VERSION; i <= EVIDENCE; i++)
        if (!cpl_value_same(&expected[i - VERSION], &row[i])) cpl_projection_fault(a, st->id, 0, CPL_MESSAGE, i);
    check_digest(a, st, 1, m->sender, CPL_MESSAGE, row, SENDER);
    check_digest(a, st, 1, m->body, CPL_MESSAGE, row, BODY);
    check_digest(a, st, 1, m->address, CPL_MESSAGE, row, ADDRESS);
}

/* The case that a message opened or joined has a log. */
static complaint_status check_its_case(cpl_audit *a, const stream *st) {
    cpl_stream_kind kind = CPL_STREAM_CASE;
    complaint_status s = st->m.case_id ? cpl_audit_stream(a, st->m.case_id, &kind) : COMPLAINT_OK;
    if (s == COMPLAINT_OK && kind != CPL_STREAM_CASE)
        cpl_finding(a, &(cpl_fault){.stream = st->id, .what = "orphan", .subject = "complaint_message.case_id", .thai = "เรื่องที่ข้อความนี้เป็นของไม่มีบันทึกเหตุการณ์", .english = "the case of this message has no log"});
    return s;
}

static complaint_status check_message(cpl_audit *a, const stream *st, cpl_arena *arena) {
    cpl_row row;
    complaint_value key = cpl_int(st->id);
    complaint_status s = cpl_tx_get(a->tx, CPL_MESSAGE, &key, 1, arena, &row);
    if (s == COMPLAINT_E_NOT_FOUND) projection_missing(a, st->id, "complaint_message");
    else if (s == COMPLAINT_OK) compare_message(a, st, row.values);
    if (s != COMPLAINT_OK) return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
    s = check_its_case(a, st);
    if (s == COMPLAINT_OK) s = check_notices(a, st, arena);
    return s == COMPLAINT_OK ? check_evidence(a, st, st->m.evidence, arena) : s;
}

/* ---- days --------------------------------------------------------------------------------------------------------------------------- */

/* Each check of a channel is an event of its day and a row. */
static complaint_status check_day(cpl_audit *a, const stream *st, cpl_arena *arena) {
    enum { KIND = 3 };
    cpl_rows rows = {0};
    size_t checks = 0;
    for (size_t i = 0; i < st->rows.count; i++) checks += st->rows.items[i].values[KIND].integer == CPL_EV_CHECK_CHANNEL;
    complaint_status s = cpl_rows_of(a, arena, CPL_DUTY, st->id, &rows);
    if (s == COMPLAINT_OK && rows.count != checks) wrong_number_of_rows(a, st->id, "missing", CPL_DUTY);
    return s == COMPLAINT_OK ? check_notices(a, st, arena) : s;
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------------ */

static complaint_status check_made(cpl_audit *a, const stream *st, cpl_arena *arena) {
    if (st->kind == CPL_STREAM_DAY) return check_day(a, st, arena);
    return st->kind == CPL_STREAM_CASE ? check_case(a, st, arena) : check_message(a, st, arena);
}

complaint_status cpl_verify_stream(cpl_audit *a, int64_t id) {
    cpl_arena arena;
    stream st = {.id = id, .m = {.arena = &arena}};
    cpl_arena_init(&arena, &a->d->memory);
    cpl_case_init(&st.c, &arena, id);
    complaint_status s = cpl_rows_of(a, &arena, CPL_EVENT, id, &st.rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < st.rows.count; i++) s = check_event(a, &st, st.rows.items[i].values);
    if (s == COMPLAINT_OK && !st.broken && st.events) s = check_made(a, &st, &arena);
    enum { KIND = 3 };
    if (st.rows.count) cpl_audit_met(a, id, cpl_stream_kind_of(id, (int32_t)st.rows.items[0].values[KIND].integer));
    s = cpl_note_fault(a, id, 0, s);
    a->checked += st.events;
    cpl_arena_free(&arena);
    return s;
}
