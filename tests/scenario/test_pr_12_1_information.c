/* A request for information: the requester gets it at once [PR-12.1]; the clock `information` of both offices. */
#include "support/desk.h"

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup_phrae, test_office_teardown)
#define CHIANG_RAI(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static const char office_th[] = "สำนักงานสาธารณสุขจังหวัดแพร่";

static void open_request(test_office *o, const char *at) {
    test_at(o, at);
    test_open_registered(o, "information_request");
}

/* The same working day; after hours, on weekends and holidays the next one; until the office closes. */
static void at_once_is_the_working_day(void **state) {
    static const char *const table[][2] = {
        {"2025-11-05T09:00", "2025-11-05T16:30"},         {"2025-11-05T16:29:59.999", "2025-11-05T16:30"}, {"2025-11-05T16:30", "2025-11-06T16:30"},
        {"2025-11-05T23:59:59.999", "2025-11-06T16:30"},  {"2025-11-06T00:00", "2025-11-06T16:30"},        {"2025-11-06T08:29", "2025-11-06T16:30"},
        {"2025-11-06T12:30", "2025-11-06T16:30"}, /* at lunch */
        {"2025-11-07T16:30", "2025-11-10T16:30"},         {"2025-11-08T10:00", "2025-11-10T16:30"}, /* Saturday */
        {"2025-12-04T17:00", "2025-12-08T16:30"}, /* Thursday evening before a holiday on Friday */
        {"2026-04-10T17:00", "2026-04-16T16:30"}, /* Songkran */
    };
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(table); i++) {
        open_request(o, table[i][0]);
        test_clock_is(o, "information", "running", table[i][1], 0);
        test_instant_is(test_clock_of(o, "information").started_at, table[i][0]);
    }
}

static void the_last_moment_is_the_closing_of_the_office(void **state) {
    test_office *o = *state;
    open_request(o, "2025-11-05T10:00");
    test_at(o, "2025-11-05T16:29:59.999");
    DO(o, o->officer, "answer", "answer=given", "text=อัตราค่าบริการ 50 บาท");
    test_clock_is(o, "information", "stopped", "2025-11-05T16:30", 0);
    open_request(o, "2025-11-06T10:00");
    test_at(o, "2025-11-06T16:30");
    DO(o, o->officer, "answer", "answer=given", "text=อัตราค่าบริการ 50 บาท");
    test_clock_is(o, "information", "stopped", "2025-11-06T16:30", 1);
    /* told over the counter in time, entered the day after */
    open_request(o, "2025-11-10T10:00");
    test_at(o, "2025-11-11T09:00");
    DO(o, o->officer, "answer", "answer=given", "text=แจ้งด้วยวาจา", "by_hand=in_person", "@at=2025-11-10T11:00");
    test_clock_is(o, "information", "stopped", "2025-11-10T16:30", 0);
    test_instant_is(test_int(o, "told_at"), "2025-11-10T11:00");
}

static void it_counts_from_the_registration_as_a_request(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T09:00");
    test_open_registered(o, "other");
    assert_false(test_clock_of(o, "information").found);
    test_at(o, "2025-11-06T09:00");
    DO(o, o->officer, "classify", "class=information_request", "nature=information_request");
    test_clock_is(o, "information", "running", "2025-11-06T16:30", 0);
    DO(o, o->officer, "classify", "class=information_request"); /* said twice, due once */
    assert_int_equal(test_clock_count(o, "information"), 1);
    DO(o, o->officer, "classify", "class=service"); /* it was a complaint after all */
    assert_string_equal(test_clock_of(o, "information").state, "cancelled");
    REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "answer", "answer=given", "text=x");
    test_names(o, "PR-12.1");
}

static void a_request_goes_no_other_way(void **state) {
    test_office *o = *state;
    open_request(o, "2025-11-05T10:00");
    REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "memo", "text=บันทึก");
    REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "refer", "unit=nhso");
    REFUSED(o, COMPLAINT_E_ROLE, "answer", o->executive, "answer", "answer=given", "text=x");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->quality, "answer", "answer=given", "text=x");
    DO(o, o->officer, "contact", "unit=quality", "text=โทรขอสำเนาเอกสาร"); /* the unit that holds it */
    DO(o, o->officer, "answer", "answer=given", "text=แนบสำเนา");
    REFUSED(o, COMPLAINT_E_STATE, "answer", o->officer, "answer", "answer=given", "text=อีกครั้ง");
}

