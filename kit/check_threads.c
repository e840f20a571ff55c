/*
 * kit/check_threads: two desks in two threads on one place.
 *
 * Owns: the threads and what each of them counted. A thread touches nothing of the kit's; its words are told when it has ended.
 *
 * RETRY and BUSY are good answers at any time; what counts is that RETRY left nothing and OK left everything.
 */
#include "kit.h"

#include <stdatomic.h>
#include <threads.h>

enum { THREADS = 2, ROUNDS = 40, LOOKS = 5, PATIENCE = 20000, PAUSE_NS = 200000 };

typedef struct job job;

struct job {
    const complaint_store *store;
    int32_t mode;
    complaint_status (*round)(job *j, void *transaction);
    const cpl_kit_row *rows; /* what the rounds are about */
    int32_t column;          /* of the rows, a number or the version */
    int32_t at;              /* the round */
    job *other;
    atomic_int arrived; /* at the beginning of so many rounds; beyond the last when the work is done */
    int64_t committed, unknown, refused;
    complaint_status failure; /* the first answer that no store may give here */
    bool torn;                /* a reader saw half a transaction */
};

/* ---- rounds -------------------------------------------------------------------------------------------------------------------------- */

static bool again(complaint_status s) { return s == COMPLAINT_E_RETRY || s == COMPLAINT_E_BUSY; }

static bool is_refusal(complaint_status s) { return s == COMPLAINT_E_EXISTS || s == COMPLAINT_E_VERSION; }

/* Waits, within reason, until the other thread begins the same round: threads that run one after the other prove nothing. */
static void meet(job *j) {
    atomic_store(&j->arrived, j->at + 1);
    for (int32_t n = 0; n < PATIENCE && atomic_load(&j->other->arrived) <= j->at; n++) thrd_yield();
}

/* Inside a transaction: lets the other one come. */
static void pause_a_little(void) {
    struct timespec t = {0, PAUSE_NS};
    (void)thrd_sleep(&t, NULL);
}

/* One transaction; OK, a refusal of the key or version, UNKNOWN, or again(). */
static complaint_status once(job *j) {
    const complaint_store *store = j->store;
    void *transaction = NULL;
    complaint_status s = store->begin(store->self, j->mode, KIT_OFFICE, sizeof KIT_OFFICE - 1, &transaction, NULL);
    if (s != COMPLAINT_OK) return s;
    pause_a_little();
    s = j->round(j, transaction);
    if (s == COMPLAINT_OK) s = store->commit(store->self, transaction, NULL);
    if (s != COMPLAINT_OK) store->rollback(store->self, transaction);
    return s;
}

static complaint_status until_done(job *j) {
    complaint_status s = COMPLAINT_E_RETRY;
    for (int32_t n = 0; n < PATIENCE && again(s); n++) {
        s = once(j);
        if (again(s)) thrd_yield();
    }
    return s;
}

static void COMPLAINT_CALL work(void *context) {
    job *j = context;
    for (j->at = 0; j->at < ROUNDS && j->failure == COMPLAINT_OK; j->at++) {
        complaint_status s = COMPLAINT_OK;
        meet(j);
        for (int32_t n = 0; n < (j->mode == COMPLAINT_READ ? LOOKS : 1) && s == COMPLAINT_OK; n++) s = until_done(j); /* a reader looks before, while and after */
        if (s == COMPLAINT_OK)
            j->committed++;
        else if (s == COMPLAINT_E_UNKNOWN)
            j->unknown++;
        else if (is_refusal(s))
            j->refused++;
        else
            j->failure = s;
    }
    atomic_store(&j->arrived, ROUNDS + 1);
}

static complaint_status write_one(job *j, void *transaction, const complaint_change *changes, int32_t count) {
    int32_t failed_at = -1;
    return cpl_kit_raw_write(j->store, transaction, changes, count, &failed_at);
}

/* ---- running two of them ---------------------------------------------------------------------------------------------------------------- */

static int work_as_thread(void *context) {
    work(context);
    return 0;
}

static bool start_threads(job jobs[THREADS]) {
    thrd_t other;
    if (thrd_create(&other, work_as_thread, &jobs[1]) != thrd_success) return false;
    work(&jobs[0]);
    (void)thrd_join(other, NULL);
    return true;
}

