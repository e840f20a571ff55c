/* Two versions of the library on one file: a sample of the ends of a migration; test_versions_long.c has all. */
#include "versions.h"

#include <sys/stat.h>

static void expect_refusal(test_office *o, int32_t mode, complaint_status expected, const char *word) {
    const complaint_error *e = complaint_setup_error(o->setup);
    OK(complaint_setup_set_mode(o->setup, mode));
    complaint_desk *desk = NULL;
    assert_int_equal(complaint_desk_open(o->setup, &desk), expected);
    assert_null(desk);
    assert_int_equal(complaint_error_status(e), expected);
    if (!strstr(complaint_error_text(e, COMPLAINT_ENGLISH), word) && !strstr(complaint_error_host_text(e), word))
        fail_msg("neither “%s” nor “%s” names %s", complaint_error_text(e, COMPLAINT_ENGLISH), complaint_error_host_text(e), word);
    assert_true(strlen(complaint_error_text(e, COMPLAINT_THAI)) > 0);
}

/* Nobody gets a desk on it, for reading or writing, and not a byte is changed. */
static void check_refused(complaint_status expected, const char *word) {
    bytes before = read_bytes(versions_file);
    test_office *o = place_office();
    assert_int_equal(test_office_desk(o), expected);
    expect_refusal(o, COMPLAINT_WRITE, expected, word);
    expect_refusal(o, COMPLAINT_READ, expected, word);
    close_office(o);
    assert_untouched(versions_file, &before);
}

static void another_programs_file_is_refused(void **state) {
    (void)state;
    test_remove_file(versions_file);
    sql(versions_file, "CREATE TABLE complaint_case (hn TEXT)"); /* even under one of our names */
    check_refused(COMPLAINT_E_FOREIGN, "another program");
}

