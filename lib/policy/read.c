/*
 * policy/read: values of a policy document with the checks that every section needs.
 *
 * Owns: types, codes, labels, lists, the keys an object may have. Must not know: what any section is about.
 */
#include "policy/parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const cpl_str nothing = {"", 0};

/* ---- checks ---- */

complaint_status cpl_need_type(cpl_reading *r, const cpl_json *v, int type) {
    static const cpl_fault faults[] = {
        [CPL_JSON_BOOL] = CPL_FAULT_NO_BOOLEAN, [CPL_JSON_INT] = CPL_FAULT_NO_INTEGER,   [CPL_JSON_STRING] = CPL_FAULT_NO_STRING,
        [CPL_JSON_ARRAY] = CPL_FAULT_NO_LIST,   [CPL_JSON_OBJECT] = CPL_FAULT_NO_OBJECT,
    };
    return cpl_json_type(v) == type ? COMPLAINT_OK : cpl_policy_fault(r, v, faults[type], nothing, NULL);
}

static complaint_status too_many(cpl_reading *r, const cpl_json *v, size_t max) {
    char path[128], number[24];
    cpl_lose(r);
    cpl_json_path(v, path, sizeof path);
    (void)snprintf(number, sizeof number, "%zu", max);
    return cpl_policy_fault(r, v, CPL_FAULT_TOO_MANY, cpl_str_of(path), number);
}

static complaint_status need_count(cpl_reading *r, const cpl_json *v, size_t max) {
    size_t n = cpl_json_count(v);
    if (n == 0) return cpl_policy_fault(r, v, CPL_FAULT_EMPTY_LIST, nothing, NULL);
    return n <= max ? COMPLAINT_OK : too_many(r, v, max);
}

complaint_status cpl_need_filled(cpl_reading *r, const cpl_json *v, int type) {
    complaint_status s = cpl_need_type(r, v, type);
    return s == COMPLAINT_OK ? need_count(r, v, CPL_POLICY_LIST_MAX) : s;
}

static bool is_id(cpl_str s) {
    if (s.n == 0 || s.n > 30 || s.p[0] < 'a' || s.p[0] > 'z') return false;
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return true;
}

complaint_status cpl_need_id(cpl_reading *r, const cpl_json *at, cpl_str id) {
    return is_id(id) ? COMPLAINT_OK : cpl_policy_fault(r, at, CPL_FAULT_ID, id, "[a-z][a-z0-9_]{0,29}");
}

/* Bytes above 0x7f are UTF-8 that the JSON reader has checked. */
static bool has_control(cpl_str s, bool lines) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == 0x7f || (c < 0x20 && !(lines && c == '\n'))) return true;
    }
    return false;
}

complaint_status cpl_need_range(cpl_reading *r, const cpl_json *v, cpl_fault fault, int64_t min, int64_t max) {
    char number[24], range[64];
    int64_t n = cpl_json_int(v);
    if (n >= min && n <= max) return COMPLAINT_OK;
    (void)snprintf(number, sizeof number, "%" PRId64, n);
    (void)snprintf(range, sizeof range, "%" PRId64 "..%" PRId64, min, max);
    return cpl_policy_fault(r, v, fault, cpl_str_of(number), range);
}

/* ---- memory ---- */

complaint_status cpl_take_room(cpl_reading *r, size_t count, size_t size, void **room) {
    void *p = cpl_arena_alloc(&r->p->arena, count ? count * size : 1); /* count is at most CPL_POLICY_LIST_MAX */
    if (!p) (void)cpl_policy_no_memory(r);
    *room = p;
    return p ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

static complaint_status keep(cpl_reading *r, cpl_str s, cpl_str *out) { return cpl_arena_str(&r->p->arena, s, out) ? COMPLAINT_OK : cpl_policy_no_memory(r); }

/* ---- single values ---- */

complaint_status cpl_take_text(cpl_reading *r, const cpl_json *v, cpl_str *out, bool lines) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s != COMPLAINT_OK) return s;
    if (has_control(cpl_json_str(v), lines)) return cpl_policy_fault(r, v, CPL_FAULT_CONTROL, nothing, NULL);
    return keep(r, cpl_json_str(v), out);
}

complaint_status cpl_take_string(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s != COMPLAINT_OK) return s;
    if (cpl_json_str(v).n == 0) return cpl_policy_fault(r, v, CPL_FAULT_EMPTY_STRING, nothing, NULL);
    return cpl_take_text(r, v, out, false);
}

