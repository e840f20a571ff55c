/* process: what no event may say, what a fold makes of the rest, what planning writes, and that nothing a person can do leaves a clock running in a closed case. */
#include "process/process.h"
#include "support/alloc.h"

#include <complaint/schema.h>
#include <complaint/store/memory.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define OK(call) assert_int_equal(call, COMPLAINT_OK)

static const int64_t opened_at = INT64_C(1762308000000); /* 5 November 2568, 09:00 in Bangkok */
enum { HOUR = 3600000, DAY = 24 * HOUR, CASE_ID = 77 };

/* ---- folding by hand ----------------------------------------------------------------------------------------------------- */

/* A payload with every member that changes a case. */
#define WHOLE                                                                                                                                                                      \
    "{\"state\":\"registered\",\"phase\":\"open\",\"message\":\"12\",\"received_at\":1000,\"channel\":\"facebook\",\"class\":\"service\",\"nature\":\"grievance\","                \
    "\"flags_set\":5,\"flags_cleared\":1,\"year\":2569,\"number\":12,\"parties\":[{\"seq\":1,\"part\":\"complainant\",\"identity\":\"named\",\"channel\":\"phone\"}],"             \
    "\"clocks\":[{\"seq\":1,\"do\":\"start\",\"rule\":\"forward\",\"length\":1,\"from\":1000,\"nominal\":3000,\"due\":4000},{\"seq\":2,\"do\":\"start\",\"rule\":\"acknowledge\"," \
    "\"from\":1,\"nominal\":2,\"due\":9000}],"                                                                                                                                     \
    "\"referrals\":[{\"seq\":1,\"kind\":\"forward\",\"unit\":\"hr\",\"lead\":1},{\"seq\":2,\"kind\":\"forward\",\"unit\":\"quality\",\"lead\":0}],"                                \
    "\"steps\":[{\"seq\":2,\"state\":\"accepted\"},{\"seq\":1,\"state\":\"reported\",\"outcome\":\"resolved\"}],\"withdrawn\":[{\"seq\":1}],\"origin\":\"traffy\",\"assignee\":\"malee\","    \
    "\"blind\":[{\"person\":\"doctor\",\"unit\":\"\",\"role\":\"\"},{\"role\":\"head\"}],\"papers\":[{\"seq\":1,\"paper_no\":\"12/2569\"}],\"examination\":1,\"notices\":[{\"seq\":1,\"template\":\"result\",\"to\":\"complainant\",\"by_hand\":1}],\"counts\":[\"acknowledged\","     \
    "\"told\"],"                                                                                                                                                                   \
    "\"evidence\":[{\"seq\":1,\"digest\":\"00\",\"size\":3}],\"policy\":\"ab\",\"calendar\":\"cd\",\"fields\":{\"a\":[1,{\"b\":null}],\"c\":true}}"

typedef struct folding {
    cpl_arena arena;
    cpl_case c;
    complaint_error e;
} folding;

static void begin(folding *f) {
    cpl_arena_init(&f->arena, &cpl_memory_default);
    cpl_case_init(&f->c, &f->arena, CASE_ID);
    cpl_error_clear(&f->e);
}

static void end(folding *f) { cpl_arena_free(&f->arena); }

static cpl_event event_with(const cpl_case *c, int32_t kind, cpl_str payload) {
    cpl_event ev = {.stream = c->id, .seq = c->version + 1, .kind = kind, .happened_at = 5000, .entered_at = 6000, .payload = payload};
    ev.hash[0] = (uint8_t)ev.seq;
    return ev;
}

static complaint_status fold(folding *f, int32_t kind, const char *payload) {
    cpl_event ev = event_with(&f->c, kind, cpl_str_of(payload));
    return cpl_fold(&f->c, &ev, &f->e);
}

/* E_CORRUPT that says which event of which stream. */
static void assert_corrupt(const folding *f, complaint_status s) {
    assert_int_equal(s, COMPLAINT_E_CORRUPT);
    assert_string_equal(complaint_error_subject(&f->e), "complaint_event.payload");
    assert_non_null(strstr(complaint_error_text(&f->e, COMPLAINT_ENGLISH), "event 1 of stream 77"));
    assert_non_null(strstr(complaint_error_text(&f->e, COMPLAINT_THAI), "77"));
    assert_true(complaint_error_offset(&f->e) >= 0);
}

static void refused(const char *payload) {
    folding f;
    begin(&f);
    complaint_status s = fold(&f, CPL_EV_NOTE, payload);
    if (s == COMPLAINT_OK) print_error("accepted: %s\n", payload);
    assert_corrupt(&f, s);
    end(&f);
}

static void truncated_payloads_are_refused(void **state) {
    (void)state;
    static const char whole[] = WHOLE;
    folding f;
    for (size_t n = 0; n < sizeof whole - 1; n++) {
        char *copy = malloc(n ? n : 1); /* exactly as many bytes: reading on would be seen */
        memcpy(copy, whole, n);
        begin(&f);
        cpl_event ev = event_with(&f.c, CPL_EV_NOTE, (cpl_str){copy, n});
        assert_corrupt(&f, cpl_fold(&f.c, &ev, &f.e));
        end(&f);
        free(copy);
    }
    begin(&f);
    OK(fold(&f, CPL_EV_NOTE, whole));
    end(&f);
}

/* Any single byte changed: never a crash, and either a case or E_CORRUPT. */
static void damaged_payloads_never_crash(void **state) {
    (void)state;
    static const char whole[] = WHOLE;
    static const unsigned char damage[] = {0, 1, '"', '\\', '{', '}', '[', ']', ',', ':', '0', '9', '-', '.', 'u', 0x7f, 0x80, 0xff};
    size_t n = sizeof whole - 1;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < COUNT(damage); k++) {
            folding f;
            char *copy = malloc(n);
            memcpy(copy, whole, n);
            copy[i] = (char)damage[k];
            begin(&f);
            cpl_event ev = event_with(&f.c, CPL_EV_NOTE, (cpl_str){copy, n});
            complaint_status s = cpl_fold(&f.c, &ev, &f.e);
            if (s != COMPLAINT_OK) assert_corrupt(&f, s);
            complaint_value row[32];
            cpl_project_case(&f.c, row);
            end(&f);
            free(copy);
        }
}

static void wrong_types_are_refused(void **state) {
    (void)state;
    static const char *const strings[] = {"state", "phase", "class", "nature", "channel", "origin", "assignee"},
                             *const integers[] = {"received_at", "flags_set", "flags_cleared", "year", "number", "cycle", "examination", "corrects"},
                             *const lists[] = {"clocks", "referrals", "steps", "withdrawn", "blind", "papers", "parties", "notices", "evidence", "retimed", "times", "amended", "rerouted"}, *const marks[] = {"counts", "failed"};
    static const char *const values[] = {"null", "true", "1.5", "1e3", "{}", "9223372036854775808", "01", "\"a", "[[]]", "[null]"};
    char payload[128];
    for (size_t v = 0; v < COUNT(values); v++) {
#define EACH(names)                                                                                                                                                                \
    for (size_t i = 0; i < COUNT(names); i++) {                                                                                                                                    \
        snprintf(payload, sizeof payload, "{\"%s\":%s}", names[i], values[v]);                                                                                                     \
        refused(payload);                                                                                                                                                          \
    }
        EACH(strings) EACH(integers) EACH(lists) EACH(marks)
    }
    refused("{\"state\":1}");
    refused("{\"number\":\"1\"}");
    refused("{\"clocks\":[\"start\"]}");
    refused("{\"counts\":[{}]}");
    refused("{\"corrects\":2}"); /* the event that says so is the second */
    refused("{\"retimed\":[{\"seq\":1,\"sent_at\":1760000000000}]}");
    refused("{\"times\":[{\"closed_at\":\"now\"}]}");
    refused("{\"amended\":[{\"seq\":2,\"identity\":\"named\"}]}"); /* the case has one */
    refused("{\"amended\":[{\"identity\":\"named\"}]}");
    refused("{\"amended\":[{\"seq\":1,\"identity\":1}]}");
    refused("{\"rerouted\":[{\"seq\":1,\"proof\":\"00\"}]}"); /* and no notice */
    refused("{\"counts\":[\"forgotten\"]}");
    refused("{\"state\":\"\\ud800\"}");
    refused("{\"state\":\"a\\u0000b\"}");
    refused("[]");
    refused("\"\"");
    refused("{}{}");
    refused("{} x");
    refused("");
}

/* A clock that runs, and what happens to it. */
#define CLOCK(what) "{\"clocks\":[{\"seq\":1,\"do\":\"start\",\"rule\":\"a\"},{\"seq\":1,\"do\":" what "}]}"

/* Every number of what belongs to a case follows the one before; nothing happens to a clock that its state does not allow. */
static void wrong_numbers_are_refused(void **state) {
    (void)state;
    static const char *const payloads[] = {
        "{\"clocks\":[{\"seq\":2,\"do\":\"start\",\"rule\":\"a\"}]}",
        "{\"clocks\":[{\"seq\":0,\"do\":\"start\",\"rule\":\"a\"}]}",
        "{\"clocks\":[{\"do\":\"start\",\"rule\":\"a\"}]}",
        "{\"clocks\":[{\"seq\":1,\"do\":\"start\"}]}",
        "{\"clocks\":[{\"seq\":1,\"do\":\"begin\",\"rule\":\"a\"}]}",
        "{\"clocks\":[{}]}",
        "{\"clocks\":[{\"seq\":1,\"do\":\"stop\"}]}",
        "{\"clocks\":[{\"seq\":-1,\"do\":\"stop\"}]}",
        "{\"clocks\":[{\"seq\":9223372036854775807,\"do\":\"cancel\"}]}",
        "{\"clocks\":[{\"seq\":1,\"do\":\"start\",\"rule\":\"a\"},{\"seq\":1,\"do\":\"stop\"},{\"seq\":1,\"do\":\"stop\"}]}",
        "{\"referrals\":[{\"seq\":2,\"unit\":\"hr\"}]}",
        "{\"referrals\":[{\"seq\":1}]}",
        "{\"steps\":[{\"seq\":1,\"state\":\"reported\"}]}",
        "{\"steps\":[{\"seq\":-9223372036854775808,\"state\":\"reported\"}]}",
        "{\"referrals\":[{\"seq\":1,\"unit\":\"hr\"}],\"steps\":[{\"seq\":1}]}",
        "{\"referrals\":[{\"seq\":1,\"unit\":\"hr\"}],\"steps\":[{\"seq\":1,\"state\":\"sent\"}]}",
        "{\"referrals\":[{\"seq\":1,\"unit\":\"hr\"}],\"steps\":[{\"seq\":2,\"state\":\"accepted\"}]}",
        "{\"withdrawn\":[{\"seq\":1}]}",
        "{\"withdrawn\":[{}]}",
        "{\"papers\":[{\"seq\":2}]}",
        "{\"papers\":[{}]}",
        CLOCK("\"resume\""),
        CLOCK("\"correct\""),
        CLOCK("\"extend\""),
        CLOCK("\"extend\",\"length\":0"),
        CLOCK("\"pause\"},{\"seq\":1,\"do\":\"pause\""),
        CLOCK("\"pause\"},{\"seq\":1,\"do\":\"warn\""),
        CLOCK("\"pause\"},{\"seq\":1,\"do\":\"extend\",\"length\":1"),
        CLOCK("\"stop\"},{\"seq\":1,\"do\":\"pause\""),
        CLOCK("\"stop\"},{\"seq\":1,\"do\":\"move\""),
        CLOCK("\"stop\"},{\"seq\":1,\"do\":\"warn\""),
        CLOCK("\"cancel\"},{\"seq\":1,\"do\":\"correct\""),
        "{\"parties\":[{\"seq\":0}]}",
        "{\"notices\":[{\"seq\":2}]}",
        "{\"notices\":[{}]}",
        "{\"evidence\":[{\"seq\":1},{\"seq\":3}]}",
    };
    for (size_t i = 0; i < COUNT(payloads); i++) refused(payloads[i]);
}

