/*
 * calendar/table: one calendar, and the questions that its tables answer.
 *
 * Owns: complaint_calendar, its life, working days by rank and selection: rank[d] counts the working days before day d, days[r] is the
 * working day of rank r, so adding and counting take constant time; office time the same way. Must not know: how holidays come about,
 * deadlines.
 */
#include "calendar/calendar.h"

#include <stdlib.h>
#include <string.h>

/* A day with office hours of its own. */
typedef struct cpl_short {
    int32_t day;
    cpl_office office;
} cpl_short;

struct complaint_calendar {
    atomic_uint owners;
    cpl_memory memory;
    cpl_arena arena; /* everything below */
    cpl_str definition, lines, province;
    int32_t first_year, year_count;
    int32_t first_day, end_day;
    int32_t *rank;      /* end_day - first_day + 1 of them */
    int32_t *days;      /* rank[end] of them */
    int32_t *worked;    /* end_day - first_day + 1 of them: minutes of office time before the day; NULL when all working days are alike */
    int32_t *predicted; /* year_count + 1: predicted years before the one of the index */
    cpl_holiday *holidays;
    int32_t *year_at; /* year_count + 1: the first holiday of each year */
    cpl_decided *decisions;
    int32_t *decided_at; /* the same for decisions */
    cpl_office office[8]; /* by day of the week */
    bool unknown_areas;   /* some day is a holiday in provinces of which not all are known */
    cpl_short *shorts;    /* days with hours of their own, ascending */
    size_t short_count;
    int64_t a_day; /* office time of a working day, when all are alike */
};

/* ---- life ----------------------------------------------------------------------------------------------------------- */

static int32_t year_index(const complaint_calendar *c, int32_t day) { return cpl_date_gregorian(day).year + 543 - c->first_year; }

static void *make(complaint_calendar *c, int32_t count, size_t size) { return cpl_arena_alloc(&c->arena, (size_t)count * size); }

static bool fill_days(complaint_calendar *c, const cpl_holiday_data *d, size_t holiday_count) {
    int32_t count = c->end_day - c->first_day, rank = 0, weekday = cpl_date_weekday(c->first_day);
    size_t h = 0;
    c->rank = make(c, count + 1, sizeof *c->rank);
    c->days = make(c, count, sizeof *c->days);
    if (!c->rank || !c->days) return false;
    for (int32_t i = 0; i < count; ++i) {
        int32_t day = c->first_day + i;
        bool open = d->open_weekday[weekday];
        weekday = weekday == COMPLAINT_SUNDAY ? COMPLAINT_MONDAY : weekday + 1;
        while (h < holiday_count && c->holidays[h].day < day) ++h;
        if (h < holiday_count && c->holidays[h].day == day && c->holidays[h].closed) open = false;
        c->rank[i] = rank;
        if (open) c->days[rank++] = day;
    }
    c->rank[count] = rank;
    return true;
}

static bool fill_years(complaint_calendar *c, const cpl_holiday_data *d, size_t holiday_count, size_t decided_count) {
    c->predicted = make(c, c->year_count + 1, sizeof *c->predicted);
    c->year_at = make(c, c->year_count + 1, sizeof *c->year_at);
    c->decided_at = make(c, c->year_count + 1, sizeof *c->decided_at);
    if (!c->predicted || !c->year_at || !c->decided_at) return false;
    for (size_t h = 0; h < holiday_count; ++h) {
        ++c->year_at[year_index(c, c->holidays[h].day) + 1];
        c->unknown_areas = c->unknown_areas || !c->holidays[h].complete;
    }
    for (size_t i = 0; i < decided_count; ++i) ++c->decided_at[year_index(c, c->decisions[i].day) + 1];
    for (int32_t y = 0; y < c->year_count; ++y) {
        c->predicted[y + 1] = c->predicted[y] + (d->years[y].status == COMPLAINT_PREDICTED);
        c->year_at[y + 1] += c->year_at[y];
        c->decided_at[y + 1] += c->decided_at[y];
    }
    return true;
}

