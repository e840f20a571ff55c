/*
 * policy/parse_actions: who may do what in which state.
 *
 * Owns: `guards`, `intake` and `actions`, the guards the library knows. Must not know: how a guard decides.
 */
#include "policy/parts.h"

#include <string.h>

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
    {"told_before_close", CPL_GUARD_TOLD_BEFORE_CLOSE, "ต้องแจ้งผลผู้ร้องเรียน หรือบันทึกเหตุที่แจ้งไม่ได้ ก่อนปิดเรื่อง", "the complainant is told, or it is recorded why he cannot be, before closing"},
    {"route", CPL_GUARD_ROUTE, "ต้องดำเนินการตามเส้นทางของประเภทเรื่อง", "the way is that of the matter's class"},
    {"order_before_forward", CPL_GUARD_ORDER_BEFORE_FORWARD, "เรื่องที่ต้องเสนอบันทึกข้อความต้องมีคำสั่งผู้บริหารก่อนส่งหน่วยงาน",
     "a matter that goes by memorandum is ordered by the executive before a unit gets it"},
    {"examination_when_flagged", CPL_GUARD_EXAMINATION_WHEN_FLAGGED, "ต้องสั่งให้ตรวจสอบ", "an examination is ordered"},
    {"origin_before_close", CPL_GUARD_ORIGIN_BEFORE_CLOSE, "ต้องแจ้งหน่วยงานต้นเรื่องก่อนปิดเรื่อง", "the body that passed the matter on is answered before closing"},
    {"referrals_before_close", CPL_GUARD_REFERRALS_BEFORE_CLOSE, "ทุกหน่วยงานที่ได้รับเรื่องต้องรายงานผลหรือส่งคืนแล้วก่อนปิดเรื่อง", "every unit has reported or handed back before closing"},
    {"respondent_is_blind", CPL_GUARD_RESPONDENT_IS_BLIND, "ผู้ถูกร้องเรียนหรือผู้มีส่วนได้เสียต้องไม่ได้รับเรื่องและไม่เห็นเรื่อง",
     "who is complained about, or concerned, neither gets the matter nor sees it"},
    {"breach_reported_before_close", CPL_GUARD_BREACH_REPORTED_BEFORE_CLOSE, "เหตุข้อมูลของหน่วยงานรั่วไหลต้องบันทึกการแจ้งหน่วยงานกำกับดูแลแล้วก่อนเรื่องสิ้นสุด",
     "the office's own data breach is reported to the regulator before the case ends"},
    {"linked_result_before_close", CPL_GUARD_LINKED_RESULT_BEFORE_CLOSE, "ต้องมีผลของเรื่องนี้ หรือของเรื่องที่เชื่อมโยงกัน เว้นแต่ส่งหน่วยงานภายนอกแล้ว",
     "there is a result, of the matter itself or of one that it is linked with, unless an outside agency has it"},
    {"on_behalf_required", CPL_GUARD_ON_BEHALF_REQUIRED, "ผู้ที่บันทึกแทนต้องระบุว่าบันทึกแทนหน่วยงานหรือผู้มีอำนาจใด", "whoever enters another's word says whose it is"},
    {"own_unit_only", CPL_GUARD_OWN_UNIT_ONLY, "ทำได้เฉพาะเรื่องของหน่วยงานหรือของตนเอง เว้นแต่ผู้ทำเป็น", "it is said of one's own unit or of oneself only, unless by"},
    {"recusal_lifted_from_above", CPL_GUARD_RECUSAL_LIFTED_FROM_ABOVE, "ผู้ยกเลิกการกันออกจากเรื่องได้", "a recusal is taken back by"},
    {"agreed_before_forward", CPL_GUARD_AGREED_BEFORE_FORWARD, "ต้องทำตามความเห็นของหัวหน้าก่อนส่งต่อ", "what the head asked for happens before the case is forwarded"},
    {"ordered_unit", CPL_GUARD_ORDERED_UNIT, "ส่งได้เฉพาะหน่วยงานที่คำสั่งผู้บริหารระบุ (เมื่อคำสั่งระบุหน่วยงาน)", "where the executive's order names units, the matter goes to no other"},
};
#define GUARDS                                                                                                                                                                     \
    "fixed_acknowledgement, class_before_forward, consider_before_forward, transfer_needs_target, no_desk_finding, no_desk_reject, told_before_close, route, "                     \
    "order_before_forward, examination_when_flagged, origin_before_close, referrals_before_close, respondent_is_blind, breach_reported_before_close, "                              \
    "linked_result_before_close, on_behalf_required, own_unit_only, recusal_lifted_from_above, agreed_before_forward, ordered_unit"

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
    return cpl_json_type(v) == CPL_JSON_STRING ? take_all_flags(r, v, guard) : cpl_take_flag_bits(r, v, &guard->flags);
}

