/* The published schema holds together, and its SQL makes what the getters say, from scratch and step by step. */
#include <complaint/schema.h>
#include <complaint/value.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* ---- a later version of the schema, made of this one ---------------------------------------------------------------------- */

/* In minor 1 came: the last table, the last column of every table that has a free one, all indexes of the table before the last. */
static bool is_free(int32_t table, int32_t column) {
    for (int32_t i = 0; i < complaint_schema_index_count(table); i++)
        for (int32_t p = 0; p < complaint_schema_index_width(table, i); p++)
            if (complaint_schema_index_column(table, i, p) == column) return false;
    return true;
}

static int32_t later_minor(void) { return 1; }

static int32_t later_table_since(int32_t table) { return table == complaint_schema_table_count() - 1; }

static int32_t later_column_since(int32_t table, int32_t column) {
    return later_table_since(table) || (column == complaint_schema_column_count(table) - 1 && is_free(table, column));
}

static int32_t later_index_since(int32_t table, int32_t index) {
    return later_table_since(table) || (index > 0 && strcmp(complaint_schema_table_name(table), "complaint_notice") == 0);
}

complaint_status later_ddl(int32_t dialect, int32_t from_minor, int32_t to_minor, char *buffer, size_t capacity, size_t *needed);
int32_t later_diff_count(int32_t from_minor, int32_t to_minor);
complaint_status later_diff(int32_t from_minor, int32_t to_minor, int32_t number, int32_t *what, int32_t *table, int32_t *item);

#define complaint_schema_minor later_minor
#define complaint_schema_table_since later_table_since
#define complaint_schema_column_since later_column_since
#define complaint_schema_index_since later_index_since
#define complaint_schema_ddl later_ddl
#define complaint_schema_diff_count later_diff_count
#define complaint_schema_diff later_diff
#include "record/schema_ddl.c"
#undef complaint_schema_minor
#undef complaint_schema_table_since
#undef complaint_schema_column_since
#undef complaint_schema_index_since
#undef complaint_schema_ddl
#undef complaint_schema_diff_count
#undef complaint_schema_diff

typedef complaint_status ddl_fn(int32_t dialect, int32_t from_minor, int32_t to_minor, char *buffer, size_t capacity, size_t *needed);

static char *ddl(ddl_fn *write, int32_t from, int32_t to) {
    size_t size = 0, again = 0;
    assert_int_equal(write(COMPLAINT_DDL_SQLITE, from, to, NULL, 0, &size), COMPLAINT_E_TOO_LARGE);
    char *sql_text = malloc(size + 1);
    assert_non_null(sql_text);
    assert_int_equal(write(COMPLAINT_DDL_SQLITE, from, to, sql_text, size + 1, &again), COMPLAINT_OK);
    assert_int_equal(size, again);
    assert_int_equal(strlen(sql_text), size);
    return sql_text;
}

/* ---- numbers out of range ----------------------------------------------------------------------------------------------------- */

static void nothing_is_beyond_the_schema(void **state) {
    (void)state;
    int32_t tables = complaint_schema_table_count(), what = 7, table = 7, item = 7;
    const int32_t outside[] = {-1, INT32_MIN, tables, INT32_MAX};
    for (size_t n = 0; n < 4; n++) {
        int32_t t = outside[n];
        assert_null(complaint_schema_table_name(t));
        assert_null(complaint_schema_table_comment(t));
        assert_int_equal(complaint_schema_table_since(t), -1);
        assert_int_equal(complaint_schema_column_count(t), 0);
        assert_int_equal(complaint_schema_key_count(t), 0);
        assert_null(complaint_schema_column_name(t, 0));
        assert_null(complaint_schema_column_name(0, n < 2 ? t : 1000));
        assert_int_equal(complaint_schema_column_type(t, 0), 0);
        assert_int_equal(complaint_schema_version_column(t), -1);
        assert_int_equal(complaint_schema_index_count(t), 0);
        assert_null(complaint_schema_index_name(0, n < 2 ? t : 1000));
        assert_int_equal(complaint_schema_index_width(0, n < 2 ? t : 1000), 0);
        assert_int_equal(complaint_schema_index_column(0, 0, n < 2 ? t : 1000), -1);
        assert_int_equal(complaint_schema_index_unique(t, 0), 0);
    }
    assert_int_equal(complaint_schema_table_find("no_such_table"), -1);
    assert_int_equal(complaint_schema_table_find(NULL), -1);
    assert_int_equal(complaint_schema_diff(-1, 0, -1, &what, &table, &item), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_schema_diff(-1, 0, complaint_schema_diff_count(-1, 0), &what, &table, &item), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_schema_diff(-1, 0, 0, NULL, &table, &item), COMPLAINT_E_INVALID);
    assert_int_equal(what + table + item, 21);
}

