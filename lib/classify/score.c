/*
 * classify/score: margins and what they are worth, in integers.
 *
 * Owns: the arithmetic of inference. Must not know: which words they come from.
 */
#include "classify/classify.h"

/* ---- arithmetic ---- */

uint32_t cpl_isqrt(uint64_t v) {
    uint64_t root = 0, bit = (uint64_t)1 << 62;
    while (bit > v) bit >>= 2;
    for (; bit; bit >>= 2) {
        if (v >= root + bit) {
            v -= root + bit;
            root = (root >> 1) + bit;
        } else
            root >>= 1;
    }
    return (uint32_t)root;
}

/* 2^-f for 0 <= f < 1 by its series; off by less than 2^-17. */
int64_t cpl_exp_negative(int64_t x) {
    enum { ONE = 1 << 30 };
    static const int64_t series[] = {1431680, 10327387, 59597080, 257941500, 744261118}; /* ln2^n / n!, n = 5 … 1, as 2^-30 */
    if (x > (int64_t)40 << 16) return 0;
    int64_t y = x * 94548 / 65536, f = (y & 0xFFFF) << 14, sum = 0; /* 94548: log2 e */
    for (int i = 0; i < 5; i++) sum = -((series[i] + sum) * f >> 30);
    return (ONE + sum) >> (y >> 16);
}

int32_t cpl_sigmoid(int64_t x) {
    int64_t one = (int64_t)1 << 30, small = cpl_exp_negative(x < 0 ? -x : x);
    return (int32_t)(((x < 0 ? small : one) << 16) / (one + small));
}

/* ---- which features are there ---- */

static complaint_status reserve(cpl_present *p, const cpl_memory *m, size_t features, size_t read) {
    if (p->times_capacity < features) {
        uint16_t *times = cpl_alloc_zero(m, features, sizeof *times);
        if (!times) return COMPLAINT_E_MEMORY;
        cpl_free(m, p->times);
        p->times = times;
        p->times_capacity = features;
    }
    if (p->capacity < read) {
        size_t capacity = p->capacity ? p->capacity : 1024;
        while (capacity < read) capacity *= 2;
        uint32_t *feature = cpl_resize(m, p->feature, capacity, sizeof *feature);
        if (feature) p->feature = feature;
        uint32_t *of = feature ? cpl_resize(m, p->of, capacity, sizeof *of) : NULL;
        if (!of) return COMPLAINT_E_MEMORY;
        p->of = of;
        p->capacity = capacity;
    }
    return COMPLAINT_OK;
}

static uint64_t look_up(cpl_present *p, const cpl_model *model, const cpl_feature *f, size_t first, size_t end) {
    uint64_t squares = 0;
    for (size_t i = first; i < end; i++) {
        uint32_t found = cpl_model_find(model, f[i].key);
        p->of[i] = found;
        if (found == CPL_NO_FEATURE) continue;
        if (p->times[found] < UINT16_MAX && p->times[found]++ == 0) {
            p->feature[p->count++] = found;
            squares += (uint64_t)model->sizes[found] * model->sizes[found];
        }
    }
    return squares;
}

/* ---- how much of the message the model knows ---- */

/* 0 at `low` and below, CPL_EVIDENCE_FULL from `high` on. */
static int32_t ramp(size_t v, size_t low, size_t high) { return v <= low ? 0 : v >= high ? CPL_EVIDENCE_FULL : (int32_t)((v - low) * CPL_EVIDENCE_FULL / (high - low)); }

static bool has_letters(const cpl_letters *l, const cpl_feature *f) {
    size_t letters = 0;
    for (uint32_t i = f->at; i < f->at + f->length; i++) letters += l->letter[i] > '9';
    return letters > 1;
}

/* The longest n-grams tell a language, and words, from letters that fell together: of Thai messages by strangers the model knows half, of other languages and of a hand on the
 * keyboard less than a sixth (docs/internals/classify.md). A message of one short word, or of numbers and signs, has too few of them to be sure of anything. */
