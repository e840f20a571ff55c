/*
 * policy/parse_warnings: when a clock speaks up, and which notices it sends.
 *
 * Owns: `warnings` of a clock. Must not know: the clock it belongs to, how an instant is computed.
 */
#include "policy/parts.h"

#include <string.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
    const char *key;
    cpl_warning_when when;
} anchors[] = {{"before", CPL_BEFORE_DUE}, {"after_start", CPL_AFTER_START}, {"after_due", CPL_AFTER_DUE}};
#define ANCHORS "before, after_start, after_due"

static complaint_status take_unit(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_named(r, v, cpl_calendar_unit_find, cpl_calendar_unit_name, out); }

/* Nobody fills in a field when a clock speaks up. */
static complaint_status take_notice(cpl_reading *r, const cpl_json *v, void *out) {
    int notice = -1;
    complaint_status s = cpl_take_index(r, v, cpl_policy_notice, CPL_FAULT_NOTICE, &notice);
    if (s == COMPLAINT_OK && r->p->notices[notice].when.field_count) s = cpl_policy_fault(r, v, CPL_FAULT_ASKED_CLOCK, cpl_json_str(v), NULL);
    if (s == COMPLAINT_OK) *(int *)out = notice;
    return s;
}

/* Of the notices of one warning an earlier one must not always speak before a later. */
static complaint_status check_turns(cpl_reading *r, const cpl_json *v, const cpl_list *list) {
    const int *named = list->items;
    if (cpl_is_faulty(r, cpl_json_get(r->root, "notices"))) return COMPLAINT_OK;
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < i; k++)
            if (cpl_notice_covers(&r->p->notices[named[k]], &r->p->notices[named[i]]))
                return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_NOTICE_COVERED, r->p->notices[named[i]].id, r->p->notices[named[k]].id.p);
    return COMPLAINT_OK;
}

static complaint_status take_notices(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_warning *w = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_one_or_more(r, v, take_notice, sizeof(int), &list);
    if (s == COMPLAINT_OK) s = check_turns(r, v, &list);
    w->notices = list.items;
    w->notice_count = list.count;
    return s;
}

static complaint_status take_distance(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {CPL_MUST("length", cpl_take_int, cpl_warning, length), CPL_MUST("unit", take_unit, cpl_warning, unit)};
    static const cpl_shape shape = CPL_SHAPE(members, cpl_warning);
    return cpl_take_object(r, v, &shape, out);
}

static complaint_status find_anchor(cpl_reading *r, const cpl_json *v, cpl_warning *w, const cpl_json **distance) {
    for (size_t i = 0; i < LENGTH(anchors); i++) {
        const cpl_json *at = cpl_json_get(v, anchors[i].key);
        if (!at) continue;
        if (*distance) return cpl_policy_fault(r, v, CPL_FAULT_WARNING_WHEN, CPL_LIT("warnings"), ANCHORS);
        *distance = at;
        w->when = anchors[i].when;
    }
    return *distance ? COMPLAINT_OK : cpl_policy_fault(r, v, CPL_FAULT_WARNING_WHEN, CPL_LIT("warnings"), ANCHORS);
}

/* On the last day itself, or at the deadline, is "before" by nothing. Office minutes are counted forward only. */
static complaint_status check_distance(cpl_reading *r, const cpl_json *distance, const cpl_warning *w) {
    int64_t least = w->when == CPL_BEFORE_DUE ? 0 : 1, most = cpl_policy_counts_days(w->unit) ? CPL_POLICY_DAYS_MAX : CPL_POLICY_MINUTES_MAX;
    complaint_status s = cpl_need_range(r, cpl_json_get(distance, "length"), CPL_FAULT_RANGE, least, most);
    if (s != COMPLAINT_OK || w->when != CPL_BEFORE_DUE || w->unit != COMPLAINT_UNIT_WORKING_MINUTES) return s;
    return cpl_policy_fault(r, cpl_json_get(distance, "unit"), CPL_FAULT_WARNING_UNIT, CPL_LIT("working_minutes"), NULL);
}

static complaint_status check_keys(cpl_reading *r, const cpl_json *v, const cpl_warning *w) {
    const cpl_json *at = cpl_json_get(v, "at"), *repeat = cpl_json_get(v, "repeat");
    if (at && !cpl_policy_counts_days(w->unit)) return cpl_policy_fault(r, at, CPL_FAULT_ONLY_WITH, CPL_LIT("at"), "calendar_days, working_days");
    if (repeat && w->when != CPL_AFTER_DUE) return cpl_policy_fault(r, repeat, CPL_FAULT_ONLY_WITH, CPL_LIT("repeat"), "after_due");
    return COMPLAINT_OK;
}

static complaint_status take_warning(cpl_reading *r, const cpl_json *v, cpl_warning *w) {
    static const cpl_member members[] = {
        CPL_MAY("before", take_distance, cpl_warning, when), /* the whole warning: offset 0 */
        CPL_MAY("after_start", take_distance, cpl_warning, when), CPL_MAY("after_due", take_distance, cpl_warning, when), CPL_MAY("at", cpl_take_minute, cpl_warning, at_minute),
        CPL_MAY("repeat", cpl_take_bool, cpl_warning, repeat),    CPL_MUST("notice", take_notices, cpl_warning, when),    CPL_MUST("source", cpl_take_string, cpl_warning, source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_warning);
    const cpl_json *distance = NULL;
    w->at_minute = -1;
    complaint_status s = cpl_take_object(r, v, &shape, w);
    if (s == COMPLAINT_OK) s = find_anchor(r, v, w, &distance);
    if (s == COMPLAINT_OK) s = check_distance(r, distance, w);
    return s == COMPLAINT_OK ? check_keys(r, v, w) : s;
}

static bool says_the_same(const cpl_warning *a, const cpl_warning *b) {
    return a->when == b->when && a->length == b->length && a->unit == b->unit && a->at_minute == b->at_minute && a->notice_count == b->notice_count && memcmp(a->notices, b->notices, a->notice_count * sizeof *a->notices) == 0;
}

/* Nobody is told the same twice at the same time. */
static complaint_status check_new(cpl_reading *r, const cpl_json *v, const cpl_warning *list, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (says_the_same(&list[i], &list[at])) return cpl_policy_fault(r, v, CPL_FAULT_DUPLICATE, r->p->notices[list[at].notices[0]].id, NULL);
    return COMPLAINT_OK;
}

complaint_status cpl_take_warnings(cpl_reading *r, const cpl_json *v, void *out) {
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_warning), &room);
    for (size_t i = 0; room && cpl_goes_on(r, s) && i < cpl_json_count(v); i++) {
        complaint_status one = take_warning(r, cpl_json_at(v, i), (cpl_warning *)room + i);
        s = cpl_both(s, one == COMPLAINT_OK && !cpl_is_faulty(r, v) ? check_new(r, cpl_json_at(v, i), room, i) : one);
    }
    if (s == COMPLAINT_OK) *(cpl_list *)out = (cpl_list){room, cpl_json_count(v)};
    return s;
}
