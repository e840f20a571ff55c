/*
 * Eight at a time do everything a desk does on one store: messages come in, cases are opened, numbered, answered, flagged, forwarded and closed, clocks speak up and notices leave the house, all side by
 * side. The eight are threads or processes; each has a connection, a desk and a notifier of its own and writes what he was told on his own sheet. All of them live at one instant, so that ids collide and no
 * lease runs out: a letter that leaves twice was claimed twice.
 *
 * What is proved: only who acted on what he had seen before is told that somebody was quicker, and nobody is sent away; no number is given twice or left out; no act is lost; what all of them ask for under
 * one request id, and the message all of them bring, is there once; each notice left once; no reminder was given twice; nobody waits for ever or falls behind the others.
 */
#ifndef TEST_CRASH_MIXED_H
#define TEST_CRASH_MIXED_H

#include "support/desk.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ThreadSanitizer looks for races, not at the time: a slow machine must not end its run. */
#if defined(__has_feature)
#define UNDER_THREAD_SANITIZER __has_feature(thread_sanitizer)
#elif defined(__SANITIZE_THREAD__)
#define UNDER_THREAD_SANITIZER 1
#else
#define UNDER_THREAD_SANITIZER 0
#endif

enum { WORKERS = 8, MOST_EACH = 2000, BUSY_MS = UNDER_THREAD_SANITIZER ? 600000 : 10000, INTENT_MAX = 96, LETTERS_MAX = 3 * WORKERS * MOST_EACH };
/* One in so many cases has to do with the case that all act on. */
enum { SEEN_EVERY = 20, BLIND_EVERY = 20, TOGETHER_EVERY = 40 };
/* One of the workers proves a part of the log, of so many events and rows, after so many cases. */
enum { PROVE_EVERY = 10, PART = 3000, TOKEN_MAX = 256 };

/* What one worker was told. */
typedef struct sheet {
    _Atomic int32_t done; /* cases; the others look at it */
    int32_t others_done;  /* the least of them when this one was ready */
    int64_t cases[MOST_EACH], revisions[MOST_EACH], numbers[MOST_EACH];
    int64_t acts, conflicts, clocks, shared_acts, first_together, proved;
    int64_t longest_act, longest_call; /* microseconds: one act; a tick or delivery of several */
    int32_t letters;
    char intents[LETTERS_MAX / WORKERS * 2][INTENT_MAX];
    complaint_status failed; /* cmocka cannot fail from a thread or another process */
    char why[300];
} sheet;

/* Where all of them meet; in memory that processes share. */
typedef struct place {
    char path[64];
    complaint_memory *memory; /* NULL: the file */
    int32_t durability, each;
    int64_t one_case, one_message; /* acted on by all */
    _Atomic int32_t ready;         /* workers whose desk is open */
    sheet sheets[WORKERS];
} place;

typedef struct worker {
    place *p;
    sheet *s;
    int number;
    complaint_policy *policy;
    complaint_calendar *calendar;
    complaint_sqlite *file;
    complaint_setup *setup;
    complaint_desk *desk;
    complaint_actor *officer, *head, *unit;
    complaint_draft *draft;
    int32_t mode; /* COMPLAINT_READ; else WRITE */
    bool repeated;
    char token[TOKEN_MAX]; /* where proving goes on; empty: from the beginning */
} worker;

static inline int64_t microseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- a desk ------------------------------------------------------------------------------------------------------------------ */

/* Wednesday, 5 November 2025, 09.00. */
static const int64_t present = INT64_C(1762308000000), two_days = 2 * DAY;

static inline complaint_status COMPLAINT_CALL tell_time(void *self, int64_t *now, complaint_host_error *error) {
    (void)self, (void)error;
    *now = present;
    return COMPLAINT_OK;
}

static inline void note(worker *w, const char *what, complaint_status s) {
    if (!s || w->s->failed) return;
    w->s->failed = s;
    snprintf(w->s->why, sizeof w->s->why, "%s: %s: %s", what, complaint_status_name(s), w->desk ? complaint_error_text(complaint_desk_error(w->desk), COMPLAINT_ENGLISH) : "");
}

