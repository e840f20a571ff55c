/*
 * What an actor may do next: the actions, and for each field what it is called and what may be typed; and for whom else the case waits. The words are the policy's.
 */
#include "cli.h"

#include <string.h>
#include <unistd.h>

/* ---- fields ---- */

typedef struct kind {
    int32_t type;
    const char *name, *thai;
    int32_t codes; /* COMPLAINT_CODE_* of what may be typed, or 0 */
} kind;

static const kind kinds[] = {
    {COMPLAINT_FIELD_TEXT, "text", "ข้อความ", 0},
    {COMPLAINT_FIELD_CLASS, "class", "ประเภทหนึ่งใน", COMPLAINT_CODE_CLASS},
    {COMPLAINT_FIELD_NATURE, "nature", "ลักษณะหนึ่งใน", COMPLAINT_CODE_NATURE},
    {COMPLAINT_FIELD_FLAG, "flag", "เครื่องหมายหนึ่งใน", COMPLAINT_CODE_FLAG},
    {COMPLAINT_FIELD_UNIT, "unit", "หน่วยงานหนึ่งใน", COMPLAINT_CODE_UNIT},
    {COMPLAINT_FIELD_UNITS, "units", "หน่วยงานหนึ่งแห่งหรือหลายแห่ง คั่นด้วยจุลภาค", COMPLAINT_CODE_UNIT},
    {COMPLAINT_FIELD_CHOICE, "choice", "หนึ่งใน", 0},
    {COMPLAINT_FIELD_INTEGER, "integer", "จำนวนเต็ม", 0},
    {COMPLAINT_FIELD_BOOLEAN, "boolean", "1 (ใช่) หรือ 0 (ไม่ใช่)", 0},
    {COMPLAINT_FIELD_TIME, "time", "วันหรือเวลา เช่น “5 พ.ย. 2569 เวลา 08.30 น.” หรือ 2026-11-05T08:30", 0},
    {COMPLAINT_FIELD_CHANNEL, "channel", "ช่องทางหนึ่งใน", COMPLAINT_CODE_CHANNEL},
    {COMPLAINT_FIELD_ORIGIN, "origin", "หน่วยงานต้นเรื่องหนึ่งใน", COMPLAINT_CODE_ORIGIN},
    {COMPLAINT_FIELD_ROLE, "role", "บทบาทหนึ่งใน", COMPLAINT_CODE_ROLE},
    {COMPLAINT_FIELD_CASE, "case", "เลขทะเบียน เช่น 12/2569 หรือรหัสเรื่อง", 0},
    {COMPLAINT_FIELD_CODE, "code", "ข้อความสั้น ไม่มีข้อมูลส่วนบุคคล", 0},
};

static const kind *kind_of(const cli *c, const char *field) {
    int32_t type = complaint_policy_field_type(c->policy, field);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == type) return &kinds[i];
    return &kinds[0];
}

/* What may be typed at position `i`; NULL behind the last. */
static const char *choice_at(const cli *c, const char *field, const kind *k, int32_t i) {
    return k->codes ? complaint_policy_code(c->policy, k->codes, i) : complaint_policy_choice(c->policy, field, i);
}

static const char *choice_label(const cli *c, const char *field, const kind *k, const char *choice) {
    const char *label = k->codes ? complaint_policy_label(c->policy, k->codes, choice, COMPLAINT_THAI) : complaint_policy_choice_label(c->policy, field, choice, COMPLAINT_THAI);
    return label ? label : choice;
}

static const char *code_among(const cli *c, const char *field, const kind *k, const char *said) {
    const char *choice, *found = NULL;
    for (int32_t i = 0; (choice = choice_at(c, field, k, i)) != NULL; i++) {
        if (strcmp(choice, said) == 0) return choice;
        if (!found && strcmp(choice_label(c, field, k, choice), said) == 0) found = choice;
    }
    return found;
}

const char *code_of(const cli *c, const char *field, const char *said) {
    const char *found = code_among(c, field, kind_of(c, field), said);
    return found ? found : said;
}

const char *principal_of(const cli *c, const char *said) {
    static const kind unit = {.codes = COMPLAINT_CODE_UNIT}, role = {.codes = COMPLAINT_CODE_ROLE};
    const char *found = code_among(c, "", &unit, said);
    if (!found) found = code_among(c, "", &role, said);
    return found ? found : said;
}

/* ---- lists of fields, separated by commas ---- */

