/*
 * intake/register_read: the rows of an old register as facts, and what is wrong with them.
 *
 * Owns: which line is the heading, which rows are none, what a row says. Must not know: policies, desks, what makes two rows the same.
 */
#include "intake/register.h"

#include <inttypes.h>
#include <stdio.h>

const char *cpl_row_kind_name(cpl_row_kind kind) {
    static const char *const names[] = {"record", "record_short", "record_long", "blank", "subtotal", "title", "repeated_header", "note"};
    return names[kind];
}

enum {
    HEADING_WITHIN = 20, /* rows: before it stand titles at most */
    BACK_DAYS = 90       /* a receipt that is so much before the one above is a slip of the pen in the year */
};

typedef struct reading {
    cpl_register *reg;
    const cpl_mapping *map;
    cpl_normal normal;
    complaint_error *e;
    int64_t now;
    int32_t today;
    cpl_str headings[CPL_CSV_CELLS];
    int columns[CPL_CSV_CELLS]; /* CPL_COLUMN_* of each cell; -1: none of ours */
    size_t width;
    bool above_known; /* the record above has a day */
    int32_t above, latest;
    bool latest_known;
} reading;

static complaint_status out_of_memory(reading *r) { return cpl_fail(r->e, COMPLAINT_E_MEMORY, NULL); }

/* ---- what grows ----------------------------------------------------------------------------------------------------------- */

static bool make_room(const cpl_memory *m, void **items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return true;
    size_t more = *capacity ? *capacity * 2 : 64;
    void *moved = cpl_resize(m, *items, more, size);
    if (!moved) return false;
    *items = moved;
    *capacity = more;
    return true;
}

bool cpl_register_find(cpl_register *reg, const cpl_register_finding *finding) {
    void *items = reg->findings;
    if (!make_room(reg->memory, &items, reg->finding_count, &reg->finding_capacity, sizeof *reg->findings)) return false;
    reg->findings = items;
    reg->findings[reg->finding_count++] = *finding;
    return true;
}

static cpl_register_row *new_row(cpl_register *reg) {
    void *items = reg->rows;
    if (!make_room(reg->memory, &items, reg->count, &reg->capacity, sizeof *reg->rows)) return NULL;
    reg->rows = items;
    cpl_register_row *row = &reg->rows[reg->count++];
    *row = (cpl_register_row){.row = reg->count};
    for (int i = 0; i < CPL_COLUMN_COUNT; i++) row->cells[i] = CPL_LIT("");
    row->whole = row->plain = row->external_id = row->mark = row->mark_id = CPL_LIT("");
    return row;
}

static complaint_status say(reading *r, cpl_register_row *row, cpl_finding_kind kind, const char *field, const char *reason, cpl_str cell) {
    cpl_register_finding f = {.row = row->row, .line = row->line, .kind = kind, .field = field, .reason = reason, .cell = cell, .thai = CPL_LIT(""), .english = CPL_LIT("")};
    row->refused |= kind == CPL_FINDING_REFUSED;
    return cpl_register_find(r->reg, &f) ? COMPLAINT_OK : out_of_memory(r);
}

static complaint_status warn(reading *r, cpl_register_row *row, int column, const char *reason) {
    return say(r, row, CPL_FINDING_WARNING, cpl_column_names[column], reason, row->cells[column]);
}

/* ---- cells ------------------------------------------------------------------------------------------------------------------ */

static bool is_blank_at(cpl_str s, size_t at, size_t *n) {
    int32_t point;
    *n = cpl_utf8_next(s, at, &point);
    return *n && (cpl_utf8_blank(point) || cpl_utf8_invisible(point) || point == '\n' || point == '\r' || point == '\t');
}

static cpl_str trim(cpl_str s) {
    size_t first = 0, n, end = 0;
    while (first < s.n && is_blank_at(s, first, &n)) first += n;
    for (size_t i = first; i < s.n; i += n ? n : 1)
        if (!is_blank_at(s, i, &n)) end = i + (n ? n : 1);
    return end > first ? (cpl_str){s.p + first, end - first} : CPL_LIT("");
}

static bool word_of(reading *r, cpl_str cell, cpl_str *word) { return cpl_word_make(&r->normal, &r->reg->arena, cell, word); }

static complaint_status meaning(reading *r, cpl_str cell, const cpl_meanings *meanings, const cpl_meaning **out) {
    cpl_str word;
    if (!word_of(r, cell, &word)) return out_of_memory(r);
    *out = cpl_meaning_of(meanings, word);
    return COMPLAINT_OK;
}

/* ---- the heading -------------------------------------------------------------------------------------------------------------- */

/* The column of ours that a heading names; -1: none. */
static complaint_status column_of(reading *r, cpl_str heading, int *column) {
    cpl_str word;
    *column = -1;
    if (!word_of(r, trim(heading), &word)) return out_of_memory(r);
    cpl_word_close_up(&word);
    for (int k = 0; word.n && k < CPL_COLUMN_COUNT && *column < 0; k++)
        if (cpl_words_have(&r->map->columns[k], word)) *column = k;
    return COMPLAINT_OK;
}

static bool has_column(const int *columns, size_t width, int column) {
    for (size_t i = 0; i < width; i++)
        if (columns[i] == column) return true;
    return false;
}

