/* What people, programs and disks get wrong: each is refused in words that name it, and nothing is lost or changed. */
#include "store/sqlite/sqlite.h"
#include "support/desk.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MIB = 1024 * 1024 };

static char large[MIB + 2];

/* ---- an action with one field that is wrong ---------------------------------------------------------------------------------- */

/* The fields of a good message, one of them replaced. */
static void good_message(test_office *o, const char *replaced, const char *bytes, size_t size) {
    static const char *const fields[][2] = {{"channel", "facebook"}, {"external_id", "bad-1"}, {"thread", "t"}, {"sender", "s"}, {"address", "a"}, {"form", "text"}, {"text", "x"}};
    complaint_draft_clear(o->draft);
    for (size_t i = 0; i < COUNT(fields); i++)
        if (!replaced || strcmp(fields[i][0], replaced) != 0) OK(complaint_draft_set_text(o->draft, fields[i][0], fields[i][1], strlen(fields[i][1])));
    if (replaced) OK(complaint_draft_set_text(o->draft, replaced, bytes, size));
}

static complaint_status receive_with(test_office *o, const char *field, const char *bytes, size_t size) {
    good_message(o, field, bytes, size);
    complaint_status s = complaint_desk_act(o->desk, o->officer, COMPLAINT_VERB_RECEIVE, o->draft, NULL);
    complaint_draft_clear(o->draft);
    return s;
}

static complaint_status act_with(test_office *o, int32_t verb, const char *field, const char *bytes, size_t size) {
    complaint_draft_clear(o->draft);
    OK(complaint_draft_set_case(o->draft, o->case_id, COMPLAINT_ANY_REVISION));
    if (verb == COMPLAINT_VERB_TRIAGE || verb == COMPLAINT_VERB_SET_ASIDE) OK(complaint_draft_set_message(o->draft, o->message)); /* another than the case's */
    OK(complaint_draft_set_text(o->draft, field, bytes, size));
    complaint_status s = complaint_desk_act(o->desk, o->officer, verb, o->draft, NULL);
    complaint_draft_clear(o->draft);
    return s;
}

static void says(test_office *o, complaint_status got, complaint_status expected, const char *subject, const char *thai, const char *english) {
    const complaint_error *e = complaint_desk_error(o->desk);
    if (got != expected) print_error("%s: %s\n", complaint_status_name(got), complaint_error_text(e, COMPLAINT_ENGLISH));
    assert_int_equal(got, expected);
    assert_string_equal(complaint_error_subject(e), subject);
    if (!strstr(complaint_error_text(e, COMPLAINT_THAI), thai)) fail_msg("“%s” lacks “%s”", complaint_error_text(e, COMPLAINT_THAI), thai);
    if (!strstr(complaint_error_text(e, COMPLAINT_ENGLISH), english)) fail_msg("“%s” lacks “%s”", complaint_error_text(e, COMPLAINT_ENGLISH), english);
}

static const struct {
    const char *bytes;
    size_t size;
    complaint_status status;
    int64_t offset;
} broken[] = {
    {"\xff", 1, COMPLAINT_E_UTF8, 0},
    {"ab\xc3", 3, COMPLAINT_E_UTF8, 2},               /* cut short */
    {"\xe0\xb8\x81\xe0\xb8", 5, COMPLAINT_E_UTF8, 3}, /* half a Thai letter */
    {"a\xc0\xaf", 3, COMPLAINT_E_UTF8, 1},            /* a longer form of '/' */
    {"x\xed\xa0\x80", 4, COMPLAINT_E_UTF8, 1},        /* half a surrogate pair */
    {"\xf4\x90\x80\x80", 4, COMPLAINT_E_UTF8, 0},     /* behind the last character */
    {"abc\0d", 5, COMPLAINT_E_NUL, 3},
    {"\0", 1, COMPLAINT_E_NUL, 0},
};

static void broken_texts_of_messages(void **state) {
    static const char *const fields[] = {"channel", "external_id", "thread", "sender", "address", "form", "text"};
    test_office *o = *state;
    for (size_t f = 0; f < COUNT(fields); f++)
        for (size_t b = 0; b < COUNT(broken); b++) {
            char byte[24];
            snprintf(byte, sizeof byte, "byte %d", (int)broken[b].offset);
            says(o, receive_with(o, fields[f], broken[b].bytes, broken[b].size), broken[b].status, fields[f], fields[f], byte);
            assert_int_equal(complaint_error_offset(complaint_desk_error(o->desk)), broken[b].offset);
        }
    assert_int_equal(test_rows(o, "complaint_message"), 0);
    assert_int_equal(test_rows(o, "complaint_event"), 0);
}

