/*
 * What a command says that neither lists nor shows: what it did. A person reads a sentence in Thai, another program the same names and numbers as ever.
 */
#include "cli.h"

#include <string.h>
#include <unistd.h>

bool for_people(const cli *c) { return !c->opt.json && isatty(STDOUT_FILENO); }

/* ---- one action ---- */

static void add_known_as(const cli *c, const complaint_outcome *o, buffer *b) {
    const complaint_page *found = case_of(c, complaint_outcome_case(o));
    const char *legacy = found ? complaint_page_text_of(found, 0, "legacy_number") : "";
    bool registered = complaint_outcome_number(o) != 0;
    add_text(b, registered ? "เลขทะเบียน " : *legacy && strcmp(legacy, "-") != 0 ? "เลขที่ " : "รหัส ");
    if (!registered) {
        add_case_number(c, complaint_outcome_case(o), b);
        return;
    }
    add_number(b, complaint_outcome_number(o));
    add_text(b, "/");
    add_number(b, complaint_outcome_fiscal_year(o));
}

static void say_received(const cli *c, const complaint_outcome *o, const char *label, buffer *b) {
    (void)c;
    (void)label;
    add_text(b, complaint_outcome_repeated(o) ? "ข้อความนี้รับไว้ก่อนแล้ว รหัสข้อความ " : "รับข้อความแล้ว รหัสข้อความ ");
    add_number(b, complaint_outcome_message(o));
}

static void say_triaged(const cli *c, const complaint_outcome *o, const char *label, buffer *b) {
    (void)label;
    add_text(b, complaint_outcome_repeated(o) ? "คัดกรองข้อความนี้ไว้ก่อนแล้ว อยู่ในเรื่อง" : "คัดกรองแล้ว ข้อความอยู่ในเรื่อง");
    add_known_as(c, o, b);
}

static void say_set_aside(const cli *c, const complaint_outcome *o, const char *label, buffer *b) {
    (void)c;
    (void)label;
    add_text(b, complaint_outcome_repeated(o) ? "ข้อความนี้คัดออกไว้ก่อนแล้ว รหัสข้อความ " : "คัดข้อความออกแล้ว รหัสข้อความ ");
    add_number(b, complaint_outcome_message(o));
}

static void say_registered(const cli *c, const complaint_outcome *o, const char *label, buffer *b) {
    (void)label;
    add_text(b, complaint_outcome_repeated(o) ? "ลงทะเบียนไว้ก่อนแล้ว " : "ลงทะเบียนแล้ว ");
    add_known_as(c, o, b);
}

static void say_done(const cli *c, const complaint_outcome *o, const char *label, buffer *b) {
    add_text(b, "บันทึก “");
    add_text(b, label);
    add_text(b, "”");
    add_text(b, " ในเรื่อง");
    add_known_as(c, o, b);
    add_text(b, complaint_outcome_repeated(o) ? " ไว้ก่อนแล้ว ไม่ได้บันทึกซ้ำ" : " แล้ว");
}

/* Others have not withdrawn, or the procedure goes on without a complainant: of what ends nothing it is said. */
static void say_withdrawn(const cli *c, const complaint_outcome *o, const char *label, buffer *b) {
    say_done(c, o, label, b);
    const complaint_page *found = case_of(c, complaint_outcome_case(o));
    if (!found || strcmp(complaint_page_text_of(found, 0, "phase"), "withdrawn") == 0) return;
    add_text(b, " แต่เรื่องยังดำเนินการต่อในสถานะ “");
    add_text(b, label_of(c, COMPLAINT_CODE_STATE, complaint_page_text_of(found, 0, "state")));
    add_text(b, "”");
}

static void print_sentence(const cli *c, int32_t verb, const complaint_outcome *o) {
    static const struct {
        int32_t verb;
        void (*say)(const cli *c, const complaint_outcome *o, const char *label, buffer *b);
    } sayings[] = {{COMPLAINT_VERB_RECEIVE, say_received}, {COMPLAINT_VERB_TRIAGE, say_triaged}, {COMPLAINT_VERB_SET_ASIDE, say_set_aside}, {COMPLAINT_VERB_REGISTER, say_registered},
                  {COMPLAINT_VERB_WITHDRAW, say_withdrawn}};
    buffer b = {0};
    size_t i = 0, count = sizeof sayings / sizeof *sayings;
    if (!complaint_outcome_case(o) && !complaint_outcome_message(o)) return; /* a duty, of which its command says more */
    while (i < count && sayings[i].verb != verb) i++;
    (i < count ? sayings[i].say : say_done)(c, o, complaint_verb_label(verb, COMPLAINT_THAI), &b);
    print_text(c, b.data, "");
    release(&b);
}

