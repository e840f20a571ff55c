/* The auditor's question [CR-1, CR-4.2.2]: rows that nobody caused, deadlines that do not follow from what they cite, and an audit spread over several calls. */
#include "process/process.h"
#include "support/desk.h"

#include <complaint/schema.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)
/* The store is left altered: no proof at the end. */
#define TAMPERED(f) cmocka_unit_test_setup_teardown(f, test_office_setup, close_altered)

static int close_altered(void **state) {
    test_office_close(*state);
    free(*state);
    return 0;
}

static void start_again(test_office *o) {
    test_office_close(o);
    OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
}

/* A row in every table that belongs to a case, a message or a day. */
static void fill(test_office *o) {
    test_open_case(o);
    int64_t other = o->case_id;
    char link[48];
    test_receive(o, "facebook", "รอคิวนาน");
    OK(test_keep(o, "photo", 5));
    DO(o, o->officer, "triage");
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=service");
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "forward", "unit=quality", "paper_no=ชร 1/2568", "paper_date:=1762300800000", "subject=ขอให้ตรวจสอบ");
    snprintf(link, sizeof link, "case=%" PRId64, other);
    DO(o, o->officer, "link", link, "link=same_event");
    DO(o, o->officer, "check_channel", "channel=facebook", "@case:=0");
    DO(o, o->head, "assign", "channel=facebook", "assignee=malee", "duty_day:=1762300800000", "@case:=0");
    test_deliver(o, 2, 0, 0, 0);
}

static complaint_page *findings_of(test_office *o, int32_t flags, complaint_status expected) {
    complaint_page *page = NULL;
    int64_t checked = -1;
    complaint_status s = complaint_desk_verify(o->desk, o->auditor, flags, NULL, 0, &page, &checked);
    if (s != expected) fail_msg("verify answers %s: %s", complaint_status_name(s), test_why(o));
    return page;
}

/* The only finding, in both languages. */
static complaint_page *one_finding(test_office *o, int32_t flags, const char *what, const char *subject) {
    complaint_page *page = findings_of(o, flags, COMPLAINT_E_CORRUPT);
    for (int64_t i = 1; i < complaint_page_count(page); i++) print_error("too much: %s: %s\n", complaint_page_text_of(page, i, "subject"), complaint_finding_text(page, i, COMPLAINT_ENGLISH));
    assert_int_equal(complaint_page_count(page), 1);
    assert_string_equal(complaint_page_text_of(page, 0, "what"), what);
    assert_string_equal(complaint_page_text_of(page, 0, "subject"), subject);
    assert_true(strlen(complaint_finding_text(page, 0, COMPLAINT_THAI)) > 0);
    assert_string_not_equal(complaint_finding_text(page, 0, COMPLAINT_THAI), complaint_finding_text(page, 0, COMPLAINT_ENGLISH));
    assert_string_equal(complaint_finding_text(page, 1, COMPLAINT_THAI), "");
    return page;
}

/* ---- rows that nobody caused ------------------------------------------------------------------------------------------------ */

enum { NOBODY = 1 << 30, NO_DAY = 1 << 21 }; /* an id, and a day, that no log has */

static void rows_without_a_log(void **state) {
    test_office *o = *state;
    static const struct {
        const char *table, *owner;
        int keys;
    } tables[] = {{"complaint_clock", "case_id", 2},   {"complaint_referral", "case_id", 2}, {"complaint_party", "case_id", 2}, {"complaint_notice", "stream", 2},
                  {"complaint_attempt", "stream", 3}, {"complaint_paper", "case_id", 2},    {"complaint_evidence", "owner", 2}};
    for (size_t i = 0; i < COUNT(tables); i++) {
        fill(o);
        const complaint_value key[] = {I(o->case_id), I(1), I(1)};
        test_plant(o, tables[i].table, key, tables[i].keys, CELLS({tables[i].owner, I(NOBODY)}));
        complaint_page *page = one_finding(o, 0, "orphan", tables[i].table);
        assert_int_equal(complaint_page_integer_of(page, 0, "stream"), NOBODY);
        complaint_page_free(page);
        start_again(o);
    }
}

