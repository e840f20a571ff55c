/* Quality of service and procurement: telephone, memorandum, order, unit [PR-12.2]; what affects the office is examined and the complainant told [PR-12.4]. */
#include "support/desk.h"

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup_phrae, test_office_teardown)

static void submit(test_office *o, const char *class_code) {
    test_open_registered(o, class_code);
    DO(o, o->officer, "memo", "text=เสนอเพื่อโปรดพิจารณาสั่งการ");
}

static void order_and_forward(test_office *o, const char *unit_field) {
    DO(o, o->executive, "order", "paper_no=พร 0033/55", "text=มอบหน่วยงานดำเนินการ");
    DO(o, o->officer, "forward", unit_field);
}

static void from_the_complaint_to_the_closing(void **state) {
    test_office *o = *state;
    complaint_actor *general = test_hire(o, "general-1", "unit", "general");
    test_open_case(o);
    DO(o, o->officer, "register");
    assert_int_equal(o->number, 1);
    DO(o, o->officer, "acknowledge", "particle=ครับ");
    DO(o, o->officer, "classify", "class=procurement", "nature=grievance");
    DO(o, o->officer, "contact", "unit=general", "text=โทรแจ้งหัวหน้ากลุ่มงานก่อน");
    test_at(o, "2025-11-05T10:00");
    DO(o, o->officer, "memo", "text=บันทึกข้อความ", "paper_no=พร 0033.001/12", "subject=ร้องเรียนการจัดซื้อ");
    test_text(o, "state", "submitted");
    test_clock_is(o, "order", "running", "2025-11-11T00:00", 0); /* Wednesday: 6, 7, 10 */
    test_at(o, "2025-11-06T10:00");
    DO(o, o->executive, "order", "unit=general", "paper_no=พร 0033/99", "text=ให้ชี้แจง");
    test_text(o, "state", "ordered");
    test_clock_is(o, "order", "stopped", "2025-11-11T00:00", 0);
    DO(o, o->officer, "forward", "unit=general", "paper_no=พร 0033/100");
    test_text(o, "state", "forwarded");
    assert_false(test_clock_of(o, "result").found); /* it runs from the unit's own receipt */
    assert_int_equal(test_worklist(o, general, COMPLAINT_WORK_UNIT, NULL, 0), 1);
    test_at(o, "2025-11-07T10:00");
    DO(o, general, "accept", "from_unit=general");
    test_clock_is(o, "result", "running", "2025-11-23T00:00", 0);
    test_at(o, "2025-11-20T10:00");
    DO(o, general, "report_result", "from_unit=general", "outcome=explained", "text=ดำเนินการถูกต้องตามระเบียบ", "paper_no=พร 0033.2/7", "direction=in");
    test_text(o, "state", "resulted");
    test_clock_is(o, "result", "stopped", "2025-11-23T00:00", 0);
    DO(o, o->officer, "notify_result", "text=หน่วยงานได้ชี้แจงแล้ว");
    test_deliver(o, 5, 0, 0, 0); /* acknowledgement, memo, ordered, to the unit, result */
    DO(o, o->officer, "close");
    test_text(o, "phase", "closed");
    test_clock_is(o, "overall", "stopped", "2025-12-06T00:00", 0);
    assert_int_equal(test_count(o, o->officer, complaint_desk_papers), 4);
    test_log(o, "triage register acknowledge classify contact memo order forward accept report_result notify_result delivered delivered delivered delivered delivered close");
}