static complaint_status take_attempts(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_guard *guard = out;
    complaint_status s = cpl_take_int(r, v, &guard->attempts);
    return s == COMPLAINT_OK ? cpl_need_range(r, v, CPL_FAULT_RANGE, 1, 99) : s;
}

/* Choices of a field that the library knows. */
static complaint_status take_choices_of(cpl_reading *r, const cpl_json *v, cpl_str field, cpl_list *out) {
    int at = cpl_policy_field(r->p, field);
    complaint_status s = cpl_take_strings(r, v, out);
    if (cpl_is_faulty(r, cpl_json_get(r->root, "fields"))) return s; /* as has been said */
    for (size_t i = 0; s == COMPLAINT_OK && i < out->count; i++) {
        cpl_str choice = ((const cpl_str *)out->items)[i];
        size_t k = 0;
        while (at >= 0 && k < r->p->fields[at].choice_count && !cpl_str_eq(r->p->fields[at].choices[k], choice)) k++;
        if (at < 0 || k == r->p->fields[at].choice_count) s = cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_CHOICE, choice, field.p);
    }
    return s;
}

static complaint_status take_guard_choices(cpl_reading *r, const cpl_json *v, cpl_str field, const cpl_str **items, size_t *count) {
    cpl_list list = {NULL, 0};
    complaint_status s = take_choices_of(r, v, field, &list);
    *items = list.items;
    *count = list.count;
    return s;
}

/* Why a complainant was not told, where that has to be shown by attempts. */
static complaint_status take_reasons(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_guard *guard = out;
    return take_guard_choices(r, v, CPL_LIT("why_not_told"), &guard->reasons, &guard->reason_count);
}

/* Why a complainant was not told, where that is true of who is anonymous only. */
static complaint_status take_nameless(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_guard *guard = out;
    return take_guard_choices(r, v, CPL_LIT("why_not_told"), &guard->nameless, &guard->nameless_count);
}

/* The kinds of links by which one case's result is another's too. */
static complaint_status take_links(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_guard *guard = out;
    return take_guard_choices(r, v, CPL_LIT("link"), &guard->links, &guard->link_count);
}

static complaint_status take_holds(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_guard *guard = out;
    return take_guard_choices(r, v, CPL_LIT("decision"), &guard->holds, &guard->hold_count);
}

static complaint_status take_executive_first(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_guard *guard = out;
    return take_guard_choices(r, v, CPL_LIT("decision"), &guard->executive_first, &guard->executive_first_count);
}

/* Verbs on a case. */
static complaint_status take_releases(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_guard *guard = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_strings(r, v, &list);
    for (size_t i = 0; s == COMPLAINT_OK && i < list.count; i++) {
        cpl_str name = ((const cpl_str *)list.items)[i];
        int32_t kind = cpl_event_find(name);
        if (kind == 0 || !cpl_event_is_action(kind)) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_VERB, name, NULL);
        guard->released_by |= UINT64_C(1) << kind;
    }
    return s;
}