/* A case or a message that is there and has no log at all; what it would count for is missed too. */
static void a_case_or_message_without_a_log(void **state) {
    test_office *o = *state;
    fill(o);
    test_plant(o, "complaint_message", KEY(I(o->message)), CELLS({"message", I(NOBODY)}, {"external_id", T("planted")}));
    complaint_page_free(one_finding(o, 0, "orphan", "complaint_message"));
    test_plant(o, "complaint_case", KEY(I(o->case_id)), CELLS({"case_id", I(NOBODY)}));
    test_finds(o, "orphan", "complaint_case");
    test_finds(o, "counter", "service/facebook");
}

static void a_day_without_a_log(void **state) {
    test_office *o = *state;
    fill(o);
    int32_t day = cpl_instant_day(o->now);
    test_plant(o, "complaint_duty", KEY(I(day), T("facebook"), I(1)), CELLS({"day", I(NO_DAY)}));
    complaint_page_free(one_finding(o, 0, "orphan", "complaint_duty"));
    test_plant(o, "complaint_roster", KEY(I(cpl_instant_day(1762300800000)), T("facebook")), CELLS({"day", I(NO_DAY)}));
    test_finds(o, "orphan", "complaint_roster");
}

/* The rows of one kind under the id of another: a message's log makes no case. */
static void a_row_of_another_kind(void **state) {
    test_office *o = *state;
    fill(o);
    test_plant(o, "complaint_clock", KEY(I(o->case_id), I(1)), CELLS({"case_id", I(o->message)}));
    complaint_page_free(one_finding(o, 0, "orphan", "complaint_clock"));
}

/* Words of a message's log that its kind cannot have; an audit says so beside the broken chain, and goes on. */
static void a_log_that_says_nothing(void **state) {
    static const char *const payloads[] = {"[]", "", "{", "{1:2}", "{\"channel\":1}", "{\"direction\":\"in\"}", "{\"evidence\":{}}", "{\"evidence\":[1]}", "{\"case\":\"\"}", "{\"case\":\"12x\"}", "{\"case\":\"9223372036854775808\"}",
                                           "{\"case\":\"99999999999999999999\"}", "{\"more\":[}", "{} {}"};
    test_office *o = *state;
    test_receive(o, "facebook", "รอคิวนาน");
    for (size_t i = 0; i < COUNT(payloads); i++) {
        test_tamper(o, "complaint_event", KEY(I(o->message), I(1)), "payload", B(payloads[i], strlen(payloads[i])));
        test_finds(o, "hash", "altered");
        test_finds(o, "row", "payload");
    }
    test_tamper(o, "complaint_event", KEY(I(o->message), I(1)), "hash", B("short", 5));
    test_finds(o, "row", "hash");
}

/* What needs an escape in the log comes out of it as it went in. */
static void keys_with_quotation_marks_are_kept_as_they_are(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=a\"b\\c", "thread=t\t\"1\"", "text=x");
    DO(o, o->officer, "triage");
    test_verify(o);
    assert_string_equal(test_cell(o, o->officer, complaint_desk_case_messages, "thread", "t\t\"1\"", "external_id"), "a\"b\\c");
}

static void links_of_one_side(void **state) {
    test_office *o = *state;
    fill(o);
    complaint_page *page = test_page(o, o->officer, complaint_desk_links);
    int64_t other = complaint_page_integer_of(page, 0, "other_id");
    complaint_page_free(page);
    test_plant(o, "complaint_link", KEY(I(o->case_id), I(other)), CELLS({"case_id", I(NOBODY)}));
    complaint_page_free(one_finding(o, 0, "orphan", "complaint_link"));
    test_remove(o, "complaint_link", KEY(I(NOBODY), I(other)));
    test_plant(o, "complaint_link", KEY(I(o->case_id), I(other)), CELLS({"other_id", I(NOBODY)}));
    complaint_page_free(one_finding(o, 0, "orphan", "complaint_link"));
    test_remove(o, "complaint_link", KEY(I(o->case_id), I(NOBODY)));
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
}

