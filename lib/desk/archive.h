/*
 * desk/archive: what writing and reading an archive share; nobody outside desk includes this.
 *
 * A line is one row: {"TABLE":{"COLUMN":value,...}} without the office. Streams (cases, messages, days) come in the order of their numbers, each with all that belongs to it; docs/archive-format.md.
 */
#ifndef CPL_DESK_ARCHIVE_H
#define CPL_DESK_ARCHIVE_H

#include "desk/job.h"

enum { CPL_ARCHIVE_FORMAT = 1, CPL_LINE_COLUMNS = 32 };

/* Beside the tables, two kinds of line have a form of their own: the first and the last. */
enum { CPL_LINE_HEAD = CPL_TABLE_COUNT, CPL_LINE_END };
enum { CPL_HEAD_FORMAT, CPL_HEAD_OFFICE, CPL_HEAD_MAJOR, CPL_HEAD_MINOR, CPL_HEAD_WRITTEN_AT, CPL_HEAD_COLUMNS };
enum { CPL_END_LINES, CPL_END_DIGEST, CPL_END_COLUMNS };

/* What belongs to a stream, in the order of its lines; the chunks of an item of evidence follow its row. */
enum { CPL_STREAM_TABLES = 10 };
extern const int32_t cpl_stream_tables[CPL_STREAM_TABLES];
/* The place of a table in that list, or -1. */
int cpl_stream_table(int32_t table);

/* The number of values of a line: a row without its office. */
int32_t cpl_line_count(int32_t table);
/* Appends a line with its line break. */
void cpl_line_write(cpl_buf *b, int32_t table, const complaint_value *values);
/* Reads one without its line break; values live in the arena. Columns that are missing have the defaults of the schema. */
complaint_status cpl_line_read(cpl_str line, cpl_arena *a, int32_t *table, complaint_value *values, complaint_error *e);

/* As much of a line that cannot be read as says whose it is: its table (-1: not even that) and the number that its stream is named by (0: none). */
void cpl_line_place(cpl_str line, cpl_arena *a, int32_t *table, int64_t *owner);

/* The running digest of all lines so far: SHA-256 of the digest before and the line without its break. */
void cpl_line_digest(uint8_t digest[CPL_HASH_SIZE], cpl_str line, cpl_buf *scratch);

/* How much there was. */
typedef struct cpl_archive_tally {
    int64_t lines, definitions, cases, messages, events, evidence, silenced, refused;
} cpl_archive_tally;
complaint_status cpl_archive_tally_page(complaint_desk *d, const cpl_archive_tally *t, complaint_page **page);

/* A stream as its lines say, and what its events make of it. Rows have the office before them, as from a store, and the number of their line behind them. */
typedef struct cpl_archived {
    int64_t id;
    cpl_rows rows[CPL_STREAM_TABLES];
    cpl_stream_kind kind;
    cpl_case c;
    cpl_message_log m;
} cpl_archived;
/* A policy or a calendar that an archive brings. */
typedef struct cpl_definition {
    cpl_str kind, digest;
} cpl_definition;
typedef struct cpl_definitions {
    cpl_definition *items; /* as they came */
    size_t count, capacity;
} cpl_definitions;
bool cpl_is_defined(const cpl_definitions *list, cpl_str kind, cpl_str digest);

/* Folds the events and proves that they are a chain, that the rows follow from them, that what they cite is among `definitions`, and that the view sees the case. E_CORRUPT says what is wrong, and in which line. */
complaint_status cpl_archived_prove(complaint_desk *d, const cpl_view *view, const cpl_definitions *definitions, cpl_archived *st, cpl_arena *a);

/* Sees all cases, all identities, all texts; E_ROLE. */
complaint_status cpl_archive_view(complaint_desk *d, const complaint_actor *a, cpl_view *view);

#endif
