/* Eight processes do everything on one SQLite file: a sample; test_processes_long.c has the full counts. */
#include "processes.h"

static void eight_processes_share_one_file(void **state) {
    (void)state;
    eight_processes("normal.db", COMPLAINT_SQLITE_SYNC_NORMAL, 30, "8 processes, synchronous NORMAL");
}

/* As it is delivered: every commit is on the disk when it answers. */
static void eight_processes_wait_for_the_disk(void **state) {
    (void)state;
    eight_processes("full.db", 0, 10, "8 processes, synchronous FULL");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(eight_processes_share_one_file), cmocka_unit_test(eight_processes_wait_for_the_disk)};
    return cmocka_run_group_tests_name("eight processes", tests, NULL, NULL);
}