static void numbers_counters_requests_and_attempts_of_nothing(void **state) {
    test_office *o = *state;
    fill(o);
    test_plant(o, "complaint_counter", KEY(T("received"), I(202511), T("service/facebook")), CELLS({"dimension", T("service/pigeon")}));
    complaint_page_free(one_finding(o, 0, "counter", "service/pigeon"));
    start_again(o);
    fill(o);
    test_plant(o, "complaint_number", KEY(I(2569), I(1)), CELLS({"register_number", I(2)}, {"case_id", I(NOBODY)}));
    test_finds(o, "number", "not there or has another");
    start_again(o);
    fill(o);
    DO(o, o->officer, "note", "text=x", "@request=r-1");
    test_plant(o, "complaint_request", KEY(T("r-1")), CELLS({"request", T("r-2")}, {"case_id", I(NOBODY)}));
    complaint_page_free(one_finding(o, 0, "orphan", "complaint_request.case_id"));
    start_again(o);
    fill(o);
    test_plant(o, "complaint_attempt", KEY(I(o->case_id), I(1), I(1)), CELLS({"notice", I(99)}));
    complaint_page_free(one_finding(o, 0, "orphan", "complaint_attempt"));
}

/* ---- deadlines ------------------------------------------------------------------------------------------------------------------ */

static int32_t COMPLAINT_CALL keep_digest(void *context, const complaint_value *values, int32_t count) {
    char *digest = context;
    assert_true(count >= 3 && values[2].size == 64);
    if (memcmp(values[1].data, digest + 65, values[1].size) != 0 || values[1].size != strlen(digest + 65)) return 0;
    memcpy(digest, values[2].data, 64);
    digest[64] = '\0';
    return 0;
}

/* Behind the digest's 65 bytes the kind that is looked for. */
static const char *definition(test_office *o, const char *kind) {
    static char digest[80];
    void *tx = NULL;
    const char *office = complaint_policy_office(complaint_desk_policy(o->desk));
    complaint_value key = T(office);
    complaint_bounds all = {.lower = &key, .lower_count = 1, .upper = &key, .upper_count = 1};
    snprintf(digest + 65, sizeof digest - 65, "%s", kind);
    OK(o->store.begin(o->store.self, COMPLAINT_READ, office, strlen(office), &tx, NULL));
    OK(o->store.select(o->store.self, tx, complaint_schema_table_find("complaint_definition"), 0, &all, COMPLAINT_ASCENDING, 0, keep_digest, digest, NULL));
    o->store.rollback(o->store.self, tx);
    return digest;
}

static void an_altered_or_missing_definition(void **state) {
    test_office *o = *state;
    static const char *const kinds[] = {"policy", "calendar"};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        char digest[65];
        fill(o);
        memcpy(digest, definition(o, kinds[i]), sizeof digest);
        complaint_page_free(findings_of(o, COMPLAINT_VERIFY_RECOMPUTE, COMPLAINT_OK));
        test_tamper(o, "complaint_definition", KEY(T(kinds[i]), T(digest)), "body", B("{}", 2));
        test_finds(o, "altered", kinds[i]);
        test_finds(o, "altered", "complaint_definition.body");
        test_finds(o, "deadline", "follow_up"); /* it can be proved no more */
        test_remove(o, "complaint_definition", KEY(T(kinds[i]), T(digest)));
        test_finds(o, "missing", kinds[i]);
        test_finds(o, "deadline", "cannot be computed");
        start_again(o);
    }
}

typedef struct forged {
    cpl_event events[16];
    char bytes[16][4096];
    int count;
    void *copies[16 * 32];
    int copy_count;
} forged;

static void *keep_copy(forged *f, const void *data, size_t size) {
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    assert_true(f->copy_count < (int)COUNT(f->copies));
    if (size) memcpy(copy, data, size);
    return f->copies[f->copy_count++] = copy;
}

static int32_t COMPLAINT_CALL take_event(void *context, const complaint_value *values, int32_t count) {
    forged *f = context;
    complaint_value *kept = keep_copy(f, values, (size_t)count * sizeof *kept);
    assert_true(f->count < 16);
    for (int32_t i = 0; i < count; i++)
        if (values[i].data) kept[i].data = keep_copy(f, values[i].data, values[i].size);
    OK(cpl_event_from_row(kept, &f->events[f->count++], NULL));
    return 0;
}

typedef void (*alteration)(test_office *o, char *payload, const void *how);

