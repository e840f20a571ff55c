/* What must leave the house leaves it: at least once, under one intent id, every attempt on record [CR-4.2.3, CR-T2]. */
#include "support/desk.h"

#include <complaint/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

#define PHRAE(f) cmocka_unit_test_setup_teardown(f, test_office_setup_phrae, test_office_teardown)

/* The store is left altered: no proof at the end. */
#define TAMPERED(f) cmocka_unit_test_setup_teardown(f, test_office_setup, close_altered)

static int close_altered(void **state) {
    test_office_close(*state);
    free(*state);
    return 0;
}

static void check_notice(test_office *o, const char *state, int attempts, int64_t not_before) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    assert_int_equal(complaint_page_count(page), 1);
    assert_string_equal(complaint_page_text_of(page, 0, "state"), state);
    assert_int_equal(complaint_page_integer_of(page, 0, "attempts"), attempts);
    if (not_before >= 0) assert_int_equal(complaint_page_integer_of(page, 0, "not_before"), not_before);
    complaint_page_free(page);
    assert_int_equal(test_rows(o, "complaint_attempt"), attempts);
}

static void same_letter(const test_sent *a, const test_sent *b) {
    assert_string_equal(a->intent, b->intent);
    assert_string_equal(a->body, b->body);
    assert_string_equal(a->address, b->address);
}

static void open_acknowledged(test_office *o) {
    test_open_case(o);
    DO(o, o->officer, "acknowledge", "particle=ค่ะ");
}

static void who_cannot_send_says_so(void **state) {
    test_office *o = *state;
    test_office second;
    open_acknowledged(o);
    OK(test_office_join(&second, o, COMPLAINT_READ));
    assert_int_equal(complaint_desk_deliver(second.desk, 0, NULL), COMPLAINT_E_READ_ONLY);
    assert_int_equal(complaint_desk_notice_outcome(second.desk, "1:2:complainant:facebook", COMPLAINT_DELIVERED), COMPLAINT_E_READ_ONLY);
    test_office_close(&second);
    assert_int_equal(complaint_desk_deliver(o->desk, -1, NULL), COMPLAINT_E_INVALID);
    o->without_notifier = true;
    test_office_restart(o);
    test_expect(o, complaint_desk_deliver(o->desk, 0, NULL), COMPLAINT_E_REQUIRED, "notifier", __FILE__, __LINE__);
    check_notice(o, "waiting", 0, -1);
}

static void the_intent_is_case_event_recipient_channel(void **state) {
    test_office *o = *state;
    char expected[160];
    open_acknowledged(o);
    test_deliver(o, 1, 0, 0, 0);
    snprintf(expected, sizeof expected, "%lld:2:complainant:facebook", (long long)o->case_id);
    assert_string_equal(o->sent[0].intent, expected);
    assert_true(strlen(o->sent[0].intent) <= 64);
    assert_int_equal(o->sent[0].attempt, 1);
    assert_int_equal(o->sent[0].urgent, 0);
    check_notice(o, "delivered", 1, -1);
    test_deliver(o, 0, 0, 0, 0); /* once */
    assert_int_equal(o->sent_count, 1);
}

static void what_fails_is_tried_again_with_growing_pauses(void **state) {
    test_office *o = *state;
    int64_t pause = MINUTE;
    open_acknowledged(o);
    for (int i = 1; i <= 12; i++) {
        o->script[o->script_count++] = i % 2 ? (test_answer){COMPLAINT_E_HOST, 0, 0} : (test_answer){COMPLAINT_OK, COMPLAINT_RETRY_AT, 0};
        test_deliver(o, 0, 0, 1, 0);
        check_notice(o, "waiting", i, o->now + pause);
        o->now += pause - 1;
        test_deliver(o, 0, 0, 0, 0); /* not before */
        o->now++;
        pause = 2 * pause < 360 * MINUTE ? 2 * pause : 360 * MINUTE;
    }
    test_deliver(o, 1, 0, 0, 0);
    assert_int_equal(o->sent_count, 13);
    for (int i = 1; i < 13; i++) {
        same_letter(&o->sent[0], &o->sent[i]);
        assert_int_equal(o->sent[i].attempt, i + 1);
    }
    test_log(o, "triage acknowledge delivered"); /* attempts do not crowd the log */
}

