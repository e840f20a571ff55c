/*
 * The channels are looked at every day [CR-T1, CR-4.2.1], weekends included [CR-4.1.2]: whom the policy names is reminded of a channel nobody has looked at by its time, once a day.
 */
#include "support/desk.h"

#include <complaint/date.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)
#define HOSPITAL(f) cmocka_unit_test_setup_teardown(f, test_office_setup_hospital, test_office_teardown)
/* The store is left altered: no proof at the end. */
#define TAMPERED(f) cmocka_unit_test_setup_teardown(f, test_office_setup, close_altered)

static int close_altered(void **state) {
    test_office_close(*state);
    free(*state);
    return 0;
}

static int32_t day(const char *iso) {
    int32_t d = 0;
    OK(complaint_date_parse_iso(iso, strlen(iso), NULL, &d, NULL, NULL));
    return d;
}

/* How many channels somebody is reminded of. */
static int remind(test_office *o) {
    complaint_page *tally = NULL;
    complaint_status s = complaint_desk_tick(o->desk, 0, &tally);
    if (s) fail_msg("tick: %s", test_why(o));
    int64_t duties = complaint_page_integer_of(tally, 0, "duties");
    complaint_page_free(tally);
    return (int)duties;
}

static int missed(test_office *o, const char *first, const char *end, const char *channel) {
    int n = 0;
    complaint_page *page = NULL;
    OK(complaint_desk_duties(o->desk, o->head, day(first), day(end), &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        n += strcmp(complaint_page_text_of(page, i, "channel"), channel) == 0 && complaint_page_integer_of(page, i, "checked_at") == 0;
    complaint_page_free(page);
    return n;
}

static const test_sent *last_sent(const test_office *o) { return &o->sent[o->sent_count - 1]; }

/* ---- when ------------------------------------------------------------------------------------------------------------------ */

static void not_a_moment_before_its_time_and_once(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T14:59:59.999");
    assert_int_equal(remind(o), 0);
    assert_int_equal(test_rows(o, "complaint_event"), 0);
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 4); /* facebook, line, web, email; nobody looks at the letters every day */
    assert_int_equal(remind(o), 0);
    test_deliver(o, 4, 0, 0, 0);
    o->now += MINUTE;
    assert_int_equal(remind(o), 0);
    test_at(o, "2025-11-05T23:59:59.999");
    assert_int_equal(remind(o), 0);
    test_deliver(o, 0, 0, 0, 0);
    test_at(o, "2025-11-06T00:00"); /* a day that begins is not late */
    assert_int_equal(remind(o), 0);
    assert_int_equal(o->sent_count, 4);
    test_log_of(o, day("2025-11-05"), "duty_unchecked duty_unchecked duty_unchecked duty_unchecked delivered delivered delivered delivered");
    test_at(o, "2025-11-06T15:00");
    assert_int_equal(remind(o), 4); /* every day */
}

static void late_on_the_day_is_better_than_never(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T23:59:59.999");
    assert_int_equal(remind(o), 4);
}

static void it_says_channel_day_and_who_is_on_duty(void **state) {
    test_office *o = *state;
    char intent[64];
    test_at(o, "2025-11-05T09:00");
    DO(o, o->head, "assign", "channel=facebook", "duty_day:=1762308000000", "assignee=malee", "@case:=0");
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 4);
    test_deliver(o, 4, 0, 0, 0);
    const test_sent *s = &o->sent[0];
    snprintf(intent, sizeof intent, "%d:2:officer:staff", (int)day("2025-11-05")); /* the first event is the assignment */
    assert_string_equal(s->intent, intent);
    assert_string_equal(s->recipient, "officer");
    assert_string_equal(s->address, "");
    assert_int_equal(s->day, day("2025-11-05"));
    assert_int_equal(s->case_id + s->message, 0);
    assert_string_equal(s->body, "วันที่ 5 พฤศจิกายน 2568 ยังไม่มีผู้ตรวจช่องทาง กล่องข้อความเพจ Facebook (เวร: malee) โปรดตรวจและบันทึกการตรวจ");
    assert_non_null(strstr(o->sent[1].body, "LINE Official Account (เวร: -)")); /* nobody was assigned */
    assert_string_equal(test_notice_of(o, s->day, 1, "about"), "day");
    assert_string_equal(test_notice_of(o, s->day, 1, "state"), "delivered");
}

/* ---- who has looked is not reminded ------------------------------------------------------------------------------------------- */

