/*
 * Those who are owed an answer: several complainants of one matter, each acknowledged [CR-T2] and told [CR-T6]; one who withdraws, and what goes on all the same; tries to reach somebody; the body that passed the
 * matter on, with its own number and deadline.
 */
#include "support/desk.h"

#include <complaint/text.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static void open_with_two(test_office *o) {
    test_open_forwarded(o);
    DO(o, o->officer, "add_complainant", "name=ประสิทธิ์", "address=pairat@example.org", "channel=email");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
}

/* ---- several complainants [CR-T6] ------------------------------------------------------------------------------------------- */

static void each_is_told_by_his_own_way(void **state) {
    test_office *o = *state;
    open_with_two(o);
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "add_complainant", "channel=tiktok");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว");
    test_deliver(o, 2, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "complainant");
    assert_string_equal(o->sent[0].channel, "facebook");
    assert_string_equal(o->sent[1].recipient, "complainant-2");
    assert_string_equal(o->sent[1].channel, "email");
    assert_string_equal(o->sent[1].address, "pairat@example.org");
    DO(o, o->officer, "close");
}

/* Who comes later is acknowledged too, and nobody twice. [CR-T2, CR-4.2.3] */
static void who_comes_later_is_acknowledged_too(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "acknowledge");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
    test_names(o, "waiting to be delivered");
    test_deliver(o, 1, 0, 0, 0);
    test_at(o, "2025-11-05T11:00");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
    test_names(o, "acknowledged already");
    DO(o, o->officer, "add_complainant", "name=ประสิทธิ์", "address=pairat@example.org", "channel=email");
    test_clock_is(o, "acknowledge", "running", "2025-11-07T00:00", 0); /* he is owed his own, within a day [CR-T2] */
    DO(o, o->officer, "acknowledge");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
    test_names(o, "waiting to be delivered");
    test_deliver(o, 1, 0, 0, 0); /* to him alone */
    assert_string_equal(o->sent[1].name, "acknowledgement");
    assert_string_equal(o->sent[1].recipient, "complainant-2");
    assert_string_equal(o->sent[1].channel, "email");
    test_instant_is(test_int(o, "acknowledged_at"), "2025-11-05T09:00"); /* the case's is the first one */
    test_instant_is(test_clock_int(o, "acknowledge", 0, "stopped_at"), "2025-11-05T09:00");
    test_instant_is(test_clock_of(o, "acknowledge").stopped_at, "2025-11-05T11:00");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
    test_names(o, "acknowledged already");
}

/* Also when the others know the result already: what begins his clock can be followed by what stops it. */
static void who_comes_after_the_result_is_acknowledged(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แล้วเสร็จ");
    DO(o, o->officer, "notify_result", "text=ผล", "by_hand=phone");
    DO(o, o->officer, "add_complainant", "name=ประสิทธิ์", "address=pairat@example.org", "channel=email");
    test_clock_is(o, "acknowledge", "running", "2025-11-07T00:00", 0);
    DO(o, o->officer, "acknowledge");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "complainant-2");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", 0);
    test_text(o, "state", "told");
}

/* Each one's fails for itself, and is made good for itself. */
static void an_acknowledgement_that_failed_is_sent_to_that_one_again(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "add_complainant", "channel=email", "address=pairat@example.org");
    DO(o, o->officer, "acknowledge");
    test_script(o, COMPLAINT_DELIVERED, 0);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 1, 0, 0, 1);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    test_last_event(o, "acknowledge", "\"to\":\"complainant-2\"");
    test_last_event(o, "acknowledge", "!\"to\":\"complainant\"");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
}

/* Two who wrote on the page and one who telephoned. */
static void open_with_three(test_office *o) {
    test_open_forwarded(o);
    DO(o, o->officer, "add_complainant", "name=ประสิทธิ์", "channel=facebook", "address=t-9");
    DO(o, o->officer, "add_complainant", "name=แก้ว", "channel=phone", "address=081");
}

static void heard(test_office *o, const char *recipient, const char *state) { assert_string_equal(test_cell(o, o->officer, complaint_desk_notices, "recipient", recipient, "state"), state); }

/* By hand is told whom no channel reaches; each other one gets the words by the channel by which he came. [CR-T2] */
static void by_hand_is_for_whom_no_channel_reaches(void **state) {
    test_office *o = *state;
    open_with_three(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", o->officer, "acknowledge");
    test_names(o, "complainant 3");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    test_last_event(o, "acknowledge", "\"heard\":[{\"seq\":3}]");
    heard(o, "complainant", "waiting");
    heard(o, "complainant-2", "waiting");
    heard(o, "complainant-3", "by_hand");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
    test_names(o, "waiting to be delivered");
    test_deliver(o, 2, 0, 0, 0);
    assert_string_equal(o->sent[0].channel, "facebook");
    assert_string_equal(o->sent[1].channel, "facebook");
}

/* The first word acknowledges the case, the last one tells the result; a word by hand stops no clock of those who wait for a letter. [CR-T6] */
static void a_word_by_hand_does_not_tell_who_waits_for_a_letter(void **state) {
    test_office *o = *state;
    open_with_three(o);
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    test_last_event(o, "notify_result", "\"heard\":[{\"seq\":3}]");
    test_text(o, "state", "told");
    assert_int_equal(test_int(o, "told_at"), 0);
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    test_names(o, "waits to be delivered");
    test_script(o, COMPLAINT_DELIVERED, 0);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 1, 0, 0, 1);
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close"); /* nothing is on its way any more */
    test_names(o, "has to be told first");
    DO(o, o->officer, "notify_result", "party:=2", "text=แก้ไขแล้ว", "by_hand=in_person");
    assert_int_equal(test_int(o, "told_at"), o->now);
    assert_string_equal(test_clock_of(o, "notify_result").state, "stopped");
    DO(o, o->officer, "close");
}