static void the_notifier_says_when(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_script(o, COMPLAINT_RETRY_AT, o->now + 90 * MINUTE);
    test_deliver(o, 0, 0, 1, 0);
    check_notice(o, "waiting", 1, o->now + 90 * MINUTE);
    o->now += 90 * MINUTE;
    test_script(o, COMPLAINT_RETRY_AT, o->now - DAY); /* a time that is past leaves it to the library */
    test_deliver(o, 0, 0, 1, 0);
    check_notice(o, "waiting", 2, o->now + 2 * MINUTE);
    o->now += 2 * MINUTE;
    test_script(o, 99, 0); /* no answer there is */
    test_deliver(o, 0, 0, 1, 0);
    check_notice(o, "waiting", 3, o->now + 4 * MINUTE);
}

/* What is put off for ever would be lost without a word. */
static void nothing_is_put_off_for_longer_than_a_month(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_script(o, COMPLAINT_RETRY_AT, INT64_MAX);
    test_deliver(o, 0, 0, 1, 0);
    check_notice(o, "waiting", 1, o->now + 31 * DAY);
    o->now += 31 * DAY;
    test_script(o, COMPLAINT_RETRY_AT, INT64_MIN);
    test_deliver(o, 0, 0, 1, 0);
    check_notice(o, "waiting", 2, o->now + 2 * MINUTE);
    o->now += 2 * MINUTE;
    test_deliver(o, 1, 0, 0, 0);
}

/* An answer that is none, and a status that is none, are no answer. */
static void what_is_no_answer_is_tried_again(void **state) {
    static const test_answer none[] = {{COMPLAINT_OK, 0, 0}, {COMPLAINT_OK, -1, 0}, {COMPLAINT_OK, 5, 0}, {COMPLAINT_OK, INT32_MAX, 0}, {-1, COMPLAINT_DELIVERED, 0}, {77777, COMPLAINT_REFUSED, 0}, {COMPLAINT_E_REENTRANT, COMPLAINT_DELIVERED, 0}};
    test_office *o = *state;
    open_acknowledged(o);
    for (size_t i = 0; i < COUNT(none); i++) {
        o->script[o->script_count++] = none[i];
        test_deliver(o, 0, 0, 1, 0);
        check_notice(o, "waiting", (int)i + 1, -1);
        o->now += DAY;
    }
    test_deliver(o, 1, 0, 0, 0);
    test_log(o, "triage acknowledge delivered");
}

static void accepted_is_settled_later(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_script(o, COMPLAINT_ACCEPTED, 0);
    test_deliver(o, 0, 1, 0, 0);
    check_notice(o, "accepted", 1, -1);
    assert_int_equal(test_int(o, "acknowledged_at"), 0);
    o->now += 7 * DAY;
    test_deliver(o, 0, 0, 0, 0); /* it is the carrier's now */
    test_expect(o, complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_ACCEPTED), COMPLAINT_E_INVALID, "answer", __FILE__, __LINE__);
    static const char *const strangers[] = {"", "x", "1:2", "1:2:", "1:2:complainant:facebook", "99999999999999999999:1:complainant:facebook", NULL};
    for (size_t i = 0; i < COUNT(strangers); i++)
        test_expect(o, complaint_desk_notice_outcome(o->desk, strangers[i], COMPLAINT_DELIVERED), COMPLAINT_E_NOT_FOUND, "intent", __FILE__, __LINE__);
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED));
    check_notice(o, "delivered", 1, -1);
    assert_int_equal(test_int(o, "acknowledged_at"), o->now);
    test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", 5 * DAY + 9 * 60 * MINUTE + 1);
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED)); /* a carrier that says it twice */
    test_expect(o, complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_REFUSED), COMPLAINT_E_NOT_FOUND, "intent", __FILE__, __LINE__);
    test_log(o, "triage acknowledge delivered");
}