static inline complaint_status COMPLAINT_CALL take_letter(void *self, const complaint_notice *notice, int32_t *answer, int64_t *retry_at, complaint_host_error *error) {
    worker *w = self;
    sheet *s = w->s;
    (void)retry_at, (void)error;
    *answer = COMPLAINT_DELIVERED;
    if (s->letters < (int32_t)COUNT(s->intents))
        snprintf(s->intents[s->letters++], INTENT_MAX, "%s", complaint_notice_intent(notice));
    else
        note(w, "too many letters", COMPLAINT_E_INTERNAL);
    if (complaint_notice_attempt(notice) != 1) note(w, "a second attempt", COMPLAINT_E_INTERNAL);
    return COMPLAINT_OK;
}

static inline complaint_status connect_worker(worker *w, complaint_store *store) {
    if (w->p->memory) return complaint_memory_table(w->p->memory, store);
    complaint_status s = complaint_sqlite_open(w->p->path, COMPLAINT_SQLITE_CREATE | w->p->durability, NULL, &w->file);
    if (!s) s = complaint_sqlite_set_busy_timeout(w->file, BUSY_MS);
    return s ? s : complaint_sqlite_table(w->file, store);
}

static inline complaint_status open_desk(worker *w) {
    complaint_store store;
    complaint_clock clock = {sizeof clock, w, tell_time};
    complaint_notifier notifier = {sizeof notifier, w, take_letter};
    complaint_status s = connect_worker(w, &store);
    if (!s) s = complaint_setup_new(NULL, &w->setup);
    if (!s) s = complaint_setup_set_store(w->setup, &store);
    if (!s) s = complaint_setup_set_clock(w->setup, &clock);
    if (!s) s = complaint_setup_set_notifier(w->setup, &notifier);
    if (!s) s = complaint_setup_set_policy(w->setup, w->policy);
    if (!s) s = complaint_setup_set_calendar(w->setup, w->calendar);
    if (!s && w->mode) s = complaint_setup_set_mode(w->setup, w->mode);
    if (!s) s = complaint_desk_open(w->setup, &w->desk);
    if (s && w->setup) snprintf(w->s->why, sizeof w->s->why, "open: %s", complaint_error_text(complaint_setup_error(w->setup), COMPLAINT_ENGLISH));
    return s;
}

static inline complaint_status hire_one(const char *id, const char *role, const char *unit, complaint_actor **actor) {
    complaint_status s = complaint_actor_new(NULL, id, actor);
    if (!s) s = complaint_actor_add_role(*actor, role);
    return s ? s : complaint_actor_set_unit(*actor, unit);
}

/* Policy and calendar are shared by threads; processes share none. */
static inline void open_worker(worker *w) {
    complaint_status s = open_desk(w);
    if (!s) s = hire_one("malee", "officer", "", &w->officer);
    if (!s) s = hire_one("somchai", "head", "", &w->head);
    if (!s) s = hire_one("quality-1", "unit", "quality", &w->unit);
    if (!s) s = complaint_draft_new(NULL, &w->draft);
    w->s->failed = s;
}

static inline void close_worker(worker *w) {
    complaint_draft_free(w->draft);
    complaint_actor_free(w->officer);
    complaint_actor_free(w->head);
    complaint_actor_free(w->unit);
    complaint_desk_close(w->desk);
    complaint_setup_free(w->setup);
    complaint_sqlite_close(w->file);
}

/* ---- acts ------------------------------------------------------------------------------------------------------------------------ */

static inline void say(worker *w, const char *field, const char *text) { note(w, field, complaint_draft_set_text(w->draft, field, text, strlen(text))); }

static inline complaint_status act_once(worker *w, const complaint_actor *who, int32_t verb, complaint_outcome **outcome) {
    int64_t before = microseconds();
    complaint_status s = complaint_desk_act(w->desk, who, verb, w->draft, outcome);
    int64_t took = microseconds() - before;
    complaint_draft_clear(w->draft);
    if (took > w->s->longest_act) w->s->longest_act = took;
    w->s->acts += s == COMPLAINT_OK;
    return s;
}

