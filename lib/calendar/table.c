/*
 * calendar/table: one calendar, and the questions that its tables answer.
 *
 * Owns: complaint_calendar, its life, working days by rank and selection: rank[d] counts the working days before day d, days[r] is the
 * working day of rank r, so adding and counting take constant time. Must not know: how holidays come about, deadlines.
 */
#include "calendar/calendar.h"

#include <string.h>

struct complaint_calendar {
    atomic_uint owners;
    cpl_memory memory;
    cpl_arena arena; /* everything below */
    cpl_str definition, province;
    int32_t first_year, year_count;
    int32_t first_day, end_day;
    int32_t *rank;      /* end_day - first_day + 1 of them */
    int32_t *days;      /* rank[end] of them */
    int32_t *predicted; /* year_count + 1: predicted years before the one of the index */
    cpl_holiday *holidays;
    int32_t *year_at; /* year_count + 1: the first holiday of each year */
    cpl_hours hours[CPL_HOURS_MAX];
    size_t hours_count;
};

/* ---- life ----------------------------------------------------------------------------------------------------------- */

static int32_t year_index(const complaint_calendar *c, int32_t day) { return cpl_date_gregorian(day).year + 543 - c->first_year; }

static void *make(complaint_calendar *c, int32_t count, size_t size) { return cpl_arena_alloc(&c->arena, (size_t)count * size); }

static bool fill_days(complaint_calendar *c, const cpl_holiday_data *d, size_t holiday_count) {
    int32_t count = c->end_day - c->first_day, rank = 0;
    size_t h = 0;
    c->rank = make(c, count + 1, sizeof *c->rank);
    c->days = make(c, count, sizeof *c->days);
    if (!c->rank || !c->days) return false;
    for (int32_t i = 0; i < count; ++i) {
        int32_t day = c->first_day + i;
        bool open = d->open_weekday[cpl_date_weekday(day)];
        while (h < holiday_count && c->holidays[h].day < day) ++h;
        if (h < holiday_count && c->holidays[h].day == day && c->holidays[h].closed) open = false;
        c->rank[i] = rank;
        if (open) c->days[rank++] = day;
    }
    c->rank[count] = rank;
    return true;
}

static bool fill_years(complaint_calendar *c, const cpl_holiday_data *d, size_t holiday_count) {
    c->predicted = make(c, c->year_count + 1, sizeof *c->predicted);
    c->year_at = make(c, c->year_count + 1, sizeof *c->year_at);
    if (!c->predicted || !c->year_at) return false;
    for (int32_t y = 0; y < c->year_count; ++y) c->predicted[y + 1] = c->predicted[y] + (d->years[y].status == COMPLAINT_PREDICTED);
    for (size_t h = 0; h < holiday_count; ++h) ++c->year_at[year_index(c, c->holidays[h].day) + 1];
    for (int32_t y = 0; y < c->year_count; ++y) c->year_at[y + 1] += c->year_at[y];
    return true;
}

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
    cpl_buf_free(&text);
    return good && cpl_arena_str(&c->arena, d->province, &c->province) ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
}

static complaint_status fill(complaint_calendar *c, const cpl_holiday_data *d, cpl_arena *scratch, complaint_error *e) {
    size_t holiday_count;
    c->first_year = d->years[0].be;
    c->year_count = (int32_t)d->year_count;
    c->first_day = cpl_date_raw((cpl_date){c->first_year - 543, 1, 1});
    c->end_day = cpl_date_raw((cpl_date){c->first_year - 543 + c->year_count, 1, 1});
    c->hours_count = d->hours_count;
    memcpy(c->hours, d->hours, sizeof c->hours);
    complaint_status status = cpl_holiday_list(d, scratch, &c->arena, &c->holidays, &holiday_count, e);
    if (status != COMPLAINT_OK) return status;
    if (!fill_days(c, d, holiday_count) || !fill_years(c, d, holiday_count)) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    return COMPLAINT_OK;
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
    if (c->province.n == 0) return false;
    for (int32_t h = holiday_from(c, from); h < c->year_at[c->year_count] && c->holidays[h].day <= last; ++h) {
        if (!c->holidays[h].closed && !c->holidays[h].complete) return true;
    }
    return false;
}

const cpl_hours *cpl_table_hours(const complaint_calendar *c, size_t *count) {
    *count = c->hours_count;
    return c->hours;
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

/* The first office moment of an open day that is not before `ms`, or -1. */
static int64_t moment_on(const complaint_calendar *c, int64_t ms) {
    for (size_t i = 0; i < c->hours_count; ++i) {
        if (ms < c->hours[i].from) return c->hours[i].from;
        if (ms < c->hours[i].until) return ms;
    }
    return -1;
}

complaint_status cpl_calendar_next_office_moment(const complaint_calendar *c, int64_t instant, int64_t *moment) {
    if (!cpl_instant_in_range(instant)) return COMPLAINT_E_RANGE;
    int32_t day = cpl_instant_day(instant);
    complaint_status status = cpl_table_check(c, day);
    if (status != COMPLAINT_OK) return status;
    int64_t ms = cpl_table_open(c, day) ? moment_on(c, cpl_instant_millisecond(instant)) : -1;
    if (ms < 0) {
        if (!cpl_table_select(c, cpl_table_rank(c, day + 1), &day)) return COMPLAINT_E_NO_CALENDAR;
        ms = c->hours[0].from;
    }
    *moment = cpl_day_start(day) + ms;
    return COMPLAINT_OK;
}