/* ---- office hours --------------------------------------------------------------------------------------------------- */

static int64_t office_time(const cpl_office *o) {
    int64_t sum = 0;
    for (size_t i = 0; i < o->count; ++i) sum += o->hours[i].until - o->hours[i].from;
    return sum;
}

static int by_short_day(const void *a, const void *b) {
    const cpl_short *x = a, *y = b;
    return x->day < y->day ? -1 : x->day > y->day;
}

static complaint_status add_short(complaint_calendar *c, const cpl_decision *d, complaint_error *e) {
    if (!cpl_table_covers(c, d->day)) return COMPLAINT_OK;
    if (!cpl_table_open(c, d->day)) return cpl_holiday_refuse(e, d->place, "วันนั้นไม่ใช่วันทำการ", "offices are closed on that day");
    for (size_t i = 0; i < c->short_count; ++i) {
        if (c->shorts[i].day == d->day) return cpl_holiday_refuse(e, d->place, "กำหนดเวลาทำการของวันนั้นแล้ว", "the hours of that day are given already");
    }
    c->shorts[c->short_count++] = (cpl_short){d->day, d->office};
    return COMPLAINT_OK;
}

static complaint_status fill_shorts(complaint_calendar *c, const cpl_holiday_data *d, complaint_error *e) {
    size_t count = 0;
    complaint_status status = COMPLAINT_OK;
    for (size_t i = 0; i < d->decision_count; ++i) count += d->decisions[i].what == COMPLAINT_DECISION_SHORTEN;
    if (count == 0) return COMPLAINT_OK;
    c->shorts = cpl_arena_alloc(&c->arena, count * sizeof *c->shorts);
    if (!c->shorts) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; i < d->decision_count && status == COMPLAINT_OK; ++i) {
        if (d->decisions[i].what == COMPLAINT_DECISION_SHORTEN && !d->decisions[i].withdrawn) status = add_short(c, &d->decisions[i], e);
    }
    if (c->short_count) qsort(c->shorts, c->short_count, sizeof *c->shorts, by_short_day);
    return status;
}

/* True when every working day has as many minutes. */
static bool all_alike(const complaint_calendar *c, const cpl_holiday_data *d) {
    int64_t time = -1;
    for (int i = COMPLAINT_MONDAY; i <= COMPLAINT_SUNDAY; ++i) {
        if (!d->open_weekday[i]) continue;
        if (time >= 0 && office_time(&c->office[i]) != time) return false;
        time = office_time(&c->office[i]);
    }
    return c->short_count == 0;
}

static bool fill_work(complaint_calendar *c, const cpl_holiday_data *d) {
    int32_t count = c->end_day - c->first_day;
    int64_t sum = 0;
    size_t next = 0;
    for (int i = 1; i <= 7; ++i) c->office[i] = d->office[i].count ? d->office[i] : d->office[0];
    if (all_alike(c, d)) {
        for (int i = 1; i <= 7; ++i) c->a_day = d->open_weekday[i] ? office_time(&c->office[i]) : c->a_day;
        return true;
    }
    c->worked = make(c, count + 1, sizeof *c->worked);
    if (!c->worked) return false;
    for (int32_t i = 0; i < count; ++i) {
        int32_t day = c->first_day + i;
        c->worked[i] = (int32_t)(sum / CPL_MINUTE_MS);
        while (next < c->short_count && c->shorts[next].day < day) ++next;
        bool own = next < c->short_count && c->shorts[next].day == day;
        if (cpl_table_open(c, day)) sum += office_time(own ? &c->shorts[next].office : &c->office[cpl_date_weekday(day)]);
    }
    c->worked[count] = (int32_t)(sum / CPL_MINUTE_MS);
    return true;
}

/* ---- making --------------------------------------------------------------------------------------------------------- */

