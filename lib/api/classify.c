/*
 * api/classify: complaint/classify.h over the classify module.
 *
 * Owns: what NULL answers, measures made of counts, when an answer is unsure for an office. Must not know: how messages are classified.
 */
#include "classify/classify.h"
#include "host/host.h"
#include "policy/policy.h"

#include <complaint/classify.h>

static complaint_status hand_out(complaint_status s, const complaint_error *e, const cpl_memory *m, complaint_error **error) {
    if (s != COMPLAINT_OK && error) *error = cpl_error_copy(e, m);
    return s;
}

static complaint_status memory_of(const complaint_allocator *allocator, cpl_memory *m, complaint_error *e) {
    *m = cpl_memory_default; /* for the error that says what is wrong with the host's */
    return cpl_host_check_allocator(allocator, m, e);
}

/* ---- classifiers ---- */

complaint_status COMPLAINT_CALL complaint_classifier_builtin(const complaint_allocator *allocator, complaint_classifier **classifier, complaint_error **error) {
    complaint_error e = {0};
    cpl_memory m;
    complaint_status s = memory_of(allocator, &m, &e);
    if (s == COMPLAINT_OK && !classifier) s = cpl_fail(&e, COMPLAINT_E_INVALID, "classifier");
    if (s == COMPLAINT_OK) s = cpl_classifier_builtin(&m, classifier, &e);
    return hand_out(s, &e, &m, error);
}

complaint_status COMPLAINT_CALL complaint_classifier_load(const complaint_allocator *allocator, const void *bytes, size_t size, complaint_classifier **classifier,
                                                          complaint_error **error) {
    complaint_error e = {0};
    cpl_memory m;
    complaint_status s = memory_of(allocator, &m, &e);
    if (s == COMPLAINT_OK && !bytes) s = cpl_fail(&e, COMPLAINT_E_INVALID, "bytes");
    if (s == COMPLAINT_OK && !classifier) s = cpl_fail(&e, COMPLAINT_E_INVALID, "classifier");
    if (s == COMPLAINT_OK) s = cpl_classifier_load(&m, (cpl_str){bytes, size}, classifier, &e);
    return hand_out(s, &e, &m, error);
}

complaint_status COMPLAINT_CALL complaint_classifier_join(complaint_classifier *first, complaint_classifier *second, int32_t share, complaint_classifier **classifier) {
    if (!first || !second) return COMPLAINT_E_HANDLE;
    return classifier ? cpl_classifier_join(first, second, share, classifier) : COMPLAINT_E_INVALID;
}

static const char *label_at(const cpl_labels *l, int32_t index) { return index >= 0 && (size_t)index < l->count ? l->name[index] : NULL; }

const char *COMPLAINT_CALL complaint_classifier_class(const complaint_classifier *classifier, int32_t index) { return classifier ? label_at(&classifier->classes, index) : NULL; }

const char *COMPLAINT_CALL complaint_classifier_flag(const complaint_classifier *classifier, int32_t index) { return classifier ? label_at(&classifier->flags, index) : NULL; }

void COMPLAINT_CALL complaint_classifier_retain(complaint_classifier *classifier) {
    if (classifier) atomic_fetch_add(&classifier->owners, 1);
}

void COMPLAINT_CALL complaint_classifier_free(complaint_classifier *classifier) { cpl_classifier_release(classifier); }

/* ---- classifications ---- */

complaint_status COMPLAINT_CALL complaint_classification_new(complaint_classifier *classifier, complaint_classification **classification) {
    if (!classifier) return COMPLAINT_E_HANDLE;
    return classification ? cpl_classification_new(classifier, classification) : COMPLAINT_E_INVALID;
}

void COMPLAINT_CALL complaint_classification_free(complaint_classification *classification) { cpl_classification_free(classification); }

complaint_status COMPLAINT_CALL complaint_classification_make(complaint_classification *classification, const char *text, size_t size) {
    if (!classification) return COMPLAINT_E_HANDLE;
    if (!text && size) {
        classification->made = false;
        return COMPLAINT_E_INVALID;
    }
    return cpl_classification_make(classification, (cpl_str){text, size}, 0);
}

static bool made(const complaint_classification *k) { return k && k->made; }

const char *COMPLAINT_CALL complaint_classification_class(const complaint_classification *classification) {
    return made(classification) ? classification->classifier->classes.name[classification->best] : "";
}

int32_t COMPLAINT_CALL complaint_classification_confidence(const complaint_classification *classification) {
    return made(classification) ? classification->class_confidence[classification->best] : 0;
}

