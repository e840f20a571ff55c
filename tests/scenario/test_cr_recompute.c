/* Holidays announced late: open deadlines move, and the log says from when to when [CR-T5]; what was judged stays judged. */
#include "support/desk.h"

#include <complaint/date.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

/* The built-in calendar with one more day off; its owner frees it after the office has closed its desk. */
static complaint_calendar *with_holiday(const char *iso) {
    complaint_calendar *base = NULL, *calendar = NULL;
    complaint_calendar_edit *edit = NULL;
    int32_t day = 0;
    OK(complaint_date_parse_iso(iso, strlen(iso), NULL, &day, NULL, NULL));
    OK(complaint_calendar_builtin(NULL, "TH-57", &base, NULL));
    OK(complaint_calendar_edit_new(base, &edit, NULL));
    OK(complaint_calendar_edit_add(edit, day, COMPLAINT_HOLIDAY_SPECIAL, "national", "วันหยุดราชการเพิ่มเป็นกรณีพิเศษ", "a special holiday", "high: cabinet 2025-11-06", NULL));
    OK(complaint_calendar_edit_build(edit, &calendar, NULL));
    complaint_calendar_edit_free(edit);
    complaint_calendar_free(base);
    return calendar;
}

static void recompute(test_office *o, int64_t cases, int64_t moved) {
    complaint_page *tally = NULL;
    complaint_status s = complaint_desk_recompute(o->desk, o->head, NULL, 0, &tally);
    if (s) fail_msg("recompute: %s", test_why(o));
    assert_int_equal(complaint_page_integer_of(tally, 0, "cases"), cases);
    assert_int_equal(complaint_page_integer_of(tally, 0, "moved"), moved);
    complaint_page_free(tally);
}

static void open_deadlines_move_and_the_log_says_why(void **state) {
    test_office *o = *state;
    test_open_forwarded(o); /* follow-up: last day Friday 14 November */
    int64_t forwarded = o->case_id;
    test_open_case(o); /* calendar days only */
    int64_t opened = o->case_id;
    complaint_calendar *late = with_holiday("2025-11-13");
    test_office_calendar(o, late);
    complaint_calendar_free(late); /* the desk is its owner now */
    o->case_id = forwarded;
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0); /* until somebody asks */
    test_at(o, "2025-11-06T10:00");
    recompute(o, 2, 1);
    test_clock_is(o, "follow_up", "running", "2025-11-18T00:00", 0); /* Monday the 17th */
    char was[40];
    snprintf(was, sizeof was, "\"was\":%lld", (long long)test_instant("2025-11-15T00:00"));
    test_last_event(o, "recomputed", was);
    test_last_event(o, "recomputed", "\"calendar\":");
    recompute(o, 2, 0); /* twice adds nothing */
    o->case_id = opened;
    test_log(o, "triage");
    o->case_id = forwarded;
    o->now = test_instant("2025-11-14T08:30") - 1;
    test_tick(o, 3, 3); /* acknowledge, and of the other case acknowledge and forward */
    o->now++;
    test_tick(o, 1, 1); /* the reminder has moved too: the working day before the 17th */
    test_notice_is(o, "follow_up_soon", "officer", "waiting", NULL);
    test_at(o, "2025-11-17T23:59:59.999");
    DO(o, o->officer, "follow_up");
    assert_int_equal(test_clock_int(o, "follow_up", 0, "late_ms"), 0);
}

static void says(test_office *o, int64_t clock, int32_t language, const char *words, bool expected) {
    complaint_text *text = NULL;
    OK(complaint_desk_explain(o->desk, o->officer, o->case_id, clock, language, &text));
    if (!strstr(complaint_text_data(text), words) == expected) fail_msg("%s", complaint_text_data(text));
    complaint_text_free(text);
}

