/*
 * policy/parse_notices: what leaves the house, and the events that notices and clocks hang on.
 *
 * Owns: triggers and `notices`. Must not know: how a notice is delivered.
 */
#include "policy/parts.h"

#include <string.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* ---- triggers: `forward`, `flag:urgent`, `flag_cleared:urgent`, `classify:service`, `delivered:acknowledgement` ---- */

/* What is no event of its own, but follows from a verb when it asks for a certain field ("": any). */
static const struct {
    const char *name;
    int32_t kind, verb;
    const char *field;
    const char *thai, *english;
} derived[] = {
    {"flag_cleared", CPL_TRIGGER_FLAG_CLEARED, CPL_EV_FLAG, "clear", "ยกเลิกเครื่องหมาย", "flag taken back"},
    {"attempts_exhausted", CPL_TRIGGER_ATTEMPTS_EXHAUSTED, CPL_EV_ATTEMPT, "", "พยายามติดต่อครบตามจำนวนครั้ง", "attempts exhausted"},
};

const char *cpl_trigger_label(int32_t kind, int32_t language) {
    for (size_t i = 0; i < LENGTH(derived); i++)
        if (derived[i].kind == kind) return language == COMPLAINT_THAI ? derived[i].thai : derived[i].english;
    return NULL;
}

int32_t cpl_trigger_verb(int32_t kind) {
    for (size_t i = 0; i < LENGTH(derived); i++)
        if (derived[i].kind == kind) return derived[i].verb;
    return cpl_event_is_action(kind) ? kind : 0;
}

static int32_t find_trigger(cpl_str name) {
    for (size_t i = 0; i < LENGTH(derived); i++)
        if (cpl_str_is(name, derived[i].name)) return derived[i].kind;
    return cpl_event_find(name);
}

static bool asks_for(const complaint_policy *p, const cpl_action *a, const char *field) {
    int at = cpl_policy_field(p, cpl_str_of(field));
    return *field == '\0' || (at >= 0 && cpl_policy_asks(a, at));
}

const cpl_action *cpl_trigger_action(const complaint_policy *p, int32_t kind) {
    for (size_t i = 0; i < LENGTH(derived); i++)
        if (derived[i].kind == kind) return cpl_policy_action(p, derived[i].verb);
    return cpl_policy_action(p, kind);
}

/* Whether it can happen at this office. */
static bool happens(const complaint_policy *p, int32_t kind) {
    for (size_t i = 0; i < LENGTH(derived); i++) {
        const cpl_action *a = cpl_trigger_action(p, kind);
        if (derived[i].kind == kind) return a && asks_for(p, a, derived[i].field) && (kind != CPL_TRIGGER_ATTEMPTS_EXHAUSTED || cpl_policy_attempts(p));
    }
    return !cpl_event_is_action(kind) || cpl_policy_action(p, kind);
}

static void split(cpl_str s, cpl_str *name, cpl_str *qualifier, bool *colon) {
    const char *at = memchr(s.p, ':', s.n);
    size_t n = at ? (size_t)(at - s.p) : s.n;
    *name = (cpl_str){s.p, n};
    *qualifier = at ? (cpl_str){at + 1, s.n - n - 1} : (cpl_str){"", 0};
    *colon = at != NULL;
}

static bool is_delivery(int32_t kind) { return kind == CPL_EV_DELIVERED || kind == CPL_EV_REFUSED; }

/* Before there is a case, or told of one afterwards: nothing of a case hangs on it. */
static bool is_about_a_case(int32_t kind) {
    return is_delivery(kind) || cpl_trigger_label(kind, COMPLAINT_ENGLISH) ||
           (cpl_event_is_action(kind) && kind != CPL_EV_RECEIVE && kind != CPL_EV_SET_ASIDE && kind != CPL_EV_CHECK_CHANNEL && kind != CPL_EV_EXECUTIVE_INTAKE);
}

static bool is_of_a_flag(int32_t kind) { return kind == CPL_EV_FLAG || kind == CPL_TRIGGER_FLAG_CLEARED; }

/* A delivery without the notice's name would be met by any reminder to the staff. */
static bool is_well_formed(int32_t kind, bool colon) { return is_delivery(kind) ? colon : (!colon || is_of_a_flag(kind) || kind == CPL_EV_CLASSIFY); }

