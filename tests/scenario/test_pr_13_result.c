/* The unit reports within 15 days of its receipt, so that the centre tells the complainant [PR-13]. */
#include "support/desk.h"

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup_phrae, test_office_teardown)

static void send_to(test_office *o, const char *units) {
    test_open_registered(o, "service");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1");
    DO(o, o->officer, "forward", units);
}

static void report(test_office *o, const complaint_actor *who, const char *from_unit) { DO(o, who, "report_result", from_unit, "outcome=resolved", "text=แก้ไขแล้ว"); }

static const char *referral_state(test_office *o, const char *unit) { return test_cell(o, o->officer, complaint_desk_referrals, "unit", unit, "state"); }

/* ---- fifteen days --------------------------------------------------------------------------------------------------------- */

static void fifteen_calendar_days_from_the_units_receipt(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    assert_false(test_clock_of(o, "result").found);
    test_at(o, "2025-11-07T17:00"); /* a Friday after hours: it came when it came, weekends count, the last day does not roll */
    DO(o, o->quality, "accept", "from_unit=quality");
    test_clock_is(o, "result", "running", "2025-11-23T00:00", 0); /* the last day is Saturday the 22nd */
    test_at(o, "2025-11-22T23:59:59.999");
    report(o, o->quality, "from_unit=quality");
    test_clock_is(o, "result", "stopped", "2025-11-23T00:00", 0);
}

/* What was ordered to be examined by the executive himself is reported by him. [PR-12.4] */
static void the_executive_reports_what_he_looks_into_himself(void **state) {
    test_office *o = *state;
    send_to(o, "unit=executive");
    DO(o, o->executive, "accept", "from_unit=executive");
    test_clock_is(o, "result", "running", "2025-11-21T00:00", 0);
    report(o, o->executive, "from_unit=executive");
    test_clock_is(o, "result", "stopped", "2025-11-21T00:00", 0);
}

static void the_first_late_millisecond(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    test_clock_is(o, "result", "running", "2025-11-21T00:00", 0);
    test_at(o, "2025-11-21T00:00");
    report(o, o->quality, "from_unit=quality");
    test_clock_is(o, "result", "stopped", "2025-11-21T00:00", 1);
}