static void events_come_in_order(void **state) {
    (void)state;
    folding f;
    begin(&f);
    OK(fold(&f, CPL_EV_NOTE, "{}"));
    for (int64_t seq = 0; seq < 5; seq++) {
        if (seq == 2) continue;
        cpl_event ev = event_with(&f.c, CPL_EV_NOTE, CPL_LIT("{}"));
        ev.seq = seq;
        assert_int_equal(cpl_fold(&f.c, &ev, &f.e), COMPLAINT_E_CORRUPT);
        assert_string_equal(complaint_error_subject(&f.e), "complaint_event.seq");
    }
    cpl_event ev = event_with(&f.c, CPL_EV_NOTE, CPL_LIT("{}"));
    ev.stream = CASE_ID + 1;
    assert_int_equal(cpl_fold(&f.c, &ev, &f.e), COMPLAINT_E_CORRUPT);
    OK(fold(&f, CPL_EV_NOTE, "{}"));
    assert_int_equal(f.c.version, 2);
    end(&f);
}

static void a_fold_makes_a_case(void **state) {
    (void)state;
    folding f;
    begin(&f);
    OK(fold(&f, CPL_EV_TRIAGE, WHOLE));
    const cpl_case *c = &f.c;
    assert_true(cpl_str_is(c->state, "registered") && cpl_str_is(c->phase, "open") && cpl_str_is(c->class_code, "service") && cpl_str_is(c->nature, "grievance"));
    assert_true(cpl_str_is(c->channel, "facebook") && cpl_str_is(c->lead_unit, "hr"));
    assert_int_equal(c->flags, 4);
    assert_int_equal(cpl_case_flagged_seq(c, 4), 1);
    assert_int_equal(cpl_case_flagged_seq(c, 1), 0);
    assert_int_equal(c->fiscal_year, 2569);
    assert_int_equal(c->number, 12);
    assert_int_equal(c->received_at, 1000);
    assert_int_equal(c->entered_at, 6000);
    assert_int_equal(c->acknowledged_at, 5000);
    assert_int_equal(c->told_at, 5000);
    assert_int_equal(c->notices, 1);
    assert_int_equal(c->evidence, 1);
    assert_int_equal(c->head[0], 1);
    assert_int_equal(c->clock_count, 2);
    assert_int_equal(cpl_case_due(c), 4000);
    assert_int_equal(c->referral_count, 2);
    assert_true(c->referrals[0].lead && cpl_str_is(c->referrals[0].state, "reported") && cpl_str_is(c->referrals[0].outcome, "resolved"));
    assert_true(!c->referrals[1].lead && cpl_str_is(c->referrals[1].state, "accepted"));
    assert_int_equal(c->referrals[0].resulted_at, 5000);
    assert_int_equal(c->referrals[1].accepted_at, 5000);
    assert_int_equal(c->party_count, 1);
    assert_true(cpl_str_is(c->parties[0].state, "withdrawn") && cpl_str_is(c->origin, "traffy") && cpl_str_is(c->assignee, "malee") && c->examination);
    assert_int_equal(c->blind_count, 2);
    assert_true(cpl_str_is(c->blind[0].person, "doctor") && cpl_str_is(c->blind[1].role, "head") && c->blind[1].person.n == 0);
    assert_int_equal(c->papers, 1);
    assert_int_equal(c->cycle, 1);
    assert_true(cpl_str_is(c->parties[0].identity, "named") && cpl_str_is(c->parties[0].channel, "phone"));
    /* the first acknowledgement and the first word of the result stay */
    cpl_event later = event_with(c, CPL_EV_DELIVERED, CPL_LIT("{\"counts\":[\"acknowledged\",\"told\"]}"));
    later.happened_at = 9999;
    OK(cpl_fold(&f.c, &later, NULL));
    assert_int_equal(c->acknowledged_at, 5000);
    assert_int_equal(c->told_at, 5000);
    assert_int_equal(c->version, 2);
    assert_int_equal(c->revision, 1); /* delivering is no person's action */
    end(&f);
}

/* What a later version adds is for that version. */
static void unknown_members_are_ignored(void **state) {
    (void)state;
    folding f;
    begin(&f);
    OK(fold(&f, CPL_EV_NOTE,
            " {\"weather\" : {\"state\":[1,2,{\"state\":\"x\"}]}, \"state\" : \"a\\u0e01\\n\\\"\" , \"stat\":5, \"pause\":1.5, "
            "\"clocks\":[{\"seq\":1,\"do\":\"start\",\"rule\":\"r\",\"why\":[]}]}\n"));
    assert_true(cpl_str_is(f.c.state, "aก\n\""));
    assert_int_equal(f.c.clock_count, 1);
    refused("{\"weather\":{\"a\":}}");
    refused("{\"weather\":[1,2}");
    end(&f);
}

static bool fold_whole(test_alloc *a, void *context) {
    (void)context;
    cpl_memory m = a->table;
    cpl_arena arena;
    cpl_case c, copy;
    complaint_error e;
    bool ok = true;
    cpl_arena_init(&arena, &m);
    cpl_case_init(&c, &arena, CASE_ID);
    cpl_event ev = event_with(&c, CPL_EV_TRIAGE, CPL_LIT(WHOLE));
    complaint_status s = cpl_fold(&c, &ev, &e);
    for (int i = 0; s == COMPLAINT_OK && i < 40; i++) {
        char payload[200];
        snprintf(payload, sizeof payload,
                 "{\"state\":\"\\u0e01\",\"referrals\":[{\"seq\":%d,\"unit\":\"a\"}],\"clocks\":[{\"seq\":%d,\"do\":\"start\",\"rule\":\"a\"}],\"parties\":[{\"seq\":%d}]}", i + 3,
                 i + 3, i + 2);
        cpl_str kept;
        if (!cpl_arena_str(&arena, cpl_str_of(payload), &kept)) {
            s = COMPLAINT_E_MEMORY;
            break;
        }
        ev = event_with(&c, CPL_EV_NOTE, kept);
        s = cpl_fold(&c, &ev, &e);
    }
    if (s == COMPLAINT_OK)
        ok = cpl_case_copy(&c, &copy);
    else
        assert_int_equal(s, COMPLAINT_E_MEMORY);
    cpl_arena_free(&arena);
    return s == COMPLAINT_OK && ok;
}

static void memory_failures_are_not_corruption(void **state) {
    (void)state;
    test_alloc_loop(fold_whole, NULL);
}

static void copies_are_independent(void **state) {
    (void)state;
    folding f;
    cpl_case copy;
    begin(&f);
    OK(fold(&f, CPL_EV_TRIAGE, WHOLE));
    assert_true(cpl_case_copy(&f.c, &copy));
    cpl_event ev = event_with(&copy, CPL_EV_NOTE,
                              CPL_LIT("{\"clocks\":[{\"seq\":1,\"do\":\"stop\",\"at\":1},{\"seq\":3,\"do\":\"start\",\"rule\":\"x\"}],\"referrals\":[{\"seq\":3,\"unit\":\"u\"}],"
                                      "\"steps\":[{\"seq\":2,\"state\":\"handed_back\"}],\"parties\":[{\"seq\":2}],\"blind\":[{\"unit\":\"u\"}]}"));
    OK(cpl_fold(&copy, &ev, NULL));
    assert_int_equal(f.c.clocks[0].state, CPL_CLOCK_RUNNING);
    assert_int_equal(copy.clocks[0].state, CPL_CLOCK_STOPPED);
    assert_true(cpl_str_is(f.c.referrals[1].state, "accepted") && cpl_str_is(copy.referrals[1].state, "handed_back"));
    assert_int_equal(f.c.blind_count, 2);
    assert_int_equal(f.c.clock_count, 2);
    assert_int_equal(f.c.party_count, 1);
    end(&f);
}

/* Who is named sees it again; whoever was named with him does not, and an earlier state of the case stays as it was. */
static void who_is_seeing_is_taken_out_of_the_blind(void **state) {
    (void)state;
    folding f;
    cpl_case copy;
    begin(&f);
    OK(fold(&f, CPL_EV_RECUSE, "{\"blind\":[{\"person\":\"a\",\"unit\":\"u\",\"role\":\"r\"},{\"role\":\"r\"},{\"unit\":\"v\"}]}"));
    assert_true(cpl_case_copy(&f.c, &copy));
    cpl_event ev = event_with(&copy, CPL_EV_RECUSE, CPL_LIT("{\"seeing\":[{\"role\":\"r\"},{\"unit\":\"a\"}]}"));
    OK(cpl_fold(&copy, &ev, NULL));
    assert_int_equal(copy.blind_count, 2);
    assert_true(cpl_str_is(copy.blind[0].person, "a") && cpl_str_is(copy.blind[0].unit, "u") && copy.blind[0].role.n == 0);
    assert_true(cpl_str_is(copy.blind[1].unit, "v"));
    ev = event_with(&copy, CPL_EV_RECUSE, CPL_LIT("{\"blind\":[{\"role\":\"r\"}]}"));
    OK(cpl_fold(&copy, &ev, NULL));
    assert_int_equal(copy.blind_count, 3);
    assert_int_equal(f.c.blind_count, 3);
    assert_true(cpl_str_is(f.c.blind[1].role, "r") && cpl_str_is(f.c.blind[0].role, "r"));
    end(&f);
}

