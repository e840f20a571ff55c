/*
 * process/fold: events → case.
 *
 * Owns: the meaning of an event's payload (docs/event-format.md). Must not know: policy and calendar; what they decided is in the payload, so that a log
 * can be replayed without them.
 */
#include "process/process.h"

#include <string.h>

const char *const cpl_clock_state_names[] = {"", "running", "stopped", "cancelled", "paused"};

void cpl_case_init(cpl_case *c, cpl_arena *a, int64_t id) {
    *c = (cpl_case){.arena = a, .id = id, .cycle = 1};
    cpl_str *texts[] = {&c->state, &c->phase, &c->class_code, &c->nature, &c->channel, &c->lead_unit, &c->assignee, &c->back_state, &c->back_phase, &c->origin, &c->origin_ref, &c->decision};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) *texts[i] = CPL_LIT("");
}

/* ---- reading a payload ------------------------------------------------------------------------------------------- */

typedef struct reader {
    cpl_scan scan;
    cpl_case *c;
    const cpl_event *ev;
    bool memory; /* out of memory, as opposed to a bad payload */
    bool told;   /* the event tells the result */
    bool acknowledged, failed; /* it acknowledges; an acknowledgement could not be delivered */
    bool untold; /* a result could not be delivered */
    bool some;   /* it names those who heard it at once; else all did whom it is for */
    const int64_t *cycle; /* the cycle that the event begins, 0: none */
    int64_t step;         /* the referral that it is a step of, 0: none */
    int64_t speaks;       /* the clock whose reminder the event is, 0: none's */
} reader;

/* INSTANT, COUNT: an integer that can be one. What the log cannot have written goes no further, so nothing above this line computes with the ends of int64. */
typedef enum { STRING, INTEGER, INSTANT, COUNT, LIST, MARK } member_type;

typedef struct member {
    const char *name;
    member_type type;
    size_t offset;                     /* STRING, INTEGER, INSTANT, COUNT: where in the target */
    bool (*element)(reader *r);        /* LIST: reads one object whose `{` was read */
    bool (*mark)(reader *r, cpl_str s); /* MARK: takes one string of the list */
} member;

static bool take_string(reader *r, cpl_str *out) {
    if (!r->scan.escaped) {
        *out = r->scan.raw;
        return true;
    }
    cpl_buf b;
    cpl_buf_init(&b, r->c->arena->m);
    bool ok = cpl_scan_unescape(&r->scan, &b);
    r->memory = b.failed || (ok && !cpl_arena_str(r->c->arena, (cpl_str){b.data, b.size}, out));
    cpl_buf_free(&b);
    return ok && !r->memory;
}

static bool read_list(reader *r, const member *m) {
    if (cpl_scan_next(&r->scan) != CPL_SCAN_ARRAY) return false;
    for (;;) {
        int t = cpl_scan_next(&r->scan);
        cpl_str s;
        if (t == CPL_SCAN_ARRAY_END) return true;
        if (t == CPL_SCAN_OBJECT && m->type == LIST) {
            if (!m->element(r)) return false;
        } else if (t == CPL_SCAN_STRING && m->type == MARK) {
            if (!take_string(r, &s) || !m->mark(r, s)) return false;
        } else {
            return false;
        }
    }
}

static bool take_integer(const reader *r, member_type type, void *out) {
    int64_t v = r->scan.integer;
    if (type == INSTANT && !cpl_instant_in_range(v)) return false;
    if (type == COUNT && (v < 0 || v > INT32_MAX)) return false;
    memcpy(out, &v, sizeof v);
    return true;
}

static bool read_member(reader *r, const member *m, void *target) {
    if (m->type == LIST || m->type == MARK) return read_list(r, m);
    void *out = (char *)target + m->offset;
    int t = cpl_scan_next(&r->scan);
    if (m->type == STRING) return t == CPL_SCAN_STRING && take_string(r, out);
    return t == CPL_SCAN_INT && take_integer(r, m->type, out);
}

static bool skip_value(reader *r) {
    int t = cpl_scan_next(&r->scan);
    if (t == CPL_SCAN_OBJECT || t == CPL_SCAN_ARRAY) return cpl_scan_skip(&r->scan);
    return t != CPL_SCAN_BAD && t != CPL_SCAN_END;
}