static void a_channel_that_was_looked_at_is_none_to_remind_of(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T08:30");
    DO(o, o->officer, "check_channel", "channel=facebook");
    test_at(o, "2025-11-05T14:59:59.999");
    DO(o, o->officer, "check_channel", "channel=line");
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 2);
    test_deliver(o, 2, 0, 0, 0);
    for (int i = 0; i < o->sent_count; i++) assert_null(strstr(o->sent[i].body, "Facebook"));
}

static void what_was_entered_afterwards_counts_on_its_day(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T16:00");
    DO(o, o->officer, "check_channel", "channel=facebook", "@at=2025-11-04T20:00"); /* yesterday's */
    assert_int_equal(remind(o), 4);
    test_at(o, "2025-11-06T16:00");
    DO(o, o->officer, "check_channel", "channel=facebook", "@at=2025-11-06T07:00");
    assert_int_equal(remind(o), 3);
}

static void a_look_between_reminder_and_sending_spares_it(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 4);
    DO(o, o->officer, "check_channel", "channel=line");
    int64_t today = day("2025-11-05");
    assert_string_equal(test_notice_of(o, today, 2, "state"), "withdrawn");
    test_deliver(o, 3, 0, 0, 0);
    for (int i = 0; i < o->sent_count; i++) assert_null(strstr(o->sent[i].body, "LINE"));
    o->now += MINUTE;
    assert_int_equal(remind(o), 0);
}

static void look_at_line(test_office *o) {
    o->during_send = NULL;
    DO(o, o->officer, "check_channel", "channel=line");
}

static void look_while_sending(test_office *o) {
    o->during_send = NULL;
    test_office second;
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    look_at_line(&second);
    test_office_close(&second);
}

/* The look comes while the first is being sent: the one of line waits in the same page and is not sent any more. */
static void a_look_while_others_are_sent_spares_it_too(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 4);
    o->during_send = look_while_sending;
    test_deliver(o, 3, 0, 0, 0);
    assert_string_equal(test_notice_of(o, day("2025-11-05"), 2, "state"), "withdrawn");
}

/* ---- weekends and holidays ------------------------------------------------------------------------------------------------------ */

static void a_weekend_has_its_roster(void **state) {
    test_office *o = *state;
    complaint_actor *weekend = test_hire(o, "weekend-nok", "officer", "");
    test_at(o, "2025-11-07T10:00"); /* Friday, for Saturday */
    DO(o, o->head, "assign", "channel=facebook", "duty_day:=1762567200000", "assignee=weekend-nok", "@case:=0");
    test_at(o, "2025-11-08T15:00");
    assert_int_equal(remind(o), 4);
    test_deliver(o, 4, 0, 0, 0); /* urgent here: on a Saturday too */
    assert_non_null(strstr(o->sent[0].body, "8 พฤศจิกายน 2568"));
    assert_non_null(strstr(o->sent[0].body, "weekend-nok"));
    DO(o, weekend, "check_channel", "channel=facebook");
    test_at(o, "2025-11-09T15:00"); /* Sunday: nobody was assigned, somebody looked */
    DO(o, weekend, "check_channel", "channel=facebook");
    assert_int_equal(remind(o), 3);
    assert_int_equal(missed(o, "2025-11-08", "2025-11-10", "facebook"), 0);
    assert_int_equal(missed(o, "2025-11-08", "2025-11-10", "line"), 2);
}

/* Each channel at its own time, to whom its own notice names; what is not urgent waits until the office opens. */
static void another_office_reminds_otherwise(void **state) {
    test_office *o = *state;
    int64_t saturday = day("2025-11-08");
    test_at(o, "2025-11-08T09:00");
    assert_int_equal(remind(o), 1);
    assert_string_equal(test_notice_of(o, saturday, 1, "template"), "round_unchecked");
    assert_string_equal(test_notice_of(o, saturday, 1, "recipient"), "duty");
    test_deliver(o, 1, 0, 0, 0);
    test_at(o, "2025-11-08T10:59:59.999");
    assert_int_equal(remind(o), 0);
    test_at(o, "2025-11-08T11:00");
    assert_int_equal(remind(o), 1);
    test_deliver(o, 1, 0, 0, 0);
    test_at(o, "2025-11-08T14:00"); /* on Saturdays the hospital closes at noon */
    assert_int_equal(remind(o), 2);
    assert_string_equal(test_notice_of(o, saturday, 3, "recipient"), "officer");
    test_instant_is(atoll(test_notice_of(o, saturday, 3, "not_before")), "2025-11-10T08:30");
    test_deliver(o, 0, 0, 0, 0);
    test_at(o, "2025-11-10T08:30");
    test_deliver(o, 2, 0, 0, 0); /* still true: nobody has looked on Saturday, and the text names the day */
    assert_non_null(strstr(last_sent(o)->body, "8 พฤศจิกายน 2568"));
}

