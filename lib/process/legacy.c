/*
 * process/legacy: the number of an old register, as people write it, and by what it is found again.
 *
 * Owns: what counts as the same number however it was written. Must not know: where numbers are kept, what else the register said.
 *
 * One office writes 12, 12/68, ๑๒/๒๕๖๘ and "กรร. 012/68" for one matter, often in one and the same register, and begins again at 1 each year. So a number is looked up without its year, and
 * the year decides between those that are found.
 */
#include "process/process.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* A year behind the last bar, of two digits or four; the bytes before the bar, or all of them. */
static size_t without_year(cpl_str s, int32_t *year) {
    size_t digits = 0, at = s.n;
    int32_t value = 0;
    *year = 0;
    while (at > 0 && is_digit(s.p[at - 1])) at--, digits++;
    if (at < 2 || s.p[at - 1] != '/' || (digits != 2 && digits != 4)) return s.n;
    for (size_t i = at; i < s.n; i++) value = 10 * value + (s.p[i] - '0');
    *year = digits == 2 ? 2500 + value : value < 2400 ? value + 543 : value;
    return at - 1;
}

/* Without blanks, in small letters and Arabic digits, no zeros before a number. */
static size_t plain(cpl_str s, char *out) {
    size_t n = 0, step;
    int32_t point;
    for (size_t i = 0; i < s.n && (step = cpl_utf8_next(s, i, &point)) > 0; i += step) {
        if (cpl_utf8_blank(point) || cpl_utf8_invisible(point)) continue;
        memcpy(out + n, s.p + i, step);
        if (step == 1 && *(out + n) >= 'A' && *(out + n) <= 'Z') out[n] = (char)(out[n] - 'A' + 'a');
        n += step;
    }
    n = cpl_arabic_digits(out, n);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool leading = out[i] == '0' && (kept == 0 || !is_digit(out[kept - 1])) && i + 1 < n && is_digit(out[i + 1]);
        bool of_year = kept > 0 && out[kept - 1] == '/';
        if (!leading || of_year) out[kept++] = out[i];
    }
    return kept;
}

bool cpl_legacy_key(cpl_arena *a, cpl_str number, cpl_str *key, int32_t *year) {
    char *p = cpl_arena_alloc(a, number.n + 1);
    if (!p) return false;
    cpl_str whole = {p, plain(number, p)};
    *key = (cpl_str){p, without_year(whole, year)};
    if (cpl_str_is(*key, "-")) key->n = 0;
    return true;
}

bool cpl_legacy_is_of_year(int32_t written, int64_t received_at, int32_t year) {
    int32_t day = cpl_instant_day(received_at);
    if (year == 0 || written) return year == 0 || written == year;
    return cpl_date_fiscal_year(day) == year || cpl_date_thai(day).year == year;
}
