/* A host's own calendar: what is refused, what each change does, years from JSON, explanations, and that the base stays as it was. */
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

static complaint_calendar *base;

static int open_base(void **state) {
    (void)state;
    return complaint_calendar_builtin(NULL, NULL, &base, NULL);
}

static int close_base(void **state) {
    (void)state;
    complaint_calendar_free(base);
    return 0;
}

static int64_t at(const char *iso) {
    int64_t instant = 0;
    if (complaint_date_parse_iso(iso, strlen(iso), NULL, NULL, &instant, NULL) != COMPLAINT_OK) fail_msg("%s", iso);
    return instant;
}

static int32_t on(const char *iso) { return cpl_instant_day(at(iso)); }

static bool is_open(const complaint_calendar *c, const char *iso) {
    int32_t open = -1;
    assert_int_equal(complaint_calendar_is_open(c, on(iso), &open), COMPLAINT_OK);
    return open == 1;
}

static complaint_calendar_edit *begin(void) {
    complaint_calendar_edit *edit = NULL;
    assert_int_equal(complaint_calendar_edit_new(base, &edit, NULL), COMPLAINT_OK);
    return edit;
}

static complaint_calendar *finish(complaint_calendar_edit *edit) {
    complaint_calendar *c = NULL;
    complaint_error *e = NULL;
    if (complaint_calendar_edit_build(edit, &c, &e) != COMPLAINT_OK)
        fail_msg("%s (%s:%d)", complaint_error_text(e, COMPLAINT_ENGLISH), complaint_error_path(e), (int)complaint_error_line(e));
    complaint_calendar_edit_free(edit);
    return c;
}

static complaint_status add(complaint_calendar_edit *edit, const char *iso, const char *scope) {
    return complaint_calendar_edit_add(edit, on(iso), COMPLAINT_HOLIDAY_SPECIAL, scope, "วันหยุดพิเศษ", "Special", "cabinet", NULL);
}

/* ---- what is refused ------------------------------------------------------------------------------------------------ */