static complaint_status keep_flag(cpl_reading *r, const cpl_json *v, cpl_str id, cpl_str *kept) {
    int i = cpl_policy_flag(r->p, id);
    if (i < 0) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_FLAG, id, NULL);
    *kept = r->p->flags[i].code.id;
    return COMPLAINT_OK;
}

static complaint_status keep_class(cpl_reading *r, const cpl_json *v, cpl_str id, cpl_str *kept) {
    int i = cpl_policy_class(r->p, id);
    if (i < 0) return cpl_policy_fault(r, v, CPL_FAULT_CLASS, id, NULL);
    *kept = r->p->classes[i].code.id;
    return COMPLAINT_OK;
}

/* Knows only the notices read so far, so a notice can follow the fate of an earlier one and never of itself. */
static complaint_status keep_notice(cpl_reading *r, const cpl_json *v, cpl_str id, cpl_str *kept) {
    int i = cpl_policy_notice(r->p, id);
    if (i < 0) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_NOTICE, id, NULL);
    *kept = r->p->notices[i].id;
    return COMPLAINT_OK;
}

static complaint_status take_trigger(cpl_reading *r, const cpl_json *v, cpl_trigger *out) {
    cpl_str name, qualifier;
    bool colon;
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s != COMPLAINT_OK) return s;
    split(cpl_json_str(v), &name, &qualifier, &colon);
    cpl_trigger t = {.kind = find_trigger(name), .qualifier = {"", 0}};
    if (t.kind == 0) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_EVENT, name, NULL);
    if (!is_about_a_case(t.kind)) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_NO_CASE, name, NULL);
    if (!happens(r->p, t.kind)) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_NEVER, name, NULL);
    if (!is_well_formed(t.kind, colon)) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_QUALIFIER, cpl_json_str(v), NULL);
    if (colon && is_delivery(t.kind)) s = keep_notice(r, v, qualifier, &t.qualifier);
    if (colon && is_of_a_flag(t.kind)) s = keep_flag(r, v, qualifier, &t.qualifier);
    if (colon && t.kind == CPL_EV_CLASSIFY) s = keep_class(r, v, qualifier, &t.qualifier);
    if (s == COMPLAINT_OK) *out = t;
    return s;
}

static complaint_status need_new_trigger(cpl_reading *r, const cpl_json *v, size_t at) {
    cpl_str s = cpl_json_str(cpl_json_at(v, at));
    for (size_t i = 0; i < at; i++)
        if (cpl_str_eq(cpl_json_str(cpl_json_at(v, i)), s)) return cpl_policy_fault(r, cpl_json_at(v, at), CPL_FAULT_DUPLICATE, s, NULL);
    return COMPLAINT_OK;
}

static bool is_kind_of(const cpl_class *c, const cpl_class *classes, const cpl_trigger *t) {
    return t->kind == CPL_EV_CLASSIFY && c->parent >= 0 && cpl_str_eq(classes[c->parent].code.id, t->qualifier);
}

/* A class stands for its sub-classes: their triggers follow behind the document's. `list` may be NULL, to count. */
static size_t add_kinds(const complaint_policy *p, const cpl_trigger *named, size_t count, cpl_trigger *list) {
    size_t n = count;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < p->class_count; k++) {
            if (!is_kind_of(&p->classes[k], p->classes, &named[i])) continue;
            if (list) list[n] = (cpl_trigger){CPL_EV_CLASSIFY, p->classes[k].code.id};
            n++;
        }
    return n;
}

static complaint_status spread_classes(cpl_reading *r, const cpl_trigger *named, size_t count, cpl_list *out) {
    void *room = NULL;
    complaint_status s = cpl_take_room(r, add_kinds(r->p, named, count, NULL), sizeof(cpl_trigger), &room);
    if (s != COMPLAINT_OK) return s;
    memcpy(room, named, count * sizeof *named);
    *out = (cpl_list){room, add_kinds(r->p, named, count, room)};
    return COMPLAINT_OK;
}

complaint_status cpl_take_triggers(cpl_reading *r, const cpl_json *v, void *out) {
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_trigger), &room);
    for (size_t i = 0; room && cpl_goes_on(r, s) && i < cpl_json_count(v); i++) {
        complaint_status one = take_trigger(r, cpl_json_at(v, i), (cpl_trigger *)room + i);
        s = cpl_both(s, one == COMPLAINT_OK ? need_new_trigger(r, v, i) : one);
    }
    return s == COMPLAINT_OK ? spread_classes(r, room, cpl_json_count(v), out) : s;
}

/* ---- notices ---- */

