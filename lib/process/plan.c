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

/* "ก, ข" of the codes whose bit is set. */
static void list_codes(char *out, size_t capacity, uint64_t bits, const complaint_policy *p, bool states) {
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < (states ? p->state_count : p->role_count); i++) {
        cpl_str id = states ? p->states[i].code.id : p->roles[i].id;
        if (!(bits >> i & 1) || n + id.n + 3 > capacity) continue;
        if (n) memcpy(out + n, ", ", 2), n += 2;
        memcpy(out + n, id.p, id.n);
        n += id.n;
        out[n] = '\0';
    }
}

static complaint_status check_role(const complaint_policy *p, const cpl_action *action, const cpl_who *who, complaint_error *e) {
    if (allowing_role(action, who->roles) >= 0) return COMPLAINT_OK;
    char may[256];
    list_codes(may, sizeof may, action->roles, p, false);
    const char *verb = cpl_event_name(action->kind);
    return cpl_failf(e, COMPLAINT_E_ROLE, verb, "รายการ %s ทำได้โดยบทบาท %s เท่านั้น [%s]", "%s may be done by %s only [%s]", verb, may, action->source.p);
}

static complaint_status check_state(const complaint_policy *p, const cpl_case *c, const cpl_action *action, complaint_error *e) {
    int state = cpl_policy_state(p, c->state);
    if (state >= 0 && (action->from >> state & 1)) return COMPLAINT_OK;
    char from[256];
    list_codes(from, sizeof from, action->from, p, true);
    const char *verb = cpl_event_name(action->kind), *label = state >= 0 ? p->states[state].code.label.th.p : "";
    return cpl_failf(e, COMPLAINT_E_STATE, verb, "เรื่องอยู่ในสถานะ “%s” (%.*s) รายการ %s ทำได้เมื่อสถานะเป็น %s [%s]", "the case is in state %.0s%.*s; %s is possible in %s [%s]", label, (int)c->state.n, c->state.p, verb,
                     from, action->source.p);
}