/* Somebody who can write the database, has the event format's page and an afternoon: the payloads of the case are others, and every hash is right again. */
static void forge(test_office *o, alteration alter, const void *how) {
    forged *f = calloc(1, sizeof *f);
    assert_non_null(f);
    const char *office = complaint_policy_office(complaint_desk_policy(o->desk));
    complaint_value bound[] = {T(office), I(o->case_id)};
    complaint_bounds own = {.lower = bound, .lower_count = 2, .upper = bound, .upper_count = 2};
    void *tx = NULL;
    OK(o->store.begin(o->store.self, COMPLAINT_READ, office, strlen(office), &tx, NULL));
    OK(o->store.select(o->store.self, tx, complaint_schema_table_find("complaint_event"), 0, &own, COMPLAINT_ASCENDING, 0, take_event, f, NULL));
    o->store.rollback(o->store.self, tx);
    uint8_t prev[CPL_HASH_SIZE] = {0};
    for (int i = 0; i < f->count; i++) {
        cpl_event *ev = &f->events[i];
        char *payload = f->bytes[i];
        memcpy(payload, ev->payload.p, ev->payload.n);
        payload[ev->payload.n] = '\0';
        alter(o, payload, how);
        ev->payload = (cpl_str){payload, ev->payload.n};
        memcpy(ev->prev, prev, sizeof prev);
        cpl_event_hash(cpl_str_of(office), ev, ev->hash);
        memcpy(prev, ev->hash, sizeof prev);
        test_tamper(o, "complaint_event", KEY(I(o->case_id), I(ev->seq)), "payload", B(payload, ev->payload.n));
        test_tamper(o, "complaint_event", KEY(I(o->case_id), I(ev->seq)), "prev", B(ev->prev, CPL_HASH_SIZE));
        test_tamper(o, "complaint_event", KEY(I(o->case_id), I(ev->seq)), "hash", B(ev->hash, CPL_HASH_SIZE));
    }
    test_tamper(o, "complaint_case", KEY(I(o->case_id)), "head", B(prev, sizeof prev));
    while (f->copy_count) free(f->copies[--f->copy_count]);
    free(f);
}

static void a_day_more(test_office *o, char *payload, const void *rule) {
    char starts[64], is[32];
    snprintf(starts, sizeof starts, "\"rule\":\"%s\"", (const char *)rule);
    char *at = strstr(payload, starts), *due = at ? strstr(at, "\"due\":") : NULL;
    if (!due) return;
    int64_t later = strtoll(due + 6, NULL, 10) + DAY, clock = test_clock_int(o, rule, 0, "seq");
    snprintf(is, sizeof is, "%" PRId64, later);
    memcpy(due + 6, is, strlen(is)); /* as many digits */
    test_tamper(o, "complaint_clock", KEY(I(o->case_id), I(clock)), "due_at", I(later));
}

static void another_policy(test_office *o, char *payload, const void *digest) {
    char *at = strstr(payload, "\"policy\":\"");
    (void)o;
    if (at) memcpy(at + 10, digest, 64);
}

/* A policy of another format: whether its deadlines are right is not known, and that is said. */
static void a_definition_that_this_version_cannot_read(void **state) {
    test_office *o = *state;
    char digest[65], empty[65];
    fill(o);
    memcpy(digest, definition(o, "policy"), sizeof digest);
    cpl_sha256_hex(CPL_LIT("{}"), empty);
    test_plant(o, "complaint_definition", KEY(T("policy"), T(digest)), CELLS({"digest", T(empty)}, {"body", B("{}", 2)}));
    complaint_page_free(findings_of(o, COMPLAINT_VERIFY_RECOMPUTE, COMPLAINT_OK));
    forge(o, another_policy, empty);
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
    test_finds(o, "unreadable", "policy");
    test_finds(o, "deadline", "follow_up");
}

static void a_deadline_that_was_given_away(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    int64_t due = test_clock_of(o, "follow_up").due_at;
    forge(o, a_day_more, "follow_up");
    test_tamper(o, "complaint_case", KEY(I(o->case_id)), "due_at", I(test_clock_of(o, "acknowledge").due_at));
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK)); /* the log agrees with itself */
    complaint_page *page = one_finding(o, COMPLAINT_VERIFY_RECOMPUTE, "deadline", "follow_up");
    assert_int_equal(complaint_page_integer_of(page, 0, "stream"), o->case_id);
    assert_int_equal(complaint_page_integer_of(page, 0, "seq"), 4); /* the forwarding */
    assert_int_equal(complaint_page_integer_of(page, 0, "clock"), test_clock_int(o, "follow_up", 0, "seq"));
    assert_int_equal(complaint_page_integer_of(page, 0, "recorded"), due + DAY);
    assert_int_equal(complaint_page_integer_of(page, 0, "computed"), due);
    assert_non_null(strstr(complaint_finding_text(page, 0, COMPLAINT_ENGLISH), "2025-11-15T00:00"));
    assert_non_null(strstr(complaint_finding_text(page, 0, COMPLAINT_THAI), "15 พฤศจิกายน 2568"));
    complaint_page_free(page);
}

