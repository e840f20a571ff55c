/*
 * desk/system: short transactions in nobody's name: claims, settlements, reminders, recomputed deadlines.
 *
 * Owns: their retry. Must not know: what they do.
 */
#include "desk/job.h"

#include <string.h>

/* `races`: the work reads afresh, or learns from what is there that it is done, so losing a race and not knowing are reasons to run it again. */
static bool again(const complaint_desk *d, complaint_status s, bool races) {
    if (d->host.limits.flags & COMPLAINT_STORE_JOINED) return false;
    return s == COMPLAINT_E_RETRY || (races && (s == COMPLAINT_E_EXISTS || s == COMPLAINT_E_VERSION || s == COMPLAINT_E_UNKNOWN));
}

static complaint_status one_small(complaint_desk *d, int64_t now, const uint8_t secret[CPL_HASH_SIZE], cpl_system_work work, void *context) {
    cpl_job job = {.d = d, .e = &d->error, .now = now, .pr = {d->policy, d->calendar, d->calendar_digest, d->office}};
    memcpy(job.secret, secret, sizeof job.secret);
    cpl_error_clear(&d->error);
    cpl_arena_init(&job.arena, &d->memory);
    cpl_batch_init(&job.batch, &job.arena);
    complaint_status s = cpl_tx_begin(&job.tx, &d->host, d->office, COMPLAINT_WRITE, &d->error);
    if (s == COMPLAINT_OK) s = work(&job, context);
    if (s == COMPLAINT_OK && job.batch.count) s = cpl_tx_write(&job.tx, &job.batch, NULL);
    if (s == COMPLAINT_OK && job.batch.count) s = cpl_tx_commit(&job.tx);
    cpl_tx_rollback(&job.tx);
    cpl_arena_free(&job.arena);
    return s;
}

complaint_status cpl_run_system(complaint_desk *d, int64_t now, bool races, cpl_system_work work, void *context) {
    uint8_t secret[CPL_HASH_SIZE]; /* the same in every run */
    cpl_random(secret, sizeof secret);
    complaint_status s = one_small(d, now, secret, work, context);
    for (int run = 1; run < CPL_RUNS && again(d, s, races); run++) s = one_small(d, now, secret, work, context);
    return races || s == COMPLAINT_E_RETRY ? cpl_given_up(d, s, &d->error) : s; /* without races, who called knows what it means to come second */
}
