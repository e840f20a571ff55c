/*
 * process/verbs: what each verb brings with it, beside its fields, its state, its clocks and its notices.
 *
 * Owns: the table of verbs and their parts of the payload. Must not know: who may do a verb and when (the policy says). A verb that is not in the table is a plain
 * record: somebody did it, then, with these fields.
 */
#include "process/plan.h"

#include <stdio.h>

/* ---- referrals ------------------------------------------------------------------------------------------------------ */

/* A unit inside gets a forwarding, an agency outside a referral; the other verb would lose the matter. */
static complaint_status prepare_referral(planner *pl) {
    bool outside = pl->action->kind == CPL_EV_REFER;
    for (size_t i = 0; i < pl->unit_count; i++) {
        const cpl_unit *u = &pl->p->units[cpl_policy_unit(pl->p, pl->units[i])];
        if ((u->kind == CPL_AGENCY) != outside)
            return cpl_failf(pl->e, COMPLAINT_E_INVALID, "unit", "%s%.0s เป็นหน่วยงาน%s ใช้รายการ %s", "%.0s%s is %.0sto be reached by %s", u->code.label.th.p, u->code.label.en.p, outside ? "ภายใน" : "ภายนอก", outside ? "forward" : "refer");
        for (size_t k = 0; k < pl->c->referral_count; k++)
            if (cpl_str_eq(pl->c->referrals[k].unit, pl->units[i]) && cpl_referral_is_open(&pl->c->referrals[k]))
                return cpl_failf(pl->e, COMPLAINT_E_INVALID, "unit", "ส่งให้ %s%.0s ไปแล้วและยังรอผลอยู่", "%.0s%s has it already and has not reported yet", u->code.label.th.p, u->code.label.en.p);
        pl->touched[pl->touched_count++] = (int64_t)(pl->c->referral_count + i) + 1;
    }
    return COMPLAINT_OK;
}

static bool has_lead(const cpl_case *c) { return c->lead_unit.n > 0; }

static void write_referrals(const planner *pl, writer *w) {
    writer list = cpl_write_open(w, "referrals", '[');
    for (size_t i = 0; i < pl->unit_count; i++) {
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", pl->touched[i]);
        cpl_write_str(&one, "kind", cpl_str_of(cpl_event_name(pl->action->kind)));
        cpl_write_str(&one, "unit", pl->units[i]);
        cpl_write_int(&one, "lead", i == 0 && !has_lead(pl->c));
        cpl_write_close(&one, '}');
    }
    cpl_write_close(&list, ']');
}

static complaint_status nothing_waits(const planner *pl, const char *field, cpl_str unit) {
    return cpl_failf(pl->e, COMPLAINT_E_INVALID, field, "ไม่มีเรื่องที่ส่งต่อไปยัง %.*s และยังรอผล", "nothing was forwarded to %.*s that still waits for a result", (int)unit.n, unit.p);
}

/* The open referral of `from_unit`, if it has one; whether any other is still open decides if the case moves. */
static void find_referral(planner *pl, cpl_str unit) {
    int64_t others = 0;
    for (size_t i = 0; i < pl->c->referral_count; i++) {
        const cpl_referral *r = &pl->c->referrals[i];
        if (!cpl_referral_is_open(r)) continue;
        if (cpl_str_eq(r->unit, unit)) pl->touched[0] = r->seq, pl->touched_count = 1;
        else others++;
    }
    bool ends = pl->action->kind == CPL_EV_REPORT_RESULT || pl->action->kind == CPL_EV_HAND_BACK;
    pl->last_result = !ends || others == 0;
}

/* A unit does nothing with a matter that it does not have yet. */
static complaint_status check_after_sending(const planner *pl) {
    const cpl_referral *r = &pl->c->referrals[pl->touched[0] - 1];
    if (pl->happened_at >= r->sent_at) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่เกิดเหตุการณ์อยู่ก่อนที่ส่งเรื่องให้ %.*s", "happened_at lies before the matter was sent to %.*s", (int)r->unit.n, r->unit.p);
}

static complaint_status prepare_unit(planner *pl) {
    cpl_str unit = cpl_input_text(pl->rq, "from_unit");
    if (unit.n == 0) return COMPLAINT_OK;
    find_referral(pl, unit);
    return pl->touched_count ? check_after_sending(pl) : nothing_waits(pl, "from_unit", unit);
}