/* ---- an outage ---------------------------------------------------------------------------------------------------------------------- */

static void after_a_week_of_outage_only_todays_are_sent(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T15:00");
    test_check_channels(o, o->officer, NULL);
    test_at(o, "2025-11-12T15:30");
    assert_int_equal(remind(o), 4);
    assert_int_equal(remind(o), 0);
    test_deliver(o, 4, 0, 0, 0);
    for (int i = 0; i < o->sent_count; i++) assert_int_equal(o->sent[i].day, day("2025-11-12"));
    assert_int_equal(missed(o, "2025-11-05", "2025-11-13", "facebook"), 7); /* the days in between are missed, and said to be */
    assert_int_equal(test_rows(o, "complaint_notice"), 4);
}

static void what_waited_too_long_to_be_sent_says_which_day_it_was(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 4); /* then the carrier is down */
    test_at(o, "2025-11-07T09:00");
    DO(o, o->officer, "check_channel", "channel=web", "@at=2025-11-05T18:00");
    test_deliver(o, 3, 0, 0, 0);
    assert_non_null(strstr(last_sent(o)->body, "5 พฤศจิกายน 2568"));
}

/* ---- the outbox ------------------------------------------------------------------------------------------------------------------------ */

static void a_refused_reminder_is_work_until_somebody_looks(void **state) {
    test_office *o = *state;
    int64_t streams[4];
    test_at(o, "2025-11-05T15:00");
    for (int i = 0; i < 3; i++) DO(o, o->officer, "check_channel", i == 0 ? "channel=line" : i == 1 ? "channel=web" : "channel=email");
    assert_int_equal(remind(o), 1);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, streams, 4), 1);
    assert_int_equal(streams[0], day("2025-11-05"));
    test_log_of(o, streams[0], "check_channel check_channel check_channel duty_unchecked refused");
    DO(o, o->officer, "check_channel", "channel=facebook");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    assert_string_equal(test_notice_of(o, streams[0], 1, "state"), "replaced");
}

/* Nobody can look yesterday any more; the duty log has the day as missed. */
static void a_day_that_is_over_is_no_work(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T23:00");
    assert_int_equal(remind(o), 4);
    for (int i = 0; i < 4; i++) test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 4);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 4);
    test_at(o, "2025-11-06T00:00");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    assert_int_equal(missed(o, "2025-11-05", "2025-11-06", "facebook"), 1);
}

static void a_carrier_may_answer_later(void **state) {
    test_office *o = *state;
    int64_t today = day("2025-11-05");
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 4);
    test_script(o, COMPLAINT_ACCEPTED, 0);
    test_script(o, COMPLAINT_RETRY_AT, 0);
    test_deliver(o, 2, 1, 1, 0);
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED));
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED)); /* twice is once */
    assert_string_equal(test_notice_of(o, today, 1, "state"), "delivered");
    o->now += MINUTE;
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(last_sent(o)->intent, o->sent[1].intent); /* the same letter, tried again */
    assert_int_equal(last_sent(o)->attempt, 2);
    test_log_of(o, today, "duty_unchecked duty_unchecked duty_unchecked duty_unchecked delivered delivered delivered delivered");
}

/* ---- several desks, budgets ------------------------------------------------------------------------------------------------------------- */

static void two_desks_remind_once(void **state) {
    test_office *o = *state;
    test_office second;
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    test_at(o, "2025-11-05T15:00");
    second.now = o->now;
    assert_int_equal(remind(&second), 4);
    assert_int_equal(remind(o), 0);
    test_deliver(o, 4, 0, 0, 0);
    test_deliver(&second, 0, 0, 0, 0);
    test_office_close(&second);
    OK(test_office_join(&second, o, COMPLAINT_READ));
    second.now = o->now + DAY;
    assert_int_equal(complaint_desk_tick(second.desk, 0, NULL), COMPLAINT_E_READ_ONLY);
    test_office_close(&second);
}

static int32_t COMPLAINT_CALL stop_at_two(void *context, int64_t done) {
    (void)context;
    return done == 2;
}

