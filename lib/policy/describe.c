/*
 * policy/describe: the procedure as a page that an officer lays beside the paper.
 *
 * Owns: layout and the words around the policy's own. Must not know: cases.
 */
#include "policy/parts.h"

#include <string.h>

typedef struct page {
    cpl_buf *b;
    const complaint_policy *p;
    int32_t language;
} page;

/* ---- words ---- */

static void say(page *g, const char *thai, const char *english) { cpl_buf_puts(g->b, g->language == COMPLAINT_THAI ? thai : english); }

static void put(page *g, cpl_str s) { cpl_buf_str(g->b, s); }

static void put_label(page *g, const cpl_label *label) { put(g, g->language == COMPLAINT_THAI ? label->th : label->en); }

static void put_clause(page *g, cpl_str clause) {
    if (cpl_str_is(clause, "ours"))
        say(g, "กำหนดเอง", "ours");
    else
        put(g, clause);
}

/* Several clauses stand one behind the other, with commas between them. */
static void put_source(page *g, cpl_str source) {
    const char *comma;
    if (source.n == 0) return;
    cpl_buf_puts(g->b, " [");
    while ((comma = memchr(source.p, ',', source.n)) != NULL) {
        size_t n = (size_t)(comma - source.p) + 1;
        put_clause(g, (cpl_str){source.p, n - 1});
        cpl_buf_puts(g->b, ", ");
        while (n < source.n && source.p[n] == ' ') n++;
        source = (cpl_str){source.p + n, source.n - n};
    }
    put_clause(g, source);
    cpl_buf_puts(g->b, "]");
}

static void heading(page *g, const char *thai, const char *english) {
    cpl_buf_puts(g->b, "\n");
    say(g, thai, english);
    cpl_buf_puts(g->b, "\n");
}

static void put_time_of_day(page *g, int32_t minute) { cpl_buf_fmt(g->b, "%02d:%02d", (int)(minute / 60), (int)(minute % 60)); }

static void separate(page *g, bool *first) {
    if (!*first) cpl_buf_puts(g->b, ", ");
    *first = false;
}

static void put_none(page *g, bool none) {
    if (none) say(g, "ไม่มี", "none");
}

/* `  facebook: Facebook page inbox`; the rest of the line follows. */
static void begin_code(page *g, const cpl_code *code) {
    cpl_buf_puts(g->b, "  ");
    put(g, code->id);
    cpl_buf_puts(g->b, ": ");
    put_label(g, &code->label);
}

static void end_code(page *g, const cpl_code *code) {
    put_source(g, code->source);
    cpl_buf_puts(g->b, "\n");
}

static void begin_detail(page *g, const char *thai, const char *english) {
    cpl_buf_puts(g->b, "    ");
    say(g, thai, english);
    cpl_buf_puts(g->b, ": ");
}

/* ---- office and codes ---- */

static void describe_office_part(page *g, int part, bool *any) {
    static const char *const words[CPL_OFFICE_PARTS][2] = {
        [CPL_OFFICE_PHONE] = {"โทรศัพท์", "telephone"}, [CPL_OFFICE_FAX] = {"โทรสาร", "fax"},       [CPL_OFFICE_WEBSITE] = {"เว็บไซต์", "web site"},
        [CPL_OFFICE_EMAIL] = {"อีเมล", "e-mail"},       [CPL_OFFICE_ADDRESS] = {"ที่อยู่", "address"}, [CPL_OFFICE_PAGE] = {"เพจ", "page"},
    };
    if (!words[part][0] || g->p->office[part].th.n == 0) return;
    cpl_buf_puts(g->b, *any ? ", " : "");
    say(g, words[part][0], words[part][1]);
    cpl_buf_puts(g->b, " ");
    put_label(g, &g->p->office[part]);
    *any = true;
}

static void describe_office(page *g) {
    bool any = false;
    put_label(g, &g->p->title);
    cpl_buf_puts(g->b, "\n");
    put_label(g, &g->p->office[CPL_OFFICE_NAME]);
    cpl_buf_puts(g->b, " ");
    put_label(g, &g->p->office[CPL_OFFICE_SECTION]);
    cpl_buf_fmt(g->b, " (%s, %s)\n", g->p->office_id.p, g->p->province.p);
    for (int i = 0; i < CPL_OFFICE_PARTS; i++) describe_office_part(g, i, &any);
    if (any) put_source(g, g->p->office_source);
    cpl_buf_fmt(g->b, "%s%s, SHA-256 %s\n", any ? "\n" : "", g->p->id.p, g->p->digest);
}

