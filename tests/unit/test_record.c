/* record: what a lying store gives back, limits, ids, envelopes, and the hash of an event against values that Python computed. */
#include "record/record.h"
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
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define OK(call) assert_int_equal(call, COMPLAINT_OK)

enum { MIB = 1024 * 1024, MAX_ROW = 32 };

/* ---- a store that gives what it was told to ------------------------------------------------------------------------------ */

typedef struct liar {
    complaint_value row[MAX_ROW];
    int32_t count;  /* columns given */
    bool no_values; /* gives NULL for the row */
    int times;      /* how often the row is given, whatever the limit */
    int32_t rising; /* a column that is one more in each row; 0: none */
    int taken;      /* how often the sink wanted more */
    int32_t select_limit;
    complaint_status answer;
    int writes, rollbacks;
} liar;

static complaint_status COMPLAINT_CALL liar_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error) {
    (void)self, (void)operation, (void)major, (void)minor, (void)error;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL liar_begin(void *self, int32_t mode, const char *office, size_t office_size, void **transaction, complaint_host_error *error) {
    (void)mode, (void)office, (void)office_size, (void)error;
    *transaction = self;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL liar_commit(void *self, void *transaction, complaint_host_error *error) {
    (void)transaction, (void)error;
    return ((liar *)self)->answer;
}

static void COMPLAINT_CALL liar_rollback(void *self, void *transaction) {
    (void)transaction;
    ((liar *)self)->rollbacks++;
}

static complaint_status COMPLAINT_CALL liar_write(void *self, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *error) {
    (void)transaction, (void)changes, (void)count, (void)failed_at, (void)error;
    ((liar *)self)->writes++;
    return ((liar *)self)->answer;
}

static complaint_status give(liar *l, complaint_row_fn sink, void *context) {
    complaint_value *rising = l->rising ? &l->row[l->rising] : NULL;
    for (int i = 0; i < l->times; i++) {
        l->taken += sink(context, l->no_values ? NULL : l->row, l->count) == 0;
        if (rising) rising->integer++;
    }
    if (rising) rising->integer -= l->times;
    return l->answer;
}

static complaint_status COMPLAINT_CALL liar_get(void *self, void *transaction, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink, void *context,
                                                complaint_host_error *error) {
    (void)transaction, (void)table, (void)key, (void)key_count, (void)error;
    return give(self, sink, context);
}

static complaint_status COMPLAINT_CALL liar_select(void *self, void *transaction, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit,
                                                   complaint_row_fn sink, void *context, complaint_host_error *error) {
    (void)transaction, (void)table, (void)index, (void)bounds, (void)direction, (void)error;
    ((liar *)self)->select_limit = (int32_t)limit;
    return give(self, sink, context);
}

typedef struct bench {
    liar store;
    cpl_host host;
    cpl_tx tx;
    cpl_arena arena;
    complaint_error e;
} bench;

static void open_bench(bench *b, int32_t table) {
    memset(b, 0, sizeof *b);
    complaint_store slots = {sizeof slots, &b->store, liar_schema, NULL, liar_begin, liar_commit, liar_rollback, liar_write, liar_get, liar_select};
    cpl_arena_init(&b->arena, &cpl_memory_default);
    cpl_error_clear(&b->e);
    OK(cpl_host_set_store(&b->host, &slots, &b->e));
    OK(cpl_host_limits(&b->host, &b->e));
    OK(cpl_tx_begin(&b->tx, &b->host, CPL_LIT("cr"), COMPLAINT_WRITE, &b->e));
    b->store.times = 1;
    b->store.count = complaint_schema_column_count(table);
    for (int32_t i = 0; i < b->store.count; i++) {
        int32_t type = complaint_schema_column_type(table, i);
        b->store.row[i] = type == COMPLAINT_INT64 ? cpl_int(7) : type == COMPLAINT_TEXT ? cpl_txt(CPL_LIT("ก")) : cpl_blob("\xff\0x", 3);
    }
    b->store.row[0] = cpl_txt(CPL_LIT("cr"));
}

static void close_bench(bench *b) {
    cpl_tx_rollback(&b->tx);
    cpl_arena_free(&b->arena);
}

/* The answer is E_CORRUPT that names the table, and in path and text the column. */
static void assert_corrupt(const bench *b, complaint_status s, int32_t table, const char *column, const char *english) {
    char name[96];
    assert_int_equal(s, COMPLAINT_E_CORRUPT);
    assert_string_equal(complaint_error_subject(&b->e), complaint_schema_table_name(table));
    assert_string_equal(complaint_error_path(&b->e), strcmp(column, "*") == 0 ? "" : column);
    snprintf(name, sizeof name, "%s.%s", complaint_schema_table_name(table), column);
    assert_non_null(strstr(complaint_error_text(&b->e, COMPLAINT_THAI), name));
    assert_non_null(strstr(complaint_error_text(&b->e, COMPLAINT_ENGLISH), name));
    assert_non_null(strstr(complaint_error_text(&b->e, COMPLAINT_ENGLISH), english));
}

static void refused(int32_t table, int32_t column, complaint_value lie, const char *english) {
    bench b;
    cpl_row row = {NULL, -1};
    cpl_rows rows = {0};
    complaint_value key[] = {cpl_int(1), cpl_int(1), cpl_int(1)};
    const char *name = complaint_schema_column_name(table, column);
    open_bench(&b, table);
    b.store.row[column] = lie;
    assert_corrupt(&b, cpl_tx_get(&b.tx, table, key, complaint_schema_key_count(table) - 1, &b.arena, &row), table, name, english);
    assert_int_equal(row.count, -1);
    cpl_range r = {.table = table};
    assert_corrupt(&b, cpl_tx_select(&b.tx, &r, &b.arena, &rows), table, name, english);
    assert_int_equal(rows.count, 0);
    close_bench(&b);
}

/* Every column of every table, with everything that can be wrong with a cell. */
static void wrong_cells_are_refused(void **state) {
    (void)state;
    const complaint_value nothing = {.type = COMPLAINT_NULL}, unknown = {.type = 9}, hollow_text = {.type = COMPLAINT_TEXT, .size = 5},
                          hollow_blob = {.type = COMPLAINT_BLOB, .size = 5};
    for (int32_t t = 0; t < complaint_schema_table_count(); t++)
        for (int32_t c = 0; c < complaint_schema_column_count(t); c++) {
            int32_t type = complaint_schema_column_type(t, c);
            if (!complaint_schema_column_nullable(t, c)) refused(t, c, nothing, "null");
            refused(t, c, unknown, "type");
            if (type != COMPLAINT_INT64) refused(t, c, cpl_int(1), "type");
            if (type != COMPLAINT_TEXT) refused(t, c, cpl_txt(CPL_LIT("1")), "type");
            if (type != COMPLAINT_BLOB) refused(t, c, cpl_blob("1", 1), "type");
            if (type == COMPLAINT_BLOB) refused(t, c, hollow_blob, "without bytes");
            if (type != COMPLAINT_TEXT) continue;
            refused(t, c, hollow_text, "without bytes");
            refused(t, c, cpl_txt(CPL_LIT("a\xc3")), "UTF-8");
            refused(t, c, cpl_txt(CPL_LIT("a\0b")), "UTF-8");
            refused(t, c, cpl_txt(CPL_LIT("\xed\xa0\x80")), "UTF-8");
        }
}

static void rows_of_another_office_are_refused(void **state) {
    (void)state;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        refused(t, 0, cpl_txt(CPL_LIT("pr")), "another office");
        refused(t, 0, cpl_txt(CPL_LIT("cr2")), "another office");
        refused(t, 0, cpl_txt(CPL_LIT("")), "another office");
    }
}

static void missing_columns_are_refused(void **state) {
    (void)state;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++)
        for (int32_t n = -1; n < complaint_schema_column_count(t); n++) {
            bench b;
            cpl_rows rows = {0};
            cpl_range r = {.table = t};
            open_bench(&b, t);
            b.store.count = n;
            assert_corrupt(&b, cpl_tx_select(&b.tx, &r, &b.arena, &rows), t, "*", "columns");
            b.store.count = complaint_schema_column_count(t);
            b.store.no_values = true;
            assert_corrupt(&b, cpl_tx_select(&b.tx, &r, &b.arena, &rows), t, "*", "columns");
            assert_int_equal(rows.count, 0);
            close_bench(&b);
        }
}

