/* Telling the complainant the result and closing [CR-T6]. */
#include "support/desk.h"

#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static void open_resulted(test_office *o) {
    test_open_forwarded(o);
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=เพิ่มจุดคัดกรอง");
}

static void nothing_is_told_before_there_is_a_result(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    REFUSED(o, COMPLAINT_E_STATE, "notify_result", o->officer, "notify_result", "text=เร็วไป");
    test_names(o, "resulted");
    REFUSED(o, COMPLAINT_E_GUARD, "linked_result_before_close", o->officer, "close", "why_not_told=unreachable");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แล้วเสร็จ");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "notify_result");
    REFUSED(o, COMPLAINT_E_ROLE, "notify_result", o->quality, "notify_result", "text=หน่วยงานแจ้งเอง");
    test_names(o, "officer, head");
}

/* What comes too late is refused without the advice to send the matter out again for it. */
static void a_finished_matter_is_not_advised_to_go_out_again(void **state) {
    test_office *o = *state;
    open_resulted(o);
    REFUSED(o, COMPLAINT_E_STATE, "follow_up", o->officer, "follow_up");
    test_no_text(test_why(o), "do first");
    DO(o, o->officer, "notify_result", "text=ผล", "by_hand=phone");
    REFUSED(o, COMPLAINT_E_STATE, "classify", o->officer, "classify", "class=personnel");
    test_names(o, "possible in received, registered, forwarded, resulted [");
    test_no_text(test_why(o), "do first");
    DO(o, o->officer, "close");
    REFUSED(o, COMPLAINT_E_STATE, "forward", o->officer, "forward", "unit=quality");
    test_names(o, "do first: reopen"); /* which asks for its reason */
}

static void the_result_is_told_then_closed(void **state) {
    test_office *o = *state;
    open_resulted(o);
    test_clock_is(o, "notify_result", "running", "2025-11-11T00:00", 0); /* Wednesday 5: 6, 7, 10 */
    DO(o, o->officer, "notify_result", "text=ได้เพิ่มจุดคัดกรองแล้ว");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close"); /* sent is not told */
    test_names(o, "CR-T6");
    test_at(o, "2025-11-10T23:59:59.999");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].body, "สำนักงานสาธารณสุขจังหวัดเชียงราย ขอแจ้งผลการดำเนินการเรื่องที่ท่านแจ้งไว้ ดังนี้ ได้เพิ่มจุดคัดกรองแล้ว");
    assert_int_equal(test_int(o, "told_at"), o->now);
    test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 0);
    REFUSED(o, COMPLAINT_E_ROLE, "close", o->quality, "close");
    DO(o, o->officer, "close");
    test_text(o, "state", "closed");
    test_text(o, "phase", "closed");
    assert_int_equal(test_int(o, "closed_at"), o->now);
    test_log(o, "triage register classify forward delivered report_result notify_result delivered close");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, NULL, 0), 0);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_DUE, NULL, 0), 0);
}

static void nothing_was_told_before_the_result_was_in_hand(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    test_at(o, "2025-11-06T10:00");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=เพิ่มจุดคัดกรอง");
    test_at(o, "2025-11-07T10:00");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "notify_result", "text=ผล", "by_hand=phone", "@at=2025-11-06T09:59:59.999");
    test_names(o, "result");
    DO(o, o->officer, "notify_result", "text=ผล");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "contact", "text=แจ้งแล้ว", "notice:=2", "by_hand=phone", "@at=2025-11-06T09:59:59.999");
    DO(o, o->officer, "contact", "text=แจ้งทางโทรศัพท์", "notice:=2", "by_hand=phone", "@at=2025-11-07T10:00");
    test_clock_is(o, "notify_result", "stopped", "2025-11-12T00:00", 0);
}

static void a_result_told_late_is_late_by_a_millisecond(void **state) {
    test_office *o = *state;
    open_resulted(o);
    DO(o, o->officer, "notify_result", "text=ผล");
    test_at(o, "2025-11-11T00:00");
    test_deliver(o, 1, 0, 0, 0);
    test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 1);
}

