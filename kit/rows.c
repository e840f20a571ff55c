/*
 * kit/rows: rows made up from the schema, and the model of a table.
 *
 * Owns: values that stores get wrong (negative numbers, bytes beyond ASCII, empty, long), order, which rows a range holds. Must not
 * know: stores.
 */
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ----------------------------------------------------------------------------------------------------------------- */

complaint_value cpl_kit_int(int64_t integer) { return (complaint_value){COMPLAINT_INT64, 0, integer, NULL, 0}; }

complaint_value cpl_kit_bytes(int32_t type, const void *data, size_t size) { return (complaint_value){type, 0, 0, data, size}; }

complaint_value cpl_kit_text(const char *text) { return cpl_kit_bytes(COMPLAINT_TEXT, text, strlen(text)); }

complaint_value cpl_kit_empty(int32_t table, int32_t column) {
    int32_t type = complaint_schema_column_nullable(table, column) ? COMPLAINT_NULL : complaint_schema_column_type(table, column);
    return (complaint_value){type, 0, 0, NULL, 0};
}

int cpl_kit_compare(const complaint_value *x, const complaint_value *y) {
    if (x->type != y->type) return x->type < y->type ? -1 : 1;
    if (x->type == COMPLAINT_INT64) return (x->integer > y->integer) - (x->integer < y->integer);
    size_t n = x->size < y->size ? x->size : y->size;
    int c = n > 0 ? memcmp(x->data, y->data, n) : 0;
    return c != 0 ? c : (x->size > y->size) - (x->size < y->size);
}

bool cpl_kit_same(const complaint_value *x, const complaint_value *y) { return cpl_kit_compare(x, y) == 0; }

/* Each differs from every other; neighbours in number are neighbours in no order. */
static const int64_t numbers[] = {
    0,  1,   -1,  255, 256, -256, 2, -2, INT64_MAX, INT64_MIN, 65535, -65536, 2147483647, 2147483648, -2147483648LL, 4294967296, 9007199254740993, -9007199254740993, 1767225600000,
    10, -10, 100, 9,   11};

static const char longest[] = "190 bytes of key "
                              ".............................................................................................................................................."
                              "...............................";

/* Order as bytes is neither that of a dictionary nor of UTF-16; spaces at the end and capitals count. */
static const char *const texts[] = {"b",
                                    "a",
                                    "B",
                                    "ab",
                                    "a ",
                                    "A",
                                    "\xe0\xb8\x81",
                                    "\xe0\xb8\x81\xe0\xb8\xb2",
                                    "\xe0\xb8\xae\xe0\xb8\xb2",
                                    "\xf0\x9f\x93\x84",
                                    "\xef\xbd\xa1",
                                    "\xc3\xa9",
                                    "e\xcc\x81",
                                    "z",
                                    "~",
                                    "10",
                                    "9",
                                    "a\tb",
                                    "o'clock \"%_\\",
                                    "\xe0\xb9\x91\xe0\xb9\x92/\xe0\xb9\x92\xe0\xb9\x95\xe0\xb9\x96\xe0\xb9\x99",
                                    "a\x01",
                                    "\x7f",
                                    "open",
                                    "",
                                    longest};

enum { NUMBER_COUNT = sizeof numbers / sizeof numbers[0], TEXT_COUNT = sizeof texts / sizeof texts[0] };

static const unsigned char bytes[] = {0x00, 0xff, 0x27, 0x00, 0x0a, 0x80, 0xfe, 0x22, 0x5c, 0x00};

static complaint_value make_number(int32_t n) {
    if (n < NUMBER_COUNT) return cpl_kit_int(numbers[n]);
    return cpl_kit_int((int64_t)n * 1000003);
}

static complaint_value make_text(cpl_kit *k, int32_t n) {
    if (n < TEXT_COUNT) return cpl_kit_text(texts[n]);
    char *text = cpl_kit_alloc(k, 24);
    (void)snprintf(text, 24, "row %d", (int)n);
    return cpl_kit_text(text);
}

static complaint_value make_value(cpl_kit *k, int32_t type, int32_t n) {
    if (type == COMPLAINT_INT64) return make_number(n);
    if (type == COMPLAINT_TEXT) return make_text(k, n);
    return cpl_kit_bytes(COMPLAINT_BLOB, bytes, (size_t)n % (sizeof bytes + 1));
}

/* ---- columns ------------------------------------------------------------------------------------------------------------------ */

/* The column that makes an index's keys differ: its last one. */
static bool must_differ(int32_t table, int32_t column) {
    for (int32_t i = 0; i < complaint_schema_index_count(table); i++)
        if (complaint_schema_index_unique(table, i) && complaint_schema_index_column(table, i, complaint_schema_index_width(table, i) - 1) == column) return true;
    return false;
}

static bool in_index(int32_t table, int32_t column, bool unique_only) {
    for (int32_t i = 0; i < complaint_schema_index_count(table); i++)
        for (int32_t p = 0; p < complaint_schema_index_width(table, i); p++)
            if (complaint_schema_index_column(table, i, p) == column && (!unique_only || complaint_schema_index_unique(table, i))) return true;
    return false;
}

bool cpl_kit_is_indexed(int32_t table, int32_t column) { return in_index(table, column, false); }

bool cpl_kit_is_plain(int32_t table, int32_t column) { return !in_index(table, column, true) && column != complaint_schema_version_column(table); }

