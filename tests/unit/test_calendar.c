/* The calendar: what it refuses, the holidays of B.E. 2544 to 2573, working days, and deadlines at their edges. */
#include "calendar/calendar.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum { UNTOUCHED = -77 };

typedef struct houses {
    complaint_calendar *country, *chiangrai, *phrae, *chiangmai, *nonthaburi;
} houses;
static houses h;

static complaint_calendar *builtin(const char *province) {
    complaint_calendar *c = NULL;
    complaint_error *e = NULL;
    if (complaint_calendar_builtin(NULL, province, &c, &e) != COMPLAINT_OK) {
        fail_msg("%s %s:%d", complaint_error_text(e, COMPLAINT_ENGLISH), complaint_error_path(e), (int)complaint_error_line(e));
    }
    return c;
}

static int open_houses(void **state) {
    (void)state;
    h = (houses){builtin(NULL), builtin("TH-57"), builtin("TH-54"), builtin("TH-50"), builtin("TH-12")};
    return 0;
}

static int close_houses(void **state) {
    (void)state;
    complaint_calendar_free(h.country);
    complaint_calendar_free(h.chiangrai);
    complaint_calendar_free(h.phrae);
    complaint_calendar_free(h.chiangmai);
    complaint_calendar_free(h.nonthaburi);
    return 0;
}

/* Days and instants as ISO texts, so that a reader sees what is tested. */
static int64_t at(const char *iso) {
    int64_t instant;
    if (complaint_date_parse_iso(iso, strlen(iso), NULL, NULL, &instant, NULL) != COMPLAINT_OK) fail_msg("%s", iso);
    return instant;
}

static int32_t on(const char *iso) {
    int32_t day;
    if (complaint_date_parse_iso(iso, strlen(iso), NULL, &day, NULL, NULL) != COMPLAINT_OK) fail_msg("%s", iso);
    return day;
}

static void same_instant(const char *what, int64_t got, const char *expected) {
    char text[160];
    size_t n;
    if (got == at(expected)) return;
    assert_int_equal(complaint_date_format_instant(got, COMPLAINT_DATE_ISO, 0, text, sizeof text, &n), COMPLAINT_OK);
    fail_msg("%s: %s, not %s", what, text, expected);
}

static bool is_open(const complaint_calendar *c, int32_t day) {
    int32_t open;
    assert_int_equal(complaint_calendar_is_open(c, day, &open), COMPLAINT_OK);
    return open == 1;
}

/* ---- what it refuses ------------------------------------------------------------------------------------------------ */

static void an_unknown_province_is_refused(void **state) {
    (void)state;
    const char *codes[] = {"", "57", "TH-5", "TH-570", "th-57", "TH-28", "TH-29", "TH-59", "TH-68", "TH-78", "TH-87", "TH-97", "TH-09", "TH-S ", "TH-5x"};
    for (size_t i = 0; i < COUNT(codes); i++) {
        complaint_calendar *c = NULL;
        complaint_error *e = NULL;
        assert_int_equal(complaint_calendar_builtin(NULL, codes[i], &c, &e), COMPLAINT_E_INVALID);
        assert_null(c);
        assert_string_equal(complaint_error_subject(e), "province");
        complaint_error_free(e);
        assert_int_equal(complaint_calendar_builtin(NULL, codes[i], &c, NULL), COMPLAINT_E_INVALID);
    }
}

