/*
 * Which case a person means: by its id, by its register number, or by the number that it had in the register kept before. The last is unique in no register, so several may be meant.
 */
#include "cli.h"

#include <string.h>
#include <unistd.h>

enum { CANDIDATES = 12, AT_ONCE = 1000, SMALLEST_ID = 1000000000 };

/* What is written before a number of the old register, where it has to be told from one of this; with a colon, a blank, or a digit behind it. */
static const char *const marks[] = {"เดิม", "old"};

static const char *behind_mark(const char *text) {
    static const char thai_digit[] = "\xE0\xB9"; /* and 0x90 to 0x99 */
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (strncmp(text, marks[i], n) != 0) continue;
        const unsigned char *behind = (const unsigned char *)text + n;
        if (*behind == ':') return text + n + 1;
        bool digit = (*behind >= '0' && *behind <= '9') || (strncmp(text + n, thai_digit, 2) == 0 && behind[2] >= 0x90 && behind[2] <= 0x99);
        if (digit || *behind == ' ') return text + n;
    }
    return NULL;
}

/* Whether the office brought an old register, as far as the actor sees what nobody has. Its rows are older than what came in since. */
static bool has_old_register(const cli *c) {
    static const char *const states[] = {"opened", "set_aside"};
    bool has = false;
    for (size_t i = 0; !has && i < sizeof states / sizeof *states; i++) {
        complaint_page *page = NULL;
        if (complaint_desk_inbox(c->desk, c->actor, states[i], NULL, AT_ONCE, &page) != COMPLAINT_OK) return false;
        for (int64_t k = 0; !has && k < complaint_page_count(page); k++) has = strncmp(complaint_page_text_of(page, k, "external_id"), "register:", strlen("register:")) == 0;
        complaint_page_free(page);
    }
    return has;
}

/* Whoever has no old register, or sees only what is his, would look there in vain. */
static int refuse_none(const cli *c, const char *number, bool legacy_only) {
    buffer thai = {0}, english = {0};
    bool old = has_old_register(c);
    add_text(&thai, legacy_only ? "ไม่พบเลขที่นี้ในทะเบียนเดิม: " : old ? "ไม่พบเลขที่นี้ ทั้งในทะเบียนนี้และในทะเบียนเดิม: " : "ไม่พบเลขที่นี้: ");
    add_text(&thai, number);
    if (old) add_text(&thai, " (แถวที่ทะเบียนเดิมว่าไม่ใช่เรื่องร้องเรียนอยู่ใน complaint inbox set_aside แถวที่ไม่รับตอนนำเข้าไม่อยู่ในระบบจนกว่าจะแก้แล้วนำเข้าใหม่)");
    add_text(&english, legacy_only ? "the old register has no such number: " : old ? "neither this register nor the old one has such a number: " : "there is no such number: ");
    add_text(&english, number);
    if (old) add_text(&english, " (what that register calls no complaint is in `complaint inbox set_aside`; rows that the import refused are not in the system until they were put right and imported)");
    make_visible(&thai, false);
    make_visible(&english, false);
    int answer = refuse_case(c, COMPLAINT_E_NOT_FOUND, thai.data, english.data);
    release(&thai);
    release(&english);
    return answer;
}

static int32_t fiscal_year_of(int64_t instant) {
    int32_t day = 0, year = 0;
    int64_t time_of_day = 0;
    return complaint_date_of_instant(instant, &day, &time_of_day) == COMPLAINT_OK && complaint_date_fiscal_year(day, &year) == COMPLAINT_OK ? year : 0;
}

/* A candidate is told from the others by its number as the old register has it, its year and day, its class and how far it has come. */
static void add_candidate(const cli *c, const complaint_page *page, int64_t row, buffer *thai, buffer *english) {
    static const char *const codes[] = {"class", "state"};
    static const int32_t kinds[] = {COMPLAINT_CODE_CLASS, COMPLAINT_CODE_STATE};
    int64_t received = complaint_page_integer_of(page, row, "received_at");
    const char *number = complaint_page_text_of(page, row, "legacy_number");
    add_text(thai, row == 0 ? ": รหัส " : "; รหัส ");
    add_number(thai, complaint_page_integer_of(page, row, "case_id"));
    add_text(thai, " คือเลขที่ ");
    add_text(thai, number);
    add_text(thai, " ปีงบประมาณ ");
    add_number(thai, fiscal_year_of(received));
    add_text(thai, " (รับ ");
    add_instant(thai, received, COMPLAINT_DATE_SHORT);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        add_text(thai, ", ");
        add_text(thai, label_of(c, kinds[i], complaint_page_text_of(page, row, codes[i])));
    }
    add_text(thai, ")");
    add_text(english, row == 0 ? ": " : "; ");
    add_number(english, complaint_page_integer_of(page, row, "case_id"));
    add_text(english, " is no. ");
    add_text(english, number);
    add_text(english, " of the fiscal year ");
    add_number(english, fiscal_year_of(received));
    add_text(english, " (received ");
    add_instant(english, received, COMPLAINT_DATE_ISO);
    add_text(english, ")");
}

