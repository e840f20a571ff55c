/* Two versions of the library on one file: a migration ends at each operation, and eight are at work for long. */
#include "versions.h"

static void a_migration_is_killed(void **state) {
    (void)state;
    migration_ends(DISK_KILLED, 1);
}

static void a_migration_loses_its_power(void **state) {
    (void)state;
    migration_ends(DISK_POWER_LOST, 1);
}

static void the_next_version_comes_in_the_middle_of_the_work(void **state) {
    (void)state;
    later_ones_join(500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_migration_is_killed),
        cmocka_unit_test(a_migration_loses_its_power),
        cmocka_unit_test(the_next_version_comes_in_the_middle_of_the_work),
    };
    return cmocka_run_group_tests_name("two versions", tests, NULL, NULL);
}