complaint_status cpl_take_short(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_take_string(r, v, out);
    return s == COMPLAINT_OK && cpl_json_str(v).n > CPL_KEY_MAX ? cpl_policy_fault(r, v, CPL_FAULT_LONG, nothing, NULL) : s;
}

complaint_status cpl_take_id(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s == COMPLAINT_OK) s = cpl_need_id(r, v, cpl_json_str(v));
    return s == COMPLAINT_OK ? keep(r, cpl_json_str(v), out) : s;
}

complaint_status cpl_take_key(cpl_reading *r, const cpl_json *object, size_t i, cpl_str *id) {
    complaint_status s = cpl_need_id(r, cpl_json_at(object, i), cpl_json_key(object, i));
    if (s != COMPLAINT_OK) cpl_lose(r);
    return s == COMPLAINT_OK ? keep(r, cpl_json_key(object, i), id) : s;
}

static complaint_status take_thai(cpl_reading *r, const cpl_json *v, void *out) {
    if (cpl_json_type(v) == CPL_JSON_STRING && cpl_json_str(v).n == 0) return cpl_policy_fault(r, v, CPL_FAULT_EMPTY_THAI, nothing, NULL);
    return cpl_take_string(r, v, out);
}

complaint_status cpl_take_label(cpl_reading *r, const cpl_json *v, void *out) {
    static const cpl_member members[] = {CPL_MUST("th", take_thai, cpl_label, th), CPL_MAY("en", cpl_take_string, cpl_label, en)};
    static const cpl_shape shape = CPL_SHAPE(members, cpl_label);
    cpl_label label = {{NULL, 0}, {NULL, 0}};
    complaint_status s = cpl_take_object(r, v, &shape, &label);
    if (s != COMPLAINT_OK) return s;
    if (label.en.n == 0) label.en = label.th;
    *(cpl_label *)out = label;
    return COMPLAINT_OK;
}

complaint_status cpl_take_bool(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_BOOL);
    if (s == COMPLAINT_OK) *(bool *)out = cpl_json_int(v) != 0;
    return s;
}

complaint_status cpl_take_int(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_INT);
    if (s == COMPLAINT_OK) *(int64_t *)out = cpl_json_int(v);
    return s;
}

/* "08:30" */
complaint_status cpl_take_minute(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s != COMPLAINT_OK) return s;
    cpl_str t = cpl_json_str(v);
    static const char pattern[] = "00:00";
    bool good = t.n == sizeof pattern - 1;
    for (size_t i = 0; good && i < t.n; i++) good = pattern[i] == ':' ? t.p[i] == ':' : t.p[i] >= '0' && t.p[i] <= '9';
    int32_t hours = good ? (t.p[0] - '0') * 10 + t.p[1] - '0' : 24, minutes = good ? (t.p[3] - '0') * 10 + t.p[4] - '0' : 0;
    if (hours > 23 || minutes > 59) return cpl_policy_fault(r, v, CPL_FAULT_TIME_OF_DAY, t, NULL);
    *(int32_t *)out = hours * 60 + minutes;
    return COMPLAINT_OK;
}

/* "a, b, c" of words, or of keys, as far as it fits. */
static void append_word(char *out, size_t capacity, const char *word) {
    size_t n = strlen(out), more = strlen(word) + (n ? 2 : 0);
    if (n + more < capacity) (void)snprintf(out + n, capacity - n, "%s%s", n ? ", " : "", word);
}

complaint_status cpl_take_word(cpl_reading *r, const cpl_json *v, const cpl_word *words, size_t count, int *out) {
    char known[256] = "";
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; i < count; i++) {
        append_word(known, sizeof known, words[i].word);
        if (!cpl_str_is(cpl_json_str(v), words[i].word)) continue;
        *out = words[i].value;
        return COMPLAINT_OK;
    }
    return cpl_policy_fault(r, v, CPL_FAULT_WORD, cpl_json_str(v), known);
}

complaint_status cpl_take_named(cpl_reading *r, const cpl_json *v, int32_t (*find)(cpl_str), const char *(*name)(int32_t), int32_t *out) {
    char known[256] = "";
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s != COMPLAINT_OK) return s;
    int32_t found = find(cpl_json_str(v));
    if (found >= 0) {
        *out = found;
        return COMPLAINT_OK;
    }
    for (int32_t i = 0; i < 16; i++)
        if (name(i)) append_word(known, sizeof known, name(i));
    return cpl_policy_fault(r, v, CPL_FAULT_WORD, cpl_json_str(v), known);
}

complaint_status cpl_take_later(cpl_reading *r, const cpl_json *v, void *out) {
    (void)r, (void)v, (void)out;
    return COMPLAINT_OK;
}