int32_t COMPLAINT_CALL complaint_classification_class_confidence(const complaint_classification *classification, const char *class_code) {
    int found = made(classification) ? cpl_label_find(&classification->classifier->classes, cpl_str_of(class_code)) : -1;
    return found >= 0 ? classification->class_confidence[found] : 0;
}

static int flag_number(const complaint_classification *k, const char *code) { return made(k) ? cpl_label_find(&k->classifier->flags, cpl_str_of(code)) : -1; }

int32_t COMPLAINT_CALL complaint_classification_flag(const complaint_classification *classification, const char *flag_code) {
    int found = flag_number(classification, flag_code);
    return found >= 0 && classification->raised[found];
}

int32_t COMPLAINT_CALL complaint_classification_flag_confidence(const complaint_classification *classification, const char *flag_code) {
    int found = flag_number(classification, flag_code);
    return found >= 0 ? classification->flag_confidence[found] : 0;
}

/* Nothing at all, and yet in danger: one of both is wrong. */
static bool contradicts_itself(const complaint_classification *k) {
    if (!k || !k->made || strcmp(k->classifier->classes.name[k->best], "none") != 0) return false;
    for (size_t f = 0; f < k->classifier->flags.count; f++)
        if (k->raised[f]) return true;
    return false;
}

int32_t COMPLAINT_CALL complaint_classification_unsure(const complaint_classification *classification, const complaint_policy *policy) {
    return complaint_classification_confidence(classification) < cpl_policy_unsure_below(policy) || contradicts_itself(classification);
}

/* ---- terms ---- */

complaint_status COMPLAINT_CALL complaint_classification_terms(complaint_classification *classification, int32_t *count) {
    if (!classification) return COMPLAINT_E_HANDLE;
    if (!count) return COMPLAINT_E_INVALID;
    complaint_status s = classification->made && !classification->explained ? cpl_find_terms(classification) : COMPLAINT_OK;
    if (s == COMPLAINT_OK) *count = classification->term_count;
    return s;
}

static const cpl_term *term_at(const complaint_classification *k, int32_t index) { return made(k) && index >= 0 && index < k->term_count ? &k->terms[index] : NULL; }

const char *COMPLAINT_CALL complaint_classification_term_for(const complaint_classification *classification, int32_t index) {
    const cpl_term *t = term_at(classification, index);
    return t ? t->outcome : NULL;
}

const char *COMPLAINT_CALL complaint_classification_term(const complaint_classification *classification, int32_t index, size_t *size) {
    const cpl_term *t = term_at(classification, index);
    if (!t) return NULL;
    if (size) *size = t->end - t->first;
    return classification->copies.data + t->copy;
}

complaint_status COMPLAINT_CALL complaint_classification_term_place(const complaint_classification *classification, int32_t index, size_t *first, size_t *end) {
    const cpl_term *t = term_at(classification, index);
    if (!classification) return COMPLAINT_E_HANDLE;
    if (!first || !end) return COMPLAINT_E_INVALID;
    if (!t) return COMPLAINT_E_NOT_FOUND;
    *first = t->first;
    *end = t->end;
    return COMPLAINT_OK;
}

int32_t COMPLAINT_CALL complaint_classification_term_share(const complaint_classification *classification, int32_t index) {
    const cpl_term *t = term_at(classification, index);
    return t ? t->share : 0;
}

/* ---- training ---- */

complaint_status COMPLAINT_CALL complaint_training_new(const complaint_allocator *allocator, complaint_training **training) {
    cpl_memory m;
    if (!training) return COMPLAINT_E_INVALID;
    complaint_status s = cpl_host_check_allocator(allocator, &m, NULL);
    return s == COMPLAINT_OK ? cpl_training_new(&m, training) : s;
}

void COMPLAINT_CALL complaint_training_free(complaint_training *training) { cpl_training_free(training); }

complaint_status COMPLAINT_CALL complaint_training_add(complaint_training *training, const char *text, size_t size, const char *class_code, const char *flags, int32_t group) {
    if (!training) return COMPLAINT_E_HANDLE;
    if ((!text && size) || !class_code || !flags) return COMPLAINT_E_INVALID;
    return cpl_training_add(training, (cpl_str){text, size}, cpl_str_of(class_code), cpl_str_of(flags), group);
}

