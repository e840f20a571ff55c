/*
 * calendar/parse: reads dates as people write them.
 *
 * Owns: what stands before and after a date. Must not know: how the date itself is written.
 */
#include "calendar/parse.h"

/* How official texts lead to a date. */
static const cpl_str lead_words[] = {CPL_WORD("ณ"), CPL_WORD("ลง"), CPL_WORD("ลว."), CPL_WORD("ลว"), CPL_WORD("เมื่อ"), CPL_WORD("ประจำ"), CPL_WORD("ใน")};

static const cpl_str lunar_words[] = {CPL_WORD("ขึ้น"), CPL_WORD("แรม"), CPL_WORD("วันขึ้น"), CPL_WORD("วันแรม"), CPL_WORD("วันเพ็ญ"), CPL_WORD("วันพระ"), CPL_WORD("เพ็ญ")};

static const cpl_str period_words[] = {CPL_WORD("ตั้งแต่"), CPL_WORD("ระหว่าง")};

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* No digit where the day should be. `led`: something led to it. */
static bool fail_start(cpl_reader *r, bool led) {
    size_t at = r->at;
    int32_t era;
    if (cpl_at_end(r)) return cpl_read_fail(r, led ? COMPLAINT_DATE_ERROR_INCOMPLETE : COMPLAINT_DATE_ERROR_EMPTY, led ? COMPLAINT_EXPECTED_DAY : COMPLAINT_EXPECTED_DATE, at);
    if (cpl_accept_any(r, lunar_words, COUNT(lunar_words))) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_UNSUPPORTED_CALENDAR, COMPLAINT_EXPECTED_SOLAR_DATE, at);
    if (cpl_accept_any(r, period_words, COUNT(period_words))) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_MULTIPLE_DATES, COMPLAINT_EXPECTED_ONE_DATE, at);
    if (cpl_accept(r, CPL_LIT("เดือน")) || cpl_read_month(r)) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_MISSING_DAY, COMPLAINT_EXPECTED_DAY, at);
    if (!cpl_read_era(r, &era)) return false;
    return cpl_read_fail(r, era ? COMPLAINT_DATE_ERROR_INCOMPLETE : COMPLAINT_DATE_ERROR_SYNTAX, era ? COMPLAINT_EXPECTED_DAY : COMPLAINT_EXPECTED_DATE, at);
}

/* Up to the number with which the date begins. */
static bool read_start(cpl_reader *r, cpl_written *w) {
    cpl_read_blanks(r);
    if (cpl_at_digit(r)) return true;
    bool led = cpl_accept_any(r, lead_words, COUNT(lead_words));
    cpl_read_blanks(r);
    led = cpl_read_day_words(r, w) || led;
    return cpl_at_digit(r) || fail_start(r, led);
}

static bool check_end(cpl_reader *r) {
    cpl_read_blanks(r);
    if (cpl_at_end(r)) return true;
    if (cpl_at_another_date(r)) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_MULTIPLE_DATES, COMPLAINT_EXPECTED_ONE_DATE, r->at);
    return cpl_read_fail(r, COMPLAINT_DATE_ERROR_TRAILING_TEXT, COMPLAINT_EXPECTED_END, r->at);
}

static bool read_all(cpl_reader *r, int32_t reference_day, cpl_parsed *parsed) {
    cpl_written w = {0};
    cpl_clock_time clock;
    int32_t day;
    return read_start(r, &w) && cpl_read_written(r, &w) && cpl_resolve_date(r, &w, reference_day, &day) && cpl_read_time(r, &w, &clock) && check_end(r) &&
           cpl_resolve_instant(r, &w, &clock, day, parsed);
}

complaint_status cpl_date_parse(cpl_str text, int32_t reference_day, cpl_parsed *parsed, cpl_date_fault *fault) {
    cpl_reader r = {.text = (const unsigned char *)text.p, .size = text.n};
    if (read_all(&r, reference_day, parsed)) return COMPLAINT_OK;
    *fault = (cpl_date_fault){r.error, r.expected, r.error_at};
    return r.error == COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE ? COMPLAINT_E_RANGE : COMPLAINT_E_INVALID;
}