static complaint_status take_guard_roles(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_bits(r, v, cpl_policy_role, CPL_FAULT_ROLE, &((cpl_guard *)out)->roles); }

/* Keys that mean something with certain guards only; `needed`: which then cannot do without. */
static const struct {
    const char *key;
    cpl_guard_kind kind;
    bool needed;
} guard_keys[] = {
    {"flags", CPL_GUARD_CONSIDER_BEFORE_FORWARD, true},
    {"flags", CPL_GUARD_EXAMINATION_WHEN_FLAGGED, true},
    {"attempts", CPL_GUARD_TOLD_BEFORE_CLOSE, false},
    {"reasons", CPL_GUARD_TOLD_BEFORE_CLOSE, false},
    {"nameless", CPL_GUARD_TOLD_BEFORE_CLOSE, false},
    {"roles", CPL_GUARD_NO_DESK_REJECT, true},
    {"roles", CPL_GUARD_ON_BEHALF_REQUIRED, true},
    {"roles", CPL_GUARD_OWN_UNIT_ONLY, true},
    {"roles", CPL_GUARD_RECUSAL_LIFTED_FROM_ABOVE, true},
    {"links", CPL_GUARD_LINKED_RESULT_BEFORE_CLOSE, true},
    {"holds", CPL_GUARD_AGREED_BEFORE_FORWARD, false},
    {"executive_first", CPL_GUARD_AGREED_BEFORE_FORWARD, false},
    {"released_by", CPL_GUARD_AGREED_BEFORE_FORWARD, false},
};

static bool takes(cpl_guard_kind kind, const char *key) {
    for (size_t i = 0; i < LENGTH(guard_keys); i++)
        if (guard_keys[i].kind == kind && cpl_str_is(cpl_str_of(key), guard_keys[i].key)) return true;
    return false;
}

/* The guards that a key is for, as a list. */
static const char *guards_with(const char *key, char *out, size_t capacity) {
    size_t n = 0;
    *out = '\0';
    for (size_t i = 0; i < LENGTH(guards); i++) {
        size_t size = strlen(guards[i].id), comma = n ? 2 : 0;
        if (!takes(guards[i].kind, key) || n + comma + size >= capacity) continue;
        memcpy(out + n, ", ", comma);
        memcpy(out + n + comma, guards[i].id, size + 1);
        n += comma + size;
    }
    return out;
}

static complaint_status check_guard_keys(cpl_reading *r, const cpl_json *body, const cpl_guard *guard) {
    char known[256];
    for (size_t i = 0; i < LENGTH(guard_keys); i++) {
        const char *key = guard_keys[i].key;
        const cpl_json *at = cpl_json_get(body, key);
        if (at && !takes(guard->kind, key)) return cpl_policy_fault(r, at, CPL_FAULT_GUARD_KEY, cpl_str_of(key), guards_with(key, known, sizeof known));
        if (!at && guard_keys[i].needed && guard_keys[i].kind == guard->kind) return cpl_policy_fault(r, body, CPL_FAULT_MISSING_KEY, cpl_str_of(key), NULL);
    }
    if (guard->kind == CPL_GUARD_AGREED_BEFORE_FORWARD && guard->hold_count + guard->executive_first_count == 0)
        return cpl_policy_fault(r, body, CPL_FAULT_NOTHING_NAMED, guard->id, "holds, executive_first");
    if (!guard->attempts == !guard->reason_count) return COMPLAINT_OK; /* a number of what, for what */
    return cpl_policy_fault(r, body, CPL_FAULT_MISSING_KEY, guard->attempts ? CPL_LIT("reasons") : CPL_LIT("attempts"), NULL);
}