static complaint_status check_times(planner *pl) {
    const cpl_request *rq = pl->rq;
    pl->received_at = pl->c->version ? pl->c->received_at : rq->received_at;
    pl->entered_at = rq->now > pl->c->last_entered_at ? rq->now : pl->c->last_entered_at;
    pl->happened_at = rq->happened_at == rq->now ? pl->entered_at : rq->happened_at; /* now, also when the clock was put back */
    if (pl->happened_at > pl->entered_at)
        return cpl_failf(pl->e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์อยู่ในอนาคต", "happened_at lies in the future of the desk's clock");
    if (pl->happened_at < pl->received_at)
        return cpl_failf(pl->e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์อยู่ก่อนวันรับเรื่อง", "happened_at lies before the receipt of the matter");
    return COMPLAINT_OK;
}

/* ---- what each verb brings with it ----------------------------------------------------------------------------------- */

/* What another flag brings with it stands as long as that one does. */
static complaint_status check_not_implied(const planner *pl, const cpl_flag *f) {
    for (size_t i = 0; i < pl->p->flag_count; i++) {
        const cpl_flag *other = &pl->p->flags[i];
        if (other == f || !(other->bit & pl->c->flags) || !(other->implies & f->bit)) continue;
        return cpl_failf(pl->e, COMPLAINT_E_INVALID, "flag", "ยกเลิก %s ไม่ได้ ตราบที่ยังมี %s", "%s cannot be taken back while %s stands", f->code.id.p, other->code.id.p);
    }
    return COMPLAINT_OK;
}

static complaint_status prepare_flag(planner *pl) {
    const cpl_flag *f = &pl->p->flags[cpl_policy_flag(pl->p, cpl_input_text(pl->rq, "flag"))];
    const cpl_input *clear = cpl_find_input(pl->rq, "clear");
    if (clear && clear->integer) {
        pl->flags_cleared = f->bit;
        return check_not_implied(pl, f);
    }
    pl->flags_set = f->bit | f->implies;
    for (size_t i = 0; i < pl->p->flag_count; i++)
        if (pl->p->flags[i].bit & pl->flags_set & ~pl->c->flags) cpl_hit(pl, CPL_EV_FLAG, pl->p->flags[i].code.id);
    return COMPLAINT_OK;
}

/* A unit inside gets a forwarding, an agency outside a referral; the other verb would lose the matter. */
static complaint_status prepare_referral(planner *pl) {
    bool outside = pl->action->kind == CPL_EV_REFER;
    for (size_t i = 0; i < pl->unit_count; i++) {
        const cpl_unit *u = &pl->p->units[cpl_policy_unit(pl->p, pl->units[i])];
        if ((u->kind == CPL_AGENCY) != outside)
            return cpl_failf(pl->e, COMPLAINT_E_INVALID, "unit", "%s%.0s เป็นหน่วยงาน%s ใช้รายการ %s", "%.0s%s is %.0sto be reached by %s", u->code.label.th.p, u->code.label.en.p, outside ? "ภายใน" : "ภายนอก", outside ? "forward" : "refer");
        for (size_t k = 0; k < pl->c->referral_count; k++)
            if (cpl_str_eq(pl->c->referrals[k].unit, pl->units[i]) && !cpl_str_is(pl->c->referrals[k].state, "reported"))
                return cpl_failf(pl->e, COMPLAINT_E_INVALID, "unit", "ส่งให้ %s%.0s ไปแล้วและยังรอผลอยู่", "%.0s%s has it already and has not reported yet", u->code.label.th.p, u->code.label.en.p);
    }
    return COMPLAINT_OK;
}

static complaint_status prepare_result(planner *pl) {
    cpl_str unit = cpl_input_text(pl->rq, "from_unit");
    int64_t waiting = 0;
    for (size_t i = 0; i < pl->c->referral_count; i++) {
        const cpl_referral *r = &pl->c->referrals[i];
        if (cpl_str_is(r->state, "reported")) continue;
        if (cpl_str_eq(r->unit, unit)) pl->reported = r->seq;
        else waiting++;
    }
    if (!pl->reported)
        return cpl_failf(pl->e, COMPLAINT_E_INVALID, "from_unit", "ไม่มีเรื่องที่ส่งต่อไปยัง %.*s และยังรอผล", "nothing was forwarded to %.*s that still waits for a result", (int)unit.n, unit.p);
    pl->last_result = waiting == 0;
    return COMPLAINT_OK;
}

/* Sent once: a second acknowledgement goes out only when the first could not be delivered. [CR-T2] */
static complaint_status prepare_acknowledgement(planner *pl) {
    if (!pl->c->acknowledged_at && !pl->c->acknowledging) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_STATE, "acknowledge", "%s", "%.0s%s", pl->c->acknowledged_at ? "ตอบรับเรื่องนี้ไปแล้ว" : "ข้อความตอบรับรอส่งอยู่แล้ว",
                     pl->c->acknowledged_at ? "the matter has been acknowledged already" : "the acknowledgement is waiting to be delivered");
}

complaint_status cpl_plan_possible(const cpl_procedure *pr, const cpl_case *c, const cpl_action *action, const cpl_who *who, complaint_error *e) {
    complaint_status s = check_role(pr->policy, action, who, e);
    if (s == COMPLAINT_OK && c->unknown) s = cpl_fail(e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind");
    if (s == COMPLAINT_OK) s = check_state(pr->policy, c, action, e);
    if (s != COMPLAINT_OK) return s;
    planner pl = {.pr = pr, .p = pr->policy, .c = c, .action = action, .role = allowing_role(action, who->roles), .e = e};
    s = cpl_check_guards(&pl, false);
    return s == COMPLAINT_OK && action->kind == CPL_EV_ACKNOWLEDGE ? prepare_acknowledgement(&pl) : s;
}

static complaint_status prepare(planner *pl) {
    pl->last_result = true;
    switch (pl->action->kind) {
    case CPL_EV_ACKNOWLEDGE: return prepare_acknowledgement(pl);
    case CPL_EV_FLAG: return prepare_flag(pl);
    case CPL_EV_FORWARD:
    case CPL_EV_REFER: return prepare_referral(pl);
    case CPL_EV_REPORT_RESULT: return prepare_result(pl);
    default: return COMPLAINT_OK;
    }
}

/* ---- notices ------------------------------------------------------------------------------------------------------------- */

static complaint_status notice_to_complainant(planner *pl, const cpl_notice_def *def, cpl_planned_notice *n) {
    const cpl_party *party = pl->c->party_count ? &pl->c->parties[0] : NULL;
    int channel = party ? cpl_policy_channel(pl->p, party->channel) : -1;
    n->channel = party ? party->channel : pl->c->channel;
    n->by_hand = cpl_input_text(pl->rq, "by_hand").n > 0;
    if (n->by_hand) cpl_hit(pl, CPL_EV_DELIVERED, def->id);
    if (n->by_hand || (channel >= 0 && pl->p->channels[channel].reply)) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "by_hand", "ช่องทาง %.*s ตอบกลับไม่ได้ ระบุวิธีที่แจ้งผู้ร้อง (by_hand)", "channel %.*s cannot carry an answer; say in by_hand how the complainant was told", (int)n->channel.n,
                     n->channel.p);
}

/* One event has one notice for a recipient, the first of the policy: the intent id names event and recipient. */
static bool told_already(const planner *pl, int to_role) {
    for (size_t i = 0; i < pl->notice_count; i++)
        if (pl->p->notices[pl->notices[i].def].to_role == to_role) return true;
    return false;
}

static complaint_status plan_notices(planner *pl) {
    pl->notices = cpl_arena_alloc(pl->arena, (pl->p->notice_count + 1) * sizeof *pl->notices);
    if (!pl->notices) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; i < pl->p->notice_count; i++) {
        const cpl_notice_def *def = &pl->p->notices[i];
        if (!cpl_any_hit(pl, def->on, def->on_count) || told_already(pl, def->to_role)) continue;
        cpl_planned_notice *n = &pl->notices[pl->notice_count];
        *n = (cpl_planned_notice){.seq = pl->c->notices + (int64_t)pl->notice_count + 1, .def = (int)i, .channel = CPL_LIT(CPL_STAFF_CHANNEL)};
        complaint_status s = def->to_role < 0 ? notice_to_complainant(pl, def, n) : COMPLAINT_OK;
        if (s != COMPLAINT_OK) return s;
        pl->notice_count++;
    }
    return COMPLAINT_OK;
}

