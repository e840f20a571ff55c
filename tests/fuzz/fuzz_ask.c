/*
 * What callers hand in as text, fed with anything: tokens, intent ids, states, channels, rules, digests, names, codes. The first bytes choose the call and its numbers, then come texts, each ended by a NUL.
 *
 * A call that refuses says so in its error and leaves its output alone; a list has no more rows than were asked for, and going on from its token gives other ones, to the end.
 */
#include "life.h"
#include "office.h"

#include "desk/desk.h"

#include <complaint/report.h>

enum { TEXTS = 3, MOST_PAGES = 64 };

typedef struct question {
    uint8_t which;
    int64_t number, limit;
    char *texts[TEXTS];
} question;

/* ---- lists ---- */

typedef enum { INBOX, THREAD, EVENTS, WORKLIST, DUE, LEGACY, LISTS } list;

static complaint_status ask_list(office *o, const question *q, const char *token, complaint_page **page) {
    complaint_desk *d = o->desk;
    int64_t stream = q->number & 1 ? life_case() : q->number;
    switch (q->which % LISTS) {
    case INBOX: return complaint_desk_inbox(d, o->everybody, q->texts[0], token, q->limit, page);
    case THREAD: return complaint_desk_thread(d, o->everybody, q->texts[0], q->texts[2], token, q->limit, page);
    case EVENTS: return complaint_desk_events(d, o->everybody, stream, token, q->limit, page);
    case LEGACY: return complaint_desk_find_legacy(d, o->everybody, q->texts[0], token, q->limit, page);
    case WORKLIST: return complaint_desk_worklist(d, o->everybody, (int32_t)(q->number % 8), token, q->limit, page);
    default: return complaint_desk_due(d, o->everybody, *q->texts[0] ? q->texts[0] : NULL, q->number, token, q->limit, page);
    }
}

static void check_answer(office *o, complaint_status s, const void *output, fuzz *f) {
    const complaint_error *e = complaint_desk_error(o->desk);
    PROMISE((s == COMPLAINT_OK) == (output != NULL));
    PROMISE(complaint_error_status(e) == s && cpl_status_known(s) && CPL_CLASS(s) != COMPLAINT_E_INTERNAL && CPL_CLASS(s) != COMPLAINT_E_CORRUPT);
    PROMISE(s != COMPLAINT_E_MEMORY || f->refused);
    if (s != COMPLAINT_OK) PROMISE(*complaint_error_text(e, COMPLAINT_THAI) && *complaint_error_text(e, COMPLAINT_ENGLISH));
}

/* From a token to the end: the pages stop, and none has more than was asked for. */
static void ask_lists(office *o, const question *q, fuzz *f) {
    char *token = strdup(q->texts[1]);
    bool first = !*token;
    for (int n = 0; token && n < MOST_PAGES; n++) {
        complaint_page *page = NULL;
        complaint_status s = ask_list(o, q, first ? NULL : token, &page);
        check_answer(o, s, page, f);
        if (page) PROMISE(complaint_page_count(page) <= (q->limit ? q->limit : 100));
        const char *next = complaint_page_token(page);
        if (next) PROMISE(strcmp(next, token) != 0 && n + 1 < MOST_PAGES);
        free(token);
        token = next ? strdup(next) : NULL;
        complaint_page_free(page);
        first = false;
    }
    free(token);
}

/* ---- single questions ---- */

static int32_t COMPLAINT_CALL swallow(void *context, const void *data, size_t size) {
    (void)data;
    *(size_t *)context += size;
    return 0;
}

static void ask_desk(office *o, const question *q, fuzz *f) {
    complaint_desk *d = o->desk;
    complaint_page *page = NULL;
    complaint_text *text = NULL;
    int64_t id = -7;
    size_t n = 0;
    complaint_status s;
    bool gives = true;
    switch (q->which % 8) {
    case 0:
        s = complaint_desk_notice_outcome(d, q->texts[0], (int32_t)q->limit);
        gives = false;
        break;
    case 1:
        s = complaint_desk_read_evidence(d, o->everybody, life_case(), q->texts[0], swallow, &n);
        gives = false;
        break;
    case 2:
        s = complaint_desk_find(d, o->everybody, (int32_t)q->limit, q->number, &id);
        PROMISE((s == COMPLAINT_OK) == (id != -7));
        gives = false;
        break;
    case 3: s = complaint_desk_duties(d, o->everybody, (int32_t)q->number, (int32_t)q->limit, &page); break;
    case 4: s = complaint_desk_explain(d, o->everybody, life_case(), q->number, (int32_t)q->limit, &text); break;
    case 5: s = complaint_desk_report_text(d, o->everybody, (int32_t)q->number, (int32_t)q->limit, q->which & 64 ? 2 : 1, &text); break;
    case 6: s = complaint_desk_seal(d, o->everybody, q->number, &text, &id); break;
    default: s = complaint_desk_actions(d, o->everybody, q->number, (int32_t)q->limit, &page); break;
    }
    const void *given = page ? (const void *)page : text;
    check_answer(o, s, gives ? given : s ? NULL : "nothing", f);
    complaint_page_free(page);
    complaint_text_free(text);
}

