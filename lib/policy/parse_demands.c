/*
 * policy/parse_demands: fields that an action requires when another has a certain value.
 *
 * Owns: `required_when` of an action. Must not know: which verb it is, what a field is for.
 */
#include "policy/parts.h"

static bool decides(const cpl_field *f) {
    switch (f->type) {
    case CPL_FIELD_CHOICE:
    case CPL_FIELD_BOOLEAN:
    case CPL_FIELD_CLASS:
    case CPL_FIELD_NATURE:
    case CPL_FIELD_FLAG:
    case CPL_FIELD_UNIT:
    case CPL_FIELD_CHANNEL:
    case CPL_FIELD_ORIGIN:
    case CPL_FIELD_ROLE: return true;
    default: return false;
    }
}

/* Of fields that are wrong themselves nothing more is said. */
static bool are_fields_faulty(const cpl_reading *r) { return cpl_is_faulty(r, cpl_json_get(r->root, "fields")); }

static complaint_status take_field(cpl_reading *r, const cpl_json *v, void *out) {
    int field = -1;
    complaint_status s = cpl_take_index(r, v, cpl_policy_field, CPL_FAULT_FIELD, &field);
    if (s != COMPLAINT_OK || are_fields_faulty(r)) return s;
    if (!decides(&r->p->fields[field])) return cpl_policy_fault(r, v, CPL_FAULT_DEMAND_FIELD, cpl_json_str(v), NULL);
    *(int *)out = field;
    return s;
}

static bool stands_for(const complaint_policy *p, const cpl_field *f, cpl_str named, cpl_str code) {
    int at = f->type == CPL_FIELD_CLASS ? cpl_policy_class(p, code) : -1;
    return cpl_str_eq(named, code) || (at >= 0 && p->classes[at].parent >= 0 && cpl_str_eq(p->classes[p->classes[at].parent].code.id, named));
}

/* The codes of the field's table that are named, or whose parent is; `kept` may be NULL, to count. */
static size_t keep_codes(const complaint_policy *p, const cpl_field *f, const cpl_list *named, cpl_str *kept) {
    cpl_code_table t = cpl_policy_codes(p, f);
    size_t n = 0;
    for (size_t i = 0; i < t.count; i++) {
        cpl_str code = *(const cpl_str *)(const void *)((const char *)t.entries + i * t.size);
        bool meant = false;
        for (size_t k = 0; k < named->count; k++) meant |= stands_for(p, f, ((const cpl_str *)named->items)[k], code);
        if (meant && kept) kept[n] = code;
        n += meant;
    }
    return n;
}

/* A class stands for its sub-classes too. The field was read before. */
static complaint_status take_is(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_demand *d = out;
    if (d->field < 0) return COMPLAINT_OK;
    const cpl_field *f = &r->p->fields[d->field];
    cpl_code_table t = cpl_policy_codes(r->p, f);
    cpl_list named = {NULL, 0};
    void *room = NULL;
    if (f->type == CPL_FIELD_BOOLEAN) return cpl_take_bool(r, v, &d->truth);
    complaint_status s = cpl_take_strings(r, v, &named);
    for (size_t i = 0; s == COMPLAINT_OK && i < named.count; i++)
        if (!cpl_code_table_has(&t, ((const cpl_str *)named.items)[i])) s = cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_CHOICE, ((const cpl_str *)named.items)[i], f->code.id.p);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, keep_codes(r->p, f, &named, NULL), sizeof(cpl_str), &room);
    if (s != COMPLAINT_OK) return s;
    d->is = room;
    d->is_count = keep_codes(r->p, f, &named, room);
    return s;
}

/* Fields, and the word that stands for no field. */
static complaint_status take_demanded(cpl_reading *r, const cpl_json *v, const int **items, size_t *count) {
    cpl_list named = {NULL, 0};
    void *room = NULL;
    complaint_status s = cpl_take_strings(r, v, &named);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, named.count, sizeof(int), &room);
    for (size_t i = 0; s == COMPLAINT_OK && i < named.count; i++) {
        cpl_str name = ((const cpl_str *)named.items)[i];
        int field = cpl_str_is(name, "on_behalf") ? CPL_ON_BEHALF : cpl_policy_field(r->p, name);
        ((int *)room)[i] = field;
        if (field < 0 && field != CPL_ON_BEHALF) s = cpl_policy_fault(r, cpl_json_at(v, i), CPL_FAULT_FIELD, name, NULL);
    }
    *items = room;
    *count = named.count;
    return s;
}

static complaint_status take_require(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_demand *d = out;
    return take_demanded(r, v, &d->required, &d->required_count);
}

static complaint_status take_one_of(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_demand *d = out;
    return take_demanded(r, v, &d->one_of, &d->one_of_count);
}

static complaint_status take_demand(cpl_reading *r, const cpl_json *v, cpl_demand *d) {
    static const cpl_member members[] = {
        CPL_MUST("field", take_field, cpl_demand, field),
        CPL_MUST("is", take_is, cpl_demand, field), /* the whole demand: offset 0 */
        CPL_MAY("require", take_require, cpl_demand, field),
        CPL_MAY("one_of", take_one_of, cpl_demand, field),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_demand);
    d->field = -1; /* until it is known */
    complaint_status s = cpl_take_object(r, v, &shape, d);
    return s == COMPLAINT_OK && !d->required_count && !d->one_of_count ? cpl_policy_fault(r, v, CPL_FAULT_NOTHING_NAMED, CPL_LIT("required_when"), "require, one_of") : s;
}

complaint_status cpl_take_demands(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_list *list = out;
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_demand), &room);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(v); i++) s = cpl_both(s, take_demand(r, cpl_json_at(v, i), (cpl_demand *)room + i));
    *list = (cpl_list){room, cpl_json_count(v)};
    return s;
}

/* ---- against the fields of the action ---- */

static bool lists(const cpl_list *list, int field) {
    for (size_t i = 0; i < list->count; i++)
        if (((const int *)list->items)[i] == field) return true;
    return false;
}

/* What is demanded has to be asked for, and not of everybody anyway. */
static complaint_status check_demanded(cpl_reading *r, const cpl_json *v, const int *fields, size_t count, const cpl_list *required, const cpl_list *optional) {
    for (size_t i = 0; i < count; i++) {
        if (fields[i] == CPL_ON_BEHALF || lists(optional, fields[i])) continue;
        return cpl_policy_fault(r, cpl_json_at(v, i), lists(required, fields[i]) ? CPL_FAULT_DEMAND_ANYWAY : CPL_FAULT_DEMAND_UNASKED, r->p->fields[fields[i]].code.id, NULL);
    }
    return COMPLAINT_OK;
}

complaint_status cpl_check_demands(cpl_reading *r, const cpl_json *v, const cpl_list *demands, const cpl_list *required, const cpl_list *optional) {
    complaint_status s = COMPLAINT_OK;
    if (are_fields_faulty(r)) return s;
    for (size_t i = 0; s == COMPLAINT_OK && i < demands->count; i++) {
        const cpl_demand *d = (const cpl_demand *)demands->items + i;
        const cpl_json *at = cpl_json_at(v, i);
        if (!lists(required, d->field) && !lists(optional, d->field)) return cpl_policy_fault(r, cpl_json_get(at, "field"), CPL_FAULT_DEMAND_UNASKED, r->p->fields[d->field].code.id, NULL);
        s = check_demanded(r, cpl_json_get(at, "require"), d->required, d->required_count, required, optional);
        if (s == COMPLAINT_OK) s = check_demanded(r, cpl_json_get(at, "one_of"), d->one_of, d->one_of_count, required, optional);
    }
    return s;
}
