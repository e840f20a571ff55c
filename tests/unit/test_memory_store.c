/* The memory store's own promises: waiting for the writer's turn, and an allocator that says no at any time. */
#include <complaint/schema.h>
#include <complaint/store/memory.h>

#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static complaint_value integer(int64_t n) { return (complaint_value){COMPLAINT_INT64, 0, n, NULL, 0}; }

static complaint_value text(const char *p) { return (complaint_value){COMPLAINT_TEXT, 0, 0, p, strlen(p)}; }

static complaint_status begin(const complaint_store *t, int32_t mode, void **tx) { return t->begin(t->self, mode, "o", 1, tx, NULL); }

/* Counter number `n`: one more, or away. */
static complaint_status change(const complaint_store *t, void *tx, int32_t kind, int64_t n) {
    int32_t column = 4, failed_at = -1;
    complaint_value key[] = {text("o"), text("received"), integer(n), text("x")}, one = integer(1);
    complaint_change add = {COMPLAINT_ADD, complaint_schema_table_find("complaint_counter"), key, 4, 1, &column, &one, COMPLAINT_ANY_VERSION};
    complaint_change remove = {COMPLAINT_REMOVE, add.table, key, 4, 0, NULL, NULL, COMPLAINT_ANY_VERSION};
    return t->write(t->self, tx, kind == COMPLAINT_ADD ? &add : &remove, 1, &failed_at, NULL);
}

static int32_t COMPLAINT_CALL add_up(void *context, const complaint_value *values, int32_t count) {
    assert_int_equal(count, 5);
    *(int64_t *)context += values[4].integer;
    return 0;
}

static int64_t sum(const complaint_store *t, void *tx) {
    static const complaint_bounds all = {NULL, 0, 0, NULL, 0, 0};
    int64_t total = 0;
    assert_int_equal(t->select(t->self, tx, complaint_schema_table_find("complaint_counter"), 0, &all, COMPLAINT_ASCENDING, 0, add_up, &total, NULL), COMPLAINT_OK);
    return total;
}

static void open_refuses_bad_arguments(void **state) {
    (void)state;
    complaint_memory *m = NULL;
    complaint_store t;
    complaint_allocator a = {.size = 3};
    assert_int_equal(complaint_memory_open(NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_memory_open(&a, &m), COMPLAINT_E_TABLE_SIZE);
    a.size = sizeof a;
    assert_int_equal(complaint_memory_open(&a, &m), COMPLAINT_E_SLOT_MISSING);
    assert_null(m);
    assert_int_equal(complaint_memory_table(NULL, &t), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_memory_set_busy_timeout(NULL, 0), COMPLAINT_E_INVALID);
    complaint_memory_close(NULL);
}

static void second_writer_waits_its_time(void **state) {
    (void)state;
    complaint_memory *m = NULL;
    complaint_store t;
    void *first = NULL, *second = NULL, *reader = NULL;
    assert_int_equal(complaint_memory_open(NULL, &m), COMPLAINT_OK);
    assert_int_equal(complaint_memory_table(m, &t), COMPLAINT_OK);
    assert_int_equal(complaint_memory_set_busy_timeout(m, -1), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_memory_set_busy_timeout(m, 10), COMPLAINT_OK);
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &first), COMPLAINT_OK);
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &second), COMPLAINT_E_BUSY);
    assert_null(second);
    assert_int_equal(begin(&t, COMPLAINT_READ, &reader), COMPLAINT_OK); /* readers do not wait */
    assert_int_equal(change(&t, reader, COMPLAINT_ADD, 1), COMPLAINT_E_READ_ONLY);
    t.rollback(t.self, reader);
    assert_int_equal(t.commit(t.self, first, NULL), COMPLAINT_OK);
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &second), COMPLAINT_OK);
    t.rollback(t.self, second);
    complaint_memory_close(m);
}

