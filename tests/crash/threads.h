/* Eight threads with a desk each on one store: policy and calendar are shared, nothing else is; ThreadSanitizer watches. Owns: the threads. Must not know: what they do. */
#ifndef TEST_CRASH_THREADS_H
#define TEST_CRASH_THREADS_H

#include "mixed.h"

#include <pthread.h>

static inline void *work_in_thread(void *context) {
    work(context);
    return NULL;
}

static inline place *new_place(const char *path, int each) {
    place *p = calloc(1, sizeof *p);
    assert_non_null(p);
    if (path)
        snprintf(p->path, sizeof p->path, "%s", path);
    else
        OK(complaint_memory_open(NULL, &p->memory));
    if (p->memory) OK(complaint_memory_set_busy_timeout(p->memory, BUSY_MS));
    p->durability = COMPLAINT_SQLITE_SYNC_OFF;
    p->each = each;
    return p;
}

static inline void run_threads(place *p, worker *one, const char *words) {
    static worker workers[WORKERS];
    pthread_t threads[WORKERS];
    prepare_place(p, one);
    int64_t before = microseconds();
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = (worker){.p = p, .number = i, .policy = one->policy, .calendar = one->calendar};
        assert_int_equal(pthread_create(&threads[i], NULL, work_in_thread, &workers[i]), 0);
    }
    for (int i = 0; i < WORKERS; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    int64_t took = microseconds() - before;
    assert_nobody_failed(p);
    tell(p, words, took);
    assert_whole(p, one);
    remove_place(p);
}

/* `path` NULL: rows in memory. */
static inline void eight_threads(const char *path, int each, const char *words) {
    worker one = {0};
    place *p = new_place(path, each);
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &one.policy, NULL));
    OK(complaint_calendar_builtin(NULL, "TH-57", &one.calendar, NULL));
    run_threads(p, &one, words);
    complaint_calendar_free(one.calendar);
    complaint_policy_free(one.policy);
    complaint_memory_close(p->memory);
    free(p);
}

#endif
