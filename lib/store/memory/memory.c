/*
 * store/memory/memory: the store's eight slots over trees in memory.
 *
 * Owns: the committed version, the writer's turn, what a change means. Must not know: how a tree keeps its balance.
 *
 * A version is one root for each index of each table. Committing puts a version in the place of the one before; a reader keeps
 * the one it began with. Nothing can fail after the writer's last change: commit only exchanges a pointer.
 */
#include <complaint/schema.h>
#include <complaint/store/memory.h>

#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

/* The sanitizer for threads does not know C11's locks and has to be told. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TELL_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define TELL_SANITIZER
#endif
#ifdef TELL_SANITIZER
void __tsan_acquire(void *address);
void __tsan_release(void *address);
#define TOOK(lock) __tsan_acquire(lock)
#define GIVES(lock) __tsan_release(lock)
#else
#define TOOK(lock) ((void)(lock))
#define GIVES(lock) ((void)(lock))
#endif

enum { BUSY_TIMEOUT_MS = 10000 };

typedef struct version {
    atomic_int refs;
    cpl_memnode *roots[];
} version;

/* What the schema says of one table; its indexes are shapes[first] .. shapes[first + index_count - 1]. */
typedef struct table_shape {
    int32_t first, index_count, column_count, key_count, version_column;
} table_shape;

struct complaint_memory {
    complaint_allocator a;
    int32_t table_count, root_count, widest;
    table_shape *tables;
    cpl_memindex *indexes;
    int32_t *columns; /* of all indexes, one behind the other */
    mtx_t lock;       /* current, writing, major, minor */
    cnd_t turn;
    bool lock_made, turn_made;
    version *current;
    bool writing;
    int32_t major, minor;
    int32_t busy_timeout;
};

typedef struct transaction {
    int32_t mode;
    version *v; /* READ: shared; WRITE: this transaction's alone */
    complaint_value office;
    complaint_value *scratch; /* as many as the widest table has columns; they and the office lie behind */
} transaction;

/* ---- words ------------------------------------------------------------------------------------------------------------ */

static complaint_status fail(complaint_host_error *error, complaint_status status, const char *text) {
    complaint_host_error_set(error, status, text, strlen(text));
    return status;
}

static complaint_status fail_at(complaint_host_error *error, complaint_status status, int32_t table, const char *text) {
    char line[160];
    const char *name = complaint_schema_table_name(table);
    (void)snprintf(line, sizeof line, "%s: %s", name ? name : "?", text);
    return fail(error, status, line);
}

/* ---- the lock ----------------------------------------------------------------------------------------------------------- */

static void lock(complaint_memory *m) {
    (void)mtx_lock(&m->lock);
    TOOK(&m->lock);
}

static void unlock(complaint_memory *m) {
    GIVES(&m->lock);
    (void)mtx_unlock(&m->lock);
}

/* False when `until` has come. */
static bool wait_for_turn(complaint_memory *m, const struct timespec *until) {
    GIVES(&m->lock);
    bool called = cnd_timedwait(&m->turn, &m->lock, until) == thrd_success;
    TOOK(&m->lock);
    return called;
}

/* ---- versions ----------------------------------------------------------------------------------------------------------- */

static version *new_version(complaint_memory *m, const version *from) {
    version *v = m->a.allocate(m->a.self, sizeof *v + (size_t)m->root_count * sizeof v->roots[0]);
    if (!v) return NULL;
    atomic_init(&v->refs, 1);
    for (int32_t r = 0; r < m->root_count; r++) v->roots[r] = from ? cpl_memtree_keep(from->roots[r]) : NULL;
    return v;
}

static void drop_version(complaint_memory *m, version *v) {
    if (!v || atomic_fetch_sub(&v->refs, 1) != 1) return;
    for (int32_t r = 0; r < m->root_count; r++) cpl_memtree_drop(&m->a, v->roots[r]);
    m->a.release(m->a.self, v);
}

/* The committed version, with a reference for the caller. */
static version *current_version(complaint_memory *m) {
    lock(m);
    version *v = m->current;
    atomic_fetch_add(&v->refs, 1);
    unlock(m);
    return v;
}

