/*
 * policy/parse_fields: what a person fills in for an action.
 *
 * Owns: the types of fields, which keys go with which type, the fields that the library itself reads. Must not know: actions.
 */
#include "policy/parts.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const cpl_word types[] = {
    {"text", CPL_FIELD_TEXT},       {"class", CPL_FIELD_CLASS},   {"nature", CPL_FIELD_NATURE},   {"flag", CPL_FIELD_FLAG},       {"unit", CPL_FIELD_UNIT},
    {"units", CPL_FIELD_UNITS},     {"choice", CPL_FIELD_CHOICE}, {"integer", CPL_FIELD_INTEGER}, {"boolean", CPL_FIELD_BOOLEAN}, {"time", CPL_FIELD_TIME},
    {"channel", CPL_FIELD_CHANNEL}, {"origin", CPL_FIELD_ORIGIN}, {"role", CPL_FIELD_ROLE},       {"case", CPL_FIELD_CASE},       {"code", CPL_FIELD_CODE},
};

/* Keys that belong to one type. */
static const struct {
    const char *key;
    cpl_field_type type;
    bool required;
} keys[] = {
    {"choices", CPL_FIELD_CHOICE, true},
    {"min", CPL_FIELD_INTEGER, true},
    {"max", CPL_FIELD_INTEGER, true},
    {"sealed", CPL_FIELD_TEXT, false},
    {"identity", CPL_FIELD_TEXT, false},
};

static const char *const identities[] = {"named", "confidential", "anonymous", NULL};
static const char *const directions[] = {"in", "out", NULL};

/* Whether a field names people, so that it is always sealed; and whether it says who a complainant is, so that few see it. */
typedef enum { NAMES_NOBODY, NAMES_PEOPLE, NAMES_COMPLAINANT } naming;

/* Fields whose meaning the library knows; others are kept and shown. */
static const struct {
    const char *id;
    cpl_field_type type;
    const char *const *choices; /* the only ones, where code rests on them */
    naming names;               /* whatever the policy says */
} known[] = {
    {"class", CPL_FIELD_CLASS, NULL, NAMES_NOBODY},
    {"nature", CPL_FIELD_NATURE, NULL, NAMES_NOBODY},
    {"flag", CPL_FIELD_FLAG, NULL, NAMES_NOBODY},
    {"clear", CPL_FIELD_BOOLEAN, NULL, NAMES_NOBODY},
    {"unit", CPL_FIELD_UNITS, NULL, NAMES_NOBODY},
    {"from_unit", CPL_FIELD_UNIT, NULL, NAMES_NOBODY},
    {"concerned_unit", CPL_FIELD_UNIT, NULL, NAMES_NOBODY},
    {"role", CPL_FIELD_ROLE, NULL, NAMES_NOBODY},
    {"assignee", CPL_FIELD_CODE, NULL, NAMES_NOBODY},
    {"person", CPL_FIELD_CODE, NULL, NAMES_NOBODY},
    {"party", CPL_FIELD_INTEGER, NULL, NAMES_NOBODY},
    {"case", CPL_FIELD_CASE, NULL, NAMES_NOBODY},
    {"link", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"channel", CPL_FIELD_CHANNEL, NULL, NAMES_NOBODY},
    {"origin", CPL_FIELD_ORIGIN, NULL, NAMES_NOBODY},
    {"origin_ref", CPL_FIELD_CODE, NULL, NAMES_NOBODY},
    {"origin_due", CPL_FIELD_TIME, NULL, NAMES_NOBODY},
    {"identity", CPL_FIELD_CHOICE, identities, NAMES_NOBODY},
    {"outcome", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"answer", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"aside", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"examination", CPL_FIELD_BOOLEAN, NULL, NAMES_NOBODY},
    {"by_hand", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"why_not_told", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"particle", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"days", CPL_FIELD_INTEGER, NULL, NAMES_NOBODY},
    {"notice", CPL_FIELD_INTEGER, NULL, NAMES_NOBODY},
    {"event", CPL_FIELD_INTEGER, NULL, NAMES_NOBODY},
    {"paper_no", CPL_FIELD_CODE, NULL, NAMES_NOBODY},
    {"paper_date", CPL_FIELD_TIME, NULL, NAMES_NOBODY},
    {"direction", CPL_FIELD_CHOICE, directions, NAMES_NOBODY},
    {"secrecy", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"urgency", CPL_FIELD_CHOICE, NULL, NAMES_NOBODY},
    {"text", CPL_FIELD_TEXT, NULL, NAMES_NOBODY},
    {"reason", CPL_FIELD_TEXT, NULL, NAMES_NOBODY},
    {"signer", CPL_FIELD_TEXT, NULL, NAMES_PEOPLE},
    {"subject", CPL_FIELD_TEXT, NULL, NAMES_PEOPLE},
    {"name", CPL_FIELD_TEXT, NULL, NAMES_COMPLAINANT},
    {"address", CPL_FIELD_TEXT, NULL, NAMES_COMPLAINANT},
};

