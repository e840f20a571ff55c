/*
 * paper/report: a report as a page for people and as JSON for programs.
 *
 * Owns: words and layout. Must not know: how the figures came about.
 */
#include "paper/paper.h"

#include "calendar/calendar.h"

#include <inttypes.h>
#include <stdio.h>

enum { GAP = 2, LEAST_AMOUNT = 6 };

/* ---- dates -------------------------------------------------------------------------------------------------------- */

static void put_day(cpl_buf *out, int32_t day, int32_t style) {
    char text[CPL_DATE_MAX];
    size_t n = 0;
    if (cpl_date_format(day, style, COMPLAINT_DIGITS_ARABIC, text, &n) == COMPLAINT_OK) cpl_buf_put(out, text, n);
}

static void put_instant(cpl_buf *out, int64_t instant, int32_t style) {
    char text[CPL_DATE_MAX];
    size_t n = 0;
    if (cpl_instant_format(instant, style, COMPLAINT_DIGITS_ARABIC, text, &n) == COMPLAINT_OK) cpl_buf_put(out, text, n);
}

/* ---- text ------------------------------------------------------------------------------------------------------------ */

/* `none` stands for 0 in the rows, where it is said in words. */
typedef struct table {
    cpl_str title;
    const char *head, *none;
    const cpl_figures *figures;
    size_t label_width, amount_width;
} table;

static const char amount_head[] = "จำนวน (เรื่อง)", sum_label[] = "รวม";

static size_t wider(size_t a, size_t b) { return a > b ? a : b; }

static size_t digits(int64_t v) { return (size_t)snprintf(NULL, 0, "%" PRId64, v); }

static void repeat(cpl_buf *out, char c, size_t times) {
    for (size_t i = 0; i < times; i++) cpl_buf_putc(out, c);
}

static void line(cpl_buf *out, const table *t, cpl_str label, cpl_str amount) {
    cpl_buf_str(out, label);
    repeat(out, ' ', t->label_width - cpl_display_width(label) + GAP + t->amount_width - cpl_display_width(amount));
    cpl_buf_str(out, amount);
    cpl_buf_putc(out, '\n');
}

static void amount_line(cpl_buf *out, const table *t, cpl_str label, int64_t amount, const char *none) {
    char text[24];
    int n = snprintf(text, sizeof text, "%" PRId64, amount);
    line(out, t, label, amount == 0 && none ? cpl_str_of(none) : (cpl_str){text, (size_t)n});
}

static void rule(cpl_buf *out, const table *t) {
    repeat(out, '-', t->label_width + GAP + t->amount_width);
    cpl_buf_putc(out, '\n');
}

/* All tables of a page are as wide as the widest. */
static void measure(table *t, size_t count, int64_t total) {
    size_t label = cpl_display_width(cpl_str_of(sum_label)), amount = wider(cpl_display_width(cpl_str_of(amount_head)), wider(digits(total), LEAST_AMOUNT));
    for (size_t k = 0; k < count; k++) {
        label = wider(label, cpl_display_width(cpl_str_of(t[k].head)));
        if (t[k].none) amount = wider(amount, cpl_display_width(cpl_str_of(t[k].none)));
        for (size_t i = 0; i < t[k].figures->count; i++) label = wider(label, cpl_display_width(t[k].figures->items[i].label.th));
    }
    for (size_t k = 0; k < count; k++) {
        t[k].label_width = label;
        t[k].amount_width = amount;
    }
}

static void put_table(cpl_buf *out, const table *t, size_t number) {
    int64_t sum = 0;
    cpl_buf_fmt(out, "\nตารางที่ %zu ", number);
    cpl_buf_str(out, t->title);
    cpl_buf_putc(out, '\n');
    rule(out, t);
    line(out, t, cpl_str_of(t->head), cpl_str_of(amount_head));
    rule(out, t);
    for (size_t i = 0; i < t->figures->count; i++) {
        const cpl_figure *f = &t->figures->items[i];
        amount_line(out, t, f->label.th, f->amount, t->none);
        sum += f->amount;
    }
    rule(out, t);
    amount_line(out, t, cpl_str_of(sum_label), sum, NULL);
}

