/*
 * kit/check_transactions: what a transaction shows, hides, keeps and takes back, as far as one thread can see it.
 */
#include "kit.h"

/* A table with a number to change, for checks that need one table only. */
static int32_t some_table(int32_t *number) {
    for (int32_t t = complaint_schema_table_count() - 1; t > 0; t--) {
        *number = kit_find_column(t, kit_is_number);
        if (*number >= 0) return t;
    }
    *number = kit_find_column(0, kit_is_number);
    return 0;
}

static bool rollback_leaves_nothing(kit *k) {
    if (!kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        int32_t number = kit_find_column(t, kit_is_number);
        kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 4);
        kit_row fresh = kit_make_row(k, t, KIT_OFFICE, 7);
        complaint_value amount = kit_int(5);
        if (number >= 0) rows.items[2].values[number] = kit_int(40); /* leaves room for the sum */
        if (!kit_store_rows(k, 0, KIT_OFFICE, &rows) || !kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE)) return false;
        complaint_change changes[] = {kit_insert(&fresh), kit_remove(&rows.items[1], COMPLAINT_ANY_VERSION),
                                      kit_alter(COMPLAINT_UPDATE, &rows.items[0], &number, &amount, 1, COMPLAINT_ANY_VERSION),
                                      kit_alter(COMPLAINT_ADD, &rows.items[2], &number, &amount, 1, COMPLAINT_ANY_VERSION)};
        if (!kit_write(k, 0, changes, number >= 0 ? 4 : 2)) return false;
        kit_rollback(k, 0);
        if (!kit_holds_not(k, KIT_OFFICE, &fresh) || !kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    }
    return true;
}

static bool store_works_after_rollback(kit *k) {
    int32_t number, t = some_table(&number);
    kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 3);
    complaint_change again = kit_insert(&rows.items[0]);
    if (!kit_start(k) || !kit_store_rows(k, 0, KIT_OFFICE, &rows)) return false;
    for (int32_t i = 0; i < 3; i++)
        if (!kit_store_fails(k, KIT_OFFICE, &again, 1, COMPLAINT_E_EXISTS, 0) || !kit_holds_exactly(k, KIT_OFFICE, t, &rows)) return false;
    kit_row fresh = kit_make_row(k, t, KIT_OFFICE, 5);
    complaint_change insert = kit_insert(&fresh);
    return kit_store_changes(k, 0, KIT_OFFICE, &insert, 1) && kit_holds(k, KIT_OFFICE, &fresh);
}

static bool empty_transactions_commit(kit *k) {
    return kit_start(k) && kit_begin(k, 0, COMPLAINT_READ, KIT_OFFICE) && kit_commit(k, 0) && kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) && kit_commit(k, 0) &&
           kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) && kit_write(k, 0, NULL, 0) && kit_commit(k, 0);
}

static bool several_writes_are_one_transaction(kit *k) {
    int32_t number, t = some_table(&number);
    kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 4);
    if (!kit_start(k)) return false;
    for (int32_t last = 0; last < 2; last++) {
        if (!kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE)) return false;
        for (int32_t n = 0; n < rows.count; n++) {
            complaint_change insert = kit_insert(&rows.items[n]);
            if (!kit_write(k, 0, &insert, 1)) return false;
        }
        kit_rows none = {rows.items, 0};
        if (last == 0)
            kit_rollback(k, 0);
        else if (!kit_commit(k, 0))
            return false;
        if (!kit_holds_exactly(k, KIT_OFFICE, t, last == 0 ? &none : &rows)) return false;
    }
    return true;
}

static bool failed_write_takes_back_earlier_writes(kit *k) {
    int32_t number, t = some_table(&number);
    kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 3), none = {rows.items, 0};
    complaint_change twice = kit_insert(&rows.items[2]);
    return kit_start(k) && kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) && kit_insert_rows(k, 0, &rows) && kit_write_fails(k, 0, &twice, 1, COMPLAINT_E_EXISTS, 0) &&
           kit_holds_exactly(k, KIT_OFFICE, t, &none);
}

static bool others_see_what_is_committed(kit *k) {
    if (!kit_start(k) || !kit_open(k, 1)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 3);
        if (!kit_store_rows(k, 0, KIT_OFFICE, &rows)) return false;
        if (!kit_begin(k, 1, COMPLAINT_READ, KIT_OFFICE) || !kit_has_exactly(k, 1, t, &rows) || !kit_commit(k, 1)) return false;
    }
    return true;
}

/* A store may make the reader wait; then it says so, and there is nothing to see. */
static bool may_begin_reading(kit *k, int32_t connection) {
    const complaint_store *store = &k->stores[connection];
    void *transaction = NULL;
    complaint_status s = store->begin(store->self, COMPLAINT_READ, KIT_OFFICE, sizeof KIT_OFFICE - 1, &transaction, NULL);
    if (s == COMPLAINT_E_BUSY || s == COMPLAINT_E_RETRY) return kit_skip(k, "a reader has to wait for the writer");
    if (s != COMPLAINT_OK) return kit_fail(k, "begin READ answered %s", kit_status_name(s));
    k->transactions[connection] = transaction;
    return true;
}