/* Verify in parts, from any token: it comes to its end, and finds nothing. */
static void ask_verify(office *o, const question *q, fuzz *f) {
    char *token = strdup(q->texts[0]);
    for (int n = 0; token && n < MOST_PAGES; n++) {
        complaint_page *findings = NULL;
        int64_t checked = 0;
        complaint_status s = complaint_desk_verify(o->desk, o->everybody, 0, *token ? token : NULL, 1 + q->which % 64, &findings, &checked);
        bool ended = s == COMPLAINT_OK || s == COMPLAINT_E_CORRUPT; /* the second when the token says that there were findings */
        PROMISE(ended || s == COMPLAINT_E_MORE || CPL_CLASS(s) == COMPLAINT_E_INVALID || CPL_CLASS(s) == COMPLAINT_E_ROLE || (s == COMPLAINT_E_MEMORY && f->refused));
        PROMISE((findings != NULL) == (ended || s == COMPLAINT_E_MORE) && complaint_page_count(findings) == 0);
        const char *next = s == COMPLAINT_E_MORE ? complaint_page_token(findings) : NULL;
        PROMISE((s == COMPLAINT_E_MORE) == (next != NULL));
        free(token);
        token = next ? strdup(next) : NULL;
        complaint_page_free(findings);
    }
    free(token);
}

/* ---- who asks, and what he says ---- */

static void check_person(office *o, const question *q, fuzz *f) {
    complaint_actor *who = NULL;
    complaint_page *page = NULL;
    complaint_status s = complaint_actor_new(&f->memory, q->texts[0], &who);
    PROMISE((s == COMPLAINT_OK) == (who != NULL));
    for (int i = 0; who && i < 3; i++) (void)complaint_actor_add_role(who, q->texts[1 + i % 2]);
    if (who) (void)complaint_actor_set_unit(who, q->texts[2]);
    if (who) (void)complaint_actor_set_on_behalf(who, q->texts[1]);
    if (who) {
        s = complaint_desk_worklist(o->desk, who, COMPLAINT_WORK_UNIT + (int32_t)(q->number & 1), NULL, 0, &page);
        check_answer(o, s, page, f);
    }
    complaint_page_free(page);
    complaint_actor_free(who);
}

/* Refused before anything is written: the case is not there, or the action says what nobody may say. */
static void check_draft(office *o, const question *q, fuzz *f) {
    complaint_outcome *out = NULL;
    complaint_status s = complaint_draft_set_case(o->draft, q->number, q->limit);
    if (*q->texts[2]) (void)complaint_draft_set_request(o->draft, q->texts[2]);
    if (s == COMPLAINT_OK) s = complaint_draft_set_text(o->draft, q->texts[0], q->texts[1], strlen(q->texts[1]));
    if (s == COMPLAINT_OK) s = complaint_draft_set_integer(o->draft, q->texts[1], q->number);
    if (s == COMPLAINT_OK) {
        s = complaint_desk_act(o->desk, o->everybody, (int32_t)(q->which / 2), o->draft, &out);
        check_answer(o, s, out, f);
    }
    complaint_outcome_free(out);
    complaint_draft_clear(o->draft);
}

static void check_names(const question *q) {
    complaint_policy *policy = NULL;
    complaint_calendar *calendar = NULL;
    const complaint_policy *p = life_office()->policy;
    size_t bad;
    for (int i = 0; i < TEXTS; i++) {
        const char *name = q->texts[i];
        complaint_status s = complaint_policy_builtin(NULL, name, &policy, NULL);
        PROMISE((s == COMPLAINT_OK) == (policy != NULL));
        complaint_policy_free(policy);
        policy = NULL;
        s = complaint_calendar_builtin(NULL, name, &calendar, NULL);
        PROMISE((s == COMPLAINT_OK) == (calendar != NULL));
        complaint_calendar_free(calendar);
        calendar = NULL;
        for (int32_t kind = 0; kind <= COMPLAINT_CODE_VERB + 1; kind++) {
            const char *label = complaint_policy_label(p, kind, name, COMPLAINT_THAI);
            if (label) PROMISE(cpl_utf8_check(cpl_str_of(label), &bad) == COMPLAINT_OK);
        }
        (void)complaint_policy_clock_stopped_by(p, name, (int32_t)q->number);
        (void)complaint_policy_choice_label(p, name, q->texts[0], COMPLAINT_THAI);
        PROMISE(complaint_verb_find(name) == 0 || strcmp(complaint_verb_name(complaint_verb_find(name)), name) == 0);
    }
}

/* ---- the input ---- */

static void read_question(question *q, fuzz_bytes *b, char *room) {
    static char none[1];
    q->which = fuzz_byte(b);
    q->number = fuzz_int(b);
    q->limit = q->which & 128 ? fuzz_int(b) : 1 + fuzz_byte(b) % 9;
    if (b->n) memcpy(room, b->p, b->n);
    room[b->n] = '\0';
    char *end = room + b->n, *at = room;
    for (int i = 0; i < TEXTS; i++) {
        q->texts[i] = at <= end ? at : none;
        at += at <= end ? strlen(at) + 1 : 0;
    }
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    test_office *life = life_office();
    complaint_store table;
    office o;
    question q;
    char *room = malloc(size + 1);
    PROMISE(room && complaint_memory_table(life->memory, &table) == COMPLAINT_OK);
    uint8_t kind = fuzz_byte(&b);
    read_question(&q, &b, room);
    complaint_status s = office_open(&o, &f->memory, life->policy, &table);
    o.now = life->now;
    if (s == COMPLAINT_OK && kind % 8 < 2) ask_lists(&o, &q, f);
    if (s == COMPLAINT_OK && kind % 8 == 2) ask_verify(&o, &q, f);
    if (s == COMPLAINT_OK && (kind % 8 == 3 || kind % 8 == 4)) ask_desk(&o, &q, f);
    if (s == COMPLAINT_OK && kind % 8 == 5) check_person(&o, &q, f);
    if (s == COMPLAINT_OK && kind % 8 == 6) check_draft(&o, &q, f);
    if (kind % 8 == 7) check_names(&q);
    office_close(&o);
    free(room);
}