static void who_cannot_be_told_is_closed_with_the_reason(void **state) {
    static const char *const reasons[] = {"why_not_told=declined"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(reasons); i++) {
        open_resulted(o);
        REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close", "why_not_told=anonymous");
        test_names(o, "CR-T6"); /* the desk knows him */
        REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close", "reason=ไม่มีเหตุ");
        REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "why_not_told", o->officer, "close", "why_not_told=lazy");
        test_names(o, "lazy");
        DO(o, o->officer, "close", reasons[i], "reason=ไม่ประสงค์");
        test_text(o, "state", "closed");
        assert_int_equal(test_int(o, "told_at"), 0);
        test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 0); /* the reason why he cannot be told ends the obligation too */
    }
}

/* That he is out of reach is shown by the attempts to reach him. */
static void who_is_out_of_reach_was_tried_often_enough(void **state) {
    test_office *o = *state;
    open_resulted(o);
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close", "why_not_told=unreachable");
    test_names(o, "0 attempts to tell him are on record, 3 are needed, 3 are missing [CR-T6, ours]");
    test_names(o, "ขาดอีก 3 ครั้ง");
    DO(o, o->officer, "attempt", "means=phone", "text=ไม่รับสาย");
    DO(o, o->officer, "attempt", "means=message", "text=ไม่อ่าน");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close", "why_not_told=unreachable");
    test_names(o, "2 attempts to tell him are on record, 3 are needed, 1 are missing");
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    test_at(o, "2025-11-10T15:00");
    DO(o, o->officer, "attempt", "means=phone", "text=เลขหมายไม่มีผู้ใช้");
    test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 0); /* what could be done was done in time */
    test_instant_is(test_clock_of(o, "notify_result").stopped_at, "2025-11-10T15:00");
    test_at(o, "2025-11-20T09:00");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close"); /* and still it is said why */
    DO(o, o->officer, "close", "why_not_told=unreachable", "reason=โทรสามครั้ง");
    test_text(o, "state", "closed");
    assert_int_equal(test_int(o, "told_at"), 0);
}

/* Who could not be reached while there was nothing to tell is tried again when there is. */
static void attempts_count_from_the_result(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    for (int i = 0; i < 3; i++) DO(o, o->officer, "attempt", "means=phone", "text=ขอข้อมูลเพิ่ม ไม่รับสาย");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close", "why_not_told=unreachable");
    test_names(o, "3 are missing");
    for (int i = 0; i < 3; i++) DO(o, o->officer, "attempt", "means=phone");
    DO(o, o->officer, "close", "why_not_told=unreachable");
    DO(o, o->officer, "reopen", "reason=ขอให้ทบทวน"); /* a new cycle has a result of its own to tell */
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close", "why_not_told=unreachable");
    test_names(o, "3 are missing");
}

static void a_refused_delivery_becomes_work_and_is_told_by_other_means(void **state) {
    test_office *o = *state;
    int64_t cases[1];
    open_resulted(o);
    DO(o, o->officer, "notify_result", "text=ผลการดำเนินการ");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, cases, 1), 1);
    assert_int_equal(cases[0], o->case_id);
    test_log(o, "triage register classify forward delivered report_result notify_result refused");
    assert_int_equal(test_int(o, "told_at"), 0);
    o->now += DAY;
    test_deliver(o, 0, 0, 0, 0); /* never again by this way */
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    DO(o, o->officer, "notify_result", "text=ผลการดำเนินการ", "by_hand=phone");
    assert_int_equal(test_int(o, "told_at"), o->now);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0); /* the work is done */
    DO(o, o->officer, "close");
}

static void refused_work_ends_with_the_case(void **state) {
    test_office *o = *state;
    open_resulted(o);
    DO(o, o->officer, "notify_result", "text=ผลการดำเนินการ");
    DO(o, o->officer, "flag", "flag=urgent");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 2);
    for (int i = 0; i < 3; i++) DO(o, o->officer, "attempt", "means=phone", "text=โทรแล้วไม่รับสาย");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 2);
    DO(o, o->officer, "close", "why_not_told=unreachable");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
}

