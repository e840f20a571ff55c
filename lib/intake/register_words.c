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
    {"before_receipt", "วันนี้อยู่ก่อนวันที่รับเรื่อง บันทึกเป็นวันที่รับเรื่อง โปรดตรวจ", "before the day of receipt; entered as of that day"},
    {"told_before_result", "วันที่แจ้งผลอยู่ก่อนวันที่ได้รับผล โปรดตรวจ", "the complainant was told before there was a result"},
    {"several_units", "มีหลายหน่วยงานในช่องเดียว บันทึกการส่งต่อเฉพาะหน่วยงานแรกที่รู้จัก หน่วยงานนี้บันทึกไว้เป็นข้อความเท่านั้น", "several units in one cell: the first that is known is entered, this one stands as a note only"},
    {"no_class_column", "ทะเบียนไม่มีช่องประเภท ทุกแถวนำเข้าเป็นเรื่องที่ไม่ระบุประเภท", "the register has no column of the class: all rows are imported as of none"},
    {"unknown_code", "มาตรฐานการปฏิบัติงานนี้ไม่มีรหัสนี้ คำที่ให้ไว้กับรหัสนี้ในไฟล์จับคู่คำจึงไม่มีผล", "the policy has no such code, so the words of the mapping file that stand for it do nothing"},
    {"unknown_channel", "ไม่รู้จักช่องทางนี้ นำเข้าโดยไม่ระบุช่องทาง", "no such channel is known; imported without one"},
    {"unknown_class", "ไม่รู้จักประเภทนี้ นำเข้าเป็นเรื่องที่ไม่ระบุประเภท", "no such class is known; imported as one of none"},
    {"class_not_given", "ไม่ได้ระบุประเภท", "no class is given"},
    {"unknown_unit", "ไม่รู้จักหน่วยงานนี้ คำที่เขียนไว้เก็บในบันทึกของเรื่อง", "no such unit is known; the word is kept in the note"},
    {"sent_elsewhere", "บันทึกว่าส่งหน่วยงานภายนอกซึ่งไม่ได้ระบุชื่อ", "entered as referred to an agency that is not named"},
    {"no_unit", "ไม่ทราบว่าส่งต่อให้หน่วยงานใดในมาตรฐานการปฏิบัติงาน การส่งต่อและผลบันทึกเป็นข้อความในประวัติของเรื่องเท่านั้น", "it is not known to which unit of the policy it was forwarded: that, and a result, stand as a note in the history only"},
    {"unknown_status", "ไม่รู้จักสถานะนี้ บันทึกเท่าที่วันที่ในแถวบอกไว้", "no such status is known; entered as far as the dates say"},
    {"no_subject", "ไม่ได้บันทึกเรื่องไว้", "no subject is given"},
    {"short_row", "แถวนี้มีช่องน้อยกว่าหัวตาราง", "the row has fewer cells than the heading"},
    {"extra_cells", "แถวนี้มีช่องเกินหัวตาราง เก็บไว้ในบันทึกของเรื่อง", "the row has more cells than the heading; they are kept in the note"},
    {"unknown_column", "ไม่รู้จักหัวช่องนี้ เก็บไว้กับแถวเดิมเท่านั้น", "no such heading is known; its cells are kept with the row only"},
    {"not_walked", "มาตรฐานการปฏิบัติงานไม่ให้บันทึกรายการนี้ เรื่องค้างอยู่ที่ขั้นก่อนหน้า", "the procedure does not let this be entered; the case stays where it was"},
    {"duplicate_column", "หัวช่องซ้ำ เก็บไว้ในบันทึกของเรื่องเท่านั้น", "this heading is there twice; its cells are kept in the note only"},
    {"contact_in_row", "บันทึกที่ติดต่อของแต่ละเรื่องเพียงทางเดียว ที่ติดต่อในช่องนี้เก็บไว้กับแถวเดิมเท่านั้น", "one way to reach the complainant is entered; what stands in this column is kept with the row only"},
    {"row_in_part", "มาตรฐานการปฏิบัติงานนี้ไม่มีช่องที่ปกปิดตัวผู้ร้องเรียนสำหรับเก็บทั้งแถว จึงเก็บแถวโดยไม่มีช่องผู้ร้องเรียน ช่องที่ติดต่อ และช่องที่ไม่รู้จัก",
     "the policy has no field that is kept from who may not know the complainant: rows are kept without his name, where he is reached, and columns that are not known"},
    {"repeated_row", "นำเข้าเป็นเรื่องใหม่ โปรดตรวจว่าพิมพ์ซ้ำหรือไม่", "imported as a case of its own; see whether it was typed twice"},
    {"resembles", "นำเข้าเป็นรายการใหม่ แต่คล้ายรายการที่นำเข้าไว้ก่อนแล้ว โปรดตรวจว่าเป็นแถวเดียวกันซึ่งแก้ในตารางหรือไม่",
     "imported as one of its own, but like one that was imported before; see whether it is this row before it was put right"},
    {"changed", "ต่างจากที่นำเข้าไว้ ระบบไม่แก้เรื่องที่นำเข้าแล้ว โปรดบันทึกในเรื่องเอง", "not what was imported of this row; nothing was changed, enter it on the case yourself"},
    {"stays_open", "ผู้ร้องเรียนถอนเรื่อง แต่มาตรฐานการปฏิบัติงานไม่ให้เรื่องเช่นนี้สิ้นสุดด้วยการถอน เรื่องจึงยังค้าง", "the complainant withdrew, which does not end such a matter by the procedure: it stays open"},
    {"flagged", "ตั้งเครื่องหมายตามคำในทะเบียน", "flagged by a word of the register"},
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

