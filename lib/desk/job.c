/*
 * desk/job: running an action in a transaction.
 *
 * Owns: the retry loop, request ids, the content digest. Must not know: what the action does.
 *
 * Every invariant rests on a unique key or an expected version, so a race shows as E_EXISTS or E_VERSION from the store: the work is run again from fresh reads
 * and either succeeds, or finds that a person acted in between (E_CONFLICT). RETRY is the same with nothing learnt. After UNKNOWN the request id, or the
 * message's own id, tells whether the first run was committed.
 */
#include "desk/job.h"

#include <string.h>

/* ---- who ------------------------------------------------------------------------------------------------------------- */

static complaint_status unknown_word(complaint_desk *d, const char *subject, const char *what, const char *what_thai, const char *word, const void *words, size_t count, size_t size) {
    char known[CPL_SUGGESTIONS_SIZE];
    cpl_suggest(cpl_str_of(word), words, count, size, known);
    return cpl_failf(&d->error, COMPLAINT_E_UNKNOWN_CODE, subject, "ไม่รู้จัก%s%.0s “%s” รหัสที่ใช้ได้: %s", "%.0sno such %s “%s” in the policy; one of: %s", what_thai, what, word, known);
}

static complaint_status resolve_roles(complaint_desk *d, const complaint_actor *a, uint64_t *roles) {
    const complaint_policy *p = d->policy;
    for (int i = 0; i < a->role_count; i++) {
        int role = cpl_policy_role(p, cpl_str_of(a->roles[i]));
        if (role < 0) return unknown_word(d, "actor.role", "role", "บทบาท", a->roles[i], p->roles, p->role_count, sizeof *p->roles);
        *roles |= UINT64_C(1) << role;
    }
    if (*roles) return COMPLAINT_OK;
    return cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "ผู้ปฏิบัติไม่มีบทบาท", "the actor has no role");
}

/* Whom a deputy stands in for is a person, or a role by its code. */
static uint64_t role_he_acts_as(const complaint_desk *d, const complaint_actor *a) {
    int role = cpl_policy_role(d->policy, cpl_str_of(a->acting_for));
    return role < 0 ? 0 : UINT64_C(1) << role;
}

/* Of a unit that is none nothing would ever be seen, and everybody would take that for an empty list. */
static complaint_status check_unit(complaint_desk *d, const complaint_actor *a) {
    const complaint_policy *p = d->policy;
    if (!*a->unit || cpl_policy_unit(p, cpl_str_of(a->unit)) >= 0) return COMPLAINT_OK;
    return unknown_word(d, "actor.unit", "unit", "หน่วยงาน", a->unit, p->units, p->unit_count, sizeof *p->units);
}

complaint_status cpl_desk_view(complaint_desk *d, const complaint_actor *a, cpl_view *view) {
    uint64_t roles = 0;
    if (!a || a->magic != CPL_MAGIC_ACTOR) return cpl_fail(&d->error, COMPLAINT_E_HANDLE, "actor");
    complaint_status s = resolve_roles(d, a, &roles);
    if (s == COMPLAINT_OK) s = check_unit(d, a);
    if (s != COMPLAINT_OK) return s;
    uint64_t acting = role_he_acts_as(d, a);
    *view = (cpl_view){.unit = cpl_str_of(a->unit), .person = cpl_str_of(a->id), .policy = d->policy, .roles = roles | acting, .acting = roles & acting};
    view->asking = view->acting ? view->acting : roles;
    for (int i = 0; i < 64; i++)
        if (view->asking >> i & 1) cpl_view_add_role(view, d->policy, i);
    return COMPLAINT_OK;
}

/* ---- what is asked, as a digest ------------------------------------------------------------------------------------------ */

static void digest_int(cpl_buf *b, int64_t v) {
    cpl_buf_int(b, v);
    cpl_buf_putc(b, ';');
}

static void digest_str(cpl_buf *b, cpl_str s) {
    digest_int(b, (int64_t)s.n);
    cpl_buf_str(b, s);
}

/* Roles in the order of their names, each once: how the host listed them is no content. */
static void digest_roles(cpl_buf *b, const complaint_actor *a) {
    const char *last = "";
    for (;;) {
        const char *next = NULL;
        for (int i = 0; i < a->role_count; i++)
            if (strcmp(a->roles[i], last) > 0 && (!next || strcmp(a->roles[i], next) < 0)) next = a->roles[i];
        digest_str(b, cpl_str_of(next ? next : ""));
        if (!next) return;
        last = next;
    }
}

