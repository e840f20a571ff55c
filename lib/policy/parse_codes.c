/*
 * policy/parse_codes: the lists of codes: roles, channels, origins, natures, classes, flags, units, states.
 *
 * Owns: what an entry of each list has, the words for routes, kinds of unit and phases, the flags the library knows. Must not
 * know: who uses a code.
 */
#include "policy/parts.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* ---- words ---- */

static const cpl_word routes[] = {{"forward", CPL_ROUTE_FORWARD}, {"refer", CPL_ROUTE_REFER}, {"information", CPL_ROUTE_INFORMATION}, {"memo", CPL_ROUTE_MEMO}};
static const cpl_word unit_kinds[] = {{"unit", CPL_UNIT}, {"agency", CPL_AGENCY}, {"executive", CPL_EXECUTIVE}};
static const cpl_word phases[] = {
    {"received", CPL_PHASE_RECEIVED}, {"open", CPL_PHASE_OPEN},         {"waiting", CPL_PHASE_WAITING},     {"resulted", CPL_PHASE_RESULTED},
    {"closed", CPL_PHASE_CLOSED},     {"rejected", CPL_PHASE_REJECTED}, {"withdrawn", CPL_PHASE_WITHDRAWN}, {"transferred", CPL_PHASE_TRANSFERRED},
};
static const cpl_word flags[] = {
    {"urgent", CPL_FLAG_URGENT},         {"sensitive", CPL_FLAG_SENSITIVE},     {"office_impact", CPL_FLAG_OFFICE_IMPACT},
    {"corruption", CPL_FLAG_CORRUPTION}, {"data_breach", CPL_FLAG_DATA_BREACH},
};

static const char *word_of(const cpl_word *words, size_t count, int value) {
    for (size_t i = 0; i < count; i++)
        if (words[i].value == value) return words[i].word;
    return NULL;
}

const char *cpl_policy_route_name(cpl_route route) { return word_of(routes, LENGTH(routes), (int)route); }

cpl_str cpl_phase_name(cpl_phase phase) { return cpl_str_of(word_of(phases, LENGTH(phases), (int)phase)); }

static complaint_status take_route(cpl_reading *r, const cpl_json *v, void *out) {
    int value = 0;
    complaint_status s = cpl_take_word(r, v, routes, LENGTH(routes), &value);
    if (s == COMPLAINT_OK) *(cpl_route *)out = (cpl_route)value;
    return s;
}

static complaint_status take_unit_kind(cpl_reading *r, const cpl_json *v, void *out) {
    int value = 0;
    complaint_status s = cpl_take_word(r, v, unit_kinds, LENGTH(unit_kinds), &value);
    if (s == COMPLAINT_OK) *(cpl_unit_kind *)out = (cpl_unit_kind)value;
    return s;
}

static complaint_status take_phase(cpl_reading *r, const cpl_json *v, void *out) {
    int value = 0;
    complaint_status s = cpl_take_word(r, v, phases, LENGTH(phases), &value);
    if (s == COMPLAINT_OK) *(cpl_phase *)out = (cpl_phase)value;
    return s;
}

/* ---- plain codes ---- */

static const cpl_member code_members[] = {
    CPL_MUST("id", cpl_take_id, cpl_code, id),
    CPL_MUST("label", cpl_take_label, cpl_code, label),
    CPL_MUST("source", cpl_take_string, cpl_code, source),
};
static const cpl_shape code_shape = CPL_SHAPE(code_members, cpl_code);

complaint_status cpl_take_natures(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &code_shape, NULL, CPL_POLICY_LIST_MAX, &list);
    p->natures = list.items;
    p->nature_count = list.count;
    return s;
}

/* Whom else a notice can go to, so no role may have that name; "staff" is kept for everybody at the desk. */
static const char *const reserved_roles[] = {"complainant", "origin", "sender", "staff"};

static complaint_status check_role_names(cpl_reading *r, const cpl_json *v) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < LENGTH(reserved_roles); i++) {
        int bad = cpl_policy_role(r->p, cpl_str_of(reserved_roles[i]));
        if (bad >= 0) s = cpl_policy_fault(r, cpl_json_get(cpl_json_at(v, (size_t)bad), "id"), CPL_FAULT_RESERVED, r->p->roles[bad].id, NULL);
    }
    return s;
}

