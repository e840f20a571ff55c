/*
 * desk/restore_stream: one stream of an archive, proved before any of it is kept.
 *
 * Owns: what the rows of a case, message or day must be, given its events. Must not know: lines, transactions.
 */
#include "desk/archive.h"

#include <complaint/schema.h>

#include <string.h>

typedef struct proof {
    complaint_desk *d;
    cpl_archived *st;
    const cpl_definitions *definitions;
    cpl_event last;
    complaint_error *e;
} proof;

static const cpl_rows *rows_of(const cpl_archived *st, int32_t table) { return &st->rows[cpl_stream_table(table)]; }

/* The stream as a whole. */
static complaint_status wrong(const proof *p, const char *what, const char *thai, const char *english) {
    return cpl_failf(p->e, COMPLAINT_E_CORRUPT, what, "รายการ %lld: %s%.0s", "stream %lld: %.0s%s", (long long)p->st->id, thai, english);
}

/* The line of a row stands behind its columns. */
static int64_t line_of(int32_t table, const complaint_value *row) { return row[complaint_schema_column_count(table)].integer; }

/* One of its rows: the line is known. */
static complaint_status wrong_row(const proof *p, int32_t table, const complaint_value *row, const char *what, const char *thai, const char *english) {
    complaint_status s = wrong(p, what, thai, english);
    p->e->line = line_of(table, row);
    return s;
}

/* ---- the chain ---- */

static complaint_status prove_link(const proof *p, const cpl_event *ev, int64_t seq, const complaint_value *row) {
    static const uint8_t zero[CPL_HASH_SIZE];
    uint8_t hash[CPL_HASH_SIZE];
    cpl_event_hash(p->d->office, ev, hash);
    if (ev->seq != seq) return wrong_row(p, CPL_EVENT, row, "complaint_event.seq", "ลำดับเหตุการณ์ขาดหรือซ้ำ", "an event is missing, or there twice");
    if (memcmp(ev->prev, seq == 1 ? zero : p->last.hash, CPL_HASH_SIZE) != 0) return wrong_row(p, CPL_EVENT, row, "complaint_event.prev", "เหตุการณ์ไม่ต่อจากเหตุการณ์ก่อน", "an event does not follow the one before it");
    if (memcmp(ev->hash, hash, CPL_HASH_SIZE) != 0) return wrong_row(p, CPL_EVENT, row, "complaint_event.hash", "เหตุการณ์ถูกแก้ไข", "an event was altered");
    if (seq > 1 && ev->entered_at < p->last.entered_at) return wrong_row(p, CPL_EVENT, row, "complaint_event.entered_at", "เวลาบันทึกย้อนหลัง", "entry time runs backwards");
    return COMPLAINT_OK;
}

bool cpl_is_defined(const cpl_definitions *list, cpl_str kind, cpl_str digest) {
    for (size_t i = 0; i < list->count; i++)
        if (cpl_str_eq(list->items[i].digest, digest) && cpl_str_eq(list->items[i].kind, kind)) return true;
    return false;
}

/* Policy and calendar that a deadline rests on come with it. */
static complaint_status prove_cited(const proof *p, const complaint_value *row) {
    const struct {
        const char *kind;
        cpl_str digest;
    } cited[] = {{"policy", p->st->c.cited_policy}, {"calendar", p->st->c.cited_calendar}};
    for (size_t i = 0; i < sizeof cited / sizeof cited[0]; i++) {
        if (cited[i].digest.p && !cpl_is_defined(p->definitions, cpl_str_of(cited[i].kind), cited[i].digest))
            return wrong_row(p, CPL_EVENT, row, "complaint_definition", "มาตรฐานการปฏิบัติงานหรือปฏิทินที่เหตุการณ์อ้างไม่อยู่ในแฟ้ม หรือถูกแก้ไข", "the policy or calendar that an event cites is not in the archive, or was altered");
    }
    return COMPLAINT_OK;
}

static complaint_status fold(const proof *p, const cpl_event *ev, const complaint_value *row) {
    if (p->st->kind == CPL_STREAM_CASE) {
        complaint_status s = cpl_fold(&p->st->c, ev, p->e);
        return s == COMPLAINT_OK ? prove_cited(p, row) : s;
    }
    complaint_status s = cpl_fold_end(&p->st->c, ev, p->e);
    return s == COMPLAINT_OK && p->st->kind == CPL_STREAM_MESSAGE ? cpl_message_fold(&p->st->m, ev, p->e) : s;
}

