/*
 * kit/check_changes: each kind of change, what it does, what it refuses, and that a batch is one.
 */
#include "kit.h"

/* Stores rows 0 .. count-1 of a table on the open place. */
static bool stored(cpl_kit *k, int32_t table, int32_t count, cpl_kit_rows *rows) {
    *rows = cpl_kit_make_rows(k, table, KIT_OFFICE, count);
    return cpl_kit_store_rows(k, 0, KIT_OFFICE, rows);
}

static int32_t table_count(void) { return complaint_schema_table_count(); }

/* ---- INSERT ------------------------------------------------------------------------------------------------------------------------ */

static bool taken_key_is_refused(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        if (!stored(k, t, 3, &rows)) return false;
        cpl_kit_row twin = cpl_kit_make_row(k, t, KIT_OFFICE, 7);
        for (int32_t c = 0; c < complaint_schema_key_count(t); c++) twin.values[c] = rows.items[1].values[c];
        complaint_change insert = cpl_kit_insert(&twin);
        if (!cpl_kit_store_fails(k, KIT_OFFICE, &insert, 1, COMPLAINT_E_EXISTS, 0) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

/* A row with a key of its own and the index columns of another. */
static cpl_kit_row unique_twin(cpl_kit *k, const cpl_kit_row *of, int32_t index) {
    cpl_kit_row twin = cpl_kit_make_row(k, of->table, KIT_OFFICE, 9);
    for (int32_t p = 0; p < complaint_schema_index_width(of->table, index); p++) {
        int32_t c = complaint_schema_index_column(of->table, index, p);
        twin.values[c] = of->values[c];
    }
    return twin;
}

static bool taken_unique_key_is_refused(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        if (!stored(k, t, 3, &rows)) return false;
        for (int32_t i = 1; i < complaint_schema_index_count(t); i++) {
            if (!complaint_schema_index_unique(t, i)) continue;
            cpl_kit_row twin = unique_twin(k, &rows.items[1], i);
            complaint_change insert = cpl_kit_insert(&twin);
            if (!cpl_kit_store_fails(k, KIT_OFFICE, &insert, 1, COMPLAINT_E_EXISTS, 0) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        }
    }
    return true;
}

static bool taken_within_the_batch_is_refused(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        cpl_kit_row row = cpl_kit_make_row(k, t, KIT_OFFICE, 1);
        complaint_change both[] = {cpl_kit_insert(&row), cpl_kit_insert(&row)};
        if (!cpl_kit_store_fails(k, KIT_OFFICE, both, 2, COMPLAINT_E_EXISTS, 1) || !cpl_kit_holds_not(k, KIT_OFFICE, &row)) return false;
    }
    return true;
}

/* ---- UPDATE ------------------------------------------------------------------------------------------------------------------------ */

/* One column after the other, so that a store that writes more than it was told is caught. */
static bool update_changes_named_columns_only(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        cpl_kit_row other = cpl_kit_make_row(k, t, KIT_OFFICE, 11);
        if (!stored(k, t, 3, &rows)) return false;
        for (int32_t c = complaint_schema_key_count(t); c < rows.items[1].count; c++) {
            complaint_change update = cpl_kit_alter(COMPLAINT_UPDATE, &rows.items[1], &c, &other.values[c], 1, COMPLAINT_ANY_VERSION);
            if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &update, 1)) return false;
            rows.items[1].values[c] = other.values[c];
            if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        }
    }
    return true;
}

/* All columns at once, named from last to first. */
static bool update_takes_columns_in_any_order(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t keys = complaint_schema_key_count(t), count = complaint_schema_column_count(t) - keys;
        int32_t *columns = cpl_kit_alloc(k, (size_t)count * sizeof columns[0] + 1);
        complaint_value *values = cpl_kit_alloc(k, (size_t)count * sizeof values[0] + 1);
        cpl_kit_row other = cpl_kit_make_row(k, t, KIT_OFFICE, 11);
        if (!stored(k, t, 3, &rows)) return false;
        for (int32_t i = 0; i < count; i++) {
            columns[i] = keys + count - 1 - i;
            values[i] = rows.items[1].values[columns[i]] = other.values[columns[i]];
        }
        complaint_change update = cpl_kit_alter(COMPLAINT_UPDATE, &rows.items[1], columns, values, count, COMPLAINT_ANY_VERSION);
        if (count > 0 && (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &update, 1) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows))) return false;
    }
    return true;
}