/* Who is named is told alone; the rest later, and who knows it already not again. */
static void one_who_is_named_is_told_alone(void **state) {
    test_office *o = *state;
    open_with_three(o);
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "acknowledge", "party:=4");
    DO(o, o->officer, "acknowledge", "party:=3", "by_hand=phone");
    REFUSED(o, COMPLAINT_E_STATE, "party", o->officer, "acknowledge", "party:=3", "by_hand=phone");
    test_names(o, "complainant 3");
    DO(o, o->officer, "acknowledge", "party:=1");
    REFUSED(o, COMPLAINT_E_STATE, "party", o->officer, "acknowledge", "party:=1");
    DO(o, o->officer, "acknowledge");
    test_deliver(o, 2, 0, 0, 0);
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "party:=3", "text=แก้ไขแล้ว", "by_hand=phone");
    test_text(o, "state", "resulted"); /* the others are still to be told */
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว");
    test_last_event(o, "notify_result", "!complainant-3");
    test_text(o, "state", "told");
    test_deliver(o, 2, 0, 0, 0);
    assert_int_equal(test_int(o, "told_at"), o->now);
    REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", o->officer, "notify_result", "text=ขอแก้คำ"); /* all know the first word: a second one is for all */
    DO(o, o->officer, "close");
}

/* The one who is named last makes the case told, the others' letters being on their way. */
static void the_last_who_is_named_completes_them(void **state) {
    test_office *o = *state;
    open_with_three(o);
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "party:=1", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "party:=2", "text=แก้ไขแล้ว", "by_hand=in_person");
    test_text(o, "state", "resulted");
    DO(o, o->officer, "notify_result", "party:=3", "text=แก้ไขแล้ว", "by_hand=letter");
    test_text(o, "state", "told");
    assert_int_equal(test_int(o, "told_at"), 0);
    test_deliver(o, 1, 0, 0, 0);
    assert_int_equal(test_int(o, "told_at"), o->now);
}

/* Where every channel carries an answer, by hand means: the officer told them himself. */
static void by_hand_alone_covers_all_who_could_be_written_to(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "add_complainant", "channel=email", "address=pairat@example.org");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    test_last_event(o, "acknowledge", "!heard");
    test_deliver(o, 0, 0, 0, 0);
}

static void who_has_withdrawn_is_not_acknowledged(void **state) {
    test_office *o = *state;
    test_open_registered(o, "health_threat"); /* which goes on without him */
    DO(o, o->officer, "withdraw");
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
    test_names(o, "no complainant who has not withdrawn");
    DO(o, o->officer, "add_complainant", "channel=email", "address=pairat@example.org");
    DO(o, o->officer, "acknowledge");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "complainant-2");
}

/* Of him who withdraws nothing waits any more, also when he is not named. */
static void who_withdraws_unnamed_is_owed_nothing_at_once(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "add_complainant", "channel=email", "address=pairat@example.org");
    DO(o, o->officer, "withdraw", "party:=1");
    DO(o, o->officer, "acknowledge");
    test_notice_is(o, "acknowledgement", "complainant-2", "waiting", NULL);
    DO(o, o->officer, "withdraw");
    test_notice_is(o, "acknowledgement", "complainant-2", "withdrawn", NULL);
}

/* Who he is stands in his row, at his level; the log proves it and does not tell. [CR-4.2.5] */
static void the_log_does_not_tell_who_he_is(void **state) {
    test_office *o = *state;
    open_with_two(o);
    complaint_actor *others[] = {o->quality, o->auditor, o->dpo, o->executive};
    for (size_t i = 0; i < COUNT(others); i++) {
        complaint_page *page = NULL;
        complaint_text *json = NULL;
        OK(complaint_desk_events(o->desk, others[i], o->case_id, NULL, 0, &page));
        OK(complaint_page_json(page, &json));
        test_no_text(complaint_text_data(json), "ประสิทธิ์");
        test_no_text(complaint_text_data(json), "pairat@example.org");
        complaint_text_free(json);
        complaint_page_free(page);
    }
}

/* Told is who was told: one answer does not stand for two. */
static void the_case_is_not_closed_while_one_is_not_told(void **state) {
    test_office *o = *state;
    open_with_two(o);
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว");
    test_script(o, COMPLAINT_DELIVERED, 0);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 1, 0, 0, 1);
    assert_int_equal(test_int(o, "told_at"), 0);
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    test_at(o, "2025-11-06T10:00");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    assert_int_equal(test_int(o, "told_at"), o->now);
    test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 0);
    DO(o, o->officer, "close");
}