/* The head says what the lines leave open; the lines follow as they were read. */
static complaint_status keep_definition(complaint_calendar *c, const cpl_holiday_data *d, const cpl_buf *lines, complaint_error *e) {
    cpl_buf text;
    cpl_buf_init(&text, &c->memory);
    cpl_buf_puts(&text, "format\t1\n");
    if (d->province.n) cpl_buf_puts(&text, "province\t");
    cpl_buf_str(&text, d->province);
    if (d->province.n) cpl_buf_putc(&text, '\n');
    cpl_buf_put(&text, lines->data, lines->size);
    bool good = !text.failed && !lines->failed && cpl_arena_str(&c->arena, (cpl_str){text.data, text.size}, &c->definition);
    c->lines = good ? (cpl_str){c->definition.p + (c->definition.n - lines->size), lines->size} : (cpl_str){"", 0};
    cpl_buf_free(&text);
    return good && cpl_arena_str(&c->arena, d->province, &c->province) ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
}

static complaint_status fill(complaint_calendar *c, const cpl_holiday_data *d, cpl_arena *scratch, complaint_error *e) {
    size_t holiday_count = 0, decided_count = 0;
    c->first_year = d->years[0].be;
    c->year_count = (int32_t)d->year_count;
    c->first_day = cpl_date_raw((cpl_date){c->first_year - 543, 1, 1});
    c->end_day = cpl_date_raw((cpl_date){c->first_year - 543 + c->year_count, 1, 1});
    complaint_status status = cpl_holiday_list(d, scratch, &c->arena, &c->holidays, &holiday_count, e);
    if (status == COMPLAINT_OK) status = cpl_holiday_decisions(d, &c->arena, &c->decisions, &decided_count, e);
    if (status == COMPLAINT_OK && !fill_days(c, d, holiday_count)) status = cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    if (status == COMPLAINT_OK) status = fill_shorts(c, d, e);
    if (status != COMPLAINT_OK) return status;
    return fill_work(c, d) && fill_years(c, d, holiday_count, decided_count) ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
}

static complaint_calendar *make_empty(const cpl_memory *m) {
    complaint_calendar *c = cpl_alloc_zero(m, 1, sizeof *c);
    if (!c) return NULL;
    atomic_init(&c->owners, 1);
    c->memory = *m;
    cpl_arena_init(&c->arena, &c->memory);
    return c;
}

complaint_status cpl_calendar_new(const cpl_memory *m, const cpl_calendar_text *texts, size_t count, cpl_str province, complaint_calendar **calendar, complaint_error *e) {
    cpl_arena scratch;
    cpl_buf lines;
    cpl_holiday_data data;
    cpl_arena_init(&scratch, m);
    cpl_buf_init(&lines, m);
    complaint_calendar *c = make_empty(m);
    complaint_status status = c ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    if (status != COMPLAINT_OK) goto done;
    status = cpl_holiday_read(texts, count, province, &scratch, &data, &lines, e);
    if (status == COMPLAINT_OK) status = keep_definition(c, &data, &lines, e);
    if (status == COMPLAINT_OK) status = fill(c, &data, &scratch, e);
    if (status != COMPLAINT_OK) goto done;
    *calendar = c;
    c = NULL;
done:
    cpl_calendar_release(c);
    cpl_buf_free(&lines);
    cpl_arena_free(&scratch);
    return status;
}

complaint_status cpl_calendar_from_definition(const cpl_memory *m, cpl_str definition, complaint_calendar **calendar, complaint_error *e) {
    cpl_calendar_text text = {"definition", definition};
    return cpl_calendar_new(m, &text, 1, (cpl_str){NULL, 0}, calendar, e);
}

complaint_calendar *cpl_calendar_retain(complaint_calendar *c) {
    atomic_fetch_add_explicit(&c->owners, 1, memory_order_relaxed);
    return c;
}

void cpl_calendar_release(complaint_calendar *c) {
    if (!c || atomic_fetch_sub_explicit(&c->owners, 1, memory_order_acq_rel) != 1) return;
    cpl_memory m = c->memory;
    cpl_arena_free(&c->arena);
    cpl_free(&m, c);
}

