/*
 * A life at the desk, step by step, so that any step can be made to fail and be asked for again. The steps are given by who includes this: life.h (a case from its receipt to its closing) and verbs.h (every verb);
 * each test chooses which failures.
 *
 * What is proved of each failure: the right status; verify finds nothing; the step has had no effect (or, where it is several transactions, none that is half
 * done); asked again under the same request id it succeeds and has the effect it would have had; at the end everything a person can see is as in
 * a life without failure; nothing was sent twice but under the same intent id, and every attempt is on record; nothing leaks.
 */
#ifndef TEST_FAULT_HARNESS_H
#define TEST_FAULT_HARNESS_H

#include "support/alloc.h"
#include "support/desk.h"

#include <complaint/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a life is made of -------------------------------------------------------------------------------------------- */

/* SEVERAL: more than one transaction, so a part of the effect may be there. */
typedef enum { ONE, SEVERAL } extent;

typedef struct step {
    const char *name;
    complaint_status (*run)(test_office *o);
    const char *at;
    extent extent;
} step;

/* Given by who includes this. */
typedef struct script {
    const step *steps;
    size_t count;
    void (*arrange)(test_office *o);          /* another policy than Chiang Rai's; NULL: none */
    int32_t (*decide)(const test_sent *s);    /* how the carrier of letters answers */
    const char *ending;                       /* what stands in the last picture */
    int intents;                              /* how many letters are sent */
} script;

static const script the_life;
enum { STEPS_MAX = 96 };

static inline complaint_status deliver(test_office *o) { return complaint_desk_deliver(o->desk, 0, NULL); }

static inline complaint_status prove(test_office *o) {
    complaint_page *page = NULL;
    int64_t checked = 0;
    complaint_status s = complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &page, &checked);
    complaint_page_free(page);
    return s;
}

/* ---- a life without failure, to compare with --------------------------------------------------------------------------------- */

typedef struct life {
    char *before[STEPS_MAX + 1]; /* what can be seen before each step; the last: at the end */
    int64_t calls[COMPLAINT_SLOT_SELECT + 1];
    int intents;
    long requests; /* of memory */
} life;

static inline int intents(const test_office *o) {
    int n = 0;
    for (int i = 0; i < o->sent_count; i++) {
        int first = 0;
        while (strcmp(o->sent[first].intent, o->sent[i].intent) != 0) first++;
        n += first == i;
        assert_string_equal(o->sent[first].body, o->sent[i].body); /* the same letter */
        assert_string_equal(o->sent[first].name, o->sent[i].name);
    }
    return n;
}

static inline void run_unharmed(life *l) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    memset(l, 0, sizeof *l);
    test_office_place(o, NULL, test_instant(the_life.steps[0].at));
    o->decide = the_life.decide;
    if (the_life.arrange) the_life.arrange(o);
    for (size_t i = 0; i < the_life.count; i++) {
        test_at(o, the_life.steps[i].at);
        test_expect(o, the_life.steps[i].run(o), COMPLAINT_OK, NULL, __FILE__, __LINE__);
        for (int32_t slot = 0; slot <= COMPLAINT_SLOT_SELECT; slot++) l->calls[slot] += complaint_fault_calls(o->fault, slot);
        l->before[i + 1] = test_picture(o, false); /* looking costs calls too: they are not counted */
        complaint_fault_reset(o->fault);
    }
    assert_string_equal(the_life.steps[the_life.count - 1].name, "verify");
    assert_non_null(strstr(l->before[the_life.count], the_life.ending));
    l->intents = intents(o);
    assert_int_equal(l->intents, the_life.intents);
    test_office_close(o);
    free(o);
}

static inline void free_life(life *l) {
    for (size_t i = 0; i <= the_life.count; i++) free(l->before[i]);
}

/* ---- a life in which something fails --------------------------------------------------------------------------------------------- */

