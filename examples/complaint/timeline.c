/*
 * The log of a case as an officer reads it: when, what, who, what was said, and what became of the deadlines.
 */
#include "cli.h"

#include <inttypes.h>
#include <string.h>

typedef struct details {
    const cli *c;
    buffer *out;
} details;

/* ---- values of fields ---- */

/* Types of field whose values are codes of the policy. */
static const struct {
    int32_t type, codes;
} coded[] = {{COMPLAINT_FIELD_CLASS, COMPLAINT_CODE_CLASS}, {COMPLAINT_FIELD_NATURE, COMPLAINT_CODE_NATURE},   {COMPLAINT_FIELD_FLAG, COMPLAINT_CODE_FLAG},
             {COMPLAINT_FIELD_UNIT, COMPLAINT_CODE_UNIT},   {COMPLAINT_FIELD_UNITS, COMPLAINT_CODE_UNIT},      {COMPLAINT_FIELD_CHANNEL, COMPLAINT_CODE_CHANNEL},
             {COMPLAINT_FIELD_ROLE, COMPLAINT_CODE_ROLE},   {COMPLAINT_FIELD_ORIGIN, COMPLAINT_CODE_ORIGIN}};

/* A value may be several codes separated by commas. */
static void add_codes(const cli *c, int32_t codes, const char *value, buffer *out) {
    buffer one = {0};
    for (const char *at = value; *at;) {
        size_t size = strcspn(at, ",");
        clear(&one);
        add(&one, at, size);
        add_text(out, label_of(c, codes, one.data));
        at += size + (at[size] == ',');
        if (*at) add_text(out, ", ");
    }
    release(&one);
}

void say_value(const cli *c, const char *field, const char *value, buffer *out) {
    int32_t type = complaint_policy_field_type(c->policy, field);
    int64_t number = 0;
    bool is_number = parse_number(value, &number);
    for (size_t i = 0; i < sizeof coded / sizeof *coded; i++)
        if (coded[i].type == type) {
            add_codes(c, coded[i].codes, value, out);
            return;
        }
    if (type == COMPLAINT_FIELD_TIME && is_number)
        add_date(out, number);
    else if (type == COMPLAINT_FIELD_CASE && is_number)
        add_case_number(c, number, out);
    else if (type == COMPLAINT_FIELD_BOOLEAN)
        add_text(out, is_number ? "ใช่" : "ไม่ใช่");
    else
        add_text(out, choice_of(c, field, value));
}

static void add_separator(buffer *out) {
    if (out->size > 0) add_text(out, "; ");
}

/* What somebody wrote begins a line of its own. */
static void add_break(const details *d, const char *field) {
    if (d->out->size == 0) return;
    if (complaint_policy_field_type(d->c->policy, field) == COMPLAINT_FIELD_TEXT)
        add_text(d->out, "\n");
    else
        add_separator(d->out);
}

static bool is_mask(const char *object) {
    const char *begin, *end;
    return json_find(object, "masked", &begin, &end) && *begin == 't';
}

/* Fields that say who somebody is stand in an object of their own, which is masked as a whole. */
static void add_field(void *context, const char *name, const char *value) {
    const details *d = context;
    bool who = *value == '{', masked = who && is_mask(value);
    if (who && !masked) {
        json_each(value, add_field, context);
        return;
    }
    if (masked) {
        add_separator(d->out);
        add_text(d->out, "ข้อมูลระบุตัวผู้ร้องเรียน: [ปกปิด]");
        return;
    }
    buffer said = {0};
    add_text(&said, label_of(d->c, COMPLAINT_CODE_FIELD, name));
    add_text(&said, ": ");
    say_value(d->c, name, value, &said);
    make_visible(&said, false);
    add_break(d, name);
    add_text(d->out, said.data);
    release(&said);
}

/* ---- what a kind of event says beside its fields ---- */

static void say_number(const details *d, const char *payload) {
    const char *begin, *end;
    if (!json_find(payload, "number", &begin, &end)) {
        add_text(d->out, "ไม่ได้ให้เลขในทะเบียนนี้");
        return;
    }
    add_text(d->out, "เลขทะเบียน ");
    json_plain(payload, "number", d->out);
    add_text(d->out, "/");
    json_plain(payload, "year", d->out);
}

static void say_notice(const details *d, const char *payload) {
    buffer name = {0};
    clear(&name);
    json_plain(payload, "template", &name);
    add_text(d->out, label_of(d->c, COMPLAINT_CODE_NOTICE, name.data));
    release(&name);
}

static void say_cycle(const details *d, const char *payload) {
    add_text(d->out, "เริ่มรอบที่ ");
    add_number(d->out, json_number(payload, "cycle", 1));
}

/* Who was told by a reminder, by his role. */
static void say_told(void *context, const char *notice) {
    const details *d = context;
    buffer to = {0};
    clear(&to);
    json_plain(notice, "to", &to);
    add_text(d->out, d->out->size > 0 ? ", " : "ถึง ");
    add_recipient(d->c, to.data, d->out);
    release(&to);
}

/* What the policy has to say of other cases only is said to nobody. */
static void say_reminder(const details *d, const char *payload) {
    size_t before = d->out->size;
    json_items(payload, "notices", say_told, (void *)d);
    if (d->out->size == before) add_text(d->out, "ไม่มีผู้ต้องแจ้งในเรื่องนี้");
}

/* A notice that came back and was told by other means. */
static void say_told_otherwise(const details *d, const char *payload) {
    const char *begin, *end;
    if (!json_find(payload, "template", &begin, &end)) return;
    add_text(d->out, "แจ้งแทนข้อความที่ส่งไม่สำเร็จ: ");
    say_notice(d, payload);
}

