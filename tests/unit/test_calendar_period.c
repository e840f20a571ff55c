/*
 * Periods: pauses, extensions, time used. Properties over random calendars, and the mistakes of others by name.
 *
 * A random calendar comes from a seed, which every failure prints; COMPLAINT_SEED=N runs that one alone.
 */
#include "calendar/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALENDARS = 150, QUESTIONS = 60, TEXT = 65536 };

static uint64_t state_of_random;
static uint64_t seed;

/* SplitMix64. */
static uint64_t random_bits(void) {
    uint64_t z = (state_of_random += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int32_t between(int32_t least, int32_t most) { return least + (int32_t)(random_bits() % (uint64_t)(most - least + 1)); }

#define holds(condition)                                                                                                                                                           \
    do {                                                                                                                                                                           \
        if (!(condition)) fail_msg("seed %llu: %s (line %d)", (unsigned long long)seed, #condition, __LINE__);                                                                     \
    } while (0)

/* ---- random calendars ----------------------------------------------------------------------------------------------- */

typedef struct text {
    char bytes[TEXT];
    size_t n;
} text;

static void put(text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(text *t, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int n = vsnprintf(t->bytes + t->n, sizeof t->bytes - t->n, format, list);
    va_end(list);
    if (n < 0 || (size_t)n >= sizeof t->bytes - t->n) fail_msg("the text is too long");
    t->n += (size_t)n;
}

/* One to seven open days a week: often one alone. */
static void put_week(text *t) {
    int32_t open = 0;
    if (between(0, 3) == 0)
        open = 1 << between(1, 7);
    else
        while (open == 0) open = between(1, 127) << 1;
    put(t, "week\t");
    for (int32_t day = 1, first = 1; day <= 7; day++) {
        if (!(open & 1 << day)) continue;
        put(t, first ? "%d" : " %d", (int)day);
        first = 0;
    }
    put(t, "\n");
}

/* One to four intervals with breaks. */
static void put_hours(text *t) {
    int32_t parts = between(1, 4), at = between(0, 8 * 60);
    for (int32_t i = 0; i < parts && at < 22 * 60; i++) {
        int32_t until = at + between(1, 240);
        if (until > 24 * 60) until = 24 * 60;
        put(t, i ? " %02d:%02d-%02d:%02d" : "%02d:%02d-%02d:%02d", at / 60, at % 60, until / 60, until % 60);
        at = until + between(1, 90);
    }
}

static void put_date(text *t, int32_t day) {
    cpl_date d = cpl_date_gregorian(day);
    put(t, "%04d-%02d-%02d", (int)d.year, (int)d.month, (int)d.day);
}

static const int32_t first_day = 20454, end_day = 21550; /* 2026 to 2028 */

static void put_holidays(text *t) {
    int32_t day = first_day;
    while ((day += between(1, 60)) < end_day) {
        int32_t run = between(0, 4) == 0 ? 14 : between(1, 4); /* now and then two closed weeks */
        for (int32_t i = 0; i < run && day + i < end_day; i++) {
            put(t, "add\t");
            put_date(t, day + i);
            put(t, "\tspecial\tnational\tวันหยุด\tDay off\thigh\tx\n");
        }
        day += run;
    }
}

static complaint_calendar *random_calendar(uint64_t number) {
    static text t;
    complaint_calendar *c = NULL;
    complaint_error e = {0};
    seed = number;
    state_of_random = number * 2654435761u + 7;
    t.n = 0;
    put_week(&t);
    put(&t, "office\tall\t");
    put_hours(&t);
    put(&t, "\nasalha\t2568\t2025-07-10\nyear\t2569\tadhikamas\tannounced\thigh\tx\nyear\t2570\tnormal\tannounced\thigh\tx\nyear\t2571\tnormal\tpredicted\tlow\tx\n");
    put_holidays(&t);
    for (int32_t weekday = 1; weekday <= 7; weekday++) {
        if (between(0, 2)) continue;
        put(&t, "office\t%d\t", (int)weekday);
        put_hours(&t);
        put(&t, "\n");
    }
    const cpl_calendar_text one = {"random", {t.bytes, t.n}};
    if (cpl_calendar_new(&cpl_memory_default, &one, 1, (cpl_str){NULL, 0}, &c, &e) != COMPLAINT_OK)
        fail_msg("seed %llu: %s (line %d)", (unsigned long long)number, e.english, (int)e.line);
    return c;
}

static void for_every_calendar(void (*body)(const complaint_calendar *c)) {
    const char *only = getenv("COMPLAINT_SEED");
    for (uint64_t i = 1; i <= CALENDARS; i++) {
        uint64_t number = only ? strtoull(only, NULL, 10) : i;
        complaint_calendar *c = random_calendar(number);
        body(c);
        cpl_calendar_release(c);
        if (only) return;
    }
}

static bool is_open(const complaint_calendar *c, int32_t day) {
    int32_t open = 0;
    holds(cpl_calendar_is_open(c, day, &open) == COMPLAINT_OK);
    return open == 1;
}

static int32_t count(const complaint_calendar *c, int32_t from, int32_t to) {
    int32_t n = 0;
    holds(cpl_calendar_count(c, from, to, &n) == COMPLAINT_OK);
    return n;
}

/* A deadline, or false when it would leave the data: which has to be said with the class of RANGE. */
static bool due(const complaint_calendar *c, const cpl_period *p, cpl_deadline *d) {
    complaint_error e = {0};
    complaint_status s = cpl_calendar_period(c, p, d, &e);
    if (s == COMPLAINT_OK) return true;
    if (CPL_CLASS(s) != COMPLAINT_E_RANGE) fail_msg("seed %llu: %s", (unsigned long long)seed, e.english);
    return false;
}

static int64_t some_instant(void) { return cpl_day_start(between(first_day, end_day - 1)) + between(0, 1439) * (int64_t)CPL_MINUTE_MS; }

static int64_t at(const char *iso) {
    int64_t instant = 0;
    if (complaint_date_parse_iso(iso, strlen(iso), NULL, NULL, &instant, NULL) != COMPLAINT_OK) fail_msg("%s", iso);
    return instant;
}

/* ---- working days --------------------------------------------------------------------------------------------------- */

/* For every day, open or closed. */
static void counts_back(const complaint_calendar *c) {
    for (int32_t from = first_day; from < end_day; from++) {
        int32_t n = between(1, 40), m = between(1, 40), last, more, sum;
        if (cpl_calendar_add(c, from, n, &last) != COMPLAINT_OK) {
            holds(from == end_day - 1 || count(c, from + 1, end_day) < n);
            continue;
        }
        holds(count(c, from + 1, last + 1) == n);
        holds(is_open(c, last));
        if (cpl_calendar_add(c, last, m, &more) != COMPLAINT_OK) continue;
        holds(cpl_calendar_add(c, from, n + m, &sum) == COMPLAINT_OK && sum == more);
    }
}

static void count_from_the_day_after_is_the_allowance(void **state) {
    (void)state;
    for_every_calendar(counts_back);
}

static void rises(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        cpl_period p = {.rule = {.unit = between(COMPLAINT_UNIT_MINUTES, COMPLAINT_UNIT_WORKING_DAYS), .length = between(1, 60)}, .from = some_instant()}, later = p, longer = p;
        cpl_deadline d, e;
        if (!due(c, &p, &d)) continue;
        later.from += between(0, 100000) * (int64_t)CPL_MINUTE_MS;
        longer.rule.length += between(1, 30);
        if (cpl_instant_in_range(later.from) && cpl_instant_day(later.from) < end_day && due(c, &later, &e)) holds(e.due_at >= d.due_at);
        if (due(c, &longer, &e)) holds(e.due_at > d.due_at);
    }
}

static void a_later_begin_or_a_longer_allowance_is_never_due_earlier(void **state) {
    (void)state;
    for_every_calendar(rises);
}

static void adds_up(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        int64_t n = between(1, 600), m = between(1, 600);
        cpl_period p = {.rule = {.unit = between(COMPLAINT_UNIT_MINUTES, COMPLAINT_UNIT_WORKING_MINUTES), .length = n}, .from = some_instant()}, q = p, sum = p;
        cpl_deadline d, e, f;
        sum.rule.length = n + m;
        q.rule.length = m;
        if (!due(c, &p, &d)) continue;
        q.from = d.due_at;
        if (due(c, &q, &e) && due(c, &sum, &f)) holds(e.due_at == f.due_at);
    }
}

static void minutes_add_up(void **state) {
    (void)state;
    for_every_calendar(adds_up);
}

static void rolls(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        cpl_period p = {.rule = {.unit = between(COMPLAINT_UNIT_CALENDAR_DAYS, COMPLAINT_UNIT_WORKING_DAYS), .length = between(0, 60), .roll = between(1, 2)},
                        .from = some_instant()};
        cpl_pause pause = {p.from + between(0, 20000) * (int64_t)CPL_MINUTE_MS, 0};
        cpl_deadline d;
        pause.until = pause.from + between(0, 20000) * (int64_t)CPL_MINUTE_MS;
        p.pauses = &pause;
        p.pause_count = (size_t)between(0, 1);
        p.rule.due_at = between(0, 1);
        if (!due(c, &p, &d)) continue;
        holds(is_open(c, d.last_day));
        /* Who was resumed before the end has something left. */
        if (p.pause_count && pause.from < d.due_at) holds(d.due_at > pause.from);
        if (d.nominal_at <= d.due_at || p.rule.roll == COMPLAINT_ROLL_PRECEDING) continue;
        fail_msg("seed %llu: rolled forward to before", (unsigned long long)seed);
    }
}

static void what_rolls_is_never_due_on_a_closed_day(void **state) {
    (void)state;
    for_every_calendar(rolls);
}

/* ---- pauses --------------------------------------------------------------------------------------------------------- */

/* A pause that takes k working days moves the deadline by k of them; with calendar days by the days it takes. */
static void moves(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        cpl_period p = {.rule = {.unit = between(COMPLAINT_UNIT_CALENDAR_DAYS, COMPLAINT_UNIT_WORKING_DAYS), .length = between(1, 40)}, .from = some_instant()};
        cpl_deadline plain, paused;
        int32_t moved = 0;
        if (!due(c, &p, &plain)) continue;
        cpl_pause pause = {p.from + (int64_t)(random_bits() % (uint64_t)(plain.due_at - p.from)), 0};
        pause.until = pause.from + between(0, 60) * (int64_t)CPL_DAY_MS + between(0, 1439) * (int64_t)CPL_MINUTE_MS;
        int32_t from = cpl_instant_day(pause.from), until = cpl_instant_day(pause.until), first = cpl_instant_day(p.from) + 1;
        if (from < first) from = first;
        p.pauses = &pause;
        p.pause_count = 1;
        if (until >= end_day || !due(c, &p, &paused)) continue;
        if (p.rule.unit == COMPLAINT_UNIT_CALENDAR_DAYS) {
            holds(paused.last_day - plain.last_day == (until > from ? until - from : 0));
            continue;
        }
        int32_t k = until > from ? count(c, from, until) : 0;
        holds(cpl_calendar_add(c, plain.last_day, k, &moved) == COMPLAINT_OK && paused.last_day == moved);
        holds(paused.last_day >= until);
    }
}

