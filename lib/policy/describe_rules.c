/*
 * policy/describe_rules: who may do what and when, what leaves the house, what is due.
 *
 * Owns: the words around actions, notices and clocks. Must not know: cases.
 */
#include "policy/describe.h"

/* ---- actions ---- */

static uint64_t open_states(const complaint_policy *p) {
    uint64_t bits = 0;
    for (size_t i = 0; i < p->state_count; i++) {
        cpl_phase phase = p->states[i].phase;
        if (phase != CPL_PHASE_CLOSED && phase != CPL_PHASE_REJECTED && phase != CPL_PHASE_WITHDRAWN) bits |= UINT64_C(1) << i;
    }
    return bits;
}

static void put_states(cpl_teller *g, uint64_t bits) {
    bool first = true;
    if (bits == UINT64_MAX) {
        cpl_tell(g, "ทุกสถานะ", "any state");
        return;
    }
    if (bits == open_states(g->p)) {
        cpl_tell(g, "ทุกสถานะก่อนเรื่องสิ้นสุด", "any state before the end");
        return;
    }
    for (size_t i = 0; i < g->p->state_count; i++) {
        if (!(bits >> i & 1)) continue;
        cpl_tell_separator(g, &first);
        cpl_tell_label(g, &g->p->states[i].code.label);
    }
}

static void put_class(cpl_teller *g, size_t at, bool *first) {
    cpl_tell_separator(g, first);
    cpl_tell_label(g, &g->p->classes[at].code.label);
}

static void put_classes(cpl_teller *g, uint64_t bits) {
    bool first = true;
    for (size_t i = 0; i < g->p->class_count && i < CPL_POLICY_BITS_MAX; i++)
        if (bits >> i & 1) put_class(g, i, &first);
}

static void describe_unless(cpl_teller *g, const cpl_action *a) {
    if (a->stay_flags == 0 && a->stay_classes == 0) return;
    cpl_tell_detail(g, "สถานะไม่เปลี่ยนถ้า", "the state stays for");
    if (a->stay_flags) cpl_tell(g, "มีเครื่องหมาย ", "a case flagged ");
    cpl_tell_flags(g, a->stay_flags);
    if (a->stay_flags && a->stay_classes) cpl_buf_puts(g->b, "; ");
    if (a->stay_classes) cpl_tell(g, "เป็นประเภท ", "a case of class ");
    put_classes(g, a->stay_classes);
    cpl_buf_puts(g->b, "\n");
}

static void put_target(cpl_teller *g, int to) {
    cpl_buf_puts(g->b, to == CPL_TO_STAY ? "" : " → ");
    if (to >= 0)
        cpl_tell_label(g, &g->p->states[to].code.label);
    else if (to == CPL_TO_BACK)
        cpl_tell(g, "สถานะเดิมก่อนขอข้อมูล", "the state it was in before");
    else
        cpl_tell(g, " (สถานะไม่เปลี่ยน)", " (the state stays)");
}

static void describe_one_way(cpl_teller *g, uint64_t from, int to) {
    cpl_tell_detail(g, "ทำได้เมื่อ", "from");
    put_states(g, from);
    put_target(g, to);
    cpl_buf_puts(g->b, "\n");
}

/* The states that lead to one place together: `forwarded, told → told`. Each once, with the first of its kind. */
static void describe_ways(cpl_teller *g, const cpl_action *a) {
    for (size_t i = 0; i < g->p->state_count; i++) {
        uint64_t together = 0;
        for (size_t k = 0; k < g->p->state_count; k++)
            if ((a->from >> k & 1) && cpl_policy_target(a, (int)k) == cpl_policy_target(a, (int)i)) together |= UINT64_C(1) << k;
        if (!(a->from >> i & 1) || (together & ((UINT64_C(1) << i) - 1))) continue;
        describe_one_way(g, together, cpl_policy_target(a, (int)i));
    }
}