static bool update_compares_the_version(cpl_kit *k) {
    cpl_kit_rows rows;
    int32_t asked = 0;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t column = complaint_schema_version_column(t);
        if (column < 0) continue;
        if (!stored(k, t, 3, &rows)) return false;
        cpl_kit_row *row = &rows.items[1];
        int64_t seen = row->values[column].integer;
        complaint_value next = cpl_kit_int(seen + 5);
        complaint_change stale = cpl_kit_alter(COMPLAINT_UPDATE, row, &column, &next, 1, seen - 1), fresh = cpl_kit_alter(COMPLAINT_UPDATE, row, &column, &next, 1, seen);
        if (!cpl_kit_store_fails(k, KIT_OFFICE, &stale, 1, COMPLAINT_E_VERSION, 0) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &fresh, 1)) return false;
        row->values[column] = next;
        if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows) || !cpl_kit_store_fails(k, KIT_OFFICE, &fresh, 1, COMPLAINT_E_VERSION, 0)) return false;
        asked++;
    }
    return asked > 0 || cpl_kit_skip(k, "no table of this schema has a version");
}

static bool update_of_an_absent_row_is_not_found(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t column = complaint_schema_key_count(t), version = complaint_schema_version_column(t);
        cpl_kit_row absent = cpl_kit_make_row(k, t, KIT_OFFICE, 9);
        if (column >= absent.count) continue;
        if (!stored(k, t, 3, &rows)) return false;
        complaint_change update = cpl_kit_alter(COMPLAINT_UPDATE, &absent, &column, &absent.values[column], 1, COMPLAINT_ANY_VERSION);
        if (!cpl_kit_store_fails(k, KIT_OFFICE, &update, 1, COMPLAINT_E_NOT_FOUND, 0)) return false;
        update.expected = 1;
        if (version >= 0 && !cpl_kit_store_fails(k, KIT_OFFICE, &update, 1, COMPLAINT_E_NOT_FOUND, 0)) return false;
        if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

static bool update_into_a_taken_unique_key_is_refused(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        if (!stored(k, t, 3, &rows)) return false;
        for (int32_t i = 1; i < complaint_schema_index_count(t); i++) {
            int32_t width = complaint_schema_index_width(t, i), columns[16], count = 0;
            complaint_value values[16];
            if (!complaint_schema_index_unique(t, i)) continue;
            for (int32_t p = 0; p < width && count < 16; p++) {
                int32_t c = complaint_schema_index_column(t, i, p);
                if (c < complaint_schema_key_count(t)) continue;
                columns[count] = c;
                values[count++] = rows.items[2].values[c];
            }
            if (count != width - 1) continue; /* with more of the key in it than the office, other columns alone cannot make it equal */
            complaint_change update = cpl_kit_alter(COMPLAINT_UPDATE, &rows.items[1], columns, values, count, COMPLAINT_ANY_VERSION);
            if (!cpl_kit_store_fails(k, KIT_OFFICE, &update, 1, COMPLAINT_E_EXISTS, 0) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        }
    }
    return true;
}

/* ---- REMOVE ------------------------------------------------------------------------------------------------------------------------ */

static bool remove_takes_the_row_away(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        if (!stored(k, t, 8, &rows)) return false;
        while (rows.count > 0) {
            complaint_change remove = cpl_kit_remove(&rows.items[rows.count / 2], COMPLAINT_ANY_VERSION);
            if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &remove, 1) || !cpl_kit_holds_not(k, KIT_OFFICE, &rows.items[rows.count / 2])) return false;
            rows.items[rows.count / 2] = rows.items[rows.count - 1];
            rows.count--;
            if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        }
    }
    return true;
}

static bool removed_keys_are_free_again(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        if (!stored(k, t, 3, &rows)) return false;
        complaint_change again[] = {cpl_kit_remove(&rows.items[1], COMPLAINT_ANY_VERSION), cpl_kit_insert(&rows.items[1])};
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, again, 2) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

static bool remove_compares_the_version(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t column = complaint_schema_version_column(t);
        if (column < 0) continue;
        if (!stored(k, t, 3, &rows)) return false;
        int64_t seen = rows.items[2].values[column].integer;
        complaint_change stale = cpl_kit_remove(&rows.items[2], seen + 1), fresh = cpl_kit_remove(&rows.items[2], seen);
        if (!cpl_kit_store_fails(k, KIT_OFFICE, &stale, 1, COMPLAINT_E_VERSION, 0) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        rows.count = 2;
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &fresh, 1) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        if (!cpl_kit_store_fails(k, KIT_OFFICE, &fresh, 1, COMPLAINT_E_NOT_FOUND, 0)) return false;
    }
    return true;
}