static void due_is_the_earliest_running_clock(void **state) {
    (void)state;
    folding f;
    begin(&f);
    OK(fold(&f, CPL_EV_TRIAGE, "{\"phase\":\"open\",\"clocks\":[{\"seq\":1,\"do\":\"start\",\"rule\":\"a\",\"due\":50},{\"seq\":2,\"do\":\"start\",\"rule\":\"b\",\"due\":40}]}"));
    assert_int_equal(cpl_case_due(&f.c), 40);
    OK(fold(&f, CPL_EV_NOTE, "{\"clocks\":[{\"seq\":2,\"do\":\"stop\",\"at\":39,\"late\":0}]}"));
    assert_int_equal(cpl_case_due(&f.c), 50);
    OK(fold(&f, CPL_EV_NOTE, "{\"clocks\":[{\"seq\":1,\"do\":\"cancel\",\"at\":60,\"late\":11}]}"));
    assert_int_equal(cpl_case_due(&f.c), CPL_NO_DEADLINE);
    assert_int_equal(f.c.clocks[0].late_ms, 11);
    assert_int_equal(f.c.clocks[1].stopped_at, 39);
    OK(fold(&f, CPL_EV_NOTE, "{\"phase\":\"transferred\"}"));
    assert_int_equal(cpl_case_due(&f.c), CPL_NO_DEADLINE);
    static const char *const over[] = {"{\"phase\":\"closed\"}", "{\"phase\":\"rejected\"}", "{\"phase\":\"withdrawn\"}"};
    for (size_t i = 0; i < COUNT(over); i++) {
        OK(fold(&f, CPL_EV_NOTE, over[i]));
        assert_int_equal(cpl_case_due(&f.c), CPL_NEVER);
    }
    end(&f);
}

static void cases_are_counted_by_month_class_and_channel(void **state) {
    (void)state;
    folding f;
    cpl_count counts[CPL_COUNTS];
    begin(&f);
    assert_int_equal(cpl_case_counts(&f.c, counts), 0);
    /* 31 October 2568 17:00Z is 1 November in Bangkok */
    OK(fold(&f, CPL_EV_TRIAGE, "{\"received_at\":1761930000000,\"channel\":\"line\"}"));
    assert_int_equal(cpl_case_counts(&f.c, counts), 1);
    assert_string_equal(counts[0].figure, "received");
    assert_int_equal(counts[0].period, 202511);
    assert_string_equal(counts[0].dimension, "/line");
    OK(fold(&f, CPL_EV_CLASSIFY, "{\"class\":\"service\"}"));
    cpl_event ev = event_with(&f.c, CPL_EV_CLOSE, CPL_LIT("{\"phase\":\"closed\"}"));
    ev.happened_at = INT64_C(1761929999999);
    OK(cpl_fold(&f.c, &ev, NULL));
    assert_int_equal(cpl_case_counts(&f.c, counts), 2);
    assert_string_equal(counts[0].dimension, "service/line");
    assert_string_equal(counts[1].figure, "closed");
    assert_int_equal(counts[1].period, 202510);
    assert_string_equal(counts[1].dimension, "service/line");
    char longest[2 * CPL_ID_MAX + 64], code[CPL_ID_MAX + 2];
    memset(code, 'c', sizeof code);
    code[CPL_ID_MAX] = '\0';
    snprintf(longest, sizeof longest, "{\"class\":\"%s\",\"channel\":\"%s\"}", code, code);
    OK(fold(&f, CPL_EV_CLASSIFY, longest));
    assert_int_equal(cpl_case_counts(&f.c, counts), 2);
    assert_int_equal(strlen(counts[0].dimension), 2 * CPL_ID_MAX + 1);
    end(&f);
}

/* ---- planning ---------------------------------------------------------------------------------------------------------------------- */

typedef struct office {
    complaint_policy *policy;
    complaint_calendar *calendar;
    char digest[2 * CPL_HASH_SIZE + 1];
    cpl_procedure pr;
    cpl_arena arena;
    cpl_case c;
    complaint_error e;
} office;

/* `from` in the policy's document becomes `to`; NULL takes it as it stands. */
static void open_office(office *o, const char *from, const char *to) {
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &o->policy, NULL));
    if (from) {
        cpl_str document = o->policy->document;
        const char *at = strstr(document.p, from);
        assert_non_null(at);
        char *changed = malloc(document.n + strlen(to) + 1);
        size_t before = (size_t)(at - document.p);
        memcpy(changed, document.p, before);
        strcpy(changed + before, to);
        strcpy(changed + before + strlen(to), at + strlen(from));
        complaint_policy *other = NULL;
        OK(complaint_policy_parse(NULL, changed, strlen(changed), &other, NULL));
        free(changed);
        complaint_policy_free(o->policy);
        o->policy = other;
    }
    OK(complaint_calendar_builtin(NULL, "TH-57", &o->calendar, NULL));
    cpl_sha256_hex(cpl_calendar_definition(o->calendar), o->digest);
    o->pr = (cpl_procedure){o->policy, o->calendar, o->digest, CPL_LIT("cr")};
    cpl_arena_init(&o->arena, &cpl_memory_default);
    cpl_case_init(&o->c, &o->arena, CASE_ID);
    cpl_error_clear(&o->e);
}

static void close_office(office *o) {
    cpl_arena_free(&o->arena);
    complaint_calendar_free(o->calendar);
    complaint_policy_free(o->policy);
}

static uint64_t role(const office *o, const char *id) { return UINT64_C(1) << cpl_policy_role(o->policy, cpl_str_of(id)); }

static cpl_request request(const office *o, int32_t kind, const char *as) {
    return (cpl_request){.kind = kind,
                         .id = CPL_LIT("r"),
                         .who = {.id = CPL_LIT("malee"), .unit = CPL_LIT(""), .on_behalf = CPL_LIT(""), .acting_for = CPL_LIT(""), .roles = role(o, as)},
                         .now = opened_at,
                         .happened_at = opened_at,
                         .received_at = opened_at,
                         .channel = CPL_LIT("facebook"),
                         .party = {.first = "n", .second = "a"}, /* stand for digests */
                         .fiscal_year = 2569,
                         .next_number = 1};
}

static complaint_status plan(office *o, const cpl_request *rq, cpl_plan *p) { return cpl_plan_action(&o->pr, &o->c, rq, &o->arena, p, &o->e); }

static void done(office *o, const cpl_request *rq) {
    cpl_plan p;
    complaint_status s = plan(o, rq, &p);
    if (s != COMPLAINT_OK) print_error("%s\n", complaint_error_text(&o->e, COMPLAINT_ENGLISH));
    OK(s);
    OK(cpl_fold(&o->c, &p.event, &o->e));
}

static void open_case(office *o) {
    cpl_request rq = request(o, CPL_EV_TRIAGE, "officer");
    rq.message = 5;
    done(o, &rq);
}

static cpl_input text(const char *name, const char *value) { return (cpl_input){.name = cpl_str_of(name), .text = cpl_str_of(value)}; }
static cpl_input number(const char *name, int64_t value) { return (cpl_input){.name = cpl_str_of(name), .is_integer = true, .integer = value, .text = CPL_LIT("")}; }

/* Whoever enters a unit's result does so on its behalf. */
static cpl_str result_of(const cpl_input *fields, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (cpl_str_is(fields[i].name, "from_unit")) return fields[i].text;
    return CPL_LIT("");
}

static void act(office *o, int32_t kind, const char *as, int64_t at, const cpl_input *fields, size_t count) {
    cpl_request rq = request(o, kind, as);
    rq.now = rq.happened_at = at;
    rq.fields = fields;
    rq.field_count = count;
    rq.who.on_behalf = result_of(fields, count);
    done(o, &rq);
}

#define ACT(kind, as, at, ...) act(&o, kind, as, at, (const cpl_input[]){__VA_ARGS__}, sizeof((const cpl_input[]){__VA_ARGS__}) / sizeof(cpl_input))

static void assert_refused(office *o, const cpl_request *rq, complaint_status status, const char *subject, const char *english) {
    cpl_plan p;
    uint8_t before[sizeof o->c];
    memcpy(before, &o->c, sizeof before);
    assert_int_equal(plan(o, rq, &p), status);
    assert_string_equal(complaint_error_subject(&o->e), subject);
    if (!strstr(complaint_error_text(&o->e, COMPLAINT_ENGLISH), english)) print_error("got: %s\n", complaint_error_text(&o->e, COMPLAINT_ENGLISH));
    assert_non_null(strstr(complaint_error_text(&o->e, COMPLAINT_ENGLISH), english));
    assert_true(strlen(complaint_error_text(&o->e, COMPLAINT_THAI)) > 10);
    assert_memory_equal(before, &o->c, sizeof before);
}

static void refusals_name_what_is_missing(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    cpl_request rq = request(&o, CPL_EV_REVEAL, "officer");
    assert_refused(&o, &rq, COMPLAINT_E_UNSUPPORTED, "reveal", "does not use reveal");
    rq = request(&o, 999, "officer");
    assert_refused(&o, &rq, COMPLAINT_E_UNSUPPORTED, "verb", "does not use");
    open_case(&o);
    rq = request(&o, CPL_EV_FORWARD, "officer");
    assert_refused(&o, &rq, COMPLAINT_E_STATE, "forward", "state received; forward is possible in registered, forwarded, resulted, told; do first: register [CR-T4]");
    rq = request(&o, CPL_EV_CONSIDER, "officer");
    assert_refused(&o, &rq, COMPLAINT_E_ROLE, "consider", "by head, executive only");
    rq = request(&o, CPL_EV_REGISTER, "auditor");
    assert_refused(&o, &rq, COMPLAINT_E_ROLE, "register", "officer, head");
    rq = request(&o, CPL_EV_NOTE, "officer");
    assert_refused(&o, &rq, COMPLAINT_E_REQUIRED, "text", "text");
    static const struct {
        cpl_input field;
        complaint_status status;
        const char *subject, *english;
    } fields[] = {
        {{.name = {"weather", 7}, .text = {"", 0}}, COMPLAINT_E_UNKNOWN_FIELD, "weather", "no field"},
        {{.name = {"unit", 4}, .text = {"hr", 2}}, COMPLAINT_E_UNKNOWN_FIELD, "unit", "classify"},
        {{.name = {"class", 5}, .text = {"nonsense", 8}}, COMPLAINT_E_UNKNOWN_CODE, "class", "nonsense"},
        {{.name = {"class", 5}, .text = {"", 0}}, COMPLAINT_E_UNKNOWN_CODE, "class", "class"},
        {{.name = {"class", 5}, .is_integer = true, .text = {"", 0}}, COMPLAINT_E_INVALID, "class", "text"},
        {{.name = {"reason", 6}, .text = {"ab\xc3", 3}}, COMPLAINT_E_UTF8, "reason", "byte 2"},
        {{.name = {"reason", 6}, .text = {"a\0b", 3}}, COMPLAINT_E_NUL, "reason", "byte 1"},
    };
    for (size_t i = 0; i < COUNT(fields); i++) {
        rq = request(&o, CPL_EV_CLASSIFY, "officer");
        rq.fields = &fields[i].field;
        rq.field_count = 1;
        assert_refused(&o, &rq, fields[i].status, fields[i].subject, fields[i].english);
    }
    rq = request(&o, CPL_EV_CONTACT, "officer");
    static const char *const lists[] = {"hr,hr", ",", "hr,", ",hr", "hr,,quality", "hr quality", "nobody"};
    for (size_t i = 0; i < COUNT(lists); i++) {
        cpl_input both[] = {text("text", "x"), text("unit", lists[i])};
        cpl_plan p;
        rq.fields = both;
        rq.field_count = 2;
        complaint_status s = plan(&o, &rq, &p);
        if (s == COMPLAINT_OK) print_error("accepted: %s\n", lists[i]);
        assert_true(s == COMPLAINT_E_UNKNOWN_CODE || s == COMPLAINT_E_INVALID);
        assert_string_equal(complaint_error_subject(&o.e), "unit");
    }
    close_office(&o);
}

