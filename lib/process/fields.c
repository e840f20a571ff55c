/*
 * process/fields: the fields of an action against the policy.
 *
 * Owns: which field is known, required, of the right type; where it is written (clear payload or sealed). Must not know: what it leads to.
 */
#include "process/plan.h"

#include <stdio.h>
#include <string.h>

const cpl_input *cpl_find_input(const cpl_request *rq, const char *name) {
    for (size_t i = rq->field_count; i > 0; i--)
        if (cpl_str_is(rq->fields[i - 1].name, name)) return &rq->fields[i - 1];
    return NULL;
}

cpl_str cpl_input_text(const cpl_request *rq, const char *name) {
    const cpl_input *in = cpl_find_input(rq, name);
    return in && !in->is_integer ? in->text : CPL_LIT("");
}

static bool listed(const int *list, size_t n, int field) {
    for (size_t i = 0; i < n; i++)
        if (list[i] == field) return true;
    return false;
}

/* What a code of a field is called; the code itself where it has no other words. */
static cpl_str thai_of(const planner *pl, const cpl_field *f, cpl_str code) {
    cpl_code_table t = cpl_policy_codes(pl->p, f);
    for (size_t i = 0; i < t.count; i++) {
        const void *entry = (const char *)t.entries + i * t.size;
        if (!cpl_str_eq(*(const cpl_str *)entry, code)) continue;
        return f->type == CPL_FIELD_CHOICE ? f->choice_labels[i].th : ((const cpl_code *)entry)->label.th;
    }
    return code;
}

enum { LABELLED_SIZE = 544 };

/* `code (what it is called), code`: all codes of the list, and their words as far as there is room for them. */
static void add_labels(const planner *pl, const cpl_field *f, const char *codes, char out[LABELLED_SIZE]) {
    size_t n = 0;
    for (const char *at = codes; *at;) {
        size_t size = strcspn(at, ","), rest = strlen(at + size);
        cpl_str label = thai_of(pl, f, (cpl_str){at, size});
        bool fits = !cpl_str_eq(label, (cpl_str){at, size}) && n + size + label.n + rest + sizeof " ()" < LABELLED_SIZE;
        n += (size_t)snprintf(out + n, LABELLED_SIZE - n, fits ? "%.*s (%.*s)" : "%.*s", (int)size, at, (int)label.n, label.p);
        at += size;
        if (*at) n += (size_t)snprintf(out + n, LABELLED_SIZE - n, ", ");
        at += strspn(at, ", ");
    }
}

static complaint_status unknown_code(const planner *pl, const cpl_field *f, cpl_str code) {
    char known[CPL_SUGGESTIONS_SIZE], labelled[LABELLED_SIZE] = "", said[CPL_QUOTE_SIZE];
    cpl_code_table t = cpl_policy_codes(pl->p, f);
    cpl_suggest(code, t.entries, t.count, t.size, known);
    add_labels(pl, f, known, labelled);
    return cpl_failf(pl->e, COMPLAINT_E_UNKNOWN_CODE, f->code.id.p, "ช่อง %s (%s%.0s): ไม่รู้จักรหัส “%s” รหัสที่ใช้ได้: %s%.0s", "field %s (%.0s%s): no such code “%s”; one of: %.0s%s", f->code.id.p, f->code.label.th.p,
                     f->code.label.en.p, cpl_quote(code, said), labelled, known);
}

static complaint_status wrong_type(const planner *pl, const cpl_field *f, const char *thai, const char *english) {
    return cpl_failf(pl->e, COMPLAINT_E_INVALID, f->code.id.p, "ช่อง %s ต้องเป็น%s%.0s", "field %s must be %.0s%s", f->code.id.p, thai, english);
}

/* Codes separated by commas, each a unit of the policy, none twice. */
static complaint_status check_units(planner *pl, const cpl_field *f, cpl_str list) {
    bool more = list.n > 0;
    pl->unit_count = 0;
    while (more) {
        const char *comma = memchr(list.p, ',', list.n);
        cpl_str one = {list.p, comma ? (size_t)(comma - list.p) : list.n};
        more = comma != NULL; /* then one more code has to come */
        list = comma ? (cpl_str){comma + 1, list.n - one.n - 1} : (cpl_str){list.p + list.n, 0};
        if (cpl_policy_unit(pl->p, one) < 0) return unknown_code(pl, f, one);
        for (size_t i = 0; i < pl->unit_count; i++)
            if (cpl_str_eq(pl->units[i], one)) return wrong_type(pl, f, "หน่วยงานที่ไม่ซ้ำกัน", "units, none of them twice");
        if (pl->unit_count == MAX_UNITS) return wrong_type(pl, f, "หน่วยงานไม่เกิน 16 แห่ง", "at most 16 units");
        pl->units[pl->unit_count++] = one;
    }
    return pl->unit_count ? COMPLAINT_OK : wrong_type(pl, f, "รหัสหน่วยงาน", "a unit");
}

