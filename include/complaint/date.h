/**
 * @file complaint/date.h
 * Thai civil dates: days, instants, the Buddhist era, and how they are written.
 *
 * A *day* is an int32: days since 1970-01-01 in the Gregorian calendar, lived in Bangkok (UTC+7, no summer time). An *instant* is an
 * int64: milliseconds since 1970-01-01T00:00Z. Neither the host's time zone nor its locale is ever asked.
 *
 * The range is 1 April B.E. 2432 (1889) to 31 December 2699 (2156); outside it every call answers COMPLAINT_E_RANGE. Until 2483 the
 * year of the Buddhist era began on 1 April, 2483 had nine months (April to December), and from 2484 on it begins on 1 January. So
 * B.E. is the common era + 543, but + 542 for January to March up to 1940: 29 February 2482 is 1940-02-29, and January to March 2483
 * never were.
 *
 * All calls are pure and thread-safe. Outputs are untouched on failure, except those said to explain it.
 */
#ifndef COMPLAINT_DATE_H
#define COMPLAINT_DATE_H

#include <complaint/define.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The first and the last day of the range. */
enum { COMPLAINT_DAY_FIRST = -29494, COMPLAINT_DAY_LAST = 68300 };

/** Days of the week, as in ISO 8601. Values are permanent. */
enum { COMPLAINT_MONDAY = 1, COMPLAINT_TUESDAY = 2, COMPLAINT_WEDNESDAY = 3, COMPLAINT_THURSDAY = 4, COMPLAINT_FRIDAY = 5, COMPLAINT_SATURDAY = 6, COMPLAINT_SUNDAY = 7 };

/** How a date is written. Values are permanent. */
enum {
    COMPLAINT_DATE_ISO = 1,     /**< `2026-11-05`, with the time `2026-11-05T08:30:00+07:00` (milliseconds only when there are any) */
    COMPLAINT_DATE_LONG = 2,    /**< `5 พฤศจิกายน 2569` */
    COMPLAINT_DATE_SHORT = 3,   /**< `5 พ.ย. 2569` */
    COMPLAINT_DATE_NUMERIC = 4, /**< `05/11/2569` */
    COMPLAINT_DATE_OFFICIAL = 5 /**< `วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙`, as on forms: always in Thai digits */
};

/** Digits of the Thai styles; COMPLAINT_DATE_ISO takes no other than Arabic ones. Values are permanent. */
enum { COMPLAINT_DIGITS_ARABIC = 0, COMPLAINT_DIGITS_THAI = 1 };

/** What complaint_date_parse_iso found. Values are permanent. */
enum { COMPLAINT_PARSED_DAY = 1, COMPLAINT_PARSED_INSTANT = 2 };

/** The day of a Gregorian date. COMPLAINT_E_INVALID: no such month or day of the month. COMPLAINT_E_RANGE: outside the range. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_from_gregorian(int32_t year, int32_t month, int32_t day_of_month, int32_t *day);

/** The Gregorian date of a day. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_to_gregorian(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month);

/**
 * The day of a date of the Buddhist era. COMPLAINT_E_RANGE: a year outside 2432 .. 2699. COMPLAINT_E_INVALID: no such month or day of the
 * month, January to March 2483 among them.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_from_thai(int32_t year, int32_t month, int32_t day_of_month, int32_t *day);

/** The date of a day in the Buddhist era. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_to_thai(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month);

/** The day in Bangkok on which an instant lies, and the milliseconds since that day's 00:00 there (0 .. 86 399 999). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_of_instant(int64_t instant, int32_t *day, int64_t *millisecond);

/** The instant at which a day begins in Bangkok. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_start(int32_t day, int64_t *instant);

/** COMPLAINT_MONDAY .. COMPLAINT_SUNDAY; 0 for a day outside the range. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_date_weekday(int32_t day);

/** The fiscal year of a day: 1 October to 30 September, named by the Buddhist-era year in which it ends (Budget Procedures Act B.E. 2561 s. 4). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_fiscal_year(int32_t day, int32_t *year);

/** The first day of a fiscal year, and the first day after it. COMPLAINT_E_RANGE unless the whole year lies in the range. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_fiscal_year_days(int32_t year, int32_t *first, int32_t *end);

/**
 * Reads a date or a date with time in ISO layout: `2026-11-05`, `2026-11-05T08:30`, `2026-11-05T08:30:00`, `2026-11-05T08:30:00.000`, the last
 * three with `Z`, `+07:00` or another offset, or without: then it is Bangkok time. The year is one of the common era. `24:00` is the end of
 * the day. The whole text has to be used; small letters and other layouts are not read.
 *
 * `*parsed` is COMPLAINT_PARSED_DAY or COMPLAINT_PARSED_INSTANT, `*day` the day in Bangkok, `*instant` the instant (the day's begin for a bare
 * day). COMPLAINT_E_INVALID: `*offset` is the first byte that cannot be; COMPLAINT_E_RANGE: outside the range, `*offset` is 0.
 * Any of the four pointers may be NULL.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_parse_iso(const char *text, size_t size, int32_t *parsed, int32_t *day, int64_t *instant, size_t *offset);

/**
 * Writes a day in one of the styles. Writes at most `capacity` bytes with a closing NUL and sets `*needed` to the size without the NUL;
 * when `needed` >= `capacity` nothing is written and the answer is COMPLAINT_E_TOO_LARGE. `buffer` may be NULL with capacity 0 to ask for
 * the size. 160 bytes hold any of them. COMPLAINT_E_INVALID: unknown style or digits. The same holds for the two calls below.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_format(int32_t day, int32_t style, int32_t digits, char *buffer, size_t capacity, size_t *needed);

/** Writes an instant as day and time in Bangkok: `2026-11-05T08:30:00+07:00`, `5 พฤศจิกายน 2569 เวลา 08.30 น.` (seconds are dropped in the Thai styles). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_format_instant(int64_t instant, int32_t style, int32_t digits, char *buffer, size_t capacity, size_t *needed);

/** Writes the time of day in Bangkok: `08.30 น.`. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_format_time(int64_t instant, int32_t digits, char *buffer, size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif
#endif
