/*
 * calendar/rules: from rules and decisions to the days on which offices are closed.
 *
 * Owns: the lunar feasts, substitution (cabinet of 1 May 2001 and 3 February 2004), suspended and repaid days, the names of substitutes. Must
 * not know: how the data was written, which days are open.
 */
#include "calendar/calendar.h"

#include <stdlib.h>
#include <string.h>

enum { NO_SUBSTITUTE = -1, MARGIN = 31, NAMES_MAX = 8 };

/* One holiday on one day, on a day of rest or not. */
typedef struct feast {
    int32_t day, kind;
    cpl_str run, thai, english;
    cpl_source source;
    const cpl_area *area; /* NULL: national */
    bool suspended, grouped;
    int32_t substitute; /* number of its substitute, or NO_SUBSTITUTE */
    size_t order;       /* keeps sorting stable */
} feast;

typedef struct substitute {
    int32_t day;
    cpl_source source;
} substitute;

typedef struct maker {
    const cpl_holiday_data *data;
    cpl_arena *scratch, *keep;
    complaint_error *e;
    feast *feasts;
    size_t feast_count;
    substitute *substitutes;
    size_t substitute_count;
    bool *taken; /* per day from taken_from: no ordinary working day */
    int32_t taken_from, taken_end;
    int32_t first_day, end_day; /* the covered years */
} maker;

static complaint_status no_memory(complaint_error *e) { return cpl_fail(e, COMPLAINT_E_MEMORY, NULL); }

static bool covered(const maker *m, int32_t day) { return day >= m->first_day && day < m->end_day; }

/* ---- feasts --------------------------------------------------------------------------------------------------------- */

static int32_t lunar_length(int32_t type) { return type == CPL_LUNAR_ADHIKAMAS ? 384 : type == CPL_LUNAR_ADHIKAVAN ? 355 : 354; }

/* The feasts of a year by the Asalha Bucha of that year. */
static int32_t lunar_day(int32_t feast_number, int32_t type, int32_t asalha) {
    int32_t visakha = asalha - (type == CPL_LUNAR_ADHIKAVAN ? 60 : 59);
    switch (feast_number) {
    case CPL_FEAST_MAKHA:
        return visakha - (type == CPL_LUNAR_ADHIKAMAS ? 89 : 88);
    case CPL_FEAST_VISAKHA:
        return visakha;
    case CPL_FEAST_ASALHA:
        return asalha;
    default:
        return asalha + 1;
    }
}

static void add_feast(maker *m, feast f) {
    f.substitute = NO_SUBSTITUTE;
    f.order = m->feast_count;
    m->feasts[m->feast_count++] = f;
}

static void add_by_rule(maker *m, const cpl_rule *rule, int32_t year, int32_t day) {
    if (year < rule->first || year > rule->last) return;
    int32_t kind = rule->feast ? COMPLAINT_HOLIDAY_LUNAR : COMPLAINT_HOLIDAY_FIXED;
    add_feast(m, (feast){.day = day, .kind = kind, .run = rule->run, .thai = rule->thai, .english = rule->english, .source = rule->source});
}

static void add_fixed(maker *m, int32_t year) {
    for (size_t i = 0; i < m->data->rule_count; ++i) {
        const cpl_rule *rule = &m->data->rules[i];
        cpl_date d = {year - 543, rule->month, rule->day};
        if (!rule->feast && cpl_date_exists(d)) add_by_rule(m, rule, year, cpl_date_raw(d));
    }
}

static bool lies_in(int32_t day, int32_t year) { return cpl_date_gregorian(day).year + 543 == year; }

static complaint_status add_lunar(maker *m) {
    int32_t asalha = m->data->anchor_day;
    for (size_t y = 0; y < m->data->year_count; ++y) {
        const cpl_year *year = &m->data->years[y];
        asalha += lunar_length(year->lunar);
        if (!lies_in(lunar_day(CPL_FEAST_MAKHA, year->lunar, asalha), year->be) || !lies_in(asalha + 1, year->be)) {
            return cpl_holiday_refuse(m->e, year->place, "วันพระใหญ่ไม่อยู่ในปีนี้ ชนิดของปีจันทรคติไม่ถูกต้อง", "the lunar types let the feasts drift out of the year");
        }
        for (size_t i = 0; i < m->data->rule_count; ++i) {
            const cpl_rule *rule = &m->data->rules[i];
            if (rule->feast) add_by_rule(m, rule, year->be, lunar_day(rule->feast, year->lunar, asalha));
        }
    }
    return COMPLAINT_OK;
}

