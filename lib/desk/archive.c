/*
 * desk/archive: a row as a line of JSON, and back.
 *
 * Owns: the form of a line. Must not know: which lines belong together, what they mean.
 *
 * Integers that a double cannot hold are strings. Bytes are a string that says how to take it: `t:` text, `e:` a clear envelope's text, `x:` hexadecimal; so that what people wrote can be read in the archive, and
 * every byte comes back.
 */
#include "desk/archive.h"

#include <complaint/schema.h>

#include <string.h>

const int32_t cpl_stream_tables[CPL_STREAM_TABLES] = {CPL_EVIDENCE, CPL_MESSAGE, CPL_EVENT, CPL_PARTY, CPL_NOTICE, CPL_ATTEMPT, CPL_PAPER, CPL_LINK, CPL_DUTY, CPL_ROSTER};

int cpl_stream_table(int32_t table) {
    for (int i = 0; i < CPL_STREAM_TABLES; i++)
        if (cpl_stream_tables[i] == table) return i;
    return -1;
}

/* ---- the form of a kind of line ---- */

typedef struct special {
    const char *name;
    int32_t count;
    const char *columns[CPL_HEAD_COLUMNS];
    int32_t types[CPL_HEAD_COLUMNS];
} special;

static const special specials[] = {
    {"complaint_archive", CPL_HEAD_COLUMNS, {"format", "office", "major", "minor", "written_at"}, {COMPLAINT_INT64, COMPLAINT_TEXT, COMPLAINT_INT64, COMPLAINT_INT64, COMPLAINT_INT64}},
    {"complaint_archive_end", CPL_END_COLUMNS, {"lines", "digest"}, {COMPLAINT_INT64, COMPLAINT_TEXT}},
};

static const special *special_of(int32_t table) { return table >= CPL_LINE_HEAD ? &specials[table - CPL_LINE_HEAD] : NULL; }

static const char *name_of(int32_t table) { return special_of(table) ? special_of(table)->name : complaint_schema_table_name(table); }

int32_t cpl_line_count(int32_t table) { return special_of(table) ? special_of(table)->count : complaint_schema_column_count(table) - 1; }

static const char *column_of(int32_t table, int32_t i) { return special_of(table) ? special_of(table)->columns[i] : complaint_schema_column_name(table, i + 1); }

static int32_t type_of(int32_t table, int32_t i) { return special_of(table) ? special_of(table)->types[i] : complaint_schema_column_type(table, i + 1); }

static bool may_be_missing(int32_t table, int32_t i) { return !special_of(table) && complaint_schema_column_since(table, i + 1) > complaint_schema_table_since(table); }

/* ---- writing ---- */

static bool is_text(cpl_str s) {
    size_t offset;
    return cpl_utf8_check(s, &offset) == COMPLAINT_OK;
}

/* The tag stands inside the quotation marks, before the text's own escapes. */
static void write_tagged(cpl_buf *b, char tag, cpl_str text) {
    cpl_buf_putc(b, '"');
    cpl_buf_putc(b, tag);
    cpl_buf_putc(b, ':');
    size_t at = b->size;
    cpl_buf_json(b, text);
    if (b->failed) return;
    memmove(b->data + at, b->data + at + 1, b->size - at); /* the second quotation mark goes, the closing NUL comes along */
    b->size--;
}

static void write_hex(cpl_buf *b, cpl_str bytes) {
    cpl_buf_puts(b, "\"x:");
    for (size_t i = 0; i < bytes.n; i++) {
        char digits[3];
        cpl_hex((const uint8_t *)bytes.p + i, 1, digits);
        cpl_buf_put(b, digits, 2);
    }
    cpl_buf_putc(b, '"');
}

static void write_bytes(cpl_buf *b, cpl_str bytes) {
    cpl_str clear = {bytes.p + 1, bytes.n ? bytes.n - 1 : 0};
    if (is_text(bytes)) write_tagged(b, 't', bytes);
    else if (bytes.p[0] == '\0' && clear.n && is_text(clear)) write_tagged(b, 'e', clear);
    else write_hex(b, bytes);
}

