/*
 * The desk as a whole: init, deliver, verify, seal, report.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

int no_words(const cli *c, int argc, char **argv) {
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc > 0) return misuse(c, "คำสั่งนี้ไม่มีส่วนต่อท้าย", "this command takes no words", argv[0]);
    return argc < 0 ? CLI_MISUSED : CLI_DONE;
}

/* ---- init ---- */

static void print_desk(const cli *c) {
    const char *db = host_db(c), *policy = complaint_policy_id(c->policy), *office = complaint_policy_office(c->policy);
    if (for_people(c)) {
        printf("ฐานข้อมูลพร้อมใช้งาน: %s\nสำนักงาน: %s\nมาตรฐานการปฏิบัติงาน: %s\n", db, complaint_policy_office_detail(c->policy, COMPLAINT_OFFICE_NAME, COMPLAINT_THAI), policy);
        return;
    }
    if (!c->opt.json) {
        printf("db\t%s\npolicy\t%s\noffice\t%s\n", db, policy, office);
        return;
    }
    buffer b = {0};
    add_text(&b, "{");
    json_text(&b, "db", db);
    json_text(&b, "policy", policy);
    json_text(&b, "digest", complaint_policy_digest(c->policy));
    json_text(&b, "office", office);
    printf("%s}\n", b.data);
    release(&b);
}

int run_init(cli *c, int argc, char **argv) {
    int answer = no_words(c, argc, argv);
    if (answer == CLI_DONE && c->opt.read_only) answer = refuse_status(c, COMPLAINT_E_READ_ONLY, "--read-only");
    umask(S_IRWXG | S_IRWXO); /* people's names and troubles: whoever else may read them is a decision */
    if (answer == CLI_DONE) answer = host_create(c);
    if (answer == CLI_DONE) print_desk(c);
    return answer;
}

/* ---- deliver ---- */

int run_deliver(cli *c, int argc, char **argv) {
    complaint_page *tally = NULL;
    int answer = no_words(c, argc, argv);
    take_interrupts(c, true);
    if (answer == CLI_DONE && !c->opt.outbox) answer = misuse(c, "ต้องระบุ --outbox FILE ก่อนคำสั่ง", "--outbox FILE is needed, before the command", NULL);
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_WRITE);
    /* Each notice would fail by itself, and wait the longer each time. */
    if (answer == CLI_DONE) answer = check_writable(c, c->opt.outbox, "เขียนไฟล์ของ --outbox ไม่ได้ จึงยังไม่ได้ส่งข้อความใด", "the file of --outbox cannot be written, so nothing was sent");
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_desk_deliver(c->desk, 0, &tally);
    if (tally) print_counts(c, tally);
    complaint_page_free(tally);
    return desk_answer(c, status);
}

/* ---- a part of a long call ---- */

int take_part(const cli *c, int argc, char **argv, const option *known, size_t count, stretch *stretched) {
    argc = take_options(c, argc, argv, known, count);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    if (stretched->budget_text && !parse_number(stretched->budget_text, &stretched->budget)) return misuse(c, "--budget ต้องเป็นจำนวนที่มากกว่า 0", "--budget takes a number above 0", stretched->budget_text);
    return CLI_DONE;
}

void print_token(const cli *c, const complaint_page *page) {
    if (!c->opt.json && complaint_page_token(page)) printf("token\t%s\n", complaint_page_token(page));
}

/* ---- verify ---- */

static int print_findings(const cli *c, complaint_page *findings, int64_t checked) {
    if (c->opt.json) {
        buffer b = {0};
        add_text(&b, "{");
        json_integer(&b, "checked", checked);
        if (complaint_page_token(findings)) json_text(&b, "token", complaint_page_token(findings));
        bool done = json_page(&b, "findings", findings);
        if (done) printf("%s}\n", b.data);
        release(&b);
        return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
    }
    const long long faults = complaint_page_count(findings);
    if (!for_people(c))
        printf("checked\t%lld\nfindings\t%lld\n", (long long)checked, faults);
    else if (faults == 0)
        printf("ตรวจสอบบันทึก %lld รายการ ถูกต้องทั้งหมด\n", (long long)checked);
    else
        printf("ตรวจสอบบันทึก %lld รายการ พบข้อผิดพลาด %lld รายการ\n", (long long)checked, faults);
    print_token(c, findings);
    return complaint_page_count(findings) ? print_page(c, &finding_view, findings) : CLI_DONE;
}

