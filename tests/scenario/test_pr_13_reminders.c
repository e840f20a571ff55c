/*
 * Reminders of an office that changed its policy: several at one instant, several recipients, words that depend on the case, what falls due while a clock stands still [PR-13, CR-T5]. The clock is the unit's fifteen days,
 * from Wednesday the 5th of November to the end of Thursday the 20th.
 */
#include "support/desk.h"

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup_phrae, test_office_teardown)

static const char soon[] = "{\"before\": {\"length\": 3, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": \"result_soon\", \"source\": \"ours\"},";
static const char today[] = "{\"before\": {\"length\": 0, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": \"result_today\", \"source\": \"ours\"},";
static const char today_notice[] = "\"result_today\": {\"to\": \"unit\", ";

/* A matter at the quality unit, which has accepted it; everything said so far is delivered. */
static void open_at_unit(test_office *o) {
    test_open_registered(o, "service");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    o->sent_count = 0;
}

/* The notices of the case from the n-th on, `template:recipient` separated by blanks. */
static void said_from(test_office *o, int64_t n, const char *expected) {
    char all[512] = "";
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    for (int64_t i = n; i < complaint_page_count(page); i++) {
        size_t at = strlen(all);
        snprintf(all + at, sizeof all - at, "%s%s:%s", at ? " " : "", complaint_page_text_of(page, i, "template"), complaint_page_text_of(page, i, "recipient"));
    }
    complaint_page_free(page);
    assert_string_equal(all, expected);
}

/* The state of the n-th notice, from 0. */
static void state_is(test_office *o, int64_t n, const char *expected) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    assert_string_equal(complaint_page_text_of(page, n, "state"), expected);
    complaint_page_free(page);
}

static int64_t warned(test_office *o) { return test_clock_int(o, "result", 0, "warned"); }

/* ---- one instant ------------------------------------------------------------------------------------------------------------ */

/* On the last day at 8.30 the unit is told twice, in different words, and the head once. */
static const test_change three_at_once[] = {
    {today, "{\"before\": {\"length\": 0, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": \"result_today\", \"source\": \"ours\"},\n"
            "        {\"before\": {\"length\": 0, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": \"result_to_head\", \"source\": \"ours\"},\n"
            "        {\"before\": {\"length\": 0, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": [\"result_extend\"], \"source\": \"ours\"},"},
    {today_notice, "\"result_to_head\": {\"to\": \"head\", \"text\": \"result_today\", \"source\": \"ours\"},\n"
                   "    \"result_extend\": {\"to\": [\"unit\", \"head\"], \"text\": \"result_soon\", \"source\": \"ours\"},\n"
                   "    \"result_today\": {\"to\": \"unit\", "},
};

static void all_reminders_of_one_instant_are_said(void **state) {
    test_office *o = *state;
    test_office_policy(o, three_at_once, COUNT(three_at_once));
    open_at_unit(o);
    int64_t before = test_count(o, o->officer, complaint_desk_notices);
    test_at(o, "2025-11-19T08:30");
    test_tick(o, 1, 1); /* one of two that were missed */
    test_at(o, "2025-11-20T08:30");
    test_tick(o, 1, 4);
    said_from(o, before, "result_soon:quality result_today:quality result_to_head:head result_extend:quality result_extend:head");
    assert_int_equal(warned(o), 5);
    test_last_event(o, "warned", "!skipped");
    test_tick(o, 0, 0);
}

/* Two words of one event to one recipient are two messages: a carrier must not take the second for a repetition, nor its fate for that of the first. */
static void each_word_has_its_own_intent(void **state) {
    test_office *o = *state;
    test_office_policy(o, three_at_once, COUNT(three_at_once));
    open_at_unit(o);
    int64_t before = test_count(o, o->officer, complaint_desk_notices);
    test_at(o, "2025-11-20T08:30");
    test_tick(o, 1, 4);
    for (int i = 0; i < 4; i++) test_script(o, COMPLAINT_ACCEPTED, 0);
    test_deliver(o, 0, 4, 0, 0);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < i; k++) assert_string_not_equal(o->sent[i].intent, o->sent[k].intent);
    assert_non_null(strstr(o->sent[0].intent, ":quality:staff"));
    assert_null(strstr(o->sent[0].intent, ":quality:staff:"));
    assert_non_null(strstr(o->sent[2].intent, ":quality:staff:2"));
    OK(complaint_desk_notice_outcome(o->desk, o->sent[2].intent, COMPLAINT_REFUSED));
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED));
    state_is(o, before, "delivered");
    state_is(o, before + 2, "refused");
    state_is(o, before + 3, "accepted");
    OK(complaint_desk_notice_outcome(o->desk, o->sent[2].intent, COMPLAINT_REFUSED)); /* said twice */
}