/* ---- notices ----------------------------------------------------------------------------------------------------------------------- */

typedef struct tampering {
    const char *column, *what, *subject;
    complaint_value value;
} tampering;

/* What was written shows in the proof as a whole, everything else in its column. */
static const tampering tamperings[] = {{"body", "altered", "complaint_notice", {.type = COMPLAINT_BLOB, .data = "\0ไม่รับเรื่องนี้", .size = sizeof "\0ไม่รับเรื่องนี้" - 1}},
                                       {"address", "altered", "complaint_notice", {.type = COMPLAINT_BLOB, .data = "\0t-99", .size = 5}},
                                       {"channel", "altered", "complaint_notice", {.type = COMPLAINT_TEXT, .data = "line", .size = 4}},
                                       {"salt", "altered", "complaint_notice", {.type = COMPLAINT_BLOB, .data = "x", .size = 1}},
                                       {"recipient", "projection", "complaint_notice.recipient", {.type = COMPLAINT_TEXT, .data = "executive", .size = 9}},
                                       {"template", "projection", "complaint_notice.template", {.type = COMPLAINT_TEXT, .data = "result", .size = 6}},
                                       {"cause", "projection", "complaint_notice.cause", {.type = COMPLAINT_INT64, .integer = 99}},
                                       {"state", "projection", "complaint_notice.state", {.type = COMPLAINT_TEXT, .data = "claimed", .size = 7}},
                                       {"state", "projection", "complaint_notice.state", {.type = COMPLAINT_TEXT, .data = "delivered", .size = 9}},
                                       {"state", "projection", "complaint_notice.state", {.type = COMPLAINT_TEXT, .data = "withdrawn", .size = 9}}};

static bool is_state(const tampering *t, const char *state) { return strcmp(t->column, "state") == 0 && strcmp(t->value.data, state) == 0; }

/* The first notice of the stream is altered in one way: the audit finds that alone, and `others` go while it is not sent. Whether it was claimed is known to nobody but its row. */
static void alter_a_notice(test_office *o, int64_t stream, const tampering *t, int others) {
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
    test_tamper(o, "complaint_notice", KEY(I(stream), I(1)), t->column, t->value);
    if (is_state(t, "claimed")) {
        complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
        return;
    }
    complaint_page_free(one_finding(o, 0, t->what, t->subject));
    o->sent_count = 0;
    complaint_status s = complaint_desk_deliver(o->desk, 0, NULL);
    if (strcmp(t->column, "state") == 0) assert_int_equal(s, COMPLAINT_OK); /* it is in no queue */
    else test_expect(o, s, COMPLAINT_E_CORRUPT, strcmp(t->what, "altered") == 0 ? "complaint_notice" : t->column, __FILE__, __LINE__);
    assert_int_equal(o->sent_count, others);
    for (int i = 0; i < others; i++) assert_true(o->sent[i].case_id != stream);
}

/* Nobody has seen it yet, and nobody shall. */
static void a_notice_that_waits_and_was_altered(void **state) {
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(tamperings); i++) {
        test_open_case(o);
        DO(o, o->officer, "acknowledge");
        test_open_case(o);
        DO(o, o->officer, "acknowledge");
        alter_a_notice(o, o->case_id, &tamperings[i], 1);
        start_again(o);
    }
}

static void an_answer_that_waits_and_was_altered(void **state) {
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(tamperings); i++) {
        test_receive(o, "facebook", "ขอบคุณค่ะ");
        DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks");
        alter_a_notice(o, o->message, &tamperings[i], 0);
        start_again(o);
    }
}

/* Of four channels nobody has looked at the others are told of. */
static void a_reminder_that_waits_and_was_altered(void **state) {
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(tamperings); i++) {
        test_at(o, "2025-11-05T15:00");
        OK(complaint_desk_tick(o->desk, 0, NULL));
        alter_a_notice(o, cpl_instant_day(o->now), &tamperings[i], 3);
        start_again(o);
    }
}

