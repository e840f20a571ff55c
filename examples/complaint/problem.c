/*
 * What goes wrong, in two lines: what it is in Thai; the same in English with its code and place. With --json one line of JSON.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

typedef struct problem {
    const char *code, *thai, *english, *file, *subject, *path, *host_text;
    int64_t line, offset;
} problem;

static void print_json(const problem *p) {
    buffer b = {0};
    add_text(&b, "{");
    json_text(&b, "error", p->code);
    json_text(&b, "th", p->thai);
    json_text(&b, "en", p->english);
    if (*p->file) json_text(&b, "file", p->file);
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
    const char *const places[] = {p->file, p->subject, p->path, p->host_text};
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

/* A problem whose places are all empty. */
static problem plain_problem(const char *code, const char *thai, const char *english) {
    return (problem){.code = code, .thai = thai, .english = english, .file = "", .subject = "", .path = "", .host_text = "", .offset = -1};
}

int refuse_in(const cli *c, const char *file, const complaint_error *error) {
    complaint_status status = complaint_error_status(error);
    const problem p = {.code = complaint_status_name(status),
                       .thai = complaint_error_text(error, COMPLAINT_THAI),
                       .english = complaint_error_text(error, COMPLAINT_ENGLISH),
                       .file = file,
                       .subject = complaint_error_subject(error),
                       .path = complaint_error_path(error),
                       .host_text = complaint_error_host_text(error),
                       .line = complaint_error_line(error),
                       .offset = complaint_error_offset(error)};
    print_problem(c, &p);
    return CLI_REFUSED;
}

int refuse(const cli *c, const complaint_error *error) { return refuse_in(c, "", error); }

int refuse_status(const cli *c, complaint_status status, const char *subject) {
    problem p = plain_problem(complaint_status_name(status), complaint_status_text(status, COMPLAINT_THAI), complaint_status_text(status, COMPLAINT_ENGLISH));
    p.subject = subject;
    print_problem(c, &p);
    return CLI_REFUSED;
}

int refuse_file(const cli *c, const char *path, const char *thai, const char *english, int number) {
    problem p = plain_problem("FILE", thai, english);
    p.file = path;
    if (number != 0) p.host_text = strerror(number);
    print_problem(c, &p);
    return CLI_REFUSED;
}

int misuse(const cli *c, const char *thai, const char *english, const char *what) {
    const char *separator = what ? ": " : "";
    what = what ? what : "";
    if (c->opt.json) {
        problem p = plain_problem("USAGE", thai, english);
        p.subject = what;
        print_problem(c, &p);
        return CLI_MISUSED;
    }
    const char *help = c->command ? "help " : "--help", *command_name = c->command ? c->command : "";
    fprintf(stderr, "complaint: %s%s%s\n  %s%s%s; see `complaint %s%s`\n", thai, separator, what, english, separator, what, help, command_name);
    return CLI_MISUSED;
}

int desk_answer(const cli *c, complaint_status status) {
    if (status == COMPLAINT_OK) return CLI_DONE;
    const complaint_error *error = complaint_desk_error(c->desk);
    return complaint_error_status(error) == status ? refuse(c, error) : refuse_status(c, status, "");
}