/* ---- objects ---- */

static bool has_member(const cpl_shape *shape, cpl_str key) {
    for (size_t i = 0; i < shape->count; i++)
        if (cpl_str_is(key, shape->members[i].key)) return true;
    return false;
}

static complaint_status unknown_key(cpl_reading *r, const cpl_json *v, size_t at, const cpl_shape *shape) {
    char known[256] = "";
    for (size_t i = 0; i < shape->count; i++) append_word(known, sizeof known, shape->members[i].key);
    return cpl_policy_fault(r, cpl_json_at(v, at), CPL_FAULT_UNKNOWN_KEY, cpl_json_key(v, at), known);
}

complaint_status cpl_need_keys(cpl_reading *r, const cpl_json *v, const cpl_shape *shape) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(v); i++)
        if (!has_member(shape, cpl_json_key(v, i))) s = unknown_key(r, v, i, shape);
    return s;
}

static complaint_status take_member(cpl_reading *r, const cpl_json *object, const cpl_member *m, void *out) {
    const cpl_json *v = cpl_json_get(object, m->key);
    if (v) return m->take(r, v, (char *)out + m->offset);
    return m->required ? cpl_policy_fault(r, object, CPL_FAULT_MISSING_KEY, cpl_str_of(m->key), NULL) : COMPLAINT_OK;
}

complaint_status cpl_take_object(cpl_reading *r, const cpl_json *v, const cpl_shape *shape, void *out) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_OBJECT);
    if (s != COMPLAINT_OK) return s;
    s = cpl_need_keys(r, v, shape);
    for (size_t i = 0; cpl_goes_on(r, s) && i < shape->count; i++) s = cpl_both(s, take_member(r, v, &shape->members[i], out));
    return s;
}

/* ---- lists of codes ---- */

static cpl_code *code_at(void *items, size_t size, size_t i) { return (cpl_code *)((char *)items + i * size); }

static complaint_status need_new_id(cpl_reading *r, const cpl_json *v, void *items, size_t size, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (cpl_str_eq(code_at(items, size, i)->id, code_at(items, size, at)->id)) return cpl_policy_fault(r, v, CPL_FAULT_DUPLICATE, code_at(items, size, at)->id, NULL);
    return COMPLAINT_OK;
}

complaint_status cpl_take_codes(cpl_reading *r, const cpl_json *v, const cpl_shape *shape, const void *start, size_t max, cpl_list *out) {
    void *items = NULL;
    complaint_status s = cpl_need_type(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = need_count(r, v, max);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), shape->size, &items);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(v); i++) {
        const cpl_json *item = cpl_json_at(v, i);
        cpl_code *code = code_at(items, shape->size, i);
        if (start) memcpy(code, start, shape->size);
        s = cpl_both(s, cpl_take_object(r, item, shape, code));
        if (code->id.n) s = cpl_both(s, need_new_id(r, cpl_json_get(item, "id"), items, shape->size, i));
        else cpl_lose(r);
    }
    *out = (cpl_list){items, cpl_json_count(v)};
    return s;
}

/* ---- lists of words ---- */

static complaint_status need_new_string(cpl_reading *r, const cpl_json *v, size_t at) {
    cpl_str s = cpl_json_str(cpl_json_at(v, at));
    for (size_t i = 0; i < at; i++)
        if (cpl_str_eq(cpl_json_str(cpl_json_at(v, i)), s)) return cpl_policy_fault(r, cpl_json_at(v, at), CPL_FAULT_DUPLICATE, s, NULL);
    return COMPLAINT_OK;
}

complaint_status cpl_take_strings(cpl_reading *r, const cpl_json *v, void *out) {
    void *room = NULL;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, cpl_json_count(v), sizeof(cpl_str), &room);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(v); i++) {
        complaint_status one = cpl_take_string(r, cpl_json_at(v, i), (cpl_str *)room + i);
        s = cpl_both(s, one == COMPLAINT_OK ? need_new_string(r, v, i) : one);
    }
    if (s == COMPLAINT_OK) *(cpl_list *)out = (cpl_list){room, cpl_json_count(v)};
    return s;
}

complaint_status cpl_take_index(cpl_reading *r, const cpl_json *v, cpl_find_fn find, cpl_fault fault, int *out) {
    complaint_status s = cpl_need_type(r, v, CPL_JSON_STRING);
    if (s != COMPLAINT_OK) return s;
    int found = find(r->p, cpl_json_str(v));
    if (found < 0) return cpl_policy_fault(r, v, fault, cpl_json_str(v), NULL);
    *out = found;
    return COMPLAINT_OK;
}