complaint_status cpl_take_roles(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_code, id),
        CPL_MUST("label", cpl_take_label, cpl_code, label),
        CPL_MAY("superior", cpl_take_later, cpl_code, id),
        CPL_MUST("source", cpl_take_string, cpl_code, source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_code);
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    void *superiors = NULL;
    complaint_status s = cpl_take_codes(r, v, &shape, NULL, CPL_POLICY_BITS_MAX, &list);
    p->roles = list.items;
    p->role_count = list.count;
    if (cpl_goes_on(r, s)) s = cpl_both(s, check_role_names(r, v));
    if (cpl_goes_on(r, s) && list.count) s = cpl_both(s, cpl_take_room(r, list.count, sizeof(int), &superiors));
    p->superiors = superiors;
    return cpl_goes_on(r, s) && superiors ? cpl_both(s, cpl_take_superiors(r, v, "superior", cpl_policy_role, CPL_FAULT_ROLE, superiors, sizeof(int))) : s;
}

/* Nobody is reminded of a channel that need not be checked. */
static complaint_status check_duty(cpl_reading *r, const cpl_json *v, const cpl_channel *channel) {
    const cpl_json *at = cpl_is_faulty(r, v) ? NULL : cpl_json_get(v, "remind_at");
    return at && !channel->daily ? cpl_policy_fault(r, at, CPL_FAULT_ONLY_WITH, CPL_LIT("remind_at"), "\"daily\": true") : COMPLAINT_OK;
}

complaint_status cpl_take_channels(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_channel, code.id),
        CPL_MUST("label", cpl_take_label, cpl_channel, code.label),
        CPL_MUST("reply", cpl_take_bool, cpl_channel, reply),
        CPL_MAY("daily", cpl_take_bool, cpl_channel, daily),
        CPL_MAY("remind_at", cpl_take_minute, cpl_channel, remind_at),
        CPL_MUST("source", cpl_take_string, cpl_channel, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_channel);
    static const cpl_channel start = {.remind_at = -1};
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, &start, CPL_POLICY_LIST_MAX, &list);
    for (size_t i = 0; cpl_goes_on(r, s) && i < list.count; i++) s = cpl_both(s, check_duty(r, cpl_json_at(v, i), (cpl_channel *)list.items + i));
    p->channels = list.items;
    p->channel_count = list.count;
    return s;
}

complaint_status cpl_take_origins(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_origin, code.id),
        CPL_MUST("label", cpl_take_label, cpl_origin, code.label),
        CPL_MUST("source", cpl_take_string, cpl_origin, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_origin);
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, NULL, CPL_POLICY_LIST_MAX, &list);
    p->origins = list.items;
    p->origin_count = list.count;
    return s;
}

/* Reports count classes, each with its kinds beneath it: two levels, and who reads the list meets the parent first. */
static complaint_status take_parent(cpl_reading *r, const cpl_json *v, cpl_class *classes, size_t i) {
    int parent = -1;
    if (!v) return COMPLAINT_OK;
    complaint_status s = cpl_take_index(r, v, cpl_policy_class, CPL_FAULT_CLASS, &parent);
    if (s != COMPLAINT_OK) return s;
    if ((size_t)parent >= i || classes[parent].parent >= 0) return cpl_policy_fault(r, v, CPL_FAULT_CLASS_PARENT, classes[parent].code.id, NULL);
    classes[i].parent = parent;
    return COMPLAINT_OK;
}

complaint_status cpl_take_classes(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_class, code.id), CPL_MUST("label", cpl_take_label, cpl_class, code.label),    CPL_MAY("parent", cpl_take_later, cpl_class, parent),
        CPL_MUST("route", take_route, cpl_class, route), CPL_MUST("source", cpl_take_string, cpl_class, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_class);
    static const cpl_class start = {.parent = -1};
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, &start, CPL_POLICY_LIST_MAX, &list);
    p->classes = list.items;
    p->class_count = list.count;
    for (size_t i = 0; cpl_goes_on(r, s) && i < list.count; i++) s = cpl_both(s, take_parent(r, cpl_json_get(cpl_json_at(v, i), "parent"), list.items, i));
    return s;
}

static complaint_status take_seat(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_index(r, v, cpl_policy_role, CPL_FAULT_ROLE, out); }

/* An executive's unit is the seat of the role of the same code, unless it names another. */
static complaint_status settle_seat(cpl_reading *r, const cpl_json *v, cpl_unit *unit) {
    const cpl_json *role = cpl_json_get(v, "role");
    if (role && unit->kind != CPL_EXECUTIVE) return cpl_policy_fault(r, role, CPL_FAULT_ONLY_WITH, CPL_LIT("role"), "\"kind\": \"executive\"");
    if (!role && unit->kind == CPL_EXECUTIVE) unit->role = cpl_policy_role(r->p, unit->code.id);
    return COMPLAINT_OK;
}

