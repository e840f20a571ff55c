/*
 * kit/check_rows: what is written comes back, byte for byte, and nothing else does.
 */
#include "kit.h"

#include <string.h>

enum { MIB = 1024 * 1024 };

/* What one value and one transaction may weigh, as the library would reckon with this store. */
static void ask_limits(cpl_kit *k, size_t *value, size_t *transaction) {
    complaint_limits limits = {sizeof limits, 0, 0, 0, 0};
    *value = MIB;
    *transaction = (size_t)4 * MIB;
    if (!k->stores[0].limits || k->stores[0].limits(k->stores[0].self, &limits, NULL) != COMPLAINT_OK) return;
    if (limits.max_value > 0 && limits.max_value < MIB) *value = (size_t)limits.max_value;
    if (limits.max_transaction > 0 && limits.max_transaction < INT64_C(4) * MIB) *transaction = (size_t)limits.max_transaction;
}

static bool every_column_comes_back(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 30);
        if (!cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) || !cpl_kit_begin(k, 0, COMPLAINT_READ, KIT_OFFICE)) return false;
        for (int32_t n = 0; n < rows.count; n++)
            if (!cpl_kit_has(k, 0, &rows.items[n])) return false;
        if (!cpl_kit_has_exactly(k, 0, t, &rows) || !cpl_kit_commit(k, 0)) return false;
    }
    return true;
}

/* Every column that is not text or blob of a document is filled with what tells empty from null. */
static bool empty_is_not_null(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        cpl_kit_row row = cpl_kit_make_row(k, t, KIT_OFFICE, 1);
        for (int32_t c = complaint_schema_key_count(t); c < row.count; c++) row.values[c] = (complaint_value){complaint_schema_column_type(t, c), 0, 0, NULL, 0};
        complaint_change insert = cpl_kit_insert(&row);
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &insert, 1) || !cpl_kit_holds(k, KIT_OFFICE, &row)) return false;
    }
    return true;
}

static bool null_comes_back(cpl_kit *k) {
    int32_t asked = 0;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        cpl_kit_row row = cpl_kit_make_row(k, t, KIT_OFFICE, 1);
        for (int32_t c = 0; c < row.count; c++) {
            if (!complaint_schema_column_nullable(t, c)) continue;
            row.values[c] = (complaint_value){COMPLAINT_NULL, 0, 0, NULL, 0};
            asked++;
        }
        complaint_change insert = cpl_kit_insert(&row);
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &insert, 1) || !cpl_kit_holds(k, KIT_OFFICE, &row)) return false;
    }
    return asked > 0 || cpl_kit_skip(k, "no column of this schema may be null");
}

/* All bytes, and Thai letters of three bytes, so that a cut shows. */
static complaint_value long_value(cpl_kit *k, int32_t type, size_t size) {
    char *data = cpl_kit_alloc(k, size + 3);
    for (size_t i = 0; i < size; i++) data[i] = type == COMPLAINT_BLOB ? (char)(i * 7 + i / 256) : "\xe0\xb8\x81"[i % 3];
    if (type == COMPLAINT_TEXT && size % 3 != 0) memset(data + size - size % 3, '.', size % 3);
    return cpl_kit_bytes(type, data, size);
}

static bool long_comes_back(cpl_kit *k, int32_t type) {
    size_t size, ignored;
    if (!cpl_kit_start(k)) return false;
    ask_limits(k, &size, &ignored);
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        int32_t column = cpl_kit_find_column(t, cpl_kit_is_document);
        while (column >= 0 && column < complaint_schema_column_count(t) && (!cpl_kit_is_document(t, column) || complaint_schema_column_type(t, column) != type)) column++;
        if (column < 0 || column == complaint_schema_column_count(t)) continue;
        cpl_kit_row row = cpl_kit_make_row(k, t, KIT_OFFICE, 1);
        row.values[column] = long_value(k, type, size);
        complaint_change insert = cpl_kit_insert(&row);
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &insert, 1) || !cpl_kit_holds(k, KIT_OFFICE, &row)) return false;
    }
    return true;
}

