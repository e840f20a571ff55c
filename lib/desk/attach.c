/*
 * desk/attach: rows that come with an action beside its event.
 *
 * Owns: letters, new complainants, links between cases. Must not know: which verb may bring them (process says that it did).
 */
#include "desk/job.h"

static int64_t number_field(const cpl_job *job, const char *name) {
    const cpl_input *in = cpl_field_of(job, name);
    return in ? in->integer : 0;
}

/* The number comes from the office's own correspondence register; the library never invents one. */
static complaint_status attach_paper(cpl_job *job, const cpl_case *c, const cpl_plan *plan) {
    cpl_str signer, subject, direction = cpl_field_text(job, "direction");
    if (!cpl_envelope_clear(&job->arena, cpl_field_text(job, "signer"), &signer) || !cpl_envelope_clear(&job->arena, cpl_field_text(job, "subject"), &subject)) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    complaint_value v[] = {cpl_int(c->id), cpl_int(c->papers + 1), cpl_int(plan->event.seq), cpl_txt(direction.n ? direction : CPL_LIT("out")), cpl_txt(cpl_field_text(job, "paper_no")), cpl_int(number_field(job, "paper_date")),
                           cpl_txt(cpl_field_text(job, "secrecy")), cpl_txt(cpl_field_text(job, "urgency")), cpl_int(job->now), cpl_blob(signer.p, signer.n), cpl_blob(subject.p, subject.n)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_PAPER, v, sizeof v / sizeof v[0]);
    return COMPLAINT_OK;
}

/* What is said of him; else what his message has. */
static bool envelope_of(cpl_job *job, const char *field, int32_t of_message, cpl_str *envelope) {
    cpl_str said = cpl_field_text(job, field);
    if (said.n || !job->sender) return cpl_envelope_clear(&job->arena, said, envelope);
    *envelope = cpl_value_str(&job->sender[of_message]);
    return true;
}

complaint_status cpl_party_envelopes(cpl_job *job, cpl_str *name, cpl_str *address) {
    enum { SENDER = 14, ADDRESS = 16 };
    bool ok = envelope_of(job, "name", SENDER, name) && envelope_of(job, "address", ADDRESS, address);
    return ok ? COMPLAINT_OK : cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
}

static complaint_status attach_party(cpl_job *job, const cpl_case *c, const cpl_plan *plan) {
    const cpl_party *p = &plan->party;
    cpl_str name = {0}, address = {0};
    complaint_status s = cpl_party_envelopes(job, &name, &address);
    if (s != COMPLAINT_OK) return s;
    complaint_value v[] = {cpl_int(c->id), cpl_int(p->seq), cpl_int(plan->event.seq), cpl_txt(p->part), cpl_txt(p->identity), cpl_txt(p->channel), cpl_blob(name.p, name.n), cpl_blob(address.p, address.n), cpl_txt(p->state)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_PARTY, v, sizeof v / sizeof v[0]);
    return COMPLAINT_OK;
}

/* ---- links ------------------------------------------------------------------------------------------------------------ */

/* The other case by its id: a number, or the same as text. */
static int64_t other_case(const cpl_job *job) {
    cpl_str text = cpl_field_text(job, "case");
    int64_t id = text.n ? 0 : number_field(job, "case");
    if (text.n > 19) return 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || id > (INT64_MAX - 9) / 10) return 0;
        id = id * 10 + (text.p[i] - '0');
    }
    return id;
}

static void insert_side(cpl_job *job, int64_t from, int64_t to, cpl_str kind) {
    complaint_value v[] = {cpl_int(from), cpl_int(to), cpl_txt(kind), cpl_int(job->now)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_LINK, v, sizeof v / sizeof v[0]);
}

void cpl_insert_link(cpl_job *job, int64_t one, int64_t other, cpl_str kind) {
    insert_side(job, one, other, kind);
    insert_side(job, other, one, kind);
}

static void remove_link(cpl_job *job, int64_t from, int64_t to) {
    complaint_value key[] = {cpl_int(from), cpl_int(to)};
    cpl_batch_remove(&job->batch, job->d->office, CPL_LINK, key, 2);
}