static complaint_status take_on(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_notice_def *notice = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_triggers(r, v, &list);
    notice->on = list.items;
    notice->on_count = list.count;
    return s;
}

/* No role has one of the two other names. */
static complaint_status take_recipient(cpl_reading *r, const cpl_json *v, void *out) {
    bool complainant = cpl_str_is(cpl_json_str(v), "complainant"), origin = cpl_str_is(cpl_json_str(v), "origin");
    if (!complainant && !origin) return cpl_take_index(r, v, cpl_policy_role, CPL_FAULT_NOTICE_ROLE, out);
    if (origin && r->p->origin_count == 0) return cpl_policy_fault(r, v, CPL_FAULT_NOTICE_ORIGIN, CPL_LIT("origin"), NULL);
    *(int *)out = complainant ? CPL_TO_COMPLAINANT : CPL_TO_ORIGIN;
    return COMPLAINT_OK;
}

static complaint_status take_to(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_notice_def *notice = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_one_or_more(r, v, take_recipient, sizeof(int), &list);
    notice->to = list.items;
    notice->to_count = list.count;
    return s;
}

static complaint_status take_text(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_index(r, v, cpl_policy_text, CPL_FAULT_TEXT, out); }

static complaint_status take_counts_as(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"acknowledged", CPL_COUNTS_AS_ACKNOWLEDGED}, {"told", CPL_COUNTS_AS_TOLD}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(cpl_counts_as *)out = (cpl_counts_as)value;
    return s;
}

/* What leaves the office says what the procedure says, and nothing of what the desk thinks. */
static complaint_status check_notice(cpl_reading *r, const cpl_json *v, const cpl_notice_def *n) {
    const cpl_text_def *text = &r->p->texts[n->text];
    bool complainant = cpl_notice_goes_to(n, CPL_TO_COMPLAINANT), outside = complainant || cpl_notice_goes_to(n, CPL_TO_ORIGIN);
    if (n->counts_as != CPL_COUNTS_AS_NOTHING && !(complainant && n->to_count == 1))
        return cpl_policy_fault(r, cpl_json_get(v, "counts_as"), CPL_FAULT_COUNTS_AS, CPL_LIT("counts_as"), NULL);
    if (outside && cpl_policy_text_asks(text, "{flags}")) return cpl_policy_fault(r, cpl_json_get(v, "text"), CPL_FAULT_FLAGS_TOLD, text->id, NULL);
    if (n->on_count && (cpl_policy_text_asks(text, "{clock}") || cpl_policy_text_asks(text, "{due}")))
        return cpl_policy_fault(r, cpl_json_get(v, "text"), CPL_FAULT_NOTICE_CLOCK, text->id, NULL);
    if (n->counts_as == CPL_COUNTS_AS_ACKNOWLEDGED && cpl_policy_text_asks(text, "{text}"))
        return cpl_policy_fault(r, cpl_json_get(v, "text"), CPL_FAULT_FREE_TEXT, text->id, NULL);
    return cpl_check_condition(r, v, n);
}

static complaint_status take_notice(cpl_reading *r, const cpl_json *v, size_t i, cpl_notice_def *notice) {
    static const cpl_member members[] = {
        CPL_MAY("on", take_on, cpl_notice_def, id), /* the whole notice: offset 0 */
        CPL_MAY("when", cpl_take_condition, cpl_notice_def, when),
        CPL_MUST("to", take_to, cpl_notice_def, id), /* the whole notice again */
        CPL_MUST("text", take_text, cpl_notice_def, text),
        CPL_MAY("urgent", cpl_take_bool, cpl_notice_def, urgent),
        CPL_MAY("counts_as", take_counts_as, cpl_notice_def, counts_as),
        CPL_MUST("source", cpl_take_string, cpl_notice_def, source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_notice_def);
    complaint_status s = cpl_take_key(r, v, i, &notice->id);
    if (s == COMPLAINT_OK) s = cpl_take_object(r, cpl_json_at(v, i), &shape, notice);
    return s == COMPLAINT_OK ? check_notice(r, cpl_json_at(v, i), notice) : s;
}

complaint_status cpl_take_notices(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_notice_def), &room);
    p->notices = room;
    for (size_t i = 0; room && cpl_goes_on(r, s) && i < cpl_json_count(v); i++) {
        s = cpl_both(s, take_notice(r, v, i, (cpl_notice_def *)room + i));
        p->notice_count = i + 1;
    }
    return s;
}
