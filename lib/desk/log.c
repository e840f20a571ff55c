/*
 * desk/log: the log of a message or of a day, where the next event goes.
 *
 * Owns: reading such a log to its end, what an event brings with it, what of its notices is owed no more. Must not know: what a message or a day is.
 *
 * A case is folded whole; of these logs planning needs the end only, which is kept as a case's is (cpl_fold_end).
 */
#include "desk/job.h"

#include <string.h>

static complaint_status fold_row(const complaint_value *row, cpl_case *end, complaint_error *e) {
    cpl_event ev;
    complaint_status s = cpl_event_from_row(row, &ev, e);
    if (s != COMPLAINT_OK) return s;
    if (memcmp(ev.prev, end->head, sizeof ev.prev) != 0)
        return cpl_failf(e, COMPLAINT_E_CORRUPT, "complaint_event.prev", "สายโซ่ของรายการ %lld ขาดที่เหตุการณ์ %lld", "the chain of stream %lld is broken at event %lld", (long long)end->id, (long long)ev.seq);
    return cpl_fold_end(end, &ev, e);
}

complaint_status cpl_load_log(cpl_job *job, int64_t stream, cpl_rows *events, cpl_case *end) {
    cpl_range r = {.table = CPL_EVENT, .equal = {cpl_int(stream)}, .equal_count = 1};
    cpl_case_init(end, &job->arena, stream);
    *events = (cpl_rows){0};
    complaint_status s = cpl_tx_select(&job->tx, &r, &job->arena, events);
    for (size_t i = 0; s == COMPLAINT_OK && i < events->count; i++) s = fold_row(events->items[i].values, end, job->e);
    return s;
}

complaint_status cpl_append_log(cpl_job *job, const cpl_case *end, cpl_plan *plan) {
    complaint_status s = cpl_insert_notices(job, end, plan);
    if (s == COMPLAINT_OK) cpl_insert_event(&job->batch, job->d->office, &plan->event);
    return s;
}
