/*
 * Bytes as calls: each byte chooses a call on setups, desks, drafts, actors, pages, policies and calendars, the next ones its handles (live, NULL, or of another kind) and its arguments, in any order.
 *
 * Whatever is called: every answer is a status of the registry, an output is given if and only if the answer says so, a desk's error is the last call's, a call from inside a callback is refused and changes nothing. Handles
 * are freed in any order. At the end verify finds nothing in any office of either store.
 */
#include "office.h"

#include "base/base.h"

#include <complaint/archive.h>
#include <complaint/import.h>
#include <complaint/report.h>
#include <complaint/schema.h>

enum { STORES = 2, OFFICES = 3, HANDLES = 3, MOST_CALLS = 120, KNOWN = 6 };

typedef struct api api;

/* What a desk's callbacks know. */
typedef struct desk_place {
    complaint_desk *desk;
    int store, office;
} desk_place;

struct api {
    fuzz *f;
    fuzz_bytes b;
    int64_t now;
    complaint_memory *stores[STORES];
    bool touched[STORES][OFFICES];
    complaint_setup *setups[HANDLES];
    int setup_store[HANDLES], setup_office[HANDLES], setup_policy[HANDLES];
    desk_place desks[HANDLES];
    complaint_draft *drafts[HANDLES];
    complaint_actor *actors[HANDLES];
    complaint_page *pages[HANDLES];
    complaint_evidence *evidence[HANDLES];
    complaint_outcome *outcomes[HANDLES];
    complaint_text *texts[HANDLES];
    complaint_policy *policies[HANDLES];
    complaint_calendar *calendars[HANDLES];
    int64_t cases[KNOWN], messages[KNOWN];
    int case_count, message_count;
    int32_t answer; /* the notifier's */
    complaint_desk *running; /* the desk whose call has not returned */
    char room[6][256];
    int room_at;
};

/* ---- choosing ---- */

static char *text(api *a) { return fuzz_text(&a->b, a->room[a->room_at++ % 6]); }

/* A text that means something, or any. */
static const char *word(api *a) {
    static const char *const words[] = {"", "text", "channel", "facebook", "external_id", "identity", "named", "anonymous", "unit", "quality", "hr", "class", "service", "flag", "urgent", "corruption", "reason", "outcome", "done",
                                        "officer", "head", "executive", "auditor", "system", "opened", "new", "thread", "sender", "case", "days", "link", "same_event", "decision", "agreed", "by_hand", "letter", "m-1", "m-2", "r-1"};
    uint32_t which = fuzz_below(&a->b, sizeof words / sizeof words[0] + 2);
    return which < sizeof words / sizeof words[0] ? words[which] : text(a);
}

static int64_t case_id(api *a) {
    uint32_t which = fuzz_below(&a->b, KNOWN + 2);
    return which < (uint32_t)a->case_count ? a->cases[which] : which == KNOWN ? fuzz_int(&a->b) : 0;
}

static int64_t message_id(api *a) {
    uint32_t which = fuzz_below(&a->b, KNOWN + 1);
    return which < (uint32_t)a->message_count ? a->messages[which] : fuzz_int(&a->b);
}

/* The number of a handle; HANDLES: NULL, HANDLES + 1: one of another kind. */
static uint32_t any(api *a) { return fuzz_below(&a->b, HANDLES + 2); }

static void *wrong(api *a) {
    void *others[] = {a->drafts[0], a->actors[0], a->setups[0], a->desks[0].desk};
    return others[fuzz_below(&a->b, 4)];
}

/* `wrong` only where the handle says what it is. */
#define PICK(type, expression)                                     \
    static type *type##_of(api *a) {                               \
        uint32_t which = any(a);                                   \
        return which < HANDLES ? (expression) : NULL;              \
    }
PICK(complaint_page, a->pages[which])
PICK(complaint_evidence, a->evidence[which])
PICK(complaint_policy, a->policies[which])
PICK(complaint_calendar, a->calendars[which])

static complaint_actor *actor_of(api *a) {
    uint32_t which = any(a);
    void *other = which > HANDLES ? wrong(a) : NULL;
    for (int i = 0; i < HANDLES; i++)
        if (other && other == (void *)a->actors[i]) return a->actors[i];
    return which < HANDLES ? a->actors[which] : other;
}

static complaint_draft *draft_of(api *a) {
    uint32_t which = any(a);
    return which < HANDLES ? a->drafts[which] : which > HANDLES ? (void *)a->actors[0] : NULL;
}

static complaint_desk *desk_of(api *a) {
    uint32_t which = any(a);
    return which < HANDLES ? a->desks[which].desk : which > HANDLES ? (void *)a->setups[0] : NULL;
}