static void put_level(page *g, bool seen, const char *thai, const char *english, bool *first) {
    if (!seen) return;
    separate(g, first);
    say(g, thai, english);
}

static void describe_view(page *g, const cpl_view_def *view) {
    bool first = true;
    begin_detail(g, "เห็น", "sees");
    if (!view->defined) {
        say(g, "ไม่เห็นเรื่องใด\n", "nothing\n");
        return;
    }
    if (view->all_cases)
        say(g, "ทุกเรื่อง; ตัวตนผู้ร้อง: ", "all cases; who the complainant is: ");
    else
        say(g, "เฉพาะเรื่องที่ส่งถึงหน่วยงานของตน; ตัวตนผู้ร้อง: ", "cases referred to its unit only; who the complainant is: ");
    put_level(g, view->named, "เปิดเผย", "named", &first);
    put_level(g, view->confidential, "ปกปิดชื่อ", "confidential", &first);
    put_level(g, view->anonymous, "ไม่ทราบชื่อ", "anonymous", &first);
    if (first) say(g, "ไม่เห็น", "hidden");
    if (view->text)
        say(g, "; เห็นข้อความ", "; reads the texts");
    else
        say(g, "; ไม่เห็นข้อความ", "; does not read the texts");
    put_source(g, view->source);
    cpl_buf_puts(g->b, "\n");
}

/* Who deals with a matter about somebody. */
static void describe_superior(page *g, const cpl_code *superior) {
    if (!superior) return;
    say(g, " (ผู้บังคับบัญชา: ", " (superior: ");
    put_label(g, &superior->label);
    cpl_buf_puts(g->b, ")");
}

static void describe_roles(page *g) {
    heading(g, "บทบาท", "ROLES");
    for (size_t i = 0; i < g->p->role_count; i++) {
        begin_code(g, &g->p->roles[i]);
        describe_superior(g, g->p->superiors[i] < 0 ? NULL : &g->p->roles[g->p->superiors[i]]);
        end_code(g, &g->p->roles[i]);
        describe_view(g, &g->p->views[i]);
    }
}

static void describe_duty(page *g, const cpl_channel *channel) {
    if (!channel->daily) return;
    say(g, " (ตรวจทุกวัน", " (checked every day");
    if (channel->remind_at >= 0) say(g, " เตือนเวลา ", ", reminded at ");
    if (channel->remind_at >= 0) put_time_of_day(g, channel->remind_at);
    cpl_buf_puts(g->b, ")");
}

static void describe_channels(page *g) {
    heading(g, "ช่องทาง", "CHANNELS");
    for (size_t i = 0; i < g->p->channel_count; i++) {
        begin_code(g, &g->p->channels[i].code);
        if (g->p->channels[i].reply) say(g, " (ตอบกลับทางนี้ได้)", " (replies can leave by it)");
        describe_duty(g, &g->p->channels[i]);
        end_code(g, &g->p->channels[i].code);
    }
}

static void describe_origins(page *g) {
    if (g->p->origin_count) heading(g, "หน่วยงานที่ส่งเรื่องมา", "BODIES THAT PASS MATTERS ON");
    for (size_t i = 0; i < g->p->origin_count; i++) {
        begin_code(g, &g->p->origins[i].code);
        end_code(g, &g->p->origins[i].code);
    }
}

static void describe_natures(page *g) {
    heading(g, "ลักษณะเรื่อง", "NATURES");
    for (size_t i = 0; i < g->p->nature_count; i++) {
        begin_code(g, &g->p->natures[i]);
        end_code(g, &g->p->natures[i]);
    }
}