/* Rows go while a reader looks at them: what it sees is copied on the way down, and any copy may fail. */
static bool remove_before_a_reader(test_alloc *a, void *context) {
    enum { ROWS = 32 };
    complaint_memory *m = NULL;
    complaint_store t;
    void *tx = NULL, *reader = NULL;
    int64_t left = ROWS;
    (void)context;
    long fail_at = a->fail_at;
    a->fail_at = -1; /* not while the rows come */
    assert_int_equal(complaint_memory_open(&a->table, &m), COMPLAINT_OK);
    assert_int_equal(complaint_memory_table(m, &t), COMPLAINT_OK);
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &tx), COMPLAINT_OK);
    for (int64_t n = 0; n < ROWS; n++) assert_int_equal(change(&t, tx, COMPLAINT_ADD, n * 11 % ROWS), COMPLAINT_OK);
    assert_int_equal(t.commit(t.self, tx, NULL), COMPLAINT_OK);
    assert_int_equal(begin(&t, COMPLAINT_READ, &reader), COMPLAINT_OK);
    tx = NULL;
    a->fail_at = fail_at >= 0 ? a->requests + fail_at : -1;
    bool good = begin(&t, COMPLAINT_WRITE, &tx) == COMPLAINT_OK;
    for (int64_t n = 0; good && n < ROWS; n++) {
        complaint_status s = change(&t, tx, COMPLAINT_REMOVE, n < 12 ? 16 + n : n * 5 % ROWS); /* from the middle first: nodes with two below */
        left -= s == COMPLAINT_OK;
        assert_true(s == COMPLAINT_OK || s == COMPLAINT_E_MEMORY || (s == COMPLAINT_E_NOT_FOUND && n >= 12));
        good = s != COMPLAINT_E_MEMORY;
        assert_int_equal(sum(&t, tx), left);
    }
    a->fail_at = -1;
    assert_int_equal(sum(&t, reader), ROWS);
    t.rollback(t.self, reader);
    if (tx) t.rollback(t.self, tx);
    complaint_memory_close(m);
    return good;
}

/* Each write that was refused left the transaction as it was: the sum that is committed is that of the writes that were not. */
static bool work_with_little_memory(test_alloc *a, void *context) {
    complaint_memory *m = NULL;
    complaint_store t;
    void *tx = NULL, *before = NULL;
    int64_t expected = 0, refused = 0;
    (void)context;
    complaint_status s = complaint_memory_open(&a->table, &m);
    if (s != COMPLAINT_OK) {
        assert_int_equal(s, COMPLAINT_E_MEMORY);
        return false;
    }
    assert_int_equal(complaint_memory_table(m, &t), COMPLAINT_OK);
    if (begin(&t, COMPLAINT_READ, &before) != COMPLAINT_OK) refused++;
    for (int64_t n = 0; n < 40; n++) {
        int32_t kind = n % 4 == 3 ? COMPLAINT_REMOVE : COMPLAINT_ADD;
        if (begin(&t, COMPLAINT_WRITE, &tx) != COMPLAINT_OK) {
            refused++;
            continue;
        }
        s = change(&t, tx, kind, kind == COMPLAINT_ADD ? n * 7 % 40 : (n - 1) * 7 % 40);
        assert_true(s == COMPLAINT_OK || s == COMPLAINT_E_MEMORY || (s == COMPLAINT_E_NOT_FOUND && refused > 0));
        if (s == COMPLAINT_OK)
            expected += kind == COMPLAINT_ADD ? 1 : -1;
        else
            refused++;
        assert_int_equal(sum(&t, tx), expected);
        assert_int_equal(t.commit(t.self, tx, NULL), COMPLAINT_OK);
    }
    if (before) assert_int_equal(sum(&t, before), 0);
    if (before) t.rollback(t.self, before);
    complaint_memory_close(m);
    return refused == 0;
}

static void running_out_of_memory_is_survived(void **state) {
    (void)state;
    test_alloc_loop(work_with_little_memory, NULL);
    test_alloc_loop(remove_before_a_reader, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(open_refuses_bad_arguments), cmocka_unit_test(second_writer_waits_its_time),
                                       cmocka_unit_test(running_out_of_memory_is_survived)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
