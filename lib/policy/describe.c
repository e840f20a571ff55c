/*
 * policy/describe: the procedure as a page that an officer lays beside the paper.
 *
 * Owns: the order of the page, the office, codes, fields, reports, texts. Must not know: cases.
 */
#include "policy/describe.h"

#include <string.h>

/* ---- words ---- */

void cpl_tell(cpl_teller *g, const char *thai, const char *english) { cpl_buf_puts(g->b, g->language == COMPLAINT_THAI ? thai : english); }

void cpl_tell_str(cpl_teller *g, cpl_str s) { cpl_buf_str(g->b, s); }

void cpl_tell_label(cpl_teller *g, const cpl_label *label) { cpl_tell_str(g, g->language == COMPLAINT_THAI ? label->th : label->en); }

void cpl_tell_source(cpl_teller *g, cpl_str source) {
    if (source.n == 0) return;
    cpl_buf_puts(g->b, " [");
    cpl_tell(g, cpl_policy_source(source).thai, source.p);
    cpl_buf_puts(g->b, "]");
}

void cpl_tell_heading(cpl_teller *g, const char *thai, const char *english) {
    cpl_buf_puts(g->b, "\n");
    cpl_tell(g, thai, english);
    cpl_buf_puts(g->b, "\n");
}

void cpl_tell_time(cpl_teller *g, int32_t minute) { cpl_buf_fmt(g->b, g->language == COMPLAINT_THAI ? "%02d.%02d น." : "%02d:%02d", (int)(minute / 60), (int)(minute % 60)); }

void cpl_tell_separator(cpl_teller *g, bool *first) {
    if (!*first) cpl_buf_puts(g->b, ", ");
    *first = false;
}

void cpl_tell_code(cpl_teller *g, const cpl_code *code) {
    cpl_buf_puts(g->b, "  ");
    cpl_tell_str(g, code->id);
    cpl_buf_puts(g->b, ": ");
    cpl_tell_label(g, &code->label);
}

void cpl_tell_end(cpl_teller *g, const cpl_code *code) {
    cpl_tell_source(g, code->source);
    cpl_buf_puts(g->b, "\n");
}

void cpl_tell_detail(cpl_teller *g, const char *thai, const char *english) {
    cpl_buf_puts(g->b, "    ");
    cpl_tell(g, thai, english);
    cpl_buf_puts(g->b, ": ");
}

/* Labels of the flags among `bits`. */
void cpl_tell_flags(cpl_teller *g, int64_t bits) {
    bool first = true;
    for (size_t i = 0; i < g->p->flag_count; i++) {
        if (!(g->p->flags[i].bit & bits)) continue;
        cpl_tell_separator(g, &first);
        cpl_tell_label(g, &g->p->flags[i].code.label);
    }
}

/* ---- office and codes ---- */

static void describe_office_part(cpl_teller *g, int part, bool *any) {
    static const char *const words[CPL_OFFICE_PARTS][2] = {
        [CPL_OFFICE_PHONE] = {"โทรศัพท์", "telephone"}, [CPL_OFFICE_FAX] = {"โทรสาร", "fax"},       [CPL_OFFICE_WEBSITE] = {"เว็บไซต์", "web site"},
        [CPL_OFFICE_EMAIL] = {"อีเมล", "e-mail"},       [CPL_OFFICE_ADDRESS] = {"ที่อยู่", "address"}, [CPL_OFFICE_PAGE] = {"เพจ", "page"},
    };
    if (!words[part][0] || g->p->office[part].th.n == 0) return;
    cpl_buf_puts(g->b, *any ? ", " : "");
    cpl_tell(g, words[part][0], words[part][1]);
    cpl_buf_puts(g->b, " ");
    cpl_tell_label(g, &g->p->office[part]);
    *any = true;
}

