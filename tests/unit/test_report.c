/* Figures of a round from counters: what cannot be, then sums that reconcile. */
#include "calendar/calendar.h"
#include "report/report.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

typedef struct counter {
    const char *figure;
    int64_t period;
    const char *dimension;
    int64_t amount;
} counter;

typedef struct fixture {
    complaint_policy *policy;
    cpl_arena arena;
    cpl_report report;
    complaint_error error;
} fixture;

static int set_up(void **state) {
    static fixture f;
    f = (fixture){0};
    *state = &f;
    return complaint_policy_builtin(NULL, "moph-chiangrai-2569", &f.policy, NULL);
}

static int tear_down(void **state) {
    complaint_policy_free(((fixture *)*state)->policy);
    return 0;
}

static complaint_status make(fixture *f, const cpl_memory *m, int32_t year, int32_t round, const counter *counters, size_t n) {
    cpl_row rows[32];
    complaint_value values[32][5];
    assert_in_range(n, 0, COUNT(rows));
    for (size_t i = 0; i < n; i++) {
        values[i][0] = cpl_txt(CPL_LIT("cr"));
        values[i][1] = cpl_txt(cpl_str_of(counters[i].figure));
        values[i][2] = cpl_int(counters[i].period);
        values[i][3] = cpl_txt(cpl_str_of(counters[i].dimension));
        values[i][4] = cpl_int(counters[i].amount);
        rows[i] = (cpl_row){values[i], 5};
    }
    cpl_rows all = {rows, n, n};
    cpl_error_clear(&f->error);
    f->report = (cpl_report){0};
    cpl_arena_init(&f->arena, m);
    return cpl_report_make(f->policy, year, round, 0, &all, &f->arena, &f->report, &f->error);
}

static void done(fixture *f) { cpl_arena_free(&f->arena); }

static const cpl_figure *row(const cpl_figures *f, const char *key) {
    for (size_t i = 0; i < f->count; i++)
        if (cpl_str_is(f->items[i].key, key)) return &f->items[i];
    return NULL;
}

static int64_t sum(const cpl_figures *f) {
    int64_t total = 0;
    for (size_t i = 0; i < f->count; i++) total += f->items[i].amount;
    return total;
}

/* ---- unhappy -------------------------------------------------------------------------------------------------------- */

