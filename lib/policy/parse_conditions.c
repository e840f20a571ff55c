/*
 * policy/parse_conditions: when a notice is said, of several that listen on one event.
 *
 * Owns: `when` of a notice, and what makes notices pointless or leaves somebody without a word. Must not know: what is in a case.
 */
#include "policy/parts.h"

/* ---- reading ---- */

static complaint_status take_filled(cpl_reading *r, const cpl_json *v, cpl_find_fn find, cpl_fault fault, cpl_list *out) {
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    return s == COMPLAINT_OK ? cpl_take_indexes(r, v, find, fault, out) : s;
}

static bool lists(const int *list, size_t count, int index) {
    for (size_t i = 0; i < count; i++)
        if (list[i] == index) return true;
    return false;
}

/* A class stands for its sub-classes. */
static complaint_status take_classes(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_condition *when = out;
    cpl_list named = {NULL, 0};
    void *room = NULL;
    complaint_status s = take_filled(r, v, cpl_policy_class, CPL_FAULT_CLASS, &named);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, r->p->class_count, sizeof(int), &room);
    if (s != COMPLAINT_OK) return s;
    int *classes = room;
    for (size_t i = 0; i < r->p->class_count; i++)
        if (lists(named.items, named.count, (int)i) || lists(named.items, named.count, r->p->classes[i].parent)) classes[when->class_count++] = (int)i;
    when->classes = classes;
    return COMPLAINT_OK;
}

static complaint_status take_natures(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_condition *when = out;
    cpl_list list = {NULL, 0};
    complaint_status s = take_filled(r, v, cpl_policy_nature, CPL_FAULT_NATURE, &list);
    when->natures = list.items;
    when->nature_count = list.count;
    return s;
}

static bool is_choice(const cpl_field *field, cpl_str value) {
    for (size_t i = 0; i < field->choice_count; i++)
        if (cpl_str_eq(field->choices[i], value)) return true;
    return false;
}

static complaint_status take_asked_field(cpl_reading *r, const cpl_json *v, size_t i, cpl_asked_field *asked) {
    const cpl_json *values = cpl_json_at(v, i);
    cpl_list list = {NULL, 0};
    asked->field = cpl_policy_field(r->p, cpl_json_key(v, i));
    if (asked->field < 0) return cpl_policy_fault(r, values, CPL_FAULT_FIELD, cpl_json_key(v, i), NULL);
    if (cpl_is_faulty(r, cpl_json_get(r->root, "fields"))) return COMPLAINT_OK;
    const cpl_field *field = &r->p->fields[asked->field];
    if (field->type != CPL_FIELD_CHOICE) return cpl_policy_fault(r, values, CPL_FAULT_ASKED_TYPE, field->code.id, NULL);
    complaint_status s = cpl_take_strings(r, values, &list);
    asked->choices = list.items;
    asked->choice_count = list.count;
    for (size_t k = 0; cpl_goes_on(r, s) && k < list.count; k++)
        if (!is_choice(field, asked->choices[k])) s = cpl_policy_fault(r, cpl_json_at(values, k), CPL_FAULT_ASKED_CHOICE, asked->choices[k], field->code.id.p);
    return s;
}

static complaint_status take_asked_fields(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_condition *when = out;
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_asked_field), &room);
    for (size_t i = 0; room && cpl_goes_on(r, s) && i < cpl_json_count(v); i++) s = cpl_both(s, take_asked_field(r, v, i, (cpl_asked_field *)room + i));
    if (s != COMPLAINT_OK) return s;
    when->fields = room;
    when->field_count = cpl_json_count(v);
    return COMPLAINT_OK;
}

complaint_status cpl_take_condition(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MAY("classes", take_classes, cpl_condition, classes), /* the whole condition: offset 0 */
        CPL_MAY("natures", take_natures, cpl_condition, classes),
        CPL_MAY("flags", cpl_take_flag_bits, cpl_condition, flags),
        CPL_MAY("fields", take_asked_fields, cpl_condition, classes),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_condition);
    complaint_status s = cpl_take_object(r, v, &shape, out);
    return s == COMPLAINT_OK && cpl_json_count(v) == 0 ? cpl_policy_fault(r, v, CPL_FAULT_NOTHING_NAMED, CPL_LIT("when"), "classes, natures, flags, fields") : s;
}

bool cpl_condition_asks(const cpl_condition *when) { return when->class_count || when->nature_count || when->flags || when->field_count; }

/* ---- whether it can hold ---- */

/* Whether a case that has just been given the class, or one of its kinds, may be what is asked. */
static bool class_may_hold(const complaint_policy *p, const cpl_condition *when, cpl_str given) {
    int class_at = cpl_policy_class(p, given);
    for (size_t i = 0; i < when->class_count; i++)
        if (when->classes[i] == class_at || p->classes[when->classes[i]].parent == class_at) return true;
    return when->class_count == 0;
}

