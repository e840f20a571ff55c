/*
 * process/plan: what an action would do, or why not.
 *
 * Owns: the order of checks (verb, role, state, fields, times, guards) and the payload of the event. Must not know: how it is written down.
 * Checks come before anything is built, so a refusal leaves nothing behind.
 */
#include "process/plan.h"

#include <string.h>

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

void cpl_write_key(writer *w, const char *key) {
    if (!w->first) cpl_buf_putc(w->b, ',');
    w->first = false;
    if (!key) return;
    cpl_buf_json(w->b, cpl_str_of(key));
    cpl_buf_putc(w->b, ':');
}

void cpl_write_str(writer *w, const char *key, cpl_str s) {
    cpl_write_key(w, key);
    cpl_buf_json(w->b, s);
}

void cpl_write_int(writer *w, const char *key, int64_t v) {
    cpl_write_key(w, key);
    cpl_buf_int(w->b, v);
}

void cpl_write_id(writer *w, const char *key, int64_t id) {
    cpl_write_key(w, key);
    cpl_buf_putc(w->b, '"');
    cpl_buf_int(w->b, id);
    cpl_buf_putc(w->b, '"');
}

writer cpl_write_open(writer *w, const char *key, char bracket) {
    cpl_write_key(w, key);
    cpl_buf_putc(w->b, bracket);
    return (writer){w->b, true};
}

void cpl_write_close(writer *w, char bracket) { cpl_buf_putc(w->b, bracket); }

/* ---- who, where, when --------------------------------------------------------------------------------------------- */

static int allowing_role(const cpl_action *action, uint64_t roles) {
    uint64_t both = action->roles & roles;
    for (int i = 0; i < 64; i++)
        if (both >> i & 1) return i;
    return -1;
}

/* A list of codes whose bit is set, in words for Thai, as codes for English. */
typedef struct code_list {
    char thai[512], english[256];
} code_list;

static void append(char *out, size_t capacity, cpl_str word) {
    size_t n = strlen(out);
    if (n + word.n + 3 > capacity) return;
    if (n) memcpy(out + n, ", ", 2), n += 2;
    memcpy(out + n, word.p, word.n);
    out[n + word.n] = '\0';
}

static void list_codes(code_list *list, uint64_t bits, const complaint_policy *p, bool states) {
    *list = (code_list){.thai = ""};
    for (size_t i = 0; i < (states ? p->state_count : p->role_count); i++) {
        const cpl_code *code = states ? &p->states[i].code : &p->roles[i];
        if (!(bits >> i & 1)) continue;
        append(list->thai, sizeof list->thai, code->label.th);
        append(list->english, sizeof list->english, code->id);
    }
}

static complaint_status check_role(const complaint_policy *p, const cpl_action *action, const cpl_who *who, complaint_error *e) {
    if (allowing_role(action, who->roles) >= 0) return COMPLAINT_OK;
    code_list may;
    list_codes(&may, action->roles, p, false);
    const char *verb = cpl_event_name(action->kind), *label = cpl_event_label(action->kind, COMPLAINT_THAI);
    return cpl_failf(e, COMPLAINT_E_ROLE, verb, "“%s”%.0s ทำได้โดย%s%.0s เท่านั้น [%s%.0s]", "%.0s%s may be done by %.0s%s only [%.0s%s]", label, verb, may.thai, may.english, cpl_policy_source(action->source).thai, action->source.p);
}

static bool ends_a_case(const complaint_policy *p, int state) { return p->states[state].phase >= CPL_PHASE_CLOSED; }

/* A matter whose result is there is sent out again for its own sake only. */
static bool undoes_a_result(const complaint_policy *p, int from, int to) { return p->states[from].phase == CPL_PHASE_RESULTED && p->states[to].phase < CPL_PHASE_RESULTED; }

