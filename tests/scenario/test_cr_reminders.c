/*
 * When the desk is reminded and when the ladder goes up: the last column of the clock table [CR-T1, CR-T2, CR-T3, CR-T4, CR-T6, CR-4.1.4]. A missed run loses nothing, running twice adds nothing; nights and weekends
 * wait for the office to open, what is urgent does not.
 */
#include "support/desk.h"

#include <complaint/text.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

/* Nothing a millisecond before, this many then, and nothing more. */
static void speaks_at(test_office *o, const char *at, int clocks) {
    o->now = test_instant(at) - 1;
    test_tick(o, 0, 0);
    o->now++;
    test_tick(o, clocks, clocks);
    test_tick(o, 0, 0);
}

static void the_first_two_days(void **state) {
    test_office *o = *state;
    test_open_case(o);
    speaks_at(o, "2025-11-05T14:00", 1); /* four working hours: 9 to 12, 13 to 14 */
    test_notice_is(o, "acknowledge_soon", "officer", "waiting", "2025-11-05T14:00");
    speaks_at(o, "2025-11-06T08:30", 2); /* the morning of the last day: to be acknowledged and forwarded today */
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    assert_int_equal(complaint_page_count(page), 3);
    assert_string_equal(complaint_page_text_of(page, 1, "template"), "acknowledge_today");
    assert_string_equal(complaint_page_text_of(page, 2, "template"), "forward_today");
    assert_int_equal(complaint_page_integer_of(page, 1, "urgent"), 1);
    complaint_page_free(page);
    test_at(o, "2026-01-05T12:00");
    test_tick(o, 0, 0); /* what is late is on the list; nobody is told again */
    test_log(o, "triage warned warned warned");
}

/* Received on Friday at 16.00: half an hour that day, the rest on Monday; but Saturday is the last day. */
static void what_is_urgent_goes_at_the_weekend_the_rest_waits(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-07T16:00");
    test_open_case(o);
    speaks_at(o, "2025-11-08T08:30", 2);
    test_deliver(o, 2, 0, 0, 0); /* on Saturday: both are urgent */
    speaks_at(o, "2025-11-10T12:00", 1); /* four working hours; it is lunch time */
    test_notice_is(o, "acknowledge_soon", "officer", "waiting", "2025-11-10T13:00");
}

static void what_is_done_is_not_reminded_of(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->officer, "forward", "unit=quality");
    test_at(o, "2025-11-12T12:00");
    test_tick(o, 0, 0);
}

/* ---- the ladder [CR-T3, CR-4.1.4] -------------------------------------------------------------------------------------------- */

static void urgent_after_an_hour_to_the_executive(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-08T02:00"); /* Saturday night */
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "flag", "flag=urgent");
    test_notice_is(o, "flag_to_head", "head", "waiting", "2025-11-08T02:00"); /* at once */
    test_deliver(o, 2, 0, 0, 0);
    test_clock_is(o, "escalate_urgent", "running", "2025-11-08T03:00", 0);
    speaks_at(o, "2025-11-08T03:00", 1);
    test_notice_is(o, "consider_overdue_urgent", "executive", "waiting", "2025-11-08T03:00");
    test_deliver(o, 1, 0, 0, 0);
    DO(o, o->head, "consider", "decision=agreed", "spoken:=1", "@at=2025-11-08T02:59:59.999");
    test_clock_is(o, "escalate_urgent", "stopped", "2025-11-08T03:00", 0); /* he had spoken in time */
}

static void the_first_late_millisecond_of_the_head(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    DO(o, o->officer, "flag", "flag=sensitive");
    test_at(o, "2025-11-05T10:00");
    DO(o, o->head, "consider", "decision=agreed");
    test_clock_is(o, "escalate_urgent", "stopped", "2025-11-05T10:00", 1);
    test_clock_is(o, "escalate", "stopped", "2025-11-06T09:00", 0);
}

static void the_others_after_a_day_when_the_office_opens(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-07T22:00"); /* Friday night */
    test_open_case(o);
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->officer, "flag", "flag=sensitive");
    test_notice_is(o, "flag_to_head", "head", "waiting", "2025-11-07T22:00"); /* the head is told at any hour */
    test_at(o, "2025-11-08T21:59:59.999");
    test_check_channels(o, o->officer, NULL);
    test_tick(o, 1, 1); /* forward today */
    speaks_at(o, "2025-11-08T22:00", 1);
    test_notice_is(o, "consider_overdue", "executive", "waiting", "2025-11-10T08:30");
    test_deliver(o, 2, 0, 0, 0); /* the flag and forward today; the ladder waits for Monday */
    test_at(o, "2025-11-10T08:30");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[o->sent_count - 1].recipient, "executive");
}

/* ---- telling the result [CR-T6] ------------------------------------------------------------------------------------------------- */

static void a_day_before_the_complainant_has_to_be_told(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    test_clock_is(o, "notify_result", "running", "2025-11-11T00:00", 0); /* the last day is Monday the 10th */
    speaks_at(o, "2025-11-07T08:30", 1);
    test_notice_is(o, "notify_result_soon", "officer", "waiting", "2025-11-07T08:30");
}

/* ---- an outage --------------------------------------------------------------------------------------------------------------------- */

