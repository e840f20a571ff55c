/* The fault wrapper fails where it is told, before or after the work, and leaves nothing open. */
#include "hosts.h"

#include <complaint/schema.h>

#include <string.h>

typedef struct bench {
    complaint_memory *memory;
    complaint_fault *fault;
    complaint_store plain, t; /* beneath and through the wrapper */
} bench;

static int set_up(void **state) {
    static bench b;
    assert_int_equal(complaint_memory_open(NULL, &b.memory), COMPLAINT_OK);
    assert_int_equal(complaint_memory_table(b.memory, &b.plain), COMPLAINT_OK);
    assert_int_equal(complaint_fault_wrap(&b.plain, &b.fault, &b.t), COMPLAINT_OK);
    *state = &b;
    return 0;
}

static int tear_down(void **state) {
    bench *b = *state;
    assert_int_equal(complaint_fault_open(b->fault), 0);
    complaint_fault_free(b->fault);
    complaint_memory_close(b->memory);
    return 0;
}

static complaint_value integer(int64_t n) { return (complaint_value){COMPLAINT_INT64, 0, n, NULL, 0}; }

static complaint_value text(const char *p) { return (complaint_value){COMPLAINT_TEXT, 0, 0, p, strlen(p)}; }

static complaint_status begin(const complaint_store *t, int32_t mode, void **tx) { return t->begin(t->self, mode, "o", 1, tx, NULL); }

static complaint_status add_one(const complaint_store *t, void *tx, int32_t *failed_at) {
    int32_t column = 4;
    complaint_value key[] = {text("o"), text("received"), integer(1), text("x")}, one = integer(1);
    complaint_change add = {COMPLAINT_ADD, complaint_schema_table_find("complaint_counter"), key, 4, 1, &column, &one, COMPLAINT_ANY_VERSION};
    return t->write(t->self, tx, &add, 1, failed_at, NULL);
}

/* A whole transaction, as the library does it. */
static complaint_status count_once(const complaint_store *t) {
    void *tx = NULL;
    int32_t failed_at = -1;
    complaint_status s = begin(t, COMPLAINT_WRITE, &tx);
    if (s != COMPLAINT_OK) return s;
    s = add_one(t, tx, &failed_at);
    if (s == COMPLAINT_OK) s = t->commit(t->self, tx, NULL);
    if (s != COMPLAINT_OK) t->rollback(t->self, tx);
    return s;
}

static int32_t COMPLAINT_CALL keep_amount(void *context, const complaint_value *values, int32_t count) {
    assert_int_equal(count, 5);
    *(int64_t *)context = values[4].integer;
    return 0;
}

static int64_t amount(const complaint_store *t) {
    void *tx = NULL;
    int64_t n = 0;
    complaint_value key[] = {text("o"), text("received"), integer(1), text("x")};
    assert_int_equal(begin(t, COMPLAINT_READ, &tx), COMPLAINT_OK);
    complaint_status s = t->get(t->self, tx, complaint_schema_table_find("complaint_counter"), key, 4, keep_amount, &n, NULL);
    assert_true(s == COMPLAINT_OK || s == COMPLAINT_E_NOT_FOUND);
    t->rollback(t->self, tx);
    return n;
}

static void bad_arguments_are_refused(void **state) {
    bench *b = *state;
    complaint_fault *f = NULL;
    complaint_store t;
    assert_int_equal(complaint_fault_wrap(NULL, &f, &t), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_wrap(&b->plain, NULL, &t), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_wrap(&b->plain, &f, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_set(NULL, 0, 0, 0, COMPLAINT_E_RETRY), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_set(b->fault, 9, 0, 0, COMPLAINT_E_RETRY), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_set(b->fault, -1, 0, 0, COMPLAINT_E_RETRY), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_ROLLBACK, 0, 0, COMPLAINT_E_RETRY), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_set(b->fault, 0, -1, 0, COMPLAINT_E_RETRY), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_set(b->fault, 0, 0, 64, COMPLAINT_E_RETRY), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_fault_calls(NULL, 0) + complaint_fault_calls(b->fault, 99) + complaint_fault_struck(NULL) + complaint_fault_open(NULL), 0);
    complaint_fault_reset(NULL);
    complaint_fault_free(NULL);
}