static void accepted_and_then_refused_becomes_work(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_script(o, COMPLAINT_ACCEPTED, 0);
    test_deliver(o, 0, 1, 0, 0);
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_REFUSED));
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
    test_clock_is(o, "acknowledge", "running", "2025-11-07T00:00", 0);
    DO(o, o->officer, "acknowledge", "by_hand=phone");
}

/* ---- what could not be delivered is told by a person -------------------------------------------------------------------------- */

static int64_t refused_work(test_office *o) { return test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0); }

/* The acknowledgement was on its way when the case was closed, and came back: it is work, and neither a note nor another delivery makes it vanish. */
static void open_refused_after_closing(test_office *o) {
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=police");
    DO(o, o->officer, "close", "why_not_told=declined");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    assert_int_equal(refused_work(o), 1);
    DO(o, o->officer, "note", "text=รอเจ้าหน้าที่โทร");
    assert_int_equal(refused_work(o), 1);
}

static void what_came_back_after_the_closing_is_told_by_telephone(void **state) {
    test_office *o = *state;
    open_refused_after_closing(o);
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "notice", o->officer, "contact", "text=โทรแจ้งแล้ว", "notice:=2");
    REFUSED(o, COMPLAINT_E_RANGE, "notice", o->officer, "contact", "text=โทรแจ้งแล้ว", "notice:=0");
    REFUSED(o, COMPLAINT_E_ROLE, "contact", o->dpo, "contact", "text=โทรแจ้งแล้ว", "notice:=1");
    assert_int_equal(refused_work(o), 1);
    o->now += 60 * MINUTE;
    DO(o, o->officer, "contact", "text=โทรแจ้งแล้ว", "notice:=1", "by_hand=phone", "@at=2025-11-05T09:30");
    assert_int_equal(refused_work(o), 0);
    test_notice_is(o, "acknowledgement", "complainant", "by_hand", NULL);
    test_instant_is(test_int(o, "acknowledged_at"), "2025-11-05T09:30");
    test_last_event(o, "contact", "\"notice\":1,\"template\":\"acknowledgement\"");
    test_text(o, "state", "closed");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "notice", o->officer, "contact", "text=อีกครั้ง", "notice:=1"); /* once is enough */
    test_names(o, "1");
}

static void or_by_a_letter(void **state) {
    test_office *o = *state;
    open_refused_after_closing(o);
    DO(o, o->officer, "add_paper", "paper_no=ชร 0033/55", "direction=out", "notice:=1");
    assert_int_equal(refused_work(o), 0);
    assert_int_equal(test_int(o, "acknowledged_at"), o->now);
}

/* The carrier finds out that it did arrive. */
static void or_it_did_arrive_after_all(void **state) {
    test_office *o = *state;
    open_refused_after_closing(o);
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_REFUSED)); /* said twice */
    assert_int_equal(refused_work(o), 1);
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED));
    assert_int_equal(refused_work(o), 0);
    test_notice_is(o, "acknowledgement", "complainant", "delivered", NULL);
    assert_int_equal(test_int(o, "acknowledged_at"), o->now);
    test_expect(o, complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_REFUSED), COMPLAINT_E_NOT_FOUND, "intent", __FILE__, __LINE__);
}

/* While the case is open it stops the clock as the delivery would have. */
static void what_was_told_by_telephone_stops_the_clock(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "notice", o->officer, "contact", "text=โทรแจ้งแล้ว", "notice:=1"); /* it is still on its way */
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    test_clock_is(o, "acknowledge", "running", "2025-11-07T00:00", 0);
    DO(o, o->officer, "contact", "text=โทรแจ้งแล้ว", "notice:=1", "by_hand=phone");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", 0);
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge"); /* he has it */
}

