/*
 * store/sqlite/rows: changes into SQLite, rows out of it.
 *
 * Owns: binding and reading of values, which statement does a change, what its outcome means. Must not know: SQL text, transactions.
 *
 * Values are bound without a copy and the statement is reset before the slot returns, so nothing of the library's is kept.
 */
#include <complaint/schema.h>

#include "sqlite.h"

#include <string.h>

/* ---- values --------------------------------------------------------------------------------------------------------------------- */

static int bind(sqlite3_stmt *q, int position, const complaint_value *v) {
    const void *data = v->size > 0 ? v->data : ""; /* a NULL pointer would bind NULL */
    switch (v->type) {
    case COMPLAINT_INT64:
        return sqlite3_bind_int64(q, position, v->integer);
    case COMPLAINT_TEXT:
        return sqlite3_bind_text64(q, position, data, v->size, SQLITE_STATIC, SQLITE_UTF8);
    case COMPLAINT_BLOB:
        return sqlite3_bind_blob64(q, position, data, v->size, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(q, position);
    }
}

/* Binds `count` values to the parameters from `position` on. */
static int bind_all(sqlite3_stmt *q, int position, const complaint_value *values, int32_t count) {
    int code = SQLITE_OK;
    for (int32_t i = 0; i < count && code == SQLITE_OK; i++) code = bind(q, position + i, &values[i]);
    return code;
}

static complaint_value read_value(sqlite3_stmt *q, int column) {
    complaint_value v = {COMPLAINT_NULL, 0, 0, NULL, 0};
    switch (sqlite3_column_type(q, column)) {
    case SQLITE_INTEGER:
        v.type = COMPLAINT_INT64;
        v.integer = sqlite3_column_int64(q, column);
        return v;
    case SQLITE_TEXT:
        v.type = COMPLAINT_TEXT;
        v.data = sqlite3_column_text(q, column);
        break;
    case SQLITE_BLOB:
        v.type = COMPLAINT_BLOB;
        v.data = sqlite3_column_blob(q, column);
        break;
    default:
        return v; /* a real cannot be in a STRICT table */
    }
    v.size = (size_t)sqlite3_column_bytes(q, column);
    if (!v.data) v.data = "";
    return v;
}

static int32_t give_row(complaint_sqlite *s, sqlite3_stmt *q, int32_t table, complaint_row_fn sink, void *context) {
    int32_t count = complaint_schema_column_count(table);
    for (int32_t c = 0; c < count; c++) s->row[c] = read_value(q, c);
    return sink(context, s->row, count);
}

/* ---- changes ---------------------------------------------------------------------------------------------------------------------- */

static bool change_fits(const complaint_sqlite *s, const complaint_change *change) {
    if (change->table < 0 || change->table >= s->table_count || change->key_count != complaint_schema_key_count(change->table)) return false;
    int32_t columns = complaint_schema_column_count(change->table);
    if (change->kind == COMPLAINT_INSERT) return change->value_count == columns;
    if (change->kind == COMPLAINT_REMOVE) return true;
    if (change->kind != COMPLAINT_UPDATE && change->kind != COMPLAINT_ADD) return false;
    for (int32_t i = 0; i < change->value_count; i++) {
        if (change->columns[i] < change->key_count || change->columns[i] >= columns) return false;
        if (change->kind == COMPLAINT_ADD && change->values[i].type != COMPLAINT_INT64) return false;
    }
    return change->value_count > 0;
}

static cpl_sqlshape shape_of(const complaint_change *change) {
    static const int16_t kinds[] = {[COMPLAINT_INSERT] = CPL_SQL_INSERT, [COMPLAINT_UPDATE] = CPL_SQL_UPDATE, [COMPLAINT_REMOVE] = CPL_SQL_REMOVE, [COMPLAINT_ADD] = CPL_SQL_ADD};
    cpl_sqlshape shape = {.kind = kinds[change->kind]};
    bool compares = change->kind == COMPLAINT_UPDATE || change->kind == COMPLAINT_REMOVE;
    shape.conditional = compares && change->expected != COMPLAINT_ANY_VERSION;
    if (change->kind == COMPLAINT_INSERT || change->kind == COMPLAINT_REMOVE) return shape;
    for (int32_t i = 0; i < change->value_count; i++) shape.columns[change->columns[i] / 64] |= UINT64_C(1) << (change->columns[i] % 64);
    return shape;
}

static int bind_change(sqlite3_stmt *q, const complaint_change *change, bool conditional) {
    if (change->kind == COMPLAINT_INSERT) return bind_all(q, 1, change->values, change->value_count);
    int code = bind_all(q, 1, change->key, change->key_count);
    for (int32_t i = 0; change->kind != COMPLAINT_REMOVE && i < change->value_count && code == SQLITE_OK; i++) code = bind(q, change->columns[i] + 1, &change->values[i]);
    if (conditional && code == SQLITE_OK) code = sqlite3_bind_int64(q, complaint_schema_column_count(change->table) + 1, change->expected);
    return code;
}

static complaint_status slipped(complaint_sqlite *s, int code, const char *what, complaint_host_error *error) {
    complaint_status status = cpl_sqlite_fail(s, code, what, error);
    if (status == COMPLAINT_E_BUSY) return COMPLAINT_E_RETRY; /* inside a transaction nothing is committed yet */
    return status == COMPLAINT_E_FOREIGN ? COMPLAINT_E_CORRUPT : status;
}

/* No row had both this key and this version. */
static complaint_status which_missed(complaint_sqlite *s, const complaint_change *change, bool conditional, complaint_host_error *error) {
    static const cpl_sqlshape shape = {.kind = CPL_SQL_VERSION};
    sqlite3_stmt *q = NULL;
    if (!conditional) return COMPLAINT_E_NOT_FOUND;
    int code = cpl_sqlite_statement(s, change->table, &shape, &q);
    if (code == SQLITE_OK) code = bind_all(q, 1, change->key, change->key_count);
    if (code == SQLITE_OK) code = sqlite3_step(q);
    complaint_status status = code == SQLITE_ROW ? COMPLAINT_E_VERSION : COMPLAINT_E_NOT_FOUND;
    if (code != SQLITE_ROW && code != SQLITE_DONE) status = slipped(s, code, "read", error);
    if (q) (void)sqlite3_reset(q);
    return status;
}

static complaint_status apply(complaint_sqlite *s, const complaint_change *change, complaint_host_error *error) {
    if (!change_fits(s, change)) return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, NULL, "a change does not fit the schema", error);
    cpl_sqlshape shape = shape_of(change);
    sqlite3_stmt *q = NULL;
    if (shape.conditional && complaint_schema_version_column(change->table) < 0) return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, NULL, "the table has no version", error);
    int code = cpl_sqlite_statement(s, change->table, &shape, &q);
    if (code == SQLITE_OK) code = bind_change(q, change, shape.conditional);
    if (code == SQLITE_OK) code = sqlite3_step(q);
    complaint_status status = COMPLAINT_OK;
    if (code != SQLITE_DONE) status = slipped(s, code, "write", error);
    if (q) (void)sqlite3_reset(q);
    bool needs_row = change->kind == COMPLAINT_UPDATE || change->kind == COMPLAINT_REMOVE;
    if (status == COMPLAINT_OK && needs_row && sqlite3_changes(s->db) == 0) return which_missed(s, change, shape.conditional, error);
    return status;
}

