/*
 * record/schema_ddl: the difference between two minor versions of the schema, as steps and as SQL.
 *
 * Owns: the shape of the SQL (types, keys, comments, order of steps). Must not know: names of tables and columns; it reads the
 * schema through its public getters, as a host would.
 */
#include "record/record.h"

#include <complaint/schema.h>

#include <string.h>

enum { STEP_TABLE = 1, STEP_COLUMN = 2, STEP_INDEX = 3 };

typedef struct step {
    int32_t what, table, item;
} step;

/* ---- the difference as data ------------------------------------------------------------------------------------- */

static bool versions_known(int32_t from, int32_t to) { return from >= -1 && from <= to && to <= complaint_schema_minor(); }

static bool is_new(int32_t since, int32_t from, int32_t to) { return since > from && since <= to; }

/* Gives step number `wanted` of one table, or counts: answers how many steps the table has. */
static int32_t table_steps(int32_t from, int32_t to, int32_t t, int32_t wanted, step *found) {
    int32_t n = 0;
    bool created = is_new(complaint_schema_table_since(t), from, to);
    if (created && n++ == wanted) *found = (step){STEP_TABLE, t, 0};
    for (int32_t c = 0; !created && c < complaint_schema_column_count(t); c++)
        if (is_new(complaint_schema_column_since(t, c), from, to) && n++ == wanted) *found = (step){STEP_COLUMN, t, c};
    for (int32_t i = 1; i < complaint_schema_index_count(t); i++)
        if (is_new(complaint_schema_index_since(t, i), from, to) && n++ == wanted) *found = (step){STEP_INDEX, t, i};
    return n;
}

int32_t complaint_schema_diff_count(int32_t from_minor, int32_t to_minor) {
    step ignored;
    int32_t n = 0;
    if (!versions_known(from_minor, to_minor)) return 0;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) n += table_steps(from_minor, to_minor, t, -1, &ignored);
    return n;
}

complaint_status complaint_schema_diff(int32_t from_minor, int32_t to_minor, int32_t number, int32_t *what, int32_t *table, int32_t *item) {
    step found = {0, 0, 0};
    if (!what || !table || !item) return COMPLAINT_E_INVALID;
    if (!versions_known(from_minor, to_minor) || number < 0) return COMPLAINT_E_RANGE;
    for (int32_t t = 0; t < complaint_schema_table_count() && !found.what; t++) number -= table_steps(from_minor, to_minor, t, number, &found);
    if (!found.what) return COMPLAINT_E_RANGE;
    *what = found.what;
    *table = found.table;
    *item = found.item;
    return COMPLAINT_OK;
}

/* ---- the difference as SQL ---------------------------------------------------------------------------------------- */

/* Counts when data is NULL, so that asking for the size and writing are the same walk. */
typedef struct script {
    char *data;
    size_t size;
} script;

static void put_bytes(script *s, const char *p, size_t n) {
    if (s->data) memcpy(s->data + s->size, p, n);
    s->size += n;
}

static void put(script *s, const char *text) { put_bytes(s, text, strlen(text)); }

static void put_padded(script *s, const char *text, size_t width) {
    put(s, text);
    for (size_t n = strlen(text); n < width; n++) put(s, " ");
}

/* Rows of these tables hold documents: a clustered key would fill the inner pages of its tree with them. */
static bool is_clustered(int32_t t) { return t != CPL_DEFINITION && t != CPL_EVENT && t != CPL_MESSAGE && t != CPL_CHUNK && t != CPL_NOTICE; }

static const char *sqlite_type(int32_t type) { return type == COMPLAINT_INT64 ? "INTEGER" : type == COMPLAINT_TEXT ? "TEXT" : "BLOB"; }

static const char *sqlite_default(int32_t type) { return type == COMPLAINT_INT64 ? " DEFAULT 0" : type == COMPLAINT_TEXT ? " DEFAULT ''" : " DEFAULT x''"; }

