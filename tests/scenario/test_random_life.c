/* As many random cases as fit into a minute; test_random_life_long.c lives ten thousand. */
#include "random_life.h"

static void random_cases_in_memory(void **state) {
    (void)state;
    live_worlds(1, 1200, 400, false);
}

static void random_cases_in_sqlite(void **state) {
    (void)state;
    live_worlds(100001, 120, 400, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_cases_in_memory),
        cmocka_unit_test(random_cases_in_sqlite),
    };
    return cmocka_run_group_tests_name("the life of random cases", tests, NULL, NULL);
}
