/*
 * What is no complaint is answered too, where the policy says so: thanks get the office's word by the channel they came by, spam gets nothing. [CR-T2: messages that are no complaint get the policy's other
 * texts; CR-2, CR-4.2.3, CR-4.2.5]
 */
#include "support/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)
/* The store is left altered: no proof at the end. */
#define TAMPERED(f) cmocka_unit_test_setup_teardown(f, test_office_setup, close_altered)

#define ANSWER "สำนักงานสาธารณสุขจังหวัดเชียงราย ได้รับข้อความของท่านแล้ว ขอขอบคุณ"

static int close_altered(void **state) {
    test_office_close(*state);
    free(*state);
    return 0;
}

static int64_t notices_of(test_office *o, int64_t message) {
    complaint_page *page = NULL;
    OK(complaint_desk_notices(o->desk, o->officer, message, &page));
    int64_t n = complaint_page_count(page);
    complaint_page_free(page);
    return n;
}

static void message_is(test_office *o, const char *expected) {
    complaint_page *page = NULL;
    OK(complaint_desk_message(o->desk, o->officer, o->message, &page));
    assert_string_equal(complaint_page_text_of(page, 0, "state"), expected);
    complaint_page_free(page);
}

static void thank(test_office *o, const char *channel) {
    test_receive(o, channel, "ขอบคุณค่ะ");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks");
}

/* ---- who is answered -------------------------------------------------------------------------------------------------------- */

static void spam_gets_nothing(void **state) {
    test_office *o = *state;
    static const char *const none[] = {"aside=spam", "aside=test"};
    for (size_t i = 0; i < COUNT(none); i++) {
        test_receive(o, "facebook", "เงินด่วน ทักแชท");
        DO(o, o->officer, "set_aside", "reason=โฆษณา", none[i]);
        assert_int_equal(notices_of(o, o->message), 0);
    }
    test_receive(o, "facebook", "ขอบคุณ");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ"); /* in somebody's own words: nothing of the policy */
    assert_int_equal(notices_of(o, o->message), 0);
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "set_aside", "reason=x", "aside=thanks");
    test_receive(o, "facebook", "ขอบคุณ");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "aside", o->officer, "set_aside", "reason=x", "aside=boring");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->officer, "set_aside", "aside=thanks");
    assert_int_equal(test_rows(o, "complaint_notice"), 0);
    test_deliver(o, 0, 0, 0, 0);
}

static void thanks_are_answered_by_the_channel_they_came_by(void **state) {
    test_office *o = *state;
    char intent[96];
    test_at(o, "2025-11-08T22:00"); /* a Saturday night: what leaves the house waits for no office hours */
    test_receive(o, "line", "ขอบคุณค่ะ");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks", "particle=ค่ะ");
    test_deliver(o, 1, 0, 0, 0);
    const test_sent *s = &o->sent[0];
    assert_string_equal(s->body, ANSWER "ค่ะ");
    assert_string_equal(s->name, "no_complaint");
    assert_string_equal(s->recipient, "sender");
    assert_string_equal(s->channel, "line");
    assert_string_equal(s->address, "t-1");
    assert_int_equal(s->message, o->message);
    assert_int_equal(s->case_id, 0);
    assert_int_equal(s->day, 0);
    snprintf(intent, sizeof intent, "%lld:2:sender:line", (long long)o->message);
    assert_string_equal(s->intent, intent);
    assert_string_equal(test_notice_of(o, o->message, 1, "state"), "delivered");
    assert_string_equal(test_notice_of(o, o->message, 1, "about"), "message");
    test_log_of(o, o->message, "receive set_aside delivered");
    message_is(o, "set_aside");
    test_deliver(o, 0, 0, 0, 0); /* once */
    assert_int_equal(test_rows(o, "complaint_case"), 0); /* and counts as no case */
}

static void each_reason_has_its_words(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "สวัสดีค่ะ");
    DO(o, o->officer, "set_aside", "reason=ทักทาย", "aside=greeting");
    o->now += MINUTE;
    test_receive(o, "facebook", "ต่อทะเบียนรถที่ไหน");
    DO(o, o->officer, "set_aside", "reason=ส่งผิด", "aside=wrong_page", "particle=ครับ");
    test_deliver(o, 2, 0, 0, 0);
    assert_string_equal(o->sent[0].body, ANSWER "ครับ/ค่ะ"); /* until somebody chooses */
    assert_string_equal(o->sent[1].name, "wrong_page");
    assert_non_null(strstr(o->sent[1].body, "อาจเป็นของหน่วยงานอื่น"));
}

/* ---- who cannot be answered ------------------------------------------------------------------------------------------------------ */

static void where_no_answer_can_go_there_is_none(void **state) {
    test_office *o = *state;
    thank(o, "phone"); /* it was said on the telephone */
    assert_int_equal(notices_of(o, o->message), 0);
    DO(o, o->officer, "receive", "channel=facebook", "external_id=no-thread", "text=ขอบคุณค่ะ"); /* nobody knows where to */
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks");
    assert_int_equal(notices_of(o, o->message), 0);
    test_receive(o, "facebook", "ขอบคุณค่ะ");
    char external[40];
    snprintf(external, sizeof external, "external_id=m-%d", o->external);
    DO(o, o->officer, "receive", "channel=facebook", external, "form=unsent"); /* taken back */
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks");
    assert_int_equal(notices_of(o, o->message), 0);
    test_deliver(o, 0, 0, 0, 0);
}