static const char *counts_name(cpl_counts_as as) { return as == CPL_COUNTS_AS_ACKNOWLEDGED ? "acknowledged" : as == CPL_COUNTS_AS_TOLD ? "told" : NULL; }

static void write_notices(const planner *pl, writer *w) {
    if (pl->notice_count == 0) return;
    writer list = cpl_write_open(w, "notices", '[');
    const char *counts = NULL;
    for (size_t i = 0; i < pl->notice_count; i++) {
        const cpl_planned_notice *n = &pl->notices[i];
        const cpl_notice_def *def = &pl->p->notices[n->def];
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", n->seq);
        cpl_write_str(&one, "template", def->id);
        cpl_write_str(&one, "to", def->to_role < 0 ? CPL_LIT("complainant") : pl->p->roles[def->to_role].id);
        cpl_write_int(&one, "by_hand", n->by_hand);
        cpl_write_close(&one, '}');
        if (n->by_hand) counts = counts_name(def->counts_as);
    }
    cpl_write_close(&list, ']');
    if (!counts) return;
    writer marks = cpl_write_open(w, "counts", '[');
    cpl_write_str(&marks, NULL, cpl_str_of(counts));
    cpl_write_close(&marks, ']');
}

/* ---- the payload --------------------------------------------------------------------------------------------------------- */

