/*
 * classify: what a message is about: one class, flags, and the words that decided. Pure: same model, same bytes, same answer, on any
 * machine; what runs for a message computes in integers only.
 *
 * Owns: how a text is read (letters, n-grams, phrases of the lexicon), the model's bytes, scores and what they are worth, training,
 * evaluation. Must not know: policies, cases, what is done with the answer.
 */
#ifndef CPL_CLASSIFY_H
#define CPL_CLASSIFY_H

#include "base/base.h"
#include "text/text.h"

#include <complaint/classify.h>

enum {
    CPL_CLASSES_MAX = 32,
    CPL_FLAGS_MAX = 8,    /* trained ones, and those that the lexicon alone knows, together */
    CPL_OUTPUTS_MAX = CPL_CLASSES_MAX + CPL_FLAGS_MAX,
    CPL_LABEL_MAX = 32,   /* bytes of a class or flag, its NUL counted */
    CPL_GROUPS_MAX = 254, /* of the lexicon */
    CPL_TERM_GROUPS = 3   /* that one term may stand in */
};

/* ---- bytes of a model: little-endian, wherever they lie --------------------------------------------------------------------- */

static inline uint32_t cpl_le16(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8; }
static inline uint32_t cpl_le32(const uint8_t *p) { return cpl_le16(p) | cpl_le16(p + 2) << 16; }
void cpl_put16(cpl_buf *b, uint32_t v);
void cpl_put32(cpl_buf *b, uint32_t v);

/* ---- letters: what is compared ----------------------------------------------------------------------------------------------- */

/* The normal form's characters with all digits alike and long numbers cut, a blank before and behind. at[i] is the place of letter i in the
 * normal form; at[count] is its end. */
typedef struct cpl_letters {
    cpl_memory memory;
    uint16_t *letter;
    uint32_t *at;
    size_t count, capacity;
} cpl_letters;

complaint_status cpl_letters_make(cpl_letters *l, cpl_str normal);
void cpl_letters_free(cpl_letters *l);

/* ---- the lexicon: phrases and the groups they stand for ----------------------------------------------------------------------- */

/* A section of a model. Groups of 8 bytes: hash, flag + 1 that the group speaks for (0: none), strength in percent, role, 0. Terms of 8 bytes: hash,
 * groups + 1 (0: none). Nodes of 8 bytes, breadth first: letter, term + 1 (0: none), first child; a node's children end where the next
 * node's begin, and one node behind the last ends them all. Node 0 is the root. */
typedef struct cpl_lexicon {
    const uint8_t *groups, *terms, *nodes;
    uint32_t group_count, term_count, node_count;
} cpl_lexicon;

/* What a group's phrases are beside words: politeness, or what stands behind it and belongs to it: a particle, or whom it is said to. */
enum { CPL_ROLE_NONE, CPL_ROLE_FORMULA, CPL_ROLE_PARTICLE, CPL_ROLE_ADDRESSEE, CPL_ROLES };

typedef struct cpl_match {
    uint32_t term, at, length; /* in letters */
} cpl_match;

/* Makes the section's bytes from the words as people keep them: GROUP TAB FLAG:PERCENT, a role or nothing TAB PHRASE | PHRASE …, a line a group, # for remarks.
 * Flags are numbered by their place in `flags`; one that is not there is added to it. E_SYNTAX with the line. */
typedef struct cpl_labels {
    char name[CPL_CLASSES_MAX][CPL_LABEL_MAX];
    size_t count;
} cpl_labels;

/* The label's number; it is added when it is new. -1: no room, or no label (a to z, 0 to 9 and _ , less than CPL_LABEL_MAX bytes). */
int cpl_label_add(cpl_labels *l, cpl_str name, size_t max);

