/*
 * process/audit: the deadlines that an event wrote, and how they come about by the definitions it cites.
 *
 * Owns: which moves of a clock bring a deadline. Must not know: where definitions are kept, what is done about a difference. Folding obeys the log; this asks it.
 */
#include "process/process.h"

/* ---- what was written --------------------------------------------------------------------------------------------------- */

static bool read_int(cpl_scan *scan, int64_t *out) {
    if (cpl_scan_next(scan) != CPL_SCAN_INT) return false;
    *out = scan->integer;
    return true;
}

/* One object of `clocks`, whose `{` was read; `*brings`: it has a deadline. */
static bool read_move(cpl_scan *scan, cpl_recorded *r, bool *brings) {
    int t;
    *r = (cpl_recorded){0};
    *brings = false;
    while ((t = cpl_scan_next(scan)) == CPL_SCAN_KEY) {
        cpl_str name = scan->raw;
        bool good = true;
        if (cpl_str_is(name, "seq")) good = read_int(scan, &r->clock);
        else if (cpl_str_is(name, "due")) good = read_int(scan, &r->due_at);
        else if (cpl_str_is(name, "from")) good = r->restarts = cpl_scan_next(scan) == CPL_SCAN_INT;
        else if (cpl_str_is(name, "nominal")) good = *brings = read_int(scan, &r->nominal_at);
        else if (cpl_str_is(name, "do")) good = cpl_scan_next(scan) == CPL_SCAN_STRING, r->starts = cpl_str_is(scan->raw, "start");
        else good = cpl_scan_skip(scan);
        if (!good) return false;
    }
    return t == CPL_SCAN_OBJECT_END;
}

bool cpl_event_deadlines(const cpl_event *ev, cpl_recorded *list, size_t capacity, size_t *count) {
    cpl_scan scan;
    int t;
    *count = 0;
    cpl_scan_init(&scan, ev->payload);
    if (cpl_scan_next(&scan) != CPL_SCAN_OBJECT || !cpl_scan_find(&scan, "clocks") || cpl_scan_next(&scan) != CPL_SCAN_ARRAY) return true;
    while ((t = cpl_scan_next(&scan)) == CPL_SCAN_OBJECT) {
        cpl_recorded one;
        bool brings;
        if (!read_move(&scan, &one, &brings) || (brings && *count == capacity)) return false;
        if (brings) list[(*count)++] = one;
    }
    return t == CPL_SCAN_ARRAY_END;
}

/* ---- how it comes about ------------------------------------------------------------------------------------------------- */

/* A field of the event that is a number. */
static bool entered(const cpl_event *ev, cpl_str name, int64_t *value) {
    cpl_scan scan;
    cpl_scan_init(&scan, ev->payload);
    return cpl_scan_next(&scan) == CPL_SCAN_OBJECT && cpl_scan_find(&scan, "fields") && cpl_scan_next(&scan) == CPL_SCAN_OBJECT && cpl_scan_find(&scan, name.p) && read_int(&scan, value);
}

/* What ran to its end before counts from its new event: the receipt belongs to the first. */
static bool is_first(const cpl_case *c, const cpl_case_clock *k) {
    for (const cpl_case_clock *other = c->clocks; other < k; other++)
        if (other->state == CPL_CLOCK_STOPPED && cpl_str_eq(other->rule, k->rule)) return false;
    return c->cycle == 1;
}

/* A new clock has the length that the policy says, or that somebody gave, and begins with its event or with the receipt. */
static void begin(const complaint_policy *p, const cpl_clock_def *def, const cpl_case *c, const cpl_case_clock *k, const cpl_event *ev, cpl_period *period) {
    int64_t length;
    period->from = def->from_receipt && is_first(c, k) ? c->received_at : cpl_case_complete_at(c, ev->kind, ev->happened_at);
    period->rule.length = def->rule.length;
    if (def->length_field >= 0 && entered(ev, p->fields[def->length_field].code.id, &length)) period->rule.length = length;
}

/* A correction says when that happened which the clock began with. */
static int64_t begun_at(const cpl_case *c, const cpl_case_clock *k, const cpl_event *ev) {
    const cpl_deed *begun = cpl_case_deed(c, k->begun);
    return cpl_case_complete_at(c, begun ? begun->kind : 0, ev->happened_at);
}

static complaint_status of_given_date(const complaint_policy *p, const cpl_clock_def *def, const cpl_event *ev, cpl_deadline *d, complaint_error *e) {
    int64_t instant;
    cpl_str name = p->fields[def->date_field].code.id;
    if (!entered(ev, name, &instant) || !cpl_instant_in_range(instant)) return cpl_fail(e, COMPLAINT_E_NOT_FOUND, name.p);
    d->last_day = cpl_instant_day(instant);
    d->nominal_at = d->due_at = cpl_day_start(d->last_day + 1);
    return COMPLAINT_OK;
}

complaint_status cpl_compute_again(const complaint_policy *p, const complaint_calendar *calendar, const cpl_case *c, const cpl_event *ev, const cpl_recorded *r, cpl_deadline *d, complaint_error *e) {
    const cpl_case_clock *k = r->clock >= 1 && r->clock <= (int64_t)c->clock_count ? &c->clocks[r->clock - 1] : NULL;
    int at = k ? cpl_policy_clock(p, k->rule) : -1;
    if (at < 0) return cpl_fail(e, COMPLAINT_E_UNKNOWN_CODE, "rule");
    const cpl_clock_def *def = &p->clocks[at];
    if (def->date_field >= 0) return of_given_date(p, def, ev, d, e);
    cpl_period period = cpl_period_of(def, k);
    if (r->starts) begin(p, def, c, k, ev, &period);
    else if (r->restarts) period.from = begun_at(c, k, ev);
    return cpl_calendar_period(calendar, &period, d, e);
}
