// What a case and a transition weigh: on the disk against a schema of one's own, and in memory; and how long a program takes to its first answer.
//
// The schema of one's own has the same facts for one office: no office in any key, digests as bytes, the same secondary indexes. It is made from ours by rule, so that nothing is
// left out of it by accident.
#include "office.h"

#include <complaint/schema.h>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <functional>

namespace {

using namespace bench;

// ---- on the disk ---------------------------------------------------------------------------------------------------------

constexpr int cases = 1000;

// Hexadecimal digests as the bytes they stand for.
void bytes_of(sqlite3_context *context, int, sqlite3_value **values) {
    std::string hex(reinterpret_cast<const char *>(sqlite3_value_text(values[0]))), bytes;
    if (hex.size() % 2 || hex.find_first_not_of("0123456789abcdef") != std::string::npos) return sqlite3_result_value(context, values[0]);
    for (size_t i = 0; i < hex.size(); i += 2) bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    sqlite3_result_blob(context, bytes.data(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
}

std::string joined(int32_t first, int32_t end, const std::function<std::string(int32_t)> &one) {
    std::string list;
    for (int32_t i = first; i < end; i++) list += (i > first ? ", " : "") + one(i);
    return list;
}

std::string table_of_ones_own(int32_t t) {
    std::string name = complaint_schema_table_name(t);
    int32_t columns = complaint_schema_column_count(t), keys = complaint_schema_key_count(t);
    auto column = [t](int32_t c) { return std::string(complaint_schema_column_name(t, c)); };
    auto digest = [&](int32_t c) { return column(c) == "digest" || column(c) == "request"; };
    auto type = [&](int32_t c) { return complaint_schema_column_type(t, c) == COMPLAINT_INT64 ? " INTEGER" : complaint_schema_column_type(t, c) == COMPLAINT_TEXT && !digest(c) ? " TEXT" : " BLOB"; };
    bool numbered = keys == 2 && complaint_schema_column_type(t, 1) == COMPLAINT_INT64; // its key is the row's number
    std::string sql = "CREATE TABLE own." + name + " (" + joined(1, columns, [&](int32_t c) { return column(c) + type(c); }) + ", PRIMARY KEY (" + joined(1, keys, column) + "))" + (numbered ? ";" : " WITHOUT ROWID;");
    for (int32_t i = 1; i < complaint_schema_index_count(t); i++)
        sql += std::string("CREATE INDEX own.") + complaint_schema_index_name(t, i) + " ON " + name + " (" +
               joined(1, complaint_schema_index_width(t, i), [&](int32_t p) { return column(complaint_schema_index_column(t, i, p)); }) + ");";
    return sql + "INSERT INTO own." + name + " SELECT " + joined(1, columns, [&](int32_t c) { return digest(c) ? "bytes_of(" + column(c) + ")" : column(c); }) + " FROM main." + name + ";";
}

double ones_own(const std::string &path) {
    sqlite3 *db = nullptr;
    std::string own = new_file();
    must(sqlite3_open(path.c_str(), &db) == SQLITE_OK, "opening");
    sqlite3_create_function(db, "bytes_of", 1, SQLITE_UTF8, nullptr, bytes_of, nullptr, nullptr);
    std::string sql = "ATTACH '" + own + "' AS own; BEGIN;";
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) sql += table_of_ones_own(t);
    if (sqlite3_exec(db, (sql + "COMMIT; VACUUM main; VACUUM own; PRAGMA wal_checkpoint(TRUNCATE)").c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) must(false, sqlite3_errmsg(db));
    sqlite3_close(db);
    return static_cast<double>(std::filesystem::file_size(own));
}

struct weight {
    double ours, own;
};

weight weigh(bool lives) {
    std::string path = new_file();
    {
        office desk(path, COMPLAINT_SQLITE_SYNC_OFF);
        for (int i = 0; i < cases; i++) {
            int64_t id = desk.intake();
            if (lives) desk.rest_of_life(id);
        }
    }
    double own = ones_own(path);
    return {static_cast<double>(std::filesystem::file_size(path)), own};
}

void bytes(benchmark::State &state) {
    weight opened = {}, closed = {};
    for (auto _ : state) opened = weigh(false), closed = weigh(true);
    constexpr double transitions = static_cast<double>(cases) * office::transitions;
    state.counters["case"] = opened.ours / cases;
    state.counters["case_own"] = opened.own / cases;
    state.counters["transition"] = (closed.ours - opened.ours) / transitions;
    state.counters["transition_own"] = (closed.own - opened.own) / transitions;
}
BENCHMARK(bytes)->Iterations(1)->Unit(benchmark::kMillisecond);

// ---- in memory -------------------------------------------------------------------------------------------------------------

// What the library holds and what SQLite holds for it, after opening, and at most while it works on a register of a thousand cases.
void memory(benchmark::State &state) {
    std::string path = new_file();
    for (auto _ : state) {
        { office fill(path, COMPLAINT_SQLITE_SYNC_OFF), &desk = fill; for (int i = 0; i < cases; i++) desk.rest_of_life(desk.intake()); }
        sqlite3_memory_highwater(1);
        counting held;
        office desk(path, COMPLAINT_SQLITE_SYNC_OFF, nullptr, nullptr, held.table());
        state.counters["open"] = static_cast<double>(held.now + static_cast<size_t>(sqlite3_memory_used()));
        for (int i = 0; i < 50; i++) desk.messages_from(10000 + i), desk.rest_of_life(desk.intake());
        complaint_page *page = nullptr;
        must(complaint_desk_worklist(desk.desk, desk.officer, COMPLAINT_WORK_OPEN, nullptr, 50, &page) == COMPLAINT_OK, "worklist");
        complaint_page_free(page);
        state.counters["most"] = static_cast<double>(held.most + static_cast<size_t>(sqlite3_memory_highwater(0)));
    }
}
BENCHMARK(memory)->Iterations(1)->Unit(benchmark::kMillisecond);

// ---- the first answer --------------------------------------------------------------------------------------------------------

// `complaint worklist` on that register, from exec to exit; COMPLAINT_COMMAND is the program.
void first_answer(benchmark::State &state) {
    const char *command = std::getenv("COMPLAINT_COMMAND");
    if (!command) return state.SkipWithError("COMPLAINT_COMMAND is not set");
    std::string path = new_file();
    { office fill(path, COMPLAINT_SQLITE_SYNC_OFF), &desk = fill; for (int i = 0; i < cases; i++) desk.intake(); }
    std::string line = std::string("exec '") + command + "' --db '" + path + "' --as officer:somchai worklist >/dev/null";
    for (auto _ : state) must(std::system(line.c_str()) == 0, "complaint worklist");
}
BENCHMARK(first_answer)->UseRealTime()->Unit(benchmark::kMillisecond);

// What every program takes.
void nothing(benchmark::State &state) {
    for (auto _ : state) must(std::system("exec true") == 0, "true");
}
BENCHMARK(nothing)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
