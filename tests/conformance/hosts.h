/*
 * conformance/hosts: the ways in which the tests give the kit a store.
 *
 * Owns: one place in memory, one SQLite file in the work folder, and what each needs to be opened, closed and wiped.
 */
#ifndef COMPLAINT_TEST_HOSTS_H
#define COMPLAINT_TEST_HOSTS_H

#include <complaint/conformance.h>
#include <complaint/store/memory.h>
#include <complaint/store/sqlite.h>

#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

/* Keeps its rows while the kit closes and opens connections. With `is_wrapped`, each connection goes through a fault wrapper. */
typedef struct memory_place {
    complaint_memory *store;
    bool is_wrapped;
    complaint_fault *faults[COMPLAINT_CONFORMANCE_CONNECTIONS];
} memory_place;

static complaint_status COMPLAINT_CALL memory_wipe(void *self) {
    memory_place *p = self;
    complaint_memory_close(p->store);
    p->store = NULL;
    return complaint_memory_open(NULL, &p->store);
}

static complaint_status COMPLAINT_CALL memory_connect(void *self, int32_t connection, complaint_store *table) {
    memory_place *p = self;
    complaint_store inner;
    complaint_status s = complaint_memory_table(p->store, p->is_wrapped ? &inner : table);
    return s == COMPLAINT_OK && p->is_wrapped ? complaint_fault_wrap(&inner, &p->faults[connection], table) : s;
}

static void COMPLAINT_CALL memory_disconnect(void *self, int32_t connection) {
    memory_place *p = self;
    complaint_fault_free(p->faults[connection]);
    p->faults[connection] = NULL;
}

/* One file in the test's work folder. */
typedef struct sqlite_place {
    const char *path;
    int32_t flags;
    complaint_sqlite *stores[COMPLAINT_CONFORMANCE_CONNECTIONS];
} sqlite_place;

static inline void remove_database(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char name[512];
        (void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

static complaint_status COMPLAINT_CALL sqlite_wipe(void *self) {
    remove_database(((sqlite_place *)self)->path);
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL sqlite_connect(void *self, int32_t connection, complaint_store *table) {
    sqlite_place *p = self;
    complaint_status s = complaint_sqlite_open(p->path, p->flags, NULL, &p->stores[connection]);
    return s == COMPLAINT_OK ? complaint_sqlite_table(p->stores[connection], table) : s;
}

static void COMPLAINT_CALL sqlite_disconnect(void *self, int32_t connection) {
    sqlite_place *p = self;
    complaint_sqlite_close(p->stores[connection]);
    p->stores[connection] = NULL;
}

/* The sanitizer for threads knows POSIX threads only. */
typedef struct errand {
    complaint_conformance_work_fn work;
    void *context;
} errand;

static void *run_errand(void *context) {
    errand *e = context;
    e->work(e->context);
    return NULL;
}

static complaint_status COMPLAINT_CALL in_two_threads(void *self, complaint_conformance_work_fn work, void *first, void *second) {
    errand errands[] = {{work, first}, {work, second}};
    pthread_t threads[2];
    (void)self;
    for (int n = 0; n < 2; n++) assert_int_equal(pthread_create(&threads[n], NULL, run_errand, &errands[n]), 0);
    for (int n = 0; n < 2; n++) assert_int_equal(pthread_join(threads[n], NULL), 0);
    return COMPLAINT_OK;
}

static inline complaint_conformance_host memory_host(memory_place *p) {
    return (complaint_conformance_host){sizeof(complaint_conformance_host), p, 0, 0, memory_wipe, memory_connect, memory_disconnect, in_two_threads};
}

static inline complaint_conformance_host sqlite_host(sqlite_place *p) {
    return (complaint_conformance_host){sizeof(complaint_conformance_host), p, 0, 0, sqlite_wipe, sqlite_connect, sqlite_disconnect, in_two_threads};
}

#endif
