/*
 * desk/cases: a case in and out of the store.
 *
 * Owns: which rows an event brings with it. Must not know: why it happened.
 */
#include "desk/job.h"

#include <string.h>

complaint_status cpl_no_such_case(complaint_error *e, int64_t case_id) {
    return cpl_failf(e, COMPLAINT_E_NOT_FOUND, "case", "ไม่พบเรื่อง %lld", "there is no case %lld", (long long)case_id);
}

static complaint_status fold_rows(const cpl_rows *rows, cpl_case *c, complaint_error *e) {
    for (size_t i = 0; i < rows->count; i++) {
        cpl_event ev;
        complaint_status s = cpl_event_from_row(rows->items[i].values, &ev, e);
        if (s != COMPLAINT_OK) return s;
        if (i == 0 && (ev.kind == CPL_EV_RECEIVE || ev.stream < CPL_FIRST_ID)) return cpl_no_such_case(e, c->id); /* the log of a message, or of a day */
        if (memcmp(ev.prev, c->head, sizeof ev.prev) != 0)
            return cpl_failf(e, COMPLAINT_E_CORRUPT, "complaint_event.prev", "สายโซ่ของเรื่อง %lld ขาดที่เหตุการณ์ %lld", "the chain of case %lld is broken at event %lld", (long long)c->id, (long long)ev.seq);
        s = cpl_fold(c, &ev, e);
        if (s != COMPLAINT_OK) return s;
    }
    return rows->count ? COMPLAINT_OK : cpl_no_such_case(e, c->id);
}