/* How many of the cells name a column of ours that none before did. */
static complaint_status name_columns(reading *r, const cpl_csv_record *rec, int *columns, size_t *named) {
    complaint_status s = COMPLAINT_OK;
    *named = 0;
    for (size_t i = 0; s == COMPLAINT_OK && i < rec->count; i++) {
        int column;
        s = column_of(r, rec->cells[i], &column);
        columns[i] = s == COMPLAINT_OK && !has_column(columns, i, column) ? column : -1;
        *named += columns[i] >= 0;
    }
    return s;
}

/* The row that comes nearest to a heading, and what it lacks. */
typedef struct near_heading {
    int64_t line;
    size_t named;
    bool received, subject;
    cpl_str unknown; /* the first heading of it that is none of ours */
} near_heading;

static complaint_status note_nearest(reading *r, const cpl_csv_record *rec, near_heading *nearest) {
    int columns[CPL_CSV_CELLS];
    size_t named;
    complaint_status s = name_columns(r, rec, columns, &named);
    if (s != COMPLAINT_OK || named <= nearest->named) return s;
    *nearest = (near_heading){rec->line, named, has_column(columns, rec->count, CPL_COLUMN_RECEIVED), has_column(columns, rec->count, CPL_COLUMN_SUBJECT), CPL_LIT("")};
    for (size_t i = 0; i < rec->count && nearest->unknown.n == 0; i++)
        if (columns[i] < 0) nearest->unknown = trim(rec->cells[i]);
    return s;
}

static complaint_status no_heading(const reading *r, const near_heading *nearest) {
    enum { NEAR = 2 };
    bool near = nearest->named >= NEAR, any = nearest->unknown.n > 0;
    char quoted[CPL_QUOTE_SIZE];
    const char *thai = !nearest->received && !nearest->subject ? "วันที่รับเรื่องและหัวช่องเรื่อง" : nearest->received ? "เรื่อง" : "วันที่รับเรื่อง",
               *english = !nearest->received && !nearest->subject ? "received and subject" : nearest->received ? "subject" : "received";
    if (near)
        cpl_failf(r->e, COMPLAINT_E_INVALID, "heading",
                  "บรรทัดที่ %" PRId64 " คล้ายหัวตาราง แต่ไม่มีหัวช่อง%s%.0s ตามคำที่กำหนดใน columns ของไฟล์จับคู่คำ %s%.0s%s%s",
                  "line %" PRId64 " looks like a heading, but %.0snone of its cells names %s by the words under `columns` of the mapping file; %.0s%s%s%s", nearest->line, thai, english,
                  any ? "หัวช่องแรกที่ไม่รู้จัก: “" : "หัวช่องที่มีอยู่รู้จักทั้งหมด ขาดเพียงหัวช่องนี้", any ? "the first that is not known: “" : "those that are there are all known", cpl_quote(nearest->unknown, quoted), any ? "”" : "");
    else
        cpl_failf(r->e, COMPLAINT_E_INVALID, "heading", "ไม่พบแถวหัวตารางใน %d แถวแรก ต้องมีหัวช่องวันที่รับเรื่องและหัวช่องเรื่อง ตามคำที่กำหนดใน columns ของไฟล์จับคู่คำ",
                  "none of the first %d rows is a heading: it has to name the columns received and subject, by the words under `columns` of the mapping file", (int)HEADING_WITHIN);
    cpl_error_at(r->e, "", near ? nearest->line : 1, -1);
    return COMPLAINT_E_INVALID;
}

/* Spreadsheets call the 28th column AB. */
static void letters_of(size_t column, char out[4]) {
    size_t n = 0;
    if (column >= 26) out[n++] = (char)('A' + column / 26 - 1);
    out[n++] = (char)('A' + column % 26);
    out[n] = '\0';
}

/* The same heading twice: the first one counts, and it is said which that is. */
static complaint_status say_twice(reading *r, const cpl_register_row *whole, size_t first, size_t at) {
    char names[2][4], thai[96], english[96];
    cpl_register_finding f = {.line = whole->line, .kind = CPL_FINDING_WARNING, .field = "heading", .reason = "duplicate_column", .cell = r->headings[at]};
    letters_of(first, names[0]);
    letters_of(at, names[1]);
    (void)snprintf(thai, sizeof thai, "คอลัมน์ %s และ %s ใช้คอลัมน์ %s", names[0], names[1], names[0]);
    (void)snprintf(english, sizeof english, "columns %s and %s; %s is read", names[0], names[1], names[0]);
    bool ok = cpl_arena_str(&r->reg->arena, cpl_str_of(thai), &f.thai) && cpl_arena_str(&r->reg->arena, cpl_str_of(english), &f.english);
    return ok && cpl_register_find(r->reg, &f) ? COMPLAINT_OK : out_of_memory(r);
}

static complaint_status say_of_heading(reading *r, cpl_register_row *whole, size_t at) {
    int column;
    complaint_status s = column_of(r, r->headings[at], &column);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; column >= 0 && i < at; i++)
        if (r->columns[i] == column) return say_twice(r, whole, i, at);
    return say(r, whole, CPL_FINDING_WARNING, "heading", "unknown_column", r->headings[at]);
}

