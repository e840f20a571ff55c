/*
 * The whole office as a file, and back: export, import-archive.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

/* ---- export ---- */

static int32_t write_piece(void *context, const void *data, size_t size) { return fwrite(data, 1, size, context) == size ? 0 : 1; }

int run_export(cli *c, int argc, char **argv) {
    int answer = no_words(c, argc, argv);
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_READ);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_archive_write(c->desk, c->actor, write_piece, stdout, NULL);
    if (ferror(stdout)) return refuse_file(c, "stdout", "เขียนผลลัพธ์ไม่ได้", "the output cannot be written", errno);
    return desk_answer(c, status);
}

/* ---- import-archive ---- */

static complaint_status read_piece(void *context, void *piece, size_t capacity, size_t *got) {
    *got = fread(piece, 1, capacity, context);
    return *got == 0 && ferror(context) ? COMPLAINT_E_HOST : COMPLAINT_OK;
}

static int answer_of(const cli *c, const char *path, complaint_status status) {
    const complaint_error *error = complaint_desk_error(c->desk);
    if (status == COMPLAINT_OK) return CLI_DONE;
    return complaint_error_status(error) == status ? refuse_in(c, path, error) : refuse_status(c, status, path);
}

/* Once to prove it, so that a file that is damaged at its end leaves the database empty; then for good. */
static int read_archive(const cli *c, const char *path, FILE *file, int32_t flags, bool check_only) {
    complaint_page *tally = NULL;
    complaint_status status = complaint_archive_read(c->desk, c->actor, read_piece, file, flags | COMPLAINT_ARCHIVE_CHECK, check_only ? &tally : NULL);
    if (status == COMPLAINT_OK && !check_only) {
        if (fseek(file, 0, SEEK_SET) != 0) return refuse_file(c, path, "ต้องเป็นแฟ้ม ไม่ใช่ท่อ", "it has to be a file, not a pipe", errno);
        status = complaint_archive_read(c->desk, c->actor, read_piece, file, flags, &tally);
    }
    if (tally) print_counts(c, tally);
    complaint_page_free(tally);
    return answer_of(c, path, status);
}

int run_import_archive(cli *c, int argc, char **argv) {
    bool check_only = false, keep_waiting = false;
    const option known[] = {{"--check", NULL, &check_only}, {"--keep-waiting", NULL, &keep_waiting}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 1) return misuse(c, "ต้องระบุแฟ้มหนึ่งแฟ้ม", "one file is needed", argc > 1 ? argv[1] : NULL);
    int answer = host_open(c, check_only ? COMPLAINT_READ : COMPLAINT_WRITE);
    if (answer != CLI_DONE) return answer;
    FILE *file = fopen(argv[0], "rb");
    if (!file) return refuse_file(c, argv[0], "เปิดแฟ้มไม่ได้", "the file cannot be opened", errno);
    answer = read_archive(c, argv[0], file, keep_waiting ? COMPLAINT_ARCHIVE_KEEP_WAITING : 0, check_only);
    fclose(file);
    return answer;
}
