/* Writing dates: what is refused, every style of every day read back, ranges and rounds. */
#include <complaint/date.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum { FIRST = COMPLAINT_DAY_FIRST, LAST = COMPLAINT_DAY_LAST, THAI = COMPLAINT_DIGITS_THAI, WEEKDAY = COMPLAINT_WITH_WEEKDAY, ROOM = 320 };

static int32_t thai(int32_t year, int32_t month, int32_t day) {
    int32_t found;
    assert_int_equal(complaint_date_from_thai(year, month, day, &found), COMPLAINT_OK);
    return found;
}

/* ---- what is refused ----------------------------------------------------------------------------------------------- */

static void what_is_no_range_is_refused(void **state) {
    (void)state;
    char out[ROOM] = "as before";
    size_t n = 99;
    assert_int_equal(complaint_date_format_range(1, 0, COMPLAINT_DATE_LONG, 0, out, ROOM, &n), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_range(0, 1, 0, 0, out, ROOM, &n), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_range(0, 1, COMPLAINT_DATE_LONG, 4, out, ROOM, &n), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_range(0, 1, COMPLAINT_DATE_ISO, WEEKDAY, out, ROOM, &n), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_range(FIRST - 1, 0, COMPLAINT_DATE_LONG, 0, out, ROOM, &n), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_format_range(0, LAST + 1, COMPLAINT_DATE_LONG, 0, out, ROOM, &n), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_format_range(0, 1, COMPLAINT_DATE_LONG, 0, out, ROOM, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_range(0, 1, COMPLAINT_DATE_LONG, 0, NULL, ROOM, &n), COMPLAINT_E_INVALID);
    assert_string_equal(out, "as before");
    assert_int_equal(n, 99);
    assert_int_equal(complaint_date_format_range(0, 1, COMPLAINT_DATE_ISO, 0, out, 21, &n), COMPLAINT_E_TOO_LARGE);
    assert_int_equal(n, 21);
    assert_string_equal(out, "as before");
}

static void what_is_no_round_is_refused(void **state) {
    (void)state;
    char out[ROOM] = "as before";
    size_t n = 99;
    const int32_t months[] = {0, 13, -1, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < COUNT(months); i++) assert_int_equal(complaint_date_format_fiscal(2569, months[i], 0, out, ROOM, &n), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_fiscal(2432, 6, 0, out, ROOM, &n), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_format_fiscal(2700, 6, 0, out, ROOM, &n), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_format_fiscal(2026, 6, 0, out, ROOM, &n), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_date_format_fiscal(2569, 6, WEEKDAY, out, ROOM, &n), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_date_format_fiscal(2569, 6, 0, out, ROOM, NULL), COMPLAINT_E_INVALID);
    assert_string_equal(out, "as before");
    assert_int_equal(n, 99);
}

/* ---- dates --------------------------------------------------------------------------------------------------------- */

static const struct {
    int32_t style, options;
    const char *text;
} styles[] = {
    {COMPLAINT_DATE_LONG, WEEKDAY, "วันพฤหัสบดีที่ 5 พฤศจิกายน 2569"}, {COMPLAINT_DATE_LONG, WEEKDAY | THAI, "วันพฤหัสบดีที่ ๕ พฤศจิกายน ๒๕๖๙"},
    {COMPLAINT_DATE_SHORT, WEEKDAY, "พฤ. 5 พ.ย. 2569"},          {COMPLAINT_DATE_SHORT, WEEKDAY | THAI, "พฤ. ๕ พ.ย. ๒๕๖๙"},
    {COMPLAINT_DATE_NUMERIC, WEEKDAY, "พฤ. 05/11/2569"},         {COMPLAINT_DATE_OFFICIAL, WEEKDAY, "วันพฤหัสบดีที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙"},
};

static void the_day_of_the_week_stands_before_the_date(void **state) {
    (void)state;
    char out[160];
    size_t n;
    for (size_t i = 0; i < COUNT(styles); i++) {
        assert_int_equal(complaint_date_format(thai(2569, 11, 5), styles[i].style, styles[i].options, out, sizeof out, &n), COMPLAINT_OK);
        assert_string_equal(out, styles[i].text);
        assert_int_equal(n, strlen(out));
    }
    static const char *const week[] = {"จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."};
    static const char *const full[] = {"วันจันทร์ที่ ", "วันอังคารที่ ", "วันพุธที่ ", "วันพฤหัสบดีที่ ", "วันศุกร์ที่ ", "วันเสาร์ที่ ", "วันอาทิตย์ที่ "};
    for (int32_t i = 0; i < 7; i++) {
        assert_int_equal(complaint_date_format(thai(2569, 11, 2 + i), COMPLAINT_DATE_SHORT, WEEKDAY, out, sizeof out, &n), COMPLAINT_OK);
        assert_memory_equal(out, week[i], strlen(week[i]));
        assert_int_equal(out[strlen(week[i])], ' ');
        assert_int_equal(complaint_date_format(thai(2569, 11, 2 + i), COMPLAINT_DATE_LONG, WEEKDAY, out, sizeof out, &n), COMPLAINT_OK);
        assert_memory_equal(out, full[i], strlen(full[i]));
    }
    int64_t at;
    assert_int_equal(complaint_date_start(thai(2569, 11, 5), &at), COMPLAINT_OK);
    assert_int_equal(complaint_date_format_instant(at + 510 * 60000, COMPLAINT_DATE_SHORT, WEEKDAY | THAI, out, sizeof out, &n), COMPLAINT_OK);
    assert_string_equal(out, "พฤ. ๕ พ.ย. ๒๕๖๙ เวลา ๐๘.๓๐ น.");
}

static int32_t read_day(const char *text, size_t n) {
    int32_t precision = 0, day = 0, error = 0;
    size_t offset = 0;
    if (complaint_date_parse(text, n, INT32_MIN, &precision, &day, NULL, NULL, &error, NULL, &offset) != COMPLAINT_OK)
        fail_msg("%s: %s at %zu", text, complaint_date_error_name(error), offset);
    assert_int_equal(precision, COMPLAINT_PRECISION_DAY);
    return day;
}

/* As somebody with a table of names and printf would write it. */
static void check_plainly(int32_t day, const char *text, int32_t style) {
    static const char *const longs[] = {"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"};
    static const char *const shorts[] = {"ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."};
    int32_t year, month, dom;
    char plain[160];
    assert_int_equal(complaint_date_to_thai(day, &year, &month, &dom), COMPLAINT_OK);
    if (style == COMPLAINT_DATE_NUMERIC)
        snprintf(plain, sizeof plain, "%02d/%02d/%d", (int)dom, (int)month, (int)year);
    else
        snprintf(plain, sizeof plain, "%d %s %d", (int)dom, style == COMPLAINT_DATE_LONG ? longs[month - 1] : shorts[month - 1], (int)year);
    assert_string_equal(text, plain);
}

static void every_style_of_every_day_is_read_back(void **state) {
    (void)state;
    static const int32_t options[] = {0, THAI, WEEKDAY, WEEKDAY | THAI};
    char out[160];
    size_t n;
    for (int32_t day = FIRST; day <= LAST; day++) {
        assert_int_equal(complaint_date_format(day, COMPLAINT_DATE_ISO, 0, out, sizeof out, &n), COMPLAINT_OK);
        if (read_day(out, n) != day) fail_msg("%s", out);
        for (int32_t style = COMPLAINT_DATE_LONG; style <= COMPLAINT_DATE_OFFICIAL; style++) {
            for (size_t o = style == COMPLAINT_DATE_OFFICIAL ? 1 : 0; o < COUNT(options); o += style == COMPLAINT_DATE_OFFICIAL ? 2 : 1) {
                assert_int_equal(complaint_date_format(day, style, options[o], out, sizeof out, &n), COMPLAINT_OK);
                if (read_day(out, n) != day) fail_msg("%s", out);
                if (options[o] == 0) check_plainly(day, out, style);
            }
        }
    }
}

static void check_instant(int64_t at, int32_t style, int32_t options, int32_t precision) {
    char out[160];
    size_t n;
    int64_t back = 0;
    int32_t exact = 0;
    assert_int_equal(complaint_date_format_instant(at, style, options, out, sizeof out, &n), COMPLAINT_OK);
    if (complaint_date_parse(out, n, INT32_MIN, &exact, NULL, &back, NULL, NULL, NULL, NULL) != COMPLAINT_OK) fail_msg("%s", out);
    if (back != at) fail_msg("%s", out);
    assert_int_equal(exact, precision);
}

static void every_minute_is_read_back(void **state) {
    (void)state;
    const int32_t days[] = {FIRST, thai(2482, 2, 29), thai(2569, 11, 5), LAST};
    for (size_t d = 0; d < COUNT(days); d++) {
        int64_t start;
        assert_int_equal(complaint_date_start(days[d], &start), COMPLAINT_OK);
        for (int64_t minute = 0; minute < 1440; minute++) {
            int64_t at = start + minute * 60000;
            check_instant(at, COMPLAINT_DATE_ISO, 0, COMPLAINT_PRECISION_SECOND);
            check_instant(at + 59999, COMPLAINT_DATE_ISO, 0, COMPLAINT_PRECISION_MILLISECOND);
            for (int32_t style = COMPLAINT_DATE_LONG; style <= COMPLAINT_DATE_OFFICIAL; style++) {
                check_instant(at, style, THAI | WEEKDAY, COMPLAINT_PRECISION_MINUTE);
                if (style != COMPLAINT_DATE_OFFICIAL) check_instant(at, style, 0, COMPLAINT_PRECISION_MINUTE);
            }
        }
    }
}

/* ---- ranges and rounds --------------------------------------------------------------------------------------------- */

typedef struct date {
    int32_t year, month, day;
} date;

static const struct {
    date first, last;
    int32_t style, options;
    const char *text;
} ranges[] = {
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_LONG, THAI, "๑-๓ เมษายน ๒๕๖๙"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_LONG, 0, "1-3 เมษายน 2569"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_SHORT, 0, "1-3 เม.ย. 2569"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_LONG, WEEKDAY, "วันพุธที่ 1 - วันศุกร์ที่ 3 เมษายน 2569"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_SHORT, WEEKDAY, "พ. 1 - ศ. 3 เม.ย. 2569"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_NUMERIC, 0, "01/04/2569 - 03/04/2569"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_NUMERIC, WEEKDAY, "พ. 01/04/2569 - ศ. 03/04/2569"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_OFFICIAL, 0, "ตั้งแต่วันที่ ๑ เดือน เมษายน พ.ศ. ๒๕๖๙ ถึงวันที่ ๓ เดือน เมษายน พ.ศ. ๒๕๖๙"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_OFFICIAL, WEEKDAY, "ตั้งแต่วันพุธที่ ๑ เดือน เมษายน พ.ศ. ๒๕๖๙ ถึงวันศุกร์ที่ ๓ เดือน เมษายน พ.ศ. ๒๕๖๙"},
    {{2569, 4, 1}, {2569, 4, 3}, COMPLAINT_DATE_ISO, 0, "2026-04-01/2026-04-03"},
    {{2569, 4, 30}, {2569, 5, 2}, COMPLAINT_DATE_LONG, THAI, "๓๐ เมษายน - ๒ พฤษภาคม ๒๕๖๙"},
    {{2569, 4, 30}, {2569, 5, 2}, COMPLAINT_DATE_SHORT, WEEKDAY, "พฤ. 30 เม.ย. - ส. 2 พ.ค. 2569"},
    {{2568, 12, 30}, {2569, 1, 2}, COMPLAINT_DATE_LONG, 0, "30 ธันวาคม 2568 - 2 มกราคม 2569"},
    {{2568, 4, 1}, {2569, 4, 1}, COMPLAINT_DATE_LONG, 0, "1 เมษายน 2568 - 1 เมษายน 2569"},
    {{2475, 12, 31}, {2475, 1, 1}, COMPLAINT_DATE_LONG, 0, "31 ธันวาคม - 1 มกราคม 2475"}, /* the year went on until March */
    {{2482, 3, 31}, {2483, 4, 1}, COMPLAINT_DATE_LONG, 0, "31 มีนาคม 2482 - 1 เมษายน 2483"},
    {{2569, 4, 1}, {2569, 4, 1}, COMPLAINT_DATE_LONG, THAI | WEEKDAY, "วันพุธที่ ๑ เมษายน ๒๕๖๙"},
    {{2569, 4, 1}, {2569, 4, 1}, COMPLAINT_DATE_OFFICIAL, 0, "วันที่ ๑ เดือน เมษายน พ.ศ. ๒๕๖๙"},
};

