/*
 * Lives that come to an end, one process each, until one reaches the last step.
 *
 * A trial is a plan of the disk for the first life, sometimes one for the second, and then a life without. Owns: the processes and the files. Must not know: what a life is made of.
 */
#ifndef TEST_CRASH_TRIALS_H
#define TEST_CRASH_TRIALS_H

#include "life.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

static const char crash_file[] = "crash.db";

typedef struct trials {
    whole_life whole[2]; /* synchronous FULL, NORMAL: what can be seen is the same, what the disk does is not */
    witness *w;
    int trials, ended, met_refusal, refused, most_forgotten; /* of a group */
} trials;

/* FULL, NORMAL */
static const int32_t durabilities[2] = {0, COMPLAINT_SQLITE_SYNC_NORMAL};

static inline int64_t microseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static inline witness *new_witness(trials *t) {
    *t->w = (witness){0};
    return t->w;
}

static inline void live_whole(trials *t, int mode) {
    whole_life *whole = &t->whole[mode];
    test_remove_file(crash_file);
    live(crash_file, durabilities[mode], new_witness(t), NULL, whole); /* looking costs operations too: they are not counted */
    whole->letters = distinct_letters(t->w);
    test_remove_file(crash_file);
    int64_t before = microseconds();
    disk_plan_for(NULL);
    live(crash_file, durabilities[mode], new_witness(t), whole, NULL);
    whole->microseconds = microseconds() - before;
    whole->operations = disk_operations();
    whole->syncs = disk_syncs();
    assert_int_equal(whole->letters, t->w->letters);
    print_message("a whole life, synchronous %s: %d steps, %" PRId64 " operations of the disk, %" PRId64 " syncs, %d letters\n", mode ? "NORMAL" : "FULL", CRASH_STEPS,
                  whole->operations, whole->syncs, whole->letters);
}

/* One for all processes. */
static inline witness *shared_witness(void) {
    static const char name[] = "witness.bin";
    int file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(ftruncate(file, sizeof(witness)), 0);
    witness *w = mmap(NULL, sizeof *w, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    assert_true(w != MAP_FAILED);
    (void)close(file);
    (void)unlink(name);
    return w;
}

static inline int begin_trials(void **state) {
    trials *t = calloc(1, sizeof *t);
    assert_non_null(t);
    t->w = shared_witness();
    disk_install();
    for (int mode = 0; mode < 2; mode++) live_whole(t, mode);
    for (int i = 1; i <= CRASH_STEPS; i++) assert_string_equal(t->whole[0].before[i], t->whole[1].before[i]);
    *state = t;
    return 0;
}

static inline int end_trials(void **state) {
    trials *t = *state;
    for (int mode = 0; mode < 2; mode++)
        for (int i = 0; i <= CRASH_STEPS; i++) free(t->whole[mode].before[i]);
    munmap(t->w, sizeof *t->w);
    free(t);
    test_remove_file(crash_file);
    return 0;
}

/* ---- one life in a process of its own ------------------------------------------------------------------------------------ */

typedef struct end {
    disk_plan plan;
    int64_t after; /* microseconds, instead of a plan; 0: no */
} end;

static inline const char *told(const end *e, int mode) {
    static char text[200];
    static const char *const ends_words[] = {"killed", "killed", "power lost", "refused"};
    static const char *const losses[DISK_LOSSES] = {"all is lost", "none is lost", "the rest is lost", "shuffled", "torn"};
    snprintf(text, sizeof text, "synchronous %s, %s %s %" PRId64 " (%s, chance %" PRIu64 "), after %" PRId64 " us", mode ? "NORMAL" : "FULL", ends_words[e->plan.end],
             e->plan.at_sync ? "at sync" : "at operation", e->plan.at, e->plan.end == DISK_POWER_LOST ? losses[e->plan.loss] : "-", e->plan.chance, e->after);
    return text;
}

/* Starts one; a check that fails ends the process instead of jumping out of a test that is not its own. */
static inline pid_t begin_life(trials *t, int mode, const disk_plan *plan) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child) return child;
    setenv("CMOCKA_TEST_ABORT", "1", 1);
    sqlite3_randomness(0, NULL); /* begun anew: two lives that draw the same numbers would take each other's log for their own */
    disk_plan_for(plan);
    live(crash_file, durabilities[mode], t->w, &t->whole[mode], NULL);
    _exit(0);
}

typedef enum fate { LIVED, ENDED, FAILED } fate;

static inline fate fate_of(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) assert_int_equal(errno, EINTR);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return LIVED;
    bool ended = (WIFEXITED(status) && WEXITSTATUS(status) == DISK_EXIT) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return ended ? ENDED : FAILED;
}

static inline fate live_until(trials *t, int mode, const end *e) {
    pid_t child = begin_life(t, mode, &e->plan);
    if (e->after) {
        struct timespec time = {(time_t)(e->after / 1000000), (long)(e->after % 1000000) * 1000};
        (void)nanosleep(&time, NULL);
        (void)kill(child, SIGKILL);
    }
    return fate_of(child);
}

/* Lives with these ends, one after the other, and one without. */
static inline void trial(trials *t, int mode, const end *ends, int count) {
    fate f = ENDED;
    bool powerless = false;
    test_remove_file(crash_file);
    new_witness(t);
    for (int i = 0; i < count && f == ENDED; i++) {
        powerless |= ends[i].plan.end == DISK_POWER_LOST;
        t->w->may_forget = powerless && mode > 0;
        f = live_until(t, mode, &ends[i]);
        t->ended += f == ENDED;
    }
    if (f == ENDED) f = fate_of(begin_life(t, mode, NULL));
    for (int i = 0; f != LIVED && i < count; i++) print_error("%s\n", told(&ends[i], mode));
    assert_int_equal(f, LIVED);
    t->trials++;
    t->refused += t->w->refused;
    t->met_refusal += t->w->met_refusal;
    if (t->w->most_forgotten > t->most_forgotten) t->most_forgotten = t->w->most_forgotten;
}