static void broken_texts_of_actions(void **state) {
    test_office *o = *state;
    test_open_case(o);
    int64_t opened = o->message;
    test_receive(o, "facebook", "x");
    char *before = test_picture(o, true);
    static const struct {
        int32_t verb;
        const char *field;
    } cases[] = {
        {COMPLAINT_VERB_NOTE, "text"}, {COMPLAINT_VERB_CONTACT, "text"}, {COMPLAINT_VERB_CLASSIFY, "class"}, {COMPLAINT_VERB_CLASSIFY, "reason"}, {COMPLAINT_VERB_FLAG, "flag"}};
    for (size_t c = 0; c < COUNT(cases); c++)
        for (size_t b = 0; b < COUNT(broken); b++) {
            says(o, act_with(o, cases[c].verb, cases[c].field, broken[b].bytes, broken[b].size), broken[b].status, cases[c].field, cases[c].field, "byte");
            assert_int_equal(complaint_error_offset(complaint_desk_error(o->desk)), broken[b].offset);
        }
    assert_true(o->message != opened);
    for (size_t b = 0; b < COUNT(broken); b++)
        says(o, act_with(o, COMPLAINT_VERB_SET_ASIDE, "reason", broken[b].bytes, broken[b].size), broken[b].status, "reason", "reason", "byte");
    char *after = test_picture(o, true);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* ---- sizes ------------------------------------------------------------------------------------------------------------------------- */

static void keys_have_190_bytes(void **state) {
    static const char *const keys[] = {"external_id", "thread"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        says(o, receive_with(o, keys[i], large, 191), COMPLAINT_E_TOO_LARGE, keys[i], "191", "191");
        says(o, receive_with(o, keys[i], large, MIB), COMPLAINT_E_TOO_LARGE, keys[i], "190", "190");
    }
    assert_int_equal(test_rows(o, "complaint_message"), 0);
    OK(receive_with(o, "external_id", large, 190));
    complaint_page *p = NULL;
    assert_int_equal(complaint_desk_thread(o->desk, o->officer, "facebook", large, NULL, 0, &p), COMPLAINT_E_TOO_LARGE);
    assert_int_equal(complaint_desk_thread(o->desk, o->officer, "facebook", "\xff", NULL, 0, &p), COMPLAINT_E_UTF8);
    assert_int_equal(complaint_desk_find_message(o->desk, o->officer, large, "1", &p), COMPLAINT_E_TOO_LARGE);
    assert_int_equal(complaint_desk_find_message(o->desk, o->officer, "facebook", "\xff", &p), COMPLAINT_E_UTF8);
    assert_int_equal(complaint_desk_find_message(o->desk, o->officer, "facebook", NULL, &p), COMPLAINT_E_NOT_FOUND);
    assert_null(p);
}

static void texts_have_one_mebibyte(void **state) {
    test_office *o = *state;
    says(o, receive_with(o, "text", large, MIB + 1), COMPLAINT_E_TOO_LARGE, "text", "1048577", "1048577");
    says(o, receive_with(o, "text", large, MIB), COMPLAINT_E_TOO_LARGE, "text", "1048575", "1048575");
    assert_int_equal(test_rows(o, "complaint_message"), 0);
    OK(receive_with(o, "text", large, MIB - 1));
    assert_int_equal(test_rows(o, "complaint_message"), 1);
    test_open_case(o);
    says(o, act_with(o, COMPLAINT_VERB_NOTE, "text", large, MIB + 1), COMPLAINT_E_TOO_LARGE, "text", "1048577", "1048577");
    says(o, act_with(o, COMPLAINT_VERB_NOTE, "text", large, MIB), COMPLAINT_E_TOO_LARGE, "sealed", "complaint_event.sealed", "complaint_event.sealed");
    test_log(o, "triage");
}

/* Control characters take six bytes each in the log's JSON: refused as a whole, not cut. */
static void texts_that_grow(void **state) {
    test_office *o = *state;
    test_open_case(o);
    char *controls = malloc(MIB / 2);
    memset(controls, 1, MIB / 2);
    says(o, act_with(o, COMPLAINT_VERB_NOTE, "text", controls, MIB / 2), COMPLAINT_E_TOO_LARGE, "sealed", "1048576", "1048576");
    free(controls);
    test_log(o, "triage");
}

/* ---- codes, states, roles, versions, numbers --------------------------------------------------------------------------------------------- */

static void codes_that_nobody_knows(void **state) {
    test_office *o = *state;
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "receive", "channel=carrier_pigeon", "external_id=1");
    test_names(o, "carrier_pigeon");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "form", o->officer, "receive", "channel=line", "external_id=1", "form=smell");
    test_names(o, "smell");
    REFUSED(o, COMPLAINT_E_INVALID, "direction", o->officer, "receive", "channel=line", "external_id=1", "direction:=3");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "colour", o->officer, "receive", "channel=line", "external_id=1", "colour=red");
    REFUSED(o, COMPLAINT_E_INVALID, "sent_at", o->officer, "receive", "channel=line", "external_id=1", "sent_at=now");
    REFUSED(o, COMPLAINT_E_RANGE, "sent_at", o->officer, "receive", "channel=line", "external_id=1", "sent_at:=9223372036854775807");
    REFUSED(o, COMPLAINT_E_REQUIRED, "external_id", o->officer, "receive", "channel=line");
    REFUSED(o, COMPLAINT_E_REQUIRED, "channel", o->officer, "receive", "external_id=1");
    assert_int_equal(test_rows(o, "complaint_message"), 0);
    test_open_registered(o, "service");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "class", o->officer, "classify", "class=weather");
    test_names(o, "weather");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "unit", o->officer, "forward", "unit=moon");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "weather", o->officer, "forward", "unit=hr", "weather=wet");
    REFUSED(o, COMPLAINT_E_RANGE, "days", o->officer, "forward", "unit=hr", "days:=8");
    REFUSED(o, COMPLAINT_E_INVALID, "days", o->officer, "forward", "unit=hr", "days=3");
    assert_int_equal(complaint_desk_act(o->desk, o->officer, 0, o->draft, NULL), COMPLAINT_E_UNKNOWN_CODE);
    assert_int_equal(complaint_desk_act(o->desk, o->officer, COMPLAINT_VERB_REVEAL, o->draft, NULL), COMPLAINT_E_UNSUPPORTED);
    assert_int_equal(complaint_desk_act(o->desk, o->officer, 200, o->draft, NULL), COMPLAINT_E_UNKNOWN_CODE); /* the system's own */
}

