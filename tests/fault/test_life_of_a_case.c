/* The life of a case while memory or the store fail at one call after the other; the full loops are in test_life_of_a_case_long.c. */
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
    memory_fails(&unharmed, 7);
}

static void a_store_that_breaks_down(void **state) {
    (void)state;
    store_fails(&unharmed, breakdowns, COUNT(breakdowns), false, 1);
}

static void a_store_in_doubt(void **state) {
    (void)state;
    store_fails(&unharmed, doubts, 2, false, 1);
    store_fails(&unharmed, doubts + 2, COUNT(doubts) - 2, true, 1);
}

/* ---- two failures in one action ------------------------------------------------------------------------------------------- */

/* The commit cannot say whether it took effect, and then `slot` fails for good. */
static void in_doubt_and_then(bool took_effect, int32_t slot, int64_t call, complaint_status given, complaint_status expected) {
    test_office *o = malloc(sizeof *o);
    complaint_fault *second = NULL;
    complaint_store inner;
    assert_non_null(o);
    test_office_place(o, NULL, test_instant("2025-11-05T09:00"));
    inner = o->store;
    OK(complaint_fault_wrap(&inner, &second, &o->store));
    OK(test_office_desk(o));
    test_open_case(o);
    OK(complaint_fault_set(o->fault, COMPLAINT_SLOT_COMMIT, 0, took_effect ? COMPLAINT_FAULT_AFTER : 0, COMPLAINT_E_UNKNOWN));
    OK(complaint_fault_set(second, slot, call, COMPLAINT_FAULT_FOREVER, given));
    test_expect(o, TRY(o, o->officer, "register", "@request=r"), expected, NULL, __FILE__, __LINE__);
    complaint_fault_reset(o->fault);
    complaint_fault_reset(second);
    test_verify(o);
    assert_int_equal(test_int(o, "register_number"), took_effect);
    DO(o, o->officer, "register", "@request=r");
    assert_int_equal(o->number, 1);
    assert_int_equal(o->repeated, took_effect);
    test_log(o, "triage register");
    test_verify(o);
    assert_int_equal(complaint_fault_open(second), 0);
    test_office_close(o);
    complaint_fault_free(second);
    free(o);
}

static void who_does_not_know_says_so(void **state) {
    (void)state;
    in_doubt_and_then(true, COMPLAINT_SLOT_BEGIN, 1, COMPLAINT_E_BUSY, COMPLAINT_E_UNKNOWN); /* it could not look */
    in_doubt_and_then(false, COMPLAINT_SLOT_BEGIN, 1, COMPLAINT_E_STORE, COMPLAINT_E_UNKNOWN);
    in_doubt_and_then(false, COMPLAINT_SLOT_BEGIN, 1, COMPLAINT_E_RETRY, COMPLAINT_E_UNKNOWN);
    in_doubt_and_then(false, COMPLAINT_SLOT_WRITE, 1, COMPLAINT_E_FULL, COMPLAINT_E_FULL); /* it has looked: nothing was committed */
    in_doubt_and_then(false, COMPLAINT_SLOT_WRITE, 1, COMPLAINT_E_RETRY, COMPLAINT_E_BUSY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_that_fails),
        cmocka_unit_test(a_store_that_breaks_down),
        cmocka_unit_test(a_store_in_doubt),
        cmocka_unit_test(who_does_not_know_says_so),
    };
    return cmocka_run_group_tests_name("the life of a case under failure", tests, live, end);
}
