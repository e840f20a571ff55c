/*
 * desk/action: an action on a case that exists.
 *
 * Owns: the order read, fold, compare, plan, append; register numbers. Must not know: what the procedure allows (process).
 */
#include "desk/job.h"

cpl_request cpl_request_of(const cpl_job *job, int32_t kind) {
    const complaint_draft *draft = job->draft;
    return (cpl_request){.kind = kind, .id = job->request, .who = job->who, .now = job->now, .happened_at = draft->has_happened_at ? draft->happened_at : job->now, .fields = draft->fields,
                         .field_count = draft->field_count, .evidence = draft->evidence, .evidence_count = draft->evidence_count, .message = draft->message, .silent = draft->silent};
}

const cpl_input *cpl_field_of(const cpl_job *job, const char *name) {
    const cpl_input *found = NULL;
    for (size_t i = 0; i < job->draft->field_count; i++)
        if (cpl_str_is(job->draft->fields[i].name, name)) found = &job->draft->fields[i];
    return found;
}

cpl_str cpl_field_text(const cpl_job *job, const char *name) {
    const cpl_input *in = cpl_field_of(job, name);
    return in && !in->is_integer ? in->text : CPL_LIT("");
}

complaint_status cpl_check_revision(cpl_job *job, const cpl_case *c) {
    int64_t seen = job->draft->revision;
    if (seen == COMPLAINT_ANY_REVISION || seen == c->revision) return COMPLAINT_OK;
    return cpl_failf(job->e, COMPLAINT_E_CONFLICT, "revision", "มีผู้แก้ไขเรื่องนี้ไปก่อนแล้ว (ที่เห็นคือครั้งที่ %lld ปัจจุบันครั้งที่ %lld) อ่านเรื่องใหม่แล้วตัดสินใจอีกครั้ง",
                     "somebody has changed the case: you saw revision %lld, it is at %lld; read it again", (long long)seen, (long long)c->revision);
}

/* ---- register numbers: gapless per office and fiscal year of entry, by the register row's version -------------------------- */

typedef struct numbering {
    bool wanted, first;
    int64_t version;
} numbering;

static complaint_status next_number(cpl_job *job, cpl_request *rq, numbering *n) {
    enum { VERSION = 2, LAST = 3 };
    cpl_row row;
    rq->fiscal_year = cpl_date_fiscal_year(cpl_instant_day(job->now));
    complaint_value key = cpl_int(rq->fiscal_year);
    complaint_status s = cpl_tx_get(&job->tx, CPL_REGISTER, &key, 1, &job->arena, &row);
    n->wanted = true;
    n->first = s == COMPLAINT_E_NOT_FOUND;
    rq->next_number = 1;
    if (n->first) return COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    n->version = row.values[VERSION].integer;
    rq->next_number = row.values[LAST].integer + 1;
    return COMPLAINT_OK;
}

static void take_number(cpl_job *job, const cpl_request *rq, const numbering *n, int64_t case_id) {
    static const int32_t columns[] = {2, 3};
    complaint_value row[] = {cpl_int(rq->fiscal_year), cpl_int(n->version + 1), cpl_int(rq->next_number)};
    complaint_value number[] = {cpl_int(rq->fiscal_year), cpl_int(rq->next_number), cpl_int(case_id)};
    if (n->first) cpl_batch_insert(&job->batch, job->d->office, CPL_REGISTER, row, 3);
    else cpl_batch_update(&job->batch, job->d->office, CPL_REGISTER, row, 1, n->version, columns, row + 1, 2);
    cpl_batch_insert(&job->batch, job->d->office, CPL_NUMBER, number, 3);
}

/* ---- the action --------------------------------------------------------------------------------------------------------------- */

static complaint_status plan_and_append(cpl_job *job, const cpl_case *c, const cpl_request *rq, cpl_case *after) {
    cpl_plan plan;
    complaint_status s = cpl_plan_action(&job->pr, c, rq, &job->arena, &plan, job->e);
    if (s == COMPLAINT_OK) s = cpl_append(job, c, &plan, after);
    if (s == COMPLAINT_OK) s = cpl_attach(job, c, &plan);
    if (s == COMPLAINT_OK) cpl_insert_evidence(job, c->id, c->evidence + 1);
    return s;
}

/* The message that an action is about lies in the case; who wrote it is one of its complainants, or not yet. */
static complaint_status take_message(cpl_job *job, const cpl_case *c, cpl_request *rq) {
    cpl_row *row = cpl_arena_alloc(&job->arena, sizeof *row);
    if (!row) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = cpl_message_of_case(job, c->id, row);
    if (s != COMPLAINT_OK) return s;
    job->sender = row->values;
    rq->from = cpl_sender_of(row->values);
    rq->writer = cpl_writer_of(job->d->policy, c, row->values);
    return COMPLAINT_OK;
}

/* Somebody who wrote a message that joined comes with it: his name, his channel, and where he is reached there. */
static complaint_status prove_party(cpl_job *job, cpl_request *rq) {
    enum { CHANNEL = 3 };
    cpl_str name, address;
    if (rq->writer)
        return cpl_failf(job->e, COMPLAINT_E_INVALID, "message", "ผู้ส่งข้อความนี้เป็นผู้ร้องเรียนลำดับที่ %lld อยู่แล้ว", "the message is from complainant %lld", (long long)rq->writer);
    if (job->sender) rq->channel = cpl_value_str(&job->sender[CHANNEL]);
    complaint_status s = cpl_party_envelopes(job, &name, &address);
    if (s == COMPLAINT_OK) rq->party = cpl_proof_of(name, address);
    return s;
}

complaint_status cpl_act_on_case(cpl_job *job) {
    cpl_case c, after;
    complaint_status s = cpl_load_case(&job->tx, &job->arena, job->draft->case_id, &c);
    if (s == COMPLAINT_OK && !cpl_view_sees_case(&job->view, &c)) s = cpl_no_such_case(job->e, c.id);
    if (s == COMPLAINT_OK) s = cpl_check_revision(job, &c);
    if (s != COMPLAINT_OK) return s;
    cpl_request rq = cpl_request_of(job, job->kind);
    numbering n = {0};
    if (job->kind == CPL_EV_REGISTER && cpl_field_text(job, "legacy_number").n == 0) s = next_number(job, &rq, &n);
    job->sender = NULL;
    if (s == COMPLAINT_OK && rq.message) s = take_message(job, &c, &rq);
    if (s == COMPLAINT_OK && job->kind == CPL_EV_ADD_COMPLAINANT) s = prove_party(job, &rq);
    if (s == COMPLAINT_OK && job->kind == CPL_EV_UPDATE_COMPLAINANT) s = cpl_begin_amending(job, &c, &rq);
    const cpl_action *action = cpl_policy_action(job->d->policy, job->kind);
    if (s == COMPLAINT_OK && cpl_policy_guarded(job->d->policy, action, CPL_GUARD_LINKED_RESULT_BEFORE_CLOSE)) s = cpl_linked_result(&job->tx, &job->arena, job, c.id, &rq.linked_result);
    if (s == COMPLAINT_OK) s = plan_and_append(job, &c, &rq, &after);
    if (s != COMPLAINT_OK) return s;
    if (n.wanted) take_number(job, &rq, &n, c.id);
    job->out = (complaint_outcome){.case_id = c.id, .message = job->draft->message, .revision = after.revision, .number = after.number, .fiscal_year = (int32_t)after.fiscal_year};
    return COMPLAINT_OK;
}