/* The result came in time and was entered later: it is judged by when it came. */
static void what_came_in_time_is_in_time_whenever_it_is_entered(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    test_at(o, "2025-11-25T09:00");
    REFUSED(o, COMPLAINT_E_GUARD, "no_desk_finding", o->officer, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    test_names(o, "หน่วยงานนั้น (on_behalf): quality [PR-13");
    OK(complaint_actor_set_on_behalf(o->officer, "qualitty")); /* what names no unit, or another, is said back */
    REFUSED(o, COMPLAINT_E_GUARD, "no_desk_finding", o->officer, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    test_names(o, "(on_behalf): quality ไม่ใช่ “qualitty” [PR-13");
    test_names(o, "(on_behalf): quality, not “qualitty” [PR-13");
    OK(complaint_actor_set_on_behalf(o->officer, "quality"));
    DO(o, o->officer, "report_result", "from_unit=quality", "outcome=resolved", "text=หนังสือลงวันที่ 20", "paper_no=พร 1/20", "direction=in", "@at=2025-11-20T23:59:59.999");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    test_clock_is(o, "result", "stopped", "2025-11-21T00:00", 0);
    test_clock_is(o, "notify_result", "running", "2025-11-26T00:00", 0); /* from the result: Friday 21, Monday 24, Tuesday 25 */
}

/* The receipt is entered when the complainant has answered: the ten days in which he was waited for are not the unit's. */
static void a_receipt_entered_late_knows_what_stood_still(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    test_at(o, "2025-11-10T09:00");
    DO(o, o->officer, "request_info", "text=ขอข้อมูล", "by_hand=phone");
    test_at(o, "2025-11-20T09:00");
    DO(o, o->officer, "resume");
    DO(o, o->quality, "accept", "from_unit=quality", "@at=2025-11-06T09:00");
    test_clock_is(o, "result", "running", "2025-12-02T00:00", 0); /* the 21st, and ten days */
    test_clock_is(o, "overall", "running", "2025-12-16T00:00", 0);
}

static void each_unit_has_its_own_fifteen_days(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    test_at(o, "2025-11-06T10:00");
    DO(o, o->quality, "accept", "from_unit=quality");
    REFUSED(o, COMPLAINT_E_STATE, "from_unit", o->quality, "accept", "from_unit=quality"); /* once */
    test_at(o, "2025-11-10T10:00");
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->officer, "accept", "from_unit=hr");
    test_names(o, "on_behalf): hr [PR-12.2, PR-13]");
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->quality, "accept", "from_unit=hr"); /* nor does one unit accept for another */
    OK(complaint_actor_set_on_behalf(o->officer, "quality"));
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->officer, "accept", "from_unit=hr");
    test_names(o, "on_behalf): hr ไม่ใช่ “quality” [PR-12.2, PR-13]");
    OK(complaint_actor_set_on_behalf(o->officer, "hr"));
    DO(o, o->officer, "accept", "from_unit=hr", "text=ฝ่ายธุรการ hr แจ้งว่ารับแล้ว");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    assert_int_equal(test_clock_count(o, "result"), 2);
    test_instant_is(test_clock_int(o, "result", 0, "due_at"), "2025-11-22T00:00");
    test_instant_is(test_clock_int(o, "result", 1, "due_at"), "2025-11-26T00:00");
    assert_int_equal(test_clock_int(o, "result", 0, "referral"), 1);
    assert_int_equal(test_clock_int(o, "result", 1, "referral"), 2);
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 1); /* accepted is still to be done */
    test_at(o, "2025-11-22T00:00");
    report(o, o->quality, "from_unit=quality");
    test_text(o, "state", "forwarded"); /* hr is awaited */
    assert_int_equal(test_clock_int(o, "result", 0, "late_ms"), 1);
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 0);
    REFUSED(o, COMPLAINT_E_STATE, "notify_result", o->officer, "notify_result", "text=ยังไม่ครบ", "by_hand=phone");
    test_at(o, "2025-11-25T12:00");
    report(o, o->hr, "from_unit=hr");
    assert_int_equal(test_clock_int(o, "result", 1, "late_ms"), 0);
    test_text(o, "state", "resulted");
    assert_string_equal(referral_state(o, "quality"), "reported");
}

/* What a unit did was done after it had the matter. */
static void nothing_is_done_before_the_matter_was_sent(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1");
    test_at(o, "2025-11-06T10:00");
    DO(o, o->officer, "forward", "unit=quality");
    test_at(o, "2025-11-06T11:00");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->quality, "accept", "from_unit=quality", "@at=2025-11-06T09:59:59.999");
    test_names(o, "quality");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x", "@at=2025-11-06T09:59:59.999");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->quality, "hand_back", "from_unit=quality", "reason=ไม่ใช่หน้าที่", "@at=2025-11-06T09:59:59.999");
    DO(o, o->quality, "accept", "from_unit=quality", "@at=2025-11-06T10:00");
    test_clock_is(o, "result", "running", "2025-11-22T00:00", 0);
}

/* All have reported when the last has, also when another's letter lay about until later: the complainant is told from then on. */
static void the_last_report_counts_in_whatever_order_they_are_entered(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    DO(o, o->quality, "accept", "from_unit=quality");
    DO(o, o->hr, "accept", "from_unit=hr");
    test_at(o, "2025-11-12T10:00");
    report(o, o->hr, "from_unit=hr");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=ลงวันที่ 6", "@at=2025-11-06T10:00");
    test_text(o, "state", "resulted");
    test_instant_is(test_int(o, "resulted_at"), "2025-11-12T10:00");
    test_clock_is(o, "notify_result", "running", "2025-11-18T00:00", 0); /* Thursday 13, Friday 14, Monday 17 */
}

/* ---- extension and interim report, counted apart -------------------------------------------------------------------------- */