static void a_pause_of_k_days_moves_the_deadline_by_k(void **state) {
    (void)state;
    for_every_calendar(moves);
}

static void moves_minutes(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        cpl_period p = {.rule = {.unit = between(COMPLAINT_UNIT_MINUTES, COMPLAINT_UNIT_WORKING_MINUTES), .length = between(1, 3000)}, .from = some_instant()};
        cpl_deadline plain, paused;
        int64_t used, all;
        if (!due(c, &p, &plain)) continue;
        cpl_pause pause = {p.from + (int64_t)(random_bits() % (uint64_t)(plain.due_at - p.from)), 0};
        pause.until = pause.from + between(0, 60000) * (int64_t)CPL_MINUTE_MS;
        p.pauses = &pause;
        p.pause_count = 1;
        if (cpl_instant_day(pause.until) >= end_day || !due(c, &p, &paused)) continue;
        if (p.rule.unit == COMPLAINT_UNIT_MINUTES) holds(paused.due_at - plain.due_at == pause.until - pause.from);
        holds(paused.due_at > pause.until || pause.until == pause.from);
        /* At the deadline exactly the allowance is used, and a moment before it is not. */
        holds(cpl_calendar_consumed(c, &p, paused.due_at, &used, NULL) == COMPLAINT_OK && used == p.rule.length * CPL_MINUTE_MS);
        holds(cpl_calendar_consumed(c, &p, paused.due_at - 1, &all, NULL) == COMPLAINT_OK && all == used - 1);
    }
}

static void at_the_deadline_the_allowance_is_used_up(void **state) {
    (void)state;
    for_every_calendar(moves_minutes);
}

static bool same(const cpl_deadline *a, const cpl_deadline *b) {
    return a->nominal_at == b->nominal_at && a->due_at == b->due_at && a->original_at == b->original_at && a->last_day == b->last_day;
}

