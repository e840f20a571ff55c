/*
 * Who is complained about loses sight of the case, notices included [CR-4.2.5]; it goes to the next superior [CR-4.1.4]. Officer, head, executive and unit.
 */
#include "support/desk.h"

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static const test_part parts[] = {complaint_desk_case,    complaint_desk_clocks,  complaint_desk_referrals,     complaint_desk_notices,
                                  complaint_desk_parties, complaint_desk_papers, complaint_desk_case_messages, complaint_desk_links};

/* By no way, and in no list. */
static void is_blind(test_office *o, const complaint_actor *who) {
    complaint_page *page = NULL;
    complaint_text *text = NULL;
    int64_t found = 0;
    for (size_t i = 0; i < COUNT(parts); i++) test_expect(o, parts[i](o->desk, who, o->case_id, &page), COMPLAINT_E_NOT_FOUND, "case", __FILE__, __LINE__);
    assert_int_equal(complaint_desk_events(o->desk, who, o->case_id, NULL, 0, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_evidence(o->desk, who, o->case_id, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_actions(o->desk, who, o->case_id, COMPLAINT_THAI, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_actions_of_others(o->desk, who, o->case_id, COMPLAINT_THAI, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_explain(o->desk, who, o->case_id, 1, COMPLAINT_THAI, &text), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_message(o->desk, who, o->message, &page), COMPLAINT_E_NOT_FOUND);
    if (test_int(o, "register_number"))
        assert_int_equal(complaint_desk_find(o->desk, who, (int32_t)test_int(o, "fiscal_year"), test_int(o, "register_number"), &found), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(test_act(o, who, "recuse", "reason=x", "role=officer", (const char *)NULL), COMPLAINT_E_NOT_FOUND);
}

static void not_in_lists(test_office *o, const complaint_actor *who) {
    static const int32_t lists[] = {COMPLAINT_WORK_OPEN, COMPLAINT_WORK_DUE, COMPLAINT_WORK_REFUSED, COMPLAINT_WORK_MINE};
    complaint_page *page = NULL;
    for (size_t i = 0; i < COUNT(lists); i++) assert_int_equal(test_worklist(o, who, lists[i], NULL, 0), 0);
    OK(complaint_desk_due(o->desk, who, NULL, INT64_MAX, NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
    OK(complaint_desk_inbox(o->desk, who, "opened", NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
    OK(complaint_desk_thread(o->desk, who, "facebook", "t-1", NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
}

/* ---- an officer ------------------------------------------------------------------------------------------------------------ */

static void an_officer_who_is_complained_about(void **state) {
    test_office *o = *state;
    complaint_actor *other = test_hire(o, "somying", "officer", "");
    test_open_registered(o, "personnel");
    DO(o, o->head, "assign", "assignee=somying");
    REFUSED(o, COMPLAINT_E_REQUIRED, "person", o->head, "recuse", "reason=ไม่บอกว่าใคร");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "role", o->head, "recuse", "role=king");
    DO(o, o->head, "recuse", "person=somying", "reason=เป็นผู้ถูกร้องเรียน");
    is_blind(o, other);
    not_in_lists(o, other);
    REFUSED(o, COMPLAINT_E_GUARD, "respondent_is_blind", o->head, "assign", "assignee=somying");
    test_text(o, "state", "registered"); /* the others go on */
    DO(o, o->officer, "forward", "unit=hr");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, NULL, 0), 1);
}

static void who_steps_back_himself(void **state) {
    test_office *o = *state;
    complaint_actor *other = test_hire(o, "somying", "officer", "");
    test_open_registered(o, "service");
    DO(o, other, "recuse", "person=somying", "reason=ผู้ร้องเป็นญาติ");
    is_blind(o, other);
    test_open_registered(o, "service"); /* this one only */
    assert_int_equal(test_worklist(o, other, COMPLAINT_WORK_OPEN, NULL, 0), 1);
}

/* ---- the head ----------------------------------------------------------------------------------------------------------------- */

/* What would go to the head goes to the executive. */
static void a_head_who_is_complained_about(void **state) {
    test_office *o = *state;
    test_open_registered(o, "personnel");
    DO(o, o->officer, "recuse", "role=head", "reason=ร้องเรียนหัวหน้ากลุ่มงาน");
    is_blind(o, o->head);
    not_in_lists(o, o->head);
    DO(o, o->officer, "flag", "flag=office_impact");
    test_notice_is(o, "flag_to_head", "executive", "waiting", "2025-11-05T09:00"); /* to the next superior */
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "executive");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->head, "consider", "decision=agreed");
    DO(o, o->officer, "escalate", "text=หัวหน้ากลุ่มงานมีส่วนได้เสีย");
    test_notice_is(o, "escalation", "executive", "waiting", NULL);
    DO(o, o->executive, "order", "text=ให้กลุ่มงานบริหารทรัพยากรบุคคลตรวจสอบ");
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=hr");
    test_clock_is(o, "escalate", "running", "2025-11-06T09:00", 0);
    DO(o, o->executive, "consider", "decision=agreed"); /* in his place */
    test_clock_is(o, "escalate", "stopped", "2025-11-06T09:00", 0);
    DO(o, o->officer, "forward", "unit=hr");
}

static void notice_is(test_office *o, int64_t seq, const char *template_name, const char *recipient, const char *state) {
    assert_string_equal(test_notice_of(o, o->case_id, seq, "template"), template_name);
    assert_string_equal(test_notice_of(o, o->case_id, seq, "recipient"), recipient);
    assert_string_equal(test_notice_of(o, o->case_id, seq, "state"), state);
}

/* What waits for him when he is found concerned does not leave any more, and his superior hears each word of it at once; also when it is taken back. [CR-T3] */
static void what_waits_for_a_head_goes_past_him(void **state) {
    test_office *o = *state;
    test_open_registered(o, "personnel");
    DO(o, o->officer, "flag", "flag=office_impact");
    DO(o, o->officer, "flag", "flag=data_breach");
    notice_is(o, 1, "flag_to_head", "head", "waiting");
    DO(o, o->officer, "recuse", "role=head", "reason=ร้องเรียนหัวหน้ากลุ่มงาน");
    notice_is(o, 1, "flag_to_head", "head", "withdrawn");
    notice_is(o, 2, "breach_to_head", "head", "withdrawn");
    notice_is(o, 3, "breach_to_dpo", "dpo", "waiting");
    notice_is(o, 4, "flag_to_head", "executive", "waiting");
    notice_is(o, 5, "breach_to_head", "executive", "waiting");
    DO(o, o->executive, "recuse", "role=head", "clear:=1", "reason=ตรวจสอบแล้วไม่เกี่ยวข้อง");
    test_deliver(o, 3, 0, 0, 0);
    for (int i = 0; i < 3; i++) assert_string_not_equal(o->sent[i].recipient, "head");
    test_verify(o);
}

/* The head steps back in person; whoever acts for him considers. */
static void an_acting_head_considers_when_he_steps_back(void **state) {
    test_office *o = *state;
    complaint_actor *acting = test_hire(o, "deputy", "head", "");
    OK(complaint_actor_set_acting_for(acting, "somchai"));
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=sensitive");
    DO(o, o->head, "recuse", "person=somchai", "reason=ผู้ร้องเป็นคู่กรณี");
    is_blind(o, o->head);
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=quality");
    DO(o, acting, "consider", "decision=agreed");
    DO(o, o->officer, "forward", "unit=quality");
}

/* ---- the executive -------------------------------------------------------------------------------------------------------------- */

static void an_executive_who_is_complained_about(void **state) {
    test_office *o = *state;
    test_open_registered(o, "personnel");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->head, "recuse", "role=executive", "clear:=1");
    DO(o, o->head, "recuse", "role=executive", "reason=ร้องเรียนผู้บริหาร");
    is_blind(o, o->executive);
    not_in_lists(o, o->executive);
    DO(o, o->head, "escalate", "text=เกินอำนาจกลุ่มงาน");
    test_notice_is(o, "escalation", "inspector", "waiting", "2025-11-05T09:00");
    REFUSED(o, COMPLAINT_E_GUARD, "respondent_is_blind", o->officer, "forward", "unit=executive");
    DO(o, o->officer, "forward", "unit=inspector"); /* the examination goes to the next superior */
    complaint_actor *inspector = test_hire(o, "insp-1", "inspector", "inspector");
    complaint_page *page = NULL;
    OK(complaint_desk_case(o->desk, inspector, o->case_id, &page));
    complaint_page_free(page);
}

/* The seat and who sits in it are one, whichever is named: nobody of his unit sees it, it is not sent there, and nothing is entered in his name. */
static void the_executives_unit_and_role_are_one(void **state) {
    static const char *const named[] = {"role=executive", "concerned_unit=executive"};
    test_office *o = *state;
    complaint_actor *secretary = test_hire(o, "secretary", "unit", "executive"), *chief = test_hire(o, "chief", "executive", "");
    for (size_t i = 0; i < COUNT(named); i++) {
        test_open_registered(o, "personnel");
        DO(o, o->officer, "forward", "unit=executive");
        DO(o, o->officer, "recuse", named[i], "reason=ร้องเรียนผู้บริหาร");
        is_blind(o, secretary);
        is_blind(o, chief);
        DO(o, o->head, "escalate", "text=เกินอำนาจกลุ่มงาน");
        test_notice_is(o, "escalation", "inspector", "waiting", "2025-11-05T09:00");
        OK(complaint_actor_set_on_behalf(o->officer, "executive"));
        REFUSED(o, COMPLAINT_E_GUARD, "on_behalf", o->officer, "report_result", "from_unit=executive", "outcome=explained", "text=x");
        OK(complaint_actor_set_on_behalf(o->officer, ""));
        DO(o, o->head, "hand_back", "from_unit=executive", "reason=มีส่วนได้เสีย");
        REFUSED(o, COMPLAINT_E_GUARD, "respondent_is_blind", o->officer, "forward", "unit=executive");
        DO(o, o->head, "recuse", named[i], "clear:=1", "reason=บันทึกผิดเรื่อง");
        DO(o, o->officer, "forward", "unit=executive");
        assert_int_equal(test_worklist(o, secretary, COMPLAINT_WORK_UNIT, NULL, 0), (int64_t)i + 1);
    }
}

/* The ladder of a clock goes past him too. */
static void the_ladder_goes_past_who_is_concerned(void **state) {
    test_office *o = *state;
    test_open_registered(o, "personnel");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->head, "recuse", "role=executive", "reason=ร้องเรียนผู้บริหาร");
    DO(o, o->officer, "flag", "flag=urgent");
    test_at(o, "2025-11-05T10:00");
    test_tick(o, 1, 1);
    test_notice_is(o, "consider_overdue_urgent", "inspector", "waiting", "2025-11-05T10:00");
}

/* ---- a unit ---------------------------------------------------------------------------------------------------------------------- */

/* It may be asked for facts by telephone; the matter itself goes to its superior. */
static void a_unit_that_is_complained_about(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "recuse", "concerned_unit=quality", "reason=ร้องเรียนกลุ่มงานเอง");
    REFUSED(o, COMPLAINT_E_GUARD, "respondent_is_blind", o->officer, "forward", "unit=quality");
    REFUSED(o, COMPLAINT_E_GUARD, "respondent_is_blind", o->officer, "forward", "unit=hr,quality");
    REFUSED(o, COMPLAINT_E_GUARD, "respondent_is_blind", o->executive, "order", "unit=quality");
    DO(o, o->officer, "contact", "unit=quality", "text=ขอข้อเท็จจริงทางโทรศัพท์");
    is_blind(o, o->quality);
    DO(o, o->officer, "forward", "unit=executive");
    is_blind(o, o->quality);
}

/* Found out after it was sent there: the unit sees it no more, nor does anybody of it, whatever his role. */
static void a_unit_found_concerned_after_it_was_sent_there(void **state) {
    test_office *o = *state;
    complaint_actor *officer_there = test_hire(o, "q-officer", "officer", "quality");
    test_open_forwarded(o);
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 1);
    DO(o, o->quality, "recuse", "concerned_unit=quality", "reason=มีส่วนได้เสีย");
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 0);
    is_blind(o, o->quality);
    is_blind(o, officer_there);
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->quality, "report_result", "from_unit=quality", "outcome=explained", "text=x");
    DO(o, o->officer, "forward", "unit=executive");
    DO(o, o->head, "hand_back", "from_unit=quality", "reason=หน่วยงานมีส่วนได้เสีย");
    test_text(o, "state", "forwarded");
}

