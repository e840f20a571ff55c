/*
 * The log of a case as an officer reads it: when, what, who, and what was said.
 */
#include "cli.h"

#include <string.h>

/* Fields that hold codes of the policy. */
static const struct {
    const char *field;
    int32_t kind;
} coded[] = {{"class", COMPLAINT_CODE_CLASS}, {"nature", COMPLAINT_CODE_NATURE},  {"flag", COMPLAINT_CODE_FLAG},
             {"unit", COMPLAINT_CODE_UNIT},   {"from_unit", COMPLAINT_CODE_UNIT}, {"channel", COMPLAINT_CODE_CHANNEL}};

typedef struct details {
    const cli *c;
    buffer *out;
} details;

/* A value may be several codes separated by commas. */
static void add_codes(const cli *c, int32_t kind, const char *value, buffer *out) {
    buffer one = {0};
    for (const char *at = value; *at;) {
        size_t size = strcspn(at, ",");
        clear(&one);
        add(&one, at, size);
        add_text(out, label_of(c, kind, one.data));
        at += size + (at[size] == ',');
        if (*at) add_text(out, ", ");
    }
    release(&one);
}

static void add_value(const cli *c, const char *field, const char *value, buffer *out) {
    for (size_t i = 0; i < sizeof coded / sizeof *coded; i++)
        if (strcmp(coded[i].field, field) == 0) {
            add_codes(c, coded[i].kind, value, out);
            return;
        }
    add_text(out, word_of(field, value));
}

static void add_field(void *context, const char *name, const char *value) {
    const details *d = context;
    if (d->out->size > 0) add_text(d->out, "; ");
    add_text(d->out, label_of(d->c, COMPLAINT_CODE_FIELD, name));
    add_text(d->out, ": ");
    add_value(d->c, name, value, d->out);
}

/* The member `name` of the payload, as it stands. */
static void add_member(const char *payload, const char *name, buffer *out) {
    const char *begin, *end;
    if (!json_find(payload, name, &begin, &end)) return;
    if (*begin == '"') begin++, end--;
    add(out, begin, (size_t)(end - begin));
}

static void add_number_given(const char *payload, buffer *out) {
    add_text(out, "เลขทะเบียน ");
    add_member(payload, "number", out);
    add_text(out, "/");
    add_member(payload, "year", out);
}

static void add_notice_sent(const char *payload, buffer *out) {
    buffer name = {0};
    add_text(&name, "");
    add_member(payload, "template", &name);
    add_text(out, word_of("template", name.data));
    release(&name);
}

static void add_details(const cli *c, const complaint_page *events, int64_t row, buffer *out) {
    details d = {.c = c, .out = out};
    const char *payload = complaint_page_text_of(events, row, "payload"), *begin, *end;
    int64_t kind = complaint_page_integer_of(events, row, "kind");
    if (kind == COMPLAINT_VERB_REGISTER) add_number_given(payload, out);
    if (kind >= 200) add_notice_sent(payload, out);
    if (json_find(payload, "fields", &begin, &end)) json_each(begin, add_field, &d);
    int32_t sealed = complaint_page_column_find(events, "sealed");
    if (complaint_page_masked(events, row, sealed))
        add_text(out, out->size > 0 ? "; [ปกปิด]" : "[ปกปิด]");
    else
        json_each(complaint_page_text(events, row, sealed), add_field, &d);
}

static void add_when(const complaint_page *events, int64_t row, buffer *out) {
    int64_t happened = complaint_page_integer_of(events, row, "happened_at"), entered = complaint_page_integer_of(events, row, "entered_at");
    add_instant(out, happened, COMPLAINT_DATE_SHORT);
    if (entered - happened < 60000) return;
    add_text(out, " (บันทึก ");
    add_instant(out, entered, COMPLAINT_DATE_SHORT);
    add_text(out, ")");
}

/* An empty part of the actor is left out. */
static void add_part(const cli *c, const complaint_page *events, int64_t row, const char *column_name, const char *words, buffer *out) {
    const char *part = complaint_page_text_of(events, row, column_name);
    if (*part == '\0') return;
    add_text(out, words);
    add_text(out, label_of(c, COMPLAINT_CODE_UNIT, part));
}

static void add_who(const cli *c, const complaint_page *events, int64_t row, buffer *out) {
    const char *role = complaint_page_text_of(events, row, "actor_role"), *actor = complaint_page_text_of(events, row, "actor");
    add_text(out, label_of(c, COMPLAINT_CODE_ROLE, role));
    if (strcmp(role, actor) != 0) {
        add_text(out, " ");
        add_text(out, actor);
    }
    add_part(c, events, row, "actor_unit", " ", out);
    add_part(c, events, row, "on_behalf", " แทน ", out);
    add_part(c, events, row, "acting_for", " รักษาการแทน ", out);
}

static void add_what(const complaint_page *events, int64_t row, buffer *out) {
    const char *label = complaint_verb_label((int32_t)complaint_page_integer_of(events, row, "kind"), COMPLAINT_THAI);
    add_text(out, label ? label : "?");
}

static void take_cell(table *t, buffer *cell) {
    make_visible(cell, false);
    table_cell(t, cell->data);
    clear(cell);
}

static void add_event(const cli *c, table *t, const complaint_page *events, int64_t row) {
    buffer cell = {0};
    clear(&cell);
    add_when(events, row, &cell);
    take_cell(t, &cell);
    add_what(events, row, &cell);
    take_cell(t, &cell);
    add_who(c, events, row, &cell);
    take_cell(t, &cell);
    add_details(c, events, row, &cell);
    take_cell(t, &cell);
    release(&cell);
}

static complaint_status fetch_events(const cli *c, const void *what, const char *token, int64_t limit, complaint_page **page) {
    return complaint_desk_events(c->desk, c->actor, *(const int64_t *)what, token, limit, page);
}

complaint_status read_timeline(const cli *c, int64_t stream, pages *events) { return collect(c, fetch_events, &stream, events); }

void print_timeline(const cli *c, const pages *events) {
    table *t = table_new(4);
    for (size_t i = 0; i < events->count; i++)
        for (int64_t row = 0; row < complaint_page_count(events->items[i]); row++) add_event(c, t, events->items[i], row);
    table_print_aligned(t, stdout, "  ");
    table_free(t);
}
