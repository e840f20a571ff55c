/* The border: tables that are wrong in every way, callbacks that break the contract, then callbacks that keep it. */
#include "host/host.h"
#include "record/record.h"

#include <complaint/verb.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* ---- a host that answers what it is told ------------------------------------------------------------------------ */

typedef struct puppet {
    cpl_host *host;
    complaint_status answer;
    const char *words;
    int64_t number; /* now, retry_at, version */
    int32_t said;   /* answer of the notifier, failed_at */
    int rows;       /* rows to give */
    int given;      /* rows the sink was asked to take */
    bool no_transaction;
    complaint_bytes_fn late_sink; /* of a chunk that was given long ago; called while rows are given */
    void *late_context;
    bool was_inside; /* the flag was up during the last call */
    complaint_limits limits;
} puppet;

static complaint_status reply(puppet *p, complaint_host_error *error) {
    p->was_inside = p->host->inside;
    if (p->words) complaint_host_error_set(error, 42, p->words, strlen(p->words));
    return p->answer;
}

static complaint_status COMPLAINT_CALL do_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error) {
    puppet *p = self;
    if (operation == COMPLAINT_SCHEMA_READ) {
        *major = (int32_t)p->number;
        *minor = 4;
    }
    return reply(p, error);
}

static complaint_status COMPLAINT_CALL do_limits(void *self, complaint_limits *limits, complaint_host_error *error) {
    puppet *p = self;
    assert_int_equal(limits->size, sizeof *limits);
    *limits = p->limits;
    return reply(p, error);
}

static complaint_status COMPLAINT_CALL do_begin(void *self, int32_t mode, const char *office, size_t office_size, void **transaction, complaint_host_error *error) {
    puppet *p = self;
    (void)mode;
    assert_int_equal(office_size, 2);
    assert_memory_equal(office, "ab", 2);
    *transaction = p->no_transaction ? NULL : p;
    return reply(p, error);
}

static complaint_status COMPLAINT_CALL do_commit(void *self, void *transaction, complaint_host_error *error) {
    (void)transaction;
    return reply(self, error);
}

static void COMPLAINT_CALL do_rollback(void *self, void *transaction) {
    (void)transaction;
    reply(self, NULL);
}

static complaint_status COMPLAINT_CALL do_write(void *self, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *error) {
    puppet *p = self;
    (void)transaction, (void)changes, (void)count;
    *failed_at = p->said;
    return reply(p, error);
}

/* Heeds no limit and no sink that has enough. */
static void give_rows(puppet *p, complaint_row_fn sink, void *context) {
    complaint_value value = {.type = COMPLAINT_INT64};
    if (p->late_sink) assert_int_not_equal(p->late_sink(p->late_context, "late", 4), 0);
    for (p->given = 0; p->given < p->rows; p->given++) {
        value.integer = p->given;
        sink(context, &value, 1);
    }
}

static complaint_status COMPLAINT_CALL do_get(void *self, void *transaction, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink,
                                              void *sink_context, complaint_host_error *error) {
    (void)transaction, (void)table, (void)key, (void)key_count;
    give_rows(self, sink, sink_context);
    return reply(self, error);
}

static complaint_status COMPLAINT_CALL do_select(void *self, void *transaction, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit,
                                                 complaint_row_fn sink, void *sink_context, complaint_host_error *error) {
    (void)transaction, (void)table, (void)index, (void)bounds, (void)direction, (void)limit;
    give_rows(self, sink, sink_context);
    return reply(self, error);
}

static complaint_status COMPLAINT_CALL do_now(void *self, int64_t *now, complaint_host_error *error) {
    puppet *p = self;
    *now = p->number;
    return reply(p, error);
}

static complaint_status COMPLAINT_CALL do_send(void *self, const complaint_notice *notice, int32_t *answer, int64_t *retry_at, complaint_host_error *error) {
    puppet *p = self;
    assert_string_equal(complaint_notice_recipient(notice), "head");
    *answer = p->said;
    *retry_at = p->number;
    return reply(p, error);
}

static complaint_status COMPLAINT_CALL do_wrap(void *self, const void *key, size_t key_size, complaint_bytes_fn sink, void *sink_context, complaint_host_error *error) {
    (void)key, (void)key_size, (void)sink, (void)sink_context;
    return reply(self, error);
}

static complaint_status COMPLAINT_CALL do_put_chunk(void *self, const char *digest, int64_t chunk, const void *data, size_t data_size, complaint_host_error *error) {
    (void)digest, (void)chunk, (void)data, (void)data_size;
    return reply(self, error);
}

static complaint_status COMPLAINT_CALL do_get_chunk(void *self, const char *digest, int64_t chunk, complaint_bytes_fn sink, void *sink_context, complaint_host_error *error) {
    puppet *p = self;
    (void)digest, (void)chunk;
    sink(sink_context, "chunk", 5);
    p->late_sink = sink;
    p->late_context = sink_context;
    return reply(self, error);
}

