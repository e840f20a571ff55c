/*
 * classify/classifier: the handle over one model or two.
 *
 * Owns: whose the bytes are, the labels of both together. Must not know: scores.
 */
#include "classify/classify.h"

static complaint_status make(const cpl_memory *m, complaint_classifier **c) {
    *c = cpl_alloc_zero(m, 1, sizeof **c);
    if (!*c) return COMPLAINT_E_MEMORY;
    (*c)->memory = *m;
    atomic_init(&(*c)->owners, 1);
    return COMPLAINT_OK;
}

static complaint_status open_model(complaint_classifier *c, cpl_str bytes, complaint_error *e) {
    complaint_status s = cpl_model_open(&c->model, bytes, e);
    if (s != COMPLAINT_OK) return s;
    c->classes = c->model.classes;
    c->flags = c->model.flags;
    return COMPLAINT_OK;
}

complaint_status cpl_classifier_builtin(const cpl_memory *m, complaint_classifier **classifier, complaint_error *e) {
    complaint_classifier *c;
    complaint_status s = make(m, &c);
    if (s != COMPLAINT_OK) return cpl_fail(e, s, NULL);
    s = open_model(c, cpl_model_builtin(), e);
    if (s != COMPLAINT_OK)
        cpl_classifier_release(c);
    else
        *classifier = c;
    return s;
}

complaint_status cpl_classifier_load(const cpl_memory *m, cpl_str bytes, complaint_classifier **classifier, complaint_error *e) {
    cpl_model looked_at; /* before anything is copied */
    complaint_classifier *c = NULL;
    complaint_status s = cpl_model_open(&looked_at, bytes, e);
    if (s == COMPLAINT_OK && (s = make(m, &c)) != COMPLAINT_OK) cpl_fail(e, s, NULL);
    if (s == COMPLAINT_OK && !(c->bytes = cpl_alloc(m, bytes.n))) s = cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    if (s == COMPLAINT_OK) {
        memcpy(c->bytes, bytes.p, bytes.n);
        s = open_model(c, (cpl_str){(const char *)c->bytes, bytes.n}, e);
    }
    if (s != COMPLAINT_OK)
        cpl_classifier_release(c);
    else
        *classifier = c;
    return s;
}

static bool add_labels(cpl_labels *l, const cpl_labels *more, size_t max) {
    for (size_t i = 0; i < more->count; i++)
        if (cpl_label_add(l, cpl_str_of(more->name[i]), max) < 0) return false;
    return true;
}

complaint_status cpl_classifier_join(complaint_classifier *first, complaint_classifier *second, int32_t share, complaint_classifier **classifier) {
    complaint_classifier *c;
    if (first->parts[0] || second->parts[0] || share < 1 || share >= CPL_SHARE_ALL) return COMPLAINT_E_INVALID;
    complaint_status s = make(&first->memory, &c);
    if (s != COMPLAINT_OK) return s;
    c->classes = first->classes;
    c->flags = first->flags;
    c->share = share;
    if (!add_labels(&c->classes, &second->classes, CPL_CLASSES_MAX) || !add_labels(&c->flags, &second->flags, CPL_FLAGS_MAX)) {
        cpl_classifier_release(c);
        return COMPLAINT_E_INVALID;
    }
    c->parts[0] = first;
    c->parts[1] = second;
    atomic_fetch_add(&first->owners, 1);
    atomic_fetch_add(&second->owners, 1);
    *classifier = c;
    return COMPLAINT_OK;
}

void cpl_classifier_release(complaint_classifier *c) {
    if (!c || atomic_fetch_sub(&c->owners, 1) > 1) return;
    cpl_memory m = c->memory;
    cpl_classifier_release(c->parts[0]);
    cpl_classifier_release(c->parts[1]);
    cpl_free(&m, c->bytes);
    cpl_free(&m, c);
}
