/*
 * policy/parse_fields: what a person fills in for an action.
 *
 * Owns: the types of fields, which keys go with which type, the fields that the library itself reads. Must not know: actions.
 */
#include "policy/parts.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const cpl_word types[] = {
    {"text", CPL_FIELD_TEXT},       {"class", CPL_FIELD_CLASS}, {"nature", CPL_FIELD_NATURE},   {"flag", CPL_FIELD_FLAG},
    {"unit", CPL_FIELD_UNIT},       {"units", CPL_FIELD_UNITS}, {"choice", CPL_FIELD_CHOICE},   {"integer", CPL_FIELD_INTEGER},
    {"boolean", CPL_FIELD_BOOLEAN}, {"time", CPL_FIELD_TIME},   {"channel", CPL_FIELD_CHANNEL},
};

/* Keys that belong to one type. */
static const struct {
    const char *key, *type_name;
    cpl_field_type type;
    bool required;
} keys[] = {
    {"choices", "choice", CPL_FIELD_CHOICE, true},
    {"min", "integer", CPL_FIELD_INTEGER, true},
    {"max", "integer", CPL_FIELD_INTEGER, true},
    {"sealed", "text", CPL_FIELD_TEXT, false},
};

/* Fields whose meaning the library knows; others are kept and shown. */
static const struct {
    const char *id, *type_name;
    cpl_field_type type;
} known[] = {
    {"class", "class", CPL_FIELD_CLASS},     {"nature", "nature", CPL_FIELD_NATURE},       {"flag", "flag", CPL_FIELD_FLAG},         {"clear", "boolean", CPL_FIELD_BOOLEAN},
    {"unit", "units", CPL_FIELD_UNITS},      {"from_unit", "unit", CPL_FIELD_UNIT},        {"identity", "choice", CPL_FIELD_CHOICE}, {"particle", "choice", CPL_FIELD_CHOICE},
    {"by_hand", "choice", CPL_FIELD_CHOICE}, {"why_not_told", "choice", CPL_FIELD_CHOICE}, {"text", "text", CPL_FIELD_TEXT},         {"reason", "text", CPL_FIELD_TEXT},
    {"outcome", "choice", CPL_FIELD_CHOICE},
};

static const cpl_word identities[] = {{"named", 0}, {"confidential", 1}, {"anonymous", 2}};

static complaint_status take_type(cpl_reading *r, const cpl_json *v, void *out) {
    int value = 0;
    complaint_status s = cpl_take_word(r, v, types, LENGTH(types), &value);
    if (s == COMPLAINT_OK) *(cpl_field_type *)out = (cpl_field_type)value;
    return s;
}

static complaint_status take_choices(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_field *field = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_strings(r, v, &list);
    field->choices = list.items;
    field->choice_count = list.count;
    return s;
}

static complaint_status check_keys(cpl_reading *r, const cpl_json *v, const cpl_field *field) {
    for (size_t i = 0; i < LENGTH(keys); i++) {
        const cpl_json *value = cpl_json_get(v, keys[i].key);
        if (value && field->type != keys[i].type) return cpl_policy_fault(r, value, CPL_FAULT_FIELD_KEY, cpl_str_of(keys[i].key), keys[i].type_name);
        if (!value && keys[i].required && field->type == keys[i].type) return cpl_policy_fault(r, v, CPL_FAULT_MISSING_KEY, cpl_str_of(keys[i].key), NULL);
    }
    return COMPLAINT_OK;
}

static complaint_status check_known(cpl_reading *r, const cpl_json *v, const cpl_field *field) {
    for (size_t i = 0; i < LENGTH(known); i++)
        if (cpl_str_is(field->code.id, known[i].id) && field->type != known[i].type)
            return cpl_policy_fault(r, cpl_json_get(v, "type"), CPL_FAULT_FIELD_TYPE, field->code.id, known[i].type_name);
    return COMPLAINT_OK;
}

/* Levels of identity are the library's: views rest on them. */
static complaint_status check_identity(cpl_reading *r, const cpl_json *v, const cpl_field *field) {
    const cpl_json *choices = cpl_json_get(v, "choices");
    complaint_status s = COMPLAINT_OK;
    int level = 0;
    if (!cpl_str_is(field->code.id, "identity")) return COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(choices); i++) s = cpl_take_word(r, cpl_json_at(choices, i), identities, LENGTH(identities), &level);
    return s;
}

static complaint_status check_range(cpl_reading *r, const cpl_json *v, const cpl_field *field) {
    if (field->type != CPL_FIELD_INTEGER) return COMPLAINT_OK;
    return cpl_need_range(r, cpl_json_get(v, "max"), CPL_FAULT_RANGE, field->min, INT64_MAX);
}

static complaint_status finish_field(cpl_reading *r, const cpl_json *v, cpl_field *field) {
    complaint_status s = check_keys(r, v, field);
    if (s == COMPLAINT_OK) s = check_known(r, v, field);
    if (s == COMPLAINT_OK) s = check_identity(r, v, field);
    if (s == COMPLAINT_OK) s = check_range(r, v, field);
    if (!cpl_json_get(v, "sealed")) field->sealed = field->type == CPL_FIELD_TEXT; /* what people write is sealed unless the policy says it is harmless */
    return s;
}

complaint_status cpl_take_fields(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {
        CPL_MUST("id", cpl_take_id, cpl_field, code.id),
        CPL_MUST("type", take_type, cpl_field, type),
        CPL_MUST("label", cpl_take_label, cpl_field, code.label),
        CPL_MAY("choices", take_choices, cpl_field, code),
        CPL_MAY("min", cpl_take_int, cpl_field, min),
        CPL_MAY("max", cpl_take_int, cpl_field, max),
        CPL_MAY("sealed", cpl_take_bool, cpl_field, sealed),
        CPL_MAY("source", cpl_take_string, cpl_field, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_field);
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, NULL, CPL_POLICY_LIST_MAX, &list);
    for (size_t i = 0; s == COMPLAINT_OK && i < list.count; i++) s = finish_field(r, cpl_json_at(v, i), (cpl_field *)list.items + i);
    p->fields = list.items;
    p->field_count = list.count;
    return s;
}