static complaint_status check_integer(const planner *pl, const cpl_field *f, const cpl_input *in) {
    if (!in->is_integer) return wrong_type(pl, f, "ตัวเลข", "a number");
    if (in->integer >= f->min && in->integer <= f->max) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_RANGE, f->code.id.p, "ช่อง %s ต้องอยู่ระหว่าง %lld ถึง %lld", "field %s must be from %lld to %lld", f->code.id.p, (long long)f->min, (long long)f->max);
}

static complaint_status check_text(const planner *pl, const cpl_field *f, cpl_str s) {
    size_t offset;
    complaint_status s_utf8 = cpl_utf8_check(s, &offset);
    if (s_utf8 != COMPLAINT_OK) {
        cpl_failf(pl->e, s_utf8, f->code.id.p, "ช่อง %s: %s%.0s ที่ไบต์ %zu", "field %s: %.0s%s, at byte %zu", f->code.id.p, cpl_status_text(s_utf8, COMPLAINT_THAI), cpl_status_text(s_utf8, COMPLAINT_ENGLISH), offset);
        cpl_error_at(pl->e, "", 0, (int64_t)offset);
        return s_utf8;
    }
    if (s.n > (size_t)1024 * 1024)
        return cpl_failf(pl->e, COMPLAINT_E_TOO_LARGE, f->code.id.p, "ช่อง %s ยาว %zu ไบต์ เกิน 1 MiB", "field %s has %zu bytes, more than 1 MiB", f->code.id.p, s.n);
    return COMPLAINT_OK;
}

static complaint_status check_code(const planner *pl, const cpl_field *f, cpl_str s) {
    cpl_code_table t = cpl_policy_codes(pl->p, f);
    return cpl_code_table_has(&t, s) ? COMPLAINT_OK : unknown_code(pl, f, s);
}

/* A short clear text: a person's id at the host, a paper's number. */
static complaint_status check_short(const planner *pl, const cpl_field *f, cpl_str s) {
    if (s.n <= CPL_KEY_MAX) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_TOO_LARGE, f->code.id.p, "ช่อง %s ยาว %zu ไบต์ เกิน %d", "field %s has %zu bytes, more than %d", f->code.id.p, s.n, CPL_KEY_MAX);
}

/* A case by its id, as a number or in digits; whether there is one is the desk's to say. */
static complaint_status check_case(const planner *pl, const cpl_field *f, const cpl_input *in) {
    bool good = in->is_integer ? in->integer > 0 : in->text.n > 0 && in->text.n <= 19;
    for (size_t i = 0; good && !in->is_integer && i < in->text.n; i++) good = in->text.p[i] >= '0' && in->text.p[i] <= '9';
    return good ? COMPLAINT_OK : wrong_type(pl, f, "รหัสเรื่อง", "the id of a case");
}

static complaint_status check_value(planner *pl, const cpl_field *f, const cpl_input *in) {
    if (f->type == CPL_FIELD_CASE) return check_case(pl, f, in);
    if (f->type == CPL_FIELD_INTEGER) return check_integer(pl, f, in);
    if (f->type == CPL_FIELD_TIME) return in->is_integer ? COMPLAINT_OK : wrong_type(pl, f, "เวลา", "a time");
    if (f->type == CPL_FIELD_BOOLEAN) return in->is_integer && (in->integer | 1) == 1 ? COMPLAINT_OK : wrong_type(pl, f, " 0 หรือ 1", "0 or 1");
    if (in->is_integer) return wrong_type(pl, f, "ข้อความ", "text");
    complaint_status s = check_text(pl, f, in->text);
    if (s != COMPLAINT_OK || f->type == CPL_FIELD_TEXT) return s;
    if (f->type == CPL_FIELD_CODE) return check_short(pl, f, in->text);
    if (f->type == CPL_FIELD_UNITS) return check_units(pl, f, in->text);
    return check_code(pl, f, in->text);
}

