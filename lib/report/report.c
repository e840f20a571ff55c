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

static complaint_status no_such_round(const complaint_policy *p, int32_t round, complaint_error *e) {
    char known[64] = "";
    if (p->round_count == 0)
        return cpl_failf(e, COMPLAINT_E_UNSUPPORTED, "round", "มาตรฐานการปฏิบัติงาน %s ไม่ได้กำหนดรอบรายงานไว้ใน reports", "policy %s has no rounds in reports", p->id.p);
    for (size_t i = 0; i < p->round_count; i++) {
        size_t n = strlen(known);
        (void)snprintf(known + n, sizeof known - n, "%s%" PRId32, n ? ", " : "", p->rounds[i].last);
    }
    return cpl_failf(e, COMPLAINT_E_RANGE, "round", "ไม่มีรอบรายงาน %" PRId32 " เดือน รอบที่มีคือ %s", "there is no round %" PRId32 "; the policy has %s", round, known);
}

/* Month 1 is October of the year before; month 13 the October that ends the year. */
static complaint_status month_start(int32_t fiscal_year, int32_t month, int32_t *day) {
    int32_t year = fiscal_year - BUDDHIST - (month < 4);
    return cpl_date_from_gregorian((cpl_date){year, (month + 8) % 12 + 1, 1}, day);
}

complaint_status cpl_report_period(const complaint_policy *p, int32_t fiscal_year, int32_t round, int32_t *first, int32_t *end, complaint_error *e) {
    int32_t from = 0, to = 0;
    const cpl_round *r = cpl_policy_round(p, round);
    if (!r) return no_such_round(p, round, e);
    if (fiscal_year < FIRST_YEAR || fiscal_year > LAST_YEAR)
        return cpl_failf(e, COMPLAINT_E_RANGE, "fiscal_year", "ปีงบประมาณต้องเป็น พ.ศ. %d ถึง %d ไม่ใช่ %" PRId32, "the fiscal year has to be B.E. %d to %d, not %" PRId32, FIRST_YEAR,
                         LAST_YEAR, fiscal_year);
    complaint_status s = month_start(fiscal_year, r->first, &from);
    if (!s) s = month_start(fiscal_year, r->last + 1, &to);
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
    if (!make_room(m, f, CPL_REPORT_MONTHS)) return no_memory(m);
    for (int32_t day = m->r->first; day < m->r->end && f->count < CPL_REPORT_MONTHS;) {
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

/* The groups of each analysis, then what fits none. */
static complaint_status make_analyses(making *m, const complaint_policy *p) {
    m->r->analyses = cpl_arena_alloc(m->arena, (p->analysis_count + 1) * sizeof *m->r->analyses);
    if (!m->r->analyses) return no_memory(m);
    for (size_t i = 0; i < p->analysis_count; i++) {
        const cpl_analysis *a = &p->analyses[i];
        cpl_figures *f = &m->r->analyses[i];
        *f = (cpl_figures){NULL, 0};
        if (!make_room(m, f, a->group_count + 1)) return no_memory(m);
        for (size_t k = 0; k < a->group_count; k++) add_code(f, &a->groups[k].code);
        f->items[f->count++] = (cpl_figure){.key = {"", 0}, .label = a->rest};
    }
    return COMPLAINT_OK;
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

static bool fits(const cpl_group *g, int class_at, int64_t flags) {
    if ((g->flags && !(g->flags & flags)) || (g->without & flags)) return false;
    return class_at < 0 ? g->unclassified : g->classes[class_at];
}

/* Each case counts once in each analysis: in the first group it fits. */
static void count_groups(making *m, cpl_str class_code, int64_t flags, int64_t amount) {
    const complaint_policy *p = m->r->policy;
    int class_at = cpl_policy_class(p, class_code);
    for (size_t i = 0; i < p->analysis_count; i++) {
        size_t k = 0;
        while (k < p->analyses[i].group_count && !fits(&p->analyses[i].groups[k], class_at, flags)) k++;
        m->r->analyses[i].items[k].amount += amount;
    }
}

/* Cuts `text` at its first slash: what is before it goes to `part`. */
static bool cut(cpl_str *text, cpl_str *part) {
    const char *slash = text->n ? memchr(text->p, '/', text->n) : NULL;
    size_t n = slash ? (size_t)(slash - text->p) : text->n;
    *part = (cpl_str){text->p, n};
    *text = slash ? (cpl_str){slash + 1, text->n - n - 1} : (cpl_str){"", 0};
    return slash != NULL;
}

/* As written: without a sign or a zero before it, and small enough. */
static bool parse_flags(cpl_str text, int64_t *flags) {
    *flags = 0;
    if (text.n == 0 || text.n > 9 || text.p[0] == '0') return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9') return false;
        *flags = *flags * 10 + (text.p[i] - '0');
    }
    return true;
}

static complaint_status count_month(making *m, int64_t period, int64_t amount) {
    int64_t month = (period / 100 - m->from / 100) * 12 + period % 100 - m->from % 100;
    if (period % 100 < 1 || period % 100 > 12 || month < 0 || (size_t)month >= m->r->months.count) return broken(m, "งวดไม่ใช่ปีและเดือน", "a period that is no year and month");
    m->r->months.items[month].amount += amount;
    return COMPLAINT_OK;
}

/* `class/channel`, and `/flags` where any is set. Every amount stays below the total in size, so only the total can overflow. */
static complaint_status count_received(making *m, int64_t period, cpl_str dimension, int64_t amount) {
    cpl_str class_code, channel;
    int64_t flags = 0;
    if (!cut(&dimension, &class_code)) return broken(m, "มิติของตัวนับไม่ใช่ class/channel", "a dimension that is not class/channel");
    if (cut(&dimension, &channel) && !parse_flags(dimension, &flags)) return broken(m, "เครื่องหมายในมิติของตัวนับไม่ใช่ตัวเลข", "flags in a dimension that are no number");
    complaint_status s = count_code(m, &m->r->classes, class_code, amount);
    if (!s) s = count_code(m, &m->r->channels, channel, amount);
    if (!s) s = count_month(m, period, amount);
    if (!s) count_groups(m, class_code, flags, amount);
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
    cpl_report made = {.policy = p, .fiscal_year = fiscal_year, .round = cpl_policy_round(p, round), .as_of = as_of};
    making m = {.arena = a, .e = e, .r = &made};
    complaint_status s = cpl_report_period(p, fiscal_year, round, &made.first, &made.end, e);
    if (s) return s;
    made.cut_off = made.end + made.round->cut_off;
    made.due = made.end - 1 + made.round->due;
    m.from = month_of(made.first);
    m.until = month_of(made.end - 1);
    s = make_rows(&m, p, counters->count);
    if (!s) s = make_analyses(&m, p);
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
    complaint_status s = cpl_report_period(p, fiscal_year, round, &first, &end, tx->error);
    if (!s) s = read_figure(tx, "received", first, end, a, &rows);
    if (!s) s = read_figure(tx, "closed", first, end, a, &rows);
    return s ? s : cpl_report_make(p, fiscal_year, round, as_of, &rows, a, r, tx->error);
}
