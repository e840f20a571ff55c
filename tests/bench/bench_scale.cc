// What grows with the register and what does not: a case by its number, a worklist of fifty, tick with a thousand clocks due, at ten thousand, a hundred thousand and a
// million open cases. A file of a million is about 6 GB and takes some minutes to fill; COMPLAINT_BENCH_CASES sets another most.
#include "population.h"

#include <benchmark/benchmark.h>

#include <memory>

namespace {

using namespace bench;

constexpr int64_t due = 1000;

int64_t most() {
    const char *set = std::getenv("COMPLAINT_BENCH_CASES");
    return set ? std::atoll(set) : 1000000;
}

const std::string &file(int64_t cases) {
    static std::map<int64_t, std::string> made;
    std::string &path = made[cases];
    if (path.empty()) path = populate(cases, due);
    return path;
}

void desk_find(benchmark::State &state) {
    office desk(file(state.range(0)), 0);
    int64_t n = 0, id, cases = state.range(0);
    for (auto _ : state) {
        complaint_page *page = nullptr;
        n = (n * 7919 + 104729) % cases;
        must(complaint_desk_find(desk.desk, desk.officer, 2569, n + 1, &id) == COMPLAINT_OK && complaint_desk_case(desk.desk, desk.officer, id, &page) == COMPLAINT_OK, "find");
        complaint_page_free(page);
    }
}

// Number to id, id to row: the whole row, as a page has it.
void byhand_find(benchmark::State &state) {
    byhand hand(file(state.range(0)), "FULL", false);
    sqlite3_stmt *number = nullptr, *row = nullptr;
    must(sqlite3_prepare_v2(hand.db, "SELECT case_id FROM complaint_number WHERE office = ? AND fiscal_year = 2569 AND register_number = ?", -1, &number, nullptr) == SQLITE_OK, "number");
    must(sqlite3_prepare_v2(hand.db, "SELECT * FROM complaint_case WHERE office = ? AND case_id = ?", -1, &row, nullptr) == SQLITE_OK, "row");
    int64_t n = 0, cases = state.range(0);
    for (auto _ : state) {
        n = (n * 7919 + 104729) % cases;
        sqlite3_exec(hand.db, "BEGIN", nullptr, nullptr, nullptr);
        sqlite3_bind_text(number, 1, "cr", -1, SQLITE_STATIC), sqlite3_bind_int64(number, 2, n + 1);
        must(sqlite3_step(number) == SQLITE_ROW, "number");
        sqlite3_bind_text(row, 1, "cr", -1, SQLITE_STATIC), sqlite3_bind_int64(row, 2, sqlite3_column_int64(number, 0));
        must(sqlite3_step(row) == SQLITE_ROW, "row");
        std::vector<std::string> copy;
        for (int i = 0; i < sqlite3_column_count(row); i++) copy.emplace_back(static_cast<const char *>(sqlite3_column_blob(row, i)), static_cast<size_t>(sqlite3_column_bytes(row, i)));
        benchmark::DoNotOptimize(copy);
        sqlite3_reset(number), sqlite3_reset(row);
        sqlite3_exec(hand.db, "COMMIT", nullptr, nullptr, nullptr);
    }
    sqlite3_finalize(number), sqlite3_finalize(row);
}

void desk_worklist(benchmark::State &state) {
    office desk(file(state.range(0)), 0);
    for (auto _ : state) {
        complaint_page *page = nullptr;
        must(complaint_desk_worklist(desk.desk, desk.officer, COMPLAINT_WORK_OPEN, nullptr, 50, &page) == COMPLAINT_OK && complaint_page_count(page) == 50, "worklist");
        complaint_page_free(page);
    }
}

// Each time all of the thousand, in a copy of the file.
void desk_tick(benchmark::State &state) {
    int64_t clocks = 0;
    for (auto _ : state) {
        state.PauseTiming();
        std::string path = new_file();
        std::filesystem::copy_file(file(state.range(0)), path);
        auto desk = std::make_unique<office>(path, COMPLAINT_SQLITE_SYNC_OFF);
        complaint_page *tally = nullptr;
        desk->now = start + 60000;
        state.ResumeTiming();
        must(complaint_desk_tick(desk->desk, 0, &tally) == COMPLAINT_OK, "tick");
        state.PauseTiming();
        clocks = complaint_page_integer_of(tally, 0, "clocks");
        complaint_page_free(tally);
        desk.reset();
        std::filesystem::remove(path);
        state.ResumeTiming();
    }
    state.counters["clocks"] = static_cast<double>(clocks);
}

void sizes(benchmark::internal::Benchmark *b) {
    for (int64_t cases = 10000; cases <= most(); cases *= 10) b->Arg(cases);
}
BENCHMARK(desk_find)->Apply(sizes)->Unit(benchmark::kMicrosecond);
BENCHMARK(byhand_find)->Apply(sizes)->Unit(benchmark::kMicrosecond);
BENCHMARK(desk_worklist)->Apply(sizes)->Unit(benchmark::kMicrosecond);
BENCHMARK(desk_tick)->Apply(sizes)->Iterations(2)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
