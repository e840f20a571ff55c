// Working days and deadlines, ours and what a user would otherwise take: QuantLib with the same holidays given as a list, ICU stepping day by day over
// the same table, and a bare table of two loads as the floor. numpy is measured by its own script, bench_calendar.py. Begin days are spread over
// ten years, so that no branch learns one of them.
#include <complaint/calendar.h>
#include <complaint/date.h>

#include <benchmark/benchmark.h>
#include <ql/time/calendars/bespokecalendar.hpp>
#include <ql/time/date.hpp>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr size_t count = 1024;
constexpr int32_t first_year = 2555, last_year = 2566;

void must(complaint_status status) {
    if (status != COMPLAINT_OK) std::abort();
}

int32_t day_of(int32_t year, int32_t month, int32_t day) {
    int32_t result;
    must(complaint_date_from_gregorian(year, month, day, &result));
    return result;
}

// What all contestants are given.
struct world {
    complaint_calendar *calendar = nullptr;
    int32_t first = day_of(2001, 1, 1), end = day_of(2031, 1, 1);
    std::vector<int32_t> rank, days; // the floor
    std::vector<bool> open;
    std::vector<int32_t> begins;
    QuantLib::BespokeCalendar quantlib{"Thai offices"};
    std::vector<QuantLib::Date> quantlib_begins;
    UCalendar *icu = nullptr;
    std::vector<double> icu_begins;

    world() {
        must(complaint_calendar_builtin(nullptr, nullptr, &calendar, nullptr));
        quantlib.addWeekend(QuantLib::Saturday);
        quantlib.addWeekend(QuantLib::Sunday);
        for (int32_t day = first; day < end; ++day) {
            int32_t is_open;
            must(complaint_calendar_is_open(calendar, day, &is_open));
            rank.push_back(static_cast<int32_t>(days.size()));
            open.push_back(is_open);
            if (is_open) days.push_back(day);
            else if (complaint_date_weekday(day) < COMPLAINT_SATURDAY) quantlib.addHoliday(quantlib_day(day));
        }
        rank.push_back(static_cast<int32_t>(days.size()));
        uint32_t bits = 12345;
        int32_t from = day_of(first_year - 543, 1, 1), until = day_of(last_year - 543, 1, 1);
        UErrorCode e = U_ZERO_ERROR;
        UChar zone[32];
        u_uastrcpy(zone, "Asia/Bangkok");
        icu = ucal_open(zone, -1, "th_TH", UCAL_GREGORIAN, &e);
        if (U_FAILURE(e)) std::abort();
        for (size_t i = 0; i < count; ++i) {
            bits = bits * 1664525u + 1013904223u;
            begins.push_back(from + static_cast<int32_t>((bits >> 8) % static_cast<uint32_t>(until - from)));
            quantlib_begins.push_back(quantlib_day(begins.back()));
            icu_begins.push_back((begins.back() * 24.0 + 5) * 3600000.0);
        }
    }

    static QuantLib::Date quantlib_day(int32_t day) { return QuantLib::Date(25569 + day); } // its day 25569 is 1970-01-01
};

world &the() {
    static world w;
    return w;
}

void add_floor(benchmark::State &state) {
    world &w = the();
    const int32_t n = static_cast<int32_t>(state.range(0));
    size_t i = 0;
    for (auto _ : state) {
        int32_t day = w.begins[i++ % count];
        benchmark::DoNotOptimize(w.days[static_cast<size_t>(w.rank[static_cast<size_t>(day + 1 - w.first)] + n - 1)]);
    }
}

void add_ours(benchmark::State &state) {
    world &w = the();
    const int32_t n = static_cast<int32_t>(state.range(0));
    size_t i = 0;
    for (auto _ : state) {
        int32_t result;
        must(complaint_calendar_add_working_days(w.calendar, w.begins[i++ % count], n, &result));
        benchmark::DoNotOptimize(result);
    }
}

void add_quantlib(benchmark::State &state) {
    world &w = the();
    const int32_t n = static_cast<int32_t>(state.range(0));
    size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(w.quantlib.advance(w.quantlib_begins[i++ % count], n, QuantLib::Days));
}

// ICU knows no holidays: it steps, and the table says which days are open.
void add_icu(benchmark::State &state) {
    world &w = the();
    const int32_t n = static_cast<int32_t>(state.range(0));
    size_t i = 0;
    for (auto _ : state) {
        UErrorCode e = U_ZERO_ERROR;
        int32_t day = w.begins[i % count];
        ucal_setMillis(w.icu, w.icu_begins[i++ % count], &e);
        for (int32_t left = n; left > 0;) {
            ucal_add(w.icu, UCAL_DATE, 1, &e);
            int32_t weekday = ucal_get(w.icu, UCAL_DAY_OF_WEEK, &e);
            ++day;
            left -= weekday != UCAL_SATURDAY && weekday != UCAL_SUNDAY && w.open[static_cast<size_t>(day - w.first)];
        }
        benchmark::DoNotOptimize(ucal_getMillis(w.icu, &e));
    }
}

void count_floor(benchmark::State &state) {
    world &w = the();
    const int32_t n = static_cast<int32_t>(state.range(0));
    size_t i = 0;
    for (auto _ : state) {
        size_t from = static_cast<size_t>(w.begins[i++ % count] - w.first);
        benchmark::DoNotOptimize(w.rank[from + static_cast<size_t>(n)] - w.rank[from]);
    }
}

