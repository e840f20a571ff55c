/*
 * intake/register_words: what there is to say about a register's rows, in sentences.
 *
 * Owns: the sentences of the reasons, the page of findings. Must not know: how a finding came about.
 */
#include "intake/register.h"

static const struct {
    const char *reason, *thai, *english;
} sentences[] = {
    {"missing", "ไม่ได้บันทึกวันที่รับเรื่อง", "the day of receipt is missing"},
    {"invalid_date", "ไม่มีวันนี้ในปฏิทิน", "there is no such day in the calendar"},
    {"unparseable", "อ่านเป็นวันที่ไม่ได้", "this cannot be read as a date"},
    {"implausible_year", "ปีเป็นไปไม่ได้ (หลังปีที่นำเข้า หรือก่อนนั้นเกิน 30 ปี)", "the year cannot be right (after the year of entry, or more than 30 years before it)"},
    {"ambiguous_year", "ปีสองหลักนี้เป็น พ.ศ. หรือ ค.ศ. ก็ได้ โปรดระบุปีเต็ม", "these two digits may be a year of either era; write the year in full"},
    {"ambiguous_era", "ปีเป็น ค.ศ. แต่ไม่ได้ระบุไว้ โปรดแก้เป็น พ.ศ. หรือเติม ค.ศ.", "the year seems to be of the common era and does not say so; write it B.E., or with ค.ศ."},
    {"ditto_of_nothing", "เครื่องหมายซ้ำแถวบน แต่แถวบนไม่มีวันที่ที่อ่านได้", "a ditto mark, but the row above has no day that could be read"},
    {"in_future", "วันนี้ยังไม่ถึง", "this day is still to come"},
    {"not_received", "ระบบไม่รับเรื่องในแถวนี้", "the desk does not take this row"},
    {"invalid_time", "ไม่มีเวลานี้ นำเข้าเฉพาะวันที่", "there is no such time; the day alone is imported"},
    {"unparseable_time", "อ่านเป็นเวลาไม่ได้ นำเข้าเฉพาะวันที่", "this cannot be read as a time; the day alone is imported"},
    {"weekday_mismatch", "ชื่อวันไม่ตรงกับวันที่ ใช้วันที่ตามที่เขียนไว้", "the day of the week contradicts the date; the date is kept"},
    {"ditto", "เครื่องหมายซ้ำ ใช้วันที่ของแถวบน", "a ditto mark: the day of the row above"},
    {"serial", "เลขวันที่ของโปรแกรมตารางคำนวณ อ่านเป็นวันที่แล้ว", "a spreadsheet's number for a day, read as that day"},
    {"out_of_sequence", "วันที่ย้อนหลังจากแถวก่อนหน้าเกิน 90 วัน โปรดตรวจปี", "more than 90 days before the rows above; check the year"},
    {"result_before_forward", "วันที่ได้รับผลอยู่ก่อนวันที่ส่งต่อ", "the result is dated before the forwarding"},
    {"unknown_channel", "ไม่รู้จักช่องทางนี้ นำเข้าโดยไม่ระบุช่องทาง", "no such channel is known; imported without one"},
    {"unknown_class", "ไม่รู้จักประเภทนี้ นำเข้าเป็นเรื่องที่ไม่ระบุประเภท", "no such class is known; imported as one of none"},
    {"class_not_given", "ไม่ได้ระบุประเภท", "no class is given"},
    {"unknown_unit", "ไม่รู้จักหน่วยงานนี้", "no such unit is known"},
    {"no_unit", "ไม่ทราบว่าส่งต่อให้หน่วยงานใด จึงไม่ได้บันทึกการส่งต่อและผล", "it is not known to whom it was forwarded, so neither that nor a result is entered"},
    {"unknown_status", "ไม่รู้จักสถานะนี้ บันทึกเท่าที่วันที่ในแถวบอกไว้", "no such status is known; entered as far as the dates say"},
    {"no_subject", "ไม่ได้บันทึกเรื่องไว้", "no subject is given"},
    {"short_row", "แถวนี้มีช่องน้อยกว่าหัวตาราง", "the row has fewer cells than the heading"},
    {"extra_cells", "แถวนี้มีช่องเกินหัวตาราง เก็บไว้ในบันทึกของเรื่อง", "the row has more cells than the heading; they are kept in the note"},
    {"unknown_column", "ไม่รู้จักหัวช่องนี้ เก็บไว้ในบันทึกของเรื่องเท่านั้น", "no such heading is known; its cells are kept in the note only"},
    {"not_walked", "มาตรฐานการปฏิบัติงานไม่ให้บันทึกรายการนี้ เรื่องค้างอยู่ที่ขั้นก่อนหน้า", "the procedure does not let this be entered; the case stays where it was"},
    {"blank", "แถวว่าง", "a blank row"},
    {"subtotal", "แถวยอดรวม", "a row of totals"},
    {"title", "แถวชื่อทะเบียน", "a title"},
    {"repeated_header", "หัวตารางซ้ำ", "the heading again"},
    {"note", "แถวข้อความ ไม่ใช่เรื่องร้องเรียน", "a remark, no complaint"},
};

static size_t sentence_of(const char *reason) {
    size_t i = 0;
    while (i + 1 < sizeof sentences / sizeof sentences[0] && strcmp(sentences[i].reason, reason) != 0) i++;
    return i;
}

enum { F_ROW, F_LINE, F_SEVERITY, F_FIELD, F_REASON, F_CELL, F_THAI, F_ENGLISH, F_COUNT };
static const char *const columns[F_COUNT] = {"row", "line", "severity", "field", "reason", "cell", "thai", "english"};
static const char *const severities[] = {"skipped", "warning", "refused"};

/* The sentence, and what the procedure said besides. */
static void put_sentence(complaint_page *p, cpl_buf *b, int32_t column, const char *sentence, cpl_str more) {
    cpl_buf_clear(b);
    cpl_buf_puts(b, sentence);
    if (more.n) cpl_buf_puts(b, ": ");
    cpl_buf_str(b, more);
    cpl_page_str(p, column, (cpl_str){b->size ? b->data : "", b->size});
}

static void put_finding(complaint_page *p, cpl_buf *b, const cpl_register_finding *f) {
    size_t at = sentence_of(f->reason);
    cpl_page_row(p);
    cpl_page_int(p, F_ROW, (int64_t)f->row);
    cpl_page_int(p, F_LINE, f->line);
    cpl_page_str(p, F_SEVERITY, cpl_str_of(severities[f->kind]));
    cpl_page_str(p, F_FIELD, cpl_str_of(f->field));
    cpl_page_str(p, F_REASON, cpl_str_of(f->reason));
    cpl_page_str(p, F_CELL, f->cell);
    put_sentence(p, b, F_THAI, sentences[at].thai, f->thai);
    put_sentence(p, b, F_ENGLISH, sentences[at].english, f->english);
}

complaint_status cpl_register_findings(const cpl_register *reg, size_t of_reading, const cpl_memory *m, complaint_page **page, complaint_error *e) {
    complaint_page *p = cpl_page_new(m, columns, F_COUNT);
    size_t read = 0, filed = of_reading;
    cpl_buf b;
    if (!p) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    cpl_buf_init(&b, m);
    while (read < of_reading || filed < reg->finding_count) {
        bool first = filed == reg->finding_count || (read < of_reading && reg->findings[read].row <= reg->findings[filed].row);
        put_finding(p, &b, &reg->findings[first ? read++ : filed++]);
    }
    bool failed = b.failed;
    cpl_buf_free(&b);
    if (!failed) return cpl_page_finish(p, page, e);
    complaint_page_free(p);
    return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
}
