/* The process is killed, or the power fails, in the middle of a desk's work: all of it. test_crash.c takes a sample. */
#include "trials.h"

static void killed_at_500_numbered_points(void **state) { killed_at_points(*state, 500, 11); }
static void killed_at_200_random_instants(void **state) { killed_at_instants(*state, 200, 12); }
static void power_lost_at_each_sync(void **state) { powerless_at_syncs(*state, 0, 1, true, 13); }
static void power_lost_at_each_sync_when_commits_are_not_synced(void **state) { powerless_at_syncs(*state, 1, 1, true, 14); }
static void power_lost_between_syncs(void **state) { powerless_at_points(*state, 0, 300, 15); }
static void power_lost_when_commits_are_not_synced(void **state) { powerless_at_points(*state, 1, 300, 16); }
static void the_disk_fails_once(void **state) { refused_at_points(*state, 300, SQLITE_IOERR_WRITE, 31); }
static void the_disk_is_full_once(void **state) { refused_at_points(*state, 300, SQLITE_FULL, 32); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_at_500_numbered_points), cmocka_unit_test(killed_at_200_random_instants),
        cmocka_unit_test(power_lost_at_each_sync),       cmocka_unit_test(power_lost_at_each_sync_when_commits_are_not_synced),
        cmocka_unit_test(power_lost_between_syncs),      cmocka_unit_test(power_lost_when_commits_are_not_synced),
        cmocka_unit_test(the_disk_fails_once),           cmocka_unit_test(the_disk_is_full_once),
    };
    return cmocka_run_group_tests_name("sudden ends", tests, begin_trials, end_trials);
}