/* What was refused to one unit is not settled by the same words to another. */
static int32_t refuses_quality(const test_sent *s) { return strcmp(s->recipient, "quality") == 0 ? COMPLAINT_REFUSED : COMPLAINT_DELIVERED; }

static void the_same_words_to_another_unit_leave_the_work(void **state) {
    test_office *o = *state;
    test_open_registered(o, "procurement");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1");
    DO(o, o->officer, "forward", "unit=quality");
    o->decide = refuses_quality;
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    assert_int_equal(refused_work(o), 1);
    DO(o, o->officer, "forward", "unit=hr");
    test_notice_is(o, "to_unit", "hr", "waiting", NULL);
    assert_int_equal(refused_work(o), 1);
    DO(o, o->officer, "hand_back", "from_unit=quality", "reason=ส่งใหม่");
    DO(o, o->officer, "forward", "unit=quality");
    assert_int_equal(refused_work(o), 0); /* said again, to the same */
}

/* A notice may follow the fate of another: the head hears that the complainant could not be reached. */
static const test_change follows[] = {
    {"    \"breach_to_head\": {\"on\"", "    \"not_reached\": {\"on\": [\"refused:acknowledgement\"], \"to\": [\"head\", \"officer\"], \"text\": \"escalation\", \"urgent\": true, \"source\": \"ours\"},\n"
                                       "    \"reached\": {\"on\": [\"delivered:acknowledgement\"], \"to\": \"head\", \"text\": \"escalation\", \"source\": \"ours\"},\n    \"breach_to_head\": {\"on\""}};

static void a_notice_may_follow_the_fate_of_another(void **state) {
    test_office *o = *state;
    test_office_policy(o, follows, COUNT(follows));
    open_acknowledged(o);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 2, 0, 0, 1); /* both leave in the same run */
    test_notice_is(o, "not_reached", "officer", "delivered", NULL);
    DO(o, o->officer, "contact", "text=โทรแจ้งแล้ว", "notice:=1");
    test_notice_is(o, "reached", "head", "waiting", NULL);
}

static void a_budget_is_kept(void **state) {
    test_office *o = *state;
    complaint_page *tally = NULL;
    for (int i = 0; i < 5; i++) open_acknowledged(o);
    assert_int_equal(complaint_desk_deliver(o->desk, 2, &tally), COMPLAINT_E_MORE);
    assert_int_equal(complaint_page_integer_of(tally, 0, "delivered"), 2);
    complaint_page_free(tally);
    assert_int_equal(o->sent_count, 2);
    assert_int_equal(complaint_desk_deliver(o->desk, 2, NULL), COMPLAINT_E_MORE);
    OK(complaint_desk_deliver(o->desk, 2, NULL));
    assert_int_equal(o->sent_count, 5);
    for (int i = 1; i < 5; i++) assert_string_not_equal(o->sent[i].intent, o->sent[i - 1].intent);
}

/* The damaged one stays, the other leaves. */
static void deliver_beside_damage(test_office *o, complaint_status expected) {
    for (int i = 0; i < 3; i++) {
        test_expect(o, complaint_desk_deliver(o->desk, 0, NULL), expected, NULL, __FILE__, __LINE__);
        assert_int_equal(o->sent_count, 1); /* what cannot be settled is not sent over and over */
        assert_int_equal(o->sent[0].case_id, o->case_id);
        o->now += DAY;
    }
}

static void one_damaged_letter_keeps_nobody_waiting(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "body", B("\x09x", 2));
    open_acknowledged(o);
    deliver_beside_damage(o, COMPLAINT_E_CORRUPT);
}

