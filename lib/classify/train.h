/*
 * classify/train: what the files of training share.
 *
 * Owns: nothing. Must not know: files, the register. Floating point stands only here; it is IEEE double with + - * / alone, so that the
 * same rows give the same bytes everywhere.
 */
#ifndef CPL_CLASSIFY_TRAIN_H
#define CPL_CLASSIFY_TRAIN_H

#include "classify/classify.h"

typedef struct cpl_row {
    cpl_str text;
    int32_t class_number;
    uint32_t flags;  /* bit per flag */
    uint32_t group;
} cpl_row;

/* Labelled messages. */
struct complaint_training {
    cpl_memory memory;
    cpl_arena arena;
    cpl_labels classes, flags;
    cpl_row *rows;
    size_t count, capacity;
    size_t text_bytes;
    cpl_buf lexicon;          /* a model's section; empty: the built-in model's */
    cpl_labels lexicon_flags; /* that it speaks for */
    complaint_error error;
};

/* One row's features: indices ascending; those below the space's `ngrams` are of the first block. */
typedef struct cpl_sparse {
    uint32_t *index;
    uint32_t count;
    double norm[CPL_BLOCKS]; /* 1 / its length in the block, 0 when it has none */
    double length[2];        /* squared, as the classes and as the flags see it, bias included */
} cpl_sparse;

/* The features that count, and the rows in them. */
typedef struct cpl_space {
    const cpl_memory *m;
    cpl_arena arena;
    uint32_t *key;   /* ascending within each block */
    uint8_t *size;   /* its weight before training, in 1 / CPL_SIZE_UNIT */
    uint32_t count, ngrams;
    cpl_sparse *rows;
    size_t row_count;
} cpl_space;

/* What one output learned: a weight a feature, and a constant. */
typedef struct cpl_line {
    double *weight;
    double bias;
} cpl_line;

/* Builds the space of all features that stand in at least two rows (n-grams: CPL_RARE). */
complaint_status cpl_space_make(cpl_space *s, const cpl_memory *m, const complaint_training *t, const cpl_lexicon *x);
/* The same rows in the features that `keep` names. */
complaint_status cpl_space_narrow(cpl_space *s, const cpl_space *from, const bool *keep);
void cpl_space_free(cpl_space *s);

/* Learns one output from the rows whose `fold` is not `left_out` (-1: all). Deterministic. */
complaint_status cpl_learn(const cpl_space *s, const complaint_training *t, uint32_t output, const uint8_t *fold, int left_out, cpl_line *line);
double cpl_margin(const cpl_space *s, size_t row, bool is_flag, const cpl_line *line);
double cpl_block_weight(bool is_flag, int block);

/* margins[row * outputs + output], none of them seen in training. Sets slope, offset and threshold of the outputs. */
complaint_status cpl_calibrate(const complaint_training *t, const double *margins, uint32_t outputs, cpl_parameters *p);

double cpl_log(double x);
double cpl_exp(double x);
double cpl_sqrt(double x);

/* Which part each row belongs to: whole groups when there are three or more, else every count-th row. Answers how many parts. */
uint32_t cpl_folds(const complaint_training *t, uint32_t most, uint8_t *fold);


#endif