static bool remove_of_an_absent_row_is_not_found(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        cpl_kit_row absent = cpl_kit_make_row(k, t, KIT_OFFICE, 9);
        complaint_change remove = cpl_kit_remove(&absent, COMPLAINT_ANY_VERSION);
        if (!stored(k, t, 3, &rows) || !cpl_kit_store_fails(k, KIT_OFFICE, &remove, 1, COMPLAINT_E_NOT_FOUND, 0) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

/* ---- ADD ----------------------------------------------------------------------------------------------------------------------------- */

static bool add_inserts_an_absent_row(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t column = cpl_kit_find_column(t, cpl_kit_is_number);
        if (column < 0) continue;
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 1);
        complaint_value amount = cpl_kit_int(-41);
        for (int32_t c = complaint_schema_key_count(t); c < rows.items[0].count; c++) rows.items[0].values[c] = cpl_kit_empty(t, c);
        rows.items[0].values[column] = amount;
        complaint_change add = cpl_kit_alter(COMPLAINT_ADD, &rows.items[0], &column, &amount, 1, COMPLAINT_ANY_VERSION);
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &add, 1) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

/* Twice in one batch and once in another, down and up; everything else in the row stays. */
static bool add_adds(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t column = cpl_kit_find_column(t, cpl_kit_is_number);
        if (column < 0) continue;
        rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 3);
        rows.items[1].values[column] = cpl_kit_int(1000);
        complaint_value up = cpl_kit_int(30), down = cpl_kit_int(-2000);
        complaint_change adds[] = {cpl_kit_alter(COMPLAINT_ADD, &rows.items[1], &column, &up, 1, COMPLAINT_ANY_VERSION),
                                   cpl_kit_alter(COMPLAINT_ADD, &rows.items[1], &column, &down, 1, COMPLAINT_ANY_VERSION)};
        if (!cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) || !cpl_kit_store_changes(k, 0, KIT_OFFICE, adds, 2)) return false;
        rows.items[1].values[column] = cpl_kit_int(-970);
        if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows) || !cpl_kit_store_changes(k, 0, KIT_OFFICE, adds, 1)) return false;
        rows.items[1].values[column] = cpl_kit_int(-940);
        if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

static bool add_takes_several_columns(cpl_kit *k) {
    int32_t asked = 0;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t columns[3], count = 0;
        complaint_value amounts[3] = {cpl_kit_int(7), cpl_kit_int(-7), cpl_kit_int(1)};
        for (int32_t c = complaint_schema_column_count(t) - 1; c >= complaint_schema_key_count(t) && count < 3; c--)
            if (cpl_kit_is_number(t, c)) columns[count++] = c;
        if (count < 2) continue;
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 3);
        for (int32_t i = 0; i < count; i++) rows.items[2].values[columns[i]] = cpl_kit_int(INT64_C(100) * i);
        complaint_change add = cpl_kit_alter(COMPLAINT_ADD, &rows.items[2], columns, amounts, count, COMPLAINT_ANY_VERSION);
        if (!cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) || !cpl_kit_store_changes(k, 0, KIT_OFFICE, &add, 1)) return false;
        for (int32_t i = 0; i < count; i++) rows.items[2].values[columns[i]] = cpl_kit_int(INT64_C(100) * i + amounts[i].integer);
        if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        asked++;
    }
    return asked > 0 || cpl_kit_skip(k, "no table of this schema has two numbers");
}

/* ---- batches --------------------------------------------------------------------------------------------------------------------------- */

/* Five inserts, of which number `bad` is of a key that is taken. */
static bool batch_fails_at(cpl_kit *k, int32_t table, const cpl_kit_rows *there, int32_t bad) {
    complaint_change batch[5];
    cpl_kit_rows rows = cpl_kit_make_rows(k, table, KIT_OFFICE, 10);
    for (int32_t i = 0; i < 5; i++) batch[i] = cpl_kit_insert(i == bad ? &there->items[0] : &rows.items[5 + i]);
    return cpl_kit_store_fails(k, KIT_OFFICE, batch, 5, COMPLAINT_E_EXISTS, bad) && cpl_kit_holds_exactly(k, KIT_OFFICE, table, there);
}

static bool failed_at_names_the_change(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        if (!stored(k, t, 2, &rows)) return false;
        for (int32_t bad = 0; bad < 5; bad++)
            if (!batch_fails_at(k, t, &rows, bad)) return false;
    }
    return true;
}

