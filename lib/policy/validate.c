/*
 * policy/validate: what only the whole document can show.
 *
 * Owns: ways through the states, routes that lead somewhere, guards that somebody uses and that can be passed. Must not know:
 * how sections are read.
 */
#include "policy/parts.h"

static uint64_t bit(size_t i) { return UINT64_C(1) << i; }

/* ---- states ---- */

static uint64_t reachable(const complaint_policy *p) {
    uint64_t known = bit((size_t)p->initial), before;
    do {
        before = known;
        for (size_t i = 0; i < p->action_count; i++)
            if (p->actions[i].to >= 0 && (p->actions[i].from & known)) known |= bit((size_t)p->actions[i].to);
    } while (known != before);
    return known;
}

static uint64_t final_states(const complaint_policy *p) {
    uint64_t bits = 0;
    for (size_t i = 0; i < p->state_count; i++)
        if (p->states[i].phase >= CPL_PHASE_CLOSED) bits |= bit(i);
    return bits;
}

static uint64_t ending(const complaint_policy *p) {
    uint64_t known = final_states(p), before;
    do {
        before = known;
        for (size_t i = 0; i < p->action_count; i++)
            if (p->actions[i].to >= 0 && (known & bit((size_t)p->actions[i].to))) known |= p->actions[i].from;
    } while (known != before);
    return known;
}

static complaint_status check_states(cpl_reading *r) {
    const complaint_policy *p = r->p;
    uint64_t begin = reachable(p), end = ending(p);
    for (size_t i = 0; i < p->state_count; i++) {
        const cpl_json *at = cpl_json_at(cpl_json_get(r->root, "states"), i);
        if (!(begin & bit(i))) return cpl_policy_fault(r, at, CPL_FAULT_UNREACHABLE, p->states[i].code.id, NULL);
        if (!(end & bit(i))) return cpl_policy_fault(r, at, CPL_FAULT_NO_END, p->states[i].code.id, NULL);
    }
    return COMPLAINT_OK;
}

/* ---- routes ---- */

/* What a route needs: the verb by which a case takes it, and somebody at its end; 0: nobody outside the desk. */
static const struct {
    cpl_route route;
    int32_t verb;
    cpl_unit_kind kind;
    const char *kind_name;
} routes[] = {
    {CPL_ROUTE_FORWARD, CPL_EV_FORWARD, CPL_UNIT, "unit"},
    {CPL_ROUTE_REFER, CPL_EV_REFER, CPL_AGENCY, "agency"},
    {CPL_ROUTE_INFORMATION, CPL_EV_ANSWER, (cpl_unit_kind)0, NULL},
    {CPL_ROUTE_MEMO, CPL_EV_MEMO, CPL_EXECUTIVE, "executive"},
};

static bool has_unit(const complaint_policy *p, cpl_unit_kind kind) {
    for (size_t i = 0; i < p->unit_count; i++)
        if (p->units[i].kind == kind) return true;
    return false;
}

static complaint_status check_route(cpl_reading *r, const cpl_json *at, cpl_route route) {
    size_t i = 0;
    while (routes[i].route != route) i++;
    cpl_str name = cpl_str_of(cpl_policy_route_name(route));
    if (!cpl_policy_action(r->p, routes[i].verb)) return cpl_policy_fault(r, at, CPL_FAULT_ROUTE_VERB, name, cpl_event_name(routes[i].verb));
    if (routes[i].kind_name && !has_unit(r->p, routes[i].kind)) return cpl_policy_fault(r, at, CPL_FAULT_ROUTE_UNIT, name, routes[i].kind_name);
    return COMPLAINT_OK;
}

static complaint_status check_routes(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < r->p->class_count; i++)
        s = check_route(r, cpl_json_get(cpl_json_at(cpl_json_get(r->root, "classes"), i), "route"), r->p->classes[i].route);
    return s;
}

/* ---- guards ---- */

static bool is_used(const complaint_policy *p, int guard) {
    for (size_t i = 0; i < p->action_count; i++)
        for (size_t k = 0; k < p->actions[i].guard_count; k++)
            if (p->actions[i].guards[k] == guard) return true;
    return false;
}

static bool has_notice(const complaint_policy *p, cpl_counts_as counts_as) {
    for (size_t i = 0; i < p->notice_count; i++)
        if (p->notices[i].counts_as == counts_as) return true;
    return false;
}

/* Two guards wait for a notice. */
static complaint_status check_guard(cpl_reading *r, const cpl_json *at, const cpl_guard *guard) {
    if (guard->kind == CPL_GUARD_FIXED_ACKNOWLEDGEMENT && !has_notice(r->p, CPL_COUNTS_AS_ACKNOWLEDGED))
        return cpl_policy_fault(r, at, CPL_FAULT_GUARD_NOTICE, guard->id, "acknowledged");
    if (guard->kind == CPL_GUARD_TOLD_BEFORE_CLOSE && !has_notice(r->p, CPL_COUNTS_AS_TOLD)) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_NOTICE, guard->id, "told");
    return COMPLAINT_OK;
}

static complaint_status check_guards(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < r->p->guard_count; i++) {
        const cpl_json *at = cpl_json_at(cpl_json_get(r->root, "guards"), i);
        if (!is_used(r->p, (int)i)) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_UNUSED, r->p->guards[i].id, NULL);
        s = check_guard(r, at, &r->p->guards[i]);
    }
    return s;
}

complaint_status cpl_policy_validate(cpl_reading *r) {
    complaint_status s = check_states(r);
    if (s == COMPLAINT_OK) s = check_routes(r);
    return s == COMPLAINT_OK ? check_guards(r) : s;
}