static const char *route_words(cpl_route route, int32_t language) {
    static const char *const words[][2] = {
        [CPL_ROUTE_FORWARD] = {"ส่งต่อหน่วยงาน", "forwarded to a unit"},
        [CPL_ROUTE_REFER] = {"ส่งหน่วยงานภายนอก", "referred to an outside agency"},
        [CPL_ROUTE_INFORMATION] = {"ให้ข้อมูล", "answered with information"},
        [CPL_ROUTE_MEMO] = {"เสนอบันทึกข้อความถึงผู้บริหาร", "memorandum to the executive"},
    };
    return words[route][language == COMPLAINT_THAI ? 0 : 1];
}

static void describe_parent(page *g, const cpl_class *c) {
    if (c->parent < 0) return;
    say(g, " (ประเภทย่อยของ ", " (a kind of ");
    put_label(g, &g->p->classes[c->parent].code.label);
    cpl_buf_puts(g->b, ")");
}

static void describe_classes(page *g) {
    heading(g, "ประเภทเรื่องและเส้นทาง", "CLASSES AND THEIR ROUTES");
    for (size_t i = 0; i < g->p->class_count; i++) {
        begin_code(g, &g->p->classes[i].code);
        describe_parent(g, &g->p->classes[i]);
        cpl_buf_fmt(g->b, " → %s", route_words(g->p->classes[i].route, g->language));
        end_code(g, &g->p->classes[i].code);
    }
}

/* Labels of the flags among `bits`. */
static void put_flags(page *g, int64_t bits) {
    bool first = true;
    for (size_t i = 0; i < g->p->flag_count; i++) {
        if (!(g->p->flags[i].bit & bits)) continue;
        separate(g, &first);
        put_label(g, &g->p->flags[i].code.label);
    }
}

static void describe_flags(page *g) {
    heading(g, "เครื่องหมาย", "FLAGS");
    for (size_t i = 0; i < g->p->flag_count; i++) {
        begin_code(g, &g->p->flags[i].code);
        if (g->p->flags[i].implies) say(g, " (รวมถึง ", " (brings with it: ");
        put_flags(g, g->p->flags[i].implies);
        if (g->p->flags[i].implies) cpl_buf_puts(g->b, ")");
        end_code(g, &g->p->flags[i].code);
    }
}

static void describe_units(page *g) {
    heading(g, "หน่วยงาน", "UNITS");
    for (size_t i = 0; i < g->p->unit_count; i++) {
        begin_code(g, &g->p->units[i].code);
        if (g->p->units[i].kind == CPL_AGENCY) say(g, " (หน่วยงานภายนอก)", " (outside agency)");
        if (g->p->units[i].kind == CPL_EXECUTIVE) say(g, " (ผู้บริหาร)", " (executive)");
        if (g->p->units[i].phone.n) say(g, " โทร. ", ", telephone ");
        if (g->p->units[i].phone.n) put(g, g->p->units[i].phone);
        describe_superior(g, g->p->units[i].superior < 0 ? NULL : &g->p->units[g->p->units[i].superior].code);
        end_code(g, &g->p->units[i].code);
    }
}

static void put_phase(page *g, cpl_phase phase) {
    static const char *const thai[] = {
        [CPL_PHASE_RECEIVED] = "รับเรื่อง",  [CPL_PHASE_OPEN] = "กำลังดำเนินการ", [CPL_PHASE_WAITING] = "รอผล",      [CPL_PHASE_RESULTED] = "ได้รับผลแล้ว",
        [CPL_PHASE_CLOSED] = "ปิดเรื่องแล้ว", [CPL_PHASE_REJECTED] = "ไม่รับเรื่อง", [CPL_PHASE_WITHDRAWN] = "ถอนเรื่อง", [CPL_PHASE_TRANSFERRED] = "ส่งหน่วยงานอื่นแล้ว",
    };
    if (g->language == COMPLAINT_THAI)
        cpl_buf_puts(g->b, thai[phase]);
    else
        put(g, cpl_phase_name(phase));
}

static void describe_states(page *g) {
    heading(g, "สถานะ", "STATES");
    for (size_t i = 0; i < g->p->state_count; i++) {
        const cpl_state *state = &g->p->states[i];
        begin_code(g, &state->code);
        say(g, " — ระยะ ", " — phase ");
        put_phase(g, state->phase);
        if ((int)i == g->p->initial) say(g, " (สถานะเริ่มต้น)", " (a case begins here)");
        end_code(g, &state->code);
    }
}