static void the_last_one_told_stops_the_clock(void **state) {
    test_office *o = *state;
    open_with_two(o);
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว");
    test_script(o, COMPLAINT_DELIVERED, 0);
    test_script(o, COMPLAINT_RETRY_AT, test_instant("2025-11-11T00:00"));
    test_deliver(o, 1, 0, 1, 0);
    test_at(o, "2025-11-11T00:00");
    test_deliver(o, 1, 0, 0, 0);
    test_clock_is(o, "notify_result", "stopped", "2025-11-11T00:00", 1);
    assert_int_equal(test_int(o, "told_at"), o->now);
}

static void one_withdraws_the_other_is_told(void **state) {
    test_office *o = *state;
    open_with_two(o);
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "withdraw", "party:=3");
    DO(o, o->officer, "withdraw", "party:=1", "reason=พอใจแล้ว");
    test_text(o, "state", "told"); /* the case goes on */
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "channel", "facebook", "state"), "withdrawn");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_notices, "recipient", "complainant", "state"), "withdrawn"); /* his letter stays at home */
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "withdraw", "party:=1"); /* once */
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "complainant-2");
    assert_int_equal(test_int(o, "told_at"), o->now);
    DO(o, o->officer, "notify_result", "text=เพิ่มเติม");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[1].recipient, "complainant-2");
    DO(o, o->officer, "close");
}

static void the_last_one_who_withdraws_ends_it(void **state) {
    test_office *o = *state;
    open_with_two(o);
    DO(o, o->officer, "withdraw", "party:=2");
    DO(o, o->officer, "withdraw", "party:=1");
    test_text(o, "phase", "withdrawn");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_DUE, NULL, 0), 0);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, NULL, 0), 0);
    REFUSED(o, COMPLAINT_E_STATE, "withdraw", o->officer, "withdraw");
}

/* Of several nobody is taken for granted; the only one who is left need not be named, whatever his number. */
static void which_of_several_withdraws_has_to_be_said(void **state) {
    test_office *o = *state;
    open_with_two(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "withdraw");
    test_names(o, "several complainants");
    test_names(o, "1 (facebook), 2 (email)");
    test_names(o, "1 (กล่องข้อความเพจ Facebook), 2 (");
    DO(o, o->officer, "withdraw", "party:=1");
    DO(o, o->officer, "withdraw");
    test_text(o, "phase", "withdrawn");
}

/* ---- who withdrew and comes back ---------------------------------------------------------------------------------------------- */

static const char *state_of_first(test_office *o) { return test_cell(o, o->officer, complaint_desk_parties, "channel", "facebook", "state"); }

/* A case that ended with a withdrawal is opened again by his word: he is told, and asked, as before. */
static void who_withdrew_is_a_complainant_again_when_his_case_is_reopened(void **state) {
    test_office *o = *state;
    open_with_two(o);
    DO(o, o->officer, "withdraw", "party:=2");
    DO(o, o->officer, "withdraw", "party:=1");
    test_text(o, "phase", "withdrawn");
    DO(o, o->officer, "reopen", "reason=ผู้ร้องเรียนขอให้ดำเนินการต่อ");
    test_last_event(o, "reopen", "\"returned\":[{\"seq\":1},{\"seq\":2}]");
    assert_string_equal(state_of_first(o), "active");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว");
    test_deliver(o, 3, 0, 0, 0); /* the unit is told too */
    DO(o, o->officer, "close");
    DO(o, o->officer, "reopen", "reason=ข้อเท็จจริงใหม่");
    DO(o, o->officer, "withdraw", "party:=1"); /* and may withdraw again */
    assert_string_equal(state_of_first(o), "withdrawn");
}

/* Only who comes back: a case of two that ended for the one and was opened again by him. */
static void by_whose_word_a_case_is_reopened_is_said(void **state) {
    test_office *o = *state;
    open_with_two(o);
    DO(o, o->officer, "withdraw", "party:=2");
    DO(o, o->officer, "withdraw", "party:=1");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "reopen", "reason=x", "party:=3");
    DO(o, o->officer, "reopen", "reason=ผู้ร้องเรียนลำดับที่ 1 ขอให้ดำเนินการต่อ", "party:=1");
    test_last_event(o, "reopen", "\"returned\":[{\"seq\":1}]");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "withdraw", "party:=2"); /* he has not come back */
    DO(o, o->officer, "withdraw", "party:=1");
    test_text(o, "phase", "withdrawn");
    DO(o, o->officer, "reopen", "reason=ขอให้ดำเนินการต่อ"); /* of the two, the one who withdrew in the cycle that ended */
    test_last_event(o, "reopen", "\"returned\":[{\"seq\":1}]");
}

/* A case that went on without him and was closed is not opened again for him, unless he asks for it. */
static void a_closed_case_does_not_bring_him_back_by_itself(void **state) {
    test_office *o = *state;
    open_with_two(o);
    DO(o, o->officer, "withdraw", "party:=1");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    DO(o, o->officer, "close");
    DO(o, o->officer, "reopen", "reason=ข้อเท็จจริงใหม่");
    test_last_event(o, "reopen", "!returned");
    assert_string_equal(state_of_first(o), "withdrawn");
    DO(o, o->officer, "withdraw", "party:=2");
    DO(o, o->officer, "reopen", "reason=x", "party:=1");
    assert_string_equal(state_of_first(o), "active");
}