static void a_range_says_nothing_twice(void **state) {
    (void)state;
    char out[ROOM];
    size_t n;
    for (size_t i = 0; i < COUNT(ranges); i++) {
        int32_t first = thai(ranges[i].first.year, ranges[i].first.month, ranges[i].first.day), last = thai(ranges[i].last.year, ranges[i].last.month, ranges[i].last.day);
        assert_int_equal(complaint_date_format_range(first, last, ranges[i].style, ranges[i].options, out, sizeof out, &n), COMPLAINT_OK);
        assert_string_equal(out, ranges[i].text);
        assert_int_equal(n, strlen(out));
    }
}

/* `1-3 เมษายน 2569` must never be taken for one day. */
static void a_range_is_read_as_more_than_one_date(void **state) {
    (void)state;
    static const int32_t lengths[] = {1, 6, 35, 400};
    char out[ROOM];
    size_t n;
    for (int32_t day = FIRST; day <= LAST - 400; day += 37) {
        for (int32_t style = COMPLAINT_DATE_ISO; style <= COMPLAINT_DATE_OFFICIAL; style++) {
            int32_t options = style == COMPLAINT_DATE_ISO ? 0 : (day % 2 ? THAI : 0) | (day % 3 ? WEEKDAY : 0), error = 0;
            assert_int_equal(complaint_date_format_range(day, day + lengths[day & 3], style, options, out, sizeof out, &n), COMPLAINT_OK);
            if (complaint_date_parse(out, n, INT32_MIN, NULL, NULL, NULL, NULL, &error, NULL, NULL) == COMPLAINT_OK) fail_msg("%s was read as one day", out);
            if (error != COMPLAINT_DATE_ERROR_MULTIPLE_DATES) fail_msg("%s: %s", out, complaint_date_error_name(error));
        }
    }
}