static const char *type_name(cpl_field_type type) {
    for (size_t i = 0; i < LENGTH(types); i++)
        if (types[i].value == (int)type) return types[i].word;
    return "";
}

static complaint_status take_type(cpl_reading *r, const cpl_json *v, void *out) {
    int value = 0;
    complaint_status s = cpl_take_word(r, v, types, LENGTH(types), &value);
    if (s == COMPLAINT_OK) *(cpl_field_type *)out = (cpl_field_type)value;
    return s;
}

/* One of a list: a word, or an object with a code and what people call it. */
typedef struct choice {
    cpl_str id;
    cpl_label label;
} choice;

static complaint_status take_choice(cpl_reading *r, const cpl_json *v, choice *out) {
    static const cpl_member members[] = {CPL_MUST("id", cpl_take_string, choice, id), CPL_MUST("label", cpl_take_label, choice, label)};
    static const cpl_shape shape = CPL_SHAPE(members, choice);
    if (cpl_json_type(v) == CPL_JSON_OBJECT) return cpl_take_object(r, v, &shape, out);
    complaint_status s = cpl_take_string(r, v, &out->id);
    out->label = (cpl_label){out->id, out->id};
    return s;
}

static complaint_status need_new_choice(cpl_reading *r, const cpl_json *v, const cpl_str *ids, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (cpl_str_eq(ids[i], ids[at])) return cpl_policy_fault(r, cpl_json_type(v) == CPL_JSON_OBJECT ? cpl_json_get(v, "id") : v, CPL_FAULT_DUPLICATE, ids[at], NULL);
    return COMPLAINT_OK;
}

static complaint_status take_choices(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_field *field = out;
    void *ids = NULL, *labels = NULL;
    size_t n = cpl_json_count(v);
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, n, sizeof(cpl_str), &ids);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, n, sizeof(cpl_label), &labels);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; cpl_goes_on(r, s) && i < n; i++) {
        choice one = {{NULL, 0}, {{NULL, 0}, {NULL, 0}}};
        complaint_status taken = take_choice(r, cpl_json_at(v, i), &one);
        ((cpl_str *)ids)[i] = one.id;
        ((cpl_label *)labels)[i] = one.label;
        s = cpl_both(s, taken == COMPLAINT_OK ? need_new_choice(r, cpl_json_at(v, i), ids, i) : taken);
    }
    if (s != COMPLAINT_OK) return s;
    field->choices = ids;
    field->choice_labels = labels;
    field->choice_count = n;
    return COMPLAINT_OK;
}

static complaint_status check_keys(cpl_reading *r, const cpl_json *v, const cpl_field *field) {
    for (size_t i = 0; i < LENGTH(keys); i++) {
        const cpl_json *value = cpl_json_get(v, keys[i].key);
        if (value && field->type != keys[i].type) return cpl_policy_fault(r, value, CPL_FAULT_FIELD_KEY, cpl_str_of(keys[i].key), type_name(keys[i].type));
        if (!value && keys[i].required && field->type == keys[i].type) return cpl_policy_fault(r, v, CPL_FAULT_MISSING_KEY, cpl_str_of(keys[i].key), NULL);
    }
    return COMPLAINT_OK;
}