static void splits(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        int64_t extension = between(1, 20);
        cpl_pause whole[2], cut[4];
        cpl_period p = {.rule = {.unit = between(1, 4), .length = between(1, 60)}, .from = some_instant(), .pauses = whole, .pause_count = 2, .extensions = &extension}, q = p;
        cpl_deadline d, e;
        if (p.rule.unit >= COMPLAINT_UNIT_CALENDAR_DAYS) p.rule.roll = between(0, 2), p.rule.due_at = between(0, 1), p.rule.first_day = between(0, 1);
        p.extension_count = (size_t)between(0, 1);
        whole[0].from = p.from + between(-100, 20000) * (int64_t)CPL_MINUTE_MS;
        whole[0].until = whole[0].from + between(0, 30000) * (int64_t)CPL_MINUTE_MS;
        whole[1].from = whole[0].until + between(1, 9000) * (int64_t)CPL_MINUTE_MS;
        whole[1].until = whole[1].from + between(1, 30000) * (int64_t)CPL_MINUTE_MS;
        q = p;
        q.pauses = cut;
        q.pause_count = 4;
        for (int k = 0; k < 2; k++) {
            int64_t middle = whole[k].from + (int64_t)(random_bits() % (uint64_t)(whole[k].until - whole[k].from + 1));
            cut[2 * k] = (cpl_pause){whole[k].from, middle};
            cut[2 * k + 1] = (cpl_pause){middle - between(0, 1) * (middle - whole[k].from) / 2, whole[k].until}; /* or overlapping */
        }
        if (cpl_instant_day(whole[1].until) >= end_day) continue;
        if (!due(c, &p, &d)) continue;
        holds(due(c, &q, &e) && same(&d, &e));
    }
}

static void splitting_a_pause_changes_nothing(void **state) {
    (void)state;
    for_every_calendar(splits);
}

/* Days one by one, as a person would count: not paused, of the unit, until there are enough. */
static int32_t counted_by_hand(const complaint_calendar *c, const cpl_period *p) {
    int32_t day = cpl_instant_day(p->from) - (p->rule.first_day == COMPLAINT_FIRST_DAY_INCLUDED);
    for (int64_t left = p->rule.length; left > 0;) {
        bool still = false;
        if (++day >= end_day) return INT32_MAX;
        for (size_t i = 0; i < p->pause_count; i++) still = still || (day >= cpl_instant_day(p->pauses[i].from) && day < cpl_instant_day(p->pauses[i].until));
        left -= !still && (p->rule.unit == COMPLAINT_UNIT_CALENDAR_DAYS || is_open(c, day));
    }
    return day;
}

static void agrees_with_counting(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        cpl_pause pauses[3];
        cpl_period p = {
            .rule = {.unit = between(3, 4), .length = between(1, 40), .first_day = between(0, 1)}, .from = some_instant(), .pauses = pauses, .pause_count = (size_t)between(0, 3)};
        int64_t t = p.from;
        cpl_deadline d;
        for (size_t k = 0; k < p.pause_count; k++) {
            pauses[k].from = t += between(0, 20000) * (int64_t)CPL_MINUTE_MS;
            pauses[k].until = t += between(0, 20000) * (int64_t)CPL_MINUTE_MS;
        }
        if (!due(c, &p, &d)) continue;
        holds(cpl_instant_day(d.nominal_at - 1) == counted_by_hand(c, &p));
    }
}

static void deadlines_agree_with_counting_day_by_day(void **state) {
    (void)state;
    for_every_calendar(agrees_with_counting);
}

/* ---- extensions, rules and calendars that change -------------------------------------------------------------------- */

static void extends(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        int64_t extensions[2] = {between(1, 20), between(1, 20)};
        cpl_period p = {.rule = {.unit = between(1, 4), .length = between(1, 60)}, .from = some_instant()}, q = p, r = p;
        cpl_deadline d, e, f;
        if (p.rule.unit >= COMPLAINT_UNIT_CALENDAR_DAYS) q.rule.roll = r.rule.roll = COMPLAINT_ROLL_FOLLOWING;
        q.extensions = extensions;
        q.extension_count = 2;
        r.rule.length += extensions[0] + extensions[1];
        if (!due(c, &q, &e)) continue;
        holds(due(c, &p, &d) && due(c, &r, &f));
        holds(e.original_at == d.nominal_at); /* the original last day, not the day it was shifted to */
        holds(e.nominal_at == f.nominal_at && e.due_at == f.due_at);
    }
}

static void an_extension_counts_from_the_original_last_day(void **state) {
    (void)state;
    for_every_calendar(extends);
}

/* The same log under another rule: nothing used or paused is lost, so no detour over other rules changes the end. */
/* Three days from Friday end with Monday; two more with Wednesday, whatever was said of the first. */
static void a_host_can_ask_for_the_original_last_day(void **state) {
    (void)state;
    complaint_calendar *c = NULL;
    complaint_period *p = NULL;
    complaint_deadline *d = NULL;
    assert_int_equal(complaint_calendar_builtin(NULL, "TH-57", &c, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_period_new(NULL, COMPLAINT_UNIT_CALENDAR_DAYS, 3, at("2026-03-27T09:00"), &p), COMPLAINT_OK);
    assert_int_equal(complaint_period_add_extension(p, 2), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_period_due(c, p, &d, NULL), COMPLAINT_OK);
    assert_true(complaint_deadline_original_at(d) == at("2026-03-31"));
    assert_true(complaint_deadline_nominal_at(d) == at("2026-04-02") && complaint_deadline_due_at(d) == at("2026-04-02"));
    complaint_deadline_free(d);
    complaint_period_free(p);
    complaint_calendar_free(c);
}

static void keeps(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        cpl_pause pause;
        cpl_period p = {.rule = {.unit = between(1, 4), .length = between(1, 60)}, .from = some_instant(), .pauses = &pause, .pause_count = 1}, longer = p;
        int64_t before = 0, after = 0;
        pause.from = p.from + between(0, 20000) * (int64_t)CPL_MINUTE_MS;
        pause.until = pause.from + between(0, 20000) * (int64_t)CPL_MINUTE_MS;
        int64_t now = pause.until + between(0, 20000) * (int64_t)CPL_MINUTE_MS;
        longer.rule.length += between(1, 60);
        if (cpl_instant_day(now) >= end_day) continue;
        complaint_status s = cpl_calendar_consumed(c, &p, now, &before, NULL);
        if (CPL_CLASS(s) == COMPLAINT_E_RANGE) continue;
        holds(s == COMPLAINT_OK && cpl_calendar_consumed(c, &longer, now, &after, NULL) == COMPLAINT_OK);
        holds(before == after && before >= 0);
        /* While it stands still nothing is used. */
        int64_t at_begin = 0, at_end = 0;
        holds(cpl_calendar_consumed(c, &p, pause.from, &at_begin, NULL) == COMPLAINT_OK && cpl_calendar_consumed(c, &p, pause.until, &at_end, NULL) == COMPLAINT_OK);
        holds(at_begin == at_end);
        /* What is used and what is left make the allowance: of a running period, on a day that may count. */
        cpl_deadline d;
        if (p.rule.unit != COMPLAINT_UNIT_WORKING_DAYS || !due(c, &p, &d) || now >= d.due_at || now <= p.from) continue;
        int32_t first = cpl_instant_day(p.from) + 1, today = cpl_instant_day(now);
        holds(before + count(c, today > first ? today : first, d.last_day + 1) == p.rule.length);
    }
}

