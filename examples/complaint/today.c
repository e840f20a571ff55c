/*
 * One page of work for the officer: what to answer now, what is due, who waits for whom, whom to chase, what no clock speaks up for, what could not be sent, what was not looked at,
 * and the texts to copy. It fits a sheet of A4: a list that is longer says where the rest is.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_LINES = 60, PAGE_WIDTH = 92, PAGE_ROWS = 40, ROW_LINES = 3, FEWEST = 3, DAYS_AHEAD = 3 };

/* ---- the sections ---- */

/* Of clocks: all, those due by the end of today, those due in a few days. */
typedef enum { WHOLE, TODAY, SOON } span;

typedef struct section {
    const char *name, *title;
    const char *list; /* a worklist, or NULL: new messages */
    span reach;
    const view *shown; /* NULL: days and channels, a line a day */
} section;

static const column message_columns[] = {
    {"message", "รหัสข้อความ", CELL_NUMBER, 0, NULL}, {"sent_at", "ส่งเมื่อ", CELL_MOMENT, 0, NULL}, {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"sender", "ผู้ส่ง", CELL_TEXT, 0, NULL},          {"body", "เนื้อความ", CELL_GLIMPSE, 0, NULL},
};
static const column answer_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL}, {"received_at", "รับเมื่อ", CELL_MOMENT, 0, NULL}, {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"due_at", "ตอบภายใน", CELL_SOON, 0, NULL},
};
static const column due_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL}, {"rule", "งาน", CELL_CODE, COMPLAINT_CODE_CLOCK, NULL}, {"due_at", "กำหนด", CELL_SOON, 0, NULL},
};
static const column head_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL}, {"flags", "เครื่องหมาย", CELL_FLAGS, 0, NULL}, {"due_at", "พิจารณาภายใน", CELL_SOON, 0, NULL},
};
static const column chase_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL}, {"due_at", "กำหนด", CELL_SOON, 0, NULL}, {"phones", "โทรศัพท์", CELL_PHONES, 0, NULL}, {"units", "หน่วยงาน", CELL_UNITS, 0, NULL},
};
static const column undated_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL}, {"received_at", "รับเมื่อ", CELL_MOMENT, 0, NULL}, {"state", "สถานะ", CELL_CODE, COMPLAINT_CODE_STATE, NULL},
};
static const column refused_columns[] = {
    {"stream", "เรื่อง", CELL_STREAM, 0, NULL}, {"seq", "ลำดับ", CELL_NUMBER, 0, NULL}, {"template", "ข้อความ", CELL_CODE, COMPLAINT_CODE_NOTICE, NULL}, {"recipient", "ผู้รับ", CELL_RECIPIENT, 0, NULL},
    {"settled_at", "ส่งไม่ได้เมื่อ", CELL_MOMENT, 0, NULL},
};

#define VIEW(columns, empty) {columns, (int)(sizeof(columns) / sizeof *(columns)), empty, ""}
static const view messages = VIEW(message_columns, "ไม่มี"), answers = VIEW(answer_columns, "ไม่มี"), dues = VIEW(due_columns, "ไม่มี"), heads = VIEW(head_columns, "ไม่มี"),
                  chases = VIEW(chase_columns, "ไม่มี"), undated = VIEW(undated_columns, "ไม่มี"), refusals = VIEW(refused_columns, "ไม่มี");

static const section sections[] = {
    {"inbox", "ตอบทันที ข้อความใหม่ที่ยังไม่คัดกรอง", NULL, WHOLE, &messages},
    {"unacknowledged", "ตอบทันที เรื่องที่ยังไม่ตอบรับ", "unacknowledged", WHOLE, &answers},
    {"due", "ครบกำหนดวันนี้และเกินกำหนด", "due", TODAY, &dues},
    {"head", "รอหัวหน้าหรือผู้บริหารพิจารณา", "head", WHOLE, &heads},
    {"chase", "ติดตามหน่วยงาน ครบกำหนดภายใน 3 วัน", "chase", SOON, &chases},
    {"undated", "ยังไม่มีกำหนด เรื่องค้างที่ไม่มีกำหนดเวลากำลังนับ", "undated", WHOLE, &undated},
    {"refused", "ส่งข้อความไม่ได้ ต้องแจ้งด้วยวิธีอื่น", "refused", WHOLE, &refusals},
    {"duties", "ช่องทางที่ยังไม่ได้ตรวจใน 7 วัน", "duties", WHOLE, NULL},
};