/* Nobody is told that he has more time when no time runs. */
static complaint_status prepare_extension(planner *pl) {
    complaint_status s = prepare_unit(pl);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; i < pl->c->clock_count; i++) {
        const cpl_case_clock *k = &pl->c->clocks[i];
        bool its_own = k->referral == 0 || (pl->touched_count && pl->touched[0] == k->referral) || pl->touched_count == 0;
        for (size_t n = 0; k->state == CPL_CLOCK_RUNNING && its_own && n < pl->action->extend_count; n++)
            if (cpl_str_eq(pl->p->clocks[pl->action->extends[n]].code.id, k->rule)) return COMPLAINT_OK;
    }
    return cpl_failf(pl->e, COMPLAINT_E_STATE, "extend", "ไม่มีกำหนดเวลาที่กำลังนับอยู่ให้ขยาย", "there is no running deadline to extend");
}

static complaint_status prepare_accept(planner *pl) {
    complaint_status s = prepare_unit(pl);
    if (s != COMPLAINT_OK || pl->touched_count == 0 || cpl_str_is(pl->c->referrals[pl->touched[0] - 1].state, "sent")) return s;
    return cpl_failf(pl->e, COMPLAINT_E_STATE, "from_unit", "หน่วยงานรับเรื่องนี้ไปแล้ว", "the unit has accepted the matter already");
}

static void write_step(const planner *pl, writer *w, const char *state) {
    if (pl->touched_count == 0) return;
    writer list = cpl_write_open(w, "steps", '[');
    writer one = cpl_write_open(&list, NULL, '{');
    cpl_write_int(&one, "seq", pl->touched[0]);
    cpl_write_str(&one, "state", cpl_str_of(state));
    if (pl->action->kind == CPL_EV_REPORT_RESULT) cpl_write_str(&one, "outcome", cpl_input_text(pl->rq, "outcome"));
    cpl_write_close(&one, '}');
    cpl_write_close(&list, ']');
}

static void write_accept(const planner *pl, writer *w) { write_step(pl, w, "accepted"); }

/* The unit sends it back; the desk, in its own name, does without the unit. */
static bool is_waived(const planner *pl) {
    cpl_str unit = cpl_input_text(pl->rq, "from_unit");
    return !cpl_str_eq(pl->rq->who.unit, unit) && !cpl_str_eq(pl->rq->who.on_behalf, unit) && !cpl_sits_in(pl, unit);
}

/* It came back in this cycle, and others have reported: the desk may do without it. [PR-13] */
static bool is_returned(const planner *pl, const cpl_referral *r) { return cpl_str_is(r->state, "handed_back") && r->cycle == pl->c->cycle && pl->c->resulted_at; }

static complaint_status can_hand_back(const planner *pl) {
    for (size_t i = 0; i < pl->c->referral_count; i++)
        if (cpl_referral_is_open(&pl->c->referrals[i]) || is_returned(pl, &pl->c->referrals[i])) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_STATE, "hand_back", "ไม่มีหน่วยงานที่ยังถือเรื่องนี้อยู่", "no unit has the matter");
}

/* What the last unit sent back was nobody's until now. */
static void find_returned(planner *pl, cpl_str unit) {
    for (size_t i = 0; i < pl->c->referral_count && pl->last_result; i++)
        if (is_returned(pl, &pl->c->referrals[i]) && cpl_str_eq(pl->c->referrals[i].unit, unit)) pl->touched[0] = pl->c->referrals[i].seq, pl->touched_count = 1;
}

/* When the last one is done without, what the others have reported is the result. */
static complaint_status prepare_hand_back(planner *pl) {
    cpl_str unit = cpl_input_text(pl->rq, "from_unit");
    const cpl_action *result = cpl_policy_action(pl->p, CPL_EV_REPORT_RESULT);
    bool waived = is_waived(pl);
    find_referral(pl, unit);
    if (pl->touched_count == 0 && waived) find_returned(pl, unit);
    if (pl->touched_count == 0) return nothing_waits(pl, "from_unit", unit);
    complaint_status s = check_after_sending(pl);
    if (s != COMPLAINT_OK) return s;
    pl->completes = waived && pl->last_result && pl->c->resulted_at && result && cpl_policy_target(result, cpl_policy_state(pl->p, pl->c->state)) >= 0;
    if (pl->completes) cpl_hit(pl, CPL_EV_REPORT_RESULT, CPL_LIT(""));
    else if (pl->last_result) cpl_hit(pl, CPL_TRIGGER_RETURNED, CPL_LIT("")); /* no unit has it any more */
    return COMPLAINT_OK;
}

/* Who leads when this unit does not any more: the next one that is still asked, else one that has reported; 0: nobody, and the next that is sent the matter does. */
static int64_t next_lead(const planner *pl) {
    int64_t reported = 0;
    for (size_t i = 0; i < pl->c->referral_count; i++) {
        const cpl_referral *r = &pl->c->referrals[i];
        if (r->seq == pl->touched[0] || r->cycle != pl->c->cycle) continue;
        if (cpl_referral_is_open(r)) return r->seq;
        if (!reported && cpl_str_is(r->state, "reported")) reported = r->seq;
    }
    return reported;
}