/* What leads in one step from where the case is to a state in which the action is possible; ending the case is no advice, and neither is beginning it again. */
static void list_ways(code_list *ways, const complaint_policy *p, const cpl_case *c, const cpl_action *action, int state) {
    *ways = (code_list){.thai = ""};
    for (size_t i = 0; state >= 0 && i < p->action_count; i++) {
        const cpl_action *a = &p->actions[i];
        if (!(a->from >> state & 1)) continue;
        int to = cpl_policy_target(a, state);
        if (to == CPL_TO_BACK) to = cpl_policy_state(p, c->back_state);
        if (to < 0 || to == state || ends_a_case(p, to) || undoes_a_result(p, state, to) || !(action->from >> to & 1)) continue;
        append(ways->thai, sizeof ways->thai, cpl_str_of(cpl_event_label(a->kind, COMPLAINT_THAI)));
        append(ways->english, sizeof ways->english, cpl_str_of(cpl_event_name(a->kind)));
    }
}

static complaint_status check_state(const complaint_policy *p, const cpl_case *c, const cpl_action *action, complaint_error *e) {
    int state = cpl_policy_state(p, c->state);
    if (state >= 0 && (action->from >> state & 1)) return COMPLAINT_OK;
    code_list from, ways;
    list_codes(&from, action->from, p, true);
    list_ways(&ways, p, c, action, state);
    const char *verb = cpl_event_name(action->kind), *label = cpl_event_label(action->kind, COMPLAINT_THAI), *words = state >= 0 ? p->states[state].code.label.th.p : "-";
    const char *then = *ways.thai ? " ให้ทำก่อน: " : "", *first = *ways.english ? "; do first: " : "";
    return cpl_failf(e, COMPLAINT_E_STATE, verb, "เรื่องอยู่ในสถานะ “%s” (%.*s) “%s”%.0s ทำได้เมื่อสถานะเป็น %s%.0s%s%s%.0s%.0s [%s%.0s]", "the case is in state %.0s%.*s; %.0s%s is possible in %.0s%s%.0s%.0s%s%s [%.0s%s]", words,
                     (int)c->state.n, c->state.p, label, verb, from.thai, from.english, then, ways.thai, first, ways.english, cpl_policy_source(action->source).thai, action->source.p);
}

static const char *const in_the_future[] = {"อยู่ในอนาคต เทียบกับเวลาขณะนี้", "lies in the future of the desk's clock"};

