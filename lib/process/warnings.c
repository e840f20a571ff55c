/*
 * process/warnings: when a clock speaks up.
 *
 * Owns: the instants of reminders and of the ladder, counted from the start or the deadline. Must not know: who is told (the notice says), or that time passes:
 * whoever ticks asks for what lies between two instants.
 */
#include "process/plan.h"

enum { REPEATS_MAX = 3660 };

static int64_t at_minute(int32_t day, const cpl_warning *w, int64_t otherwise) { return w->at_minute < 0 ? otherwise : cpl_day_start(day) + (int64_t)w->at_minute * CPL_MINUTE_MS; }

/* `steps` days of the warning's kind away from a day; negative: before it. */
static complaint_status move_day(const complaint_calendar *calendar, const cpl_warning *w, int32_t day, int64_t steps, int32_t *moved) {
    if (steps < -CPL_DAYS_APART_MAX || steps > CPL_DAYS_APART_MAX) return COMPLAINT_E_RANGE;
    if (w->unit == COMPLAINT_UNIT_WORKING_DAYS && steps != 0) return cpl_calendar_add(calendar, day, (int32_t)steps, moved);
    *moved = day + (int32_t)steps;
    return COMPLAINT_OK;
}

static complaint_status by_days(const complaint_calendar *calendar, const cpl_warning *w, int64_t anchor, int32_t anchor_day, int64_t steps, int64_t *at) {
    int32_t day;
    complaint_status s = move_day(calendar, w, anchor_day, steps, &day);
    if (s == COMPLAINT_OK) *at = at_minute(day, w, anchor + (int64_t)(day - anchor_day) * CPL_DAY_MS);
    return s;
}

static complaint_status by_minutes(const complaint_calendar *calendar, const cpl_warning *w, int64_t anchor, int64_t steps, int64_t *at, complaint_error *e) {
    cpl_clock_rule rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = steps};
    cpl_deadline d;
    if (w->unit != COMPLAINT_UNIT_WORKING_MINUTES || steps <= 0) {
        *at = anchor + steps * CPL_MINUTE_MS;
        return COMPLAINT_OK;
    }
    complaint_status s = cpl_calendar_deadline(calendar, &rule, anchor, &d, e);
    if (s == COMPLAINT_OK) *at = d.due_at;
    return s;
}

static bool counts_minutes(const cpl_warning *w) { return w->unit == COMPLAINT_UNIT_MINUTES || w->unit == COMPLAINT_UNIT_WORKING_MINUTES; }

/* The last moment in time lies on the last day, also when the deadline is the midnight behind it. */
complaint_status cpl_warning_at(const complaint_calendar *calendar, const cpl_warning *w, int64_t started_at, int64_t due_at, int64_t turn, int64_t *at, complaint_error *e) {
    int64_t anchor = w->when == CPL_AFTER_START ? started_at : due_at;
    int64_t steps = w->when == CPL_BEFORE_DUE ? -w->length : w->length * (turn + 1);
    if (counts_minutes(w)) return by_minutes(calendar, w, anchor, steps, at, e);
    int32_t day = cpl_instant_day(w->when == CPL_AFTER_START ? started_at : due_at - 1);
    return by_days(calendar, w, anchor, day, steps, at);
}

static int64_t turns(const cpl_warning *w) { return w->repeat ? REPEATS_MAX : 1; }

/* Instants of one warning rise with its turn, so the first behind `after` is the one looked for. A turn beyond the calendar's years is not waited for. */
static complaint_status next_of(const complaint_calendar *calendar, const cpl_warning *w, int64_t started_at, int64_t due_at, int64_t after, int64_t *at, complaint_error *e) {
    for (int64_t turn = 0; turn < turns(w); turn++) {
        int64_t instant;
        complaint_status s = cpl_warning_at(calendar, w, started_at, due_at, turn, &instant, e);
        if (CPL_CLASS(s) == COMPLAINT_E_RANGE) {
            cpl_error_clear(e);
            return COMPLAINT_OK;
        }
        if (s != COMPLAINT_OK) return s;
        if (instant <= after) continue;
        if (instant < *at) *at = instant;
        return COMPLAINT_OK;
    }
    return COMPLAINT_OK;
}

complaint_status cpl_next_warning(const complaint_calendar *calendar, const cpl_clock_def *def, int64_t started_at, int64_t due_at, int64_t after, int64_t *at, complaint_error *e) {
    complaint_status s = COMPLAINT_OK;
    *at = CPL_NEVER;
    for (size_t i = 0; s == COMPLAINT_OK && i < def->warning_count; i++) s = next_of(calendar, &def->warnings[i], started_at, due_at, after, at, e);
    return s;
}

/* ---- what is due by now --------------------------------------------------------------------------------------------------- */

/* After a long outage only the latest of a clock's reminders is sent; the others are counted, so that nothing looks as if it had been said. */
complaint_status cpl_due_warning(const complaint_calendar *calendar, const cpl_clock_def *def, const cpl_case_clock *k, int64_t now, const cpl_warning **latest, int64_t *count, complaint_error *e) {
    int64_t best = INT64_MIN;
    *latest = NULL;
    *count = 0;
    for (size_t i = 0; i < def->warning_count; i++) {
        const cpl_warning *w = &def->warnings[i];
        for (int64_t turn = 0; turn < turns(w); turn++) {
            int64_t at;
            complaint_status s = cpl_warning_at(calendar, w, k->started_at, k->due_at, turn, &at, e);
            if (CPL_CLASS(s) == COMPLAINT_E_RANGE) cpl_error_clear(e);
            else if (s != COMPLAINT_OK) return s;
            if (s != COMPLAINT_OK || at > now) break;
            if (at < k->wake_at) continue; /* said or skipped before */
            ++*count;
            if (at >= best) {
                best = at;
                *latest = w;
            }
        }
    }
    return COMPLAINT_OK;
}