/* ---- turns of writers ------------------------------------------------------------------------------------------------------ */

static struct timespec deadline_in(int32_t milliseconds) {
    struct timespec t;
    (void)timespec_get(&t, TIME_UTC);
    t.tv_sec += milliseconds / 1000;
    t.tv_nsec += milliseconds % 1000 * 1000000L;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

static bool take_turn(complaint_memory *m) {
    struct timespec until = deadline_in(m->busy_timeout);
    lock(m);
    while (m->writing && wait_for_turn(m, &until)) {}
    bool mine = !m->writing;
    if (mine) m->writing = true;
    unlock(m);
    return mine;
}

/* Gives the turn on; `next`, when not NULL, becomes the committed version. Answers the version that is not needed any more. */
static version *end_turn(complaint_memory *m, version *next) {
    version *before = NULL;
    lock(m);
    if (next) {
        before = m->current;
        m->current = next;
    }
    m->writing = false;
    (void)cnd_signal(&m->turn);
    unlock(m);
    return before;
}

/* ---- slots: schema, begin, commit, rollback ------------------------------------------------------------------------------------ */

static complaint_status COMPLAINT_CALL slot_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error) {
    complaint_memory *m = self;
    complaint_status s = COMPLAINT_OK;
    lock(m);
    if (operation == COMPLAINT_SCHEMA_READ) {
        *major = m->major;
        *minor = m->minor;
    } else if (*major != complaint_schema_major() || *minor < 0 || *minor > complaint_schema_minor()) {
        s = fail(error, COMPLAINT_E_SCHEMA, "the memory store knows the schema of the library it came with only");
    } else {
        m->major = *major;
        if (*minor > m->minor) m->minor = *minor;
    }
    unlock(m);
    return s;
}

static void free_transaction(complaint_memory *m, transaction *t) {
    drop_version(m, t->v);
    m->a.release(m->a.self, t);
}

static transaction *new_transaction(complaint_memory *m, int32_t mode, const char *office, size_t office_size) {
    size_t scratch = (size_t)m->widest * sizeof(complaint_value);
    size_t head = (sizeof(transaction) + sizeof(complaint_value) - 1) / sizeof(complaint_value) * sizeof(complaint_value);
    transaction *t = m->a.allocate(m->a.self, head + scratch + office_size + 1);
    if (!t) return NULL;
    char *bytes = (char *)t + head + scratch;
    if (office_size > 0) memcpy(bytes, office, office_size);
    *t = (transaction){.mode = mode, .office = {COMPLAINT_TEXT, 0, 0, bytes, office_size}, .scratch = (complaint_value *)(void *)((char *)t + head)};
    return t;
}

