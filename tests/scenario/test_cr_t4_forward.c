/* Forwarding to the unit concerned within a day [CR-T4], sorted first [CR-4.2.4]; outside agencies and information requests go their own way. */
#include "support/desk.h"

#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static void check_referral(test_office *o, int64_t row, const char *unit, int lead, const char *kind, const char *state) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_referrals);
    assert_true(row < complaint_page_count(page));
    assert_string_equal(complaint_page_text_of(page, row, "unit"), unit);
    assert_int_equal(complaint_page_integer_of(page, row, "is_lead"), lead);
    assert_string_equal(complaint_page_text_of(page, row, "kind"), kind);
    assert_string_equal(complaint_page_text_of(page, row, "state"), state);
    complaint_page_free(page);
}

static int64_t referrals(test_office *o) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_referrals);
    int64_t n = complaint_page_count(page);
    complaint_page_free(page);
    return n;
}

static void a_class_that_is_none_is_refused(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "class", o->officer, "classify", "nature=grievance");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "class", o->officer, "classify", "class=parking");
    test_names(o, "parking");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "nature", o->officer, "classify", "class=service", "nature=fury");
    test_names(o, "grievance, suggestion, objection, event_report, information_request, compliment");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "unit", o->officer, "classify", "class=service", "unit=quality");
    REFUSED(o, COMPLAINT_E_ROLE, "classify", o->dpo, "classify", "class=service");
    DO(o, o->officer, "classify", "class=parking", "class=service", "nature=grievance"); /* the last value counts */
    test_text(o, "class", "service");
    test_text(o, "nature", "grievance");
    DO(o, o->officer, "classify", "class=personnel");
    test_text(o, "class", "personnel");
    test_text(o, "nature", "grievance"); /* what was not said again stays */
}

static void every_refusal_says_what_is_missing(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_STATE, "forward", o->officer, "forward", "unit=quality");
    test_names(o, "received");   /* where it is */
    test_names(o, "registered"); /* and where it would have to be */
    test_names(o, "forwarded");
    test_names(o, "CR-T4");
    DO(o, o->officer, "register");
    REFUSED(o, COMPLAINT_E_GUARD, "class_before_forward", o->officer, "forward", "unit=quality");
    test_names(o, "CR-4.2.4");
    DO(o, o->officer, "classify", "class=service");
    REFUSED(o, COMPLAINT_E_ROLE, "forward", o->executive, "forward", "unit=quality");
    test_names(o, "officer, head");
    REFUSED(o, COMPLAINT_E_REQUIRED, "unit", o->officer, "forward");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "unit", o->officer, "forward", "unit=kitchen");
    test_names(o, "kitchen");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "unit", o->officer, "forward", "unit=qualty");
    test_names(o, "one of: quality, hr, consumer, "); /* what was meant first, the others too */
    test_names(o, "รหัสที่ใช้ได้: quality (กลุ่มงานพัฒนาคุณภาพและรูปแบบบริการ), hr (");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "unit", o->officer, "forward", "unit=quality,");
    REFUSED(o, COMPLAINT_E_INVALID, "unit", o->officer, "forward", "unit=quality,quality");
    REFUSED(o, COMPLAINT_E_INVALID, "unit", o->officer, "forward", "unit=police"); /* outside: refer */
    test_names(o, "refer");
    REFUSED(o, COMPLAINT_E_RANGE, "days", o->officer, "forward", "unit=quality", "days:=8");
    REFUSED(o, COMPLAINT_E_RANGE, "days", o->officer, "forward", "unit=quality", "days:=0");
    REFUSED(o, COMPLAINT_E_INVALID, "days", o->officer, "forward", "unit=quality", "days=soon");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "outcome", o->officer, "forward", "unit=quality", "outcome=resolved");
    test_names(o, "it has: unit, days, text");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "day", o->officer, "forward", "unit=quality", "day:=3");
    test_names(o, "it has: days, unit, ");
    REFUSED(o, COMPLAINT_E_UTF8, "text", o->officer, "forward", "unit=quality", "text=\xe0\xb8");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "forward", "unit=quality", "@at=2025-11-05T09:00:00.001");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "forward", "unit=quality", "@at=2025-11-05T08:59:59.999");
    REFUSED(o, COMPLAINT_E_UNSUPPORTED, "reveal", o->officer, "reveal");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "memo");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->officer, "forward", "unit=quality", "@case:=4711");
    assert_int_equal(referrals(o), 0);
    test_log(o, "triage register classify");
    DO(o, o->officer, "forward", "unit=quality");
}

