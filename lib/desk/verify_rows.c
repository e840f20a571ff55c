/*
 * desk/verify_rows: rows that belong to no log of their own.
 *
 * Owns: rows whose case, message or day has no log; definitions against their digests; registers without gap; counters against the cases. Must not know: what a log says.
 */
#include "desk/verify.h"

#include <complaint/schema.h>

#include <string.h>

enum { PAGE = 256 };

/* ---- rows without a log ------------------------------------------------------------------------------------------------------ */

/* Their key begins with the case, message or day that they belong to. */
const int32_t cpl_owned_tables[] = {CPL_CASE, CPL_CLOCK, CPL_REFERRAL, CPL_PARTY, CPL_NOTICE, CPL_ATTEMPT, CPL_PAPER, CPL_LINK, CPL_EVIDENCE, CPL_MESSAGE, CPL_DUTY, CPL_ROSTER};
const int cpl_owned_table_count = sizeof cpl_owned_tables / sizeof cpl_owned_tables[0];

static void orphan(cpl_audit *a, int64_t owner, int64_t seq, const char *subject) {
    cpl_finding(a, &(cpl_fault){.stream = owner, .seq = seq, .what = "orphan", .subject = subject, .thai = "แถวของเรื่อง ข้อความ หรือวันที่ไม่มีบันทึกเหตุการณ์", .english = "a row of a case, message or day that has no log"});
}

complaint_status cpl_verify_owners(cpl_audit *a, int32_t table, int64_t *after, bool *more) {
    bool found = true;
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; s == COMPLAINT_OK && found && i < PAGE; i++) {
        cpl_stream_kind kind = CPL_STREAM_NONE;
        s = cpl_next_owner(a->d, a->tx, table, *after, after, &found);
        if (s == COMPLAINT_OK && found) s = cpl_audit_stream(a, *after, &kind);
        if (s == COMPLAINT_OK && found && (kind == CPL_STREAM_NONE || !cpl_stream_may_have(kind, table))) orphan(a, *after, 0, complaint_schema_table_name(table));
        a->looked += found;
    }
    *more = found;
    return cpl_note_fault(a, *after, 0, s);
}

/* Rows of a table without the rest, in the order of the key; `each` looks at one. */
typedef complaint_status (*row_work)(cpl_audit *a, const complaint_value *row, void *context);

static complaint_status each_row(cpl_audit *a, int32_t table, row_work each, void *context) {
    enum { MAX_KEY = 6 };
    complaint_status s = COMPLAINT_OK;
    int32_t width = complaint_schema_key_count(table) - 1, after_count = 0;
    cpl_arena arenas[2]; /* of this page and of the one before, whose last key is where this one begins */
    complaint_value after[MAX_KEY] = {0};
    cpl_arena_init(&arenas[0], &a->d->memory);
    cpl_arena_init(&arenas[1], &a->d->memory);
    int now = 0;
    for (size_t got = PAGE; s == COMPLAINT_OK && got == PAGE; now = !now) {
        cpl_rows rows = {0};
        cpl_range r = {.table = table, .after_count = after_count, .limit = PAGE};
        memcpy(r.after, after, (size_t)after_count * sizeof *after);
        cpl_arena_free(&arenas[now]);
        cpl_arena_init(&arenas[now], &a->d->memory);
        s = cpl_tx_select(a->tx, &r, &arenas[now], &rows);
        got = rows.count;
        for (size_t i = 0; s == COMPLAINT_OK && i < got; i++) s = each(a, rows.items[i].values, context);
        if (got) memcpy(after, rows.items[got - 1].values + 1, (size_t)(after_count = width) * sizeof *after);
        a->looked += (int64_t)got;
    }
    cpl_arena_free(&arenas[0]);
    cpl_arena_free(&arenas[1]);
    return s;
}

/* ---- requests ------------------------------------------------------------------------------------------------------------------ */

/* An answer that was given names a case or a message: of both there is a log. */
static complaint_status check_request(cpl_audit *a, const complaint_value *row, void *context) {
    enum { REQUEST = 1, CASE = 4, MESSAGE };
    static const int32_t columns[] = {CASE, MESSAGE};
    static const char *const subjects[] = {"complaint_request.case_id", "complaint_request.message"};
    complaint_status s = COMPLAINT_OK;
    (void)context;
    if (cpl_value_str(&row[REQUEST]).n == 0)
        cpl_finding(a, &(cpl_fault){.what = "unfinished", .subject = "archive", .thai = "นำเข้าแฟ้มของสำนักงานยังไม่ครบ นำเข้าแฟ้มเดิมอีกครั้งเพื่อทำต่อ", .english = "an archive was not read to its end: read the same archive again to finish it"});
    for (int i = 0; s == COMPLAINT_OK && i < 2; i++) {
        int64_t id = row[columns[i]].integer;
        cpl_stream_kind kind = CPL_STREAM_NONE;
        if (id == 0) continue;
        s = cpl_audit_stream(a, id, &kind);
        if (s == COMPLAINT_OK && kind == CPL_STREAM_NONE) orphan(a, id, 0, subjects[i]);
    }
    return s;
}

