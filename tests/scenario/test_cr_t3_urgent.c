/* Urgent, sensitive, office-affecting matters go before the head at once [CR-T3], and are forwarded after his word only [CR-4.1.3]. */
#include "support/desk.h"

#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static int64_t notices(test_office *o) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    int64_t n = complaint_page_count(page);
    complaint_page_free(page);
    return n;
}

static void a_flag_that_is_none_is_refused(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "flag", o->officer, "flag");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "flag", o->officer, "flag", "flag=");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "flag", o->officer, "flag", "flag=purple");
    test_names(o, "purple");
    REFUSED(o, COMPLAINT_E_INVALID, "clear", o->officer, "flag", "flag=urgent", "clear:=2");
    REFUSED(o, COMPLAINT_E_INVALID, "clear", o->officer, "flag", "flag=urgent", "clear=yes");
    REFUSED(o, COMPLAINT_E_ROLE, "flag", o->executive, "flag", "flag=urgent");
    test_names(o, "officer");
    assert_int_equal(test_int(o, "flags"), 0);
    assert_int_equal(notices(o), 0);
}

static void consider_is_the_heads_alone(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_ROLE, "consider", o->officer, "consider", "decision=agreed");
    test_names(o, "head");
    REFUSED(o, COMPLAINT_E_REQUIRED, "decision", o->head, "consider", "spoken:=1");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "decision", o->head, "consider", "decision=maybe");
    test_names(o, "maybe");
    assert_int_equal(test_int(o, "considered_at"), 0);
}

static void an_urgent_flag_tells_the_head_at_any_hour(void **state) {
    test_office *o = *state;
    test_at(o, "2026-04-13T02:30"); /* Songkran, in the night */
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    assert_int_equal(test_int(o, "flags"), 1);
    assert_int_equal(notices(o), 1); /* in the same transaction */
    test_deliver(o, 1, 0, 0, 0);
    const test_sent *s = &o->sent[0];
    assert_string_equal(s->name, "flag_to_head");
    assert_string_equal(s->recipient, "head");
    assert_string_equal(s->channel, "staff");
    assert_string_equal(s->address, "");
    assert_int_equal(s->urgent, 1);
    assert_non_null(strstr(s->body, "เร่งด่วน"));
    assert_non_null(strstr(s->body, "กล่องข้อความเพจ Facebook"));
    test_no_text(s->body, "รอคิว"); /* not what he wrote, nor who he is */
    test_no_text(s->body, "สมศรี");
    test_no_text(s->body, "{");
}

static void the_head_has_an_hour_for_urgent_matters(void **state) {
    test_office *o = *state;
    test_at(o, "2026-04-13T23:30");
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    test_clock_is(o, "escalate_urgent", "running", "2026-04-14T00:30", 0);
    test_at(o, "2026-04-14T00:29:59.999");
    DO(o, o->head, "consider", "decision=agreed", "spoken:=1");
    test_clock_is(o, "escalate_urgent", "stopped", "2026-04-14T00:30", 0);

    test_at(o, "2025-11-05T09:00");
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    test_at(o, "2025-11-05T10:00");
    DO(o, o->head, "consider", "decision=agreed");
    test_clock_is(o, "escalate_urgent", "stopped", "2025-11-05T10:00", 1);
}

static void and_a_day_for_the_others(void **state) {
    static const char *const flags[] = {"flag=sensitive", "flag=office_impact"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(flags); i++) {
        test_at(o, "2025-11-08T09:00"); /* Saturday */
        test_open_case(o);
        DO(o, o->officer, "flag", flags[i]);
        test_clock_is(o, "escalate", "running", "2025-11-09T09:00", 0);
        assert_false(test_clock_of(o, "escalate_urgent").found);
        test_at(o, "2025-11-09T08:59:59.999");
        DO(o, o->head, "consider", "decision=to_executive");
        test_clock_is(o, "escalate", "stopped", "2025-11-09T09:00", 0);
    }
}

static void a_word_that_was_spoken_is_entered_afterwards(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    test_at(o, "2025-11-05T13:00");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->head, "consider", "decision=agreed", "@at=2025-11-05T13:00:00.001");
    DO(o, o->head, "consider", "decision=agreed", "spoken:=1", "@at=2025-11-05T09:20");
    test_clock_is(o, "escalate_urgent", "stopped", "2025-11-05T10:00", 0);
    assert_int_equal(test_int(o, "considered_at"), test_instant("2025-11-05T09:20"));
}

