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

/**
 * Added (|) to the digits: the day of the week stands before the date, `วันพฤหัสบดีที่ 5 พฤศจิกายน 2569`, `พฤ. 5 พ.ย. 2569`, `พฤ. 05/11/2569`.
 * COMPLAINT_DATE_ISO, which is for programs, takes none. The value is permanent.
 */
enum { COMPLAINT_WITH_WEEKDAY = 2 };

/** What complaint_date_parse_iso found. Values are permanent. */
enum { COMPLAINT_PARSED_DAY = 1, COMPLAINT_PARSED_INSTANT = 2 };

/** How exact the text that complaint_date_parse read is. Values are permanent. */
enum { COMPLAINT_PRECISION_DAY = 1, COMPLAINT_PRECISION_MINUTE = 2, COMPLAINT_PRECISION_SECOND = 3, COMPLAINT_PRECISION_MILLISECOND = 4 };

/** The era that was written with the year. Values are permanent. */
enum { COMPLAINT_ERA_NONE = 0, COMPLAINT_ERA_BUDDHIST = 1, COMPLAINT_ERA_COMMON = 2 };

/** Why a text is no date. complaint_date_error_name() gives the name in small letters. Values are permanent. */
enum {
    COMPLAINT_DATE_ERROR_EMPTY = 1,                  /**< nothing but blanks */
    COMPLAINT_DATE_ERROR_SYNTAX = 2,                 /**< `5//11/2569` */
    COMPLAINT_DATE_ERROR_INCOMPLETE = 3,             /**< `2569`, `วันที่ 5` */
    COMPLAINT_DATE_ERROR_MISSING_DAY = 4,            /**< `พฤศจิกายน 2569`, `11/2569` */
    COMPLAINT_DATE_ERROR_MISSING_YEAR = 5,           /**< `5 พฤศจิกายน`, `5/11` */
    COMPLAINT_DATE_ERROR_UNKNOWN_MONTH = 6,          /**< `5 ม.ย. 2569`: เม.ย. or มิ.ย. */
    COMPLAINT_DATE_ERROR_INVALID_DAY = 7,            /**< `31/2/2569` */
    COMPLAINT_DATE_ERROR_INVALID_MONTH = 8,          /**< `11/25/2569`; never read as month and day */
    COMPLAINT_DATE_ERROR_INVALID_YEAR = 9,           /**< three digits, or more than four */
    COMPLAINT_DATE_ERROR_INVALID_TIME = 10,          /**< `25.00 น.`, `24.30 น.` */
    COMPLAINT_DATE_ERROR_MIXED_DIGITS = 11,          /**< `2๕69` */
    COMPLAINT_DATE_ERROR_AMBIGUOUS_YEAR = 12,        /**< `5/11/26`: two digits that are no year B.E. near the reference day */
    COMPLAINT_DATE_ERROR_AMBIGUOUS_ERA = 13,         /**< `5/11/2026` */
    COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE = 14,     /**< `พ.ศ. 2026`, `ค.ศ. 2569` */
    COMPLAINT_DATE_ERROR_NONEXISTENT_DATE = 15,      /**< January to March 2483 */
    COMPLAINT_DATE_ERROR_WEEKDAY_MISMATCH = 16,      /**< `วันศุกร์ที่ 5 พฤศจิกายน 2569` was a Thursday */
    COMPLAINT_DATE_ERROR_UNSUPPORTED_ERA = 17,       /**< `ร.ศ. 125` */
    COMPLAINT_DATE_ERROR_UNSUPPORTED_CALENDAR = 18,  /**< `ขึ้น 15 ค่ำ เดือน 3` */
    COMPLAINT_DATE_ERROR_UNSUPPORTED_TIME_FORM = 19, /**< `2 ทุ่ม`, `08.30-16.30 น.` */
    COMPLAINT_DATE_ERROR_MULTIPLE_DATES = 20,        /**< `5-6 พ.ย. 2569` */
    COMPLAINT_DATE_ERROR_TRAILING_TEXT = 21          /**< `5 พฤศจิกายน 2569 xyz` */
};