static void an_extension_counts_from_the_original_last_day(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    DO(o, o->quality, "accept", "from_unit=quality");
    DO(o, o->hr, "accept", "from_unit=hr");
    test_at(o, "2025-11-18T10:00");
    REFUSED(o, COMPLAINT_E_ROLE, "extend", o->officer, "extend", "from_unit=quality", "days:=7", "reason=รอผลตรวจ");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->executive, "extend", "from_unit=quality", "days:=7");
    REFUSED(o, COMPLAINT_E_REQUIRED, "from_unit", o->executive, "extend", "days:=7", "reason=รอผลตรวจ");
    REFUSED(o, COMPLAINT_E_RANGE, "days", o->executive, "extend", "from_unit=quality", "days:=61", "reason=รอผลตรวจ");
    REFUSED(o, COMPLAINT_E_INVALID, "from_unit", o->executive, "extend", "from_unit=general", "days:=7", "reason=ไม่ได้ส่งไป");
    DO(o, o->executive, "extend", "from_unit=quality", "days:=7", "reason=รอผลตรวจ", "paper_no=พร 0033/21");
    test_instant_is(test_clock_int(o, "result", 0, "due_at"), "2025-11-28T00:00"); /* 20 + 7, not 18 + 7 */
    assert_int_equal(test_clock_int(o, "result", 0, "extended"), 1);
    test_instant_is(test_clock_int(o, "result", 1, "due_at"), "2025-11-21T00:00"); /* the other unit's is as it was */
    assert_int_equal(test_clock_int(o, "result", 1, "extended"), 0);
    DO(o, o->head, "extend", "from_unit=quality", "days:=3", "reason=ยังไม่แล้วเสร็จ");
    test_instant_is(test_clock_int(o, "result", 0, "due_at"), "2025-12-01T00:00");
    assert_int_equal(test_clock_int(o, "result", 0, "extended"), 2);
    test_at(o, "2025-11-30T23:59:59.999");
    report(o, o->quality, "from_unit=quality");
    assert_int_equal(test_clock_int(o, "result", 0, "late_ms"), 0);
}

/* ---- a result that is not the end of it [PR-12.2, PR-15] ------------------------------------------------------------------------ */

/* The unit that was ordered supplements its report; it has fifteen days again, from its receipt. */
static void a_report_that_is_not_enough_goes_back_to_its_unit(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    report(o, o->quality, "from_unit=quality");
    test_at(o, "2025-11-06T09:00");
    DO(o, o->officer, "forward", "unit=quality", "text=ขอให้รายงานเพิ่มเติม");
    test_text(o, "state", "forwarded");
    assert_string_equal(test_clock_of(o, "notify_result").state, "cancelled");
    assert_string_equal(test_clock_of(o, "accept").state, "running");
    DO(o, o->quality, "accept", "from_unit=quality");
    test_clock_is(o, "result", "running", "2025-11-22T00:00", 0);
    assert_int_equal(test_clock_count(o, "result"), 2);
    test_at(o, "2025-11-07T09:00");
    report(o, o->quality, "from_unit=quality");
    test_text(o, "state", "resulted");
    test_clock_is(o, "notify_result", "running", "2025-11-13T00:00", 0);
}

/* Another unit is the executive's to order: the result in hand stays where it is until he has. */
static void another_unit_is_ordered_after_the_result(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    report(o, o->quality, "from_unit=quality");
    DO(o, o->officer, "memo", "text=เห็นควรให้กลุ่มงานบริหารทรัพยากรบุคคลตรวจสอบด้วย");
    test_text(o, "state", "resulted");
    assert_string_equal(test_clock_of(o, "order").state, "running");
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    DO(o, o->executive, "order", "paper_no=2", "unit=hr");
    test_text(o, "state", "resulted");
    assert_string_equal(test_clock_of(o, "order").state, "stopped");
    DO(o, o->officer, "forward", "unit=hr");
    test_text(o, "state", "forwarded");
    DO(o, o->hr, "accept", "from_unit=hr");
    report(o, o->hr, "from_unit=hr");
    test_text(o, "state", "resulted");
    DO(o, o->officer, "notify_result", "text=ผล", "by_hand=phone");
    DO(o, o->officer, "close");
}

/* ---- the receipt ------------------------------------------------------------------------------------------------------------ */