static size_t longest_name(int32_t t) {
    size_t longest = 0;
    for (int32_t c = 0; c < complaint_schema_column_count(t); c++) {
        size_t n = strlen(complaint_schema_column_name(t, c));
        if (n > longest) longest = n;
    }
    return longest;
}

/* A column that came after its table has a default wherever it is created, so that a migrated and a fresh database are alike. */
static void put_column(script *s, int32_t t, int32_t c, size_t width) {
    int32_t type = complaint_schema_column_type(t, c);
    bool nullable = complaint_schema_column_nullable(t, c) != 0;
    put_padded(s, complaint_schema_column_name(t, c), width);
    put(s, " ");
    put_padded(s, sqlite_type(type), nullable ? 0 : strlen("INTEGER"));
    if (nullable) return;
    put(s, " NOT NULL");
    if (complaint_schema_column_since(t, c) > complaint_schema_table_since(t)) put(s, sqlite_default(type));
}

static void put_index_columns(script *s, int32_t t, int32_t i) {
    put(s, "(");
    for (int32_t p = 0; p < complaint_schema_index_width(t, i); p++) {
        if (p > 0) put(s, ", ");
        put(s, complaint_schema_column_name(t, complaint_schema_index_column(t, i, p)));
    }
    put(s, ")");
}

static void put_table(script *s, int32_t t, int32_t to) {
    size_t width = longest_name(t);
    put(s, "CREATE TABLE ");
    put(s, complaint_schema_table_name(t));
    put(s, " ( -- ");
    put(s, complaint_schema_table_comment(t));
    put(s, "\n");
    for (int32_t c = 0; c < complaint_schema_column_count(t); c++) {
        if (complaint_schema_column_since(t, c) > to) continue;
        put(s, "    ");
        put_column(s, t, c, width);
        put(s, ", -- ");
        put(s, complaint_schema_column_comment(t, c));
        put(s, "\n");
    }
    put(s, "    PRIMARY KEY ");
    put_index_columns(s, t, 0);
    put(s, is_clustered(t) ? "\n) STRICT, WITHOUT ROWID;\n" : "\n) STRICT;\n");
}

/* The comment is inside the statement: SQLite keeps the text in its own schema table. */
static void put_added_column(script *s, int32_t t, int32_t c) {
    put(s, "ALTER TABLE ");
    put(s, complaint_schema_table_name(t));
    put(s, " ADD COLUMN ");
    put_column(s, t, c, 0);
    put(s, " /* ");
    put(s, complaint_schema_column_comment(t, c));
    put(s, " */;\n");
}

static void put_index(script *s, int32_t t, int32_t i) {
    put(s, complaint_schema_index_unique(t, i) ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    put(s, complaint_schema_index_name(t, i));
    put(s, " ON ");
    put(s, complaint_schema_table_name(t));
    put(s, " ");
    put_index_columns(s, t, i);
    put(s, ";\n");
}

static void put_script(script *s, int32_t from, int32_t to) {
    step at;
    for (int32_t n = 0; complaint_schema_diff(from, to, n, &at.what, &at.table, &at.item) == COMPLAINT_OK; n++) {
        if (at.what == STEP_TABLE) put_table(s, at.table, to);
        if (at.what == STEP_COLUMN) put_added_column(s, at.table, at.item);
        if (at.what == STEP_INDEX) put_index(s, at.table, at.item);
    }
}

complaint_status complaint_schema_ddl(int32_t dialect, int32_t from_minor, int32_t to_minor, char *buffer, size_t capacity, size_t *needed) {
    script s = {NULL, 0};
    if (dialect != COMPLAINT_DDL_SQLITE || !needed || (!buffer && capacity > 0)) return COMPLAINT_E_INVALID;
    if (!versions_known(from_minor, to_minor)) return COMPLAINT_E_RANGE;
    put_script(&s, from_minor, to_minor);
    *needed = s.size;
    if (s.size >= capacity) return COMPLAINT_E_TOO_LARGE;
    s = (script){buffer, 0};
    put_script(&s, from_minor, to_minor);
    buffer[s.size] = '\0';
    return COMPLAINT_OK;
}
