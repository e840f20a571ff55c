/**
 * @file complaint/host/sink.h
 * The sinks into which a host's callbacks put what they found and why they failed.
 *
 * No memory crosses the border: the library copies what a sink is given before the sink returns.
 */
#ifndef COMPLAINT_HOST_SINK_H
#define COMPLAINT_HOST_SINK_H

#include <complaint/define.h>
#include <complaint/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where a callback leaves its own error code and text before it answers a status other than COMPLAINT_OK. */
typedef struct complaint_host_error complaint_host_error;

/**
 * Leaves the host's code (an errno, an SQLite result, an HTTP status) and text. The last call wins. Text that is
 * too long is cut at a character, text that is not UTF-8 is dropped. A NULL `error` is allowed and ignored.
 */
COMPLAINT_API void COMPLAINT_CALL complaint_host_error_set(complaint_host_error *error, int64_t code, const char *text, size_t text_size);

/**
 * Says in Thai what the text of complaint_host_error_set, which is called before, says in English, for a person who can cure it: what is wrong and what to do.
 * complaint_error_text answers the two then, instead of the status's own words. Without values, like the text. Too long, not UTF-8, a NULL `error`: as above.
 */
COMPLAINT_API void COMPLAINT_CALL complaint_host_error_explain(complaint_host_error *error, const char *thai, size_t thai_size);

/**
 * Takes one row: `count` values, every column of the table in schema order. The values need to stay valid for this
 * call only. An answer other than 0 means: give no further row, clean up and answer COMPLAINT_OK from the slot.
 */
typedef int32_t(COMPLAINT_CALL *complaint_row_fn)(void *context, const complaint_value *values, int32_t count);

/** Takes the next piece of a stream of bytes. An answer other than 0 means: give no more, answer COMPLAINT_OK. */
typedef int32_t(COMPLAINT_CALL *complaint_bytes_fn)(void *context, const void *data, size_t size);

/**
 * Gives the next piece of a stream: fills at most `capacity` bytes, sets `*got` (0 = end of the stream) and answers
 * COMPLAINT_OK, or any other status, which ends the call that reads.
 */
typedef complaint_status(COMPLAINT_CALL *complaint_read_fn)(void *context, void *buffer, size_t capacity, size_t *got);

#ifdef __cplusplus
}
#endif
#endif