enum { SECTIONS = sizeof sections / sizeof *sections };

/* ---- reading ---- */

static complaint_status fetch_new(const cli *c, const void *what, const char *token, int64_t limit, complaint_page **page) {
    return complaint_desk_inbox(c->desk, c->actor, what, token, limit, page);
}

/* A deadline at midnight belongs to the day before. */
static int64_t until(const cli *c, span reach) {
    int64_t end = INT64_MAX;
    if (reach == WHOLE || complaint_date_start(host_today(c) + (reach == TODAY ? 1 : 1 + DAYS_AHEAD), &end) != COMPLAINT_OK) return INT64_MAX;
    return end + 1;
}

/* What stands in a list of its own is not said again among what is due. */
static bool is_elsewhere(const cli *c, const char *rule) {
    for (size_t i = 0; i < SECTIONS; i++)
        if (sections[i].list && worklist_takes(c, worklist_find(sections[i].list), rule)) return true;
    return false;
}

static bool is_only_due(const cli *c, const complaint_page *page, int64_t at) { return !is_elsewhere(c, complaint_page_text_of(page, at, "rule")); }

static int64_t case_at(const listing *l, size_t i) { return complaint_page_integer_of(l->pages.items[l->rows[i].page], l->rows[i].at, "case_id"); }

/* A case that waits by several clocks waits once: by the one that is due first. */
static void keep_first_of_case(listing *l) {
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++) {
        size_t before = 0;
        while (before < kept && case_at(l, before) != case_at(l, i)) before++;
        if (before == kept) l->rows[kept++] = l->rows[i];
    }
    l->count = kept;
}

static complaint_status read_section(const cli *c, const section *s, listing *l) {
    if (!s->list) return add_list(c, fetch_new, "new", l);
    complaint_status status = read_worklist(c, worklist_find(s->list), NULL, until(c, s->reach), l);
    if (status == COMPLAINT_OK && s->reach == TODAY) keep_rows(l, is_only_due, c);
    if (status == COMPLAINT_OK && s->shown == &heads) keep_first_of_case(l);
    return status;
}

/* What was overdue when it was imported must not push the day's own work off the page. */
static bool is_of_old_register(const cli *c, const complaint_page *page, int64_t row) {
    int64_t id = complaint_page_integer_of(page, row, "case_id");
    const complaint_page *of = id ? case_of(c, id) : NULL;
    return of && *complaint_page_text_of(of, 0, "legacy_number");
}

static complaint_status read_all_sections(const cli *c, listing lists[SECTIONS]) {
    complaint_status status = COMPLAINT_OK;
    for (size_t i = 0; status == COMPLAINT_OK && i < SECTIONS; i++) status = read_section(c, &sections[i], &lists[i]);
    return status;
}

/* ---- texts to copy ---- */

/* Most channels and classes share one text; each different one stands once, behind the channels it is for, or the classes. */
typedef struct said {
    buffer who, text;
    const char *last; /* who was added last */
    bool by_class;
} said;

enum { MOST_TEXTS = 16 };

static void note_text(const char *who, bool by_class, const char *text, said *texts, size_t *count) {
    size_t i = 0;
    while (i < *count && strcmp(texts[i].text.data, text) != 0) i++;
    if (i == MOST_TEXTS) return;
    if (i == *count) {
        add_text(&texts[*count].text, text);
        texts[(*count)++].by_class = by_class;
    }
    if (texts[i].by_class != by_class || texts[i].last == who) return; /* a class that says what all say, or says it on another channel too */
    if (texts[i].who.size > 0) add_text(&texts[i].who, ", ");
    add_text(&texts[i].who, texts[i].last = who);
}