static void print_outcome_json(const complaint_outcome *o) {
    buffer b = {0};
    add_text(&b, "{");
    json_id(&b, "case_id", complaint_outcome_case(o));
    json_id(&b, "message", complaint_outcome_message(o));
    json_integer(&b, "revision", complaint_outcome_revision(o));
    json_integer(&b, "register_number", complaint_outcome_number(o));
    json_integer(&b, "fiscal_year", complaint_outcome_fiscal_year(o));
    json_integer(&b, "repeated", complaint_outcome_repeated(o));
    printf("%s}\n", b.data);
    release(&b);
}

static void print_outcome_lines(const complaint_outcome *o) {
    if (complaint_outcome_message(o)) printf("message\t%lld\n", (long long)complaint_outcome_message(o));
    if (complaint_outcome_case(o)) printf("case\t%lld\n", (long long)complaint_outcome_case(o));
    if (complaint_outcome_number(o)) printf("number\t%lld/%d\n", (long long)complaint_outcome_number(o), (int)complaint_outcome_fiscal_year(o));
    if (complaint_outcome_case(o)) printf("revision\t%lld\n", (long long)complaint_outcome_revision(o));
    if (complaint_outcome_repeated(o)) printf("repeated\t1\n");
}

int print_outcome(const cli *c, int32_t verb, const complaint_outcome *o) {
    if (c->opt.json)
        print_outcome_json(o);
    else if (for_people(c))
        print_sentence(c, verb, o);
    else
        print_outcome_lines(o);
    return CLI_DONE;
}

/* ---- many ---- */

/*
 * What a count is called in the sentence of its command, and what is said of it when it is 0 (mostly nothing); without a name, what is said when all of them are 0. A count that is not here is no
 * person's concern.
 */
static const struct {
    const char *command, *name, *before, *behind, *none;
} phrases[] = {
    {"deliver", NULL, "ไม่มีข้อความที่ต้องส่ง", "", NULL},
    {"deliver", "delivered", "ส่งแล้ว", "ข้อความ", NULL},
    {"deliver", "accepted", "รอผู้ให้บริการยืนยัน", "ข้อความ", NULL},
    {"deliver", "retried", "ส่งไม่สำเร็จ จะลองใหม่ภายหลัง", "ข้อความ", NULL},
    {"deliver", "refused", "ส่งไม่ได้ ต้องแจ้งด้วยวิธีอื่น", "ข้อความ", NULL},
    {"tick", NULL, "ไม่มีกำหนดเวลาที่ต้องแจ้งเตือนในขณะนี้", "", NULL},
    {"tick", "clocks", "แจ้งเตือน", "กำหนดเวลา", NULL},
    {"tick", "notices", "เตรียมข้อความแจ้งเตือน", "ข้อความ", NULL},
    {"recompute", NULL, "ไม่มีเรื่องที่ยังไม่ปิด", "", NULL},
    {"recompute", "cases", "คำนวณกำหนดเวลาใหม่", "เรื่อง", NULL},
    {"recompute", "moved", "กำหนดเวลาเปลี่ยน", "รายการ", "กำหนดเวลาไม่เปลี่ยน"},
    {"recompute", "reverted", "ในจำนวนนี้ย้อนกลับไปใช้ปฏิทินที่เก่ากว่าที่คำนวณไว้ (ลืม --calendar หรือไม่)", "รายการ", NULL},
    {"import", NULL, "ไม่มีข้อความในโฟลเดอร์นี้", "", NULL},
    {"import", "files", "อ่าน", "ไฟล์", NULL},
    {"import", "messages", "พบ", "ข้อความ", NULL},
    {"import", "added", "เพิ่มใหม่", "ข้อความ", NULL},
    {"import", "replies", "ในจำนวนนี้เป็นข้อความที่เพจตอบ", "ข้อความ", NULL},
    {"import", "known", "มีอยู่แล้ว", "ข้อความ", NULL},
    {"import", "withdrawn", "ผู้ส่งยกเลิก", "ข้อความ", NULL},
    {"import", "later", "ยังไม่ถึงเวลา", "ข้อความ", NULL},
    {"import", "evidence", "เก็บหลักฐาน", "ไฟล์", NULL},
    {"import", "missing", "หาไฟล์หลักฐานไม่พบ", "ไฟล์", NULL},
    {"import", "skipped", "ข้ามสิ่งที่ไม่ใช่ข้อความ", "รายการ", NULL},
    {"import", "refused", "รับไม่ได้", "รายการ", NULL},
    {"import", "mended", "รับไว้โดยมีข้อสังเกต", "รายการ", NULL},
    {"import register", NULL, "ทะเบียนนี้ไม่มีแถว", "", NULL},
    {"import register", "rows", "อ่าน", "แถว", NULL},
    {"import register", "added", "นำเข้าเป็นเรื่อง", "แถว", NULL},
    {"import register", "set_aside", "ไม่ใช่เรื่องร้องเรียน", "แถว", NULL},
    {"import register", "known", "มีอยู่แล้ว", "แถว", NULL},
    {"import register", "refused", "ไม่รับ", "แถว", NULL},
    {"import register", "skipped", "ข้าม", "แถว", NULL},
    {"import register", "warnings", "ข้อเตือน", "ข้อ", NULL},
    {"import register", "changed", "มีอยู่แล้วแต่ต่างจากที่นำเข้าไว้", "แถว", NULL},
    {"import register", "flagged", "ตั้งเครื่องหมายตามคำในทะเบียน", "แถว", NULL},
    {"import register", "open", "ยังค้าง", "เรื่อง", NULL},
    {"import-archive", NULL, "แฟ้มนี้ไม่มีรายการ", "", NULL},
    {"import-archive", "lines", "ตรวจสอบครบ", "บรรทัด", NULL},
    {"import-archive", "cases", "เรื่องร้องเรียน", "เรื่อง", NULL},
    {"import-archive", "messages", "ข้อความเข้า", "ข้อความ", NULL},
    {"import-archive", "events", "เหตุการณ์", "รายการ", NULL},
    {"import-archive", "evidence", "หลักฐาน", "ไฟล์", NULL},
    {"import-archive", "silenced", "ข้อความรอส่งที่บันทึกว่าไม่ส่ง", "ข้อความ", NULL},
};

