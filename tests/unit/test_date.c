/* Dates: what no calendar has, then every day of the range, the two short years, and how dates are read and written. */
#include <complaint/date.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum { FIRST = COMPLAINT_DAY_FIRST, LAST = COMPLAINT_DAY_LAST, UNTOUCHED = -77 };

static const int64_t day_ms = 86400000, bangkok_ms = 7 * 3600000;

static int32_t thai(int32_t year, int32_t month, int32_t day) {
    int32_t found;
    assert_int_equal(complaint_date_from_thai(year, month, day, &found), COMPLAINT_OK);
    return found;
}

static int32_t gregorian(int32_t year, int32_t month, int32_t day) {
    int32_t found;
    assert_int_equal(complaint_date_from_gregorian(year, month, day, &found), COMPLAINT_OK);
    return found;
}

/* ---- what there is not ------------------------------------------------------------------------------------------- */

static const struct {
    bool is_thai;
    int32_t year, month, day;
    complaint_status status;
} no_dates[] = {
    {true, 2569, 2, 29, COMPLAINT_E_INVALID},
    {true, 2569, 2, 31, COMPLAINT_E_INVALID},
    {true, 2569, 4, 31, COMPLAINT_E_INVALID},
    {true, 2569, 13, 1, COMPLAINT_E_INVALID},
    {true, 2569, 0, 1, COMPLAINT_E_INVALID},
    {true, 2569, 1, 0, COMPLAINT_E_INVALID},
    {true, 2569, -1, -1, COMPLAINT_E_INVALID},
    {true, 2483, 1, 15, COMPLAINT_E_INVALID},
    {true, 2483, 3, 31, COMPLAINT_E_INVALID},
    {true, 2483, 2, 29, COMPLAINT_E_INVALID},
    {true, 2481, 2, 29, COMPLAINT_E_INVALID},
    {true, 2443, 2, 29, COMPLAINT_E_INVALID},
    {true, 2442, 2, 29, COMPLAINT_E_INVALID},
    {true, 2431, 4, 1, COMPLAINT_E_RANGE},
    {true, 2700, 1, 1, COMPLAINT_E_RANGE},
    {true, 2026, 11, 5, COMPLAINT_E_RANGE},
    {true, INT32_MIN, 1, 1, COMPLAINT_E_RANGE},
    {true, INT32_MAX, 1, 1, COMPLAINT_E_RANGE},
    {false, 1889, 3, 31, COMPLAINT_E_RANGE},
    {false, 2157, 1, 1, COMPLAINT_E_RANGE},
    {false, 2026, 2, 29, COMPLAINT_E_INVALID},
    {false, 1900, 2, 29, COMPLAINT_E_INVALID},
    {false, 2100, 2, 29, COMPLAINT_E_INVALID},
    {false, 2026, 6, 31, COMPLAINT_E_INVALID},
    {false, 2569, 11, 5, COMPLAINT_E_RANGE},
    {false, 0, 1, 1, COMPLAINT_E_RANGE},
    {false, INT32_MIN, 1, 1, COMPLAINT_E_RANGE},
    {false, INT32_MAX, 13, 99, COMPLAINT_E_RANGE},
    {false, 2026, INT32_MAX, 1, COMPLAINT_E_INVALID},
    {false, 2026, 1, INT32_MAX, COMPLAINT_E_INVALID},
};

static void a_date_that_never_was_is_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(no_dates); i++) {
        int32_t day = UNTOUCHED;
        complaint_status s = no_dates[i].is_thai ? complaint_date_from_thai(no_dates[i].year, no_dates[i].month, no_dates[i].day, &day)
                                                 : complaint_date_from_gregorian(no_dates[i].year, no_dates[i].month, no_dates[i].day, &day);
        if (s != no_dates[i].status) fail_msg("%d-%d-%d: %d, not %d", no_dates[i].year, no_dates[i].month, no_dates[i].day, s, no_dates[i].status);
        assert_int_equal(day, UNTOUCHED);
    }
}

