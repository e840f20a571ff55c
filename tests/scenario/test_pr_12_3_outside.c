/* What is not the office's to do goes to the agency that has it [PR-12.3]; an agency is reminded, never late. */
#include "support/desk.h"

#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup_phrae, test_office_teardown)

static void coordination_by_telephone_counts(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=nhso", "means=phone", "text=โทรประสาน 1330 รับเรื่องแล้ว");
    test_text(o, "state", "referred");
    test_text(o, "phase", "transferred");
    test_clock_is(o, "overall", "stopped", "2025-12-06T00:00", 0); /* transferred */
    assert_int_equal(test_count(o, o->officer, complaint_desk_papers), 0);
}

static void the_target_is_an_agency_outside_by_name(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    REFUSED(o, COMPLAINT_E_REQUIRED, "unit", o->officer, "refer", "text=ไปที่อื่น");
    REFUSED(o, COMPLAINT_E_GUARD, "transfer_needs_target", o->officer, "refer", "unit=quality");
    test_names(o, "PR-12.3");
    REFUSED(o, COMPLAINT_E_GUARD, "transfer_needs_target", o->officer, "refer", "unit=nhso,quality");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "unit", o->officer, "refer", "unit=bangkok");
    REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "forward", "unit=quality");
    REFUSED(o, COMPLAINT_E_ROLE, "refer", o->executive, "refer", "unit=nhso");
    DO(o, o->officer, "refer", "unit=nhso", "paper_no=พร 0033/8");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_referrals, "unit", "nhso", "kind"), "refer");
}

static void only_a_matter_of_others_is_referred(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "refer", "unit=nhso");
    test_names(o, "PR-12.3");
    test_open_case(o);
    DO(o, o->officer, "register");
    REFUSED(o, COMPLAINT_E_GUARD, "class_before_forward", o->officer, "refer", "unit=nhso");
}

/* It is asked how it stands as often as one likes; no clock of the unit's time runs, however long it takes. */
static void an_agency_is_reminded_never_late(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->officer, "refer", "unit=nhso");
    REFUSED(o, COMPLAINT_E_INVALID, "unit", o->officer, "follow_up", "unit=hr"); /* which has nothing of it */
    REFUSED(o, COMPLAINT_E_INVALID, "unit", o->officer, "follow_up", "unit=nhso,hr");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "follow_up", "unit=nhso", "@at=2025-11-05T08:59:59.999");
    for (int month = 0; month < 6; month++) {
        o->now += 30 * DAY;
        DO(o, o->officer, "follow_up", "unit=nhso", "means=phone", "text=ยังไม่มีคำตอบ");
        test_tick(o, 0, 0);
    }
    assert_false(test_clock_of(o, "result").found);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_DUE, NULL, 0), 1); /* to be asked again */
    OK(complaint_actor_set_on_behalf(o->officer, "nhso"));
    DO(o, o->officer, "report_progress", "from_unit=nhso", "text=อยู่ระหว่างตรวจสอบ", "paper_no=สปสช 1/2569");
    DO(o, o->officer, "report_result", "from_unit=nhso", "outcome=resolved", "text=คืนเงินแล้ว");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    test_text(o, "state", "resulted");
    assert_false(test_clock_of(o, "result").found);
    DO(o, o->officer, "notify_result", "text=สปสช. คืนเงินแล้ว");
    test_deliver(o, 1, 0, 0, 0);
    DO(o, o->officer, "close");
}

/* Nobody has to think of it: the officer is reminded to ask, by name of the agency and day, again and again until he has asked, or there is an answer. [PR-13] */
static void the_officer_is_reminded_to_ask_the_agency(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->officer, "refer", "unit=nhso");
    test_clock_is(o, "follow_up", "running", "2025-11-21T00:00", 0); /* 15 days */
    test_at(o, "2025-11-20T08:30");
    test_tick(o, 1, 1);
    test_notice_is(o, "follow_up_soon", "officer", "waiting", "2025-11-20T08:30");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].body, "เรื่องร้องเรียน เลขทะเบียน 1/2569 ที่สำนักงานหลักประกันสุขภาพแห่งชาติ เขต ครบกำหนดติดตามวันที่ 20 พฤศจิกายน 2568 โปรดติดตามและบันทึกการติดตาม");
    test_at(o, "2025-11-27T08:30");
    test_tick(o, 1, 1); /* not asked yet */
    DO(o, o->officer, "follow_up", "unit=nhso", "means=phone", "text=ยังไม่มีคำตอบ");
    test_clock_is(o, "follow_up", "running", "2025-12-13T00:00", 0);
    OK(complaint_actor_set_on_behalf(o->officer, "nhso"));
    DO(o, o->officer, "report_result", "from_unit=nhso", "outcome=resolved", "text=คืนเงินแล้ว");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    assert_string_equal(test_clock_of(o, "follow_up").state, "stopped");
}