static void ddl_refuses_what_it_does_not_know(void **state) {
    (void)state;
    char small[8] = "intact";
    size_t needed = 7;
    int32_t minor = complaint_schema_minor();
    assert_int_equal(complaint_schema_ddl(99, -1, minor, NULL, 0, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_schema_ddl(COMPLAINT_DDL_SQLITE, -2, minor, NULL, 0, &needed), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_schema_ddl(COMPLAINT_DDL_SQLITE, -1, minor + 1, NULL, 0, &needed), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_schema_ddl(COMPLAINT_DDL_SQLITE, 1, 0, NULL, 0, &needed), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_schema_ddl(COMPLAINT_DDL_SQLITE, -1, minor, NULL, 10, &needed), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_schema_ddl(COMPLAINT_DDL_SQLITE, -1, minor, small, sizeof small, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(needed, 7);
    assert_int_equal(complaint_schema_ddl(COMPLAINT_DDL_SQLITE, -1, minor, small, sizeof small, &needed), COMPLAINT_E_TOO_LARGE);
    assert_string_equal(small, "intact");
    assert_true(needed > sizeof small);
    assert_int_equal(complaint_schema_diff_count(-2, 0), 0);
    assert_int_equal(complaint_schema_diff_count(0, minor + 1), 0);
}

static void no_difference_is_an_empty_script(void **state) {
    (void)state;
    char one[1] = {'x'};
    size_t needed = 7;
    assert_int_equal(complaint_schema_ddl(COMPLAINT_DDL_SQLITE, 0, 0, one, 1, &needed), COMPLAINT_OK);
    assert_int_equal(needed, 0);
    assert_int_equal(one[0], 0);
    assert_int_equal(complaint_schema_diff_count(0, 0), 0);
}

/* ---- the rules of schema.h ------------------------------------------------------------------------------------------------------- */

static void check_name(const char *name) {
    assert_non_null(name);
    assert_true(strlen(name) > 0 && strlen(name) <= 30);
    for (const char *p = name; *p; p++) assert_true((*p >= 'a' && *p <= 'z') || *p == '_');
}

static void check_comment(const char *comment) {
    assert_non_null(comment);
    assert_true(strlen(comment) > 0);
    assert_null(strchr(comment, '\n'));
    assert_null(strstr(comment, "*/"));
    assert_true(comment[strlen(comment) - 1] != ';');
}

static void check_columns(int32_t t) {
    int32_t version = complaint_schema_version_column(t);
    assert_string_equal(complaint_schema_column_name(t, 0), "office");
    for (int32_t c = 0; c < complaint_schema_column_count(t); c++) {
        int32_t type = complaint_schema_column_type(t, c);
        check_name(complaint_schema_column_name(t, c));
        check_comment(complaint_schema_column_comment(t, c));
        assert_true(type == COMPLAINT_INT64 || type == COMPLAINT_TEXT || type == COMPLAINT_BLOB);
        assert_true(complaint_schema_column_since(t, c) >= complaint_schema_table_since(t) && complaint_schema_column_since(t, c) <= complaint_schema_minor());
        for (int32_t other = 0; other < c; other++) assert_string_not_equal(complaint_schema_column_name(t, c), complaint_schema_column_name(t, other));
    }
    if (version >= 0) assert_int_equal(complaint_schema_column_type(t, version), COMPLAINT_INT64);
    if (version >= 0) assert_true(version >= complaint_schema_key_count(t));
}

/* Every index begins with the office, holds no column that may be null, and identifies a row. */
static void check_index(int32_t t, int32_t i) {
    int32_t width = complaint_schema_index_width(t, i), keys = complaint_schema_key_count(t), found = 0;
    check_name(complaint_schema_index_name(t, i));
    assert_int_equal(complaint_schema_index_column(t, i, 0), 0);
    for (int32_t p = 0; p < width; p++) {
        int32_t column = complaint_schema_index_column(t, i, p);
        assert_non_null(complaint_schema_column_name(t, column));
        assert_false(complaint_schema_column_nullable(t, column));
        assert_int_not_equal(column, complaint_schema_version_column(t));
        if (column < keys) found++;
    }
    if (!complaint_schema_index_unique(t, i)) assert_int_equal(found, keys);
    if (i == 0) assert_true(complaint_schema_index_unique(t, i) && width == keys && found == keys);
}

static void schema_keeps_its_rules(void **state) {
    (void)state;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        const char *name = complaint_schema_table_name(t);
        check_name(name);
        check_comment(complaint_schema_table_comment(t));
        assert_int_equal(strncmp(name, "complaint_", 10), 0);
        assert_int_equal(complaint_schema_table_find(name), t);
        check_columns(t);
        for (int32_t i = 0; i < complaint_schema_index_count(t); i++) check_index(t, i);
        for (int32_t i = 1; i < complaint_schema_index_count(t); i++) assert_int_equal(complaint_schema_table_find(complaint_schema_index_name(t, i)), -1);
    }
}

/* ---- what SQLite makes of it ------------------------------------------------------------------------------------------------------- */

static void run(sqlite3 *db, const char *sql) {
    char *words = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &words) != SQLITE_OK) fail_msg("%s in %s", words, sql);
}