/* The steps are those of the calendar at hand. Where they lead elsewhere than to the deadline that holds, they say so. */
static void an_explanation_that_differs_from_the_record_says_so(void **state) {
    enum { ACKNOWLEDGE = 1, FOLLOW_UP = 3 };
    static const char thai[] = "ไม่ตรงกับกำหนดที่บันทึกไว้และใช้อยู่ คือ ต้องเสร็จก่อนวันศุกร์ที่ 14 พฤศจิกายน 2568 เวลา 24.00 น. ซึ่งคำนวณไว้ด้วยปฏิทิน";
    static const char english[] = "Not the deadline on record, which holds. In time is what is done before Friday 14 November 2025 at 24:00. That was computed by another calendar";
    test_office *o = *state;
    test_open_forwarded(o);
    says(o, FOLLOW_UP, COMPLAINT_THAI, "ไม่ตรง", false);
    complaint_calendar *late = with_holiday("2025-11-13");
    test_office_calendar(o, late);
    complaint_calendar_free(late);
    says(o, FOLLOW_UP, COMPLAINT_THAI, thai, true);
    says(o, FOLLOW_UP, COMPLAINT_ENGLISH, english, true);
    says(o, ACKNOWLEDGE, COMPLAINT_THAI, "ไม่ตรง", false); /* calendar days */
    DO(o, o->officer, "request_info", "text=ขอข้อมูล", "by_hand=phone");
    DO(o, o->officer, "resume");
    says(o, FOLLOW_UP, COMPLAINT_THAI, "ไม่ตรง", false); /* by the calendar at hand */
}

static void what_was_judged_stays_judged(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    test_at(o, "2025-11-15T00:00");
    DO(o, o->officer, "follow_up"); /* late by a millisecond as the calendar then was */
    complaint_calendar *late = with_holiday("2025-11-13");
    test_office_calendar(o, late);
    complaint_calendar_free(late);
    recompute(o, 1, 0);
    assert_int_equal(test_clock_int(o, "follow_up", 0, "late_ms"), 1);
    DO(o, o->officer, "withdraw");
    recompute(o, 0, 0); /* a finished case is not looked at */
}

/* Time that stood still and time that was given stay. */
static void pauses_and_extensions_are_kept(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    test_at(o, "2025-11-06T10:00");
    DO(o, o->officer, "request_info", "text=ขอข้อมูล", "by_hand=phone");
    test_at(o, "2025-11-10T10:00");
    DO(o, o->officer, "resume");
    DO(o, o->head, "extend", "days:=2", "reason=รอผลตรวจ");
    test_clock_is(o, "follow_up", "running", "2025-11-21T00:00", 0); /* 14 + 2 (Thursday, Friday) = 18, + 2 = 20 */
    complaint_calendar *late = with_holiday("2025-11-19");
    test_office_calendar(o, late);
    complaint_calendar_free(late);
    recompute(o, 1, 1);
    test_clock_is(o, "follow_up", "running", "2025-11-22T00:00", 0);
    assert_int_equal(test_clock_int(o, "follow_up", 0, "extended"), 1);
    assert_int_equal(test_clock_int(o, "follow_up", 0, "paused"), 1);
}

/* A clock that stands still gets its deadline, by the new calendar, when it goes on. */
static void what_stands_still_moves_when_it_goes_on(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "request_info", "text=ขอข้อมูล", "by_hand=phone");
    complaint_calendar *late = with_holiday("2025-11-13");
    test_office_calendar(o, late);
    complaint_calendar_free(late);
    recompute(o, 1, 0);
    test_at(o, "2025-11-05T15:00");
    DO(o, o->officer, "resume");
    test_clock_is(o, "follow_up", "running", "2025-11-18T00:00", 0);
}