static complaint_status take_guard(cpl_reading *r, const cpl_json *v, size_t i, cpl_guard *guard) {
    static const cpl_member members[] = {
        CPL_MAY("flags", take_guard_flags, cpl_guard, kind), CPL_MAY("attempts", take_attempts, cpl_guard, kind), /* the whole guard: offset 0 */
        CPL_MAY("reasons", take_reasons, cpl_guard, kind),   CPL_MAY("roles", take_guard_roles, cpl_guard, kind),
        CPL_MAY("links", take_links, cpl_guard, kind),       CPL_MAY("holds", take_holds, cpl_guard, kind),
        CPL_MAY("executive_first", take_executive_first, cpl_guard, kind), CPL_MAY("released_by", take_releases, cpl_guard, kind),
        CPL_MAY("nameless", take_nameless, cpl_guard, kind),
        CPL_MAY("waived_for_history", cpl_take_bool, cpl_guard, waived),
        CPL_MUST("source", cpl_take_string, cpl_guard, source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_guard);
    const cpl_json *body = cpl_json_at(v, i);
    size_t row = guard_row(cpl_json_key(v, i));
    if (row == LENGTH(guards)) return cpl_policy_fault(r, body, CPL_FAULT_GUARD_UNKNOWN, cpl_json_key(v, i), GUARDS);
    guard->id = cpl_str_of(guards[row].id);
    guard->kind = guards[row].kind;
    complaint_status s = cpl_take_object(r, body, &shape, guard);
    return s == COMPLAINT_OK ? check_guard_keys(r, body, guard) : s;
}

complaint_status cpl_take_guards(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    void *room = NULL;
    complaint_status s = cpl_need_type(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK && cpl_json_count(v)) s = cpl_need_filled(r, v, CPL_JSON_OBJECT); /* an office may have none */
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_guard), &room);
    for (size_t i = 0; room && cpl_goes_on(r, s) && i < cpl_json_count(v); i++) s = cpl_both(s, take_guard(r, v, i, (cpl_guard *)room + i));
    p->guards = room;
    p->guard_count = room ? cpl_json_count(v) : 0;
    return s;
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
} needs[] = {
    {CPL_EV_CLASSIFY, "class"},
    {CPL_EV_FLAG, "flag"},
    {CPL_EV_ASSIGN, "assignee"},
    {CPL_EV_FORWARD, "unit"},
    {CPL_EV_REFER, "unit"},
    {CPL_EV_ACCEPT, "from_unit"},
    {CPL_EV_HAND_BACK, "from_unit"},
    {CPL_EV_REPORT_PROGRESS, "from_unit"},
    {CPL_EV_EXTEND, "days"},
    {CPL_EV_REPORT_RESULT, "from_unit"},
    {CPL_EV_REPORT_RESULT, "outcome"},
    {CPL_EV_REPLY_ORIGIN, "paper_no"},
    {CPL_EV_ADD_PAPER, "paper_no"},
    {CPL_EV_LINK, "case"},
    {CPL_EV_UNLINK, "case"},
    {CPL_EV_CORRECT, "event"},
};

/* Verbs that say nothing without one of these. */
static const struct {
    int32_t kind;
    const char *const fields[4];
    const char *list;
} choices[] = {
    {CPL_EV_RECUSE, {"person", "concerned_unit", "role"}, "person, concerned_unit, role"},
    {CPL_EV_UPDATE_COMPLAINANT, {"identity", "name", "address", "channel"}, "identity, name, address, channel"},
};

/* ---- one action ---- */

typedef struct body {
    uint64_t from, roles, stay_classes;
    int64_t stay_flags;
    int to, *to_from;
    cpl_list required, optional, demands, guards;
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

/* No state has the name "back". */
static complaint_status take_target(cpl_reading *r, const cpl_json *v, int *out) {
    if (!cpl_str_is(cpl_json_str(v), "back")) return cpl_take_index(r, v, cpl_policy_state, CPL_FAULT_STATE, out);
    *out = CPL_TO_BACK;
    return COMPLAINT_OK;
}

static uint64_t from_bit(size_t state) { return UINT64_C(1) << state; }

/* One line of a "to" that depends on the state, or the "*" for all that have none. */
static complaint_status take_way(cpl_reading *r, const cpl_json *v, size_t i, body *b, uint64_t *named) {
    cpl_str key = cpl_json_key(v, i);
    if (cpl_str_is(key, "*")) return take_target(r, cpl_json_at(v, i), &b->to);
    int state = cpl_policy_state(r->p, key);
    if (state < 0) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_STATE, key, NULL);
    if (!(b->from & from_bit((size_t)state))) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_TO_FROM, key, NULL);
    *named |= from_bit((size_t)state);
    return take_target(r, cpl_json_at(v, i), &b->to_from[state]);
}

