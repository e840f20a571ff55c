/*
 * policy/parse_clocks: what is due when.
 *
 * Owns: `clocks`. Must not know: how a deadline is computed.
 */
#include "policy/parts.h"

#include <inttypes.h>
#include <stdio.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static complaint_status take_list(cpl_reading *r, const cpl_json *v, const cpl_trigger **items, size_t *count) {
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_triggers(r, v, &list);
    *items = list.items;
    *count = list.count;
    return s;
}

static complaint_status take_starts(cpl_reading *r, const cpl_json *v, void *out) { return take_list(r, v, &((cpl_clock_def *)out)->starts, &((cpl_clock_def *)out)->start_count); }

static complaint_status take_stops(cpl_reading *r, const cpl_json *v, void *out) { return take_list(r, v, &((cpl_clock_def *)out)->stops, &((cpl_clock_def *)out)->stop_count); }

static complaint_status take_cancels(cpl_reading *r, const cpl_json *v, void *out) { return take_list(r, v, &((cpl_clock_def *)out)->cancels, &((cpl_clock_def *)out)->cancel_count); }

static complaint_status take_counts_from(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"event", 0}, {"received", 1}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(bool *)out = value == 1;
    return s;
}

static complaint_status take_scope(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"case", 0}, {"referral", 1}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(bool *)out = value == 1;
    return s;
}

static complaint_status take_history(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"runs", CPL_HISTORY_RUNS}, {"quiet", CPL_HISTORY_QUIET}, {"none", CPL_HISTORY_NONE}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(cpl_history *)out = (cpl_history)value;
    return s;
}

/* The calendar's units, and the one that is no count at all: a date somebody else gave. */
static complaint_status take_unit(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"calendar_days", COMPLAINT_UNIT_CALENDAR_DAYS},
                                     {"working_days", COMPLAINT_UNIT_WORKING_DAYS},
                                     {"minutes", COMPLAINT_UNIT_MINUTES},
                                     {"working_minutes", COMPLAINT_UNIT_WORKING_MINUTES},
                                     {"given_date", 0}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(int32_t *)out = value;
    return s;
}

static complaint_status take_paused_in(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_bits(r, v, cpl_policy_state, CPL_FAULT_STATE, out); }

static complaint_status take_warnings(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_clock_def *clock = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_warnings(r, v, &list);
    clock->warnings = list.items;
    clock->warning_count = list.count;
    return s;
}

static complaint_status take_first_day(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_first_day_find, cpl_calendar_first_day_name, out); }

static complaint_status take_roll(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_roll_find, cpl_calendar_roll_name, out); }

static complaint_status take_receipt(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_receipt_find, cpl_calendar_receipt_name, out); }

static complaint_status take_due(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_due_at_find, cpl_calendar_due_at_name, out); }

static complaint_status take_field(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_index(r, v, cpl_policy_field, CPL_FAULT_FIELD, out); }

/* ---- checks ---- */

bool cpl_policy_counts_days(int32_t unit) { return unit == COMPLAINT_UNIT_CALENDAR_DAYS || unit == COMPLAINT_UNIT_WORKING_DAYS; }

static complaint_status check_rule(cpl_reading *r, const cpl_json *v, const cpl_clock_def *clock) {
    complaint_error why;
    const cpl_json *length = cpl_json_get(v, "length");
    if (!length) return cpl_policy_fault(r, v, CPL_FAULT_MISSING_KEY, CPL_LIT("length"), NULL);
    complaint_status s = cpl_need_range(r, length, CPL_FAULT_RANGE, 1, cpl_policy_counts_days(clock->rule.unit) ? CPL_POLICY_DAYS_MAX : CPL_POLICY_MINUTES_MAX);
    if (s != COMPLAINT_OK) return s;
    cpl_error_clear(&why);
    if (cpl_clock_rule_check(&clock->rule, &why) == COMPLAINT_OK) return COMPLAINT_OK;
    return cpl_policy_fault(r, v, CPL_FAULT_CLOCK_RULE, cpl_str_of(why.subject), NULL);
}

static bool starters_ask(const complaint_policy *p, const cpl_clock_def *clock, int field) {
    for (size_t i = 0; i < clock->start_count; i++) {
        const cpl_action *action = cpl_policy_action(p, clock->starts[i].kind);
        if (action && cpl_policy_asks(action, field)) return true;
    }
    return false;
}

