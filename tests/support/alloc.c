#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

enum { LOOP_END = 100000 };

static bool refused(test_alloc *a) {
    bool now = a->requests++ == a->fail_at;
    a->failed = a->failed || now;
    return now;
}

static void *COMPLAINT_CALL allocate(void *self, size_t bytes) {
    test_alloc *a = self;
    a->misused = a->misused || bytes == 0;
    void *p = refused(a) ? NULL : malloc(bytes);
    if (!p) return NULL;
    a->alive++;
    return memset(p, 0xA5, bytes);
}

static void *COMPLAINT_CALL resize(void *self, void *memory, size_t bytes) {
    test_alloc *a = self;
    a->misused = a->misused || bytes == 0 || !memory;
    return refused(a) ? NULL : realloc(memory, bytes);
}

static void COMPLAINT_CALL release(void *self, void *memory) {
    test_alloc *a = self;
    a->misused = a->misused || !memory;
    a->alive--;
    free(memory);
}

void test_alloc_init(test_alloc *a, long fail_at) { *a = (test_alloc){.table = {sizeof(complaint_allocator), a, allocate, resize, release}, .fail_at = fail_at}; }

void test_alloc_loop(bool (*body)(test_alloc *a, void *context), void *context) {
    for (long n = 0; n < LOOP_END; n++) {
        test_alloc a;
        test_alloc_init(&a, n);
        bool succeeded = body(&a, context);
        assert_int_equal(a.alive, 0);
        assert_false(a.misused);
        if (a.failed) continue;
        assert_true(succeeded);
        return;
    }
    fail_msg("the work never came to its end");
}
