/**
 * @file complaint/host/store.h
 * The contract between the library and the place where its rows are kept.
 *
 * A store is eight slots. The library publishes which tables, columns and indexes exist (schema.h); a store
 * keeps them in whatever way it likes. The conformance kit (conformance.h) proves a store against this text.
 *
 * Threads: the slots of one store table are called by one thread at a time per desk, never concurrently for one
 * desk and never from inside a sink. Desks in other threads have store tables of their own.
 *
 * Statuses a slot may answer, besides COMPLAINT_OK:
 *   COMPLAINT_E_RETRY      nothing of this transaction was or will be committed; the library runs the action again.
 *                          Any slot, commit included. Deadlock, serialization failure, lost connection before commit.
 *   COMPLAINT_E_UNKNOWN    commit only: the store cannot say whether the transaction was committed.
 *   COMPLAINT_E_NOT_FOUND  get: no such row. write: UPDATE or REMOVE of a row that is not there.
 *   COMPLAINT_E_VERSION    write: the row is there, its version is not the expected one.
 *   COMPLAINT_E_EXISTS     write: INSERT of a primary or unique key that is taken.
 *   COMPLAINT_E_FULL       the disk or quota is full.
 *   COMPLAINT_E_READ_ONLY  begin WRITE, schema WRITE: the store cannot be written.
 *   COMPLAINT_E_SCHEMA     schema, begin: what is there cannot be used; better one of its details:
 *   COMPLAINT_E_FOREIGN    what is there is not a store of this library (foreign file); it was not touched.
 *   COMPLAINT_E_SCHEMA_NEWER  written by a newer major version, perhaps since the desk was opened; it was not touched.
 *   COMPLAINT_E_CORRUPT    what is stored is damaged.
 *   COMPLAINT_E_MEMORY     out of memory.
 *   COMPLAINT_E_BUSY       somebody else holds what is needed and waiting is over.
 *   COMPLAINT_E_STORE      anything else; leave code and text in the error sink.
 * Any other number is taken as COMPLAINT_E_STORE. After an answer other than COMPLAINT_OK (and NOT_FOUND of get) the
 * library calls rollback and nothing else on that transaction. A failed begin leaves no transaction: nothing follows it.
 */
#ifndef COMPLAINT_HOST_STORE_H
#define COMPLAINT_HOST_STORE_H

#include <complaint/define.h>
#include <complaint/host/sink.h>
#include <complaint/status.h>
#include <complaint/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What `schema` is asked to do. Values are permanent. */
enum { COMPLAINT_SCHEMA_READ = 1, COMPLAINT_SCHEMA_WRITE = 2 };

/** Modes of a transaction and of a desk. Values are permanent. */
enum { COMPLAINT_READ = 1, COMPLAINT_WRITE = 2 };

/** Directions of select. Values are permanent. */
enum { COMPLAINT_ASCENDING = 1, COMPLAINT_DESCENDING = 2 };

/** Kinds of change. Values are permanent. */
enum {
    COMPLAINT_INSERT = 1, /**< a new row: `values` are all columns of the table in schema order (`columns` is NULL) */
    COMPLAINT_UPDATE = 2, /**< `columns` of the row at `key` become `values`; columns not named, and the host's own, survive */
    COMPLAINT_REMOVE = 3, /**< the row at `key` goes away */
    COMPLAINT_ADD = 4     /**< the int64 `values` are added to `columns` of the row at `key`; an absent row is inserted with the
                               key, these values and, for the rest, null where a column may be null, else zero or empty.
                               Commutative: never compared with a version. A sum beyond int64 is COMPLAINT_E_STORE. */
};

/** Flags of complaint_limits. Values are permanent. */
enum {
    COMPLAINT_STORE_JOINED = 1 /**< begin and commit are savepoints inside the host's own transaction; the library does not
                                    run an action again, a RETRY reaches the caller, who ends his transaction */
};

/** `expected` of a change that is not conditional. */
#define COMPLAINT_ANY_VERSION ((int64_t)-1)

/** One change of one row. `key` holds the table's key columns in order. */
typedef struct complaint_change {
    int32_t kind;
    int32_t table;               /**< number of the table, see schema.h; never reused */
    const complaint_value *key;  /**< all key columns, in order */
    int32_t key_count;
    int32_t value_count;
    const int32_t *columns;      /**< column numbers of `values` (UPDATE, ADD: at least one, each once), never key columns; NULL for
                                    INSERT and REMOVE */
    const complaint_value *values;
    int64_t expected;            /**< UPDATE, REMOVE: the value the table's version column must have, or COMPLAINT_ANY_VERSION */
} complaint_change;

