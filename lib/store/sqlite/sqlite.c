/*
 * store/sqlite/sqlite: the handle, transactions, and what SQLite's codes mean.
 *
 * Owns: begin, commit, rollback; the sentence of a failure. Must not know: SQL of rows, the schema.
 */
#include <complaint/schema.h>

#include "sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUSY_TIMEOUT_MS = 10000 };

/* ---- failures ---------------------------------------------------------------------------------------------------------------- */

static complaint_status meaning(int code) {
    switch (code) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_ROWID:
        return COMPLAINT_E_EXISTS;
    case SQLITE_IOERR_NOMEM:
        return COMPLAINT_E_MEMORY;
    case SQLITE_BUSY_SNAPSHOT:
        return COMPLAINT_E_RETRY;
    default:
        break;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_PROTOCOL:
        return COMPLAINT_E_BUSY;
    case SQLITE_LOCKED:
    case SQLITE_SCHEMA:
    case SQLITE_ABORT:
        return COMPLAINT_E_RETRY;
    case SQLITE_FULL:
        return COMPLAINT_E_FULL;
    case SQLITE_READONLY:
        return COMPLAINT_E_READ_ONLY;
    case SQLITE_CORRUPT:
        return COMPLAINT_E_CORRUPT;
    case SQLITE_NOTADB:
        return COMPLAINT_E_FOREIGN;
    case SQLITE_NOMEM:
        return COMPLAINT_E_MEMORY;
    default:
        return COMPLAINT_E_STORE;
    }
}

/* What did not fit is cut at a character: half a one is no UTF-8, and a sentence that is none is dropped as a whole. */
static void cut(char *text, size_t size, int wanted) {
    size_t n = size - 1;
    if (wanted < 0 || (size_t)wanted < size) return;
    while (n && ((unsigned char)text[n - 1] & 0xC0) == 0x80) n--;
    text[n ? n - 1 : 0] = '\0';
}

/* The path goes first: of a long one the end of the advice is lost, not the file. */
static void say(complaint_sqlite *s, int code, const char *thai, complaint_host_error *error) {
    char words[768];
    s->code = code;
    complaint_host_error_set(error, code, s->message, strlen(s->message));
    if (!thai) return;
    cut(words, sizeof words, snprintf(words, sizeof words, "%s: %s", s->path, thai));
    complaint_host_error_explain(error, words, strlen(words));
}

complaint_status cpl_sqlite_fail(complaint_sqlite *s, int code, const char *what, complaint_host_error *error) {
    /* The connection's own words, when they belong to this code. */
    const char *words = s->db && sqlite3_extended_errcode(s->db) == code ? sqlite3_errmsg(s->db) : sqlite3_errstr(code);
    cpl_sqlwhy why = cpl_sqlite_why(s, code);
    cut(s->message, sizeof s->message, snprintf(s->message, sizeof s->message, "cannot %s: %s (SQLite %d) in %s%s%s", what, words, code, s->path, why.english ? ": " : "", why.english ? why.english : ""));
    say(s, code, why.thai, error);
    return meaning(code);
}

complaint_status cpl_sqlite_refuse(complaint_sqlite *s, complaint_status status, const char *thai, const char *why, complaint_host_error *error) {
    cut(s->message, sizeof s->message, snprintf(s->message, sizeof s->message, "%s: %s", why, s->path));
    say(s, 0, thai, error);
    return status;
}

complaint_status cpl_sqlite_refuse_writing(complaint_sqlite *s, complaint_host_error *error) {
    cpl_sqlwhy why = cpl_sqlite_why_not_written(s);
    return cpl_sqlite_refuse(s, COMPLAINT_E_READ_ONLY, why.thai, why.english, error);
}

/* ---- transactions --------------------------------------------------------------------------------------------------------------- */