static const complaint_store store_table = {sizeof(complaint_store), NULL, do_schema, do_limits, do_begin, do_commit, do_rollback, do_write, do_get, do_select};
static const complaint_clock clock_table = {sizeof(complaint_clock), NULL, do_now};
static const complaint_notifier notifier_table = {sizeof(complaint_notifier), NULL, do_send};
static const complaint_keys keys_table = {sizeof(complaint_keys), NULL, do_wrap, do_wrap};
static const complaint_evidence_room evidence_table = {sizeof(complaint_evidence_room), NULL, do_put_chunk, do_get_chunk, NULL, NULL};

/* ---- tables -------------------------------------------------------------------------------------------------------- */

/* Each table as bytes, with the places where the host structure keeps its copy and its flag. */
static complaint_allocator copied_allocator;

static complaint_status set_store(cpl_host *h, const void *t, complaint_error *e) { return cpl_host_set_store(h, t, e); }
static complaint_status set_clock(cpl_host *h, const void *t, complaint_error *e) { return cpl_host_set_clock(h, t, e); }
static complaint_status set_notifier(cpl_host *h, const void *t, complaint_error *e) { return cpl_host_set_notifier(h, t, e); }
static complaint_status set_keys(cpl_host *h, const void *t, complaint_error *e) { return cpl_host_set_keys(h, t, e); }
static complaint_status set_evidence(cpl_host *h, const void *t, complaint_error *e) { return cpl_host_set_evidence(h, t, e); }
static complaint_status set_allocator(cpl_host *h, const void *t, complaint_error *e) {
    (void)h;
    return cpl_host_check_allocator(t, &copied_allocator, e);
}

static const struct table_case {
    const char *name;
    complaint_status (*set)(cpl_host *h, const void *t, complaint_error *e);
    const void *table;
    size_t size;
    const char *slots[8]; /* from the third pointer on; a leading ? marks one that may be NULL */
} tables[] = {
    {"store", set_store, &store_table, sizeof store_table, {"store.schema", "?", "store.begin", "store.commit", "store.rollback", "store.write", "store.get", "store.select"}},
    {"clock", set_clock, &clock_table, sizeof clock_table, {"clock.now"}},
    {"notifier", set_notifier, &notifier_table, sizeof notifier_table, {"notifier.send"}},
    {"keys", set_keys, &keys_table, sizeof keys_table, {"keys.wrap", "keys.unwrap"}},
    {"evidence", set_evidence, &evidence_table, sizeof evidence_table, {"evidence.put_chunk", "evidence.get_chunk", "?", "?"}},
    {"allocator", set_allocator, &cpl_memory_default, sizeof(complaint_allocator), {"allocator.allocate", "allocator.resize", "allocator.release"}},
};

enum { ROOM = 8192 };

/* Lays the table into a large block with `size` said in its first field. */
static void lay(unsigned char *block, const struct table_case *c, size_t size) {
    memset(block, 0, ROOM);
    memcpy(block, c->table, c->size);
    memcpy(block, &size, sizeof size);
}

static complaint_status expected_status(const struct table_case *c, size_t size) {
    if (size < 2 * sizeof(void *) || size > 4096 || size % sizeof(void *)) return COMPLAINT_E_TABLE_SIZE;
    return size < c->size ? COMPLAINT_E_TABLE_OLD : COMPLAINT_OK;
}

/* Every size from 0 to beyond the largest, and the absurd ones, for every table. */
static void every_wrong_size_is_refused(void **state) {
    (void)state;
    static unsigned char block[ROOM];
    static const size_t absurd[] = {SIZE_MAX, SIZE_MAX - 7, SIZE_MAX / 2 + 1, 65536};
    for (size_t t = 0; t < COUNT(tables); t++)
        for (size_t i = 0; i < 5000 + COUNT(absurd); i++) {
            const struct table_case *c = &tables[t];
            size_t size = i < 5000 ? i : absurd[i - 5000];
            cpl_host h = {0};
            static const cpl_host untouched;
            complaint_error e = {0};
            complaint_status expected = expected_status(c, size);
            lay(block, c, size);
            assert_int_equal(c->set(&h, block, &e), expected);
            if (expected == COMPLAINT_OK) continue;
            assert_memory_equal(&h, &untouched, sizeof h);
            assert_string_equal(complaint_error_subject(&e), c->name);
            assert_int_equal(complaint_status_class(e.status), COMPLAINT_E_HOST_TABLE);
        }
}