complaint_status cpl_take_indexes(cpl_reading *r, const cpl_json *v, cpl_find_fn find, cpl_fault fault, cpl_list *out) {
    void *room = NULL;
    size_t n = cpl_json_count(v);
    complaint_status s = cpl_need_type(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK && n > CPL_POLICY_LIST_MAX) s = too_many(r, v, CPL_POLICY_LIST_MAX);
    if (s == COMPLAINT_OK) s = cpl_take_room(r, n, sizeof(int), &room);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; cpl_goes_on(r, s) && i < n; i++) {
        complaint_status one = cpl_take_index(r, cpl_json_at(v, i), find, fault, (int *)room + i);
        s = cpl_both(s, one == COMPLAINT_OK ? need_new_string(r, v, i) : one);
    }
    if (s == COMPLAINT_OK) *out = (cpl_list){room, n};
    return s;
}

static complaint_status take_each(cpl_reading *r, const cpl_json *v, cpl_take_fn take, size_t size, void *room) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; cpl_goes_on(r, s) && i < cpl_json_count(v); i++) {
        complaint_status one = take(r, cpl_json_at(v, i), (char *)room + i * size);
        s = cpl_both(s, one == COMPLAINT_OK ? need_new_string(r, v, i) : one);
    }
    return s;
}

complaint_status cpl_take_one_or_more(cpl_reading *r, const cpl_json *v, cpl_take_fn take, size_t size, cpl_list *out) {
    void *room = NULL;
    bool many = cpl_json_type(v) == CPL_JSON_ARRAY;
    complaint_status s = many ? cpl_need_filled(r, v, CPL_JSON_ARRAY) : COMPLAINT_OK;
    if (s == COMPLAINT_OK) s = cpl_take_room(r, many ? cpl_json_count(v) : 1, size, &room);
    if (s == COMPLAINT_OK) s = many ? take_each(r, v, take, size, room) : take(r, v, room);
    if (s == COMPLAINT_OK) *out = (cpl_list){room, many ? cpl_json_count(v) : 1};
    return s;
}

complaint_status cpl_take_flag_bits(cpl_reading *r, const cpl_json *v, void *out) {
    cpl_list list = {NULL, 0};
    int64_t bits = 0;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_indexes(r, v, cpl_policy_flag, CPL_FAULT_FLAG, &list);
    for (size_t i = 0; i < list.count; i++) bits |= r->p->flags[((const int *)list.items)[i]].bit;
    if (s == COMPLAINT_OK) *(int64_t *)out = bits;
    return s;
}

complaint_status cpl_take_bits(cpl_reading *r, const cpl_json *v, cpl_find_fn find, cpl_fault fault, uint64_t *out) {
    cpl_list list = {NULL, 0};
    uint64_t bits = 0;
    complaint_status s = cpl_need_filled(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK) s = cpl_take_indexes(r, v, find, fault, &list);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; i < list.count; i++) bits |= UINT64_C(1) << ((const int *)list.items)[i];
    *out = bits;
    return COMPLAINT_OK;
}

/* ---- who stands above whom ---- */

static int *superior_at(int *first, size_t stride, size_t i) { return (int *)(void *)((char *)first + i * stride); }

static bool leads_back(int *first, size_t stride, size_t count, size_t from) {
    int at = *superior_at(first, stride, from);
    for (size_t steps = 0; at >= 0 && steps < count; steps++) {
        if ((size_t)at == from) return true;
        at = *superior_at(first, stride, (size_t)at);
    }
    return false;
}

complaint_status cpl_take_superiors(cpl_reading *r, const cpl_json *list, const char *key, cpl_find_fn find, cpl_fault unknown, int *out, size_t stride) {
    size_t n = cpl_json_count(list);
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; i < n; i++) *superior_at(out, stride, i) = -1;
    for (size_t i = 0; cpl_goes_on(r, s) && i < n; i++) {
        const cpl_json *v = cpl_json_get(cpl_json_at(list, i), key);
        if (v) s = cpl_both(s, cpl_take_index(r, v, find, unknown, superior_at(out, stride, i)));
    }
    for (size_t i = 0; cpl_goes_on(r, s) && i < n; i++) {
        const cpl_json *entry = cpl_json_at(list, i);
        if (leads_back(out, stride, n, i)) s = cpl_both(s, cpl_policy_fault(r, cpl_json_get(entry, key), CPL_FAULT_SUPERIOR_CYCLE, cpl_json_str(cpl_json_get(entry, "id")), NULL));
    }
    return s;
}