static void it_is_in_time_until_the_last_millisecond_of_the_next_day(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-07T16:00"); /* a Friday; the law's roll is not for the office's own duty */
    test_open_registered(o, "service");
    test_clock_is(o, "forward", "running", "2025-11-09T00:00", 0);
    test_at(o, "2025-11-10T09:00");
    DO(o, o->officer, "forward", "unit=quality", "@at=2025-11-08T23:59:59.999");
    test_clock_is(o, "forward", "stopped", "2025-11-09T00:00", 0);
    assert_int_equal(test_int(o, "forwarded_at"), test_instant("2025-11-08T23:59:59.999"));

    test_at(o, "2026-04-12T08:00"); /* before Songkran */
    test_open_registered(o, "service");
    test_at(o, "2026-04-14T00:00");
    DO(o, o->officer, "forward", "unit=quality");
    test_clock_is(o, "forward", "stopped", "2026-04-14T00:00", 1);
}

static void several_units_one_leads(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality,hr", "text=เรียนหัวหน้ากลุ่มงาน");
    assert_int_equal(referrals(o), 2);
    check_referral(o, 0, "quality", 1, "forward", "sent");
    check_referral(o, 1, "hr", 0, "forward", "sent");
    test_text(o, "lead_unit", "quality");
    REFUSED(o, COMPLAINT_E_INVALID, "unit", o->officer, "forward", "unit=hr"); /* it has it already */
    DO(o, o->officer, "forward", "unit=executive,consumer");
    assert_int_equal(referrals(o), 4);
    check_referral(o, 2, "executive", 0, "forward", "sent");
    test_text(o, "lead_unit", "quality");
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 1);
    assert_int_equal(test_worklist(o, o->hr, COMPLAINT_WORK_UNIT, NULL, 0), 1);
}

static void outside_matters_go_to_the_agency(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    REFUSED(o, COMPLAINT_E_GUARD, "transfer_needs_target", o->officer, "refer", "unit=quality");
    test_names(o, "PR-12.3");
    REFUSED(o, COMPLAINT_E_REQUIRED, "unit", o->officer, "refer");
    DO(o, o->officer, "refer", "unit=local_government,police", "text=เรื่องขยะ");
    test_text(o, "state", "referred");
    test_text(o, "phase", "transferred");
    check_referral(o, 0, "local_government", 1, "refer", "sent");
    test_clock_is(o, "forward", "stopped", "2025-11-07T00:00", 0);
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0); /* the desk asks how it stands there too [CR-T5] */
    DO(o, o->officer, "follow_up", "days:=1", "text=โทรถามเทศบาลแล้ว");
    test_clock_is(o, "follow_up", "running", "2025-11-07T00:00", 0);
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    DO(o, o->officer, "notify_result", "text=ส่งเรื่องให้เทศบาลแล้ว");
    test_deliver(o, 1, 0, 0, 0);
    DO(o, o->officer, "close");
    test_text(o, "state", "closed");
}

