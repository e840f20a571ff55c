/* The unit's part and what may happen on the way [CR-T4, CR-T5, CR-4.2.6]: receipt, hand-back, waiver, waiting for the complainant, more time, entries that come late, reopening. */
#include "support/desk.h"

#include <complaint/text.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static const char *referral_state(test_office *o, const char *unit) { return test_cell(o, o->officer, complaint_desk_referrals, "unit", unit, "state"); }

/* ---- receipt, hand-back, waiver ---------------------------------------------------------------------------------------------- */

static void a_unit_confirms_its_receipt_once(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "from_unit", o->quality, "accept");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->hr, "accept", "from_unit=hr");
    o->now += DAY;
    DO(o, o->quality, "accept", "from_unit=quality");
    assert_string_equal(referral_state(o, "quality"), "accepted");
    REFUSED(o, COMPLAINT_E_STATE, "from_unit", o->quality, "accept", "from_unit=quality");
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 1); /* it still owes its word */
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0);
}

/* What was accepted and what was not yet waits for the unit alike: in one order, page after page, none twice and none left out. */
static void the_units_worklist_is_one_list(void **state) {
    enum { MATTERS = 7 };
    test_office *o = *state;
    int64_t cases[MATTERS];
    for (int i = 0; i < MATTERS; i++) {
        test_open_forwarded(o);
        cases[i] = o->case_id;
        if (i % 3 == 1) DO(o, o->quality, "accept", "from_unit=quality");
        o->now += 60000; /* ids are in order of time */
    }
    for (int64_t limit = 1; limit <= MATTERS + 1; limit++) {
        char kept[256], *token = NULL;
        int seen = 0;
        do {
            complaint_page *page = NULL;
            OK(complaint_desk_worklist(o->desk, o->quality, COMPLAINT_WORK_UNIT, token, limit, &page));
            assert_true(complaint_page_count(page) <= limit);
            for (int64_t row = 0; row < complaint_page_count(page); row++) assert_int_equal(complaint_page_integer_of(page, row, "case_id"), cases[seen++]);
            token = complaint_page_token(page) ? strcpy(kept, complaint_page_token(page)) : NULL;
            complaint_page_free(page);
        } while (token);
        assert_int_equal(seen, MATTERS);
    }
}

static void a_matter_handed_back_goes_to_the_next_unit(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->quality, "hand_back", "from_unit=quality");
    o->now += DAY;
    DO(o, o->quality, "hand_back", "from_unit=quality", "reason=เป็นเรื่องบุคลากร", "suggested_unit=hr");
    test_last_event(o, "hand_back", "\"suggested_unit\":\"hr\"");
    test_text(o, "state", "registered");
    assert_string_equal(referral_state(o, "quality"), "handed_back");
    test_notice_is(o, "handed_back", "officer", "waiting", "2025-11-06T09:00");
    test_clock_is(o, "follow_up", "stopped", "2025-11-15T00:00", 0); /* nobody is left to be asked */
    test_clock_is(o, "forward", "running", "2025-11-08T00:00", 0);   /* it is the desk's again: a day from now, not from its receipt */
    assert_int_equal(test_clock_count(o, "forward"), 2);
    REFUSED(o, COMPLAINT_E_STATE, "report_result", o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    DO(o, o->officer, "forward", "unit=hr");
    test_clock_is(o, "forward", "stopped", "2025-11-08T00:00", 0);
    assert_string_equal(test_cell(o, o->officer, complaint_desk_case, "state", "forwarded", "lead_unit"), "hr");
    test_clock_is(o, "follow_up", "running", "2025-11-18T00:00", 0); /* Thursday 6: 7, 10 ... 17 */
    DO(o, o->hr, "report_result", "from_unit=hr", "outcome=explained", "text=ชี้แจงแล้ว");
    test_text(o, "state", "resulted");
    DO(o, o->officer, "close", "why_not_told=declined");
}

static void one_hands_back_the_other_goes_on(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality,hr");
    DO(o, o->hr, "hand_back", "from_unit=hr", "reason=ไม่เกี่ยวข้อง");
    test_text(o, "state", "forwarded");
    assert_string_equal(test_clock_of(o, "follow_up").state, "running");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    test_text(o, "state", "resulted");
}