static void describe_office(cpl_teller *g) {
    bool any = false;
    cpl_tell_label(g, &g->p->title);
    cpl_buf_puts(g->b, "\n");
    cpl_tell_label(g, &g->p->office[CPL_OFFICE_NAME]);
    cpl_buf_puts(g->b, " ");
    cpl_tell_label(g, &g->p->office[CPL_OFFICE_SECTION]);
    cpl_buf_puts(g->b, "\n");
    for (int i = 0; i < CPL_OFFICE_PARTS; i++) describe_office_part(g, i, &any);
    if (any) cpl_tell_source(g, g->p->office_source);
    if (any) cpl_buf_puts(g->b, "\n");
    cpl_tell(g, "รหัสสำนักงาน ", "office code ");
    cpl_tell_str(g, g->p->office_id);
    cpl_tell(g, ", จังหวัด ", ", province ");
    cpl_tell_str(g, g->p->province);
    cpl_tell(g, ", รหัสเอกสาร ", ", document ");
    cpl_buf_fmt(g->b, "%s, SHA-256 %s\n", g->p->id.p, g->p->digest);
    cpl_tell(g, "ใน [ ] คือข้อของมาตรฐานการปฏิบัติงานที่กฎนั้นมาจาก, [กำหนดเอง] คือข้อที่มาตรฐานไม่ได้ระบุและสำนักงานกำหนดเอง\n",
             "In [ ] stands the clause of the paper that a rule comes from; [ours] is what the paper does not say and the office decided\n");
}

static void put_level(cpl_teller *g, bool seen, const char *thai, const char *english, bool *first) {
    if (!seen) return;
    cpl_tell_separator(g, first);
    cpl_tell(g, thai, english);
}

static void describe_view(cpl_teller *g, const cpl_view_def *view) {
    bool first = true;
    cpl_tell_detail(g, "สิทธิดูข้อมูล", "sees");
    if (!view->defined) {
        cpl_tell(g, "ไม่มี\n", "nothing\n");
        return;
    }
    if (view->all_cases)
        cpl_tell(g, "ทุกเรื่อง; ", "all cases; who the complainant is: ");
    else
        cpl_tell(g, "เฉพาะเรื่องที่ส่งถึงหน่วยงานของตน; ", "cases referred to its unit only; who the complainant is: ");
    if (view->named || view->confidential || view->anonymous) cpl_tell(g, "เห็นตัวผู้ร้องเรียนระดับ ", "");
    put_level(g, view->named, "เปิดเผยชื่อ", "named", &first);
    put_level(g, view->confidential, "ปกปิดชื่อ", "confidential", &first);
    put_level(g, view->anonymous, "ไม่ทราบชื่อ", "anonymous", &first);
    if (first) cpl_tell(g, "ไม่เห็นตัวผู้ร้องเรียน", "hidden");
    if (view->text)
        cpl_tell(g, "; อ่านข้อความและหลักฐานได้", "; reads the texts");
    else
        cpl_tell(g, "; อ่านข้อความและหลักฐานไม่ได้", "; does not read the texts");
    cpl_tell_source(g, view->source);
    cpl_buf_puts(g->b, "\n");
}

/* Who deals with a matter about somebody. */
static void describe_superior(cpl_teller *g, const cpl_code *superior) {
    if (!superior) return;
    cpl_tell(g, " (ผู้บังคับบัญชา: ", " (superior: ");
    cpl_tell_label(g, &superior->label);
    cpl_buf_puts(g->b, ")");
}

static void describe_roles(cpl_teller *g) {
    cpl_tell_heading(g, "บทบาท", "ROLES");
    for (size_t i = 0; i < g->p->role_count; i++) {
        cpl_tell_code(g, &g->p->roles[i]);
        describe_superior(g, g->p->superiors[i] < 0 ? NULL : &g->p->roles[g->p->superiors[i]]);
        cpl_tell_end(g, &g->p->roles[i]);
        describe_view(g, &g->p->views[i]);
    }
}

