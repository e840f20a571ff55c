/**
 * @file complaint/status.h
 * The numbers that calls answer. Generated from lib/base/status.tsv by lib/tools/make_status.py; docs/status.md is the same as a table.
 *
 * A number is class + 256 * detail and is never reused. A program branches on the class, complaint_status_class(): it understands a
 * detail that a later version adds. All calls are pure and thread-safe.
 */
#ifndef COMPLAINT_STATUS_H
#define COMPLAINT_STATUS_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Statuses. Values are permanent. */
enum {
    /** Success. The call did what it says. */
    COMPLAINT_OK = 0,
    /** More work is left; call again to go on. The budget of a long call is used up. What was done is done; call again, with the token if there is one. */
    COMPLAINT_E_MORE = 1,
    /** An argument is not valid. Nothing was done. The subject names the argument or field. */
    COMPLAINT_E_INVALID = 2,
    /** The action has no such field. The draft carries a field that the policy does not define for this action. */
    COMPLAINT_E_UNKNOWN_FIELD = 258,
    /** No such code in the policy. A class, channel, unit, flag, role or verb that the policy does not know. */
    COMPLAINT_E_UNKNOWN_CODE = 514,
    /** The handle is NULL, of another kind, or closed. Nothing was done. */
    COMPLAINT_E_HANDLE = 770,
    /** The signature does not belong to the data. What came is not from whom it says, the secret is another, or a byte was changed on the way. Nothing was read; answer the sender 401. */
    COMPLAINT_E_SIGNATURE = 1026,
    /** Out of memory. Nothing was done; the same call may succeed later. */
    COMPLAINT_E_MEMORY = 3,
    /** Not found. There is no such case, message, number or row, or this actor may not know that there is one. */
    COMPLAINT_E_NOT_FOUND = 4,
    /** It exists already. A key is taken. */
    COMPLAINT_E_EXISTS = 5,
    /** The row's version is not the expected one. Between the library and a store only; callers see E_CONFLICT. */
    COMPLAINT_E_VERSION = 6,
    /** Somebody else has changed the case since it was read. Nothing was done. Read the case again, look, and decide again. */
    COMPLAINT_E_CONFLICT = 7,
    /** Nothing was committed; run it again. A store asks for another run. Callers see it only with a JOINED store, whose own transaction has to be ended first. */
    COMPLAINT_E_RETRY = 8,
    /** It is not known whether it was committed. Repeat the call with the same request id: it answers the first result or does the work once. */
    COMPLAINT_E_UNKNOWN = 9,
    /** The store was busy for too long. Nothing was done; try again. */
    COMPLAINT_E_BUSY = 10,
    /** A callback may not call back into its own desk. Nothing was done; the outer call goes on. */
    COMPLAINT_E_REENTRANT = 11,
    /** The value is out of range. A time before receipt or in the future, a year without holiday data, a number too large. */
    COMPLAINT_E_RANGE = 12,
    /** There is no holiday data for that year. A deadline would touch a year without data. Load the year. */
    COMPLAINT_E_NO_CALENDAR = 268,
    /** Not possible in the present state. The text names the state of the case and the states in which the action is possible. */
    COMPLAINT_E_STATE = 13,
    /** This actor's roles do not allow it. The text names the roles that may. */
    COMPLAINT_E_ROLE = 14,
    /** A guard of the procedure refuses. The subject names the guard, the text what is missing. */
    COMPLAINT_E_GUARD = 15,
    /** A required field is missing. The subject names the field. */
    COMPLAINT_E_REQUIRED = 16,
    /** The text is not acceptable. Nothing was stored. */
    COMPLAINT_E_TEXT = 17,
    /** The text is not valid UTF-8. The offset names the first bad byte. */
    COMPLAINT_E_UTF8 = 273,
    /** The text contains U+0000. The offset names it. */
    COMPLAINT_E_NUL = 529,
    /** A byte is no character of the file's character set. The offset names the first such byte. The file is written in another character set, or was damaged. */
    COMPLAINT_E_CHARSET = 785,
    /** It is too large. A value of more than 1 MiB, a key of more than 190 bytes, a transaction over the store's limit, a buffer too small. */
    COMPLAINT_E_TOO_LARGE = 18,
    /** The policy is not valid. Path, line and text say what is wrong with it. */
    COMPLAINT_E_POLICY = 19,
    /** The store cannot be used with this version. See the detail. */
    COMPLAINT_E_SCHEMA = 20,
    /** This is not a store of libcomplaint. Nothing was touched. */
    COMPLAINT_E_FOREIGN = 276,
    /** The store was written by a newer major version. Nothing was touched. Use the newer library. */
    COMPLAINT_E_SCHEMA_NEWER = 532,
    /** The store is older and was opened for reading. Open it once for writing to migrate it. */
    COMPLAINT_E_SCHEMA_OLDER = 788,
    /** The store is empty: it has no tables of this library yet. Nothing was made. Open it for writing once to make them, an SQLite file with COMPLAINT_SQLITE_CREATE. */
    COMPLAINT_E_SCHEMA_EMPTY = 1300,
    /** The log holds a kind of event this version does not know. The case can be shown, not changed. */
    COMPLAINT_E_EVENT_UNKNOWN = 1044,
    /** Opened for reading only. Nothing was done. */
    COMPLAINT_E_READ_ONLY = 21,
    /** The host's store reported an error. The host's code and text say which. Nothing was done. */
    COMPLAINT_E_STORE = 22,
    /** The disk is full. Nothing was done; make room and repeat. */
    COMPLAINT_E_FULL = 23,
    /** Stored data is damaged or was altered. verify says what and where, as far as rows can be read. An SQLite file of which they cannot: keep it with its -wal, look with `sqlite3 FILE 'PRAGMA integrity_check'`, go on with the backup. */
    COMPLAINT_E_CORRUPT = 24,
    /** This request id was used for something else. Nothing was done. A request id names one action with one content. */
    COMPLAINT_E_REQUEST_REUSED = 25,
    /** Not supported by this version or policy. Nothing was done. */
    COMPLAINT_E_UNSUPPORTED = 26,
    /** Cancelled by the progress callback. What was finished before is kept. */
    COMPLAINT_E_CANCELLED = 27,
    /** A host table is not acceptable. See the detail. */
    COMPLAINT_E_HOST_TABLE = 28,
    /** The host table's size is not the size of any table. `size` was not set, or another structure was passed. */
    COMPLAINT_E_TABLE_SIZE = 284,
    /** The host table is older than this library accepts. Compile the host again with the present headers. */
    COMPLAINT_E_TABLE_OLD = 540,
    /** The host table uses slots this library does not know. Its unknown tail is not zero. Use the newer library. */
    COMPLAINT_E_TABLE_NEW = 796,
    /** A required slot of the host table is NULL. The subject names the slot. */
    COMPLAINT_E_SLOT_MISSING = 1052,
    /** The document is not well-formed. Line and offset say where. */
    COMPLAINT_E_SYNTAX = 29,
    /** Real numbers are not accepted. Line and path say where. */
    COMPLAINT_E_JSON_REAL = 285,
    /** A key occurs twice. Line and path say where. */
    COMPLAINT_E_JSON_DUPLICATE = 541,
    /** Nested too deeply. Line says where. */
    COMPLAINT_E_JSON_DEPTH = 797,
    /** A callback of the host failed. The subject names the slot, the host's code and text say why. */
    COMPLAINT_E_HOST = 30,
    /** The library contradicts itself. A defect; nothing was done. Please report it with the text. */
    COMPLAINT_E_INTERNAL = 31
};

/** The name without its prefix: `E_STATE` for COMPLAINT_E_STATE; `E_INTERNAL` for a number that is not in the registry. Static, never NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_status_name(complaint_status status);

/**
 * The general sentence of a status in COMPLAINT_THAI or COMPLAINT_ENGLISH of error.h (anything else answers English). What a call has to
 * say about its own failure is complaint_error_text(). A number that is not in the registry answers the text of its class, else of
 * COMPLAINT_E_INTERNAL. Static, never NULL.
 */
COMPLAINT_API const char *COMPLAINT_CALL complaint_status_text(complaint_status status, int32_t language);

/** The class: the low byte. COMPLAINT_E_TEXT for COMPLAINT_E_UTF8, say; a class answers itself. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_status_class(complaint_status status);

#ifdef __cplusplus
}
#endif
#endif
