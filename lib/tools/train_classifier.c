/*
 * tools/train_classifier: makes lib/data/classify/model.bin, and says how good a model is.
 *
 *   train_classifier LEXICON MODEL CORPUS...     trains on all rows of the corpora and writes the model
 *   train_classifier --evaluate MODEL CORPUS     what a model says of labelled rows
 *   train_classifier --validate FOLDS LEXICON CORPUS...   cross validation; three writers or more: a fold a writer
 *
 * A corpus is a file of id, text, class, corruption, urgent, pii, channel, note and perhaps further flags (sensitive,office_impact), with tabs between; \n in a text is a line break. A
 * writer's rows have ids that begin alike up to the first digit and with it (w1…). Public calls only: what this tool does, an office can do.
 */
#include <complaint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 8, LINE_MAX_BYTES = 1 << 20 };

static int fail(const char *what, const complaint_error *e) {
    fprintf(stderr, "train_classifier: %s%s%s\n", what, e ? ": " : "", e ? complaint_error_text(e, COMPLAINT_ENGLISH) : "");
    return 0;
}

static char *read_file(const char *path, size_t *size) {
    FILE *f = fopen(path, "rb");
    char *data = NULL;
    *size = 0;
    for (size_t n = 1; f && n; *size += n) {
        char *grown = realloc(data, *size + 65536);
        if (!grown) break;
        data = grown;
        n = fread(data + *size, 1, 65536, f);
    }
    if (f) fclose(f);
    if (!data) fprintf(stderr, "train_classifier: cannot read %s\n", path);
    return data;
}

static size_t unescape(char *s) {
    char *to = s;
    for (const char *p = s; *p; p++) {
        int newline = p[0] == '\\' && p[1] == 'n';
        *to++ = newline ? '\n' : *p;
        p += newline;
    }
    *to = '\0';
    return (size_t)(to - s);
}

/* w1017: 'w' and 1. */
static int32_t writer_of(const char *id) {
    int32_t group = 0;
    for (; *id; id++) {
        group = group * 131 + *id;
        if (*id >= '0' && *id <= '9') break;
    }
    return group & 0x7FFFFFFF;
}

/* The further flags are "" where there are none. */
static int split(char *line, char *field[FIELDS + 1]) {
    int n = 0;
    field[FIELDS] = line + strlen(line);
    for (char *p = line; p && n <= FIELDS; n++) {
        field[n] = p;
        p = strchr(p, '\t');
        if (p) *p++ = '\0';
    }
    return n >= FIELDS;
}

static void join_flags(char *flags, size_t room, const char *const *each, size_t count) {
    size_t size = 0;
    flags[0] = '\0';
    for (size_t i = 0; i < count; i++)
        if (*each[i] && size < room) size += (size_t)snprintf(flags + size, room - size, "%s%s", size ? "," : "", each[i]);
}

static int add_row(complaint_training *t, char *line, const char *path, long number) {
    char *f[FIELDS + 1], flags[64];
    if (!split(line, f)) return fprintf(stderr, "%s:%ld: not %d fields\n", path, number, FIELDS), 0;
    if (strcmp(f[0], "id") == 0) return 1;
    join_flags(flags, sizeof flags, (const char *const[]){f[4][0] == '1' ? "urgent" : "", f[3][0] == '1' ? "corruption" : "", f[FIELDS]}, 3);
    size_t size = unescape(f[1]);
    complaint_status s = complaint_training_add(t, f[1], size, f[2], flags, writer_of(f[0]));
    if (s != COMPLAINT_OK) fprintf(stderr, "%s:%ld: %s\n", path, number, complaint_status_text(s, COMPLAINT_ENGLISH));
    return s == COMPLAINT_OK;
}

static int add_corpus(complaint_training *t, const char *path) {
    static char line[LINE_MAX_BYTES];
    FILE *f = fopen(path, "r");
    int good = f != NULL;
    if (!f) fprintf(stderr, "train_classifier: cannot read %s\n", path);
    for (long number = 1; good && fgets(line, sizeof line, f); number++) {
        line[strcspn(line, "\r\n")] = '\0';
        if (*line) good = add_row(t, line, path, number);
    }
    if (f) fclose(f);
    return good;
}

static int set_lexicon(complaint_training *t, const char *path) {
    size_t size;
    complaint_error *e = NULL;
    char *words = read_file(path, &size);
    int good = words && complaint_training_set_lexicon(t, words, size, &e) == COMPLAINT_OK;
    if (words && !good) fail(path, e);
    complaint_error_free(e);
    free(words);
    return good;
}

/* ---- what is said of a model ---- */