static void after_an_outage_the_whole_last_stage_is_said(void **state) {
    test_office *o = *state;
    test_office_policy(o, three_at_once, COUNT(three_at_once));
    open_at_unit(o);
    int64_t before = test_count(o, o->officer, complaint_desk_notices);
    test_at(o, "2025-11-22T12:00"); /* the machine was off from before the 17th on */
    test_tick(o, 1, 4);
    said_from(o, before, "result_today:quality result_to_head:head result_extend:quality result_extend:head");
    test_last_event(o, "warned", "\"warned\":5,\"skipped\":2");
    test_tick(o, 0, 0);
}

/* ---- words that depend on the case -------------------------------------------------------------------------------------------- */

/* What is urgent goes to head and executive; else the officer hears of it. On the 19th only urgent matters are reminded of. */
static const test_change by_condition[] = {
    {soon, "{\"before\": {\"length\": 3, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": [\"urgent_soon\", \"calm_soon\"], \"source\": \"ours\"},"},
    {"{\"before\": {\"length\": 1, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": \"result_soon\", \"source\": \"ours\"},",
     "{\"before\": {\"length\": 1, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": \"urgent_soon\", \"source\": \"ours\"},"},
    {"\"result_soon\": {\"to\": \"unit\", \"text\": \"result_soon\", \"source\": \"PR-13\",",
     "\"urgent_soon\": {\"to\": [\"head\", \"executive\"], \"when\": {\"flags\": [\"urgent\", \"office_impact\"]}, \"text\": \"result_soon\", \"source\": \"ours\"},\n"
     "    \"calm_soon\": {\"to\": [\"officer\", \"head\"], \"text\": \"result_soon\", \"source\": \"ours\","},
};

static void a_reminder_may_depend_on_the_case(void **state) {
    test_office *o = *state;
    test_office_policy(o, by_condition, COUNT(by_condition));
    open_at_unit(o);
    int64_t calm = o->case_id, before = test_count(o, o->officer, complaint_desk_notices);
    test_at(o, "2025-11-17T08:30");
    test_tick(o, 1, 2);
    said_from(o, before, "calm_soon:officer calm_soon:head");
    test_at(o, "2025-11-19T08:30");
    test_tick(o, 1, 0); /* it has nothing to say of this one */
    assert_int_equal(warned(o), 1);
    test_last_event(o, "warned", "!skipped");
    test_tick(o, 0, 0);
    test_at(o, "2025-12-01T09:00");
    open_at_unit(o);
    before = test_count(o, o->officer, complaint_desk_notices);
    assert_int_not_equal(o->case_id, calm);
    DO(o, o->officer, "flag", "flag=urgent");
    test_at(o, "2025-12-13T08:30");
    OK(complaint_desk_tick(o->desk, 0, NULL));
    said_from(o, before + 1, "urgent_soon:head urgent_soon:executive calm_soon:officer"); /* the head has heard it in the first words that were for him */
}

/* ---- a clock that stands still [CR-T5] ------------------------------------------------------------------------------------------ */

/* Beside those before the deadline there is one two days after the unit's receipt. */
static const test_change after_the_start[] = {
    {soon, "{\"before\": {\"length\": 3, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": \"result_soon\", \"source\": \"ours\"},\n"
           "        {\"after_start\": {\"length\": 2, \"unit\": \"calendar_days\"}, \"at\": \"08:30\", \"notice\": \"result_today\", \"source\": \"ours\"},"},
};

static void ask_complainant(test_office *o, const char *at) {
    test_at(o, at);
    DO(o, o->officer, "request_info", "text=ขอข้อมูล", "by_hand=phone");
    assert_string_equal(test_clock_of(o, "result").state, "paused");
}

/* Those counted from the deadline move with it; the one that fell into the waiting is no help any more, and is counted. */
static void what_falls_due_during_a_pause_moves_or_is_counted(void **state) {
    test_office *o = *state;
    test_office_policy(o, after_the_start, COUNT(after_the_start));
    open_at_unit(o);
    int64_t before = test_count(o, o->officer, complaint_desk_notices) + 1;
    ask_complainant(o, "2025-11-06T10:00");
    test_at(o, "2025-11-08T09:00");
    test_tick(o, 0, 0); /* the 7th has passed in silence */
    test_at(o, "2025-11-16T10:00");
    DO(o, o->officer, "resume");
    test_last_event(o, "resume", "\"warned\":1,\"skipped\":1");
    test_clock_is(o, "result", "running", "2025-12-01T00:00", 0); /* ten days later */
    assert_int_equal(warned(o), 1);
    test_at(o, "2025-11-27T08:29:59");
    test_tick(o, 0, 0);
    test_at(o, "2025-11-27T08:30");
    test_tick(o, 1, 1);
    said_from(o, before, "result_soon:quality");
    assert_int_equal(warned(o), 2);
}

/* Nobody ticked between the reminder and the pause: it would be lost, and is counted all the same. */
static void what_was_due_just_before_a_pause_is_counted(void **state) {
    test_office *o = *state;
    test_office_policy(o, after_the_start, COUNT(after_the_start));
    open_at_unit(o);
    ask_complainant(o, "2025-11-07T08:45");
    test_at(o, "2025-11-07T10:00");
    DO(o, o->officer, "resume");
    test_last_event(o, "resume", "\"skipped\":1");
    test_tick(o, 0, 0);
}

/* What was said before the pause is not said again, and not counted as lost. */
static void what_was_said_before_a_pause_is_not_counted(void **state) {
    test_office *o = *state;
    test_office_policy(o, after_the_start, COUNT(after_the_start));
    open_at_unit(o);
    test_at(o, "2025-11-07T08:30");
    test_tick(o, 1, 1);
    ask_complainant(o, "2025-11-07T09:00");
    test_at(o, "2025-11-10T09:00");
    DO(o, o->officer, "resume");
    test_last_event(o, "resume", "!skipped");
    assert_int_equal(warned(o), 1);
    test_tick(o, 0, 0);
}

/* The complainant answered on the 6th, which is entered on the 8th: the reminder of the 7th was due when the clock ran. */
static void an_answer_entered_late_loses_no_reminder(void **state) {
    test_office *o = *state;
    test_office_policy(o, after_the_start, COUNT(after_the_start));
    open_at_unit(o);
    int64_t before = test_count(o, o->officer, complaint_desk_notices) + 1;
    ask_complainant(o, "2025-11-06T09:00");
    test_at(o, "2025-11-08T09:00");
    DO(o, o->officer, "resume", "@at=2025-11-06T16:00");
    test_last_event(o, "resume", "!skipped");
    test_tick(o, 1, 1);
    said_from(o, before, "result_today:quality");
    test_tick(o, 0, 0);
}

/* Overdue, and reminded of it every three days; while the complainant is asked nobody is, and that is on record. */
static void reminders_after_the_deadline_are_counted_too(void **state) {
    test_office *o = *state;
    open_at_unit(o);
    test_at(o, "2025-11-24T09:00");
    test_tick(o, 1, 1); /* result_overdue of the 23rd */
    assert_int_equal(warned(o), 4);
    ask_complainant(o, "2025-11-24T10:00");
    test_at(o, "2025-12-03T10:00");
    DO(o, o->officer, "resume");
    test_last_event(o, "resume", "\"warned\":7,\"skipped\":3"); /* the 26th, the 29th, the 2nd */
    test_clock_is(o, "result", "running", "2025-11-21T00:00", 0);
    test_at(o, "2025-12-05T08:30");
    test_tick(o, 1, 1);
    test_notice_is(o, "result_overdue", "quality", "waiting", NULL);
}

/* More time was given before anybody ticked: the reminder that does not move is still said. */
static void an_extension_loses_no_reminder(void **state) {
    test_office *o = *state;
    test_office_policy(o, after_the_start, COUNT(after_the_start));
    open_at_unit(o);
    test_at(o, "2025-11-07T08:45");
    DO(o, o->head, "extend", "days:=5", "reason=เอกสารมาก", "from_unit=quality");
    test_tick(o, 1, 1);
    test_notice_is(o, "result_today", "quality", "waiting", NULL);
    test_tick(o, 0, 0);
}

/* ---- words that cannot leave by themselves --------------------------------------------------------------------------------------- */

/* The complainant is to hear that it takes longer. Who came by telephone cannot be written to: that is work for a person, and keeps no other clock waiting. */
static const test_change to_the_complainant[] = {
    {today_notice, "\"result_today\": {\"to\": [\"complainant\", \"unit\"], "},
};

static void a_reminder_that_cannot_leave_becomes_work(void **state) {
    test_office *o = *state;
    test_office_policy(o, to_the_complainant, COUNT(to_the_complainant));
    test_receive(o, "phone", "รอนาน");
    DO(o, o->officer, "triage");
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=service");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->officer, "memo", "text=เสนอ");
    DO(o, o->executive, "order", "paper_no=1");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "accept", "from_unit=quality");
    test_deliver(o, 3, 0, 0, 0);
    int64_t before = test_count(o, o->officer, complaint_desk_notices);
    test_at(o, "2025-11-20T08:30");
    test_tick(o, 1, 2);
    said_from(o, before, "result_today:complainant result_today:quality");
    state_is(o, before, "refused");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
    test_deliver(o, 1, 0, 0, 0); /* the unit's */
}