static void write_hand_back(const planner *pl, writer *w) {
    write_step(pl, w, is_waived(pl) ? "waived" : "handed_back");
    if (cpl_str_eq(pl->c->referrals[pl->touched[0] - 1].unit, pl->c->lead_unit)) cpl_write_int(w, "lead", next_lead(pl));
}

static void write_progress(const planner *pl, writer *w) { write_step(pl, w, "interim"); }
static void write_result(const planner *pl, writer *w) { write_step(pl, w, "reported"); }

/* ---- who is concerned ------------------------------------------------------------------------------------------------- */

static void write_one_concerned(writer *list, cpl_blind b) {
    writer one = cpl_write_open(list, NULL, '{');
    if (b.person.n) cpl_write_str(&one, "person", b.person);
    if (b.unit.n) cpl_write_str(&one, "unit", b.unit);
    if (b.role.n) cpl_write_str(&one, "role", b.role);
    cpl_write_close(&one, '}');
}

static bool is_seat_of(const cpl_unit *unit, int role) { return role >= 0 && unit->role == role; }

/* Who is concerned as the executive is so as the executive's unit too, and the other way round. */
static void add_concerned(planner *pl, cpl_blind b) {
    const complaint_policy *p = pl->p;
    int role = b.role.n ? cpl_policy_role(p, b.role) : -1, unit = b.unit.n ? cpl_policy_unit(p, b.unit) : -1;
    int sitting = unit >= 0 ? p->units[unit].role : -1;
    pl->concerned[pl->concerned_count++] = b;
    for (size_t i = 0; i < p->unit_count; i++)
        if (is_seat_of(&p->units[i], role) && (int)i != unit) pl->concerned[pl->concerned_count++] = (cpl_blind){CPL_LIT(""), p->units[i].code.id, CPL_LIT("")};
    if (sitting >= 0 && sitting != role) pl->concerned[pl->concerned_count++] = (cpl_blind){CPL_LIT(""), CPL_LIT(""), p->roles[sitting].id};
}

/* Each role once, each unit once as its seat, and who is named besides. */
static complaint_status make_room_for_concerned(planner *pl) {
    pl->concerned = cpl_arena_alloc(pl->arena, (pl->p->role_count + pl->p->unit_count + 2) * sizeof *pl->concerned);
    return pl->concerned ? COMPLAINT_OK : cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
}

static void write_concerned(const planner *pl, writer *w) {
    writer list = cpl_write_open(w, pl->lifts ? "seeing" : "blind", '[');
    for (size_t i = 0; i < pl->concerned_count; i++) write_one_concerned(&list, pl->concerned[i]);
    cpl_write_close(&list, ']');
}

/* Nobody is asked how it stands with a matter that he does not have. */
static complaint_status prepare_follow_up(planner *pl) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < pl->unit_count; i++) {
        find_referral(pl, pl->units[i]);
        s = pl->touched_count ? check_after_sending(pl) : nothing_waits(pl, "unit", pl->units[i]);
        pl->touched_count = 0;
    }
    return s;
}

/* ---- complainants ----------------------------------------------------------------------------------------------------- */

/* The log proves name and address by digests; they themselves lie in the row only. */
static void write_party(writer *w, const cpl_party *party, const cpl_request *rq) {
    const cpl_proof *proof = &rq->party;
    writer list = cpl_write_open(w, "parties", '[');
    writer one = cpl_write_open(&list, NULL, '{');
    cpl_write_int(&one, "seq", party->seq);
    cpl_write_str(&one, "part", party->part);
    cpl_write_str(&one, "identity", party->identity);
    cpl_write_str(&one, "channel", party->channel);
    cpl_write_str(&one, "name", cpl_str_of(proof->first));
    cpl_write_str(&one, "address", cpl_str_of(proof->second));
    if (rq->from.channel.n && !cpl_str_is(cpl_str_of(proof->first), rq->from.who.first)) cpl_write_str(&one, "known_as", cpl_str_of(rq->from.who.first));
    cpl_write_close(&one, '}');
    cpl_write_close(&list, ']');
}

/* Reached in the same way, so each word would go there twice. */
static bool is_there_already(const planner *pl, const cpl_party *p) {
    const cpl_sender given = {.channel = pl->party.channel, .who = pl->rq->party};
    return cpl_party_is_owed(p) && cpl_party_is_at(p, &given) && (cpl_carries_answers(pl, p->channel) || cpl_may_be_called(p, &given));
}

