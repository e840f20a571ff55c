/*
 * intake/register_date: what people write into the cells of a register for a date and a time.
 *
 * Owns: what a spreadsheet makes of dates, reasons. Must not know: rows. Reading a date is the calendar's.
 */
#include "intake/register.h"

enum { YEARS_BACK = 30, THAI_DIGIT = 3 };

/* ---- reasons ---- */

static const char *reason_of(int32_t error) {
    switch (error) {
    case COMPLAINT_DATE_ERROR_EMPTY: return "missing";
    case COMPLAINT_DATE_ERROR_INVALID_DAY:
    case COMPLAINT_DATE_ERROR_INVALID_MONTH:
    case COMPLAINT_DATE_ERROR_NONEXISTENT_DATE: return "invalid_date";
    case COMPLAINT_DATE_ERROR_INVALID_YEAR:
    case COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE: return "implausible_year";
    case COMPLAINT_DATE_ERROR_AMBIGUOUS_YEAR: return "ambiguous_year";
    case COMPLAINT_DATE_ERROR_AMBIGUOUS_ERA: return "ambiguous_era";
    default: return "unparseable";
    }
}

static void wrong(cpl_cell_date *d, const char *reason, int32_t error) { *d = (cpl_cell_date){.state = CPL_CELL_WRONG, .reason = reason, .error = error, .millisecond = -1}; }

/* ---- dates ---- */

/* A part of a day behind a point, to the second; false: it is none. */
static bool is_fraction(cpl_str s, int64_t *millisecond) {
    enum { DIGITS = 9, SECOND_MS = 1000 };
    int64_t part = 0, whole = 1;
    if (s.n < 2 || s.p[0] != '.') return false;
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        if (i > DIGITS) continue;
        part = part * 10 + (s.p[i] - '0');
        whole *= 10;
    }
    *millisecond = (part * CPL_DAY_MS / whole + SECOND_MS / 2) / SECOND_MS * SECOND_MS;
    return *millisecond < CPL_DAY_MS;
}

/* A number of five digits is what a spreadsheet keeps for a day: days since 30 December 1899; also `45,570`, and `45570.5` with its time. `*millisecond`: -1 without one. */
static bool is_serial(cpl_str cell, int32_t *day, int64_t *millisecond) {
    enum { EPOCH = 25569, DIGITS = 5, COMMA = 2 };
    int32_t n = 0;
    size_t digits = 0, i = 0;
    for (; i < cell.n && digits < DIGITS; i++) {
        if (i == COMMA && cell.p[i] == ',') continue;
        if (cell.p[i] < '0' || cell.p[i] > '9') return false;
        n = n * 10 + (cell.p[i] - '0');
        digits++;
    }
    *day = n - EPOCH;
    *millisecond = -1;
    return digits == DIGITS && (i == cell.n || is_fraction((cpl_str){cell.p + i, cell.n - i}, millisecond));
}

static int32_t gregorian_year(int32_t day) { return cpl_date_gregorian(day).year; }

static bool is_plausible(int32_t year, int32_t today) { return year <= gregorian_year(today) && year >= gregorian_year(today) - YEARS_BACK; }

static bool is_digit(cpl_str s, size_t i) {
    if (s.p[i] >= '0' && s.p[i] <= '9') return true;
    return i + THAI_DIGIT <= s.n && memcmp(s.p + i, "\xE0\xB9", 2) == 0 && (unsigned char)s.p[i + 2] >= 0x90 && (unsigned char)s.p[i + 2] <= 0x99;
}

/* Behind the name of the day of the week, which was wrong. */
static cpl_str from_first_digit(cpl_str s) {
    size_t i = 0;
    while (i < s.n && !is_digit(s, i)) i++;
    return (cpl_str){s.p + i, s.n - i};
}

/* The last run of four Arabic digits: the year of `30/1/1968`; 0 when there is none. */
static int32_t written_year(cpl_str s) {
    int32_t year = 0;
    for (size_t i = 0; i + 4 <= s.n; i++) {
        int32_t n = 0;
        size_t k = 0;
        while (k < 4 && s.p[i + k] >= '0' && s.p[i + k] <= '9') n = n * 10 + (s.p[i + k++] - '0');
        if (k == 4) year = n;
    }
    return year;
}

/* A year of the common era without a word for the era is refused; one that could not be meant is told as that. */
static void wrong_by(cpl_cell_date *d, cpl_str cell, int32_t today, int32_t error) {
    const char *reason = reason_of(error);
    if (error == COMPLAINT_DATE_ERROR_AMBIGUOUS_ERA && written_year(cell) && !is_plausible(written_year(cell), today)) reason = "implausible_year";
    wrong(d, reason, error);
}

static void take(cpl_cell_date *d, int32_t day, int32_t today) {
    if (!cpl_date_in_range(day) || !is_plausible(gregorian_year(day), today)) {
        wrong(d, "implausible_year", 0);
        return;
    }
    d->state = CPL_CELL_READ;
    d->day = day;
}

/* `5/10/67 (เสาร์)`: a remark in brackets behind a date is no part of it, as long as no number stands in it. */
static cpl_str without_remark(cpl_str s) {
    size_t at = s.n;
    if (s.n == 0 || s.p[s.n - 1] != ')') return s;
    while (at > 0 && s.p[at - 1] != '(') at--;
    for (size_t i = at; i < s.n; i++)
        if (is_digit(s, i)) return s;
    if (at < 2) return s;
    for (at--; at > 0 && (s.p[at - 1] == ' ' || s.p[at - 1] == '\n' || s.p[at - 1] == '\r'); at--) {}
    return (cpl_str){s.p, at};
}

