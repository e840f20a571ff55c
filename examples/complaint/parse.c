/*
 * What people type: numbers in Arabic or Thai digits, register numbers, times in ISO layout or as officials write them.
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

bool parse_instant(const char *text, int64_t *instant) { return complaint_date_parse_iso(text, strlen(text), NULL, NULL, instant, NULL) == COMPLAINT_OK; }

bool parse_day(const char *text, int32_t *day) {
    int32_t parsed = 0;
    return complaint_date_parse_iso(text, strlen(text), &parsed, day, NULL, NULL) == COMPLAINT_OK && parsed == COMPLAINT_PARSED_DAY;
}

static int32_t day_of(int64_t instant) {
    int32_t day = INT32_MIN;
    int64_t millisecond = 0;
    (void)complaint_date_of_instant(instant, &day, &millisecond);
    return day;
}

bool parse_when(const char *text, int64_t now, int64_t *instant) {
    return parse_instant(text, instant) || complaint_date_parse(text, strlen(text), day_of(now), NULL, NULL, instant, NULL, NULL, NULL, NULL) == COMPLAINT_OK;
}

bool parse_date(const char *text, int64_t now, int32_t *day) {
    int32_t precision = 0;
    if (parse_day(text, day)) return true;
    return complaint_date_parse(text, strlen(text), day_of(now), &precision, day, NULL, NULL, NULL, NULL, NULL) == COMPLAINT_OK && precision == COMPLAINT_PRECISION_DAY;
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