static complaint_status check_not_there(const planner *pl) {
    for (size_t i = 0; i < pl->c->party_count; i++)
        if (is_there_already(pl, &pl->c->parties[i]))
            return cpl_failf(pl->e, COMPLAINT_E_INVALID, "address", "ผู้ร้องเรียนลำดับที่ %lld มีช่องทางและที่ติดต่อนี้อยู่แล้ว หากต้องการแก้ไขข้อมูลของรายนั้นใช้ update_complainant",
                             "complainant %lld has this channel and address already; update_complainant changes his entry", (long long)pl->c->parties[i].seq);
    return COMPLAINT_OK;
}

/* Confidentiality is the default: nothing is disclosed unless somebody chose to. [CR-1, CR-4.2.5] */
static complaint_status prepare_party(planner *pl) {
    cpl_str given = cpl_input_text(pl->rq, "identity"), identity = given.n ? given : pl->rq->identity, channel = cpl_input_text(pl->rq, "channel");
    bool opens = cpl_opens(pl->action->kind);
    pl->party = (cpl_party){.seq = (int64_t)pl->c->party_count + 1, .part = CPL_LIT("complainant"), .identity = identity.n ? identity : CPL_LIT("confidential"),
                            .channel = opens ? (pl->rq->reached_by.n ? pl->rq->reached_by : pl->rq->channel) : channel.n ? channel : pl->rq->channel.n ? pl->rq->channel : pl->c->channel, .state = CPL_LIT("active")};
    return opens ? COMPLAINT_OK : check_not_there(pl);
}

static void write_opening(const planner *pl, writer *w) {
    cpl_str origin = cpl_input_text(pl->rq, "origin"), its_number = cpl_input_text(pl->rq, "origin_ref");
    cpl_write_int(w, "received_at", pl->rq->received_at);
    cpl_write_str(w, "channel", pl->rq->channel);
    if (origin.n) cpl_write_str(w, "origin", origin);
    if (its_number.n) cpl_write_str(w, "origin_ref", its_number);
    write_party(w, &pl->party, pl->rq);
}

/* What was brought to the executive in confidence: whoever may not take it in does not see it either, and it stays out of his worklists. */
static complaint_status prepare_sealed_opening(planner *pl) {
    complaint_status s = make_room_for_concerned(pl);
    for (size_t i = 0; s == COMPLAINT_OK && i < pl->p->role_count; i++) {
        if (pl->action->roles >> i & 1 || !pl->p->views[i].all_cases || !pl->p->views[i].text) continue; /* an auditor sees no text anyway */
        add_concerned(pl, (cpl_blind){CPL_LIT(""), CPL_LIT(""), pl->p->roles[i].id});
    }
    return s == COMPLAINT_OK ? prepare_party(pl) : s;
}

static void write_sealed_opening(const planner *pl, writer *w) {
    write_opening(pl, w);
    write_concerned(pl, w);
}

static void write_complainant(const planner *pl, writer *w) { write_party(w, &pl->party, pl->rq); }

/* A list of complainants by number; nobody: no list. */
static void write_parties(const planner *pl, writer *w, const char *name, bool (*is_one)(const planner *, const cpl_party *)) {
    size_t n = 0;
    for (size_t i = 0; i < pl->c->party_count; i++) n += is_one(pl, &pl->c->parties[i]);
    if (n == 0) return;
    writer list = cpl_write_open(w, name, '[');
    for (size_t i = 0; i < pl->c->party_count; i++) {
        if (!is_one(pl, &pl->c->parties[i])) continue;
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", pl->c->parties[i].seq);
        cpl_write_close(&one, '}');
    }
    cpl_write_close(&list, ']');
}

/* With an `unless` of the policy the case goes on when nobody is left who could withdraw again. */
static complaint_status can_withdraw(const planner *pl) {
    for (size_t i = 0; i < pl->c->party_count; i++)
        if (cpl_party_is_owed(&pl->c->parties[i])) return COMPLAINT_OK;
    const char *thai = pl->c->party_count ? "ผู้ร้องเรียนทุกรายถอนเรื่องแล้ว" : "เรื่องนี้ไม่มีผู้ร้องเรียน", *english = pl->c->party_count ? "all complainants have withdrawn already" : "the case has no complainant";
    return cpl_failf(pl->e, COMPLAINT_E_STATE, "withdraw", "%s%.0s", "%.0s%s", thai, english);
}

static complaint_status prepare_withdrawal(planner *pl) {
    int64_t seq = cpl_complainant_meant(pl->p, pl->c, pl->rq), others = 0;
    bool found = false;
    if (seq == 0) return cpl_which_complainant(pl, "ถอนเรื่อง", "which of them withdraws");
    for (size_t i = 0; i < pl->c->party_count; i++) {
        const cpl_party *p = &pl->c->parties[i];
        if (!cpl_party_is_owed(p)) continue;
        if (p->seq == seq) found = true;
        else others++;
    }
    if (!found) return cpl_no_such_complainant(pl, seq);
    pl->last_result = others == 0;
    pl->withdrawing = seq;
    return COMPLAINT_OK;
}