static inline complaint_outcome *act(worker *w, const complaint_actor *who, int32_t verb) {
    complaint_outcome *outcome = NULL;
    note(w, complaint_verb_name(verb), act_once(w, who, verb, &outcome));
    w->repeated = outcome && complaint_outcome_repeated(outcome);
    return outcome;
}

static inline int64_t receive(worker *w, const char *external_id) {
    say(w, "channel", "facebook");
    say(w, "external_id", external_id);
    say(w, "address", "U1");
    say(w, "text", "รอคิวสี่ชั่วโมง");
    note(w, "sent_at", complaint_draft_set_integer(w->draft, "sent_at", present - two_days)); /* so that clocks are due */
    complaint_outcome *outcome = act(w, w->officer, COMPLAINT_VERB_RECEIVE);
    int64_t message = complaint_outcome_message(outcome);
    complaint_outcome_free(outcome);
    return message;
}

static inline int64_t open_case(worker *w, int64_t message) {
    note(w, "message", complaint_draft_set_message(w->draft, message));
    complaint_outcome *outcome = act(w, w->officer, COMPLAINT_VERB_TRIAGE);
    int64_t id = complaint_outcome_case(outcome);
    complaint_outcome_free(outcome);
    return id;
}

static inline void set_aside(worker *w, int64_t message) {
    note(w, "message", complaint_draft_set_message(w->draft, message));
    say(w, "reason", "thanks");
    complaint_outcome_free(act(w, w->officer, COMPLAINT_VERB_SET_ASIDE));
}

/* On the worker's own case number `i`; with one field, or none. */
static inline void act_on(worker *w, int i, const complaint_actor *who, int32_t verb, const char *field, const char *text) {
    note(w, "case", complaint_draft_set_case(w->draft, w->s->cases[i], COMPLAINT_ANY_REVISION));
    if (field) say(w, field, text);
    complaint_outcome *outcome = act(w, who, verb);
    w->s->revisions[i] = complaint_outcome_revision(outcome);
    if (verb == COMPLAINT_VERB_REGISTER) w->s->numbers[i] = complaint_outcome_number(outcome);
    complaint_outcome_free(outcome);
}

static inline void finish_case(worker *w, int i) {
    note(w, "from_unit", complaint_draft_set_text(w->draft, "from_unit", "quality", 7));
    note(w, "outcome", complaint_draft_set_text(w->draft, "outcome", "resolved", 8));
    act_on(w, i, w->unit, COMPLAINT_VERB_REPORT_RESULT, "text", "done");
    note(w, "by_hand", complaint_draft_set_text(w->draft, "by_hand", "phone", 5));
    act_on(w, i, w->officer, COMPLAINT_VERB_NOTIFY_RESULT, "text", "done");
    act_on(w, i, w->officer, COMPLAINT_VERB_CLOSE, NULL, NULL);
}

static inline void work_on_case(worker *w, int i) {
    char external_id[32];
    snprintf(external_id, sizeof external_id, "%d-%d", w->number, i);
    w->s->cases[i] = open_case(w, receive(w, external_id));
    act_on(w, i, w->officer, COMPLAINT_VERB_REGISTER, NULL, NULL);
    act_on(w, i, w->officer, COMPLAINT_VERB_CLASSIFY, "class", "service");
    act_on(w, i, w->officer, COMPLAINT_VERB_ACKNOWLEDGE, NULL, NULL);
    if (i % 4 == 0) act_on(w, i, w->officer, COMPLAINT_VERB_FLAG, "flag", "urgent");
    if (i % 4 == 0) act_on(w, i, w->head, COMPLAINT_VERB_CONSIDER, "decision", "agreed");
    if (i % 2 == 0) act_on(w, i, w->officer, COMPLAINT_VERB_FORWARD, "unit", "quality");
    if (i % 4 == 2) finish_case(w, i);
    if (i % 8 != 3) return;
    snprintf(external_id, sizeof external_id, "thanks %d-%d", w->number, i);
    set_aside(w, receive(w, external_id));
}

