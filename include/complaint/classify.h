/**
 * @file complaint/classify.h
 * What a message is about: a class, flags, how sure that is, and the words that decided.
 *
 * The answer is a suggestion for the officer who triages. The library acts on none: a case gets its class by `classify`, its flags by `flag`, both done by
 * a person. Below the policy's `unsure_below` (docs/policy-format.md), or when nothing (`none`) is flagged, the answer is *unsure* and belongs into the queue that a person reads
 * first.
 *
 * The classes of the built-in model are `personnel service establishment health_threat cyber procurement out_of_jurisdiction
 * information_request` and `none`: no complaint and no request, what triage sets aside. Its flags are `urgent`, `corruption`, `sensitive` and
 * `office_impact`. docs/classifier.md says what it learned from, how good it is, and where it fails.
 * An office whose policy has other classes trains its own model from what its officers confirmed.
 *
 * Numbers are whole: probabilities and measures are per mille, 0 to 1000.
 *
 * Threads: a classifier is immutable and may be used by any number of threads; retain and free are atomic. A classification, a training set and
 * an evaluation are used by one thread at a time.
 */
#ifndef COMPLAINT_CLASSIFY_H
#define COMPLAINT_CLASSIFY_H

#include <complaint/define.h>
#include <complaint/error.h>
#include <complaint/host/allocator.h>
#include <complaint/policy.h>
#include <complaint/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- a classifier ---- */

typedef struct complaint_classifier complaint_classifier;

/** The model that comes with the library. `allocator` may be NULL. Nothing is read or copied: it costs a look through its bytes. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classifier_builtin(const complaint_allocator *allocator, complaint_classifier **classifier, complaint_error **error);

/**
 * A model from the bytes that complaint_classifier_train made; they are copied. Any bytes may be given: COMPLAINT_E_SYNTAX for what is no model,
 * COMPLAINT_E_UNSUPPORTED for a later format, COMPLAINT_E_CORRUPT for a damaged one, COMPLAINT_E_TOO_LARGE beyond 16 MiB.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classifier_load(const complaint_allocator *allocator, const void *bytes, size_t size, complaint_classifier **classifier,
                                                                        complaint_error **error);

/**
 * Two models that answer together: `share` per mille (1 to 999) of each probability is the first one's, the rest the second's. An office that has few
 * confirmed cases joins its own model to the built-in one; complaint_classifier_evaluate says which share is best. A class or flag that only one of them learned is that one's
 * alone: the shares divide what both know. Both are retained. COMPLAINT_E_INVALID: one of them is joined already, or too many classes together (32).
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classifier_join(complaint_classifier *first, complaint_classifier *second, int32_t share, complaint_classifier **classifier);

/** Classes, from 0; NULL behind the last. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_classifier_class(const complaint_classifier *classifier, int32_t index);
/** Flags, from 0; NULL behind the last. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_classifier_flag(const complaint_classifier *classifier, int32_t index);
/** One more owner. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_classifier_retain(complaint_classifier *classifier);
/** One owner less; the last one frees it. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_classifier_free(complaint_classifier *classifier);

/* ---- a classification ---- */

/** A place for one answer after the other; its memory is used again. */
typedef struct complaint_classification complaint_classification;

/** With the classifier's allocator. The classifier is retained. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classification_new(complaint_classifier *classifier, complaint_classification **classification);
/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_classification_free(complaint_classification *classification);

/**
 * Classifies `size` bytes of text, in place of the message before. Once the handle has seen a message as long, nothing is allocated. Time is linear in `size`.
 * COMPLAINT_E_UTF8 or COMPLAINT_E_NUL: the text is not valid. COMPLAINT_E_TOO_LARGE: more than 1 MiB. COMPLAINT_E_INVALID: NULL text with a size. After a failure it is
 * as if nothing had been classified.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classification_make(complaint_classification *classification, const char *text, size_t size);

/** The most probable class; "" when nothing was classified. Borrowed from the classifier. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_classification_class(const complaint_classification *classification);
/**
 * How probable it is, per mille: of 100 messages with 800, about 80 have the class that is named. A message that has little of what the model learned (another language, numbers and signs, one short word) has a low
 * confidence whatever class it gets.
 */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_classification_confidence(const complaint_classification *classification);
/** How probable one class is, per mille; all together are about 1000. 0 for a class that the classifier does not have. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_classification_class_confidence(const complaint_classification *classification, const char *class_code);
/** 1 when the flag is suggested. 0 also for a flag that the classifier does not have. A learned flag is suggested where that was right and complete most often, which may be below 500. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_classification_flag(const complaint_classification *classification, const char *flag_code);
/** How probable the flag is, per mille; for a flag that phrases alone raise, how much they say. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_classification_flag_confidence(const complaint_classification *classification, const char *flag_code);
/** 1 when the confidence is less than the policy's `unsure_below`, or the class is `none` although a flag is suggested: a person reads it first. NULL policy: less than 600. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_classification_unsure(const complaint_classification *classification, const complaint_policy *policy);

/**
 * The words of the message that decided, as they stand in it, the weightiest first: at most 4 for the class and 3 for each flag that is suggested. They are looked for when they are first asked for, which
 * costs more than classifying. `*count` is how many. COMPLAINT_E_MEMORY: they could not be looked for.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classification_terms(complaint_classification *classification, int32_t *count);
/** What term `index` (from 0) speaks for: the class or a flag. NULL behind the last. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_classification_term_for(const complaint_classification *classification, int32_t index);
/** The term itself, a copy of `*size` bytes of the message, NUL-terminated; NULL behind the last. Borrowed until the next complaint_classification_make. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_classification_term(const complaint_classification *classification, int32_t index, size_t *size);
/** Where it stands in the message, in bytes. COMPLAINT_E_NOT_FOUND behind the last. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classification_term_place(const complaint_classification *classification, int32_t index, size_t *first, size_t *end);
/** Its part, per mille, of all that spoke for the class or flag. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_classification_term_share(const complaint_classification *classification, int32_t index);

/* ---- training ---- */