/* A newer minor version has columns behind ours. */
static void columns_behind_ours_are_not_looked_at(void **state) {
    (void)state;
    bench b;
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_NUMBER};
    open_bench(&b, CPL_NUMBER);
    b.store.row[b.store.count] = cpl_txt(CPL_LIT("\xff not ours"));
    b.store.count++;
    OK(cpl_tx_select(&b.tx, &r, &b.arena, &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].count, complaint_schema_column_count(CPL_NUMBER));
    close_bench(&b);
}

static void more_rows_than_the_limit_are_dropped(void **state) {
    (void)state;
    bench b;
    cpl_rows rows = {0};
    cpl_row row;
    complaint_value key[] = {cpl_int(7), cpl_int(7)};
    open_bench(&b, CPL_NUMBER);
    b.store.times = 100;
    b.store.rising = 2;
    cpl_range r = {.table = CPL_NUMBER, .limit = 3};
    OK(cpl_tx_select(&b.tx, &r, &b.arena, &rows));
    assert_int_equal(b.store.select_limit, 3);
    assert_int_equal(rows.count, 3);
    OK(cpl_tx_get(&b.tx, CPL_NUMBER, key, 2, &b.arena, &row));
    assert_int_equal(row.values[1].integer, 7);
    b.store.times = 0;
    assert_int_equal(cpl_tx_get(&b.tx, CPL_NUMBER, key, 2, &b.arena, &row), COMPLAINT_E_STORE);
    assert_string_equal(complaint_error_subject(&b.e), "store.get");
    close_bench(&b);
}