/* ---- the case that all act on -------------------------------------------------------------------------------------------------------- */

/* As he has seen it: who comes second is told so, and looks again. */
static inline void note_what_was_seen(worker *w) {
    complaint_status s;
    do {
        complaint_page *page = NULL;
        s = complaint_desk_case(w->desk, w->officer, w->p->one_case, &page);
        note(w, "case", complaint_draft_set_case(w->draft, w->p->one_case, complaint_page_integer_of(page, 0, "revision")));
        complaint_page_free(page);
        say(w, "text", "seen");
        if (!s) s = act_once(w, w->officer, COMPLAINT_VERB_NOTE, NULL);
        w->s->conflicts += s == COMPLAINT_E_CONFLICT;
    } while (s == COMPLAINT_E_CONFLICT);
    note(w, "note", s);
    w->s->shared_acts++;
}

static inline void note_blindly(worker *w) {
    note(w, "case", complaint_draft_set_case(w->draft, w->p->one_case, COMPLAINT_ANY_REVISION));
    say(w, "text", "whatever it is");
    complaint_outcome_free(act(w, w->officer, COMPLAINT_VERB_NOTE));
    w->s->shared_acts++;
}

/* All of them under one request id: it is done once. */
static inline void note_together(worker *w, int i) {
    char request[32];
    snprintf(request, sizeof request, "together-%d", i);
    note(w, "request", complaint_draft_set_request(w->draft, request));
    note(w, "case", complaint_draft_set_case(w->draft, w->p->one_case, COMPLAINT_ANY_REVISION));
    say(w, "text", request);
    complaint_outcome_free(act(w, w->officer, COMPLAINT_VERB_NOTE));
    w->s->shared_acts += !w->repeated;
    w->s->first_together += !w->repeated;
}

/* ---- tick, deliver ---------------------------------------------------------------------------------------------------------------------- */

typedef complaint_status(COMPLAINT_CALL *long_call)(complaint_desk *desk, int64_t budget, complaint_page **tally);

static inline void call(worker *w, const char *name, long_call long_work, int64_t budget) {
    complaint_page *tally = NULL;
    int64_t before = microseconds();
    complaint_status s = long_work(w->desk, budget, &tally);
    int64_t took = microseconds() - before;
    if (took > w->s->longest_call) w->s->longest_call = took;
    if (s != COMPLAINT_E_MORE) note(w, name, s);
    if (long_work == complaint_desk_tick) w->s->clocks += complaint_page_integer_of(tally, 0, "clocks");
    complaint_page_free(tally);
}

/* One of them looks, part by part, whether the log agrees with itself while the others go on writing: it always does. */
static inline void prove_a_part(worker *w) {
    complaint_page *findings = NULL;
    int64_t checked = 0;
    complaint_status s = complaint_desk_verify(w->desk, w->officer, 0, w->token[0] ? w->token : NULL, PART, &findings, &checked);
    if (s != COMPLAINT_E_MORE) note(w, "verify", s);
    for (int64_t i = 0; i < complaint_page_count(findings); i++) snprintf(w->s->why, sizeof w->s->why, "verify: %s", complaint_finding_text(findings, i, COMPLAINT_ENGLISH));
    snprintf(w->token, sizeof w->token, "%s", s == COMPLAINT_E_MORE ? complaint_page_token(findings) : "");
    w->s->proved += s == COMPLAINT_OK;
    complaint_page_free(findings);
}

static inline void work_beside(worker *w, int i) {
    if (w->number == 0 && i % PROVE_EVERY == 9) prove_a_part(w);
    if (i % 8 == w->number) call(w, "tick", complaint_desk_tick, 32);
    if (i % 8 == 7 - w->number) call(w, "deliver", complaint_desk_deliver, 32);
    if (i % SEEN_EVERY == 1) note_what_was_seen(w);
    if (i % BLIND_EVERY == 11) note_blindly(w);
    if (i % TOGETHER_EVERY == 5) note_together(w, i);
    if (i % 16 == 0 && receive(w, "the same") != w->p->one_message) note(w, "the same message", COMPLAINT_E_INTERNAL);
}

