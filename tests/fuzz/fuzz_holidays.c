/*
 * Holiday data, fed with anything: a text that begins with `{` is a JSON text for an edit, any other is data in lines. What is accepted keeps the
 * promises of a calendar; what is refused is refused for a stated reason; and with an allocation failing nothing else happens than that.
 */
#include "fuzz.h"

#include "calendar/calendar.h"

#include <string.h>

static const char plain[] = "week\t1 2 3 4 5\nhours\t09:00\t12:00\nhours\t13:00\t17:00\nasalha\t2568\t2025-07-10\n"
                            "year\t2569\tadhikamas\tannounced\thigh\tlist\nyear\t2570\tnormal\tpredicted\tlow\tguess\n"
                            "area\tnorth\tTH-57 TH-54\tpartial\tNorth\n"
                            "fixed\t01-01\t-\t-\tnew-year\tปีใหม่\tNew Year\thigh\trule\nfixed\t12-31\t-\t-\tnew-year\tสิ้นปี\tYear's End\thigh\trule\n"
                            "fixed\t04-13\t-\t-\tsongkran\tสงกรานต์\tSongkran\thigh\trule\nfixed\t04-14\t-\t-\tsongkran\tสงกรานต์\tSongkran\thigh\trule\n"
                            "fixed\t12-05\t-\t-\t-\tวันพ่อ\tFather's Day\thigh\trule\nlunar\tvisakha\t-\t-\t-\tวิสาขะ\tVisakha\thigh\tmoon\n";

/* ---- promises -------------------------------------------------------------------------------------------------------- */

static void check_year(const complaint_calendar *c, int32_t year) {
    const cpl_holiday *list;
    int32_t count, before = INT32_MIN;
    PROMISE(cpl_calendar_holidays(c, year, &list, &count) == COMPLAINT_OK);
    for (int32_t i = 0; i < count; i++) {
        PROMISE(list[i].day > before && cpl_date_thai(list[i].day).year == year);
        PROMISE(*list[i].thai && *list[i].english && *list[i].source && *list[i].scope && cpl_calendar_kind_name(list[i].kind));
        if (list[i].closed || list[i].at_rest) PROMISE(!cpl_table_open(c, list[i].day));
        before = list[i].day;
    }
}

static void check_counting(const complaint_calendar *c, int32_t day) {
    static const int64_t extensions[] = {3};
    int32_t last, count;
    if (cpl_calendar_add(c, day, 7, &last) == COMPLAINT_OK) PROMISE(cpl_calendar_count(c, day + 1, last + 1, &count) == COMPLAINT_OK && count == 7);
    for (int32_t unit = COMPLAINT_UNIT_MINUTES; unit <= COMPLAINT_UNIT_WORKING_DAYS; unit++) {
        int64_t from = cpl_day_start(day) + 36000000;
        const cpl_pause pauses[] = {{from + 7200000, from + 3 * (int64_t)CPL_DAY_MS}};
        cpl_period p = {.rule = {.unit = unit, .length = 9}, .from = from, .pauses = pauses, .pause_count = 1, .extensions = extensions, .extension_count = 1};
        cpl_deadline d, explained;
        const cpl_step *steps;
        size_t n;
        cpl_arena a;
        complaint_status s = cpl_calendar_period(c, &p, &d, NULL);
        PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_NO_CALENDAR);
        if (s != COMPLAINT_OK) continue;
        PROMISE(d.due_at > from && d.original_at <= d.nominal_at);
        cpl_arena_init(&a, &cpl_memory_default);
        PROMISE(cpl_explain(c, &p, &a, &steps, &n, &explained, NULL) == COMPLAINT_OK && n >= 3 && explained.due_at == d.due_at);
        cpl_arena_free(&a);
    }
}

static void check_calendar(const complaint_calendar *c) {
    int32_t first, last;
    complaint_calendar *again = NULL;
    cpl_calendar_years(c, &first, &last);
    for (int32_t year = first; year <= last; year++) check_year(c, year);
    int32_t begin = cpl_date_raw((cpl_date){first - 543, 1, 1}), end = cpl_date_raw((cpl_date){last - 542, 1, 1});
    for (int32_t day = begin; day < end; day += 41) check_counting(c, day);
    cpl_str definition = cpl_calendar_definition(c);
    PROMISE(cpl_calendar_from_definition(&cpl_memory_default, definition, &again, NULL) == COMPLAINT_OK);
    PROMISE(cpl_str_eq(cpl_calendar_definition(again), definition));
    for (int32_t day = begin; day < end; day++) PROMISE(cpl_table_open(c, day) == cpl_table_open(again, day));
    cpl_calendar_release(again);
}

static void check_error(complaint_status s, const complaint_error *e) { PROMISE(s == e->status && *e->thai && *e->english); }

/* ---- inputs ---------------------------------------------------------------------------------------------------------- */

static complaint_status read_lines(const cpl_memory *m, cpl_str text, complaint_calendar **c, complaint_error *e) { return cpl_calendar_from_definition(m, text, c, e); }

static complaint_status read_json(const cpl_memory *m, cpl_str text, complaint_calendar **c, complaint_error *e) {
    complaint_calendar *base = NULL;
    complaint_calendar_edit *edit = NULL;
    complaint_status s = cpl_calendar_from_definition(m, CPL_LIT(plain), &base, e);
    if (s == COMPLAINT_OK) s = cpl_edit_new(base, &edit, e);
    if (s == COMPLAINT_OK) s = cpl_edit_load_json(edit, text, e);
    if (s == COMPLAINT_OK) s = cpl_edit_build(edit, c, e);
    PROMISE(s != COMPLAINT_OK || *c);
    cpl_edit_free(edit);
    cpl_calendar_release(base);
    return s;
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    cpl_str text = {(const char *)data, size};
    complaint_calendar *c = NULL;
    complaint_error e = {0};
    bool json = text.n && *text.p == '{';
    complaint_status s = (json ? read_json : read_lines)(&f->memory, text, &c, &e);
    PROMISE((s == COMPLAINT_OK) == (c != NULL));
    if (s != COMPLAINT_OK) check_error(s, &e);
    if (f->fail_at < 0) f->answer = s;
    else PROMISE(s == f->answer || (s == COMPLAINT_E_MEMORY && f->refused));
    if (f->fail_at < 0 && c) check_calendar(c);
    cpl_calendar_release(c);
}
