/*
 * policy/parse_actions: who may do what in which state.
 *
 * Owns: `guards`, `intake` and `actions`, the guards the library knows. Must not know: how a guard decides.
 */
#include "policy/parts.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* ---- guards ---- */

static const struct {
    const char *id;
    cpl_guard_kind kind;
    const char *thai, *english;
} guards[] = {
    {"fixed_acknowledgement", CPL_GUARD_FIXED_ACKNOWLEDGEMENT, "ตอบรับด้วยข้อความกลางเท่านั้น", "only the central message is the acknowledgement"},
    {"class_before_forward", CPL_GUARD_CLASS_BEFORE_FORWARD, "ต้องจำแนกประเภทก่อนส่งต่อ", "the case has a class before it is forwarded"},
    {"consider_before_forward", CPL_GUARD_CONSIDER_BEFORE_FORWARD, "หัวหน้าต้องพิจารณาก่อนส่งต่อ", "the head considers before the case is forwarded"},
    {"transfer_needs_target", CPL_GUARD_TRANSFER_NEEDS_TARGET, "ต้องระบุหน่วยงานภายนอกที่รับเรื่อง", "an outside agency is named"},
    {"no_desk_finding", CPL_GUARD_NO_DESK_FINDING, "ผลต้องมาจากหน่วยงานที่รับผิดชอบ จุดรับเรื่องไม่วินิจฉัยเอง",
     "only the responsible unit's report carries a result, never the desk's own finding"},
    {"no_desk_reject", CPL_GUARD_NO_DESK_REJECT, "จุดรับเรื่องไม่มีอำนาจไม่รับเรื่อง", "the desk does not reject a matter"},
    {"told_before_close", CPL_GUARD_TOLD_BEFORE_CLOSE, "ต้องแจ้งผลผู้ร้อง หรือบันทึกเหตุที่แจ้งไม่ได้ ก่อนปิดเรื่อง", "the complainant is told, or it is recorded why he cannot be, before closing"},
};
#define GUARDS "fixed_acknowledgement, class_before_forward, consider_before_forward, transfer_needs_target, no_desk_finding, no_desk_reject, told_before_close"

static size_t guard_row(cpl_str id) {
    size_t i = 0;
    while (i < LENGTH(guards) && !cpl_str_is(id, guards[i].id)) i++;
    return i;
}

const char *cpl_policy_guard_words(cpl_guard_kind kind, int32_t language) {
    for (size_t i = 0; i < LENGTH(guards); i++)
        if (guards[i].kind == kind) return language == COMPLAINT_THAI ? guards[i].thai : guards[i].english;
    return "";
}

static complaint_status take_all_flags(cpl_reading *r, const cpl_json *v, cpl_guard *guard) {
    static const cpl_word words[] = {{"all", 1}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    guard->always = true;
    guard->flags = -1;
    return s;
}

static complaint_status take_guard_flags(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_guard *guard = out;
    cpl_list list = {NULL, 0};
    if (cpl_json_type(v) == CPL_JSON_STRING) return take_all_flags(r, v, guard);
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_indexes(r, v, cpl_policy_flag, CPL_FAULT_FLAG, &list);
    for (size_t i = 0; i < list.count; i++) guard->flags |= r->p->flags[((const int *)list.items)[i]].bit;
    return s;
}

static complaint_status take_guard(cpl_reading *r, const cpl_json *v, size_t i, cpl_guard *guard) {
    static const cpl_member members[] = {CPL_MAY("flags", take_guard_flags, cpl_guard, kind), CPL_MUST("source", cpl_take_string, cpl_guard, source)};
    static const cpl_shape shape = CPL_SHAPE(members, cpl_guard);
    const cpl_json *body = cpl_json_at(v, i);
    size_t row = guard_row(cpl_json_key(v, i));
    if (row == LENGTH(guards)) return cpl_policy_fault(r, body, CPL_FAULT_GUARD_UNKNOWN, cpl_json_key(v, i), GUARDS);
    guard->id = cpl_str_of(guards[row].id);
    guard->kind = guards[row].kind;
    complaint_status s = cpl_take_object(r, body, &shape, guard);
    if (s == COMPLAINT_OK && (guard->kind == CPL_GUARD_CONSIDER_BEFORE_FORWARD) != (cpl_json_get(body, "flags") != NULL))
        s = cpl_policy_fault(r, body, CPL_FAULT_GUARD_FLAGS, CPL_LIT("flags"), NULL);
    return s;
}

complaint_status cpl_take_guards(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    void *room = NULL;
    complaint_status s = cpl_need_type(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK && cpl_json_count(v)) s = cpl_need_filled(r, v, CPL_JSON_OBJECT); /* an office may have none */
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_guard), &room);
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) s = take_guard(r, v, i, (cpl_guard *)room + i);
    if (s != COMPLAINT_OK) return s;
    p->guards = room;
    p->guard_count = cpl_json_count(v);
    return COMPLAINT_OK;
}