/* ---- actions ---- */

static void put_states(page *g, uint64_t bits) {
    bool first = true;
    if (bits == UINT64_MAX) {
        say(g, "ทุกสถานะ", "any state");
        return;
    }
    for (size_t i = 0; i < g->p->state_count; i++) {
        if (!(bits >> i & 1)) continue;
        separate(g, &first);
        put_label(g, &g->p->states[i].code.label);
    }
}

static void put_classes(page *g, uint64_t bits) {
    bool first = true;
    for (size_t i = 0; i < g->p->class_count && i < CPL_POLICY_BITS_MAX; i++) {
        if (!(bits >> i & 1)) continue;
        separate(g, &first);
        put_label(g, &g->p->classes[i].code.label);
    }
}

static void describe_unless(page *g, const cpl_action *a) {
    if (a->stay_flags == 0 && a->stay_classes == 0) return;
    begin_detail(g, "สถานะไม่เปลี่ยนถ้า", "the state stays for");
    if (a->stay_flags) say(g, "มีเครื่องหมาย ", "a case flagged ");
    put_flags(g, a->stay_flags);
    if (a->stay_flags && a->stay_classes) cpl_buf_puts(g->b, "; ");
    if (a->stay_classes) say(g, "เป็นประเภท ", "a case of class ");
    put_classes(g, a->stay_classes);
    cpl_buf_puts(g->b, "\n");
}

static void describe_way(page *g, const cpl_action *a) {
    begin_detail(g, "จาก", "from");
    put_states(g, a->from);
    if (a->to != CPL_TO_STAY) cpl_buf_puts(g->b, " → ");
    if (a->to >= 0)
        put_label(g, &g->p->states[a->to].code.label);
    else if (a->to == CPL_TO_BACK)
        say(g, "สถานะก่อนหน้า", "the state it was in before");
    else
        say(g, " (สถานะไม่เปลี่ยน)", " (the state stays)");
    cpl_buf_puts(g->b, "\n");
    describe_unless(g, a);
}

static void describe_who(page *g, const cpl_action *a) {
    bool first = true;
    begin_detail(g, "ผู้มีอำนาจ", "who may");
    for (size_t i = 0; i < g->p->role_count; i++) {
        if (!(a->roles >> i & 1)) continue;
        separate(g, &first);
        put_label(g, &g->p->roles[i].label);
    }
    cpl_buf_puts(g->b, "\n");
}

static void put_field(page *g, const cpl_field *field) {
    put_label(g, &field->code.label);
    if (field->type == CPL_FIELD_INTEGER) {
        cpl_buf_puts(g->b, " ");
        cpl_buf_int(g->b, field->min);
        cpl_buf_puts(g->b, "–");
        cpl_buf_int(g->b, field->max);
    }
    for (size_t i = 0; i < field->choice_count; i++) {
        cpl_buf_puts(g->b, i ? " | " : " (");
        put_label(g, &field->choice_labels[i]);
    }
    if (field->choice_count) cpl_buf_puts(g->b, ")");
    if (field->identity) say(g, " (ระบุตัวผู้ร้องเรียน เห็นเฉพาะผู้มีสิทธิ)", " (says who the complainant is: for those who may know)");
}

static void describe_fields(page *g, const int *fields, size_t count, const char *thai, const char *english) {
    bool first = true;
    if (count == 0) return;
    begin_detail(g, thai, english);
    for (size_t i = 0; i < count; i++) {
        separate(g, &first);
        put_field(g, &g->p->fields[fields[i]]);
    }
    cpl_buf_puts(g->b, "\n");
}

/* `reach him 3 times when he is not told because: out of reach`. */
static void describe_attempts(page *g, const cpl_guard *guard) {
    const cpl_field *why = &g->p->fields[cpl_policy_field(g->p, CPL_LIT("why_not_told"))];
    bool first = true;
    say(g, "; ต้องบันทึกการพยายามติดต่อแต่ละรายอย่างน้อย ", "; at least ");
    cpl_buf_int(g->b, guard->attempts);
    say(g, " ครั้ง เมื่อเหตุคือ ", " attempts to reach each are on record when the reason is: ");
    for (size_t i = 0; i < guard->reason_count; i++)
        for (size_t k = 0; k < why->choice_count; k++) {
            if (!cpl_str_eq(why->choices[k], guard->reasons[i])) continue;
            separate(g, &first);
            put_label(g, &why->choice_labels[k]);
        }
}

