/*
 * What comes in: receive one message, import an inbox, triage.
 */
#include "cli.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- receive ---- */

typedef struct reception {
    const char *channel, *from, *id, *thread, *address, *sent_at;
    const char *text;
    size_t text_size;
    evidence_files evidence;
} reception;

/* A message without an id of its own gets a random one: two that read the same are two. */
static void make_id(char id[24]) {
    unsigned char bytes[8] = {0};
    int file = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (file < 0 || read(file, bytes, sizeof bytes) != (ssize_t)sizeof bytes) {
        int64_t now = host_now(&(cli){0});
        memcpy(bytes, &now, sizeof bytes);
        bytes[7] = (unsigned char)(getpid() & 0xFF);
    }
    if (file >= 0) close(file);
    memcpy(id, "hand-", 5);
    for (size_t i = 0; i < sizeof bytes; i++) (void)snprintf(id + 5 + 2 * i, 3, "%02x", bytes[i]);
}

static complaint_status set_text(complaint_draft *draft, const char *field, const char *text) {
    return text ? complaint_draft_set_text(draft, field, text, strlen(text)) : COMPLAINT_OK;
}

static complaint_status fill_reception(complaint_draft *draft, const reception *r, int64_t sent_at) {
    complaint_status status = set_text(draft, "channel", r->channel);
    if (status == COMPLAINT_OK) status = set_text(draft, "external_id", r->id);
    if (status == COMPLAINT_OK) status = set_text(draft, "sender", r->from);
    if (status == COMPLAINT_OK) status = set_text(draft, "thread", r->thread);
    if (status == COMPLAINT_OK) status = set_text(draft, "address", r->address);
    if (status == COMPLAINT_OK && r->sent_at) status = complaint_draft_set_integer(draft, "sent_at", sent_at);
    if (status == COMPLAINT_OK) status = complaint_draft_set_text(draft, "text", r->text, r->text_size);
    return status;
}

/* What is there already takes no files, so none is kept for it; `late`: its sender took it back before it came. */
static bool is_there(const cli *c, const reception *r, bool *late) {
    complaint_page *page = NULL;
    bool there = complaint_desk_find_message(c->desk, c->actor, r->channel, r->id, &page) == COMPLAINT_OK;
    *late = there && strcmp(complaint_page_text_of(page, 0, "form"), "unsent") == 0;
    complaint_page_free(page);
    return there;
}

/* So that nobody looks for its words. */
static void note_late(void) {
    (void)fputs("ผู้ส่งยกเลิกข้อความนี้ก่อนที่ข้อความจะมาถึง จึงบันทึกเพียงผู้ส่ง เวลา และรูปแบบ ไม่เก็บเนื้อความและไฟล์แนบ\n"
                "  its sender had withdrawn it before it came: who sent it, when and in which form is recorded, its words and files are not\n",
                stderr);
}

static int receive(cli *c, const reception *r, int64_t sent_at) {
    complaint_draft *draft = NULL;
    complaint_outcome *outcome = NULL;
    bool late = false;
    int answer = host_open(c, COMPLAINT_WRITE);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_draft_new(NULL, &draft);
    if (status == COMPLAINT_OK) status = fill_reception(draft, r, sent_at);
    answer = desk_answer(c, status);
    if (answer == CLI_DONE && !is_there(c, r, &late)) answer = add_evidence_files(c, &r->evidence, draft);
    if (answer == CLI_DONE) answer = desk_answer(c, complaint_desk_act(c->desk, c->actor, COMPLAINT_VERB_RECEIVE, draft, &outcome));
    if (answer == CLI_DONE) answer = print_outcome(c, COMPLAINT_VERB_RECEIVE, outcome);
    if (outcome && late) note_late();
    complaint_outcome_free(outcome);
    complaint_draft_free(draft);
    return answer;
}

