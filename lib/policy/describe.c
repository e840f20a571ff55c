/*
 * policy/describe: the procedure as a page that an officer lays beside the paper.
 *
 * Owns: layout and the words around the policy's own. Must not know: cases.
 */
#include "policy/parts.h"

typedef struct page {
    cpl_buf *b;
    const complaint_policy *p;
    int32_t language;
} page;

/* ---- words ---- */

static void say(page *g, const char *thai, const char *english) { cpl_buf_puts(g->b, g->language == COMPLAINT_THAI ? thai : english); }

static void put(page *g, cpl_str s) { cpl_buf_str(g->b, s); }

static cpl_str in(const page *g, const cpl_label *label) { return g->language == COMPLAINT_THAI ? label->th : label->en; }

static void put_label(page *g, const cpl_label *label) { put(g, in(g, label)); }

static void put_source(page *g, cpl_str source) {
    if (source.n == 0) return;
    cpl_buf_puts(g->b, " [");
    if (cpl_str_is(source, "ours"))
        say(g, "กำหนดเอง", "ours");
    else
        put(g, source);
    cpl_buf_puts(g->b, "]");
}

static void heading(page *g, const char *thai, const char *english) {
    cpl_buf_puts(g->b, "\n");
    say(g, thai, english);
    cpl_buf_puts(g->b, "\n");
}

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

static void describe_office(page *g) {
    put_label(g, &g->p->title);
    cpl_buf_puts(g->b, "\n");
    put_label(g, &g->p->office_name);
    cpl_buf_puts(g->b, " ");
    put_label(g, &g->p->office_section);
    cpl_buf_fmt(g->b, " (%s, %s)\n%s, SHA-256 %s\n", g->p->office_id.p, g->p->province.p, g->p->id.p, g->p->digest);
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
    put_level(g, view->confidential, "ไม่ประสงค์ออกนาม", "confidential", &first);
    put_level(g, view->anonymous, "ไม่ทราบชื่อ", "anonymous", &first);
    if (first) say(g, "ไม่เห็น", "hidden");
    if (view->text)
        say(g, "; เห็นข้อความ", "; reads the texts");
    else
        say(g, "; ไม่เห็นข้อความ", "; does not read the texts");
    put_source(g, view->source);
    cpl_buf_puts(g->b, "\n");
}

static void describe_roles(page *g) {
    heading(g, "บทบาท", "ROLES");
    for (size_t i = 0; i < g->p->role_count; i++) {
        begin_code(g, &g->p->roles[i]);
        end_code(g, &g->p->roles[i]);
        describe_view(g, &g->p->views[i]);
    }
}