/* What a caller wrote is named in words that are UTF-8, whatever he wrote and wherever they are cut. */
static void words_are_always_text(void **state) {
    test_office *o = *state;
    char thai[400] = "";
    for (int i = 0; i < 30; i++) strcat(thai, "กข");
    good_message(o, "channel", thai, strlen(thai));
    assert_int_equal(complaint_desk_act(o->desk, o->officer, COMPLAINT_VERB_RECEIVE, o->draft, NULL), COMPLAINT_E_UNKNOWN_CODE);
    complaint_draft_clear(o->draft);
    OK(complaint_draft_set_text(o->draft, "\xff\xfe", "x", 1)); /* a field's name */
    assert_int_equal(complaint_desk_act(o->desk, o->officer, COMPLAINT_VERB_RECEIVE, o->draft, NULL), COMPLAINT_E_UNKNOWN_FIELD);
    const unsigned char *p = (const unsigned char *)complaint_error_subject(complaint_desk_error(o->desk));
    assert_true(p[0] < 0x80);
    complaint_draft_clear(o->draft);
}

static void wrong_state_role_version_and_number(void **state) {
    test_office *o = *state;
    complaint_page *p = NULL;
    int64_t found = -7;
    test_open_case(o);
    char *before = test_picture(o, true);
    REFUSED(o, COMPLAINT_E_STATE, "forward", o->officer, "forward", "unit=hr");
    test_names(o, "registered");
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "triage");
    REFUSED(o, COMPLAINT_E_ROLE, "register", o->dpo, "register");
    test_names(o, "officer, head");
    REFUSED(o, COMPLAINT_E_ROLE, NULL, o->auditor, "note", "text=x");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->quality, "note", "text=x");
    REFUSED(o, COMPLAINT_E_CONFLICT, "revision", o->officer, "note", "text=x", "@revision:=0");
    REFUSED(o, COMPLAINT_E_CONFLICT, "revision", o->officer, "note", "text=x", "@revision:=99");
    test_names(o, "99");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->officer, "note", "text=x", "@case:=12345");
    test_names(o, "12345");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "message", o->officer, "triage", "@message:=777");
    test_names(o, "777");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "note", "text=x", "@at=2030-01-01T00:00");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "note", "text=x", "@at=2020-01-01T00:00");
    assert_int_equal(complaint_desk_find(o->desk, o->officer, 2569, 1, &found), COMPLAINT_E_NOT_FOUND);
    test_names(o, "1/2569");
    assert_int_equal(complaint_desk_find(o->desk, o->officer, -1, INT64_MIN, &found), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_case(o->desk, o->officer, o->message, &p), COMPLAINT_E_NOT_FOUND); /* a message is no case */
    assert_int_equal(complaint_desk_message(o->desk, o->officer, o->case_id, &p), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_case(o->desk, o->officer, INT64_MIN, &p), COMPLAINT_E_NOT_FOUND);
    static const int64_t limits[] = {-1, 1001, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < COUNT(limits); i++) says(o, complaint_desk_inbox(o->desk, o->officer, "new", NULL, limits[i], &p), COMPLAINT_E_RANGE, "limit", "1000", "1000");
    static const char *const tokens[] = {"", "x", "1", "1|", "1|2|3", "|", "9223372036854775808|1", "1|2 ", "--1|2", "1|-"};
    for (size_t i = 0; i < COUNT(tokens); i++) says(o, complaint_desk_inbox(o->desk, o->officer, "new", tokens[i], 0, &p), COMPLAINT_E_INVALID, "token", "หน้า", "token");
    says(o, complaint_desk_inbox(o->desk, o->officer, "old", NULL, 0, &p), COMPLAINT_E_UNKNOWN_CODE, "state", "old", "old");
    says(o, complaint_desk_inbox(o->desk, o->officer, NULL, NULL, 0, &p), COMPLAINT_E_UNKNOWN_CODE, "state", "สถานะ", "state");
    says(o, complaint_desk_worklist(o->desk, o->officer, 99, NULL, 0, &p), COMPLAINT_E_UNKNOWN_CODE, "worklist", "99", "99");
    says(o, complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_UNIT, NULL, 0, &p), COMPLAINT_E_REQUIRED, "actor.unit", "หน่วยงาน", "unit");
    assert_null(p);
    assert_int_equal(found, -7);
    complaint_actor *stranger = NULL;
    OK(complaint_actor_new(NULL, "x", &stranger));
    says(o, complaint_desk_case(o->desk, stranger, o->case_id, &p), COMPLAINT_E_ROLE, "actor.role", "บทบาท", "role");
    OK(complaint_actor_add_role(stranger, "mayor"));
    says(o, complaint_desk_case(o->desk, stranger, o->case_id, &p), COMPLAINT_E_UNKNOWN_CODE, "actor.role", "mayor", "mayor");
    complaint_actor_free(stranger);
    char *after = test_picture(o, true);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void requests_are_used_once(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "note", "text=one", "@request=r1");
    DO(o, o->officer, "note", "text=one", "@request=r1");
    assert_true(o->repeated);
    REFUSED(o, COMPLAINT_E_REQUEST_REUSED, "request", o->officer, "note", "text=two", "@request=r1");
    test_names(o, "r1");
    REFUSED(o, COMPLAINT_E_REQUEST_REUSED, "request", o->officer, "contact", "text=one", "@request=r1");
    test_log(o, "triage note");
}

