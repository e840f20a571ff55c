/*
 * A third office, of which no line of C knows: the hospital of examples/data/hospital.json with its own week, units, weekend roster, sub-classes, fields and texts.
 */
#include "support/desk.h"

#include <complaint/date.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup_hospital, test_office_teardown)

/* Saturday morning at the desk of the duty supervisor. */
static void open_on_saturday(test_office *o, const complaint_actor *duty) {
    test_at(o, "2025-11-08T09:00");
    DO(o, duty, "receive", "channel=duty_desk", "external_id=เวร-1", "sender=นางคำปัน", "address=เตียง 4", "text=ให้ยาผิดเวลา");
    DO(o, duty, "triage", "identity=named", "hn=4512/68");
}

static void one_life_from_the_weekend_to_the_closing(void **state) {
    test_office *o = *state;
    complaint_actor *duty = test_hire(o, "nurse-7", "duty", ""), *ward = test_hire(o, "ward-1", "unit", "ipd");
    test_at(o, "2025-11-08T08:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "shift", duty, "check_channel", "channel=duty_desk");
    DO(o, duty, "check_channel", "channel=duty_desk", "shift=weekend");
    open_on_saturday(o, duty);
    test_clock_is(o, "acknowledge", "running", "2025-11-10T09:30", 0); /* 240 working minutes: Saturday 9 to 12, Monday 8.30 to 9.30 */
    test_clock_is(o, "forward", "running", "2025-11-11T00:00", 0);
    test_clock_is(o, "overall", "running", "2025-11-24T00:00", 0);
    test_at(o, "2025-11-08T11:00");
    test_tick(o, 1, 1); /* after two working hours */
    DO(o, duty, "register");
    assert_int_equal(o->number, 1);
    REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", duty, "acknowledge");
    DO(o, duty, "acknowledge", "by_hand=in_person");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-10T09:30", 0);
    REFUSED(o, COMPLAINT_E_ROLE, "classify", duty, "classify", "class=treatment", "severity=low");

    test_at(o, "2025-11-10T09:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "severity", o->officer, "classify", "class=treatment");
    DO(o, o->officer, "classify", "class=treatment", "severity=low", "nature=grievance");
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=ipd"); /* here every case is considered */
    REFUSED(o, COMPLAINT_E_ROLE, "consider", o->officer, "consider", "decision=agreed");
    DO(o, o->head, "consider", "decision=agreed", "spoken:=1");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "unit", o->officer, "forward", "unit=quality"); /* another office's */
    DO(o, o->officer, "forward", "unit=ipd");
    test_text(o, "state", "with_unit");
    test_clock_is(o, "forward", "stopped", "2025-11-11T00:00", 0);
    test_clock_is(o, "result", "running", "2025-11-20T00:00", 0); /* 11, 13 (the 12th is the fair), 14, Saturday 15, 17, 18, 19 */
    test_notice_is(o, "to_unit", "ipd", "waiting", "2025-11-10T09:00");
    assert_int_equal(test_worklist(o, ward, COMPLAINT_WORK_UNIT, NULL, 0), 1);
    assert_string_equal(test_cell(o, ward, complaint_desk_parties, "part", "complainant", "name"), "(masked)");
    complaint_page *log = NULL;
    OK(complaint_desk_events(o->desk, ward, o->case_id, NULL, 0, &log));
    for (int64_t i = 0; i < complaint_page_count(log); i++) test_no_text(complaint_page_text_of(log, i, "payload"), "4512/68"); /* never in the clear part of the log */
    complaint_page_free(log);
    DO(o, o->officer, "withdraw"); /* patient safety is looked into all the same */
    test_text(o, "state", "with_unit");
    DO(o, ward, "accept", "from_unit=ipd");

    test_at(o, "2025-11-19T23:59:59.999");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "outcome", ward, "report_result", "from_unit=ipd", "outcome=resolved", "text=x"); /* another office's word */
    DO(o, ward, "report_result", "from_unit=ipd", "outcome=improved", "text=ปรับตารางการให้ยา");
    test_clock_is(o, "result", "stopped", "2025-11-20T00:00", 0);
    test_clock_is(o, "notify_result", "running", "2025-11-22T00:00", 0);
    DO(o, o->officer, "add_complainant", "name=นายปัน", "address=089-000-0000", "channel=phone", "identity=named"); /* her son wants to know */
    DO(o, o->officer, "notify_result", "text=ปรับตารางการให้ยาแล้ว", "by_hand=phone");
    DO(o, o->officer, "close");
    test_text(o, "phase", "closed");
    test_clock_is(o, "overall", "stopped", "2025-11-24T00:00", 0);
    assert_int_equal(test_reported(o, "class", "treatment", 2569, 6), 1);
}

