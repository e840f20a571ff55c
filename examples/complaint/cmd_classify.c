/*
 * What messages are about, without a database: one answer per input line, for other programs to read.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    const cli *c;
    complaint_classifier *classifier;
    complaint_classification *answer;
    buffer cell; /* of one term */
} reader;

/* ---- one line ---- */

static void print_confidence(int32_t per_mille) { printf("\t%d.%03d\t", (int)(per_mille / 1000), (int)(per_mille % 1000)); }

static void print_flags(const reader *r) {
    const char *flag, *comma = "";
    for (int32_t i = 0; (flag = complaint_classifier_flag(r->classifier, i)) != NULL; i++) {
        if (!complaint_classification_flag(r->answer, flag)) continue;
        printf("%s%s", comma, flag);
        comma = ",";
    }
    if (complaint_classification_unsure(r->answer, r->c->policy)) printf("%sunsure", comma);
    (void)fputc('\t', stdout);
}

/* `รอนาน, คิว; urgent: หายใจไม่ออก` */
static void print_terms(reader *r) {
    int32_t count = 0;
    const char *told = complaint_classification_class(r->answer);
    if (complaint_classification_terms(r->answer, &count) != COMPLAINT_OK) count = 0;
    for (int32_t i = 0; i < count; i++) {
        const char *about = complaint_classification_term_for(r->answer, i);
        if (strcmp(about, told) != 0)
            printf("%s%s: ", i ? "; " : "", about);
        else if (i)
            (void)fputs(", ", stdout);
        told = about;
        clear(&r->cell);
        add_text(&r->cell, complaint_classification_term(r->answer, i, NULL));
        make_visible(&r->cell, false);
        (void)fputs(r->cell.data, stdout);
    }
}

static complaint_status say_class(const buffer *line, void *how) {
    reader *r = how;
    size_t size = line->size;
    break_lines(line->data, &size);
    complaint_status status = complaint_classification_make(r->answer, line->data ? line->data : "", size);
    if (status != COMPLAINT_OK) {
        printf("%s\t\t\t\n", line_fault(status));
        return status;
    }
    (void)fputs(complaint_classification_class(r->answer), stdout);
    print_confidence(complaint_classification_confidence(r->answer));
    print_flags(r);
    print_terms(r);
    (void)fputc('\n', stdout);
    return COMPLAINT_OK;
}

/* ---- the model ---- */

static int load_model(const cli *c, const char *path, complaint_classifier **classifier) {
    buffer bytes = {0};
    complaint_error *error = NULL;
    FILE *file = fopen(path, "rb");
    bool read = file && read_all(file, &bytes);
    int number = errno, answer = CLI_DONE;
    if (!read)
        answer = refuse_file(c, path, "อ่านแบบจำลองไม่ได้", "cannot read the model", number);
    else if (complaint_classifier_load(NULL, bytes.size ? bytes.data : "", bytes.size, classifier, &error) != COMPLAINT_OK)
        answer = refuse_in(c, path, error);
    if (file) (void)fclose(file);
    complaint_error_free(error);
    release(&bytes);
    return answer;
}

/* An office's own model answers alone, or for its part together with the built-in one. */
static int choose_classifier(const cli *c, const char *path, int32_t share, complaint_classifier **classifier) {
    complaint_classifier *own = NULL, *builtin = NULL;
    int answer = path ? load_model(c, path, &own) : CLI_DONE;
    if (answer == CLI_DONE && path && share == 100) {
        *classifier = own;
        return CLI_DONE;
    }
    complaint_error *error = NULL;
    if (answer == CLI_DONE && complaint_classifier_builtin(NULL, &builtin, &error) != COMPLAINT_OK) answer = refuse(c, error);
    complaint_error_free(error);
    if (answer == CLI_DONE && path) {
        complaint_status status = complaint_classifier_join(own, builtin, share * 10, classifier);
        if (status != COMPLAINT_OK) answer = refuse_status(c, status, path);
        complaint_classifier_free(builtin);
    } else if (answer == CLI_DONE)
        *classifier = builtin;
    complaint_classifier_free(own);
    return answer;
}

static int run_lines(const cli *c, complaint_classifier *classifier) {
    reader r = {.c = c, .classifier = classifier};
    complaint_status status = complaint_classification_new(classifier, &r.answer);
    int answer = status == COMPLAINT_OK ? each_line(c, say_class, &r) : refuse_status(c, status, "classify");
    complaint_classification_free(r.answer);
    release(&r.cell);
    return answer;
}

int run_classify(cli *c, int argc, char **argv) {
    const char *model = NULL, *percent = NULL;
    const option known[] = {{"--model", &model, NULL}, {"--share", &percent, NULL}};
    complaint_classifier *classifier = NULL;
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    char *end = NULL;
    long share = percent ? strtol(percent, &end, 10) : 100;
    if (percent && (!model || *end || end == percent || share < 1 || share > 100))
        return misuse(c, "--share คือร้อยละ 1 ถึง 100 ใช้คู่กับ --model", "--share is 1 to 100 per cent, with --model", percent);
    int answer = host_policy(c, c->opt.policy);
    if (answer == CLI_DONE) answer = choose_classifier(c, model, (int32_t)share, &classifier);
    if (answer == CLI_DONE) answer = run_lines(c, classifier);
    complaint_classifier_free(classifier);
    return answer;
}