complaint_status cpl_lexicon_build(const cpl_memory *m, cpl_str words, cpl_labels *flags, cpl_buf *section, complaint_error *e);
/* Reads the section that `size` bytes begin with; *used is its size. False when it contradicts itself. */
bool cpl_lexicon_open(cpl_lexicon *x, const uint8_t *bytes, size_t size, uint32_t flag_count, size_t *used);
/* The phrases in these letters, the longest at each place, not overlapping. */
typedef struct cpl_matches {
    cpl_memory memory;
    cpl_match *item;
    size_t count, capacity;
} cpl_matches;
complaint_status cpl_lexicon_scan(const cpl_lexicon *x, const cpl_letters *l, cpl_matches *found);
uint32_t cpl_term_groups(const cpl_lexicon *x, uint32_t term, uint32_t groups[CPL_TERM_GROUPS]); /* how many */
uint32_t cpl_group_role(const cpl_lexicon *x, uint32_t group);

/* Stands for the letters of politeness that was left out; no feature reads across it. */
#define CPL_LEFT_OUT ((uint16_t)0)
/* True when letters were left out: the phrases have to be looked for again. */
bool cpl_formulas_leave_out(const cpl_lexicon *x, cpl_letters *l, const cpl_matches *found);
/* Removes the phrases that are nothing but politeness. */
void cpl_formulas_forget(const cpl_lexicon *x, cpl_matches *found);

/* ---- features: what a model has weights for ------------------------------------------------------------------------------------ */

enum { CPL_NGRAM_LEAST = 2, CPL_NGRAM_MOST = 4, CPL_KEY_BITS = 30 };
enum { CPL_BLOCK_NGRAM, CPL_BLOCK_LEXICON, CPL_BLOCKS };

typedef struct cpl_feature {
    uint32_t key;    /* CPL_KEY_BITS */
    uint32_t at;     /* the first letter */
    uint32_t length; /* letters */
} cpl_feature;

/* One message after the other in the same memory: nothing is allocated once it has read one as long. features[0 … ngrams) are n-grams, the
 * rest of the lexicon. */
typedef struct cpl_features {
    cpl_memory memory;
    cpl_normal normal;
    cpl_letters letters;
    cpl_matches matches;
    cpl_feature *features;
    size_t ngrams, count, capacity;
} cpl_features;

void cpl_features_init(cpl_features *r, const cpl_memory *m);
void cpl_features_free(cpl_features *r);
complaint_status cpl_features_make(cpl_features *r, const cpl_lexicon *x, cpl_str text, int32_t options);
uint32_t cpl_group_key(cpl_str name); /* what a group's features begin with */
uint32_t cpl_term_key(const uint16_t *letter, size_t n);

/* ---- the model ------------------------------------------------------------------------------------------------------------------ */

/* What a trainer found, before it is bytes. */
typedef struct cpl_parameters {
    int32_t scale[CPL_BLOCKS]; /* what 1 in a weight stands for, 2^-16 */
    int32_t bias;              /* 2^-16, as are margins */
    int32_t slope, offset;     /* the margin's worth: slope * margin + offset, 2^-16 */
    int32_t threshold;         /* a flag is raised from this probability on, per mille */
} cpl_parameters;

/* A view of a model's bytes (docs/internals/classify.md has the format). */
typedef struct cpl_model {
    cpl_labels classes, flags; /* the first `trained` flags have an output */
    uint32_t trained, outputs; /* outputs = classes + trained flags */
    cpl_parameters parameters[CPL_OUTPUTS_MAX];
    cpl_lexicon lexicon;
    uint32_t features;
    const uint8_t *buckets, *prints, *sizes, *weights; /* first feature of each bucket (16 bits), the key's low 16 bits, a feature's size, its weights */
} cpl_model;

enum { CPL_MODEL_MAX = 16 << 20, CPL_FEATURES_MAX = 65535, CPL_SIZE_UNIT = 16, CPL_PRINT_BITS = 16, CPL_BUCKETS = 1 << (CPL_KEY_BITS - CPL_PRINT_BITS) };