static void corruption_affects_the_office(void **state) {
    enum { OFFICE_IMPACT = 4, CORRUPTION = 8 };
    test_office *o = *state;
    test_open_registered(o, "procurement");
    DO(o, o->officer, "flag", "flag=corruption");
    assert_int_equal(test_int(o, "flags"), OFFICE_IMPACT | CORRUPTION);
    assert_int_equal(notices(o), 1);
    assert_true(test_clock_of(o, "escalate").found);
    test_deliver(o, 1, 0, 0, 0);
    assert_non_null(strstr(o->sent[0].body, "ทุจริต"));
    REFUSED(o, COMPLAINT_E_INVALID, "flag", o->officer, "flag", "flag=office_impact", "clear:=1", "reason=ไม่กระทบ"); /* no way round the head */
    test_names(o, "corruption");
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=finance");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->officer, "flag", "flag=corruption", "clear:=1");
    test_names(o, "when clear is 1, this is required: reason");
    DO(o, o->officer, "flag", "flag=corruption", "clear:=1", "reason=ไม่ได้กล่าวหาทุจริต");
    assert_int_equal(test_int(o, "flags"), OFFICE_IMPACT); /* is not taken back with it */
    DO(o, o->officer, "flag", "flag=office_impact", "clear:=1", "reason=ไม่กระทบ");
    assert_int_equal(test_int(o, "flags"), 0);
}

static void a_data_breach_goes_to_the_head_and_the_protection_officer(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=data_breach");
    test_deliver(o, 2, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "head");
    assert_string_equal(o->sent[1].recipient, "dpo");
    assert_string_equal(o->sent[1].name, "breach_to_dpo");
    assert_int_equal(o->sent[1].urgent, 1);
}

static void the_same_flag_twice_tells_once(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    DO(o, o->officer, "flag", "flag=urgent");
    assert_int_equal(notices(o), 1);
    assert_int_equal(test_clock_count(o, "escalate_urgent"), 1);
    DO(o, o->officer, "flag", "flag=sensitive"); /* another one is another matter for him */
    assert_int_equal(notices(o), 2);
    DO(o, o->head, "consider", "decision=agreed"); /* one word for all */
    test_clock_is(o, "escalate_urgent", "stopped", "2025-11-05T10:00", 0);
    test_clock_is(o, "escalate", "stopped", "2025-11-06T09:00", 0);
}

static void a_flag_is_taken_back(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=urgent");
    DO(o, o->officer, "flag", "flag=urgent", "clear:=1", "reason=เข้าใจผิด");
    assert_int_equal(test_int(o, "flags"), 0);
    DO(o, o->officer, "forward", "unit=quality");
}

/* What was no urgent matter after all is owed to nobody within the hour. */
static void what_is_taken_back_is_owed_no_more(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    REFUSED(o, COMPLAINT_E_STATE, "flag", o->officer, "flag", "flag=sensitive", "clear:=1", "reason=ไม่ใช่เรื่องนี้"); /* one that does not stand */
    test_names(o, "sensitive");
    test_clock_is(o, "escalate_urgent", "running", "2025-11-05T10:00", 0);
    test_at(o, "2025-11-05T09:20");
    DO(o, o->officer, "flag", "flag=urgent", "clear:=1", "reason=เข้าใจผิด");
    test_clock_is(o, "escalate_urgent", "cancelled", "2025-11-05T10:00", 0);
    test_at(o, "2025-11-05T10:30");
    test_tick(o, 0, 0); /* nobody is reminded of it */
    DO(o, o->officer, "flag", "flag=urgent");
    test_clock_is(o, "escalate_urgent", "running", "2025-11-05T11:30", 0); /* and if it is urgent after all, the hour is a new one */
    assert_int_equal(test_clock_count(o, "escalate_urgent"), 2);
}

static void the_clock_goes_on_while_another_flag_needs_it(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=sensitive");
    test_at(o, "2025-11-05T10:00");
    DO(o, o->officer, "flag", "flag=office_impact");
    DO(o, o->officer, "flag", "flag=sensitive", "clear:=1", "reason=ไม่อ่อนไหว");
    test_clock_is(o, "escalate", "running", "2025-11-06T09:00", 0);
    DO(o, o->officer, "flag", "flag=office_impact", "clear:=1", "reason=ไม่กระทบ"); /* the last that needed it */
    test_clock_is(o, "escalate", "cancelled", "2025-11-06T09:00", 0);
}

/* Of a flag that he has considered nothing is owed any more: it does not hold the clock of a later one. */
static void what_the_head_has_seen_holds_no_clock(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=sensitive");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "flag", "flag=office_impact");
    test_clock_is(o, "escalate", "running", "2025-11-06T09:00", 0);
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=quality");
    DO(o, o->officer, "flag", "flag=office_impact", "clear:=1", "reason=ไม่กระทบ");
    test_clock_is(o, "escalate", "cancelled", "2025-11-06T09:00", 0);
    DO(o, o->officer, "forward", "unit=quality"); /* his word on what stands is there */
}

