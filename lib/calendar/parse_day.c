/*
 * calendar/parse_day: day, month and year in the order and with the words in which people write them.
 *
 * Owns: what may stand where in a date. Must not know: which days exist, names, times.
 */
#include "calendar/parse.h"

enum { COMPACT = 8, MONTHS = 12, LONGEST_MONTH = 31 };

/* ---- more than one date ---- */

static bool accept_connector(cpl_reader *r) {
    static const cpl_str words[] = {CPL_WORD(","),   CPL_WORD("~"),  CPL_WORD("&"),   CPL_WORD("ถึง"),   CPL_WORD("จนถึง"), CPL_WORD("และ"),
                                    CPL_WORD("หรือ"), CPL_WORD("กับ"), CPL_WORD("to "), CPL_WORD("and "), CPL_WORD("or ")};
    size_t start = r->at;
    char separator = cpl_read_separator(r);
    if (separator == '-' || separator == '/') return true;
    r->at = start;
    return separator == 0 && cpl_accept_any(r, words, sizeof words / sizeof *words);
}

bool cpl_read_day_words(cpl_reader *r, cpl_written *w) {
    bool any = cpl_accept(r, CPL_LIT("วันที่"));
    if (any && cpl_accept(r, CPL_LIT(":"))) cpl_read_blanks(r);
    cpl_read_blanks(r);
    w->weekday_at = r->at;
    w->weekday = cpl_read_weekday(r);
    if (!w->weekday) return any;
    cpl_read_blanks(r);
    if (!cpl_accept(r, CPL_LIT("ที่")) && !cpl_accept(r, CPL_LIT("วันที่"))) cpl_accept(r, CPL_LIT(","));
    cpl_read_blanks(r);
    return true;
}

bool cpl_at_another_date(cpl_reader *r) {
    size_t start = r->at;
    cpl_written ignored;
    bool found = false;
    if (accept_connector(r)) {
        cpl_read_blanks(r);
        cpl_read_day_words(r, &ignored);
        found = cpl_at_digit(r);
    }
    r->at = start;
    return found;
}

static bool fail_multiple(cpl_reader *r, size_t at) { return cpl_read_fail(r, COMPLAINT_DATE_ERROR_MULTIPLE_DATES, COMPLAINT_EXPECTED_ONE_DATE, at); }

static bool at_month(cpl_reader *r) {
    size_t start = r->at;
    bool found = cpl_accept(r, CPL_LIT("เดือน")) || cpl_read_month(r) != 0;
    r->at = start;
    return found;
}

/* ---- parts ---- */

static bool check_day(cpl_reader *r, const cpl_number *day) {
    return (day->count <= 2 && day->value >= 1 && day->value <= LONGEST_MONTH) || cpl_read_fail(r, COMPLAINT_DATE_ERROR_INVALID_DAY, COMPLAINT_EXPECTED_DAY, day->at);
}

static bool check_month(cpl_reader *r, const cpl_number *month) {
    return (month->count <= 2 && month->value >= 1 && month->value <= MONTHS) || cpl_read_fail(r, COMPLAINT_DATE_ERROR_INVALID_MONTH, COMPLAINT_EXPECTED_MONTH, month->at);
}

/* An era behind the year: `2026 CE`. */
static bool read_late_era(cpl_reader *r, cpl_written *w) {
    size_t end = r->at;
    if (cpl_at_end(r)) return true;
    cpl_read_blanks(r);
    if (!cpl_read_era(r, &w->era)) return false;
    if (w->era == COMPLAINT_ERA_NONE) r->at = end;
    return true;
}

static bool fail_year(cpl_reader *r, size_t since) {
    size_t here = r->at;
    int32_t error = cpl_at_end(r) || cpl_at_letter(r) ? COMPLAINT_DATE_ERROR_MISSING_YEAR : COMPLAINT_DATE_ERROR_SYNTAX;
    r->at = since;
    if (cpl_at_another_date(r)) return fail_multiple(r, since);
    return cpl_read_fail(r, error, COMPLAINT_EXPECTED_YEAR, here);
}

/* `2569`, `พ.ศ. 2569`, `ปี พ.ศ. 2569`, `2026 CE`. What begins at `since` is a second date when the year turns out to be a day. */
static bool read_year(cpl_reader *r, cpl_written *w, size_t since) {
    cpl_read_blanks(r);
    if (!cpl_at_digit(r)) {
        if (cpl_accept(r, CPL_LIT("ปี"))) cpl_read_blanks(r);
        if (!cpl_read_era(r, &w->era)) return false;
        cpl_read_blanks(r);
    }
    if (!cpl_at_digit(r)) return fail_year(r, since);
    if (!cpl_read_number(r, &w->year)) return false;
    size_t end = r->at;
    cpl_read_blanks(r);
    if (w->year.count <= 2 && at_month(r)) return fail_multiple(r, since);
    r->at = end;
    return w->era != COMPLAINT_ERA_NONE || read_late_era(r, w);
}

/* ---- 5/11/2569 ---- */

/* Whether `6/11…` stands here: the second date of `5/11-6/11/2569`. */
static bool at_day_and_month(cpl_reader *r) {
    size_t start = r->at;
    cpl_number ignored;
    cpl_read_blanks(r);
    bool found = cpl_at_digit(r) && cpl_read_number(r, &ignored) && cpl_read_separator(r) != 0;
    r->at = start;
    return found;
}

