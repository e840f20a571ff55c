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
    bool suspended;       /* an ordinary day */
    bool removed;         /* no holiday any more, but the substitutes of others stay where they were */
    bool over;            /* put on a day that was cleared before, so that the rule counts without it */
    bool grouped;
    int32_t substitute; /* number of its substitute, or NO_SUBSTITUTE */
    size_t order;       /* keeps sorting stable */
    size_t since;       /* number of the decision, from 1, that made it; 0: a rule */
    struct feast *next; /* the next one with the same substitute */
} feast;

typedef struct substitute {
    int32_t day;
    cpl_source source;
    bool removed;
    size_t since;
    feast *first, *last; /* for what it is */
} substitute;

typedef struct maker {
    const cpl_holiday_data *data;
    cpl_arena *scratch, *keep;
    complaint_error *e;
    feast *feasts;
    size_t feast_count;
    substitute *substitutes;
    size_t substitute_count;
    bool *matched; /* per decision: it found what it speaks of */
    bool clears;   /* some decision clears a day */
    bool *taken;   /* per day from taken_from: no ordinary working day */
    int32_t taken_from, taken_end;
    int32_t first_day, end_day; /* the covered years */
} maker;

static complaint_status no_memory(complaint_error *e) { return cpl_fail(e, COMPLAINT_E_MEMORY, NULL); }

static bool covered(const maker *m, int32_t day) { return day >= m->first_day && day < m->end_day; }

/* ---- feasts --------------------------------------------------------------------------------------------------------- */

static int32_t lunar_length(int32_t type) { return type == COMPLAINT_LUNAR_ADHIKAMAS ? 384 : type == COMPLAINT_LUNAR_ADHIKAVAN ? 355 : 354; }