/* ---- who may say so, and take it back ------------------------------------------------------------------------------------------------ */

/* A unit that could name others would keep the desk from its own matter. */
static void what_waits_for_a_unit_goes_past_it(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->head, "recuse", "concerned_unit=quality", "reason=ร้องเรียนกลุ่มงานนี้");
    notice_is(o, 1, "to_unit", "quality", "withdrawn");
    notice_is(o, 2, "to_unit", "executive", "waiting");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "executive");
    test_verify(o);
}

static void a_unit_steps_back_for_itself_only(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    REFUSED(o, COMPLAINT_E_GUARD, "own_unit_only", o->quality, "recuse", "role=officer", "reason=x");
    REFUSED(o, COMPLAINT_E_GUARD, "own_unit_only", o->quality, "recuse", "role=head", "reason=x");
    REFUSED(o, COMPLAINT_E_GUARD, "own_unit_only", o->quality, "recuse", "role=unit", "reason=x");
    REFUSED(o, COMPLAINT_E_GUARD, "own_unit_only", o->quality, "recuse", "concerned_unit=hr", "reason=x");
    REFUSED(o, COMPLAINT_E_GUARD, "own_unit_only", o->quality, "recuse", "concerned_unit=quality", "role=officer", "reason=x");
    REFUSED(o, COMPLAINT_E_GUARD, "own_unit_only", o->quality, "recuse", "person=somsri", "reason=x");
    REFUSED(o, COMPLAINT_E_GUARD, "own_unit_only", o->dpo, "recuse", "role=head", "reason=x");
    test_log(o, "triage register classify forward delivered");
    DO(o, o->quality, "recuse", "concerned_unit=quality", "reason=มีส่วนได้เสีย");
    is_blind(o, o->quality);
}