/* The answer of the agency is not waited for: it is enough that the complainant knows who has his matter. */
/* [PR-13] the head of the centre is content with what the agency said it would do. */
static void the_head_waives_asking_the_agency_again(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=nhso");
    assert_string_equal(test_clock_of(o, "follow_up").state, "running");
    DO(o, o->head, "consider", "decision=no_follow_up", "text=สปสช. รับเรื่องและจะตอบผู้ร้องเอง");
    assert_string_equal(test_clock_of(o, "follow_up").state, "cancelled");
}

static void a_referred_matter_is_closed_when_he_knows_who_has_it(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=nhso,damrongdhama");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    DO(o, o->officer, "notify_result", "text=ส่งเรื่องให้ สปสช. แล้ว", "by_hand=phone");
    DO(o, o->officer, "close");
}

/* That he knows who has his matter is no result: it stays with the agency, and what that reports he is told again. */
static void who_was_told_of_the_referral_is_told_of_the_result(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=nhso,damrongdhama");
    DO(o, o->officer, "notify_result", "text=ส่งเรื่องให้ สปสช. แล้ว", "by_hand=phone");
    test_text(o, "state", "referred");
    test_text(o, "phase", "transferred");
    assert_int_equal(test_int(o, "told_at"), o->now);
    o->now += 30 * DAY;
    OK(complaint_actor_set_on_behalf(o->officer, "nhso"));
    DO(o, o->officer, "report_result", "from_unit=nhso", "outcome=resolved", "text=คืนเงินแล้ว");
    OK(complaint_actor_set_on_behalf(o->officer, "damrongdhama"));
    DO(o, o->officer, "hand_back", "from_unit=damrongdhama", "reason=ไม่อยู่ในอำนาจ"); /* an agency may send it back: then it is the centre's again */
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    test_text(o, "state", "registered");
    DO(o, o->officer, "hand_back", "from_unit=damrongdhama", "reason=คำตอบของ สปสช. เพียงพอแล้ว");
    test_text(o, "state", "resulted");
    assert_int_equal(test_int(o, "told_at"), 0);
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    DO(o, o->officer, "notify_result", "text=สปสช. คืนเงินแล้ว", "by_hand=phone");
    test_text(o, "state", "told");
    DO(o, o->officer, "close");
}

/* Closed or reopened, it was the agency's turn then and is ours now: what it was asked does not hold up the units. */
static void reopened_it_may_turn_out_to_be_ours(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=nhso");
    o->now += DAY;
    DO(o, o->officer, "reopen", "reason=สปสช. แจ้งว่าเป็นเรื่องของโรงพยาบาล");
    test_text(o, "state", "registered");
    test_clock_is(o, "overall", "running", "2025-12-07T00:00", 0);
    DO(o, o->officer, "classify", "class=service");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    test_text(o, "state", "resulted");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    DO(o, o->officer, "close");
    DO(o, o->officer, "reopen", "reason=ร้องอีกครั้ง");
    DO(o, o->officer, "classify", "class=out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=nhso"); /* a new cycle may ask it again */
    DO(o, o->officer, "close", "why_not_told=declined");
}

/* What the executive finds to be somebody else's, or a unit hands back as such, does not have to be ordered to a unit first. */
static void an_ordered_matter_may_turn_out_to_be_outside(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1", "text=ให้ประสาน สปสช.");
    REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "refer", "unit=nhso");
    DO(o, o->officer, "classify", "class=out_of_jurisdiction", "reason=เป็นเรื่องสิทธิการรักษา");
    DO(o, o->officer, "refer", "unit=nhso");
    test_text(o, "state", "referred");
    assert_string_equal(test_clock_of(o, "overall").state, "stopped");
    DO(o, o->officer, "notify_result", "text=ส่งเรื่องให้ สปสช. แล้ว", "by_hand=phone");
    DO(o, o->officer, "close");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(coordination_by_telephone_counts),
        SCENARIO(the_target_is_an_agency_outside_by_name),
        SCENARIO(only_a_matter_of_others_is_referred),
        SCENARIO(an_agency_is_reminded_never_late),
        SCENARIO(the_officer_is_reminded_to_ask_the_agency),
        SCENARIO(the_head_waives_asking_the_agency_again),
        SCENARIO(a_referred_matter_is_closed_when_he_knows_who_has_it),
        SCENARIO(who_was_told_of_the_referral_is_told_of_the_result),
        SCENARIO(an_ordered_matter_may_turn_out_to_be_outside),
        SCENARIO(reopened_it_may_turn_out_to_be_ours),
    };
    return cmocka_run_group_tests_name("PR-12.3: outside agencies", tests, NULL, NULL);
}
