/*
 * Rows in JSON: all that the library's page has, and beside it what a table shows that is no column of the page: the case a row belongs to, how it is called, its deadline as a time and in
 * days, who is asked. Every list of cases has the same members for them.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a page lacks ---- */

static bool has_column(const complaint_page *page, const char *name) { return complaint_page_column_find(page, name) >= 0; }

static void add_cell_json(const complaint_page *page, int64_t row, const char *name, buffer *b) {
    int32_t at = complaint_page_column_find(page, name), type = complaint_page_type(page, row, at);
    if (type == COMPLAINT_INT64)
        json_integer(b, name, complaint_page_integer(page, row, at));
    else if (type == COMPLAINT_TEXT)
        json_text(b, name, complaint_page_text(page, row, at));
    else
        json_raw(b, name, complaint_page_masked(page, row, at) ? "{\"masked\":true}" : "null");
}

/* `12/2569`, or null. */
static void add_number_json(const complaint_page *of, int64_t row, const char *name, buffer *b) {
    buffer number = {0};
    int64_t registered = of ? complaint_page_integer_of(of, row, "register_number") : 0;
    add_number(&number, registered);
    add_text(&number, "/");
    add_number(&number, of ? complaint_page_integer_of(of, row, "fiscal_year") : 0);
    if (registered)
        json_text(b, name, number.data);
    else
        json_raw(b, name, "null");
    release(&number);
}

/* A deadline is the first instant that is too late: with one at midnight, 0 days are left on the day before. */
static void add_deadline_json(const cli *c, int64_t due, buffer *b) {
    int32_t last = 0;
    int64_t millisecond = 0;
    buffer iso = {0};
    if (due == 0 || due >= INT64_MAX - 1 || complaint_date_of_instant(due - 1, &last, &millisecond) != COMPLAINT_OK) {
        json_raw(b, "deadline", "null");
        json_raw(b, "days_left", "null");
        return;
    }
    add_instant(&iso, due, COMPLAINT_DATE_ISO);
    json_text(b, "deadline", iso.data);
    json_integer(b, "days_left", last - host_today(c));
    release(&iso);
}

/* What every list of cases has. */
static const char *const members[] = {"register_number", "fiscal_year", "legacy_number", "class", "flags", "lead_unit"};

enum { MEMBERS = sizeof members / sizeof *members };

static bool is_member(const char *name) {
    for (size_t i = 0; i < MEMBERS; i++)
        if (strcmp(members[i], name) == 0) return true;
    return false;
}

/* Of the case of a row: what every list has, and what this table shows. */
static void add_members_json(const view *v, const complaint_page *page, const complaint_page *of, buffer *b) {
    for (size_t i = 0; i < MEMBERS; i++)
        if (!has_column(page, members[i])) add_cell_json(of, 0, members[i], b);
    for (int i = 0; i < v->count; i++) {
        const char *name = v->columns[i].name;
        if (!has_column(page, name) && has_column(of, name) && !is_member(name)) add_cell_json(of, 0, name, b);
    }
}

/* The case of a row that is not a case itself. One that may not be seen gives nothing. */
static void add_case_json(const cli *c, const view *v, const complaint_page *page, int64_t row, buffer *b) {
    bool own = has_column(page, "register_number");
    const complaint_page *of = own ? page : case_of(c, complaint_page_integer_of(page, row, "case_id"));
    int64_t at = own ? row : 0;
    if (of && !own) add_members_json(v, page, of, b);
    add_number_json(of, at, "number", b);
    if (of) json_text(b, "case_state", complaint_page_text_of(of, at, "state"));
    bool dated = has_column(page, "due_at");
    add_deadline_json(c, dated ? complaint_page_integer_of(page, row, "due_at") : of ? complaint_page_integer_of(of, at, "due_at") : 0, b);
}

