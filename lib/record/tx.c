/*
 * record/tx: one transaction on the host's store, with every row checked against the schema before anybody sees it.
 *
 * Owns: validation and copying of rows, the office as first key column, the state of a transaction. Must not know: what the rows mean.
 */
#include "record/record.h"

#include <complaint/schema.h>

#include <string.h>

enum { MAX_KEY = 8 };

complaint_status cpl_tx_begin(cpl_tx *tx, cpl_host *host, cpl_str office, int32_t mode, complaint_error *e) {
    *tx = (cpl_tx){.host = host, .office = office, .error = e};
    return cpl_host_begin(host, mode, office, &tx->handle, e);
}

complaint_status cpl_tx_commit(cpl_tx *tx) {
    complaint_status s = cpl_host_commit(tx->host, tx->handle, tx->error);
    if (s == COMPLAINT_OK) tx->handle = NULL;
    return s;
}

void cpl_tx_rollback(cpl_tx *tx) {
    if (tx->handle) cpl_host_rollback(tx->host, tx->handle);
    tx->handle = NULL;
}

/* ---- rows out of the store ---- */

typedef struct collector {
    cpl_tx *tx;
    cpl_arena *arena;
    cpl_rows *rows;
    const char *slot;
    int32_t table, index;
    const complaint_bounds *bounds;
    bool down;
    size_t first;  /* rows that were there before this call */
    int64_t limit; /* rows still wanted; 0 stops the store */
    complaint_status status;
} collector;

static complaint_status bad_cell(collector *c, int32_t column, const char *thai, const char *english) {
    const char *table = complaint_schema_table_name(c->table);
    const char *name = complaint_schema_column_name(c->table, column);
    c->status = cpl_failf(c->tx->error, COMPLAINT_E_CORRUPT, table, "%s.%s: %s%.0s", "%s.%s: %.0s%s", table, name ? name : "*", thai, english);
    if (c->tx->error) cpl_error_at(c->tx->error, name ? name : "", 0, -1);
    return c->status;
}

static bool cell_ok(collector *c, int32_t column, const complaint_value *v) {
    if (v->type == COMPLAINT_NULL) {
        if (complaint_schema_column_nullable(c->table, column)) return true;
        bad_cell(c, column, "ไม่มีค่า", "null where the schema allows none");
        return false;
    }
    if (v->type != complaint_schema_column_type(c->table, column)) {
        bad_cell(c, column, "ชนิดข้อมูลผิด", "a value of the wrong type");
        return false;
    }
    if (column == complaint_schema_version_column(c->table) && !cpl_version_possible(v->integer)) {
        bad_cell(c, column, "รุ่นที่เป็นไปไม่ได้", "a version that cannot be");
        return false;
    }
    if (v->type != COMPLAINT_INT64 && v->size && !v->data) {
        bad_cell(c, column, "ไม่มีข้อมูล", "a size without bytes");
        return false;
    }
    size_t offset;
    if (v->type == COMPLAINT_TEXT && cpl_utf8_check(cpl_value_str(v), &offset) != COMPLAINT_OK) {
        bad_cell(c, column, "ไม่ใช่ UTF-8", "not valid UTF-8");
        return false;
    }
    return true;
}

/* ---- places: a store that gives other rows than it was asked for, or in another order, would lead pages round in circles ---- */

static int compare_cells(const complaint_value *a, const complaint_value *b) {
    if (a->type == COMPLAINT_INT64) return a->integer < b->integer ? -1 : a->integer > b->integer;
    return cpl_str_cmp(cpl_value_str(a), cpl_value_str(b));
}

/* Of the first `count` columns of the index; `other` is a row, or the values of a bound. */
static int compare_places(const collector *c, const complaint_value *row, const complaint_value *other, bool is_row, int32_t count) {
    int order = 0;
    for (int32_t i = 0; order == 0 && i < count; i++) {
        int32_t column = complaint_schema_index_column(c->table, c->index, i);
        order = compare_cells(&row[column], &other[is_row ? column : i]);
    }
    return order;
}

static bool in_bounds(const collector *c, const complaint_value *row) {
    const complaint_bounds *b = c->bounds;
    int lower = compare_places(c, row, b->lower, false, b->lower_count), upper = compare_places(c, row, b->upper, false, b->upper_count);
    return (lower > 0 || (lower == 0 && !b->lower_exclusive)) && (upper < 0 || (upper == 0 && !b->upper_exclusive));
}

/* No two rows have the same place: an index is unique or ends with the key. */
static bool in_order(const collector *c, const complaint_value *row) {
    if (c->rows->count == c->first) return true;
    int order = compare_places(c, row, c->rows->items[c->rows->count - 1].values, true, complaint_schema_index_width(c->table, c->index));
    return c->down ? order < 0 : order > 0;
}

static complaint_status out_of_place(const collector *c, const char *thai, const char *english) {
    return cpl_failf(c->tx->error, COMPLAINT_E_STORE, c->slot, "%s (%s): %s%.0s", "%s (%s): %.0s%s", c->slot, complaint_schema_index_name(c->table, c->index), thai, english);
}

static complaint_status check_place(const collector *c, const complaint_value *row) {
    if (!in_bounds(c, row)) return out_of_place(c, "ให้แถวที่ไม่ได้ขอ", "it gave a row that was not asked for");
    if (!in_order(c, row)) return out_of_place(c, "ให้แถวซ้ำหรือไม่เรียงลำดับ", "it gave rows twice or out of order");
    return COMPLAINT_OK;
}

/* ---- copies ---- */