static void a_withdrawn_case_leaves_the_units_list(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 1);
    DO(o, o->officer, "withdraw");
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 0);
}

/* Where the case goes on without him, what was owed to him alone is owed to nobody. */
static void what_was_owed_to_him_alone_ends_with_him(void **state) {
    test_office *o = *state;
    test_open_registered(o, "health_threat");
    DO(o, o->officer, "add_complainant", "channel=email", "address=pairat@example.org");
    DO(o, o->officer, "withdraw", "party:=1");
    test_clock_is(o, "acknowledge", "running", "2025-11-07T00:00", 0); /* the other one waits for it */
    test_at(o, "2025-11-05T10:00");
    DO(o, o->officer, "withdraw", "party:=2");
    test_text(o, "state", "registered");
    test_clock_is(o, "acknowledge", "cancelled", "2025-11-07T00:00", 0);
    test_clock_is(o, "forward", "running", "2025-11-07T00:00", 0);
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge");
    DO(o, o->officer, "forward", "unit=disease_control");
    complaint_actor *cdc = test_hire(o, "cdc-1", "unit", "disease_control");
    DO(o, cdc, "report_result", "from_unit=disease_control", "outcome=resolved", "text=ควบคุมโรคแล้ว");
    assert_false(test_clock_of(o, "notify_result").found); /* nobody is left to be told */
    DO(o, o->officer, "close");
}

static void with_the_last_who_waits_for_the_result_its_clock_ends(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=corruption");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->officer, "add_complainant", "channel=email", "address=pairat@example.org");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=unsubstantiated", "text=ไม่พบ");
    test_clock_is(o, "notify_result", "running", "2025-11-11T00:00", 0);
    DO(o, o->officer, "notify_result", "text=ไม่พบ");
    test_script(o, COMPLAINT_DELIVERED, 0); /* that of the flag */
    test_script(o, COMPLAINT_DELIVERED, 0); /* the unit's */
    test_script(o, COMPLAINT_DELIVERED, 0);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 3, 0, 0, 1);
    test_clock_is(o, "notify_result", "running", "2025-11-11T00:00", 0); /* the second one does not know it yet */
    DO(o, o->officer, "withdraw", "party:=2");
    test_clock_is(o, "notify_result", "cancelled", "2025-11-11T00:00", 0);
    DO(o, o->officer, "close");
}

/* ---- what a withdrawal does not end ------------------------------------------------------------------------------------------- */

static void a_withdrawal_does_not_end_an_inquiry(void **state) {
    static const char *const table[][2] = {{"procurement", "flag=corruption"}, {"service", "flag=office_impact"}, {"health_threat", NULL}};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(table); i++) {
        test_open_registered(o, table[i][0]);
        if (table[i][1]) DO(o, o->officer, "flag", table[i][1]);
        if (table[i][1]) DO(o, o->head, "consider", "decision=agreed");
        DO(o, o->officer, "forward", "unit=quality");
        DO(o, o->officer, "withdraw", "reason=ขอถอนเรื่อง");
        test_text(o, "state", "forwarded");
        assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "part", "complainant", "state"), "withdrawn");
        assert_string_equal(test_clock_of(o, "follow_up").state, "running");
        DO(o, o->quality, "report_result", "from_unit=quality", "outcome=substantiated", "text=พบข้อเท็จจริง");
        DO(o, o->officer, "notify_result", "text=ไม่มีผู้ต้องแจ้ง"); /* nobody is owed a word */
        test_deliver(o, 1 + (table[i][1] != NULL), 0, 0, 0);            /* the matter to the unit, the flag to the head */
        DO(o, o->officer, "close");                                     /* and nobody has to be told first */
        test_text(o, "phase", "closed");
    }
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=urgent");
    DO(o, o->officer, "withdraw");
    test_text(o, "phase", "withdrawn"); /* urgent alone is his own affair */
}

/* ---- attempts ----------------------------------------------------------------------------------------------------------------- */

static void tries_are_counted_in_the_log(void **state) {
    test_office *o = *state;
    open_with_two(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "means", o->officer, "attempt", "party:=2");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "means", o->officer, "attempt", "means=pigeon");
    REFUSED(o, COMPLAINT_E_RANGE, "party", o->officer, "attempt", "means=phone", "party:=0");
    REFUSED(o, COMPLAINT_E_ROLE, "attempt", o->quality, "attempt", "means=phone");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "attempt", "means=phone", "party:=3");
    DO(o, o->officer, "attempt", "means=phone", "party:=2", "text=ไม่รับสาย");
    test_last_event(o, "attempt", "\"tried\":[{\"seq\":2}]");
    DO(o, o->officer, "attempt", "means=letter", "party:=2", "text=ตีกลับ");
    DO(o, o->officer, "attempt", "means=visit", "party:=2", "text=ย้ายออกแล้ว");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close", "why_not_told=unreachable"); /* for each of them */
    test_names(o, "complainant 1: 0 attempts");
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว");
    test_script(o, COMPLAINT_DELIVERED, 0);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 1, 0, 0, 1); /* the first one could be told */
    DO(o, o->officer, "close", "why_not_told=unreachable", "reason=ติดต่อไม่ได้สามครั้ง");
    test_log(o, "triage register classify forward delivered add_complainant report_result attempt attempt attempt notify_result delivered refused close");
}