static complaint_setup *setup_of(api *a, uint32_t *which) {
    *which = any(a);
    return *which < HANDLES ? a->setups[*which] : *which > HANDLES ? (void *)a->actors[0] : NULL;
}

/* ---- answers ---- */

static complaint_status known(api *a, complaint_status s) {
    int32_t class = CPL_CLASS(s);
    PROMISE(cpl_status_known(s));
    if (class == COMPLAINT_E_INTERNAL || class == COMPLAINT_E_VERSION || class == COMPLAINT_E_RETRY || class == COMPLAINT_E_CORRUPT || class == COMPLAINT_E_POLICY) fprintf(stderr, "%s\n", complaint_status_name(s));
    PROMISE(class != COMPLAINT_E_INTERNAL && class != COMPLAINT_E_VERSION && class != COMPLAINT_E_RETRY && class != COMPLAINT_E_UNKNOWN);
    PROMISE(s != COMPLAINT_E_MEMORY || a->f->refused);
    return s;
}

static complaint_status said(api *a, complaint_desk *d, complaint_status s) {
    known(a, s);
    const complaint_error *e = complaint_desk_error(d);
    if (s == COMPLAINT_E_HANDLE && !e) return s;
    PROMISE(complaint_error_status(e) == s);
    PROMISE(s == COMPLAINT_OK || (*complaint_error_text(e, COMPLAINT_THAI) && *complaint_error_text(e, COMPLAINT_ENGLISH)));
    PROMISE(CPL_CLASS(s) != COMPLAINT_E_CORRUPT);
    return s;
}

static void keep_page(api *a, complaint_status s, complaint_page *page) {
    uint32_t at = fuzz_below(&a->b, HANDLES);
    PROMISE((s == COMPLAINT_OK || s == COMPLAINT_E_MORE || s == COMPLAINT_E_CANCELLED) || !page);
    PROMISE(s != COMPLAINT_OK || page);
    if (!page) return;
    complaint_page_free(a->pages[at]);
    a->pages[at] = page;
}

static void keep_text(api *a, complaint_status s, complaint_text *made) {
    uint32_t at = fuzz_below(&a->b, HANDLES);
    PROMISE((s == COMPLAINT_OK) == (made != NULL));
    if (!made) return;
    complaint_text_free(a->texts[at]);
    a->texts[at] = made;
}

/* ---- callbacks ---- */

/* Refused, and the outer call's error stays as it is. */
static void call_back(api *a) {
    complaint_page *page = NULL;
    int64_t id = -7;
    if (!a->running) return;
    const complaint_error *e = complaint_desk_error(a->running);
    complaint_status before = complaint_error_status(e);
    PROMISE(complaint_desk_find(a->running, a->actors[0], 2569, 1, &id) == COMPLAINT_E_REENTRANT && id == -7);
    PROMISE(complaint_desk_tick(a->running, 0, &page) == COMPLAINT_E_REENTRANT && !page);
    PROMISE(complaint_desk_act(a->running, a->actors[0], COMPLAINT_VERB_NOTE, a->drafts[0], NULL) == COMPLAINT_E_REENTRANT);
    complaint_desk_close(a->running);
    PROMISE(complaint_error_status(complaint_desk_error(a->running)) == before);
}