complaint_status cpl_load_case(cpl_tx *tx, cpl_arena *a, int64_t case_id, cpl_case *c) {
    cpl_case_init(c, a, case_id);
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_EVENT, .equal = {cpl_int(case_id)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(tx, &r, a, &rows);
    return s == COMPLAINT_OK ? fold_rows(&rows, c, tx->error) : s;
}

complaint_status cpl_load_listed(cpl_job *job, int64_t case_id, cpl_case *c) {
    complaint_status s = cpl_load_case(&job->tx, &job->arena, case_id, c);
    if (s == COMPLAINT_E_NOT_FOUND) return cpl_failf(job->e, COMPLAINT_E_CORRUPT, "complaint_event", "เรื่อง %lld ไม่มีบันทึกเหตุการณ์", "case %lld has no log", (long long)case_id);
    return s == COMPLAINT_OK && c->unknown ? cpl_fail(job->e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind") : s;
}

void cpl_insert_event(cpl_batch *b, cpl_str office, const cpl_event *ev) {
    complaint_value v[CPL_EVENT_COLUMNS];
    cpl_event *kept = cpl_arena_alloc(b->arena, sizeof *kept); /* the hashes have to outlive ev */
    if (!kept) {
        b->failed = true;
        return;
    }
    *kept = *ev;
    cpl_event_values(kept, v);
    cpl_batch_insert(b, office, CPL_EVENT, v, CPL_EVENT_COLUMNS);
}

void cpl_insert_evidence(cpl_job *job, int64_t owner, int64_t first_seq) {
    for (size_t i = 0; i < job->draft->evidence_count; i++) {
        const cpl_evidence_item *item = &job->draft->evidence[i];
        cpl_str name;
        if (!cpl_envelope_clear(&job->arena, item->name, &name)) job->batch.failed = true;
        else {
            complaint_value v[] = {cpl_int(owner), cpl_int(first_seq + (int64_t)i), cpl_txt(cpl_str_of(item->digest)), cpl_int(item->size), cpl_txt(item->media_type), cpl_int(job->now), cpl_blob(name.p, name.n)};
            cpl_batch_insert(&job->batch, job->d->office, CPL_EVIDENCE, v, sizeof v / sizeof v[0]);
        }
    }
}

/* ---- notices ------------------------------------------------------------------------------------------------------------ */

/* Words that leave the house, and urgent ones to anybody, go at once; the rest waits for the office to open. */
static complaint_status earliest(cpl_job *job, const cpl_planned_notice *n, int64_t *at) {
    if (n->outside || job->d->policy->notices[n->def].urgent) {
        *at = job->now;
        return COMPLAINT_OK;
    }
    complaint_status s = cpl_calendar_next_office_moment(job->d->calendar, job->now, at);
    return s == COMPLAINT_OK ? s : cpl_fail(job->e, s, "calendar");
}

/* Where a complainant or the sender of a message is reached, as the envelope lies in his row; a body by its code, and staff by their role, are the host's to address. */
static complaint_status address_of(cpl_job *job, const cpl_case *c, const cpl_planned_notice *n, cpl_str *address) {
    enum { OF_PARTY = 8, OF_MESSAGE = 16 };
    cpl_row row;
    complaint_value key[] = {cpl_int(c->id), cpl_int(n->party)};
    *address = CPL_LIT("");
    if (n->party && job->amending && job->amending->seq == n->party) {
        *address = job->amending->reached_at;
        return COMPLAINT_OK;
    }
    if (n->party == 0 && !n->to_sender) return n->outside && !cpl_envelope_clear(&job->arena, c->origin, address) ? cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL) : COMPLAINT_OK;
    complaint_status s = n->party ? cpl_tx_get(&job->tx, CPL_PARTY, key, 2, &job->arena, &row) : cpl_tx_get(&job->tx, CPL_MESSAGE, key, 1, &job->arena, &row);
    if (s == COMPLAINT_E_NOT_FOUND) return cpl_fail(job->e, COMPLAINT_E_CORRUPT, n->party ? "complaint_party" : "complaint_message");
    if (s == COMPLAINT_OK) *address = cpl_value_str(&row.values[n->party ? OF_PARTY : OF_MESSAGE]);
    return s;
}

/* The system's own events have no draft. */
static bool is_silent(const cpl_job *job) { return job->draft && job->draft->silent; }

static cpl_str notice_state(const cpl_job *job, const cpl_planned_notice *n) {
    return n->by_hand ? CPL_LIT("by_hand") : is_silent(job) ? CPL_LIT("silent") : n->refused ? CPL_LIT("refused") : CPL_LIT("waiting");
}

/* Random, and the same in every run. */
static complaint_status make_salt(cpl_job *job, const cpl_case *c, int64_t notice, cpl_str *salt) {
    uint8_t *hash = cpl_arena_alloc(&job->arena, CPL_HASH_SIZE);
    cpl_digest d;
    if (!hash) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    cpl_digest_init(&d, "libcomplaint/salt/1");
    cpl_digest_blob(&d, (cpl_str){(const char *)job->secret, sizeof job->secret});
    cpl_digest_int(&d, c->id);
    cpl_digest_int(&d, notice);
    cpl_digest_end(&d, hash);
    *salt = (cpl_str){(const char *)hash, CPL_HASH_SIZE};
    return COMPLAINT_OK;
}

static void prove_notice(cpl_plan *plan, const cpl_planned_notice *n, cpl_str salt, cpl_str address, cpl_str body) {
    const cpl_written w = {salt, n->channel, address, body};
    char digits[2 * CPL_HASH_SIZE + 1];
    cpl_notice_proof(&w, digits);
    cpl_plan_prove(plan, n, digits);
}

static complaint_status insert_notice(cpl_job *job, const cpl_case *c, cpl_plan *plan, const cpl_planned_notice *n) {
    const cpl_notice_def *def = &job->d->policy->notices[n->def];
    cpl_buf body;
    cpl_str sealed = CPL_LIT(""), address, salt = CPL_LIT("");
    int64_t at = 0;
    cpl_buf_init(&body, &job->d->memory);
    complaint_status s = address_of(job, c, n, &address);
    if (s == COMPLAINT_OK) s = cpl_write_body(job, c, plan, n, &body);
    if (s == COMPLAINT_OK) s = earliest(job, n, &at);
    if (s == COMPLAINT_OK) s = make_salt(job, c, n->seq, &salt);
    if (s == COMPLAINT_OK && !cpl_envelope_clear(&job->arena, (cpl_str){body.data, body.size}, &sealed)) s = cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    cpl_buf_free(&body);
    if (s != COMPLAINT_OK) return s;
    complaint_value v[] = {cpl_int(c->id), cpl_int(n->seq), cpl_int(1), cpl_int(plan->event.seq), cpl_txt(def->id), cpl_txt(n->recipient), cpl_txt(n->channel), cpl_int(def->urgent),
                           cpl_txt(notice_state(job, n)), cpl_int(at), cpl_int(0), cpl_int(job->now), cpl_int(n->by_hand || n->refused || is_silent(job) ? plan->event.happened_at : 0),
                           cpl_blob(address.p, address.n), cpl_blob(sealed.p, sealed.n), cpl_txt(cpl_str_of(cpl_about_name(def->about))), cpl_blob(salt.p, salt.n)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_NOTICE, v, sizeof v / sizeof v[0]);
    prove_notice(plan, n, salt, address, sealed);
    return COMPLAINT_OK;
}

complaint_status cpl_insert_notices(cpl_job *job, const cpl_case *c, cpl_plan *plan) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < plan->notice_count; i++) s = insert_notice(job, c, plan, &plan->notices[i]);
    if (plan->notice_count) cpl_plan_seal(&job->pr, plan);
    return s;
}

