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

bool kit_open(kit *k, int32_t connection) {
    memset(&k->stores[connection], 0, sizeof k->stores[connection]);
    complaint_status s = k->host->open(k->host->self, connection, &k->stores[connection]);
    if (s != COMPLAINT_OK) return kit_fail(k, "opening connection %d answered %s", (int)connection, kit_status_name(s));
    k->is_open[connection] = true;
    return is_complete(&k->stores[connection]) || kit_fail(k, "the store's table has a wrong size or lacks a required slot");
}

void kit_close(kit *k, int32_t connection) {
    if (!k->is_open[connection]) return;
    kit_rollback(k, connection);
    k->host->close(k->host->self, connection);
    k->is_open[connection] = false;
}

bool kit_start(kit *k) {
    int32_t major = complaint_schema_major(), minor = complaint_schema_minor();
    if (!kit_open(k, 0)) return false;
    complaint_status s = k->stores[0].schema(k->stores[0].self, COMPLAINT_SCHEMA_WRITE, &major, &minor, NULL);
    return s == COMPLAINT_OK || kit_fail(k, "schema WRITE of %d.%d answered %s", (int)major, (int)minor, kit_status_name(s));
}

bool kit_begin(kit *k, int32_t connection, int32_t mode, const char *office) {
    const complaint_store *store = &k->stores[connection];
    size_t size = strlen(office);
    char *passed = malloc(size + 1); /* not NUL-terminated, and gone when begin has returned */
    void *transaction = NULL;
    if (!passed) return kit_fail(k, "out of memory");
    memcpy(passed, office, size);
    complaint_status s = store->begin(store->self, mode, passed, size, &transaction, NULL);
    memset(passed, 0xa5, size);
    free(passed);
    if (s != COMPLAINT_OK) return kit_fail(k, "begin %s answered %s", mode == COMPLAINT_READ ? "READ" : "WRITE", kit_status_name(s));
    k->transactions[connection] = transaction;
    return transaction || kit_fail(k, "begin answered OK and no transaction");
}

bool kit_commit(kit *k, int32_t connection) {
    const complaint_store *store = &k->stores[connection];
    complaint_status s = store->commit(store->self, k->transactions[connection], NULL);
    if (s != COMPLAINT_OK) return kit_fail(k, "commit answered %s", kit_status_name(s));
    k->transactions[connection] = NULL;
    return true;
}

void kit_rollback(kit *k, int32_t connection) {
    const complaint_store *store = &k->stores[connection];
    if (k->transactions[connection]) store->rollback(store->self, k->transactions[connection]);
    k->transactions[connection] = NULL;
}

/* ---- changes -------------------------------------------------------------------------------------------------------------------- */

complaint_change kit_insert(const kit_row *row) {
    return (complaint_change){COMPLAINT_INSERT, row->table, row->values, complaint_schema_key_count(row->table), row->count, NULL, row->values, COMPLAINT_ANY_VERSION};
}

complaint_change kit_remove(const kit_row *key, int64_t expected) {
    return (complaint_change){COMPLAINT_REMOVE, key->table, key->values, complaint_schema_key_count(key->table), 0, NULL, NULL, expected};
}

