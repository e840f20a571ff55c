/* tick, recompute, deliver and verify as long calls: in any pieces the same, cancelled with finished work kept, past what is damaged; a year's outage is one tick. */
#include "process/process.h"
#include "support/desk.h"

#include <complaint/calendar.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- looking ---------------------------------------------------------------------------------------------------------------- */

static int64_t tick(test_office *o, int64_t budget, complaint_status expected) {
    complaint_page *page = NULL;
    complaint_status s = complaint_desk_tick(o->desk, budget, &page);
    if (s != expected) fail_msg("tick: %s: %s", complaint_status_name(s), test_why(o));
    int64_t clocks = page ? complaint_page_integer_of(page, 0, "clocks") : -1;
    complaint_page_free(page);
    return clocks;
}

/* Rule, state, deadline, waking and the number of reminders of each clock; to be freed. */
static char *clocks_of(test_office *o) {
    static const char *const columns[] = {"due_at", "wake_at", "warned", "late_ms", "stopped_at"};
    char *all = calloc(1, 16384);
    complaint_page *page = test_page(o, o->officer, complaint_desk_clocks);
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        size_t n = strlen(all);
        n += (size_t)snprintf(all + n, 16384 - n, "%s %s", complaint_page_text_of(page, i, "rule"), complaint_page_text_of(page, i, "state"));
        for (size_t k = 0; k < COUNT(columns); k++) n += (size_t)snprintf(all + n, 16384 - n, " %" PRId64, complaint_page_integer_of(page, i, columns[k]));
        snprintf(all + n, 16384 - n, "\n");
    }
    complaint_page_free(page);
    return all;
}

/* The number that follows in the text. */
static int number_after(const char *text, const char *key) {
    const char *at = strstr(text, key);
    return at ? atoi(at + strlen(key)) : 0;
}

/* What each clock said last, in the order of the clocks. */
static void last_words(test_office *o, char *words, size_t capacity) {
    char of_clock[16][64] = {""};
    complaint_page *page = NULL;
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 1000, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        const char *payload = complaint_page_text_of(page, i, "payload"), *template = strstr(payload, "\"template\":");
        if (strcmp(complaint_page_text_of(page, i, "verb"), "warned") != 0) continue;
        snprintf(of_clock[number_after(payload, "\"clocks\":[{\"seq\":") % 16], 64, "%.*s", template ? (int)strcspn(template, ",") : 0, template ? template : "");
    }
    complaint_page_free(page);
    words[0] = '\0';
    for (int i = 0; i < 16; i++) snprintf(words + strlen(words), capacity - strlen(words), "%d: %s\n", i, of_clock[i]);
}

static void open_matter(test_office *o) {
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=urgent");
    DO(o, o->officer, "flag", "flag=sensitive");
}

/* ---- the same, in any pieces --------------------------------------------------------------------------------------------------- */

/* Ticks at the end, and before it `times` times between. */
static char *life_with_ticks(int times, uint32_t seed, char *words, size_t capacity) {
    test_office o;
    int64_t begin = test_instant("2025-11-05T09:00"), end = begin + 40 * DAY, at[64];
    OK(test_office_open(&o, NULL, begin));
    open_matter(&o);
    for (int i = 0; i < times; i++) {
        seed = seed * 1664525u + 1013904223u;
        at[i] = begin + (int64_t)(seed >> 8) * 206; /* up to 40 days */
    }
    for (int i = 0; i < times; i++)
        for (int k = i + 1; k < times; k++)
            if (at[k] < at[i]) {
                int64_t t = at[i];
                at[i] = at[k];
                at[k] = t;
            }
    for (int i = 0; i < times; i++) {
        o.now = at[i] < end ? at[i] : end;
        tick(&o, 0, COMPLAINT_OK);
    }
    o.now = end;
    tick(&o, 0, COMPLAINT_OK);
    assert_int_equal(tick(&o, 0, COMPLAINT_OK), 0); /* twice adds nothing */
    char *all = clocks_of(&o);
    last_words(&o, words, capacity);
    test_verify(&o);
    test_office_close(&o);
    return all;
}