/* Reads the members of an object whose `{` was read; members that are not in the table are for people and reports. */
static bool read_object(reader *r, const member *members, size_t count, void *target) {
    for (;;) {
        int t = cpl_scan_next(&r->scan);
        if (t == CPL_SCAN_OBJECT_END) return true;
        if (t != CPL_SCAN_KEY) return false;
        size_t i = 0;
        while (i < count && !cpl_str_is(r->scan.raw, members[i].name)) i++;
        if (!(i < count ? read_member(r, &members[i], target) : skip_value(r))) return false;
    }
}

#define MEMBERS(m) (m), sizeof(m) / sizeof((m)[0])

/* Makes room for one more element of an arena array. */
static void *grow(reader *r, void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return items;
    size_t wanted = *capacity ? 2 * *capacity : 4;
    void *p = cpl_arena_alloc(r->c->arena, wanted * size);
    if (!p) {
        r->memory = true;
        return NULL;
    }
    if (count) memcpy(p, items, count * size);
    *capacity = wanted;
    return p;
}

/* ---- clocks ---------------------------------------------------------------------------------------------------------- */

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
    cpl_case_clock *items = grow(r, c->clocks, c->clock_count, &c->clock_capacity, sizeof *items);
    if (!items) return false;
    c->clocks = items;
    items[c->clock_count++] = (cpl_case_clock){.seq = f->seq, .version = r->ev->seq, .begun = r->ev->seq, .cycle = *r->cycle ? *r->cycle : c->cycle, .referral = f->referral, .rule = f->rule, .state = CPL_CLOCK_RUNNING,
                                               .started_at = f->from, .length = f->length, .nominal_at = f->nominal, .due_at = f->due, .wake_at = f->wake ? f->wake : CPL_NEVER};
    return true;
}

/* A list that an earlier state of the case may share is never changed: the clock gets a longer copy. */
static void *longer(reader *r, const void *items, size_t count, size_t size) {
    char *p = cpl_arena_alloc(r->c->arena, (count + 1) * size);
    if (!p) r->memory = true;
    else if (count) memcpy(p, items, count * size);
    return p;
}

static bool pause_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    cpl_pause *pauses = longer(r, k->pauses, k->pause_count, sizeof *pauses);
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
    cpl_pause *pauses = longer(r, k->pauses, k->pause_count, sizeof *pauses);
    if (!pauses || k->state != CPL_CLOCK_PAUSED) return false;
    pauses[k->pause_count - 1].until = f->at;
    k->pauses = pauses;
    k->state = CPL_CLOCK_RUNNING;
    if (f->warned) k->warned = f->warned;
    move_clock(k, f);
    return true;
}