/* ---- decisions ------------------------------------------------------------------------------------------------------ */

static feast *find_by_rule(maker *m, int32_t day, feast *after) {
    for (feast *f = after ? after + 1 : m->feasts; f < m->feasts + m->feast_count; ++f) {
        if (f->day == day && (f->kind == COMPLAINT_HOLIDAY_FIXED || f->kind == COMPLAINT_HOLIDAY_LUNAR)) return f;
    }
    return NULL;
}

static complaint_status suspend(maker *m, const cpl_decision *d) {
    feast *f = find_by_rule(m, d->day, NULL);
    if (!f && covered(m, d->day)) return cpl_holiday_refuse(m->e, d->place, "ไม่มีวันหยุดตามหลักให้งด", "there is no holiday by rule to suspend");
    for (; f; f = find_by_rule(m, d->day, f)) f->suspended = true;
    return COMPLAINT_OK;
}

static complaint_status find_area(maker *m, const cpl_decision *d, const cpl_area **area) {
    *area = NULL;
    if (d->area.n == 0) return COMPLAINT_OK;
    for (size_t i = 0; i < m->data->area_count; ++i) {
        if (!cpl_str_eq(m->data->areas[i].name, d->area)) continue;
        *area = &m->data->areas[i];
        return COMPLAINT_OK;
    }
    return cpl_holiday_refuse(m->e, d->place, "ไม่รู้จักพื้นที่นี้", "the area is not known");
}

static complaint_status add_decided(maker *m, const cpl_decision *d) {
    const cpl_area *area;
    complaint_status status = find_area(m, d, &area);
    if (status != COMPLAINT_OK || !covered(m, d->day)) return status;
    add_feast(m, (feast){.day = d->day, .kind = d->kind, .thai = d->thai, .english = d->english, .source = d->source, .area = area});
    return COMPLAINT_OK;
}

static bool in_lieu(cpl_arena *a, const cpl_str *thai, const cpl_str *english, size_t count, cpl_str *thai_name, cpl_str *english_name);

static complaint_status pay_back(maker *m, const cpl_decision *d) {
    if (!covered(m, d->day)) return COMPLAINT_OK;
    const feast *f = find_by_rule(m, d->other, NULL);
    if (!f || !f->suspended) return cpl_holiday_refuse(m->e, d->place, "ไม่มีวันหยุดที่งดไว้", "the holiday it pays back was not suspended");
    cpl_str thai, english;
    if (!in_lieu(m->scratch, &f->thai, &f->english, 1, &thai, &english)) return no_memory(m->e);
    add_feast(m, (feast){.day = d->day, .kind = d->kind, .thai = thai, .english = english, .source = d->source});
    return COMPLAINT_OK;
}

/* Suspensions first: what is paid back looks at them. */
static complaint_status apply(maker *m, int32_t what, complaint_status (*one)(maker *, const cpl_decision *)) {
    for (size_t i = 0; i < m->data->decision_count; ++i) {
        const cpl_decision *d = &m->data->decisions[i];
        complaint_status status = d->what == what ? one(m, d) : COMPLAINT_OK;
        if (status != COMPLAINT_OK) return status;
    }
    return COMPLAINT_OK;
}

