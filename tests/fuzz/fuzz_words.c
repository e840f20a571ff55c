/*
 * What people type at the command line desk and what it reads out of a log, fed with anything. The first byte chooses: words of a command line (each ended by a NUL), a number, a time, lines, a text for the screen, an object
 * of JSON.
 *
 * What is understood means the same when it is written again; what is not understood sets nothing; no text moves the cursor; nothing is read behind its end.
 */
#include "fuzz.h"

#include "cli.h"

#include <string.h>

enum { WORDS = 24 };

static char *copy_of(const uint8_t *p, size_t n) {
    char *text = malloc(n + 1);
    PROMISE(text);
    if (n) memcpy(text, p, n);
    text[n] = '\0';
    return text;
}

/* ---- numbers and times ---- */

static void check_number(const char *text) {
    char again[64];
    int64_t number = -7, value = -7, other = -7;
    int32_t year = -7, other_year = -7;
    if (parse_number(text, &number)) {
        snprintf(again, sizeof again, "%lld", (long long)number);
        PROMISE(number > 0 && parse_number(again, &value) && value == number);
    } else {
        PROMISE(number == -7);
    }
    if (parse_register_number(text, &value, &year)) {
        snprintf(again, sizeof again, "%lld/%d", (long long)value, (int)year);
        PROMISE(value > 0 && year > 0 && parse_register_number(again, &other, &other_year) && other == value && other_year == year);
    } else {
        PROMISE(year == -7);
    }
}

/* What programs write people may write too, with the same meaning. */
static void check_time(const char *text) {
    static const int64_t november = INT64_C(1762308000000);
    int64_t strict = 0, instant = -7;
    int32_t parsed = 0, strict_day = 0, day = -7;
    bool iso = complaint_date_parse_iso(text, strlen(text), &parsed, &strict_day, &strict, NULL) == COMPLAINT_OK;
    bool when = parse_when(text, november, &instant, NULL), date = parse_date(text, november, &day, NULL);
    PROMISE((when || instant == -7) && (date || day == -7));
    if (iso) PROMISE(when && instant == strict);
    if (iso && parsed == COMPLAINT_PARSED_DAY) PROMISE(date && day == strict_day);
}

/* ---- lines and screens ---- */

static void check_lines(const uint8_t *data, size_t size) {
    FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "rb") : NULL;
    buffer line = {0};
    size_t lines = 0, breaks = 0;
    for (size_t i = 0; i < size; i++) breaks += data[i] == '\n';
    while (in && next_line(in, &line)) {
        PROMISE(!line.size || !memchr(line.data, '\n', line.size));
        lines++;
    }
    PROMISE(lines == breaks + (size && data[size - 1] != '\n'));
    release(&line);
    if (in) fclose(in);
}

static void check_screen(const uint8_t *data, size_t size) {
    for (int keep = 0; keep < 2; keep++) {
        buffer b = {0};
        add(&b, (const char *)data, size);
        make_visible(&b, keep);
        PROMISE(b.size == size);
        for (size_t i = 0; i < b.size; i++) {
            unsigned char c = (unsigned char)b.data[i];
            PROMISE((c >= 0x20 && c != 0x7F) || (c == '\n' && keep));
            PROMISE(c != 0xC2 || i + 1 == b.size || (unsigned char)b.data[i + 1] < 0x80 || (unsigned char)b.data[i + 1] >= 0xA0);
        }
        release(&b);
    }
}

/* ---- JSON of a log ---- */

static void see(void *context, const char *name, const char *value) { *(size_t *)context += strlen(name) + strlen(value); }

static void see_item(void *context, const char *object) { *(size_t *)context += strlen(object); }

static void check_json(const char *text) {
    static const char *const names[] = {"a", "fields", "clocks", "seq", ""};
    size_t n = strlen(text), seen = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *begin = NULL, *end = NULL;
        if (json_find(text, names[i], &begin, &end)) PROMISE(begin >= text && begin <= end && end <= text + n);
        (void)json_number(text, names[i], 0);
        json_items(text, names[i], see_item, &seen);
    }
    json_each(text, see, &seen);
}

/* ---- command lines ---- */

static void check_options(cli *c, int argc, char **argv) {
    const char *name = NULL, *other = NULL;
    bool given = false;
    const option known[] = {{"--name", &name, NULL}, {"--other", &other, NULL}, {"--all", NULL, &given}};
    int taken = read_options(c, argc, argv);
    PROMISE(taken >= -1 && taken <= argc);
    if (taken < 0) return;
    int left = take_options(c, argc - taken, argv + taken, known, sizeof known / sizeof known[0]);
    PROMISE(left >= -1 && left <= argc - taken);
    for (int i = 0; i < left; i++) PROMISE(argv[taken + i]);
    (void)no_words(c, left < 0 ? 0 : left, argv + taken);
}

/* What is wrong with a command line is said on standard error, which belongs to the reports of the sanitizers here. */
static void check_command_line(char *text, size_t size) {
    static FILE *nowhere;
    lookup none = {0};
    cli c = {.lookup = &none};
    char *words[WORDS];
    int count = 0;
    for (char *at = text; count < WORDS && at < text + size; at += strlen(at) + 1) words[count++] = at;
    if (!nowhere) nowhere = fopen("/dev/null", "w");
    PROMISE(nowhere);
    FILE *saved = stderr;
    stderr = nowhere;
    check_options(&c, count, words);
    stderr = saved;
    if (count) (void)command_find(words[0]);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    uint8_t which = fuzz_byte(&b);
    char *text = copy_of(b.p, b.n);
    (void)f; /* the command ends where there is no memory */
    switch (which % 6) {
    case 0: check_command_line(text, b.n); break;
    case 1: check_number(text); break;
    case 2: check_time(text); break;
    case 3: check_lines(b.p, b.n); break;
    case 4: check_screen(b.p, b.n); break;
    default: check_json(text); break;
    }
    free(text);
}