const char *cpl_register_sentence(const char *reason) { return sentences[sentence_of(reason)].thai; }

cpl_str cpl_register_heading(const cpl_register *reg, const char *field) {
    for (int i = 0; i < CPL_COLUMN_COUNT; i++)
        if (strcmp(cpl_column_names[i], field) == 0) return reg->headings[i];
    return CPL_LIT("");
}

enum { F_ROW, F_LINE, F_SEVERITY, F_FIELD, F_REASON, F_CELL, F_THAI, F_ENGLISH, F_COUNT };
static const char *const columns[F_COUNT] = {"row", "line", "severity", "field", "reason", "cell", "thai", "english"};
static const char *const severities[] = {"skipped", "note", "warning", "refused"};

/* The sentence, and what there is to say besides; false when out of memory. */
static bool put_sentence(complaint_page *p, const cpl_memory *m, int32_t column, const char *sentence, cpl_str more) {
    cpl_buf b;
    cpl_buf_init(&b, m);
    cpl_buf_puts(&b, sentence);
    if (more.n) cpl_buf_puts(&b, ": ");
    cpl_buf_str(&b, more);
    bool ok = !b.failed;
    if (ok) cpl_page_str(p, column, (cpl_str){b.data, b.size});
    cpl_buf_free(&b);
    return ok;
}

static bool put_finding(complaint_page *p, const cpl_memory *m, const cpl_register_finding *f) {
    size_t at = sentence_of(f->reason);
    cpl_page_row(p);
    cpl_page_int(p, F_ROW, (int64_t)f->row);
    cpl_page_int(p, F_LINE, f->line);
    cpl_page_str(p, F_SEVERITY, cpl_str_of(severities[f->kind]));
    cpl_page_str(p, F_FIELD, cpl_str_of(f->field));
    cpl_page_str(p, F_REASON, cpl_str_of(f->reason));
    cpl_page_str(p, F_CELL, f->cell);
    return put_sentence(p, m, F_THAI, sentences[at].thai, f->thai) && put_sentence(p, m, F_ENGLISH, sentences[at].english, f->english);
}

/* The places of findings, by rows; those of one row stay in their order. NULL: out of memory. */
static size_t *by_rows(const cpl_register *reg, const cpl_memory *m) {
    size_t *first = cpl_alloc_zero(m, reg->count + 2, sizeof *first), *order = cpl_alloc_zero(m, reg->finding_count + 1, sizeof *order);
    for (size_t i = 0; first && i < reg->finding_count; i++) first[reg->findings[i].row + 1]++;
    for (size_t i = 1; first && i < reg->count + 2; i++) first[i] += first[i - 1];
    for (size_t i = 0; first && order && i < reg->finding_count; i++) order[first[reg->findings[i].row]++] = i;
    if (!first && order) {
        cpl_free(m, order);
        order = NULL;
    }
    cpl_free(m, first);
    return order;
}

complaint_status cpl_register_findings(const cpl_register *reg, const cpl_memory *m, complaint_page **page, complaint_error *e) {
    complaint_page *p = cpl_page_new(m, columns, F_COUNT);
    size_t *order = p ? by_rows(reg, m) : NULL;
    bool ok = order != NULL;
    for (size_t i = 0; ok && i < reg->finding_count; i++) ok = put_finding(p, m, &reg->findings[order[i]]);
    cpl_free(m, order);
    if (ok) return cpl_page_finish(p, page, e);
    complaint_page_free(p);
    return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
}
