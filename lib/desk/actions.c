/*
 * desk/actions: what an actor may do next with a case, and what waits for others.
 *
 * Owns: the list for people and menus. Must not know: the rules; it asks process the same questions an action would meet.
 */
#include "desk/job.h"

static const char *const columns[] = {"verb", "label", "required", "optional", "required_when", "needs", "refusal"};
static const char *const columns_of_others[] = {"verb", "label", "roles", "refusal"};

/* Puts the row of an action, if it has one. */
typedef complaint_status (*put_fn)(cpl_job *job, const cpl_case *c, const cpl_action *action, int32_t language, complaint_page *p, cpl_buf *b);

typedef struct listing {
    put_fn put;
    const char *const *columns;
    int32_t column_count;
} listing;

static bool join_fields(complaint_page *p, int32_t column, const complaint_policy *policy, const int *fields, size_t count, cpl_buf *b) {
    cpl_buf_clear(b);
    for (size_t i = 0; i < count; i++) {
        if (i) cpl_buf_putc(b, ',');
        cpl_buf_str(b, policy->fields[fields[i]].code.id);
    }
    cpl_page_str(p, column, (cpl_str){b->data, b->size});
    return !b->failed;
}

static void join_demanded(const complaint_policy *policy, const int *fields, size_t count, const char *between, cpl_buf *b) {
    for (size_t i = 0; i < count; i++) {
        if (i) cpl_buf_puts(b, between);
        cpl_buf_str(b, fields[i] == CPL_ON_BEHALF ? CPL_LIT("on_behalf") : policy->fields[fields[i]].code.id);
    }
}

/* `answer=refused:reason,paper_no|on_behalf;clear=1:reason` */
static bool join_demands(complaint_page *p, int32_t column, const complaint_policy *policy, const cpl_action *action, cpl_buf *b) {
    cpl_buf_clear(b);
    for (size_t i = 0; i < action->demand_count; i++) {
        const cpl_demand *d = &action->demands[i];
        cpl_buf_fmt(b, "%s%s=", i ? ";" : "", policy->fields[d->field].code.id.p);
        for (size_t k = 0; k < d->is_count; k++) cpl_buf_fmt(b, "%s%s", k ? "|" : "", d->is[k].p);
        if (d->is_count == 0) cpl_buf_putc(b, d->truth ? '1' : '0');
        cpl_buf_putc(b, ':');
        join_demanded(policy, d->required, d->required_count, ",", b);
        if (d->required_count && d->one_of_count) cpl_buf_putc(b, ',');
        join_demanded(policy, d->one_of, d->one_of_count, "|", b);
    }
    cpl_page_str(p, column, (cpl_str){b->data, b->size});
    return !b->failed;
}

static bool put_verb(complaint_page *p, const cpl_action *action, int32_t language) {
    if (!cpl_page_row(p)) return false;
    cpl_page_str(p, 0, cpl_str_of(cpl_event_name(action->kind)));
    cpl_page_str(p, 1, cpl_str_of(cpl_event_label(action->kind, language)));
    return true;
}

/* What has to be named beside the fields: by the draft, or by the actor. */
static cpl_str needs(const cpl_job *job, const cpl_action *action) {
    if (action->kind == CPL_EV_ADD_MESSAGE || action->kind == CPL_EV_SPLIT) return CPL_LIT("message");
    return cpl_plan_asks_principal(&job->pr, action, &job->who) ? CPL_LIT("on_behalf") : CPL_LIT("");
}