/* ---- documents ----------------------------------------------------------------------------------------------------------------------------- */

static void malformed_policies(void **state) {
    (void)state;
    static const struct {
        const char *document;
        complaint_status status;
        int64_t line;
        const char *path;
    } cases[] = {
        {"", COMPLAINT_E_SYNTAX, 1, "$"},
        {"{\n\"format\": 1,\n}", COMPLAINT_E_SYNTAX, 3, "$.format"},
        {"{\n\"format\": 1.5}", COMPLAINT_E_JSON_REAL, 2, "$.format"},
        {"{\"format\": 1,\n\n\"format\": 1}", COMPLAINT_E_JSON_DUPLICATE, 3, "$.format"},
        {"{\n\n\"format\": 7}", COMPLAINT_E_POLICY, 3, "$.format"},
        {"{\"format\": 1,\n\"id\": 5}", COMPLAINT_E_POLICY, 2, "$.id"},
        {"[]", COMPLAINT_E_POLICY, 1, "$"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        complaint_policy *policy = NULL;
        complaint_error *e = NULL;
        complaint_status s = complaint_policy_parse(NULL, cases[i].document, strlen(cases[i].document), &policy, &e);
        if (s != cases[i].status || complaint_error_line(e) != cases[i].line || strcmp(complaint_error_path(e), cases[i].path) != 0)
            print_error("%s: %s line %d path %s\n", cases[i].document, complaint_status_name(s), (int)complaint_error_line(e), complaint_error_path(e));
        assert_int_equal(complaint_status_class(s), complaint_status_class(cases[i].status));
        assert_int_equal(s, cases[i].status);
        assert_int_equal(complaint_error_line(e), cases[i].line);
        assert_string_equal(complaint_error_path(e), cases[i].path);
        assert_true(complaint_error_text(e, COMPLAINT_THAI)[0] && complaint_error_text(e, COMPLAINT_ENGLISH)[0]);
        assert_null(policy);
        complaint_error_free(e);
    }
}

/* ---- disks -------------------------------------------------------------------------------------------------------------------------------------- */

static void open_on_file(test_office *o) {
    OK(setenv("COMPLAINT_TEST_STORE", "sqlite", 1));
    OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
    OK(unsetenv("COMPLAINT_TEST_STORE"));
}

/* Texts of 100 000 bytes until there is no more room; answers how many were taken, and the refusal. */
static int fill(test_office *o, complaint_status *refusal) {
    for (int n = 0; n < 1000; n++) {
        char id[24];
        snprintf(id, sizeof id, "fill-%d", n);
        good_message(o, "text", large, 100000);
        OK(complaint_draft_set_text(o->draft, "external_id", id, strlen(id)));
        *refusal = complaint_desk_act(o->desk, o->officer, COMPLAINT_VERB_RECEIVE, o->draft, NULL);
        if (*refusal) return n;
    }
    fail_msg("there is always room");
    return -1;
}

/* What was there is there; nothing half; with room the same draft goes through. */
static void full_disk(void **state) {
    (void)state;
    test_office o;
    complaint_status refusal;
    open_on_file(&o);
    test_open_registered(&o, "service");
    OK(sqlite3_exec(o.sqlite->db, "PRAGMA max_page_count = 300", NULL, NULL, NULL));
    int taken = fill(&o, &refusal);
    says(&o, refusal, COMPLAINT_E_FULL, "store.write", "เต็ม", "full");
    assert_true(complaint_error_host_code(complaint_desk_error(o.desk)) == SQLITE_FULL);
    assert_true(complaint_error_host_text(complaint_desk_error(o.desk))[0] != '\0');
    assert_int_equal(test_rows(&o, "complaint_message"), 1 + taken);
    test_log(&o, "triage register classify");
    test_verify(&o);
    OK(sqlite3_exec(o.sqlite->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL));
    OK(complaint_desk_act(o.desk, o.officer, COMPLAINT_VERB_RECEIVE, o.draft, NULL));
    complaint_draft_clear(o.draft);
    assert_int_equal(test_rows(&o, "complaint_message"), 2 + taken);
    DO(&o, o.officer, "acknowledge");
    test_verify(&o);
    test_office_close(&o);
}

/* A file that may not grow: a quota. */
static void tiny_quota(void **state) {
    (void)state;
    test_office o;
    complaint_status refusal;
    struct rlimit old, small;
    open_on_file(&o);
    test_open_registered(&o, "service");
    OK(getrlimit(RLIMIT_FSIZE, &old));
    small = old;
    small.rlim_cur = 1500000;
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    OK(setrlimit(RLIMIT_FSIZE, &small));
    int taken = fill(&o, &refusal);
    bool told = complaint_error_host_code(complaint_desk_error(o.desk)) != 0 && complaint_error_host_text(complaint_desk_error(o.desk))[0];
    OK(setrlimit(RLIMIT_FSIZE, &old));
    signal(SIGXFSZ, before);
    /* SQLite takes it for an error of the disk: while a commit is written down, nobody can say what became of it */
    if (refusal != COMPLAINT_E_FULL && refusal != COMPLAINT_E_STORE) assert_int_equal(refusal, COMPLAINT_E_UNKNOWN);
    assert_true(told);
    assert_int_equal(test_rows(&o, "complaint_message"), 1 + taken);
    test_verify(&o);
    OK(complaint_desk_act(o.desk, o.officer, COMPLAINT_VERB_RECEIVE, o.draft, NULL));
    complaint_draft_clear(o.draft);
    test_verify(&o);
    test_office_close(&o);
}

static complaint_status COMPLAINT_CALL noon(void *self, int64_t *now, complaint_host_error *error) {
    (void)self, (void)error;
    *now = test_instant("2025-11-05T12:00");
    return COMPLAINT_OK;
}

static complaint_status open_file(const char *path, int32_t mode, complaint_sqlite **file, complaint_setup **setup, complaint_desk **desk) {
    complaint_store store;
    complaint_clock clock = {sizeof clock, NULL, noon};
    complaint_policy *policy = NULL;
    complaint_calendar *calendar = NULL;
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &policy, NULL));
    OK(complaint_calendar_builtin(NULL, "TH-57", &calendar, NULL));
    OK(complaint_sqlite_open(path, mode == COMPLAINT_READ ? COMPLAINT_SQLITE_READ_ONLY : COMPLAINT_SQLITE_CREATE, NULL, file));
    OK(complaint_sqlite_table(*file, &store));
    OK(complaint_setup_new(NULL, setup));
    OK(complaint_setup_set_store(*setup, &store));
    OK(complaint_setup_set_clock(*setup, &clock));
    OK(complaint_setup_set_policy(*setup, policy));
    OK(complaint_setup_set_calendar(*setup, calendar));
    OK(complaint_setup_set_mode(*setup, mode));
    complaint_policy_free(policy);
    complaint_calendar_free(calendar);
    return complaint_desk_open(*setup, desk);
}

