/*
 * kit/call: the slots as the library calls them, and what the contract says of each answer.
 *
 * Owns: sinks, copies of what is passed in, open transactions. Must not know: which check is running.
 */
#include "kit.h"

#include <stdlib.h>
#include <string.h>

/* ---- connections and transactions --------------------------------------------------------------------------------------------- */

static bool is_complete(const complaint_store *s) { return s->size >= sizeof *s && s->schema && s->begin && s->commit && s->rollback && s->write && s->get && s->select; }

bool cpl_kit_open(cpl_kit *k, int32_t connection) {
    memset(&k->stores[connection], 0, sizeof k->stores[connection]);
    complaint_status s = k->host->open(k->host->self, connection, &k->stores[connection]);
    if (s != COMPLAINT_OK) return cpl_kit_fail(k, "opening connection %d answered %s", (int)connection, cpl_kit_status_name(s));
    k->is_open[connection] = true;
    return is_complete(&k->stores[connection]) || cpl_kit_fail(k, "the store's table has a wrong size or lacks a required slot");
}

void cpl_kit_close(cpl_kit *k, int32_t connection) {
    if (!k->is_open[connection]) return;
    cpl_kit_rollback(k, connection);
    k->host->close(k->host->self, connection);
    k->is_open[connection] = false;
}

bool cpl_kit_start(cpl_kit *k) {
    int32_t major = complaint_schema_major(), minor = complaint_schema_minor();
    if (!cpl_kit_open(k, 0)) return false;
    complaint_status s = k->stores[0].schema(k->stores[0].self, COMPLAINT_SCHEMA_WRITE, &major, &minor, NULL);
    return s == COMPLAINT_OK || cpl_kit_fail(k, "schema WRITE of %d.%d answered %s", (int)major, (int)minor, cpl_kit_status_name(s));
}

bool cpl_kit_begin(cpl_kit *k, int32_t connection, int32_t mode, const char *office) {
    const complaint_store *store = &k->stores[connection];
    size_t size = strlen(office);
    char *passed = malloc(size + 1); /* not NUL-terminated, and gone when begin has returned */
    void *transaction = NULL;
    if (!passed) return cpl_kit_fail(k, "out of memory");
    memcpy(passed, office, size);
    complaint_status s = store->begin(store->self, mode, passed, size, &transaction, NULL);
    memset(passed, 0xa5, size);
    free(passed);
    if (s != COMPLAINT_OK) return cpl_kit_fail(k, "begin %s answered %s", mode == COMPLAINT_READ ? "READ" : "WRITE", cpl_kit_status_name(s));
    k->transactions[connection] = transaction;
    return transaction || cpl_kit_fail(k, "begin answered OK and no transaction");
}

bool cpl_kit_commit(cpl_kit *k, int32_t connection) {
    const complaint_store *store = &k->stores[connection];
    complaint_status s = store->commit(store->self, k->transactions[connection], NULL);
    if (s != COMPLAINT_OK) return cpl_kit_fail(k, "commit answered %s", cpl_kit_status_name(s));
    k->transactions[connection] = NULL;
    return true;
}

void cpl_kit_rollback(cpl_kit *k, int32_t connection) {
    const complaint_store *store = &k->stores[connection];
    if (k->transactions[connection]) store->rollback(store->self, k->transactions[connection]);
    k->transactions[connection] = NULL;
}

/* ---- changes -------------------------------------------------------------------------------------------------------------------- */

complaint_change cpl_kit_insert(const cpl_kit_row *row) {
    return (complaint_change){COMPLAINT_INSERT, row->table, row->values, complaint_schema_key_count(row->table), row->count, NULL, row->values, COMPLAINT_ANY_VERSION};
}

complaint_change cpl_kit_remove(const cpl_kit_row *key, int64_t expected) {
    return (complaint_change){COMPLAINT_REMOVE, key->table, key->values, complaint_schema_key_count(key->table), 0, NULL, NULL, expected};
}

complaint_change cpl_kit_alter(int32_t kind, const cpl_kit_row *key, const int32_t *columns, const complaint_value *values, int32_t count, int64_t expected) {
    return (complaint_change){kind, key->table, key->values, complaint_schema_key_count(key->table), count, columns, values, expected};
}

typedef struct parcel {
    char *data;
    size_t size;
} parcel;