static void a_newer_major_is_refused(void **state) {
    (void)state;
    make_file();
    sql(versions_file, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 2003");
    check_refused(COMPLAINT_E_SCHEMA_NEWER, "2.3");
}

/* The office has two computers, and on one of them the program was renewed while the other one was at work. */
static void a_desk_at_work_stops_when_a_newer_major_takes_over(void **state) {
    (void)state;
    make_file();
    test_office *o = open_office();
    complaint_page *page = NULL;
    o->external = 50;
    test_open_case(o);
    int64_t events = sql_int(versions_file, "SELECT count(*) FROM complaint_event");
    sql(versions_file, "PRAGMA user_version = 2000");
    test_expect(o, TRY(o, o->officer, "receive", "channel=facebook", "external_id=late", "text=มาช้า"), COMPLAINT_E_SCHEMA_NEWER, "store.begin", __FILE__, __LINE__);
    test_expect(o, TRY(o, o->officer, "register"), COMPLAINT_E_SCHEMA_NEWER, "store.begin", __FILE__, __LINE__);
    assert_int_equal(complaint_desk_inbox(o->desk, o->officer, "new", NULL, 0, &page), COMPLAINT_E_SCHEMA_NEWER);
    assert_int_equal(complaint_desk_tick(o->desk, 0, NULL), COMPLAINT_E_SCHEMA_NEWER);
    assert_int_equal(complaint_desk_deliver(o->desk, 0, NULL), COMPLAINT_E_SCHEMA_NEWER);
    assert_null(page);
    assert_non_null(strstr(complaint_error_host_text(complaint_desk_error(o->desk)), "schema 2.0"));
    assert_int_equal(sql_int(versions_file, "SELECT count(*) FROM complaint_event"), events);
    assert_int_equal(o->sent_count, 0);
    sql(versions_file, "PRAGMA user_version = 1000"); /* it was put back from a copy */
    DO(o, o->officer, "register");
    test_verify(o);
    close_office(o);
}

/* Tables, columns and values that this version does not know are there afterwards as they were. */
static void a_newer_minor_is_worked_with(void **state) {
    (void)state;
    static const char *const altered[] = {"event", "message", "party", "case", "number", "register", "referral", "clock", "notice", "attempt", "request", "counter"};
    char script[300];
    make_file();
    for (size_t i = 0; i < COUNT(altered); i++) {
        snprintf(script, sizeof script, "ALTER TABLE complaint_%s ADD COLUMN future TEXT NOT NULL DEFAULT 'none'; UPDATE complaint_%s SET future = 'kept'", altered[i], altered[i]);
        sql(versions_file, script);
    }
    sql(versions_file, "CREATE TABLE complaint_future (office TEXT PRIMARY KEY) STRICT; INSERT INTO complaint_future VALUES ('cr'); PRAGMA user_version = 1007");
    assert_this_version_works(3);
    test_office *o = open_office();
    OK(complaint_desk_find(o->desk, o->officer, 2569, 1, &o->case_id));
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว"); /* changes rows that have values of the future */
    test_verify(o);
    close_office(o);
    assert_int_equal(stored_version(), 1007);
    assert_int_equal(sql_int(versions_file, "SELECT count(*) FROM complaint_future"), 1);
    assert_int_equal(sql_int(versions_file, "SELECT count(*) FROM complaint_case WHERE future = 'kept'"), 2);
    assert_int_equal(sql_int(versions_file, "SELECT count(*) FROM complaint_case WHERE future = 'none'"), 1);
    assert_int_equal(sql_int(versions_file, "SELECT count(*) FROM complaint_register WHERE future = 'kept' AND last_number = 3"), 1);
    assert_int_equal(sql_int(versions_file, "SELECT count(*) FROM complaint_referral WHERE future = 'kept' AND state = 'reported'"), 1);
}

static void an_older_file_is_migrated_by_writing_only(void **state) {
    (void)state;
    make_file();
    assert_string_equal(later_opens("read"), "E_SCHEMA_OLDER");
    assert_int_equal(stored_version(), 1000);
    assert_int_equal(later_things(), 0);
    assert_string_equal(later_opens("write"), "OK");
    assert_int_equal(stored_version(), 1001);
    assert_int_equal(later_things(), 3);
    assert_string_equal(later_opens("read"), "OK");
    assert_this_version_works(3); /* the older one goes on */
    assert_int_equal(stored_version(), 1001);
    assert_string_equal(later_opens("write"), "OK");
}

static void a_migration_is_killed(void **state) {
    (void)state;
    migration_ends(DISK_KILLED, 11);
}

static void a_migration_loses_its_power(void **state) {
    (void)state;
    migration_ends(DISK_POWER_LOST, 11);
}

static void the_next_version_comes_in_the_middle_of_the_work(void **state) {
    (void)state;
    later_ones_join(16);
}

/* The auditor's copy: neither file nor folder can be written. For root everything can, so root becomes nobody in a process of its own. */
static int audit_copy(void) {
    enum { NOBODY = 65534 };
    if (getuid() == 0 && setuid(NOBODY) != 0) return 1;
    if (access("copy/versions.db", R_OK) != 0) return 0; /* nobody is kept out of a folder above this one */
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_file(o, "copy/versions.db", 0, test_instant("2025-11-05T09:00"));
    OK(test_office_desk(o)); /* nothing had to be written yet */
    test_expect(o, TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-9", "text=ใหม่"), COMPLAINT_E_READ_ONLY, "store.begin", __FILE__, __LINE__);
    complaint_desk_close(o->desk);
    o->desk = NULL;
    OK(complaint_setup_set_mode(o->setup, COMPLAINT_READ));
    OK(complaint_desk_open(o->setup, &o->desk));
    test_verify(o);
    OK(complaint_desk_find(o->desk, o->auditor, 2569, 2, &o->case_id));
    return 0;
}

/* Without its log the file is not whole, and the log cannot be read where nothing can be written. */
static int audit_copy_with_log(void) {
    enum { NOBODY = 65534 };
    if (getuid() == 0 && setuid(NOBODY) != 0) return 1;
    if (access("copy/versions.db", R_OK) != 0) return 0;
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_file(o, "copy/versions.db", 0, test_instant("2025-11-05T09:00"));
    assert_int_equal(test_office_desk(o), COMPLAINT_E_STORE);
    expect_refusal(o, COMPLAINT_READ, COMPLAINT_E_STORE, "-wal");
    return 0;
}

static void in_a_folder_that_cannot_be_written(int (*audit)(void)) {
    int status = -1;
    assert_int_equal(chmod("copy/versions.db", 0444), 0);
    assert_int_equal(chmod("copy", 0555), 0);
    bytes before = read_bytes("copy/versions.db");
    pid_t child = fork();
    assert_true(child >= 0);
    setenv("CMOCKA_TEST_ABORT", child ? "0" : "1", 1);
    if (child == 0) _exit(audit());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_untouched("copy/versions.db", &before);
    assert_int_equal(chmod("copy", 0755), 0);
    test_remove_file("copy/versions.db");
}

static void copy_to_be_audited(const char *from, const char *to) {
    bytes all = read_bytes(from);
    write_bytes(to, &all);
    free(all.data);
}

static void a_read_only_file_is_for_reading(void **state) {
    (void)state;
    make_file();
    (void)chmod("copy", 0755);
    (void)mkdir("copy", 0755);
    copy_to_be_audited(versions_file, "copy/versions.db");
    in_a_folder_that_cannot_be_written(audit_copy);
    test_office *o = open_office();
    o->external = 50;
    test_open_case(o);
    copy_to_be_audited(versions_file, "copy/versions.db");
    copy_to_be_audited("versions.db-wal", "copy/versions.db-wal");
    in_a_folder_that_cannot_be_written(audit_copy_with_log);
    close_office(o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_programs_file_is_refused),
        cmocka_unit_test(a_newer_major_is_refused),
        cmocka_unit_test(a_desk_at_work_stops_when_a_newer_major_takes_over),
        cmocka_unit_test(a_read_only_file_is_for_reading),
        cmocka_unit_test(a_newer_minor_is_worked_with),
        cmocka_unit_test(an_older_file_is_migrated_by_writing_only),
        cmocka_unit_test(a_migration_is_killed),
        cmocka_unit_test(a_migration_loses_its_power),
        cmocka_unit_test(the_next_version_comes_in_the_middle_of_the_work),
    };
    return cmocka_run_group_tests_name("two versions", tests, NULL, NULL);
}