static void times_lie_between_receipt_and_now(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    cpl_request rq = request(&o, CPL_EV_REGISTER, "officer");
    rq.happened_at = opened_at + 1;
    assert_refused(&o, &rq, COMPLAINT_E_RANGE, "happened_at", "future");
    rq.happened_at = opened_at - 1;
    assert_refused(&o, &rq, COMPLAINT_E_RANGE, "happened_at", "before the receipt");
    rq.happened_at = INT64_MIN;
    assert_refused(&o, &rq, COMPLAINT_E_RANGE, "happened_at", "before the receipt");
    rq.happened_at = INT64_MAX;
    assert_refused(&o, &rq, COMPLAINT_E_RANGE, "happened_at", "future");
    /* a clock that was put back: entry time stands still */
    rq = request(&o, CPL_EV_REGISTER, "officer");
    rq.now = opened_at + HOUR;
    done(&o, &rq);
    rq = request(&o, CPL_EV_ACKNOWLEDGE, "officer");
    rq.now = opened_at + 1;
    rq.happened_at = opened_at + 1;
    done(&o, &rq);
    assert_int_equal(o.c.last_entered_at, opened_at + HOUR);
    close_office(&o);
}

/* Shown, not changed: by nobody, and by nothing. */
static void cases_with_unknown_events_are_not_changed(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    cpl_event ev = event_with(&o.c, 190, CPL_LIT("{\"state\":\"received\",\"mood\":\"new\"}"));
    OK(cpl_fold(&o.c, &ev, &o.e));
    assert_true(o.c.unknown);
    assert_int_equal(o.c.version, 2);
    cpl_request rq = request(&o, CPL_EV_REGISTER, "officer");
    assert_refused(&o, &rq, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind", "event");
    const cpl_action *action = cpl_policy_action(o.policy, CPL_EV_REGISTER);
    assert_int_equal(cpl_plan_possible(&o.pr, &o.c, action, &rq.who, false, &o.e), COMPLAINT_E_EVENT_UNKNOWN);
    close_office(&o);
}

/* Role, state and the guards that ask no fields are told before the fields are known. */
static void what_is_possible_is_told_beforehand(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    cpl_who officer = request(&o, 0, "officer").who, auditor = request(&o, 0, "auditor").who;
    const cpl_action *forward = cpl_policy_action(o.policy, CPL_EV_FORWARD), *close_action = cpl_policy_action(o.policy, CPL_EV_CLOSE);
    assert_int_equal(cpl_plan_possible(&o.pr, &o.c, forward, &auditor, false, &o.e), COMPLAINT_E_ROLE);
    assert_int_equal(cpl_plan_possible(&o.pr, &o.c, forward, &officer, false, &o.e), COMPLAINT_E_STATE);
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    assert_int_equal(cpl_plan_possible(&o.pr, &o.c, forward, &officer, false, &o.e), COMPLAINT_E_GUARD);
    assert_string_equal(complaint_error_subject(&o.e), "class_before_forward");
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "service"));
    ACT(CPL_EV_FLAG, "officer", opened_at, text("flag", "corruption")); /* implies office_impact */
    assert_int_equal(cpl_plan_possible(&o.pr, &o.c, forward, &officer, false, &o.e), COMPLAINT_E_GUARD);
    assert_string_equal(complaint_error_subject(&o.e), "consider_before_forward");
    ACT(CPL_EV_CONSIDER, "head", opened_at, text("decision", "agreed"));
    OK(cpl_plan_possible(&o.pr, &o.c, forward, &officer, false, &o.e));
    ACT(CPL_EV_FLAG, "officer", opened_at, text("flag", "urgent")); /* raised after his word */
    assert_int_equal(cpl_plan_possible(&o.pr, &o.c, forward, &officer, false, &o.e), COMPLAINT_E_GUARD);
    ACT(CPL_EV_CONSIDER, "head", opened_at, text("decision", "agreed"));
    ACT(CPL_EV_FORWARD, "officer", opened_at, text("unit", "hr"));
    ACT(CPL_EV_REPORT_RESULT, "officer", opened_at, text("from_unit", "hr"), text("outcome", "resolved"), text("text", "x"));
    OK(cpl_plan_possible(&o.pr, &o.c, close_action, &officer, false, &o.e)); /* told_before_close asks for fields */
    close_office(&o);
}

/* ---- clocks ---------------------------------------------------------------------------------------------------------------------------- */

static const cpl_case_clock *clock_of(const office *o, const char *rule) {
    const cpl_case_clock *found = NULL;
    for (size_t i = 0; i < o->c.clock_count; i++)
        if (cpl_str_is(o->c.clocks[i].rule, rule)) found = &o->c.clocks[i];
    assert_non_null(found);
    return found;
}

static void stop_forward_at(int64_t after_due, int64_t late) {
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    int64_t due = clock_of(&o, "forward")->due_at, at = due + after_due;
    assert_int_equal(due, INT64_C(1762448400000)); /* 7 November, 00:00: the day of receipt is not counted */
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "service"));
    ACT(CPL_EV_FORWARD, "officer", at, text("unit", "hr,quality"));
    const cpl_case_clock *k = clock_of(&o, "forward");
    assert_int_equal(k->state, CPL_CLOCK_STOPPED);
    assert_int_equal(k->stopped_at, at);
    assert_int_equal(k->late_ms, late);
    assert_int_equal(k->due_at, due);
    assert_int_equal(clock_of(&o, "acknowledge")->state, CPL_CLOCK_RUNNING);
    close_office(&o);
}

static void in_time_is_before_the_deadline(void **state) {
    (void)state;
    stop_forward_at(-1, 0);
    stop_forward_at(0, 1);
    stop_forward_at(1, 2);
    stop_forward_at(DAY, DAY + 1);
}

/* A letter of Friday entered on Monday counts from Friday. */
static void lateness_is_judged_by_when_it_happened(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    cpl_input by_hand = text("by_hand", "phone");
    cpl_request rq = request(&o, CPL_EV_ACKNOWLEDGE, "officer");
    rq.now = opened_at + 30 * (int64_t)DAY;
    rq.happened_at = opened_at + HOUR;
    rq.fields = &by_hand;
    rq.field_count = 1;
    done(&o, &rq);
    assert_int_equal(clock_of(&o, "acknowledge")->state, CPL_CLOCK_STOPPED);
    assert_int_equal(clock_of(&o, "acknowledge")->late_ms, 0);
    assert_int_equal(o.c.acknowledged_at, opened_at + HOUR);
    close_office(&o);
}

static void a_clock_starts_again_when_it_is_stopped_by_its_own_start(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "service"));
    ACT(CPL_EV_FORWARD, "officer", opened_at, text("unit", "hr"), number("days", 1));
    int64_t first = clock_of(&o, "follow_up")->due_at;
    assert_int_equal(first, INT64_C(1762448400000));
    size_t clocks = o.c.clock_count;
    ACT(CPL_EV_FOLLOW_UP, "officer", opened_at + HOUR, number("days", 7));
    assert_int_equal(o.c.clock_count, clocks + 1);
    assert_int_equal(o.c.clocks[clocks - 1].state, CPL_CLOCK_STOPPED);
    assert_int_equal(clock_of(&o, "follow_up")->state, CPL_CLOCK_RUNNING);
    assert_int_equal(clock_of(&o, "follow_up")->due_at, INT64_C(1763139600000)); /* after 14 November, the seventh working day */
    close_office(&o);
}

/* With two units asked, the result is in when both have reported. */
static void the_last_result_counts(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "service"));
    ACT(CPL_EV_FORWARD, "officer", opened_at, text("unit", "hr,quality"));
    ACT(CPL_EV_REPORT_RESULT, "officer", opened_at + HOUR, text("from_unit", "quality"), text("outcome", "resolved"), text("text", "x"));
    assert_true(cpl_str_is(o.c.state, "forwarded"));
    assert_int_equal(clock_of(&o, "follow_up")->state, CPL_CLOCK_RUNNING);
    for (size_t i = 0; i < o.c.clock_count; i++) assert_false(cpl_str_is(o.c.clocks[i].rule, "notify_result")); /* nobody can be told yet */
    ACT(CPL_EV_REPORT_RESULT, "officer", opened_at + 2 * HOUR, text("from_unit", "hr"), text("outcome", "partly"), text("text", "x"));
    assert_true(cpl_str_is(o.c.state, "resulted"));
    assert_int_equal(clock_of(&o, "follow_up")->state, CPL_CLOCK_STOPPED);
    assert_int_equal(clock_of(&o, "notify_result")->state, CPL_CLOCK_RUNNING);
    assert_int_equal(clock_of(&o, "notify_result")->started_at, opened_at + 2 * HOUR);
    close_office(&o);
}

static void closing_ends_every_clock(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    ACT(CPL_EV_FLAG, "officer", opened_at, text("flag", "urgent"));
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "information_request")); /* the only route that ends without a unit */
    ACT(CPL_EV_ANSWER, "officer", opened_at + 1, text("answer", "given"), text("text", "x"), text("by_hand", "phone"));
    assert_int_equal(clock_of(&o, "escalate_urgent")->state, CPL_CLOCK_RUNNING);
    act(&o, CPL_EV_CLOSE, "officer", opened_at + 2 * HOUR, NULL, 0);
    assert_int_equal(clock_of(&o, "escalate_urgent")->state, CPL_CLOCK_CANCELLED);
    assert_int_equal(clock_of(&o, "escalate_urgent")->late_ms, HOUR + 1);
    assert_int_equal(cpl_case_due(&o.c), CPL_NEVER);
    close_office(&o);
}

