/*
 * Lives of random cases: anybody does anything, at any time, while stores break down, holidays are announced late and clocks are put back. A world is one
 * office with some cases, made from a seed; the drivers choose how many worlds there are.
 *
 * What holds after each step: the answer is one of the documented ones; a refused action has committed nothing; no clock lives in a finished case but those that survive its end; a number is
 * the next of its register; a notice has its cause in the log (of a case, a message or a day), and what was delivered does not go out again. What holds after some steps: verify finds nothing
 * (fold = projections), nobody sees a case, a text or a person that he may not see, in any page, as cells or as JSON.
 *
 * The oracle of who may see what is kept here, from what was done, not from the library.
 */
#ifndef TEST_SCENARIO_RANDOM_LIFE_H
#define TEST_SCENARIO_RANDOM_LIFE_H

#include "desk/desk.h"
#include "support/desk.h"

#include <complaint/date.h>
#include <complaint/report.h>
#include <complaint/schema.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_CASES = 48, MOST_MESSAGES = 64, MOST_PEOPLE = 24, MOST_SENT = 2048, MOST_BLIND = 16, MOST_PARTIES = 12, MOST_UNITS = 24, MOST_YEARS = 8, MOST_NUMBERS = 256, MOST_DAYS = 1024, MOST_CHANNELS = 16, MOST_COMMITS = 1 << 20 };

/* A person whose name, address, conversation, or number in a field that the policy marks as identity, is planted. */
typedef struct planted {
    int64_t case_id, message;
    int64_t goes_with; /* it was entered when this message was set aside, and is shown like its sender; 0 */
    int64_t twins[8]; /* cases that were split from it: matters of their own, whose first complainant is the same person */
    int twin_count;
    int party;      /* the complainant of the case, from 1; 0: every complainant's level has to be open to who sees it (a message that joined) */
    bool word;      /* a message, whose text is planted too */
    bool entry;     /* name and address in the complainant's entry, which a split takes along */
} planted;

typedef struct blind_one {
    char person[CPL_ID_MAX + 1], unit[CPL_ID_MAX + 1], role[CPL_ID_MAX + 1];
} blind_one;

typedef struct known_case {
    int64_t id, revision;
    char levels[MOST_PARTIES][16];
    bool withdrawn[MOST_PARTIES];
    int cycle, withdrawn_in[MOST_PARTIES]; /* the cycle in which he withdrew */
    bool ended_by_them;                    /* the last cycle ended with a withdrawal */
    int parties;
    blind_one blind[MOST_BLIND];
    int blind_count;
    char units[MOST_UNITS][CPL_ID_MAX + 1];
    int unit_count;
    int64_t registered;
} known_case;

typedef struct sent_one {
    char intent[160];
    uint32_t body;
    bool delivered, accepted;
} sent_one;

typedef struct staff {
    complaint_actor *actor;
    char id[32], unit[CPL_ID_MAX + 1], role[CPL_ID_MAX + 1], second_role[CPL_ID_MAX + 1];
    char acting[CPL_ID_MAX + 1]; /* the one of his roles that he stands in for, or empty */
} staff;

typedef struct world {
    uint64_t seed, chance;
    int64_t step, steps, acted, refused, failed, pages;
    const char *doing; /* for the words of a failure */
    /* the place */
    complaint_memory *memory;
    complaint_sqlite *sqlite;
    char path[64];
    complaint_store store;
    complaint_fault *fault;
    bool armed; /* a fault is set: answers and sendings may repeat */
    bool dirty; /* a fault has struck since the world was last known to be whole */
    /* the desk */
    complaint_policy *policy;
    complaint_calendar *calendar;
    complaint_setup *setup;
    complaint_desk *desk;
    complaint_draft *draft;
    int64_t now;
    staff people[MOST_PEOPLE];
    int people_count;
    /* what is known */
    known_case cases[MOST_CASES];
    int case_count;
    planted plants[MOST_MESSAGES + MOST_CASES * MOST_PARTIES + MOST_NUMBERS];
    int number_count;
    int plant_count;
    int64_t messages[MOST_MESSAGES];
    int message_plant[MOST_MESSAGES];
    bool aside[MOST_MESSAGES]; /* set aside, and nothing else since */
    bool looked[MOST_DAYS][MOST_CHANNELS], ticked[MOST_DAYS]; /* by day from FIRST_DAY on, and the policy's channels */
    int message_count;
    sent_one *sent;
    int sent_count;
    int64_t numbers[MOST_YEARS]; /* the last number of fiscal year 2567 + i */
    int holidays;
    int64_t calls;
    int64_t verbs[64];
} world;

#define DEFECT(w, ...)                                                                                                                                                             \
    do {                                                                                                                                                                           \
        print_error("seed %" PRIu64 ", step %" PRId64 " (%s): ", (w)->seed, (w)->step, (w)->doing);                                                                                \
        print_error(__VA_ARGS__);                                                                                                                                                  \
        print_error("\n");                                                                                                                                                         \
        fail();                                                                                                                                                                    \
    } while (0)

static inline uint32_t roll(world *w, uint32_t sides) {
    w->chance = w->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(w->chance >> 33) % sides;
}

static inline bool chance(world *w, uint32_t percent) { return roll(w, 100) < percent; }

/* `from` may lie in the same world as `to`, so nothing here says that they are apart. */
static inline void keep_text(char *to, size_t capacity, const char *from) {
    size_t n = from ? strlen(from) : 0;
    if (n >= capacity) n = capacity - 1;
    if (n) memmove(to, from, n);
    to[n] = '\0';
}

/* ---- clock and notifier --------------------------------------------------------------------------------------------------- */

static inline complaint_status COMPLAINT_CALL life_time(void *self, int64_t *now, complaint_host_error *e) {
    (void)e;
    *now = ((world *)self)->now;
    return COMPLAINT_OK;
}

static inline uint32_t sum_of(const char *s) {
    uint32_t h = 2166136261u;
    for (; *s; s++) h = (h ^ (uint8_t)*s) * 16777619u;
    return h;
}

static inline known_case *case_of(world *w, int64_t id) {
    for (int i = 0; i < w->case_count; i++)
        if (w->cases[i].id == id) return &w->cases[i];
    return NULL;
}

/* 1 September 2025: no world begins before. */
enum { FIRST_DAY = 20332 };

static inline int day_index(int64_t day) { return day >= FIRST_DAY && day < FIRST_DAY + MOST_DAYS ? (int)(day - FIRST_DAY) : -1; }

/* Only who wrote a message that is no matter is answered, where he wrote from, by a way that can carry it, and nothing of what he wrote. */
static inline void check_sender(world *w, const complaint_notice *n) {
    char thread[64];
    int at = 0;
    int channel = cpl_policy_channel(w->policy, cpl_str_of(complaint_notice_channel(n)));
    while (at < w->message_count && w->messages[at] != complaint_notice_message(n)) at++;
    if (strcmp(complaint_notice_recipient(n), "sender") != 0) DEFECT(w, "an answer goes to %s", complaint_notice_recipient(n));
    if (channel < 0 || !w->policy->channels[channel].reply) DEFECT(w, "an answer goes by %s", complaint_notice_channel(n));
    if (strstr(complaint_notice_body(n), "SECRET")) DEFECT(w, "an answer says %s", complaint_notice_body(n));
    if (at == w->message_count) {
        if (!w->dirty) DEFECT(w, "an answer to a message that nobody took in");
        return;
    }
    snprintf(thread, sizeof thread, "SECRETTHREAD-%d-", w->message_plant[at]);
    if (strcmp(complaint_notice_address(n), thread) != 0) DEFECT(w, "an answer goes to %s, not to %s", complaint_notice_address(n), thread);
    if (!w->aside[at] && !w->dirty) DEFECT(w, "an answer to a message that is not set aside");
}

/* Nobody is reminded of a channel somebody has looked at, nor with a complainant's address. */
static inline void check_reminder(world *w, const complaint_notice *n) {
    int named = 0, open = 0, at = day_index(complaint_notice_day(n));
    for (size_t i = 0; i < w->policy->channel_count; i++) {
        const cpl_channel *c = &w->policy->channels[i];
        if (c->remind_at < 0 || !strstr(complaint_notice_body(n), c->code.label.th.p)) continue;
        named++;
        open += at < 0 || !w->looked[at][i];
    }
    if (named == 0) DEFECT(w, "a reminder of no channel: %s", complaint_notice_body(n));
    if (open == 0) DEFECT(w, "somebody has looked: %s", complaint_notice_body(n));
    if (complaint_notice_address(n)[0] || cpl_policy_role(w->policy, cpl_str_of(complaint_notice_recipient(n))) < 0) DEFECT(w, "a reminder goes to %s", complaint_notice_recipient(n));
}

/* Who has withdrawn is told nothing more. */
static inline void check_recipient(world *w, const complaint_notice *n) {
    if (complaint_notice_message(n)) check_sender(w, n);
    if (complaint_notice_day(n)) check_reminder(w, n);
    if (complaint_notice_message(n) || complaint_notice_day(n)) return;
    const char *to = complaint_notice_recipient(n);
    const known_case *c = case_of(w, complaint_notice_case(n));
    if (!c) DEFECT(w, "a notice of a case that nobody opened");
    if (strcmp(to, "origin") == 0) {
        if (cpl_policy_origin(w->policy, cpl_str_of(complaint_notice_address(n))) < 0) DEFECT(w, "an answer to a body called %s", complaint_notice_address(n));
        return;
    }
    if (strncmp(to, "complainant", 11) != 0) {
        if (complaint_notice_address(n)[0]) DEFECT(w, "a notice to %s has a complainant's address", to);
        return;
    }
    int party = to[11] == '-' ? atoi(to + 12) - 1 : 0;
    if (party < 0 || party >= c->parties) DEFECT(w, "%s is nobody", to);
    if (c->withdrawn[party]) DEFECT(w, "%s has withdrawn and gets %s", to, complaint_notice_template(n));
}

