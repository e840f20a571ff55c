/*
 * Pages for people and programs: which columns of a page are shown under which heading, and how a cell is said. Programs that want everything
 * take --json.
 */
#include "cli.h"

#include <string.h>
#include <unistd.h>

enum { EXCERPT = 48 };

#define VIEW(columns, empty)                                                                                                                                                       \
    { columns, (int)(sizeof(columns) / sizeof *(columns)), empty }

/* ---- what is shown ---- */

static const column case_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_REGISTER, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"revision", "ครั้งที่แก้ไข", CELL_NUMBER, 0, NULL},
    {"state", "สถานะ", CELL_CODE, COMPLAINT_CODE_STATE, NULL},
    {"class", "ประเภท", CELL_CODE, COMPLAINT_CODE_CLASS, NULL},
    {"nature", "ลักษณะเรื่อง", CELL_CODE, COMPLAINT_CODE_NATURE, NULL},
    {"flags", "เครื่องหมาย", CELL_FLAGS, 0, NULL},
    {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"lead_unit", "หน่วยงานหลัก", CELL_CODE, COMPLAINT_CODE_UNIT, NULL},
    {"received_at", "รับเมื่อ", CELL_TIME, 0, NULL},
    {"registered_at", "ลงทะเบียนเมื่อ", CELL_TIME, 0, NULL},
    {"acknowledged_at", "ตอบรับเมื่อ", CELL_TIME, 0, NULL},
    {"considered_at", "หัวหน้าพิจารณาเมื่อ", CELL_TIME, 0, NULL},
    {"forwarded_at", "ส่งต่อเมื่อ", CELL_TIME, 0, NULL},
    {"resulted_at", "ได้รับผลเมื่อ", CELL_TIME, 0, NULL},
    {"told_at", "แจ้งผลเมื่อ", CELL_TIME, 0, NULL},
    {"closed_at", "ปิดเรื่องเมื่อ", CELL_TIME, 0, NULL},
    {"due_at", "กำหนดถัดไป", CELL_LEFT, 0, NULL},
};
const view case_view = VIEW(case_columns, "ไม่พบเรื่อง");

static const column open_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_REGISTER, 0, NULL},       {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL}, {"received_at", "รับเมื่อ", CELL_TIME, 0, NULL},
    {"class", "ประเภท", CELL_CODE, COMPLAINT_CODE_CLASS, NULL},     {"flags", "เครื่องหมาย", CELL_FLAGS, 0, NULL},  {"state", "สถานะ", CELL_CODE, COMPLAINT_CODE_STATE, NULL},
    {"lead_unit", "หน่วยงาน", CELL_CODE, COMPLAINT_CODE_UNIT, NULL}, {"due_at", "กำหนดถัดไป", CELL_LEFT, 0, NULL},
};
const view open_view = VIEW(open_columns, "ไม่มีเรื่องค้าง");

/* What is not in a row of a clock, referral or notice is its case's. */
static const column due_columns[] = {
    {"due_at", "กำหนด", CELL_LEFT, 0, NULL},
    {"rule", "งาน", CELL_CODE, COMPLAINT_CODE_CLOCK, NULL},
    {"register_number", "เลขทะเบียน", CELL_REGISTER, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"class", "ประเภท", CELL_CODE, COMPLAINT_CODE_CLASS, NULL},
    {"flags", "เครื่องหมาย", CELL_FLAGS, 0, NULL},
    {"lead_unit", "หน่วยงาน", CELL_CODE, COMPLAINT_CODE_UNIT, NULL},
};
const view due_view = VIEW(due_columns, "ไม่มีกำหนดเวลาที่กำลังนับ");

static const column refused_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_REGISTER, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"seq", "ลำดับ", CELL_NUMBER, 0, NULL},
    {"template", "ข้อความ", CELL_TEXT, 0, NULL},
    {"recipient", "ผู้รับ", CELL_RECIPIENT, 0, NULL},
    {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"settled_at", "เมื่อ", CELL_TIME, 0, NULL},
};
const view refused_view = VIEW(refused_columns, "ไม่มีข้อความที่ส่งไม่ได้");

