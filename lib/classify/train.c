/*
 * classify/train: from labelled messages to a model's bytes.
 *
 * Owns: the order of the steps, which features stay, how weights become bytes. Must not know: where the messages come from.
 */
#include "classify/train.h"

#include <stdlib.h>

enum { FEATURES_KEPT = 30000, PARTS = 5, GROUPS_LEAST = 3 };

typedef struct trainer {
    const complaint_training *t;
    const cpl_memory *m;
    cpl_arena arena;
    cpl_model shape;
    cpl_buf section; /* the lexicon's */
    cpl_space all, space;
    cpl_line lines[CPL_OUTPUTS_MAX];
} trainer;

uint32_t cpl_folds(const complaint_training *t, uint32_t most, uint8_t *fold) {
    uint32_t groups[64], count = 0;
    for (size_t i = 0; i < t->count && count < 64; i++) {
        uint32_t g = 0;
        while (g < count && groups[g] != t->rows[i].group) g++;
        if (g == count) groups[count++] = t->rows[i].group;
    }
    uint32_t parts = count >= GROUPS_LEAST && count < most ? count : most;
    for (size_t i = 0; i < t->count; i++) {
        uint32_t g = 0;
        while (g < count && groups[g] != t->rows[i].group) g++;
        fold[i] = (uint8_t)((count >= GROUPS_LEAST ? g : i) % parts);
    }
    return parts;
}

/* ---- labels and lexicon ---- */

static complaint_status take_lexicon(trainer *k, complaint_error *e) {
    const complaint_training *t = k->t;
    cpl_str bytes = {t->lexicon.data, t->lexicon.size};
    cpl_labels own = t->lexicon_flags;
    if (!bytes.n) {
        cpl_model builtin;
        complaint_status s = cpl_model_open(&builtin, cpl_model_builtin(), e);
        if (s != COMPLAINT_OK) return s;
        bytes = cpl_model_lexicon_bytes(&builtin);
        own = builtin.flags;
    }
    cpl_buf_put(&k->section, bytes.p, bytes.n);
    if (k->section.failed) return COMPLAINT_E_MEMORY;
    uint8_t *section = (uint8_t *)k->section.data, to[CPL_FLAGS_MAX + 1] = {0};
    for (size_t i = 0; i < own.count; i++) to[i + 1] = (uint8_t)(cpl_label_add(&k->shape.flags, cpl_str_of(own.name[i]), CPL_FLAGS_MAX) + 1);
    for (uint32_t g = 0; g < cpl_le32(section); g++) section[12 + 8 * g + 4] = to[section[12 + 8 * g + 4]];
    size_t used;
    return cpl_lexicon_open(&k->shape.lexicon, section, k->section.size, (uint32_t)k->shape.flags.count, &used) ? COMPLAINT_OK : COMPLAINT_E_INTERNAL;
}

static complaint_status set_shape(trainer *k, complaint_error *e) {
    k->shape.classes = k->t->classes;
    k->shape.flags = k->t->flags;
    k->shape.trained = (uint32_t)k->t->flags.count;
    k->shape.outputs = (uint32_t)k->t->classes.count + k->shape.trained;
    return take_lexicon(k, e);
}

/* ---- learning ---- */

static complaint_status learn_all(trainer *k, const cpl_space *s, const uint8_t *fold, int left_out) {
    complaint_status status = COMPLAINT_OK;
    for (uint32_t o = 0; status == COMPLAINT_OK && o < k->shape.outputs; o++) status = cpl_learn(s, k->t, o, fold, left_out, &k->lines[o]);
    return status;
}

static complaint_status make_lines(trainer *k, uint32_t features) {
    for (uint32_t o = 0; o < k->shape.outputs; o++) {
        k->lines[o].weight = cpl_arena_alloc(&k->arena, (features + 1) * sizeof(double));
        if (!k->lines[o].weight) return COMPLAINT_E_MEMORY;
    }
    return COMPLAINT_OK;
}

typedef struct ranked {
    double worth;
    uint32_t feature;
} ranked;

static int by_worth(const void *pa, const void *pb) {
    const ranked *a = pa, *b = pb;
    if (a->worth != b->worth) return a->worth > b->worth ? -1 : 1;
    return a->feature < b->feature ? -1 : 1;
}

/* What a feature does to the margins of the rows that have it, squared and summed. */
static double worth_of(const trainer *k, uint32_t feature, uint32_t rows) {
    double sum = 0;
    for (uint32_t o = 0; o < k->shape.outputs; o++) {
        double w = k->lines[o].weight[feature] * k->all.size[feature];
        sum += w * w;
    }
    return sum * rows;
}

static complaint_status choose_features(trainer *k) {
    uint32_t *rows = cpl_arena_alloc(&k->arena, (k->all.count + 1) * sizeof *rows);
    ranked *r = cpl_arena_alloc(&k->arena, (k->all.count + 1) * sizeof *r);
    bool *keep = cpl_arena_alloc(&k->arena, k->all.count + 1);
    if (!rows || !r || !keep) return COMPLAINT_E_MEMORY;
    for (size_t i = 0; i < k->all.row_count; i++)
        for (uint32_t j = 0; j < k->all.rows[i].count; j++) rows[k->all.rows[i].index[j]]++;
    for (uint32_t i = 0; i < k->all.count; i++) r[i] = (ranked){worth_of(k, i, rows[i]), i};
    if (k->all.count) qsort(r, k->all.count, sizeof *r, by_worth);
    for (uint32_t i = 0; i < k->all.count && i < FEATURES_KEPT; i++) keep[r[i].feature] = true;
    return cpl_space_narrow(&k->space, &k->all, keep);
}

