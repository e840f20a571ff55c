/**
 * @file complaint/schema.h
 * The tables the library keeps, published as data, so that a store in any language can create and read them.
 *
 * Numbers of tables, columns and indexes are positions and never change; a minor version only adds tables, indexes and columns with
 * defaults at the end. The first complaint_schema_key_count() columns of a table are its primary key; the first column of every table
 * is `office`. Names begin with `complaint_` (tables), have at most 30 bytes and are no SQL word. All calls are pure and thread-safe;
 * a number out of range answers 0, -1 or NULL.
 */
#ifndef COMPLAINT_SCHEMA_H
#define COMPLAINT_SCHEMA_H

#include <complaint/define.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Dialects of complaint_schema_ddl. Values are permanent; further databases come with their stores. */
enum { COMPLAINT_DDL_SQLITE = 1 };

/** The version of the schema this library writes. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_major(void);
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_minor(void);

/** Number of tables; tables are numbered from 0. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_table_count(void);
/** Name of a table (static), or NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_schema_table_name(int32_t table);
/** What one row of the table is, in one English sentence (static), or NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_schema_table_comment(int32_t table);
/** The minor version that brought the table. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_table_since(int32_t table);
/** Number of a table by name, or -1. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_table_find(const char *name);

/** Number of columns, and how many of the first ones are the primary key. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_column_count(int32_t table);
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_key_count(int32_t table);
/** Name of a column (static), or NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_schema_column_name(int32_t table, int32_t column);
/** What the column holds: meaning, unit, codes (static), or NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_schema_column_comment(int32_t table, int32_t column);
/** COMPLAINT_INT64, COMPLAINT_TEXT or COMPLAINT_BLOB; 0 when there is no such column. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_column_type(int32_t table, int32_t column);
/** 1 when the column may be null. Key and indexed columns never are. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_column_nullable(int32_t table, int32_t column);
/** The minor version that brought the column. A column added later than its table has the default 0, '' or empty blob, or null where it may be null. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_column_since(int32_t table, int32_t column);
/** The column that conditional updates compare, or -1 when the table has none. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_version_column(int32_t table);

/** Number of indexes, the primary key (number 0) included. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_index_count(int32_t table);
/** Name of an index (static); the primary key answers the table's name. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_schema_index_name(int32_t table, int32_t index);
/** 1 when no two rows may agree in all columns of the index. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_index_unique(int32_t table, int32_t index);
/** Number of columns of an index. Together they always identify a row: an index that is not unique ends with the key columns. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_index_width(int32_t table, int32_t index);
/** The column number at position 0 .. width-1 of an index, or -1. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_index_column(int32_t table, int32_t index, int32_t position);
/** The minor version that brought the index. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_index_since(int32_t table, int32_t index);

/**
 * Writes the statements that bring a database from schema minor `from_minor` (-1: nothing there) to `to_minor`, as a script a person
 * can read: each statement ends with `;` at the end of a line, what a column means stands behind it as an SQL comment (no comment ends
 * with `;`). Run it as one, in a transaction. Writes at most `capacity` bytes with a closing NUL and sets `*needed` to the size without
 * the NUL; when `needed` >= `capacity` nothing is written and the answer is COMPLAINT_E_TOO_LARGE. `buffer` may be NULL with capacity 0
 * to ask for the size. COMPLAINT_E_INVALID: unknown dialect. COMPLAINT_E_RANGE: versions this library does not know.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_schema_ddl(int32_t dialect, int32_t from_minor, int32_t to_minor, char *buffer, size_t capacity, size_t *needed);

/**
 * The same difference as data: the number of steps from `from_minor` to `to_minor`, and each step. `*what` is 1 a table, 2 a column, 3 an index;
 * `*table` and `*item` (column or index number, 0 for a table) say which. COMPLAINT_E_RANGE when the step or a version does not exist.
 */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_schema_diff_count(int32_t from_minor, int32_t to_minor);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_schema_diff(int32_t from_minor, int32_t to_minor, int32_t step, int32_t *what, int32_t *table, int32_t *item);

#ifdef __cplusplus
}
#endif
#endif
