/**
 * @file complaint/error.h
 * What went wrong, in words a person can act on.
 *
 * Every handle that can fail keeps one error: it is cleared when a call on the handle begins and
 * filled when that call fails, so it is never stale. Calls that have no handle yet hand an error
 * out instead. An answer of COMPLAINT_E_REENTRANT leaves the error of the outer call alone.
 *
 * Threads: an error belongs to its handle and follows the handle's rule.
 */
#ifndef COMPLAINT_ERROR_H
#define COMPLAINT_ERROR_H

#include <complaint/define.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_error complaint_error;

/** Languages of texts. Values are permanent. */
enum { COMPLAINT_THAI = 1, COMPLAINT_ENGLISH = 2 };

/** The status of the failed call, or COMPLAINT_OK when the last call succeeded. NULL answers COMPLAINT_OK. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_error_status(const complaint_error *error);

/**
 * The sentence that says what is wrong and where, in COMPLAINT_THAI or COMPLAINT_ENGLISH (anything else
 * answers English). Borrowed, valid until the next call on the handle; never NULL, "" when there is no error.
 * It never contains text that a complainant wrote.
 */
COMPLAINT_API const char *COMPLAINT_CALL complaint_error_text(const complaint_error *error, int32_t language);

/** The name of the field, slot, table or rule at fault (`unit`, `store.begin`, `guard told_before_close`); "" if none. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_error_subject(const complaint_error *error);

/** The place inside a document: a JSON path such as `$.actions.forward.from[2]`, or a file name; "" if none. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_error_path(const complaint_error *error);

/** The line in that document, from 1; 0 if none. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_error_line(const complaint_error *error);

/** The byte offset in that document or value, from 0; -1 if none. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_error_offset(const complaint_error *error);

/** The code that the host's callback left in its error sink (an SQLite result code, say); 0 if none. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_error_host_code(const complaint_error *error);

/** The text that the host's callback left in its error sink; "" if none. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_error_host_text(const complaint_error *error);

/** Frees an error that a call handed out. NULL is allowed. Errors borrowed from a handle are not to be freed. */
COMPLAINT_API void COMPLAINT_CALL complaint_error_free(complaint_error *error);

#ifdef __cplusplus
}
#endif
#endif
