/*
 * calendar/date: civil days, the Buddhist era, instants.
 *
 * Owns: the range, and how days, dates and instants turn into each other. Must not know: texts, holidays.
 */
#include "calendar/calendar.h"

enum { FIRST_YEAR_BE = 2432, LAST_YEAR_BE = 2699, SHORT_YEAR_BE = 2483, BE_MINUS_CE = 543 };

static bool is_leap(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int32_t month_length(int32_t year, int32_t month) {
    static const int32_t length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return length[month - 1] + (month == 2 && is_leap(year));
}

bool cpl_date_exists(cpl_date d) { return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= month_length(d.year, d.month); }

/* Years are taken to begin in March, so that the leap day is the last of its year. */
int32_t cpl_date_raw(cpl_date d) {
    int32_t year = d.month <= 2 ? d.year - 1 : d.year;
    int32_t month = d.month <= 2 ? d.month + 9 : d.month - 3;
    int32_t day_of_year = (153 * month + 2) / 5 + d.day - 1;
    return 365 * year + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

cpl_date cpl_date_gregorian(int32_t day) {
    int32_t z = day + 719468;
    int32_t era = z / 146097;
    int32_t doe = z % 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t month = (5 * doy + 2) / 153;
    cpl_date d = {era * 400 + yoe, month < 10 ? month + 3 : month - 9, doy - (153 * month + 2) / 5 + 1};
    if (d.month <= 2) ++d.year;
    return d;
}

bool cpl_date_in_range(int32_t day) { return day >= COMPLAINT_DAY_FIRST && day <= COMPLAINT_DAY_LAST; }

complaint_status cpl_date_from_gregorian(cpl_date d, int32_t *day) {
    if (d.year < FIRST_YEAR_BE - BE_MINUS_CE || d.year > LAST_YEAR_BE - BE_MINUS_CE) return COMPLAINT_E_RANGE;
    if (!cpl_date_exists(d)) return COMPLAINT_E_INVALID;
    int32_t found = cpl_date_raw(d);
    if (!cpl_date_in_range(found)) return COMPLAINT_E_RANGE;
    *day = found;
    return COMPLAINT_OK;
}

/* The years up to 2482 ran from April to March, 2483 from April to December. */
static bool in_last_quarter_of_old_year(int32_t year_be, int32_t month) { return year_be < SHORT_YEAR_BE && month <= 3; }

complaint_status cpl_date_from_thai(cpl_date d, int32_t *day) {
    if (d.year < FIRST_YEAR_BE || d.year > LAST_YEAR_BE) return COMPLAINT_E_RANGE;
    if (d.year == SHORT_YEAR_BE && d.month <= 3) return COMPLAINT_E_INVALID;
    d.year -= in_last_quarter_of_old_year(d.year, d.month) ? BE_MINUS_CE - 1 : BE_MINUS_CE;
    return cpl_date_from_gregorian(d, day);
}

cpl_date cpl_date_thai(int32_t day) {
    cpl_date d = cpl_date_gregorian(day);
    bool old = d.year <= SHORT_YEAR_BE - BE_MINUS_CE && d.month <= 3;
    d.year += old ? BE_MINUS_CE - 1 : BE_MINUS_CE;
    return d;
}

/* Day 0 was a Thursday; 719 467 weeks keep the dividend positive. */
int32_t cpl_date_weekday(int32_t day) { return (day + 3 + 7 * 719467) % 7 + 1; }

int32_t cpl_date_fiscal_year(int32_t day) {
    cpl_date d = cpl_date_gregorian(day);
    return d.year + BE_MINUS_CE + (d.month >= 10);
}

int64_t cpl_day_start(int32_t day) { return (int64_t)day * CPL_DAY_MS - CPL_BANGKOK_MS; }

bool cpl_instant_in_range(int64_t instant) { return instant >= cpl_day_start(COMPLAINT_DAY_FIRST) && instant < cpl_day_start(COMPLAINT_DAY_LAST + 1); }

int32_t cpl_instant_day(int64_t instant) {
    /* Counted from the first day of the range, where the dividend is not negative. */
    int64_t since = instant - cpl_day_start(COMPLAINT_DAY_FIRST);
    return (int32_t)(since / CPL_DAY_MS) + COMPLAINT_DAY_FIRST;
}

int64_t cpl_instant_millisecond(int64_t instant) { return (instant - cpl_day_start(COMPLAINT_DAY_FIRST)) % CPL_DAY_MS; }