static complaint_status COMPLAINT_CALL tell_time(void *self, int64_t *now, complaint_host_error *e) {
    api *a = self;
    (void)e;
    call_back(a);
    *now = a->now;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL send_it(void *self, const complaint_notice *n, int32_t *answer, int64_t *retry_at, complaint_host_error *e) {
    api *a = self;
    PROMISE(*complaint_notice_intent(n) && *complaint_notice_template(n));
    call_back(a);
    *answer = a->answer;
    *retry_at = a->answer == COMPLAINT_RETRY_AT ? fuzz_int(&a->b) : 0;
    complaint_host_error_set(e, 7, "busy", 4);
    return a->answer > 5 ? COMPLAINT_E_STORE : COMPLAINT_OK;
}

static int32_t COMPLAINT_CALL go_on(void *context, int64_t done) {
    api *a = context;
    PROMISE(done >= 0);
    call_back(a);
    return fuzz_byte(&a->b) % 16 == 15;
}

typedef struct bytes {
    api *a;
    size_t left;
} bytes;

static complaint_status COMPLAINT_CALL read_some(void *context, void *buffer, size_t capacity, size_t *got) {
    bytes *from = context;
    call_back(from->a);
    size_t n = from->left < capacity ? from->left : capacity;
    memset(buffer, 'x', n);
    from->left -= n;
    *got = n;
    return COMPLAINT_OK;
}

static int32_t COMPLAINT_CALL take_some(void *context, const void *data, size_t size) {
    api *a = context;
    PROMISE(data || !size);
    call_back(a);
    return fuzz_byte(&a->b) % 16 == 15;
}

/* ---- calls on setups ---- */

static void setup_new(api *a) {
    uint32_t at = fuzz_below(&a->b, HANDLES);
    complaint_setup *made = NULL;
    complaint_status s = known(a, complaint_setup_new(&a->f->memory, &made));
    PROMISE((s == COMPLAINT_OK) == (made != NULL));
    if (!made) return;
    complaint_setup_free(a->setups[at]);
    a->setups[at] = made;
    a->setup_store[at] = a->setup_policy[at] = -1;
    a->setup_office[at] = 0;
}

static void setup_store(api *a) {
    uint32_t which, store = fuzz_below(&a->b, STORES), spoilt = fuzz_byte(&a->b);
    complaint_setup *s = setup_of(a, &which);
    complaint_store table;
    PROMISE(complaint_memory_table(a->stores[store], &table) == COMPLAINT_OK);
    if (spoilt == 1) table.size = 8;
    if (spoilt == 2) table.select = NULL;
    complaint_status done = known(a, complaint_setup_set_store(s, spoilt == 3 ? NULL : &table));
    PROMISE(done != COMPLAINT_OK || spoilt == 0 || spoilt > 3);
    if (done == COMPLAINT_OK) a->setup_store[which] = (int)store;
}

static void setup_rest(api *a) {
    static const char *const offices[OFFICES] = {"cr", "pr", "x"};
    uint32_t which, what = fuzz_below(&a->b, 6);
    complaint_setup *s = setup_of(a, &which);
    const complaint_clock clock = {sizeof clock, a, tell_time};
    const complaint_notifier notifier = {sizeof notifier, a, send_it};
    uint32_t place = fuzz_below(&a->b, OFFICES);
    complaint_status done = COMPLAINT_OK;
    switch (what) {
    case 0: done = complaint_setup_set_clock(s, &clock); break;
    case 1: done = complaint_setup_set_notifier(s, &notifier); break;
    case 2: done = complaint_setup_set_policy(s, complaint_policy_of(a)); break;
    case 3: done = complaint_setup_set_calendar(s, complaint_calendar_of(a)); break;
    case 4:
        done = complaint_setup_set_office(s, offices[place]);
        if (done == COMPLAINT_OK) a->setup_office[which] = (int)place;
        break;
    default: done = complaint_setup_set_mode(s, (int32_t)fuzz_below(&a->b, 4)); break;
    }
    known(a, done);
}

/* A setup that has all it needs, so that most inputs have a desk. */
static void setup_whole(api *a) {
    static const char *const offices[OFFICES] = {"cr", "pr", "x"};
    uint32_t at = fuzz_below(&a->b, HANDLES), store = fuzz_below(&a->b, STORES), place = fuzz_below(&a->b, OFFICES);
    complaint_store table;
    const complaint_clock clock = {sizeof clock, a, tell_time};
    const complaint_notifier notifier = {sizeof notifier, a, send_it};
    complaint_setup *s = a->setups[at];
    if (!s || !a->policies[at] || !a->calendars[0]) return;
    PROMISE(complaint_memory_table(a->stores[store], &table) == COMPLAINT_OK);
    PROMISE(complaint_setup_set_store(s, &table) == COMPLAINT_OK && complaint_setup_set_clock(s, &clock) == COMPLAINT_OK && complaint_setup_set_notifier(s, &notifier) == COMPLAINT_OK);
    PROMISE(complaint_setup_set_policy(s, a->policies[at]) == COMPLAINT_OK && complaint_setup_set_calendar(s, a->calendars[0]) == COMPLAINT_OK && complaint_setup_set_office(s, offices[place]) == COMPLAINT_OK);
    PROMISE(complaint_setup_set_mode(s, COMPLAINT_WRITE) == COMPLAINT_OK);
    a->setup_store[at] = (int)store;
    a->setup_office[at] = (int)place;
}

static void setup_free(api *a) {
    uint32_t at = fuzz_below(&a->b, HANDLES);
    complaint_setup_free(a->setups[at]);
    a->setups[at] = NULL;
}

/* ---- calls on desks ---- */

static void desk_open(api *a) {
    uint32_t which, at = fuzz_below(&a->b, HANDLES);
    complaint_setup *setup = setup_of(a, &which);
    complaint_desk *made = NULL;
    complaint_status s = known(a, complaint_desk_open(setup, &made));
    PROMISE((s == COMPLAINT_OK) == (made != NULL));
    if (s != COMPLAINT_OK && complaint_setup_error(setup)) PROMISE(complaint_error_status(complaint_setup_error(setup)) == s);
    if (!made) return;
    complaint_desk_close(a->desks[at].desk);
    a->desks[at] = (desk_place){made, a->setup_store[which], a->setup_office[which]};
    a->touched[a->setup_store[which]][a->setup_office[which]] = true;
}

static void desk_close(api *a) {
    uint32_t at = fuzz_below(&a->b, HANDLES);
    complaint_desk_close(a->desks[at].desk);
    a->desks[at].desk = NULL;
}

static void desk_act(api *a) {
    complaint_desk *d = desk_of(a);
    complaint_draft *draft = draft_of(a);
    complaint_actor *actor = actor_of(a);
    int32_t verb = (int32_t)fuzz_below(&a->b, 50);
    complaint_outcome *out = NULL;
    uint32_t at = fuzz_below(&a->b, HANDLES);
    a->running = d;
    complaint_status s = said(a, d, complaint_desk_act(d, actor, verb, draft, &out));
    a->running = NULL;
    PROMISE((s == COMPLAINT_OK) == (out != NULL));
    if (!out) return;
    if (complaint_outcome_case(out)) a->cases[a->case_count < KNOWN ? a->case_count++ : (int)fuzz_below(&a->b, KNOWN)] = complaint_outcome_case(out);
    if (complaint_outcome_message(out)) a->messages[a->message_count < KNOWN ? a->message_count++ : (int)fuzz_below(&a->b, KNOWN)] = complaint_outcome_message(out);
    complaint_outcome_free(a->outcomes[at]);
    a->outcomes[at] = out;
}

/* The same as people do it: a message comes in, is opened, something that the desk offers is done. */
static void desk_step(api *a) {
    uint32_t which = fuzz_below(&a->b, HANDLES), what = fuzz_below(&a->b, 8), turn = fuzz_byte(&a->b);
    complaint_desk *d = a->desks[which].desk;
    if (!d || !a->drafts[0] || !a->actors[0]) return;
    office o = {.desk = d, .draft = a->drafts[0], .everybody = a->actors[0], .policy = (complaint_policy *)(uintptr_t)complaint_desk_policy(d), .now = a->now, .received = (int)turn, .message = a->message_count ? a->messages[0] : 0};
    for (int i = 0; i < a->case_count; i++) o.cases[o.case_count++] = a->cases[i];
    complaint_draft_clear(o.draft);
    if (what == 0) (void)office_receive(&o, turn);
    else if (what == 1) (void)office_triage(&o, turn);
    else if (o.case_count) (void)office_step(&o, o.cases[turn % (uint32_t)o.case_count], what * 5 + turn, turn);
    for (int i = a->case_count; i < o.case_count && i < KNOWN; i++) a->cases[a->case_count++] = o.cases[i];
    if (o.message && a->message_count < KNOWN) a->messages[a->message_count++] = o.message;
    if (o.message && a->message_count) a->messages[0] = o.message;
}

typedef complaint_status(COMPLAINT_CALL *part_fn)(complaint_desk *, const complaint_actor *, int64_t, complaint_page **);

static void desk_part(api *a) {
    static const part_fn parts[] = {complaint_desk_case,  complaint_desk_clocks, complaint_desk_referrals, complaint_desk_notices, complaint_desk_parties, complaint_desk_case_messages,
                                    complaint_desk_papers, complaint_desk_links,  complaint_desk_message,   complaint_desk_evidence};
    complaint_desk *d = desk_of(a);
    complaint_actor *actor = actor_of(a);
    part_fn part = parts[fuzz_below(&a->b, sizeof parts / sizeof parts[0])];
    complaint_page *page = NULL;
    complaint_status s = said(a, d, part(d, actor, fuzz_byte(&a->b) & 1 ? case_id(a) : message_id(a), &page));
    keep_page(a, s, page);
}

static void desk_list(api *a) {
    complaint_desk *d = desk_of(a);
    complaint_actor *actor = actor_of(a);
    complaint_page *from = complaint_page_of(a), *page = NULL;
    const char *token = fuzz_byte(&a->b) % 4 ? complaint_page_token(from) : text(a);
    uint32_t what = fuzz_below(&a->b, 7);
    int64_t limit = fuzz_byte(&a->b) % 5 ? 2 : fuzz_int(&a->b);
    complaint_status s;
    switch (what) {
    case 0: s = complaint_desk_events(d, actor, case_id(a), token, limit, &page); break;
    case 1: s = complaint_desk_inbox(d, actor, word(a), token, limit, &page); break;
    case 2: s = complaint_desk_thread(d, actor, word(a), word(a), token, limit, &page); break;
    case 3: s = complaint_desk_worklist(d, actor, (int32_t)fuzz_below(&a->b, 8), token, limit, &page); break;
    case 4: s = complaint_desk_due(d, actor, fuzz_byte(&a->b) & 1 ? NULL : word(a), fuzz_int(&a->b), token, limit, &page); break;
    case 5: s = complaint_desk_actions_of_others(d, actor, case_id(a), (int32_t)fuzz_below(&a->b, 4), &page); break;
    default: s = complaint_desk_actions(d, actor, case_id(a), (int32_t)fuzz_below(&a->b, 4), &page); break;
    }
    said(a, d, s);
    keep_page(a, s, page);
}

static void desk_long(api *a) {
    complaint_desk *d = desk_of(a);
    complaint_actor *actor = actor_of(a);
    complaint_page *page = NULL;
    complaint_status s;
    int64_t budget = fuzz_byte(&a->b) % 8, checked = 0;
    complaint_page *from = complaint_page_of(a);
    const char *token = fuzz_byte(&a->b) % 4 ? NULL : fuzz_byte(&a->b) & 1 ? complaint_page_token(from) : text(a);
    a->answer = 1 + fuzz_byte(&a->b) % 8;
    a->running = d;
    switch (fuzz_below(&a->b, 5)) {
    case 0: s = complaint_desk_tick(d, budget, &page); break;
    case 1: s = complaint_desk_deliver(d, budget, &page); break;
    case 2: s = complaint_desk_recompute(d, actor, token, budget, &page); break;
    case 3: s = complaint_archive_write(d, actor, take_some, a, &page); break;
    default: s = complaint_desk_verify(d, actor, (int32_t)(budget & 3), token, budget * 8, &page, &checked); break;
    }
    a->running = NULL;
    said(a, d, s);
    keep_page(a, s, page);
}

static void desk_text(api *a) {
    complaint_desk *d = desk_of(a);
    complaint_actor *actor = actor_of(a);
    complaint_text *made = NULL;
    complaint_page *page = NULL;
    int64_t number = -7;
    complaint_status s;
    switch (fuzz_below(&a->b, 6)) {
    case 0: s = complaint_desk_explain(d, actor, case_id(a), fuzz_int(&a->b), 1 + fuzz_byte(&a->b) % 3, &made); break;
    case 1: s = complaint_desk_seal(d, actor, fuzz_int(&a->b), &made, &number); break;
    case 2: s = complaint_desk_report_text(d, actor, 2569, 6 * (1 + fuzz_byte(&a->b) % 3), 1 + fuzz_byte(&a->b) % 3, &made); break;
    case 3:
        s = said(a, d, complaint_desk_report(d, actor, (int32_t)fuzz_int(&a->b), 12, &page));
        keep_page(a, s, page);
        return;
    case 4:
        s = said(a, d, complaint_desk_duties(d, actor, (int32_t)fuzz_int(&a->b), (int32_t)fuzz_int(&a->b), &page));
        keep_page(a, s, page);
        return;
    default:
        s = said(a, d, complaint_desk_find(d, actor, (int32_t)(2568 + fuzz_byte(&a->b) % 3), fuzz_int(&a->b), &number));
        PROMISE((s == COMPLAINT_OK) == (number != -7));
        return;
    }
    said(a, d, s);
    keep_text(a, s, made);
}

static void desk_evidence(api *a) {
    complaint_desk *d = desk_of(a);
    complaint_actor *actor = actor_of(a);
    uint32_t at = fuzz_below(&a->b, HANDLES);
    bytes from = {a, fuzz_byte(&a->b)};
    complaint_evidence *made = NULL, *item = complaint_evidence_of(a);
    a->running = d;
    if (fuzz_byte(&a->b) & 1) {
        (void)said(a, d, complaint_desk_read_evidence(d, actor, case_id(a), complaint_evidence_digest(item), take_some, a));
        a->running = NULL;
        return;
    }
    complaint_status s = said(a, d, complaint_desk_keep_evidence(d, actor, read_some, &from, &made));
    a->running = NULL;
    PROMISE((s == COMPLAINT_OK) == (made != NULL));
    if (!made) return;
    complaint_evidence_free(a->evidence[at]);
    a->evidence[at] = made;
}

/* What is no archive, of a stream that calls back. */
static void desk_archive(api *a) {
    complaint_desk *d = desk_of(a);
    complaint_actor *actor = actor_of(a);
    complaint_page *refused = NULL, *tally = NULL;
    bytes from = {a, fuzz_byte(&a->b)};
    bool checks = fuzz_byte(&a->b) & 1;
    a->running = d;
    complaint_status s = checks ? complaint_archive_check(d, actor, read_some, &from, &refused, &tally) : complaint_archive_read(d, actor, read_some, &from, (int32_t)fuzz_below(&a->b, 4), complaint_page_of(a), &tally);
    a->running = NULL;
    PROMISE(s != COMPLAINT_OK && !refused && !tally);
    if (CPL_CLASS(s) == COMPLAINT_E_CORRUPT) known(a, s);
    else said(a, d, s);
}

static void desk_other(api *a) {
    complaint_desk *d = desk_of(a);
    char intent[300];
    switch (fuzz_below(&a->b, 4)) {
    case 0: known(a, complaint_desk_set_progress(d, fuzz_byte(&a->b) & 1 ? go_on : NULL, a)); break;
    case 1:
        snprintf(intent, sizeof intent, "%lld:%d:%s:%s", (long long)case_id(a), fuzz_byte(&a->b) % 8, word(a), word(a));
        said(a, d, complaint_desk_notice_outcome(d, intent, (int32_t)fuzz_below(&a->b, 6)));
        break;
    case 2: {
        fuzz_chunk json = fuzz_take(&a->b);
        said(a, d, complaint_import_facebook(d, a->actors[0], word(a), json.p, json.n, NULL, NULL));
        break;
    }
    default: (void)complaint_policy_id(complaint_desk_policy(d)); break;
    }
}

/* ---- calls on drafts and actors ---- */

static void draft_change(api *a) {
    complaint_draft *d = draft_of(a);
    const char *value;
    switch (fuzz_below(&a->b, 10)) {
    case 0: known(a, complaint_draft_set_case(d, case_id(a), fuzz_byte(&a->b) & 1 ? COMPLAINT_ANY_REVISION : fuzz_int(&a->b))); break;
    case 1: known(a, complaint_draft_set_message(d, message_id(a))); break;
    case 2: known(a, complaint_draft_set_request(d, word(a))); break;
    case 3: known(a, complaint_draft_set_happened_at(d, fuzz_int(&a->b))); break;
    case 4: known(a, complaint_draft_set_silent(d, (int32_t)fuzz_below(&a->b, 3))); break;
    case 5:
    case 6:
        value = word(a);
        known(a, complaint_draft_set_text(d, word(a), value, strlen(value)));
        break;
    case 7: known(a, complaint_draft_set_integer(d, word(a), fuzz_int(&a->b))); break;
    case 8: known(a, complaint_draft_add_evidence(d, complaint_evidence_of(a), word(a), word(a))); break;
    default: complaint_draft_clear(d); break;
    }
}

static void draft_renew(api *a) {
    uint32_t at = fuzz_below(&a->b, HANDLES);
    complaint_draft_free(a->drafts[at]);
    a->drafts[at] = NULL;
    if (fuzz_byte(&a->b) % 4) known(a, complaint_draft_new(&a->f->memory, &a->drafts[at]));
}

static void actor_renew(api *a) {
    uint32_t at = fuzz_below(&a->b, HANDLES);
    complaint_actor_free(a->actors[at]);
    a->actors[at] = NULL;
    if (fuzz_byte(&a->b) % 4) known(a, complaint_actor_new(&a->f->memory, word(a), &a->actors[at]));
}

static void actor_change(api *a) {
    complaint_actor *who = actor_of(a);
    switch (fuzz_below(&a->b, 4)) {
    case 0: known(a, complaint_actor_add_role(who, word(a))); break;
    case 1: known(a, complaint_actor_set_unit(who, word(a))); break;
    case 2: known(a, complaint_actor_set_on_behalf(who, word(a))); break;
    default: known(a, complaint_actor_set_acting_for(who, word(a))); break;
    }
}

/* ---- calls on what was given, and time ---- */

static void page_look(api *a) {
    complaint_page *p = complaint_page_of(a);
    complaint_text *json = NULL;
    int64_t row = fuzz_int(&a->b);
    int32_t column = (int32_t)fuzz_int(&a->b);
    size_t bad;
    (void)complaint_page_integer(p, row, column);
    PROMISE(cpl_utf8_check(cpl_str_of(complaint_page_text(p, row, column)), &bad) == COMPLAINT_OK);
    (void)complaint_page_text_of(p, row, word(a));
    (void)complaint_page_column_find(p, word(a));
    (void)complaint_finding_text(p, row, column);
    (void)complaint_page_masked(p, row, column);
    (void)complaint_page_column_name(p, column);
    complaint_status s = known(a, complaint_page_json(p, &json));
    PROMISE((s == COMPLAINT_OK) == (json != NULL));
    complaint_text_free(json);
}

/* Questions that anything may be asked with. */
static void look_at_tables(api *a) {
    int32_t table = (int32_t)fuzz_int(&a->b), item = (int32_t)fuzz_int(&a->b), place = (int32_t)fuzz_int(&a->b), what, of, which;
    char ddl[256];
    size_t needed = 0;
    bool there = table >= 0 && table < complaint_schema_table_count();
    PROMISE((complaint_schema_table_name(table) != NULL) == there && (complaint_schema_table_comment(table) != NULL) == there);
    (void)(complaint_schema_table_since(table) + complaint_schema_column_count(table) + complaint_schema_key_count(table) + complaint_schema_index_count(table) + complaint_schema_version_column(table));
    (void)(complaint_schema_column_type(table, item) + complaint_schema_column_nullable(table, item) + complaint_schema_column_since(table, item));
    PROMISE(!complaint_schema_column_name(table, item) == !complaint_schema_column_comment(table, item));
    (void)(complaint_schema_index_unique(table, item) + complaint_schema_index_since(table, item) + complaint_schema_index_width(table, item) + complaint_schema_index_column(table, item, place));
    (void)complaint_schema_index_name(table, item);
    (void)complaint_schema_table_find(word(a));
    known(a, complaint_schema_ddl(table, item, place, ddl, fuzz_below(&a->b, sizeof ddl + 1), &needed));
    (void)complaint_schema_diff_count(table, item);
    (void)complaint_schema_diff(table, item, place, &what, &of, &which);
}

static void look_at_words(api *a) {
    int32_t number = (int32_t)fuzz_int(&a->b), language = (int32_t)fuzz_int(&a->b);
    complaint_policy *p = complaint_policy_of(a);
    const complaint_error *e = complaint_desk_error(desk_of(a));
    const complaint_outcome *out = a->outcomes[fuzz_below(&a->b, HANDLES)];
    PROMISE(complaint_status_name(number) && complaint_status_text(number, language));
    (void)complaint_verb_name(number);
    (void)complaint_verb_label(number, language);
    (void)complaint_policy_builtin_name(number);
    (void)complaint_policy_office(p);
    (void)complaint_policy_province(p);
    (void)complaint_policy_office_detail(p, number, language);
    (void)complaint_policy_round(p, word(a));
    PROMISE(complaint_error_text(e, language) && complaint_error_subject(e) && complaint_error_path(e) && complaint_error_host_text(e));
    (void)(complaint_error_line(e) + complaint_error_offset(e) + complaint_error_host_code(e));
    if (out) PROMISE(complaint_outcome_revision(out) >= 0 && complaint_outcome_number(out) >= 0 && complaint_outcome_fiscal_year(out) >= 0);
    (void)complaint_outcome_repeated(out);
}

static void free_something(api *a) {
    uint32_t at = fuzz_below(&a->b, HANDLES);
    switch (fuzz_below(&a->b, 4)) {
    case 0:
        complaint_page_free(a->pages[at]);
        a->pages[at] = NULL;
        break;
    case 1:
        complaint_evidence_free(a->evidence[at]);
        a->evidence[at] = NULL;
        break;
    case 2:
        complaint_policy_free(a->policies[at]);
        a->policies[at] = NULL;
        break;
    default:
        complaint_calendar_free(a->calendars[at]);
        a->calendars[at] = NULL;
        break;
    }
}

static void share(api *a) {
    complaint_policy *p = complaint_policy_of(a);
    complaint_calendar *c = complaint_calendar_of(a);
    for (uint32_t at = 0; at < HANDLES; at++) {
        if (!a->policies[at] && p) complaint_policy_retain(p), a->policies[at] = p;
        if (!a->calendars[at] && c) a->calendars[at] = complaint_calendar_retain(c);
    }
}

static void move_time(api *a) {
    static const int64_t steps[] = {60000, 3600000, 86400000, 10 * 86400000LL, 400 * 86400000LL, -60000, -86400000, 0};
    a->now += steps[fuzz_below(&a->b, sizeof steps / sizeof steps[0])];
}

typedef void (*call)(api *a);
static const call calls[] = {setup_new,    setup_store,  setup_rest,   setup_whole, setup_free,    desk_open, desk_close, desk_act,   desk_act,       desk_step, desk_step, desk_step, desk_part, desk_list,
                             desk_long,    desk_text,    desk_evidence, desk_other, draft_change, draft_change, draft_change, draft_renew, actor_renew, actor_change, page_look, free_something, share, move_time, desk_archive,  look_at_tables, look_at_words};

/* ---- the whole ---- */

static complaint_policy *fixed_policy(int which) {
    static complaint_policy *made[2];
    if (!made[which]) PROMISE(complaint_policy_builtin(NULL, which ? "moph-phrae" : "moph-chiangrai-2569", &made[which], NULL) == COMPLAINT_OK);
    return made[which];
}

static complaint_status begin(api *a) {
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; !s && i < STORES; i++) s = complaint_memory_open(&a->f->memory, &a->stores[i]);
    for (int i = 0; !s && i < HANDLES; i++) {
        complaint_policy_retain(a->policies[i] = fixed_policy(i % 2));
        a->calendars[i] = complaint_calendar_retain(office_calendar());
        s = complaint_setup_new(&a->f->memory, &a->setups[i]);
        a->setup_store[i] = -1;
        if (!s) s = complaint_draft_new(&a->f->memory, &a->drafts[i]);
        if (!s) s = complaint_actor_new(&a->f->memory, "somebody", &a->actors[i]);
    }
    static const char *const roles[] = {"officer", "head", "executive", "unit"};
    for (size_t i = 0; !s && i < sizeof roles / sizeof roles[0]; i++) s = complaint_actor_add_role(a->actors[0], roles[i]);
    if (!s) s = complaint_actor_add_role(a->actors[1], "auditor");
    return s;
}

