/*
 * What happens to the file, or to the process, under a desk at work: the file is removed, replaced or put somewhere else; the process is forked. SQLite itself goes on as if nothing were: the acts of such a desk
 * would be acknowledged and be nowhere. Owns: the files. Must not know: how a store notices.
 */
#include "support/desk.h"

#include <complaint/schema.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char place[] = "place.db", other[] = "other.db";

static test_office *open_office(const char *path) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_file(o, path, COMPLAINT_SQLITE_SYNC_OFF, test_instant("2025-11-05T09:00"));
    OK(test_office_desk(o));
    return o;
}

static void close_office(test_office *o) {
    test_office_close(o);
    free(o);
}

static test_office *begin_work(void) {
    test_remove_file(place);
    test_remove_file(other);
    test_office *o = open_office(place);
    test_open_registered(o, "service");
    DO(o, o->officer, "acknowledge");
    return o;
}

static complaint_status read_case(test_office *o) {
    complaint_page *page = NULL;
    complaint_status s = complaint_desk_case(o->desk, o->officer, o->case_id, &page);
    complaint_page_free(page);
    return s;
}

/* Nothing is acknowledged, shown or sent, and it is said why. */
static void assert_of_no_use(test_office *o, const char *why) {
    int sent = o->sent_count;
    test_expect(o, TRY(o, o->officer, "note", "text=ข้อสังเกต"), COMPLAINT_E_STORE, "store.begin", __FILE__, __LINE__);
    if (!strstr(complaint_error_host_text(complaint_desk_error(o->desk)), why)) fail_msg("“%s” does not say %s", complaint_error_host_text(complaint_desk_error(o->desk)), why);
    assert_non_null(strstr(complaint_error_text(complaint_desk_error(o->desk), COMPLAINT_ENGLISH), why)); /* also for a host that shows nothing else */
    assert_non_null(strstr(complaint_error_text(complaint_desk_error(o->desk), COMPLAINT_THAI), "รายการนี้ยังไม่ได้บันทึก โปรด"));
    assert_int_equal(read_case(o), COMPLAINT_E_STORE);
    assert_int_equal(complaint_desk_tick(o->desk, 0, NULL), COMPLAINT_E_STORE);
    assert_int_equal(complaint_desk_deliver(o->desk, 0, NULL), COMPLAINT_E_STORE);
    assert_int_equal(o->sent_count, sent);
}

static void a_file_is_removed(void **state) {
    (void)state;
    test_office *o = begin_work();
    test_remove_file(place);
    assert_of_no_use(o, "removed or replaced");
    OK(test_office_desk(o)); /* may make a file where there is none, and begins anew */
    assert_int_equal(test_rows(o, "complaint_event"), 0);
    test_open_registered(o, "service");
    assert_int_equal(o->number, 1);
    test_verify(o);
    close_office(o);
    o = open_office(place);
    assert_int_equal(test_rows(o, "complaint_register"), 1);
    close_office(o);
    test_remove_file(place);
}

/* The copy of another day is put in the place of the file, as after a fault; nobody told the desk. */
static void a_file_is_replaced(void **state) {
    (void)state;
    test_office *o = begin_work(), *copy = open_office(other);
    for (int i = 0; i < 3; i++) test_open_registered(copy, "cyber");
    close_office(copy);
    test_remove_file(place);
    assert_int_equal(rename(other, place), 0);
    assert_of_no_use(o, "removed or replaced");
    copy = open_office(place); /* another desk, while the first one still has the old file */
    copy->external = 50;
    test_open_registered(copy, "service");
    assert_int_equal(copy->number, 4);
    OK(test_office_desk(o)); /* lets go of the old file, not of the log beside the new one */
    test_verify(copy);
    o->external = 90;
    test_open_registered(o, "service");
    assert_int_equal(o->number, 5);
    test_verify(o);
    close_office(copy);
    close_office(o);
    test_remove_file(place);
}

static void a_file_goes_and_comes_back(void **state) {
    (void)state;
    test_office *o = begin_work();
    assert_int_equal(rename(place, other), 0);
    assert_of_no_use(o, "removed or replaced");
    assert_int_equal(rename(other, place), 0);
    DO(o, o->officer, "note", "text=ข้อสังเกต");
    test_verify(o);
    close_office(o);
    test_remove_file(place);
}

/* ---- fork -------------------------------------------------------------------------------------------------------------------------- */

typedef void (*childs_work)(test_office *o);