typedef struct failure {
    /* makes it fail; tells what the step that met it answered */
    int32_t slot, flags;
    int64_t call;
    complaint_status given, expected; /* expected COMPLAINT_OK: the library copes */
    test_alloc *memory;               /* instead: the allocator that fails */
    bool met;
} failure;

static inline const char *told(const failure *f, const char *name) {
    static char text[200];
    snprintf(text, sizeof text, "step %s, slot %d, call %lld, flags %d, %s, memory %ld", name, f->slot, (long long)f->call, f->flags, complaint_status_name(f->given),
             f->memory ? f->memory->fail_at : -1);
    return text;
}

static inline bool struck(const test_office *o, const failure *f) { return f->memory ? f->memory->failed : complaint_fault_struck(o->fault) > 0; }

static inline void compare(const char *got, const char *expected, const failure *f, const char *name, const char *when) {
    if (strcmp(got, expected) == 0) return;
    size_t i = 0, line = 0;
    for (; got[i] && got[i] == expected[i]; i++)
        if (got[i] == '\n') line = i + 1;
    fail_msg("%s, %s: what is there differs\n%.*s\n%.*s", told(f, name), when, (int)strcspn(got + line, "\n"), got + line, (int)strcspn(expected + line, "\n"), expected + line);
}

/* What else than expected may be answered: a claim in doubt waits for its lease; memory that turned out not to be needed fails nobody. */
static inline bool excused(const failure *f, const step *st, complaint_status s) {
    if (f->memory) return s == COMPLAINT_OK;
    return st->run == deliver && f->given == COMPLAINT_E_UNKNOWN && s == COMPLAINT_E_UNKNOWN;
}

/* The step met the failure and answered `s`. */
static inline void check_failed(test_office *o, const life *l, failure *f, size_t i, complaint_status s) {
    const step *st = &the_life.steps[i];
    if (s != f->expected && !excused(f, st, s))
        fail_msg("%s: %s: %s", told(f, st->name), complaint_status_name(s), o->desk ? test_why(o) : complaint_error_text(complaint_setup_error(o->setup), COMPLAINT_ENGLISH));
    if (s == COMPLAINT_OK || !o->desk) return;
    test_verify(o);
    if (st->extent == SEVERAL) return;
    char *seen = test_picture(o, false);
    compare(seen, l->before[i], f, st->name, "after the failure");
    free(seen);
}

static inline void check_done(test_office *o, const life *l, const failure *f, size_t i) {
    char *seen = test_picture(o, false);
    compare(seen, l->before[i + 1], f, the_life.steps[i].name, "when done");
    free(seen);
}

static inline void run_step(test_office *o, const life *l, failure *f, size_t i) {
    test_at(o, the_life.steps[i].at);
    complaint_status s = the_life.steps[i].run(o);
    if (f->met || !struck(o, f)) {
        if (s != COMPLAINT_OK) fail_msg("%s: without a failure: %s: %s", told(f, the_life.steps[i].name), complaint_status_name(s), test_why(o));
        return;
    }
    f->met = true;
    complaint_fault_reset(o->fault);
    check_failed(o, l, f, i, s);
    if (the_life.steps[i].run == deliver) o->now += 10 * MINUTE; /* the lease of what was claimed runs out */
    if (s != COMPLAINT_OK || the_life.steps[i].run == deliver) s = the_life.steps[i].run(o);
    if (s != COMPLAINT_OK) fail_msg("%s: asked again: %s: %s", told(f, the_life.steps[i].name), complaint_status_name(s), test_why(o));
    check_done(o, l, f, i);
}

