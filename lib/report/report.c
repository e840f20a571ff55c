/*
 * report/report: from counters to the tables of a report.
 *
 * Owns: periods of rounds, what each figure sums, the order of rows, the row for what has no class yet. Must not know: stores (record does), who asks,
 * how it looks.
 */
#include "report/report.h"

#include "calendar/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Columns of complaint_counter. */
enum { COLUMN_FIGURE = 1, COLUMN_PERIOD, COLUMN_DIMENSION, COLUMN_AMOUNT };

/* The years whose October to September lies in the range of dates; in October the eras have always been 543 years apart. */
enum { FIRST_YEAR = 2433, LAST_YEAR = 2699, BUDDHIST = 543 };

static const char *const english_months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};

/* ---- the period ------------------------------------------------------------------------------------------------- */

complaint_status cpl_report_period(int32_t fiscal_year, int32_t round, int32_t *first, int32_t *end, complaint_error *e) {
    int32_t from = 0, to = 0;
    if (round != CPL_REPORT_HALF && round != CPL_REPORT_YEAR)
        return cpl_failf(e, COMPLAINT_E_RANGE, "round", "รอบรายงานต้องเป็น 6 หรือ 12 เดือน ไม่ใช่ %" PRId32, "the round has to be 6 or 12, not %" PRId32, round);
    if (fiscal_year < FIRST_YEAR || fiscal_year > LAST_YEAR)
        return cpl_failf(e, COMPLAINT_E_RANGE, "fiscal_year", "ปีงบประมาณต้องเป็น พ.ศ. %d ถึง %d ไม่ใช่ %" PRId32, "the fiscal year has to be B.E. %d to %d, not %" PRId32, FIRST_YEAR,
                         LAST_YEAR, fiscal_year);
    complaint_status s = cpl_date_from_gregorian((cpl_date){fiscal_year - BUDDHIST - 1, 10, 1}, &from);
    if (!s) s = cpl_date_from_gregorian((cpl_date){fiscal_year - BUDDHIST, round == CPL_REPORT_HALF ? 4 : 10, 1}, &to);
    if (s) return cpl_fail(e, s, "fiscal_year");
    *first = from;
    *end = to;
    return COMPLAINT_OK;
}

/* 202611 for a day in November 2026. */
static int64_t month_of(int32_t day) {
    cpl_date date = cpl_date_gregorian(day);
    return (int64_t)date.year * 100 + date.month;
}

/* ---- rows --------------------------------------------------------------------------------------------------------- */

typedef struct making {
    cpl_arena *arena;
    complaint_error *e;
    cpl_report *r;
    int64_t from, until; /* periods, both inclusive */
} making;

static complaint_status no_memory(making *m) { return cpl_fail(m->e, COMPLAINT_E_MEMORY, NULL); }

static bool make_room(making *m, cpl_figures *f, size_t count) {
    f->items = cpl_arena_alloc(m->arena, count * sizeof *f->items);
    return f->items != NULL;
}

#define LABEL(th, en)                                                                                                                                                              \
    {                                                                                                                                                                              \
        {th, sizeof(th) - 1}, { en, sizeof(en) - 1 }                                                                                                                               \
    }
static const cpl_label unclassified = LABEL("ยังไม่จำแนก", "not classified yet"), no_channel = LABEL("ไม่ทราบช่องทาง", "channel unknown");

static void add_code(cpl_figures *f, const cpl_code *code) { f->items[f->count++] = (cpl_figure){.key = code->id, .label = code->label}; }

static cpl_figure *row_of(cpl_figures *f, cpl_str key) {
    for (size_t i = 0; i < f->count; i++)
        if (cpl_str_eq(f->items[i].key, key)) return &f->items[i];
    return NULL;
}

