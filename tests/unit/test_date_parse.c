/* Dates as officials write them: every refusal with its place first, then every form. Reading allocates nothing, so there is no allocation to fail. */
#include <complaint/date.h>
#include <complaint/error.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum { UNTOUCHED = -77 };

typedef struct answer {
    complaint_status status;
    int32_t precision, day, era, error, expected;
    int64_t instant;
    size_t offset;
} answer;

static int32_t gregorian(int32_t year, int32_t month, int32_t day) {
    int32_t found;
    assert_int_equal(complaint_date_from_gregorian(year, month, day, &found), COMPLAINT_OK);
    return found;
}

static int32_t reference(void) { return gregorian(2026, 11, 5); }

/* Reads a copy that ends where the text ends, so that the sanitizer sees every byte too many. */
static answer read_bytes(const char *text, size_t n, int32_t reference_day) {
    answer a = {0, UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED, 99999};
    char *exact = malloc(n ? n : 1);
    assert_non_null(exact);
    memcpy(exact, text, n);
    a.status = complaint_date_parse(exact, n, reference_day, &a.precision, &a.day, &a.instant, &a.era, &a.error, &a.expected, &a.offset);
    free(exact);
    if (a.status == COMPLAINT_OK) {
        assert_true(a.error == UNTOUCHED && a.expected == UNTOUCHED && a.offset == 99999);
        assert_in_range(a.precision, COMPLAINT_PRECISION_DAY, COMPLAINT_PRECISION_MILLISECOND);
        int32_t day;
        int64_t ms;
        assert_int_equal(complaint_date_of_instant(a.instant, &day, &ms), COMPLAINT_OK);
        assert_int_equal(day, a.day);
        assert_true(a.precision != COMPLAINT_PRECISION_DAY || ms == 0);
    } else {
        assert_true(a.precision == UNTOUCHED && a.day == UNTOUCHED && a.era == UNTOUCHED && a.instant == UNTOUCHED);
        assert_in_range(a.error, COMPLAINT_DATE_ERROR_EMPTY, COMPLAINT_DATE_ERROR_TRAILING_TEXT);
        assert_in_range(a.expected, COMPLAINT_EXPECTED_DATE, COMPLAINT_EXPECTED_END);
        assert_true(a.offset <= n);
        assert_int_equal(a.status, a.error == COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE ? COMPLAINT_E_RANGE : COMPLAINT_E_INVALID);
    }
    return a;
}

static answer read_text(const char *text) { return read_bytes(text, strlen(text), reference()); }

/* `2026-11-05`, or with a time as exact as it was written: `2026-11-05T08:30`. */
static const char *written(const answer *a, char out[64]) {
    size_t n;
    if (a->precision == COMPLAINT_PRECISION_DAY) {
        assert_int_equal(complaint_date_format(a->day, COMPLAINT_DATE_ISO, 0, out, 64, &n), COMPLAINT_OK);
        return out;
    }
    assert_int_equal(complaint_date_format_instant(a->instant, COMPLAINT_DATE_ISO, 0, out, 64, &n), COMPLAINT_OK);
    const char *end = strchr(out, '+');
    assert_non_null(end);
    size_t keep = a->precision == COMPLAINT_PRECISION_MINUTE ? 16 : (size_t)(end - out);
    out[keep] = '\0';
    return out;
}

/* ---- what is refused, and where ------------------------------------------------------------------------------------ */

typedef struct refusal {
    const char *text; /* `|` marks the place and is taken out */
    const char *error;
    int32_t expected;
} refusal;

