/*
 * desk/stream: the logs of an office, one after the other.
 *
 * Owns: what a stream is the log of, and which rows belong to whom. Must not know: what the events say.
 */
#include "desk/job.h"

cpl_stream_kind cpl_stream_kind_of(int64_t id, int32_t first_kind) {
    if (id < CPL_FIRST_ID) return CPL_STREAM_DAY;
    return first_kind == CPL_EV_RECEIVE ? CPL_STREAM_MESSAGE : CPL_STREAM_CASE;
}

bool cpl_stream_may_have(cpl_stream_kind kind, int32_t table) {
    switch (table) {
    case CPL_EVENT:
    case CPL_NOTICE:
    case CPL_ATTEMPT: return true;
    case CPL_EVIDENCE: return kind == CPL_STREAM_CASE || kind == CPL_STREAM_MESSAGE;
    case CPL_MESSAGE: return kind == CPL_STREAM_MESSAGE;
    case CPL_DUTY:
    case CPL_ROSTER: return kind == CPL_STREAM_DAY;
    default: return kind == CPL_STREAM_CASE;
    }
}

complaint_status cpl_stream_find(complaint_desk *d, cpl_tx *tx, int64_t id, cpl_stream_kind *kind) {
    enum { KIND = 3 };
    cpl_arena a;
    cpl_rows rows = {0};
    cpl_arena_init(&a, &d->memory);
    cpl_range r = {.table = CPL_EVENT, .equal = {cpl_int(id)}, .equal_count = 1, .limit = 1};
    complaint_status s = cpl_tx_select(tx, &r, &a, &rows);
    *kind = s == COMPLAINT_OK && rows.count ? cpl_stream_kind_of(id, (int32_t)rows.items[0].values[KIND].integer) : CPL_STREAM_NONE;
    cpl_arena_free(&a);
    return s;
}

/* An end that names the first columns of a key alone stands behind all rows that agree in them. */
complaint_status cpl_next_owner(complaint_desk *d, cpl_tx *tx, int32_t table, int64_t after, int64_t *owner, bool *found) {
    enum { OWNER = 1 };
    cpl_arena a;
    cpl_rows rows = {0};
    cpl_arena_init(&a, &d->memory);
    cpl_range r = {.table = table, .after = {cpl_int(after)}, .after_count = 1, .limit = 1};
    complaint_status s = cpl_tx_select(tx, &r, &a, &rows);
    *found = s == COMPLAINT_OK && rows.count;
    if (*found) *owner = rows.items[0].values[OWNER].integer;
    cpl_arena_free(&a);
    return s;
}