static bool is_meant(const cpl_notices_of *which, const complaint_value *row) {
    enum { CAUSE = 4, RECIPIENT = 6 };
    return (which->cause == 0 || which->cause == row[CAUSE].integer) && (which->recipient.n == 0 || cpl_str_eq(which->recipient, cpl_value_str(&row[RECIPIENT])));
}

complaint_status cpl_move_notices(cpl_job *job, int64_t stream, const cpl_notices_of *which, const char *from, const char *to) {
    enum { SEQ = 2, VERSION, STATE = 9, NOT_BEFORE = 10, SETTLED = 13 };
    static const int32_t columns[] = {VERSION, STATE, NOT_BEFORE, SETTLED};
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_NOTICE, .equal = {cpl_int(stream)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(&job->tx, &r, &job->arena, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) {
        const complaint_value *row = rows.items[i].values;
        if (!is_meant(which, row) || !cpl_str_is(cpl_value_str(&row[STATE]), from)) continue;
        complaint_value key[] = {cpl_int(stream), row[SEQ]};
        complaint_value values[] = {cpl_int(row[VERSION].integer + 1), cpl_txt(cpl_str_of(to)), cpl_int(0), cpl_int(row[SETTLED].integer ? row[SETTLED].integer : job->now)};
        cpl_batch_update(&job->batch, job->d->office, CPL_NOTICE, key, 2, row[VERSION].integer, columns, values, 4);
    }
    return s;
}

/* ---- refused notices: work for a person until it is done ------------------------------------------------------------------- */

enum { NT_SEQ = 2, NT_VERSION, NT_TEMPLATE = 5, NT_RECIPIENT, NT_STATE = 9, NT_SETTLED = 13 };

/* A newer notice of the plan says the same to the same, or counts as the same for him. */
static bool said_again(const cpl_job *job, const cpl_plan *plan, const complaint_value *row) {
    const complaint_policy *p = job->d->policy;
    cpl_str template_name = cpl_value_str(&row[NT_TEMPLATE]), recipient = cpl_value_str(&row[NT_RECIPIENT]);
    int old = cpl_policy_notice(p, template_name);
    for (size_t i = 0; i < plan->notice_count; i++) {
        const cpl_notice_def *def = &p->notices[plan->notices[i].def];
        bool counts = old >= 0 && def->counts_as != CPL_COUNTS_AS_NOTHING && def->counts_as == p->notices[old].counts_as;
        if (cpl_str_eq(plan->notices[i].recipient, recipient) && (counts || cpl_str_eq(def->id, template_name))) return true;
    }
    return false;
}

bool cpl_owed_no_more(const cpl_case *c, cpl_str recipient) {
    char name[48];
    for (size_t i = 0; i < c->party_count; i++)
        if (cpl_str_is(c->parties[i].state, "withdrawn") && cpl_str_eq(recipient, cpl_complainant_name(c->parties[i].seq, name))) return true;
    return false;
}

static bool hides_from(const cpl_case *c, const complaint_value *recipient) { return cpl_case_is_blind(c, cpl_value_str(recipient), cpl_value_str(recipient)); }

static void retire(cpl_job *job, const complaint_value *row, cpl_str state, int64_t settled_at) {
    static const int32_t columns[] = {NT_VERSION, NT_STATE, NT_SETTLED};
    complaint_value key[] = {row[NT_SEQ - 1], row[NT_SEQ]}, values[] = {cpl_int(row[NT_VERSION].integer + 1), cpl_txt(state), cpl_int(settled_at)};
    cpl_batch_update(&job->batch, job->d->office, CPL_NOTICE, key, 2, row[NT_VERSION].integer, columns, values, 3);
}

static complaint_status not_refused(complaint_error *e, int64_t notice) {
    return cpl_failf(e, COMPLAINT_E_NOT_FOUND, "notice", "ข้อความลำดับที่ %lld ไม่ใช่ข้อความที่ส่งไม่สำเร็จ", "notice %lld is none that could not be delivered", (long long)notice);
}

/* Refused notices leave the worklist when somebody has told by other means, when the same is said again, when their recipient has withdrawn or must not see the case, and with the case's end. What is refused after the end stays until it is told. */
static complaint_status retire_refused(cpl_job *job, const cpl_case *before, const cpl_case *after, const cpl_plan *plan) {
    bool ends = cpl_case_finished(after) && !cpl_case_finished(before), told = false;
    if (before->notices == 0 || (plan->notice_count == 0 && !ends && plan->event.kind != CPL_EV_WITHDRAW && plan->event.kind != CPL_EV_RECUSE && plan->told_notice == 0)) return COMPLAINT_OK;
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_NOTICE, .equal = {cpl_int(after->id)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(&job->tx, &r, &job->arena, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) {
        const complaint_value *row = rows.items[i].values;
        bool by_hand = row[NT_SEQ].integer == plan->told_notice;
        if (!cpl_str_is(cpl_value_str(&row[NT_STATE]), "refused")) continue;
        told |= by_hand;
        if (by_hand) retire(job, row, CPL_LIT("by_hand"), plan->event.happened_at);
        else if (ends || cpl_owed_no_more(after, cpl_value_str(&row[NT_RECIPIENT])) || hides_from(after, &row[NT_RECIPIENT]) || said_again(job, plan, row)) retire(job, row, CPL_LIT("replaced"), row[NT_SETTLED].integer);
    }
    return s == COMPLAINT_OK && plan->told_notice && !told ? not_refused(job->e, plan->told_notice) : s;
}

/* Reminders that the event makes needless, and words to whom it takes the case out of sight, do not wait any longer. What is a complainant's who withdraws is taken off with all that waits for him. */
static complaint_status withdraw_moot(cpl_job *job, const cpl_case *before, const cpl_case *after) {
    complaint_status s = COMPLAINT_OK;
    for (int64_t i = 1; s == COMPLAINT_OK && i <= before->notices; i++) {
        const cpl_case_notice *n = cpl_case_sent(after, i);
        const cpl_notices_of which = {n->event, n->to};
        if (n->fate != CPL_NOTICE_OPEN || !cpl_case_staff_notice_is_moot(after, n) || cpl_case_staff_notice_is_moot(before, cpl_case_sent(before, i))) continue;
        if (cpl_case_notice_turn(after, i) > 1 || cpl_owed_no_more(after, n->to) || cpl_goes_elsewhere(before, after, i)) continue;
        s = cpl_move_notices(job, after->id, &which, "waiting", "withdrawn");
    }
    return s;
}

/* What the notices say follows from the case after the event, and the event proves what they say: its hash comes last. */
complaint_status cpl_append(cpl_job *job, const cpl_case *before, cpl_plan *plan, cpl_case *after) {
    const cpl_party_texts texts = job->amending ? (cpl_party_texts){job->amending->seq, job->amending->name, job->amending->address} : (cpl_party_texts){0};
    if (!cpl_case_copy(before, after)) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = cpl_fold(after, &plan->event, job->e);
    if (s == COMPLAINT_OK) s = cpl_insert_notices(job, after, plan);
    if (s != COMPLAINT_OK) return s;
    memcpy(after->head, plan->event.hash, sizeof after->head);
    cpl_insert_event(&job->batch, job->d->office, &plan->event);
    cpl_project(&job->batch, job->d->office, before, after, &texts);
    cpl_reroute(job, before, after);
    s = withdraw_moot(job, before, after);
    return s == COMPLAINT_OK ? retire_refused(job, before, after, plan) : s;
}