static void a_recusal_is_taken_back_from_above(void **state) {
    test_office *o = *state;
    complaint_actor *other = test_hire(o, "somying", "officer", "");
    test_open_registered(o, "service");
    REFUSED(o, COMPLAINT_E_STATE, "role", o->executive, "recuse", "role=head", "clear:=1", "reason=ไม่เคยมี");
    DO(o, o->officer, "recuse", "role=head", "person=somying", "reason=เข้าใจผิด");
    is_blind(o, o->head);
    is_blind(o, other);
    REFUSED(o, COMPLAINT_E_GUARD, "recusal_lifted_from_above", o->officer, "recuse", "role=head", "clear:=1", "reason=ขอยกเลิก");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->executive, "recuse", "role=head", "clear:=1");
    REFUSED(o, COMPLAINT_E_STATE, "person", o->executive, "recuse", "person=malee", "clear:=1", "reason=คนละคน");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->head, "recuse", "role=head", "clear:=1", "reason=ขอยกเลิกเอง");
    DO(o, o->executive, "recuse", "role=head", "clear:=1", "reason=ไม่มีส่วนได้เสีย");
    test_last_event(o, "recuse", "\"seeing\":[{\"role\":\"head\"}]");
    is_blind(o, other); /* who was named with it stays out */
    assert_int_equal(test_worklist(o, o->head, COMPLAINT_WORK_OPEN, NULL, 0), 1);
    DO(o, o->head, "recuse", "person=somying", "clear:=1", "reason=ไม่มีส่วนได้เสีย");
    assert_int_equal(test_worklist(o, other, COMPLAINT_WORK_OPEN, NULL, 0), 1);
    test_log(o, "triage register classify recuse recuse recuse");
}