static void describe_duty(cpl_teller *g, const cpl_channel *channel) {
    if (!channel->daily) return;
    cpl_tell(g, " (ตรวจทุกวัน", " (checked every day");
    if (channel->remind_at >= 0) cpl_tell(g, " เตือนเวลา ", ", reminded at ");
    if (channel->remind_at >= 0) cpl_tell_time(g, channel->remind_at);
    cpl_buf_puts(g->b, ")");
}

static void describe_channels(cpl_teller *g) {
    cpl_tell_heading(g, "ช่องทาง", "CHANNELS");
    for (size_t i = 0; i < g->p->channel_count; i++) {
        cpl_tell_code(g, &g->p->channels[i].code);
        if (g->p->channels[i].reply)
            cpl_tell(g, " (ตอบกลับทางนี้ได้)", " (replies can leave by it)");
        else
            cpl_tell(g, " (ตอบกลับทางนี้ไม่ได้ เจ้าหน้าที่แจ้งเองและบันทึกวิธีที่แจ้ง)", " (no reply can leave by it: the officer tells, and records how)");
        describe_duty(g, &g->p->channels[i]);
        cpl_tell_end(g, &g->p->channels[i].code);
    }
}

static void describe_origins(cpl_teller *g) {
    if (g->p->origin_count) cpl_tell_heading(g, "หน่วยงานที่ส่งเรื่องมา", "BODIES THAT PASS MATTERS ON");
    for (size_t i = 0; i < g->p->origin_count; i++) {
        cpl_tell_code(g, &g->p->origins[i].code);
        cpl_tell_end(g, &g->p->origins[i].code);
    }
}

