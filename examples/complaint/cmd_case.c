/*
 * One case or message: do, show, message.
 */
#include "cli.h"

#include <string.h>

/* ---- do ---- */

static int do_action(cli *c, action *a, const char *verb, const char *number) {
    a->verb = complaint_verb_find(verb);
    if (a->verb == 0) return unknown_verb(c, verb);
    int answer = host_open(c, COMPLAINT_WRITE);
    if (answer == CLI_DONE) answer = host_find_case(c, number, &a->case_id);
    return answer == CLI_DONE ? act(c, a) : answer;
}

int run_do(cli *c, int argc, char **argv) {
    action a = {0};
    const char *message = NULL;
    const option known[] = {{"--request-id", &a.request_id, NULL}, {"--revision", &a.revision, NULL}, {"--happened", &a.happened, NULL}, {"--message", &message, NULL}};
    argc = take_evidence(c, argc, argv, &a.evidence);
    if (argc >= 0) argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc < 2) return misuse(c, "ต้องระบุการดำเนินการและเรื่อง", "an action and a case are needed", NULL);
    if (message && !parse_number(message, &a.message)) return misuse(c, "รหัสข้อความต้องเป็นตัวเลข", "a message is named by its id", message);
    if (strcmp(argv[0], "-") == 0 || strcmp(argv[0], "help") == 0) return help_actions(c, argv[1], argc > 2 ? argv[2] : NULL);
    a.fields = argv + 2;
    a.field_count = argc - 2;
    return do_action(c, &a, argv[0], argv[1]);
}

/* ---- show ---- */

/* What belongs to a case, in the order in which it is shown. */
typedef complaint_status (*part_fn)(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, complaint_page **page);

static const struct {
    const char *name, *title; /* in JSON; for people */
    part_fn read;
    const view *shown;
    bool always; /* also when there is nothing */
} parts[] = {
    {"case", NULL, complaint_desk_case, &case_view, true},
    {"clocks", "กำหนดเวลา", complaint_desk_clocks, &clock_view, true},
    {"referrals", "การส่งต่อ", complaint_desk_referrals, &referral_view, true},
    {"parties", "ผู้เกี่ยวข้อง", complaint_desk_parties, &party_view, true},
    {"papers", "หนังสือ", complaint_desk_papers, &paper_view, false},
    {"links", "เรื่องที่เกี่ยวข้อง", complaint_desk_links, &link_view, false},
    {"messages", "ข้อความเข้า", complaint_desk_case_messages, &case_message_view, true},
    {"notices", "ข้อความออก", complaint_desk_notices, &notice_view, true},
};

enum { CASE, CLOCKS, PARTS = sizeof parts / sizeof *parts };

typedef struct dossier {
    complaint_page *pages[PARTS];
    pages events;
    bool explain;
} dossier;

static void free_dossier(dossier *d) {
    for (size_t i = 0; i < PARTS; i++) complaint_page_free(d->pages[i]);
    free_pages(&d->events);
}

static complaint_status read_dossier(const cli *c, int64_t id, dossier *d) {
    complaint_status status = COMPLAINT_OK;
    for (size_t i = 0; status == COMPLAINT_OK && i < PARTS; i++) status = parts[i].read(c->desk, c->actor, id, &d->pages[i]);
    return status == COMPLAINT_OK ? read_timeline(c, id, &d->events) : status;
}

/* ---- how each deadline came about ---- */

/* The explanation of the clock in a row, or why there is none (a date that somebody gave is its own). */
static void add_explanation(const cli *c, const dossier *d, int64_t row, buffer *out) {
    complaint_text *text = NULL;
    const complaint_page *clocks = d->pages[CLOCKS];
    int64_t id = complaint_page_integer_of(d->pages[CASE], 0, "case_id");
    complaint_status status = complaint_desk_explain(c->desk, c->actor, id, complaint_page_integer_of(clocks, row, "seq"), COMPLAINT_THAI, &text);
    if (status == COMPLAINT_OK) {
        add(out, complaint_text_data(text), complaint_text_size(text));
    } else {
        add_text(out, label_of(c, COMPLAINT_CODE_CLOCK, complaint_page_text_of(clocks, row, "rule")));
        add_text(out, "\n");
        add_text(out, complaint_error_text(complaint_desk_error(c->desk), COMPLAINT_THAI));
    }
    complaint_text_free(text);
}

/* The clock's name, and its steps below it. */
static void print_explanation(const cli *c, char *text) {
    char *steps = strchr(text, '\n');
    if (steps) *steps++ = '\0';
    printf("  %s\n", text);
    print_text(c, steps ? steps : "", "    ");
}

static void print_explanations(const cli *c, const dossier *d) {
    printf("\nที่มาของกำหนดเวลา\n");
    for (int64_t row = 0; row < complaint_page_count(d->pages[CLOCKS]); row++) {
        buffer text = {0};
        add_explanation(c, d, row, &text);
        print_explanation(c, text.data);
        release(&text);
    }
}

static void add_explanations_json(const cli *c, const dossier *d, buffer *b) {
    json_member(b, "explanations");
    add_text(b, "[");
    for (int64_t row = 0; row < complaint_page_count(d->pages[CLOCKS]); row++) {
        buffer text = {0};
        add_explanation(c, d, row, &text);
        add_text(b, row > 0 ? ",{" : "{");
        json_integer(b, "seq", complaint_page_integer_of(d->pages[CLOCKS], row, "seq"));
        json_text(b, "text", text.data);
        add_text(b, "}");
        release(&text);
    }
    add_text(b, "]");
}