static const refusal refusals[] = {
    {"|", "empty", COMPLAINT_EXPECTED_DATE},
    {"  \xc2\xa0\xe2\x80\x8b\t\n |", "empty", COMPLAINT_EXPECTED_DATE},
    {"|xyz", "syntax", COMPLAINT_EXPECTED_DATE},
    {"|########", "syntax", COMPLAINT_EXPECTED_DATE},
    {"|-", "syntax", COMPLAINT_EXPECTED_DATE},
    {"|\"", "syntax", COMPLAINT_EXPECTED_DATE},
    {"|-5/11/2569", "syntax", COMPLAINT_EXPECTED_DATE},
    {"|ไม่ทราบ", "syntax", COMPLAINT_EXPECTED_DATE},
    {"เมื่อ|วาน", "syntax", COMPLAINT_EXPECTED_DATE},
    {"|\xff\xfe", "syntax", COMPLAINT_EXPECTED_DATE},
    {"|45772", "syntax", COMPLAINT_EXPECTED_DATE},
    {"5/|/11/2569", "syntax", COMPLAINT_EXPECTED_MONTH},
    {"5/|-11/2569", "syntax", COMPLAINT_EXPECTED_MONTH},
    {"5/11|:2569", "syntax", COMPLAINT_EXPECTED_SEPARATOR},
    {"5/11|-2569", "syntax", COMPLAINT_EXPECTED_SEPARATOR},
    {"5/11 |2569", "syntax", COMPLAINT_EXPECTED_SEPARATOR},
    {"5/11/|/2569", "syntax", COMPLAINT_EXPECTED_YEAR},
    {"5 |11 2569", "syntax", COMPLAINT_EXPECTED_MONTH},
    {"5 พ.ย. |(2569)", "syntax", COMPLAINT_EXPECTED_YEAR},
    {"2569 |พฤศจิกายน 5", "syntax", COMPLAINT_EXPECTED_SEPARATOR},
    {"2569-11|/05", "syntax", COMPLAINT_EXPECTED_SEPARATOR},
    {"2569-|พ.ย.-05", "syntax", COMPLAINT_EXPECTED_MONTH},
    {"๕ พ.ย. ๒๕๖๙ เวลา |....... น.", "syntax", COMPLAINT_EXPECTED_HOUR},
    {"2026-11-05T08|", "incomplete", COMPLAINT_EXPECTED_MINUTES},
    {"2569|", "incomplete", COMPLAINT_EXPECTED_MONTH},
    {"5|", "incomplete", COMPLAINT_EXPECTED_MONTH},
    {"5/|", "incomplete", COMPLAINT_EXPECTED_MONTH},
    {"2569-|", "incomplete", COMPLAINT_EXPECTED_MONTH},
    {"2569-11-|", "incomplete", COMPLAINT_EXPECTED_DAY},
    {"วันที่|", "incomplete", COMPLAINT_EXPECTED_DAY},
    {"วันจันทร์|", "incomplete", COMPLAINT_EXPECTED_DAY},
    {"ณ วันที่ |", "incomplete", COMPLAINT_EXPECTED_DAY},
    {"|พ.ศ. 2569", "incomplete", COMPLAINT_EXPECTED_DAY},
    {"5 พ.ย. 2569 เวลา|", "incomplete", COMPLAINT_EXPECTED_HOUR},
    {"5 พ.ย. 2569 เวลา 8|", "incomplete", COMPLAINT_EXPECTED_MINUTES},
    {"2026-11-05T|", "incomplete", COMPLAINT_EXPECTED_HOUR},
    {"2026-11-05T08:|", "incomplete", COMPLAINT_EXPECTED_MINUTES},
    {"|พฤศจิกายน 2569", "missing_day", COMPLAINT_EXPECTED_DAY},
    {"|เดือน พฤศจิกายน 2569", "missing_day", COMPLAINT_EXPECTED_DAY},
    {"|พ.ย. 69", "missing_day", COMPLAINT_EXPECTED_DAY},
    {"|November 2569", "missing_day", COMPLAINT_EXPECTED_DAY},
    {"|3/2569", "missing_day", COMPLAINT_EXPECTED_DAY},
    {"2569-11|", "missing_day", COMPLAINT_EXPECTED_DAY},
    {"5/11|", "missing_year", COMPLAINT_EXPECTED_YEAR},
    {"5/11/|", "missing_year", COMPLAINT_EXPECTED_YEAR},
    {"5/11/|xx", "missing_year", COMPLAINT_EXPECTED_YEAR},
    {"5 พฤศจิกายน|", "missing_year", COMPLAINT_EXPECTED_YEAR},
    {"5 พฤศจิกายน พ.ศ.|", "missing_year", COMPLAINT_EXPECTED_YEAR},
    {"5 พฤศจิกายน |เวลา 08.30 น.", "missing_year", COMPLAINT_EXPECTED_YEAR},
    {"5/11 |เวลา 08.30 น.", "missing_year", COMPLAINT_EXPECTED_YEAR},
    {"5 |พฤศจิกา 2569", "unknown_month", COMPLAINT_EXPECTED_MONTH},
    {"5 |พฤศจิกายนนี้ 2569", "unknown_month", COMPLAINT_EXPECTED_MONTH},
    {"5 |ม.ย. 2569", "unknown_month", COMPLAINT_EXPECTED_MONTH},
    {"20 |ตุลา 68", "unknown_month", COMPLAINT_EXPECTED_MONTH},
    {"2 |วันถัดมา", "unknown_month", COMPLAINT_EXPECTED_MONTH},
    {"5 |Novembre 2569", "unknown_month", COMPLAINT_EXPECTED_MONTH},
    {"5-|xyz-2569", "unknown_month", COMPLAINT_EXPECTED_MONTH},
    {"5 |กพร 2569", "unknown_month", COMPLAINT_EXPECTED_MONTH},
    {"|31/2/2569", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"|29/2/2569", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"|0/11/2569", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"|00/11/2569", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"|32 มกราคม 2569", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"|005/11/2569", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"|99999999999999999999 มกราคม 2569", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"วันที่ |๓๑ เมษายน ๒๕๖๙", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"2569-02-|30", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"256902|30", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"๒๕๖๙๐๒|๓๐", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"|29 กุมภาพันธ์ 2442", "invalid_day", COMPLAINT_EXPECTED_DAY},
    {"5/|13/2569", "invalid_month", COMPLAINT_EXPECTED_MONTH},
    {"11/|25/2569", "invalid_month", COMPLAINT_EXPECTED_MONTH},
    {"5/|0/2569", "invalid_month", COMPLAINT_EXPECTED_MONTH},
    {"5/|011/2569", "invalid_month", COMPLAINT_EXPECTED_MONTH},
    {"5/|13", "invalid_month", COMPLAINT_EXPECTED_MONTH},
    {"2569-|13-01", "invalid_month", COMPLAINT_EXPECTED_MONTH},
    {"2569|1301", "invalid_month", COMPLAINT_EXPECTED_MONTH},
    {"5 เดือน |13 ปี 2569", "invalid_month", COMPLAINT_EXPECTED_MONTH},
    {"5 พฤศจิกายน |256", "invalid_year", COMPLAINT_EXPECTED_FOUR_DIGITS},
    {"5/11/|25690", "invalid_year", COMPLAINT_EXPECTED_FOUR_DIGITS},
    {"5/11/|99999999999999999999", "invalid_year", COMPLAINT_EXPECTED_FOUR_DIGITS},
    {"5 พ.ย. 2569 เวลา |25.00 น.", "invalid_time", COMPLAINT_EXPECTED_HOUR},
    {"5 พ.ย. 2569 เวลา |24.30 น.", "invalid_time", COMPLAINT_EXPECTED_HOUR},
    {"5 พ.ย. 2569 เวลา |24:00:01", "invalid_time", COMPLAINT_EXPECTED_HOUR},
    {"5 พ.ย. 2569 เวลา |025.00 น.", "invalid_time", COMPLAINT_EXPECTED_HOUR},
    {"5 พ.ย. 2569 เวลา |25 น.", "invalid_time", COMPLAINT_EXPECTED_HOUR},
    {"5 พ.ย. 2569 เวลา |2530 น.", "invalid_time", COMPLAINT_EXPECTED_HOUR},
    {"5 พ.ย. 2569 เวลา ๐๙|๗๕ น.", "invalid_time", COMPLAINT_EXPECTED_MINUTES},
    {"5 พ.ย. 2569 เวลา 12.|60 น.", "invalid_time", COMPLAINT_EXPECTED_MINUTES},
    {"5 พ.ย. 2569 เวลา 9.|75", "invalid_time", COMPLAINT_EXPECTED_MINUTES},
    {"5 พ.ย. 2569 เวลา 8.|3 น.", "invalid_time", COMPLAINT_EXPECTED_MINUTES},
    {"5 พ.ย. 2569 เวลา 9 นาฬิกา |60 นาที", "invalid_time", COMPLAINT_EXPECTED_MINUTES},
    {"5 พ.ย. 2569 เวลา 08:30:|61", "invalid_time", COMPLAINT_EXPECTED_SECONDS},
    {"2026-11-05T08:30:00.123|4Z", "invalid_time", COMPLAINT_EXPECTED_FRACTION},
    {"2026-11-05T08:30+|24:00", "invalid_time", COMPLAINT_EXPECTED_OFFSET},
    {"2026-11-05T08:30+07:|60", "invalid_time", COMPLAINT_EXPECTED_OFFSET},
    {"๕ พฤศจิกายน 2|๕69", "mixed_digits", COMPLAINT_EXPECTED_SAME_DIGITS},
    {"1|๕/11/2569", "mixed_digits", COMPLAINT_EXPECTED_SAME_DIGITS},
    {"2569|๑๑05", "mixed_digits", COMPLAINT_EXPECTED_SAME_DIGITS},
    {"5 พ.ย. 2569 เวลา ๐|8.30 น.", "mixed_digits", COMPLAINT_EXPECTED_SAME_DIGITS},
    {"5/11/|26", "ambiguous_year", COMPLAINT_EXPECTED_FOUR_DIGITS},
    {"5/11/|12", "ambiguous_year", COMPLAINT_EXPECTED_FOUR_DIGITS},
    {"1/2/|3", "ambiguous_year", COMPLAINT_EXPECTED_FOUR_DIGITS},
    {"5 พ.ย. ค.ศ. |69", "ambiguous_year", COMPLAINT_EXPECTED_FOUR_DIGITS},
    {"5 พ.ย. พ.ศ. |26", "ambiguous_year", COMPLAINT_EXPECTED_FOUR_DIGITS},
    {"5/11/|2026", "ambiguous_era", COMPLAINT_EXPECTED_ERA},
    {"26 Nov |2024", "ambiguous_era", COMPLAINT_EXPECTED_ERA},
    {"5 พ.ย. |1800", "ambiguous_era", COMPLAINT_EXPECTED_ERA},
    {"5/11/|2199", "ambiguous_era", COMPLAINT_EXPECTED_ERA},
    {"5 พฤศจิกายน พ.ศ. |2026", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"5 พฤศจิกายน ค.ศ. |2569", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"5 พฤศจิกายน ค.ศ. |1850", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"31 มีนาคม ค.ศ. |1889", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"1 มกราคม ค.ศ. |2157", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"5/11/|2431", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"5/11/|2700", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"5/11/|2200", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"5/11/|1799", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"5/11/|0000", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"|2300-01-01", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"|1889-03-31", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"31/12/|2699 24.00 น.", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"|2699-12-31T17:00Z", "year_out_of_range", COMPLAINT_EXPECTED_YEAR},
    {"15 |มกราคม 2483", "nonexistent_date", COMPLAINT_EXPECTED_OTHER_YEAR},
    {"1/|3/2483", "nonexistent_date", COMPLAINT_EXPECTED_OTHER_YEAR},
    {"2483-|03-31", "nonexistent_date", COMPLAINT_EXPECTED_OTHER_YEAR},
    {"|วันศุกร์ที่ 5 พฤศจิกายน 2569", "weekday_mismatch", COMPLAINT_EXPECTED_WEEKDAY},
    {"ณ |วันศุกร์ที่ 5 พฤศจิกายน 2569", "weekday_mismatch", COMPLAINT_EXPECTED_WEEKDAY},
    {"|ศ. 5 พ.ย. 69", "weekday_mismatch", COMPLAINT_EXPECTED_WEEKDAY},
    {"|Fri 5 Nov 2569", "weekday_mismatch", COMPLAINT_EXPECTED_WEEKDAY},
    {"5 พฤศจิกายน |ร.ศ. 125", "unsupported_era", COMPLAINT_EXPECTED_ERA},
    {"5 พฤศจิกายน |รัตนโกสินทร์ศก 125", "unsupported_era", COMPLAINT_EXPECTED_ERA},
    {"5 พฤศจิกายน |จ.ศ. 1388", "unsupported_era", COMPLAINT_EXPECTED_ERA},
    {"5 พฤศจิกายน |ฮ.ศ. 1448", "unsupported_era", COMPLAINT_EXPECTED_ERA},
    {"5 พฤศจิกายน |มหาศักราช 1948", "unsupported_era", COMPLAINT_EXPECTED_ERA},
    {"|ขึ้น 15 ค่ำ เดือน 3", "unsupported_calendar", COMPLAINT_EXPECTED_SOLAR_DATE},
    {"|แรม ๘ ค่ำ เดือน ๑๑ ปีมะโรง", "unsupported_calendar", COMPLAINT_EXPECTED_SOLAR_DATE},
    {"วันพฤหัสบดี |ขึ้น ๑๕ ค่ำ", "unsupported_calendar", COMPLAINT_EXPECTED_SOLAR_DATE},
    {"15 |ค่ำ เดือน 3", "unsupported_calendar", COMPLAINT_EXPECTED_SOLAR_DATE},
    {"15 |ค่ํา เดือน 3", "unsupported_calendar", COMPLAINT_EXPECTED_SOLAR_DATE},
    {"5 พ.ย. 2569 เวลา 2 |ทุ่ม", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 2 |ทุ่ม", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 เวลา |สองทุ่ม", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 |สิบเอ็ดโมง", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 เวลา |บ่าย 2 โมง", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 |บ่ายโมง", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 |เที่ยงคืน", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 เวลา |เที่ยง", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 เวลา |ประมาณ 8.30 น.", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 8:30 |AM", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 08.30|-16.30 น.", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5 พ.ย. 2569 เวลา 08.30 น. |ถึง 16.30 น.", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"2026-11-05 08:30|-12:00", "unsupported_time_form", COMPLAINT_EXPECTED_OFFICIAL_TIME},
    {"5|-6 พ.ย. 2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5|–6 พ.ย. 2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"๑|-๓ เมษายน ๒๕๖๙", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5|, 6 พ.ย. 2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5 |และ 6 พ.ย. 2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"1 |หรือ 2 พ.ค.", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5|-6/11/2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5/11|-6/11/2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5/11 |และ 6/11/2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5 พ.ย. |- 6 พ.ย. 2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5 พ.ย. |ถึงวันที่ 6 พ.ย. 2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5 พ.ย. |- วันศุกร์ที่ 6 พ.ย. 2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5/11/2569 |- 6/11/2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5/11/2569|, 6/11/2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5 พ.ย. 2569 |ถึง 6 พ.ย. 2569", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5 พ.ย. 2569 เวลา 08.30 น. |- 6 พ.ย. 2569 เวลา 16.30 น.", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"|ตั้งแต่วันที่ 5 พ.ย. 2569 เป็นต้นไป", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"|ระหว่างวันที่ ๑-๓ เมษายน ๒๕๖๙", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"2026-04-01|/2026-04-03", "multiple_dates", COMPLAINT_EXPECTED_ONE_DATE},
    {"5 พฤศจิกายน 2569 |xyz", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5 พฤศจิกายน 2569|xyz", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5 พ.ย. 2569|.", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5 พ.ย. 2569|,", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5 พ.ย. 2569 |13", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5 พ.ย. 2569 |0930", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5 พ.ย. 2569 เวลา 08.30 น.|เศษ", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5 พ.ย. 2569 08.30 |นะ", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5 พ.ย. 2569 |(พฤหัสบดี)", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5/11/2569 |-", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5/11/2569|T08:30", "trailing_text", COMPLAINT_EXPECTED_END},
    {"2026-11-05|Z", "trailing_text", COMPLAINT_EXPECTED_END},
    {"2026-11-05T08:30Z|Z", "trailing_text", COMPLAINT_EXPECTED_END},
    {"5/11/2569|\xff", "trailing_text", COMPLAINT_EXPECTED_END},
};

static void a_fault_is_named_at_its_byte(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        const refusal *f = &refusals[i];
        char text[200];
        const char *mark = strchr(f->text, '|');
        assert_non_null(mark);
        size_t place = (size_t)(mark - f->text);
        snprintf(text, sizeof text, "%.*s%s", (int)place, f->text, mark + 1);
        answer a = read_text(text);
        if (a.status == COMPLAINT_OK) fail_msg("%s was read", text);
        bool right = strcmp(complaint_date_error_name(a.error), f->error) == 0 && a.offset == place && a.expected == f->expected;
        if (!right)
            fail_msg("%s: %s at %zu expecting %s, not %s at %zu", text, complaint_date_error_name(a.error), a.offset, complaint_date_expected_text(a.expected, COMPLAINT_ENGLISH),
                     f->error, place);
    }
}

/* A text that leads up to a NUL goes on behind it. */
static void a_nul_is_a_character_like_any_other(void **state) {
    (void)state;
    answer a = read_bytes("5/11/2569\0", 10, reference());
    assert_int_equal(a.error, COMPLAINT_DATE_ERROR_TRAILING_TEXT);
    assert_int_equal(a.offset, 9);
    a = read_bytes("\0", 1, reference());
    assert_int_equal(a.error, COMPLAINT_DATE_ERROR_SYNTAX);
}

static void null_is_refused(void **state) {
    (void)state;
    int32_t error = UNTOUCHED, expected = UNTOUCHED;
    size_t offset = 99;
    assert_int_equal(complaint_date_parse(NULL, 3, 0, NULL, NULL, NULL, NULL, &error, &expected, &offset), COMPLAINT_E_INVALID);
    assert_true(error == 0 && expected == 0 && offset == 0);
    assert_string_equal(complaint_date_error_name(error), "none");
    assert_int_equal(complaint_date_parse(NULL, 0, 0, NULL, NULL, NULL, NULL, &error, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(error, COMPLAINT_DATE_ERROR_EMPTY);
    assert_int_equal(complaint_date_parse("5/11/2569", 9, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_date_parse("5/11", 4, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
}

static void every_fault_has_words(void **state) {
    (void)state;
    for (int32_t e = COMPLAINT_DATE_ERROR_EMPTY; e <= COMPLAINT_DATE_ERROR_TRAILING_TEXT; e++) {
        assert_string_not_equal(complaint_date_error_name(e), "none");
        assert_string_not_equal(complaint_date_error_text(e, COMPLAINT_THAI), "");
        assert_string_not_equal(complaint_date_error_text(e, COMPLAINT_THAI), complaint_date_error_text(e, COMPLAINT_ENGLISH));
        for (int32_t other = 1; other < e; other++) assert_string_not_equal(complaint_date_error_name(e), complaint_date_error_name(other));
    }
    for (int32_t e = COMPLAINT_EXPECTED_DATE; e <= COMPLAINT_EXPECTED_END; e++) {
        assert_string_not_equal(complaint_date_expected_text(e, COMPLAINT_THAI), "");
        assert_string_not_equal(complaint_date_expected_text(e, COMPLAINT_ENGLISH), "");
    }
    const int32_t none[] = {0, -1, 22, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < COUNT(none); i++) {
        assert_string_equal(complaint_date_error_name(none[i]), "none");
        assert_string_equal(complaint_date_error_text(none[i], COMPLAINT_THAI), "");
        assert_string_equal(complaint_date_expected_text(none[i], COMPLAINT_ENGLISH), "");
    }
    assert_string_equal(complaint_date_expected_text(COMPLAINT_EXPECTED_FOUR_DIGITS, COMPLAINT_ENGLISH), "a year of four digits");
    assert_string_equal(complaint_date_error_text(COMPLAINT_DATE_ERROR_INVALID_DAY, COMPLAINT_THAI), "เดือนนี้ไม่มีวันที่นี้");
}

/* ---- what is read -------------------------------------------------------------------------------------------------- */

static const struct {
    const char *text, *same;
    int32_t era;
} dates[] = {
    {"5พ.ย.พ.ศ.2569", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"5 พ. ย. พ. ศ. 2569", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"5 พย พศ 2569", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"5 พย. พ.ศ 2569", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"5 พ.ย พ.ศ.69", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"5/11/พ.ศ.2569", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"5/11/2569 พ.ศ.", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"5 พฤศจิกายน คริสต์ศักราช 2026", "2026-11-05", COMPLAINT_ERA_COMMON},
    {"5/11/2026 ค.ศ.", "2026-11-05", COMPLAINT_ERA_COMMON},
    {"Thursday, 5 November 2026 CE", "2026-11-05", COMPLAINT_ERA_COMMON},
    {"Thu. 5 Nov. A.D. 2026", "2026-11-05", COMPLAINT_ERA_COMMON},
    {"5 NOVEMBER 2569 B.E.", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"5 nov 69", "2026-11-05", COMPLAINT_ERA_NONE},
    {"8 Sept 2569", "2026-09-08", COMPLAINT_ERA_NONE},
    {"1 May 2569", "2026-05-01", COMPLAINT_ERA_NONE},
    {"วันที่ 5 เดือน 11 ปี 2569", "2026-11-05", COMPLAINT_ERA_NONE},
    {"วันที่ ๕ เดือนพฤศจิกายน พุทธศักราช ๒๕๖๙", "2026-11-05", COMPLAINT_ERA_BUDDHIST},
    {"วันที่: 5 พ.ย. 2569", "2026-11-05", COMPLAINT_ERA_NONE},
    {"ลว 5 พ.ย. 69", "2026-11-05", COMPLAINT_ERA_NONE},
    {"ลง วันที่ 5 พ.ย. 69", "2026-11-05", COMPLAINT_ERA_NONE},
    {"เมื่อวันที่ 5 พ.ย. 69", "2026-11-05", COMPLAINT_ERA_NONE},
    {"ประจำวันที่ 5 พ.ย. 69", "2026-11-05", COMPLAINT_ERA_NONE},
    {"ณ วันพฤหัสบดี ที่ ๕ พฤศจิกายน ๒๕๖๙", "2026-11-05", COMPLAINT_ERA_NONE},
    {"วันพฤหัสบดี วันที่ 5 พ.ย. 69", "2026-11-05", COMPLAINT_ERA_NONE},
    {"วันพฤหัส 5 พย 69", "2026-11-05", COMPLAINT_ERA_NONE},
    {"จ. 2 พ.ย. 69", "2026-11-02", COMPLAINT_ERA_NONE},
    {"อ 3 พ.ย. 69", "2026-11-03", COMPLAINT_ERA_NONE},
    {"พ. 4 พ.ย. 69", "2026-11-04", COMPLAINT_ERA_NONE},
    {"ศ.6พ.ย.69", "2026-11-06", COMPLAINT_ERA_NONE},
    {"ส. 7 พ.ย. 69", "2026-11-07", COMPLAINT_ERA_NONE},
    {"อา. 8/11/69", "2026-11-08", COMPLAINT_ERA_NONE},
    {"4 ก.ค. ๖๘", "2025-07-04", COMPLAINT_ERA_NONE},
    {"5 กรกฏาคม 2569", "2026-07-05", COMPLAINT_ERA_NONE},
    {"16มิย69", "2026-06-16", COMPLAINT_ERA_NONE},
    {"6 เมย 69", "2026-04-06", COMPLAINT_ERA_NONE},
    {"15 กพ 68", "2025-02-15", COMPLAINT_ERA_NONE},
    {"8 มค. 68", "2025-01-08", COMPLAINT_ERA_NONE},
    {"13 มีค 68", "2025-03-13", COMPLAINT_ERA_NONE},
    {"9.1.68", "2025-01-09", COMPLAINT_ERA_NONE},
    {"5 / 11 / 2569", "2026-11-05", COMPLAINT_ERA_NONE},
    {"5–11–2569", "2026-11-05", COMPLAINT_ERA_NONE},
    {"05/พ.ย./2569", "2026-11-05", COMPLAINT_ERA_NONE},
    {"5 พฤศจิกายน, 2569", "2026-11-05", COMPLAINT_ERA_NONE},
    {"๒๕๖๙-๑๑-๐๕", "2026-11-05", COMPLAINT_ERA_NONE},
    {"๒๕๖๙๑๑๐๕", "2026-11-05", COMPLAINT_ERA_NONE},
    {"20261105", "2026-11-05", COMPLAINT_ERA_NONE},
    {"2026/11/5", "2026-11-05", COMPLAINT_ERA_NONE},
    {"2483-04-01", "1940-04-01", COMPLAINT_ERA_NONE},
    {"1940-01-15", "1940-01-15", COMPLAINT_ERA_NONE},
    {"15 มกราคม ค.ศ. 1940", "1940-01-15", COMPLAINT_ERA_COMMON},
    {"1 เมษายน 2432", "1889-04-01", COMPLAINT_ERA_NONE},
    {"31 มีนาคม 2432", "1890-03-31", COMPLAINT_ERA_NONE},
    {"31/12/2699", "2156-12-31", COMPLAINT_ERA_NONE},
    {"9/12/2567 0:00", "2024-12-09T00:00", COMPLAINT_ERA_NONE},
    {"5/11/2569 11.35น", "2026-11-05T11:35", COMPLAINT_ERA_NONE},
    {"5/11/2569, 08:30", "2026-11-05T08:30", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 69เวลา8.30น.", "2026-11-05T08:30", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 2569 เวลา 9 นาฬิกา", "2026-11-05T09:00", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 2569 เวลา ๙ นาฬิกา ๓๐ นาที", "2026-11-05T09:30", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 2569 9 น.", "2026-11-05T09:00", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 2569 เวลา 0805", "2026-11-05T08:05", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 2569 1330 น.", "2026-11-05T13:30", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 2569 เวลา 24 น.", "2026-11-06T00:00", COMPLAINT_ERA_NONE},
    {"31 ธ.ค. 2569 เวลา 24:00 น.", "2027-01-01T00:00", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 2569 08.30.15 น.", "2026-11-05T08:30:15", COMPLAINT_ERA_NONE},
    {"5 พ.ย. 2569 08:30:15.007", "2026-11-05T08:30:15.007", COMPLAINT_ERA_NONE},
    {"5.11.2569 8.30", "2026-11-05T08:30", COMPLAINT_ERA_NONE},
    {"2026-11-05 08:30:15", "2026-11-05T08:30:15", COMPLAINT_ERA_NONE},
    {"2026-11-05 08:30:15+00", "2026-11-05T15:30:15", COMPLAINT_ERA_NONE},
    {"2026-11-05T08:30:15,25+0000", "2026-11-05T15:30:15.250", COMPLAINT_ERA_NONE},
    {"2026-11-05T08:30-05:00", "2026-11-05T20:30", COMPLAINT_ERA_NONE},
    {"2569-11-05T24:00", "2026-11-06T00:00", COMPLAINT_ERA_NONE},
    {"2026-11-05T17:00:00Z", "2026-11-06T00:00:00", COMPLAINT_ERA_NONE},
    {"1889-03-31T17:00Z", "1889-04-01T00:00", COMPLAINT_ERA_NONE},
    {"๕ พฤศจิกายน ๒๕๖๙\nเวลา ๐๘.๓๐ น.", "2026-11-05T08:30", COMPLAINT_ERA_NONE},
};

static void the_relatives_are_read(void **state) {
    (void)state;
    char out[64];
    for (size_t i = 0; i < COUNT(dates); i++) {
        answer a = read_text(dates[i].text);
        if (a.status != COMPLAINT_OK) fail_msg("%s: %s at %zu", dates[i].text, complaint_date_error_name(a.error), a.offset);
        if (strcmp(written(&a, out), dates[i].same) != 0) fail_msg("%s: %s, not %s", dates[i].text, out, dates[i].same);
        if (a.era != dates[i].era) fail_msg("%s: era %d", dates[i].text, a.era);
    }
}

/* ---- the list of forms --------------------------------------------------------------------------------------------- */

/* The first two cells of a CSV line, quotes resolved; false at a line without a comma. */
static bool split(const char *line, char cells[2][512]) {
    for (int cell = 0; cell < 2; cell++) {
        size_t n = 0;
        bool quoted = *line == '"';
        if (quoted) line++;
        for (; *line && *line != '\n'; line++) {
            if (quoted && *line == '"' && *++line != '"') quoted = false;
            if (!quoted && *line == ',') break;
            cells[cell][n++] = *line;
        }
        cells[cell][n] = '\0';
        if (*line++ != ',') return false;
    }
    return true;
}

static void check_form(const char *text, const char *expected) {
    char out[64];
    answer a = read_text(text);
    if (strncmp(expected, "ERR:", 4) == 0) {
        if (a.status == COMPLAINT_OK) fail_msg("%s was read, not refused as %s", text, expected + 4);
        if (strcmp(complaint_date_error_name(a.error), expected + 4) != 0) fail_msg("%s: %s, not %s", text, complaint_date_error_name(a.error), expected + 4);
    } else {
        if (a.status != COMPLAINT_OK) fail_msg("%s: %s at %zu", text, complaint_date_error_name(a.error), a.offset);
        const char *got = written(&a, out);
        /* The list says no seconds where they are 00. */
        if (strncmp(got, expected, strlen(expected)) != 0 || (got[strlen(expected)] && strcmp(got + strlen(expected), ":00") != 0)) fail_msg("%s: %s, not %s", text, got, expected);
    }
}

/* Calls `check` for each row of tests/data/be_dates.csv. */
static int each_form(void (*check)(const char *text, const char *expected)) {
    char line[1200], cells[2][512];
    int count = 0;
    FILE *f = fopen(COMPLAINT_SOURCE_DIR "/tests/data/be_dates.csv", "rb");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f)) {
        assert_true(split(line, cells));
        check(cells[0], cells[1]);
        count++;
    }
    fclose(f);
    return count;
}

static void every_form_of_the_list_is_answered_right(void **state) {
    (void)state;
    assert_int_equal(each_form(check_form), 101);
}

/* ---- broken texts -------------------------------------------------------------------------------------------------- */

static void cut_everywhere(const char *text, const char *expected) {
    (void)expected;
    for (size_t n = 0; n <= strlen(text); n++) read_bytes(text, n, reference());
}

static void change_every_byte(const char *text, const char *expected) {
    (void)expected;
    static const char changed[] = {0, ' ', '5', '.', '-', 'x', (char)0x80, (char)0xB9, (char)0xE0, (char)0xFF};
    char copy[512];
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < sizeof changed; k++) {
            memcpy(copy, text, n);
            copy[i] = changed[k];
            read_bytes(copy, n, reference());
        }
    }
}

static void a_broken_text_breaks_nothing(void **state) {
    (void)state;
    each_form(cut_everywhere);
    each_form(change_every_byte);
    for (size_t i = 0; i < COUNT(dates); i++) {
        cut_everywhere(dates[i].text, NULL);
        change_every_byte(dates[i].text, NULL);
    }
    for (size_t i = 0; i < COUNT(refusals); i++) cut_everywhere(refusals[i].text, NULL);
}

static void the_places_between_parts_may_be_wide(void **state) {
    (void)state;
    static const char *const blanks[] = {
        " ", "\t", "\n", "\r\n", "\xc2\xa0", "\xc2\xad", "\xe2\x80\x8b", "\xe2\x80\x8d", "\xe2\x80\xaf", "\xe2\x81\xa0", "\xe3\x80\x80", "\xef\xbb\xbf", "  \xe2\x80\x8b "};
    static const char *const parts[][12] = {
        {"", "ณ", "วันพฤหัสบดี", "ที่", "๕", "พฤศจิกายน", "พ.ศ.", "๒๕๖๙", "เวลา", "๐๘.๓๐", "น.", ""},
        {"", "5", "/", "11", "/", "2569", "8:30", "", NULL},
        {"", "2569", "-", "11", "-", "05", "08:30", "", NULL},
        {"", "พฤ.", "5", "พ.", "ย.", "พ.", "ศ.", "2569", "0830", "น.", "", NULL},
    };
    char text[512], out[64];
    for (size_t i = 0; i < COUNT(parts); i++) {
        for (size_t b = 0; b < COUNT(blanks); b++) {
            text[0] = '\0';
            for (size_t p = 0; p < COUNT(parts[i]) && parts[i][p]; p++) {
                if (p > 0) strcat(text, blanks[b]);
                strcat(text, parts[i][p]);
            }
            answer a = read_text(text);
            if (a.status != COMPLAINT_OK) fail_msg("%s (blank %zu): %s at %zu", text, b, complaint_date_error_name(a.error), a.offset);
            assert_string_equal(written(&a, out), "2026-11-05T08:30");
        }
    }
}

/* A quadratic reader would need hours for these. */
static void a_text_may_be_of_any_length(void **state) {
    (void)state;
    enum { LONG = 8 << 20 };
    static const char *const repeated[] = {" ", "\xe2\x80\x8b", "5", "๕", "วัน", "พ", "พ.", "5/", "5 ", "-", ",", "และ", "เวลา", "5 พ.ย. "};
    char *text = malloc(LONG + 64);
    assert_non_null(text);
    for (size_t i = 0; i < COUNT(repeated); i++) {
        size_t n = 0;
        for (size_t k = strlen(repeated[i]); n + k <= LONG; n += k) memcpy(text + n, repeated[i], k);
        assert_int_not_equal(complaint_date_parse(text, n, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL), COMPLAINT_OK);
    }
    const char *between[] = {"5", "พ.ย.", "2569", "เวลา", "8.30", "น."};
    size_t n = 0;
    for (size_t p = 0; p < COUNT(between); p++) {
        memset(text + n, ' ', LONG / 8);
        n += LONG / 8;
        memcpy(text + n, between[p], strlen(between[p]));
        n += strlen(between[p]);
    }
    assert_int_equal(complaint_date_parse(text, n, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL), COMPLAINT_OK);
    free(text);
}

/* ---- years --------------------------------------------------------------------------------------------------------- */

static void two_digits_are_a_year_near_the_reference(void **state) {
    (void)state;
    for (int32_t be = 2432; be <= 2699; be++) {
        int32_t day, year, month, dom;
        assert_int_equal(complaint_date_from_thai(be, 6, 15, &day), COMPLAINT_OK);
        for (int32_t two = 0; two < 100; two++) {
            char text[32];
            int32_t meant = 0;
            for (int32_t y = be - 30; y <= be + 10; y++)
                if (y % 100 == two) meant = y;
            snprintf(text, sizeof text, "24 มิ.ย. %02d", two);
            answer a = read_bytes(text, strlen(text), day);
            bool outside = meant != 0 && (meant < 2432 || meant > 2699);
            if (meant == 0 || outside) {
                if (a.status == COMPLAINT_OK) fail_msg("%s near %d was read", text, be);
                assert_int_equal(a.error, meant == 0 ? COMPLAINT_DATE_ERROR_AMBIGUOUS_YEAR : COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE);
                continue;
            }
            assert_int_equal(a.status, COMPLAINT_OK);
            assert_int_equal(complaint_date_to_thai(a.day, &year, &month, &dom), COMPLAINT_OK);
            assert_int_equal(year, meant);
        }
    }
}

static void without_a_reference_two_digits_are_ambiguous(void **state) {
    (void)state;
    const int32_t outside[] = {INT32_MIN, INT32_MAX, COMPLAINT_DAY_FIRST - 1, COMPLAINT_DAY_LAST + 1};
    for (size_t i = 0; i < COUNT(outside); i++) {
        assert_int_equal(read_bytes("5/11/69", 7, outside[i]).error, COMPLAINT_DATE_ERROR_AMBIGUOUS_YEAR);
        assert_int_equal(read_bytes("5/11/2569", 9, outside[i]).status, COMPLAINT_OK);
    }
}

static void one_digit_counts_as_two(void **state) {
    (void)state;
    int32_t near_2500 = gregorian(1957, 6, 1), year, month, dom;
    answer a = read_bytes("5/11/3", 6, near_2500);
    assert_int_equal(a.status, COMPLAINT_OK);
    assert_int_equal(complaint_date_to_thai(a.day, &year, &month, &dom), COMPLAINT_OK);
    assert_int_equal(year, 2503);
}

/* The window reaches into the short year, which has no January. */
static void two_digits_know_the_short_year(void **state) {
    (void)state;
    int32_t day = gregorian(1950, 1, 1);
    assert_int_equal(read_bytes("15 ม.ค. 83", strlen("15 ม.ค. 83"), day).error, COMPLAINT_DATE_ERROR_NONEXISTENT_DATE);
    assert_int_equal(read_bytes("15 ม.ค. 82", strlen("15 ม.ค. 82"), day).day, gregorian(1940, 1, 15));
    assert_int_equal(read_bytes("15 ม.ค. 84", strlen("15 ม.ค. 84"), day).day, gregorian(1941, 1, 15));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_is_named_at_its_byte),
        cmocka_unit_test(a_nul_is_a_character_like_any_other),
        cmocka_unit_test(null_is_refused),
        cmocka_unit_test(every_fault_has_words),
        cmocka_unit_test(a_broken_text_breaks_nothing),
        cmocka_unit_test(a_text_may_be_of_any_length),
        cmocka_unit_test(without_a_reference_two_digits_are_ambiguous),
        cmocka_unit_test(every_form_of_the_list_is_answered_right),
        cmocka_unit_test(the_relatives_are_read),
        cmocka_unit_test(the_places_between_parts_may_be_wide),
        cmocka_unit_test(two_digits_are_a_year_near_the_reference),
        cmocka_unit_test(one_digit_counts_as_two),
        cmocka_unit_test(two_digits_know_the_short_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