/* What follows `5/11` is no second separator. */
static bool fail_short_date(cpl_reader *r, size_t separator_at) {
    if (at_month(r)) return fail_multiple(r, separator_at);
    if (cpl_at_another_date(r)) return fail_multiple(r, r->at);
    if (cpl_at_end(r) || cpl_at_letter(r)) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_MISSING_YEAR, COMPLAINT_EXPECTED_YEAR, r->at);
    return cpl_read_fail(r, COMPLAINT_DATE_ERROR_SYNTAX, COMPLAINT_EXPECTED_SEPARATOR, r->at);
}

static bool read_numeric(cpl_reader *r, cpl_written *w, char separator, size_t separator_at) {
    if (!cpl_read_number(r, &w->month)) return false;
    cpl_read_blanks(r);
    size_t second_at = r->at;
    char second = cpl_read_separator(r);
    bool range = second ? second != separator && (separator == '-' || at_day_and_month(r)) : at_month(r);
    if (range) return fail_multiple(r, separator == '-' || !second ? separator_at : second_at);
    if (!check_day(r, &w->day)) return false;
    if (w->month.count == 4) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_MISSING_DAY, COMPLAINT_EXPECTED_DAY, w->day.at);
    if (!check_month(r, &w->month)) return false;
    if (!second) return fail_short_date(r, separator_at);
    if (second != separator) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_SYNTAX, COMPLAINT_EXPECTED_SEPARATOR, second_at);
    return read_year(r, w, second_at);
}

/* ---- 5 พฤศจิกายน 2569 ---- */

/* What begins at `since`, right behind the day, may be a second date. */
static bool fail_month(cpl_reader *r, size_t since) {
    size_t here = r->at;
    if (cpl_accept(r, CPL_LIT("ค่ำ")) || cpl_accept(r, CPL_LIT("ค่ํา"))) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_UNSUPPORTED_CALENDAR, COMPLAINT_EXPECTED_SOLAR_DATE, here);
    r->at = since;
    if (cpl_at_another_date(r)) return fail_multiple(r, since);
    r->at = here;
    if (cpl_at_letter(r)) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_UNKNOWN_MONTH, COMPLAINT_EXPECTED_MONTH, r->at);
    return cpl_read_broken(r, COMPLAINT_EXPECTED_MONTH);
}

/* A month's name, or after `เดือน` its number. */
static bool read_named_month(cpl_reader *r, size_t since, cpl_number *month) {
    bool said = cpl_accept(r, CPL_LIT("เดือน"));
    if (said) cpl_read_blanks(r);
    *month = (cpl_number){.at = r->at};
    if (said && cpl_at_digit(r)) return cpl_read_number(r, month) && check_month(r, month);
    month->value = cpl_read_month(r);
    return month->value != 0 || fail_month(r, since);
}

/* Letters right behind a month's name are its own (`พฤศจิกายนนี้`) unless an era begins there. */
static bool check_month_ends(cpl_reader *r, const cpl_written *w) {
    if (!cpl_at_letter(r)) return true;
    size_t end = r->at;
    int32_t era;
    bool known = cpl_accept(r, CPL_LIT("ปี")) || cpl_accept(r, CPL_LIT("เวลา"));
    if (!known && !cpl_read_era(r, &era)) return false;
    r->at = end;
    if (known || era != COMPLAINT_ERA_NONE || cpl_at_another_date(r)) return true;
    return cpl_read_fail(r, COMPLAINT_DATE_ERROR_UNKNOWN_MONTH, COMPLAINT_EXPECTED_MONTH, w->month.at);
}

static bool read_named(cpl_reader *r, size_t after_day, cpl_written *w) {
    cpl_read_blanks(r);
    if (!check_day(r, &w->day) || !read_named_month(r, after_day, &w->month) || !check_month_ends(r, w)) return false;
    cpl_read_blanks(r);
    size_t since = r->at;
    if (!cpl_at_digit(r) && !cpl_read_separator(r)) cpl_accept(r, CPL_LIT(","));
    return read_year(r, w, since);
}

/* ---- 25691105 ---- */

static bool read_compact(cpl_reader *r, cpl_written *w) {
    cpl_number whole = w->day;
    size_t digit = whole.thai ? 3 : 1;
    w->iso = true;
    w->year = (cpl_number){whole.at, whole.value / 10000, 4, whole.thai};
    w->month = (cpl_number){whole.at + 4 * digit, whole.value / 100 % 100, 2, whole.thai};
    w->day = (cpl_number){whole.at + 6 * digit, whole.value % 100, 2, whole.thai};
    return check_month(r, &w->month) && check_day(r, &w->day);
}

/* ---- */

static bool fail_lone_number(cpl_reader *r, const cpl_number *n) {
    if (n->count <= 4) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_INCOMPLETE, COMPLAINT_EXPECTED_MONTH, r->at);
    return cpl_read_fail(r, COMPLAINT_DATE_ERROR_SYNTAX, COMPLAINT_EXPECTED_DATE, n->at);
}

bool cpl_read_written(cpl_reader *r, cpl_written *w) {
    if (!cpl_read_number(r, &w->day)) return false;
    if (w->day.count == COMPACT) return read_compact(r, w);
    cpl_read_blanks(r);
    if (cpl_at_end(r)) return fail_lone_number(r, &w->day);
    if (w->day.count == 4) {
        w->year = w->day;
        return cpl_read_iso_date(r, w);
    }
    size_t separator_at = r->at;
    char separator = cpl_read_separator(r);
    cpl_read_blanks(r);
    return separator && cpl_at_digit(r) ? read_numeric(r, w, separator, separator_at) : read_named(r, separator_at, w);
}