/* A heading of two rows, the upper with cells that reach over several columns: what the lower one says counts, where it says something. */
static void join_rows(const cpl_csv_record *upper, const cpl_csv_record *lower, cpl_csv_record *both) {
    *both = *upper;
    for (size_t i = 0; i < lower->count; i++)
        if (i >= upper->count || trim(lower->cells[i]).n) both->cells[i] = lower->cells[i];
    if (lower->count > both->count) both->count = lower->count;
}

static bool is_heading(const int *columns, size_t width) { return has_column(columns, width, CPL_COLUMN_RECEIVED) && has_column(columns, width, CPL_COLUMN_SUBJECT); }

/* The row below belongs to the heading when each of its cells stands below one that names nothing of ours, or names the same, and one names a column that was missing. */
static complaint_status is_lower_half(reading *r, const cpl_csv_record *rec, bool *yes) {
    size_t added = 0;
    complaint_status s = COMPLAINT_OK;
    *yes = false;
    for (size_t i = 0; s == COMPLAINT_OK && i < rec->count; i++) {
        int column;
        if (trim(rec->cells[i]).n == 0) continue;
        s = column_of(r, rec->cells[i], &column);
        if (i < r->width && r->columns[i] >= 0 && r->columns[i] != column) return s;
        added += column >= 0 && !has_column(r->columns, r->width, column);
    }
    *yes = added > 0;
    return s;
}

static complaint_status take_heading(reading *r, const cpl_csv_record *rec) {
    size_t named;
    r->width = rec->count;
    for (size_t k = 0; k < rec->count; k++) r->headings[k] = trim(rec->cells[k]);
    return name_columns(r, rec, r->columns, &named);
}

/* Looks one row further, and goes back where that is none of the heading's. */
static complaint_status take_lower_half(reading *r, cpl_csv *csv, const cpl_csv_record *upper, cpl_csv_record *lower, cpl_csv_record *both) {
    cpl_csv before = *csv;
    bool yes = false;
    complaint_status s = cpl_csv_next(csv, &r->reg->arena, lower, r->e);
    if (s == COMPLAINT_OK && lower->count) s = is_lower_half(r, lower, &yes);
    if (s != COMPLAINT_OK || !yes) {
        if (s == COMPLAINT_OK) *csv = before;
        return s;
    }
    join_rows(upper, lower, both);
    return take_heading(r, both);
}

static complaint_status settle_heading(reading *r, cpl_register_row *whole) {
    complaint_status s = COMPLAINT_OK;
    r->reg->heading_line = whole->line;
    r->reg->all_headings = r->headings;
    r->reg->columns = r->columns;
    r->reg->width = r->width;
    r->reg->has_refused = has_column(r->columns, r->width, CPL_COLUMN_REFUSED);
    r->reg->has_mark = has_column(r->columns, r->width, CPL_COLUMN_MARK);
    for (size_t k = 0; s == COMPLAINT_OK && k < r->width; k++) {
        if (r->columns[k] >= 0) r->reg->headings[r->columns[k]] = r->headings[k];
        else if (r->headings[k].n) s = say_of_heading(r, whole, k);
    }
    if (s == COMPLAINT_OK && r->reg->headings[CPL_COLUMN_CLASS].n == 0) s = say(r, whole, CPL_FINDING_WARNING, "heading", "no_class_column", CPL_LIT(""));
    return s;
}

/* A row by itself, or with the one above it. */
static complaint_status try_heading(reading *r, cpl_csv_record rows[3], bool above, bool *found) {
    complaint_status s = take_heading(r, &rows[0]);
    *found = s == COMPLAINT_OK && is_heading(r->columns, r->width);
    if (*found || s != COMPLAINT_OK || !above) return s;
    join_rows(&rows[1], &rows[0], &rows[2]);
    s = take_heading(r, &rows[2]);
    *found = s == COMPLAINT_OK && is_heading(r->columns, r->width);
    if (*found) rows[0] = rows[2];
    return s;
}

static complaint_status find_heading(reading *r, cpl_csv *csv, cpl_csv_record rows[3]) {
    cpl_register_row whole = {.row = 0};
    near_heading nearest = {.unknown = CPL_LIT("")};
    for (int i = 0; i < HEADING_WITHIN; i++) {
        bool found;
        complaint_status s = cpl_csv_next(csv, &r->reg->arena, &rows[0], r->e);
        if (s != COMPLAINT_OK) return s;
        if (rows[0].count == 0) break;
        whole.line = rows[0].line;
        s = try_heading(r, rows, i > 0, &found);
        if (s == COMPLAINT_OK && found) s = take_lower_half(r, csv, &rows[0], &rows[1], &rows[2]);
        if (s != COMPLAINT_OK || found) return s == COMPLAINT_OK ? settle_heading(r, &whole) : s;
        s = note_nearest(r, &rows[0], &nearest);
        if (s != COMPLAINT_OK) return s;
        rows[1] = rows[0];
    }
    return no_heading(r, &nearest);
}

/* ---- rows that are no records ----------------------------------------------------------------------------------------------------- */

static size_t filled(const cpl_csv_record *rec, size_t *last) {
    size_t count = 0;
    for (size_t i = 0; i < rec->count; i++)
        if (trim(rec->cells[i]).n) count++, *last = i;
    return count;
}

