/*
 * process/project: case → rows.
 *
 * Owns: which projected row says what, and the difference between two states of a case. Must not know: what happened in between.
 */
#include "process/process.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void cpl_project_case(const cpl_case *c, complaint_value *v) {
    int n = 0;
    v[n++] = cpl_int(c->id);
    v[n++] = cpl_int(c->version);
    v[n++] = cpl_int(c->revision);
    v[n++] = cpl_int(c->cycle);
    v[n++] = cpl_txt(c->state);
    v[n++] = cpl_txt(c->phase);
    v[n++] = cpl_txt(c->class_code);
    v[n++] = cpl_txt(c->nature);
    v[n++] = cpl_int(c->flags);
    v[n++] = cpl_txt(c->channel);
    v[n++] = cpl_int(c->fiscal_year);
    v[n++] = cpl_int(c->number);
    v[n++] = cpl_int(c->received_at);
    v[n++] = cpl_int(c->entered_at);
    v[n++] = cpl_int(c->registered_at);
    v[n++] = cpl_int(c->acknowledged_at);
    v[n++] = cpl_int(c->considered_at);
    v[n++] = cpl_int(c->forwarded_at);
    v[n++] = cpl_int(c->resulted_at);
    v[n++] = cpl_int(c->told_at);
    v[n++] = cpl_int(c->closed_at);
    v[n++] = cpl_int(cpl_case_due(c));
    v[n++] = cpl_txt(c->lead_unit);
    v[n++] = cpl_txt(c->assignee);
    v[n++] = cpl_blob(c->head, sizeof c->head);
    v[n++] = cpl_txt(c->origin);
    v[n++] = cpl_int((int64_t)c->blind_count);
    v[n++] = cpl_txt(c->legacy_number);
    v[n] = cpl_txt(c->legacy_key);
}

/* The reverse, in the same order; clocks and who must not know are not in the row. */
void cpl_case_of_row(const complaint_value *v, cpl_case *c) {
    cpl_case_init(c, NULL, v[0].integer);
    int64_t *const first[] = {&c->version, &c->revision, &c->cycle}, *const times[] = {&c->fiscal_year, &c->number, &c->received_at, &c->entered_at, &c->registered_at, &c->acknowledged_at, &c->considered_at, &c->forwarded_at, &c->resulted_at, &c->told_at, &c->closed_at};
    cpl_str *const texts[] = {&c->state, &c->phase, &c->class_code, &c->nature};
    int n = 1;
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) *first[i] = v[n++].integer;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) *texts[i] = cpl_value_str(&v[n++]);
    c->flags = v[n++].integer;
    c->channel = cpl_value_str(&v[n++]);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) *times[i] = v[n++].integer;
    n++; /* due_at follows from the clocks */
    c->lead_unit = cpl_value_str(&v[n++]);
    c->assignee = cpl_value_str(&v[n++]);
    if (v[n].size == sizeof c->head) memcpy(c->head, v[n].data, sizeof c->head);
    c->origin = cpl_value_str(&v[n + 1]);
    c->legacy_number = cpl_value_str(&v[n + 3]);
    c->legacy_key = cpl_value_str(&v[n + 4]);
}

void cpl_project_clock(const cpl_case *c, const cpl_case_clock *k, complaint_value *v) {
    int n = 0;
    v[n++] = cpl_int(c->id);
    v[n++] = cpl_int(k->seq);
    v[n++] = cpl_int(k->version);
    v[n++] = cpl_txt(k->rule);
    v[n++] = cpl_int(k->cycle);
    v[n++] = cpl_txt(cpl_str_of(cpl_clock_state_names[k->state]));
    v[n++] = cpl_int(k->started_at);
    v[n++] = cpl_int(k->nominal_at);
    v[n++] = cpl_int(k->due_at);
    v[n++] = cpl_int(k->stopped_at);
    v[n++] = cpl_int(k->late_ms);
    v[n++] = cpl_int(k->referral);
    v[n++] = cpl_int(k->length);
    v[n++] = cpl_int(k->wake_at);
    v[n++] = cpl_int(k->warned);
    v[n++] = cpl_int((int64_t)k->extension_count);
    v[n++] = cpl_int((int64_t)k->pause_count);
    v[n] = cpl_int(k->interim);
}

