/*
 * classify/features: the features of a text.
 *
 * Owns: which features there are and their keys; training and inference both read with it. Must not know: weights.
 */
#include "classify/classify.h"

enum { SEED_NGRAM = 0x51ED270B, SEED_TERM = 0x2545F491, SEED_GROUP = 0x1B873593, SEED_PAIR = 0x5BD1E995 };

static inline uint32_t step(uint32_t h, uint32_t v) {
    h = (h ^ v) * 0x9E3779B1u;
    return h ^ h >> 15;
}

static inline uint32_t finish(uint32_t h) { /* MurmurHash3's last steps, to CPL_KEY_BITS */
    h = (h ^ h >> 16) * 0x85EBCA6Bu;
    h = (h ^ h >> 13) * 0xC2B2AE35u;
    return (h ^ h >> 16) >> (32 - CPL_KEY_BITS);
}

uint32_t cpl_group_key(cpl_str name) {
    uint32_t h = SEED_GROUP;
    for (size_t i = 0; i < name.n; i++) h = step(h, (uint8_t)name.p[i]);
    return finish(h);
}

uint32_t cpl_term_key(const uint16_t *letter, size_t n) {
    uint32_t h = SEED_TERM;
    for (size_t i = 0; i < n; i++) h = step(h, letter[i]);
    return finish(h);
}

void cpl_features_init(cpl_features *r, const cpl_memory *m) {
    *r = (cpl_features){.memory = *m, .letters.memory = *m, .matches.memory = *m};
    cpl_normal_init(&r->normal, m);
}

void cpl_features_free(cpl_features *r) {
    cpl_memory m = r->memory;
    cpl_normal_free(&r->normal);
    cpl_letters_free(&r->letters);
    cpl_free(&r->memory, r->matches.item);
    cpl_free(&r->memory, r->features);
    cpl_features_init(r, &m);
}

static complaint_status reserve(cpl_features *r, size_t count) {
    if (count <= r->capacity) return COMPLAINT_OK;
    size_t capacity = r->capacity ? r->capacity : 1024;
    while (capacity < count) capacity *= 2;
    cpl_feature *features = cpl_resize(&r->memory, r->features, capacity, sizeof *features);
    if (!features) return COMPLAINT_E_MEMORY;
    r->features = features;
    r->capacity = capacity;
    return COMPLAINT_OK;
}

static complaint_status read_ngrams(cpl_features *r) {
    const cpl_letters *l = &r->letters;
    complaint_status s = reserve(r, l->count * (CPL_NGRAM_MOST - CPL_NGRAM_LEAST + 1));
    if (s != COMPLAINT_OK) return s;
    cpl_feature *f = r->features;
    for (size_t i = 0; i < l->count; i++) {
        uint32_t h = SEED_NGRAM;
        size_t most = l->count - i < CPL_NGRAM_MOST ? l->count - i : CPL_NGRAM_MOST;
        for (size_t n = 1; n <= most && l->letter[i + n - 1] != CPL_LEFT_OUT; n++) {
            h = step(h, l->letter[i + n - 1]);
            if (n >= CPL_NGRAM_LEAST) *f++ = (cpl_feature){finish(h), (uint32_t)i, (uint32_t)n};
        }
    }
    r->ngrams = r->count = (size_t)(f - r->features);
    return COMPLAINT_OK;
}

static void add(cpl_features *r, uint32_t key, uint32_t at, uint32_t length) { r->features[r->count++] = (cpl_feature){key, at, length}; }

/* The phrase, its groups, and its groups followed by those of the next phrase. */
static void read_match(cpl_features *r, const cpl_lexicon *x, size_t i) {
    const cpl_match *m = &r->matches.item[i];
    uint32_t groups[CPL_TERM_GROUPS], next[CPL_TERM_GROUPS], count = cpl_term_groups(x, m->term, groups), follow = 0;
    if (i + 1 < r->matches.count) follow = cpl_term_groups(x, m[1].term, next);
    add(r, cpl_le32(x->terms + 8 * (size_t)m->term), m->at, m->length);
    for (uint32_t g = 0; g < count; g++) {
        if (cpl_group_role(x, groups[g]) != CPL_ROLE_NONE) continue;
        uint32_t key = cpl_le32(x->groups + 8 * (size_t)groups[g]);
        add(r, key, m->at, m->length);
        for (uint32_t n = 0; n < follow; n++)
            if (cpl_group_role(x, next[n]) == CPL_ROLE_NONE) add(r, finish(step(step(SEED_PAIR, key), cpl_le32(x->groups + 8 * (size_t)next[n]))), m->at, m->length);
    }
}

/* Politeness around a matter is left out before anything is read. */
static complaint_status find_phrases(cpl_features *r, const cpl_lexicon *x) {
    complaint_status s = cpl_lexicon_scan(x, &r->letters, &r->matches);
    if (s == COMPLAINT_OK && cpl_formulas_leave_out(x, &r->letters, &r->matches)) s = cpl_lexicon_scan(x, &r->letters, &r->matches);
    if (s == COMPLAINT_OK) cpl_formulas_forget(x, &r->matches);
    return s;
}

static complaint_status read_lexicon(cpl_features *r, const cpl_lexicon *x) {
    complaint_status s = reserve(r, r->count + r->matches.count * (1 + CPL_TERM_GROUPS + CPL_TERM_GROUPS * CPL_TERM_GROUPS));
    for (size_t i = 0; s == COMPLAINT_OK && i < r->matches.count; i++) read_match(r, x, i);
    return s;
}

complaint_status cpl_features_make(cpl_features *r, const cpl_lexicon *x, cpl_str text, int32_t options) {
    size_t offset;
    r->ngrams = r->count = 0;
    complaint_status s = cpl_normal_make(&r->normal, text, options | COMPLAINT_NORMAL_LOWER_CASE, &offset);
    if (s == COMPLAINT_OK) s = cpl_letters_make(&r->letters, cpl_normal_str(&r->normal));
    if (s == COMPLAINT_OK) s = find_phrases(r, x);
    if (s == COMPLAINT_OK) s = read_ngrams(r);
    return s == COMPLAINT_OK ? read_lexicon(r, x) : s;
}
