/*
 * calendar/explain: how a deadline comes about, step by step, so that a citizen can follow it with a wall calendar.
 *
 * Owns: the steps. Must not know: words; how the deadline is computed: that is asked of deadline.c, and the steps lead to its result.
 */
#include "calendar/calendar.h"

typedef struct teller {
    const complaint_calendar *calendar;
    const cpl_period *period;
    const cpl_clock_rule *rule;
    cpl_trace trace;
    cpl_deadline deadline;
    cpl_arena *a;
    cpl_step *steps;
    size_t count, room;
    int64_t total;            /* counted so far: days, or milliseconds */
    cpl_step span;            /* being counted; kind 0: none */
    const cpl_office *office; /* the office hours last told */
    bool extended, failed;
} teller;

static void add(teller *t, cpl_step step) {
    if (t->count == t->room) {
        size_t room = t->room ? 2 * t->room : 16;
        cpl_step *more = cpl_arena_alloc(t->a, room * sizeof *more);
        t->failed = t->failed || !more;
        if (t->failed) return;
        for (size_t i = 0; i < t->count; ++i) more[i] = t->steps[i];
        t->steps = more;
        t->room = room;
    }
    t->steps[t->count++] = step;
}

/* What was counted without a break becomes one step. */
static void close_span(teller *t) {
    if (t->span.kind) add(t, t->span);
    t->span = (cpl_step){0};
}

static bool counts_working(const teller *t) { return t->rule->unit == COMPLAINT_UNIT_WORKING_DAYS || t->rule->unit == COMPLAINT_UNIT_WORKING_MINUTES; }

/* The holiday that closes a day of the week on which offices would be open; NULL: none. */
static const cpl_holiday *holiday_on(const teller *t, int32_t day) {
    const cpl_holiday *h = cpl_calendar_holiday_on(t->calendar, day);
    return h && h->closed && !h->at_rest ? h : NULL;
}

/* ---- days ----------------------------------------------------------------------------------------------------------- */

static void count_day(teller *t, int32_t day) {
    cpl_step *s = &t->span;
    if (!s->kind) *s = (cpl_step){.kind = COMPLAINT_STEP_COUNT, .first = day};
    s->last = day;
    s->count++;
    s->total = ++t->total;
}

static void pass_holiday(teller *t, int32_t day, const cpl_holiday *h) {
    close_span(t);
    add(t, (cpl_step){.kind = COMPLAINT_STEP_HOLIDAY, .first = day, .last = day, .total = t->total, .holiday = h});
}

/* One day that no pause covers. */
static void tell_day(teller *t, int32_t day) {
    const cpl_holiday *h = counts_working(t) ? holiday_on(t, day) : NULL;
    if (h)
        pass_holiday(t, day, h);
    else if (!counts_working(t) || cpl_table_open(t->calendar, day))
        count_day(t, day);
}

/* Once, when what the rule gives is used up. */
static void tell_extension(teller *t, int32_t day, int64_t at) {
    if (t->extended || t->trace.extended == t->trace.length) return;
    close_span(t);
    t->extended = true;
    add(t, (cpl_step){.kind = COMPLAINT_STEP_EXTENSION, .first = day, .last = day, .count = t->trace.extended - t->trace.length, .at = at});
}

/* Counts days from `*day` up to, not including, `until`, no more than the allowance has. */
static void tell_days(teller *t, int32_t *day, int32_t until) {
    for (; *day < until && t->total < t->trace.extended; ++*day) {
        tell_day(t, *day);
        if (t->total == t->trace.length) tell_extension(t, *day, 0);
    }
}

static int64_t units(const teller *t, int32_t from, int32_t until) {
    if (until <= from) return 0;
    return counts_working(t) ? cpl_table_rank(t->calendar, until) - cpl_table_rank(t->calendar, from) : until - from;
}

static void tell_pause_of_days(teller *t, const cpl_pause *pause, int32_t *day) {
    int32_t from = cpl_instant_day(pause->from), until = cpl_instant_day(pause->until);
    close_span(t);
    if (from < t->trace.first_counted) from = t->trace.first_counted;
    cpl_step step = {.kind = COMPLAINT_STEP_PAUSE, .at = pause->from, .until = pause->until, .total = t->total};
    if (until > from) {
        step.first = from;
        step.last = until - 1;
        step.count = units(t, from, until);
        if (until > *day) *day = until;
    }
    add(t, step);
}

static void tell_counting_of_days(teller *t) {
    cpl_pause_walk walk = {t->period, 0, t->trace.begin};
    cpl_pause pause;
    int32_t day = t->trace.first_counted;
    if (t->trace.length == 0) tell_extension(t, day - 1, 0);
    while (cpl_pause_next(&walk, &pause) && pause.from < t->deadline.due_at) {
        tell_days(t, &day, cpl_instant_day(pause.from));
        tell_pause_of_days(t, &pause, &day);
    }
    tell_days(t, &day, t->trace.nominal + 1);
    close_span(t);
}

static void tell_first_day(teller *t) {
    int32_t first = t->trace.first_counted;
    bool included = t->rule->first_day == COMPLAINT_FIRST_DAY_INCLUDED;
    if (t->trace.extended > 0) add(t, (cpl_step){.kind = COMPLAINT_STEP_FIRST_DAY, .first = first, .last = first, .count = included});
}

static void tell_last_day(teller *t) {
    int32_t nominal = t->trace.nominal;
    add(t, (cpl_step){.kind = COMPLAINT_STEP_LAST_DAY, .first = nominal, .last = nominal, .total = t->total});
    if (cpl_table_open(t->calendar, nominal)) return;
    add(t, (cpl_step){.kind = COMPLAINT_STEP_ROLL, .first = nominal, .last = t->trace.last, .holiday = holiday_on(t, nominal)});
}

