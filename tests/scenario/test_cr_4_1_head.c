/*
 * The head's duties [CR-4.1]: he supervises [CR-4.1.1], assigns cases and the daily look at the channels [CR-4.1.2, CR-4.2.1, CR-T1], considers what is urgent, sensitive or touches the office, or reports it
 * to the executive [CR-4.1.3, CR-4.1.4]; the officers' side of it [CR-4.2].
 */
#include "support/desk.h"

#include <complaint/date.h>
#include <complaint/report.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static int32_t day(const char *iso) {
    int32_t d = 0;
    OK(complaint_date_parse_iso(iso, strlen(iso), NULL, &d, NULL, NULL));
    return d;
}

/* ---- assignment [CR-4.1.2] ------------------------------------------------------------------------------------------------- */

static void the_head_puts_an_officer_in_charge(void **state) {
    test_office *o = *state;
    complaint_actor *other = test_hire(o, "somying", "officer", "");
    int64_t cases[2];
    test_open_case(o);
    int64_t first = o->case_id;
    REFUSED(o, COMPLAINT_E_ROLE, "assign", o->officer, "assign", "assignee=malee");
    test_names(o, "head");
    REFUSED(o, COMPLAINT_E_REQUIRED, "assignee", o->head, "assign");
    REFUSED(o, COMPLAINT_E_INVALID, "assignee", o->head, "assign", "assignee:=7");
    REFUSED(o, COMPLAINT_E_INVALID, "channel", o->head, "assign", "assignee=malee", "channel=facebook"); /* a turn of duty is no case */
    REFUSED(o, COMPLAINT_E_INVALID, "duty_day", o->head, "assign", "assignee=malee", "duty_day:=1762300800000");
    DO(o, o->head, "assign", "assignee=malee", "reason=เวรวันนี้");
    test_text(o, "assignee", "malee");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_MINE, cases, 2), 1);
    assert_int_equal(cases[0], first);
    assert_int_equal(test_worklist(o, other, COMPLAINT_WORK_MINE, NULL, 0), 0);
    DO(o, o->head, "assign", "assignee=somying"); /* handed on */
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_MINE, NULL, 0), 0);
    assert_int_equal(test_worklist(o, other, COMPLAINT_WORK_MINE, NULL, 0), 1);
    DO(o, o->officer, "register"); /* whoever is on duty goes on; the log says who */
    DO(o, o->officer, "classify", "class=service");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    DO(o, o->officer, "close", "why_not_told=declined");
    assert_int_equal(test_worklist(o, other, COMPLAINT_WORK_MINE, NULL, 0), 0); /* nothing is left to do */
}

/* What the head may do himself, and what the officers may not. [CR-4.1.1, CR-4.2] */
static void the_head_may_do_the_desks_work_and_his_own(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "ร้องเรียน");
    DO(o, o->head, "triage");
    DO(o, o->head, "register");
    DO(o, o->head, "acknowledge", "particle=ครับ");
    DO(o, o->head, "classify", "class=service");
    REFUSED(o, COMPLAINT_E_ROLE, "consider", o->officer, "consider", "decision=agreed");
    REFUSED(o, COMPLAINT_E_ROLE, "admit", o->officer, "admit");
    REFUSED(o, COMPLAINT_E_ROLE, "extend", o->officer, "extend", "days:=2", "reason=x");
    DO(o, o->head, "admit");
    DO(o, o->head, "forward", "unit=quality");
    complaint_page *page = NULL;
    OK(complaint_desk_report(o->desk, o->head, 2569, 6, &page)); /* he evaluates */
    complaint_page_free(page);
}

/* ---- the daily look [CR-T1, CR-4.2.1] ---------------------------------------------------------------------------------------- */

typedef struct duty {
    int rows, missed;
    int64_t first_checked, times;
    char actor[40];
} duty;