static void a_unit_is_done_without_for_a_reason(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality,hr");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->head, "hand_back", "from_unit=hr");
    DO(o, o->head, "hand_back", "from_unit=hr", "reason=ผลที่ได้เพียงพอแล้ว");
    assert_string_equal(referral_state(o, "hr"), "waived");
    test_text(o, "state", "resulted");
    assert_int_equal(test_clock_count(o, "forward"), 1); /* there is a result: nothing is to be sent again */
    test_clock_is(o, "follow_up", "stopped", "2025-11-15T00:00", 0);
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
}

/* What it says of another would do without that one, or set its clock going. */
static void a_unit_speaks_for_itself(void **state) {
    static const char *const behalves[] = {"", "quality"};
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality,hr");
    for (size_t i = 0; i < COUNT(behalves); i++) {
        OK(complaint_actor_set_on_behalf(o->hr, behalves[i]));
        REFUSED(o, COMPLAINT_E_GUARD, "own_unit_only", o->hr, "hand_back", "from_unit=quality", "reason=x");
        REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->hr, "report_progress", "from_unit=quality", "text=x");
        test_names(o, "own unit only");
        REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->hr, "accept", "from_unit=quality");
        REFUSED(o, COMPLAINT_E_GUARD, "no_desk_finding", o->hr, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    }
    OK(complaint_actor_set_on_behalf(o->hr, ""));
    assert_string_equal(referral_state(o, "quality"), "sent");
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->officer, "report_progress", "from_unit=quality", "text=x"); /* nor does the desk, unless it says whose word it is */
    OK(complaint_actor_set_on_behalf(o->officer, "quality"));
    DO(o, o->officer, "report_progress", "from_unit=quality", "text=อยู่ระหว่างดำเนินการ");
    DO(o, o->officer, "hand_back", "from_unit=quality", "reason=แจ้งทางโทรศัพท์");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    assert_string_equal(referral_state(o, "quality"), "handed_back");
    DO(o, o->hr, "hand_back", "from_unit=hr", "reason=ไม่เกี่ยวข้อง");
    assert_string_equal(referral_state(o, "hr"), "handed_back");
}

/* "To the unit or the executive" [CR-4.2.4]: what was sent to him he accepts, reports on, or sends back himself, whether or not his account names a unit. */
static void the_executive_answers_for_his_own_seat(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=executive,hr");
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->executive, "accept", "from_unit=hr"); /* not for others */
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->executive, "report_progress", "from_unit=hr", "text=x");
    REFUSED(o, COMPLAINT_E_GUARD, "no_desk_finding", o->executive, "report_result", "from_unit=hr", "outcome=resolved", "text=x");
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->officer, "accept", "from_unit=executive");
    DO(o, o->executive, "accept", "from_unit=executive");
    assert_string_equal(referral_state(o, "executive"), "accepted");
    DO(o, o->executive, "report_progress", "from_unit=executive", "text=อยู่ระหว่างพิจารณา");
    DO(o, o->executive, "report_result", "from_unit=executive", "outcome=explained", "text=ชี้แจงแล้ว");
    test_last_event(o, "report_result", "\"state\":\"reported\"");
    test_text(o, "state", "forwarded"); /* hr still has it */
    DO(o, o->hr, "report_result", "from_unit=hr", "outcome=resolved", "text=แก้ไขแล้ว");
    test_text(o, "state", "resulted");
    DO(o, o->officer, "close", "why_not_told=declined");
}

static void the_executive_sends_back_what_is_not_his(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=executive");
    DO(o, o->executive, "hand_back", "from_unit=executive", "reason=ให้กลุ่มงานดำเนินการ", "suggested_unit=quality");
    assert_string_equal(referral_state(o, "executive"), "handed_back"); /* not done without: it is his own word */
    test_text(o, "state", "registered");
    assert_string_equal(test_clock_of(o, "forward").state, "running");
}

