/*
 * kit/check_transactions: what a transaction shows, hides, keeps and takes back, as far as one thread can see it.
 */
#include "kit.h"

/* A table with a number to change, for checks that need one table only. */
static int32_t some_table(int32_t *number) {
    for (int32_t t = complaint_schema_table_count() - 1; t > 0; t--) {
        *number = cpl_kit_find_column(t, cpl_kit_is_number);
        if (*number >= 0) return t;
    }
    *number = cpl_kit_find_column(0, cpl_kit_is_number);
    return 0;
}

static bool rollback_leaves_nothing(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        int32_t number = cpl_kit_find_column(t, cpl_kit_is_number);
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 4);
        cpl_kit_row fresh = cpl_kit_make_row(k, t, KIT_OFFICE, 7);
        complaint_value amount = cpl_kit_int(5);
        if (number >= 0) rows.items[2].values[number] = cpl_kit_int(40); /* leaves room for the sum */
        if (!cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) || !cpl_kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE)) return false;
        complaint_change changes[] = {cpl_kit_insert(&fresh), cpl_kit_remove(&rows.items[1], COMPLAINT_ANY_VERSION),
                                      cpl_kit_alter(COMPLAINT_UPDATE, &rows.items[0], &number, &amount, 1, COMPLAINT_ANY_VERSION),
                                      cpl_kit_alter(COMPLAINT_ADD, &rows.items[2], &number, &amount, 1, COMPLAINT_ANY_VERSION)};
        if (!cpl_kit_write(k, 0, changes, number >= 0 ? 4 : 2)) return false;
        cpl_kit_rollback(k, 0);
        if (!cpl_kit_holds_not(k, KIT_OFFICE, &fresh) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

static bool store_works_after_rollback(cpl_kit *k) {
    int32_t number, t = some_table(&number);
    cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 3);
    complaint_change again = cpl_kit_insert(&rows.items[0]);
    if (!cpl_kit_start(k) || !cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows)) return false;
    for (int32_t i = 0; i < 3; i++)
        if (!cpl_kit_store_fails(k, KIT_OFFICE, &again, 1, COMPLAINT_E_EXISTS, 0) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    cpl_kit_row fresh = cpl_kit_make_row(k, t, KIT_OFFICE, 5);
    complaint_change insert = cpl_kit_insert(&fresh);
    return cpl_kit_store_changes(k, 0, KIT_OFFICE, &insert, 1) && cpl_kit_holds(k, KIT_OFFICE, &fresh);
}

static bool empty_transactions_commit(cpl_kit *k) {
    return cpl_kit_start(k) && cpl_kit_begin(k, 0, COMPLAINT_READ, KIT_OFFICE) && cpl_kit_commit(k, 0) && cpl_kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) &&
           cpl_kit_commit(k, 0) && cpl_kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) && cpl_kit_write(k, 0, NULL, 0) && cpl_kit_commit(k, 0);
}

static bool several_writes_are_one_transaction(cpl_kit *k) {
    int32_t number, t = some_table(&number);
    cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 4);
    if (!cpl_kit_start(k)) return false;
    for (int32_t last = 0; last < 2; last++) {
        if (!cpl_kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE)) return false;
        for (int32_t n = 0; n < rows.count; n++) {
            complaint_change insert = cpl_kit_insert(&rows.items[n]);
            if (!cpl_kit_write(k, 0, &insert, 1)) return false;
        }
        cpl_kit_rows none = {rows.items, 0};
        if (last == 0)
            cpl_kit_rollback(k, 0);
        else if (!cpl_kit_commit(k, 0))
            return false;
        if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, last == 0 ? &none : &rows)) return false;
    }
    return true;
}

static bool failed_write_takes_back_earlier_writes(cpl_kit *k) {
    int32_t number, t = some_table(&number);
    cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 3), none = {rows.items, 0};
    complaint_change twice = cpl_kit_insert(&rows.items[2]);
    return cpl_kit_start(k) && cpl_kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) && cpl_kit_insert_rows(k, 0, &rows) &&
           cpl_kit_write_fails(k, 0, &twice, 1, COMPLAINT_E_EXISTS, 0) && cpl_kit_holds_exactly(k, KIT_OFFICE, t, &none);
}