static complaint_status is_subtotal(reading *r, const cpl_csv_record *rec, bool *yes) {
    *yes = false;
    for (size_t i = 0; i < rec->count && !*yes; i++) {
        cpl_str word;
        int column = i < r->width ? r->columns[i] : -1;
        if (column != CPL_COLUMN_NUMBER && column != CPL_COLUMN_RECEIVED) continue;
        if (!word_of(r, trim(rec->cells[i]), &word)) return out_of_memory(r);
        *yes = word.n && cpl_words_have(&r->map->subtotals, word);
    }
    return COMPLAINT_OK;
}

/* `(1) (2) (3)` below the heading: each cell is the number of its column. */
static complaint_status is_numbering(reading *r, const cpl_csv_record *rec, bool *yes) {
    size_t count = 0;
    *yes = false;
    for (size_t i = 0; i < rec->count; i++) {
        char number[24];
        cpl_str word;
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        if (!word_of(r, trim(rec->cells[i]), &word)) return out_of_memory(r);
        cpl_word_close_up(&word);
        if (word.n && !cpl_str_is(word, number)) return COMPLAINT_OK;
        count += word.n > 0;
    }
    *yes = count >= 3;
    return COMPLAINT_OK;
}

static bool has_digit(cpl_str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] >= '0' && s.p[i] <= '9') || (i + 2 < s.n && memcmp(s.p + i, "\xE0\xB9", 2) == 0 && (unsigned char)s.p[i + 2] >= 0x90 && (unsigned char)s.p[i + 2] <= 0x99)) return true;
    return false;
}

/* `เดือน ต.ค. 67`: a word, a blank, a digit. A number may have letters, but none of its own. */
static bool is_words_and_digit(cpl_str s) {
    bool letter = false;
    for (size_t i = 0, step; i < s.n; i += step) {
        int32_t point;
        step = cpl_utf8_next(s, i, &point);
        if (step == 0) return false;
        if (letter && cpl_utf8_blank(point) && has_digit((cpl_str){s.p + i, s.n - i})) return true;
        letter = letter || (cpl_utf8_word(point) && !has_digit((cpl_str){s.p + i, step}));
    }
    return false;
}

static bool is_begun(const reading *r, cpl_str cell, size_t at) {
    enum { NUMBER_AT_MOST = 24 };
    int column = at < r->width ? r->columns[at] : -1;
    if (column == CPL_COLUMN_NUMBER && cell.n <= NUMBER_AT_MOST && has_digit(cell) && !is_words_and_digit(cell)) return true;
    return column == CPL_COLUMN_RECEIVED && has_digit(cell);
}

/* `หมายเหตุ: ลำดับ 5 รอหนังสือ`: it begins with what the column of remarks is called. */
static complaint_status is_remark(reading *r, cpl_str cell, bool *yes) {
    const cpl_words *remark = &r->map->columns[CPL_COLUMN_REMARK];
    cpl_str word;
    *yes = false;
    if (!word_of(r, cell, &word)) return out_of_memory(r);
    cpl_word_close_up(&word);
    for (size_t i = 0; i < remark->count && !*yes; i++) {
        cpl_str begin = remark->items[i].text;
        *yes = begin.n && word.n > begin.n && memcmp(word.p, begin.p, begin.n) == 0;
    }
    return COMPLAINT_OK;
}

/* A row with one cell: its number or its date alone is a record that somebody began. */
static complaint_status kind_of_single(reading *r, const cpl_csv_record *rec, size_t at, cpl_row_kind *kind) {
    cpl_str cell = trim(rec->cells[at]);
    bool remark = at > 0;
    if (is_begun(r, cell, at)) return COMPLAINT_OK;
    complaint_status s = remark ? COMPLAINT_OK : is_remark(r, cell, &remark);
    if (s == COMPLAINT_OK) *kind = remark ? CPL_ROW_NOTE : CPL_ROW_TITLE;
    return s;
}

static complaint_status kind_of(reading *r, const cpl_csv_record *rec, cpl_row_kind *kind) {
    int columns[CPL_CSV_CELLS];
    size_t last = 0, count = filled(rec, &last), named;
    bool subtotal, numbering;
    complaint_status s = name_columns(r, rec, columns, &named);
    if (s == COMPLAINT_OK) s = is_subtotal(r, rec, &subtotal);
    if (s == COMPLAINT_OK) s = is_numbering(r, rec, &numbering);
    if (s != COMPLAINT_OK) return s;
    *kind = rec->count < r->width ? CPL_ROW_SHORT : rec->count > r->width ? CPL_ROW_LONG : CPL_ROW_RECORD;
    if (count == 0) *kind = CPL_ROW_BLANK;
    else if (numbering || (named >= 3 && 2 * named >= count)) *kind = CPL_ROW_HEADER;
    else if (subtotal) *kind = CPL_ROW_SUBTOTAL;
    else if (count == 1) s = kind_of_single(r, rec, last, kind);
    return s;
}

/* ---- a record ------------------------------------------------------------------------------------------------------------------------ */

static complaint_status take_cells(reading *r, const cpl_csv_record *rec, cpl_register_row *row) {
    for (size_t i = 0; i < rec->count && i < r->width; i++) {
        cpl_str cell = trim(rec->cells[i]), word;
        if (r->columns[i] < 0) continue;
        if (!word_of(r, cell, &word)) return out_of_memory(r);
        row->cells[r->columns[i]] = cell.n && cpl_words_have(&r->map->blank, word) ? CPL_LIT("") : cell;
    }
    return COMPLAINT_OK;
}