/* ---- groups of trials ---------------------------------------------------------------------------------------------------------- */

static inline void begin_group(trials *t) { t->trials = t->ended = t->met_refusal = t->refused = t->most_forgotten = 0; }

static inline void tell_group(const trials *t, const char *words, int64_t since) {
    print_message("%s: %d trials in %" PRId64 " s, %d sudden ends, %d operations refused and noticed by %d steps, at most %d acknowledged acts gone\n", words, t->trials,
                  (microseconds() - since) / 1000000, t->ended, t->met_refusal, t->refused, t->most_forgotten);
}

static inline int64_t below(uint64_t *chance, int64_t n) { return (int64_t)(disk_chance(chance) % (uint64_t)n); }

/* Sometimes the second life ends early as well. */
static inline int ends_of(trials *t, int mode, end first, uint64_t *chance, end ends[2]) {
    ends[0] = ends[1] = first;
    ends[1].after = 0;
    ends[1].plan.at_sync = false;
    ends[1].plan.at = 1 + below(chance, t->whole[mode].operations / 2);
    if (ends[1].plan.end == DISK_LASTS) ends[1].plan.end = DISK_KILLED;
    return below(chance, 4) == 0 ? 2 : 1;
}

/* Spread evenly over the life: one in each n-th part of it. */
static inline void killed_at_points(trials *t, int n, uint64_t chance) {
    int64_t since = microseconds();
    begin_group(t);
    for (int i = 0; i < n; i++) {
        end ends[2];
        int mode = i % 2;
        int64_t all = t->whole[mode].operations, from = all * i / n, to = all * (i + 1) / n;
        end e = {.plan = {.end = DISK_KILLED, .at = 1 + from + below(&chance, to > from ? to - from : 1), .moment = (disk_moment)below(&chance, 3)}};
        int count = ends_of(t, mode, e, &chance, ends);
        trial(t, mode, ends, count);
    }
    assert_true(t->ended >= n * 9 / 10); /* a life differs a little from another */
    tell_group(t, "killed at numbered points", since);
}

static inline void killed_at_instants(trials *t, int n, uint64_t chance) {
    int64_t since = microseconds();
    begin_group(t);
    for (int i = 0; i < n; i++) {
        end ends[2];
        int mode = i % 2;
        end e = {.after = 1 + below(&chance, t->whole[mode].microseconds)};
        int count = ends_of(t, mode, e, &chance, ends);
        trial(t, mode, ends, count);
    }
    assert_true(t->ended > 0);
    tell_group(t, "killed at random instants", since);
}

/* At every `stride`-th sync, before it and after it; of the kinds of loss `each` takes all, else one after the other. */
static inline void powerless_at_syncs(trials *t, int mode, int stride, bool each, uint64_t chance) {
    int64_t since = microseconds();
    int turn = 0;
    begin_group(t);
    for (int64_t at = 1; at <= t->whole[mode].syncs; at += stride, turn++) {
        for (int loss = 0; loss < DISK_LOSSES; loss++) {
            end ends[2];
            if (!each && turn % DISK_LOSSES != loss) continue;
            end e = {.plan = {.end = DISK_POWER_LOST,
                              .at_sync = true,
                              .at = at,
                              .moment = (turn + loss) % 3 ? DISK_BEFORE : DISK_AFTER,
                              .loss = (disk_loss)loss,
                              .chance = disk_chance(&chance)}};
            int count = ends_of(t, mode, e, &chance, ends);
            trial(t, mode, ends, count);
        }
    }
    tell_group(t, mode ? "power lost at syncs, synchronous NORMAL" : "power lost at syncs, synchronous FULL", since);
}

/* Between syncs. */
static inline void powerless_at_points(trials *t, int mode, int n, uint64_t chance) {
    int64_t since = microseconds();
    begin_group(t);
    for (int i = 0; i < n; i++) {
        end ends[2];
        int64_t all = t->whole[mode].operations, from = all * i / n, to = all * (i + 1) / n;
        end e = {.plan = {.end = DISK_POWER_LOST,
                          .at = 1 + from + below(&chance, to > from ? to - from : 1),
                          .moment = (disk_moment)below(&chance, 3),
                          .loss = (disk_loss)(i % DISK_LOSSES),
                          .chance = disk_chance(&chance)}};
        int count = ends_of(t, mode, e, &chance, ends);
        trial(t, mode, ends, count);
    }
    assert_true(t->ended >= n * 9 / 10); /* a life differs a little from another */
    assert_true((t->most_forgotten > 0) == (mode > 0));
    tell_group(t, mode ? "power lost at numbered points, synchronous NORMAL" : "power lost at numbered points, synchronous FULL", since);
}

/* One write, sync or removal fails, with this code or, where it is not a write, the one that belongs to it. */
static inline void refused_at_points(trials *t, int n, int code, uint64_t chance) {
    int64_t since = microseconds();
    begin_group(t);
    for (int i = 0; i < n; i++) {
        int mode = i % 2;
        int64_t all = t->whole[mode].operations, from = all * i / n, to = all * (i + 1) / n;
        const end e = {.plan = {.end = DISK_REFUSES, .at = 1 + from + below(&chance, to > from ? to - from : 1), .code = code}};
        trial(t, mode, &e, 1);
    }
    assert_int_equal(t->ended, 0);
    assert_true(t->met_refusal >= n * 4 / 5); /* the last points may have no write behind them */
    tell_group(t, code == SQLITE_FULL ? "disk full once" : "disk fails once", since);
}

#endif