static bool others_do_not_see_what_is_not(kit *k) {
    int32_t number, t = some_table(&number);
    kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 5), first = {rows.items, 3};
    complaint_change more[] = {kit_insert(&rows.items[3]), kit_insert(&rows.items[4]), kit_remove(&rows.items[0], COMPLAINT_ANY_VERSION)};
    if (!kit_start(k) || !kit_open(k, 1) || !kit_store_rows(k, 0, KIT_OFFICE, &first)) return false;
    if (!kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) || !kit_write(k, 0, more, 3)) return false;
    if (!may_begin_reading(k, 1)) return false;
    return kit_has_exactly(k, 1, t, &first) && kit_has_not(k, 1, &rows.items[4]) && kit_commit(k, 1) && kit_commit(k, 0);
}

/* The reader reads, somebody commits changes of each kind, the reader reads on: other rows, other indexes, the same state. */
static bool reader_keeps_its_snapshot(kit *k) {
    int32_t number, t = some_table(&number);
    kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 5), first = {rows.items, 4};
    complaint_value amount = kit_int(5);
    complaint_change changes[] = {kit_insert(&rows.items[4]), kit_remove(&rows.items[1], COMPLAINT_ANY_VERSION),
                                  kit_alter(COMPLAINT_UPDATE, &rows.items[0], &number, &amount, 1, COMPLAINT_ANY_VERSION),
                                  kit_alter(COMPLAINT_ADD, &rows.items[2], &number, &amount, 1, COMPLAINT_ANY_VERSION)};
    if (number >= 0) rows.items[2].values[number] = kit_int(40);
    if (!kit_start(k) || !kit_open(k, 1) || !kit_store_rows(k, 0, KIT_OFFICE, &first)) return false;
    if (!kit_begin(k, 1, COMPLAINT_READ, KIT_OFFICE) || !kit_has(k, 1, &rows.items[3])) return false;
    if (!kit_store_changes(k, 0, KIT_OFFICE, changes, number >= 0 ? 4 : 2)) return false;
    if (!kit_has_exactly(k, 1, t, &first) || !kit_has(k, 1, &rows.items[0]) || !kit_has(k, 1, &rows.items[1]) || !kit_has_not(k, 1, &rows.items[4]) || !kit_commit(k, 1))
        return false;
    return kit_begin(k, 1, COMPLAINT_READ, KIT_OFFICE) && kit_has(k, 1, &rows.items[4]) && kit_has_not(k, 1, &rows.items[1]) && kit_commit(k, 1);
}

/* One table after the other: a snapshot is of the whole store. */
static bool snapshot_is_of_all_tables(kit *k) {
    int32_t last = complaint_schema_table_count() - 1;
    kit_rows of_first = kit_make_rows(k, 0, KIT_OFFICE, 1), of_last = kit_make_rows(k, last, KIT_OFFICE, 1), none = {of_last.items, 0};
    complaint_change both[] = {kit_insert(&of_first.items[0]), kit_insert(&of_last.items[0])};
    if (!kit_start(k) || !kit_open(k, 1)) return false;
    if (!kit_begin(k, 1, COMPLAINT_READ, KIT_OFFICE) || !kit_has_not(k, 1, &of_first.items[0])) return false;
    if (!kit_store_changes(k, 0, KIT_OFFICE, both, 2)) return false;
    return kit_has_exactly(k, 1, last, &none) && kit_commit(k, 1);
}

static bool second_writer_is_refused_by_version(kit *k) {
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        int32_t column = complaint_schema_version_column(t);
        if (column < 0) continue;
        kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 2);
        int64_t seen = rows.items[0].values[column].integer;
        complaint_value next = kit_int(seen + 1);
        complaint_change update = kit_alter(COMPLAINT_UPDATE, &rows.items[0], &column, &next, 1, seen);
        if (!kit_start(k) || !kit_open(k, 1) || !kit_store_rows(k, 0, KIT_OFFICE, &rows) || !kit_store_changes(k, 0, KIT_OFFICE, &update, 1)) return false;
        if (!kit_begin(k, 1, COMPLAINT_WRITE, KIT_OFFICE) || !kit_write_fails(k, 1, &update, 1, COMPLAINT_E_VERSION, 0)) return false;
        rows.items[0].values[column] = next;
        return kit_holds_exactly(k, KIT_OFFICE, t, &rows);
    }
    return kit_skip(k, "no table of this schema has a version");
}

/* Read, write, read on one connection, many times: nothing is left open. */
static bool many_transactions_follow_each_other(kit *k) {
    int32_t number, t = some_table(&number);
    if (!kit_start(k)) return false;
    kit_rows rows = kit_make_rows(k, t, KIT_OFFICE, 60);
    for (int32_t n = 0; n < rows.count; n++) {
        complaint_change insert = kit_insert(&rows.items[n]);
        if (!kit_holds_not(k, KIT_OFFICE, &rows.items[n]) || !kit_store_changes(k, 0, KIT_OFFICE, &insert, 1) || !kit_holds(k, KIT_OFFICE, &rows.items[n])) return false;
        if (!kit_begin(k, 0, n % 2 ? COMPLAINT_READ : COMPLAINT_WRITE, KIT_OFFICE)) return false;
        kit_rollback(k, 0);
    }
    return kit_holds_exactly(k, KIT_OFFICE, t, &rows);
}

const kit_check kit_transaction_checks[] = {
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