/* A change of each kind, then one that fails: none of them is left. */
static bool batch_is_all_or_nothing(cpl_kit *k) {
    cpl_kit_rows rows;
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t number = cpl_kit_find_column(t, cpl_kit_is_number);
        complaint_value amount = cpl_kit_int(5);
        if (number < 0) continue;
        rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 4);
        rows.items[2].values[number] = cpl_kit_int(40); /* leaves room for the sum */
        if (!cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows)) return false;
        cpl_kit_row fresh = cpl_kit_make_row(k, t, KIT_OFFICE, 7), absent = cpl_kit_make_row(k, t, KIT_OFFICE, 9);
        complaint_change batch[] = {cpl_kit_insert(&fresh), cpl_kit_alter(COMPLAINT_UPDATE, &rows.items[0], &number, &amount, 1, COMPLAINT_ANY_VERSION),
                                    cpl_kit_remove(&rows.items[1], COMPLAINT_ANY_VERSION), cpl_kit_alter(COMPLAINT_ADD, &rows.items[2], &number, &amount, 1, COMPLAINT_ANY_VERSION),
                                    cpl_kit_remove(&absent, COMPLAINT_ANY_VERSION)};
        if (!cpl_kit_store_fails(k, KIT_OFFICE, batch, 5, COMPLAINT_E_NOT_FOUND, 4) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, batch, 4)) return false;
        complaint_change back = cpl_kit_remove(&fresh, COMPLAINT_ANY_VERSION);
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, &back, 1) || !cpl_kit_holds_not(k, KIT_OFFICE, &rows.items[1])) return false;
    }
    return true;
}

/* Each change needs the one before it. */
static bool batch_is_applied_in_order(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < table_count(); t++) {
        int32_t number = cpl_kit_find_column(t, cpl_kit_is_number);
        complaint_value hundred = cpl_kit_int(100), one = cpl_kit_int(1);
        if (number < 0) continue;
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 1);
        cpl_kit_row *row = &rows.items[0];
        complaint_change batch[] = {cpl_kit_insert(row),
                                    cpl_kit_remove(row, COMPLAINT_ANY_VERSION),
                                    cpl_kit_insert(row),
                                    cpl_kit_alter(COMPLAINT_ADD, row, &number, &one, 1, COMPLAINT_ANY_VERSION),
                                    cpl_kit_alter(COMPLAINT_UPDATE, row, &number, &hundred, 1, COMPLAINT_ANY_VERSION),
                                    cpl_kit_alter(COMPLAINT_ADD, row, &number, &one, 1, COMPLAINT_ANY_VERSION)};
        if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, batch, 6)) return false;
        row->values[number] = cpl_kit_int(101);
        if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

static bool batch_may_be_long(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    cpl_kit_rows rows = cpl_kit_make_rows(k, table_count() - 1, KIT_OFFICE, 2000);
    return cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) && cpl_kit_holds(k, KIT_OFFICE, &rows.items[1999]);
}

const cpl_kit_check cpl_kit_change_checks[] = {
    {"insert/taken_key_is_refused", 0, taken_key_is_refused},
    {"insert/taken_unique_key_is_refused", 0, taken_unique_key_is_refused},
    {"insert/taken_within_the_batch_is_refused", 0, taken_within_the_batch_is_refused},
    {"update/changes_named_columns_only", 0, update_changes_named_columns_only},
    {"update/takes_columns_in_any_order", 0, update_takes_columns_in_any_order},
    {"update/compares_the_version", 0, update_compares_the_version},
    {"update/of_an_absent_row_is_not_found", 0, update_of_an_absent_row_is_not_found},
    {"update/into_a_taken_unique_key_is_refused", 0, update_into_a_taken_unique_key_is_refused},
    {"remove/takes_the_row_away", 0, remove_takes_the_row_away},
    {"remove/frees_the_keys", 0, removed_keys_are_free_again},
    {"remove/compares_the_version", 0, remove_compares_the_version},
    {"remove/of_an_absent_row_is_not_found", 0, remove_of_an_absent_row_is_not_found},
    {"add/inserts_an_absent_row", 0, add_inserts_an_absent_row},
    {"add/adds", 0, add_adds},
    {"add/takes_several_columns", 0, add_takes_several_columns},
    {"batch/failed_at_names_the_change", 0, failed_at_names_the_change},
    {"batch/is_all_or_nothing", 0, batch_is_all_or_nothing},
    {"batch/is_applied_in_order", 0, batch_is_applied_in_order},
    {"batch/may_be_long", 0, batch_may_be_long},
    {NULL, 0, NULL},
};
