/* Holiday data as a person writes it: each mistake is found in its line; decisions do what they say; a definition makes the same calendar. */
#include "calendar/calendar.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Two years, 2569 announced and 2570 predicted, with few holidays. */
static const char plain[] = "week\t1 2 3 4 5\n"
                            "hours\t09:00\t12:00\n"
                            "hours\t13:00\t17:00\n"
                            "asalha\t2568\t2025-07-10\n"
                            "year\t2569\tadhikamas\tannounced\thigh\tlist\n"
                            "year\t2570\tnormal\tpredicted\tlow\tguess\n"
                            "area\tnorth\tTH-57 TH-54\tpartial\tNorth\n"
                            "area\tcapital\tTH-10\tcomplete\tBangkok\n"
                            "fixed\t01-01\t-\t-\tnew-year\tปีใหม่\tNew Year\thigh\trule\n"
                            "fixed\t12-31\t-\t-\tnew-year\tสิ้นปี\tYear's End\thigh\trule\n"
                            "fixed\t04-13\t-\t-\tsongkran\tสงกรานต์\tSongkran\thigh\trule\n"
                            "fixed\t04-14\t-\t-\tsongkran\tสงกรานต์\tSongkran\thigh\trule\n"
                            "fixed\t04-15\t-\t-\tsongkran\tสงกรานต์\tSongkran\thigh\trule\n"
                            "fixed\t12-05\t-\t2569\t-\tวันพ่อ\tFather's Day\thigh\trule\n"
                            "lunar\tvisakha\t-\t-\t-\tวิสาขะ\tVisakha\thigh\tmoon\n";

static complaint_status make(const char *first, const char *second, const char *province, complaint_calendar **c, complaint_error *e) {
    const cpl_calendar_text texts[] = {{"first.tsv", cpl_str_of(first)}, {"second.tsv", cpl_str_of(second)}};
    return cpl_calendar_new(&cpl_memory_default, texts, second ? 2 : 1, cpl_str_of(province), c, e);
}

static complaint_calendar *with(const char *more, const char *province) {
    complaint_calendar *c = NULL;
    complaint_error e = {0};
    if (make(plain, more, province, &c, &e) != COMPLAINT_OK) fail_msg("%s (%s:%d)", e.english, e.path, (int)e.line);
    return c;
}

static int32_t on(const char *iso) {
    int32_t day;
    assert_int_equal(complaint_date_parse_iso(iso, strlen(iso), NULL, &day, NULL, NULL), COMPLAINT_OK);
    return day;
}

static bool is_open(const complaint_calendar *c, const char *iso) {
    int32_t open;
    assert_int_equal(cpl_calendar_is_open(c, on(iso), &open), COMPLAINT_OK);
    return open == 1;
}

static const cpl_holiday *holiday(const complaint_calendar *c, const char *iso) {
    const cpl_holiday *list;
    int32_t count;
    assert_int_equal(cpl_calendar_holidays(c, cpl_date_thai(on(iso)).year, &list, &count), COMPLAINT_OK);
    for (int32_t i = 0; i < count; i++) {
        if (list[i].day == on(iso)) return &list[i];
    }
    fail_msg("%s is no holiday", iso);
    return NULL;
}

/* ---- mistakes ------------------------------------------------------------------------------------------------------- */

