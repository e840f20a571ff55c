/*
 * calendar/deadline: when something is due.
 *
 * Owns: units, first day, receipt after hours, pauses, extensions, roll of the last day, the instant on it. Must not know: why something is
 * due, how the tables came about.
 *
 * Law: Civil and Commercial Code s. 193/3 (the first day is not counted), s. 193/7 with Supreme Court 2981/2545 (an extension counts from the
 * original last day), s. 193/8 (a last day on a holiday moves to the next working day); Administrative Procedure Act B.E. 2539 s. 64 (the
 * same; for an authority's own duty the last day counts even when it is a holiday).
 */
#include "calendar/calendar.h"

/* What a computation carries from step to step. */
typedef struct count {
    const complaint_calendar *calendar;
    const cpl_period *period;
    const cpl_clock_rule *rule;
    complaint_error *e;
    int64_t from;          /* the begin, as received or moved into office hours */
    int32_t first_seen;    /* the day of the receipt itself */
    int32_t first_counted; /* days: the first that may count */
} count;

/* ---- rules ---------------------------------------------------------------------------------------------------------- */

static complaint_status refuse(complaint_error *e, const char *subject) {
    return cpl_failf(e, COMPLAINT_E_INVALID, subject, "ค่า %s ของกำหนดเวลาไม่ถูกต้อง", "`%s` of the deadline is not valid", subject);
}

static bool counts_days(const cpl_clock_rule *r) { return r->unit == COMPLAINT_UNIT_CALENDAR_DAYS || r->unit == COMPLAINT_UNIT_WORKING_DAYS; }

complaint_status cpl_clock_rule_check(const cpl_clock_rule *r, complaint_error *e) {
    bool days = counts_days(r);
    int64_t least = days && r->first_day == COMPLAINT_FIRST_DAY_EXCLUDED ? 0 : 1;
    if (!cpl_calendar_unit_name(r->unit)) return refuse(e, "unit");
    if (r->length < least) return refuse(e, "length");
    if (!cpl_calendar_first_day_name(r->first_day) || (!days && r->first_day != 0)) return refuse(e, "first_day");
    if (!cpl_calendar_roll_name(r->roll) || (!days && r->roll != 0)) return refuse(e, "roll");
    if (!cpl_calendar_receipt_name(r->receipt)) return refuse(e, "receipt");
    if (!cpl_calendar_due_at_name(r->due_at) || (!days && r->due_at != 0)) return refuse(e, "due_at");
    return COMPLAINT_OK;
}

/* ---- failures ------------------------------------------------------------------------------------------------------- */

static complaint_status out_of_range(complaint_error *e) {
    return cpl_failf(e, COMPLAINT_E_RANGE, "from", "อยู่นอกช่วง 1 เมษายน 2432 ถึง 31 ธันวาคม 2699", "outside 1 April B.E. 2432 to 31 December 2699");
}

static complaint_status no_calendar(const count *c) {
    int32_t first, last;
    cpl_calendar_years(c->calendar, &first, &last);
    return cpl_failf(c->e, COMPLAINT_E_NO_CALENDAR, "calendar", "กำหนดเวลาอยู่นอกปีที่มีข้อมูลวันหยุด (พ.ศ. %d ถึง %d)",
                     "the deadline touches a year without holiday data (there is B.E. %d to %d)", (int)first, (int)last);
}

static complaint_status check_day(const count *c, int32_t day) { return cpl_table_covers(c->calendar, day) ? COMPLAINT_OK : no_calendar(c); }

static complaint_status not_resumed(const count *c) {
    return cpl_failf(c->e, COMPLAINT_E_STATE, "pauses", "กำลังหยุดนับเวลา ยังไม่มีกำหนด", "the period stands still; it has no deadline until it is resumed");
}

/* ---- office hours --------------------------------------------------------------------------------------------------- */

static int64_t opening(const count *c, int32_t day) { return cpl_table_office(c->calendar, day)->hours[0].from; }

