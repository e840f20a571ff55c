/*
 * policy/validate: what only the whole document can show.
 *
 * Owns: ways through the states and to their ends, routes that lead somewhere, guards that somebody uses and that can be passed, clocks that go on, notices that
 * are sent, duties that can be done. Must not know: how sections are read.
 */
#include "policy/parts.h"

static uint64_t bit(size_t i) { return UINT64_C(1) << i; }

/* ---- states ---- */

static const cpl_json *section(const cpl_reading *r, const char *key) { return cpl_json_get(r->root, key); }

static const cpl_json *action_at(const cpl_reading *r, const cpl_action *a) { return cpl_json_get(section(r, "actions"), cpl_event_name(a->kind)); }

/* What a case has that keeps actions from moving it ("unless"). */
typedef struct kept {
    int64_t flags;
    int class_at; /* -1: none that matters */
} kept;

static bool moves(const cpl_action *a, const kept *k) { return !cpl_action_keeps(a, k->flags, k->class_at); }

static bool starts_from(const cpl_action *a, size_t state) { return a->from >> state & 1; }

/* The states from which asking for information leads to this one. */
static uint64_t asked_in(const complaint_policy *p, size_t state) {
    const cpl_action *asked = cpl_policy_action(p, CPL_EV_REQUEST_INFO);
    uint64_t bits = 0;
    for (size_t i = 0; asked && i < p->state_count; i++)
        if (i != state && starts_from(asked, i) && cpl_policy_target(asked, (int)i) == (int)state) bits |= bit(i);
    return bits;
}

/* Where an action leads from a state it starts from. "back" may be any state from which information can be asked for. */
static uint64_t targets(const complaint_policy *p, const cpl_action *a, size_t state) {
    int to = cpl_policy_target(a, (int)state);
    if (to >= 0) return bit((size_t)to);
    return to == CPL_TO_BACK ? asked_in(p, state) : 0;
}

/* Going back discovers nothing. */
static uint64_t reachable(const complaint_policy *p, const kept *k) {
    uint64_t known = bit((size_t)p->initial), before;
    do {
        before = known;
        for (size_t i = 0; i < p->action_count; i++)
            for (size_t state = 0; moves(&p->actions[i], k) && state < p->state_count; state++)
                if ((known & bit(state)) && starts_from(&p->actions[i], state) && cpl_policy_target(&p->actions[i], (int)state) >= 0) known |= targets(p, &p->actions[i], state);
    } while (known != before);
    return known;
}

static uint64_t final_states(const complaint_policy *p) {
    uint64_t bits = 0;
    for (size_t i = 0; i < p->state_count; i++)
        if (p->states[i].phase >= CPL_PHASE_CLOSED) bits |= bit(i);
    return bits;
}

static uint64_t ending(const complaint_policy *p, const kept *k, uint64_t begin) {
    uint64_t known = final_states(p), before;
    do {
        before = known;
        for (size_t i = 0; i < p->action_count; i++)
            for (size_t state = 0; moves(&p->actions[i], k) && state < p->state_count; state++)
                if (starts_from(&p->actions[i], state) && (known & begin & targets(p, &p->actions[i], state))) known |= bit(state);
    } while (known != before);
    return known;
}

/* The code that people know what keeps the case by. */
static const char *kept_name(const complaint_policy *p, const kept *k) {
    if (k->class_at >= 0) return p->classes[k->class_at].code.id.p;
    for (size_t i = 0; i < p->flag_count; i++)
        if (p->flags[i].bit & k->flags) return p->flags[i].code.id.p;
    return NULL;
}

/* A case that keeps what it has gets to an end from wherever it gets to. */
static complaint_status check_ends(cpl_reading *r, const kept *k) {
    const complaint_policy *p = r->p;
    uint64_t begin = reachable(p, k), end = ending(p, k, begin);
    const char *with = kept_name(p, k);
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < p->state_count; i++)
        if (begin & ~end & bit(i)) s = cpl_policy_fault(r, cpl_json_at(section(r, "states"), i), with ? CPL_FAULT_NO_END_WITH : CPL_FAULT_NO_END, p->states[i].code.id, with);
    return s;
}

