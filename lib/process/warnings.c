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

/* ---- another deadline ------------------------------------------------------------------------------------------------------- */

/* One turn of a warning before and after the deadline moved. */
typedef struct turn_move {
    int64_t was, is;
} turn_move;

static complaint_status move_turn(const planner *pl, const cpl_warning *w, const cpl_case_clock *k, int64_t due_at, int64_t turn, turn_move *t) {
    complaint_status s = cpl_warning_at(pl->pr->calendar, w, k->started_at, k->due_at, turn, &t->was, pl->e);
    return s == COMPLAINT_OK ? cpl_warning_at(pl->pr->calendar, w, k->started_at, due_at, turn, &t->is, pl->e) : s;
}

/* What was said for the old deadline is said again for the new one, if that makes it another instant. What was not said yet stays due, but not what fell into a time that did not count. */
static complaint_status move_warning(const planner *pl, const cpl_warning *w, const cpl_case_clock *k, int64_t due_at, int64_t from, cpl_moved *moved) {
    bool still = k->state == CPL_CLOCK_PAUSED, speaks = cpl_reminder_speaks(pl, w);
    int64_t owed = still ? k->held_at : k->wake_at;
    for (int64_t turn = 0; turn < turns(w); turn++) {
        turn_move t;
        complaint_status s = move_turn(pl, w, k, due_at, turn, &t);
        if (CPL_CLASS(s) == COMPLAINT_E_RANGE) {
            cpl_error_clear(pl->e);
            return COMPLAINT_OK;
        }
        if (s != COMPLAINT_OK) return s;
        bool unsaid = t.was >= owed, ahead = t.is > from;
        if (unsaid && !ahead && still) moved->lost += speaks;
        if (ahead ? !unsaid && t.is == t.was : !unsaid || still) continue;
        if (t.is < moved->wake) moved->wake = t.is;
        return COMPLAINT_OK;
    }
    return COMPLAINT_OK;
}

complaint_status cpl_move_warnings(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k, int64_t due_at, int64_t from, cpl_moved *moved) {
    complaint_status s = COMPLAINT_OK;
    *moved = (cpl_moved){.wake = CPL_NEVER};
    for (size_t i = 0; s == COMPLAINT_OK && i < def->warning_count; i++) s = move_warning(pl, &def->warnings[i], k, due_at, from, moved);
    return s;
}

/* ---- what is due by now --------------------------------------------------------------------------------------------------- */

/* The turns of one warning that are due by `now` and were not said: the latest instant (or INT64_MIN), and how many. */
static complaint_status count_unsaid(const complaint_calendar *calendar, const cpl_warning *w, const cpl_case_clock *k, int64_t now, int64_t *latest, int64_t *count, complaint_error *e) {
    *latest = INT64_MIN;
    for (int64_t turn = 0; turn < turns(w); turn++) {
        int64_t at;
        complaint_status s = cpl_warning_at(calendar, w, k->started_at, k->due_at, turn, &at, e);
        if (CPL_CLASS(s) == COMPLAINT_E_RANGE) cpl_error_clear(e);
        else if (s != COMPLAINT_OK) return s;
        if (s != COMPLAINT_OK || at > now) break;
        if (at < k->wake_at) continue; /* said or skipped before */
        ++*count;
        *latest = at;
    }
    return COMPLAINT_OK;
}

/* After a long outage only the latest stage is said, all that falls on its instant; the others are counted, so that nothing looks as if it had been said. */
complaint_status cpl_plan_due_warnings(planner *pl, const cpl_clock_def *def, const cpl_case_clock *k, int64_t now, cpl_due_count *due) {
    int64_t *latest = cpl_arena_alloc(pl->arena, (def->warning_count + 1) * sizeof *latest), stage = INT64_MIN;
    if (!latest) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = COMPLAINT_OK;
    *due = (cpl_due_count){0};
    for (size_t i = 0; s == COMPLAINT_OK && i < def->warning_count; i++) {
        latest[i] = INT64_MIN;
        if (cpl_reminder_speaks(pl, &def->warnings[i])) s = count_unsaid(pl->pr->calendar, &def->warnings[i], k, now, &latest[i], &due->all, pl->e);
        if (latest[i] > stage) stage = latest[i];
    }
    for (size_t i = 0; s == COMPLAINT_OK && i < def->warning_count; i++) {
        if (stage == INT64_MIN || latest[i] != stage) continue;
        due->said++;
        s = cpl_plan_reminder(pl, &def->warnings[i]);
    }
    return s;
}