static void write_value(cpl_buf *b, const complaint_value *v) {
    const int64_t exact = INT64_C(9007199254740991);
    if (v->type == COMPLAINT_NULL) cpl_buf_puts(b, "null");
    else if (v->type == COMPLAINT_TEXT) cpl_buf_json(b, cpl_value_str(v));
    else if (v->type == COMPLAINT_BLOB) write_bytes(b, cpl_value_str(v));
    else if (v->integer > exact || v->integer < -exact) cpl_buf_fmt(b, "\"%lld\"", (long long)v->integer);
    else cpl_buf_int(b, v->integer);
}

void cpl_line_write(cpl_buf *b, int32_t table, const complaint_value *values) {
    cpl_buf_fmt(b, "{\"%s\":{", name_of(table));
    for (int32_t i = 0; i < cpl_line_count(table); i++) {
        cpl_buf_fmt(b, "%s\"%s\":", i ? "," : "", column_of(table, i));
        write_value(b, &values[i]);
    }
    cpl_buf_puts(b, "}}\n");
}

/* ---- reading ---- */

typedef struct line {
    cpl_scan scan;
    cpl_arena *arena;
    complaint_error *e;
    int32_t table;
    bool no_memory; /* why bytes could not be taken */
} line;

static complaint_status at_byte(const line *l, complaint_status s) {
    cpl_error_at(l->e, NULL, 0, (int64_t)l->scan.token_at);
    return s;
}

static complaint_status bad_line(const line *l) {
    complaint_status s = cpl_failf(l->e, COMPLAINT_E_SYNTAX, "line", "บรรทัดนี้ไม่ใช่ {\"ตาราง\":{\"คอลัมน์\":ค่า}} ผิดที่ไบต์ %zu", "the line is not {\"table\":{\"column\":value}}: see byte %zu", l->scan.token_at);
    return at_byte(l, s);
}

static complaint_status bad_value(const line *l, int32_t i) {
    return at_byte(l, cpl_failf(l->e, COMPLAINT_E_INVALID, column_of(l->table, i), "%s.%s มีค่าที่เป็นไปไม่ได้", "%s.%s has a value that cannot be", name_of(l->table), column_of(l->table, i)));
}

static complaint_status take_text(line *l, cpl_str *out) {
    cpl_buf b;
    size_t offset;
    cpl_buf_init(&b, l->arena->m);
    complaint_status s = cpl_scan_decode(&l->scan, &b, &offset);
    if (s == COMPLAINT_OK && (b.failed || !cpl_arena_str(l->arena, (cpl_str){b.data, b.size}, out))) s = COMPLAINT_E_MEMORY;
    cpl_buf_free(&b);
    return s == COMPLAINT_OK ? s : cpl_fail(l->e, s, "line");
}