static complaint_status check_flags_kept(cpl_reading *r, int class_at, int64_t mask) {
    complaint_status s = COMPLAINT_OK;
    for (int64_t flags = 0; s == COMPLAINT_OK && flags <= mask; flags++) {
        const kept k = {flags, class_at};
        if ((flags & ~mask) == 0) s = check_ends(r, &k);
    }
    return s;
}

/* Every choice of what the policy's "unless" name: five flags at most, so the choices are few. */
static complaint_status check_kept(cpl_reading *r) {
    const complaint_policy *p = r->p;
    int64_t flags = 0;
    uint64_t classes = 0;
    for (size_t i = 0; i < p->action_count; i++) flags |= p->actions[i].stay_flags, classes |= p->actions[i].stay_classes;
    complaint_status s = check_flags_kept(r, -1, flags);
    for (int i = 0; s == COMPLAINT_OK && i < CPL_POLICY_BITS_MAX; i++)
        if (classes >> i & 1) s = check_flags_kept(r, i, flags);
    return s;
}

static complaint_status check_states(cpl_reading *r) {
    static const kept nothing = {0, -1};
    uint64_t begin = reachable(r->p, &nothing);
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->state_count; i++)
        if (!(begin & bit(i))) s = cpl_policy_fault(r, cpl_json_at(section(r, "states"), i), CPL_FAULT_UNREACHABLE, r->p->states[i].code.id, NULL);
    return s == COMPLAINT_OK ? check_kept(r) : s;
}

/* Back is where request_info came from, so it is only for states that request_info leads to. */
static complaint_status check_back(cpl_reading *r) {
    const cpl_action *resume = cpl_policy_action(r->p, CPL_EV_RESUME);
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; resume && cpl_goes_on(r, s) && i < r->p->state_count; i++)
        if (starts_from(resume, i) && cpl_policy_target(resume, (int)i) == CPL_TO_BACK && !asked_in(r->p, i))
            s = cpl_policy_fault(r, cpl_json_get(action_at(r, resume), "from"), CPL_FAULT_BACK_FROM, r->p->states[i].code.id, NULL);
    return s;
}

/* ---- ends ---- */

/* What reports and the log read from the verb has to agree with the phase. */
static const struct {
    cpl_phase phase;
    int32_t verb;
} ends[] = {{CPL_PHASE_CLOSED, CPL_EV_CLOSE}, {CPL_PHASE_REJECTED, CPL_EV_REJECT}, {CPL_PHASE_WITHDRAWN, CPL_EV_WITHDRAW}};
enum { ENDS = sizeof ends / sizeof ends[0] };

static bool is_over(const complaint_policy *p, size_t state) {
    for (size_t i = 0; i < ENDS; i++)
        if (p->states[state].phase == ends[i].phase) return true;
    return false;
}

static complaint_status check_way_out(cpl_reading *r, const cpl_action *a, size_t from) {
    const cpl_json *to = cpl_json_get(action_at(r, a), "to");
    int target = cpl_policy_target(a, (int)from);
    const cpl_state *state = target >= 0 ? &r->p->states[target] : NULL;
    for (size_t i = 0; i < ENDS; i++) {
        bool leads = state && state->phase == ends[i].phase, meant = a->kind == ends[i].verb;
        if (leads && !meant) return cpl_policy_fault(r, to, CPL_FAULT_END_VERB, state->code.id, cpl_event_name(ends[i].verb));
        if (!leads && meant) return cpl_policy_fault(r, to ? to : action_at(r, a), CPL_FAULT_VERB_END, cpl_str_of(cpl_event_name(a->kind)), cpl_phase_name(ends[i].phase).p);
    }
    return COMPLAINT_OK;
}

static complaint_status check_ways_out(cpl_reading *r) {
    const complaint_policy *p = r->p;
    complaint_status s = COMPLAINT_OK;
    if (is_over(p, (size_t)p->initial)) s = cpl_policy_fault(r, section(r, "initial"), CPL_FAULT_INITIAL_END, p->states[p->initial].code.id, NULL);
    for (size_t i = p->intake_count; i < p->action_count; i++) {
        complaint_status one = COMPLAINT_OK;
        for (size_t state = 0; one == COMPLAINT_OK && cpl_goes_on(r, s) && state < p->state_count; state++)
            if (starts_from(&p->actions[i], state)) one = check_way_out(r, &p->actions[i], state);
        s = cpl_both(s, one);
    }
    return s;
}

/* ---- clocks and notices ---- */

