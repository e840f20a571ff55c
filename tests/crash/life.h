/*
 * A fortnight at a desk that is on one SQLite file: two conversations are imported, three matters are taken from message to end, clocks speak up, notices leave the house. It may come to a sudden end at any
 * moment; then it is begun again on what is left of the file, every step with the request id it had.
 *
 * The witness is outside of the machine that dies: what people were told and which letters left the house. What is proved against him:
 *   - the file opens, and verify finds nothing; the evidence is whole;
 *   - whatever was one transaction is done or not done: what can be seen is what was to be seen before or after a step, never between;
 *   - whatever was acknowledged is there, and asked again gives the same answer; no number is given twice or left out;
 *   - in the end everything is as in a life without an end, each letter was sent, and none twice but under the same intent id, as a further attempt.
 * With `durability` NORMAL and a lost power the last acknowledged steps may be gone, none before them: that is what is proved then.
 */
#ifndef TEST_CRASH_LIFE_H
#define TEST_CRASH_LIFE_H

#include "support/desk.h"
#include "support/disk.h"

#include <complaint/import.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STEPS_MAX = 80, LETTERS_MAX = 256, MATTERS = 3 };

/* What a person holds in his hand after a step. */
typedef struct answer {
    int64_t case_id, message, revision, number;
} answer;

typedef struct handed {
    char intent[160], name[40], body[TEST_TEXT_MAX];
    int attempt;
} handed;

typedef struct witness {
    bool may_forget;  /* power fails, and synchronous is not FULL */
    int lives;        /* begun so far */
    int acknowledged; /* steps of the last life that were answered */
    answer answers[STEPS_MAX];
    int letters;
    handed letter[LETTERS_MAX];
    int forgotten, most_forgotten; /* acknowledged acts that were not there */
    int refused;                   /* steps that answered that the disk had refused */
    bool met_refusal;              /* the disk did, and perhaps nobody noticed */
} witness;

/* What can be seen before each step, and at the end; of a life without an end. */
typedef struct whole_life {
    char *before[STEPS_MAX + 1];
    int letters;
    int64_t operations, syncs, microseconds;
} whole_life;

typedef struct one_life {
    test_office *o;
    witness *w;
    const whole_life *whole; /* NULL: this is it */
    int known;               /* steps acknowledged to earlier lives */
    int step;                /* the one that is being done */
    int gone;                /* with may_forget: the first act that was not there any more; else -1 */
    int waits;               /* leases that may still run */
    int64_t matters[MATTERS];
} one_life;

typedef enum nature {
    ACT,    /* one transaction that answers */
    SILENT, /* one transaction without an answer to be compared */
    LONG    /* several transactions, so a part may be done */
} nature;

typedef struct crash_step {
    const char *name;
    complaint_status (*run)(one_life *l);
    const char *at;
    nature nature;
} crash_step;

/* A step that was acknowledged before must find its work done. */
static inline void expect_nothing_new(const one_life *l, const char *what, int64_t n) {
    if (l->step < l->known && !l->w->may_forget && n != 0) fail_msg("%s was acknowledged, and %" PRId64 " had to be done again", what, n);
}

/* ---- the host's files and letters ------------------------------------------------------------------------------------------ */

typedef struct film {
    uint32_t seed;
    int64_t left;
} film;

/* `photo-300000.jpg` has 300 000 bytes, always the same. */
static inline complaint_status COMPLAINT_CALL open_media(void *context, const char *uri, void **stream) {
    const char *size = strrchr(uri, '-');
    film *f = malloc(sizeof *f);
    (void)context;
    assert_non_null(f);
    assert_non_null(size);
    *f = (film){(uint32_t)strlen(uri), strtoll(size + 1, NULL, 10)};
    *stream = f;
    return COMPLAINT_OK;
}

static inline complaint_status COMPLAINT_CALL read_media(void *context, void *stream, void *buffer, size_t capacity, size_t *got) {
    film *f = stream;
    unsigned char *to = buffer;
    (void)context;
    *got = f->left < (int64_t)capacity ? (size_t)f->left : capacity;
    for (size_t i = 0; i < *got; i++) to[i] = (unsigned char)((f->seed = f->seed * 1664525 + 1013904223) >> 24);
    f->left -= (int64_t)*got;
    return COMPLAINT_OK;
}