int run_verify(cli *c, int argc, char **argv) {
    complaint_page *findings = NULL;
    int64_t checked = 0;
    bool recompute = false;
    stretch part = {0};
    const option known[] = {{"--recompute", NULL, &recompute}, {"--budget", &part.budget_text, NULL}, {"--token", &part.token, NULL}};
    int answer = take_part(c, argc, argv, known, sizeof known / sizeof *known, &part);
    take_interrupts(c, false);
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_READ);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_desk_verify(c->desk, c->actor, recompute ? COMPLAINT_VERIFY_RECOMPUTE : 0, part.token, part.budget, &findings, &checked);
    if (findings) answer = print_findings(c, findings, checked);
    complaint_page_free(findings);
    return status == COMPLAINT_OK || status == COMPLAINT_E_MORE ? answer : desk_answer(c, status);
}

/* ---- seal ---- */

/* The instant is said as --until takes it, to the millisecond: asked again with less of it, the seal is another. */
static void print_seal(const cli *c, int64_t until, const complaint_text *digest, int64_t events) {
    buffer iso = {0}, when = {0};
    const char *seal = complaint_text_data(digest);
    add_instant(&iso, until, COMPLAINT_DATE_ISO);
    add_instant(&when, until, COMPLAINT_DATE_SHORT);
    if (for_people(c))
        printf("ตราประทับของเหตุการณ์ %lld รายการที่บันทึกก่อน %s\n%s\nตรวจภายหลังด้วย complaint seal --until %s\n", (long long)events, when.data, seal, iso.data);
    else if (c->opt.json)
        printf("{\"seal\":\"%s\",\"until\":%lld,\"until_iso\":\"%s\",\"events\":%lld}\n", seal, (long long)until, iso.data, (long long)events);
    else
        printf("seal\t%s\nuntil\t%s\nevents\t%lld\n", seal, iso.data, (long long)events);
    release(&iso);
    release(&when);
}

int run_seal(cli *c, int argc, char **argv) {
    const char *until_text = NULL;
    int64_t until = 0, events = 0;
    complaint_text *digest = NULL;
    const option known[] = {{"--until", &until_text, NULL}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้ไม่มีส่วนต่อท้าย", "this command takes no words", argv[0]);
    if (until_text && take_when(c, "--until", until_text, &until) != CLI_DONE) return CLI_MISUSED;
    int answer = host_open(c, COMPLAINT_READ);
    if (answer != CLI_DONE) return answer;
    if (!until_text) until = host_now(c);
    complaint_status status = complaint_desk_seal(c->desk, c->actor, until, &digest, &events);
    if (status == COMPLAINT_OK) print_seal(c, until, digest, events);
    complaint_text_free(digest);
    return desk_answer(c, status);
}

/* ---- report ---- */

/* A round as its last month or as the policy's code; which ones there are says the library when there is no such month. */
static int read_round(const cli *c, const char *typed, int64_t *round) {
    if (parse_number(typed, round) && *round <= 99) return CLI_DONE;
    *round = complaint_policy_round(complaint_desk_policy(c->desk), typed);
    return *round ? CLI_DONE : misuse(c, "--round คือเดือนสุดท้ายของรอบ เช่น 6 หรือ 12 หรือรหัสรอบในนโยบาย", "--round takes the round's last month, such as 6 or 12, or the policy's code for it", typed);
}

static int report(cli *c, int64_t year, const char *round_text, int32_t form, const char *output) {
    complaint_text *text = NULL;
    int64_t round = 0;
    int answer = output ? check_output(c, output, NULL) : CLI_DONE;
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = read_round(c, round_text, &round);
    if (answer == CLI_DONE) answer = desk_answer(c, complaint_desk_report_text(c->desk, c->actor, (int32_t)year, (int32_t)round, form, &text));
    if (answer == CLI_DONE) answer = write_document(c, output, text);
    complaint_text_free(text);
    return answer;
}

int run_report(cli *c, int argc, char **argv) {
    const char *year_text = NULL, *round_text = NULL, *format = c->opt.json ? "json" : "text", *output = NULL;
    int64_t year = 0;
    const option known[] = {{"--fiscal-year", &year_text, NULL}, {"--round", &round_text, NULL}, {"--format", &format, NULL}, {"--output", &output, NULL}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    if (!year_text || !parse_number(year_text, &year) || year > 9999) return misuse(c, "ต้องระบุ --fiscal-year เป็นปี พ.ศ.", "--fiscal-year takes a Buddhist-era year", year_text);
    if (!round_text) return misuse(c, "ต้องระบุ --round 6 หรือ 12", "--round takes 6 or 12", NULL);
    bool text = strcmp(format, "text") == 0;
    if (!text && strcmp(format, "json") != 0) return misuse(c, "รูปแบบรายงานคือ text หรือ json", "--format takes text or json", format);
    return report(c, year, round_text, text ? COMPLAINT_REPORT_TEXT : COMPLAINT_REPORT_JSON, output);
}