void count_ours(benchmark::State &state) {
    world &w = the();
    const int32_t n = static_cast<int32_t>(state.range(0));
    size_t i = 0;
    for (auto _ : state) {
        int32_t result, from = w.begins[i++ % count];
        must(complaint_calendar_count(w.calendar, from, from + n, &result));
        benchmark::DoNotOptimize(result);
    }
}

void count_quantlib(benchmark::State &state) {
    world &w = the();
    const int32_t n = static_cast<int32_t>(state.range(0));
    size_t i = 0;
    for (auto _ : state) {
        const QuantLib::Date from = w.quantlib_begins[i++ % count];
        benchmark::DoNotOptimize(w.quantlib.businessDaysBetween(from, from + n));
    }
}

// First day excluded, roll, receipt after hours, office close, two pauses.
complaint_period *full_rule(world &w, int32_t unit, int64_t length, size_t i) {
    complaint_period *p = nullptr;
    int64_t from;
    must(complaint_date_start(w.begins[i], &from));
    from += 19 * 3600000;
    must(complaint_period_new(nullptr, unit, length, from, &p));
    must(complaint_period_set_receipt(p, COMPLAINT_RECEIPT_NEXT_WORKING_DAY));
    if (unit == COMPLAINT_UNIT_WORKING_DAYS || unit == COMPLAINT_UNIT_CALENDAR_DAYS) {
        must(complaint_period_set_roll(p, COMPLAINT_ROLL_FOLLOWING));
        must(complaint_period_set_due_at(p, COMPLAINT_DUE_OFFICE_CLOSE));
    }
    must(complaint_period_add_pause(p, from + 3 * INT64_C(86400000), from + 5 * INT64_C(86400000)));
    must(complaint_period_add_pause(p, from + 8 * INT64_C(86400000), from + 11 * INT64_C(86400000)));
    return p;
}

void deadline(benchmark::State &state) {
    world &w = the();
    const int32_t unit = static_cast<int32_t>(state.range(0));
    std::vector<complaint_period *> periods;
    for (size_t i = 0; i < count; ++i) periods.push_back(full_rule(w, unit, unit == COMPLAINT_UNIT_WORKING_MINUTES ? 15 * 420 : 15, i));
    size_t i = 0;
    for (auto _ : state) {
        complaint_deadline *d = nullptr;
        must(complaint_calendar_period_due(w.calendar, periods[i++ % count], &d, nullptr));
        benchmark::DoNotOptimize(complaint_deadline_due_at(d));
        complaint_deadline_free(d);
    }
    for (complaint_period *p : periods) complaint_period_free(p);
}

// Sixty years: the thirty that are built in and thirty more.
complaint_calendar_edit *sixty_years() {
    static const int32_t moon[] = {COMPLAINT_LUNAR_ADHIKAMAS, COMPLAINT_LUNAR_NORMAL, COMPLAINT_LUNAR_NORMAL};
    complaint_calendar_edit *edit = nullptr;
    must(complaint_calendar_edit_new(the().calendar, &edit, nullptr));
    for (int32_t i = 0; i < 30; ++i) {
        int32_t lunar = i % 11 == 7 ? COMPLAINT_LUNAR_ADHIKAVAN : moon[i % 3];
        if (i % 19 == 18) lunar = COMPLAINT_LUNAR_ADHIKAMAS;
        must(complaint_calendar_edit_set_year(edit, 2574 + i, lunar, COMPLAINT_PREDICTED, "low: for this benchmark", nullptr));
    }
    return edit;
}

void build_sixty_years(benchmark::State &state) {
    complaint_calendar_edit *edit = sixty_years();
    for (auto _ : state) {
        complaint_calendar *c = nullptr;
        must(complaint_calendar_edit_build(edit, &c, nullptr));
        benchmark::DoNotOptimize(c);
        complaint_calendar_free(c);
    }
    complaint_calendar_edit_free(edit);
}

void build_builtin(benchmark::State &state) {
    for (auto _ : state) {
        complaint_calendar *c = nullptr;
        must(complaint_calendar_builtin(nullptr, "TH-57", &c, nullptr));
        benchmark::DoNotOptimize(c);
        complaint_calendar_free(c);
    }
}

void explain(benchmark::State &state) {
    world &w = the();
    complaint_period *p = full_rule(w, COMPLAINT_UNIT_WORKING_DAYS, 15, 3);
    for (auto _ : state) {
        complaint_explanation *x = nullptr;
        must(complaint_calendar_explain(w.calendar, p, &x, nullptr));
        benchmark::DoNotOptimize(complaint_explanation_count(x));
        complaint_explanation_free(x);
    }
    complaint_period_free(p);
}

#define DAYS Arg(1)->Arg(7)->Arg(15)->Arg(250)
BENCHMARK(add_floor)->DAYS;
BENCHMARK(add_ours)->DAYS;
BENCHMARK(add_quantlib)->DAYS;
BENCHMARK(add_icu)->DAYS;
BENCHMARK(count_floor)->DAYS;
BENCHMARK(count_ours)->DAYS;
BENCHMARK(count_quantlib)->DAYS;
BENCHMARK(deadline)->Arg(COMPLAINT_UNIT_MINUTES)->Arg(COMPLAINT_UNIT_WORKING_MINUTES)->Arg(COMPLAINT_UNIT_CALENDAR_DAYS)->Arg(COMPLAINT_UNIT_WORKING_DAYS);
BENCHMARK(explain);
BENCHMARK(build_builtin);
BENCHMARK(build_sixty_years);

} // namespace

BENCHMARK_MAIN();