static void a_round_names_its_days(void **state) {
    (void)state;
    char out[ROOM];
    size_t n;
    assert_int_equal(complaint_date_format_fiscal(2569, 6, THAI, out, sizeof out, &n), COMPLAINT_OK);
    assert_string_equal(out, "ปีงบประมาณ พ.ศ. ๒๕๖๙ รอบ ๖ เดือน (๑ ตุลาคม ๒๕๖๘ - ๓๑ มีนาคม ๒๕๖๙)");
    assert_int_equal(complaint_date_format_fiscal(2569, 12, 0, out, sizeof out, &n), COMPLAINT_OK);
    assert_string_equal(out, "ปีงบประมาณ พ.ศ. 2569 รอบ 12 เดือน (1 ตุลาคม 2568 - 30 กันยายน 2569)");
    assert_int_equal(complaint_date_format_fiscal(2567, 5, 0, out, sizeof out, &n), COMPLAINT_OK);
    assert_string_equal(out, "ปีงบประมาณ พ.ศ. 2567 รอบ 5 เดือน (1 ตุลาคม 2566 - 29 กุมภาพันธ์ 2567)");
    assert_int_equal(complaint_date_format_fiscal(2569, 3, 0, out, sizeof out, &n), COMPLAINT_OK);
    assert_string_equal(out, "ปีงบประมาณ พ.ศ. 2569 รอบ 3 เดือน (1 ตุลาคม - 31 ธันวาคม 2568)");
    assert_int_equal(complaint_date_format_fiscal(2569, 1, 0, out, sizeof out, &n), COMPLAINT_OK);
    assert_string_equal(out, "ปีงบประมาณ พ.ศ. 2569 รอบ 1 เดือน (1-31 ตุลาคม 2568)");
    for (int32_t year = 2433; year <= 2699; year++)
        for (int32_t months = 1; months <= 12; months++) assert_int_equal(complaint_date_format_fiscal(year, months, THAI, out, sizeof out, &n), COMPLAINT_OK);
}

static void no_range_is_longer_than_promised(void **state) {
    (void)state;
    char out[ROOM];
    size_t n, longest = 0;
    for (int32_t day = FIRST; day < LAST; day += 5) {
        assert_int_equal(complaint_date_format_range(day, LAST - (day - FIRST) % 400, COMPLAINT_DATE_OFFICIAL, WEEKDAY | THAI, out, sizeof out, &n),
                         day <= LAST - (day - FIRST) % 400 ? COMPLAINT_OK : COMPLAINT_E_INVALID);
        if (n > longest) longest = n;
    }
    assert_in_range(longest, 200, ROOM - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_range_is_refused),           cmocka_unit_test(what_is_no_round_is_refused), cmocka_unit_test(the_day_of_the_week_stands_before_the_date),
        cmocka_unit_test(every_style_of_every_day_is_read_back), cmocka_unit_test(every_minute_is_read_back),   cmocka_unit_test(a_range_says_nothing_twice),
        cmocka_unit_test(a_range_is_read_as_more_than_one_date), cmocka_unit_test(a_round_names_its_days),      cmocka_unit_test(no_range_is_longer_than_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