/* Where a case may be after an action, from these states. */
static uint64_t step(const complaint_policy *p, const cpl_action *a, uint64_t from) {
    uint64_t bits = 0;
    for (size_t i = 0; i < p->state_count; i++)
        if ((from & bit(i)) && starts_from(a, i)) bits |= cpl_policy_target(a, (int)i) == CPL_TO_STAY ? bit(i) : targets(p, a, i);
    return bits;
}

/* The end of a case is the end of its clocks, but for those that survive it (check_survivors). */
static uint64_t going_on(const complaint_policy *p) {
    uint64_t bits = 0;
    for (size_t i = 0; i < p->state_count; i++)
        if (!is_over(p, i)) bits |= bit(i);
    return bits;
}

/* Where a case may be while a clock runs. */
static uint64_t running_in(const complaint_policy *p, const cpl_clock_def *c) {
    uint64_t bits = 0, before;
    for (size_t i = 0; i < c->start_count; i++) {
        int32_t verb = cpl_trigger_verb(c->starts[i].kind);
        const cpl_action *a = verb ? cpl_policy_action(p, verb) : NULL;
        bits |= !a ? UINT64_MAX : verb == CPL_EV_TRIAGE ? bit((size_t)p->initial) : step(p, a, UINT64_MAX);
    }
    do {
        before = bits &= going_on(p);
        for (size_t i = p->intake_count; i < p->action_count; i++) bits |= step(p, &p->actions[i], before) & going_on(p);
    } while (bits != before);
    return bits;
}

/* A notice that has left may reach its recipient at any time; a case is opened once. */
static bool can_stop(const complaint_policy *p, const cpl_trigger *t, uint64_t running) {
    int32_t verb = cpl_trigger_verb(t->kind);
    const cpl_action *a = verb ? cpl_policy_action(p, verb) : NULL;
    return !a || (verb != CPL_EV_TRIAGE && (a->from & running));
}

static complaint_status check_stops(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->clock_count; i++) {
        const cpl_clock_def *c = &r->p->clocks[i];
        uint64_t running = running_in(r->p, c);
        bool stops = false;
        for (size_t k = 0; k < c->stop_count; k++) stops |= can_stop(r->p, &c->stops[k], running);
        if (!stops) s = cpl_both(s, cpl_policy_fault(r, cpl_json_get(cpl_json_at(section(r, "clocks"), i), "stops"), CPL_FAULT_CLOCK_ENDLESS, c->code.id, NULL));
    }
    return s;
}

/* What is owed beyond the end can be done there. */
static complaint_status check_survivor(cpl_reading *r, const cpl_json *at, const cpl_clock_def *c) {
    for (size_t state = 0; state < r->p->state_count; state++) {
        bool stops = !is_over(r->p, state);
        for (size_t k = 0; k < c->stop_count; k++) stops |= can_stop(r->p, &c->stops[k], bit(state));
        if (!stops) return cpl_policy_fault(r, cpl_json_get(at, "survives"), CPL_FAULT_CLOCK_SURVIVES, c->code.id, r->p->states[state].code.id.p);
    }
    return COMPLAINT_OK;
}

static complaint_status check_survivors(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->clock_count; i++)
        if (r->p->clocks[i].survives) s = cpl_both(s, check_survivor(r, cpl_json_at(section(r, "clocks"), i), &r->p->clocks[i]));
    return s;
}

static uint64_t left(const complaint_policy *p) {
    uint64_t bits = 0;
    for (size_t i = 0; i < p->action_count; i++)
        for (size_t k = 0; k < p->state_count; k++)
            if (starts_from(&p->actions[i], k) && (targets(p, &p->actions[i], k) & ~bit(k))) bits |= bit(k);
    return bits;
}

/* A clock that stands still where nothing leads out would never be due. */
static complaint_status check_pauses(cpl_reading *r) {
    uint64_t way_out = left(r->p);
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; i < r->p->clock_count; i++) {
        const cpl_json *list = cpl_json_get(cpl_json_at(section(r, "clocks"), i), "paused_in");
        for (size_t k = 0; cpl_goes_on(r, s) && k < cpl_json_count(list); k++) {
            int state = cpl_policy_state(r->p, cpl_json_str(cpl_json_at(list, k)));
            if (!(way_out & bit((size_t)state))) s = cpl_policy_fault(r, cpl_json_at(list, k), CPL_FAULT_PAUSE, r->p->states[state].code.id, NULL);
        }
    }
    return s;
}