/* Every class but information and other people's matters goes by memorandum; the unit hears nothing in writing before the order. */
static void the_memo_comes_first_then_the_order_then_the_unit(void **state) {
    static const char *const classes[] = {"service", "procurement", "personnel", "establishment", "health_threat", "cyber", "other"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(classes); i++) {
        test_open_registered(o, classes[i]);
        REFUSED(o, COMPLAINT_E_GUARD, "order_before_forward", o->officer, "forward", "unit=quality");
        REFUSED(o, COMPLAINT_E_STATE, "order", o->executive, "order", "paper_no=1");
        REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "refer", "unit=nhso");
        REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "memo");
        REFUSED(o, COMPLAINT_E_ROLE, "memo", o->executive, "memo", "text=x");
        DO(o, o->officer, "contact", "unit=quality", "text=โทรแจ้งก่อน");
        DO(o, o->officer, "memo", "text=เสนอ");
        REFUSED(o, COMPLAINT_E_STATE, "forward", o->officer, "forward", "unit=quality");
        test_names(o, "ordered");
        REFUSED(o, COMPLAINT_E_REQUIRED, "paper_no", o->executive, "order", "text=ปากเปล่า");
        order_and_forward(o, "unit=quality");
        test_text(o, "state", "forwarded");
    }
}

static void without_a_class_there_is_no_memo(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register");
    REFUSED(o, COMPLAINT_E_GUARD, "class_before_forward", o->officer, "memo", "text=เสนอ");
    test_names(o, "PR-15");
}

/* The executive signs on paper; the desk enters the order with its number. */
static void the_desk_enters_the_order_with_its_paper(void **state) {
    test_office *o = *state;
    submit(o, "service");
    test_at(o, "2025-11-07T09:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "paper_no", o->officer, "order", "text=ผู้บริหารสั่งแล้ว");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "order", "paper_no=พร 0033/7", "@at=2025-11-07T09:00:00.001");
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->officer, "order", "paper_no=พร 0033/7"); /* whose order it is */
    test_names(o, "on_behalf): executive [PR-12.2, PR-13]");
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->head, "order", "paper_no=พร 0033/7");
    OK(complaint_actor_set_on_behalf(o->officer, "quality"));
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->officer, "order", "paper_no=พร 0033/7"); /* a unit orders nothing */
    OK(complaint_actor_set_on_behalf(o->officer, "exectuive"));
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->officer, "order", "paper_no=พร 0033/7");
    OK(complaint_actor_set_on_behalf(o->officer, "executive"));
    DO(o, o->officer, "order", "paper_no=พร 0033/7", "paper_date:=1762362000000", "signer=นพ.สสจ.แพร่", "text=มอบกลุ่มงานพัฒนาคุณภาพ", "@at=2025-11-06T15:00");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    test_clock_is(o, "order", "stopped", "2025-11-11T00:00", 0);
    test_instant_is(test_clock_of(o, "order").stopped_at, "2025-11-06T15:00");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_papers, "paper_no", "พร 0033/7", "signer"), "นพ.สสจ.แพร่");
    DO(o, o->officer, "forward", "unit=quality");
}

/* Nor does the desk enter an order of somebody who must not see the matter. */
static void nobody_enters_the_word_of_who_is_concerned(void **state) {
    test_office *o = *state;
    submit(o, "service");
    DO(o, o->officer, "recuse", "concerned_unit=executive", "reason=ร้องเรียนผู้บริหาร");
    OK(complaint_actor_set_on_behalf(o->officer, "executive"));
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf", o->officer, "order", "paper_no=พร 0033/7");
    OK(complaint_actor_set_on_behalf(o->officer, "inspector"));
    DO(o, o->officer, "order", "paper_no=สธ 0211/7", "text=ให้ตรวจสอบ");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
}

static void the_order_is_in_time_until_the_last_millisecond_of_the_third_working_day(void **state) {
    test_office *o = *state;
    test_at(o, "2025-12-03T10:00"); /* Wednesday: Thursday 4, (5 a holiday), Monday 8, Tuesday 9 */
    submit(o, "service");
    test_clock_is(o, "order", "running", "2025-12-10T00:00", 0);
    test_at(o, "2025-12-09T23:59:59.999");
    DO(o, o->executive, "order", "paper_no=1");
    test_clock_is(o, "order", "stopped", "2025-12-10T00:00", 0);
    test_at(o, "2025-12-03T10:00");
    o->now = test_instant("2025-12-11T10:00"); /* Thursday: 12, 15, 16 */
    submit(o, "service");
    test_clock_is(o, "order", "running", "2025-12-17T00:00", 0);
    test_at(o, "2025-12-17T00:00");
    DO(o, o->executive, "order", "paper_no=2");
    test_clock_is(o, "order", "stopped", "2025-12-17T00:00", 1);
}

