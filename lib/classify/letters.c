/*
 * classify/letters: the normal form as letters.
 *
 * Owns: which differences between two texts do not count: digits, the length of numbers, line breaks. Must not know: words.
 */
#include "classify/classify.h"

enum { DIGITS_KEPT = 3, PRIVATE_USE = 0xE000 };

static complaint_status reserve(cpl_letters *l, size_t count) {
    if (count <= l->capacity) return COMPLAINT_OK;
    size_t capacity = l->capacity ? l->capacity : 256;
    while (capacity < count) capacity *= 2;
    uint16_t *letter = cpl_resize(&l->memory, l->letter, capacity, sizeof *letter);
    if (letter) l->letter = letter;
    uint32_t *at = letter ? cpl_resize(&l->memory, l->at, capacity, sizeof *at) : NULL;
    if (!at) return COMPLAINT_E_MEMORY;
    l->at = at;
    l->capacity = capacity;
    return COMPLAINT_OK;
}

/* The normal form is valid UTF-8. */
static inline size_t decode(const uint8_t *p, uint32_t *point) {
    if (p[0] < 0x80) return *point = p[0], 1;
    if (p[0] < 0xE0) return *point = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu), 2;
    if (p[0] < 0xF0) return *point = (p[0] & 0xFu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu), 3;
    *point = (p[0] & 7u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    return 4;
}

static inline uint16_t letter_of(uint32_t point) {
    if (point >= '0' && point <= '9') return '0';
    if (point == '\n') return ' ';
    return (uint16_t)(point <= 0xFFFF ? point : PRIVATE_USE | (point & 0xFFF)); /* emoji */
}

complaint_status cpl_letters_make(cpl_letters *l, cpl_str normal) {
    l->count = 0;
    complaint_status s = reserve(l, normal.n + 3);
    if (s != COMPLAINT_OK) return s;
    size_t n = 0, digits = 0;
    l->at[n] = 0;
    l->letter[n++] = ' ';
    for (size_t i = 0; i < normal.n;) {
        uint32_t point, at = (uint32_t)i;
        i += decode((const uint8_t *)normal.p + i, &point);
        uint16_t letter = letter_of(point);
        digits = letter == '0' ? digits + 1 : 0;
        if (digits > DIGITS_KEPT) continue;
        l->at[n] = at;
        l->letter[n++] = letter;
    }
    l->at[n] = (uint32_t)normal.n;
    l->letter[n++] = ' ';
    l->at[n] = (uint32_t)normal.n;
    l->count = n;
    return COMPLAINT_OK;
}

void cpl_letters_free(cpl_letters *l) {
    cpl_free(&l->memory, l->letter);
    cpl_free(&l->memory, l->at);
    *l = (cpl_letters){.memory = l->memory};
}