static const column unit_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_REGISTER, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"unit", "หน่วยงาน", CELL_CODE, COMPLAINT_CODE_UNIT, NULL},
    {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL},
    {"state", "สถานะ", CELL_WORD, 0, "referral"},
};
const view unit_view = VIEW(unit_columns, "ไม่มีเรื่องที่รอหน่วยงานนี้");

static const column clock_columns[] = {
    {"rule", "งาน", CELL_CODE, COMPLAINT_CODE_CLOCK, NULL},
    {"started_at", "นับจาก", CELL_TIME, 0, NULL},
    {"due_at", "กำหนด", CELL_DEADLINE, 0, NULL},
    {"stopped_at", "เสร็จ", CELL_TIME, 0, NULL},
    {"late_ms", "ผล", CELL_LATE, 0, NULL},
};
const view clock_view = VIEW(clock_columns, "ไม่มี");

static const column referral_columns[] = {
    {"unit", "หน่วยงาน", CELL_CODE, COMPLAINT_CODE_UNIT, NULL},
    {"kind", "ชนิด", CELL_WORD, 0, "kind"},
    {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL},
    {"state", "สถานะ", CELL_WORD, 0, "referral"},
    {"resulted_at", "รายงานเมื่อ", CELL_TIME, 0, NULL},
    {"outcome", "ผลตามที่หน่วยงานรายงาน", CELL_WORD, 0, "outcome"},
};
const view referral_view = VIEW(referral_columns, "ยังไม่ได้ส่งต่อ");

static const column party_columns[] = {
    {"part", "ฐานะ", CELL_WORD, 0, "part"},   {"identity", "การเปิดเผยตัวตน", CELL_WORD, 0, "identity"},
    {"name", "ชื่อ", CELL_TEXT, 0, NULL},       {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"address", "ที่ติดต่อ", CELL_TEXT, 0, NULL},
};
const view party_view = VIEW(party_columns, "ไม่มี");

static const column notice_columns[] = {
    {"template", "ข้อความ", CELL_WORD, 0, "template"}, {"recipient", "ผู้รับ", CELL_RECIPIENT, 0, NULL}, {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"state", "สถานะ", CELL_WORD, 0, "notice"},       {"settled_at", "เมื่อ", CELL_TIME, 0, NULL},     {"body", "เนื้อความ", CELL_EXCERPT, 0, NULL},
};
const view notice_view = VIEW(notice_columns, "ไม่มี");

static const column message_columns[] = {
    {"message", "รหัสข้อความ", CELL_NUMBER, 0, NULL},
    {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"external_id", "รหัสในช่องทาง", CELL_TEXT, 0, NULL},
    {"thread", "บทสนทนา", CELL_TEXT, 0, NULL},
    {"direction", "ทิศทาง", CELL_WORD, 0, "direction"},
    {"form", "รูปแบบ", CELL_WORD, 0, "form"},
    {"state", "สถานะ", CELL_WORD, 0, "message"},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL},
    {"entered_at", "บันทึกเมื่อ", CELL_TIME, 0, NULL},
    {"unsent_at", "ผู้ส่งยกเลิก", CELL_TIME, 0, NULL},
    {"evidence_count", "หลักฐาน", CELL_NUMBER, 0, NULL},
    {"sender", "ผู้ส่ง", CELL_TEXT, 0, NULL},
    {"body", "เนื้อความ", CELL_TEXT, 0, NULL},
};
const view message_view = VIEW(message_columns, "ไม่พบข้อความ");

static const column case_message_columns[] = {
    {"message", "รหัสข้อความ", CELL_NUMBER, 0, NULL}, {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL},   {"sender", "ผู้ส่ง", CELL_TEXT, 0, NULL},
    {"form", "รูปแบบ", CELL_WORD, 0, "form"},        {"body", "เนื้อความ", CELL_EXCERPT, 0, NULL},
};
const view case_message_view = VIEW(case_message_columns, "ไม่มี");