static void put_line(cpl_buf *b, cpl_str heading, cpl_str cell) {
    if (cell.n == 0) return;
    if (b->size) cpl_buf_putc(b, '\n');
    cpl_buf_str(b, heading.n ? heading : CPL_LIT("(ไม่มีหัวช่อง)"));
    cpl_buf_puts(b, ": ");
    cpl_buf_str(b, cell);
}

/* What may say who the complainant is: his own columns, and any of which it is not known what it holds. [CR-4.2.5] */
static bool may_name(const reading *r, size_t i) { return i >= r->width || r->columns[i] < 0 || cpl_column_names_complainant(r->columns[i]); }

/* Ours, not the register's. */
static bool is_ours(const reading *r, size_t i) { return i < r->width && (r->columns[i] == CPL_COLUMN_REFUSED || r->columns[i] == CPL_COLUMN_MARK); }

static complaint_status keep_lines(reading *r, const cpl_csv_record *rec, bool all, cpl_str *lines) {
    cpl_buf b;
    cpl_buf_init(&b, r->reg->memory);
    for (size_t i = 0; i < rec->count; i++)
        if (!is_ours(r, i) && (all || !may_name(r, i))) put_line(&b, i < r->width ? r->headings[i] : CPL_LIT(""), trim(rec->cells[i]));
    bool ok = !b.failed && cpl_arena_str(&r->reg->arena, (cpl_str){b.size ? b.data : "", b.size}, lines);
    cpl_buf_free(&b);
    return ok ? COMPLAINT_OK : out_of_memory(r);
}

/* The row as it stands, so that nothing of it is lost; and what of it everybody may see who sees the case. */
static complaint_status keep_whole(reading *r, const cpl_csv_record *rec, cpl_register_row *row) {
    cpl_str *all = cpl_arena_alloc(&r->reg->arena, rec->count * sizeof *all);
    if (!all) return out_of_memory(r);
    memcpy(all, rec->cells, rec->count * sizeof *all);
    row->all = all;
    complaint_status s = keep_lines(r, rec, true, &row->whole);
    return s == COMPLAINT_OK ? keep_lines(r, rec, false, &row->plain) : s;
}

static complaint_status warn_of_width(reading *r, const cpl_csv_record *rec, cpl_register_row *row) {
    if (row->kind == CPL_ROW_SHORT) return say(r, row, CPL_FINDING_WARNING, "row", "short_row", CPL_LIT(""));
    for (size_t i = r->width; i < rec->count; i++)
        if (trim(rec->cells[i]).n) return say(r, row, CPL_FINDING_WARNING, "row", "extra_cells", trim(rec->cells[i]));
    return COMPLAINT_OK;
}

/* ---- when it was received ---- */

static complaint_status refuse_receipt(reading *r, cpl_register_row *row, const char *reason) {
    row->received_reason = reason;
    return say(r, row, CPL_FINDING_REFUSED, "received", reason, row->cells[CPL_COLUMN_RECEIVED]);
}

static complaint_status read_day(reading *r, cpl_register_row *row, cpl_cell_date *d) {
    cpl_str cell = row->cells[CPL_COLUMN_RECEIVED], word;
    if (!word_of(r, cell, &word)) return out_of_memory(r);
    row->ditto = cell.n && cpl_words_have(&r->map->ditto, word);
    if (row->ditto && r->above_known) *d = (cpl_cell_date){.state = CPL_CELL_READ, .day = r->above, .millisecond = -1};
    else if (row->ditto) *d = (cpl_cell_date){.state = CPL_CELL_WRONG, .reason = "ditto_of_nothing", .millisecond = -1};
    else cpl_cell_read_date(cell, r->map->months, r->today, d);
    if (d->state == CPL_CELL_BLANK) *d = (cpl_cell_date){.state = CPL_CELL_WRONG, .reason = "missing", .millisecond = -1};
    row->weekday_mismatch = d->weekday_mismatch;
    row->serial = d->serial;
    return COMPLAINT_OK;
}

/* The cell of the time counts; that of the date has one beside, which a spreadsheet writes as 0:00 when there was none. */
static int64_t time_of(reading *r, cpl_register_row *row, const cpl_cell_date *d, complaint_status *s) {
    int64_t ms = 0;
    cpl_cell_state state = cpl_cell_read_time(row->cells[CPL_COLUMN_TIME], &ms, &row->time_reason);
    if (state != CPL_CELL_WRONG) row->time_reason = NULL;
    row->has_time = state == CPL_CELL_READ;
    if (state == CPL_CELL_WRONG) *s = warn(r, row, CPL_COLUMN_TIME, row->time_reason);
    if (state != CPL_CELL_BLANK || d->millisecond <= 0) return ms;
    row->has_time = true;
    return d->millisecond;
}

static complaint_status warn_of_day(reading *r, cpl_register_row *row) {
    complaint_status s = COMPLAINT_OK;
    row->out_of_sequence = r->latest_known && r->latest - row->received_day > BACK_DAYS;
    if (!row->out_of_sequence) r->latest = row->received_day, r->latest_known = true;
    if (row->out_of_sequence) s = warn(r, row, CPL_COLUMN_RECEIVED, "out_of_sequence");
    if (s == COMPLAINT_OK && row->weekday_mismatch) s = warn(r, row, CPL_COLUMN_RECEIVED, "weekday_mismatch");
    if (s == COMPLAINT_OK && row->ditto) s = warn(r, row, CPL_COLUMN_RECEIVED, "ditto");
    if (s == COMPLAINT_OK && row->serial) s = warn(r, row, CPL_COLUMN_RECEIVED, "serial");
    return s;
}

