/*
 * policy/parse_texts: the wording that leaves the house.
 *
 * Owns: placeholders. Must not know: what is put into them.
 */
#include "policy/parts.h"

#include <string.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const char *const placeholders[] = {"particle", "flags", "channel", "number", "text", "unit", "clock", "due", "assignee", "case", "origin", "origin_ref"};
#define PLACEHOLDERS "particle, flags, channel, number, case, text, unit, clock, due, assignee, origin, origin_ref, office, office_section, office_phone, office_fax, office_website, office_email, office_address, office_page"

static bool is_placeholder(cpl_str name) {
    for (size_t i = 0; i < LENGTH(placeholders); i++)
        if (cpl_str_is(name, placeholders[i])) return true;
    return false;
}

/* Reads `{name}` at s.p[at]; an empty name when the brace is not closed. */
static cpl_str name_at(cpl_str s, size_t at) {
    const char *from = s.p + at + 1, *end = memchr(from, '}', s.n - at - 1);
    return end ? (cpl_str){from, (size_t)(end - from)} : (cpl_str){"", 0};
}

static complaint_status check_text(cpl_reading *r, const cpl_json *v) {
    cpl_str s = cpl_json_str(v);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '{' && s.p[i] != '}') continue;
        cpl_str name = s.p[i] == '{' ? name_at(s, i) : (cpl_str){"", 0};
        if (name.n == 0) return cpl_policy_fault(r, v, CPL_FAULT_BRACE, (cpl_str){"", 0}, NULL);
        int part = cpl_policy_office_part(name);
        if (part < 0 && !is_placeholder(name)) return cpl_policy_fault(r, v, CPL_FAULT_PLACEHOLDER, name, PLACEHOLDERS);
        bool given = part >= 0 && cpl_json_get(cpl_json_get(r->root, "office"), cpl_policy_office_key(part));
        if (part >= 0 && !given) return cpl_policy_fault(r, v, CPL_FAULT_NO_OFFICE_PART, name, cpl_policy_office_key(part));
        i += name.n + 1;
    }
    return COMPLAINT_OK;
}

/* A letter of U+0E00 to U+0E7F, or a placeholder that may bring one. */
static bool has_thai(cpl_str s) {
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '{' || ((unsigned char)s.p[i] == 0xE0 && ((unsigned char)s.p[i + 1] == 0xB8 || (unsigned char)s.p[i + 1] == 0xB9))) return true;
    return false;
}

/* What a complainant reads is Thai. [CR-T2] */
static complaint_status take_thai(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_take_text(r, v, out, true);
    if (s == COMPLAINT_OK && cpl_json_str(v).n == 0) s = cpl_policy_fault(r, v, CPL_FAULT_EMPTY_THAI, (cpl_str){"", 0}, NULL);
    if (s == COMPLAINT_OK && !has_thai(cpl_json_str(v))) s = cpl_policy_fault(r, v, CPL_FAULT_NO_THAI, (cpl_str){"", 0}, NULL);
    return s == COMPLAINT_OK ? check_text(r, v) : s;
}

/* May be empty: English has no closing particle. */
static complaint_status take_english(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_take_text(r, v, out, true);
    return s == COMPLAINT_OK ? check_text(r, v) : s;
}

static complaint_status take_one(cpl_reading *r, const cpl_json *v, size_t i, cpl_text_def *text) {
    static const cpl_member members[] = {CPL_MUST("th", take_thai, cpl_text_def, text.th), CPL_MAY("en", take_english, cpl_text_def, text.en)};
    static const cpl_shape shape = CPL_SHAPE(members, cpl_text_def);
    complaint_status s = cpl_take_key(r, v, i, &text->id);
    if (s == COMPLAINT_OK) s = cpl_take_object(r, cpl_json_at(v, i), &shape, text);
    if (!text->text.en.p) text->text.en = text->text.th;
    return s;
}

static bool contains(cpl_str s, const char *word) {
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++)
        if (memcmp(s.p + i, word, n) == 0) return true;
    return false;
}

bool cpl_policy_text_asks(const cpl_text_def *text, const char *placeholder) { return contains(text->text.th, placeholder) || contains(text->text.en, placeholder); }

/* The particle stands for itself, and whoever asks for it has to have one. */
static complaint_status check_particle(cpl_reading *r, const cpl_json *v) {
    const complaint_policy *p = r->p;
    int particle = cpl_policy_text(p, CPL_LIT("particle"));
    if (particle >= 0 && contains(p->texts[particle].text.th, "{")) return cpl_policy_fault(r, cpl_json_at(v, (size_t)particle), CPL_FAULT_PLACEHOLDER, CPL_LIT("particle"), "-");
    for (size_t i = 0; particle < 0 && i < p->text_count; i++)
        if (cpl_policy_text_asks(&p->texts[i], "{particle}")) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_NO_PARTICLE, CPL_LIT("particle"), NULL);
    return COMPLAINT_OK;
}

complaint_status cpl_take_texts(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_text_def), &room);
    for (size_t i = 0; room && cpl_goes_on(r, s) && i < cpl_json_count(v); i++) s = cpl_both(s, take_one(r, v, i, (cpl_text_def *)room + i));
    p->texts = room;
    p->text_count = room ? cpl_json_count(v) : 0;
    return cpl_goes_on(r, s) && room ? cpl_both(s, check_particle(r, v)) : s;
}