/* A place is a position in an index: pages that go on behind a row must not come back to it. */
static void assert_out_of_place(bench *b, const cpl_range *r, const char *index, const char *english) {
    cpl_rows rows = {0};
    assert_int_equal(cpl_tx_select(&b->tx, r, &b->arena, &rows), COMPLAINT_E_STORE);
    assert_string_equal(complaint_error_subject(&b->e), "store.select");
    assert_non_null(strstr(complaint_error_text(&b->e, COMPLAINT_THAI), index));
    assert_non_null(strstr(complaint_error_text(&b->e, COMPLAINT_ENGLISH), index));
    assert_non_null(strstr(complaint_error_text(&b->e, COMPLAINT_ENGLISH), english));
}

static void rows_out_of_order_are_refused(void **state) {
    (void)state;
    bench b;
    open_bench(&b, CPL_NUMBER);
    b.store.times = 2;
    cpl_range r = {.table = CPL_NUMBER};
    assert_out_of_place(&b, &r, "complaint_number", "twice or out of order");
    b.store.rising = 2;
    r.direction = COMPLAINT_DESCENDING;
    assert_out_of_place(&b, &r, "complaint_number", "twice or out of order");
    close_bench(&b);
    open_bench(&b, CPL_CLOCK);
    b.store.times = 2;
    b.store.rising = 8; /* no column of the index */
    r = (cpl_range){.table = CPL_CLOCK, .index = 2};
    assert_out_of_place(&b, &r, "complaint_clock_wake", "twice or out of order");
    close_bench(&b);
}

static void rows_not_asked_for_are_refused(void **state) {
    (void)state;
    bench b;
    cpl_row row;
    complaint_value key[] = {cpl_int(7), cpl_int(8)};
    open_bench(&b, CPL_NUMBER);
    const cpl_range ranges[] = {{.table = CPL_NUMBER, .equal = {cpl_int(6)}, .equal_count = 1},
                                {.table = CPL_NUMBER, .equal = {cpl_int(7)}, .equal_count = 1, .after = {cpl_int(7)}, .after_count = 1},
                                {.table = CPL_NUMBER, .until = {cpl_int(6)}, .until_count = 1},
                                {.table = CPL_NUMBER, .after = {cpl_int(7), cpl_int(7)}, .after_count = 2, .direction = COMPLAINT_DESCENDING}};
    for (size_t i = 0; i < COUNT(ranges); i++) assert_out_of_place(&b, &ranges[i], "complaint_number", "not asked for");
    assert_int_equal(cpl_tx_get(&b.tx, CPL_NUMBER, key, 2, &b.arena, &row), COMPLAINT_E_STORE);
    assert_string_equal(complaint_error_subject(&b.e), "store.get");
    close_bench(&b);
}

/* The first bad row counts even if the store then claims that all went well, or that nothing was found. */
static void a_bad_row_is_not_forgotten(void **state) {
    (void)state;
    bench b;
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_NUMBER};
    open_bench(&b, CPL_NUMBER);
    b.store.times = 2;
    b.store.row[1] = cpl_txt(CPL_LIT("x"));
    assert_int_equal(cpl_tx_select(&b.tx, &r, &b.arena, &rows), COMPLAINT_E_CORRUPT);
    assert_int_equal(b.store.taken, 0);
    close_bench(&b);
}

/* What is read lies in the arena, not in the store's memory. */
static void rows_are_copied(void **state) {
    (void)state;
    bench b;
    char bytes[] = "abc";
    cpl_row row;
    complaint_value key = cpl_int(7);
    open_bench(&b, CPL_MESSAGE);
    b.store.row[3] = cpl_txt(cpl_str_of(bytes));
    b.store.row[15] = cpl_blob(bytes, 0);
    OK(cpl_tx_get(&b.tx, CPL_MESSAGE, &key, 1, &b.arena, &row));
    memset(bytes, 'x', sizeof bytes);
    assert_true(cpl_str_is(cpl_value_str(&row.values[3]), "abc"));
    assert_int_equal(row.values[15].type, COMPLAINT_BLOB);
    assert_int_equal(row.values[15].size, 0);
    assert_non_null(row.values[15].data);
    close_bench(&b);
}