static void print_matrix(const complaint_evaluation *v) {
    const char *label, *answer;
    printf("%-20s", "labelled \\ answered");
    for (int32_t j = 0; (answer = complaint_evaluation_class(v, j)); j++) printf(" %6.6s", answer);
    printf("   prec  recall   f1\n");
    for (int32_t i = 0; (label = complaint_evaluation_class(v, i)); i++) {
        printf("%-20s", label);
        for (int32_t j = 0; (answer = complaint_evaluation_class(v, j)); j++) printf(" %6lld", (long long)complaint_evaluation_count(v, label, answer));
        for (int32_t m = COMPLAINT_MEASURE_PRECISION; m <= COMPLAINT_MEASURE_F1; m++) printf("  %5d", complaint_evaluation_measure(v, label, m));
        printf("\n");
    }
}

static void print_confidence(const complaint_evaluation *v) {
    for (int32_t c = 400; c < 1000; c += 100) {
        int64_t count, right;
        complaint_evaluation_at_confidence(v, c, &count, &right);
        printf("confidence >= %d: %lld messages, %lld right\n", c, (long long)count, (long long)right);
    }
}

static void print_evaluation(const complaint_evaluation *v) {
    const char *flag;
    print_matrix(v);
    printf("macro F1 %d, accuracy %d, calibration error %d\n", complaint_evaluation_macro_f1(v), complaint_evaluation_accuracy(v), complaint_evaluation_calibration_error(v));
    for (int32_t i = 0; (flag = complaint_evaluation_flag(v, i)); i++)
        printf("%-12s precision %d, recall %d, F1 %d\n", flag, complaint_evaluation_measure(v, flag, COMPLAINT_MEASURE_PRECISION),
               complaint_evaluation_measure(v, flag, COMPLAINT_MEASURE_RECALL), complaint_evaluation_measure(v, flag, COMPLAINT_MEASURE_F1));
    print_confidence(v);
}

/* ---- the three things it does ---- */

static int train(complaint_training *t, const char *path) {
    complaint_error *e = NULL;
    complaint_text *model = NULL;
    int good = complaint_classifier_train(t, &model, &e) == COMPLAINT_OK || fail("training", e);
    FILE *f = good ? fopen(path, "wb") : NULL;
    if (f) good = fwrite(complaint_text_data(model), 1, complaint_text_size(model), f) == complaint_text_size(model);
    if (good && (!f || fclose(f) != 0)) good = fail(path, NULL);
    if (good) printf("%s: %zu bytes from %lld rows\n", path, complaint_text_size(model), (long long)complaint_training_count(t));
    complaint_error_free(e);
    complaint_text_free(model);
    return good;
}

static int evaluate(complaint_training *t, const char *path) {
    size_t size;
    complaint_error *e = NULL;
    complaint_classifier *c = NULL;
    complaint_evaluation *v = NULL;
    char *bytes = read_file(path, &size);
    int good = bytes && (complaint_classifier_load(NULL, bytes, size, &c, &e) == COMPLAINT_OK || fail(path, e));
    if (good) good = complaint_classifier_evaluate(c, t, &v, &e) == COMPLAINT_OK || fail("evaluation", e);
    if (good) print_evaluation(v);
    complaint_evaluation_free(v);
    complaint_classifier_free(c);
    complaint_error_free(e);
    free(bytes);
    return good;
}

static int validate(complaint_training *t, int32_t folds) {
    complaint_error *e = NULL;
    complaint_evaluation *v = NULL;
    int good = complaint_training_cross_validate(t, folds, &v, &e) == COMPLAINT_OK || fail("cross validation", e);
    if (good) print_evaluation(v);
    complaint_evaluation_free(v);
    complaint_error_free(e);
    return good;
}

static int run(complaint_training *t, int argc, char **argv) {
    int evaluates = strcmp(argv[1], "--evaluate") == 0, validates = strcmp(argv[1], "--validate") == 0;
    if (!evaluates && !set_lexicon(t, argv[validates ? 3 : 1])) return 0;
    for (int i = validates ? 4 : 3; i < argc; i++)
        if (!add_corpus(t, argv[i])) return 0;
    return evaluates ? evaluate(t, argv[2]) : validates ? validate(t, atoi(argv[2])) : train(t, argv[2]);
}

int main(int argc, char **argv) {
    complaint_training *t = NULL;
    if (argc < 4) {
        fputs("usage: train_classifier LEXICON MODEL CORPUS... | --evaluate MODEL CORPUS | --validate FOLDS LEXICON CORPUS...\n", stderr);
        return 2;
    }
    int good = complaint_training_new(NULL, &t) == COMPLAINT_OK && run(t, argc, argv);
    complaint_training_free(t);
    return good ? 0 : 1;
}