static duty duties(test_office *o, const char *first, const char *end, const char *channel) {
    duty d = {0};
    complaint_page *page = NULL;
    OK(complaint_desk_duties(o->desk, o->head, day(first), day(end), &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        if (strcmp(complaint_page_text_of(page, i, "channel"), channel) != 0) continue;
        d.rows++;
        d.missed += complaint_page_integer_of(page, i, "checked_at") == 0;
        if (d.rows > 1) continue;
        d.first_checked = complaint_page_integer_of(page, i, "checked_at");
        d.times = complaint_page_integer_of(page, i, "times");
        snprintf(d.actor, sizeof d.actor, "%s", complaint_page_text_of(page, i, "actor"));
    }
    complaint_page_free(page);
    return d;
}

static void each_channel_is_looked_at_each_day_weekends_included(void **state) {
    test_office *o = *state;
    complaint_actor *weekend = test_hire(o, "weekend", "officer", "");
    test_at(o, "2025-11-07T09:00"); /* Friday */
    DO(o, o->officer, "check_channel", "channel=facebook", "text=ไม่มีข้อความใหม่");
    o->now += MINUTE;
    DO(o, o->officer, "check_channel", "channel=facebook");
    test_at(o, "2025-11-08T23:59:59.999"); /* Saturday, the last moment */
    DO(o, weekend, "check_channel", "channel=facebook");
    test_at(o, "2025-11-10T00:00"); /* Sunday was missed */
    duty d = duties(o, "2025-11-07", "2025-11-10", "facebook");
    assert_int_equal(d.rows, 3);
    assert_int_equal(d.missed, 1);
    test_instant_is(d.first_checked, "2025-11-07T09:00");
    assert_int_equal(d.times, 2);
    assert_string_equal(d.actor, "malee");
    assert_string_equal(duties(o, "2025-11-08", "2025-11-09", "facebook").actor, "weekend");
    assert_int_equal(duties(o, "2025-11-07", "2025-11-10", "line").missed, 3); /* nobody looked there */
    assert_int_equal(duties(o, "2025-11-07", "2025-11-10", "letter").rows, 0); /* not a daily one */
    assert_int_equal(duties(o, "2025-11-10", "2025-11-30", "facebook").rows, 1); /* a day that has not begun is not missed */
    DO(o, o->head, "assign", "channel=facebook", "duty_day:=1763139600000", "assignee=malee", "@case:=0"); /* but somebody has its turn on Saturday the 15th */
    d = duties(o, "2025-11-11", "2025-11-30", "facebook");
    assert_int_equal(d.rows, 1);
    assert_int_equal(duties(o, "2025-11-11", "2025-11-30", "line").rows, 0);
    DO(o, o->officer, "check_channel", "channel=facebook", "@at=2025-11-09T20:00"); /* it was done and is entered now */
    assert_int_equal(duties(o, "2025-11-07", "2025-11-10", "facebook").missed, 0);
    test_verify(o);
}

static void a_look_that_is_none_is_refused(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    REFUSED(o, COMPLAINT_E_REQUIRED, "channel", o->officer, "check_channel");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "check_channel", "channel=tiktok");
    REFUSED(o, COMPLAINT_E_ROLE, "check_channel", o->quality, "check_channel", "channel=facebook");
    REFUSED(o, COMPLAINT_E_ROLE, "check_channel", o->auditor, "check_channel", "channel=facebook");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "check_channel", "channel=facebook", "@at=2025-11-05T09:00:00.001");
    test_expect(o, complaint_desk_duties(o->desk, o->quality, day("2025-11-01"), day("2025-11-05"), &page), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__);
    test_expect(o, complaint_desk_duties(o->desk, o->head, day("2025-11-05"), day("2025-11-01"), &page), COMPLAINT_E_RANGE, "days", __FILE__, __LINE__);
    test_expect(o, complaint_desk_duties(o->desk, o->head, day("2024-01-01"), day("2025-11-01"), &page), COMPLAINT_E_RANGE, "days", __FILE__, __LINE__);
    assert_null(page);
    DO(o, o->officer, "check_channel", "channel=facebook", "@request=look");
    DO(o, o->officer, "check_channel", "channel=facebook", "@request=look"); /* asked twice, looked once */
    assert_true(o->repeated);
    assert_int_equal(duties(o, "2025-11-05", "2025-11-06", "facebook").times, 1);
}

/* Another unit may keep the register: its number is kept. [CR-T1] */
static void a_number_of_another_register_is_kept(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register", "other_number=สบ 1234/2568");
    test_last_event(o, "register", "สบ 1234/2568");
}

/* ---- the head considers [CR-4.1.3] --------------------------------------------------------------------------------------------- */