typedef void (*field_fn)(const cli *c, const char *field, void *context);

static void each_field(const cli *c, const char *list, field_fn each, void *context) {
    buffer one = {0};
    for (const char *at = list; *at;) {
        size_t size = strcspn(at, ",");
        clear(&one);
        add(&one, at, size);
        each(c, one.data, context);
        at += size + (at[size] == ',');
    }
    release(&one);
}

/* ---- for programs ---- */

static void add_choices_json(const cli *c, const char *field, const kind *k, buffer *b) {
    const char *choice;
    json_member(b, "choices");
    add_text(b, "[");
    for (int32_t i = 0; (choice = choice_at(c, field, k, i)) != NULL; i++) {
        add_text(b, i > 0 ? ",{" : "{");
        json_text(b, "code", choice);
        json_text(b, "label", choice_label(c, field, k, choice));
        add_text(b, "}");
    }
    add_text(b, "]");
}

typedef struct fields_json {
    buffer *out;
    bool required;
} fields_json;

static void add_field_json(const cli *c, const char *field, void *context) {
    const fields_json *f = context;
    const kind *k = kind_of(c, field);
    buffer *b = f->out;
    add_text(b, b->data[b->size - 1] == '[' ? "{" : ",{");
    json_text(b, "field", field);
    json_text(b, "label", label_of(c, COMPLAINT_CODE_FIELD, field));
    json_text(b, "type", k->name);
    json_integer(b, "required", f->required);
    int64_t least, greatest;
    if (complaint_policy_field_range(c->policy, field, &least, &greatest) == COMPLAINT_OK) {
        json_integer(b, "least", least);
        json_integer(b, "greatest", greatest);
    }
    if (choice_at(c, field, k, 0)) add_choices_json(c, field, k, b);
    add_text(b, "}");
}

static void add_action_json(const cli *c, const complaint_page *page, int64_t row, buffer *b) {
    static const char *const members[] = {"verb", "label", "required", "optional", "required_when", "needs", "refusal", "roles"};
    add_text(b, b->data[b->size - 1] == '[' ? "{" : ",{");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) json_text(b, members[i], complaint_page_text_of(page, row, members[i]));
    json_member(b, "fields");
    add_text(b, "[");
    for (int required = 1; required >= 0; required--) {
        fields_json f = {b, required};
        each_field(c, complaint_page_text_of(page, row, required ? "required" : "optional"), add_field_json, &f);
    }
    add_text(b, "]}");
}

static void print_json(const cli *c, const listing *l) {
    buffer b = {0};
    add_text(&b, "[");
    for (size_t i = 0; i < l->count; i++) add_action_json(c, l->pages.items[l->rows[i].page], l->rows[i].at, &b);
    printf("%s]\n", b.data);
    release(&b);
}

/* ---- for people ---- */

enum { LINE = 64 };

/* The pages of the listing. */
enum { OWN, OTHERS };

typedef struct field_names {
    buffer *out;
    bool required;
    size_t width;
} field_names;

static void add_name(const cli *c, const char *field, void *context) {
    field_names *f = context;
    size_t size = strlen(field) + f->required;
    (void)c;
    if (f->width > 0) add_text(f->out, f->width + size >= LINE ? "\n" : " ");
    f->width = f->width + size >= LINE ? size : f->width + size + 1;
    add_text(f->out, field);
    if (f->required) add_text(f->out, "*");
}

/* What the library asks for beside the fields is an option here, told as people type it; "" for a field. */
static const char *option_of(const char *name) { return strcmp(name, "on_behalf") == 0 ? "--on-behalf" : strcmp(name, "message") == 0 ? "--message" : ""; }

/* One name behind a value: a field, or on whose behalf. */
static void add_wanted(const char *name, size_t size, buffer *out) {
    bool behalf = size == strlen("on_behalf") && memcmp(name, "on_behalf", size) == 0;
    if (behalf) add_text(out, option_of("on_behalf"));
    else add(out, name, size);
}

/* Names of which one is enough; in brackets where others are asked for beside them. */
static void add_choice(const char *names, size_t size, bool beside, buffer *out) {
    bool bracketed = beside && memchr(names, '|', size);
    if (beside) add_text(out, " และ ");
    if (bracketed) add_text(out, "(");
    for (size_t at = 0; at < size;) {
        size_t name = strcspn(names + at, "|,;");
        if (at > 0) add_text(out, " หรือ ");
        add_wanted(names + at, name, out);
        at += name + 1;
    }
    if (bracketed) add_text(out, ")");
}

