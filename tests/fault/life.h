/*
 * The life of a case, from the opening of the desk to the closing and the report, step by step, so that any step can be made to fail and be asked for
 * again. Each file of tests/fault chooses which failures.
 *
 * What is proved of each failure: the right status; verify finds nothing; the step has had no effect (or, where it is several transactions, none that is half
 * done); asked again under the same request id it succeeds and has the effect it would have had; at the end everything a person can see is as in
 * a life without failure; nothing was sent twice but under the same intent id, and every attempt is on record; nothing leaks.
 */
#ifndef TEST_FAULT_LIFE_H
#define TEST_FAULT_LIFE_H

#include "support/alloc.h"
#include "support/desk.h"

#include <complaint/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the steps ------------------------------------------------------------------------------------------------------------ */

/* An item of two chunks. */
static inline complaint_status keep(test_office *o) {
    static char photo[256 * 1024 + 1];
    return test_keep(o, photo, sizeof photo);
}

static inline complaint_status receive(test_office *o) {
    return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-1", "thread=t-1", "sender=สมศรี ใจดี", "text=รอคิวสี่ชั่วโมง");
}
static inline complaint_status triage(test_office *o) { return TRY(o, o->officer, "triage", "@request=triage"); }
static inline complaint_status receive_more(test_office *o) {
    return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-2", "thread=t-1", "text=เพิ่มเติม", "@request=more");
}
static inline complaint_status join(test_office *o) { return TRY(o, o->officer, "triage", "@join=1", "@request=join"); }
static inline complaint_status withdraw(test_office *o) { return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-2", "form=unsent"); }
static inline complaint_status receive_thanks(test_office *o) { return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-3", "thread=t-2", "text=ขอบคุณ"); }
static inline complaint_status set_aside(test_office *o) { return TRY(o, o->officer, "set_aside", "reason=ขอบคุณ", "@request=aside"); }
static inline complaint_status enter(test_office *o) { return TRY(o, o->officer, "register", "@request=register"); }
static inline complaint_status classify(test_office *o) { return TRY(o, o->officer, "classify", "class=service", "nature=grievance", "@request=classify"); }
static inline complaint_status acknowledge(test_office *o) { return TRY(o, o->officer, "acknowledge", "particle=ค่ะ", "@request=acknowledge"); }
static inline complaint_status flag(test_office *o) { return TRY(o, o->officer, "flag", "flag=urgent", "@request=flag"); }
static inline complaint_status deliver(test_office *o) { return complaint_desk_deliver(o->desk, 0, NULL); }
static inline complaint_status consider(test_office *o) { return TRY(o, o->head, "consider", "decision=agreed", "text=ดำเนินการ", "@request=consider"); }
static inline complaint_status forward(test_office *o) { return TRY(o, o->officer, "forward", "unit=quality,hr", "text=โปรดดำเนินการ", "@request=forward"); }
static inline complaint_status follow_up(test_office *o) { return TRY(o, o->officer, "follow_up", "days:=3", "@request=follow"); }
static inline complaint_status first_result(test_office *o) { return TRY(o, o->hr, "report_result", "from_unit=hr", "outcome=explained", "text=ชี้แจงแล้ว", "@request=hr"); }
static inline complaint_status last_result(test_office *o) {
    return TRY(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว", "@request=quality");
}
static inline complaint_status notify(test_office *o) { return TRY(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "@request=notify"); }
static inline complaint_status close_case(test_office *o) { return TRY(o, o->officer, "close", "@request=close"); }

static inline complaint_status settle(test_office *o) {
    for (int i = o->sent_count - 1; i >= 0; i--)
        if (strcmp(o->sent[i].name, "result") == 0) return complaint_desk_notice_outcome(o->desk, o->sent[i].intent, COMPLAINT_DELIVERED);
    fail_msg("the result was not sent");
    return COMPLAINT_E_INTERNAL;
}

static inline complaint_status look(test_office *o) {
    static const test_part parts[] = {complaint_desk_case,    complaint_desk_clocks,  complaint_desk_referrals,
                                      complaint_desk_notices, complaint_desk_parties, complaint_desk_case_messages};
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < COUNT(parts); i++) {
        complaint_page *page = NULL;
        s = parts[i](o->desk, o->officer, o->case_id, &page);
        assert_int_equal(page == NULL, s != COMPLAINT_OK);
        complaint_page_free(page);
    }
    return s;
}

static inline complaint_status look_at_lists(test_office *o) {
    complaint_page *pages[5] = {NULL};
    complaint_status s = complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 5, &pages[0]);
    if (s == COMPLAINT_OK) s = complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_OPEN, NULL, 0, &pages[1]);
    if (s == COMPLAINT_OK) s = complaint_desk_inbox(o->desk, o->officer, "opened", NULL, 0, &pages[2]);
    if (s == COMPLAINT_OK) s = complaint_desk_thread(o->desk, o->officer, "facebook", "t-1", NULL, 0, &pages[3]);
    if (s == COMPLAINT_OK) s = complaint_desk_actions(o->desk, o->officer, o->case_id, COMPLAINT_THAI, &pages[4]);
    for (size_t i = 0; i < COUNT(pages); i++) complaint_page_free(pages[i]);
    return s;
}

