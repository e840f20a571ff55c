/* The SQLite store's own promises: what it refuses and leaves alone, what others find in the file, that every select uses its index. */
#include "store/sqlite/sqlite.h"

#include <complaint/schema.h>

#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char file[] = "store.db";

enum { FOR_TESTS = COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_SYNC_OFF, NOBODY = 65534 };

/* ---- helpers ------------------------------------------------------------------------------------------------------------------- */

static void remove_file(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < 4; i++) {
        char name[300];
        (void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

static int fresh_file(void **state) {
    (void)state;
    remove_file(file);
    return 0;
}

static complaint_sqlite *open_store(const char *path, int32_t flags, complaint_store *table) {
    complaint_sqlite *s = NULL;
    assert_int_equal(complaint_sqlite_open(path, flags, NULL, &s), COMPLAINT_OK);
    assert_int_equal(complaint_sqlite_table(s, table), COMPLAINT_OK);
    return s;
}

static complaint_status write_schema(const complaint_store *t) {
    int32_t major = complaint_schema_major(), minor = complaint_schema_minor();
    return t->schema(t->self, COMPLAINT_SCHEMA_WRITE, &major, &minor, NULL);
}

static complaint_status read_schema(const complaint_store *t, int32_t *version) {
    int32_t major = -1, minor = -1;
    complaint_status s = t->schema(t->self, COMPLAINT_SCHEMA_READ, &major, &minor, NULL);
    *version = major * 1000 + minor;
    return s;
}

static complaint_sqlite *make_store(complaint_store *table) {
    complaint_sqlite *s = open_store(file, FOR_TESTS, table);
    assert_int_equal(write_schema(table), COMPLAINT_OK);
    return s;
}

/* Another program at the same file. */
static void sql(const char *path, const char *text) {
    sqlite3 *db = NULL;
    char *words = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, &words) != SQLITE_OK) fail_msg("%s in %s", words, text);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void sql_answers(const char *path, const char *text, const char *expected) {
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(q, 0), expected);
    assert_int_equal(sqlite3_finalize(q), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static complaint_value integer(int64_t n) { return (complaint_value){COMPLAINT_INT64, 0, n, NULL, 0}; }

static complaint_value text(const char *p) { return (complaint_value){COMPLAINT_TEXT, 0, 0, p, strlen(p)}; }

/* The counter `dimension`, one more. */
static complaint_status add_one(const complaint_store *t, void *tx, const char *dimension) {
    int32_t table = complaint_schema_table_find("complaint_counter"), column = 4, failed_at = -1;
    complaint_value key[] = {text("o"), text("received"), integer(202611), text(dimension)}, one = integer(1);
    complaint_change add = {COMPLAINT_ADD, table, key, 4, 1, &column, &one, COMPLAINT_ANY_VERSION};
    return t->write(t->self, tx, &add, 1, &failed_at, NULL);
}

static int32_t COMPLAINT_CALL keep_amount(void *context, const complaint_value *values, int32_t count) {
    assert_int_equal(count, 5);
    *(int64_t *)context = values[4].integer;
    return 0;
}

static complaint_status begin(const complaint_store *t, int32_t mode, void **tx) { return t->begin(t->self, mode, "o", 1, tx, NULL); }

static complaint_status count_once(const complaint_store *t, const char *dimension) {
    void *tx = NULL;
    complaint_status s = begin(t, COMPLAINT_WRITE, &tx);
    if (s != COMPLAINT_OK) return s;
    s = add_one(t, tx, dimension);
    if (s == COMPLAINT_OK) s = t->commit(t->self, tx, NULL);
    if (s != COMPLAINT_OK) t->rollback(t->self, tx);
    return s;
}

/* The counter, or -1 when there is none; any failure to read is the test's. */
static int64_t amount(const complaint_store *t, const char *dimension) {
    void *tx = NULL;
    int64_t n = -1;
    complaint_value key[] = {text("o"), text("received"), integer(202611), text(dimension)};
    assert_int_equal(begin(t, COMPLAINT_READ, &tx), COMPLAINT_OK);
    complaint_status s = t->get(t->self, tx, complaint_schema_table_find("complaint_counter"), key, 4, keep_amount, &n, NULL);
    assert_true(s == COMPLAINT_OK || s == COMPLAINT_E_NOT_FOUND);
    t->rollback(t->self, tx);
    return n;
}

static char *contents(const char *path, size_t *size) {
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *data = malloc(1 << 20);
    assert_non_null(data);
    *size = fread(data, 1, 1 << 20, f);
    (void)fclose(f);
    return data;
}

/* ---- arguments ------------------------------------------------------------------------------------------------------------------- */

static void open_refuses_bad_arguments(void **state) {
    (void)state;
    complaint_sqlite *s = NULL;
    complaint_allocator a = {.size = 3};
    assert_int_equal(complaint_sqlite_open(NULL, 0, NULL, &s), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_sqlite_open("", 0, NULL, &s), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_sqlite_open(file, 0, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_sqlite_open(file, 1 << 20, NULL, &s), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_sqlite_open(file, COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_READ_ONLY, NULL, &s), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_sqlite_open(file, COMPLAINT_SQLITE_SYNC_OFF | COMPLAINT_SQLITE_SYNC_NORMAL, NULL, &s), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_sqlite_open(file, 0, &a, &s), COMPLAINT_E_TABLE_SIZE);
    a.size = sizeof a;
    assert_int_equal(complaint_sqlite_open(file, 0, &a, &s), COMPLAINT_E_SLOT_MISSING);
    assert_null(s);
    assert_int_equal(complaint_sqlite_table(NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_sqlite_set_busy_timeout(NULL, 0), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_sqlite_message(NULL), "");
    assert_int_equal(complaint_sqlite_code(NULL), 0);
    complaint_sqlite_close(NULL);
}

static void misuse_is_refused(void **state) {
    (void)state;
    complaint_store t;
    void *tx = NULL, *second = NULL;
    int32_t version;
    complaint_sqlite *s = make_store(&t);
    assert_int_equal(complaint_sqlite_set_busy_timeout(s, -1), COMPLAINT_E_INVALID);
    assert_int_equal(begin(&t, COMPLAINT_READ, &tx), COMPLAINT_OK);
    assert_int_equal(begin(&t, COMPLAINT_READ, &second), COMPLAINT_E_STORE);
    assert_null(second);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_E_STORE);
    assert_int_equal(add_one(&t, tx, "x"), COMPLAINT_E_READ_ONLY);
    t.rollback(t.self, tx);
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &tx), COMPLAINT_OK);
    complaint_value key[] = {text("o"), text("received"), integer(1), text("nobody")};
    complaint_change remove = {COMPLAINT_REMOVE, complaint_schema_table_find("complaint_counter"), key, 4, 0, NULL, NULL, COMPLAINT_ANY_VERSION};
    int32_t failed_at = -1;
    assert_int_equal(add_one(&t, tx, "x"), COMPLAINT_OK);
    assert_int_equal(t.write(t.self, tx, &remove, 1, &failed_at, NULL), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(t.commit(t.self, tx, NULL), COMPLAINT_E_STORE); /* half a batch is never committed */
    t.rollback(t.self, tx);
    remove.key_count = 3;
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &tx), COMPLAINT_OK);
    assert_int_equal(t.write(t.self, tx, &remove, 1, &failed_at, NULL), COMPLAINT_E_STORE);
    t.rollback(t.self, tx);
    assert_int_equal(amount(&t, "x"), -1);
    complaint_sqlite_close(s);
}