static complaint_status check_length_field(cpl_reading *r, const cpl_json *v, const cpl_clock_def *clock) {
    const cpl_json *at = cpl_json_get(v, "length_field");
    if (clock->length_field < 0 || cpl_is_faulty(r, cpl_json_get(r->root, "fields"))) return COMPLAINT_OK;
    const cpl_field *field = &r->p->fields[clock->length_field];
    if (field->type != CPL_FIELD_INTEGER) return cpl_policy_fault(r, at, CPL_FAULT_LENGTH_FIELD, field->code.id, NULL);
    complaint_status s = cpl_need_range(r, cpl_json_get(v, "length"), CPL_FAULT_LENGTH_RANGE, field->min, field->max);
    if (s != COMPLAINT_OK) return s;
    return starters_ask(r->p, clock, clock->length_field) ? COMPLAINT_OK : cpl_policy_fault(r, at, CPL_FAULT_LENGTH_UNASKED, field->code.id, NULL);
}

/* A given date is the whole rule: nothing is counted, so nothing can stand still either. */
static complaint_status check_given(cpl_reading *r, const cpl_json *v, const cpl_clock_def *clock) {
    static const char *const counting[] = {"length", "length_field", "counts_from", "first_day", "roll", "receipt", "due", "paused_in"};
    const cpl_json *at = cpl_json_get(v, "date_field");
    for (size_t i = 0; i < LENGTH(counting); i++)
        if (cpl_json_get(v, counting[i])) return cpl_policy_fault(r, cpl_json_get(v, counting[i]), CPL_FAULT_NOT_WITH, cpl_str_of(counting[i]), "\"unit\": \"given_date\"");
    if (!at) return cpl_policy_fault(r, v, CPL_FAULT_MISSING_KEY, CPL_LIT("date_field"), NULL);
    if (cpl_is_faulty(r, cpl_json_get(r->root, "fields"))) return COMPLAINT_OK;
    const cpl_field *field = &r->p->fields[clock->date_field];
    if (field->type != CPL_FIELD_TIME) return cpl_policy_fault(r, at, CPL_FAULT_DATE_FIELD, field->code.id, NULL);
    return starters_ask(r->p, clock, clock->date_field) ? COMPLAINT_OK : cpl_policy_fault(r, at, CPL_FAULT_LENGTH_UNASKED, field->code.id, NULL);
}

static complaint_status check_counted(cpl_reading *r, const cpl_json *v, const cpl_clock_def *clock) {
    const cpl_json *date = cpl_json_get(v, "date_field");
    if (date) return cpl_policy_fault(r, date, CPL_FAULT_ONLY_WITH, CPL_LIT("date_field"), "\"unit\": \"given_date\"");
    complaint_status s = check_rule(r, v, clock);
    return s == COMPLAINT_OK ? check_length_field(r, v, clock) : s;
}

/* What one unit does, so that its own clock can hang on it. */
static bool is_about_a_unit(int32_t kind) {
    static const int32_t kinds[] = {CPL_EV_FORWARD, CPL_EV_REFER, CPL_EV_ACCEPT, CPL_EV_HAND_BACK, CPL_EV_REPORT_PROGRESS, CPL_EV_EXTEND, CPL_EV_REPORT_RESULT};
    for (size_t i = 0; i < LENGTH(kinds); i++)
        if (kinds[i] == kind) return true;
    return false;
}

static complaint_status check_unit_triggers(cpl_reading *r, const cpl_json *v, const cpl_trigger *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!is_about_a_unit(list[i].kind)) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_TRIGGER_NO_UNIT, cpl_json_str(cpl_json_at(v, i)), NULL);
    return COMPLAINT_OK;
}

static complaint_status check_scope(cpl_reading *r, const cpl_json *v, const cpl_clock_def *clock) {
    if (!clock->per_referral) return COMPLAINT_OK;
    complaint_status s = check_unit_triggers(r, cpl_json_get(v, "starts"), clock->starts, clock->start_count);
    return s == COMPLAINT_OK ? check_unit_triggers(r, cpl_json_get(v, "stops"), clock->stops, clock->stop_count) : s;
}