/* The executive may order again: another unit, more to do; what is ordered first counts for the clock. */
static void an_order_may_be_followed_by_another(void **state) {
    test_office *o = *state;
    submit(o, "service");
    DO(o, o->executive, "order", "paper_no=1", "text=ให้ชี้แจง");
    DO(o, o->executive, "order", "paper_no=2", "text=ให้ชี้แจงเพิ่มเติม");
    test_text(o, "state", "ordered");
    assert_int_equal(test_clock_count(o, "order"), 1);
    DO(o, o->officer, "forward", "unit=quality,hr");
    assert_int_equal(test_count(o, o->officer, complaint_desk_referrals), 2);
}

/* Each unit is told of its own referral, by its own name. [PR-12.2] */
static void each_unit_is_told_by_its_name(void **state) {
    test_office *o = *state;
    submit(o, "service");
    order_and_forward(o, "unit=quality,hr");
    test_deliver(o, 4, 0, 0, 0); /* memo, ordered, and one to each unit */
    assert_string_equal(o->sent[2].name, "to_unit");
    assert_string_equal(o->sent[2].recipient, "quality");
    assert_non_null(strstr(o->sent[2].body, "กลุ่มงานพัฒนาคุณภาพ"));
    assert_string_equal(o->sent[3].recipient, "hr");
    assert_non_null(strstr(o->sent[3].body, "กลุ่มงานบริหารทรัพยากรบุคคล"));
    assert_string_not_equal(o->sent[2].intent, o->sent[3].intent);
}

/* ---- what affects the office [PR-12.4] ------------------------------------------------------------------------------------ */

static void what_affects_the_office_is_ordered_to_be_examined(void **state) {
    static const char *const flags[] = {"flag=office_impact", "flag=corruption"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(flags); i++) {
        test_receive(o, "letter", "ขอให้ตรวจสอบความโปร่งใสในการจัดซื้อจัดจ้าง");
        DO(o, o->officer, "triage");
        DO(o, o->officer, "register");
        DO(o, o->officer, "classify", "class=procurement");
        DO(o, o->officer, "flag", flags[i]);
        test_notice_is(o, "flag_to_head", "head", "waiting", "2025-11-05T09:00");
        DO(o, o->officer, "memo", "text=เสนอเพื่อโปรดพิจารณา");
        REFUSED(o, COMPLAINT_E_GUARD, "examination_when_flagged", o->executive, "order", "paper_no=1");
        test_names(o, "PR-12.4");
        REFUSED(o, COMPLAINT_E_GUARD, "examination_when_flagged", o->executive, "order", "paper_no=1", "examination:=0");
        REFUSED(o, COMPLAINT_E_GUARD, "examination_when_flagged", o->officer, "order", "paper_no=1");
        DO(o, o->executive, "order", "paper_no=1", "examination:=1", "text=ตั้งกรรมการตรวจสอบ");
        test_last_event(o, "order", "\"examination\":1");
        DO(o, o->officer, "forward", "unit=legal");
    }
}

/* A class that would go its own way goes by memorandum too when it affects the office. */
static void whatever_its_class_it_goes_by_memorandum(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "memo", "text=เสนอ");
    DO(o, o->officer, "flag", "flag=corruption");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1", "examination:=1");
    test_text(o, "state", "ordered");
}

