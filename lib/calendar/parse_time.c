/*
 * calendar/parse_time: the time of day behind a date.
 *
 * Owns: both notations (08.30 น. and 8:30), นาฬิกา, the end of the day as 24.00, offsets of ISO. Must not know: days.
 */
#include "calendar/parse.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { LAST_HOUR = 24, LAST_MINUTE = 59, LAST_OFFSET_HOUR = 23, CLOCK_DIGITS = 4 /* of `0830` */ };

static bool fail_time(cpl_reader *r, int32_t expected, size_t at) { return cpl_read_fail(r, COMPLAINT_DATE_ERROR_INVALID_TIME, expected, at); }

/* The place of the digit number `i` of n. */
static size_t digit_at(const cpl_number *n, size_t i) { return n->at + i * (n->thai ? 3 : 1); }

/* ---- hours, minutes, seconds ---- */

static bool check_hour(cpl_reader *r, const cpl_number *hour) {
    if (!cpl_check_width(r, hour, 2, COMPLAINT_EXPECTED_HOUR)) return false;
    return (hour->count <= 2 && hour->value <= LAST_HOUR) || fail_time(r, COMPLAINT_EXPECTED_HOUR, hour->at);
}

/* Two digits up to 59. */
static bool read_sixtieth(cpl_reader *r, int32_t expected, int32_t *value) {
    cpl_number n;
    if (!cpl_at_digit(r)) return cpl_read_broken(r, expected);
    if (!cpl_read_number(r, &n) || !cpl_check_width(r, &n, 2, expected)) return false;
    *value = n.value;
    return (n.count == 2 && n.value <= LAST_MINUTE) || fail_time(r, expected, n.at);
}

/* One to three digits: what is finer than a millisecond is refused, not cut. */
static bool read_fraction(cpl_reader *r, int32_t *ms) {
    static const int32_t scale[] = {0, 100, 10, 1};
    cpl_number n;
    if (!cpl_at_digit(r)) return cpl_read_broken(r, COMPLAINT_EXPECTED_FRACTION);
    if (!cpl_read_number(r, &n)) return false;
    if (r->strict && n.thai) return fail_time(r, COMPLAINT_EXPECTED_FRACTION, n.at);
    if (n.count > 3) return fail_time(r, COMPLAINT_EXPECTED_FRACTION, digit_at(&n, 3));
    *ms = n.value * scale[n.count];
    return true;
}

/* 24.00 is the end of the day, only with nothing behind it. */
static bool set_clock(cpl_reader *r, const cpl_number *hour, int64_t rest, int32_t precision, cpl_clock_time *clock) {
    if (hour->value == LAST_HOUR && rest != 0) return fail_time(r, COMPLAINT_EXPECTED_HOUR, hour->at);
    clock->ms = (int64_t)hour->value * 60 * CPL_MINUTE_MS + rest;
    clock->precision = precision;
    return true;
}

/* A separator with a digit behind it; programs get no second thought. */
static bool accept_before_digit(cpl_reader *r, cpl_str separator) {
    size_t start = r->at;
    if (cpl_accept(r, separator) && (r->strict || cpl_at_digit(r))) return true;
    r->at = start;
    return false;
}

static bool accept_fraction_mark(cpl_reader *r) { return accept_before_digit(r, CPL_LIT(".")) || (!r->strict && accept_before_digit(r, CPL_LIT(","))); }

/* After the hour and its separator. */
static bool read_minutes(cpl_reader *r, const cpl_number *hour, cpl_str separator, cpl_clock_time *clock) {
    int32_t minute = 0, second = 0, ms = 0, precision = COMPLAINT_PRECISION_MINUTE;
    if (!check_hour(r, hour) || !read_sixtieth(r, COMPLAINT_EXPECTED_MINUTES, &minute)) return false;
    if (accept_before_digit(r, separator)) {
        precision = COMPLAINT_PRECISION_SECOND;
        if (!read_sixtieth(r, COMPLAINT_EXPECTED_SECONDS, &second)) return false;
        if (*separator.p == ':' && accept_fraction_mark(r)) {
            precision = COMPLAINT_PRECISION_MILLISECOND;
            if (!read_fraction(r, &ms)) return false;
        }
    }
    return set_clock(r, hour, minute * (int64_t)CPL_MINUTE_MS + second * INT64_C(1000) + ms, precision, clock);
}

/* ---- what ISO writes behind the time ---- */

static bool read_offset_part(cpl_reader *r, int32_t most, int32_t *value) {
    size_t at = r->at;
    *value = 0;
    for (int i = 0; i < 2; ++i) {
        int c = cpl_peek(r);
        if (c < '0' || c > '9') return cpl_read_broken(r, COMPLAINT_EXPECTED_OFFSET);
        *value = *value * 10 + (c - '0');
        ++r->at;
    }
    return *value <= most || fail_time(r, COMPLAINT_EXPECTED_OFFSET, at);
}

