/* Eight processes on one file. Owns: the processes. Must not know: what they do. */
#ifndef TEST_CRASH_PROCESSES_H
#define TEST_CRASH_PROCESSES_H

#include "mixed.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* The place lies in a file, so that other programs find it. */
static const char place_file[] = "place.bin";

static inline place *open_place(const char *name) {
    int file = open(name, O_RDWR | O_CREAT, 0600);
    assert_true(file >= 0);
    assert_int_equal(ftruncate(file, sizeof(place)), 0);
    place *p = mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    assert_true(p != MAP_FAILED);
    (void)close(file);
    return p;
}

static inline place *new_place(const char *path, int32_t durability, int each) {
    (void)unlink(place_file);
    place *p = open_place(place_file);
    snprintf(p->path, sizeof p->path, "%s", path);
    p->durability = durability;
    p->each = each;
    return p;
}

static inline void free_place(place *p) {
    munmap(p, sizeof *p);
    (void)unlink(place_file);
}

static inline worker new_worker(place *p, int number) {
    worker w = {.p = p, .number = number};
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &w.policy, NULL));
    OK(complaint_calendar_builtin(NULL, "TH-57", &w.calendar, NULL));
    return w;
}

static inline void free_worker(worker *w) {
    complaint_calendar_free(w->calendar);
    complaint_policy_free(w->policy);
}

static inline int work_at(place *p, int number) {
    worker w = new_worker(p, number);
    work(&w);
    free_worker(&w);
    return 0;
}

/* `program` NULL: this one. */
static inline pid_t begin_worker(place *p, int number, const char *program) {
    char which[16];
    snprintf(which, sizeof which, "%d", number);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child) return child;
    setenv("CMOCKA_TEST_ABORT", "1", 1); /* a check that fails ends the process instead of jumping out of a test that is not its own */
    if (!program) _exit(work_at(p, number));
    execl(program, program, "work", place_file, which, (char *)NULL);
    _exit(127);
}

static inline void wait_for_workers(const place *p, const pid_t *children) {
    int failed = 0;
    for (int i = 0; i < WORKERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        failed += status != 0;
    }
    assert_nobody_failed(p);
    assert_int_equal(failed, 0);
}

static inline void eight_processes(const char *path, int32_t durability, int each, const char *words) {
    place *p = new_place(path, durability, each);
    pid_t children[WORKERS];
    worker one = new_worker(p, 0);
    prepare_place(p, &one);
    int64_t before = microseconds();
    for (int i = 0; i < WORKERS; i++) children[i] = begin_worker(p, i, NULL);
    wait_for_workers(p, children);
    tell(p, words, microseconds() - before);
    assert_whole(p, &one);
    remove_place(p);
    free_worker(&one);
    free_place(p);
}

#endif
