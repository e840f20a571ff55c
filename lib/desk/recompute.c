/*
 * desk/recompute: deadlines follow the calendar.
 *
 * Owns: which cases are open, one transaction a case, where a call goes on. Must not know: how a deadline comes about (process, calendar).
 */
#include "desk/job.h"

#include <stdlib.h>

enum { PAGE = 64, CASE = 1 };

/* ---- the open cases ------------------------------------------------------------------------------------------------------ */

/* Found in one snapshot: their deadlines move while they are worked through. */
typedef struct open_cases {
    complaint_desk *d;
    int64_t *ids;
    size_t count, capacity;
} open_cases;

static complaint_status keep_id(open_cases *o, int64_t id) {
    if (o->count == o->capacity) {
        size_t capacity = o->capacity ? 2 * o->capacity : 256;
        int64_t *grown = cpl_resize(&o->d->memory, o->ids, capacity, sizeof *grown);
        if (!grown) return cpl_fail(&o->d->error, COMPLAINT_E_MEMORY, NULL);
        o->ids = grown;
        o->capacity = capacity;
    }
    o->ids[o->count++] = id;
    return COMPLAINT_OK;
}

static complaint_status find_open(cpl_tx *tx, void *context) {
    enum { DUE_INDEX = 1, DUE_AT = 22 };
    open_cases *o = context;
    complaint_status s = COMPLAINT_OK;
    complaint_value after[2] = {cpl_int(INT64_MIN), cpl_int(0)};
    o->count = 0;
    for (size_t got = PAGE; s == COMPLAINT_OK && got == PAGE;) {
        cpl_arena arena;
        cpl_rows rows = {0};
        cpl_arena_init(&arena, &o->d->memory);
        cpl_range r = {.table = CPL_CASE, .index = DUE_INDEX, .after = {after[0], after[1]}, .after_count = 2, .until = {cpl_int(CPL_NO_DEADLINE - 1)}, .until_count = 1, .limit = PAGE};
        s = cpl_tx_select(tx, &r, &arena, &rows);
        got = rows.count;
        for (size_t i = 0; s == COMPLAINT_OK && i < got; i++) s = keep_id(o, rows.items[i].values[CASE].integer);
        if (got) after[0] = cpl_int(rows.items[got - 1].values[DUE_AT].integer), after[1] = cpl_int(rows.items[got - 1].values[CASE].integer);
        cpl_arena_free(&arena);
    }
    return s;
}

static int by_id(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* ---- one case ------------------------------------------------------------------------------------------------------------- */

typedef struct recomputing {
    int64_t case_id;
    bool moved, reverted;
} recomputing;

/* When a calendar came into use at this office; 0: it is not in the store. */
static complaint_status in_use_since(cpl_job *job, cpl_str calendar, int64_t *since) {
    enum { ENTERED_AT = 4 };
    cpl_row row;
    const complaint_value key[] = {cpl_txt(CPL_LIT("calendar")), cpl_txt(calendar)};
    complaint_status s = cpl_tx_get(&job->tx, CPL_DEFINITION, key, 2, &job->arena, &row);
    *since = s == COMPLAINT_OK ? row.values[ENTERED_AT].integer : 0;
    return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
}

/* Whether a deadline went back to what an earlier calendar makes of it: most likely somebody has forgotten the present one. */
static complaint_status look_back(cpl_job *job, const cpl_case *before, const cpl_case *after, bool *reverted) {
    int64_t mine = 0, its = 0;
    complaint_status s = in_use_since(job, cpl_str_of(job->d->calendar_digest), &mine);
    for (size_t i = 0; s == COMPLAINT_OK && !*reverted && i < before->clock_count; i++) {
        const cpl_case_clock *k = &before->clocks[i];
        if (k->due_at == after->clocks[i].due_at || !k->calendar.n) continue;
        s = in_use_since(job, k->calendar, &its);
        *reverted = s == COMPLAINT_OK && mine && its > mine;
    }
    return s;
}

static complaint_status recompute_case(cpl_job *job, void *context) {
    recomputing *r = context;
    cpl_case c, after;
    cpl_plan plan;
    r->moved = r->reverted = false;
    complaint_status s = cpl_load_listed(job, r->case_id, &c);
    if (s == COMPLAINT_OK) s = cpl_plan_recompute(&job->pr, &c, job->now, &job->arena, &plan, &r->moved, job->e);
    if (s == COMPLAINT_OK && r->moved) s = cpl_append(job, &c, &plan, &after);
    return s == COMPLAINT_OK && r->moved ? look_back(job, &c, &after, &r->reverted) : s;
}

/* ---- the call --------------------------------------------------------------------------------------------------------------- */

/* Where a recomputation stands: the last case that was done, and how many of all so far were damaged. */
enum { AT_CASE, AT_DAMAGED, AT_NUMBERS };

typedef struct round {
    complaint_desk *d;
    int64_t now, at[AT_NUMBERS];
    int64_t cases, moved, reverted, damaged;
    complaint_error damage; /* the first of this call */
} round;

static complaint_status one_case(round *r, int64_t id) {
    recomputing one = {.case_id = id};
    complaint_status s = cpl_run_system(r->d, r->now, true, recompute_case, &one), past = cpl_past_one_case(r->d, s, &r->damage);
    r->cases += s == COMPLAINT_OK;
    r->moved += s == COMPLAINT_OK && one.moved;
    r->reverted += s == COMPLAINT_OK && one.reverted;
    r->damaged += s != COMPLAINT_OK && past == COMPLAINT_OK;
    if (past == COMPLAINT_OK) r->at[AT_CASE] = id;
    return past;
}

static complaint_status walk(round *r, const open_cases *o, int64_t budget) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < o->count; i++) {
        if (o->ids[i] <= r->at[AT_CASE]) continue;
        s = cpl_long_may_go_on(r->d, r->cases + r->damaged, budget);
        if (s == COMPLAINT_OK) s = one_case(r, o->ids[i]);
    }
    return s;
}