/* Whoever ticks often and who ticks once find the same clocks; the last words are the same, in between some were skipped and counted. */
static void ticks_at_any_instants_come_to_the_same(void **state) {
    (void)state;
    char words[2048], once_words[2048];
    char *once = life_with_ticks(0, 0, once_words, sizeof once_words);
    assert_non_null(strstr(once, "escalate_urgent running"));
    for (int times = 1; times < 40; times += 3) {
        char *often = life_with_ticks(times, (uint32_t)times * 77u, words, sizeof words);
        assert_string_equal(often, once);
        assert_string_equal(words, once_words);
        free(often);
    }
    free(once);
}

/* In pieces of one clock each: as many calls as clocks, and then as after one call. */
static void a_budget_cuts_the_work_and_loses_nothing(void **state) {
    test_office *o = *state;
    open_matter(o);
    int64_t done = 0;
    o->now += 10 * DAY;
    complaint_page *page = NULL;
    for (;;) {
        complaint_status s = complaint_desk_tick(o->desk, 1, &page);
        done += complaint_page_integer_of(page, 0, "clocks");
        complaint_page_free(page);
        page = NULL;
        if (s == COMPLAINT_OK) break;
        assert_int_equal(s, COMPLAINT_E_MORE);
        assert_true(done < 20);
    }
    assert_true(done >= 3);
    assert_int_equal(tick(o, 0, COMPLAINT_OK), 0);
}

static int32_t COMPLAINT_CALL after_three(void *context, int64_t done) {
    ++*(int64_t *)context;
    return done >= 3;
}

static void who_is_asked_to_stop_keeps_what_is_done(void **state) {
    test_office *o = *state;
    static int64_t asked; /* outlives a failure */
    asked = 0;
    complaint_page *page = NULL;
    for (int i = 0; i < 4; i++) test_open_case(o);
    o->now += 12 * DAY; /* a Monday: words to staff may go */
    OK(complaint_desk_set_progress(o->desk, after_three, &asked));
    assert_int_equal(tick(o, 0, COMPLAINT_E_CANCELLED), 3);
    assert_int_equal(asked, 4);
    OK(complaint_desk_set_progress(o->desk, NULL, NULL));
    assert_int_equal(tick(o, 0, COMPLAINT_OK), 5);
    assert_int_equal(tick(o, 0, COMPLAINT_OK), 0);
    OK(complaint_desk_set_progress(o->desk, after_three, &asked));
    assert_int_equal(complaint_desk_deliver(o->desk, 0, &page), COMPLAINT_E_CANCELLED);
    assert_int_equal(complaint_page_integer_of(page, 0, "delivered"), 3);
    complaint_page_free(page);
    page = NULL;
    assert_int_equal(complaint_desk_recompute(o->desk, o->officer, NULL, 0, &page), COMPLAINT_E_CANCELLED);
    assert_int_equal(complaint_page_integer_of(page, 0, "cases"), 3);
    complaint_page_free(page);
    page = NULL;
    int64_t checked = -1;
    assert_int_equal(complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &page, &checked), COMPLAINT_E_CANCELLED);
    assert_true(checked >= 3); /* what was proved so far is told, and where to go on */
    assert_non_null(complaint_page_token(page));
    complaint_page_free(page);
    OK(complaint_desk_set_progress(o->desk, NULL, NULL));
    test_deliver(o, 5, 0, 0, 0);
}