/* Units and states are facts of the office, not rules, so their source may be left out. */
complaint_status cpl_take_units(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_unit, code.id), CPL_MUST("label", cpl_take_label, cpl_unit, code.label), CPL_MUST("kind", take_unit_kind, cpl_unit, kind),
        CPL_MAY("phone", cpl_take_short, cpl_unit, phone),  CPL_MAY("superior", cpl_take_later, cpl_unit, superior), CPL_MAY("source", cpl_take_string, cpl_unit, code.source),
        CPL_MAY("role", take_seat, cpl_unit, role),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_unit);
    static const cpl_unit start = {.phone = {"", 0}, .superior = -1, .role = -1};
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, &start, CPL_POLICY_LIST_MAX, &list);
    cpl_unit *units = list.items;
    p->units = units;
    p->unit_count = list.count;
    for (size_t i = 0; cpl_goes_on(r, s) && units && i < list.count; i++) s = cpl_both(s, settle_seat(r, cpl_json_at(v, i), &units[i]));
    return cpl_goes_on(r, s) && units ? cpl_both(s, cpl_take_superiors(r, v, "superior", cpl_policy_unit, CPL_FAULT_UNIT, &units[0].superior, sizeof *units)) : s;
}

complaint_status cpl_take_states(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_state, code.id),
        CPL_MUST("phase", take_phase, cpl_state, phase),
        CPL_MUST("label", cpl_take_label, cpl_state, code.label),
        CPL_MAY("source", cpl_take_string, cpl_state, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_state);
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, NULL, CPL_POLICY_BITS_MAX, &list);
    p->states = list.items;
    p->state_count = list.count;
    int back = cpl_policy_state(p, CPL_LIT("back")); /* resume has "to": "back" */
    if (!cpl_goes_on(r, s) || back < 0) return s;
    return cpl_both(s, cpl_policy_fault(r, cpl_json_get(cpl_json_at(v, (size_t)back), "id"), CPL_FAULT_RESERVED, p->states[back].code.id, NULL));
}

/* ---- flags: the library's bits, the policy's words and implications ---- */

static complaint_status take_bit(cpl_reading *r, const cpl_json *flag, cpl_flag *out) {
    const cpl_json *id = cpl_json_get(flag, "id");
    int bit = 0;
    if (cpl_is_faulty(r, flag)) return COMPLAINT_OK; /* as has been said */
    complaint_status s = cpl_take_word(r, id, flags, LENGTH(flags), &bit);
    if (s == COMPLAINT_OK) out->bit = bit;
    return s;
}

static complaint_status take_implies(cpl_reading *r, const cpl_json *v, cpl_flag *out) {
    cpl_list list = {NULL, 0};
    complaint_status s = v ? cpl_take_indexes(r, v, cpl_policy_flag, CPL_FAULT_FLAG, &list) : COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < list.count; i++) out->implies |= r->p->flags[((const int *)list.items)[i]].bit;
    return s;
}

/* A flag brings what its implied flags bring, in as many steps as there are flags at most. */
static void close_implications(cpl_flag *items, size_t count) {
    for (size_t step = 0; step < count; step++)
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < count; k++)
                if (items[i].implies & items[k].bit) items[i].implies |= items[k].implies;
}

static complaint_status link_flags(cpl_reading *r, const cpl_json *v, cpl_flag *items, size_t count) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < count; i++) s = cpl_both(s, take_implies(r, cpl_json_get(cpl_json_at(v, i), "implies"), &items[i]));
    close_implications(items, count);
    for (size_t i = 0; cpl_goes_on(r, s) && i < count; i++)
        if (items[i].implies & items[i].bit) s = cpl_both(s, cpl_policy_fault(r, cpl_json_get(cpl_json_at(v, i), "implies"), CPL_FAULT_IMPLIES_CYCLE, items[i].code.id, NULL));
    return s;
}

complaint_status cpl_take_flags(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_flag, code.id),
        CPL_MUST("label", cpl_take_label, cpl_flag, code.label),
        CPL_MAY("implies", cpl_take_later, cpl_flag, implies),
        CPL_MUST("source", cpl_take_string, cpl_flag, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_flag);
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, NULL, CPL_POLICY_LIST_MAX, &list);
    cpl_flag *items = list.items;
    for (size_t i = 0; cpl_goes_on(r, s) && i < list.count; i++) s = cpl_both(s, take_bit(r, cpl_json_at(v, i), &items[i]));
    p->flags = items;
    p->flag_count = list.count;
    return cpl_goes_on(r, s) && items ? cpl_both(s, link_flags(r, v, items, list.count)) : s;
}

/* ---- the suggested class ---- */

static complaint_status take_unsure_below(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_take_int(r, v, out);
    return s == COMPLAINT_OK ? cpl_need_range(r, v, CPL_FAULT_RANGE, 0, 1000) : s;
}

complaint_status cpl_take_classify(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("unsure_below", take_unsure_below, complaint_policy, unsure_below),
        CPL_MUST("source", cpl_take_string, complaint_policy, unsure_source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, complaint_policy);
    return cpl_take_object(r, v, &shape, out);
}