complaint_status cpl_verify_requests(cpl_audit *a) { return cpl_note_fault(a, 0, 0, each_row(a, CPL_REQUEST, check_request, NULL)); }

/* ---- definitions ----------------------------------------------------------------------------------------------------------------- */

static complaint_status check_definition(cpl_audit *a, const complaint_value *row, void *context) {
    enum { DIGEST = 2, BODY };
    char hex[2 * CPL_HASH_SIZE + 1];
    (void)context;
    cpl_sha256_hex(cpl_value_str(&row[BODY]), hex);
    if (!cpl_str_is(cpl_value_str(&row[DIGEST]), hex))
        cpl_finding(a, &(cpl_fault){.what = "altered", .subject = "complaint_definition.body", .thai = "มาตรฐานการปฏิบัติงานหรือปฏิทินไม่ตรงกับค่าตรวจสอบ", .english = "a policy or calendar does not match its digest"});
    return COMPLAINT_OK;
}

complaint_status cpl_verify_definitions(cpl_audit *a) { return cpl_note_fault(a, 0, 0, each_row(a, CPL_DEFINITION, check_definition, NULL)); }

/* ---- registers --------------------------------------------------------------------------------------------------------------------- */

/* The entries of one fiscal year so far. */
typedef struct register_count {
    int64_t year, last;
} register_count;

static void register_fault(cpl_audit *a, int64_t case_id, int64_t year, const char *subject, const char *thai, const char *english) {
    cpl_finding(a, &(cpl_fault){.stream = case_id, .seq = year, .what = "number", .subject = subject, .thai = thai, .english = english});
}

/* The year's row names the last number that was given. */
static complaint_status check_year(cpl_audit *a, const register_count *n) {
    enum { LAST = 3 };
    cpl_arena arena;
    cpl_row row;
    complaint_value key = cpl_int(n->year);
    if (n->last == 0) return COMPLAINT_OK;
    cpl_arena_init(&arena, &a->d->memory);
    complaint_status s = cpl_tx_get(a->tx, CPL_REGISTER, &key, 1, &arena, &row);
    if (s == COMPLAINT_E_NOT_FOUND || (s == COMPLAINT_OK && row.values[LAST].integer != n->last))
        register_fault(a, 0, n->year, "complaint_register.last_number", "เลขสุดท้ายของทะเบียนไม่ตรงกับเลขที่ให้ไป", "the register's last number is not the last that was given");
    cpl_arena_free(&arena);
    return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
}

static complaint_status check_entry(cpl_audit *a, const complaint_value *row) {
    enum { YEAR = 1, NUMBER, CASE, CASE_YEAR = 11, CASE_NUMBER };
    cpl_arena arena;
    cpl_row found;
    cpl_arena_init(&arena, &a->d->memory);
    complaint_status s = cpl_tx_get(a->tx, CPL_CASE, &row[CASE], 1, &arena, &found);
    bool same = s == COMPLAINT_OK && found.values[CASE_YEAR].integer == row[YEAR].integer && found.values[CASE_NUMBER].integer == row[NUMBER].integer;
    if (s == COMPLAINT_E_NOT_FOUND) s = COMPLAINT_OK;
    if (s == COMPLAINT_OK && !same) register_fault(a, row[CASE].integer, row[NUMBER].integer, "complaint_number", "ทะเบียนมีเลขนี้ แต่เรื่องไม่มีหรือมีเลขอื่น", "the register has this number for a case that is not there or has another");
    cpl_arena_free(&arena);
    return s;
}

/* Numbers run 1, 2, 3 ... */
static complaint_status check_number(cpl_audit *a, const complaint_value *row, void *context) {
    enum { YEAR = 1, NUMBER, CASE };
    register_count *n = context;
    complaint_status s = COMPLAINT_OK;
    if (row[YEAR].integer != n->year) {
        s = check_year(a, n);
        *n = (register_count){.year = row[YEAR].integer};
    }
    if (row[NUMBER].integer != n->last + 1) register_fault(a, row[CASE].integer, row[YEAR].integer, "complaint_number", "มีเลขทะเบียนหายไปก่อนเลขของเรื่องนี้", "a register number is missing before this case's");
    n->last = row[NUMBER].integer;
    return s == COMPLAINT_OK ? check_entry(a, row) : s;
}

