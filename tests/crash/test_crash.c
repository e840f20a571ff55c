/* The process is killed, or the power fails, in the middle of a desk's work: a sample; test_crash_long.c has the full counts. */
#include "trials.h"

static void killed_at_numbered_points(void **state) { killed_at_points(*state, 24, 1); }
static void killed_at_random_instants(void **state) { killed_at_instants(*state, 10, 2); }
static void power_lost_at_a_sync(void **state) { powerless_at_syncs(*state, 0, 6, false, 3); }
static void power_lost_between_syncs(void **state) { powerless_at_points(*state, 0, 12, 4); }
static void power_lost_when_commits_are_not_synced(void **state) { powerless_at_points(*state, 1, 16, 5); }
static void the_disk_fails_once(void **state) { refused_at_points(*state, 8, SQLITE_IOERR_WRITE, 21); }
static void the_disk_is_full_once(void **state) { refused_at_points(*state, 8, SQLITE_FULL, 22); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_at_numbered_points),
        cmocka_unit_test(killed_at_random_instants),
        cmocka_unit_test(power_lost_at_a_sync),
        cmocka_unit_test(power_lost_between_syncs),
        cmocka_unit_test(power_lost_when_commits_are_not_synced),
        cmocka_unit_test(the_disk_fails_once),
        cmocka_unit_test(the_disk_is_full_once),
    };
    return cmocka_run_group_tests_name("sudden ends", tests, begin_trials, end_trials);
}
