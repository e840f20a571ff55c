/*
 * The stores that ship pass the conformance kit: memory, SQLite, and memory behind a fault wrapper without a fault.
 */
#include "hosts.h"

#include <complaint/schema.h>
#include <complaint/status.h>

#include <string.h>

#if defined(__has_feature)
#define UNDER_THREAD_SANITIZER __has_feature(thread_sanitizer)
#elif defined(__SANITIZE_THREAD__)
#define UNDER_THREAD_SANITIZER 1
#else
#define UNDER_THREAD_SANITIZER 0
#endif

static void COMPLAINT_CALL tell(void *context, const char *name, int32_t outcome, const char *detail) {
    (void)context;
    if (outcome == COMPLAINT_CHECK_FAILED) print_error("%s: %s\n", name, detail);
    if (outcome == COMPLAINT_CHECK_SKIPPED) print_message("%s: skipped, %s\n", name, detail);
}

static void passes(const complaint_conformance_host *host) {
    int32_t failed = -1;
    assert_int_equal(complaint_conformance_run(host, NULL, tell, NULL, &failed), COMPLAINT_OK);
    assert_int_equal(failed, 0);
}

static void memory_passes(void **state) {
    (void)state;
    memory_place p = {0};
    complaint_conformance_host host = memory_host(&p);
    passes(&host);
    complaint_memory_close(p.store);
}

static void wrapped_memory_passes(void **state) {
    (void)state;
    memory_place p = {.is_wrapped = true};
    complaint_conformance_host host = memory_host(&p);
    passes(&host);
    complaint_memory_close(p.store);
}

static void sqlite_passes(void **state) {
    (void)state;
    sqlite_place p = {.path = "kit.db", .flags = COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_SYNC_OFF};
    complaint_conformance_host host = sqlite_host(&p);
    passes(&host);
    remove_database(p.path);
}

/* Letters that mean something in an URI are letters of a file name. */
static void sqlite_passes_under_an_odd_name(void **state) {
    (void)state;
    sqlite_place p = {.path = "odd %41?mode=ro#name\xe0\xb8\x81.db", .flags = COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_SYNC_NORMAL};
    complaint_conformance_host host = sqlite_host(&p);
    int32_t failed = -1;
    assert_int_equal(complaint_conformance_run(&host, "schema/", tell, NULL, &failed), COMPLAINT_OK);
    assert_int_equal(failed, 0);
    assert_int_equal(access(p.path, F_OK), 0);
    remove_database(p.path);
}

/* ---- what the library never asks: whoever calls a store's slots himself is told, and nothing is written ------------------------- */

static complaint_value integer(int64_t n) { return (complaint_value){COMPLAINT_INT64, 0, n, NULL, 0}; }
static complaint_value text(const char *p) { return (complaint_value){COMPLAINT_TEXT, 0, 0, p, strlen(p)}; }

static int32_t COMPLAINT_CALL count_row(void *context, const complaint_value *values, int32_t count) {
    (void)values, (void)count;
    ++*(int *)context;
    return 0;
}

