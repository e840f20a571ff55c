/*
 * desk/restore: what the files of reading an archive share; nobody else includes this.
 */
#ifndef CPL_DESK_RESTORE_H
#define CPL_DESK_RESTORE_H

#include "desk/archive.h"

/* Numbers in ascending order, each once. */
typedef struct cpl_ids {
    int64_t *items;
    size_t count, capacity;
} cpl_ids;

/* What only one row of an office may have: the id of a message on its channel, a register number. */
typedef struct cpl_taken {
    uint8_t key[CPL_HASH_SIZE / 2];
    int64_t stream, line;
} cpl_taken;

/* A message and the case that it opened or joined; or a case and another that it is linked to. */
typedef struct cpl_hanging {
    int64_t one, other, line;
    uint8_t kind[CPL_HASH_SIZE]; /* of a link, hashed */
} cpl_hanging;
typedef struct cpl_hangings {
    cpl_hanging *items;
    size_t count, capacity;
} cpl_hangings;

/* What is not right, and what hangs on it. */
typedef struct cpl_refusals {
    bool goes_on;                  /* past what is wrong */
    const complaint_page *without; /* what a check has found: left out, and no fault any more; NULL: this is the check */
    complaint_page *page;          /* of a check */
    complaint_error first;         /* fault that was met */
    cpl_ids streams;               /* refused, or left out */
    cpl_ids cases, conversations;  /* all cases, all messages that are there */
    cpl_hangings messages, links;
    cpl_taken *taken;
    size_t taken_count, taken_capacity;
} cpl_refusals;

typedef enum { CPL_AT_HEAD, CPL_AT_DEFINITIONS, CPL_AT_STREAMS, CPL_AT_REQUESTS, CPL_AT_END } cpl_archive_section;

enum { CPL_ARCHIVE_YEARS = 300 };
typedef struct cpl_archive_year {
    int64_t year, count, last;
} cpl_archive_year;

typedef struct cpl_reader {
    complaint_desk *d;
    complaint_error *e;
    cpl_view view;
    int32_t flags;
    bool checks; /* writes nothing */
    int64_t now;
    complaint_read_fn read;
    void *context;
    cpl_buf input, scratch; /* scratch: for the digest */
    size_t at;              /* where the next line begins in the input */
    bool ended;
    int64_t line;
    cpl_archive_section section;
    uint8_t digest[CPL_HASH_SIZE];
    cpl_arena arena;      /* of the batch and the stream that is being gathered */
    cpl_arena line_arena; /* of the line that is being read: what is kept of it is copied */
    cpl_batch batch;
    cpl_archived stream; /* id 0: none */
    bool broken;         /* the stream is refused, or left out */
    bool doubt;          /* a line that may be the next stream's could not be read */
    int at_table;
    /* the item of evidence whose chunks may follow */
    cpl_buf item;
    cpl_str item_digest;
    int64_t item_size, item_chunks;
    /* of the whole archive */
    cpl_arena kept;
    cpl_str *items; /* digests of evidence, sorted */
    size_t item_count, item_capacity;
    cpl_definitions definitions;
    cpl_str last_request;
    int64_t last_stream;
    cpl_archive_year years[CPL_ARCHIVE_YEARS];
    size_t year_count;
    cpl_refusals refused;
    cpl_archive_tally tally;
    /* batches are counted from the first stream on: definitions may be there already */
    bool counts, ends; /* ends: the one that is being kept is the last */
    int64_t batches;
    struct {
        int64_t batches; /* of a reading that did not come to its end; 0: there was none */
        char proof[2 * CPL_HASH_SIZE + 1];
    } earlier;
} cpl_reader;

complaint_status cpl_restore_memory(cpl_reader *r);
/* E_CORRUPT with one sentence. */
complaint_status cpl_restore_fault(cpl_reader *r, const char *what, const char *thai, const char *english);

/* restore_unfinished.c: E_EXISTS when the office is not empty, unless there is what an earlier reading has left: then it is known how far that came. */
complaint_status cpl_look_for_rows(cpl_tx *tx, void *reader);
/* The store has a row already: E_CORRUPT, or E_EXISTS when it is somebody else's. */
complaint_status cpl_tell_second_row(cpl_reader *r);
/* The batch is the next one: `*known` when the earlier reading has kept it, else the note of how far this one came goes with it. */
complaint_status cpl_count_batch(cpl_reader *r, bool *known);

/* restore_evidence.c: the bytes behind a row of evidence. */
complaint_status cpl_begin_item(cpl_reader *r, const complaint_value *values);
complaint_status cpl_take_chunk(cpl_reader *r, const complaint_value *values);
complaint_status cpl_end_item(cpl_reader *r); /* proved, and kept */

/* restore_refused.c. A fault of a stream (0: of the line alone): COMPLAINT_OK when the reading goes on past it. */
complaint_status cpl_refuse(cpl_reader *r, int64_t stream, complaint_status s);
/* The same for the stream that is being gathered: nothing of it is taken. */
complaint_status cpl_refuse_stream(cpl_reader *r, complaint_status s);
bool cpl_is_refused(const cpl_reader *r, int64_t stream);
bool cpl_line_is_left_out(const cpl_reader *r); /* the one that is being read: a check has found it */
/* What an answered request is about is there (0: nothing), or refused. */
complaint_status cpl_prove_request(cpl_reader *r, int64_t case_id, int64_t message);
/* Remembers what the stream has to do with others. */
complaint_status cpl_note_stream(cpl_reader *r);
/* At the end, unless a check was made before: what is there twice, and what hangs on what is refused, or is not there. */
complaint_status cpl_refuse_what_hangs(cpl_reader *r);
complaint_status cpl_begin_refusals(cpl_reader *r, const complaint_page *without);
void cpl_end_refusals(cpl_reader *r);

#endif
