/*
 * api/desk: complaint/desk.h. The calls themselves are in desk; see api.h for what belongs here.
 */
#include "api/api.h"

complaint_status cpl_enter(complaint_desk *d) {
    if (!d || d->magic != CPL_MAGIC_DESK) return COMPLAINT_E_HANDLE;
    if (d->host.inside) return COMPLAINT_E_REENTRANT;
    d->group = NULL; /* of a call that a host's exception ended */
    cpl_error_clear(&d->error);
    return COMPLAINT_OK;
}

const complaint_error *COMPLAINT_CALL complaint_desk_error(const complaint_desk *d) { return d && d->magic == CPL_MAGIC_DESK ? &d->error : NULL; }
const complaint_policy *COMPLAINT_CALL complaint_desk_policy(const complaint_desk *d) { return d && d->magic == CPL_MAGIC_DESK ? d->policy : NULL; }

complaint_status COMPLAINT_CALL complaint_desk_set_progress(complaint_desk *d, complaint_progress_fn progress, void *context) {
    complaint_status s = cpl_enter(d);
    if (s != COMPLAINT_OK) return s;
    d->progress = progress;
    d->progress_context = context;
    return COMPLAINT_OK;
}

/* ---- acting ------------------------------------------------------------------------------------------------------- */

/* The outcome is allocated before the action, so that no action is done whose answer cannot be given. */
complaint_status COMPLAINT_CALL complaint_desk_act(complaint_desk *d, const complaint_actor *actor, int32_t verb, const complaint_draft *draft, complaint_outcome **outcome) {
    complaint_status s = cpl_enter(d);
    if (s != COMPLAINT_OK) return s;
    complaint_outcome *made = cpl_alloc_zero(&d->memory, 1, sizeof *made);
    if (!made) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    s = cpl_desk_act(d, actor, verb, draft, made);
    if (s != COMPLAINT_OK || !outcome) {
        cpl_free(&d->memory, made);
        return s;
    }
    made->magic = CPL_MAGIC_OUTCOME;
    made->memory = d->memory;
    *outcome = made;
    return COMPLAINT_OK;
}

static const complaint_outcome *answer(const complaint_outcome *o) {
    static const complaint_outcome none;
    return o && o->magic == CPL_MAGIC_OUTCOME ? o : &none;
}

int64_t COMPLAINT_CALL complaint_outcome_case(const complaint_outcome *o) { return answer(o)->case_id; }
int64_t COMPLAINT_CALL complaint_outcome_message(const complaint_outcome *o) { return answer(o)->message; }
int64_t COMPLAINT_CALL complaint_outcome_revision(const complaint_outcome *o) { return answer(o)->revision; }
int64_t COMPLAINT_CALL complaint_outcome_number(const complaint_outcome *o) { return answer(o)->number; }
int32_t COMPLAINT_CALL complaint_outcome_fiscal_year(const complaint_outcome *o) { return answer(o)->fiscal_year; }
int32_t COMPLAINT_CALL complaint_outcome_repeated(const complaint_outcome *o) { return answer(o)->repeated; }

void COMPLAINT_CALL complaint_outcome_free(complaint_outcome *o) {
    if (!o || o->magic != CPL_MAGIC_OUTCOME) return;
    cpl_memory m = o->memory;
    o->magic = 0;
    cpl_free(&m, o);
}

/* ---- evidence --------------------------------------------------------------------------------------------------------- */

complaint_status COMPLAINT_CALL complaint_desk_keep_evidence(complaint_desk *d, const complaint_actor *actor, complaint_read_fn read, void *context, complaint_evidence **evidence) {
    cpl_view view;
    complaint_status s = cpl_enter(d);
    if (s != COMPLAINT_OK) return s;
    if (!read || !evidence) return cpl_fail(&d->error, COMPLAINT_E_INVALID, read ? "evidence" : "read");
    s = cpl_desk_view(d, actor, &view);
    if (s != COMPLAINT_OK) return s;
    complaint_evidence *made = cpl_alloc_zero(&d->memory, 1, sizeof *made);
    if (!made) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    s = cpl_desk_keep_evidence(d, read, context, made);
    if (s != COMPLAINT_OK) cpl_free(&d->memory, made);
    else *evidence = made;
    return s;
}