/* Without a name an attempt is for all who have still to be told; who was told, or has withdrawn, is not tried. */
static void an_attempt_is_for_those_who_wait(void **state) {
    test_office *o = *state;
    open_with_two(o);
    DO(o, o->officer, "attempt", "means=phone");
    test_last_event(o, "attempt", "\"tried\":[{\"seq\":1},{\"seq\":2}]");
    DO(o, o->officer, "withdraw", "party:=1");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "attempt", "means=phone", "party:=1");
    DO(o, o->officer, "attempt", "means=phone");
    test_last_event(o, "attempt", "\"tried\":[{\"seq\":2}]");
    DO(o, o->officer, "attempt", "means=phone", "party:=2");
    assert_string_equal(test_clock_of(o, "notify_result").state, "stopped"); /* nobody is left to be tried */
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    DO(o, o->officer, "attempt", "means=phone");
    test_last_event(o, "attempt", "!tried");
    DO(o, o->officer, "close");
}

/* ---- the body that passed it on -------------------------------------------------------------------------------------------------- */

static void open_from_origin(test_office *o, bool with_date) {
    test_receive(o, "letter", "1111 ส่งเรื่องมา");
    if (with_date) DO(o, o->officer, "triage", "origin=government_1111", "origin_ref=01-2568-99", "origin_due:=1763571600000"); /* 20 November 2025, 00.00 */
    else DO(o, o->officer, "triage", "origin=government_1111");
    DO(o, o->officer, "register");
    DO(o, o->officer, "acknowledge", "by_hand=letter");
    DO(o, o->officer, "classify", "class=service");
    DO(o, o->officer, "forward", "unit=quality");
    test_deliver(o, 1, 0, 0, 0); /* to the unit */
    o->sent_count = 0;
}

static void its_number_and_its_deadline_are_kept(void **state) {
    test_office *o = *state;
    test_receive(o, "letter", "ส่งเรื่องมา");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "origin", o->officer, "triage", "origin=neighbour");
    REFUSED(o, COMPLAINT_E_INVALID, "origin_due", o->officer, "triage", "origin=traffy", "origin_due=soon");
    open_from_origin(o, true);
    test_text(o, "origin", "government_1111");
    test_clock_is(o, "reply_to_origin", "running", "2025-11-21T00:00", 0); /* the end of the day it gave */
    test_at(o, "2025-11-17T08:30");
    test_tick(o, 2, 2); /* and the follow-up of the week before */
    test_notice_is(o, "origin_soon", "officer", "waiting", "2025-11-17T08:30");
}

static void who_did_not_pass_it_on_is_not_answered(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    REFUSED(o, COMPLAINT_E_STATE, "reply_origin", o->officer, "reply_origin", "paper_no=ชร 0033/9", "text=แก้ไขแล้ว");
}

static void it_is_answered_with_the_papers_number_before_closing(void **state) {
    test_office *o = *state;
    open_from_origin(o, true);
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=letter");
    REFUSED(o, COMPLAINT_E_GUARD, "origin_before_close", o->officer, "close");
    REFUSED(o, COMPLAINT_E_REQUIRED, "paper_no", o->officer, "reply_origin", "text=ผล");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "reply_origin", "paper_no=ชร 0033/9");
    test_at(o, "2025-11-20T23:59:59.999");
    DO(o, o->officer, "reply_origin", "paper_no=ชร 0033/9", "text=แก้ไขแล้ว");
    test_clock_is(o, "reply_to_origin", "stopped", "2025-11-21T00:00", 0);
    test_notice_is(o, "origin_reply", "origin", "waiting", "2025-11-20T23:59:59.999"); /* at once, at any hour */
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].address, "government_1111"); /* the host knows which body it is for */
    assert_string_equal(o->sent[0].body, "เรียน ศูนย์รับเรื่องราวร้องทุกข์ของรัฐบาล (1111) สำนักงานสาธารณสุขจังหวัดเชียงราย ขอแจ้งผลการดำเนินการเรื่องที่ท่านส่งมา เลขเรื่องของท่าน 01-2568-99 (เลขทะเบียน 1/2569 ของสำนักงาน) ดังนี้ แก้ไขแล้ว");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_papers, "paper_no", "ชร 0033/9", "direction"), "out");
    DO(o, o->officer, "close");
}

static void a_late_answer_is_late_by_a_millisecond(void **state) {
    test_office *o = *state;
    open_from_origin(o, true);
    test_at(o, "2025-11-21T00:00");
    DO(o, o->officer, "reply_origin", "paper_no=ชร 0033/9", "text=ล่าช้า");
    test_clock_is(o, "reply_to_origin", "stopped", "2025-11-21T00:00", 1);
}

