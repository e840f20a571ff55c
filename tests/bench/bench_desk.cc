// What a durable action costs through the desk, and what the same rows cost written by hand. Both sides run in blocks, one after the other, in fresh files; the counter
// `actions` is actions per second of wall time, which a disk's flush is part of.
#include "byhand.h"

#include <benchmark/benchmark.h>
#include <jansson.h>

#include <memory>

namespace {

using namespace bench;

constexpr int block = 100;

const char *const synchronous[] = {"FULL", "NORMAL", "OFF"};
const int32_t flags[] = {0, COMPLAINT_SQLITE_SYNC_NORMAL, COMPLAINT_SQLITE_SYNC_OFF};

void count(benchmark::State &state, int64_t actions) {
    state.counters["actions"] = benchmark::Counter(static_cast<double>(actions), benchmark::Counter::kIsRate);
    state.SetLabel(synchronous[state.range(0)]);
}

void desk_intake(benchmark::State &state) {
    office desk(new_file(), flags[state.range(0)]);
    desk.intake();
    int64_t actions = 0;
    for (auto _ : state) {
        for (int i = 0; i < block; i++) desk.intake();
        actions += 2 * block;
    }
    count(state, actions);
}

void desk_transition(benchmark::State &state) {
    office desk(new_file(), flags[state.range(0)]);
    desk.rest_of_life(desk.intake());
    int64_t actions = 0;
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<int64_t> cases;
        for (int i = 0; i < block; i++) cases.push_back(desk.intake());
        state.ResumeTiming();
        for (int64_t id : cases) desk.rest_of_life(id);
        actions += static_cast<int64_t>(office::transitions) * block;
    }
    count(state, actions);
}

// The transactions of whole lives, in order: two of the intake, then the rest.
void byhand_run(benchmark::State &state, bool intake) {
    constexpr int each = 2 + office::transitions;
    byhand hand(new_file(), synchronous[state.range(0)]);
    recorder records;
    office desk(new_file(), COMPLAINT_SQLITE_SYNC_OFF, recorder::wrap, &records);
    int64_t actions = 0;
    std::vector<transaction> opening = std::move(records.done); // what opening a desk writes
    records.done.clear();
    hand.prepare(opening), hand.all(opening);
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<int64_t> cases;
        std::vector<transaction> lives[2];
        for (int i = 0; i < block; i++) cases.push_back(desk.intake());
        lives[0] = std::move(records.done), records.done.clear();
        for (int64_t id : cases) desk.rest_of_life(id);
        lives[1] = std::move(records.done), records.done.clear();
        hand.prepare(lives[0]), hand.prepare(lives[1]);
        must(lives[0].size() == 2 * block && lives[1].size() == static_cast<size_t>(each - 2) * block, "one transaction an action");
        if (!intake) hand.all(lives[0]);
        state.ResumeTiming();
        hand.all(lives[intake ? 0 : 1]);
        state.PauseTiming();
        if (intake) hand.all(lives[1]);
        actions += static_cast<int64_t>(lives[intake ? 0 : 1].size());
        state.ResumeTiming();
    }
    count(state, actions);
}

void byhand_intake(benchmark::State &state) { byhand_run(state, true); }
void byhand_transition(benchmark::State &state) { byhand_run(state, false); }

// A conversation of Facebook's export, new to the desk.
std::string conversation(int thread, int messages) {
    std::string json = "{\"participants\":[{\"name\":\"Somsri\"},{\"name\":\"Office\"}],\"title\":\"Somsri\",\"thread_path\":\"inbox/somsri_" + std::to_string(thread) + "\",\"messages\":[";
    for (int i = 0; i < messages; i++) {
        json += std::string(i ? "," : "") + "{\"sender_name\":\"Somsri\",\"timestamp_ms\":" + std::to_string(start - 1000000 + i);
        json += ",\"content\":\"The queue at the clinic begins at five and nobody is seen before noon; please look into it. " + std::to_string(i) + "\"}";
    }
    return json + "]}";
}

void take(office &desk, const std::string &json) {
    must(complaint_import_facebook(desk.desk, desk.officer, "facebook", json.data(), json.size(), nullptr, nullptr) == COMPLAINT_OK, "import");
}

constexpr int inbox = 2048;

void desk_import(benchmark::State &state) {
    office desk(new_file(), flags[state.range(0)]);
    int thread = 0;
    for (auto _ : state) {
        state.PauseTiming();
        std::string json = conversation(++thread, inbox);
        state.ResumeTiming();
        take(desk, json);
    }
    count(state, static_cast<int64_t>(inbox) * thread);
}

// In the same batches, having read the same JSON; without looking what is there already.
void byhand_import(benchmark::State &state) {
    byhand hand(new_file(), synchronous[state.range(0)]);
    recorder records;
    office desk(new_file(), COMPLAINT_SQLITE_SYNC_OFF, recorder::wrap, &records);
    int thread = 0;
    for (auto _ : state) {
        state.PauseTiming();
        std::string json = conversation(++thread, inbox);
        take(desk, json);
        std::vector<transaction> batches = std::move(records.done);
        records.done.clear();
        hand.prepare(batches);
        state.ResumeTiming();
        json_t *read = json_loadb(json.data(), json.size(), 0, nullptr);
        must(json_array_size(json_object_get(read, "messages")) == inbox, "reading the JSON");
        hand.all(batches);
        json_decref(read);
    }
    count(state, static_cast<int64_t>(inbox) * thread);
}

#define DURABLE(name) BENCHMARK(name)->DenseRange(0, 2)->Iterations(4)->UseRealTime()->Unit(benchmark::kMillisecond)
DURABLE(desk_intake);
DURABLE(byhand_intake);
DURABLE(desk_transition);
DURABLE(byhand_transition);
DURABLE(desk_import);
DURABLE(byhand_import);

} // namespace

BENCHMARK_MAIN();
