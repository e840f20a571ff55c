/*
 * What goes wrong, in two lines: what it is in Thai; the same in English with its code and place. With --json one line of JSON.
 */
#include "cli.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

typedef struct problem {
    const char *code, *thai, *english, *file, *subject, *path, *host_text;
    int64_t line, offset;
} problem;

static void print_json(const problem *p) {
    buffer b = {0};
    add_text(&b, "{");
    json_text(&b, "error", p->code);
    json_text(&b, "th", p->thai);
    json_text(&b, "en", p->english);
    if (*p->file) json_text(&b, "file", p->file);
    if (*p->subject) json_text(&b, "subject", p->subject);
    if (*p->path) json_text(&b, "path", p->path);
    if (p->line > 0) json_integer(&b, "line", p->line);
    if (p->offset >= 0) json_integer(&b, "offset", p->offset);
    if (*p->host_text) json_text(&b, "host", p->host_text);
    (void)fprintf(stderr, "%s}\n", b.data);
    release(&b);
}

/* ` [E_POLICY, $.actions.forward, line 12]`: what a person looks for next. The library's texts may name the place too; saying it twice is better than not. */
static void add_place(buffer *b, const problem *p) {
    add_text(b, " [");
    add_text(b, p->code);
    const char *const places[] = {p->file, p->subject, p->path, p->host_text};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (*places[i] == '\0' || (places[i] == p->host_text && strcmp(places[i], p->english) == 0)) continue;
        add_text(b, ", ");
        add_text(b, places[i]);
    }
    if (p->line > 0) {
        add_text(b, ", line ");
        add_number(b, p->line);
    }
    if (p->offset >= 0) {
        add_text(b, ", byte ");
        add_number(b, p->offset);
    }
    add_text(b, "]");
}

static void print_problem(const cli *c, const problem *p) {
    if (c->opt.json) {
        print_json(p);
        return;
    }
    buffer b = {0};
    add_place(&b, p);
    (void)fprintf(stderr, "complaint: %s\n  %s%s\n", p->thai, p->english, b.data);
    release(&b);
}

static int print_refusal(const cli *c, const problem *p) {
    print_problem(c, p);
    return CLI_REFUSED;
}

/* A problem whose places are all empty. */
static problem plain_problem(const char *code, const char *thai, const char *english) {
    return (problem){.code = code, .thai = thai, .english = english, .file = "", .subject = "", .path = "", .host_text = "", .offset = -1};
}

/* Another program writes to the database, and did so for LOCK_SECONDS. */
static int refuse_busy(const cli *c) {
    buffer thai = {0}, english = {0};
    add_text(&thai, "โปรแกรมอื่นกำลังเขียนฐานข้อมูลนี้อยู่ รอ ");
    add_number(&thai, LOCK_SECONDS);
    add_text(&thai, " วินาทีแล้วยังไม่ว่าง คำสั่งนี้ยังไม่ได้บันทึก โปรดลองใหม่อีกครั้ง");
    add_text(&english, "another program is writing to the database; it was not free within ");
    add_number(&english, LOCK_SECONDS);
    add_text(&english, " seconds, and this was not recorded: try again");
    problem p = plain_problem(complaint_status_name(COMPLAINT_E_BUSY), thai.data, english.data);
    p.file = host_db(c);
    int answer = print_refusal(c, &p);
    release(&thai);
    release(&english);
    return answer;
}

int refuse_interrupted(const cli *c, const char *file) {
    buffer thai = {0}, english = {0};
    add_text(&thai, c->keeps ? "หยุดตามที่สั่ง ทำแล้ว " : "หยุดตามที่สั่งเมื่อทำแล้ว ");
    add_number(&thai, c->before + c->done);
    add_text(&thai, c->keeps ? " รายการและเก็บไว้แล้ว สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อ" : " รายการ ผลจึงยังไม่ครบ และไม่ได้บันทึกสิ่งใด สั่งคำสั่งเดิมอีกครั้งเพื่อเริ่มใหม่");
    add_text(&english, "stopped as asked; done: ");
    add_number(&english, c->before + c->done);
    add_text(&english, c->keeps ? ", and kept; the same command goes on from there" : "; the result is not whole and nothing was recorded; the same command begins again");
    problem p = plain_problem(complaint_status_name(COMPLAINT_E_CANCELLED), thai.data, english.data);
    p.file = file;
    print_problem(c, &p);
    release(&thai);
    release(&english);
    return interrupted_exit();
}

