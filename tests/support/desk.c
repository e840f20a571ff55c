#include "support/desk.h"

#include <complaint/date.h>
#include <complaint/report.h>
#include <complaint/schema.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


/* ---- clock and notifier ----------------------------------------------------------------------------------------------- */

static complaint_status COMPLAINT_CALL tell_time(void *self, int64_t *now, complaint_host_error *error) {
    (void)error;
    *now = ((test_office *)self)->now;
    return COMPLAINT_OK;
}

static void copy(char *to, size_t capacity, const char *from) {
    assert_true(strlen(from) < capacity);
    strcpy(to, from);
}

static complaint_status COMPLAINT_CALL take_notice(void *self, const complaint_notice *notice, int32_t *answer, int64_t *retry_at, complaint_host_error *error) {
    static const char words[] = "the page's token has expired";
    test_office *o = self;
    assert_true(o->sent_count < TEST_SENT_MAX);
    test_sent *s = &o->sent[o->sent_count++];
    copy(s->intent, sizeof s->intent, complaint_notice_intent(notice));
    copy(s->name, sizeof s->name, complaint_notice_template(notice));
    copy(s->recipient, sizeof s->recipient, complaint_notice_recipient(notice));
    copy(s->channel, sizeof s->channel, complaint_notice_channel(notice));
    copy(s->address, sizeof s->address, complaint_notice_address(notice));
    copy(s->body, sizeof s->body, complaint_notice_body(notice));
    s->case_id = complaint_notice_case(notice);
    s->message = complaint_notice_message(notice);
    s->day = complaint_notice_day(notice);
    s->urgent = complaint_notice_urgent(notice);
    s->attempt = complaint_notice_attempt(notice);
    s->at = o->now;
    if (o->during_send) o->during_send(o);
    test_answer a = {.answer = COMPLAINT_DELIVERED};
    if (o->decide)
        a.answer = o->decide(s);
    else if (o->script_at < o->script_count)
        a = o->script[o->script_at++];
    if (a.status != COMPLAINT_OK) complaint_host_error_set(error, 190, words, sizeof words - 1);
    *answer = a.answer;
    *retry_at = a.retry_at;
    return a.status;
}

/* ---- opening and closing ------------------------------------------------------------------------------------------------ */

/* Made once and shared: policies and calendars are immutable. */
static complaint_policy *builtin_policy(complaint_policy **policy, const char *name) {
    if (!*policy) OK(complaint_policy_builtin(NULL, name, policy, NULL));
    return *policy;
}

static complaint_calendar *builtin_calendar(complaint_calendar **calendar, const char *province) {
    if (!*calendar) OK(complaint_calendar_builtin(NULL, province, calendar, NULL));
    return *calendar;
}

static complaint_policy *chiangrai, *phrae, *hospital;
static complaint_calendar *chiangrai_days, *phrae_days, *hospital_days;

static complaint_policy *the_policy(const test_office *o) { return o->policy ? o->policy : builtin_policy(&chiangrai, "moph-chiangrai-2569"); }
static complaint_calendar *the_calendar(const test_office *o) { return o->calendar ? o->calendar : builtin_calendar(&chiangrai_days, "TH-57"); }

enum { DOCUMENT_MAX = 256 * 1024 };

static size_t read_document(const char *path, char text[DOCUMENT_MAX]) {
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(text, 1, DOCUMENT_MAX - 1, f);
    fclose(f);
    assert_in_range(n, 1, DOCUMENT_MAX - 2);
    text[n] = '\0';
    return n;
}

static complaint_policy *parse_document(const char *text) {
    complaint_policy *policy = NULL;
    complaint_error *e = NULL;
    if (complaint_policy_parse(NULL, text, strlen(text), &policy, &e) != COMPLAINT_OK) fail_msg("%s: %s", complaint_error_path(e), complaint_error_text(e, COMPLAINT_ENGLISH));
    return policy;
}

static complaint_policy *read_policy(const char *path) {
    static char text[DOCUMENT_MAX];
    read_document(path, text);
    return parse_document(text);
}

static void change_document(char text[DOCUMENT_MAX], const test_change *change) {
    char *at = strstr(text, change->find);
    size_t find = strlen(change->find), replace = strlen(change->replace);
    if (!at) fail_msg("the policy has no longer: %s", change->find);
    assert_true(strlen(text) + replace < DOCUMENT_MAX);
    memmove(at + replace, at + find, strlen(at + find) + 1);
    memcpy(at, change->replace, replace);
}

/* Open on Saturday mornings; closed on the day of its fair: as its file says. */
static complaint_calendar *hospital_week(void) {
    static char text[DOCUMENT_MAX];
    complaint_calendar *base = NULL, *calendar = NULL;
    complaint_calendar_edit *edit = NULL;
    size_t size = read_document(COMPLAINT_SOURCE_DIR "/examples/data/hospital-calendar.json", text);
    OK(complaint_calendar_builtin(NULL, "TH-56", &base, NULL));
    OK(complaint_calendar_edit_new(base, &edit, NULL));
    OK(complaint_calendar_edit_load_json(edit, text, size, NULL));
    OK(complaint_calendar_edit_build(edit, &calendar, NULL));
    complaint_calendar_edit_free(edit);
    complaint_calendar_free(base);
    return calendar;
}

