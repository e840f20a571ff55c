/* The centre's own: rounds and analysis [PR-14.1, PR-14.2], the whole matter in its time [PR-15], the intake form [PR-16], the ways to reach the centre [PR-17]. */
#include "support/desk.h"

#include <complaint/report.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup_phrae, test_office_teardown)

/* ---- PR-14.1, PR-14.2 ------------------------------------------------------------------------------------------------------- */

static void open_on(test_office *o, const char *at, const char *class_code) {
    test_at(o, at);
    test_open_registered(o, class_code);
}

/* Fiscal year 2569 runs from 1 October 2025; the first round ends with March, the second with September and holds the first. */
static void two_rounds_of_the_fiscal_year(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T09:00");
    open_on(o, "2025-11-05T09:00", "service");
    open_on(o, "2026-03-31T23:59:59.999", "procurement");
    open_on(o, "2026-04-01T00:00", "personnel");
    open_on(o, "2026-09-30T23:59:59.999", "service");
    open_on(o, "2026-10-01T00:00", "service"); /* the next year's */
    assert_int_equal(test_reported(o, "total", "", 2569, 6), 2);
    assert_int_equal(test_reported(o, "total", "", 2569, 12), 4);
    assert_int_equal(test_reported(o, "total", "", 2570, 6), 1);
    complaint_page *page = NULL;
    OK(complaint_desk_report(o->desk, o->executive, 2569, 6, &page)); /* to the executive */
    complaint_page_free(page);
    test_expect(o, complaint_desk_report(o->desk, o->quality, 2569, 6, &page), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__);
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "class", o->officer, "classify", "class=unknown");
}

/* The analysis after the year: staff, procurement, corruption and misconduct are told apart by class and flag. */
static void the_three_groups_of_the_analysis_are_on_record(void **state) {
    test_office *o = *state;
    open_on(o, "2025-11-05T09:00", "personnel");
    open_on(o, "2025-11-05T09:01", "procurement");
    open_on(o, "2025-11-05T09:02", "procurement");
    DO(o, o->officer, "flag", "flag=corruption");
    assert_int_equal(test_int(o, "flags"), 4 | 8);
    assert_int_equal(test_reported(o, "areas", "performance", 2569, 12), 1);
    assert_int_equal(test_reported(o, "areas", "procurement", 2569, 12), 1);
    assert_int_equal(test_reported(o, "areas", "misconduct", 2569, 12), 1); /* each case counts once */
    assert_int_equal(test_reported(o, "kinds", "kind_1", 2569, 6), 1);
    assert_int_equal(test_reported(o, "kinds", "kind_2", 2569, 6), 1);
    assert_int_equal(test_reported(o, "kinds", "", 2569, 6), 1); /* shown apart */
    assert_int_equal(test_reported(o, "class", "personnel", 2569, 12), 1);
    assert_int_equal(test_reported(o, "class", "procurement", 2569, 12), 2);
    DO(o, o->officer, "classify", "class=personnel", "reason=เป็นเรื่องพฤติกรรม");
    assert_int_equal(test_reported(o, "class", "personnel", 2569, 12), 2);
    assert_int_equal(test_reported(o, "class", "procurement", 2569, 12), 1);
    assert_int_equal(test_reported(o, "kinds", "kind_2", 2569, 12), 1);
    DO(o, o->officer, "flag", "flag=corruption", "clear:=1", "reason=ไม่ใช่เรื่องทุจริต");
    assert_int_equal(test_reported(o, "kinds", "kind_2", 2569, 12), 0);
    assert_int_equal(test_reported(o, "kinds", "kind_1", 2569, 12), 2);
}

/* ---- PR-15 --------------------------------------------------------------------------------------------------------------------- */

static void close_it(test_office *o, const char *at) {
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    test_at(o, at);
    DO(o, o->officer, "close");
}

static void thirty_days_from_the_receipt_to_the_closing(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    test_clock_is(o, "overall", "running", "2025-12-06T00:00", 0); /* 5 November + 30 */
    close_it(o, "2025-12-05T23:59:59.999");                          /* a holiday counts */
    test_clock_is(o, "overall", "stopped", "2025-12-06T00:00", 0);
    test_at(o, "2025-11-05T09:00");
    o->now = test_instant("2025-12-08T09:00");
    test_open_registered(o, "service");
    test_clock_is(o, "overall", "running", "2026-01-08T00:00", 0);
    close_it(o, "2026-01-08T00:00");
    test_clock_is(o, "overall", "stopped", "2026-01-08T00:00", 1);
}

