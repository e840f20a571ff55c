/*
 * desk/verify: what the files of the audit share; nobody else includes this.
 */
#ifndef CPL_DESK_VERIFY_H
#define CPL_DESK_VERIFY_H

#include "desk/job.h"

/* One row of the findings. Texts are a sentence each; `subject` is a table, a column of it, or the dimension of a counter. */
typedef struct cpl_fault {
    int64_t stream, seq;
    const char *what, *subject, *thai, *english;
    int64_t clock, recorded, computed; /* of a deadline */
} cpl_fault;

/* Policies and calendars that events cite, as they lie in the store; the last few are kept. */
enum { CPL_KEPT_DEFINITIONS = 4 };
typedef struct cpl_kept_definition {
    char digest[2 * CPL_HASH_SIZE + 1];
    complaint_policy *policy;
    complaint_calendar *calendar;
} cpl_kept_definition;

/* Streams that were met, so that a row need not look for the log that another row of the same case has found. A place holds the last of those that share it. */
enum { CPL_MET_BITS = 16, CPL_MET_STREAMS = 1 << CPL_MET_BITS };
typedef struct cpl_met_stream {
    int64_t id;
    cpl_stream_kind kind;
} cpl_met_stream;

typedef struct cpl_audit {
    complaint_desk *d;
    cpl_tx *tx; /* of the part that is being looked at */
    complaint_page *findings;
    int32_t flags;
    int64_t checked; /* events */
    int64_t looked;  /* rows without a log of their own */
    cpl_met_stream *met; /* CPL_MET_STREAMS of them */
    cpl_kept_definition kept[2][CPL_KEPT_DEFINITIONS]; /* policies, calendars; the latest first */
} cpl_audit;

void cpl_finding(cpl_audit *a, const cpl_fault *f);
/* What the store or the data got wrong becomes a finding; what keeps us from looking is an error. */
complaint_status cpl_note_fault(cpl_audit *a, int64_t stream, int64_t seq, complaint_status s);
bool cpl_is_fault(complaint_status s);
/* `TABLE.COLUMN`. */
enum { CPL_COLUMN_NAME = 96 };
void cpl_column_name(int32_t table, int32_t column, char out[CPL_COLUMN_NAME]);
/* It is not what the log makes it. */
void cpl_projection_fault(cpl_audit *a, int64_t stream, int64_t seq, int32_t table, int32_t column);
complaint_status cpl_rows_of(cpl_audit *a, cpl_arena *arena, int32_t table, int64_t id, cpl_rows *rows);

/* What the log of a stream is of, CPL_STREAM_NONE: there is none. */
complaint_status cpl_audit_stream(cpl_audit *a, int64_t id, cpl_stream_kind *kind);
void cpl_audit_met(cpl_audit *a, int64_t id, cpl_stream_kind kind);

/* verify_stream.c: one log, and everything that follows from it. */
complaint_status cpl_verify_stream(cpl_audit *a, int64_t id);

/* verify_deadline.c: the definitions an event cites are there; with COMPLAINT_VERIFY_RECOMPUTE its deadlines are what they make them. `c` is the case after the event. */
complaint_status cpl_verify_deadlines(cpl_audit *a, const cpl_case *c, const cpl_event *ev);
void cpl_forget_definitions(cpl_audit *a);

/* verify_rows.c: what belongs to no log, or says it does. */
complaint_status cpl_verify_owners(cpl_audit *a, int32_t table, int64_t *after, bool *more); /* a part of a table, from behind *after */
extern const int32_t cpl_owned_tables[];
extern const int cpl_owned_table_count;
complaint_status cpl_verify_requests(cpl_audit *a);
complaint_status cpl_verify_definitions(cpl_audit *a);
complaint_status cpl_verify_registers(cpl_audit *a);
complaint_status cpl_verify_counters(cpl_audit *a);

#endif
