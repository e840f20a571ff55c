/*
 * desk/tick: clocks speak up, and channels nobody has looked at are remembered.
 *
 * Owns: finding what is due by index, one transaction a clock. Must not know: when a reminder is due and what it says (process, policy).
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
    complaint_status s = cpl_load_listed(job, r->case_id, &c);
    if (s == COMPLAINT_OK) s = cpl_plan_warning(&job->pr, &c, r->clock, job->now, &job->arena, &plan, &r->said, job->e);
    if (s != COMPLAINT_OK || !r->said) return s;
    r->notices = (int64_t)plan.notice_count;
    return cpl_append(job, &c, &plan, &after);
}

typedef struct tally {
    int64_t clocks, notices, duties;
} tally;

static complaint_status tally_page(complaint_desk *d, const tally *t, complaint_page **page) {
    static const char *const columns[] = {"clocks", "notices", "duties"};
    complaint_page *p = cpl_page_new(&d->memory, columns, 3);
    if (!p) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    cpl_page_row(p);
    cpl_page_int(p, 0, t->clocks);
    cpl_page_int(p, 1, t->notices);
    cpl_page_int(p, 2, t->duties);
    return cpl_page_finish(p, page, &d->error);
}

static complaint_status remind_page(complaint_desk *d, const due *found, int64_t budget, tally *t, complaint_error *damage) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < found->rows.count; i++) {
        const complaint_value *row = found->rows.items[i].values;
        reminder r = {.case_id = row[CASE].integer, .clock = row[SEQ].integer};
        s = cpl_long_may_go_on(d, t->clocks + t->duties, budget);
        if (s != COMPLAINT_OK) return s;
        s = cpl_run_system(d, found->now, true, remind, &r);
        if (s == COMPLAINT_OK && r.said) {
            t->clocks++;
            t->notices += r.notices;
        }
        s = cpl_past_one_case(d, s, damage);
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

complaint_status cpl_desk_tick(complaint_desk *d, int64_t budget, complaint_page **page) {
    tally t = {0};
    due found = {0};
    complaint_error damage = {0};
    complaint_status s = cpl_desk_may_write(d);
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &found.now, &d->error);
    if (s == COMPLAINT_OK) s = cpl_past_one_case(d, cpl_remind_duties(d, found.now, budget, &t.duties, &t.notices), &damage);
    for (bool more = true; s == COMPLAINT_OK && more;) {
        cpl_arena arena;
        cpl_arena_init(&arena, &d->memory);
        found.arena = &arena;
        s = cpl_desk_reading(d, find_due, &found);
        if (s == COMPLAINT_OK) s = remind_page(d, &found, budget, &t, &damage);
        more = s == COMPLAINT_OK && next_page(&found);
        cpl_arena_free(&arena);
    }
    s = cpl_tell_damage(d, s, &damage);
    complaint_status made = page && cpl_long_keeps(s) ? tally_page(d, &t, page) : COMPLAINT_OK;
    return made == COMPLAINT_OK ? s : made;
}