/* Each as the second line of a file that follows the plain one. */
static const char *const wrong_lines[] = {
    "holiday\t2026-01-02",
    "Week\t1 2 3",
    "week",
    "week\t1 2 3\t4",
    "week\t0 1",
    "week\t8",
    "week\t2 1",
    "week\t1 1",
    "week\t1,2",
    "week\t-",
    "hours\t18:00\t18:00",
    "hours\t18:00\t17:30",
    "hours\t16:00\t18:00",
    "hours\t17:00\t18:00",
    "hours\t18.00\t19.00",
    "hours\t18:00\t24:01",
    "hours\t18:60\t20:00",
    "hours\t18:0\t20:00",
    "format\t2",
    "province\tTH-99",
    "province\tChiang Rai",
    "asalha\t2568\t2025-07-10",
    "year\t2570\tnormal\tpredicted\tlow\tagain",
    "year\t2572\tnormal\tpredicted\tlow\ta year is missing",
    "year\t2571\tleap\tpredicted\tlow\tx",
    "year\t2571\tnormal\tperhaps\tlow\tx",
    "year\t2571\tnormal\tpredicted\tsure\tx",
    "year\t2571\tnormal\tpredicted\tlow\t",
    "year\t2026\tnormal\tpredicted\tlow\tx",
    "year\t257I\tnormal\tpredicted\tlow\tx",
    "area\tnorth\tTH-57\tpartial\tagain",
    "area\tnational\tTH-57\tpartial\tx",
    "area\tsouth\tTH-57,TH-54\tpartial\tx",
    "area\tsouth\tTH-79\tpartial\tx",
    "area\tsouth\tTH-80\tnearly\tx",
    "fixed\t02-30\t-\t-\t-\tก\ta\thigh\tx",
    "fixed\t13-01\t-\t-\t-\tก\ta\thigh\tx",
    "fixed\t1-1\t-\t-\t-\tก\ta\thigh\tx",
    "fixed\t01-02\t2570\t2569\t-\tก\ta\thigh\tx",
    "fixed\t01-02\t2026\t-\t-\tก\ta\thigh\tx",
    "fixed\t01-02\t-\t-\t-\t\ta\thigh\tx",
    "fixed\t01-02\t-\t-\t-\tก\t\thigh\tx",
    "fixed\t01-02\t-\t-\t-\tก\ta\thigh",
    "fixed\t01-02\t-\t-\t-\tก\ta\thigh\tx\tmore",
    "fixed 01-02 - - - ก a high x",
    "lunar\tnewmoon\t-\t-\t-\tก\ta\thigh\tx",
    "add\t2026-02-30\tspecial\tnational\tก\ta\thigh\tx",
    "add\t2569-02-03\tspecial\tnational\tก\ta\thigh\tx",
    "add\t2026-02-03T08:00\tspecial\tnational\tก\ta\thigh\tx",
    "add\t2026-02-03\tfixed\tnational\tก\ta\thigh\tx",
    "add\t2026-02-03\tspecial\tsouth\tก\ta\thigh\tx",
    "add\t2026-02-03\tspecial\t\tก\ta\thigh\tx",
    "add\t2026-02-03\tspecial\tnational\t\ta\thigh\tx",
    "add\t2026-02-03\tspecial\tnational\tก\t\thigh\tx",
    "add\t2026-02-03\tspecial\tnational\tก\ta\t\tx",
    "move\t2026-12-08\t2026-12-11\thigh\tno substitute there",
    "move\t2026-12-07\tFriday\thigh\tx",
    "suspend\t2026-04-16\thigh\tno holiday there",
    "pay\t2026-07-27\t2026-04-13\thigh\tnot suspended",
    "pay\t2026-07-27\t\thigh\tx",
    "withdraw\t2026-02-03\thigh\tnothing decided",
    "confidence\t2026-02-03\tmedium\tno holiday",
    "open\t-",
    "open\t2 2",
    "office\tall\t-",
    "office\t0\t08:00-12:00",
    "office\t8\t08:00-12:00",
    "office\tall\t08:00-12:00 12:00-13:00",
    "office\tall\t12:00-08:00",
    "office\tall\t08:00 12:00",
    "shorten\t2026-02-07\t08:00-12:00\thigh\ta Saturday",
    "shorten\t2026-04-13\t08:00-12:00\thigh\ta holiday",
    "shorten\t2026-02-03\tmorning\thigh\tx",
    "announce\t2569\t-\thigh\tit is already",
    "announce\t2571\t-\thigh\tno such year",
    "announce\t2570\tlong\thigh\tx",
    "announce\t2570\t-\tsure\tx",
    "remove\t2026-02-03\thigh\tno holiday",
    "clear\t2026-02-30\thigh\tx",
    "move\t2026-02-03\t2026-02-04\thigh\tno holiday there",
};