/* ---- what is not ours -------------------------------------------------------------------------------------------------------------- */

static void check_refusal(const char *path, complaint_status expected, const char *word) {
    complaint_store t;
    void *tx = NULL;
    int32_t version;
    size_t before_size, after_size;
    char *before = contents(path, &before_size);
    for (int32_t n = 0; n < 3; n++) {
        complaint_sqlite *s = open_store(path, n == 0 ? COMPLAINT_SQLITE_READ_ONLY : FOR_TESTS, &t);
        assert_int_equal(read_schema(&t, &version), expected);
        assert_non_null(strstr(complaint_sqlite_message(s), word));
        assert_non_null(strstr(complaint_sqlite_message(s), path));
        if (n > 0) assert_int_equal(write_schema(&t), expected);
        assert_int_equal(begin(&t, COMPLAINT_READ, &tx), expected);
        complaint_sqlite_close(s);
    }
    char *after = contents(path, &after_size);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, after_size);
    free(before);
    free(after);
}

static void other_programs_files_are_left_alone(void **state) {
    (void)state;
    sql(file, "CREATE TABLE patient (hn TEXT)");
    check_refusal(file, COMPLAINT_E_FOREIGN, "another program");
    remove_file(file);
    sql(file, "PRAGMA journal_mode = WAL; CREATE TABLE patient (hn TEXT); INSERT INTO patient VALUES ('1')");
    check_refusal(file, COMPLAINT_E_FOREIGN, "1 tables");
    remove_file(file);
    sql(file, "PRAGMA application_id = 1234; VACUUM");
    check_refusal(file, COMPLAINT_E_FOREIGN, "1234");
    remove_file(file);
    FILE *f = fopen(file, "wb");
    assert_non_null(f);
    for (int n = 0; n < 200; n++) (void)fputs("register of complaints, typed by hand\n", f);
    (void)fclose(f);
    check_refusal(file, COMPLAINT_E_FOREIGN, "not a database");
}