static void calls_are_counted(void **state) {
    bench *b = *state;
    assert_int_equal(count_once(&b->t), COMPLAINT_OK);
    assert_int_equal(amount(&b->t), 1);
    assert_int_equal(complaint_fault_calls(b->fault, COMPLAINT_SLOT_BEGIN), 2);
    assert_int_equal(complaint_fault_calls(b->fault, COMPLAINT_SLOT_WRITE), 1);
    assert_int_equal(complaint_fault_calls(b->fault, COMPLAINT_SLOT_COMMIT), 1);
    assert_int_equal(complaint_fault_calls(b->fault, COMPLAINT_SLOT_GET), 1);
    assert_int_equal(complaint_fault_calls(b->fault, COMPLAINT_SLOT_ROLLBACK), 1);
    assert_int_equal(complaint_fault_calls(b->fault, COMPLAINT_SLOT_ANY), 5);
    complaint_fault_reset(b->fault);
    assert_int_equal(complaint_fault_calls(b->fault, COMPLAINT_SLOT_ANY), 0);
    assert_null(b->t.limits); /* as beneath */
}

static void once_is_once(void **state) {
    bench *b = *state;
    assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_WRITE, 1, COMPLAINT_FAULT_ONCE, COMPLAINT_E_RETRY), COMPLAINT_OK);
    assert_int_equal(count_once(&b->t), COMPLAINT_OK);
    assert_int_equal(count_once(&b->t), COMPLAINT_E_RETRY);
    assert_int_equal(count_once(&b->t), COMPLAINT_OK);
    assert_int_equal(complaint_fault_struck(b->fault), 1);
    assert_int_equal(amount(&b->plain), 2);
}

static void forever_is_until_taken_away(void **state) {
    bench *b = *state;
    assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_BEGIN, 1, COMPLAINT_FAULT_FOREVER, COMPLAINT_E_BUSY), COMPLAINT_OK);
    assert_int_equal(count_once(&b->t), COMPLAINT_OK);
    for (int n = 0; n < 3; n++) assert_int_equal(count_once(&b->t), COMPLAINT_E_BUSY);
    assert_int_equal(complaint_fault_struck(b->fault), 3);
    assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_BEGIN, 0, 0, COMPLAINT_OK), COMPLAINT_OK);
    assert_int_equal(count_once(&b->t), COMPLAINT_OK);
    assert_int_equal(amount(&b->plain), 2);
}

/* The number of the call among all calls; every one of a transaction's fails in its turn. */
static void any_slot_is_reached(void **state) {
    bench *b = *state;
    int32_t n = 0;
    for (complaint_status s = COMPLAINT_E_RETRY; s != COMPLAINT_OK; n++) {
        assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_ANY, n, COMPLAINT_FAULT_ONCE, COMPLAINT_E_RETRY), COMPLAINT_OK);
        s = count_once(&b->t);
        assert_true(s == COMPLAINT_OK || s == COMPLAINT_E_RETRY);
        assert_int_equal(amount(&b->plain), s == COMPLAINT_OK);
    }
    assert_int_equal(n, 4); /* begin, write, commit, and a run without a fault */
}

static void commit_may_lie_both_ways(void **state) {
    bench *b = *state;
    assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_COMMIT, 0, COMPLAINT_FAULT_ONCE, COMPLAINT_E_UNKNOWN), COMPLAINT_OK);
    assert_int_equal(count_once(&b->t), COMPLAINT_E_UNKNOWN);
    assert_int_equal(amount(&b->plain), 0);
    assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_COMMIT, 0, COMPLAINT_FAULT_AFTER, COMPLAINT_E_UNKNOWN), COMPLAINT_OK);
    assert_int_equal(count_once(&b->t), COMPLAINT_E_UNKNOWN);
    assert_int_equal(amount(&b->plain), 1);
}