/* The fields of an action by name, for who wrote one that it has not. */
static complaint_status unknown_field(const planner *pl, cpl_str name) {
    enum { MOST = 64 };
    cpl_str names[MOST];
    char known[CPL_SUGGESTIONS_SIZE], said[CPL_QUOTE_SIZE];
    size_t n = 0;
    for (size_t i = 0; i < pl->action->required_count && n < MOST; i++) names[n++] = pl->p->fields[pl->action->required[i]].code.id;
    for (size_t i = 0; i < pl->action->optional_count && n < MOST; i++) names[n++] = pl->p->fields[pl->action->optional[i]].code.id;
    cpl_suggest(name, names, n, sizeof *names, known);
    return cpl_failf(pl->e, COMPLAINT_E_UNKNOWN_FIELD, name.p, "รายการ %s ไม่มีช่อง “%s” ช่องที่มี: %s", "action %s has no field “%s”; it has: %s", cpl_event_name(pl->action->kind), cpl_quote(name, said), known);
}

static complaint_status check_given(planner *pl) {
    for (size_t i = 0; i < pl->rq->field_count; i++) {
        const cpl_input *in = &pl->rq->fields[i];
        int f = cpl_policy_field(pl->p, in->name);
        if (f < 0 || !(listed(pl->action->required, pl->action->required_count, f) || listed(pl->action->optional, pl->action->optional_count, f))) return unknown_field(pl, in->name);
        if (cpl_find_input(pl->rq, in->name.p) != in) continue; /* a later value of the same field counts */
        complaint_status s = check_value(pl, &pl->p->fields[f], in);
        if (s != COMPLAINT_OK) return s;
    }
    return COMPLAINT_OK;
}

static complaint_status check_required(const planner *pl) {
    for (size_t i = 0; i < pl->action->required_count; i++) {
        const cpl_field *f = &pl->p->fields[pl->action->required[i]];
        const cpl_input *in = cpl_find_input(pl->rq, f->code.id.p);
        if (in && (in->is_integer || in->text.n)) continue;
        return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, f->code.id.p, "ขาดช่อง %s (%s%.0s)", "field %s (%.0s%s) is missing", f->code.id.p, f->code.label.th.p, f->code.label.en.p);
    }
    return COMPLAINT_OK;
}

/* ---- what a value demands ---- */

static cpl_str code_of(const planner *pl, int field) { return field == CPL_ON_BEHALF ? CPL_LIT("on_behalf") : pl->p->fields[field].code.id; }

static bool is_given(const planner *pl, int field) {
    const cpl_input *in = field == CPL_ON_BEHALF ? NULL : cpl_find_input(pl->rq, pl->p->fields[field].code.id.p);
    return field == CPL_ON_BEHALF ? pl->who->on_behalf.n > 0 : in && (in->is_integer || in->text.n);
}

static bool applies(const planner *pl, const cpl_demand *d) {
    const cpl_input *in = cpl_find_input(pl->rq, pl->p->fields[d->field].code.id.p);
    if (!in || d->is_count == 0) return in && in->is_integer && (in->integer != 0) == d->truth;
    for (size_t i = 0; i < d->is_count; i++)
        if (cpl_str_eq(d->is[i], in->text)) return true;
    return false;
}

enum { DEMAND_SIZE = 640 };

/* `, ข้อความ (text)`; a label that has no room is left out. */
static void add_name(const planner *pl, int field, char out[DEMAND_SIZE]) {
    cpl_str code = code_of(pl, field), label = field == CPL_ON_BEHALF ? CPL_LIT("บันทึกแทนผู้ใด") : pl->p->fields[field].code.label.th;
    size_t n = strlen(out);
    bool fits = n + label.n + code.n + sizeof ",  ()" < DEMAND_SIZE;
    (void)snprintf(out + n, DEMAND_SIZE - n, fits ? "%s%.*s (%.*s)" : "%s%.*s%.*s", n ? ", " : "", fits ? (int)label.n : 0, label.p, (int)code.n, code.p);
}

/* `“ให้ปรับแก้” (changed)`, `“ใช่”`. */
static void name_value(const planner *pl, const cpl_demand *d, char *out, size_t size) {
    const cpl_field *f = &pl->p->fields[d->field];
    cpl_str code = cpl_input_text(pl->rq, f->code.id.p), label = d->is_count ? thai_of(pl, f, code) : d->truth ? CPL_LIT("ใช่") : CPL_LIT("ไม่ใช่");
    bool plain = d->is_count == 0 || cpl_str_eq(label, code);
    (void)snprintf(out, size, plain ? "“%.*s”" : "“%.*s” (%.*s)", (int)label.n, label.p, (int)code.n, code.p);
}