static void newer_major_is_refused(void **state) {
    (void)state;
    complaint_store t;
    complaint_sqlite_close(make_store(&t));
    sql(file, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 2003");
    check_refusal(file, COMPLAINT_E_SCHEMA_NEWER, "schema 2.3");
}

/* What a newer library brought is neither read nor lost. */
static void newer_minor_is_used_as_it_is(void **state) {
    (void)state;
    complaint_store t;
    int32_t version;
    complaint_sqlite_close(make_store(&t));
    sql(file, "CREATE TABLE complaint_future (office TEXT NOT NULL PRIMARY KEY) STRICT; INSERT INTO complaint_future VALUES ('o');"
              "ALTER TABLE complaint_counter ADD COLUMN future TEXT NOT NULL DEFAULT 'later'; PRAGMA user_version = 1007");
    complaint_sqlite *s = open_store(file, FOR_TESTS, &t);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_OK);
    assert_int_equal(version, 1007);
    assert_int_equal(write_schema(&t), COMPLAINT_OK);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_OK);
    assert_int_equal(version, 1007);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    assert_int_equal(amount(&t, "x"), 1);
    complaint_sqlite_close(s);
    sql_answers(file, "SELECT future || (SELECT count(*) FROM complaint_future) FROM complaint_counter", "later1");
}

static void columns_of_the_host_survive(void **state) {
    (void)state;
    complaint_store t;
    complaint_sqlite *s = make_store(&t);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    sql(file, "ALTER TABLE complaint_counter ADD COLUMN hn TEXT; CREATE INDEX host_hn ON complaint_counter (office, hn); UPDATE complaint_counter SET hn = '12-34'");
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    assert_int_equal(count_once(&t, "y"), COMPLAINT_OK);
    assert_int_equal(amount(&t, "x"), 2);
    complaint_sqlite_close(s);
    sql_answers(file, "SELECT group_concat(dimension || coalesce(hn, '-') || amount, ' ') FROM complaint_counter", "x12-342 y-1");
}

/* ---- what is not there, or empty ---------------------------------------------------------------------------------------------------- */

static void absent_file_is_made_by_writing_only(void **state) {
    (void)state;
    complaint_store t;
    void *tx = NULL;
    int32_t version = -1;
    complaint_sqlite *s = open_store(file, COMPLAINT_SQLITE_SYNC_OFF, &t);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_E_STORE);
    assert_int_equal(complaint_sqlite_code(s) & 0xff, SQLITE_CANTOPEN);
    assert_non_null(strstr(complaint_sqlite_message(s), file));
    assert_int_equal(write_schema(&t), COMPLAINT_E_STORE);
    assert_int_equal(begin(&t, COMPLAINT_READ, &tx), COMPLAINT_E_STORE);
    complaint_sqlite_close(s);
    s = open_store(file, FOR_TESTS, &t);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_OK);
    assert_int_equal(version, 0);
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &tx), COMPLAINT_E_STORE);
    assert_int_equal(access(file, F_OK), -1);
    assert_int_equal(write_schema(&t), COMPLAINT_OK);
    assert_int_equal(access(file, F_OK), 0);
    complaint_sqlite_close(s);
}

/* Made by hand, or left by a program that was stopped: a database is made of it only when that was asked for. */
static void empty_file_is_filled(void **state) {
    (void)state;
    complaint_store t;
    void *tx = NULL;
    int32_t version = -1;
    size_t size = 1;
    (void)fclose(fopen(file, "wb"));
    complaint_sqlite *s = open_store(file, COMPLAINT_SQLITE_SYNC_OFF, &t);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_OK);
    assert_int_equal(version, 0);
    assert_int_equal(begin(&t, COMPLAINT_READ, &tx), COMPLAINT_E_STORE);
    assert_non_null(strstr(complaint_sqlite_message(s), "no schema yet"));
    assert_int_equal(write_schema(&t), COMPLAINT_E_SCHEMA_EMPTY);
    assert_non_null(strstr(complaint_sqlite_message(s), "empty"));
    complaint_sqlite_close(s);
    free(contents(file, &size));
    assert_int_equal(size, 0);
    complaint_sqlite_close(make_store(&t));
    s = open_store(file, COMPLAINT_SQLITE_SYNC_OFF, &t); /* what is there needs no making */
    assert_int_equal(write_schema(&t), COMPLAINT_OK);
    complaint_sqlite_close(s);
}

