/*
 * process/fold: events → case.
 *
 * Owns: the meaning of an event's payload (docs/event-format.md). Must not know: policy and calendar; what they decided is in the payload, so that a log
 * can be replayed without them.
 */
#include "process/fold.h"

#include <stddef.h>
#include <string.h>

static bool paper_element(reader *r) { return cpl_fold_number(r, &r->c->papers); }
static bool evidence_element(reader *r) { return cpl_fold_number(r, &r->c->evidence); }

/* What a delivered notice, or a word by hand, counts as; the first time stays. */
static bool counts_mark(reader *r, cpl_str s) {
    bool acknowledged = cpl_str_is(s, "acknowledged");
    r->acknowledged = r->acknowledged || acknowledged;
    r->told = r->told || cpl_str_is(s, "told");
    return acknowledged || r->told;
}

/* A notice that could not be delivered: what it would have counted as is open again. */
static bool failed_mark(reader *r, cpl_str s) {
    r->failed = r->failed || cpl_str_is(s, "acknowledged");
    r->untold = r->untold || cpl_str_is(s, "told");
    return true;
}

/* Which times of the case are others than was entered first; `was` and what else the list says is for people. */
static const member time_members[] = {
    {.name = "registered_at", .type = INSTANT, .offset = offsetof(cpl_case, registered_at)}, {.name = "acknowledged_at", .type = INSTANT, .offset = offsetof(cpl_case, acknowledged_at)},
    {.name = "considered_at", .type = INSTANT, .offset = offsetof(cpl_case, considered_at)}, {.name = "forwarded_at", .type = INSTANT, .offset = offsetof(cpl_case, forwarded_at)},
    {.name = "ordered_at", .type = INSTANT, .offset = offsetof(cpl_case, ordered_at)},       {.name = "resulted_at", .type = INSTANT, .offset = offsetof(cpl_case, resulted_at)},
    {.name = "told_at", .type = INSTANT, .offset = offsetof(cpl_case, told_at)},             {.name = "origin_answered_at", .type = INSTANT, .offset = offsetof(cpl_case, origin_answered_at)},
    {.name = "closed_at", .type = INSTANT, .offset = offsetof(cpl_case, closed_at)},
};

static bool times_element(reader *r) { return cpl_read_object(r, MEMBERS(time_members), r->c); }

/* A unit that an order names; the same one twice is one. An earlier state of the case may share the list, so it becomes another one. */
static bool ordered_mark(reader *r, cpl_str s) {
    cpl_case *c = r->c;
    for (size_t i = 0; i < c->ordered_count; i++)
        if (cpl_str_eq(c->ordered[i], s)) return true;
    cpl_str *items = cpl_fold_longer(r, c->ordered, c->ordered_count, sizeof *items);
    if (!items) return false;
    items[c->ordered_count++] = s;
    c->ordered = items;
    return true;
}

/* ---- the case ----------------------------------------------------------------------------------------------------------------- */

typedef struct facts {
    cpl_str state, phase, class_code, nature, channel, message;
    cpl_str assignee, origin, origin_ref, legacy_number, decision;
    cpl_str body, address; /* of a letter */
    cpl_str policy, calendar;
    int64_t received_at, flags_set, flags_cleared, year, number, cycle, examination, notice, corrects;
    int64_t lead; /* by its referral; 0: nobody, -1: as it was */
} facts;

