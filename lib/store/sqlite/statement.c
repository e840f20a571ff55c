/*
 * store/sqlite/statement: the SQL of the slots and the statements prepared from it.
 *
 * Owns: the text of every statement on rows, the lists of prepared ones. Must not know: values, transactions.
 */
#include <complaint/schema.h>

#include "sqlite.h"

#include <string.h>

/* ---- text --------------------------------------------------------------------------------------------------------------- */

static void put_columns(sqlite3_str *q, int32_t table, int32_t count) {
    for (int32_t c = 0; c < count; c++) sqlite3_str_appendf(q, c > 0 ? ", %s" : "%s", complaint_schema_column_name(table, c));
}

static void put_key(sqlite3_str *q, int32_t table) {
    for (int32_t c = 0; c < complaint_schema_key_count(table); c++)
        sqlite3_str_appendf(q, c > 0 ? " AND %s = ?%d" : " WHERE %s = ?%d", complaint_schema_column_name(table, c), c + 1);
}

static void put_condition(sqlite3_str *q, int32_t table, const cpl_sqlshape *shape) {
    const char *version = complaint_schema_column_name(table, complaint_schema_version_column(table));
    if (shape->conditional) sqlite3_str_appendf(q, " AND %s = ?%d", version, complaint_schema_column_count(table) + 1);
}

static bool has_column(const cpl_sqlshape *shape, int32_t c) { return (shape->columns[c / 64] >> (c % 64) & 1) != 0; }

static void put_insert(sqlite3_str *q, int32_t table) {
    int32_t count = complaint_schema_column_count(table);
    sqlite3_str_appendf(q, "INSERT INTO %s (", complaint_schema_table_name(table));
    put_columns(q, table, count);
    for (int32_t c = 0; c < count; c++) sqlite3_str_appendf(q, c > 0 ? ", ?%d" : ") VALUES (?%d", c + 1);
    sqlite3_str_appendall(q, ")");
}

static void put_assignments(sqlite3_str *q, int32_t table, const cpl_sqlshape *shape) {
    const char *between = "";
    for (int32_t c = 0; c < complaint_schema_column_count(table); c++) {
        if (!has_column(shape, c)) continue;
        const char *name = complaint_schema_column_name(table, c);
        sqlite3_str_appendf(q, "%s%s = ", between, name);
        if (shape->kind == CPL_SQL_ADD) sqlite3_str_appendf(q, "coalesce(%s, 0) + ", name);
        sqlite3_str_appendf(q, "?%d", c + 1);
        between = ", ";
    }
}

static void put_update(sqlite3_str *q, int32_t table, const cpl_sqlshape *shape) {
    sqlite3_str_appendf(q, "UPDATE %s SET ", complaint_schema_table_name(table));
    put_assignments(q, table, shape);
    put_key(q, table);
    put_condition(q, table, shape);
}

static void put_remove(sqlite3_str *q, int32_t table, const cpl_sqlshape *shape) {
    sqlite3_str_appendf(q, "DELETE FROM %s", complaint_schema_table_name(table));
    put_key(q, table);
    put_condition(q, table, shape);
}

static const char *empty_value(int32_t table, int32_t c) {
    if (complaint_schema_column_nullable(table, c)) return "NULL";
    int32_t type = complaint_schema_column_type(table, c);
    return type == COMPLAINT_INT64 ? "0" : type == COMPLAINT_TEXT ? "''" : "x''";
}

static void put_add(sqlite3_str *q, int32_t table, const cpl_sqlshape *shape) {
    int32_t count = complaint_schema_column_count(table), keys = complaint_schema_key_count(table);
    sqlite3_str_appendf(q, "INSERT INTO %s (", complaint_schema_table_name(table));
    put_columns(q, table, count);
    sqlite3_str_appendall(q, ") VALUES (");
    for (int32_t c = 0; c < count; c++) {
        if (c > 0) sqlite3_str_appendall(q, ", ");
        if (c < keys || has_column(shape, c))
            sqlite3_str_appendf(q, "?%d", c + 1);
        else
            sqlite3_str_appendall(q, empty_value(table, c));
    }
    sqlite3_str_appendall(q, ") ON CONFLICT (");
    put_columns(q, table, keys);
    sqlite3_str_appendall(q, ") DO UPDATE SET ");
    put_assignments(q, table, shape);
}

static void put_get(sqlite3_str *q, int32_t table, int32_t column_count) {
    sqlite3_str_appendall(q, "SELECT ");
    put_columns(q, table, column_count);
    sqlite3_str_appendf(q, " FROM %s", complaint_schema_table_name(table));
    put_key(q, table);
}

static void put_version(sqlite3_str *q, int32_t table) {
    sqlite3_str_appendf(q, "SELECT 1 FROM %s", complaint_schema_table_name(table));
    put_key(q, table);
}

/* One end of the range behind the equal columns: `a >= ?`, or with more columns a row value, which SQLite looks up in the index as a whole. */
static void put_end(sqlite3_str *q, int32_t table, const cpl_sqlshape *shape, int32_t count, const char *operator, int32_t * parameter) {
    if (count == 0) return;
    sqlite3_str_appendall(q, " AND (");
    for (int32_t i = 0; i < count; i++) {
        int32_t c = complaint_schema_index_column(table, shape->index, shape->equal + i);
        sqlite3_str_appendf(q, i > 0 ? ", %s" : "%s", complaint_schema_column_name(table, c));
    }
    sqlite3_str_appendf(q, ") %s (", operator);
    for (int32_t i = 0; i < count; i++) sqlite3_str_appendf(q, i > 0 ? ", ?%d" : "?%d", (*parameter)++);
    sqlite3_str_appendall(q, ")");
}