static const column inbox_columns[] = {
    {"message", "รหัสข้อความ", CELL_NUMBER, 0, NULL}, {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL}, {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"sender", "ผู้ส่ง", CELL_TEXT, 0, NULL},          {"form", "รูปแบบ", CELL_WORD, 0, "form"},  {"body", "เนื้อความ", CELL_EXCERPT, 0, NULL},
};
const view inbox_view = VIEW(inbox_columns, "ไม่มีข้อความ");

static const column evidence_columns[] = {
    {"seq", "ลำดับ", CELL_NUMBER, 0, NULL},     {"media_type", "ชนิด", CELL_TEXT, 0, NULL}, {"size_bytes", "ไบต์", CELL_NUMBER, 0, NULL},
    {"digest", "SHA-256", CELL_TEXT, 0, NULL}, {"name", "ชื่อ", CELL_TEXT, 0, NULL},
};
const view evidence_view = VIEW(evidence_columns, "ไม่มี");

static const column action_columns[] = {
    {"label", "การดำเนินการ", CELL_TEXT, 0, NULL},    {"verb", "คำสั่ง", CELL_TEXT, 0, NULL}, {"required", "ต้องระบุ", CELL_TEXT, 0, NULL}, {"optional", "ระบุได้", CELL_TEXT, 0, NULL},
    {"refusal", "เหตุที่ยังทำไม่ได้", CELL_TEXT, 0, NULL},
};
const view action_view = VIEW(action_columns, "ไม่มีสิ่งที่ทำได้");

static const column finding_columns[] = {
    {"stream", "เรื่อง/ข้อความ", CELL_NUMBER, 0, NULL},
    {"seq", "ลำดับ", CELL_NUMBER, 0, NULL},
    {"what", "สิ่งที่พบ", CELL_TEXT, 0, NULL},
    {"detail", "รายละเอียด", CELL_TEXT, 0, NULL},
};
const view finding_view = VIEW(finding_columns, "ไม่พบข้อผิดพลาด");

/* ---- cells ---- */

static bool is_never(int64_t instant) { return instant == 0 || instant == INT64_MAX; }

static void add_time(int64_t instant, bool people, buffer *out) {
    if (is_never(instant)) return;
    add_instant(out, instant, people ? COMPLAINT_DATE_SHORT : COMPLAINT_DATE_ISO);
}

static void add_deadline_cell(int64_t instant, buffer *out) {
    if (!is_never(instant)) add_deadline(out, instant);
}

static void add_left(const cli *c, int64_t instant, buffer *out) {
    if (is_never(instant)) return;
    int64_t left = instant - host_now(c);
    add_deadline(out, instant);
    add_text(out, left > 0 ? " (เหลือ " : " (เกิน ");
    add_duration(out, left > 0 ? left : -left);
    add_text(out, ")");
}

static void add_register(const complaint_page *page, int64_t row, buffer *out) {
    int64_t number = complaint_page_integer_of(page, row, "register_number");
    if (number == 0) return;
    add_number(out, number);
    add_text(out, "/");
    add_number(out, complaint_page_integer_of(page, row, "fiscal_year"));
}

/* A notice goes to the complainant, to a role, or to a unit. */
static void add_recipient(const cli *c, const char *code, buffer *out) {
    const char *said = word_of("recipient", code);
    if (said == code) said = label_of(c, COMPLAINT_CODE_ROLE, code);
    if (said == code) said = label_of(c, COMPLAINT_CODE_UNIT, code);
    add_text(out, said);
}

/* Whether a clock was kept. */
static void add_late(const cli *c, const complaint_page *page, int64_t row, int64_t late, buffer *out) {
    const char *state = complaint_page_text_of(page, row, "state");
    if (strcmp(state, "running") == 0) {
        bool over = complaint_page_integer_of(page, row, "due_at") <= host_now(c);
        add_text(out, over ? "เกินกำหนดแล้ว" : "กำลังนับ");
    } else if (late > 0) {
        add_text(out, "ช้า ");
        add_duration(out, late);
    } else {
        add_text(out, strcmp(state, "stopped") == 0 ? "ทันกำหนด" : "ยกเลิก");
    }
}

