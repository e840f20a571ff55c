/*
 * The kit catches what stores get wrong: each store here is the memory store with one fault, and the check that must fail is named.
 */
#include "hosts.h"

#include <complaint/schema.h>

#include <stdlib.h>
#include <string.h>

typedef enum plant {
    SOUND,
    IGNORES_VERSION,
    REMOVES_ANY_VERSION,
    VERSION_FOR_NOT_FOUND,
    NOT_FOUND_FOR_VERSION,
    UPDATES_NOTHING_AND_IS_PLEASED,
    REMOVES_NOTHING_AND_IS_PLEASED,
    INSERT_REPLACES,
    INSERT_DROPS_UNIQUE_TWINS,
    UPDATE_CLEARS_THE_REST,
    LOSES_LAST_OF_BATCH,
    FAILED_AT_0,
    FAILED_AT_NEXT,
    ADD_SETS,
    ADD_FORGETS_THE_SIGN,
    ADD_READS_THEN_SETS,
    CUTS_LONG_VALUES,
    CUTS_AT_NUL,
    TRIMS_SPACES,
    FOLDS_CAPITALS,
    KEEPS_32_BITS,
    KEEPS_DOUBLES,
    EMPTY_IS_NULL,
    NARROW_ROWS,
    GET_GIVES_EMPTY_ANSWER,
    GET_GIVES_TWICE,
    ALWAYS_ASCENDING,
    ORDERS_BY_KEY,
    LOWER_END_INCLUSIVE,
    UPPER_END_INCLUSIVE,
    COMPARES_FIRST_COLUMNS_ONLY,
    OPEN_ENDS_LEAK,
    IGNORES_LIMIT,
    LIMIT_PLUS_ONE,
    LIMIT_0_IS_NONE,
    EMPTY_SELECT_IS_NOT_FOUND,
    GOES_ON_AFTER_REFUSAL,
    CALLS_SINK_LATER,
    ROLLBACK_COMMITS,
    COMMIT_FORGETS,
    WRITES_AT_ONCE,
    READER_SEES_THE_PRESENT,
    BLIND_TO_OWN_WRITES,
    MIXES_OFFICES,
    FORGETS_WHEN_CLOSED,
    SCHEMA_WIPES,
    SCHEMA_NEVER_EMPTY,
    SCHEMA_NOT_KEPT,
    RETRY_AFTER_COMMIT
} plant;

enum { WIDEST = 64 };

/* One connection with a planted fault. */
typedef struct bad {
    plant plant;
    complaint_store inner;
    char office[64]; /* that every row is put into by MIXES_OFFICES */
    complaint_row_fn late_sink;
    void *late_context;
    int32_t commits;
} bad;

/* `fresh` is a second transaction of the same desk where the fault needs one. */
typedef struct bad_transaction {
    int32_t mode;
    void *inner, *before;
    char office[64];
    size_t office_size;
} bad_transaction;

/* ---- rows on their way out -------------------------------------------------------------------------------------------------------------- */

typedef struct outlet {
    bad *b;
    const char *office;
    size_t office_size;
    complaint_row_fn sink;
    void *context;
    int32_t calls;
} outlet;

static int32_t COMPLAINT_CALL let_out(void *context, const complaint_value *values, int32_t count) {
    outlet *o = context;
    complaint_value row[WIDEST];
    memcpy(row, values, (size_t)count * sizeof row[0]);
    for (int32_t c = 0; c < count && o->b->plant == EMPTY_IS_NULL; c++)
        if (row[c].type == COMPLAINT_TEXT && row[c].size == 0) row[c].type = COMPLAINT_NULL;
    if (o->b->plant == MIXES_OFFICES) row[0] = (complaint_value){COMPLAINT_TEXT, 0, 0, o->office, o->office_size};
    if (o->b->plant == NARROW_ROWS) count--;
    if (o->b->plant == GET_GIVES_TWICE && o->calls == 0) (void)o->sink(o->context, row, count);
    o->calls++;
    int32_t stop = o->sink(o->context, row, count);
    return o->b->plant == GOES_ON_AFTER_REFUSAL ? 0 : stop;
}

/* ---- values on their way in ---------------------------------------------------------------------------------------------------------------- */