static int64_t closing(const count *c, int32_t day) {
    const cpl_office *o = cpl_table_office(c->calendar, day);
    return o->hours[o->count - 1].until;
}

/* Office time of an open day before `ms`. */
static int64_t worked_before(const cpl_office *o, int64_t ms) {
    int64_t sum = 0;
    for (size_t i = 0; i < o->count && ms > o->hours[i].from; ++i) sum += (ms < o->hours[i].until ? ms : o->hours[i].until) - o->hours[i].from;
    return sum;
}

int64_t cpl_office_time(const complaint_calendar *calendar, int64_t instant) {
    int32_t day = cpl_instant_day(instant);
    int64_t before = cpl_table_worked(calendar, day);
    return cpl_table_open(calendar, day) ? before + worked_before(cpl_table_office(calendar, day), cpl_instant_millisecond(instant)) : before;
}

/* The earliest moment of an open day before which `work` > 0 of office time lies. */
static int64_t moment_after(const cpl_office *o, int64_t work) {
    size_t i = 0;
    while (work > o->hours[i].until - o->hours[i].from) {
        work -= o->hours[i].until - o->hours[i].from;
        ++i;
    }
    return o->hours[i].from + work;
}

bool cpl_office_moment(const complaint_calendar *calendar, int64_t work, int64_t *instant) {
    int32_t day;
    if (!cpl_table_worked_day(calendar, work, &day)) return false;
    *instant = cpl_day_start(day) + moment_after(cpl_table_office(calendar, day), work - cpl_table_worked(calendar, day));
    return true;
}

/* What comes on a closed day or after closing counts from the next opening, what comes before opening from that opening. */
static complaint_status receive(count *c) {
    int32_t day = c->first_seen;
    int64_t ms = cpl_instant_millisecond(c->from);
    complaint_status status = check_day(c, day);
    if (status != COMPLAINT_OK) return status;
    if (!cpl_table_open(c->calendar, day) || ms >= closing(c, day)) {
        if (!cpl_table_select(c->calendar, cpl_table_rank(c->calendar, day + 1), &day)) return no_calendar(c);
        ms = 0;
    }
    int64_t open = opening(c, day);
    c->from = cpl_day_start(day) + (ms < open ? open : ms);
    return COMPLAINT_OK;
}

/* ---- units ---------------------------------------------------------------------------------------------------------- */

static complaint_status after_minutes(const count *c, int64_t length, int64_t *due) {
    int64_t end = c->from + length * CPL_MINUTE_MS;
    cpl_pause_walk walk = {c->period, 0, c->from};
    cpl_pause pause;
    while (cpl_pause_next(&walk, &pause) && pause.from < end) {
        if (pause.until == CPL_PAUSE_OPEN) return not_resumed(c);
        end += pause.until - pause.from;
    }
    if (!cpl_instant_in_range(end)) return out_of_range(c->e);
    *due = end;
    return COMPLAINT_OK;
}

/* Used up exactly at closing belongs to that closing, not to the next opening. */
static complaint_status after_working_minutes(const count *c, int64_t length, int64_t *due) {
    complaint_status status = check_day(c, cpl_instant_day(c->from));
    if (status != COMPLAINT_OK) return status;
    int64_t target = cpl_office_time(c->calendar, c->from) + length * CPL_MINUTE_MS, end = 0;
    cpl_pause_walk walk = {c->period, 0, c->from};
    cpl_pause pause;
    for (;;) {
        if (!cpl_office_moment(c->calendar, target, &end)) return no_calendar(c);
        if (!cpl_pause_next(&walk, &pause) || pause.from >= end) break;
        if (pause.until == CPL_PAUSE_OPEN) return not_resumed(c);
        status = check_day(c, cpl_instant_day(pause.until));
        if (status != COMPLAINT_OK) return status;
        target += cpl_office_time(c->calendar, pause.until) - cpl_office_time(c->calendar, pause.from);
    }
    *due = end;
    return COMPLAINT_OK;
}