/** Labelled messages: what officers confirmed in a register, or rows that were labelled for the purpose. */
typedef struct complaint_training complaint_training;

COMPLAINT_API complaint_status COMPLAINT_CALL complaint_training_new(const complaint_allocator *allocator, complaint_training **training);
/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_training_free(complaint_training *training);

/**
 * Adds a message, which is copied. `class_code` is its class (`none`: set aside); `flags` the learned flags that hold, separated by commas, "" for none. A code is a to z, 0 to 9 and _ , at most 31 bytes; there may be
 * 32 classes and 4 learned flags. `group` names who wrote or labelled the message (a year, a channel, a writer): what is measured on one group was learned from others, and a model is worth
 * on strangers what it is worth there. 0 throughout: rows are divided by turns. Texts that are not UTF-8 are repaired. COMPLAINT_E_INVALID with the subject; COMPLAINT_E_TOO_LARGE: a text of more than 1 MiB, 256 MiB together, or 2^20 rows.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_training_add(complaint_training *training, const char *text, size_t size, const char *class_code, const char *flags, int32_t group);

/**
 * The lexicon to train with, instead of the built-in model's: lines of GROUP TAB FLAG:PERCENT, a role, or nothing TAB phrases separated by ` | `; # begins a remark. A group's phrases are learned together, so what is learned of one is known of all;
 * FLAG:PERCENT says that each of them alone suggests the flag so strongly, unless the flag is learned from rows. The role `formula` marks politeness ("สวัสดี", "ขอบคุณ"), which is left out of a message that says anything else; `particle` ("ค่ะ")
 * and `addressee` ("แอดมิน") belong to the formula they follow. COMPLAINT_E_SYNTAX with the line.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_training_set_lexicon(complaint_training *training, const char *words, size_t size, complaint_error **error);
/** Rows so far. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_training_count(const complaint_training *training);

/**
 * Trains a model and hands out its bytes: for complaint_classifier_load, or a file. The same rows in the same order give the same bytes, on every machine. About 10 seconds and 200 MB for 4 000 messages of 140 characters.
 * COMPLAINT_E_REQUIRED: fewer than two classes, or a class or flag with fewer than 2 rows; the subject names it.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classifier_train(const complaint_training *training, complaint_text **model, complaint_error **error);

/* ---- evaluation ---- */

typedef struct complaint_evaluation complaint_evaluation;

/** What a classifier says of labelled messages. They must not be those that it was trained on. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_classifier_evaluate(complaint_classifier *classifier, const complaint_training *rows, complaint_evaluation **evaluation, complaint_error **error);
/** Trains `folds` times (2 to 20), each time without a part of the rows, and evaluates on that part; whole groups when there are three or more (a fold a group, if there are not more than folds). COMPLAINT_E_REQUIRED as for complaint_classifier_train. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_training_cross_validate(const complaint_training *training, int32_t folds, complaint_evaluation **evaluation, complaint_error **error);
/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_evaluation_free(complaint_evaluation *evaluation);

/** Classes that occurred, labelled or answered, from 0; NULL behind the last. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_evaluation_class(const complaint_evaluation *evaluation, int32_t index);
/** Flags that were labelled, from 0; NULL behind the last. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_evaluation_flag(const complaint_evaluation *evaluation, int32_t index);
/** The confusion matrix: messages labelled `class_code` that were answered `answered`. "" for either: all of them. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_evaluation_count(const complaint_evaluation *evaluation, const char *class_code, const char *answered);
/** The same for a flag: messages that were labelled with it (1) or not (0) and got it (1) or not (0). */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_evaluation_flag_count(const complaint_evaluation *evaluation, const char *flag_code, int32_t labelled, int32_t answered);

/** What is measured. Values are permanent. */
enum {
    COMPLAINT_MEASURE_PRECISION = 1, /**< of those answered so, how many are */
    COMPLAINT_MEASURE_RECALL = 2,    /**< of those that are, how many were answered so */
    COMPLAINT_MEASURE_F1 = 3         /**< the harmonic mean of both */
};

/** A measure of one class or flag, per mille; 0 where there is nothing to measure. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_evaluation_measure(const complaint_evaluation *evaluation, const char *code, int32_t measure);
/** The mean of F1 over all classes, each counting the same, per mille. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_evaluation_macro_f1(const complaint_evaluation *evaluation);
/** How many of the messages got their class, per mille. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_evaluation_accuracy(const complaint_evaluation *evaluation);
/** How far confidence and truth are apart, per mille: the mean over messages of |confidence - accuracy| in ten steps of confidence. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_evaluation_calibration_error(const complaint_evaluation *evaluation);
/** Of the messages with at least this confidence (per mille): how many there are, and how many got their class. Either pointer may be NULL. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_evaluation_at_confidence(const complaint_evaluation *evaluation, int32_t confidence, int64_t *count, int64_t *correct);

#ifdef __cplusplus
}
#endif
#endif