static int rows_of(const complaint_store *t, int32_t table) {
    static const complaint_bounds all = {NULL, 0, 0, NULL, 0, 0};
    void *tx = NULL;
    int rows = 0;
    assert_int_equal(t->begin(t->self, COMPLAINT_READ, "o", 1, &tx, NULL), COMPLAINT_OK);
    assert_int_equal(t->select(t->self, tx, table, 0, &all, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_OK);
    t->rollback(t->self, tx);
    return rows;
}

static void is_refused(const complaint_store *t, const complaint_change *change, complaint_status expected, const char *what) {
    void *tx = NULL;
    int32_t failed_at = -1;
    assert_int_equal(t->begin(t->self, COMPLAINT_WRITE, "o", 1, &tx, NULL), COMPLAINT_OK);
    complaint_status s = t->write(t->self, tx, change, 1, &failed_at, NULL);
    if (expected ? s != expected : s == COMPLAINT_OK) fail_msg("%s: %s", what, complaint_status_name(s));
    t->rollback(t->self, tx);
}

static void write_what_does_not_fit(const complaint_store *t) {
    static const int32_t year[] = {1}, number[] = {3}, nowhere[] = {4}, before[] = {-1}, assignee[] = {4}, amount[] = {4};
    const int32_t registers = complaint_schema_table_find("complaint_register"), roster = complaint_schema_table_find("complaint_roster"), counters = complaint_schema_table_find("complaint_counter");
    const complaint_value key[] = {text("o"), integer(2569)}, wrong[] = {text("o"), text("2569")}, one[] = {integer(1)}, most[] = {integer(INT64_MAX)}, word[] = {text("x")};
    const complaint_value row[] = {text("o"), integer(2569), integer(1), integer(1)}, odd[] = {text("o"), integer(2569), integer(1), text("one")};
    const complaint_value turn[] = {text("o"), integer(20000), text("line")}, counter[] = {text("o"), text("received"), integer(202511), text("x")};
    const struct {
        const char *what;
        complaint_change change;
        complaint_status status; /* 0: any that is not OK */
    } wrongs[] = {
        {"no such table", {COMPLAINT_INSERT, 99, key, 2, 4, NULL, row, COMPLAINT_ANY_VERSION}, COMPLAINT_E_STORE},
        {"no such table", {COMPLAINT_REMOVE, -1, key, 2, 0, NULL, NULL, COMPLAINT_ANY_VERSION}, COMPLAINT_E_STORE},
        {"half a key", {COMPLAINT_REMOVE, registers, key, 1, 0, NULL, NULL, COMPLAINT_ANY_VERSION}, COMPLAINT_E_STORE},
        {"a key of another type", {COMPLAINT_REMOVE, registers, wrong, 2, 0, NULL, NULL, COMPLAINT_ANY_VERSION}, 0},
        {"half a row", {COMPLAINT_INSERT, registers, key, 2, 3, NULL, row, COMPLAINT_ANY_VERSION}, COMPLAINT_E_STORE},
        {"a value of another type", {COMPLAINT_INSERT, registers, key, 2, 4, NULL, odd, COMPLAINT_ANY_VERSION}, 0},
        {"a key that moves", {COMPLAINT_UPDATE, registers, key, 2, 1, year, one, COMPLAINT_ANY_VERSION}, COMPLAINT_E_STORE},
        {"a column behind the last", {COMPLAINT_UPDATE, registers, key, 2, 1, nowhere, one, COMPLAINT_ANY_VERSION}, COMPLAINT_E_STORE},
        {"a column before the first", {COMPLAINT_UPDATE, registers, key, 2, 1, before, one, COMPLAINT_ANY_VERSION}, COMPLAINT_E_STORE},
        {"a sum of words", {COMPLAINT_ADD, roster, turn, 3, 1, assignee, word, COMPLAINT_ANY_VERSION}, COMPLAINT_E_STORE},
        {"no kind of change", {9, registers, key, 2, 1, number, one, COMPLAINT_ANY_VERSION}, 0},
        {"a version where there is none", {COMPLAINT_UPDATE, counters, counter, 4, 1, amount, one, 3}, 0},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) is_refused(t, &wrongs[i].change, wrongs[i].status, wrongs[i].what);
    assert_int_equal(rows_of(t, registers) + rows_of(t, roster) + rows_of(t, counters), 0);
    /* A sum that 64 bits cannot hold is no sum. */
    const complaint_change begin = {COMPLAINT_ADD, counters, counter, 4, 1, amount, one, COMPLAINT_ANY_VERSION}, beyond = {COMPLAINT_ADD, counters, counter, 4, 1, amount, most, COMPLAINT_ANY_VERSION};
    void *tx = NULL;
    int32_t failed_at = -1;
    assert_int_equal(t->begin(t->self, COMPLAINT_WRITE, "o", 1, &tx, NULL), COMPLAINT_OK);
    assert_int_equal(t->write(t->self, tx, &begin, 1, &failed_at, NULL), COMPLAINT_OK);
    assert_int_equal(t->commit(t->self, tx, NULL), COMPLAINT_OK);
    is_refused(t, &beyond, COMPLAINT_E_STORE, "a sum beyond 64 bits");
    assert_int_equal(rows_of(t, counters), 1);
}

static void ask_for_what_does_not_fit(const complaint_store *t) {
    const int32_t registers = complaint_schema_table_find("complaint_register");
    const complaint_value key[] = {text("o"), integer(2569), integer(1)};
    const complaint_bounds whole = {NULL, 0, 0, NULL, 0, 0}, wide = {key, 3, 0, NULL, 0, 0}, below = {NULL, 0, 0, key, 3, 0}, negative = {key, -1, 0, NULL, 0, 0};
    void *tx = NULL;
    int rows = 0;
    assert_int_equal(t->begin(t->self, COMPLAINT_READ, "o", 1, &tx, NULL), COMPLAINT_OK);
    assert_int_equal(t->get(t->self, tx, 99, key, 2, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->get(t->self, tx, -1, key, 2, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->get(t->self, tx, registers, key, 1, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->select(t->self, tx, 99, 0, &whole, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->select(t->self, tx, -1, 0, &whole, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->select(t->self, tx, registers, 9, &whole, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->select(t->self, tx, registers, -1, &whole, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->select(t->self, tx, registers, 0, &wide, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->select(t->self, tx, registers, 0, &below, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_E_STORE);
    assert_int_equal(t->select(t->self, tx, registers, 0, &negative, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_E_STORE);
    t->rollback(t->self, tx);
    assert_int_equal(rows, 0);
}

static void refuse_what_does_not_fit(const complaint_conformance_host *host) {
    complaint_store t;
    const int32_t ours[] = {complaint_schema_major(), complaint_schema_minor()};
    const int32_t others[][2] = {{ours[0] + 1, 0}, {ours[0], ours[1] + 1}, {ours[0], -1}};
    assert_int_equal(host->wipe(host->self), COMPLAINT_OK);
    assert_int_equal(host->open(host->self, 0, &t), COMPLAINT_OK);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        int32_t major = others[i][0], minor = others[i][1];
        assert_int_equal(t.schema(t.self, COMPLAINT_SCHEMA_WRITE, &major, &minor, NULL), COMPLAINT_E_SCHEMA);
    }
    int32_t major = ours[0], minor = ours[1];
    assert_int_equal(t.schema(t.self, COMPLAINT_SCHEMA_WRITE, &major, &minor, NULL), COMPLAINT_OK);
    write_what_does_not_fit(&t);
    ask_for_what_does_not_fit(&t);
    host->close(host->self, 0);
}

static void memory_refuses_what_does_not_fit(void **state) {
    (void)state;
    memory_place p = {0};
    complaint_conformance_host host = memory_host(&p);
    refuse_what_does_not_fit(&host);
    complaint_memory_close(p.store);
}

static void sqlite_refuses_what_does_not_fit(void **state) {
    (void)state;
    sqlite_place p = {.path = "unfit.db", .flags = COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_SYNC_OFF};
    complaint_conformance_host host = sqlite_host(&p);
    refuse_what_does_not_fit(&host);
    remove_database(p.path);
}

/* ---- hosts that can do less ------------------------------------------------------------------------------------------------------ */

/* A host that can do less is asked less, and told so. */
static int32_t skipped;

static void COMPLAINT_CALL count_skipped(void *context, const char *name, int32_t outcome, const char *detail) {
    (void)context;
    (void)name;
    if (outcome == COMPLAINT_CHECK_SKIPPED && detail[0]) skipped++;
}

static void lesser_hosts_skip_checks(void **state) {
    (void)state;
    memory_place p = {0};
    complaint_conformance_host host = memory_host(&p);
    host.flags = COMPLAINT_CONFORMANCE_ONE_CONNECTION | COMPLAINT_CONFORMANCE_ONE_THREAD | COMPLAINT_CONFORMANCE_FORGETS;
    int32_t failed = -1;
    assert_int_equal(complaint_conformance_run(&host, "snapshot/", count_skipped, NULL, &failed), COMPLAINT_OK);
    assert_int_equal(complaint_conformance_run(&host, "threads/", count_skipped, NULL, &failed), COMPLAINT_OK);
    assert_int_equal(complaint_conformance_run(&host, "schema/", count_skipped, NULL, &failed), COMPLAINT_OK);
    assert_int_equal(failed, 0);
    assert_true(skipped >= 10);
    complaint_memory_close(p.store);
}

/* Without a way of the host's own the kit starts threads itself. */
static void kit_starts_threads_itself(void **state) {
    (void)state;
    if (UNDER_THREAD_SANITIZER) skip(); /* it does not survive C11 threads */
    memory_place p = {0};
    complaint_conformance_host host = memory_host(&p);
    int32_t failed = -1;
    host.together = NULL;
    assert_int_equal(complaint_conformance_run(&host, "threads/", tell, NULL, &failed), COMPLAINT_OK);
    assert_int_equal(failed, 0);
    complaint_memory_close(p.store);
}

static void bad_arguments_are_refused(void **state) {
    (void)state;
    memory_place p = {0};
    complaint_conformance_host host = memory_host(&p);
    int32_t failed = -1;
    assert_int_equal(complaint_conformance_run(NULL, NULL, NULL, NULL, &failed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_conformance_run(&host, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_conformance_run(&host, "no/such_check", NULL, NULL, &failed), COMPLAINT_E_INVALID);
    host.wipe = NULL;
    assert_int_equal(complaint_conformance_run(&host, NULL, NULL, NULL, &failed), COMPLAINT_E_SLOT_MISSING);
    host.size = 8;
    assert_int_equal(complaint_conformance_run(&host, NULL, NULL, NULL, &failed), COMPLAINT_E_TABLE_SIZE);
    assert_int_equal(failed, -1);
    assert_null(complaint_conformance_name(-1));
    assert_null(complaint_conformance_name(complaint_conformance_count()));
    assert_non_null(complaint_conformance_name(complaint_conformance_count() - 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(bad_arguments_are_refused),
                                       cmocka_unit_test(lesser_hosts_skip_checks),
                                       cmocka_unit_test(memory_refuses_what_does_not_fit),
                                       cmocka_unit_test(sqlite_refuses_what_does_not_fit),
                                       cmocka_unit_test(memory_passes),
                                       cmocka_unit_test(wrapped_memory_passes),
                                       cmocka_unit_test(sqlite_passes),
                                       cmocka_unit_test(sqlite_passes_under_an_odd_name),
                                       cmocka_unit_test(kit_starts_threads_itself)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