static bool withdraws(const planner *pl, const cpl_party *p) { return p->seq == pl->withdrawing; }

static void write_withdrawal(const planner *pl, writer *w) { write_parties(pl, w, "withdrawn", withdraws); }

/* ---- attempts to reach them [CR-T6] ---- */

/* The complainant who is named; without a name all who have still to be told. */
static bool is_tried(const planner *pl, const cpl_party *p) {
    const cpl_input *in = cpl_find_input(pl->rq, "party");
    return cpl_party_is_owed(p) && (in ? p->seq == in->integer : p->told_at == 0);
}

static complaint_status prepare_attempt(planner *pl) {
    const cpl_input *in = cpl_find_input(pl->rq, "party");
    int64_t needed = cpl_policy_attempts(pl->p);
    bool found = !in, exhausted = needed && !cpl_case_all_told(pl->c, 0);
    for (size_t i = 0; i < pl->c->party_count; i++) {
        const cpl_party *p = &pl->c->parties[i];
        found |= in && is_tried(pl, p);
        if (cpl_party_is_owed(p) && !p->told_at && p->attempts + is_tried(pl, p) < needed) exhausted = false;
    }
    if (!found) return cpl_no_such_complainant(pl, in->integer);
    if (exhausted) cpl_hit(pl, CPL_TRIGGER_ATTEMPTS_EXHAUSTED, CPL_LIT(""));
    return COMPLAINT_OK;
}

static void write_attempt(const planner *pl, writer *w) { write_parties(pl, w, "tried", is_tried); }

/* ---- the desk's own ------------------------------------------------------------------------------------------------------ */

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
        if (!(pl->c->flags & f->bit)) return cpl_failf(pl->e, COMPLAINT_E_STATE, "flag", "เรื่องนี้ไม่มีเครื่องหมาย %s", "the case does not have the flag %s", f->code.id.p);
        pl->flags_cleared = f->bit;
        cpl_hit(pl, CPL_TRIGGER_FLAG_CLEARED, f->code.id);
        return check_not_implied(pl, f);
    }
    pl->flags_set = f->bit | f->implies;
    for (size_t i = 0; i < pl->p->flag_count; i++)
        if (pl->p->flags[i].bit & pl->flags_set & ~pl->c->flags) cpl_hit(pl, CPL_EV_FLAG, pl->p->flags[i].code.id);
    return COMPLAINT_OK;
}

static void write_flag(const planner *pl, writer *w) {
    if (pl->flags_set) cpl_write_int(w, "flags_set", pl->flags_set);
    if (pl->flags_cleared) cpl_write_int(w, "flags_cleared", pl->flags_cleared);
}

/* Sent once to each: a second one goes to who came later, and to whom the first could not be delivered. [CR-T2] */
static complaint_status can_acknowledge(const planner *pl) {
    bool owed = false, on_its_way = false;
    for (size_t i = 0; i < pl->c->party_count; i++) {
        const cpl_party *p = &pl->c->parties[i];
        if (cpl_party_waits(p)) return COMPLAINT_OK;
        owed |= cpl_party_is_owed(p);
        on_its_way |= cpl_party_is_owed(p) && p->acknowledging;
    }
    const char *thai = on_its_way ? "ข้อความตอบรับรอส่งอยู่แล้ว" : owed ? "ตอบรับเรื่องนี้ไปแล้ว" : "ไม่มีผู้ร้องเรียนที่ยังไม่ถอนเรื่อง";
    const char *english = on_its_way ? "the acknowledgement is waiting to be delivered" : owed ? "the matter has been acknowledged already" : "there is no complainant who has not withdrawn";
    return cpl_failf(pl->e, COMPLAINT_E_STATE, "acknowledge", "%s%.0s", "%.0s%s", thai, english);
}

/* Who is named has to be one who waits for it. */
static complaint_status prepare_word(planner *pl) {
    const cpl_input *in = cpl_find_input(pl->rq, "party");
    const cpl_party *p = in && in->integer >= 1 && in->integer <= (int64_t)pl->c->party_count ? &pl->c->parties[in->integer - 1] : NULL;
    if (!in) return COMPLAINT_OK;
    if (!p || !cpl_party_is_owed(p)) return cpl_no_such_complainant(pl, in->integer);
    if (pl->action->kind == CPL_EV_ACKNOWLEDGE && !cpl_party_waits(p))
        return cpl_failf(pl->e, COMPLAINT_E_STATE, "party", "%s%.0s: ผู้ร้องเรียนลำดับที่ %lld", "%.0s%s: complainant %lld", p->acknowledging ? "ข้อความตอบรับรอส่งอยู่แล้ว" : "ตอบรับไปแล้ว",
                         p->acknowledging ? "the acknowledgement is waiting to be delivered" : "acknowledged already", (long long)p->seq);
    if (pl->action->kind == CPL_EV_NOTIFY_RESULT) pl->last_result = cpl_case_tells_all(pl->c, p->seq);
    return COMPLAINT_OK;
}