static inline complaint_status COMPLAINT_CALL life_send(void *self, const complaint_notice *n, int32_t *answer, int64_t *retry_at, complaint_host_error *e) {
    static const char words[] = "no line";
    world *w = self;
    const char *intent = complaint_notice_intent(n);
    sent_one *s = NULL;
    for (int i = 0; !s && i < w->sent_count; i++)
        if (strcmp(w->sent[i].intent, intent) == 0) s = &w->sent[i];
    if (s && s->body != sum_of(complaint_notice_body(n))) DEFECT(w, "intent %s has another text", intent);
    if (s && (s->delivered || s->accepted) && !w->dirty) DEFECT(w, "intent %s goes out again", intent);
    check_recipient(w, n);
    if (!s) {
        if (w->sent_count == MOST_SENT) DEFECT(w, "too many notices");
        s = &w->sent[w->sent_count++];
        memset(s, 0, sizeof *s);
        keep_text(s->intent, sizeof s->intent, intent);
        s->body = sum_of(complaint_notice_body(n));
    }
    uint32_t r = roll(w, 100);
    *retry_at = chance(w, 50) ? 0 : w->now + (int64_t)roll(w, 100000000);
    *answer = r < 60 ? COMPLAINT_DELIVERED : r < 70 ? COMPLAINT_ACCEPTED : r < 80 ? COMPLAINT_RETRY_AT : COMPLAINT_REFUSED;
    if (r >= 95) {
        complaint_host_error_set(e, 7, words, sizeof words - 1);
        return COMPLAINT_E_HOST;
    }
    s->delivered |= *answer == COMPLAINT_DELIVERED;
    s->accepted |= *answer == COMPLAINT_ACCEPTED;
    return COMPLAINT_OK;
}

/* ---- opening ----------------------------------------------------------------------------------------------------------------- */

static inline const char *error_of(world *w) { return complaint_error_text(complaint_desk_error(w->desk), COMPLAINT_ENGLISH); }

static inline void life_close_desk(world *w) {
    complaint_draft_free(w->draft);
    complaint_desk_close(w->desk);
    complaint_setup_free(w->setup);
    w->draft = NULL;
    w->desk = NULL;
    w->setup = NULL;
}

static inline void life_open_desk(world *w) {
    complaint_clock clock = {sizeof clock, w, life_time};
    complaint_notifier notifier = {sizeof notifier, w, life_send};
    OK(complaint_setup_new(NULL, &w->setup));
    OK(complaint_setup_set_store(w->setup, &w->store));
    OK(complaint_setup_set_clock(w->setup, &clock));
    OK(complaint_setup_set_notifier(w->setup, &notifier));
    OK(complaint_setup_set_policy(w->setup, w->policy));
    OK(complaint_setup_set_calendar(w->setup, w->calendar));
    OK(complaint_desk_open(w->setup, &w->desk));
    OK(complaint_draft_new(NULL, &w->draft));
}

static inline void hire_one(world *w, const char *role, const char *second, const char *unit) {
    staff *s = &w->people[w->people_count++];
    snprintf(s->id, sizeof s->id, "p-%d", w->people_count);
    keep_text(s->unit, sizeof s->unit, unit);
    keep_text(s->role, sizeof s->role, role);
    keep_text(s->second_role, sizeof s->second_role, second);
    OK(complaint_actor_new(NULL, s->id, &s->actor));
    OK(complaint_actor_add_role(s->actor, role));
    if (second[0]) OK(complaint_actor_add_role(s->actor, second));
    OK(complaint_actor_set_unit(s->actor, unit));
}

/* Two of each role of the desk, one of any other, one of each unit inside, an acting officer, somebody who is two. */
static inline void hire_all(world *w) {
    const complaint_policy *p = w->policy;
    for (size_t i = 0; i < p->role_count; i++) {
        const char *role = p->roles[i].id.p;
        if (strcmp(role, "unit") == 0) continue;
        int unit = cpl_policy_unit(p, p->roles[i].id); /* a superior sees what was referred to him */
        hire_one(w, role, "", unit >= 0 ? role : "");
    }
    hire_one(w, "officer", "", "");
    hire_one(w, "head", "officer", "");
    for (size_t i = 0; i < p->unit_count && w->people_count < MOST_PEOPLE - 1; i++)
        if (p->units[i].kind == CPL_UNIT) hire_one(w, "unit", "", p->units[i].code.id.p);
    hire_one(w, "unit", "auditor", p->units[0].code.id.p);
}

static inline complaint_policy *life_policy(int which) {
    static const char *const names[] = {"moph-chiangrai-2569", "moph-phrae"};
    complaint_policy *p = NULL;
    if (which < 2) {
        OK(complaint_policy_builtin(NULL, names[which], &p, NULL));
        return p;
    }
    static char document[512 * 1024];
    FILE *f = fopen(COMPLAINT_SOURCE_DIR "/examples/data/hospital.json", "rb");
    assert_non_null(f);
    size_t n = fread(document, 1, sizeof document, f);
    fclose(f);
    OK(complaint_policy_parse(NULL, document, n, &p, NULL));
    return p;
}

static inline void open_world(world *w, uint64_t seed, bool sqlite) {
    static const char *const beginnings[] = {"2025-11-05T09:00", "2025-12-29T15:40", "2026-04-09T08:00", "2025-09-29T16:00", "2026-02-27T23:59", "2026-01-15T03:00"};
    complaint_store inner;
    sent_one *sent = w->sent;
    memset(w, 0, sizeof *w);
    w->sent = sent;
    w->seed = seed;
    w->chance = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    w->doing = "open";
    w->now = test_instant(beginnings[roll(w, COUNT(beginnings))]);
    w->policy = life_policy((int)(seed % 3));
    OK(complaint_calendar_builtin(NULL, w->policy->province.p, &w->calendar, NULL));
    if (sqlite) {
        snprintf(w->path, sizeof w->path, "life-%ld.db", (long)getpid());
        unlink(w->path);
        OK(complaint_sqlite_open(w->path, COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_SYNC_OFF, NULL, &w->sqlite));
        OK(complaint_sqlite_table(w->sqlite, &inner));
    } else {
        OK(complaint_memory_open(NULL, &w->memory));
        OK(complaint_memory_table(w->memory, &inner));
    }
    OK(complaint_fault_wrap(&inner, &w->fault, &w->store));
    hire_all(w);
    life_open_desk(w);
}

static inline void close_world(world *w) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    life_close_desk(w);
    if (complaint_fault_open(w->fault) != 0) DEFECT(w, "a transaction was left open");
    for (int i = 0; i < w->people_count; i++) complaint_actor_free(w->people[i].actor);
    complaint_fault_free(w->fault);
    complaint_sqlite_close(w->sqlite);
    complaint_memory_close(w->memory);
    complaint_calendar_free(w->calendar);
    complaint_policy_free(w->policy);
    for (size_t i = 0; w->path[0] && i < COUNT(ends); i++) {
        char name[96];
        snprintf(name, sizeof name, "%s%s", w->path, ends[i]);
        unlink(name);
    }
}

/* ---- behind the library: rows --------------------------------------------------------------------------------------------------- */

typedef int32_t(COMPLAINT_CALL *row_sink)(void *context, const complaint_value *values, int32_t count);

static inline void select_rows(world *w, int32_t table, int64_t case_id, row_sink sink, void *context) {
    complaint_value key[] = {{.type = COMPLAINT_TEXT, .data = w->desk->office.p, .size = w->desk->office.n}, {.type = COMPLAINT_INT64, .integer = case_id}};
    int32_t n = case_id ? 2 : 1;
    complaint_bounds b = {.lower = key, .lower_count = n, .upper = key, .upper_count = n};
    void *tx = NULL;
    OK(w->store.begin(w->store.self, COMPLAINT_READ, w->desk->office.p, w->desk->office.n, &tx, NULL));
    OK(w->store.select(w->store.self, tx, table, 0, &b, COMPLAINT_ASCENDING, 0, sink, context, NULL));
    w->store.rollback(w->store.self, tx);
}

typedef struct row_of_case {
    int64_t revision, due_at, flags, number, living, surviving;
    char state[CPL_ID_MAX + 1], phase[32];
    bool found, classified;
    const complaint_policy *policy;
} row_of_case;

static inline int32_t COMPLAINT_CALL take_case(void *context, const complaint_value *v, int32_t count) {
    row_of_case *r = context;
    (void)count;
    r->found = true;
    r->revision = v[3].integer;
    snprintf(r->state, sizeof r->state, "%.*s", (int)v[5].size, (const char *)v[5].data);
    snprintf(r->phase, sizeof r->phase, "%.*s", (int)v[6].size, (const char *)v[6].data);
    r->classified = v[7].size > 0;
    r->flags = v[9].integer;
    r->number = v[12].integer;
    r->due_at = v[22].integer;
    return 0;
}

static inline int32_t COMPLAINT_CALL take_clock(void *context, const complaint_value *v, int32_t count) {
    (void)count;
    row_of_case *r = context;
    char rule[CPL_ID_MAX + 1];
    enum { RULE = 4 };
    snprintf(rule, sizeof rule, "%.*s", (int)v[RULE].size, (const char *)v[RULE].data);
    int at = cpl_policy_clock(r->policy, cpl_str_of(rule));
    bool lives = (v[6].size == 7 && memcmp(v[6].data, "running", 7) == 0) || (v[6].size == 6 && memcmp(v[6].data, "paused", 6) == 0);
    r->living += lives;
    r->surviving += lives && at >= 0 && r->policy->clocks[at].survives;
    return 0;
}

static inline row_of_case look_case(world *w, int64_t id) {
    row_of_case r = {.policy = w->policy};
    select_rows(w, CPL_CASE, id, take_case, &r);
    select_rows(w, CPL_CLOCK, id, take_clock, &r);
    return r;
}

static inline bool is_over(const char *phase) { return strcmp(phase, "closed") == 0 || strcmp(phase, "rejected") == 0 || strcmp(phase, "withdrawn") == 0; }

static inline void check_case(world *w, int64_t id) {
    row_of_case r = look_case(w, id);
    if (!r.found) DEFECT(w, "case %" PRId64 " has no row", id);
    if (is_over(r.phase) && r.living != r.surviving) DEFECT(w, "%" PRId64 " clocks live in a case that is %s", r.living - r.surviving, r.phase);
    if ((is_over(r.phase) && !r.living) != (r.due_at == CPL_NEVER)) DEFECT(w, "a case in phase %s is due at %" PRId64, r.phase, r.due_at);
    if (!r.living && !is_over(r.phase) && r.due_at != CPL_NO_DEADLINE) DEFECT(w, "a case without clocks is due at %" PRId64, r.due_at);
}

