/*
 * The calendar without a database. Other programs read what these print, so the form is fixed: one line each, cells separated by tabs, whatever standard
 * output is; or JSON.
 */
#include "cli.h"

#include <string.h>

enum { LINE = 160 };

static const char *status_name(int32_t status) { return status == COMPLAINT_ANNOUNCED ? "announced" : "predicted"; }

static const char *iso_day(int32_t day, char text[LINE]) {
    size_t needed = 0;
    return complaint_date_format(day, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, LINE, &needed) == COMPLAINT_OK ? text : "";
}

/* ---- holidays ---- */

static const char *kind_name(int32_t kind) {
    static const char *const names[] = {"", "fixed", "lunar", "substitution", "special", "ploughing"};
    return kind > 0 && kind < (int32_t)(sizeof names / sizeof *names) ? names[kind] : "other";
}

/* Years of the Buddhist era in living memory begin with 24: what is less was counted as others count. */
static bool is_common_era(int64_t year) { return year < 2400; }

static int misuse_era(const cli *c, int64_t year) {
    enum { ERA = 543 };
    buffer meant = {0};
    add_number(&meant, year + ERA);
    int answer = misuse(c, "ต้องระบุปีเป็น พ.ศ. ไม่ใช่ ค.ศ. น่าจะหมายถึง พ.ศ.", "the year is one of the Buddhist era, not C.E.; perhaps you mean B.E.", meant.data);
    release(&meant);
    return answer;
}

/* A holiday on a day of rest is marked in its name, so that the columns stay the same. */
static const char *rest_day(const cli *c, int32_t year, int32_t index, int32_t day) {
    static const char *const names[] = {"", " (วันจันทร์)", " (วันอังคาร)", " (วันพุธ)", " (วันพฤหัสบดี)", " (วันศุกร์)", " (วันเสาร์)", " (วันอาทิตย์)"};
    return complaint_calendar_holiday_at_rest(c->calendar, year, index) ? names[complaint_date_weekday(day)] : "";
}

static void print_holiday_json(const cli *c, int32_t year, int32_t index, int32_t day, int32_t kind, int32_t sure) {
    char text[LINE];
    buffer b = {0};
    add_text(&b, index > 0 ? ",{" : "{");
    json_text(&b, "date", iso_day(day, text));
    json_text(&b, "name", complaint_calendar_holiday_name(c->calendar, year, index, COMPLAINT_THAI));
    json_text(&b, "kind", kind_name(kind));
    json_text(&b, "scope", complaint_calendar_holiday_scope(c->calendar, year, index));
    json_text(&b, "status", status_name(sure));
    json_integer(&b, "at_rest", complaint_calendar_holiday_at_rest(c->calendar, year, index));
    printf("%s}", b.data);
    release(&b);
}

static complaint_status print_holiday(const cli *c, int32_t year, int32_t index) {
    int32_t day = 0, kind = 0, sure = 0;
    char text[LINE];
    complaint_status status = complaint_calendar_holiday(c->calendar, year, index, &day, &kind, &sure, NULL);
    if (status != COMPLAINT_OK) return status;
    if (c->opt.json) {
        print_holiday_json(c, year, index, day, kind, sure);
        return COMPLAINT_OK;
    }
    printf("%s\t%s%s\t%s\t%s\t%s\n", iso_day(day, text), complaint_calendar_holiday_name(c->calendar, year, index, COMPLAINT_THAI), rest_day(c, year, index, day), kind_name(kind),
           complaint_calendar_holiday_scope(c->calendar, year, index), status_name(sure));
    return COMPLAINT_OK;
}

static int run_holidays(cli *c, int argc, char **argv) {
    int64_t year = 0;
    int32_t count = 0;
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 1 || !parse_number(argv[0], &year) || year > 9999) return misuse(c, "ต้องระบุปี พ.ศ.", "a Buddhist-era year is needed", argc > 0 ? argv[0] : NULL);
    if (is_common_era(year)) return misuse_era(c, year);
    int answer = host_calendar(c, NULL);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_calendar_holiday_count(c->calendar, (int32_t)year, &count);
    if (status != COMPLAINT_OK) return refuse_status(c, status, argv[0]);
    if (c->opt.json) printf("[");
    for (int32_t i = 0; i < count && status == COMPLAINT_OK; i++) status = print_holiday(c, (int32_t)year, i);
    if (c->opt.json) printf("]\n");
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

/* One step a line: the sentence and the law it rests on, in Thai, then in English. */
static void print_explanation(const complaint_explanation *explanation) {
    static const int32_t languages[] = {COMPLAINT_THAI, COMPLAINT_ENGLISH};
    for (size_t l = 0; l < 2; l++)
        for (int32_t i = 0; i < complaint_explanation_count(explanation); i++) {
            const char *law = complaint_explanation_law(explanation, i, languages[l]);
            printf("%d. %s%s%s%s\n", (int)i + 1, complaint_explanation_sentence(explanation, i, languages[l]), *law ? " [" : "", law, *law ? "]" : "");
        }
}

