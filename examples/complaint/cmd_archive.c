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
    take_interrupts(c, false);
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

/* What is not right, a row each; JSON has it in one object with the counts. */
static int print_refused(const cli *c, complaint_page *refused, const complaint_page *tally) {
    if (complaint_page_count(refused) == 0) {
        if (tally) print_counts(c, tally);
        return CLI_DONE;
    }
    if (!c->opt.json) {
        if (tally) print_counts(c, tally);
        return print_page(c, &refused_line_view, refused);
    }
    buffer b = {0};
    add_text(&b, "{");
    for (int32_t i = 0; tally && i < complaint_page_column_count(tally); i++) json_integer(&b, complaint_page_column_name(tally, i), complaint_page_integer(tally, 0, i));
    bool done = json_page(&b, "faults", refused);
    if (done) printf("%s}\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

typedef struct reading {
    const char *path;
    FILE *file;
    bool check_only, keep_waiting, keep_going;
} reading;

/* For good, without what the check has found. */
static int take_archive(cli *c, const reading *r, complaint_page *refused) {
    complaint_page *tally = NULL;
    bool parts = complaint_page_count(refused) > 0;
    take_interrupts(c, true);
    c->done = 0;
    if (fseek(r->file, 0, SEEK_SET) != 0) return refuse_file(c, r->path, "ต้องเป็นแฟ้ม ไม่ใช่ท่อ", "it has to be a file, not a pipe", errno);
    complaint_status status = complaint_archive_read(c->desk, c->actor, read_piece, r->file, r->keep_waiting ? COMPLAINT_ARCHIVE_KEEP_WAITING : 0, parts ? refused : NULL, &tally);
    int answer = status == COMPLAINT_OK ? print_refused(c, refused, tally) : answer_of(c, r->path, status);
    complaint_page_free(tally);
    if (answer != CLI_DONE || !parts) return answer;
    return refuse_file(c, r->path, "นำเข้าแล้ว ยกเว้นรายการที่ไม่ถูกต้องข้างต้น", "it was taken but for what is listed", 0);
}

/* Once to prove it, so that a file that is damaged at its end leaves the database empty. */
static int read_archive(cli *c, const reading *r) {
    complaint_page *tally = NULL, *refused = NULL;
    complaint_status status = complaint_archive_check(c->desk, c->actor, read_piece, r->file, &refused, &tally);
    bool looked = refused != NULL, take = status == COMPLAINT_OK || (looked && r->keep_going);
    int answer = CLI_DONE;
    if (r->check_only || !take) {
        if (looked) answer = print_refused(c, refused, r->check_only ? tally : NULL);
        if (answer == CLI_DONE) answer = answer_of(c, r->path, status);
    } else {
        answer = take_archive(c, r, refused);
    }
    complaint_page_free(tally);
    complaint_page_free(refused);
    return answer;
}

int run_import_archive(cli *c, int argc, char **argv) {
    reading r = {.path = NULL};
    const option known[] = {{"--check", NULL, &r.check_only}, {"--keep-waiting", NULL, &r.keep_waiting}, {"--keep-going", NULL, &r.keep_going}};
    argc = take_options(c, argc, argv, known, sizeof known / sizeof *known);
    if (argc < 0) return CLI_MISUSED;
    if (argc != 1) return misuse(c, "ต้องระบุแฟ้มหนึ่งแฟ้ม", "one file is needed", argc > 1 ? argv[1] : NULL);
    r.path = argv[0];
    take_interrupts(c, false);
    int answer = host_open(c, r.check_only ? COMPLAINT_READ : COMPLAINT_WRITE);
    if (answer != CLI_DONE) return answer;
    r.file = fopen(r.path, "rb");
    if (!r.file) return refuse_file(c, r.path, "เปิดแฟ้มไม่ได้", "the file cannot be opened", errno);
    answer = read_archive(c, &r);
    (void)fclose(r.file);
    return answer;
}
