/*
 * desk/group: several actions in one transaction, for imports.
 *
 * Owns: the transaction they share, and its retry. Must not know: which actions they are.
 */
#include "desk/job.h"

static complaint_status one_group(complaint_desk *d, cpl_group_work work, void *context) {
    cpl_tx tx;
    cpl_error_clear(&d->error);
    complaint_status s = cpl_tx_begin(&tx, &d->host, d->office, COMPLAINT_WRITE, &d->error);
    if (s == COMPLAINT_OK) {
        d->group = &tx;
        s = work(context);
        d->group = NULL;
    }
    if (s == COMPLAINT_OK) s = cpl_tx_commit(&tx);
    cpl_tx_rollback(&tx);
    return s;
}

static bool again(const complaint_desk *d, complaint_status s) {
    if (d->host.limits.flags & COMPLAINT_STORE_JOINED) return false;
    return s == COMPLAINT_E_RETRY || s == COMPLAINT_E_EXISTS || s == COMPLAINT_E_VERSION || s == COMPLAINT_E_UNKNOWN;
}

complaint_status cpl_desk_group(complaint_desk *d, cpl_group_work work, void *context) {
    complaint_status s = one_group(d, work, context);
    for (int run = 1; run < CPL_RUNS && again(d, s); run++) s = one_group(d, work, context);
    return cpl_given_up(d, s, &d->error);
}
