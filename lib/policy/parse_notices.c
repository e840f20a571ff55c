/*
 * policy/parse_notices: what leaves the house, and the events that notices and clocks hang on.
 *
 * Owns: triggers and `notices`. Must not know: how a notice is delivered.
 */
#include "policy/parts.h"

#include <string.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* ---- triggers: `forward`, `flag:urgent`, `flag_cleared:urgent`, `classify:service`, `consider:agreed`, `delivered:acknowledgement` ---- */

/* What is no event of its own, but follows from a verb when it asks for a certain field ("": any). */
static const struct {
    const char *name;
    int32_t kind, verb;
    const char *field;
    const char *thai, *english;
} derived[] = {
    {"flag_cleared", CPL_TRIGGER_FLAG_CLEARED, CPL_EV_FLAG, "clear", "ยกเลิกเครื่องหมาย", "flag taken back"},
    {"attempts_exhausted", CPL_TRIGGER_ATTEMPTS_EXHAUSTED, CPL_EV_ATTEMPT, "", "พยายามติดต่อครบตามจำนวนครั้ง", "attempts exhausted"},
    {"returned", CPL_TRIGGER_RETURNED, CPL_EV_HAND_BACK, "", "เรื่องกลับมาที่จุดรับเรื่อง", "back at the desk"},
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

/* Whose log the event lies in. */
static cpl_about about_of(int32_t kind) { return kind == CPL_EV_SET_ASIDE ? CPL_ABOUT_MESSAGE : kind == CPL_EV_DUTY_UNCHECKED ? CPL_ABOUT_DAY : CPL_ABOUT_CASE; }

/* A delivery without the notice's name would be met by any reminder to the staff. */
static bool is_well_formed(int32_t kind, bool colon) { return is_delivery(kind) ? colon : (!colon || is_of_a_flag(kind) || kind == CPL_EV_CLASSIFY || cpl_trigger_choice(kind) || about_of(kind) == CPL_ABOUT_DAY); }

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
    if (r->p->notices[i].about != CPL_ABOUT_CASE) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_NO_CASE, cpl_json_str(v), NULL);
    *kept = r->p->notices[i].id;
    return COMPLAINT_OK;
}

/* Why a message is set aside is said in the field `aside`, what the head decides in `decision`. */
static complaint_status keep_choice(cpl_reading *r, const cpl_json *v, int32_t kind, cpl_str id, cpl_str *kept) {
    static const char *const parts[] = {"fields", "intake", "actions"};
    for (size_t i = 0; i < LENGTH(parts); i++)
        if (cpl_is_faulty(r, cpl_json_get(r->root, parts[i]))) return COMPLAINT_OK; /* as has been said */
    int at = cpl_policy_field(r->p, cpl_str_of(cpl_trigger_choice(kind)));
    const cpl_field *field = at >= 0 && cpl_policy_asks(cpl_policy_action(r->p, kind), at) ? &r->p->fields[at] : NULL;
    for (size_t i = 0; field && i < field->choice_count; i++)
        if (cpl_str_eq(field->choices[i], id)) {
            *kept = field->choices[i];
            return COMPLAINT_OK;
        }
    return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_CHOICE, id, cpl_trigger_choice(kind));
}

/* A channel somebody is reminded of; without a name any. */
static complaint_status keep_channel(cpl_reading *r, const cpl_json *v, const cpl_str *id, cpl_str *kept) {
    if (cpl_is_faulty(r, cpl_json_get(r->root, "channels"))) return COMPLAINT_OK; /* as has been said */
    for (size_t i = 0; i < r->p->channel_count; i++) {
        const cpl_channel *c = &r->p->channels[i];
        if (c->remind_at < 0 || (id && !cpl_str_eq(c->code.id, *id))) continue;
        if (id) *kept = c->code.id;
        return COMPLAINT_OK;
    }
    return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_CHANNEL, id ? *id : cpl_json_str(v), NULL);
}