static int32_t evidence_of(const cpl_present *p, const cpl_features *r) {
    enum { FEW = 1, AMPLE = 6, STRANGE = 100, FAMILIAR = 250 }; /* n-grams; per mille of those read */
    size_t read = 0, known = 0;
    for (size_t i = 0; i < r->ngrams; i++) {
        if (r->features[i].length < CPL_NGRAM_MOST || !has_letters(&r->letters, &r->features[i])) continue;
        read++;
        known += p->of[i] != CPL_NO_FEATURE;
    }
    int32_t amount = ramp(known, FEW, AMPLE), share = ramp(read ? known * 1000 / read : 0, STRANGE, FAMILIAR);
    int32_t both = amount * share / CPL_EVIDENCE_FULL;
    return both < CPL_EVIDENCE_LEAST ? CPL_EVIDENCE_LEAST : both;
}

static int64_t norm_of(uint64_t squares) { return squares ? cpl_isqrt(squares << 16) : 1; }

complaint_status cpl_present_make(cpl_present *p, const cpl_memory *m, const cpl_model *model, const cpl_features *r) {
    complaint_status s = reserve(p, m, model->features, r->count);
    if (s != COMPLAINT_OK) return s;
    p->norm[CPL_BLOCK_NGRAM] = norm_of(look_up(p, model, r->features, 0, r->ngrams));
    p->ngrams = p->count;
    p->norm[CPL_BLOCK_LEXICON] = norm_of(look_up(p, model, r->features, r->ngrams, r->count));
    p->evidence = evidence_of(p, r);
    return COMPLAINT_OK;
}

void cpl_present_clear(cpl_present *p) {
    for (size_t i = 0; i < p->count; i++) p->times[p->feature[i]] = 0;
    p->count = p->ngrams = 0;
}

void cpl_present_free(cpl_present *p, const cpl_memory *m) {
    cpl_free(m, p->feature);
    cpl_free(m, p->of);
    cpl_free(m, p->times);
    *p = (cpl_present){0};
}

/* ---- scores ---- */

static void add_up(const cpl_model *model, const uint32_t *feature, size_t count, int32_t sum[CPL_OUTPUTS_MAX]) {
    uint32_t outputs = model->outputs;
    memset(sum, 0, outputs * sizeof *sum);
    for (size_t i = 0; i < count; i++) {
        const int8_t *w = (const int8_t *)model->weights + (size_t)feature[i] * outputs;
        for (uint32_t k = 0; k < outputs; k++) sum[k] += w[k];
    }
}

static int64_t within(int64_t v) {
    int64_t limit = INT32_MAX;
    return v > limit ? limit : v < -limit ? -limit : v;
}

static int64_t worth(const cpl_parameters *q, int64_t margin) { return margin * q->slope / 65536 + q->offset; }

/* Margins of a message that the model hardly knows count for less: the order of the classes stays, and none is sure. */
static void weigh_classes(const cpl_model *model, int32_t evidence, cpl_scores *s) {
    int64_t x[CPL_CLASSES_MAX], most = INT64_MIN, sum = 0;
    uint32_t count = (uint32_t)model->classes.count;
    for (uint32_t k = 0; k < count; k++) {
        x[k] = worth(&model->parameters[k], s->margin[k]) * evidence / CPL_EVIDENCE_FULL;
        if (x[k] > most) most = x[k];
    }
    for (uint32_t k = 0; k < count; k++) sum += x[k] = cpl_exp_negative(most - x[k]);
    for (uint32_t k = 0; k < count; k++) s->probability[k] = (int32_t)((x[k] << 16) / sum);
}

void cpl_score(const cpl_model *model, const cpl_present *p, cpl_scores *s) {
    int32_t sum[CPL_BLOCKS][CPL_OUTPUTS_MAX];
    add_up(model, p->feature, p->ngrams, sum[CPL_BLOCK_NGRAM]);
    add_up(model, p->feature + p->ngrams, p->count - p->ngrams, sum[CPL_BLOCK_LEXICON]);
    for (uint32_t k = 0; k < model->outputs; k++) {
        const cpl_parameters *q = &model->parameters[k];
        int64_t m = q->bias;
        for (int b = 0; b < CPL_BLOCKS; b++) m += within((int64_t)sum[b][k] * q->scale[b] * 256 / p->norm[b]);
        s->margin[k] = within(m);
    }
    weigh_classes(model, p->evidence, s);
    for (uint32_t k = (uint32_t)model->classes.count; k < model->outputs; k++) s->probability[k] = cpl_sigmoid(worth(&model->parameters[k], s->margin[k]));
}