/* Spoken over the telephone at night, entered the next morning: the word counts from when it was given. */
static void his_spoken_word_is_entered_afterwards(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-08T22:00");
    test_open_registered(o, "health_threat");
    DO(o, o->officer, "flag", "flag=urgent");
    DO(o, o->officer, "contact", "unit=disease_control", "text=โทรแจ้งทีมสอบสวนโรคแล้ว");
    test_at(o, "2025-11-09T08:00");
    REFUSED(o, COMPLAINT_E_ROLE, "consider", o->officer, "consider", "decision=agreed", "spoken:=1", "@at=2025-11-08T22:30"); /* in his own role he does not */
    complaint_actor *entered = test_hire(o, "malee", "head", "");
    OK(complaint_actor_set_on_behalf(entered, "somchai"));
    DO(o, entered, "consider", "decision=agreed", "spoken:=1", "@at=2025-11-08T22:30");
    test_last_event(o, "consider", "\"spoken\":1");
    test_clock_is(o, "escalate_urgent", "stopped", "2025-11-08T23:00", 0);
    test_instant_is(test_int(o, "considered_at"), "2025-11-08T22:30");
    DO(o, o->officer, "forward", "unit=disease_control", "@at=2025-11-08T22:40");
    test_clock_is(o, "forward", "stopped", "2025-11-10T00:00", 0);
}

/* He sends it up: to the executive, by memorandum or in writing, who orders or writes a note. [CR-4.1.3, CR-4.1.4] */
static void he_reports_to_the_executive(void **state) {
    test_office *o = *state;
    test_open_registered(o, "procurement");
    DO(o, o->officer, "flag", "flag=office_impact");
    DO(o, o->head, "consider", "decision=to_executive");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->head, "escalate");
    REFUSED(o, COMPLAINT_E_ROLE, "escalate", o->executive, "escalate", "text=x");
    DO(o, o->head, "escalate", "text=กระทบภาพลักษณ์");
    test_notice_is(o, "escalation", "executive", "waiting", "2025-11-05T09:00");
    DO(o, o->officer, "memo", "text=บันทึกข้อความ", "paper_no=ชร 0033/5", "signer=หัวหน้ากลุ่มงาน");
    test_notice_is(o, "memo_to_executive", "executive", "waiting", "2025-11-05T09:00");
    test_clock_is(o, "order", "running", "2025-11-11T00:00", 0); /* it waits for him, and does not fall off every list */
    REFUSED(o, COMPLAINT_E_ROLE, "order", o->officer, "order", "text=x");
    DO(o, o->executive, "order", "unit=finance", "examination:=1", "text=ให้ตรวจสอบ");
    test_clock_is(o, "order", "stopped", "2025-11-11T00:00", 0);
    test_text(o, "state", "registered"); /* an order moves nothing by itself */
    DO(o, o->officer, "forward", "unit=executive,finance");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_referrals, "unit", "executive", "state"), "sent");
    DO(o, o->executive, "note", "text=รับทราบ");
}

/* ---- what he asks for comes first [CR-4.1.3] ---------------------------------------------------------------------------------- */

static complaint_status COMPLAINT_CALL actions_of(complaint_desk *d, const complaint_actor *who, int64_t case_id, complaint_page **page) { return complaint_desk_actions(d, who, case_id, COMPLAINT_ENGLISH, page); }

static const char *refusal_of(test_office *o, const char *verb) { return test_cell(o, o->officer, actions_of, "verb", verb, "refusal"); }

static void what_is_to_be_changed_is_not_forwarded(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    assert_string_equal(refusal_of(o, "forward"), "");
    DO(o, o->head, "consider", "decision=changed", "text=แยกประเด็นบุคลากรออกก่อน");
    REFUSED(o, COMPLAINT_E_GUARD, "agreed_before_forward", o->officer, "forward", "unit=quality");
    test_names(o, "CR-4.1.3");
    REFUSED(o, COMPLAINT_E_GUARD, "agreed_before_forward", o->officer, "forward", "unit=executive");
    assert_string_not_equal(refusal_of(o, "forward"), "");
    DO(o, o->officer, "classify", "class=personnel");
    REFUSED(o, COMPLAINT_E_GUARD, "agreed_before_forward", o->officer, "forward", "unit=quality"); /* it is his to say whether that is what he meant */
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "forward", "unit=quality");
}

static void what_the_executive_is_to_have_first_waits_for_his_word(void **state) {
    static const char *const words[] = {"order", "consider"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(words); i++) {
        test_open_registered(o, "service");
        DO(o, o->head, "consider", "decision=to_executive");
        DO(o, o->head, "escalate", "text=เพื่อโปรดพิจารณา");
        REFUSED(o, COMPLAINT_E_GUARD, "agreed_before_forward", o->officer, "forward", "unit=quality");
        REFUSED(o, COMPLAINT_E_GUARD, "agreed_before_forward", o->officer, "forward", "unit=executive,quality");
        if (i == 0) DO(o, o->executive, "order", "text=ดำเนินการตามเสนอ");
        else DO(o, o->executive, "consider", "decision=agreed");
        DO(o, o->officer, "forward", "unit=quality");
    }
}