/* The fifteen days begin with the unit's word that it has the matter; so that nobody gets out of them by not giving it, that word is due too. */
static void a_unit_that_does_not_accept_is_reminded_and_the_desk_with_it(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr"); /* Wednesday the 5th: 6, 7, 10 */
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    assert_int_equal(test_clock_count(o, "accept"), 2);
    test_clock_is(o, "accept", "running", "2025-11-11T00:00", 0);
    test_at(o, "2025-11-06T10:00");
    DO(o, o->hr, "accept", "from_unit=hr");
    test_clock_is(o, "accept", "stopped", "2025-11-11T00:00", 0);
    test_at(o, "2025-11-10T08:30");
    test_tick(o, 1, 1);
    test_notice_is(o, "accept_today", "quality", "waiting", "2025-11-10T08:30"); /* hr has given its word */
    test_deliver(o, 5, 0, 0, 0);
    o->sent_count = 0;
    test_at(o, "2025-11-11T08:29:59.999");
    test_tick(o, 0, 0);
    test_at(o, "2025-11-11T08:30"); /* a working day after the last one */
    test_tick(o, 1, 2);
    test_deliver(o, 2, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "quality");
    assert_string_equal(o->sent[0].name, "accept_overdue");
    assert_string_equal(o->sent[1].recipient, "officer");
    assert_string_equal(o->sent[1].name, "accept_overdue_desk");
    assert_non_null(strstr(o->sent[1].body, "กลุ่มงานพัฒนาคุณภาพ")); /* which unit it is */
    test_at(o, "2025-11-12T08:30");
    test_tick(o, 1, 2); /* and again each working day */
    DO(o, o->quality, "report_progress", "from_unit=quality", "text=กำลังดำเนินการ"); /* a word on how it stands is no receipt */
    assert_int_equal(test_clock_int(o, "accept", 0, "stopped_at"), 0);
    DO(o, o->quality, "accept", "from_unit=quality");
    assert_int_equal(test_clock_int(o, "accept", 0, "late_ms"), DAY + (8 * 60 + 30) * MINUTE + 1);
    test_clock_is(o, "result", "running", "2025-11-28T00:00", 0);
    test_at(o, "2025-11-13T08:30");
    test_tick(o, 0, 0);
}

static void a_receipt_of_the_last_moment_is_in_time(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    test_at(o, "2025-11-10T23:59:59.999");
    DO(o, o->quality, "accept", "from_unit=quality");
    test_at(o, "2025-11-11T00:00");
    DO(o, o->hr, "accept", "from_unit=hr");
    assert_int_equal(test_clock_int(o, "accept", 0, "late_ms"), 0);
    assert_int_equal(test_clock_int(o, "accept", 1, "late_ms"), 1);
}

/* So has a unit that the desk does without: nobody is waited for. */
static void who_reports_or_hands_back_has_received_it(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr,legal");
    report(o, o->quality, "from_unit=quality");
    DO(o, o->hr, "hand_back", "from_unit=hr", "reason=ไม่ใช่ภารกิจ");
    DO(o, o->head, "hand_back", "from_unit=legal", "reason=ผลที่ได้เพียงพอแล้ว");
    assert_string_equal(referral_state(o, "legal"), "waived");
    for (int i = 0; i < 3; i++) assert_int_equal(test_clock_int(o, "accept", i, "stopped_at"), o->now);
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=nhso"); /* an agency outside owes the centre no receipt [PR-12.3] */
    assert_false(test_clock_of(o, "accept").found);
}

/* What does not run cannot be extended: nobody is told he has more time when he has not. */
static void what_does_not_run_is_not_extended(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    REFUSED(o, COMPLAINT_E_STATE, "extend", o->executive, "extend", "from_unit=quality", "days:=7", "reason=ยังไม่ลงรับ");
    DO(o, o->quality, "accept", "from_unit=quality");
    DO(o, o->executive, "extend", "from_unit=quality", "days:=7", "reason=รอเอกสาร");
}

static void an_interim_report_is_no_result(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    DO(o, o->quality, "accept", "from_unit=quality");
    DO(o, o->hr, "accept", "from_unit=hr");
    test_at(o, "2025-11-20T23:59:59.999");
    DO(o, o->quality, "report_progress", "from_unit=quality", "text=อยู่ระหว่างสอบข้อเท็จจริง");
    assert_int_equal(test_clock_int(o, "result", 0, "interim"), 1);
    assert_int_equal(test_clock_int(o, "result", 1, "interim"), 0);
    assert_string_equal(test_clock_of(o, "result").state, "running");
    test_text(o, "state", "forwarded");
    test_at(o, "2025-11-21T00:00");
    DO(o, o->hr, "report_progress", "from_unit=hr", "text=ล่าช้า");
    assert_int_equal(test_clock_int(o, "result", 1, "interim"), 0); /* too late to count */
    test_at(o, "2025-11-26T00:00");
    report(o, o->quality, "from_unit=quality");
    assert_int_equal(test_clock_int(o, "result", 0, "interim"), 1); /* met interim, final result late: both are there */
    assert_int_equal(test_clock_int(o, "result", 0, "late_ms"), 5 * DAY + 1);
}

