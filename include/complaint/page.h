/**
 * @file complaint/page.h
 * A table of results: what this actor may see, and nothing else.
 *
 * Rows and columns are numbered from 0. Columns are named as in the tables (schema.h), plus a few that are computed. A cell that the actor may
 * not see is masked: it answers null and complaint_page_masked says so; a masked value never leaves the library and can never be
 * saved back. Pages own their memory and may outlive the desk.
 *
 * Threads: immutable; may be read by several threads, freed by one.
 */
#ifndef COMPLAINT_PAGE_H
#define COMPLAINT_PAGE_H

#include <complaint/define.h>
#include <complaint/text.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_page complaint_page;

COMPLAINT_API int64_t COMPLAINT_CALL complaint_page_count(const complaint_page *page);
COMPLAINT_API int32_t COMPLAINT_CALL complaint_page_column_count(const complaint_page *page);
/** Name of a column; NULL behind the last. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_page_column_name(const complaint_page *page, int32_t column);
/** Number of a column, or -1. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_page_column_find(const complaint_page *page, const char *name);

/** COMPLAINT_NULL, COMPLAINT_INT64 or COMPLAINT_TEXT (value.h). Outside the table: COMPLAINT_NULL. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_page_type(const complaint_page *page, int64_t row, int32_t column);
/** The number in a cell; 0 when it is no number. Instants are ms since 1970 UTC; 0 means "not yet". */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_page_integer(const complaint_page *page, int64_t row, int32_t column);
/** The text in a cell, NUL-terminated, UTF-8, never containing U+0000; "" when it is no text. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_page_text(const complaint_page *page, int64_t row, int32_t column);
/** 1 when there is a value that this actor may not see. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_page_masked(const complaint_page *page, int64_t row, int32_t column);

/** The same by column name; an unknown name behaves like a cell outside the table. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_page_integer_of(const complaint_page *page, int64_t row, const char *column);
COMPLAINT_API const char *COMPLAINT_CALL complaint_page_text_of(const complaint_page *page, int64_t row, const char *column);

/** Where to go on: give it to the same call for the next page; NULL when this is the last. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_page_token(const complaint_page *page);

/** The page as a JSON array of objects; numbers that are ids are strings, masked cells are `{"masked":true}`. `*text` is owned by the caller. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_page_json(const complaint_page *page, complaint_text **text);

/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_page_free(complaint_page *page);

#ifdef __cplusplus
}
#endif
#endif