/* Above an executive who is concerned sits the inspector, who sees what was sent to him and answers it. */
static void the_inspector_answers_where_the_executive_is_concerned(void **state) {
    test_office *o = *state;
    complaint_actor *inspector = test_hire(o, "inspector", "inspector", "inspector");
    test_open_registered(o, "service");
    DO(o, o->officer, "recuse", "role=executive");
    REFUSED(o, COMPLAINT_E_GUARD, "respondent_is_blind", o->officer, "forward", "unit=executive");
    DO(o, o->officer, "forward", "unit=inspector");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, NULL, o->executive, "report_result", "from_unit=executive", "outcome=resolved", "text=x");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, NULL, o->executive, "report_result", "from_unit=inspector", "outcome=resolved", "text=x");
    DO(o, inspector, "accept", "from_unit=inspector");
    DO(o, inspector, "report_result", "from_unit=inspector", "outcome=substantiated", "text=พบตามที่แจ้ง");
    test_text(o, "state", "resulted");
}

/* ---- follow-up [CR-T5, CR-4.2.6] ----------------------------------------------------------------------------------------------- */

/* Word from the unit counts as having followed up, and the next round begins. */
static void progress_is_followed_by_the_next_round(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    test_at(o, "2025-11-14T23:59:59.999");
    DO(o, o->quality, "report_progress", "from_unit=quality", "text=อยู่ระหว่างดำเนินการ");
    assert_int_equal(test_clock_count(o, "follow_up"), 2);
    assert_int_equal(test_clock_int(o, "follow_up", 0, "late_ms"), 0);
    test_clock_is(o, "follow_up", "running", "2025-11-26T00:00", 0); /* Friday 14: 17 ... 25 */
    test_text(o, "state", "forwarded");
}

static void the_officer_is_reminded_the_day_before(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    o->now = test_instant("2025-11-13T08:30") - 1; /* the last day is Friday the 14th */
    test_tick(o, 0, 0);
    o->now++;
    test_tick(o, 1, 1);
    test_notice_is(o, "follow_up_soon", "officer", "waiting", "2025-11-13T08:30");
    test_deliver(o, 1, 0, 0, 0);
    assert_non_null(strstr(o->sent[0].body, "กลุ่มงานพัฒนาคุณภาพ"));
}

/* Chiang Rai asks nothing of the unit but its word on how it stands: one that never says it has the matter is followed up like any other, within the days that began with the forwarding. */
static void a_unit_that_never_accepts_is_followed_up(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T09:00");
    test_open_forwarded(o);
    assert_string_equal(referral_state(o, "quality"), "sent");
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0);
    test_at(o, "2025-11-14T23:59:59.999");
    DO(o, o->officer, "follow_up", "text=หน่วยงานยังไม่ได้ลงรับ");
    assert_int_equal(test_clock_int(o, "follow_up", 0, "late_ms"), 0);
    test_clock_is(o, "follow_up", "running", "2025-11-26T00:00", 0); /* and again, until there is a result: Friday 14: 17 ... 25 */
    test_at(o, "2025-11-26T00:00");
    DO(o, o->officer, "follow_up", "text=ยังไม่ได้ลงรับอีก");
    assert_int_equal(test_clock_int(o, "follow_up", 1, "late_ms"), 1);
    assert_string_equal(referral_state(o, "quality"), "sent");
    DO(o, o->quality, "accept", "from_unit=quality");
    assert_string_equal(test_clock_of(o, "follow_up").state, "running"); /* that it has the matter is no word on how it stands */
}

/* ---- waiting for the complainant -------------------------------------------------------------------------------------------------- */

