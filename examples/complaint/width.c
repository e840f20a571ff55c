/*
 * How wide a text is on a screen. Thai vowels above and below the line and tone marks take no column of their own; most emoji and East Asian
 * characters take two. A table of ranges is enough here and asks neither the locale nor a library.
 */
#include "cli.h"

typedef struct range {
    uint32_t first, last;
    int width;
} range;

static const range ranges[] = {
    {0x0000, 0x001F, 0},   {0x007F, 0x009F, 0},   {0x00AD, 0x00AD, 0},   {0x0300, 0x036F, 0},   {0x0E31, 0x0E31, 0},   {0x0E34, 0x0E3A, 0},   {0x0E47, 0x0E4E, 0},
    {0x0EB1, 0x0EB1, 0},   {0x0EB4, 0x0EBC, 0},   {0x0EC8, 0x0ECE, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0},   {0x202A, 0x202E, 0},   {0x2060, 0x2064, 0},
    {0x20D0, 0x20FF, 0},   {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE30, 0xFE6F, 2},
    {0xFEFF, 0xFEFF, 0},   {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F3FA, 2}, {0x1F3FB, 0x1F3FF, 0}, {0x1F400, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2},
    {0x1F900, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0000, 0xE01EF, 0},
};

static size_t width_of(uint32_t character) {
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (character > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < sizeof ranges / sizeof *ranges && character >= ranges[low].first;
    return inside ? (size_t)ranges[low].width : 1;
}

/* Texts come from the library, so they are valid UTF-8; an argument may not be, and then a byte counts as a character. */
static const char *next_character(const char *text, uint32_t *character) {
    unsigned char lead = (unsigned char)*text;
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    uint32_t value = more == 3 ? lead & 0x07u : more == 2 ? lead & 0x0Fu : more == 1 ? lead & 0x1Fu : lead;
    text++;
    for (; more > 0 && ((unsigned char)*text & 0xC0) == 0x80; more--, text++) value = value << 6 | ((unsigned char)*text & 0x3Fu);
    *character = value;
    return text;
}

size_t display_width(const char *text) {
    size_t width = 0;
    uint32_t character;
    while (*text) {
        text = next_character(text, &character);
        width += width_of(character);
    }
    return width;
}

size_t fitting_bytes(const char *text, size_t columns) {
    const char *at = text;
    uint32_t character;
    for (size_t width = 0; *at;) {
        const char *next = next_character(at, &character);
        width += width_of(character);
        if (width > columns) break;
        at = next;
    }
    return (size_t)(at - text);
}
