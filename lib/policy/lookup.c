/*
 * policy/lookup: codes to places in the policy's tables.
 *
 * Owns: the search. Must not know: what is found. Tables are short (tens of entries), so a walk is enough.
 */
#include "policy/parts.h"

/* Every table but actions and guards has entries that begin with their id. */
static int find(const void *items, size_t count, size_t size, cpl_str id) {
    for (size_t i = 0; i < count; i++)
        if (cpl_str_eq(*(const cpl_str *)((const char *)items + i * size), id)) return (int)i;
    return -1;
}

int cpl_policy_role(const complaint_policy *p, cpl_str id) { return find(p->roles, p->role_count, sizeof *p->roles, id); }

int cpl_policy_channel(const complaint_policy *p, cpl_str id) { return find(p->channels, p->channel_count, sizeof *p->channels, id); }

bool cpl_policy_carries_answers(const complaint_policy *p, cpl_str channel) {
    int at = cpl_policy_channel(p, channel);
    return at >= 0 && p->channels[at].reply;
}

int cpl_policy_origin(const complaint_policy *p, cpl_str id) { return find(p->origins, p->origin_count, sizeof *p->origins, id); }

int cpl_policy_nature(const complaint_policy *p, cpl_str id) { return find(p->natures, p->nature_count, sizeof *p->natures, id); }

int cpl_policy_class(const complaint_policy *p, cpl_str id) { return find(p->classes, p->class_count, sizeof *p->classes, id); }

int cpl_policy_flag(const complaint_policy *p, cpl_str id) { return find(p->flags, p->flag_count, sizeof *p->flags, id); }

int cpl_policy_unit(const complaint_policy *p, cpl_str id) { return find(p->units, p->unit_count, sizeof *p->units, id); }

int cpl_policy_state(const complaint_policy *p, cpl_str id) { return find(p->states, p->state_count, sizeof *p->states, id); }

int cpl_policy_field(const complaint_policy *p, cpl_str id) { return find(p->fields, p->field_count, sizeof *p->fields, id); }

int cpl_policy_notice(const complaint_policy *p, cpl_str id) { return find(p->notices, p->notice_count, sizeof *p->notices, id); }

int cpl_policy_text(const complaint_policy *p, cpl_str id) { return find(p->texts, p->text_count, sizeof *p->texts, id); }

int cpl_policy_clock(const complaint_policy *p, cpl_str id) { return find(p->clocks, p->clock_count, sizeof *p->clocks, id); }

#define TABLE(list, n) ((cpl_code_table){(list), (n), sizeof *(list)})
cpl_code_table cpl_policy_codes(const complaint_policy *p, const cpl_field *field) {
    switch (field->type) {
    case CPL_FIELD_CLASS: return TABLE(p->classes, p->class_count);
    case CPL_FIELD_NATURE: return TABLE(p->natures, p->nature_count);
    case CPL_FIELD_FLAG: return TABLE(p->flags, p->flag_count);
    case CPL_FIELD_UNIT:
    case CPL_FIELD_UNITS: return TABLE(p->units, p->unit_count);
    case CPL_FIELD_CHANNEL: return TABLE(p->channels, p->channel_count);
    case CPL_FIELD_ORIGIN: return TABLE(p->origins, p->origin_count);
    case CPL_FIELD_ROLE: return TABLE(p->roles, p->role_count);
    default: return TABLE(field->choices, field->choice_count);
    }
}

bool cpl_code_table_has(const cpl_code_table *t, cpl_str code) { return find(t->entries, t->count, t->size, code) >= 0; }

int cpl_policy_guard(const complaint_policy *p, cpl_str id) {
    for (size_t i = 0; i < p->guard_count; i++)
        if (cpl_str_eq(p->guards[i].id, id)) return (int)i;
    return -1;
}

const cpl_guard *cpl_policy_guard_of(const complaint_policy *p, cpl_guard_kind kind) {
    for (size_t i = 0; i < p->guard_count; i++)
        if (p->guards[i].kind == kind) return &p->guards[i];
    return NULL;
}

