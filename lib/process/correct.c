/*
 * process/correct: an event was entered with a wrong time.
 *
 * Owns: which events can be corrected, and which times of the case and its referrals were theirs. Must not know: what a correction does to the clocks (clocks.c). Both
 * entries stay in the log, and the later one counts. [CR-1]
 */
#include "process/plan.h"

#include <stddef.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* The times of the case that an event of a kind sets. */
static const struct {
    int32_t kind;
    const char *name;
    size_t at;
} times[] = {
    {CPL_EV_REGISTER, "registered_at", offsetof(cpl_case, registered_at)},     {CPL_EV_ACKNOWLEDGE, "acknowledged_at", offsetof(cpl_case, acknowledged_at)},
    {CPL_EV_CONSIDER, "considered_at", offsetof(cpl_case, considered_at)},     {CPL_EV_FORWARD, "forwarded_at", offsetof(cpl_case, forwarded_at)},
    {CPL_EV_REFER, "forwarded_at", offsetof(cpl_case, forwarded_at)},          {CPL_EV_ORDER, "ordered_at", offsetof(cpl_case, ordered_at)},
    {CPL_EV_ANSWER, "told_at", offsetof(cpl_case, told_at)},                   {CPL_EV_NOTIFY_RESULT, "told_at", offsetof(cpl_case, told_at)},
    {CPL_EV_REPLY_ORIGIN, "origin_answered_at", offsetof(cpl_case, origin_answered_at)}, {CPL_EV_CLOSE, "closed_at", offsetof(cpl_case, closed_at)},
};

/* What begins a case or a cycle is its beginning; a wait for the complainant is time that the clocks have given back already. */
static bool is_fixed(int32_t kind) {
    static const int32_t fixed[] = {CPL_EV_TRIAGE, CPL_EV_EXECUTIVE_INTAKE, CPL_EV_REOPEN, CPL_EV_REQUEST_INFO, CPL_EV_RESUME, CPL_EV_CORRECT};
    for (size_t i = 0; i < LENGTH(fixed); i++)
        if (fixed[i] == kind) return true;
    return false;
}

static complaint_status refuse_kind(const planner *pl, int64_t event, int32_t kind) {
    const char *verb = cpl_event_name(kind), *label = cpl_event_label(kind, COMPLAINT_THAI);
    return cpl_failf(pl->e, COMPLAINT_E_INVALID, "event", "เหตุการณ์ที่ %lld “%s”%.0s แก้ไขเวลาไม่ได้", "event %lld is %.0s%s, whose time cannot be corrected", (long long)event, label ? label : "-", verb ? verb : "?");
}

static complaint_status check_deed(const planner *pl, int64_t event, const cpl_deed *d) {
    if (!d) return cpl_failf(pl->e, COMPLAINT_E_NOT_FOUND, "event", "ไม่มีเหตุการณ์ที่ %lld ในเรื่องนี้", "this case has no event %lld", (long long)event);
    if (!cpl_event_is_action(d->kind) || is_fixed(d->kind)) return refuse_kind(pl, event, d->kind);
    if (d->cycle != pl->c->cycle)
        return cpl_failf(pl->e, COMPLAINT_E_STATE, "event", "เหตุการณ์ที่ %lld อยู่ก่อนที่เรื่องถูกเปิดใหม่ แก้ไขเวลาไม่ได้แล้ว", "event %lld was before the case was reopened; its time cannot be corrected any more", (long long)event);
    if (d->at == pl->happened_at) return cpl_failf(pl->e, COMPLAINT_E_INVALID, "happened_at", "เวลาที่ให้ไว้เหมือนเวลาเดิม", "happened_at is the time that the event has already");
    return COMPLAINT_OK;
}

static int64_t *time_of(cpl_referral *r, const planner *pl) {
    switch (pl->corrected.kind) {
    case CPL_EV_ACCEPT: return &r->accepted_at;
    case CPL_EV_REPORT_PROGRESS: return &r->interim_at;
    case CPL_EV_REPORT_RESULT:
    case CPL_EV_HAND_BACK: return &r->resulted_at;
    default: return NULL;
    }
}