/* A policy may let anything start a clock; a finished case has none all the same. */
static void a_closed_case_starts_no_clock(void **state) {
    (void)state;
    office o;
    open_office(&o, "\"starts\": [\"flag:urgent\"]", "\"starts\": [\"flag:urgent\", \"contact\", \"delivered:result\"]");
    open_case(&o);
    ACT(CPL_EV_CONTACT, "officer", opened_at, text("text", "1669"));
    assert_int_equal(clock_of(&o, "escalate_urgent")->state, CPL_CLOCK_RUNNING);
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "information_request")); /* the only route that ends without a unit */
    ACT(CPL_EV_ANSWER, "officer", opened_at + 1, text("answer", "given"), text("text", "x"), text("by_hand", "phone"));
    act(&o, CPL_EV_CLOSE, "officer", opened_at + 2, NULL, 0);
    assert_int_equal(cpl_case_due(&o.c), CPL_NEVER);
    ACT(CPL_EV_CONTACT, "officer", opened_at + 3, text("text", "1669"));
    assert_int_equal(cpl_case_due(&o.c), CPL_NEVER);
    cpl_plan p;
    OK(cpl_plan_settlement(&o.pr, &o.c, CPL_EV_DELIVERED, 1, CPL_LIT("result"), &(const cpl_proof){.first = ""}, opened_at + 4, &o.arena, &p, &o.e));
    OK(cpl_fold(&o.c, &p.event, &o.e));
    assert_int_equal(cpl_case_due(&o.c), CPL_NEVER);
    close_office(&o);
}

/* ---- any actions by anybody ------------------------------------------------------------------------------------------------------------------ */

enum { MAX_EVENTS = 80, STEPS = 60 };

typedef struct walk {
    office o;
    uint64_t chance;
    int64_t now;
    cpl_event events[MAX_EVENTS];
    size_t count;
    int64_t waiting[MAX_EVENTS]; /* notices that are not settled */
    cpl_str templates[MAX_EVENTS];
    size_t waiting_count;
    int64_t numbers;
} walk;

static uint32_t roll(walk *w, uint32_t sides) {
    w->chance = w->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(w->chance >> 33) % sides;
}

static const char *any_code(walk *w, int32_t kind) {
    uint32_t n = 0;
    while (complaint_policy_code(w->o.policy, kind, (int32_t)n)) n++;
    return roll(w, 12) == 0 ? "nonsense" : complaint_policy_code(w->o.policy, kind, (int32_t)roll(w, n));
}

static cpl_input any_value(walk *w, const cpl_field *f) {
    switch (f->type) {
    case CPL_FIELD_CLASS:
        return text(f->code.id.p, any_code(w, COMPLAINT_CODE_CLASS));
    case CPL_FIELD_NATURE:
        return text(f->code.id.p, any_code(w, COMPLAINT_CODE_NATURE));
    case CPL_FIELD_FLAG:
        return text(f->code.id.p, any_code(w, COMPLAINT_CODE_FLAG));
    case CPL_FIELD_UNIT:
    case CPL_FIELD_UNITS: {
        const cpl_case *c = &w->o.c; /* mostly one that has the matter */
        if (c->referral_count && roll(w, 3)) return (cpl_input){.name = f->code.id, .text = c->referrals[roll(w, (uint32_t)c->referral_count)].unit};
        return text(f->code.id.p, any_code(w, COMPLAINT_CODE_UNIT));
    }
    case CPL_FIELD_CHOICE:
        return (cpl_input){.name = f->code.id, .text = f->choices[roll(w, (uint32_t)f->choice_count)]};
    case CPL_FIELD_INTEGER:
        return number(f->code.id.p, f->min + (int64_t)roll(w, (uint32_t)(f->max - f->min) + 2));
    case CPL_FIELD_BOOLEAN:
        return number(f->code.id.p, roll(w, 2));
    case CPL_FIELD_TIME:
        return number(f->code.id.p, w->now);
    case CPL_FIELD_CHANNEL:
        return text(f->code.id.p, any_code(w, COMPLAINT_CODE_CHANNEL));
    case CPL_FIELD_ORIGIN:
        return (cpl_input){.name = f->code.id, .text = w->o.policy->origins[roll(w, (uint32_t)w->o.policy->origin_count)].code.id};
    case CPL_FIELD_ROLE:
        return (cpl_input){.name = f->code.id, .text = w->o.policy->roles[roll(w, (uint32_t)w->o.policy->role_count)].id};
    case CPL_FIELD_CASE:
        return roll(w, 2) ? number(f->code.id.p, roll(w, 3)) : text(f->code.id.p, roll(w, 4) ? "123" : "12a");
    case CPL_FIELD_CODE:
        return text(f->code.id.p, roll(w, 2) ? "malee" : "ก 12/2569");
    case CPL_FIELD_TEXT:
        break;
    }
    return text(f->code.id.p, roll(w, 2) ? "ข้อความ \"อ้าง\"\n\\ \x01\x7f {}" : "x");
}

static size_t any_fields(walk *w, const cpl_action *action, cpl_input *fields) {
    size_t n = 0;
    for (size_t i = 0; i < action->required_count; i++)
        if (roll(w, 20)) fields[n++] = any_value(w, &w->o.policy->fields[action->required[i]]);
    for (size_t i = 0; i < action->optional_count; i++)
        if (roll(w, 2)) fields[n++] = any_value(w, &w->o.policy->fields[action->optional[i]]);
    return n;
}

static void assert_known_members(const cpl_json *object, const char *const *names, size_t count) {
    for (size_t i = 0; i < cpl_json_count(object); i++) {
        bool known = false;
        for (size_t k = 0; k < count; k++) known |= cpl_str_is(cpl_json_key(object, i), names[k]);
        if (!known) print_error("undocumented member: %.*s\n", (int)cpl_json_key(object, i).n, cpl_json_key(object, i).p);
        assert_true(known);
    }
}

/* The payload is JSON with the members that docs/event-format.md has, and no free text. */
static void assert_payload(const cpl_event *ev) {
    static const char *const members[] = {"state",  "phase",  "message",  "received_at", "channel", "parties",       "year",        "number",   "class", "nature",   "flags_set",
                                          "flags_cleared",   "clocks",   "referrals",   "steps",   "notices",       "counts",      "failed",   "evidence", "policy", "calendar", "fields",
                                          "notice", "template", "body",   "address",     "origin",  "withdrawn",     "blind",       "papers",   "cycle", "examination", "assignee", "tried", "returned", "heard", "origin_ref", "lead",
                                          "seeing", "silenced", "corrects", "was", "retimed", "times", "amended", "rerouted", "ordered", "decision", "legacy_number"};
    static const char *const clock[] = {"seq", "do", "rule", "referral", "length", "from", "nominal", "due", "wake", "at", "late", "warned", "skipped", "was"},
                             *const referral[] = {"seq", "kind", "unit", "lead"}, *const step[] = {"seq", "state", "outcome"},
                             *const party[] = {"seq", "part", "identity", "channel", "name", "address"}, *const notice[] = {"seq", "template", "to", "by_hand", "silent", "refused", "proof"}, *const one[] = {"seq"},
                             *const blind[] = {"person", "unit", "role"}, *const paper[] = {"seq", "paper_no"}, *const retimed[] = {"seq", "sent_at", "accepted_at", "interim_at", "resulted_at"},
                             *const times[] = {"registered_at", "acknowledged_at", "considered_at", "forwarded_at", "ordered_at", "resulted_at", "told_at", "origin_answered_at", "closed_at"};
    const struct {
        const char *list;
        const char *const *names;
        size_t count;
    } lists[] = {{"clocks", clock, COUNT(clock)},
                 {"referrals", referral, COUNT(referral)},
                 {"steps", step, COUNT(step)},
                 {"withdrawn", one, COUNT(one)},
                 {"heard", one, COUNT(one)},
                 {"retimed", retimed, COUNT(retimed)},
                 {"times", times, COUNT(times)},
                 {"amended", party, COUNT(party)},
                 {"rerouted", notice, COUNT(notice)},
                 {"blind", blind, COUNT(blind)},
                 {"seeing", blind, COUNT(blind)},
                 {"papers", paper, COUNT(paper)},
                 {"parties", party, COUNT(party)},
                 {"notices", notice, COUNT(notice)}};
    cpl_json_doc *doc = NULL;
    cpl_str clear;
    OK(cpl_json_parse(&cpl_memory_default, ev->payload, 8, false, &doc, NULL));
    const cpl_json *root = cpl_json_root(doc);
    assert_known_members(root, members, COUNT(members));
    for (size_t i = 0; i < COUNT(lists); i++)
        for (size_t k = 0; k < cpl_json_count(cpl_json_get(root, lists[i].list)); k++)
            assert_known_members(cpl_json_at(cpl_json_get(root, lists[i].list), k), lists[i].names, lists[i].count);
    assert_null(cpl_json_get(cpl_json_get(root, "fields"), "text"));
    assert_null(cpl_json_get(cpl_json_get(root, "fields"), "reason"));
    assert_null(cpl_json_get(cpl_json_get(root, "fields"), "name"));
    assert_null(cpl_json_get(cpl_json_get(root, "fields"), "address"));
    cpl_json_free(doc);
    OK(cpl_envelope_open(ev->sealed, &clear));
    if (clear.n == 0) return;
    OK(cpl_json_parse(&cpl_memory_default, clear, 8, false, &doc, NULL));
    assert_int_equal(cpl_json_type(cpl_json_root(doc)), CPL_JSON_OBJECT);
    assert_true(cpl_json_count(cpl_json_root(doc)) > 0);
    assert_null(cpl_json_get(cpl_json_root(doc), "name")); /* who somebody is lies in his own row */
    assert_null(cpl_json_get(cpl_json_root(doc), "address"));
    cpl_json_free(doc);
}

static bool lives(const cpl_case_clock *k) { return k->state == CPL_CLOCK_RUNNING || k->state == CPL_CLOCK_PAUSED; }

/* Standing still uses no time: such a clock is judged as it was when it stopped counting. */
static int64_t judged(const cpl_case_clock *k) {
    bool still = k->pause_count && k->pauses[k->pause_count - 1].until == CPL_PAUSE_OPEN && k->pauses[k->pause_count - 1].from < k->stopped_at;
    return still ? k->pauses[k->pause_count - 1].from : k->stopped_at;
}