/* ---- verbs ---- */

/* What is done before there is a case, or without one. */
static bool is_intake(int32_t kind) {
    return kind == CPL_EV_RECEIVE || kind == CPL_EV_TRIAGE || kind == CPL_EV_SET_ASIDE || kind == CPL_EV_CHECK_CHANNEL || kind == CPL_EV_EXECUTIVE_INTAKE;
}

static complaint_status take_verb(cpl_reading *r, const cpl_json *v, size_t i, bool intake, int32_t *kind) {
    cpl_str name = cpl_json_key(v, i);
    int32_t found = cpl_event_find(name);
    if (found == 0) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_VERB, name, NULL);
    if (!cpl_event_is_action(found)) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_VERB_SYSTEM, name, NULL);
    if (is_intake(found) != intake) return cpl_policy_fault(r, cpl_json_at(v, i), intake ? CPL_FAULT_VERB_ACTION : CPL_FAULT_VERB_INTAKE, name, NULL);
    *kind = found;
    return COMPLAINT_OK;
}

/* Verbs that say nothing without a certain field. */
static const struct {
    int32_t kind;
    const char *field;
} needs[] = {{CPL_EV_CLASSIFY, "class"},       {CPL_EV_FLAG, "flag"}, {CPL_EV_FORWARD, "unit"}, {CPL_EV_REFER, "unit"}, {CPL_EV_REPORT_RESULT, "from_unit"},
             {CPL_EV_REPORT_RESULT, "outcome"}};

/* ---- one action ---- */

typedef struct body {
    uint64_t from, roles;
    int to;
    cpl_list required, optional, guards;
    cpl_str source;
} body;

static complaint_status take_from(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"any", 1}};
    int value = 0;
    if (cpl_json_type(v) != CPL_JSON_STRING) return cpl_take_bits(r, v, cpl_policy_state, CPL_FAULT_STATE, out);
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(uint64_t *)out = UINT64_MAX;
    return s;
}

static complaint_status take_to(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_index(r, v, cpl_policy_state, CPL_FAULT_STATE, out); }

static complaint_status take_roles(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_bits(r, v, cpl_policy_role, CPL_FAULT_ROLE, out); }

static complaint_status take_fields(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_indexes(r, v, cpl_policy_field, CPL_FAULT_FIELD, out); }

/* A guard that the library does not know is another mistake than one that `guards` forgot. */
static complaint_status take_guard_names(cpl_reading *r, const cpl_json *v, void *out) {
    for (size_t i = 0; i < cpl_json_count(v); i++) {
        const cpl_json *name = cpl_json_at(v, i);
        if (cpl_json_type(name) == CPL_JSON_STRING && guard_row(cpl_json_str(name)) == LENGTH(guards))
            return cpl_policy_fault(r, name, CPL_FAULT_GUARD_UNKNOWN, cpl_json_str(name), GUARDS);
    }
    return cpl_take_indexes(r, v, cpl_policy_guard, CPL_FAULT_GUARD, out);
}