static const member case_members[] = {
    {.name = "state", .type = STRING, .offset = offsetof(facts, state)},
    {.name = "phase", .type = STRING, .offset = offsetof(facts, phase)},
    {.name = "class", .type = STRING, .offset = offsetof(facts, class_code)},
    {.name = "nature", .type = STRING, .offset = offsetof(facts, nature)},
    {.name = "channel", .type = STRING, .offset = offsetof(facts, channel)},
    {.name = "message", .type = STRING, .offset = offsetof(facts, message)},
    {.name = "received_at", .type = INSTANT, .offset = offsetof(facts, received_at)},
    {.name = "flags_set", .type = INTEGER, .offset = offsetof(facts, flags_set)},
    {.name = "flags_cleared", .type = INTEGER, .offset = offsetof(facts, flags_cleared)},
    {.name = "year", .type = COUNT, .offset = offsetof(facts, year)},
    {.name = "number", .type = COUNT, .offset = offsetof(facts, number)},
    {.name = "clocks", .type = LIST, .element = cpl_fold_clock},
    {.name = "referrals", .type = LIST, .element = cpl_fold_referral},
    {.name = "legacy_number", .type = STRING, .offset = offsetof(facts, legacy_number)},
    {.name = "assignee", .type = STRING, .offset = offsetof(facts, assignee)},
    {.name = "origin", .type = STRING, .offset = offsetof(facts, origin)},
    {.name = "origin_ref", .type = STRING, .offset = offsetof(facts, origin_ref)},
    {.name = "decision", .type = STRING, .offset = offsetof(facts, decision)},
    {.name = "ordered", .type = MARK, .mark = ordered_mark},
    {.name = "cycle", .type = COUNT, .offset = offsetof(facts, cycle)},
    {.name = "examination", .type = INTEGER, .offset = offsetof(facts, examination)},
    {.name = "notice", .type = COUNT, .offset = offsetof(facts, notice)},
    {.name = "lead", .type = COUNT, .offset = offsetof(facts, lead)},
    {.name = "steps", .type = LIST, .element = cpl_fold_step},
    {.name = "corrects", .type = COUNT, .offset = offsetof(facts, corrects)},
    {.name = "retimed", .type = LIST, .element = cpl_fold_retimed},
    {.name = "times", .type = LIST, .element = times_element},
    {.name = "amended", .type = LIST, .element = cpl_fold_amended},
    {.name = "withdrawn", .type = LIST, .element = cpl_fold_withdrawn},
    {.name = "returned", .type = LIST, .element = cpl_fold_returned},
    {.name = "tried", .type = LIST, .element = cpl_fold_tried},
    {.name = "heard", .type = LIST, .element = cpl_fold_heard},
    {.name = "blind", .type = LIST, .element = cpl_fold_blind},
    {.name = "seeing", .type = LIST, .element = cpl_fold_seeing},
    {.name = "papers", .type = LIST, .element = paper_element},
    {.name = "parties", .type = LIST, .element = cpl_fold_party},
    {.name = "notices", .type = LIST, .element = cpl_fold_notice},
    {.name = "silenced", .type = LIST, .element = cpl_fold_silenced},
    {.name = "rerouted", .type = LIST, .element = cpl_fold_rerouted},
    {.name = "body", .type = STRING, .offset = offsetof(facts, body)},
    {.name = "address", .type = STRING, .offset = offsetof(facts, address)},
    {.name = "policy", .type = STRING, .offset = offsetof(facts, policy)},
    {.name = "calendar", .type = STRING, .offset = offsetof(facts, calendar)},
    {.name = "evidence", .type = LIST, .element = evidence_element},
    {.name = "counts", .type = MARK, .mark = counts_mark},
    {.name = "failed", .type = MARK, .mark = failed_mark},
};

static void set_text(cpl_str *to, cpl_str from) {
    if (from.p) *to = from;
}

/* What was told, or is on its way, is not what is to be told now; and who could not be reached then has not been out of reach of it. */
static void forget_telling(cpl_case *c) {
    for (size_t i = 0; i < c->party_count; i++) {
        c->parties[i].told_at = c->parties[i].attempts = 0;
        c->parties[i].telling = false;
    }
}

/* A new cycle begins with nothing told, decided or due; what the cycles before it came to stays in the log and in its clocks. Who was asked then and has not reported is not waited for now. */
static void begin_cycle(cpl_case *c, int64_t cycle, int64_t event) {
    for (size_t i = 0; i < c->referral_count; i++) {
        cpl_referral *r = &c->referrals[i];
        if (!cpl_referral_is_open(r)) continue;
        r->state = CPL_LIT("replaced");
        r->version = event;
    }
    forget_telling(c);
    c->cycle = cycle;
    c->resulted_at = c->told_at = c->closed_at = c->forwarded_at = c->ordered_at = c->considered_at = 0;
    c->considered_seq = 0;
    c->lead_unit = c->decision = CPL_LIT("");
    c->ordered = NULL;
    c->ordered_count = 0;
}