/* `1 ตุลาคม 2568` without its day. */
static complaint_status name_month(making *m, int32_t day, cpl_figure *row) {
    char text[CPL_DATE_MAX];
    size_t n = 0;
    cpl_date date = cpl_date_gregorian(day);
    complaint_status s = cpl_date_format(day, COMPLAINT_DATE_LONG, COMPLAINT_DIGITS_ARABIC, text, &n);
    if (s) return cpl_fail(m->e, s, "month");
    const char *space = memchr(text, ' ', n);
    size_t skip = space ? (size_t)(space - text) + 1 : 0;
    bool made = cpl_arena_str(m->arena, (cpl_str){text + skip, n - skip}, &row->label.th);
    int k = snprintf(text, sizeof text, "%s %" PRId32, english_months[date.month - 1], date.year);
    made = made && cpl_arena_str(m->arena, (cpl_str){text, (size_t)k}, &row->label.en);
    k = snprintf(text, sizeof text, "%04" PRId32 "-%02" PRId32, date.year, date.month);
    made = made && cpl_arena_str(m->arena, (cpl_str){text, (size_t)k}, &row->key);
    return made ? COMPLAINT_OK : no_memory(m);
}

static complaint_status make_months(making *m) {
    cpl_figures *f = &m->r->months;
    if (!make_room(m, f, CPL_REPORT_YEAR)) return no_memory(m);
    for (int32_t day = m->r->first; day < m->r->end && f->count < CPL_REPORT_YEAR;) {
        cpl_date date = cpl_date_gregorian(day);
        complaint_status s = name_month(m, day, &f->items[f->count++]);
        date = date.month == 12 ? (cpl_date){date.year + 1, 1, 1} : (cpl_date){date.year, date.month + 1, 1};
        if (!s) s = cpl_date_from_gregorian(date, &day);
        if (s) return s;
    }
    return COMPLAINT_OK;
}

/* Every code of the policy, in its order, also when nothing was counted, then what has no class; `spare` further rows fit. */
static complaint_status make_rows(making *m, const complaint_policy *p, size_t spare) {
    if (!make_room(m, &m->r->classes, p->class_count + 1 + spare) || !make_room(m, &m->r->channels, p->channel_count + spare)) return no_memory(m);
    for (size_t i = 0; i < p->class_count; i++) add_code(&m->r->classes, &p->classes[i].code);
    m->r->classes.items[m->r->classes.count++] = (cpl_figure){.key = {"", 0}, .label = unclassified};
    for (size_t i = 0; i < p->channel_count; i++) add_code(&m->r->channels, &p->channels[i].code);
    return make_months(m);
}

/* ---- counting ------------------------------------------------------------------------------------------------------ */

/* The row of a code; one the policy does not have (any more) gets a row of its own, so that the sums stay right. */
static complaint_status count_code(making *m, cpl_figures *f, cpl_str code, int64_t amount) {
    cpl_figure *row = row_of(f, code);
    if (!row) {
        cpl_str key;
        if (!cpl_arena_str(m->arena, code, &key)) return no_memory(m);
        row = &f->items[f->count++];
        *row = (cpl_figure){.key = key, .label = key.n ? (cpl_label){key, key} : no_channel};
    }
    row->amount += amount;
    return COMPLAINT_OK;
}

static complaint_status broken(making *m, const char *thai, const char *english) {
    return cpl_failf(m->e, COMPLAINT_E_CORRUPT, "complaint_counter", "complaint_counter: %s%.0s", "complaint_counter: %.0s%s", thai, english);
}