/* ---- limits of what is written ---------------------------------------------------------------------------------------------- */

static char big[5 * MIB];

static complaint_status write_chunk(bench *b, size_t size) {
    cpl_batch batch;
    complaint_value v[] = {cpl_txt(CPL_LIT("d")), cpl_int(0), cpl_blob(big, size)};
    cpl_batch_init(&batch, &b->arena);
    cpl_batch_insert(&batch, CPL_LIT("cr"), CPL_CHUNK, v, COUNT(v));
    return cpl_tx_write(&b->tx, &batch, NULL);
}

static void assert_too_large(const bench *b, complaint_status s, const char *subject, const char *words) {
    assert_int_equal(s, COMPLAINT_E_TOO_LARGE);
    assert_string_equal(complaint_error_subject(&b->e), subject);
    assert_non_null(strstr(complaint_error_text(&b->e, COMPLAINT_THAI), words));
    assert_non_null(strstr(complaint_error_text(&b->e, COMPLAINT_ENGLISH), words));
    assert_int_equal(b->store.writes, 0);
}

static void values_over_the_limit_are_refused(void **state) {
    (void)state;
    bench b;
    open_bench(&b, CPL_CHUNK);
    assert_too_large(&b, write_chunk(&b, MIB + 1), "data", "complaint_evidence_chunk.data");
    assert_too_large(&b, write_chunk(&b, MIB + 1), "data", "1048577");
    OK(write_chunk(&b, MIB));
    b.store.writes = 0;
    b.host.limits.max_value = 1000;
    assert_too_large(&b, write_chunk(&b, 1001), "data", "1000");
    OK(write_chunk(&b, 1000));
    close_bench(&b);
}

/* An update names the column that is too large, not its position in the change. */
static void updates_name_their_column(void **state) {
    (void)state;
    bench b;
    cpl_batch batch;
    static const int32_t columns[] = {9, 15};
    complaint_value key[] = {cpl_int(1), cpl_int(1)}, values[] = {cpl_txt(CPL_LIT("waiting")), cpl_blob(big, MIB + 1)};
    open_bench(&b, CPL_NOTICE);
    cpl_batch_init(&batch, &b.arena);
    cpl_batch_update(&batch, CPL_LIT("cr"), CPL_NOTICE, key, 2, 1, columns, values, 2);
    assert_too_large(&b, cpl_tx_write(&b.tx, &batch, NULL), "body", "complaint_notice.body");
    close_bench(&b);
}

static void keys_over_190_bytes_are_refused(void **state) {
    (void)state;
    bench b;
    cpl_batch batch;
    static const int32_t column = 2;
    complaint_value long_key = cpl_txt((cpl_str){big, 191}), last_key = cpl_txt((cpl_str){big, 190}), one = cpl_int(1);
    memset(big, 'k', 200);
    open_bench(&b, CPL_REQUEST);
    cpl_batch_init(&batch, &b.arena);
    cpl_batch_update(&batch, CPL_LIT("cr"), CPL_REQUEST, &long_key, 1, COMPLAINT_ANY_VERSION, &column, &one, 1);
    assert_too_large(&b, cpl_tx_write(&b.tx, &batch, NULL), "request", "complaint_request.request");
    cpl_batch_init(&batch, &b.arena);
    cpl_batch_add(&batch, CPL_LIT("cr"), CPL_REQUEST, &long_key, 1, 3, 1);
    assert_too_large(&b, cpl_tx_write(&b.tx, &batch, NULL), "request", "191");
    cpl_batch_init(&batch, &b.arena);
    cpl_batch_add(&batch, CPL_LIT("cr"), CPL_REQUEST, &last_key, 1, 3, 1);
    OK(cpl_tx_write(&b.tx, &batch, NULL));
    close_bench(&b);
    memset(big, 0, 200);
}

/* The text of a unique index is a key as well: no database indexes more. */
static void indexed_texts_are_keys(void **state) {
    (void)state;
    bench b;
    cpl_batch batch;
    complaint_value v[MAX_ROW];
    memset(big, 'k', 200);
    open_bench(&b, CPL_MESSAGE);
    for (int32_t i = 1; i < b.store.count; i++) v[i - 1] = b.store.row[i];
    v[3] = cpl_txt((cpl_str){big, 191});
    cpl_batch_init(&batch, &b.arena);
    cpl_batch_insert(&batch, CPL_LIT("cr"), CPL_MESSAGE, v, b.store.count - 1);
    assert_too_large(&b, cpl_tx_write(&b.tx, &batch, NULL), "external_id", "complaint_message.external_id");
    v[3].size = 190;
    cpl_batch_init(&batch, &b.arena);
    cpl_batch_insert(&batch, CPL_LIT("cr"), CPL_MESSAGE, v, b.store.count - 1);
    OK(cpl_tx_write(&b.tx, &batch, NULL));
    close_bench(&b);
    memset(big, 0, 200);
}