/* Room for `size` bytes behind what is there, aligned for any of the structures; only counts while data is NULL. */
static void *reserve(parcel *p, const void *from, size_t size) {
    char *at = p->data ? p->data + p->size : NULL;
    if (at && size > 0) memcpy(at, from, size);
    p->size += (size + 15) / 16 * 16;
    return at;
}

static const complaint_value *pack_values(parcel *p, const complaint_value *values, int32_t count) {
    complaint_value *copies = reserve(p, values, (size_t)count * sizeof *values);
    for (int32_t i = 0; i < count; i++) {
        const void *data = values[i].size > 0 ? reserve(p, values[i].data, values[i].size) : NULL;
        if (copies) copies[i].data = data;
    }
    return copies;
}

static complaint_change *pack(parcel *p, const complaint_change *changes, int32_t count) {
    complaint_change *copies = reserve(p, changes, (size_t)count * sizeof *changes);
    for (int32_t i = 0; i < count; i++) {
        const complaint_value *key = pack_values(p, changes[i].key, changes[i].key_count), *values = pack_values(p, changes[i].values, changes[i].value_count);
        const int32_t *columns = changes[i].columns ? reserve(p, changes[i].columns, (size_t)changes[i].value_count * sizeof columns[0]) : NULL;
        if (!copies) continue;
        copies[i].key = key;
        copies[i].values = changes[i].values ? values : NULL;
        copies[i].columns = columns;
    }
    return copies;
}

complaint_status cpl_kit_raw_write(const complaint_store *store, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at) {
    parcel p = {NULL, 0};
    (void)pack(&p, changes, count);
    size_t size = p.size;
    p = (parcel){malloc(size > 0 ? size : 1), 0};
    if (!p.data) return COMPLAINT_E_MEMORY;
    complaint_status s = store->write(store->self, transaction, pack(&p, changes, count), count, failed_at, NULL);
    memset(p.data, 0xa5, size);
    free(p.data);
    return s;
}

bool cpl_kit_write(cpl_kit *k, int32_t connection, const complaint_change *changes, int32_t count) {
    int32_t failed_at = -1;
    complaint_status s = cpl_kit_raw_write(&k->stores[connection], k->transactions[connection], changes, count, &failed_at);
    if (s == COMPLAINT_OK) return true;
    const char *table = failed_at >= 0 && failed_at < count ? complaint_schema_table_name(changes[failed_at].table) : "?";
    return cpl_kit_fail(k, "write answered %s at change %d (kind %d of %s)", cpl_kit_status_name(s), (int)failed_at,
                        failed_at >= 0 && failed_at < count ? (int)changes[failed_at].kind : 0, table);
}

bool cpl_kit_write_fails(cpl_kit *k, int32_t connection, const complaint_change *changes, int32_t count, complaint_status status, int32_t failed_at) {
    int32_t at = -1;
    complaint_status s = cpl_kit_raw_write(&k->stores[connection], k->transactions[connection], changes, count, &at);
    const char *table = complaint_schema_table_name(changes[failed_at].table);
    if (s != status) return cpl_kit_fail(k, "%s: write answered %s, not %s", table, cpl_kit_status_name(s), cpl_kit_status_name(status));
    if (at != failed_at) return cpl_kit_fail(k, "%s: write failed at change %d and says %d", table, (int)failed_at, (int)at);
    cpl_kit_rollback(k, connection);
    return true;
}

bool cpl_kit_insert_rows(cpl_kit *k, int32_t connection, const cpl_kit_rows *rows) {
    complaint_change *changes = cpl_kit_alloc(k, (size_t)rows->count * sizeof changes[0] + 1);
    for (int32_t n = 0; n < rows->count; n++) changes[n] = cpl_kit_insert(&rows->items[n]);
    return cpl_kit_write(k, connection, changes, rows->count);
}

bool cpl_kit_store_rows(cpl_kit *k, int32_t connection, const char *office, const cpl_kit_rows *rows) {
    return cpl_kit_begin(k, connection, COMPLAINT_WRITE, office) && cpl_kit_insert_rows(k, connection, rows) && cpl_kit_commit(k, connection);
}

bool cpl_kit_store_changes(cpl_kit *k, int32_t connection, const char *office, const complaint_change *changes, int32_t count) {
    return cpl_kit_begin(k, connection, COMPLAINT_WRITE, office) && cpl_kit_write(k, connection, changes, count) && cpl_kit_commit(k, connection);
}