/* The machine was off for a month: of each clock the latest reminder is sent, the others are on record as skipped. */
static void after_an_outage_only_the_latest_is_sent(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    test_at(o, "2025-12-06T03:00"); /* a Saturday night */
    test_tick(o, 3, 3);
    complaint_page *log = NULL;
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 0, &log));
    int skipped = 0;
    for (int64_t i = 0; i < complaint_page_count(log); i++) skipped += strstr(complaint_page_text_of(log, i, "payload"), "\"skipped\":1") != NULL;
    complaint_page_free(log);
    assert_int_equal(skipped, 1); /* the acknowledgement's first */
    assert_int_equal(test_clock_int(o, "acknowledge", 0, "warned"), 2);
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    for (int64_t i = 0; i < complaint_page_count(page); i++) assert_string_not_equal(complaint_page_text_of(page, i, "template"), "acknowledge_soon");
    complaint_page_free(page);
    test_tick(o, 0, 0);
    test_office_restart(o);
    test_tick(o, 0, 0);
}

static int32_t COMPLAINT_CALL stop_after_one(void *context, int64_t done) {
    ++*(int *)context;
    return done == 1;
}

static void a_run_may_be_cut_short_and_loses_nothing(void **state) {
    test_office *o = *state;
    complaint_page *tally = NULL;
    int asked = 0;
    for (int i = 0; i < 3; i++) test_open_case(o);
    test_at(o, "2025-11-05T14:00");
    assert_int_equal(complaint_desk_tick(o->desk, 1, &tally), COMPLAINT_E_MORE);
    assert_int_equal(complaint_page_integer_of(tally, 0, "clocks"), 1);
    complaint_page_free(tally);
    tally = NULL;
    OK(complaint_desk_set_progress(o->desk, stop_after_one, &asked));
    assert_int_equal(complaint_desk_tick(o->desk, 0, &tally), COMPLAINT_E_CANCELLED);
    assert_int_equal(complaint_page_integer_of(tally, 0, "clocks"), 1);
    complaint_page_free(tally);
    assert_true(asked >= 2);
    OK(complaint_desk_set_progress(o->desk, NULL, NULL));
    test_tick(o, 1, 1);
}

/* ---- the office's own data leaked ------------------------------------------------------------------------------------------------------ */

static void seventy_two_hours_to_tell_the_regulator(void **state) {
    test_office *o = *state;
    for (int late = 0; late < 2; late++) {
        test_at(o, late ? "2025-12-06T02:00" : "2025-11-08T02:00"); /* a Saturday night; weekends and holidays count */
        test_open_registered(o, "cyber");
        DO(o, o->officer, "flag", "flag=data_breach");
        complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
        assert_string_equal(complaint_page_text_of(page, 0, "recipient"), "head");
        assert_string_equal(complaint_page_text_of(page, 0, "template"), "breach_to_head");
        assert_string_equal(complaint_page_text_of(page, 1, "recipient"), "dpo");
        assert_string_equal(complaint_page_text_of(page, 1, "template"), "breach_to_dpo");
        for (int i = 0; i < 2; i++) assert_int_equal(complaint_page_integer_of(page, i, "not_before"), o->now);
        complaint_page_free(page);
        REFUSED(o, COMPLAINT_E_ROLE, "report_breach", o->officer, "report_breach", "text=x");
        REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->dpo, "report_breach");
        test_at(o, late ? "2025-12-09T02:00" : "2025-11-11T01:59:59.999");
        DO(o, o->dpo, "report_breach", "text=แจ้ง สคส. แล้ว", "paper_no=ชร 0033/77");
        test_clock_is(o, "breach_72h", "stopped", late ? "2025-12-09T02:00" : "2025-11-11T02:00", late);
    }
}

/* ---- how a deadline came about ---------------------------------------------------------------------------------------------------------------- */

static void each_deadline_is_explained(void **state) {
    test_office *o = *state;
    complaint_text *thai = NULL, *english = NULL;
    test_open_forwarded(o);
    for (int64_t clock = 1; clock <= 3; clock++) {
        OK(complaint_desk_explain(o->desk, o->officer, o->case_id, clock, COMPLAINT_THAI, &thai));
        OK(complaint_desk_explain(o->desk, o->officer, o->case_id, clock, COMPLAINT_ENGLISH, &english));
        assert_true(strlen(complaint_text_data(thai)) > 40);
        assert_non_null(strstr(complaint_text_data(english), clock == 3 ? "14 November" : "6 November"));
        complaint_text_free(thai);
        complaint_text_free(english);
        thai = english = NULL;
    }
    assert_int_equal(complaint_desk_explain(o->desk, o->officer, o->case_id, 4, COMPLAINT_THAI, &thai), COMPLAINT_E_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(the_first_two_days),
        SCENARIO(what_is_urgent_goes_at_the_weekend_the_rest_waits),
        SCENARIO(what_is_done_is_not_reminded_of),
        SCENARIO(urgent_after_an_hour_to_the_executive),
        SCENARIO(the_first_late_millisecond_of_the_head),
        SCENARIO(the_others_after_a_day_when_the_office_opens),
        SCENARIO(a_day_before_the_complainant_has_to_be_told),
        SCENARIO(after_an_outage_only_the_latest_is_sent),
        SCENARIO(a_run_may_be_cut_short_and_loses_nothing),
        SCENARIO(seventy_two_hours_to_tell_the_regulator),
        SCENARIO(each_deadline_is_explained),
    };
    return cmocka_run_group_tests_name("the clock table: reminders and the ladder", tests, NULL, NULL);
}