static bool run_both(cpl_kit *k, job jobs[THREADS], int32_t first_mode, int32_t second_mode) {
    jobs[0].mode = first_mode;
    jobs[1].mode = second_mode;
    for (int32_t n = 0; n < THREADS; n++) {
        jobs[n].store = &k->stores[n];
        jobs[n].other = &jobs[1 - n];
    }
    bool ran = k->host->together ? k->host->together(k->host->self, work, &jobs[0], &jobs[1]) == COMPLAINT_OK : start_threads(jobs);
    if (!ran) return cpl_kit_skip(k, "no thread could be started");
    for (int32_t n = 0; n < THREADS; n++)
        if (jobs[n].failure != COMPLAINT_OK) return cpl_kit_fail(k, "a slot answered %s while two threads worked", cpl_kit_status_name(jobs[n].failure));
    return true;
}

static bool start_two(cpl_kit *k) { return cpl_kit_start(k) && cpl_kit_open(k, 1); }

static bool find_number(int32_t *table, int32_t *column) {
    for (*table = complaint_schema_table_count() - 1; *table >= 0; (*table)--)
        if ((*column = cpl_kit_find_column(*table, cpl_kit_is_number)) >= 0) return true;
    return false;
}

/* The sum that is stored lies between what was surely committed and what may have been. */
static bool sum_is(cpl_kit *k, const cpl_kit_row *row, int32_t column, int64_t least, int64_t most) {
    cpl_kit_catch *c = NULL;
    complaint_value *key = cpl_kit_index_values(k, row, 0);
    int32_t width = complaint_schema_key_count(row->table);
    complaint_bounds b = {key, width, 0, key, width, 0};
    if (!cpl_kit_begin(k, 0, COMPLAINT_READ, KIT_OFFICE) || !cpl_kit_select(k, 0, row->table, 0, &b, COMPLAINT_ASCENDING, 0, 0, &c) || !cpl_kit_commit(k, 0)) return false;
    if (c->rows.count != 1) return cpl_kit_fail(k, "%s: the row that two threads changed is there %d times", complaint_schema_table_name(row->table), (int)c->rows.count);
    int64_t sum = c->rows.items[0].values[column].integer;
    return (sum >= least && sum <= most) ||
           cpl_kit_fail(k, "%s: two threads committed %lld changes, the row shows %lld", complaint_schema_table_name(row->table), (long long)least, (long long)sum);
}

/* ---- checks -------------------------------------------------------------------------------------------------------------------------------- */

static complaint_status add_one(job *j, void *transaction) {
    complaint_value one = {COMPLAINT_INT64, 0, 1, NULL, 0};
    complaint_change add = cpl_kit_alter(COMPLAINT_ADD, j->rows, &j->column, &one, 1, COMPLAINT_ANY_VERSION);
    return write_one(j, transaction, &add, 1);
}

static bool no_add_is_lost(cpl_kit *k) {
    int32_t t, column;
    if (!find_number(&t, &column)) return cpl_kit_skip(k, "no table of this schema has a number");
    cpl_kit_row row = cpl_kit_make_row(k, t, KIT_OFFICE, 1);
    job jobs[THREADS] = {{.round = add_one, .rows = &row, .column = column}, {.round = add_one, .rows = &row, .column = column}};
    if (!start_two(k) || !run_both(k, jobs, COMPLAINT_WRITE, COMPLAINT_WRITE)) return false;
    int64_t sure = jobs[0].committed + jobs[1].committed, maybe = jobs[0].unknown + jobs[1].unknown;
    return sum_is(k, &row, column, sure, sure + maybe);
}

typedef struct seen {
    int32_t column;
    int64_t number;
    bool found;
} seen;

static int32_t COMPLAINT_CALL see(void *context, const complaint_value *values, int32_t count) {
    seen *s = context;
    s->found = s->column < count;
    if (s->found) s->number = values[s->column].integer;
    return 0;
}

/* Reads the version and raises it by one, on condition that it is still so. */
static complaint_status raise_version(job *j, void *transaction) {
    seen now = {j->column, 0, false};
    const complaint_store *store = j->store;
    complaint_status s = store->get(store->self, transaction, j->rows->table, j->rows->values, complaint_schema_key_count(j->rows->table), see, &now, NULL);
    if (s != COMPLAINT_OK) return s;
    complaint_value next = {COMPLAINT_INT64, 0, now.number + 1, NULL, 0};
    complaint_change update = cpl_kit_alter(COMPLAINT_UPDATE, j->rows, &j->column, &next, 1, now.number);
    return write_one(j, transaction, &update, 1);
}