static void put_order(sqlite3_str *q, int32_t table, const cpl_sqlshape *shape) {
    for (int32_t i = 0; i < complaint_schema_index_width(table, shape->index); i++) {
        sqlite3_str_appendf(q, i > 0 ? ", %s" : " ORDER BY %s", complaint_schema_column_name(table, complaint_schema_index_column(table, shape->index, i)));
        if (shape->descending) sqlite3_str_appendall(q, " DESC");
    }
}

/* The index is named, so that neither statistics nor an index of the host's own can change the plan. */
static void put_select(sqlite3_str *q, int32_t table, const cpl_sqlshape *shape) {
    int32_t parameter = 1;
    sqlite3_str_appendall(q, "SELECT ");
    put_columns(q, table, complaint_schema_column_count(table));
    sqlite3_str_appendf(q, " FROM %s", complaint_schema_table_name(table));
    if (shape->index > 0) sqlite3_str_appendf(q, " INDEXED BY %s", complaint_schema_index_name(table, shape->index));
    for (int32_t i = 0; i < shape->equal; i++) {
        int32_t c = complaint_schema_index_column(table, shape->index, i);
        sqlite3_str_appendf(q, i > 0 ? " AND %s = ?%d" : " WHERE %s = ?%d", complaint_schema_column_name(table, c), parameter++);
    }
    put_end(q, table, shape, shape->lower, shape->exclusive & 1 ? ">" : ">=", &parameter);
    put_end(q, table, shape, shape->upper, shape->exclusive & 2 ? "<" : "<=", &parameter);
    put_order(q, table, shape);
    sqlite3_str_appendf(q, " LIMIT ?%d", parameter);
}

char *cpl_sqlite_text(int32_t table, const cpl_sqlshape *shape) {
    sqlite3_str *q = sqlite3_str_new(NULL);
    switch (shape->kind) {
    case CPL_SQL_INSERT:
        put_insert(q, table);
        break;
    case CPL_SQL_UPDATE:
        put_update(q, table, shape);
        break;
    case CPL_SQL_REMOVE:
        put_remove(q, table, shape);
        break;
    case CPL_SQL_ADD:
        put_add(q, table, shape);
        break;
    case CPL_SQL_GET:
        put_get(q, table, complaint_schema_column_count(table));
        break;
    case CPL_SQL_VERSION:
        put_version(q, table);
        break;
    default:
        put_select(q, table, shape);
        break;
    }
    return sqlite3_str_finish(q);
}

/* ---- prepared statements --------------------------------------------------------------------------------------------------- */

enum { STATEMENTS_PER_TABLE = 128 };

struct cpl_sqlcached {
    cpl_sqlcached *next;
    sqlite3_stmt *statement;
    cpl_sqlshape shape;
};

static void forget(complaint_sqlite *s, cpl_sqlcached *cached) {
    (void)sqlite3_finalize(cached->statement);
    s->a.release(s->a.self, cached);
}

/* The one used last stands first; what falls off the end of a long list is prepared again when it is wanted. */
static cpl_sqlcached *find(complaint_sqlite *s, int32_t table, const cpl_sqlshape *shape) {
    int32_t n = 0;
    for (cpl_sqlcached **slot = &s->statements[table]; *slot; slot = &(*slot)->next) {
        cpl_sqlcached *cached = *slot;
        bool found = memcmp(&cached->shape, shape, sizeof *shape) == 0;
        if (!found && ++n < STATEMENTS_PER_TABLE) continue;
        *slot = cached->next;
        if (!found) {
            forget(s, cached);
            return NULL;
        }
        cached->next = s->statements[table];
        s->statements[table] = cached;
        return cached;
    }
    return NULL;
}

static int prepare(complaint_sqlite *s, int32_t table, const cpl_sqlshape *shape, sqlite3_stmt **statement) {
    char *text = cpl_sqlite_text(table, shape);
    if (!text) return SQLITE_NOMEM;
    int code = sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    sqlite3_free(text);
    return code;
}

int cpl_sqlite_statement(complaint_sqlite *s, int32_t table, const cpl_sqlshape *shape, sqlite3_stmt **statement) {
    cpl_sqlcached *cached = find(s, table, shape);
    if (!cached) {
        sqlite3_stmt *made = NULL;
        int code = prepare(s, table, shape, &made);
        if (code != SQLITE_OK) return code;
        cached = s->a.allocate(s->a.self, sizeof *cached);
        if (!cached) {
            (void)sqlite3_finalize(made);
            return SQLITE_NOMEM;
        }
        *cached = (cpl_sqlcached){s->statements[table], made, *shape};
        s->statements[table] = cached;
    }
    *statement = cached->statement;
    return SQLITE_OK;
}

void cpl_sqlite_forget_statements(complaint_sqlite *s) {
    for (int32_t t = 0; t < s->table_count; t++) {
        while (s->statements[t]) {
            cpl_sqlcached *first = s->statements[t];
            s->statements[t] = first->next;
            forget(s, first);
        }
    }
}