static bool wants_sqlite(void) {
    const char *store = getenv("COMPLAINT_TEST_STORE");
    if (!store || strcmp(store, "memory") == 0) return false;
    if (strcmp(store, "sqlite") != 0) fail_msg("COMPLAINT_TEST_STORE is memory or sqlite, not %s", store);
    return true;
}

void test_remove_file(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < COUNT(ends); i++) {
        char name[160];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

/* A connection to the place, which is made when there is none. */
static void connect(test_office *o, complaint_store *table) {
    static int number;
    if (!o->memory && !o->path[0]) {
        o->owns_place = true;
        if (wants_sqlite())
            snprintf(o->path, sizeof o->path, "office-%ld-%d.db", (long)getpid(), ++number), test_remove_file(o->path);
        else
            OK(complaint_memory_open(NULL, &o->memory));
    }
    if (o->memory) {
        OK(complaint_memory_table(o->memory, table));
        return;
    }
    OK(complaint_sqlite_open(o->path, COMPLAINT_SQLITE_CREATE | o->durability, NULL, &o->sqlite));
    OK(complaint_sqlite_table(o->sqlite, table));
}

static complaint_actor *person(const char *id, const char *role, const char *unit) {
    complaint_actor *a = NULL;
    OK(complaint_actor_new(NULL, id, &a));
    OK(complaint_actor_add_role(a, role));
    OK(complaint_actor_set_unit(a, unit));
    return a;
}

static void hire(test_office *o) {
    o->officer = person("malee", "officer", "");
    o->head = person("somchai", "head", "");
    o->executive = person("doctor", "executive", "");
    o->quality = person("quality-1", "unit", "quality");
    o->hr = person("hr-1", "unit", "hr");
    o->auditor = person("audit-1", "auditor", "");
    o->dpo = person("dpo-1", "dpo", "");
    o->system = person("machine", "system", "");
}

static complaint_status open_desk(test_office *o, int32_t mode) {
    complaint_clock clock = {sizeof clock, o, tell_time};
    complaint_notifier notifier = {sizeof notifier, o, take_notice};
    complaint_status s = complaint_setup_new(o->allocator, &o->setup);
    if (!s) s = complaint_setup_set_store(o->setup, &o->store);
    if (!s) s = complaint_setup_set_clock(o->setup, &clock);
    if (!s && !o->without_notifier) s = complaint_setup_set_notifier(o->setup, &notifier);
    if (!s) s = complaint_setup_set_policy(o->setup, the_policy(o));
    if (!s) s = complaint_setup_set_calendar(o->setup, the_calendar(o));
    if (!s) s = complaint_setup_set_mode(o->setup, mode);
    if (!s) s = complaint_desk_open(o->setup, &o->desk);
    return s ? s : complaint_draft_new(o->allocator, &o->draft);
}

static void wrap(test_office *o) {
    complaint_store inner;
    connect(o, &inner);
    OK(complaint_fault_wrap(&inner, &o->fault, &o->store));
}

static void prepare(test_office *o) {
    wrap(o);
    hire(o);
}

void test_office_place(test_office *o, const complaint_allocator *allocator, int64_t now) {
    memset(o, 0, sizeof *o);
    o->allocator = allocator;
    o->now = now;
    o->durability = COMPLAINT_SQLITE_SYNC_OFF;
    prepare(o);
}

void test_office_file(test_office *o, const char *path, int32_t durability, int64_t now) {
    memset(o, 0, sizeof *o);
    o->now = now;
    o->durability = durability;
    copy(o->path, sizeof o->path, path);
    prepare(o);
}

static void close_desk(test_office *o) {
    complaint_draft_free(o->draft);
    complaint_desk_close(o->desk);
    complaint_setup_free(o->setup);
    o->draft = NULL;
    o->desk = NULL;
    o->setup = NULL;
}

complaint_status test_office_desk(test_office *o) {
    close_desk(o);
    return open_desk(o, COMPLAINT_WRITE);
}

complaint_status test_office_open(test_office *o, const complaint_allocator *allocator, int64_t now) {
    test_office_place(o, allocator, now);
    return test_office_desk(o);
}

complaint_status test_office_join(test_office *o, test_office *first, int32_t mode) {
    memset(o, 0, sizeof *o);
    o->now = first->now;
    o->policy = first->policy;
    o->calendar = first->calendar;
    o->memory = first->memory;
    memcpy(o->path, first->path, sizeof o->path);
    o->durability = first->durability;
    o->case_id = first->case_id;
    o->external = 1000;
    prepare(o);
    return open_desk(o, mode);
}

complaint_status test_office_reconnect(test_office *o) {
    close_desk(o);
    assert_int_equal(complaint_fault_open(o->fault), 0);
    complaint_fault_free(o->fault);
    complaint_sqlite_close(o->sqlite);
    o->sqlite = NULL;
    wrap(o);
    return test_office_desk(o);
}

void test_office_close(test_office *o) {
    complaint_actor *people[] = {o->officer, o->head, o->executive, o->quality, o->hr, o->auditor, o->dpo, o->system};
    complaint_evidence_free(o->evidence);
    close_desk(o);
    assert_int_equal(complaint_fault_open(o->fault), 0);
    for (size_t i = 0; i < COUNT(people); i++) complaint_actor_free(people[i]);
    for (int i = 0; i < o->hired_count; i++) complaint_actor_free(o->hired[i]);
    complaint_fault_free(o->fault);
    complaint_sqlite_close(o->sqlite);
    complaint_policy_free(o->changed);
    if (!o->owns_place) return;
    complaint_memory_close(o->memory);
    if (o->path[0]) test_remove_file(o->path);
}

void test_office_restart(test_office *o) { OK(test_office_desk(o)); }

complaint_actor *test_hire(test_office *o, const char *id, const char *role, const char *unit) {
    assert_true(o->hired_count < TEST_HIRED_MAX);
    return o->hired[o->hired_count++] = person(id, role, unit);
}

void test_office_calendar(test_office *o, complaint_calendar *calendar) {
    o->calendar = calendar;
    test_office_restart(o);
}

void test_office_policy(test_office *o, const test_change *changes, size_t count) {
    static char text[DOCUMENT_MAX];
    char path[256];
    snprintf(path, sizeof path, "%s/lib/data/policies/%s.json", COMPLAINT_SOURCE_DIR, complaint_policy_id(the_policy(o)));
    read_document(path, text);
    for (size_t i = 0; i < count; i++) change_document(text, &changes[i]);
    complaint_policy *old = o->changed;
    o->policy = o->changed = parse_document(text);
    test_office_restart(o);
    complaint_policy_free(old);
}

static int set_up(void **state, complaint_policy *policy, complaint_calendar *calendar) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_place(o, NULL, test_instant("2025-11-05T09:00"));
    o->policy = policy;
    o->calendar = calendar;
    OK(test_office_desk(o));
    *state = o;
    return 0;
}