static bool others_see_what_is_committed(cpl_kit *k) {
    if (!cpl_kit_start(k) || !cpl_kit_open(k, 1)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 3);
        if (!cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows)) return false;
        if (!cpl_kit_begin(k, 1, COMPLAINT_READ, KIT_OFFICE) || !cpl_kit_has_exactly(k, 1, t, &rows) || !cpl_kit_commit(k, 1)) return false;
    }
    return true;
}

/* A store may make the reader wait; then it says so, and there is nothing to see. */
static bool may_begin_reading(cpl_kit *k, int32_t connection) {
    const complaint_store *store = &k->stores[connection];
    void *transaction = NULL;
    complaint_status s = store->begin(store->self, COMPLAINT_READ, KIT_OFFICE, sizeof KIT_OFFICE - 1, &transaction, NULL);
    if (s == COMPLAINT_E_BUSY || s == COMPLAINT_E_RETRY) return cpl_kit_skip(k, "a reader has to wait for the writer");
    if (s != COMPLAINT_OK) return cpl_kit_fail(k, "begin READ answered %s", cpl_kit_status_name(s));
    k->transactions[connection] = transaction;
    return true;
}

static bool others_do_not_see_what_is_not(cpl_kit *k) {
    int32_t number, t = some_table(&number);
    cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 5), first = {rows.items, 3};
    complaint_change more[] = {cpl_kit_insert(&rows.items[3]), cpl_kit_insert(&rows.items[4]), cpl_kit_remove(&rows.items[0], COMPLAINT_ANY_VERSION)};
    if (!cpl_kit_start(k) || !cpl_kit_open(k, 1) || !cpl_kit_store_rows(k, 0, KIT_OFFICE, &first)) return false;
    if (!cpl_kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) || !cpl_kit_write(k, 0, more, 3)) return false;
    if (!may_begin_reading(k, 1)) return false;
    return cpl_kit_has_exactly(k, 1, t, &first) && cpl_kit_has_not(k, 1, &rows.items[4]) && cpl_kit_commit(k, 1) && cpl_kit_commit(k, 0);
}

/* The reader reads, somebody commits changes of each kind, the reader reads on: other rows, other indexes, the same state. */
static bool reader_keeps_its_snapshot(cpl_kit *k) {
    int32_t number, t = some_table(&number);
    cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 5), first = {rows.items, 4};
    complaint_value amount = cpl_kit_int(5);
    complaint_change changes[] = {cpl_kit_insert(&rows.items[4]), cpl_kit_remove(&rows.items[1], COMPLAINT_ANY_VERSION),
                                  cpl_kit_alter(COMPLAINT_UPDATE, &rows.items[0], &number, &amount, 1, COMPLAINT_ANY_VERSION),
                                  cpl_kit_alter(COMPLAINT_ADD, &rows.items[2], &number, &amount, 1, COMPLAINT_ANY_VERSION)};
    if (number >= 0) rows.items[2].values[number] = cpl_kit_int(40);
    if (!cpl_kit_start(k) || !cpl_kit_open(k, 1) || !cpl_kit_store_rows(k, 0, KIT_OFFICE, &first)) return false;
    if (!cpl_kit_begin(k, 1, COMPLAINT_READ, KIT_OFFICE) || !cpl_kit_has(k, 1, &rows.items[3])) return false;
    if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, changes, number >= 0 ? 4 : 2)) return false;
    if (!cpl_kit_has_exactly(k, 1, t, &first) || !cpl_kit_has(k, 1, &rows.items[0]) || !cpl_kit_has(k, 1, &rows.items[1]) || !cpl_kit_has_not(k, 1, &rows.items[4]) ||
        !cpl_kit_commit(k, 1))
        return false;
    return cpl_kit_begin(k, 1, COMPLAINT_READ, KIT_OFFICE) && cpl_kit_has(k, 1, &rows.items[4]) && cpl_kit_has_not(k, 1, &rows.items[1]) && cpl_kit_commit(k, 1);
}