static bool long_text_comes_back(cpl_kit *k) { return long_comes_back(k, COMPLAINT_TEXT); }

static bool long_blob_comes_back(cpl_kit *k) { return long_comes_back(k, COMPLAINT_BLOB); }

static bool long_transaction_is_stored(cpl_kit *k) {
    size_t value, transaction;
    if (!cpl_kit_start(k)) return false;
    ask_limits(k, &value, &transaction);
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        int32_t column = cpl_kit_find_column(t, cpl_kit_is_document);
        if (column < 0) continue;
        size_t each = value - 4096;
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, (int32_t)(transaction / value));
        for (int32_t n = 0; n < rows.count; n++) rows.items[n].values[column] = long_value(k, complaint_schema_column_type(t, column), each);
        return cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) && cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows);
    }
    return true;
}

static bool absent_row_is_not_found(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 6);
        cpl_kit_rows stored = {rows.items, 5};
        if (!cpl_kit_holds_not(k, KIT_OFFICE, &rows.items[0]) || !cpl_kit_store_rows(k, 0, KIT_OFFICE, &stored) || !cpl_kit_holds_not(k, KIT_OFFICE, &rows.items[5])) return false;
    }
    return true;
}

static bool own_writes_are_seen(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 6), first = {rows.items, 5};
        complaint_change last = cpl_kit_insert(&rows.items[5]), remove = cpl_kit_remove(&rows.items[0], COMPLAINT_ANY_VERSION);
        if (!cpl_kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) || !cpl_kit_insert_rows(k, 0, &first) || !cpl_kit_has_exactly(k, 0, t, &first)) return false;
        if (!cpl_kit_write(k, 0, &last, 1) || !cpl_kit_has(k, 0, &rows.items[5]) || !cpl_kit_has_exactly(k, 0, t, &rows)) return false;
        cpl_kit_rows rest = {rows.items + 1, 5};
        if (!cpl_kit_write(k, 0, &remove, 1) || !cpl_kit_has_not(k, 0, &rows.items[0]) || !cpl_kit_has_exactly(k, 0, t, &rest) || !cpl_kit_commit(k, 0)) return false;
    }
    return true;
}

/* The same keys in three offices whose names begin alike; each sees its own rows, and a change of one leaves the others alone. */
static bool offices_are_apart(cpl_kit *k) {
    static const char *const offices[] = {KIT_BEFORE, KIT_OFFICE, KIT_AFTER};
    cpl_kit_rows rows[3];
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        for (int32_t o = 0; o < 3; o++) {
            rows[o] = cpl_kit_make_rows(k, t, offices[o], 4);
            if (!cpl_kit_store_rows(k, 0, offices[o], &rows[o])) return false;
        }
        complaint_change removes[] = {cpl_kit_remove(&rows[1].items[2], COMPLAINT_ANY_VERSION), cpl_kit_remove(&rows[1].items[3], COMPLAINT_ANY_VERSION)};
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, removes, 2)) return false;
        rows[1].count = 2;
        for (int32_t o = 0; o < 3; o++)
            if (!cpl_kit_holds_exactly(k, offices[o], t, &rows[o])) return false;
    }
    return true;
}

const cpl_kit_check cpl_kit_row_checks[] = {
    {"rows/every_column_comes_back", 0, every_column_comes_back},
    {"rows/empty_is_not_null", 0, empty_is_not_null},
    {"rows/null_comes_back", 0, null_comes_back},
    {"rows/long_text_comes_back", 0, long_text_comes_back},
    {"rows/long_blob_comes_back", 0, long_blob_comes_back},
    {"rows/long_transaction_is_stored", 0, long_transaction_is_stored},
    {"rows/absent_row_is_not_found", 0, absent_row_is_not_found},
    {"rows/own_writes_are_seen", 0, own_writes_are_seen},
    {"rows/offices_are_apart", 0, offices_are_apart},
    {NULL, 0, NULL},
};
