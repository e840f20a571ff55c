/*
 * What the desk owes whether or not anything came in: its channels looked at each day, its clocks heard.
 */
#include "cli.h"

#include <string.h>

/* ---- duty check ---- */

static void print_check(const cli *c, const char *channel, const char *happened) {
    int64_t at = host_now(c);
    buffer line = {0};
    if (happened && take_when(c, "--happened", happened, &at) != CLI_DONE) return; /* it was taken before */
    bool people = for_people(c);
    add_text(&line, people ? "ตรวจช่องทาง “" : "checked\t");
    add_text(&line, people ? label_of(c, COMPLAINT_CODE_CHANNEL, channel) : channel);
    add_text(&line, people ? "” แล้ว เมื่อ " : "\t");
    add_instant(&line, at, people ? COMPLAINT_DATE_SHORT : COMPLAINT_DATE_ISO);
    printf("%s\n", line.data);
    release(&line);
}

static int check_channel(cli *c, int argc, char **argv) {
    action a = {.verb = COMPLAINT_VERB_CHECK_CHANNEL};
    const option known[] = {{"--request-id", &a.request_id, NULL}, {"--happened", &a.happened, NULL}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc == 0) return misuse(c, "ต้องระบุช่องทางที่ตรวจ", "a channel is needed", NULL);
    const char *name = argv[0];
    buffer channel = {0};
    add_text(&channel, "channel=");
    add_text(&channel, name);
    argv[0] = channel.data; /* what may follow are further fields */
    a.fields = argv;
    a.field_count = argc;
    int answer = host_open(c, COMPLAINT_WRITE);
    if (answer == CLI_DONE) answer = act(c, &a);
    if (answer == CLI_DONE && !c->opt.json) print_check(c, name, a.happened);
    release(&channel);
    return answer;
}

/* ---- duty assign ---- */

static void add_pair(buffer *b, const char *field, const char *value) {
    add_text(b, field);
    add_text(b, "=");
    add_text(b, value);
}

static void print_assigned(const cli *c, const char *channel, const char *person, int64_t day) {
    buffer line = {0};
    if (for_people(c)) {
        add_text(&line, "เวรตรวจช่องทาง “");
        add_text(&line, label_of(c, COMPLAINT_CODE_CHANNEL, channel));
        add_text(&line, "” วันที่ ");
        add_date(&line, day);
        add_text(&line, " เป็นของ ");
        add_text(&line, person);
        printf("%s\n", line.data);
    } else {
        add_instant(&line, day, COMPLAINT_DATE_ISO);
        printf("assigned\t%s\t%s\t%.10s\n", channel, person, line.data);
    }
    release(&line);
}

/* Without --day it is today's. */
static int assign_duty(cli *c, int argc, char **argv) {
    action a = {.verb = COMPLAINT_VERB_ASSIGN};
    const char *day = NULL;
    int32_t civil = host_today(c);
    int64_t begin = 0;
    const option known[] = {{"--day", &day, NULL}, {"--request-id", &a.request_id, NULL}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 2) return misuse(c, "ต้องระบุช่องทางและผู้รับเวร", "a channel and a person are needed", argc > 2 ? argv[2] : NULL);
    if (day && take_date(c, "--day", day, &civil) != CLI_DONE) return CLI_MISUSED;
    buffer fields[3] = {{0}}, when = {0};
    clear(&when);
    if (complaint_date_start(civil, &begin) == COMPLAINT_OK) add_instant(&when, begin, COMPLAINT_DATE_ISO);
    add_pair(&fields[0], "channel", argv[0]);
    add_pair(&fields[1], "assignee", argv[1]);
    add_pair(&fields[2], "duty_day", when.data);
    char *words[] = {fields[0].data, fields[1].data, fields[2].data};
    a.fields = words;
    a.field_count = 3;
    int answer = host_open(c, COMPLAINT_WRITE);
    if (answer == CLI_DONE) answer = act(c, &a);
    if (answer == CLI_DONE && !c->opt.json) print_assigned(c, argv[0], argv[1], begin);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) release(&fields[i]);
    release(&when);
    return answer;
}

/* ---- duty list ---- */

static int list_days(cli *c, int32_t from, int32_t to) {
    complaint_page *page = NULL;
    int answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = desk_answer(c, complaint_desk_duties(c->desk, c->actor, from, to + 1, &page));
    if (answer == CLI_DONE) answer = print_page(c, &duty_view, page);
    complaint_page_free(page);
    return answer;
}

static int list_duties(cli *c, int argc, char **argv) {
    enum { WEEK = 7 };
    const char *from_text = NULL, *to_text = NULL;
    const option known[] = {{"--from", &from_text, NULL}, {"--to", &to_text, NULL}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    int32_t to = host_today(c) + WEEK, from = host_today(c) + 1 - WEEK;
    if (to_text && take_date(c, "--to", to_text, &to) != CLI_DONE) return CLI_MISUSED;
    if (to_text) from = to + 1 - WEEK;
    if (from_text && take_date(c, "--from", from_text, &from) != CLI_DONE) return CLI_MISUSED;
    if (from > to) return misuse(c, "--from ต้องไม่อยู่หลัง --to", "--from must not be after --to", from_text);
    return list_days(c, from, to);
}

int run_duty(cli *c, int argc, char **argv) {
    if (argc > 0 && strcmp(argv[0], "check") == 0) return check_channel(c, argc - 1, argv + 1);
    if (argc > 0 && strcmp(argv[0], "list") == 0) return list_duties(c, argc - 1, argv + 1);
    if (argc > 0 && strcmp(argv[0], "assign") == 0) return assign_duty(c, argc - 1, argv + 1);
    return misuse(c, "ใช้ duty check CHANNEL, duty assign CHANNEL PERSON หรือ duty list", "it is duty check CHANNEL, duty assign CHANNEL PERSON or duty list", argc > 0 ? argv[0] : NULL);
}

/* ---- tick, recompute ---- */

int run_tick(cli *c, int argc, char **argv) {
    complaint_page *tally = NULL;
    int answer = no_words(c, argc, argv);
    take_interrupts(c, true);
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_WRITE);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_desk_tick(c->desk, 0, &tally);
    if (tally) print_counts(c, tally);
    complaint_page_free(tally);
    return desk_answer(c, status);
}

/* An office with a calendar of its own has deadlines that the built-in one makes different. */
static void print_recomputed(const cli *c, const complaint_page *tally) {
    print_counts(c, tally);
    if (for_people(c) && !c->opt.calendar && complaint_page_integer_of(tally, 0, "moved") > 0)
        print_text(c, "กำหนดที่เปลี่ยนคำนวณด้วยปฏิทินที่มากับโปรแกรม เพราะไม่ได้ระบุ --calendar หรือ COMPLAINT_CALENDAR", "");
}

int run_recompute(cli *c, int argc, char **argv) {
    complaint_page *tally = NULL;
    stretch part = {0};
    const option known[] = {{"--budget", &part.budget_text, NULL}, {"--token", &part.token, NULL}};
    int answer = take_part(c, argc, argv, known, sizeof known / sizeof *known, &part);
    take_interrupts(c, true);
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_WRITE);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_desk_recompute(c->desk, c->actor, part.token, part.budget, &tally);
    if (tally) print_recomputed(c, tally);
    complaint_page_free(tally);
    return status == COMPLAINT_E_MORE ? CLI_DONE : desk_answer(c, status);
}
