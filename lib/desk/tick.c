/*
 * desk/tick: clocks speak up, and deadlines follow the calendar.
 *
 * Owns: finding what is due by index, one transaction a clock or a case. Must not know: when a reminder is due and what it says (process, policy).
 *
 * A reminder is written with the event that says it was given, and that event moves the clock's wake_at on: a missed run loses nothing, running twice adds nothing.
 */
#include "desk/job.h"

enum { PAGE = 64, WAKE_INDEX = 2, CASE = 1, SEQ = 2 };

typedef struct due {
    int64_t now;
    complaint_value after[3]; /* what was gone through: a clock that cannot speak up keeps none behind it waiting */
    int32_t after_count;
    cpl_arena *arena;
    cpl_rows rows;
} due;

static complaint_status find_due(cpl_tx *tx, void *context) {
    due *found = context;
    cpl_range r = {.table = CPL_CLOCK, .index = WAKE_INDEX, .until = {cpl_int(found->now)}, .until_count = 1, .after = {found->after[0], found->after[1], found->after[2]}, .after_count = found->after_count, .limit = PAGE};
    found->rows = (cpl_rows){0};
    return cpl_tx_select(tx, &r, found->arena, &found->rows);
}

typedef struct reminder {
    int64_t case_id, clock;
    bool said;
    int64_t notices;
} reminder;

static complaint_status remind(cpl_job *job, void *context) {
    reminder *r = context;
    cpl_case c, after;
    cpl_plan plan;
    r->said = false;
    complaint_status s = cpl_load_case(&job->tx, &job->arena, r->case_id, &c);
    if (s == COMPLAINT_OK && c.unknown) s = cpl_fail(job->e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind");
    if (s == COMPLAINT_OK) s = cpl_plan_warning(&job->pr, &c, r->clock, job->now, &job->arena, &plan, &r->said, job->e);
    if (s != COMPLAINT_OK || !r->said) return s;
    r->notices = (int64_t)plan.notice_count;
    return cpl_append(job, &c, &plan, &after);
}

typedef struct tally {
    int64_t clocks, notices;
} tally;

static complaint_status tally_page(complaint_desk *d, const char *const *columns, const tally *t, complaint_page **page) {
    complaint_page *p = cpl_page_new(&d->memory, columns, 2);
    if (!p) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    cpl_page_row(p);
    cpl_page_int(p, 0, t->clocks);
    cpl_page_int(p, 1, t->notices);
    return cpl_page_finish(p, page, &d->error);
}

/* A case that is damaged, of a later version, or beyond the calendar's years: the others can go on all the same. The first one met is told at the end. */
static complaint_status past_one_case(complaint_desk *d, complaint_status s, complaint_error *damage) {
    complaint_status k = CPL_CLASS(s);
    if (k != COMPLAINT_E_CORRUPT && k != COMPLAINT_E_SCHEMA && k != COMPLAINT_E_UNSUPPORTED && k != COMPLAINT_E_RANGE) return s;
    if (damage->status == COMPLAINT_OK) *damage = d->error;
    return COMPLAINT_OK;
}

static complaint_status tell_damage(complaint_desk *d, complaint_status s, const complaint_error *damage) {
    if (s != COMPLAINT_OK || damage->status == COMPLAINT_OK) return s;
    d->error = *damage;
    return damage->status;
}

static complaint_status remind_page(complaint_desk *d, const due *found, int64_t budget, tally *t, complaint_error *damage) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < found->rows.count; i++) {
        const complaint_value *row = found->rows.items[i].values;
        reminder r = {.case_id = row[CASE].integer, .clock = row[SEQ].integer};
        if (budget && t->clocks == budget) return cpl_fail(&d->error, COMPLAINT_E_MORE, NULL);
        if (cpl_desk_progress(d, t->clocks)) return cpl_fail(&d->error, COMPLAINT_E_CANCELLED, NULL);
        s = cpl_run_system(d, found->now, true, remind, &r);
        if (s == COMPLAINT_OK && r.said) {
            t->clocks++;
            t->notices += r.notices;
        }
        s = past_one_case(d, s, damage);
    }
    return s;
}