int test_office_setup(void **state) { return set_up(state, NULL, NULL); }
int test_office_setup_phrae(void **state) { return set_up(state, builtin_policy(&phrae, "moph-phrae"), builtin_calendar(&phrae_days, "TH-54")); }

int test_office_setup_hospital(void **state) {
    if (!hospital) hospital = read_policy(COMPLAINT_SOURCE_DIR "/examples/data/hospital.json");
    if (!hospital_days) hospital_days = hospital_week();
    return set_up(state, hospital, hospital_days);
}

int test_office_teardown(void **state) {
    test_office *o = *state;
    test_verify(o);
    test_office_close(o);
    free(o);
    return 0;
}

/* ---- acting ---------------------------------------------------------------------------------------------------------------- */

int64_t test_instant(const char *iso) {
    int64_t at = 0;
    OK(complaint_date_parse_iso(iso, strlen(iso), NULL, NULL, &at, NULL));
    return at;
}

void test_at(test_office *o, const char *iso) { o->now = test_instant(iso); }

typedef struct target {
    int64_t case_id, message, revision;
    bool join, names_message;
} target;

static complaint_status order(test_office *o, const char *name, const char *value, target *t) {
    if (strcmp(name, "@at") == 0) return complaint_draft_set_happened_at(o->draft, test_instant(value));
    if (strcmp(name, "@request") == 0) return complaint_draft_set_request(o->draft, value);
    int64_t number = strtoll(value, NULL, 10);
    if (strcmp(name, "@join") == 0)
        t->join = true;
    else if (strcmp(name, "@silent") == 0)
        return complaint_draft_set_silent(o->draft, (int32_t)number);
    else if (strcmp(name, "@revision") == 0)
        t->revision = number;
    else if (strcmp(name, "@case") == 0)
        t->case_id = number;
    else if (strcmp(name, "@message") == 0)
        t->message = number, t->names_message = true;
    else
        fail_msg("no such order: %s", name);
    return COMPLAINT_OK;
}

static complaint_status take_field(test_office *o, const char *field, target *t) {
    char name[64];
    const char *equals = strchr(field, '=');
    assert_non_null(equals);
    bool integer = equals > field && equals[-1] == ':';
    snprintf(name, sizeof name, "%.*s", (int)(equals - field) - integer, field);
    if (name[0] == '@') return order(o, name, equals + 1, t);
    if (integer) return complaint_draft_set_integer(o->draft, name, strtoll(equals + 1, NULL, 10));
    return complaint_draft_set_text(o->draft, name, equals + 1, strlen(equals + 1));
}

static complaint_status set_target(test_office *o, int32_t verb, const target *t) {
    complaint_status s = COMPLAINT_OK;
    bool of_message = verb == COMPLAINT_VERB_TRIAGE || verb == COMPLAINT_VERB_SET_ASIDE || verb == COMPLAINT_VERB_ADD_MESSAGE || verb == COMPLAINT_VERB_SPLIT;
    bool of_none = verb == COMPLAINT_VERB_RECEIVE || verb == COMPLAINT_VERB_SET_ASIDE || verb == COMPLAINT_VERB_CHECK_CHANNEL || verb == COMPLAINT_VERB_EXECUTIVE_INTAKE;
    bool of_case = !of_none && (verb != COMPLAINT_VERB_TRIAGE || t->join);
    if (of_message || t->names_message) s = complaint_draft_set_message(o->draft, t->message);
    return s == COMPLAINT_OK && of_case ? complaint_draft_set_case(o->draft, t->case_id, t->revision) : s;
}

