/*
 * One case or message: do, show, message.
 */
#include "cli.h"

#include <string.h>

/* ---- do ---- */

static int do_action(cli *c, action *a, const char *verb, const char *number) {
    a->verb = complaint_verb_find(verb);
    if (a->verb == 0) return misuse(c, "ไม่รู้จักการดำเนินการนี้ ดูทั้งหมดด้วย complaint do help NUMBER", "unknown action; `complaint do help NUMBER` lists them", verb);
    int answer = host_open(c, COMPLAINT_WRITE);
    if (answer == CLI_DONE) answer = host_find_case(c, number, &a->case_id);
    return answer == CLI_DONE ? act(c, a) : answer;
}

int run_do(cli *c, int argc, char **argv) {
    action a = {0};
    const char *message = NULL;
    const option known[] = {{"--request-id", &a.request_id, NULL}, {"--revision", &a.revision, NULL}, {"--happened", &a.happened, NULL}, {"--message", &message, NULL}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc < 2) return misuse(c, "ต้องระบุการดำเนินการและเรื่อง", "an action and a case are needed", NULL);
    if (message && !parse_number(message, &a.message)) return misuse(c, "รหัสข้อความต้องเป็นตัวเลข", "a message is named by its id", message);
    if (strcmp(argv[0], "-") == 0 || strcmp(argv[0], "help") == 0) return help_actions(c, argv[1], argc > 2 ? argv[2] : NULL);
    a.fields = argv + 2;
    a.field_count = argc - 2;
    return do_action(c, &a, argv[0], argv[1]);
}

/* ---- show ---- */

/* All that belongs to a case, read one after the other. */
typedef struct dossier {
    complaint_page *row, *clocks, *referrals, *notices, *parties, *messages;
    pages events;
} dossier;

static void free_dossier(dossier *d) {
    complaint_page *row[] = {d->row, d->clocks, d->referrals, d->notices, d->parties, d->messages};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) complaint_page_free(row[i]);
    free_pages(&d->events);
}

static complaint_status read_dossier(const cli *c, int64_t id, dossier *d) {
    complaint_status status = complaint_desk_case(c->desk, c->actor, id, &d->row);
    if (status == COMPLAINT_OK) status = complaint_desk_clocks(c->desk, c->actor, id, &d->clocks);
    if (status == COMPLAINT_OK) status = complaint_desk_referrals(c->desk, c->actor, id, &d->referrals);
    if (status == COMPLAINT_OK) status = complaint_desk_notices(c->desk, c->actor, id, &d->notices);
    if (status == COMPLAINT_OK) status = complaint_desk_parties(c->desk, c->actor, id, &d->parties);
    if (status == COMPLAINT_OK) status = complaint_desk_case_messages(c->desk, c->actor, id, &d->messages);
    if (status == COMPLAINT_OK) status = read_timeline(c, id, &d->events);
    return status;
}

static int print_dossier_json(const cli *c, const dossier *d) {
    buffer b = {0};
    add_text(&b, "{");
    bool done = json_page(&b, "case", d->row, true) && json_page(&b, "clocks", d->clocks, false) && json_page(&b, "referrals", d->referrals, false) &&
                json_page(&b, "notices", d->notices, false) && json_page(&b, "parties", d->parties, false) && json_page(&b, "messages", d->messages, false) &&
                json_pages(&b, "events", &d->events);
    if (done) printf("%s}\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

static int print_dossier(const cli *c, const dossier *d) {
    int64_t number = complaint_page_integer_of(d->row, 0, "register_number");
    if (number)
        printf("เรื่องร้องเรียนเลขทะเบียน %lld/%lld\n", (long long)number, (long long)complaint_page_integer_of(d->row, 0, "fiscal_year"));
    else
        printf("เรื่องร้องเรียนที่ยังไม่ลงทะเบียน\n");
    print_record(c, &case_view, d->row, 0);
    print_section(c, "กำหนดเวลา", &clock_view, d->clocks);
    print_section(c, "การส่งต่อ", &referral_view, d->referrals);
    print_section(c, "ผู้เกี่ยวข้อง", &party_view, d->parties);
    print_section(c, "ข้อความเข้า", &case_message_view, d->messages);
    print_section(c, "ข้อความออก", &notice_view, d->notices);
    printf("\nลำดับเหตุการณ์\n");
    print_timeline(c, &d->events);
    return CLI_DONE;
}

static int show_case(cli *c, int64_t id) {
    dossier d = {0};
    int answer = desk_answer(c, read_dossier(c, id, &d));
    if (answer == CLI_DONE) answer = c->opt.json ? print_dossier_json(c, &d) : print_dossier(c, &d);
    free_dossier(&d);
    return answer;
}

int run_show(cli *c, int argc, char **argv) {
    int64_t case_id = 0;
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 1) return misuse(c, "ต้องระบุเรื่องหนึ่งเรื่อง", "one case is needed", NULL);
    int answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = host_find_case(c, argv[0], &case_id);
    return answer == CLI_DONE ? show_case(c, case_id) : answer;
}

/* ---- message ---- */

static int print_message(const cli *c, const complaint_page *message, complaint_page *evidence, const pages *events) {
    if (!c->opt.json) {
        printf("ข้อความเข้า\n");
        print_record(c, &message_view, message, 0);
        print_section(c, "หลักฐาน", &evidence_view, evidence);
        printf("\nลำดับเหตุการณ์\n");
        print_timeline(c, events);
        return CLI_DONE;
    }
    buffer b = {0};
    add_text(&b, "{");
    bool done = json_page(&b, "message", message, true) && json_page(&b, "evidence", evidence, false) && json_pages(&b, "events", events);
    if (done) printf("%s}\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

int run_message(cli *c, int argc, char **argv) {
    complaint_page *message = NULL, *evidence = NULL;
    pages events = {0};
    int64_t id = 0;
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 1 || !parse_number(argv[0], &id)) return misuse(c, "ต้องระบุรหัสข้อความ", "a message is named by its id", argc > 0 ? argv[0] : NULL);
    int answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = desk_answer(c, complaint_desk_message(c->desk, c->actor, id, &message));
    if (answer == CLI_DONE) answer = desk_answer(c, complaint_desk_evidence(c->desk, c->actor, id, &evidence));
    if (answer == CLI_DONE) answer = desk_answer(c, read_timeline(c, id, &events));
    if (answer == CLI_DONE) answer = print_message(c, message, evidence, &events);
    complaint_page_free(message);
    complaint_page_free(evidence);
    free_pages(&events);
    return answer;
}