static complaint_status prove_event(proof *p, const complaint_value *row, int64_t seq) {
    cpl_event ev;
    complaint_status s = cpl_event_from_row(row, &ev, p->e);
    if (s == COMPLAINT_OK && seq == 1) p->st->kind = cpl_stream_kind_of(p->st->id, ev.kind);
    if (s == COMPLAINT_OK) s = prove_link(p, &ev, seq, row);
    if (s == COMPLAINT_OK) s = fold(p, &ev, row);
    if (s == COMPLAINT_OK) p->last = ev;
    else if (p->e->line == 0) p->e->line = line_of(CPL_EVENT, row);
    return s;
}

static complaint_status prove_events(proof *p) {
    const cpl_rows *events = rows_of(p->st, CPL_EVENT);
    complaint_status s = events->count ? COMPLAINT_OK : wrong(p, "complaint_event", "ไม่มีเหตุการณ์", "there are rows without an event");
    for (size_t i = 0; s == COMPLAINT_OK && i < events->count; i++) s = prove_event(p, events->items[i].values, (int64_t)i + 1);
    return s;
}

/* ---- rows that follow from the events ---- */

/* `first` is the column of the first expected value. */
static complaint_status prove_columns(const proof *p, int32_t table, const complaint_value *row, int32_t first, const complaint_value *expected, int32_t count) {
    for (int32_t i = 0; i < count; i++)
        if (!cpl_value_same(&expected[i], &row[first + i])) return wrong_row(p, table, row, complaint_schema_column_name(table, first + i), "แถวไม่ตรงกับเหตุการณ์", "a row is not what the events make it");
    return COMPLAINT_OK;
}

static complaint_status prove_count(const proof *p, int32_t table, int64_t expected) {
    if ((int64_t)rows_of(p->st, table)->count == expected) return COMPLAINT_OK;
    return wrong(p, complaint_schema_table_name(table), "จำนวนแถวไม่ตรงกับเหตุการณ์", "the number of rows is not what the events say");
}

/* What lies beside the log and is proved by its digest there. */
static complaint_status prove_digest(const proof *p, cpl_str digest, int32_t table, const complaint_value *row, int32_t column) {
    return cpl_is_digest_of(digest, &row[column]) ? COMPLAINT_OK : wrong_row(p, table, row, complaint_schema_column_name(table, column), "เนื้อหาถูกแก้ไข", "what the log proves by its digest was altered");
}

/* Numbered 1, 2, 3 ..., each the one that the events name. */
static complaint_status prove_evidence(const proof *p, int64_t expected) {
    enum { SEQ = 2, DIGEST };
    const cpl_rows *items = rows_of(p->st, CPL_EVIDENCE);
    complaint_status s = prove_count(p, CPL_EVIDENCE, expected);
    for (size_t i = 0; s == COMPLAINT_OK && i < items->count; i++) {
        const complaint_value *row = items->items[i].values;
        bool named = row[SEQ].integer == (int64_t)i + 1 && row[DIGEST].size && cpl_str_eq(cpl_log_evidence(rows_of(p->st, CPL_EVENT), row[SEQ].integer), cpl_value_str(&row[DIGEST]));
        if (!named) s = wrong_row(p, CPL_EVIDENCE, row, "complaint_evidence.digest", "หลักฐานไม่ตรงกับเหตุการณ์", "an item of evidence is not the one the events name");
    }
    return s;
}

static complaint_status prove_notice(const proof *p, cpl_about about, const complaint_value *row) {
    cpl_notice_faults faults;
    cpl_notice_differs(&p->st->c, about, row, &faults);
    if (faults.count == 0) return COMPLAINT_OK;
    int32_t column = faults.columns[0];
    if (column == CPL_NOTICE_WORDS) return wrong_row(p, CPL_NOTICE, row, "complaint_notice", "ข้อความ ที่อยู่ หรือช่องทางที่ส่งถูกแก้ไข", "what a notice says, or where it goes, was altered");
    const char *name = complaint_schema_column_name(CPL_NOTICE, column);
    return faults.altered == 0 ? wrong_row(p, CPL_NOTICE, row, name, "เนื้อหาถูกแก้ไข", "what the log proves by its digest was altered") : wrong_row(p, CPL_NOTICE, row, name, "แถวไม่ตรงกับเหตุการณ์", "a row is not what the events make it");
}

