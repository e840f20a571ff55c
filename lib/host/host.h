/*
 * host: the border. Checks and copies the host's tables and is the only caller of host pointers.
 *
 * Owns: size and slot checks, the flag that says a callback is running, the translation of whatever a callback
 * answers into a status of the registry, the host's code and text in errors. Must not know: tables, columns, cases.
 */
#ifndef CPL_HOST_H
#define CPL_HOST_H

#include "base/base.h"

#include <complaint/host/clock.h>
#include <complaint/host/evidence.h>
#include <complaint/host/keys.h>
#include <complaint/host/media.h>
#include <complaint/host/notifier.h>
#include <complaint/host/store.h>

/* Stands between a slot and the reader of what it gives: nothing passes the limit, nor a reader that has enough, nor the end of the slot. It lies in the desk, not on the stack, and the next calls take other
 * ones: a host that keeps a sink and calls it later is told to stop. After CPL_GATES calls it may meet one that is open again; then what it gives counts as given by the slot that runs, and is checked as such. */
typedef struct cpl_gate {
    complaint_row_fn rows;
    complaint_bytes_fn bytes;
    void *context;
    int64_t given, limit; /* rows or bytes; limit 0: none */
    bool closed, over;    /* over: there was more than the limit */
} cpl_gate;

enum { CPL_GATES = 8 };

/* The host's tables of one desk, copied; has_* says which optional ones were given. */
typedef struct cpl_host {
    complaint_store store;
    complaint_clock clock;
    complaint_notifier notifier;
    complaint_keys keys;
    complaint_evidence_room evidence;
    bool has_store, has_clock, has_notifier, has_keys, has_evidence;
    complaint_limits limits; /* filled by cpl_host_limits */
    bool inside;             /* a callback is running: public calls on the desk answer E_REENTRANT */
    void *open;              /* the transaction that was begun and not ended; there is one at a time */
    cpl_gate gates[CPL_GATES];
    uint32_t gate_turn;
    complaint_host_error words; /* of the slot that runs: a host may keep the pointer too */
} cpl_host;

/*
 * Around every callback. C++ hosts throw: an exception passes through the library's frames (which are compiled for it and hold nothing that has to be given back but memory), and on its way past this one the desk is put
 * in order: no callback runs any more, no gate is open, the open transaction is rolled back. Where the compiler has no cleanup, cpl_back does all that is done.
 */
typedef struct cpl_watch {
    cpl_host *host;
    cpl_gate *gate; /* NULL: none */
    bool inside;    /* before: a stream is read while a stream is read */
    bool back;
} cpl_watch;
cpl_watch cpl_call_out(cpl_host *h, cpl_gate *gate);
void cpl_back(cpl_watch *w);  /* it has returned */
void cpl_leave(cpl_watch *w); /* the frame is left, either way */
#if defined(__GNUC__)
#define CPL_WATCHED __attribute__((cleanup(cpl_leave)))
#else
#define CPL_WATCHED
#endif

/* Each checks the host's table and copies it, or answers E_TABLE_SIZE, E_TABLE_OLD, E_TABLE_NEW or E_SLOT_MISSING with the
 * subject `store.begin`; nothing is copied then. */
complaint_status cpl_host_set_store(cpl_host *h, const complaint_store *t, complaint_error *e);
complaint_status cpl_host_set_clock(cpl_host *h, const complaint_clock *t, complaint_error *e);
complaint_status cpl_host_set_notifier(cpl_host *h, const complaint_notifier *t, complaint_error *e);
complaint_status cpl_host_set_keys(cpl_host *h, const complaint_keys *t, complaint_error *e);
complaint_status cpl_host_set_evidence(cpl_host *h, const complaint_evidence_room *t, complaint_error *e);
/* NULL takes the malloc family. */
complaint_status cpl_host_check_allocator(const complaint_allocator *t, complaint_allocator *copy, complaint_error *e);