/* `answer=refused:reason,paper_no|on_behalf` for people, a line for each. */
static void add_demands(const char *demands, buffer *out) {
    for (const char *at = demands; *at;) {
        size_t value = strcspn(at, ":");
        add_text(out, "\nเมื่อ ");
        add(out, at, value);
        add_text(out, " ต้องมี ");
        at += value + 1;
        for (bool beside = false; *at && *at != ';'; beside = true) {
            size_t size = strcspn(at, ",;");
            add_choice(at, size, beside, out);
            at += size + (at[size] == ',');
        }
        at += *at == ';';
    }
}

static void add_names(const cli *c, const complaint_page *page, int64_t row, buffer *out) {
    field_names f = {out, true, 0};
    clear(out);
    each_field(c, complaint_page_text_of(page, row, "required"), add_name, &f);
    const char *beside = option_of(complaint_page_text_of(page, row, "needs"));
    if (*beside) add_name(c, beside, &f);
    f.required = false;
    each_field(c, complaint_page_text_of(page, row, "optional"), add_name, &f);
    add_demands(complaint_page_text_of(page, row, "required_when"), out);
}

static bool is_possible(const complaint_page *page, int64_t row) { return *complaint_page_text_of(page, row, "refusal") == '\0'; }

static void print_actions(const cli *c, const complaint_page *page, const listing *l, bool possible, const char *title) {
    table *t = table_new(3);
    buffer last = {0};
    table_allow(t, 1, FIT_WRAP, 0);
    table_allow(t, 2, FIT_WRAP, 0);
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++) {
        int64_t row = l->rows[i].at;
        if (l->rows[i].page != OWN || is_possible(page, row) != possible) continue;
        clear(&last);
        if (possible)
            add_names(c, page, row, &last);
        else
            add_text(&last, complaint_page_text_of(page, row, "refusal"));
        table_cell(t, complaint_page_text_of(page, row, "verb"));
        table_cell(t, complaint_page_text_of(page, row, "label"));
        table_cell(t, last.data);
        count++;
    }
    if (count > 0) printf("%s\n", title);
    table_print_aligned(t, stdout, "  ", c->width);
    table_free(t);
    release(&last);
}

enum { CODES = 16 };

typedef struct field_table {
    table *cells;
    buffer seen;                /* the fields that stand in the table, each between commas */
    buffer listed[CODES];       /* by kind of code: the field whose row lists them */
} field_table;

static bool is_new(buffer *seen, const char *field) {
    buffer word = {0};
    add_text(&word, ",");
    add_text(&word, field);
    add_text(&word, ",");
    bool found = seen->size > 0 && strstr(seen->data, word.data);
    if (!found) add_text(seen, word.data);
    release(&word);
    return !found;
}

static void add_choices(const cli *c, const char *field, const kind *k, buffer *out) {
    const char *choice;
    for (int32_t i = 0; (choice = choice_at(c, field, k, i)) != NULL; i++) {
        const char *label = choice_label(c, field, k, choice);
        add_text(out, "\n");
        add_text(out, choice);
        if (strcmp(label, choice) == 0) continue;
        add_text(out, "  ");
        add_text(out, label);
    }
}

/* The field whose row lists these codes, or NULL; then it is this one's, for those to come. */
static const char *listed_by(field_table *t, const char *field, const kind *k) {
    if (k->codes <= 0 || k->codes >= CODES) return NULL;
    buffer *by = &t->listed[k->codes];
    if (by->size > 0) return by->data;
    add_text(by, field);
    return NULL;
}

/* What numbers may be typed. */
static void add_range(const cli *c, const char *field, buffer *out) {
    int64_t least, greatest;
    if (complaint_policy_field_range(c->policy, field, &least, &greatest) != COMPLAINT_OK) return;
    add_text(out, " ");
    add_number(out, least);
    add_text(out, " ถึง ");
    add_number(out, greatest);
}

static void add_field_row(const cli *c, const char *field, void *context) {
    field_table *t = context;
    const kind *k = kind_of(c, field);
    buffer said = {0};
    if (!is_new(&t->seen, field)) return;
    const char *before = listed_by(t, field, k);
    add_text(&said, k->thai);
    add_range(c, field, &said);
    if (before) {
        add_text(&said, " (ดูช่อง ");
        add_text(&said, before);
        add_text(&said, ")");
    } else {
        add_choices(c, field, k, &said);
    }
    table_cell(t->cells, field);
    table_cell(t->cells, label_of(c, COMPLAINT_CODE_FIELD, field));
    table_cell(t->cells, said.data);
    release(&said);
}

