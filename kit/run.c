/*
 * kit/run: the list of checks and their run.
 *
 * Owns: names, what is skipped, cleaning up after a check. Must not know: what a check does.
 */
#include "kit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- words ------------------------------------------------------------------------------------------------------------------------ */

bool cpl_kit_fail(cpl_kit *k, const char *format, ...) {
    va_list arguments;
    if (k->outcome == COMPLAINT_CHECK_FAILED) return false;
    k->outcome = COMPLAINT_CHECK_FAILED;
    va_start(arguments, format);
    (void)vsnprintf(k->detail, sizeof k->detail, format, arguments);
    va_end(arguments);
    return false;
}

bool cpl_kit_skip(cpl_kit *k, const char *why) {
    if (k->outcome != COMPLAINT_CHECK_PASSED) return false;
    k->outcome = COMPLAINT_CHECK_SKIPPED;
    (void)snprintf(k->detail, sizeof k->detail, "%s", why);
    return false;
}

const char *cpl_kit_status_name(complaint_status s) {
    static const struct {
        complaint_status status;
        const char *name;
    } names[] = {{COMPLAINT_OK, "OK"},
                 {COMPLAINT_E_RETRY, "E_RETRY"},
                 {COMPLAINT_E_UNKNOWN, "E_UNKNOWN"},
                 {COMPLAINT_E_NOT_FOUND, "E_NOT_FOUND"},
                 {COMPLAINT_E_VERSION, "E_VERSION"},
                 {COMPLAINT_E_EXISTS, "E_EXISTS"},
                 {COMPLAINT_E_FULL, "E_FULL"},
                 {COMPLAINT_E_READ_ONLY, "E_READ_ONLY"},
                 {COMPLAINT_E_SCHEMA, "E_SCHEMA"},
                 {COMPLAINT_E_FOREIGN, "E_FOREIGN"},
                 {COMPLAINT_E_SCHEMA_NEWER, "E_SCHEMA_NEWER"},
                 {COMPLAINT_E_CORRUPT, "E_CORRUPT"},
                 {COMPLAINT_E_MEMORY, "E_MEMORY"},
                 {COMPLAINT_E_BUSY, "E_BUSY"},
                 {COMPLAINT_E_STORE, "E_STORE"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].status == s) return names[i].name;
    return "a status that no slot may answer";
}

/* ---- memory ------------------------------------------------------------------------------------------------------------------------ */

struct cpl_kit_block {
    cpl_kit_block *next;
    max_align_t data[];
};

void *cpl_kit_alloc(cpl_kit *k, size_t bytes) {
    cpl_kit_block *b = calloc(1, sizeof *b + bytes);
    if (!b) longjmp(k->out_of_memory, 1);
    b->next = k->blocks;
    k->blocks = b;
    return b->data;
}

static void free_blocks(cpl_kit *k) {
    while (k->blocks) {
        cpl_kit_block *b = k->blocks;
        k->blocks = b->next;
        free(b);
    }
}

void cpl_kit_forget_rows(cpl_kit_catch *c) {
    for (int32_t n = 0; n < c->rows.count; n++) free(c->rows.items[n].values);
    free(c->rows.items);
    c->rows = (cpl_kit_rows){NULL, 0};
}

static void free_catches(cpl_kit *k) {
    while (k->catches) {
        cpl_kit_catch *c = k->catches;
        k->catches = c->next;
        free(c);
    }
}

/* ---- the list of checks -------------------------------------------------------------------------------------------------------------- */

static const cpl_kit_check *const groups[] = {cpl_kit_schema_checks,      cpl_kit_row_checks,   cpl_kit_change_checks,
                                              cpl_kit_transaction_checks, cpl_kit_range_checks, cpl_kit_thread_checks};

static const cpl_kit_check *check_at(int32_t number) {
    for (size_t g = 0; g < sizeof groups / sizeof groups[0] && number >= 0; g++)
        for (const cpl_kit_check *c = groups[g]; c->name; c++)
            if (number-- == 0) return c;
    return NULL;
}

int32_t complaint_conformance_count(void) {
    int32_t n = 0;
    while (check_at(n)) n++;
    return n;
}

const char *complaint_conformance_name(int32_t check) {
    const cpl_kit_check *c = check_at(check);
    return c ? c->name : NULL;
}

/* `only` is a name, or the beginning of names up to their `/`. */
static bool is_wanted(const cpl_kit_check *c, const char *only) {
    size_t n = only ? strlen(only) : 0;
    if (n == 0 || strcmp(c->name, only) == 0) return true;
    return only[n - 1] == '/' && strncmp(c->name, only, n) == 0;
}

/* ---- the run -------------------------------------------------------------------------------------------------------------------------- */

static const char *what_is_missing(int32_t flags) {
    if (flags & COMPLAINT_CONFORMANCE_ONE_CONNECTION) return "the store has one connection only";
    if (flags & COMPLAINT_CONFORMANCE_ONE_THREAD) return "the store is used from one thread only";
    return "the store forgets when it is closed";
}

/* Sinks that were called after their slot had returned, at the latest while closing. */
static void look_for_late_calls(cpl_kit *k) {
    for (cpl_kit_catch *c = k->catches; c; c = c->next) {
        if (c->late) (void)cpl_kit_fail(k, "%s: a sink was called after its slot had returned", complaint_schema_table_name(c->table));
        c->late = false;
        cpl_kit_forget_rows(c);
    }
}

static void run_check(cpl_kit *k, const cpl_kit_check *c) {
    k->outcome = COMPLAINT_CHECK_PASSED;
    k->detail[0] = '\0';
    int32_t missing = c->needs & k->host->flags;
    complaint_status s;
    if (missing)
        (void)cpl_kit_skip(k, what_is_missing(missing));
    else if ((s = k->host->wipe(k->host->self)) != COMPLAINT_OK)
        (void)cpl_kit_fail(k, "wiping the place answered %s", cpl_kit_status_name(s));
    else if (setjmp(k->out_of_memory) != 0)
        (void)cpl_kit_fail(k, "out of memory");
    else if (!c->run(k) && k->outcome == COMPLAINT_CHECK_PASSED)
        (void)cpl_kit_fail(k, "failed");
    for (int32_t n = 0; n < COMPLAINT_CONFORMANCE_CONNECTIONS; n++) cpl_kit_close(k, n);
    look_for_late_calls(k);
    free_blocks(k);
}

static complaint_status accept_host(const complaint_conformance_host *host) {
    if (host->size != sizeof *host) return COMPLAINT_E_TABLE_SIZE;
    return host->wipe && host->open && host->close ? COMPLAINT_OK : COMPLAINT_E_SLOT_MISSING;
}

complaint_status complaint_conformance_run(const complaint_conformance_host *host, const char *only, complaint_conformance_report_fn report, void *context, int32_t *failed) {
    if (!host || !failed) return COMPLAINT_E_INVALID;
    complaint_status s = accept_host(host);
    if (s != COMPLAINT_OK) return s;
    cpl_kit *k = calloc(1, sizeof *k);
    if (!k) return COMPLAINT_E_MEMORY;
    k->host = host;
    int32_t run = 0, bad = 0;
    for (int32_t n = 0; check_at(n); n++) {
        if (!is_wanted(check_at(n), only)) continue;
        run++;
        run_check(k, check_at(n));
        if (k->outcome == COMPLAINT_CHECK_FAILED) bad++;
        if (report) report(context, check_at(n)->name, k->outcome, k->detail);
    }
    free_catches(k);
    free(k);
    if (run == 0) return COMPLAINT_E_INVALID;
    *failed = bad;
    return COMPLAINT_OK;
}