complaint_status COMPLAINT_CALL cpl_sqlite_slot_write(void *self, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at,
                                                      complaint_host_error *error) {
    complaint_sqlite *s = self;
    (void)transaction;
    if (s->mode != COMPLAINT_WRITE) return cpl_sqlite_refuse(s, COMPLAINT_E_READ_ONLY, NULL, "the transaction was begun for reading", error);
    if (cpl_sqlite_is_inherited(s)) return cpl_sqlite_check_place(s, error);
    for (int32_t i = 0; i < count; i++) {
        complaint_status status = apply(s, &changes[i], error);
        if (status == COMPLAINT_OK) continue;
        s->failed = true;
        *failed_at = i;
        return status;
    }
    return COMPLAINT_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------------ */

complaint_status COMPLAINT_CALL cpl_sqlite_slot_get(void *self, void *transaction, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink,
                                                    void *sink_context, complaint_host_error *error) {
    static const cpl_sqlshape shape = {.kind = CPL_SQL_GET};
    complaint_sqlite *s = self;
    sqlite3_stmt *q = NULL;
    (void)transaction;
    if (table < 0 || table >= s->table_count || key_count != complaint_schema_key_count(table))
        return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, NULL, "the key does not fit the schema", error);
    int code = cpl_sqlite_statement(s, table, &shape, &q);
    if (code == SQLITE_OK) code = bind_all(q, 1, key, key_count);
    if (code == SQLITE_OK) code = sqlite3_step(q);
    complaint_status status = COMPLAINT_OK;
    if (code == SQLITE_ROW)
        (void)give_row(s, q, table, sink, sink_context);
    else
        status = code == SQLITE_DONE ? COMPLAINT_E_NOT_FOUND : slipped(s, code, "read", error);
    if (q) (void)sqlite3_reset(q);
    return status;
}