static void in_a_child(test_office *o, childs_work work) {
    int status = -1;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        setenv("CMOCKA_TEST_ABORT", "1", 1);
        work(o);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void use_and_close(test_office *o) {
    assert_of_no_use(o, "forked");
    close_office(o);
}

static void fork_in_the_middle(test_office *o) {
    o->during_send = NULL;
    in_a_child(o, close_office);
}

static void a_process_is_forked(void **state) {
    (void)state;
    test_office *o = begin_work();
    in_a_child(o, use_and_close);
    DO(o, o->officer, "note", "text=ข้อสังเกต");
    o->during_send = fork_in_the_middle;
    OK(complaint_desk_deliver(o->desk, 0, NULL));
    assert_true(o->sent_count > 0);
    assert_null(o->during_send);
    test_verify(o);
    close_office(o);
    o = open_office(place);
    test_verify(o);
    close_office(o);
    test_remove_file(place);
}

/* As it stands: the row is written, and is what it was. */
static complaint_status write_number(test_office *o, void *tx) {
    const int32_t table = complaint_schema_table_find("complaint_register"), column = complaint_schema_column_count(table) - 1;
    const complaint_value key[] = {T("cr"), I(2569)}, number = I(1);
    int32_t at = -1;
    assert_string_equal(complaint_schema_column_name(table, column), "last_number");
    complaint_change c = {.kind = COMPLAINT_UPDATE, .table = table, .key = key, .key_count = 2, .expected = COMPLAINT_ANY_VERSION, .columns = &column, .values = &number, .value_count = 1};
    return o->store.write(o->store.self, tx, &c, 1, &at, NULL);
}

/* The child can neither end nor undo what the other process is writing. */
static void a_process_is_forked_in_the_middle_of_a_transaction(void **state) {
    (void)state;
    test_office *o = begin_work();
    void *tx = NULL;
    int status = -1;
    OK(o->store.begin(o->store.self, COMPLAINT_WRITE, "cr", 2, &tx, NULL));
    OK(write_number(o, tx));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        setenv("CMOCKA_TEST_ABORT", "1", 1);
        assert_int_equal(write_number(o, tx), COMPLAINT_E_STORE);
        assert_int_equal(o->store.commit(o->store.self, tx, NULL), COMPLAINT_E_STORE);
        o->store.rollback(o->store.self, tx);
        assert_int_equal(test_office_desk(o), COMPLAINT_E_STORE); /* nor may it come anew while that is open */
        close_office(o);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    OK(o->store.commit(o->store.self, tx, NULL));
    DO(o, o->officer, "note", "text=ข้อสังเกต");
    test_verify(o);
    close_office(o);
    test_remove_file(place);
}

typedef struct turns {
    int to_child[2], to_parent[2];
} turns;

static void give_turn(const int *pair) { assert_int_equal(write(pair[1], "", 1), 1); }

static void wait_for_turn(const int *pair) {
    char c;
    assert_int_equal(read(pair[0], &c, 1), 1);
}

/* Opened again in this process the desk is as good as any, also when the other process has closed its own. */
static void work_on_its_own(test_office *o, const turns *t) {
    assert_of_no_use(o, "forked");
    OK(test_office_desk(o));
    o->external = 50;
    test_open_registered(o, "service");
    give_turn(t->to_parent);
    wait_for_turn(t->to_child);
    test_open_registered(o, "service");
    test_verify(o);
    close_office(o);
}

static void a_forked_process_opens_the_desk_again(void **state) {
    (void)state;
    turns t;
    int status = -1;
    test_office *o = begin_work();
    assert_int_equal(pipe(t.to_child), 0);
    assert_int_equal(pipe(t.to_parent), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        setenv("CMOCKA_TEST_ABORT", "1", 1);
        work_on_its_own(o, &t);
        _exit(0);
    }
    wait_for_turn(t.to_parent);
    close_office(o); /* not the last one: the log stays */
    give_turn(t.to_child);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    for (int i = 0; i < 2; i++) (void)close(t.to_child[i]), (void)close(t.to_parent[i]);
    o = open_office(place);
    o->external = 90;
    test_open_registered(o, "service");
    assert_int_equal(o->number, 4); /* the child gave two */
    test_verify(o);
    close_office(o);
    test_remove_file(place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_removed),
        cmocka_unit_test(a_file_is_replaced),
        cmocka_unit_test(a_file_goes_and_comes_back),
        cmocka_unit_test(a_process_is_forked),
        cmocka_unit_test(a_process_is_forked_in_the_middle_of_a_transaction),
        cmocka_unit_test(a_forked_process_opens_the_desk_again),
    };
    return cmocka_run_group_tests_name("places", tests, NULL, NULL);
}