static void what_is_asked_wrongly_is_refused(void **state) {
    test_office *o = *state;
    assert_int_equal(complaint_desk_tick(o->desk, -1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_deliver(o->desk, -1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_recompute(o->desk, o->quality, NULL, 0, NULL), COMPLAINT_E_ROLE);
    assert_int_equal(complaint_desk_recompute(o->desk, NULL, NULL, 0, NULL), COMPLAINT_E_HANDLE);
    OK(complaint_desk_tick(o->desk, 0, NULL)); /* the tally need not be asked for */
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    OK(complaint_desk_recompute(o->desk, o->head, NULL, 0, NULL));
    test_office reader;
    OK(test_office_join(&reader, o, COMPLAINT_READ));
    assert_int_equal(complaint_desk_tick(reader.desk, 0, NULL), COMPLAINT_E_READ_ONLY);
    assert_int_equal(complaint_desk_recompute(reader.desk, reader.head, NULL, 0, NULL), COMPLAINT_E_READ_ONLY);
    test_office_close(&reader);
}

/* ---- what is damaged keeps nobody else waiting ---------------------------------------------------------------------------------------- */

static void a_damaged_case_keeps_no_other_waiting(void **state) {
    test_office *o = *state;
    int64_t cases[3];
    complaint_page *page = NULL;
    for (int i = 0; i < 3; i++) {
        test_open_case(o);
        cases[i] = o->case_id;
        o->now += MINUTE;
    }
    test_tamper(o, "complaint_event", KEY(I(cases[0]), I(1)), "payload", B("{", 1));
    o->now += 10 * DAY;
    assert_int_equal(complaint_desk_tick(o->desk, 0, &page), COMPLAINT_E_CORRUPT);
    assert_null(page);
    assert_true(strlen(test_why(o)) > 0);
    for (int i = 1; i < 3; i++) {
        o->case_id = cases[i];
        test_log(o, "triage warned warned");
    }
    assert_int_equal(complaint_desk_recompute(o->desk, o->officer, NULL, 0, &page), COMPLAINT_E_CORRUPT);
    complaint_page_free(page);
    assert_int_equal(tick(o, 0, COMPLAINT_E_CORRUPT), -1);
    o->case_id = cases[2];
    test_log(o, "triage warned warned"); /* and the ticks after it said nothing twice */
    test_office_close(o); /* what was damaged stays damaged: no proof at the end */
    OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
}

/* More clocks that have nothing to say than fit on a page, and one behind them. */
static void clocks_with_nothing_to_say_keep_none_waiting(void **state) {
    test_office *o = *state;
    test_open_case(o);
    int64_t first = o->case_id;
    o->now += 26 * 60 * MINUTE; /* the next day at eleven: half past eight has passed */
    for (int i = 0; i < 40; i++) {
        test_open_case(o);
        test_tamper(o, "complaint_clock", KEY(I(o->case_id), I(1)), "wake_at", I(1)); /* whatever the row says, the log says later */
        test_tamper(o, "complaint_clock", KEY(I(o->case_id), I(2)), "wake_at", I(2));
    }
    assert_int_equal(tick(o, 0, COMPLAINT_OK), 2);
    o->case_id = first;
    test_log(o, "triage warned warned");
    test_office_close(o);
    OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
}

/* Deadlines before an instant, of one rule or of all; the ends of time are instants too. */
static void what_is_due_before_an_instant(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_open_case(o);
    int64_t due = test_clock_of(o, "acknowledge").due_at;
    const struct {
        const char *rule;
        int64_t until, count;
    } cases[] = {{"acknowledge", INT64_MAX, 1}, {"acknowledge", due + 1, 1}, {"acknowledge", due, 0}, {"acknowledge", INT64_MIN, 0}, {NULL, INT64_MIN, 0}, {NULL, 0, 0}, {"follow_up", INT64_MAX, 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        OK(complaint_desk_due(o->desk, o->officer, cases[i].rule, cases[i].until, NULL, 0, &page));
        assert_int_equal(complaint_page_count(page), cases[i].count);
        complaint_page_free(page);
    }
    page = NULL;
    test_expect(o, complaint_desk_due(o->desk, o->officer, "lunch", INT64_MAX, NULL, 0, &page), COMPLAINT_E_UNKNOWN_CODE, "rule", __FILE__, __LINE__);
    test_names(o, "lunch");
    assert_null(page);
}

/* ---- a year without anybody ---------------------------------------------------------------------------------------------------------------- */

enum { OUTAGE_CASES = 500, DAILY_CHANNELS = 4 };

static int64_t running_due(test_office *o, int64_t until) {
    complaint_page *page = NULL;
    int64_t n = 0;
    const char *token = NULL;
    char kept[256];
    for (;;) {
        OK(complaint_desk_due(o->desk, o->officer, NULL, until, token, 1000, &page));
        n += complaint_page_count(page);
        const char *next = complaint_page_token(page);
        if (next) snprintf(kept, sizeof kept, "%s", next);
        complaint_page_free(page);
        if (!next) return n;
        token = kept;
        page = NULL;
    }
}

static int32_t COMPLAINT_CALL count_progress(void *context, int64_t done) {
    int64_t *last = context;
    assert_true(done >= *last);
    *last = done;
    return 0;
}

/* One reminder a clock, the latest; nothing is lost, nothing said twice, and the outage is in the log. */
static void a_year_of_outage_is_one_tick(void **state) {
    test_office *o = *state;
    static int64_t asked;
    asked = 0;
    int64_t notices = test_rows(o, "complaint_notice");
    for (int i = 0; i < OUTAGE_CASES; i++) {
        test_open_case(o);
        o->now += 7 * MINUTE;
    }
    int64_t running = running_due(o, INT64_MAX);
    o->now += 365 * DAY;
    OK(complaint_desk_set_progress(o->desk, count_progress, &asked));
    int64_t said = tick(o, 0, COMPLAINT_OK);
    OK(complaint_desk_set_progress(o->desk, NULL, NULL));
    assert_int_equal(said, running);
    assert_int_equal(asked, DAILY_CHANNELS + said - 1);
    assert_int_equal(test_rows(o, "complaint_notice") - notices, DAILY_CHANNELS + said); /* each said once, to one role; of 365 days nobody looked, today's */
    assert_int_equal(tick(o, 0, COMPLAINT_OK), 0);
    test_log(o, "triage warned warned");
    complaint_page *page = NULL;
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 10, &page));
    assert_non_null(strstr(complaint_page_text_of(page, 1, "payload"), "\"warned\":2,\"skipped\":1")); /* the acknowledgement had two reminders */
    complaint_page_free(page);
    OK(complaint_desk_recompute(o->desk, o->officer, NULL, 0, &page));
    assert_int_equal(complaint_page_integer_of(page, 0, "cases"), OUTAGE_CASES);
    assert_int_equal(complaint_page_integer_of(page, 0, "moved"), 0);
    complaint_page_free(page);
}

/* ---- holidays announced late ------------------------------------------------------------------------------------------------------------------ */

/* A desk on the same rows with a calendar that has one more day off. */
static complaint_desk *with_holiday(test_office *o, const char *iso, complaint_calendar **calendar) {
    complaint_calendar *base = NULL;
    complaint_calendar_edit *edit = NULL;
    complaint_desk *desk = NULL;
    OK(complaint_calendar_builtin(NULL, "TH-57", &base, NULL));
    OK(complaint_calendar_edit_new(base, &edit, NULL));
    OK(complaint_calendar_edit_add(edit, cpl_instant_day(test_instant(iso)), COMPLAINT_HOLIDAY_SPECIAL, "national", "วันหยุดพิเศษ", "Special", "cabinet", NULL));
    OK(complaint_calendar_edit_build(edit, calendar, NULL));
    complaint_calendar_edit_free(edit);
    complaint_calendar_free(base);
    OK(complaint_setup_set_calendar(o->setup, *calendar));
    OK(complaint_desk_open(o->setup, &desk));
    return desk;
}

static void recompute(test_office *o, int64_t cases, int64_t moved) {
    complaint_page *page = NULL;
    OK(complaint_desk_recompute(o->desk, o->officer, NULL, 0, &page));
    assert_int_equal(complaint_page_integer_of(page, 0, "cases"), cases);
    assert_int_equal(complaint_page_integer_of(page, 0, "moved"), moved);
    complaint_page_free(page);
}

static void holidays_announced_late_move_open_deadlines_and_nothing_else(void **state) {
    test_office *o = *state;
    complaint_calendar *calendar = NULL;
    complaint_page *page = NULL;
    test_open_forwarded(o);
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0);
    test_clock stopped = test_clock_of(o, "forward"), calendar_days = test_clock_of(o, "acknowledge");
    recompute(o, 1, 0);
    test_log(o, "triage register classify forward delivered");
    complaint_desk *before = o->desk;
    o->desk = with_holiday(o, "2025-11-10T00:00", &calendar);
    recompute(o, 1, 1);
    recompute(o, 1, 0); /* the same calendar moves nothing */
    test_clock_is(o, "follow_up", "running", "2025-11-18T00:00", 0); /* 15 and 16 November are a weekend */
    assert_int_equal(test_clock_of(o, "forward").due_at, stopped.due_at);
    assert_int_equal(test_clock_of(o, "acknowledge").due_at, calendar_days.due_at);
    test_log(o, "triage register classify forward delivered recomputed");
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 10, &page));
    char was[64];
    snprintf(was, sizeof was, "\"do\":\"move\",\"was\":%" PRId64, test_instant("2025-11-15T00:00"));
    assert_non_null(strstr(complaint_page_text_of(page, 5, "payload"), was));
    complaint_page_free(page);
    test_at(o, "2025-11-15T10:00");
    tick(o, 0, COMPLAINT_OK);
    test_verify(o);
    complaint_desk *with = o->desk;
    o->desk = before;
    recompute(o, 1, 1); /* the holiday is taken back: as it was */
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0);
    complaint_desk_close(with);
    complaint_calendar_free(calendar);
}