complaint_change kit_alter(int32_t kind, const kit_row *key, const int32_t *columns, const complaint_value *values, int32_t count, int64_t expected) {
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

complaint_status kit_raw_write(const complaint_store *store, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at) {
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

bool kit_write(kit *k, int32_t connection, const complaint_change *changes, int32_t count) {
    int32_t failed_at = -1;
    complaint_status s = kit_raw_write(&k->stores[connection], k->transactions[connection], changes, count, &failed_at);
    if (s == COMPLAINT_OK) return true;
    const char *table = failed_at >= 0 && failed_at < count ? complaint_schema_table_name(changes[failed_at].table) : "?";
    return kit_fail(k, "write answered %s at change %d (kind %d of %s)", kit_status_name(s), (int)failed_at, failed_at >= 0 && failed_at < count ? (int)changes[failed_at].kind : 0,
                    table);
}

bool kit_write_fails(kit *k, int32_t connection, const complaint_change *changes, int32_t count, complaint_status status, int32_t failed_at) {
    int32_t at = -1;
    complaint_status s = kit_raw_write(&k->stores[connection], k->transactions[connection], changes, count, &at);
    const char *table = complaint_schema_table_name(changes[failed_at].table);
    if (s != status) return kit_fail(k, "%s: write answered %s, not %s", table, kit_status_name(s), kit_status_name(status));
    if (at != failed_at) return kit_fail(k, "%s: write failed at change %d and says %d", table, (int)failed_at, (int)at);
    kit_rollback(k, connection);
    return true;
}

bool kit_insert_rows(kit *k, int32_t connection, const kit_rows *rows) {
    complaint_change *changes = kit_alloc(k, (size_t)rows->count * sizeof changes[0] + 1);
    for (int32_t n = 0; n < rows->count; n++) changes[n] = kit_insert(&rows->items[n]);
    return kit_write(k, connection, changes, rows->count);
}

bool kit_store_rows(kit *k, int32_t connection, const char *office, const kit_rows *rows) {
    return kit_begin(k, connection, COMPLAINT_WRITE, office) && kit_insert_rows(k, connection, rows) && kit_commit(k, connection);
}

bool kit_store_changes(kit *k, int32_t connection, const char *office, const complaint_change *changes, int32_t count) {
    return kit_begin(k, connection, COMPLAINT_WRITE, office) && kit_write(k, connection, changes, count) && kit_commit(k, connection);
}

bool kit_store_fails(kit *k, const char *office, const complaint_change *changes, int32_t count, complaint_status status, int32_t failed_at) {
    return kit_begin(k, 0, COMPLAINT_WRITE, office) && kit_write_fails(k, 0, changes, count, status, failed_at);
}

/* ---- sinks ------------------------------------------------------------------------------------------------------------------------ */

static kit_catch *new_catch(kit *k, int32_t table, int32_t stop_after) {
    kit_catch *c = calloc(1, sizeof *c);
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
static bool copy_row(kit_catch *c, const complaint_value *values, int32_t count, kit_row *row) {
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
    *row = (kit_row){c->table, count, copies};
    return true;
}

static bool make_room(kit_catch *c) {
    if (c->rows.count < c->capacity) return true;
    int32_t capacity = c->capacity > 0 ? 2 * c->capacity : 4;
    kit_row *items = realloc(c->rows.items, (size_t)capacity * sizeof items[0]);
    if (!items) return false;
    c->rows.items = items;
    c->capacity = capacity;
    return true;
}

static int32_t COMPLAINT_CALL catch_row(void *context, const complaint_value *values, int32_t count) {
    kit_catch *c = context;
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

static bool is_sound(kit *k, kit_catch *c) {
    c->armed = false;
    if (c->no_memory) return kit_fail(k, "out of memory");
    return !c->wrong || kit_fail(k, "%s: the sink was given a row of another width, or a value that is none", complaint_schema_table_name(c->table));
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------------ */

static complaint_status get(kit *k, int32_t connection, const kit_row *key, kit_catch *c) {
    const complaint_store *store = &k->stores[connection];
    c->armed = true;
    return store->get(store->self, k->transactions[connection], key->table, key->values, complaint_schema_key_count(key->table), catch_row, c, NULL);
}

bool kit_select(kit *k, int32_t connection, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, int32_t stop_after,
                kit_catch **caught) {
    const complaint_store *store = &k->stores[connection];
    kit_catch *c = new_catch(k, table, stop_after);
    c->armed = true;
    complaint_status s = store->select(store->self, k->transactions[connection], table, index, bounds, direction, limit, catch_row, c, NULL);
    if (!is_sound(k, c)) return false;
    *caught = c;
    return s == COMPLAINT_OK || kit_fail(k, "%s: select by %s answered %s", complaint_schema_table_name(table), complaint_schema_index_name(table, index), kit_status_name(s));
}

bool kit_has(kit *k, int32_t connection, const kit_row *row) {
    const char *table = complaint_schema_table_name(row->table);
    kit_catch *c = new_catch(k, row->table, 0);
    complaint_status s = get(k, connection, row, c);
    if (!is_sound(k, c)) return false;
    if (s != COMPLAINT_OK) return kit_fail(k, "%s: get of a row that is there answered %s", table, kit_status_name(s));
    if (c->calls != 1) return kit_fail(k, "%s: get called the sink %d times", table, (int)c->calls);
    int32_t column = kit_differ(row, &c->rows.items[0]);
    kit_forget_rows(c);
    return column < 0 || kit_fail(k, "%s: get gave another %s than was written", table, complaint_schema_column_name(row->table, column));
}

bool kit_has_not(kit *k, int32_t connection, const kit_row *row) {
    const char *table = complaint_schema_table_name(row->table);
    kit_catch *c = new_catch(k, row->table, 0);
    complaint_status s = get(k, connection, row, c);
    if (!is_sound(k, c)) return false;
    if (s != COMPLAINT_E_NOT_FOUND) return kit_fail(k, "%s: get of a row that is not there answered %s, not E_NOT_FOUND", table, kit_status_name(s));
    return c->calls == 0 || kit_fail(k, "%s: get answered E_NOT_FOUND and called the sink", table);
}

static bool is_same_list(kit *k, const char *what, int32_t table, int32_t index, const kit_rows *expected, const kit_rows *given) {
    const char *name = complaint_schema_index_name(table, index);
    if (given->count != expected->count)
        return kit_fail(k, "%s: select by %s, %s: %d rows instead of %d", complaint_schema_table_name(table), name, what, (int)given->count, (int)expected->count);
    for (int32_t n = 0; n < given->count; n++) {
        int32_t column = kit_differ(&expected->items[n], &given->items[n]);
        if (column >= 0)
            return kit_fail(k, "%s: select by %s, %s: row %d of %d has another %s (wrong order or wrong row)", complaint_schema_table_name(table), name, what, (int)n + 1,
                            (int)given->count, complaint_schema_column_name(table, column));
    }
    return true;
}

bool kit_gives(kit *k, int32_t connection, const char *what, const kit_rows *expected, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction,
               int64_t limit) {
    kit_catch *c = NULL;
    bool same = kit_select(k, connection, table, index, bounds, direction, limit, 0, &c) && is_same_list(k, what, table, index, expected, &c->rows);
    if (c) kit_forget_rows(c);
    return same;
}

bool kit_has_exactly(kit *k, int32_t connection, int32_t table, const kit_rows *rows) {
    static const complaint_bounds all = {NULL, 0, 0, NULL, 0, 0};
    for (int32_t i = 0; i < complaint_schema_index_count(table); i++) {
        kit_rows expected = kit_expect(k, rows, i, &all, COMPLAINT_ASCENDING, 0);
        if (!kit_gives(k, connection, "all rows", &expected, table, i, &all, COMPLAINT_ASCENDING, 0)) return false;
    }
    return true;
}

bool kit_holds(kit *k, const char *office, const kit_row *row) { return kit_begin(k, 0, COMPLAINT_READ, office) && kit_has(k, 0, row) && kit_commit(k, 0); }

bool kit_holds_not(kit *k, const char *office, const kit_row *row) { return kit_begin(k, 0, COMPLAINT_READ, office) && kit_has_not(k, 0, row) && kit_commit(k, 0); }

bool kit_holds_exactly(kit *k, const char *office, int32_t table, const kit_rows *rows) {
    return kit_begin(k, 0, COMPLAINT_READ, office) && kit_has_exactly(k, 0, table, rows) && kit_commit(k, 0);
}