static void every_missing_slot_is_named(void **state) {
    (void)state;
    static unsigned char block[ROOM];
    for (size_t t = 0; t < COUNT(tables); t++)
        for (size_t slot = 0; slot < tables[t].size / sizeof(void *) - 2; slot++) {
            const struct table_case *c = &tables[t];
            cpl_host h = {0};
            complaint_error e = {0};
            bool may = c->slots[slot][0] == '?';
            lay(block, c, c->size);
            memset(block + (slot + 2) * sizeof(void *), 0, sizeof(void *));
            assert_int_equal(c->set(&h, block, &e), may ? COMPLAINT_OK : COMPLAINT_E_SLOT_MISSING);
            assert_string_equal(complaint_error_subject(&e), may ? "" : c->slots[slot]);
            assert_false(!may && (h.has_store || h.has_clock || h.has_notifier || h.has_keys || h.has_evidence));
        }
}

static void a_newer_table_passes_when_its_tail_is_zero(void **state) {
    (void)state;
    static unsigned char block[ROOM];
    for (size_t t = 0; t < COUNT(tables); t++)
        for (size_t extra = 0; extra < 24; extra++) {
            const struct table_case *c = &tables[t];
            cpl_host h = {0};
            complaint_error e = {0};
            lay(block, c, c->size + 24);
            assert_int_equal(c->set(&h, block, &e), COMPLAINT_OK);
            block[c->size + extra] = 1;
            assert_int_equal(c->set(&h, block, &e), COMPLAINT_E_TABLE_NEW);
            assert_string_equal(e.subject, c->name);
        }
}

/* A size field with rubbish behind the table's own bytes: nothing behind `size` is read. */
static void nothing_behind_the_table_is_read(void **state) {
    (void)state;
    for (size_t t = 0; t < COUNT(tables); t++) {
        const struct table_case *c = &tables[t];
        for (size_t size = sizeof(size_t); size <= c->size; size += sizeof(void *)) {
            cpl_host h = {0};
            unsigned char *exact = malloc(size);
            memcpy(exact, c->table, size);
            memcpy(exact, &size, sizeof size);
            assert_int_equal(c->set(&h, exact, NULL), expected_status(c, size));
            free(exact);
        }
    }
}

static void no_table_is_no_argument_but_for_the_allocator(void **state) {
    (void)state;
    for (size_t t = 0; t < COUNT(tables); t++) {
        cpl_host h = {0};
        complaint_error e = {0};
        bool allocator = strcmp(tables[t].name, "allocator") == 0;
        assert_int_equal(tables[t].set(&h, NULL, &e), allocator ? COMPLAINT_OK : COMPLAINT_E_INVALID);
    }
    assert_true(copied_allocator.allocate == cpl_memory_default.allocate);
}

static void a_good_table_is_copied(void **state) {
    (void)state;
    cpl_host h = {0};
    complaint_store t = store_table;
    t.self = &h;
    assert_int_equal(cpl_host_set_store(&h, &t, NULL), COMPLAINT_OK);
    memset(&t, 0, sizeof t);
    assert_true(h.has_store && !h.has_clock && h.store.self == &h && h.store.select == do_select);
}

/* ---- calls --------------------------------------------------------------------------------------------------------- */

static void set_up(cpl_host *h, puppet *p) {
    complaint_store store = store_table;
    complaint_clock clock = clock_table;
    complaint_notifier notifier = notifier_table;
    complaint_evidence_room evidence = evidence_table;
    *h = (cpl_host){0};
    *p = (puppet){.host = h, .rows = 1};
    store.self = clock.self = notifier.self = evidence.self = p;
    assert_int_equal(cpl_host_set_store(h, &store, NULL), COMPLAINT_OK);
    assert_int_equal(cpl_host_set_clock(h, &clock, NULL), COMPLAINT_OK);
    assert_int_equal(cpl_host_set_notifier(h, &notifier, NULL), COMPLAINT_OK);
    assert_int_equal(cpl_host_set_evidence(h, &evidence, NULL), COMPLAINT_OK);
    p->number = INT64_C(1800000000000);
}

static int32_t COMPLAINT_CALL count_row(void *context, const complaint_value *values, int32_t count) {
    (void)values, (void)count;
    ++*(int *)context;
    return 0;
}

static int32_t COMPLAINT_CALL take_one_row(void *context, const complaint_value *values, int32_t count) {
    count_row(context, values, count);
    return 1;
}

static int32_t COMPLAINT_CALL count_bytes(void *context, const void *data, size_t size) {
    (void)data;
    *(int *)context += (int)size;
    return 0;
}