static void each_mistake_is_found_in_its_line(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(wrong_lines); i++) {
        char text[256];
        complaint_calendar *c = NULL;
        complaint_error e = {0};
        snprintf(text, sizeof text, "# a comment\n%s\n", wrong_lines[i]);
        complaint_status s = make(plain, text, NULL, &c, &e);
        if (s != COMPLAINT_E_SYNTAX || e.line != 2 || strcmp(e.path, "second.tsv") != 0) fail_msg("%s: %d, %s:%d", wrong_lines[i], s, e.path, (int)e.line);
        assert_null(c);
        assert_true(*e.thai && *e.english);
        assert_int_equal(make(plain, text, NULL, &c, NULL), COMPLAINT_E_SYNTAX);
    }
}

static void what_is_missing_is_said(void **state) {
    (void)state;
    const char *const texts[] = {
        "",
        "# nothing\n",
        "week\t1\nhours\t09:00\t17:00\n",
        "week\t1\nasalha\t2568\t2025-07-10\nyear\t2569\tnormal\tannounced\thigh\tx\n",
        "hours\t09:00\t17:00\nasalha\t2568\t2025-07-10\nyear\t2569\tnormal\tannounced\thigh\tx\n",
        "week\t1\nhours\t09:00\t17:00\nyear\t2569\tnormal\tannounced\thigh\tno anchor\n",
        "week\t1\nhours\t09:00\t17:00\nasalha\t2567\t2024-07-20\nyear\t2569\tnormal\tannounced\thigh\tnot the year before\n",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        complaint_calendar *c = NULL;
        complaint_error e = {0};
        if (make(texts[i], NULL, NULL, &c, &e) != COMPLAINT_E_INVALID) fail_msg("%s", texts[i]);
        assert_string_equal(e.subject, "calendar");
        assert_null(c);
    }
}

static void bytes_that_are_no_text_are_refused(void **state) {
    (void)state;
    complaint_calendar *c = NULL;
    complaint_error e = {0};
    assert_int_equal(make(plain, "# \xff\n", NULL, &c, &e), COMPLAINT_E_UTF8);
    assert_string_equal(e.path, "second.tsv");
    assert_int_equal(e.offset, 2);
    const cpl_calendar_text text = {"nul", {"# \0\n", 4}};
    assert_int_equal(cpl_calendar_new(&cpl_memory_default, &text, 1, (cpl_str){NULL, 0}, &c, &e), COMPLAINT_E_NUL);
    assert_null(c);
}

/* A table of types that no moon knows must not carry the feasts out of their years. */
static void lunar_years_that_drift_are_refused(void **state) {
    (void)state;
    char text[8192];
    int n = snprintf(text, sizeof text, "week\t1\nhours\t09:00\t17:00\nasalha\t2568\t2025-07-10\n");
    for (int year = 2569; year < 2640; year++) n += snprintf(text + n, sizeof text - (size_t)n, "year\t%d\tnormal\tpredicted\tlow\tx\n", year);
    complaint_calendar *c = NULL;
    complaint_error e = {0};
    assert_int_equal(make(text, NULL, NULL, &c, &e), COMPLAINT_E_SYNTAX);
    assert_in_range(e.line, 4, 30);
}

static void a_cut_file_is_refused_or_smaller_but_never_harms(void **state) {
    (void)state;
    for (size_t n = 0; n <= sizeof plain - 1; n++) {
        char *exact = malloc(n ? n : 1);
        complaint_calendar *c = NULL;
        assert_non_null(exact);
        memcpy(exact, plain, n);
        complaint_status s = cpl_calendar_from_definition(&cpl_memory_default, (cpl_str){exact, n}, &c, NULL);
        assert_int_equal(s == COMPLAINT_OK, c != NULL);
        free(exact);
        if (c) assert_true(cpl_calendar_definition(c).n > 0);
        cpl_calendar_release(c);
    }
}

