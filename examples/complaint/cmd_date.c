/*
 * Dates without a database, one output line per input line, for other programs to read. The form is fixed whatever standard output is.
 */
#include "cli.h"

#include <string.h>

enum { LINE = 160 };

static void print_error(int32_t error) { printf("error:%s\n", complaint_date_error_name(error)); }

/* ---- parse ---- */

/* What is no date is an answer like others. */
static complaint_status say_date(const buffer *line, void *reference) {
    int32_t precision = 0, day = 0, error = 0;
    int64_t instant = 0;
    size_t size = line->size, needed = 0;
    char text[LINE];
    break_lines(line->data, &size);
    if (complaint_date_parse(line->data, size, *(const int32_t *)reference, &precision, &day, &instant, NULL, &error, NULL, NULL) != COMPLAINT_OK) {
        print_error(error);
        return COMPLAINT_OK;
    }
    if (precision == COMPLAINT_PRECISION_DAY)
        complaint_date_format(day, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, sizeof text, &needed);
    else
        complaint_date_format_instant(instant, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, sizeof text, &needed);
    printf("%s\n", text);
    return COMPLAINT_OK;
}

/* The day near which two-digit years lie: --reference, whose own year has four digits, else the desk's today. */
static int find_reference(const cli *c, const char *text, int32_t *day) {
    misread why;
    *day = host_today(c);
    if (!text || parse_date(text, INT64_MIN, day, &why)) return CLI_DONE;
    return misuse_date(c, "--reference", text, &why);
}

static int run_parse(cli *c, int argc, char **argv) {
    const char *text = NULL;
    const option known[] = {{"--reference", &text, NULL}};
    int32_t reference = 0;
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    int answer = find_reference(c, text, &reference);
    return answer == CLI_DONE ? each_line(c, say_date, &reference) : answer;
}

/* ---- format ---- */

typedef struct style {
    int32_t number, options;
} style;

/* Why a line is no ISO date. One that people could read is at fault as a whole. */
static int32_t iso_error(const buffer *line, complaint_status status) {
    int32_t error = COMPLAINT_DATE_ERROR_SYNTAX;
    if (complaint_status_class(status) == COMPLAINT_E_RANGE) return COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE;
    complaint_date_parse(line->data, line->size, INT32_MIN, NULL, NULL, NULL, NULL, &error, NULL, NULL);
    return error;
}

static complaint_status say_style(const buffer *line, void *how) {
    const style *s = how;
    int32_t parsed = 0, day = 0;
    int64_t instant = 0;
    size_t needed = 0;
    char text[LINE];
    complaint_status status = complaint_date_parse_iso(line->data, line->size, &parsed, &day, &instant, NULL);
    if (status == COMPLAINT_OK && parsed == COMPLAINT_PARSED_DAY)
        status = complaint_date_format(day, s->number, s->options, text, sizeof text, &needed);
    else if (status == COMPLAINT_OK)
        status = complaint_date_format_instant(instant, s->number, s->options, text, sizeof text, &needed);
    if (status == COMPLAINT_OK)
        printf("%s\n", text);
    else
        print_error(iso_error(line, status));
    return COMPLAINT_OK;
}

static int32_t style_number(const char *name) {
    static const char *const names[] = {"long", "short", "numeric", "official"};
    static const int32_t numbers[] = {COMPLAINT_DATE_LONG, COMPLAINT_DATE_SHORT, COMPLAINT_DATE_NUMERIC, COMPLAINT_DATE_OFFICIAL};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) return numbers[i];
    return 0;
}

static int run_format(cli *c, int argc, char **argv) {
    const char *name = "long";
    bool thai_digits = false;
    const option known[] = {{"--style", &name, NULL}, {"--thai-digits", NULL, &thai_digits}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    style s = {style_number(name), thai_digits ? COMPLAINT_DIGITS_THAI : COMPLAINT_DIGITS_ARABIC};
    if (!s.number) return misuse(c, "--style คือ long short numeric หรือ official", "--style takes long, short, numeric or official", name);
    return each_line(c, say_style, &s);
}

int run_date(cli *c, int argc, char **argv) {
    if (argc > 0 && strcmp(argv[0], "parse") == 0) return run_parse(c, argc - 1, argv + 1);
    if (argc > 0 && strcmp(argv[0], "format") == 0) return run_format(c, argc - 1, argv + 1);
    return misuse(c, "ใช้ date parse หรือ date format", "it is date parse or date format", argc > 0 ? argv[0] : NULL);
}