static void another_rule_keeps_what_is_used_and_what_stood_still(void **state) {
    (void)state;
    for_every_calendar(keeps);
}

static void a_year_without_data_is_a_range_error(void **state) {
    (void)state;
    complaint_calendar *c = random_calendar(1);
    for (int32_t unit = COMPLAINT_UNIT_WORKING_MINUTES; unit <= COMPLAINT_UNIT_WORKING_DAYS; unit++) {
        cpl_pause pause = {cpl_day_start(end_day - 3), cpl_day_start(end_day + 3)};
        cpl_period p = {.rule = {.unit = unit, .length = 100000}, .from = cpl_day_start(end_day - 10)};
        cpl_deadline d;
        int64_t used;
        complaint_error e = {0};
        assert_int_equal(CPL_CLASS(cpl_calendar_period(c, &p, &d, &e)), COMPLAINT_E_RANGE);
        assert_int_equal(e.status, COMPLAINT_E_NO_CALENDAR);
        p.rule.length = 30;
        p.pauses = &pause;
        p.pause_count = 1;
        if (unit != COMPLAINT_UNIT_WORKING_MINUTES) assert_int_equal(cpl_calendar_period(c, &p, &d, &e), COMPLAINT_E_NO_CALENDAR);
        assert_int_equal(cpl_calendar_consumed(c, &p, cpl_day_start(end_day + 1), &used, &e), COMPLAINT_E_NO_CALENDAR);
        p.from = cpl_day_start(end_day + 400);
        p.pause_count = 0;
        assert_int_equal(cpl_calendar_period(c, &p, &d, &e), COMPLAINT_E_NO_CALENDAR);
    }
    cpl_calendar_release(c);
}

/* ---- explanations --------------------------------------------------------------------------------------------------- */

static cpl_period random_period(cpl_pause pauses[3], int64_t extensions[1]) {
    cpl_period p = {.rule = {.unit = between(1, 4), .length = between(1, 60), .receipt = between(0, 1)}, .from = some_instant(), .pauses = pauses, .extensions = extensions};
    if (p.rule.unit >= COMPLAINT_UNIT_CALENDAR_DAYS) {
        p.rule.first_day = between(0, 1);
        p.rule.roll = between(0, 2);
        p.rule.due_at = between(0, 1);
        if (p.rule.first_day == COMPLAINT_FIRST_DAY_EXCLUDED && between(0, 5) == 0) p.rule.length = 0;
    } else {
        p.rule.length *= between(1, 100);
    }
    p.pause_count = (size_t)between(0, 3);
    p.extension_count = (size_t)between(0, 1);
    extensions[0] = between(1, 20);
    for (size_t k = 0; k < p.pause_count; k++) {
        pauses[k].from = (k ? pauses[k - 1].until : p.from) + between(-50, 12000) * (int64_t)CPL_MINUTE_MS;
        if (k && pauses[k].from < pauses[k - 1].from) pauses[k].from = pauses[k - 1].from;
        pauses[k].until = pauses[k].from + between(0, 12000) * (int64_t)CPL_MINUTE_MS;
    }
    return p;
}

/* What a citizen can check in one step. */
static void follows(const complaint_calendar *c, const cpl_period *p, const cpl_step *s, const cpl_deadline *d) {
    bool days = p->rule.unit >= COMPLAINT_UNIT_CALENDAR_DAYS;
    switch (s->kind) {
    case COMPLAINT_STEP_COUNT:
        if (days) holds(p->rule.unit == COMPLAINT_UNIT_CALENDAR_DAYS ? s->count == s->last - s->first + 1 : s->count == count(c, s->first, s->last + 1));
        if (days) holds(p->rule.unit == COMPLAINT_UNIT_CALENDAR_DAYS || (is_open(c, s->first) && is_open(c, s->last)));
        if (p->rule.unit == COMPLAINT_UNIT_WORKING_MINUTES) {
            int64_t time = cpl_office_time(c, s->until) - cpl_office_time(c, s->at);
            holds(s->count - time / CPL_MINUTE_MS <= 1 && time / CPL_MINUTE_MS - s->count <= 1);
        }
        break;
    case COMPLAINT_STEP_HOLIDAY:
        holds(s->holiday && s->holiday->day == s->first && !is_open(c, s->first));
        break;
    case COMPLAINT_STEP_LAST_DAY:
        holds(s->first == cpl_instant_day(d->nominal_at - 1));
        break;
    case COMPLAINT_STEP_ROLL:
        holds(!is_open(c, s->first) && s->last == d->last_day && (p->rule.roll == COMPLAINT_ROLL_NONE) == (s->first == s->last));
        break;
    case COMPLAINT_STEP_DUE:
        holds(s->at == d->due_at && s->first == d->last_day);
        break;
    default:
        break;
    }
}

static void says_something(const cpl_period *p, const cpl_step *s) {
    const int32_t languages[] = {COMPLAINT_THAI, COMPLAINT_ENGLISH};
    for (size_t i = 0; i < 2; i++) {
        cpl_buf b;
        size_t offset;
        cpl_buf_init(&b, &cpl_memory_default);
        cpl_explain_sentence(&p->rule, s, languages[i], &b);
        holds(!b.failed && b.size > 10 && cpl_utf8_check((cpl_str){b.data, b.size}, &offset) == COMPLAINT_OK && cpl_explain_law(&p->rule, s, languages[i]));
        cpl_buf_free(&b);
    }
}

