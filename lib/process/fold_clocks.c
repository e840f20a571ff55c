/*
 * process/fold_clocks: what an event says of the clocks of a case.
 *
 * Owns: the members of `clocks` (docs/event-format.md). Must not know: policy and calendar; deadlines are in the payload.
 */
#include "process/fold.h"

#include <stddef.h>

typedef struct clock_fact {
    int64_t seq, from, length, nominal, due, at, late, referral, wake, warned;
    cpl_str act, rule;
} clock_fact;

#define CLOCK_INT(key, kind) {.name = #key, .type = (kind), .offset = offsetof(clock_fact, key)}
static const member clock_members[] = {
    CLOCK_INT(seq, COUNT), CLOCK_INT(from, INSTANT), CLOCK_INT(length, COUNT), CLOCK_INT(nominal, INSTANT), CLOCK_INT(due, INSTANT), CLOCK_INT(at, INSTANT), CLOCK_INT(late, INTEGER), CLOCK_INT(referral, COUNT),
    CLOCK_INT(wake, INSTANT), CLOCK_INT(warned, COUNT),
    {.name = "do", .type = STRING, .offset = offsetof(clock_fact, act)},
    {.name = "rule", .type = STRING, .offset = offsetof(clock_fact, rule)},
};

static bool start_clock(reader *r, const clock_fact *f) {
    cpl_case *c = r->c;
    if (f->seq != (int64_t)c->clock_count + 1 || f->rule.n == 0) return false;
    cpl_case_clock *items = cpl_fold_grow(r, c->clocks, c->clock_count, &c->clock_capacity, sizeof *items);
    if (!items) return false;
    c->clocks = items;
    items[c->clock_count++] = (cpl_case_clock){.seq = f->seq, .version = r->ev->seq, .begun = r->ev->seq, .cycle = *r->cycle ? *r->cycle : c->cycle, .referral = f->referral, .rule = f->rule, .state = CPL_CLOCK_RUNNING,
                                               .started_at = f->from, .length = f->length, .nominal_at = f->nominal, .due_at = f->due, .wake_at = f->wake ? f->wake : CPL_NEVER};
    return true;
}

static bool pause_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    cpl_pause *pauses = cpl_fold_longer(r, k->pauses, k->pause_count, sizeof *pauses);
    if (!pauses || k->state != CPL_CLOCK_RUNNING) return false;
    pauses[k->pause_count++] = (cpl_pause){f->at, CPL_PAUSE_OPEN};
    k->pauses = pauses;
    k->state = CPL_CLOCK_PAUSED;
    k->held_at = k->wake_at;
    k->wake_at = CPL_NEVER;
    return true;
}

static void move_clock(cpl_case_clock *k, const clock_fact *f) {
    k->nominal_at = f->nominal;
    k->due_at = f->due;
    k->wake_at = f->wake ? f->wake : CPL_NEVER;
}

/* What set it going happened at another time. */
static void begin_elsewhere(cpl_case_clock *k, const clock_fact *f) {
    if (!f->from) return;
    k->started_at = f->from;
    k->nominal_at = f->nominal;
    k->due_at = f->due;
}

static bool resume_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    cpl_pause *pauses = cpl_fold_longer(r, k->pauses, k->pause_count, sizeof *pauses);
    if (!pauses || k->state != CPL_CLOCK_PAUSED) return false;
    pauses[k->pause_count - 1].until = f->at;
    k->pauses = pauses;
    k->state = CPL_CLOCK_RUNNING;
    if (f->warned) k->warned = f->warned;
    move_clock(k, f);
    return true;
}

static bool extend_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    int64_t *extensions = cpl_fold_longer(r, k->extensions, k->extension_count, sizeof *extensions);
    if (!extensions || k->state != CPL_CLOCK_RUNNING || f->length < 1) return false;
    extensions[k->extension_count++] = f->length;
    k->extensions = extensions;
    move_clock(k, f);
    return true;
}

static bool end_clock(reader *r, cpl_case_clock *k, const clock_fact *f, int state) {
    if (k->state != CPL_CLOCK_RUNNING && k->state != CPL_CLOCK_PAUSED) return false;
    k->state = state;
    k->stopped_at = f->at;
    k->late_ms = f->late;
    k->wake_at = CPL_NEVER;
    k->ended = r->ev->seq;
    return true;
}

static bool stop_clock(reader *r, cpl_case_clock *k, const clock_fact *f) { return end_clock(r, k, f, CPL_CLOCK_STOPPED); }
static bool cancel_clock(reader *r, cpl_case_clock *k, const clock_fact *f) { return end_clock(r, k, f, CPL_CLOCK_CANCELLED); }

/* A backdated entry, or a correction, contradicts a result that was written: both stay in the log, the later one counts. */
static bool correct_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    if (k->state != CPL_CLOCK_STOPPED) return false;
    k->stopped_at = f->at;
    k->late_ms = f->late;
    if (r->ev->kind != CPL_EV_CORRECT) k->ended = r->ev->seq;
    begin_elsewhere(k, f);
    return true;
}

/* Another rule, unit or calendar, or holidays announced late. */
static bool shift_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    (void)r;
    if (k->state != CPL_CLOCK_RUNNING && k->state != CPL_CLOCK_PAUSED) return false;
    if (f->rule.n) k->rule = f->rule;
    if (f->length) k->length = f->length;
    begin_elsewhere(k, f);
    move_clock(k, f);
    if (k->state == CPL_CLOCK_PAUSED) k->wake_at = CPL_NEVER;
    return true;
}

static bool warn_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    r->speaks = k->seq;
    if (k->state != CPL_CLOCK_RUNNING) return false;
    k->wake_at = f->wake ? f->wake : CPL_NEVER;
    k->warned = f->warned;
    return true;
}

static bool interim_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    (void)r;
    k->interim = k->interim || f->late == 0;
    return true;
}

static const struct {
    const char *name;
    bool (*apply)(reader *r, cpl_case_clock *k, const clock_fact *f);
} clock_acts[] = {{"stop", stop_clock},     {"cancel", cancel_clock}, {"pause", pause_clock}, {"resume", resume_clock}, {"extend", extend_clock},
                  {"correct", correct_clock}, {"move", shift_clock},    {"warn", warn_clock},   {"interim", interim_clock}};

bool cpl_fold_clock(reader *r) {
    clock_fact f = {.act = CPL_LIT(""), .rule = CPL_LIT("")};
    if (!cpl_read_object(r, MEMBERS(clock_members), &f)) return false;
    if (cpl_str_is(f.act, "start")) return start_clock(r, &f);
    if (f.seq < 1 || f.seq > (int64_t)r->c->clock_count) return false;
    cpl_case_clock *k = &r->c->clocks[f.seq - 1];
    k->version = r->ev->seq;
    for (size_t i = 0; i < sizeof clock_acts / sizeof clock_acts[0]; i++)
        if (cpl_str_is(f.act, clock_acts[i].name)) return clock_acts[i].apply(r, k, &f);
    return false;
}