static void describe_channels(page *g) {
    heading(g, "ช่องทาง", "CHANNELS");
    for (size_t i = 0; i < g->p->channel_count; i++) {
        begin_code(g, &g->p->channels[i].code);
        if (g->p->channels[i].reply) say(g, " (ตอบกลับทางนี้ได้)", " (replies can leave by it)");
        end_code(g, &g->p->channels[i].code);
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

static void describe_classes(page *g) {
    heading(g, "ประเภทเรื่องและเส้นทาง", "CLASSES AND THEIR ROUTES");
    for (size_t i = 0; i < g->p->class_count; i++) {
        begin_code(g, &g->p->classes[i].code);
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

static void describe_way(page *g, const cpl_action *a) {
    begin_detail(g, "จาก", "from");
    put_states(g, a->from);
    if (a->to >= 0) cpl_buf_puts(g->b, " → ");
    if (a->to >= 0)
        put_label(g, &g->p->states[a->to].code.label);
    else
        say(g, " (สถานะไม่เปลี่ยน)", " (the state stays)");
    cpl_buf_puts(g->b, "\n");
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
        put(g, field->choices[i]);
    }
    if (field->choice_count) cpl_buf_puts(g->b, ")");
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

static void describe_guard(page *g, const cpl_guard *guard) {
    begin_detail(g, "เงื่อนไข", "guard");
    cpl_buf_puts(g->b, cpl_policy_guard_words(guard->kind, g->language));
    if (guard->always)
        say(g, " (ทุกเรื่อง)", " (every case)");
    else if (guard->flags) {
        say(g, " เมื่อมีเครื่องหมาย ", ", when flagged: ");
        put_flags(g, guard->flags);
    }
    put_source(g, guard->source);
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
    for (size_t i = 0; i < a->guard_count; i++) describe_guard(g, &g->p->guards[a->guards[i]]);
}

static void describe_actions(page *g) {
    heading(g, "การรับข้อความ", "INTAKE");
    for (size_t i = 0; i < g->p->intake_count; i++) describe_action(g, &g->p->actions[i], true);
    heading(g, "การกระทำ", "ACTIONS");
    for (size_t i = g->p->intake_count; i < g->p->action_count; i++) describe_action(g, &g->p->actions[i], false);
}

/* ---- notices and clocks ---- */

/* `flagged “urgent”`: the qualifier is a flag's code or a notice's id. */
static void put_trigger(page *g, const cpl_trigger *t) {
    cpl_buf_puts(g->b, cpl_event_label(t->kind, g->language));
    if (t->qualifier.n == 0) return;
    int flag = t->kind == CPL_EV_FLAG ? cpl_policy_flag(g->p, t->qualifier) : -1;
    cpl_buf_puts(g->b, " “");
    put(g, flag < 0 ? t->qualifier : in(g, &g->p->flags[flag].code.label));
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

static void describe_notice(page *g, const cpl_notice_def *n) {
    cpl_buf_puts(g->b, "  ");
    put(g, n->id);
    say(g, ": ถึง ", ": to the ");
    if (n->to_role < 0)
        say(g, "ผู้ร้องเรียน", "complainant");
    else
        put_label(g, &g->p->roles[n->to_role].label);
    say(g, ", ข้อความ ", ", text ");
    put(g, g->p->texts[n->text].id);
    if (n->urgent) say(g, ", ส่งทันทีทุกเวลา", ", at once, at any hour");
    if (n->counts_as == CPL_COUNTS_AS_ACKNOWLEDGED) say(g, ", นับเป็นการตอบรับ", ", counts as the acknowledgement");
    if (n->counts_as == CPL_COUNTS_AS_TOLD) say(g, ", นับเป็นการแจ้งผล", ", counts as telling the result");
    put_source(g, n->source);
    cpl_buf_puts(g->b, "\n");
    describe_triggers(g, n->on, n->on_count, "เมื่อ", "when");
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
    cpl_buf_int(g->b, c->rule.length);
    put_unit(g, c->rule.unit, c->rule.length == 1);
    if (c->rule.unit == COMPLAINT_UNIT_CALENDAR_DAYS || c->rule.unit == COMPLAINT_UNIT_WORKING_DAYS) put_day_rule(g, &c->rule);
    if (c->rule.receipt == COMPLAINT_RECEIPT_NEXT_WORKING_DAY) say(g, " เรื่องที่เข้านอกเวลาราชการนับเป็นวันทำการถัดไป", ", what comes after hours counts as the next working day's");
    if (c->from_receipt) say(g, " นับจากวันรับเรื่อง", ", counted from the receipt");
}

static void describe_clock(page *g, const cpl_clock_def *c) {
    begin_code(g, &c->code);
    cpl_buf_puts(g->b, " — ");
    put_rule(g, c);
    end_code(g, &c->code);
    if (c->length_field >= 0) describe_fields(g, &c->length_field, 1, "กำหนดเป็นรายเรื่องได้", "per case");
    describe_triggers(g, c->starts, c->start_count, "เริ่มเมื่อ", "starts");
    describe_triggers(g, c->stops, c->stop_count, "หยุดเมื่อ", "stops");
}

static void describe_clocks(page *g) {
    heading(g, "กำหนดเวลา", "CLOCKS");
    for (size_t i = 0; i < g->p->clock_count; i++) describe_clock(g, &g->p->clocks[i]);
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
        describe_office, describe_roles,  describe_channels, describe_natures, describe_classes, describe_flags,
        describe_units,  describe_states, describe_actions,  describe_notices, describe_clocks,  describe_texts,
    };
    page g = {b, p, language};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) parts[i](&g);
}