static void describe_way(cpl_teller *g, const cpl_action *a) {
    if (a->to_from) describe_ways(g, a);
    else describe_one_way(g, a->from, a->to);
    describe_unless(g, a);
}

static void put_roles(cpl_teller *g, uint64_t bits) {
    bool first = true;
    for (size_t i = 0; i < g->p->role_count; i++) {
        if (!(bits >> i & 1)) continue;
        cpl_tell_separator(g, &first);
        cpl_tell_label(g, &g->p->roles[i].label);
    }
}

static void describe_who(cpl_teller *g, const cpl_action *a) {
    cpl_tell_detail(g, "ผู้มีอำนาจ", "who may");
    put_roles(g, a->roles);
    cpl_buf_puts(g->b, "\n");
}

static void describe_fields(cpl_teller *g, const int *fields, size_t count, const char *thai, const char *english) {
    bool first = true;
    if (count == 0) return;
    cpl_tell_detail(g, thai, english);
    for (size_t i = 0; i < count; i++) {
        cpl_tell_separator(g, &first);
        cpl_tell_label(g, &g->p->fields[fields[i]].code.label);
    }
    cpl_buf_puts(g->b, "\n");
}

static void put_demanded(cpl_teller *g, const int *fields, size_t count, const char *between) {
    for (size_t i = 0; i < count; i++) {
        if (i) cpl_buf_puts(g->b, between);
        if (fields[i] == CPL_ON_BEHALF) cpl_tell(g, "ผู้ที่บันทึกแทน (on_behalf)", "on whose behalf (on_behalf)");
        else cpl_tell_label(g, &g->p->fields[fields[i]].code.label);
    }
}

/* The label of a code that a field may hold. */
static void put_value(cpl_teller *g, const cpl_field *f, cpl_str code) {
    cpl_code_table t = cpl_policy_codes(g->p, f);
    for (size_t i = 0; i < t.count; i++) {
        const char *entry = (const char *)t.entries + i * t.size;
        if (!cpl_str_eq(*(const cpl_str *)(const void *)entry, code)) continue;
        cpl_tell_label(g, f->type == CPL_FIELD_CHOICE ? &f->choice_labels[i] : &((const cpl_code *)(const void *)entry)->label);
    }
}

/* `required when answer is refused: reason; paper or on whose behalf`. */
static void describe_demand(cpl_teller *g, const cpl_demand *d) {
    const cpl_field *f = &g->p->fields[d->field];
    cpl_tell_detail(g, "ต้องระบุเพิ่มเมื่อ", "required when");
    cpl_tell_label(g, &f->code.label);
    cpl_tell(g, " เป็น “", " is “");
    for (size_t i = 0; i < d->is_count; i++) {
        if (i) cpl_buf_puts(g->b, " | ");
        put_value(g, f, d->is[i]);
    }
    if (d->is_count == 0) cpl_tell(g, d->truth ? "ใช่" : "ไม่ใช่", d->truth ? "yes" : "no");
    cpl_buf_puts(g->b, "”: ");
    put_demanded(g, d->required, d->required_count, ", ");
    if (d->required_count && d->one_of_count) cpl_buf_puts(g->b, ", ");
    put_demanded(g, d->one_of, d->one_of_count, g->language == COMPLAINT_THAI ? " หรือ " : " or ");
    cpl_buf_puts(g->b, "\n");
}

/* Choices of a field, by their labels. */
static void put_choices(cpl_teller *g, cpl_str name, const cpl_str *chosen, size_t count) {
    const cpl_field *field = &g->p->fields[cpl_policy_field(g->p, name)];
    bool first = true;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < field->choice_count; k++) {
            if (!cpl_str_eq(field->choices[k], chosen[i])) continue;
            cpl_tell_separator(g, &first);
            cpl_tell_label(g, &field->choice_labels[k]);
        }
}