/* The first line's beginning, at most EXCERPT columns. */
static void add_excerpt(const char *text, buffer *out) {
    size_t line = strcspn(text, "\r\n"), fits = fitting_bytes(text, EXCERPT);
    size_t size = fits < line ? fits : line;
    add(out, text, size);
    if (text[size]) add_text(out, "…");
}

static void add_word(const column *shown, const complaint_page *page, int64_t row, int32_t at, buffer *out) {
    buffer code = {0};
    if (complaint_page_type(page, row, at) == COMPLAINT_INT64)
        add_number(&code, complaint_page_integer(page, row, at));
    else
        add_text(&code, complaint_page_text(page, row, at));
    add_text(out, word_of(shown->group, code.data));
    release(&code);
}

static void add_raw(const complaint_page *page, int64_t row, int32_t at, buffer *out) {
    if (complaint_page_type(page, row, at) == COMPLAINT_INT64)
        add_number(out, complaint_page_integer(page, row, at));
    else
        add_text(out, complaint_page_text(page, row, at));
}

/* A row that lacks the column, but says which case it belongs to, stands for that case's row. */
static const complaint_page *page_with(const cli *c, const complaint_page *page, int64_t *row, const char *name) {
    int64_t id = complaint_page_integer_of(page, *row, "case_id");
    lookup *l = c->lookup;
    if (complaint_page_column_find(page, name) >= 0 || id == 0) return page;
    if (l->case_id != id) {
        complaint_page *found = NULL;
        if (complaint_desk_case(c->desk, c->actor, id, &found) != COMPLAINT_OK) return page;
        complaint_page_free(l->page);
        *l = (lookup){id, found};
    }
    *row = 0;
    return l->page;
}

/* What a cell says to a program: the code, the number, the ISO time. */
static void add_plain(const cli *c, const complaint_page *page, int64_t row, const column *shown, buffer *out) {
    int32_t at = complaint_page_column_find(page, shown->name);
    int64_t number = complaint_page_integer(page, row, at);
    switch (shown->cell) {
    case CELL_TIME:
    case CELL_DEADLINE:
    case CELL_LEFT:
        add_time(number, false, out);
        break;
    case CELL_FLAGS:
        add_flags(c, out, number, false);
        break;
    case CELL_REGISTER:
        add_register(page, row, out);
        break;
    default:
        add_raw(page, row, at, out);
        break;
    }
}

/* What a cell says to a person. */
static void add_spoken(const cli *c, const complaint_page *page, int64_t row, const column *shown, buffer *out) {
    int32_t at = complaint_page_column_find(page, shown->name);
    int64_t number = complaint_page_integer(page, row, at);
    const char *text = complaint_page_text(page, row, at);
    switch (shown->cell) {
    case CELL_TIME:
        add_time(number, true, out);
        break;
    case CELL_DEADLINE:
        add_deadline_cell(number, out);
        break;
    case CELL_LEFT:
        add_left(c, number, out);
        break;
    case CELL_CODE:
        add_text(out, label_of(c, shown->kind, text));
        break;
    case CELL_WORD:
        add_word(shown, page, row, at, out);
        break;
    case CELL_FLAGS:
        add_flags(c, out, number, true);
        break;
    case CELL_REGISTER:
        add_register(page, row, out);
        break;
    case CELL_LATE:
        add_late(c, page, row, number, out);
        break;
    case CELL_EXCERPT:
        add_excerpt(text, out);
        break;
    case CELL_RECIPIENT:
        add_recipient(c, text, out);
        break;
    case CELL_TEXT:
    case CELL_NUMBER:
        add_raw(page, row, at, out);
        break;
    }
}

void add_cell(const cli *c, const complaint_page *page, int64_t row, const column *shown, bool people, buffer *out) {
    page = page_with(c, page, &row, shown->name);
    if (complaint_page_masked(page, row, complaint_page_column_find(page, shown->name)))
        add_text(out, people ? "[ปกปิด]" : "[masked]");
    else if (people)
        add_spoken(c, page, row, shown, out);
    else
        add_plain(c, page, row, shown, out);
}

/* ---- tables ---- */