/* `๒๐ ตุลา ๖๘`: the month at `at` as the calendar calls it, in `text`; false when the office has no such word. */
static bool with_full_month(cpl_str cell, size_t at, const cpl_words months[CPL_MONTHS], char *text, size_t room, cpl_str *full) {
    const cpl_word *longest = NULL;
    cpl_str name = CPL_LIT("");
    for (size_t m = 0; m < CPL_MONTHS; m++)
        for (size_t i = 0; i < months[m].count; i++) {
            const cpl_word *w = &months[m].items[i];
            if (cell.n - at < w->text.n || memcmp(cell.p + at, w->text.p, w->text.n) != 0 || (longest && longest->text.n >= w->text.n)) continue;
            longest = w;
            name = cpl_month_names[m + 1].full;
        }
    if (!longest || cell.n + name.n > room) return false;
    size_t behind = at + longest->text.n;
    memcpy(text, cell.p, at);
    memcpy(text + at, name.p, name.n);
    memcpy(text + at + name.n, cell.p + behind, cell.n - behind);
    *full = (cpl_str){text, at + name.n + cell.n - behind};
    return true;
}

/* `text`: where the cell is written with the calendar's word for the month, which may so become `*cell`. */
static complaint_status parse(cpl_str *cell, const cpl_words months[CPL_MONTHS], int32_t today, char *text, size_t room, cpl_parsed *parsed, cpl_date_fault *fault) {
    complaint_status s = cpl_date_parse(*cell, today, parsed, fault);
    bool unknown = s != COMPLAINT_OK && fault->error == COMPLAINT_DATE_ERROR_UNKNOWN_MONTH;
    return unknown && with_full_month(*cell, fault->offset, months, text, room, cell) ? cpl_date_parse(*cell, today, parsed, fault) : s;
}

void cpl_cell_read_date(cpl_str whole, const cpl_words months[CPL_MONTHS], int32_t today, cpl_cell_date *d) {
    enum { MOST = 256 };
    char text[MOST];
    cpl_parsed parsed;
    cpl_date_fault fault = {0};
    cpl_str cell = without_remark(whole);
    int32_t serial;
    int64_t millisecond;
    *d = (cpl_cell_date){.millisecond = -1};
    if (cell.n == 0) return;
    if (is_serial(cell, &serial, &millisecond)) {
        take(d, serial, today);
        d->serial = d->state == CPL_CELL_READ;
        d->millisecond = d->serial ? millisecond : -1;
        return;
    }
    complaint_status s = parse(&cell, months, today, text, sizeof text, &parsed, &fault);
    bool mismatch = s != COMPLAINT_OK && fault.error == COMPLAINT_DATE_ERROR_WEEKDAY_MISMATCH;
    if (mismatch) s = cpl_date_parse(from_first_digit(cell), today, &parsed, &fault);
    if (s != COMPLAINT_OK) {
        wrong_by(d, cell, today, fault.error);
        return;
    }
    take(d, parsed.day, today);
    if (d->state != CPL_CELL_READ) return;
    d->weekday_mismatch = mismatch;
    if (parsed.precision != COMPLAINT_PRECISION_DAY) d->millisecond = cpl_instant_millisecond(parsed.instant);
}

/* ---- times ---- */

static bool ends_with(cpl_str s, const char *end) {
    size_t n = strlen(end);
    return s.n >= n && memcmp(s.p + s.n - n, end, n) == 0;
}

static cpl_str without_blanks(cpl_str s) {
    while (s.n && s.p[s.n - 1] == ' ') s.n--;
    return s;
}

/* `10.45 น.`, `14.10น`, `1330` are all told as the parser of dates knows them: behind a date, with น. */
cpl_cell_state cpl_cell_read_time(cpl_str cell, int64_t *millisecond, const char **reason) {
    enum { MOST = 64, FRACTION = 4 }; /* `0.4375` is a spreadsheet's, `0.50` ten minutes to one */
    static const char before[] = "1/1/2560 เวลา ", hour[] = " น.";
    char text[sizeof before + MOST + sizeof hour];
    cpl_parsed parsed;
    cpl_date_fault fault = {0};
    if (cell.n == 0) return CPL_CELL_BLANK;
    *reason = "unparseable_time";
    if (cell.n > FRACTION && cell.p[0] == '0' && is_fraction((cpl_str){cell.p + 1, cell.n - 1}, millisecond)) return CPL_CELL_READ;
    if (ends_with(cell, "น.")) cell.n -= strlen("น.");
    else if (ends_with(cell, "น")) cell.n -= strlen("น");
    cell = without_blanks(cell);
    if (cell.n == 0 || cell.n > MOST) return CPL_CELL_WRONG;
    memcpy(text, before, sizeof before - 1);
    memcpy(text + sizeof before - 1, cell.p, cell.n);
    memcpy(text + sizeof before - 1 + cell.n, hour, sizeof hour);
    cpl_str whole = {text, sizeof before - 1 + cell.n + sizeof hour - 1};
    complaint_status s = cpl_date_parse(whole, INT32_MIN, &parsed, &fault);
    if (s == COMPLAINT_OK && parsed.precision != COMPLAINT_PRECISION_DAY) {
        *millisecond = parsed.instant - cpl_day_start(cpl_date_raw((cpl_date){.year = 2017, .month = 1, .day = 1}));
        return CPL_CELL_READ;
    }
    if (fault.error == COMPLAINT_DATE_ERROR_INVALID_TIME) *reason = "invalid_time";
    return CPL_CELL_WRONG;
}
