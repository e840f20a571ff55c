/* Ten thousand random cases: nine in memory to one in SQLite. */
#include "random_life.h"

static void random_cases_in_memory(void **state) {
    (void)state;
    live_worlds(1, 9000, 400, false);
}

static void random_cases_in_sqlite(void **state) {
    (void)state;
    live_worlds(100001, 1000, 400, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_cases_in_memory),
        cmocka_unit_test(random_cases_in_sqlite),
    };
    return cmocka_run_group_tests_name("the life of ten thousand random cases", tests, NULL, NULL);
}