static void describe_attempts(cpl_teller *g, const cpl_guard *guard) {
    cpl_tell(g, "; ต้องบันทึกการพยายามติดต่อแต่ละรายอย่างน้อย ", "; at least ");
    cpl_buf_int(g->b, guard->attempts);
    cpl_tell(g, " ครั้ง เมื่อเหตุคือ ", " attempts to reach each are on record when the reason is: ");
    put_choices(g, CPL_LIT("why_not_told"), guard->reasons, guard->reason_count);
}

static void describe_nameless(cpl_teller *g, const cpl_guard *guard) {
    cpl_tell(g, "; ใช้ได้เฉพาะผู้ร้องเรียนที่ไม่ทราบชื่อ: ", "; of anonymous complainants only: ");
    put_choices(g, CPL_LIT("why_not_told"), guard->nameless, guard->nameless_count);
}

static void describe_holds(cpl_teller *g, const cpl_guard *guard) {
    bool first = true;
    if (guard->hold_count) cpl_tell(g, "; ยังไม่ส่งเมื่อความเห็นคือ ", "; nothing goes out after: ");
    put_choices(g, CPL_LIT("decision"), guard->holds, guard->hold_count);
    if (guard->executive_first_count) cpl_tell(g, "; ส่งได้เฉพาะผู้บริหารเมื่อความเห็นคือ ", "; only to the executive after: ");
    put_choices(g, CPL_LIT("decision"), guard->executive_first, guard->executive_first_count);
    cpl_tell(g, "; จนกว่าจะมีความเห็นใหม่", "; until another word");
    for (int32_t kind = 0; kind < 64; kind++) {
        if (!(guard->released_by >> kind & 1)) continue;
        if (first) cpl_tell(g, " หรือ ", " or ");
        else cpl_buf_puts(g->b, ", ");
        first = false;
        cpl_buf_puts(g->b, cpl_event_label(kind, g->language));
    }
}

/* What goes with some guards only. */
static void describe_more(cpl_teller *g, const cpl_guard *guard) {
    if (guard->hold_count || guard->executive_first_count) describe_holds(g, guard);
    if (guard->attempts) describe_attempts(g, guard);
    if (guard->nameless_count) describe_nameless(g, guard);
    if (guard->roles) cpl_buf_puts(g->b, ": ");
    put_roles(g, guard->roles);
    if (guard->link_count == 0) return;
    cpl_tell(g, " (ความเชื่อมโยง: ", " (links: ");
    put_choices(g, CPL_LIT("link"), guard->links, guard->link_count);
    cpl_buf_puts(g->b, ")");
}

static void describe_guard(cpl_teller *g, const cpl_guard *guard) {
    cpl_tell_detail(g, "เงื่อนไข", "guard");
    cpl_buf_puts(g->b, cpl_policy_guard_words(guard->kind, g->language));
    if (guard->always)
        cpl_tell(g, " (ทุกเรื่อง)", " (every case)");
    else if (guard->flags) {
        cpl_tell(g, " เมื่อมีเครื่องหมาย ", ", when flagged: ");
        cpl_tell_flags(g, guard->flags);
    }
    describe_more(g, guard);
    if (guard->waived) cpl_tell(g, " (ไม่ใช้กับเรื่องที่นำเข้าจากทะเบียนเดิม)", " (not asked of what is imported from an old register)");
    cpl_tell_source(g, guard->source);
    cpl_buf_puts(g->b, "\n");
}

static void describe_extensions(cpl_teller *g, const cpl_action *a) {
    bool first = true;
    if (a->extend_count == 0) return;
    cpl_tell_detail(g, "ขยายกำหนดเวลา", "gives more time to");
    for (size_t i = 0; i < a->extend_count; i++) {
        cpl_tell_separator(g, &first);
        cpl_tell_label(g, &g->p->clocks[a->extends[i]].code.label);
    }
    cpl_buf_puts(g->b, "\n");
}