static void null_is_refused(void **state) {
    (void)state;
    int32_t a;
    int64_t b;
    complaint_deadline *d;
    complaint_error *e = NULL;
    assert_int_equal(complaint_calendar_builtin(NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_is_open(NULL, 0, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_is_open(h.country, 0, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_years(NULL, &a, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_years(h.country, NULL, &a), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_years(h.country, &a, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_year_status(NULL, 2569, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_year_status(h.country, 2569, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_holiday_count(NULL, 2569, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_holiday_count(h.country, 2569, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_decision_count(NULL, 2569, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_decision_count(h.country, 2569, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_decision(NULL, 2569, 0, &a, &a, &a, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_holiday(NULL, 2569, 0, &a, &a, &a, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_holiday(h.country, 2569, 0, NULL, NULL, NULL, NULL), COMPLAINT_OK);
    assert_null(complaint_calendar_holiday_name(NULL, 2569, 0, COMPLAINT_THAI));
    assert_null(complaint_calendar_holiday_scope(NULL, 2569, 0));
    assert_null(complaint_calendar_holiday_source(NULL, 2569, 0));
    assert_int_equal(complaint_calendar_holiday_at_rest(NULL, 2569, 0), 0);
    assert_int_equal(complaint_calendar_holiday_scope_complete(NULL, 2569, 0), 1);
    assert_null(complaint_calendar_decision_name(h.country, 2569, -1, COMPLAINT_THAI));
    assert_null(complaint_calendar_decision_source(h.country, 2569, -1));
    assert_null(complaint_calendar_decision_withdrawal(NULL, 2569, 0));
    assert_int_equal(complaint_calendar_add_working_days(NULL, 0, 1, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_add_working_days(h.country, 0, 1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_count(NULL, 0, 1, &a), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_next_office_moment(h.country, 0, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_count(h.country, 0, 1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_next_office_moment(NULL, 0, &b), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_due(NULL, COMPLAINT_UNIT_MINUTES, 1, 0, 0, 0, 0, 0, &d, &e), COMPLAINT_E_HANDLE);
    complaint_error_free(e);
    assert_int_equal(complaint_calendar_due(h.country, COMPLAINT_UNIT_MINUTES, 1, 0, 0, 0, 0, 0, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_deadline_due_at(NULL), 0);
    assert_int_equal(complaint_deadline_original_at(NULL), 0);
    assert_int_equal(complaint_deadline_nominal_at(NULL), 0);
    assert_int_equal(complaint_deadline_last_day(NULL), 0);
    assert_int_equal(complaint_deadline_area_unknown(NULL), 0);
    assert_int_equal(complaint_deadline_status(NULL), COMPLAINT_ANNOUNCED);
    assert_null(complaint_calendar_retain(NULL));
    assert_string_equal(complaint_calendar_province(NULL), "");
    complaint_calendar_free(NULL);
    complaint_deadline_free(NULL);
}

static void a_year_without_data_is_never_silent(void **state) {
    (void)state;
    int32_t a = UNTOUCHED;
    int64_t b = UNTOUCHED;
    const char *outside[] = {"2000-12-31", "2031-01-01", "1940-02-29", "2156-12-31"};
    for (size_t i = 0; i < COUNT(outside); i++) {
        assert_int_equal(complaint_calendar_is_open(h.country, on(outside[i]), &a), COMPLAINT_E_NO_CALENDAR);
        assert_int_equal(complaint_calendar_add_working_days(h.country, on(outside[i]), 1, &a), COMPLAINT_E_NO_CALENDAR);
        assert_int_equal(complaint_calendar_next_office_moment(h.country, at(outside[i]), &b), COMPLAINT_E_NO_CALENDAR);
    }
    assert_int_equal(complaint_calendar_is_open(h.country, INT32_MAX, &a), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_calendar_is_open(h.country, COMPLAINT_DAY_FIRST - 1, &a), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_calendar_next_office_moment(h.country, INT64_MIN, &b), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_calendar_add_working_days(h.country, on("2030-12-30"), 1, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_add_working_days(h.country, on("2030-12-30"), INT32_MAX, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_add_working_days(h.country, on("2001-01-03"), -1, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_add_working_days(h.country, on("2001-01-03"), INT32_MIN, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_add_working_days(h.country, on("2030-12-31"), 0, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_next_office_moment(h.country, at("2030-12-30T16:30"), &b), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_count(h.country, on("2000-12-31"), on("2001-02-01"), &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_count(h.country, on("2030-01-01"), on("2031-01-02"), &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_count(h.country, on("2026-01-02"), on("2026-01-01"), &a), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_holiday_count(h.country, 2543, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_holiday_count(h.country, 2574, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_holiday_count(h.country, INT32_MIN, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_year_status(h.country, 2574, &a), COMPLAINT_E_NO_CALENDAR);
    assert_int_equal(complaint_calendar_holiday(h.country, 2569, -1, &a, &a, &a, &a), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_calendar_holiday(h.country, 2569, 1000, &a, &a, &a, &a), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(a, UNTOUCHED);
    assert_int_equal(b, UNTOUCHED);
    assert_int_equal(complaint_calendar_count(h.country, on("2030-12-30"), on("2031-01-01"), &a), COMPLAINT_OK);
    assert_int_equal(a, 1);
    assert_int_equal(complaint_calendar_count(h.country, on("2031-01-01"), on("2031-01-01"), &a), COMPLAINT_OK);
    assert_int_equal(a, 0);
}

static const struct {
    cpl_clock_rule rule;
    const char *subject;
} contradictions[] = {
    {{0, 1, 0, 0, 0, 0}, "unit"},
    {{5, 1, 0, 0, 0, 0}, "unit"},
    {{-1, 1, 0, 0, 0, 0}, "unit"},
    {{COMPLAINT_UNIT_CALENDAR_DAYS, -1, 0, 0, 0, 0}, "length"},
    {{COMPLAINT_UNIT_WORKING_DAYS, INT64_MIN, 0, 0, 0, 0}, "length"},
    {{COMPLAINT_UNIT_WORKING_DAYS, 0, COMPLAINT_FIRST_DAY_INCLUDED, 0, 0, 0}, "length"},
    {{COMPLAINT_UNIT_MINUTES, 0, 0, 0, 0, 0}, "length"},
    {{COMPLAINT_UNIT_WORKING_MINUTES, 0, 0, 0, 0, 0}, "length"},
    {{COMPLAINT_UNIT_WORKING_DAYS, 1, 2, 0, 0, 0}, "first_day"},
    {{COMPLAINT_UNIT_MINUTES, 1, COMPLAINT_FIRST_DAY_INCLUDED, 0, 0, 0}, "first_day"},
    {{COMPLAINT_UNIT_CALENDAR_DAYS, 1, 0, 3, 0, 0}, "roll"},
    {{COMPLAINT_UNIT_WORKING_MINUTES, 1, 0, COMPLAINT_ROLL_FOLLOWING, 0, 0}, "roll"},
    {{COMPLAINT_UNIT_CALENDAR_DAYS, 1, 0, 0, 2, 0}, "receipt"},
    {{COMPLAINT_UNIT_CALENDAR_DAYS, 1, 0, 0, 0, -1}, "due_at"},
    {{COMPLAINT_UNIT_MINUTES, 1, 0, 0, 0, COMPLAINT_DUE_OFFICE_CLOSE}, "due_at"},
};

static void a_rule_that_contradicts_itself_is_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(contradictions); i++) {
        const cpl_clock_rule *r = &contradictions[i].rule;
        complaint_deadline *d = NULL;
        complaint_error *e = NULL;
        assert_int_equal(complaint_calendar_due(h.country, r->unit, r->length, r->first_day, r->roll, r->receipt, r->due_at, at("2026-11-05T09:00"), &d, &e), COMPLAINT_E_INVALID);
        assert_null(d);
        assert_string_equal(complaint_error_subject(e), contradictions[i].subject);
        complaint_error_free(e);
    }
}

static const struct {
    cpl_clock_rule rule;
    const char *from;
    complaint_status status;
} beyond[] = {
    {{.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 1}, "2030-12-30T09:00", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 1}, "2000-12-29T09:00", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = INT32_MAX}, "2026-01-05T09:00", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = INT64_MAX}, "2026-01-05T09:00", COMPLAINT_E_RANGE},
    {{.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 2}, "2030-12-30T09:00", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = INT32_MAX}, "2030-12-30T09:00", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 1, .roll = COMPLAINT_ROLL_FOLLOWING}, "2030-12-30T09:00", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 1}, "2600-01-01", COMPLAINT_E_RANGE},
    {{.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 421}, "2030-12-30T08:30", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 1}, "2031-01-06T08:30", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_MINUTES, .length = 1, .receipt = COMPLAINT_RECEIPT_NEXT_WORKING_DAY}, "2030-12-30T16:30", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_MINUTES, .length = 1, .receipt = COMPLAINT_RECEIPT_NEXT_WORKING_DAY}, "2031-01-06T08:30", COMPLAINT_E_NO_CALENDAR},
    {{.unit = COMPLAINT_UNIT_MINUTES, .length = 1}, "2156-12-31T23:59", COMPLAINT_E_RANGE},
    {{.unit = COMPLAINT_UNIT_MINUTES, .length = INT64_MAX}, "2026-01-05T09:00", COMPLAINT_E_RANGE},
};

static void a_deadline_beyond_the_data_is_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(beyond); i++) {
        cpl_deadline d = {.last_day = UNTOUCHED};
        complaint_error e = {0};
        int64_t from = strcmp(beyond[i].from, "2600-01-01") == 0 ? INT64_MAX : at(beyond[i].from);
        complaint_status s = cpl_calendar_deadline(h.country, &beyond[i].rule, from, &d, &e);
        if (s != beyond[i].status) fail_msg("%zu: %d, not %d", i, s, beyond[i].status);
        assert_int_equal(e.status, s);
        assert_int_equal(d.last_day, UNTOUCHED);
        assert_int_equal(cpl_calendar_deadline(h.country, &beyond[i].rule, from, &d, NULL), s);
    }
}

/* ---- holidays ------------------------------------------------------------------------------------------------------- */

typedef struct row {
    char date[16], kind[16], scope[64], status[16];
} row;

/* The next line of the expected days; false at the end. */
static bool next_row(FILE *f, row *r) {
    char line[512];
    while (fgets(line, sizeof line, f)) {
        if (*line == '#') continue;
        assert_int_equal(sscanf(line, "%15[^\t]\t%15[^\t]\t%63[^\t]\t%15[^\t]", r->date, r->kind, r->scope, r->status), 4);
        return true;
    }
    return false;
}

static void check_row(FILE *f, int32_t year, int32_t index) {
    row r;
    char date[160];
    size_t n;
    int32_t day, kind, status;
    if (complaint_calendar_holiday_at_rest(h.country, year, index)) return; /* the list has weekdays only */
    assert_int_equal(complaint_calendar_holiday(h.country, year, index, &day, &kind, &status, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_date_format(day, COMPLAINT_DATE_ISO, 0, date, sizeof date, &n), COMPLAINT_OK);
    assert_true(next_row(f, &r));
    assert_string_equal(date, r.date);
    assert_string_equal(cpl_calendar_kind_name(kind), r.kind);
    assert_string_equal(complaint_calendar_holiday_scope(h.country, year, index), r.scope);
    assert_string_equal(status == COMPLAINT_PREDICTED ? "predicted" : "announced", r.status);
}

static void the_holidays_are_those_that_were_published(void **state) {
    (void)state;
    FILE *f = fopen(COMPLAINT_SOURCE_DIR "/tests/data/holidays.tsv", "r");
    row more;
    assert_non_null(f);
    for (int32_t year = 2553; year <= 2573; year++) {
        int32_t count;
        assert_int_equal(complaint_calendar_holiday_count(h.country, year, &count), COMPLAINT_OK);
        for (int32_t i = 0; i < count; i++) check_row(f, year, i);
    }
    assert_false(next_row(f, &more));
    fclose(f);
}

static void every_holiday_has_names_a_source_and_its_place(void **state) {
    (void)state;
    int32_t first, last, before = INT32_MIN, closed_days = 0;
    assert_int_equal(complaint_calendar_years(h.country, &first, &last), COMPLAINT_OK);
    assert_true(first == 2544 && last == 2573);
    for (int32_t year = first; year <= last; year++) {
        int32_t count, status, day, its_status, closed, kind;
        assert_int_equal(complaint_calendar_holiday_count(h.country, year, &count), COMPLAINT_OK);
        assert_in_range(count, 17, 32);
        assert_int_equal(complaint_calendar_year_status(h.country, year, &status), COMPLAINT_OK);
        assert_int_equal(status, year <= 2569 ? COMPLAINT_ANNOUNCED : COMPLAINT_PREDICTED);
        for (int32_t i = 0; i < count; i++, before = day) {
            assert_int_equal(complaint_calendar_holiday(h.country, year, i, &day, &kind, &its_status, &closed), COMPLAINT_OK);
            assert_true(day > before);
            bool at_rest = complaint_calendar_holiday_at_rest(h.country, year, i);
            assert_int_equal(at_rest, complaint_date_weekday(day) >= COMPLAINT_SATURDAY);
            assert_int_equal(its_status, status);
            assert_int_equal(is_open(h.country, day), !closed && !at_rest);
            assert_int_equal(closed, strcmp(complaint_calendar_holiday_scope(h.country, year, i), "national") == 0);
            assert_non_null(strstr(complaint_calendar_holiday_name(h.country, year, i, COMPLAINT_THAI), "วัน"));
            assert_true(strlen(complaint_calendar_holiday_name(h.country, year, i, COMPLAINT_ENGLISH)) > 5);
            assert_non_null(strstr(complaint_calendar_holiday_source(h.country, year, i), ": "));
            closed_days += closed && !at_rest;
        }
    }
    int32_t working, weekdays = 0;
    for (int32_t day = on("2001-01-01"); day < on("2031-01-01"); day++) weekdays += complaint_date_weekday(day) < COMPLAINT_SATURDAY;
    assert_int_equal(complaint_calendar_count(h.country, on("2001-01-01"), on("2031-01-01"), &working), COMPLAINT_OK);
    assert_int_equal(working, weekdays - closed_days);
}

static void substitutes_say_for_what_they_are(void **state) {
    (void)state;
    int32_t count, day;
    bool seen = false;
    assert_int_equal(complaint_calendar_holiday_count(h.country, 2561, &count), COMPLAINT_OK);
    for (int32_t i = 0; i < count; i++) {
        assert_int_equal(complaint_calendar_holiday(h.country, 2561, i, &day, NULL, NULL, NULL), COMPLAINT_OK);
        if (day != on("2018-07-30")) continue; /* one substitute for two holidays on Saturday 28 July */
        seen = true;
        assert_string_equal(complaint_calendar_holiday_name(h.country, 2561, i, COMPLAINT_THAI), "วันหยุดชดเชยวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัวและวันเข้าพรรษา");
        assert_string_equal(complaint_calendar_holiday_name(h.country, 2561, i, COMPLAINT_ENGLISH),
                            "HM King Maha Vajiralongkorn's Birthday (in lieu); Buddhist Lent Day (in lieu)");
    }
    assert_true(seen);
}

/* ---- provinces ------------------------------------------------------------------------------------------------------ */

static const cpl_clock_rule next_day = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 1};

static void a_day_for_some_provinces_closes_those_only(void **state) {
    (void)state;
    int32_t north = on("2021-03-26"), apec = on("2022-11-17");
    assert_false(is_open(h.chiangrai, north));
    assert_false(is_open(h.phrae, north));
    assert_true(is_open(h.country, north));
    assert_true(is_open(h.nonthaburi, north));
    assert_false(is_open(h.nonthaburi, apec));
    assert_true(is_open(h.chiangrai, apec));
    assert_string_equal(complaint_calendar_province(h.chiangrai), "TH-57");
    assert_string_equal(complaint_calendar_province(h.country), "");
}

/* The holidays of a Buddhist year's day whose list of provinces is known to be incomplete. */
static int incomplete_on(const complaint_calendar *c, int32_t year, int32_t day) {
    int32_t count, when;
    int found = 0;
    assert_int_equal(complaint_calendar_holiday_count(c, year, &count), COMPLAINT_OK);
    for (int32_t i = 0; i < count; i++) {
        assert_int_equal(complaint_calendar_holiday(c, year, i, &when, NULL, NULL, NULL), COMPLAINT_OK);
        bool complete = complaint_calendar_holiday_scope_complete(c, year, i) == 1;
        assert_true(complete || strncmp(complaint_calendar_holiday_scope(c, year, i), "area:", 5) == 0);
        found += when == day && !complete;
    }
    return found;
}

static void an_unknown_list_of_provinces_is_a_warning_and_no_guess(void **state) {
    (void)state;
    cpl_deadline d;
    assert_int_equal(incomplete_on(h.country, 2564, on("2021-03-26")), 1);
    assert_int_equal(incomplete_on(h.country, 2565, on("2022-11-17")), 0);
    assert_int_equal(complaint_calendar_holiday_scope_complete(h.country, 2564, 1000), 1); /* of none nothing is unknown */
    assert_true(is_open(h.chiangmai, on("2021-03-26")));
    assert_int_equal(cpl_calendar_deadline(h.chiangmai, &next_day, at("2021-03-25T09:00"), &d, NULL), COMPLAINT_OK);
    assert_int_equal(d.last_day, on("2021-03-26"));
    assert_int_equal(d.area_unknown, 1);
    assert_int_equal(cpl_calendar_deadline(h.chiangmai, &next_day, at("2021-03-26T09:00"), &d, NULL), COMPLAINT_OK);
    assert_int_equal(d.area_unknown, 1);
    assert_int_equal(cpl_calendar_deadline(h.chiangmai, &next_day, at("2021-03-29T09:00"), &d, NULL), COMPLAINT_OK);
    assert_int_equal(d.area_unknown, 0);
    assert_int_equal(cpl_calendar_deadline(h.chiangrai, &next_day, at("2021-03-25T09:00"), &d, NULL), COMPLAINT_OK);
    assert_int_equal(d.last_day, on("2021-03-29"));
    assert_int_equal(d.area_unknown, 0);
    assert_int_equal(cpl_calendar_deadline(h.country, &next_day, at("2021-03-25T09:00"), &d, NULL), COMPLAINT_OK);
    assert_int_equal(d.area_unknown, 0);
    /* Bangkok and its neighbours are fully known, so nobody else is warned. */
    assert_int_equal(cpl_calendar_deadline(h.chiangmai, &next_day, at("2022-11-16T09:00"), &d, NULL), COMPLAINT_OK);
    assert_int_equal(d.area_unknown, 0);
}

/* ---- working days --------------------------------------------------------------------------------------------------- */

static void adding_and_counting_agree_with_stepping(void **state) {
    (void)state;
    const int32_t first = on("2025-11-01"), end = on("2027-06-01");
    for (int32_t day = first; day < end; day++) {
        int32_t result, count, steps = 0;
        assert_int_equal(complaint_calendar_add_working_days(h.chiangrai, day, 0, &result), COMPLAINT_OK);
        int32_t walked = day;
        while (!is_open(h.chiangrai, walked)) walked++;
        assert_int_equal(result, walked);
        for (walked = day; steps < 40;) {
            assert_int_equal(complaint_calendar_count(h.chiangrai, day, walked, &count), COMPLAINT_OK);
            assert_int_equal(count, steps - (steps > 0) + (steps > 0 && is_open(h.chiangrai, day)));
            while (!is_open(h.chiangrai, ++walked)) continue;
            assert_int_equal(complaint_calendar_add_working_days(h.chiangrai, day, ++steps, &result), COMPLAINT_OK);
            assert_int_equal(result, walked);
        }
        for (walked = day, steps = 0; steps > -40;) {
            while (!is_open(h.chiangrai, --walked)) continue;
            assert_int_equal(complaint_calendar_add_working_days(h.chiangrai, day, --steps, &result), COMPLAINT_OK);
            assert_int_equal(result, walked);
        }
    }
}

static const struct {
    const char *instant, *moment;
} moments[] = {
    {"2026-11-05T00:00", "2026-11-05T08:30"},
    {"2026-11-05T08:29:59.999", "2026-11-05T08:30"},
    {"2026-11-05T08:30", "2026-11-05T08:30"},
    {"2026-11-05T11:59:59.999", "2026-11-05T11:59:59.999"},
    {"2026-11-05T12:00", "2026-11-05T13:00"},
    {"2026-11-05T12:59:59.999", "2026-11-05T13:00"},
    {"2026-11-05T16:29:59.999", "2026-11-05T16:29:59.999"},
    {"2026-11-05T16:30", "2026-11-06T08:30"},
    {"2026-11-05T23:59:59.999", "2026-11-06T08:30"},
    {"2026-11-06T16:30", "2026-11-09T08:30"},
    {"2026-04-10T16:30", "2026-04-16T08:30"},
    {"2026-04-14T10:00", "2026-04-16T08:30"},
    {"2026-12-30T17:00", "2027-01-04T08:30"},
};

static void the_next_office_moment_skips_lunch_nights_and_holidays(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(moments); i++) {
        int64_t moment;
        assert_int_equal(complaint_calendar_next_office_moment(h.chiangrai, at(moments[i].instant), &moment), COMPLAINT_OK);
        same_instant(moments[i].instant, moment, moments[i].moment);
    }
}

/* ---- deadlines of the procedure ------------------------------------------------------------------------------------- */

static const cpl_clock_rule acknowledge = {.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 1},                                                       /* CR-T2, CR-T4 */
    escalate = {.unit = COMPLAINT_UNIT_MINUTES, .length = 60},                                                                                       /* CR-T3 */
    follow_up = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 7},                                                                                  /* CR-T5 */
    notify = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 3},                                                                                     /* CR-T6, PR-13 */
    result = {.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 15},                                                                                   /* PR-13 */
    information = {COMPLAINT_UNIT_WORKING_DAYS, 1, COMPLAINT_FIRST_DAY_INCLUDED, 0, COMPLAINT_RECEIPT_NEXT_WORKING_DAY, COMPLAINT_DUE_OFFICE_CLOSE}, /* PR-12.1 */
    breach = {.unit = COMPLAINT_UNIT_MINUTES, .length = 4320},                                                                                       /* PDPA */
    four_hours = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 240}, morning = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 210},
                            whole_day = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 420}, same_day = {.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 0},
                            person = {.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 30, .roll = COMPLAINT_ROLL_FOLLOWING}, /* CCC 193/8 */
    person_before = {.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 30, .roll = COMPLAINT_ROLL_PRECEDING},
                            weekend_before = {.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 1, .roll = COMPLAINT_ROLL_PRECEDING},
                            included = {COMPLAINT_UNIT_CALENDAR_DAYS, 3, COMPLAINT_FIRST_DAY_INCLUDED, 0, 0, 0},
                            hour_of_office = {COMPLAINT_UNIT_MINUTES, 60, 0, 0, COMPLAINT_RECEIPT_NEXT_WORKING_DAY, 0},
                            closing = {COMPLAINT_UNIT_CALENDAR_DAYS, 2, 0, COMPLAINT_ROLL_FOLLOWING, 0, COMPLAINT_DUE_OFFICE_CLOSE};

static const struct {
    const cpl_clock_rule *rule;
    const char *from, *nominal, *due, *last;
    int32_t predicted;
} deadlines[] = {
    /* The day runs from 00:00 in Bangkok, wherever the computer stands. */
    {&acknowledge, "2026-11-05T00:00", "2026-11-07", "2026-11-07", "2026-11-06", 0},
    {&acknowledge, "2026-11-05T23:59:59.999", "2026-11-07", "2026-11-07", "2026-11-06", 0},
    {&acknowledge, "2026-11-05T16:59:59.999Z", "2026-11-07", "2026-11-07", "2026-11-06", 0},
    {&acknowledge, "2026-11-05T17:00Z", "2026-11-08", "2026-11-08", "2026-11-07", 0},
    /* An authority's own duty: the last day counts even in Songkran. */
    {&acknowledge, "2026-04-12T23:59:59.999", "2026-04-14", "2026-04-14", "2026-04-13", 0},
    {&acknowledge, "2026-04-13T00:00", "2026-04-15", "2026-04-15", "2026-04-14", 0},
    {&acknowledge, "2026-12-31T23:59:59.999", "2027-01-02", "2027-01-02", "2027-01-01", 1},
    {&acknowledge, "2026-12-30T12:00", "2027-01-01", "2027-01-01", "2026-12-31", 0},
    {&same_day, "2026-11-05T23:00", "2026-11-06", "2026-11-06", "2026-11-05", 0},
    {&included, "2026-11-05T10:00", "2026-11-08", "2026-11-08", "2026-11-07", 0},
    {&escalate, "2026-12-31T23:00", "2027-01-01", "2027-01-01", "2026-12-31", 0},
    {&escalate, "2026-12-31T23:30", "2027-01-01T00:30", "2027-01-01T00:30", "2027-01-01", 0},
    {&escalate, "2040-04-13T23:30", "2040-04-14T00:30", "2040-04-14T00:30", "2040-04-14", 0},
    {&breach, "2026-04-12T08:15", "2026-04-15T08:15", "2026-04-15T08:15", "2026-04-15", 0},
    {&hour_of_office, "2026-04-12T08:15", "2026-04-16T09:30", "2026-04-16T09:30", "2026-04-16", 0},
    {&hour_of_office, "2026-04-16T07:00", "2026-04-16T09:30", "2026-04-16T09:30", "2026-04-16", 0},
    {&hour_of_office, "2026-04-16T12:30", "2026-04-16T13:30", "2026-04-16T13:30", "2026-04-16", 0},
    {&follow_up, "2026-04-09T15:00", "2026-04-24", "2026-04-24", "2026-04-23", 0},
    {&follow_up, "2026-04-13T15:00", "2026-04-25", "2026-04-25", "2026-04-24", 0},
    {&notify, "2026-12-30T10:00", "2027-01-07", "2027-01-07", "2027-01-06", 1},
    {&notify, "2025-12-30T10:00", "2026-01-08", "2026-01-08", "2026-01-07", 0},
    {&notify, "2020-04-10T10:00", "2020-04-16", "2020-04-16", "2020-04-15", 0}, /* Songkran 2563 was suspended */
    {&result, "2026-04-01T16:00", "2026-04-17", "2026-04-17", "2026-04-16", 0},
    {&result, "2026-03-31T16:00", "2026-04-16", "2026-04-16", "2026-04-15", 0},
    {&information, "2026-04-10T16:29:59.999", "2026-04-10T16:30", "2026-04-10T16:30", "2026-04-10", 0},
    {&information, "2026-04-10T16:30", "2026-04-16T16:30", "2026-04-16T16:30", "2026-04-16", 0},
    {&information, "2026-04-11T10:00", "2026-04-16T16:30", "2026-04-16T16:30", "2026-04-16", 0},
    {&information, "2026-04-16T00:00", "2026-04-16T16:30", "2026-04-16T16:30", "2026-04-16", 0},
    {&person, "2026-03-14T10:00", "2026-04-14", "2026-04-17", "2026-04-16", 0},
    {&person_before, "2026-03-14T10:00", "2026-04-14", "2026-04-11", "2026-04-10", 0},
    {&weekend_before, "2026-11-07T10:00", "2026-11-09", "2026-11-10", "2026-11-09", 0}, /* never before the first counted day */
    {&closing, "2026-11-05T10:00", "2026-11-07T16:30", "2026-11-09T16:30", "2026-11-09", 0},
    {&four_hours, "2026-11-05T08:30", "2026-11-05T13:30", "2026-11-05T13:30", "2026-11-05", 0},
    {&four_hours, "2026-11-05T12:30", "2026-11-06T09:00", "2026-11-06T09:00", "2026-11-06", 0},
    {&four_hours, "2026-04-10T13:30", "2026-04-16T09:30", "2026-04-16T09:30", "2026-04-16", 0},
    {&four_hours, "2026-04-10T12:30", "2026-04-16T09:00", "2026-04-16T09:00", "2026-04-16", 0},
    {&four_hours, "2026-04-14T03:00", "2026-04-16T13:30", "2026-04-16T13:30", "2026-04-16", 0},
    {&morning, "2026-11-05T08:30", "2026-11-05T12:00", "2026-11-05T12:00", "2026-11-05", 0}, /* not 13:00 */
    {&morning, "2026-11-05T07:00", "2026-11-05T12:00", "2026-11-05T12:00", "2026-11-05", 0},
    {&morning, "2026-11-05T12:00", "2026-11-05T16:30", "2026-11-05T16:30", "2026-11-05", 0}, /* not the next opening */
    {&whole_day, "2026-04-09T16:30", "2026-04-10T16:30", "2026-04-10T16:30", "2026-04-10", 0},
    {&whole_day, "2026-04-10T08:30:00.001", "2026-04-16T08:30:00.001", "2026-04-16T08:30:00.001", "2026-04-16", 0},
};

static void the_deadlines_of_the_procedure_hold_at_their_edges(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(deadlines); i++) {
        const cpl_clock_rule *r = deadlines[i].rule;
        complaint_deadline *d;
        assert_int_equal(complaint_calendar_due(h.chiangrai, r->unit, r->length, r->first_day, r->roll, r->receipt, r->due_at, at(deadlines[i].from), &d, NULL), COMPLAINT_OK);
        same_instant(deadlines[i].from, complaint_deadline_nominal_at(d), deadlines[i].nominal);
        same_instant(deadlines[i].from, complaint_deadline_due_at(d), deadlines[i].due);
        assert_int_equal(complaint_deadline_last_day(d), on(deadlines[i].last));
        assert_int_equal(complaint_deadline_status(d), deadlines[i].predicted ? COMPLAINT_PREDICTED : COMPLAINT_ANNOUNCED);
        assert_int_equal(complaint_deadline_area_unknown(d), 0);
        complaint_deadline_free(d);
    }
}

/* Office time between two instants, minute by minute. */
static int64_t minutes_walked(const complaint_calendar *c, int64_t from, int64_t until) {
    int64_t sum = 0;
    for (int64_t t = from; t < until; t += CPL_MINUTE_MS) {
        int64_t moment;
        assert_int_equal(complaint_calendar_next_office_moment(c, t, &moment), COMPLAINT_OK);
        sum += moment == t;
    }
    return sum;
}

static void working_minutes_agree_with_walking(void **state) {
    (void)state;
    for (int64_t from = at("2026-04-09T05:07"); from < at("2026-04-17T00:00"); from += 97 * CPL_MINUTE_MS) {
        for (int64_t length = 1; length < 1300; length += 59) {
            cpl_clock_rule rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = length};
            cpl_deadline d;
            assert_int_equal(cpl_calendar_deadline(h.chiangrai, &rule, from, &d, NULL), COMPLAINT_OK);
            assert_int_equal(minutes_walked(h.chiangrai, from, d.due_at), length);
            /* And not a moment later than it had to be. */
            assert_int_equal(minutes_walked(h.chiangrai, from, d.due_at - CPL_MINUTE_MS), length - 1);
        }
    }
}

/* ---- words ---------------------------------------------------------------------------------------------------------- */

static void every_number_has_its_word(void **state) {
    (void)state;
    for (int32_t i = -1; i < 9; i++) {
        const char *name;
        if ((name = cpl_calendar_unit_name(i))) assert_int_equal(cpl_calendar_unit_find(cpl_str_of(name)), i);
        if ((name = cpl_calendar_first_day_name(i))) assert_int_equal(cpl_calendar_first_day_find(cpl_str_of(name)), i);
        if ((name = cpl_calendar_roll_name(i))) assert_int_equal(cpl_calendar_roll_find(cpl_str_of(name)), i);
        if ((name = cpl_calendar_receipt_name(i))) assert_int_equal(cpl_calendar_receipt_find(cpl_str_of(name)), i);
        if ((name = cpl_calendar_due_at_name(i))) assert_int_equal(cpl_calendar_due_at_find(cpl_str_of(name)), i);
    }
    assert_int_equal(cpl_calendar_unit_find(CPL_LIT("working_days")), COMPLAINT_UNIT_WORKING_DAYS);
    assert_int_equal(cpl_calendar_roll_find(CPL_LIT("preceding")), COMPLAINT_ROLL_PRECEDING);
    assert_int_equal(cpl_calendar_unit_find(CPL_LIT("working_day")), -1);
    assert_int_equal(cpl_calendar_unit_find(CPL_LIT("")), -1);
    assert_null(cpl_calendar_unit_name(0));
    assert_null(cpl_calendar_kind_name(6));
}

/* ---- life ----------------------------------------------------------------------------------------------------------- */

static bool build_and_ask(test_alloc *a, void *context) {
    (void)context;
    complaint_calendar *c = NULL;
    complaint_deadline *d = NULL;
    complaint_error *e = NULL;
    complaint_status s = complaint_calendar_builtin(&a->table, "TH-57", &c, &e);
    if (s == COMPLAINT_OK) s = complaint_calendar_due(c, COMPLAINT_UNIT_WORKING_DAYS, 7, 0, 0, 0, 0, at("2026-04-09T15:00"), &d, &e);
    if (s == COMPLAINT_OK) assert_int_equal(complaint_deadline_last_day(d), on("2026-04-23"));
    if (s != COMPLAINT_OK) assert_int_equal(s, COMPLAINT_E_MEMORY);
    complaint_calendar_free(c); /* before its deadline */
    complaint_deadline_free(d);
    complaint_error_free(e);
    return s == COMPLAINT_OK;
}

static void no_memory_leaves_nothing_behind(void **state) {
    (void)state;
    test_alloc_loop(build_and_ask, NULL);
}

static void *use(void *calendar) {
    int32_t day;
    for (int i = 0; i < 20000; i++) {
        complaint_calendar *mine = complaint_calendar_retain(calendar);
        if (complaint_calendar_add_working_days(mine, i % 5000 + 12000, 15, &day) != COMPLAINT_OK) return NULL;
        complaint_calendar_free(mine);
    }
    return calendar;
}

static void threads_share_a_calendar(void **state) {
    (void)state;
    complaint_calendar *c = builtin("TH-54");
    pthread_t threads[2];
    void *answer;
    for (size_t i = 0; i < COUNT(threads); i++) assert_int_equal(pthread_create(&threads[i], NULL, use, c), 0);
    for (size_t i = 0; i < COUNT(threads); i++) {
        assert_int_equal(pthread_join(threads[i], &answer), 0);
        assert_ptr_equal(answer, c);
    }
    complaint_calendar_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_province_is_refused),
        cmocka_unit_test(null_is_refused),
        cmocka_unit_test(a_year_without_data_is_never_silent),
        cmocka_unit_test(a_rule_that_contradicts_itself_is_refused),
        cmocka_unit_test(a_deadline_beyond_the_data_is_refused),
        cmocka_unit_test(no_memory_leaves_nothing_behind),
        cmocka_unit_test(the_holidays_are_those_that_were_published),
        cmocka_unit_test(every_holiday_has_names_a_source_and_its_place),
        cmocka_unit_test(substitutes_say_for_what_they_are),
        cmocka_unit_test(a_day_for_some_provinces_closes_those_only),
        cmocka_unit_test(an_unknown_list_of_provinces_is_a_warning_and_no_guess),
        cmocka_unit_test(adding_and_counting_agree_with_stepping),
        cmocka_unit_test(the_next_office_moment_skips_lunch_nights_and_holidays),
        cmocka_unit_test(the_deadlines_of_the_procedure_hold_at_their_edges),
        cmocka_unit_test(working_minutes_agree_with_walking),
        cmocka_unit_test(every_number_has_its_word),
        cmocka_unit_test(threads_share_a_calendar),
    };
    return cmocka_run_group_tests(tests, open_houses, close_houses);
}