static void a_transaction_has_a_limit(void **state) {
    (void)state;
    bench b;
    cpl_batch batch;
    open_bench(&b, CPL_CHUNK);
    cpl_batch_init(&batch, &b.arena);
    for (int i = 0; i < 4; i++) {
        complaint_value v[] = {cpl_txt(CPL_LIT("d")), cpl_int(i), cpl_blob(big, MIB)};
        cpl_batch_insert(&batch, CPL_LIT("cr"), CPL_CHUNK, v, COUNT(v));
    }
    assert_too_large(&b, cpl_tx_write(&b.tx, &batch, NULL), "transaction", "4194304");
    close_bench(&b);
}

/* Growth keeps what was gathered. */
static void a_batch_holds_any_number_of_changes(void **state) {
    (void)state;
    bench b;
    cpl_batch batch;
    open_bench(&b, CPL_NUMBER);
    cpl_batch_init(&batch, &b.arena);
    for (int i = 0; i < 100; i++) {
        complaint_value v[] = {cpl_int(2569), cpl_int(i), cpl_int(i)};
        cpl_batch_insert(&batch, CPL_LIT("cr"), CPL_NUMBER, v, COUNT(v));
    }
    cpl_batch_update(&batch, CPL_LIT("cr"), CPL_NUMBER, NULL, 0, 1, NULL, NULL, 0); /* nothing changed: no change */
    assert_int_equal(batch.count, 100);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(batch.items[i].values[2].integer, i);
        assert_true(cpl_str_is(cpl_value_str(&batch.items[i].key[0]), "cr"));
    }
    assert_int_equal(batch.bytes, 100 * (2 + 3 * 8));
    close_bench(&b);
}

static bool gather_everything(test_alloc *a, void *context) {
    bench *b = context;
    cpl_memory m = a->table;
    cpl_arena arena;
    cpl_batch batch;
    static const int32_t column = 3;
    complaint_value v[] = {cpl_int(2569), cpl_int(1), cpl_int(1)};
    cpl_arena_init(&arena, &m);
    cpl_batch_init(&batch, &arena);
    for (int i = 0; i < 200; i++) {
        cpl_batch_insert(&batch, CPL_LIT("cr"), CPL_NUMBER, v, COUNT(v));
        cpl_batch_update(&batch, CPL_LIT("cr"), CPL_NUMBER, v, 2, COMPLAINT_ANY_VERSION, &column, v + 2, 1);
        cpl_batch_add(&batch, CPL_LIT("cr"), CPL_NUMBER, v, 2, column, 1);
    }
    int before = b->store.writes;
    complaint_status s = cpl_tx_write(&b->tx, &batch, NULL);
    assert_int_equal(s, a->failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK);
    assert_int_equal(b->store.writes, before + (s == COMPLAINT_OK));
    cpl_arena_free(&arena);
    return s == COMPLAINT_OK;
}

static bool read_everything(test_alloc *a, void *context) {
    bench *b = context;
    cpl_memory m = a->table;
    cpl_arena arena;
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_MESSAGE};
    cpl_arena_init(&arena, &m);
    b->store.times = 300;
    b->store.rising = 1;
    complaint_status s = cpl_tx_select(&b->tx, &r, &arena, &rows);
    assert_int_equal(s, a->failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK);
    cpl_arena_free(&arena);
    return s == COMPLAINT_OK;
}

static void memory_failures_write_and_read_nothing(void **state) {
    (void)state;
    bench b;
    open_bench(&b, CPL_MESSAGE);
    test_alloc_loop(gather_everything, &b);
    test_alloc_loop(read_everything, &b);
    close_bench(&b);
}

/* ---- transactions ---------------------------------------------------------------------------------------------------------------- */

static void a_transaction_ends_once(void **state) {
    (void)state;
    bench b;
    open_bench(&b, CPL_NUMBER);
    OK(cpl_tx_commit(&b.tx));
    cpl_tx_rollback(&b.tx);
    assert_int_equal(b.store.rollbacks, 0);
    OK(cpl_tx_begin(&b.tx, &b.host, CPL_LIT("cr"), COMPLAINT_WRITE, &b.e));
    b.store.answer = COMPLAINT_E_UNKNOWN;
    assert_int_equal(cpl_tx_commit(&b.tx), COMPLAINT_E_UNKNOWN);
    cpl_tx_rollback(&b.tx);
    cpl_tx_rollback(&b.tx);
    assert_int_equal(b.store.rollbacks, 1);
    close_bench(&b);
}

