/*
 * Policies, fed with anything: a document as it stands, or (a first byte that no document begins with) one of those that offices use with some of its values changed, taken away, doubled or given other names.
 *
 * What is refused is refused with its line and reason. What is accepted can be printed, asked for its codes, read again to the same digest, and followed: a desk opens under it, cases live
 * through what it allows, its notices have texts, and verify finds nothing.
 */
#include "office.h"

#include "policy/policy.h"

#include <jansson.h>

enum { MOST_NODES = 8192, MOST_EDITS = 12, STEPS = 24 };

/* ---- documents ---- */

static char *read_whole(const char *path, size_t *size) {
    FILE *f = fopen(path, "rb");
    PROMISE(f);
    char *text = malloc(1 << 17);
    PROMISE(text);
    *size = fread(text, 1, 1 << 17, f);
    fclose(f);
    return text;
}

static json_t *base(uint32_t which) {
    static const char *const paths[] = {COMPLAINT_SOURCE_DIR "/tests/data/policies/whole.json", COMPLAINT_SOURCE_DIR "/lib/data/policies/moph-chiangrai-2569.json",
                                        COMPLAINT_SOURCE_DIR "/lib/data/policies/moph-phrae.json", COMPLAINT_SOURCE_DIR "/examples/data/hospital.json"};
    enum { COUNT = sizeof paths / sizeof paths[0] };
    static json_t *read[COUNT];
    which %= COUNT;
    if (!read[which]) {
        size_t size;
        char *text = read_whole(paths[which], &size);
        read[which] = json_loadb(text, size, 0, NULL);
        PROMISE(read[which]);
        free(text);
    }
    return json_deep_copy(read[which]);
}

/* Where a value hangs. */
typedef struct node {
    json_t *parent;
    const char *key; /* of an object's member, else NULL */
    size_t index;
    json_t *value;
} node;

static size_t list_nodes(json_t *v, node *nodes, size_t n) {
    const char *key;
    json_t *item;
    size_t i;
    json_object_foreach(v, key, item) {
        if (n == MOST_NODES) return n;
        nodes[n++] = (node){v, key, 0, item};
        n = list_nodes(item, nodes, n);
    }
    json_array_foreach(v, i, item) {
        if (n == MOST_NODES) return n;
        nodes[n++] = (node){v, NULL, i, item};
        n = list_nodes(item, nodes, n);
    }
    return n;
}

static json_t *new_value(fuzz_bytes *b, const node *nodes, size_t count) {
    static const char *const words[] = {"", "case", "complainant", "origin", "-", "{text}", "{particle}", "{{", "{", "a b", "99:99", "received", "end_of_day", "working_days", "given_date", "staff"};
    fuzz_chunk c;
    switch (fuzz_below(b, 8)) {
    case 0: return json_null();
    case 1: return json_boolean(fuzz_byte(b) & 1);
    case 2: return json_integer(fuzz_int(b));
    case 3: return json_string(words[fuzz_below(b, sizeof words / sizeof words[0])]);
    case 4: c = fuzz_take(b); return json_stringn_nocheck(c.p, c.n);
    case 5: return json_array();
    case 6: return json_object();
    default: return json_deep_copy(nodes[fuzz_below(b, (uint32_t)count)].value); /* what stands somewhere else: a code that another list has */
    }
}

static void put(const node *at, json_t *value) {
    if (at->key) json_object_set_new(at->parent, at->key, value);
    else json_array_set_new(at->parent, at->index, value);
}

static void rename_member(const node *at, fuzz_bytes *b, const node *nodes, size_t count) {
    const node *other = &nodes[fuzz_below(b, (uint32_t)count)];
    json_t *value = json_incref(at->value);
    if (!at->key || !other->key) {
        json_decref(value);
        return;
    }
    char *name = strdup(other->key);
    json_object_del(at->parent, at->key);
    json_object_set_new(at->parent, name, value);
    free(name);
}

static void edit(json_t *root, fuzz_bytes *b) {
    static node nodes[MOST_NODES];
    size_t count = list_nodes(root, nodes, 0);
    if (count == 0) return;
    uint32_t which = fuzz_byte(b);
    const node *at = &nodes[(which << 8 | fuzz_byte(b)) % count];
    switch (fuzz_below(b, 8)) {
    case 0:
        if (at->key) json_object_del(at->parent, at->key);
        else json_array_remove(at->parent, at->index);
        break;
    case 1: rename_member(at, b, nodes, count); break;
    case 2:
        if (json_is_array(at->value)) json_array_append_new(at->value, new_value(b, nodes, count));
        if (json_is_object(at->value)) json_object_set_new(at->value, nodes[fuzz_below(b, (uint32_t)count)].key ? "x" : "id", new_value(b, nodes, count));
        break;
    case 3:
        if (!at->key) json_array_append_new(at->parent, json_deep_copy(at->value));
        break;
    default: put(at, new_value(b, nodes, count)); break;
    }
}

/* To be freed. */
static char *edited(fuzz_bytes *b, size_t *size) {
    uint8_t first = fuzz_byte(b);
    json_t *root = base(first & 3);
    size_t edits = 1 + (size_t)(first >> 2) % MOST_EDITS;
    for (size_t i = 0; i < edits && b->n; i++) edit(root, b);
    char *text = json_dumps(root, JSON_COMPACT);
    *size = text ? strlen(text) : 0;
    json_decref(root);
    return text ? text : strdup("");
}

/* ---- what an accepted policy has to bear ---- */