cpl_str cpl_calendar_definition(const complaint_calendar *c) { return c->definition; }

cpl_str cpl_calendar_lines(const complaint_calendar *c) { return c->lines; }

const cpl_memory *cpl_calendar_memory(const complaint_calendar *c) { return &c->memory; }

const char *cpl_calendar_province(const complaint_calendar *c) { return c->province.p; }

/* ---- tables --------------------------------------------------------------------------------------------------------- */

bool cpl_table_covers(const complaint_calendar *c, int32_t day) { return day >= c->first_day && day < c->end_day; }

complaint_status cpl_table_check(const complaint_calendar *c, int32_t day) {
    if (cpl_table_covers(c, day)) return COMPLAINT_OK;
    return cpl_date_in_range(day) ? COMPLAINT_E_NO_CALENDAR : COMPLAINT_E_RANGE;
}

int64_t cpl_table_rank(const complaint_calendar *c, int32_t day) { return c->rank[day - c->first_day]; }

bool cpl_table_open(const complaint_calendar *c, int32_t day) { return cpl_table_rank(c, day + 1) > cpl_table_rank(c, day); }

bool cpl_table_select(const complaint_calendar *c, int64_t rank, int32_t *day) {
    if (rank < 0 || rank >= c->rank[c->end_day - c->first_day]) return false;
    *day = c->days[rank];
    return true;
}

bool cpl_table_predicted(const complaint_calendar *c, int32_t from, int32_t last) { return c->predicted[year_index(c, last) + 1] > c->predicted[year_index(c, from)]; }

/* The first holiday on or after a day. */
static int32_t holiday_from(const complaint_calendar *c, int32_t day) {
    int32_t h = c->year_at[year_index(c, day)];
    while (h < c->year_at[c->year_count] && c->holidays[h].day < day) ++h;
    return h;
}

bool cpl_table_area_unknown(const complaint_calendar *c, int32_t from, int32_t last) {
    if (c->province.n == 0 || !c->unknown_areas) return false;
    for (int32_t h = holiday_from(c, from); h < c->year_at[c->year_count] && c->holidays[h].day <= last; ++h) {
        if (!c->holidays[h].closed && !c->holidays[h].complete && !c->holidays[h].at_rest) return true;
    }
    return false;
}