static complaint_status find_and_walk(round *r, int64_t budget) {
    open_cases o = {.d = r->d};
    complaint_status s = cpl_desk_reading(r->d, find_open, &o);
    if (o.count > 1) qsort(o.ids, o.count, sizeof *o.ids, by_id);
    if (s == COMPLAINT_OK) s = walk(r, &o, budget);
    cpl_free(&r->d->memory, o.ids);
    return s;
}

static complaint_status tally_page(const round *r, bool more, complaint_page **page) {
    static const char *const columns[] = {"cases", "moved", "reverted", "damaged"};
    const int64_t counts[] = {r->cases, r->moved, r->reverted, r->damaged};
    enum { COLUMNS = sizeof columns / sizeof columns[0] };
    char token[CPL_TOKEN_MAX];
    complaint_page *p = cpl_page_new(&r->d->memory, columns, COLUMNS);
    if (!p) return cpl_fail(&r->d->error, COMPLAINT_E_MEMORY, NULL);
    cpl_page_row(p);
    for (int32_t i = 0; i < COLUMNS; i++) cpl_page_int(p, i, counts[i]);
    cpl_token_write((const int64_t[]){r->at[AT_CASE], r->at[AT_DAMAGED] + r->damaged}, AT_NUMBERS, token);
    if (more) cpl_page_token(p, cpl_str_of(token));
    return cpl_page_finish(p, page, &r->d->error);
}

static complaint_status tell_damage(round *r) {
    int64_t damaged = r->at[AT_DAMAGED] + r->damaged;
    if (r->damage.status != COMPLAINT_OK) return cpl_tell_damage(r->d, COMPLAINT_OK, &r->damage);
    return damaged == 0 ? COMPLAINT_OK : cpl_failf(&r->d->error, COMPLAINT_E_CORRUPT, "case", "มี %lld เรื่องที่คำนวณกำหนดใหม่ไม่ได้", "the deadlines of %lld cases could not be computed", (long long)damaged);
}

static complaint_status may_recompute(complaint_desk *d, const complaint_actor *a) {
    cpl_view view = {0};
    complaint_status s = cpl_desk_may_write(d);
    if (s == COMPLAINT_OK) s = cpl_desk_view(d, a, &view);
    if (s != COMPLAINT_OK || view.all_cases) return s;
    return cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้คำนวณกำหนดใหม่ไม่ได้", "deadlines are recomputed by a role that sees all cases");
}

complaint_status cpl_desk_recompute(complaint_desk *d, const complaint_actor *a, const char *token, int64_t budget, complaint_page **page) {
    round r = {.d = d};
    complaint_status s = may_recompute(d, a);
    if (s == COMPLAINT_OK && token && !cpl_token_read(token, r.at, AT_NUMBERS)) s = cpl_bad_token(d);
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &r.now, &d->error);
    if (s == COMPLAINT_OK) s = find_and_walk(&r, budget);
    complaint_status made = page && cpl_long_keeps(s) ? tally_page(&r, s != COMPLAINT_OK, page) : COMPLAINT_OK;
    if (made != COMPLAINT_OK) return made;
    return s == COMPLAINT_OK ? tell_damage(&r) : s;
}
