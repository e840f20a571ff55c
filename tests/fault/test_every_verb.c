/* Every verb while memory or the store fail at one call after the other; the full loops are in test_every_verb_long.c. */
#include "verbs.h"

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
    memory_fails(&unharmed, 67);
}

static void a_store_that_breaks_down(void **state) {
    (void)state;
    store_fails(&unharmed, breakdowns, COUNT(breakdowns), false, 3);
}

static void a_store_in_doubt(void **state) {
    (void)state;
    store_fails(&unharmed, doubts, 2, false, 3);
    store_fails(&unharmed, doubts + 2, COUNT(doubts) - 2, true, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_that_fails),
        cmocka_unit_test(a_store_that_breaks_down),
        cmocka_unit_test(a_store_in_doubt),
    };
    return cmocka_run_group_tests_name("every verb under failure", tests, live, end);
}