static complaint_status calibrate(trainer *k) {
    size_t rows = k->t->count, outputs = k->shape.outputs;
    uint8_t *fold = cpl_arena_alloc(&k->arena, rows + 1);
    double *margins = cpl_arena_alloc(&k->arena, (rows * outputs + 1) * sizeof *margins);
    if (!fold || !margins) return COMPLAINT_E_MEMORY;
    uint32_t parts = cpl_folds(k->t, PARTS, fold);
    complaint_status s = COMPLAINT_OK;
    for (uint32_t part = 0; s == COMPLAINT_OK && part < parts; part++) {
        s = learn_all(k, &k->space, fold, (int)part);
        for (size_t i = 0; s == COMPLAINT_OK && i < rows; i++)
            for (uint32_t o = 0; fold[i] == part && o < outputs; o++) margins[i * outputs + o] = cpl_margin(&k->space, i, o >= k->t->classes.count, &k->lines[o]);
    }
    return s == COMPLAINT_OK ? cpl_calibrate(k->t, margins, (uint32_t)outputs, k->shape.parameters) : s;
}

/* ---- weights as bytes ---- */

static double size_in(double v) { return v < 0 ? -v : v; }

/* One scale for an output's weights of a block: the largest is 127. */
static void quantise(const trainer *k, uint32_t o, uint32_t first, uint32_t end, int block, const uint32_t *place, int8_t *weights, cpl_parameters *p) {
    double most = 1e-9;
    for (uint32_t i = first; i < end; i++) {
        double w = size_in(k->lines[o].weight[i] * k->space.size[i]);
        most = w > most ? w : most;
    }
    for (uint32_t i = first; i < end; i++) {
        double w = k->lines[o].weight[i] * k->space.size[i] / most * 127;
        weights[(size_t)place[i] * k->shape.outputs + o] = (int8_t)(w < 0 ? w - 0.5 : w + 0.5);
    }
    double scale = most / 127 * cpl_block_weight(o >= k->t->classes.count, block) * 65536;
    p->scale[block] = (int32_t)(scale + 0.5);
    double bias = k->lines[o].bias * 65536;
    p->bias = (int32_t)(bias < 0 ? bias - 0.5 : bias + 0.5);
}

typedef struct placed {
    uint32_t key, feature;
} placed;

static int by_key(const void *pa, const void *pb) {
    const placed *a = pa, *b = pb;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return a->feature < b->feature ? -1 : 1;
}

static complaint_status write_model(trainer *k, cpl_buf *model) {
    uint32_t count = k->space.count;
    placed *order = cpl_arena_alloc(&k->arena, (count + 1) * sizeof *order);
    uint32_t *place = cpl_arena_alloc(&k->arena, (count + 1) * sizeof *place), *keys = cpl_arena_alloc(&k->arena, (count + 1) * sizeof *keys);
    uint8_t *sizes = cpl_arena_alloc(&k->arena, count + 1);
    int8_t *weights = cpl_arena_alloc(&k->arena, (size_t)count * k->shape.outputs + 1);
    if (!order || !place || !keys || !sizes || !weights) return COMPLAINT_E_MEMORY;
    for (uint32_t i = 0; i < count; i++) order[i] = (placed){k->space.key[i] & ((1u << CPL_KEY_BITS) - 1), i};
    if (count) qsort(order, count, sizeof *order, by_key);
    for (uint32_t i = 0; i < count; i++) {
        place[order[i].feature] = i;
        keys[i] = order[i].key;
        sizes[i] = k->space.size[order[i].feature];
    }
    for (uint32_t o = 0; o < k->shape.outputs; o++) {
        quantise(k, o, 0, k->space.ngrams, CPL_BLOCK_NGRAM, place, weights, &k->shape.parameters[o]);
        quantise(k, o, k->space.ngrams, count, CPL_BLOCK_LEXICON, place, weights, &k->shape.parameters[o]);
    }
    k->shape.features = count;
    cpl_model_write(&k->shape, (cpl_str){k->section.data, k->section.size}, keys, sizes, weights, model);
    return model->failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
}

/* ---- all of it ---- */

static complaint_status run(trainer *k, cpl_buf *model, complaint_error *e) {
    complaint_status s = set_shape(k, e);
    if (s == COMPLAINT_OK) s = cpl_space_make(&k->all, k->m, k->t, &k->shape.lexicon);
    if (s == COMPLAINT_OK) s = make_lines(k, k->all.count);
    if (s == COMPLAINT_OK) s = learn_all(k, &k->all, NULL, -1);
    if (s == COMPLAINT_OK) s = choose_features(k);
    if (s == COMPLAINT_OK) s = calibrate(k);
    if (s == COMPLAINT_OK) s = learn_all(k, &k->space, NULL, -1);
    return s == COMPLAINT_OK ? write_model(k, model) : s;
}

complaint_status cpl_train(const complaint_training *t, cpl_buf *model, complaint_error *e) {
    trainer k = {.t = t, .m = &t->memory};
    cpl_arena_init(&k.arena, k.m);
    cpl_arena_init(&k.all.arena, k.m);
    cpl_arena_init(&k.space.arena, k.m);
    cpl_buf_init(&k.section, k.m);
    complaint_status s = run(&k, model, e);
    cpl_space_free(&k.all);
    cpl_space_free(&k.space);
    cpl_buf_free(&k.section);
    cpl_arena_free(&k.arena);
    return s == COMPLAINT_OK || e->status != COMPLAINT_OK ? s : cpl_fail(e, s, NULL);
}