static void what_lies_outside_the_range_is_refused(void **state) {
    (void)state;
    const int32_t days[] = {FIRST - 1, LAST + 1, INT32_MIN, INT32_MAX};
    int32_t a = UNTOUCHED, b = UNTOUCHED, c = UNTOUCHED;
    int64_t instant = UNTOUCHED;
    for (size_t i = 0; i < COUNT(days); i++) {
        assert_int_equal(complaint_date_to_gregorian(days[i], &a, &b, &c), COMPLAINT_E_RANGE);
        assert_int_equal(complaint_date_to_thai(days[i], &a, &b, &c), COMPLAINT_E_RANGE);
        assert_int_equal(complaint_date_start(days[i], &instant), COMPLAINT_E_RANGE);
        assert_int_equal(complaint_date_fiscal_year(days[i], &a), COMPLAINT_E_RANGE);
        assert_int_equal(complaint_date_weekday(days[i]), 0);
    }
    const int64_t instants[] = {FIRST * day_ms - bangkok_ms - 1, (LAST + 1) * day_ms - bangkok_ms, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < COUNT(instants); i++) assert_int_equal(complaint_date_of_instant(instants[i], &a, &instant), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_of_instant(instants[0] + 1, &b, &instant), COMPLAINT_OK);
    assert_int_equal(b, FIRST);
    assert_int_equal(instant, 0);
    assert_int_equal(complaint_date_of_instant(instants[1] - 1, &b, &instant), COMPLAINT_OK);
    assert_int_equal(b, LAST);
    assert_int_equal(instant, day_ms - 1);
    assert_int_equal(a, UNTOUCHED);
    assert_int_equal(c, UNTOUCHED);
}

