// What a careful programmer would write himself: the same rows into the same tables and indexes, by prepared statements, one transaction an action. The rows are
// recorded between a desk and its store and played back into an empty file, so that both write exactly the same; the reads a program of one's own would need too are
// left out, which is in its favour.
#ifndef BENCH_BYHAND_H
#define BENCH_BYHAND_H

#include "office.h"

#include <complaint/schema.h>

#include <sqlite3.h>

#include <deque>
#include <map>
#include <vector>

namespace bench {

struct change {
    int32_t kind, table;
    int64_t expected;
    std::vector<int32_t> columns;
    std::vector<complaint_value> key, values;
    sqlite3_stmt *statement; // prepared before the clock starts
};
using transaction = std::vector<change>;

class recorder {
  public:
    static void wrap(void *self, complaint_store *store) {
        auto *r = static_cast<recorder *>(self);
        r->inner = *store;
        store->self = r;
        store->schema = [](void *s, int32_t o, int32_t *major, int32_t *minor, complaint_host_error *e) { return of(s).schema(of(s).self, o, major, minor, e); };
        if (store->limits) store->limits = [](void *s, complaint_limits *l, complaint_host_error *e) { return of(s).limits(of(s).self, l, e); };
        store->begin = [](void *s, int32_t mode, const char *office, size_t n, void **tx, complaint_host_error *e) {
            static_cast<recorder *>(s)->open.clear();
            return of(s).begin(of(s).self, mode, office, n, tx, e);
        };
        store->commit = [](void *s, void *tx, complaint_host_error *e) {
            auto *me = static_cast<recorder *>(s);
            if (!me->open.empty()) me->done.push_back(std::move(me->open));
            return of(s).commit(of(s).self, tx, e);
        };
        store->rollback = [](void *s, void *tx) { of(s).rollback(of(s).self, tx); };
        store->write = [](void *s, void *tx, const complaint_change *c, int32_t n, int32_t *failed, complaint_host_error *e) {
            for (int32_t i = 0; i < n; i++) static_cast<recorder *>(s)->keep(c[i]);
            return of(s).write(of(s).self, tx, c, n, failed, e);
        };
        store->get = [](void *s, void *tx, int32_t t, const complaint_value *k, int32_t n, complaint_row_fn f, void *c, complaint_host_error *e) {
            return of(s).get(of(s).self, tx, t, k, n, f, c, e);
        };
        store->select = [](void *s, void *tx, int32_t t, int32_t i, const complaint_bounds *b, int32_t d, int64_t l, complaint_row_fn f, void *c, complaint_host_error *e) {
            return of(s).select(of(s).self, tx, t, i, b, d, l, f, c, e);
        };
    }
    std::vector<transaction> done;

  private:
    static complaint_store &of(void *self) { return static_cast<recorder *>(self)->inner; }
    complaint_value copy(const complaint_value &v) {
        complaint_value mine = v;
        if (v.type != COMPLAINT_TEXT && v.type != COMPLAINT_BLOB) return mine;
        bytes.emplace_back(static_cast<const char *>(v.data), v.size);
        mine.data = bytes.back().data();
        return mine;
    }
    void keep(const complaint_change &c) {
        change mine = {c.kind, c.table, c.expected, {}, {}, {}, nullptr};
        for (int32_t i = 0; i < c.key_count; i++) mine.key.push_back(copy(c.key[i]));
        for (int32_t i = 0; i < c.value_count; i++) mine.values.push_back(copy(c.values[i]));
        if (c.columns) mine.columns.assign(c.columns, c.columns + c.value_count);
        open.push_back(std::move(mine));
    }
    complaint_store inner = {};
    transaction open;
    std::deque<std::string> bytes;
};

class byhand {
  public:
    // `fresh`: the tables are made first.
    byhand(const std::string &path, const char *synchronous, bool fresh = true) {
        size_t size = 0;
        complaint_schema_ddl(COMPLAINT_DDL_SQLITE, -1, complaint_schema_minor(), nullptr, 0, &size);
        std::string ddl(size + 1, '\0');
        must(complaint_schema_ddl(COMPLAINT_DDL_SQLITE, -1, complaint_schema_minor(), ddl.data(), ddl.size(), &size) == COMPLAINT_OK, "ddl");
        must(sqlite3_open(path.c_str(), &db) == SQLITE_OK, "sqlite3_open");
        run("PRAGMA journal_mode = WAL"), run((std::string("PRAGMA synchronous = ") + synchronous).c_str());
        if (fresh) run(ddl.c_str());
        begin = prepare("BEGIN IMMEDIATE"), commit = prepare("COMMIT");
    }
    byhand(const byhand &) = delete;
    ~byhand() {
        for (auto &one : shapes) sqlite3_finalize(one.second);
        sqlite3_finalize(begin), sqlite3_finalize(commit);
        sqlite3_close(db);
    }
    void prepare(std::vector<transaction> &all) {
        for (transaction &t : all)
            for (change &c : t) c.statement = prepared(c);
    }
    void start() { step(begin); }
    void end() { step(commit); }
    void all(const std::vector<transaction> &list) {
        for (const transaction &t : list) start(), write(t), end();
    }
    void write(const transaction &t) {
        for (const change &c : t) apply(c);
    }
    void apply(const change &c) {
        int n = 0;
        bind(c.statement, &n, c.values);
        if (c.kind != COMPLAINT_INSERT) bind(c.statement, &n, c.key);
        if (c.kind == COMPLAINT_UPDATE && c.expected != COMPLAINT_ANY_VERSION) sqlite3_bind_int64(c.statement, ++n, c.expected);
        step(c.statement);
        if (c.kind == COMPLAINT_UPDATE) must(sqlite3_changes(db) == 1, "the update of a row");
    }
    sqlite3_stmt *prepared(const change &c) {
        std::string key(reinterpret_cast<const char *>(&c.kind), sizeof c.kind);
        key.append(reinterpret_cast<const char *>(&c.table), sizeof c.table);
        key.append(reinterpret_cast<const char *>(c.columns.data()), c.columns.size() * sizeof(int32_t));
        key.push_back(c.expected != COMPLAINT_ANY_VERSION);
        sqlite3_stmt *&q = shapes[key];
        if (!q) q = prepare(text(c));
        return q;
    }
    sqlite3 *db = nullptr;