/* `class/channel`. Every amount stays below the total in size, so only the total can overflow. */
static complaint_status count_received(making *m, int64_t period, cpl_str dimension, int64_t amount) {
    const char *slash = dimension.n ? memchr(dimension.p, '/', dimension.n) : NULL;
    if (!slash) return broken(m, "มิติของตัวนับไม่ใช่ class/channel", "a dimension that is not class/channel");
    size_t class_size = (size_t)(slash - dimension.p);
    complaint_status s = count_code(m, &m->r->classes, (cpl_str){dimension.p, class_size}, amount);
    if (!s) s = count_code(m, &m->r->channels, (cpl_str){slash + 1, dimension.n - class_size - 1}, amount);
    int64_t month = (period / 100 - m->from / 100) * 12 + period % 100 - m->from % 100;
    if (!s && (period % 100 < 1 || period % 100 > 12 || month < 0 || (size_t)month >= m->r->months.count)) s = broken(m, "งวดไม่ใช่ปีและเดือน", "a period that is no year and month");
    if (!s) m->r->months.items[month].amount += amount;
    return s;
}

static complaint_status count_row(making *m, const complaint_value *row) {
    cpl_str figure = cpl_value_str(&row[COLUMN_FIGURE]);
    int64_t period = row[COLUMN_PERIOD].integer, amount = row[COLUMN_AMOUNT].integer;
    bool received = cpl_str_is(figure, "received"), closed = cpl_str_is(figure, "closed");
    if (period < m->from || period > m->until || (!received && !closed)) return COMPLAINT_OK;
    if (amount < 0) return broken(m, "ตัวนับติดลบ", "a count below zero");
    if (amount == 0) return COMPLAINT_OK;
    int64_t *sum = received ? &m->r->total : &m->r->closed;
    if (amount > INT64_MAX - *sum) return broken(m, "ตัวนับเกินช่วง", "counts beyond the range");
    *sum += amount;
    return received ? count_received(m, period, cpl_value_str(&row[COLUMN_DIMENSION]), amount) : COMPLAINT_OK;
}

/* Takes the row out when nothing stands in it. */
static void drop_empty(cpl_figures *f, size_t i) {
    if (f->items[i].amount) return;
    f->count--;
    memmove(&f->items[i], &f->items[i + 1], (f->count - i) * sizeof *f->items);
}

complaint_status cpl_report_make(const complaint_policy *p, int32_t fiscal_year, int32_t round, int64_t as_of, const cpl_rows *counters, cpl_arena *a, cpl_report *r,
                                 complaint_error *e) {
    cpl_report made = {.policy = p, .fiscal_year = fiscal_year, .round = round, .as_of = as_of};
    making m = {.arena = a, .e = e, .r = &made};
    complaint_status s = cpl_report_period(fiscal_year, round, &made.first, &made.end, e);
    if (s) return s;
    m.from = month_of(made.first);
    m.until = month_of(made.end - 1);
    s = make_rows(&m, p, counters->count);
    for (size_t i = 0; !s && i < counters->count; i++) s = count_row(&m, counters->items[i].values);
    if (!s) drop_empty(&made.classes, p->class_count);
    if (!s) *r = made;
    return s;
}

/* ---- reading ----------------------------------------------------------------------------------------------------------- */

static complaint_status read_figure(cpl_tx *tx, const char *figure, int32_t first, int32_t end, cpl_arena *a, cpl_rows *rows) {
    cpl_range range = {
        .table = CPL_COUNTER,
        .equal = {cpl_txt(cpl_str_of(figure))},
        .equal_count = 1,
        .after = {cpl_int(month_of(first) - 1)},
        .after_count = 1,
        .until = {cpl_int(month_of(end - 1))},
        .until_count = 1,
    };
    return cpl_tx_select(tx, &range, a, rows);
}

complaint_status cpl_report_read(cpl_tx *tx, const complaint_policy *p, int32_t fiscal_year, int32_t round, int64_t as_of, cpl_arena *a, cpl_report *r) {
    cpl_rows rows = {0};
    int32_t first = 0, end = 0;
    complaint_status s = cpl_report_period(fiscal_year, round, &first, &end, tx->error);
    if (!s) s = read_figure(tx, "received", first, end, a, &rows);
    if (!s) s = read_figure(tx, "closed", first, end, a, &rows);
    return s ? s : cpl_report_make(p, fiscal_year, round, as_of, &rows, a, r, tx->error);
}
