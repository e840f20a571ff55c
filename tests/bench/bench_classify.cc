// The classifier on the messages of tests/data/corpus/dev.tsv: how many a second, with and without the words that decided; what loading a model takes.
#include <benchmark/benchmark.h>
#include <complaint.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> texts(const std::string &path) {
    std::vector<std::string> all;
    std::ifstream file(path);
    std::string line;
    std::getline(file, line); // headings
    while (std::getline(file, line)) {
        auto first = line.find('\t') + 1;
        std::string text = line.substr(first, line.find('\t', first) - first);
        for (size_t at = 0; (at = text.find("\\n", at)) != std::string::npos;) text.replace(at, 2, "\n");
        all.push_back(text);
    }
    return all;
}

size_t letters(const std::string &s) {
    return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Half of the messages are shorter than 139 letters: those of 120 to 160 stand for a message as it is usual.
std::vector<std::string> usual() {
    std::vector<std::string> all = texts(COMPLAINT_SOURCE_DIR "/tests/data/corpus/dev.tsv"), some;
    for (const auto &text : all)
        if (letters(text) >= 120 && letters(text) <= 160) some.push_back(text);
    return some;
}

void classify_all(benchmark::State &state, const std::vector<std::string> &messages, bool explain) {
    complaint_classifier *classifier = nullptr;
    complaint_classification *answer = nullptr;
    if (complaint_classifier_builtin(nullptr, &classifier, nullptr) != COMPLAINT_OK || complaint_classification_new(classifier, &answer) != COMPLAINT_OK || messages.empty()) {
        state.SkipWithError("no classifier or no messages");
        return;
    }
    size_t at = 0;
    for (auto _ : state) {
        const std::string &text = messages[at++ % messages.size()];
        int32_t count = 0;
        complaint_classification_make(answer, text.data(), text.size());
        if (explain) complaint_classification_terms(answer, &count);
        benchmark::DoNotOptimize(complaint_classification_confidence(answer));
    }
    state.SetItemsProcessed(static_cast<int64_t>(state.iterations()));
    complaint_classification_free(answer);
    complaint_classifier_free(classifier);
}

void usual_messages(benchmark::State &state) { classify_all(state, usual(), false); }
void usual_messages_explained(benchmark::State &state) { classify_all(state, usual(), true); }
void all_messages(benchmark::State &state) { classify_all(state, texts(COMPLAINT_SOURCE_DIR "/tests/data/corpus/dev.tsv"), false); }

void open_builtin(benchmark::State &state) {
    for (auto _ : state) {
        complaint_classifier *classifier = nullptr;
        complaint_classifier_builtin(nullptr, &classifier, nullptr);
        complaint_classifier_free(classifier);
    }
}

void load_bytes(benchmark::State &state) {
    std::ifstream file(COMPLAINT_SOURCE_DIR "/lib/data/classify/model.bin", std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    for (auto _ : state) {
        complaint_classifier *classifier = nullptr;
        if (complaint_classifier_load(nullptr, bytes.data(), bytes.size(), &classifier, nullptr) != COMPLAINT_OK) state.SkipWithError("no model");
        complaint_classifier_free(classifier);
    }
}

BENCHMARK(usual_messages);
BENCHMARK(usual_messages_explained);
BENCHMARK(all_messages);
BENCHMARK(open_builtin);
BENCHMARK(load_bytes);

} // namespace

BENCHMARK_MAIN();