static void digest_who(cpl_buf *b, const complaint_actor *a) {
    const char *const texts[] = {a->id, a->unit, a->on_behalf, a->acting_for};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) digest_str(b, cpl_str_of(texts[i]));
    digest_roles(b, a);
}

static complaint_status digest_of(cpl_job *job, const complaint_actor *a) {
    const complaint_draft *draft = job->draft;
    cpl_buf b;
    cpl_buf_init(&b, &job->d->memory);
    digest_who(&b, a);
    digest_int(&b, job->kind);
    digest_int(&b, draft->case_id);
    digest_int(&b, draft->message);
    digest_int(&b, draft->silent);
    digest_int(&b, draft->has_happened_at ? draft->happened_at : -1);
    for (size_t i = 0; i < draft->field_count; i++) {
        digest_str(&b, draft->fields[i].name);
        digest_int(&b, draft->fields[i].is_integer);
        digest_int(&b, draft->fields[i].integer);
        digest_str(&b, draft->fields[i].text);
    }
    for (size_t i = 0; i < draft->evidence_count; i++) digest_str(&b, cpl_str_of(draft->evidence[i].digest));
    cpl_sha256_hex((cpl_str){b.data, b.size}, job->digest);
    bool failed = b.failed;
    cpl_buf_free(&b);
    return failed ? cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL) : COMPLAINT_OK;
}

/* One draw for the number of an id, for salts, and for the name of a request that the caller has not named. */
static void name_request(cpl_job *job) {
    uint8_t bytes[16 + sizeof job->random + sizeof job->secret];
    cpl_random(bytes, sizeof bytes);
    memcpy(&job->random, bytes + 16, sizeof job->random);
    memcpy(job->secret, bytes + 16 + sizeof job->random, sizeof job->secret);
    job->keep_request = job->draft->request.n > 0 || job->kind != CPL_EV_RECEIVE;
    if (job->draft->request.n) {
        memcpy(job->request_bytes, job->draft->request.p, job->draft->request.n);
        job->request = (cpl_str){job->request_bytes, job->draft->request.n};
        return;
    }
    cpl_hex(bytes, 16, job->request_bytes);
    job->request = cpl_str_of(job->request_bytes);
}

complaint_status cpl_job_who(cpl_job *job, complaint_desk *d, const complaint_actor *a) {
    *job = (cpl_job){.d = d, .e = &d->error, .pr = {d->policy, d->calendar, d->calendar_digest, d->office}};
    complaint_status s = cpl_desk_view(d, a, &job->view);
    if (s != COMPLAINT_OK) return s;
    job->who.roles = job->view.asking;
    job->who.id = cpl_str_of(a->id);
    job->who.unit = cpl_str_of(a->unit);
    job->who.on_behalf = cpl_str_of(a->on_behalf);
    job->who.acting_for = cpl_str_of(a->acting_for);
    return COMPLAINT_OK;
}

complaint_status cpl_job_begin(cpl_job *job, complaint_desk *d, const complaint_actor *a, int32_t kind, const complaint_draft *draft) {
    complaint_status s = cpl_job_who(job, d, a);
    if (s != COMPLAINT_OK) return s;
    if (!draft || draft->magic != CPL_MAGIC_DRAFT) return cpl_fail(job->e, COMPLAINT_E_HANDLE, "draft");
    s = cpl_host_now(&d->host, &job->now, job->e);
    if (s != COMPLAINT_OK) return s;
    job->draft = draft;
    job->kind = kind;
    name_request(job);
    return job->keep_request ? digest_of(job, a) : COMPLAINT_OK;
}

/* ---- request ids --------------------------------------------------------------------------------------------------------- */

enum { RQ_DIGEST = 2, RQ_KIND, RQ_CASE, RQ_MESSAGE, RQ_REVISION, RQ_YEAR, RQ_NUMBER };

/* The first answer under this id; out.repeated stays 0 when there is none. */
static complaint_status find_request(cpl_job *job) {
    cpl_row row;
    complaint_value key = cpl_txt(job->request);
    complaint_status s = cpl_tx_get(&job->tx, CPL_REQUEST, &key, 1, &job->arena, &row);
    job->absent = s == COMPLAINT_E_NOT_FOUND;
    if (job->absent) return COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    if (!cpl_str_is(cpl_value_str(&row.values[RQ_DIGEST]), job->digest))
        return cpl_failf(job->e, COMPLAINT_E_REQUEST_REUSED, "request", "รหัสคำขอ “%.*s” เคยใช้กับรายการอื่นแล้ว", "request id “%.*s” was used for something else", (int)job->request.n, job->request.p);
    job->out.case_id = row.values[RQ_CASE].integer;
    job->out.message = row.values[RQ_MESSAGE].integer;
    job->out.revision = row.values[RQ_REVISION].integer;
    job->out.fiscal_year = (int32_t)row.values[RQ_YEAR].integer;
    job->out.number = row.values[RQ_NUMBER].integer;
    job->out.repeated = 1;
    return COMPLAINT_OK;
}

