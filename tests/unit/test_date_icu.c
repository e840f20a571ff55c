/*
 * Our calendar beside ICU's Buddhist calendar. From 1 January 2484 (1941) on they agree on every day. Before that ICU adds 543 to every year of
 * the common era, as if the Thai year had always begun in January; until 2482 it began in April and 2483 had nine months, so ICU is one year ahead
 * from January to March, and knows a January, February and March 2483 that never were.
 */
#include <complaint/date.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

enum { LAST = COMPLAINT_DAY_LAST, FIRST = COMPLAINT_DAY_FIRST };

typedef struct icu {
    UCalendar *calendar;
    UDateFormat *longs, *shorts, *full;
} icu;

static UDateFormat *pattern(const char *text) {
    UErrorCode e = U_ZERO_ERROR;
    UChar wide[64], zone[32];
    u_uastrcpy(wide, text);
    u_uastrcpy(zone, "Asia/Bangkok");
    UDateFormat *f = udat_open(UDAT_PATTERN, UDAT_PATTERN, "th_TH@calendar=buddhist", zone, -1, wide, -1, &e);
    assert_true(U_SUCCESS(e));
    return f;
}

static int open_icu(void **state) {
    static icu i;
    UErrorCode e = U_ZERO_ERROR;
    UChar zone[32];
    u_uastrcpy(zone, "Asia/Bangkok");
    i.calendar = ucal_open(zone, -1, "th_TH@calendar=buddhist", UCAL_DEFAULT, &e);
    assert_true(U_SUCCESS(e));
    i.longs = pattern("d MMMM y");
    i.shorts = pattern("d MMM y");
    i.full = pattern("EEEE");
    *state = &i;
    return 0;
}

static int close_icu(void **state) {
    icu *i = *state;
    udat_close(i->longs);
    udat_close(i->shorts);
    udat_close(i->full);
    ucal_close(i->calendar);
    return 0;
}

/* Noon, for Bangkok's clocks stood 18 minutes off before 1920. */
static UDate noon(int32_t day) {
    int64_t start;
    assert_int_equal(complaint_date_start(day, &start), COMPLAINT_OK);
    return (UDate)(start + 12 * 3600000);
}

typedef struct date {
    int32_t year, month, day, weekday;
} date;

static date of_icu(const icu *i, int32_t day) {
    UErrorCode e = U_ZERO_ERROR;
    ucal_setMillis(i->calendar, noon(day), &e);
    date d = {ucal_get(i->calendar, UCAL_YEAR, &e), ucal_get(i->calendar, UCAL_MONTH, &e) + 1, ucal_get(i->calendar, UCAL_DATE, &e), ucal_get(i->calendar, UCAL_DAY_OF_WEEK, &e)};
    assert_true(U_SUCCESS(e));
    d.weekday = (d.weekday + 5) % 7 + 1; /* theirs begins with Sunday = 1 */
    return d;
}

static date of_ours(int32_t day) {
    date d = {0, 0, 0, complaint_date_weekday(day)};
    assert_int_equal(complaint_date_to_thai(day, &d.year, &d.month, &d.day), COMPLAINT_OK);
    return d;
}

static int32_t first_of_2484(void) {
    int32_t day;
    assert_int_equal(complaint_date_from_gregorian(1941, 1, 1, &day), COMPLAINT_OK);
    return day;
}

static void every_day_since_2484_is_icu_s(void **state) {
    for (int32_t day = first_of_2484(); day <= LAST; day++) {
        date ours = of_ours(day), theirs = of_icu(*state, day);
        if (memcmp(&ours, &theirs, sizeof ours) != 0) fail_msg("%d-%d-%d, ICU %d-%d-%d", ours.year, ours.month, ours.day, theirs.year, theirs.month, theirs.day);
    }
}

static void before_2484_icu_has_another_new_year(void **state) {
    int differing = 0;
    for (int32_t day = FIRST; day < first_of_2484(); day++) {
        date ours = of_ours(day), theirs = of_icu(*state, day);
        assert_true(ours.month == theirs.month && ours.day == theirs.day && ours.weekday == theirs.weekday);
        assert_int_equal(theirs.year - ours.year, ours.month <= 3);
        differing += theirs.year != ours.year;
    }
    assert_int_equal(differing, 51 * 90 + 12); /* January to March of 1890 to 1940, twelve of them leap years */
}

static void check_text(const UDateFormat *f, int32_t day, int32_t style, bool weekday) {
    UErrorCode e = U_ZERO_ERROR;
    UChar wide[160];
    char theirs[200], ours[160];
    size_t n;
    int32_t length = 0;
    udat_format(f, noon(day), wide, 160, NULL, &e);
    u_strToUTF8(theirs, sizeof theirs, &length, wide, -1, &e);
    assert_true(U_SUCCESS(e));
    assert_int_equal(complaint_date_format(day, style, weekday ? COMPLAINT_WITH_WEEKDAY : 0, ours, sizeof ours, &n), COMPLAINT_OK);
    if (weekday)
        assert_memory_equal(ours, theirs, (size_t)length);
    else
        assert_string_equal(ours, theirs);
}

static void the_names_are_icu_s(void **state) {
    const icu *i = *state;
    for (int32_t day = first_of_2484(); day <= LAST; day += 5) {
        check_text(i->longs, day, COMPLAINT_DATE_LONG, false);
        check_text(i->shorts, day, COMPLAINT_DATE_SHORT, false);
        check_text(i->full, day, COMPLAINT_DATE_LONG, true);
    }
}

/* What ICU is read for, told to our parser: the same day since 2484. */
static void what_icu_writes_is_read(void **state) {
    const icu *i = *state;
    for (int32_t day = first_of_2484(); day <= LAST; day += 3) {
        UErrorCode e = U_ZERO_ERROR;
        UChar wide[160];
        char text[200];
        int32_t length = 0, read = 0;
        udat_format(i->longs, noon(day), wide, 160, NULL, &e);
        u_strToUTF8(text, sizeof text, &length, wide, -1, &e);
        assert_true(U_SUCCESS(e));
        assert_int_equal(complaint_date_parse(text, (size_t)length, INT32_MIN, NULL, &read, NULL, NULL, NULL, NULL, NULL), COMPLAINT_OK);
        assert_int_equal(read, day);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_2484_icu_has_another_new_year),
        cmocka_unit_test(every_day_since_2484_is_icu_s),
        cmocka_unit_test(the_names_are_icu_s),
        cmocka_unit_test(what_icu_writes_is_read),
    };
    return cmocka_run_group_tests(tests, open_icu, close_icu);
}