static complaint_status prepare_result_word(planner *pl) {
    complaint_status s = cpl_check_result_in_hand(pl);
    return s == COMPLAINT_OK ? prepare_word(pl) : s;
}

static complaint_status can_reply_origin(const planner *pl) {
    if (pl->c->origin.n) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_STATE, "reply_origin", "เรื่องนี้ไม่มีหน่วยงานต้นเรื่องให้แจ้งกลับ", "no body passed this matter on, so there is none to answer");
}

/* A matter that has a number in an old register gets none of this one. */
static void write_number(const planner *pl, writer *w) {
    cpl_str legacy = cpl_input_text(pl->rq, "legacy_number");
    if (legacy.n) cpl_write_str(w, "legacy_number", legacy);
    if (pl->rq->next_number == 0) return;
    cpl_write_int(w, "year", pl->rq->fiscal_year);
    cpl_write_int(w, "number", pl->rq->next_number);
}

/* `classify:information_request` starts what a class brings with it. */
static complaint_status prepare_class(planner *pl) {
    cpl_hit(pl, CPL_EV_CLASSIFY, cpl_input_text(pl->rq, "class"));
    return COMPLAINT_OK;
}

/* `consider:no_follow_up`: clocks move by what is decided. */
static complaint_status prepare_decision(planner *pl) {
    cpl_hit(pl, CPL_EV_CONSIDER, cpl_input_text(pl->rq, cpl_trigger_choice(CPL_EV_CONSIDER)));
    return COMPLAINT_OK;
}

static void write_class(const planner *pl, writer *w) {
    cpl_write_str(w, "class", cpl_input_text(pl->rq, "class"));
    if (cpl_find_input(pl->rq, "nature")) cpl_write_str(w, "nature", cpl_input_text(pl->rq, "nature"));
}

/* A turn of duty is nobody's case: `channel` and `duty_day` belong to the duty that is assigned without one. */
static complaint_status prepare_assignee(planner *pl) {
    const char *field = cpl_find_input(pl->rq, "channel") ? "channel" : cpl_find_input(pl->rq, "duty_day") ? "duty_day" : NULL;
    if (!field) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_INVALID, field, "ช่อง %s ใช้เมื่อมอบหมายเวรเท่านั้น ไม่ใช้กับการมอบหมายเรื่อง", "field %s is for assigning a duty, not a case", field);
}

static complaint_status prepare_evidence(planner *pl) {
    if (pl->rq->evidence_count || cpl_input_text(pl->rq, "text").n) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "evidence", "ไม่มีหลักฐานแนบ", "there is no evidence with it");
}

static void write_assignee(const planner *pl, writer *w) { cpl_write_str(w, "assignee", cpl_input_text(pl->rq, "assignee")); }

static void write_order(const planner *pl, writer *w) {
    const cpl_input *in = cpl_find_input(pl->rq, "examination");
    if (in && in->integer) cpl_write_int(w, "examination", 1);
    if (pl->unit_count == 0) return;
    writer list = cpl_write_open(w, "ordered", '[');
    for (size_t i = 0; i < pl->unit_count; i++) cpl_write_str(&list, NULL, pl->units[i]);
    cpl_write_close(&list, ']');
}

/* Whose word opens the case again: the complainant who is named; without a name, and after a withdrawal, those who withdrew in the cycle that it ended. */
static bool returns(const planner *pl, const cpl_party *p) {
    const cpl_input *in = cpl_find_input(pl->rq, "party");
    if (!cpl_str_is(p->part, "complainant") || !cpl_str_is(p->state, "withdrawn")) return false;
    return in ? p->seq == in->integer : cpl_str_is(pl->c->phase, "withdrawn") && p->withdrawn_in == pl->c->cycle;
}

static complaint_status prepare_cycle(planner *pl) {
    const cpl_input *in = cpl_find_input(pl->rq, "party");
    bool found = !in;
    for (size_t i = 0; i < pl->c->party_count; i++) found |= in && cpl_str_is(pl->c->parties[i].part, "complainant") && pl->c->parties[i].seq == in->integer;
    pl->cycle = pl->c->cycle + 1;
    if (found) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_NOT_FOUND, "party", "ไม่มีผู้ร้องเรียนลำดับที่ %lld", "there is no complainant %lld", (long long)in->integer);
}

/* Its flags stand, so whoever was told of them is told again, and their clocks run. [CR-T3] */
static complaint_status prepare_reopening(planner *pl) {
    for (size_t i = 0; i < pl->p->flag_count; i++)
        if (pl->p->flags[i].bit & pl->c->flags) cpl_hit(pl, CPL_EV_FLAG, pl->p->flags[i].code.id);
    return prepare_cycle(pl);
}