static void prove(api *a, int store, int which) {
    static const char *const offices[OFFICES] = {"cr", "pr", "x"};
    office o = {.lied = false};
    complaint_store table;
    complaint_desk *desk = NULL;
    const complaint_clock clock = {sizeof clock, &o, office_time};
    complaint_actor *auditor = NULL;
    complaint_setup *setup = NULL;
    PROMISE(complaint_memory_table(a->stores[store], &table) == COMPLAINT_OK);
    PROMISE(complaint_setup_new(NULL, &setup) == COMPLAINT_OK && complaint_setup_set_store(setup, &table) == COMPLAINT_OK && complaint_setup_set_clock(setup, &clock) == COMPLAINT_OK);
    PROMISE(complaint_setup_set_policy(setup, fixed_policy(0)) == COMPLAINT_OK && complaint_setup_set_calendar(setup, office_calendar()) == COMPLAINT_OK);
    PROMISE(complaint_setup_set_office(setup, offices[which]) == COMPLAINT_OK && complaint_actor_new(NULL, "auditor", &auditor) == COMPLAINT_OK && complaint_actor_add_role(auditor, "auditor") == COMPLAINT_OK);
    o.now = INT64_C(1762308000000);
    complaint_status s = complaint_desk_open(setup, &desk);
    if (s == COMPLAINT_E_MEMORY && a->f->refused) s = complaint_desk_open(setup, &desk);
    PROMISE(s == COMPLAINT_OK);
    o.desk = desk;
    o.everybody = auditor;
    office_verify(&o, a->f->fail_at < 0 ? COMPLAINT_VERIFY_RECOMPUTE : 0, a->f);
    complaint_desk_close(desk);
    complaint_setup_free(setup);
    complaint_actor_free(auditor);
}