static void who_was_told_by_hand_is_sent_nothing(void **state) {
    test_office *o = *state;
    test_receive(o, "phone", "ขอบคุณค่ะ");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks", "by_hand=phone");
    assert_string_equal(test_notice_of(o, o->message, 1, "state"), "by_hand");
    test_deliver(o, 0, 0, 0, 0);
}

static void history_is_answered_to_nobody(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "ขอบคุณค่ะ");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks", "@silent:=1");
    assert_string_equal(test_notice_of(o, o->message, 1, "state"), "silent");
    test_deliver(o, 0, 0, 0, 0);
}

static void asked_twice_it_is_answered_once(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "ขอบคุณค่ะ");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks", "@request=r");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks", "@request=r");
    assert_true(o->repeated);
    test_deliver(o, 1, 0, 0, 0);
}

/* ---- second thoughts ------------------------------------------------------------------------------------------------------------------ */

static void what_becomes_a_matter_is_not_answered_as_none(void **state) {
    test_office *o = *state;
    thank(o, "facebook");
    DO(o, o->officer, "triage"); /* behind the thanks there was a complaint */
    message_is(o, "opened");
    assert_string_equal(test_notice_of(o, o->message, 1, "state"), "withdrawn");
    test_deliver(o, 0, 0, 0, 0);
    thank(o, "facebook");
    DO(o, o->officer, "triage", "@join=1");
    test_deliver(o, 0, 0, 0, 0);
    thank(o, "facebook");
    test_deliver(o, 1, 0, 0, 0);
    DO(o, o->officer, "triage"); /* too late: it stays on record that he was answered */
    assert_string_equal(test_notice_of(o, o->message, 1, "state"), "delivered");
    test_log_of(o, o->message, "receive set_aside delivered triage");
}

static void triage_meanwhile(test_office *o) {
    test_office second;
    o->during_send = NULL;
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    second.message = o->message;
    DO(&second, second.officer, "triage");
    o->case_id = second.case_id;
    test_office_close(&second);
}

static void what_was_on_its_way_is_settled(void **state) {
    test_office *o = *state;
    thank(o, "facebook");
    o->during_send = triage_meanwhile;
    test_deliver(o, 1, 0, 0, 0);
    test_log_of(o, o->message, "receive set_aside triage delivered");
    message_is(o, "opened");
    thank(o, "facebook");
    o->during_send = triage_meanwhile;
    test_script(o, COMPLAINT_RETRY_AT, 0);
    o->script_at = o->script_count - 1;
    test_deliver(o, 0, 0, 1, 0);
    o->now += 10 * MINUTE;
    test_deliver(o, 0, 0, 0, 0); /* tried again it is owed no more */
    assert_string_equal(test_notice_of(o, o->message, 1, "state"), "withdrawn");
}

static void who_took_his_words_back_is_not_answered(void **state) {
    test_office *o = *state;
    thank(o, "facebook");
    char external[40];
    snprintf(external, sizeof external, "external_id=m-%d", o->external);
    DO(o, o->officer, "receive", "channel=facebook", external, "form=unsent");
    test_deliver(o, 0, 0, 0, 0);
    assert_string_equal(test_notice_of(o, o->message, 1, "state"), "withdrawn");
}

/* ---- what could not be sent --------------------------------------------------------------------------------------------------------------- */

static void a_refused_answer_becomes_work_and_is_told_by_other_means(void **state) {
    test_office *o = *state;
    int64_t streams[2];
    thank(o, "facebook");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, streams, 2), 1);
    assert_int_equal(streams[0], o->message);
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks"); /* it is set aside */
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks", "by_hand=phone");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    assert_string_equal(test_notice_of(o, o->message, 1, "state"), "replaced");
    assert_string_equal(test_notice_of(o, o->message, 2, "state"), "by_hand");
    test_log_of(o, o->message, "receive set_aside refused set_aside");
    thank(o, "facebook");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    DO(o, o->officer, "triage"); /* it was a matter after all */
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
}

static void a_carrier_may_answer_later(void **state) {
    test_office *o = *state;
    thank(o, "facebook");
    test_script(o, COMPLAINT_ACCEPTED, 0);
    test_deliver(o, 0, 1, 0, 0);
    o->now += DAY;
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_REFUSED));
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_REFUSED));
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED)); /* it has arrived after all */
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    test_expect(o, complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_REFUSED), COMPLAINT_E_NOT_FOUND, "intent", __FILE__, __LINE__);
    test_log_of(o, o->message, "receive set_aside refused delivered");
}