/* The unit may tell the complainant itself; the centre records it with the copy. */
static void the_complainant_is_told_by_the_centre_or_by_the_unit_with_a_copy(void **state) {
    static const char *const by[] = {"by_hand=phone", "by_hand=by_unit"};
    test_office *o = *state;
    complaint_actor *legal = test_hire(o, "legal-1", "unit", "legal");
    for (size_t i = 0; i < COUNT(by); i++) {
        test_open_registered(o, "procurement");
        DO(o, o->officer, "flag", "flag=office_impact");
        DO(o, o->officer, "memo", "text=เสนอ");
        DO(o, o->executive, "order", "paper_no=1", "examination:=1");
        DO(o, o->officer, "forward", "unit=legal");
        DO(o, legal, "accept", "from_unit=legal");
        DO(o, legal, "report_result", "from_unit=legal", "outcome=partly", "text=ปรับปรุงแล้ว");
        REFUSED(o, COMPLAINT_E_ROLE, "notify_result", legal, "notify_result", "text=ผล", by[i]);
        REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
        DO(o, o->officer, "notify_result", "text=ผลการตรวจสอบ", by[i], "paper_no=สำเนาที่ 5/2568", "direction=in");
        test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 0);
        test_text(o, "state", "told");
        assert_string_equal(test_cell(o, o->officer, complaint_desk_papers, "paper_no", "สำเนาที่ 5/2568", "direction"), "in");
        DO(o, o->officer, "close");
    }
}

static void the_executive_may_not_take_it_and_says_why(void **state) {
    test_office *o = *state;
    submit(o, "service");
    REFUSED(o, COMPLAINT_E_GUARD, "no_desk_reject", o->officer, "reject", "grounds=decided", "text=x");
    REFUSED(o, COMPLAINT_E_GUARD, "no_desk_reject", o->head, "reject", "grounds=decided", "text=x");
    DO(o, o->executive, "reject", "grounds=decided", "text=เคยแจ้งผลแล้ว", "paper_no=3");
    test_text(o, "phase", "rejected");
    assert_string_equal(test_clock_of(o, "order").state, "cancelled");
    assert_string_equal(test_clock_of(o, "overall").state, "cancelled");
    test_deliver(o, 2, 0, 0, 0);
    assert_int_equal(test_int(o, "told_at"), o->now);
}

/* The order goes to one unit; what came back from it goes to another by another order only. */
static void the_unit_is_the_one_that_was_ordered(void **state) {
    test_office *o = *state;
    submit(o, "service");
    DO(o, o->executive, "order", "paper_no=1", "unit=quality");
    REFUSED(o, COMPLAINT_E_GUARD, "ordered_unit", o->officer, "forward", "unit=hr");
    test_names(o, "PR-12.2");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "hand_back", "from_unit=quality", "reason=ไม่เกี่ยวข้อง", "suggested_unit=hr");
    REFUSED(o, COMPLAINT_E_GUARD, "ordered_unit", o->officer, "forward", "unit=hr");
    DO(o, o->executive, "order", "paper_no=2", "unit=hr");
    DO(o, o->officer, "forward", "unit=hr");
    test_text(o, "state", "forwarded");
}

/* What the head wants to be changed before it goes out waits for his second word, whatever its way. */
static void what_the_head_wants_changed_is_not_sent_outside(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->head, "consider", "decision=changed", "text=ตรวจสอบอำนาจหน้าที่อีกครั้ง");
    REFUSED(o, COMPLAINT_E_GUARD, "agreed_before_forward", o->officer, "refer", "unit=nhso");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "refer", "unit=nhso");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(from_the_complaint_to_the_closing),
        SCENARIO(the_memo_comes_first_then_the_order_then_the_unit),
        SCENARIO(without_a_class_there_is_no_memo),
        SCENARIO(the_desk_enters_the_order_with_its_paper),
        SCENARIO(nobody_enters_the_word_of_who_is_concerned),
        SCENARIO(the_order_is_in_time_until_the_last_millisecond_of_the_third_working_day),
        SCENARIO(an_order_may_be_followed_by_another),
        SCENARIO(each_unit_is_told_by_its_name),
        SCENARIO(what_affects_the_office_is_ordered_to_be_examined),
        SCENARIO(whatever_its_class_it_goes_by_memorandum),
        SCENARIO(the_complainant_is_told_by_the_centre_or_by_the_unit_with_a_copy),
        SCENARIO(the_executive_may_not_take_it_and_says_why),
        SCENARIO(the_unit_is_the_one_that_was_ordered),
        SCENARIO(what_the_head_wants_changed_is_not_sent_outside),
    };
    return cmocka_run_group_tests_name("PR-12.2, PR-12.4: memorandum and order", tests, NULL, NULL);
}