static complaint_status read_receipt(reading *r, cpl_register_row *row) {
    cpl_cell_date d;
    complaint_status s = read_day(r, row, &d), of_time = COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    int64_t ms = time_of(r, row, &d, &of_time);
    if (of_time != COMPLAINT_OK) return of_time;
    r->above_known = d.state == CPL_CELL_READ;
    r->above = row->received_day = d.day;
    if (d.state != CPL_CELL_READ) return refuse_receipt(r, row, d.reason);
    row->received_at = cpl_day_start(d.day) + ms;
    return row->received_at > r->now ? refuse_receipt(r, row, "in_future") : warn_of_day(r, row);
}

/* ---- what came after ---- */

static complaint_status read_step_date(reading *r, cpl_register_row *row, int column, cpl_cell_date *d) {
    cpl_cell_read_date(row->cells[column], r->map->months, r->today, d);
    if (d->state == CPL_CELL_WRONG) return warn(r, row, column, d->reason);
    if (d->state == CPL_CELL_READ && cpl_day_start(d->day) > r->now) return warn(r, row, column, "in_future");
    return d->state == CPL_CELL_READ && d->weekday_mismatch ? warn(r, row, column, "weekday_mismatch") : COMPLAINT_OK;
}

static bool is_before(const cpl_cell_date *a, const cpl_cell_date *b) { return a->state == CPL_CELL_READ && b->state == CPL_CELL_READ && a->day < b->day; }

/* A step is entered no earlier than the one before; whoever wrote it may have meant another month. */
static complaint_status check_order(reading *r, cpl_register_row *row) {
    static const int columns[] = {CPL_COLUMN_ACKNOWLEDGED, CPL_COLUMN_FORWARDED, CPL_COLUMN_RESULT, CPL_COLUMN_NOTIFIED};
    const cpl_cell_date *const dates[] = {&row->acknowledged, &row->forwarded, &row->result, &row->notified};
    const cpl_cell_date received = {.state = row->refused ? CPL_CELL_WRONG : CPL_CELL_READ, .day = row->received_day};
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < sizeof columns / sizeof columns[0]; i++)
        if (is_before(dates[i], &received)) s = warn(r, row, columns[i], "before_receipt");
    if (s == COMPLAINT_OK && is_before(&row->notified, &row->result)) s = warn(r, row, CPL_COLUMN_NOTIFIED, "told_before_result");
    return s;
}

static complaint_status read_dates(reading *r, cpl_register_row *row) {
    complaint_status s = read_step_date(r, row, CPL_COLUMN_ACKNOWLEDGED, &row->acknowledged);
    if (s == COMPLAINT_OK) s = read_step_date(r, row, CPL_COLUMN_FORWARDED, &row->forwarded);
    if (s == COMPLAINT_OK) s = read_step_date(r, row, CPL_COLUMN_RESULT, &row->result);
    if (s == COMPLAINT_OK) s = read_step_date(r, row, CPL_COLUMN_NOTIFIED, &row->notified);
    row->result_first = is_before(&row->result, &row->forwarded);
    if (s == COMPLAINT_OK && row->result_first) s = warn(r, row, CPL_COLUMN_RESULT, "result_before_forward");
    return s == COMPLAINT_OK ? check_order(r, row) : s;
}

/* ---- words ---- */

static complaint_status read_word(reading *r, cpl_register_row *row, int column, const cpl_meanings *meanings, const char *unknown, const cpl_meaning **out) {
    complaint_status s = meaning(r, row->cells[column], meanings, out);
    return s == COMPLAINT_OK && !*out && row->cells[column].n ? warn(r, row, column, unknown) : s;
}

/* Where the next of several ends; `*behind`: where the one after it begins. */
static size_t end_of_unit(const cpl_codes *between, cpl_str cell, size_t from, size_t *behind) {
    for (size_t i = from; i < cell.n; i++)
        for (size_t k = 0; k < between->count; k++) {
            cpl_str joint = between->items[k];
            if (joint.n == 0 || cell.n - i < joint.n || memcmp(cell.p + i, joint.p, joint.n) != 0) continue;
            *behind = i + joint.n;
            return i;
        }
    *behind = cell.n;
    return cell.n;
}

/* The next of several that says anything; false: there is none. */
static bool next_unit(const cpl_codes *between, cpl_str cell, size_t *from, cpl_str *part) {
    *part = CPL_LIT("");
    while (part->n == 0 && *from < cell.n) {
        size_t begin = *from, end = end_of_unit(between, cell, begin, from);
        *part = trim((cpl_str){cell.p + begin, end - begin});
    }
    return part->n > 0;
}

/* `รพ.พาน และ คบส.`: the first that is known has it. */
static complaint_status first_unit(reading *r, cpl_register_row *row, cpl_str *part) {
    complaint_status s = COMPLAINT_OK;
    for (size_t from = 0; s == COMPLAINT_OK && !row->unit && next_unit(&r->map->between_units, row->cells[CPL_COLUMN_UNIT], &from, part);) s = meaning(r, *part, &r->map->units, &row->unit);
    return s;
}