/* Where a case was before it began to wait for the complainant is where it goes on. */
static void enter_state(cpl_case *c, const facts *f, const cpl_event *ev) {
    if (f->state.p && ev->kind == CPL_EV_REQUEST_INFO) {
        c->back_state = c->state;
        c->back_phase = c->phase;
    }
    set_text(&c->state, f->state);
    set_text(&c->phase, f->phase);
}

static void move_lead(cpl_case *c, int64_t lead, int64_t event) {
    if (lead < 0 || lead > (int64_t)c->referral_count) return;
    c->lead_unit = lead ? c->referrals[lead - 1].unit : CPL_LIT("");
    for (size_t i = 0; i < c->referral_count; i++) {
        cpl_referral *r = &c->referrals[i];
        if (r->lead == (r->seq == lead)) continue;
        if (r->cycle != c->cycle) continue; /* who led in an earlier cycle led it */
        r->lead = r->seq == lead;
        r->version = event;
    }
}

/* Each state is kept with its beginning: what is entered late may have to know in which the case was meanwhile. */
static bool add_stay(reader *r, const facts *f) {
    cpl_case *c = r->c;
    if (!f->state.p || cpl_str_eq(f->state, c->state)) return true;
    cpl_stay *items = cpl_fold_grow(r, c->stays, c->stay_count, &c->stay_capacity, sizeof *items);
    if (!items) return false;
    c->stays = items;
    items[c->stay_count++] = (cpl_stay){f->state, r->ev->happened_at, r->ev->seq};
    return true;
}

static bool add_deed(reader *r) {
    cpl_case *c = r->c;
    size_t count = (size_t)r->ev->seq - 1;
    cpl_deed *items = cpl_fold_grow(r, c->deeds, count, &c->deed_capacity, sizeof *items);
    if (!items) return false;
    c->deeds = items;
    items[count] = (cpl_deed){r->ev->kind, *r->cycle ? *r->cycle : c->cycle, r->ev->happened_at, r->step};
    return true;
}

/* Lists that an earlier state of the case may share are not changed: the deed and the stay that began with it get a new time in copies. */
static bool correct_deed(reader *r, int64_t event) {
    cpl_case *c = r->c;
    if (event == 0) return true;
    if (event >= r->ev->seq) return false;
    cpl_deed *deeds = cpl_arena_alloc(c->arena, (size_t)r->ev->seq * sizeof *deeds);
    cpl_stay *stays = cpl_arena_alloc(c->arena, (c->stay_count + 1) * sizeof *stays);
    r->memory = !deeds || !stays;
    if (r->memory) return false;
    memcpy(deeds, c->deeds, (size_t)r->ev->seq * sizeof *deeds);
    if (c->stay_count) memcpy(stays, c->stays, c->stay_count * sizeof *stays);
    deeds[event - 1].at = r->ev->happened_at;
    for (size_t i = 0; i < c->stay_count; i++)
        if (stays[i].event == event) stays[i].since = r->ev->happened_at;
    c->deeds = deeds;
    c->deed_capacity = (size_t)r->ev->seq;
    c->stays = stays;
    c->stay_capacity = c->stay_count + 1;
    return true;
}

/* The number that the case has in the register of before, with what it is found by. */
static bool take_legacy(reader *r, const facts *f) {
    int32_t year;
    if (!f->legacy_number.p) return true;
    r->c->legacy_number = f->legacy_number;
    r->memory = !cpl_legacy_key(r->c->arena, f->legacy_number, &r->c->legacy_key, &year);
    return !r->memory;
}

/* A calendar is cited with a deadline. A clock that the same event paused gets another one when it goes on. */
static void cite_calendar(cpl_case *c, cpl_str calendar, int64_t event) {
    for (size_t i = 0; calendar.n && i < c->clock_count; i++)
        if (c->clocks[i].version == event) c->clocks[i].calendar = calendar;
}