  private:
    void run(const char *sql) { must(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql); }
    sqlite3_stmt *prepare(const std::string &sql) {
        sqlite3_stmt *q = nullptr;
        must(sqlite3_prepare_v3(db, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &q, nullptr) == SQLITE_OK, sql.c_str());
        return q;
    }
    void step(sqlite3_stmt *q) {
        int code = sqlite3_step(q);
        must(code == SQLITE_DONE || code == SQLITE_ROW, sqlite3_errmsg(db));
        sqlite3_reset(q);
    }
    static std::string text(const change &c) {
        std::string table = complaint_schema_table_name(c.table), sql, marks, key;
        if (c.kind == COMPLAINT_INSERT) {
            for (size_t i = 0; i < c.values.size(); i++) marks += i ? ",?" : "?";
            return "INSERT INTO " + table + " VALUES (" + marks + ")";
        }
        for (int32_t k = 0; k < complaint_schema_key_count(c.table); k++) key += std::string(k ? " AND " : "") + complaint_schema_column_name(c.table, k) + " = ?";
        for (size_t i = 0; i < c.columns.size(); i++) {
            std::string name = complaint_schema_column_name(c.table, c.columns[i]);
            sql += (i ? ", " : "") + name + (c.kind == COMPLAINT_ADD ? " = " + name + " + ?" : " = ?");
        }
        if (c.kind == COMPLAINT_REMOVE) return "DELETE FROM " + table + " WHERE " + key;
        if (c.kind == COMPLAINT_ADD) return add(c, table);
        if (c.expected != COMPLAINT_ANY_VERSION) key += std::string(" AND ") + complaint_schema_column_name(c.table, complaint_schema_version_column(c.table)) + " = ?";
        return "UPDATE " + table + " SET " + sql + " WHERE " + key;
    }
    static std::string add(const change &c, const std::string &table) {
        std::string names, marks, keys, set;
        for (size_t i = 0; i < c.columns.size(); i++) {
            std::string name = complaint_schema_column_name(c.table, c.columns[i]);
            names += name + ", ", marks += "?, ", set += (i ? ", " : "") + name + " = " + name + " + excluded." + name;
        }
        for (int32_t k = 0; k < complaint_schema_key_count(c.table); k++) keys += std::string(k ? ", " : "") + complaint_schema_column_name(c.table, k), marks += k ? ", ?" : "?";
        return "INSERT INTO " + table + " (" + names + keys + ") VALUES (" + marks + ") ON CONFLICT (" + keys + ") DO UPDATE SET " + set;
    }
    static void bind(sqlite3_stmt *q, int *n, const std::vector<complaint_value> &values) {
        for (const complaint_value &v : values) {
            ++*n;
            if (v.type == COMPLAINT_INT64) sqlite3_bind_int64(q, *n, v.integer);
            else if (v.type == COMPLAINT_TEXT) sqlite3_bind_text(q, *n, static_cast<const char *>(v.data), static_cast<int>(v.size), SQLITE_STATIC);
            else if (v.type == COMPLAINT_BLOB) sqlite3_bind_blob(q, *n, v.size ? v.data : "", static_cast<int>(v.size), SQLITE_STATIC);
            else sqlite3_bind_null(q, *n);
        }
    }
    std::map<std::string, sqlite3_stmt *> shapes;
    sqlite3_stmt *begin = nullptr, *commit = nullptr;
};

} // namespace bench
#endif