/* After the sign: `07:00`; people's tools also write `0700` and `07`. */
static bool read_hours_ahead(cpl_reader *r, int64_t sign, cpl_clock_time *clock) {
    int32_t hours, minutes = 0;
    if (!read_offset_part(r, LAST_OFFSET_HOUR, &hours)) return false;
    bool colon = cpl_accept(r, CPL_LIT(":"));
    if (!colon && r->strict) return cpl_read_broken(r, COMPLAINT_EXPECTED_OFFSET);
    if ((colon || cpl_at_digit(r)) && !read_offset_part(r, LAST_MINUTE, &minutes)) return false;
    clock->ahead = sign * (hours * 60 + minutes) * (int64_t)CPL_MINUTE_MS;
    return true;
}

/* `Z` or `+07:00`, or nothing. `west`: a dash is a sign; in `2026-11-05 08:30-12:00` it may as well be a period of office hours. */
static bool read_offset(cpl_reader *r, bool west, cpl_clock_time *clock) {
    if (cpl_accept(r, CPL_LIT("Z"))) {
        clock->ahead = 0;
        return true;
    }
    if (cpl_accept(r, CPL_LIT("+"))) return read_hours_ahead(r, 1, clock);
    return !west || !cpl_accept(r, CPL_LIT("-")) || read_hours_ahead(r, -1, clock);
}

/* After `T`. */
static bool read_iso_time(cpl_reader *r, cpl_clock_time *clock) {
    cpl_number hour;
    if (!cpl_at_digit(r)) return cpl_read_broken(r, COMPLAINT_EXPECTED_HOUR);
    if (!cpl_read_number(r, &hour) || !check_hour(r, &hour)) return false;
    if (!cpl_accept(r, CPL_LIT(":"))) return cpl_read_broken(r, COMPLAINT_EXPECTED_MINUTES);
    return read_minutes(r, &hour, CPL_LIT(":"), clock) && read_offset(r, true, clock);
}

/* ---- what people say ---- */

/* Words of the six-hour clock, and of English twelve hours. */
static bool at_spoken_time(cpl_reader *r) {
    static const cpl_str words[] = {CPL_WORD("ทุ่ม"), CPL_WORD("โมง"), CPL_WORD("บ่าย"), CPL_WORD("เที่ยง"), CPL_WORD("เช้า"), CPL_WORD("เย็น"), CPL_WORD("ตี"),   CPL_WORD("ย่ำ"),
                                    CPL_WORD("AM"), CPL_WORD("PM"),  CPL_WORD("am"),  CPL_WORD("pm"),   CPL_WORD("a.m"), CPL_WORD("p.m"), CPL_WORD("A.M"), CPL_WORD("P.M")};
    static const cpl_str counts[] = {CPL_WORD("หนึ่ง"), CPL_WORD("สอง"), CPL_WORD("สาม"), CPL_WORD("สี่"),     CPL_WORD("ห้า"), CPL_WORD("หก"),
                                     CPL_WORD("เจ็ด"), CPL_WORD("แปด"), CPL_WORD("เก้า"), CPL_WORD("สิบเอ็ด"), CPL_WORD("สิบ")};
    size_t start = r->at;
    bool counted = cpl_accept_any(r, counts, COUNT(counts));
    bool found = cpl_accept_any(r, words, counted ? 2 : COUNT(words)); /* a count alone is no time */
    r->at = start;
    return found;
}

static bool fail_spoken(cpl_reader *r) { return cpl_read_fail(r, COMPLAINT_DATE_ERROR_UNSUPPORTED_TIME_FORM, COMPLAINT_EXPECTED_OFFICIAL_TIME, r->at); }

/* `น.`, `น`, `นาฬิกา` behind a time. */
static bool accept_clock_word(cpl_reader *r) {
    size_t start = r->at;
    cpl_read_blanks(r);
    if (cpl_accept(r, CPL_LIT("นาฬิกา")) || cpl_accept(r, CPL_LIT("น."))) return true;
    if (cpl_accept(r, CPL_LIT("น")) && !cpl_at_letter(r)) return true;
    r->at = start;
    return false;
}

/* `16.30` or `16:30`, but not the beginning of `16.3.2569`. */
static bool accept_plain_time(cpl_reader *r) {
    cpl_number ignored;
    if (!cpl_at_digit(r) || !cpl_read_number(r, &ignored)) return false;
    bool colon = accept_before_digit(r, CPL_LIT(":"));
    return (colon || accept_before_digit(r, CPL_LIT("."))) && cpl_read_number(r, &ignored) && cpl_peek(r) != '.';
}