/* `wanted`: one code, or several of which one is enough; `named`: the same as people call them. */
static complaint_status demanded(const planner *pl, const cpl_demand *d, cpl_str subject, const char *wanted, const char *named, bool several) {
    char asked[DEMAND_SIZE] = "", said[DEMAND_SIZE];
    cpl_str field = pl->p->fields[d->field].code.id, value = d->is_count ? cpl_input_text(pl->rq, field.p) : d->truth ? CPL_LIT("1") : CPL_LIT("0");
    char given[CPL_ID_MAX + 1];
    (void)snprintf(given, sizeof given, "%.*s", (int)value.n, value.p);
    add_name(pl, d->field, asked);
    name_value(pl, d, said, sizeof said);
    return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, subject.p, "เมื่อ%s เป็น %s ต้องระบุ%s %s%.0s%.0s%.0s%.0s", "%.0s%.0s%.0s%.0swhen %s is %s, %s %s", asked, said, several ? "อย่างน้อยหนึ่งอย่างใน" : "", named, field.p, given,
                     several ? "one of these is required:" : "this is required:", wanted);
}

static complaint_status check_one_of(const planner *pl, const cpl_demand *d) {
    enum { MOST = 32 };
    cpl_str codes[MOST];
    char wanted[CPL_SUGGESTIONS_SIZE], named[DEMAND_SIZE] = "";
    size_t n = 0;
    for (size_t i = 0; i < d->one_of_count; i++)
        if (is_given(pl, d->one_of[i])) return COMPLAINT_OK;
    for (size_t i = 0; i < d->one_of_count && n < MOST; i++) {
        codes[n++] = code_of(pl, d->one_of[i]);
        add_name(pl, d->one_of[i], named);
    }
    if (!n) return COMPLAINT_OK;
    cpl_suggest(CPL_LIT(""), codes, n, sizeof *codes, wanted);
    return demanded(pl, d, codes[0], wanted, named, true);
}

static complaint_status check_demand(const planner *pl, const cpl_demand *d) {
    if (!applies(pl, d)) return COMPLAINT_OK;
    for (size_t i = 0; i < d->required_count; i++) {
        char named[DEMAND_SIZE] = "";
        if (is_given(pl, d->required[i])) continue;
        add_name(pl, d->required[i], named);
        return demanded(pl, d, code_of(pl, d->required[i]), code_of(pl, d->required[i]).p, named, false);
    }
    return check_one_of(pl, d);
}

complaint_status cpl_check_fields(planner *pl) {
    complaint_status s = check_given(pl);
    if (s == COMPLAINT_OK) s = check_required(pl);
    for (size_t i = 0; s == COMPLAINT_OK && i < pl->action->demand_count; i++) s = check_demand(pl, &pl->action->demands[i]);
    return s;
}

/* Who a complainant is lies in his own row, under his own level; the log proves it by digests. */
static bool is_of_party(const planner *pl, cpl_str name) { return (pl->party.seq || pl->amended.seq) && (cpl_str_is(name, "name") || cpl_str_is(name, "address")); }

/* The field that an input is written as; NULL: it is not, because a later value of the same field counts, or it lies elsewhere. */
static const cpl_field *written_as(const planner *pl, const cpl_input *in) {
    if (cpl_find_input(pl->rq, in->name.p) != in || is_of_party(pl, in->name)) return NULL;
    return &pl->p->fields[cpl_policy_field(pl->p, in->name)];
}

static void write_input(writer *w, const cpl_field *f, const cpl_input *in) {
    if (in->is_integer) cpl_write_int(w, f->code.id.p, in->integer);
    else cpl_write_str(w, f->code.id.p, in->text);
}

/* Who somebody is stands apart, so that who may not know it can be shown the rest whatever the policy of his day says. [CR-4.2.5] */
static void write_identity(const planner *pl, writer *sealed) {
    writer who = {sealed->b, true};
    for (size_t i = 0; i < pl->rq->field_count; i++) {
        const cpl_field *f = written_as(pl, &pl->rq->fields[i]);
        if (!f || !f->identity) continue;
        if (who.first) who = cpl_write_open(sealed, CPL_SEALED_IDENTITY, '{');
        write_input(&who, f, &pl->rq->fields[i]);
    }
    if (!who.first) cpl_write_close(&who, '}');
}

void cpl_write_fields(const planner *pl, writer *clear, writer *sealed) {
    for (size_t i = 0; i < pl->rq->field_count; i++) {
        const cpl_field *f = written_as(pl, &pl->rq->fields[i]);
        if (f && !f->identity) write_input(f->sealed ? sealed : clear, f, &pl->rq->fields[i]);
    }
    write_identity(pl, sealed);
}