static sqlite3 *make(ddl_fn *write, int32_t from, int32_t to) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    char *sql_text = ddl(write, from, to);
    run(db, sql_text);
    free(sql_text);
    return db;
}

/* All values of a query in one line, to be freed with sqlite3_free. */
static char *answer(sqlite3 *db, const char *sql) {
    sqlite3_stmt *q = NULL;
    sqlite3_str *out = sqlite3_str_new(NULL);
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) fail_msg("%s in %s", sqlite3_errmsg(db), sql);
    while (sqlite3_step(q) == SQLITE_ROW)
        for (int c = 0; c < sqlite3_column_count(q); c++)
            sqlite3_str_appendf(out, "%s%s", sqlite3_column_type(q, c) == SQLITE_NULL ? "-" : (const char *)sqlite3_column_text(q, c),
                                c + 1 < sqlite3_column_count(q) ? " " : "; ");
    sqlite3_finalize(q);
    char *line = sqlite3_str_finish(out);
    return line ? line : sqlite3_mprintf("");
}

static void answers(sqlite3 *db, const char *sql, const char *expected) {
    char *line = answer(db, sql);
    assert_string_equal(line, expected);
    sqlite3_free(line);
}

static const char columns_of_all[] = "SELECT t.name, t.wr, t.strict, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk FROM pragma_table_list t, pragma_table_info(t.name) c "
                                     "WHERE t.name LIKE 'complaint%' ORDER BY t.name, c.cid";
static const char indexes_of_all[] = "SELECT t.name, i.name, i.\"unique\", c.seqno, c.name FROM pragma_table_list t, pragma_index_list(t.name) i, pragma_index_info(i.name) c "
                                     "WHERE t.name LIKE 'complaint%' ORDER BY t.name, i.name, c.seqno";

static void check_table_in(sqlite3 *db, int32_t t) {
    char sql[200];
    sqlite3_str *expected = sqlite3_str_new(NULL);
    for (int32_t c = 0; c < complaint_schema_column_count(t); c++) {
        int32_t type = complaint_schema_column_type(t, c);
        sqlite3_str_appendf(expected, "%s %s %d %d; ", complaint_schema_column_name(t, c),
                            type == COMPLAINT_INT64  ? "INTEGER"
                            : type == COMPLAINT_TEXT ? "TEXT"
                                                     : "BLOB",
                            !complaint_schema_column_nullable(t, c), c < complaint_schema_key_count(t) ? c + 1 : 0);
    }
    char *line = sqlite3_str_finish(expected);
    sqlite3_snprintf(sizeof sql, sql, "SELECT name, type, \"notnull\", pk FROM pragma_table_info('%q') ORDER BY cid", complaint_schema_table_name(t));
    answers(db, sql, line);
    sqlite3_free(line);
    sqlite3_snprintf(sizeof sql, sql, "SELECT strict FROM pragma_table_list WHERE name = '%q'", complaint_schema_table_name(t));
    answers(db, sql, "1; ");
}

static void check_index_in(sqlite3 *db, int32_t t, int32_t i) {
    char sql[200];
    sqlite3_str *expected = sqlite3_str_new(NULL);
    for (int32_t p = 0; p < complaint_schema_index_width(t, i); p++)
        sqlite3_str_appendf(expected, "%d %s; ", complaint_schema_index_unique(t, i), complaint_schema_column_name(t, complaint_schema_index_column(t, i, p)));
    char *line = sqlite3_str_finish(expected);
    sqlite3_snprintf(sizeof sql, sql, "SELECT l.\"unique\", c.name FROM pragma_index_list('%q') l, pragma_index_info(l.name) c WHERE l.name = '%q' ORDER BY c.seqno",
                     complaint_schema_table_name(t), complaint_schema_index_name(t, i));
    answers(db, sql, line);
    sqlite3_free(line);
}