static complaint_status call_schema_read(cpl_host *h, complaint_error *e) {
    int32_t major = 7, minor = 7;
    complaint_status status = cpl_host_schema(h, COMPLAINT_SCHEMA_READ, &major, &minor, e);
    if (status != COMPLAINT_OK) assert_true(major == 7 && minor == 7);
    return status;
}
static complaint_status call_limits(cpl_host *h, complaint_error *e) {
    complaint_status status = cpl_host_limits(h, e);
    if (status != COMPLAINT_OK) assert_int_equal(h->limits.max_value, 0);
    return status;
}
static complaint_status call_begin(cpl_host *h, complaint_error *e) {
    void *tx = NULL;
    complaint_status status = cpl_host_begin(h, COMPLAINT_WRITE, CPL_LIT("ab"), &tx, e);
    assert_true((status == COMPLAINT_OK) == (tx != NULL));
    return status;
}
static complaint_status call_commit(cpl_host *h, complaint_error *e) { return cpl_host_commit(h, h, e); }
static complaint_status call_write(cpl_host *h, complaint_error *e) { return cpl_host_write(h, h, NULL, 0, NULL, e); }
static complaint_status call_get(cpl_host *h, complaint_error *e) {
    int rows = 0;
    return cpl_host_get(h, h, 0, NULL, 0, count_row, &rows, e);
}
static complaint_status call_select(cpl_host *h, complaint_error *e) {
    int rows = 0;
    return cpl_host_select(h, h, 0, 0, NULL, COMPLAINT_ASCENDING, 0, count_row, &rows, e);
}
static complaint_status call_now(cpl_host *h, complaint_error *e) {
    int64_t now = 7;
    complaint_status status = cpl_host_now(h, &now, e);
    if (status != COMPLAINT_OK) assert_int_equal(now, 7);
    return status;
}
static complaint_status call_put_chunk(cpl_host *h, complaint_error *e) { return cpl_host_put_chunk(h, "00", 0, "x", 1, e); }
static complaint_status call_get_chunk(cpl_host *h, complaint_error *e) {
    int bytes = 0;
    return cpl_host_get_chunk(h, "00", 0, 8, count_bytes, &bytes, e);
}

#define NOT_OURS COMPLAINT_E_SCHEMA, COMPLAINT_E_FOREIGN, COMPLAINT_E_SCHEMA_NEWER, COMPLAINT_E_SCHEMA_OLDER, COMPLAINT_E_SCHEMA_EMPTY, COMPLAINT_E_EVENT_UNKNOWN
#define EVERYWHERE COMPLAINT_E_RETRY, COMPLAINT_E_FULL, COMPLAINT_E_MEMORY, COMPLAINT_E_BUSY, COMPLAINT_E_STORE, COMPLAINT_E_CORRUPT

static const struct call_case {
    const char *name;
    complaint_status (*call)(cpl_host *h, complaint_error *e);
    complaint_status otherwise;
    complaint_status passes[16]; /* ends with 0 */
} calls[] = {
    {"store.schema", call_schema_read, COMPLAINT_E_STORE, {EVERYWHERE, COMPLAINT_E_READ_ONLY, NOT_OURS}},
    {"store.limits", call_limits, COMPLAINT_E_STORE, {EVERYWHERE}},
    {"store.begin", call_begin, COMPLAINT_E_STORE, {EVERYWHERE, COMPLAINT_E_READ_ONLY, NOT_OURS}},
    {"store.commit", call_commit, COMPLAINT_E_STORE, {EVERYWHERE, COMPLAINT_E_UNKNOWN}},
    {"store.write", call_write, COMPLAINT_E_STORE, {EVERYWHERE, COMPLAINT_E_NOT_FOUND, COMPLAINT_E_VERSION, COMPLAINT_E_EXISTS}},
    {"store.get", call_get, COMPLAINT_E_STORE, {EVERYWHERE, COMPLAINT_E_NOT_FOUND}},
    {"store.select", call_select, COMPLAINT_E_STORE, {EVERYWHERE}},
    {"clock.now", call_now, COMPLAINT_E_HOST, {COMPLAINT_E_MEMORY, COMPLAINT_E_HOST}},
    {"evidence.put_chunk", call_put_chunk, COMPLAINT_E_HOST, {COMPLAINT_E_MEMORY, COMPLAINT_E_HOST, COMPLAINT_E_FULL}},
    {"evidence.get_chunk", call_get_chunk, COMPLAINT_E_HOST, {COMPLAINT_E_MEMORY, COMPLAINT_E_HOST, COMPLAINT_E_NOT_FOUND}},
};

static bool passes(const struct call_case *c, complaint_status answer) {
    for (size_t i = 0; c->passes[i]; i++)
        if (c->passes[i] == answer) return true;
    return false;
}

static bool quiet(const struct call_case *c, complaint_status answer) { return answer == COMPLAINT_E_NOT_FOUND && (c->call == call_get || c->call == call_get_chunk); }