const cpl_guard *cpl_policy_guarded(const complaint_policy *p, const cpl_action *a, cpl_guard_kind kind) {
    for (size_t i = 0; i < a->guard_count; i++)
        if (p->guards[a->guards[i]].kind == kind) return &p->guards[a->guards[i]];
    return NULL;
}

int64_t cpl_policy_attempts(const complaint_policy *p) {
    const cpl_guard *told = cpl_policy_guard_of(p, CPL_GUARD_TOLD_BEFORE_CLOSE);
    return told ? told->attempts : 0;
}

int32_t cpl_policy_unsure_below(const complaint_policy *p) { return p ? (int32_t)p->unsure_below : CPL_UNSURE_BELOW; }

const char *cpl_about_name(cpl_about about) {
    static const char *const names[] = {"case", "message", "day"};
    return names[about];
}

const cpl_action *cpl_policy_action(const complaint_policy *p, int32_t kind) {
    for (size_t i = 0; i < p->action_count; i++)
        if (p->actions[i].kind == kind) return &p->actions[i];
    return NULL;
}

int cpl_policy_target(const cpl_action *a, int state) { return a->to_from && state >= 0 ? a->to_from[state] : a->to; }

bool cpl_action_keeps(const cpl_action *a, int64_t flags, int class_at) { return (a->stay_flags & flags) || (class_at >= 0 && class_at < 64 && (a->stay_classes >> class_at & 1)); }

static size_t add_clause(cpl_source_words *w, size_t used, cpl_str clause) {
    if (cpl_str_is(clause, "ours")) clause = CPL_LIT("กำหนดเอง");
    size_t gap = used ? 2 : 0;
    if (used + gap + clause.n >= sizeof w->thai) return used;
    memcpy(w->thai + used, ", ", gap);
    if (clause.n) memcpy(w->thai + used + gap, clause.p, clause.n);
    return used + gap + clause.n;
}

/* Several clauses stand one behind the other, with commas between them. */
cpl_source_words cpl_policy_source(cpl_str source) {
    cpl_source_words w = {.thai = ""};
    for (size_t at = 0, used = 0; at < source.n;) {
        const char *comma = memchr(source.p + at, ',', source.n - at);
        size_t end = comma ? (size_t)(comma - source.p) : source.n;
        used = add_clause(&w, used, (cpl_str){source.p + at, end - at});
        at = end + 1;
        while (at < source.n && source.p[at] == ' ') at++;
    }
    return w;
}

const cpl_round *cpl_policy_round(const complaint_policy *p, int32_t last_month) {
    for (size_t i = 0; i < p->round_count; i++)
        if (p->rounds[i].last == last_month) return &p->rounds[i];
    return NULL;
}

bool cpl_notice_goes_to(const cpl_notice_def *notice, int to) {
    for (size_t i = 0; i < notice->to_count; i++)
        if (notice->to[i] == to) return true;
    return false;
}

bool cpl_clock_sends(const cpl_clock_def *clock, int notice) {
    for (size_t i = 0; i < clock->warning_count; i++)
        for (size_t k = 0; k < clock->warnings[i].notice_count; k++)
            if (clock->warnings[i].notices[k] == notice) return true;
    return false;
}

bool cpl_clocks_send(const complaint_policy *p, int notice) {
    for (size_t i = 0; i < p->clock_count; i++)
        if (cpl_clock_sends(&p->clocks[i], notice)) return true;
    return false;
}

const char *cpl_trigger_choice(int32_t kind) { return kind == CPL_EV_SET_ASIDE ? "aside" : kind == CPL_EV_CONSIDER ? "decision" : NULL; }

bool cpl_trigger_hits(const cpl_trigger *list, size_t count, int32_t kind, cpl_str qualifier) {
    for (size_t i = 0; i < count; i++)
        if (list[i].kind == kind && (list[i].qualifier.n == 0 || cpl_str_eq(list[i].qualifier, qualifier))) return true;
    return false;
}