static void write_cycle(const planner *pl, writer *w) {
    cpl_write_int(w, "cycle", pl->cycle);
    write_parties(pl, w, "returned", returns);
}

static cpl_blind recused(const planner *pl) { return (cpl_blind){cpl_input_text(pl->rq, "person"), cpl_input_text(pl->rq, "concerned_unit"), cpl_input_text(pl->rq, "role")}; }

static bool is_lifted(const planner *pl) {
    const cpl_input *clear = cpl_find_input(pl->rq, "clear");
    return clear && clear->integer;
}

/* What is taken back was said of each who is named. */
static complaint_status check_lifted(const planner *pl, cpl_blind b) {
    bool person = !b.person.n, unit = !b.unit.n, role = !b.role.n;
    for (size_t i = 0; i < pl->c->blind_count; i++) {
        const cpl_blind *was = &pl->c->blind[i];
        person |= b.person.n && cpl_str_eq(was->person, b.person);
        unit |= b.unit.n && cpl_str_eq(was->unit, b.unit);
        role |= b.role.n && cpl_str_eq(was->role, b.role);
    }
    if (person && unit && role) return COMPLAINT_OK;
    cpl_str who = !person ? b.person : !unit ? b.unit : b.role;
    return cpl_failf(pl->e, COMPLAINT_E_STATE, !person ? "person" : !unit ? "concerned_unit" : "role", "%.*s ไม่ได้ถูกกันออกจากเรื่องนี้", "%.*s is not recused from the case", (int)who.n, who.p);
}

/* Sees every case, and can bring one on. */
static bool goes_on(const complaint_policy *p, size_t role) {
    bool moves = false;
    for (size_t i = p->intake_count; i < p->action_count; i++) moves |= (p->actions[i].roles >> role & 1) && (p->actions[i].to != CPL_TO_STAY || p->actions[i].to_from);
    return moves && p->views[role].all_cases && p->views[role].text;
}

/* A case that no role sees any more would be lost; somebody who sits in it is recused by name, and another takes his place. */
static complaint_status check_somebody_left(const planner *pl, cpl_blind b) {
    int role = b.role.n ? cpl_policy_role(pl->p, b.role) : -1, unit = b.unit.n ? cpl_policy_unit(pl->p, b.unit) : -1;
    int sitting = unit >= 0 ? pl->p->units[unit].role : -1;
    if (role < 0 && sitting < 0) return COMPLAINT_OK;
    for (size_t i = 0; i < pl->p->role_count; i++)
        if ((int)i != role && (int)i != sitting && !cpl_case_is_blind(pl->c, CPL_LIT(""), pl->p->roles[i].id) && goes_on(pl->p, i)) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_INVALID, role >= 0 ? "role" : "concerned_unit", "หากกันบทบาทนี้ออกจากเรื่อง จะไม่เหลือบทบาทใดดำเนินเรื่องต่อได้ ให้ระบุตัวบุคคล (person) แทน",
                     "no role would be left to go on with the case; recuse the person instead");
}

static complaint_status prepare_recusal(planner *pl) {
    cpl_blind b = recused(pl);
    if (!b.person.n && !b.unit.n && !b.role.n)
        return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "person", "ระบุบุคคล หน่วยงาน หรือบทบาทที่มีส่วนได้เสีย", "say who is concerned: a person, a unit, or a role");
    complaint_status s = make_room_for_concerned(pl);
    if (s != COMPLAINT_OK) return s;
    add_concerned(pl, b);
    pl->lifts = is_lifted(pl);
    return pl->lifts ? check_lifted(pl, b) : check_somebody_left(pl, b);
}

/* ---- the table ------------------------------------------------------------------------------------------------------------ */

