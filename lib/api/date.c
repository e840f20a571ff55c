/*
 * api/date: complaint/date.h over the calendar module.
 *
 * Owns: what NULL answers, the callers' buffers. Must not know: how dates are counted or written.
 */
#include "calendar/calendar.h"

#include <complaint/date.h>

#include <string.h>

complaint_status COMPLAINT_CALL complaint_date_from_gregorian(int32_t year, int32_t month, int32_t day_of_month, int32_t *day) {
    return day ? cpl_date_from_gregorian((cpl_date){year, month, day_of_month}, day) : COMPLAINT_E_INVALID;
}

complaint_status COMPLAINT_CALL complaint_date_from_thai(int32_t year, int32_t month, int32_t day_of_month, int32_t *day) {
    return day ? cpl_date_from_thai((cpl_date){year, month, day_of_month}, day) : COMPLAINT_E_INVALID;
}

static complaint_status unpack(int32_t day, cpl_date (*date_of)(int32_t), int32_t *year, int32_t *month, int32_t *day_of_month) {
    if (!year || !month || !day_of_month) return COMPLAINT_E_INVALID;
    if (!cpl_date_in_range(day)) return COMPLAINT_E_RANGE;
    cpl_date d = date_of(day);
    *year = d.year;
    *month = d.month;
    *day_of_month = d.day;
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_date_to_gregorian(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month) {
    return unpack(day, cpl_date_gregorian, year, month, day_of_month);
}

complaint_status COMPLAINT_CALL complaint_date_to_thai(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month) {
    return unpack(day, cpl_date_thai, year, month, day_of_month);
}

complaint_status COMPLAINT_CALL complaint_date_of_instant(int64_t instant, int32_t *day, int64_t *millisecond) {
    if (!day || !millisecond) return COMPLAINT_E_INVALID;
    if (!cpl_instant_in_range(instant)) return COMPLAINT_E_RANGE;
    *day = cpl_instant_day(instant);
    *millisecond = cpl_instant_millisecond(instant);
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_date_start(int32_t day, int64_t *instant) {
    if (!instant) return COMPLAINT_E_INVALID;
    if (!cpl_date_in_range(day)) return COMPLAINT_E_RANGE;
    *instant = cpl_day_start(day);
    return COMPLAINT_OK;
}

int32_t COMPLAINT_CALL complaint_date_weekday(int32_t day) { return cpl_date_in_range(day) ? cpl_date_weekday(day) : 0; }

complaint_status COMPLAINT_CALL complaint_date_fiscal_year(int32_t day, int32_t *year) {
    if (!year) return COMPLAINT_E_INVALID;
    if (!cpl_date_in_range(day)) return COMPLAINT_E_RANGE;
    *year = cpl_date_fiscal_year(day);
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_date_fiscal_year_days(int32_t year, int32_t *first, int32_t *end) {
    int32_t from, until;
    if (!first || !end) return COMPLAINT_E_INVALID;
    if (year > 9999 || year < 544) return COMPLAINT_E_RANGE;
    complaint_status status = cpl_date_from_gregorian((cpl_date){year - 544, 10, 1}, &from);
    if (status == COMPLAINT_OK) status = cpl_date_from_gregorian((cpl_date){year - 543, 10, 1}, &until);
    if (status != COMPLAINT_OK) return status;
    *first = from;
    *end = until;
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_date_parse_iso(const char *text, size_t size, int32_t *parsed, int32_t *day, int64_t *instant, size_t *offset) {
    cpl_iso iso;
    size_t at = 0;
    complaint_status status = text || size == 0 ? cpl_date_parse_iso((cpl_str){text ? text : "", size}, &iso, &at) : COMPLAINT_E_INVALID;
    if (status != COMPLAINT_OK) {
        if (offset) *offset = at;
        return status;
    }
    if (parsed) *parsed = iso.parsed;
    if (day) *day = iso.day;
    if (instant) *instant = iso.instant;
    return COMPLAINT_OK;
}

static void explain(const cpl_date_fault *fault, int32_t *error, int32_t *expected, size_t *offset) {
    if (error) *error = fault->error;
    if (expected) *expected = fault->expected;
    if (offset) *offset = fault->offset;
}

complaint_status COMPLAINT_CALL complaint_date_parse(const char *text, size_t size, int32_t reference_day, int32_t *precision, int32_t *day, int64_t *instant, int32_t *era, int32_t *error,
                                                     int32_t *expected, size_t *offset) {
    cpl_parsed parsed;
    cpl_date_fault fault = {0, 0, 0};
    complaint_status status = text || size == 0 ? cpl_date_parse((cpl_str){text ? text : "", size}, reference_day, &parsed, &fault) : COMPLAINT_E_INVALID;
    if (status != COMPLAINT_OK) {
        explain(&fault, error, expected, offset);
        return status;
    }
    if (precision) *precision = parsed.precision;
    if (day) *day = parsed.day;
    if (instant) *instant = parsed.instant;
    if (era) *era = parsed.era;
    return COMPLAINT_OK;
}

const char *COMPLAINT_CALL complaint_date_error_name(int32_t error) { return cpl_date_error_name(error); }
const char *COMPLAINT_CALL complaint_date_error_text(int32_t error, int32_t language) { return cpl_date_error_text(error, language); }
const char *COMPLAINT_CALL complaint_date_expected_text(int32_t expected, int32_t language) { return cpl_date_expected_text(expected, language); }

/* Hands a finished text to the caller's buffer. */
static complaint_status hand_over(const char *text, size_t n, char *buffer, size_t capacity, size_t *needed) {
    *needed = n;
    if (n >= capacity) return COMPLAINT_E_TOO_LARGE;
    memcpy(buffer, text, n);
    buffer[n] = '\0';
    return COMPLAINT_OK;
}

static bool usable(const char *buffer, size_t capacity, const size_t *needed) { return needed && (buffer || capacity == 0); }

complaint_status COMPLAINT_CALL complaint_date_format(int32_t day, int32_t style, int32_t options, char *buffer, size_t capacity, size_t *needed) {
    char text[CPL_DATE_MAX];
    size_t n;
    if (!usable(buffer, capacity, needed)) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_date_format(day, style, options, text, &n);
    return status == COMPLAINT_OK ? hand_over(text, n, buffer, capacity, needed) : status;
}

complaint_status COMPLAINT_CALL complaint_date_format_instant(int64_t instant, int32_t style, int32_t options, char *buffer, size_t capacity, size_t *needed) {
    char text[CPL_DATE_MAX];
    size_t n;
    if (!usable(buffer, capacity, needed)) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_instant_format(instant, style, options, text, &n);
    return status == COMPLAINT_OK ? hand_over(text, n, buffer, capacity, needed) : status;
}

complaint_status COMPLAINT_CALL complaint_date_format_time(int64_t instant, int32_t digits, char *buffer, size_t capacity, size_t *needed) {
    char text[CPL_DATE_MAX];
    size_t n;
    if (!usable(buffer, capacity, needed)) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_time_format(instant, digits, text, &n);
    return status == COMPLAINT_OK ? hand_over(text, n, buffer, capacity, needed) : status;
}

complaint_status COMPLAINT_CALL complaint_date_format_range(int32_t first, int32_t last, int32_t style, int32_t options, char *buffer, size_t capacity, size_t *needed) {
    char text[CPL_DATE_MAX];
    size_t n;
    if (!usable(buffer, capacity, needed)) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_range_format(first, last, style, options, text, &n);
    return status == COMPLAINT_OK ? hand_over(text, n, buffer, capacity, needed) : status;
}

complaint_status COMPLAINT_CALL complaint_date_format_fiscal(int32_t year, int32_t months, int32_t digits, char *buffer, size_t capacity, size_t *needed) {
    char text[CPL_DATE_MAX];
    size_t n;
    if (!usable(buffer, capacity, needed)) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_fiscal_format(year, months, digits, text, &n);
    return status == COMPLAINT_OK ? hand_over(text, n, buffer, capacity, needed) : status;
}
