/*
 * The classifier, fed with anything. The first byte says what the rest is: a message for the built-in model, a model, edits of one with its check sum made right again, a lexicon, or labelled messages to learn from.
 */
#include "fuzz.h"

#include <complaint.h>

#include <string.h>

static void note(fuzz *f, complaint_status s) {
    f->answer = s;
    if (s == COMPLAINT_E_MEMORY) PROMISE(f->refused);
}

/* ---- what any answer keeps to ---- */

static void check_term(const complaint_classification *k, int32_t i, const char *text, size_t size) {
    size_t n = 0, first = 0, end = 0;
    const char *term = complaint_classification_term(k, i, &n), *about = complaint_classification_term_for(k, i);
    PROMISE(term && about && complaint_classification_term_place(k, i, &first, &end) == COMPLAINT_OK);
    PROMISE(first < end && end <= size && n == end - first && memcmp(term, text + first, n) == 0 && term[n] == '\0');
    PROMISE(strcmp(about, complaint_classification_class(k)) == 0 || complaint_classification_flag(k, about));
    PROMISE(complaint_classification_term_share(k, i) >= 0 && complaint_classification_term_share(k, i) <= 1000);
}

static void check_answer(fuzz *f, complaint_classification *k, const char *text, size_t size) {
    int32_t count = -1;
    PROMISE(*complaint_classification_class(k) != '\0');
    PROMISE(complaint_classification_confidence(k) >= 0 && complaint_classification_confidence(k) <= 1000);
    PROMISE(complaint_classification_class_confidence(k, complaint_classification_class(k)) == complaint_classification_confidence(k));
    complaint_status s = complaint_classification_terms(k, &count);
    note(f, s);
    PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_MEMORY);
    for (int32_t i = 0; i < count; i++) check_term(k, i, text, size);
    PROMISE(complaint_classification_term(k, s == COMPLAINT_OK ? count : 0, NULL) == NULL);
}

static void classify(fuzz *f, complaint_classifier *c, const char *text, size_t size) {
    complaint_classification *k = NULL;
    complaint_status s = complaint_classification_new(c, &k);
    if (s == COMPLAINT_OK) s = complaint_classification_make(k, text, size);
    note(f, s);
    if (s == COMPLAINT_OK) check_answer(f, k, text, size);
    if (s != COMPLAINT_OK && k) PROMISE(*complaint_classification_class(k) == '\0');
    complaint_classification_free(k);
}

static void fuzz_message(fuzz *f, const char *text, size_t size) {
    complaint_classifier *c = NULL;
    complaint_status s = complaint_classifier_builtin(&f->memory, &c, NULL);
    note(f, s);
    if (s == COMPLAINT_OK) classify(f, c, text, size);
    complaint_classifier_free(c);
}

/* ---- models ---- */

static const char message[] = "เจ้าหน้าที่เรียกเงินทอน 10% จากบริษัท ไม่มีใบเสร็จ รอคิวตั้งแต่ตีห้า";

/* Learned from a few rows with a small lexicon, once. */
static const complaint_text *small_model(void) {
    static complaint_text *model;
    static const char words[] = "wait\t\tรอ | คิว\nmoney\tmedia:60\tเงินทอน | ใบเสร็จ\n";
    static const char *const rows[][3] = {{"รอคิวนาน", "service", ""}, {"คิวยาวรอทั้งวัน", "service", "urgent"}, {"เรียกเงินทอน", "procurement", "corruption"}, {"เงินทอนไม่มีใบเสร็จ", "procurement", "corruption"}, {"ด่วน รอไม่ไหว", "service", "urgent"}};
    complaint_training *t = NULL;
    if (model) return model;
    PROMISE(complaint_training_new(NULL, &t) == COMPLAINT_OK && complaint_training_set_lexicon(t, words, sizeof words - 1, NULL) == COMPLAINT_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) PROMISE(complaint_training_add(t, rows[i][0], strlen(rows[i][0]), rows[i][1], rows[i][2], 0) == COMPLAINT_OK);
    PROMISE(complaint_classifier_train(t, &model, NULL) == COMPLAINT_OK);
    complaint_training_free(t);
    return model;
}

/* An office joins its own model to one that it was given: whatever that knows, both together answer, from either side. */
static void classify_joined(fuzz *f, complaint_classifier *c, int32_t share) {
    complaint_classifier *own = NULL, *both = NULL;
    const complaint_text *model = small_model();
    complaint_status s = complaint_classifier_load(&f->memory, complaint_text_data(model), complaint_text_size(model), &own, NULL);
    if (s == COMPLAINT_OK) s = share % 2 ? complaint_classifier_join(own, c, share, &both) : complaint_classifier_join(c, own, share, &both);
    note(f, s);
    PROMISE((s == COMPLAINT_OK) == (both != NULL));
    complaint_classifier_free(own);
    for (int32_t i = 0; both && complaint_classifier_class(both, i); i++) PROMISE(*complaint_classifier_class(both, i));
    for (int32_t i = 0; both && complaint_classifier_flag(both, i); i++) PROMISE(*complaint_classifier_flag(both, i));
    if (both) classify(f, both, message, sizeof message - 1);
    complaint_classifier_free(both);
}

