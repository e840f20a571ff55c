/*
 * desk/act: which work a verb is. Owns the dispatch and the outcome. Must not know: how the work is done.
 */
#include "desk/job.h"

static cpl_work work_of(int32_t verb, const complaint_draft *draft) {
    if (verb == COMPLAINT_VERB_ASSIGN && draft->case_id == 0) return cpl_assign_duty;
    switch (verb) {
    case COMPLAINT_VERB_RECEIVE: return cpl_receive;
    case COMPLAINT_VERB_TRIAGE:
    case COMPLAINT_VERB_ADD_MESSAGE: return cpl_triage;
    case COMPLAINT_VERB_SET_ASIDE: return cpl_set_aside;
    case COMPLAINT_VERB_EXECUTIVE_INTAKE: return cpl_executive_intake;
    case COMPLAINT_VERB_SPLIT: return cpl_split;
    case COMPLAINT_VERB_CHECK_CHANNEL: return cpl_check_channel;
    default: return cpl_act_on_case;
    }
}

static complaint_status check_verb(complaint_desk *d, int32_t verb) {
    const char *name = complaint_verb_name(verb);
    complaint_status s = cpl_desk_may_write(d);
    if (s != COMPLAINT_OK) return s;
    if (!name || !cpl_event_is_action(verb)) return cpl_failf(&d->error, COMPLAINT_E_UNKNOWN_CODE, "verb", "ไม่มีรายการหมายเลข %d", "there is no verb %d", (int)verb);
    if (!cpl_policy_action(d->policy, verb))
        return cpl_failf(&d->error, COMPLAINT_E_UNSUPPORTED, name, "มาตรฐานการปฏิบัติงาน %s ไม่ใช้รายการ %s", "policy %s does not use %s", d->policy->id.p, name);
    return COMPLAINT_OK;
}

complaint_status cpl_desk_act(complaint_desk *d, const complaint_actor *a, int32_t verb, const complaint_draft *draft, complaint_outcome *outcome) {
    cpl_job job;
    complaint_status s = check_verb(d, verb);
    if (s == COMPLAINT_OK) s = cpl_job_begin(&job, d, a, verb, draft);
    if (s == COMPLAINT_OK && verb == COMPLAINT_VERB_ADD_MESSAGE && draft->case_id == 0) s = cpl_fail(&d->error, COMPLAINT_E_REQUIRED, "case");
    if (s == COMPLAINT_OK) s = cpl_job_run(&job, work_of(verb, draft));
    if (s == COMPLAINT_OK && outcome) *outcome = job.out;
    return s;
}