static complaint_status check_event(cpl_reading *r, const cpl_json *event, const cpl_trigger *t, const cpl_json *when_at, const cpl_condition *when) {
    const cpl_action *action = cpl_trigger_action(r->p, t->kind);
    int cleared = t->kind == CPL_TRIGGER_FLAG_CLEARED && t->qualifier.n ? cpl_policy_flag(r->p, t->qualifier) : -1;
    for (size_t i = 0; i < when->field_count; i++)
        if (!action || !cpl_policy_asks(action, when->fields[i].field))
            return cpl_policy_fault(r, cpl_json_at(cpl_json_get(when_at, "fields"), i), CPL_FAULT_ASKED_NOWHERE, cpl_json_str(event), r->p->fields[when->fields[i].field].code.id.p);
    if (t->kind == CPL_EV_CLASSIFY && t->qualifier.n && !class_may_hold(r->p, when, t->qualifier))
        return cpl_policy_fault(r, cpl_json_get(when_at, "classes"), CPL_FAULT_ASKED_CLASS, cpl_json_str(event), NULL);
    if (cleared >= 0 && when->flags == r->p->flags[cleared].bit) return cpl_policy_fault(r, cpl_json_get(when_at, "flags"), CPL_FAULT_ASKED_FLAG, cpl_json_str(event), NULL);
    return COMPLAINT_OK;
}

/* A message and a day have neither class nor nature nor flags. */
static complaint_status check_about(cpl_reading *r, const cpl_json *when, const cpl_notice_def *n) {
    static const char *const of_a_case[] = {"classes", "natures", "flags"};
    for (size_t i = 0; n->about != CPL_ABOUT_CASE && i < sizeof of_a_case / sizeof of_a_case[0]; i++) {
        const cpl_json *at = cpl_json_get(when, of_a_case[i]);
        if (at) return cpl_policy_fault(r, at, CPL_FAULT_ASKED_CASE, cpl_str_of(of_a_case[i]), NULL);
    }
    return COMPLAINT_OK;
}

complaint_status cpl_check_condition(cpl_reading *r, const cpl_json *notice, const cpl_notice_def *n) {
    const cpl_json *on = cpl_json_get(notice, "on"), *when = cpl_json_get(notice, "when");
    complaint_status s = check_about(r, when, n);
    for (size_t i = 0; when && cpl_goes_on(r, s) && i < cpl_json_count(on); i++) s = cpl_both(s, check_event(r, cpl_json_at(on, i), &n->on[i], when, &n->when));
    return s;
}

/* ---- whose turn it is ---- */

static bool lists_all(const int *few, size_t few_count, const int *many, size_t many_count) {
    for (size_t i = 0; i < many_count; i++)
        if (!lists(few, few_count, many[i])) return false;
    return true;
}

/* What asks nothing holds for everything; what asks something only for what asks no more. */
static bool holds_for(const int *asked, size_t count, const int *other, size_t other_count) { return count == 0 || (other_count && lists_all(asked, count, other, other_count)); }

static bool field_holds_for(const cpl_asked_field *asked, const cpl_asked_field *other) {
    for (size_t i = 0; i < other->choice_count; i++) {
        bool found = false;
        for (size_t k = 0; k < asked->choice_count; k++) found |= cpl_str_eq(asked->choices[k], other->choices[i]);
        if (!found) return false;
    }
    return asked->field == other->field;
}

static bool fields_hold_for(const cpl_condition *when, const cpl_condition *other) {
    for (size_t i = 0; i < when->field_count; i++) {
        bool found = false;
        for (size_t k = 0; k < other->field_count; k++) found |= field_holds_for(&when->fields[i], &other->fields[k]);
        if (!found) return false;
    }
    return true;
}

bool cpl_notice_covers(const cpl_notice_def *first, const cpl_notice_def *later) {
    const cpl_condition *a = &first->when, *b = &later->when;
    bool flags = a->flags == 0 || (b->flags && (b->flags & ~a->flags) == 0);
    return flags && lists_all(first->to, first->to_count, later->to, later->to_count) && holds_for(a->classes, a->class_count, b->classes, b->class_count) &&
           holds_for(a->natures, a->nature_count, b->natures, b->nature_count) && fields_hold_for(a, b);
}

/* The notice that always speaks before the one at `at` when this happens; NULL: it has its turn. */
static const cpl_notice_def *speaks_before(const complaint_policy *p, size_t at, const cpl_trigger *t) {
    for (size_t i = 0; i < at; i++)
        if (cpl_trigger_hits(p->notices[i].on, p->notices[i].on_count, t->kind, t->qualifier) && cpl_notice_covers(&p->notices[i], &p->notices[at])) return &p->notices[i];
    return NULL;
}