static void describe_natures(cpl_teller *g) {
    cpl_tell_heading(g, "ลักษณะเรื่อง", "NATURES");
    for (size_t i = 0; i < g->p->nature_count; i++) {
        cpl_tell_code(g, &g->p->natures[i]);
        cpl_tell_end(g, &g->p->natures[i]);
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

static void describe_parent(cpl_teller *g, const cpl_class *c) {
    if (c->parent < 0) return;
    cpl_tell(g, " (ประเภทย่อยของ ", " (a kind of ");
    cpl_tell_label(g, &g->p->classes[c->parent].code.label);
    cpl_buf_puts(g->b, ")");
}

static void describe_classes(cpl_teller *g) {
    cpl_tell_heading(g, "ประเภทเรื่องและเส้นทาง", "CLASSES AND THEIR ROUTES");
    for (size_t i = 0; i < g->p->class_count; i++) {
        cpl_tell_code(g, &g->p->classes[i].code);
        describe_parent(g, &g->p->classes[i]);
        cpl_buf_fmt(g->b, " → %s", route_words(g->p->classes[i].route, g->language));
        cpl_tell_end(g, &g->p->classes[i].code);
    }
}

static void describe_flags(cpl_teller *g) {
    cpl_tell_heading(g, "เครื่องหมาย", "FLAGS");
    for (size_t i = 0; i < g->p->flag_count; i++) {
        cpl_tell_code(g, &g->p->flags[i].code);
        if (g->p->flags[i].implies) cpl_tell(g, " (ถือว่ามีเครื่องหมายนี้ด้วย: ", " (brings with it: ");
        cpl_tell_flags(g, g->p->flags[i].implies);
        if (g->p->flags[i].implies) cpl_buf_puts(g->b, ")");
        cpl_tell_end(g, &g->p->flags[i].code);
    }
}

static void describe_classify(cpl_teller *g) {
    cpl_tell_heading(g, "การเสนอประเภทเรื่อง", "SUGGESTED CLASSES");
    cpl_tell(g, "  ต้องให้คนอ่านก่อนเมื่อความมั่นใจต่ำกว่าร้อยละ ", "  read by a person first when the confidence in per cent is below ");
    cpl_buf_int(g->b, g->p->unsure_below / 10);
    if (g->p->unsure_below % 10) cpl_buf_fmt(g->b, ".%d", (int)(g->p->unsure_below % 10));
    if (g->p->unsure_source.n) cpl_tell_source(g, g->p->unsure_source);
    cpl_buf_puts(g->b, "\n");
}

static void describe_units(cpl_teller *g) {
    cpl_tell_heading(g, "หน่วยงาน", "UNITS");
    for (size_t i = 0; i < g->p->unit_count; i++) {
        cpl_tell_code(g, &g->p->units[i].code);
        if (g->p->units[i].kind == CPL_AGENCY) cpl_tell(g, " (หน่วยงานภายนอก)", " (outside agency)");
        if (g->p->units[i].kind == CPL_EXECUTIVE) cpl_tell(g, " (ผู้บริหาร)", " (executive)");
        if (g->p->units[i].phone.n) cpl_tell(g, " โทร. ", ", telephone ");
        if (g->p->units[i].phone.n) cpl_tell_str(g, g->p->units[i].phone);
        if (g->p->units[i].role >= 0) cpl_tell(g, " (ผู้ดำรงตำแหน่ง: ", " (who sits there: ");
        if (g->p->units[i].role >= 0) cpl_tell_label(g, &g->p->roles[g->p->units[i].role].label);
        if (g->p->units[i].role >= 0) cpl_buf_puts(g->b, ")");
        describe_superior(g, g->p->units[i].superior < 0 ? NULL : &g->p->units[g->p->units[i].superior].code);
        cpl_tell_end(g, &g->p->units[i].code);
    }
}

static void put_phase(cpl_teller *g, cpl_phase phase) {
    static const char *const thai[] = {
        [CPL_PHASE_RECEIVED] = "รับเรื่อง",  [CPL_PHASE_OPEN] = "กำลังดำเนินการ", [CPL_PHASE_WAITING] = "อยู่ระหว่างรอ",      [CPL_PHASE_RESULTED] = "ได้รับผลแล้ว",
        [CPL_PHASE_CLOSED] = "ปิดเรื่องแล้ว", [CPL_PHASE_REJECTED] = "ไม่รับเรื่อง", [CPL_PHASE_WITHDRAWN] = "ถอนเรื่อง", [CPL_PHASE_TRANSFERRED] = "ส่งหน่วยงานอื่นแล้ว",
    };
    if (g->language == COMPLAINT_THAI)
        cpl_buf_puts(g->b, thai[phase]);
    else
        cpl_tell_str(g, cpl_phase_name(phase));
}

static void describe_states(cpl_teller *g) {
    cpl_tell_heading(g, "สถานะ", "STATES");
    for (size_t i = 0; i < g->p->state_count; i++) {
        const cpl_state *state = &g->p->states[i];
        cpl_tell_code(g, &state->code);
        cpl_tell(g, " — ระยะ: ", " — phase ");
        put_phase(g, state->phase);
        if ((int)i == g->p->initial) cpl_tell(g, " (สถานะเริ่มต้น)", " (a case begins here)");
        cpl_tell_end(g, &state->code);
    }
}

/* ---- fields ---- */

static const char *type_words(cpl_field_type type, int32_t language) {
    static const char *const words[][2] = {
        [CPL_FIELD_TEXT] = {"ข้อความ", "text"},
        [CPL_FIELD_CLASS] = {"รหัสประเภทเรื่อง", "a class"},
        [CPL_FIELD_NATURE] = {"รหัสลักษณะเรื่อง", "a nature"},
        [CPL_FIELD_FLAG] = {"รหัสเครื่องหมาย", "a flag"},
        [CPL_FIELD_UNIT] = {"รหัสหน่วยงาน", "a unit"},
        [CPL_FIELD_UNITS] = {"รหัสหน่วยงานหนึ่งแห่งหรือหลายแห่ง", "one or more units"},
        [CPL_FIELD_CHOICE] = {"เลือกจาก", "one of"},
        [CPL_FIELD_INTEGER] = {"จำนวนเต็ม", "a whole number"},
        [CPL_FIELD_BOOLEAN] = {"ใช่หรือไม่ใช่", "yes or no"},
        [CPL_FIELD_TIME] = {"วันเวลา", "an instant"},
        [CPL_FIELD_CHANNEL] = {"รหัสช่องทาง", "a channel"},
        [CPL_FIELD_ORIGIN] = {"รหัสหน่วยงานที่ส่งเรื่องมา", "a body that passes matters on"},
        [CPL_FIELD_ROLE] = {"รหัสบทบาท", "a role"},
        [CPL_FIELD_CASE] = {"เลขเรื่อง", "a case"},
        [CPL_FIELD_CODE] = {"รหัสหรือเลขสั้น ๆ ที่ไม่ระบุตัวบุคคล", "a short code without personal data"},
    };
    return words[type][language == COMPLAINT_THAI ? 0 : 1];
}

static void describe_values(cpl_teller *g, const cpl_field *field) {
    if (field->type == CPL_FIELD_INTEGER) {
        cpl_buf_puts(g->b, " ");
        cpl_buf_int(g->b, field->min);
        cpl_buf_puts(g->b, "–");
        cpl_buf_int(g->b, field->max);
    }
    for (size_t i = 0; i < field->choice_count; i++) {
        cpl_buf_puts(g->b, i ? " | " : " ");
        cpl_tell_label(g, &field->choice_labels[i]);
    }
}

/* What few may see is said; that other texts are sealed goes without saying. */
static void describe_fields(cpl_teller *g) {
    cpl_tell_heading(g, "ช่องข้อมูล", "FIELDS");
    for (size_t i = 0; i < g->p->field_count; i++) {
        const cpl_field *field = &g->p->fields[i];
        cpl_tell_code(g, &field->code);
        cpl_buf_fmt(g->b, " — %s", type_words(field->type, g->language));
        describe_values(g, field);
        if (field->identity) cpl_tell(g, " (ระบุตัวผู้ร้องเรียน ปกปิดจากผู้ที่ไม่มีสิทธิเห็นตัวผู้ร้องเรียน)", " (says who the complainant is: hidden from who may not know him)");
        if (field->type == CPL_FIELD_TEXT && !field->sealed) cpl_tell(g, " (ไม่ปกปิด ผู้ที่เห็นเรื่องเห็นได้ทุกคน)", " (not sealed: seen by whoever sees the case)");
        cpl_tell_end(g, &field->code);
    }
}

/* ---- reports ---- */

static const char *month_name(int32_t month, int32_t language) {
    static const char *const names[][2] = {{"ตุลาคม", "October"},   {"พฤศจิกายน", "November"}, {"ธันวาคม", "December"}, {"มกราคม", "January"}, {"กุมภาพันธ์", "February"}, {"มีนาคม", "March"},
                                           {"เมษายน", "April"},     {"พฤษภาคม", "May"},        {"มิถุนายน", "June"},    {"กรกฎาคม", "July"},   {"สิงหาคม", "August"},     {"กันยายน", "September"}};
    return names[month - 1][language == COMPLAINT_THAI ? 0 : 1];
}

static void describe_round(cpl_teller *g, const cpl_round *r) {
    cpl_tell_code(g, &r->code);
    cpl_buf_fmt(g->b, " — %s", month_name(r->first, g->language));
    if (r->last != r->first) cpl_tell(g, " ถึง ", " to ");
    if (r->last != r->first) cpl_buf_puts(g->b, month_name(r->last, g->language));
    if (r->first == 1) cpl_tell(g, " (สะสมตั้งแต่ต้นปีงบประมาณ)", " (from the beginning of the fiscal year)");
    cpl_tell(g, ", ตัดยอดข้อมูล ", ", figures are final ");
    cpl_buf_int(g->b, r->cut_off);
    cpl_tell(g, " วันหลังสิ้นงวด, เสนอรายงานภายใน ", " days after the period, the report is due within ");
    cpl_buf_int(g->b, r->due);
    cpl_tell(g, " วันหลังสิ้นงวด", " days after it");
    cpl_tell_end(g, &r->code);
}

static bool admits_all(const complaint_policy *p, const cpl_group *group) {
    bool all = group->unclassified;
    for (size_t i = 0; i < p->class_count; i++) all = all && group->classes[i];
    return all;
}

static void put_class_names(cpl_teller *g, const cpl_group *group, bool admitted) {
    bool first = true;
    for (size_t i = 0; i < g->p->class_count; i++) {
        if (group->classes[i] != admitted) continue;
        cpl_tell_separator(g, &first);
        cpl_tell_label(g, &g->p->classes[i].code.label);
    }
}

static void describe_group(cpl_teller *g, const cpl_group *group) {
    bool all = admits_all(g->p, group);
    cpl_buf_puts(g->b, "  ");
    cpl_tell_code(g, &group->code);
    cpl_buf_puts(g->b, " — ");
    if (group->flags) cpl_tell(g, "มีเครื่องหมาย ", "flagged ");
    cpl_tell_flags(g, group->flags);
    if (group->flags && !all) cpl_buf_puts(g->b, "; ");
    if (!all && group->unclassified) cpl_tell(g, "ไม่ใช่ประเภท ", "not of class ");
    if (!all && !group->unclassified) cpl_tell(g, "ประเภท ", "of class ");
    if (!all) put_class_names(g, group, !group->unclassified);
    if (group->without) cpl_tell(g, "; ไม่มีเครื่องหมาย ", "; not flagged ");
    cpl_tell_flags(g, group->without);
    cpl_tell_end(g, &group->code);
}

static void describe_analysis(cpl_teller *g, const cpl_analysis *a) {
    cpl_tell_code(g, &a->code);
    cpl_tell(g, " — แต่ละเรื่องนับครั้งเดียว ในกลุ่มแรกที่เข้าได้", " — each case counts once, in the first group it fits");
    cpl_tell_end(g, &a->code);
    for (size_t i = 0; i < a->group_count; i++) describe_group(g, &a->groups[i]);
    cpl_tell_detail(g, "นอกจากนั้น", "the rest");
    cpl_tell_label(g, &a->rest);
    cpl_buf_puts(g->b, "\n");
}

static void describe_reports(cpl_teller *g) {
    if (g->p->round_count) cpl_tell_heading(g, "รอบรายงานและกลุ่มที่รายงาน", "REPORT ROUNDS AND GROUPS");
    for (size_t i = 0; i < g->p->round_count; i++) describe_round(g, &g->p->rounds[i]);
    for (size_t i = 0; i < g->p->analysis_count; i++) describe_analysis(g, &g->p->analyses[i]);
}

/* ---- texts ---- */

static void describe_texts(cpl_teller *g) {
    cpl_tell_heading(g, "ข้อความ (ตามตัวอักษร)", "TEXTS (verbatim)");
    for (size_t i = 0; i < g->p->text_count; i++) {
        cpl_buf_puts(g->b, "  ");
        cpl_tell_str(g, g->p->texts[i].id);
        cpl_buf_puts(g->b, ":\n    ");
        cpl_tell_str(g, g->p->texts[i].text.th);
        if (g->language != COMPLAINT_THAI && g->p->texts[i].text.en.n) {
            cpl_buf_puts(g->b, "\n    ");
            cpl_tell_str(g, g->p->texts[i].text.en);
        }
        cpl_buf_puts(g->b, "\n");
    }
}

void cpl_policy_describe(const complaint_policy *p, int32_t language, cpl_buf *b) {
    static void (*const parts[])(cpl_teller *) = {
        describe_office, describe_roles,       describe_channels,    describe_origins,    describe_natures, describe_classes, describe_flags,
        describe_classify, describe_units,  describe_states,      cpl_describe_actions, describe_fields,     cpl_describe_notices, cpl_describe_clocks, describe_reports, describe_texts,
    };
    cpl_teller g = {b, p, language};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) parts[i](&g);
}