static inline int32_t COMPLAINT_CALL no_bytes(void *context, const void *data, size_t size) {
    (void)data;
    *(size_t *)context += size;
    return 0;
}

static inline complaint_status look_at_evidence(test_office *o) {
    complaint_page *page = NULL;
    char digest[80];
    size_t size = 0;
    complaint_status s = complaint_desk_find(o->desk, o->officer, 2569, 1, &o->case_id);
    if (s == COMPLAINT_OK) s = complaint_desk_evidence(o->desk, o->officer, o->case_id, &page);
    if (s != COMPLAINT_OK) return s;
    assert_int_equal(complaint_page_count(page), 1);
    snprintf(digest, sizeof digest, "%s", complaint_page_text_of(page, 0, "digest"));
    complaint_page_free(page);
    s = complaint_desk_read_evidence(o->desk, o->officer, o->case_id, digest, no_bytes, &size);
    assert_int_equal(size, s == COMPLAINT_OK ? 256 * 1024 + 1 : 0);
    return s;
}

static inline complaint_status report(test_office *o) {
    complaint_page *page = NULL;
    complaint_text *text = NULL;
    complaint_status s = complaint_desk_report(o->desk, o->officer, 2569, 6, &page);
    if (s == COMPLAINT_OK) s = complaint_desk_report_text(o->desk, o->officer, 2569, 6, COMPLAINT_REPORT_JSON, &text);
    complaint_page_free(page);
    complaint_text_free(text);
    return s;
}

static inline complaint_status prove(test_office *o) {
    complaint_page *page = NULL;
    int64_t checked = 0;
    complaint_status s = complaint_desk_verify(o->desk, o->auditor, &page, &checked);
    complaint_page_free(page);
    return s;
}

/* SEVERAL: more than one transaction, so a part of the effect may be there. */
typedef enum { ONE, SEVERAL } extent;

typedef struct step {
    const char *name;
    complaint_status (*run)(test_office *o);
    const char *at;
    extent extent;
} step;

static const step steps[] = {
    {"open", test_office_desk, "2025-11-05T09:00", SEVERAL},
    {"receive", receive, "2025-11-05T09:00", ONE},
    {"keep", keep, "2025-11-05T09:01", ONE},
    {"triage", triage, "2025-11-05T09:02", ONE},
    {"receive more", receive_more, "2025-11-05T09:03", ONE},
    {"join", join, "2025-11-05T09:04", ONE},
    {"withdraw", withdraw, "2025-11-05T09:05", ONE},
    {"thanks", receive_thanks, "2025-11-05T09:06", ONE},
    {"set aside", set_aside, "2025-11-05T09:06", ONE},
    {"register", enter, "2025-11-05T09:07", ONE},
    {"classify", classify, "2025-11-05T09:08", ONE},
    {"acknowledge", acknowledge, "2025-11-05T09:09", ONE},
    {"flag", flag, "2025-11-05T09:10", ONE},
    {"deliver", deliver, "2025-11-05T09:11", SEVERAL},
    {"consider", consider, "2025-11-05T10:00", ONE},
    {"forward", forward, "2025-11-05T10:01", ONE},
    {"follow up", follow_up, "2025-11-07T10:00", ONE},
    {"first result", first_result, "2025-11-08T10:00", ONE},
    {"last result", last_result, "2025-11-09T10:00", ONE},
    {"notify", notify, "2025-11-10T10:00", ONE},
    {"deliver result", deliver, "2025-11-10T10:01", SEVERAL},
    {"settle", settle, "2025-11-10T11:00", ONE},
    {"close", close_case, "2025-11-11T10:00", ONE},
    {"look", look, "2025-11-11T10:00", ONE},
    {"lists", look_at_lists, "2025-11-11T10:00", ONE},
    {"evidence", look_at_evidence, "2025-11-11T10:00", ONE},
    {"report", report, "2025-11-11T10:00", ONE},
    {"verify", prove, "2025-11-11T10:00", ONE},
};