/* The others are said, whether they are known or not. */
static complaint_status say_other_units(reading *r, cpl_register_row *row, cpl_str taken) {
    const char *field = cpl_column_names[CPL_COLUMN_UNIT];
    complaint_status s = COMPLAINT_OK;
    cpl_str part;
    for (size_t from = 0; s == COMPLAINT_OK && next_unit(&r->map->between_units, row->cells[CPL_COLUMN_UNIT], &from, &part);) {
        cpl_str word;
        if (!word_of(r, part, &word)) return out_of_memory(r);
        if (cpl_str_eq(part, taken) || cpl_words_have(&r->map->blank, word)) continue;
        row->several_units = true;
        const cpl_meaning *known = cpl_meaning_of(&r->map->units, word);
        s = say(r, row, CPL_FINDING_WARNING, field, known ? "several_units" : "unknown_unit", part);
    }
    return s;
}

/* What the office has a word for as it stands is one. Where none of the parts is known the whole cell may be. */
static complaint_status read_unit(reading *r, cpl_register_row *row) {
    cpl_str word, taken = CPL_LIT("");
    if (!word_of(r, row->cells[CPL_COLUMN_UNIT], &word)) return out_of_memory(r);
    row->unit = cpl_meaning_exactly(&r->map->units, word);
    if (row->unit) return COMPLAINT_OK;
    complaint_status s = first_unit(r, row, &taken);
    if (s != COMPLAINT_OK) return s;
    return row->unit ? say_other_units(r, row, taken) : read_word(r, row, CPL_COLUMN_UNIT, &r->map->units, "unknown_unit", &row->unit);
}

static complaint_status read_words(reading *r, cpl_register_row *row) {
    complaint_status s = read_word(r, row, CPL_COLUMN_CHANNEL, &r->map->channels, "unknown_channel", &row->channel);
    if (s == COMPLAINT_OK) s = meaning(r, row->cells[CPL_COLUMN_COMPLAINANT], &r->map->complainants, &row->complainant);
    if (s == COMPLAINT_OK) s = read_word(r, row, CPL_COLUMN_CLASS, &r->map->classes, "unknown_class", &row->class_is);
    if (s == COMPLAINT_OK && r->reg->headings[CPL_COLUMN_CLASS].n && (!row->class_is ? row->cells[CPL_COLUMN_CLASS].n == 0 : row->class_is->codes.count == 0)) s = warn(r, row, CPL_COLUMN_CLASS, "class_not_given");
    if (s == COMPLAINT_OK) s = read_unit(r, row);
    if (s == COMPLAINT_OK) s = read_word(r, row, CPL_COLUMN_STATUS, &r->map->statuses, "unknown_status", &row->status);
    return s == COMPLAINT_OK && row->cells[CPL_COLUMN_SUBJECT].n == 0 ? warn(r, row, CPL_COLUMN_SUBJECT, "no_subject") : s;
}

/* The first of a mark's words that is in a cell it looks at; and whether the class has one. */
static complaint_status read_mark(reading *r, cpl_register_row *row, const cpl_marking *marking) {
    cpl_marked *mark = NULL;
    for (int i = 0; i < CPL_COLUMN_COUNT; i++) {
        cpl_str word;
        if (!marking->in[i] || row->cells[i].n == 0 || (mark && i != CPL_COLUMN_CLASS)) continue;
        if (!word_of(r, row->cells[i], &word)) return out_of_memory(r);
        const cpl_word *found = cpl_words_find_outside(&marking->words, &marking->except, word);
        if (!found) continue;
        if (!mark) {
            mark = &row->marks[row->mark_count++];
            *mark = (cpl_marked){.marking = marking, .word = found->text, .column = i};
        }
        mark->by_class = mark->by_class || i == CPL_COLUMN_CLASS;
    }
    return COMPLAINT_OK;
}

static complaint_status read_marks(reading *r, cpl_register_row *row) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < r->map->marking_count; i++) s = read_mark(r, row, &r->map->markings[i]);
    return s;
}

static complaint_status read_record(reading *r, const cpl_csv_record *rec, cpl_register_row *row) {
    complaint_status s = take_cells(r, rec, row);
    if (s == COMPLAINT_OK) s = keep_whole(r, rec, row);
    if (s == COMPLAINT_OK) s = warn_of_width(r, rec, row);
    if (s == COMPLAINT_OK) s = read_receipt(r, row);
    if (s == COMPLAINT_OK) s = read_dates(r, row);
    if (s == COMPLAINT_OK) s = read_words(r, row);
    return s == COMPLAINT_OK ? read_marks(r, row) : s;
}

static complaint_status read_row(reading *r, const cpl_csv_record *rec) {
    cpl_register_row *row = new_row(r->reg);
    if (!row) return out_of_memory(r);
    row->line = rec->line;
    row->fields = rec->count;
    complaint_status s = kind_of(r, rec, &row->kind);
    if (s == COMPLAINT_OK && row->kind <= CPL_ROW_LONG) return read_record(r, rec, row);
    return s == COMPLAINT_OK ? say(r, row, CPL_FINDING_SKIPPED, "row", cpl_row_kind_name(row->kind), CPL_LIT("")) : s;
}

