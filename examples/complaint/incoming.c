/*
 * What lies somewhere else already: an old register from a spreadsheet, and what LINE and Messenger send to a web server.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* ---- files ---- */

static int read_path(const cli *c, const char *path, buffer *b) {
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    if (!file) return refuse_file(c, path, "เปิดไฟล์ไม่ได้", "the file cannot be opened", errno);
    bool read = read_all(file, b);
    int number = errno;
    if (!standard) (void)fclose(file);
    return read ? CLI_DONE : refuse_file(c, path, "อ่านไฟล์ไม่ได้", "the file cannot be read", number);
}

static int answer_of(const cli *c, const char *path, complaint_status status) {
    const complaint_error *error = complaint_desk_error(c->desk);
    if (status == COMPLAINT_OK) return CLI_DONE;
    return complaint_error_status(error) == status ? refuse_in(c, path, error) : refuse_status(c, status, path);
}

/* ---- an old register ---- */

static bool is_flagged(const complaint_page *findings, int64_t row) { return strcmp(complaint_page_text_of(findings, row, "reason"), "flagged") == 0; }

static bool same_flag(const complaint_page *findings, int64_t a, int64_t b) {
    static const char *const columns[] = {"reason", "english", "cell"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(complaint_page_text_of(findings, a, columns[i]), complaint_page_text_of(findings, b, columns[i])) != 0) return false;
    return true;
}

/* Which word has flagged how many rows, a line a word: a word that says too much is seen here. */
static void print_flags(const complaint_page *findings) {
    int64_t count = complaint_page_count(findings);
    for (int64_t i = 0; i < count; i++) {
        int64_t rows = 0, first = 0;
        if (!is_flagged(findings, i)) continue;
        while (!same_flag(findings, first, i)) first++;
        for (int64_t k = i; first == i && k < count; k++) rows += same_flag(findings, k, i);
        if (rows) printf("  %s “%s” %lld แถว\n", complaint_page_text_of(findings, i, "thai"), complaint_page_text_of(findings, i, "cell"), (long long)rows);
    }
}

/* The figures and sentences are those of the real run: without a word beside them they would read as if it had been one. */
static void say_dry(const cli *c, bool dry) {
    if (dry && for_people(c)) printf("ทดลองเท่านั้น ยังไม่ได้บันทึกอะไรในระบบ\n");
}

/* Of a dry run there is nothing to be looked at. */
static void say_where_open(const cli *c, const register_options *o, const complaint_page *tally) {
    if (!o->dry && for_people(c) && complaint_page_integer_of(tally, 0, "open") > 0) printf("ดูเรื่องที่ยังค้างด้วย complaint today\n");
}

/* What was refused is put right there, where the reasons stand beside it, and imported by itself. */
static int write_refused(cli *c, const register_options *o, const complaint_text *refused) {
    bool any = complaint_text_size(refused) > 0;
    int answer = any && o->refused ? write_document(c, o->refused, refused) : CLI_DONE;
    if (answer != CLI_DONE || !for_people(c)) return answer;
    if (any && o->refused) printf("แถวที่ไม่รับอยู่ใน %s พร้อมเหตุผล แก้แล้วนำเข้าไฟล์นั้นได้เลย\n", o->refused);
    else if (o->refused) printf("ไม่มีแถวที่ไม่รับ จึงไม่ได้เขียน %s\n", o->refused);
    else if (any) printf("แถวที่ไม่รับยังไม่อยู่ในระบบ ใช้ --refused FILE เพื่อแยกแถวเหล่านั้นออกมาแก้แล้วนำเข้าใหม่\n");
    return answer;
}