complaint_status COMPLAINT_CALL complaint_training_set_lexicon(complaint_training *training, const char *words, size_t size, complaint_error **error) {
    complaint_error e = {0};
    if (!training) return hand_out(cpl_fail(&e, COMPLAINT_E_HANDLE, "training"), &e, &cpl_memory_default, error);
    complaint_status s = words || !size ? cpl_training_set_lexicon(training, (cpl_str){words, size}, &e) : cpl_fail(&e, COMPLAINT_E_INVALID, "words");
    return hand_out(s, &e, cpl_training_memory(training), error);
}

int64_t COMPLAINT_CALL complaint_training_count(const complaint_training *training) { return training ? cpl_training_count(training) : 0; }

static complaint_status train(const complaint_training *t, complaint_text **model, complaint_error *e) {
    cpl_buf bytes;
    cpl_buf_init(&bytes, cpl_training_memory(t));
    complaint_status s = cpl_training_check(t, e);
    if (s == COMPLAINT_OK) s = cpl_train(t, &bytes, e);
    if (s == COMPLAINT_OK && (s = cpl_text_take(&bytes, model)) != COMPLAINT_OK) cpl_fail(e, s, NULL);
    cpl_buf_free(&bytes);
    return s;
}

complaint_status COMPLAINT_CALL complaint_classifier_train(const complaint_training *training, complaint_text **model, complaint_error **error) {
    complaint_error e = {0};
    if (!training) return hand_out(cpl_fail(&e, COMPLAINT_E_HANDLE, "training"), &e, &cpl_memory_default, error);
    complaint_status s = model ? train(training, model, &e) : cpl_fail(&e, COMPLAINT_E_INVALID, "model");
    return hand_out(s, &e, cpl_training_memory(training), error);
}

/* ---- evaluation ---- */

complaint_status COMPLAINT_CALL complaint_classifier_evaluate(complaint_classifier *classifier, const complaint_training *rows, complaint_evaluation **evaluation, complaint_error **error) {
    complaint_error e = {0};
    if (!classifier || !rows) return hand_out(cpl_fail(&e, COMPLAINT_E_HANDLE, classifier ? "rows" : "classifier"), &e, &cpl_memory_default, error);
    complaint_status s = evaluation ? cpl_evaluate(classifier, rows, evaluation, &e) : cpl_fail(&e, COMPLAINT_E_INVALID, "evaluation");
    return hand_out(s, &e, cpl_training_memory(rows), error);
}

complaint_status COMPLAINT_CALL complaint_training_cross_validate(const complaint_training *training, int32_t folds, complaint_evaluation **evaluation, complaint_error **error) {
    enum { FOLDS_MAX = 20 };
    complaint_error e = {0};
    if (!training) return hand_out(cpl_fail(&e, COMPLAINT_E_HANDLE, "training"), &e, &cpl_memory_default, error);
    complaint_status s = COMPLAINT_OK;
    if (folds < 2 || folds > FOLDS_MAX) s = cpl_fail(&e, COMPLAINT_E_INVALID, "folds");
    if (s == COMPLAINT_OK && !evaluation) s = cpl_fail(&e, COMPLAINT_E_INVALID, "evaluation");
    if (s == COMPLAINT_OK) s = cpl_training_check(training, &e);
    if (s == COMPLAINT_OK) s = cpl_cross_validate(training, (uint32_t)folds, evaluation, &e);
    return hand_out(s, &e, cpl_training_memory(training), error);
}

void COMPLAINT_CALL complaint_evaluation_free(complaint_evaluation *evaluation) {
    if (!evaluation) return;
    cpl_memory m = evaluation->memory;
    cpl_free(&m, evaluation);
}

const char *COMPLAINT_CALL complaint_evaluation_class(const complaint_evaluation *evaluation, int32_t index) { return evaluation ? label_at(&evaluation->classes, index) : NULL; }

const char *COMPLAINT_CALL complaint_evaluation_flag(const complaint_evaluation *evaluation, int32_t index) { return evaluation ? label_at(&evaluation->flags, index) : NULL; }

enum { NO_LABEL = -1, ALL = -2 };

static int class_number(const complaint_evaluation *v, const char *code) { return !code ? NO_LABEL : !*code ? ALL : cpl_label_find(&v->classes, cpl_str_of(code)); }

static int64_t count_cells(const complaint_evaluation *v, int labelled, int answered) {
    int64_t sum = 0;
    for (int i = 0; i < CPL_CLASSES_MAX; i++)
        for (int j = 0; j < CPL_CLASSES_MAX; j++)
            if ((labelled == ALL || labelled == i) && (answered == ALL || answered == j)) sum += v->cells[i][j];
    return sum;
}