/* `- 16.30`: a period of office hours, not one time. */
static bool at_second_time(cpl_reader *r) {
    size_t start = r->at;
    bool found = false;
    cpl_read_blanks(r);
    if (cpl_read_separator(r) == '-' || cpl_accept(r, CPL_LIT("ถึง"))) {
        cpl_read_blanks(r);
        if (cpl_accept(r, CPL_LIT("เวลา"))) cpl_read_blanks(r);
        found = accept_plain_time(r);
    }
    r->at = start;
    return found;
}

/* What may follow hours and minutes. */
static bool read_time_end(cpl_reader *r, const cpl_written *w, cpl_clock_time *clock) {
    if (w->iso && !read_offset(r, false, clock)) return false;
    accept_clock_word(r);
    size_t end = r->at;
    if (cpl_at_end(r)) return true;
    bool second = at_second_time(r);
    cpl_read_blanks(r);
    if (second || at_spoken_time(r)) return fail_spoken(r);
    r->at = end;
    return true;
}

/* `0830`, after `เวลา` or before `น.`. */
static bool set_compact(cpl_reader *r, const cpl_number *n, cpl_clock_time *clock) {
    cpl_number hour = {n->at, n->value / 100, 2, n->thai};
    if (!check_hour(r, &hour)) return false;
    if (n->value % 100 > LAST_MINUTE) return fail_time(r, COMPLAINT_EXPECTED_MINUTES, digit_at(n, 2));
    return set_clock(r, &hour, n->value % 100 * (int64_t)CPL_MINUTE_MS, COMPLAINT_PRECISION_MINUTE, clock);
}

/* After `9 นาฬิกา`: `30 นาที`, or nothing. */
static bool read_spelled_minutes(cpl_reader *r, const cpl_number *hour, cpl_clock_time *clock) {
    size_t end = r->at;
    cpl_number minute = {0};
    if (!check_hour(r, hour)) return false;
    cpl_read_blanks(r);
    if (!cpl_at_digit(r)) {
        r->at = end;
        return set_clock(r, hour, 0, COMPLAINT_PRECISION_MINUTE, clock);
    }
    if (!cpl_read_number(r, &minute)) return false;
    cpl_read_blanks(r);
    if (!cpl_accept(r, CPL_LIT("นาที"))) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_TRAILING_TEXT, COMPLAINT_EXPECTED_END, minute.at);
    if (minute.count > 2 || minute.value > LAST_MINUTE) return fail_time(r, COMPLAINT_EXPECTED_MINUTES, minute.at);
    return set_clock(r, hour, minute.value * (int64_t)CPL_MINUTE_MS, COMPLAINT_PRECISION_MINUTE, clock);
}

/* A number with no separator behind it. It is no time unless a word says so; then *found stays false. */
static bool read_bare_time(cpl_reader *r, const cpl_number *n, bool said, bool *found, cpl_clock_time *clock) {
    bool word = accept_clock_word(r), compact = n->count == CLOCK_DIGITS && (word || said);
    *found = word || said;
    if (compact) return set_compact(r, n, clock);
    if (word) return read_spelled_minutes(r, n, clock);
    cpl_read_blanks(r);
    if (at_spoken_time(r)) return fail_spoken(r);
    return !said || cpl_read_broken(r, COMPLAINT_EXPECTED_MINUTES);
}

/* At the digits of a time; `said`: `เวลา` stands before them. */
static bool read_said_time(cpl_reader *r, const cpl_written *w, bool said, bool *found, cpl_clock_time *clock) {
    cpl_number n;
    if (!cpl_read_number(r, &n)) return false;
    *found = true;
    bool colon = accept_before_digit(r, CPL_LIT(":"));
    bool read = colon || accept_before_digit(r, CPL_LIT(".")) ? read_minutes(r, &n, colon ? CPL_LIT(":") : CPL_LIT("."), clock) : read_bare_time(r, &n, said, found, clock);
    return read && (!*found || read_time_end(r, w, clock));
}

static bool read_spoken_or_none(cpl_reader *r, bool said) {
    if (at_spoken_time(r) || (said && cpl_at_letter(r))) return fail_spoken(r);
    return !said || cpl_read_broken(r, COMPLAINT_EXPECTED_HOUR);
}

bool cpl_read_time(cpl_reader *r, const cpl_written *w, cpl_clock_time *clock) {
    *clock = (cpl_clock_time){COMPLAINT_PRECISION_DAY, 0, CPL_BANGKOK_MS};
    if (cpl_at_end(r)) return true;
    if (w->iso && cpl_accept(r, CPL_LIT("T"))) return read_iso_time(r, clock);
    if (r->strict) return true;
    cpl_read_blanks(r);
    size_t end = r->at;
    if (cpl_accept(r, CPL_LIT(","))) cpl_read_blanks(r);
    bool said = cpl_accept(r, CPL_LIT("เวลา")), found = false;
    if (said) cpl_read_blanks(r);
    bool read = cpl_at_digit(r) ? read_said_time(r, w, said, &found, clock) : read_spoken_or_none(r, said);
    if (read && !found) r->at = end;
    return read;
}
