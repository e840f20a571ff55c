/*
 * The stores that ship pass the conformance kit: memory, SQLite, and memory behind a fault wrapper without a fault.
 */
#include "hosts.h"

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
                                       cmocka_unit_test(memory_passes),
                                       cmocka_unit_test(wrapped_memory_passes),
                                       cmocka_unit_test(sqlite_passes),
                                       cmocka_unit_test(sqlite_passes_under_an_odd_name),
                                       cmocka_unit_test(kit_starts_threads_itself)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