bool cpl_kit_store_fails(cpl_kit *k, const char *office, const complaint_change *changes, int32_t count, complaint_status status, int32_t failed_at) {
    return cpl_kit_begin(k, 0, COMPLAINT_WRITE, office) && cpl_kit_write_fails(k, 0, changes, count, status, failed_at);
}

/* ---- sinks ------------------------------------------------------------------------------------------------------------------------ */

static cpl_kit_catch *new_catch(cpl_kit *k, int32_t table, int32_t stop_after) {
    cpl_kit_catch *c = calloc(1, sizeof *c);
    if (!c) longjmp(k->out_of_memory, 1);
    c->table = table;
    c->stop_after = stop_after;
    c->next = k->catches;
    k->catches = c;
    return c;
}

static bool is_value(const complaint_value *v) {
    if (v->type < COMPLAINT_NULL || v->type > COMPLAINT_BLOB || v->reserved != 0) return false;
    return v->size == 0 || ((v->type == COMPLAINT_TEXT || v->type == COMPLAINT_BLOB) && v->data);
}

/* A copy in one piece: the values may be gone when the sink returns. */
static bool copy_row(cpl_kit_catch *c, const complaint_value *values, int32_t count, cpl_kit_row *row) {
    size_t size = (size_t)count * sizeof *values;
    for (int32_t i = 0; i < count; i++) size += values[i].size;
    complaint_value *copies = malloc(size + 1);
    if (!copies) return false;
    char *at = (char *)(copies + count);
    for (int32_t i = 0; i < count; i++) {
        copies[i] = values[i];
        copies[i].data = at;
        if (values[i].size > 0) memcpy(at, values[i].data, values[i].size);
        at += values[i].size;
    }
    *row = (cpl_kit_row){c->table, count, copies};
    return true;
}

static bool make_room(cpl_kit_catch *c) {
    if (c->rows.count < c->capacity) return true;
    int32_t capacity = c->capacity > 0 ? 2 * c->capacity : 4;
    cpl_kit_row *items = realloc(c->rows.items, (size_t)capacity * sizeof items[0]);
    if (!items) return false;
    c->rows.items = items;
    c->capacity = capacity;
    return true;
}

static int32_t COMPLAINT_CALL catch_row(void *context, const complaint_value *values, int32_t count) {
    cpl_kit_catch *c = context;
    if (!c->armed) {
        c->late = true;
        return 1;
    }
    c->calls++;
    if (count != complaint_schema_column_count(c->table)) c->wrong = true;
    for (int32_t i = 0; i < count && !c->wrong; i++)
        if (!is_value(&values[i])) c->wrong = true;
    if (c->wrong) return 1;
    if (!make_room(c) || !copy_row(c, values, count, &c->rows.items[c->rows.count])) {
        c->no_memory = true;
        return 1;
    }
    c->rows.count++;
    return c->stop_after > 0 && c->calls >= c->stop_after;
}

