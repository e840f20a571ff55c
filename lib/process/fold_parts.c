/*
 * process/fold_parts: what an event says of referrals, parties and notices, and of who must not see the case.
 *
 * Owns: the members of their lists (docs/event-format.md). Must not know: what the event does to the case itself (fold.c).
 */
#include "process/fold.h"

#include <stddef.h>
#include <string.h>

typedef struct referral_fact {
    int64_t seq, lead;
    cpl_str kind, unit, outcome, state;
} referral_fact;

static const member referral_members[] = {
    {.name = "seq", .type = COUNT, .offset = offsetof(referral_fact, seq)},  {.name = "lead", .type = INTEGER, .offset = offsetof(referral_fact, lead)},
    {.name = "kind", .type = STRING, .offset = offsetof(referral_fact, kind)}, {.name = "unit", .type = STRING, .offset = offsetof(referral_fact, unit)},
    {.name = "outcome", .type = STRING, .offset = offsetof(referral_fact, outcome)}, {.name = "state", .type = STRING, .offset = offsetof(referral_fact, state)},
};

bool cpl_fold_referral(reader *r) {
    referral_fact f = {.kind = CPL_LIT(""), .unit = CPL_LIT(""), .outcome = CPL_LIT(""), .state = CPL_LIT("")};
    cpl_case *c = r->c;
    if (!cpl_read_object(r, MEMBERS(referral_members), &f) || f.seq != (int64_t)c->referral_count + 1 || f.unit.n == 0) return false;
    cpl_referral *items = cpl_fold_grow(r, c->referrals, c->referral_count, &c->referral_capacity, sizeof *items);
    if (!items) return false;
    c->referrals = items;
    items[c->referral_count++] = (cpl_referral){.seq = f.seq, .version = r->ev->seq, .cycle = *r->cycle ? *r->cycle : c->cycle, .kind = f.kind, .unit = f.unit, .state = CPL_LIT("sent"), .outcome = CPL_LIT(""), .lead = f.lead != 0, .begun = r->ev->seq,
                                                .sent_at = r->ev->happened_at};
    if (f.lead) c->lead_unit = f.unit;
    return true;
}

/* What a unit did with its referral: [{"seq":1,"state":"accepted"}], with an outcome when it is "reported". */
static const struct {
    const char *state;
    size_t at; /* the time it sets */
} referral_steps[] = {{"accepted", offsetof(cpl_referral, accepted_at)}, {"interim", offsetof(cpl_referral, interim_at)}, {"reported", offsetof(cpl_referral, resulted_at)},
                      {"handed_back", offsetof(cpl_referral, resulted_at)}, {"waived", offsetof(cpl_referral, resulted_at)}};

