/*
 * calendar/parse_year: from what was written to a day.
 *
 * Owns: which era a year is meant in, two-digit years, which dates exist, whether the day of the week agrees. Must not know: spellings.
 */
#include "calendar/parse.h"

enum { FIRST_BE = 2432, LAST_BE = 2699, SHORT_BE = 2483, FIRST_CE = 1800, LAST_CE = 2199, BE_MINUS_CE = 543, YEARS_BACK = 30, YEARS_AHEAD = 10 };

static bool fail_year(cpl_reader *r, int32_t error, int32_t expected, const cpl_number *year) { return cpl_read_fail(r, error, expected, year->at); }

/* The year B.E. with these last two digits from 30 years before to 10 years after that of the reference day. */
static bool complete_year(cpl_reader *r, const cpl_written *w, int32_t reference_day, int32_t *year) {
    bool usable = w->era != COMPLAINT_ERA_COMMON && cpl_date_in_range(reference_day);
    int32_t reference = usable ? cpl_date_thai(reference_day).year : 0;
    int32_t last = reference + YEARS_AHEAD;
    int32_t found = last - (last - w->year.value) % 100;
    if (!usable || found < reference - YEARS_BACK) return fail_year(r, COMPLAINT_DATE_ERROR_AMBIGUOUS_YEAR, COMPLAINT_EXPECTED_FOUR_DIGITS, &w->year);
    *year = found;
    return true;
}

/* COMPLAINT_ERA_BUDDHIST, COMPLAINT_ERA_COMMON, or NONE with the fault noted. */
static int32_t era_of(cpl_reader *r, const cpl_written *w) {
    int32_t year = w->year.value;
    bool buddhist = year >= FIRST_BE && year <= LAST_BE && !r->strict, common = year >= FIRST_CE && year <= LAST_CE;
    if (buddhist && w->era != COMPLAINT_ERA_COMMON) return COMPLAINT_ERA_BUDDHIST;
    if (common && (w->era == COMPLAINT_ERA_COMMON || (w->era == COMPLAINT_ERA_NONE && w->iso))) return COMPLAINT_ERA_COMMON;
    bool ambiguous = common && w->era == COMPLAINT_ERA_NONE;
    fail_year(r, ambiguous ? COMPLAINT_DATE_ERROR_AMBIGUOUS_ERA : COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE, ambiguous ? COMPLAINT_EXPECTED_ERA : COMPLAINT_EXPECTED_YEAR, &w->year);
    return COMPLAINT_ERA_NONE;
}

/* The years B.E. up to 2482 ran from April to March, 2483 from April to December. */
static bool gregorian_of_thai(cpl_reader *r, const cpl_written *w, int32_t *year) {
    bool early = w->month.value <= 3;
    if (early && *year == SHORT_BE) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_NONEXISTENT_DATE, COMPLAINT_EXPECTED_OTHER_YEAR, w->month.at);
    *year -= early && *year < SHORT_BE ? BE_MINUS_CE - 1 : BE_MINUS_CE;
    return true;
}

static bool resolve_year(cpl_reader *r, const cpl_written *w, int32_t reference_day, int32_t *year) {
    if (w->year.count <= 2) return complete_year(r, w, reference_day, year) && gregorian_of_thai(r, w, year);
    if (w->year.count != 4) return fail_year(r, COMPLAINT_DATE_ERROR_INVALID_YEAR, COMPLAINT_EXPECTED_FOUR_DIGITS, &w->year);
    int32_t era = era_of(r, w);
    *year = w->year.value;
    return era == COMPLAINT_ERA_COMMON || (era == COMPLAINT_ERA_BUDDHIST && gregorian_of_thai(r, w, year));
}

bool cpl_resolve_date(cpl_reader *r, const cpl_written *w, int32_t reference_day, int32_t *day) {
    cpl_date date = {0, w->month.value, w->day.value};
    if (!resolve_year(r, w, reference_day, &date.year)) return false;
    if (!cpl_date_exists(date)) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_INVALID_DAY, COMPLAINT_EXPECTED_DAY, w->day.at);
    int32_t found = cpl_date_raw(date);
    bool other_weekday = w->weekday && w->weekday != cpl_date_weekday(found);
    if (other_weekday) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_WEEKDAY_MISMATCH, COMPLAINT_EXPECTED_WEEKDAY, w->weekday_at);
    *day = found;
    return true;
}

bool cpl_resolve_instant(cpl_reader *r, const cpl_written *w, const cpl_clock_time *clock, int32_t day, cpl_parsed *parsed) {
    int64_t instant = (int64_t)day * CPL_DAY_MS + clock->ms - clock->ahead;
    if (!cpl_instant_in_range(instant)) return fail_year(r, COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE, COMPLAINT_EXPECTED_YEAR, &w->year);
    *parsed = (cpl_parsed){clock->precision, w->era, cpl_instant_day(instant), instant};
    return true;
}