void cpl_project_referral(const cpl_case *c, const cpl_referral *r, complaint_value *v) {
    int n = 0;
    v[n++] = cpl_int(c->id);
    v[n++] = cpl_int(r->seq);
    v[n++] = cpl_int(r->version);
    v[n++] = cpl_txt(r->kind);
    v[n++] = cpl_txt(r->unit);
    v[n++] = cpl_int(r->lead);
    v[n++] = cpl_txt(r->state);
    v[n++] = cpl_int(r->sent_at);
    v[n++] = cpl_int(r->accepted_at);
    v[n++] = cpl_int(r->resulted_at);
    v[n++] = cpl_txt(r->outcome);
    v[n] = cpl_int(r->interim_at);
}

/* ---- differences ---------------------------------------------------------------------------------------------------- */

enum { MAX_COLUMNS = 32 };

/* `keys` and `columns` count without the office; the expected version is the old row's. */
static void update_row(cpl_batch *b, cpl_str office, int32_t table, int32_t keys, int32_t columns, int64_t expected, const complaint_value *before, const complaint_value *after) {
    int32_t changed[MAX_COLUMNS];
    complaint_value values[MAX_COLUMNS];
    int32_t n = 0;
    for (int32_t i = keys; i < columns; i++) {
        if (cpl_value_same(&before[i], &after[i])) continue;
        changed[n] = i + 1;
        values[n++] = after[i];
    }
    cpl_batch_update(b, office, table, after, keys, expected, changed, values, n);
}

enum { CASE_COLUMNS = 29, HEAD = 24, CLOCK_COLUMNS = 18, REFERRAL_COLUMNS = 12 };

static void diff_case(cpl_batch *b, cpl_str office, const cpl_case *before, const cpl_case *after) {
    complaint_value old[CASE_COLUMNS], new[CASE_COLUMNS];
    uint8_t *head = cpl_arena_alloc(b->arena, sizeof after->head); /* the row has to outlive the case */
    if (!head) {
        b->failed = true;
        return;
    }
    memcpy(head, after->head, sizeof after->head);
    cpl_project_case(after, new);
    new[HEAD].data = head;
    if (before->version == 0) {
        cpl_batch_insert(b, office, CPL_CASE, new, CASE_COLUMNS);
        return;
    }
    cpl_project_case(before, old);
    update_row(b, office, CPL_CASE, 1, CASE_COLUMNS, before->version, old, new);
}

static void diff_clocks(cpl_batch *b, cpl_str office, const cpl_case *before, const cpl_case *after) {
    complaint_value old[CLOCK_COLUMNS], new[CLOCK_COLUMNS];
    for (size_t i = 0; i < after->clock_count; i++) {
        cpl_project_clock(after, &after->clocks[i], new);
        if (i >= before->clock_count) {
            cpl_batch_insert(b, office, CPL_CLOCK, new, CLOCK_COLUMNS);
        } else if (before->clocks[i].version != after->clocks[i].version) {
            cpl_project_clock(before, &before->clocks[i], old);
            update_row(b, office, CPL_CLOCK, 2, CLOCK_COLUMNS, before->clocks[i].version, old, new);
        }
    }
}

static void diff_referrals(cpl_batch *b, cpl_str office, const cpl_case *before, const cpl_case *after) {
    complaint_value old[REFERRAL_COLUMNS], new[REFERRAL_COLUMNS];
    for (size_t i = 0; i < after->referral_count; i++) {
        cpl_project_referral(after, &after->referrals[i], new);
        if (i >= before->referral_count) {
            cpl_batch_insert(b, office, CPL_REFERRAL, new, REFERRAL_COLUMNS);
        } else if (before->referrals[i].version != after->referrals[i].version) {
            cpl_project_referral(before, &before->referrals[i], old);
            update_row(b, office, CPL_REFERRAL, 2, REFERRAL_COLUMNS, before->referrals[i].version, old, new);
        }
    }
}

enum { PARTY_COLUMNS = 9 };

/* Names and addresses lie in the rows only: who changes them has the text, which is empty when there is none any more; a number stands for what stays. */
static complaint_value text_said(cpl_str text) { return text.p ? cpl_blob(text.p, text.n) : cpl_int(0); }