static void remember(test_office *o, const complaint_outcome *out) {
    if (complaint_outcome_case(out)) o->case_id = complaint_outcome_case(out);
    if (complaint_outcome_message(out)) o->message = complaint_outcome_message(out);
    o->revision = complaint_outcome_revision(out);
    o->number = complaint_outcome_number(out);
    o->fiscal_year = complaint_outcome_fiscal_year(out);
    o->repeated = complaint_outcome_repeated(out) == 1;
}

static complaint_status ask(test_office *o, const complaint_actor *who, int32_t verb, complaint_status s, const target *t) {
    complaint_outcome *out = NULL;
    if (s == COMPLAINT_OK) s = set_target(o, verb, t);
    if (s == COMPLAINT_OK && o->evidence) s = complaint_draft_add_evidence(o->draft, o->evidence, "ภาพ.jpg", "image/jpeg");
    if (s == COMPLAINT_OK) s = complaint_desk_act(o->desk, who, verb, o->draft, &out);
    if (s == COMPLAINT_OK) {
        remember(o, out);
        complaint_evidence_free(o->evidence);
        o->evidence = NULL;
    } else {
        assert_null(out); /* outputs are untouched on failure */
    }
    complaint_outcome_free(out);
    complaint_draft_clear(o->draft);
    return s;
}

complaint_status test_act(test_office *o, const complaint_actor *who, const char *verb, ...) {
    va_list fields;
    target t = {.case_id = o->case_id, .message = o->message, .revision = COMPLAINT_ANY_REVISION};
    complaint_status s = COMPLAINT_OK;
    va_start(fields, verb);
    for (const char *field; (field = va_arg(fields, const char *)) != NULL;)
        if (s == COMPLAINT_OK) s = take_field(o, field, &t);
    va_end(fields);
    return ask(o, who, complaint_verb_find(verb), s, &t);
}

const char *test_why(test_office *o) { return complaint_error_text(complaint_desk_error(o->desk), COMPLAINT_ENGLISH); }

void test_expect(test_office *o, complaint_status got, complaint_status expected, const char *subject, const char *file, int line) {
    const complaint_error *e = complaint_desk_error(o->desk);
    if (got != expected) {
        print_error("%s:%d: %s instead of %s: %s\n", file, line, complaint_status_name(got), complaint_status_name(expected), test_why(o));
        _fail(file, line);
    }
    if (got == COMPLAINT_OK) return;
    _assert_int_equal((uintmax_t)complaint_error_status(e), (uintmax_t)expected, file, line);
    if (subject) _assert_string_equal(complaint_error_subject(e), subject, file, line);
    if (strlen(complaint_error_text(e, COMPLAINT_THAI)) == 0 || strlen(test_why(o)) == 0) {
        print_error("%s:%d: the error has no words\n", file, line);
        _fail(file, line);
    }
}

void test_names(test_office *o, const char *word) {
    const complaint_error *e = complaint_desk_error(o->desk);
    const char *thai = complaint_error_text(e, COMPLAINT_THAI), *english = complaint_error_text(e, COMPLAINT_ENGLISH);
    if (!strstr(thai, word) && !strstr(english, word)) fail_msg("neither “%s” nor “%s” names %s", thai, english, word); /* an officer reads words, a program codes */
}

void test_receive(test_office *o, const char *channel, const char *text) {
    char external[64], thread[64], in[64], words[TEST_TEXT_MAX];
    int n = ++o->external;
    snprintf(external, sizeof external, "external_id=m-%d", n);
    snprintf(thread, sizeof thread, "thread=t-%d", n);
    snprintf(in, sizeof in, "channel=%s", channel);
    snprintf(words, sizeof words, "text=%s", text);
    DO(o, o->officer, "receive", in, external, thread, words, "sender=สมศรี ใจดี");
}

void test_open_case(test_office *o) {
    test_receive(o, "facebook", "รอคิวสี่ชั่วโมงแล้วค่ะ");
    DO(o, o->officer, "triage");
}

void test_open_registered(test_office *o, const char *class_code) {
    char field[64];
    snprintf(field, sizeof field, "class=%s", class_code);
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", field);
}

/* What the unit was told is out of the way. */
void test_open_forwarded(test_office *o) {
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality");
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    o->sent_count = 0;
}

typedef struct stream {
    const char *at;
    size_t left;
} stream;

static complaint_status COMPLAINT_CALL read_bytes(void *context, void *buffer, size_t capacity, size_t *got) {
    stream *s = context;
    *got = s->left < capacity ? s->left : capacity;
    if (*got) memcpy(buffer, s->at, *got);
    s->at += *got;
    s->left -= *got;
    return COMPLAINT_OK;
}

complaint_status test_keep(test_office *o, const void *bytes, size_t size) {
    stream s = {bytes, size};
    complaint_evidence_free(o->evidence);
    o->evidence = NULL;
    return complaint_desk_keep_evidence(o->desk, o->officer, read_bytes, &s, &o->evidence);
}