static void directory_that_is_not_there(void **state) {
    (void)state;
    complaint_store t;
    complaint_sqlite *s = open_store("no/such/folder/store.db", FOR_TESTS, &t);
    assert_int_equal(write_schema(&t), COMPLAINT_E_STORE);
    assert_non_null(strstr(complaint_sqlite_message(s), "no/such/folder/store.db"));
    assert_non_null(strstr(complaint_sqlite_message(s), "the folder it is to be in"));
    complaint_sqlite_close(s);
    s = open_store(".", FOR_TESTS, &t);
    assert_int_equal(write_schema(&t), COMPLAINT_E_STORE);
    assert_non_null(strstr(complaint_sqlite_message(s), "a folder"));
    complaint_sqlite_close(s);
}

/* ---- what others find in the file --------------------------------------------------------------------------------------------------- */

static void file_says_what_it_is(void **state) {
    (void)state;
    complaint_store t;
    complaint_sqlite *s = make_store(&t);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    sql_answers(file, "PRAGMA application_id", "1668312180");
    sql_answers(file, "PRAGMA user_version", "1000");
    sql_answers(file, "PRAGMA journal_mode", "wal");
    sql_answers(file, "PRAGMA integrity_check", "ok");
    sql_answers(file, "SELECT amount FROM complaint_counter WHERE figure = 'received'", "1");
    complaint_sqlite_close(s);
    assert_int_equal(access("store.db-wal", F_OK), -1);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE complaint_counter SET amount = 'many'", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* A backup (VACUUM INTO) has another journal mode; the next writer puts that right. */
static void wal_comes_back(void **state) {
    (void)state;
    complaint_store t;
    complaint_sqlite_close(make_store(&t));
    sql(file, "PRAGMA journal_mode = DELETE");
    complaint_sqlite *s = open_store(file, FOR_TESTS, &t);
    assert_int_equal(amount(&t, "x"), -1);
    sql_answers(file, "PRAGMA journal_mode", "delete");
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    sql_answers(file, "PRAGMA journal_mode", "wal");
    complaint_sqlite_close(s);
}

static void durable_unless_told_otherwise(void **state) {
    (void)state;
    static const struct { int32_t flags, level; } cases[] = {{COMPLAINT_SQLITE_CREATE, 2}, {COMPLAINT_SQLITE_SYNC_NORMAL, 1}, {COMPLAINT_SQLITE_SYNC_OFF, 0}};
    for (size_t n = 0; n < 3; n++) {
        complaint_store t;
        sqlite3_stmt *q = NULL;
        complaint_sqlite *s = open_store(file, cases[n].flags, &t);
        assert_int_equal(write_schema(&t), COMPLAINT_OK);
        assert_int_equal(sqlite3_prepare_v2(s->db, "PRAGMA synchronous", -1, &q, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(q), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int(q, 0), cases[n].level);
        sqlite3_finalize(q);
        complaint_sqlite_close(s);
    }
}

/* ---- reading where one cannot write ---------------------------------------------------------------------------------------------------- */

/* Root may write everywhere, so root becomes nobody for a while. */
static void be_nobody(bool yes) {
    if (getuid() == 0) assert_int_equal(seteuid(yes ? NOBODY : 0), 0);
}

/* SQLite walks the whole path, and nobody may be kept out of a folder above this one. */
static bool nobody_gets_here(void) {
    char here[4096];
    struct stat st;
    assert_non_null(getcwd(here, sizeof here));
    be_nobody(true);
    bool reached = stat(here, &st) == 0;
    be_nobody(false);
    return reached;
}

static void auditor_reads_from(const char *path, int32_t flags) {
    complaint_store t;
    void *tx = NULL;
    int32_t version = 0;
    complaint_sqlite *s = open_store(path, flags, &t);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_OK);
    assert_int_equal(version, 1000);
    assert_int_equal(amount(&t, "x"), 1);
    assert_int_equal(write_schema(&t), flags & COMPLAINT_SQLITE_READ_ONLY ? COMPLAINT_E_READ_ONLY : COMPLAINT_OK);
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &tx), COMPLAINT_E_READ_ONLY);
    assert_int_equal(amount(&t, "x"), 1);
    complaint_sqlite_close(s);
}