/* Every number from -300 to 2000 and the extremes, for every slot. */
static void every_answer_is_translated(void **state) {
    (void)state;
    static const complaint_status extreme[] = {INT32_MIN, INT32_MAX, 8 + 65536, -8};
    for (size_t n = 0; n < COUNT(calls); n++)
        for (int32_t i = -300; i < 2000 + (int32_t)COUNT(extreme); i++) {
            const struct call_case *c = &calls[n];
            complaint_status answer = i < 2000 ? i : extreme[i - 2000];
            if (answer == COMPLAINT_OK) continue;
            cpl_host h;
            puppet p;
            complaint_error e = {0};
            cpl_error_clear(&e);
            set_up(&h, &p);
            p.answer = answer;
            p.words = "คำของโปรแกรม";
            complaint_status expected = passes(c, answer) ? answer : c->otherwise;
            assert_int_equal(c->call(&h, &e), expected);
            assert_true(p.was_inside);
            assert_false(h.inside);
            if (quiet(c, answer)) {
                assert_int_equal(e.status, COMPLAINT_OK);
                continue;
            }
            assert_int_equal(e.status, expected);
            assert_string_equal(complaint_error_subject(&e), c->name);
            assert_int_equal(complaint_error_host_code(&e), 42);
            assert_string_equal(complaint_error_host_text(&e), "คำของโปรแกรม");
            assert_null(strstr(complaint_error_text(&e, COMPLAINT_THAI), p.words));
        }
}

static complaint_status COMPLAINT_CALL explain(void *self, int32_t mode, const char *office, size_t office_size, void **transaction, complaint_host_error *error) {
    static const char *const words[] = {"the disk is full", "ดิสก์เต็ม โปรดเพิ่มที่ว่าง", "\xE0\xB8"};
    const int *which = self;
    (void)mode, (void)office, (void)office_size, (void)transaction;
    complaint_host_error_explain(error, words[1], strlen(words[1])); /* of the failure before */
    complaint_host_error_set(error, 13, words[0], strlen(words[0]));
    if (*which) complaint_host_error_explain(error, words[*which], strlen(words[*which]));
    return COMPLAINT_E_STORE;
}

/* Both sentences are the host's when it has one for people; half a character is none. */
static void what_is_explained_is_the_text(void **state) {
    (void)state;
    for (int which = 0; which < 3; which++) {
        cpl_host h;
        puppet p;
        void *tx = NULL;
        complaint_error e = {0};
        set_up(&h, &p);
        h.store.self = &which;
        h.store.begin = explain;
        assert_int_equal(cpl_host_begin(&h, COMPLAINT_READ, CPL_LIT("cr"), &tx, &e), COMPLAINT_E_STORE);
        assert_string_equal(complaint_error_host_text(&e), "the disk is full");
        assert_int_equal(complaint_error_host_code(&e), 13);
        bool own = strcmp(complaint_error_text(&e, COMPLAINT_THAI), "ดิสก์เต็ม โปรดเพิ่มที่ว่าง") == 0;
        assert_int_equal(own, which == 1);
        assert_int_equal(strcmp(complaint_error_text(&e, COMPLAINT_ENGLISH), "the disk is full") == 0, which == 1);
    }
    complaint_host_error_explain(NULL, "", 0);
}

static void every_good_answer_leaves_no_error(void **state) {
    (void)state;
    for (size_t n = 0; n < COUNT(calls); n++) {
        cpl_host h;
        puppet p;
        complaint_error e = {0};
        cpl_error_clear(&e);
        set_up(&h, &p);
        p.words = "not worth a word";
        if (calls[n].call == call_schema_read) p.number = 1;
        assert_int_equal(calls[n].call(&h, &e), COMPLAINT_OK);
        assert_true(p.was_inside);
        assert_false(h.inside);
        assert_int_equal(e.status, COMPLAINT_OK);
        assert_string_equal(e.host.text, "");
    }
}

static void success_without_the_thing_promised_is_a_failure(void **state) {
    (void)state;
    cpl_host h;
    puppet p;
    complaint_error e = {0};
    int rows = 0;
    set_up(&h, &p);
    p.no_transaction = true;
    assert_int_equal(call_begin(&h, &e), COMPLAINT_E_STORE);
    assert_string_equal(e.subject, "store.begin");
    p.rows = 0;
    assert_int_equal(cpl_host_get(&h, &p, 0, NULL, 0, count_row, &rows, &e), COMPLAINT_E_STORE);
    assert_string_equal(e.subject, "store.get");
    assert_int_equal(call_select(&h, &e), COMPLAINT_OK); /* nothing found is an answer */
    p.number = -1;
    assert_int_equal(call_schema_read(&h, &e), COMPLAINT_E_STORE);
}