/* What notices there are, and by which events the log says so. */
typedef struct causes {
    world *w;
    int64_t notices, named;
    int64_t cause[512];
    char *payloads[512];
    int64_t events;
} causes;

static inline int32_t COMPLAINT_CALL take_notice(void *context, const complaint_value *v, int32_t count) {
    causes *c = context;
    (void)count;
    c->notices++;
    if (c->notices < 512) c->cause[c->notices] = v[4].integer;
    return 0;
}

static inline int32_t COMPLAINT_CALL take_payload(void *context, const complaint_value *v, int32_t count) {
    causes *c = context;
    (void)count;
    if (++c->events >= 512) return 1;
    c->payloads[c->events] = malloc(v[12].size + 1);
    memcpy(c->payloads[c->events], v[12].data, v[12].size);
    c->payloads[c->events][v[12].size] = '\0';
    return 0;
}

static inline void check_causes(world *w, int64_t id) {
    causes c = {.w = w};
    char needle[64];
    select_rows(w, CPL_NOTICE, id, take_notice, &c);
    select_rows(w, CPL_EVENT, id, take_payload, &c);
    for (int64_t i = 1; i <= c.notices && i < 512; i++) {
        snprintf(needle, sizeof needle, "{\"seq\":%" PRId64 ",\"template\":", i);
        int64_t cause = c.cause[i];
        if (cause < 1 || cause > c.events || !strstr(c.payloads[cause], needle)) DEFECT(w, "notice %" PRId64 " has no cause: event %" PRId64 " of %" PRId64, i, cause, c.events);
    }
    for (int64_t i = 1; i <= c.events && i < 512; i++) free(c.payloads[i]);
}

typedef struct reminders {
    int64_t of[MOST_CHANNELS];
    const world *w;
} reminders;

static inline int32_t COMPLAINT_CALL take_reminder(void *context, const complaint_value *v, int32_t count) {
    reminders *r = context;
    char needle[CPL_ID_MAX + 16];
    (void)count;
    for (size_t i = 0; v[3].integer == CPL_EV_DUTY_UNCHECKED && i < r->w->policy->channel_count; i++) {
        int n = snprintf(needle, sizeof needle, "{\"channel\":\"%s\"", r->w->policy->channels[i].code.id.p);
        r->of[i] += v[12].size > (size_t)n && memcmp(v[12].data, needle, (size_t)n) == 0;
    }
    return 0;
}

/* One reminder a channel and day. */
static inline void check_days(world *w) {
    for (int at = 0; at < MOST_DAYS; at++) {
        reminders r = {.w = w};
        if (!w->ticked[at]) continue;
        select_rows(w, CPL_EVENT, FIRST_DAY + at, take_reminder, &r);
        for (size_t i = 0; i < w->policy->channel_count; i++)
            if (r.of[i] > 1) DEFECT(w, "%" PRId64 " reminders of %s on day %d", r.of[i], w->policy->channels[i].code.id.p, FIRST_DAY + at);
        check_causes(w, FIRST_DAY + at);
    }
}

/* ---- who may see what: the oracle ---------------------------------------------------------------------------------------------------- */

typedef struct sight {
    bool any, all, named, confidential, anonymous, text;
} sight;

static inline void add_sight(const world *w, sight *s, const char *role) {
    int at = cpl_policy_role(w->policy, cpl_str_of(role));
    if (!role[0] || at < 0 || !w->policy->views[at].defined) return;
    const cpl_view_def *v = &w->policy->views[at];
    s->any = true;
    s->all |= v->all_cases;
    s->named |= v->named;
    s->confidential |= v->confidential;
    s->anonymous |= v->anonymous;
    s->text |= v->text;
}

static inline sight sight_of(const world *w, const staff *p) {
    sight s = {0};
    add_sight(w, &s, p->acting[0] ? p->acting : p->role);
    add_sight(w, &s, p->acting[0] ? "" : p->second_role);
    return s;
}

static inline bool is_blind(const known_case *c, const staff *p) {
    bool mine = false, acting = p->acting[0] != '\0'; /* one of his roles is concerned; the one he stands in for sees */
    for (int i = 0; i < c->blind_count; i++) {
        const blind_one *b = &c->blind[i];
        if ((b->person[0] && strcmp(b->person, p->id) == 0) || (b->unit[0] && strcmp(b->unit, p->unit) == 0)) return true;
        if (b->role[0] && (strcmp(b->role, p->role) == 0 || strcmp(b->role, p->second_role) == 0)) mine = true;
        if (b->role[0] && strcmp(b->role, p->acting) == 0) acting = false;
    }
    return mine && !acting;
}

static inline bool sees_case(const world *w, const known_case *c, const staff *p) {
    sight s = sight_of(w, p);
    if (!s.any || is_blind(c, p)) return false;
    bool referred = false;
    for (int i = 0; p->unit[0] && i < c->unit_count; i++) referred |= strcmp(c->units[i], p->unit) == 0;
    return s.all || referred;
}

static inline bool sees_level(const sight *s, const char *level) {
    if (strcmp(level, "named") == 0) return s->named;
    return strcmp(level, "anonymous") == 0 ? s->anonymous : s->confidential;
}

static inline bool sees_person_in(const world *w, int64_t id, int party, const staff *p) {
    sight s = sight_of(w, p);
    const known_case *c = NULL;
    for (int i = 0; i < w->case_count; i++)
        if (w->cases[i].id == id) c = &w->cases[i];
    if (!c) return s.all && s.confidential;
    if (!sees_case(w, c, p)) return false;
    if (party) return party <= c->parties && sees_level(&s, c->levels[party - 1]);
    for (int i = 0; i < c->parties; i++)
        if (!sees_level(&s, c->levels[i])) return false;
    return true;
}

static inline int plant_of_message(const world *w, int64_t message) {
    for (int i = 0; i < w->message_count; i++)
        if (w->messages[i] == message) return w->message_plant[i];
    return -1;
}

static inline bool sees_person(const world *w, const planted *t, const staff *p) {
    int with = t->goes_with ? plant_of_message(w, t->goes_with) : -1;
    if (with >= 0) return sees_person_in(w, w->plants[with].case_id, 0, p);
    bool sees = sees_person_in(w, t->case_id, t->party, p);
    for (int i = 0; i < t->twin_count; i++) sees |= sees_person_in(w, t->twins[i], 1, p);
    return sees;
}

static inline bool sees_words(const world *w, const planted *t, const staff *p) {
    sight s = sight_of(w, p);
    for (int i = 0; i < w->case_count; i++)
        if (w->cases[i].id == t->case_id) return s.text && sees_case(w, &w->cases[i], p);
    return s.text && s.all;
}

/* ---- looking: every page, every cell, and the JSON ---------------------------------------------------------------------------------------- */

/* `asked`: the case the question named; nobody learns of it what he has said himself. */
static inline void search_text(world *w, const staff *p, const char *where, const char *text, int64_t asked) {
    for (const char *at = text; (at = strstr(at, "SECRET")) != NULL; at += 6) {
        bool words = strncmp(at, "SECRETTEXT-", 11) == 0;
        int n = atoi(strchr(at, '-') + 1);
        if (n < 0 || n >= w->plant_count) DEFECT(w, "what is %.40s in %s?", at, where);
        const planted *t = &w->plants[n];
        if (words ? !sees_words(w, t, p) : !sees_person(w, t, p))
            DEFECT(w, "%s (%s %s, unit “%s”) sees %.16s, complainant %d, in %s", p->id, p->role, p->second_role, p->unit, at, t->party, where);
    }
    for (const char *at = text; *at; at++) {
        if (*at < '0' || *at > '9') continue;
        char *end;
        int64_t id = strtoll(at, &end, 10);
        const known_case *c = end - at > 15 && id != asked ? case_of(w, id) : NULL;
        if (c && !sees_case(w, c, p)) DEFECT(w, "%s (%s %s, unit “%s”, %s) learns of case %" PRId64 " in %s: %.300s", p->id, p->role, p->second_role, p->unit, is_blind(c, p) ? "blind" : "not referred", id, where, text);
        at = end - 1;
    }
}

static inline void search_page(world *w, const staff *p, const char *where, complaint_status s, complaint_page *page, int64_t asked) {
    complaint_text *json = NULL;
    w->pages++;
    if (s != COMPLAINT_OK) {
        const complaint_error *e = complaint_desk_error(w->desk);
        if (page) DEFECT(w, "%s: a page with %s", where, complaint_status_name(s));
        if (s != COMPLAINT_E_ROLE && s != COMPLAINT_E_NOT_FOUND && s != COMPLAINT_E_REQUIRED) DEFECT(w, "%s answers %s to %s: %s", where, complaint_status_name(s), p->role, error_of(w));
        search_text(w, p, where, complaint_error_text(e, COMPLAINT_ENGLISH), asked);
        search_text(w, p, where, complaint_error_text(e, COMPLAINT_THAI), asked);
        return;
    }
    OK(complaint_page_json(page, &json));
    search_text(w, p, where, complaint_text_data(json), 0);
    complaint_text_free(json);
    for (int64_t row = 0; row < complaint_page_count(page); row++)
        for (int32_t i = 0; i < complaint_page_column_count(page); i++) {
            int64_t id = complaint_page_integer(page, row, i);
            const known_case *c = id > (INT64_C(1) << 40) ? case_of(w, id) : NULL;
            if (c && !sees_case(w, c, p)) DEFECT(w, "%s learns of a case in %s", p->role, where);
            search_text(w, p, where, complaint_page_text(page, row, i), 0);
        }
    complaint_page_free(page);
}

/* The page exists when the call has answered, so the call comes first. */
#define LOOK(name, of, ...) (page = NULL, s = (__VA_ARGS__), search_page(w, p, name, s, page, of))