static void describe_guard(page *g, const cpl_guard *guard) {
    begin_detail(g, "เงื่อนไข", "guard");
    cpl_buf_puts(g->b, cpl_policy_guard_words(guard->kind, g->language));
    if (guard->always)
        say(g, " (ทุกเรื่อง)", " (every case)");
    else if (guard->flags) {
        say(g, " เมื่อมีเครื่องหมาย ", ", when flagged: ");
        put_flags(g, guard->flags);
    }
    if (guard->attempts) describe_attempts(g, guard);
    put_source(g, guard->source);
    cpl_buf_puts(g->b, "\n");
}

static void describe_extensions(page *g, const cpl_action *a) {
    bool first = true;
    if (a->extend_count == 0) return;
    begin_detail(g, "ขยายกำหนดเวลา", "gives more time to");
    for (size_t i = 0; i < a->extend_count; i++) {
        separate(g, &first);
        put_label(g, &g->p->clocks[a->extends[i]].code.label);
    }
    cpl_buf_puts(g->b, "\n");
}

static void describe_action(page *g, const cpl_action *a, bool intake) {
    cpl_buf_fmt(g->b, "  %s (%s)", cpl_event_label(a->kind, g->language), cpl_event_name(a->kind));
    put_source(g, a->source);
    cpl_buf_puts(g->b, "\n");
    if (!intake) describe_way(g, a);
    describe_who(g, a);
    describe_fields(g, a->required, a->required_count, "ต้องระบุ", "required");
    describe_fields(g, a->optional, a->optional_count, "ระบุได้", "optional");
    describe_extensions(g, a);
    for (size_t i = 0; i < a->guard_count; i++) describe_guard(g, &g->p->guards[a->guards[i]]);
}

static void describe_actions(page *g) {
    heading(g, "การรับข้อความ", "INTAKE");
    for (size_t i = 0; i < g->p->intake_count; i++) describe_action(g, &g->p->actions[i], true);
    heading(g, "การกระทำ", "ACTIONS");
    for (size_t i = g->p->intake_count; i < g->p->action_count; i++) describe_action(g, &g->p->actions[i], false);
}

/* ---- notices and clocks ---- */

/* `flagged “urgent”`: the qualifier is the code of a flag or a class, or a notice's id. */
static void put_trigger(page *g, const cpl_trigger *t) {
    const char *derived = cpl_trigger_label(t->kind, g->language);
    cpl_buf_puts(g->b, derived ? derived : cpl_event_label(t->kind, g->language));
    if (t->qualifier.n == 0) return;
    int flag = t->kind == CPL_EV_FLAG || t->kind == CPL_TRIGGER_FLAG_CLEARED ? cpl_policy_flag(g->p, t->qualifier) : -1, class_at = t->kind == CPL_EV_CLASSIFY ? cpl_policy_class(g->p, t->qualifier) : -1;
    cpl_buf_puts(g->b, " “");
    if (flag >= 0)
        put_label(g, &g->p->flags[flag].code.label);
    else if (class_at >= 0)
        put_label(g, &g->p->classes[class_at].code.label);
    else
        put(g, t->qualifier);
    cpl_buf_puts(g->b, "”");
}

static void describe_triggers(page *g, const cpl_trigger *list, size_t count, const char *thai, const char *english) {
    bool first = true;
    begin_detail(g, thai, english);
    for (size_t i = 0; i < count; i++) {
        separate(g, &first);
        put_trigger(g, &list[i]);
    }
    put_none(g, first);
    cpl_buf_puts(g->b, "\n");
}

static bool reminds(const cpl_clock_def *c, int notice) {
    for (size_t i = 0; i < c->warning_count; i++)
        if (c->warnings[i].notice == notice) return true;
    return false;
}