static bool take_digits(cpl_str s, int64_t *out) {
    bool negative = s.n > 1 && s.p[0] == '-';
    uint64_t v = 0, most = (uint64_t)INT64_MAX + negative;
    if (s.n == (size_t)negative || s.n > 20) return false;
    for (size_t i = negative; i < s.n; i++) {
        uint64_t digit = (uint64_t)(s.p[i] - '0');
        if (s.p[i] < '0' || s.p[i] > '9' || v > (most - digit) / 10) return false;
        v = v * 10 + digit;
    }
    *out = negative ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

static bool take_hex(line *l, cpl_str digits, cpl_str *out) {
    size_t n = digits.n / 2;
    uint8_t *bytes = cpl_arena_alloc(l->arena, n + 1);
    l->no_memory = !bytes;
    *out = (cpl_str){(const char *)bytes, n};
    return bytes && cpl_unhex(digits, bytes, n);
}

static bool take_envelope(line *l, cpl_str clear, cpl_str *out) {
    if (clear.n == 0) return false; /* nothing is an empty value, not an envelope of nothing */
    l->no_memory = !cpl_envelope_clear(l->arena, clear, out);
    return !l->no_memory;
}

/* The tag and what stands behind it. A form that would not be written is not read: bytes have one way to be said. */
static bool take_bytes(line *l, cpl_str said, cpl_str *out) {
    cpl_str rest = {said.p + 2, said.n >= 2 ? said.n - 2 : 0};
    if (said.n < 2 || said.p[1] != ':') return false;
    *out = rest;
    if (said.p[0] == 't') return true;
    if (said.p[0] == 'e') return take_envelope(l, rest, out);
    return said.p[0] == 'x' && take_hex(l, rest, out) && !is_text(*out);
}

static complaint_status take_value(line *l, int32_t i, complaint_value *v) {
    cpl_str text = CPL_LIT("");
    int32_t type = type_of(l->table, i);
    int token = cpl_scan_next(&l->scan);
    if (token == CPL_SCAN_BAD || token == CPL_SCAN_END) return bad_line(l);
    if (token == CPL_SCAN_NULL && complaint_schema_column_nullable(l->table, i + 1)) {
        *v = (complaint_value){.type = COMPLAINT_NULL};
        return COMPLAINT_OK;
    }
    if (token == CPL_SCAN_INT && type == COMPLAINT_INT64) {
        *v = cpl_int(l->scan.integer);
        return COMPLAINT_OK;
    }
    if (token != CPL_SCAN_STRING) return bad_value(l, i);
    complaint_status s = take_text(l, &text);
    if (s != COMPLAINT_OK) return s;
    *v = cpl_txt(text);
    if (type == COMPLAINT_TEXT) return COMPLAINT_OK;
    int64_t number = 0;
    bool taken = type == COMPLAINT_INT64 ? take_digits(text, &number) : take_bytes(l, text, &text);
    *v = type == COMPLAINT_INT64 ? cpl_int(number) : cpl_blob(text.p, text.n);
    if (l->no_memory) return cpl_fail(l->e, COMPLAINT_E_MEMORY, "line");
    return taken ? COMPLAINT_OK : bad_value(l, i);
}

static bool comes(line *l, int token) { return cpl_scan_next(&l->scan) == token; }

static complaint_status take_table(line *l) {
    char said[CPL_QUOTE_SIZE];
    if (!comes(l, CPL_SCAN_OBJECT) || !comes(l, CPL_SCAN_KEY)) return bad_line(l);
    cpl_str name = l->scan.raw;
    for (l->table = 0; l->table <= CPL_LINE_END; l->table++)
        if (cpl_str_is(name, name_of(l->table))) break;
    if (l->table > CPL_LINE_END) return cpl_failf(l->e, COMPLAINT_E_UNKNOWN_CODE, "table", "ไม่รู้จักตาราง “%s”", "there is no table “%s”", cpl_quote(name, said));
    return comes(l, CPL_SCAN_OBJECT) ? COMPLAINT_OK : bad_line(l);
}

static int32_t find_column(const line *l) {
    for (int32_t i = 0; i < cpl_line_count(l->table); i++)
        if (cpl_str_is(l->scan.raw, column_of(l->table, i))) return i;
    return -1;
}

static complaint_status take_columns(line *l, complaint_value *values, uint64_t *seen) {
    char said[CPL_QUOTE_SIZE];
    for (int token; (token = cpl_scan_next(&l->scan)) != CPL_SCAN_OBJECT_END;) {
        if (token != CPL_SCAN_KEY) return bad_line(l);
        cpl_str name = l->scan.raw;
        int32_t i = find_column(l);
        if (i < 0) return cpl_failf(l->e, COMPLAINT_E_UNKNOWN_FIELD, "column", "ไม่รู้จักคอลัมน์ “%s”", "there is no column “%s”", cpl_quote(name, said));
        if (*seen >> i & 1) return cpl_fail(l->e, COMPLAINT_E_JSON_DUPLICATE, column_of(l->table, i));
        *seen |= UINT64_C(1) << i;
        complaint_status s = take_value(l, i, &values[i]);
        if (s != COMPLAINT_OK) return s;
    }
    return comes(l, CPL_SCAN_OBJECT_END) && comes(l, CPL_SCAN_END) ? COMPLAINT_OK : bad_line(l);
}

static complaint_value default_of(int32_t table, int32_t i) {
    int32_t type = type_of(table, i);
    if (complaint_schema_column_nullable(table, i + 1)) return (complaint_value){.type = COMPLAINT_NULL};
    return type == COMPLAINT_INT64 ? cpl_int(0) : type == COMPLAINT_TEXT ? cpl_txt(CPL_LIT("")) : cpl_blob("", 0);
}

static complaint_status fill_missing(const line *l, complaint_value *values, uint64_t seen) {
    for (int32_t i = 0; i < cpl_line_count(l->table); i++) {
        if (seen >> i & 1) continue;
        if (!may_be_missing(l->table, i)) return cpl_failf(l->e, COMPLAINT_E_REQUIRED, column_of(l->table, i), "ขาดคอลัมน์ %s", "column %s is missing", column_of(l->table, i));
        values[i] = default_of(l->table, i);
    }
    return COMPLAINT_OK;
}

complaint_status cpl_line_read(cpl_str text, cpl_arena *a, int32_t *table, complaint_value *values, complaint_error *e) {
    line l = {.arena = a, .e = e};
    uint64_t seen = 0;
    size_t offset;
    complaint_status s = cpl_utf8_check(text, &offset);
    if (s != COMPLAINT_OK) {
        cpl_fail(e, s, "line");
        cpl_error_at(e, NULL, 0, (int64_t)offset);
        return s;
    }
    cpl_scan_init(&l.scan, text);
    s = take_table(&l);
    if (s == COMPLAINT_OK) s = take_columns(&l, values, &seen);
    if (s == COMPLAINT_OK) s = fill_missing(&l, values, seen);
    if (s == COMPLAINT_OK) *table = l.table;
    return s;
}

void cpl_line_place(cpl_str text, cpl_arena *a, int32_t *table, int64_t *owner) {
    line l = {.arena = a};
    complaint_value v = {.type = COMPLAINT_NULL};
    *table = -1;
    *owner = 0;
    cpl_scan_init(&l.scan, text);
    if (take_table(&l) != COMPLAINT_OK) return;
    *table = l.table;
    if (cpl_stream_table(l.table) < 0 || cpl_scan_next(&l.scan) != CPL_SCAN_KEY || find_column(&l) != 0) return;
    if (take_value(&l, 0, &v) == COMPLAINT_OK) *owner = v.integer;
}

void cpl_line_digest(uint8_t digest[CPL_HASH_SIZE], cpl_str text, cpl_buf *scratch) {
    cpl_buf_clear(scratch);
    cpl_buf_put(scratch, digest, CPL_HASH_SIZE);
    cpl_buf_str(scratch, text);
    cpl_sha256((cpl_str){scratch->data, scratch->size}, digest);
}

/* ---- what both ends ask ---- */

complaint_status cpl_archive_view(complaint_desk *d, const complaint_actor *a, cpl_view *view) {
    complaint_status s = cpl_desk_view(d, a, view);
    if (s != COMPLAINT_OK || (view->all_cases && view->named && view->confidential && view->anonymous && view->text)) return s;
    return cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "แฟ้มทั้งสำนักงานเปิดได้เฉพาะบทบาทที่เห็นทุกเรื่อง ทุกชื่อ และทุกข้อความ", "an archive holds everything: it takes roles that see all cases, every identity and all texts");
}

complaint_status cpl_archive_tally_page(complaint_desk *d, const cpl_archive_tally *t, complaint_page **page) {
    static const char *const columns[] = {"lines", "definitions", "cases", "messages", "events", "evidence", "silenced", "refused"};
    const int64_t counts[] = {t->lines, t->definitions, t->cases, t->messages, t->events, t->evidence, t->silenced, t->refused};
    enum { COLUMNS = sizeof columns / sizeof columns[0] };
    complaint_page *p = cpl_page_new(&d->memory, columns, COLUMNS);
    if (!p) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    cpl_page_row(p);
    for (int32_t i = 0; i < COLUMNS; i++) cpl_page_int(p, i, counts[i]);
    return cpl_page_finish(p, page, &d->error);
}