static void a_question_is_answered(void **state) {
    static const char *const answers[] = {"answer=given", "answer=partly", "answer=refused", "answer=not_held"};
    static const char *const words[] = {"ขอแจ้งข้อมูลตามที่ท่านสอบถาม ดังนี้ ", "ขอแจ้งข้อมูลตามที่ท่านสอบถาม ดังนี้ ", "มีสิทธิอุทธรณ์", "ไม่มีข้อมูลตามคำขอของท่านอยู่ในครอบครอง"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(answers); i++) {
        test_open_registered(o, "information_request");
        REFUSED(o, COMPLAINT_E_REQUIRED, "answer", o->officer, "answer", "text=เปิด 8.30 น.");
        REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "answer", answers[i]);
        REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "answer", o->officer, "answer", "answer=perhaps", "text=x");
        DO(o, o->officer, "answer", answers[i], "paper_no=ชร 0033/12", "signer=นายแพทย์สาธารณสุขจังหวัด", "text=คลินิกเปิด 8.30 น. {ไม่ใช่ช่องว่าง}");
        test_text(o, "state", "resulted");
        assert_int_equal(test_int(o, "told_at"), 0); /* not before it has arrived */
        REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
        test_deliver(o, 1, 0, 0, 0);
        const test_sent *s = &o->sent[o->sent_count - 1];
        assert_non_null(strstr(s->body, words[i]));
        assert_non_null(strstr(s->body, "คลินิกเปิด 8.30 น. {ไม่ใช่ช่องว่าง}"));
        assert_int_equal(test_int(o, "told_at"), o->now);
        test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", 0); /* the answer is more than an acknowledgement */
        test_clock_is(o, "forward", "stopped", "2025-11-07T00:00", 0);
        DO(o, o->officer, "close");
    }
}

static void a_question_at_the_counter_is_answered_there(void **state) {
    test_office *o = *state;
    test_receive(o, "walk_in", "ขอแบบฟอร์ม");
    DO(o, o->officer, "triage", "identity=anonymous");
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=information_request");
    REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", o->officer, "answer", "answer=given", "text=แบบฟอร์ม ก.");
    DO(o, o->officer, "answer", "answer=given", "text=แบบฟอร์ม ก.", "by_hand=in_person");
    assert_int_equal(test_int(o, "told_at"), o->now);
    test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", 0);
    test_deliver(o, 0, 0, 0, 0);
    DO(o, o->officer, "close");
}

/* The unit is told, by its name and with the number of the matter; the executive too when it goes to him. [CR-T4] */
static void the_unit_is_told_that_it_has_the_matter(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality,executive");
    assert_string_equal(test_notice_of(o, o->case_id, 1, "recipient"), "quality");
    test_notice_is(o, "to_unit", "executive", "waiting", "2025-11-05T09:00");
    test_deliver(o, 2, 0, 0, 0);
    assert_string_equal(o->sent[0].body, "สำนักงานสาธารณสุขจังหวัดเชียงราย ส่งเรื่องร้องเรียน เลขทะเบียน 1/2569 มายังกลุ่มงานพัฒนาคุณภาพและรูปแบบบริการ โปรดลงรับ ดำเนินการตามอำนาจหน้าที่ และรายงานผล");
}

/* An office may have the units told of more; what concerns no one unit is said to those that have not reported yet. */
static const test_change notes_too[] = {{"\"to_unit\": {\"on\": [\"forward\"]", "\"to_unit\": {\"on\": [\"forward\", \"note\"]"}};

static void what_concerns_no_unit_alone_is_said_to_all_that_work_on_it(void **state) {
    test_office *o = *state;
    test_office_policy(o, notes_too, COUNT(notes_too));
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality,hr");
    test_deliver(o, 2, 0, 0, 0);
    DO(o, o->hr, "accept", "from_unit=hr");
    DO(o, o->officer, "note", "text=ผู้ร้องเรียนส่งภาพเพิ่ม");
    test_deliver(o, 2, 0, 0, 0);
    assert_string_equal(o->sent[2].recipient, "quality");
    assert_string_equal(o->sent[3].recipient, "hr");
    DO(o, o->hr, "report_result", "from_unit=hr", "outcome=explained", "text=ชี้แจงแล้ว");
    DO(o, o->officer, "note", "text=ขอเอกสารเพิ่ม");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[4].recipient, "quality");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(the_unit_is_told_that_it_has_the_matter),
        SCENARIO(what_concerns_no_unit_alone_is_said_to_all_that_work_on_it),
        SCENARIO(a_class_that_is_none_is_refused),
        SCENARIO(every_refusal_says_what_is_missing),
        SCENARIO(it_is_in_time_until_the_last_millisecond_of_the_next_day),
        SCENARIO(several_units_one_leads),
        SCENARIO(outside_matters_go_to_the_agency),
        SCENARIO(a_question_is_answered),
        SCENARIO(a_question_at_the_counter_is_answered_there),
    };
    return cmocka_run_group_tests_name("CR-T4: forwarding", tests, NULL, NULL);
}