/** What a date needs at the place where it fails; complaint_date_expected_text() says it. Values are permanent. */
enum {
    COMPLAINT_EXPECTED_DATE = 1,
    COMPLAINT_EXPECTED_DAY = 2,
    COMPLAINT_EXPECTED_MONTH = 3,
    COMPLAINT_EXPECTED_YEAR = 4,
    COMPLAINT_EXPECTED_FOUR_DIGITS = 5,
    COMPLAINT_EXPECTED_ERA = 6,
    COMPLAINT_EXPECTED_SEPARATOR = 7,
    COMPLAINT_EXPECTED_SAME_DIGITS = 8,
    COMPLAINT_EXPECTED_WEEKDAY = 9,
    COMPLAINT_EXPECTED_OTHER_YEAR = 10,
    COMPLAINT_EXPECTED_HOUR = 11,
    COMPLAINT_EXPECTED_MINUTES = 12,
    COMPLAINT_EXPECTED_SECONDS = 13,
    COMPLAINT_EXPECTED_FRACTION = 14,
    COMPLAINT_EXPECTED_OFFSET = 15,
    COMPLAINT_EXPECTED_OFFICIAL_TIME = 16,
    COMPLAINT_EXPECTED_SOLAR_DATE = 17,
    COMPLAINT_EXPECTED_ONE_DATE = 18,
    COMPLAINT_EXPECTED_END = 19
};

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
 * Reads a date, or a date with a time, as Thai officials write it: `5 พฤศจิกายน 2569`, `๕ พ.ย. ๖๙ เวลา ๐๘.๓๐ น.`, `05/11/2569`,
 * `วันพฤหัสบดีที่ 5 พฤศจิกายน พ.ศ. 2569`, `2569-11-05T08:30`. docs/dates.md lists the forms. `text` is UTF-8 of any size, read once from left to
 * right; nothing is allocated. Blanks between the parts may be missing, several, no-break or of no width. The whole text has to be used.
 *
 * A year of four digits from 2432 to 2699 is B.E. From 1800 to 2199 it is C.E. in ISO layout and after ค.ศ., and ambiguous elsewhere. A year of two
 * digits (or one) is the year B.E. with these last digits from 30 years before to 10 years after that of `reference_day`; when there is none, and
 * always when `reference_day` is outside the range (INT32_MIN, say), it is ambiguous. Order is day, month, year, or ISO's; never month before day.
 *
 * Times are Bangkok's; in ISO layout `Z` or an offset may say otherwise. `24.00` is the end of the day.
 *
 * `*precision` is COMPLAINT_PRECISION_*, `*day` the day in Bangkok, `*instant` the instant (the day's begin for a bare day), `*era` the era that was
 * written. On failure `*error` is COMPLAINT_DATE_ERROR_*, `*offset` the first byte at fault (of the part at fault: the day in `31/2/2569`) and
 * `*expected` COMPLAINT_EXPECTED_*; the status is COMPLAINT_E_RANGE for COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE, else COMPLAINT_E_INVALID. Any of the
 * seven pointers may be NULL. A NULL text with a size is COMPLAINT_E_INVALID and explains nothing: `*error` and `*expected` are 0.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_parse(const char *text, size_t size, int32_t reference_day, int32_t *precision, int32_t *day, int64_t *instant, int32_t *era,
                                                                   int32_t *error, int32_t *expected, size_t *offset);

/** The name of a COMPLAINT_DATE_ERROR_*: `invalid_day`, `missing_year`, …; `none` for any other number. Static, never NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_date_error_name(int32_t error);

/** What a COMPLAINT_DATE_ERROR_* means, in COMPLAINT_THAI or COMPLAINT_ENGLISH of error.h (anything else answers English); "" for any other number. Static, never NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_date_error_text(int32_t error, int32_t language);

/** What a COMPLAINT_EXPECTED_* asks for: `ปีสี่หลัก`, `a year of four digits`. Otherwise as complaint_date_error_text(). */
COMPLAINT_API const char *COMPLAINT_CALL complaint_date_expected_text(int32_t expected, int32_t language);

/**
 * Reads a date or a date with time as programs write it, strictly in ISO layout: `2026-11-05`, `2026-11-05T08:30`, `2026-11-05T08:30:00`, `2026-11-05T08:30:00.000`, the last
 * three with `Z`, `+07:00` or another offset, or without: then it is Bangkok time. The year is one of the common era. `24:00` is the end of
 * the day. The whole text has to be used; small letters and other layouts are not read.
 *
 * `*parsed` is COMPLAINT_PARSED_DAY or COMPLAINT_PARSED_INSTANT, `*day` the day in Bangkok, `*instant` the instant (the day's begin for a bare
 * day). COMPLAINT_E_INVALID: `*offset` is the first byte that cannot be; COMPLAINT_E_RANGE: outside the range, `*offset` is 0.
 * Any of the four pointers may be NULL.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_parse_iso(const char *text, size_t size, int32_t *parsed, int32_t *day, int64_t *instant, size_t *offset);

/**
 * Writes a day in one of the styles. `options` is COMPLAINT_DIGITS_ARABIC or COMPLAINT_DIGITS_THAI, with or without COMPLAINT_WITH_WEEKDAY. What is
 * written is read back by complaint_date_parse() as the same day.
 *
 * Writes at most `capacity` bytes with a closing NUL and sets `*needed` to the size without the NUL; when `needed` >= `capacity` nothing is written
 * and the answer is COMPLAINT_E_TOO_LARGE. `buffer` may be NULL with capacity 0 to ask for the size. 160 bytes hold any date or time, 320 any range
 * or round. COMPLAINT_E_INVALID: unknown style or options. The same holds for the calls below.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_format(int32_t day, int32_t style, int32_t options, char *buffer, size_t capacity, size_t *needed);

/** Writes an instant as day and time in Bangkok: `2026-11-05T08:30:00+07:00`, `5 พฤศจิกายน 2569 เวลา 08.30 น.` (seconds are dropped in the Thai styles). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_format_instant(int64_t instant, int32_t style, int32_t options, char *buffer, size_t capacity, size_t *needed);

/** Writes the time of day in Bangkok: `08.30 น.`. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_format_time(int64_t instant, int32_t digits, char *buffer, size_t capacity, size_t *needed);

/**
 * Writes the days from `first` to `last`, both included, without saying twice what they share: `1-3 เมษายน 2569`, `30 เมษายน - 2 พฤษภาคม 2569`,
 * `30 ธันวาคม 2568 - 2 มกราคม 2569`, `วันพุธที่ 1 - วันศุกร์ที่ 3 เมษายน 2569`. Numeric: `01/04/2569 - 03/04/2569`; official:
 * `ตั้งแต่วันที่ ๑ เดือน เมษายน พ.ศ. ๒๕๖๙ ถึงวันที่ ๓ เดือน เมษายน พ.ศ. ๒๕๖๙`; ISO: `2026-04-01/2026-04-03`. One day is written as a date.
 * COMPLAINT_E_INVALID also when `last` is before `first`.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_format_range(int32_t first, int32_t last, int32_t style, int32_t options, char *buffer, size_t capacity, size_t *needed);

/**
 * Writes a round of a fiscal year, its first `months` months: `ปีงบประมาณ พ.ศ. 2569 รอบ 6 เดือน (1 ตุลาคม 2568 - 31 มีนาคม 2569)`.
 * COMPLAINT_E_INVALID also unless `months` is 1 to 12; COMPLAINT_E_RANGE unless the whole fiscal year lies in the range.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_date_format_fiscal(int32_t year, int32_t months, int32_t digits, char *buffer, size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif
#endif
