/*
 * classify/evaluate: what a model says of messages whose labels are known.
 *
 * Owns: counting. Must not know: how the answers come about.
 */
#include "classify/train.h"

static complaint_status new_evaluation(const cpl_memory *m, const complaint_training *rows, complaint_evaluation **evaluation) {
    complaint_evaluation *v = cpl_alloc_zero(m, 1, sizeof *v);
    if (!v) return COMPLAINT_E_MEMORY;
    v->memory = *m;
    v->classes = rows->classes;
    v->flags = rows->flags;
    *evaluation = v;
    return COMPLAINT_OK;
}

/* An answer that no row is labelled with gets its column when it first occurs. */
static complaint_status count_answer(complaint_evaluation *v, const cpl_row *row, const complaint_classification *k) {
    const complaint_classifier *c = k->classifier;
    int answered = cpl_label_add(&v->classes, cpl_str_of(c->classes.name[k->best]), CPL_CLASSES_MAX);
    if (answered < 0) return COMPLAINT_E_INVALID;
    v->cells[row->class_number][answered]++;
    int32_t confidence = k->class_confidence[k->best];
    v->at[confidence][0]++;
    v->at[confidence][1] += answered == row->class_number;
    for (size_t f = 0; f < v->flags.count; f++) {
        int own = cpl_label_find(&c->flags, cpl_str_of(v->flags.name[f]));
        v->flag_cells[f][row->flags >> f & 1][own >= 0 && k->raised[own]]++;
    }
    return COMPLAINT_OK;
}

/* The rows of one part, or all of them. */
static complaint_status count_rows(complaint_evaluation *v, complaint_classifier *c, const complaint_training *rows, const uint8_t *fold, uint32_t part) {
    complaint_classification *k = NULL;
    complaint_status s = cpl_classification_new(c, &k);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows->count; i++) {
        if (fold && fold[i] != part) continue;
        s = cpl_classification_make(k, rows->rows[i].text, COMPLAINT_NORMAL_REPAIR);
        if (s == COMPLAINT_OK) s = count_answer(v, &rows->rows[i], k);
    }
    cpl_classification_free(k);
    return s;
}

complaint_status cpl_evaluate(complaint_classifier *c, const complaint_training *rows, complaint_evaluation **evaluation, complaint_error *e) {
    complaint_evaluation *v = NULL;
    complaint_status s = new_evaluation(&rows->memory, rows, &v);
    if (s == COMPLAINT_OK) s = count_rows(v, c, rows, NULL, 0);
    if (s == COMPLAINT_OK)
        *evaluation = v;
    else if (v)
        cpl_free(&rows->memory, v);
    return s == COMPLAINT_OK ? s : cpl_fail(e, s, NULL);
}

/* ---- cross validation ---- */

/* The rows that are not of the part, and the labels of all of them in their order. The texts are the other set's. */
static complaint_status rest_of(const complaint_training *t, const uint8_t *fold, uint32_t part, complaint_training *rest) {
    *rest = *t;
    rest->rows = cpl_alloc(&t->memory, (t->count + 1) * sizeof *rest->rows);
    rest->count = 0;
    if (!rest->rows) return COMPLAINT_E_MEMORY;
    for (size_t i = 0; i < t->count; i++)
        if (fold[i] != part) rest->rows[rest->count++] = t->rows[i];
    return COMPLAINT_OK;
}

static complaint_status validate_part(complaint_evaluation *v, const complaint_training *t, const uint8_t *fold, uint32_t part, complaint_error *e) {
    complaint_training rest;
    complaint_classifier *c = NULL;
    cpl_buf model;
    cpl_buf_init(&model, &t->memory);
    complaint_status s = rest_of(t, fold, part, &rest);
    if (s == COMPLAINT_OK) s = cpl_train(&rest, &model, e);
    if (s == COMPLAINT_OK) s = cpl_classifier_load(&t->memory, (cpl_str){model.data, model.size}, &c, e);
    if (s == COMPLAINT_OK) s = count_rows(v, c, t, fold, part);
    cpl_classifier_release(c);
    cpl_buf_free(&model);
    cpl_free(&t->memory, rest.rows);
    return s;
}

complaint_status cpl_cross_validate(const complaint_training *t, uint32_t folds, complaint_evaluation **evaluation, complaint_error *e) {
    complaint_evaluation *v = NULL;
    uint8_t *fold = cpl_alloc(&t->memory, t->count + 1);
    complaint_status s = fold ? new_evaluation(&t->memory, t, &v) : COMPLAINT_E_MEMORY;
    uint32_t parts = fold ? cpl_folds(t, folds, fold) : 0;
    for (uint32_t part = 0; s == COMPLAINT_OK && part < parts; part++) s = validate_part(v, t, fold, part, e);
    cpl_free(&t->memory, fold);
    if (s == COMPLAINT_OK)
        *evaluation = v;
    else if (v)
        cpl_free(&t->memory, v);
    return s == COMPLAINT_OK || e->status != COMPLAINT_OK ? s : cpl_fail(e, s, NULL);
}