/* More of them than are looked for at once. */
static void many_damaged_letters_keep_nobody_waiting(void **state) {
    test_office *o = *state;
    for (int i = 0; i < 70; i++) {
        open_acknowledged(o);
        test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "body", B("\x09x", 2));
    }
    o->now += MINUTE;
    open_acknowledged(o);
    deliver_beside_damage(o, COMPLAINT_E_CORRUPT);
}

static void a_damaged_case_keeps_nobody_waiting(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_remove(o, "complaint_event", KEY(I(o->case_id), I(1)));
    open_acknowledged(o);
    deliver_beside_damage(o, COMPLAINT_E_CORRUPT);
}

static void a_case_of_a_later_version_waits_for_it(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_tamper(o, "complaint_event", KEY(I(o->case_id), I(2)), "kind", I(9999));
    REFUSED(o, COMPLAINT_E_EVENT_UNKNOWN, NULL, o->officer, "note", "text=x");
    open_acknowledged(o);
    deliver_beside_damage(o, COMPLAINT_E_EVENT_UNKNOWN);
}

/* ---- two desks ---------------------------------------------------------------------------------------------------------------- */

static test_office *second_desk;

static void deliver_on_the_second(test_office *o) {
    (void)o;
    test_deliver(second_desk, 0, 0, 0, 0);
}

static void what_one_desk_has_claimed_the_other_leaves(void **state) {
    test_office *o = *state;
    test_office second;
    second_desk = &second;
    open_acknowledged(o);
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    o->during_send = deliver_on_the_second;
    test_deliver(o, 1, 0, 0, 0);
    assert_int_equal(second.sent_count, 0);
    test_office_close(&second);
}

static void kill_the_settlement(test_office *o) { OK(complaint_fault_set(o->fault, COMPLAINT_SLOT_BEGIN, 0, COMPLAINT_FAULT_FOREVER, COMPLAINT_E_STORE)); }

static void a_lease_that_ran_out_is_taken_over(void **state) {
    test_office *o = *state;
    test_office second;
    open_acknowledged(o);
    o->during_send = kill_the_settlement; /* sent, and then the machine dies */
    assert_int_equal(complaint_desk_deliver(o->desk, 0, NULL), COMPLAINT_E_STORE);
    complaint_fault_reset(o->fault);
    check_notice(o, "claimed", 1, o->now + 10 * MINUTE);
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    second.now = o->now + 10 * MINUTE - 1;
    test_deliver(&second, 0, 0, 0, 0);
    second.now++;
    test_deliver(&second, 1, 0, 0, 0);
    same_letter(&o->sent[0], &second.sent[0]);
    assert_int_equal(second.sent[0].attempt, 2);
    check_notice(o, "delivered", 2, -1);
    test_log(o, "triage acknowledge delivered");
    test_office_close(&second);
}

static void settle_on_the_second(test_office *o) {
    o->during_send = NULL;
    second_desk->now = o->now + 10 * MINUTE;
    test_deliver(second_desk, 1, 0, 0, 0);
}

static void who_was_too_slow_settles_nothing(void **state) {
    test_office *o = *state;
    test_office second;
    second_desk = &second;
    open_acknowledged(o);
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    o->during_send = settle_on_the_second; /* the carrier takes more than ten minutes; another desk sends it again and is done */
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    assert_int_equal(complaint_error_status(complaint_desk_error(o->desk)), COMPLAINT_OK);
    check_notice(o, "delivered", 2, -1);
    test_log(o, "triage acknowledge delivered");
    test_office_close(&second);
}

