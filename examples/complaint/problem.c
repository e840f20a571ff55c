/*
 * What goes wrong, in two lines: what it is in Thai; the same in English with its code and place. With --json one line of JSON.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

typedef struct problem {
    const char *code, *thai, *english, *subject, *path, *host_text;
    int64_t line, offset;
} problem;

static void print_json(const problem *p) {
    buffer b = {0};
    add_text(&b, "{");
    json_text(&b, "error", p->code);
    json_text(&b, "th", p->thai);
    json_text(&b, "en", p->english);
    if (*p->subject) json_text(&b, "subject", p->subject);
    if (*p->path) json_text(&b, "path", p->path);
    if (p->line > 0) json_integer(&b, "line", p->line);
    if (p->offset >= 0) json_integer(&b, "offset", p->offset);
    if (*p->host_text) json_text(&b, "host", p->host_text);
    fprintf(stderr, "%s}\n", b.data);
    release(&b);
}

/* ` [E_POLICY, $.actions.forward, line 12]`: what a person looks for next. The library's texts may name the place too; saying it twice is better than not. */
static void add_place(buffer *b, const problem *p) {
    add_text(b, " [");
    add_text(b, p->code);
    const char *const places[] = {p->subject, p->path, p->host_text};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (*places[i] == '\0') continue;
        add_text(b, ", ");
        add_text(b, places[i]);
    }
    if (p->line > 0) {
        add_text(b, ", line ");
        add_number(b, p->line);
    }
    if (p->offset >= 0) {
        add_text(b, ", byte ");
        add_number(b, p->offset);
    }
    add_text(b, "]");
}

static void print_problem(const cli *c, const problem *p) {
    if (c->opt.json) {
        print_json(p);
        return;
    }
    buffer b = {0};
    add_place(&b, p);
    fprintf(stderr, "complaint: %s\n  %s%s\n", p->thai, p->english, b.data);
    release(&b);
}

int refuse(const cli *c, const complaint_error *error) {
    complaint_status status = complaint_error_status(error);
    const problem p = {.code = complaint_status_name(status),
                       .thai = complaint_error_text(error, COMPLAINT_THAI),
                       .english = complaint_error_text(error, COMPLAINT_ENGLISH),
                       .subject = complaint_error_subject(error),
                       .path = complaint_error_path(error),
                       .host_text = complaint_error_host_text(error),
                       .line = complaint_error_line(error),
                       .offset = complaint_error_offset(error)};
    print_problem(c, &p);
    return CLI_REFUSED;
}

int refuse_status(const cli *c, complaint_status status, const char *subject) {
    const problem p = {.code = complaint_status_name(status),
                       .thai = complaint_status_text(status, COMPLAINT_THAI),
                       .english = complaint_status_text(status, COMPLAINT_ENGLISH),
                       .subject = subject,
                       .path = "",
                       .host_text = "",
                       .offset = -1};
    print_problem(c, &p);
    return CLI_REFUSED;
}

int refuse_file(const cli *c, const char *path, const char *thai, const char *english, int number) {
    const problem p = {.code = "FILE", .thai = thai, .english = english, .subject = "", .path = path, .host_text = number != 0 ? strerror(number) : "", .offset = -1};
    print_problem(c, &p);
    return CLI_REFUSED;
}

int misuse(const cli *c, const char *thai, const char *english, const char *what) {
    if (c->opt.json) {
        const problem p = {.code = "USAGE", .thai = thai, .english = english, .subject = what ? what : "", .path = "", .host_text = "", .offset = -1};
        print_problem(c, &p);
        return CLI_MISUSED;
    }
    const char *separator = what ? ": " : "";
    what = what ? what : "";
    fprintf(stderr, "complaint: %s%s%s\n  %s%s%s; see `complaint %s%s`\n", thai, separator, what, english, separator, what, c->command ? "help " : "--help",
            c->command ? c->command : "");
    return CLI_MISUSED;
}

int desk_answer(const cli *c, complaint_status status) {
    if (status == COMPLAINT_OK) return CLI_DONE;
    const complaint_error *error = complaint_desk_error(c->desk);
    return complaint_error_status(error) == status ? refuse(c, error) : refuse_status(c, status, "");
}