enum { PHRASES = sizeof phrases / sizeof *phrases };

static int64_t count_of(const tallied *counts, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(counts[i].name, name) == 0) return counts[i].count;
    return 0;
}

static void add_phrase(size_t i, int64_t count, buffer *b) {
    const char *words = count == 0 && phrases[i].name ? phrases[i].none : phrases[i].before;
    if (!words) return;
    if (b->size > 0) add_text(b, ", ");
    add_text(b, words);
    if (count == 0) return;
    add_text(b, " ");
    add_number(b, count);
    add_text(b, " ");
    add_text(b, phrases[i].behind);
}

static void print_tally_sentence(const cli *c, const tallied *counts, size_t count) {
    buffer b = {0};
    bool any = false;
    for (size_t i = 0; i < count; i++) any = any || counts[i].count != 0;
    for (size_t i = 0; i < PHRASES; i++) {
        const char *name = phrases[i].name;
        if (strcmp(phrases[i].command, c->command) != 0 || (name != NULL) != any) continue;
        add_phrase(i, name ? count_of(counts, count, name) : 0, &b);
    }
    print_text(c, b.data, "");
    release(&b);
}

/* `token`: how a call that was done in part goes on; NULL: it is done. */
static void print_tally_json(const tallied *counts, size_t count, const char *token) {
    buffer b = {0};
    add_text(&b, "{");
    if (token) json_text(&b, "token", token);
    for (size_t i = 0; i < count; i++) json_integer(&b, counts[i].name, counts[i].count);
    printf("%s}\n", b.data);
    release(&b);
}

static void print_tally_and_token(const cli *c, const tallied *counts, size_t count, const char *token) {
    if (c->opt.json)
        print_tally_json(counts, count, token);
    else if (for_people(c))
        print_tally_sentence(c, counts, count);
    else
        for (size_t i = 0; i < count; i++) printf("%s\t%lld\n", counts[i].name, (long long)counts[i].count);
}

void print_tally(const cli *c, const tallied *counts, size_t count) { print_tally_and_token(c, counts, count, NULL); }

void print_counts(const cli *c, const complaint_page *tally) {
    enum { MOST = 16 };
    tallied counts[MOST];
    size_t count = 0;
    for (int32_t i = 0; i < complaint_page_column_count(tally) && count < MOST; i++)
        counts[count++] = (tallied){complaint_page_column_name(tally, i), complaint_page_integer(tally, 0, i)};
    print_tally_and_token(c, counts, count, complaint_page_token(tally));
    print_token(c, tally);
}