static void leads_to_the_deadline(const complaint_calendar *c) {
    for (int i = 0; i < QUESTIONS; i++) {
        cpl_pause pauses[3];
        int64_t extensions[1], counted = 0, allowance;
        cpl_period p = random_period(pauses, extensions);
        cpl_deadline d, told;
        const cpl_step *steps;
        size_t n, dues = 0, extended = 0;
        cpl_arena a;
        if (!due(c, &p, &d)) continue;
        cpl_arena_init(&a, &cpl_memory_default);
        holds(cpl_explain(c, &p, &a, &steps, &n, &told, NULL) == COMPLAINT_OK && same(&d, &told));
        allowance = p.rule.length + (p.extension_count ? extensions[0] : 0);
        for (size_t k = 0; k < n; k++) {
            follows(c, &p, &steps[k], &d);
            says_something(&p, &steps[k]);
            dues += steps[k].kind == COMPLAINT_STEP_DUE;
            extended += steps[k].kind == COMPLAINT_STEP_EXTENSION;
            if (steps[k].kind != COMPLAINT_STEP_COUNT) continue;
            counted += steps[k].count;
            holds(steps[k].total == counted);
        }
        holds(counted == allowance && dues == 1 && extended == p.extension_count && steps[0].kind == COMPLAINT_STEP_RECEIVED);
        cpl_arena_free(&a);
    }
}

static void an_explanation_leads_to_the_deadline(void **state) {
    (void)state;
    for_every_calendar(leads_to_the_deadline);
}