const char *COMPLAINT_CALL complaint_evidence_digest(const complaint_evidence *e) { return e && e->magic == CPL_MAGIC_EVIDENCE ? e->digest : ""; }
int64_t COMPLAINT_CALL complaint_evidence_size(const complaint_evidence *e) { return e && e->magic == CPL_MAGIC_EVIDENCE ? e->size : 0; }

void COMPLAINT_CALL complaint_evidence_free(complaint_evidence *e) {
    if (!e || e->magic != CPL_MAGIC_EVIDENCE) return;
    cpl_memory m = e->memory;
    e->magic = 0;
    cpl_free(&m, e);
}

complaint_status COMPLAINT_CALL complaint_desk_read_evidence(complaint_desk *d, const complaint_actor *actor, int64_t owner, const char *digest, complaint_bytes_fn sink, void *context) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && (!digest || !sink)) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, digest ? "sink" : "digest");
    return s == COMPLAINT_OK ? cpl_desk_read_evidence(d, actor, owner, cpl_str_of(digest), sink, context) : s;
}

/* ---- looking ------------------------------------------------------------------------------------------------------------ */

static complaint_status enter_list(complaint_desk *d, complaint_page **page) {
    complaint_status s = cpl_enter(d);
    return s == COMPLAINT_OK && !page ? cpl_fail(&d->error, COMPLAINT_E_INVALID, "page") : s;
}

