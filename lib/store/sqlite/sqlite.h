/*
 * store/sqlite: rows in an SQLite file.
 *
 * Owns: the connection, what makes a file ours, SQL and its prepared statements, what SQLite's codes mean for the library. Must not
 * know: anything of the library but its public headers; what a table means.
 */
#ifndef CPL_STORE_SQLITE_H
#define CPL_STORE_SQLITE_H

#include <complaint/host/allocator.h>
#include <complaint/host/store.h>
#include <complaint/store/sqlite.h>

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* ---- the connection ------------------------------------------------------------------------------------------------- */

typedef struct cpl_sqlcached cpl_sqlcached;

/* What tells one version of a file from another without opening it. */
typedef struct cpl_sqlfile {
    int64_t size, inode, seconds, nanoseconds;
} cpl_sqlfile;

struct complaint_sqlite {
    complaint_allocator a;
    char *path; /* lies behind the structure */
    int32_t flags, busy_timeout;
    int waited; /* milliseconds for the lock that is wanted now */

    sqlite3 *db;     /* NULL until a slot needs it */
    int64_t process; /* that opened it */
    bool immutable; /* the place cannot be locked: read as it is, `seen` says whether it is still so */
    cpl_sqlfile seen;
    bool wal;        /* the journal mode was looked after */
    int64_t version; /* user_version as last read */

    int32_t mode; /* of the open transaction, or 0 */
    bool failed;  /* a change failed: this transaction can only be rolled back */
    char *office; /* of the open transaction */
    size_t office_size, office_capacity;

    sqlite3_stmt *begin_read, *begin_write, *pin, *commit, *rollback;
    cpl_sqlcached **statements; /* one list for each table */
    complaint_value *row;       /* as wide as the widest table */
    int32_t table_count;

    int32_t code;
    char message[512];
};

/* Answers the status that stands for SQLite's result `code` and leaves words in the store and the sink. `what` was being done. */
complaint_status cpl_sqlite_fail(complaint_sqlite *s, int code, const char *what, complaint_host_error *error);
/* The same for what SQLite has no code for. `thai`: what a person can do about it; NULL when it is the host's author's to cure. */
complaint_status cpl_sqlite_refuse(complaint_sqlite *s, complaint_status status, const char *thai, const char *why, complaint_host_error *error);
/* E_READ_ONLY, with what keeps it from being written. */
complaint_status cpl_sqlite_refuse_writing(complaint_sqlite *s, complaint_host_error *error);

/* ---- what is wrong with the place (why.c) ------------------------------------------------------------------------------- */

typedef struct cpl_sqlwhy {
    const char *thai, *english; /* NULL: not known */
} cpl_sqlwhy;

/* A file that SQLite could not open, which it says of many things. */
cpl_sqlwhy cpl_sqlite_why_not_open(const complaint_sqlite *s);
/* A file that could be opened and not be written. */
cpl_sqlwhy cpl_sqlite_why_not_written(const complaint_sqlite *s);
/* What SQLite's code means to a person; both NULL when there is nothing to be done about it. */
cpl_sqlwhy cpl_sqlite_why(const complaint_sqlite *s, int code);
/* A log with something in it lies beside the file, which is not complete without it. */
bool cpl_sqlite_has_log(const complaint_sqlite *s);

/* ---- opening (open.c) -------------------------------------------------------------------------------------------------- */

/* Opens the file unless it is open, refuses what is not ours and reads the version. `create`: make it when it is not there. */
complaint_status cpl_sqlite_connect(complaint_sqlite *s, bool create, complaint_host_error *error);
void cpl_sqlite_disconnect(complaint_sqlite *s);
/* E_STORE when an open connection is of no use any more: its file has lost its name, or the process is another one. */
complaint_status cpl_sqlite_check_place(complaint_sqlite *s, complaint_host_error *error);
/* Open, and by the process that this one was forked from. */
bool cpl_sqlite_is_inherited(const complaint_sqlite *s);
/* E_SCHEMA_NEWER when the version as last read is of a later major. */
complaint_status cpl_sqlite_check_version(complaint_sqlite *s, complaint_host_error *error);
bool cpl_sqlite_is_read_only(const complaint_sqlite *s);
/* Puts the file into WAL mode once; a file that is busy now is asked again next time. */
void cpl_sqlite_prefer_wal(complaint_sqlite *s);

complaint_status COMPLAINT_CALL cpl_sqlite_slot_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error);

/* ---- statements (statement.c) ---------------------------------------------------------------------------------------------- */

enum { CPL_SQL_INSERT = 1, CPL_SQL_UPDATE, CPL_SQL_REMOVE, CPL_SQL_ADD, CPL_SQL_GET, CPL_SQL_VERSION, CPL_SQL_SELECT };

/* What a statement looks like; equal shapes share a prepared statement. Parameters are numbered: column c is c + 1 and the expected version
 * one more than the last column. SELECT numbers them as they come: the equal columns, the rest of the lower end, of the upper end, the limit. */
typedef struct cpl_sqlshape {
    uint64_t columns[2]; /* UPDATE, ADD: bit c for column c */
    int16_t kind;
    int16_t conditional;  /* UPDATE, REMOVE: compares the version */
    int16_t index;        /* SELECT */
    int16_t equal;        /* SELECT: the first columns, in which both ends agree */
    int16_t lower, upper; /* SELECT: columns behind `equal` that the ends name */
    int16_t exclusive;    /* SELECT: 1 lower, 2 upper */
    int16_t descending;   /* SELECT */
} cpl_sqlshape;

/* The text of the statement, to be freed with sqlite3_free; NULL when out of memory. */
char *cpl_sqlite_text(int32_t table, const cpl_sqlshape *shape);
/* The prepared statement, ready for binding; it stays with the connection. On failure answers SQLite's code. */
int cpl_sqlite_statement(complaint_sqlite *s, int32_t table, const cpl_sqlshape *shape, sqlite3_stmt **statement);
void cpl_sqlite_forget_statements(complaint_sqlite *s);

/* ---- rows (rows.c) ----------------------------------------------------------------------------------------------------------- */

complaint_status COMPLAINT_CALL cpl_sqlite_slot_write(void *self, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at,
                                                      complaint_host_error *error);
complaint_status COMPLAINT_CALL cpl_sqlite_slot_get(void *self, void *transaction, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink,
                                                    void *sink_context, complaint_host_error *error);
complaint_status COMPLAINT_CALL cpl_sqlite_slot_select(void *self, void *transaction, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction,
                                                       int64_t limit, complaint_row_fn sink, void *sink_context, complaint_host_error *error);

#endif