/* ---- what lines do -------------------------------------------------------------------------------------------------- */

static void rules_end_and_runs_share(void **state) {
    (void)state;
    complaint_calendar *c = with(NULL, NULL);
    assert_false(is_open(c, "2026-12-07")); /* Father's Day fell on Saturday 5 December */
    assert_true(is_open(c, "2027-12-06"));  /* and is no holiday from 2570 on, a Sunday */
    assert_string_equal(holiday(c, "2026-12-07")->english, "Father's Day (in lieu)");
    assert_string_equal(holiday(c, "2026-12-07")->thai, "วันหยุดชดเชยวันพ่อ");
    assert_string_equal(holiday(c, "2026-12-07")->source, "high: rule");
    assert_string_equal(holiday(c, "2027-04-13")->source, "low: guess");
    assert_int_equal(holiday(c, "2027-04-13")->status, COMPLAINT_PREDICTED);
    assert_string_equal(holiday(c, "2026-06-01")->english, "Visakha (in lieu)");
    cpl_calendar_release(c);
}

static void the_hours_are_the_office_s_own(void **state) {
    (void)state;
    complaint_calendar *c = with("week\t1 2 3 4 5 6\nhours\t18:00\t20:00\n", NULL);
    cpl_deadline d;
    const cpl_clock_rule rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 9 * 60};
    const int64_t friday = cpl_day_start(on("2026-11-06"));
    assert_true(is_open(c, "2026-11-07"));
    assert_false(is_open(c, "2026-11-08"));
    assert_true(is_open(c, "2026-12-07")); /* a Saturday holiday needs no substitute where Saturday is worked */
    assert_false(is_open(c, "2026-12-05"));
    assert_int_equal(cpl_calendar_deadline(c, &rule, friday, &d, NULL), COMPLAINT_OK);
    assert_int_equal(d.due_at, friday + 20 * 60 * CPL_MINUTE_MS);
    cpl_calendar_release(c);
}

static void decisions_add_move_suspend_and_pay(void **state) {
    (void)state;
    complaint_calendar *c = with("add\t2026-02-03\tspecial\tnational\tพิเศษ\tSpecial\thigh\tcabinet\n"
                                 "move\t2026-12-07\t2026-12-11\tmedium\tcabinet\n"
                                 "suspend\t2026-04-14\thigh\tcabinet\n"
                                 "pay\t2026-07-27\t2026-04-14\thigh\tcabinet\n"
                                 "confidence\t2026-06-01\tlow\tdoubted\n",
                                 NULL);
    assert_string_equal(holiday(c, "2026-02-03")->thai, "พิเศษ");
    assert_int_equal(holiday(c, "2026-02-03")->kind, COMPLAINT_HOLIDAY_SPECIAL);
    assert_true(is_open(c, "2026-12-07"));
    assert_string_equal(holiday(c, "2026-12-11")->source, "medium: cabinet");
    assert_int_equal(holiday(c, "2026-12-11")->kind, COMPLAINT_HOLIDAY_SUBSTITUTION);
    assert_true(is_open(c, "2026-04-14"));
    assert_false(is_open(c, "2026-04-15"));
    assert_string_equal(holiday(c, "2026-07-27")->english, "Songkran (in lieu)");
    assert_string_equal(holiday(c, "2026-06-01")->source, "low: doubted");
    cpl_calendar_release(c);
}

static void a_withdrawn_decision_does_not_come(void **state) {
    (void)state;
    complaint_calendar *c = with("add\t2026-02-03\tspecial\tnational\tพิเศษ\tSpecial\thigh\tproposal\n"
                                 "add\t2026-02-04\tspecial\tnational\tพิเศษ\tSpecial\thigh\tproposal\n"
                                 "withdraw\t2026-02-03\thigh\tcabinet\n",
                                 NULL);
    assert_true(is_open(c, "2026-02-03"));
    assert_false(is_open(c, "2026-02-04"));
    cpl_calendar_release(c);
}

