/**
 * @file complaint/host/keys.h
 * Wrapping of data keys by a key that only the host knows (a file, an HSM, a key service).
 *
 * Optional. Without it sealable values are stored in the clear scheme of the envelope. The library checks and keeps the table now;
 * sealing itself uses it as soon as the policy asks for it.
 */
#ifndef COMPLAINT_HOST_KEYS_H
#define COMPLAINT_HOST_KEYS_H

#include <complaint/define.h>
#include <complaint/host/sink.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The host's key service; copied when it is registered. */
typedef struct complaint_keys {
    size_t size; /**< sizeof(complaint_keys) as the host was compiled */
    void *self;

    /** Must. Wraps the 32-byte data key and gives the wrapped form (at most 512 bytes) to `sink` once. */
    complaint_status(COMPLAINT_CALL *wrap)(void *self, const void *key, size_t key_size, complaint_bytes_fn sink, void *sink_context, complaint_host_error *error);

    /** Must. The reverse; COMPLAINT_E_NOT_FOUND when the key was destroyed, so that the value is erased for good. */
    complaint_status(COMPLAINT_CALL *unwrap)(void *self, const void *wrapped, size_t wrapped_size, complaint_bytes_fn sink, void *sink_context, complaint_host_error *error);
} complaint_keys;

#ifdef __cplusplus
}
#endif
#endif
