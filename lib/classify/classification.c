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

/* ---- two models ---- */

enum { NOT_KNOWN, LISTED, LEARNED };

static int knowledge_of(const cpl_model *m, cpl_str flag) {
    int i = cpl_label_find(&m->flags, flag);
    return i < 0 ? NOT_KNOWN : (uint32_t)i < m->trained ? LEARNED : LISTED;
}

int32_t cpl_flag_share(const complaint_classification *k, size_t worker, cpl_str flag) {
    if (k->worker_count < 2) return CPL_SHARE_ALL;
    int own = knowledge_of(k->workers[worker].model, flag), others = knowledge_of(k->workers[1 - worker].model, flag);
    return own > others ? CPL_SHARE_ALL : own < others ? 0 : k->workers[worker].share;
}

/* What a model says of the classes that the other one has, too: 2^-16. */
static int64_t common_mass(const cpl_worker *w, const cpl_worker *other) {
    int64_t sum = 0;
    for (size_t i = 0; i < w->model->classes.count; i++)
        if (cpl_label_find(&other->model->classes, cpl_str_of(w->model->classes.name[i])) >= 0) sum += w->scores.probability[i];
    return sum;
}

static void add_class(complaint_classification *k, const char *name, int64_t per_mille) {
    int c = cpl_label_find(&k->classifier->classes, cpl_str_of(name));
    k->class_confidence[c] += (int32_t)per_mille;
}

/* A model gives all of a message to the classes that it has. So it is believed as far as the other one leaves room for these, and answers alone
 * for those that only it has; the shares divide what both know. */
static void add_shared_classes(complaint_classification *k, const cpl_worker *w, const cpl_worker *other) {
    int64_t own = common_mass(w, other), room = common_mass(other, w), one = 65536;
    int64_t all = own * room + (one - own) * room + (one - room) * own;
    for (size_t i = 0; i < w->model->classes.count; i++) {
        const char *name = w->model->classes.name[i];
        bool both = cpl_label_find(&other->model->classes, cpl_str_of(name)) >= 0;
        int64_t p = w->scores.probability[i];
        if (all > 0)
            add_class(k, name, p * room * (both ? w->share : CPL_SHARE_ALL) / all);
        else
            add_class(k, name, p * w->share / one);
    }
}

static void add_classes(complaint_classification *k, size_t worker) {
    const cpl_worker *w = &k->workers[worker];
    if (k->worker_count > 1) {
        add_shared_classes(k, w, &k->workers[1 - worker]);
        return;
    }
    for (size_t i = 0; i < w->model->classes.count; i++) add_class(k, w->model->classes.name[i], (int64_t)w->scores.probability[i] * CPL_SHARE_ALL / 65536);
}

static void add_flags(complaint_classification *k, size_t worker) {
    const cpl_worker *w = &k->workers[worker];
    const cpl_model *m = w->model;
    for (uint32_t i = 0; i < m->flags.count; i++) {
        bool trained = i < m->trained;
        uint32_t output = (uint32_t)m->classes.count + i;
        cpl_str name = cpl_str_of(m->flags.name[i]);
        int f = cpl_label_find(&k->classifier->flags, name);
        int32_t confidence = trained ? (int32_t)((int64_t)w->scores.probability[output] * 1000 / 65536) : cpl_lexicon_flag(&m->lexicon, &w->reading.matches, i);
        int32_t threshold = trained ? m->parameters[output].threshold : RAISED_BY_PHRASES, share = cpl_flag_share(k, worker, name);
        k->flag_confidence[f] += confidence * share / CPL_SHARE_ALL;
        k->threshold[f] += threshold * share / CPL_SHARE_ALL;
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
    for (size_t i = 0; i < k->worker_count; i++) {
        add_classes(k, i);
        add_flags(k, i);
    }
    decide(k);
    k->made = true;
    return COMPLAINT_OK;
}