/* ---- one of the eight ------------------------------------------------------------------------------------------------------------------ */

static inline int32_t least_done(place *p) {
    int32_t least = p->each;
    for (int i = 0; i < WORKERS; i++) {
        int32_t done = atomic_load(&p->sheets[i].done);
        if (done < least) least = done;
    }
    return least;
}

/* They begin together. */
static inline void wait_for_all(place *p) {
    const struct timespec moment = {0, 1000000};
    atomic_fetch_add(&p->ready, 1);
    while (atomic_load(&p->ready) < WORKERS) (void)nanosleep(&moment, NULL);
}

static inline void work(worker *w) {
    w->s = &w->p->sheets[w->number];
    open_worker(w);
    wait_for_all(w->p);
    for (int i = 0; !w->s->failed && i < w->p->each; i++) {
        work_on_case(w, i);
        work_beside(w, i);
        atomic_fetch_add(&w->s->done, 1);
    }
    w->s->others_done = least_done(w->p);
    close_worker(w);
}

/* ---- before and after ------------------------------------------------------------------------------------------------------------------ */

static inline void remove_place(place *p) {
    if (!p->memory) test_remove_file(p->path);
}

/* The sheets are zero. What all of them share is there first; its worker writes on a sheet that is cleared. */
static inline void prepare_place(place *p, worker *first) {
    remove_place(p);
    first->p = p;
    first->s = &p->sheets[0];
    open_worker(first);
    p->one_message = receive(first, "the same");
    p->one_case = open_case(first, p->one_message);
    if (first->s->failed) print_error("%s\n", first->s->why);
    OK(first->s->failed);
    close_worker(first);
    memset(first->s, 0, sizeof *first->s);
}

static inline void assert_nobody_failed(const place *p) {
    for (int i = 0; i < WORKERS; i++)
        if (p->sheets[i].failed) print_error("worker %d: %s\n", i, p->sheets[i].why);
    for (int i = 0; i < WORKERS; i++) OK(p->sheets[i].failed);
}

static inline void assert_numbers(const place *p) {
    int64_t all = (int64_t)WORKERS * p->each;
    uint8_t *seen = calloc((size_t)all + 1, 1);
    assert_non_null(seen);
    for (int i = 0; i < WORKERS; i++) {
        for (int k = 0; k < p->each; k++) {
            assert_in_range(p->sheets[i].numbers[k], 1, all);
            assert_int_equal(seen[p->sheets[i].numbers[k]]++, 0);
        }
    }
    free(seen);
}

/* No act is lost: each case is at the revision that its last act was told. */
static inline void assert_revisions(worker *w, int64_t expected_shared) {
    complaint_page *page = NULL;
    for (int i = 0; i < WORKERS; i++) {
        const sheet *s = &w->p->sheets[i];
        for (int k = 0; k < w->p->each; k++) {
            OK(complaint_desk_case(w->desk, w->officer, s->cases[k], &page));
            assert_int_equal(complaint_page_integer_of(page, 0, "revision"), s->revisions[k]);
            assert_int_equal(complaint_page_integer_of(page, 0, "register_number"), s->numbers[k]);
            complaint_page_free(page);
        }
    }
    OK(complaint_desk_case(w->desk, w->officer, w->p->one_case, &page));
    assert_int_equal(complaint_page_integer_of(page, 0, "revision"), 1 + expected_shared);
    complaint_page_free(page);
}

static inline int compare_intents(const void *a, const void *b) { return strcmp(a, b); }