static void write_opening(const planner *pl, writer *w, const cpl_party *party) {
    cpl_write_int(w, "received_at", pl->rq->received_at);
    cpl_write_str(w, "channel", pl->rq->channel);
    writer list = cpl_write_open(w, "parties", '[');
    writer one = cpl_write_open(&list, NULL, '{');
    cpl_write_int(&one, "seq", party->seq);
    cpl_write_str(&one, "part", party->part);
    cpl_write_str(&one, "identity", party->identity);
    cpl_write_str(&one, "channel", party->channel);
    cpl_write_close(&one, '}');
    cpl_write_close(&list, ']');
}

static void write_referrals(const planner *pl, writer *w) {
    writer list = cpl_write_open(w, "referrals", '[');
    for (size_t i = 0; i < pl->unit_count; i++) {
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", (int64_t)(pl->c->referral_count + i) + 1);
        cpl_write_str(&one, "kind", cpl_str_of(cpl_event_name(pl->action->kind)));
        cpl_write_str(&one, "unit", pl->units[i]);
        cpl_write_int(&one, "lead", pl->c->referral_count + i == 0);
        cpl_write_close(&one, '}');
    }
    cpl_write_close(&list, ']');
}

static void write_report(const planner *pl, writer *w) {
    writer list = cpl_write_open(w, "reported", '[');
    writer one = cpl_write_open(&list, NULL, '{');
    cpl_write_int(&one, "seq", pl->reported);
    cpl_write_str(&one, "outcome", cpl_input_text(pl->rq, "outcome"));
    cpl_write_close(&one, '}');
    cpl_write_close(&list, ']');
}

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

static void write_verb(const planner *pl, writer *w, const cpl_party *party) {
    switch (pl->action->kind) {
    case CPL_EV_TRIAGE: write_opening(pl, w, party); break;
    case CPL_EV_REGISTER:
        cpl_write_int(w, "year", pl->rq->fiscal_year);
        cpl_write_int(w, "number", pl->rq->next_number);
        break;
    case CPL_EV_CLASSIFY:
        cpl_write_str(w, "class", cpl_input_text(pl->rq, "class"));
        if (cpl_find_input(pl->rq, "nature")) cpl_write_str(w, "nature", cpl_input_text(pl->rq, "nature"));
        break;
    case CPL_EV_FLAG:
        if (pl->flags_set) cpl_write_int(w, "flags_set", pl->flags_set);
        if (pl->flags_cleared) cpl_write_int(w, "flags_cleared", pl->flags_cleared);
        break;
    case CPL_EV_FORWARD:
    case CPL_EV_REFER: write_referrals(pl, w); break;
    case CPL_EV_REPORT_RESULT: write_report(pl, w); break;
    default: break;
    }
}

static int target_state(const planner *pl) {
    if (pl->action->kind == CPL_EV_TRIAGE) return pl->p->initial;
    return pl->last_result ? pl->action->to : -1;
}

/* Whether the case is finished after the event. */
static bool is_final(const planner *pl, int state) {
    if (state < 0) return cpl_case_finished(pl->c);
    cpl_phase phase = pl->p->states[state].phase;
    return phase == CPL_PHASE_CLOSED || phase == CPL_PHASE_REJECTED || phase == CPL_PHASE_WITHDRAWN;
}