/* To forward it to him is to do what the head asked; what he answers sets it free, what another unit says does not. */
static void his_answer_sets_it_free(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->head, "consider", "decision=to_executive");
    DO(o, o->officer, "forward", "unit=executive");
    DO(o, o->quality, "hand_back", "from_unit=quality", "reason=ไม่เกี่ยวข้อง");
    REFUSED(o, COMPLAINT_E_GUARD, "agreed_before_forward", o->officer, "forward", "unit=hr");
    DO(o, o->executive, "hand_back", "from_unit=executive", "reason=ให้กลุ่มงานบริหารทรัพยากรบุคคลดำเนินการ", "suggested_unit=hr");
    test_last_event(o, "hand_back", "\"decision\":\"\"");
    DO(o, o->officer, "forward", "unit=hr");
}

/* A new cycle begins without what was asked in the one before. */
/* [CR-T3] What was urgent is put before the head again when it is opened again. */
static void a_reopened_urgent_case_is_before_the_head_again(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=urgent");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "withdraw", "party:=1", "reason=พอใจแล้ว");
    test_text(o, "phase", "withdrawn");
    o->now += DAY;
    DO(o, o->officer, "reopen", "reason=เกิดซ้ำ");
    assert_int_equal(test_clock_count(o, "escalate_urgent"), 2);
    assert_string_equal(test_clock_of(o, "escalate_urgent").state, "running");
    test_notice_is(o, "flag_to_head", "head", "waiting", NULL);
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=quality");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "forward", "unit=quality");
}

static void a_reopened_case_is_free(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    DO(o, o->head, "consider", "decision=changed", "text=x");
    DO(o, o->officer, "close", "why_not_told=declined");
    DO(o, o->officer, "reopen", "reason=มีข้อมูลใหม่");
    DO(o, o->officer, "forward", "unit=quality");
}

/* An order names its unit: elsewhere it goes by another order, or back to who gave it. */
static void what_is_ordered_to_one_unit_goes_to_no_other(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->executive, "order", "unit=quality,hr", "text=ให้ตรวจสอบ");
    REFUSED(o, COMPLAINT_E_GUARD, "ordered_unit", o->officer, "forward", "unit=finance");
    test_names(o, "quality, hr");
    test_names(o, "finance");
    REFUSED(o, COMPLAINT_E_GUARD, "ordered_unit", o->officer, "forward", "unit=quality,finance");
    DO(o, o->officer, "forward", "unit=hr");
    DO(o, o->officer, "forward", "unit=executive");
    DO(o, o->executive, "order", "unit=finance");
    DO(o, o->officer, "forward", "unit=quality,finance");
}

/* ---- whom nothing waits for ---------------------------------------------------------------------------------------------------- */

static void without_the_flag_nothing_waits_for_him(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality");
    assert_int_equal(test_int(o, "considered_at"), 0);
}

/* An urgent tip at night: the telephone first, whatever the state. */
static void the_telephone_waits_for_nobody(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-08T02:00");
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "contact");
    DO(o, o->officer, "contact", "text=โทร 1669");
    DO(o, o->officer, "register");
    DO(o, o->officer, "contact", "unit=disease_control", "text=โทรแจ้งทีม");
    test_text(o, "state", "registered");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(the_head_puts_an_officer_in_charge),
        SCENARIO(the_head_may_do_the_desks_work_and_his_own),
        SCENARIO(each_channel_is_looked_at_each_day_weekends_included),
        SCENARIO(a_look_that_is_none_is_refused),
        SCENARIO(a_number_of_another_register_is_kept),
        SCENARIO(his_spoken_word_is_entered_afterwards),
        SCENARIO(he_reports_to_the_executive),
        SCENARIO(what_is_to_be_changed_is_not_forwarded),
        SCENARIO(what_the_executive_is_to_have_first_waits_for_his_word),
        SCENARIO(his_answer_sets_it_free),
        SCENARIO(a_reopened_urgent_case_is_before_the_head_again),
        SCENARIO(a_reopened_case_is_free),
        SCENARIO(what_is_ordered_to_one_unit_goes_to_no_other),
        SCENARIO(without_the_flag_nothing_waits_for_him),
        SCENARIO(the_telephone_waits_for_nobody),
    };
    return cmocka_run_group_tests_name("CR-4.1: the head", tests, NULL, NULL);
}
