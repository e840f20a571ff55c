/*
 * kit: the checks that prove a store.
 *
 * Owns: rows made up from the published schema, calls of the store's slots with what the contract says about them, a model of what a
 * store should answer. Must not know: anything but the public headers; any table by name.
 *
 * A check is a function that answers false as soon as it has failed (cpl_kit_fail has the words) and leaves transactions and connections as they
 * are: the runner rolls back and closes. Memory of cpl_kit_alloc lives until the check ends; running out of it ends the check.
 */
#ifndef COMPLAINT_KIT_H
#define COMPLAINT_KIT_H

#include <complaint/conformance.h>
#include <complaint/schema.h>

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

enum { KIT_NEEDS_CONNECTIONS = COMPLAINT_CONFORMANCE_ONE_CONNECTION, KIT_NEEDS_THREADS = COMPLAINT_CONFORMANCE_ONE_THREAD, KIT_NEEDS_TO_REMEMBER = COMPLAINT_CONFORMANCE_FORGETS };

/* The offices that the rows are in: one key is the beginning of the next, so that a sloppy end of a range shows. */
#define KIT_BEFORE "ki"
#define KIT_OFFICE "kit"
#define KIT_AFTER "kit0"

typedef struct cpl_kit_block cpl_kit_block;
typedef struct cpl_kit_catch cpl_kit_catch;

typedef struct cpl_kit {
    const complaint_conformance_host *host;
    complaint_store stores[COMPLAINT_CONFORMANCE_CONNECTIONS];
    bool is_open[COMPLAINT_CONFORMANCE_CONNECTIONS];
    void *transactions[COMPLAINT_CONFORMANCE_CONNECTIONS]; /* NULL when none is open */
    int32_t outcome;
    char detail[512];
    cpl_kit_block *blocks;  /* of this check */
    cpl_kit_catch *catches; /* of the whole run: a sink that is called too late still finds its context */
    jmp_buf out_of_memory;
} cpl_kit;

typedef struct cpl_kit_check {
    const char *name;
    int32_t needs; /* skipped when the host has any of these flags */
    bool (*run)(cpl_kit *k);
} cpl_kit_check;

/* The groups, each ended by a NULL name. */
extern const cpl_kit_check cpl_kit_schema_checks[], cpl_kit_row_checks[], cpl_kit_change_checks[], cpl_kit_transaction_checks[], cpl_kit_range_checks[], cpl_kit_thread_checks[];