/* A case that nobody sees any more would be lost. */
static void somebody_is_left_who_goes_on(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->head, "recuse", "role=officer", "reason=ร้องเรียนเจ้าหน้าที่");
    DO(o, o->executive, "recuse", "role=head", "reason=ร้องเรียนหัวหน้ากลุ่มงาน");
    REFUSED(o, COMPLAINT_E_INVALID, "role", o->executive, "recuse", "role=executive", "reason=x");
    REFUSED(o, COMPLAINT_E_INVALID, "concerned_unit", o->executive, "recuse", "concerned_unit=executive", "reason=x");
    DO(o, o->executive, "recuse", "role=officer", "clear:=1", "reason=ตรวจสอบแล้ว");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, NULL, 0), 1);
    DO(o, o->executive, "recuse", "role=executive", "reason=มีส่วนได้เสีย");
    is_blind(o, o->executive);
}

/* ---- somebody who is two ------------------------------------------------------------------------------------------------------------ */

static complaint_actor *hire_two(test_office *o, const char *id, const char *first, const char *second, const char *unit) {
    complaint_actor *who = test_hire(o, id, first, unit);
    OK(complaint_actor_add_role(who, second));
    return who;
}

/* What he reads as officer he knows as head. */
static void one_concerned_role_of_two_is_enough(void **state) {
    test_office *o = *state;
    complaint_actor *both = hire_two(o, "somboon", "officer", "head", "");
    test_open_registered(o, "personnel");
    DO(o, o->officer, "recuse", "role=head", "reason=ร้องเรียนหัวหน้ากลุ่มงาน");
    is_blind(o, both);
    not_in_lists(o, both);
    OK(complaint_actor_set_acting_for(both, "somchai")); /* a person's name is no role */
    is_blind(o, both);
    OK(complaint_actor_set_acting_for(both, "head")); /* nor is the one that is concerned */
    is_blind(o, both);
    OK(complaint_actor_set_acting_for(both, "executive")); /* nor one that he was not given */
    is_blind(o, both);
}

