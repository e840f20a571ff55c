/*
 * calendar/pause: when a period stood still, and how much of it is used.
 *
 * Owns: the order and the joining of pauses, time used. Must not know: deadlines, why something stood still.
 *
 * Pauses are kept as instants and measured in the unit of the rule only when asked. Of days, those from the day on which the pause begins up to, not
 * including, the day on which it ends are not counted. So a pause cut in two is the same pause, and what was used stays used under any rule.
 */
#include "calendar/calendar.h"

static complaint_status refuse(complaint_error *e, const char *subject, const char *thai, const char *english) {
    /* Both formats take both texts, and each prints its own. */
    return cpl_failf(e, COMPLAINT_E_INVALID, subject, "%s%.0s", "%.0s%s", thai, english);
}

static complaint_status out_of_range(complaint_error *e, const char *subject) {
    return cpl_failf(e, COMPLAINT_E_RANGE, subject, "อยู่นอกช่วง 1 เมษายน 2432 ถึง 31 ธันวาคม 2699", "outside 1 April B.E. 2432 to 31 December 2699");
}

complaint_status cpl_pause_check(const cpl_period *p, size_t i, complaint_error *e) {
    const cpl_pause *pause = &p->pauses[i];
    if (!cpl_instant_in_range(pause->from)) return out_of_range(e, "pauses");
    if (pause->until != CPL_PAUSE_OPEN && !cpl_instant_in_range(pause->until)) return out_of_range(e, "pauses");
    if (pause->until < pause->from) return refuse(e, "pauses", "การหยุดนับสิ้นสุดก่อนเริ่ม", "a pause ends before it begins");
    if (i > 0 && pause->from < p->pauses[i - 1].from) return refuse(e, "pauses", "การหยุดนับไม่เรียงตามเวลา", "the pauses are not in order");
    return COMPLAINT_OK;
}

complaint_status cpl_period_check(const cpl_period *p, complaint_error *e) {
    int64_t total = p->rule.length;
    complaint_status status = cpl_clock_rule_check(&p->rule, e);
    if (status != COMPLAINT_OK) return status;
    if (!cpl_instant_in_range(p->from) || total > INT32_MAX) return out_of_range(e, "from");
    for (size_t i = 0; i < p->pause_count && status == COMPLAINT_OK; ++i) status = cpl_pause_check(p, i, e);
    for (size_t i = 0; i < p->extension_count && status == COMPLAINT_OK; ++i) {
        if (p->extensions[i] < 1) return refuse(e, "extensions", "การขยายเวลาต้องไม่น้อยกว่า 1", "an extension is at least 1");
        if (p->extensions[i] > INT32_MAX - total) return out_of_range(e, "extensions");
        total += p->extensions[i];
    }
    return status;
}

bool cpl_pause_next(cpl_pause_walk *w, cpl_pause *pause) {
    const cpl_period *p = w->period;
    while (w->next < p->pause_count) {
        cpl_pause joined = p->pauses[w->next++];
        while (w->next < p->pause_count && p->pauses[w->next].from <= joined.until) {
            int64_t until = p->pauses[w->next++].until;
            joined.until = until > joined.until ? until : joined.until;
        }
        if (joined.from < w->begin) joined.from = w->begin;
        if (joined.from >= joined.until) continue;
        *pause = joined;
        return true;
    }
    return false;
}

/* ---- time used ------------------------------------------------------------------------------------------------------ */

static int32_t later(int32_t a, int32_t b) { return a > b ? a : b; }

/* Days of the unit in [from, until). */
static int64_t days_between(const complaint_calendar *c, const cpl_clock_rule *r, int32_t from, int32_t until) {
    if (until <= from) return 0;
    return r->unit == COMPLAINT_UNIT_WORKING_DAYS ? cpl_table_rank(c, until) - cpl_table_rank(c, from) : until - from;
}

/* The unit's time in [from, until). */
static int64_t time_between(const complaint_calendar *c, const cpl_clock_rule *r, int64_t from, int64_t until) {
    if (until <= from) return 0;
    return r->unit == COMPLAINT_UNIT_MINUTES ? until - from : cpl_office_time(c, until) - cpl_office_time(c, from);
}

static int64_t used_between(const complaint_calendar *c, const cpl_clock_rule *r, const cpl_trace *t, int64_t from, int64_t until) {
    if (r->unit == COMPLAINT_UNIT_MINUTES || r->unit == COMPLAINT_UNIT_WORKING_MINUTES) return time_between(c, r, from, until);
    return days_between(c, r, later(cpl_instant_day(from), t->first_counted), cpl_instant_day(until));
}

complaint_status cpl_calendar_consumed(const complaint_calendar *calendar, const cpl_period *period, int64_t at, int64_t *used, complaint_error *e) {
    cpl_period begun = {.rule = period->rule, .from = period->from}; /* where it begins does not depend on pauses */
    cpl_deadline ignored;
    cpl_trace trace = {0};
    cpl_pause pause;
    complaint_status status = cpl_period_check(period, e);
    if (status == COMPLAINT_OK && !cpl_instant_in_range(at)) status = out_of_range(e, "at");
    begun.rule.length = 1;
    if (status == COMPLAINT_OK) status = cpl_period_trace(calendar, &begun, &ignored, &trace, e);
    if (status != COMPLAINT_OK) return status;
    bool needs_table = period->rule.unit != COMPLAINT_UNIT_MINUTES;
    if (at > trace.begin && needs_table && !cpl_table_covers(calendar, cpl_instant_day(at))) return cpl_fail(e, cpl_table_check(calendar, cpl_instant_day(at)), "at");
    int64_t sum = used_between(calendar, &period->rule, &trace, trace.begin, at > trace.begin ? at : trace.begin);
    cpl_pause_walk walk = {period, 0, trace.begin};
    while (cpl_pause_next(&walk, &pause) && pause.from < at) sum -= used_between(calendar, &period->rule, &trace, pause.from, pause.until < at ? pause.until : at);
    *used = sum;
    return COMPLAINT_OK;
}