/* The feasts of a year by the Asalha Bucha of that year. */
static int32_t lunar_day(int32_t feast_number, int32_t type, int32_t asalha) {
    int32_t visakha = asalha - (type == COMPLAINT_LUNAR_ADHIKAVAN ? 60 : 59);
    switch (feast_number) {
    case CPL_FEAST_MAKHA:
        return visakha - (type == COMPLAINT_LUNAR_ADHIKAMAS ? 89 : 88);
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

static bool gone(const feast *f) { return f->suspended || f->removed; }

static complaint_status suspend(maker *m, size_t i) {
    const cpl_decision *d = &m->data->decisions[i];
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

/* An earlier decision cleared the day. */
static bool cleared_before(const maker *m, size_t i) {
    for (size_t k = 0; m->clears && k < i; ++k) {
        const cpl_decision *d = &m->data->decisions[k];
        bool clears = d->what == COMPLAINT_DECISION_REMOVE || d->what == COMPLAINT_DECISION_OVERRIDE;
        if (clears && !d->withdrawn && d->day == m->data->decisions[i].day) return true;
    }
    return false;
}

static complaint_status add_decided(maker *m, size_t i) {
    const cpl_decision *d = &m->data->decisions[i];
    const cpl_area *area = NULL;
    complaint_status status = find_area(m, d, &area);
    if (status != COMPLAINT_OK || !covered(m, d->day)) return status;
    add_feast(m, (feast){.day = d->day, .kind = d->kind, .thai = d->thai, .english = d->english, .source = d->source, .area = area, .since = i + 1, .over = cleared_before(m, i)});
    return COMPLAINT_OK;
}

static bool in_lieu(cpl_arena *a, const cpl_str *thai, const cpl_str *english, size_t count, cpl_str *thai_name, cpl_str *english_name);

static complaint_status pay_back(maker *m, size_t i) {
    const cpl_decision *d = &m->data->decisions[i];
    if (!covered(m, d->day)) return COMPLAINT_OK;
    const feast *f = find_by_rule(m, d->other, NULL);
    if (!f || !f->suspended) return cpl_holiday_refuse(m->e, d->place, "ไม่มีวันหยุดที่งดไว้", "the holiday it pays back was not suspended");
    cpl_str thai, english;
    if (!in_lieu(m->scratch, &f->thai, &f->english, 1, &thai, &english)) return no_memory(m->e);
    add_feast(m, (feast){.day = d->day, .kind = d->kind, .thai = thai, .english = english, .source = d->source, .since = i + 1, .over = cleared_before(m, i)});
    return COMPLAINT_OK;
}

/* A holiday by rule is taken on the other day in lieu; what was decided for one day is simply decided for the other. */
static complaint_status move_feasts(maker *m, size_t i) {
    const cpl_decision *d = &m->data->decisions[i];
    cpl_str thai[NAMES_MAX], english[NAMES_MAX];
    size_t names = 0, before = m->feast_count;
    for (feast *f = m->feasts; f < m->feasts + before; ++f) {
        if (f->day != d->day || f->since > i || gone(f)) continue;
        m->matched[i] = true;
        if (f->since) {
            f->day = d->other;
            f->since = i + 1;
            continue;
        }
        f->removed = true;
        if (names == NAMES_MAX) continue;
        thai[names] = f->thai;
        english[names++] = f->english;
    }
    feast moved = {.day = d->other, .kind = COMPLAINT_HOLIDAY_SUBSTITUTION, .source = d->source, .since = i + 1};
    if (names == 0) return COMPLAINT_OK;
    if (!in_lieu(m->scratch, thai, english, names, &moved.thai, &moved.english)) return no_memory(m->e);
    add_feast(m, moved);
    return COMPLAINT_OK;
}

static complaint_status remove_feasts(maker *m, size_t i) {
    const cpl_decision *d = &m->data->decisions[i];
    for (feast *f = m->feasts; f < m->feasts + m->feast_count; ++f) {
        if (f->day != d->day || f->since > i || gone(f)) continue;
        f->removed = true;
        m->matched[i] = true;
    }
    return COMPLAINT_OK;
}

static complaint_status change_feasts(maker *m, size_t i) {
    switch (m->data->decisions[i].what) {
    case COMPLAINT_DECISION_MOVE:
        return move_feasts(m, i);
    case COMPLAINT_DECISION_REMOVE:
    case COMPLAINT_DECISION_OVERRIDE:
        return remove_feasts(m, i);
    default:
        return COMPLAINT_OK;
    }
}

/* What was decided, in the order in which it was written; `what` 0: all of it. */
static complaint_status apply(maker *m, int32_t what, complaint_status (*one)(maker *, size_t)) {
    for (size_t i = 0; i < m->data->decision_count; ++i) {
        const cpl_decision *d = &m->data->decisions[i];
        complaint_status status = !d->withdrawn && (what == 0 || d->what == what) ? one(m, i) : COMPLAINT_OK;
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
    m->matched = cpl_arena_alloc(m->scratch, m->data->decision_count * sizeof *m->matched);
    if (!m->feasts || !m->substitutes || !m->matched) return no_memory(m->e);
    for (size_t i = 0; i < m->data->decision_count; ++i) {
        int32_t what = m->data->decisions[i].what;
        m->clears = m->clears || what == COMPLAINT_DECISION_REMOVE || what == COMPLAINT_DECISION_OVERRIDE;
    }
    /* A run may reach over the edge: 31 December and 1 January. */
    for (int32_t year = first - 1; year <= last + 1; ++year) add_fixed(m, year);
    complaint_status status = add_lunar(m);
    /* Suspensions first: what is paid back looks at them. */
    if (status == COMPLAINT_OK) status = apply(m, COMPLAINT_DECISION_SUSPEND, suspend);
    if (status == COMPLAINT_OK) status = apply(m, COMPLAINT_DECISION_ADD, add_decided);
    if (status == COMPLAINT_OK) status = apply(m, COMPLAINT_DECISION_PAY, pay_back);
    if (status == COMPLAINT_OK) status = apply(m, 0, change_feasts);
    if (status == COMPLAINT_OK) qsort(m->feasts, m->feast_count, sizeof *m->feasts, by_day);
    return status;
}

/* ---- substitution --------------------------------------------------------------------------------------------------- */

static bool is_rest(const maker *m, int32_t day) { return !m->data->week[cpl_date_weekday(day)]; }

static complaint_status mark_taken(maker *m) {
    m->taken_from = m->first_day - 366 - MARGIN;
    m->taken_end = m->end_day + 366 + 2 * MARGIN;
    m->taken = cpl_arena_alloc(m->scratch, (size_t)(m->taken_end - m->taken_from) * sizeof *m->taken);
    if (!m->taken) return no_memory(m->e);
    for (int32_t day = m->taken_from; day < m->taken_end; ++day) m->taken[day - m->taken_from] = is_rest(m, day);
    for (size_t i = 0; i < m->feast_count; ++i) {
        const feast *f = &m->feasts[i];
        if (!f->suspended && !f->area && !f->over && f->day >= m->taken_from && f->day < m->taken_end) m->taken[f->day - m->taken_from] = true;
    }
    return COMPLAINT_OK;
}

static bool earns(const maker *m, const feast *f) { return !gone(f) && (f->kind == COMPLAINT_HOLIDAY_FIXED || f->kind == COMPLAINT_HOLIDAY_LUNAR) && is_rest(m, f->day); }

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
    m->substitutes[m->substitute_count] = (substitute){.day = day, .source = source};
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

static void change_substitute(maker *m, size_t i) {
    const cpl_decision *d = &m->data->decisions[i];
    for (substitute *s = m->substitutes; s < m->substitutes + m->substitute_count; ++s) {
        if (s->day != d->day || s->removed || s->since > i) continue;
        m->matched[i] = true;
        s->since = i + 1;
        s->source = d->source;
        if (d->what == COMPLAINT_DECISION_MOVE)
            s->day = d->other;
        else
            s->removed = true;
    }
}

static complaint_status change_substitutes(maker *m, size_t i) {
    const cpl_decision *d = &m->data->decisions[i];
    if (d->what != COMPLAINT_DECISION_MOVE && d->what != COMPLAINT_DECISION_REMOVE && d->what != COMPLAINT_DECISION_OVERRIDE) return COMPLAINT_OK;
    change_substitute(m, i);
    if (m->matched[i] || d->what == COMPLAINT_DECISION_OVERRIDE || !covered(m, d->day)) return COMPLAINT_OK;
    if (d->what == COMPLAINT_DECISION_REMOVE) return cpl_holiday_refuse(m->e, d->place, "ไม่มีวันหยุดในวันนั้นให้ยกเลิก", "there is no holiday on that day to remove");
    return cpl_holiday_refuse(m->e, d->place, "ไม่มีวันหยุดในวันนั้นให้ย้าย", "there is no holiday or substitute on that day to move");
}

static complaint_status substitute_all(maker *m) {
    complaint_status status = mark_taken(m);
    if (status != COMPLAINT_OK) return status;
    for (size_t i = 0; i < m->feast_count; ++i) {
        if (!m->feasts[i].grouped) substitute_run(m, &m->feasts[i]);
    }
    return apply(m, 0, change_substitutes);
}

/* ---- names ---------------------------------------------------------------------------------------------------------- */

bool cpl_holiday_join(cpl_arena *a, const cpl_str *parts, size_t count, cpl_str *text) {
    size_t size = 0;
    for (size_t i = 0; i < count; ++i) size += parts[i].n;
    char *p = cpl_arena_alloc(a, size + 1);
    if (!p) return false;
    *text = (cpl_str){p, size};
    for (size_t i = 0; i < count; p += parts[i++].n) {
        if (parts[i].n) memcpy(p, parts[i].p, parts[i].n);
    }
    return true;
}

/* `วันหยุดชดเชยวันสิ้นปีและวันขึ้นปีใหม่`, `New Year's Eve (in lieu); New Year's Day (in lieu)`. */
static bool in_lieu(cpl_arena *a, const cpl_str *thai, const cpl_str *english, size_t count, cpl_str *thai_name, cpl_str *english_name) {
    cpl_str t[2 * NAMES_MAX], e[3 * NAMES_MAX];
    size_t tn = 0, en = 0;
    for (size_t i = 0; i < count && i < NAMES_MAX; ++i) {
        t[tn++] = i ? CPL_LIT("และ") : CPL_LIT("วันหยุดชดเชย");
        t[tn++] = thai[i];
        if (i) e[en++] = CPL_LIT("; ");
        e[en++] = english[i];
        e[en++] = CPL_LIT(" (in lieu)");
    }
    return cpl_holiday_join(a, t, tn, thai_name) && cpl_holiday_join(a, e, en, english_name);
}

static bool is_new(const cpl_str *names, size_t count, cpl_str name) {
    for (size_t i = 0; i < count; ++i) {
        if (cpl_str_eq(names[i], name)) return false;
    }
    return count < NAMES_MAX;
}

static bool name_substitute(maker *m, const substitute *s, feast *f) {
    cpl_str thai[NAMES_MAX], english[NAMES_MAX];
    size_t count = 0;
    for (const feast *g = s->first; g; g = g->next) {
        if (!is_new(english, count, g->english)) continue;
        thai[count] = g->thai;
        english[count++] = g->english;
    }
    return in_lieu(m->scratch, thai, english, count, &f->thai, &f->english);
}

/* For what each substitute is, in order of date. */
static void chain_substitutes(maker *m) {
    for (feast *f = m->feasts; f < m->feasts + m->feast_count; ++f) {
        if (f->substitute == NO_SUBSTITUTE) continue;
        substitute *s = &m->substitutes[f->substitute];
        if (s->last)
            s->last->next = f;
        else
            s->first = f;
        s->last = f;
    }
}

/* ---- the list ------------------------------------------------------------------------------------------------------- */

/* The substitutes join the feasts. */
static complaint_status add_substitutes(maker *m) {
    size_t old = m->feast_count, count = old;
    feast *all = cpl_arena_alloc(m->scratch, (old + m->substitute_count) * sizeof *all);
    if (!all) return no_memory(m->e);
    chain_substitutes(m);
    memcpy(all, m->feasts, old * sizeof *all);
    for (size_t i = 0; i < m->substitute_count; ++i) {
        const substitute *s = &m->substitutes[i];
        feast f = {.day = s->day, .kind = COMPLAINT_HOLIDAY_SUBSTITUTION, .source = s->source, .substitute = NO_SUBSTITUTE, .order = old + i};
        if (s->removed) continue;
        if (!name_substitute(m, s, &f)) return no_memory(m->e);
        all[count++] = f;
    }
    m->feasts = all;
    m->feast_count = count;
    qsort(m->feasts, m->feast_count, sizeof *m->feasts, by_day);
    return COMPLAINT_OK;
}

/* Of several on one day the first national one gives kind and scope; a day for some provinces only stands alone. NULL: none is left. */
static const feast *leader(const feast *first, const feast *end) {
    const feast *local = NULL;
    for (const feast *f = first; f < end; ++f) {
        if (gone(f)) continue;
        if (!f->area) return f;
        if (!local) local = f;
    }
    return local;
}

/* What a part of the holidays of one day have to say, joined by `separator`. */
static bool join_names(maker *m, const feast *first, const feast *end, bool english, const char **name) {
    cpl_str parts[2 * NAMES_MAX], text;
    size_t n = 0;
    for (const feast *f = first; f < end && n + 2 <= sizeof parts / sizeof parts[0]; ++f) {
        if (gone(f)) continue;
        if (n) parts[n++] = CPL_LIT("; ");
        parts[n++] = english ? f->english : f->thai;
    }
    if (!cpl_holiday_join(m->keep, parts, n, &text)) return false;
    *name = text.p;
    return true;
}

/* `national`, `area:TH-10,TH-12`. */
static bool make_scope(maker *m, const feast *first, const feast *end, bool national, cpl_holiday *h) {
    static const char head[] = "area:";
    size_t size = sizeof head, at = sizeof head - 1;
    h->scope = "national";
    if (national) return true;
    for (const feast *f = first; f < end; ++f) size += f->area ? f->area->provinces.n + 1 : 0;
    char *p = cpl_arena_alloc(m->keep, size);
    if (!p) return false;
    memcpy(p, head, sizeof head);
    for (const feast *f = first; f < end; ++f) {
        if (gone(f) || !f->area || f->area->provinces.n == 0) continue;
        if (at >= sizeof head) p[at++] = ',';
        for (size_t i = 0; i < f->area->provinces.n; ++i) p[at++] = f->area->provinces.p[i] == ' ' ? ',' : f->area->provinces.p[i];
    }
    h->scope = p;
    return true;
}

static bool make_source(cpl_arena *a, cpl_source source, const char **text) {
    const cpl_str parts[] = {source.confidence, CPL_LIT(": "), source.text};
    cpl_str joined;
    if (!cpl_holiday_join(a, parts, 3, &joined)) return false;
    *text = joined.p;
    return true;
}

static bool has_province(const cpl_area *area, cpl_str province) {
    for (size_t at = 0; province.n && at + province.n <= area->provinces.n; ++at) {
        if (memcmp(area->provinces.p + at, province.p, province.n) == 0) return true;
    }
    return false;
}

static const cpl_year *year_of(const maker *m, int32_t day) { return &m->data->years[cpl_date_thai(day).year - m->data->years[0].be]; }

static bool make_holiday(maker *m, const feast *f, const feast *first, const feast *end, cpl_holiday *h) {
    const cpl_year *year = year_of(m, f->day);
    /* What a rule predicts is as sure as its year. */
    bool by_rule = f->kind != COMPLAINT_HOLIDAY_SPECIAL && f->kind != COMPLAINT_HOLIDAY_PLOUGHING;
    cpl_source source = by_rule && year->status == COMPLAINT_PREDICTED ? year->source : f->source;
    *h = (cpl_holiday){.day = f->day, .kind = f->kind, .status = year->status, .closed = !f->area, .complete = true, .at_rest = !m->data->open_weekday[cpl_date_weekday(f->day)]};
    for (const feast *g = first; f->area && g < end; ++g) {
        if (gone(g) || !g->area) continue;
        h->closed = h->closed || has_province(g->area, m->data->province);
        h->complete = h->complete && g->area->complete;
    }
    return join_names(m, first, end, false, &h->thai) && join_names(m, first, end, true, &h->english) && make_scope(m, first, end, !f->area, h) &&
           make_source(m->keep, source, &h->source);
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
        const feast *first = covered(m, f->day) ? leader(f, end) : NULL;
        if (first && !make_holiday(m, first, f, end, &found[n++])) return no_memory(m->e);
    }
    *holidays = found;
    *count = n;
    return COMPLAINT_OK;
}

static cpl_holiday *find_holiday(cpl_holiday *holidays, size_t count, int32_t day) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (holidays[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && holidays[low].day == day ? &holidays[low] : NULL;
}

/* `confidence` lines replace the source of a day that a rule yields. */
static complaint_status set_confidence(maker *m, cpl_holiday *holidays, size_t count) {
    for (size_t i = 0; i < m->data->decision_count; ++i) {
        const cpl_decision *d = &m->data->decisions[i];
        if (d->what != CPL_DECISION_CONFIDENCE || d->withdrawn || !covered(m, d->day)) continue;
        cpl_holiday *h = find_holiday(holidays, count, d->day);
        if (!h) return cpl_holiday_refuse(m->e, d->place, "วันนี้ไม่ใช่วันหยุด", "that day is no holiday");
        if (!make_source(m->keep, d->source, &h->source)) return no_memory(m->e);
    }
    return COMPLAINT_OK;
}

complaint_status cpl_holiday_list(const cpl_holiday_data *data, cpl_arena *scratch, cpl_arena *keep, cpl_holiday **holidays, size_t *count, complaint_error *e) {
    maker m = {.data = data, .scratch = scratch, .keep = keep, .e = e};
    cpl_holiday *found = NULL;
    size_t n = 0;
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

/* ---- what was decided ----------------------------------------------------------------------------------------------- */

static int by_decided_day(const void *a, const void *b) {
    const cpl_decided *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return x->what < y->what ? -1 : x->what > y->what;
}

static bool keep_text(cpl_arena *a, cpl_str text, const char **kept) {
    cpl_str copy;
    if (!cpl_arena_str(a, text, &copy)) return false;
    *kept = copy.p;
    return true;
}

static bool make_decided(cpl_arena *keep, const cpl_decision *d, cpl_decided *one) {
    *one = (cpl_decided){.what = d->what, .day = d->day, .other = d->other, .thai = "", .english = ""};
    if (d->thai.n && !keep_text(keep, d->thai, &one->thai)) return false;
    if (d->english.n && !keep_text(keep, d->english, &one->english)) return false;
    if (d->withdrawn && !make_source(keep, d->withdrawal, &one->withdrawal)) return false;
    return make_source(keep, d->source, &one->source);
}

/* The date on which a yearly holiday is for the first time, or was not for the first time. */
static bool make_change(cpl_arena *keep, const cpl_rule *rule, int32_t what, int32_t year, cpl_decided *one) {
    cpl_date d = {year - 543, rule->feast ? 1 : rule->month, rule->feast ? 1 : rule->day};
    *one = (cpl_decided){.what = what, .day = cpl_date_raw(d)};
    one->other = one->day;
    return keep_text(keep, rule->thai, &one->thai) && keep_text(keep, rule->english, &one->english) && make_source(keep, rule->source, &one->source);
}

static bool add_change(const cpl_holiday_data *data, cpl_arena *keep, const cpl_rule *rule, int32_t what, int32_t year, cpl_decided *list, size_t *n) {
    int32_t first = data->years[0].be;
    if (year <= first || year >= first + (int32_t)data->year_count) return true;
    return make_change(keep, rule, what, year, &list[(*n)++]);
}

complaint_status cpl_holiday_decisions(const cpl_holiday_data *data, cpl_arena *keep, cpl_decided **decisions, size_t *count, complaint_error *e) {
    size_t n = 0;
    bool good = true;
    cpl_decided *decided = cpl_arena_alloc(keep, (data->decision_count + 2 * data->rule_count) * sizeof *decided);
    if (!decided) return no_memory(e);
    for (size_t i = 0; good && i < data->decision_count; ++i) {
        const cpl_decision *d = &data->decisions[i];
        int32_t year = cpl_date_gregorian(d->day).year + 543 - data->years[0].be;
        bool shown = d->what != CPL_DECISION_CONFIDENCE && year >= 0 && year < (int32_t)data->year_count;
        if (shown) good = make_decided(keep, d, &decided[n++]);
    }
    for (size_t i = 0; good && i < data->rule_count; ++i) {
        const cpl_rule *rule = &data->rules[i];
        good =
            add_change(data, keep, rule, COMPLAINT_DECISION_INTRODUCE, rule->first, decided, &n) && add_change(data, keep, rule, COMPLAINT_DECISION_ABOLISH, rule->last + 1, decided, &n);
    }
    if (!good) return no_memory(e);
    if (n) qsort(decided, n, sizeof *decided, by_decided_day);
    *decisions = decided;
    *count = n;
    return COMPLAINT_OK;
}