static void several_reasons_for_one_day_are_one_holiday(void **state) {
    (void)state;
    static const char more[] = "add\t2026-02-03\tspecial\tnorth\tเหนือ\tNorth\thigh\tcabinet\n"
                               "add\t2026-02-03\tspecial\tcapital\tกรุง\tCapital\thigh\tcabinet\n"
                               "add\t2026-04-13\tspecial\tnorth\tเหนือ\tNorth\thigh\tcabinet\n"
                               "add\t2026-02-07\tspecial\tnational\tเสาร์\tSaturday\thigh\tcabinet\n";
    complaint_calendar *c = with(more, "TH-10");
    const cpl_holiday *both = holiday(c, "2026-02-03");
    assert_string_equal(both->english, "North; Capital");
    assert_string_equal(both->scope, "area:TH-57,TH-54,TH-10");
    assert_true(both->closed);
    assert_false(both->complete);
    assert_string_equal(holiday(c, "2026-04-13")->scope, "national");
    assert_int_equal(holiday(c, "2026-04-13")->kind, COMPLAINT_HOLIDAY_FIXED);
    assert_true(is_open(c, "2026-02-06") && is_open(c, "2026-02-09")); /* a decided Saturday has no substitute */
    cpl_calendar_release(c);
    c = with(more, "TH-90");
    assert_true(is_open(c, "2026-02-03"));
    cpl_calendar_release(c);
}

static void removed_days_are_none_and_what_follows_counts(void **state) {
    (void)state;
    complaint_calendar *c = with("add\t2026-02-03\tspecial\tnational\tพิเศษ\tSpecial\thigh\tcabinet\n"
                                 "remove\t2026-02-03\thigh\tcabinet\n"
                                 "clear\t2026-04-14\thigh\tcabinet\n"
                                 "add\t2026-04-14\tspecial\tcapital\tกรุง\tCapital\thigh\tcabinet\n"
                                 "clear\t2026-02-10\thigh\tnothing there\n"
                                 "move\t2026-04-13\t2026-04-20\thigh\tcabinet\n"
                                 "remove\t2026-06-01\thigh\tthe substitute alone\n"
                                 "announce\t2570\tadhikavan\thigh\tcabinet\n",
                                 NULL);
    assert_true(is_open(c, "2026-02-03") && is_open(c, "2026-04-14") && is_open(c, "2026-02-10"));
    assert_true(is_open(c, "2026-04-13") && !is_open(c, "2026-04-20") && is_open(c, "2026-06-01"));
    assert_string_equal(holiday(c, "2026-04-20")->english, "Songkran (in lieu)");
    assert_string_equal(holiday(c, "2026-04-14")->scope, "area:TH-10");
    assert_true(holiday(c, "2026-05-31")->at_rest); /* Visakha itself stays a holiday, on a Sunday */
    assert_int_equal(holiday(c, "2027-04-14")->status, COMPLAINT_ANNOUNCED);
    assert_string_equal(holiday(c, "2027-05-20")->english, "Visakha");
    cpl_calendar_release(c);
}

/* An office may have a week of its own: a holiday on its Saturday closes it, and the substitute is taken as everywhere. */
static void an_office_s_own_week_leaves_substitution_to_the_government(void **state) {
    (void)state;
    complaint_calendar *c = with("open\t1 2 6\n", NULL);
    assert_true(is_open(c, "2026-11-07") && !is_open(c, "2026-11-05") && !is_open(c, "2026-12-05") && !is_open(c, "2026-12-07"));
    assert_false(holiday(c, "2026-12-05")->at_rest);
    cpl_calendar_release(c);
}

/* ---- definitions ---------------------------------------------------------------------------------------------------- */