/* `told`: for a notice, which may also hang on events of logs that are no case's. */
static complaint_status take_trigger(cpl_reading *r, const cpl_json *v, bool told, cpl_trigger *out) {
    cpl_str name, qualifier;
    bool colon;
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s != COMPLAINT_OK) return s;
    split(cpl_json_str(v), &name, &qualifier, &colon);
    cpl_trigger t = {.kind = find_trigger(name), .qualifier = {"", 0}};
    if (t.kind == 0) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_EVENT, name, NULL);
    if (!is_about_a_case(t.kind) && !(told && about_of(t.kind) != CPL_ABOUT_CASE)) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_NO_CASE, name, NULL);
    if (!happens(r->p, t.kind)) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_NEVER, name, NULL);
    if (!is_well_formed(t.kind, colon)) return cpl_policy_fault(r, v, CPL_FAULT_TRIGGER_QUALIFIER, cpl_json_str(v), NULL);
    if (colon && is_delivery(t.kind)) s = keep_notice(r, v, qualifier, &t.qualifier);
    if (colon && is_of_a_flag(t.kind)) s = keep_flag(r, v, qualifier, &t.qualifier);
    if (colon && t.kind == CPL_EV_CLASSIFY) s = keep_class(r, v, qualifier, &t.qualifier);
    if (colon && cpl_trigger_choice(t.kind)) s = keep_choice(r, v, t.kind, qualifier, &t.qualifier);
    if (t.kind == CPL_EV_DUTY_UNCHECKED) s = keep_channel(r, v, colon ? &qualifier : NULL, &t.qualifier);
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

static complaint_status take_triggers(cpl_reading *r, const cpl_json *v, bool told, cpl_list *out) {
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_trigger), &room);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(v); i++) {
        complaint_status one = take_trigger(r, cpl_json_at(v, i), told, (cpl_trigger *)room + i);
        s = cpl_both(s, one == COMPLAINT_OK ? need_new_trigger(r, v, i) : one);
    }
    return s == COMPLAINT_OK ? spread_classes(r, room, cpl_json_count(v), out) : s;
}

complaint_status cpl_take_triggers(cpl_reading *r, const cpl_json *v, void *out) { return take_triggers(r, v, false, out); }

/* ---- notices ---- */

/* A notice lies in one log with what it hangs on. */
static complaint_status take_on(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_notice_def *notice = out;
    cpl_list list = {NULL, 0};
    complaint_status s = take_triggers(r, v, true, &list);
    if (s != COMPLAINT_OK) return s;
    notice->on = list.items;
    notice->on_count = list.count;
    notice->about = about_of(notice->on[0].kind);
    for (size_t i = 1; i < cpl_json_count(v); i++)
        if (about_of(notice->on[i].kind) != notice->about) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_NOTICE_MIXED, cpl_json_str(cpl_json_at(v, i)), NULL);
    return COMPLAINT_OK;
}

/* No role has one of the other names. */
static complaint_status take_recipient(cpl_reading *r, const cpl_json *v, void *out) {
    static const struct {
        const char *name;
        int to;
    } others[] = {{"complainant", CPL_TO_COMPLAINANT}, {"origin", CPL_TO_ORIGIN}, {"sender", CPL_TO_SENDER}};
    for (size_t i = 0; i < LENGTH(others); i++) {
        if (!cpl_str_is(cpl_json_str(v), others[i].name)) continue;
        if (others[i].to == CPL_TO_ORIGIN && r->p->origin_count == 0) return cpl_policy_fault(r, v, CPL_FAULT_NOTICE_ORIGIN, CPL_LIT("origin"), NULL);
        *(int *)out = others[i].to;
        return COMPLAINT_OK;
    }
    return cpl_take_index(r, v, cpl_policy_role, CPL_FAULT_NOTICE_ROLE, out);
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

complaint_status cpl_take_counts_as(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"acknowledged", CPL_COUNTS_AS_ACKNOWLEDGED}, {"told", CPL_COUNTS_AS_TOLD}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(cpl_counts_as *)out = (cpl_counts_as)value;
    return s;
}

/* Complainants and origins are a case's, a sender is a message's. */
static complaint_status check_recipients(cpl_reading *r, const cpl_json *v, const cpl_notice_def *n) {
    const cpl_json *to = cpl_json_get(v, "to");
    for (size_t i = 0; i < n->to_count; i++) {
        cpl_about known = n->to[i] == CPL_TO_SENDER ? CPL_ABOUT_MESSAGE : n->to[i] < 0 ? CPL_ABOUT_CASE : n->about;
        const cpl_json *at = cpl_json_type(to) == CPL_JSON_ARRAY ? cpl_json_at(to, i) : to;
        if (known != n->about) return cpl_policy_fault(r, at, CPL_FAULT_NOTICE_TO, cpl_json_str(at), NULL);
    }
    return COMPLAINT_OK;
}