static void end(api *a) {
    bool late = fuzz_byte(&a->b) & 1; /* what belongs to a desk outlives it, or goes before */
    for (int i = 0; late && i < HANDLES; i++) complaint_desk_close(a->desks[i].desk), a->desks[i].desk = NULL;
    for (int i = 0; i < HANDLES; i++) {
        complaint_setup_free(a->setups[i]);
        complaint_draft_free(a->drafts[i]);
        complaint_actor_free(a->actors[i]);
        complaint_page_free(a->pages[i]);
        complaint_evidence_free(a->evidence[i]);
        complaint_outcome_free(a->outcomes[i]);
        complaint_text_free(a->texts[i]);
        complaint_policy_free(a->policies[i]);
        complaint_calendar_free(a->calendars[i]);
    }
    for (int i = 0; i < HANDLES; i++) complaint_desk_close(a->desks[i].desk);
    for (int i = 0; i < STORES; i++)
        for (int k = 0; k < OFFICES; k++)
            if (a->touched[i][k]) prove(a, i, k);
    for (int i = 0; i < STORES; i++) complaint_memory_close(a->stores[i]);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    api *a = calloc(1, sizeof *a);
    PROMISE(a);
    a->f = f;
    a->b = (fuzz_bytes){data, size};
    a->now = INT64_C(1762308000000);
    complaint_status s = begin(a);
    for (int n = 0; s == COMPLAINT_OK && n < MOST_CALLS && a->b.n; n++) calls[fuzz_below(&a->b, sizeof calls / sizeof calls[0])](a);
    end(a);
    free(a);
}
