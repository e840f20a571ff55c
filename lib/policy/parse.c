/*
 * policy/parse: a policy document becomes a policy.
 *
 * Owns: the order in which sections are read, the life of a policy. Must not know: what is in a section.
 */
#include "policy/parts.h"

static complaint_status take_format(cpl_reading *r, const cpl_json *v, void *out) {
    (void)out;
    complaint_status s = cpl_need_type(r, v, CPL_JSON_INT);
    if (s != COMPLAINT_OK || cpl_json_int(v) == 1) return s;
    return cpl_policy_fault(r, v, CPL_FAULT_FORMAT, CPL_LIT("format"), NULL);
}

/* ids of policies are file names too: moph-chiangrai-2569 */
static bool is_policy_id(cpl_str s) {
    if (s.n == 0 || s.n > 60 || s.p[0] < 'a' || s.p[0] > 'z') return false;
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return true;
}

static complaint_status take_policy_id(cpl_reading *r, const cpl_json *v, void *out) {
    complaint_status s = cpl_take_string(r, v, out);
    if (s != COMPLAINT_OK || is_policy_id(cpl_json_str(v))) return s;
    return cpl_policy_fault(r, v, CPL_FAULT_ID, cpl_json_str(v), "[a-z][a-z0-9-]{0,59}");
}

static complaint_status take_initial(cpl_reading *r, const cpl_json *v, void *out) { return cpl_take_index(r, v, cpl_policy_state, CPL_FAULT_STATE, out); }

#define SECTION(key, take) CPL_MUST(key, take, complaint_policy, memory) /* the section fills the policy: offset 0 */

static complaint_status take_section(cpl_reading *r, const cpl_member *m) {
    const cpl_json *v = cpl_json_get(r->root, m->key);
    r->section = m->key;
    complaint_status s = v ? m->take(r, v, (char *)r->p + m->offset) : m->required ? cpl_policy_fault(r, r->root, CPL_FAULT_MISSING_KEY, cpl_str_of(m->key), NULL) : COMPLAINT_OK;
    if (s != COMPLAINT_OK && cpl_json_count(v) == 0) cpl_lose(r);
    return s;
}

static complaint_status take_document(cpl_reading *r) {
    static const cpl_member members[] = {
        CPL_MUST("format", take_format, complaint_policy, memory),
        CPL_MUST("id", take_policy_id, complaint_policy, id),
        CPL_MUST("title", cpl_take_label, complaint_policy, title),
        SECTION("office", cpl_take_office),
        SECTION("roles", cpl_take_roles),
        SECTION("views", cpl_take_views),
        SECTION("channels", cpl_take_channels),
        CPL_MAY("origins", cpl_take_origins, complaint_policy, memory),
        SECTION("natures", cpl_take_natures),
        SECTION("classes", cpl_take_classes),
        SECTION("flags", cpl_take_flags),
        CPL_MAY("classify", cpl_take_classify, complaint_policy, memory),
        CPL_MAY("reports", cpl_take_reports, complaint_policy, memory),
        SECTION("units", cpl_take_units),
        SECTION("states", cpl_take_states),
        SECTION("fields", cpl_take_fields),
        CPL_MUST("initial", take_initial, complaint_policy, initial),
        SECTION("guards", cpl_take_guards),
        SECTION("intake", cpl_take_intake),
        SECTION("actions", cpl_take_actions),
        SECTION("texts", cpl_take_texts),
        SECTION("notices", cpl_take_notices),
        SECTION("clocks", cpl_take_clocks),
    };
    static const cpl_shape shape = CPL_SHAPE(members, complaint_policy);
    complaint_status s = cpl_need_type(r, r->root, CPL_JSON_OBJECT);
    if (s != COMPLAINT_OK) return s;
    s = cpl_need_keys(r, r->root, &shape);
    for (size_t i = 0; cpl_goes_on(r, s) && i < shape.count; i++) s = cpl_both(s, take_section(r, &members[i]));
    return cpl_goes_on(r, s) ? cpl_both(s, cpl_take_extensions(r, cpl_json_get(r->root, "actions"))) : s;
}