/* ---- the whole ---- */

static int print_dossier_json(const cli *c, const dossier *d) {
    buffer b = {0};
    bool done = true;
    add_text(&b, "{");
    for (size_t i = 0; done && i < PARTS; i++)
        done = i == CASE ? json_record(c, parts[i].shown, &b, parts[i].name, d->pages[i]) : json_section(c, parts[i].shown, &b, parts[i].name, d->pages[i]);
    if (done) done = json_pages(&b, "events", &d->events);
    if (done && d->explain) add_explanations_json(c, d, &b);
    if (done) printf("%s}\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

/* Under the body that passed the matter on, what it gave it: its own number, and the day by which it wants an answer. They are fields of the event that opened the case. */
static void add_origin(const cli *c, const void *context, const column *shown, table *t) {
    static const char *const given[] = {"origin_ref", "origin_due"};
    const dossier *d = context;
    const char *payload = d->events.count ? complaint_page_text_of(d->events.items[0], 0, "payload") : "", *begin, *end;
    if (strcmp(shown->name, "origin") != 0 || !json_find(payload, "fields", &begin, &end)) return;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        buffer value = {0}, said = {0};
        const char *from, *to;
        clear(&value);
        if (json_find(begin, given[i], &from, &to)) json_plain(begin, given[i], &value);
        if (value.size > 0) say_value(c, given[i], value.data, &said);
        make_visible(&said, false);
        if (value.size > 0) {
            table_cell(t, label_of(c, COMPLAINT_CODE_FIELD, given[i]));
            table_cell(t, said.data);
        }
        release(&value);
        release(&said);
    }
}

static int print_dossier(const cli *c, const dossier *d) {
    const complaint_page *row = d->pages[CASE];
    int64_t number = complaint_page_integer_of(row, 0, "register_number");
    buffer legacy = {0};
    add_text(&legacy, complaint_page_text_of(row, 0, "legacy_number"));
    make_visible(&legacy, false);
    if (number)
        printf("เรื่องร้องเรียนเลขทะเบียน %lld/%lld\n", (long long)number, (long long)complaint_page_integer_of(row, 0, "fiscal_year"));
    else if (legacy.size > 0)
        printf("เรื่องร้องเรียนจากทะเบียนเดิม เลขที่ %s\n", legacy.data);
    else
        printf("เรื่องร้องเรียนที่ยังไม่ลงทะเบียน\n");
    release(&legacy);
    print_record(c, &case_view, row, 0, add_origin, d);
    for (size_t i = CASE + 1; i < PARTS; i++)
        if (parts[i].always || complaint_page_count(d->pages[i]) > 0) print_section(c, parts[i].title, parts[i].shown, d->pages[i]);
    printf("\nลำดับเหตุการณ์\n");
    print_timeline(c, &d->events);
    if (d->explain) print_explanations(c, d);
    return CLI_DONE;
}

static int show_case(cli *c, int64_t id, bool explain) {
    dossier d = {.explain = explain};
    int answer = desk_answer(c, read_dossier(c, id, &d));
    if (answer == CLI_DONE) answer = c->opt.json ? print_dossier_json(c, &d) : print_dossier(c, &d);
    free_dossier(&d);
    return answer;
}

int run_show(cli *c, int argc, char **argv) {
    int64_t case_id = 0;
    bool explain = false;
    const option known[] = {{"--explain", NULL, &explain}};
    argc = take_options(c, argc, argv, known, 1);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 1) return misuse(c, "ต้องระบุเรื่องหนึ่งเรื่อง", "one case is needed", NULL);
    int answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = host_find_case(c, argv[0], &case_id);
    return answer == CLI_DONE ? show_case(c, case_id, explain) : answer;
}

/* ---- message ---- */

static int print_message(const cli *c, const complaint_page *message, complaint_page *evidence, complaint_page *notices, const pages *events) {
    if (!c->opt.json) {
        printf("ข้อความเข้า\n");
        print_record(c, &message_view, message, 0, NULL, NULL);
        print_section(c, "หลักฐาน", &evidence_view, evidence);
        if (complaint_page_count(notices)) print_section(c, "ข้อความออก", &notice_view, notices);
        printf("\nลำดับเหตุการณ์\n");
        print_timeline(c, events);
        return CLI_DONE;
    }
    buffer b = {0};
    add_text(&b, "{");
    bool done = json_record(c, &message_view, &b, "message", message) && json_page(&b, "evidence", evidence) && json_page(&b, "notices", notices) && json_pages(&b, "events", events);
    if (done) printf("%s}\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

int run_message(cli *c, int argc, char **argv) {
    complaint_page *message = NULL, *evidence = NULL, *notices = NULL;
    pages events = {0};
    int64_t id = 0;
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 1 || !parse_number(argv[0], &id)) return misuse(c, "ต้องระบุรหัสข้อความ", "a message is named by its id", argc > 0 ? argv[0] : NULL);
    int answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = desk_answer(c, complaint_desk_message(c->desk, c->actor, id, &message));
    if (answer == CLI_DONE) answer = desk_answer(c, complaint_desk_evidence(c->desk, c->actor, id, &evidence));
    if (answer == CLI_DONE) answer = desk_answer(c, complaint_desk_notices(c->desk, c->actor, id, &notices));
    if (answer == CLI_DONE) answer = desk_answer(c, read_timeline(c, id, &events));
    if (answer == CLI_DONE) answer = print_message(c, message, evidence, notices, &events);
    complaint_page_free(message);
    complaint_page_free(evidence);
    complaint_page_free(notices);
    free_pages(&events);
    return answer;
}