static void waiting_for_the_complainant_does_not_count(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    test_at(o, "2025-11-10T10:00");
    DO(o, o->officer, "request_info", "text=ขอวันที่รับบริการ", "particle=ครับ");
    test_text(o, "state", "awaiting_complainant");
    assert_string_equal(test_clock_of(o, "overall").state, "paused");
    assert_string_equal(test_clock_of(o, "result").state, "paused");
    assert_string_equal(test_clock_of(o, "acknowledge").state, "running"); /* that one waits for nobody */
    test_at(o, "2025-11-30T08:30");
    test_tick(o, 1, 1); /* the acknowledgement alone: what stands still reminds nobody */
    test_notice_is(o, "acknowledge_today", "officer", "waiting", NULL);
    REFUSED(o, COMPLAINT_E_STATE, "report_result", o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    test_at(o, "2025-12-01T10:00");
    DO(o, o->officer, "resume", "text=ได้รับข้อมูลแล้ว");
    test_text(o, "state", "forwarded");
    test_clock_is(o, "overall", "running", "2025-12-27T00:00", 0); /* 21 days later */
    test_clock_is(o, "result", "running", "2025-12-12T00:00", 0);
    assert_int_equal(test_clock_int(o, "overall", 0, "paused"), 1);
    REFUSED(o, COMPLAINT_E_STATE, "resume", o->officer, "resume");
}

static void the_head_is_warned_seven_days_before(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    o->now = test_instant("2025-11-28T08:30") - 1;
    test_tick(o, 0, 0);
    o->now++;
    test_tick(o, 1, 1);
    test_notice_is(o, "overall_soon", "head", "waiting", "2025-11-28T08:30");
}

static void withdrawn_or_transferred_it_is_over(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "withdraw", "reason=ตกลงกันได้แล้ว");
    test_text(o, "phase", "withdrawn");
    test_clock_is(o, "overall", "stopped", "2025-12-06T00:00", 0);
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=nhso");
    assert_string_equal(test_clock_of(o, "overall").state, "stopped");
    test_open_registered(o, "procurement"); /* the inquiry goes on, and so does its time */
    DO(o, o->officer, "flag", "flag=corruption");
    DO(o, o->officer, "withdraw", "reason=ตกลงกันได้แล้ว");
    test_text(o, "phase", "open");
    assert_string_equal(test_clock_of(o, "overall").state, "running");
}

/* The centre examines and considers, then takes it. */
static void the_head_considers_and_takes_it(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_STATE, "admit", o->head, "admit");
    DO(o, o->officer, "register");
    REFUSED(o, COMPLAINT_E_ROLE, "admit", o->officer, "admit");
    REFUSED(o, COMPLAINT_E_ROLE, "consider", o->officer, "consider", "decision=agreed");
    DO(o, o->head, "consider", "decision=agreed", "spoken:=1");
    DO(o, o->head, "admit", "text=รับไว้ดำเนินการ");
    DO(o, o->officer, "classify", "class=service");
    test_text(o, "state", "registered");
}

/* One working day to acknowledge, reminded the same day (ours). */
static void it_is_acknowledged_within_a_working_day(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-07T18:00"); /* Friday evening: Monday is the day */
    test_open_case(o);
    test_clock_is(o, "acknowledge", "running", "2025-11-11T00:00", 0);
    test_at(o, "2025-11-10T08:30");
    test_tick(o, 1, 1); /* Friday's office was closed already: the morning of the last day */
    test_notice_is(o, "acknowledge_today", "officer", "waiting", "2025-11-10T08:30");
    test_at(o, "2025-11-10T23:59:59.999");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-11T00:00", 0);
    test_at(o, "2025-11-11T09:00");
    test_open_case(o);
    test_at(o, "2025-11-11T15:00");
    test_check_channels(o, o->officer, NULL);
    test_tick(o, 1, 1);
    test_notice_is(o, "acknowledge_soon", "officer", "waiting", "2025-11-11T15:00");
    test_at(o, "2025-11-13T00:00");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-13T00:00", 1);
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
}

/* ---- PR-16, PR-17 ----------------------------------------------------------------------------------------------------------------- */

/* What the intake form holds, from a person at the counter: who, how to reach him, what about, by which way it came. */
static void the_intake_form_is_filled_at_the_counter(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=walk_in", "external_id=ใบที่ 1", "sender=นายสมชาย ใจดี", "address=12 หมู่ 3 ต.ในเวียง", "text=รอรับยานาน", "sent_at:=1762308000000");
    DO(o, o->officer, "triage", "identity=named");
    DO(o, o->officer, "register");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "part", "complainant", "name"), "นายสมชาย ใจดี");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "part", "complainant", "address"), "12 หมู่ 3 ต.ในเวียง");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_case_messages, "channel", "walk_in", "body"), "รอรับยานาน");
    DO(o, o->officer, "add_complainant", "name=นางสาวแดง", "address=081-000-0000", "channel=phone", "identity=confidential");
    assert_int_equal(test_count(o, o->officer, complaint_desk_parties), 2);
    assert_string_equal(test_cell(o, o->executive, complaint_desk_parties, "identity", "named", "name"), "นายสมชาย ใจดี");
    assert_string_equal(test_cell(o, o->executive, complaint_desk_parties, "identity", "confidential", "name"), "(masked)");
}

static void the_centres_ways_in_are_its_channels(void **state) {
    static const char *const ways[] = {"phone", "fax", "web", "facebook", "line", "email", "letter", "box", "walk_in"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(ways); i++) {
        test_receive(o, ways[i], "เรื่องร้องเรียน");
        DO(o, o->officer, "triage");
        test_text(o, "channel", ways[i]);
    }
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "receive", "channel=tiktok", "external_id=1", "text=x");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(two_rounds_of_the_fiscal_year),
        SCENARIO(the_three_groups_of_the_analysis_are_on_record),
        SCENARIO(thirty_days_from_the_receipt_to_the_closing),
        SCENARIO(waiting_for_the_complainant_does_not_count),
        SCENARIO(the_head_is_warned_seven_days_before),
        SCENARIO(withdrawn_or_transferred_it_is_over),
        SCENARIO(the_head_considers_and_takes_it),
        SCENARIO(it_is_acknowledged_within_a_working_day),
        SCENARIO(the_intake_form_is_filled_at_the_counter),
        SCENARIO(the_centres_ways_in_are_its_channels),
    };
    return cmocka_run_group_tests_name("PR-14.1, PR-14.2, PR-15, PR-16, PR-17: the centre", tests, NULL, NULL);
}