/* As a citizen would read it: a pause, an extension, a holiday and a roll. */
static void an_explanation_can_be_followed_on_paper(void **state) {
    (void)state;
    static const char *const thai[] = {
        "เริ่มจากวันศุกร์ที่ 27 มีนาคม 2569 เวลา 16.45 น.",
        "มาถึงนอกเวลาทำการ จึงถือว่าได้รับเมื่อเปิดทำการ วันจันทร์ที่ 30 มีนาคม 2569 เวลา 08.30 น.",
        "ไม่นับวันแรก เริ่มนับตั้งแต่วันอังคารที่ 31 มีนาคม 2569",
        "นับวันอังคารที่ 31 มีนาคม 2569 ได้ 1 วันทำการ",
        "หยุดนับเวลาตั้งแต่วันพุธที่ 1 เมษายน 2569 เวลา 10.00 น. ถึงวันศุกร์ที่ 3 เมษายน 2569 เวลา 09.00 น. ไม่นับวันพุธที่ 1 เมษายน 2569 ถึงวันพฤหัสบดีที่ 2 เมษายน 2569 รวม 2 วันทำการ",
        "นับวันศุกร์ที่ 3 เมษายน 2569 ได้ 1 วันทำการ รวมเป็น 2",
        "ไม่นับวันจันทร์ที่ 6 เมษายน 2569 (วันจักรี)",
        "นับวันอังคารที่ 7 เมษายน 2569 ได้ 1 วันทำการ รวมเป็น 3",
        "ขยายเวลา 2 วันทำการ นับต่อจากวันสุดท้ายเดิม คือวันอังคารที่ 7 เมษายน 2569",
        "นับวันพุธที่ 8 เมษายน 2569 ถึงวันพฤหัสบดีที่ 9 เมษายน 2569 ได้ 2 วันทำการ รวมเป็น 5",
        "วันสุดท้ายคือวันพฤหัสบดีที่ 9 เมษายน 2569",
        "ต้องเสร็จก่อนวันพฤหัสบดีที่ 9 เมษายน 2569 เวลา 16.30 น.",
    };
    static const char *const english[] = {
        "From Friday 27 March 2026 at 16:45",
        "It came outside office hours and counts from the opening on Monday 30 March 2026 at 08:30",
        "The first day is not counted; counting begins with Tuesday 31 March 2026",
        "Count Tuesday 31 March 2026: 1 working day",
        "It stood still from Wednesday 1 April 2026 at 10:00 to Friday 3 April 2026 at 09:00; do not count Wednesday 1 April 2026 to Thursday 2 April 2026, 2 working days",
        "Count Friday 3 April 2026: 1 working day, together 2",
        "Do not count Monday 6 April 2026 (Chakri Memorial Day)",
        "Count Tuesday 7 April 2026: 1 working day, together 3",
        "Extended by 2 working days, counted on from the original last day, Tuesday 7 April 2026",
        "Count Wednesday 8 April 2026 to Thursday 9 April 2026: 2 working days, together 5",
        "The last day is Thursday 9 April 2026",
        "In time is what is done before Thursday 9 April 2026 at 16:30",
    };
    complaint_calendar *c = NULL;
    complaint_period *p = NULL;
    complaint_explanation *x = NULL;
    int32_t kind;
    int64_t instant, until, total;
    assert_int_equal(complaint_calendar_builtin(NULL, "TH-57", &c, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_period_new(NULL, COMPLAINT_UNIT_WORKING_DAYS, 3, at("2026-03-27T16:45"), &p), COMPLAINT_OK);
    assert_int_equal(complaint_period_set_receipt(p, COMPLAINT_RECEIPT_NEXT_WORKING_DAY), COMPLAINT_OK);
    assert_int_equal(complaint_period_set_due_at(p, COMPLAINT_DUE_OFFICE_CLOSE), COMPLAINT_OK);
    assert_int_equal(complaint_period_add_pause(p, at("2026-04-01T10:00"), at("2026-04-03T09:00")), COMPLAINT_OK);
    assert_int_equal(complaint_period_add_extension(p, 2), COMPLAINT_OK);
    assert_int_equal(complaint_calendar_explain(c, p, &x, NULL), COMPLAINT_OK);
    complaint_calendar_free(c);
    complaint_period_free(p);
    assert_int_equal(complaint_explanation_count(x), 12);
    for (int32_t i = 0; i < 12; i++) {
        assert_string_equal(complaint_explanation_sentence(x, i, COMPLAINT_THAI), thai[i]);
        assert_string_equal(complaint_explanation_sentence(x, i, COMPLAINT_ENGLISH), english[i]);
    }
    assert_string_equal(complaint_explanation_law(x, 8, COMPLAINT_ENGLISH), "Civil and Commercial Code s. 193/7; Supreme Court 2981/2545");
    assert_non_null(strstr(complaint_explanation_law(x, 6, COMPLAINT_THAI), "คณะรัฐมนตรี"));
    assert_string_equal(complaint_explanation_law(x, 9, COMPLAINT_THAI), "");
    assert_int_equal(complaint_explanation_step(x, 9, &kind, NULL, NULL, NULL, &total), COMPLAINT_OK);
    assert_true(kind == COMPLAINT_STEP_COUNT && total == 5);
    assert_int_equal(complaint_explanation_instants(x, 4, &instant, &until), COMPLAINT_OK);
    assert_true(instant == at("2026-04-01T10:00") && until == at("2026-04-03T09:00"));
    assert_int_equal(complaint_explanation_step(x, 12, &kind, NULL, NULL, NULL, NULL), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_explanation_step(NULL, 0, &kind, NULL, NULL, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_explanation_instants(x, 12, &instant, &until), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_explanation_instants(NULL, 0, &instant, &until), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_explanation_instants(x, 4, NULL, NULL), COMPLAINT_OK); /* whoever wants less gets less */
    assert_int_equal(complaint_explanation_step(x, 4, NULL, NULL, NULL, NULL, NULL), COMPLAINT_OK);
    assert_null(complaint_explanation_sentence(x, -1, COMPLAINT_THAI));
    assert_null(complaint_explanation_law(NULL, 0, COMPLAINT_THAI));
    assert_int_equal(complaint_explanation_count(NULL), 0);
    complaint_explanation_free(x);
}

static void periods_refuse_what_they_cannot_hold(void **state) {
    (void)state;
    complaint_period *p = NULL;
    complaint_calendar *c = random_calendar(4);
    complaint_deadline *d = NULL;
    complaint_explanation *x = NULL;
    int64_t used;
    complaint_error *e = NULL;
    assert_int_equal(complaint_period_new(NULL, 0, 1, 0, &p), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_new(NULL, COMPLAINT_UNIT_MINUTES, 0, 0, &p), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_new(NULL, COMPLAINT_UNIT_MINUTES, 1, INT64_MAX, &p), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_period_new(NULL, COMPLAINT_UNIT_MINUTES, 1, 0, NULL), COMPLAINT_E_INVALID);
    assert_null(p);
    assert_int_equal(complaint_period_new(NULL, COMPLAINT_UNIT_WORKING_DAYS, 1, cpl_day_start(first_day + 9), &p), COMPLAINT_OK);
    assert_int_equal(complaint_period_set_roll(p, 3), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_set_roll(NULL, 0), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_period_set_first_day(p, -1), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_set_first_day(NULL, 0), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_period_set_receipt(p, 2), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_set_receipt(NULL, 0), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_period_set_due_at(NULL, 0), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_period_set_length(p, COMPLAINT_UNIT_MINUTES, -1), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_set_length(p, COMPLAINT_UNIT_MINUTES, INT64_C(1) << 31), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_set_due_at(p, 2), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_set_length(p, 9, 1), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_set_length(NULL, 1, 1), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_period_add_pause(NULL, 0, 1), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_period_add_pause(p, 10, 9), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_add_pause(p, 10, 20), COMPLAINT_OK);
    assert_int_equal(complaint_period_add_pause(p, 9, 20), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_add_extension(p, 0), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_add_extension(p, INT64_C(1) << 31), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_period_add_extension(NULL, 1), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_period_due(NULL, p, &d, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_calendar_period_due(c, NULL, &d, &e), COMPLAINT_E_HANDLE);
    assert_string_equal(complaint_error_subject(e), "period");
    complaint_error_free(e);
    assert_int_equal(complaint_calendar_period_due(c, p, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_period_used(c, p, 0, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_explain(c, p, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_calendar_period_used(c, p, cpl_day_start(first_day + 40), &used, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_period_set_length(p, COMPLAINT_UNIT_MINUTES, 1), COMPLAINT_OK);
    assert_int_equal(complaint_period_set_roll(p, COMPLAINT_ROLL_FOLLOWING), COMPLAINT_OK); /* which minutes do not know: said when asked */
    e = NULL;
    assert_int_equal(complaint_calendar_explain(c, p, &x, &e), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_error_subject(e), "roll");
    complaint_error_free(e);
    complaint_period_free(p);
    complaint_period_free(NULL);
    complaint_explanation_free(NULL);
    cpl_calendar_release(c);
}

/* ---- what is refused ------------------------------------------------------------------------------------------------ */

static void pauses_out_of_order_are_refused(void **state) {
    (void)state;
    complaint_calendar *c = random_calendar(2);
    const int64_t t = cpl_day_start(first_day + 30), day = CPL_DAY_MS;
    const cpl_pause backwards[] = {{t + day, t}}, swapped[] = {{t + 2 * day, t + 3 * day}, {t + day, t + 2 * day}}, far[] = {{t, INT64_MAX - 1}};
    const int64_t none = 0, large = INT64_MAX;
    cpl_deadline d;
    complaint_error e = {0};
    cpl_period p = {.rule = {.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 5}, .from = t, .pauses = backwards, .pause_count = 1};
    assert_int_equal(cpl_calendar_period(c, &p, &d, &e), COMPLAINT_E_INVALID);
    assert_string_equal(e.subject, "pauses");
    p.pauses = swapped;
    p.pause_count = 2;
    assert_int_equal(cpl_calendar_period(c, &p, &d, &e), COMPLAINT_E_INVALID);
    p.pauses = far;
    p.pause_count = 1;
    assert_int_equal(cpl_calendar_period(c, &p, &d, &e), COMPLAINT_E_RANGE);
    p.pause_count = 0;
    p.extensions = &none;
    p.extension_count = 1;
    assert_int_equal(cpl_calendar_period(c, &p, &d, &e), COMPLAINT_E_INVALID);
    assert_string_equal(e.subject, "extensions");
    p.extensions = &large;
    assert_int_equal(cpl_calendar_period(c, &p, &d, &e), COMPLAINT_E_RANGE);
    cpl_calendar_release(c);
}

static void what_stands_still_has_no_deadline(void **state) {
    (void)state;
    complaint_calendar *c = random_calendar(3);
    const int64_t t = cpl_day_start(first_day + 30);
    for (int32_t unit = COMPLAINT_UNIT_MINUTES; unit <= COMPLAINT_UNIT_WORKING_DAYS; unit++) {
        cpl_pause pause = {t + 10, CPL_PAUSE_OPEN};
        cpl_period p = {.rule = {.unit = unit, .length = 5}, .from = t, .pauses = &pause, .pause_count = 1};
        cpl_deadline d;
        int64_t used = -1;
        assert_int_equal(cpl_calendar_period(c, &p, &d, NULL), COMPLAINT_E_STATE);
        assert_int_equal(cpl_calendar_consumed(c, &p, t + 20 * (int64_t)CPL_DAY_MS, &used, NULL), COMPLAINT_OK);
        assert_in_range(used, 0, 10);
        pause.from = t + 300 * (int64_t)CPL_DAY_MS; /* long after the deadline: nothing is left that could stand still */
        assert_int_equal(cpl_calendar_period(c, &p, &d, NULL), COMPLAINT_OK);
    }
    cpl_calendar_release(c);
}

/* ---- mistakes of others --------------------------------------------------------------------------------------------- */

static complaint_calendar *made_of(const char *lines) {
    static text t;
    complaint_calendar *c = NULL;
    complaint_error e = {0};
    t.n = 0;
    put(&t, "asalha\t2568\t2025-07-10\nyear\t2569\tadhikamas\tannounced\thigh\tx\nyear\t2570\tnormal\tannounced\thigh\tx\n%s", lines);
    const cpl_calendar_text one = {"test", {t.bytes, t.n}};
    if (cpl_calendar_new(&cpl_memory_default, &one, 1, (cpl_str){NULL, 0}, &c, &e) != COMPLAINT_OK) fail_msg("%s (line %d)", e.english, (int)e.line);
    return c;
}

static void is_due(const complaint_calendar *c, cpl_period p, const char *expected) {
    char got[CPL_DATE_MAX];
    size_t n;
    cpl_deadline d;
    complaint_error e = {0};
    if (cpl_calendar_period(c, &p, &d, &e) != COMPLAINT_OK) fail_msg("%s", e.english);
    assert_int_equal(cpl_instant_format(d.due_at, COMPLAINT_DATE_ISO, 0, got, &n), COMPLAINT_OK);
    if (d.due_at != at(expected)) fail_msg("%s, not %s", got, expected);
}

/* A schedule with Tuesday alone counted one day or none. */
static void osticket_6739_one_open_day_a_week(void **state) {
    (void)state;
    complaint_calendar *c = made_of("week\t2\nhours\t08:00\t17:00\n");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 3}, .from = at("2026-11-04T10:00")}, "2026-11-25");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 18 * 60}, .from = at("2026-11-04T10:00")}, "2026-11-17T17:00");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 1}, .from = at("2026-11-03T16:59:59.999")}, "2026-11-10T08:00:59.999");
    cpl_calendar_release(c);
}