static inline void COMPLAINT_CALL close_media(void *context, void *stream) {
    (void)context;
    free(stream);
}

static one_life *the_life; /* for the notifier: one desk in a process */

/* The letter is out of the house the moment the witness has it. */
static inline void hand_over(test_office *o) {
    witness *w = the_life->w;
    const test_sent *s = &o->sent[o->sent_count - 1];
    disk_operation();
    assert_true(w->letters < LETTERS_MAX);
    handed *h = &w->letter[w->letters];
    snprintf(h->intent, sizeof h->intent, "%s", s->intent);
    snprintf(h->name, sizeof h->name, "%s", s->name);
    snprintf(h->body, sizeof h->body, "%s", s->body);
    h->attempt = s->attempt;
    w->letters++;
    disk_operation();
}

/* The carrier of results answers later. */
static inline int32_t carry(const test_sent *s) { return strcmp(s->name, "result") == 0 ? COMPLAINT_ACCEPTED : COMPLAINT_DELIVERED; }

/* ---- steps -------------------------------------------------------------------------------------------------------------------- */

#define ON(matter, name, who, ...) \
    static inline complaint_status name(one_life *l) { return l->o->case_id = l->matters[matter], TRY(l->o, l->o->who, __VA_ARGS__, "@request=" #name); }

static inline complaint_status open_the_desk(one_life *l) { return l->o->desk ? COMPLAINT_OK : test_office_desk(l->o); }
static inline complaint_status restart(one_life *l) { return test_office_reconnect(l->o); }
static inline complaint_status check(one_life *l) { return TRY(l->o, l->o->officer, "check_channel", "channel=facebook", "@request=check"); }

static inline complaint_status import(one_life *l, const char *json) {
    complaint_page *tally = NULL;
    const complaint_media media = {sizeof media, NULL, open_media, read_media, close_media};
    complaint_status s = complaint_import_facebook(l->o->desk, l->o->officer, "facebook", json, strlen(json), &media, &tally);
    if (s) return s;
    int64_t messages = complaint_page_integer_of(tally, 0, "messages"), added = complaint_page_integer_of(tally, 0, "added"), known = complaint_page_integer_of(tally, 0, "known");
    int64_t withdrawn = complaint_page_integer_of(tally, 0, "withdrawn");
    complaint_page_free(tally);
    assert_int_equal(messages, added + known);
    expect_nothing_new(l, "an import", added + withdrawn);
    return COMPLAINT_OK;
}

/* A conversation as it is exported: what has come since, then 4 November 2025: a complaint with photos, the page's chat. */
static inline complaint_status import_with(one_life *l, const char *news) {
    static const char head[] = "{\"participants\":[{\"name\":\"Somsri\"},{\"name\":\"Office\"}],\"title\":\"Somsri\",\"thread_path\":\"inbox/somsri_42\",\"messages\":[";
    static const char older[] = "{\"sender_name\":\"Office\",\"timestamp_ms\":1762223400000,\"content\":\"Noted\"},"
                                "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1762223300000,\"photos\":[{\"uri\":\"p/photo-300000.jpg\"},{\"uri\":\"p/photo-700001.jpg\"}]},"
                                "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1762223200000,\"content\":\"Four hours in the queue\"}]}";
    char json[2000];
    int n = snprintf(json, sizeof json, "%s%s%s", head, news, older);
    assert_in_range(n, 1, sizeof json - 1);
    return import(l, json);
}

static inline complaint_status import_first(one_life *l) {
    return import_with(l, "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1762223600000,\"content\":\"Thank you\"},");
}
/* The next day's export: more has come, a word was taken back. */
static inline complaint_status import_second(one_life *l) {
    return import_with(l, "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1762308300000,\"videos\":[{\"uri\":\"p/film-2500000.mp4\"}]},"
                          "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1762308200000,\"content\":\"And the toilet is dirty\"},"
                          "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1762223600000,\"is_unsent\":true},");
}

/* The message of the imported conversation that was sent at this time. */
static inline int64_t imported(one_life *l, const char *time) {
    complaint_page *page = NULL;
    char external[64];
    int64_t message = 0;
    snprintf(external, sizeof external, "42:%s:1", time);
    OK(complaint_desk_thread(l->o->desk, l->o->officer, "facebook", "42", NULL, 0, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (strcmp(complaint_page_text_of(page, i, "external_id"), external) == 0) message = complaint_page_integer_of(page, i, "message");
    complaint_page_free(page);
    if (!message) fail_msg("the message %s is not there", external);
    return message;
}

static inline complaint_status open_matter(one_life *l, int matter, int64_t message, const char *request) {
    char which[64];
    snprintf(which, sizeof which, "@message:=%" PRId64, message);
    complaint_status s = TRY(l->o, l->o->officer, "triage", which, request);
    l->matters[matter] = l->o->case_id;
    return s;
}

static inline complaint_status receive(one_life *l) {
    return TRY(l->o, l->o->officer, "receive", "channel=facebook", "external_id=m-1", "thread=t-1", "sender=สมศรี ใจดี", "text=รอคิวสี่ชั่วโมง");
}
static inline complaint_status receive_more(one_life *l) {
    return TRY(l->o, l->o->officer, "receive", "channel=facebook", "external_id=m-2", "thread=t-1", "text=เพิ่มเติม", "@request=more");
}
static inline complaint_status unsend(one_life *l) { return TRY(l->o, l->o->officer, "receive", "channel=facebook", "external_id=m-2", "form=unsent"); }
static inline complaint_status take_back_early(one_life *l) { return TRY(l->o, l->o->officer, "receive", "channel=line", "external_id=m-4", "form=unsent"); }
static inline complaint_status receive_late(one_life *l) {
    return TRY(l->o, l->o->officer, "receive", "channel=line", "external_id=m-4", "thread=t-4", "sender=ก้อย", "text=ขอถอนคำพูด", "sent_at:=1762307000000");
}
static inline complaint_status set_aside(one_life *l) {
    char which[64];
    snprintf(which, sizeof which, "@message:=%" PRId64, imported(l, "1762223600000"));
    return TRY(l->o, l->o->officer, "set_aside", which, "reason=ขอบคุณ", "@request=aside");
}
/* Kept again by each life; goes with the next act. */
static inline complaint_status keep(one_life *l) {
    static char photo[256 * 1024 + 1];
    return test_keep(l->o, photo, sizeof photo);
}
static inline complaint_status triage_a(one_life *l) { return open_matter(l, 0, l->o->message, "@request=triage_a"); }
static inline complaint_status triage_b(one_life *l) { return open_matter(l, 1, imported(l, "1762223200000"), "@request=triage_b"); }
static inline complaint_status receive_c(one_life *l) { return TRY(l->o, l->o->officer, "receive", "channel=facebook", "external_id=m-3", "thread=t-3", "text=ขอถามค่ะ"); }
static inline complaint_status triage_c(one_life *l) { return open_matter(l, 2, l->o->message, "@request=triage_c"); }
ON(0, join_a, officer, "triage", "@join=1")
ON(0, register_a, officer, "register")
ON(0, classify_a, officer, "classify", "class=service", "nature=grievance")
ON(0, acknowledge_a, officer, "acknowledge", "particle=ค่ะ")
ON(0, flag_a, officer, "flag", "flag=urgent")
ON(0, consider_a, head, "consider", "decision=agreed", "text=ดำเนินการ")
ON(0, forward_a, officer, "forward", "unit=quality,hr", "text=โปรดดำเนินการ")
ON(0, follow_a, officer, "follow_up", "days:=3")
ON(0, result_of_hr, hr, "report_result", "from_unit=hr", "outcome=explained", "text=ชี้แจงแล้ว")
ON(0, result_of_quality, quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว")
ON(0, notify_a, officer, "notify_result", "text=แก้ไขแล้ว")
ON(0, close_a, officer, "close")
ON(1, register_b, officer, "register")
ON(1, classify_b, officer, "classify", "class=establishment", "nature=objection")
ON(1, flag_b, officer, "flag", "flag=sensitive")
ON(1, consider_b, head, "consider", "decision=agreed", "text=ดำเนินการ")
ON(1, acknowledge_b, officer, "acknowledge", "particle=ค่ะ")
ON(1, forward_b, officer, "forward", "unit=quality")
ON(1, paper_b, officer, "add_paper", "paper_no=ชร 12", "direction=in")
ON(2, register_c, officer, "register")
ON(2, withdraw_c, officer, "withdraw", "party:=1", "reason=พอใจ")

/* What a life before has claimed and not settled waits for its lease. So after each delivery nothing is due for half an hour, no clock of a later step is due at an earlier one, and no letter is late. */
static inline complaint_status deliver(one_life *l) {
    int before = l->w->letters;
    complaint_status s = complaint_desk_deliver(l->o->desk, 0, NULL);
    for (int i = 0; s == COMPLAINT_OK && i < l->waits; i++) {
        l->o->now += 10 * MINUTE;
        s = complaint_desk_deliver(l->o->desk, 0, NULL);
    }
    expect_nothing_new(l, "a delivery", l->w->letters - before);
    return s;
}

static inline complaint_status tick(one_life *l) {
    complaint_page *tally = NULL;
    complaint_status s = complaint_desk_tick(l->o->desk, 0, &tally);
    if (s == COMPLAINT_OK) expect_nothing_new(l, "a tick", complaint_page_integer_of(tally, 0, "clocks"));
    complaint_page_free(tally);
    return s;
}

/* The result has arrived, says the carrier, who knows it by its intent id. */
static inline complaint_status settle(one_life *l) {
    const witness *w = l->w;
    for (int i = w->letters - 1; i >= 0; i--)
        if (strcmp(w->letter[i].name, "result") == 0) return complaint_desk_notice_outcome(l->o->desk, w->letter[i].intent, COMPLAINT_DELIVERED);
    fail_msg("the result was not sent");
    return COMPLAINT_E_INTERNAL;
}

static const crash_step crash_steps[] = {
    {"open", open_the_desk, "2025-11-05T09:00", LONG},
    {"check", check, "2025-11-05T09:00", ACT},
    {"import", import_first, "2025-11-05T09:00", LONG},
    {"receive", receive, "2025-11-05T09:01", ACT},
    {"keep", keep, "2025-11-05T09:02", LONG},
    {"triage", triage_a, "2025-11-05T09:02", ACT},
    {"receive more", receive_more, "2025-11-05T09:03", ACT},
    {"join", join_a, "2025-11-05T09:04", ACT},
    {"unsend", unsend, "2025-11-05T09:05", SILENT},
    {"take back early", take_back_early, "2025-11-05T09:05", ACT},
    {"receive late", receive_late, "2025-11-05T09:05", SILENT},
    {"set aside", set_aside, "2025-11-05T09:06", ACT},
    {"register", register_a, "2025-11-05T09:07", ACT},
    {"classify", classify_a, "2025-11-05T09:08", ACT},
    {"acknowledge", acknowledge_a, "2025-11-05T09:09", ACT},
    {"deliver acknowledgement", deliver, "2025-11-05T09:10", LONG},
    {"flag", flag_a, "2025-11-05T10:00", ACT},
    {"triage second", triage_b, "2025-11-05T10:01", ACT},
    {"register second", register_b, "2025-11-05T10:02", ACT},
    {"classify second", classify_b, "2025-11-05T10:03", ACT},
    {"flag second", flag_b, "2025-11-05T10:04", ACT},
    {"deliver to the head", deliver, "2025-11-05T10:05", LONG},
    {"tick", tick, "2025-11-05T11:30", LONG},
    {"deliver what is overdue", deliver, "2025-11-05T11:31", LONG},
    {"consider", consider_a, "2025-11-05T13:45", ACT},
    {"forward", forward_a, "2025-11-05T13:47", ACT},
    {"restart", restart, "2025-11-05T13:50", LONG},
    {"import more", import_second, "2025-11-05T14:00", LONG},
    {"acknowledge second", acknowledge_b, "2025-11-05T15:00", ACT},
    {"deliver second acknowledgement", deliver, "2025-11-05T15:01", LONG},
    {"tick next day", tick, "2025-11-06T10:30", LONG},
    {"deliver reminders", deliver, "2025-11-06T10:31", LONG},
    {"consider second", consider_b, "2025-11-06T12:00", ACT},
    {"forward second", forward_b, "2025-11-06T12:01", ACT},
    {"follow up", follow_a, "2025-11-07T10:00", ACT},
    {"first result", result_of_hr, "2025-11-08T10:00", ACT},
    {"last result", result_of_quality, "2025-11-09T10:00", ACT},
    {"notify", notify_a, "2025-11-10T10:00", ACT},
    {"deliver result", deliver, "2025-11-10T10:01", LONG},
    {"settle", settle, "2025-11-10T11:00", SILENT},
    {"close", close_a, "2025-11-11T09:00", ACT},
    {"receive third", receive_c, "2025-11-11T10:00", ACT},
    {"triage third", triage_c, "2025-11-11T10:01", ACT},
    {"register third", register_c, "2025-11-11T10:02", ACT},
    {"withdraw third", withdraw_c, "2025-11-11T10:03", ACT},
    {"restart again", restart, "2025-11-12T09:00", LONG},
    {"paper", paper_b, "2025-11-12T09:01", ACT},
    {"tick last", tick, "2025-11-19T09:00", LONG},
    {"deliver last", deliver, "2025-11-19T09:01", LONG},
};
enum { CRASH_STEPS = sizeof crash_steps / sizeof crash_steps[0] };

/* ---- living ----------------------------------------------------------------------------------------------------------------------- */

static inline void fail_at_line(const char *seen, const char *expected, const char *words, const char *step) {
    size_t i = 0, line = 0;
    for (; seen[i] && seen[i] == expected[i]; i++)
        if (seen[i] == '\n') line = i + 1;
    fail_msg("%s “%s”\n%.*s\n%.*s", words, step, (int)strcspn(seen + line, "\n"), seen + line, (int)strcspn(expected + line, "\n"), expected + line);
}

static inline void assert_done_or_not(const one_life *l, int step, bool may_be_done) {
    char *seen = test_picture(l->o, false);
    const char *before = l->whole->before[step], *after = l->whole->before[step + 1];
    if (strcmp(seen, before) != 0 && (!may_be_done || strcmp(seen, after) != 0)) fail_at_line(seen, before, "there is something of", crash_steps[step].name);
    free(seen);
}

static inline void assert_as_it_was_left(const one_life *l) {
    test_verify(l->o);
    if (l->known > 0 && l->known < CRASH_STEPS && !l->w->may_forget && crash_steps[l->known].nature != LONG) assert_done_or_not(l, l->known, true);
}

/* The act was acknowledged by an earlier life: the same answer comes again. */
static inline void assert_known(one_life *l) {
    int step = l->step;
    const answer *told = &l->w->answers[step];
    const test_office *o = l->o;
    if (l->w->may_forget && !o->repeated) {
        if (l->gone < 0) l->gone = step;
        l->w->forgotten++;
        return;
    }
    if (!o->repeated) fail_msg("“%s” was acknowledged and is gone", crash_steps[step].name);
    if (l->gone >= 0) fail_msg("“%s” is there, “%s” before it is not", crash_steps[step].name, crash_steps[l->gone].name);
    bool same_case = told->revision == 0 || o->case_id == told->case_id; /* without a revision it was no act on a case */
    if (!same_case || o->message != told->message || o->revision != told->revision || o->number != told->number)
        fail_msg("“%s” is answered otherwise than before", crash_steps[step].name);
}

/* The disk refuses once: the step says so and has done nothing (or, when that is unknown, all or nothing), and asked again succeeds. */
static inline complaint_status run_step(one_life *l) {
    const crash_step *step = &crash_steps[l->step];
    complaint_status s = step->run(l);
    if (s == COMPLAINT_OK || !disk_refused() || l->w->refused) return s;
    if (s != COMPLAINT_E_STORE && s != COMPLAINT_E_FULL && s != COMPLAINT_E_UNKNOWN) return s;
    l->w->refused++;
    l->waits++;
    if (l->o->desk) test_verify(l->o);
    if (l->o->desk && step->nature != LONG) assert_done_or_not(l, l->step, s == COMPLAINT_E_UNKNOWN);
    test_at(l->o, step->at);
    return step->run(l);
}

static inline void take_step(one_life *l) {
    int i = l->step;
    test_office *o = l->o;
    test_at(o, crash_steps[i].at);
    o->number = o->revision = 0;
    o->repeated = false;
    complaint_status s = run_step(l);
    if (s) fail_msg("%s: %s: %s", crash_steps[i].name, complaint_status_name(s), o->desk ? test_why(o) : complaint_error_text(complaint_setup_error(o->setup), COMPLAINT_ENGLISH));
    if (i < l->known && crash_steps[i].nature == ACT) assert_known(l);
    l->w->answers[i] = (answer){o->case_id, o->message, o->revision, o->number};
    if (l->w->acknowledged == i) l->w->acknowledged++;
}

static inline int distinct_letters(const witness *w) {
    int n = 0;
    for (int i = 0; i < w->letters; i++) {
        int last = i - 1;
        while (last >= 0 && strcmp(w->letter[last].intent, w->letter[i].intent) != 0) last--;
        n += last < 0;
        if (last < 0) continue;
        assert_string_equal(w->letter[last].body, w->letter[i].body); /* the same letter */
        if (!w->may_forget && w->letter[i].attempt <= w->letter[last].attempt)
            fail_msg("%s: attempt %d after attempt %d", w->letter[i].intent, w->letter[i].attempt, w->letter[last].attempt);
    }
    return n;
}

static inline void assert_numbers(one_life *l) {
    for (int k = 0; k < MATTERS; k++) {
        int64_t found = 0;
        OK(complaint_desk_find(l->o->desk, l->o->officer, 2569, k + 1, &found));
        assert_int_equal(found, l->matters[k]);
    }
}

static inline void assert_ended_well(one_life *l) {
    const whole_life *whole = l->whole;
    char *seen = test_picture(l->o, false);
    if (strcmp(seen, whole->before[CRASH_STEPS]) != 0) fail_at_line(seen, whole->before[CRASH_STEPS], "it is otherwise after", crash_steps[CRASH_STEPS - 1].name);
    free(seen);
    assert_numbers(l);
    if (!l->w->may_forget) {
        assert_int_equal(distinct_letters(l->w), whole->letters);
        assert_true(test_rows(l->o, "complaint_attempt") >= l->w->letters);
    }
    assert_true(distinct_letters(l->w) >= whole->letters);
}

/* The whole of it, or until the disk's plan. Without `whole` it is the life without an end, and what is seen is kept in `keep_here`. */
static inline void live(const char *path, int32_t durability, witness *w, const whole_life *whole, whole_life *keep_here) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    one_life l = {.o = o, .w = w, .whole = whole, .known = w->acknowledged, .gone = -1};
    the_life = &l;
    l.waits = w->lives++;
    w->forgotten = 0;
    test_office_file(o, path, durability, test_instant(crash_steps[0].at));
    o->decide = carry;
    o->during_send = hand_over;
    for (l.step = 0; l.step < CRASH_STEPS; l.step++) {
        take_step(&l);
        if (l.step == 0 && w->lives > 1) assert_as_it_was_left(&l);
        if (keep_here) keep_here->before[l.step + 1] = test_picture(o, false);
        if (w->forgotten > w->most_forgotten) w->most_forgotten = w->forgotten;
    }
    if (whole) assert_ended_well(&l);
    test_verify(o);
    test_office_close(o);
    free(o);
    w->met_refusal = disk_refused();
    the_life = NULL;
}

#endif