static bool extend_clock(reader *r, cpl_case_clock *k, const clock_fact *f) {
    int64_t *extensions = longer(r, k->extensions, k->extension_count, sizeof *extensions);
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

static bool clock_element(reader *r) {
    clock_fact f = {.act = CPL_LIT(""), .rule = CPL_LIT("")};
    if (!read_object(r, MEMBERS(clock_members), &f)) return false;
    if (cpl_str_is(f.act, "start")) return start_clock(r, &f);
    if (f.seq < 1 || f.seq > (int64_t)r->c->clock_count) return false;
    cpl_case_clock *k = &r->c->clocks[f.seq - 1];
    k->version = r->ev->seq;
    for (size_t i = 0; i < sizeof clock_acts / sizeof clock_acts[0]; i++)
        if (cpl_str_is(f.act, clock_acts[i].name)) return clock_acts[i].apply(r, k, &f);
    return false;
}

/* ---- referrals, parties, notices ---------------------------------------------------------------------------------------- */

typedef struct referral_fact {
    int64_t seq, lead;
    cpl_str kind, unit, outcome, state;
} referral_fact;

static const member referral_members[] = {
    {.name = "seq", .type = COUNT, .offset = offsetof(referral_fact, seq)},  {.name = "lead", .type = INTEGER, .offset = offsetof(referral_fact, lead)},
    {.name = "kind", .type = STRING, .offset = offsetof(referral_fact, kind)}, {.name = "unit", .type = STRING, .offset = offsetof(referral_fact, unit)},
    {.name = "outcome", .type = STRING, .offset = offsetof(referral_fact, outcome)}, {.name = "state", .type = STRING, .offset = offsetof(referral_fact, state)},
};

static bool referral_element(reader *r) {
    referral_fact f = {.kind = CPL_LIT(""), .unit = CPL_LIT(""), .outcome = CPL_LIT(""), .state = CPL_LIT("")};
    cpl_case *c = r->c;
    if (!read_object(r, MEMBERS(referral_members), &f) || f.seq != (int64_t)c->referral_count + 1 || f.unit.n == 0) return false;
    cpl_referral *items = grow(r, c->referrals, c->referral_count, &c->referral_capacity, sizeof *items);
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

static bool step_element(reader *r) {
    referral_fact f = {.kind = CPL_LIT(""), .unit = CPL_LIT(""), .outcome = CPL_LIT(""), .state = CPL_LIT("")};
    if (!read_object(r, MEMBERS(referral_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->referral_count) return false;
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

static bool retimed_element(reader *r) {
    cpl_referral f = {0};
    if (!read_object(r, MEMBERS(retimed_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->referral_count) return false;
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
};

static bool party_element(reader *r) {
    cpl_party f = {.version = r->ev->seq, .part = CPL_LIT(""), .identity = CPL_LIT(""), .channel = CPL_LIT(""), .state = CPL_LIT("active"), .name = CPL_LIT(""), .address = CPL_LIT("")};
    cpl_case *c = r->c;
    if (!read_object(r, MEMBERS(party_members), &f) || f.seq != (int64_t)c->party_count + 1) return false;
    cpl_party *items = grow(r, c->parties, c->party_count, &c->party_capacity, sizeof *items);
    if (!items) return false;
    c->parties = items;
    items[c->party_count++] = f;
    return true;
}

static bool withdrawn_element(reader *r) {
    cpl_party f = {.channel = CPL_LIT("")};
    if (!read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    cpl_party *p = &r->c->parties[f.seq - 1];
    p->state = CPL_LIT("withdrawn");
    p->withdrawn_in = r->c->cycle;
    p->version = r->ev->seq;
    return true;
}

/* Who had withdrawn and is a complainant again. */
static bool returned_element(reader *r) {
    cpl_party f = {.channel = CPL_LIT("")};
    if (!read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    r->c->parties[f.seq - 1].state = CPL_LIT("active");
    r->c->parties[f.seq - 1].version = r->ev->seq;
    return true;
}

/* Whom somebody tried to reach. */
static bool tried_element(reader *r) {
    cpl_party f = {.channel = CPL_LIT("")};
    if (!read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    r->c->parties[f.seq - 1].attempts++;
    return true;
}

/* Who heard at once what the event says, where not all did whom it is for: the others have a letter on its way, or were not meant. */
static bool heard_element(reader *r) {
    cpl_party f = {.channel = CPL_LIT("")};
    if (!read_object(r, MEMBERS(party_members), &f) || f.seq < 1 || f.seq > (int64_t)r->c->party_count) return false;
    r->c->parties[f.seq - 1].heard_in = r->ev->seq;
    r->some = true;
    return true;
}

static const member blind_members[] = {
    {.name = "person", .type = STRING, .offset = offsetof(cpl_blind, person)},
    {.name = "unit", .type = STRING, .offset = offsetof(cpl_blind, unit)},
    {.name = "role", .type = STRING, .offset = offsetof(cpl_blind, role)},
};

static bool blind_element(reader *r) {
    cpl_blind f = {CPL_LIT(""), CPL_LIT(""), CPL_LIT("")};
    cpl_case *c = r->c;
    if (!read_object(r, MEMBERS(blind_members), &f)) return false;
    cpl_blind *items = grow(r, c->blind, c->blind_count, &c->blind_capacity, sizeof *items);
    if (!items) return false;
    c->blind = items;
    items[c->blind_count++] = f;
    return true;
}

/* Who sees it again: what is named is taken out of every entry, one that names nobody any more goes. An earlier state of the case may share the list, so it is not changed. */
static bool seeing_element(reader *r) {
    cpl_blind f = {CPL_LIT(""), CPL_LIT(""), CPL_LIT("")};
    cpl_case *c = r->c;
    if (!read_object(r, MEMBERS(blind_members), &f)) return false;
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

static bool next_number(reader *r, int64_t *last) {
    numbered_fact f = {0};
    if (!read_object(r, MEMBERS(numbered_members), &f) || f.seq != *last + 1) return false;
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

static bool notice_element(reader *r) {
    notice_fact f = {.to = CPL_LIT(""), .template_name = CPL_LIT(""), .proof = CPL_LIT("")};
    cpl_case *c = r->c;
    if (!read_object(r, MEMBERS(notice_members), &f) || f.seq != c->notices + 1) return false;
    cpl_case_notice *items = grow(r, c->sent, (size_t)c->notices, &c->notice_capacity, sizeof *items);
    if (!items) return false;
    c->sent = items;
    items[c->notices++] = (cpl_case_notice){.event = r->ev->seq, .party = complainant_of(f.to), .template_name = f.template_name, .to = f.to, .proof = f.proof, .fate = first_fate(&f), .kind = r->ev->kind};
    return true;
}

static bool tells(int32_t kind) { return kind == CPL_EV_NOTIFY_RESULT || kind == CPL_EV_ANSWER; }

/* What waited where an archive was written is not sent from here: to nobody is what it would have counted as on its way. */
static bool silenced_element(reader *r) {
    numbered_fact f = {0};
    cpl_case *c = r->c;
    if (!read_object(r, MEMBERS(numbered_members), &f) || f.seq < 1 || f.seq > c->notices || c->sent[f.seq - 1].fate != CPL_NOTICE_OPEN) return false;
    cpl_case_notice *n = &c->sent[f.seq - 1];
    n->fate = CPL_NOTICE_SILENT;
    for (size_t i = 0; i < c->party_count; i++) {
        cpl_party *p = &c->parties[i];
        if (p->seq != n->party) continue;
        if (n->kind == CPL_EV_ACKNOWLEDGE) p->acknowledging = false;
        if (tells(n->kind)) p->telling = false;
    }
    return true;
}

static bool paper_element(reader *r) { return next_number(r, &r->c->papers); }
static bool evidence_element(reader *r) { return next_number(r, &r->c->evidence); }

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

static bool times_element(reader *r) { return read_object(r, MEMBERS(time_members), r->c); }

/* A unit that an order names; the same one twice is one. An earlier state of the case may share the list, so it becomes another one. */
static bool ordered_mark(reader *r, cpl_str s) {
    cpl_case *c = r->c;
    for (size_t i = 0; i < c->ordered_count; i++)
        if (cpl_str_eq(c->ordered[i], s)) return true;
    cpl_str *items = longer(r, c->ordered, c->ordered_count, sizeof *items);
    if (!items) return false;
    items[c->ordered_count++] = s;
    c->ordered = items;
    return true;
}

/* ---- the case ----------------------------------------------------------------------------------------------------------------- */

typedef struct facts {
    cpl_str state, phase, class_code, nature, channel;
    cpl_str assignee, origin, origin_ref, decision;
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
    {.name = "received_at", .type = INSTANT, .offset = offsetof(facts, received_at)},
    {.name = "flags_set", .type = INTEGER, .offset = offsetof(facts, flags_set)},
    {.name = "flags_cleared", .type = INTEGER, .offset = offsetof(facts, flags_cleared)},
    {.name = "year", .type = COUNT, .offset = offsetof(facts, year)},
    {.name = "number", .type = COUNT, .offset = offsetof(facts, number)},
    {.name = "clocks", .type = LIST, .element = clock_element},
    {.name = "referrals", .type = LIST, .element = referral_element},
    {.name = "assignee", .type = STRING, .offset = offsetof(facts, assignee)},
    {.name = "origin", .type = STRING, .offset = offsetof(facts, origin)},
    {.name = "origin_ref", .type = STRING, .offset = offsetof(facts, origin_ref)},
    {.name = "decision", .type = STRING, .offset = offsetof(facts, decision)},
    {.name = "ordered", .type = MARK, .mark = ordered_mark},
    {.name = "cycle", .type = COUNT, .offset = offsetof(facts, cycle)},
    {.name = "examination", .type = INTEGER, .offset = offsetof(facts, examination)},
    {.name = "notice", .type = COUNT, .offset = offsetof(facts, notice)},
    {.name = "lead", .type = COUNT, .offset = offsetof(facts, lead)},
    {.name = "steps", .type = LIST, .element = step_element},
    {.name = "corrects", .type = COUNT, .offset = offsetof(facts, corrects)},
    {.name = "retimed", .type = LIST, .element = retimed_element},
    {.name = "times", .type = LIST, .element = times_element},
    {.name = "withdrawn", .type = LIST, .element = withdrawn_element},
    {.name = "returned", .type = LIST, .element = returned_element},
    {.name = "tried", .type = LIST, .element = tried_element},
    {.name = "heard", .type = LIST, .element = heard_element},
    {.name = "blind", .type = LIST, .element = blind_element},
    {.name = "seeing", .type = LIST, .element = seeing_element},
    {.name = "papers", .type = LIST, .element = paper_element},
    {.name = "parties", .type = LIST, .element = party_element},
    {.name = "notices", .type = LIST, .element = notice_element},
    {.name = "silenced", .type = LIST, .element = silenced_element},
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
        if (!cpl_str_is(r->state, "sent") && !cpl_str_is(r->state, "accepted")) continue;
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
    cpl_stay *items = grow(r, c->stays, c->stay_count, &c->stay_capacity, sizeof *items);
    if (!items) return false;
    c->stays = items;
    items[c->stay_count++] = (cpl_stay){f->state, r->ev->happened_at, r->ev->seq};
    return true;
}

static bool add_deed(reader *r) {
    cpl_case *c = r->c;
    size_t count = (size_t)r->ev->seq - 1;
    cpl_deed *items = grow(r, c->deeds, count, &c->deed_capacity, sizeof *items);
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
    if (f->received_at) c->received_at = f->received_at;
    for (int i = 0; i < CPL_FLAG_BITS; i++)
        if (f->flags_set & ~c->flags & (INT64_C(1) << i)) c->flagged_seqs[i] = ev->seq;
    c->flags = (c->flags | f->flags_set) & ~f->flags_cleared;
    if (f->number) {
        c->fiscal_year = f->year;
        c->number = f->number;
    }
}

int64_t cpl_case_flagged_seq(const cpl_case *c, int64_t flags) {
    int64_t last = 0;
    for (int i = 0; i < CPL_FLAG_BITS; i++)
        if ((c->flags & flags & (INT64_C(1) << i)) && c->flagged_seqs[i] > last) last = c->flagged_seqs[i];
    return last;
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

bool cpl_party_waits(const cpl_party *p) { return cpl_party_is_owed(p) && !p->acknowledged_at && !p->acknowledging; }

const cpl_case_notice *cpl_case_sent(const cpl_case *c, int64_t notice) { return notice >= 1 && notice <= c->notices ? &c->sent[notice - 1] : NULL; }

bool cpl_case_reminder_is_moot(const cpl_case *c, const cpl_case_notice *n) {
    if (n->clock == 0) return false;
    int state = c->clocks[n->clock - 1].state;
    return n->moot || state == CPL_CLOCK_STOPPED || state == CPL_CLOCK_CANCELLED;
}

bool cpl_case_notice_is_moot(const cpl_case *c, const cpl_case_notice *n) {
    const cpl_party *p = n->party >= 1 && n->party <= (int64_t)c->party_count ? &c->parties[n->party - 1] : NULL;
    return n->moot || cpl_case_reminder_is_moot(c, n) || (p && p->withdrawn_in && n->event <= p->version);
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
        if (tells(r->ev->kind)) p->telling = true;
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
    if (cpl_scan_next(&r->scan) == CPL_SCAN_OBJECT && read_object(r, members, count, target) && cpl_scan_next(&r->scan) == CPL_SCAN_END) return COMPLAINT_OK;
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
    complaint_status s = check_next(c, ev, e);
    if (s == COMPLAINT_OK) s = read_payload(&r, MEMBERS(case_members), &f, e);
    if (s == COMPLAINT_OK && !(add_stay(&r, &f) && add_deed(&r) && correct_deed(&r, f.corrects))) s = r.memory ? cpl_fail(e, COMPLAINT_E_MEMORY, NULL) : bad_event(ev, 0, e);
    if (s != COMPLAINT_OK) return s;
    apply_facts(c, &f, ev);
    if (ev->kind == CPL_EV_ANSWER || ev->kind == CPL_EV_REPORT_RESULT) apply_result(c, ev->happened_at);
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
        {.name = "notices", .type = LIST, .element = notice_element},
        {.name = "silenced", .type = LIST, .element = silenced_element},
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