static void apply_facts(cpl_case *c, const facts *f, const cpl_event *ev) {
    if (f->cycle) begin_cycle(c, f->cycle, ev->seq);
    enter_state(c, f, ev);
    set_text(&c->assignee, f->assignee);
    set_text(&c->origin, f->origin);
    set_text(&c->origin_ref, f->origin_ref);
    set_text(&c->decision, f->decision);
    move_lead(c, f->lead, ev->seq);
    c->examination = c->examination || f->examination;
    set_text(&c->class_code, f->class_code);
    set_text(&c->nature, f->nature);
    set_text(&c->channel, f->channel);
    c->cited_policy = f->policy;
    c->cited_calendar = f->calendar;
    cite_calendar(c, f->calendar, ev->seq);
    if (f->received_at) c->received_at = f->received_at;
    for (int i = 0; i < CPL_FLAG_BITS; i++)
        if (f->flags_set & ~c->flags & (INT64_C(1) << i)) c->flagged_seqs[i] = ev->seq;
    c->flags = (c->flags | f->flags_set) & ~f->flags_cleared;
    if (f->number) {
        c->fiscal_year = f->year;
        c->number = f->number;
    }
}

/* An id as the payload has it. */
static int64_t id_of(cpl_str digits) {
    int64_t id = 0;
    for (size_t i = 0; i < digits.n && i < 19; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9' || id > (INT64_MAX - 9) / 10) return 0;
        id = id * 10 + (digits.p[i] - '0');
    }
    return id;
}

/* Who is new with an event that is about a message wrote it, wherever he is reached later. */
static void apply_message(cpl_case *c, size_t parties, cpl_str message) {
    for (size_t i = parties; i < c->party_count; i++) c->parties[i].message = id_of(message);
}

/* Whom an event's own notices are for, or the one that it settles; the first notice of the event has the number behind `before`. */
static bool is_addressed(const cpl_case *c, const cpl_party *p, int64_t notice, int64_t before) {
    int64_t first = notice ? notice : before + 1, last = notice ? notice : c->notices;
    for (int64_t i = first; i >= 1 && i <= last && i <= c->notices; i++)
        if (c->sent[i - 1].party == p->seq) return true;
    return false;
}

/* What the event says reached him with it, and not by a letter that is on its way. */
static bool hears(const reader *r, const cpl_party *p) { return !r->some || p->heard_in == r->ev->seq; }

/* Each complainant gets his own; the case is acknowledged with the first. [CR-T2] */
static void apply_acknowledgement(cpl_case *c, const reader *r, int64_t notice, int64_t before) {
    if (r->acknowledged && c->acknowledged_at == 0) c->acknowledged_at = r->ev->happened_at;
    for (size_t i = 0; i < c->party_count; i++) {
        cpl_party *p = &c->parties[i];
        if (!is_addressed(c, p, notice, before)) continue;
        bool acknowledged = r->acknowledged && hears(r, p);
        if (acknowledged && p->acknowledged_at == 0) p->acknowledged_at = r->ev->happened_at;
        if (r->ev->kind == CPL_EV_ACKNOWLEDGE) p->acknowledging = true;
        if (acknowledged || r->failed) p->acknowledging = false;
    }
}

/* The event says what became of a notice: the system that it went or cannot go, a person that he has told by other means. */
static void apply_fate(cpl_case *c, const cpl_event *ev, const facts *f) {
    if (!cpl_case_sent(c, f->notice)) return;
    cpl_case_notice *n = &c->sent[f->notice - 1];
    n->fate = ev->kind == CPL_EV_DELIVERED ? CPL_NOTICE_DELIVERED : ev->kind == CPL_EV_REFUSED ? CPL_NOTICE_REFUSED : CPL_NOTICE_BY_HAND;
    set_text(&n->sent_body, f->body);
    set_text(&n->sent_address, f->address);
}

/* What a clock says to somebody takes the place of what it said before and that has not left: after holidays he hears the last word only. */
static void apply_reminder(cpl_case *c, int64_t clock, int64_t before) {
    for (int64_t i = before; clock && i < c->notices; i++) {
        c->sent[i].clock = clock;
        for (int64_t k = 0; k < before; k++)
            if (c->sent[k].clock == clock && cpl_str_eq(c->sent[k].to, c->sent[i].to)) c->sent[k].moot = true;
    }
}

/* A letter with the result is on its way to whom the event is for, until it arrives or cannot. */
static void apply_telling(cpl_case *c, const reader *r, int64_t notice, int64_t before) {
    for (size_t i = 0; i < c->party_count; i++) {
        cpl_party *p = &c->parties[i];
        if (!is_addressed(c, p, notice, before)) continue;
        if (cpl_tells(r->ev->kind)) p->telling = true;
        if ((r->told && hears(r, p)) || r->untold) p->telling = false;
    }
}