static void fuzz_load(fuzz *f, const void *bytes, size_t size) {
    complaint_classifier *c = NULL;
    complaint_error *e = NULL;
    complaint_status s = complaint_classifier_load(&f->memory, bytes, size, &c, &e);
    note(f, s);
    PROMISE((s == COMPLAINT_OK) == (c != NULL));
    PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_MEMORY || !e || (*complaint_error_text(e, COMPLAINT_THAI) && *complaint_error_text(e, COMPLAINT_ENGLISH)));
    if (c) classify(f, c, message, sizeof message - 1);
    if (c && f->answer == COMPLAINT_OK) classify_joined(f, c, (int32_t)(size % 1001));
    complaint_error_free(e);
    complaint_classifier_free(c);
}

/* A row's labels are its first two bytes. */
static complaint_status add_rows(complaint_training *t, fuzz_bytes *b) {
    static const char *const classes[] = {"service", "cyber", "none", "Not A Class"}, *const flags[] = {"", "urgent", "corruption", "urgent,corruption", ","};
    while (b->n) {
        const char *class_code = classes[fuzz_below(b, 4)], *flag = flags[fuzz_below(b, 5)];
        fuzz_chunk text = fuzz_take(b);
        complaint_status s = complaint_training_add(t, text.p, text.n, class_code, flag, (int32_t)(b->n % 4));
        if (s != COMPLAINT_OK && s != COMPLAINT_E_INVALID) return s;
    }
    return COMPLAINT_OK;
}

/* What a model that has learned these rows makes of them. */
static void evaluate(fuzz *f, const complaint_text *model, const complaint_training *t) {
    complaint_classifier *c = NULL;
    complaint_evaluation *v = NULL;
    complaint_status s = complaint_classifier_load(&f->memory, complaint_text_data(model), complaint_text_size(model), &c, NULL);
    if (s == COMPLAINT_OK) s = complaint_classifier_evaluate(c, t, &v, NULL);
    note(f, s);
    PROMISE((s == COMPLAINT_OK) == (v != NULL));
    if (v) PROMISE(complaint_evaluation_count(v, "", "") == complaint_training_count(t) && complaint_evaluation_macro_f1(v) <= 1000 && complaint_evaluation_calibration_error(v) <= 1000);
    complaint_evaluation_free(v);
    complaint_classifier_free(c);
}

static void fuzz_training(fuzz *f, fuzz_bytes *b, bool with_lexicon) {
    complaint_training *t = NULL;
    complaint_text *model = NULL;
    complaint_evaluation *v = NULL;
    complaint_status s = complaint_training_new(&f->memory, &t);
    if (s == COMPLAINT_OK && with_lexicon) {
        fuzz_chunk words = fuzz_take(b);
        s = complaint_training_set_lexicon(t, words.p, words.n, NULL);
        if (s == COMPLAINT_E_SYNTAX) s = COMPLAINT_OK;
    }
    if (s == COMPLAINT_OK) s = add_rows(t, b);
    if (s == COMPLAINT_OK) s = complaint_classifier_train(t, &model, NULL);
    note(f, s);
    if (model) fuzz_load(f, complaint_text_data(model), complaint_text_size(model));
    if (model && f->answer == COMPLAINT_OK) evaluate(f, model, t);
    if (model && f->answer == COMPLAINT_OK) note(f, complaint_training_cross_validate(t, 3, &v, NULL));
    if (v) PROMISE(complaint_evaluation_count(v, "", "") == complaint_training_count(t) && complaint_evaluation_accuracy(v) <= 1000);
    complaint_evaluation_free(v);
    complaint_text_free(model);
    complaint_training_free(t);
}

/* ---- a model with edits ---- */

static void set_sum(uint8_t *bytes, size_t size) {
    uint32_t h = 2166136261u;
    for (size_t i = 16; i < size; i++) h = (h ^ bytes[i]) * 16777619u;
    for (int i = 0; i < 4; i++) bytes[12 + i] = (uint8_t)(h >> (8 * i));
    for (int i = 0; i < 4; i++) bytes[8 + i] = (uint8_t)(size >> (8 * i));
}

/* Three bytes say where, one what; the buckets in the middle are all alike and are skipped now and then. */
static void fuzz_edits(fuzz *f, fuzz_bytes *b) {
    const complaint_text *model = small_model();
    size_t size = complaint_text_size(model);
    uint8_t *bytes = malloc(size);
    PROMISE(bytes != NULL);
    memcpy(bytes, complaint_text_data(model), size);
    while (b->n >= 4) {
        size_t at = (size_t)fuzz_byte(b) << 16 | (size_t)fuzz_byte(b) << 8;
        at |= fuzz_byte(b);
        bytes[at < 1 << 23 ? at % size : size - 1 - at % 4096 % size] = fuzz_byte(b);
    }
    size -= b->n ? fuzz_byte(b) % size : 0;
    memcpy(bytes, "CPLCLS1\n", 8);
    set_sum(bytes, size);
    fuzz_load(f, bytes, size);
    free(bytes);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    switch (fuzz_below(&b, 5)) {
    case 0: fuzz_message(f, (const char *)b.p, b.n); break;
    case 1: fuzz_load(f, b.p, b.n); break;
    case 2: fuzz_edits(f, &b); break;
    case 3: fuzz_training(f, &b, true); break;
    default: fuzz_training(f, &b, false); break;
    }
}
