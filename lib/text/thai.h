/*
 * text/thai: what the Thai characters are, by number.
 *
 * Owns: the ranges of U+0E00 to U+0E7F that the normal form asks for. Must not know: texts.
 */
#ifndef CPL_TEXT_THAI_H
#define CPL_TEXT_THAI_H

#include <stdbool.h>
#include <stdint.h>

enum {
    THAI_RU = 0x0E24,
    THAI_LU = 0x0E26,
    THAI_SARA_AA = 0x0E32,
    THAI_SARA_AM = 0x0E33,
    THAI_SARA_E = 0x0E40,
    THAI_SARA_AE = 0x0E41,
    THAI_LAKKHANGYAO = 0x0E45,
    THAI_NIKHAHIT = 0x0E4D,
    THAI_ZERO = 0x0E50
};

static inline bool thai(int32_t p) { return p >= 0x0E00 && p <= 0x0E7F; }
static inline bool thai_letter(int32_t p) { return (p >= 0x0E01 && p <= 0x0E3A) || (p >= 0x0E40 && p <= 0x0E4E); }
static inline bool thai_digit(int32_t p) { return p >= THAI_ZERO && p <= THAI_ZERO + 9; }
/* Vowels that stand by themselves; none is ever written twice. */
static inline bool thai_vowel(int32_t p) { return p == 0x0E30 || p == THAI_SARA_AA || (p >= THAI_SARA_E && p <= THAI_LAKKHANGYAO); }

/* Where a mark stands among those of its letter, from 1; 0 for what is no mark. ำ is one of them: it is typed before or after the tone. */
static inline int thai_mark(int32_t p) {
    if (p == 0x0E3A) return 1;
    if (p == 0x0E38 || p == 0x0E39) return 2;
    if (p == 0x0E31 || (p >= 0x0E34 && p <= 0x0E37) || p == 0x0E47 || p == THAI_NIKHAHIT || p == 0x0E4E) return 3;
    if (p >= 0x0E48 && p <= 0x0E4B) return 4;
    if (p == 0x0E4C) return 5;
    return p == THAI_SARA_AM ? 6 : 0;
}

#endif
