/*
 * Eight processes register complaints in one SQLite file at the same time. The workers are this program started again. All of them open a file that is
 * not there yet and share one instant, so that ids collide; each writes what numbers it got into a file of its own.
 */
#include <complaint/desk.h>
#include <complaint/store/sqlite.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OK(call) assert_int_equal(call, COMPLAINT_OK)

enum { WORKERS = 8, EACH = 500, BUSY_MS = 10000 };

/* ---- one process --------------------------------------------------------------------------------------------------------- */

typedef struct worker {
    complaint_sqlite *file;
    complaint_setup *setup;
    complaint_desk *desk;
    complaint_actor *officer;
    complaint_draft *draft;
    int64_t longest_us;
    int conflicts;
} worker;

static complaint_status COMPLAINT_CALL tell_time(void *self, int64_t *now, complaint_host_error *error) {
    (void)self, (void)error;
    *now = INT64_C(1762308000000);
    return COMPLAINT_OK;
}

static int64_t microseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static complaint_status open_desk(worker *w, const char *path, int32_t flags, complaint_policy *policy, complaint_calendar *calendar) {
    complaint_store store;
    complaint_clock clock = {sizeof clock, NULL, tell_time};
    complaint_status s = complaint_sqlite_open(path, flags, NULL, &w->file);
    if (!s) s = complaint_sqlite_set_busy_timeout(w->file, BUSY_MS);
    if (!s) s = complaint_sqlite_table(w->file, &store);
    if (!s) s = complaint_setup_new(NULL, &w->setup);
    if (!s) s = complaint_setup_set_store(w->setup, &store);
    if (!s) s = complaint_setup_set_clock(w->setup, &clock);
    if (!s) s = complaint_setup_set_policy(w->setup, policy);
    if (!s) s = complaint_setup_set_calendar(w->setup, calendar);
    if (!s) s = complaint_desk_open(w->setup, &w->desk);
    if (s && w->setup) fprintf(stderr, "open: %s: %s\n", complaint_status_name(s), complaint_error_text(complaint_setup_error(w->setup), COMPLAINT_ENGLISH));
    return s;
}

static complaint_status open_worker(worker *w, const char *path, int32_t flags) {
    complaint_policy *policy = NULL;
    complaint_calendar *calendar = NULL;
    memset(w, 0, sizeof *w);
    complaint_status s = complaint_policy_builtin(NULL, "moph-chiangrai-2569", &policy, NULL);
    if (!s) s = complaint_calendar_builtin(NULL, "TH-57", &calendar, NULL);
    if (!s) s = open_desk(w, path, flags, policy, calendar);
    if (!s) s = complaint_actor_new(NULL, "malee", &w->officer);
    if (!s) s = complaint_actor_add_role(w->officer, "officer");
    if (!s) s = complaint_draft_new(NULL, &w->draft);
    complaint_policy_free(policy);
    complaint_calendar_free(calendar);
    return s;
}

static void close_worker(worker *w) {
    complaint_draft_free(w->draft);
    complaint_actor_free(w->officer);
    complaint_desk_close(w->desk);
    complaint_setup_free(w->setup);
    complaint_sqlite_close(w->file);
}

/* CONFLICT, and nothing else, may be answered to somebody who came second. */
static complaint_status act(worker *w, int32_t verb, complaint_outcome **outcome) {
    complaint_status s;
    do {
        int64_t before = microseconds();
        s = complaint_desk_act(w->desk, w->officer, verb, w->draft, outcome);
        int64_t took = microseconds() - before;
        if (took > w->longest_us) w->longest_us = took;
        w->conflicts += s == COMPLAINT_E_CONFLICT;
    } while (s == COMPLAINT_E_CONFLICT);
    if (s) fprintf(stderr, "%s: %s: %s\n", complaint_verb_name(verb), complaint_status_name(s), complaint_error_text(complaint_desk_error(w->desk), COMPLAINT_ENGLISH));
    complaint_draft_clear(w->draft);
    return s;
}

static complaint_status register_one(worker *w, const char *external_id, int64_t *number) {
    complaint_outcome *outcome = NULL;
    complaint_draft_set_text(w->draft, "channel", "facebook", 8);
    complaint_draft_set_text(w->draft, "external_id", external_id, strlen(external_id));
    complaint_draft_set_text(w->draft, "text", "x", 1);
    complaint_status s = act(w, COMPLAINT_VERB_RECEIVE, &outcome);
    if (s) return s;
    complaint_draft_set_message(w->draft, complaint_outcome_message(outcome));
    complaint_outcome_free(outcome);
    s = act(w, COMPLAINT_VERB_TRIAGE, &outcome);
    if (s) return s;
    complaint_draft_set_case(w->draft, complaint_outcome_case(outcome), COMPLAINT_ANY_REVISION);
    complaint_outcome_free(outcome);
    s = act(w, COMPLAINT_VERB_REGISTER, &outcome);
    if (s) return s;
    *number = complaint_outcome_number(outcome);
    complaint_outcome_free(outcome);
    return COMPLAINT_OK;
}