static void add_explanation_json(const complaint_explanation *explanation, buffer *b) {
    json_raw(b, "steps", "[");
    for (int32_t i = 0; i < complaint_explanation_count(explanation); i++) {
        add_text(b, i > 0 ? ",{" : "{");
        json_text(b, "th", complaint_explanation_sentence(explanation, i, COMPLAINT_THAI));
        json_text(b, "en", complaint_explanation_sentence(explanation, i, COMPLAINT_ENGLISH));
        json_text(b, "law_th", complaint_explanation_law(explanation, i, COMPLAINT_THAI));
        json_text(b, "law_en", complaint_explanation_law(explanation, i, COMPLAINT_ENGLISH));
        add_text(b, "}");
    }
    add_text(b, "]");
}

/* `explanation` may be NULL. */
static void print_deadline(const cli *c, const complaint_deadline *deadline, const complaint_explanation *explanation) {
    char text[LINE];
    const char *last_day = iso_day(complaint_deadline_last_day(deadline), text), *status = status_name(complaint_deadline_status(deadline));
    if (!c->opt.json) {
        printf("%s\t%s\n", last_day, status);
        if (explanation) print_explanation(explanation);
        return;
    }
    buffer b = {0};
    add_text(&b, "{");
    json_text(&b, "last_day", last_day);
    json_text(&b, "status", status);
    if (explanation) add_explanation_json(explanation, &b);
    printf("%s}\n", b.data);
    release(&b);
}

static int print_due(cli *c, const complaint_period *period, bool explain) {
    complaint_deadline *deadline = NULL;
    complaint_explanation *explanation = NULL;
    complaint_error *error = NULL;
    complaint_status status = complaint_calendar_period_due(c->calendar, period, &deadline, &error);
    if (status == COMPLAINT_OK && explain) status = complaint_calendar_explain(c->calendar, period, &explanation, &error);
    if (status == COMPLAINT_OK) print_deadline(c, deadline, explanation);
    int answer = status == COMPLAINT_OK ? CLI_DONE : error ? refuse(c, error) : refuse_status(c, status, "");
    complaint_explanation_free(explanation);
    complaint_deadline_free(deadline);
    complaint_error_free(error);
    return answer;
}

static int answer_due(cli *c, int32_t unit, int64_t length, int32_t roll, int64_t from, bool explain) {
    complaint_period *period = NULL;
    complaint_status status = complaint_period_new(NULL, unit, length, from, &period);
    if (status == COMPLAINT_OK) status = complaint_period_set_roll(period, roll);
    int answer = status == COMPLAINT_OK ? print_due(c, period, explain) : refuse_status(c, status, "");
    complaint_period_free(period);
    return answer;
}

static int run_due(cli *c, int argc, char **argv) {
    const char *from_text = NULL, *length_text = NULL, *unit_text = NULL, *roll_text = "none", *province = NULL;
    bool explain = false;
    const option known[] = {{"--explain", NULL, &explain}, {"--from", &from_text, NULL}, {"--length", &length_text, NULL},
                            {"--unit", &unit_text, NULL},  {"--roll", &roll_text, NULL}, {"--province", &province, NULL}};
    int64_t from = 0, length = 0;
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    if (!from_text) return misuse(c, "ต้องระบุ --from เป็นวันหรือเวลา", "--from, a date or a time, is needed", NULL);
    if (take_when(c, "--from", from_text, &from) != CLI_DONE) return CLI_MISUSED;
    if (!length_text || (strcmp(length_text, "0") != 0 && !parse_number(length_text, &length)))
        return misuse(c, "ต้องระบุ --length เป็นจำนวนวัน", "--length takes a number of days", length_text);
    int32_t unit = unit_text ? choose(units, unit_text) : -1, roll = choose(rolls, roll_text);
    if (unit < 0) return misuse(c, "ต้องระบุ --unit working_days หรือ calendar_days", "--unit takes working_days or calendar_days", unit_text);
    if (roll < 0) return misuse(c, "--roll คือ none following หรือ preceding", "--roll takes none, following or preceding", roll_text);
    int answer = host_calendar(c, province);
    return answer == CLI_DONE ? answer_due(c, unit, length, roll, from, explain) : answer;
}

/* ---- count ---- */

static int run_count(cli *c, int argc, char **argv) {
    int32_t from = 0, to = 0, count = 0;
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 2) return misuse(c, "ต้องระบุวันสองวัน", "two dates are needed", argc > 2 ? argv[2] : NULL);
    if (take_date(c, "FROM", argv[0], &from) != CLI_DONE || take_date(c, "TO", argv[1], &to) != CLI_DONE) return CLI_MISUSED;
    if (to < from) return misuse(c, "วันเริ่มต้นอยู่หลังวันสิ้นสุด ให้สลับลำดับ", "the first day lies behind the second; give the earlier one first", argv[0]);
    int answer = host_calendar(c, NULL);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_calendar_count(c->calendar, from, from, &count);
    if (status != COMPLAINT_OK) return refuse_status(c, status, argv[0]);
    status = complaint_calendar_count(c->calendar, from, to, &count);
    if (status != COMPLAINT_OK) return refuse_status(c, status, argv[1]);
    printf(c->opt.json ? "{\"working_days\":%d}\n" : "%d\n", (int)count);
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