/* The option stands elsewhere than the fields, which is said where it is asked for. */
static void add_behalf_row(field_table *t) {
    if (!is_new(&t->seen, option_of("on_behalf"))) return;
    table_cell(t->cells, option_of("on_behalf"));
    table_cell(t->cells, "บันทึกแทนผู้ใด");
    table_cell(t->cells, "รหัสหรือชื่อของหน่วยงานหรือผู้มีอำนาจ ระบุก่อนคำสั่ง: complaint --on-behalf หน่วยงาน do …");
}

/* Each field once, however many actions take it. */
static void print_fields(const cli *c, const complaint_page *page, const listing *l, bool all) {
    field_table t = {.cells = table_new(3)};
    table_allow(t.cells, 1, FIT_WRAP, 0);
    table_allow(t.cells, 2, FIT_WRAP, 0);
    for (size_t i = 0; i < l->count; i++) {
        int64_t row = l->rows[i].at;
        if (l->rows[i].page != OWN || (!all && !is_possible(page, row))) continue;
        each_field(c, complaint_page_text_of(page, row, "required"), add_field_row, &t);
        if (strcmp(complaint_page_text_of(page, row, "needs"), "on_behalf") == 0) add_behalf_row(&t);
        each_field(c, complaint_page_text_of(page, row, "optional"), add_field_row, &t);
    }
    if (t.seen.size > 0) printf("\nช่องข้อมูล (ช่องที่มี * ต้องระบุ)\n");
    table_print_aligned(t.cells, stdout, "  ", c->width);
    table_free(t.cells);
    release(&t.seen);
    for (size_t i = 0; i < CODES; i++) release(&t.listed[i]);
}

/* The roles of a row, as people call them. */
static void add_role(const cli *c, const char *role, void *context) {
    buffer *out = context;
    if (out->size > 0) add_text(out, ", ");
    add_text(out, label_of(c, COMPLAINT_CODE_ROLE, role));
}

/* Actions of the same roles are one row: its place is the first of them. */
static void add_labels(const complaint_page *others, int64_t first, buffer *out) {
    const char *roles = complaint_page_text_of(others, first, "roles");
    for (int64_t row = first; row < complaint_page_count(others); row++) {
        if (strcmp(complaint_page_text_of(others, row, "roles"), roles) != 0) continue;
        if (out->size > 0) add_text(out, ", ");
        add_text(out, complaint_page_text_of(others, row, "label"));
    }
}

static bool is_first_of_its_roles(const complaint_page *others, int64_t row) {
    for (int64_t before = 0; before < row; before++)
        if (strcmp(complaint_page_text_of(others, before, "roles"), complaint_page_text_of(others, row, "roles")) == 0) return false;
    return true;
}

static void print_others(const cli *c, const complaint_page *others, const char *title) {
    table *t = table_new(2);
    table_allow(t, 0, FIT_WRAP, 0);
    table_allow(t, 1, FIT_WRAP, 0);
    for (int64_t row = 0; row < complaint_page_count(others); row++) {
        buffer roles = {0}, labels = {0};
        if (!is_first_of_its_roles(others, row)) continue;
        each_field(c, complaint_page_text_of(others, row, "roles"), add_role, &roles);
        add_labels(others, row, &labels);
        table_cell(t, roles.data);
        table_cell(t, labels.data);
        release(&roles);
        release(&labels);
    }
    if (complaint_page_count(others) > 0) printf("%s\n", title);
    table_print_aligned(t, stdout, "  ", c->width);
    table_free(t);
}

/* Who asks, as --as says it. */
static void add_roles(const cli *c, buffer *out) {
    buffer roles = {0}, labels = {0};
    const char *as = c->opt.as ? c->opt.as : "officer";
    add(&roles, as, strcspn(as, ":"));
    each_field(c, roles.data, add_role, &labels);
    add_text(out, labels.data);
    release(&roles);
    release(&labels);
}