/* False when the life was over before the failure came. */
static inline bool run_harmed(const life *l, failure *f) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_place(o, f->memory ? &f->memory->table : NULL, test_instant(the_life.steps[0].at));
    o->decide = the_life.decide;
    if (the_life.arrange) the_life.arrange(o);
    if (!f->memory) OK(complaint_fault_set(o->fault, f->slot, f->call, f->flags, f->given));
    for (size_t i = 0; i < the_life.count; i++) run_step(o, l, f, i);
    complaint_fault_reset(o->fault); /* a failure later than the life itself is no concern of ours */
    if (f->memory) f->memory->fail_at = -1;
    char *seen = test_picture(o, false);
    compare(seen, l->before[the_life.count], f, "the end", "at the end");
    free(seen);
    test_verify(o);
    if (intents(o) != l->intents) fail_msg("%s: %d letters instead of %d", told(f, "the end"), intents(o), l->intents);
    assert_true(test_rows(o, "complaint_attempt") >= o->sent_count);
    test_office_close(o);
    free(o);
    return f->met;
}

/* ---- the loops --------------------------------------------------------------------------------------------------------------------- */

/* Every `stride`-th request of memory fails. */
static inline void memory_fails(const life *l, long stride) {
    for (long n = 0;; n += stride) {
        test_alloc a;
        failure f = {.given = COMPLAINT_E_MEMORY, .expected = COMPLAINT_E_MEMORY, .memory = &a};
        test_alloc_init(&a, n);
        bool met = run_harmed(l, &f);
        assert_int_equal(a.alive, 0);
        assert_false(a.misused);
        if (!met) return;
    }
}

typedef struct kind_of_failure {
    int32_t slot; /* ANY: each of them */
    int32_t flags;
    complaint_status given, expected;
} kind_of_failure;

/* A store that is full, busy, broken or out of memory at any call, once. */
static const kind_of_failure breakdowns[] = {
    {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_ONCE, COMPLAINT_E_BUSY, COMPLAINT_E_BUSY},
    {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_ONCE, COMPLAINT_E_FULL, COMPLAINT_E_FULL},
    {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_ONCE, COMPLAINT_E_STORE, COMPLAINT_E_STORE},
    {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_ONCE, COMPLAINT_E_MEMORY, COMPLAINT_E_MEMORY},
};

/* What the library gets over by itself, and what it gives up at last. */
static const kind_of_failure doubts[] = {
    {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_ONCE, COMPLAINT_E_RETRY, COMPLAINT_OK},
    {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_FOREVER, COMPLAINT_E_RETRY, COMPLAINT_E_BUSY},
    {COMPLAINT_SLOT_COMMIT, COMPLAINT_FAULT_ONCE, COMPLAINT_E_UNKNOWN, COMPLAINT_OK},
    {COMPLAINT_SLOT_COMMIT, COMPLAINT_FAULT_ONCE | COMPLAINT_FAULT_AFTER, COMPLAINT_E_UNKNOWN, COMPLAINT_OK},
    {COMPLAINT_SLOT_COMMIT, COMPLAINT_FAULT_FOREVER, COMPLAINT_E_UNKNOWN, COMPLAINT_E_UNKNOWN},
    {COMPLAINT_SLOT_COMMIT, COMPLAINT_FAULT_FOREVER | COMPLAINT_FAULT_AFTER, COMPLAINT_E_UNKNOWN, COMPLAINT_OK},
};

static inline void one_failure(const life *l, const kind_of_failure *k, int32_t slot, int64_t call) {
    failure f = {.slot = slot, .flags = k->flags, .call = call, .given = k->given, .expected = k->expected};
    assert_true(run_harmed(l, &f));
}

/* Slot by slot, every `stride`-th call; of the kinds, `each` takes all at every call, else one after the other. */
static inline void store_fails(const life *l, const kind_of_failure *kinds, size_t count, bool each, int64_t stride) {
    size_t turn = 0;
    for (int32_t slot = COMPLAINT_SLOT_SCHEMA; slot <= COMPLAINT_SLOT_SELECT; slot++) {
        for (int64_t call = 0; slot != COMPLAINT_SLOT_ROLLBACK && call < l->calls[slot]; call += stride, turn++) {
            for (size_t i = 0; i < count; i++)
                if ((kinds[i].slot == COMPLAINT_SLOT_ANY || kinds[i].slot == slot) && (each || turn % count == i)) one_failure(l, &kinds[i], slot, call);
        }
    }
}

#endif