void test_check_channels(test_office *o, const complaint_actor *who, const char *also) {
    complaint_page *page = NULL;
    int32_t today = 0;
    int64_t millisecond = 0;
    char channel[80];
    OK(complaint_date_of_instant(o->now, &today, &millisecond));
    OK(complaint_desk_duties(o->desk, who, today, today + 1, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        snprintf(channel, sizeof channel, "channel=%s", complaint_page_text_of(page, i, "channel"));
        DO(o, who, "check_channel", channel, also);
    }
    complaint_page_free(page);
}

void test_script(test_office *o, int32_t answer, int64_t retry_at) {
    assert_true(o->script_count < TEST_SCRIPT_MAX);
    o->script[o->script_count++] = (test_answer){COMPLAINT_OK, answer, retry_at};
}

void test_deliver(test_office *o, int delivered, int accepted, int retried, int refused) {
    complaint_page *tally = NULL;
    complaint_status s = complaint_desk_deliver(o->desk, 0, &tally);
    if (s) fail_msg("deliver: %s", test_why(o));
    int64_t got[] = {complaint_page_integer_of(tally, 0, "delivered"), complaint_page_integer_of(tally, 0, "accepted"), complaint_page_integer_of(tally, 0, "retried"),
                     complaint_page_integer_of(tally, 0, "refused")};
    complaint_page_free(tally);
    if (got[0] != delivered || got[1] != accepted || got[2] != retried || got[3] != refused)
        fail_msg("delivered, accepted, retried, refused are %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, got[0], got[1], got[2], got[3]);
}

/* ---- looking ------------------------------------------------------------------------------------------------------------------ */

complaint_page *test_page(test_office *o, const complaint_actor *who, test_part part) {
    complaint_page *page = NULL;
    complaint_status s = part(o->desk, who, o->case_id, &page);
    if (s) fail_msg("%s: %s", complaint_status_name(s), test_why(o));
    return page;
}

int64_t test_int(test_office *o, const char *column) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_case);
    assert_true(complaint_page_column_find(page, column) >= 0);
    int64_t v = complaint_page_integer_of(page, 0, column);
    complaint_page_free(page);
    return v;
}

void test_text(test_office *o, const char *column, const char *expected) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_case);
    assert_true(complaint_page_column_find(page, column) >= 0);
    assert_string_equal(complaint_page_text_of(page, 0, column), expected);
    complaint_page_free(page);
}

void test_no_text(const char *text, const char *part) {
    if (strstr(text, part)) fail_msg("“%s” gives away “%s”", text, part);
}

void test_log_of(test_office *o, int64_t log, const char *expected) {
    char verbs[2048] = "";
    complaint_page *page = NULL;
    OK(complaint_desk_events(o->desk, o->officer, log, NULL, 1000, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        assert_int_equal(complaint_page_integer_of(page, i, "seq"), i + 1);
        strcat(strcat(verbs, i ? " " : ""), complaint_page_text_of(page, i, "verb"));
    }
    complaint_page_free(page);
    assert_string_equal(verbs, expected);
}

void test_log(test_office *o, const char *expected) { test_log_of(o, o->case_id, expected); }

test_clock test_clock_of(test_office *o, const char *rule) {
    test_clock k = {0};
    complaint_page *page = test_page(o, o->officer, complaint_desk_clocks);
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        if (strcmp(complaint_page_text_of(page, i, "rule"), rule) != 0) continue;
        k = (test_clock){true,
                         "",
                         complaint_page_integer_of(page, i, "started_at"),
                         complaint_page_integer_of(page, i, "due_at"),
                         complaint_page_integer_of(page, i, "stopped_at"),
                         complaint_page_integer_of(page, i, "late_ms")};
        copy(k.state, sizeof k.state, complaint_page_text_of(page, i, "state"));
    }
    complaint_page_free(page);
    return k;
}

void test_clock_is(test_office *o, const char *rule, const char *state, const char *due, int64_t late_ms) {
    test_clock k = test_clock_of(o, rule);
    if (!k.found) fail_msg("no clock %s", rule);
    assert_string_equal(k.state, state);
    if (k.due_at != test_instant(due)) {
        char text[64];
        size_t n;
        OK(complaint_date_format_instant(k.due_at, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, sizeof text, &n));
        fail_msg("clock %s is due at %s, not at %s", rule, text, due);
    }
    assert_int_equal(k.late_ms, late_ms);
}

void test_instant_is(int64_t got, const char *iso) {
    char text[64];
    size_t n;
    if (got == test_instant(iso)) return;
    OK(complaint_date_format_instant(got, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, sizeof text, &n));
    fail_msg("%s instead of %s", text, iso);
}

int64_t test_clock_int(test_office *o, const char *rule, int n, const char *column) {
    int64_t v = 0;
    bool found = false;
    complaint_page *page = test_page(o, o->officer, complaint_desk_clocks);
    assert_true(complaint_page_column_find(page, column) >= 0);
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        if (strcmp(complaint_page_text_of(page, i, "rule"), rule) != 0 || n-- > 0) continue;
        v = complaint_page_integer_of(page, i, column);
        found = true;
        break;
    }
    complaint_page_free(page);
    if (!found) fail_msg("there is no such clock %s", rule);
    return v;
}

const char *test_cell(test_office *o, const complaint_actor *who, test_part part, const char *key, const char *value, const char *column) {
    static char text[TEST_TEXT_MAX];
    complaint_page *page = test_page(o, who, part);
    assert_true(complaint_page_column_find(page, key) >= 0);
    int32_t at = complaint_page_column_find(page, column);
    assert_true(at >= 0);
    text[0] = '\0';
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        if (strcmp(complaint_page_text_of(page, i, key), value) != 0) continue;
        if (complaint_page_type(page, i, at) == COMPLAINT_INT64) snprintf(text, sizeof text, "%" PRId64, complaint_page_integer(page, i, at));
        else copy(text, sizeof text, complaint_page_masked(page, i, at) ? "(masked)" : complaint_page_text(page, i, at));
    }
    complaint_page_free(page);
    return text;
}