static void describe_action(cpl_teller *g, const cpl_action *a, bool intake) {
    cpl_buf_fmt(g->b, "  %s (%s)", cpl_event_label(a->kind, g->language), cpl_event_name(a->kind));
    cpl_tell_source(g, a->source);
    cpl_buf_puts(g->b, "\n");
    if (!intake) describe_way(g, a);
    describe_who(g, a);
    describe_fields(g, a->required, a->required_count, "ต้องระบุ", "required");
    describe_fields(g, a->optional, a->optional_count, "ระบุเพิ่มได้", "optional");
    for (size_t i = 0; i < a->demand_count; i++) describe_demand(g, &a->demands[i]);
    describe_extensions(g, a);
    for (size_t i = 0; i < a->guard_count; i++) describe_guard(g, &g->p->guards[a->guards[i]]);
}

/* In the order of verbs, which is that of a case's life, wherever the document has them. */
static void describe_all(cpl_teller *g, bool intake) {
    for (int32_t kind = CPL_EV_RECEIVE; cpl_event_is_action(kind); kind++) {
        const cpl_action *a = cpl_policy_action(g->p, kind);
        if (a && intake == ((size_t)(a - g->p->actions) < g->p->intake_count)) describe_action(g, a, intake);
    }
}

void cpl_describe_actions(cpl_teller *g) {
    cpl_tell_heading(g, "การรับและคัดกรองข้อความ", "INTAKE");
    describe_all(g, true);
    cpl_tell_heading(g, "ขั้นตอนการปฏิบัติ", "ACTIONS");
    describe_all(g, false);
}

static void put_none(cpl_teller *g, bool none) {
    if (none) cpl_tell(g, "ไม่มี", "none");
}

/* ---- notices and clocks ---- */

static const cpl_label *choice_label(const cpl_field *field, cpl_str choice) {
    size_t i = 0;
    while (!cpl_str_eq(field->choices[i], choice)) i++;
    return &field->choice_labels[i];
}

/* What the code behind the colon is called: a flag, a class, a channel, a choice; NULL for a notice. */
static const cpl_label *qualifier_label(const complaint_policy *p, const cpl_trigger *t) {
    const char *choice = cpl_trigger_choice(t->kind);
    if (choice) return choice_label(&p->fields[cpl_policy_field(p, cpl_str_of(choice))], t->qualifier);
    switch (t->kind) {
    case CPL_TRIGGER_FLAG_CLEARED:
    case CPL_EV_FLAG: return &p->flags[cpl_policy_flag(p, t->qualifier)].code.label;
    case CPL_EV_CLASSIFY: return &p->classes[cpl_policy_class(p, t->qualifier)].code.label;
    case CPL_EV_DUTY_UNCHECKED: return &p->channels[cpl_policy_channel(p, t->qualifier)].code.label;
    default: return NULL;
    }
}

static void put_qualifier(cpl_teller *g, const cpl_trigger *t) {
    const cpl_label *label = qualifier_label(g->p, t);
    cpl_buf_puts(g->b, " “");
    if (label) cpl_tell_label(g, label);
    else cpl_tell_str(g, t->qualifier);
    cpl_buf_puts(g->b, "”");
}

/* `flagged “urgent”, “sensitive”`: the event is said once for what follows of its kind. */
static void put_trigger(cpl_teller *g, const cpl_trigger *t, bool again) {
    if (t->kind == CPL_EV_DELIVERED) {
        cpl_tell(g, "ข้อความแจ้ง", "delivered");
        put_qualifier(g, t);
        cpl_tell(g, " ถึงผู้รับแล้ว", "");
        return;
    }
    const char *derived = cpl_trigger_label(t->kind, g->language);
    if (!again) cpl_buf_puts(g->b, derived ? derived : cpl_event_label(t->kind, g->language));
    if (t->qualifier.n) put_qualifier(g, t);
}

