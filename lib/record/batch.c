/*
 * record/batch: changes gathered for one write.
 *
 * Owns: building complaint_change, the limits of values and transactions. Must not know: why something changes.
 */
#include "record/record.h"

#include <complaint/schema.h>

#include <string.h>

void cpl_batch_init(cpl_batch *b, cpl_arena *a) { *b = (cpl_batch){.arena = a}; }

static complaint_change *next_change(cpl_batch *b) {
    if (b->count == b->capacity) {
        int32_t capacity = b->capacity ? 2 * b->capacity : 16;
        complaint_change *items = cpl_arena_alloc(b->arena, (size_t)capacity * sizeof *items);
        if (!items) {
            b->failed = true;
            return NULL;
        }
        if (b->count) memcpy(items, b->items, (size_t)b->count * sizeof *items);
        b->items = items;
        b->capacity = capacity;
    }
    return &b->items[b->count];
}

/* The office followed by values, in the arena. */
static complaint_value *with_office(cpl_batch *b, cpl_str office, const complaint_value *values, int32_t count) {
    complaint_value *all = cpl_arena_alloc(b->arena, (size_t)(count + 1) * sizeof *all);
    if (!all) {
        b->failed = true;
        return NULL;
    }
    all[0] = cpl_txt(office);
    if (count) memcpy(all + 1, values, (size_t)count * sizeof *values);
    return all;
}

static void weigh(cpl_batch *b, const complaint_value *values, int32_t count) {
    for (int32_t i = 0; i < count; i++) b->bytes += values[i].type == COMPLAINT_INT64 ? 8 : (int64_t)values[i].size;
}

void cpl_batch_insert(cpl_batch *b, cpl_str office, int32_t table, const complaint_value *values, int32_t count) {
    complaint_change *c = next_change(b);
    complaint_value *all = with_office(b, office, values, count);
    if (!c || !all) return;
    *c = (complaint_change){.kind = COMPLAINT_INSERT, .table = table, .key = all, .key_count = complaint_schema_key_count(table), .value_count = count + 1, .values = all,
                            .expected = COMPLAINT_ANY_VERSION};
    weigh(b, all, count + 1);
    b->count++;
}

static void change_columns(cpl_batch *b, complaint_change change, cpl_str office, const complaint_value *key, int32_t key_count, const int32_t *columns, const complaint_value *values,
                           int32_t count) {
    complaint_change *c = next_change(b);
    complaint_value *full_key = with_office(b, office, key, key_count);
    int32_t *column_copy = cpl_arena_alloc(b->arena, (size_t)count * sizeof *column_copy);
    complaint_value *value_copy = cpl_arena_alloc(b->arena, (size_t)count * sizeof *value_copy);
    if (!c || !full_key || !column_copy || !value_copy) {
        b->failed = true;
        return;
    }
    memcpy(column_copy, columns, (size_t)count * sizeof *columns);
    memcpy(value_copy, values, (size_t)count * sizeof *values);
    change.key = full_key;
    change.key_count = key_count + 1;
    change.columns = column_copy;
    change.values = value_copy;
    change.value_count = count;
    *c = change;
    weigh(b, full_key, key_count + 1);
    weigh(b, value_copy, count);
    b->count++;
}

void cpl_batch_update(cpl_batch *b, cpl_str office, int32_t table, const complaint_value *key, int32_t key_count, int64_t expected, const int32_t *columns, const complaint_value *values,
                      int32_t count) {
    if (count == 0) return;
    change_columns(b, (complaint_change){.kind = COMPLAINT_UPDATE, .table = table, .expected = expected}, office, key, key_count, columns, values, count);
}

void cpl_batch_remove(cpl_batch *b, cpl_str office, int32_t table, const complaint_value *key, int32_t key_count) {
    complaint_change *c = next_change(b);
    complaint_value *full_key = with_office(b, office, key, key_count);
    if (!c || !full_key) return;
    *c = (complaint_change){.kind = COMPLAINT_REMOVE, .table = table, .key = full_key, .key_count = key_count + 1, .expected = COMPLAINT_ANY_VERSION};
    weigh(b, full_key, key_count + 1);
    b->count++;
}

void cpl_batch_add(cpl_batch *b, cpl_str office, int32_t table, const complaint_value *key, int32_t key_count, int32_t column, int64_t amount) {
    complaint_value v = cpl_int(amount);
    change_columns(b, (complaint_change){.kind = COMPLAINT_ADD, .table = table, .expected = COMPLAINT_ANY_VERSION}, office, key, key_count, &column, &v, 1);
}

/* ---- writing ---- */

static complaint_status too_large(complaint_error *e, const complaint_change *c, int32_t column, size_t size, int64_t limit) {
    const char *table = complaint_schema_table_name(c->table), *name = complaint_schema_column_name(c->table, column);
    return cpl_failf(e, COMPLAINT_E_TOO_LARGE, name, "%s.%s มีขนาด %zu ไบต์ เกินขีดจำกัด %lld ไบต์", "%s.%s has %zu bytes, more than the limit of %lld", table, name, size,
                     (long long)limit);
}

static bool is_indexed(int32_t table, int32_t column) {
    for (int32_t i = 0; i < complaint_schema_index_count(table); i++)
        for (int32_t k = 0; k < complaint_schema_index_width(table, i); k++)
            if (complaint_schema_index_column(table, i, k) == column) return true;
    return false;
}

static complaint_status check_change(const complaint_limits *limits, const complaint_change *c, complaint_error *e) {
    for (int32_t i = 0; i < c->key_count; i++)
        if (c->key[i].size > CPL_KEY_MAX) return too_large(e, c, i, c->key[i].size, CPL_KEY_MAX);
    for (int32_t i = 0; i < c->value_count; i++) {
        int32_t column = c->columns ? c->columns[i] : i;
        size_t size = c->values[i].size;
        if (size > CPL_KEY_MAX && is_indexed(c->table, column)) return too_large(e, c, column, size, CPL_KEY_MAX);
        if ((int64_t)size > limits->max_value) return too_large(e, c, column, size, limits->max_value);
    }
    return COMPLAINT_OK;
}

complaint_status cpl_batch_check(const cpl_batch *b, int32_t from, const complaint_limits *limits, complaint_error *e) {
    complaint_status s = COMPLAINT_OK;
    if (b->failed) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    if (b->bytes > limits->max_transaction)
        return cpl_failf(e, COMPLAINT_E_TOO_LARGE, "transaction", "รายการนี้มีขนาด %lld ไบต์ เกินขีดจำกัด %lld ไบต์", "the transaction has %lld bytes, more than the limit of %lld", (long long)b->bytes,
                         (long long)limits->max_transaction);
    for (int32_t i = from; s == COMPLAINT_OK && i < b->count; i++) s = check_change(limits, &b->items[i], e);
    return s;
}

complaint_status cpl_tx_write(cpl_tx *tx, const cpl_batch *b, int32_t *failed_at) {
    int32_t at = -1;
    complaint_status s = cpl_batch_check(b, 0, &tx->host->limits, tx->error);
    if (s != COMPLAINT_OK) return s;
    s = cpl_host_write(tx->host, tx->handle, b->items, b->count, &at, tx->error);
    if (s != COMPLAINT_OK && failed_at) *failed_at = at;
    return s;
}
