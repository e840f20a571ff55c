/*
 * Two versions of the library on one file. The other one is the program `later` (later/main.c), which is this library with the schema of the next minor version; what is newer than that, or not ours, is made
 * with SQLite's own hand. Owns: the files. Must not know: how a store migrates.
 */
#ifndef TEST_CRASH_VERSIONS_H
#define TEST_CRASH_VERSIONS_H

#include "processes.h"
#include "support/disk.h"

#include <sqlite3.h>

static const char versions_file[] = "versions.db";

/* ---- SQLite's own hand --------------------------------------------------------------------------------------------------------- */

static inline sqlite3 *sql_open(const char *path) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    return db;
}

static inline void sql(const char *path, const char *script) {
    sqlite3 *db = sql_open(path);
    char *why = NULL;
    if (sqlite3_exec(db, script, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", script, why);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static inline int64_t sql_int(const char *path, const char *query) {
    sqlite3 *db = sql_open(path);
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, query, -1, &q, NULL) != SQLITE_OK) fail_msg("%s: %s", query, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(q, 0);
    assert_int_equal(sqlite3_finalize(q), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return n;
}

static inline int64_t stored_version(void) { return sql_int(versions_file, "PRAGMA user_version"); }

/* What the later version brings: all of it or nothing. */
static inline int64_t later_things(void) {
    return sql_int(versions_file, "SELECT (SELECT count(*) FROM sqlite_schema WHERE name IN ('complaint_later', 'complaint_counter_later')) + (SELECT count(*) FROM "
                                  "pragma_table_info('complaint_counter') WHERE name = 'later')");
}

/* ---- files ------------------------------------------------------------------------------------------------------------------------ */

typedef struct bytes {
    char *data;
    size_t size;
} bytes;

static inline bytes read_bytes(const char *path) {
    bytes b = {malloc(1 << 22), 0};
    FILE *f = fopen(path, "rb");
    assert_non_null(b.data);
    assert_non_null(f);
    b.size = fread(b.data, 1, 1 << 22, f);
    assert_in_range(b.size, 1, (1 << 22) - 1);
    (void)fclose(f);
    return b;
}

static inline void write_bytes(const char *path, const bytes *b) {
    test_remove_file(path);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(b->data, 1, b->size, f), b->size);
    assert_int_equal(fclose(f), 0);
}

/* Nobody has written to it since. */
static inline void assert_untouched(const char *path, bytes *before) {
    bytes now = read_bytes(path);
    assert_int_equal(now.size, before->size);
    assert_memory_equal(now.data, before->data, now.size);
    free(now.data);
    free(before->data);
}

/* ---- a desk of this version --------------------------------------------------------------------------------------------------------- */

static inline test_office *place_office(void) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_file(o, versions_file, COMPLAINT_SQLITE_SYNC_OFF, test_instant("2025-11-05T09:00"));
    return o;
}

static inline test_office *open_office(void) {
    test_office *o = place_office();
    OK(test_office_desk(o));
    return o;
}

static inline void close_office(test_office *o) {
    test_office_close(o);
    free(o);
}

/* A file of this version with some work in it, closed. */
static inline void make_file(void) {
    test_remove_file(versions_file);
    test_office *o = open_office();
    test_open_forwarded(o);
    test_open_registered(o, "cyber");
    DO(o, o->officer, "acknowledge");
    close_office(o);
}

/* This version works on the file as on one of its own. */
static inline void assert_this_version_works(int64_t number) {
    test_office *o = open_office();
    test_verify(o);
    o->external = (int)number * 10;
    test_open_forwarded(o);
    assert_int_equal(o->number, number);
    DO(o, o->officer, "acknowledge");
    test_verify(o);
    close_office(o);
}

/* ---- a desk of the later version ------------------------------------------------------------------------------------------------------ */