int64_t test_count(test_office *o, const complaint_actor *who, test_part part) {
    complaint_page *page = test_page(o, who, part);
    int64_t n = complaint_page_count(page);
    complaint_page_free(page);
    return n;
}

void test_last_event(test_office *o, const char *verb, const char *part) {
    complaint_page *page = NULL;
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 1000, &page));
    int64_t last = complaint_page_count(page) - 1;
    assert_string_equal(complaint_page_text_of(page, last, "verb"), verb);
    const char *payload = complaint_page_text_of(page, last, "payload");
    bool wanted = part[0] != '!';
    if ((strstr(payload, part + !wanted) != NULL) != wanted) fail_msg("%s: %s", part, payload);
    complaint_page_free(page);
}

void test_tick(test_office *o, int clocks, int notices) {
    complaint_page *tally = NULL;
    complaint_status s = complaint_desk_tick(o->desk, 0, &tally);
    if (s) fail_msg("tick: %s", test_why(o));
    int64_t got[] = {complaint_page_integer_of(tally, 0, "clocks"), complaint_page_integer_of(tally, 0, "notices")};
    complaint_page_free(tally);
    if (got[0] != clocks || got[1] != notices) fail_msg("clocks, notices are %" PRId64 " %" PRId64, got[0], got[1]);
}

void test_notice_is(test_office *o, const char *template_name, const char *recipient, const char *state, const char *not_before) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    int64_t last = complaint_page_count(page) - 1;
    assert_true(last >= 0);
    assert_string_equal(complaint_page_text_of(page, last, "template"), template_name);
    assert_string_equal(complaint_page_text_of(page, last, "recipient"), recipient);
    assert_string_equal(complaint_page_text_of(page, last, "state"), state);
    if (not_before) test_instant_is(complaint_page_integer_of(page, last, "not_before"), not_before);
    complaint_page_free(page);
}

const char *test_notice_of(test_office *o, int64_t about, int64_t seq, const char *column) {
    static char text[TEST_TEXT_MAX];
    complaint_page *page = NULL;
    OK(complaint_desk_notices(o->desk, o->officer, about, &page));
    if (complaint_page_count(page) < seq) fail_msg("notice %" PRId64 " is not there", seq);
    int32_t at = complaint_page_column_find(page, column);
    assert_true(at >= 0);
    if (complaint_page_type(page, seq - 1, at) == COMPLAINT_INT64) snprintf(text, sizeof text, "%" PRId64, complaint_page_integer(page, seq - 1, at));
    else copy(text, sizeof text, complaint_page_text(page, seq - 1, at));
    complaint_page_free(page);
    return text;
}

int test_clock_count(test_office *o, const char *rule) {
    int n = 0;
    complaint_page *page = test_page(o, o->officer, complaint_desk_clocks);
    for (int64_t i = 0; i < complaint_page_count(page); i++) n += strcmp(complaint_page_text_of(page, i, "rule"), rule) == 0;
    complaint_page_free(page);
    return n;
}

int64_t test_worklist(test_office *o, const complaint_actor *who, int32_t worklist, int64_t *cases, int64_t capacity) {
    complaint_page *page = NULL;
    complaint_status s = complaint_desk_worklist(o->desk, who, worklist, NULL, 1000, &page);
    if (s) fail_msg("%s: %s", complaint_status_name(s), test_why(o));
    int64_t n = complaint_page_count(page);
    for (int64_t i = 0; i < n && i < capacity; i++) cases[i] = complaint_page_integer_of(page, i, worklist == COMPLAINT_WORK_REFUSED ? "stream" : "case_id");
    complaint_page_free(page);
    return n;
}

int64_t test_reported(test_office *o, const char *figure, const char *key, int32_t year, int32_t round) {
    complaint_page *page = NULL;
    OK(complaint_desk_report(o->desk, o->officer, year, round, &page));
    int64_t amount = -1;
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (strcmp(complaint_page_text_of(page, i, "figure"), figure) == 0 && strcmp(complaint_page_text_of(page, i, "key"), key) == 0)
            amount = complaint_page_integer_of(page, i, "amount");
    complaint_page_free(page);
    return amount;
}

/* ---- proving --------------------------------------------------------------------------------------------------------------------- */

void test_verify(test_office *o) {
    complaint_page *findings = NULL;
    int64_t checked = -1;
    complaint_status s = complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked);
    for (int64_t i = 0; i < complaint_page_count(findings); i++)
        print_error("verify: %s: %s (%" PRId64 ")\n", complaint_page_text_of(findings, i, "subject"), complaint_finding_text(findings, i, COMPLAINT_ENGLISH),
                    complaint_page_integer_of(findings, i, "seq"));
    complaint_page_free(findings);
    if (s) fail_msg("verify: %s", test_why(o));
}

