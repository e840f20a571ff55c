/*
 * policy/parse_reports: when the office reports, and in which groups it counts its cases.
 *
 * Owns: `reports`. Must not know: figures, counters.
 */
#include "policy/parts.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* ---- rounds ---- */

static complaint_status take_days(cpl_reading *r, const cpl_json *v, void *out) {
    int64_t days = 0;
    complaint_status s = cpl_take_int(r, v, &days);
    if (s == COMPLAINT_OK) s = cpl_need_range(r, v, CPL_FAULT_RANGE, 0, 366);
    if (s == COMPLAINT_OK) *(int32_t *)out = (int32_t)days;
    return s;
}

static complaint_status take_month(cpl_reading *r, const cpl_json *v, void *out) {
    int64_t month = 0;
    complaint_status s = cpl_take_int(r, v, &month);
    if (s == COMPLAINT_OK) s = cpl_need_range(r, v, CPL_FAULT_RANGE, 1, 12);
    if (s == COMPLAINT_OK) *(int32_t *)out = (int32_t)month;
    return s;
}

/* A round is asked for by its last month, so no two have the same. */
static complaint_status check_round(cpl_reading *r, const cpl_json *v, const cpl_round *rounds, size_t i) {
    if (cpl_is_faulty(r, v)) return COMPLAINT_OK;
    if (rounds[i].first > rounds[i].last) return cpl_need_range(r, cpl_json_get(v, "last_month"), CPL_FAULT_RANGE, rounds[i].first, 12);
    for (size_t k = 0; k < i; k++)
        if (rounds[k].last == rounds[i].last) return cpl_policy_fault(r, cpl_json_get(v, "last_month"), CPL_FAULT_ROUND_TWICE, rounds[k].code.id, NULL);
    return COMPLAINT_OK;
}

static complaint_status take_rounds(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_round, code.id),       CPL_MUST("label", cpl_take_label, cpl_round, code.label),
        CPL_MAY("first_month", take_month, cpl_round, first),  CPL_MUST("last_month", take_month, cpl_round, last),
        CPL_MAY("cut_off_days", take_days, cpl_round, cut_off), CPL_MUST("due_days", take_days, cpl_round, due),
        CPL_MUST("source", cpl_take_string, cpl_round, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_round);
    static const cpl_round start = {.first = 1}; /* from the beginning of the year: cumulative */
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, &start, 12, &list);
    for (size_t i = 0; cpl_goes_on(r, s) && i < list.count; i++) s = cpl_both(s, check_round(r, cpl_json_at(v, i), list.items, i));
    p->rounds = list.items;
    p->round_count = list.count;
    return s;
}

/* ---- groups ---- */

static complaint_status take_flags(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_indexes(r, v, cpl_policy_flag, CPL_FAULT_FLAG, &list);
    for (size_t i = 0; s == COMPLAINT_OK && i < list.count; i++) *(int64_t *)out |= r->p->flags[((const int *)list.items)[i]].bit;
    return s;
}

static complaint_status take_unless(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {CPL_MAY("flags", take_flags, cpl_group, without), CPL_MAY("classes", cpl_take_later, cpl_group, code)};
    static const cpl_shape shape = CPL_SHAPE(members, cpl_group);
    complaint_status s = cpl_take_object(r, v, &shape, out);
    return s == COMPLAINT_OK && cpl_json_count(v) == 0 ? cpl_policy_fault(r, v, CPL_FAULT_NOTHING_NAMED, CPL_LIT("unless"), "flags, classes") : s;
}

/* Sets what the list names, each class with its sub-classes, to `value`. */
static complaint_status mark_classes(cpl_reading *r, const cpl_json *v, bool *classes, bool value) {
    cpl_list list = {NULL, 0};
    if (!v) return COMPLAINT_OK;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_indexes(r, v, cpl_policy_class, CPL_FAULT_CLASS, &list);
    for (size_t i = 0; s == COMPLAINT_OK && i < list.count; i++)
        for (size_t k = 0; k < r->p->class_count; k++)
            if ((int)k == ((const int *)list.items)[i] || r->p->classes[k].parent == ((const int *)list.items)[i]) classes[k] = value;
    return s;
}