/**
 * A range of an index. Each end names values for the first `count` columns of the index; rows compare on these columns only,
 * column by column, integers as numbers, text and blobs as bytes. Both ends must hold. No indexed column is ever null. Count 0 is
 * an open end (`exclusive` means nothing then): it reaches to the end of the transaction's office, never into another one. Where
 * count is not 0 the first value is that office.
 */
typedef struct complaint_bounds {
    const complaint_value *lower;
    int32_t lower_count;
    int32_t lower_exclusive; /**< 0: row >= lower; 1: row > lower */
    const complaint_value *upper;
    int32_t upper_count;
    int32_t upper_exclusive; /**< 0: row <= upper; 1: row < upper */
} complaint_bounds;

/** What one value and one transaction may weigh. */
typedef struct complaint_limits {
    size_t size;             /**< sizeof(complaint_limits), set by the library */
    int64_t max_value;       /**< bytes of one value; from 512 KiB to 1 MiB (1 048 576) are used; 0 means 1 MiB */
    int64_t max_transaction; /**< bytes of all values of one transaction; from 1 MiB to 4 MiB are used; 0 means 4 MiB */
    int32_t flags;           /**< COMPLAINT_STORE_JOINED or 0 */
    int32_t reserved;        /**< zero */
} complaint_limits;

/** The store's table of callbacks; copied when it is registered. `self` must outlive the desk. */
typedef struct complaint_store {
    size_t size; /**< sizeof(complaint_store) as the host was compiled */
    void *self;

    /**
     * Must. COMPLAINT_SCHEMA_READ: sets the version that is stored, 0.0 for an empty store. COMPLAINT_SCHEMA_WRITE: creates what
     * is missing up to `*major`.`*minor` (complaint_schema_ddl and the getters say what) and stores that version; if it fails, the
     * store is as before. What is there already stays, rows included; a newer minor that is stored stays as well, and is no error.
     * Outside any transaction. A store must refuse a place that holds something else (COMPLAINT_E_FOREIGN) and should refuse what
     * a newer major version wrote (COMPLAINT_E_SCHEMA_NEWER; the library does when the version is read).
     */
    complaint_status(COMPLAINT_CALL *schema)(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error);

    /** May (NULL: 1 MiB, 4 MiB, no flags). Called once, when a desk opens. */
    complaint_status(COMPLAINT_CALL *limits)(void *self, complaint_limits *limits, complaint_host_error *error);

    /**
     * Must. Starts a transaction. READ: one snapshot, whatever others commit meanwhile. WRITE: at least read-committed, with atomic
     * conditional updates and unique keys, and it sees its own writes. `*transaction` may be anything but NULL.
     * All keys of the transaction begin with `office` (text of `office_size` bytes), so a store may route by it.
     */
    complaint_status(COMPLAINT_CALL *begin)(void *self, int32_t mode, const char *office, size_t office_size, void **transaction, complaint_host_error *error);

    /** Must. COMPLAINT_OK means durable, as durable as this store promises. The transaction is over unless the answer is RETRY or
     *  another failure, after which rollback is called; after UNKNOWN rollback is called too and must only clean up. */
    complaint_status(COMPLAINT_CALL *commit)(void *self, void *transaction, complaint_host_error *error);

    /** Must. Ends the transaction without effect; cannot fail. */
    void(COMPLAINT_CALL *rollback)(void *self, void *transaction);

    /**
     * Must. Applies the changes in order. On failure sets `*failed_at` to the number (from 0) of the change that could not be
     * applied; the transaction can only be rolled back then, so that all take effect or none. Values are valid for the call only.
     */
    complaint_status(COMPLAINT_CALL *write)(void *self, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *error);

    /** Must. Gives the row at `key` (all key columns) to the sink, once, or answers COMPLAINT_E_NOT_FOUND. */
    complaint_status(COMPLAINT_CALL *get)(void *self, void *transaction, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink, void *sink_context,
                                          complaint_host_error *error);

    /**
     * Must. Gives at most `limit` rows (0 = no limit) in the order of the index (0 = the primary key) or its reverse. `bounds` is never
     * NULL. No row is an empty answer, not an error. The sink is never called after the slot has returned.
     */
    complaint_status(COMPLAINT_CALL *select)(void *self, void *transaction, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit,
                                             complaint_row_fn sink, void *sink_context, complaint_host_error *error);
} complaint_store;

#ifdef __cplusplus
}
#endif
#endif
