/*
 * process/legacy: the number of an old register, as people write it, and by what it is found again.
 *
 * Owns: what counts as the same number however it was written. Must not know: where numbers are kept, what else the register said.
 *
 * One office writes 12, 12/68, ๑๒/๒๕๖๘ and "กรร. 012/68" for one matter, often in one and the same register, another 68/0012, and begins again at 1 each year. So a number is looked up without its year, and
 * the year decides between those that are found.
 */
#include "process/process.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t digits_before(cpl_str s, size_t end) {
    size_t at = end;
    while (at > 0 && is_digit(s.p[at - 1])) at--;
    return at;
}

/* A year of two digits or four, of either era; 0: these are none. */
static int32_t year_of(cpl_str s, size_t from, size_t end) {
    int32_t value = 0;
    if (end - from != 2 && end - from != 4) return 0;
    for (size_t i = from; i < end; i++) value = 10 * value + (s.p[i] - '0');
    if (end - from == 2) return 2500 + value;
    return value >= 2400 && value < 2700 ? value : value >= 1900 && value < 2200 ? value + 543 : 0;
}

/* `66/0023`, `2566/23`: what stands behind the bar is no year, or what stands before it is one in full. Of two digits before it those of the years that registers are of. */
static int32_t year_before(cpl_str s, size_t from, size_t bar) {
    enum { OLDEST = 2540, SHORTEST = 3 };
    int32_t year = year_of(s, from, bar), behind = year_of(s, bar + 1, s.n);
    if (s.n - bar - 1 == 4 && behind) return 0;
    if (bar - from == 4) return year;
    return year >= OLDEST && s.n - bar - 1 >= SHORTEST ? year : 0;
}

/* Takes the year out, which stands behind the last bar or before it. What was before the bar in front of that stays. */
static size_t without_year(char *p, size_t n, int32_t *year) {
    cpl_str s = {p, n};
    size_t behind = digits_before(s, n);
    *year = 0;
    if (behind < 2 || behind == n || p[behind - 1] != '/') return n;
    size_t from = digits_before(s, behind - 1);
    *year = year_before(s, from, behind - 1);
    if (*year == 0) {
        *year = year_of(s, behind, n);
        return *year ? behind - 1 : n;
    }
    while (behind + 1 < n && p[behind] == '0') behind++;
    memmove(p + from, p + behind, n - behind);
    return from + n - behind;
}

/* Without blanks, in small letters and Arabic digits, no zeros before a number; behind a bar they say that it is no year. */
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
    *key = (cpl_str){p, without_year(p, plain(number, p), year)};
    if (cpl_str_is(*key, "-")) key->n = 0;
    return true;
}

bool cpl_legacy_is_of_year(int32_t written, int64_t received_at, int32_t year) {
    int32_t day = cpl_instant_day(received_at);
    if (year == 0 || written) return year == 0 || written == year;
    return cpl_date_fiscal_year(day) == year || cpl_date_thai(day).year == year;
}