/* Working days stand still in working days: two of waiting put the deadline two further. */
static void waiting_stops_the_follow_up_in_its_own_unit(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    test_at(o, "2025-11-06T15:00"); /* Thursday */
    DO(o, o->officer, "request_info", "text=ขอชื่อหน่วยบริการ", "particle=ค่ะ");
    assert_string_equal(test_clock_of(o, "follow_up").state, "paused");
    assert_string_equal(test_clock_of(o, "acknowledge").state, "running");
    REFUSED(o, COMPLAINT_E_STATE, "follow_up", o->officer, "follow_up");
    REFUSED(o, COMPLAINT_E_STATE, "request_info", o->officer, "request_info", "text=อีก");
    test_at(o, "2025-11-10T09:00"); /* Monday */
    DO(o, o->officer, "resume");
    test_text(o, "state", "forwarded");
    test_clock_is(o, "follow_up", "running", "2025-11-19T00:00", 0); /* the 14th, and Thursday and Friday on top: the 18th */
    test_deliver(o, 1, 0, 0, 0);
    assert_non_null(strstr(o->sent[0].body, "ขอขอบคุณค่ะ"));
    test_at(o, "2025-11-18T23:59:59.999");
    DO(o, o->officer, "follow_up");
    assert_int_equal(test_clock_int(o, "follow_up", 0, "late_ms"), 0);
    assert_int_equal(test_clock_int(o, "follow_up", 0, "paused"), 1);
}

/* It goes back to where it was, twice if need be. */
static void it_goes_back_to_where_it_was(void **state) {
    static const char *const stages[] = {"received", "registered", "forwarded"};
    test_office *o = *state;
    test_open_case(o);
    for (size_t i = 0; i < COUNT(stages); i++) {
        test_text(o, "state", stages[i]);
        for (int twice = 0; twice < 2; twice++) {
            DO(o, o->officer, "request_info", "text=ขอข้อมูล", "by_hand=phone");
            test_text(o, "phase", "waiting");
            DO(o, o->officer, "resume");
            test_text(o, "state", stages[i]);
        }
        if (i == 0) DO(o, o->officer, "register");
        if (i == 0) DO(o, o->officer, "classify", "class=service");
        if (i == 1) DO(o, o->officer, "forward", "unit=quality");
    }
}

/* The forwarding itself waits for nobody: its clock does not stand still. */
static void the_clock_of_the_forwarding_goes_on(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "request_info", "text=ขอข้อมูล");
    test_clock_is(o, "forward", "running", "2025-11-07T00:00", 0);
}

/* ---- more time ---------------------------------------------------------------------------------------------------------------------- */

static void more_time_counts_from_the_original_last_day(void **state) {
    test_office *o = *state;
    test_open_forwarded(o); /* last day: Friday the 14th */
    test_at(o, "2025-11-12T09:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->head, "extend", "days:=2");
    REFUSED(o, COMPLAINT_E_REQUIRED, "days", o->head, "extend", "reason=รอผลตรวจ");
    REFUSED(o, COMPLAINT_E_RANGE, "days", o->head, "extend", "days:=8", "reason=รอผลตรวจ");
    DO(o, o->head, "extend", "days:=2", "reason=รอผลตรวจ");
    test_clock_is(o, "follow_up", "running", "2025-11-19T00:00", 0); /* 17, 18 */
    assert_int_equal(test_clock_int(o, "follow_up", 0, "extended"), 1);
}

/* ---- what is entered late ------------------------------------------------------------------------------------------------------------ */

/* A follow-up of last week found in the notebook: the first round was in time after all; the round that began since goes on as it was. Both results are in the log. */
static void a_late_entry_corrects_the_result_it_contradicts(void **state) {
    test_office *o = *state;
    test_open_forwarded(o); /* last day: Friday the 14th */
    test_at(o, "2025-11-17T09:00");
    DO(o, o->officer, "follow_up", "text=โทรแล้ว");
    assert_int_equal(test_clock_int(o, "follow_up", 0, "late_ms"), 2 * DAY + 9 * 60 * MINUTE + 1);
    test_clock_is(o, "follow_up", "running", "2025-11-27T00:00", 0);
    test_at(o, "2025-11-18T09:00");
    DO(o, o->officer, "follow_up", "text=สมุดบันทึกวันที่ 12", "@at=2025-11-12T14:00");
    test_last_event(o, "follow_up", "\"do\":\"correct\"");
    assert_int_equal(test_clock_int(o, "follow_up", 0, "late_ms"), 0);
    test_instant_is(test_clock_int(o, "follow_up", 0, "stopped_at"), "2025-11-12T14:00");
    assert_int_equal(test_clock_count(o, "follow_up"), 2);
    test_clock_is(o, "follow_up", "running", "2025-11-27T00:00", 0);
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "follow_up", "@at=2025-11-05T08:59:59.999"); /* before it was received */
}

