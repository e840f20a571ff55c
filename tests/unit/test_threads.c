/* Eight threads with a desk each on one store: policy and calendar are shared, nothing else is; ThreadSanitizer watches. */
#include <complaint/desk.h>
#include <complaint/store/memory.h>
#include <complaint/store/sqlite.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OK(call) assert_int_equal(call, COMPLAINT_OK)

enum { THREADS = 8, EACH = 40 };

/* Where all of them meet. */
typedef struct place {
    complaint_policy *policy;
    complaint_calendar *calendar;
    complaint_memory *memory; /* NULL: the file */
    const char *path;
    int64_t one_case, one_message; /* acted on by all */
} place;

typedef struct worker {
    place *p;
    int number;
    complaint_sqlite *file;
    complaint_setup *setup;
    complaint_desk *desk;
    complaint_actor *officer;
    complaint_draft *draft;
    int64_t now, numbers[EACH];
    int sent, conflicts;
    complaint_status failed; /* cmocka cannot fail from a thread */
    char why[200];
} worker;

static complaint_status COMPLAINT_CALL tell_time(void *self, int64_t *now, complaint_host_error *error) {
    (void)error;
    *now = ((worker *)self)->now;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL send(void *self, const complaint_notice *notice, int32_t *answer, int64_t *retry_at, complaint_host_error *error) {
    (void)retry_at, (void)error;
    ((worker *)self)->sent += complaint_notice_body(notice)[0] != '\0';
    *answer = COMPLAINT_DELIVERED;
    return COMPLAINT_OK;
}

static complaint_status connect(worker *w, complaint_store *store) {
    if (w->p->memory) return complaint_memory_table(w->p->memory, store);
    complaint_status s = complaint_sqlite_open(w->p->path, COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_SYNC_OFF, NULL, &w->file);
    return s ? s : complaint_sqlite_table(w->file, store);
}

static complaint_status open_worker(worker *w) {
    complaint_store store;
    complaint_clock clock = {sizeof clock, w, tell_time};
    complaint_notifier notifier = {sizeof notifier, w, send};
    complaint_status s = connect(w, &store);
    w->now = INT64_C(1762308000000);
    if (!s) s = complaint_setup_new(NULL, &w->setup);
    if (!s) s = complaint_setup_set_store(w->setup, &store);
    if (!s) s = complaint_setup_set_clock(w->setup, &clock);
    if (!s) s = complaint_setup_set_notifier(w->setup, &notifier);
    if (!s) s = complaint_setup_set_policy(w->setup, w->p->policy);
    if (!s) s = complaint_setup_set_calendar(w->setup, w->p->calendar);
    if (!s) s = complaint_desk_open(w->setup, &w->desk);
    if (s) snprintf(w->why, sizeof w->why, "open: %s", complaint_error_text(complaint_setup_error(w->setup), COMPLAINT_ENGLISH));
    if (!s) s = complaint_actor_new(NULL, "malee", &w->officer);
    if (!s) s = complaint_actor_add_role(w->officer, "officer");
    if (!s) s = complaint_draft_new(NULL, &w->draft);
    return s;
}

static void close_worker(worker *w) {
    complaint_draft_free(w->draft);
    complaint_actor_free(w->officer);
    complaint_desk_close(w->desk);
    complaint_setup_free(w->setup);
    complaint_sqlite_close(w->file);
}

static void note(worker *w, const char *what, complaint_status s) {
    if (!s || w->failed) return;
    w->failed = s;
    snprintf(w->why, sizeof w->why, "%s: %s: %s", what, complaint_status_name(s), complaint_error_text(complaint_desk_error(w->desk), COMPLAINT_ENGLISH));
}

static complaint_outcome *act(worker *w, int32_t verb) {
    complaint_outcome *outcome = NULL;
    note(w, complaint_verb_name(verb), complaint_desk_act(w->desk, w->officer, verb, w->draft, &outcome));
    complaint_draft_clear(w->draft);
    return outcome;
}

static int64_t receive(worker *w, const char *external_id) {
    complaint_draft_set_text(w->draft, "channel", "facebook", 8);
    complaint_draft_set_text(w->draft, "external_id", external_id, strlen(external_id));
    complaint_draft_set_text(w->draft, "text", "x", 1);
    complaint_outcome *outcome = act(w, COMPLAINT_VERB_RECEIVE);
    int64_t message = complaint_outcome_message(outcome);
    complaint_outcome_free(outcome);
    return message;
}

static int64_t open_case(worker *w, int64_t message) {
    complaint_draft_set_message(w->draft, message);
    complaint_outcome *outcome = act(w, COMPLAINT_VERB_TRIAGE);
    int64_t id = complaint_outcome_case(outcome);
    complaint_outcome_free(outcome);
    return id;
}

static int64_t number_case(worker *w, int64_t id) {
    complaint_draft_set_case(w->draft, id, COMPLAINT_ANY_REVISION);
    complaint_outcome *outcome = act(w, COMPLAINT_VERB_REGISTER);
    int64_t number = complaint_outcome_number(outcome);
    complaint_outcome_free(outcome);
    complaint_draft_set_case(w->draft, id, COMPLAINT_ANY_REVISION);
    complaint_outcome_free(act(w, COMPLAINT_VERB_ACKNOWLEDGE));
    return number;
}

/* All act on one case as they have seen it: who comes second is told so, and looks again. */
static void note_on_the_one_case(worker *w) {
    complaint_status s;
    do {
        complaint_page *page = NULL;
        s = complaint_desk_case(w->desk, w->officer, w->p->one_case, &page);
        complaint_draft_set_case(w->draft, w->p->one_case, complaint_page_integer_of(page, 0, "revision"));
        complaint_page_free(page);
        complaint_draft_set_text(w->draft, "text", "seen", 4);
        if (!s) s = complaint_desk_act(w->desk, w->officer, COMPLAINT_VERB_NOTE, w->draft, NULL);
        complaint_draft_clear(w->draft);
        w->conflicts += s == COMPLAINT_E_CONFLICT;
    } while (s == COMPLAINT_E_CONFLICT);
    note(w, "note", s);
}

static void *work(void *context) {
    worker *w = context;
    char external_id[32];
    complaint_page *page = NULL;
    w->failed = open_worker(w);
    for (int i = 0; !w->failed && i < EACH; i++) {
        w->now += 1000;
        snprintf(external_id, sizeof external_id, "%d-%d", w->number, i);
        w->numbers[i] = number_case(w, open_case(w, receive(w, external_id)));
        if (receive(w, "the same") != w->p->one_message) note(w, "the same", COMPLAINT_E_INTERNAL);
        if (i % 4 == 0) note_on_the_one_case(w);
        if (i % 8 == 0) note(w, "deliver", complaint_desk_deliver(w->desk, 0, NULL));
        if (i % 8 == 4) note(w, "worklist", complaint_desk_worklist(w->desk, w->officer, COMPLAINT_WORK_OPEN, NULL, 50, &page));
        complaint_page_free(page);
        page = NULL;
    }
    if (!w->failed) note(w, "deliver", complaint_desk_deliver(w->desk, 0, NULL));
    close_worker(w);
    return NULL;
}

static void assert_whole(place *p, const worker *workers) {
    static uint8_t seen[THREADS * EACH + 2];
    worker w = {.p = p};
    complaint_page *page = NULL;
    int64_t checked = 0;
    int sent = 0;
    memset(seen, 0, sizeof seen);
    for (int i = 0; i < THREADS; i++) {
        for (int k = 0; k < EACH; k++) {
            assert_in_range(workers[i].numbers[k], 1, THREADS * EACH);
            assert_int_equal(seen[workers[i].numbers[k]]++, 0);
        }
        sent += workers[i].sent;
    }
    assert_int_equal(sent, THREADS * EACH); /* every notice once: no lease ran out */
    OK(open_worker(&w));
    OK(complaint_desk_verify(w.desk, w.officer, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &page, &checked));
    complaint_page_free(page);
    OK(complaint_desk_case(w.desk, w.officer, p->one_case, &page));
    assert_int_equal(complaint_page_integer_of(page, 0, "revision"), 1 + THREADS * (EACH / 4));
    complaint_page_free(page);
    close_worker(&w);
}

static void run_threads(place *p) {
    static worker workers[THREADS];
    pthread_t threads[THREADS];
    worker first = {.p = p};
    OK(open_worker(&first));
    p->one_message = receive(&first, "the same");
    p->one_case = open_case(&first, p->one_message);
    if (first.failed) print_error("%s\n", first.why);
    OK(first.failed);
    close_worker(&first);
    for (int i = 0; i < THREADS; i++) workers[i] = (worker){.p = p, .number = i};
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < THREADS; i++)
        if (workers[i].failed) print_error("thread %d: %s\n", i, workers[i].why);
    for (int i = 0; i < THREADS; i++) OK(workers[i].failed);
    assert_whole(p, workers);
}

static void open_place(place *p) {
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &p->policy, NULL));
    OK(complaint_calendar_builtin(NULL, "TH-57", &p->calendar, NULL));
}

static void close_place(place *p) {
    complaint_calendar_free(p->calendar);
    complaint_policy_free(p->policy);
}

static void threads_share_one_memory(void **state) {
    (void)state;
    place p = {0};
    open_place(&p);
    OK(complaint_memory_open(NULL, &p.memory));
    run_threads(&p);
    complaint_memory_close(p.memory);
    close_place(&p);
}

static void threads_share_one_file(void **state) {
    (void)state;
    static const char *const names[] = {"threads.db", "threads.db-wal", "threads.db-shm"};
    place p = {.path = names[0]};
    open_place(&p);
    for (int i = 0; i < 3; i++) (void)unlink(names[i]);
    run_threads(&p);
    for (int i = 0; i < 3; i++) (void)unlink(names[i]);
    close_place(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_share_one_memory), cmocka_unit_test(threads_share_one_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