static void project_party(const cpl_case *c, const cpl_party *p, const cpl_party_texts *texts, complaint_value *v) {
    const cpl_party_texts unsaid = {0}, *said = texts && texts->seq == p->seq ? texts : &unsaid;
    int n = 0;
    v[n++] = cpl_int(c->id);
    v[n++] = cpl_int(p->seq);
    v[n++] = cpl_int(p->version);
    v[n++] = cpl_txt(p->part);
    v[n++] = cpl_txt(p->identity);
    v[n++] = cpl_txt(p->channel);
    v[n++] = text_said(said->name);
    v[n++] = text_said(said->address);
    v[n] = cpl_txt(p->state);
}

/* New parties are written beside their event. */
static void diff_parties(cpl_batch *b, cpl_str office, const cpl_case *before, const cpl_case *after, const cpl_party_texts *texts) {
    complaint_value old[PARTY_COLUMNS], new[PARTY_COLUMNS];
    for (size_t i = 0; i < before->party_count; i++) {
        if (before->parties[i].version == after->parties[i].version) continue;
        project_party(before, &before->parties[i], NULL, old);
        project_party(after, &after->parties[i], texts, new);
        update_row(b, office, CPL_PARTY, 2, PARTY_COLUMNS, before->parties[i].version, old, new);
    }
}

/* ---- counters ---------------------------------------------------------------------------------------------------------- */

static int64_t period_of(int64_t instant) {
    cpl_date d = cpl_date_gregorian(cpl_instant_day(instant));
    return (int64_t)d.year * 100 + d.month;
}

static void count_at(cpl_count *to, const cpl_case *c, const char *figure, int64_t instant) {
    *to = (cpl_count){.figure = figure, .period = period_of(instant)};
    size_t n = c->class_code.n;
    memcpy(to->dimension, c->class_code.p, n);
    to->dimension[n++] = '/';
    memcpy(to->dimension + n, c->channel.p, c->channel.n);
    n += c->channel.n;
    to->dimension[n] = '\0';
    if (c->flags) (void)snprintf(to->dimension + n, sizeof to->dimension - n, "/%" PRId64, c->flags);
}

size_t cpl_case_counts(const cpl_case *c, cpl_count counts[CPL_COUNTS]) {
    size_t n = 0;
    if (c->version == 0 || c->class_code.n > CPL_ID_MAX || c->channel.n > CPL_ID_MAX) return 0;
    count_at(&counts[n++], c, "received", c->received_at);
    if (c->closed_at) count_at(&counts[n++], c, "closed", c->closed_at);
    return n;
}

static bool same_count(const cpl_count *a, const cpl_count *b) { return a->period == b->period && strcmp(a->figure, b->figure) == 0 && strcmp(a->dimension, b->dimension) == 0; }

static bool holds(const cpl_count *list, size_t n, const cpl_count *one) {
    for (size_t i = 0; i < n; i++)
        if (same_count(&list[i], one)) return true;
    return false;
}

static void add_missing(cpl_batch *b, cpl_str office, const cpl_count *list, size_t n, const cpl_count *other, size_t other_n, int64_t amount) {
    enum { AMOUNT_COLUMN = 4 };
    for (size_t i = 0; i < n; i++) {
        if (holds(other, other_n, &list[i])) continue;
        char *dimension = cpl_arena_alloc(b->arena, sizeof list[i].dimension);
        if (!dimension) {
            b->failed = true;
            return;
        }
        memcpy(dimension, list[i].dimension, sizeof list[i].dimension);
        complaint_value key[] = {cpl_txt(cpl_str_of(list[i].figure)), cpl_int(list[i].period), cpl_txt(cpl_str_of(dimension))};
        cpl_batch_add(b, office, CPL_COUNTER, key, 3, AMOUNT_COLUMN, amount);
    }
}

static void diff_counts(cpl_batch *b, cpl_str office, const cpl_case *before, const cpl_case *after) {
    cpl_count old[CPL_COUNTS], new[CPL_COUNTS];
    size_t old_n = cpl_case_counts(before, old), new_n = cpl_case_counts(after, new);
    add_missing(b, office, old, old_n, new, new_n, -1);
    add_missing(b, office, new, new_n, old, old_n, 1);
}

void cpl_project(cpl_batch *b, cpl_str office, const cpl_case *before, const cpl_case *after, const cpl_party_texts *texts) {
    diff_case(b, office, before, after);
    diff_clocks(b, office, before, after);
    diff_referrals(b, office, before, after);
    diff_parties(b, office, before, after, texts);
    diff_counts(b, office, before, after);
}