/* Keeps the first words; answers false. */
bool cpl_kit_fail(cpl_kit *k, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The store cannot be asked this; answers false, and the check counts as skipped. */
bool cpl_kit_skip(cpl_kit *k, const char *why);
void *cpl_kit_alloc(cpl_kit *k, size_t bytes); /* zeroed, never NULL */
const char *cpl_kit_status_name(complaint_status s);

/* ---- rows (rows.c) ---------------------------------------------------------------------------------------------------- */

/* All columns of a row of a table. */
typedef struct cpl_kit_row {
    int32_t table, count;
    complaint_value *values;
} cpl_kit_row;

typedef struct cpl_kit_rows {
    cpl_kit_row *items;
    int32_t count;
} cpl_kit_rows;

complaint_value cpl_kit_int(int64_t integer);
complaint_value cpl_kit_text(const char *text);
complaint_value cpl_kit_bytes(int32_t type, const void *data, size_t size);

/* Row number `n` of a table: other n, other key and other unique keys; columns repeat often enough to make ties in every index. */
cpl_kit_row cpl_kit_make_row(cpl_kit *k, int32_t table, const char *office, int32_t n);
cpl_kit_rows cpl_kit_make_rows(cpl_kit *k, int32_t table, const char *office, int32_t count);
cpl_kit_row cpl_kit_copy_row(cpl_kit *k, const cpl_kit_row *row);
/* Zero, empty, or null where the column may be null. */
complaint_value cpl_kit_empty(int32_t table, int32_t column);

int cpl_kit_compare(const complaint_value *x, const complaint_value *y);
bool cpl_kit_same(const complaint_value *x, const complaint_value *y); /* as stored: null, empty and text of another type differ */
/* The first column in which the rows differ, or -1. */
int32_t cpl_kit_differ(const cpl_kit_row *x, const cpl_kit_row *y);
/* The row's columns of an index, in order; as many as its width. */
complaint_value *cpl_kit_index_values(cpl_kit *k, const cpl_kit_row *row, int32_t index);
/* Which rows a store should give, in which order. */
cpl_kit_rows cpl_kit_expect(cpl_kit *k, const cpl_kit_rows *rows, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit);

/* The first column, not of the key, of the type that `wanted` accepts; -1 when there is none. */
int32_t cpl_kit_find_column(int32_t table, bool (*wanted)(int32_t table, int32_t column));
bool cpl_kit_is_number(int32_t table, int32_t column);   /* int64, in no unique index, not the version */
bool cpl_kit_is_document(int32_t table, int32_t column); /* text or blob in no index: may be long */
bool cpl_kit_is_indexed(int32_t table, int32_t column);
bool cpl_kit_is_plain(int32_t table, int32_t column); /* in no unique index, not the version */

/* ---- calls (call.c) --------------------------------------------------------------------------------------------------------- */

/* What a sink was given. */
struct cpl_kit_catch {
    cpl_kit_catch *next;
    bool armed; /* the slot has not returned yet */
    bool late;  /* was called when it had */
    bool wrong; /* a row of another width, or a value that is none */
    bool no_memory;
    int32_t stop_after; /* refuse after that many rows; 0 never */
    int32_t calls;
    int32_t table;
    cpl_kit_rows rows;
    int32_t capacity;
};

/* Frees the rows that a sink was given; the context itself stays until the run ends. */
void cpl_kit_forget_rows(cpl_kit_catch *c);

bool cpl_kit_open(cpl_kit *k, int32_t connection);
void cpl_kit_close(cpl_kit *k, int32_t connection);
/* Opens connection 0 and writes the schema. */
bool cpl_kit_start(cpl_kit *k);
bool cpl_kit_begin(cpl_kit *k, int32_t connection, int32_t mode, const char *office);
bool cpl_kit_commit(cpl_kit *k, int32_t connection);
void cpl_kit_rollback(cpl_kit *k, int32_t connection);

complaint_change cpl_kit_insert(const cpl_kit_row *row);
complaint_change cpl_kit_remove(const cpl_kit_row *key, int64_t expected);
/* UPDATE or ADD of `count` columns of the row with the key of `key`. */
complaint_change cpl_kit_alter(int32_t kind, const cpl_kit_row *key, const int32_t *columns, const complaint_value *values, int32_t count, int64_t expected);

/* One call of write, by the thread that calls; what was passed is overwritten before it returns. */
complaint_status cpl_kit_raw_write(const complaint_store *store, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at);
bool cpl_kit_write(cpl_kit *k, int32_t connection, const complaint_change *changes, int32_t count);
/* The write must fail with `status` at `failed_at`; the transaction is rolled back. */
bool cpl_kit_write_fails(cpl_kit *k, int32_t connection, const complaint_change *changes, int32_t count, complaint_status status, int32_t failed_at);
bool cpl_kit_insert_rows(cpl_kit *k, int32_t connection, const cpl_kit_rows *rows);
/* A transaction of its own that inserts the rows, which are all of one office. */
bool cpl_kit_store_rows(cpl_kit *k, int32_t connection, const char *office, const cpl_kit_rows *rows);
/* A transaction of its own with these changes. */
bool cpl_kit_store_changes(cpl_kit *k, int32_t connection, const char *office, const complaint_change *changes, int32_t count);
/* The same that must fail as a whole. */
bool cpl_kit_store_fails(cpl_kit *k, const char *office, const complaint_change *changes, int32_t count, complaint_status status, int32_t failed_at);

bool cpl_kit_select(cpl_kit *k, int32_t connection, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, int32_t stop_after,
                    cpl_kit_catch **caught);
/* Within the open transaction: the row is there as it is here, or is not there. */
bool cpl_kit_has(cpl_kit *k, int32_t connection, const cpl_kit_row *row);
bool cpl_kit_has_not(cpl_kit *k, int32_t connection, const cpl_kit_row *row);
/* Within the open transaction: the table's rows of the office, by every index, are these. */
bool cpl_kit_has_exactly(cpl_kit *k, int32_t connection, int32_t table, const cpl_kit_rows *rows);
/* The same in transactions of their own on connection 0. */
bool cpl_kit_holds(cpl_kit *k, const char *office, const cpl_kit_row *row);
bool cpl_kit_holds_not(cpl_kit *k, const char *office, const cpl_kit_row *row);
bool cpl_kit_holds_exactly(cpl_kit *k, const char *office, int32_t table, const cpl_kit_rows *rows);
/* The select gives these rows in this order; `what` begins the words of a failure. */
bool cpl_kit_gives(cpl_kit *k, int32_t connection, const char *what, const cpl_kit_rows *expected, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction,
                   int64_t limit);

#endif
