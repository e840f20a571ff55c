/*
 * Options: those before the command, which are the same for all, and the machinery for those behind it.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct documented {
    option option;
    const char *argument, *thai, *english;
    const char *environment; /* the variable that gives the value where the option does not: what is the office's, and the same on every line; NULL: none */
} documented;

enum { OPTION_COUNT = 12 };

/* The table of the options before the command, pointing into `o`. */
static void list_options(options *o, documented list[OPTION_COUNT]) {
    const documented all[OPTION_COUNT] = {
        {{"--db", &o->db, NULL}, "FILE", "ไฟล์ฐานข้อมูล", "the database (complaint.db)", "COMPLAINT_DB"},
        {{"--policy", &o->policy, NULL}, "NAME|FILE", "มาตรฐานการปฏิบัติงาน", "the procedure (moph-chiangrai-2569)", "COMPLAINT_POLICY"},
        {{"--calendar", &o->calendar, NULL}, "FILE[,FILE...]", "ปฏิทิน: วันหยุดที่ประกาศใหม่ วันทำการและเวลาทำการของหน่วยงาน", "new holidays, the office's own week and hours (docs/calendar.md)",
         "COMPLAINT_CALENDAR"},
        {{"--as", &o->as, NULL}, "ROLE[:NAME]", "บทบาทและชื่อผู้ปฏิบัติ คั่นหลายบทบาทด้วยจุลภาค", "who asks; several roles separated by commas (officer:LOGIN)", NULL},
        {{"--unit", &o->unit, NULL}, "UNIT", "หน่วยงานของผู้ปฏิบัติ", "his unit", NULL},
        {{"--on-behalf", &o->on_behalf, NULL}, "WHO", "บันทึกแทนหน่วยงานหรือบุคคล", "on whose behalf he enters it", NULL},
        {{"--acting-for", &o->acting_for, NULL}, "WHO", "รักษาการแทน", "the superior in whose place he acts", NULL},
        {{"--at", &o->at, NULL}, "TIME", "ให้นาฬิกาเป็นเวลานี้", "what time it is (the machine's clock)", NULL},
        {{"--outbox", &o->outbox, NULL}, "FILE", "ไฟล์ที่ deliver เขียนข้อความออก", "where deliver appends what leaves the house", NULL},
        {{"--sync", &o->sync, NULL}, "full|normal|off", "ความทนทานต่อไฟดับ", "what a power failure may cost: nothing, the last commits, the file (full)", NULL},
        {{"--json", NULL, &o->json}, "", "ผลลัพธ์เป็น JSON", "answer in JSON", NULL},
        {{"--read-only", NULL, &o->read_only}, "", "เปิดเพื่ออ่านเท่านั้น", "open the database for reading only", NULL},
    };
    memcpy(list, all, sizeof all);
}

static void add_variable(buffer *text, const documented *d) {
    if (!d->environment) return;
    add_text(text, "; $");
    add_text(text, d->environment);
}

void print_option_help(FILE *out) {
    options nowhere;
    documented list[OPTION_COUNT];
    list_options(&nowhere, list);
    table *t = table_new(3);
    for (int i = 0; i < OPTION_COUNT; i++) {
        buffer name = {0}, english = {0};
        add_text(&name, list[i].option.name);
        add_text(&name, *list[i].argument ? " " : "");
        add_text(&name, list[i].argument);
        add_text(&english, list[i].english);
        add_variable(&english, &list[i]);
        table_cell(t, name.data);
        table_cell(t, english.data);
        table_cell(t, list[i].thai);
        release(&name);
        release(&english);
    }
    table_allow(t, 1, FIT_WRAP, 0);
    table_allow(t, 2, FIT_WRAP, 0);
    table_print_aligned(t, out, "  ", screen_width());
    table_free(t);
}