/* What a message and a day know nothing of. */
static complaint_status check_blanks(cpl_reading *r, const cpl_json *v, const cpl_notice_def *n) {
    static const struct {
        const char *blank;
        bool message, day; /* there is something to put into it */
    } blanks[] = {{"{number}", false, false}, {"{flags}", false, false}, {"{unit}", false, false},    {"{clock}", false, false},
                  {"{text}", true, false},    {"{due}", false, true},    {"{assignee}", false, true},
                  {"{case}", false, false},   {"{origin}", false, false}, {"{origin_ref}", false, false}};
    const cpl_text_def *text = &r->p->texts[n->text];
    for (size_t i = 0; n->about != CPL_ABOUT_CASE && i < LENGTH(blanks); i++)
        if (!(n->about == CPL_ABOUT_DAY ? blanks[i].day : blanks[i].message) && cpl_policy_text_asks(text, blanks[i].blank))
            return cpl_policy_fault(r, cpl_json_get(v, "text"), CPL_FAULT_NOTICE_BLANK, text->id, blanks[i].blank);
    return COMPLAINT_OK;
}

/* What leaves the office says what the procedure says, and nothing of what the desk thinks. */
static complaint_status check_text(cpl_reading *r, const cpl_json *v, const cpl_notice_def *n) {
    static const char *const inside[] = {"{flags}", "{assignee}"};
    const cpl_text_def *text = &r->p->texts[n->text];
    const cpl_json *at = cpl_json_get(v, "text");
    bool outside = cpl_notice_goes_to(n, CPL_TO_COMPLAINANT) || cpl_notice_goes_to(n, CPL_TO_ORIGIN) || cpl_notice_goes_to(n, CPL_TO_SENDER);
    for (size_t i = 0; outside && i < LENGTH(inside); i++)
        if (cpl_policy_text_asks(text, inside[i])) return cpl_policy_fault(r, at, CPL_FAULT_INSIDE_TOLD, text->id, inside[i]);
    if (n->on_count && n->about == CPL_ABOUT_CASE && (cpl_policy_text_asks(text, "{clock}") || cpl_policy_text_asks(text, "{due}"))) return cpl_policy_fault(r, at, CPL_FAULT_NOTICE_CLOCK, text->id, NULL);
    if (n->counts_as == CPL_COUNTS_AS_ACKNOWLEDGED && cpl_policy_text_asks(text, "{text}")) return cpl_policy_fault(r, at, CPL_FAULT_FREE_TEXT, text->id, NULL);
    return check_blanks(r, v, n);
}

static complaint_status check_notice(cpl_reading *r, const cpl_json *v, const cpl_notice_def *n) {
    if (n->counts_as != CPL_COUNTS_AS_NOTHING && !(n->to_count == 1 && n->to[0] == CPL_TO_COMPLAINANT))
        return cpl_policy_fault(r, cpl_json_get(v, "counts_as"), CPL_FAULT_COUNTS_AS, CPL_LIT("counts_as"), NULL);
    complaint_status s = check_recipients(r, v, n);
    if (s == COMPLAINT_OK) s = check_text(r, v, n);
    return s == COMPLAINT_OK ? cpl_check_condition(r, v, n) : s;
}

static complaint_status take_notice(cpl_reading *r, const cpl_json *v, size_t i, cpl_notice_def *notice) {
    static const cpl_member members[] = {
        CPL_MAY("label", cpl_take_label, cpl_notice_def, label),
        CPL_MAY("on", take_on, cpl_notice_def, id), /* the whole notice: offset 0 */
        CPL_MAY("when", cpl_take_condition, cpl_notice_def, when),
        CPL_MUST("to", take_to, cpl_notice_def, id), /* the whole notice again */
        CPL_MUST("text", take_text, cpl_notice_def, text),
        CPL_MAY("urgent", cpl_take_bool, cpl_notice_def, urgent),
        CPL_MAY("counts_as", cpl_take_counts_as, cpl_notice_def, counts_as),
        CPL_MUST("source", cpl_take_string, cpl_notice_def, source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_notice_def);
    complaint_status s = cpl_take_key(r, v, i, &notice->id);
    notice->label = (cpl_label){notice->id, notice->id};
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
