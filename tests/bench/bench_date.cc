// Parse and format one date of the Buddhist era, ours and ICU's. The dates are spread over the whole calendar since 2484, so that no branch
// learns one of them. ICU works on UTF-16; its strings are made before the clock starts, which is in its favour.
#include <complaint/date.h>

#include <benchmark/benchmark.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr size_t count = 1024;

struct sample {
    int32_t day;
    double noon;
    std::string text[6]; // by COMPLAINT_DATE_*
    std::string timed;
    std::vector<UChar> wide;
};

UDateFormat *icu_format() {
    UErrorCode e = U_ZERO_ERROR;
    UChar pattern[32], zone[32];
    u_uastrcpy(pattern, "d MMMM y");
    u_uastrcpy(zone, "Asia/Bangkok");
    UDateFormat *f = udat_open(UDAT_PATTERN, UDAT_PATTERN, "th_TH@calendar=buddhist", zone, -1, pattern, -1, &e);
    if (U_FAILURE(e)) std::abort();
    udat_setLenient(f, 0);
    return f;
}

sample make(int32_t day) {
    sample s;
    char text[160];
    size_t n;
    int64_t start;
    s.day = day;
    if (complaint_date_start(day, &start) != COMPLAINT_OK) std::abort();
    s.noon = static_cast<double>(start + 12 * 3600000);
    for (int32_t style = COMPLAINT_DATE_ISO; style <= COMPLAINT_DATE_OFFICIAL; ++style) {
        if (complaint_date_format(day, style, 0, text, sizeof text, &n) != COMPLAINT_OK) std::abort();
        s.text[style].assign(text, n);
    }
    if (complaint_date_format_instant(start + 8 * 3600000 + 30 * 60000, COMPLAINT_DATE_SHORT, COMPLAINT_DIGITS_THAI | COMPLAINT_WITH_WEEKDAY, text, sizeof text, &n) != COMPLAINT_OK) std::abort();
    s.timed.assign(text, n);
    UErrorCode e = U_ZERO_ERROR;
    int32_t length = 0;
    s.wide.resize(160);
    u_strFromUTF8(s.wide.data(), 160, &length, s.text[COMPLAINT_DATE_LONG].data(), static_cast<int32_t>(s.text[COMPLAINT_DATE_LONG].size()), &e);
    if (U_FAILURE(e)) std::abort();
    s.wide.resize(static_cast<size_t>(length));
    return s;
}

const std::vector<sample> &samples() {
    static const std::vector<sample> all = [] {
        std::vector<sample> made;
        int32_t first;
        if (complaint_date_from_gregorian(1941, 1, 1, &first) != COMPLAINT_OK) std::abort();
        uint32_t step = 12345;
        for (size_t i = 0; i < count; ++i) {
            step = step * 1664525u + 1013904223u;
            made.push_back(make(first + static_cast<int32_t>(step >> 8) % (COMPLAINT_DAY_LAST - first)));
        }
        return made;
    }();
    return all;
}

void parse_text(benchmark::State &state, const std::string &(*text_of)(const sample &)) {
    size_t i = 0;
    for (auto _ : state) {
        const std::string &text = text_of(samples()[i++ % count]);
        int32_t day = 0;
        if (complaint_date_parse(text.data(), text.size(), 0, nullptr, &day, nullptr, nullptr, nullptr, nullptr, nullptr) != COMPLAINT_OK) std::abort();
        benchmark::DoNotOptimize(day);
    }
}

void parse_long(benchmark::State &state) {
    parse_text(state, [](const sample &s) -> const std::string & { return s.text[COMPLAINT_DATE_LONG]; });
}
void parse_short(benchmark::State &state) {
    parse_text(state, [](const sample &s) -> const std::string & { return s.text[COMPLAINT_DATE_SHORT]; });
}
void parse_numeric(benchmark::State &state) {
    parse_text(state, [](const sample &s) -> const std::string & { return s.text[COMPLAINT_DATE_NUMERIC]; });
}
void parse_official(benchmark::State &state) {
    parse_text(state, [](const sample &s) -> const std::string & { return s.text[COMPLAINT_DATE_OFFICIAL]; });
}
void parse_iso(benchmark::State &state) {
    parse_text(state, [](const sample &s) -> const std::string & { return s.text[COMPLAINT_DATE_ISO]; });
}
void parse_weekday_time_thai_digits(benchmark::State &state) {
    parse_text(state, [](const sample &s) -> const std::string & { return s.timed; });
}

void parse_long_icu(benchmark::State &state) {
    UDateFormat *f = icu_format();
    size_t i = 0;
    for (auto _ : state) {
        const sample &s = samples()[i++ % count];
        UErrorCode e = U_ZERO_ERROR;
        int32_t at = 0;
        double found = udat_parse(f, s.wide.data(), static_cast<int32_t>(s.wide.size()), &at, &e);
        if (U_FAILURE(e)) std::abort();
        benchmark::DoNotOptimize(found);
    }
    udat_close(f);
}

void format_day(benchmark::State &state, int32_t style, int32_t options) {
    size_t i = 0;
    for (auto _ : state) {
        char text[160];
        size_t n;
        if (complaint_date_format(samples()[i++ % count].day, style, options, text, sizeof text, &n) != COMPLAINT_OK) std::abort();
        benchmark::DoNotOptimize(text);
        benchmark::ClobberMemory();
    }
}

void format_long(benchmark::State &state) { format_day(state, COMPLAINT_DATE_LONG, 0); }
void format_short(benchmark::State &state) { format_day(state, COMPLAINT_DATE_SHORT, 0); }
void format_numeric(benchmark::State &state) { format_day(state, COMPLAINT_DATE_NUMERIC, 0); }
void format_official_weekday(benchmark::State &state) { format_day(state, COMPLAINT_DATE_OFFICIAL, COMPLAINT_WITH_WEEKDAY); }
void format_iso(benchmark::State &state) { format_day(state, COMPLAINT_DATE_ISO, 0); }

void format_long_icu(benchmark::State &state) {
    UDateFormat *f = icu_format();
    size_t i = 0;
    for (auto _ : state) {
        UErrorCode e = U_ZERO_ERROR;
        UChar text[160];
        int32_t n = udat_format(f, samples()[i++ % count].noon, text, 160, nullptr, &e);
        if (U_FAILURE(e)) std::abort();
        benchmark::DoNotOptimize(n);
        benchmark::ClobberMemory();
    }
    udat_close(f);
}

BENCHMARK(parse_long_icu);
BENCHMARK(parse_long);
BENCHMARK(parse_short);
BENCHMARK(parse_numeric);
BENCHMARK(parse_official);
BENCHMARK(parse_iso);
BENCHMARK(parse_weekday_time_thai_digits);
BENCHMARK(format_long_icu);
BENCHMARK(format_long);
BENCHMARK(format_short);
BENCHMARK(format_numeric);
BENCHMARK(format_official_weekday);
BENCHMARK(format_iso);

} // namespace

BENCHMARK_MAIN();
