/*
 * base/error: the record of what went wrong.
 *
 * Owns: fixed fields, filled without memory and always valid UTF-8. Must not know: what a failure means.
 */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

/* Copies what fits, cut at a character; bytes that are no UTF-8 become '?'. */
static void set_field(char *field, size_t capacity, cpl_str s) {
    size_t n = cpl_utf8_cut(s, capacity - 1), bad;
    if (n) memcpy(field, s.p, n);
    field[n] = '\0';
    for (size_t from = 0; cpl_utf8_check((cpl_str){field + from, n - from}, &bad) != COMPLAINT_OK; from += bad + 1) field[from + bad] = '?';
}

void cpl_host_error_put(complaint_host_error *e, int64_t code, cpl_str text) {
    size_t bad;
    if (!e) return;
    e->code = code;
    e->thai[0] = '\0';
    if (cpl_utf8_check(text, &bad) != COMPLAINT_OK) text.n = 0;
    set_field(e->text, sizeof e->text, text);
}

void cpl_host_error_explain(complaint_host_error *e, cpl_str thai) {
    size_t bad;
    if (!e) return;
    if (cpl_utf8_check(thai, &bad) != COMPLAINT_OK) thai.n = 0;
    set_field(e->thai, sizeof e->thai, thai);
}

void cpl_error_clear(complaint_error *e) {
    if (!e) return;
    e->status = COMPLAINT_OK;
    e->thai[0] = e->english[0] = e->subject[0] = e->path[0] = '\0';
    e->line = 0;
    e->offset = -1;
    e->host.code = 0;
    e->host.text[0] = '\0';
}

/* In parentheses: base.h may have macros of these names. */
complaint_status(cpl_fail)(complaint_error *e, complaint_status status, const char *subject) { return cpl_failf(e, status, subject, NULL, NULL); }

/* One byte more than any field, so that set_field sees where a text that is too long has to be cut. */
typedef struct draft {
    char text[sizeof(((complaint_error *)0)->thai) + 1];
    size_t n;
} draft;

static void draft_text(draft *d, complaint_status status, int32_t language, const char *format, va_list args) {
    int n = format ? vsnprintf(d->text, sizeof d->text, format, args) : -1;
    if (n < 0) n = snprintf(d->text, sizeof d->text, "%s", cpl_status_text(status, language));
    d->n = n < 0 ? 0 : (size_t)n < sizeof d->text ? (size_t)n : sizeof d->text - 1;
}

complaint_status(cpl_failf)(complaint_error *e, complaint_status status, const char *subject, const char *thai_format, const char *english_format, ...) {
    if (!e) return status;
    /* Everything is drafted first: the arguments may be fields of this very error. */
    draft thai, english, name;
    va_list args, again;
    va_start(args, english_format);
    va_copy(again, args);
    draft_text(&thai, status, COMPLAINT_THAI, thai_format, args);
    draft_text(&english, status, COMPLAINT_ENGLISH, english_format, again);
    va_end(again);
    va_end(args);
    int n = snprintf(name.text, sizeof name.text, "%s", subject ? subject : "");
    name.n = n < 0 ? 0 : strlen(name.text);

    cpl_error_clear(e);
    e->status = status;
    set_field(e->thai, sizeof e->thai, (cpl_str){thai.text, thai.n});
    set_field(e->english, sizeof e->english, (cpl_str){english.text, english.n});
    set_field(e->subject, sizeof e->subject, (cpl_str){name.text, name.n});
    return status;
}

void cpl_error_at(complaint_error *e, const char *path, int64_t line, int64_t offset) {
    if (!e) return;
    if (path != e->path) set_field(e->path, sizeof e->path, cpl_str_of(path));
    e->line = line;
    e->offset = offset;
}

void cpl_error_host(complaint_error *e, const complaint_host_error *host) {
    if (!e || !host) return;
    e->host.code = host->code;
    if (host != &e->host) set_field(e->host.text, sizeof e->host.text, cpl_str_of(host->text));
}

complaint_error *cpl_error_copy(const complaint_error *e, const cpl_memory *m) {
    complaint_error *copy = e ? cpl_alloc(m, sizeof *copy) : NULL;
    if (!copy) return NULL;
    *copy = *e;
    copy->memory = *m;
    return copy;
}

void cpl_error_free(complaint_error *e) {
    if (!e || !e->memory.release) return;
    cpl_memory memory = e->memory;
    cpl_free(&memory, e);
}