/* Given, partly, refused in writing with the right of appeal, or not held and who has it. */
static void each_outcome_has_its_words(void **state) {
    static const char *const table[][4] = {
        {"answer=given", "ขอแจ้งข้อมูลตามที่ท่านสอบถาม ดังนี้ ก. ข.", "อุทธรณ์", "answer"},
        {"answer=partly", "ขอแจ้งข้อมูลตามที่ท่านสอบถาม ดังนี้ ก. ข.", "อุทธรณ์", "answer"},
        {"answer=refused", "มีสิทธิอุทธรณ์ต่อคณะกรรมการวินิจฉัยการเปิดเผยข้อมูลข่าวสารภายใน 15 วัน", "ตามที่ท่านสอบถาม", "answer_refused"},
        {"answer=not_held", "ไม่มีข้อมูลตามคำขอของท่านอยู่ในครอบครอง ท่านอาจขอได้จากหน่วยงานต่อไปนี้ ก. ข.", "อุทธรณ์", "answer_not_held"},
    };
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(table); i++) {
        open_request(o, "2025-11-05T10:00");
        REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "answer", table[i][0]);
        OK(complaint_actor_set_on_behalf(o->officer, "executive"));
        DO(o, o->officer, "answer", table[i][0], "text=ก. ข.", "paper_no=พร 0033/1");
        OK(complaint_actor_set_on_behalf(o->officer, ""));
        test_deliver(o, 1, 0, 0, 0);
        const char *body = o->sent[o->sent_count - 1].body;
        if (!strstr(body, table[i][1]) || !strstr(body, office_th) || !strstr(body, "ก. ข.")) fail_msg("%s: %s", table[i][0], body);
        test_no_text(body, table[i][2]);
        assert_int_equal(test_count(o, o->officer, complaint_desk_notices), 1);
        test_notice_is(o, table[i][3], "complainant", "delivered", NULL);
        assert_int_equal(test_int(o, "told_at"), o->now);
        assert_string_equal(test_clock_of(o, "acknowledge").state, "stopped"); /* whatever the answer, it has answered him */
        DO(o, o->officer, "close");
    }
}

/* Who asked for information hears that it is looked for, not that his complaint is; only once it is known to be a request. [CR-T2] */
static void a_request_is_acknowledged_as_one(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T09:00");
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    test_notice_is(o, "acknowledgement", "complainant", "waiting", NULL);
    test_deliver(o, 1, 0, 0, 0);
    open_request(o, "2025-11-05T09:00");
    DO(o, o->officer, "acknowledge", "particle=ค่ะ");
    test_notice_is(o, "acknowledgement_information", "complainant", "waiting", NULL);
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge"); /* on its way */
    test_deliver(o, 1, 0, 0, 0);
    const char *body = o->sent[1].body;
    assert_string_equal(body, "สำนักงานสาธารณสุขจังหวัดแพร่ ได้รับคำขอข้อมูลของท่านแล้ว และจะประสานหน่วยงานที่ครอบครองข้อมูลเพื่อแจ้งให้ท่านทราบโดยเร็ว ขอขอบคุณค่ะ");
    assert_int_equal(test_int(o, "acknowledged_at"), o->now);
    assert_string_equal(test_clock_of(o, "acknowledge").state, "stopped");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge", "by_hand=phone");
    /* it was a complaint after all: he has his word already */
    DO(o, o->officer, "classify", "class=service");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
    /* a walk-in is told over the counter: the clock stops with that word too */
    open_request(o, "2025-11-05T10:00");
    DO(o, o->officer, "acknowledge", "by_hand=in_person");
    test_notice_is(o, "acknowledgement_information", "complainant", "by_hand", NULL);
    test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", 0);
}

/* It failed by this way: the next one is another try of the same. */
static void a_refused_acknowledgement_of_a_request_is_given_again(void **state) {
    test_office *o = *state;
    open_request(o, "2025-11-05T10:00");
    DO(o, o->officer, "acknowledge");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
    assert_string_equal(test_clock_of(o, "acknowledge").state, "running");
    DO(o, o->officer, "classify", "class=service"); /* other words by now, which count as the same */
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    test_notice_is(o, "acknowledgement", "complainant", "by_hand", NULL);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    assert_string_equal(test_clock_of(o, "acknowledge").state, "stopped");
}