static complaint_status check_notices(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->notice_count; i++)
        if (r->p->notices[i].on_count == 0 && !cpl_clocks_send(r->p, (int)i)) s = cpl_policy_fault(r, cpl_json_at(section(r, "notices"), i), CPL_FAULT_NOTICE_SILENT, r->p->notices[i].id, NULL);
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->notice_count; i++)
        if (r->p->notices[i].about != CPL_ABOUT_CASE && cpl_clocks_send(r->p, (int)i)) s = cpl_policy_fault(r, cpl_json_at(section(r, "notices"), i), CPL_FAULT_NOTICE_CASE, r->p->notices[i].id, NULL);
    return s;
}

static bool has_reminder(const complaint_policy *p, cpl_str channel) {
    for (size_t i = 0; i < p->notice_count; i++)
        if (cpl_trigger_hits(p->notices[i].on, p->notices[i].on_count, CPL_EV_DUTY_UNCHECKED, channel)) return true;
    return false;
}

static complaint_status check_duty(cpl_reading *r, const cpl_json *at, const cpl_channel *channel) {
    if (channel->daily && !cpl_policy_action(r->p, CPL_EV_CHECK_CHANNEL)) return cpl_policy_fault(r, cpl_json_get(at, "daily"), CPL_FAULT_DUTY, channel->code.id, NULL);
    if (channel->remind_at >= 0 && !has_reminder(r->p, channel->code.id)) return cpl_policy_fault(r, cpl_json_get(at, "remind_at"), CPL_FAULT_REMIND, channel->code.id, NULL);
    return COMPLAINT_OK;
}

static complaint_status check_duties(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->channel_count; i++) s = cpl_both(s, check_duty(r, cpl_json_at(section(r, "channels"), i), &r->p->channels[i]));
    return s;
}

/* ---- roles ---- */

/* A verb on cases that the role may do; NULL: none. What stands under "intake" needs no case. */
static const char *verb_of(const complaint_policy *p, size_t role) {
    for (size_t i = p->intake_count; i < p->action_count; i++)
        if (p->actions[i].roles & bit(role)) return cpl_event_name(p->actions[i].kind);
    return NULL;
}

/* Who sees no case can do nothing with one. */
static complaint_status check_roles(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->role_count; i++) {
        const char *verb = r->p->views && r->p->views[i].defined ? NULL : verb_of(r->p, i);
        if (verb) s = cpl_both(s, cpl_policy_fault(r, section(r, "views"), CPL_FAULT_SEES_NOTHING, r->p->roles[i].id, verb));
    }
    return s;
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
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->class_count; i++) {
        bool said = false; /* by an earlier class of the same route */
        for (size_t k = 0; s != COMPLAINT_OK && k < i; k++) said |= r->p->classes[k].route == r->p->classes[i].route;
        if (!said) s = cpl_both(s, check_route(r, cpl_json_get(cpl_json_at(cpl_json_get(r->root, "classes"), i), "route"), r->p->classes[i].route));
    }
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

