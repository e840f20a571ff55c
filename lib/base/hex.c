/*
 * base/hex: lower-case hexadecimal.
 *
 * Owns: the one form of a number of bytes. Must not know: whose digest it is.
 */
#include "base/base.h"

static const char digits[] = "0123456789abcdef";

void cpl_hex(const uint8_t *p, size_t n, char *out) {
    for (size_t i = 0; i < n; i++) {
        *out++ = digits[p[i] >> 4];
        *out++ = digits[p[i] & 15];
    }
    *out = '\0';
}

/* Upper case is refused: digests are keys, and a key has one form. */
static int value_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool cpl_unhex(cpl_str s, uint8_t *out, size_t n) {
    if (s.n / 2 != n || s.n % 2) return false;
    for (size_t i = 0; i < s.n; i++)
        if (value_of(s.p[i]) < 0) return false;
    for (size_t i = 0; i < n; i++) out[i] = (uint8_t)((unsigned)value_of(s.p[2 * i]) << 4 | (unsigned)value_of(s.p[2 * i + 1]));
    return true;
}