/* ---- ids ------------------------------------------------------------------------------------------------------------------------- */

static complaint_status COMPLAINT_CALL tell(void *self, int64_t *now, complaint_host_error *error) {
    (void)error;
    *now = *(int64_t *)self;
    return COMPLAINT_OK;
}

static void ids_end_in_2089(void **state) {
    (void)state;
    static const struct {
        int64_t now;
        complaint_status status;
    } cases[] = {
        {INT64_MIN, COMPLAINT_E_RANGE},
        {0, COMPLAINT_E_RANGE},
        {INT64_C(1577836799999), COMPLAINT_E_RANGE}, /* 2019-12-31T23:59:59.999Z */
        {INT64_C(1577836800000), COMPLAINT_OK},
        {INT64_C(3776860055551), COMPLAINT_OK}, /* 2020 + 2^41 - 1 ms */
        {INT64_C(3776860055552), COMPLAINT_E_RANGE},
        {INT64_MAX, COMPLAINT_E_RANGE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t now = cases[i].now, got = -1;
        complaint_clock clock = {sizeof clock, &now, tell};
        cpl_host host = {0};
        complaint_error e;
        cpl_error_clear(&e);
        OK(cpl_host_set_clock(&host, &clock, &e));
        assert_int_equal(cpl_host_now(&host, &got, &e), cases[i].status);
        assert_int_equal(got, cases[i].status == COMPLAINT_OK ? now : -1);
        if (cases[i].status == COMPLAINT_OK) assert_true(cpl_make_id(now, UINT32_MAX) > 0);
    }
}

static void ids_are_time_and_chance(void **state) {
    (void)state;
    const int64_t now = INT64_C(1762308000000), last = INT64_C(3776860055551);
    assert_int_equal(cpl_make_id(now, 5), ((now - INT64_C(1577836800000)) << 22) | 5);
    assert_int_equal(cpl_make_id(now, UINT32_MAX) >> 22, now - INT64_C(1577836800000)); /* chance never reaches the time */
    assert_int_equal(cpl_make_id(last, UINT32_MAX), INT64_MAX);
    assert_true(cpl_make_id(now, UINT32_MAX) < cpl_make_id(now + 1, 0));
}

/* ---- envelope ------------------------------------------------------------------------------------------------------------------------ */

static void envelopes(void **state) {
    (void)state;
    cpl_arena a;
    cpl_str envelope, clear = CPL_LIT("untouched");
    cpl_arena_init(&a, &cpl_memory_default);
    assert_int_equal(cpl_envelope_open(CPL_LIT("\x01sealed"), &clear), COMPLAINT_E_UNSUPPORTED);
    assert_int_equal(cpl_envelope_open(CPL_LIT("\x02new scheme"), &clear), COMPLAINT_E_CORRUPT);
    assert_int_equal(cpl_envelope_open(CPL_LIT("plain text"), &clear), COMPLAINT_E_CORRUPT);
    assert_true(cpl_str_is(clear, "untouched"));
    assert_true(cpl_envelope_clear(&a, CPL_LIT("สวัสดี"), &envelope));
    assert_int_equal(envelope.n, 19);
    assert_int_equal(envelope.p[0], 0);
    OK(cpl_envelope_open(envelope, &clear));
    assert_true(cpl_str_is(clear, "สวัสดี"));
    assert_true(cpl_envelope_clear(&a, CPL_LIT("\0\1"), &envelope)); /* any bytes */
    OK(cpl_envelope_open(envelope, &clear));
    assert_int_equal(clear.n, 2);
    assert_true(cpl_envelope_clear(&a, CPL_LIT(""), &envelope));
    assert_int_equal(envelope.n, 0);
    OK(cpl_envelope_open(envelope, &clear));
    assert_int_equal(clear.n, 0);
    cpl_arena_free(&a);
    test_alloc broken;
    test_alloc_init(&broken, 0);
    cpl_arena_init(&a, &broken.table);
    assert_false(cpl_envelope_clear(&a, CPL_LIT("x"), &envelope));
    assert_true(cpl_envelope_clear(&a, CPL_LIT(""), &envelope));
    cpl_arena_free(&a);
}

/* ---- events ------------------------------------------------------------------------------------------------------------------------------- */

static const uint8_t zero[CPL_HASH_SIZE];

/* As docs/event-format.md has them; the hashes were computed by Python's hashlib from the description alone. */
static cpl_event first_event(void) {
    return (cpl_event){.stream = 7,
                       .seq = 1,
                       .kind = 1,
                       .happened_at = 1000,
                       .entered_at = 2000,
                       .actor = CPL_LIT("malee"),
                       .role = CPL_LIT("officer"),
                       .unit = CPL_LIT(""),
                       .on_behalf = CPL_LIT(""),
                       .acting_for = CPL_LIT(""),
                       .request = CPL_LIT("r1"),
                       .payload = CPL_LIT("{}"),
                       .sealed = CPL_LIT("")};
}

static cpl_event second_event(const uint8_t prev[CPL_HASH_SIZE]) {
    cpl_event ev = {.stream = 7,
                    .seq = 2,
                    .kind = 2,
                    .happened_at = -1,
                    .entered_at = 2001,
                    .actor = CPL_LIT("ก"),
                    .role = CPL_LIT("head"),
                    .unit = CPL_LIT("hr"),
                    .on_behalf = CPL_LIT("quality"),
                    .acting_for = CPL_LIT("boss"),
                    .request = CPL_LIT("r2"),
                    .payload = CPL_LIT("{\"case\":\"9\"}"),
                    .sealed = CPL_LIT("\0{\"reason\":\"x\"}")};
    memcpy(ev.prev, prev, sizeof ev.prev);
    return ev;
}

static void assert_hash(const cpl_event *ev, const char *hex, uint8_t hash[CPL_HASH_SIZE]) {
    char got[2 * CPL_HASH_SIZE + 1];
    cpl_event_hash(CPL_LIT("cr"), ev, hash);
    cpl_hex(hash, CPL_HASH_SIZE, got);
    assert_string_equal(got, hex);
}

static void hashes_are_those_of_the_description(void **state) {
    (void)state;
    uint8_t one[CPL_HASH_SIZE], two[CPL_HASH_SIZE];
    cpl_event first = first_event();
    assert_hash(&first, "ea3171f6de96ee75353b056e6432760c7aa73819456b30537fd684e486420c7c", one);
    cpl_event second = second_event(one);
    assert_hash(&second, "1ac52fac5b36f2de528124783ec08f4ae243ddbaf79815d3e901938a91ad297e", two);
}

/* Nothing of an event can change, or move from one column into the next, without its hash. */
static void hashes_hold_every_column(void **state) {
    (void)state;
    uint8_t hashes[24][CPL_HASH_SIZE];
    size_t n = 0;
    cpl_event plain = second_event(zero), ev = plain;
    cpl_event_hash(CPL_LIT("cr"), &ev, hashes[n++]);
    cpl_event_hash(CPL_LIT("cR"), &ev, hashes[n++]);
#define CHANGED(member, value)                                                                                                                                                     \
    do {                                                                                                                                                                           \
        ev = plain;                                                                                                                                                                \
        ev.member = value;                                                                                                                                                         \
        cpl_event_hash(CPL_LIT("cr"), &ev, hashes[n++]);                                                                                                                           \
    } while (0)
    CHANGED(stream, 8);
    CHANGED(seq, 3);
    CHANGED(kind, 3);
    CHANGED(happened_at, -2);
    CHANGED(entered_at, 2002);
    CHANGED(actor, CPL_LIT(""));
    CHANGED(role, CPL_LIT("headh"));
    CHANGED(unit, CPL_LIT("r"));
    CHANGED(on_behalf, CPL_LIT("qualityb"));
    CHANGED(acting_for, CPL_LIT("oss"));
    CHANGED(request, CPL_LIT("r"));
    CHANGED(payload, CPL_LIT("{\"case\":\"9\"} "));
    CHANGED(sealed, CPL_LIT("\1{\"reason\":\"x\"}"));
    CHANGED(prev[31], 1);
    ev = plain; /* "headhr" cut elsewhere */
    ev.role = CPL_LIT("headh");
    ev.unit = CPL_LIT("r");
    cpl_event_hash(CPL_LIT("cr"), &ev, hashes[n++]);
    assert_in_range(n, 16, COUNT(hashes));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) assert_memory_not_equal(hashes[i], hashes[k], CPL_HASH_SIZE);
}