static void describe_triggers(cpl_teller *g, const cpl_trigger *list, size_t count, const char *thai, const char *english) {
    bool first = true;
    cpl_tell_detail(g, thai, english);
    for (size_t i = 0; i < count; i++) {
        bool again = i && list[i].kind == list[i - 1].kind && list[i].qualifier.n && list[i - 1].qualifier.n && list[i].kind != CPL_EV_DELIVERED;
        if (again) cpl_buf_puts(g->b, ",");
        else cpl_tell_separator(g, &first);
        put_trigger(g, &list[i], again);
    }
    put_none(g, first);
    cpl_buf_puts(g->b, "\n");
}

/* The clocks that send a notice. */
static void describe_reminding(cpl_teller *g, int notice) {
    bool first = true;
    for (size_t i = 0; i < g->p->clock_count; i++) {
        if (!cpl_clock_sends(&g->p->clocks[i], notice)) continue;
        if (first) cpl_tell_detail(g, "ส่งเป็นการเตือนของกำหนดเวลา", "sent by the clock");
        cpl_tell_separator(g, &first);
        cpl_tell_label(g, &g->p->clocks[i].code.label);
    }
    if (!first) cpl_buf_puts(g->b, "\n");
}

static void put_recipients(cpl_teller *g, const cpl_notice_def *n) {
    bool first = true;
    for (size_t i = 0; i < n->to_count; i++) {
        cpl_tell_separator(g, &first);
        if (n->to[i] == CPL_TO_COMPLAINANT)
            cpl_tell(g, "ผู้ร้องเรียน", "complainant");
        else if (n->to[i] == CPL_TO_ORIGIN)
            cpl_tell(g, "หน่วยงานที่ส่งเรื่องมา", "body that passed the matter on");
        else if (n->to[i] == CPL_TO_SENDER)
            cpl_tell(g, "ผู้ส่งข้อความ", "sender of the message");
        else
            cpl_tell_label(g, &g->p->roles[n->to[i]].label);
    }
}

static void begin_asked(cpl_teller *g, bool *first, const char *thai, const char *english) {
    if (!*first) cpl_buf_puts(g->b, "; ");
    *first = false;
    cpl_tell(g, thai, english);
}

static void put_asked_classes(cpl_teller *g, const cpl_condition *when, bool *none) {
    bool first = true;
    if (when->class_count) begin_asked(g, none, "ประเภท ", "class ");
    for (size_t i = 0; i < when->class_count; i++) put_class(g, (size_t)when->classes[i], &first);
}

static void put_asked_natures(cpl_teller *g, const cpl_condition *when, bool *none) {
    bool first = true;
    if (when->nature_count) begin_asked(g, none, "ลักษณะเรื่อง ", "nature ");
    for (size_t i = 0; i < when->nature_count; i++) {
        cpl_tell_separator(g, &first);
        cpl_tell_label(g, &g->p->natures[when->natures[i]].label);
    }
}

static void put_asked_field(cpl_teller *g, const cpl_asked_field *asked) {
    const cpl_field *field = &g->p->fields[asked->field];
    bool first = true;
    cpl_tell_label(g, &field->code.label);
    cpl_buf_puts(g->b, ": ");
    for (size_t i = 0; i < field->choice_count; i++)
        for (size_t k = 0; k < asked->choice_count; k++)
            if (cpl_str_eq(field->choices[i], asked->choices[k])) {
                cpl_tell_separator(g, &first);
                cpl_tell_label(g, &field->choice_labels[i]);
            }
}

/* `only for: class A, B; flagged C; answer: refused` */
static void describe_condition(cpl_teller *g, const cpl_condition *when) {
    bool none = true;
    if (!cpl_condition_asks(when)) return;
    cpl_tell_detail(g, "เฉพาะ", "only for");
    put_asked_classes(g, when, &none);
    put_asked_natures(g, when, &none);
    if (when->flags) begin_asked(g, &none, "มีเครื่องหมาย ", "flagged ");
    cpl_tell_flags(g, when->flags);
    for (size_t i = 0; i < when->field_count; i++) {
        begin_asked(g, &none, "", "");
        put_asked_field(g, &when->fields[i]);
    }
    cpl_buf_puts(g->b, "\n");
}

