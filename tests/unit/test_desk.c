/* desk: what is missing from a setup, handles that are none, calls from inside callbacks, modes, versions, definitions, evidence. */
#include "support/desk.h"

#include <complaint/archive.h>
#include <complaint/import.h>
#include <complaint/register.h>
#include <complaint/report.h>
#include <complaint/schema.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- setup ---------------------------------------------------------------------------------------------------------------- */

static complaint_status COMPLAINT_CALL noon(void *self, int64_t *now, complaint_host_error *error) {
    (void)self, (void)error;
    *now = INT64_C(1762308000000);
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL send_nothing(void *self, const complaint_notice *notice, int32_t *answer, int64_t *retry_at, complaint_host_error *error) {
    (void)self, (void)notice, (void)answer, (void)retry_at, (void)error;
    return COMPLAINT_E_HOST;
}

static complaint_status COMPLAINT_CALL wrap_nothing(void *self, const void *key, size_t key_size, complaint_bytes_fn sink, void *sink_context, complaint_host_error *error) {
    (void)self, (void)key, (void)key_size, (void)sink, (void)sink_context, (void)error;
    return COMPLAINT_E_HOST;
}

static void assert_says(const complaint_error *e, complaint_status status, const char *subject, const char *thai, const char *english) {
    assert_int_equal(complaint_error_status(e), status);
    assert_string_equal(complaint_error_subject(e), subject);
    assert_non_null(strstr(complaint_error_text(e, COMPLAINT_THAI), thai));
    assert_non_null(strstr(complaint_error_text(e, COMPLAINT_ENGLISH), english));
}

/* Whatever is missing is named, and nothing else is asked for. */
static void what_is_missing_is_named(void **state) {
    (void)state;
    static const char *const parts[] = {"store", "clock", "policy", "calendar"};
    complaint_memory *rows = NULL;
    complaint_store store;
    complaint_clock clock = {sizeof clock, NULL, noon};
    complaint_policy *policy = NULL;
    complaint_calendar *calendar = NULL;
    OK(complaint_memory_open(NULL, &rows));
    OK(complaint_memory_table(rows, &store));
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &policy, NULL));
    OK(complaint_calendar_builtin(NULL, "TH-57", &calendar, NULL));
    for (size_t missing = 0; missing <= COUNT(parts); missing++) {
        complaint_setup *setup = NULL;
        complaint_desk *desk = NULL;
        OK(complaint_setup_new(NULL, &setup));
        if (missing != 0) OK(complaint_setup_set_store(setup, &store));
        if (missing != 1) OK(complaint_setup_set_clock(setup, &clock));
        if (missing != 2) OK(complaint_setup_set_policy(setup, policy));
        if (missing != 3) OK(complaint_setup_set_calendar(setup, calendar));
        complaint_status s = complaint_desk_open(setup, &desk);
        if (missing < COUNT(parts)) {
            assert_int_equal(s, COMPLAINT_E_REQUIRED);
            assert_null(desk);
            assert_says(complaint_setup_error(setup), s, parts[missing], parts[missing], parts[missing]);
        } else {
            OK(s);
            OK(complaint_error_status(complaint_setup_error(setup)));
        }
        complaint_setup_free(setup); /* desks go on without it */
        assert_true(missing < COUNT(parts) || complaint_desk_policy(desk) == policy);
        complaint_desk_close(desk);
    }
    complaint_calendar_free(calendar);
    complaint_policy_free(policy);
    complaint_memory_close(rows);
}

/* What runs unattended must not look after an office that is not there. */
static void an_office_that_has_to_be_there(void **state) {
    (void)state;
    complaint_memory *rows = NULL;
    complaint_store store;
    complaint_clock clock = {sizeof clock, NULL, noon};
    complaint_policy *policy = NULL;
    complaint_calendar *calendar = NULL;
    complaint_setup *setup = NULL;
    complaint_desk *desk = NULL;
    OK(complaint_memory_open(NULL, &rows));
    OK(complaint_memory_table(rows, &store));
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &policy, NULL));
    OK(complaint_calendar_builtin(NULL, "TH-57", &calendar, NULL));
    OK(complaint_setup_new(NULL, &setup));
    OK(complaint_setup_set_store(setup, &store));
    OK(complaint_setup_set_clock(setup, &clock));
    OK(complaint_setup_set_policy(setup, policy));
    OK(complaint_setup_set_calendar(setup, calendar));
    OK(complaint_setup_set_office(setup, "branch"));
    OK(complaint_setup_set_known_office(setup, 1));
    for (int opened = 0; opened < 2; opened++) {
        assert_int_equal(complaint_desk_open(setup, &desk), COMPLAINT_E_NOT_FOUND);
        assert_null(desk);
        assert_says(complaint_setup_error(setup), COMPLAINT_E_NOT_FOUND, "office", "ไม่มีหน่วยงาน “branch” (ตามมาตรฐานการปฏิบัติงาน moph-chiangrai-2569)", "no office “branch” (that of policy moph-chiangrai-2569)");
    }
    OK(complaint_setup_set_known_office(setup, 0)); /* founded */
    OK(complaint_desk_open(setup, &desk));
    complaint_desk_close(desk);
    OK(complaint_setup_set_known_office(setup, 1));
    OK(complaint_desk_open(setup, &desk));
    complaint_desk_close(desk);
    complaint_setup_free(setup);
    complaint_calendar_free(calendar);
    complaint_policy_free(policy);
    complaint_memory_close(rows);
}

typedef complaint_status (*set_table)(complaint_setup *setup, const void *table);

static complaint_status set_store(complaint_setup *s, const void *t) { return complaint_setup_set_store(s, t); }
static complaint_status set_clock(complaint_setup *s, const void *t) { return complaint_setup_set_clock(s, t); }
static complaint_status set_notifier(complaint_setup *s, const void *t) { return complaint_setup_set_notifier(s, t); }
static complaint_status set_keys(complaint_setup *s, const void *t) { return complaint_setup_set_keys(s, t); }
static complaint_status set_room(complaint_setup *s, const void *t) { return complaint_setup_set_evidence_room(s, t); }

/* Every size from 0 up, and every required slot left out, through the public setters. */
static void tables_of_wrong_size_are_refused(void **state) {
    (void)state;
    complaint_store store;
    complaint_memory *rows = NULL;
    complaint_clock clock = {sizeof clock, NULL, noon};
    complaint_notifier notifier = {sizeof notifier, NULL, send_nothing};
    complaint_keys keys = {sizeof keys, NULL, wrap_nothing, wrap_nothing};
    complaint_evidence_room room = {.size = sizeof room}; /* made below: slots of other types do not matter here */
    complaint_setup *setup = NULL;
    OK(complaint_memory_open(NULL, &rows));
    OK(complaint_memory_table(rows, &store));
    memcpy(&room.put_chunk, &keys.wrap, sizeof room.put_chunk);
    memcpy(&room.get_chunk, &keys.wrap, sizeof room.get_chunk);
    OK(complaint_setup_new(NULL, &setup));
    const struct {
        const char *name;
        set_table set;
        const void *table;
        size_t size;
    } tables[] = {
        {"store", set_store, &store, sizeof store}, {"clock", set_clock, &clock, sizeof clock}, {"notifier", set_notifier, &notifier, sizeof notifier},
        {"keys", set_keys, &keys, sizeof keys},     {"evidence", set_room, &room, sizeof room},
    };
    for (size_t i = 0; i < COUNT(tables); i++) {
        unsigned char *large = calloc(1, 8192);
        assert_int_equal(tables[i].set(setup, NULL), COMPLAINT_E_INVALID);
        assert_string_equal(complaint_error_subject(complaint_setup_error(setup)), tables[i].name);
        for (size_t size = 0; size < 8192; size++) {
            memcpy(large, tables[i].table, tables[i].size);
            memcpy(large, &size, sizeof size);
            complaint_status s = tables[i].set(setup, large);
            bool row = size >= 2 * sizeof(void *) && size <= 4096 && size % sizeof(void *) == 0;
            complaint_status expected = !row ? COMPLAINT_E_TABLE_SIZE : size < tables[i].size ? COMPLAINT_E_TABLE_OLD : COMPLAINT_OK;
            assert_int_equal(s, expected);
            if (s) assert_says(complaint_setup_error(setup), s, tables[i].name, tables[i].name, tables[i].name);
            if (s || size == tables[i].size) continue;
            large[size - 1] = 1; /* a slot that this version does not know */
            assert_int_equal(tables[i].set(setup, large), COMPLAINT_E_TABLE_NEW);
            large[size - 1] = 0;
        }
        free(large);
    }
    store.commit = NULL;
    assert_int_equal(complaint_setup_set_store(setup, &store), COMPLAINT_E_SLOT_MISSING);
    assert_says(complaint_setup_error(setup), COMPLAINT_E_SLOT_MISSING, "store.commit", "store.commit", "store.commit");
    complaint_setup_free(setup);
    complaint_memory_close(rows);
}