/* Late for the acknowledgement, until somebody finds that it was given by telephone in time. */
static void a_forwarding_by_telephone_in_time_is_entered_afterwards(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    test_at(o, "2025-11-08T09:00");
    DO(o, o->officer, "forward", "unit=quality");
    test_clock_is(o, "forward", "stopped", "2025-11-07T00:00", DAY + 9 * 60 * MINUTE + 1);
    DO(o, o->officer, "forward", "unit=hr", "@at=2025-11-06T10:00"); /* that one had gone out in time */
    test_clock_is(o, "forward", "stopped", "2025-11-07T00:00", 0);
    test_last_event(o, "forward", "\"do\":\"correct\"");
    assert_int_equal(test_clock_count(o, "forward"), 1);
}

static void wait_for_him(test_office *o, const char *from, const char *until) {
    test_at(o, from);
    DO(o, o->officer, "request_info", "text=ขอชื่อหน่วยบริการ", "by_hand=phone");
    test_at(o, until);
    DO(o, o->officer, "resume");
}

/* Whether it is entered in time or afterwards, the time in which he was waited for does not count. */
static void a_clock_that_is_entered_late_knows_what_stood_still(void **state) {
    test_office *o = *state;
    complaint_text *text = NULL;
    test_open_registered(o, "service");
    int64_t late = o->case_id;
    test_open_registered(o, "service");
    int64_t in_time = o->case_id;
    test_at(o, "2025-11-06T10:00");
    DO(o, o->officer, "forward", "unit=quality");
    for (int i = 0; i < 2; i++) {
        o->now = test_instant("2025-11-06T10:00");
        o->case_id = i ? late : in_time;
        wait_for_him(o, "2025-11-10T09:00", "2025-11-12T09:00");
        wait_for_him(o, "2025-11-13T09:00", "2025-11-14T09:00");
    }
    test_at(o, "2025-11-17T09:00");
    DO(o, o->officer, "forward", "unit=quality", "@at=2025-11-06T10:00");
    test_clock k = test_clock_of(o, "follow_up");
    assert_int_equal(test_clock_int(o, "follow_up", 0, "paused"), 2);
    OK(complaint_desk_explain(o->desk, o->officer, o->case_id, 3, COMPLAINT_ENGLISH, &text));
    assert_non_null(strstr(complaint_text_data(text), "10 November"));
    complaint_text_free(text);
    o->case_id = in_time;
    test_instant_is(test_clock_of(o, "follow_up").due_at, "2025-11-21T00:00"); /* the 17th, and three working days of waiting */
    assert_int_equal(k.due_at, test_clock_of(o, "follow_up").due_at);
    assert_string_equal(k.state, "running");
    o->case_id = late; /* and goes on like any other */
    wait_for_him(o, "2025-11-18T09:00", "2025-11-19T09:00");
    test_clock_is(o, "follow_up", "running", "2025-11-22T00:00", 0);
}

/* A letter of Friday entered on Monday counts from Friday. */
static void what_came_on_friday_counts_from_friday(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-10T09:00");
    DO(o, o->officer, "receive", "channel=letter", "external_id=1", "text=หนังสือลงรับวันศุกร์", "sent_at:=1762500600000"); /* Friday the 7th, 14.30 */
    DO(o, o->officer, "triage", "@at=2025-11-07T15:00");
    test_instant_is(test_int(o, "received_at"), "2025-11-07T14:30");
    test_clock_is(o, "acknowledge", "running", "2025-11-09T00:00", 0);
    test_clock_is(o, "forward", "running", "2025-11-09T00:00", 0);
    assert_int_equal(test_int(o, "entered_at"), o->now);
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "register", "@at=2025-11-07T14:29:59.999");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "register", "@at=2025-11-10T09:00:00.001");
}

/* ---- reopening ------------------------------------------------------------------------------------------------------------------------ */