/* The clocks that send a notice. */
static void describe_reminding(page *g, int notice) {
    bool first = true;
    for (size_t i = 0; i < g->p->clock_count; i++) {
        if (!reminds(&g->p->clocks[i], notice)) continue;
        if (first) begin_detail(g, "เตือนโดยกำหนดเวลา", "sent by the clock");
        separate(g, &first);
        put_label(g, &g->p->clocks[i].code.label);
    }
    if (!first) cpl_buf_puts(g->b, "\n");
}

static void describe_notice(page *g, const cpl_notice_def *n) {
    cpl_buf_puts(g->b, "  ");
    put(g, n->id);
    say(g, ": ถึง ", ": to the ");
    if (n->to_role == CPL_TO_COMPLAINANT)
        say(g, "ผู้ร้องเรียน", "complainant");
    else if (n->to_role == CPL_TO_ORIGIN)
        say(g, "หน่วยงานที่ส่งเรื่องมา", "body that passed the matter on");
    else
        put_label(g, &g->p->roles[n->to_role].label);
    say(g, ", ข้อความ ", ", text ");
    put(g, g->p->texts[n->text].id);
    if (n->urgent) say(g, ", ส่งทันทีทุกเวลา", ", at once, at any hour");
    if (n->counts_as == CPL_COUNTS_AS_ACKNOWLEDGED) say(g, ", นับเป็นการตอบรับ", ", counts as the acknowledgement");
    if (n->counts_as == CPL_COUNTS_AS_TOLD) say(g, ", นับเป็นการแจ้งผล", ", counts as telling the result");
    put_source(g, n->source);
    cpl_buf_puts(g->b, "\n");
    if (n->on_count) describe_triggers(g, n->on, n->on_count, "เมื่อ", "when");
    describe_reminding(g, (int)(n - g->p->notices));
}

static void describe_notices(page *g) {
    heading(g, "ข้อความแจ้ง", "NOTICES");
    for (size_t i = 0; i < g->p->notice_count; i++) describe_notice(g, &g->p->notices[i]);
}

static void put_unit(page *g, int32_t unit, bool one) {
    if (unit == COMPLAINT_UNIT_MINUTES) say(g, " นาที", one ? " minute" : " minutes");
    if (unit == COMPLAINT_UNIT_WORKING_MINUTES) say(g, " นาทีในเวลาราชการ", one ? " office minute" : " office minutes");
    if (unit == COMPLAINT_UNIT_CALENDAR_DAYS) say(g, " วันตามปฏิทิน", one ? " calendar day" : " calendar days");
    if (unit == COMPLAINT_UNIT_WORKING_DAYS) say(g, " วันทำการ", one ? " working day" : " working days");
}

/* Whole hours are said as hours, from two on: `24 ชั่วโมง`, not `1440 นาที`. */
static void put_length(page *g, int64_t length, int32_t unit) {
    bool hours = unit == COMPLAINT_UNIT_MINUTES && length >= 120 && length % 60 == 0;
    cpl_buf_int(g->b, hours ? length / 60 : length);
    if (hours)
        say(g, " ชั่วโมง", " hours");
    else
        put_unit(g, unit, length == 1);
}

/* Only what differs from the law's default is said, but for the first day, which people ask about. */
static void put_day_rule(page *g, const cpl_clock_rule *rule) {
    if (rule->first_day == COMPLAINT_FIRST_DAY_EXCLUDED)
        say(g, " ไม่นับวันแรก", ", the first day not counted");
    else
        say(g, " นับวันแรกด้วย", ", the first day counted");
    if (rule->roll == COMPLAINT_ROLL_FOLLOWING) say(g, " ถ้าวันสุดท้ายเป็นวันหยุดให้เลื่อนไปวันทำการถัดไป", ", a last day on a holiday moves to the next working day");
    if (rule->roll == COMPLAINT_ROLL_PRECEDING) say(g, " ถ้าวันสุดท้ายเป็นวันหยุดให้เลื่อนมาวันทำการก่อนหน้า", ", a last day on a holiday moves to the working day before");
    if (rule->due_at == COMPLAINT_DUE_OFFICE_CLOSE)
        say(g, " ครบกำหนดเมื่อสิ้นเวลาราชการ", ", due when the office closes");
    else
        say(g, " ครบกำหนดสิ้นวัน", ", due at the end of the day");
}