static void what_fails_is_tried_again_under_one_intent(void **state) {
    test_office *o = *state;
    thank(o, "facebook");
    o->script[o->script_count++] = (test_answer){COMPLAINT_E_HOST, 0, 0};
    test_deliver(o, 0, 0, 1, 0);
    test_deliver(o, 0, 0, 0, 0);
    o->now += MINUTE;
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].intent, o->sent[1].intent);
    assert_int_equal(o->sent[1].attempt, 2);
    assert_int_equal(test_rows(o, "complaint_attempt"), 2);
    test_log_of(o, o->message, "receive set_aside delivered"); /* attempts do not crowd the log */
}

/* ---- who may know [CR-4.2.5] ---------------------------------------------------------------------------------------------------------------- */

static void the_log_does_not_tell_who_was_answered(void **state) {
    test_office *o = *state;
    static const char *const secrets[] = {"สมศรี", "t-1", "ขอบคุณค่ะ"};
    complaint_page *page = NULL;
    thank(o, "facebook");
    test_deliver(o, 1, 0, 0, 0);
    OK(complaint_desk_events(o->desk, o->officer, o->message, NULL, 100, &page));
    for (int64_t row = 1; row < complaint_page_count(page); row++) /* the receipt names the conversation, the rest nobody */
        for (size_t i = 0; i < COUNT(secrets); i++) test_no_text(complaint_page_text_of(page, row, "payload"), secrets[i]);
    complaint_page_free(page);
    page = NULL;
    OK(complaint_desk_notices(o->desk, o->auditor, o->message, &page));
    assert_int_equal(complaint_page_count(page), 1);
    assert_true(complaint_page_masked(page, 0, complaint_page_column_find(page, "address")));
    assert_true(complaint_page_masked(page, 0, complaint_page_column_find(page, "body")));
    complaint_page_free(page);
    page = NULL;
    OK(complaint_desk_events(o->desk, o->auditor, o->message, NULL, 100, &page)); /* a digest of an address finds who has a list of them */
    assert_true(complaint_page_masked(page, 2, complaint_page_column_find(page, "payload")));
    complaint_page_free(page);
    page = NULL;
    test_expect(o, complaint_desk_notices(o->desk, o->quality, o->message, &page), COMPLAINT_E_NOT_FOUND, "case", __FILE__, __LINE__);
    assert_null(page);
}

/* ---- proof --------------------------------------------------------------------------------------------------------------------------------- */

static int64_t answered(test_office *o) {
    thank(o, "facebook");
    test_deliver(o, 1, 0, 0, 0);
    test_verify(o);
    return o->message;
}

static void an_answer_taken_away_is_missed(void **state) {
    test_office *o = *state;
    test_remove(o, "complaint_notice", KEY(I(answered(o)), I(1)));
    test_finds(o, "missing", "complaint_notice");
}

static void an_answers_text_and_address_are_proved(void **state) {
    test_office *o = *state;
    test_tamper(o, "complaint_notice", KEY(I(answered(o)), I(1)), "address", B("\0t-2", 4));
    test_finds(o, "altered", "address");
}

static void an_answer_without_a_message_is_found(void **state) {
    test_office *o = *state;
    int64_t message = answered(o);
    test_remove(o, "complaint_event", KEY(I(message), I(2)));
    test_finds(o, "gap", "missing before");
}

/* What could not be settled is not sent; the others are. */
static void a_damaged_message_keeps_nobody_waiting(void **state) {
    test_office *o = *state;
    thank(o, "facebook");
    test_remove(o, "complaint_event", KEY(I(o->message), I(1)));
    thank(o, "line");
    for (int i = 0; i < 2; i++) {
        test_expect(o, complaint_desk_deliver(o->desk, 0, NULL), COMPLAINT_E_CORRUPT, NULL, __FILE__, __LINE__);
        assert_int_equal(o->sent_count, 1);
        assert_string_equal(o->sent[0].channel, "line");
        o->now += DAY;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(spam_gets_nothing),
        SCENARIO(thanks_are_answered_by_the_channel_they_came_by),
        SCENARIO(each_reason_has_its_words),
        SCENARIO(where_no_answer_can_go_there_is_none),
        SCENARIO(who_was_told_by_hand_is_sent_nothing),
        SCENARIO(history_is_answered_to_nobody),
        SCENARIO(asked_twice_it_is_answered_once),
        SCENARIO(what_becomes_a_matter_is_not_answered_as_none),
        SCENARIO(what_was_on_its_way_is_settled),
        SCENARIO(who_took_his_words_back_is_not_answered),
        SCENARIO(a_refused_answer_becomes_work_and_is_told_by_other_means),
        SCENARIO(a_carrier_may_answer_later),
        SCENARIO(what_fails_is_tried_again_under_one_intent),
        SCENARIO(the_log_does_not_tell_who_was_answered),
        TAMPERED(an_answer_taken_away_is_missed),
        TAMPERED(an_answers_text_and_address_are_proved),
        TAMPERED(an_answer_without_a_message_is_found),
        TAMPERED(a_damaged_message_keeps_nobody_waiting),
    };
    return cmocka_run_group_tests_name("CR-T2: messages that are no complaint", tests, NULL, NULL);
}
