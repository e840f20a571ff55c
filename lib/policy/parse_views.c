/*
 * policy/parse_views: what each role may see.
 *
 * Owns: the words of `views`. Must not know: how anything is masked.
 */
#include "policy/parts.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

enum { ALL_CASES, REFERRED_CASES };
enum { NAMED, CONFIDENTIAL, ANONYMOUS };

static complaint_status take_cases(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_word words[] = {{"all", ALL_CASES}, {"referred", REFERRED_CASES}};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s == COMPLAINT_OK) *(bool *)out = value == ALL_CASES;
    return s;
}

static complaint_status take_level(cpl_reading *r, const cpl_json *v, cpl_view_def *view) {
    static const cpl_word words[] = {{"named", NAMED}, {"confidential", CONFIDENTIAL}, {"anonymous", ANONYMOUS}};
    bool *levels[] = {[NAMED] = &view->named, [CONFIDENTIAL] = &view->confidential, [ANONYMOUS] = &view->anonymous};
    int value = 0;
    complaint_status s = cpl_take_word(r, v, words, LENGTH(words), &value);
    if (s != COMPLAINT_OK) return s;
    if (*levels[value]) return cpl_policy_fault(r, v, CPL_FAULT_DUPLICATE, cpl_json_str(v), NULL);
    *levels[value] = true;
    return COMPLAINT_OK;
}

static complaint_status take_identity(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_ARRAY);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(v); i++) s = cpl_both(s, take_level(r, cpl_json_at(v, i), out));
    return s;
}

static complaint_status take_view(cpl_reading *r, const cpl_json *v, cpl_view_def *view) {
    static const cpl_member members[] = {
        CPL_MUST("cases", take_cases, cpl_view_def, all_cases),
        CPL_MUST("identity", take_identity, cpl_view_def, defined), /* the whole view: offset 0 */
        CPL_MUST("text", cpl_take_bool, cpl_view_def, text),
        CPL_MUST("source", cpl_take_string, cpl_view_def, source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_view_def);
    complaint_status s = cpl_take_object(r, v, &shape, view);
    view->defined = true;
    return s;
}

static complaint_status take_view_of(cpl_reading *r, const cpl_json *v, size_t i, cpl_view_def *views) {
    int role = cpl_policy_role(r->p, cpl_json_key(v, i));
    if (role < 0) return cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_ROLE, cpl_json_key(v, i), NULL);
    return take_view(r, cpl_json_at(v, i), &views[role]);
}

complaint_status cpl_take_views(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_policy *p = out;
    void *views = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, p->role_count, sizeof(cpl_view_def), &views);
    for (size_t i = 0; views && cpl_goes_on(r, s) && i < cpl_json_count(v); i++) s = cpl_both(s, take_view_of(r, v, i, views));
    p->views = views;
    return s;
}