static void an_answer_that_was_refused_is_told_by_hand(void **state) {
    test_office *o = *state;
    test_open_registered(o, "information_request");
    DO(o, o->officer, "answer", "answer=given", "text=เปิด 8.30 น.");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
    DO(o, o->officer, "notify_result", "text=เปิด 8.30 น.", "by_hand=phone");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    DO(o, o->officer, "close");
}

static void a_refused_acknowledgement_is_given_by_other_means(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge"); /* on its way */
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    test_clock_is(o, "acknowledge", "running", "2025-11-07T00:00", 0);
    DO(o, o->officer, "acknowledge", "by_hand=letter");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", 0);
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge", "by_hand=letter"); /* once is enough */
    assert_int_equal(o->sent_count, 1);
}

static void nothing_moves_in_a_closed_case_but_the_telephone(void **state) {
    static const char *const verbs[][2] = {
        {"register", NULL},       {"acknowledge", NULL},      {"classify", "class=other"}, {"flag", "flag=urgent"},     {"consider", "decision=agreed"},   {"forward", "unit=hr"},
        {"refer", "unit=police"}, {"answer", "answer=given"}, {"follow_up", NULL},         {"notify_result", "text=x"}, {"close", "why_not_told=declined"}};
    test_office *o = *state;
    open_resulted(o);
    DO(o, o->officer, "close", "why_not_told=declined");
    int64_t revision = test_int(o, "revision");
    for (size_t i = 0; i < COUNT(verbs); i++) {
        test_expect(o, test_act(o, o->head, verbs[i][0], verbs[i][1], NULL), COMPLAINT_E_STATE, verbs[i][0], __FILE__, __LINE__);
        test_names(o, "closed");
    }
    assert_int_equal(test_int(o, "revision"), revision);
    DO(o, o->officer, "contact", "text=ผู้ร้องโทรมาขอบคุณ");
    DO(o, o->executive, "note", "text=รับทราบ");
    test_text(o, "state", "closed");
}

static void a_letter_still_waiting_leaves_after_the_closing(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=police");
    DO(o, o->officer, "close", "why_not_told=declined");
    test_deliver(o, 1, 0, 0, 0);
    test_text(o, "state", "closed");
    assert_int_equal(test_int(o, "acknowledged_at"), o->now);
}

/* ---- a result that is not the end of it [CR-4.2.4, CR-N] ---------------------------------------------------------------------- */

/* The section has no authority to settle the matter itself: what is missing it asks of the unit, once more. */
static void a_result_that_does_not_answer_goes_back_to_its_unit(void **state) {
    test_office *o = *state;
    open_resulted(o);
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    test_at(o, "2025-11-06T10:00");
    DO(o, o->officer, "forward", "unit=quality", "days:=3", "text=ยังไม่ตอบประเด็นระยะเวลารอ");
    test_text(o, "state", "forwarded");
    assert_string_equal(test_clock_of(o, "notify_result").state, "cancelled");        /* there is nothing to be told yet */
    test_clock_is(o, "follow_up", "running", "2025-11-12T00:00", 0);                   /* Thursday: 7, 10, 11 */
    assert_int_equal(test_clock_count(o, "forward"), 1);                               /* CR-T4 was met with the first forwarding */
    assert_int_equal(test_count(o, o->officer, complaint_desk_referrals), 2);          /* both stay on record */
    REFUSED(o, COMPLAINT_E_STATE, "notify_result", o->officer, "notify_result", "text=x");
    REFUSED(o, COMPLAINT_E_GUARD, "referrals_before_close", o->officer, "close", "why_not_told=declined");
    REFUSED(o, COMPLAINT_E_INVALID, "unit", o->officer, "forward", "unit=quality");    /* it has it already */
    test_at(o, "2025-11-07T10:00");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=explained", "text=ชี้แจงเพิ่มเติม");
    test_text(o, "state", "resulted");
    test_instant_is(test_int(o, "resulted_at"), "2025-11-07T10:00");
    assert_string_equal(test_clock_of(o, "follow_up").state, "stopped");
    test_clock_is(o, "notify_result", "running", "2025-11-13T00:00", 0); /* Friday: 10, 11, 12 */
    DO(o, o->officer, "notify_result", "text=ผล");
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    DO(o, o->officer, "close");
}

