/*
 * process/plan: what the files of planning share; nobody outside process includes this.
 */
#ifndef CPL_PROCESS_PLAN_H
#define CPL_PROCESS_PLAN_H

#include "process/process.h"

/* A JSON object or array being written. */
typedef struct writer {
    cpl_buf *b;
    bool first;
} writer;

void cpl_write_key(writer *w, const char *key);
void cpl_write_str(writer *w, const char *key, cpl_str s);
void cpl_write_int(writer *w, const char *key, int64_t v);
void cpl_write_id(writer *w, const char *key, int64_t id); /* as a string: JavaScript has no int64 */
/* Opens a nested object or array (`{`, `[`); key NULL inside an array. */
writer cpl_write_open(writer *w, const char *key, char bracket);
void cpl_write_close(writer *w, char bracket);

enum { MAX_HITS = 16, MAX_UNITS = 16 };

/* The action being planned. */
typedef struct planner {
    const cpl_procedure *pr;
    const complaint_policy *p;
    const cpl_case *c;
    const cpl_request *rq;
    const cpl_action *action;
    int role; /* the role that allows it */
    cpl_arena *arena;
    complaint_error *e;
    cpl_trigger hits[MAX_HITS]; /* what this event sets off */
    size_t hit_count;
    int64_t flags_set, flags_cleared;
    cpl_str units[MAX_UNITS];
    size_t unit_count;
    int64_t reported; /* report_result: the referral, from 1 */
    bool last_result; /* no other referral is still waiting */
    int64_t received_at, happened_at, entered_at;
    cpl_planned_notice *notices;
    size_t notice_count;
} planner;

const cpl_input *cpl_find_input(const cpl_request *rq, const char *name);
cpl_str cpl_input_text(const cpl_request *rq, const char *name); /* empty when not given */

/* fields.c: types, codes, required and unknown fields; fills flags_set, units, ... */
complaint_status cpl_check_fields(planner *pl);
void cpl_write_fields(const planner *pl, writer *clear, writer *sealed);

/* guard.c */
complaint_status cpl_check_guards(const planner *pl, bool with_fields);

/* clocks.c: which clocks stop and start, written into the payload. */
complaint_status cpl_plan_clocks(planner *pl, writer *w, bool final);

void cpl_hit(planner *pl, int32_t kind, cpl_str qualifier);
bool cpl_any_hit(const planner *pl, const cpl_trigger *list, size_t count);

#endif
