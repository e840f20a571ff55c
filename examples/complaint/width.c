/*
 * How wide the screen is, how wide a text is on it, and where a text may go on in the next line. Thai vowels above and below the line and tone marks take no column of their own;
 * most emoji and East Asian characters take two. A table of ranges is enough here and asks neither the locale nor a library.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ---- the screen ---- */

size_t screen_width(void) {
    struct winsize size = {0};
    int64_t columns = 0;
    const char *wanted = getenv("COLUMNS");
    if (!isatty(STDOUT_FILENO)) return 0;
    if (wanted && parse_number(wanted, &columns)) return (size_t)columns;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* ---- a text ---- */

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

/* ---- where a line may end ---- */

/* Thai is written without blanks. A line best ends before one of the words of which official names are made, */
static bool begins_word(const char *at) {
    static const char *const words[] = {"และ", "หรือ", "ของ", "ด้าน", "หน่วย", "ผู้", "กลุ่ม", "ความ", "สำนัก", "พร้อม", "คุ้ม", "บริหาร", "บริการ", "สาธารณ", "ทรัพย", "บุคคล", "จังหวัด"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0) return true;
    return false;
}

static bool is_leading(uint32_t character) { return character >= 0x0E40 && character <= 0x0E44; }

/* What hangs on the letter before it: vowels and signs behind and around it. */
static bool is_hanging(uint32_t character) { return width_of(character) == 0 || (character >= 0x0E2F && character <= 0x0E33) || character == 0x0E45 || character == 0x0E46; }

/* A number stays with what it counts, a day with its month. */
static bool is_figure(uint32_t character) { return (character >= '0' && character <= '9') || (character >= 0x0E50 && character <= 0x0E59); }

/* The last place, up to `fits`, of each goodness: */
enum { ANYWHERE, SYLLABLE, WORD, BLANK, KINDS };

static void find_places(const char *text, size_t fits, const char *places[KINDS]) {
    uint32_t character = 0, before = 0, last = 0; /* and the one before the blank */
    for (const char *at = text; (size_t)(at - text) <= fits && *at;) {
        const char *next = next_character(at, &character);
        if (at > text && !is_leading(before) && !is_hanging(character)) {
            places[ANYWHERE] = at;
            if (is_leading(character)) places[SYLLABLE] = at; /* a vowel that is written first */
            if (begins_word(at)) places[WORD] = at;
            if (before == ' ' && !is_figure(last) && !is_figure(character)) places[BLANK] = at;
        }
        if (character != ' ') last = character;
        before = character;
        at = next;
    }
}

/* A better place is taken as long as the line does not become too short by it: half of it has to be filled, a third where only a syllable ends. */
size_t line_bytes(const char *text, size_t columns) {
    static const size_t shares[KINDS] = {1, 3, 2, 2};
    const char *places[KINDS] = {NULL, NULL, NULL, NULL};
    uint32_t character = 0;
    size_t fits = fitting_bytes(text, columns);
    if (text[fits] == '\0') return fits;
    find_places(text, fits, places);
    for (int kind = KINDS - 1; kind >= 0; kind--)
        if (places[kind] && (kind == ANYWHERE || (size_t)(places[kind] - text) * shares[kind] >= fits)) return (size_t)(places[kind] - text);
    return fits > 0 ? fits : (size_t)(next_character(text, &character) - text);
}