/* A withdrawal ends what is owed to that complainant, not what is owed to the body that passed the matter on. */
static void the_body_is_owed_its_answer_beyond_the_end(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    open_from_origin(o, true);
    DO(o, o->officer, "withdraw", "reason=ขอถอนเรื่อง");
    test_text(o, "phase", "withdrawn");
    test_clock_is(o, "reply_to_origin", "running", "2025-11-21T00:00", 0);
    assert_string_equal(test_clock_of(o, "follow_up").state, "cancelled");
    test_instant_is(test_int(o, "due_at"), "2025-11-21T00:00");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_DUE, NULL, 0), 1);
    test_at(o, "2025-11-17T08:30");
    test_tick(o, 1, 1);
    test_notice_is(o, "origin_soon", "officer", "waiting", "2025-11-17T08:30");
    test_at(o, "2025-11-22T09:00");
    OK(complaint_desk_due(o->desk, o->officer, NULL, o->now, NULL, 0, &page)); /* overdue */
    assert_int_equal(complaint_page_count(page), 1);
    complaint_page_free(page);
    DO(o, o->officer, "reply_origin", "paper_no=ชร 0033/9", "text=ผู้ร้องเรียนขอถอนเรื่อง", "@at=2025-11-20T15:00");
    test_clock_is(o, "reply_to_origin", "stopped", "2025-11-21T00:00", 0);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_DUE, NULL, 0), 0);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, NULL, 0), 0);
    assert_int_equal(test_int(o, "due_at"), INT64_MAX);
}

/* The same when the matter is not taken; and a clock that outlived one cycle goes on in the next. */
static void nor_does_a_rejection_end_it(void **state) {
    test_office *o = *state;
    test_receive(o, "letter", "1111 ส่งเรื่องมา");
    DO(o, o->officer, "triage", "origin=government_1111", "origin_due:=1763571600000");
    DO(o, o->officer, "register");
    DO(o, o->executive, "reject", "grounds=decided", "text=เคยพิจารณาแล้ว", "by_hand=letter");
    test_clock_is(o, "reply_to_origin", "running", "2025-11-21T00:00", 0);
    assert_string_equal(test_clock_of(o, "forward").state, "cancelled");
    DO(o, o->officer, "reopen", "reason=มีข้อเท็จจริงใหม่");
    test_clock_is(o, "reply_to_origin", "running", "2025-11-21T00:00", 0);
    assert_int_equal(test_clock_count(o, "reply_to_origin"), 1);
    DO(o, o->officer, "reply_origin", "paper_no=ชร 0033/9", "text=รับไว้พิจารณาใหม่");
}

/* A body that gave no date is owed an answer all the same. */
static void without_a_date_no_clock_runs_but_the_answer_is_owed(void **state) {
    test_office *o = *state;
    open_from_origin(o, false);
    assert_false(test_clock_of(o, "reply_to_origin").found);
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    REFUSED(o, COMPLAINT_E_GUARD, "origin_before_close", o->officer, "close", "why_not_told=declined");
    DO(o, o->officer, "reply_origin", "paper_no=ชร 0033/9", "text=แก้ไขแล้ว");
    DO(o, o->officer, "close", "why_not_told=declined");
}

/* ---- a message of somebody else [CR-4.2.2, CR-T2, CR-T6] ---------------------------------------------------------------------- */

static int64_t writer_of(test_office *o, int64_t message) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_case_messages);
    int64_t party = -1;
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (complaint_page_integer_of(page, i, "message") == message) party = complaint_page_integer_of(page, i, "party");
    complaint_page_free(page);
    return party;
}

static void the_page_says_who_wrote_what_joined(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    int64_t first = o->message;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=again", "thread=t-1", "text=แล้วยังรออยู่");
    int64_t again = o->message;
    DO(o, o->officer, "triage", "@join=1");
    DO(o, o->officer, "receive", "channel=facebook", "external_id=renamed", "thread=t-1", "sender=ชื่อใหม่", "text=ยังรออยู่");
    int64_t renamed = o->message;
    DO(o, o->officer, "triage", "@join=1");
    DO(o, o->officer, "receive", "channel=facebook", "external_id=other", "thread=t-other", "sender=อีกคน", "text=ของฉันก็เหมือนกัน");
    int64_t other = o->message;
    DO(o, o->officer, "triage", "@join=1");
    DO(o, o->officer, "receive", "channel=letter", "external_id=letter", "text=ไม่ลงชื่อ");
    DO(o, o->officer, "triage", "@join=1");
    assert_int_equal(writer_of(o, first), 1);
    assert_int_equal(writer_of(o, again), 1);   /* from the same place */
    assert_int_equal(writer_of(o, renamed), 0); /* under another name: he, or another one there */
    assert_int_equal(writer_of(o, other), 0);
    assert_int_equal(writer_of(o, o->message), 0); /* nobody can tell */
    assert_int_equal(test_count(o, o->officer, complaint_desk_parties), 1);
}