/* Whoever sits before a terminal is told that it waits for him, and how it ends. */
static bool read_text(buffer *input) {
    if (isatty(STDIN_FILENO)) (void)fputs("พิมพ์หรือวางข้อความ จบด้วยการกด Enter แล้ว Ctrl-D (ยกเลิกด้วย Ctrl-C)\n  type or paste the message; end with Enter and Ctrl-D, or Ctrl-C to give up\n", stderr);
    return read_all(stdin, input);
}

int run_receive(cli *c, int argc, char **argv) {
    reception r = {0};
    char id[24];
    int64_t sent_at = 0;
    const option known[] = {{"--channel", &r.channel, NULL}, {"--from", &r.from, NULL}, {"--id", &r.id, NULL}, {"--thread", &r.thread, NULL}, {"--address", &r.address, NULL}, {"--sent-at", &r.sent_at, NULL}};
    argc = take_evidence(c, argc, argv, &r.evidence);
    if (argc >= 0) argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 1) return misuse(c, "ข้อความต้องอยู่ในเครื่องหมายคำพูดเดียว", "one text, in quotation marks", argv[1]);
    if (!r.channel) return misuse(c, "ต้องระบุ --channel", "--channel is needed", NULL);
    if (r.sent_at && take_when(c, "--sent-at", r.sent_at, &sent_at) != CLI_DONE) return CLI_MISUSED;
    if (!r.id) make_id(id), r.id = id;
    buffer input = {0};
    if (argc == 1 && strcmp(argv[0], "-") != 0)
        add_text(&input, argv[0]);
    else if (!read_text(&input))
        return refuse_file(c, "stdin", "อ่านข้อความไม่ได้", "the text cannot be read", 0);
    r.text = input.data;
    r.text_size = input.size;
    int answer = receive(c, &r, sent_at);
    release(&input);
    return answer;
}

/* ---- triage ---- */

static int triage(cli *c, action *a, const char *join) {
    int answer = host_open(c, COMPLAINT_WRITE);
    if (answer == CLI_DONE && join) answer = host_find_case(c, join, &a->case_id);
    a->verb = COMPLAINT_VERB_TRIAGE;
    return answer == CLI_DONE ? act(c, a) : answer;
}

static void add_field(char **fields, int *count, buffer *b, const char *name, const char *value) {
    add_text(b, name);
    add_text(b, "=");
    add_text(b, value);
    fields[(*count)++] = b->data;
}

/* The reason in one's own words; or one of those the policy knows (`thanks`), which says also who is answered. */
static int set_aside(cli *c, action *a, const char *reason) {
    buffer known = {0}, words = {0};
    int answer = host_open(c, COMPLAINT_WRITE), count = 0;
    if (answer != CLI_DONE) return answer;
    char **fields = grow(NULL, ((size_t)a->field_count + 2) * sizeof *fields);
    const char *label = complaint_policy_choice_label(c->policy, "aside", reason, COMPLAINT_THAI);
    if (label) add_field(fields, &count, &known, "aside", reason);
    add_field(fields, &count, &words, "reason", label ? label : reason);
    for (int i = 0; i < a->field_count; i++) fields[count++] = a->fields[i];
    a->verb = COMPLAINT_VERB_SET_ASIDE;
    a->fields = fields;
    a->field_count = count;
    answer = act(c, a);
    release(&known);
    release(&words);
    free(fields);
    return answer;
}

int run_triage(cli *c, int argc, char **argv) {
    action a = {0};
    const char *join = NULL, *reason = NULL;
    bool open = false;
    const option known[] = {
        {"--open", NULL, &open}, {"--join", &join, NULL}, {"--set-aside", &reason, NULL}, {"--request-id", &a.request_id, NULL}, {"--happened", &a.happened, NULL}};
    argc = take_evidence(c, argc, argv, &a.evidence);
    if (argc >= 0) argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc == 0) return misuse(c, "ต้องระบุรหัสข้อความ", "a message is needed", NULL);
    if (!parse_number(argv[0], &a.message)) return misuse(c, "รหัสข้อความต้องเป็นตัวเลข", "a message is named by its id", argv[0]);
    if (open + (join != NULL) + (reason != NULL) != 1) return misuse(c, "ต้องเลือกหนึ่งอย่าง --open --join หรือ --set-aside", "one of --open, --join, --set-aside is needed", NULL);
    if (join && argc > 1) return misuse(c, "ช่องข้อมูลใช้กับ --open และ --set-aside เท่านั้น", "fields go with --open and --set-aside only", argv[1]);
    a.fields = argv + 1;
    a.field_count = argc - 1;
    return reason ? set_aside(c, &a, reason) : triage(c, &a, join);
}

