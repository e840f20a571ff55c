/*
 * The calendar without a database. Other programs read what these print, so the form is fixed: one line each, cells separated by tabs, whatever standard
 * output is.
 */
#include "cli.h"

#include <string.h>

enum { LINE = 160 };

static const char *status_name(int32_t status) { return status == COMPLAINT_ANNOUNCED ? "announced" : "predicted"; }

static const char *iso_day(int32_t day, char text[LINE]) {
    size_t needed = 0;
    return complaint_date_format(day, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, LINE, &needed) == COMPLAINT_OK ? text : "";
}

static int open_calendar(cli *c, const char *province) {
    complaint_error *error = NULL;
    complaint_status status = complaint_calendar_builtin(NULL, province, &c->calendar, &error);
    int answer = status == COMPLAINT_OK ? CLI_DONE : error ? refuse(c, error) : refuse_status(c, status, province ? province : "");
    complaint_error_free(error);
    return answer;
}

/* ---- holidays ---- */

static const char *kind_name(int32_t kind) {
    static const char *const names[] = {"", "fixed", "lunar", "substitution", "special", "ploughing"};
    return kind > 0 && kind < (int32_t)(sizeof names / sizeof *names) ? names[kind] : "other";
}

static complaint_status print_holiday(const cli *c, int32_t year, int32_t index) {
    int32_t day = 0, kind = 0, sure = 0;
    char text[LINE];
    complaint_status status = complaint_calendar_holiday(c->calendar, year, index, &day, &kind, &sure, NULL);
    if (status != COMPLAINT_OK) return status;
    printf("%s\t%s\t%s\t%s\t%s\n", iso_day(day, text), complaint_calendar_holiday_name(c->calendar, year, index, COMPLAINT_THAI), kind_name(kind),
           complaint_calendar_holiday_scope(c->calendar, year, index), status_name(sure));
    return COMPLAINT_OK;
}

static int run_holidays(cli *c, int argc, char **argv) {
    int64_t year = 0;
    int32_t count = 0;
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 1 || !parse_number(argv[0], &year) || year > 9999) return misuse(c, "ต้องระบุปี พ.ศ.", "a Buddhist-era year is needed", argc > 0 ? argv[0] : NULL);
    int answer = open_calendar(c, NULL);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_calendar_holiday_count(c->calendar, (int32_t)year, &count);
    for (int32_t i = 0; i < count && status == COMPLAINT_OK; i++) status = print_holiday(c, (int32_t)year, i);
    return status == COMPLAINT_OK ? CLI_DONE : refuse_status(c, status, argv[0]);
}

/* ---- due ---- */

/* The number of the word `text` in a list that ends with a NULL name, or -1. */
typedef struct choice {
    const char *name;
    int32_t value;
} choice;

static int32_t choose(const choice *list, const char *text) {
    while (list->name && strcmp(list->name, text) != 0) list++;
    return list->name ? list->value : -1;
}

static const choice units[] = {{"working_days", COMPLAINT_UNIT_WORKING_DAYS}, {"calendar_days", COMPLAINT_UNIT_CALENDAR_DAYS}, {NULL, 0}};
static const choice rolls[] = {{"none", COMPLAINT_ROLL_NONE}, {"following", COMPLAINT_ROLL_FOLLOWING}, {"preceding", COMPLAINT_ROLL_PRECEDING}, {NULL, 0}};

static int print_due(cli *c, int32_t unit, int64_t length, int32_t roll, int64_t from) {
    complaint_deadline *deadline = NULL;
    complaint_error *error = NULL;
    char text[LINE];
    complaint_status status =
        complaint_calendar_due(c->calendar, unit, length, COMPLAINT_FIRST_DAY_EXCLUDED, roll, COMPLAINT_RECEIPT_AS_IS, COMPLAINT_DUE_END_OF_DAY, from, &deadline, &error);
    int answer = status == COMPLAINT_OK ? CLI_DONE : error ? refuse(c, error) : refuse_status(c, status, "");
    if (status == COMPLAINT_OK) printf("%s\t%s\n", iso_day(complaint_deadline_last_day(deadline), text), status_name(complaint_deadline_status(deadline)));
    complaint_deadline_free(deadline);
    complaint_error_free(error);
    return answer;
}

static int run_due(cli *c, int argc, char **argv) {
    const char *from_text = NULL, *length_text = NULL, *unit_text = NULL, *roll_text = "none", *province = NULL;
    const option known[] = {
        {"--from", &from_text, NULL}, {"--length", &length_text, NULL}, {"--unit", &unit_text, NULL}, {"--roll", &roll_text, NULL}, {"--province", &province, NULL}};
    int64_t from = 0, length = 0;
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    if (!from_text || !parse_instant(from_text, &from)) return misuse(c, "ต้องระบุ --from เป็นวันหรือเวลา ISO", "--from takes an ISO date or time", from_text);
    if (!length_text || (strcmp(length_text, "0") != 0 && !parse_number(length_text, &length)))
        return misuse(c, "ต้องระบุ --length เป็นจำนวนวัน", "--length takes a number of days", length_text);
    int32_t unit = unit_text ? choose(units, unit_text) : -1, roll = choose(rolls, roll_text);
    if (unit < 0) return misuse(c, "ต้องระบุ --unit working_days หรือ calendar_days", "--unit takes working_days or calendar_days", unit_text);
    if (roll < 0) return misuse(c, "--roll คือ none following หรือ preceding", "--roll takes none, following or preceding", roll_text);
    int answer = open_calendar(c, province);
    return answer == CLI_DONE ? print_due(c, unit, length, roll, from) : answer;
}

/* ---- count ---- */

static int run_count(cli *c, int argc, char **argv) {
    int32_t from = 0, to = 0, count = 0;
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 2 || !parse_day(argv[0], &from) || !parse_day(argv[1], &to)) return misuse(c, "ต้องระบุวันสองวันเป็น ISO", "two ISO dates are needed", NULL);
    int answer = open_calendar(c, NULL);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_calendar_count(c->calendar, from, to, &count);
    if (status != COMPLAINT_OK) return refuse_status(c, status, argv[0]);
    printf("%d\n", (int)count);
    return CLI_DONE;
}

static const struct {
    const char *name;
    int (*run)(cli *c, int argc, char **argv);
} kinds[] = {{"holidays", run_holidays}, {"due", run_due}, {"count", run_count}};

int run_calendar(cli *c, int argc, char **argv) {
    for (size_t i = 0; argc > 0 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[0]) == 0) return kinds[i].run(c, argc - 1, argv + 1);
    return misuse(c, "ใช้ calendar holidays, calendar due หรือ calendar count", "it is calendar holidays, calendar due or calendar count", argc > 0 ? argv[0] : NULL);
}