static void events_come_back_as_they_were_written(void **state) {
    (void)state;
    cpl_event ev = second_event(zero), back;
    complaint_value row[1 + CPL_EVENT_COLUMNS] = {cpl_txt(CPL_LIT("cr"))};
    uint8_t again[CPL_HASH_SIZE];
    cpl_event_hash(CPL_LIT("cr"), &ev, ev.hash);
    cpl_event_values(&ev, row + 1);
    for (int32_t i = 0; i < 1 + CPL_EVENT_COLUMNS; i++) assert_int_equal(row[i].type, complaint_schema_column_type(CPL_EVENT, i));
    OK(cpl_event_from_row(row, &back, NULL));
    cpl_event_hash(CPL_LIT("cr"), &back, again);
    assert_memory_equal(again, ev.hash, CPL_HASH_SIZE);
    assert_memory_equal(back.hash, ev.hash, CPL_HASH_SIZE);
    assert_int_equal(back.kind, 2);
}

static void malformed_events_are_refused(void **state) {
    (void)state;
    enum { KIND = 3, PREV = 14, HASH = 15 };
    const struct {
        int column;
        complaint_value lie;
    } cases[] = {
        {PREV, cpl_blob(big, 31)}, {PREV, cpl_blob(big, 0)},          {PREV, cpl_blob(big, 33)},
        {HASH, cpl_blob(big, 31)}, {HASH, cpl_blob(big, 64)},         {KIND, cpl_int(0)},
        {KIND, cpl_int(-1)},       {KIND, cpl_int(INT64_C(1) << 31)}, {KIND, cpl_int((INT64_C(1) << 32) + 1)},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_event ev = second_event(zero), back = {.seq = 99};
        complaint_value row[1 + CPL_EVENT_COLUMNS] = {cpl_txt(CPL_LIT("cr"))};
        complaint_error e;
        cpl_error_clear(&e);
        cpl_event_values(&ev, row + 1);
        row[cases[i].column] = cases[i].lie;
        assert_int_equal(cpl_event_from_row(row, &back, &e), COMPLAINT_E_CORRUPT);
        assert_int_equal(back.seq, 99);
        assert_string_equal(complaint_error_subject(&e), "complaint_event");
        assert_non_null(strstr(complaint_error_text(&e, COMPLAINT_ENGLISH), "event 2 of 7"));
        assert_non_null(strstr(complaint_error_text(&e, COMPLAINT_THAI), "7"));
    }
}