/* Refused by who is authorised, in writing: the number of his order, and who that is. On whose behalf the desk enters it does not make it a paper. */
static void the_refusal_is_a_paper(void **state) {
    test_office *o = *state;
    open_request(o, "2025-11-05T10:00");
    OK(complaint_actor_set_on_behalf(o->officer, "executive"));
    REFUSED(o, COMPLAINT_E_REQUIRED, "paper_no", o->officer, "answer", "answer=refused", "text=มาตรา 15 (5)");
    test_names(o, "when answer is refused, this is required: paper_no");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    REFUSED(o, COMPLAINT_E_REQUIRED, "signer", o->officer, "answer", "answer=refused", "text=มาตรา 15 (5)", "paper_no=พร 0033/1234");
    test_names(o, "when answer is refused, one of these is required: signer, on_behalf");
    test_names(o, "ต้องระบุอย่างน้อยหนึ่งอย่างใน ผู้ลงนาม (signer), บันทึกแทนผู้ใด (on_behalf)");
    REFUSED(o, COMPLAINT_E_REQUIRED, "paper_no", o->officer, "answer", "answer=refused", "text=มาตรา 15 (5)", "paper_no=");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "answer", "answer=refused", "paper_no=พร 0033/1234"); /* the ground */
    DO(o, o->officer, "answer", "answer=refused", "text=มาตรา 15 (5)", "by_hand=letter", "paper_no=พร 0033/1234", "paper_date:=1762275600000", "signer=นายแพทย์สาธารณสุขจังหวัดแพร่", "direction=out");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_papers, "paper_no", "พร 0033/1234", "signer"), "นายแพทย์สาธารณสุขจังหวัดแพร่");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_papers, "paper_no", "พร 0033/1234", "direction"), "out");
    DO(o, o->officer, "close");
}

/* While the requester is asked what he means, the clock stands still, in its own unit. */
static void waiting_for_the_requester_does_not_count(void **state) {
    test_office *o = *state;
    open_request(o, "2025-11-05T10:00");
    DO(o, o->officer, "request_info", "text=ปีใด");
    test_text(o, "state", "awaiting_complainant");
    assert_string_equal(test_clock_of(o, "information").state, "paused");
    REFUSED(o, COMPLAINT_E_STATE, "answer", o->officer, "answer", "answer=given", "text=x");
    test_at(o, "2025-11-07T10:00");
    DO(o, o->officer, "resume", "text=ปี 2568");
    test_text(o, "state", "registered");
    test_clock_is(o, "information", "running", "2025-11-07T16:30", 0); /* two working days later */
    test_deliver(o, 1, 0, 0, 0);
    assert_non_null(strstr(o->sent[0].body, "ปีใด"));
}

static void chiang_rai_has_the_same_clock(void **state) {
    test_office *o = *state;
    open_request(o, "2025-11-05T16:30");
    test_clock_is(o, "information", "running", "2025-11-06T16:30", 0);
    test_at(o, "2025-11-06T16:29:59.999");
    DO(o, o->officer, "answer", "answer=refused", "text=มาตรา 15 (5)", "paper_no=ชร 0033/9", "signer=นายแพทย์สาธารณสุขจังหวัดเชียงราย");
    test_clock_is(o, "information", "stopped", "2025-11-06T16:30", 0);
    test_deliver(o, 1, 0, 0, 0);
    assert_non_null(strstr(o->sent[0].body, "อุทธรณ์"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(at_once_is_the_working_day),
        SCENARIO(the_last_moment_is_the_closing_of_the_office),
        SCENARIO(it_counts_from_the_registration_as_a_request),
        SCENARIO(a_request_goes_no_other_way),
        SCENARIO(each_outcome_has_its_words),
        SCENARIO(a_request_is_acknowledged_as_one),
        SCENARIO(a_refused_acknowledgement_of_a_request_is_given_again),
        SCENARIO(the_refusal_is_a_paper),
        SCENARIO(waiting_for_the_requester_does_not_count),
        CHIANG_RAI(chiang_rai_has_the_same_clock),
    };
    return cmocka_run_group_tests_name("PR-12.1: information at once", tests, NULL, NULL);
}