/* What is owed to others than the complainant outlives the case. */
static bool survives(const complaint_policy *p, const cpl_case_clock *k) { return p->clocks[cpl_policy_clock(p, k->rule)].survives; }

static void assert_clock(const complaint_policy *p, const cpl_case *c, const cpl_case_clock *k, bool over) {
    assert_false(over && lives(k) && !survives(p, k));
    assert_true(k->cycle >= 1 && k->cycle <= c->cycle);
    assert_int_equal(k->state == CPL_CLOCK_PAUSED, lives(k) && k->pause_count && k->pauses[k->pause_count - 1].until == CPL_PAUSE_OPEN);
    if (k->state != CPL_CLOCK_RUNNING) assert_int_equal(k->wake_at, CPL_NEVER);
    if (!lives(k)) assert_int_equal(k->late_ms, judged(k) < k->due_at ? 0 : judged(k) - k->due_at + 1);
    for (size_t i = 0; i + 1 < k->pause_count; i++) assert_true(k->pauses[i].until >= k->pauses[i].from && k->pauses[i + 1].from >= k->pauses[i].until);
    for (const cpl_case_clock *other = c->clocks; other < k; other++) assert_false(lives(k) && lives(other) && k->referral == other->referral && cpl_str_eq(k->rule, other->rule));
}

/* One leads as long as one is asked; who leads is the case's lead unit, and nobody leads who gave the matter back. */
static void assert_lead(const cpl_case *c) {
    bool asked = false;
    const cpl_referral *lead = NULL;
    for (size_t i = 0; i < c->referral_count; i++) {
        const cpl_referral *r = &c->referrals[i];
        if (r->cycle != c->cycle) continue;
        asked |= cpl_str_is(r->state, "sent") || cpl_str_is(r->state, "accepted");
        if (r->lead) lead = r;
    }
    assert_true(lead || !asked);
    assert_true(lead ? cpl_str_eq(lead->unit, c->lead_unit) : c->lead_unit.n == 0);
    if (lead) assert_false(cpl_str_is(lead->state, "handed_back") || cpl_str_is(lead->state, "waived"));
}

static void assert_invariants(const complaint_policy *p, const cpl_case *c) {
    bool over = cpl_case_finished(c), runs = false;
    size_t leads = 0;
    for (size_t i = 0; i < c->clock_count; i++) assert_clock(p, c, &c->clocks[i], over);
    for (size_t i = 0; i < c->clock_count; i++) runs |= c->clocks[i].state == CPL_CLOCK_RUNNING;
    for (size_t i = 0; i < c->referral_count; i++) leads += c->referrals[i].lead;
    assert_true(leads <= (size_t)c->cycle);
    assert_lead(c);
    if (over && !runs)
        assert_int_equal(cpl_case_due(c), CPL_NEVER);
    else
        assert_int_not_equal(cpl_case_due(c), CPL_NEVER);
    assert_true(c->closed_at == 0 || c->closed_at >= c->received_at);
    assert_true(c->number == 0 || c->registered_at);
}

static void take(walk *w, const cpl_plan *p) {
    cpl_case *c = &w->o.c;
    uint8_t hash[CPL_HASH_SIZE];
    assert_payload(&p->event);
    assert_memory_equal(p->event.prev, c->head, CPL_HASH_SIZE);
    cpl_event_hash(CPL_LIT("cr"), &p->event, hash);
    assert_memory_equal(p->event.hash, hash, CPL_HASH_SIZE);
    assert_true(p->event.entered_at >= c->last_entered_at);
    assert_true(p->event.happened_at <= p->event.entered_at);
    OK(cpl_fold(c, &p->event, &w->o.e));
    w->events[w->count++] = p->event;
    for (size_t i = 0; i < p->notice_count; i++) {
        if (p->notices[i].by_hand) continue;
        w->waiting[w->waiting_count] = p->notices[i].seq;
        w->templates[w->waiting_count++] = w->o.policy->notices[p->notices[i].def].id;
    }
    assert_invariants(w->o.policy, c);
}

static void somebody_acts(walk *w) {
    const complaint_policy *p = w->o.policy;
    const cpl_action *action = &p->actions[p->intake_count + roll(w, (uint32_t)(p->action_count - p->intake_count))];
    int state = cpl_policy_state(p, w->o.c.state);
    if (!(action->from >> state & 1) && roll(w, 8)) return;
    if (action->to == CPL_TO_STAY && roll(w, 3)) return; /* more of what leads somewhere */
    if (action->kind == CPL_EV_WITHDRAW && roll(w, 3)) return;
    cpl_input fields[16];
    cpl_plan made;
    cpl_request rq = request(&w->o, action->kind, "officer");
    rq.who.roles = roll(w, 4) ? role(&w->o, roll(w, 2) ? "officer" : "head") : UINT64_C(1) << roll(w, (uint32_t)p->role_count);
    rq.now = w->now;
    rq.happened_at = w->now - (roll(w, 4) ? 0 : (int64_t)roll(w, 2 * DAY));
    rq.next_number = w->numbers + 1;
    rq.fields = fields;
    rq.field_count = any_fields(w, action, fields);
    (void)snprintf(rq.party.first, sizeof rq.party.first, "%064d", (int)roll(w, 2)); /* one of two names */
    if (roll(w, 4)) rq.who.on_behalf = result_of(fields, rq.field_count);
    complaint_status s = plan(&w->o, &rq, &made);
    if (s == COMPLAINT_OK) {
        w->numbers += action->kind == CPL_EV_REGISTER;
        take(w, &made);
        return;
    }
    assert_true(s != COMPLAINT_E_INTERNAL && s != COMPLAINT_E_CORRUPT && s != COMPLAINT_E_MEMORY && s != COMPLAINT_E_EXISTS);
    assert_true(complaint_error_subject(&w->o.e)[0] && complaint_error_text(&w->o.e, COMPLAINT_THAI)[0] && complaint_error_text(&w->o.e, COMPLAINT_ENGLISH)[0]);
}

static void a_notice_is_settled(walk *w) {
    cpl_plan made;
    if (w->waiting_count == 0) return;
    size_t i = roll(w, (uint32_t)w->waiting_count);
    OK(cpl_plan_settlement(&w->o.pr, &w->o.c, roll(w, 3) ? CPL_EV_DELIVERED : CPL_EV_REFUSED, w->waiting[i], w->templates[i], &(const cpl_proof){.first = ""}, w->now, &w->o.arena, &made, &w->o.e));
    w->waiting_count--;
    w->waiting[i] = w->waiting[w->waiting_count];
    w->templates[i] = w->templates[w->waiting_count];
    take(w, &made);
}

static void begin_walk(walk *w, uint64_t seed, const char *from, const char *to) {
    memset(w, 0, sizeof *w);
    open_office(&w->o, from, to);
    w->chance = seed * 7919;
    w->now = opened_at;
    cpl_request rq = request(&w->o, CPL_EV_TRIAGE, "officer");
    cpl_plan made;
    rq.message = 9;
    OK(plan(&w->o, &rq, &made));
    take(w, &made);
    for (int i = 0; i < 60 * STEPS && w->count < STEPS; i++) {
        w->now += (int64_t)roll(w, DAY / 2);
        if (roll(w, 6))
            somebody_acts(w);
        else
            a_notice_is_settled(w);
    }
    assert_true(w->count > 10);
}

static void a_closed_case_never_has_a_running_clock(void **state) {
    (void)state;
    int closed = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        walk w;
        bool odd = seed % 2;
        begin_walk(&w, seed, odd ? "\"starts\": [\"flag:urgent\"]" : NULL, "\"starts\": [\"flag:urgent\", \"contact\", \"note\", \"delivered:result\"]");
        closed += cpl_case_finished(&w.o.c) || w.o.c.cycle > 1;
        close_office(&w.o);
    }
    if (closed <= 50) fail_msg("only %d of 200 cases ended: nothing was tested", closed);
}

static void refold(const walk *w, size_t count, cpl_arena *a, cpl_case *c) {
    cpl_case_init(c, a, CASE_ID);
    for (size_t i = 0; i < count; i++) OK(cpl_fold(c, &w->events[i], NULL));
}

/* ---- projections, in a store ------------------------------------------------------------------------------------------------------------------ */

static void open_rows(complaint_memory **memory, cpl_host *host) {
    complaint_store table;
    int32_t major = CPL_SCHEMA_MAJOR, minor = CPL_SCHEMA_MINOR;
    memset(host, 0, sizeof *host);
    OK(complaint_memory_open(NULL, memory));
    OK(complaint_memory_table(*memory, &table));
    OK(cpl_host_set_store(host, &table, NULL));
    OK(cpl_host_limits(host, NULL));
    OK(cpl_host_schema(host, COMPLAINT_SCHEMA_WRITE, &major, &minor, NULL));
}

static void project(cpl_host *host, const cpl_case *before, const cpl_case *after) {
    cpl_tx tx;
    cpl_batch b;
    cpl_arena a;
    complaint_error e;
    cpl_arena_init(&a, &cpl_memory_default);
    cpl_batch_init(&b, &a);
    cpl_project(&b, CPL_LIT("cr"), before, after, NULL);
    for (size_t i = before->party_count; i < after->party_count; i++) { /* the desk's part: the name lies in the row only */
        const cpl_party *p = &after->parties[i];
        complaint_value v[] = {cpl_int(after->id), cpl_int(p->seq), cpl_int(p->version), cpl_txt(p->part), cpl_txt(p->identity), cpl_txt(p->channel), cpl_blob("", 0), cpl_blob("", 0), cpl_txt(p->state)};
        cpl_batch_insert(&b, CPL_LIT("cr"), CPL_PARTY, v, COUNT(v));
    }
    OK(cpl_tx_begin(&tx, host, CPL_LIT("cr"), COMPLAINT_WRITE, &e));
    complaint_status s = cpl_tx_write(&tx, &b, NULL);
    if (s != COMPLAINT_OK) print_error("%s\n", complaint_error_text(&e, COMPLAINT_ENGLISH));
    OK(s);
    OK(cpl_tx_commit(&tx));
    cpl_arena_free(&a);
}

static void assert_row(const complaint_value *row, const complaint_value *expected, int32_t table) {
    for (int32_t i = 1; i < complaint_schema_column_count(table); i++) {
        assert_int_equal(row[i].type, complaint_schema_column_type(table, i));
        assert_int_equal(row[i].integer, expected[i - 1].integer);
        assert_int_equal(row[i].size, expected[i - 1].size);
        if (row[i].size) assert_memory_equal(row[i].data, expected[i - 1].data, row[i].size);
    }
}