/* A column that another case stands in, `other_id`, is `other_number` too. */
static void add_other_json(const cli *c, const complaint_page *page, int64_t row, const char *name, buffer *b) {
    buffer member = {0};
    int64_t id = complaint_page_integer_of(page, row, name);
    add(&member, name, strlen(name) - strlen("_id"));
    add_text(&member, "_number");
    add_number_json(id ? case_of(c, id) : NULL, 0, member.data, b);
    release(&member);
}

static void add_beside(const cli *c, const view *v, const complaint_page *page, int64_t row, buffer *b) {
    bool of_case = false;
    for (int i = 0; i < v->count; i++) {
        const column *shown = &v->columns[i];
        bool computed = shown->cell == CELL_UNITS || shown->cell == CELL_PHONES || shown->cell == CELL_DUTY;
        of_case = of_case || shown->cell == CELL_KNOWN_AS || shown->cell == CELL_REGISTER;
        if (shown->cell == CELL_CASE) add_other_json(c, page, row, shown->name, b);
        if (!computed) continue;
        buffer cell = {0};
        clear(&cell);
        add_cell(c, page, row, shown, false, &cell);
        json_text(b, shown->name, cell.data);
        release(&cell);
    }
    if (of_case) add_case_json(c, v, page, row, b);
}

/* ---- pages as texts, and where their rows begin in them ---- */

typedef struct written {
    complaint_text **texts;
    const char ***starts;
} written;

/* Where the objects of a page's array begin. */
static const char **split_rows(const complaint_text *text, int64_t count) {
    const char **starts = grow(NULL, ((size_t)count + 1) * sizeof *starts), *at = complaint_text_data(text) + 1;
    for (int64_t i = 0; i < count; i++) {
        starts[i] = at = json_space(at);
        at = json_space(json_skip(at));
        if (*at == ',') at++;
    }
    return starts;
}

static bool write_pages(const listing *l, written *w) {
    for (size_t i = 0; i < l->pages.count; i++) {
        if (complaint_page_json(l->pages.items[i], &w->texts[i]) != COMPLAINT_OK) return false;
        w->starts[i] = split_rows(w->texts[i], complaint_page_count(l->pages.items[i]));
    }
    return true;
}

static void free_written(const listing *l, written *w) {
    for (size_t i = 0; i < l->pages.count; i++) {
        complaint_text_free(w->texts[i]);
        free(w->starts[i]);
    }
    free(w->texts);
    free(w->starts);
}

/* The object without its end, what is beside it, its end. */
static void add_row_json(const cli *c, const view *v, const complaint_page *page, int64_t row, const char *object, buffer *b) {
    add(b, object, (size_t)(json_skip(object) - object) - 1);
    add_beside(c, v, page, row, b);
    add_text(b, "}");
}

bool json_listing(const cli *c, const view *v, buffer *b, const char *name, const listing *l) {
    size_t room = l->pages.count + 1;
    written w = {grow(NULL, room * sizeof *w.texts), grow(NULL, room * sizeof *w.starts)};
    for (size_t i = 0; i < room; i++) w.texts[i] = NULL, w.starts[i] = NULL;
    bool done = write_pages(l, &w);
    if (done && name) json_member(b, name);
    if (done) add_text(b, "[");
    for (size_t i = 0; done && i < l->count; i++) {
        place at = l->rows[i];
        if (i > 0) add_text(b, ",");
        add_row_json(c, v, l->pages.items[at.page], at.at, w.starts[at.page][at.at], b);
    }
    if (done) add_text(b, "]");
    free_written(l, &w);
    return done;
}

bool json_record(const cli *c, const view *v, buffer *b, const char *name, const complaint_page *page) {
    complaint_text *text = NULL;
    if (complaint_page_json(page, &text) != COMPLAINT_OK) return false;
    json_member(b, name);
    if (complaint_page_count(page) == 0)
        add_text(b, "null");
    else
        add_row_json(c, v, page, 0, json_space(complaint_text_data(text) + 1), b);
    complaint_text_free(text);
    return true;
}