static void a_definition_makes_the_same_calendar(void **state) {
    (void)state;
    complaint_calendar *c = NULL, *again = NULL;
    complaint_error e = {0};
    assert_int_equal(complaint_calendar_builtin(NULL, "TH-57", &c, NULL), COMPLAINT_OK);
    cpl_str definition = cpl_calendar_definition(c);
    assert_memory_equal(definition.p, "format\t1\nprovince\tTH-57\n", 24);
    assert_int_equal(cpl_calendar_from_definition(&cpl_memory_default, definition, &again, &e), COMPLAINT_OK);
    assert_true(cpl_str_eq(cpl_calendar_definition(again), definition));
    assert_string_equal(cpl_calendar_province(again), "TH-57");
    for (int32_t day = on("2001-01-01"); day < on("2031-01-01"); day++) {
        int32_t one, other;
        assert_int_equal(cpl_calendar_is_open(c, day, &one), COMPLAINT_OK);
        assert_int_equal(cpl_calendar_is_open(again, day, &other), COMPLAINT_OK);
        assert_int_equal(one, other);
    }
    cpl_calendar_release(again);
    cpl_calendar_release(c);
}

static void a_definition_ignores_layout_and_nothing_else(void **state) {
    (void)state;
    complaint_calendar *a = with(NULL, NULL), *b = with("# only a comment\r\n\n   \n", NULL), *north = with(NULL, "TH-57"), *more = with("hours\t18:00\t20:00\n", NULL);
    assert_true(cpl_str_eq(cpl_calendar_definition(a), cpl_calendar_definition(b)));
    assert_false(cpl_str_eq(cpl_calendar_definition(a), cpl_calendar_definition(north)));
    assert_false(cpl_str_eq(cpl_calendar_definition(a), cpl_calendar_definition(more)));
    cpl_calendar_release(a);
    cpl_calendar_release(b);
    cpl_calendar_release(north);
    cpl_calendar_release(more);
}

static void a_definition_has_one_province(void **state) {
    (void)state;
    complaint_calendar *c = NULL;
    complaint_error e = {0};
    assert_int_equal(make(plain, "province\tTH-54\n", "TH-57", &c, &e), COMPLAINT_E_SYNTAX);
    assert_int_equal(make(plain, "province\tTH-54\nprovince\tTH-54\n", NULL, &c, &e), COMPLAINT_E_SYNTAX);
    assert_int_equal(e.line, 2);
    assert_null(c);
}

static bool read_plain(test_alloc *a, void *context) {
    complaint_calendar *c = NULL;
    complaint_error e = {0};
    complaint_status s = cpl_calendar_from_definition(&a->table, cpl_str_of(context), &c, &e);
    if (s != COMPLAINT_OK) assert_int_equal(s, COMPLAINT_E_MEMORY);
    cpl_calendar_release(c);
    return s == COMPLAINT_OK;
}

static void no_memory_leaves_nothing_behind(void **state) {
    (void)state;
    char text[sizeof plain + 200];
    snprintf(text, sizeof text, "%ssuspend\t2026-04-14\thigh\tx\npay\t2026-07-27\t2026-04-14\thigh\tx\nadd\t2026-02-03\tspecial\tnorth\tก\ta\thigh\tx\n", plain);
    test_alloc_loop(read_plain, text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_is_found_in_its_line),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(lunar_years_that_drift_are_refused),
        cmocka_unit_test(a_cut_file_is_refused_or_smaller_but_never_harms),
        cmocka_unit_test(a_definition_has_one_province),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
        cmocka_unit_test(rules_end_and_runs_share),
        cmocka_unit_test(the_hours_are_the_office_s_own),
        cmocka_unit_test(decisions_add_move_suspend_and_pay),
        cmocka_unit_test(a_withdrawn_decision_does_not_come),
        cmocka_unit_test(several_reasons_for_one_day_are_one_holiday),
        cmocka_unit_test(removed_days_are_none_and_what_follows_counts),
        cmocka_unit_test(an_office_s_own_week_leaves_substitution_to_the_government),
        cmocka_unit_test(a_definition_makes_the_same_calendar),
        cmocka_unit_test(a_definition_ignores_layout_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