static void a_host_that_gives_too_much_is_not_heard(void **state) {
    (void)state;
    cpl_host h;
    puppet p;
    int rows = 0;
    set_up(&h, &p);
    p.rows = 5;
    assert_int_equal(cpl_host_get(&h, &p, 0, NULL, 0, count_row, &rows, NULL), COMPLAINT_OK);
    assert_int_equal(rows, 1);
    rows = 0;
    assert_int_equal(cpl_host_select(&h, &p, 0, 0, NULL, COMPLAINT_ASCENDING, 3, count_row, &rows, NULL), COMPLAINT_OK);
    assert_int_equal(rows, 3);
    rows = 0;
    assert_int_equal(cpl_host_select(&h, &p, 0, 0, NULL, COMPLAINT_ASCENDING, 0, take_one_row, &rows, NULL), COMPLAINT_OK);
    assert_int_equal(rows, 1);
    rows = 0;
    assert_int_equal(cpl_host_select(&h, &p, 0, 0, NULL, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_OK);
    assert_int_equal(rows, 5);
}

static void the_place_of_a_failed_change_is_believed_only_when_there_is_one(void **state) {
    (void)state;
    static const struct { int32_t said, heard; } cases[] = {{0, 0}, {2, 2}, {3, -1}, {-5, -1}, {INT32_MAX, -1}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_host h;
        puppet p;
        complaint_change changes[3] = {{0}};
        int32_t failed_at = 99;
        set_up(&h, &p);
        p.said = cases[i].said;
        assert_int_equal(cpl_host_write(&h, &p, changes, 3, &failed_at, NULL), COMPLAINT_OK);
        assert_int_equal(failed_at, 99);
        p.answer = COMPLAINT_E_VERSION;
        assert_int_equal(cpl_host_write(&h, &p, changes, 3, &failed_at, NULL), COMPLAINT_E_VERSION);
        assert_int_equal(failed_at, cases[i].heard);
    }
}

static void limits_are_kept_in_bounds(void **state) {
    (void)state;
    enum { K = 1024 };
    static const struct {
        int64_t value, transaction, used_value, used_transaction;
    } cases[] = {
        {0, 0, 1024 * K, 4096 * K}, {-1, INT64_MIN, 1024 * K, 4096 * K},    {INT64_MAX, INT64_MAX, 1024 * K, 4096 * K},
        {1, 1, 512 * K, 1024 * K},  {600 * K, 2000 * K, 600 * K, 2000 * K}, {1024 * K, 512 * K, 1024 * K, 1024 * K}, /* a value fits into a transaction */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_host h;
        puppet p;
        set_up(&h, &p);
        p.limits = (complaint_limits){.size = 3, .max_value = cases[i].value, .max_transaction = cases[i].transaction, .flags = ~0, .reserved = 9};
        assert_int_equal(cpl_host_limits(&h, NULL), COMPLAINT_OK);
        assert_int_equal(h.limits.size, sizeof h.limits);
        assert_int_equal(h.limits.max_value, cases[i].used_value);
        assert_int_equal(h.limits.max_transaction, cases[i].used_transaction);
        assert_int_equal(h.limits.flags, COMPLAINT_STORE_JOINED);
        assert_int_equal(h.limits.reserved, 0);
    }
    cpl_host h;
    puppet p;
    set_up(&h, &p);
    h.store.limits = NULL;
    assert_int_equal(cpl_host_limits(&h, NULL), COMPLAINT_OK);
    assert_int_equal(h.limits.max_value, 1024 * K);
    assert_int_equal(h.limits.max_transaction, 4096 * K);
    assert_int_equal(h.limits.flags, 0);
}

static void the_schema_version_goes_both_ways(void **state) {
    (void)state;
    cpl_host h;
    puppet p;
    int32_t major = 9, minor = 9;
    set_up(&h, &p);
    p.number = 1;
    assert_int_equal(cpl_host_schema(&h, COMPLAINT_SCHEMA_READ, &major, &minor, NULL), COMPLAINT_OK);
    assert_true(major == 1 && minor == 4);
    major = 2;
    assert_int_equal(cpl_host_schema(&h, COMPLAINT_SCHEMA_WRITE, &major, &minor, NULL), COMPLAINT_OK);
    assert_true(major == 2 && minor == 4);
}

static void rollback_is_inside_too(void **state) {
    (void)state;
    cpl_host h;
    puppet p;
    set_up(&h, &p);
    cpl_host_rollback(&h, &p);
    assert_true(p.was_inside);
    assert_false(h.inside);
}

static void a_clock_out_of_range_is_refused(void **state) {
    (void)state;
    static const struct {
        int64_t now;
        complaint_status status;
    } cases[] = {
        {0, COMPLAINT_E_RANGE},
        {INT64_MIN, COMPLAINT_E_RANGE},
        {INT64_MAX, COMPLAINT_E_RANGE},
        {INT64_C(1577836799999), COMPLAINT_E_RANGE},
        {INT64_C(1577836800000), COMPLAINT_OK},
        {INT64_C(3776860055551), COMPLAINT_OK}, /* 2089-09-06T15:47:35.551Z, the last that an id can hold */
        {INT64_C(3776860055552), COMPLAINT_E_RANGE},
        {INT64_C(1800000000), COMPLAINT_E_RANGE}, /* seconds instead of milliseconds */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_host h;
        puppet p;
        complaint_error e = {0};
        int64_t now = 7;
        set_up(&h, &p);
        p.number = cases[i].now;
        assert_int_equal(cpl_host_now(&h, &now, &e), cases[i].status);
        assert_int_equal(now, cases[i].status == COMPLAINT_OK ? cases[i].now : 7);
    }
    cpl_host none = {0};
    complaint_error e = {0};
    int64_t now = 7;
    assert_int_equal(cpl_host_now(&none, &now, &e), COMPLAINT_E_SLOT_MISSING);
    assert_string_equal(e.subject, "clock.now");
}

static void a_notice_that_was_not_answered_for_is_tried_again(void **state) {
    (void)state;
    static const struct {
        complaint_status status;
        int32_t said;
        int64_t at;
        int32_t answer;
        int64_t retry_at;
    } cases[] = {
        {COMPLAINT_E_HOST, COMPLAINT_DELIVERED, 5, COMPLAINT_RETRY_AT, 0},
        {COMPLAINT_E_REENTRANT, 0, 0, COMPLAINT_RETRY_AT, 0},
        {-1, COMPLAINT_REFUSED, 0, COMPLAINT_RETRY_AT, 0},
        {COMPLAINT_OK, 0, 5, COMPLAINT_RETRY_AT, 0},
        {COMPLAINT_OK, 5, 5, COMPLAINT_RETRY_AT, 0},
        {COMPLAINT_OK, COMPLAINT_RETRY_AT, -5, COMPLAINT_RETRY_AT, 0},
        {COMPLAINT_OK, COMPLAINT_RETRY_AT, 5, COMPLAINT_RETRY_AT, 5},
        {COMPLAINT_OK, COMPLAINT_DELIVERED, 5, COMPLAINT_DELIVERED, 0},
        {COMPLAINT_OK, COMPLAINT_ACCEPTED, 0, COMPLAINT_ACCEPTED, 0},
        {COMPLAINT_OK, COMPLAINT_REFUSED, 0, COMPLAINT_REFUSED, 0},
    };
    complaint_notice notice = {.recipient = "head"};
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_host h;
        puppet p;
        int32_t answer = 0;
        int64_t retry_at = -1;
        complaint_host_error why = {.code = 7, .text = "old"};
        set_up(&h, &p);
        p.answer = cases[i].status;
        p.said = cases[i].said;
        p.number = cases[i].at;
        p.words = "busy";
        cpl_host_send(&h, &notice, &answer, &retry_at, &why);
        assert_int_equal(answer, cases[i].answer);
        assert_int_equal(retry_at, cases[i].retry_at);
        assert_int_equal(why.code, 42);
        assert_string_equal(why.text, "busy");
        assert_true(p.was_inside);
        assert_false(h.inside);
    }
    cpl_host none = {0};
    int32_t answer = 0;
    int64_t retry_at = -1;
    complaint_host_error why;
    cpl_host_send(&none, &notice, &answer, &retry_at, &why);
    assert_int_equal(answer, COMPLAINT_RETRY_AT);
    assert_string_equal(why.text, "");
}