void add_option_lines(buffer *out) {
    options nowhere;
    documented list[OPTION_COUNT];
    list_options(&nowhere, list);
    for (int i = 0; i < OPTION_COUNT; i++) {
        add_text(out, "[");
        add_text(out, list[i].option.name);
        add_text(out, *list[i].argument ? " " : "");
        add_text(out, list[i].argument);
        add_text(out, "] ");
    }
}

/* The value behind `=` in `word`, or NULL; `*size` is the length of the name. */
static const char *split_word(const char *word, size_t *size) {
    const char *equals = strchr(word, '=');
    *size = equals ? (size_t)(equals - word) : strlen(word);
    return equals ? equals + 1 : NULL;
}

/* Reads the option at argv[at]. Answers how many words it took, or -1. */
static int read_option(const cli *c, int argc, char **argv, int at, const option *o) {
    size_t size;
    const char *value = split_word(argv[at], &size);
    if (o->given && value) return misuse(c, "ตัวเลือกนี้ไม่มีค่า", "this option takes no value", o->name), -1;
    if (o->given) {
        *o->given = true;
        return 1;
    }
    if (!value && at + 1 >= argc) return misuse(c, "ตัวเลือกนี้ต้องมีค่า", "this option needs a value", o->name), -1;
    *o->value = value ? value : argv[at + 1];
    return value ? 1 : 2;
}

static const option *find_option(const char *word, const option *known, size_t count) {
    size_t size;
    split_word(word, &size);
    for (size_t i = 0; i < count; i++)
        if (strlen(known[i].name) == size && memcmp(known[i].name, word, size) == 0) return &known[i];
    return NULL;
}

static bool is_option(const char *word) { return word[0] == '-' && word[1] != '\0'; }

/* Empty says nothing, as with COLUMNS. */
static void take_environment(const documented *list) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        const char *value = list[i].environment ? getenv(list[i].environment) : NULL;
        if (value && *value) *list[i].option.value = value;
    }
}

int read_options(cli *c, int argc, char **argv) {
    documented list[OPTION_COUNT];
    option flat[OPTION_COUNT];
    list_options(&c->opt, list);
    take_environment(list);
    for (int i = 0; i < OPTION_COUNT; i++) flat[i] = list[i].option;
    int at = 0;
    while (at < argc && is_option(argv[at])) {
        if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0 || strcmp(argv[at], "--version") == 0) break;
        const option *found = find_option(argv[at], flat, OPTION_COUNT);
        if (!found) return misuse(c, "ไม่รู้จักตัวเลือกนี้", "unknown option", argv[at]), -1;
        int taken = read_option(c, argc, argv, at, found);
        if (taken < 0) return -1;
        at += taken;
    }
    if (c->opt.at && take_when(c, "--at", c->opt.at, &c->at) != CLI_DONE) return -1;
    c->has_at = c->opt.at != NULL;
    return at;
}

/* What stands behind the command and is none of its options: perhaps one that stands before it. */
static int misplaced(const cli *c, const char *word) {
    options nowhere;
    documented list[OPTION_COUNT];
    list_options(&nowhere, list);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (find_option(word, &list[i].option, 1)) return misuse(c, "ตัวเลือกนี้ต้องอยู่ก่อนคำสั่ง", "this option stands before the command", word);
    return misuse(c, "คำสั่งนี้ไม่มีตัวเลือกนี้", "this command has no such option", word);
}

int take_options(const cli *c, int argc, char **argv, const option *known, size_t count) {
    int left = 0;
    for (int at = 0; at < argc;) {
        if (strcmp(argv[at], "--") == 0) {
            for (at++; at < argc; at++) argv[left++] = argv[at];
            break;
        }
        if (!is_option(argv[at])) {
            argv[left++] = argv[at++];
            continue;
        }
        const option *found = find_option(argv[at], known, count);
        if (!found) return misplaced(c, argv[at]), -1;
        int taken = read_option(c, argc, argv, at, found);
        if (taken < 0) return -1;
        at += taken;
    }
    return left;
}