static complaint_status find_link(cpl_job *job, int64_t from, int64_t to, bool *found) {
    cpl_row row;
    complaint_value key[] = {cpl_int(from), cpl_int(to)};
    complaint_status s = cpl_tx_get(&job->tx, CPL_LINK, key, 2, &job->arena, &row);
    *found = s == COMPLAINT_OK;
    return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
}

/* Both sides stand or fall together; each case keeps its number and the notices owed to its complainant. */
static complaint_status attach_link(cpl_job *job, const cpl_case *c) {
    cpl_case other;
    bool linked;
    int64_t id = other_case(job);
    cpl_str kind = cpl_field_text(job, "link");
    if (id == c->id) return cpl_failf(job->e, COMPLAINT_E_INVALID, "case", "เชื่อมโยงเรื่องกับตัวเองไม่ได้", "a case cannot be linked with itself");
    complaint_status s = cpl_load_case(&job->tx, &job->arena, id, &other);
    if (s == COMPLAINT_OK && !cpl_view_sees_case(&job->view, &other)) s = cpl_no_such_case(job->e, id);
    if (s == COMPLAINT_OK) s = find_link(job, c->id, id, &linked);
    if (s != COMPLAINT_OK) return s;
    bool linking = job->kind == CPL_EV_LINK;
    if (linked == linking) return cpl_failf(job->e, COMPLAINT_E_STATE, "case", "%s", "%.0s%s", linking ? "เชื่อมโยงกันอยู่แล้ว" : "ไม่ได้เชื่อมโยงกันอยู่", linking ? "the cases are linked already" : "the cases are not linked");
    if (linking) cpl_insert_link(job, c->id, id, kind.n ? kind : CPL_LIT("same_event"));
    else remove_link(job, c->id, id), remove_link(job, id, c->id);
    return COMPLAINT_OK;
}

static bool counts(const cpl_guard *g, cpl_str kind) {
    for (size_t i = 0; i < g->link_count; i++)
        if (cpl_str_eq(g->links[i], kind)) return true;
    return false;
}

static complaint_status has_result(cpl_tx *tx, cpl_arena *a, const cpl_job *job, int64_t case_id, bool *found) {
    cpl_case other;
    complaint_status s = cpl_load_case(tx, a, case_id, &other);
    if (s == COMPLAINT_E_NOT_FOUND) {
        cpl_error_clear(job->e);
        return COMPLAINT_OK;
    }
    *found = *found || (s == COMPLAINT_OK && other.resulted_at && cpl_view_sees_case(&job->view, &other));
    return s;
}

complaint_status cpl_linked_result(cpl_tx *tx, cpl_arena *a, const cpl_job *job, int64_t case_id, bool *found) {
    enum { OTHER = 2, KIND = 3 };
    const cpl_guard *g = cpl_policy_guard_of(job->d->policy, CPL_GUARD_LINKED_RESULT_BEFORE_CLOSE);
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_LINK, .equal = {cpl_int(case_id)}, .equal_count = 1};
    *found = false;
    complaint_status s = g ? cpl_tx_select(tx, &r, a, &rows) : COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && !*found && i < rows.count; i++)
        if (counts(g, cpl_value_str(&rows.items[i].values[KIND]))) s = has_result(tx, a, job, rows.items[i].values[OTHER].integer, found);
    return s;
}

/* ---- withdrawal ------------------------------------------------------------------------------------------------------ */

/* Who has withdrawn is owed no word any more: what still waits for him is taken off the list, and stays on record. */
static complaint_status end_notices(cpl_job *job, const cpl_case *c, int64_t party) {
    char name[48];
    const cpl_notices_of his = {.recipient = cpl_complainant_name(party, name)};
    return cpl_move_notices(job, c->id, &his, "waiting", "withdrawn");
}

complaint_status cpl_attach(cpl_job *job, const cpl_case *c, const cpl_plan *plan) {
    complaint_status s = COMPLAINT_OK;
    if (plan->paper) s = attach_paper(job, c, plan);
    if (s == COMPLAINT_OK && plan->party.seq) s = attach_party(job, c, plan);
    if (s == COMPLAINT_OK && (job->kind == CPL_EV_LINK || job->kind == CPL_EV_UNLINK)) s = attach_link(job, c);
    if (s == COMPLAINT_OK && plan->withdrawing) s = end_notices(job, c, plan->withdrawing);
    return s;
}