static void a_notice_reads_as_empty_where_nothing_is(void **state) {
    (void)state;
    complaint_notice empty = {0}, full = {"1:2:c:f", "ack", "head", "facebook", "t_1", "เนื้อความ", 11, 12, 13, 1, 3};
    const complaint_notice *nothing[] = {NULL, &empty};
    for (size_t i = 0; i < COUNT(nothing); i++) {
        assert_string_equal(complaint_notice_intent(nothing[i]), "");
        assert_string_equal(complaint_notice_template(nothing[i]), "");
        assert_string_equal(complaint_notice_recipient(nothing[i]), "");
        assert_string_equal(complaint_notice_channel(nothing[i]), "");
        assert_string_equal(complaint_notice_address(nothing[i]), "");
        assert_string_equal(complaint_notice_body(nothing[i]), "");
        assert_int_equal(complaint_notice_case(nothing[i]) + complaint_notice_message(nothing[i]) + complaint_notice_day(nothing[i]), 0);
        assert_int_equal(complaint_notice_urgent(nothing[i]) + complaint_notice_attempt(nothing[i]), 0);
    }
    assert_string_equal(complaint_notice_intent(&full), "1:2:c:f");
    assert_string_equal(complaint_notice_template(&full), "ack");
    assert_string_equal(complaint_notice_recipient(&full), "head");
    assert_string_equal(complaint_notice_channel(&full), "facebook");
    assert_string_equal(complaint_notice_address(&full), "t_1");
    assert_string_equal(complaint_notice_body(&full), "เนื้อความ");
    assert_int_equal(complaint_notice_case(&full), 11);
    assert_int_equal(complaint_notice_message(&full), 12);
    assert_int_equal(complaint_notice_day(&full), 13);
    assert_int_equal(complaint_notice_urgent(&full), 1);
    assert_int_equal(complaint_notice_attempt(&full), 3);
}