/* Who was told already is told what the other unit finds as well. */
static void another_unit_is_asked_after_the_complainant_was_told(void **state) {
    test_office *o = *state;
    open_resulted(o);
    DO(o, o->officer, "notify_result", "text=ผลของหน่วยงานแรก");
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    assert_int_not_equal(test_int(o, "told_at"), 0);
    DO(o, o->officer, "forward", "unit=hr");
    test_text(o, "state", "forwarded");
    DO(o, o->hr, "report_result", "from_unit=hr", "outcome=resolved", "text=ดำเนินการแล้ว");
    test_text(o, "state", "resulted");
    assert_int_equal(test_int(o, "told_at"), 0);
    assert_int_equal(test_clock_count(o, "notify_result"), 2);
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    DO(o, o->officer, "notify_result", "text=ผลของหน่วยงานที่สอง");
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    assert_string_equal(test_clock_of(o, "notify_result").state, "stopped");
    DO(o, o->officer, "close");
}

/* Done without after all: what was told stands, and is not owed again. */
static void what_was_told_stands_when_the_other_unit_is_done_without(void **state) {
    test_office *o = *state;
    open_resulted(o);
    DO(o, o->officer, "notify_result", "text=ผล");
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    DO(o, o->officer, "forward", "unit=hr");
    DO(o, o->officer, "hand_back", "from_unit=hr", "reason=ส่งผิดหน่วยงาน");
    test_text(o, "state", "resulted");
    assert_int_equal(test_clock_count(o, "notify_result"), 1);
    DO(o, o->officer, "close");
    /* not told yet: it is owed again */
    open_resulted(o);
    DO(o, o->officer, "forward", "unit=hr");
    DO(o, o->officer, "hand_back", "from_unit=hr", "reason=ส่งผิดหน่วยงาน");
    test_text(o, "state", "resulted");
    assert_int_equal(test_clock_count(o, "notify_result"), 2);
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    DO(o, o->officer, "close", "why_not_told=declined");
}

/* The unit found that it is somebody's outside. */
static void a_result_that_shows_whose_it_is_goes_outside(void **state) {
    test_office *o = *state;
    open_resulted(o);
    REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "refer", "unit=local_government");
    DO(o, o->officer, "classify", "class=out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=local_government");
    test_text(o, "state", "referred");
    assert_string_equal(test_clock_of(o, "notify_result").state, "cancelled");
    assert_string_equal(test_clock_of(o, "follow_up").state, "running");
    DO(o, o->officer, "close", "why_not_told=declined");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(nothing_is_told_before_there_is_a_result),
        SCENARIO(a_finished_matter_is_not_advised_to_go_out_again),
        SCENARIO(the_result_is_told_then_closed),
        SCENARIO(nothing_was_told_before_the_result_was_in_hand),
        SCENARIO(a_result_told_late_is_late_by_a_millisecond),
        SCENARIO(who_cannot_be_told_is_closed_with_the_reason),
        SCENARIO(who_is_out_of_reach_was_tried_often_enough),
        SCENARIO(attempts_count_from_the_result),
        SCENARIO(a_refused_delivery_becomes_work_and_is_told_by_other_means),
        SCENARIO(refused_work_ends_with_the_case),
        SCENARIO(an_answer_that_was_refused_is_told_by_hand),
        SCENARIO(a_refused_acknowledgement_is_given_by_other_means),
        SCENARIO(nothing_moves_in_a_closed_case_but_the_telephone),
        SCENARIO(a_letter_still_waiting_leaves_after_the_closing),
        SCENARIO(a_result_that_does_not_answer_goes_back_to_its_unit),
        SCENARIO(another_unit_is_asked_after_the_complainant_was_told),
        SCENARIO(what_was_told_stands_when_the_other_unit_is_done_without),
        SCENARIO(a_result_that_shows_whose_it_is_goes_outside),
    };
    return cmocka_run_group_tests_name("CR-T6: telling the result and closing", tests, NULL, NULL);
}