/* The last day, before pauses and roll. */
static complaint_status plain_day(const count *c, int64_t length, int32_t *last) {
    if (length == 0 || c->rule->unit == COMPLAINT_UNIT_CALENDAR_DAYS) {
        int64_t day = c->first_counted + length - 1;
        if (day > COMPLAINT_DAY_LAST) return no_calendar(c);
        *last = (int32_t)day;
        return check_day(c, *last);
    }
    return cpl_table_select(c->calendar, cpl_table_rank(c->calendar, c->first_counted) + length - 1, last) ? COMPLAINT_OK : no_calendar(c);
}

/* The day `last` moves to when the days of the unit in [from, until) do not count. */
static complaint_status skip_days(const count *c, int32_t from, int32_t until, int32_t *last) {
    if (from < c->first_counted) from = c->first_counted;
    if (until <= from) return COMPLAINT_OK;
    if (c->rule->unit == COMPLAINT_UNIT_CALENDAR_DAYS) {
        *last += until - from;
        return check_day(c, *last);
    }
    int64_t moved = cpl_table_rank(c->calendar, until) - cpl_table_rank(c->calendar, from);
    return cpl_table_select(c->calendar, cpl_table_rank(c->calendar, *last) + moved, last) ? COMPLAINT_OK : no_calendar(c);
}

/* A last day on a closed day; never to before `least`, where counting begins or goes on. */
static complaint_status roll(const count *c, int32_t least, int32_t day, int32_t *rolled) {
    int32_t moved = day;
    if (c->rule->roll != COMPLAINT_ROLL_NONE && !cpl_table_open(c->calendar, day)) {
        int64_t rank = cpl_table_rank(c->calendar, day);
        bool back = c->rule->roll == COMPLAINT_ROLL_PRECEDING && cpl_table_select(c->calendar, rank - 1, &moved) && moved >= least;
        if (!back && !cpl_table_select(c->calendar, rank, &moved)) return no_calendar(c);
    }
    *rolled = moved;
    return COMPLAINT_OK;
}

static int64_t end_of(const count *c, int32_t day) {
    return c->rule->due_at == COMPLAINT_DUE_OFFICE_CLOSE ? cpl_day_start(day) + closing(c, day) : cpl_day_start(day + 1);
}

/* One pause: days not yet counted wait until it is over. A last day that had passed and was only rolled goes on with the day of resumption. */
static complaint_status pass_pause(const count *c, const cpl_pause *pause, int64_t length, int32_t *nominal, int32_t *least) {
    if (pause->until == CPL_PAUSE_OPEN) return not_resumed(c);
    int32_t from = cpl_instant_day(pause->from), until = cpl_instant_day(pause->until);
    complaint_status status = check_day(c, until);
    if (status != COMPLAINT_OK || until <= from) return status;
    if (until > *least) *least = until;
    if (length > 0 && from <= *nominal) return skip_days(c, from, until, nominal);
    if (until > *nominal) *nominal = until;
    return COMPLAINT_OK;
}

static complaint_status after_days(const count *c, int64_t length, int32_t *nominal_day, int32_t *last_day) {
    int32_t nominal = 0, last = 0, least = c->first_counted;
    cpl_pause_walk walk = {c->period, 0, c->from};
    cpl_pause pause;
    complaint_status status = plain_day(c, length, &nominal);
    for (; status == COMPLAINT_OK; status = pass_pause(c, &pause, length, &nominal, &least)) {
        status = roll(c, least, nominal, &last);
        if (status != COMPLAINT_OK || !cpl_pause_next(&walk, &pause) || pause.from >= end_of(c, last)) break;
    }
    if (status != COMPLAINT_OK) return status;
    *nominal_day = nominal;
    *last_day = last;
    return COMPLAINT_OK;
}

/* ---- all together --------------------------------------------------------------------------------------------------- */