/* A begin that worked and says it did not leaves no transaction; a write that worked is rolled back by the caller. */
static void work_done_before_a_fault_is_undone(void **state) {
    bench *b = *state;
    static const int32_t slots[] = {COMPLAINT_SLOT_BEGIN, COMPLAINT_SLOT_WRITE};
    for (int n = 0; n < 2; n++) {
        assert_int_equal(complaint_fault_set(b->fault, slots[n], 0, COMPLAINT_FAULT_AFTER, COMPLAINT_E_FULL), COMPLAINT_OK);
        assert_int_equal(count_once(&b->t), COMPLAINT_E_FULL);
        assert_int_equal(amount(&b->plain), 0);
        assert_int_equal(complaint_fault_open(b->fault), 0);
        assert_int_equal(count_once(&b->plain), COMPLAINT_OK); /* nobody holds the writer's turn */
        complaint_memory_close(b->memory);
        complaint_fault_free(b->fault);
        (void)set_up(state);
    }
}

static int32_t COMPLAINT_CALL count_rows(void *context, const complaint_value *values, int32_t count) {
    (void)values;
    (void)count;
    ++*(int32_t *)context;
    return 0;
}

static void reading_fails_with_and_without_rows(void **state) {
    bench *b = *state;
    static const complaint_bounds all = {NULL, 0, 0, NULL, 0, 0};
    int32_t table = complaint_schema_table_find("complaint_counter");
    assert_int_equal(count_once(&b->t), COMPLAINT_OK);
    for (int32_t flags = 0; flags <= COMPLAINT_FAULT_AFTER; flags += COMPLAINT_FAULT_AFTER) {
        void *tx = NULL;
        int32_t rows = 0;
        assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_SELECT, 0, flags, COMPLAINT_E_STORE), COMPLAINT_OK);
        assert_int_equal(begin(&b->t, COMPLAINT_READ, &tx), COMPLAINT_OK);
        assert_int_equal(b->t.select(b->t.self, tx, table, 0, &all, COMPLAINT_ASCENDING, 0, count_rows, &rows, NULL), COMPLAINT_E_STORE);
        assert_int_equal(rows, flags == COMPLAINT_FAULT_AFTER);
        b->t.rollback(b->t.self, tx);
    }
}

static void failed_schema_tells_no_version(void **state) {
    bench *b = *state;
    int32_t major = complaint_schema_major(), minor = complaint_schema_minor();
    assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_SCHEMA, 0, COMPLAINT_FAULT_AFTER, COMPLAINT_E_FULL), COMPLAINT_OK);
    assert_int_equal(b->t.schema(b->t.self, COMPLAINT_SCHEMA_WRITE, &major, &minor, NULL), COMPLAINT_E_FULL);
    major = minor = -7;
    assert_int_equal(complaint_fault_set(b->fault, COMPLAINT_SLOT_SCHEMA, 0, COMPLAINT_FAULT_AFTER, COMPLAINT_E_BUSY), COMPLAINT_OK);
    assert_int_equal(b->t.schema(b->t.self, COMPLAINT_SCHEMA_READ, &major, &minor, NULL), COMPLAINT_E_BUSY);
    assert_int_equal(major + minor, -14);
    assert_int_equal(b->t.schema(b->t.self, COMPLAINT_SCHEMA_READ, &major, &minor, NULL), COMPLAINT_OK);
    assert_int_equal(major, complaint_schema_major());
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(bad_arguments_are_refused),
                                       TEST(calls_are_counted),
                                       TEST(once_is_once),
                                       TEST(forever_is_until_taken_away),
                                       TEST(any_slot_is_reached),
                                       TEST(commit_may_lie_both_ways),
                                       TEST(work_done_before_a_fault_is_undone),
                                       TEST(reading_fails_with_and_without_rows),
                                       TEST(failed_schema_tells_no_version)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
