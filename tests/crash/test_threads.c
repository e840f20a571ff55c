/* Eight threads do everything on one store: a sample; test_threads_long.c has the full counts. */
#include "threads.h"

static void eight_threads_share_one_memory(void **state) {
    (void)state;
    eight_threads(NULL, 30, "8 threads, memory");
}

static void eight_threads_share_one_file(void **state) {
    (void)state;
    eight_threads("threads.db", 30, "8 threads, SQLite");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(eight_threads_share_one_memory), cmocka_unit_test(eight_threads_share_one_file)};
    return cmocka_run_group_tests_name("eight threads", tests, NULL, NULL);
}