static inline void look_at_lists(world *w, const staff *p) {
    static const int32_t lists[] = {COMPLAINT_WORK_OPEN, COMPLAINT_WORK_DUE, COMPLAINT_WORK_REFUSED, COMPLAINT_WORK_MINE, COMPLAINT_WORK_UNIT};
    static const char *const states[] = {"new", "opened", "joined", "set_aside", "reply"};
    complaint_page *page;
    complaint_status s;
    for (size_t i = 0; i < COUNT(lists); i++) LOOK("a worklist", 0, complaint_desk_worklist(w->desk, p->actor, lists[i], NULL, 1000, &page));
    for (size_t i = 0; i < COUNT(states); i++) LOOK("the inbox", 0, complaint_desk_inbox(w->desk, p->actor, states[i], NULL, 1000, &page));
    LOOK("what is due", 0, complaint_desk_due(w->desk, p->actor, NULL, INT64_MAX, NULL, 1000, &page));
    int32_t day = cpl_instant_day(w->now);
    LOOK("the duties", 0, complaint_desk_duties(w->desk, p->actor, day - 10, day + 1, &page));
    LOOK("a day", 0, complaint_desk_notices(w->desk, p->actor, day, &page));
    LOOK("the report", 0, complaint_desk_report(w->desk, p->actor, 2569, 12, &page));
}

static inline void look_at_case(world *w, const staff *p, const known_case *c) {
    complaint_page *page;
    complaint_text *text = NULL;
    complaint_status s;
    LOOK("case", c->id, complaint_desk_case(w->desk, p->actor, c->id, &page));
    LOOK("events", c->id, complaint_desk_events(w->desk, p->actor, c->id, NULL, 1000, &page));
    LOOK("clocks", c->id, complaint_desk_clocks(w->desk, p->actor, c->id, &page));
    LOOK("referrals", c->id, complaint_desk_referrals(w->desk, p->actor, c->id, &page));
    LOOK("notices", c->id, complaint_desk_notices(w->desk, p->actor, c->id, &page));
    LOOK("parties", c->id, complaint_desk_parties(w->desk, p->actor, c->id, &page));
    LOOK("messages", c->id, complaint_desk_case_messages(w->desk, p->actor, c->id, &page));
    LOOK("papers", c->id, complaint_desk_papers(w->desk, p->actor, c->id, &page));
    LOOK("links", c->id, complaint_desk_links(w->desk, p->actor, c->id, &page));
    LOOK("evidence", c->id, complaint_desk_evidence(w->desk, p->actor, c->id, &page));
    LOOK("actions", c->id, complaint_desk_actions(w->desk, p->actor, c->id, COMPLAINT_THAI, &page));
    LOOK("actions of others", c->id, complaint_desk_actions_of_others(w->desk, p->actor, c->id, COMPLAINT_THAI, &page));
    if (c->registered) {
        int64_t found = 0;
        s = complaint_desk_find(w->desk, p->actor, (int32_t)(c->registered / 1000000), c->registered % 1000000, &found);
        if (s == COMPLAINT_OK ? !sees_case(w, c, p) || found != c->id : s != COMPLAINT_E_NOT_FOUND && s != COMPLAINT_E_ROLE) DEFECT(w, "finding a number answers %s", complaint_status_name(s));
    }
    s = complaint_desk_explain(w->desk, p->actor, c->id, 1 + (int64_t)roll(w, 6), COMPLAINT_ENGLISH, &text);
    if (s == COMPLAINT_OK && !sees_case(w, c, p)) DEFECT(w, "%s has a clock explained to him", p->role);
    if (s != COMPLAINT_OK && s != COMPLAINT_E_NOT_FOUND && s != COMPLAINT_E_STATE) DEFECT(w, "explain answers %s: %s", complaint_status_name(s), error_of(w));
    complaint_text_free(text);
}

static inline void look_at_messages(world *w, const staff *p) {
    for (int i = 0; i < w->message_count; i++) {
        complaint_page *page;
        complaint_status s;
        char thread[64];
        snprintf(thread, sizeof thread, "SECRETTHREAD-%d-", w->message_plant[i]);
        LOOK("a message", 0, complaint_desk_message(w->desk, p->actor, w->messages[i], &page));
        LOOK("an answer", 0, complaint_desk_notices(w->desk, p->actor, w->messages[i], &page));
        LOOK("a message's log", 0, complaint_desk_events(w->desk, p->actor, w->messages[i], NULL, 1000, &page));
        LOOK("a conversation", 0, complaint_desk_thread(w->desk, p->actor, "facebook", thread, NULL, 100, &page));
    }
}

static inline void look_as(world *w, const staff *p) {
    w->doing = "look";
    look_at_lists(w, p);
    for (int i = 0; i < w->case_count; i++) look_at_case(w, p, &w->cases[i]);
    look_at_messages(w, p);
}

static inline void prove(world *w) {
    complaint_page *findings = NULL;
    int64_t checked = -1;
    const staff *auditor = NULL;
    w->doing = "verify";
    for (int i = 0; i < w->people_count; i++)
        if (strcmp(w->people[i].role, "auditor") == 0) auditor = &w->people[i];
    complaint_status s = complaint_desk_verify(w->desk, auditor->actor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked);
    for (int64_t i = 0; i < complaint_page_count(findings); i++)
        print_error("verify: %s: %s (stream %" PRId64 ", %" PRId64 ")\n", complaint_page_text_of(findings, i, "subject"), complaint_finding_text(findings, i, COMPLAINT_ENGLISH),
                    complaint_page_integer_of(findings, i, "stream"), complaint_page_integer_of(findings, i, "seq"));
    complaint_page_free(findings);
    if (s) DEFECT(w, "verify: %s", error_of(w));
    for (int i = 0; i < w->case_count; i++) check_case(w, w->cases[i].id), check_causes(w, w->cases[i].id);
    for (int i = 0; i < w->message_count; i++) check_causes(w, w->messages[i]);
    check_days(w);
}

/* ---- acting ------------------------------------------------------------------------------------------------------------------------------- */

/* What is asked, so that it can be asked again. */
enum { MOST_FIELDS = 24 };
typedef struct asked_field {
    char name[48];
    bool is_integer;
    int64_t integer;
    char *text;
    size_t size;
} asked_field;

typedef struct asked {
    const staff *who;
    int32_t verb;
    int64_t case_id, message, revision, happened_at;
    bool has_happened, silent, evidence;
    char request[40];
    asked_field fields[MOST_FIELDS];
    int count;
    int number; /* the plant of a field of the policy's that says who somebody is, from 1; 0: none */
} asked;

static inline void free_asked(asked *q) {
    for (int i = 0; i < q->count; i++) free(q->fields[i].text);
    q->count = 0;
}

static inline asked_field *add_field(asked *q, const char *name) {
    assert_true(q->count < MOST_FIELDS);
    asked_field *f = &q->fields[q->count++];
    *f = (asked_field){0};
    keep_text(f->name, sizeof f->name, name);
    return f;
}

static inline void add_bytes(asked *q, const char *name, const char *text, size_t n) {
    asked_field *f = add_field(q, name);
    f->text = malloc(n + 1);
    memcpy(f->text, text, n);
    f->text[n] = '\0';
    f->size = n;
}

static inline void add_text(asked *q, const char *name, const char *text) { add_bytes(q, name, text, strlen(text)); }

static inline void add_number(asked *q, const char *name, int64_t v) {
    asked_field *f = add_field(q, name);
    f->is_integer = true;
    f->integer = v;
}

static inline const char *asked_text(const asked *q, const char *name) {
    const char *found = "";
    for (int i = 0; i < q->count; i++)
        if (strcmp(q->fields[i].name, name) == 0) found = q->fields[i].is_integer ? "" : q->fields[i].text;
    return found;
}

static inline int64_t asked_number(const asked *q, const char *name, int64_t otherwise) {
    for (int i = 0; i < q->count; i++)
        if (strcmp(q->fields[i].name, name) == 0 && q->fields[i].is_integer) otherwise = q->fields[i].integer;
    return otherwise;
}

typedef struct byte_source {
    const char *at;
    size_t left;
} byte_source;

static inline complaint_status COMPLAINT_CALL give_bytes(void *context, void *buffer, size_t capacity, size_t *got) {
    byte_source *s = context;
    *got = s->left < capacity ? s->left : capacity;
    if (*got) memcpy(buffer, s->at, *got);
    s->at += *got;
    s->left -= *got;
    return COMPLAINT_OK;
}

static inline complaint_status put_draft(world *w, const asked *q) {
    complaint_status s = COMPLAINT_OK;
    complaint_draft *d = w->draft;
    if (q->case_id) s = complaint_draft_set_case(d, q->case_id, q->revision);
    if (s == COMPLAINT_OK && q->message) s = complaint_draft_set_message(d, q->message);
    if (s == COMPLAINT_OK && q->has_happened) s = complaint_draft_set_happened_at(d, q->happened_at);
    if (s == COMPLAINT_OK && q->request[0]) s = complaint_draft_set_request(d, q->request);
    if (s == COMPLAINT_OK && q->silent) s = complaint_draft_set_silent(d, 1);
    for (int i = 0; s == COMPLAINT_OK && i < q->count; i++) {
        const asked_field *f = &q->fields[i];
        s = f->is_integer ? complaint_draft_set_integer(d, f->name, f->integer) : complaint_draft_set_text(d, f->name, f->text, f->size);
    }
    if (s == COMPLAINT_OK && q->evidence) {
        complaint_evidence *e = NULL;
        byte_source b = {"a photograph", 12};
        s = complaint_desk_keep_evidence(w->desk, q->who->actor, give_bytes, &b, &e);
        if (s == COMPLAINT_OK) s = complaint_draft_add_evidence(d, e, "ภาพ.jpg", "image/jpeg");
        complaint_evidence_free(e);
    }
    return s;
}

