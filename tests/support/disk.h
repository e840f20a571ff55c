/*
 * A disk for tests that the process, or the power, leaves at a chosen moment.
 *
 * It stands between SQLite and the real files as the process's default VFS and numbers what SQLite asks of it: writes, syncs, openings, removals, locks. At the chosen number the process is killed as by
 * `kill -9`; or the power fails: the files are left as a disk may leave them that has promised nothing but what was synced, and the process is gone; or that one operation fails. Until then everything
 * works, only that nothing is really synced (what a sync promises is kept account of, not waited for).
 *
 * The account: a file holds what it held at its last sync, and of what was written since any part. That a file was made or removed is only certain once its folder was synced, which SQLite does with the
 * first sync of a journal or log. Bytes beside those that are written are safe (SQLite's assumption of "powersafe overwrite"). The shared memory of a log does not outlive the power.
 *
 * Owns: the process's default VFS from disk_install on; one process, one thread. Must not know: what is stored.
 */
#ifndef TEST_SUPPORT_DISK_H
#define TEST_SUPPORT_DISK_H

#include <stdbool.h>
#include <stdint.h>

/* What comes to an end. */
typedef enum disk_end { DISK_LASTS, DISK_KILLED, DISK_POWER_LOST, DISK_REFUSES } disk_end;

/* Before the operation, in the middle of it (half a write; else as before), or when it is done. */
typedef enum disk_moment { DISK_BEFORE, DISK_AMID, DISK_AFTER } disk_moment;

/* What a lost power leaves of that which was not synced. */
typedef enum disk_loss {
    DISK_LOSES_ALL,      /* nothing of it */
    DISK_LOSES_NONE,     /* all of it: the disk was quick */
    DISK_LOSES_THE_REST, /* of each file a beginning, its last write torn between two sectors */
    DISK_SHUFFLES,       /* any writes, whatever their order; any making and removing of files */
    DISK_TEARS,          /* any sectors of any writes; some with rubbish where they were being written */
    DISK_LOSSES
} disk_loss;

typedef struct disk_plan {
    disk_end end;
    bool at_sync; /* `at` counts syncs only */
    int64_t at;   /* the operation, from 1 */
    disk_moment moment;
    disk_loss loss;  /* DISK_POWER_LOST */
    int code;        /* DISK_REFUSES: what SQLite is told; the first operation from `at` on that writes fails, once */
    uint64_t chance; /* decides what survives */
} disk_plan;

/* How a process exits whose power was lost. */
enum { DISK_EXIT = 77 };

/* Once in a process. Nothing may be open. */
void disk_install(void);
/* From now on operations are numbered from 1 and this is what happens; NULL: nothing does, they are only counted. */
void disk_plan_for(const disk_plan *plan);
int64_t disk_operations(void);
int64_t disk_syncs(void);
/* The operation that was to fail has failed. */
bool disk_refused(void);
/* A moment of the test's own, numbered like an operation. */
void disk_operation(void);

/* The same sequence for the same seed. */
uint64_t disk_chance(uint64_t *seed);

#endif