static bool is_preliminary(const cpl_report *r) { return cpl_instant_day(r->as_of) < r->cut_off; }

/* Before the cut-off more may come in. */
static void put_state(cpl_buf *out, const cpl_report *r) {
    if (is_preliminary(r)) {
        cpl_buf_puts(out, " (ข้อมูลเบื้องต้น ตัดยอดข้อมูลวันที่ ");
        put_day(out, r->cut_off, COMPLAINT_DATE_LONG);
        cpl_buf_putc(out, ')');
    }
    cpl_buf_puts(out, "\nกำหนดเสนอรายงานภายในวันที่ ");
    put_day(out, r->due, COMPLAINT_DATE_LONG);
}

static void put_heading(cpl_buf *out, const cpl_report *r) {
    const complaint_policy *p = r->policy;
    cpl_buf_puts(out, "รายงานสรุปเรื่องร้องเรียน\n");
    cpl_buf_str(out, p->office[CPL_OFFICE_NAME].th);
    if (p->office[CPL_OFFICE_SECTION].th.n) cpl_buf_putc(out, ' ');
    cpl_buf_str(out, p->office[CPL_OFFICE_SECTION].th);
    cpl_buf_fmt(out, "\nปีงบประมาณ พ.ศ. %" PRId32 " ", r->fiscal_year);
    cpl_buf_str(out, r->round->code.label.th);
    cpl_buf_puts(out, ": เรื่องที่รับตั้งแต่วันที่ ");
    put_day(out, r->first, COMPLAINT_DATE_LONG);
    cpl_buf_puts(out, " ถึงวันที่ ");
    put_day(out, r->end - 1, COMPLAINT_DATE_LONG);
    cpl_buf_puts(out, "\nข้อมูล ณ วันที่ ");
    put_instant(out, r->as_of, COMPLAINT_DATE_LONG);
    put_state(out, r);
    cpl_buf_puts(out, "\n\n");
}

static void put_sum(cpl_buf *out, const char *before, int64_t amount, const char *none, const char *remark) {
    if (amount)
        cpl_buf_fmt(out, "%s %" PRId64 " เรื่อง%s\n", before, amount, remark);
    else
        cpl_buf_fmt(out, "%s %s\n", before, none);
}

/* The tables that every report has, then those of the policy; of these an empty row is said in words, as the assessment of the ministry asks. */
static void put_tables(cpl_buf *out, const cpl_report *r) {
    table tables[3 + CPL_ANALYSES_MAX] = {
        {.title = CPL_LIT("จำแนกตามประเภท"), .head = "ประเภท", .figures = &r->classes},
        {.title = CPL_LIT("จำแนกตามเดือนที่รับเรื่อง"), .head = "เดือน", .figures = &r->months},
        {.title = CPL_LIT("จำแนกตามช่องทาง"), .head = "ช่องทาง", .figures = &r->channels},
    };
    size_t count = 3;
    for (size_t i = 0; i < r->policy->analysis_count; i++)
        tables[count++] = (table){.title = r->policy->analyses[i].code.label.th, .head = "กลุ่ม", .none = "ไม่มีเรื่องร้องเรียน", .figures = &r->analyses[i]};
    measure(tables, count, r->total);
    for (size_t i = 0; i < count; i++) put_table(out, &tables[i], i + 1);
}

void cpl_paper_report_text(const cpl_report *r, cpl_buf *out) {
    put_heading(out, r);
    put_sum(out, "รับเรื่องในรอบนี้ทั้งหมด", r->total, "ไม่มีเรื่องร้องเรียน", "");
    put_sum(out, "ปิดเรื่องในรอบนี้", r->closed, "ไม่มี", " (นับตามวันที่ปิดเรื่อง รวมเรื่องที่รับไว้ก่อนรอบนี้)");
    put_tables(out, r);
}

