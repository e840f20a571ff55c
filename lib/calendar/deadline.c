/*
 * calendar/deadline: when something is due.
 *
 * Owns: units, first day, receipt after hours, roll of the last day, the instant on it. Must not know: why something is due, how the tables
 * came about.
 *
 * Law: Civil and Commercial Code s. 193/3 (the first day is not counted), s. 193/8 (a last day on a holiday moves to the next working day);
 * Administrative Procedure Act B.E. 2539 s. 64 (the same; for an authority's own duty the last day counts even when it is a holiday).
 */
#include "calendar/calendar.h"

/* What a computation carries from step to step. */
typedef struct count {
    const complaint_calendar *calendar;
    const cpl_clock_rule *rule;
    complaint_error *e;
    const cpl_hours *hours;
    size_t hours_count;
    int64_t from;       /* the begin, as received or moved into office hours */
    int32_t first_seen; /* the day of the receipt itself */
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

/* ---- office hours --------------------------------------------------------------------------------------------------- */

static int64_t opening(const count *c) { return c->hours[0].from; }

static int64_t closing(const count *c) { return c->hours[c->hours_count - 1].until; }

/* Office time of an open day before `ms`. */
static int64_t worked_before(const count *c, int64_t ms) {
    int64_t sum = 0;
    for (size_t i = 0; i < c->hours_count && ms > c->hours[i].from; ++i) sum += (ms < c->hours[i].until ? ms : c->hours[i].until) - c->hours[i].from;
    return sum;
}

/* The earliest moment of an open day before which `work` > 0 of office time lies. */
static int64_t moment_after(const count *c, int64_t work) {
    size_t i = 0;
    while (work > c->hours[i].until - c->hours[i].from) {
        work -= c->hours[i].until - c->hours[i].from;
        ++i;
    }
    return c->hours[i].from + work;
}

/* What comes on a closed day or after closing counts from the next opening, what comes before opening from that opening. */
static complaint_status receive(count *c) {
    int32_t day = c->first_seen;
    int64_t ms = cpl_instant_millisecond(c->from);
    complaint_status status = check_day(c, day);
    if (status != COMPLAINT_OK) return status;
    if (!cpl_table_open(c->calendar, day) || ms >= closing(c)) {
        if (!cpl_table_select(c->calendar, cpl_table_rank(c->calendar, day + 1), &day)) return no_calendar(c);
        ms = 0;
    }
    c->from = cpl_day_start(day) + (ms < opening(c) ? opening(c) : ms);
    return COMPLAINT_OK;
}

/* ---- units ---------------------------------------------------------------------------------------------------------- */

static complaint_status after_minutes(const count *c, cpl_deadline *d) {
    int64_t due = c->from + c->rule->length * CPL_MINUTE_MS;
    if (!cpl_instant_in_range(due)) return out_of_range(c->e);
    d->nominal_at = d->due_at = due;
    return COMPLAINT_OK;
}

static complaint_status after_working_minutes(const count *c, cpl_deadline *d) {
    int32_t day = cpl_instant_day(c->from);
    complaint_status status = check_day(c, day);
    if (status != COMPLAINT_OK) return status;
    int64_t a_day = worked_before(c, CPL_DAY_MS);
    int64_t before = cpl_table_rank(c->calendar, day) * a_day;
    if (cpl_table_open(c->calendar, day)) before += worked_before(c, cpl_instant_millisecond(c->from));
    /* Used up exactly at closing belongs to that closing, not to the next opening. */
    int64_t target = before + c->rule->length * CPL_MINUTE_MS;
    int64_t rank = (target - 1) / a_day;
    if (!cpl_table_select(c->calendar, rank, &day)) return no_calendar(c);
    d->nominal_at = d->due_at = cpl_day_start(day) + moment_after(c, target - rank * a_day);
    return COMPLAINT_OK;
}

/* The last day before the roll. */
static complaint_status nominal_day(const count *c, int32_t first, int32_t *last) {
    const cpl_clock_rule *r = c->rule;
    bool included = r->first_day == COMPLAINT_FIRST_DAY_INCLUDED;
    if (r->length == 0 || r->unit == COMPLAINT_UNIT_CALENDAR_DAYS) {
        int64_t day = first + r->length - included;
        if (day > COMPLAINT_DAY_LAST) return no_calendar(c);
        *last = (int32_t)day;
        return check_day(c, *last);
    }
    int64_t rank = cpl_table_rank(c->calendar, included ? first : first + 1) + r->length - 1;
    return cpl_table_select(c->calendar, rank, last) ? COMPLAINT_OK : no_calendar(c);
}

static complaint_status roll(const count *c, int32_t first_counted, int32_t *day) {
    int32_t moved;
    int64_t rank = cpl_table_rank(c->calendar, *day);
    if (c->rule->roll == COMPLAINT_ROLL_NONE || cpl_table_open(c->calendar, *day)) return COMPLAINT_OK;
    bool back = c->rule->roll == COMPLAINT_ROLL_PRECEDING && cpl_table_select(c->calendar, rank - 1, &moved) && moved >= first_counted;
    if (!back && !cpl_table_select(c->calendar, rank, &moved)) return no_calendar(c);
    *day = moved;
    return COMPLAINT_OK;
}

static int64_t end_of(const count *c, int32_t day) { return c->rule->due_at == COMPLAINT_DUE_OFFICE_CLOSE ? cpl_day_start(day) + closing(c) : cpl_day_start(day + 1); }

static complaint_status after_days(const count *c, cpl_deadline *d) {
    int32_t first = cpl_instant_day(c->from), nominal = 0;
    complaint_status status = check_day(c, first);
    if (status == COMPLAINT_OK) status = nominal_day(c, first, &nominal);
    int32_t last = nominal;
    if (status == COMPLAINT_OK) status = roll(c, first + (c->rule->first_day == COMPLAINT_FIRST_DAY_EXCLUDED), &last);
    if (status != COMPLAINT_OK) return status;
    d->nominal_at = end_of(c, nominal);
    d->due_at = end_of(c, last);
    return COMPLAINT_OK;
}

/* ---- all together --------------------------------------------------------------------------------------------------- */

/* From the receipt to the later of both deadlines; minutes as they come touch no calendar. */
static void add_doubts(const count *c, cpl_deadline *d) {
    bool moved = c->rule->receipt == COMPLAINT_RECEIPT_NEXT_WORKING_DAY;
    if (c->rule->unit == COMPLAINT_UNIT_MINUTES && !moved) return;
    int64_t end = d->nominal_at > d->due_at ? d->nominal_at : d->due_at;
    int32_t last = cpl_instant_day(c->rule->unit == COMPLAINT_UNIT_MINUTES ? c->from : end - 1);
    d->predicted = cpl_table_predicted(c->calendar, c->first_seen, last);
    d->area_unknown = cpl_table_area_unknown(c->calendar, c->first_seen, last);
}

complaint_status cpl_calendar_deadline(const complaint_calendar *calendar, const cpl_clock_rule *rule, int64_t from, cpl_deadline *deadline, complaint_error *e) {
    count c = {.calendar = calendar, .rule = rule, .e = e, .from = from};
    cpl_deadline d = {0};
    complaint_status status = cpl_clock_rule_check(rule, e);
    if (status != COMPLAINT_OK) return status;
    if (!cpl_instant_in_range(from) || rule->length > INT32_MAX) return out_of_range(e);
    c.hours = cpl_table_hours(calendar, &c.hours_count);
    c.first_seen = cpl_instant_day(from);
    if (rule->receipt == COMPLAINT_RECEIPT_NEXT_WORKING_DAY) status = receive(&c);
    if (status != COMPLAINT_OK) return status;
    if (counts_days(rule))
        status = after_days(&c, &d);
    else
        status = rule->unit == COMPLAINT_UNIT_MINUTES ? after_minutes(&c, &d) : after_working_minutes(&c, &d);
    if (status != COMPLAINT_OK) return status;
    d.last_day = cpl_instant_day(d.due_at - 1);
    add_doubts(&c, &d);
    *deadline = d;
    return COMPLAINT_OK;
}