/* Every state that the action starts from has one way; "*" has some left. `from` was read before. */
static complaint_status take_ways(cpl_reading *r, const cpl_json *v, body *b) {
    void *room = NULL;
    uint64_t named = 0, left = 0;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, r->p->state_count, sizeof(int), &room);
    b->to_from = room;
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) s = take_way(r, v, i, b, &named);
    for (size_t i = 0; s == COMPLAINT_OK && i < r->p->state_count; i++) {
        if (named & from_bit(i)) continue;
        b->to_from[i] = b->to;
        left |= b->from & from_bit(i);
        if ((b->from & from_bit(i)) && !cpl_json_get(v, "*")) s = cpl_policy_fault(r, v, CPL_FAULT_TO_MISSING, r->p->states[i].code.id, NULL);
    }
    if (s == COMPLAINT_OK && !left && cpl_json_get(v, "*")) s = cpl_policy_fault(r, cpl_json_get(v, "*"), CPL_FAULT_TO_REST, CPL_LIT("*"), NULL);
    return s;
}

static complaint_status take_to(cpl_reading *r, const cpl_json *v, void *out) {
    body *b = out;
    return cpl_json_type(v) == CPL_JSON_OBJECT ? take_ways(r, v, b) : take_target(r, v, &b->to);
}

static complaint_status take_stay_flags(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_flag_bits(r, v, &((body *)out)->stay_flags); }

/* A class stands for its sub-classes too. */
static complaint_status add_class(cpl_reading *r, const cpl_json *v, int class_at, uint64_t *bits) {
    for (size_t i = (size_t)class_at; i < r->p->class_count; i++) {
        if (i != (size_t)class_at && r->p->classes[i].parent != class_at) continue;
        if (i >= CPL_POLICY_BITS_MAX) return cpl_policy_fault(r, v, CPL_FAULT_CLASS_LATE, r->p->classes[i].code.id, NULL);
        *bits |= UINT64_C(1) << i;
    }
    return COMPLAINT_OK;
}

static complaint_status take_stay_classes(cpl_reading *r, const cpl_json *v, void *out) {
    body *b = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_indexes(r, v, cpl_policy_class, CPL_FAULT_CLASS, &list);
    for (size_t i = 0; cpl_goes_on(r, s) && i < list.count; i++) s = cpl_both(s, add_class(r, cpl_json_at(v, i), ((const int *)list.items)[i], &b->stay_classes));
    return s;
}

static complaint_status take_unless(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {CPL_MAY("flags", take_stay_flags, body, from), CPL_MAY("classes", take_stay_classes, body, from)}; /* the whole body: offset 0 */
    static const cpl_shape shape = CPL_SHAPE(members, body);
    complaint_status s = cpl_take_object(r, v, &shape, out);
    return s == COMPLAINT_OK && cpl_json_count(v) == 0 ? cpl_policy_fault(r, v, CPL_FAULT_NOTHING_NAMED, CPL_LIT("unless"), "flags, classes") : s;
}

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
        CPL_MAY("required_when", cpl_take_demands, body, demands),
        CPL_MUST("source", cpl_take_string, body, source),
    };
    static const cpl_member action_members[] = {
        CPL_MUST("from", take_from, body, from),          CPL_MAY("to", take_to, body, from), /* the whole body: offset 0 */
        CPL_MAY("unless", take_unless, body, from),
        CPL_MUST("roles", take_roles, body, roles),       CPL_MAY("required", take_fields, body, required),
        CPL_MAY("optional", take_fields, body, optional), CPL_MAY("required_when", cpl_take_demands, body, demands),
        CPL_MAY("guards", take_guard_names, body, guards),
        CPL_MAY("extends", cpl_take_later, body, from),   CPL_MUST("source", cpl_take_string, body, source),
    };
    static const cpl_shape intake_shape = CPL_SHAPE(intake_members, body), action_shape = CPL_SHAPE(action_members, body);
    return cpl_take_object(r, v, intake ? &intake_shape : &action_shape, b);
}

