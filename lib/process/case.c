/*
 * process/case: a case as its events made it: what can be asked of it, and a copy of it.
 *
 * Owns: answers that follow from the fields alone. Must not know: events (fold.c), policy and calendar.
 */
#include "process/process.h"

#include <string.h>

const char *const cpl_clock_state_names[] = {"", "running", "stopped", "cancelled", "paused"};

void cpl_case_init(cpl_case *c, cpl_arena *a, int64_t id) {
    *c = (cpl_case){.arena = a, .id = id, .cycle = 1};
    cpl_str *texts[] = {&c->state, &c->phase, &c->class_code, &c->nature, &c->channel, &c->lead_unit, &c->assignee, &c->back_state, &c->back_phase, &c->origin, &c->origin_ref, &c->legacy_number, &c->legacy_key, &c->decision};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) *texts[i] = CPL_LIT("");
}

int64_t cpl_case_flagged_seq(const cpl_case *c, int64_t flags) {
    int64_t last = 0;
    for (int i = 0; i < CPL_FLAG_BITS; i++)
        if ((c->flags & flags & (INT64_C(1) << i)) && c->flagged_seqs[i] > last) last = c->flagged_seqs[i];
    return last;
}

bool cpl_referral_is_open(const cpl_referral *r) { return cpl_str_is(r->state, "sent") || cpl_str_is(r->state, "accepted"); }

bool cpl_brings_result(int32_t kind) { return kind == CPL_EV_REPORT_RESULT || kind == CPL_EV_ANSWER; }

cpl_str cpl_case_asked(const cpl_case *c) {
    cpl_str asked = CPL_LIT("");
    for (size_t i = 0; i < c->referral_count; i++) {
        const cpl_referral *r = &c->referrals[i];
        if (cpl_referral_is_open(r) && (asked.n == 0 || r->lead)) asked = r->unit;
    }
    return asked.n ? asked : c->lead_unit;
}

const cpl_deed *cpl_case_deed(const cpl_case *c, int64_t event) { return c->deeds && event >= 1 && event <= c->version ? &c->deeds[event - 1] : NULL; }

int64_t cpl_case_resulted_at(const cpl_case *c, int64_t event, int64_t at) {
    const cpl_deed *d = &c->deeds[event - 1];
    int64_t last = at;
    for (size_t i = 0; i < c->referral_count && d->referral; i++) {
        const cpl_referral *r = &c->referrals[i];
        if (r->seq != d->referral && r->cycle == d->cycle && cpl_str_is(r->state, "reported") && r->resulted_at > last) last = r->resulted_at;
    }
    return last;
}

int64_t cpl_case_complete_at(const cpl_case *c, int32_t kind, int64_t happened_at) {
    bool reports = kind == CPL_EV_REPORT_RESULT || kind == CPL_EV_HAND_BACK;
    return reports && c->resulted_at > happened_at ? c->resulted_at : happened_at;
}

bool cpl_party_is_owed(const cpl_party *p) { return cpl_str_is(p->part, "complainant") && cpl_str_is(p->state, "active"); }

static void set_text(cpl_str *text, cpl_str to) {
    if (to.p) *text = to;
}

void cpl_party_amend(cpl_party *p, const cpl_party *to) {
    set_text(&p->identity, to->identity);
    set_text(&p->channel, to->channel);
    set_text(&p->name, to->name);
    set_text(&p->address, to->address);
}

bool cpl_party_waits(const cpl_party *p) { return cpl_party_is_owed(p) && !p->acknowledged_at && !p->acknowledging; }

const cpl_case_notice *cpl_case_sent(const cpl_case *c, int64_t notice) { return notice >= 1 && notice <= c->notices ? &c->sent[notice - 1] : NULL; }

bool cpl_is_blind_among(const cpl_blind *list, size_t count, cpl_str unit, cpl_str role) {
    for (size_t i = 0; i < count; i++)
        if ((unit.n && cpl_str_eq(list[i].unit, unit)) || (role.n && cpl_str_eq(list[i].role, role))) return true;
    return false;
}

bool cpl_case_is_blind(const cpl_case *c, cpl_str unit, cpl_str role) { return cpl_is_blind_among(c->blind, c->blind_count, unit, role); }

bool cpl_case_staff_notice_is_moot(const cpl_case *c, const cpl_case_notice *n) {
    int state = n->clock ? c->clocks[n->clock - 1].state : CPL_CLOCK_RUNNING;
    return n->moot || state == CPL_CLOCK_STOPPED || state == CPL_CLOCK_CANCELLED;
}

bool cpl_case_notice_is_moot(const cpl_case *c, const cpl_case_notice *n) {
    const cpl_party *p = n->party >= 1 && n->party <= (int64_t)c->party_count ? &c->parties[n->party - 1] : NULL;
    return cpl_case_staff_notice_is_moot(c, n) || (p && p->withdrawn_in && n->event <= p->went);
}

int64_t cpl_case_notice_turn(const cpl_case *c, int64_t notice) {
    const cpl_case_notice *n = cpl_case_sent(c, notice);
    int64_t turn = 1;
    for (const cpl_case_notice *other = c->sent; n && other < n; other++) turn += other->event == n->event && cpl_str_eq(other->to, n->to);
    return turn;
}

bool cpl_case_all_told(const cpl_case *c, int64_t party) {
    for (size_t i = 0; i < c->party_count; i++)
        if (cpl_party_is_owed(&c->parties[i]) && c->parties[i].told_at == 0 && c->parties[i].seq != party) return false;
    return true;
}

bool cpl_case_tells_all(const cpl_case *c, int64_t party) {
    for (size_t i = 0; i < c->party_count; i++) {
        const cpl_party *p = &c->parties[i];
        if (cpl_party_is_owed(p) && !p->told_at && !p->telling && p->seq != party) return false;
    }
    return true;
}

static bool copy_items(cpl_arena *a, const void *from, size_t count, size_t size, void *to) {
    void *p = cpl_arena_alloc(a, (count + 1) * size);
    if (!p) return false;
    if (count) memcpy(p, from, count * size);
    memcpy(to, &p, sizeof p);
    return true;
}

bool cpl_case_copy(const cpl_case *from, cpl_case *to) {
    *to = *from;
    to->clock_capacity = from->clock_count + 1;
    to->referral_capacity = from->referral_count + 1;
    to->party_capacity = from->party_count + 1;
    to->notice_capacity = (size_t)from->notices + 1;
    to->stay_capacity = from->stay_count;
    to->deed_capacity = (size_t)from->version; /* likewise */
    to->blind_capacity = from->blind_count; /* grows into or becomes another list, so the original may share it */
    return copy_items(from->arena, from->clocks, from->clock_count, sizeof *to->clocks, &to->clocks) &&
           copy_items(from->arena, from->referrals, from->referral_count, sizeof *to->referrals, &to->referrals) &&
           copy_items(from->arena, from->parties, from->party_count, sizeof *to->parties, &to->parties) &&
           copy_items(from->arena, from->sent, (size_t)from->notices, sizeof *to->sent, &to->sent);
}

bool cpl_case_finished(const cpl_case *c) { return cpl_str_is(c->phase, "closed") || cpl_str_is(c->phase, "rejected") || cpl_str_is(c->phase, "withdrawn"); }

int64_t cpl_case_due(const cpl_case *c) {
    int64_t due = cpl_case_finished(c) ? CPL_NEVER : CPL_NO_DEADLINE;
    for (size_t i = 0; i < c->clock_count; i++)
        if (c->clocks[i].state == CPL_CLOCK_RUNNING && c->clocks[i].due_at < due) due = c->clocks[i].due_at;
    return due;
}