/* ---- import ---- */

typedef struct importing {
    const char *channel, *encoding, *mapping, *refused, *signature, *secret_file;
    bool dry, print_mapping;
} importing;

static int run_import_webhook(cli *c, const importing *in, int32_t service, const char *path) {
    webhook_options o = {service, path, in->channel ? in->channel : service == COMPLAINT_WEBHOOK_LINE ? "line" : "facebook", in->signature, in->secret_file};
    if (!o.signature) return misuse(c, "ต้องระบุ --signature ค่าที่มากับข้อมูล", "--signature is needed, the value of the header", NULL);
    if (!o.secret_file) return misuse(c, "ต้องระบุ --secret-file ไฟล์ที่เก็บรหัสลับ", "--secret-file is needed", NULL);
    return import_webhook(c, &o);
}

static int run_import_from(cli *c, const importing *in, const char *source, const char *path) {
    register_options o = {path, in->encoding, in->mapping, in->refused, in->dry};
    if (strcmp(source, "facebook") == 0) return import_facebook(c, in->channel ? in->channel : "facebook", path);
    if (strcmp(source, "register") == 0) return import_register(c, &o);
    return run_import_webhook(c, in, strcmp(source, "line") == 0 ? COMPLAINT_WEBHOOK_LINE : COMPLAINT_WEBHOOK_MESSENGER, path);
}

static bool is_source(const char *word) {
    static const char *const sources[] = {"facebook", "register", "line", "messenger"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (strcmp(word, sources[i]) == 0) return true;
    return false;
}

/* What goes with one source only; NULL: all that was given goes with this one. */
static const char *misplaced(const importing *in, const char *source) {
    bool old = strcmp(source, "register") == 0, hook = strcmp(source, "line") == 0 || strcmp(source, "messenger") == 0;
    if (old && in->channel) return "--channel";
    if (!old && (in->encoding || in->mapping || in->refused || in->dry || in->print_mapping))
        return in->encoding ? "--encoding" : in->mapping ? "--mapping" : in->refused ? "--refused" : in->dry ? "--dry-run" : "--print-mapping";
    return !hook && (in->signature || in->secret_file) ? in->signature ? "--signature" : "--secret-file" : NULL;
}

int run_import(cli *c, int argc, char **argv) {
    importing in = {0};
    const option known[] = {{"--channel", &in.channel, NULL},     {"--encoding", &in.encoding, NULL},       {"--mapping", &in.mapping, NULL}, {"--refused", &in.refused, NULL}, {"--dry-run", NULL, &in.dry}, {"--print-mapping", NULL, &in.print_mapping},
                            {"--signature", &in.signature, NULL}, {"--secret-file", &in.secret_file, NULL}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc == 0 || !is_source(argv[0])) return misuse(c, "นำเข้าได้จาก facebook register line messenger", "what can be imported: facebook, register, line, messenger", argc > 0 ? argv[0] : NULL);
    if (misplaced(&in, argv[0])) return misuse(c, "ตัวเลือกนี้ใช้กับสิ่งที่นำเข้านี้ไม่ได้", "this option does not go with what is imported", misplaced(&in, argv[0]));
    if (in.print_mapping && argc == 1) return print_mapping();
    if (argc != 2) return misuse(c, "ต้องระบุไฟล์หรือโฟลเดอร์ที่จะนำเข้าหนึ่งรายการ", "one file or folder is needed", argc > 2 ? argv[2] : NULL);
    return run_import_from(c, &in, argv[0], argv[1]);
}