/* The longest that the clock may be given. */
static int64_t most(const cpl_reading *r, const cpl_clock_def *clock) {
    const cpl_field *field = clock->length_field < 0 ? NULL : &r->p->fields[clock->length_field];
    return field && field->max > clock->rule.length ? field->max : clock->rule.length;
}

/* What would be said before the clock starts is never said. Working days are at least as long as calendar days. */
static complaint_status check_early(cpl_reading *r, const cpl_json *v, const cpl_clock_def *clock) {
    char length[24], most_text[24];
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; clock->date_field < 0 && cpl_goes_on(r, s) && i < clock->warning_count; i++) {
        const cpl_warning *w = &clock->warnings[i];
        bool comparable = w->unit == clock->rule.unit || (w->unit == COMPLAINT_UNIT_WORKING_DAYS && clock->rule.unit == COMPLAINT_UNIT_CALENDAR_DAYS);
        if (w->when != CPL_BEFORE_DUE || !comparable || w->length <= most(r, clock)) continue;
        (void)snprintf(length, sizeof length, "%" PRId64, w->length);
        (void)snprintf(most_text, sizeof most_text, "%" PRId64, most(r, clock));
        s = cpl_policy_fault(r, cpl_json_get(cpl_json_get(cpl_json_at(cpl_json_get(v, "warnings"), i), "before"), "length"), CPL_FAULT_WARNING_EARLY, cpl_str_of(length), most_text);
    }
    return s;
}

/* ---- one clock ---- */

static complaint_status take_clock(cpl_reading *r, const cpl_json *v, size_t i, cpl_clock_def *clock) {
    static const cpl_member members[] = {
        CPL_MUST("label", cpl_take_label, cpl_clock_def, code.label),
        CPL_MUST("starts", take_starts, cpl_clock_def, code), /* the whole clock: offset 0 */
        CPL_MAY("counts_from", take_counts_from, cpl_clock_def, from_receipt),
        CPL_MUST("stops", take_stops, cpl_clock_def, code),
        CPL_MAY("cancels", take_cancels, cpl_clock_def, code),
        CPL_MAY("scope", take_scope, cpl_clock_def, per_referral),
        CPL_MAY("paused_in", take_paused_in, cpl_clock_def, paused_in),
        CPL_MUST("unit", take_unit, cpl_clock_def, rule.unit),
        CPL_MAY("length", cpl_take_int, cpl_clock_def, rule.length), /* required where the unit counts */
        CPL_MAY("length_field", take_field, cpl_clock_def, length_field),
        CPL_MAY("date_field", take_field, cpl_clock_def, date_field),
        CPL_MAY("first_day", take_first_day, cpl_clock_def, rule.first_day),
        CPL_MAY("roll", take_roll, cpl_clock_def, rule.roll),
        CPL_MAY("receipt", take_receipt, cpl_clock_def, rule.receipt),
        CPL_MAY("due", take_due, cpl_clock_def, rule.due_at),
        CPL_MAY("survives", cpl_take_bool, cpl_clock_def, survives),
        CPL_MAY("history", take_history, cpl_clock_def, history),
        CPL_MAY("owes", cpl_take_counts_as, cpl_clock_def, owes),
        CPL_MAY("warnings", take_warnings, cpl_clock_def, code),
        CPL_MUST("source", cpl_take_string, cpl_clock_def, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_clock_def);
    const cpl_json *body = cpl_json_at(v, i);
    clock->length_field = clock->date_field = -1; /* the rest of the rule is zero, which is the law's default */
    complaint_status s = cpl_take_key(r, v, i, &clock->code.id);
    if (s == COMPLAINT_OK) s = cpl_take_object(r, body, &shape, clock);
    if (s == COMPLAINT_OK) s = clock->rule.unit == 0 ? check_given(r, body, clock) : check_counted(r, body, clock);
    if (s == COMPLAINT_OK) s = check_early(r, body, clock);
    return s == COMPLAINT_OK ? check_scope(r, body, clock) : s;
}

complaint_status cpl_take_clocks(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_clock_def), &room);
    for (size_t i = 0; room && cpl_goes_on(r, s) && i < cpl_json_count(v); i++) s = cpl_both(s, take_clock(r, v, i, (cpl_clock_def *)room + i));
    p->clocks = room;
    p->clock_count = room ? cpl_json_count(v) : 0;
    return s;
}