/* ---- what waits for the office ------------------------------------------------------------------------------------------------ */

/* Due on the 8th of April: reminders of the 11th, a Saturday, and the 14th, the second day of Songkran, wait for Thursday the 16th. One word is enough. */
static void after_holidays_a_unit_hears_the_last_word_only(void **state) {
    test_office *o = *state;
    test_at(o, "2026-03-24T09:00");
    open_at_unit(o);
    int64_t before = test_count(o, o->officer, complaint_desk_notices);
    test_at(o, "2026-04-08T16:00");
    OK(complaint_desk_tick(o->desk, 0, NULL));
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    test_at(o, "2026-04-11T08:30");
    test_tick(o, 1, 1);
    test_deliver(o, 0, 0, 0, 0);
    test_at(o, "2026-04-14T08:30");
    test_tick(o, 1, 1);
    test_notice_is(o, "result_overdue", "quality", "waiting", "2026-04-16T08:30");
    test_at(o, "2026-04-16T08:30");
    o->sent_count = 0;
    test_deliver(o, 1, 0, 0, 0);
    assert_int_equal(o->sent_count, 1);
    said_from(o, before, "result_today:quality result_overdue:quality result_overdue:quality");
    state_is(o, before + 1, "withdrawn");
    state_is(o, before + 2, "delivered");
    test_deliver(o, 0, 0, 0, 0);
}