/* Every event that a notice listens on is spoken for by one before it. */
static complaint_status check_turn(cpl_reading *r, size_t at) {
    const cpl_notice_def *n = &r->p->notices[at], *before = NULL;
    for (size_t i = 0; i < n->on_count; i++)
        if ((before = speaks_before(r->p, at, &n->on[i])) == NULL) return COMPLAINT_OK;
    return !before || cpl_clocks_send(r->p, (int)at) ? COMPLAINT_OK : cpl_policy_fault(r, cpl_json_at(cpl_json_get(r->root, "notices"), at), CPL_FAULT_NOTICE_COVERED, n->id, before->id.p);
}

/* ---- the acknowledgement [CR-T2] ---- */

static bool acknowledges(const cpl_notice_def *n) {
    return cpl_notice_goes_to(n, CPL_TO_COMPLAINANT) && cpl_trigger_hits(n->on, n->on_count, CPL_EV_ACKNOWLEDGE, (cpl_str){"", 0});
}

static bool has_fallback(const complaint_policy *p) {
    for (size_t i = 0; i < p->notice_count; i++)
        if (acknowledges(&p->notices[i]) && !cpl_condition_asks(&p->notices[i].when)) return true;
    return false;
}

/* An acknowledgement that says nothing, or something that does not count, would leave the case waiting for one that never goes out. */
static complaint_status check_acknowledgement(cpl_reading *r, size_t at) {
    const cpl_notice_def *n = &r->p->notices[at];
    const cpl_json *v = cpl_json_at(cpl_json_get(r->root, "notices"), at);
    if (!acknowledges(n) || !cpl_condition_asks(&n->when)) return COMPLAINT_OK;
    if (n->counts_as != CPL_COUNTS_AS_ACKNOWLEDGED) return cpl_policy_fault(r, v, CPL_FAULT_NOTICE_UNCOUNTED, n->id, NULL);
    return has_fallback(r->p) ? COMPLAINT_OK : cpl_policy_fault(r, cpl_json_get(v, "when"), CPL_FAULT_NOTICE_FALLBACK, n->id, NULL);
}

/* ---- clocks that a delivery stops ---- */

static bool share_event(const cpl_notice_def *a, const cpl_notice_def *b) {
    for (size_t i = 0; i < a->on_count; i++)
        for (size_t k = 0; k < b->on_count; k++)
            if (a->on[i].kind == b->on[k].kind && cpl_str_eq(a->on[i].qualifier, b->on[k].qualifier)) return true;
    return false;
}

/* One stands for the other: the same is said to the complainant, in words that depend on a condition. */
static bool are_variants(const cpl_notice_def *a, const cpl_notice_def *b) {
    bool conditional = cpl_condition_asks(&a->when) || cpl_condition_asks(&b->when);
    return a != b && conditional && a->counts_as != CPL_COUNTS_AS_NOTHING && a->counts_as == b->counts_as && share_event(a, b);
}

/* A clock that stops when one of them is delivered stops with each of them, or the others would make somebody late who was not. */
static complaint_status check_stop(cpl_reading *r, const cpl_json *at, const cpl_clock_def *clock, const cpl_trigger *t) {
    int named = t->kind == CPL_EV_DELIVERED ? cpl_policy_notice(r->p, t->qualifier) : -1;
    for (size_t i = 0; named >= 0 && i < r->p->notice_count; i++) {
        const cpl_notice_def *other = &r->p->notices[i];
        if (are_variants(&r->p->notices[named], other) && !cpl_trigger_hits(clock->stops, clock->stop_count, CPL_EV_DELIVERED, other->id))
            return cpl_policy_fault(r, at, CPL_FAULT_NOTICE_VARIANT, t->qualifier, other->id.p);
    }
    return COMPLAINT_OK;
}

static complaint_status check_stops(cpl_reading *r, size_t clock_at) {
    const cpl_json *stops = cpl_json_get(cpl_json_at(cpl_json_get(r->root, "clocks"), clock_at), "stops");
    const cpl_clock_def *clock = &r->p->clocks[clock_at];
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(stops); i++) s = cpl_both(s, check_stop(r, cpl_json_at(stops, i), clock, &clock->stops[i]));
    return s;
}

complaint_status cpl_check_variants(cpl_reading *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->notice_count; i++) s = cpl_both(s, check_turn(r, i));
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->notice_count; i++) s = cpl_both(s, check_acknowledgement(r, i));
    for (size_t i = 0; cpl_goes_on(r, s) && i < r->p->clock_count; i++) s = cpl_both(s, check_stops(r, i));
    return s;
}