static bool is_sound(cpl_kit *k, cpl_kit_catch *c) {
    c->armed = false;
    if (c->no_memory) return cpl_kit_fail(k, "out of memory");
    return !c->wrong || cpl_kit_fail(k, "%s: the sink was given a row of another width, or a value that is none", complaint_schema_table_name(c->table));
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------------ */

static complaint_status get(cpl_kit *k, int32_t connection, const cpl_kit_row *key, cpl_kit_catch *c) {
    const complaint_store *store = &k->stores[connection];
    c->armed = true;
    return store->get(store->self, k->transactions[connection], key->table, key->values, complaint_schema_key_count(key->table), catch_row, c, NULL);
}

bool cpl_kit_select(cpl_kit *k, int32_t connection, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, int32_t stop_after,
                    cpl_kit_catch **caught) {
    const complaint_store *store = &k->stores[connection];
    cpl_kit_catch *c = new_catch(k, table, stop_after);
    c->armed = true;
    complaint_status s = store->select(store->self, k->transactions[connection], table, index, bounds, direction, limit, catch_row, c, NULL);
    if (!is_sound(k, c)) return false;
    *caught = c;
    return s == COMPLAINT_OK ||
           cpl_kit_fail(k, "%s: select by %s answered %s", complaint_schema_table_name(table), complaint_schema_index_name(table, index), cpl_kit_status_name(s));
}

bool cpl_kit_has(cpl_kit *k, int32_t connection, const cpl_kit_row *row) {
    const char *table = complaint_schema_table_name(row->table);
    cpl_kit_catch *c = new_catch(k, row->table, 0);
    complaint_status s = get(k, connection, row, c);
    if (!is_sound(k, c)) return false;
    if (s != COMPLAINT_OK) return cpl_kit_fail(k, "%s: get of a row that is there answered %s", table, cpl_kit_status_name(s));
    if (c->calls != 1) return cpl_kit_fail(k, "%s: get called the sink %d times", table, (int)c->calls);
    int32_t column = cpl_kit_differ(row, &c->rows.items[0]);
    cpl_kit_forget_rows(c);
    return column < 0 || cpl_kit_fail(k, "%s: get gave another %s than was written", table, complaint_schema_column_name(row->table, column));
}

bool cpl_kit_has_not(cpl_kit *k, int32_t connection, const cpl_kit_row *row) {
    const char *table = complaint_schema_table_name(row->table);
    cpl_kit_catch *c = new_catch(k, row->table, 0);
    complaint_status s = get(k, connection, row, c);
    if (!is_sound(k, c)) return false;
    if (s != COMPLAINT_E_NOT_FOUND) return cpl_kit_fail(k, "%s: get of a row that is not there answered %s, not E_NOT_FOUND", table, cpl_kit_status_name(s));
    return c->calls == 0 || cpl_kit_fail(k, "%s: get answered E_NOT_FOUND and called the sink", table);
}

static bool is_same_list(cpl_kit *k, const char *what, int32_t table, int32_t index, const cpl_kit_rows *expected, const cpl_kit_rows *given) {
    const char *name = complaint_schema_index_name(table, index);
    if (given->count != expected->count)
        return cpl_kit_fail(k, "%s: select by %s, %s: %d rows instead of %d", complaint_schema_table_name(table), name, what, (int)given->count, (int)expected->count);
    for (int32_t n = 0; n < given->count; n++) {
        int32_t column = cpl_kit_differ(&expected->items[n], &given->items[n]);
        if (column >= 0)
            return cpl_kit_fail(k, "%s: select by %s, %s: row %d of %d has another %s (wrong order or wrong row)", complaint_schema_table_name(table), name, what, (int)n + 1,
                                (int)given->count, complaint_schema_column_name(table, column));
    }
    return true;
}

bool cpl_kit_gives(cpl_kit *k, int32_t connection, const char *what, const cpl_kit_rows *expected, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction,
                   int64_t limit) {
    cpl_kit_catch *c = NULL;
    bool same = cpl_kit_select(k, connection, table, index, bounds, direction, limit, 0, &c) && is_same_list(k, what, table, index, expected, &c->rows);
    if (c) cpl_kit_forget_rows(c);
    return same;
}

bool cpl_kit_has_exactly(cpl_kit *k, int32_t connection, int32_t table, const cpl_kit_rows *rows) {
    static const complaint_bounds all = {NULL, 0, 0, NULL, 0, 0};
    for (int32_t i = 0; i < complaint_schema_index_count(table); i++) {
        cpl_kit_rows expected = cpl_kit_expect(k, rows, i, &all, COMPLAINT_ASCENDING, 0);
        if (!cpl_kit_gives(k, connection, "all rows", &expected, table, i, &all, COMPLAINT_ASCENDING, 0)) return false;
    }
    return true;
}

bool cpl_kit_holds(cpl_kit *k, const char *office, const cpl_kit_row *row) { return cpl_kit_begin(k, 0, COMPLAINT_READ, office) && cpl_kit_has(k, 0, row) && cpl_kit_commit(k, 0); }

bool cpl_kit_holds_not(cpl_kit *k, const char *office, const cpl_kit_row *row) {
    return cpl_kit_begin(k, 0, COMPLAINT_READ, office) && cpl_kit_has_not(k, 0, row) && cpl_kit_commit(k, 0);
}

bool cpl_kit_holds_exactly(cpl_kit *k, const char *office, int32_t table, const cpl_kit_rows *rows) {
    return cpl_kit_begin(k, 0, COMPLAINT_READ, office) && cpl_kit_has_exactly(k, 0, table, rows) && cpl_kit_commit(k, 0);
}