/* A try to deliver is of a notice that the log has. */
static complaint_status prove_attempts(const proof *p) {
    enum { NOTICE = 2 };
    const cpl_rows *rows = rows_of(p->st, CPL_ATTEMPT);
    for (size_t i = 0; i < rows->count; i++) {
        const complaint_value *row = rows->items[i].values;
        if (row[NOTICE].integer < 1 || row[NOTICE].integer > p->st->c.notices) return wrong_row(p, CPL_ATTEMPT, row, "complaint_attempt.notice", "การส่งของข้อความที่บันทึกเหตุการณ์ไม่มี", "an attempt to deliver a notice that the log does not have");
    }
    return COMPLAINT_OK;
}

static complaint_status prove_notices(const proof *p, cpl_about about) {
    const cpl_rows *notices = rows_of(p->st, CPL_NOTICE);
    complaint_status s = prove_count(p, CPL_NOTICE, p->st->c.notices);
    for (size_t i = 0; s == COMPLAINT_OK && i < notices->count; i++) s = prove_notice(p, about, notices->items[i].values);
    return s == COMPLAINT_OK ? prove_attempts(p) : s;
}

/* ---- days ---- */

static complaint_status prove_day(const proof *p) {
    enum { KIND = 3, VERSION = 3 };
    const cpl_rows *events = rows_of(p->st, CPL_EVENT), *roster = rows_of(p->st, CPL_ROSTER);
    int64_t checks = 0, hands = 0;
    for (size_t i = 0; i < events->count; i++) checks += events->items[i].values[KIND].integer == CPL_EV_CHECK_CHANNEL;
    for (size_t i = 0; i < events->count; i++) hands -= events->items[i].values[KIND].integer == CPL_EV_ASSIGN;
    for (size_t i = 0; i < roster->count; i++) hands += roster->items[i].values[VERSION].integer;
    if (hands != 0) return wrong(p, "complaint_roster", "เวรไม่ตรงกับเหตุการณ์", "the roster is not what the events say");
    complaint_status s = prove_count(p, CPL_DUTY, checks);
    return s == COMPLAINT_OK ? prove_notices(p, CPL_ABOUT_DAY) : s;
}

/* ---- messages ---- */

static complaint_status prove_message(const proof *p) {
    enum { VERSION = 2, SENDER = 14, BODY, ADDRESS };
    const cpl_message_log *m = &p->st->m;
    complaint_status s = prove_count(p, CPL_MESSAGE, 1);
    if (s != COMPLAINT_OK) return s;
    const complaint_value *row = rows_of(p->st, CPL_MESSAGE)->items[0].values;
    const complaint_value expected[] = {cpl_int(m->version), cpl_txt(m->channel), cpl_txt(m->external_id), cpl_txt(m->thread), cpl_int(m->direction), cpl_txt(m->form), cpl_txt(m->state),
                                        cpl_int(m->case_id), cpl_int(m->sent_at), cpl_int(m->entered_at), cpl_int(m->unsent_at), cpl_int(m->evidence)};
    s = prove_columns(p, CPL_MESSAGE, row, VERSION, expected, sizeof expected / sizeof expected[0]);
    if (s == COMPLAINT_OK) s = prove_digest(p, m->sender, CPL_MESSAGE, row, SENDER);
    if (s == COMPLAINT_OK) s = prove_digest(p, m->body, CPL_MESSAGE, row, BODY);
    if (s == COMPLAINT_OK) s = prove_digest(p, m->address, CPL_MESSAGE, row, ADDRESS);
    if (s == COMPLAINT_OK) s = prove_notices(p, CPL_ABOUT_MESSAGE);
    return s == COMPLAINT_OK ? prove_evidence(p, m->evidence) : s;
}

/* ---- cases ---- */