/* A letter tells whom it is for, a word by hand all of them or those it names; the case is told with the last one. */
static void apply_told(cpl_case *c, const reader *r, int64_t notice) {
    int64_t party = cpl_case_sent(c, notice) ? c->sent[notice - 1].party : 0, at = r->ev->happened_at;
    for (size_t i = 0; i < c->party_count; i++) {
        cpl_party *p = &c->parties[i];
        bool meant = party ? p->seq == party : hears(r, p);
        if (cpl_party_is_owed(p) && p->told_at == 0 && meant) p->told_at = at;
    }
    if (c->told_at == 0 && cpl_case_all_told(c, 0)) c->told_at = at;
}

/* What was told before there was this to tell was something else. */
static void apply_result(cpl_case *c, int64_t at) {
    c->resulted_at = at > c->resulted_at ? at : c->resulted_at;
    c->told_at = 0;
    forget_telling(c);
}

static void apply_kind(cpl_case *c, const cpl_event *ev) {
    switch (ev->kind) {
    case CPL_EV_EXECUTIVE_INTAKE:
    case CPL_EV_TRIAGE: c->entered_at = ev->entered_at; break;
    case CPL_EV_REGISTER: c->registered_at = ev->happened_at; break;
    case CPL_EV_CONSIDER:
        c->considered_at = ev->happened_at;
        c->considered_seq = ev->seq;
        break;
    case CPL_EV_FORWARD:
    case CPL_EV_REFER:
        if (c->forwarded_at == 0) c->forwarded_at = ev->happened_at;
        break;
    case CPL_EV_ORDER: c->ordered_at = ev->happened_at; break;
    case CPL_EV_REPORT_BREACH: c->breach_reported_seq = ev->seq; break;
    case CPL_EV_REPLY_ORIGIN: c->origin_answered_at = ev->happened_at; break;
    case CPL_EV_CLOSE: c->closed_at = ev->happened_at; break;
    default: break;
    }
}

static complaint_status bad_event(const cpl_event *ev, size_t offset, complaint_error *e) {
    complaint_status s = cpl_failf(e, COMPLAINT_E_CORRUPT, "complaint_event.payload", "เหตุการณ์ที่ %lld ของรายการ %lld มีเนื้อหาไม่ถูกต้อง", "event %lld of stream %lld has a payload that its kind cannot have",
                                   (long long)ev->seq, (long long)ev->stream);
    cpl_error_at(e, "complaint_event.payload", 0, (int64_t)offset);
    return s;
}

static complaint_status check_times(const cpl_event *ev, complaint_error *e) {
    if (cpl_instant_in_range(ev->happened_at) && cpl_instant_in_range(ev->entered_at)) return COMPLAINT_OK;
    return cpl_failf(e, COMPLAINT_E_CORRUPT, "complaint_event.happened_at", "เหตุการณ์ที่ %lld ของรายการ %lld มีเวลาที่เป็นไปไม่ได้", "event %lld of stream %lld has a time that cannot be", (long long)ev->seq, (long long)ev->stream);
}

static complaint_status check_next(const cpl_case *c, const cpl_event *ev, complaint_error *e) {
    if (ev->seq == c->version + 1 && ev->stream == c->id) return check_times(ev, e);
    return cpl_failf(e, COMPLAINT_E_CORRUPT, "complaint_event.seq", "รายการ %lld: เหตุการณ์หลังลำดับ %lld คือ %lld", "stream %lld: after event %lld comes %lld", (long long)c->id, (long long)c->version,
                     (long long)ev->seq);
}

static complaint_status read_payload(reader *r, const member *members, size_t count, void *target, complaint_error *e) {
    cpl_scan_init(&r->scan, r->ev->payload);
    if (cpl_scan_next(&r->scan) == CPL_SCAN_OBJECT && cpl_read_object(r, members, count, target) && cpl_scan_next(&r->scan) == CPL_SCAN_END) return COMPLAINT_OK;
    return r->memory ? cpl_fail(e, COMPLAINT_E_MEMORY, NULL) : bad_event(r->ev, r->scan.token_at, e);
}

