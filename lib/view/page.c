/*
 * view/page: tables of results.
 *
 * Owns: cells, masks, tokens, their JSON. Must not know: which role sees what (view.c), or what the rows mean.
 */
#include "view/view.h"

#include <string.h>

typedef enum { CELL_NULL, CELL_INT, CELL_ID, CELL_TEXT, CELL_MASKED } cell_kind;

typedef struct cell {
    cell_kind kind;
    int64_t integer;
    cpl_str text;
} cell;

struct complaint_page {
    cpl_memory memory;
    cpl_arena arena;
    const char **names;
    int32_t columns;
    cell *cells;
    size_t rows, capacity;
    const char *token;
    bool failed;
};

complaint_page *cpl_page_new(const cpl_memory *m, const char *const *columns, int32_t count) {
    complaint_page *p = cpl_alloc_zero(m, 1, sizeof *p);
    if (!p) return NULL;
    p->memory = *m;
    cpl_arena_init(&p->arena, &p->memory);
    p->columns = count;
    p->names = cpl_arena_alloc(&p->arena, (size_t)(count + 1) * sizeof *p->names);
    if (!p->names) {
        complaint_page_free(p);
        return NULL;
    }
    memcpy(p->names, columns, (size_t)count * sizeof *columns);
    return p;
}

bool cpl_page_row(complaint_page *p) {
    if (p->failed) return false;
    if (p->rows == p->capacity) {
        size_t capacity = p->capacity ? 2 * p->capacity : 8;
        cell *cells = cpl_resize(&p->memory, p->cells, capacity * (size_t)p->columns, sizeof *cells);
        p->failed = cells == NULL;
        if (!cells) return false;
        p->cells = cells;
        p->capacity = capacity;
    }
    memset(&p->cells[p->rows * (size_t)p->columns], 0, (size_t)p->columns * sizeof *p->cells);
    p->rows++;
    return true;
}

static cell *last_row(complaint_page *p, int32_t column) { return p->failed || p->rows == 0 ? NULL : &p->cells[(p->rows - 1) * (size_t)p->columns + (size_t)column]; }

static void set_cell(complaint_page *p, int32_t column, cell value) {
    cell *c = last_row(p, column);
    if (c) *c = value;
}

void cpl_page_int(complaint_page *p, int32_t column, int64_t v) { set_cell(p, column, (cell){.kind = CELL_INT, .integer = v}); }
void cpl_page_id(complaint_page *p, int32_t column, int64_t v) { set_cell(p, column, (cell){.kind = CELL_ID, .integer = v}); }
void cpl_page_mask(complaint_page *p, int32_t column) { set_cell(p, column, (cell){.kind = CELL_MASKED}); }

void cpl_page_str(complaint_page *p, int32_t column, cpl_str s) {
    cell value = {.kind = CELL_TEXT};
    if (!cpl_arena_str(&p->arena, s, &value.text)) p->failed = true;
    set_cell(p, column, value);
}

static complaint_status open_envelope(const complaint_page *p, int32_t column, cpl_str envelope, cpl_str *clear, complaint_error *e) {
    size_t offset;
    complaint_status s = cpl_envelope_open(envelope, clear);
    if (s == COMPLAINT_OK && cpl_utf8_check(*clear, &offset) != COMPLAINT_OK) s = COMPLAINT_E_CORRUPT;
    return s == COMPLAINT_OK ? s : cpl_fail(e, s, p->names[column]);
}

complaint_status cpl_page_envelope(complaint_page *p, int32_t column, const complaint_value *v, bool visible, complaint_error *e) {
    cpl_str envelope = cpl_value_str(v), clear;
    if (envelope.n == 0) return COMPLAINT_OK;
    if (!visible) {
        cpl_page_mask(p, column);
        return COMPLAINT_OK;
    }
    complaint_status s = open_envelope(p, column, envelope, &clear, e);
    if (s == COMPLAINT_OK) cpl_page_str(p, column, clear);
    return s;
}

/* Copies a JSON object with a mask for what its member says who somebody is; false when it is no such object. */
static bool mask_identity(cpl_str object, cpl_buf *b) {
    cpl_scan scan;
    size_t done = 0;
    int token;
    cpl_scan_init(&scan, object);
    if (cpl_scan_next(&scan) != CPL_SCAN_OBJECT) return false;
    while ((token = cpl_scan_next(&scan)) == CPL_SCAN_KEY) {
        bool who = scan.escaped || cpl_str_is(scan.raw, CPL_SEALED_IDENTITY); /* no key of ours has an escape */
        int value = cpl_scan_next(&scan);
        size_t from = scan.token_at;
        if ((value == CPL_SCAN_OBJECT || value == CPL_SCAN_ARRAY) && !cpl_scan_skip(&scan)) return false;
        if (!who) continue;
        cpl_buf_str(b, (cpl_str){object.p + done, from - done});
        cpl_buf_puts(b, "{\"masked\":true}");
        done = scan.at;
    }
    cpl_buf_str(b, (cpl_str){object.p + done, object.n - done});
    return token == CPL_SCAN_OBJECT_END;
}