/* Runs a statement of the connection's own, prepared when it is first needed. */
static int run(complaint_sqlite *s, sqlite3_stmt **statement, const char *sql) {
    int code = *statement ? SQLITE_OK : sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    if (code != SQLITE_OK) return code;
    code = sqlite3_step(*statement);
    int reset = sqlite3_reset(*statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : reset;
}

static void undo(complaint_sqlite *s) {
    if (!cpl_sqlite_is_inherited(s) && !sqlite3_get_autocommit(s->db)) (void)run(s, &s->rollback, "ROLLBACK");
}

static bool keep_office(complaint_sqlite *s, const char *office, size_t size) {
    if (size > s->office_capacity) {
        char *more = s->office ? s->a.resize(s->a.self, s->office, size) : s->a.allocate(s->a.self, size);
        if (!more) return false;
        s->office = more;
        s->office_capacity = size;
    }
    if (size > 0) memcpy(s->office, office, size);
    s->office_size = size;
    return true;
}

/* The version as this transaction finds it: a later library may have taken the file over since it was opened. It is also the first thing read, without
 * which a deferred transaction has no snapshot. */
static int read_version(complaint_sqlite *s) {
    int code = s->pin ? SQLITE_OK : sqlite3_prepare_v3(s->db, "PRAGMA user_version", -1, SQLITE_PREPARE_PERSISTENT, &s->pin, NULL);
    if (code != SQLITE_OK) return code;
    code = sqlite3_step(s->pin);
    if (code == SQLITE_ROW) s->version = sqlite3_column_int64(s->pin, 0);
    int reset = sqlite3_reset(s->pin);
    return code == SQLITE_ROW ? SQLITE_OK : reset;
}

static complaint_status begin_on(complaint_sqlite *s, int32_t mode, complaint_host_error *error) {
    if (s->version == 0) return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, NULL, "the file has no schema yet", error);
    if (mode == COMPLAINT_WRITE && cpl_sqlite_is_read_only(s)) return cpl_sqlite_refuse_writing(s, error);
    if (mode == COMPLAINT_WRITE) cpl_sqlite_prefer_wal(s);
    int code = mode == COMPLAINT_WRITE ? run(s, &s->begin_write, "BEGIN IMMEDIATE") : run(s, &s->begin_read, "BEGIN");
    if (code == SQLITE_OK) code = read_version(s);
    complaint_status status = code == SQLITE_OK ? cpl_sqlite_check_version(s, error) : cpl_sqlite_fail(s, code, "begin", error);
    if (status != COMPLAINT_OK) undo(s);
    return status;
}

static complaint_status COMPLAINT_CALL slot_begin(void *self, int32_t mode, const char *office, size_t office_size, void **transaction, complaint_host_error *error) {
    complaint_sqlite *s = self;
    if (s->mode != 0) return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, NULL, "a transaction is open already", error);
    if (!keep_office(s, office, office_size)) return COMPLAINT_E_MEMORY;
    complaint_status status = cpl_sqlite_connect(s, false, error);
    if (status == COMPLAINT_OK) status = cpl_sqlite_check_place(s, error);
    if (status == COMPLAINT_OK) status = begin_on(s, mode, error);
    if (status != COMPLAINT_OK) return status;
    s->mode = mode;
    s->failed = false;
    *transaction = s;
    return COMPLAINT_OK;
}

/* Locks are taken at begin, so a busy file here is somebody's in the way of writing the commit down: nothing was. An error of the disk
 * while it is written down leaves open what a crash now would make of it. */
static complaint_status commit_meaning(complaint_status status, int code) {
    if (status == COMPLAINT_E_BUSY) return COMPLAINT_E_RETRY;
    return status == COMPLAINT_E_STORE && (code & 0xff) == SQLITE_IOERR ? COMPLAINT_E_UNKNOWN : status;
}

static complaint_status COMPLAINT_CALL slot_commit(void *self, void *transaction, complaint_host_error *error) {
    complaint_sqlite *s = self;
    (void)transaction;
    if (s->failed) return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, NULL, "a change of this transaction failed", error);
    if (cpl_sqlite_is_inherited(s)) return cpl_sqlite_check_place(s, error);
    int code = run(s, &s->commit, "COMMIT");
    if (code != SQLITE_OK) return commit_meaning(cpl_sqlite_fail(s, code, "commit", error), code);
    s->mode = 0;
    return COMPLAINT_OK;
}

