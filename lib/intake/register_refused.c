/*
 * intake/register_refused: the rows of a register that were refused, as a file that is put right and imported by itself.
 *
 * Owns: the form of that file. Must not know: why a row was refused; the findings say it.
 *
 * It has the heading of the register and its cells as they stood, and two columns more: the reasons, which are not read again, and the mark by which the row is none of those that it may be like once it was put right.
 */
#include "intake/register.h"

static void put_cell(cpl_buf *b, cpl_str cell) {
    bool quoted = false;
    for (size_t i = 0; i < cell.n; i++) quoted = quoted || strchr(",;\t\"\n\r", cell.p[i]);
    if (!quoted) {
        cpl_buf_str(b, cell);
        return;
    }
    cpl_buf_putc(b, '"');
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"') cpl_buf_putc(b, '"');
        cpl_buf_putc(b, cell.p[i]);
    }
    cpl_buf_putc(b, '"');
}

/* `"วันที่รับเรื่อง: ไม่มีวันนี้ในปฏิทิน"`, several on lines of their own. */
static bool put_reasons(cpl_buf *b, const cpl_register *reg, size_t row) {
    cpl_buf all;
    cpl_buf_init(&all, reg->memory);
    for (size_t i = 0; i < reg->finding_count; i++) {
        const cpl_register_finding *f = &reg->findings[i];
        if (f->row != row || f->kind != CPL_FINDING_REFUSED) continue;
        if (all.size) cpl_buf_putc(&all, '\n');
        cpl_str heading = cpl_register_heading(reg, f->field);
        cpl_buf_str(&all, heading);
        if (heading.n) cpl_buf_puts(&all, ": ");
        cpl_buf_puts(&all, cpl_register_sentence(f->reason));
        if (f->thai.n) cpl_buf_puts(&all, ": ");
        cpl_buf_str(&all, f->thai);
    }
    bool ok = !all.failed;
    if (ok) put_cell(b, (cpl_str){all.size ? all.data : "", all.size});
    cpl_buf_free(&all);
    return ok;
}

/* Which rows a finding refuses, by their numbers; NULL: out of memory. */
static bool *refused_rows(const cpl_register *reg) {
    bool *refused = cpl_alloc_zero(reg->memory, reg->count + 1, sizeof *refused);
    for (size_t i = 0; refused && i < reg->finding_count; i++)
        if (reg->findings[i].kind == CPL_FINDING_REFUSED) refused[reg->findings[i].row] = true;
    return refused;
}

/* The row above may not be refused, so a mark that repeats its day would repeat another one here. */
static cpl_str cell_of(const cpl_register *reg, const cpl_register_row *row, size_t at, char day[CPL_DATE_MAX]) {
    size_t n;
    bool repeats = at < reg->width && reg->columns[at] == CPL_COLUMN_RECEIVED && row->ditto && !row->received_reason;
    if (repeats && cpl_date_format(row->received_day, COMPLAINT_DATE_SHORT, 0, day, &n) == COMPLAINT_OK) return (cpl_str){day, n};
    return at < row->fields ? row->all[at] : CPL_LIT("");
}

/* Behind the register's own columns. */
static bool put_ours(cpl_buf *b, const cpl_register *reg, const cpl_register_row *row) {
    bool ok = true;
    if (!reg->has_refused) {
        cpl_buf_putc(b, ',');
        ok = put_reasons(b, reg, row->row);
    }
    if (reg->has_mark) return ok;
    cpl_buf_putc(b, ',');
    put_cell(b, row->mark);
    return ok;
}

static bool put_row(cpl_buf *b, const cpl_register *reg, const cpl_register_row *row) {
    char day[CPL_DATE_MAX];
    size_t cells = row->fields > reg->width ? row->fields : reg->width;
    bool ok = true;
    for (size_t i = 0; ok && i < cells; i++) {
        bool reasons = i < reg->width && reg->columns[i] == CPL_COLUMN_REFUSED;
        bool mark = i < reg->width && reg->columns[i] == CPL_COLUMN_MARK;
        if (i) cpl_buf_putc(b, ',');
        if (reasons) ok = put_reasons(b, reg, row->row);
        else put_cell(b, mark ? row->mark : cell_of(reg, row, i, day));
        if (i + 1 == reg->width) ok = ok && put_ours(b, reg, row);
    }
    cpl_buf_puts(b, "\r\n");
    return ok;
}

static void put_heading(cpl_buf *b, const cpl_register *reg, const cpl_mapping *mapping) {
    cpl_buf_puts(b, "\xEF\xBB\xBF"); /* without it spreadsheets take the bytes for another character set */
    for (size_t i = 0; i < reg->width; i++) {
        if (i) cpl_buf_putc(b, ',');
        put_cell(b, reg->all_headings[i]);
    }
    if (!reg->has_refused) cpl_buf_putc(b, ','), put_cell(b, mapping->refused);
    if (!reg->has_mark) cpl_buf_putc(b, ','), put_cell(b, mapping->mark);
    cpl_buf_puts(b, "\r\n");
}

complaint_status cpl_register_refused(const cpl_register *reg, const cpl_mapping *mapping, complaint_text **text) {
    cpl_buf b;
    bool *refused = refused_rows(reg), ok = refused != NULL;
    cpl_buf_init(&b, reg->memory);
    for (size_t i = 0; ok && i < reg->count; i++) {
        if (!refused[i + 1]) continue;
        if (b.size == 0) put_heading(&b, reg, mapping);
        ok = put_row(&b, reg, &reg->rows[i]);
    }
    complaint_status s = ok ? cpl_text_take(&b, text) : COMPLAINT_E_MEMORY;
    cpl_buf_free(&b);
    cpl_free(reg->memory, refused);
    return s;
}