static void null_is_refused(void **state) {
    (void)state;
    complaint_calendar_edit *edit = NULL;
    complaint_calendar *c = NULL;
    assert_int_equal(complaint_calendar_edit_new(NULL, &edit, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_new(base, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_edit_add(NULL, 0, 0, NULL, NULL, NULL, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_override(NULL, 0, 0, NULL, NULL, NULL, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_remove(NULL, 0, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_move(NULL, 0, 0, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_set_year(NULL, 0, 0, 0, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_load_json(NULL, "{}", 2, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_set_week(NULL, 2, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_set_hours(NULL, 0, "", NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_set_day_hours(NULL, 0, "", "", NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_set_province(NULL, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_edit_build(NULL, &c, NULL), COMPLAINT_E_HANDLE);
    edit = begin();
    assert_int_equal(complaint_calendar_edit_build(edit, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_edit_load_json(edit, NULL, 2, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_edit_remove(edit, on("2026-01-01"), NULL, NULL), COMPLAINT_E_INVALID);
    complaint_calendar_edit_free(edit);
    complaint_calendar_edit_free(NULL);
}

static void bad_values_are_refused(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    const char *const scopes[] = {"nation", "area:", "area:57", "area:TH-57,", "area:TH-57 TH-54", "area:TH-57,,TH-54", "area:*,TH-57", "area:TH-99", "TH-57"};
    for (size_t i = 0; i < COUNT(scopes); i++) {
        if (add(edit, "2026-02-03", scopes[i]) != COMPLAINT_E_INVALID) fail_msg("%s", scopes[i]);
    }
    const char *const texts[] = {"", " ", "a\tb", "a\nb", "\x01"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        const int32_t day = on("2026-02-03");
        assert_int_equal(complaint_calendar_edit_add(edit, day, COMPLAINT_HOLIDAY_SPECIAL, NULL, texts[i], "a", "x", NULL), COMPLAINT_E_INVALID);
        assert_int_equal(complaint_calendar_edit_add(edit, day, COMPLAINT_HOLIDAY_SPECIAL, NULL, "a", texts[i], "x", NULL), COMPLAINT_E_INVALID);
        assert_int_equal(complaint_calendar_edit_add(edit, day, COMPLAINT_HOLIDAY_SPECIAL, NULL, "a", "a", texts[i], NULL), COMPLAINT_E_INVALID);
        assert_int_equal(complaint_calendar_edit_override(edit, day, 0, NULL, NULL, NULL, texts[i], NULL), COMPLAINT_E_INVALID);
    }
    assert_int_equal(complaint_calendar_edit_add(edit, on("2026-02-03"), COMPLAINT_HOLIDAY_SPECIAL, NULL, "\xff", "a", "x", NULL), COMPLAINT_E_UTF8);
    assert_int_equal(complaint_calendar_edit_add(edit, on("2026-02-03"), COMPLAINT_HOLIDAY_FIXED, NULL, "a", "a", "x", NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_edit_add(edit, on("2031-02-03"), COMPLAINT_HOLIDAY_SPECIAL, NULL, "a", "a", "x", NULL), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_edit_add(edit, INT32_MAX, COMPLAINT_HOLIDAY_SPECIAL, NULL, "a", "a", "x", NULL), COMPLAINT_E_RANGE);
    const int32_t weeks[] = {0, -2, 1, 3, 256, 257};
    for (size_t i = 0; i < COUNT(weeks); i++) assert_int_equal(complaint_calendar_edit_set_week(edit, weeks[i], NULL), COMPLAINT_E_INVALID);
    const char *const hours[] = {
        "", "08:30", "08:30-08:30", "08:30-25:00", "08:30-12:00,13:00-16:30", "08:30-12:00 12:00-16:30", "01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00"};
    for (size_t i = 0; i < COUNT(hours); i++) {
        assert_int_equal(complaint_calendar_edit_set_hours(edit, 0, hours[i], NULL), COMPLAINT_E_INVALID);
        assert_int_equal(complaint_calendar_edit_set_day_hours(edit, on("2026-02-03"), hours[i], "x", NULL), COMPLAINT_E_INVALID);
    }
    assert_int_equal(complaint_calendar_edit_set_hours(edit, 8, "08:30-12:00", NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_edit_set_province(edit, "TH-99", NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2574, 0, COMPLAINT_PREDICTED, "x", NULL), COMPLAINT_E_REQUIRED);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2575, 1, COMPLAINT_PREDICTED, "x", NULL), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2570, 1, 3, "x", NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2570, 1, COMPLAINT_PREDICTED, "x", NULL), COMPLAINT_E_EXISTS);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2575, 1, COMPLAINT_ANNOUNCED, "x", NULL), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2570, 4, COMPLAINT_ANNOUNCED, "x", NULL), COMPLAINT_E_INVALID);
    complaint_calendar *c = finish(edit); /* nothing of it stuck */
    assert_true(cpl_str_eq(cpl_calendar_definition(c), cpl_calendar_definition(base)));
    complaint_calendar_free(c);
}

static void conflicts_are_reported_and_not_guessed(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    complaint_error *e = NULL;
    assert_int_equal(complaint_calendar_edit_add(edit, on("2026-04-13"), COMPLAINT_HOLIDAY_SPECIAL, NULL, "ก", "a", "x", &e), COMPLAINT_E_EXISTS);
    assert_string_equal(complaint_error_subject(e), "2026-04-13");
    complaint_error_free(e);
    assert_int_equal(add(edit, "2026-12-07", NULL), COMPLAINT_E_EXISTS); /* a substitute */
    assert_int_equal(complaint_calendar_edit_remove(edit, on("2026-02-03"), "x", &e), COMPLAINT_E_NOT_FOUND);
    assert_string_equal(complaint_error_subject(e), "2026-02-03");
    complaint_error_free(e);
    assert_int_equal(complaint_calendar_edit_move(edit, on("2026-02-03"), on("2026-02-04"), "x", NULL), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_calendar_edit_move(edit, on("2026-04-13"), on("2026-04-14"), "x", NULL), COMPLAINT_E_EXISTS);
    assert_int_equal(complaint_calendar_edit_move(edit, on("2026-04-13"), on("2026-04-13"), "x", NULL), COMPLAINT_E_EXISTS);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2569, 0, COMPLAINT_ANNOUNCED, "x", NULL), COMPLAINT_E_EXISTS);
    /* With what the edit itself has done. */
    assert_int_equal(add(edit, "2026-02-03", NULL), COMPLAINT_OK);
    assert_int_equal(add(edit, "2026-02-03", NULL), COMPLAINT_E_EXISTS);
    assert_int_equal(add(edit, "2026-02-03", "area:TH-57"), COMPLAINT_E_EXISTS);
    assert_int_equal(complaint_calendar_edit_remove(edit, on("2026-02-03"), "x", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_remove(edit, on("2026-02-03"), "x", NULL), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(add(edit, "2026-02-03", "area:TH-57"), COMPLAINT_OK);
    assert_int_equal(add(edit, "2026-02-03", "area:TH-54"), COMPLAINT_OK);
    assert_int_equal(add(edit, "2026-02-03", "area:TH-57"), COMPLAINT_E_EXISTS);
    assert_int_equal(complaint_calendar_edit_move(edit, on("2026-04-13"), on("2026-04-17"), "x", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_move(edit, on("2026-04-13"), on("2026-04-20"), "x", NULL), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(add(edit, "2026-04-17", NULL), COMPLAINT_E_EXISTS);
    complaint_calendar *c = finish(edit);
    assert_true(is_open(c, "2026-02-03") && is_open(c, "2026-04-13") && !is_open(c, "2026-04-17"));
    complaint_calendar_free(c);
}

static void what_only_shows_at_the_end_names_the_change(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    complaint_calendar *c = NULL;
    complaint_error *e = NULL;
    assert_int_equal(add(edit, "2026-02-03", "area:TH-57"), COMPLAINT_OK);
    /* Saturday 5 December goes, and its substitute with it: there is nothing left to remove on Monday. */
    assert_int_equal(complaint_calendar_edit_remove(edit, on("2026-12-05"), "x", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_remove(edit, on("2026-12-07"), "x", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_build(edit, &c, &e), COMPLAINT_E_SYNTAX);
    assert_string_equal(complaint_error_path(e), "edit");
    assert_int_equal(complaint_error_line(e), 3);
    complaint_error_free(e);
    assert_null(c);
    complaint_calendar_edit_free(edit);
    /* A day has its hours once, and only a day on which the office is open has any. */
    const char *const days[] = {"2026-11-10", "2026-11-08"};
    for (size_t i = 0; i < COUNT(days); i++) {
        edit = begin();
        e = NULL;
        assert_int_equal(complaint_calendar_edit_set_day_hours(edit, on("2026-11-10"), "13:00-14:00", "x", NULL), COMPLAINT_OK);
        assert_int_equal(complaint_calendar_edit_set_day_hours(edit, on(days[i]), "09:00-12:00", "x", NULL), COMPLAINT_OK);
        assert_int_equal(complaint_calendar_edit_build(edit, &c, &e), COMPLAINT_E_SYNTAX);
        assert_string_equal(complaint_error_path(e), "edit");
        assert_int_equal(complaint_error_line(e), 2);
        assert_non_null(strstr(complaint_error_text(e, COMPLAINT_ENGLISH), i ? "closed on that day" : "given already"));
        complaint_error_free(e);
        complaint_calendar_edit_free(edit);
    }
    assert_null(c);
}

/* ---- what changes do ------------------------------------------------------------------------------------------------ */

static void days_are_added_removed_and_moved(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    assert_int_equal(complaint_calendar_edit_add(edit, on("2027-05-12"), COMPLAINT_HOLIDAY_PLOUGHING, "national", "พืชมงคล", "Ploughing", "medium: palace", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_remove(edit, on("2027-04-06"), "low: rumour", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_move(edit, on("2026-12-07"), on("2026-12-11"), "cabinet", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_move(edit, on("2026-05-13"), on("2026-05-14"), "palace", NULL), COMPLAINT_OK);
    complaint_calendar *c = finish(edit);
    assert_true(!is_open(c, "2027-05-12") && is_open(c, "2027-04-06") && is_open(c, "2026-12-07") && !is_open(c, "2026-12-11") && is_open(c, "2026-05-13") &&
                !is_open(c, "2026-05-14"));
    const cpl_holiday *h = cpl_calendar_holiday_on(c, on("2027-05-12"));
    assert_string_equal(h->source, "medium: palace");
    assert_int_equal(h->kind, COMPLAINT_HOLIDAY_PLOUGHING);
    assert_string_equal(cpl_calendar_holiday_on(c, on("2026-12-11"))->english, cpl_calendar_holiday_on(base, on("2026-12-07"))->english);
    assert_int_equal(cpl_calendar_holiday_on(c, on("2026-05-14"))->kind, COMPLAINT_HOLIDAY_PLOUGHING);
    /* The base is what it was, and the new one has a definition like any other. */
    assert_true(is_open(base, "2027-05-12") && !is_open(base, "2027-04-06") && !is_open(base, "2026-12-07"));
    complaint_calendar *again = NULL;
    assert_int_equal(cpl_calendar_from_definition(&cpl_memory_default, cpl_calendar_definition(c), &again, NULL), COMPLAINT_OK);
    for (int32_t day = on("2001-01-01"); day < on("2031-01-01"); day++) assert_int_equal(cpl_table_open(c, day), cpl_table_open(again, day));
    assert_true(cpl_str_eq(cpl_calendar_definition(again), cpl_calendar_definition(c)));
    complaint_calendar_free(again);
    complaint_calendar_free(c);
}

static void a_holiday_by_rule_may_be_moved(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    assert_int_equal(complaint_calendar_edit_move(edit, on("2027-04-06"), on("2027-04-09"), "cabinet", NULL), COMPLAINT_OK);
    complaint_calendar *c = finish(edit);
    assert_true(is_open(c, "2027-04-06") && !is_open(c, "2027-04-09"));
    assert_string_equal(cpl_calendar_holiday_on(c, on("2027-04-09"))->english, "Chakri Memorial Day (in lieu)");
    complaint_calendar_free(c);
}

static void overriding_a_day_changes_that_day_alone(void **state) {
    (void)state;
    for (int32_t day = on("2025-12-01"); day < on("2027-02-01"); day++) {
        complaint_calendar_edit *edit = begin();
        bool off = day % 2 == 0;
        assert_int_equal(complaint_calendar_edit_override(edit, day, off ? COMPLAINT_HOLIDAY_SPECIAL : 0, NULL, off ? "ก" : NULL, off ? "a" : NULL, "x", NULL), COMPLAINT_OK);
        complaint_calendar *c = finish(edit);
        for (int32_t other = on("2025-11-01"); other < on("2027-03-01"); other++) {
            bool gone = !off && other != day && cpl_date_weekday(day) >= COMPLAINT_SATURDAY; /* with a holiday on Saturday goes its substitute */
            if (other != day && cpl_table_open(base, other) != cpl_table_open(c, other) && !gone && cpl_date_weekday(day) < COMPLAINT_SATURDAY)
                fail_msg("%d changed %d", (int)day, (int)other);
        }
        assert_int_equal(cpl_table_open(c, day), !off && cpl_date_weekday(day) < COMPLAINT_SATURDAY);
        complaint_calendar_free(c);
    }
}

static void some_provinces_only(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    cpl_deadline d;
    const cpl_clock_rule rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 1};
    assert_int_equal(add(edit, "2026-02-03", "area:TH-57,TH-54"), COMPLAINT_OK);
    assert_int_equal(add(edit, "2026-02-05", "area:TH-57,*"), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_set_province(edit, "TH-54", NULL), COMPLAINT_OK);
    complaint_calendar *c = finish(edit);
    assert_string_equal(complaint_calendar_province(c), "TH-54");
    assert_true(!is_open(c, "2026-02-03") && is_open(c, "2026-02-05"));
    assert_string_equal(cpl_calendar_holiday_on(c, on("2026-02-03"))->scope, "area:TH-57,TH-54");
    assert_int_equal(cpl_calendar_deadline(c, &rule, at("2026-02-04T09:00"), &d, NULL), COMPLAINT_OK);
    assert_int_equal(d.area_unknown, 1);
    complaint_calendar_free(c);
}

static void week_and_hours_are_the_office_s_own(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    int64_t moment;
    assert_int_equal(complaint_calendar_edit_set_week(edit, 1 << COMPLAINT_TUESDAY | 1 << COMPLAINT_SATURDAY, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_set_hours(edit, 0, "09:00-12:00 12:30-15:00", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_set_hours(edit, COMPLAINT_SATURDAY, "10:00-11:00", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_set_day_hours(edit, on("2026-11-10"), "13:00-14:00", "circular", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_set_day_hours(edit, on("2026-10-20"), "14:00-15:00", "circular", NULL), COMPLAINT_OK); /* an earlier day after a later one */
    complaint_calendar *c = finish(edit);
    assert_int_equal(complaint_calendar_next_office_moment(c, at("2026-10-20T08:00"), &moment), COMPLAINT_OK);
    assert_int_equal(moment, at("2026-10-20T14:00"));
    assert_int_equal(complaint_calendar_next_office_moment(c, at("2026-11-03T12:10"), &moment), COMPLAINT_OK);
    assert_int_equal(moment, at("2026-11-03T12:30"));
    assert_int_equal(complaint_calendar_next_office_moment(c, at("2026-11-03T15:00"), &moment), COMPLAINT_OK);
    assert_int_equal(moment, at("2026-11-07T10:00"));
    assert_int_equal(complaint_calendar_next_office_moment(c, at("2026-11-07T11:00"), &moment), COMPLAINT_OK);
    assert_int_equal(moment, at("2026-11-10T13:00"));
    complaint_calendar_free(c);
}

static void years_are_announced_and_added(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    int32_t first, last, status;
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2570, 0, COMPLAINT_ANNOUNCED, "cabinet", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2570, 0, COMPLAINT_ANNOUNCED, "cabinet", NULL), COMPLAINT_E_EXISTS);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2573, COMPLAINT_LUNAR_ADHIKAVAN, COMPLAINT_ANNOUNCED, "cabinet", NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_set_year(edit, 2574, COMPLAINT_LUNAR_ADHIKAMAS, COMPLAINT_PREDICTED, "low: guess", NULL), COMPLAINT_OK);
    assert_int_equal(add(edit, "2031-01-01", NULL), COMPLAINT_E_EXISTS); /* the new year is known already */
    assert_int_equal(add(edit, "2031-02-04", NULL), COMPLAINT_OK);
    complaint_calendar *c = finish(edit);
    complaint_calendar_years(c, &first, &last);
    assert_int_equal(last, 2574);
    assert_int_equal(complaint_calendar_year_status(c, 2570, &status), COMPLAINT_OK);
    assert_int_equal(status, COMPLAINT_ANNOUNCED);
    assert_int_equal(complaint_calendar_year_status(c, 2574, &status), COMPLAINT_OK);
    assert_int_equal(status, COMPLAINT_PREDICTED);
    assert_false(is_open(c, "2031-02-04"));
    assert_string_equal(cpl_calendar_holiday_on(base, on("2030-07-14"))->english, "Asalha Bucha"); /* a Sunday; the longer year makes it Monday */
    assert_string_equal(cpl_calendar_holiday_on(c, on("2030-07-15"))->english, "Asalha Bucha");
    complaint_calendar_free(c);
}

/* ---- what was decided ----------------------------------------------------------------------------------------------- */

static void every_decision_has_its_source_also_when_it_was_withdrawn(void **state) {
    (void)state;
    int32_t seen[10] = {0}, withdrawn_seen = 0;
    static const char json[] = "{\"format\":1,\"source\":\"newspaper\",\"changes\":[{\"add\":\"2027-02-08\",\"thai\":\"เสนอ\",\"english\":\"Proposed\"},"
                               "{\"withdraw\":\"2027-02-08\",\"source\":\"cabinet\"}]}";
    complaint_calendar_edit *edit = begin();
    assert_int_equal(complaint_calendar_edit_load_json(edit, json, sizeof json - 1, NULL), COMPLAINT_OK);
    complaint_calendar *c = finish(edit);
    assert_true(is_open(c, "2027-02-08"));
    for (int32_t year = 2544; year <= 2573; year++) {
        int32_t count, what, day, other, withdrawn, before = INT32_MIN;
        assert_int_equal(complaint_calendar_decision_count(c, year, &count), COMPLAINT_OK);
        for (int32_t i = 0; i < count; i++, before = day) {
            assert_int_equal(complaint_calendar_decision(c, year, i, &what, &day, &other, &withdrawn), COMPLAINT_OK);
            assert_true(day >= before && cpl_date_thai(day).year == year);
            assert_non_null(strstr(complaint_calendar_decision_source(c, year, i), ": "));
            assert_int_equal(withdrawn, complaint_calendar_decision_withdrawal(c, year, i) != NULL);
            assert_non_null(complaint_calendar_decision_name(c, year, i, COMPLAINT_THAI));
            seen[what]++;
            withdrawn_seen += withdrawn;
            if (withdrawn) assert_string_equal(complaint_calendar_decision_withdrawal(c, year, i), "high: cabinet");
            if (what == COMPLAINT_DECISION_PAY) assert_true(other < day);
        }
        assert_int_equal(complaint_calendar_decision(c, year, count, NULL, NULL, NULL, NULL), COMPLAINT_E_NOT_FOUND);
    }
    assert_int_equal(withdrawn_seen, 1);
    assert_int_equal(seen[COMPLAINT_DECISION_SUSPEND], 3);
    assert_int_equal(seen[COMPLAINT_DECISION_PAY], 3);
    assert_int_equal(seen[COMPLAINT_DECISION_MOVE], 3);
    assert_true(seen[COMPLAINT_DECISION_ADD] > 70 && seen[COMPLAINT_DECISION_INTRODUCE] >= 5 && seen[COMPLAINT_DECISION_ABOLISH] >= 3);
    assert_int_equal(complaint_calendar_decision_count(c, 2543, seen), COMPLAINT_E_NO_CALENDAR);
    complaint_calendar_free(c);
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------- */

static complaint_status load(complaint_calendar_edit *edit, const char *json, complaint_error **e) { return complaint_calendar_edit_load_json(edit, json, strlen(json), e); }

static void a_year_comes_from_json(void **state) {
    (void)state;
    static const char json[] =
        "{\"$schema\":\"holidays.schema.json\",\"format\":1,\"year\":2570,\"lunar\":\"normal\",\"status\":\"announced\",\"source\":\"high: cabinet\",\"changes\":["
        "{\"add\":\"2027-05-12\",\"kind\":\"ploughing\",\"thai\":\"พืชมงคล\",\"english\":\"Ploughing\",\"source\":\"medium: palace\"},"
        "{\"add\":\"2027-03-26\",\"scope\":\"area:TH-57,TH-54\",\"thai\":\"เหนือ\",\"english\":\"North\"},"
        "{\"move\":\"2027-10-25\",\"to\":\"2027-10-22\"},{\"remove\":\"2027-12-10\"},"
        "{\"suspend\":\"2027-04-14\"},{\"pay\":\"2027-07-26\",\"for\":\"2027-04-14\"},"
        "{\"shorten\":\"2027-12-30\",\"hours\":\"08:30-12:00\"},"
        "{\"override\":\"2027-08-12\"},{\"override\":\"2027-08-13\",\"kind\":\"special\",\"thai\":\"ก\",\"english\":\"a\"}]}";
    complaint_calendar_edit *edit = begin();
    complaint_error *e = NULL;
    if (cpl_calendar_holiday_on(base, on("2027-10-25")) == NULL) fail_msg("the base has another substitute");
    if (load(edit, json, &e) != COMPLAINT_OK) fail_msg("%s %s", complaint_error_text(e, COMPLAINT_ENGLISH), complaint_error_path(e));
    complaint_calendar *c = finish(edit);
    int32_t status;
    assert_int_equal(complaint_calendar_year_status(c, 2570, &status), COMPLAINT_OK);
    assert_int_equal(status, COMPLAINT_ANNOUNCED);
    const char *const closed[] = {"2027-05-12", "2027-10-22", "2027-07-26", "2027-08-13"}, *const open[] = {"2027-03-26", "2027-10-25", "2027-12-10",
                                                                                                            "2027-04-14", "2027-08-12", "2027-12-30"};
    for (size_t i = 0; i < COUNT(closed); i++)
        if (is_open(c, closed[i])) fail_msg("%s", closed[i]);
    for (size_t i = 0; i < COUNT(open); i++)
        if (!is_open(c, open[i])) fail_msg("%s", open[i]);
    complaint_calendar_free(c);
}

static void a_week_and_its_hours_come_from_json(void **state) {
    (void)state;
    static const char json[] = "{\"format\":1,\"week\":[\"monday\",\"tuesday\",\"wednesday\",\"thursday\",\"friday\",\"saturday\"],"
                               "\"hours\":{\"daily\":\"08:00-16:00\",\"saturday\":\"08:30-12:00\"}}";
    complaint_calendar_edit *edit = begin();
    assert_int_equal(load(edit, json, NULL), COMPLAINT_OK);
    complaint_calendar *c = finish(edit);
    int64_t moment = 0;
    assert_true(is_open(c, "2026-11-07")); /* a Saturday */
    assert_false(is_open(c, "2026-11-08"));
    assert_int_equal(complaint_calendar_next_office_moment(c, at("2026-11-07T12:01+07:00"), &moment), COMPLAINT_OK);
    assert_int_equal(moment, at("2026-11-09T08:00+07:00"));
    complaint_calendar_free(c);
}

static const struct {
    const char *json;
    complaint_status status;
    const char *path;
} wrong[] = {
    {"", COMPLAINT_E_SYNTAX, NULL},
    {"[]", COMPLAINT_E_INVALID, "$"},
    {"{}", COMPLAINT_E_REQUIRED, "$"},
    {"{\"format\":2}", COMPLAINT_E_INVALID, "$.format"},
    {"{\"format\":1.0}", COMPLAINT_E_JSON_REAL, NULL},
    {"{\"format\":1,\"format\":1}", COMPLAINT_E_JSON_DUPLICATE, NULL},
    {"{\"format\":1,\"holidays\":[]}", COMPLAINT_E_INVALID, "$.holidays"},
    {"{\"format\":1,\"year\":2027}", COMPLAINT_E_INVALID, "$.year"},
    {"{\"format\":1,\"year\":\"2570\"}", COMPLAINT_E_INVALID, "$.year"},
    {"{\"format\":1,\"lunar\":\"normal\",\"status\":\"announced\",\"source\":\"x\"}", COMPLAINT_E_REQUIRED, "$"},
    {"{\"format\":1,\"year\":2570,\"lunar\":\"long\",\"status\":\"announced\",\"source\":\"x\"}", COMPLAINT_E_INVALID, "$.lunar"},
    {"{\"format\":1,\"year\":2570,\"status\":\"sure\",\"source\":\"x\"}", COMPLAINT_E_INVALID, "$.status"},
    {"{\"format\":1,\"year\":2570,\"status\":\"announced\"}", COMPLAINT_E_REQUIRED, "$"},
    {"{\"format\":1,\"year\":2570,\"lunar\":\"normal\",\"source\":\"x\"}", COMPLAINT_E_REQUIRED, "$"},
    {"{\"format\":1,\"year\":2569,\"status\":\"announced\",\"source\":\"x\"}", COMPLAINT_E_EXISTS, "$.year"},
    {"{\"format\":1,\"year\":2574,\"status\":\"announced\",\"source\":\"x\"}", COMPLAINT_E_REQUIRED, "$.year"},
    {"{\"format\":1,\"changes\":{}}", COMPLAINT_E_INVALID, "$.changes"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[1]}", COMPLAINT_E_INVALID, "$.changes[0]"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"close\":\"2027-02-08\"}]}", COMPLAINT_E_INVALID, "$.changes[0]"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"remove\":\"2027-04-06\",\"thai\":\"ก\"}]}", COMPLAINT_E_INVALID, "$.changes[0].thai"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"remove\":\"2570-04-06\"}]}", COMPLAINT_E_INVALID, "$.changes[0].remove"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"remove\":\"2027-04-06T08:00\"}]}", COMPLAINT_E_INVALID, "$.changes[0].remove"},
    {"{\"format\":1,\"year\":2570,\"source\":\"x\",\"changes\":[{\"remove\":\"2026-04-06\"}]}", COMPLAINT_E_INVALID, "$.changes[0].remove"},
    {"{\"format\":1,\"changes\":[{\"remove\":\"2027-04-06\"}]}", COMPLAINT_E_REQUIRED, "$.changes[0]"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"remove\":\"2027-04-06\"},{\"remove\":\"2027-04-06\"}]}", COMPLAINT_E_NOT_FOUND, "$.changes[1]"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"add\":\"2027-02-08\",\"kind\":\"holy\",\"thai\":\"ก\",\"english\":\"a\"}]}", COMPLAINT_E_INVALID, "$.changes[0].kind"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"add\":\"2027-02-08\",\"english\":\"a\"}]}", COMPLAINT_E_INVALID, "$.changes[0]"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"add\":\"2027-02-08\",\"thai\":1,\"english\":\"a\"}]}", COMPLAINT_E_INVALID, "$.changes[0].thai"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"move\":\"2027-04-06\"}]}", COMPLAINT_E_REQUIRED, "$.changes[0]"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"pay\":\"2027-07-26\",\"for\":\"2027-04-14\"}]}", COMPLAINT_E_SYNTAX, NULL},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"shorten\":\"2027-12-30\",\"hours\":\"noon\"}]}", COMPLAINT_E_INVALID, "$.changes[0]"},
    {"{\"format\":1,\"source\":\"x\",\"changes\":[{\"withdraw\":\"2027-04-06\"}]}", COMPLAINT_E_SYNTAX, NULL},
    {"{\"format\":1,\"week\":[]}", COMPLAINT_E_INVALID, "$.week"},
    {"{\"format\":1,\"week\":\"monday\"}", COMPLAINT_E_INVALID, "$.week"},
    {"{\"format\":1,\"week\":[\"monday\",\"caturday\"]}", COMPLAINT_E_INVALID, "$.week[1]"},
    {"{\"format\":1,\"week\":[1]}", COMPLAINT_E_INVALID, "$.week[0]"},
    {"{\"format\":1,\"hours\":\"08:30-16:30\"}", COMPLAINT_E_INVALID, "$.hours"},
    {"{\"format\":1,\"hours\":{\"daily\":\"08:30\"}}", COMPLAINT_E_INVALID, "$.hours.daily"},
    {"{\"format\":1,\"hours\":{\"daily\":8}}", COMPLAINT_E_INVALID, "$.hours.daily"},
    {"{\"format\":1,\"week\":[\"sunday\"],\"hours\":{\"weekend\":\"08:30-12:00\"}}", COMPLAINT_E_INVALID, "$.hours.weekend"},
    {"{\"format\":1,\"closed\":[]}", COMPLAINT_E_REQUIRED, "$"},
    {"{\"format\":1,\"year\":2570,\"closed\":[]}", COMPLAINT_E_EXISTS, "$.closed"},
    {"{\"format\":1,\"year\":2570,\"closed\":[\"2027-01-01\",\"2027-01-04\"]}", COMPLAINT_E_NOT_FOUND, "$.closed[1]"},
};

static void each_mistake_in_json_is_found_and_nothing_sticks(void **state) {
    (void)state;
    complaint_calendar_edit *edit = begin();
    assert_int_equal(add(edit, "2026-02-03", NULL), COMPLAINT_OK);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        complaint_error *e = NULL;
        complaint_status s = load(edit, wrong[i].json, &e);
        if (s != wrong[i].status || (wrong[i].path && strcmp(complaint_error_path(e), wrong[i].path) != 0))
            fail_msg("%s: %d %s (%s)", wrong[i].json, s, complaint_error_path(e), complaint_error_text(e, COMPLAINT_ENGLISH));
        complaint_error_free(e);
    }
    assert_int_equal(add(edit, "2026-02-03", NULL), COMPLAINT_E_EXISTS);
    assert_int_equal(complaint_calendar_edit_remove(edit, on("2026-02-03"), "x", NULL), COMPLAINT_OK);
    complaint_calendar *c = finish(edit);
    for (int32_t day = on("2001-01-01"); day < on("2031-01-01"); day++) assert_int_equal(cpl_table_open(c, day), cpl_table_open(base, day));
    complaint_calendar_free(c);
}

/* The list of a year as people publish it: equal, or the first day that differs is named. */
static void a_published_list_is_compared(void **state) {
    (void)state;
    char json[4096];
    int32_t count;
    int n = snprintf(json, sizeof json, "{\"format\":1,\"year\":2569,\"closed\":[");
    const cpl_holiday *list;
    assert_int_equal(cpl_calendar_holidays(base, 2569, &list, &count), COMPLAINT_OK);
    for (int32_t i = 0, first = 1; i < count; i++) {
        char date[CPL_DATE_MAX];
        size_t size;
        if (list[i].at_rest || strcmp(list[i].scope, "national") != 0) continue;
        assert_int_equal(cpl_date_format(list[i].day, COMPLAINT_DATE_ISO, 0, date, &size), COMPLAINT_OK);
        n += snprintf(json + n, sizeof json - (size_t)n, first ? "\"%s\"" : ",\"%s\"", date);
        first = 0;
    }
    snprintf(json + n, sizeof json - (size_t)n, "]}");
    complaint_calendar_edit *edit = begin();
    assert_int_equal(load(edit, json, NULL), COMPLAINT_OK);
    assert_int_equal(add(edit, "2026-02-03", NULL), COMPLAINT_OK);
    complaint_error *e = NULL;
    assert_int_equal(load(edit, json, &e), COMPLAINT_E_EXISTS);
    assert_string_equal(complaint_error_subject(e), "2026-02-03");
    complaint_error_free(e);
    complaint_calendar_edit_free(edit);
}

/* ---- life ----------------------------------------------------------------------------------------------------------- */

static bool edit_and_ask(test_alloc *a, void *context) {
    (void)context;
    static const char json[] =
        "{\"format\":1,\"year\":2570,\"status\":\"announced\",\"source\":\"x\",\"changes\":[{\"add\":\"2027-02-08\",\"scope\":\"area:TH-57,*\",\"thai\":\"ก\",\"english\":\"a\"},"
        "{\"override\":\"2027-04-06\"},{\"move\":\"2027-10-25\",\"to\":\"2027-10-22\"}]}";
    complaint_calendar *own = NULL, *c = NULL;
    complaint_calendar_edit *edit = NULL;
    complaint_period *p = NULL;
    complaint_deadline *d = NULL;
    complaint_explanation *x = NULL;
    complaint_error *e = NULL;
    cpl_calendar_text text = {"base", cpl_calendar_lines(base)};
    complaint_status s = cpl_calendar_new(&a->table, &text, 1, (cpl_str){NULL, 0}, &own, NULL);
    if (!s) s = complaint_calendar_edit_new(own, &edit, NULL);
    if (!s) s = complaint_calendar_edit_add(edit, on("2026-02-03"), COMPLAINT_HOLIDAY_SPECIAL, "area:TH-57", "ก", "a", "x", NULL);
    if (!s) s = complaint_calendar_edit_load_json(edit, json, sizeof json - 1, &e);
    if (!s) s = complaint_calendar_edit_build(edit, &c, NULL);
    if (!s) s = complaint_period_new(&a->table, COMPLAINT_UNIT_WORKING_DAYS, 30, at("2027-04-01T09:00"), &p);
    for (int i = 0; !s && i < 6; i++) s = complaint_period_add_pause(p, at("2027-04-12T09:00") + i * (int64_t)CPL_DAY_MS, at("2027-04-12T09:30") + i * (int64_t)CPL_DAY_MS);
    for (int i = 0; !s && i < 6; i++) s = complaint_period_add_extension(p, 1);
    if (!s) s = complaint_calendar_period_due(c, p, &d, NULL);
    if (!s) s = complaint_calendar_explain(c, p, &x, NULL);
    if (s != COMPLAINT_OK) assert_int_equal(s, COMPLAINT_E_MEMORY);
    if (s == COMPLAINT_OK) assert_true(complaint_explanation_count(x) > 5);
    complaint_calendar_free(own);
    complaint_calendar_edit_free(edit);
    complaint_calendar_free(c); /* before what came of it */
    if (x) assert_non_null(complaint_explanation_sentence(x, 0, COMPLAINT_THAI));
    complaint_explanation_free(x);
    complaint_deadline_free(d);
    complaint_period_free(p);
    complaint_error_free(e);
    return s == COMPLAINT_OK;
}

static void no_memory_leaves_nothing_behind(void **state) {
    (void)state;
    test_alloc_loop(edit_and_ask, NULL);
}

/* A change that failed for want of memory leaves the edit as it was. */
static bool add_again(test_alloc *a, void *context) {
    (void)context;
    complaint_calendar *own = NULL;
    complaint_calendar_edit *edit = NULL;
    cpl_calendar_text text = {"base", cpl_calendar_lines(base)};
    long wanted = a->fail_at;
    a->fail_at = -1;
    assert_int_equal(cpl_calendar_new(&a->table, &text, 1, (cpl_str){NULL, 0}, &own, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_edit_new(own, &edit, NULL), COMPLAINT_OK);
    a->requests = 0;
    a->fail_at = wanted;
    complaint_status s = add(edit, "2026-02-03", "area:TH-57");
    if (!s) s = complaint_calendar_edit_move(edit, on("2026-04-13"), on("2026-04-17"), "x", NULL);
    a->fail_at = -1;
    bool failed = a->failed;
    if (s) {
        complaint_status again = add(edit, "2026-02-03", "area:TH-57");
        assert_true(again == COMPLAINT_OK || again == COMPLAINT_E_EXISTS);
        assert_int_equal(complaint_calendar_edit_move(edit, on("2026-04-13"), on("2026-04-17"), "x", NULL), COMPLAINT_OK);
    }
    complaint_calendar *c = NULL;
    assert_int_equal(complaint_calendar_edit_build(edit, &c, NULL), COMPLAINT_OK);
    assert_true(!is_open(c, "2026-04-17") && is_open(c, "2026-04-13"));
    complaint_calendar_free(c);
    complaint_calendar_edit_free(edit);
    complaint_calendar_free(own);
    a->failed = failed;
    return s == COMPLAINT_OK;
}

static void a_failed_change_leaves_the_edit_as_it_was(void **state) {
    (void)state;
    test_alloc_loop(add_again, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_is_refused),
        cmocka_unit_test(bad_values_are_refused),
        cmocka_unit_test(conflicts_are_reported_and_not_guessed),
        cmocka_unit_test(what_only_shows_at_the_end_names_the_change),
        cmocka_unit_test(each_mistake_in_json_is_found_and_nothing_sticks),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
        cmocka_unit_test(a_failed_change_leaves_the_edit_as_it_was),
        cmocka_unit_test(days_are_added_removed_and_moved),
        cmocka_unit_test(a_holiday_by_rule_may_be_moved),
        cmocka_unit_test(overriding_a_day_changes_that_day_alone),
        cmocka_unit_test(some_provinces_only),
        cmocka_unit_test(week_and_hours_are_the_office_s_own),
        cmocka_unit_test(years_are_announced_and_added),
        cmocka_unit_test(every_decision_has_its_source_also_when_it_was_withdrawn),
        cmocka_unit_test(a_year_comes_from_json),
        cmocka_unit_test(a_week_and_its_hours_come_from_json),
        cmocka_unit_test(a_published_list_is_compared),
    };
    return cmocka_run_group_tests(tests, open_base, close_base);
}