static int print_register(cli *c, const register_options *o, complaint_page *rows, complaint_page *findings, const complaint_page *tally, const complaint_text *refused) {
    if (!c->opt.json) {
        c->command = "import register";
        say_dry(c, o->dry);
        print_counts(c, tally);
        say_where_open(c, o, tally);
        if (for_people(c)) print_flags(findings);
        int answer = complaint_page_count(findings) > 0 ? print_page(c, &register_finding_view, findings) : CLI_DONE;
        if (answer == CLI_DONE) answer = write_refused(c, o, refused);
        say_dry(c, o->dry);
        return answer;
    }
    buffer b = {0};
    add_text(&b, "{");
    for (int32_t i = 0; i < complaint_page_column_count(tally); i++) json_integer(&b, complaint_page_column_name(tally, i), complaint_page_integer(tally, 0, i));
    bool done = json_page(&b, "findings", findings) && json_page(&b, "records", rows);
    if (done) printf("%s}\n", b.data);
    release(&b);
    return done ? write_refused(c, o, refused) : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

static bool is_mapping_fault(const complaint_error *error) { return strcmp(complaint_error_subject(error), "mapping") == 0 || *complaint_error_path(error); }

static complaint_status enter(cli *c, const register_options *o, const buffer *csv, const buffer *mapping, bool dry, complaint_page **rows, complaint_page **findings, complaint_page **tally, complaint_text **refused) {
    return complaint_import_register(c->desk, c->actor, csv->data, csv->size, o->encoding, o->mapping ? mapping->data : NULL, o->mapping ? mapping->size : 0, dry ? COMPLAINT_REGISTER_DRY_RUN : 0, rows, findings, tally, refused);
}

static int take_register(cli *c, const register_options *o, const buffer *csv, const buffer *mapping) {
    complaint_page *rows = NULL, *findings = NULL, *tally = NULL;
    complaint_text *refused = NULL;
    complaint_status status = enter(c, o, csv, mapping, o->dry, &rows, &findings, &tally, &refused);
    bool of_mapping = status != COMPLAINT_OK && o->mapping && is_mapping_fault(complaint_desk_error(c->desk));
    int answer = status == COMPLAINT_OK ? print_register(c, o, rows, findings, tally, refused) : answer_of(c, of_mapping ? o->mapping : o->path, status);
    complaint_page_free(rows);
    complaint_page_free(findings);
    complaint_page_free(tally);
    complaint_text_free(refused);
    return answer;
}

static bool is_text(const buffer *b, const complaint_text *text) { return b->data && b->size == complaint_text_size(text) && memcmp(b->data, complaint_text_data(text), b->size) == 0; }

/* What stands there may be the rows of another time, put right by hand already: it stays, unless it is what would be written. What fails here fails again when it is meant. */
static int keep_refused(cli *c, const register_options *o, const buffer *csv, const buffer *mapping) {
    complaint_text *refused = NULL;
    buffer old = {0};
    int answer = read_path(c, o->refused, &old);
    if (answer == CLI_DONE && enter(c, o, csv, mapping, true, NULL, NULL, NULL, &refused) == COMPLAINT_OK && complaint_text_size(refused) > 0 && !is_text(&old, refused))
        answer = refuse_file(c, o->refused, "มีไฟล์นี้อยู่แล้วและเนื้อหาต่างออกไป อาจเป็นแถวที่แก้ไว้แล้ว จึงไม่เขียนทับและยังไม่ได้นำเข้าแถวใด โปรดใช้ชื่ออื่น หรือย้ายไฟล์นั้นก่อน",
                             "this file is there already and has something else in it, maybe rows that were put right: it is not overwritten, and nothing was imported; name another one, or move that one away", EEXIST);
    complaint_text_free(refused);
    release(&old);
    return answer;
}

int import_register(cli *c, const register_options *o) {
    const char *const inputs[] = {o->path, o->mapping, NULL};
    buffer csv = {0}, mapping = {0};
    if (o->refused && check_output(c, o->refused, inputs) != CLI_DONE) return CLI_MISUSED;
    int answer = read_path(c, o->path, &csv);
    umask(S_IRWXG | S_IRWXO); /* what was refused has people's names in it, as the database has */
    if (answer == CLI_DONE && o->refused) answer = check_writable(c, o->refused, "เขียนไฟล์ไม่ได้ จึงยังไม่ได้นำเข้าแถวใด", "the file cannot be written, so nothing was imported");
    if (answer == CLI_DONE && o->mapping) answer = read_path(c, o->mapping, &mapping);
    take_interrupts(c, !o->dry);
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_WRITE);
    if (answer == CLI_DONE && o->refused && is_written(o->refused)) answer = keep_refused(c, o, &csv, &mapping);
    if (answer == CLI_DONE) answer = take_register(c, o, &csv, &mapping);
    release(&csv);
    release(&mapping);
    return answer;
}