/* Numbers and names are permanent. */
static void kinds_have_names(void **state) {
    (void)state;
    assert_string_equal(cpl_event_name(CPL_EV_FORWARD), "forward");
    assert_int_equal(cpl_event_find(CPL_LIT("unsent")), 202);
    assert_int_equal(cpl_event_find(CPL_LIT("Forward")), 0);
    assert_int_equal(cpl_event_find(CPL_LIT("")), 0);
    assert_null(cpl_event_name(0));
    assert_null(cpl_event_name(-1));
    assert_null(cpl_event_name(199));
    assert_null(cpl_event_label(999, COMPLAINT_THAI));
    assert_true(cpl_event_is_action(CPL_EV_CLOSE));
    assert_false(cpl_event_is_action(CPL_EV_DELIVERED));
    assert_false(cpl_event_is_action(999));
    for (int32_t k = 1; k < 300; k++)
        if (cpl_event_name(k)) assert_int_equal(cpl_event_find(cpl_str_of(cpl_event_name(k))), k);
}

static void digests(void **state) {
    (void)state;
    char hex[2 * CPL_HASH_SIZE + 1];
    uint8_t a[16], b[16];
    cpl_sha256_hex((cpl_str){NULL, 0}, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    cpl_sha256_hex(CPL_LIT("abc"), hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    cpl_random(a, sizeof a);
    cpl_random(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_cells_are_refused),
        cmocka_unit_test(rows_of_another_office_are_refused),
        cmocka_unit_test(missing_columns_are_refused),
        cmocka_unit_test(columns_behind_ours_are_not_looked_at),
        cmocka_unit_test(more_rows_than_the_limit_are_dropped),
        cmocka_unit_test(rows_out_of_order_are_refused),
        cmocka_unit_test(rows_not_asked_for_are_refused),
        cmocka_unit_test(a_bad_row_is_not_forgotten),
        cmocka_unit_test(rows_are_copied),
        cmocka_unit_test(values_over_the_limit_are_refused),
        cmocka_unit_test(updates_name_their_column),
        cmocka_unit_test(keys_over_190_bytes_are_refused),
        cmocka_unit_test(indexed_texts_are_keys),
        cmocka_unit_test(a_transaction_has_a_limit),
        cmocka_unit_test(a_batch_holds_any_number_of_changes),
        cmocka_unit_test(memory_failures_write_and_read_nothing),
        cmocka_unit_test(a_transaction_ends_once),
        cmocka_unit_test(ids_end_in_2089),
        cmocka_unit_test(ids_are_time_and_chance),
        cmocka_unit_test(envelopes),
        cmocka_unit_test(hashes_are_those_of_the_description),
        cmocka_unit_test(hashes_hold_every_column),
        cmocka_unit_test(events_come_back_as_they_were_written),
        cmocka_unit_test(malformed_events_are_refused),
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(digests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
