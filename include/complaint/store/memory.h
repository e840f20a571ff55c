/**
 * @file complaint/store/memory.h
 * A store in memory: for tests, demonstrations and hosts that keep a case only while they run.
 *
 * One complaint_memory is one database. Any number of desks, in any threads, may share it: each takes a table of its own with
 * complaint_memory_table. Readers see the snapshot they began with and never wait; writers take turns. It is written against the
 * public headers only, like any host's store.
 *
 * Threads: complaint_memory_table and all slots may be called by several threads at once (each transaction by one); then the
 * allocator must bear that too. complaint_memory_open, _set_busy_timeout and _close may not overlap other calls on the store.
 */
#ifndef COMPLAINT_STORE_MEMORY_H
#define COMPLAINT_STORE_MEMORY_H

#include <complaint/define.h>
#include <complaint/host/allocator.h>
#include <complaint/host/store.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_memory complaint_memory;

/**
 * Makes an empty store. `allocator` is copied; NULL means the malloc family.
 * COMPLAINT_E_INVALID: `store` is NULL. COMPLAINT_E_TABLE_SIZE, COMPLAINT_E_SLOT_MISSING: the allocator is not usable.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_memory_open(const complaint_allocator *allocator, complaint_memory **store);

/** How long begin(WRITE) waits for another writer before it answers COMPLAINT_E_BUSY; 10 000 ms until set, 0 never waits. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_memory_set_busy_timeout(complaint_memory *store, int32_t milliseconds);

/** Fills a host's table with this store's slots. The store must outlive every desk that was opened with it. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_memory_table(complaint_memory *store, complaint_store *table);

/** Frees the store and all its rows. Every desk on it must be closed. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_memory_close(complaint_memory *store);

#ifdef __cplusplus
}
#endif
#endif