static void read_only_file_is_read(void **state) {
    (void)state;
    complaint_store t;
    if (!nobody_gets_here()) skip();
    remove_file("locked/store.db");
    (void)mkdir("locked", 0755);
    complaint_sqlite *s = open_store("locked/store.db", FOR_TESTS, &t);
    assert_int_equal(write_schema(&t), COMPLAINT_OK);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    complaint_sqlite_close(s);
    assert_int_equal(chmod("locked/store.db", 0444), 0);
    be_nobody(true);
    auditor_reads_from("locked/store.db", COMPLAINT_SQLITE_READ_ONLY);
    be_nobody(false);
    assert_int_equal(chmod("locked", 0555), 0);
    be_nobody(true);
    auditor_reads_from("locked/store.db", COMPLAINT_SQLITE_READ_ONLY);
    auditor_reads_from("locked/store.db", COMPLAINT_SQLITE_SYNC_OFF);
    assert_int_equal(access("locked/store.db-wal", F_OK), -1);
    be_nobody(false);
    assert_int_equal(chmod("locked", 0755), 0);
    assert_int_equal(chmod("locked/store.db", 0644), 0);
    remove_file("locked/store.db");
}

/* Which of the two keeps the user out is said, and that it is a matter of permissions. */
static void permissions_are_named(void **state) {
    (void)state;
    static const struct {
        mode_t folder, file;
        complaint_status status;
        const char *reason;
    } cases[] = {
        {0755, 0600, COMPLAINT_E_STORE, "this user may not read the file (permission denied)"},
        {0755, 0644, COMPLAINT_E_READ_ONLY, "the file cannot be written: this user has no permission to"},
        {0755, 0666, COMPLAINT_E_READ_ONLY, "the folder cannot be written, where -wal and -shm"},
        {0700, 0666, COMPLAINT_E_STORE, "permission denied in a folder above"},
        {0755, 0, COMPLAINT_E_STORE, "this user may not write to its folder (permission denied)"},
    };
    complaint_store t;
    void *tx = NULL;
    if (getuid() != 0 || !nobody_gets_here()) skip(); /* needs two users */
    for (size_t n = 0; n < sizeof cases / sizeof cases[0]; n++) {
        (void)mkdir("locked", 0755);
        complaint_sqlite *s = open_store("locked/store.db", FOR_TESTS, &t);
        assert_int_equal(write_schema(&t), COMPLAINT_OK);
        complaint_sqlite_close(s);
        if (cases[n].file)
            assert_int_equal(chmod("locked/store.db", cases[n].file), 0);
        else
            remove_file("locked/store.db");
        assert_int_equal(chmod("locked", cases[n].folder), 0);
        s = open_store("locked/store.db", FOR_TESTS, &t);
        be_nobody(true);
        complaint_status status = write_schema(&t);
        if (status == COMPLAINT_OK) status = begin(&t, COMPLAINT_WRITE, &tx);
        be_nobody(false);
        assert_int_equal(status, cases[n].status);
        if (!strstr(complaint_sqlite_message(s), cases[n].reason)) fail_msg("“%s” does not say %s", complaint_sqlite_message(s), cases[n].reason);
        complaint_sqlite_close(s);
        assert_int_equal(chmod("locked", 0755), 0);
        remove_file("locked/store.db");
    }
}

/* What somebody left half done has to be undone first, which the auditor cannot. */
static void half_written_file_is_not_read(void **state) {
    (void)state;
    static const char *const logs[] = {"locked/store.db-wal", "locked/store.db-journal"};
    complaint_store t;
    if (getuid() != 0 || !nobody_gets_here()) skip();
    (void)mkdir("locked", 0755);
    for (size_t n = 0; n < 2; n++) {
        int32_t version;
        remove_file("locked/store.db");
        complaint_sqlite *s = open_store("locked/store.db", FOR_TESTS, &t);
        assert_int_equal(write_schema(&t), COMPLAINT_OK);
        complaint_sqlite_close(s);
        FILE *f = fopen(logs[n], "wb");
        assert_non_null(f);
        (void)fputs("a log that was not finished", f);
        (void)fclose(f);
        s = open_store("locked/store.db", COMPLAINT_SQLITE_READ_ONLY, &t);
        be_nobody(true);
        complaint_status answer = read_schema(&t, &version);
        be_nobody(false);
        assert_true(answer == COMPLAINT_E_STORE || answer == COMPLAINT_E_READ_ONLY);
        complaint_sqlite_close(s);
    }
    remove_file("locked/store.db");
}

/* A file in a place that cannot be locked is looked at anew before each transaction. */
static void auditor_sees_later_work(void **state) {
    (void)state;
    complaint_store t, auditors;
    if (getuid() != 0 || !nobody_gets_here()) skip(); /* needs two users */
    (void)mkdir("locked", 0755);
    complaint_sqlite *s = open_store("locked/store.db", FOR_TESTS, &t), *auditor = open_store("locked/store.db", COMPLAINT_SQLITE_READ_ONLY, &auditors);
    assert_int_equal(write_schema(&t), COMPLAINT_OK);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    complaint_sqlite_close(s);
    be_nobody(true);
    assert_int_equal(amount(&auditors, "x"), 1);
    be_nobody(false);
    s = open_store("locked/store.db", FOR_TESTS, &t);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    complaint_sqlite_close(s);
    be_nobody(true);
    assert_int_equal(amount(&auditors, "x"), 2);
    be_nobody(false);
    complaint_sqlite_close(auditor);
    remove_file("locked/store.db");
}