static void COMPLAINT_CALL slot_rollback(void *self, void *transaction) {
    complaint_sqlite *s = self;
    (void)transaction;
    undo(s);
    s->mode = 0;
}

/* ---- the handle --------------------------------------------------------------------------------------------------------------------- */

static void *COMPLAINT_CALL default_allocate(void *self, size_t bytes) {
    (void)self;
    return malloc(bytes);
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

static bool flags_fit(int32_t flags) {
    const int32_t known = COMPLAINT_SQLITE_READ_ONLY | COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_SYNC_NORMAL | COMPLAINT_SQLITE_SYNC_OFF;
    const int32_t create_read_only = COMPLAINT_SQLITE_READ_ONLY | COMPLAINT_SQLITE_CREATE, both_syncs = COMPLAINT_SQLITE_SYNC_NORMAL | COMPLAINT_SQLITE_SYNC_OFF;
    return (flags & ~known) == 0 && (flags & create_read_only) != create_read_only && (flags & both_syncs) != both_syncs;
}

static int32_t widest_table(void) {
    int32_t widest = 0;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++)
        if (complaint_schema_column_count(t) > widest) widest = complaint_schema_column_count(t);
    return widest;
}

static complaint_status make_parts(complaint_sqlite *s) {
    s->table_count = complaint_schema_table_count();
    s->statements = s->a.allocate(s->a.self, (size_t)s->table_count * sizeof s->statements[0]);
    s->row = s->a.allocate(s->a.self, (size_t)widest_table() * sizeof s->row[0]);
    if (s->statements) memset(s->statements, 0, (size_t)s->table_count * sizeof s->statements[0]);
    return s->statements && s->row ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

complaint_status complaint_sqlite_open(const char *path, int32_t flags, const complaint_allocator *allocator, complaint_sqlite **store) {
    complaint_allocator a;
    if (!path || !path[0] || !flags_fit(flags) || !store) return COMPLAINT_E_INVALID;
    complaint_status status = choose_allocator(allocator, &a);
    if (status != COMPLAINT_OK) return status;
    size_t path_size = strlen(path) + 1;
    complaint_sqlite *s = a.allocate(a.self, sizeof *s + path_size);
    if (!s) return COMPLAINT_E_MEMORY;
    memset(s, 0, sizeof *s);
    s->a = a;
    s->path = memcpy(s + 1, path, path_size);
    s->flags = flags;
    s->busy_timeout = BUSY_TIMEOUT_MS;
    status = make_parts(s);
    if (status == COMPLAINT_OK)
        *store = s;
    else
        complaint_sqlite_close(s);
    return status;
}

complaint_status complaint_sqlite_set_busy_timeout(complaint_sqlite *store, int32_t milliseconds) {
    if (!store || milliseconds < 0) return COMPLAINT_E_INVALID;
    store->busy_timeout = milliseconds;
    return COMPLAINT_OK;
}

complaint_status complaint_sqlite_table(complaint_sqlite *store, complaint_store *table) {
    if (!store || !table) return COMPLAINT_E_INVALID;
    *table = (complaint_store){sizeof *table,         store, cpl_sqlite_slot_schema, NULL, slot_begin, slot_commit, slot_rollback, cpl_sqlite_slot_write, cpl_sqlite_slot_get,
                               cpl_sqlite_slot_select};
    return COMPLAINT_OK;
}

int32_t complaint_sqlite_code(const complaint_sqlite *store) { return store ? store->code : 0; }

const char *complaint_sqlite_message(const complaint_sqlite *store) { return store ? store->message : ""; }

static void release(const complaint_allocator *a, void *p) {
    if (p) a->release(a->self, p);
}

void complaint_sqlite_close(complaint_sqlite *store) {
    if (!store) return;
    complaint_allocator a = store->a;
    if (store->db) cpl_sqlite_disconnect(store);
    release(&a, store->office);
    release(&a, store->row);
    release(&a, store->statements);
    a.release(a.self, store);
}