int64_t COMPLAINT_CALL complaint_evaluation_count(const complaint_evaluation *evaluation, const char *class_code, const char *answered) {
    return evaluation ? count_cells(evaluation, class_number(evaluation, class_code), class_number(evaluation, answered)) : 0;
}

int64_t COMPLAINT_CALL complaint_evaluation_flag_count(const complaint_evaluation *evaluation, const char *flag_code, int32_t labelled, int32_t answered) {
    int f = evaluation ? cpl_label_find(&evaluation->flags, cpl_str_of(flag_code)) : -1;
    return f >= 0 && (labelled | answered | 1) == 1 ? evaluation->flag_cells[f][labelled][answered] : 0;
}

static int32_t per_mille(int64_t part, int64_t whole) { return whole > 0 ? (int32_t)((part * 2000 + whole) / (2 * whole)) : 0; }

/* Of `hit` that were both, `labelled` that are so and `answered` that got it. */
static int32_t measure_of(int64_t hit, int64_t labelled, int64_t answered, int32_t measure) {
    switch (measure) {
    case COMPLAINT_MEASURE_PRECISION: return per_mille(hit, answered);
    case COMPLAINT_MEASURE_RECALL: return per_mille(hit, labelled);
    case COMPLAINT_MEASURE_F1: return per_mille(2 * hit, labelled + answered);
    default: return 0;
    }
}

int32_t COMPLAINT_CALL complaint_evaluation_measure(const complaint_evaluation *evaluation, const char *code, int32_t measure) {
    if (!evaluation || !code) return 0;
    int c = cpl_label_find(&evaluation->classes, cpl_str_of(code)), f = cpl_label_find(&evaluation->flags, cpl_str_of(code));
    if (c >= 0) return measure_of(count_cells(evaluation, c, c), count_cells(evaluation, c, ALL), count_cells(evaluation, ALL, c), measure);
    if (f < 0) return 0;
    const int64_t(*cells)[2] = evaluation->flag_cells[f];
    return measure_of(cells[1][1], cells[1][0] + cells[1][1], cells[0][1] + cells[1][1], measure);
}

int32_t COMPLAINT_CALL complaint_evaluation_macro_f1(const complaint_evaluation *evaluation) {
    int64_t sum = 0;
    if (!evaluation || !evaluation->classes.count) return 0;
    for (size_t c = 0; c < evaluation->classes.count; c++) sum += complaint_evaluation_measure(evaluation, evaluation->classes.name[c], COMPLAINT_MEASURE_F1);
    return (int32_t)(sum / (int64_t)evaluation->classes.count);
}

int32_t COMPLAINT_CALL complaint_evaluation_accuracy(const complaint_evaluation *evaluation) {
    int64_t right = 0;
    if (!evaluation) return 0;
    for (int i = 0; i < CPL_CLASSES_MAX; i++) right += evaluation->cells[i][i];
    return per_mille(right, count_cells(evaluation, ALL, ALL));
}

int32_t COMPLAINT_CALL complaint_evaluation_calibration_error(const complaint_evaluation *evaluation) {
    enum { STEP = 100 };
    int64_t apart = 0;
    if (!evaluation) return 0;
    for (int first = 0; first < CPL_CONFIDENCE_STEPS - 1; first += STEP) {
        int64_t confidence = 0, right = 0;
        int last = first + STEP < CPL_CONFIDENCE_STEPS - 1 ? first + STEP - 1 : CPL_CONFIDENCE_STEPS - 1;
        for (int i = first; i <= last; i++) {
            confidence += evaluation->at[i][0] * i;
            right += evaluation->at[i][1] * 1000;
        }
        apart += confidence > right ? confidence - right : right - confidence;
    }
    return per_mille(apart, count_cells(evaluation, ALL, ALL) * 1000);
}

complaint_status COMPLAINT_CALL complaint_evaluation_at_confidence(const complaint_evaluation *evaluation, int32_t confidence, int64_t *count, int64_t *correct) {
    int64_t all = 0, right = 0;
    if (!evaluation) return COMPLAINT_E_HANDLE;
    if (confidence < 0 || confidence >= CPL_CONFIDENCE_STEPS) return COMPLAINT_E_RANGE;
    for (int i = confidence; i < CPL_CONFIDENCE_STEPS; i++) {
        all += evaluation->at[i][0];
        right += evaluation->at[i][1];
    }
    if (count) *count = all;
    if (correct) *correct = right;
    return COMPLAINT_OK;
}