/* What has no class yet belongs to a group that asks for none. */
static complaint_status take_classes(cpl_reading *r, const cpl_json *v, cpl_group *group) {
    const cpl_json *named = cpl_json_get(v, "classes");
    void *room = NULL;
    complaint_status s = cpl_take_room(r, r->p->class_count, sizeof(bool), &room);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; i < r->p->class_count; i++) ((bool *)room)[i] = !named;
    group->classes = room;
    group->unclassified = !named;
    s = mark_classes(r, named, room, true);
    return s == COMPLAINT_OK ? mark_classes(r, cpl_json_get(cpl_json_get(v, "unless"), "classes"), room, false) : s;
}

/* Whether the groups before take every case of this class. */
static bool taken(const cpl_group *groups, size_t count, size_t class_at) {
    for (size_t i = 0; i < count; i++)
        if (groups[i].flags == 0 && groups[i].without == 0 && groups[i].classes[class_at]) return true;
    return false;
}

/* A case counts once, in the first group it fits, so a group may be left with nothing. */
static complaint_status check_group(cpl_reading *r, const cpl_json *v, const cpl_group *groups, size_t i) {
    bool empty = !groups[i].unclassified;
    if (!cpl_json_get(v, "flags") && !cpl_json_get(v, "classes")) return cpl_policy_fault(r, v, CPL_FAULT_NOTHING_NAMED, groups[i].code.id, "flags, classes");
    for (size_t k = 0; empty && k < r->p->class_count; k++) empty = !groups[i].classes[k] || taken(groups, i, k);
    return empty ? cpl_policy_fault(r, v, CPL_FAULT_GROUP_EMPTY, groups[i].code.id, NULL) : COMPLAINT_OK;
}

static complaint_status take_groups(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_group, code.id),      CPL_MUST("label", cpl_take_label, cpl_group, code.label),
        CPL_MAY("flags", take_flags, cpl_group, flags),       CPL_MAY("classes", cpl_take_later, cpl_group, code),
        CPL_MAY("unless", take_unless, cpl_group, code), /* the whole group: offset 0 */
        CPL_MAY("source", cpl_take_string, cpl_group, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_group);
    cpl_analysis *analysis = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, NULL, CPL_POLICY_LIST_MAX, &list);
    cpl_group *groups = list.items;
    for (size_t i = 0; cpl_goes_on(r, s) && i < list.count; i++) {
        complaint_status one = take_classes(r, cpl_json_at(v, i), &groups[i]);
        s = cpl_both(s, one == COMPLAINT_OK && !cpl_is_faulty(r, v) ? check_group(r, cpl_json_at(v, i), groups, i) : one);
    }
    analysis->groups = groups;
    analysis->group_count = list.count;
    return s;
}

/* What a report always has, under these names. */
static const char *const figures[] = {"total", "class", "month", "channel", "closed"};

static complaint_status check_name(cpl_reading *r, const cpl_json *v, const cpl_analysis *analysis) {
    for (size_t i = 0; i < LENGTH(figures); i++)
        if (cpl_str_is(analysis->code.id, figures[i])) return cpl_policy_fault(r, cpl_json_get(v, "id"), CPL_FAULT_RESERVED, analysis->code.id, NULL);
    return COMPLAINT_OK;
}

static complaint_status take_analyses(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_analysis, code.id),     CPL_MUST("label", cpl_take_label, cpl_analysis, code.label),
        CPL_MUST("groups", take_groups, cpl_analysis, code), /* the whole analysis: offset 0 */
        CPL_MUST("rest", cpl_take_label, cpl_analysis, rest),   CPL_MUST("source", cpl_take_string, cpl_analysis, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_analysis);
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, NULL, CPL_ANALYSES_MAX, &list);
    for (size_t i = 0; cpl_goes_on(r, s) && i < list.count; i++) s = cpl_both(s, check_name(r, cpl_json_at(v, i), (const cpl_analysis *)list.items + i));
    p->analyses = list.items;
    p->analysis_count = list.count;
    return s;
}

complaint_status cpl_take_reports(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {CPL_MUST("rounds", take_rounds, complaint_policy, memory), CPL_MAY("analyses", take_analyses, complaint_policy, memory)}; /* the whole policy: offset 0 */
    static const cpl_shape shape = CPL_SHAPE(members, complaint_policy);
    return cpl_take_object(r, v, &shape, out);
}
