/*
 * calendar/iso: dates in ISO layout, year first.
 *
 * Owns: the order year, month, day, and the strict grammar of programs: YYYY-MM-DD [ T HH:MM [ :SS [ .F{1,3} ] ] [ Z | (+|-)HH:MM ] ].
 * Must not know: which years there are.
 */
#include "calendar/parse.h"

enum { MONTHS = 12, LONGEST_MONTH = 31 };

/* A month or a day of the month, from 1 to `most`. */
static bool read_part(cpl_reader *r, int32_t most, int32_t error, int32_t expected, cpl_number *n) {
    cpl_read_blanks(r);
    if (!cpl_at_digit(r)) return cpl_read_broken(r, expected);
    if (!cpl_read_number(r, n) || !cpl_check_width(r, n, 2, expected)) return false;
    return (n->count <= 2 && n->value >= 1 && n->value <= most) || cpl_read_fail(r, error, expected, n->at);
}

bool cpl_read_iso_date(cpl_reader *r, cpl_written *w) {
    w->iso = true;
    if (!cpl_check_width(r, &w->year, 4, COMPLAINT_EXPECTED_YEAR)) return false;
    char first = cpl_read_separator(r);
    if (!first) return cpl_read_broken(r, COMPLAINT_EXPECTED_SEPARATOR);
    if (!read_part(r, MONTHS, COMPLAINT_DATE_ERROR_INVALID_MONTH, COMPLAINT_EXPECTED_MONTH, &w->month)) return false;
    cpl_read_blanks(r);
    if (cpl_at_end(r)) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_MISSING_DAY, COMPLAINT_EXPECTED_DAY, r->at);
    size_t second_at = r->at;
    if (cpl_read_separator(r) != first) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_SYNTAX, COMPLAINT_EXPECTED_SEPARATOR, second_at);
    return read_part(r, LONGEST_MONTH, COMPLAINT_DATE_ERROR_INVALID_DAY, COMPLAINT_EXPECTED_DAY, &w->day);
}

static bool read_strictly(cpl_reader *r, cpl_parsed *parsed) {
    cpl_written w = {0};
    cpl_clock_time clock;
    int32_t day;
    if (!cpl_at_digit(r)) return cpl_read_broken(r, COMPLAINT_EXPECTED_YEAR);
    if (!cpl_read_number(r, &w.year) || !cpl_read_iso_date(r, &w) || !cpl_resolve_date(r, &w, COMPLAINT_DAY_FIRST, &day) || !cpl_read_time(r, &w, &clock)) return false;
    if (!cpl_at_end(r)) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_TRAILING_TEXT, COMPLAINT_EXPECTED_END, r->at);
    return cpl_resolve_instant(r, &w, &clock, day, parsed);
}

complaint_status cpl_date_parse_iso(cpl_str text, cpl_iso *result, size_t *offset) {
    cpl_reader r = {.text = (const unsigned char *)text.p, .size = text.n, .strict = true};
    cpl_parsed parsed = {0};
    if (read_strictly(&r, &parsed)) {
        *result = (cpl_iso){parsed.precision == COMPLAINT_PRECISION_DAY ? COMPLAINT_PARSED_DAY : COMPLAINT_PARSED_INSTANT, parsed.day, parsed.instant};
        return COMPLAINT_OK;
    }
    bool outside = r.error == COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE;
    *offset = outside ? 0 : r.error_at;
    return outside ? COMPLAINT_E_RANGE : COMPLAINT_E_INVALID;
}