/* Checks every byte that inference relies on. E_SYNTAX: no model; E_UNSUPPORTED: a later format; E_CORRUPT: damaged; E_TOO_LARGE. */
complaint_status cpl_model_open(cpl_model *model, cpl_str bytes, complaint_error *e);
/* `keys` ascending, `sizes` one and `weights` `outputs` a feature. Appends the bytes. */
void cpl_model_write(const cpl_model *shape, cpl_str lexicon, const uint32_t *keys, const uint8_t *sizes, const int8_t *weights, cpl_buf *b);
cpl_str cpl_model_lexicon_bytes(const cpl_model *model);
cpl_str cpl_model_builtin(void);

#define CPL_NO_FEATURE UINT32_MAX
static inline uint32_t cpl_model_find(const cpl_model *model, uint32_t key) {
    uint32_t bucket = key >> CPL_PRINT_BITS, print = key & 0xFFFF;
    uint32_t end = cpl_le16(model->buckets + 2 * (size_t)bucket + 2);
    for (uint32_t i = cpl_le16(model->buckets + 2 * (size_t)bucket); i < end; i++)
        if (cpl_le16(model->prints + 2 * (size_t)i) == print) return i;
    return CPL_NO_FEATURE;
}

/* ---- deciding ------------------------------------------------------------------------------------------------------------------- */

/* Which features of the model a reading has, each once. `times` has model->features places, all 0, and is left so by cpl_present_clear. */
typedef struct cpl_present {
    uint32_t *feature, *of; /* the present ones in order of appearance; for each of the reading's features its own, or CPL_NO_FEATURE */
    uint16_t *times;
    size_t count, capacity, of_capacity, times_capacity;
    int64_t norm[CPL_BLOCKS]; /* 2^-8 of the sizes' unit; never 0 */
    size_t ngrams;            /* of `feature`, those of the first block */
    int32_t evidence;         /* how much of the message the model knows, CPL_EVIDENCE_LEAST to CPL_EVIDENCE_FULL */
} cpl_present;

enum { CPL_EVIDENCE_FULL = 256, CPL_EVIDENCE_LEAST = 32 };

typedef struct cpl_scores {
    int64_t margin[CPL_OUTPUTS_MAX];     /* 2^-16 */
    int32_t probability[CPL_OUTPUTS_MAX]; /* 2^-16: of each class (their sum is about 1), then of each trained flag */
} cpl_scores;

complaint_status cpl_present_make(cpl_present *p, const cpl_memory *m, const cpl_model *model, const cpl_features *r);
void cpl_present_clear(cpl_present *p);
void cpl_present_free(cpl_present *p, const cpl_memory *m);
void cpl_score(const cpl_model *model, const cpl_present *p, cpl_scores *s);
int32_t cpl_term_strength(const cpl_lexicon *x, uint32_t term, uint32_t flag); /* per cent, 0: none */
/* What the lexicon alone says of a flag, per mille. */
int32_t cpl_lexicon_flag(const cpl_lexicon *x, const cpl_matches *found, uint32_t flag);

uint32_t cpl_isqrt(uint64_t v);      /* rounded down */
int64_t cpl_exp_negative(int64_t x); /* e^-x for x >= 0 of 2^-16, as 2^-30 */
int32_t cpl_sigmoid(int64_t x);      /* of 2^-16, as 2^-16 */

/* ---- classifiers: one model, or two that answer together ------------------------------------------------------------------------- */

struct complaint_classifier {
    atomic_size_t owners;
    cpl_memory memory;
    cpl_model model;                /* of one */
    uint8_t *bytes;                 /* of the model, when they are the classifier's own */
    complaint_classifier *parts[2]; /* of two */
    int32_t share;                  /* per mille, of the first */
    cpl_labels classes, flags;
};

enum { CPL_CLASSIFY_TEXT_MAX = 1 << 20, CPL_SHARE_ALL = 1000 };