static void put_rule(page *g, const cpl_clock_def *c) {
    if (c->date_field >= 0) {
        say(g, "สิ้นวันที่ระบุใน “", "the end of the day given in “");
        put_label(g, &g->p->fields[c->date_field].code.label);
        cpl_buf_puts(g->b, "”");
        return;
    }
    put_length(g, c->rule.length, c->rule.unit);
    if (cpl_policy_counts_days(c->rule.unit)) put_day_rule(g, &c->rule);
    if (c->rule.receipt == COMPLAINT_RECEIPT_NEXT_WORKING_DAY) say(g, " เรื่องที่เข้านอกเวลาราชการนับเป็นวันทำการถัดไป", ", what comes after hours counts as the next working day's");
    if (c->from_receipt) say(g, " นับจากวันรับเรื่อง", ", counted from the receipt");
}

/* `3 working days before the deadline`, `on the last day` */
static void put_distance(page *g, const cpl_warning *w) {
    if (w->length == 0) {
        if (cpl_policy_counts_days(w->unit))
            say(g, "วันสุดท้าย", "on the last day");
        else
            say(g, "เมื่อครบกำหนด", "at the deadline");
        return;
    }
    put_length(g, w->length, w->unit);
    if (w->when == CPL_BEFORE_DUE) say(g, "ก่อนครบกำหนด", " before the deadline");
    if (w->when == CPL_AFTER_START) say(g, "หลังเริ่มนับ", " after the start");
    if (w->when == CPL_AFTER_DUE) say(g, "หลังครบกำหนด", " after the deadline");
}

static void describe_warning(page *g, const cpl_warning *w) {
    begin_detail(g, "เตือน", "reminds");
    if (w->repeat) say(g, "ทุก ", "every ");
    put_distance(g, w);
    if (w->at_minute >= 0) say(g, " เวลา ", ", at ");
    if (w->at_minute >= 0) put_time_of_day(g, w->at_minute);
    say(g, " ด้วยข้อความแจ้ง ", ", by the notice ");
    put(g, g->p->notices[w->notice].id);
    put_source(g, w->source);
    cpl_buf_puts(g->b, "\n");
}

static void describe_clock(page *g, const cpl_clock_def *c) {
    begin_code(g, &c->code);
    cpl_buf_puts(g->b, " — ");
    put_rule(g, c);
    if (c->per_referral) say(g, " แยกตามหน่วยงานที่ได้รับเรื่อง", ", for each unit that has the matter");
    end_code(g, &c->code);
    if (c->length_field >= 0) describe_fields(g, &c->length_field, 1, "กำหนดเป็นรายเรื่องได้", "per case");
    describe_triggers(g, c->starts, c->start_count, "เริ่มเมื่อ", "starts");
    describe_triggers(g, c->stops, c->stop_count, "หยุดเมื่อ", "stops");
    if (c->cancel_count) describe_triggers(g, c->cancels, c->cancel_count, "ยกเลิกเมื่อ", "cancelled");
    if (c->paused_in) {
        begin_detail(g, "หยุดนับในสถานะ", "stands still in");
        put_states(g, c->paused_in);
        cpl_buf_puts(g->b, "\n");
    }
    for (size_t i = 0; i < c->warning_count; i++) describe_warning(g, &c->warnings[i]);
}

static void describe_clocks(page *g) {
    heading(g, "กำหนดเวลา", "CLOCKS");
    for (size_t i = 0; i < g->p->clock_count; i++) describe_clock(g, &g->p->clocks[i]);
}

/* ---- reports ---- */

static const char *month_name(int32_t month, int32_t language) {
    static const char *const names[][2] = {{"ตุลาคม", "October"},   {"พฤศจิกายน", "November"}, {"ธันวาคม", "December"}, {"มกราคม", "January"}, {"กุมภาพันธ์", "February"}, {"มีนาคม", "March"},
                                           {"เมษายน", "April"},     {"พฤษภาคม", "May"},        {"มิถุนายน", "June"},    {"กรกฎาคม", "July"},   {"สิงหาคม", "August"},     {"กันยายน", "September"}};
    return names[month - 1][language == COMPLAINT_THAI ? 0 : 1];
}