static size_t slurp(const char *path, char *bytes, size_t capacity) {
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, capacity, f);
    fclose(f);
    return n;
}

/* Somebody else's file is refused for reading and writing, and not a byte of it is touched. */
static void foreign_databases(void **state) {
    (void)state;
    static const char *const kinds[] = {"CREATE TABLE patient(name)", "PRAGMA application_id = 1234", "PRAGMA user_version = 7", "text"};
    static char before[65536], after[65536];
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (int32_t mode = COMPLAINT_READ; mode <= COMPLAINT_WRITE; mode++) {
            sqlite3 *db = NULL;
            complaint_sqlite *file = NULL;
            complaint_setup *setup = NULL;
            complaint_desk *desk = NULL;
            (void)unlink("foreign.db");
            if (strcmp(kinds[k], "text") == 0) {
                FILE *f = fopen("foreign.db", "wb");
                for (int i = 0; i < 200; i++) fputs("a letter of an office, not a database\n", f);
                fclose(f);
            } else {
                OK(sqlite3_open("foreign.db", &db));
                OK(sqlite3_exec(db, kinds[k], NULL, NULL, NULL));
                OK(sqlite3_close(db));
            }
            size_t n = slurp("foreign.db", before, sizeof before);
            complaint_status s = open_file("foreign.db", mode, &file, &setup, &desk);
            const complaint_error *e = complaint_setup_error(setup);
            if (s != COMPLAINT_E_FOREIGN) print_error("%s: %s: %s\n", kinds[k], complaint_status_name(s), complaint_error_text(e, COMPLAINT_ENGLISH));
            assert_int_equal(s, COMPLAINT_E_FOREIGN);
            assert_null(desk);
            assert_string_equal(complaint_error_subject(e), "store.schema");
            assert_non_null(strstr(complaint_error_text(e, COMPLAINT_ENGLISH), "libcomplaint"));
            assert_non_null(strstr(complaint_error_text(e, COMPLAINT_THAI), "libcomplaint"));
            assert_true(complaint_error_host_text(e)[0] != '\0');
            complaint_setup_free(setup);
            complaint_sqlite_close(file);
            assert_int_equal(slurp("foreign.db", after, sizeof after), n);
            assert_memory_equal(before, after, n);
            assert_int_equal(access("foreign.db-wal", F_OK), -1);
        }
    (void)unlink("foreign.db");
}

int main(void) {
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, test_office_setup, test_office_teardown)
    const struct CMUnitTest tests[] = {
        IN_OFFICE(broken_texts_of_messages), IN_OFFICE(broken_texts_of_actions),   IN_OFFICE(keys_have_190_bytes),   IN_OFFICE(texts_have_one_mebibyte),
        IN_OFFICE(texts_that_grow),          IN_OFFICE(codes_that_nobody_knows),   IN_OFFICE(words_are_always_text), IN_OFFICE(wrong_state_role_version_and_number),
        IN_OFFICE(requests_are_used_once),   cmocka_unit_test(malformed_policies), cmocka_unit_test(full_disk),      cmocka_unit_test(tiny_quota),
        cmocka_unit_test(foreign_databases),
    };
    memset(large, 'x', sizeof large - 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