/* One end of a range; an open end is the end of the transaction's office. */
typedef struct end {
    const complaint_value *values;
    int32_t count;
    bool exclusive;
} end;

static end end_of(const complaint_value *office, const complaint_value *values, int32_t count, int32_t exclusive) {
    if (count > 0) return (end){values, count, exclusive != 0};
    return (end){office, 1, false};
}

static bool same(const complaint_value *x, const complaint_value *y) {
    if (x->type != y->type) return false;
    return x->type == COMPLAINT_INT64 ? x->integer == y->integer : x->size == y->size && (x->size == 0 || memcmp(x->data, y->data, x->size) == 0);
}

/* How many of the first columns both ends fix to the same value: those are looked up with `=`, only the rest is a range. */
static int32_t equal_columns(const end *lower, const end *upper) {
    int32_t n = 0;
    while (n < lower->count && n < upper->count && same(&lower->values[n], &upper->values[n])) n++;
    return n;
}

static cpl_sqlshape range_shape(int32_t index, int32_t equal, const end *lower, const end *upper, int32_t direction) {
    cpl_sqlshape shape = {.kind = CPL_SQL_SELECT, .index = (int16_t)index, .equal = (int16_t)equal};
    shape.lower = (int16_t)(lower->count - equal);
    shape.upper = (int16_t)(upper->count - equal);
    shape.exclusive = (int16_t)((lower->exclusive ? 1 : 0) | (upper->exclusive ? 2 : 0));
    shape.descending = direction == COMPLAINT_DESCENDING;
    return shape;
}

static int bind_range(sqlite3_stmt *q, const cpl_sqlshape *shape, const end *lower, const end *upper, int64_t limit) {
    int code = bind_all(q, 1, lower->values, shape->equal);
    if (code == SQLITE_OK) code = bind_all(q, 1 + shape->equal, lower->values + shape->equal, shape->lower);
    if (code == SQLITE_OK) code = bind_all(q, 1 + shape->equal + shape->lower, upper->values + shape->equal, shape->upper);
    if (code == SQLITE_OK) code = sqlite3_bind_int64(q, 1 + shape->equal + shape->lower + shape->upper, limit > 0 ? limit : -1);
    return code;
}

static complaint_status give_rows(complaint_sqlite *s, sqlite3_stmt *q, int32_t table, complaint_row_fn sink, void *context, complaint_host_error *error) {
    int code;
    while ((code = sqlite3_step(q)) == SQLITE_ROW)
        if (give_row(s, q, table, sink, context) != 0) return COMPLAINT_OK;
    return code == SQLITE_DONE ? COMPLAINT_OK : slipped(s, code, "read", error);
}

static bool bounds_fit(const complaint_sqlite *s, int32_t table, int32_t index, const complaint_bounds *bounds) {
    if (table < 0 || table >= s->table_count || index < 0 || index >= complaint_schema_index_count(table)) return false;
    int32_t width = complaint_schema_index_width(table, index);
    return bounds->lower_count >= 0 && bounds->lower_count <= width && bounds->upper_count >= 0 && bounds->upper_count <= width;
}

complaint_status COMPLAINT_CALL cpl_sqlite_slot_select(void *self, void *transaction, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction,
                                                       int64_t limit, complaint_row_fn sink, void *sink_context, complaint_host_error *error) {
    complaint_sqlite *s = self;
    sqlite3_stmt *q = NULL;
    (void)transaction;
    if (!bounds_fit(s, table, index, bounds)) return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, NULL, "the bounds do not fit the schema", error);
    complaint_value office = {COMPLAINT_TEXT, 0, 0, s->office, s->office_size};
    end lower = end_of(&office, bounds->lower, bounds->lower_count, bounds->lower_exclusive);
    end upper = end_of(&office, bounds->upper, bounds->upper_count, bounds->upper_exclusive);
    int32_t equal = equal_columns(&lower, &upper);
    /* What all rows of the range have in common cannot be excluded from it. */
    if ((lower.exclusive && equal == lower.count) || (upper.exclusive && equal == upper.count)) return COMPLAINT_OK;
    cpl_sqlshape shape = range_shape(index, equal, &lower, &upper, direction);
    int code = cpl_sqlite_statement(s, table, &shape, &q);
    if (code == SQLITE_OK) code = bind_range(q, &shape, &lower, &upper, limit);
    complaint_status status = code == SQLITE_OK ? give_rows(s, q, table, sink, sink_context, error) : slipped(s, code, "read", error);
    if (q) (void)sqlite3_reset(q);
    return status;
}