/* What the procedure may answer, and what only a store that breaks down brings. */
static inline void check_answer(world *w, const asked *q, complaint_status s) {
    static const complaint_status procedural[] = {COMPLAINT_E_STATE, COMPLAINT_E_ROLE, COMPLAINT_E_GUARD, COMPLAINT_E_REQUIRED, COMPLAINT_E_INVALID, COMPLAINT_E_RANGE, COMPLAINT_E_TEXT,
                                                 COMPLAINT_E_TOO_LARGE, COMPLAINT_E_NOT_FOUND, COMPLAINT_E_CONFLICT, COMPLAINT_E_REQUEST_REUSED, COMPLAINT_E_UNSUPPORTED};
    static const complaint_status breakdown[] = {COMPLAINT_E_BUSY, COMPLAINT_E_STORE, COMPLAINT_E_FULL, COMPLAINT_E_MEMORY, COMPLAINT_E_UNKNOWN};
    const complaint_error *e = complaint_desk_error(w->desk);
    bool known = false;
    for (size_t i = 0; i < COUNT(procedural); i++) known |= CPL_CLASS(s) == procedural[i];
    for (size_t i = 0; w->armed && i < COUNT(breakdown); i++) known |= CPL_CLASS(s) == breakdown[i];
    if (!known || s == COMPLAINT_E_HANDLE) DEFECT(w, "%s by %s answers %s: %s", complaint_verb_name(q->verb), q->who->role, complaint_status_name(s), error_of(w));
    if (complaint_error_status(e) != s || !complaint_error_text(e, COMPLAINT_THAI)[0] || !complaint_error_text(e, COMPLAINT_ENGLISH)[0])
        DEFECT(w, "%s answers %s without words", complaint_verb_name(q->verb), complaint_status_name(s));
}

static inline void blind_one_more(known_case *c, const char *person, const char *unit, const char *role) {
    assert_true(c->blind_count < MOST_BLIND);
    blind_one *b = &c->blind[c->blind_count++];
    keep_text(b->person, sizeof b->person, person);
    keep_text(b->unit, sizeof b->unit, unit);
    keep_text(b->role, sizeof b->role, role);
}

static inline void see_again(known_case *c, const char *person, const char *unit, const char *role) {
    for (int i = 0; i < c->blind_count; i++) {
        blind_one *b = &c->blind[i];
        if (person[0] && strcmp(b->person, person) == 0) b->person[0] = '\0';
        if (unit[0] && strcmp(b->unit, unit) == 0) b->unit[0] = '\0';
        if (role[0] && strcmp(b->role, role) == 0) b->role[0] = '\0';
        if (!b->person[0] && !b->unit[0] && !b->role[0]) *b = c->blind[--c->blind_count], i--;
    }
}

/* With the other half of an executive's seat: its unit and its role. */
static inline void blind_from(const world *w, known_case *c, const asked *q) {
    const complaint_policy *p = w->policy;
    const char *unit = asked_text(q, "concerned_unit"), *role = asked_text(q, "role");
    void (*say)(known_case *, const char *, const char *, const char *) = asked_number(q, "clear", 0) ? see_again : blind_one_more;
    say(c, asked_text(q, "person"), unit, role);
    for (size_t i = 0; i < p->unit_count; i++) {
        const char *seat = p->units[i].role < 0 ? "" : p->roles[p->units[i].role].id.p;
        if (!seat[0]) continue;
        if (strcmp(seat, role) == 0) say(c, "", p->units[i].code.id.p, "");
        if (strcmp(p->units[i].code.id.p, unit) == 0) say(c, "", "", seat);
    }
}

static inline void add_level(known_case *c, const char *level) {
    if (c->parties < MOST_PARTIES) keep_text(c->levels[c->parties++], sizeof c->levels[0], level[0] ? level : "confidential");
}

static inline known_case *new_case(world *w, int64_t id) {
    assert_true(w->case_count < MOST_CASES);
    known_case *c = &w->cases[w->case_count++];
    *c = (known_case){.id = id};
    return c;
}

static inline void sent_to(known_case *c, const char *list) {
    while (*list && c->unit_count < MOST_UNITS) {
        size_t n = strcspn(list, ",");
        snprintf(c->units[c->unit_count++], sizeof c->units[0], "%.*s", (int)n, list);
        list += n + (list[n] == ',');
    }
}

/* Whom the executive's own intake leaves out: every role that sees all cases and their texts and may not take one in. */
static inline void sealed_intake(world *w, known_case *c) {
    const complaint_policy *p = w->policy;
    const cpl_action *a = cpl_policy_action(p, CPL_EV_EXECUTIVE_INTAKE);
    for (size_t i = 0; i < p->role_count; i++)
        if (!(a->roles >> i & 1) && p->views[i].all_cases && p->views[i].text) keep_text(c->blind[c->blind_count++].role, CPL_ID_MAX + 1, p->roles[i].id.p);
}

static inline void check_number(world *w, known_case *c, const asked *q, const complaint_outcome *out) {
    int64_t number = complaint_outcome_number(out);
    int32_t year = complaint_outcome_fiscal_year(out);
    if (asked_text(q, "legacy_number")[0]) { /* a matter of an old register has its number there */
        if (number || year) DEFECT(w, "number %" PRId64 " of %d beside that of an old register", number, (int)year);
        return;
    }
    if (year < 2567 || year >= 2567 + MOST_YEARS) DEFECT(w, "a number of fiscal year %d", (int)year);
    if (number != w->numbers[year - 2567] + 1 && !w->dirty) DEFECT(w, "number %" PRId64 " of %d comes after %" PRId64, number, (int)year, w->numbers[year - 2567]);
    w->numbers[year - 2567] = number;
    c->registered = (int64_t)year * 1000000 + number;
}

/* The complainant who is named, or the only one who has not withdrawn. */
static inline int meant(const known_case *c, const asked *q) {
    int only = 0;
    for (int i = 0; i < c->parties; i++) only = c->withdrawn[i] ? only : only ? -1 : i + 1;
    return (int)asked_number(q, "party", only);
}

/* A number that was entered with the complainant it is of is shown by his level, any other by everybody's; one of a message that was set aside like the message's sender. */
static inline void remember_number(world *w, const asked *q, int64_t case_id, int64_t message, const known_case *c) {
    bool opens = !c;
    planted *t = &w->plants[q->number - 1];
    t->case_id = case_id;
    if (q->verb == COMPLAINT_VERB_SET_ASIDE) t->goes_with = message;
    if (opens || q->verb == COMPLAINT_VERB_ADD_COMPLAINANT) t->party = opens ? 1 : c->parties + 1;
    if (q->verb == COMPLAINT_VERB_UPDATE_COMPLAINANT) t->party = meant(c, q);
}

/* By whose word a case is opened again, or those who ended it; they are told again what comes of it. */
static inline void come_back(known_case *c, const asked *q) {
    int64_t party = asked_number(q, "party", 0);
    for (int i = 0; i < c->parties; i++)
        if (party ? party == i + 1 : c->ended_by_them && c->withdrawn_in[i] == c->cycle) c->withdrawn[i] = false;
    c->cycle++;
    c->ended_by_them = false;
}

static inline void put_aside(world *w, int64_t message, bool aside) {
    for (int i = 0; i < w->message_count; i++)
        if (w->messages[i] == message) w->aside[i] = aside;
}

static inline void look_at_channel(world *w, const asked *q) {
    int channel = cpl_policy_channel(w->policy, cpl_str_of(asked_text(q, "channel"))), at = day_index(cpl_instant_day(q->has_happened ? q->happened_at : w->now));
    if (channel >= 0 && channel < MOST_CHANNELS && at >= 0) w->looked[at][channel] = true;
}

/* The writer of a message is in the second case as he is entered in the first. */
static inline void add_twin(world *w, planted *of_message, int64_t twin) {
    for (planted *t = w->plants; t < w->plants + w->plant_count; t++) {
        bool his = t->entry && of_message->party && t->case_id == of_message->case_id && t->party == of_message->party;
        if ((t == of_message || his) && t->twin_count < 8) t->twins[t->twin_count++] = twin;
    }
}

/* What the action has made of the world, for the oracle. */
static inline void remember_action(world *w, const asked *q, const complaint_outcome *out) {
    int64_t id = complaint_outcome_case(out), message = complaint_outcome_message(out);
    known_case *c = id ? case_of(w, id) : NULL;
    int plant = message ? plant_of_message(w, message) : -1;
    if (q->number) remember_number(w, q, id, message, c);
    switch (q->verb) {
    case COMPLAINT_VERB_RECEIVE:
        if (plant >= 0 || w->message_count == MOST_MESSAGES) break;
        w->messages[w->message_count] = message;
        w->message_plant[w->message_count++] = w->plant_count - 1;
        w->plants[w->plant_count - 1].message = message;
        break;
    case COMPLAINT_VERB_SET_ASIDE: put_aside(w, message, true); break;
    case COMPLAINT_VERB_CHECK_CHANNEL: look_at_channel(w, q); break;
    case COMPLAINT_VERB_TRIAGE:
    case COMPLAINT_VERB_ADD_MESSAGE:
        put_aside(w, message, false);
        if (!c) {
            c = new_case(w, id);
            add_level(c, asked_text(q, "identity"));
            if (plant >= 0) w->plants[plant].party = 1;
        }
        if (plant >= 0) w->plants[plant].case_id = id;
        break;
    case COMPLAINT_VERB_SPLIT:
        if (c) break;
        add_level(new_case(w, id), plant >= 0 && w->plants[plant].party ? case_of(w, w->plants[plant].case_id)->levels[w->plants[plant].party - 1] : ""); /* who wrote a message that joined has chosen none */
        if (plant >= 0) add_twin(w, &w->plants[plant], id);
        break;
    case COMPLAINT_VERB_EXECUTIVE_INTAKE:
        if (!c) c = new_case(w, id), add_level(c, ""), sealed_intake(w, c);
        break;
    case COMPLAINT_VERB_ADD_COMPLAINANT: add_level(c, asked_text(q, "identity")); break;
    case COMPLAINT_VERB_UPDATE_COMPLAINANT:
        if (asked_text(q, "identity")[0]) keep_text(c->levels[meant(c, q) - 1], sizeof c->levels[0], asked_text(q, "identity"));
        break;
    case COMPLAINT_VERB_REGISTER: check_number(w, c, q, out); break;
    case COMPLAINT_VERB_RECUSE: blind_from(w, c, q); break;
    case COMPLAINT_VERB_FORWARD:
    case COMPLAINT_VERB_REFER: sent_to(c, asked_text(q, "unit")); break;
    case COMPLAINT_VERB_WITHDRAW: {
        int party = meant(c, q);
        if (party >= 1 && party <= c->parties) c->withdrawn[party - 1] = true, c->withdrawn_in[party - 1] = c->cycle;
        c->ended_by_them = strcmp(look_case(w, id).phase, "withdrawn") == 0;
        break;
    }
    case COMPLAINT_VERB_REOPEN: come_back(c, q); break;
    default: break;
    }
}