int print_mapping(void) {
    size_t size;
    const char *document = complaint_register_mapping(&size);
    return fwrite(document, 1, size, stdout) == size ? CLI_DONE : CLI_REFUSED;
}

/* ---- webhooks ---- */

/* Which events were left out or mended: the service will not send them again. */
static void print_events(const complaint_page *skipped) {
    for (int64_t i = 0; i < complaint_page_count(skipped); i++) {
        if (complaint_page_integer_of(skipped, i, "status") == 0) continue;
        const char *id = complaint_page_text_of(skipped, i, "id");
        bool taken = complaint_page_integer_of(skipped, i, "taken") != 0;
        (void)fprintf(stderr, "%s %s (%s): %s\n", taken ? "รับไว้โดยมีข้อสังเกต" : "รับไม่ได้", *id ? id : "ไม่มีเลขที่ข้อความ", complaint_page_text_of(skipped, i, "path"), complaint_page_text_of(skipped, i, "thai"));
    }
}

static int print_webhook(const cli *c, complaint_page *skipped, const complaint_page *tally) {
    if (!c->opt.json) {
        print_counts(c, tally);
        print_events(skipped);
        return CLI_DONE;
    }
    buffer b = {0};
    add_text(&b, "{");
    for (int32_t i = 0; i < complaint_page_column_count(tally); i++) {
        const char *name = complaint_page_column_name(tally, i);
        json_integer(&b, strcmp(name, "skipped") == 0 ? "skipped_count" : name, complaint_page_integer(tally, 0, i));
    }
    bool done = json_page(&b, "skipped", skipped);
    if (done) printf("%s}\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

/* Editors end a file with a new line; no secret has one. */
static void trim_line_end(buffer *b) {
    while (b->size > 0 && strchr("\r\n", b->data[b->size - 1])) b->data[--b->size] = '\0';
}

/* Which of the files it is about. */
static const char *webhook_file(const cli *c, const webhook_options *o) {
    return strcmp(complaint_error_subject(complaint_desk_error(c->desk)), "secret") == 0 ? o->secret_file : o->path;
}

static int take_webhook(cli *c, const webhook_options *o, const buffer *body, const buffer *secret) {
    complaint_page *skipped = NULL, *tally = NULL;
    complaint_status status = complaint_import_webhook(c->desk, c->actor, o->service, o->channel, body->data, body->size, o->signature, secret->data, NULL, &skipped, &tally);
    int answer = status == COMPLAINT_OK ? print_webhook(c, skipped, tally) : answer_of(c, webhook_file(c, o), status);
    complaint_page_free(skipped);
    complaint_page_free(tally);
    return answer;
}

int import_webhook(cli *c, const webhook_options *o) {
    buffer body = {0}, secret = {0};
    int answer = read_path(c, o->secret_file, &secret);
    trim_line_end(&secret);
    if (answer == CLI_DONE) answer = read_path(c, o->path, &body);
    if (answer == CLI_DONE) answer = host_open(c, COMPLAINT_WRITE);
    if (answer == CLI_DONE) answer = take_webhook(c, o, &body, &secret);
    if (secret.data) memset(secret.data, 0, secret.size);
    release(&body);
    release(&secret);
    return answer;
}
