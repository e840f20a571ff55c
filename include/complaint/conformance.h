/**
 * @file complaint/conformance.h
 * Proves a host's store against the contract in host/store.h, and makes a store fail at will.
 *
 * Part of the static library complaint_conformance, which uses the public headers only and never prints: a runner reports what it is
 * told. Both parts are for tests; they take their memory from malloc.
 */
#ifndef COMPLAINT_CONFORMANCE_H
#define COMPLAINT_CONFORMANCE_H

#include <complaint/define.h>
#include <complaint/host/store.h>
#include <complaint/status.h>

/** Not part of the shared library: visible where the kit is linked into one. */
#if defined(__GNUC__)
#define COMPLAINT_KIT_API __attribute__((visibility("default")))
#else
#define COMPLAINT_KIT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the conformance kit ------------------------------------------------------------------------------------------ */

/** What a store under test cannot do. Values are permanent. A check that needs it is reported as skipped. */
enum {
    COMPLAINT_CONFORMANCE_ONE_CONNECTION = 1, /**< `open` is called with connection 0 only */
    COMPLAINT_CONFORMANCE_ONE_THREAD = 2,     /**< all slots are called from the thread that runs the kit */
    COMPLAINT_CONFORMANCE_FORGETS = 4         /**< rows are gone when the last connection is closed */
};

/** Connections are numbered 0 .. COMPLAINT_CONFORMANCE_CONNECTIONS - 1. */
enum { COMPLAINT_CONFORMANCE_CONNECTIONS = 4 };

/** What a thread of a check runs. */
typedef void(COMPLAINT_CALL *complaint_conformance_work_fn)(void *context);

/** How the kit reaches the store under test. Called from the thread that runs the kit. */
typedef struct complaint_conformance_host {
    size_t size; /**< sizeof(complaint_conformance_host) */
    void *self;  /**< first argument of the callbacks */
    int32_t flags;
    int32_t reserved; /**< zero */

    /** Must. Makes the place empty, as if nothing had ever been stored. No connection is open. */
    complaint_status(COMPLAINT_CALL *wipe)(void *self);

    /** Must. Opens a connection (what one desk would have) to the place and fills `table`; all connections see the same rows. */
    complaint_status(COMPLAINT_CALL *open)(void *self, int32_t connection, complaint_store *table);

    /** Must. Closes the connection. What was committed stays, unless the store FORGETS. */
    void(COMPLAINT_CALL *close)(void *self, int32_t connection);

    /** May. Calls work(first) and work(second) at the same time, each in a thread of its own, and returns when both have returned.
     *  NULL: the kit starts C11 threads. */
    complaint_status(COMPLAINT_CALL *together)(void *self, complaint_conformance_work_fn work, void *first, void *second);
} complaint_conformance_host;

/** Outcome of one check. Values are permanent. */
enum { COMPLAINT_CHECK_PASSED = 1, COMPLAINT_CHECK_FAILED = 2, COMPLAINT_CHECK_SKIPPED = 3 };

/** Told the outcome of each check as it ends. `detail` says in English what was expected and what came, "" when passed. */
typedef void(COMPLAINT_CALL *complaint_conformance_report_fn)(void *context, const char *name, int32_t outcome, const char *detail);

/** Number of checks, and the name of each (static; "snapshot/reader_keeps_its_snapshot"); NULL outside. */
COMPLAINT_KIT_API int32_t COMPLAINT_CALL complaint_conformance_count(void);
COMPLAINT_KIT_API const char *COMPLAINT_CALL complaint_conformance_name(int32_t check);

/**
 * Runs the checks one after the other, each on an empty place, and sets `*failed` to how many failed. `only` (may be NULL) names one check or,
 * ending with `/`, a group. `report` may be NULL. The store is called as a desk would call it: rollback after each failure, nothing from
 * inside a sink. COMPLAINT_E_INVALID: an argument is NULL or `only` names nothing. COMPLAINT_E_TABLE_SIZE, COMPLAINT_E_SLOT_MISSING:
 * the host table.
 */
COMPLAINT_KIT_API complaint_status COMPLAINT_CALL complaint_conformance_run(const complaint_conformance_host *host, const char *only, complaint_conformance_report_fn report,
                                                                            void *context, int32_t *failed);

/* ---- a store that fails when it is told to ------------------------------------------------------------------------- */

typedef struct complaint_fault complaint_fault;

/** Slots of a store. Values are permanent. */
enum {
    COMPLAINT_SLOT_ANY = 0, /**< every slot that can fail, counted together */
    COMPLAINT_SLOT_SCHEMA = 1,
    COMPLAINT_SLOT_LIMITS = 2,
    COMPLAINT_SLOT_BEGIN = 3,
    COMPLAINT_SLOT_COMMIT = 4,
    COMPLAINT_SLOT_ROLLBACK = 5, /**< counted, never fails */
    COMPLAINT_SLOT_WRITE = 6,
    COMPLAINT_SLOT_GET = 7,
    COMPLAINT_SLOT_SELECT = 8
};

/** How a fault behaves; flags. Values are permanent. */
enum {
    COMPLAINT_FAULT_ONCE = 0,    /**< that call only */
    COMPLAINT_FAULT_FOREVER = 1, /**< that call and every later one */
    COMPLAINT_FAULT_AFTER = 2    /**< the store does its work first, then the status is answered: a commit that took effect and says UNKNOWN.
                                      Without it the store is not called: a commit that did not take effect. */
};

/**
 * Wraps `inner` (copied; its `self` must outlive the wrapper) and fills `outer`. Without a fault set the wrapper changes nothing; a NULL slot of
 * `inner` stays NULL. COMPLAINT_E_INVALID, COMPLAINT_E_MEMORY.
 *
 * Threads: one wrapper for each desk; the calls below not while a slot runs.
 */
COMPLAINT_KIT_API complaint_status COMPLAINT_CALL complaint_fault_wrap(const complaint_store *inner, complaint_fault **fault, complaint_store *outer);

/**
 * Makes call number `call` (from 0, counted from now) of `slot` answer `status`. Replaces the fault set before; COMPLAINT_OK as status takes
 * it away. COMPLAINT_E_INVALID: no such slot or flag, `call` negative, or rollback.
 */
COMPLAINT_KIT_API complaint_status COMPLAINT_CALL complaint_fault_set(complaint_fault *fault, int32_t slot, int64_t call, int32_t flags, complaint_status status);

/** How often the slot (or ANY) was called since the wrapper was made or complaint_fault_reset. */
COMPLAINT_KIT_API int64_t COMPLAINT_CALL complaint_fault_calls(const complaint_fault *fault, int32_t slot);

/** How often the fault struck since it was set. */
COMPLAINT_KIT_API int64_t COMPLAINT_CALL complaint_fault_struck(const complaint_fault *fault);

/** Transactions begun and neither committed nor rolled back. */
COMPLAINT_KIT_API int64_t COMPLAINT_CALL complaint_fault_open(const complaint_fault *fault);

/** Takes the fault away and sets the counters of calls to 0. */
COMPLAINT_KIT_API void COMPLAINT_CALL complaint_fault_reset(complaint_fault *fault);

/** Frees the wrapper, not the store inside. NULL is allowed. */
COMPLAINT_KIT_API void COMPLAINT_CALL complaint_fault_free(complaint_fault *fault);

#ifdef __cplusplus
}
#endif
#endif