static int by_day(const void *a, const void *b) {
    const feast *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static complaint_status gather(maker *m) {
    int32_t first = m->data->years[0].be, last = m->data->years[m->data->year_count - 1].be;
    size_t most = m->data->rule_count * (m->data->year_count + 2) + m->data->decision_count;
    m->feasts = cpl_arena_alloc(m->scratch, most * sizeof *m->feasts);
    m->substitutes = cpl_arena_alloc(m->scratch, most * sizeof *m->substitutes);
    if (!m->feasts || !m->substitutes) return no_memory(m->e);
    /* A run may reach over the edge: 31 December and 1 January. */
    for (int32_t year = first - 1; year <= last + 1; ++year) add_fixed(m, year);
    complaint_status status = add_lunar(m);
    if (status == COMPLAINT_OK) status = apply(m, CPL_DECISION_SUSPEND, suspend);
    if (status == COMPLAINT_OK) status = apply(m, CPL_DECISION_ADD, add_decided);
    if (status == COMPLAINT_OK) status = apply(m, CPL_DECISION_PAY, pay_back);
    if (status == COMPLAINT_OK) qsort(m->feasts, m->feast_count, sizeof *m->feasts, by_day);
    return status;
}

/* ---- substitution --------------------------------------------------------------------------------------------------- */

static bool is_rest(const maker *m, int32_t day) { return !m->data->open_weekday[cpl_date_weekday(day)]; }

static complaint_status mark_taken(maker *m) {
    m->taken_from = m->first_day - 366 - MARGIN;
    m->taken_end = m->end_day + 366 + 2 * MARGIN;
    m->taken = cpl_arena_alloc(m->scratch, (size_t)(m->taken_end - m->taken_from) * sizeof *m->taken);
    if (!m->taken) return no_memory(m->e);
    for (int32_t day = m->taken_from; day < m->taken_end; ++day) m->taken[day - m->taken_from] = is_rest(m, day);
    for (size_t i = 0; i < m->feast_count; ++i) {
        const feast *f = &m->feasts[i];
        if (!f->suspended && !f->area) m->taken[f->day - m->taken_from] = true;
    }
    return COMPLAINT_OK;
}

static bool earns(const maker *m, const feast *f) { return !f->suspended && (f->kind == COMPLAINT_HOLIDAY_FIXED || f->kind == COMPLAINT_HOLIDAY_LUNAR) && is_rest(m, f->day); }

/* The next member of the run of `f`: the same run on the same or the following day; NULL when it ends. */
static feast *next_of_run(maker *m, feast *f) {
    if (f->run.n == 0) return NULL;
    for (feast *g = f + 1; g < m->feasts + m->feast_count && g->day <= f->day + 1; ++g) {
        if (cpl_str_eq(g->run, f->run)) return g;
    }
    return NULL;
}

/* The substitute that another holiday on the same day has earned, or NO_SUBSTITUTE. */
static int32_t shared_substitute(const maker *m, const feast *f) {
    const feast *g = f;
    while (g > m->feasts && (g - 1)->day == f->day) --g;
    for (; g < m->feasts + m->feast_count && g->day == f->day; ++g) {
        if (g->substitute != NO_SUBSTITUTE) return g->substitute;
    }
    return NO_SUBSTITUTE;
}

static int32_t new_substitute(maker *m, int32_t after, cpl_source source) {
    int32_t day = after + 1;
    while (day < m->taken_end && m->taken[day - m->taken_from]) ++day;
    if (day < m->taken_end) m->taken[day - m->taken_from] = true;
    m->substitutes[m->substitute_count] = (substitute){day, source};
    return (int32_t)m->substitute_count++;
}

/* At most one substitute for the run that begins at `first`, on the first free working day after its last day. */
static void substitute_run(maker *m, feast *first) {
    feast *last = first;
    const feast *resting = NULL;
    int32_t number = NO_SUBSTITUTE;
    for (feast *f = first; f; f = next_of_run(m, f)) {
        f->grouped = true;
        last = f;
        if (!earns(m, f)) continue;
        if (!resting) resting = f;
        if (number == NO_SUBSTITUTE) number = shared_substitute(m, f);
    }
    if (!resting) return;
    if (number == NO_SUBSTITUTE) number = new_substitute(m, last->day, resting->source);
    for (feast *f = first; f; f = next_of_run(m, f)) {
        if (earns(m, f)) f->substitute = number;
    }
}

static complaint_status move(maker *m, const cpl_decision *d) {
    for (size_t i = 0; i < m->substitute_count; ++i) {
        substitute *s = &m->substitutes[i];
        if (s->day != d->day) continue;
        *s = (substitute){d->other, d->source};
        return COMPLAINT_OK;
    }
    if (!covered(m, d->day)) return COMPLAINT_OK;
    return cpl_holiday_refuse(m->e, d->place, "ไม่มีวันหยุดชดเชยในวันนั้นให้ย้าย", "the rule puts no substitute on that day");
}

static complaint_status substitute_all(maker *m) {
    complaint_status status = mark_taken(m);
    if (status != COMPLAINT_OK) return status;
    for (size_t i = 0; i < m->feast_count; ++i) {
        if (!m->feasts[i].grouped) substitute_run(m, &m->feasts[i]);
    }
    return apply(m, CPL_DECISION_MOVE, move);
}

/* ---- names ---------------------------------------------------------------------------------------------------------- */

static bool finish(cpl_arena *a, cpl_buf *b, cpl_str *text) {
    bool good = !b->failed && cpl_arena_str(a, (cpl_str){b->data, b->size}, text);
    cpl_buf_free(b);
    return good;
}

/* `วันหยุดชดเชยวันสิ้นปีและวันขึ้นปีใหม่`, `New Year's Eve (in lieu); New Year's Day (in lieu)`. */
static bool in_lieu(cpl_arena *a, const cpl_str *thai, const cpl_str *english, size_t count, cpl_str *thai_name, cpl_str *english_name) {
    cpl_buf t, e;
    cpl_buf_init(&t, a->m);
    cpl_buf_init(&e, a->m);
    cpl_buf_puts(&t, "วันหยุดชดเชย");
    for (size_t i = 0; i < count; ++i) {
        if (i) cpl_buf_puts(&t, "และ");
        cpl_buf_str(&t, thai[i]);
        if (i) cpl_buf_puts(&e, "; ");
        cpl_buf_str(&e, english[i]);
        cpl_buf_puts(&e, " (in lieu)");
    }
    bool good = finish(a, &t, thai_name);
    return finish(a, &e, english_name) && good;
}

static bool is_new(const cpl_str *names, size_t count, cpl_str name) {
    for (size_t i = 0; i < count; ++i) {
        if (cpl_str_eq(names[i], name)) return false;
    }
    return count < NAMES_MAX;
}

static bool name_substitute(maker *m, int32_t number, feast *f) {
    cpl_str thai[NAMES_MAX], english[NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < m->feast_count; ++i) {
        const feast *g = &m->feasts[i];
        if (g->substitute != number || !is_new(english, count, g->english)) continue;
        thai[count] = g->thai;
        english[count++] = g->english;
    }
    return in_lieu(m->scratch, thai, english, count, &f->thai, &f->english);
}

/* ---- the list ------------------------------------------------------------------------------------------------------- */

/* The substitutes join the feasts. */
static complaint_status add_substitutes(maker *m) {
    size_t old = m->feast_count;
    feast *all = cpl_arena_alloc(m->scratch, (old + m->substitute_count) * sizeof *all);
    if (!all) return no_memory(m->e);
    memcpy(all, m->feasts, old * sizeof *all);
    for (size_t i = 0; i < m->substitute_count; ++i) {
        feast f = {.day = m->substitutes[i].day, .kind = COMPLAINT_HOLIDAY_SUBSTITUTION, .source = m->substitutes[i].source, .substitute = NO_SUBSTITUTE, .order = old + i};
        if (!name_substitute(m, (int32_t)i, &f)) return no_memory(m->e);
        all[old + i] = f;
    }
    m->feasts = all;
    m->feast_count = old + m->substitute_count;
    qsort(m->feasts, m->feast_count, sizeof *m->feasts, by_day);
    return COMPLAINT_OK;
}

static bool is_listed(const maker *m, const feast *f) { return !f->suspended && covered(m, f->day) && !is_rest(m, f->day); }

/* Of several on one day the first national one gives kind and scope; a day for some provinces only stands alone. */
static const feast *leader(const feast *first, const feast *end) {
    for (const feast *f = first; f < end; ++f) {
        if (!f->suspended && !f->area) return f;
    }
    for (const feast *f = first; f < end; ++f) {
        if (!f->suspended) return f;
    }
    return first;
}

static bool make_names(maker *m, const feast *first, const feast *end, cpl_holiday *h) {
    cpl_buf thai, english;
    cpl_str t, e;
    cpl_buf_init(&thai, m->keep->m);
    cpl_buf_init(&english, m->keep->m);
    for (const feast *f = first; f < end; ++f) {
        if (f->suspended) continue;
        if (thai.size) cpl_buf_puts(&thai, "; ");
        cpl_buf_str(&thai, f->thai);
        if (english.size) cpl_buf_puts(&english, "; ");
        cpl_buf_str(&english, f->english);
    }
    bool good = finish(m->keep, &thai, &t);
    if (!finish(m->keep, &english, &e) || !good) return false;
    h->thai = t.p;
    h->english = e.p;
    return true;
}

/* `national`, `area:TH-10,TH-12`. */
static bool make_scope(maker *m, const feast *first, const feast *end, bool national, cpl_holiday *h) {
    cpl_buf b;
    cpl_str s;
    cpl_buf_init(&b, m->keep->m);
    cpl_buf_puts(&b, national ? "national" : "area:");
    size_t empty = b.size;
    for (const feast *f = first; !national && f < end; ++f) {
        if (!f->area || f->area->provinces.n == 0) continue;
        if (b.size > empty) cpl_buf_putc(&b, ',');
        for (size_t i = 0; i < f->area->provinces.n; ++i) cpl_buf_putc(&b, f->area->provinces.p[i] == ' ' ? ',' : f->area->provinces.p[i]);
    }
    if (!finish(m->keep, &b, &s)) return false;
    h->scope = s.p;
    return true;
}

static bool make_source(maker *m, cpl_source source, cpl_holiday *h) {
    cpl_buf b;
    cpl_str s;
    cpl_buf_init(&b, m->keep->m);
    cpl_buf_str(&b, source.confidence);
    cpl_buf_puts(&b, ": ");
    cpl_buf_str(&b, source.text);
    if (!finish(m->keep, &b, &s)) return false;
    h->source = s.p;
    return true;
}

static bool has_province(const cpl_area *area, cpl_str province) {
    for (size_t at = 0; province.n && at + province.n <= area->provinces.n; ++at) {
        if (memcmp(area->provinces.p + at, province.p, province.n) == 0) return true;
    }
    return false;
}

static const cpl_year *year_of(const maker *m, int32_t day) { return &m->data->years[cpl_date_thai(day).year - m->data->years[0].be]; }

static bool make_holiday(maker *m, const feast *first, const feast *end, cpl_holiday *h) {
    const feast *f = leader(first, end);
    const cpl_year *year = year_of(m, f->day);
    /* What a rule predicts is as sure as its year. */
    bool by_rule = f->kind != COMPLAINT_HOLIDAY_SPECIAL && f->kind != COMPLAINT_HOLIDAY_PLOUGHING;
    cpl_source source = by_rule && year->status == COMPLAINT_PREDICTED ? year->source : f->source;
    *h = (cpl_holiday){.day = f->day, .kind = f->kind, .status = year->status, .closed = !f->area, .complete = true};
    for (const feast *g = first; f->area && g < end; ++g) {
        if (!g->area) continue;
        h->closed = h->closed || has_province(g->area, m->data->province);
        h->complete = h->complete && g->area->complete;
    }
    return make_names(m, first, end, h) && make_scope(m, first, end, !f->area, h) && make_source(m, source, h);
}

static const feast *end_of_day_group(const maker *m, const feast *first) {
    const feast *end = first;
    while (end < m->feasts + m->feast_count && end->day == first->day) ++end;
    return end;
}

static complaint_status list(maker *m, cpl_holiday **holidays, size_t *count) {
    cpl_holiday *found = cpl_arena_alloc(m->keep, m->feast_count * sizeof *found);
    size_t n = 0;
    if (!found) return no_memory(m->e);
    const feast *stop = m->feasts + m->feast_count;
    for (const feast *f = m->feasts, *end; f < stop; f = end) {
        end = end_of_day_group(m, f);
        if (!is_listed(m, leader(f, end))) continue;
        if (!make_holiday(m, f, end, &found[n++])) return no_memory(m->e);
    }
    *holidays = found;
    *count = n;
    return COMPLAINT_OK;
}

/* `confidence` lines replace the source of a day that a rule yields. */
static complaint_status set_confidence(maker *m, cpl_holiday *holidays, size_t count) {
    for (size_t i = 0; i < m->data->decision_count; ++i) {
        const cpl_decision *d = &m->data->decisions[i];
        if (d->what != CPL_DECISION_CONFIDENCE || !covered(m, d->day)) continue;
        size_t k = 0;
        while (k < count && holidays[k].day != d->day) ++k;
        if (k == count) return cpl_holiday_refuse(m->e, d->place, "วันนี้ไม่ใช่วันหยุด", "that day is no holiday");
        if (!make_source(m, d->source, &holidays[k])) return no_memory(m->e);
    }
    return COMPLAINT_OK;
}

complaint_status cpl_holiday_list(const cpl_holiday_data *data, cpl_arena *scratch, cpl_arena *keep, cpl_holiday **holidays, size_t *count, complaint_error *e) {
    maker m = {.data = data, .scratch = scratch, .keep = keep, .e = e};
    cpl_holiday *found;
    size_t n;
    m.first_day = cpl_date_raw((cpl_date){data->years[0].be - 543, 1, 1});
    m.end_day = cpl_date_raw((cpl_date){data->years[data->year_count - 1].be - 543 + 1, 1, 1});
    complaint_status status = gather(&m);
    if (status == COMPLAINT_OK) status = substitute_all(&m);
    if (status == COMPLAINT_OK) status = add_substitutes(&m);
    if (status == COMPLAINT_OK) status = list(&m, &found, &n);
    if (status == COMPLAINT_OK) status = set_confidence(&m, found, n);
    if (status != COMPLAINT_OK) return status;
    *holidays = found;
    *count = n;
    return COMPLAINT_OK;
}