/* The status that `later open` ends with. */
static inline const char *later_opens(const char *mode) {
    static char answer[64];
    char command[600];
    snprintf(command, sizeof command, "'%s' open %s %s", COMPLAINT_LATER, versions_file, mode);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    assert_non_null(fgets(answer, sizeof answer, f));
    answer[strcspn(answer, "\n")] = '\0';
    while (fgetc(f) != EOF) {
    }
    assert_int_equal(pclose(f), 0);
    return answer;
}

/* True when it ended before it was done. */
static inline bool later_ends(disk_end how, int64_t at, disk_loss loss) {
    char numbers[3][24];
    int status = 0;
    snprintf(numbers[0], sizeof numbers[0], "%d", (int)how);
    snprintf(numbers[1], sizeof numbers[1], "%" PRId64, at);
    snprintf(numbers[2], sizeof numbers[2], "%d", (int)loss);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (freopen("/dev/null", "w", stdout)) execl(COMPLAINT_LATER, COMPLAINT_LATER, "migrate", versions_file, numbers[0], numbers[1], numbers[2], (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return false;
    if (WIFSIGNALED(status))
        assert_int_equal(WTERMSIG(status), SIGKILL);
    else
        assert_int_equal(WEXITSTATUS(status), DISK_EXIT);
    return true;
}

/* Whatever is left is the older file or the newer one, and both versions take it. */
static inline void assert_migrated_or_not(void) {
    test_office *o = open_office();
    test_verify(o);
    close_office(o);
    int64_t version = stored_version();
    if (version == 1000)
        assert_int_equal(later_things(), 0);
    else
        assert_int_equal(version, 1001), assert_int_equal(later_things(), 3);
    assert_string_equal(later_opens("write"), "OK");
    assert_int_equal(later_things(), 3);
}

/* The migration ends at every `stride`-th operation. */
static inline void migration_ends(disk_end how, int stride) {
    int ends = 0;
    make_file();
    bytes older = read_bytes(versions_file);
    for (int64_t at = 1;; at += stride) {
        write_bytes(versions_file, &older);
        if (!later_ends(how, at, (disk_loss)(at / stride % DISK_LOSSES))) break;
        assert_migrated_or_not();
        ends++;
    }
    free(older.data);
    print_message("a migration that %s: %d times\n", how == DISK_KILLED ? "is killed" : "loses its power", ends);
    assert_true(ends > 5);
}

/* ---- eight at work, and half of them are of the later version -------------------------------------------------------------------------- */

static inline void wait_until_half_done(place *p) {
    const struct timespec moment = {0, 1000000};
    for (;;) {
        int64_t done = 0;
        for (int i = 0; i < WORKERS / 2; i++) done += atomic_load(&p->sheets[i].done);
        if (done >= p->each) return;
        for (int i = 0; i < WORKERS / 2; i++)
            if (p->sheets[i].failed) return;
        (void)nanosleep(&moment, NULL);
    }
}

static inline void later_ones_join(int each) {
    place *p = new_place(versions_file, COMPLAINT_SQLITE_SYNC_NORMAL, each);
    pid_t children[WORKERS];
    worker one = new_worker(p, 0);
    prepare_place(p, &one);
    p->ready = WORKERS / 2; /* this version's begin without the others */
    for (int i = 0; i < WORKERS / 2; i++) children[i] = begin_worker(p, i, NULL);
    wait_until_half_done(p);
    assert_int_equal(stored_version(), 1000);
    int64_t before = microseconds();
    for (int i = WORKERS / 2; i < WORKERS; i++) children[i] = begin_worker(p, i, COMPLAINT_LATER);
    wait_for_workers(p, children);
    tell(p, "4 processes of this version, then 4 of the next beside them", microseconds() - before);
    assert_int_equal(stored_version(), 1001);
    assert_int_equal(later_things(), 3);
    assert_whole(p, &one);
    assert_int_equal(stored_version(), 1001);
    assert_string_equal(later_opens("read"), "OK");
    remove_place(p);
    free_worker(&one);
    free_place(p);
}

#endif