/* What is said of a time, and the time that it is measured by. */
static complaint_status wrong_moment(complaint_error *e, int64_t happened_at, int64_t other, const char *thai, const char *english) {
    char own[2][CPL_DATE_MAX] = {"", ""}, others[2][CPL_DATE_MAX] = {"", ""};
    static const int32_t styles[] = {COMPLAINT_DATE_SHORT, COMPLAINT_DATE_ISO};
    size_t n;
    bool told = true; /* a time far out of range has no date */
    for (int i = 0; i < 2; i++) told = told && !cpl_instant_format(happened_at, styles[i], 0, own[i], &n) && !cpl_instant_format(other, styles[i], 0, others[i], &n);
    if (!told) return cpl_failf(e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์%s%.0s", "happened_at %.0s%s", thai, english);
    return cpl_failf(e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์ (%s) %s (%s)%.0s%.0s%.0s", "%.0s%.0s%.0shappened_at (%s) %s (%s)", own[0], thai, others[0], own[1], english, others[1]);
}

static complaint_status check_times(planner *pl) {
    const cpl_request *rq = pl->rq;
    pl->received_at = pl->c->version ? pl->c->received_at : rq->received_at;
    pl->entered_at = rq->now > pl->c->last_entered_at ? rq->now : pl->c->last_entered_at;
    pl->happened_at = rq->happened_at; /* as it is said, also when a clock was wrong before and entry times cannot follow it back */
    if (rq->happened_at == rq->now && rq->now < pl->received_at) pl->happened_at = pl->received_at; /* "now" by a clock that was put back */
    if (pl->happened_at > pl->entered_at) return wrong_moment(pl->e, pl->happened_at, pl->entered_at, in_the_future[0], in_the_future[1]);
    if (pl->happened_at < pl->received_at) return wrong_moment(pl->e, pl->happened_at, pl->received_at, "อยู่ก่อนเวลารับเรื่อง", "lies before the receipt of the matter");
    if (!cpl_instant_in_range(pl->happened_at)) return cpl_failf(pl->e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์อยู่นอกช่วง", "happened_at is out of range");
    return COMPLAINT_OK;
}

complaint_status cpl_plan_possible(const cpl_procedure *pr, const cpl_case *c, const cpl_action *action, const cpl_who *who, bool linked_result, complaint_error *e) {
    complaint_status s = check_role(pr->policy, action, who, e);
    if (s == COMPLAINT_OK && c->unknown) s = cpl_fail(e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind");
    if (s == COMPLAINT_OK) s = check_state(pr->policy, c, action, e);
    if (s != COMPLAINT_OK) return s;
    planner pl = {.pr = pr, .p = pr->policy, .c = c, .action = action, .role = allowing_role(action, who->roles), .who = who, .linked_result = linked_result, .e = e};
    s = cpl_check_guards(&pl, false);
    return s == COMPLAINT_OK ? cpl_verb_is_possible(&pl) : s;
}

bool cpl_plan_asks_principal(const cpl_procedure *pr, const cpl_action *action, const cpl_who *who) {
    planner pl = {.pr = pr, .p = pr->policy, .action = action, .role = allowing_role(action, who->roles), .who = who};
    return cpl_asks_principal(&pl);
}

/* ---- the payload --------------------------------------------------------------------------------------------------------- */

static void write_evidence(const planner *pl, writer *w) {
    if (pl->rq->evidence_count == 0) return;
    writer list = cpl_write_open(w, "evidence", '[');
    for (size_t i = 0; i < pl->rq->evidence_count; i++) {
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", pl->c->evidence + (int64_t)i + 1);
        cpl_write_str(&one, "digest", cpl_str_of(pl->rq->evidence[i].digest));
        cpl_write_int(&one, "size", pl->rq->evidence[i].size);
        cpl_write_close(&one, '}');
    }
    cpl_write_close(&list, ']');
}

/* Where the case is after the event: a state of the policy, or -1 when it stays. */
static int target_state(const planner *pl) {
    const cpl_action *a = pl->action;
    if (cpl_opens(a->kind)) return pl->p->initial;
    if (!pl->last_result || pl->kept) return -1;
    int from = cpl_policy_state(pl->p, pl->c->state), to = cpl_policy_target(pl->completes ? cpl_policy_action(pl->p, CPL_EV_REPORT_RESULT) : a, from);
    return to == CPL_TO_BACK ? cpl_policy_state(pl->p, pl->c->back_state) : to;
}

/* Whether the case is finished after the event. */
static bool is_final(const planner *pl) {
    if (pl->state < 0) return cpl_case_finished(pl->c);
    cpl_phase phase = pl->p->states[pl->state].phase;
    return phase == CPL_PHASE_CLOSED || phase == CPL_PHASE_REJECTED || phase == CPL_PHASE_WITHDRAWN;
}

static void settle_state(planner *pl) {
    pl->kept = cpl_action_keeps(pl->action, pl->c->flags, cpl_policy_class(pl->p, pl->c->class_code));
    pl->state = target_state(pl);
    pl->new_state = pl->state >= 0 ? pl->state : cpl_policy_state(pl->p, pl->c->state);
    pl->final = is_final(pl);
}

static complaint_status write_payload(planner *pl, cpl_buf *clear, cpl_buf *sealed) {
    writer top = {clear, true}, root = cpl_write_open(&top, NULL, '{');
    writer sealed_top = {sealed, true}, sealed_root = cpl_write_open(&sealed_top, NULL, '{');
    if (pl->state >= 0) {
        cpl_write_str(&root, "state", pl->p->states[pl->state].code.id);
        cpl_write_str(&root, "phase", cpl_phase_name(pl->p->states[pl->state].phase));
    }
    if (pl->rq->message) cpl_write_id(&root, "message", pl->rq->message);
    cpl_write_verb(pl, &root);
    cpl_write_notices(pl, &root);
    write_evidence(pl, &root);
    complaint_status s = cpl_plan_clocks(pl, &root);
    if (s != COMPLAINT_OK) return s;
    writer fields = cpl_write_open(&root, "fields", '{');
    cpl_write_fields(pl, &fields, &sealed_root);
    cpl_write_close(&fields, '}');
    cpl_write_close(&root, '}');
    cpl_write_close(&sealed_root, '}');
    if (sealed_root.first) cpl_buf_clear(sealed);
    return clear->failed || sealed->failed ? cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL) : COMPLAINT_OK;
}

/* ---- the event -------------------------------------------------------------------------------------------------------------- */

/* Copies the payload into the arena, wraps what is sealed, and closes the event with its hash. */
static complaint_status seal_event(planner *pl, const cpl_buf *clear, const cpl_buf *sealed, cpl_event *ev) {
    pl->payload = cpl_arena_alloc(pl->arena, clear->size + 1);
    if (!pl->payload || !cpl_envelope_clear(pl->arena, (cpl_str){sealed->data, sealed->size}, &ev->sealed)) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    memcpy(pl->payload, clear->data, clear->size);
    ev->payload = (cpl_str){pl->payload, clear->size};
    ev->happened_at = pl->happened_at;
    ev->entered_at = pl->entered_at;
    cpl_event_hash(pl->pr->office, ev, ev->hash);
    return COMPLAINT_OK;
}

static cpl_event event_of(const planner *pl) {
    const cpl_request *rq = pl->rq;
    cpl_event ev = {.stream = pl->c->id, .seq = pl->c->version + 1, .kind = rq->kind, .actor = rq->who.id, .role = pl->p->roles[pl->role].id, .unit = rq->who.unit, .on_behalf = rq->who.on_behalf,
                    .acting_for = rq->who.acting_for, .request = rq->id};
    memcpy(ev.prev, pl->c->head, sizeof ev.prev);
    return ev;
}

static complaint_status build(planner *pl, cpl_plan *plan) {
    cpl_buf clear, sealed;
    cpl_buf_init(&clear, pl->arena->m);
    cpl_buf_init(&sealed, pl->arena->m);
    cpl_event ev = event_of(pl);
    settle_state(pl);
    complaint_status s = cpl_plan_notices(pl);
    if (s == COMPLAINT_OK) s = write_payload(pl, &clear, &sealed);
    if (s == COMPLAINT_OK) s = seal_event(pl, &clear, &sealed, &ev);
    if (s == COMPLAINT_OK)
        *plan = (cpl_plan){.event = ev, .payload = pl->payload, .notices = pl->notices, .notice_count = pl->notice_count, .party = pl->party, .paper = pl->paper, .text = cpl_input_text(pl->rq, "text"), .particle = cpl_input_text(pl->rq, "particle"),
                           .told_notice = pl->told_notice, .withdrawing = pl->withdrawing};
    cpl_buf_free(&clear);
    cpl_buf_free(&sealed);
    return s;
}

static complaint_status find_action(const cpl_procedure *pr, int32_t kind, const cpl_action **action, complaint_error *e) {
    *action = cpl_policy_action(pr->policy, kind);
    if (*action) return COMPLAINT_OK;
    const char *verb = cpl_event_name(kind);
    return cpl_failf(e, COMPLAINT_E_UNSUPPORTED, verb ? verb : "verb", "มาตรฐานการปฏิบัติงาน %s ไม่ใช้รายการ %s", "policy %s does not use %s", pr->policy->id.p, verb ? verb : "?");
}

complaint_status cpl_plan_role(const cpl_procedure *pr, int32_t kind, const cpl_who *who, cpl_str *role, complaint_error *e) {
    const cpl_action *action;
    complaint_status s = find_action(pr, kind, &action, e);
    if (s == COMPLAINT_OK) s = check_role(pr->policy, action, who, e);
    if (s == COMPLAINT_OK) *role = pr->policy->roles[allowing_role(action, who->roles)].id;
    return s;
}

complaint_status cpl_plan_action(const cpl_procedure *pr, const cpl_case *c, const cpl_request *rq, cpl_arena *a, cpl_plan *plan, complaint_error *e) {
    const cpl_action *action;
    complaint_status s = find_action(pr, rq->kind, &action, e);
    if (s != COMPLAINT_OK) return s;
    if (c->unknown) return cpl_fail(e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind");
    planner pl = {.pr = pr, .p = pr->policy, .c = c, .rq = rq, .action = action, .role = allowing_role(action, rq->who.roles), .who = &rq->who, .linked_result = rq->linked_result, .arena = a, .e = e};
    bool opens = cpl_opens(rq->kind);
    s = check_role(pl.p, action, &rq->who, e);
    if (s == COMPLAINT_OK && !opens) s = check_state(pl.p, c, action, e);
    if (s == COMPLAINT_OK) s = cpl_check_fields(&pl);
    if (s == COMPLAINT_OK) s = check_times(&pl);
    if (s == COMPLAINT_OK) s = cpl_check_principal(&pl);
    if (s == COMPLAINT_OK) s = cpl_check_guards(&pl, true);
    cpl_hit(&pl, rq->kind, CPL_LIT(""));
    if (s == COMPLAINT_OK) s = cpl_prepare_verb(&pl);
    return s == COMPLAINT_OK ? build(&pl, plan) : s;
}

/* ---- the system's events ------------------------------------------------------------------------------------------------------- */

/* What the system says happened now, in nobody's name. */
static planner system_planner(const cpl_procedure *pr, const cpl_case *c, const cpl_request *rq, cpl_arena *a, complaint_error *e) {
    static const cpl_action system_action = {.to = CPL_TO_STAY};
    int64_t at = rq->now > c->last_entered_at ? rq->now : c->last_entered_at;
    return (planner){.pr = pr, .p = pr->policy, .c = c, .rq = rq, .action = &system_action, .arena = a, .e = e, .last_result = true, .cycle = c->cycle, .state = -1,
                     .new_state = cpl_policy_state(pr->policy, c->state), .final = cpl_case_finished(c), .received_at = c->received_at, .happened_at = rq->now, .entered_at = at};
}

static cpl_request system_request(int32_t kind, int64_t now) {
    return (cpl_request){.kind = kind, .id = CPL_LIT(""), .who = {.id = CPL_LIT("system"), .unit = CPL_LIT(""), .on_behalf = CPL_LIT(""), .acting_for = CPL_LIT("")}, .now = now, .happened_at = now};
}

/* The payload is whatever `write` puts into it. */
typedef complaint_status (*system_writer)(planner *pl, writer *w, const void *what);

static complaint_status build_system(planner *pl, system_writer write, const void *what, cpl_plan *plan) {
    cpl_buf clear, sealed;
    cpl_buf_init(&clear, pl->arena->m);
    cpl_buf_init(&sealed, pl->arena->m);
    writer top = {&clear, true}, root = cpl_write_open(&top, NULL, '{');
    complaint_status s = write(pl, &root, what);
    cpl_write_close(&root, '}');
    cpl_event ev = event_of(pl);
    ev.role = CPL_LIT("system");
    if (s == COMPLAINT_OK && clear.failed) s = cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    if (s == COMPLAINT_OK) s = seal_event(pl, &clear, &sealed, &ev);
    if (s == COMPLAINT_OK) *plan = (cpl_plan){.event = ev, .payload = pl->payload, .notices = pl->notices, .notice_count = pl->notice_count, .text = CPL_LIT(""), .particle = CPL_LIT("")};
    cpl_buf_free(&clear);
    cpl_buf_free(&sealed);
    return s;
}

/* ---- a notice settled ---- */

typedef struct settlement {
    int64_t notice;
    cpl_str template_name;
    const cpl_proof *letter;
} settlement;

static complaint_status write_settlement(planner *pl, writer *w, const void *what) {
    const settlement *st = what;
    const cpl_case_notice *sent = cpl_case_sent(pl->c, st->notice);
    int64_t party = sent ? sent->party : 0;
    cpl_write_notices(pl, w);
    cpl_write_int(w, "notice", st->notice);
    cpl_write_str(w, "template", st->template_name);
    cpl_write_str(w, "body", cpl_str_of(st->letter->first));
    cpl_write_str(w, "address", cpl_str_of(st->letter->second));
    int def = cpl_policy_notice(pl->p, st->template_name);
    const char *counts = def >= 0 ? cpl_counts_name(pl->p->notices[def].counts_as) : NULL;
    if (def >= 0 && pl->p->notices[def].counts_as == CPL_COUNTS_AS_TOLD) pl->last_result = party == 0 || cpl_case_all_told(pl->c, party); /* told is who was told, the case with the last one */
    if (counts) {
        writer marks = cpl_write_open(w, pl->rq->kind == CPL_EV_DELIVERED ? "counts" : "failed", '[');
        cpl_write_str(&marks, NULL, cpl_str_of(counts));
        cpl_write_close(&marks, ']');
    }
    return cpl_plan_clocks(pl, w);
}

complaint_status cpl_plan_settlement(const cpl_procedure *pr, const cpl_case *c, int32_t kind, int64_t notice, cpl_str template_name, const cpl_proof *letter, int64_t now, cpl_arena *a, cpl_plan *plan,
                                     complaint_error *e) {
    const settlement st = {notice, template_name, letter};
    cpl_request rq = system_request(kind, now);
    planner pl = system_planner(pr, c, &rq, a, e);
    cpl_hit(&pl, kind, template_name);
    complaint_status s = cpl_plan_notices(&pl);
    return s == COMPLAINT_OK ? build_system(&pl, write_settlement, &st, plan) : s;
}

/* ---- notices that stay unsent ---- */

typedef struct silence {
    const int64_t *notices;
    size_t count;
} silence;

static complaint_status write_silenced(planner *pl, writer *w, const void *what) {
    const silence *s = what;
    writer list = cpl_write_open(w, "silenced", '[');
    (void)pl;
    for (size_t i = 0; i < s->count; i++) {
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", s->notices[i]);
        cpl_write_close(&one, '}');
    }
    cpl_write_close(&list, ']');
    return COMPLAINT_OK;
}

complaint_status cpl_plan_silenced(const cpl_procedure *pr, const cpl_case *c, const int64_t *notices, size_t count, int64_t now, cpl_arena *a, cpl_plan *plan, complaint_error *e) {
    const silence s = {notices, count};
    cpl_request rq = system_request(CPL_EV_SILENCED, now);
    planner pl = system_planner(pr, c, &rq, a, e);
    return build_system(&pl, write_silenced, &s, plan);
}

/* ---- what notices say, proved ---- */

/* The payload is the plan's own until its event is written down. */
void cpl_plan_prove(cpl_plan *plan, const cpl_planned_notice *n, const char *digits) { memcpy(plan->payload + n->proof_at, digits, (size_t)2 * CPL_HASH_SIZE); }

void cpl_plan_seal(const cpl_procedure *pr, cpl_plan *plan) { cpl_event_hash(pr->office, &plan->event, plan->event.hash); }

/* ---- a clock speaks up ---- */

typedef struct reminder {
    const cpl_case_clock *clock;
    const cpl_clock_def *def;
    cpl_due_count due; /* what is not said is skipped */
} reminder;

static complaint_status write_reminder(planner *pl, writer *w, const void *what) {
    const reminder *r = what;
    int64_t wake;
    complaint_status s = cpl_next_warning(pl->pr->calendar, r->def, r->clock->started_at, r->clock->due_at, pl->rq->now, &wake, pl->e);
    if (s != COMPLAINT_OK) return s;
    cpl_write_notices(pl, w);
    writer list = cpl_write_open(w, "clocks", '[');
    writer one = cpl_write_open(&list, NULL, '{');
    cpl_write_int(&one, "seq", r->clock->seq);
    cpl_write_str(&one, "do", CPL_LIT("warn"));
    cpl_write_str(&one, "rule", r->clock->rule);
    cpl_write_int(&one, "due", r->clock->due_at);
    cpl_write_int(&one, "warned", r->clock->warned + r->due.all);
    if (r->due.all > r->due.said) cpl_write_int(&one, "skipped", r->due.all - r->due.said);
    if (wake != CPL_NEVER) cpl_write_int(&one, "wake", wake);
    cpl_write_close(&one, '}');
    cpl_write_close(&list, ']');
    return COMPLAINT_OK;
}

complaint_status cpl_plan_warning(const cpl_procedure *pr, const cpl_case *c, int64_t clock, int64_t now, cpl_arena *a, cpl_plan *plan, bool *due, complaint_error *e) {
    const cpl_case_clock *k = clock >= 1 && clock <= (int64_t)c->clock_count ? &c->clocks[clock - 1] : NULL;
    int at = k ? cpl_policy_clock(pr->policy, k->rule) : -1;
    *due = false;
    if (at < 0 || k->state != CPL_CLOCK_RUNNING || k->wake_at > now) return COMPLAINT_OK;
    reminder r = {.clock = k, .def = &pr->policy->clocks[at]};
    cpl_request rq = system_request(CPL_EV_WARNED, now);
    planner pl = system_planner(pr, c, &rq, a, e);
    if (k->referral) pl.touched[pl.touched_count++] = k->referral;
    complaint_status s = cpl_plan_due_warnings(&pl, r.def, k, now, &r.due);
    if (s == COMPLAINT_OK) s = build_system(&pl, write_reminder, &r, plan);
    if (s == COMPLAINT_OK) plan->clock = clock;
    *due = s == COMPLAINT_OK;
    return s;
}

/* ---- deadlines under another calendar or policy ---- */

static complaint_status write_recomputed(planner *pl, writer *w, const void *what) {
    (void)what;
    return cpl_write_moves(pl, w);
}

complaint_status cpl_plan_recompute(const cpl_procedure *pr, const cpl_case *c, int64_t now, cpl_arena *a, cpl_plan *plan, bool *moved, complaint_error *e) {
    cpl_request rq = system_request(CPL_EV_RECOMPUTED, now);
    planner pl = system_planner(pr, c, &rq, a, e);
    complaint_status s = build_system(&pl, write_recomputed, NULL, plan);
    *moved = s == COMPLAINT_OK && pl.cites;
    return s;
}

/* ---- intake and duty: events of logs that are no case's --------------------------------------------------------------------------- */

static complaint_status check_intake_times(const cpl_request *rq, complaint_error *e) {
    if (rq->happened_at > rq->now) return wrong_moment(e, rq->happened_at, rq->now, in_the_future[0], in_the_future[1]);
    if (rq->happened_at < rq->received_at) return wrong_moment(e, rq->happened_at, rq->received_at, "อยู่ก่อนข้อความมาถึง", "lies before the message came");
    return COMPLAINT_OK;
}

typedef struct intake {
    cpl_str state;
    int64_t case_id;
} intake;

static complaint_status write_intake(planner *pl, const intake *in, cpl_buf *clear, cpl_buf *sealed) {
    writer top = {clear, true}, root = cpl_write_open(&top, NULL, '{');
    writer sealed_top = {sealed, true}, sealed_root = cpl_write_open(&sealed_top, NULL, '{');
    cpl_write_str(&root, "state", in->state);
    if (in->case_id) cpl_write_id(&root, "case", in->case_id);
    cpl_write_notices(pl, &root);
    writer fields = cpl_write_open(&root, "fields", '{');
    cpl_write_fields(pl, &fields, &sealed_root);
    cpl_write_close(&fields, '}');
    cpl_write_close(&root, '}');
    cpl_write_close(&sealed_root, '}');
    if (sealed_root.first) cpl_buf_clear(sealed);
    return clear->failed || sealed->failed ? cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL) : COMPLAINT_OK;
}

static complaint_status build_intake(planner *pl, const intake *in, cpl_plan *plan) {
    cpl_buf clear, sealed;
    cpl_buf_init(&clear, pl->arena->m);
    cpl_buf_init(&sealed, pl->arena->m);
    cpl_event ev = event_of(pl);
    complaint_status s = write_intake(pl, in, &clear, &sealed);
    if (s == COMPLAINT_OK) s = seal_event(pl, &clear, &sealed, &ev);
    if (s == COMPLAINT_OK)
        *plan = (cpl_plan){.event = ev, .payload = pl->payload, .notices = pl->notices, .notice_count = pl->notice_count, .text = cpl_input_text(pl->rq, "text"), .particle = cpl_input_text(pl->rq, "particle")};
    cpl_buf_free(&clear);
    cpl_buf_free(&sealed);
    return s;
}

complaint_status cpl_plan_intake(const cpl_procedure *pr, const cpl_case *end, const cpl_request *rq, cpl_str state, int64_t case_id, cpl_arena *a, cpl_plan *plan, complaint_error *e) {
    const cpl_action *action;
    const intake in = {state, case_id};
    complaint_status s = find_action(pr, rq->kind, &action, e);
    if (s == COMPLAINT_OK && end->unknown) s = cpl_fail(e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind");
    if (s != COMPLAINT_OK) return s;
    planner pl = {.pr = pr, .p = pr->policy, .c = end, .rq = rq, .action = action, .role = allowing_role(action, rq->who.roles), .who = &rq->who, .arena = a, .e = e, .happened_at = rq->happened_at, .entered_at = rq->now};
    s = check_role(pl.p, action, &rq->who, e);
    if (s == COMPLAINT_OK) s = cpl_check_fields(&pl);
    if (s == COMPLAINT_OK) s = check_intake_times(rq, e);
    if (s != COMPLAINT_OK) return s;
    if (rq->kind == CPL_EV_SET_ASIDE) {
        cpl_hit(&pl, rq->kind, cpl_input_text(rq, "aside"));
        s = cpl_plan_notices(&pl);
    }
    return s == COMPLAINT_OK ? build_intake(&pl, &in, plan) : s;
}

static complaint_status write_unchecked(planner *pl, writer *w, const void *channel) {
    cpl_write_str(w, "channel", *(const cpl_str *)channel);
    cpl_write_notices(pl, w);
    return COMPLAINT_OK;
}

complaint_status cpl_plan_unchecked(const cpl_procedure *pr, const cpl_case *end, cpl_str channel, int64_t now, cpl_arena *a, cpl_plan *plan, complaint_error *e) {
    cpl_request rq = system_request(CPL_EV_DUTY_UNCHECKED, now);
    if (end->unknown) return cpl_fail(e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind");
    planner pl = system_planner(pr, end, &rq, a, e);
    cpl_hit(&pl, CPL_EV_DUTY_UNCHECKED, channel);
    complaint_status s = cpl_plan_notices(&pl);
    return s == COMPLAINT_OK ? build_system(&pl, write_unchecked, &channel, plan) : s;
}