static complaint_status check_register(cpl_audit *a, const complaint_value *row, void *context) {
    enum { YEAR = 1, LAST = 3 };
    cpl_arena arena;
    cpl_row found;
    complaint_value key[] = {row[YEAR], row[LAST]};
    (void)context;
    if (row[LAST].integer == 0) return COMPLAINT_OK;
    cpl_arena_init(&arena, &a->d->memory);
    complaint_status s = cpl_tx_get(a->tx, CPL_NUMBER, key, 2, &arena, &found);
    if (s == COMPLAINT_E_NOT_FOUND) register_fault(a, 0, row[YEAR].integer, "complaint_register.last_number", "เลขสุดท้ายของทะเบียนไม่ได้ให้แก่เรื่องใด", "the register's last number was given to no case");
    cpl_arena_free(&arena);
    return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
}

complaint_status cpl_verify_registers(cpl_audit *a) {
    register_count n = {0};
    complaint_status s = each_row(a, CPL_NUMBER, check_number, &n);
    if (s == COMPLAINT_OK) s = check_year(a, &n);
    if (s == COMPLAINT_OK) s = each_row(a, CPL_REGISTER, check_register, NULL);
    return cpl_note_fault(a, 0, 0, s);
}

/* ---- counters ------------------------------------------------------------------------------------------------------------------------ */

typedef struct counter {
    cpl_count key;
    int64_t amount;
} counter;

/* What the cases add up to, as their rows say; the rows are proved with the logs. */
typedef struct sums {
    counter *items;
    size_t count, capacity;
} sums;

static complaint_status add_count(cpl_audit *a, sums *all, const cpl_count *key) {
    for (size_t i = 0; i < all->count; i++) {
        const cpl_count *k = &all->items[i].key;
        if (k->period != key->period || strcmp(k->figure, key->figure) != 0 || strcmp(k->dimension, key->dimension) != 0) continue;
        all->items[i].amount++;
        return COMPLAINT_OK;
    }
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? 2 * all->capacity : 64;
        counter *grown = cpl_resize(&a->d->memory, all->items, capacity, sizeof *grown);
        if (!grown) return cpl_fail(&a->d->error, COMPLAINT_E_MEMORY, NULL);
        all->items = grown;
        all->capacity = capacity;
    }
    all->items[all->count++] = (counter){*key, 1};
    return COMPLAINT_OK;
}

static complaint_status count_case(cpl_audit *a, const complaint_value *row, void *context) {
    cpl_case c;
    cpl_count counts[CPL_COUNTS];
    cpl_case_of_row(row + 1, &c);
    size_t n = cpl_case_counts(&c, counts);
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < n; i++) s = add_count(a, context, &counts[i]);
    return s;
}

static void counter_fault(cpl_audit *a, int64_t period, const char *dimension) {
    cpl_finding(a, &(cpl_fault){.seq = period, .what = "counter", .subject = dimension, .thai = "ตัวนับของรายงานไม่ตรงกับจำนวนเรื่อง", .english = "a figure of the reports is not the number of its cases"});
}

static complaint_status check_counter(cpl_audit *a, const complaint_value *row, void *context) {
    enum { FIGURE = 1, PERIOD, DIMENSION, AMOUNT };
    sums *all = context;
    int64_t expected = 0;
    for (size_t i = 0; i < all->count; i++) {
        counter *c = &all->items[i];
        if (row[PERIOD].integer != c->key.period || !cpl_str_is(cpl_value_str(&row[FIGURE]), c->key.figure) || !cpl_str_is(cpl_value_str(&row[DIMENSION]), c->key.dimension)) continue;
        expected = c->amount;
        c->amount = 0; /* seen */
    }
    if (row[AMOUNT].integer != expected) counter_fault(a, row[PERIOD].integer, cpl_value_str(&row[DIMENSION]).p);
    return COMPLAINT_OK;
}

complaint_status cpl_verify_counters(cpl_audit *a) {
    sums all = {0};
    complaint_status s = each_row(a, CPL_CASE, count_case, &all);
    if (s == COMPLAINT_OK) s = each_row(a, CPL_COUNTER, check_counter, &all);
    for (size_t i = 0; s == COMPLAINT_OK && i < all.count; i++)
        if (all.items[i].amount) counter_fault(a, all.items[i].key.period, all.items[i].key.dimension);
    cpl_free(&a->d->memory, all.items);
    return cpl_note_fault(a, 0, 0, s);
}