static inline void check_allowed(world *w, const asked *q) {
    const known_case *c = q->case_id ? case_of(w, q->case_id) : NULL;
    if (c && !sees_case(w, c, q->who)) DEFECT(w, "%s (%s %s, unit “%s”) does %s on a case he does not see", q->who->id, q->who->role, q->who->second_role, q->who->unit, complaint_verb_name(q->verb));
}

static inline complaint_status ask(world *w, const asked *q, bool again) {
    complaint_outcome *out = NULL;
    static char doing[64];
    snprintf(doing, sizeof doing, "%s", complaint_verb_name(q->verb) ? complaint_verb_name(q->verb) : "?");
    w->doing = doing;
    complaint_status s = put_draft(w, q);
    int64_t commits = complaint_fault_calls(w->fault, COMPLAINT_SLOT_COMMIT);
    if (s == COMPLAINT_OK) s = complaint_desk_act(w->desk, q->who->actor, q->verb, w->draft, &out);
    else if (!w->armed && CPL_CLASS(s) != COMPLAINT_E_INVALID && CPL_CLASS(s) != COMPLAINT_E_TOO_LARGE && CPL_CLASS(s) != COMPLAINT_E_ROLE && CPL_CLASS(s) != COMPLAINT_E_TEXT)
        DEFECT(w, "the draft answers %s", complaint_status_name(s));
    else s = COMPLAINT_E_MORE; /* not asked at all */
    complaint_draft_clear(w->draft);
    if (s == COMPLAINT_E_MORE) return s;
    if (s == COMPLAINT_OK) {
        bool repeated = complaint_outcome_repeated(out) == 1;
        if (again && !repeated && !w->dirty) DEFECT(w, "the same request is done twice");
        if (!repeated || (w->dirty && !again)) {
            if (!repeated) check_allowed(w, q);
            remember_action(w, q, out);
        }
        w->acted++;
        w->verbs[q->verb % 64]++;
        if (complaint_outcome_case(out)) check_case(w, complaint_outcome_case(out));
    } else {
        if (out) DEFECT(w, "an outcome with %s", complaint_status_name(s));
        check_answer(w, q, s);
        if (!w->armed && complaint_fault_calls(w->fault, COMPLAINT_SLOT_COMMIT) != commits) DEFECT(w, "%s was refused with %s and committed something", doing, complaint_status_name(s));
        w->refused += !w->armed;
    }
    complaint_outcome_free(out);
    return s;
}

/* ---- what somebody might ask ---------------------------------------------------------------------------------------------------------------- */

static inline const char *any_code(world *w, int32_t kind) {
    uint32_t n = 0;
    while (complaint_policy_code(w->policy, kind, (int32_t)n)) n++;
    return chance(w, 4) || n == 0 ? "nonsense" : complaint_policy_code(w->policy, kind, (int32_t)roll(w, n));
}

static inline const char *any_unit(world *w, const known_case *c) {
    if (c && c->unit_count && chance(w, 65)) return c->units[roll(w, (uint32_t)c->unit_count)];
    return w->policy->units[roll(w, (uint32_t)w->policy->unit_count)].code.id.p;
}

static inline int64_t any_instant(world *w) {
    static const int64_t odd[] = {INT64_MIN, INT64_MAX, 0, -1, INT64_C(-16956000000000), INT64_C(23035000000000)};
    if (chance(w, 5)) return odd[roll(w, COUNT(odd))];
    return w->now + ((int64_t)roll(w, 60) - 10) * DAY;
}

static inline void add_garbage(world *w, asked *q, const char *name) {
    static const struct {
        const char *bytes;
        size_t n;
    } garbage[] = {{"ab\xc3", 3}, {"a\0b", 3}, {"", 0}, {"\xed\xa0\x80", 3}, {"\"\\\n\x01\x7f{}[]", 9}, {"9999999999999999999", 19}, {"-1", 2}, {",", 1}};
    static const int64_t numbers[] = {INT64_MIN, INT64_MAX, 0, -1, 1, 1000000};
    uint32_t r = roll(w, COUNT(garbage) + COUNT(numbers) + 1);
    if (r < COUNT(garbage)) add_bytes(q, name, garbage[r].bytes, garbage[r].n);
    else if (r < COUNT(garbage) + COUNT(numbers)) add_number(q, name, numbers[r - COUNT(garbage)]);
    else {
        size_t n = chance(w, 10) ? 1024 * 1024 + 1 : 4000;
        char *text = malloc(n);
        memset(text, 'x', n);
        add_bytes(q, name, text, n);
        free(text);
    }
}

static inline void plant_number(world *w, asked *q, const char *field) {
    char text[64];
    if (w->number_count == MOST_NUMBERS || q->number) return;
    w->number_count++;
    q->number = ++w->plant_count;
    w->plants[q->number - 1] = (planted){0};
    snprintf(text, sizeof text, "SECRETNUMBER-%d-", q->number - 1);
    add_text(q, field, text);
}

static inline void add_value(world *w, asked *q, const cpl_field *f, const known_case *c) {
    const char *name = f->code.id.p;
    if (chance(w, 2)) {
        add_garbage(w, q, name);
        return;
    }
    if (strcmp(name, "person") == 0 || strcmp(name, "assignee") == 0) {
        add_text(q, name, w->people[roll(w, (uint32_t)w->people_count)].id);
        return;
    }
    switch (f->type) {
    case CPL_FIELD_CLASS: add_text(q, name, any_code(w, COMPLAINT_CODE_CLASS)); break;
    case CPL_FIELD_NATURE: add_text(q, name, any_code(w, COMPLAINT_CODE_NATURE)); break;
    case CPL_FIELD_FLAG: add_text(q, name, any_code(w, COMPLAINT_CODE_FLAG)); break;
    case CPL_FIELD_CHANNEL: add_text(q, name, any_code(w, COMPLAINT_CODE_CHANNEL)); break;
    case CPL_FIELD_ORIGIN: add_text(q, name, w->policy->origin_count ? w->policy->origins[roll(w, (uint32_t)w->policy->origin_count)].code.id.p : "x"); break;
    case CPL_FIELD_ROLE: add_text(q, name, w->policy->roles[roll(w, (uint32_t)w->policy->role_count)].id.p); break;
    case CPL_FIELD_UNIT: add_text(q, name, any_unit(w, c)); break;
    case CPL_FIELD_UNITS: {
        char list[2 * CPL_ID_MAX + 4];
        const char *one = any_unit(w, NULL), *two = any_unit(w, NULL);
        for (int i = 0; i < 20 && chance(w, 95) && (w->policy->units[cpl_policy_unit(w->policy, cpl_str_of(one))].kind == CPL_AGENCY) != (q->verb == COMPLAINT_VERB_REFER); i++) one = any_unit(w, NULL);
        snprintf(list, sizeof list, chance(w, 15) ? "%s,%s" : "%s", one, two);
        add_text(q, name, list);
        break;
    }
    case CPL_FIELD_CHOICE: add_text(q, name, f->choices[roll(w, (uint32_t)f->choice_count)].p); break;
    case CPL_FIELD_INTEGER: add_number(q, name, f->min + (int64_t)roll(w, (uint32_t)(f->max - f->min > 20 ? 20 : f->max - f->min) + 1 + (chance(w, 5) ? 1 : 0))); break;
    case CPL_FIELD_BOOLEAN: add_number(q, name, roll(w, 2)); break;
    case CPL_FIELD_TIME: add_number(q, name, any_instant(w)); break;
    case CPL_FIELD_CASE:
        if (w->case_count && chance(w, 90)) add_number(q, name, w->cases[roll(w, (uint32_t)w->case_count)].id);
        else add_number(q, name, (int64_t)roll(w, 30000));
        break;
    case CPL_FIELD_CODE: add_text(q, name, chance(w, 90) ? "ชร 0033.1/123" : ""); break;
    case CPL_FIELD_TEXT: {
        if (strcmp(name, "name") == 0 || strcmp(name, "address") == 0) break; /* planted by the caller */
        if (f->identity) plant_number(w, q, name);
        else add_text(q, name, chance(w, 50) ? "ข้อความ \"อ้าง\"\n\\ \x01\x7f {}" : "x");
        break;
    }
    }
}

static inline void add_fields(world *w, asked *q, const cpl_action *a, const known_case *c) {
    for (size_t i = 0; i < a->required_count; i++)
        if (!chance(w, 3)) add_value(w, q, &w->policy->fields[a->required[i]], c);
    for (size_t i = 0; i < a->optional_count && q->count < MOST_FIELDS - 4; i++)
        if (chance(w, 30)) add_value(w, q, &w->policy->fields[a->optional[i]], c);
    if (chance(w, 2)) add_garbage(w, q, "weather");
}

static inline const staff *any_person(world *w) { return &w->people[roll(w, (uint32_t)w->people_count)]; }

/* Mostly somebody who may. */
static inline const staff *fit_person(world *w, const cpl_action *a, const known_case *c) {
    for (int i = 0; a && i < 60; i++) {
        const staff *p = any_person(w);
        int role = cpl_policy_role(w->policy, cpl_str_of(p->role));
        if (!(a->roles >> role & 1)) continue;
        if (c && !sees_case(w, c, p) && chance(w, 90)) continue;
        return p;
    }
    return any_person(w);
}

static inline void plant_person(world *w, asked *q, int64_t case_id, int party) {
    char text[64];
    int n = w->plant_count++;
    assert_true(n < (int)COUNT(w->plants));
    w->plants[n] = (planted){.case_id = case_id, .party = party, .entry = true};
    snprintf(text, sizeof text, "SECRETNAME-%d-", n);
    add_text(q, "name", text);
    snprintf(text, sizeof text, "SECRETADDRESS-%d-", n);
    add_text(q, "address", text);
}

static inline void set_times(world *w, asked *q) {
    if (chance(w, 75)) return;
    q->has_happened = true;
    q->happened_at = chance(w, 80) ? w->now - (int64_t)roll(w, 5) * DAY - (int64_t)roll(w, 86400000) : any_instant(w);
}

