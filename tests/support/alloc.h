/*
 * An allocator for tests: fails the N-th request, counts what is alive, and hands out dirty memory.
 *
 * Owns: nothing outside its struct. Must not know: what is tested.
 */
#ifndef TEST_SUPPORT_ALLOC_H
#define TEST_SUPPORT_ALLOC_H

#include <complaint/host/allocator.h>

#include <stdbool.h>

typedef struct test_alloc {
    complaint_allocator table; /* give &a.table to the library */
    long fail_at;              /* the request that fails, from 0; -1 for none */
    long requests;             /* allocate and resize, failed ones included */
    long alive;                /* blocks not released yet */
    bool failed;               /* the N-th request was reached */
    bool misused;              /* asked for 0 bytes or given NULL */
} test_alloc;

/* Use in place; the table points to `a`. */
void test_alloc_init(test_alloc *a, long fail_at);

/*
 * Runs `body` with the N-th request failing, N = 0, 1, 2 ... until a run meets no failure, and asserts after each run that nothing
 * leaked and nothing was misused. `body` answers true when its work succeeded; it must when no request failed, and may otherwise.
 */
void test_alloc_loop(bool (*body)(test_alloc *a, void *context), void *context);

#endif