/* The acknowledgement of a class ("": of all others) in the policy's words, for each channel. */
static void read_class_texts(const cli *c, const char *class_code, said *texts, size_t *count) {
    const char *channel;
    bool by_class = *class_code != '\0';
    for (int32_t i = 0; (channel = complaint_policy_code(c->policy, COMPLAINT_CODE_CHANNEL, i)) != NULL; i++) {
        complaint_text *text = NULL;
        const char *who = by_class ? label_of(c, COMPLAINT_CODE_CLASS, class_code) : label_of(c, COMPLAINT_CODE_CHANNEL, channel);
        if (complaint_policy_words(c->policy, COMPLAINT_VERB_ACKNOWLEDGE, class_code, channel, "", &text) == COMPLAINT_OK) note_text(who, by_class, complaint_text_data(text), texts, count);
        complaint_text_free(text);
    }
}

static size_t read_texts(const cli *c, said *texts) {
    size_t count = 0;
    const char *class_code;
    read_class_texts(c, "", texts, &count);
    for (int32_t i = 0; (class_code = complaint_policy_code(c->policy, COMPLAINT_CODE_CLASS, i)) != NULL; i++) read_class_texts(c, class_code, texts, &count);
    return count;
}

static void free_texts(said *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        release(&texts[i].who);
        release(&texts[i].text);
    }
}

/* What is said on every channel, and of every class but those that follow, needs none. */
static bool needs_heading(const said *texts, size_t count, size_t i) { return texts[i].by_class || (count > 1 && !texts[1].by_class); }

/* One line each, so that it can be copied as a whole. */
static void print_texts(const cli *c) {
    said texts[MOST_TEXTS] = {0};
    size_t count = read_texts(c, texts);
    if (count > 0) (void)fprintf(c->out, "\nข้อความตอบรับพร้อมคัดลอก\n");
    for (size_t i = 0; i < count; i++) {
        if (needs_heading(texts, count, i)) (void)fprintf(c->out, "  %s%s\n", texts[i].by_class ? "ประเภท " : "", texts[i].who.data);
        (void)fprintf(c->out, "  %s\n", texts[i].text.data);
    }
    free_texts(texts, count);
}

/* ---- the page ---- */

static void print_heading(const cli *c) {
    char day[160], time[160];
    size_t needed = 0;
    if (complaint_date_format(host_today(c), COMPLAINT_DATE_LONG, COMPLAINT_WITH_WEEKDAY, day, sizeof day, &needed) != COMPLAINT_OK) day[0] = '\0';
    if (complaint_date_format_time(host_now(c), COMPLAINT_DIGITS_ARABIC, time, sizeof time, &needed) != COMPLAINT_OK) time[0] = '\0';
    (void)fprintf(c->out, "งานวันนี้  %s\n%s เวลา %s\n", complaint_policy_office_detail(c->policy, COMPLAINT_OFFICE_NAME, COMPLAINT_THAI), day, time);
}

/* What there is room for: a few rows of every list, then more of the first ones. */
static void share_page(const cli *c, const listing lists[SECTIONS], size_t room, size_t rows[SECTIONS]) {
    size_t fewest = room / SECTIONS < FEWEST ? room / SECTIONS : FEWEST;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < SECTIONS; i++) {
            size_t wanted = sections[i].shown ? lists[i].count : missed_lines(c, &lists[i]), had = round == 0 ? 0 : rows[i];
            size_t most = round == 0 ? fewest : had + room;
            rows[i] = wanted < most ? wanted : most;
            room -= rows[i] - had;
        }
}

static void print_one(const cli *c, const section *s, const listing *l, size_t most) {
    (void)fprintf(c->out, "\n%s", s->title);
    if (s->shown && l->last > 0) (void)fprintf(c->out, " (%zu ในจำนวนนี้จากทะเบียนเดิม %zu)", l->count, l->last);
    else if (s->shown && l->count > 0) (void)fprintf(c->out, " (%zu)", l->count);
    (void)fprintf(c->out, "\n");
    size_t left = s->shown ? print_rows(c, s->shown, l, most, "  ") : print_missed(c, l, most);
    if (left > 0) (void)fprintf(c->out, "  และอีก %zu รายการ ดูด้วย complaint %s%s\n", left, s->list ? "worklist " : "", s->name);
}