/* Where the next page begins; false: there is none. */
static bool next_page(due *found) {
    enum { WAKE = 14 };
    if (found->rows.count < PAGE) return false;
    const complaint_value *last = found->rows.items[found->rows.count - 1].values;
    found->after[0] = cpl_int(last[WAKE].integer);
    found->after[1] = cpl_int(last[CASE].integer);
    found->after[2] = cpl_int(last[SEQ].integer);
    found->after_count = 3;
    return true;
}

static bool keeps_work(complaint_status s) { return s == COMPLAINT_OK || s == COMPLAINT_E_MORE || s == COMPLAINT_E_CANCELLED; }

complaint_status cpl_desk_tick(complaint_desk *d, int64_t budget, complaint_page **page) {
    static const char *const columns[] = {"clocks", "notices"};
    tally t = {0};
    due found = {0};
    complaint_error damage = {0};
    if (d->mode == COMPLAINT_READ) return cpl_fail(&d->error, COMPLAINT_E_READ_ONLY, "desk");
    complaint_status s = cpl_host_now(&d->host, &found.now, &d->error);
    for (bool more = true; s == COMPLAINT_OK && more;) {
        cpl_arena arena;
        cpl_arena_init(&arena, &d->memory);
        found.arena = &arena;
        s = cpl_desk_reading(d, find_due, &found);
        if (s == COMPLAINT_OK) s = remind_page(d, &found, budget, &t, &damage);
        more = s == COMPLAINT_OK && next_page(&found);
        cpl_arena_free(&arena);
    }
    s = tell_damage(d, s, &damage);
    complaint_status made = page && keeps_work(s) ? tally_page(d, columns, &t, page) : COMPLAINT_OK;
    return made == COMPLAINT_OK ? s : made;
}

/* ---- recompute ---------------------------------------------------------------------------------------------------------- */

/* The open cases, found in one snapshot: their deadlines move while they are worked through. */
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

typedef struct recomputing {
    int64_t case_id;
    bool moved;
} recomputing;

static complaint_status recompute_case(cpl_job *job, void *context) {
    recomputing *r = context;
    cpl_case c, after;
    cpl_plan plan;
    r->moved = false;
    complaint_status s = cpl_load_case(&job->tx, &job->arena, r->case_id, &c);
    if (s == COMPLAINT_OK && c.unknown) return COMPLAINT_OK;
    if (s == COMPLAINT_OK) s = cpl_plan_recompute(&job->pr, &c, job->now, &job->arena, &plan, &r->moved, job->e);
    return s == COMPLAINT_OK && r->moved ? cpl_append(job, &c, &plan, &after) : s;
}

static complaint_status may_recompute(complaint_desk *d, const complaint_actor *a) {
    cpl_view view;
    complaint_status s = cpl_desk_view(d, a, &view);
    if (s != COMPLAINT_OK || view.all_cases) return s;
    return cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้คำนวณกำหนดใหม่ไม่ได้", "deadlines are recomputed by a role that sees all cases");
}

complaint_status cpl_desk_recompute(complaint_desk *d, const complaint_actor *a, complaint_page **page) {
    static const char *const columns[] = {"cases", "moved"};
    tally t = {0};
    open_cases o = {.d = d};
    complaint_error damage = {0};
    int64_t now = 0;
    complaint_status s = d->mode == COMPLAINT_READ ? cpl_fail(&d->error, COMPLAINT_E_READ_ONLY, "desk") : may_recompute(d, a);
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &now, &d->error);
    if (s == COMPLAINT_OK) s = cpl_desk_reading(d, find_open, &o);
    for (size_t i = 0; s == COMPLAINT_OK && i < o.count; i++) {
        recomputing r = {.case_id = o.ids[i]};
        if (cpl_desk_progress(d, t.clocks)) s = cpl_fail(&d->error, COMPLAINT_E_CANCELLED, NULL);
        else s = cpl_run_system(d, now, true, recompute_case, &r);
        t.clocks += s == COMPLAINT_OK;
        t.notices += s == COMPLAINT_OK && r.moved;
        s = past_one_case(d, s, &damage);
    }
    cpl_free(&d->memory, o.ids);
    s = tell_damage(d, s, &damage);
    complaint_status made = page && keeps_work(s) ? tally_page(d, columns, &t, page) : COMPLAINT_OK;
    return made == COMPLAINT_OK ? s : made;
}
