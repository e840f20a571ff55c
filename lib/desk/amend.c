/*
 * desk/amend: a complainant's entry changed: his row, and the words that wait for him.
 *
 * Owns: which notices go another way, and what stands in their rows then. Must not know: who may change an entry, and in which state of a case (process).
 *
 * A notice that was handed over once, whatever the answer, keeps its way: under another intent id nobody could tell that it is the same.
 */
#include "desk/job.h"

enum { PT_CHANNEL = 6, PT_NAME, PT_ADDRESS };
enum { MS_CHANNEL = 3, MS_ADDRESS = 16 };
enum { NT_SEQ = 2, NT_VERSION, NT_RECIPIENT = 6, NT_CHANNEL, NT_STATE = 9, NT_ATTEMPTS = 11, NT_SETTLED = 13, NT_ADDRESS, NT_BODY, NT_SALT = 17 };

static bool waits_for(const complaint_value *row, cpl_str recipient) {
    return cpl_str_eq(cpl_value_str(&row[NT_RECIPIENT]), recipient) && cpl_str_is(cpl_value_str(&row[NT_STATE]), "waiting") && row[NT_ATTEMPTS].integer == 0;
}

/* Those that wait for him move to the front; the rest is of no concern. */
static complaint_status find_waiting(cpl_job *job, int64_t case_id, cpl_amending *am) {
    char name[48];
    cpl_str recipient = cpl_complainant_name(am->seq, name);
    cpl_range r = {.table = CPL_NOTICE, .equal = {cpl_int(case_id)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(&job->tx, &r, &job->arena, &am->waiting);
    size_t kept = 0;
    for (size_t i = 0; s == COMPLAINT_OK && i < am->waiting.count; i++)
        if (waits_for(am->waiting.items[i].values, recipient)) am->waiting.items[kept++] = am->waiting.items[i];
    am->waiting.count = kept;
    return s;
}

static complaint_status prove_waiting(cpl_job *job, const cpl_amending *am, cpl_request *rq) {
    cpl_rerouted *list = cpl_arena_alloc(&job->arena, (am->waiting.count + 1) * sizeof *list);
    if (!list) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; i < am->waiting.count; i++) {
        const complaint_value *row = am->waiting.items[i].values;
        const cpl_written w = {cpl_value_str(&row[NT_SALT]), am->channel, am->reached_at, cpl_value_str(&row[NT_BODY])};
        list[i].seq = row[NT_SEQ].integer;
        cpl_notice_proof(&w, list[i].proof);
    }
    rq->rerouted = list;
    rq->rerouted_count = am->waiting.count;
    return COMPLAINT_OK;
}

/* The envelope of a field; data NULL when it is not given. */
static complaint_status envelope_of(cpl_job *job, const char *field, cpl_str *envelope) {
    cpl_str said = cpl_field_text(job, field);
    *envelope = (cpl_str){NULL, 0};
    return said.n == 0 || cpl_envelope_clear(&job->arena, said, envelope) ? COMPLAINT_OK : cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
}

/* Something is said of who he is. */
static bool says_who(const cpl_job *job) {
    const complaint_policy *p = job->d->policy;
    for (size_t i = 0; i < job->draft->field_count; i++) {
        const cpl_input *in = &job->draft->fields[i];
        int at = cpl_policy_field(p, in->name);
        if (in->text.n && (cpl_str_is(in->name, "identity") || (at >= 0 && p->fields[at].identity))) return true;
    }
    return false;
}

/* He wrote from where he is now: the message has the address, when none is given and nothing else is meant. Of a message that is about something else only what is given counts. */
static bool moves_to_message(const cpl_job *job, const cpl_request *rq) {
    cpl_str channel = cpl_field_text(job, "channel");
    if (!job->sender || rq->writer || cpl_field_text(job, "address").n || job->sender[MS_ADDRESS].size == 0) return false;
    return channel.n ? cpl_str_eq(channel, cpl_value_str(&job->sender[MS_CHANNEL])) : !says_who(job);
}

static void move_to_message(const cpl_job *job, cpl_amending *am, cpl_request *rq) {
    rq->channel = am->channel = cpl_value_str(&job->sender[MS_CHANNEL]);
    am->address = am->reached_at = cpl_value_str(&job->sender[MS_ADDRESS]);
}

static complaint_status read_entry(cpl_job *job, const cpl_case *c, cpl_amending *am, cpl_request *rq) {
    cpl_row row;
    cpl_str channel = cpl_field_text(job, "channel");
    complaint_value key[] = {cpl_int(c->id), cpl_int(am->seq)};
    complaint_status s = cpl_tx_get(&job->tx, CPL_PARTY, key, 2, &job->arena, &row);
    if (s != COMPLAINT_OK) return s == COMPLAINT_E_NOT_FOUND ? cpl_fail(job->e, COMPLAINT_E_CORRUPT, "complaint_party") : s;
    s = envelope_of(job, "name", &am->name);
    if (s == COMPLAINT_OK) s = envelope_of(job, "address", &am->address);
    am->channel = channel.n ? channel : cpl_value_str(&row.values[PT_CHANNEL]);
    if (!am->address.p && !cpl_str_eq(am->channel, cpl_value_str(&row.values[PT_CHANNEL]))) am->address = CPL_LIT(""); /* his id at a service is no place that a letter goes to */
    am->reached_at = am->address.p ? am->address : cpl_value_str(&row.values[PT_ADDRESS]);
    if (moves_to_message(job, rq)) move_to_message(job, am, rq);
    return s;
}

/* What is not given has no digest: that of no bytes is an entry that is empty. */
static cpl_proof proof_of_given(const cpl_amending *am) {
    cpl_proof proof = cpl_proof_of(am->name, am->address);
    if (!am->name.p) proof.first[0] = '\0';
    if (!am->address.p) proof.second[0] = '\0';
    return proof;
}

/* A complainant that the case has not, or who withdrew, is the plan's to refuse. */
complaint_status cpl_begin_amending(cpl_job *job, const cpl_case *c, cpl_request *rq) {
    cpl_amending *am = cpl_arena_alloc(&job->arena, sizeof *am);
    job->amending = NULL;
    if (!am) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    *am = (cpl_amending){.seq = cpl_complainant_meant(job->d->policy, c, rq)};
    if (am->seq < 1 || am->seq > (int64_t)c->party_count) return COMPLAINT_OK;
    complaint_status s = read_entry(job, c, am, rq);
    if (s == COMPLAINT_OK) s = find_waiting(job, c->id, am);
    if (s != COMPLAINT_OK) return s;
    rq->party = proof_of_given(am);
    job->amending = am;
    return prove_waiting(job, am, rq);
}

bool cpl_goes_elsewhere(const cpl_case *before, const cpl_case *after, int64_t notice) {
    return !cpl_str_eq(cpl_case_sent(before, notice)->proof, cpl_case_sent(after, notice)->proof);
}

static void reroute(cpl_job *job, const cpl_case *after, const complaint_value *row) {
    static const int32_t columns[] = {NT_VERSION, NT_CHANNEL, NT_STATE, NT_SETTLED, NT_ADDRESS};
    bool refused = cpl_case_sent(after, row[NT_SEQ].integer)->fate == CPL_NOTICE_REFUSED;
    complaint_value key[] = {cpl_int(after->id), row[NT_SEQ]};
    complaint_value values[] = {cpl_int(row[NT_VERSION].integer + 1), cpl_txt(job->amending->channel), cpl_txt(refused ? CPL_LIT("refused") : CPL_LIT("waiting")),
                                cpl_int(refused ? job->now : 0), cpl_blob(job->amending->reached_at.p, job->amending->reached_at.n)};
    cpl_batch_update(&job->batch, job->d->office, CPL_NOTICE, key, 2, row[NT_VERSION].integer, columns, values, sizeof values / sizeof values[0]);
}

void cpl_reroute(cpl_job *job, const cpl_case *before, const cpl_case *after) {
    for (size_t i = 0; job->amending && i < job->amending->waiting.count; i++) {
        const complaint_value *row = job->amending->waiting.items[i].values;
        if (cpl_goes_elsewhere(before, after, row[NT_SEQ].integer)) reroute(job, after, row);
    }
}