static size_t trimmed(const complaint_value *v) {
    size_t n = v->size;
    while (n > 0 && ((const char *)v->data)[n - 1] == ' ') n--;
    return n;
}

static void spoil(bad *b, complaint_value *v, char folded[256]) {
    bool is_text = v->type == COMPLAINT_TEXT, is_bytes = is_text || v->type == COMPLAINT_BLOB;
    if (b->plant == CUTS_LONG_VALUES && is_bytes && v->size > 65535) v->size = 65535;
    if (b->plant == CUTS_AT_NUL && v->type == COMPLAINT_BLOB && v->size > 0 && memchr(v->data, 0, v->size))
        v->size = (size_t)((const char *)memchr(v->data, 0, v->size) - (const char *)v->data);
    if (b->plant == TRIMS_SPACES && is_text) v->size = trimmed(v);
    if (b->plant == KEEPS_32_BITS && v->type == COMPLAINT_INT64) v->integer = (int32_t)(uint32_t)((uint64_t)v->integer & 0xffffffffu);
    if (b->plant == KEEPS_DOUBLES && v->type == COMPLAINT_INT64 && v->integer != INT64_MAX) v->integer = (int64_t)(double)v->integer;
    if (b->plant != FOLDS_CAPITALS || !is_text || v->size > 255) return;
    for (size_t i = 0; i < v->size; i++) {
        char byte = ((const char *)v->data)[i];
        folded[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    v->data = folded;
}

static void mix(bad *b, complaint_value *office) {
    if (b->plant == MIXES_OFFICES) *office = (complaint_value){COMPLAINT_TEXT, 0, 0, b->office, strlen(b->office)};
}

/* ---- single changes -------------------------------------------------------------------------------------------------------------------------- */

static complaint_status put(bad *b, void *inner, const complaint_change *change) {
    int32_t at = 0;
    return b->inner.write(b->inner.self, inner, change, 1, &at, NULL);
}

static int32_t COMPLAINT_CALL keep_number(void *context, const complaint_value *values, int32_t count) {
    int64_t *number = context;
    (void)count;
    *number = values[*number].integer;
    return 0;
}

static bool is_there(bad *b, void *inner, const complaint_change *change) {
    int64_t ignored = 0;
    return b->inner.get(b->inner.self, inner, change->table, change->key, change->key_count, keep_number, &ignored, NULL) == COMPLAINT_OK;
}

/* The sum is computed outside of the transaction: lost when somebody else adds meanwhile. */
static complaint_status add_by_hand(bad *b, bad_transaction *t, const complaint_change *change) {
    int64_t number = change->columns[0];
    complaint_change set = *change;
    if (change->value_count != 1 || change->values[0].integer != 1 || !is_there(b, t->inner, change)) return put(b, t->inner, change);
    if (b->inner.get(b->inner.self, t->before, change->table, change->key, change->key_count, keep_number, &number, NULL) != COMPLAINT_OK) number = 0;
    complaint_value sum = {COMPLAINT_INT64, 0, number + 1, NULL, 0};
    set.kind = COMPLAINT_UPDATE;
    set.values = &sum;
    return put(b, t->inner, &set);
}

static complaint_status apply_add(bad *b, bad_transaction *t, complaint_change change) {
    complaint_value values[WIDEST];
    memcpy(values, change.values, (size_t)change.value_count * sizeof values[0]);
    for (int32_t i = 0; i < change.value_count && b->plant == ADD_FORGETS_THE_SIGN; i++)
        if (values[i].integer < 0) values[i].integer = -values[i].integer;
    change.values = values;
    if (b->plant == ADD_SETS && is_there(b, t->inner, &change)) change.kind = COMPLAINT_UPDATE;
    return b->plant == ADD_READS_THEN_SETS ? add_by_hand(b, t, &change) : put(b, t->inner, &change);
}

static complaint_status apply_update(bad *b, bad_transaction *t, complaint_change change) {
    int32_t columns[WIDEST], count = 0;
    complaint_value values[WIDEST];
    if (b->plant == IGNORES_VERSION) change.expected = COMPLAINT_ANY_VERSION;
    if (b->plant != UPDATE_CLEARS_THE_REST) return put(b, t->inner, &change);
    for (int32_t c = change.key_count; c < complaint_schema_column_count(change.table); c++) {
        columns[count] = c;
        values[count] = (complaint_value){complaint_schema_column_type(change.table, c), 0, 0, NULL, 0};
        for (int32_t i = 0; i < change.value_count; i++)
            if (change.columns[i] == c) values[count] = change.values[i];
        count++;
    }
    change.columns = columns;
    change.values = values;
    change.value_count = count;
    return put(b, t->inner, &change);
}

static complaint_status apply_insert(bad *b, bad_transaction *t, const complaint_change *change) {
    complaint_change remove = *change;
    remove.kind = COMPLAINT_REMOVE;
    remove.value_count = 0;
    bool was_there = is_there(b, t->inner, change);
    if (b->plant == INSERT_REPLACES && was_there) (void)put(b, t->inner, &remove);
    complaint_status s = put(b, t->inner, change);
    return s == COMPLAINT_E_EXISTS && b->plant == INSERT_DROPS_UNIQUE_TWINS && !was_there ? COMPLAINT_OK : s;
}

static complaint_status apply(bad *b, bad_transaction *t, const complaint_change *given) {
    complaint_change change = *given;
    complaint_value key[WIDEST], values[WIDEST];
    char folded_keys[8][256], folded[WIDEST][256];
    memcpy(key, change.key, (size_t)change.key_count * sizeof key[0]);
    if (change.value_count > 0) memcpy(values, change.values, (size_t)change.value_count * sizeof values[0]);
    for (int32_t i = 0; i < change.key_count; i++) spoil(b, &key[i], folded_keys[i]);
    for (int32_t i = 0; i < change.value_count; i++) spoil(b, &values[i], folded[i]);
    mix(b, &key[0]);
    if (change.kind == COMPLAINT_INSERT) mix(b, &values[0]);
    change.key = key;
    change.values = change.values ? values : NULL;
    if (change.kind == COMPLAINT_INSERT) return apply_insert(b, t, &change);
    if (change.kind == COMPLAINT_UPDATE) return apply_update(b, t, change);
    if (change.kind == COMPLAINT_ADD) return apply_add(b, t, change);
    if (b->plant == REMOVES_ANY_VERSION) change.expected = COMPLAINT_ANY_VERSION;
    return put(b, t->inner, &change);
}

static complaint_status twist(plant p, int32_t kind, complaint_status s) {
    if (p == UPDATES_NOTHING_AND_IS_PLEASED && kind == COMPLAINT_UPDATE && s == COMPLAINT_E_NOT_FOUND) return COMPLAINT_OK;
    if (p == REMOVES_NOTHING_AND_IS_PLEASED && kind == COMPLAINT_REMOVE && s == COMPLAINT_E_NOT_FOUND) return COMPLAINT_OK;
    if (p == VERSION_FOR_NOT_FOUND && kind == COMPLAINT_UPDATE && s == COMPLAINT_E_NOT_FOUND) return COMPLAINT_E_VERSION;
    if (p == NOT_FOUND_FOR_VERSION && s == COMPLAINT_E_VERSION) return COMPLAINT_E_NOT_FOUND;
    return s;
}

/* ---- slots ------------------------------------------------------------------------------------------------------------------------------------ */

static complaint_status COMPLAINT_CALL bad_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error) {
    bad *b = self;
    if (b->plant == SCHEMA_NOT_KEPT && operation == COMPLAINT_SCHEMA_WRITE) return COMPLAINT_OK;
    complaint_status s = b->inner.schema(b->inner.self, operation, major, minor, error);
    if (b->plant == SCHEMA_NEVER_EMPTY && operation == COMPLAINT_SCHEMA_READ) *major = complaint_schema_major();
    return s;
}

static complaint_status begin_inner(bad *b, const bad_transaction *t, int32_t mode, void **inner) {
    return b->inner.begin(b->inner.self, mode, t->office, t->office_size, inner, NULL);
}

static complaint_status COMPLAINT_CALL bad_begin(void *self, int32_t mode, const char *office, size_t office_size, void **out, complaint_host_error *error) {
    bad *b = self;
    (void)error;
    bad_transaction *t = calloc(1, sizeof *t);
    assert_non_null(t);
    t->mode = mode;
    t->office_size = office_size;
    memcpy(t->office, office, office_size);
    complaint_status s = begin_inner(b, t, COMPLAINT_READ, &t->before);
    if (s == COMPLAINT_OK) s = begin_inner(b, t, mode, &t->inner);
    assert_int_equal(s, COMPLAINT_OK);
    *out = t;
    return s;
}

static void call_late(bad *b) {
    if (b->plant == CALLS_SINK_LATER && b->late_sink) (void)b->late_sink(b->late_context, NULL, 0);
    b->late_sink = NULL;
}

static complaint_status COMPLAINT_CALL bad_commit(void *self, void *transaction, complaint_host_error *error) {
    bad *b = self;
    bad_transaction *t = transaction;
    complaint_status s = COMPLAINT_OK;
    call_late(b);
    if (b->plant == COMMIT_FORGETS)
        b->inner.rollback(b->inner.self, t->inner);
    else
        s = b->inner.commit(b->inner.self, t->inner, error);
    if (b->plant == RETRY_AFTER_COMMIT && t->mode == COMPLAINT_WRITE && ++b->commits % 5 == 0) {
        t->inner = NULL;
        return COMPLAINT_E_RETRY;
    }
    b->inner.rollback(b->inner.self, t->before);
    free(t);
    return s;
}

static void COMPLAINT_CALL bad_rollback(void *self, void *transaction) {
    bad *b = self;
    bad_transaction *t = transaction;
    call_late(b);
    if (t->inner && b->plant == ROLLBACK_COMMITS)
        (void)b->inner.commit(b->inner.self, t->inner, NULL);
    else if (t->inner)
        b->inner.rollback(b->inner.self, t->inner);
    b->inner.rollback(b->inner.self, t->before);
    free(t);
}

static complaint_status COMPLAINT_CALL bad_write(void *self, void *transaction, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *error) {
    bad *b = self;
    bad_transaction *t = transaction;
    (void)error;
    if (b->plant == LOSES_LAST_OF_BATCH && count > 1) count--;
    for (int32_t n = 0; n < count; n++) {
        complaint_status s = twist(b->plant, changes[n].kind, apply(b, t, &changes[n]));
        if (s == COMPLAINT_OK) continue;
        *failed_at = b->plant == FAILED_AT_0 ? 0 : b->plant == FAILED_AT_NEXT ? n + 1 : n;
        return s;
    }
    if (b->plant != WRITES_AT_ONCE) return COMPLAINT_OK;
    assert_int_equal(b->inner.commit(b->inner.self, t->inner, NULL), COMPLAINT_OK);
    return begin_inner(b, t, t->mode, &t->inner);
}

/* The transaction from which to read, and whether it ends with this call. */
static void *reading(bad *b, bad_transaction *t, bool *is_fresh) {
    void *fresh = NULL;
    *is_fresh = b->plant == READER_SEES_THE_PRESENT && t->mode == COMPLAINT_READ;
    if (*is_fresh) assert_int_equal(begin_inner(b, t, COMPLAINT_READ, &fresh), COMPLAINT_OK);
    if (b->plant == BLIND_TO_OWN_WRITES) return t->before;
    return *is_fresh ? fresh : t->inner;
}

static complaint_status COMPLAINT_CALL bad_get(void *self, void *transaction, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink,
                                               void *sink_context, complaint_host_error *error) {
    bad *b = self;
    bad_transaction *t = transaction;
    complaint_value own[WIDEST];
    bool is_fresh;
    outlet o = {b, t->office, t->office_size, sink, sink_context, 0};
    memcpy(own, key, (size_t)key_count * sizeof own[0]);
    mix(b, &own[0]);
    void *inner = reading(b, t, &is_fresh);
    complaint_status s = b->inner.get(b->inner.self, inner, table, own, key_count, let_out, &o, error);
    if (is_fresh) b->inner.rollback(b->inner.self, inner);
    return b->plant == GET_GIVES_EMPTY_ANSWER && s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
}

static void spoil_bounds(bad *b, complaint_bounds *bounds, complaint_value office[2]) {
    if (b->plant == LOWER_END_INCLUSIVE) bounds->lower_exclusive = 0;
    if (b->plant == UPPER_END_INCLUSIVE) bounds->upper_exclusive = 0;
    if (b->plant == COMPARES_FIRST_COLUMNS_ONLY && bounds->lower_count > 2) bounds->lower_count = 2;
    office[0] = (complaint_value){COMPLAINT_TEXT, 0, 0, "", 0};
    office[1] = (complaint_value){COMPLAINT_TEXT, 0, 0, "~", 1};
    if (b->plant == MIXES_OFFICES) mix(b, &office[0]);
    if (b->plant == MIXES_OFFICES) office[1] = office[0];
    if (b->plant != OPEN_ENDS_LEAK && b->plant != MIXES_OFFICES) return;
    if (bounds->lower_count == 0) *bounds = (complaint_bounds){&office[0], 1, 0, bounds->upper, bounds->upper_count, bounds->upper_exclusive};
    if (bounds->upper_count == 0) *bounds = (complaint_bounds){bounds->lower, bounds->lower_count, bounds->lower_exclusive, &office[1], 1, 0};
}

static int64_t spoil_limit(plant p, int64_t limit) {
    if (p == IGNORES_LIMIT) return 0;
    if (p == LIMIT_PLUS_ONE && limit > 0) return limit + 1;
    return limit;
}

static complaint_status COMPLAINT_CALL bad_select(void *self, void *transaction, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit,
                                                  complaint_row_fn sink, void *sink_context, complaint_host_error *error) {
    bad *b = self;
    bad_transaction *t = transaction;
    complaint_bounds own = *bounds;
    complaint_value office[2];
    bool is_fresh;
    outlet o = {b, t->office, t->office_size, sink, sink_context, 1};
    if (b->plant == LIMIT_0_IS_NONE && limit == 0) return COMPLAINT_OK;
    if (b->plant == ALWAYS_ASCENDING) direction = COMPLAINT_ASCENDING;
    if (b->plant == ORDERS_BY_KEY && own.lower_count <= 1 && own.upper_count <= 1) index = 0;
    spoil_bounds(b, &own, office);
    void *inner = reading(b, t, &is_fresh);
    complaint_status s = b->inner.select(b->inner.self, inner, table, index, &own, direction, spoil_limit(b->plant, limit), let_out, &o, error);
    if (is_fresh) b->inner.rollback(b->inner.self, inner);
    b->late_sink = sink;
    b->late_context = sink_context;
    return b->plant == EMPTY_SELECT_IS_NOT_FOUND && o.calls == 1 ? COMPLAINT_E_NOT_FOUND : s;
}

/* ---- the places -------------------------------------------------------------------------------------------------------------------------------- */

typedef struct bad_place {
    memory_place memory; /* first: memory_wipe takes it */
    plant plant;
    bad connections[COMPLAINT_CONFORMANCE_CONNECTIONS];
    int32_t opened;
} bad_place;

static complaint_status COMPLAINT_CALL bad_wipe(void *self) {
    bad_place *p = self;
    p->opened = 0;
    return memory_wipe(&p->memory);
}

static complaint_status COMPLAINT_CALL bad_connect(void *self, int32_t connection, complaint_store *table) {
    bad_place *p = self;
    bad *b = &p->connections[connection];
    if (p->plant == FORGETS_WHEN_CLOSED && connection == 0 && p->opened++ > 0) assert_int_equal(memory_wipe(&p->memory), COMPLAINT_OK);
    if (p->plant == SCHEMA_WIPES && connection == 0 && p->opened++ > 0) assert_int_equal(memory_wipe(&p->memory), COMPLAINT_OK);
    *b = (bad){.plant = p->plant, .office = "one for all"};
    *table = (complaint_store){sizeof *table, b, bad_schema, NULL, bad_begin, bad_commit, bad_rollback, bad_write, bad_get, bad_select};
    return complaint_memory_table(p->memory.store, &b->inner);
}

static void COMPLAINT_CALL bad_disconnect(void *self, int32_t connection) {
    (void)self;
    (void)connection;
}

/* ---- what must be caught, and by which check ------------------------------------------------------------------------------------------------------ */

typedef struct expectation {
    plant plant;
    const char *name, *check;
} expectation;

#define CAUGHT(plant, check)                                                                                                                                                       \
    { plant, #plant, check }

static const expectation expectations[] = {
    CAUGHT(IGNORES_VERSION, "update/compares_the_version"),
    CAUGHT(IGNORES_VERSION, "snapshot/second_writer_is_refused_by_version"),
    CAUGHT(REMOVES_ANY_VERSION, "remove/compares_the_version"),
    CAUGHT(VERSION_FOR_NOT_FOUND, "update/of_an_absent_row_is_not_found"),
    CAUGHT(NOT_FOUND_FOR_VERSION, "update/compares_the_version"),
    CAUGHT(UPDATES_NOTHING_AND_IS_PLEASED, "update/of_an_absent_row_is_not_found"),
    CAUGHT(REMOVES_NOTHING_AND_IS_PLEASED, "remove/of_an_absent_row_is_not_found"),
    CAUGHT(INSERT_REPLACES, "insert/taken_key_is_refused"),
    CAUGHT(INSERT_REPLACES, "insert/taken_within_the_batch_is_refused"),
    CAUGHT(INSERT_REPLACES, "threads/one_wins_each_key"),
    CAUGHT(INSERT_DROPS_UNIQUE_TWINS, "insert/taken_unique_key_is_refused"),
    CAUGHT(UPDATE_CLEARS_THE_REST, "update/changes_named_columns_only"),
    CAUGHT(LOSES_LAST_OF_BATCH, "batch/is_applied_in_order"),
    CAUGHT(LOSES_LAST_OF_BATCH, "batch/may_be_long"),
    CAUGHT(FAILED_AT_0, "batch/failed_at_names_the_change"),
    CAUGHT(FAILED_AT_NEXT, "batch/failed_at_names_the_change"),
    CAUGHT(ADD_SETS, "add/adds"),
    CAUGHT(ADD_SETS, "add/takes_several_columns"),
    CAUGHT(ADD_FORGETS_THE_SIGN, "add/inserts_an_absent_row"),
    CAUGHT(ADD_READS_THEN_SETS, "threads/no_add_is_lost"),
    CAUGHT(CUTS_LONG_VALUES, "rows/long_blob_comes_back"),
    CAUGHT(CUTS_LONG_VALUES, "rows/long_text_comes_back"),
    CAUGHT(CUTS_LONG_VALUES, "rows/long_transaction_is_stored"),
    CAUGHT(CUTS_AT_NUL, "rows/every_column_comes_back"),
    CAUGHT(TRIMS_SPACES, "rows/every_column_comes_back"),
    CAUGHT(FOLDS_CAPITALS, "rows/every_column_comes_back"),
    CAUGHT(KEEPS_32_BITS, "rows/every_column_comes_back"),
    CAUGHT(KEEPS_DOUBLES, "rows/every_column_comes_back"),
    CAUGHT(EMPTY_IS_NULL, "rows/empty_is_not_null"),
    CAUGHT(NARROW_ROWS, "rows/every_column_comes_back"),
    CAUGHT(GET_GIVES_EMPTY_ANSWER, "rows/absent_row_is_not_found"),
    CAUGHT(GET_GIVES_TWICE, "rows/every_column_comes_back"),
    CAUGHT(ALWAYS_ASCENDING, "range/order_is_that_of_the_index"),
    CAUGHT(ORDERS_BY_KEY, "range/order_is_that_of_the_index"),
    CAUGHT(LOWER_END_INCLUSIVE, "range/bounds_hold"),
    CAUGHT(LOWER_END_INCLUSIVE, "range/paging_meets_every_row_once"),
    CAUGHT(UPPER_END_INCLUSIVE, "range/bounds_hold"),
    CAUGHT(UPPER_END_INCLUSIVE, "range/paging_meets_every_row_once"),
    CAUGHT(COMPARES_FIRST_COLUMNS_ONLY, "range/bounds_hold"),
    CAUGHT(OPEN_ENDS_LEAK, "range/order_is_that_of_the_index"),
    CAUGHT(IGNORES_LIMIT, "range/limit_holds"),
    CAUGHT(LIMIT_PLUS_ONE, "range/limit_holds"),
    CAUGHT(LIMIT_0_IS_NONE, "range/order_is_that_of_the_index"),
    CAUGHT(EMPTY_SELECT_IS_NOT_FOUND, "range/empty_is_no_error"),
    CAUGHT(GOES_ON_AFTER_REFUSAL, "range/sink_may_stop"),
    CAUGHT(CALLS_SINK_LATER, "range/order_is_that_of_the_index"),
    CAUGHT(ROLLBACK_COMMITS, "transaction/rollback_leaves_nothing"),
    CAUGHT(ROLLBACK_COMMITS, "transaction/failed_write_takes_back_earlier_writes"),
    CAUGHT(ROLLBACK_COMMITS, "batch/is_all_or_nothing"),
    CAUGHT(COMMIT_FORGETS, "transaction/many_follow_each_other"),
    CAUGHT(COMMIT_FORGETS, "snapshot/others_see_what_is_committed"),
    CAUGHT(WRITES_AT_ONCE, "transaction/rollback_leaves_nothing"),
    CAUGHT(WRITES_AT_ONCE, "transaction/several_writes_are_one"),
    CAUGHT(WRITES_AT_ONCE, "snapshot/others_do_not_see_what_is_not"),
    CAUGHT(READER_SEES_THE_PRESENT, "snapshot/reader_keeps_its_snapshot"),
    CAUGHT(READER_SEES_THE_PRESENT, "snapshot/is_of_all_tables"),
    CAUGHT(READER_SEES_THE_PRESENT, "threads/readers_see_whole_transactions"),
    CAUGHT(WRITES_AT_ONCE, "threads/readers_see_whole_transactions"),
    CAUGHT(BLIND_TO_OWN_WRITES, "rows/own_writes_are_seen"),
    CAUGHT(MIXES_OFFICES, "rows/offices_are_apart"),
    CAUGHT(FORGETS_WHEN_CLOSED, "schema/rows_stay_after_closing"),
    CAUGHT(SCHEMA_WIPES, "schema/writing_again_keeps_rows"),
    CAUGHT(SCHEMA_NEVER_EMPTY, "schema/empty_place_is_0_0"),
    CAUGHT(SCHEMA_NOT_KEPT, "schema/written_version_is_read"),
    CAUGHT(SCHEMA_NOT_KEPT, "schema/version_is_seen_by_others"),
    CAUGHT(RETRY_AFTER_COMMIT, "threads/no_add_is_lost"),
    CAUGHT(RETRY_AFTER_COMMIT, "threads/no_update_is_lost"),
};

static char last_detail[512];

static void COMPLAINT_CALL keep_detail(void *context, const char *name, int32_t outcome, const char *detail) {
    (void)context;
    if (outcome == COMPLAINT_CHECK_FAILED) (void)snprintf(last_detail, sizeof last_detail, "%s: %s", name, detail);
}

static int32_t failures(plant planted, const char *only) {
    bad_place p = {.plant = planted};
    complaint_conformance_host host = {sizeof host, &p, 0, 0, bad_wipe, bad_connect, bad_disconnect, in_two_threads};
    int32_t failed = -1;
    last_detail[0] = '\0';
    assert_int_equal(complaint_conformance_run(&host, only, keep_detail, NULL, &failed), COMPLAINT_OK);
    complaint_memory_close(p.memory.store);
    return failed;
}

static void wrapper_without_a_fault_passes(void **state) {
    (void)state;
    if (failures(SOUND, NULL) != 0) fail_msg("%s", last_detail);
}

/* Two threads on a busy machine may miss each other once. */
static bool is_caught(const expectation *e) {
    int32_t tries = strncmp(e->check, "threads/", 8) == 0 ? 10 : 1;
    for (int32_t n = 0; n < tries; n++)
        if (failures(e->plant, e->check) == 1) return true;
    return false;
}

static void each_fault_is_caught(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
        const expectation *e = &expectations[i];
        if (!is_caught(e)) fail_msg("%s is not caught by %s", e->name, e->check);
        if (!strchr(last_detail, ' ')) fail_msg("%s: no words but \"%s\"", e->name, last_detail);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(wrapper_without_a_fault_passes), cmocka_unit_test(each_fault_is_caught)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