/* What is owed no more may be taken back, and nothing else: another channel's being looked at is no reason. */
static void who_may_take_a_notice_back(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T15:00");
    OK(complaint_desk_tick(o->desk, 0, NULL));
    DO(o, o->officer, "check_channel", "channel=line", "@case:=0");
    int64_t today = cpl_instant_day(o->now);
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
    test_tamper(o, "complaint_notice", KEY(I(today), I(1)), "state", T("withdrawn")); /* facebook's */
    complaint_page_free(one_finding(o, 0, "projection", "complaint_notice.state"));
    DO(o, o->officer, "check_channel", "channel=facebook", "@case:=0");
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "state", T("withdrawn"));
    complaint_page_free(one_finding(o, 0, "projection", "complaint_notice.state"));
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "state", T("waiting"));
    DO(o, o->officer, "withdraw", "reason=ไม่ติดใจ");
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
}

/* A letter that has arrived is not sent a second time because somebody says that it waits; nor is what was sent another one because somebody writes it over. */
static void a_notice_that_was_put_back(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    test_deliver(o, 1, 0, 0, 0);
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "state", T("waiting"));
    complaint_page_free(one_finding(o, 0, "projection", "complaint_notice.state"));
    assert_int_equal(complaint_desk_deliver(o->desk, 0, NULL), COMPLAINT_E_CORRUPT);
    assert_int_equal(o->sent_count, 1);
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "state", T("delivered"));
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "address", B("\0t-99", 5));
    complaint_page_free(one_finding(o, 0, "altered", "complaint_notice.address"));
}

/* The carrier's late answer is about what the log says was sent. */
static void an_accepted_notice_that_was_altered_is_not_settled(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    test_script(o, COMPLAINT_ACCEPTED, 0);
    test_deliver(o, 0, 1, 0, 0);
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "body", B("\0x", 2));
    test_expect(o, complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED), COMPLAINT_E_CORRUPT, "complaint_notice", __FILE__, __LINE__);
    assert_int_equal(test_int(o, "acknowledged_at"), 0);
}

static void without_proof(test_office *o, char *payload, const void *name) {
    char *at = strstr(payload, "\"proof\"");
    (void)o;
    if (at) memcpy(at + 1, name, 5);
}

/* A log of before there were proofs: what it does not say is not missed, and what was delivered is proved as ever. */
static void a_log_without_proofs(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    forge(o, without_proof, "later");
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
    test_deliver(o, 1, 0, 0, 0);
    complaint_page_free(findings_of(o, 0, COMPLAINT_OK));
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "body", B("\0x", 2));
    complaint_page_free(one_finding(o, 0, "altered", "complaint_notice.body"));
}

/* Who reads the log and may not know the complainant finds no digest in it that his address has. */
static void the_proof_gives_no_address_away(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    char plain[65];
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    OK(complaint_desk_events(o->desk, o->executive, o->case_id, NULL, 0, &page));
    const char *payload = complaint_page_text_of(page, 1, "payload");
    cpl_sha256_hex((cpl_str){"\0t-1", 4}, plain);
    assert_non_null(strstr(payload, "\"proof\":\""));
    test_no_text(payload, plain);
    complaint_page_free(page);
}

/* ---- in parts ---------------------------------------------------------------------------------------------------------------------- */

static int64_t in_parts(test_office *o, int64_t budget, complaint_status expected, int64_t *events) {
    char token[200] = "";
    int64_t found = 0;
    *events = 0;
    for (int calls = 0;; calls++) {
        complaint_page *page = NULL;
        int64_t checked = 0;
        complaint_status s = complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, token[0] ? token : NULL, budget, &page, &checked);
        assert_non_null(page);
        *events += checked;
        found += complaint_page_count(page);
        bool more = s == COMPLAINT_E_MORE;
        assert_int_equal(complaint_page_token(page) != NULL, more);
        snprintf(token, sizeof token, "%s", more ? complaint_page_token(page) : "");
        complaint_page_free(page);
        assert_true(calls < 2000);
        if (more) continue;
        assert_int_equal(s, expected); /* also when the last part found nothing itself */
        return found;
    }
}