/* He need not be written off: his message has his name, his channel and his address. From then on he is owed what the others are. */
static void who_wrote_it_becomes_a_complainant_with_it(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    int64_t first = o->message, case_id = o->case_id;
    char message[32];
    DO(o, o->officer, "acknowledge");
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    DO(o, o->officer, "receive", "channel=line", "external_id=other", "thread=t-other", "sender=อีกคน", "text=ของฉันก็เหมือนกัน");
    snprintf(message, sizeof message, "@message:=%lld", (long long)o->message);
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "add_complainant", message); /* it has not joined */
    DO(o, o->officer, "triage", "@join=1");
    assert_int_equal(o->case_id, case_id);
    DO(o, o->officer, "add_complainant", message);
    assert_int_equal(writer_of(o, o->message), 2);
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "channel", "line", "name"), "อีกคน");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "name", "อีกคน", "channel"), "line");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "channel", "line", "identity"), "confidential");
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "add_complainant", message);
    test_names(o, "2");
    snprintf(message, sizeof message, "@message:=%lld", (long long)first);
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "add_complainant", message);
    test_names(o, "1");
    o->sent_count = 0;
    DO(o, o->officer, "acknowledge");
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].recipient, "complainant-2");
    assert_string_equal(o->sent[0].channel, "line");
    assert_string_equal(o->sent[0].address, "t-other");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว");
    test_deliver(o, 2, 0, 0, 0);
    DO(o, o->officer, "close");
}

/* What the officer says of him counts before what the message has. */
static void what_is_said_of_him_counts_first(void **state) {
    test_office *o = *state;
    char message[32];
    test_open_forwarded(o);
    DO(o, o->officer, "receive", "channel=facebook", "external_id=other", "thread=t-other", "sender=nong", "text=ด้วยคน");
    DO(o, o->officer, "triage", "@join=1");
    snprintf(message, sizeof message, "@message:=%lld", (long long)o->message);
    DO(o, o->officer, "add_complainant", message, "name=สมหญิง", "identity=named", "channel=email", "address=somying@example.org");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "channel", "email", "name"), "สมหญิง");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "channel", "email", "address"), "somying@example.org");

}

/* ---- several people at one place [CR-4.2.5, CR-T6] ------------------------------------------------------------------------------ */

/* A message from there joins the case; sender NULL: it has none. Ends as `@message=ID` in `by`. */
static void join_from(test_office *o, const char *channel, const char *place, const char *sender, char by[64]) {
    static int turn;
    int64_t case_id = o->case_id;
    char in[64], at[64], from[64], id[64];
    snprintf(in, sizeof in, "channel=%s", channel);
    snprintf(at, sizeof at, "thread=%s", place);
    snprintf(from, sizeof from, "sender=%s", sender ? sender : "");
    snprintf(id, sizeof id, "external_id=joins-%d", ++turn);
    DO(o, o->officer, "receive", in, at, from, id, "text=ขอถอนชื่อค่ะ");
    o->case_id = case_id;
    DO(o, o->officer, "triage", "@join=1");
    snprintf(by, 64, "@message=%lld", (long long)o->message);
}

static void open_from(test_office *o, const char *channel, const char *place, const char *sender) {
    char in[64], at[64], from[64];
    snprintf(in, sizeof in, "channel=%s", channel);
    snprintf(at, sizeof at, "thread=%s", place);
    snprintf(from, sizeof from, "sender=%s", sender);
    DO(o, o->officer, "receive", in, at, from, "external_id=opens", "text=รอคิวนาน");
    DO(o, o->officer, "triage");
}

static const char *state_of(test_office *o, const char *name) { return test_cell(o, o->officer, complaint_desk_parties, "name", name, "state"); }

/* One telephone, two who complained: each withdraws by his own word, and by a third one's word nobody does. */
static void of_one_telephone_each_speaks_for_himself(void **state) {
    test_office *o = *state;
    char by[64];
    open_from(o, "phone", "053-111", "ดำ");
    DO(o, o->officer, "add_complainant", "channel=phone", "address=053-111", "name=แดง");
    join_from(o, "phone", "053-111", "ขาว", by);
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "withdraw", by);
    test_names(o, "1 (phone), 2 (phone)");
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "update_complainant", by, "identity=named");
    join_from(o, "phone", "053-111", NULL, by); /* it may be either */
    assert_int_equal(writer_of(o, o->message), 0);
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "withdraw", by);
    test_names(o, "ไม่อาจยืนยันได้ว่าข้อความนี้เป็นของผู้ร้องเรียนรายใด");
    join_from(o, "phone", "053-111", "แดง", by);
    assert_int_equal(writer_of(o, o->message), 2);
    DO(o, o->officer, "withdraw", by);
    assert_string_equal(state_of(o, "แดง"), "withdrawn");
    assert_string_equal(state_of(o, "ดำ"), "active");
}

/* Nor is the only one who is left disclosed, or taken out, by what another one wrote; who it was becomes one with his message. */
static void the_only_one_does_not_answer_for_another(void **state) {
    test_office *o = *state;
    char by[64];
    open_from(o, "phone", "053-111", "ดำ");
    join_from(o, "line", "U5", "เขียว", by);
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "withdraw", by);
    join_from(o, "phone", "053-111", "แดง", by);
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "update_complainant", by, "identity=named");
    test_names(o, "1 (phone)");
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "withdraw", by);
    DO(o, o->officer, "add_complainant", by);
    DO(o, o->officer, "update_complainant", by, "identity=named");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "name", "แดง", "identity"), "named");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "name", "ดำ", "identity"), "confidential");
    join_from(o, "phone", "053-111", "แดง", by);
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "add_complainant", by);
    test_names(o, "2");
}

