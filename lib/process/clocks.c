/*
 * process/clocks: what an event does to the clocks of a case.
 *
 * Owns: starts, stops, pauses, extensions, corrections, results (in time, or late by how much). Must not know: what set the triggers off, when reminders go out
 * (warnings.c). A clock moves on named events only; its deadline is written into the event with the digests of policy and calendar, so folding needs neither.
 */
#include "process/plan.h"

#include <string.h>

void cpl_hit(planner *pl, int32_t kind, cpl_str qualifier) {
    if (pl->hit_count < MAX_HITS) pl->hits[pl->hit_count++] = (cpl_trigger){kind, qualifier};
}

bool cpl_any_hit(const planner *pl, const cpl_trigger *list, size_t count) {
    for (size_t i = 0; i < pl->hit_count; i++)
        if (cpl_trigger_hits(list, count, pl->hits[i].kind, pl->hits[i].qualifier)) return true;
    return false;
}

/* In time is before the deadline; at the deadline it is late by one millisecond. */
int64_t cpl_lateness(const cpl_case_clock *k, int64_t at) { return at < k->due_at ? 0 : at - k->due_at + 1; }

cpl_period cpl_period_of(const cpl_clock_def *def, const cpl_case_clock *k) {
    cpl_period p = {.rule = def->rule, .from = k->started_at, .pauses = k->pauses, .pause_count = k->pause_count, .extensions = k->extensions, .extension_count = k->extension_count};
    p.rule.length = k->length;
    return p;
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

static writer open_move(writer *list, int64_t seq, const char *act) {
    writer one = cpl_write_open(list, NULL, '{');
    cpl_write_int(&one, "seq", seq);
    cpl_write_str(&one, "do", cpl_str_of(act));
    return one;
}

/* While a clock stands still no time is used: it is judged as it was when it stopped counting. */
static int64_t judged_at(const cpl_case_clock *k, int64_t at) {
    bool still = k->state == CPL_CLOCK_PAUSED && k->pauses[k->pause_count - 1].from < at;
    return still ? k->pauses[k->pause_count - 1].from : at;
}

static void write_result(writer *list, const cpl_case_clock *k, const char *act, int64_t at) {
    writer one = open_move(list, k->seq, act);
    cpl_write_str(&one, "rule", k->rule);
    cpl_write_int(&one, "at", at);
    cpl_write_int(&one, "late", cpl_lateness(k, judged_at(k, at)));
    cpl_write_close(&one, '}');
}

static void write_deadline(planner *pl, writer *one, const cpl_deadline *d, int64_t wake) {
    cpl_write_int(one, "nominal", d->nominal_at);
    cpl_write_int(one, "due", d->due_at);
    if (wake != CPL_NEVER) cpl_write_int(one, "wake", wake);
    pl->cites = true;
}

/* A clock that goes on gets another deadline: its reminders move with it as of `from`. */
static complaint_status write_moved(planner *pl, writer *one, const cpl_clock_def *def, const cpl_case_clock *k, const cpl_deadline *d, int64_t from) {
    cpl_moved moved;
    complaint_status s = cpl_move_warnings(pl, def, k, d->due_at, from, &moved);
    if (s != COMPLAINT_OK) return s;
    write_deadline(pl, one, d, moved.wake);
    if (moved.lost == 0) return COMPLAINT_OK;
    cpl_write_int(one, "warned", k->warned + moved.lost);
    cpl_write_int(one, "skipped", moved.lost);
    return COMPLAINT_OK;
}

/* ---- starting ------------------------------------------------------------------------------------------------------ */

/* A date that somebody gave is its own rule: its last moment is the end of that day. */
static complaint_status given_deadline(planner *pl, const cpl_clock_def *def, cpl_deadline *d) {
    const cpl_input *in = cpl_find_input(pl->rq, pl->p->fields[def->date_field].code.id.p);
    if (!in || !cpl_instant_in_range(in->integer)) return COMPLAINT_E_NOT_FOUND;
    d->last_day = cpl_instant_day(in->integer);
    d->nominal_at = d->due_at = cpl_day_start(d->last_day + 1);
    return COMPLAINT_OK;
}

static complaint_status first_deadline(planner *pl, const cpl_clock_def *def, int64_t from, cpl_clock_rule *rule, cpl_deadline *d) {
    *rule = def->rule;
    if (def->date_field >= 0) return given_deadline(pl, def, d);
    if (def->length_field >= 0) {
        const cpl_input *in = cpl_find_input(pl->rq, pl->p->fields[def->length_field].code.id.p);
        if (in) rule->length = in->integer;
    }
    return cpl_calendar_deadline(pl->pr->calendar, rule, from, d, pl->e);
}

static bool live(const cpl_case_clock *k);
static bool ends(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k);

/* A cycle after the first has its own beginning, and so has a clock that ran to its end before: the receipt belongs to the first. */
static int64_t counted_from(const planner *pl, const cpl_clock_def *def) {
    bool first = def->from_receipt && pl->cycle == 1;
    for (size_t i = 0; first && i < pl->c->clock_count; i++) {
        const cpl_case_clock *k = &pl->c->clocks[i];
        if (cpl_str_eq(k->rule, def->code.id) && (k->state == CPL_CLOCK_STOPPED || (live(k) && ends(pl, def, k)))) first = false;
    }
    return first ? pl->received_at : cpl_case_complete_at(pl->c, pl->action->kind, pl->happened_at);
}

static bool paused_in(const cpl_clock_def *def, int state) { return state >= 0 && (def->paused_in >> state & 1); }

/* The spells behind `from` in which the clock would have stood still, had it been entered in time; `pauses` has room for each. What still goes on is none yet. */
static size_t past_pauses(const planner *pl, const cpl_clock_def *def, int64_t from, cpl_pause *pauses) {
    size_t n = 0;
    for (size_t i = 0; i + 1 < pl->c->stay_count; i++) {
        const cpl_stay *stay = &pl->c->stays[i];
        int64_t begin = stay->since > from ? stay->since : from, until = stay[1].since;
        if (n && pauses[n - 1].until > begin) begin = pauses[n - 1].until;
        if (paused_in(def, cpl_policy_state(pl->p, stay->state)) && begin < until) pauses[n++] = (cpl_pause){begin, until};
    }
    return n;
}

/* Each pause that is past already is written as one, with the deadline that follows from all of them. */
static void write_past_pauses(planner *pl, writer *list, int64_t seq, const cpl_period *p, const cpl_deadline *d, int64_t wake) {
    for (size_t i = 0; i < p->pause_count; i++) {
        writer pause = open_move(list, seq, "pause");
        cpl_write_int(&pause, "at", p->pauses[i].from);
        cpl_write_close(&pause, '}');
        writer resume = open_move(list, seq, "resume");
        cpl_write_int(&resume, "at", p->pauses[i].until);
        write_deadline(pl, &resume, d, wake);
        cpl_write_close(&resume, '}');
    }
}

static complaint_status start_period(planner *pl, const cpl_clock_def *def, cpl_period *p, cpl_deadline *d) {
    complaint_status s = first_deadline(pl, def, p->from, &p->rule, d);
    if (s != COMPLAINT_OK || def->date_field >= 0) return s;
    cpl_pause *pauses = cpl_arena_alloc(pl->arena, (pl->c->stay_count + 1) * sizeof *pauses);
    if (!pauses) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    p->pauses = pauses;
    p->pause_count = past_pauses(pl, def, p->from, pauses);
    return p->pause_count ? cpl_calendar_period(pl->pr->calendar, p, d, pl->e) : s;
}

/* The register that says what happened does not say when this was met. */
static bool is_forgotten(const planner *pl, const cpl_clock_def *def) {
    bool comes = pl->action->kind == CPL_EV_REGISTER && pl->rq->silent && cpl_input_text(pl->rq, "legacy_number").n;
    return def->history == CPL_HISTORY_NONE && (comes || cpl_is_history(pl));
}

/* What was overdue before this office's desk knew of it is work for its lists, and no news. */
static complaint_status first_wake(planner *pl, const cpl_clock_def *def, int64_t from, int64_t due_at, int64_t *wake) {
    *wake = CPL_NEVER;
    if (def->history == CPL_HISTORY_QUIET && cpl_is_history(pl) && due_at <= pl->entered_at) return COMPLAINT_OK;
    return cpl_next_warning(pl->pr->calendar, def, from, due_at, pl->rq->silent ? pl->entered_at : from, wake, pl->e);
}

static complaint_status write_start(planner *pl, writer *list, const cpl_clock_def *def, int64_t referral) {
    cpl_deadline d = {0};
    cpl_period p = {.from = counted_from(pl, def)};
    complaint_status s = start_period(pl, def, &p, &d);
    if (s == COMPLAINT_E_NOT_FOUND) return COMPLAINT_OK; /* no date was given: nothing is owed by one */
    if (s != COMPLAINT_OK) return s;
    int64_t wake = CPL_NEVER, seq = (int64_t)pl->c->clock_count + ++pl->started;
    s = first_wake(pl, def, p.from, d.due_at, &wake);
    writer one = open_move(list, seq, "start");
    cpl_write_str(&one, "rule", def->code.id);
    if (referral) cpl_write_int(&one, "referral", referral);
    cpl_write_int(&one, "length", p.rule.length);
    cpl_write_int(&one, "from", p.from);
    write_deadline(pl, &one, &d, wake);
    cpl_write_close(&one, '}');
    write_past_pauses(pl, list, seq, &p, &d, wake);
    return s;
}

/* ---- going on --------------------------------------------------------------------------------------------------------- */

static complaint_status write_resume(planner *pl, writer *list, const cpl_clock_def *def, const cpl_case_clock *k) {
    cpl_deadline d;
    cpl_period p = cpl_period_of(def, k);
    cpl_pause *pauses = cpl_arena_alloc(pl->arena, k->pause_count * sizeof *pauses);
    if (pl->happened_at < k->pauses[k->pause_count - 1].from)
        return cpl_failf(pl->e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์อยู่ก่อนที่กำหนดเวลาหยุดนับ", "happened_at lies before the clocks were stopped from counting");
    if (!pauses) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    memcpy(pauses, k->pauses, k->pause_count * sizeof *pauses);
    pauses[k->pause_count - 1].until = pl->happened_at;
    p.pauses = pauses;
    complaint_status s = cpl_calendar_period(pl->pr->calendar, &p, &d, pl->e);
    if (s != COMPLAINT_OK) return s;
    writer one = open_move(list, k->seq, "resume");
    cpl_write_int(&one, "at", pl->happened_at);
    s = write_moved(pl, &one, def, k, &d, pl->happened_at);
    cpl_write_close(&one, '}');
    return s;
}

/* What is entered late may have happened before the clock last went on; that time was given back already. */
static void write_pause(const planner *pl, writer *list, const cpl_case_clock *k) {
    int64_t resumed = k->pause_count ? k->pauses[k->pause_count - 1].until : INT64_MIN;
    writer one = open_move(list, k->seq, "pause");
    cpl_write_int(&one, "at", pl->happened_at > resumed ? pl->happened_at : resumed);
    cpl_write_close(&one, '}');
}

/* An extension counts from the original last day (CCC s. 193/7), which is the period's business. */
static complaint_status write_extension(planner *pl, writer *list, const cpl_clock_def *def, const cpl_case_clock *k, int64_t length) {
    cpl_deadline d;
    cpl_period p = cpl_period_of(def, k);
    int64_t *extensions = cpl_arena_alloc(pl->arena, (k->extension_count + 1) * sizeof *extensions);
    if (!extensions) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    if (k->extension_count) memcpy(extensions, k->extensions, k->extension_count * sizeof *extensions);
    extensions[k->extension_count] = length;
    p.extensions = extensions;
    p.extension_count = k->extension_count + 1;
    complaint_status s = cpl_calendar_period(pl->pr->calendar, &p, &d, pl->e);
    if (s != COMPLAINT_OK) return s;
    writer one = open_move(list, k->seq, "extend");
    cpl_write_int(&one, "length", length);
    s = write_moved(pl, &one, def, k, &d, pl->entered_at);
    cpl_write_close(&one, '}');
    return s;
}

static bool extends(const planner *pl, const cpl_clock_def *def) {
    for (size_t i = 0; i < pl->action->extend_count; i++)
        if (&pl->p->clocks[pl->action->extends[i]] == def) return true;
    return false;
}

/* ---- one clock of a case ------------------------------------------------------------------------------------------------ */

static bool concerns(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k) {
    if (!def->per_referral) return pl->last_result && !pl->kept;
    for (size_t i = 0; i < pl->touched_count; i++)
        if (pl->touched[i] == k->referral) return true;
    return false;
}

static bool stops(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k) { return concerns(pl, def, k) && cpl_any_hit(pl, def->stops, def->stop_count); }

/* Somebody gave a length of his own: a clock that runs is begun again with it, or his word would be lost. */
static bool begins_anew(const planner *pl, const cpl_clock_def *def) {
    return def->length_field >= 0 && cpl_any_hit(pl, def->starts, def->start_count) && cpl_find_input(pl->rq, pl->p->fields[def->length_field].code.id.p);
}

/* A flag that stands and set the clock going, or would have if it had not been running already. [CR-T3] */
static bool is_held(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k) {
    for (size_t i = 0; i < pl->p->flag_count; i++) {
        const cpl_flag *f = &pl->p->flags[i];
        bool causes = cpl_trigger_hits(def->starts, def->start_count, CPL_EV_FLAG, f->code.id);
        if (causes && cpl_case_flagged_seq(pl->c, f->bit & ~pl->flags_cleared) >= k->begun) return true;
    }
    return false;
}

/* What is taken back leaves a clock alone while another flag needs it. */
static bool cancels(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k) {
    return concerns(pl, def, k) && cpl_any_hit(pl, def->cancels, def->cancel_count) && !(pl->flags_cleared && is_held(pl, def, k));
}

/* Complainants who still wait for what the clock owes, once this event's has withdrawn; without `waiting` all who have not withdrawn. */
static bool owes_nobody(const planner *pl, const cpl_clock_def *def, bool waiting) {
    if (def->owes == CPL_COUNTS_AS_NOTHING || pl->party.seq) return false;
    for (size_t i = 0; i < pl->c->party_count; i++) {
        const cpl_party *p = &pl->c->parties[i];
        bool has_it = waiting && (def->owes == CPL_COUNTS_AS_TOLD ? p->told_at : p->acknowledged_at) != 0;
        if (cpl_party_is_owed(p) && p->seq != pl->withdrawing && !has_it) return false;
    }
    return true;
}

/* The last one who waited for it has withdrawn, also where the case goes on without him. */
static bool loses_purpose(const planner *pl, const cpl_clock_def *def) { return pl->withdrawing && owes_nobody(pl, def, true); }

/* A round that began after what is entered now is not ended by it: that belongs to an earlier one. */
static bool ends(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k) {
    return stops(pl, def, k) && !(pl->happened_at < k->started_at && cpl_any_hit(pl, def->starts, def->start_count));
}

static bool live(const cpl_case_clock *k) { return k->state == CPL_CLOCK_RUNNING || k->state == CPL_CLOCK_PAUSED; }

/* What somebody did earlier than the written result says: the earlier time counts, and the log keeps both. */
static bool contradicts(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k) {
    return k->state == CPL_CLOCK_STOPPED && k->cycle == pl->cycle && pl->happened_at < k->stopped_at && pl->happened_at >= k->started_at && stops(pl, def, k);
}

static complaint_status go_on(planner *pl, writer *list, const cpl_clock_def *def, const cpl_case_clock *k) {
    bool pausing = paused_in(def, pl->new_state);
    const cpl_input *days = cpl_find_input(pl->rq, "days");
    if (k->state == CPL_CLOCK_PAUSED && !pausing) return write_resume(pl, list, def, k);
    if (k->state == CPL_CLOCK_RUNNING && pausing) write_pause(pl, list, k);
    else if (k->state == CPL_CLOCK_RUNNING && extends(pl, def) && days && (!def->per_referral || concerns(pl, def, k))) return write_extension(pl, list, def, k, days->integer);
    return COMPLAINT_OK;
}

static complaint_status move_clock(planner *pl, writer *list, const cpl_case_clock *k) {
    int at = cpl_policy_clock(pl->p, k->rule);
    if (at < 0) { /* a rule of an earlier policy: nothing stops it any more but the end of the case */
        if (live(k) && pl->final) write_result(list, k, "cancel", pl->happened_at);
        return COMPLAINT_OK;
    }
    const cpl_clock_def *def = &pl->p->clocks[at];
    if (live(k) && ends(pl, def, k)) write_result(list, k, "stop", pl->happened_at);
    else if (contradicts(pl, def, k)) write_result(list, k, "correct", pl->happened_at);
    else if (live(k) && ((pl->final && !def->survives) || loses_purpose(pl, def) || is_forgotten(pl, def) || cancels(pl, def, k) || (concerns(pl, def, k) && begins_anew(pl, def)))) write_result(list, k, "cancel", pl->happened_at);
    else if (live(k)) return go_on(pl, list, def, k);
    return COMPLAINT_OK;
}

/* ---- corrected times ----------------------------------------------------------------------------------------------------- */

/* When the clock began, with the new time: that of its event, and of several reports the last one's. */
static int64_t begun_at(const planner *pl, const cpl_case_clock *k) {
    const cpl_deed *begun = cpl_case_deed(pl->c, k->begun);
    if (cpl_brings_result(pl->corrected.kind) && begun && k->started_at == pl->c->resulted_at && cpl_case_complete_at(pl->c, begun->kind, 0) == pl->c->resulted_at)
        return cpl_case_resulted_at(pl->c, pl->correcting, pl->happened_at);
    bool began = k->begun == pl->correcting && k->started_at == pl->corrected.at;
    return began ? cpl_case_complete_at(pl->c, pl->corrected.kind, pl->happened_at) : k->started_at;
}

static complaint_status begin_elsewhere(planner *pl, const cpl_case_clock *k, cpl_case_clock *new) {
    cpl_deadline d;
    const cpl_clock_def *def = &pl->p->clocks[cpl_policy_clock(pl->p, k->rule)];
    new->started_at = begun_at(pl, k);
    if (new->started_at == k->started_at || def->date_field >= 0) return COMPLAINT_OK;
    cpl_period p = cpl_period_of(def, new);
    complaint_status s = cpl_calendar_period(pl->pr->calendar, &p, &d, pl->e);
    if (s != COMPLAINT_OK) return s;
    new->nominal_at = d.nominal_at;
    new->due_at = d.due_at;
    return s;
}

static complaint_status write_begun(planner *pl, writer *list, const cpl_case_clock *k, const cpl_case_clock *new) {
    const cpl_deadline d = {.nominal_at = new->nominal_at, .due_at = new->due_at};
    writer one = open_move(list, k->seq, "move");
    cpl_write_int(&one, "was", k->due_at);
    cpl_write_int(&one, "from", new->started_at);
    complaint_status s = write_moved(pl, &one, &pl->p->clocks[cpl_policy_clock(pl->p, k->rule)], new, &d, pl->entered_at);
    cpl_write_close(&one, '}');
    return s;
}

/* Judged anew: it ended at another time, or was due at another time. */
static void write_judged(planner *pl, writer *list, const cpl_case_clock *k, const cpl_case_clock *new) {
    writer one = open_move(list, k->seq, "correct");
    cpl_write_str(&one, "rule", k->rule);
    cpl_write_int(&one, "at", new->stopped_at);
    cpl_write_int(&one, "late", cpl_lateness(new, new->stopped_at));
    if (new->started_at != k->started_at) {
        cpl_write_int(&one, "from", new->started_at);
        write_deadline(pl, &one, &(cpl_deadline){.nominal_at = new->nominal_at, .due_at = new->due_at}, CPL_NEVER);
    }
    cpl_write_close(&one, '}');
}

static complaint_status correct_clock(planner *pl, writer *list, const cpl_case_clock *k) {
    cpl_case_clock new = *k;
    if (k->cycle != pl->c->cycle || cpl_policy_clock(pl->p, k->rule) < 0 || k->state == CPL_CLOCK_CANCELLED) return COMPLAINT_OK;
    complaint_status s = begin_elsewhere(pl, k, &new);
    if (s != COMPLAINT_OK) return s;
    if (live(k)) return new.started_at == k->started_at ? s : write_begun(pl, list, k, &new);
    if (k->ended == pl->correcting) new.stopped_at = pl->happened_at;
    if (new.stopped_at < new.started_at && k->stopped_at >= k->started_at)
        return cpl_failf(pl->e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่แก้ไขทำให้กำหนดเวลา “%.*s” เสร็จก่อนเริ่มนับ", "with that time the clock “%.*s” would end before it began", (int)k->rule.n, k->rule.p);
    if (new.stopped_at != k->stopped_at || new.started_at != k->started_at) write_judged(pl, list, k, &new);
    return s;
}

/* ---- all clocks ------------------------------------------------------------------------------------------------------------- */

static bool runs(const planner *pl, const cpl_clock_def *def, int64_t referral) {
    for (size_t i = 0; i < pl->c->clock_count; i++) {
        const cpl_case_clock *k = &pl->c->clocks[i];
        if (live(k) && k->referral == referral && cpl_str_eq(k->rule, def->code.id) && !ends(pl, def, k) && !cancels(pl, def, k)) return true;
    }
    return false;
}

/* When a unit is done without, what the others had reported may be told already: then nothing is owed. */
static complaint_status start_clocks(planner *pl, writer *list, const cpl_clock_def *def) {
    complaint_status s = COMPLAINT_OK;
    if (is_forgotten(pl, def) || !cpl_any_hit(pl, def->starts, def->start_count) || (pl->action->kind != CPL_EV_REOPEN && owes_nobody(pl, def, pl->completes))) return s;
    if (!def->per_referral) return !pl->last_result || runs(pl, def, 0) ? s : write_start(pl, list, def, 0);
    for (size_t i = 0; s == COMPLAINT_OK && i < pl->touched_count; i++)
        if (!runs(pl, def, pl->touched[i])) s = write_start(pl, list, def, pl->touched[i]);
    return s;
}

/* An interim report does not end the unit's time; that it came in time is counted apart. */
static void write_interim(const planner *pl, writer *list) {
    for (size_t i = 0; pl->action->kind == CPL_EV_REPORT_PROGRESS && i < pl->c->clock_count; i++) {
        const cpl_case_clock *k = &pl->c->clocks[i];
        int at = cpl_policy_clock(pl->p, k->rule);
        if (k->state == CPL_CLOCK_RUNNING && at >= 0 && pl->p->clocks[at].per_referral && concerns(pl, &pl->p->clocks[at], k)) write_result(list, k, "interim", pl->happened_at);
    }
}

complaint_status cpl_plan_clocks(planner *pl, writer *w) {
    size_t size = w->b->size;
    bool first = w->first;
    writer list = cpl_write_open(w, "clocks", '[');
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < pl->c->clock_count; i++) s = pl->correcting ? correct_clock(pl, &list, &pl->c->clocks[i]) : move_clock(pl, &list, &pl->c->clocks[i]);
    write_interim(pl, &list);
    for (size_t i = 0; !pl->final && s == COMPLAINT_OK && i < pl->p->clock_count; i++) s = start_clocks(pl, &list, &pl->p->clocks[i]);
    if (s != COMPLAINT_OK) return s;
    if (list.first) { /* nothing moved: no empty list in the log */
        if (!w->b->failed) w->b->size = size;
        w->first = first;
        return COMPLAINT_OK;
    }
    cpl_write_close(&list, ']');
    if (pl->cites) {
        cpl_write_str(w, "policy", cpl_str_of(pl->p->digest));
        cpl_write_str(w, "calendar", cpl_str_of(pl->pr->calendar_digest));
    }
    return COMPLAINT_OK;
}

/* ---- recompute ---------------------------------------------------------------------------------------------------------------- */

/* A clock that stands still gets its deadline when it goes on. */
static complaint_status write_move(planner *pl, writer *list, const cpl_clock_def *def, const cpl_case_clock *k) {
    cpl_deadline d;
    cpl_period p = cpl_period_of(def, k);
    complaint_status s = cpl_calendar_period(pl->pr->calendar, &p, &d, pl->e);
    if (s != COMPLAINT_OK || (d.due_at == k->due_at && d.nominal_at == k->nominal_at)) return s;
    writer one = open_move(list, k->seq, "move");
    cpl_write_int(&one, "was", k->due_at);
    s = write_moved(pl, &one, def, k, &d, pl->entered_at);
    cpl_write_close(&one, '}');
    return s;
}

complaint_status cpl_write_moves(planner *pl, writer *w) {
    writer list = cpl_write_open(w, "clocks", '[');
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < pl->c->clock_count; i++) {
        const cpl_case_clock *k = &pl->c->clocks[i];
        int at = k->state == CPL_CLOCK_RUNNING ? cpl_policy_clock(pl->p, k->rule) : -1;
        if (at >= 0 && pl->p->clocks[at].date_field < 0) s = write_move(pl, &list, &pl->p->clocks[at], k);
    }
    cpl_write_close(&list, ']');
    cpl_write_str(w, "policy", cpl_str_of(pl->p->digest));
    cpl_write_str(w, "calendar", cpl_str_of(pl->pr->calendar_digest));
    return s;
}