static complaint_status due_days(const count *c, cpl_deadline *d, cpl_trace *t) {
    int32_t ignored;
    complaint_status status = check_day(c, cpl_instant_day(c->from));
    if (status == COMPLAINT_OK) status = after_days(c, t->extended, &t->nominal, &t->last);
    t->original = t->nominal;
    if (status == COMPLAINT_OK && t->extended > t->length) status = after_days(c, t->length, &t->original, &ignored);
    if (status != COMPLAINT_OK) return status;
    d->original_at = end_of(c, t->original);
    d->nominal_at = end_of(c, t->nominal);
    d->due_at = end_of(c, t->last);
    return COMPLAINT_OK;
}

static complaint_status due_time(const count *c, cpl_deadline *d, cpl_trace *t) {
    complaint_status (*after)(const count *, int64_t, int64_t *) = c->rule->unit == COMPLAINT_UNIT_MINUTES ? after_minutes : after_working_minutes;
    complaint_status status = after(c, t->extended, &d->due_at);
    d->nominal_at = d->original_at = d->due_at;
    if (status == COMPLAINT_OK && t->extended > t->length) status = after(c, t->length, &d->original_at);
    if (status == COMPLAINT_OK) t->original = t->nominal = t->last = cpl_instant_day(d->due_at - 1);
    return status;
}

/* From the receipt to the later of both deadlines; minutes as they come touch no calendar. */
static void add_doubts(const count *c, cpl_deadline *d) {
    bool moved = c->rule->receipt == COMPLAINT_RECEIPT_NEXT_WORKING_DAY;
    if (c->rule->unit == COMPLAINT_UNIT_MINUTES && !moved) return;
    int64_t end = d->nominal_at > d->due_at ? d->nominal_at : d->due_at;
    int32_t last = cpl_instant_day(c->rule->unit == COMPLAINT_UNIT_MINUTES ? c->from : end - 1);
    d->predicted = cpl_table_predicted(c->calendar, c->first_seen, last);
    d->area_unknown = cpl_table_area_unknown(c->calendar, c->first_seen, last);
}

static int64_t sum_of(const cpl_period *p) {
    int64_t sum = p->rule.length;
    for (size_t i = 0; i < p->extension_count; ++i) sum += p->extensions[i];
    return sum;
}

complaint_status cpl_period_trace(const complaint_calendar *calendar, const cpl_period *period, cpl_deadline *deadline, cpl_trace *trace, complaint_error *e) {
    count c = {.calendar = calendar, .period = period, .rule = &period->rule, .e = e, .from = period->from};
    cpl_deadline d = {0};
    complaint_status status = cpl_period_check(period, e);
    if (status != COMPLAINT_OK) return status;
    cpl_trace t = {.length = period->rule.length, .extended = sum_of(period)};
    c.first_seen = cpl_instant_day(c.from);
    if (c.rule->receipt == COMPLAINT_RECEIPT_NEXT_WORKING_DAY) status = receive(&c);
    if (status != COMPLAINT_OK) return status;
    c.first_counted = cpl_instant_day(c.from) + (counts_days(c.rule) && c.rule->first_day == COMPLAINT_FIRST_DAY_EXCLUDED);
    status = counts_days(c.rule) ? due_days(&c, &d, &t) : due_time(&c, &d, &t);
    if (status != COMPLAINT_OK) return status;
    t.begin = c.from;
    t.first_counted = c.first_counted;
    d.last_day = cpl_instant_day(d.due_at - 1);
    add_doubts(&c, &d);
    *deadline = d;
    *trace = t;
    return COMPLAINT_OK;
}

complaint_status cpl_calendar_period(const complaint_calendar *calendar, const cpl_period *period, cpl_deadline *deadline, complaint_error *e) {
    cpl_trace trace;
    return cpl_period_trace(calendar, period, deadline, &trace, e);
}

complaint_status cpl_calendar_deadline(const complaint_calendar *calendar, const cpl_clock_rule *rule, int64_t from, cpl_deadline *deadline, complaint_error *e) {
    const cpl_period period = {.rule = *rule, .from = from};
    return cpl_calendar_period(calendar, &period, deadline, e);
}