/* The complainant hears of the event only on conditions. */
static bool may_be_silent(const complaint_policy *p, const cpl_trigger *t) {
    for (size_t i = 0; i < p->notice_count; i++) {
        const cpl_notice_def *n = &p->notices[i];
        if (!cpl_condition_asks(&n->when) && cpl_notice_goes_to(n, CPL_TO_COMPLAINANT) && cpl_trigger_hits(n->on, n->on_count, t->kind, t->qualifier)) return false;
    }
    return true;
}

/* Said under the notice that listens: what becomes of the complainant when neither this nor another notice is for him. */
static void describe_silence(cpl_teller *g, const cpl_notice_def *n) {
    bool first = true;
    if (!cpl_condition_asks(&n->when) || !cpl_notice_goes_to(n, CPL_TO_COMPLAINANT)) return;
    for (size_t i = 0; i < n->on_count; i++) {
        if (!may_be_silent(g->p, &n->on[i])) continue;
        if (first) cpl_tell_detail(g, "ถ้าไม่เข้าเงื่อนไขใด ผู้ร้องเรียนไม่ได้รับข้อความเมื่อ", "when no condition holds, the complainant hears nothing of");
        cpl_tell_separator(g, &first);
        put_trigger(g, &n->on[i], false);
    }
    if (!first) cpl_buf_puts(g->b, "\n");
}

static void describe_notice(cpl_teller *g, const cpl_notice_def *n) {
    cpl_buf_puts(g->b, "  ");
    cpl_tell_str(g, n->id);
    if (!cpl_str_eq(n->label.th, n->id)) {
        cpl_buf_puts(g->b, " (");
        cpl_tell_label(g, &n->label);
        cpl_buf_puts(g->b, ")");
    }
    cpl_tell(g, ": ถึง ", ": to the ");
    put_recipients(g, n);
    cpl_tell(g, ", ใช้ข้อความ ", ", text ");
    cpl_tell_str(g, g->p->texts[n->text].id);
    if (n->urgent) cpl_tell(g, ", ส่งทันทีทุกเวลา", ", at once, at any hour");
    if (n->counts_as == CPL_COUNTS_AS_ACKNOWLEDGED) cpl_tell(g, ", นับเป็นการตอบรับ", ", counts as the acknowledgement");
    if (n->counts_as == CPL_COUNTS_AS_TOLD) cpl_tell(g, ", นับเป็นการแจ้งผล", ", counts as telling the result");
    cpl_tell_source(g, n->source);
    cpl_buf_puts(g->b, "\n");
    if (n->on_count) describe_triggers(g, n->on, n->on_count, "เมื่อ", "when");
    describe_condition(g, &n->when);
    describe_silence(g, n);
    describe_reminding(g, (int)(n - g->p->notices));
}

void cpl_describe_notices(cpl_teller *g) {
    cpl_tell_heading(g, "ข้อความแจ้ง", "NOTICES");
    for (size_t i = 0; i < g->p->notice_count; i++) describe_notice(g, &g->p->notices[i]);
}

static void put_unit(cpl_teller *g, int32_t unit, bool one) {
    if (unit == COMPLAINT_UNIT_MINUTES) cpl_tell(g, " นาที", one ? " minute" : " minutes");
    if (unit == COMPLAINT_UNIT_WORKING_MINUTES) cpl_tell(g, " นาทีในเวลาราชการ", one ? " office minute" : " office minutes");
    if (unit == COMPLAINT_UNIT_CALENDAR_DAYS) cpl_tell(g, " วันตามปฏิทิน", one ? " calendar day" : " calendar days");
    if (unit == COMPLAINT_UNIT_WORKING_DAYS) cpl_tell(g, " วันทำการ", one ? " working day" : " working days");
}