static bool is_of_word(char byte) { return byte == '_' || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'); }

/* What the library asks of the actor is given by an option here: it is told as people type it. */
static void add_as_typed(buffer *b, const char *text) {
    static const char asked[] = "on_behalf";
    const size_t size = sizeof asked - 1;
    const char *from = text;
    for (const char *at = text; (at = strstr(at, asked)) != NULL; at += size) {
        if (is_of_word(at[size]) || (at > text && is_of_word(at[-1]))) continue;
        add(b, from, (size_t)(at - from));
        add_text(b, "--on-behalf");
        from = at + size;
    }
    add_text(b, from);
}

int refuse_in(const cli *c, const char *file, const complaint_error *error) {
    complaint_status status = complaint_error_status(error);
    if (status == COMPLAINT_E_BUSY) return refuse_busy(c);
    if (status == COMPLAINT_E_CANCELLED) return refuse_interrupted(c, file);
    buffer thai = {0}, english = {0};
    add_as_typed(&thai, complaint_error_text(error, COMPLAINT_THAI));
    add_as_typed(&english, complaint_error_text(error, COMPLAINT_ENGLISH));
    const problem p = {.code = complaint_status_name(status),
                       .thai = thai.data,
                       .english = english.data,
                       .file = file,
                       .subject = complaint_error_subject(error),
                       .path = complaint_error_path(error),
                       .host_text = complaint_error_host_text(error),
                       .line = complaint_error_line(error),
                       .offset = complaint_error_offset(error)};
    int answer = print_refusal(c, &p);
    release(&thai);
    release(&english);
    return answer;
}

int refuse_mistakes(const cli *c, const char *file, const complaint_page *mistakes) {
    int64_t count = complaint_page_count(mistakes);
    for (int64_t i = 0; i < count; i++) {
        problem p = plain_problem(complaint_status_name((complaint_status)complaint_page_integer_of(mistakes, i, "status")), complaint_page_text_of(mistakes, i, "reason_th"),
                                  complaint_page_text_of(mistakes, i, "reason_en"));
        p.file = file;
        p.subject = complaint_page_text_of(mistakes, i, "subject");
        p.path = complaint_page_text_of(mistakes, i, "path");
        p.line = complaint_page_integer_of(mistakes, i, "line");
        p.offset = complaint_page_integer_of(mistakes, i, "offset");
        print_problem(c, &p);
    }
    if (count > 1 && !c->opt.json) (void)fprintf(stderr, "complaint: พบข้อผิดพลาด %" PRId64 " แห่ง\n  %" PRId64 " mistakes\n", count, count);
    return CLI_REFUSED;
}

int refuse(const cli *c, const complaint_error *error) { return refuse_in(c, "", error); }

int refuse_status(const cli *c, complaint_status status, const char *subject) {
    problem p = plain_problem(complaint_status_name(status), complaint_status_text(status, COMPLAINT_THAI), complaint_status_text(status, COMPLAINT_ENGLISH));
    p.subject = subject;
    return print_refusal(c, &p);
}

int refuse_case(const cli *c, complaint_status status, const char *thai, const char *english) {
    problem p = plain_problem(complaint_status_name(status), thai, english);
    p.subject = "case";
    return print_refusal(c, &p);
}

int refuse_file(const cli *c, const char *path, const char *thai, const char *english, int number) {
    problem p = plain_problem("FILE", thai, english);
    p.file = path;
    if (number != 0) p.host_text = strerror(number);
    return print_refusal(c, &p);
}

/* What such a file mostly is, and what to do; "" when that cannot be said. */
static const char *advice(complaint_status status, int32_t language) {
    bool thai = language == COMPLAINT_THAI;
    if (status == COMPLAINT_E_UTF8)
        return thai ? " ถ้าไฟล์เป็นรหัส Windows-874 (TIS-620) โปรดบันทึกใหม่เป็น UTF-8 หรือแปลงด้วย iconv -f WINDOWS-874 -t UTF-8"
                    : "; a file in Windows-874 (TIS-620) is to be saved as UTF-8, or converted by iconv -f WINDOWS-874 -t UTF-8";
    if (status == COMPLAINT_E_NUL)
        return thai ? " ถ้าไฟล์เป็นรหัส UTF-16 (“Unicode”) โปรดบันทึกใหม่เป็น UTF-8 หรือแปลงด้วย iconv -f UTF-16 -t UTF-8"
                    : "; a file in UTF-16 (“Unicode”) is to be saved as UTF-8, or converted by iconv -f UTF-16 -t UTF-8";
    return "";
}

static void add_kinds(buffer *b, const unread_lines *unread, bool thai) {
    add_text(b, thai ? " (ไม่ใช่ UTF-8 " : " (no UTF-8: ");
    add_number(b, unread->no_utf8);
    add_text(b, thai ? " บรรทัด มี U+0000 " : ", with U+0000: ");
    add_number(b, unread->zeros);
    add_text(b, thai ? " บรรทัด)" : ")");
}

/* `อ่านไม่ได้ 3 บรรทัด เริ่มที่บรรทัดที่ 2: …`, in either language. */
static void add_unread(buffer *b, const unread_lines *unread, int32_t language) {
    bool thai = language == COMPLAINT_THAI;
    add_text(b, thai ? "อ่านไม่ได้ " : "lines that could not be read: ");
    add_number(b, unread->count);
    add_text(b, thai ? " บรรทัด เริ่มที่บรรทัดที่ " : ", the first is line ");
    add_number(b, unread->first);
    add_text(b, ": ");
    add_text(b, complaint_status_text(unread->status, language));
    if (unread->no_utf8 && unread->zeros) add_kinds(b, unread, thai);
    add_text(b, advice(unread->zeros ? COMPLAINT_E_NUL : unread->status, language)); /* zero bytes tell more of the whole file than other bad ones, which stand in it too */
}

int refuse_lines(const cli *c, const unread_lines *unread) {
    buffer thai = {0}, english = {0};
    add_unread(&thai, unread, COMPLAINT_THAI);
    add_unread(&english, unread, COMPLAINT_ENGLISH);
    problem p = plain_problem(complaint_status_name(unread->status), thai.data, english.data);
    p.line = unread->first;
    int answer = print_refusal(c, &p);
    release(&thai);
    release(&english);
    return answer;
}

/* For people, where the help is. */
static int print_misuse(const cli *c, const problem *p) {
    const char *help = c->command ? "help " : "--help", *command_name = c->command ? c->command : "";
    if (c->opt.json)
        print_json(p);
    else
        (void)fprintf(stderr, "complaint: %s\n  %s; see `complaint %s%s`\n", p->thai, p->english, help, command_name);
    return CLI_MISUSED;
}

/* `words: what`, or the words. */
static void add_fault(buffer *b, const char *words, const char *what) {
    add_text(b, words);
    if (!what) return;
    add_text(b, ": ");
    add_text(b, what);
}

int misuse(const cli *c, const char *thai, const char *english, const char *what) {
    buffer both[2] = {{0}, {0}};
    const char *behind = c->opt.json ? NULL : what; /* there it has a member of its own */
    add_fault(&both[0], thai, behind);
    add_fault(&both[1], english, behind);
    problem p = plain_problem("USAGE", both[0].data, both[1].data);
    if (what) p.subject = what;
    int answer = print_misuse(c, &p);
    release(&both[0]);
    release(&both[1]);
    return answer;
}

/* ---- dates ---- */

/* The place of a byte as people count: the characters up to it, itself included. */
static int64_t character_at(const char *text, size_t offset) {
    int64_t count = 1;
    for (size_t i = 0; i < offset && text[i]; i++) count += ((unsigned char)text[i + 1] & 0xC0) != 0x80;
    return count;
}

/* ` (อักขระที่ 6 ควรเป็น ปีสี่หลัก)`, in either language. */
static void add_expected(buffer *b, const char *text, const misread *why, int32_t language) {
    bool thai = language == COMPLAINT_THAI;
    add_text(b, complaint_date_error_text(why->error, language));
    add_text(b, thai ? " (อักขระที่ " : " (character ");
    add_number(b, character_at(text, why->offset));
    add_text(b, thai ? " ควรเป็น " : ": expected ");
    add_text(b, complaint_date_expected_text(why->expected, language));
    add_text(b, ")");
}

/* `--at “5/11/26”: ปีสองหลักนี้เป็น พ.ศ. หรือ ค.ศ. ก็ได้ (อักขระที่ 6 ควรเป็น ปีสี่หลัก)`; a time beside a day is no fault of the parser's. */
static void add_misread(buffer *b, const char *name, const char *text, const misread *why, int32_t language) {
    add_text(b, name);
    add_text(b, " “");
    add_text(b, text);
    add_text(b, "”: ");
    if (why->error != 0)
        add_expected(b, text, why, language);
    else
        add_text(b, language == COMPLAINT_THAI ? "ต้องเป็นวันที่อย่างเดียว ไม่มีเวลา" : "a date is needed, without a time");
}

static int say_date(const cli *c, const char *name, const char *text, const misread *why, bool is_field) {
    buffer thai = {0}, english = {0};
    add_text(&thai, is_field ? "ช่อง " : "");
    add_text(&english, is_field ? "field " : "");
    add_misread(&thai, name, text, why, COMPLAINT_THAI);
    add_misread(&english, name, text, why, COMPLAINT_ENGLISH);
    problem p = plain_problem(is_field ? complaint_status_name(COMPLAINT_E_INVALID) : "USAGE", thai.data, english.data);
    p.subject = name;
    p.offset = (int64_t)why->offset;
    int answer = is_field ? print_refusal(c, &p) : print_misuse(c, &p);
    release(&thai);
    release(&english);
    return answer;
}

int misuse_date(const cli *c, const char *name, const char *text, const misread *why) { return say_date(c, name, text, why, false); }

int refuse_date(const cli *c, const char *field, const char *text, const misread *why) { return say_date(c, field, text, why, true); }

int desk_answer(const cli *c, complaint_status status) {
    if (status == COMPLAINT_OK) return CLI_DONE;
    const complaint_error *error = complaint_desk_error(c->desk);
    return complaint_error_status(error) == status ? refuse(c, error) : refuse_status(c, status, "");
}
