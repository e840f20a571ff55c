/*
 * process/clocks: which clocks an event stops and starts.
 *
 * Owns: results (in time, or late by how much), deadlines of new clocks. Must not know: what set the triggers off. A clock moves on named
 * events only; the deadline is written into the event with the digests of the rule's policy and calendar, so folding needs neither.
 */
#include "process/plan.h"

void cpl_hit(planner *pl, int32_t kind, cpl_str qualifier) {
    if (pl->hit_count < MAX_HITS) pl->hits[pl->hit_count++] = (cpl_trigger){kind, qualifier};
}

bool cpl_any_hit(const planner *pl, const cpl_trigger *list, size_t count) {
    for (size_t i = 0; i < pl->hit_count; i++)
        if (cpl_trigger_hits(list, count, pl->hits[i].kind, pl->hits[i].qualifier)) return true;
    return false;
}

/* In time is before the deadline; at the deadline it is late by one millisecond. */
static int64_t lateness(const cpl_case_clock *k, int64_t at) { return at < k->due_at ? 0 : at - k->due_at + 1; }

static void write_end(writer *w, const cpl_case_clock *k, const char *act, int64_t at) {
    writer one = cpl_write_open(w, NULL, '{');
    cpl_write_int(&one, "seq", k->seq);
    cpl_write_str(&one, "do", cpl_str_of(act));
    cpl_write_str(&one, "rule", k->rule);
    cpl_write_int(&one, "at", at);
    cpl_write_int(&one, "late", lateness(k, at));
    cpl_write_close(&one, '}');
}

static complaint_status write_start(const planner *pl, writer *w, const cpl_clock_def *def, int64_t seq) {
    cpl_clock_rule rule = def->rule;
    if (def->length_field >= 0) {
        const cpl_input *in = cpl_find_input(pl->rq, pl->p->fields[def->length_field].code.id.p);
        if (in) rule.length = in->integer;
    }
    int64_t from = def->from_receipt ? pl->received_at : pl->happened_at;
    cpl_deadline d;
    complaint_status s = cpl_calendar_deadline(pl->pr->calendar, &rule, from, &d, pl->e);
    if (s != COMPLAINT_OK) return s;
    writer one = cpl_write_open(w, NULL, '{');
    cpl_write_int(&one, "seq", seq);
    cpl_write_str(&one, "do", CPL_LIT("start"));
    cpl_write_str(&one, "rule", def->code.id);
    cpl_write_int(&one, "length", rule.length);
    cpl_write_int(&one, "from", from);
    cpl_write_int(&one, "nominal", d.nominal_at);
    cpl_write_int(&one, "due", d.due_at);
    cpl_write_close(&one, '}');
    return COMPLAINT_OK;
}

static const cpl_case_clock *running(const cpl_case *c, cpl_str rule) {
    for (size_t i = 0; i < c->clock_count; i++)
        if (c->clocks[i].state == CPL_CLOCK_RUNNING && cpl_str_eq(c->clocks[i].rule, rule)) return &c->clocks[i];
    return NULL;
}

/* A result moves clocks when it is the last one: before, nobody can be told. */
static bool stops(const planner *pl, const cpl_clock_def *def) { return pl->last_result && cpl_any_hit(pl, def->stops, def->stop_count); }

static bool starts(const planner *pl, const cpl_clock_def *def) { return pl->last_result && cpl_any_hit(pl, def->starts, def->start_count); }

static complaint_status start_or_stop(planner *pl, writer *w, const cpl_clock_def *def, int64_t *last) {
    const cpl_case_clock *k = running(pl->c, def->code.id);
    if (k && stops(pl, def)) {
        write_end(w, k, "stop", pl->happened_at);
        k = NULL;
    }
    if (k || !starts(pl, def)) return COMPLAINT_OK;
    return write_start(pl, w, def, ++*last);
}

static void end_remaining(planner *pl, writer *w) {
    for (size_t i = 0; i < pl->c->clock_count; i++) {
        const cpl_case_clock *k = &pl->c->clocks[i];
        if (k->state != CPL_CLOCK_RUNNING) continue;
        int def = cpl_policy_clock(pl->p, k->rule);
        bool stopped = def >= 0 && stops(pl, &pl->p->clocks[def]);
        write_end(w, k, stopped ? "stop" : "cancel", pl->happened_at);
    }
}

complaint_status cpl_plan_clocks(planner *pl, writer *w, bool final) {
    size_t size = w->b->size;
    bool first = w->first;
    writer list = cpl_write_open(w, "clocks", '[');
    int64_t last = (int64_t)pl->c->clock_count;
    complaint_status s = COMPLAINT_OK;
    if (final) end_remaining(pl, &list);
    for (size_t i = 0; !final && s == COMPLAINT_OK && i < pl->p->clock_count; i++) s = start_or_stop(pl, &list, &pl->p->clocks[i], &last);
    if (s != COMPLAINT_OK) return s;
    if (list.first) { /* nothing moved: no empty list in the log */
        if (!w->b->failed) w->b->size = size;
        w->first = first;
        return COMPLAINT_OK;
    }
    cpl_write_close(&list, ']');
    if (last > (int64_t)pl->c->clock_count) {
        cpl_write_str(w, "policy", cpl_str_of(pl->p->digest));
        cpl_write_str(w, "calendar", cpl_str_of(pl->pr->calendar_digest));
    }
    return COMPLAINT_OK;
}