/* ---- trouble -------------------------------------------------------------------------------------------------------------------------------- */

static void busy_file_is_waited_for(void **state) {
    (void)state;
    complaint_store mine, theirs;
    void *tx = NULL;
    complaint_sqlite *me = make_store(&mine), *other = open_store(file, FOR_TESTS, &theirs);
    assert_int_equal(begin(&theirs, COMPLAINT_WRITE, &tx), COMPLAINT_OK);
    assert_int_equal(add_one(&theirs, tx, "x"), COMPLAINT_OK);
    assert_int_equal(complaint_sqlite_set_busy_timeout(me, 20), COMPLAINT_OK);
    assert_int_equal(count_once(&mine, "x"), COMPLAINT_E_BUSY);
    assert_int_equal(complaint_sqlite_code(me), SQLITE_BUSY);
    assert_non_null(strstr(complaint_sqlite_message(me), "database is locked"));
    assert_non_null(strstr(complaint_sqlite_message(me), file));
    assert_int_equal(amount(&mine, "x"), -1); /* readers do not wait */
    assert_int_equal(theirs.commit(theirs.self, tx, NULL), COMPLAINT_OK);
    assert_int_equal(count_once(&mine, "x"), COMPLAINT_OK);
    assert_int_equal(amount(&mine, "x"), 2);
    complaint_sqlite_close(me);
    complaint_sqlite_close(other);
}

