/*
 * classify/classification: one answer after the other.
 *
 * Owns: how two models answer together, when a flag is raised. Must not know: which words decided.
 */
#include "classify/classify.h"

enum { RAISED_BY_PHRASES = 500 }; /* per mille */

static void hire(complaint_classification *k, const complaint_classifier *c, int32_t share) {
    cpl_worker *w = &k->workers[k->worker_count++];
    w->model = &c->model;
    w->share = share;
    cpl_features_init(&w->reading, &k->memory);
}

complaint_status cpl_classification_new(complaint_classifier *c, complaint_classification **classification) {
    complaint_classification *k = cpl_alloc_zero(&c->memory, 1, sizeof *k);
    if (!k) return COMPLAINT_E_MEMORY;
    k->memory = c->memory;
    k->classifier = c;
    atomic_fetch_add(&c->owners, 1);
    cpl_buf_init(&k->message, &k->memory);
    cpl_buf_init(&k->copies, &k->memory);
    cpl_buf_init(&k->spans, &k->memory);
    cpl_buf_init(&k->parts, &k->memory);
    if (c->parts[0]) {
        hire(k, c->parts[0], c->share);
        hire(k, c->parts[1], CPL_SHARE_ALL - c->share);
    } else
        hire(k, c, CPL_SHARE_ALL);
    *classification = k;
    return COMPLAINT_OK;
}

void cpl_classification_free(complaint_classification *k) {
    if (!k) return;
    cpl_memory m = k->memory;
    for (size_t i = 0; i < k->worker_count; i++) {
        cpl_features_free(&k->workers[i].reading);
        cpl_present_free(&k->workers[i].present, &m);
    }
    cpl_buf_free(&k->message);
    cpl_buf_free(&k->copies);
    cpl_buf_free(&k->spans);
    cpl_buf_free(&k->parts);
    cpl_segmenter_free(k->segmenter);
    cpl_classifier_release(k->classifier);
    cpl_free(&m, k);
}

static complaint_status work(complaint_classification *k, cpl_worker *w, cpl_str text, int32_t options) {
    cpl_present_clear(&w->present);
    complaint_status s = cpl_features_make(&w->reading, &w->model->lexicon, text, options);
    if (s == COMPLAINT_OK) s = cpl_present_make(&w->present, &k->memory, w->model, &w->reading);
    if (s == COMPLAINT_OK) cpl_score(w->model, &w->present, &w->scores);
    return s;
}

static void add_answer(complaint_classification *k, const cpl_worker *w) {
    const cpl_model *m = w->model;
    for (uint32_t i = 0; i < m->classes.count; i++) {
        int c = cpl_label_find(&k->classifier->classes, cpl_str_of(m->classes.name[i]));
        k->class_confidence[c] += w->scores.probability[i] * w->share / 65536;
    }
    for (uint32_t i = 0; i < m->flags.count; i++) {
        bool trained = i < m->trained;
        uint32_t output = (uint32_t)m->classes.count + i;
        int f = cpl_label_find(&k->classifier->flags, cpl_str_of(m->flags.name[i]));
        int32_t confidence = trained ? (int32_t)((int64_t)w->scores.probability[output] * 1000 / 65536) : cpl_lexicon_flag(&m->lexicon, &w->reading.matches, i);
        int32_t threshold = trained ? m->parameters[output].threshold : RAISED_BY_PHRASES;
        k->flag_confidence[f] += confidence * w->share / CPL_SHARE_ALL;
        k->threshold[f] += threshold * w->share / CPL_SHARE_ALL;
    }
}

static void decide(complaint_classification *k) {
    k->best = 0;
    for (size_t i = 1; i < k->classifier->classes.count; i++)
        if (k->class_confidence[i] > k->class_confidence[k->best]) k->best = (int32_t)i;
    for (size_t f = 0; f < k->classifier->flags.count; f++) k->raised[f] = k->flag_confidence[f] >= k->threshold[f];
}

static void forget(complaint_classification *k) {
    k->made = k->explained = false;
    k->term_count = 0;
    memset(k->class_confidence, 0, sizeof k->class_confidence);
    memset(k->flag_confidence, 0, sizeof k->flag_confidence);
    memset(k->threshold, 0, sizeof k->threshold);
    memset(k->raised, 0, sizeof k->raised);
}

complaint_status cpl_classification_make(complaint_classification *k, cpl_str text, int32_t options) {
    forget(k);
    if (text.n > CPL_CLASSIFY_TEXT_MAX) return COMPLAINT_E_TOO_LARGE;
    cpl_buf_clear(&k->message);
    cpl_buf_str(&k->message, text);
    complaint_status s = k->message.failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < k->worker_count; i++) s = work(k, &k->workers[i], text, options);
    if (s != COMPLAINT_OK) return s;
    for (size_t i = 0; i < k->worker_count; i++) add_answer(k, &k->workers[i]);
    decide(k);
    k->made = true;
    return COMPLAINT_OK;
}
