/*
 * Texts without the personal data in them, one output line per input line, for other programs to read. No database.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

typedef struct masker {
    complaint_redactor *redactor;
    buffer out;
} masker;

/* ---- a line ---- */

/* A line break is written as it was read. Tabs stay, so that columns do: what was masked stands behind the last one. */
static void add_masked(buffer *out, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n')
            add(out, "\\n", 2);
        else
            add(out, text + i, 1);
    }
}

static void add_kinds(buffer *out, const complaint_redactor *redactor) {
    uint32_t said = 0;
    for (size_t i = 0; i < complaint_redactor_count(redactor); i++) {
        int32_t kind = 0;
        complaint_redactor_mask(redactor, i, &kind, NULL, NULL, NULL);
        if (said & UINT32_C(1) << kind) continue;
        if (said) add_text(out, ",");
        add_text(out, complaint_mask_name(kind));
        said |= UINT32_C(1) << kind;
    }
}

/* A line that cannot be read is not repeated: nobody knows what is in it. */
static complaint_status say_masked(const buffer *line, void *how) {
    masker *m = how;
    size_t size = line->size;
    clear(&m->out);
    if (line->data) break_lines(line->data, &size);
    complaint_status status = complaint_redactor_run(m->redactor, line->data, size, 0, NULL);
    if (status == COMPLAINT_OK)
        add_masked(&m->out, complaint_redactor_data(m->redactor), complaint_redactor_size(m->redactor));
    else
        add_text(&m->out, line_fault(status));
    add_text(&m->out, "\t");
    add_kinds(&m->out, m->redactor); /* none behind a failure */
    add_text(&m->out, "\n");
    (void)fwrite(m->out.data, 1, m->out.size, stdout);
    return status;
}

/* ---- what is given ---- */

static int add_names(const cli *c, complaint_redactor *redactor, const char *names) {
    while (names && *names) {
        size_t n = strcspn(names, ",");
        if (complaint_redactor_add_name(redactor, names, n) != COMPLAINT_OK) return misuse(c, "ชื่อนี้ใช้ไม่ได้", "this is no name", names);
        names += n + (names[n] == ',');
    }
    return CLI_DONE;
}

static int add_words(const cli *c, complaint_redactor *redactor, const char *path) {
    buffer list = {0};
    complaint_error *error = NULL;
    int answer = CLI_DONE;
    FILE *file = path ? fopen(path, "rb") : NULL;
    bool read = file && read_all(file, &list);
    int number = errno;
    if (path && !read)
        answer = refuse_file(c, path, "อ่านรายการคำไม่ได้", "cannot read the list of words", number);
    else if (path && complaint_redactor_add_words(redactor, list.data, list.size, &error) != COMPLAINT_OK)
        answer = refuse_in(c, path, error);
    if (file) (void)fclose(file);
    complaint_error_free(error);
    release(&list);
    return answer;
}

int run_redact(cli *c, int argc, char **argv) {
    const char *names = NULL, *words = NULL;
    const option known[] = {{"--name", &names, NULL}, {"--words", &words, NULL}};
    masker m = {0};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 0) return misuse(c, "คำสั่งนี้มีแต่ตัวเลือก", "this command takes options only", argv[0]);
    complaint_status status = complaint_redactor_new(NULL, &m.redactor);
    int answer = status == COMPLAINT_OK ? add_names(c, m.redactor, names) : refuse_status(c, status, "redact");
    if (answer == CLI_DONE) answer = add_words(c, m.redactor, words);
    if (answer == CLI_DONE) answer = each_line(c, say_masked, &m);
    complaint_redactor_free(m.redactor);
    release(&m.out);
    return answer;
}