/* Why there is no list: nothing is this actor's business, or nothing of it is his turn. */
static void print_nothing(const cli *c, const complaint_page *own) {
    buffer said = {0};
    if (complaint_page_count(own) == 0) {
        add_text(&said, "บทบาท “");
        add_roles(c, &said);
        add_text(&said, "” ดูเรื่องนี้ได้อย่างเดียว มาตรฐานการปฏิบัติงานไม่ให้บทบาทนี้ดำเนินการในเรื่อง");
    } else {
        add_text(&said, "ขณะนี้ยังไม่มีการดำเนินการที่บทบาทนี้ทำได้");
    }
    print_text(c, said.data, "");
    release(&said);
}

static void print_people(const cli *c, const listing *l, bool one) {
    const complaint_page *own = l->pages.items[OWN];
    bool any = false;
    for (size_t i = 0; i < l->count; i++) any = any || (l->rows[i].page == OWN && is_possible(own, l->rows[i].at));
    if (!any && !one) print_nothing(c, own);
    print_actions(c, own, l, true, "ทำได้ตอนนี้: complaint do คำสั่ง เรื่อง ช่อง=ค่า");
    print_fields(c, own, l, one);
    print_actions(c, own, l, false, any ? "\nยังทำไม่ได้" : "ยังทำไม่ได้");
    if (!one) print_others(c, l->pages.items[OTHERS], "\nผู้อื่นทำได้ตอนนี้");
}

/* ---- the command ---- */

static void keep_verb(const char *verb, listing *l) {
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++)
        if (l->rows[i].page == OWN && strcmp(complaint_page_text_of(l->pages.items[OWN], l->rows[i].at, "verb"), verb) == 0) l->rows[kept++] = l->rows[i];
    l->count = kept;
}

int unknown_verb(const cli *c, const char *verb) {
    int32_t near = complaint_verb_near(verb);
    buffer thai = {0}, english = {0};
    add_text(&thai, "ไม่รู้จักการดำเนินการนี้");
    add_text(&english, "unknown action");
    if (near) {
        add_text(&thai, " หมายถึง ");
        add_text(&thai, complaint_verb_name(near));
        add_text(&thai, " หรือไม่");
        add_text(&english, ", did you mean ");
        add_text(&english, complaint_verb_name(near));
    }
    add_text(&thai, " ดูทั้งหมดด้วย complaint do help NUMBER");
    add_text(&english, "; `complaint do help NUMBER` lists them");
    int answer = misuse(c, thai.data, english.data, verb);
    release(&thai);
    release(&english);
    return answer;
}

/* Why a verb is not the actor's: what the library says of those others may do now; else that it is none. */
static int refuse_verb(const cli *c, const complaint_page *others, const char *verb) {
    for (int64_t row = 0; row < complaint_page_count(others); row++)
        if (strcmp(complaint_page_text_of(others, row, "verb"), verb) == 0) return misuse(c, complaint_page_text_of(others, row, "refusal"), "this actor has no such action; others have", verb);
    if (!complaint_verb_find(verb)) return unknown_verb(c, verb);
    return misuse(c, "ผู้ปฏิบัตินี้ไม่มีการดำเนินการนี้", "this actor has no such action", verb);
}

static int print_help_of(const cli *c, const listing *l, const char *verb) {
    if (verb && l->count == 0) return refuse_verb(c, l->pages.items[OTHERS], verb);
    if (c->opt.json)
        print_json(c, l);
    else if (verb || isatty(STDOUT_FILENO))
        print_people(c, l, verb != NULL);
    else
        return print_listing(c, &action_view, l);
    return CLI_DONE;
}

static complaint_status read_actions(const cli *c, int64_t case_id, listing *l) {
    complaint_page *own = NULL, *others = NULL;
    complaint_status status = complaint_desk_actions(c->desk, c->actor, case_id, COMPLAINT_THAI, &own);
    if (status != COMPLAINT_OK) return status;
    add_page(own, l);
    status = complaint_desk_actions_of_others(c->desk, c->actor, case_id, COMPLAINT_THAI, &others);
    if (status == COMPLAINT_OK) add_page(others, l);
    return status;
}

int help_actions(cli *c, const char *number, const char *verb) {
    listing l = {0};
    int64_t case_id = 0;
    int answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = host_find_case(c, number, &case_id);
    if (answer == CLI_DONE) {
        complaint_status status = read_actions(c, case_id, &l);
        if (status == COMPLAINT_OK && verb) keep_verb(verb, &l);
        answer = status == COMPLAINT_OK ? print_help_of(c, &l, verb) : desk_answer(c, status);
    }
    free_listing(&l);
    return answer;
}