/* The conversation of a group is all its members'. */
static void of_a_group_each_member_speaks_for_himself(void **state) {
    test_office *o = *state;
    char by[64];
    open_from(o, "line", "C-group", "U7");
    DO(o, o->officer, "add_complainant", "channel=phone", "address=081", "name=ดำ");
    join_from(o, "line", "C-group", "U8", by);
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "withdraw", by);
    REFUSED(o, COMPLAINT_E_INVALID, "address", o->officer, "add_complainant", by); /* each word would go to the group twice */
    join_from(o, "line", "C-group", "U7", by);
    DO(o, o->officer, "withdraw", by);
    assert_string_equal(state_of(o, "U7"), "withdrawn");
}

/* An account keeps the name it has at the service when the officer enters the right one, at once or later. */
static void a_better_name_does_not_part_him_from_his_account(void **state) {
    test_office *o = *state;
    char by[64];
    open_from(o, "facebook", "t-1", "nong");
    DO(o, o->officer, "update_complainant", "name=สมศรี ใจงาม");
    join_from(o, "line", "U9", "mali_99", by);
    DO(o, o->officer, "add_complainant", by, "name=มะลิ แซ่ลี้");
    test_last_event(o, "add_complainant", "\"known_as\":");
    join_from(o, "facebook", "t-1", "nong", by);
    assert_int_equal(writer_of(o, o->message), 1);
    join_from(o, "line", "U9", "mali_99", by);
    DO(o, o->officer, "withdraw", by);
    assert_string_equal(state_of(o, "มะลิ แซ่ลี้"), "withdrawn");
    test_verify(o);
}

static void who_withdrew_and_came_back_is_one_person(void **state) {
    test_office *o = *state;
    char by[64];
    open_from(o, "phone", "053-111", "ดำ");
    DO(o, o->officer, "add_complainant", "channel=phone", "address=053-222", "name=เขียว");
    DO(o, o->officer, "withdraw", "party:=1");
    DO(o, o->officer, "add_complainant", "channel=phone", "address=053-111", "name=ดำ");
    join_from(o, "phone", "053-111", "ดำ", by);
    assert_int_equal(writer_of(o, o->message), 3);
    DO(o, o->officer, "update_complainant", by, "identity=named");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(of_one_telephone_each_speaks_for_himself),
        SCENARIO(the_only_one_does_not_answer_for_another),
        SCENARIO(of_a_group_each_member_speaks_for_himself),
        SCENARIO(a_better_name_does_not_part_him_from_his_account),
        SCENARIO(who_withdrew_and_came_back_is_one_person),
        SCENARIO(the_page_says_who_wrote_what_joined),
        SCENARIO(who_wrote_it_becomes_a_complainant_with_it),
        SCENARIO(what_is_said_of_him_counts_first),
        SCENARIO(each_is_told_by_his_own_way),
        SCENARIO(who_comes_later_is_acknowledged_too),
        SCENARIO(who_comes_after_the_result_is_acknowledged),
        SCENARIO(an_acknowledgement_that_failed_is_sent_to_that_one_again),
        SCENARIO(by_hand_is_for_whom_no_channel_reaches),
        SCENARIO(a_word_by_hand_does_not_tell_who_waits_for_a_letter),
        SCENARIO(one_who_is_named_is_told_alone),
        SCENARIO(the_last_who_is_named_completes_them),
        SCENARIO(by_hand_alone_covers_all_who_could_be_written_to),
        SCENARIO(who_has_withdrawn_is_not_acknowledged),
        SCENARIO(who_withdraws_unnamed_is_owed_nothing_at_once),
        SCENARIO(the_log_does_not_tell_who_he_is),
        SCENARIO(the_case_is_not_closed_while_one_is_not_told),
        SCENARIO(the_last_one_told_stops_the_clock),
        SCENARIO(one_withdraws_the_other_is_told),
        SCENARIO(the_last_one_who_withdraws_ends_it),
        SCENARIO(which_of_several_withdraws_has_to_be_said),
        SCENARIO(who_withdrew_is_a_complainant_again_when_his_case_is_reopened),
        SCENARIO(by_whose_word_a_case_is_reopened_is_said),
        SCENARIO(a_closed_case_does_not_bring_him_back_by_itself),
        SCENARIO(a_withdrawn_case_leaves_the_units_list),
        SCENARIO(what_was_owed_to_him_alone_ends_with_him),
        SCENARIO(with_the_last_who_waits_for_the_result_its_clock_ends),
        SCENARIO(the_body_is_owed_its_answer_beyond_the_end),
        SCENARIO(nor_does_a_rejection_end_it),
        SCENARIO(a_withdrawal_does_not_end_an_inquiry),
        SCENARIO(tries_are_counted_in_the_log),
        SCENARIO(an_attempt_is_for_those_who_wait),
        SCENARIO(its_number_and_its_deadline_are_kept),
        SCENARIO(who_did_not_pass_it_on_is_not_answered),
        SCENARIO(it_is_answered_with_the_papers_number_before_closing),
        SCENARIO(a_late_answer_is_late_by_a_millisecond),
        SCENARIO(without_a_date_no_clock_runs_but_the_answer_is_owed),
    };
    return cmocka_run_group_tests_name("CR-T6: those who are owed an answer", tests, NULL, NULL);
}