static bool no_update_is_lost(cpl_kit *k) {
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        int32_t column = complaint_schema_version_column(t);
        if (column < 0) continue;
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 1);
        rows.items[0].values[column] = cpl_kit_int(0);
        job jobs[THREADS] = {{.round = raise_version, .rows = rows.items, .column = column}, {.round = raise_version, .rows = rows.items, .column = column}};
        if (!start_two(k) || !cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) || !run_both(k, jobs, COMPLAINT_WRITE, COMPLAINT_WRITE)) return false;
        int64_t sure = jobs[0].committed + jobs[1].committed, maybe = jobs[0].unknown + jobs[1].unknown;
        return sum_is(k, rows.items, column, sure, sure + maybe);
    }
    return cpl_kit_skip(k, "no table of this schema has a version");
}

static complaint_status insert_next(job *j, void *transaction) {
    complaint_change insert = cpl_kit_insert(&j->rows[j->at]);
    return write_one(j, transaction, &insert, 1);
}

static bool one_wins_each_key(cpl_kit *k) {
    int32_t t, column;
    if (!find_number(&t, &column)) t = 0;
    cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, ROUNDS);
    job jobs[THREADS] = {{.round = insert_next, .rows = rows.items}, {.round = insert_next, .rows = rows.items}};
    if (!start_two(k) || !run_both(k, jobs, COMPLAINT_WRITE, COMPLAINT_WRITE)) return false;
    int64_t won = jobs[0].committed + jobs[1].committed, maybe = jobs[0].unknown + jobs[1].unknown;
    if (won > ROUNDS || won + maybe < ROUNDS) return cpl_kit_fail(k, "two threads inserted the same %d keys, %lld inserts were committed", (int)ROUNDS, (long long)won);
    return cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows);
}

/* Moves one from the first row to the second: the sum of both never changes. */
static complaint_status move_one(job *j, void *transaction) {
    complaint_value less = {COMPLAINT_INT64, 0, -1, NULL, 0}, more = {COMPLAINT_INT64, 0, 1, NULL, 0};
    complaint_change moves[] = {cpl_kit_alter(COMPLAINT_ADD, &j->rows[0], &j->column, &less, 1, COMPLAINT_ANY_VERSION),
                                cpl_kit_alter(COMPLAINT_ADD, &j->rows[1], &j->column, &more, 1, COMPLAINT_ANY_VERSION)};
    complaint_status s = write_one(j, transaction, &moves[0], 1);
    pause_a_little();
    return s == COMPLAINT_OK ? write_one(j, transaction, &moves[1], 1) : s;
}

static complaint_status look_at_both(job *j, void *transaction) {
    const complaint_store *store = j->store;
    seen both[2] = {{j->column, 0, false}, {j->column, 0, false}};
    for (int32_t n = 0; n < 2; n++) {
        complaint_status s = store->get(store->self, transaction, j->rows[n].table, j->rows[n].values, complaint_schema_key_count(j->rows[n].table), see, &both[n], NULL);
        if (s != COMPLAINT_OK) return s;
        if (n == 0) pause_a_little();
    }
    if (both[0].number + both[1].number != 0) j->torn = true;
    return COMPLAINT_OK;
}

static bool readers_see_whole_transactions(cpl_kit *k) {
    int32_t t, column;
    if (!find_number(&t, &column)) return cpl_kit_skip(k, "no table of this schema has a number");
    cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 2);
    for (int32_t n = 0; n < 2; n++) rows.items[n].values[column] = cpl_kit_int(0);
    job jobs[THREADS] = {{.round = move_one, .rows = rows.items, .column = column}, {.round = look_at_both, .rows = rows.items, .column = column}};
    if (!start_two(k) || !cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) || !run_both(k, jobs, COMPLAINT_WRITE, COMPLAINT_READ)) return false;
    if (jobs[1].torn) return cpl_kit_fail(k, "%s: a reader saw one half of a transaction", complaint_schema_table_name(t));
    return sum_is(k, &rows.items[1], column, jobs[0].committed, jobs[0].committed + jobs[0].unknown);
}

const cpl_kit_check cpl_kit_thread_checks[] = {
    {"threads/no_add_is_lost", KIT_NEEDS_CONNECTIONS | KIT_NEEDS_THREADS, no_add_is_lost},
    {"threads/no_update_is_lost", KIT_NEEDS_CONNECTIONS | KIT_NEEDS_THREADS, no_update_is_lost},
    {"threads/one_wins_each_key", KIT_NEEDS_CONNECTIONS | KIT_NEEDS_THREADS, one_wins_each_key},
    {"threads/readers_see_whole_transactions", KIT_NEEDS_CONNECTIONS | KIT_NEEDS_THREADS, readers_see_whole_transactions},
    {NULL, 0, NULL},
};
