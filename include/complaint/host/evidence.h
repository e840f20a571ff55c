/**
 * @file complaint/host/evidence.h
 * Where photos, scans and recordings are kept, in chunks, by digest.
 *
 * Optional. Without it chunks go through the store into `complaint_evidence_chunk`, one transaction each. A chunk is written before the
 * event that names it, so a crash leaves at most an orphan, never an event without its evidence.
 */
#ifndef COMPLAINT_HOST_EVIDENCE_H
#define COMPLAINT_HOST_EVIDENCE_H

#include <complaint/define.h>
#include <complaint/host/sink.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Takes one digest (64 lower-case hexadecimal digits). An answer other than 0 stops the listing. */
typedef int32_t(COMPLAINT_CALL *complaint_digest_fn)(void *context, const char *digest);

/** The host's evidence room; copied when it is registered. `digest` is the SHA-256 of the whole item in 64 lower-case hexadecimal digits. */
typedef struct complaint_evidence_room {
    size_t size; /**< sizeof(complaint_evidence_room) as the host was compiled */
    void *self;

    /** Must. Keeps chunk `chunk` (from 0; 256 KiB each but the last) durably. Writing the same chunk again is COMPLAINT_OK. */
    complaint_status(COMPLAINT_CALL *put_chunk)(void *self, const char *digest, int64_t chunk, const void *data, size_t data_size, complaint_host_error *error);

    /** Must. Gives the chunk to the sink once, or answers COMPLAINT_E_NOT_FOUND. */
    complaint_status(COMPLAINT_CALL *get_chunk)(void *self, const char *digest, int64_t chunk, complaint_bytes_fn sink, void *sink_context, complaint_host_error *error);

    /** May (NULL: orphans are kept). Removes all chunks of an item that no event names. */
    complaint_status(COMPLAINT_CALL *remove)(void *self, const char *digest, complaint_host_error *error);

    /** May (NULL: orphans cannot be found). Gives each digest that is kept. */
    complaint_status(COMPLAINT_CALL *list)(void *self, complaint_digest_fn sink, void *sink_context, complaint_host_error *error);
} complaint_evidence_room;

#ifdef __cplusplus
}
#endif
#endif