static void say_party(void *context, const char *party) {
    const details *d = context;
    add_separator(d->out);
    add_text(d->out, "ผู้ร้องเรียนลำดับที่ ");
    add_number(d->out, json_number(party, "seq", 1));
}

static void say_parties(const details *d, const char *payload) { json_items(payload, "parties", say_party, (void *)d); }

/* What changed in a complainant's entry; a name and an address stand in the log as digests only. */
static void say_amended(void *context, const char *party) {
    static const struct {
        const char *member, *words;
    } entries[] = {{"identity", "ระดับการเปิดเผยตัวตน"}, {"name", "ชื่อ"}, {"address", "ที่ติดต่อ"}, {"channel", "ช่องทาง"}};
    const details *d = context;
    const char *begin, *end;
    bool first = true;
    say_party(context, party);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (!json_find(party, entries[i].member, &begin, &end)) continue;
        add_text(d->out, first ? " เปลี่ยน" : ", ");
        add_text(d->out, entries[i].words);
        first = false;
    }
}

static void say_rerouted(void *context, const char *notice) {
    const details *d = context;
    add_separator(d->out);
    add_text(d->out, "ข้อความที่รอส่งลำดับที่ ");
    add_number(d->out, json_number(notice, "seq", 0));
    add_text(d->out, json_number(notice, "refused", 0) ? " ส่งทางช่องทางใหม่ไม่ได้ ต้องแจ้งเอง" : " จะส่งไปยังที่ติดต่อใหม่");
}

static void say_entry(const details *d, const char *payload) {
    json_items(payload, "amended", say_amended, (void *)d);
    json_items(payload, "rerouted", say_rerouted, (void *)d);
}

/* The system's own kinds have no name in verb.h but their numbers, which never change. */
enum { DELIVERED = 200, REFUSED = 201, WARNED = 203 };

static const struct {
    int64_t kind;
    void (*say)(const details *d, const char *payload);
} sayings[] = {
    {COMPLAINT_VERB_REGISTER, say_number}, {COMPLAINT_VERB_ADD_COMPLAINANT, say_parties}, {COMPLAINT_VERB_REOPEN, say_cycle},
    {DELIVERED, say_notice},               {REFUSED, say_notice},                         {WARNED, say_reminder},
    {COMPLAINT_VERB_CONTACT, say_told_otherwise}, {COMPLAINT_VERB_NOTE, say_told_otherwise}, {COMPLAINT_VERB_ADD_PAPER, say_told_otherwise},
    {COMPLAINT_VERB_UPDATE_COMPLAINANT, say_entry},
};

static void add_details(const cli *c, const complaint_page *events, int64_t row, buffer *out) {
    details d = {.c = c, .out = out};
    const char *payload = complaint_page_text_of(events, row, "payload"), *begin, *end;
    int64_t kind = complaint_page_integer_of(events, row, "kind");
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
        if (sayings[i].kind == kind) sayings[i].say(&d, payload);
    if (json_find(payload, "fields", &begin, &end)) json_each(begin, add_field, &d);
    int32_t sealed = complaint_page_column_find(events, "sealed");
    if (complaint_page_masked(events, row, sealed))
        add_text(out, out->size > 0 ? "\nข้อความและเหตุผล: [ปกปิด]" : "ข้อความและเหตุผล: [ปกปิด]");
    else
        json_each(complaint_page_text(events, row, sealed), add_field, &d);
}

/* ---- the entry ---- */

static void add_entered(const complaint_page *events, int64_t row, buffer *out) {
    int64_t happened = complaint_page_integer_of(events, row, "happened_at"), entered = complaint_page_integer_of(events, row, "entered_at");
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

static void add_lines(buffer *cell, const buffer *lines) {
    if (lines->size == 0) return;
    add_text(cell, "\n");
    add_text(cell, lines->data);
}

/* What and who in the first line; below it what was said, and a line for each clock. */
static void add_event(const cli *c, table *t, const complaint_page *events, int64_t at, clock_talk *talk) {
    buffer cell = {0}, said = {0}, clocks = {0};
    char number[24];
    (void)snprintf(number, sizeof number, "%" PRId64, complaint_page_integer_of(events, at, "seq"));
    table_cell(t, number);
    add_instant(&cell, complaint_page_integer_of(events, at, "happened_at"), COMPLAINT_DATE_SHORT);
    table_cell(t, cell.data);
    clear(&cell);
    add_what(events, at, &cell);
    add_text(&cell, " โดย ");
    add_who(c, events, at, &cell);
    add_entered(events, at, &cell);
    make_visible(&cell, false);
    add_details(c, events, at, &said);
    say_clocks(c, talk, complaint_page_text_of(events, at, "payload"), &clocks);
    add_lines(&cell, &said);
    add_lines(&cell, &clocks);
    table_cell(t, cell.data);
    release(&cell);
    release(&said);
    release(&clocks);
}

static complaint_status fetch_events(const cli *c, const void *what, const char *token, int64_t limit, complaint_page **page) {
    return complaint_desk_events(c->desk, c->actor, *(const int64_t *)what, token, limit, page);
}

complaint_status read_timeline(const cli *c, int64_t stream, pages *events) { return collect(c, fetch_events, &stream, events); }

void print_timeline(const cli *c, const pages *events) {
    table *t = table_new(3); /* an event is corrected by its number */
    clock_talk talk = {0};
    for (size_t i = 0; i < events->count; i++)
        for (int64_t row = 0; row < complaint_page_count(events->items[i]); row++) add_event(c, t, events->items[i], row, &talk);
    table_allow(t, 2, FIT_WRAP, 0);
    table_print_aligned(t, stdout, "  ", c->width);
    table_free(t);
    end_talk(&talk);
}
