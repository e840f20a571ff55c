/**
 * @file complaint/store/sqlite.h
 * The default store: one SQLite file.
 *
 * One complaint_sqlite is one connection, for one desk; desks in other threads and processes open the file again. The file is in
 * WAL mode: readers never wait for a writer, writers take turns. The tables are STRICT and carry their comments, so `sqlite3 FILE .schema`
 * explains them; columns that a host adds of its own are left alone. It is written against the public headers only, like any host's store.
 *
 * How the file says what it is: `PRAGMA application_id` is COMPLAINT_SQLITE_APPLICATION_ID, `PRAGMA user_version` is
 * major * 1000 + minor of the schema.
 *
 * A file that was removed, renamed or replaced under a desk at work is noticed by the next transaction: COMPLAINT_E_STORE, and nothing is done, until the file is back or the desk is opened again,
 * then on what is there. Replace a file when no desk has it open, and its `-wal` with it: SQLite takes the log it finds for that of the new file.
 *
 * Threads: a connection and its table are used by one thread at a time. Processes: one that was forked can do nothing with the connections it inherited (COMPLAINT_E_STORE) but close them. Before it
 * opens the same file itself it has to close all of them, or open the desks anew on them, which comes to the same: SQLite would take the other process's locks for its own.
 */
#ifndef COMPLAINT_STORE_SQLITE_H
#define COMPLAINT_STORE_SQLITE_H

#include <complaint/define.h>
#include <complaint/host/allocator.h>
#include <complaint/host/store.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_sqlite complaint_sqlite;

/** Flags of complaint_sqlite_open. Values are permanent. */
enum {
    COMPLAINT_SQLITE_READ_ONLY = 1,   /**< never writes to the file; a file or directory that cannot be written opens too */
    COMPLAINT_SQLITE_CREATE = 2,      /**< a file that is not there, or is empty, is made a database when a desk opens it for writing, also when it was there and was removed: numbers begin at 1 again. Only for what sets up an office; other programs leave it out (COMPLAINT_E_STORE, COMPLAINT_E_SCHEMA_EMPTY) or say complaint_setup_set_known_office */
    COMPLAINT_SQLITE_SYNC_NORMAL = 4, /**< a power failure may take back the last commits, acknowledged ones too, never damage the file */
    COMPLAINT_SQLITE_SYNC_OFF = 8     /**< a power failure may damage the file: for tests and for filling a file from scratch */
};
/*
 * A process that is killed loses no commit, whatever the flags. Under SYNC_NORMAL, what a power failure takes back is everything since the last checkpoint of the log, or a
 * last part of it: an act repeated under its request id is then done anew, a register number may be given again to another case, a letter may leave again with its attempts
 * counted anew, or another letter under its intent id. Desks that give numbers and send letters stay without a flag. docs/internals/store.md says it in full.
 */

/** What the header of the file carries as its application id: "cplt". */
enum { COMPLAINT_SQLITE_APPLICATION_ID = 0x63706c74 };

/**
 * Makes a connection to the file at `path` (a file name, never an URI; copied). The file itself is opened by the first slot that
 * needs it, that is, when a desk opens: what is wrong with it is told there, by COMPLAINT_E_FOREIGN, COMPLAINT_E_SCHEMA_NEWER,
 * COMPLAINT_E_SCHEMA_EMPTY or COMPLAINT_E_STORE with SQLite's code and words. Nothing is written before a file is known to be empty or this library's.
 * `flags` is 0 or COMPLAINT_SQLITE_*; without a SYNC flag every commit is on the disk when it answers. `allocator` is copied; NULL means
 * the malloc family; SQLite itself uses its own.
 * COMPLAINT_E_INVALID: `path` is NULL or empty, unknown or contradicting flags. COMPLAINT_E_MEMORY. COMPLAINT_E_TABLE_SIZE,
 * COMPLAINT_E_SLOT_MISSING: the allocator is not usable.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_sqlite_open(const char *path, int32_t flags, const complaint_allocator *allocator, complaint_sqlite **store);

/** How long a transaction waits for another one's lock before it answers COMPLAINT_E_BUSY; 10 000 ms until set. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_sqlite_set_busy_timeout(complaint_sqlite *store, int32_t milliseconds);

/** Fills a host's table with this connection's slots. The connection must outlive the desk that was opened with it. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_sqlite_table(complaint_sqlite *store, complaint_store *table);

/** SQLite's extended result code and the sentence of the slot that failed last; 0 and "" before. Borrowed, valid until the next slot. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_sqlite_code(const complaint_sqlite *store);
COMPLAINT_API const char *COMPLAINT_CALL complaint_sqlite_message(const complaint_sqlite *store);

/** Closes the connection; an open transaction is rolled back. The desk on it must be closed. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_sqlite_close(complaint_sqlite *store);

#ifdef __cplusplus
}
#endif
#endif