bool cpl_fold_step(reader *r) {
    referral_fact f = {.kind = CPL_LIT(""), .unit = CPL_LIT(""), .outcome = CPL_LIT(""), .state = CPL_LIT("")};
    if (!cpl_read_object(r, MEMBERS(referral_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->referral_count) return false;
    cpl_referral *ref = &r->c->referrals[f.seq - 1];
    ref->version = r->ev->seq;
    r->step = f.seq;
    for (size_t i = 0; i < sizeof referral_steps / sizeof referral_steps[0]; i++) {
        if (!cpl_str_is(f.state, referral_steps[i].state)) continue;
        memcpy((char *)ref + referral_steps[i].at, &r->ev->happened_at, sizeof(int64_t));
        if (!cpl_str_is(f.state, "interim")) ref->state = cpl_str_of(referral_steps[i].state);
        if (f.outcome.n) ref->outcome = f.outcome;
        return true;
    }
    return false;
}

/* What a unit did, or was sent, happened at another time. */
static const member retimed_members[] = {
    {.name = "seq", .type = COUNT, .offset = offsetof(cpl_referral, seq)},
    {.name = "sent_at", .type = INSTANT, .offset = offsetof(cpl_referral, sent_at)},
    {.name = "accepted_at", .type = INSTANT, .offset = offsetof(cpl_referral, accepted_at)},
    {.name = "interim_at", .type = INSTANT, .offset = offsetof(cpl_referral, interim_at)},
    {.name = "resulted_at", .type = INSTANT, .offset = offsetof(cpl_referral, resulted_at)},
};

static void set_time(int64_t *to, int64_t from) {
    if (from) *to = from;
}

bool cpl_fold_retimed(reader *r) {
    cpl_referral f = {0};
    if (!cpl_read_object(r, MEMBERS(retimed_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->referral_count) return false;
    cpl_referral *ref = &r->c->referrals[f.seq - 1];
    ref->version = r->ev->seq;
    set_time(&ref->sent_at, f.sent_at);
    set_time(&ref->accepted_at, f.accepted_at);
    set_time(&ref->interim_at, f.interim_at);
    set_time(&ref->resulted_at, f.resulted_at);
    return true;
}

static const member party_members[] = {
    {.name = "seq", .type = COUNT, .offset = offsetof(cpl_party, seq)},
    {.name = "part", .type = STRING, .offset = offsetof(cpl_party, part)},
    {.name = "identity", .type = STRING, .offset = offsetof(cpl_party, identity)},
    {.name = "channel", .type = STRING, .offset = offsetof(cpl_party, channel)},
    {.name = "name", .type = STRING, .offset = offsetof(cpl_party, name)},
    {.name = "address", .type = STRING, .offset = offsetof(cpl_party, address)},
    {.name = "known_as", .type = STRING, .offset = offsetof(cpl_party, known_as)},
};

bool cpl_fold_party(reader *r) {
    cpl_party f = {.version = r->ev->seq, .part = CPL_LIT(""), .identity = CPL_LIT(""), .channel = CPL_LIT(""), .state = CPL_LIT("active"), .name = CPL_LIT(""), .address = CPL_LIT(""), .known_as = CPL_LIT("")};
    cpl_case *c = r->c;
    if (!cpl_read_object(r, MEMBERS(party_members), &f) || f.seq != (int64_t)c->party_count + 1) return false;
    cpl_party *items = cpl_fold_grow(r, c->parties, c->party_count, &c->party_capacity, sizeof *items);
    if (!items) return false;
    if (f.known_as.n == 0) f.known_as = f.name;
    c->parties = items;
    items[c->party_count++] = f;
    return true;
}

/* A complainant's entry is another than was said first. */
bool cpl_fold_amended(reader *r) {
    cpl_party f = {0};
    if (!cpl_read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    cpl_party_amend(&r->c->parties[f.seq - 1], &f);
    r->c->parties[f.seq - 1].version = r->ev->seq;
    return true;
}

bool cpl_fold_withdrawn(reader *r) {
    cpl_party f = {.channel = CPL_LIT("")};
    if (!cpl_read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    cpl_party *p = &r->c->parties[f.seq - 1];
    p->state = CPL_LIT("withdrawn");
    p->withdrawn_in = r->c->cycle;
    p->version = p->went = r->ev->seq;
    return true;
}

/* Who had withdrawn and is a complainant again. */
bool cpl_fold_returned(reader *r) {
    cpl_party f = {.channel = CPL_LIT("")};
    if (!cpl_read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    cpl_party *p = &r->c->parties[f.seq - 1];
    p->state = CPL_LIT("active");
    p->version = p->went = r->ev->seq;
    return true;
}

/* Whom somebody tried to reach. */
bool cpl_fold_tried(reader *r) {
    cpl_party f = {.channel = CPL_LIT("")};
    if (!cpl_read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    r->c->parties[f.seq - 1].attempts++;
    return true;
}

/* Who heard at once what the event says, where not all did whom it is for: the others have a letter on its way, or were not meant. */
bool cpl_fold_heard(reader *r) {
    cpl_party f = {.channel = CPL_LIT("")};
    if (!cpl_read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    r->c->parties[f.seq - 1].heard_in = r->ev->seq;
    r->some = true;
    return true;
}

static const member blind_members[] = {
    {.name = "person", .type = STRING, .offset = offsetof(cpl_blind, person)},
    {.name = "unit", .type = STRING, .offset = offsetof(cpl_blind, unit)},
    {.name = "role", .type = STRING, .offset = offsetof(cpl_blind, role)},
};

/* What waits for whom the case is hidden from must not leave any more, also when it is taken back: his superior has heard it. [CR-4.2.5] */
static void silence(cpl_case *c, const cpl_blind *b) {
    for (int64_t i = 0; i < c->notices; i++) {
        cpl_case_notice *n = &c->sent[i];
        if (n->fate == CPL_NOTICE_OPEN && cpl_is_blind_among(b, 1, n->to, n->to)) n->moot = true;
    }
}

bool cpl_fold_blind(reader *r) {
    cpl_blind f = {CPL_LIT(""), CPL_LIT(""), CPL_LIT("")};
    cpl_case *c = r->c;
    if (!cpl_read_object(r, MEMBERS(blind_members), &f)) return false;
    cpl_blind *items = cpl_fold_grow(r, c->blind, c->blind_count, &c->blind_capacity, sizeof *items);
    if (!items) return false;
    c->blind = items;
    items[c->blind_count++] = f;
    silence(c, &f);
    return true;
}

/* Who sees it again: what is named is taken out of every entry, one that names nobody any more goes. An earlier state of the case may share the list, so it is not changed. */
bool cpl_fold_seeing(reader *r) {
    cpl_blind f = {CPL_LIT(""), CPL_LIT(""), CPL_LIT("")};
    cpl_case *c = r->c;
    if (!cpl_read_object(r, MEMBERS(blind_members), &f)) return false;
    cpl_blind *items = cpl_arena_alloc(c->arena, (c->blind_count + 1) * sizeof *items);
    size_t kept = 0;
    r->memory = !items;
    for (size_t i = 0; items && i < c->blind_count; i++) {
        cpl_blind b = c->blind[i];
        if (f.person.n && cpl_str_eq(b.person, f.person)) b.person = CPL_LIT("");
        if (f.unit.n && cpl_str_eq(b.unit, f.unit)) b.unit = CPL_LIT("");
        if (f.role.n && cpl_str_eq(b.role, f.role)) b.role = CPL_LIT("");
        if (b.person.n || b.unit.n || b.role.n) items[kept++] = b;
    }
    if (!items) return false;
    c->blind = items;
    c->blind_capacity = c->blind_count + 1;
    c->blind_count = kept;
    return true;
}

typedef struct numbered_fact {
    int64_t seq;
} numbered_fact;

static const member numbered_members[] = {{.name = "seq", .type = COUNT, .offset = offsetof(numbered_fact, seq)}};

bool cpl_fold_number(reader *r, int64_t *last) {
    numbered_fact f = {0};
    if (!cpl_read_object(r, MEMBERS(numbered_members), &f) || f.seq != *last + 1) return false;
    *last = f.seq;
    return true;
}

/* The number behind `complainant-`, 1 without one; 0: it is for somebody else. */
static int64_t complainant_of(cpl_str to) {
    static const char first[] = "complainant";
    enum { N = sizeof first - 1 };
    int64_t seq = 0;
    if (to.n < N || memcmp(to.p, first, N) != 0) return 0;
    if (to.n == N) return 1;
    for (size_t i = N + 1; i < to.n && to.n < N + 12; i++) seq = to.p[i] >= '0' && to.p[i] <= '9' ? 10 * seq + (to.p[i] - '0') : 0;
    return to.p[N] == '-' ? seq : 0;
}

typedef struct notice_fact {
    int64_t seq, by_hand, silent, refused;
    cpl_str to, template_name, proof;
} notice_fact;

static const member notice_members[] = {
    {.name = "seq", .type = COUNT, .offset = offsetof(notice_fact, seq)},
    {.name = "to", .type = STRING, .offset = offsetof(notice_fact, to)},
    {.name = "template", .type = STRING, .offset = offsetof(notice_fact, template_name)},
    {.name = "proof", .type = STRING, .offset = offsetof(notice_fact, proof)},
    {.name = "by_hand", .type = INTEGER, .offset = offsetof(notice_fact, by_hand)},
    {.name = "silent", .type = INTEGER, .offset = offsetof(notice_fact, silent)},
    {.name = "refused", .type = INTEGER, .offset = offsetof(notice_fact, refused)},
};

static cpl_notice_fate first_fate(const notice_fact *f) {
    if (f->by_hand) return CPL_NOTICE_BY_HAND;
    return f->silent ? CPL_NOTICE_SILENT : f->refused ? CPL_NOTICE_REFUSED : CPL_NOTICE_OPEN;
}

bool cpl_fold_notice(reader *r) {
    notice_fact f = {.to = CPL_LIT(""), .template_name = CPL_LIT(""), .proof = CPL_LIT("")};
    cpl_case *c = r->c;
    if (!cpl_read_object(r, MEMBERS(notice_members), &f) || f.seq != c->notices + 1) return false;
    cpl_case_notice *items = cpl_fold_grow(r, c->sent, (size_t)c->notices, &c->notice_capacity, sizeof *items);
    if (!items) return false;
    c->sent = items;
    items[c->notices++] = (cpl_case_notice){.event = r->ev->seq, .party = complainant_of(f.to), .template_name = f.template_name, .to = f.to, .proof = f.proof, .fate = first_fate(&f), .kind = r->ev->kind};
    return true;
}

bool cpl_tells(int32_t kind) { return kind == CPL_EV_NOTIFY_RESULT || kind == CPL_EV_ANSWER; }

/* To nobody is on its way any more what the notice would have counted as. */
static void stop_on_its_way(cpl_case *c, const cpl_case_notice *n) {
    for (size_t i = 0; i < c->party_count; i++) {
        cpl_party *p = &c->parties[i];
        if (p->seq != n->party) continue;
        if (n->kind == CPL_EV_ACKNOWLEDGE) p->acknowledging = false;
        if (cpl_tells(n->kind)) p->telling = false;
    }
}

static cpl_case_notice *open_notice(const cpl_case *c, int64_t seq) {
    return seq >= 1 && seq <= c->notices && c->sent[seq - 1].fate == CPL_NOTICE_OPEN ? &c->sent[seq - 1] : NULL;
}

/* What waited where an archive was written is not sent from here. */
bool cpl_fold_silenced(reader *r) {
    numbered_fact f = {0};
    if (!cpl_read_object(r, MEMBERS(numbered_members), &f)) return false;
    cpl_case_notice *n = open_notice(r->c, f.seq);
    if (!n) return false;
    n->fate = CPL_NOTICE_SILENT;
    stop_on_its_way(r->c, n);
    return true;
}

/* What waited goes another way, or cannot go by it. */
bool cpl_fold_rerouted(reader *r) {
    notice_fact f = {.proof = CPL_LIT("")};
    if (!cpl_read_object(r, MEMBERS(notice_members), &f)) return false;
    cpl_case_notice *n = open_notice(r->c, f.seq);
    if (!n || f.proof.n == 0) return false;
    n->proof = f.proof;
    if (!f.refused) return true;
    n->fate = CPL_NOTICE_REFUSED;
    stop_on_its_way(r->c, n);
    return true;
}
