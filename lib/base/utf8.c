/*
 * base/utf8: is it valid UTF-8 without U+0000, and where may it be cut.
 *
 * Owns: utf8proc. Must not know: letters, words, languages (text does).
 */
#include "base/base.h"

#include <string.h>
#include <utf8proc.h>

static uint64_t load8(const unsigned char *p) {
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

/* True when all eight bytes are 0x01 .. 0x7f. */
static bool plain8(uint64_t w) {
    uint64_t high = UINT64_C(0x8080808080808080), low = UINT64_C(0x0101010101010101);
    return ((w | (w - low)) & high) == 0;
}

/* U+0E00 .. U+0E7F: nearly every character of an ordinary Thai text. */
static bool thai(const unsigned char *p) { return p[0] == 0xE0 && (p[1] & 0xFE) == 0xB8 && (p[2] & 0xC0) == 0x80; }

complaint_status cpl_utf8_check(cpl_str s, size_t *offset) {
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n;) {
        if (s.n - i >= 8 && plain8(load8(p + i))) {
            i += 8;
        } else if (p[i] == 0) {
            *offset = i;
            return COMPLAINT_E_NUL;
        } else if (p[i] < 0x80) {
            i++;
        } else if (s.n - i >= 3 && thai(p + i)) {
            i += 3;
        } else {
            utf8proc_int32_t point;
            utf8proc_ssize_t n = utf8proc_iterate(p + i, s.n - i > 4 ? 4 : (utf8proc_ssize_t)(s.n - i), &point);
            if (n <= 0) {
                *offset = i;
                return COMPLAINT_E_UTF8;
            }
            i += (size_t)n;
        }
    }
    return COMPLAINT_OK;
}

size_t cpl_utf8_cut(cpl_str s, size_t n) {
    if (n >= s.n) return s.n;
    size_t cut = n;
    for (int back = 0; back < 3 && cut > 0 && ((unsigned char)s.p[cut] & 0xC0) == 0x80; back++) cut--;
    return cut;
}

const char *cpl_quote(cpl_str s, char out[CPL_QUOTE_SIZE]) {
    size_t most = cpl_utf8_cut(s, CPL_QUOTE_MAX), n = most;
    int32_t point;
    while (n > 0 && n < s.n && cpl_utf8_next(s, n, &point) && cpl_utf8_joins(point)) n = cpl_utf8_cut(s, n - 1);
    if (n == 0) n = most; /* nothing but marks */
    if (n) memcpy(out, s.p, n);
    memcpy(out + n, n < s.n ? "…" : "", n < s.n ? sizeof "…" : 1);
    return out;
}

size_t cpl_arabic_digits(char *p, size_t n) {
    size_t out = 0;
    for (size_t i = 0; i < n; i++) {
        bool figure = i + 2 < n && memcmp(p + i, "\xE0\xB9", 2) == 0 && (unsigned char)p[i + 2] >= 0x90 && (unsigned char)p[i + 2] <= 0x99;
        p[out++] = figure ? (char)('0' + ((unsigned char)p[i + 2] - 0x90)) : p[i];
        i += figure ? 2 : 0;
    }
    return out;
}