/* In a file that could not be put into WAL mode a commit may meet readers. */
static void commit_in_the_way_of_a_reader_is_retry(void **state) {
    (void)state;
    complaint_store t;
    void *tx = NULL;
    sqlite3 *reader = NULL;
    complaint_sqlite *s = make_store(&t);
    assert_int_equal(complaint_sqlite_set_busy_timeout(s, 20), COMPLAINT_OK);
    assert_int_equal(sqlite3_exec(s->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_open(file, &reader), SQLITE_OK);
    assert_int_equal(begin(&t, COMPLAINT_WRITE, &tx), COMPLAINT_OK);
    assert_int_equal(add_one(&t, tx, "x"), COMPLAINT_OK);
    assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM complaint_counter", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(t.commit(t.self, tx, NULL), COMPLAINT_E_RETRY);
    t.rollback(t.self, tx);
    assert_int_equal(sqlite3_close(reader), SQLITE_OK);
    assert_int_equal(amount(&t, "x"), -1);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    complaint_sqlite_close(s);
}

static void full_disk_leaves_what_was(void **state) {
    (void)state;
    complaint_store t;
    complaint_status status = COMPLAINT_OK;
    complaint_sqlite *s = make_store(&t);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    assert_int_equal(sqlite3_exec(s->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL), SQLITE_OK);
    int32_t done = 0;
    for (; status == COMPLAINT_OK && done < 100000; done++) {
        char name[16];
        (void)snprintf(name, sizeof name, "d%d", (int)done);
        status = count_once(&t, name);
    }
    assert_int_equal(status, COMPLAINT_E_FULL);
    assert_int_equal(complaint_sqlite_code(s), SQLITE_FULL);
    assert_int_equal(amount(&t, "x"), 1);
    assert_int_equal(sqlite3_exec(s->db, "PRAGMA max_page_count = 1000", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    assert_int_equal(amount(&t, "x"), 2);
    complaint_sqlite_close(s);
    char expected[16];
    (void)snprintf(expected, sizeof expected, "%d", (int)done);
    sql_answers(file, "SELECT count(*) FROM complaint_counter", expected);
}

static void full_disk_makes_no_half_schema(void **state) {
    (void)state;
    complaint_store t;
    int32_t version = -1;
    (void)fclose(fopen(file, "wb"));
    complaint_sqlite *s = open_store(file, FOR_TESTS, &t);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_OK);
    assert_int_equal(sqlite3_exec(s->db, "PRAGMA max_page_count = 9", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(write_schema(&t), COMPLAINT_E_FULL);
    assert_int_equal(read_schema(&t, &version), COMPLAINT_OK);
    assert_int_equal(version, 0);
    assert_int_equal(sqlite3_exec(s->db, "PRAGMA max_page_count = 1000", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(write_schema(&t), COMPLAINT_OK);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    complaint_sqlite_close(s);
}

static int32_t COMPLAINT_CALL ignore_row(void *context, const complaint_value *values, int32_t count) {
    (void)context;
    (void)values;
    (void)count;
    return 0;
}

static void damage_is_told(void **state) {
    (void)state;
    complaint_store t;
    void *tx = NULL;
    static const complaint_bounds all = {NULL, 0, 0, NULL, 0, 0};
    complaint_sqlite *s = make_store(&t);
    assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
    complaint_sqlite_close(s);
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'complaint_counter'", -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int page = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    FILE *f = fopen(file, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, (page - 1) * 4096L, SEEK_SET), 0);
    for (int n = 0; n < 4096; n++) (void)fputc(0xee, f);
    (void)fclose(f);
    s = open_store(file, FOR_TESTS, &t);
    assert_int_equal(begin(&t, COMPLAINT_READ, &tx), COMPLAINT_OK);
    assert_int_equal(t.select(t.self, tx, complaint_schema_table_find("complaint_counter"), 0, &all, COMPLAINT_ASCENDING, 0, ignore_row, NULL, NULL), COMPLAINT_E_CORRUPT);
    assert_int_equal(complaint_sqlite_code(s) & 0xff, SQLITE_CORRUPT);
    assert_non_null(strstr(complaint_sqlite_message(s), "PRAGMA integrity_check")); /* verify could not read it either */
    t.rollback(t.self, tx);
    complaint_sqlite_close(s);
}

/* ---- memory ---------------------------------------------------------------------------------------------------------------------------------- */

static bool a_day_of_work(test_alloc *a, void *context) {
    (void)context;
    complaint_sqlite *s = NULL;
    complaint_store t;
    remove_file(file);
    complaint_status status = complaint_sqlite_open(file, FOR_TESTS, &a->table, &s);
    if (status == COMPLAINT_OK) status = complaint_sqlite_table(s, &t);
    if (status == COMPLAINT_OK) status = write_schema(&t);
    if (status == COMPLAINT_OK) status = count_once(&t, "x");
    if (status == COMPLAINT_OK) status = count_once(&t, "y");
    assert_true(status == COMPLAINT_OK || status == COMPLAINT_E_MEMORY);
    complaint_sqlite_close(s);
    return status == COMPLAINT_OK;
}

static void running_out_of_memory_is_survived(void **state) {
    (void)state;
    test_alloc_loop(a_day_of_work, NULL);
}

/* ---- plans ------------------------------------------------------------------------------------------------------------------------------------- */

static char *plan_of(sqlite3 *db, int32_t table, const cpl_sqlshape *shape) {
    sqlite3_stmt *q = NULL;
    sqlite3_str *plan = sqlite3_str_new(NULL);
    char *statement = cpl_sqlite_text(table, shape), *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", statement);
    if (sqlite3_prepare_v2(db, explain, -1, &q, NULL) != SQLITE_OK) fail_msg("%s in %s", sqlite3_errmsg(db), statement);
    while (sqlite3_step(q) == SQLITE_ROW) sqlite3_str_appendf(plan, "%s; ", sqlite3_column_text(q, 3));
    sqlite3_finalize(q);
    sqlite3_free(statement);
    sqlite3_free(explain);
    return sqlite3_str_finish(plan);
}

/* `office=? AND state=? AND (due,seq)>(?,?)`, as EXPLAIN QUERY PLAN writes what the index is searched for. */
static void add_terms(sqlite3_str *s, int32_t table, const cpl_sqlshape *shape) {
    const char *between = "";
    for (int32_t n = 0; n < shape->equal; n++, between = " AND ")
        sqlite3_str_appendf(s, "%s%s=?", between, complaint_schema_column_name(table, complaint_schema_index_column(table, shape->index, n)));
    for (int end = 0; end < 2; end++) {
        int32_t count = end == 0 ? shape->lower : shape->upper;
        if (count == 0) continue;
        sqlite3_str_appendf(s, count > 1 ? "%s(" : "%s", between);
        for (int32_t n = 0; n < count; n++)
            sqlite3_str_appendf(s, n > 0 ? ",%s" : "%s", complaint_schema_column_name(table, complaint_schema_index_column(table, shape->index, shape->equal + n)));
        sqlite3_str_appendf(s, count > 1 ? ")%s(" : "%s", end == 0 ? ">" : "<");
        for (int32_t n = 0; n < count; n++) sqlite3_str_appendall(s, n > 0 ? ",?" : "?");
        if (count > 1) sqlite3_str_appendall(s, ")");
        between = " AND ";
    }
}

static void check_plan(sqlite3 *db, int32_t table, const cpl_sqlshape *shape) {
    char *plan = plan_of(db, table, shape);
    sqlite3_str *s = sqlite3_str_new(NULL);
    sqlite3_str_appendall(s, "(");
    add_terms(s, table, shape);
    sqlite3_str_appendall(s, "); ");
    char *terms = sqlite3_str_finish(s);
    bool by_index = shape->index > 0 ? strstr(plan, complaint_schema_index_name(table, shape->index)) != NULL : strstr(plan, "autoindex") || strstr(plan, "PRIMARY KEY");
    bool whole = strlen(plan) > strlen(terms) && strcmp(plan + strlen(plan) - strlen(terms), terms) == 0;
    if (strncmp(plan, "SEARCH ", 7) != 0 || !by_index || !whole) fail_msg("%s: planned as %s instead of %s", complaint_schema_index_name(table, shape->index), plan, terms);
    sqlite3_free(plan);
    sqlite3_free(terms);
}

static void check_plans_of(sqlite3 *db, int32_t table, int32_t index) {
    int16_t width = (int16_t)complaint_schema_index_width(table, index);
    for (int16_t equal = 1; equal <= width; equal++)
        for (int16_t lower = 0; lower <= width - equal; lower++)
            for (int16_t upper = 0; upper <= width - equal; upper++)
                for (int16_t other = 0; other < 8; other++)
                    check_plan(
                        db, table,
                        &(cpl_sqlshape){
                            .kind = CPL_SQL_SELECT, .index = (int16_t)index, .equal = equal, .lower = lower, .upper = upper, .exclusive = other & 3, .descending = other >> 2});
}

static void every_select_uses_its_index(void **state) {
    (void)state;
    complaint_store t;
    complaint_sqlite *s = make_store(&t);
    for (int n = 0; n < 2; n++) {
        for (int32_t table = 0; table < complaint_schema_table_count(); table++)
            for (int32_t index = 0; index < complaint_schema_index_count(table); index++) check_plans_of(s->db, table, index);
        assert_int_equal(count_once(&t, "x"), COMPLAINT_OK);
        sql(file, "ANALYZE"); /* and once more with statistics that say there is next to nothing */
    }
    complaint_sqlite_close(s);
}

static void every_change_finds_its_row_by_key(void **state) {
    (void)state;
    complaint_store t;
    complaint_sqlite *s = make_store(&t);
    static const int16_t kinds[] = {CPL_SQL_UPDATE, CPL_SQL_REMOVE, CPL_SQL_GET, CPL_SQL_VERSION};
    for (int32_t table = 0; table < complaint_schema_table_count(); table++)
        for (size_t n = 0; n < sizeof kinds / sizeof kinds[0]; n++) {
            cpl_sqlshape shape = {.kind = kinds[n], .columns = {UINT64_C(1) << (complaint_schema_column_count(table) - 1), 0}};
            shape.conditional = kinds[n] == CPL_SQL_UPDATE && complaint_schema_version_column(table) >= 0;
            char *plan = plan_of(s->db, table, &shape);
            if (strncmp(plan, "SEARCH ", 7) != 0 || (!strstr(plan, "autoindex") && !strstr(plan, "PRIMARY KEY"))) fail_msg("%s: %s", complaint_schema_table_name(table), plan);
            sqlite3_free(plan);
        }
    complaint_sqlite_close(s);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, fresh_file)
    const struct CMUnitTest tests[] = {TEST(open_refuses_bad_arguments),
                                       TEST(misuse_is_refused),
                                       TEST(other_programs_files_are_left_alone),
                                       TEST(newer_major_is_refused),
                                       TEST(newer_minor_is_used_as_it_is),
                                       TEST(columns_of_the_host_survive),
                                       TEST(absent_file_is_made_by_writing_only),
                                       TEST(empty_file_is_filled),
                                       TEST(directory_that_is_not_there),
                                       TEST(file_says_what_it_is),
                                       TEST(wal_comes_back),
                                       TEST(durable_unless_told_otherwise),
                                       TEST(read_only_file_is_read),
                                       TEST(permissions_are_named),
                                       TEST(half_written_file_is_not_read),
                                       TEST(auditor_sees_later_work),
                                       TEST(busy_file_is_waited_for),
                                       TEST(commit_in_the_way_of_a_reader_is_retry),
                                       TEST(full_disk_leaves_what_was),
                                       TEST(full_disk_makes_no_half_schema),
                                       TEST(damage_is_told),
                                       TEST(running_out_of_memory_is_survived),
                                       TEST(every_select_uses_its_index),
                                       TEST(every_change_finds_its_row_by_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