/* An integer that nothing could hold is a wrong value like any other; path and line stay. */
static complaint_status unreadable(complaint_status s, complaint_error *e) {
    if (s != COMPLAINT_E_RANGE) return s;
    if (e) e->status = COMPLAINT_E_POLICY;
    return COMPLAINT_E_POLICY;
}

static complaint_status read_document(complaint_policy *p, cpl_mistakes *all, complaint_error *e) {
    cpl_json_doc *doc = NULL;
    complaint_status s = cpl_json_parse(&p->memory, p->document, CPL_POLICY_DEPTH, false, &doc, e);
    if (s != COMPLAINT_OK) return unreadable(s, e);
    cpl_reading r = {.p = p, .root = cpl_json_root(doc), .e = e, .all = all};
    s = take_document(&r);
    if (s == COMPLAINT_OK) s = cpl_policy_validate(&r);
    cpl_json_free(doc);
    return s;
}

static complaint_policy *new_policy(const cpl_memory *m) {
    complaint_policy *p = cpl_alloc_zero(m, 1, sizeof *p);
    if (!p) return NULL;
    p->memory = *m;
    p->unsure_below = CPL_UNSURE_BELOW;
    atomic_init(&p->references, 1);
    cpl_arena_init(&p->arena, &p->memory);
    return p;
}

static complaint_status read_policy(complaint_policy *p, cpl_str document, cpl_mistakes *all, complaint_error *e) {
    cpl_reading nowhere = {.e = e, .all = all};
    if (document.n > CPL_POLICY_SIZE_MAX) return cpl_policy_fault(&nowhere, NULL, CPL_FAULT_SIZE, CPL_LIT("document"), NULL);
    return cpl_arena_str(&p->arena, document, &p->document) ? read_document(p, all, e) : cpl_policy_no_memory(&nowhere);
}

complaint_status cpl_policy_parse(const cpl_memory *m, cpl_str document, complaint_policy **policy, complaint_error *e) {
    complaint_policy *p = new_policy(m);
    if (!p) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = read_policy(p, document, NULL, e);
    if (s != COMPLAINT_OK) {
        cpl_policy_release(p);
        return s;
    }
    cpl_sha256_hex(p->document, p->digest);
    *policy = p;
    return COMPLAINT_OK;
}

/* Documents are read in the order of sections, people read them in the order of lines. */
static void sort_by_line(cpl_mistakes *all) {
    for (size_t i = 1; i < all->count; i++) {
        complaint_error e = all->items[i];
        size_t k = i;
        for (; k > 0 && all->items[k - 1].line > e.line; k--) all->items[k] = all->items[k - 1];
        all->items[k] = e;
    }
}

complaint_status cpl_policy_check(const cpl_memory *m, cpl_str document, cpl_mistakes *all, complaint_error *e) {
    complaint_policy *p = new_policy(m);
    complaint_error first;
    if (!p) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    cpl_error_clear(&first);
    all->memory = *m;
    complaint_status s = read_policy(p, document, all, &first);
    if (s != COMPLAINT_OK && s != COMPLAINT_E_MEMORY && all->count == 0 && !cpl_mistakes_keep(all, &first)) s = cpl_fail(&first, COMPLAINT_E_MEMORY, NULL); /* no JSON at all */
    cpl_policy_release(p);
    if (s == COMPLAINT_E_MEMORY) {
        cpl_mistakes_free(all);
        return cpl_fail(e, s, NULL);
    }
    sort_by_line(all);
    return COMPLAINT_OK;
}

void cpl_policy_retain(complaint_policy *p) {
    if (p) atomic_fetch_add_explicit(&p->references, 1, memory_order_relaxed);
}

void cpl_policy_release(complaint_policy *p) {
    if (!p || atomic_fetch_sub_explicit(&p->references, 1, memory_order_acq_rel) != 1) return;
    cpl_memory m = p->memory;
    cpl_arena_free(&p->arena);
    cpl_free(&m, p);
}
