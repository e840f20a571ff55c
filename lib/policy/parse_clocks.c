/*
 * policy/parse_clocks: what is due when.
 *
 * Owns: `clocks`. Must not know: how a deadline is computed.
 */
#include "policy/parts.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

enum { DAYS_MAX = 3650, MINUTES_MAX = DAYS_MAX * 24 * 60 };

static complaint_status take_starts(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_clock_def *clock = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_triggers(r, v, &list);
    clock->starts = list.items;
    clock->start_count = list.count;
    return s;
}

static complaint_status take_stops(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_clock_def *clock = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_triggers(r, v, &list);
    clock->stops = list.items;
    clock->stop_count = list.count;
    return s;
}

static complaint_status take_counts_from(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"event", 0}, {"received", 1}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(bool *)out = value == 1;
    return s;
}

static complaint_status take_unit(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_unit_find, cpl_calendar_unit_name, out); }

static complaint_status take_first_day(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_first_day_find, cpl_calendar_first_day_name, out); }

static complaint_status take_roll(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_roll_find, cpl_calendar_roll_name, out); }

static complaint_status take_receipt(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_receipt_find, cpl_calendar_receipt_name, out); }

static complaint_status take_due(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_due_at_find, cpl_calendar_due_at_name, out); }

static complaint_status take_length_field(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_index(r, v, cpl_policy_field, CPL_FAULT_FIELD, out); }

/* ---- checks ---- */

static bool counts_days(const cpl_clock_rule *rule) { return rule->unit == COMPLAINT_UNIT_CALENDAR_DAYS || rule->unit == COMPLAINT_UNIT_WORKING_DAYS; }

static complaint_status check_rule(cpl_reading *r, const cpl_json *v, const cpl_clock_def *clock) {
    complaint_error why;
    complaint_status s = cpl_need_range(r, cpl_json_get(v, "length"), CPL_FAULT_RANGE, 1, counts_days(&clock->rule) ? DAYS_MAX : MINUTES_MAX);
    if (s != COMPLAINT_OK) return s;
    cpl_error_clear(&why);
    if (cpl_clock_rule_check(&clock->rule, &why) == COMPLAINT_OK) return COMPLAINT_OK;
    return cpl_policy_fault(r, v, CPL_FAULT_CLOCK_RULE, cpl_str_of(why.subject), NULL);
}

static bool action_asks(const cpl_action *a, int field) {
    for (size_t i = 0; i < a->required_count; i++)
        if (a->required[i] == field) return true;
    for (size_t i = 0; i < a->optional_count; i++)
        if (a->optional[i] == field) return true;
    return false;
}

static bool starters_ask(const complaint_policy *p, const cpl_clock_def *clock) {
    for (size_t i = 0; i < clock->start_count; i++) {
        const cpl_action *action = cpl_policy_action(p, clock->starts[i].kind);
        if (action && action_asks(action, clock->length_field)) return true;
    }
    return false;
}

static complaint_status check_length_field(cpl_reading *r, const cpl_json *v, const cpl_clock_def *clock) {
    const cpl_json *at = cpl_json_get(v, "length_field");
    if (clock->length_field < 0) return COMPLAINT_OK;
    const cpl_field *field = &r->p->fields[clock->length_field];
    if (field->type != CPL_FIELD_INTEGER) return cpl_policy_fault(r, at, CPL_FAULT_LENGTH_FIELD, field->code.id, NULL);
    complaint_status s = cpl_need_range(r, cpl_json_get(v, "length"), CPL_FAULT_LENGTH_RANGE, field->min, field->max);
    if (s != COMPLAINT_OK) return s;
    return starters_ask(r->p, clock) ? COMPLAINT_OK : cpl_policy_fault(r, at, CPL_FAULT_LENGTH_UNASKED, field->code.id, NULL);
}

/* ---- one clock ---- */

static complaint_status take_clock(cpl_reading *r, const cpl_json *v, size_t i, cpl_clock_def *clock) {
    static const cpl_member members[] = {
        CPL_MUST("label", cpl_take_label, cpl_clock_def, code.label),
        CPL_MUST("starts", take_starts, cpl_clock_def, code), /* the whole clock: offset 0 */
        CPL_MAY("counts_from", take_counts_from, cpl_clock_def, from_receipt),
        CPL_MUST("stops", take_stops, cpl_clock_def, code),
        CPL_MUST("length", cpl_take_int, cpl_clock_def, rule.length),
        CPL_MAY("length_field", take_length_field, cpl_clock_def, length_field),
        CPL_MUST("unit", take_unit, cpl_clock_def, rule.unit),
        CPL_MAY("first_day", take_first_day, cpl_clock_def, rule.first_day),
        CPL_MAY("roll", take_roll, cpl_clock_def, rule.roll),
        CPL_MAY("receipt", take_receipt, cpl_clock_def, rule.receipt),
        CPL_MAY("due", take_due, cpl_clock_def, rule.due_at),
        CPL_MUST("source", cpl_take_string, cpl_clock_def, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_clock_def);
    const cpl_json *body = cpl_json_at(v, i);
    clock->length_field = -1; /* the rest of the rule is zero, which is the law's default */
    complaint_status s = cpl_take_key(r, v, i, &clock->code.id);
    if (s == COMPLAINT_OK) s = cpl_take_object(r, body, &shape, clock);
    if (s == COMPLAINT_OK) s = check_rule(r, body, clock);
    return s == COMPLAINT_OK ? check_length_field(r, body, clock) : s;
}

complaint_status cpl_take_clocks(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_clock_def), &room);
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) s = take_clock(r, v, i, (cpl_clock_def *)room + i);
    if (s != COMPLAINT_OK) return s;
    p->clocks = room;
    p->clock_count = cpl_json_count(v);
    return COMPLAINT_OK;
}