/* A case at a time: as after one call, and what is damaged on the way is told at the end. */
static void in_parts_it_comes_to_the_same(void **state) {
    test_office *o = *state;
    int64_t cases[4], moved = 0, computed = 0, damaged = 0;
    char token[64] = "";
    complaint_status s = COMPLAINT_E_MORE;
    for (size_t i = 0; i < COUNT(cases); i++) {
        test_open_forwarded(o);
        cases[i] = o->case_id;
    }
    complaint_calendar *late = with_holiday("2025-11-13");
    test_office_calendar(o, late);
    complaint_calendar_free(late);
    test_tamper(o, "complaint_event", KEY(I(cases[0]), I(1)), "payload", B("{", 1));
    for (size_t calls = 0; s == COMPLAINT_E_MORE; calls++) {
        complaint_page *tally = NULL;
        s = complaint_desk_recompute(o->desk, o->head, token[0] ? token : NULL, 1, &tally);
        assert_true(calls < 8 && tally != NULL);
        computed += complaint_page_integer_of(tally, 0, "cases");
        moved += complaint_page_integer_of(tally, 0, "moved");
        damaged += complaint_page_integer_of(tally, 0, "damaged");
        assert_int_equal(complaint_page_token(tally) != NULL, s == COMPLAINT_E_MORE);
        snprintf(token, sizeof token, "%s", s == COMPLAINT_E_MORE ? complaint_page_token(tally) : "");
        complaint_page_free(tally);
    }
    assert_int_equal(s, COMPLAINT_E_CORRUPT); /* of the first call */
    assert_int_equal(computed, 3);
    assert_int_equal(moved, 3);
    assert_int_equal(damaged, 1);
    for (size_t i = 1; i < COUNT(cases); i++) {
        o->case_id = cases[i];
        test_clock_is(o, "follow_up", "running", "2025-11-18T00:00", 0);
    }
    test_office_close(o); /* what was damaged stays damaged: no proof at the end */
    OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
}

static void a_token_is_one_that_was_given(void **state) {
    test_office *o = *state;
    complaint_page *tally = NULL;
    static const char *const tokens[] = {"", "1", "x|0", "1|2|3"};
    for (size_t i = 0; i < COUNT(tokens); i++) test_expect(o, complaint_desk_recompute(o->desk, o->head, tokens[i], 0, &tally), COMPLAINT_E_INVALID, "token", __FILE__, __LINE__);
    test_expect(o, complaint_desk_recompute(o->desk, o->head, NULL, -1, &tally), COMPLAINT_E_INVALID, "budget", __FILE__, __LINE__);
    assert_null(tally);
}

static void who_may_not(void **state) {
    test_office *o = *state;
    complaint_page *tally = NULL;
    assert_int_equal(complaint_desk_recompute(o->desk, o->quality, NULL, 0, &tally), COMPLAINT_E_ROLE);
    assert_null(tally);
}

/* ---- another policy ------------------------------------------------------------------------------------------------------------------ */

/* The office once gave itself two weeks for every case, and no longer does: what runs is not stopped by anything but the end of the case, which judges nothing. */
static const test_change two_weeks[] = {
    {"\"clocks\": {\n", "\"clocks\": {\n    \"two_weeks\": {\"label\": {\"th\": \"สองสัปดาห์\", \"en\": \"two weeks\"}, \"starts\": [\"triage\"], \"counts_from\": \"received\", \"stops\": [\"notify_result\"], \"length\": 14, \"unit\": \"calendar_days\", \"source\": \"ours\"},\n"},
};

static void a_clock_that_the_office_gave_up_ends_with_the_case(void **state) {
    test_office *o = *state;
    test_office_policy(o, two_weeks, COUNT(two_weeks));
    test_open_forwarded(o);
    test_clock_is(o, "two_weeks", "running", "2025-11-20T00:00", 0);
    test_office_policy(o, NULL, 0); /* as it was built in */
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=explained", "text=ชี้แจงแล้ว");
    DO(o, o->officer, "notify_result", "text=ชี้แจงแล้ว", "by_hand=phone");
    test_clock_is(o, "two_weeks", "running", "2025-11-20T00:00", 0);
    DO(o, o->officer, "close");
    test_clock_is(o, "two_weeks", "cancelled", "2025-11-20T00:00", 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(open_deadlines_move_and_the_log_says_why),
        SCENARIO(an_explanation_that_differs_from_the_record_says_so),
        SCENARIO(what_was_judged_stays_judged),
        SCENARIO(pauses_and_extensions_are_kept),
        SCENARIO(what_stands_still_moves_when_it_goes_on),
        SCENARIO(in_parts_it_comes_to_the_same),
        SCENARIO(a_token_is_one_that_was_given),
        SCENARIO(who_may_not),
        SCENARIO(a_clock_that_the_office_gave_up_ends_with_the_case),
    };
    return cmocka_run_group_tests_name("holidays announced late", tests, NULL, NULL);
}
