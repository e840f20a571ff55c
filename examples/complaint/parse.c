/*
 * What people type: numbers in Arabic or Thai digits, register numbers, dates and times as officials or programs write them.
 */
#include "cli.h"

#include <string.h>

/* The value of the digit at `text` and how many bytes it has; 0 bytes when it is none. Thai digits are U+0E50 .. U+0E59. */
static size_t read_digit(const char *text, int *digit) {
    if (*text >= '0' && *text <= '9') {
        *digit = *text - '0';
        return 1;
    }
    if (strncmp(text, "\xE0\xB9", 2) != 0) return 0;
    int last = (unsigned char)text[2] - 0x90;
    if (last < 0 || last > 9) return 0;
    *digit = last;
    return 3;
}

/* Reads digits from `text`; answers where they end, or NULL when there is none or the number is too large. */
static const char *read_number(const char *text, int64_t *number) {
    const char *at = text;
    int64_t value = 0;
    int digit = 0;
    for (size_t bytes; (bytes = read_digit(at, &digit)) > 0; at += bytes) {
        if (value > (INT64_MAX - digit) / 10) return NULL;
        value = value * 10 + digit;
    }
    if (at == text) return NULL;
    *number = value;
    return at;
}

bool parse_number(const char *text, int64_t *number) {
    int64_t value = 0;
    const char *end = read_number(text, &value);
    if (!end || *end != '\0' || value <= 0) return false;
    *number = value;
    return true;
}

bool parse_register_number(const char *text, int64_t *number, int32_t *fiscal_year) {
    int64_t value = 0, year = 0;
    const char *end = read_number(text, &value);
    if (!end || *end != '/' || value <= 0) return false;
    if (!parse_number(end + 1, &year) || year > 9999) return false;
    *number = value;
    *fiscal_year = (int32_t)year;
    return true;
}

static int32_t day_of(int64_t instant) {
    int32_t day = INT32_MIN;
    int64_t millisecond = 0;
    (void)complaint_date_of_instant(instant, &day, &millisecond);
    return day;
}

bool parse_when(const char *text, int64_t now, int64_t *instant, misread *why) {
    misread found = {0};
    bool read = complaint_date_parse(text, strlen(text), day_of(now), NULL, NULL, instant, NULL, &found.error, &found.expected, &found.offset) == COMPLAINT_OK;
    if (!read && why) *why = found;
    return read;
}

bool parse_date(const char *text, int64_t now, int32_t *day, misread *why) {
    misread found = {0};
    int32_t precision = 0, parsed = 0;
    bool read = complaint_date_parse(text, strlen(text), day_of(now), &precision, &parsed, NULL, NULL, &found.error, &found.expected, &found.offset) == COMPLAINT_OK && precision == COMPLAINT_PRECISION_DAY;
    if (!read && why) *why = found;
    if (read) *day = parsed;
    return read;
}

int take_when(const cli *c, const char *name, const char *text, int64_t *instant) {
    misread why;
    return parse_when(text, host_now(c), instant, &why) ? CLI_DONE : misuse_date(c, name, text, &why);
}

int take_date(const cli *c, const char *name, const char *text, int32_t *day) {
    misread why;
    return parse_date(text, host_now(c), day, &why) ? CLI_DONE : misuse_date(c, name, text, &why);
}

bool next_line(FILE *in, buffer *line) {
    int byte = fgetc(in);
    clear(line);
    if (byte == EOF) return false;
    for (; byte != EOF && byte != '\n'; byte = fgetc(in)) {
        char character = (char)byte;
        add(line, &character, 1);
    }
    if (line->size > 0 && line->data[line->size - 1] == '\r') line->data[--line->size] = '\0';
    return true;
}