enum { STEPS = COUNT(steps) };

/* The carrier of results answers later. */
static inline int32_t decide(const test_sent *s) { return strcmp(s->name, "result") == 0 ? COMPLAINT_ACCEPTED : COMPLAINT_DELIVERED; }

/* ---- a life without failure, to compare with --------------------------------------------------------------------------------- */

typedef struct life {
    char *before[STEPS + 1]; /* what can be seen before each step; the last: at the end */
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
    test_office_place(o, NULL, test_instant(steps[0].at));
    o->decide = decide;
    for (size_t i = 0; i < STEPS; i++) {
        test_at(o, steps[i].at);
        test_expect(o, steps[i].run(o), COMPLAINT_OK, NULL, __FILE__, __LINE__);
        for (int32_t slot = 0; slot <= COMPLAINT_SLOT_SELECT; slot++) l->calls[slot] += complaint_fault_calls(o->fault, slot);
        l->before[i + 1] = test_picture(o, false); /* looking costs calls too: they are not counted */
        complaint_fault_reset(o->fault);
    }
    assert_string_equal(steps[STEPS - 1].name, "verify");
    assert_non_null(strstr(l->before[STEPS], "state=closed"));
    l->intents = intents(o);
    assert_int_equal(l->intents, 3); /* acknowledgement, flag to the head, result */
    test_office_close(o);
    free(o);
}

static inline void free_life(life *l) {
    for (size_t i = 0; i <= STEPS; i++) free(l->before[i]);
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
    const step *st = &steps[i];
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
    compare(seen, l->before[i + 1], f, steps[i].name, "when done");
    free(seen);
}

static inline void run_step(test_office *o, const life *l, failure *f, size_t i) {
    test_at(o, steps[i].at);
    complaint_status s = steps[i].run(o);
    if (f->met || !struck(o, f)) {
        if (s != COMPLAINT_OK) fail_msg("%s: without a failure: %s: %s", told(f, steps[i].name), complaint_status_name(s), test_why(o));
        return;
    }
    f->met = true;
    complaint_fault_reset(o->fault);
    check_failed(o, l, f, i, s);
    if (steps[i].run == deliver) o->now += 10 * MINUTE; /* the lease of what was claimed runs out */
    if (s != COMPLAINT_OK || steps[i].run == deliver) s = steps[i].run(o);
    if (s != COMPLAINT_OK) fail_msg("%s: asked again: %s: %s", told(f, steps[i].name), complaint_status_name(s), test_why(o));
    check_done(o, l, f, i);
}

/* False when the life was over before the failure came. */
static inline bool run_harmed(const life *l, failure *f) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_place(o, f->memory ? &f->memory->table : NULL, test_instant(steps[0].at));
    o->decide = decide;
    if (!f->memory) OK(complaint_fault_set(o->fault, f->slot, f->call, f->flags, f->given));
    for (size_t i = 0; i < STEPS; i++) run_step(o, l, f, i);
    complaint_fault_reset(o->fault); /* a failure later than the life itself is no concern of ours */
    if (f->memory) f->memory->fail_at = -1;
    char *seen = test_picture(o, false);
    compare(seen, l->before[STEPS], f, "the end", "at the end");
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

/* Slot by slot and call by call; of the kinds, `each` takes all at every call, else one after the other. */
static inline void store_fails(const life *l, const kind_of_failure *kinds, size_t count, bool each) {
    size_t turn = 0;
    for (int32_t slot = COMPLAINT_SLOT_SCHEMA; slot <= COMPLAINT_SLOT_SELECT; slot++) {
        for (int64_t call = 0; slot != COMPLAINT_SLOT_ROLLBACK && call < l->calls[slot]; call++, turn++) {
            for (size_t i = 0; i < count; i++)
                if ((kinds[i].slot == COMPLAINT_SLOT_ANY || kinds[i].slot == slot) && (each || turn % count == i)) one_failure(l, &kinds[i], slot, call);
        }
    }
}

#endif