/* Working hours with a lunch break gave wrong due dates. */
static void osticket_6847_lunch_break(void **state) {
    (void)state;
    complaint_calendar *c = made_of("week\t1 2 3 4 5\noffice\tall\t09:00-13:00 14:00-18:00\n");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 120}, .from = at("2026-11-05T12:00")}, "2026-11-05T15:00");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 60}, .from = at("2026-11-05T12:00")}, "2026-11-05T13:00");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 60}, .from = at("2026-11-05T13:30")}, "2026-11-05T15:00");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 480}, .from = at("2026-11-05T13:30")}, "2026-11-06T13:00");
    cpl_calendar_release(c);
}

/* A pause over a weekend was measured around the clock, the allowance in working days: too much delay. */
static void glpi_10594_a_pause_over_the_weekend_in_working_days(void **state) {
    (void)state;
    complaint_calendar *c = made_of("week\t1 2 3 4 5\nhours\t08:00\t20:00\n");
    const cpl_pause pause = {at("2026-11-06T15:00"), at("2026-11-09T10:00")}; /* Friday to Monday: one working day */
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 1}, .from = at("2026-11-05T09:00")}, "2026-11-07");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 1}, .from = at("2026-11-05T09:00"), .pauses = &pause, .pause_count = 1}, "2026-11-10");
    const cpl_pause weekend = {at("2026-11-07T00:00"), at("2026-11-09T00:00")}; /* no working day at all */
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 3}, .from = at("2026-11-05T09:00"), .pauses = &weekend, .pause_count = 1}, "2026-11-11");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 720}, .from = at("2026-11-06T09:00"), .pauses = &pause, .pause_count = 1},
           "2026-11-09T16:00");
    cpl_calendar_release(c);
}

/* Another rule for a case forgot how long it had stood still, and counted from the opening. */
static void glpi_15605_another_rule_keeps_the_pause(void **state) {
    (void)state;
    complaint_calendar *c = made_of("week\t1 2 3 4 5\nhours\t08:30\t16:30\n");
    const cpl_pause pause = {at("2026-11-05T10:00"), at("2026-11-12T10:00")}; /* five working days, seven days */
    cpl_period p = {.rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 5}, .from = at("2026-11-03T09:00"), .pauses = &pause, .pause_count = 1};
    int64_t used;
    is_due(c, p, "2026-11-18");
    assert_int_equal(cpl_calendar_consumed(c, &p, at("2026-11-12T12:00"), &used, NULL), COMPLAINT_OK);
    assert_int_equal(used, 1);
    p.rule.length = 3;
    is_due(c, p, "2026-11-14");
    p.rule.unit = COMPLAINT_UNIT_CALENDAR_DAYS; /* another unit: the pause is measured in it */
    is_due(c, p, "2026-11-14");
    p.rule = (cpl_clock_rule){.unit = COMPLAINT_UNIT_MINUTES, .length = 3 * 1440};
    is_due(c, p, "2026-11-13T09:00");
    cpl_calendar_release(c);
}

/* A feed of "holidays" closed days on which people work. Only days with a decision behind them are closed, and 48 hours of 12-hour days are four days. */
static void zammad_390_observances_are_no_holidays(void **state) {
    (void)state;
    complaint_calendar *c = NULL;
    int32_t open = 0;
    assert_int_equal(complaint_calendar_builtin(NULL, "TH-57", &c, NULL), COMPLAINT_OK);
    const char *const worked[] = {"2026-05-01", "2026-07-01", "2026-02-17", "2025-12-25", "2025-10-31"}; /* Labour Day, the banks' day, Chinese New Year, Christmas, Halloween */
    for (size_t i = 0; i < sizeof worked / sizeof *worked; i++) {
        assert_int_equal(cpl_calendar_is_open(c, cpl_instant_day(at(worked[i])), &open), COMPLAINT_OK);
        if (!open) fail_msg("%s", worked[i]);
    }
    cpl_calendar_release(c);
    c = made_of("week\t1 2 3 4 5 6 7\nhours\t09:00\t21:00\n");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 48 * 60}, .from = at("2026-11-09T23:00")}, "2026-11-13T21:00");
    cpl_calendar_release(c);
}