/* The store's slots. Statuses a slot may not answer come back as E_STORE (E_HOST for the other tables). */
complaint_status cpl_host_schema(cpl_host *h, int32_t operation, int32_t *major, int32_t *minor, complaint_error *e);
/* Values from 512 KiB to 1 MiB, transactions from 1 MiB to 4 MiB are used, whatever the slot says; 0 and NULL take the largest. */
complaint_status cpl_host_limits(cpl_host *h, complaint_error *e);
complaint_status cpl_host_begin(cpl_host *h, int32_t mode, cpl_str office, void **tx, complaint_error *e);
complaint_status cpl_host_commit(cpl_host *h, void *tx, complaint_error *e);
void cpl_host_rollback(cpl_host *h, void *tx);
complaint_status cpl_host_write(cpl_host *h, void *tx, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_error *e);
complaint_status cpl_host_get(cpl_host *h, void *tx, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink, void *context, complaint_error *e);
complaint_status cpl_host_select(cpl_host *h, void *tx, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, complaint_row_fn sink,
                                 void *context, complaint_error *e);

/* Answers E_RANGE for an instant outside 2020-01-01 .. 2089-09-06. */
complaint_status cpl_host_now(cpl_host *h, int64_t *now, complaint_error *e);

/* What complaint_notice's getters read. */
struct complaint_notice {
    const char *intent, *template_name, *recipient, *channel, *address, *body;
    int64_t case_id, message, day; /* what it is about; the others 0 */
    int32_t urgent, attempt;
};
/* Always answers COMPLAINT_OK with *answer one of the four; a failure of the slot is RETRY_AT with the host's words in *why. */
void cpl_host_send(cpl_host *h, const complaint_notice *n, int32_t *answer, int64_t *retry_at, complaint_host_error *why);

complaint_status cpl_host_put_chunk(cpl_host *h, const char *digest, int64_t chunk, const void *data, size_t n, complaint_error *e);
/* At most `limit` bytes, else E_HOST. */
complaint_status cpl_host_get_chunk(cpl_host *h, const char *digest, int64_t chunk, int64_t limit, complaint_bytes_fn sink, void *context, complaint_error *e);

/* ---- media: a table that lives for one import ---- */

/* Checks the table and copies it; NULL gives an empty one (`open` is NULL). E_TABLE_SIZE, E_TABLE_OLD, E_TABLE_NEW, E_SLOT_MISSING. */
complaint_status cpl_media_take(const complaint_media *given, complaint_media *copy, complaint_error *e);

/* An open stream, as context of cpl_media_read. */
typedef struct cpl_media_stream {
    const complaint_media *media;
    cpl_host *host; /* its `inside` is set while the host runs */
    complaint_error *error;
    void *stream;
} cpl_media_stream;

/* E_NOT_FOUND leaves the error unset; whatever else the host answers but E_MEMORY is E_HOST. */
complaint_status cpl_media_open(cpl_media_stream *s, const char *uri);
complaint_status COMPLAINT_CALL cpl_media_read(void *stream, void *buffer, size_t capacity, size_t *got); /* a complaint_read_fn */
void cpl_media_close(cpl_media_stream *s);

/* ---- callbacks that come with a call ---- */

/* The next piece of a stream. E_MEMORY and the registry's other statuses pass, what is in no registry is E_HOST. */
complaint_status cpl_host_read(cpl_host *h, complaint_read_fn read, void *context, void *buffer, size_t capacity, size_t *got, complaint_error *e);
/* The sink's answer. */
int32_t cpl_host_give(cpl_host *h, complaint_bytes_fn sink, void *context, const void *data, size_t size);
/* The answer of a progress callback (complaint_progress_fn); 0 without one. */
int32_t cpl_host_progress(cpl_host *h, int32_t(COMPLAINT_CALL *progress)(void *context, int64_t done), void *context, int64_t done);

#endif