static void chunks_go_through(void **state) {
    (void)state;
    cpl_host h;
    puppet p;
    int bytes = 0;
    set_up(&h, &p);
    assert_int_equal(cpl_host_get_chunk(&h, "00", 0, 5, count_bytes, &bytes, NULL), COMPLAINT_OK);
    assert_int_equal(bytes, 5);
}

/* More calls than there are gates: one of them is the old one. */
static void a_sink_that_was_kept_is_told_to_stop(void **state) {
    (void)state;
    cpl_host h;
    puppet p;
    int bytes = 0, rows = 0;
    set_up(&h, &p);
    assert_int_equal(cpl_host_get_chunk(&h, "00", 0, 5, count_bytes, &bytes, NULL), COMPLAINT_OK);
    for (int i = 0; i < 3 * CPL_GATES; i++) assert_int_equal(cpl_host_select(&h, &p, 1, 0, NULL, COMPLAINT_ASCENDING, 0, count_row, &rows, NULL), COMPLAINT_OK);
    assert_int_equal(bytes, 5);
    assert_int_equal(rows, 3 * CPL_GATES);
}

/* ---- verbs --------------------------------------------------------------------------------------------------------- */

static void a_verb_is_found_by_its_name_only(void **state) {
    (void)state;
    static const char *const wrong[] = {NULL, "", "Forward", "forward ", "forwar", "delivered", "nothing"};
    for (size_t i = 0; i < COUNT(wrong); i++) assert_int_equal(complaint_verb_find(wrong[i]), 0);
    static const struct { const char *said; int32_t meant; } near[] = {{"clasify", COMPLAINT_VERB_CLASSIFY}, {"foward", COMPLAINT_VERB_FORWARD}, {"ackn", COMPLAINT_VERB_ACKNOWLEDGE}, {"deliverd", 0}, {"nothing", 0}, {"", 0}, {NULL, 0}};
    for (size_t i = 0; i < COUNT(near); i++) assert_int_equal(complaint_verb_near(near[i].said), near[i].meant);
    assert_null(complaint_verb_name(0));
    assert_null(complaint_verb_name(-1));
    assert_null(complaint_verb_name(199));
    assert_null(complaint_verb_label(9999, COMPLAINT_THAI));
    assert_int_equal(complaint_verb_find("forward"), COMPLAINT_VERB_FORWARD);
    assert_string_equal(complaint_verb_name(COMPLAINT_VERB_FORWARD), "forward");
    assert_string_equal(complaint_verb_label(COMPLAINT_VERB_FORWARD, COMPLAINT_THAI), "ส่งต่อหน่วยงาน");
    assert_string_equal(complaint_verb_label(COMPLAINT_VERB_FORWARD, 0), "forwarded");
    /* The system's kinds have words, because a case's history shows them, but nobody asks for them. */
    assert_string_equal(complaint_verb_name(CPL_EV_DELIVERED), "delivered");
    assert_false(cpl_event_is_action(CPL_EV_DELIVERED));
    assert_true(cpl_event_is_action(CPL_EV_CLOSE));
    assert_false(cpl_event_is_action(0));
    assert_int_equal(cpl_event_find(CPL_LIT("delivered")), CPL_EV_DELIVERED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wrong_size_is_refused),
        cmocka_unit_test(every_missing_slot_is_named),
        cmocka_unit_test(a_newer_table_passes_when_its_tail_is_zero),
        cmocka_unit_test(nothing_behind_the_table_is_read),
        cmocka_unit_test(no_table_is_no_argument_but_for_the_allocator),
        cmocka_unit_test(a_good_table_is_copied),
        cmocka_unit_test(every_answer_is_translated),
        cmocka_unit_test(what_is_explained_is_the_text),
        cmocka_unit_test(every_good_answer_leaves_no_error),
        cmocka_unit_test(success_without_the_thing_promised_is_a_failure),
        cmocka_unit_test(a_host_that_gives_too_much_is_not_heard),
        cmocka_unit_test(the_place_of_a_failed_change_is_believed_only_when_there_is_one),
        cmocka_unit_test(limits_are_kept_in_bounds),
        cmocka_unit_test(the_schema_version_goes_both_ways),
        cmocka_unit_test(rollback_is_inside_too),
        cmocka_unit_test(a_clock_out_of_range_is_refused),
        cmocka_unit_test(a_notice_that_was_not_answered_for_is_tried_again),
        cmocka_unit_test(a_notice_reads_as_empty_where_nothing_is),
        cmocka_unit_test(chunks_go_through),
        cmocka_unit_test(a_sink_that_was_kept_is_told_to_stop),
        cmocka_unit_test(a_verb_is_found_by_its_name_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