static void setups_refuse_what_makes_no_sense(void **state) {
    (void)state;
    complaint_setup *setup = NULL;
    complaint_allocator small = {.size = 8};
    char name[70];
    memset(name, 'o', sizeof name);
    assert_int_equal(complaint_setup_new(NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_setup_new(&small, &setup), COMPLAINT_E_TABLE_SIZE);
    assert_null(setup);
    OK(complaint_setup_new(NULL, &setup));
    assert_int_equal(complaint_setup_set_policy(setup, NULL), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_error_subject(complaint_setup_error(setup)), "policy");
    assert_int_equal(complaint_setup_set_calendar(setup, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_setup_set_office(setup, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_setup_set_office(setup, ""), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_setup_set_office(setup, "\xff"), COMPLAINT_E_UTF8);
    name[65] = '\0';
    assert_int_equal(complaint_setup_set_office(setup, name), COMPLAINT_E_TOO_LARGE);
    assert_string_equal(complaint_error_subject(complaint_setup_error(setup)), "office");
    name[64] = '\0';
    OK(complaint_setup_set_office(setup, name));
    for (int32_t mode = -1; mode < 5; mode++)
        assert_int_equal(complaint_setup_set_mode(setup, mode), mode == COMPLAINT_READ || mode == COMPLAINT_WRITE ? COMPLAINT_OK : COMPLAINT_E_INVALID);
    for (int32_t known = -1; known < 4; known++) assert_int_equal(complaint_setup_set_known_office(setup, known), known == 0 || known == 1 ? COMPLAINT_OK : COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_open(setup, NULL), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_error_subject(complaint_setup_error(setup)), "desk");
    complaint_setup_free(setup);
}

/* ---- handles ------------------------------------------------------------------------------------------------------------------ */

/* Memory that is given back but stays readable, so that a closed handle can be looked at. */
typedef struct attic {
    complaint_allocator table;
    void *blocks[4096];
    size_t count;
} attic;

static void *COMPLAINT_CALL attic_allocate(void *self, size_t bytes) {
    attic *a = self;
    assert_true(a->count < COUNT(a->blocks));
    size_t *p = calloc(1, bytes + 16);
    *p = bytes;
    a->blocks[a->count++] = p;
    return (char *)p + 16;
}

static void *COMPLAINT_CALL attic_resize(void *self, void *memory, size_t bytes) {
    size_t old;
    memcpy(&old, (char *)memory - 16, sizeof old);
    return memcpy(attic_allocate(self, bytes), memory, old < bytes ? old : bytes);
}

static void COMPLAINT_CALL attic_release(void *self, void *memory) { (void)self, (void)memory; }

static void attic_open(attic *a) {
    memset(a, 0, sizeof *a);
    a->table = (complaint_allocator){sizeof a->table, a, attic_allocate, attic_resize, attic_release};
}

static void attic_empty(attic *a) {
    for (size_t i = 0; i < a->count; i++) free(a->blocks[i]);
}

static complaint_status COMPLAINT_CALL read_nothing(void *context, void *buffer, size_t capacity, size_t *got) {
    (void)context, (void)buffer, (void)capacity;
    *got = 0;
    return COMPLAINT_OK;
}

static int32_t COMPLAINT_CALL take_bytes(void *context, const void *data, size_t size) {
    (void)context, (void)data, (void)size;
    return 0;
}

enum { WITH_ACTOR = 36, CALLS = 40 };

/* Every call on a desk, those that take an actor first. Outputs stay as they were. */
static void call_all(complaint_desk *d, const complaint_actor *a, const complaint_draft *draft, int count, complaint_status got[CALLS]) {
    static char untouched;
    complaint_page *p = (complaint_page *)&untouched;
    complaint_outcome *o = (complaint_outcome *)&untouched;
    complaint_evidence *e = (complaint_evidence *)&untouched;
    complaint_page *r = (complaint_page *)&untouched;
    complaint_text *t = (complaint_text *)&untouched;
    int64_t n = -7;
    int k = 0;
    got[k++] = complaint_desk_act(d, a, COMPLAINT_VERB_NOTE, draft, &o);
    got[k++] = complaint_desk_keep_evidence(d, a, read_nothing, NULL, &e);
    got[k++] = complaint_desk_read_evidence(d, a, 1, "00", take_bytes, NULL);
    got[k++] = complaint_desk_find(d, a, 2569, 1, &n);
    got[k++] = complaint_desk_case(d, a, 1, &p);
    got[k++] = complaint_desk_events(d, a, 1, NULL, 0, &p);
    got[k++] = complaint_desk_clocks(d, a, 1, &p);
    got[k++] = complaint_desk_referrals(d, a, 1, &p);
    got[k++] = complaint_desk_notices(d, a, 1, &p);
    got[k++] = complaint_desk_parties(d, a, 1, &p);
    got[k++] = complaint_desk_case_messages(d, a, 1, &p);
    got[k++] = complaint_desk_message(d, a, 1, &p);
    got[k++] = complaint_desk_find_message(d, a, "facebook", "m-1", &p);
    got[k++] = complaint_desk_evidence(d, a, 1, &p);
    got[k++] = complaint_desk_inbox(d, a, "new", NULL, 0, &p);
    got[k++] = complaint_desk_find_legacy(d, a, "12/68", NULL, 0, &p);
    got[k++] = complaint_desk_thread(d, a, "facebook", "t", NULL, 0, &p);
    got[k++] = complaint_desk_worklist(d, a, COMPLAINT_WORK_OPEN, NULL, 0, &p);
    got[k++] = complaint_desk_actions(d, a, 1, COMPLAINT_THAI, &p);
    got[k++] = complaint_desk_actions_of_others(d, a, 1, COMPLAINT_THAI, &p);
    got[k++] = complaint_desk_report(d, a, 2569, 12, &r);
    got[k++] = complaint_desk_verify(d, a, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &p, &n);
    got[k++] = complaint_desk_papers(d, a, 1, &p);
    got[k++] = complaint_desk_links(d, a, 1, &p);
    got[k++] = complaint_desk_explain(d, a, 1, 1, COMPLAINT_THAI, &t);
    got[k++] = complaint_desk_due(d, a, NULL, INT64_MAX, NULL, 0, &p);
    got[k++] = complaint_desk_duties(d, a, 0, 1, &p);
    got[k++] = complaint_desk_recompute(d, a, NULL, 0, &p);
    got[k++] = complaint_desk_seal(d, a, INT64_MAX, &t, &n);
    got[k++] = complaint_desk_report_text(d, a, 2569, 12, COMPLAINT_REPORT_TEXT, &t);
    got[k++] = complaint_archive_write(d, a, take_bytes, NULL, &p);
    got[k++] = complaint_archive_check(d, a, read_nothing, NULL, &r, &p);
    got[k++] = complaint_archive_read(d, a, read_nothing, NULL, 0, NULL, &p);
    got[k++] = complaint_import_facebook(d, a, "facebook", "{}", 2, NULL, &p);
    got[k++] = complaint_import_register(d, a, "x", 1, NULL, NULL, 0, 0, &p, NULL, NULL, NULL);
    got[k++] = complaint_import_webhook(d, a, COMPLAINT_WEBHOOK_LINE, "line", "{}", 2, "x", "y", NULL, &p, NULL);
    assert_int_equal(k, WITH_ACTOR);
    if (count == CALLS) {
        got[k++] = complaint_desk_tick(d, 0, &p);
        got[k++] = complaint_desk_deliver(d, 0, &p);
        got[k++] = complaint_desk_notice_outcome(d, "1:1:complainant:facebook", COMPLAINT_DELIVERED);
        got[k++] = complaint_desk_set_progress(d, NULL, NULL);
    }
    assert_int_equal(k, count);
    assert_int_equal(n, -7);
    assert_ptr_equal(p, &untouched);
    assert_ptr_equal(o, &untouched);
    assert_ptr_equal(e, &untouched);
    assert_ptr_equal(r, &untouched);
    assert_ptr_equal(t, &untouched);
}

static void assert_all(const complaint_status got[CALLS], int count, complaint_status expected) {
    for (int i = 0; i < count; i++) {
        if (got[i] != expected) print_error("call %d answers %s\n", i, complaint_status_name(got[i]));
        assert_int_equal(got[i], expected);
    }
}

static void desks_that_are_none(void **state) {
    (void)state;
    attic old;
    test_office o;
    complaint_status got[CALLS];
    attic_open(&old);
    OK(test_office_open(&o, &old.table, test_instant("2025-11-05T09:00")));
    complaint_desk *closed = o.desk;
    call_all(NULL, o.officer, o.draft, CALLS, got);
    assert_all(got, CALLS, COMPLAINT_E_HANDLE);
    call_all((complaint_desk *)o.draft, o.officer, o.draft, CALLS, got); /* a handle of another kind */
    assert_all(got, CALLS, COMPLAINT_E_HANDLE);
    call_all((complaint_desk *)o.setup, o.officer, o.draft, CALLS, got);
    assert_all(got, CALLS, COMPLAINT_E_HANDLE);
    assert_null(complaint_desk_error(NULL));
    assert_null(complaint_desk_policy(NULL));
    complaint_desk_close(NULL);
    complaint_desk_close((complaint_desk *)o.draft); /* does nothing */
    complaint_draft *draft = o.draft;
    complaint_setup *setup = o.setup;
    complaint_actor *actor = NULL;
    OK(complaint_actor_new(&old.table, "x", &actor));
    OK(complaint_actor_add_role(actor, "officer"));
    complaint_actor_free(actor);
    call_all(o.desk, actor, draft, WITH_ACTOR, got);
    assert_all(got, WITH_ACTOR, COMPLAINT_E_HANDLE);
    call_all(o.desk, NULL, draft, WITH_ACTOR, got);
    assert_all(got, WITH_ACTOR, COMPLAINT_E_HANDLE);
    call_all(o.desk, (complaint_actor *)draft, draft, WITH_ACTOR, got);
    assert_all(got, WITH_ACTOR, COMPLAINT_E_HANDLE);
    assert_string_equal(complaint_error_subject(complaint_desk_error(o.desk)), "actor");
    o.desk = NULL;
    o.draft = NULL;
    o.setup = NULL;
    complaint_draft_free(draft);
    complaint_draft_free(draft); /* twice is harmless */
    assert_int_equal(complaint_desk_act(closed, o.officer, COMPLAINT_VERB_NOTE, draft, NULL), COMPLAINT_E_HANDLE);
    assert_string_equal(complaint_error_subject(complaint_desk_error(closed)), "draft");
    assert_int_equal(complaint_desk_act(closed, o.officer, COMPLAINT_VERB_NOTE, NULL, NULL), COMPLAINT_E_HANDLE);
    complaint_desk_close(closed);
    complaint_desk_close(closed);
    call_all(closed, o.officer, draft, CALLS, got);
    assert_all(got, CALLS, COMPLAINT_E_HANDLE);
    assert_null(complaint_desk_error(closed));
    complaint_setup_free(setup);
    complaint_setup_free(setup);
    assert_int_equal(complaint_desk_open(setup, &closed), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_setup_set_mode(setup, COMPLAINT_READ), COMPLAINT_E_HANDLE);
    assert_null(complaint_setup_error(setup));
    test_office_close(&o);
    attic_empty(&old);
}

/* A call that has nowhere to put what it finds is refused before it looks, and says which place is missing. */
static void answers_need_a_place(void **state) {
    test_office *o = *state;
    complaint_desk *d = o->desk;
    const complaint_actor *a = o->auditor;
    complaint_page *p = NULL;
    complaint_text *t = NULL;
    int64_t n = -7;
#define NEEDS(place, call) \
    do { \
        assert_int_equal(call, COMPLAINT_E_INVALID); \
        assert_string_equal(complaint_error_subject(complaint_desk_error(d)), place); \
    } while (0)
    NEEDS("case_id", complaint_desk_find(d, a, 2569, 1, NULL));
    NEEDS("page", complaint_desk_case(d, a, 1, NULL));
    NEEDS("page", complaint_desk_events(d, a, 1, NULL, 0, NULL));
    NEEDS("page", complaint_desk_clocks(d, a, 1, NULL));
    NEEDS("page", complaint_desk_referrals(d, a, 1, NULL));
    NEEDS("page", complaint_desk_parties(d, a, 1, NULL));
    NEEDS("page", complaint_desk_case_messages(d, a, 1, NULL));
    NEEDS("page", complaint_desk_papers(d, a, 1, NULL));
    NEEDS("page", complaint_desk_links(d, a, 1, NULL));
    NEEDS("page", complaint_desk_notices(d, a, 1, NULL));
    NEEDS("page", complaint_desk_message(d, a, 1, NULL));
    NEEDS("page", complaint_desk_find_message(d, a, "facebook", "m-1", NULL));
    NEEDS("page", complaint_desk_evidence(d, a, 1, NULL));
    NEEDS("page", complaint_desk_inbox(d, a, "new", NULL, 0, NULL));
    NEEDS("page", complaint_desk_find_legacy(d, a, "12/68", NULL, 0, NULL));
    NEEDS("page", complaint_desk_thread(d, a, "facebook", "t", NULL, 0, NULL));
    NEEDS("page", complaint_desk_worklist(d, a, COMPLAINT_WORK_OPEN, NULL, 0, NULL));
    NEEDS("page", complaint_desk_due(d, a, NULL, INT64_MAX, NULL, 0, NULL));
    NEEDS("page", complaint_desk_actions(d, a, 1, COMPLAINT_THAI, NULL));
    NEEDS("page", complaint_desk_actions_of_others(d, a, 1, COMPLAINT_THAI, NULL));
    NEEDS("page", complaint_desk_duties(d, a, 0, 1, NULL));
    NEEDS("text", complaint_desk_explain(d, a, 1, 1, COMPLAINT_THAI, NULL));
    NEEDS("findings", complaint_desk_verify(d, a, 0, NULL, 0, NULL, &n));
    NEEDS("checked", complaint_desk_verify(d, a, 0, NULL, 0, &p, NULL));
    NEEDS("digest", complaint_desk_seal(d, a, INT64_MAX, NULL, &n));
    NEEDS("events", complaint_desk_seal(d, a, INT64_MAX, &t, NULL));
    NEEDS("figures", complaint_desk_report(d, a, 2569, 12, NULL));
    NEEDS("text", complaint_desk_report_text(d, a, 2569, 12, COMPLAINT_REPORT_TEXT, NULL));
    NEEDS("form", complaint_desk_report_text(d, a, 2569, 12, -1, &t));
    NEEDS("evidence", complaint_desk_keep_evidence(d, a, read_nothing, NULL, NULL));
    NEEDS("read", complaint_archive_check(d, a, NULL, NULL, &p, NULL));
    NEEDS("json", complaint_import_facebook(d, a, "facebook", NULL, 2, NULL, NULL));
    NEEDS("channel", complaint_import_facebook(d, a, NULL, "{}", 2, NULL, NULL));
    NEEDS("csv", complaint_import_register(d, a, NULL, 2, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL));
    NEEDS("mapping", complaint_import_register(d, a, "x", 1, NULL, NULL, 2, 0, NULL, NULL, NULL, NULL));
    NEEDS("flags", complaint_import_register(d, a, "x", 1, NULL, NULL, 0, 8, NULL, NULL, NULL, NULL));
    NEEDS("service", complaint_import_webhook(d, a, 0, "line", "{}", 2, "x", "y", NULL, NULL, NULL));
    NEEDS("body", complaint_import_webhook(d, a, 1, "line", NULL, 2, "x", "y", NULL, NULL, NULL));
    NEEDS("signature", complaint_import_webhook(d, a, 1, "line", "{}", 2, NULL, "y", NULL, NULL, NULL));
    NEEDS("secret", complaint_import_webhook(d, a, 1, "line", "{}", 2, "x", "", NULL, NULL, NULL));
#undef NEEDS
    /* A budget is a number of steps, a flag one that is known. */
    assert_int_equal(complaint_desk_deliver(d, -1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_tick(d, -1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_recompute(d, o->officer, NULL, -1, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_verify(d, a, 0, NULL, -1, &p, &n), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_verify(d, a, 1 << 20, NULL, 0, &p, &n), COMPLAINT_E_INVALID);
    assert_null(p);
    assert_null(t);
    assert_int_equal(n, -7);
}

static void small_handles_that_are_none(void **state) {
    (void)state;
    attic old;
    complaint_draft *d = NULL;
    complaint_actor *a = NULL;
    attic_open(&old);
    OK(complaint_draft_new(&old.table, &d));
    OK(complaint_actor_new(&old.table, "x", &a));
    complaint_draft *drafts[] = {NULL, (complaint_draft *)a, d};
    complaint_actor *actors[] = {NULL, (complaint_actor *)d, a};
    complaint_draft_free(d);
    complaint_actor_free(a);
    complaint_store store = {.size = sizeof store};
    for (size_t i = 0; i < COUNT(drafts); i++) {
        complaint_draft_clear(drafts[i]);
        complaint_draft_free(drafts[i]);
        assert_int_equal(complaint_draft_set_case(drafts[i], 1, 1), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_draft_set_message(drafts[i], 1), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_draft_set_request(drafts[i], "r"), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_draft_set_happened_at(drafts[i], 1), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_draft_set_text(drafts[i], "f", "t", 1), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_draft_set_integer(drafts[i], "f", 1), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_draft_add_evidence(drafts[i], NULL, "n", "m"), COMPLAINT_E_HANDLE);
        complaint_actor_free(actors[i]);
        assert_int_equal(complaint_actor_add_role(actors[i], "r"), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_actor_set_unit(actors[i], "u"), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_actor_set_on_behalf(actors[i], "u"), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_actor_set_acting_for(actors[i], "u"), COMPLAINT_E_HANDLE);
        complaint_outcome *outcome = (complaint_outcome *)drafts[i];
        assert_int_equal(complaint_outcome_case(outcome) + complaint_outcome_message(outcome) + complaint_outcome_revision(outcome) + complaint_outcome_number(outcome), 0);
        assert_int_equal(complaint_outcome_fiscal_year(outcome) + complaint_outcome_repeated(outcome), 0);
        complaint_outcome_free(outcome);
        complaint_evidence *evidence = (complaint_evidence *)drafts[i];
        assert_string_equal(complaint_evidence_digest(evidence), "");
        assert_int_equal(complaint_evidence_size(evidence), 0);
        complaint_evidence_free(evidence);
        complaint_setup *setup = (complaint_setup *)drafts[i];
        assert_int_equal(complaint_setup_set_store(setup, &store), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_setup_set_clock(setup, NULL), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_setup_set_notifier(setup, NULL), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_setup_set_keys(setup, NULL), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_setup_set_evidence_room(setup, NULL), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_setup_set_policy(setup, NULL), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_setup_set_calendar(setup, NULL), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_setup_set_office(setup, "o"), COMPLAINT_E_HANDLE);
        assert_int_equal(complaint_setup_set_mode(setup, COMPLAINT_READ), COMPLAINT_E_HANDLE);
        assert_null(complaint_setup_error(setup));
        complaint_setup_free(setup);
    }
    attic_empty(&old);
}

static void drafts_and_actors_have_limits(void **state) {
    (void)state;
    complaint_draft *d = NULL;
    complaint_actor *a = NULL;
    char id[70];
    memset(id, 'i', sizeof id);
    id[65] = '\0';
    assert_int_equal(complaint_draft_new(NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_actor_new(NULL, "x", NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_actor_new(NULL, NULL, &a), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_actor_new(NULL, "", &a), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_actor_new(NULL, id, &a), COMPLAINT_E_TOO_LARGE);
    assert_int_equal(complaint_actor_new(NULL, "a\xc3", &a), COMPLAINT_E_UTF8);
    assert_null(a);
    OK(complaint_draft_new(NULL, &d));
    assert_int_equal(complaint_draft_set_request(d, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_draft_set_request(d, ""), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_draft_set_request(d, id), COMPLAINT_E_TOO_LARGE);
    assert_int_equal(complaint_draft_set_request(d, "\x80"), COMPLAINT_E_UTF8);
    assert_int_equal(complaint_draft_set_case(d, -1, 0), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_draft_set_case(d, 1, -2), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_draft_set_message(d, -1), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_draft_set_text(d, NULL, "x", 1), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_draft_set_text(d, "", "x", 1), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_draft_set_text(d, "f", NULL, 1), COMPLAINT_E_INVALID);
    OK(complaint_draft_set_text(d, "f", NULL, 0));
    assert_int_equal(complaint_draft_set_text(d, "f", "x", SIZE_MAX), COMPLAINT_E_MEMORY);
    assert_int_equal(complaint_draft_set_integer(d, NULL, 1), COMPLAINT_E_INVALID);
    id[64] = '\0';
    OK(complaint_draft_set_request(d, id));
    OK(complaint_actor_new(NULL, id, &a));
    for (int i = 0; i < 8; i++) OK(complaint_actor_add_role(a, "officer"));
    assert_int_equal(complaint_actor_add_role(a, "head"), COMPLAINT_E_TOO_LARGE);
    assert_int_equal(complaint_actor_set_unit(a, "a\xff"), COMPLAINT_E_UTF8);
    OK(complaint_actor_set_unit(a, NULL));
    OK(complaint_actor_set_acting_for(a, id));
    complaint_actor_free(a);
    complaint_draft_free(d);
}

/* ---- from inside callbacks --------------------------------------------------------------------------------------------------------- */

static int times_inside;

static void try_from_inside(test_office *o) {
    complaint_status got[CALLS];
    call_all(o->desk, o->officer, o->draft, CALLS, got);
    assert_all(got, CALLS, COMPLAINT_E_REENTRANT);
    complaint_desk_close(o->desk); /* does nothing */
    times_inside++;
}

static complaint_status COMPLAINT_CALL read_from_inside(void *context, void *buffer, size_t capacity, size_t *got) {
    try_from_inside(context);
    return read_nothing(NULL, buffer, capacity, got);
}

static int32_t COMPLAINT_CALL take_from_inside(void *context, const void *data, size_t size) {
    (void)data, (void)size;
    try_from_inside(context);
    return 0;
}

static int32_t COMPLAINT_CALL progress_from_inside(void *context, int64_t done) {
    (void)done;
    try_from_inside(context);
    return 0;
}

static void nobody_calls_back(void **state) {
    test_office *o = *state;
    complaint_evidence *e = NULL;
    complaint_page *p = NULL;
    int64_t checked;
    times_inside = 0;
    test_open_registered(o, "service");
    DO(o, o->officer, "acknowledge");
    o->during_send = try_from_inside;
    test_deliver(o, 1, 0, 0, 0);
    o->during_send = NULL;
    assert_int_equal(times_inside, 1);
    OK(complaint_desk_keep_evidence(o->desk, o->officer, read_from_inside, o, &e));
    assert_int_equal(times_inside, 2);
    complaint_evidence_free(e);
    OK(test_keep(o, "abc", 3));
    char digest[65];
    memcpy(digest, complaint_evidence_digest(o->evidence), sizeof digest);
    test_receive(o, "facebook", "x");
    OK(complaint_desk_read_evidence(o->desk, o->officer, o->message, digest, take_from_inside, o));
    assert_int_equal(times_inside, 3);
    OK(complaint_desk_set_progress(o->desk, progress_from_inside, o));
    OK(complaint_desk_verify(o->desk, o->officer, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &p, &checked));
    assert_true(times_inside > 3);
    complaint_page_free(p);
    OK(complaint_desk_set_progress(o->desk, NULL, NULL));
}

/* ---- modes and versions ------------------------------------------------------------------------------------------------------------- */

static void an_auditors_desk_only_reads(void **state) {
    test_office *o = *state, reader;
    complaint_page *p = NULL;
    complaint_evidence *e = NULL;
    int64_t checked = 0;
    test_open_registered(o, "service");
    OK(test_office_join(&reader, o, COMPLAINT_READ));
    OK(complaint_desk_case(reader.desk, reader.officer, o->case_id, &p));
    complaint_page_free(p);
    OK(complaint_desk_verify(reader.desk, reader.auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &p, &checked));
    complaint_page_free(p);
    REFUSED(&reader, COMPLAINT_E_READ_ONLY, "desk", reader.officer, "acknowledge");
    REFUSED(&reader, COMPLAINT_E_READ_ONLY, "desk", reader.officer, "receive", "channel=facebook", "external_id=1");
    assert_int_equal(complaint_desk_keep_evidence(reader.desk, reader.officer, read_nothing, NULL, &e), COMPLAINT_E_READ_ONLY);
    assert_int_equal(complaint_desk_deliver(reader.desk, 0, NULL), COMPLAINT_E_READ_ONLY);
    assert_int_equal(complaint_desk_notice_outcome(reader.desk, "1:1:a:b", COMPLAINT_DELIVERED), COMPLAINT_E_READ_ONLY);
    assert_says(complaint_desk_error(reader.desk), COMPLAINT_E_READ_ONLY, "desk", "อ่าน", "read");
    assert_int_equal(complaint_desk_tick(reader.desk, 0, NULL), COMPLAINT_E_READ_ONLY);
    assert_int_equal(complaint_desk_recompute(reader.desk, reader.officer, NULL, 0, NULL), COMPLAINT_E_READ_ONLY);
    assert_int_equal(complaint_archive_read(reader.desk, reader.officer, read_nothing, NULL, 0, NULL, NULL), COMPLAINT_E_READ_ONLY);
    assert_int_equal(complaint_import_facebook(reader.desk, reader.officer, "facebook", "{}", 2, NULL, NULL), COMPLAINT_E_READ_ONLY);
    assert_int_equal(complaint_import_register(reader.desk, reader.officer, "x", 1, NULL, NULL, 0, COMPLAINT_REGISTER_DRY_RUN, NULL, NULL, NULL, NULL), COMPLAINT_E_READ_ONLY);
    test_office_close(&reader);
}

/* A store whose version is what the test says. */
typedef struct versioned {
    complaint_store inner;
    int32_t major, minor, asked_major, asked_minor;
    int writes;
} versioned;

static complaint_status COMPLAINT_CALL tell_version(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error) {
    versioned *v = self;
    if (operation == COMPLAINT_SCHEMA_WRITE) {
        v->writes++;
        v->asked_major = *major;
        v->asked_minor = *minor;
        return v->inner.schema(v->inner.self, operation, major, minor, error);
    }
    *major = v->major;
    *minor = v->minor;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL v_begin(void *self, int32_t mode, const char *office, size_t n, void **tx, complaint_host_error *e) {
    versioned *v = self;
    return v->inner.begin(v->inner.self, mode, office, n, tx, e);
}
static complaint_status COMPLAINT_CALL v_commit(void *self, void *tx, complaint_host_error *e) {
    versioned *v = self;
    return v->inner.commit(v->inner.self, tx, e);
}
static void COMPLAINT_CALL v_rollback(void *self, void *tx) {
    versioned *v = self;
    v->inner.rollback(v->inner.self, tx);
}
static complaint_status COMPLAINT_CALL v_write(void *self, void *tx, const complaint_change *changes, int32_t count, int32_t *at, complaint_host_error *e) {
    versioned *v = self;
    return v->inner.write(v->inner.self, tx, changes, count, at, e);
}
static complaint_status COMPLAINT_CALL v_get(void *self, void *tx, int32_t table, const complaint_value *key, int32_t n, complaint_row_fn sink, void *context,
                                             complaint_host_error *e) {
    versioned *v = self;
    return v->inner.get(v->inner.self, tx, table, key, n, sink, context, e);
}
static complaint_status COMPLAINT_CALL v_select(void *self, void *tx, int32_t table, int32_t index, const complaint_bounds *b, int32_t direction, int64_t limit,
                                                complaint_row_fn sink, void *context, complaint_host_error *e) {
    versioned *v = self;
    return v->inner.select(v->inner.self, tx, table, index, b, direction, limit, sink, context, e);
}

static complaint_status open_version(versioned *v, int32_t mode, complaint_setup **setup, complaint_desk **desk) {
    complaint_store outer = {sizeof outer, v, tell_version, NULL, v_begin, v_commit, v_rollback, v_write, v_get, v_select};
    complaint_clock clock = {sizeof clock, NULL, noon};
    complaint_policy *policy = NULL;
    complaint_calendar *calendar = NULL;
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &policy, NULL));
    OK(complaint_calendar_builtin(NULL, "TH-57", &calendar, NULL));
    OK(complaint_setup_new(NULL, setup));
    OK(complaint_setup_set_store(*setup, &outer));
    OK(complaint_setup_set_clock(*setup, &clock));
    OK(complaint_setup_set_policy(*setup, policy));
    OK(complaint_setup_set_calendar(*setup, calendar));
    OK(complaint_setup_set_mode(*setup, mode));
    complaint_policy_free(policy);
    complaint_calendar_free(calendar);
    return complaint_desk_open(*setup, desk);
}

static void schemas_of_other_versions(void **state) {
    (void)state;
    const int32_t major = complaint_schema_major(), minor = complaint_schema_minor();
    const struct {
        int32_t major, minor, mode;
        complaint_status status;
        int writes;
    } cases[] = {
        {major, minor, COMPLAINT_WRITE, COMPLAINT_OK, 0},
        {major, minor + 1, COMPLAINT_WRITE, COMPLAINT_OK, 0}, /* newer minor: left as it is */
        {major, minor + 99, COMPLAINT_READ, COMPLAINT_OK, 0},
        {major + 1, 0, COMPLAINT_WRITE, COMPLAINT_E_SCHEMA_NEWER, 0},
        {major + 1, 0, COMPLAINT_READ, COMPLAINT_E_SCHEMA_NEWER, 0},
        {0, 0, COMPLAINT_READ, COMPLAINT_E_SCHEMA_EMPTY, 0},
        {0, 9, COMPLAINT_READ, COMPLAINT_E_SCHEMA_OLDER, 0},
        {0, 0, COMPLAINT_WRITE, COMPLAINT_OK, 1},
        {-1, 0, COMPLAINT_WRITE, COMPLAINT_E_STORE, 0},
        {major, -1, COMPLAINT_WRITE, COMPLAINT_E_STORE, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        versioned v = {.major = cases[i].major, .minor = cases[i].minor};
        complaint_memory *rows = NULL;
        complaint_setup *setup = NULL;
        complaint_desk *desk = NULL;
        int32_t make_major = major, make_minor = minor;
        OK(complaint_memory_open(NULL, &rows));
        OK(complaint_memory_table(rows, &v.inner));
        OK(v.inner.schema(v.inner.self, COMPLAINT_SCHEMA_WRITE, &make_major, &make_minor, NULL));
        assert_int_equal(open_version(&v, cases[i].mode, &setup, &desk), cases[i].status);
        assert_int_equal(v.writes, cases[i].writes);
        if (v.writes) assert_int_equal(v.asked_major, major);
        if (v.writes) assert_int_equal(v.asked_minor, minor);
        assert_int_equal(desk == NULL, cases[i].status != COMPLAINT_OK);
        if (complaint_status_class(cases[i].status) == COMPLAINT_E_SCHEMA) assert_says(complaint_setup_error(setup), cases[i].status, "schema", cases[i].status == COMPLAINT_E_SCHEMA_EMPTY ? "ว่าง" : "รุ่น", cases[i].status == COMPLAINT_E_SCHEMA_EMPTY ? "empty" : "schema");
        complaint_desk_close(desk);
        complaint_setup_free(setup);
        complaint_memory_close(rows);
    }
}

/* Kept on first use, once, under the digest that events cite. */
/* ---- a store inside the host's own transaction ---------------------------------------------------------------------------------------------- */

static complaint_status COMPLAINT_CALL tell_joined(void *self, complaint_limits *limits, complaint_host_error *error) {
    versioned *v = self;
    complaint_status s = v->inner.limits ? v->inner.limits(v->inner.self, limits, error) : COMPLAINT_OK;
    limits->flags |= COMPLAINT_STORE_JOINED;
    return s;
}

/* The office's desk on its own store, which now lies inside a transaction of the host's. */
static void join_host(test_office *o, versioned *v) {
    *v = (versioned){.inner = o->store, .major = complaint_schema_major(), .minor = complaint_schema_minor()};
    o->store = (complaint_store){sizeof o->store, v, tell_version, tell_joined, v_begin, v_commit, v_rollback, v_write, v_get, v_select};
    OK(test_office_desk(o));
}

static complaint_status do_register(test_office *o) { return TRY(o, o->officer, "register"); }
static complaint_status do_receive(test_office *o) { return TRY(o, o->officer, "receive", "channel=facebook", "external_id=joined", "text=x"); }
static complaint_status do_keep(test_office *o) { return test_keep(o, "abc", 3); }
static complaint_status do_tick(test_office *o) { return complaint_desk_tick(o->desk, 0, NULL); }
static complaint_status do_deliver(test_office *o) { return complaint_desk_deliver(o->desk, 0, NULL); }
static complaint_status do_import(test_office *o) {
    static const char thread[] = "{\"participants\":[{\"name\":\"x\"},{\"name\":\"y\"}],\"title\":\"x\",\"thread_path\":\"inbox/x_1\",\"messages\":[{\"sender_name\":\"x\",\"timestamp_ms\":1762308000000,\"content\":\"hello\"}]}";
    return complaint_import_facebook(o->desk, o->officer, "facebook", thread, sizeof thread - 1, NULL, NULL);
}
static complaint_status do_look(test_office *o) {
    complaint_page *p = NULL;
    complaint_status s = complaint_desk_case(o->desk, o->officer, o->case_id, &p);
    complaint_page_free(p);
    return s;
}
static complaint_status do_open(test_office *o) { return test_office_desk(o); }

/* What another run might mend is for the host to run again, with his own rows: it happens once, and is told as RETRY. */
static void inside_the_hosts_transaction_nothing_is_run_again(void **state) {
    static const struct {
        const char *name;
        complaint_status (*work)(test_office *o);
        int32_t slot;
        complaint_status given;
    } cases[] = {
        {"register", do_register, COMPLAINT_SLOT_BEGIN, COMPLAINT_E_RETRY},   {"register", do_register, COMPLAINT_SLOT_COMMIT, COMPLAINT_E_RETRY},
        {"register", do_register, COMPLAINT_SLOT_WRITE, COMPLAINT_E_VERSION}, {"register", do_register, COMPLAINT_SLOT_WRITE, COMPLAINT_E_EXISTS},
        {"receive", do_receive, COMPLAINT_SLOT_WRITE, COMPLAINT_E_RETRY},     {"keep", do_keep, COMPLAINT_SLOT_WRITE, COMPLAINT_E_RETRY},
        {"tick", do_tick, COMPLAINT_SLOT_COMMIT, COMPLAINT_E_RETRY},          {"tick", do_tick, COMPLAINT_SLOT_WRITE, COMPLAINT_E_VERSION},
        {"deliver", do_deliver, COMPLAINT_SLOT_BEGIN, COMPLAINT_E_RETRY},     {"import", do_import, COMPLAINT_SLOT_COMMIT, COMPLAINT_E_RETRY},
        {"import", do_import, COMPLAINT_SLOT_WRITE, COMPLAINT_E_EXISTS},      {"look", do_look, COMPLAINT_SLOT_GET, COMPLAINT_E_RETRY},
        {"open", do_open, COMPLAINT_SLOT_BEGIN, COMPLAINT_E_RETRY},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        test_office o;
        versioned v;
        OK(test_office_open(&o, NULL, test_instant("2025-11-05T09:00")));
        test_open_case(&o);
        join_host(&o, &v);
        o.now += INT64_C(3) * 24 * 3600 * 1000; /* clocks have something to say */
        complaint_fault_reset(o.fault);
        OK(complaint_fault_set(o.fault, cases[i].slot, 0, COMPLAINT_FAULT_ONCE, cases[i].given));
        complaint_status s = cases[i].work(&o);
        if (s != COMPLAINT_E_RETRY) fail_msg("%s, %s: %s", cases[i].name, complaint_status_name(cases[i].given), complaint_status_name(s));
        assert_int_equal(complaint_fault_struck(o.fault), 1);
        assert_int_equal(complaint_fault_calls(o.fault, cases[i].slot), 1);
        complaint_fault_reset(o.fault);
        OK(cases[i].work(&o)); /* as the host runs it all again */
        test_verify(&o);
        test_office_close(&o);
    }
}

/* Where the transaction is the library's it tries again, and in the end says that the store is busy: a lost race never reaches the host. */
static void a_race_that_is_lost_again_and_again_is_a_busy_store(void **state) {
    static const struct {
        const char *name;
        complaint_status (*work)(test_office *o);
    } works[] = {{"register", do_register}, {"receive", do_receive}, {"tick", do_tick}, {"import", do_import}};
    static const complaint_status given[] = {COMPLAINT_E_VERSION, COMPLAINT_E_EXISTS, COMPLAINT_E_RETRY};
    (void)state;
    for (size_t i = 0; i < COUNT(works) * COUNT(given); i++) {
        test_office o;
        OK(test_office_open(&o, NULL, test_instant("2025-11-05T09:00")));
        test_open_case(&o);
        o.now += INT64_C(3) * 24 * 3600 * 1000;
        OK(complaint_fault_set(o.fault, COMPLAINT_SLOT_WRITE, 0, COMPLAINT_FAULT_FOREVER, given[i % COUNT(given)]));
        complaint_status s = works[i / COUNT(given)].work(&o);
        if (s != COMPLAINT_E_BUSY) fail_msg("%s, %s: %s", works[i / COUNT(given)].name, complaint_status_name(given[i % COUNT(given)]), complaint_status_name(s));
        assert_true(complaint_fault_struck(o.fault) > 1);
        complaint_fault_reset(o.fault);
        OK(works[i / COUNT(given)].work(&o));
        test_verify(&o);
        test_office_close(&o);
    }
}

static void definitions_are_kept_once(void **state) {
    test_office *o = *state, second;
    assert_int_equal(test_rows(o, "complaint_definition"), 2);
    test_office_restart(o);
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    assert_int_equal(test_rows(o, "complaint_definition"), 2);
    test_office_close(&second);
    test_verify(o); /* their bytes have their digests */
    test_tamper(o, "complaint_definition", KEY(T("policy"), T(complaint_policy_digest(complaint_desk_policy(o->desk)))), "body", B("{}", 2));
    test_finds(o, "altered", "complaint_definition.body");
    test_remove(o, "complaint_definition", KEY(T("policy"), T(complaint_policy_digest(complaint_desk_policy(o->desk)))));
    assert_int_equal(test_rows(o, "complaint_definition"), 1);
    test_office_restart(o);
    assert_int_equal(test_rows(o, "complaint_definition"), 2);
}

/* ---- evidence ----------------------------------------------------------------------------------------------------------------------------- */

enum { CHUNK = 256 * 1024, LARGEST = 600 * 1024 };

/* A stream in pieces of a size, which may break off. */
typedef struct stream {
    const char *bytes;
    size_t size, at, piece, breaks_at;
    complaint_status how;
} stream;

static complaint_status COMPLAINT_CALL read_stream(void *context, void *buffer, size_t capacity, size_t *got) {
    stream *s = context;
    size_t n = s->size - s->at < s->piece ? s->size - s->at : s->piece;
    if (n > capacity) n = capacity;
    if (s->how && s->at >= s->breaks_at) return s->how;
    memcpy(buffer, s->bytes + s->at, n);
    s->at += n;
    *got = n;
    return COMPLAINT_OK;
}

typedef struct taken {
    char *bytes;
    size_t size, calls, stops_after;
} taken;

static int32_t COMPLAINT_CALL take(void *context, const void *data, size_t size) {
    taken *t = context;
    assert_true(t->size + size <= LARGEST);
    memcpy(t->bytes + t->size, data, size);
    t->size += size;
    return ++t->calls == t->stops_after;
}

/* A room of the host's, in memory. */
typedef struct room {
    struct {
        char digest[65];
        int64_t chunk;
        size_t size;
        char *bytes;
    } kept[16];
    size_t count;
    complaint_status answer;
} room;

static complaint_status COMPLAINT_CALL room_put(void *self, const char *digest, int64_t chunk, const void *data, size_t size, complaint_host_error *error) {
    room *r = self;
    if (r->answer) complaint_host_error_set(error, 28, "the shelf is full", 17);
    if (r->answer) return r->answer;
    assert_int_equal(strlen(digest), 64);
    assert_true(r->count < COUNT(r->kept));
    assert_true(size <= CHUNK);
    memcpy(r->kept[r->count].digest, digest, 65);
    r->kept[r->count].chunk = chunk;
    r->kept[r->count].size = size;
    r->kept[r->count].bytes = malloc(size + 1);
    memcpy(r->kept[r->count++].bytes, data, size);
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL room_get(void *self, const char *digest, int64_t chunk, complaint_bytes_fn sink, void *context, complaint_host_error *error) {
    room *r = self;
    (void)error;
    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(r->kept[i].digest, digest) != 0 || r->kept[i].chunk != chunk) continue;
        for (size_t at = 0; at < r->kept[i].size; at += 1000) /* in pieces */
            if (sink(context, r->kept[i].bytes + at, r->kept[i].size - at < 1000 ? r->kept[i].size - at : 1000)) break;
        return COMPLAINT_OK;
    }
    return COMPLAINT_E_NOT_FOUND;
}

static void empty_room(room *r) {
    for (size_t i = 0; i < r->count; i++) free(r->kept[i].bytes);
    memset(r, 0, sizeof *r);
}

static void use_room(test_office *o, room *r) {
    complaint_evidence_room table = {.size = sizeof table, .self = r, .put_chunk = room_put, .get_chunk = room_get};
    OK(complaint_setup_set_evidence_room(o->setup, &table));
    complaint_desk_close(o->desk);
    OK(complaint_desk_open(o->setup, &o->desk));
}

static const char *noise(void) {
    static char bytes[LARGEST];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 2654435761u >> 13);
    return bytes;
}

/* Receives a message with the item; its digest goes to `digest`. */
static void keep(test_office *o, size_t size, size_t piece, char digest[65]) {
    stream s = {.bytes = noise(), .size = size, .piece = piece};
    OK(complaint_desk_keep_evidence(o->desk, o->officer, read_stream, &s, &o->evidence));
    assert_int_equal(complaint_evidence_size(o->evidence), size);
    memcpy(digest, complaint_evidence_digest(o->evidence), 65);
    assert_int_equal(strlen(digest), 64);
    test_receive(o, "facebook", "photo");
}

static complaint_status give(test_office *o, int64_t owner, const char *digest, taken *t) {
    t->size = t->calls = 0;
    return complaint_desk_read_evidence(o->desk, o->officer, owner, digest, take, t);
}

static const size_t sizes[] = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, LARGEST};

static void round_trips(test_office *o) {
    taken t = {.bytes = malloc(LARGEST)};
    static const size_t pieces[] = {LARGEST, 65537};
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t p = 0; p < COUNT(pieces); p++) {
            char digest[65];
            keep(o, sizes[i], pieces[p], digest);
            OK(give(o, o->message, digest, &t));
            assert_int_equal(t.size, sizes[i]);
            if (t.size) assert_memory_equal(t.bytes, noise(), t.size);
        }
    free(t.bytes);
}

static void evidence_comes_back_from_the_store(void **state) {
    test_office *o = *state;
    round_trips(o);
    assert_int_equal(test_rows(o, "complaint_evidence_chunk"), 1 + 1 + 1 + 1 + 2 + 2 + 3); /* each item once, however often it came */
}

static void evidence_comes_back_from_the_hosts_room(void **state) {
    test_office *o = *state;
    room r = {.count = 0};
    use_room(o, &r);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        char digest[65];
        taken t = {.bytes = malloc(LARGEST)};
        keep(o, sizes[i], LARGEST, digest);
        OK(give(o, o->message, digest, &t));
        assert_int_equal(t.size, sizes[i]);
        if (t.size) assert_memory_equal(t.bytes, noise(), t.size);
        free(t.bytes);
    }
    assert_int_equal(test_rows(o, "complaint_evidence_chunk"), 0);
    test_verify(o);
    empty_room(&r);
    test_finds(o, "missing", "complaint_evidence");
    /* for the proof at the end the room is full again */
    for (size_t i = 0; i < COUNT(sizes); i++) {
        stream s = {.bytes = noise(), .size = sizes[i], .piece = LARGEST};
        complaint_evidence *e = NULL;
        OK(complaint_desk_keep_evidence(o->desk, o->officer, read_stream, &s, &e));
        complaint_evidence_free(e);
    }
    test_verify(o);
    test_office_close(o);
    empty_room(&r);
    OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
}

/* What a stream answers goes to the caller; nothing is kept of what was read. */
static void streams_that_break_off(void **state) {
    test_office *o = *state;
    static const struct {
        complaint_status how, answer;
    } cases[] = {
        {COMPLAINT_E_HOST, COMPLAINT_E_HOST}, {COMPLAINT_E_NOT_FOUND, COMPLAINT_E_NOT_FOUND}, {12345678, COMPLAINT_E_HOST}, {COMPLAINT_E_CANCELLED, COMPLAINT_E_CANCELLED}};
    static const size_t places[] = {0, 1, CHUNK, CHUNK + 5, LARGEST};
    for (size_t c = 0; c < COUNT(cases); c++)
        for (size_t i = 0; i < COUNT(places); i++) {
            stream s = {.bytes = noise(), .size = LARGEST, .piece = 100000, .breaks_at = places[i], .how = cases[c].how};
            complaint_evidence *e = NULL;
            assert_int_equal(complaint_desk_keep_evidence(o->desk, o->officer, read_stream, &s, &e), cases[c].answer);
            assert_null(e);
            assert_true(complaint_error_subject(complaint_desk_error(o->desk))[0] != '\0');
        }
    assert_int_equal(test_rows(o, "complaint_evidence_chunk"), 0);
    complaint_evidence *e = NULL;
    assert_int_equal(complaint_desk_keep_evidence(o->desk, o->officer, NULL, NULL, &e), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_error_subject(complaint_desk_error(o->desk)), "read");
    assert_int_equal(complaint_desk_keep_evidence(o->desk, o->officer, read_nothing, NULL, NULL), COMPLAINT_E_INVALID);
}

static complaint_status COMPLAINT_CALL read_too_much(void *context, void *buffer, size_t capacity, size_t *got) {
    (void)context, (void)buffer;
    *got = capacity + 1;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL read_for_ever(void *context, void *buffer, size_t capacity, size_t *got) {
    (void)context;
    memset(buffer, 0, capacity);
    *got = capacity;
    return COMPLAINT_OK;
}

static void streams_that_lie(void **state) {
    test_office *o = *state;
    complaint_evidence *e = NULL;
    assert_int_equal(complaint_desk_keep_evidence(o->desk, o->officer, read_too_much, NULL, &e), COMPLAINT_E_HOST);
    assert_int_equal(complaint_desk_keep_evidence(o->desk, o->officer, read_for_ever, NULL, &e), COMPLAINT_E_TOO_LARGE);
    assert_says(complaint_desk_error(o->desk), COMPLAINT_E_TOO_LARGE, "evidence", "67108864", "67108864");
    assert_null(e);
    assert_int_equal(test_rows(o, "complaint_evidence_chunk"), 0);
}

/* Evidence is read through the case or message it belongs to. */
static void evidence_of_another_case_is_not_there(void **state) {
    test_office *o = *state;
    char digest[65], upper[65];
    taken t = {.bytes = malloc(LARGEST)};
    keep(o, 10, LARGEST, digest);
    int64_t with = o->message;
    DO(o, o->officer, "triage", "identity=named");
    int64_t its_case = o->case_id;
    test_open_case(o);
    assert_int_equal(give(o, o->message, digest, &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(give(o, o->case_id, digest, &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(give(o, its_case, digest, &t), COMPLAINT_E_NOT_FOUND); /* it is the message's */
    assert_int_equal(give(o, 5, digest, &t), COMPLAINT_E_NOT_FOUND);
    for (int i = 0; i < 65; i++) upper[i] = (char)(digest[i] >= 'a' ? digest[i] - 32 : digest[i]);
    assert_int_equal(give(o, with, upper, &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(give(o, with, "", &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->quality, with, digest, take, &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->auditor, with, digest, take, &t), COMPLAINT_E_ROLE);
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->officer, with, NULL, take, &t), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->officer, with, digest, NULL, &t), COMPLAINT_E_INVALID);
    assert_int_equal(t.calls, 0);
    OK(give(o, with, digest, &t));
    free(t.bytes);
}

/* A sink that has enough ends the reading; damaged bytes are never given. */
static void sinks_and_damage(void **state) {
    test_office *o = *state;
    char digest[65];
    taken t = {.bytes = malloc(LARGEST), .stops_after = 1};
    keep(o, LARGEST, LARGEST, digest);
    OK(give(o, o->message, digest, &t));
    assert_int_equal(t.calls, 1);
    t.stops_after = 0;
    char good[CHUNK + 1] = {0};
    memcpy(good + 1, noise(), CHUNK);
    test_tamper(o, "complaint_evidence_chunk", KEY(T(digest), I(0)), "data", B("\0x", 2));
    assert_int_equal(give(o, o->message, digest, &t), COMPLAINT_E_CORRUPT);
    test_tamper(o, "complaint_evidence_chunk", KEY(T(digest), I(0)), "data", B("\1x", 2));
    assert_int_equal(give(o, o->message, digest, &t), COMPLAINT_E_UNSUPPORTED);
    test_tamper(o, "complaint_evidence_chunk", KEY(T(digest), I(0)), "data", B("\2x", 2));
    assert_int_equal(give(o, o->message, digest, &t), COMPLAINT_E_CORRUPT);
    assert_int_equal(t.calls, 0);
    test_tamper(o, "complaint_evidence_chunk", KEY(T(digest), I(0)), "data", B(good, sizeof good));
    OK(give(o, o->message, digest, &t));
    free(t.bytes);
}

static void rooms_that_fail(void **state) {
    test_office *o = *state;
    room r = {.answer = COMPLAINT_E_HOST};
    stream s = {.bytes = noise(), .size = 10, .piece = 10};
    complaint_evidence *e = NULL;
    use_room(o, &r);
    assert_int_equal(complaint_desk_keep_evidence(o->desk, o->officer, read_stream, &s, &e), COMPLAINT_E_HOST);
    assert_string_equal(complaint_error_subject(complaint_desk_error(o->desk)), "evidence.put_chunk");
    assert_int_equal(complaint_error_host_code(complaint_desk_error(o->desk)), 28);
    assert_string_equal(complaint_error_host_text(complaint_desk_error(o->desk)), "the shelf is full");
    s.at = 0;
    r.answer = COMPLAINT_E_FULL;
    assert_int_equal(complaint_desk_keep_evidence(o->desk, o->officer, read_stream, &s, &e), COMPLAINT_E_FULL);
    assert_null(e);
}

/* What a draft is told about an item is checked when it is told. */
static void names_of_evidence_are_texts(void **state) {
    test_office *o = *state;
    complaint_evidence *e = NULL;
    char name[1100];
    memset(name, 'n', sizeof name);
    OK(complaint_desk_keep_evidence(o->desk, o->officer, read_nothing, NULL, &e));
    assert_int_equal(complaint_draft_add_evidence(o->draft, e, "a\xc3", "image/jpeg"), COMPLAINT_E_UTF8);
    assert_int_equal(complaint_draft_add_evidence(o->draft, e, "a", "image/\xff"), COMPLAINT_E_UTF8);
    name[191] = '\0';
    assert_int_equal(complaint_draft_add_evidence(o->draft, e, "a", name), COMPLAINT_E_TOO_LARGE);
    name[191] = 'n';
    name[1025] = '\0';
    assert_int_equal(complaint_draft_add_evidence(o->draft, e, name, "a"), COMPLAINT_E_TOO_LARGE);
    for (int i = 0; i < 64; i++) OK(complaint_draft_add_evidence(o->draft, e, i % 2 ? NULL : "ภาพ.jpg", NULL));
    assert_int_equal(complaint_draft_add_evidence(o->draft, e, "one more", NULL), COMPLAINT_E_TOO_LARGE);
    OK(complaint_draft_set_text(o->draft, "channel", "facebook", 8));
    OK(complaint_draft_set_text(o->draft, "external_id", "e", 1));
    OK(complaint_desk_act(o->desk, o->officer, COMPLAINT_VERB_RECEIVE, o->draft, NULL));
    assert_int_equal(test_rows(o, "complaint_evidence"), 64);
    complaint_draft_clear(o->draft);
    complaint_evidence_free(e);
}

/* What could not be delivered to somebody who then withdraws is nobody's work any more; the other complainant's still is. */
static void who_has_withdrawn_is_no_work(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "add_complainant", "channel=facebook", "name=คนที่สอง", "address=t-two");
    DO(o, o->officer, "acknowledge");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 2);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 2);
    DO(o, o->officer, "withdraw", "party:=2", "reason=x");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
}

int main(void) {
#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, test_office_setup, test_office_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(an_office_that_has_to_be_there),
        cmocka_unit_test(tables_of_wrong_size_are_refused),
        cmocka_unit_test(setups_refuse_what_makes_no_sense),
        cmocka_unit_test(desks_that_are_none),
        IN_OFFICE(answers_need_a_place),
        cmocka_unit_test(small_handles_that_are_none),
        cmocka_unit_test(drafts_and_actors_have_limits),
        IN_OFFICE(nobody_calls_back),
        IN_OFFICE(an_auditors_desk_only_reads),
        cmocka_unit_test(schemas_of_other_versions),
        cmocka_unit_test(inside_the_hosts_transaction_nothing_is_run_again),
        cmocka_unit_test(a_race_that_is_lost_again_and_again_is_a_busy_store),
        IN_OFFICE(definitions_are_kept_once),
        IN_OFFICE(evidence_comes_back_from_the_store),
        IN_OFFICE(evidence_comes_back_from_the_hosts_room),
        IN_OFFICE(streams_that_break_off),
        IN_OFFICE(streams_that_lie),
        IN_OFFICE(evidence_of_another_case_is_not_there),
        IN_OFFICE(sinks_and_damage),
        IN_OFFICE(rooms_that_fail),
        IN_OFFICE(names_of_evidence_are_texts),
        cmocka_unit_test_setup_teardown(who_has_withdrawn_is_no_work, test_office_setup, test_office_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