/* The referral as it is with the new time; false: it is none of the event's. */
static bool retimed(const planner *pl, const cpl_referral *old, cpl_referral *new) {
    *new = *old;
    bool sent = old->begun == pl->correcting;
    int64_t *at = old->seq == pl->corrected.referral ? time_of(new, pl) : NULL;
    if (sent) new->sent_at = pl->happened_at;
    if (at && *at == pl->corrected.at) *at = pl->happened_at;
    return sent || (at && *at == pl->happened_at);
}

static bool in_order(int64_t first, int64_t then) { return first == 0 || then == 0 || first <= then; }

static bool is_in_order(const cpl_referral *r) {
    return in_order(r->sent_at, r->accepted_at) && in_order(r->accepted_at, r->resulted_at) && in_order(r->sent_at, r->resulted_at) && in_order(r->sent_at, r->interim_at);
}

/* What is told was known before. */
static bool is_told_in_order(const planner *pl) {
    if (pl->corrected.kind == CPL_EV_NOTIFY_RESULT) return in_order(pl->c->resulted_at, pl->happened_at);
    return pl->corrected.kind != CPL_EV_REPORT_RESULT || in_order(cpl_case_resulted_at(pl->c, pl->correcting, pl->happened_at), pl->c->told_at);
}

static complaint_status check_order(const planner *pl) {
    bool good = is_told_in_order(pl);
    cpl_referral r;
    for (size_t i = 0; i < pl->c->referral_count; i++) good &= !retimed(pl, &pl->c->referrals[i], &r) || is_in_order(&r);
    if (good) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่แก้ไขไม่เป็นไปตามลำดับ ส่งเรื่อง รับเรื่อง รายงานผล แจ้งผล", "with that time the matter would not be sent, accepted, reported and told in this order");
}

complaint_status cpl_prepare_correction(planner *pl) {
    int64_t event = cpl_find_input(pl->rq, "event")->integer;
    if (pl->rq->happened_at == pl->rq->now) return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "happened_at", "ระบุเวลาที่เกิดขึ้นจริง (happened_at)", "say in happened_at when it really was");
    const cpl_deed *d = cpl_case_deed(pl->c, event);
    complaint_status s = check_deed(pl, event, d);
    if (s != COMPLAINT_OK) return s;
    pl->correcting = event;
    pl->corrected = *d;
    return check_order(pl);
}

static void write_retimed(const planner *pl, writer *w) {
    static const struct {
        const char *name;
        size_t at;
    } columns[] = {{"sent_at", offsetof(cpl_referral, sent_at)}, {"accepted_at", offsetof(cpl_referral, accepted_at)}, {"interim_at", offsetof(cpl_referral, interim_at)}, {"resulted_at", offsetof(cpl_referral, resulted_at)}};
    writer list = cpl_write_open(w, "retimed", '[');
    for (size_t i = 0; i < pl->c->referral_count; i++) {
        const cpl_referral *old = &pl->c->referrals[i];
        cpl_referral new;
        if (!retimed(pl, old, &new)) continue;
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", old->seq);
        for (size_t k = 0; k < LENGTH(columns); k++) {
            const int64_t *was = (const int64_t *)((const char *)old + columns[k].at), *is = (const int64_t *)((const char *)&new + columns[k].at);
            if (*is != *was) cpl_write_int(&one, columns[k].name, *is);
        }
        cpl_write_close(&one, '}');
    }
    cpl_write_close(&list, ']');
}

static void write_times(const planner *pl, writer *w) {
    writer list = cpl_write_open(w, "times", '['), one = cpl_write_open(&list, NULL, '{');
    for (size_t i = 0; i < LENGTH(times); i++) {
        int64_t was = *(const int64_t *)((const char *)pl->c + times[i].at);
        if (times[i].kind == pl->corrected.kind && was == pl->corrected.at) cpl_write_int(&one, times[i].name, pl->happened_at);
    }
    if (cpl_brings_result(pl->corrected.kind) && pl->c->resulted_at) cpl_write_int(&one, "resulted_at", cpl_case_resulted_at(pl->c, pl->correcting, pl->happened_at));
    cpl_write_close(&one, '}');
    cpl_write_close(&list, ']');
}

void cpl_write_correction(const planner *pl, writer *w) {
    cpl_write_int(w, "corrects", pl->correcting);
    cpl_write_int(w, "was", pl->corrected.at);
    write_retimed(pl, w);
    write_times(pl, w);
}