static void its_ladder_has_no_end(void **state) {
    test_office *o = *state;
    complaint_actor *duty = test_hire(o, "nurse-7", "duty", "");
    open_on_saturday(o, duty);
    DO(o, duty, "acknowledge", "by_hand=in_person");
    test_at(o, "2025-11-08T22:00");
    DO(o, duty, "flag", "flag=urgent");
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    int64_t n = complaint_page_count(page);
    assert_string_equal(complaint_page_text_of(page, n - 2, "recipient"), "head");
    assert_string_equal(complaint_page_text_of(page, n - 1, "recipient"), "duty"); /* and who is in the house */
    complaint_page_free(page);
    test_clock_is(o, "consider_urgent", "running", "2025-11-08T22:30", 0);
    for (int i = 0; i < 4; i++) {
        o->now = test_instant("2025-11-08T22:30") + i * 30 * MINUTE - 1;
        test_tick(o, 0, 0);
        o->now++;
        test_tick(o, 1, 1);
        test_notice_is(o, "consider_overdue", "executive", "waiting", NULL);
    }
    DO(o, o->executive, "consider", "decision=agreed"); /* here the director may */
    test_tick(o, 0, 0);
}

/* A sub-class with a clock of its own; Saturday closes at noon. */
static void a_medical_record_in_three_working_days(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-11T09:00");
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=medical_record", "severity=low");
    test_clock_is(o, "medical_record", "running", "2025-11-15T12:00", 0); /* 13, 14, Saturday 15 */
    assert_false(test_clock_of(o, "information").found);
    test_at(o, "2025-11-15T11:59:59.999");
    DO(o, o->officer, "answer", "answer=given", "text=มารับได้ที่เวชระเบียน");
    test_clock_is(o, "medical_record", "stopped", "2025-11-15T12:00", 0);
    test_deliver(o, 1, 0, 0, 0);
    assert_non_null(strstr(o->sent[0].body, "โรงพยาบาลดอยงาม"));
    DO(o, o->officer, "close");
}

/* What the hospital leaves out is not there; what it does its own way is done so. */
static void its_own_way(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=procurement", "severity=low");
    DO(o, o->head, "consider", "decision=agreed");
    REFUSED(o, COMPLAINT_E_GUARD, "order_before_forward", o->officer, "forward", "unit=supplies");
    DO(o, o->officer, "memo", "text=เสนอผู้อำนวยการ");
    REFUSED(o, COMPLAINT_E_ROLE, "order", o->officer, "order", "text=x"); /* the director himself */
    DO(o, o->executive, "order", "text=ให้ชี้แจง");
    DO(o, o->officer, "forward", "unit=supplies", "days:=3");
    test_clock_is(o, "result", "running", "2025-11-09T00:00", 0); /* Wednesday 5: 6, 7, Saturday 8 */
    REFUSED(o, COMPLAINT_E_ROLE, "reopen", o->officer, "reopen", "reason=x");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "class", o->officer, "classify", "class=personnel_matter", "severity=low");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "receive", "channel=web", "external_id=1", "text=x");
}

/* The roster: who looked, on which shift; the ward round of a weekend that nobody made. */
static void the_weekend_roster(void **state) {
    test_office *o = *state;
    complaint_actor *duty = test_hire(o, "nurse-7", "duty", "");
    complaint_page *page = NULL;
    int32_t saturday = 0;
    int missed = 0;
    test_at(o, "2025-11-08T10:00");
    DO(o, duty, "check_channel", "channel=facebook", "shift=saturday_clinic");
    DO(o, duty, "check_channel", "channel=box", "shift=weekend");
    test_at(o, "2025-11-10T08:00");
    OK(complaint_date_parse_iso("2025-11-08", 10, NULL, &saturday, NULL, NULL));
    OK(complaint_desk_duties(o->desk, o->head, saturday, saturday + 2, &page));
    assert_int_equal(complaint_page_count(page), 10); /* five daily channels, two days */
    for (int64_t i = 0; i < 10; i++) missed += complaint_page_integer_of(page, i, "checked_at") == 0;
    assert_int_equal(missed, 8);
    complaint_page_free(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(one_life_from_the_weekend_to_the_closing),
        SCENARIO(its_ladder_has_no_end),
        SCENARIO(a_medical_record_in_three_working_days),
        SCENARIO(its_own_way),
        SCENARIO(the_weekend_roster),
    };
    return cmocka_run_group_tests_name("a hospital with a policy of its own", tests, NULL, NULL);
}