void test_finds(test_office *o, const char *what, const char *detail) {
    complaint_page *findings = NULL;
    int64_t checked = -1;
    assert_int_equal(complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked), COMPLAINT_E_CORRUPT);
    bool found = false;
    for (int64_t i = 0; i < complaint_page_count(findings); i++)
        found |= strcmp(complaint_page_text_of(findings, i, "what"), what) == 0 &&
                 (strstr(complaint_page_text_of(findings, i, "subject"), detail) || strstr(complaint_finding_text(findings, i, COMPLAINT_ENGLISH), detail));
    for (int64_t i = 0; !found && i < complaint_page_count(findings); i++)
        print_error("verify: %s: %s\n", complaint_page_text_of(findings, i, "subject"), complaint_finding_text(findings, i, COMPLAINT_ENGLISH));
    complaint_page_free(findings);
    if (!found) fail_msg("verify does not find %s: %s", what, detail);
}

typedef struct picture {
    char *text;
    size_t size, capacity;
    bool with_times;
} picture;

static void draw(picture *p, const char *text) {
    size_t n = strlen(text);
    if (p->size + n + 1 > p->capacity) {
        p->capacity = 2 * (p->size + n + 1);
        p->text = realloc(p->text, p->capacity);
        assert_non_null(p->text);
    }
    memcpy(p->text + p->size, text, n + 1);
    p->size += n;
}

/* Ids, hashes and request ids are random; how often something was tried is what faults change. */
static bool is_chance(const char *column) {
    static const char *const columns[] = {"case_id", "stream", "other_id", "message", "hash", "attempts", "payload", "owner"};
    for (size_t i = 0; i < COUNT(columns); i++)
        if (strcmp(column, columns[i]) == 0) return true;
    return false;
}

static bool is_time(const char *column) {
    size_t n = strlen(column);
    return (n > 3 && strcmp(column + n - 3, "_at") == 0) || strcmp(column, "not_before") == 0;
}

static void draw_page(picture *p, const char *title, complaint_page *page) {
    draw(p, title);
    draw(p, "\n");
    for (int64_t row = 0; row < complaint_page_count(page); row++) {
        for (int32_t i = 0; i < complaint_page_column_count(page); i++) {
            const char *name = complaint_page_column_name(page, i);
            char number[32];
            int64_t v = complaint_page_integer(page, row, i);
            if (is_chance(name)) continue;
            bool is_number = complaint_page_type(page, row, i) == COMPLAINT_INT64;
            snprintf(number, sizeof number, "%" PRId64, is_time(name) && !p->with_times && v > 0 && v < INT64_MAX - 1 ? 1 : v);
            draw(p, "  ");
            draw(p, name);
            draw(p, "=");
            draw(p, is_number ? number : complaint_page_text(page, row, i));
        }
        draw(p, "\n");
    }
    complaint_page_free(page);
}

static void draw_case(test_office *o, picture *p) {
    complaint_page *page = NULL;
    draw_page(p, "case", test_page(o, o->officer, complaint_desk_case));
    draw_page(p, "clocks", test_page(o, o->officer, complaint_desk_clocks));
    draw_page(p, "referrals", test_page(o, o->officer, complaint_desk_referrals));
    draw_page(p, "notices", test_page(o, o->officer, complaint_desk_notices));
    draw_page(p, "parties", test_page(o, o->officer, complaint_desk_parties));
    draw_page(p, "papers", test_page(o, o->officer, complaint_desk_papers));
    draw_page(p, "links", test_page(o, o->officer, complaint_desk_links));
    draw_page(p, "messages", test_page(o, o->officer, complaint_desk_case_messages));
    OK(complaint_desk_evidence(o->desk, o->officer, o->case_id, &page));
    draw_page(p, "evidence", page);
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 1000, &page));
    draw_page(p, "log", page);
}

static void draw_inbox(test_office *o, picture *p) {
    static const char *const states[] = {"new", "opened", "joined", "set_aside", "reply"};
    for (size_t i = 0; i < COUNT(states); i++) {
        complaint_page *page = NULL, *more = NULL;
        OK(complaint_desk_inbox(o->desk, o->officer, states[i], NULL, 1000, &page));
        for (int64_t row = 0; row < complaint_page_count(page); row++) {
            OK(complaint_desk_evidence(o->desk, o->officer, complaint_page_integer_of(page, row, "message"), &more));
            draw_page(p, "evidence of a message", more);
            OK(complaint_desk_events(o->desk, o->officer, complaint_page_integer_of(page, row, "message"), NULL, 1000, &more));
            draw_page(p, "log of a message", more);
            OK(complaint_desk_notices(o->desk, o->officer, complaint_page_integer_of(page, row, "message"), &more));
            draw_page(p, "answers to a message", more);
        }
        draw_page(p, states[i], page);
    }
}

static void draw_what_is_there(picture *p, const char *title, complaint_page *page) {
    if (complaint_page_count(page)) draw_page(p, title, page);
    else complaint_page_free(page);
}

/* The days before today on which a channel was looked at, or remembered. */
static void draw_days(test_office *o, picture *p) {
    enum { DAYS = 30 };
    int32_t today = 0;
    int64_t millisecond = 0;
    OK(complaint_date_of_instant(o->now, &today, &millisecond));
    for (int32_t day = today - DAYS; day <= today; day++) {
        complaint_page *page = NULL;
        OK(complaint_desk_notices(o->desk, o->officer, day, &page));
        draw_what_is_there(p, "reminders of a day", page);
        page = NULL;
        OK(complaint_desk_events(o->desk, o->officer, day, NULL, 1000, &page));
        draw_what_is_there(p, "log of a day", page);
    }
}