static void move_end(cpl_case *c, const cpl_event *ev) {
    if (!cpl_event_name(ev->kind)) c->unknown = true;
    c->version = ev->seq;
    c->last_entered_at = ev->entered_at;
    memcpy(c->head, ev->hash, sizeof c->head);
}

complaint_status cpl_fold(cpl_case *c, const cpl_event *ev, complaint_error *e) {
    facts f = {.lead = -1};
    reader r = {.c = c, .ev = ev, .cycle = &f.cycle};
    int64_t notices = c->notices;
    size_t parties = c->party_count;
    complaint_status s = check_next(c, ev, e);
    if (s == COMPLAINT_OK) s = read_payload(&r, MEMBERS(case_members), &f, e);
    if (s == COMPLAINT_OK && !(add_stay(&r, &f) && add_deed(&r) && correct_deed(&r, f.corrects) && take_legacy(&r, &f))) s = r.memory ? cpl_fail(e, COMPLAINT_E_MEMORY, NULL) : bad_event(ev, 0, e);
    if (s != COMPLAINT_OK) return s;
    apply_facts(c, &f, ev);
    apply_message(c, parties, f.message);
    if (cpl_brings_result(ev->kind)) apply_result(c, ev->happened_at);
    apply_acknowledgement(c, &r, f.notice, notices);
    apply_telling(c, &r, f.notice, notices);
    if (r.told) apply_told(c, &r, f.notice);
    apply_fate(c, ev, &f);
    apply_reminder(c, r.speaks, notices);
    apply_kind(c, ev);
    move_end(c, ev);
    c->revision += cpl_event_is_action(ev->kind);
    return COMPLAINT_OK;
}

/* The channel that somebody looked at. */
static cpl_str channel_looked_at(const cpl_event *ev) {
    cpl_scan scan;
    cpl_scan_init(&scan, ev->payload);
    bool found = cpl_scan_next(&scan) == CPL_SCAN_OBJECT && cpl_scan_find(&scan, "fields") && cpl_scan_next(&scan) == CPL_SCAN_OBJECT && cpl_scan_find(&scan, "channel") && cpl_scan_next(&scan) == CPL_SCAN_STRING;
    return found ? scan.raw : CPL_LIT("");
}

/* An answer is owed until its message is triaged, set aside once more or taken back; a reminder until somebody has looked. */
static void settle_earlier(cpl_case *end, const cpl_event *ev, const facts *f) {
    bool all = ev->kind == CPL_EV_TRIAGE || ev->kind == CPL_EV_SET_ASIDE || ev->kind == CPL_EV_UNSENT;
    cpl_str channel = ev->kind == CPL_EV_CHECK_CHANNEL ? channel_looked_at(ev) : CPL_LIT("");
    for (int64_t i = 0; i < end->notices; i++) {
        cpl_case_notice *n = &end->sent[i];
        if (n->event == ev->seq) n->about = ev->kind == CPL_EV_DUTY_UNCHECKED && f->channel.p ? f->channel : CPL_LIT("");
        else n->moot = n->moot || all || (channel.n && cpl_str_eq(n->about, channel));
    }
}

complaint_status cpl_fold_end(cpl_case *end, const cpl_event *ev, complaint_error *e) {
    static const member members[] = {
        {.name = "notices", .type = LIST, .element = cpl_fold_notice},
        {.name = "silenced", .type = LIST, .element = cpl_fold_silenced},
        {.name = "notice", .type = COUNT, .offset = offsetof(facts, notice)},
        {.name = "channel", .type = STRING, .offset = offsetof(facts, channel)},
        {.name = "body", .type = STRING, .offset = offsetof(facts, body)},
        {.name = "address", .type = STRING, .offset = offsetof(facts, address)},
    };
    facts f = {0};
    reader r = {.c = end, .ev = ev};
    complaint_status s = check_next(end, ev, e);
    if (s == COMPLAINT_OK) s = read_payload(&r, MEMBERS(members), &f, e);
    if (s != COMPLAINT_OK) return s;
    apply_fate(end, ev, &f);
    settle_earlier(end, ev, &f);
    move_end(end, ev);
    return COMPLAINT_OK;
}