static const cpl_office *short_office(const complaint_calendar *c, int32_t day) {
    size_t low = 0, high = c->short_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->shorts[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->short_count && c->shorts[low].day == day ? &c->shorts[low].office : NULL;
}

const cpl_office *cpl_table_office(const complaint_calendar *c, int32_t day) {
    const cpl_office *own = c->short_count ? short_office(c, day) : NULL;
    return own ? own : &c->office[cpl_date_weekday(day)];
}

int64_t cpl_table_worked(const complaint_calendar *c, int32_t day) {
    return c->worked ? (int64_t)c->worked[day - c->first_day] * CPL_MINUTE_MS : cpl_table_rank(c, day) * c->a_day;
}

bool cpl_table_worked_day(const complaint_calendar *c, int64_t work, int32_t *day) {
    if (!c->worked) return cpl_table_select(c, (work - 1) / c->a_day, day);
    int32_t low = c->first_day, high = c->end_day;
    if (work > cpl_table_worked(c, high)) return false;
    while (low + 1 < high) {
        int32_t middle = low + (high - low) / 2;
        if (cpl_table_worked(c, middle) < work)
            low = middle;
        else
            high = middle;
    }
    *day = low;
    return true;
}

/* ---- questions ------------------------------------------------------------------------------------------------------ */

void cpl_calendar_years(const complaint_calendar *c, int32_t *first, int32_t *last) {
    *first = c->first_year;
    *last = c->first_year + c->year_count - 1;
}

static bool has_year(const complaint_calendar *c, int32_t year) { return year >= c->first_year && year - c->first_year < c->year_count; }

complaint_status cpl_calendar_year_status(const complaint_calendar *c, int32_t year, int32_t *status) {
    if (!has_year(c, year)) return COMPLAINT_E_NO_CALENDAR;
    int32_t y = year - c->first_year;
    *status = c->predicted[y + 1] > c->predicted[y] ? COMPLAINT_PREDICTED : COMPLAINT_ANNOUNCED;
    return COMPLAINT_OK;
}

complaint_status cpl_calendar_holidays(const complaint_calendar *c, int32_t year, const cpl_holiday **holidays, int32_t *count) {
    if (!has_year(c, year)) return COMPLAINT_E_NO_CALENDAR;
    int32_t y = year - c->first_year;
    *holidays = c->holidays + c->year_at[y];
    *count = c->year_at[y + 1] - c->year_at[y];
    return COMPLAINT_OK;
}

complaint_status cpl_calendar_is_open(const complaint_calendar *c, int32_t day, int32_t *open) {
    complaint_status status = cpl_table_check(c, day);
    if (status == COMPLAINT_OK) *open = cpl_table_open(c, day);
    return status;
}

complaint_status cpl_calendar_add(const complaint_calendar *c, int32_t day, int32_t count, int32_t *result) {
    complaint_status status = cpl_table_check(c, day);
    if (status != COMPLAINT_OK) return status;
    int64_t rank = cpl_table_rank(c, count > 0 ? day + 1 : day) + count - (count > 0);
    return cpl_table_select(c, rank, result) ? COMPLAINT_OK : COMPLAINT_E_NO_CALENDAR;
}

complaint_status cpl_calendar_count(const complaint_calendar *c, int32_t from, int32_t to, int32_t *count) {
    if (to < from) return COMPLAINT_E_INVALID;
    complaint_status status = from == c->end_day ? COMPLAINT_OK : cpl_table_check(c, from);
    if (status == COMPLAINT_OK && to != c->end_day) status = cpl_table_check(c, to);
    if (status == COMPLAINT_OK) *count = (int32_t)(cpl_table_rank(c, to) - cpl_table_rank(c, from));
    return status;
}

const cpl_holiday *cpl_calendar_holiday_on(const complaint_calendar *c, int32_t day) {
    int32_t h = holiday_from(c, day);
    return h < c->year_at[c->year_count] && c->holidays[h].day == day ? &c->holidays[h] : NULL;
}

complaint_status cpl_calendar_decisions(const complaint_calendar *c, int32_t year, const cpl_decided **decisions, int32_t *count) {
    if (!has_year(c, year)) return COMPLAINT_E_NO_CALENDAR;
    int32_t y = year - c->first_year;
    *decisions = c->decisions + c->decided_at[y];
    *count = c->decided_at[y + 1] - c->decided_at[y];
    return COMPLAINT_OK;
}

/* The first office moment of an open day that is not before `ms`, or -1. */
static int64_t moment_on(const cpl_office *o, int64_t ms) {
    for (size_t i = 0; i < o->count; ++i) {
        if (ms < o->hours[i].from) return o->hours[i].from;
        if (ms < o->hours[i].until) return ms;
    }
    return -1;
}

complaint_status cpl_calendar_next_office_moment(const complaint_calendar *c, int64_t instant, int64_t *moment) {
    if (!cpl_instant_in_range(instant)) return COMPLAINT_E_RANGE;
    int32_t day = cpl_instant_day(instant);
    complaint_status status = cpl_table_check(c, day);
    if (status != COMPLAINT_OK) return status;
    int64_t ms = cpl_table_open(c, day) ? moment_on(cpl_table_office(c, day), cpl_instant_millisecond(instant)) : -1;
    if (ms < 0) {
        if (!cpl_table_select(c, cpl_table_rank(c, day + 1), &day)) return COMPLAINT_E_NO_CALENDAR;
        ms = cpl_table_office(c, day)->hours[0].from;
    }
    *moment = cpl_day_start(day) + ms;
    return COMPLAINT_OK;
}
