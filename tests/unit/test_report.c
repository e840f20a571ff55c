/* Figures of a round from counters: what cannot be, then sums that reconcile. */
#include "calendar/calendar.h"
#include "report/report.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
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
    make(f, &cpl_memory_default, 2569, 3, NULL, 0);
    assert_non_null(strstr(f->error.english, "6, 12")); /* those there are */
    done(f);
}

/* A policy is data; this one is another office's. */
static complaint_policy *read_policy(const char *path) {
    static char document[512 * 1024];
    complaint_policy *p = NULL;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t n = fread(document, 1, sizeof document, file);
    fclose(file);
    assert_int_equal(complaint_policy_parse(NULL, document, n, &p, NULL), COMPLAINT_OK);
    return p;
}

static void a_policy_without_rounds_reports_nothing(void **state) {
    fixture *f = *state;
    complaint_policy *built_in = f->policy;
    complaint_policy none = *built_in;
    none.round_count = 0;
    f->policy = &none;
    assert_int_equal(make(f, &cpl_memory_default, 2569, 6, NULL, 0), COMPLAINT_E_UNSUPPORTED);
    assert_string_equal(f->error.subject, "round");
    done(f);
    f->policy = built_in;
}

static void counters_that_cannot_be_are_corrupt(void **state) {
    fixture *f = *state;
    static const counter cases[][2] = {
        {{"received", 202510, "service", 1}},
        {{"received", 202510, "", 1}},
        {{"received", 202510, "service/facebook/", 1}},
        {{"received", 202510, "service/facebook/08", 1}},
        {{"received", 202510, "service/facebook/-8", 1}},
        {{"received", 202510, "service/facebook/8/1", 1}},
        {{"received", 202510, "service/facebook/1234567890", 1}},
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
    fixture *f = *state;
    static const struct {
        int32_t year, round;
        cpl_date first, end;
    } cases[] = {
        {2569, 12, {2025, 10, 1}, {2026, 10, 1}}, {2569, 6, {2025, 10, 1}, {2026, 4, 1}},   {2433, 12, {1889, 10, 1}, {1890, 10, 1}},
        {2483, 12, {1939, 10, 1}, {1940, 10, 1}}, {2699, 12, {2155, 10, 1}, {2156, 10, 1}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t first = 0, end = 0, day = 0;
        assert_int_equal(cpl_report_period(f->policy, cases[i].year, cases[i].round, &first, &end, NULL), COMPLAINT_OK);
        assert_int_equal(cpl_date_from_gregorian(cases[i].first, &day), COMPLAINT_OK);
        assert_int_equal(first, day);
        assert_int_equal(cpl_date_from_gregorian(cases[i].end, &day), COMPLAINT_OK);
        assert_int_equal(end, day);
    }
}

/* [PR-14.1] */
static void rounds_are_the_policys(void **state) {
    fixture *f = *state;
    static const struct {
        int32_t round;
        cpl_date first, end;
    } cases[] = {{3, {2025, 10, 1}, {2026, 1, 1}}, {6, {2025, 10, 1}, {2026, 4, 1}}, {9, {2026, 4, 1}, {2026, 7, 1}}, {12, {2025, 10, 1}, {2026, 10, 1}}};
    complaint_policy *built_in = f->policy, *hospital = read_policy(COMPLAINT_SOURCE_DIR "/examples/data/hospital.json");
    f->policy = hospital;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t day = 0;
        assert_int_equal(make(f, &cpl_memory_default, 2569, cases[i].round, NULL, 0), COMPLAINT_OK);
        assert_int_equal(cpl_date_from_gregorian(cases[i].first, &day), COMPLAINT_OK);
        assert_int_equal(f->report.first, day);
        assert_int_equal(cpl_date_from_gregorian(cases[i].end, &day), COMPLAINT_OK);
        assert_int_equal(f->report.end, day);
        done(f);
    }
    f->policy = built_in;
    assert_int_equal(make(f, &cpl_memory_default, 2569, 6, NULL, 0), COMPLAINT_OK);
    assert_int_equal(f->report.cut_off, f->report.end + 7); /* 1 to 7 April are waited for */
    assert_int_equal(f->report.due, f->report.end + 29);    /* 30 April is the thirtieth day after March */
    done(f);
    complaint_policy_free(hospital);
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

/* Kind 2: whatever is flagged as corruption; kind 1: staff and service, if not; each case once [PR-14.2]. */
static void each_case_counts_in_one_group(void **state) {
    fixture *f = *state;
    static const counter cases[] = {
        {"received", 202510, "personnel/facebook", 1},
        {"received", 202510, "service/line/5", 2},         /* urgent, and affects the office */
        {"received", 202510, "personnel/facebook/12", 4},  /* corruption, and so affects the office */
        {"received", 202510, "procurement/letter/12", 8},
        {"received", 202510, "procurement/letter", 16},
        {"received", 202510, "establishment/web/12", 32},  /* somebody else's corruption */
        {"received", 202510, "/facebook", 64},             /* not classified yet */
        {"received", 202510, "/facebook/12", 128},
        {"received", 202510, "retired_class/facebook", 256},
    };
    static const struct {
        const char *policy;
        int64_t performance, misconduct, procurement;
    } offices[] = {{"moph-chiangrai-2569", 3, 140, -1}, {"moph-phrae", 3, 140, 16}};
    complaint_policy *first = f->policy;
    for (size_t i = 0; i < COUNT(offices); i++) {
        complaint_policy *p = NULL;
        assert_int_equal(complaint_policy_builtin(NULL, offices[i].policy, &p, NULL), COMPLAINT_OK);
        f->policy = p;
        assert_int_equal(make(f, &cpl_memory_default, 2569, 6, cases, COUNT(cases)), COMPLAINT_OK);
        assert_int_equal(f->report.total, 511);
        assert_string_equal(p->analyses[0].code.id.p, "kinds");
        assert_int_equal(row(&f->report.analyses[0], "kind_1")->amount, offices[i].performance);
        assert_int_equal(row(&f->report.analyses[0], "kind_2")->amount, offices[i].misconduct);
        for (size_t k = 0; k < p->analysis_count; k++) assert_int_equal(sum(&f->report.analyses[k]), 511);
        assert_int_equal(p->analysis_count, offices[i].procurement < 0 ? 1 : 2);
        if (offices[i].procurement >= 0) {
            assert_string_equal(p->analyses[1].code.source.p, "PR-14.2");
            assert_int_equal(row(&f->report.analyses[1], "performance")->amount, offices[i].performance);
            assert_int_equal(row(&f->report.analyses[1], "misconduct")->amount, offices[i].misconduct);
            assert_int_equal(row(&f->report.analyses[1], "procurement")->amount, offices[i].procurement);
        }
        done(f);
        complaint_policy_free(p);
    }
    f->policy = first;
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
        cmocka_unit_test(a_policy_without_rounds_reports_nothing),
        cmocka_unit_test(counters_that_cannot_be_are_corrupt),
        cmocka_unit_test(a_round_begins_in_october),
        cmocka_unit_test(rounds_are_the_policys),
        cmocka_unit_test(figures_reconcile),
        cmocka_unit_test(each_case_counts_in_one_group),
        cmocka_unit_test(rows_stand_in_order),
        cmocka_unit_test(nothing_received_is_a_report_too),
        cmocka_unit_test(months_have_their_year_of_the_era),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