/* It hung, and says at last what it likes: the letter was settled meanwhile, and once. */
static void what_a_carrier_that_hung_says_late_changes_nothing(void **state) {
    static const test_answer late[] = {{COMPLAINT_OK, COMPLAINT_REFUSED, 0}, {COMPLAINT_OK, COMPLAINT_ACCEPTED, 0}, {COMPLAINT_OK, COMPLAINT_RETRY_AT, 0}, {COMPLAINT_E_HOST, 0, 0}, {COMPLAINT_OK, 99, 0}};
    test_office *o = *state;
    test_office second;
    second_desk = &second;
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    for (size_t i = 0; i < COUNT(late); i++) {
        open_acknowledged(o);
        o->during_send = settle_on_the_second;
        o->script[o->script_count++] = late[i];
        OK(complaint_desk_deliver(o->desk, 0, NULL));
        test_notice_is(o, "acknowledgement", "complainant", "delivered", NULL);
        test_log(o, "triage acknowledge delivered");
        o->now += DAY;
        test_deliver(o, 0, 0, 0, 0);
    }
    assert_int_equal(o->sent_count, COUNT(late));
    assert_int_equal(second.sent_count, COUNT(late));
    test_office_close(&second);
}

/* ---- no way back in -------------------------------------------------------------------------------------------------------------- */

static int asked;

static void call_back(test_office *o) {
    complaint_page *page = NULL;
    complaint_text *text = NULL;
    int64_t number = 0;
    assert_int_equal(TRY(o, o->officer, "note", "text=x"), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_case(o->desk, o->officer, o->case_id, &page), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 0, &page), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_OPEN, NULL, 0, &page), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_actions(o->desk, o->officer, o->case_id, COMPLAINT_THAI, &page), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_find(o->desk, o->officer, 2569, 1, &number), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_deliver(o->desk, 0, NULL), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_notice_outcome(o->desk, "1:1:a:b", COMPLAINT_DELIVERED), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &page, &number), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_report(o->desk, o->officer, 2569, 12, &page), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_report_text(o->desk, o->officer, 2569, 12, COMPLAINT_REPORT_JSON, &text), COMPLAINT_E_REENTRANT);
    assert_int_equal(complaint_desk_set_progress(o->desk, NULL, NULL), COMPLAINT_E_REENTRANT);
    complaint_desk_close(o->desk); /* does nothing */
    assert_null(page);
    asked++;
}

static void nobody_calls_back_from_the_notifier(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    asked = 0;
    o->during_send = call_back;
    test_deliver(o, 1, 0, 0, 0);
    assert_int_equal(asked, 1);
    o->during_send = NULL;
    DO(o, o->officer, "register");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(who_cannot_send_says_so),
        SCENARIO(the_intent_is_case_event_recipient_channel),
        SCENARIO(what_fails_is_tried_again_with_growing_pauses),
        SCENARIO(the_notifier_says_when),
        SCENARIO(nothing_is_put_off_for_longer_than_a_month),
        SCENARIO(what_is_no_answer_is_tried_again),
        SCENARIO(accepted_is_settled_later),
        SCENARIO(accepted_and_then_refused_becomes_work),
        SCENARIO(what_came_back_after_the_closing_is_told_by_telephone),
        SCENARIO(or_by_a_letter),
        SCENARIO(or_it_did_arrive_after_all),
        SCENARIO(what_was_told_by_telephone_stops_the_clock),
        PHRAE(the_same_words_to_another_unit_leave_the_work),
        SCENARIO(a_notice_may_follow_the_fate_of_another),
        SCENARIO(a_budget_is_kept),
        TAMPERED(one_damaged_letter_keeps_nobody_waiting),
        TAMPERED(many_damaged_letters_keep_nobody_waiting),
        TAMPERED(a_damaged_case_keeps_nobody_waiting),
        TAMPERED(a_case_of_a_later_version_waits_for_it),
        SCENARIO(what_one_desk_has_claimed_the_other_leaves),
        SCENARIO(a_lease_that_ran_out_is_taken_over),
        SCENARIO(who_was_too_slow_settles_nothing),
        SCENARIO(what_a_carrier_that_hung_says_late_changes_nothing),
        SCENARIO(nobody_calls_back_from_the_notifier),
    };
    return cmocka_run_group_tests_name("CR-4.2.3: delivery", tests, NULL, NULL);
}