/* The row says all of itself again but what follows from clocks and from who must not know. */
static void assert_told_by_row(const complaint_value *row, const complaint_value *expected) {
    enum { DUE = 21, BLIND = 26 };
    cpl_case again;
    complaint_value projected[32];
    cpl_case_of_row(row + 1, &again);
    cpl_project_case(&again, projected);
    for (int32_t i = 0; i + 1 < complaint_schema_column_count(CPL_CASE); i++)
        if (i != DUE && i != BLIND) assert_true(cpl_value_same(&projected[i], &expected[i]));
}

static void assert_rows(cpl_host *host, const cpl_case *c) {
    cpl_tx tx;
    cpl_arena a;
    cpl_rows cases = {0}, clocks = {0}, referrals = {0}, parties = {0}, counters = {0};
    complaint_value expected[32];
    cpl_count counts[CPL_COUNTS];
    int64_t sum = 0;
    cpl_range r = {.table = CPL_CASE};
    cpl_arena_init(&a, &cpl_memory_default);
    OK(cpl_tx_begin(&tx, host, CPL_LIT("cr"), COMPLAINT_READ, NULL));
    OK(cpl_tx_select(&tx, &r, &a, &cases));
    assert_int_equal(cases.count, 1);
    cpl_project_case(c, expected);
    assert_row(cases.items[0].values, expected, CPL_CASE);
    assert_told_by_row(cases.items[0].values, expected);
    r.table = CPL_CLOCK;
    OK(cpl_tx_select(&tx, &r, &a, &clocks));
    assert_int_equal(clocks.count, c->clock_count);
    for (size_t i = 0; i < clocks.count; i++) {
        cpl_project_clock(c, &c->clocks[i], expected);
        assert_row(clocks.items[i].values, expected, CPL_CLOCK);
    }
    r.table = CPL_REFERRAL;
    OK(cpl_tx_select(&tx, &r, &a, &referrals));
    assert_int_equal(referrals.count, c->referral_count);
    for (size_t i = 0; i < referrals.count; i++) {
        cpl_project_referral(c, &c->referrals[i], expected);
        assert_row(referrals.items[i].values, expected, CPL_REFERRAL);
    }
    r.table = CPL_PARTY;
    OK(cpl_tx_select(&tx, &r, &a, &parties));
    assert_int_equal(parties.count, c->party_count);
    for (size_t i = 0; i < parties.count; i++) {
        assert_int_equal(parties.items[i].values[3].integer, c->parties[i].version);
        assert_true(cpl_str_eq(cpl_value_str(&parties.items[i].values[9]), c->parties[i].state));
    }
    r.table = CPL_COUNTER;
    OK(cpl_tx_select(&tx, &r, &a, &counters));
    size_t n = cpl_case_counts(c, counts);
    for (size_t i = 0; i < counters.count; i++) {
        const complaint_value *v = counters.items[i].values;
        int64_t wanted = 0;
        for (size_t k = 0; k < n; k++)
            wanted += v[2].integer == counts[k].period && cpl_str_is(cpl_value_str(&v[1]), counts[k].figure) && cpl_str_is(cpl_value_str(&v[3]), counts[k].dimension);
        assert_int_equal(v[4].integer, wanted);
        sum += v[4].integer;
    }
    assert_int_equal(sum, n);
    cpl_tx_rollback(&tx);
    cpl_arena_free(&a);
}

/* However the log is cut, its parts project to the same rows as the whole; and every prefix is the case as it was then. */
static void differences_add_up_to_the_whole(void **state) {
    (void)state;
    for (uint64_t seed = 1000; seed < 1030; seed++) {
        walk w;
        cpl_arena a;
        cpl_case empty, cut, whole, step;
        complaint_memory *in_two, *one_by_one;
        cpl_host two, one;
        begin_walk(&w, seed, NULL, NULL);
        cpl_arena_init(&a, &cpl_memory_default);
        open_rows(&in_two, &two);
        open_rows(&one_by_one, &one);
        cpl_case_init(&empty, &a, CASE_ID);
        refold(&w, 1 + roll(&w, (uint32_t)w.count - 1), &a, &cut);
        refold(&w, w.count, &a, &whole);
        project(&two, &empty, &cut);
        assert_rows(&two, &cut);
        project(&two, &cut, &whole);
        assert_rows(&two, &whole);
        step = empty;
        for (size_t i = 0; i < w.count; i++) {
            cpl_case next;
            assert_true(cpl_case_copy(&step, &next));
            OK(cpl_fold(&next, &w.events[i], NULL));
            project(&one, &step, &next);
            assert_rows(&one, &next);
            if ((int64_t)i + 1 == cut.version) {
                complaint_value x[32], y[32];
                cpl_project_case(&cut, x);
                cpl_project_case(&next, y);
                for (int k = 0; k < complaint_schema_column_count(CPL_CASE) - 1; k++) assert_true(x[k].integer == y[k].integer && x[k].size == y[k].size);
                assert_memory_equal(cut.head, next.head, CPL_HASH_SIZE);
            }
            step = next;
        }
        assert_rows(&one, &w.o.c);
        complaint_memory_close(in_two);
        complaint_memory_close(one_by_one);
        cpl_arena_free(&a);
        close_office(&w.o);
    }
}

/* ---- properties of clocks --------------------------------------------------------------------------------------------------------------------- */

static void open_forwarded(office *o) {
    open_office(o, NULL, NULL);
    open_case(o);
    act(o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    act(o, CPL_EV_CLASSIFY, "officer", opened_at, (const cpl_input[]){text("class", "service")}, 1);
    act(o, CPL_EV_FORWARD, "officer", opened_at, (const cpl_input[]){text("unit", "hr")}, 1);
}

static void wait_for_complainant(office *o, int64_t from, int64_t until) {
    act(o, CPL_EV_REQUEST_INFO, "officer", from, (const cpl_input[]){text("text", "x")}, 1);
    assert_int_equal(clock_of(o, "follow_up")->state, CPL_CLOCK_PAUSED);
    assert_int_equal(clock_of(o, "follow_up")->wake_at, CPL_NEVER); /* who stands still says nothing */
    if (until) act(o, CPL_EV_RESUME, "officer", until, NULL, 0);
}

static int64_t end_of_working_day(const office *o, int64_t due, int32_t days) {
    int32_t last;
    OK(cpl_calendar_add(o->calendar, cpl_instant_day(due - 1), days, &last));
    return cpl_day_start(last + 1);
}

/* Of working days: as many as lay between the day it stopped counting and the day it went on, and none that was not counted anyway. */
static void a_pause_moves_the_deadline_by_itself(void **state) {
    (void)state;
    for (int from = 1; from < 9; from++)
        for (int days = 0; days < 40; days += 3) {
            office o;
            int32_t open_days;
            open_forwarded(&o);
            int64_t due = clock_of(&o, "follow_up")->due_at, begin = opened_at + from * (int64_t)DAY, end_at = begin + days * (int64_t)DAY + HOUR;
            OK(complaint_calendar_count(o.calendar, cpl_instant_day(begin), cpl_instant_day(end_at), &open_days));
            wait_for_complainant(&o, begin, end_at);
            const cpl_case_clock *k = clock_of(&o, "follow_up");
            assert_int_equal(k->state, CPL_CLOCK_RUNNING);
            assert_int_equal(k->pause_count, 1);
            assert_int_equal(k->due_at, end_of_working_day(&o, due, open_days));
            /* what is used stays used */
            int64_t before, after;
            cpl_period p = cpl_period_of(&o.policy->clocks[cpl_policy_clock(o.policy, k->rule)], k), whole = p;
            whole.pause_count = 0;
            OK(cpl_calendar_consumed(o.calendar, &whole, begin, &before, NULL));
            OK(cpl_calendar_consumed(o.calendar, &p, end_at, &after, NULL));
            assert_int_equal(before, after);
            close_office(&o);
        }
}

static void a_pause_in_pieces_is_the_same_pause(void **state) {
    (void)state;
    for (int cut = 0; cut <= 20; cut++) {
        office whole, pieces;
        int64_t begin = opened_at + DAY, until = begin + 20 * (int64_t)DAY;
        open_forwarded(&whole);
        open_forwarded(&pieces);
        wait_for_complainant(&whole, begin, until);
        wait_for_complainant(&pieces, begin, begin + cut * (int64_t)DAY);
        wait_for_complainant(&pieces, begin + cut * (int64_t)DAY, until);
        assert_int_equal(clock_of(&pieces, "follow_up")->pause_count, 2);
        assert_int_equal(clock_of(&pieces, "follow_up")->due_at, clock_of(&whole, "follow_up")->due_at);
        close_office(&whole);
        close_office(&pieces);
    }
}

/* What was entered late may lie before the wait that is on record: the case goes on all the same, and can be recomputed. */
static void pauses_that_are_entered_late_stay_in_order(void **state) {
    (void)state;
    office o;
    bool moved;
    cpl_plan p;
    open_forwarded(&o);
    wait_for_complainant(&o, opened_at + 3 * (int64_t)DAY, opened_at + 5 * (int64_t)DAY);
    int64_t due = clock_of(&o, "follow_up")->due_at;
    cpl_input why = text("text", "x");
    cpl_request rq = request(&o, CPL_EV_REQUEST_INFO, "officer");
    rq.now = opened_at + 6 * (int64_t)DAY;
    rq.happened_at = opened_at + 2 * (int64_t)DAY;
    rq.fields = &why;
    rq.field_count = 1;
    done(&o, &rq);
    rq = request(&o, CPL_EV_RESUME, "officer");
    rq.now = opened_at + 7 * (int64_t)DAY;
    rq.happened_at = opened_at + 4 * (int64_t)DAY; /* before the first wait ended */
    assert_refused(&o, &rq, COMPLAINT_E_RANGE, "happened_at", "before the clocks");
    rq.happened_at = opened_at + 5 * (int64_t)DAY;
    done(&o, &rq);
    assert_invariants(o.policy, &o.c);
    assert_int_equal(clock_of(&o, "follow_up")->due_at, due);
    OK(cpl_plan_recompute(&o.pr, &o.c, rq.now, &o.arena, &p, &moved, &o.e));
    assert_false(moved);
    close_office(&o);
}

/* A clock that stands still when its case ends was in time, however long it stood. */
static void who_waits_for_the_complainant_is_not_late(void **state) {
    (void)state;
    office o;
    open_forwarded(&o);
    int64_t due = clock_of(&o, "follow_up")->due_at;
    wait_for_complainant(&o, opened_at + DAY, 0);
    act(&o, CPL_EV_WITHDRAW, "officer", due + 90 * (int64_t)DAY, (const cpl_input[]){text("reason", "x")}, 1);
    assert_true(cpl_case_finished(&o.c));
    assert_int_equal(clock_of(&o, "follow_up")->state, CPL_CLOCK_CANCELLED);
    assert_int_equal(clock_of(&o, "follow_up")->late_ms, 0);
    assert_true(clock_of(&o, "acknowledge")->late_ms > 0); /* it did not stand still */
    assert_invariants(o.policy, &o.c);
    close_office(&o);
}

static void an_extension_counts_from_the_last_day(void **state) {
    (void)state;
    for (int64_t days = 1; days <= 7; days++) {
        office early, late;
        open_forwarded(&early);
        open_forwarded(&late);
        int64_t due = clock_of(&early, "follow_up")->due_at;
        act(&early, CPL_EV_EXTEND, "head", opened_at + HOUR, (const cpl_input[]){number("days", days), text("reason", "x")}, 2);
        act(&late, CPL_EV_EXTEND, "head", due + 30 * (int64_t)DAY, (const cpl_input[]){number("days", days), text("reason", "x")}, 2);
        assert_int_equal(clock_of(&early, "follow_up")->due_at, end_of_working_day(&early, due, (int32_t)days));
        assert_int_equal(clock_of(&late, "follow_up")->due_at, clock_of(&early, "follow_up")->due_at);
        assert_int_equal(clock_of(&late, "follow_up")->extension_count, 1);
        close_office(&early);
        close_office(&late);
    }
}

/* The letter that shows it was forwarded in time is found later: both results stay in the log, the later entry counts. */
static void a_correction_keeps_both_and_the_later_counts(void **state) {
    (void)state;
    office o;
    cpl_plan p;
    open_office(&o, NULL, NULL);
    open_case(&o);
    int64_t due = clock_of(&o, "forward")->due_at;
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "service"));
    ACT(CPL_EV_FORWARD, "officer", due + DAY, text("unit", "hr"));
    assert_int_equal(clock_of(&o, "forward")->late_ms, DAY + 1);
    cpl_input unit = text("unit", "quality");
    cpl_request rq = request(&o, CPL_EV_FORWARD, "officer");
    rq.now = due + 3 * (int64_t)DAY;
    rq.happened_at = due - HOUR;
    rq.fields = &unit;
    rq.field_count = 1;
    OK(plan(&o, &rq, &p));
    assert_non_null(strstr(p.event.payload.p, "\"do\":\"correct\",\"rule\":\"forward\""));
    OK(cpl_fold(&o.c, &p.event, &o.e));
    assert_int_equal(clock_of(&o, "forward")->late_ms, 0);
    assert_int_equal(clock_of(&o, "forward")->stopped_at, due - HOUR);
    unit = text("unit", "finance");
    rq.now = due + 4 * (int64_t)DAY;
    rq.happened_at = due + 2 * (int64_t)DAY; /* later than what is known: no news */
    OK(plan(&o, &rq, &p));
    assert_null(strstr(p.event.payload.p, "\"do\":\"correct\""));
    close_office(&o);
}