complaint_status cpl_classifier_builtin(const cpl_memory *m, complaint_classifier **classifier, complaint_error *e);
complaint_status cpl_classifier_load(const cpl_memory *m, cpl_str bytes, complaint_classifier **classifier, complaint_error *e);
complaint_status cpl_classifier_join(complaint_classifier *first, complaint_classifier *second, int32_t share, complaint_classifier **classifier);
void cpl_classifier_release(complaint_classifier *c);

/* One model at work. */
typedef struct cpl_worker {
    const cpl_model *model;
    int32_t share;
    cpl_features reading;
    cpl_present present;
    cpl_scores scores;
} cpl_worker;

typedef struct cpl_term {
    const char *outcome;
    size_t first, end; /* in the message */
    size_t copy;       /* in the copies */
    cpl_str copy_of;   /* in the normal form */
    int32_t share;     /* per mille */
} cpl_term;

enum { CPL_TERMS_CLASS = 4, CPL_TERMS_FLAG = 3, CPL_TERMS_MAX = CPL_TERMS_CLASS + CPL_TERMS_FLAG * CPL_FLAGS_MAX };

struct complaint_classification {
    cpl_memory memory;
    complaint_classifier *classifier;
    cpl_worker workers[2];
    size_t worker_count;
    bool made, explained;
    int32_t best;
    int32_t class_confidence[CPL_CLASSES_MAX], flag_confidence[CPL_FLAGS_MAX]; /* per mille */
    int32_t threshold[CPL_FLAGS_MAX];
    bool raised[CPL_FLAGS_MAX];
    cpl_buf message; /* as it was given, for the terms */
    cpl_buf copies;
    cpl_segmenter *segmenter; /* once terms were asked for */
    cpl_buf spans;            /* cpl_span of the message, and what each letter did: int64_t */
    cpl_buf parts;
    cpl_term terms[CPL_TERMS_MAX];
    int32_t term_count;
};

complaint_status cpl_classification_new(complaint_classifier *c, complaint_classification **k);
void cpl_classification_free(complaint_classification *k);
complaint_status cpl_classification_make(complaint_classification *k, cpl_str text, int32_t options);
/* How much of a flag's answer is the worker's, per mille: what only one of two models learned comes from it alone. */
int32_t cpl_flag_share(const complaint_classification *k, size_t worker, cpl_str flag);
/* Looks for the terms; the message was made. */
complaint_status cpl_find_terms(complaint_classification *k);
int cpl_label_find(const cpl_labels *l, cpl_str name); /* -1: none */

/* ---- training and evaluation ----------------------------------------------------------------------------------------------------- */

complaint_status cpl_training_new(const cpl_memory *m, complaint_training **t);
void cpl_training_free(complaint_training *t);
complaint_status cpl_training_add(complaint_training *t, cpl_str text, cpl_str class_code, cpl_str flags, int32_t group);
complaint_status cpl_training_set_lexicon(complaint_training *t, cpl_str words, complaint_error *e);
const cpl_memory *cpl_training_memory(const complaint_training *t);
int64_t cpl_training_count(const complaint_training *t);
complaint_status cpl_training_check(const complaint_training *t, complaint_error *e); /* E_REQUIRED with the label that has too few rows */
complaint_status cpl_train(const complaint_training *t, cpl_buf *model, complaint_error *e);
complaint_status cpl_evaluate(complaint_classifier *c, const complaint_training *rows, complaint_evaluation **evaluation, complaint_error *e);
complaint_status cpl_cross_validate(const complaint_training *t, uint32_t folds, complaint_evaluation **evaluation, complaint_error *e);

enum { CPL_CONFIDENCE_STEPS = 1001 };

struct complaint_evaluation {
    cpl_memory memory;
    cpl_labels classes, flags;
    int64_t cells[CPL_CLASSES_MAX][CPL_CLASSES_MAX];  /* labelled, answered */
    int64_t flag_cells[CPL_FLAGS_MAX][2][2];
    int64_t at[CPL_CONFIDENCE_STEPS][2];              /* messages of each confidence: all, right ones */
};

#endif