static void check_codes(const complaint_policy *p) {
    for (int32_t kind = COMPLAINT_CODE_ROLE; kind <= COMPLAINT_CODE_VERB; kind++) {
        const char *code;
        for (int32_t i = 0; (code = complaint_policy_code(p, kind, i)) != NULL; i++) {
            PROMISE(*code && complaint_policy_label(p, kind, code, COMPLAINT_THAI) && *complaint_policy_label(p, kind, code, COMPLAINT_THAI));
            PROMISE(complaint_policy_label(p, kind, code, COMPLAINT_ENGLISH) && complaint_policy_source(p, kind, code));
            if (kind == COMPLAINT_CODE_CLASS) PROMISE(complaint_policy_route(p, code));
            if (kind == COMPLAINT_CODE_UNIT) PROMISE(complaint_policy_unit_phone(p, code));
            if (kind == COMPLAINT_CODE_FIELD) PROMISE(complaint_policy_field_type(p, code) > 0);
        }
    }
}

static void check_texts(const complaint_policy *p, const fuzz *f) {
    complaint_text *text = NULL;
    for (int32_t language = COMPLAINT_THAI; language <= COMPLAINT_ENGLISH; language++) {
        complaint_status s = complaint_policy_describe(p, language, &text);
        PROMISE(s == COMPLAINT_OK || (s == COMPLAINT_E_MEMORY && f->refused));
        complaint_text_free(text);
        text = NULL;
    }
    for (int32_t verb = 0; verb <= COMPLAINT_VERB_EXECUTIVE_INTAKE + 1; verb++) {
        complaint_status s = complaint_policy_words(p, verb, verb % 2 ? "service" : "", "facebook", "12/2569", &text);
        PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_NOT_FOUND || (s == COMPLAINT_E_MEMORY && f->refused));
        complaint_text_free(text);
        text = NULL;
    }
}

static void check_again(const complaint_policy *p) {
    complaint_policy *again = NULL;
    PROMISE(cpl_policy_parse(&p->memory, p->document, &again, NULL) == COMPLAINT_OK);
    PROMISE(strcmp(complaint_policy_digest(again), complaint_policy_digest(p)) == 0);
    complaint_policy_free(again);
}

/* Cases live under it. */
static void check_life(complaint_policy *p, fuzz *f, fuzz_bytes *b) {
    office o;
    complaint_status s = office_open(&o, &f->memory, p, NULL);
    PROMISE(s == COMPLAINT_OK || (s == COMPLAINT_E_MEMORY && f->refused));
    for (uint32_t i = 0; !s && i < 2; i++)
        if (!office_receive(&o, i)) (void)office_triage(&o, i + 1);
    for (uint32_t i = 0; !s && o.case_count && i < STEPS; i++) {
        uint32_t turn = fuzz_byte(b);
        (void)office_step(&o, o.cases[i % (uint32_t)o.case_count], turn + i, turn / 8 + i);
        o.now += (int64_t)(i % 6) * INT64_C(13) * 3600000;
        if (i % 6 == 5) (void)office_check(&o, complaint_desk_tick(o.desk, 8, NULL));
        if (i % 6 == 5) (void)office_check(&o, complaint_desk_deliver(o.desk, 8, NULL));
    }
    if (!s) office_verify(&o, f->fail_at < 0 ? COMPLAINT_VERIFY_RECOMPUTE : 0, f);
    office_close(&o);
}

static void check_error(complaint_status s, const complaint_error *e, const fuzz *f) {
    PROMISE(s == e->status && *e->thai && *e->english);
    PROMISE(s != COMPLAINT_E_MEMORY || f->refused);
    PROMISE(CPL_CLASS(s) == COMPLAINT_E_POLICY || CPL_CLASS(s) == COMPLAINT_E_SYNTAX || CPL_CLASS(s) == COMPLAINT_E_TEXT || CPL_CLASS(s) == COMPLAINT_E_RANGE || s == COMPLAINT_E_MEMORY);
}

/* The list of mistakes is empty when the document is accepted, and only then. */
static void check_mistakes(fuzz *f, cpl_str document, complaint_status parsed) {
    complaint_page *mistakes = NULL;
    complaint_error *e = NULL;
    complaint_status s = complaint_policy_check(&f->memory, document.n ? document.p : "", document.n, &mistakes, &e);
    PROMISE(s == COMPLAINT_OK || (s == COMPLAINT_E_MEMORY && f->refused));
    PROMISE((s == COMPLAINT_OK) == (mistakes != NULL));
    complaint_error_free(e);
    if (s == COMPLAINT_OK && parsed != COMPLAINT_E_MEMORY) PROMISE((complaint_page_count(mistakes) == 0) == (parsed == COMPLAINT_OK));
    for (int64_t i = 0; i < complaint_page_count(mistakes); i++) {
        PROMISE(complaint_page_integer_of(mistakes, i, "status") != 0 && *complaint_page_text_of(mistakes, i, "reason_th") && *complaint_page_text_of(mistakes, i, "reason_en"));
        PROMISE(i == 0 || complaint_page_integer_of(mistakes, i - 1, "line") <= complaint_page_integer_of(mistakes, i, "line"));
    }
    complaint_page_free(mistakes);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    bool raw = size && (*data == '{' || *data == '[' || *data == '"' || *data == ' ' || *data == 0xEF);
    char *made = raw ? NULL : edited(&b, &size);
    complaint_policy *p = NULL;
    complaint_error e = {0};
    complaint_status s = cpl_policy_parse(&f->memory, (cpl_str){made ? made : (const char *)data, size}, &p, &e);
    PROMISE((s == COMPLAINT_OK) == (p != NULL));
    check_mistakes(f, (cpl_str){made ? made : (const char *)data, size}, s);
    if (s == COMPLAINT_OK) {
        check_codes(p);
        check_texts(p, f);
        if (f->fail_at < 0) check_again(p);
        check_life(p, f, &b);
    } else {
        check_error(s, &e, f);
    }
    complaint_policy_free(p);
    free(made);
}