/* ---- the log of a day -------------------------------------------------------------------------------------------------------------------------- */

static void a_day_of_duty_is_no_case(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    int32_t day = cpl_instant_day(o->now);
    DO(o, o->officer, "check_channel", "channel=facebook");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "check_channel", "channel=facebook", "@at=1969-12-31T12:00");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "check_channel", "channel=facebook", "@at=2026-12-31T12:00");
    assert_int_equal(complaint_desk_case(o->desk, o->officer, day, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_clocks(o->desk, o->officer, day, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_actions(o->desk, o->officer, day, COMPLAINT_ENGLISH, &page), COMPLAINT_E_NOT_FOUND);
    o->case_id = day;
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->officer, "note", "text=x");
    OK(complaint_desk_events(o->desk, o->auditor, day, NULL, 10, &page));
    assert_int_equal(complaint_page_count(page), 1);
    assert_string_equal(complaint_page_text_of(page, 0, "verb"), "check_channel");
    complaint_page_free(page);
    page = NULL;
    assert_int_equal(complaint_desk_events(o->desk, o->quality, day, NULL, 10, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_duties(o->desk, o->officer, INT32_MIN, INT32_MAX, &page), COMPLAINT_E_RANGE);
    assert_null(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_at_any_instants_come_to_the_same),
        cmocka_unit_test_setup_teardown(a_budget_cuts_the_work_and_loses_nothing, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(who_is_asked_to_stop_keeps_what_is_done, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(what_is_asked_wrongly_is_refused, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(a_damaged_case_keeps_no_other_waiting, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(clocks_with_nothing_to_say_keep_none_waiting, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(what_is_due_before_an_instant, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(a_year_of_outage_is_one_tick, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(holidays_announced_late_move_open_deadlines_and_nothing_else, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(a_day_of_duty_is_no_case, test_office_setup, test_office_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