complaint_status COMPLAINT_CALL complaint_desk_find(complaint_desk *d, const complaint_actor *actor, int32_t fiscal_year, int64_t number, int64_t *case_id) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && !case_id) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "case_id");
    return s == COMPLAINT_OK ? cpl_desk_find(d, actor, fiscal_year, number, case_id) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_find_legacy(complaint_desk *d, const complaint_actor *actor, const char *number, const char *token, int64_t limit, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    if (s == COMPLAINT_OK && !number) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "number");
    return s == COMPLAINT_OK ? cpl_desk_find_legacy(d, actor, cpl_str_of(number), token, limit, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_case(complaint_desk *d, const complaint_actor *actor, int64_t case_id, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_part(d, actor, case_id, CPL_PART_CASE, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_clocks(complaint_desk *d, const complaint_actor *actor, int64_t case_id, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_part(d, actor, case_id, CPL_PART_CLOCKS, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_referrals(complaint_desk *d, const complaint_actor *actor, int64_t case_id, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_part(d, actor, case_id, CPL_PART_REFERRALS, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_notices(complaint_desk *d, const complaint_actor *actor, int64_t stream, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_notices(d, actor, stream, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_parties(complaint_desk *d, const complaint_actor *actor, int64_t case_id, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_part(d, actor, case_id, CPL_PART_PARTIES, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_case_messages(complaint_desk *d, const complaint_actor *actor, int64_t case_id, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_part(d, actor, case_id, CPL_PART_MESSAGES, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_papers(complaint_desk *d, const complaint_actor *actor, int64_t case_id, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_part(d, actor, case_id, CPL_PART_PAPERS, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_links(complaint_desk *d, const complaint_actor *actor, int64_t case_id, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_part(d, actor, case_id, CPL_PART_LINKS, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_explain(complaint_desk *d, const complaint_actor *actor, int64_t case_id, int64_t clock, int32_t language, complaint_text **text) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && !text) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "text");
    return s == COMPLAINT_OK ? cpl_desk_explain(d, actor, case_id, clock, language, text) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_duties(complaint_desk *d, const complaint_actor *actor, int32_t first_day, int32_t end_day, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_duties(d, actor, first_day, end_day, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_events(complaint_desk *d, const complaint_actor *actor, int64_t stream, const char *token, int64_t limit, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_events(d, actor, stream, token, limit, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_message(complaint_desk *d, const complaint_actor *actor, int64_t message, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_message(d, actor, message, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_find_message(complaint_desk *d, const complaint_actor *actor, const char *channel, const char *external_id, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_find_message(d, actor, cpl_str_of(channel), cpl_str_of(external_id), page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_evidence(complaint_desk *d, const complaint_actor *actor, int64_t owner, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_evidence_list(d, actor, owner, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_inbox(complaint_desk *d, const complaint_actor *actor, const char *state, const char *token, int64_t limit, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_inbox(d, actor, cpl_str_of(state), token, limit, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_thread(complaint_desk *d, const complaint_actor *actor, const char *channel, const char *thread, const char *token, int64_t limit,
                                                      complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_thread(d, actor, cpl_str_of(channel), cpl_str_of(thread), token, limit, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_worklist(complaint_desk *d, const complaint_actor *actor, int32_t worklist, const char *token, int64_t limit, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_worklist(d, actor, worklist, token, limit, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_due(complaint_desk *d, const complaint_actor *actor, const char *rule, int64_t until, const char *token, int64_t limit, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_due(d, actor, rule, until, token, limit, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_actions(complaint_desk *d, const complaint_actor *actor, int64_t case_id, int32_t language, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_actions(d, actor, case_id, language, page) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_actions_of_others(complaint_desk *d, const complaint_actor *actor, int64_t case_id, int32_t language, complaint_page **page) {
    complaint_status s = enter_list(d, page);
    return s == COMPLAINT_OK ? cpl_desk_actions_of_others(d, actor, case_id, language, page) : s;
}

/* ---- sending, proving ------------------------------------------------------------------------------------------------------ */

complaint_status COMPLAINT_CALL complaint_desk_deliver(complaint_desk *d, int64_t budget, complaint_page **tally) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && budget < 0) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "budget");
    return s == COMPLAINT_OK ? cpl_desk_deliver(d, budget, tally) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_tick(complaint_desk *d, int64_t budget, complaint_page **tally) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && budget < 0) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "budget");
    return s == COMPLAINT_OK ? cpl_desk_tick(d, budget, tally) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_recompute(complaint_desk *d, const complaint_actor *actor, const char *token, int64_t budget, complaint_page **tally) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && budget < 0) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "budget");
    return s == COMPLAINT_OK ? cpl_desk_recompute(d, actor, token, budget, tally) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_notice_outcome(complaint_desk *d, const char *intent, int32_t outcome) {
    complaint_status s = cpl_enter(d);
    return s == COMPLAINT_OK ? cpl_desk_notice_outcome(d, cpl_str_of(intent), outcome) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_verify(complaint_desk *d, const complaint_actor *actor, int32_t flags, const char *token, int64_t budget, complaint_page **findings, int64_t *checked) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && (!findings || !checked)) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, findings ? "checked" : "findings");
    if (s == COMPLAINT_OK && (flags & ~COMPLAINT_VERIFY_RECOMPUTE)) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "flags");
    if (s == COMPLAINT_OK && budget < 0) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "budget");
    return s == COMPLAINT_OK ? cpl_desk_verify(d, actor, flags, token, budget, findings, checked) : s;
}

const char *COMPLAINT_CALL complaint_finding_text(const complaint_page *findings, int64_t row, int32_t language) { return cpl_finding_text(findings, row, language); }

complaint_status COMPLAINT_CALL complaint_desk_seal(complaint_desk *d, const complaint_actor *actor, int64_t until, complaint_text **digest, int64_t *events) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && (!digest || !events)) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, digest ? "events" : "digest");
    return s == COMPLAINT_OK ? cpl_desk_seal(d, actor, until, digest, events) : s;
}