/* The report came in the meantime: nobody is chased for what is there. */
static void who_has_reported_is_not_reminded_when_the_office_opens(void **state) {
    test_office *o = *state;
    open_at_unit(o);
    test_at(o, "2025-11-23T09:00"); /* a Sunday; the last day was the 20th */
    test_tick(o, 1, 1);
    test_at(o, "2025-11-23T11:00");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    test_at(o, "2025-11-24T08:30");
    o->sent_count = 0;
    test_deliver(o, 0, 0, 0, 0);
    assert_int_equal(o->sent_count, 0);
    test_notice_is(o, "result_overdue", "quality", "withdrawn", NULL);
}

/* Another clock's word, and a word to somebody else, are no repetition. */
static void words_of_two_units_clocks_are_both_said(void **state) {
    test_office *o = *state;
    open_at_unit(o);
    DO(o, o->officer, "forward", "unit=hr");
    DO(o, o->hr, "accept", "from_unit=hr");
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    test_at(o, "2025-11-23T08:30");
    test_tick(o, 2, 2);
    test_at(o, "2025-11-24T08:30");
    test_deliver(o, 2, 0, 0, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(all_reminders_of_one_instant_are_said),
        SCENARIO(each_word_has_its_own_intent),
        SCENARIO(after_an_outage_the_whole_last_stage_is_said),
        SCENARIO(a_reminder_may_depend_on_the_case),
        SCENARIO(what_falls_due_during_a_pause_moves_or_is_counted),
        SCENARIO(what_was_due_just_before_a_pause_is_counted),
        SCENARIO(what_was_said_before_a_pause_is_not_counted),
        SCENARIO(an_answer_entered_late_loses_no_reminder),
        SCENARIO(reminders_after_the_deadline_are_counted_too),
        SCENARIO(an_extension_loses_no_reminder),
        SCENARIO(a_reminder_that_cannot_leave_becomes_work),
        SCENARIO(after_holidays_a_unit_hears_the_last_word_only),
        SCENARIO(who_has_reported_is_not_reminded_when_the_office_opens),
        SCENARIO(words_of_two_units_clocks_are_both_said),
    };
    return cmocka_run_group_tests_name("PR-13: reminders", tests, NULL, NULL);
}