/* ---- handing back, waiving ------------------------------------------------------------------------------------------------- */

static void a_unit_hands_back_and_says_whose_it_is(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->quality, "hand_back", "from_unit=quality", "suggested_unit=insurance");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "suggested_unit", o->quality, "hand_back", "from_unit=quality", "reason=ไม่ใช่ภารกิจ", "suggested_unit=kitchen");
    DO(o, o->quality, "hand_back", "from_unit=quality", "reason=ไม่ใช่ภารกิจ", "suggested_unit=insurance");
    test_last_event(o, "hand_back", "\"suggested_unit\":\"insurance\"");
    test_text(o, "state", "ordered");
    assert_string_equal(referral_state(o, "quality"), "handed_back");
    test_clock_is(o, "result", "stopped", "2025-11-21T00:00", 0);
    test_notice_is(o, "handed_back", "officer", "waiting", "2025-11-05T09:00");
    assert_string_equal(test_clock_of(o, "forward").state, "running"); /* it does not rest at the centre unseen */
    DO(o, o->officer, "forward", "unit=insurance");
    assert_string_equal(test_clock_of(o, "forward").state, "stopped");
    complaint_actor *insurance = test_hire(o, "ins-1", "unit", "insurance");
    DO(o, insurance, "accept", "from_unit=insurance");
    report(o, insurance, "from_unit=insurance");
    test_text(o, "state", "resulted");
}

/* A unit that never answers is done without, for a reason; what the others reported is the result. */
static void the_centre_does_without_a_unit(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    DO(o, o->quality, "accept", "from_unit=quality");
    DO(o, o->hr, "accept", "from_unit=hr");
    report(o, o->quality, "from_unit=quality");
    o->now += 3 * DAY;
    DO(o, o->head, "hand_back", "from_unit=hr", "reason=ผลของกลุ่มงานพัฒนาคุณภาพเพียงพอแล้ว");
    assert_string_equal(referral_state(o, "hr"), "waived");
    assert_string_equal(referral_state(o, "quality"), "reported");
    test_text(o, "state", "resulted"); /* there is a result to be told */
    assert_true(test_clock_of(o, "notify_result").found);
    DO(o, o->officer, "notify_result", "text=ผล", "by_hand=phone");
    DO(o, o->officer, "close");
}

/* The last one sent it back and the others have reported: the centre decides whether somebody else is asked, or that their results are enough. [PR-13] */
static void what_the_others_reported_is_enough_when_the_last_one_sends_it_back(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    DO(o, o->quality, "accept", "from_unit=quality");
    DO(o, o->hr, "accept", "from_unit=hr");
    report(o, o->quality, "from_unit=quality");
    REFUSED(o, COMPLAINT_E_INVALID, "from_unit", o->head, "hand_back", "from_unit=quality", "reason=รายงานแล้ว"); /* it has nothing to be done without for */
    DO(o, o->hr, "hand_back", "from_unit=hr", "reason=ไม่ใช่ภารกิจ");
    test_text(o, "state", "ordered"); /* nobody has decided yet */
    assert_false(test_clock_of(o, "notify_result").found);
    REFUSED(o, COMPLAINT_E_STATE, "notify_result", o->officer, "notify_result", "text=เร็วไป");
    OK(complaint_actor_set_on_behalf(o->officer, "hr"));
    REFUSED(o, COMPLAINT_E_INVALID, "from_unit", o->officer, "hand_back", "from_unit=hr", "reason=อีกครั้ง"); /* the unit itself has nothing left to send back */
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    o->now += DAY;
    DO(o, o->head, "hand_back", "from_unit=hr", "reason=ผลของกลุ่มงานพัฒนาคุณภาพเพียงพอแล้ว");
    assert_string_equal(referral_state(o, "hr"), "waived");
    test_text(o, "state", "resulted");
    test_clock_is(o, "notify_result", "running", "2025-11-12T00:00", 0); /* from the decision on */
    REFUSED(o, COMPLAINT_E_STATE, "hand_back", o->head, "hand_back", "from_unit=hr", "reason=อีกครั้ง");
    DO(o, o->officer, "notify_result", "text=ผล", "by_hand=phone");
    DO(o, o->officer, "close");
}