static bool lists(const cpl_list *list, int index) {
    for (size_t i = 0; i < list->count; i++)
        if (((const int *)list->items)[i] == index) return true;
    return false;
}

static bool goes_back(const complaint_policy *p, const body *b) {
    bool back = b->to == CPL_TO_BACK;
    for (size_t i = 0; b->to_from && i < p->state_count; i++) back |= b->to_from[i] == CPL_TO_BACK;
    return back;
}

/* Keys that mean something with certain verbs, or together, only. */
static complaint_status check_ways(cpl_reading *r, const cpl_json *v, int32_t kind, const body *b) {
    const cpl_json *unless = cpl_json_get(v, "unless"), *extends = cpl_json_get(v, "extends");
    if (kind != CPL_EV_RESUME && goes_back(r->p, b)) return cpl_policy_fault(r, cpl_json_get(v, "to"), CPL_FAULT_BACK, CPL_LIT("back"), NULL);
    if (unless && !cpl_json_get(v, "to")) return cpl_policy_fault(r, unless, CPL_FAULT_ONLY_WITH, CPL_LIT("unless"), "\"to\"");
    if (extends && kind != CPL_EV_EXTEND) return cpl_policy_fault(r, extends, CPL_FAULT_VERB_KEY, CPL_LIT("extends"), "extend");
    if (!extends && kind == CPL_EV_EXTEND) return cpl_policy_fault(r, v, CPL_FAULT_MISSING_KEY, CPL_LIT("extends"), NULL);
    return COMPLAINT_OK;
}

static bool asks_for(const complaint_policy *p, const body *b, const char *field) {
    int at = cpl_policy_field(p, cpl_str_of(field));
    return at >= 0 && (lists(&b->required, at) || lists(&b->optional, at));
}

static complaint_status check_choice(cpl_reading *r, const cpl_json *v, int32_t kind, const body *b) {
    for (size_t i = 0; i < LENGTH(choices); i++) {
        bool asked = choices[i].kind != kind;
        for (size_t k = 0; k < LENGTH(choices[i].fields) && choices[i].fields[k]; k++) asked |= asks_for(r->p, b, choices[i].fields[k]);
        if (!asked) return cpl_policy_fault(r, v, CPL_FAULT_FIELD_ONE_OF, cpl_str_of(cpl_event_name(kind)), choices[i].list);
    }
    return COMPLAINT_OK;
}

static complaint_status check_fields(cpl_reading *r, const cpl_json *v, int32_t kind, const body *b) {
    for (size_t i = 0; i < b->optional.count; i++) {
        int field = ((const int *)b->optional.items)[i];
        if (lists(&b->required, field)) return cpl_policy_fault(r, cpl_json_at(cpl_json_get(v, "optional"), i), CPL_FAULT_FIELD_TWICE, r->p->fields[field].code.id, NULL);
    }
    for (size_t i = 0; i < LENGTH(needs); i++)
        if (needs[i].kind == kind && !lists(&b->required, cpl_policy_field(r->p, cpl_str_of(needs[i].field))))
            return cpl_policy_fault(r, v, CPL_FAULT_FIELD_NEEDED, cpl_str_of(needs[i].field), NULL);
    complaint_status s = cpl_check_demands(r, cpl_json_get(v, "required_when"), &b->demands, &b->required, &b->optional);
    return s == COMPLAINT_OK ? check_choice(r, v, kind, b) : s;
}