static void print_page_of_work(const cli *c, const listing lists[SECTIONS], size_t room) {
    size_t rows[SECTIONS] = {0};
    share_page(c, lists, room, rows);
    print_heading(c);
    for (size_t i = 0; i < SECTIONS; i++) print_one(c, &sections[i], &lists[i], rows[i]);
    print_texts(c);
}

/* Lines on paper, where one that is too long goes on in the next. */
static size_t paper_lines(const char *text) {
    size_t lines = 0;
    buffer line = {0};
    for (const char *at = text; *at;) {
        size_t size = strcspn(at, "\n");
        clear(&line);
        add(&line, at, size);
        size_t width = display_width(line.data);
        lines += width > PAGE_WIDTH ? (width + PAGE_WIDTH - 1) / PAGE_WIDTH : 1;
        at += size + (at[size] == '\n');
    }
    release(&line);
    return lines;
}

/* Tried with fewer rows until it is one sheet. */
static int print_sheet(cli *c, const listing lists[SECTIONS]) {
    for (size_t room = PAGE_ROWS;;) {
        char *text = NULL;
        size_t size = 0, lines = 0;
        c->out = open_memstream(&text, &size);
        if (!c->out) return c->out = stdout, refuse_status(c, COMPLAINT_E_MEMORY, "");
        print_page_of_work(c, lists, room);
        bool written = fclose(c->out) == 0;
        c->out = stdout;
        lines = written ? paper_lines(text) : 0;
        bool done = lines <= PAGE_LINES || room <= SECTIONS;
        if (done && written) (void)fputs(text, stdout);
        free(text);
        if (!written) return refuse_status(c, COMPLAINT_E_MEMORY, "");
        if (done) return CLI_DONE;
        room -= (lines - PAGE_LINES + ROW_LINES - 1) / ROW_LINES;
        if (room < SECTIONS) room = SECTIONS;
    }
}

static void add_texts_json(const cli *c, buffer *b) {
    said texts[MOST_TEXTS] = {0};
    size_t count = read_texts(c, texts);
    json_member(b, "texts");
    add_text(b, "[");
    for (size_t i = 0; i < count; i++) {
        add_text(b, i > 0 ? ",{" : "{");
        json_text(b, texts[i].by_class ? "classes" : "channels", texts[i].who.data);
        json_text(b, "acknowledgement", texts[i].text.data);
        add_text(b, "}");
    }
    add_text(b, "]");
    free_texts(texts, count);
}

/* A program is given what the list itself gives. */
static const view *view_of(const section *s) { return s->list ? worklist_view(worklist_find(s->list)) : &inbox_view; }

static int print_today_json(const cli *c, const listing lists[SECTIONS]) {
    buffer b = {0};
    bool done = true;
    add_text(&b, "{");
    json_member(&b, "at");
    add_text(&b, "\"");
    add_instant(&b, host_now(c), COMPLAINT_DATE_ISO);
    add_text(&b, "\"");
    for (size_t i = 0; done && i < SECTIONS; i++) done = json_listing(c, view_of(&sections[i]), &b, sections[i].name, &lists[i]);
    add_texts_json(c, &b);
    if (done) printf("%s}\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

int run_today(cli *c, int argc, char **argv) {
    listing lists[SECTIONS] = {0};
    if (c->width == 0 || c->width > PAGE_WIDTH) c->width = PAGE_WIDTH;
    int answer = no_words(c, argc, argv);
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = desk_answer(c, read_all_sections(c, lists));
    if (answer == CLI_DONE && c->opt.json)
        answer = print_today_json(c, lists);
    else if (answer == CLI_DONE) {
        for (size_t i = 0; i < SECTIONS; i++) put_last(&lists[i], is_of_old_register, c);
        answer = print_sheet(c, lists);
    }
    for (size_t i = 0; i < SECTIONS; i++) free_listing(&lists[i]);
    return answer;
}