static void a_round_that_is_none_is_refused(void **state) {
    fixture *f = *state;
    static const struct {
        int32_t year, round;
        const char *subject;
    } cases[] = {{2569, 0, "round"},       {2569, 3, "round"},        {2569, -6, "round"},    {2569, 24, "round"},           {2432, 12, "fiscal_year"},
                 {2700, 6, "fiscal_year"}, {2026, 12, "fiscal_year"}, {0, 12, "fiscal_year"}, {INT32_MIN, 6, "fiscal_year"}, {INT32_MAX, 12, "fiscal_year"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(make(f, &cpl_memory_default, cases[i].year, cases[i].round, NULL, 0), COMPLAINT_E_RANGE);
        assert_string_equal(f->error.subject, cases[i].subject);
        assert_null(f->report.policy);
        done(f);
    }
}

static void counters_that_cannot_be_are_corrupt(void **state) {
    fixture *f = *state;
    static const counter cases[][2] = {
        {{"received", 202510, "service", 1}},
        {{"received", 202510, "", 1}},
        {{"received", 202510, "service/facebook", -1}},
        {{"received", 202513, "service/facebook", 1}},
        {{"received", 202600, "service/facebook", 1}},
        {{"closed", 202601, "service/facebook", -1}},
        {{"received", 202510, "service/facebook", INT64_MAX}, {"received", 202511, "service/facebook", 1}},
        {{"closed", 202510, "service/facebook", INT64_MAX}, {"closed", 202511, "service/facebook", 1}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(make(f, &cpl_memory_default, 2569, 12, cases[i], cases[i][1].figure ? 2 : 1), COMPLAINT_E_CORRUPT);
        assert_string_equal(f->error.subject, "complaint_counter");
        done(f);
    }
}

/* ---- periods ---------------------------------------------------------------------------------------------------------- */

static void a_round_begins_in_october(void **state) {
    (void)state;
    static const struct {
        int32_t year, round;
        cpl_date first, end;
    } cases[] = {
        {2569, 12, {2025, 10, 1}, {2026, 10, 1}}, {2569, 6, {2025, 10, 1}, {2026, 4, 1}},   {2433, 12, {1889, 10, 1}, {1890, 10, 1}},
        {2483, 12, {1939, 10, 1}, {1940, 10, 1}}, {2699, 12, {2155, 10, 1}, {2156, 10, 1}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t first = 0, end = 0, day = 0;
        assert_int_equal(cpl_report_period(cases[i].year, cases[i].round, &first, &end, NULL), COMPLAINT_OK);
        assert_int_equal(cpl_date_from_gregorian(cases[i].first, &day), COMPLAINT_OK);
        assert_int_equal(first, day);
        assert_int_equal(cpl_date_from_gregorian(cases[i].end, &day), COMPLAINT_OK);
        assert_int_equal(end, day);
    }
}

/* ---- figures ------------------------------------------------------------------------------------------------------------ */

static const counter year_2569[] = {
    {"received", 202509, "service/facebook", 100}, /* before */
    {"received", 202510, "/facebook", 2},          /* not classified yet */
    {"received", 202510, "personnel/facebook", 3},
    {"received", 202512, "personnel/walk_in", 5},
    {"received", 202603, "retired_class/facebook", 7}, /* the policy has it no more */
    {"received", 202603, "service/facebook", 0},
    {"received", 202604, "service/fax", 11},
    {"received", 202609, "service/line", 13},
    {"received", 202610, "service/line", 200}, /* after */
    {"closed", 202510, "personnel/facebook", 1},
    {"closed", 202609, "service/line", 4},
    {"closed", 202610, "service/line", 50},
    {"something_new", 202510, "not for this report", 9},
};

static void figures_reconcile(void **state) {
    fixture *f = *state;
    assert_int_equal(make(f, &cpl_memory_default, 2569, 12, year_2569, COUNT(year_2569)), COMPLAINT_OK);
    const cpl_report *r = &f->report;
    assert_int_equal(r->total, 2 + 3 + 5 + 7 + 11 + 13);
    assert_int_equal(r->closed, 5);
    assert_int_equal(sum(&r->classes), r->total);
    assert_int_equal(sum(&r->months), r->total);
    assert_int_equal(sum(&r->channels), r->total);
    assert_int_equal(row(&r->classes, "personnel")->amount, 8);
    assert_int_equal(row(&r->classes, "service")->amount, 24);
    assert_int_equal(row(&r->classes, "")->amount, 2);
    assert_int_equal(row(&r->classes, "retired_class")->amount, 7);
    assert_int_equal(row(&r->channels, "facebook")->amount, 12);
    assert_int_equal(row(&r->channels, "fax")->amount, 11);
    assert_int_equal(row(&r->months, "2025-10")->amount, 5);
    assert_int_equal(row(&r->months, "2026-09")->amount, 13);
    done(f);

    assert_int_equal(make(f, &cpl_memory_default, 2569, 6, year_2569, COUNT(year_2569)), COMPLAINT_OK);
    assert_int_equal(f->report.total, 2 + 3 + 5 + 7);
    assert_int_equal(f->report.closed, 1);
    assert_int_equal(f->report.months.count, 6);
    assert_null(row(&f->report.months, "2026-04"));
    done(f);
}

static void rows_stand_in_order(void **state) {
    fixture *f = *state;
    static const char *const months[] = {"2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"};
    assert_int_equal(make(f, &cpl_memory_default, 2569, 12, year_2569, COUNT(year_2569)), COMPLAINT_OK);
    const cpl_report *r = &f->report;
    size_t n = f->policy->class_count;
    for (size_t i = 0; i < n; i++) assert_true(cpl_str_eq(r->classes.items[i].key, f->policy->classes[i].code.id));
    assert_int_equal(r->classes.count, n + 2);
    assert_true(cpl_str_is(r->classes.items[n].label.th, "ยังไม่จำแนก"));
    assert_true(cpl_str_is(r->classes.items[n + 1].label.th, "retired_class"));
    assert_int_equal(r->channels.count, f->policy->channel_count + 1);
    assert_int_equal(r->months.count, COUNT(months));
    for (size_t i = 0; i < COUNT(months); i++) assert_true(cpl_str_is(r->months.items[i].key, months[i]));
    assert_true(cpl_str_is(r->months.items[0].label.th, "ตุลาคม 2568"));
    assert_true(cpl_str_is(r->months.items[3].label.th, "มกราคม 2569"));
    assert_true(cpl_str_is(r->months.items[3].label.en, "January 2026"));
    done(f);
}

static void nothing_received_is_a_report_too(void **state) {
    fixture *f = *state;
    assert_int_equal(make(f, &cpl_memory_default, 2569, 12, NULL, 0), COMPLAINT_OK);
    assert_int_equal(f->report.total, 0);
    assert_int_equal(f->report.classes.count, f->policy->class_count);
    assert_int_equal(f->report.channels.count, f->policy->channel_count);
    assert_null(row(&f->report.classes, ""));
    done(f);
}

/* Before 2484 the year of the era began in April. */
static void months_have_their_year_of_the_era(void **state) {
    fixture *f = *state;
    assert_int_equal(make(f, &cpl_memory_default, 2483, 12, NULL, 0), COMPLAINT_OK);
    assert_true(cpl_str_is(row(&f->report.months, "1940-03")->label.th, "มีนาคม 2482"));
    assert_true(cpl_str_is(row(&f->report.months, "1940-04")->label.th, "เมษายน 2483"));
    done(f);
}

static bool make_once(test_alloc *a, void *context) {
    fixture *f = context;
    complaint_status s = make(f, &a->table, 2569, 12, year_2569, COUNT(year_2569));
    if (s) assert_int_equal(s, COMPLAINT_E_MEMORY);
    done(f);
    return s == COMPLAINT_OK;
}

static void memory_may_end_anywhere(void **state) { test_alloc_loop(make_once, *state); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_that_is_none_is_refused),
        cmocka_unit_test(counters_that_cannot_be_are_corrupt),
        cmocka_unit_test(a_round_begins_in_october),
        cmocka_unit_test(figures_reconcile),
        cmocka_unit_test(rows_stand_in_order),
        cmocka_unit_test(nothing_received_is_a_report_too),
        cmocka_unit_test(months_have_their_year_of_the_era),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