/* Whole hours are said as hours, from two on: `24 ชั่วโมง`, not `1440 นาที`. */
static void put_length(cpl_teller *g, int64_t length, int32_t unit) {
    bool hours = !cpl_policy_counts_days(unit) && length >= 120 && length % 60 == 0;
    cpl_buf_int(g->b, hours ? length / 60 : length);
    if (!hours)
        put_unit(g, unit, length == 1);
    else if (unit == COMPLAINT_UNIT_MINUTES)
        cpl_tell(g, " ชั่วโมง", " hours");
    else
        cpl_tell(g, " ชั่วโมงในเวลาราชการ", " office hours");
}

/* What people ask about is said even where it is the law's default. */
static void put_day_rule(cpl_teller *g, const cpl_clock_rule *rule) {
    if (rule->first_day == COMPLAINT_FIRST_DAY_EXCLUDED)
        cpl_tell(g, " ไม่นับวันแรก", ", the first day not counted");
    else
        cpl_tell(g, " นับวันแรกด้วย", ", the first day counted");
    if (rule->due_at == COMPLAINT_DUE_OFFICE_CLOSE)
        cpl_tell(g, " ครบกำหนดเมื่อสิ้นเวลาราชการ", ", due when the office closes");
    else
        cpl_tell(g, " ครบกำหนดเมื่อสิ้นวัน", ", due at the end of the day");
    if (rule->roll == COMPLAINT_ROLL_FOLLOWING) cpl_tell(g, " ถ้าวันสุดท้ายเป็นวันหยุดให้เลื่อนไปวันทำการถัดไป", ", a last day on a holiday moves to the next working day");
    if (rule->roll == COMPLAINT_ROLL_PRECEDING) cpl_tell(g, " ถ้าวันสุดท้ายเป็นวันหยุดให้เลื่อนมาวันทำการก่อนหน้า", ", a last day on a holiday moves to the working day before");
    if (rule->roll == COMPLAINT_ROLL_NONE && rule->unit == COMPLAINT_UNIT_CALENDAR_DAYS) cpl_tell(g, " แม้เป็นวันหยุดก็ไม่เลื่อน", ", also when that is a holiday");
}

static void put_rule(cpl_teller *g, const cpl_clock_def *c) {
    if (c->date_field >= 0) {
        cpl_tell(g, "สิ้นวันที่ระบุใน “", "the end of the day given in “");
        cpl_tell_label(g, &g->p->fields[c->date_field].code.label);
        cpl_buf_puts(g->b, "”");
        return;
    }
    put_length(g, c->rule.length, c->rule.unit);
    if (c->from_receipt) cpl_tell(g, " นับจากวันรับเรื่อง", ", counted from the receipt");
    if (cpl_policy_counts_days(c->rule.unit)) put_day_rule(g, &c->rule);
    if (c->rule.receipt == COMPLAINT_RECEIPT_NEXT_WORKING_DAY) cpl_tell(g, " เรื่องที่เข้านอกเวลาราชการนับเป็นวันทำการถัดไป", ", what comes after hours counts as the next working day's");
}

/* `3 working days before the deadline`, `on the last day` */
static void put_distance(cpl_teller *g, const cpl_warning *w) {
    if (w->length == 0) {
        if (cpl_policy_counts_days(w->unit))
            cpl_tell(g, "วันสุดท้าย", "on the last day");
        else
            cpl_tell(g, "เมื่อครบกำหนด", "at the deadline");
        return;
    }
    put_length(g, w->length, w->unit);
    if (w->when == CPL_BEFORE_DUE) cpl_tell(g, "ก่อนครบกำหนด", " before the deadline");
    if (w->when == CPL_AFTER_START) cpl_tell(g, "หลังเริ่มนับ", " after the start");
    if (w->when == CPL_AFTER_DUE) cpl_tell(g, "หลังครบกำหนด", " after the deadline");
}