cpl_str cpl_register_sender(const cpl_register_row *row) { return row->complainant && !cpl_str_is(row->complainant->is, "named") ? CPL_LIT("") : row->cells[CPL_COLUMN_COMPLAINANT]; }

/* ---- the file --------------------------------------------------------------------------------------------------------------------------- */

static int64_t line_at(cpl_str bytes, size_t offset) {
    int64_t line = 1;
    for (size_t i = 0; i < offset && i < bytes.n; i++) line += bytes.p[i] == '\n';
    return line;
}

static complaint_status decode(reading *r, cpl_str bytes, int32_t charset, cpl_str *text) {
    size_t offset = 0;
    cpl_buf b;
    cpl_buf_init(&b, r->reg->memory);
    complaint_status s = cpl_decode(bytes, charset, &b, &r->reg->charset, &offset);
    if (s == COMPLAINT_OK && !cpl_arena_str(&r->reg->arena, (cpl_str){b.size ? b.data : "", b.size}, text)) s = COMPLAINT_E_MEMORY;
    cpl_buf_free(&b);
    if (s == COMPLAINT_OK) return s;
    cpl_fail(r->e, s, "csv");
    if (s != COMPLAINT_E_MEMORY && s != COMPLAINT_E_UNSUPPORTED) cpl_error_at(r->e, "", line_at(bytes, offset), (int64_t)offset);
    return s;
}

static complaint_status no_csv(const reading *r, const char *thai, const char *english) {
    cpl_failf(r->e, COMPLAINT_E_INVALID, "csv", "%s โปรดเปิดทะเบียนในโปรแกรมตารางคำนวณแล้วบันทึกเป็นชนิด CSV (UTF-8) ก่อน", "%.0s%s; open the register in the spreadsheet program and save it as CSV (UTF-8)", thai, english);
    cpl_error_at(r->e, "", 1, -1);
    return COMPLAINT_E_INVALID;
}

/* What is no text is mostly the spreadsheet's own file, given a name that says otherwise. */
static complaint_status check_form(const reading *r, cpl_str bytes) {
    static const char *const wide[] = {"\xFF\xFE", "\xFE\xFF"};
    static const char *const forms[] = {"PK\x03\x04", "\xD0\xCF\x11\xE0", "%PDF"};
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (bytes.n >= 2 && memcmp(bytes.p, wide[i], 2) == 0) return no_csv(r, "ไฟล์นี้เป็นข้อความแบบ UTF-16 (Excel เรียกว่า Unicode Text) ซึ่งอ่านไม่ได้", "this is text in UTF-16 (Excel calls it Unicode Text), which is not read");
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (bytes.n >= 4 && memcmp(bytes.p, forms[i], 4) == 0) return no_csv(r, "ไฟล์นี้เป็นไฟล์ Excel, OpenDocument หรือ PDF ไม่ใช่ CSV", "this is a file of Excel, OpenDocument or PDF and no CSV");
    for (size_t i = 0; i < bytes.n; i++)
        if ((unsigned char)bytes.p[i] > ' ') return COMPLAINT_OK;
    return no_csv(r, "ไฟล์นี้ว่าง", "the file is empty");
}

static complaint_status read_rows(reading *r, cpl_str text) {
    cpl_csv csv;
    cpl_csv_record *rows = cpl_arena_alloc(&r->reg->arena, 3 * sizeof *rows); /* too large for a small stack */
    if (!rows) return out_of_memory(r);
    cpl_csv_begin(&csv, text);
    complaint_status s = find_heading(r, &csv, rows);
    while (s == COMPLAINT_OK) {
        s = cpl_csv_next(&csv, &r->reg->arena, rows, r->e);
        if (s != COMPLAINT_OK || rows->count == 0) break;
        s = read_row(r, rows);
    }
    return s;
}

complaint_status cpl_register_read(const cpl_memory *m, cpl_str bytes, int32_t charset, const cpl_mapping *mapping, int64_t now, cpl_register *reg, complaint_error *e) {
    complaint_error unseen = {0};
    *reg = (cpl_register){.memory = m};
    cpl_arena_init(&reg->arena, m);
    reading *r = cpl_arena_alloc(&reg->arena, sizeof *r); /* too large for a small stack; the headings stay with the rows */
    cpl_str text;
    if (!r) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    r->reg = reg;
    r->map = mapping;
    r->e = e ? e : &unseen;
    r->now = now;
    r->today = cpl_instant_day(now);
    cpl_normal_init(&r->normal, m);
    for (int i = 0; i < CPL_COLUMN_COUNT; i++) reg->headings[i] = CPL_LIT("");
    complaint_status s = check_form(r, bytes);
    if (s == COMPLAINT_OK) s = decode(r, bytes, charset, &text);
    if (s == COMPLAINT_OK) s = read_rows(r, text);
    if (s == COMPLAINT_OK) s = cpl_register_name_rows(reg, &r->normal, r->e);
    cpl_normal_free(&r->normal);
    return s;
}

void cpl_register_free(cpl_register *reg) {
    if (reg->memory) cpl_free(reg->memory, reg->rows);
    if (reg->memory) cpl_free(reg->memory, reg->findings);
    if (reg->memory) cpl_arena_free(&reg->arena);
    *reg = (cpl_register){.memory = NULL};
}