static void or_somebody_else_is_asked(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    DO(o, o->quality, "accept", "from_unit=quality");
    report(o, o->quality, "from_unit=quality");
    DO(o, o->hr, "hand_back", "from_unit=hr", "reason=ไม่ใช่ภารกิจ");
    DO(o, o->officer, "forward", "unit=insurance");
    DO(o, o->officer, "request_info", "text=ขอข้อมูล", "by_hand=phone");
    DO(o, o->officer, "resume");
    REFUSED(o, COMPLAINT_E_INVALID, "from_unit", o->head, "hand_back", "from_unit=hr", "reason=เพียงพอแล้ว"); /* insurance is waited for now */
    DO(o, o->head, "hand_back", "from_unit=insurance", "reason=เพียงพอแล้ว");
    test_text(o, "state", "resulted");
}

/* Without any result there is nothing that could be enough. */
static void when_all_send_it_back_somebody_has_to_be_asked(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality,hr");
    DO(o, o->quality, "hand_back", "from_unit=quality", "reason=ไม่ใช่ภารกิจ");
    DO(o, o->hr, "hand_back", "from_unit=hr", "reason=ไม่ใช่ภารกิจ");
    test_text(o, "state", "ordered");
    REFUSED(o, COMPLAINT_E_STATE, "hand_back", o->head, "hand_back", "from_unit=hr", "reason=เพียงพอแล้ว");
    test_names(o, "no unit has the matter");
}

static void a_unit_that_is_waited_for_keeps_the_case_open(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    REFUSED(o, COMPLAINT_E_GUARD, "linked_result_before_close", o->officer, "close", "why_not_told=declined");
    DO(o, o->quality, "accept", "from_unit=quality");
    report(o, o->quality, "from_unit=quality");
    DO(o, o->officer, "notify_result", "text=ผล", "by_hand=phone");
    REFUSED(o, COMPLAINT_E_ROLE, "close", o->quality, "close");
    DO(o, o->officer, "close");
}

/* ---- reminders -------------------------------------------------------------------------------------------------------------- */

/* 3 and 1 days before, on the day, every 3 days after; to the unit, at office hours. */
static void the_unit_is_reminded_by_the_clock_table(void **state) {
    static const struct {
        const char *at, *name;
        int leaves;
    } before[] = {{"2025-11-17T08:30", "result_soon", 1}, {"2025-11-19T08:30", "result_soon", 1}, {"2025-11-20T08:30", "result_today", 1},
                  {"2025-11-23T08:30", "result_overdue", 0}, {"2025-11-26T08:30", "result_overdue", 1}, {"2025-11-29T08:30", "result_overdue", 0}}; /* a Sunday and a Saturday wait for Monday */
    test_office *o = *state;
    send_to(o, "unit=quality");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->quality, "accept", "from_unit=quality");
    test_deliver(o, 3, 0, 0, 0);
    for (size_t i = 0; i < COUNT(before); i++) {
        o->now = test_instant(before[i].at) - 1;
        test_tick(o, i == 5, i == 5); /* not a millisecond early; the head hears of the whole matter before the 29th */
        test_at(o, before[i].at);
        test_tick(o, 1, 1);
        test_tick(o, 0, 0); /* once */
        test_notice_is(o, before[i].name, "quality", "waiting", NULL);
        assert_int_equal(test_clock_int(o, "result", 0, "warned"), (int)i + 1);
        o->sent_count = 0;
        test_deliver(o, before[i].leaves, 0, 0, 0);
        if (before[i].leaves) assert_string_equal(o->sent[0].recipient, "quality");
        if (before[i].leaves) assert_non_null(strstr(o->sent[0].body, "กลุ่มงานพัฒนาคุณภาพ"));
    }
    test_notice_is(o, "result_overdue", "quality", "waiting", "2025-12-01T08:30");
    test_at(o, "2025-12-01T08:30");
    test_deliver(o, 2, 0, 0, 0);
    report(o, o->quality, "from_unit=quality");
    test_at(o, "2025-12-03T08:00");
    test_tick(o, 0, 0); /* who has reported is not reminded */
    test_at(o, "2025-12-03T09:00");
    test_tick(o, 1, 1);
    test_notice_is(o, "notify_result_soon", "officer", "waiting", NULL);
}