/* The clock's way when somebody looks at these instants; what was said last. */
static cpl_str wake_at_each(office *o, const int64_t *at, size_t count) {
    cpl_str last = CPL_LIT("");
    for (size_t i = 0; i < count; i++)
        for (int64_t clock = 1; clock <= (int64_t)o->c.clock_count; clock++) {
            cpl_plan p;
            bool due;
            OK(cpl_plan_warning(&o->pr, &o->c, clock, at[i], &o->arena, &p, &due, &o->e));
            if (!due) continue;
            OK(cpl_fold(&o->c, &p.event, &o->e));
            if (p.notice_count) last = o->policy->notices[p.notices[0].def].id;
            OK(cpl_plan_warning(&o->pr, &o->c, clock, at[i], &o->arena, &p, &due, &o->e));
            assert_false(due); /* running twice adds nothing */
        }
    return last;
}

static void looking_often_or_once_comes_to_the_same(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        walk chance_only = {.chance = seed * 7919};
        office often, once;
        int64_t at[24], end_at = opened_at + 30 * (int64_t)DAY;
        open_forwarded(&often);
        open_forwarded(&once);
        size_t n = 1 + roll(&chance_only, 22);
        for (size_t i = 0; i < n; i++) at[i] = opened_at + (int64_t)(i + 1) * 30 * (int64_t)DAY / (int64_t)(n + 1) + (int64_t)roll(&chance_only, DAY);
        at[n] = end_at;
        cpl_str last = wake_at_each(&often, at, n + 1), only = wake_at_each(&once, &end_at, 1);
        assert_true(cpl_str_eq(last, only));
        assert_int_equal(often.c.clock_count, once.c.clock_count);
        for (size_t i = 0; i < once.c.clock_count; i++) {
            const cpl_case_clock *a = &often.c.clocks[i], *b = &once.c.clocks[i];
            assert_true(a->state == b->state && a->due_at == b->due_at && a->wake_at == b->wake_at && a->warned == b->warned && a->late_ms == b->late_ms);
        }
        close_office(&often);
        close_office(&once);
    }
}

/* "One working day before" of a period of one day lies before its beginning. */
static void warnings_before_the_beginning_are_not_said(void **state) {
    (void)state;
    office o;
    cpl_plan p;
    bool due;
    open_office(&o, NULL, NULL);
    open_case(&o);
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "service"));
    ACT(CPL_EV_FORWARD, "officer", opened_at + HOUR, text("unit", "hr"), number("days", 1));
    const cpl_case_clock *k = clock_of(&o, "follow_up");
    assert_true(k->wake_at > k->started_at);
    OK(cpl_plan_warning(&o.pr, &o.c, k->seq, k->started_at, &o.arena, &p, &due, &o.e));
    assert_false(due);
    close_office(&o);
}

/* Whatever year it is: an answer, soon, and a clock that can be asked again. */
static void years_without_data_are_refused_and_never_searched_for(void **state) {
    (void)state;
    static const int64_t years[] = {INT64_C(-16900000000000), INT64_C(-1000000000000), 0, INT64_C(1500000000000), INT64_C(1798000000000), INT64_C(1830000000000), INT64_C(2500000000000),
                                    INT64_C(22900000000000), INT64_C(23034000000000), INT64_C(23036000000000), INT64_MAX, INT64_MIN};
    int refused_years = 0;
    for (size_t i = 0; i < COUNT(years); i++) {
        office o;
        cpl_plan p;
        bool due = false, moved = false;
        open_office(&o, NULL, NULL);
        cpl_request rq = request(&o, CPL_EV_TRIAGE, "officer");
        rq.now = rq.happened_at = rq.received_at = years[i];
        complaint_status s = plan(&o, &rq, &p);
        refused_years += s != COMPLAINT_OK;
        if (s != COMPLAINT_OK) {
            assert_int_equal(CPL_CLASS(s), COMPLAINT_E_RANGE);
        } else {
            OK(cpl_fold(&o.c, &p.event, &o.e));
            s = cpl_plan_warning(&o.pr, &o.c, 1, years[i] + 400 * (int64_t)DAY, &o.arena, &p, &due, &o.e);
            assert_true(s == COMPLAINT_OK || CPL_CLASS(s) == COMPLAINT_E_RANGE);
            OK(cpl_plan_recompute(&o.pr, &o.c, years[i], &o.arena, &p, &moved, &o.e));
            assert_false(moved);
        }
        close_office(&o);
    }
    assert_true(refused_years >= 3);
}

/* Nothing of a plan that failed for want of memory is used. */
static bool plan_once(test_alloc *m, void *context) {
    office *o = context;
    cpl_memory memory = m->table;
    cpl_arena a;
    cpl_plan p;
    cpl_input fields[] = {text("unit", "hr,quality"), number("days", 3), text("text", "ข้อความ")};
    cpl_request rq = request(o, CPL_EV_FORWARD, "officer");
    rq.fields = fields;
    rq.field_count = COUNT(fields);
    cpl_arena_init(&a, &memory);
    complaint_status s = cpl_plan_action(&o->pr, &o->c, &rq, &a, &p, &o->e);
    assert_int_equal(s, m->failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK);
    if (s == COMPLAINT_OK) assert_payload(&p.event);
    cpl_arena_free(&a);
    return s == COMPLAINT_OK;
}

static void plans_survive_memory_failures(void **state) {
    (void)state;
    office o;
    open_office(&o, NULL, NULL);
    open_case(&o);
    act(&o, CPL_EV_REGISTER, "officer", opened_at, NULL, 0);
    ACT(CPL_EV_CLASSIFY, "officer", opened_at, text("class", "service"));
    test_alloc_loop(plan_once, &o);
    close_office(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truncated_payloads_are_refused),
        cmocka_unit_test(damaged_payloads_never_crash),
        cmocka_unit_test(wrong_types_are_refused),
        cmocka_unit_test(wrong_numbers_are_refused),
        cmocka_unit_test(events_come_in_order),
        cmocka_unit_test(a_fold_makes_a_case),
        cmocka_unit_test(unknown_members_are_ignored),
        cmocka_unit_test(memory_failures_are_not_corruption),
        cmocka_unit_test(copies_are_independent),
        cmocka_unit_test(who_is_seeing_is_taken_out_of_the_blind),
        cmocka_unit_test(due_is_the_earliest_running_clock),
        cmocka_unit_test(cases_are_counted_by_month_class_and_channel),
        cmocka_unit_test(refusals_name_what_is_missing),
        cmocka_unit_test(times_lie_between_receipt_and_now),
        cmocka_unit_test(cases_with_unknown_events_are_not_changed),
        cmocka_unit_test(what_is_possible_is_told_beforehand),
        cmocka_unit_test(in_time_is_before_the_deadline),
        cmocka_unit_test(lateness_is_judged_by_when_it_happened),
        cmocka_unit_test(a_clock_starts_again_when_it_is_stopped_by_its_own_start),
        cmocka_unit_test(the_last_result_counts),
        cmocka_unit_test(closing_ends_every_clock),
        cmocka_unit_test(a_closed_case_starts_no_clock),
        cmocka_unit_test(a_closed_case_never_has_a_running_clock),
        cmocka_unit_test(differences_add_up_to_the_whole),
        cmocka_unit_test(a_pause_moves_the_deadline_by_itself),
        cmocka_unit_test(a_pause_in_pieces_is_the_same_pause),
        cmocka_unit_test(pauses_that_are_entered_late_stay_in_order),
        cmocka_unit_test(who_waits_for_the_complainant_is_not_late),
        cmocka_unit_test(an_extension_counts_from_the_last_day),
        cmocka_unit_test(a_correction_keeps_both_and_the_later_counts),
        cmocka_unit_test(looking_often_or_once_comes_to_the_same),
        cmocka_unit_test(warnings_before_the_beginning_are_not_said),
        cmocka_unit_test(years_without_data_are_refused_and_never_searched_for),
        cmocka_unit_test(plans_survive_memory_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