static void sqlite_makes_what_the_getters_say(void **state) {
    (void)state;
    sqlite3 *db = make(complaint_schema_ddl, -1, complaint_schema_minor());
    char count[32];
    sqlite3_snprintf(sizeof count, count, "%d; ", complaint_schema_table_count());
    answers(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'", count);
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        check_table_in(db, t);
        for (int32_t i = 1; i < complaint_schema_index_count(t); i++) check_index_in(db, t, i);
    }
    sqlite3_close(db);
}

/* `sqlite3 FILE .schema` explains every column. */
static void comments_stay_in_the_database(void **state) {
    (void)state;
    sqlite3 *db = make(complaint_schema_ddl, -1, complaint_schema_minor());
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        char sql[120];
        sqlite3_snprintf(sizeof sql, sql, "SELECT sql FROM sqlite_schema WHERE name = '%q'", complaint_schema_table_name(t));
        char *text = answer(db, sql);
        assert_non_null(strstr(text, complaint_schema_table_comment(t)));
        for (int32_t c = 0; c < complaint_schema_column_count(t); c++) assert_non_null(strstr(text, complaint_schema_column_comment(t, c)));
        sqlite3_free(text);
    }
    sqlite3_close(db);
}

static void script_is_one_statement_after_the_other(void **state) {
    (void)state;
    char *sql_text = ddl(complaint_schema_ddl, -1, complaint_schema_minor()), *line = sql_text;
    int32_t statements = 0;
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        bool begins = strncmp(line, "CREATE ", 7) == 0;
        if (end > line && end[-1] == ';')
            statements++;
        else
            assert_true(begins || line[0] == ' ');
    }
    assert_string_equal(line, "");
    assert_int_equal(statements, complaint_schema_diff_count(-1, complaint_schema_minor()));
    free(sql_text);
}

/* ---- from one minor version to the next -------------------------------------------------------------------------------------------- */

static void migrated_and_fresh_are_alike(void **state) {
    (void)state;
    sqlite3 *fresh = make(later_ddl, -1, 1), *migrated = make(later_ddl, -1, 0);
    char *sql_text = ddl(later_ddl, 0, 1);
    assert_non_null(strstr(sql_text, "ALTER TABLE complaint_notice ADD COLUMN salt BLOB    NOT NULL DEFAULT x'' /* random bytes that the event's proof of the notice is made with */;\n"));
    run(migrated, "INSERT INTO complaint_request VALUES ('o', 'r', 'd', 1, 2, 3, 4, 5, 6)");
    run(migrated, sql_text);
    free(sql_text);
    for (int n = 0; n < 2; n++) {
        const char *sql = n == 0 ? columns_of_all : indexes_of_all;
        char *expected = answer(fresh, sql);
        assert_true(strlen(expected) > 1000);
        answers(migrated, sql, expected);
        sqlite3_free(expected);
    }
    answers(migrated, "SELECT request, register_number, entered_at FROM complaint_request", "r 6 0; ");
    answers(migrated, "PRAGMA integrity_check", "ok; ");
    sqlite3_close(fresh);
    sqlite3_close(migrated);
}

static void steps_of_a_migration_are_data(void **state) {
    (void)state;
    int32_t what, table, item, tables = 0, columns = 0, indexes = 0, count = later_diff_count(0, 1);
    for (int32_t n = 0; n < count; n++) {
        assert_int_equal(later_diff(0, 1, n, &what, &table, &item), COMPLAINT_OK);
        if (what == 1) tables++;
        if (what == 2) assert_int_equal(later_column_since(table, item), ++columns > 0);
        if (what == 3) assert_int_equal(later_index_since(table, item), ++indexes > 0);
    }
    assert_int_equal(tables, 1);
    assert_int_equal(indexes, complaint_schema_index_count(complaint_schema_table_find("complaint_notice")) - 1);
    assert_int_equal(tables + columns + indexes, count);
    assert_true(columns > 5);
    assert_int_equal(later_diff_count(-1, 0) + count - columns, later_diff_count(-1, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_beyond_the_schema),
                                       cmocka_unit_test(ddl_refuses_what_it_does_not_know),
                                       cmocka_unit_test(no_difference_is_an_empty_script),
                                       cmocka_unit_test(schema_keeps_its_rules),
                                       cmocka_unit_test(sqlite_makes_what_the_getters_say),
                                       cmocka_unit_test(comments_stay_in_the_database),
                                       cmocka_unit_test(script_is_one_statement_after_the_other),
                                       cmocka_unit_test(migrated_and_fresh_are_alike),
                                       cmocka_unit_test(steps_of_a_migration_are_data)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