bool cpl_kit_is_number(int32_t table, int32_t column) { return cpl_kit_is_plain(table, column) && complaint_schema_column_type(table, column) == COMPLAINT_INT64; }

bool cpl_kit_is_document(int32_t table, int32_t column) { return !cpl_kit_is_indexed(table, column) && complaint_schema_column_type(table, column) != COMPLAINT_INT64; }

int32_t cpl_kit_find_column(int32_t table, bool (*wanted)(int32_t table, int32_t column)) {
    for (int32_t c = complaint_schema_key_count(table); c < complaint_schema_column_count(table); c++)
        if (wanted(table, c)) return c;
    return -1;
}

/* ---- rows --------------------------------------------------------------------------------------------------------------------- */

/* One of three values for each column, so that every index has rows that agree in its first columns. */
static int32_t tied(int32_t n, int32_t column) { return (n + n / (column % 3 + 2)) % 3 * 7 + column % 7; }

cpl_kit_row cpl_kit_make_row(cpl_kit *k, int32_t table, const char *office, int32_t n) {
    cpl_kit_row row = {table, complaint_schema_column_count(table), NULL};
    row.values = cpl_kit_alloc(k, (size_t)row.count * sizeof row.values[0]);
    row.values[0] = cpl_kit_text(office);
    for (int32_t c = 1; c < row.count; c++) {
        int32_t type = complaint_schema_column_type(table, c);
        if (complaint_schema_column_nullable(table, c) && n % 3 == 0)
            row.values[c] = cpl_kit_empty(table, c);
        else if (c == complaint_schema_version_column(table))
            row.values[c] = cpl_kit_int(n + 1);
        else if (must_differ(table, c))
            row.values[c] = make_value(k, type, n);
        else
            row.values[c] = make_value(k, type, cpl_kit_is_indexed(table, c) ? tied(n, c) : n + c);
    }
    return row;
}

cpl_kit_rows cpl_kit_make_rows(cpl_kit *k, int32_t table, const char *office, int32_t count) {
    cpl_kit_rows rows = {cpl_kit_alloc(k, (size_t)count * sizeof rows.items[0] + 1), count};
    for (int32_t n = 0; n < count; n++) rows.items[n] = cpl_kit_make_row(k, table, office, n);
    return rows;
}

cpl_kit_row cpl_kit_copy_row(cpl_kit *k, const cpl_kit_row *row) {
    cpl_kit_row copy = *row;
    copy.values = cpl_kit_alloc(k, (size_t)row->count * sizeof row->values[0]);
    memcpy(copy.values, row->values, (size_t)row->count * sizeof row->values[0]);
    return copy;
}

int32_t cpl_kit_differ(const cpl_kit_row *x, const cpl_kit_row *y) {
    for (int32_t c = 0; c < x->count; c++)
        if (!cpl_kit_same(&x->values[c], &y->values[c])) return c;
    return -1;
}

complaint_value *cpl_kit_index_values(cpl_kit *k, const cpl_kit_row *row, int32_t index) {
    int32_t width = complaint_schema_index_width(row->table, index);
    complaint_value *values = cpl_kit_alloc(k, (size_t)width * sizeof values[0]);
    for (int32_t p = 0; p < width; p++) values[p] = row->values[complaint_schema_index_column(row->table, index, p)];
    return values;
}

/* ---- the model ------------------------------------------------------------------------------------------------------------------ */

static int compare_with(const cpl_kit_row *row, int32_t index, const complaint_value *values, int32_t count) {
    int c = 0;
    for (int32_t p = 0; p < count && c == 0; p++) c = cpl_kit_compare(&row->values[complaint_schema_index_column(row->table, index, p)], &values[p]);
    return c;
}

static int compare_rows(const cpl_kit_row *x, const cpl_kit_row *y, int32_t index) {
    int c = 0;
    for (int32_t p = 0; p < complaint_schema_index_width(x->table, index) && c == 0; p++) {
        int32_t column = complaint_schema_index_column(x->table, index, p);
        c = cpl_kit_compare(&x->values[column], &y->values[column]);
    }
    return c;
}

static bool is_within(const cpl_kit_row *row, int32_t index, const complaint_bounds *b) {
    int lower = b->lower_count > 0 ? compare_with(row, index, b->lower, b->lower_count) : 1;
    int upper = b->upper_count > 0 ? compare_with(row, index, b->upper, b->upper_count) : -1;
    return (lower > 0 || (lower == 0 && !b->lower_exclusive)) && (upper < 0 || (upper == 0 && !b->upper_exclusive));
}

cpl_kit_rows cpl_kit_expect(cpl_kit *k, const cpl_kit_rows *rows, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit) {
    cpl_kit_rows found = {cpl_kit_alloc(k, (size_t)rows->count * sizeof found.items[0] + 1), 0};
    for (int32_t n = 0; n < rows->count; n++) {
        if (!is_within(&rows->items[n], index, bounds)) continue;
        int32_t at = found.count++;
        for (; at > 0; at--) {
            int c = compare_rows(&found.items[at - 1], &rows->items[n], index);
            if (direction == COMPLAINT_DESCENDING ? c > 0 : c < 0) break;
            found.items[at] = found.items[at - 1];
        }
        found.items[at] = rows->items[n];
    }
    if (limit > 0 && found.count > limit) found.count = (int32_t)limit;
    return found;
}