static void who_stands_in_for_another_role_sees_as_that_role(void **state) {
    test_office *o = *state;
    complaint_actor *both = hire_two(o, "somboon", "head", "executive", "");
    test_open_registered(o, "personnel"); /* the complainant is confidential: not for the executive */
    DO(o, o->officer, "recuse", "role=head", "reason=ร้องเรียนหัวหน้ากลุ่มงาน");
    is_blind(o, both);
    OK(complaint_actor_set_acting_for(both, "executive"));
    complaint_page *page = test_page(o, both, complaint_desk_parties);
    assert_int_equal(complaint_page_masked(page, 0, complaint_page_column_find(page, "name")), 1);
    complaint_page_free(page);
    assert_int_equal(test_worklist(o, both, COMPLAINT_WORK_OPEN, NULL, 0), 1);
    REFUSED(o, COMPLAINT_E_ROLE, "assign", both, "assign", "assignee=malee"); /* the head's: not by who is concerned as head */
    DO(o, both, "order", "text=ให้ตรวจสอบ");
    test_log(o, "triage register classify recuse order");
}

static void a_person_or_a_unit_is_blind_whatever_he_stands_in_for(void **state) {
    test_office *o = *state;
    complaint_actor *person = hire_two(o, "somboon", "officer", "executive", ""), *there = hire_two(o, "q-head", "officer", "head", "quality");
    test_open_registered(o, "personnel");
    DO(o, o->head, "recuse", "person=somboon", "reason=เป็นผู้ถูกร้องเรียน");
    DO(o, o->head, "recuse", "concerned_unit=quality", "reason=ร้องเรียนกลุ่มงาน");
    OK(complaint_actor_set_acting_for(person, "executive"));
    OK(complaint_actor_set_acting_for(there, "head"));
    is_blind(o, person);
    is_blind(o, there);
}

/* A deputy who is head asks in the executive's place: what the executive may not know is kept from the chair, whoever sits in it. */
static void who_stands_in_for_a_concerned_role_is_blind(void **state) {
    test_office *o = *state;
    complaint_actor *deputy = test_hire(o, "deputy", "head", "");
    test_open_registered(o, "personnel");
    DO(o, o->officer, "recuse", "role=executive", "reason=ร้องเรียนผู้บริหาร");
    assert_int_equal(test_worklist(o, deputy, COMPLAINT_WORK_OPEN, NULL, 0), 1);
    OK(complaint_actor_set_acting_for(deputy, "executive"));
    is_blind(o, deputy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(an_officer_who_is_complained_about),
        SCENARIO(who_steps_back_himself),
        SCENARIO(a_head_who_is_complained_about),
        SCENARIO(what_waits_for_a_head_goes_past_him),
        SCENARIO(an_acting_head_considers_when_he_steps_back),
        SCENARIO(an_executive_who_is_complained_about),
        SCENARIO(the_executives_unit_and_role_are_one),
        SCENARIO(the_ladder_goes_past_who_is_concerned),
        SCENARIO(a_unit_that_is_complained_about),
        SCENARIO(a_unit_found_concerned_after_it_was_sent_there),
        SCENARIO(what_waits_for_a_unit_goes_past_it),
        SCENARIO(a_unit_steps_back_for_itself_only),
        SCENARIO(a_recusal_is_taken_back_from_above),
        SCENARIO(somebody_is_left_who_goes_on),
        SCENARIO(one_concerned_role_of_two_is_enough),
        SCENARIO(who_stands_in_for_another_role_sees_as_that_role),
        SCENARIO(a_person_or_a_unit_is_blind_whatever_he_stands_in_for),
        SCENARIO(who_stands_in_for_a_concerned_role_is_blind),
    };
    return cmocka_run_group_tests_name("CR-4.2.5: who is complained about is blind", tests, NULL, NULL);
}