/* PROGRAM worker PATH NUMBER FLAGS: writes one line for each registration, then the longest wait and the conflicts. */
static int work(char **argv) {
    worker w;
    char name[600], external_id[64];
    const char *path = argv[2];
    int number = atoi(argv[3]), status = 1;
    snprintf(name, sizeof name, "%s.%d", path, number);
    FILE *f = fopen(name, "w");
    if (!f) return 1;
    complaint_status s = open_worker(&w, path, atoi(argv[4]));
    for (int i = 0; !s && i < EACH; i++) {
        int64_t got = 0;
        snprintf(external_id, sizeof external_id, "%d-%d", number, i);
        s = register_one(&w, external_id, &got);
        if (!s) fprintf(f, "%" PRId64 "\n", got);
    }
    if (!s) status = fprintf(f, "end %" PRId64 " %d\n", w.longest_us, w.conflicts) < 0;
    close_worker(&w);
    return fclose(f) != 0 || status;
}

/* ---- all of them --------------------------------------------------------------------------------------------------------------- */

static void start(pid_t *child, const char *path, int number, int32_t flags) {
    char which[16], how[16];
    snprintf(which, sizeof which, "%d", number);
    snprintf(how, sizeof how, "%d", (int)flags);
    *child = fork();
    assert_true(*child >= 0);
    if (*child) return;
    execl("/proc/self/exe", "test_processes", "worker", path, which, how, (char *)NULL);
    _exit(127);
}

static void remove_files(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".0", ".1", ".2", ".3", ".4", ".5", ".6", ".7"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char name[600];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

/* Marks the numbers that a worker got and adds up what it waited. */
static void collect(const char *path, int number, uint8_t *seen, int64_t *longest, int *conflicts) {
    char name[600], line[64];
    int lines = 0, met = 0;
    bool ended = false;
    int64_t wait = 0;
    snprintf(name, sizeof name, "%s.%d", path, number);
    FILE *f = fopen(name, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (sscanf(line, "end %" SCNd64 " %d", &wait, &met) == 2) {
            ended = true;
            continue;
        }
        int64_t got = strtoll(line, NULL, 10);
        assert_in_range(got, 1, WORKERS * EACH);
        assert_int_equal(seen[got]++, 0);
        lines++;
    }
    fclose(f);
    assert_true(ended);
    assert_int_equal(lines, EACH);
    if (wait > *longest) *longest = wait;
    *conflicts += met;
}

static void assert_verified(const char *path, int32_t flags) {
    worker w;
    complaint_page *findings = NULL;
    int64_t checked = 0, found = 0;
    OK(open_worker(&w, path, flags));
    complaint_status s = complaint_desk_verify(w.desk, w.officer, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked);
    for (int64_t i = 0; i < complaint_page_count(findings); i++)
        print_error("%s: %s\n", complaint_page_text_of(findings, i, "subject"), complaint_finding_text(findings, i, COMPLAINT_ENGLISH));
    OK(s);
    assert_int_equal(checked, WORKERS * EACH * 4); /* received, triaged; opened, registered */
    OK(complaint_desk_find(w.desk, w.officer, 2569, WORKERS * EACH, &found));
    assert_int_equal(complaint_desk_find(w.desk, w.officer, 2569, WORKERS * EACH + 1, &found), COMPLAINT_E_NOT_FOUND);
    complaint_page_free(findings);
    close_worker(&w);
}

/* No number twice, none skipped, no error but CONFLICT, and a log that proves itself. */
static void run_processes(const char *path, int32_t flags, const char *words) {
    static uint8_t seen[WORKERS * EACH + 1];
    pid_t children[WORKERS];
    int64_t longest = 0, before = microseconds();
    int conflicts = 0, failed = 0;
    flags |= COMPLAINT_SQLITE_CREATE;
    memset(seen, 0, sizeof seen);
    remove_files(path);
    for (int i = 0; i < WORKERS; i++) start(&children[i], path, i, flags);
    for (int i = 0; i < WORKERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        failed += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    int64_t took = microseconds() - before;
    assert_int_equal(failed, 0);
    for (int i = 0; i < WORKERS; i++) collect(path, i, seen, &longest, &conflicts);
    for (int n = 1; n <= WORKERS * EACH; n++) assert_int_equal(seen[n], 1);
    print_message("%s: %d registrations by %d processes in %" PRId64 " ms (%" PRId64 " a second), longest wait %" PRId64 " ms of %d, %d conflicts\n", words, WORKERS * EACH,
                  WORKERS, took / 1000, (int64_t)WORKERS * EACH * 1000000 / took, longest / 1000, BUSY_MS, conflicts);
    assert_true(longest < (int64_t)BUSY_MS * 1000);
    assert_verified(path, flags);
    remove_files(path);
}

static void eight_processes_share_one_register(void **state) {
    (void)state;
    run_processes("normal.db", COMPLAINT_SQLITE_SYNC_NORMAL, "synchronous NORMAL");
}

/* As it is delivered: every commit is on the disk when it answers. */
static void eight_processes_wait_for_the_disk(void **state) {
    (void)state;
    run_processes("full.db", 0, "synchronous FULL");
}

int main(int argc, char **argv) {
    if (argc == 5 && strcmp(argv[1], "worker") == 0) return work(argv);
    const struct CMUnitTest tests[] = {cmocka_unit_test(eight_processes_share_one_register), cmocka_unit_test(eight_processes_wait_for_the_disk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