static table *headed_table(const view *v, bool people) {
    table *t = table_new(v->count);
    for (int i = 0; i < v->count; i++) {
        table_cell(t, people ? v->columns[i].heading : v->columns[i].name);
        if (v->columns[i].cell == CELL_NUMBER || v->columns[i].cell == CELL_REGISTER) table_align_right(t, i);
    }
    return t;
}

static void add_rows(const cli *c, table *t, const view *v, const complaint_page *page, bool people) {
    for (int64_t row = 0; row < complaint_page_count(page); row++) {
        for (int i = 0; i < v->count; i++) {
            buffer cell = {0};
            add_text(&cell, "");
            add_cell(c, page, row, &v->columns[i], people, &cell);
            if (people && cell.size == 0) add_text(&cell, "-");
            table_cell(t, cell.data);
            release(&cell);
        }
    }
}

void print_section(const cli *c, const char *title, const view *v, const complaint_page *page) {
    printf("\n%s\n", title);
    if (complaint_page_count(page) == 0) {
        printf("  %s\n", v->empty);
        return;
    }
    table *t = headed_table(v, true);
    add_rows(c, t, v, page, true);
    table_print_aligned(t, stdout, "  ");
    table_free(t);
}

void print_record(const cli *c, const view *v, const complaint_page *page, int64_t row) {
    table *t = table_new(2);
    for (int i = 0; i < v->count; i++) {
        buffer cell = {0};
        add_cell(c, page, row, &v->columns[i], true, &cell);
        if (cell.size > 0) {
            table_cell(t, v->columns[i].heading);
            table_cell(t, cell.data);
        }
        release(&cell);
    }
    table_print_aligned(t, stdout, "  ");
    table_free(t);
}

/* ---- lists ---- */

/* What a list has printed so far; the rows of several pages make one table. */
typedef struct list {
    const cli *c;
    const view *v;
    table *table;
    buffer json;
    bool people, rows;
} list;

static void list_begin(list *l, const cli *c, const view *v) {
    *l = (list){.c = c, .v = v, .people = isatty(STDOUT_FILENO) != 0};
    if (c->opt.json)
        add_text(&l->json, "[");
    else
        l->table = headed_table(v, l->people);
}

static complaint_status list_page(list *l, const complaint_page *page) {
    bool first = !l->rows;
    if (complaint_page_count(page) == 0) return COMPLAINT_OK;
    l->rows = true;
    if (!l->c->opt.json) {
        add_rows(l->c, l->table, l->v, page, l->people);
        return COMPLAINT_OK;
    }
    complaint_text *text = NULL;
    complaint_status status = complaint_page_json(page, &text);
    if (status != COMPLAINT_OK) return status;
    if (!first) add_text(&l->json, ",");
    add(&l->json, complaint_text_data(text) + 1, complaint_text_size(text) - 2); /* without its brackets */
    complaint_text_free(text);
    return COMPLAINT_OK;
}

static void list_end(list *l, bool print) {
    if (print && l->c->opt.json)
        printf("%s]\n", l->json.data);
    else if (print && !l->people)
        table_print_tsv(l->table, stdout);
    else if (print && l->rows)
        table_print_aligned(l->table, stdout, "");
    else if (print)
        printf("%s\n", l->v->empty);
    release(&l->json);
    table_free(l->table);
}

int print_list(const cli *c, const view *v, fetch_fn fetch, const void *what) {
    list l;
    complaint_page *page = NULL;
    complaint_status status;
    list_begin(&l, c, v);
    do {
        complaint_page *next = NULL;
        status = fetch(c, what, page ? complaint_page_token(page) : NULL, &next);
        complaint_page_free(page);
        page = next;
        if (status == COMPLAINT_OK) status = list_page(&l, page);
    } while (status == COMPLAINT_OK && complaint_page_token(page));
    list_end(&l, status == COMPLAINT_OK);
    complaint_page_free(page);
    return desk_answer(c, status);
}

int print_page(const cli *c, const view *v, const complaint_page *page) {
    list l;
    list_begin(&l, c, v);
    complaint_status status = list_page(&l, page);
    list_end(&l, status == COMPLAINT_OK);
    return status == COMPLAINT_OK ? CLI_DONE : refuse_status(c, status, "");
}