static void an_audit_in_parts_finds_the_same(void **state) {
    test_office *o = *state;
    int64_t all, events;
    for (int i = 0; i < 3; i++) fill(o);
    assert_int_equal(in_parts(o, 0, COMPLAINT_OK, &all), 0);
    for (int64_t budget = 1; budget < all + 40; budget += 7) {
        assert_int_equal(in_parts(o, budget, COMPLAINT_OK, &events), 0);
        assert_int_equal(events, all);
    }
    test_tamper(o, "complaint_case", KEY(I(o->case_id)), "state", T("closed"));
    test_remove(o, "complaint_party", KEY(I(o->case_id), I(1)));
    int64_t faults = in_parts(o, 0, COMPLAINT_E_CORRUPT, &all);
    assert_true(faults >= 2);
    assert_int_equal(in_parts(o, 1, COMPLAINT_E_CORRUPT, &events), faults);
    assert_int_equal(in_parts(o, 10, COMPLAINT_E_CORRUPT, &events), faults);
}

static int32_t COMPLAINT_CALL once(void *context, int64_t done) {
    (void)done;
    return ++*(int *)context > 1;
}

static void who_is_asked_to_stop_goes_on_later(void **state) {
    test_office *o = *state;
    static int asked; /* outlives a failure */
    complaint_page *page = NULL;
    int64_t first = 0, rest = 0, all = 0;
    asked = 0;
    for (int i = 0; i < 300; i++) test_open_case(o); /* more than one snapshot holds */
    in_parts(o, 0, COMPLAINT_OK, &all);
    OK(complaint_desk_set_progress(o->desk, once, &asked));
    assert_int_equal(complaint_desk_verify(o->desk, o->auditor, 0, NULL, 0, &page, &first), COMPLAINT_E_CANCELLED);
    OK(complaint_desk_set_progress(o->desk, NULL, NULL));
    complaint_page *more = NULL;
    OK(complaint_desk_verify(o->desk, o->auditor, 0, complaint_page_token(page), 0, &more, &rest));
    assert_true(first > 0 && rest > 0);
    assert_int_equal(first + rest, all);
    complaint_page_free(page);
    complaint_page_free(more);
}

static void what_is_asked_wrongly(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    int64_t checked = -1;
    static const char *const tokens[] = {"", "x", "1", "1|2", "1|2|3|4", "-1|0|0", "99|0|0", "0|0|-1", "0|0|0 ", "99999999999999999999|0|0"};
    fill(o);
    for (size_t i = 0; i < COUNT(tokens); i++) test_expect(o, complaint_desk_verify(o->desk, o->auditor, 0, tokens[i], 0, &page, &checked), COMPLAINT_E_INVALID, "token", __FILE__, __LINE__);
    test_expect(o, complaint_desk_verify(o->desk, o->auditor, 0, NULL, -1, &page, &checked), COMPLAINT_E_INVALID, "budget", __FILE__, __LINE__);
    test_expect(o, complaint_desk_verify(o->desk, o->auditor, 2, NULL, 0, &page, &checked), COMPLAINT_E_INVALID, "flags", __FILE__, __LINE__);
    assert_null(page);
    assert_int_equal(checked, -1);
    assert_string_equal(complaint_finding_text(NULL, 0, COMPLAINT_THAI), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TAMPERED(rows_without_a_log),
        TAMPERED(a_case_or_message_without_a_log),
        TAMPERED(a_day_without_a_log),
        TAMPERED(a_row_of_another_kind),
        TAMPERED(a_log_that_says_nothing),
        SCENARIO(keys_with_quotation_marks_are_kept_as_they_are),
        TAMPERED(links_of_one_side),
        TAMPERED(numbers_counters_requests_and_attempts_of_nothing),
        TAMPERED(an_altered_or_missing_definition),
        TAMPERED(a_definition_that_this_version_cannot_read),
        TAMPERED(a_deadline_that_was_given_away),
        TAMPERED(a_notice_that_waits_and_was_altered),
        TAMPERED(an_answer_that_waits_and_was_altered),
        TAMPERED(a_reminder_that_waits_and_was_altered),
        TAMPERED(who_may_take_a_notice_back),
        TAMPERED(a_notice_that_was_put_back),
        TAMPERED(an_accepted_notice_that_was_altered_is_not_settled),
        TAMPERED(a_log_without_proofs),
        SCENARIO(the_proof_gives_no_address_away),
        TAMPERED(an_audit_in_parts_finds_the_same),
        SCENARIO(who_is_asked_to_stop_goes_on_later),
        SCENARIO(what_is_asked_wrongly),
    };
    return cmocka_run_group_tests_name("CR-1: what an audit finds, and in how many calls", tests, NULL, NULL);
}
