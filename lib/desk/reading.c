/*
 * desk/reading: one snapshot for one question.
 *
 * Owns: the retry of reads; what is said when nothing is run again. Must not know: what is asked.
 */
#include "desk/desk.h"

complaint_status cpl_store_busy(complaint_error *e) {
    return cpl_failf(e, COMPLAINT_E_BUSY, "store", "ที่เก็บข้อมูลไม่ว่าง ทำรายการไม่สำเร็จหลังลอง %d ครั้ง", "the store was busy; given up after %d runs", CPL_RUNS);
}

complaint_status cpl_given_up(const complaint_desk *d, complaint_status s, complaint_error *e) {
    bool race = s == COMPLAINT_E_VERSION || s == COMPLAINT_E_EXISTS;
    if (!race && s != COMPLAINT_E_RETRY) return s;
    if (!(d->host.limits.flags & COMPLAINT_STORE_JOINED)) return cpl_store_busy(e);
    return race ? cpl_fail(e, COMPLAINT_E_RETRY, NULL) : s;
}

complaint_status cpl_desk_reading(complaint_desk *d, cpl_reading work, void *context) {
    bool joined = (d->host.limits.flags & COMPLAINT_STORE_JOINED) != 0;
    for (int run = 0; run < CPL_RUNS; run++) {
        cpl_tx tx;
        cpl_error_clear(&d->error);
        complaint_status s = cpl_tx_begin(&tx, &d->host, d->office, COMPLAINT_READ, &d->error);
        if (s == COMPLAINT_OK) s = work(&tx, context);
        cpl_tx_rollback(&tx);
        if (s != COMPLAINT_E_RETRY || joined) return s;
    }
    return cpl_store_busy(&d->error);
}