static void insert_request(cpl_job *job) {
    const complaint_outcome *o = &job->out;
    complaint_value v[] = {cpl_txt(job->request), cpl_txt(cpl_str_of(job->digest)), cpl_int(job->kind), cpl_int(o->case_id), cpl_int(o->message), cpl_int(o->revision), cpl_int(o->fiscal_year),
                           cpl_int(o->number), cpl_int(job->now)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_REQUEST, v, sizeof v / sizeof v[0]);
}

/* ---- runs ------------------------------------------------------------------------------------------------------------------ */

static bool nothing_to_write(const cpl_job *job) { return job->out.repeated && job->batch.count == 0; }

static complaint_status write_run(cpl_job *job) {
    if (nothing_to_write(job)) return COMPLAINT_OK;
    if (job->keep_request && !job->out.repeated) insert_request(job);
    complaint_status s = cpl_tx_write(&job->tx, &job->batch, NULL);
    /* A row that was read in this transaction, or follows from the log, is gone. */
    return s == COMPLAINT_E_NOT_FOUND ? cpl_fail(job->e, COMPLAINT_E_CORRUPT, "store.write") : s;
}

/* In job->tx, which is open. */
static complaint_status work_in_transaction(cpl_job *job, cpl_work work) {
    complaint_status s = job->keep_request ? find_request(job) : COMPLAINT_OK;
    if (s == COMPLAINT_OK && !job->out.repeated) s = work(job);
    return s == COMPLAINT_OK ? write_run(job) : s;
}

static complaint_status run_once(cpl_job *job, cpl_work work) {
    const cpl_tx *group = job->d->group;
    complaint_status s = COMPLAINT_OK;
    cpl_error_clear(job->e);
    job->absent = false;
    job->out = (complaint_outcome){0};
    cpl_arena_init(&job->arena, &job->d->memory);
    cpl_batch_init(&job->batch, &job->arena);
    if (group) job->tx = *group;
    else s = cpl_tx_begin(&job->tx, &job->d->host, job->d->office, COMPLAINT_WRITE, job->e);
    if (s == COMPLAINT_OK) s = work_in_transaction(job, work);
    if (s == COMPLAINT_OK && !group && !nothing_to_write(job)) s = cpl_tx_commit(&job->tx);
    if (!group) cpl_tx_rollback(&job->tx);
    cpl_arena_free(&job->arena);
    return s;
}

/* Another run may end differently. A store inside the host's own transaction cannot be run again: its owner has to end that first. */
static bool run_again(cpl_job *job, complaint_status s) {
    bool race = s == COMPLAINT_E_VERSION || s == COMPLAINT_E_EXISTS;
    if (job->d->host.limits.flags & COMPLAINT_STORE_JOINED) return false;
    job->collisions += race;
    return race || s == COMPLAINT_E_RETRY || s == COMPLAINT_E_UNKNOWN;
}

complaint_status cpl_job_run(cpl_job *job, cpl_work work) {
    bool unknown = false;
    int32_t repeated = 0; /* of the run that was perhaps committed: a later run finds its traces */
    complaint_status s = COMPLAINT_OK;
    if (job->d->group) return run_once(job, work); /* whoever opened the group runs all of it again */
    for (int run = 0; run < CPL_RUNS; run++) {
        s = run_once(job, work);
        if (job->absent) unknown = false; /* what was in doubt was not committed */
        /* Only a request id on record, or a unique message, makes another run after UNKNOWN safe: both are looked up first in every run. */
        if (s == COMPLAINT_E_UNKNOWN && !unknown) {
            unknown = true;
            repeated = job->out.repeated;
        }
        if (s == COMPLAINT_OK && unknown) job->out.repeated = repeated;
        if (s == COMPLAINT_OK) return s;
        if (!run_again(job, s)) break;
    }
    if (unknown && s != COMPLAINT_E_UNKNOWN) return cpl_fail(job->e, COMPLAINT_E_UNKNOWN, "store.commit"); /* else the host's own words are there */
    if (unknown) return s;
    return cpl_given_up(job->d, s, job->e);
}