/* One table after the other: a snapshot is of the whole store. */
static bool snapshot_is_of_all_tables(cpl_kit *k) {
    int32_t last = complaint_schema_table_count() - 1;
    cpl_kit_rows of_first = cpl_kit_make_rows(k, 0, KIT_OFFICE, 1), of_last = cpl_kit_make_rows(k, last, KIT_OFFICE, 1), none = {of_last.items, 0};
    complaint_change both[] = {cpl_kit_insert(&of_first.items[0]), cpl_kit_insert(&of_last.items[0])};
    if (!cpl_kit_start(k) || !cpl_kit_open(k, 1)) return false;
    if (!cpl_kit_begin(k, 1, COMPLAINT_READ, KIT_OFFICE) || !cpl_kit_has_not(k, 1, &of_first.items[0])) return false;
    if (!cpl_kit_store_changes(k, 0, KIT_OFFICE, both, 2)) return false;
    return cpl_kit_has_exactly(k, 1, last, &none) && cpl_kit_commit(k, 1);
}

static bool second_writer_is_refused_by_version(cpl_kit *k) {
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        int32_t column = complaint_schema_version_column(t);
        if (column < 0) continue;
        cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 2);
        int64_t seen = rows.items[0].values[column].integer;
        complaint_value next = cpl_kit_int(seen + 1);
        complaint_change update = cpl_kit_alter(COMPLAINT_UPDATE, &rows.items[0], &column, &next, 1, seen);
        if (!cpl_kit_start(k) || !cpl_kit_open(k, 1) || !cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows) || !cpl_kit_store_changes(k, 0, KIT_OFFICE, &update, 1)) return false;
        if (!cpl_kit_begin(k, 1, COMPLAINT_WRITE, KIT_OFFICE) || !cpl_kit_write_fails(k, 1, &update, 1, COMPLAINT_E_VERSION, 0)) return false;
        rows.items[0].values[column] = next;
        return cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows);
    }
    return cpl_kit_skip(k, "no table of this schema has a version");
}

/* Read, write, read on one connection, many times: nothing is left open. */
static bool many_transactions_follow_each_other(cpl_kit *k) {
    int32_t number, t = some_table(&number);
    if (!cpl_kit_start(k)) return false;
    cpl_kit_rows rows = cpl_kit_make_rows(k, t, KIT_OFFICE, 60);
    for (int32_t n = 0; n < rows.count; n++) {
        complaint_change insert = cpl_kit_insert(&rows.items[n]);
        if (!cpl_kit_holds_not(k, KIT_OFFICE, &rows.items[n]) || !cpl_kit_store_changes(k, 0, KIT_OFFICE, &insert, 1) || !cpl_kit_holds(k, KIT_OFFICE, &rows.items[n]))
            return false;
        if (!cpl_kit_begin(k, 0, n % 2 ? COMPLAINT_READ : COMPLAINT_WRITE, KIT_OFFICE)) return false;
        cpl_kit_rollback(k, 0);
    }
    return cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows);
}

const cpl_kit_check cpl_kit_transaction_checks[] = {
    {"transaction/rollback_leaves_nothing", 0, rollback_leaves_nothing},
    {"transaction/store_works_after_rollback", 0, store_works_after_rollback},
    {"transaction/empty_ones_commit", 0, empty_transactions_commit},
    {"transaction/several_writes_are_one", 0, several_writes_are_one_transaction},
    {"transaction/failed_write_takes_back_earlier_writes", 0, failed_write_takes_back_earlier_writes},
    {"transaction/many_follow_each_other", 0, many_transactions_follow_each_other},
    {"snapshot/others_see_what_is_committed", KIT_NEEDS_CONNECTIONS, others_see_what_is_committed},
    {"snapshot/others_do_not_see_what_is_not", KIT_NEEDS_CONNECTIONS, others_do_not_see_what_is_not},
    {"snapshot/reader_keeps_its_snapshot", KIT_NEEDS_CONNECTIONS, reader_keeps_its_snapshot},
    {"snapshot/is_of_all_tables", KIT_NEEDS_CONNECTIONS, snapshot_is_of_all_tables},
    {"snapshot/second_writer_is_refused_by_version", KIT_NEEDS_CONNECTIONS, second_writer_is_refused_by_version},
    {NULL, 0, NULL},
};