/* The flag that another brought along stands for itself: it keeps its clock until it is taken back too. */
static void a_flag_that_came_along_keeps_its_clock(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=corruption");
    DO(o, o->officer, "flag", "flag=corruption", "clear:=1", "reason=ไม่ได้กล่าวหาทุจริต");
    test_clock_is(o, "escalate", "running", "2025-11-06T09:00", 0);
    DO(o, o->officer, "flag", "flag=office_impact", "clear:=1", "reason=ไม่กระทบ");
    test_clock_is(o, "escalate", "cancelled", "2025-11-06T09:00", 0);
}

/* A person who said that the office's own data leaked, and takes it back: the regulator is owed no report. */
static void a_leak_that_was_none_need_not_be_reported(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=data_breach");
    test_clock_is(o, "breach_72h", "running", "2025-11-08T09:00", 0);
    DO(o, o->head, "flag", "flag=data_breach", "clear:=1", "reason=เป็นข้อมูลของหน่วยงานอื่น");
    test_clock_is(o, "breach_72h", "cancelled", "2025-11-08T09:00", 0);
}

static void a_flagged_case_waits_for_the_head(void **state) {
    static const char *const flags[] = {"flag=urgent", "flag=sensitive", "flag=office_impact"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(flags); i++) {
        test_open_registered(o, "service");
        DO(o, o->officer, "flag", flags[i]);
        REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=quality");
        test_names(o, "CR-4.1.3");
        REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->head, "forward", "unit=quality"); /* his word is recorded first, his own forwarding included */
        DO(o, o->officer, "contact", "text=โทรแจ้ง 1669 แล้ว");                                         /* the telephone waits for nobody */
        DO(o, o->head, "consider", "decision=agreed");
        DO(o, o->officer, "forward", "unit=quality");
        test_text(o, "state", "forwarded");
    }
}

static void a_flag_after_his_word_needs_it_again(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=sensitive");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "flag", "flag=sensitive"); /* nothing new */
    DO(o, o->officer, "flag", "flag=urgent");
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=quality");
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "refer", "unit=police");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->head, "consider", "decision=changed"); /* what is to be changed */
    DO(o, o->head, "consider", "decision=changed", "text=ส่งกลุ่มงานพัฒนาคุณภาพด้วย");
    REFUSED(o, COMPLAINT_E_GUARD, "agreed_before_forward", o->officer, "forward", "unit=quality,hr");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "forward", "unit=quality,hr");
}

static void an_acting_head_is_on_record(void **state) {
    test_office *o = *state;
    complaint_actor *acting = NULL;
    complaint_page *page = NULL;
    OK(complaint_actor_new(NULL, "deputy", &acting));
    OK(complaint_actor_add_role(acting, "head"));
    OK(complaint_actor_set_acting_for(acting, "somchai"));
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    DO(o, acting, "consider", "decision=agreed", "text=ให้ดำเนินการ");
    OK(complaint_desk_events(o->desk, o->auditor, o->case_id, NULL, 0, &page));
    assert_string_equal(complaint_page_text_of(page, 2, "actor"), "deputy");
    assert_string_equal(complaint_page_text_of(page, 2, "actor_role"), "head");
    assert_string_equal(complaint_page_text_of(page, 2, "acting_for"), "somchai");
    complaint_page_free(page);
    complaint_actor_free(acting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(a_flag_that_is_none_is_refused),
        SCENARIO(consider_is_the_heads_alone),
        SCENARIO(an_urgent_flag_tells_the_head_at_any_hour),
        SCENARIO(the_head_has_an_hour_for_urgent_matters),
        SCENARIO(and_a_day_for_the_others),
        SCENARIO(a_word_that_was_spoken_is_entered_afterwards),
        SCENARIO(corruption_affects_the_office),
        SCENARIO(a_data_breach_goes_to_the_head_and_the_protection_officer),
        SCENARIO(the_same_flag_twice_tells_once),
        SCENARIO(a_flag_is_taken_back),
        SCENARIO(what_is_taken_back_is_owed_no_more),
        SCENARIO(the_clock_goes_on_while_another_flag_needs_it),
        SCENARIO(what_the_head_has_seen_holds_no_clock),
        SCENARIO(a_flag_that_came_along_keeps_its_clock),
        SCENARIO(a_leak_that_was_none_need_not_be_reported),
        SCENARIO(a_flagged_case_waits_for_the_head),
        SCENARIO(a_flag_after_his_word_needs_it_again),
        SCENARIO(an_acting_head_is_on_record),
    };
    return cmocka_run_group_tests_name("CR-T3: urgent matters before the head", tests, NULL, NULL);
}
