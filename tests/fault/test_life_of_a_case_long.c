/* The life of a case while memory or the store fail at every single call, in every way: test_life_of_a_case.c without its strides. */
#include "life.h"

static life unharmed;

static int live(void **state) {
    (void)state;
    run_unharmed(&unharmed);
    return 0;
}

static int end(void **state) {
    (void)state;
    free_life(&unharmed);
    return 0;
}

static void memory_that_fails(void **state) {
    (void)state;
    memory_fails(&unharmed, 1);
}

static void a_store_that_breaks_down(void **state) {
    (void)state;
    store_fails(&unharmed, breakdowns, COUNT(breakdowns), true, 1);
}

static void a_store_in_doubt(void **state) {
    (void)state;
    store_fails(&unharmed, doubts, 2, true, 1);
    store_fails(&unharmed, doubts + 2, COUNT(doubts) - 2, true, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_that_fails),
        cmocka_unit_test(a_store_that_breaks_down),
        cmocka_unit_test(a_store_in_doubt),
    };
    return cmocka_run_group_tests_name("the life of a case under every failure", tests, live, end);
}