static void a_run_may_be_cut_short(void **state) {
    test_office *o = *state;
    complaint_page *tally = NULL;
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(complaint_desk_tick(o->desk, 1, &tally), COMPLAINT_E_MORE);
    assert_int_equal(complaint_page_integer_of(tally, 0, "duties"), 1);
    assert_int_equal(complaint_page_integer_of(tally, 0, "notices"), 1);
    complaint_page_free(tally);
    tally = NULL;
    OK(complaint_desk_set_progress(o->desk, stop_at_two, NULL));
    assert_int_equal(complaint_desk_tick(o->desk, 0, &tally), COMPLAINT_E_CANCELLED);
    assert_int_equal(complaint_page_integer_of(tally, 0, "duties"), 2);
    complaint_page_free(tally);
    OK(complaint_desk_set_progress(o->desk, NULL, NULL));
    assert_int_equal(remind(o), 1);
    test_deliver(o, 4, 0, 0, 0);
}

/* ---- who may see it --------------------------------------------------------------------------------------------------------------------- */

static void a_day_is_seen_by_who_sees_all_cases(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 4);
    test_expect(o, complaint_desk_notices(o->desk, o->quality, day("2025-11-05"), &page), COMPLAINT_E_NOT_FOUND, "case", __FILE__, __LINE__);
    assert_null(page);
    OK(complaint_desk_notices(o->desk, o->auditor, day("2025-11-05"), &page));
    assert_int_equal(complaint_page_count(page), 4);
    complaint_page_free(page);
    page = NULL;
    OK(complaint_desk_notices(o->desk, o->head, day("2025-11-04"), &page)); /* nothing happened */
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
}

/* ---- proof -------------------------------------------------------------------------------------------------------------------------------- */

static int32_t reminded(test_office *o) {
    test_at(o, "2025-11-05T15:00");
    assert_int_equal(remind(o), 4);
    test_deliver(o, 4, 0, 0, 0);
    test_verify(o);
    return day("2025-11-05");
}

static void a_reminder_taken_away_is_missed(void **state) {
    test_office *o = *state;
    test_remove(o, "complaint_notice", KEY(I(reminded(o)), I(4)));
    test_finds(o, "missing", "complaint_notice");
}

static void a_reminders_text_is_proved(void **state) {
    test_office *o = *state;
    test_tamper(o, "complaint_notice", KEY(I(reminded(o)), I(2)), "body", B("\0x", 2));
    test_finds(o, "altered", "body");
}

static void a_reminder_is_a_days(void **state) {
    test_office *o = *state;
    test_tamper(o, "complaint_notice", KEY(I(reminded(o)), I(2)), "about", T("case"));
    test_finds(o, "projection", "complaint_notice.about");
}

/* Nothing can be written behind a broken chain; the clocks of the cases go on. */
static void a_damaged_day_keeps_no_clock_waiting(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T09:00");
    test_open_case(o);
    DO(o, o->officer, "check_channel", "channel=facebook");
    test_tamper(o, "complaint_event", KEY(I(day("2025-11-05")), I(1)), "prev", B("12345678901234567890123456789012", 32));
    test_at(o, "2025-11-05T15:00");
    test_expect(o, complaint_desk_tick(o->desk, 0, NULL), COMPLAINT_E_CORRUPT, "complaint_event.prev", __FILE__, __LINE__);
    test_log(o, "triage warned");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(not_a_moment_before_its_time_and_once),
        SCENARIO(late_on_the_day_is_better_than_never),
        SCENARIO(it_says_channel_day_and_who_is_on_duty),
        SCENARIO(a_channel_that_was_looked_at_is_none_to_remind_of),
        SCENARIO(what_was_entered_afterwards_counts_on_its_day),
        SCENARIO(a_look_between_reminder_and_sending_spares_it),
        SCENARIO(a_look_while_others_are_sent_spares_it_too),
        SCENARIO(a_weekend_has_its_roster),
        HOSPITAL(another_office_reminds_otherwise),
        SCENARIO(after_a_week_of_outage_only_todays_are_sent),
        SCENARIO(what_waited_too_long_to_be_sent_says_which_day_it_was),
        SCENARIO(a_refused_reminder_is_work_until_somebody_looks),
        SCENARIO(a_day_that_is_over_is_no_work),
        SCENARIO(a_carrier_may_answer_later),
        SCENARIO(two_desks_remind_once),
        SCENARIO(a_run_may_be_cut_short),
        SCENARIO(a_day_is_seen_by_who_sees_all_cases),
        TAMPERED(a_reminder_taken_away_is_missed),
        TAMPERED(a_reminders_text_is_proved),
        TAMPERED(a_reminder_is_a_days),
        TAMPERED(a_damaged_day_keeps_no_clock_waiting),
    };
    return cmocka_run_group_tests_name("CR-T1: a channel nobody has looked at", tests, NULL, NULL);
}