static complaint_status check_choices(cpl_reading *r, const cpl_json *v, const cpl_field *field, const char *const *only) {
    cpl_word words[8] = {{NULL, 0}};
    size_t n = 0;
    complaint_status s = COMPLAINT_OK;
    for (; only && only[n]; n++) words[n].word = only[n];
    for (size_t i = 0; only && cpl_goes_on(r, s) && i < field->choice_count; i++) {
        const cpl_json *at = cpl_json_at(cpl_json_get(v, "choices"), i);
        int ignored = 0;
        s = cpl_both(s, cpl_take_word(r, cpl_json_type(at) == CPL_JSON_OBJECT ? cpl_json_get(at, "id") : at, words, n, &ignored));
    }
    return s;
}

static complaint_status check_known(cpl_reading *r, const cpl_json *v, cpl_field *field) {
    const cpl_json *sealed = cpl_json_get(v, "sealed"), *identity = cpl_json_get(v, "identity");
    size_t i = 0;
    while (i < LENGTH(known) && !cpl_str_is(field->code.id, known[i].id)) i++;
    if (i == LENGTH(known)) return COMPLAINT_OK;
    if (field->type != known[i].type) return cpl_policy_fault(r, cpl_json_get(v, "type"), CPL_FAULT_FIELD_TYPE, field->code.id, type_name(known[i].type));
    if (known[i].names != NAMES_NOBODY && sealed && !field->sealed) return cpl_policy_fault(r, sealed, CPL_FAULT_SEALED, field->code.id, NULL);
    if (identity && field->identity != (known[i].names == NAMES_COMPLAINANT)) return cpl_policy_fault(r, identity, CPL_FAULT_IDENTITY, field->code.id, NULL);
    field->identity = known[i].names == NAMES_COMPLAINANT;
    return check_choices(r, v, field, known[i].choices);
}

/* What people write is sealed unless the policy says that it is harmless, and who somebody is never is. */
static complaint_status settle_sealing(cpl_reading *r, const cpl_json *v, cpl_field *field) {
    const cpl_json *sealed = cpl_json_get(v, "sealed");
    if (!sealed) field->sealed = field->type == CPL_FIELD_TEXT;
    return field->identity && !field->sealed ? cpl_policy_fault(r, sealed, CPL_FAULT_NOT_WITH, CPL_LIT("\"sealed\": false"), "\"identity\": true") : COMPLAINT_OK;
}

/* Days are handed to the calendar, which counts from one. */
static complaint_status check_range(cpl_reading *r, const cpl_json *v, const cpl_field *field) {
    complaint_status s = COMPLAINT_OK;
    if (field->type != CPL_FIELD_INTEGER) return s;
    if (cpl_str_is(field->code.id, "days")) {
        s = cpl_need_range(r, cpl_json_get(v, "min"), CPL_FAULT_RANGE, 1, CPL_POLICY_DAYS_MAX);
        return s == COMPLAINT_OK ? cpl_need_range(r, cpl_json_get(v, "max"), CPL_FAULT_RANGE, field->min, CPL_POLICY_DAYS_MAX) : s;
    }
    return cpl_need_range(r, cpl_json_get(v, "max"), CPL_FAULT_RANGE, field->min, INT64_MAX);
}

static complaint_status finish_field(cpl_reading *r, const cpl_json *v, cpl_field *field) {
    if (cpl_is_faulty(r, v)) return COMPLAINT_OK; /* as has been said */
    complaint_status s = cpl_str_is(field->code.id, "on_behalf") ? cpl_policy_fault(r, cpl_json_get(v, "id"), CPL_FAULT_RESERVED, field->code.id, NULL) : check_keys(r, v, field);
    if (s == COMPLAINT_OK) s = check_known(r, v, field);
    if (s == COMPLAINT_OK) s = check_range(r, v, field);
    return s == COMPLAINT_OK ? settle_sealing(r, v, field) : s;
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
        CPL_MAY("identity", cpl_take_bool, cpl_field, identity),
        CPL_MAY("source", cpl_take_string, cpl_field, code.source),
    };
    static const cpl_shape shape = CPL_SHAPE(members, cpl_field);
    complaint_policy *p = out;
    cpl_list list = {NULL, 0};
    complaint_status s = cpl_take_codes(r, v, &shape, NULL, CPL_POLICY_LIST_MAX, &list);
    for (size_t i = 0; cpl_goes_on(r, s) && i < list.count; i++) s = cpl_both(s, finish_field(r, cpl_json_at(v, i), (cpl_field *)list.items + i));
    p->fields = list.items;
    p->field_count = list.count;
    return s;
}