static complaint_status write_payload(planner *pl, cpl_buf *clear, cpl_buf *sealed, const cpl_party *party) {
    writer top = {clear, true}, root = cpl_write_open(&top, NULL, '{');
    writer sealed_top = {sealed, true}, sealed_root = cpl_write_open(&sealed_top, NULL, '{');
    int state = target_state(pl);
    if (state >= 0) {
        cpl_write_str(&root, "state", pl->p->states[state].code.id);
        cpl_write_str(&root, "phase", cpl_phase_name(pl->p->states[state].phase));
    }
    if (pl->rq->message) cpl_write_id(&root, "message", pl->rq->message);
    write_verb(pl, &root, party);
    write_notices(pl, &root);
    write_evidence(pl, &root);
    complaint_status s = cpl_plan_clocks(pl, &root, is_final(pl, state));
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
static complaint_status seal_event(const planner *pl, const cpl_buf *clear, const cpl_buf *sealed, cpl_event *ev) {
    bool ok = cpl_arena_str(pl->arena, (cpl_str){clear->data, clear->size}, &ev->payload) && cpl_envelope_clear(pl->arena, (cpl_str){sealed->data, sealed->size}, &ev->sealed);
    if (!ok) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
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

/* Confidentiality is the default: nothing is disclosed unless somebody chose to. [CR-1, CR-4.2.5] */
static cpl_party complainant(const cpl_request *rq) {
    cpl_str identity = cpl_input_text(rq, "identity");
    return (cpl_party){.seq = 1, .part = CPL_LIT("complainant"), .identity = identity.n ? identity : CPL_LIT("confidential"), .channel = rq->channel};
}

static complaint_status build(planner *pl, cpl_plan *plan) {
    cpl_buf clear, sealed;
    cpl_buf_init(&clear, pl->arena->m);
    cpl_buf_init(&sealed, pl->arena->m);
    cpl_party party = {0};
    if (pl->action->kind == CPL_EV_TRIAGE) party = complainant(pl->rq);
    cpl_event ev = event_of(pl);
    complaint_status s = plan_notices(pl);
    if (s == COMPLAINT_OK) s = write_payload(pl, &clear, &sealed, &party);
    if (s == COMPLAINT_OK) s = seal_event(pl, &clear, &sealed, &ev);
    if (s == COMPLAINT_OK)
        *plan = (cpl_plan){.event = ev, .notices = pl->notices, .notice_count = pl->notice_count, .party = party, .text = cpl_input_text(pl->rq, "text"), .particle = cpl_input_text(pl->rq, "particle")};
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
    planner pl = {.pr = pr, .p = pr->policy, .c = c, .rq = rq, .action = action, .role = allowing_role(action, rq->who.roles), .arena = a, .e = e};
    bool opens = rq->kind == CPL_EV_TRIAGE;
    s = check_role(pl.p, action, &rq->who, e);
    if (s == COMPLAINT_OK && !opens) s = check_state(pl.p, c, action, e);
    if (s == COMPLAINT_OK) s = cpl_check_fields(&pl);
    if (s == COMPLAINT_OK) s = check_times(&pl);
    if (s == COMPLAINT_OK) s = cpl_check_guards(&pl, true);
    cpl_hit(&pl, rq->kind, CPL_LIT(""));
    if (s == COMPLAINT_OK) s = prepare(&pl);
    return s == COMPLAINT_OK ? build(&pl, plan) : s;
}

/* ---- the system's events and intake ------------------------------------------------------------------------------------------ */

static void write_settlement(const planner *pl, writer *w, int64_t notice, cpl_str template_name) {
    cpl_write_int(w, "notice", notice);
    cpl_write_str(w, "template", template_name);
    int def = cpl_policy_notice(pl->p, template_name);
    const char *counts = def >= 0 ? counts_name(pl->p->notices[def].counts_as) : NULL;
    if (!counts) return;
    writer marks = cpl_write_open(w, pl->rq->kind == CPL_EV_DELIVERED ? "counts" : "failed", '[');
    cpl_write_str(&marks, NULL, cpl_str_of(counts));
    cpl_write_close(&marks, ']');
}

complaint_status cpl_plan_settlement(const cpl_procedure *pr, const cpl_case *c, int32_t kind, int64_t notice, cpl_str template_name, int64_t now, cpl_arena *a, cpl_plan *plan, complaint_error *e) {
    static const cpl_action system_action = {.to = -1};
    cpl_request rq = {.kind = kind, .id = CPL_LIT(""), .who = {.id = CPL_LIT("system"), .unit = CPL_LIT(""), .on_behalf = CPL_LIT(""), .acting_for = CPL_LIT("")}};
    int64_t at = now > c->last_entered_at ? now : c->last_entered_at;
    planner pl = {.pr = pr, .p = pr->policy, .c = c, .rq = &rq, .action = &system_action, .arena = a, .e = e, .last_result = true, .received_at = c->received_at,
                  .happened_at = at, .entered_at = at};
    cpl_hit(&pl, kind, template_name);
    cpl_buf clear, sealed;
    cpl_buf_init(&clear, a->m);
    cpl_buf_init(&sealed, a->m);
    writer top = {&clear, true}, root = cpl_write_open(&top, NULL, '{');
    write_settlement(&pl, &root, notice, template_name);
    cpl_event ev = event_of(&pl);
    ev.role = CPL_LIT("system");
    complaint_status s = cpl_plan_clocks(&pl, &root, is_final(&pl, -1));
    cpl_write_close(&root, '}');
    if (s == COMPLAINT_OK && clear.failed) s = cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    if (s == COMPLAINT_OK) s = seal_event(&pl, &clear, &sealed, &ev);
    if (s == COMPLAINT_OK) *plan = (cpl_plan){.event = ev};
    cpl_buf_free(&clear);
    cpl_buf_free(&sealed);
    return s;
}

complaint_status cpl_plan_intake(const cpl_procedure *pr, const cpl_request *rq, cpl_str state, int64_t case_id, cpl_arena *a, cpl_event *ev, complaint_error *e) {
    const cpl_action *action;
    complaint_status s = find_action(pr, rq->kind, &action, e);
    if (s != COMPLAINT_OK) return s;
    cpl_case none = {0};
    planner pl = {.pr = pr, .p = pr->policy, .c = &none, .rq = rq, .action = action, .role = allowing_role(action, rq->who.roles), .arena = a, .e = e, .happened_at = rq->happened_at, .entered_at = rq->now};
    s = check_role(pl.p, action, &rq->who, e);
    if (s == COMPLAINT_OK) s = cpl_check_fields(&pl);
    if (s == COMPLAINT_OK && rq->happened_at > rq->now) s = cpl_failf(e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์อยู่ในอนาคต", "happened_at lies in the future of the desk's clock");
    if (s == COMPLAINT_OK && rq->happened_at < rq->received_at) s = cpl_failf(e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์อยู่ก่อนข้อความมาถึง", "happened_at lies before the message came");
    if (s != COMPLAINT_OK) return s;
    cpl_buf clear, sealed;
    cpl_buf_init(&clear, a->m);
    cpl_buf_init(&sealed, a->m);
    writer top = {&clear, true}, root = cpl_write_open(&top, NULL, '{');
    writer sealed_top = {&sealed, true}, sealed_root = cpl_write_open(&sealed_top, NULL, '{');
    cpl_write_str(&root, "state", state);
    if (case_id) cpl_write_id(&root, "case", case_id);
    writer fields = cpl_write_open(&root, "fields", '{');
    cpl_write_fields(&pl, &fields, &sealed_root);
    cpl_write_close(&fields, '}');
    cpl_write_close(&root, '}');
    cpl_write_close(&sealed_root, '}');
    if (sealed_root.first) cpl_buf_clear(&sealed);
    s = clear.failed || sealed.failed ? cpl_fail(e, COMPLAINT_E_MEMORY, NULL) : COMPLAINT_OK;
    cpl_event out = {.stream = ev->stream, .seq = ev->seq, .kind = rq->kind, .actor = rq->who.id, .role = pl.p->roles[pl.role].id, .unit = rq->who.unit, .on_behalf = rq->who.on_behalf,
                     .acting_for = rq->who.acting_for, .request = rq->id};
    memcpy(out.prev, ev->prev, sizeof out.prev);
    if (s == COMPLAINT_OK) s = seal_event(&pl, &clear, &sealed, &out);
    if (s == COMPLAINT_OK) *ev = out;
    cpl_buf_free(&clear);
    cpl_buf_free(&sealed);
    return s;
}