static const struct {
    int32_t kind;
    complaint_status (*prepare)(planner *pl);
    void (*write)(const planner *pl, writer *w);
    complaint_status (*can)(const planner *pl); /* before anything else, and for lists of what is possible: looks at no field */
} verbs[] = {
    {CPL_EV_TRIAGE, prepare_party, write_opening, NULL},
    {CPL_EV_EXECUTIVE_INTAKE, prepare_sealed_opening, write_sealed_opening, NULL},
    {CPL_EV_ADD_COMPLAINANT, prepare_party, write_complainant, NULL},
    {CPL_EV_REGISTER, NULL, write_number, NULL},
    {CPL_EV_ACKNOWLEDGE, prepare_word, NULL, can_acknowledge},
    {CPL_EV_NOTIFY_RESULT, prepare_result_word, NULL, NULL},
    {CPL_EV_CLASSIFY, prepare_class, write_class, NULL},
    {CPL_EV_CONSIDER, prepare_decision, NULL, NULL},
    {CPL_EV_FLAG, prepare_flag, write_flag, NULL},
    {CPL_EV_ASSIGN, prepare_assignee, write_assignee, NULL},
    {CPL_EV_RECUSE, prepare_recusal, write_concerned, NULL},
    {CPL_EV_CONTACT, cpl_prepare_telling, cpl_write_telling, NULL},
    {CPL_EV_ADD_PAPER, cpl_prepare_telling, cpl_write_telling, NULL},
    {CPL_EV_NOTE, cpl_prepare_telling, cpl_write_telling, NULL},
    {CPL_EV_ORDER, NULL, write_order, NULL},
    {CPL_EV_FORWARD, prepare_referral, write_referrals, NULL},
    {CPL_EV_REFER, prepare_referral, write_referrals, NULL},
    {CPL_EV_ACCEPT, prepare_accept, write_accept, NULL},
    {CPL_EV_HAND_BACK, prepare_hand_back, write_hand_back, can_hand_back},
    {CPL_EV_REPORT_PROGRESS, prepare_unit, write_progress, NULL},
    {CPL_EV_FOLLOW_UP, prepare_follow_up, NULL, NULL},
    {CPL_EV_EXTEND, prepare_extension, NULL, NULL},
    {CPL_EV_REPORT_RESULT, prepare_unit, write_result, NULL},
    {CPL_EV_REPLY_ORIGIN, NULL, NULL, can_reply_origin},
    {CPL_EV_ADD_EVIDENCE, prepare_evidence, NULL, NULL},
    {CPL_EV_ATTEMPT, prepare_attempt, write_attempt, NULL},
    {CPL_EV_WITHDRAW, prepare_withdrawal, write_withdrawal, can_withdraw},
    {CPL_EV_REOPEN, prepare_reopening, write_cycle, NULL},
    {CPL_EV_CORRECT, cpl_prepare_correction, cpl_write_correction, NULL},
    {CPL_EV_UPDATE_COMPLAINANT, cpl_prepare_amendment, cpl_write_amendment, cpl_can_amend},
};

enum { VERBS = sizeof verbs / sizeof verbs[0] };

/* A letter comes with whatever it is about: the order of the executive, a reply, a referral. Its number is never invented here. */
static void write_paper(const planner *pl, writer *w) {
    if (!pl->paper) return;
    writer list = cpl_write_open(w, "papers", '[');
    writer one = cpl_write_open(&list, NULL, '{');
    cpl_write_int(&one, "seq", pl->c->papers + 1);
    cpl_write_str(&one, "paper_no", cpl_input_text(pl->rq, "paper_no"));
    cpl_write_close(&one, '}');
    cpl_write_close(&list, ']');
}

/* What the head asked for has happened: of what a unit says, the executive's word counts only. [CR-4.1.3] */
static bool releases(const planner *pl) {
    const cpl_guard *g = cpl_policy_guard_of(pl->p, CPL_GUARD_AGREED_BEFORE_FORWARD);
    int unit = cpl_policy_unit(pl->p, cpl_input_text(pl->rq, "from_unit"));
    return g && (g->released_by >> pl->action->kind & 1) && (unit < 0 || pl->p->units[unit].kind == CPL_EXECUTIVE);
}

/* The head's word stands until he says another one, or what it asks for has happened. */
static void write_decision(const planner *pl, writer *w) {
    if (pl->action->kind == CPL_EV_CONSIDER) cpl_write_str(w, "decision", cpl_input_text(pl->rq, "decision"));
    else if (pl->c->decision.n && releases(pl)) cpl_write_str(w, "decision", CPL_LIT(""));
}

complaint_status cpl_verb_is_possible(const planner *pl) {
    for (size_t i = 0; i < VERBS; i++)
        if (verbs[i].kind == pl->action->kind && verbs[i].can) return verbs[i].can(pl);
    return COMPLAINT_OK;
}

complaint_status cpl_prepare_verb(planner *pl) {
    complaint_status s = cpl_verb_is_possible(pl);
    if (s != COMPLAINT_OK) return s;
    pl->last_result = true;
    pl->cycle = pl->c->cycle;
    pl->paper = cpl_input_text(pl->rq, "paper_no").n > 0;
    for (size_t i = 0; i < VERBS; i++)
        if (verbs[i].kind == pl->action->kind && verbs[i].prepare) return verbs[i].prepare(pl);
    return COMPLAINT_OK;
}

void cpl_write_verb(const planner *pl, writer *w) {
    for (size_t i = 0; i < VERBS; i++)
        if (verbs[i].kind == pl->action->kind && verbs[i].write) verbs[i].write(pl, w);
    write_decision(pl, w);
    write_paper(pl, w);
}