static inline void set_request(world *w, asked *q) {
    if (chance(w, 70)) return;
    snprintf(q->request, sizeof q->request, "r-%" PRId64, chance(w, 95) ? ++w->calls : 1 + (int64_t)roll(w, (uint32_t)w->calls + 1));
}

/* For a person, or for one of the roles he has himself. */
static inline void stand_in(world *w, staff *p) {
    bool as_role = chance(w, p->second_role[0] ? 30 : 5);
    keep_text(p->acting, sizeof p->acting, !as_role ? "" : chance(w, 50) && p->second_role[0] ? p->second_role : p->role);
    OK(complaint_actor_set_acting_for(p->actor, p->acting[0] ? p->acting : chance(w, 10) ? "p-2" : ""));
}

static inline void on_behalf(world *w, const asked *q) {
    const char *unit = asked_text(q, "from_unit");
    bool good = unit[0] && strlen(unit) <= CPL_ID_MAX && chance(w, 80);
    if (complaint_actor_set_on_behalf(q->who->actor, good ? unit : "") != COMPLAINT_OK) OK(complaint_actor_set_on_behalf(q->who->actor, ""));
    stand_in(w, &w->people[q->who - w->people]);
}

static inline void ask_and_again(world *w, asked *q) {
    set_request(w, q);
    on_behalf(w, q);
    complaint_status s = ask(w, q, false);
    if (s == COMPLAINT_OK && q->request[0] && chance(w, 20) && !w->armed) {
        int64_t acted = w->acted;
        if (ask(w, q, true) != COMPLAINT_OK) DEFECT(w, "the same request is refused: %s", error_of(w));
        w->acted = acted;
    }
    free_asked(q);
}

static inline void somebody_writes(world *w) {
    asked q = {.verb = COMPLAINT_VERB_RECEIVE};
    char text[64];
    if (w->message_count == MOST_MESSAGES) return;
    const cpl_channel *channel = &w->policy->channels[roll(w, (uint32_t)w->policy->channel_count)];
    int n = w->plant_count++;
    w->plants[n] = (planted){.word = true};
    q.who = fit_person(w, cpl_policy_action(w->policy, CPL_EV_RECEIVE), NULL);
    add_text(&q, "channel", chance(w, 95) ? channel->code.id.p : "nonsense");
    snprintf(text, sizeof text, "m-%d", n);
    add_text(&q, "external_id", text);
    snprintf(text, sizeof text, "SECRETNAME-%d-", n);
    add_text(&q, "sender", text);
    snprintf(text, sizeof text, "SECRETTHREAD-%d-", n);
    add_text(&q, "thread", text);
    snprintf(text, sizeof text, "SECRETTEXT-%d-", n);
    add_text(&q, "text", text);
    if (chance(w, 30)) add_number(&q, "sent_at", chance(w, 80) ? w->now - (int64_t)roll(w, 20) * DAY / 4 : any_instant(w));
    q.evidence = chance(w, 10);
    set_request(w, &q);
    on_behalf(w, &q);
    int before = w->message_count;
    ask(w, &q, false);
    if (w->message_count == before && !w->dirty) w->plant_count--;
    free_asked(&q);
}

static inline void sort_message(world *w, int64_t message, int32_t verb) {
    asked q = {.revision = COMPLAINT_ANY_REVISION, .message = message, .verb = verb};
    if (w->case_count && (q.verb == COMPLAINT_VERB_ADD_MESSAGE || (q.verb == COMPLAINT_VERB_TRIAGE && chance(w, 10)))) q.case_id = w->cases[roll(w, (uint32_t)w->case_count)].id;
    const cpl_action *a = cpl_policy_action(w->policy, q.verb);
    q.who = fit_person(w, a, NULL);
    if (a && (q.case_id == 0 || q.verb == COMPLAINT_VERB_ADD_MESSAGE)) add_fields(w, &q, a, NULL);
    if (verb == COMPLAINT_VERB_SET_ASIDE && !asked_text(&q, "aside")[0] && chance(w, 50)) add_text(&q, "aside", "thanks");
    set_times(w, &q);
    q.silent = chance(w, 3);
    ask_and_again(w, &q);
}

static inline void a_message_is_sorted(world *w) {
    if (w->message_count == 0 || w->case_count > MOST_CASES - 4) return;
    uint32_t r = roll(w, 100);
    int64_t message = w->messages[chance(w, 70) ? (uint32_t)w->message_count - 1 : roll(w, (uint32_t)w->message_count)];
    sort_message(w, message, r < 65 ? COMPLAINT_VERB_TRIAGE : r < 80 ? COMPLAINT_VERB_ADD_MESSAGE : COMPLAINT_VERB_SET_ASIDE);
    if (r >= 80 && chance(w, 25)) sort_message(w, message, COMPLAINT_VERB_TRIAGE); /* second thoughts, before it was answered */
}

static inline void the_desk_does(world *w) {
    asked q = {.verb = chance(w, 60) ? COMPLAINT_VERB_CHECK_CHANNEL : chance(w, 70) ? COMPLAINT_VERB_EXECUTIVE_INTAKE : COMPLAINT_VERB_ASSIGN}; /* without a case: a duty */
    const cpl_action *a = cpl_policy_action(w->policy, q.verb);
    if (!a || w->case_count > MOST_CASES - 4) return;
    q.who = fit_person(w, a, NULL);
    add_fields(w, &q, a, NULL);
    set_times(w, &q);
    ask_and_again(w, &q);
}

/* Mostly a verb that the case's state knows. */
static inline const cpl_action *fit_action(world *w, const known_case *c) {
    const complaint_policy *p = w->policy;
    row_of_case r = look_case(w, c->id);
    int state = cpl_policy_state(p, cpl_str_of(r.state));
    for (int i = 0; i < 40; i++) {
        const cpl_action *a = &p->actions[p->intake_count + roll(w, (uint32_t)(p->action_count - p->intake_count))];
        bool rare = a->kind == CPL_EV_WITHDRAW || a->kind == CPL_EV_REJECT || a->kind == CPL_EV_RECUSE || a->kind == CPL_EV_SPLIT;
        if (rare && chance(w, 80)) continue;
        if ((state >= 0 && (a->from >> state & 1)) || chance(w, 5)) return a;
    }
    return &p->actions[p->intake_count];
}

/* One of the verbs that the desk says this person may do now, rather one that leads to another state; NULL: none. */
static inline const cpl_action *possible_action(world *w, const known_case *c, const staff *p) {
    complaint_page *page = NULL;
    const cpl_action *found = NULL;
    if (complaint_desk_actions(w->desk, p->actor, c->id, COMPLAINT_ENGLISH, &page) != COMPLAINT_OK) return NULL;
    int64_t n = complaint_page_count(page);
    bool classified = look_case(w, c->id).classified;
    for (int i = 0; n && i < 60; i++) {
        int64_t row = roll(w, (uint32_t)n);
        const cpl_action *a = cpl_policy_action(w->policy, complaint_verb_find(complaint_page_text_of(page, row, "verb")));
        bool rare = a->kind == CPL_EV_WITHDRAW || a->kind == CPL_EV_REJECT || a->kind == CPL_EV_SPLIT || a->kind == CPL_EV_RECUSE || a->kind == CPL_EV_REQUEST_INFO;
        if (complaint_page_text_of(page, row, "refusal")[0] || (rare && chance(w, 85))) continue;
        found = a;
        if (a->to != CPL_TO_STAY || (a->kind == CPL_EV_CLASSIFY && !classified) || chance(w, 8)) break;
    }
    complaint_page_free(page);
    return found;
}

static inline void somebody_acts(world *w) {
    if (w->case_count == 0) return;
    known_case *c = &w->cases[chance(w, 60) ? (uint32_t)w->case_count - 1 - roll(w, w->case_count < 4 ? (uint32_t)w->case_count : 4) : roll(w, (uint32_t)w->case_count)];
    const staff *chosen = any_person(w);
    for (int i = 0; i < 30 && strcmp(chosen->role, "officer") != 0 && strcmp(chosen->role, "head") != 0 && chance(w, 92); i++) chosen = any_person(w);
    const cpl_action *listed = chance(w, 65) ? possible_action(w, c, chosen) : NULL, *a = listed ? listed : fit_action(w, c);
    if (a->kind == CPL_EV_SPLIT && (w->case_count > MOST_CASES - 4 || chance(w, 50))) return;
    if (a->kind == CPL_EV_ADD_MESSAGE) return;
    asked q = {.verb = a->kind, .case_id = c->id, .revision = COMPLAINT_ANY_REVISION};
    q.who = listed ? chosen : fit_person(w, a, c);
    add_fields(w, &q, a, c);
    int plants = w->plant_count;
    if (a->kind == CPL_EV_ADD_COMPLAINANT) {
        if (c->parties == MOST_PARTIES) {
            free_asked(&q);
            return;
        }
        plant_person(w, &q, c->id, c->parties + 1);
    }
    int party = meant(c, &q);
    if (a->kind == CPL_EV_UPDATE_COMPLAINANT && party >= 1 && party <= c->parties && chance(w, 60) && w->plant_count < MOST_MESSAGES + MOST_CASES * MOST_PARTIES) plant_person(w, &q, c->id, party);
    if (a->kind == CPL_EV_SPLIT)
        for (int i = 0; i < w->message_count; i++)
            if (w->plants[w->message_plant[i]].case_id == c->id) q.message = w->messages[i];
    if (a->kind == CPL_EV_RECUSE && c->blind_count > MOST_BLIND - 4) {
        free_asked(&q);
        return;
    }
    if ((a->kind == CPL_EV_FORWARD || a->kind == CPL_EV_REFER) && c->unit_count > MOST_UNITS - 16) {
        free_asked(&q);
        return;
    }
    if (a->kind == CPL_EV_REPORT_RESULT || a->kind == CPL_EV_ACCEPT || a->kind == CPL_EV_REPORT_PROGRESS || a->kind == CPL_EV_HAND_BACK)
        for (int i = 0; i < w->people_count && !listed && chance(w, 80); i++)
            if (w->people[i].unit[0] && strcmp(w->people[i].unit, asked_text(&q, "from_unit")) == 0) q.who = &w->people[i];
    if (chance(w, 10)) q.revision = (int64_t)roll(w, 20);
    q.evidence = chance(w, 4);
    q.silent = chance(w, 3);
    set_times(w, &q);
    int parties = c->parties;
    int64_t acted = w->acted;
    ask_and_again(w, &q);
    if (plants != w->plant_count && w->acted == acted && c->parties == parties && !w->dirty) w->plant_count = plants;
}