static cpl_action action_of(int32_t kind, const body *b) {
    return (cpl_action){
        .kind = kind,
        .source = b->source,
        .from = b->from,
        .to = b->to,
        .to_from = b->to_from,
        .stay_flags = b->stay_flags,
        .stay_classes = b->stay_classes,
        .roles = b->roles,
        .required = b->required.items,
        .required_count = b->required.count,
        .optional = b->optional.items,
        .optional_count = b->optional.count,
        .demands = b->demands.items,
        .demand_count = b->demands.count,
        .guards = b->guards.items,
        .guard_count = b->guards.count,
    };
}

static complaint_status take_action(cpl_reading *r, const cpl_json *v, size_t i, bool intake) {
    body b = {.from = UINT64_MAX, .to = CPL_TO_STAY};
    int32_t kind = 0;
    complaint_status s = take_verb(r, v, i, intake, &kind);
    if (s == COMPLAINT_OK) s = take_body(r, cpl_json_at(v, i), intake, &b);
    if (s == COMPLAINT_OK && !intake) s = check_ways(r, cpl_json_at(v, i), kind, &b);
    if (s == COMPLAINT_OK) s = check_fields(r, cpl_json_at(v, i), kind, &b);
    if (s == COMPLAINT_OK)
        r->actions[r->p->action_count++] = action_of(kind, &b);
    else
        cpl_lose(r);
    return s;
}

static complaint_status take_all(cpl_reading *r, const cpl_json *v, bool intake) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(v); i++) s = cpl_both(s, take_action(r, v, i, intake));
    return s;
}

/* Without these two verbs no case would ever begin. */
static complaint_status need_beginning(cpl_reading *r, const cpl_json *v) {
    static const char *const verbs[] = {"receive", "triage"};
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < LENGTH(verbs); i++)
        if (!cpl_json_get(v, verbs[i])) s = cpl_policy_fault(r, v, CPL_FAULT_MISSING_KEY, cpl_str_of(verbs[i]), NULL);
    return s;
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
    return cpl_goes_on(r, s) ? cpl_both(s, need_beginning(r, v)) : s;
}

complaint_status cpl_take_actions(cpl_reading *r, const cpl_json *v, void *out) {
    (void)out;
    return r->actions ? take_all(r, v, false) : COMPLAINT_E_POLICY; /* intake could not be read, as has been said */
}

/* ---- extensions ---- */

bool cpl_policy_asks(const cpl_action *a, int field) {
    for (size_t i = 0; i < a->required_count; i++)
        if (a->required[i] == field) return true;
    for (size_t i = 0; i < a->optional_count; i++)
        if (a->optional[i] == field) return true;
    return false;
}

/* A date that somebody else gave is not the office's to move. */
static complaint_status check_extended(cpl_reading *r, const cpl_json *v, const cpl_list *clocks) {
    for (size_t i = 0; i < clocks->count; i++) {
        const cpl_clock_def *clock = &r->p->clocks[((const int *)clocks->items)[i]];
        if (clock->date_field >= 0) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_CLOCK_GIVEN, clock->code.id, NULL);
    }
    return COMPLAINT_OK;
}

complaint_status cpl_take_extensions(cpl_reading *r, const cpl_json *actions) {
    const cpl_json *v = cpl_json_get(cpl_json_get(actions, "extend"), "extends");
    cpl_list list = {NULL, 0};
    if (!v) return COMPLAINT_OK;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_indexes(r, v, cpl_policy_clock, CPL_FAULT_CLOCK, &list);
    if (s == COMPLAINT_OK) s = check_extended(r, v, &list);
    for (size_t i = 0; s == COMPLAINT_OK && i < r->p->action_count; i++) {
        if (r->actions[i].kind != CPL_EV_EXTEND) continue;
        r->actions[i].extends = list.items;
        r->actions[i].extend_count = list.count;
    }
    return s;
}
