/*
 * process/fold.h: how the parts of the fold share the payload they read.
 *
 * Owns: the reader of one event and the table of members. Must not know: what an event means. Only fold*.c include it.
 */
#ifndef CPL_PROCESS_FOLD_H
#define CPL_PROCESS_FOLD_H

#include "process/process.h"

typedef struct reader {
    cpl_scan scan;
    cpl_case *c;
    const cpl_event *ev;
    bool memory; /* out of memory, as opposed to a bad payload */
    bool told;   /* the event tells the result */
    bool acknowledged, failed; /* it acknowledges; an acknowledgement could not be delivered */
    bool untold; /* a result could not be delivered */
    bool some;   /* it names those who heard it at once; else all did whom it is for */
    const int64_t *cycle; /* the cycle that the event begins, 0: none */
    int64_t step;         /* the referral that it is a step of, 0: none */
    int64_t speaks;       /* the clock whose reminder the event is, 0: none's */
} reader;

/* INSTANT, COUNT: an integer that can be one. What the log cannot have written goes no further, so nothing above this line computes with the ends of int64. */
typedef enum { STRING, INTEGER, INSTANT, COUNT, LIST, MARK } member_type;

typedef struct member {
    const char *name;
    member_type type;
    size_t offset;                     /* STRING, INTEGER, INSTANT, COUNT: where in the target */
    bool (*element)(reader *r);        /* LIST: reads one object whose `{` was read */
    bool (*mark)(reader *r, cpl_str s); /* MARK: takes one string of the list */
} member;
#define MEMBERS(m) (m), sizeof(m) / sizeof((m)[0])
/* Reads the members of an object whose `{` was read; members that are not in the table are for people and reports. */
bool cpl_read_object(reader *r, const member *members, size_t count, void *target);
/* Makes room for one more element of an arena array; NULL: out of memory, which the reader keeps. */
void *cpl_fold_grow(reader *r, void *items, size_t count, size_t *capacity, size_t size);
/* A copy with room for one more. */
void *cpl_fold_longer(reader *r, const void *items, size_t count, size_t size);
/* The next number of a row that the event adds. */
bool cpl_fold_number(reader *r, int64_t *last);

/* One object of the list of that name. */
bool cpl_fold_clock(reader *r);
bool cpl_fold_referral(reader *r);
bool cpl_fold_step(reader *r);
bool cpl_fold_retimed(reader *r);
bool cpl_fold_party(reader *r);
bool cpl_fold_amended(reader *r);
bool cpl_fold_withdrawn(reader *r);
bool cpl_fold_returned(reader *r);
bool cpl_fold_tried(reader *r);
bool cpl_fold_heard(reader *r);
bool cpl_fold_blind(reader *r);
bool cpl_fold_seeing(reader *r);
bool cpl_fold_notice(reader *r);
bool cpl_fold_silenced(reader *r);
bool cpl_fold_rerouted(reader *r);

/* Whether the letter that an act of this kind sends tells the result. */
bool cpl_tells(int32_t kind);

#endif
