/*
 * calendar/parse_lex: blanks, digits and separators of dates as people write them.
 *
 * Owns: what counts as a blank, a digit, a dash. Must not know: dates.
 */
#include "calendar/parse.h"

bool cpl_read_fail(cpl_reader *r, int32_t error, int32_t expected, size_t at) {
    r->error = error;
    r->expected = expected;
    r->error_at = at;
    return false;
}

bool cpl_read_broken(cpl_reader *r, int32_t expected) { return cpl_read_fail(r, cpl_at_end(r) ? COMPLAINT_DATE_ERROR_INCOMPLETE : COMPLAINT_DATE_ERROR_SYNTAX, expected, r->at); }

/* U+2000-200F, U+2028-202F (spaces, zero-width characters, direction marks), U+205F-2064. */
static bool is_general_blank(unsigned char second, unsigned char third) {
    if (second == 0x80) return third <= 0x8F || (third >= 0xA8 && third <= 0xAF);
    return second == 0x81 && third >= 0x9F && third <= 0xA4;
}

/* Bytes of the blank at p, of which `left` can be read; 0 when there is none. Word processors put no-break spaces, zero-width spaces, soft
 * hyphens and byte order marks where a reader sees a space or nothing. */
static size_t blank_size(const unsigned char *p, size_t left) {
    if (left == 0) return 0;
    if (*p == ' ' || (*p >= '\t' && *p <= '\r')) return 1;
    if (*p < 0xC2 || left < 2) return 0;
    if (*p == 0xC2) return p[1] == 0xA0 || p[1] == 0xAD ? 2 : 0;
    if (left < 3) return 0;
    if (*p == 0xE2) return is_general_blank(p[1], p[2]) ? 3 : 0;
    if (*p == 0xE3) return p[1] == 0x80 && p[2] == 0x80 ? 3 : 0;
    return *p == 0xEF && p[1] == 0xBB && p[2] == 0xBF ? 3 : 0;
}

void cpl_read_blanks(cpl_reader *r) {
    if (r->strict) return;
    for (size_t n; (n = blank_size(r->text + r->at, r->size - r->at)) > 0;) r->at += n;
}

/* The value of the digit at the reader and its bytes, or -1. */
static inline int32_t digit(const cpl_reader *r, size_t *bytes) {
    const unsigned char *p = r->text + r->at;
    size_t left = r->size - r->at;
    *bytes = 1;
    if (left > 0 && *p >= '0' && *p <= '9') return *p - '0';
    *bytes = 3; /* ๐ is U+0E50: E0 B9 90 */
    return left >= 3 && p[0] == 0xE0 && p[1] == 0xB9 && p[2] >= 0x90 && p[2] <= 0x99 ? p[2] - 0x90 : -1;
}

bool cpl_at_digit(const cpl_reader *r) {
    size_t bytes;
    return digit(r, &bytes) >= 0;
}

bool cpl_read_number(cpl_reader *r, cpl_number *n) {
    size_t bytes, first;
    int32_t d = digit(r, &first);
    *n = (cpl_number){r->at, 0, 0, first > 1};
    for (bytes = first; d >= 0; d = digit(r, &bytes)) {
        if (bytes != first) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_MIXED_DIGITS, COMPLAINT_EXPECTED_SAME_DIGITS, r->at);
        if (n->count < 9) {
            n->value = n->value * 10 + d;
            ++n->count;
        }
        r->at += bytes;
    }
    return true;
}

bool cpl_check_width(cpl_reader *r, const cpl_number *n, int32_t width, int32_t expected) {
    if (!r->strict) return true;
    if (n->thai) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_SYNTAX, expected, n->at);
    if (n->count < width) return cpl_read_broken(r, expected);
    return n->count == width || cpl_read_fail(r, COMPLAINT_DATE_ERROR_SYNTAX, expected, n->at + (size_t)width);
}

bool cpl_accept_any(cpl_reader *r, const cpl_str *words, size_t count) {
    for (size_t i = 0; i < count; ++i)
        if (cpl_accept(r, words[i])) return true;
    return false;
}

/* U+2010 .. U+2015 and the minus sign. */
static bool accept_dash(cpl_reader *r) {
    const unsigned char *p = r->text + r->at;
    if (cpl_accept(r, CPL_LIT("-"))) return true;
    if (r->strict || r->size - r->at < 3 || p[0] != 0xE2) return false;
    if (!(p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0x95) && !(p[1] == 0x88 && p[2] == 0x92)) return false;
    r->at += 3;
    return true;
}

char cpl_read_separator(cpl_reader *r) {
    if (accept_dash(r)) return '-';
    if (r->strict) return 0;
    if (cpl_accept(r, CPL_LIT("/"))) return '/';
    return cpl_accept(r, CPL_LIT(".")) ? '.' : 0;
}

bool cpl_at_letter(const cpl_reader *r) {
    int c = cpl_peek(r);
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
    if (c != 0xE0 || r->size - r->at < 3) return false;
    unsigned char second = r->text[r->at + 1], third = r->text[r->at + 2];
    return second == 0xB8 || (second == 0xB9 && third <= 0x8E); /* U+0E00 .. U+0E4E: up to the marks, without the digits */
}