/* ---- what happens by itself ----------------------------------------------------------------------------------------------------------------------- */

static inline void check_system(world *w, complaint_status s) {
    if (s == COMPLAINT_OK || s == COMPLAINT_E_MORE || s == COMPLAINT_E_CANCELLED) return;
    complaint_status k = CPL_CLASS(s);
    if (w->armed && (k == COMPLAINT_E_BUSY || k == COMPLAINT_E_STORE || k == COMPLAINT_E_FULL || k == COMPLAINT_E_MEMORY || k == COMPLAINT_E_UNKNOWN)) return;
    DEFECT(w, "%s: %s", complaint_status_name(s), error_of(w));
}

static inline int32_t COMPLAINT_CALL give_up(void *context, int64_t done) {
    (void)done;
    return chance(context, 20);
}

static inline void time_goes_on(world *w) {
    uint32_t r = roll(w, 100);
    if (r < 60) w->now += (int64_t)roll(w, 6 * 3600 * 1000);
    else if (r < 90) w->now += (int64_t)roll(w, 4) * DAY + (int64_t)roll(w, 86400000);
    else if (r < 96) w->now += (int64_t)roll(w, 40) * DAY;
    else w->now -= (int64_t)roll(w, 2 * 3600 * 1000); /* somebody put the clock back */
    if (w->now > test_instant("2027-09-01T00:00")) w->now = test_instant("2027-09-01T00:00");
}

static inline void clocks_speak(world *w) {
    complaint_page *page = NULL, *none = NULL;
    w->doing = "tick";
    if (day_index(cpl_instant_day(w->now)) >= 0) w->ticked[day_index(cpl_instant_day(w->now))] = true;
    if (chance(w, 10)) OK(complaint_desk_set_progress(w->desk, give_up, w));
    complaint_status s = complaint_desk_tick(w->desk, chance(w, 20) ? 1 + (int64_t)roll(w, 5) : 0, &page);
    check_system(w, s);
    complaint_page_free(page);
    OK(complaint_desk_set_progress(w->desk, NULL, NULL));
    if (s != COMPLAINT_OK || w->armed) return;
    OK(complaint_desk_tick(w->desk, 0, &none)); /* twice adds nothing */
    if (complaint_page_integer_of(none, 0, "duties")) DEFECT(w, "a second tick reminds of %" PRId64 " channels more", complaint_page_integer_of(none, 0, "duties"));
    if (complaint_page_integer_of(none, 0, "clocks")) DEFECT(w, "a second tick says %" PRId64 " more", complaint_page_integer_of(none, 0, "clocks"));
    complaint_page_free(none);
}

static inline void notices_go(world *w) {
    complaint_page *page = NULL;
    w->doing = "deliver";
    if (chance(w, 10)) OK(complaint_desk_set_progress(w->desk, give_up, w));
    check_system(w, complaint_desk_deliver(w->desk, chance(w, 20) ? 1 + (int64_t)roll(w, 5) : 0, &page));
    complaint_page_free(page);
    OK(complaint_desk_set_progress(w->desk, NULL, NULL));
}

static inline void an_answer_comes(world *w) {
    w->doing = "outcome";
    for (int i = 0; i < w->sent_count; i++) {
        if (!w->sent[i].accepted || !chance(w, 50)) continue;
        complaint_status s = complaint_desk_notice_outcome(w->desk, w->sent[i].intent, chance(w, 70) ? COMPLAINT_DELIVERED : COMPLAINT_REFUSED);
        if (s != COMPLAINT_E_NOT_FOUND) check_system(w, s);
        if (s == COMPLAINT_OK) w->sent[i].accepted = false, w->sent[i].delivered = true;
    }
}

static inline void a_holiday_is_announced(world *w) {
    complaint_calendar_edit *edit = NULL;
    complaint_calendar *other = NULL;
    complaint_page *page = NULL, *none = NULL;
    w->doing = "recompute";
    OK(complaint_calendar_edit_new(w->calendar, &edit, NULL));
    if (complaint_calendar_edit_add(edit, cpl_instant_day(w->now) + (int32_t)roll(w, 12), COMPLAINT_HOLIDAY_SPECIAL, "national", "วันหยุดพิเศษ", "Special", "cabinet", NULL) == COMPLAINT_OK &&
        complaint_calendar_edit_build(edit, &other, NULL) == COMPLAINT_OK) {
        complaint_calendar_free(w->calendar);
        w->calendar = other;
        w->holidays++;
    }
    complaint_calendar_edit_free(edit);
    life_close_desk(w);
    life_open_desk(w);
    const staff *officer = NULL;
    for (int i = 0; !officer && i < w->people_count; i++)
        if (strcmp(w->people[i].role, "officer") == 0) officer = &w->people[i];
    check_system(w, complaint_desk_recompute(w->desk, officer->actor, NULL, 0, &page));
    complaint_page_free(page);
    OK(complaint_desk_recompute(w->desk, officer->actor, NULL, 0, &none));
    if (complaint_page_integer_of(none, 0, "moved")) DEFECT(w, "the same calendar moves a deadline");
    complaint_page_free(none);
}

static inline void one_thing_happens(world *w) {
    uint32_t r = roll(w, 100);
    if (w->case_count < 4 && r > 60) r = chance(w, 50) ? 0 : 8;
    if (r < 4) somebody_writes(w);
    else if (r < 10) a_message_is_sorted(w);
    else if (r < 12) the_desk_does(w);
    else if (r < 20) time_goes_on(w);
    else if (r < 26) clocks_speak(w);
    else if (r < 32) notices_go(w);
    else if (r < 34) an_answer_comes(w);
    else somebody_acts(w);
}

/* A store that fails at some call of the next thing that happens. */
static inline void during_an_outage(world *w) {
    static const struct {
        int32_t slot, flags;
        complaint_status status;
    } outages[] = {{COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_ONCE, COMPLAINT_E_RETRY},   {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_FOREVER, COMPLAINT_E_RETRY},
                   {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_FOREVER, COMPLAINT_E_STORE}, {COMPLAINT_SLOT_COMMIT, COMPLAINT_FAULT_ONCE, COMPLAINT_E_UNKNOWN},
                   {COMPLAINT_SLOT_COMMIT, COMPLAINT_FAULT_AFTER, COMPLAINT_E_UNKNOWN}, {COMPLAINT_SLOT_WRITE, COMPLAINT_FAULT_ONCE, COMPLAINT_E_FULL},
                   {COMPLAINT_SLOT_ANY, COMPLAINT_FAULT_ONCE, COMPLAINT_E_BUSY}};
    uint32_t i = roll(w, COUNT(outages));
    complaint_fault_reset(w->fault);
    OK(complaint_fault_set(w->fault, outages[i].slot, (int64_t)roll(w, 8), outages[i].flags, outages[i].status));
    w->armed = w->dirty = true;
    uint32_t what = roll(w, 4);
    if (what == 0) clocks_speak(w);
    else notices_go(w);
    complaint_fault_reset(w->fault);
    w->armed = false;
    prove(w);
}

static inline void live(world *w, int64_t steps) {
    for (w->step = 0; w->step < steps; w->step++) {
        if (chance(w, 2)) during_an_outage(w);
        else if (chance(w, 1)) a_holiday_is_announced(w);
        else one_thing_happens(w);
        if (w->step % 40 == 39) prove(w), look_as(w, any_person(w));
    }
    prove(w);
    for (int i = 0; i < w->people_count; i += 1 + (int)roll(w, 3)) look_as(w, &w->people[i]);
}

enum { MOST_VERBS = 64 };

typedef struct figures {
    int64_t verbs[MOST_VERBS]; /* how often each was done: what is never done is not tested */
    int64_t worlds, cases, steps, acted, refused, pages, notices;
} figures;

static inline void one_world(uint64_t seed, bool sqlite, int64_t steps, figures *f) {
    static sent_one sent[MOST_SENT];
    static world w;
    w.sent = sent;
    open_world(&w, seed, sqlite);
    live(&w, steps);
    f->worlds++;
    f->cases += w.case_count;
    f->steps += steps;
    f->acted += w.acted;
    f->refused += w.refused;
    f->pages += w.pages;
    f->notices += w.sent_count;
    for (int i = 0; i < MOST_VERBS; i++) f->verbs[i] += w.verbs[i];
    close_world(&w);
}

/* LIFE_SEED in the environment lives one world again; LIFE_TRACE says which one is being lived. */
static inline void live_worlds(uint64_t first, int64_t cases, int64_t steps, bool sqlite) {
    figures f = {0};
    const char *only = getenv("LIFE_SEED");
    for (uint64_t seed = only ? strtoull(only, NULL, 10) : first; f.cases < cases; seed++) {
        if (getenv("LIFE_TRACE")) print_message("seed %" PRIu64 "\n", seed);
        one_world(seed, sqlite, steps, &f);
        if (only) break;
    }
    for (int32_t verb = 1; verb < MOST_VERBS && !only; verb++)
        if (complaint_verb_name(verb) && !sqlite && verb != COMPLAINT_VERB_REVEAL && verb != COMPLAINT_VERB_ERASE) {
            if (f.verbs[verb] == 0) fail_msg("nobody ever did %s", complaint_verb_name(verb));
            print_message("%s %" PRId64 ", ", complaint_verb_name(verb), f.verbs[verb]);
        }
    print_message("\n");
    print_message("%s: seeds from %" PRIu64 ", %" PRId64 " worlds, %" PRId64 " cases, %" PRId64 " steps, %" PRId64 " actions done, %" PRId64 " refused, %" PRId64 " notices, %" PRId64 " pages searched\n",
                  sqlite ? "sqlite" : "memory", first, f.worlds, f.cases, f.steps, f.acted, f.refused, f.notices, f.pages);
}

#endif