/* Hold time was added to the time of creation: wrong for what came on a day off. */
static void frappe_2449_hold_time_of_what_came_on_a_day_off(void **state) {
    (void)state;
    complaint_calendar *c = made_of("week\t1 2 3 4 5\nhours\t10:00\t18:00\n");
    const cpl_pause hold = {at("2026-11-09T11:00"), at("2026-11-09T13:00")};
    cpl_period p = {.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 240}, .from = at("2026-11-07T15:00")}; /* a Saturday */
    is_due(c, p, "2026-11-09T14:00");
    p.pauses = &hold;
    p.pause_count = 1;
    is_due(c, p, "2026-11-09T16:00");
    cpl_calendar_release(c);
}

/* Another calendar: what was used stays used, and only days to come are counted anew. */
static void a_late_holiday_keeps_the_time_used(void **state) {
    (void)state;
    complaint_calendar *before = made_of("week\t1 2 3 4 5\nhours\t08:30\t16:30\n");
    complaint_calendar *after = made_of("week\t1 2 3 4 5\nhours\t08:30\t16:30\nadd\t2026-11-16\tspecial\tnational\tวันหยุดพิเศษ\tSpecial\thigh\tcabinet\n");
    const cpl_pause pause = {at("2026-11-05T10:00"), at("2026-11-09T10:00")};
    const cpl_period p = {.rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 7}, .from = at("2026-11-03T09:00"), .pauses = &pause, .pause_count = 1};
    int64_t used, used_after;
    is_due(before, p, "2026-11-17");
    is_due(after, p, "2026-11-18");
    assert_int_equal(cpl_calendar_consumed(before, &p, at("2026-11-12T12:00"), &used, NULL), COMPLAINT_OK);
    assert_int_equal(cpl_calendar_consumed(after, &p, at("2026-11-12T12:00"), &used_after, NULL), COMPLAINT_OK);
    assert_int_equal(used, used_after);
    cpl_calendar_release(before);
    cpl_calendar_release(after);
}

/* ---- edges ---------------------------------------------------------------------------------------------------------- */

/* What is over is over: a pause after the deadline revives nothing; one in the days it was shifted by does move it. */
static void a_pause_counts_only_before_the_deadline(void **state) {
    (void)state;
    complaint_calendar *c = made_of("week\t1 2 3 4 5\nhours\t08:30\t16:30\n");
    cpl_pause pause = {at("2026-11-09T10:00"), at("2026-11-11T10:00")};
    cpl_period p = {
        .rule = {.unit = COMPLAINT_UNIT_CALENDAR_DAYS, .length = 2, .roll = COMPLAINT_ROLL_FOLLOWING}, .from = at("2026-11-05T09:00"), .pauses = &pause, .pause_count = 1};
    is_due(c, p, "2026-11-12"); /* Saturday rolled to Monday, on which it stood still until Wednesday */
    p.rule.roll = COMPLAINT_ROLL_NONE;
    is_due(c, p, "2026-11-08");
    p.rule = (cpl_clock_rule){.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 2, .due_at = COMPLAINT_DUE_OFFICE_CLOSE};
    pause.from = at("2026-11-09T16:30");
    is_due(c, p, "2026-11-09T16:30");
    pause.from = at("2026-11-09T16:29:59.999");
    is_due(c, p, "2026-11-11T16:30");
    cpl_calendar_release(c);
}

static void half_days_are_days_and_count_their_hours(void **state) {
    (void)state;
    complaint_calendar *c = made_of("week\t1 2 3 4 5 6\nhours\t08:00\t12:00\nhours\t13:00\t16:00\noffice\t6\t09:00-12:00\nshorten\t2026-12-31\t08:00-12:00\thigh\tcircular\n");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 2, .due_at = COMPLAINT_DUE_OFFICE_CLOSE}, .from = at("2026-11-05T09:00")}, "2026-11-07T12:00");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_DAYS, .length = 1, .due_at = COMPLAINT_DUE_OFFICE_CLOSE}, .from = at("2026-12-30T09:00")}, "2026-12-31T12:00");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 420 + 180}, .from = at("2026-11-06T08:00")}, "2026-11-07T12:00");
    is_due(c, (cpl_period){.rule = {.unit = COMPLAINT_UNIT_WORKING_MINUTES, .length = 241}, .from = at("2026-12-31T07:00")}, "2027-01-01T08:01");
    int64_t moment;
    assert_int_equal(cpl_calendar_next_office_moment(c, at("2026-11-07T08:00"), &moment), COMPLAINT_OK);
    assert_int_equal(moment, at("2026-11-07T09:00"));
    assert_int_equal(cpl_calendar_next_office_moment(c, at("2026-12-31T12:00"), &moment), COMPLAINT_OK);
    assert_int_equal(moment, at("2027-01-01T08:00"));
    cpl_calendar_release(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pauses_out_of_order_are_refused),
        cmocka_unit_test(periods_refuse_what_they_cannot_hold),
        cmocka_unit_test(what_stands_still_has_no_deadline),
        cmocka_unit_test(a_year_without_data_is_a_range_error),
        cmocka_unit_test(count_from_the_day_after_is_the_allowance),
        cmocka_unit_test(a_later_begin_or_a_longer_allowance_is_never_due_earlier),
        cmocka_unit_test(minutes_add_up),
        cmocka_unit_test(what_rolls_is_never_due_on_a_closed_day),
        cmocka_unit_test(a_pause_of_k_days_moves_the_deadline_by_k),
        cmocka_unit_test(at_the_deadline_the_allowance_is_used_up),
        cmocka_unit_test(splitting_a_pause_changes_nothing),
        cmocka_unit_test(deadlines_agree_with_counting_day_by_day),
        cmocka_unit_test(an_extension_counts_from_the_original_last_day),
        cmocka_unit_test(a_host_can_ask_for_the_original_last_day),
        cmocka_unit_test(another_rule_keeps_what_is_used_and_what_stood_still),
        cmocka_unit_test(an_explanation_leads_to_the_deadline),
        cmocka_unit_test(an_explanation_can_be_followed_on_paper),
        cmocka_unit_test(osticket_6739_one_open_day_a_week),
        cmocka_unit_test(osticket_6847_lunch_break),
        cmocka_unit_test(glpi_10594_a_pause_over_the_weekend_in_working_days),
        cmocka_unit_test(glpi_15605_another_rule_keeps_the_pause),
        cmocka_unit_test(zammad_390_observances_are_no_holidays),
        cmocka_unit_test(frappe_2449_hold_time_of_what_came_on_a_day_off),
        cmocka_unit_test(a_late_holiday_keeps_the_time_used),
        cmocka_unit_test(a_pause_counts_only_before_the_deadline),
        cmocka_unit_test(half_days_are_days_and_count_their_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