/* Cases in the order of their numbers, then those without one are counted by the report. */
char *test_picture(test_office *o, bool with_times) {
    picture p = {.with_times = with_times};
    int64_t kept = o->case_id;
    complaint_page *page = NULL;
    draw_inbox(o, &p);
    draw_days(o, &p);
    OK(complaint_desk_report(o->desk, o->officer, 2569, 12, &page));
    draw_page(&p, "report", page);
    OK(complaint_desk_inbox(o->desk, o->officer, "opened", NULL, 1000, &page));
    for (int64_t row = 0; row < complaint_page_count(page); row++) {
        o->case_id = complaint_page_integer_of(page, row, "case_id");
        draw_case(o, &p);
    }
    complaint_page_free(page);
    o->case_id = kept;
    return p.text;
}

/* ---- behind the library's back ------------------------------------------------------------------------------------------------------- */

static const char *office_of(const test_office *o) { return complaint_policy_office(the_policy(o)); }

static void *begin(test_office *o, int32_t mode) {
    void *tx = NULL;
    const char *office = office_of(o);
    OK(o->store.begin(o->store.self, mode, office, strlen(office), &tx, NULL));
    return tx;
}

static void change(test_office *o, const complaint_change *c) {
    int32_t at = -1;
    void *tx = begin(o, COMPLAINT_WRITE);
    OK(o->store.write(o->store.self, tx, c, 1, &at, NULL));
    OK(o->store.commit(o->store.self, tx, NULL));
}

static int32_t find_column(int32_t table, const char *name) {
    for (int32_t i = 0; i < complaint_schema_column_count(table); i++)
        if (strcmp(complaint_schema_column_name(table, i), name) == 0) return i;
    fail_msg("no column %s", name);
    return -1;
}

static complaint_change change_of(const test_office *o, int32_t kind, const char *table, const complaint_value *key, int keys, complaint_value *full) {
    int32_t number = complaint_schema_table_find(table);
    assert_true(number >= 0);
    assert_int_equal(complaint_schema_key_count(number), keys + 1);
    full[0] = T(office_of(o));
    memcpy(full + 1, key, (size_t)keys * sizeof *key);
    return (complaint_change){.kind = kind, .table = number, .key = full, .key_count = keys + 1, .expected = COMPLAINT_ANY_VERSION};
}

void test_tamper(test_office *o, const char *table, const complaint_value *key, int keys, const char *column, complaint_value value) {
    complaint_value full[8];
    complaint_change c = change_of(o, COMPLAINT_UPDATE, table, key, keys, full);
    int32_t number = find_column(c.table, column);
    c.columns = &number;
    c.values = &value;
    c.value_count = 1;
    change(o, &c);
}

void test_remove(test_office *o, const char *table, const complaint_value *key, int keys) {
    complaint_value full[8];
    complaint_change c = change_of(o, COMPLAINT_REMOVE, table, key, keys, full);
    change(o, &c);
}

typedef struct copied {
    complaint_value values[32];
    int32_t count;
} copied;

static int32_t COMPLAINT_CALL copy_row(void *context, const complaint_value *values, int32_t count) {
    copied *c = context;
    for (int32_t i = 0; i < count; i++) {
        c->values[i] = values[i];
        if (!values[i].data) continue;
        void *bytes = malloc(values[i].size + 1);
        assert_non_null(bytes);
        memcpy(bytes, values[i].data, values[i].size);
        c->values[i].data = bytes;
    }
    c->count = count;
    return 0;
}

void test_plant(test_office *o, const char *table, const complaint_value *key, int keys, const test_other *cells, int count) {
    complaint_value full[8], planted[32];
    copied row = {.count = 0};
    complaint_change c = change_of(o, COMPLAINT_INSERT, table, key, keys, full);
    void *tx = begin(o, COMPLAINT_READ);
    OK(o->store.get(o->store.self, tx, c.table, full, keys + 1, copy_row, &row, NULL));
    o->store.rollback(o->store.self, tx);
    memcpy(planted, row.values, sizeof planted);
    for (int i = 0; i < count; i++) planted[find_column(c.table, cells[i].column)] = cells[i].value;
    c.key = planted;
    c.values = planted;
    c.value_count = row.count;
    change(o, &c);
    for (int32_t i = 0; i < row.count; i++) free((void *)(uintptr_t)row.values[i].data);
}

static int32_t COMPLAINT_CALL count_row(void *context, const complaint_value *values, int32_t count) {
    (void)values, (void)count;
    ++*(int64_t *)context;
    return 0;
}

int64_t test_rows(test_office *o, const char *table) {
    int64_t n = 0;
    complaint_value office = T(office_of(o));
    complaint_bounds all = {.lower = &office, .lower_count = 1, .upper = &office, .upper_count = 1};
    void *tx = begin(o, COMPLAINT_READ);
    OK(o->store.select(o->store.self, tx, complaint_schema_table_find(table), 0, &all, COMPLAINT_ASCENDING, 0, count_row, &n, NULL));
    o->store.rollback(o->store.self, tx);
    return n;
}