static void a_new_cycle_keeps_what_the_first_came_to(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    test_at(o, "2025-11-08T00:00");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    REFUSED(o, COMPLAINT_E_STATE, "reopen", o->officer, "reopen", "reason=x");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    DO(o, o->officer, "close");
    int64_t number = test_int(o, "register_number");
    test_at(o, "2025-12-01T10:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->officer, "reopen");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->hr, "reopen", "reason=x");
    DO(o, o->officer, "reopen", "reason=ผู้ร้องแจ้งว่ายังไม่แก้ไข");
    test_text(o, "state", "registered");
    assert_int_equal(test_int(o, "cycle"), 2);
    assert_int_equal(test_int(o, "register_number"), number);
    assert_int_equal(test_int(o, "told_at"), 0);
    assert_int_equal(test_clock_count(o, "forward"), 2);
    test_clock_is(o, "forward", "running", "2025-12-03T00:00", 0); /* from the reopening */
    assert_int_equal(test_clock_int(o, "forward", 0, "late_ms"), 0);
    assert_int_equal(test_clock_int(o, "forward", 0, "cycle"), 1);
    test_instant_is(test_clock_int(o, "forward", 0, "stopped_at"), "2025-11-05T09:00");
    assert_int_equal(test_clock_count(o, "acknowledge"), 1); /* he was acknowledged once; that holds */
    REFUSED(o, COMPLAINT_E_GUARD, "linked_result_before_close", o->officer, "close", "why_not_told=declined"); /* nor does the result of then */
    DO(o, o->officer, "forward", "unit=quality"); /* the same unit again */
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=partly", "text=แก้ไขเพิ่มเติม");
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close"); /* what he was told in November does not count now */
    DO(o, o->officer, "notify_result", "text=แก้ไขเพิ่มเติม", "by_hand=phone");
    DO(o, o->officer, "close");
    assert_int_equal(test_count(o, o->officer, complaint_desk_referrals), 2);
    assert_int_equal(test_clock_count(o, "notify_result"), 2);
}

/* A late entry of the second cycle does not rewrite what the first came to. */
static void a_late_entry_stays_in_its_cycle(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    test_at(o, "2025-11-08T00:00");
    DO(o, o->officer, "forward", "unit=quality"); /* late */
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    DO(o, o->officer, "close", "why_not_told=declined");
    test_at(o, "2025-12-01T10:00");
    DO(o, o->officer, "reopen", "reason=x");
    DO(o, o->officer, "forward", "unit=quality", "@at=2025-11-06T10:00");
    assert_int_equal(test_clock_int(o, "forward", 0, "late_ms"), DAY + 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(a_unit_confirms_its_receipt_once),
        SCENARIO(the_units_worklist_is_one_list),
        SCENARIO(a_matter_handed_back_goes_to_the_next_unit),
        SCENARIO(one_hands_back_the_other_goes_on),
        SCENARIO(a_unit_is_done_without_for_a_reason),
        SCENARIO(a_unit_speaks_for_itself),
        SCENARIO(the_executive_answers_for_his_own_seat),
        SCENARIO(the_executive_sends_back_what_is_not_his),
        SCENARIO(the_inspector_answers_where_the_executive_is_concerned),
        SCENARIO(progress_is_followed_by_the_next_round),
        SCENARIO(the_officer_is_reminded_the_day_before),
        SCENARIO(a_unit_that_never_accepts_is_followed_up),
        SCENARIO(waiting_stops_the_follow_up_in_its_own_unit),
        SCENARIO(it_goes_back_to_where_it_was),
        SCENARIO(the_clock_of_the_forwarding_goes_on),
        SCENARIO(more_time_counts_from_the_original_last_day),
        SCENARIO(a_late_entry_corrects_the_result_it_contradicts),
        SCENARIO(a_forwarding_by_telephone_in_time_is_entered_afterwards),
        SCENARIO(a_clock_that_is_entered_late_knows_what_stood_still),
        SCENARIO(what_came_on_friday_counts_from_friday),
        SCENARIO(a_new_cycle_keeps_what_the_first_came_to),
        SCENARIO(a_late_entry_stays_in_its_cycle),
    };
    return cmocka_run_group_tests_name("CR-T5: the unit's part", tests, NULL, NULL);
}
