/**
 * @file complaint/text.h
 * A text the library made and the caller owns.
 *
 * Threads: immutable; may be read by several threads, freed by one.
 */
#ifndef COMPLAINT_TEXT_H
#define COMPLAINT_TEXT_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_text complaint_text;

/** The bytes, UTF-8 unless the call that made them says otherwise, followed by one NUL that is not counted. Borrowed; never NULL for a live handle. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_text_data(const complaint_text *text);

/** The number of bytes without the closing NUL. NULL answers 0. */
COMPLAINT_API size_t COMPLAINT_CALL complaint_text_size(const complaint_text *text);

/** Frees the text with the allocator it was made with. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_text_free(complaint_text *text);

#ifdef __cplusplus
}
#endif
#endif
