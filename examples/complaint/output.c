/*
 * Files that a command writes: a report, rows that were refused. None is the database's own, or one that the command reads.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- which file it is ---- */

static bool is_same_place(const struct stat *a, const struct stat *b) { return a->st_dev == b->st_dev && a->st_ino == b->st_ino; }

/* The folder of a file; false: there is none, or its name is too long. */
static bool folder_of(const char *path, struct stat *folder) {
    char name[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t size = slash ? (size_t)(slash - path) + 1 : 0;
    if (size >= sizeof name) return false;
    memcpy(name, path, size);
    name[size] = '\0';
    return stat(slash ? name : ".", folder) == 0;
}

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Also where there is no such file yet: one that SQLite is about to make. */
static bool is_same_file(const char *a, const char *b) {
    struct stat of_a, of_b;
    bool there = stat(a, &of_a) == 0;
    if (there != (stat(b, &of_b) == 0)) return false;
    if (there) return is_same_place(&of_a, &of_b);
    return strcmp(name_of(a), name_of(b)) == 0 && folder_of(a, &of_a) && folder_of(b, &of_b) && is_same_place(&of_a, &of_b);
}

/* What SQLite keeps beside the database, where a link to it leads. */
static bool is_of_database(const char *path, const char *database) {
    static const char *const parts[] = {"", "-wal", "-shm", "-journal"};
    char *whole = realpath(database, NULL);
    bool same = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !same; i++) {
        buffer b = {0};
        add_text(&b, whole ? whole : database);
        add_text(&b, parts[i]);
        same = is_same_file(path, b.data);
        release(&b);
    }
    free(whole);
    return same;
}

int check_output(const cli *c, const char *path, const char *const *inputs) {
    const char *given[] = {c->opt.policy, c->opt.calendar, c->opt.outbox};
    bool taken = is_of_database(path, host_db(c));
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) taken = taken || (given[i] && given[i] != path && is_same_file(path, given[i]));
    for (size_t i = 0; inputs && inputs[i]; i++) taken = taken || is_same_file(path, inputs[i]);
    return taken ? misuse(c, "ไฟล์ที่จะเขียนต้องไม่ใช่ฐานข้อมูลหรือไฟล์ที่คำสั่งนี้อ่าน จึงยังไม่ได้ทำสิ่งใด", "what is written has to be another file than the database and those that the command reads; nothing was done", path) : CLI_DONE;
}

/* ---- writing ---- */

int check_writable(const cli *c, const char *path, const char *thai, const char *english) {
    struct stat is;
    bool there = stat(path, &is) == 0;
    int answer = check_output(c, path, NULL);
    if (answer != CLI_DONE || (there && !S_ISREG(is.st_mode) && !S_ISDIR(is.st_mode))) return answer;
    int file = open(path, there ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return refuse_file(c, path, thai, english, errno);
    (void)close(file);
    if (!there) (void)unlink(path);
    return CLI_DONE;
}

bool is_written(const char *path) {
    struct stat is;
    return stat(path, &is) == 0 && S_ISREG(is.st_mode) && is.st_size > 0;
}

int write_document(const cli *c, const char *path, const complaint_text *text) {
    FILE *out = path ? fopen(path, "wb") : stdout;
    if (!out) return refuse_file(c, path, "เขียนไฟล์ไม่ได้", "the file cannot be written", errno);
    size_t size = complaint_text_size(text);
    const char *data = complaint_text_data(text);
    bool done = fwrite(data, 1, size, out) == size && (size == 0 || data[size - 1] == '\n' || fputc('\n', out) != EOF);
    if (path)
        done = fclose(out) == 0 && done;
    else
        done = fflush(out) == 0 && done;
    return done ? CLI_DONE : refuse_file(c, path ? path : "stdout", "เขียนไฟล์ไม่สำเร็จ", "the file could not be written whole", errno);
}