static complaint_status take_body(cpl_reading *r, const cpl_json *v, bool intake, body *b) {
    static const cpl_member intake_members[] = {
        CPL_MUST("roles", take_roles, body, roles),
        CPL_MAY("required", take_fields, body, required),
        CPL_MAY("optional", take_fields, body, optional),
        CPL_MUST("source", cpl_take_string, body, source),
    };
    static const cpl_member action_members[] = {
        CPL_MUST("from", take_from, body, from),           CPL_MAY("to", take_to, body, to),
        CPL_MUST("roles", take_roles, body, roles),        CPL_MAY("required", take_fields, body, required),
        CPL_MAY("optional", take_fields, body, optional),  CPL_MAY("guards", take_guard_names, body, guards),
        CPL_MUST("source", cpl_take_string, body, source),
    };
    static const cpl_shape intake_shape = CPL_SHAPE(intake_members, body), action_shape = CPL_SHAPE(action_members, body);
    return cpl_take_object(r, v, intake ? &intake_shape : &action_shape, b);
}

static bool lists(const cpl_list *list, int index) {
    for (size_t i = 0; i < list->count; i++)
        if (((const int *)list->items)[i] == index) return true;
    return false;
}

static complaint_status check_fields(cpl_reading *r, const cpl_json *v, int32_t kind, const body *b) {
    for (size_t i = 0; i < b->optional.count; i++) {
        int field = ((const int *)b->optional.items)[i];
        if (lists(&b->required, field)) return cpl_policy_fault(r, cpl_json_at(cpl_json_get(v, "optional"), i), CPL_FAULT_FIELD_TWICE, r->p->fields[field].code.id, NULL);
    }
    for (size_t i = 0; i < LENGTH(needs); i++)
        if (needs[i].kind == kind && !lists(&b->required, cpl_policy_field(r->p, cpl_str_of(needs[i].field))))
            return cpl_policy_fault(r, v, CPL_FAULT_FIELD_NEEDED, cpl_str_of(needs[i].field), NULL);
    return COMPLAINT_OK;
}

static cpl_action action_of(int32_t kind, const body *b) {
    return (cpl_action){
        .kind = kind,
        .source = b->source,
        .from = b->from,
        .to = b->to,
        .roles = b->roles,
        .required = b->required.items,
        .required_count = b->required.count,
        .optional = b->optional.items,
        .optional_count = b->optional.count,
        .guards = b->guards.items,
        .guard_count = b->guards.count,
    };
}

static complaint_status take_action(cpl_reading *r, const cpl_json *v, size_t i, bool intake) {
    body b = {.from = UINT64_MAX, .to = -1};
    int32_t kind = 0;
    complaint_status s = take_verb(r, v, i, intake, &kind);
    if (s == COMPLAINT_OK) s = take_body(r, cpl_json_at(v, i), intake, &b);
    if (s == COMPLAINT_OK) s = check_fields(r, cpl_json_at(v, i), kind, &b);
    if (s == COMPLAINT_OK) r->actions[r->p->action_count++] = action_of(kind, &b);
    return s;
}

static complaint_status take_all(cpl_reading *r, const cpl_json *v, bool intake) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) s = take_action(r, v, i, intake);
    return s;
}

/* Without these two verbs no case would ever begin. */
static complaint_status need_beginning(cpl_reading *r, const cpl_json *v) {
    if (!cpl_policy_action(r->p, CPL_EV_RECEIVE)) return cpl_policy_fault(r, v, CPL_FAULT_MISSING_KEY, CPL_LIT("receive"), NULL);
    if (!cpl_policy_action(r->p, CPL_EV_TRIAGE)) return cpl_policy_fault(r, v, CPL_FAULT_MISSING_KEY, CPL_LIT("triage"), NULL);
    return COMPLAINT_OK;
}

/* Intake and actions lie in one table, with room for both from the start. */
complaint_status cpl_take_intake(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    void *room = NULL;
    const cpl_json *actions = cpl_json_get(r->root, "actions");
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK && actions) s = cpl_need_filled(r, actions, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v) + cpl_json_count(actions), sizeof(cpl_action), &room);
    if (s != COMPLAINT_OK) return s;
    p->actions = r->actions = room;
    s = take_all(r, v, true);
    p->intake_count = p->action_count;
    return s == COMPLAINT_OK ? need_beginning(r, v) : s;
}

complaint_status cpl_take_actions(cpl_reading *r, const cpl_json *v, void *out) {
    (void)out;
    return take_all(r, v, false);
}