static void describe_warning(cpl_teller *g, const cpl_warning *w) {
    bool first = true;
    cpl_tell_detail(g, "เตือน", "reminds");
    if (w->repeat) cpl_tell(g, "ทุก ", "every ");
    put_distance(g, w);
    if (w->at_minute >= 0) cpl_tell(g, " เวลา ", ", at ");
    if (w->at_minute >= 0) cpl_tell_time(g, w->at_minute);
    cpl_tell(g, " ด้วยข้อความแจ้ง ", w->notice_count > 1 ? ", by the notices " : ", by the notice ");
    for (size_t i = 0; i < w->notice_count; i++) {
        cpl_tell_separator(g, &first);
        cpl_tell_str(g, g->p->notices[w->notices[i]].id);
    }
    cpl_tell_source(g, w->source);
    cpl_buf_puts(g->b, "\n");
}

static void describe_range(cpl_teller *g, const cpl_field *field) {
    cpl_tell_detail(g, "กำหนดเป็นรายเรื่องได้", "per case");
    cpl_tell_label(g, &field->code.label);
    cpl_buf_puts(g->b, " ");
    cpl_buf_int(g->b, field->min);
    cpl_buf_puts(g->b, "–");
    cpl_buf_int(g->b, field->max);
    cpl_buf_puts(g->b, "\n");
}

/* For whom it runs, as far as that decides how long. */
static void describe_purpose(cpl_teller *g, const cpl_clock_def *c) {
    bool told = c->owes == CPL_COUNTS_AS_TOLD;
    if (c->owes) cpl_tell_detail(g, "นับเฉพาะเมื่อยังมีผู้ร้องเรียนที่รอ", "only while a complainant waits for");
    if (c->owes) cpl_tell(g, told ? "การแจ้งผล\n" : "การตอบรับ\n", told ? "the result\n" : "the acknowledgement\n");
    if (c->history != CPL_HISTORY_RUNS) cpl_tell_detail(g, "เรื่องจากทะเบียนเดิม", "of a matter from an old register");
    if (c->history == CPL_HISTORY_QUIET) cpl_tell(g, "ไม่เตือน หากเกินกำหนดก่อนนำเข้าแล้ว\n", "no reminder when it was overdue before it was entered\n");
    if (c->history == CPL_HISTORY_NONE) cpl_tell(g, "ไม่นับ\n", "not counted\n");
    if (c->survives) cpl_tell_detail(g, "เมื่อเรื่องสิ้นสุดแล้ว", "after the end of the case");
    if (c->survives) cpl_tell(g, "ยังนับต่อจนกว่าจะดำเนินการ\n", "it goes on until it is met\n");
}

static void describe_clock(cpl_teller *g, const cpl_clock_def *c) {
    cpl_tell_code(g, &c->code);
    cpl_buf_puts(g->b, " — ");
    put_rule(g, c);
    if (c->per_referral) cpl_tell(g, " แยกตามหน่วยงานที่ได้รับเรื่อง", ", for each unit that has the matter");
    cpl_tell_end(g, &c->code);
    if (c->length_field >= 0) describe_range(g, &g->p->fields[c->length_field]);
    describe_triggers(g, c->starts, c->start_count, "เริ่มเมื่อ", "starts");
    describe_triggers(g, c->stops, c->stop_count, "หยุดเมื่อ", "stops");
    if (c->cancel_count) describe_triggers(g, c->cancels, c->cancel_count, "ยกเลิกเมื่อ", "cancelled");
    if (c->paused_in) {
        cpl_tell_detail(g, "หยุดนับในสถานะ", "stands still in");
        put_states(g, c->paused_in);
        cpl_buf_puts(g->b, "\n");
    }
    describe_purpose(g, c);
    for (size_t i = 0; i < c->warning_count; i++) describe_warning(g, &c->warnings[i]);
}

void cpl_describe_clocks(cpl_teller *g) {
    cpl_tell_heading(g, "กำหนดเวลา", "CLOCKS");
    for (size_t i = 0; i < g->p->clock_count; i++) describe_clock(g, &g->p->clocks[i]);
}