static void null_is_refused(void **state) {
    (void)state;
    int32_t a;
    int64_t b;
    size_t needed;
    char buffer[8];
    assert_int_equal(complaint_date_from_thai(2569, 1, 1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_from_gregorian(2026, 1, 1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_to_thai(0, &a, NULL, &a), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_to_gregorian(0, &a, &a, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_of_instant(0, NULL, &b), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_start(0, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_fiscal_year(0, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_fiscal_year_days(2569, &a, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format(0, COMPLAINT_DATE_ISO, 0, buffer, sizeof buffer, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format(0, COMPLAINT_DATE_ISO, 0, NULL, 8, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_parse_iso(NULL, 3, &a, &a, &b, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_parse_iso("2026-11-05", 10, NULL, NULL, NULL, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_date_parse_iso("x", 1, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
}

/* ---- every day ------------------------------------------------------------------------------------------------------ */

/* A clerk's calendar: tears off one leaf a day and knows nothing of formulas. */
typedef struct leaf {
    int32_t year, month, day, be, weekday;
} leaf;

static void tear_off(leaf *l) {
    const int32_t length[] = {31, l->year % 4 == 0 && (l->year % 100 != 0 || l->year % 400 == 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    l->weekday = l->weekday % 7 + 1;
    if (++l->day <= length[l->month - 1]) return;
    l->day = 1;
    if (++l->month == 13) {
        l->month = 1;
        l->year++;
    }
    if (l->month == (l->year <= 1940 ? 4 : 1)) l->be++;
}

static void every_day_of_the_range_goes_there_and_back(void **state) {
    (void)state;
    leaf l = {1889, 4, 1, 2432, COMPLAINT_MONDAY};
    int32_t year, month, day, fiscal, on;
    int64_t start, ms;
    for (int32_t d = FIRST; d <= LAST; d++, tear_off(&l)) {
        assert_int_equal(complaint_date_to_gregorian(d, &year, &month, &day), COMPLAINT_OK);
        assert_true(year == l.year && month == l.month && day == l.day);
        assert_int_equal(gregorian(year, month, day), d);
        assert_int_equal(complaint_date_to_thai(d, &year, &month, &day), COMPLAINT_OK);
        assert_true(year == l.be && month == l.month && day == l.day);
        assert_int_equal(thai(year, month, day), d);
        assert_int_equal(complaint_date_weekday(d), l.weekday);
        assert_int_equal(complaint_date_fiscal_year(d, &fiscal), COMPLAINT_OK);
        assert_int_equal(fiscal, l.year + 543 + (l.month > 9));
        assert_int_equal(complaint_date_start(d, &start), COMPLAINT_OK);
        assert_int_equal(complaint_date_of_instant(start, &on, &ms), COMPLAINT_OK);
        assert_true(on == d && ms == 0);
        if (d == FIRST) continue;
        assert_int_equal(complaint_date_of_instant(start - 1, &on, &ms), COMPLAINT_OK);
        assert_true(on == d - 1 && ms == day_ms - 1);
    }
    assert_true(l.year == 2157 && l.month == 1 && l.day == 1 && l.be == 2700);
}

static void the_year_2483_had_nine_months(void **state) {
    (void)state;
    assert_int_equal(thai(2432, 4, 1), gregorian(1889, 4, 1));
    assert_int_equal(thai(2432, 3, 31), gregorian(1890, 3, 31));
    assert_int_equal(thai(2475, 6, 24), gregorian(1932, 6, 24));
    assert_int_equal(thai(2482, 1, 15), gregorian(1940, 1, 15));
    assert_int_equal(thai(2482, 2, 29), gregorian(1940, 2, 29));
    assert_int_equal(thai(2482, 3, 31), gregorian(1940, 3, 31));
    assert_int_equal(thai(2483, 4, 1), gregorian(1940, 4, 1));
    assert_int_equal(thai(2483, 12, 31), gregorian(1940, 12, 31));
    assert_int_equal(thai(2484, 1, 1), gregorian(1941, 1, 1));
    assert_int_equal(thai(2484, 1, 1), thai(2483, 12, 31) + 1);
    assert_int_equal(thai(2483, 4, 1), thai(2482, 3, 31) + 1);
    assert_int_equal(thai(2699, 12, 31), LAST);
}

static void a_fiscal_year_runs_from_october(void **state) {
    (void)state;
    int32_t year, first, end;
    assert_int_equal(complaint_date_fiscal_year(thai(2569, 9, 30), &year), COMPLAINT_OK);
    assert_int_equal(year, 2569);
    assert_int_equal(complaint_date_fiscal_year(thai(2569, 10, 1), &year), COMPLAINT_OK);
    assert_int_equal(year, 2570);
    assert_int_equal(complaint_date_fiscal_year_days(2569, &first, &end), COMPLAINT_OK);
    assert_int_equal(first, thai(2568, 10, 1));
    assert_int_equal(end, thai(2569, 10, 1));
    assert_int_equal(complaint_date_fiscal_year_days(2432, &first, &end), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_fiscal_year_days(2433, &first, &end), COMPLAINT_OK);
    assert_int_equal(complaint_date_fiscal_year_days(2699, &first, &end), COMPLAINT_OK);
    assert_int_equal(complaint_date_fiscal_year_days(2700, &first, &end), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_fiscal_year_days(INT32_MIN, &first, &end), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_fiscal_year_days(INT32_MAX, &first, &end), COMPLAINT_E_RANGE);
}

/* ---- reading -------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    complaint_status status;
    size_t offset;
} not_iso[] = {
    {"", COMPLAINT_E_INVALID, 0},
    {" 2026-11-05", COMPLAINT_E_INVALID, 0},
    {"2026", COMPLAINT_E_INVALID, 4},
    {"2026-1-05", COMPLAINT_E_INVALID, 6},
    {"2026-11", COMPLAINT_E_INVALID, 7},
    {"2026-11-5", COMPLAINT_E_INVALID, 9},
    {"2026-13-01", COMPLAINT_E_INVALID, 5},
    {"2026-00-01", COMPLAINT_E_INVALID, 5},
    {"2026-02-29", COMPLAINT_E_INVALID, 8},
    {"2026-02-00", COMPLAINT_E_INVALID, 8},
    {"2026-02-32", COMPLAINT_E_INVALID, 8},
    {"2026/11/05", COMPLAINT_E_INVALID, 4},
    {"20261105", COMPLAINT_E_INVALID, 4},
    {"2026-11-05 ", COMPLAINT_E_INVALID, 10},
    {"2026-11-05 08:30", COMPLAINT_E_INVALID, 10},
    {"2026-11-05t08:30", COMPLAINT_E_INVALID, 10},
    {"2026-11-05Z", COMPLAINT_E_INVALID, 10},
    {"2026-11-05T", COMPLAINT_E_INVALID, 11},
    {"2026-11-05T8:30", COMPLAINT_E_INVALID, 12},
    {"2026-11-05T08", COMPLAINT_E_INVALID, 13},
    {"2026-11-05T08.30", COMPLAINT_E_INVALID, 13},
    {"2026-11-05T25:00", COMPLAINT_E_INVALID, 11},
    {"2026-11-05T083:00", COMPLAINT_E_INVALID, 13},
    {"2026-11-05T๐๘:30", COMPLAINT_E_INVALID, 11},
    {"2026-11-05T08:๓๐", COMPLAINT_E_INVALID, 14},
    {"2026-11-05T08:30:00.๑", COMPLAINT_E_INVALID, 20},
    {"2026-11-05T08:30:00,1", COMPLAINT_E_INVALID, 19},
    {"2026-1๑-05", COMPLAINT_E_INVALID, 6},
    {"2026–11-05", COMPLAINT_E_INVALID, 4},
    {"2026-11-055", COMPLAINT_E_INVALID, 10},
    {"2026-11-05T24:30", COMPLAINT_E_INVALID, 11},
    {"2026-11-05T24:00:00.001", COMPLAINT_E_INVALID, 11},
    {"2026-11-05T08:60", COMPLAINT_E_INVALID, 14},
    {"2026-11-05T08:30:60", COMPLAINT_E_INVALID, 17},
    {"2026-11-05T08:30:00.", COMPLAINT_E_INVALID, 20},
    {"2026-11-05T08:30:00.1234", COMPLAINT_E_INVALID, 23},
    {"2026-11-05T08:30.5", COMPLAINT_E_INVALID, 16},
    {"2026-11-05T08:30z", COMPLAINT_E_INVALID, 16},
    {"2026-11-05T08:30ZZ", COMPLAINT_E_INVALID, 17},
    {"2026-11-05T08:30+7", COMPLAINT_E_INVALID, 18},
    {"2026-11-05T08:30+0700", COMPLAINT_E_INVALID, 19},
    {"2026-11-05T08:30+24:00", COMPLAINT_E_INVALID, 17},
    {"2026-11-05T08:30+07:60", COMPLAINT_E_INVALID, 20},
    {"-2026-11-05", COMPLAINT_E_INVALID, 0},
    {"๒๐๒๖-11-05", COMPLAINT_E_INVALID, 0},
    {"2026-11-05T08:30:00\xff", COMPLAINT_E_INVALID, 19},
    {"0000-01-01", COMPLAINT_E_RANGE, 0},
    {"1889-03-31", COMPLAINT_E_RANGE, 0},
    {"2157-01-01", COMPLAINT_E_RANGE, 0},
    {"2569-11-05", COMPLAINT_E_RANGE, 0},
    {"9999-12-31T23:59:59.999-23:59", COMPLAINT_E_RANGE, 0},
    {"2156-12-31T24:00", COMPLAINT_E_RANGE, 0},
    {"2156-12-31T17:00Z", COMPLAINT_E_RANGE, 0},
};

static void what_is_no_iso_date_fails_at_its_byte(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(not_iso); i++) {
        size_t n = strlen(not_iso[i].text), offset = 99;
        char *exact = malloc(n ? n : 1); /* so that the sanitizer sees reading past the end */
        int32_t parsed = UNTOUCHED, day = UNTOUCHED;
        int64_t instant = UNTOUCHED;
        assert_non_null(exact);
        memcpy(exact, not_iso[i].text, n);
        complaint_status s = complaint_date_parse_iso(exact, n, &parsed, &day, &instant, &offset);
        free(exact);
        if (s != not_iso[i].status || offset != not_iso[i].offset) fail_msg("%s: %d at %zu", not_iso[i].text, s, offset);
        assert_true(parsed == UNTOUCHED && day == UNTOUCHED && instant == UNTOUCHED);
    }
}

static const struct {
    const char *text, *same; /* as it is written back */
} iso[] = {
    {"2026-11-05T08:30:00+07:00", "2026-11-05T08:30:00+07:00"},
    {"2026-11-05T08:30", "2026-11-05T08:30:00+07:00"},
    {"2026-11-05T08:30:05", "2026-11-05T08:30:05+07:00"},
    {"2026-11-05T08:30:05.25", "2026-11-05T08:30:05.250+07:00"},
    {"2026-11-05T08:30:05.007", "2026-11-05T08:30:05.007+07:00"},
    {"2026-11-05T18:00:00Z", "2026-11-06T01:00:00+07:00"},
    {"2026-11-05T17:00Z", "2026-11-06T00:00:00+07:00"},
    {"2026-11-05T16:59:59.999Z", "2026-11-05T23:59:59.999+07:00"},
    {"2026-11-05T00:00-11:30", "2026-11-05T18:30:00+07:00"},
    {"2026-11-05T24:00", "2026-11-06T00:00:00+07:00"},
    {"2026-12-31T24:00:00.000", "2027-01-01T00:00:00+07:00"},
    {"2024-02-29T12:00+00:00", "2024-02-29T19:00:00+07:00"},
    {"1889-04-01T00:00", "1889-04-01T00:00:00+07:00"},
    {"1889-03-31T17:00Z", "1889-04-01T00:00:00+07:00"},
    {"2157-01-01T06:59:59.999+14:00", "2156-12-31T23:59:59.999+07:00"},
};

static void iso_dates_are_read_and_written(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(iso); i++) {
        char out[160];
        int32_t parsed, day, on;
        int64_t instant, ms;
        size_t needed;
        assert_int_equal(complaint_date_parse_iso(iso[i].text, strlen(iso[i].text), &parsed, &day, &instant, NULL), COMPLAINT_OK);
        assert_int_equal(parsed, COMPLAINT_PARSED_INSTANT);
        assert_int_equal(complaint_date_of_instant(instant, &on, &ms), COMPLAINT_OK);
        assert_int_equal(on, day);
        assert_int_equal(complaint_date_format_instant(instant, COMPLAINT_DATE_ISO, 0, out, sizeof out, &needed), COMPLAINT_OK);
        assert_string_equal(out, iso[i].same);
        assert_int_equal(needed, strlen(out));
    }
    int32_t parsed, day;
    int64_t instant;
    assert_int_equal(complaint_date_parse_iso("1970-01-01", 10, &parsed, &day, &instant, NULL), COMPLAINT_OK);
    assert_true(parsed == COMPLAINT_PARSED_DAY && day == 0 && instant == -bangkok_ms);
}

/* ---- writing -------------------------------------------------------------------------------------------------------- */

static void an_unknown_style_is_refused(void **state) {
    (void)state;
    char out[160] = "as before";
    size_t needed = 99;
    assert_int_equal(complaint_date_format(0, 0, 0, out, sizeof out, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format(0, 6, 0, out, sizeof out, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format(0, COMPLAINT_DATE_LONG, 4, out, sizeof out, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format(0, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_THAI, out, sizeof out, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format(0, COMPLAINT_DATE_ISO, COMPLAINT_WITH_WEEKDAY, out, sizeof out, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_time(0, COMPLAINT_WITH_WEEKDAY, out, sizeof out, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format(LAST + 1, COMPLAINT_DATE_LONG, 0, out, sizeof out, &needed), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_format_instant(INT64_MAX, COMPLAINT_DATE_LONG, 0, out, sizeof out, &needed), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_format_instant(0, -1, 0, out, sizeof out, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_time(INT64_MIN, 0, out, sizeof out, &needed), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_format_time(0, -1, out, sizeof out, &needed), COMPLAINT_E_INVALID);
    assert_string_equal(out, "as before");
    assert_int_equal(needed, 99);
}

static void a_small_buffer_is_told_the_size(void **state) {
    (void)state;
    int32_t day = thai(2569, 11, 5);
    char out[11] = "untouched";
    size_t needed = 0;
    assert_int_equal(complaint_date_format(day, COMPLAINT_DATE_ISO, 0, NULL, 0, &needed), COMPLAINT_E_TOO_LARGE);
    assert_int_equal(needed, 10);
    assert_int_equal(complaint_date_format(day, COMPLAINT_DATE_ISO, 0, out, 10, &needed), COMPLAINT_E_TOO_LARGE);
    assert_string_equal(out, "untouched");
    assert_int_equal(complaint_date_format(day, COMPLAINT_DATE_ISO, 0, out, 11, &needed), COMPLAINT_OK);
    assert_string_equal(out, "2026-11-05");
}

static const struct {
    int32_t year, month, day, style, digits;
    const char *text;
} styles[] = {
    {2569, 11, 5, COMPLAINT_DATE_LONG, 0, "5 พฤศจิกายน 2569"},
    {2569, 11, 5, COMPLAINT_DATE_LONG, 1, "๕ พฤศจิกายน ๒๕๖๙"},
    {2569, 11, 5, COMPLAINT_DATE_SHORT, 0, "5 พ.ย. 2569"},
    {2569, 11, 5, COMPLAINT_DATE_SHORT, 1, "๕ พ.ย. ๒๕๖๙"},
    {2569, 11, 5, COMPLAINT_DATE_NUMERIC, 0, "05/11/2569"},
    {2569, 11, 5, COMPLAINT_DATE_NUMERIC, 1, "๐๕/๑๑/๒๕๖๙"},
    {2569, 11, 5, COMPLAINT_DATE_OFFICIAL, 0, "วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙"},
    {2569, 11, 5, COMPLAINT_DATE_OFFICIAL, 1, "วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙"},
    {2569, 11, 5, COMPLAINT_DATE_ISO, 0, "2026-11-05"},
    {2482, 2, 29, COMPLAINT_DATE_LONG, 0, "29 กุมภาพันธ์ 2482"},
    {2482, 2, 29, COMPLAINT_DATE_ISO, 0, "1940-02-29"},
    {2569, 4, 30, COMPLAINT_DATE_SHORT, 0, "30 เม.ย. 2569"},
    {2569, 6, 30, COMPLAINT_DATE_SHORT, 0, "30 มิ.ย. 2569"},
};

static void the_styles_are_the_office_s(void **state) {
    (void)state;
    char out[160];
    size_t needed;
    for (size_t i = 0; i < COUNT(styles); i++) {
        int32_t day = thai(styles[i].year, styles[i].month, styles[i].day);
        assert_int_equal(complaint_date_format(day, styles[i].style, styles[i].digits, out, sizeof out, &needed), COMPLAINT_OK);
        assert_string_equal(out, styles[i].text);
    }
    int64_t at;
    assert_int_equal(complaint_date_start(thai(2569, 11, 5), &at), COMPLAINT_OK);
    at += (8 * 60 + 30) * 60000 + 59999;
    assert_int_equal(complaint_date_format_time(at, 0, out, sizeof out, &needed), COMPLAINT_OK);
    assert_string_equal(out, "08.30 น.");
    assert_int_equal(complaint_date_format_time(at, COMPLAINT_DIGITS_THAI, out, sizeof out, &needed), COMPLAINT_OK);
    assert_string_equal(out, "๐๘.๓๐ น.");
    assert_int_equal(complaint_date_format_instant(at, COMPLAINT_DATE_LONG, 0, out, sizeof out, &needed), COMPLAINT_OK);
    assert_string_equal(out, "5 พฤศจิกายน 2569 เวลา 08.30 น.");
    assert_int_equal(complaint_date_format_instant(at, COMPLAINT_DATE_OFFICIAL, 0, out, sizeof out, &needed), COMPLAINT_OK);
    assert_string_equal(out, "วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙ เวลา ๐๘.๓๐ น.");
}

/* The promise of date.h: 160 bytes hold any of them. */
static void no_text_is_longer_than_promised(void **state) {
    (void)state;
    char out[160];
    size_t needed;
    for (int32_t d = FIRST; d <= LAST; d += 3) {
        int64_t end;
        assert_int_equal(complaint_date_start(d, &end), COMPLAINT_OK);
        end += day_ms - 1;
        for (int32_t style = COMPLAINT_DATE_ISO; style <= COMPLAINT_DATE_OFFICIAL; style++) {
            int32_t options = style == COMPLAINT_DATE_ISO ? 0 : COMPLAINT_DIGITS_THAI | COMPLAINT_WITH_WEEKDAY;
            assert_int_equal(complaint_date_format_instant(end, style, options, out, sizeof out, &needed), COMPLAINT_OK);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_that_never_was_is_refused),
        cmocka_unit_test(what_lies_outside_the_range_is_refused),
        cmocka_unit_test(null_is_refused),
        cmocka_unit_test(what_is_no_iso_date_fails_at_its_byte),
        cmocka_unit_test(an_unknown_style_is_refused),
        cmocka_unit_test(a_small_buffer_is_told_the_size),
        cmocka_unit_test(every_day_of_the_range_goes_there_and_back),
        cmocka_unit_test(the_year_2483_had_nine_months),
        cmocka_unit_test(a_fiscal_year_runs_from_october),
        cmocka_unit_test(iso_dates_are_read_and_written),
        cmocka_unit_test(the_styles_are_the_office_s),
        cmocka_unit_test(no_text_is_longer_than_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