static void describe_round(page *g, const cpl_round *r) {
    begin_code(g, &r->code);
    cpl_buf_fmt(g->b, " — %s", month_name(r->first, g->language));
    if (r->last != r->first) say(g, " ถึง ", " to ");
    if (r->last != r->first) cpl_buf_puts(g->b, month_name(r->last, g->language));
    if (r->first == 1) say(g, " (สะสมตั้งแต่ต้นปีงบประมาณ)", " (from the beginning of the fiscal year)");
    say(g, ", ตัดยอดข้อมูล ", ", figures are final ");
    cpl_buf_int(g->b, r->cut_off);
    say(g, " วันหลังสิ้นงวด, เสนอรายงานภายใน ", " days after the period, the report is due within ");
    cpl_buf_int(g->b, r->due);
    say(g, " วันหลังสิ้นงวด", " days after it");
    end_code(g, &r->code);
}

static bool admits_all(const complaint_policy *p, const cpl_group *group) {
    bool all = group->unclassified;
    for (size_t i = 0; i < p->class_count; i++) all = all && group->classes[i];
    return all;
}

static void put_class_names(page *g, const cpl_group *group, bool admitted) {
    bool first = true;
    for (size_t i = 0; i < g->p->class_count; i++) {
        if (group->classes[i] != admitted) continue;
        separate(g, &first);
        put_label(g, &g->p->classes[i].code.label);
    }
}

static void describe_group(page *g, const cpl_group *group) {
    bool all = admits_all(g->p, group);
    cpl_buf_puts(g->b, "  ");
    begin_code(g, &group->code);
    cpl_buf_puts(g->b, " — ");
    if (group->flags) say(g, "มีเครื่องหมาย ", "flagged ");
    put_flags(g, group->flags);
    if (group->flags && !all) cpl_buf_puts(g->b, "; ");
    if (!all && group->unclassified) say(g, "ไม่ใช่ประเภท ", "not of class ");
    if (!all && !group->unclassified) say(g, "ประเภท ", "of class ");
    if (!all) put_class_names(g, group, !group->unclassified);
    if (group->without) say(g, "; ไม่มีเครื่องหมาย ", "; not flagged ");
    put_flags(g, group->without);
    end_code(g, &group->code);
}

static void describe_analysis(page *g, const cpl_analysis *a) {
    begin_code(g, &a->code);
    say(g, " — แต่ละเรื่องนับครั้งเดียว ในกลุ่มแรกที่เข้าได้", " — each case counts once, in the first group it fits");
    end_code(g, &a->code);
    for (size_t i = 0; i < a->group_count; i++) describe_group(g, &a->groups[i]);
    begin_detail(g, "นอกจากนั้น", "the rest");
    put_label(g, &a->rest);
    cpl_buf_puts(g->b, "\n");
}

static void describe_reports(page *g) {
    if (g->p->round_count) heading(g, "รอบรายงานและกลุ่มที่รายงาน", "REPORT ROUNDS AND GROUPS");
    for (size_t i = 0; i < g->p->round_count; i++) describe_round(g, &g->p->rounds[i]);
    for (size_t i = 0; i < g->p->analysis_count; i++) describe_analysis(g, &g->p->analyses[i]);
}

static void describe_texts(page *g) {
    heading(g, "ข้อความ (ตามตัวอักษร)", "TEXTS (verbatim)");
    for (size_t i = 0; i < g->p->text_count; i++) {
        cpl_buf_puts(g->b, "  ");
        put(g, g->p->texts[i].id);
        cpl_buf_puts(g->b, ":\n    ");
        put(g, g->p->texts[i].text.th);
        if (g->language != COMPLAINT_THAI && g->p->texts[i].text.en.n) {
            cpl_buf_puts(g->b, "\n    ");
            put(g, g->p->texts[i].text.en);
        }
        cpl_buf_puts(g->b, "\n");
    }
}

void cpl_policy_describe(const complaint_policy *p, int32_t language, cpl_buf *b) {
    static void (*const parts[])(page *) = {
        describe_office, describe_roles,  describe_channels, describe_origins, describe_natures, describe_classes, describe_flags,
        describe_units,  describe_states, describe_actions,  describe_notices, describe_clocks,  describe_reports,  describe_texts,
    };
    page g = {b, p, language};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) parts[i](&g);
}