complaint_status cpl_page_sealed(complaint_page *p, int32_t column, const complaint_value *v, bool visible, bool who, complaint_error *e) {
    cpl_str envelope = cpl_value_str(v), clear;
    cpl_buf b;
    if (who || !visible || envelope.n == 0) return cpl_page_envelope(p, column, v, visible, e);
    complaint_status s = open_envelope(p, column, envelope, &clear, e);
    if (s != COMPLAINT_OK) return s;
    cpl_buf_init(&b, &p->memory);
    bool told_apart = mask_identity(clear, &b);
    if (b.failed) p->failed = true;
    else if (told_apart) cpl_page_str(p, column, (cpl_str){b.data, b.size});
    else cpl_page_mask(p, column);
    cpl_buf_free(&b);
    return COMPLAINT_OK;
}

void cpl_page_token(complaint_page *p, cpl_str token) {
    cpl_str copy;
    if (cpl_arena_str(&p->arena, token, &copy)) p->token = copy.p;
    else p->failed = true;
}

void cpl_page_cut(complaint_page *p, int64_t rows) {
    if (rows >= 0 && (uint64_t)rows < p->rows) p->rows = (size_t)rows;
}

complaint_status cpl_page_finish(complaint_page *p, complaint_page **page, complaint_error *e) {
    if (!p || p->failed) {
        complaint_page_free(p);
        return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    }
    *page = p;
    return COMPLAINT_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

static const cell *cell_at(const complaint_page *p, int64_t row, int32_t column) {
    static const cell none;
    if (!p || row < 0 || (uint64_t)row >= p->rows || column < 0 || column >= p->columns) return &none;
    return &p->cells[(size_t)row * (size_t)p->columns + (size_t)column];
}

int64_t complaint_page_count(const complaint_page *p) { return p ? (int64_t)p->rows : 0; }
int32_t complaint_page_column_count(const complaint_page *p) { return p ? p->columns : 0; }
const char *complaint_page_column_name(const complaint_page *p, int32_t column) { return p && column >= 0 && column < p->columns ? p->names[column] : NULL; }

int32_t complaint_page_column_find(const complaint_page *p, const char *name) {
    for (int32_t i = 0; p && name && i < p->columns; i++)
        if (strcmp(p->names[i], name) == 0) return i;
    return -1;
}

int32_t complaint_page_type(const complaint_page *p, int64_t row, int32_t column) {
    const cell *c = cell_at(p, row, column);
    return c->kind == CELL_INT || c->kind == CELL_ID ? COMPLAINT_INT64 : c->kind == CELL_TEXT ? COMPLAINT_TEXT : COMPLAINT_NULL;
}

int64_t complaint_page_integer(const complaint_page *p, int64_t row, int32_t column) { return cell_at(p, row, column)->integer; }

const char *complaint_page_text(const complaint_page *p, int64_t row, int32_t column) {
    const cell *c = cell_at(p, row, column);
    return c->kind == CELL_TEXT ? c->text.p : "";
}

int32_t complaint_page_masked(const complaint_page *p, int64_t row, int32_t column) { return cell_at(p, row, column)->kind == CELL_MASKED; }
int64_t complaint_page_integer_of(const complaint_page *p, int64_t row, const char *column) { return complaint_page_integer(p, row, complaint_page_column_find(p, column)); }
const char *complaint_page_text_of(const complaint_page *p, int64_t row, const char *column) { return complaint_page_text(p, row, complaint_page_column_find(p, column)); }
const char *complaint_page_token(const complaint_page *p) { return p ? p->token : NULL; }

static void write_cell(cpl_buf *b, const cell *c) {
    switch (c->kind) {
    case CELL_INT: cpl_buf_int(b, c->integer); break;
    case CELL_ID:
        cpl_buf_putc(b, '"');
        cpl_buf_int(b, c->integer);
        cpl_buf_putc(b, '"');
        break;
    case CELL_TEXT: cpl_buf_json(b, c->text); break;
    case CELL_MASKED: cpl_buf_puts(b, "{\"masked\":true}"); break;
    case CELL_NULL: cpl_buf_puts(b, "null"); break;
    }
}

static void write_row(cpl_buf *b, const complaint_page *p, size_t row) {
    cpl_buf_putc(b, '{');
    for (int32_t i = 0; i < p->columns; i++) {
        if (i) cpl_buf_putc(b, ',');
        cpl_buf_json(b, cpl_str_of(p->names[i]));
        cpl_buf_putc(b, ':');
        write_cell(b, &p->cells[row * (size_t)p->columns + (size_t)i]);
    }
    cpl_buf_putc(b, '}');
}

complaint_status complaint_page_json(const complaint_page *p, complaint_text **text) {
    if (!p || !text) return COMPLAINT_E_INVALID;
    cpl_buf b;
    cpl_buf_init(&b, &p->memory);
    cpl_buf_putc(&b, '[');
    for (size_t i = 0; i < p->rows; i++) {
        if (i) cpl_buf_puts(&b, ",\n");
        write_row(&b, p, i);
    }
    cpl_buf_putc(&b, ']');
    complaint_status s = cpl_text_take(&b, text);
    cpl_buf_free(&b);
    return s;
}

void complaint_page_free(complaint_page *p) {
    if (!p) return;
    cpl_memory m = p->memory;
    cpl_arena_free(&p->arena);
    cpl_free(&m, p->cells);
    cpl_free(&m, p);
}