/* ---- JSON --------------------------------------------------------------------------------------------------------------- */

static void put_label(cpl_buf *out, cpl_label label) {
    cpl_buf_puts(out, "{\"th\": ");
    cpl_buf_json(out, label.th);
    cpl_buf_puts(out, ", \"en\": ");
    cpl_buf_json(out, label.en);
    cpl_buf_putc(out, '}');
}

static void put_figures(cpl_buf *out, const char *before, const char *name, const cpl_figures *figures) {
    cpl_buf_fmt(out, "%s\"%s\": [", before, name);
    for (size_t i = 0; i < figures->count; i++) {
        const cpl_figure *f = &figures->items[i];
        cpl_buf_puts(out, i ? ",\n    {\"key\": " : "\n    {\"key\": ");
        cpl_buf_json(out, f->key);
        cpl_buf_puts(out, ", \"label\": ");
        put_label(out, f->label);
        cpl_buf_fmt(out, ", \"amount\": %" PRId64 "}", f->amount);
    }
    cpl_buf_puts(out, "\n  ]");
}

static void put_office(cpl_buf *out, const complaint_policy *p) {
    cpl_buf_puts(out, "{\n  \"office\": {\"id\": ");
    cpl_buf_json(out, p->office_id);
    cpl_buf_puts(out, ", \"name\": ");
    put_label(out, p->office[CPL_OFFICE_NAME]);
    cpl_buf_puts(out, ", \"section\": ");
    put_label(out, p->office[CPL_OFFICE_SECTION]);
    cpl_buf_puts(out, "},\n  \"policy\": {\"id\": ");
    cpl_buf_json(out, p->id);
    cpl_buf_fmt(out, ", \"digest\": \"%s\"}", p->digest);
}

static void put_analyses(cpl_buf *out, const cpl_report *r) {
    cpl_buf_puts(out, ",\n  \"analyses\": {");
    for (size_t i = 0; i < r->policy->analysis_count; i++) {
        if (i) cpl_buf_putc(out, ',');
        put_figures(out, "\n    ", r->policy->analyses[i].code.id.p, &r->analyses[i]);
    }
    cpl_buf_puts(out, "}");
}

void cpl_paper_report_json(const cpl_report *r, cpl_buf *out) {
    put_office(out, r->policy);
    cpl_buf_fmt(out, ",\n  \"fiscal_year\": %" PRId32 ",\n  \"round\": %" PRId32 ",\n  \"period\": {\"first\": \"", r->fiscal_year, r->round->last);
    put_day(out, r->first, COMPLAINT_DATE_ISO);
    cpl_buf_puts(out, "\", \"end\": \"");
    put_day(out, r->end, COMPLAINT_DATE_ISO);
    cpl_buf_puts(out, "\"},\n  \"due\": \"");
    put_day(out, r->due, COMPLAINT_DATE_ISO);
    cpl_buf_puts(out, "\",\n  \"cut_off\": \"");
    put_day(out, r->cut_off, COMPLAINT_DATE_ISO);
    cpl_buf_puts(out, "\",\n  \"data_as_of\": \"");
    put_instant(out, r->as_of, COMPLAINT_DATE_ISO);
    cpl_buf_fmt(out, "\",\n  \"preliminary\": %s,\n  \"total\": %" PRId64 ",\n  \"closed\": %" PRId64, is_preliminary(r) ? "true" : "false", r->total, r->closed);
    put_figures(out, ",\n  ", "classes", &r->classes);
    put_figures(out, ",\n  ", "months", &r->months);
    put_figures(out, ",\n  ", "channels", &r->channels);
    put_analyses(out, r);
    cpl_buf_puts(out, "\n}\n");
}