/* A refusal names nobody, because it may end up in a log; on his screen an officer sees who wrote what, as far as he may. */
static void show_candidate(const cli *c, int64_t case_id) {
    static const column shown[] = {{"sender", NULL, CELL_TEXT, 0, NULL}, {"body", NULL, CELL_EXCERPT, 0, NULL}};
    complaint_page *messages = NULL;
    buffer line = {0};
    if (complaint_desk_case_messages(c->desk, c->actor, case_id, &messages) != COMPLAINT_OK) return;
    add_text(&line, "  รหัส ");
    add_number(&line, case_id);
    for (size_t i = 0; complaint_page_count(messages) > 0 && i < sizeof shown / sizeof *shown; i++) {
        add_text(&line, "  ");
        add_cell(c, messages, 0, &shown[i], true, &line);
    }
    make_visible(&line, false);
    (void)fprintf(stderr, "%s\n", line.data);
    release(&line);
    complaint_page_free(messages);
}

static void show_candidates(const cli *c, const complaint_page *page) {
    if (c->opt.json || !isatty(STDERR_FILENO)) return;
    for (int64_t i = 0; i < complaint_page_count(page) && i < CANDIDATES; i++) show_candidate(c, complaint_page_integer_of(page, i, "case_id"));
}

static void add_more(buffer *thai, buffer *english, int64_t count) {
    if (count <= 0) return;
    add_text(thai, "; และอีก ");
    add_number(thai, count);
    add_text(thai, " เรื่อง");
    add_text(english, "; and ");
    add_number(english, count);
    add_text(english, " more");
}

static int refuse_several(const cli *c, const char *number, const complaint_page *page) {
    buffer thai = {0}, english = {0};
    int64_t count = complaint_page_count(page);
    bool with_year = strchr(number, '/') != NULL;
    add_text(&thai, "ทะเบียนเดิมมีเลขที่ ");
    add_text(&thai, number);
    add_text(&thai, " หลายเรื่อง โปรดระบุด้วยรหัสเรื่อง");
    if (!with_year) add_text(&thai, " หรือเติมปีท้ายเลขที่ เช่น " LEGACY_MARK "12/68");
    add_text(&english, "the old register has this number several times, name the case by its id");
    if (!with_year) add_text(&english, ", or with its year, as in old:12/68");
    for (int64_t i = 0; i < count && i < CANDIDATES; i++) add_candidate(c, page, i, &thai, &english);
    add_more(&thai, &english, count - CANDIDATES);
    make_visible(&thai, false);
    make_visible(&english, false);
    int answer = refuse_case(c, COMPLAINT_E_INVALID, thai.data, english.data);
    show_candidates(c, page);
    release(&thai);
    release(&english);
    return answer;
}

/* Those of other years are left out of a page, which may so be empty and have a next one. */
static complaint_status read_candidates(const cli *c, const char *number, complaint_page **page) {
    complaint_status status = complaint_desk_find_legacy(c->desk, c->actor, number, NULL, AT_ONCE, page);
    while (status == COMPLAINT_OK && complaint_page_count(*page) == 0 && complaint_page_token(*page)) {
        complaint_page *next = NULL;
        status = complaint_desk_find_legacy(c->desk, c->actor, number, complaint_page_token(*page), AT_ONCE, &next);
        complaint_page_free(*page);
        *page = next;
    }
    return status;
}

static int find_legacy(const cli *c, const char *number, bool legacy_only, int64_t *case_id) {
    complaint_page *page = NULL;
    int answer = desk_answer(c, read_candidates(c, number, &page));
    if (answer == CLI_DONE && complaint_page_count(page) == 0)
        answer = refuse_none(c, number, legacy_only);
    else if (answer == CLI_DONE && complaint_page_count(page) > 1)
        answer = refuse_several(c, number, page);
    else if (answer == CLI_DONE)
        *case_id = complaint_page_integer_of(page, 0, "case_id");
    complaint_page_free(page);
    return answer;
}

bool is_case_name(const char *text) {
    int64_t number = 0;
    int32_t year = 0;
    return behind_mark(text) || parse_number(text, &number) || parse_register_number(text, &number, &year);
}

/* An id is far longer than any number that a register gives. */
int host_find_case(const cli *c, const char *text, int64_t *case_id) {
    int64_t number = 0;
    int32_t year = 0;
    const char *legacy = behind_mark(text);
    if (legacy) return find_legacy(c, legacy, true, case_id);
    if (parse_number(text, &number) && number >= SMALLEST_ID) {
        *case_id = number;
        return CLI_DONE;
    }
    if (!is_case_name(text)) return misuse(c, "เลขทะเบียนต้องเป็นรูป 12/2569 เลขที่ในทะเบียนเดิมเป็นรูป " LEGACY_MARK "12/68 หรือเป็นรหัสเรื่อง", "a case is named by its number, 12/2569, its number in the old register, old:12/68, or its id", text);
    (void)parse_register_number(text, &number, &year);
    complaint_status status = year ? complaint_desk_find(c->desk, c->actor, year, number, case_id) : COMPLAINT_E_NOT_FOUND;
    return status == COMPLAINT_E_NOT_FOUND ? find_legacy(c, text, false, case_id) : desk_answer(c, status);
}