static complaint_status prove_parties(const proof *p) {
    enum { SEQ = 2, NAME = 7, ADDRESS, STATE };
    const cpl_case *c = &p->st->c;
    const cpl_rows *rows = rows_of(p->st, CPL_PARTY);
    complaint_status s = prove_count(p, CPL_PARTY, (int64_t)c->party_count);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows->count; i++) {
        const cpl_party *party = &c->parties[i];
        const complaint_value front[] = {cpl_int(party->seq), cpl_int(party->version), cpl_txt(party->part), cpl_txt(party->identity), cpl_txt(party->channel)}, state = cpl_txt(party->state);
        s = prove_columns(p, CPL_PARTY, rows->items[i].values, SEQ, front, sizeof front / sizeof front[0]);
        if (s == COMPLAINT_OK) s = prove_columns(p, CPL_PARTY, rows->items[i].values, STATE, &state, 1);
        if (s == COMPLAINT_OK) s = prove_digest(p, party->name, CPL_PARTY, rows->items[i].values, NAME);
        if (s == COMPLAINT_OK) s = prove_digest(p, party->address, CPL_PARTY, rows->items[i].values, ADDRESS);
    }
    return s;
}

static complaint_status prove_case(const proof *p, const cpl_view *view) {
    const cpl_case *c = &p->st->c;
    if (!cpl_view_sees_case(view, c)) return cpl_failf(p->e, COMPLAINT_E_ROLE, "actor", "มีเรื่องที่ผู้ปฏิบัตินี้ไม่มีสิทธิเห็น", "there is a case this actor may not see");
    complaint_status s = prove_parties(p);
    if (s == COMPLAINT_OK) s = prove_notices(p, CPL_ABOUT_CASE);
    if (s == COMPLAINT_OK) s = prove_count(p, CPL_PAPER, c->papers);
    return s == COMPLAINT_OK ? prove_evidence(p, c->evidence) : s;
}

/* ---- the whole ---- */

static int compare_keys(int32_t table, const complaint_value *a, const complaint_value *b) {
    for (int32_t i = 1; i < complaint_schema_key_count(table); i++) {
        bool text = complaint_schema_column_type(table, i) == COMPLAINT_TEXT;
        int order = text ? cpl_str_cmp(cpl_value_str(&a[i]), cpl_value_str(&b[i])) : a[i].integer < b[i].integer ? -1 : a[i].integer > b[i].integer;
        if (order) return order;
    }
    return 0;
}

/* What could not be counted on would be damage to whoever reads it from the store. */
static bool has_version(int32_t table, const complaint_value *row) {
    int32_t column = complaint_schema_version_column(table);
    return column < 0 || cpl_version_possible(row[column].integer);
}

/* Rows of a table that the stream may have, in the order of their keys, each once. */
static complaint_status prove_table(const proof *p, int32_t table) {
    const cpl_rows *rows = rows_of(p->st, table);
    const char *name = complaint_schema_table_name(table);
    if (rows->count && !cpl_stream_may_have(p->st->kind, table)) return wrong_row(p, table, rows->items[0].values, name, "แถวไม่ใช่ของรายการชนิดนี้", "this kind of stream has no such rows");
    for (size_t i = 0; i < rows->count; i++)
        if (!has_version(table, rows->items[i].values)) return wrong_row(p, table, rows->items[i].values, name, "รุ่นที่เป็นไปไม่ได้", "a version that cannot be");
    for (size_t i = 1; i < rows->count; i++)
        if (compare_keys(table, rows->items[i - 1].values, rows->items[i].values) >= 0) return wrong_row(p, table, rows->items[i].values, name, "แถวซ้ำ หรือไม่อยู่ในลำดับ", "a row is there twice, or out of order");
    return COMPLAINT_OK;
}

static complaint_status prove_tables(const proof *p) {
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; s == COMPLAINT_OK && i < CPL_STREAM_TABLES; i++) s = prove_table(p, cpl_stream_tables[i]);
    return s;
}

complaint_status cpl_archived_prove(complaint_desk *d, const cpl_view *view, const cpl_definitions *definitions, cpl_archived *st, cpl_arena *a) {
    proof p = {.d = d, .st = st, .definitions = definitions, .e = &d->error};
    cpl_case_init(&st->c, a, st->id);
    st->m = (cpl_message_log){.arena = a};
    complaint_status s = prove_events(&p);
    if (s == COMPLAINT_OK && st->c.unknown) s = cpl_fail(p.e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind");
    if (s == COMPLAINT_OK) s = prove_tables(&p);
    if (s != COMPLAINT_OK) return s;
    if (st->kind == CPL_STREAM_CASE) return prove_case(&p, view);
    return st->kind == CPL_STREAM_MESSAGE ? prove_message(&p) : prove_day(&p);
}