/* ---- telling the complainant ------------------------------------------------------------------------------------------------ */

static void three_working_days_to_tell_the_complainant(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    test_at(o, "2025-12-03T10:00");
    report(o, o->quality, "from_unit=quality"); /* Wednesday: 4, (5 a holiday), 8, 9 */
    test_clock_is(o, "notify_result", "running", "2025-12-10T00:00", 0);
    DO(o, o->officer, "notify_result", "text=ผล");
    test_at(o, "2025-12-09T23:59:59.999");
    test_deliver(o, 4, 0, 0, 0);
    test_clock_is(o, "notify_result", "stopped", "2025-12-10T00:00", 0);
    send_to(o, "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    report(o, o->quality, "from_unit=quality"); /* Tuesday the 9th: (10 a holiday), 11, 12, 15 */
    test_clock_is(o, "notify_result", "running", "2025-12-16T00:00", 0);
    DO(o, o->officer, "notify_result", "text=ผล");
    test_at(o, "2025-12-16T00:00");
    test_deliver(o, 4, 0, 0, 0);
    test_clock_is(o, "notify_result", "stopped", "2025-12-16T00:00", 1);
}

static void who_cannot_be_reached_is_tried_and_the_tries_are_on_record(void **state) {
    test_office *o = *state;
    send_to(o, "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    report(o, o->quality, "from_unit=quality");
    REFUSED(o, COMPLAINT_E_REQUIRED, "means", o->officer, "attempt", "text=โทรไม่ติด");
    for (int i = 0; i < 3; i++) {
        REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close", "why_not_told=unreachable");
        o->now += DAY;
        DO(o, o->officer, "attempt", "means=phone", "text=โทรไม่ติด");
    }
    test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 0);
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    test_names(o, "PR-13");
    DO(o, o->officer, "close", "why_not_told=unreachable");
    test_text(o, "state", "closed");
    test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(fifteen_calendar_days_from_the_units_receipt),
        SCENARIO(the_executive_reports_what_he_looks_into_himself),
        SCENARIO(the_first_late_millisecond),
        SCENARIO(what_came_in_time_is_in_time_whenever_it_is_entered),
        SCENARIO(a_receipt_entered_late_knows_what_stood_still),
        SCENARIO(each_unit_has_its_own_fifteen_days),
        SCENARIO(nothing_is_done_before_the_matter_was_sent),
        SCENARIO(the_last_report_counts_in_whatever_order_they_are_entered),
        SCENARIO(an_extension_counts_from_the_original_last_day),
        SCENARIO(a_unit_that_does_not_accept_is_reminded_and_the_desk_with_it),
        SCENARIO(a_receipt_of_the_last_moment_is_in_time),
        SCENARIO(who_reports_or_hands_back_has_received_it),
        SCENARIO(what_does_not_run_is_not_extended),
        SCENARIO(an_interim_report_is_no_result),
        SCENARIO(a_unit_hands_back_and_says_whose_it_is),
        SCENARIO(the_centre_does_without_a_unit),
        SCENARIO(what_the_others_reported_is_enough_when_the_last_one_sends_it_back),
        SCENARIO(or_somebody_else_is_asked),
        SCENARIO(when_all_send_it_back_somebody_has_to_be_asked),
        SCENARIO(a_unit_that_is_waited_for_keeps_the_case_open),
        SCENARIO(the_unit_is_reminded_by_the_clock_table),
        SCENARIO(a_report_that_is_not_enough_goes_back_to_its_unit),
        SCENARIO(another_unit_is_ordered_after_the_result),
        SCENARIO(three_working_days_to_tell_the_complainant),
        SCENARIO(who_cannot_be_reached_is_tried_and_the_tries_are_on_record),
    };
    return cmocka_run_group_tests_name("PR-13: the unit's result in 15 days", tests, NULL, NULL);
}