static complaint_status put_own(cpl_job *job, const cpl_case *c, const cpl_action *action, int32_t language, complaint_page *p, cpl_buf *b) {
    const complaint_policy *policy = job->d->policy;
    complaint_error why;
    cpl_error_clear(&why);
    complaint_status s = cpl_plan_possible(&job->pr, c, action, &job->who, job->linked_result, &why);
    if (CPL_CLASS(s) == COMPLAINT_E_ROLE) return COMPLAINT_OK; /* not this actor's business */
    if (s == COMPLAINT_E_MEMORY) return s;
    if (!put_verb(p, action, language)) return COMPLAINT_E_MEMORY;
    cpl_page_str(p, 5, needs(job, action));
    cpl_page_str(p, 6, s == COMPLAINT_OK ? CPL_LIT("") : cpl_str_of(language == COMPLAINT_THAI ? why.thai : why.english));
    bool whole = join_fields(p, 2, policy, action->required, action->required_count, b) && join_fields(p, 3, policy, action->optional, action->optional_count, b) && join_demands(p, 4, policy, action, b);
    return whole ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

/* Asked for each role by itself: a guard may hold for one of them only. */
static complaint_status join_able_roles(cpl_job *job, const cpl_case *c, const cpl_action *action, cpl_buf *b) {
    const complaint_policy *policy = job->d->policy;
    cpl_buf_clear(b);
    for (size_t i = 0; i < policy->role_count; i++) {
        cpl_who who = {.roles = UINT64_C(1) << i};
        complaint_error why;
        cpl_error_clear(&why);
        if (!(action->roles & who.roles)) continue;
        complaint_status s = cpl_plan_possible(&job->pr, c, action, &who, job->linked_result, &why);
        if (s == COMPLAINT_E_MEMORY) return s;
        if (s != COMPLAINT_OK) continue;
        if (b->size) cpl_buf_putc(b, ',');
        cpl_buf_str(b, policy->roles[i].id);
    }
    return b->failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
}

static complaint_status put_of_others(cpl_job *job, const cpl_case *c, const cpl_action *action, int32_t language, complaint_page *p, cpl_buf *b) {
    complaint_error why;
    cpl_error_clear(&why);
    complaint_status s = cpl_plan_possible(&job->pr, c, action, &job->who, job->linked_result, &why);
    if (CPL_CLASS(s) != COMPLAINT_E_ROLE) return s == COMPLAINT_E_MEMORY ? s : COMPLAINT_OK; /* his own */
    s = join_able_roles(job, c, action, b);
    if (s != COMPLAINT_OK || b->size == 0) return s;
    if (!put_verb(p, action, language)) return COMPLAINT_E_MEMORY;
    cpl_page_str(p, 2, (cpl_str){b->data, b->size});
    cpl_page_str(p, 3, cpl_str_of(language == COMPLAINT_THAI ? why.thai : why.english));
    return COMPLAINT_OK;
}

static complaint_status list_actions(cpl_job *job, const cpl_case *c, const listing *l, int32_t language, complaint_page **page) {
    complaint_desk *d = job->d;
    cpl_buf b;
    cpl_buf_init(&b, &d->memory);
    complaint_page *p = cpl_page_new(&d->memory, l->columns, l->column_count);
    complaint_status s = p ? COMPLAINT_OK : cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    /* What stands under "intake" is no action on a case. */
    for (size_t i = d->policy->intake_count; s == COMPLAINT_OK && i < d->policy->action_count; i++) s = l->put(job, c, &d->policy->actions[i], language, p, &b);
    cpl_buf_free(&b);
    if (s == COMPLAINT_OK) return cpl_page_finish(p, page, job->e);
    complaint_page_free(p);
    return cpl_fail(job->e, s, NULL);
}

typedef struct question {
    cpl_job job;
    int64_t case_id;
    const listing *listing;
    int32_t language;
    complaint_page **page;
} question;

static complaint_status answer(cpl_tx *tx, void *context) {
    question *q = context;
    cpl_case c;
    cpl_arena arena;
    cpl_arena_init(&arena, &q->job.d->memory);
    complaint_status s = cpl_load_case(tx, &arena, q->case_id, &c);
    if (s == COMPLAINT_OK && !cpl_view_sees_case(&q->job.view, &c)) s = cpl_no_such_case(q->job.e, q->case_id);
    if (s == COMPLAINT_OK) s = cpl_linked_result(tx, &arena, &q->job, c.id, &q->job.linked_result);
    if (s == COMPLAINT_OK) s = list_actions(&q->job, &c, q->listing, q->language, q->page);
    cpl_arena_free(&arena);
    return s;
}

static complaint_status ask(complaint_desk *d, const complaint_actor *a, int64_t case_id, const listing *l, int32_t language, complaint_page **page) {
    question q = {.case_id = case_id, .listing = l, .language = language, .page = page};
    complaint_status s = cpl_job_who(&q.job, d, a);
    return s == COMPLAINT_OK ? cpl_desk_reading(d, answer, &q) : s;
}

complaint_status cpl_desk_actions(complaint_desk *d, const complaint_actor *a, int64_t case_id, int32_t language, complaint_page **page) {
    static const listing own = {put_own, columns, sizeof columns / sizeof columns[0]};
    return ask(d, a, case_id, &own, language, page);
}

complaint_status cpl_desk_actions_of_others(complaint_desk *d, const complaint_actor *a, int64_t case_id, int32_t language, complaint_page **page) {
    static const listing others = {put_of_others, columns_of_others, sizeof columns_of_others / sizeof columns_of_others[0]};
    return ask(d, a, case_id, &others, language, page);
}