static complaint_status COMPLAINT_CALL slot_begin(void *self, int32_t mode, const char *office, size_t office_size, void **out, complaint_host_error *error) {
    complaint_memory *m = self;
    transaction *t = new_transaction(m, mode, office, office_size);
    if (!t) return COMPLAINT_E_MEMORY;
    if (mode == COMPLAINT_WRITE && !take_turn(m)) {
        free_transaction(m, t);
        return fail(error, COMPLAINT_E_BUSY, "another transaction is writing to the memory store");
    }
    t->v = current_version(m);
    if (mode == COMPLAINT_WRITE) {
        version *mine = new_version(m, t->v);
        if (!mine) {
            (void)end_turn(m, NULL);
            free_transaction(m, t);
            return COMPLAINT_E_MEMORY;
        }
        drop_version(m, t->v);
        t->v = mine;
    }
    *out = t;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL slot_commit(void *self, void *transaction_, complaint_host_error *error) {
    complaint_memory *m = self;
    transaction *t = transaction_;
    (void)error;
    if (t->mode == COMPLAINT_WRITE) t->v = end_turn(m, t->v);
    free_transaction(m, t);
    return COMPLAINT_OK;
}

static void COMPLAINT_CALL slot_rollback(void *self, void *transaction_) {
    complaint_memory *m = self;
    transaction *t = transaction_;
    if (t->mode == COMPLAINT_WRITE) (void)end_turn(m, NULL);
    free_transaction(m, t);
}

/* ---- changes -------------------------------------------------------------------------------------------------------------------- */

static const cpl_memindex *index_of(const complaint_memory *m, int32_t table, int32_t i) { return &m->indexes[m->tables[table].first + i]; }

static cpl_memnode **root_of(const complaint_memory *m, version *v, int32_t table, int32_t i) { return &v->roots[m->tables[table].first + i]; }

static bool fits(int32_t table, int32_t column, const complaint_value *value) {
    if (value->type == COMPLAINT_NULL) return complaint_schema_column_nullable(table, column) != 0;
    return value->type == complaint_schema_column_type(table, column);
}

static bool key_fits(const complaint_memory *m, int32_t table, const complaint_value *key, int32_t count) {
    if (table < 0 || table >= m->table_count || count != m->tables[table].key_count) return false;
    for (int32_t c = 0; c < count; c++)
        if (!fits(table, c, &key[c])) return false;
    return true;
}

static bool values_fit(const complaint_memory *m, const complaint_change *change) {
    const table_shape *shape = &m->tables[change->table];
    for (int32_t i = 0; i < change->value_count; i++) {
        int32_t column = change->columns ? change->columns[i] : i;
        if (column < 0 || column >= shape->column_count || !fits(change->table, column, &change->values[i])) return false;
        if (change->columns && column < shape->key_count) return false;
        if (change->kind == COMPLAINT_ADD && change->values[i].type != COMPLAINT_INT64) return false;
    }
    return change->kind != COMPLAINT_INSERT || change->value_count == shape->column_count;
}

/* All trees of the table, one after the other; a failure half-way is undone by the roots that slot_write kept. */
static complaint_status insert_row(complaint_memory *m, version *v, int32_t table, const complaint_value *values) {
    cpl_memrow *row = cpl_memrow_new(&m->a, values, m->tables[table].column_count);
    complaint_status s = row ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
    for (int32_t i = 0; i < m->tables[table].index_count && s == COMPLAINT_OK; i++) s = cpl_memtree_insert(&m->a, root_of(m, v, table, i), index_of(m, table, i), row);
    cpl_memrow_drop(&m->a, row);
    return s;
}

static complaint_status move_row(complaint_memory *m, version *v, int32_t table, int32_t i, const cpl_memrow *before, cpl_memrow *row) {
    const cpl_memindex *index = index_of(m, table, i);
    cpl_memnode **root = root_of(m, v, table, i);
    if (cpl_memrow_same(before, row, index)) return cpl_memtree_replace(&m->a, root, index, row);
    complaint_status s = cpl_memtree_remove(&m->a, root, index, before);
    return s == COMPLAINT_OK ? cpl_memtree_insert(&m->a, root, index, row) : s;
}

static complaint_status replace_row(complaint_memory *m, version *v, int32_t table, cpl_memrow *before, const complaint_value *values) {
    cpl_memrow *row = cpl_memrow_new(&m->a, values, before->count);
    complaint_status s = row ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
    atomic_fetch_add(&before->refs, 1); /* it is looked at until the last tree has let it go */
    for (int32_t i = 0; i < m->tables[table].index_count && s == COMPLAINT_OK; i++) s = move_row(m, v, table, i, before, row);
    cpl_memrow_drop(&m->a, before);
    cpl_memrow_drop(&m->a, row);
    return s;
}

static complaint_status remove_row(complaint_memory *m, version *v, int32_t table, cpl_memrow *row) {
    complaint_status s = COMPLAINT_OK;
    atomic_fetch_add(&row->refs, 1);
    for (int32_t i = 0; i < m->tables[table].index_count && s == COMPLAINT_OK; i++) s = cpl_memtree_remove(&m->a, root_of(m, v, table, i), index_of(m, table, i), row);
    cpl_memrow_drop(&m->a, row);
    return s;
}

static bool is_expected(const complaint_memory *m, const complaint_change *change, const cpl_memrow *row) {
    int32_t column = m->tables[change->table].version_column;
    if (change->expected == COMPLAINT_ANY_VERSION) return true;
    return column >= 0 && row->values[column].integer == change->expected;
}

static complaint_status apply_update(complaint_memory *m, transaction *t, const complaint_change *change, cpl_memrow *row) {
    memcpy(t->scratch, row->values, (size_t)row->count * sizeof row->values[0]);
    for (int32_t i = 0; i < change->value_count; i++) t->scratch[change->columns[i]] = change->values[i];
    return replace_row(m, t->v, change->table, row, t->scratch);
}

/* False when the sum does not fit. */
static bool add_to(complaint_value *cell, int64_t amount) {
    if (amount > 0 ? cell->integer > INT64_MAX - amount : cell->integer < INT64_MIN - amount) return false;
    cell->integer += amount;
    return true;
}

static complaint_status apply_add(complaint_memory *m, transaction *t, const complaint_change *change, cpl_memrow *row) {
    const table_shape *shape = &m->tables[change->table];
    for (int32_t c = 0; c < shape->column_count; c++) {
        int32_t type = complaint_schema_column_nullable(change->table, c) ? COMPLAINT_NULL : complaint_schema_column_type(change->table, c);
        if (row)
            t->scratch[c] = row->values[c];
        else if (c < shape->key_count)
            t->scratch[c] = change->key[c];
        else
            t->scratch[c] = (complaint_value){type, 0, 0, NULL, 0};
    }
    for (int32_t i = 0; i < change->value_count; i++) {
        complaint_value *cell = &t->scratch[change->columns[i]];
        cell->type = COMPLAINT_INT64;
        if (!add_to(cell, change->values[i].integer)) return COMPLAINT_E_STORE;
    }
    return row ? replace_row(m, t->v, change->table, row, t->scratch) : insert_row(m, t->v, change->table, t->scratch);
}

static complaint_status apply(complaint_memory *m, transaction *t, const complaint_change *change) {
    if (!key_fits(m, change->table, change->key, change->key_count) || !values_fit(m, change)) return COMPLAINT_E_STORE;
    cpl_memrow *row = cpl_memtree_find(*root_of(m, t->v, change->table, 0), index_of(m, change->table, 0), change->key);
    if (change->kind == COMPLAINT_INSERT) return row ? COMPLAINT_E_EXISTS : insert_row(m, t->v, change->table, change->values);
    if (change->kind == COMPLAINT_ADD) return apply_add(m, t, change, row);
    if (!row) return COMPLAINT_E_NOT_FOUND;
    if (!is_expected(m, change, row)) return COMPLAINT_E_VERSION;
    if (change->kind == COMPLAINT_UPDATE) return apply_update(m, t, change, row);
    return change->kind == COMPLAINT_REMOVE ? remove_row(m, t->v, change->table, row) : COMPLAINT_E_STORE;
}

static const char *why(complaint_status s) {
    switch (s) {
    case COMPLAINT_E_EXISTS:
        return "a primary or unique key is taken";
    case COMPLAINT_E_NOT_FOUND:
        return "no such row";
    case COMPLAINT_E_VERSION:
        return "the row's version is another";
    case COMPLAINT_E_MEMORY:
        return "out of memory";
    default:
        return "the change does not fit the schema, or a sum does not fit 64 bits";
    }
}

static complaint_status COMPLAINT_CALL slot_write(void *self, void *transaction_, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *error) {
    complaint_memory *m = self;
    transaction *t = transaction_;
    if (t->mode != COMPLAINT_WRITE) return fail(error, COMPLAINT_E_READ_ONLY, "the transaction was begun for reading");
    version *before = new_version(m, t->v);
    complaint_status s = before ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
    int32_t at = 0;
    for (; before && at < count; at++) {
        s = apply(m, t, &changes[at]);
        if (s != COMPLAINT_OK) break;
    }
    if (s == COMPLAINT_OK) {
        drop_version(m, before);
        return COMPLAINT_OK;
    }
    if (before) {
        drop_version(m, t->v);
        t->v = before;
    }
    *failed_at = at;
    return fail_at(error, s, count > 0 ? changes[at].table : -1, why(s));
}

/* ---- reading -------------------------------------------------------------------------------------------------------------------- */

static complaint_status COMPLAINT_CALL slot_get(void *self, void *transaction_, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink,
                                                void *sink_context, complaint_host_error *error) {
    complaint_memory *m = self;
    transaction *t = transaction_;
    if (!key_fits(m, table, key, key_count)) return fail_at(error, COMPLAINT_E_STORE, table, "the key does not fit the schema");
    const cpl_memrow *row = cpl_memtree_find(*root_of(m, t->v, table, 0), index_of(m, table, 0), key);
    if (!row) return COMPLAINT_E_NOT_FOUND;
    (void)sink(sink_context, row->values, row->count);
    return COMPLAINT_OK;
}

static bool bound_fits(int32_t table, const cpl_memindex *index, const complaint_value *values, int32_t count) {
    if (count < 0 || count > index->width) return false;
    for (int32_t i = 0; i < count; i++)
        if (values[i].type != complaint_schema_column_type(table, index->columns[i])) return false;
    return true;
}

/* An open end is the end of the transaction's office. */
static complaint_bounds closed_bounds(const transaction *t, const complaint_bounds *bounds) {
    complaint_bounds b = *bounds;
    if (b.lower_count == 0) {
        b.lower = &t->office;
        b.lower_count = 1;
        b.lower_exclusive = 0;
    }
    if (b.upper_count == 0) {
        b.upper = &t->office;
        b.upper_count = 1;
        b.upper_exclusive = 0;
    }
    return b;
}

static complaint_status COMPLAINT_CALL slot_select(void *self, void *transaction_, int32_t table, int32_t number, const complaint_bounds *bounds, int32_t direction, int64_t limit,
                                                   complaint_row_fn sink, void *sink_context, complaint_host_error *error) {
    complaint_memory *m = self;
    transaction *t = transaction_;
    if (table < 0 || table >= m->table_count || number < 0 || number >= m->tables[table].index_count)
        return fail_at(error, COMPLAINT_E_STORE, table, "there is no such table or index");
    const cpl_memindex *index = index_of(m, table, number);
    if (!bound_fits(table, index, bounds->lower, bounds->lower_count) || !bound_fits(table, index, bounds->upper, bounds->upper_count))
        return fail_at(error, COMPLAINT_E_STORE, table, "the bounds do not fit the index");
    cpl_memwalk walk = {index, closed_bounds(t, bounds), direction == COMPLAINT_DESCENDING, limit > 0 ? limit : -1, sink, sink_context};
    cpl_memtree_walk(*root_of(m, t->v, table, number), &walk);
    return COMPLAINT_OK;
}

/* ---- the handle ------------------------------------------------------------------------------------------------------------------- */

/* Nobody asks for 0 bytes: the published schema has tables, which the analyzer cannot see. */
static void *COMPLAINT_CALL default_allocate(void *self, size_t bytes) {
    (void)self;
    return malloc(bytes); /* NOLINT(clang-analyzer-optin.portability.UnixAPI) */
}

static void *COMPLAINT_CALL default_resize(void *self, void *memory, size_t bytes) {
    (void)self;
    return realloc(memory, bytes);
}

static void COMPLAINT_CALL default_release(void *self, void *memory) {
    (void)self;
    free(memory);
}

static complaint_status choose_allocator(const complaint_allocator *given, complaint_allocator *a) {
    *a = (complaint_allocator){sizeof *a, NULL, default_allocate, default_resize, default_release};
    if (!given) return COMPLAINT_OK;
    if (given->size != sizeof *given) return COMPLAINT_E_TABLE_SIZE;
    if (!given->allocate || !given->resize || !given->release) return COMPLAINT_E_SLOT_MISSING;
    *a = *given;
    return COMPLAINT_OK;
}

static void measure_schema(complaint_memory *m, size_t *column_total) {
    m->table_count = complaint_schema_table_count();
    for (int32_t t = 0; t < m->table_count; t++) {
        m->root_count += complaint_schema_index_count(t);
        if (complaint_schema_column_count(t) > m->widest) m->widest = complaint_schema_column_count(t);
        for (int32_t i = 0; i < complaint_schema_index_count(t); i++) *column_total += (size_t)complaint_schema_index_width(t, i);
    }
}

static void copy_table(complaint_memory *m, int32_t t, int32_t *root, int32_t **column) {
    m->tables[t] = (table_shape){*root, complaint_schema_index_count(t), complaint_schema_column_count(t), complaint_schema_key_count(t), complaint_schema_version_column(t)};
    for (int32_t i = 0; i < m->tables[t].index_count; i++) {
        int32_t width = complaint_schema_index_width(t, i);
        m->indexes[(*root)++] = (cpl_memindex){width, *column};
        for (int32_t p = 0; p < width; p++) *(*column)++ = complaint_schema_index_column(t, i, p);
    }
}

/* The schema is copied once: a comparison must not ask the getters for every value. */
static complaint_status copy_schema(complaint_memory *m) {
    size_t column_total = 0;
    measure_schema(m, &column_total);
    m->tables = m->a.allocate(m->a.self, (size_t)m->table_count * sizeof m->tables[0]);
    m->indexes = m->a.allocate(m->a.self, (size_t)m->root_count * sizeof m->indexes[0]);
    m->columns = m->a.allocate(m->a.self, column_total * sizeof m->columns[0]);
    if (!m->tables || !m->indexes || !m->columns) return COMPLAINT_E_MEMORY;
    int32_t root = 0;
    int32_t *column = m->columns;
    for (int32_t t = 0; t < m->table_count; t++) copy_table(m, t, &root, &column);
    return COMPLAINT_OK;
}

static complaint_status make_parts(complaint_memory *m) {
    complaint_status s = copy_schema(m);
    if (s != COMPLAINT_OK) return s;
    m->lock_made = mtx_init(&m->lock, mtx_plain) == thrd_success;
    m->turn_made = cnd_init(&m->turn) == thrd_success;
    m->current = new_version(m, NULL);
    return m->lock_made && m->turn_made && m->current ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

complaint_status complaint_memory_open(const complaint_allocator *allocator, complaint_memory **store) {
    complaint_allocator a;
    if (!store) return COMPLAINT_E_INVALID;
    complaint_status s = choose_allocator(allocator, &a);
    if (s != COMPLAINT_OK) return s;
    complaint_memory *m = a.allocate(a.self, sizeof *m);
    if (!m) return COMPLAINT_E_MEMORY;
    memset(m, 0, sizeof *m);
    m->a = a;
    m->busy_timeout = BUSY_TIMEOUT_MS;
    s = make_parts(m);
    if (s == COMPLAINT_OK)
        *store = m;
    else
        complaint_memory_close(m);
    return s;
}

complaint_status complaint_memory_set_busy_timeout(complaint_memory *store, int32_t milliseconds) {
    if (!store || milliseconds < 0) return COMPLAINT_E_INVALID;
    store->busy_timeout = milliseconds;
    return COMPLAINT_OK;
}

complaint_status complaint_memory_table(complaint_memory *store, complaint_store *table) {
    if (!store || !table) return COMPLAINT_E_INVALID;
    *table = (complaint_store){sizeof *table, store, slot_schema, NULL, slot_begin, slot_commit, slot_rollback, slot_write, slot_get, slot_select};
    return COMPLAINT_OK;
}

static void release(complaint_memory *m, void *p) {
    if (p) m->a.release(m->a.self, p);
}

void complaint_memory_close(complaint_memory *store) {
    if (!store) return;
    complaint_allocator a = store->a;
    drop_version(store, store->current);
    if (store->turn_made) cnd_destroy(&store->turn);
    if (store->lock_made) mtx_destroy(&store->lock);
    release(store, store->columns);
    release(store, store->indexes);
    release(store, store->tables);
    a.release(a.self, store);
}