/* What a guard cannot pass, or cannot bite, without: a notice that counts, an action, origins. */
static complaint_status check_guard(cpl_reading *r, const cpl_json *at, const cpl_guard *guard) {
    static const struct {
        cpl_guard_kind kind;
        int32_t verb;
    } verbs[] = {{CPL_GUARD_ORDER_BEFORE_FORWARD, CPL_EV_ORDER}, {CPL_GUARD_ORIGIN_BEFORE_CLOSE, CPL_EV_REPLY_ORIGIN}, {CPL_GUARD_RESPONDENT_IS_BLIND, CPL_EV_RECUSE},
                 {CPL_GUARD_BREACH_REPORTED_BEFORE_CLOSE, CPL_EV_REPORT_BREACH}, {CPL_GUARD_LINKED_RESULT_BEFORE_CLOSE, CPL_EV_LINK}, {CPL_GUARD_AGREED_BEFORE_FORWARD, CPL_EV_CONSIDER},
                 {CPL_GUARD_ORDERED_UNIT, CPL_EV_ORDER}};
    if (guard->kind == CPL_GUARD_FIXED_ACKNOWLEDGEMENT && !has_notice(r->p, CPL_COUNTS_AS_ACKNOWLEDGED))
        return cpl_policy_fault(r, at, CPL_FAULT_GUARD_NOTICE, guard->id, "acknowledged");
    if (guard->kind == CPL_GUARD_TOLD_BEFORE_CLOSE && !has_notice(r->p, CPL_COUNTS_AS_TOLD)) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_NOTICE, guard->id, "told");
    if (guard->kind == CPL_GUARD_BREACH_REPORTED_BEFORE_CLOSE && cpl_policy_flag(r->p, CPL_LIT("data_breach")) < 0) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_FLAG, guard->id, "data_breach");
    if (guard->attempts && !cpl_policy_action(r->p, CPL_EV_ATTEMPT)) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_ACTION, guard->id, "attempt");
    if (guard->kind == CPL_GUARD_ORIGIN_BEFORE_CLOSE && r->p->origin_count == 0) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_ORIGIN, guard->id, NULL);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (guard->kind == verbs[i].kind && !cpl_policy_action(r->p, verbs[i].verb))
            return cpl_policy_fault(r, at, CPL_FAULT_GUARD_ACTION, guard->id, cpl_event_name(verbs[i].verb));
    for (int32_t kind = 0; kind < 64; kind++)
        if ((guard->released_by >> kind & 1) && !cpl_policy_action(r->p, kind)) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_ACTION, guard->id, cpl_event_name(kind));
    return COMPLAINT_OK;
}

static bool takes_route(int32_t verb) {
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++)
        if (routes[i].verb == verb) return true;
    return false;
}

/* Some guards ask something of certain verbs, of a field, or leave the act to somebody else. */
static complaint_status check_guarded(cpl_reading *r, const cpl_action *a, size_t i) {
    const cpl_guard *guard = &r->p->guards[a->guards[i]];
    const cpl_json *at = cpl_json_at(cpl_json_get(action_at(r, a), "guards"), i);
    int examination = cpl_policy_field(r->p, CPL_LIT("examination")), clear = cpl_policy_field(r->p, CPL_LIT("clear"));
    if (guard->kind == CPL_GUARD_ROUTE && !takes_route(a->kind)) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_VERB, guard->id, "forward, refer, answer, memo");
    if (guard->kind == CPL_GUARD_EXAMINATION_WHEN_FLAGGED && (examination < 0 || !cpl_policy_asks(a, examination)))
        return cpl_policy_fault(r, at, CPL_FAULT_GUARD_FIELD, guard->id, "examination");
    if (guard->kind == CPL_GUARD_RECUSAL_LIFTED_FROM_ABOVE && a->kind != CPL_EV_RECUSE) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_VERB, guard->id, "recuse");
    if (guard->kind == CPL_GUARD_RECUSAL_LIFTED_FROM_ABOVE && (clear < 0 || !cpl_policy_asks(a, clear))) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_FIELD, guard->id, "clear");
    if (guard->kind == CPL_GUARD_ORDERED_UNIT && a->kind != CPL_EV_FORWARD && a->kind != CPL_EV_REFER) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_VERB, guard->id, "forward, refer");
    if (guard->roles && !(a->roles & ~guard->roles)) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_NOBODY, guard->id, NULL);
    return COMPLAINT_OK;
}

static complaint_status check_guarding(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; i < r->p->action_count; i++)
        for (size_t k = 0; cpl_goes_on(r, s) && k < r->p->actions[i].guard_count; k++) s = cpl_both(s, check_guarded(r, &r->p->actions[i], k));
    return s;
}

static complaint_status check_guards(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->guard_count; i++) {
        const cpl_json *at = cpl_json_at(cpl_json_get(r->root, "guards"), i);
        bool used = is_used(r->p, (int)i);
        s = cpl_both(s, used ? check_guard(r, at, &r->p->guards[i]) : cpl_policy_fault(r, at, CPL_FAULT_GUARD_UNUSED, r->p->guards[i].id, NULL));
    }
    return s;
}

complaint_status cpl_policy_validate(cpl_reading *r) {
    static complaint_status (*const checks[])(cpl_reading *) = {check_states, check_ways_out, check_back,    check_routes,       check_guards, check_guarding, check_stops, check_survivors,
                                                                check_pauses, check_notices,  cpl_check_variants, check_duties, check_roles};
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < sizeof checks / sizeof checks[0]; i++) s = cpl_both(s, checks[i](r));
    return s;
}
