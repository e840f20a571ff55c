// What reading the log costs: folding its events to a case, and proving a whole register. Ours alone: there is no peer that keeps a log like it; what is compared is
// one figure with the other and with the hashing that verify cannot do without.
#include "bench_log.h"
#include "office.h"


#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

namespace {

using namespace bench;

constexpr int lives = 1000;

struct register_file {
    std::string path = new_file();
    std::vector<int64_t> cases;
    register_file() {
        office desk(path, COMPLAINT_SQLITE_SYNC_OFF);
        for (int i = 0; i < lives; i++) cases.push_back(desk.intake()), desk.rest_of_life(cases.back());
    }
};

const register_file &file() {
    static const register_file made;
    return made;
}

void verify(benchmark::State &state) {
    office desk(file().path, 0);
    complaint_page *findings = nullptr;
    int64_t checked = 0, all = 0;
    for (auto _ : state) {
        must(complaint_desk_verify(desk.desk, desk.officer, 0, nullptr, 0, &findings, &checked) == COMPLAINT_OK, "verify");
        complaint_page_free(findings);
        all += checked;
    }
    state.counters["events"] = benchmark::Counter(static_cast<double>(all), benchmark::Counter::kIsRate);
}

void log_work(benchmark::State &state, int64_t (*work)(const bench_log *), bool counted) {
    bench_log *log = bench_log_read(file().path.c_str());
    must(log != nullptr, "reading the events");
    const int64_t events = bench_log_fold(log);
    must(events == lives * (1 + office::transitions), "folding");
    for (auto _ : state) must(work(log) == (counted ? events : 0), "the work");
    state.counters["events"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsIterationInvariantRate);
    bench_log_free(log);
}
void fold(benchmark::State &state) { log_work(state, bench_log_fold, true); }
void hash(benchmark::State &state) { log_work(state, bench_log_hash, false); }

BENCHMARK(fold)->Unit(benchmark::kMillisecond);
BENCHMARK(hash)->Unit(benchmark::kMillisecond);
BENCHMARK(verify)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