/* Each letter once. */
static inline void assert_letters(const place *p, const sheet *last) {
    size_t n = 0;
    char(*all)[INTENT_MAX] = malloc(sizeof(char[INTENT_MAX]) * (LETTERS_MAX + COUNT(last->intents)));
    assert_non_null(all);
    for (int i = 0; i <= WORKERS; i++) {
        const sheet *s = i < WORKERS ? &p->sheets[i] : last;
        if (s->letters) memcpy(all[n], s->intents[0], sizeof(char[INTENT_MAX]) * (size_t)s->letters);
        n += (size_t)s->letters;
    }
    qsort(all, n, sizeof all[0], compare_intents);
    for (size_t i = 1; i < n; i++)
        if (strcmp(all[i - 1], all[i]) == 0) fail_msg("the letter %s left twice", all[i]);
    free(all);
}

/* In the log: reminders by the clocks that spoke, letters by the notices. */
static inline void assert_log(worker *w, int64_t clocks, int64_t letters) {
    int64_t warned = 0, delivered = 0;
    for (int i = -1; i < WORKERS * w->p->each; i++) {
        complaint_page *page = NULL;
        int64_t id = i < 0 ? w->p->one_case : w->p->sheets[i / w->p->each].cases[i % w->p->each];
        OK(complaint_desk_events(w->desk, w->officer, id, NULL, 1000, &page));
        for (int64_t row = 0; row < complaint_page_count(page); row++) {
            warned += strcmp(complaint_page_text_of(page, row, "verb"), "warned") == 0;
            delivered += strcmp(complaint_page_text_of(page, row, "verb"), "delivered") == 0;
        }
        complaint_page_free(page);
    }
    assert_int_equal(warned, clocks);
    assert_int_equal(delivered, letters);
    assert_true(warned > 0 && delivered > 0);
}

static inline void tell(const place *p, const char *words, int64_t took) {
    int64_t acts = 0, act = 0, long_one = 0, conflicts = 0, clocks = 0, letters = 0;
    int32_t least = p->each;
    for (int i = 0; i < WORKERS; i++) {
        const sheet *s = &p->sheets[i];
        acts += s->acts, conflicts += s->conflicts, clocks += s->clocks, letters += s->letters;
        if (s->longest_act > act) act = s->longest_act;
        if (s->longest_call > long_one) long_one = s->longest_call;
        if (s->others_done < least) least = s->others_done;
    }
    print_message("%s: %d x %d cases, %" PRId64 " acts, %" PRId64 " reminders and %" PRId64 " letters in %" PRId64 " s (%" PRId64 " acts a second); longest act %" PRId64
                  " ms (of %d), longest tick or delivery %" PRId64 " ms, %" PRId64 " conflicts; when the first was ready the last had done %d of %d\n",
                  words, WORKERS, p->each, acts, clocks, letters, took / 1000000, acts * 1000000 / took, act / 1000, BUSY_MS, long_one / 1000, conflicts, (int)least, (int)p->each);
    assert_true(act < (int64_t)BUSY_MS * 1000);
    if (p->each >= 500) assert_true(least >= p->each / 4); /* nobody starved; of few cases chance decides */
}

/* The rest is sent and said by one; then everything is counted. */
static inline void assert_whole(place *p, worker *w) {
    sheet *last = calloc(1, sizeof *last);
    complaint_page *findings = NULL;
    int64_t checked = 0, clocks = 0, shared = 0, together = 0, letters = 0;
    assert_non_null(last);
    w->p = p;
    w->s = last;
    open_worker(w);
    OK(last->failed);
    call(w, "tick", complaint_desk_tick, 0);
    call(w, "deliver", complaint_desk_deliver, 0);
    OK(last->failed);
    for (int i = 0; i <= WORKERS; i++) {
        const sheet *s = i < WORKERS ? &p->sheets[i] : last;
        clocks += s->clocks, shared += s->shared_acts, together += s->first_together, letters += s->letters;
    }
    assert_int_equal(together, (p->each + TOGETHER_EVERY - 6) / TOGETHER_EVERY);
    assert_numbers(p);
    assert_revisions(w, shared);
    assert_letters(p, last);
    assert_log(w, clocks, letters);
    OK(complaint_desk_verify(w->desk, w->officer, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked));
    complaint_page_free(findings);
    close_worker(w);
    free(last);
}

#endif