/* ---- minutes -------------------------------------------------------------------------------------------------------- */

static void count_time(teller *t, int64_t from, int64_t until, int64_t work) {
    int64_t before = t->total / CPL_MINUTE_MS;
    cpl_step *s = &t->span;
    t->total += work;
    if (!s->kind) *s = (cpl_step){.kind = COMPLAINT_STEP_COUNT, .first = cpl_instant_day(from), .at = from};
    s->last = cpl_instant_day(until - 1);
    s->until = until;
    s->count += t->total / CPL_MINUTE_MS - before;
    s->total = t->total / CPL_MINUTE_MS;
}

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

static bool same_hours(const cpl_office *a, const cpl_office *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; ++i) same = a->hours[i].from == b->hours[i].from && a->hours[i].until == b->hours[i].until;
    return same;
}

/* When the office is open, as often as that changes. */
static void tell_hours(teller *t, int32_t day) {
    const cpl_office *office = cpl_table_office(t->calendar, day);
    if (t->office && same_hours(t->office, office)) return;
    close_span(t);
    t->office = office;
    add(t, (cpl_step){.kind = COMPLAINT_STEP_OFFICE_HOURS, .first = day, .last = day, .office = office});
}

/* Office time in [from, until), holidays named on the way. */
static void tell_office_time(teller *t, int64_t from, int64_t until) {
    while (from < until) {
        int32_t day = cpl_instant_day(from);
        int64_t end = least(until, cpl_day_start(day + 1));
        const cpl_holiday *h = holiday_on(t, day);
        int64_t work = cpl_office_time(t->calendar, end) - cpl_office_time(t->calendar, from);
        if (h) pass_holiday(t, day, h);
        if (work > 0) tell_hours(t, day);
        if (work > 0) count_time(t, from, end, work);
        from = end;
    }
}

static void tell_time(teller *t, int64_t from, int64_t until) {
    if (until <= from) return;
    if (counts_working(t))
        tell_office_time(t, from, until);
    else
        count_time(t, from, until, until - from);
}

/* Up to `until`; on the way the allowance may have been extended. */
static void tell_time_and_extension(teller *t, int64_t *from, int64_t until) {
    int64_t original = t->deadline.original_at;
    if (!t->extended && t->trace.extended > t->trace.length && *from <= original && original <= until) {
        tell_time(t, *from, original);
        tell_extension(t, cpl_instant_day(original - 1), original);
        *from = original;
    }
    tell_time(t, *from, until);
    *from = until;
}

static void tell_counting_of_time(teller *t) {
    cpl_pause_walk walk = {t->period, 0, t->trace.begin};
    cpl_pause pause;
    int64_t from = t->trace.begin;
    while (cpl_pause_next(&walk, &pause) && pause.from < t->deadline.due_at) {
        tell_time_and_extension(t, &from, pause.from);
        close_span(t);
        int64_t stood = counts_working(t) ? cpl_office_time(t->calendar, pause.until) - cpl_office_time(t->calendar, pause.from) : pause.until - pause.from;
        add(t, (cpl_step){.kind = COMPLAINT_STEP_PAUSE, .at = pause.from, .until = pause.until, .count = stood / CPL_MINUTE_MS, .total = t->total / CPL_MINUTE_MS});
        from = pause.until;
    }
    tell_time_and_extension(t, &from, t->deadline.due_at);
    close_span(t);
}

/* ---- all together --------------------------------------------------------------------------------------------------- */

static void tell_doubts(teller *t) {
    int32_t first = cpl_instant_day(t->period->from), last = t->trace.nominal > t->deadline.last_day ? t->trace.nominal : t->deadline.last_day;
    if (t->deadline.predicted) {
        int32_t from = cpl_date_gregorian(first).year + 543, until = cpl_date_gregorian(last).year + 543, status;
        while (from < until && cpl_calendar_year_status(t->calendar, from, &status) == COMPLAINT_OK && status == COMPLAINT_ANNOUNCED) ++from;
        add(t, (cpl_step){.kind = COMPLAINT_STEP_PREDICTED, .first = first, .last = last, .count = from, .total = until});
    }
    if (t->deadline.area_unknown) add(t, (cpl_step){.kind = COMPLAINT_STEP_AREA_UNKNOWN, .first = first, .last = last});
}

static void tell(teller *t) {
    bool days = t->rule->unit == COMPLAINT_UNIT_CALENDAR_DAYS || t->rule->unit == COMPLAINT_UNIT_WORKING_DAYS;
    add(t, (cpl_step){.kind = COMPLAINT_STEP_RECEIVED, .at = t->period->from});
    if (t->trace.begin != t->period->from) add(t, (cpl_step){.kind = COMPLAINT_STEP_MOVED_RECEIPT, .at = t->trace.begin});
    if (days) {
        tell_first_day(t);
        tell_counting_of_days(t);
        tell_last_day(t);
    } else {
        tell_counting_of_time(t);
    }
    add(t, (cpl_step){.kind = COMPLAINT_STEP_DUE, .at = t->deadline.due_at, .first = t->deadline.last_day, .last = t->deadline.last_day});
    tell_doubts(t);
}

complaint_status cpl_explain(const complaint_calendar *calendar, const cpl_period *period, cpl_arena *a, const cpl_step **steps, size_t *count, cpl_deadline *deadline,
                             complaint_error *e) {
    teller t = {.calendar = calendar, .period = period, .rule = &period->rule, .a = a};
    complaint_status status = cpl_period_trace(calendar, period, &t.deadline, &t.trace, e);
    if (status != COMPLAINT_OK) return status;
    tell(&t);
    if (t.failed) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    *steps = t.steps;
    *count = t.count;
    *deadline = t.deadline;
    return COMPLAINT_OK;
}