static bool copy_cell(cpl_arena *a, const complaint_value *from, complaint_value *to) {
    *to = (complaint_value){.type = from->type, .integer = from->type == COMPLAINT_INT64 ? from->integer : 0};
    if (from->type != COMPLAINT_TEXT && from->type != COMPLAINT_BLOB) return true;
    cpl_str copy;
    if (!cpl_arena_str(a, (cpl_str){from->data, from->size}, &copy)) return false;
    to->data = copy.p;
    to->size = copy.n;
    return true;
}

static bool grow_rows(cpl_arena *a, cpl_rows *rows) {
    if (rows->count < rows->capacity) return true;
    size_t capacity = rows->capacity ? 2 * rows->capacity : 8;
    cpl_row *items = cpl_arena_alloc(a, capacity * sizeof *items);
    if (!items) return false;
    if (rows->count) memcpy(items, rows->items, rows->count * sizeof *items);
    rows->items = items;
    rows->capacity = capacity;
    return true;
}

/* A newer minor version may have columns behind ours; they are not looked at. */
static complaint_status keep_row(collector *c, const complaint_value *values, int32_t count) {
    int32_t columns = complaint_schema_column_count(c->table);
    if (count < columns || !values) return bad_cell(c, -1, "จำนวนคอลัมน์ไม่ครบ", "columns are missing");
    for (int32_t i = 0; i < columns; i++)
        if (!cell_ok(c, i, &values[i])) return c->status;
    if (!cpl_str_eq(cpl_value_str(&values[0]), c->tx->office)) return bad_cell(c, 0, "เป็นของสำนักงานอื่น", "the row belongs to another office");
    complaint_status s = check_place(c, values);
    if (s != COMPLAINT_OK) return s;
    complaint_value *copy = cpl_arena_alloc(c->arena, (size_t)columns * sizeof *copy);
    if (!copy || !grow_rows(c->arena, c->rows)) return COMPLAINT_E_MEMORY;
    for (int32_t i = 0; i < columns; i++)
        if (!copy_cell(c->arena, &values[i], &copy[i])) return COMPLAINT_E_MEMORY;
    c->rows->items[c->rows->count++] = (cpl_row){copy, columns};
    return COMPLAINT_OK;
}

/* More rows than were asked for are a lying store's; they are dropped and the store is told to stop. */
static int32_t COMPLAINT_CALL collect(void *context, const complaint_value *values, int32_t count) {
    collector *c = context;
    if (c->status != COMPLAINT_OK || c->limit == 0) return 1;
    c->status = keep_row(c, values, count);
    if (c->status == COMPLAINT_E_MEMORY) cpl_fail(c->tx->error, COMPLAINT_E_MEMORY, complaint_schema_table_name(c->table));
    c->limit--;
    return c->status != COMPLAINT_OK;
}

complaint_status cpl_tx_get(cpl_tx *tx, int32_t table, const complaint_value *key, int32_t key_count, cpl_arena *a, cpl_row *row) {
    complaint_value full[MAX_KEY] = {cpl_txt(tx->office)};
    memcpy(full + 1, key, (size_t)key_count * sizeof *key);
    cpl_rows rows = {0};
    complaint_bounds b = {.lower = full, .lower_count = key_count + 1, .upper = full, .upper_count = key_count + 1};
    collector c = {.tx = tx, .arena = a, .rows = &rows, .slot = "store.get", .table = table, .bounds = &b, .limit = 1};
    complaint_status s = cpl_host_get(tx->host, tx->handle, table, full, key_count + 1, collect, &c, tx->error);
    if (s != COMPLAINT_OK) return s;
    if (c.status != COMPLAINT_OK) return c.status;
    if (rows.count != 1) return cpl_failf(tx->error, COMPLAINT_E_STORE, "store.get", "ที่เก็บข้อมูลตอบว่าพบแต่ไม่ส่งแถว", "store.get answered OK without giving the row");
    *row = rows.items[0];
    return COMPLAINT_OK;
}

static int32_t bound(complaint_value *to, const cpl_tx *tx, const cpl_range *r, const complaint_value *more, int32_t more_count) {
    int32_t n = 0;
    to[n++] = cpl_txt(tx->office);
    for (int32_t i = 0; i < r->equal_count; i++) to[n++] = r->equal[i];
    for (int32_t i = 0; i < more_count; i++) to[n++] = more[i];
    return n;
}

complaint_status cpl_tx_select(cpl_tx *tx, const cpl_range *r, cpl_arena *a, cpl_rows *rows) {
    complaint_value lower[2 * MAX_KEY], upper[2 * MAX_KEY];
    bool down = r->direction == COMPLAINT_DESCENDING;
    complaint_bounds b = {.lower = lower, .upper = upper};
    b.lower_count = bound(lower, tx, r, down ? r->until : r->after, down ? r->until_count : r->after_count);
    b.upper_count = bound(upper, tx, r, down ? r->after : r->until, down ? r->after_count : r->until_count);
    b.lower_exclusive = !down && r->after_count > 0;
    b.upper_exclusive = down && r->after_count > 0;
    collector c = {.tx = tx, .arena = a, .rows = rows, .slot = "store.select", .table = r->table, .index = r->index, .bounds = &b, .down = down, .first = rows->count, .limit = r->limit ? r->limit : -1};
    int32_t direction = down ? COMPLAINT_DESCENDING : COMPLAINT_ASCENDING;
    complaint_status s = cpl_host_select(tx->host, tx->handle, r->table, r->index, &b, direction, r->limit, collect, &c, tx->error);
    return s != COMPLAINT_OK ? s : c.status;
}
