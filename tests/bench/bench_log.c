#include "bench_log.h"

#include "process/process.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct bench_log {
    cpl_arena arena;
    cpl_event *events;
    size_t count;
};

static bool value_of(bench_log *log, sqlite3_stmt *q, int at, complaint_value *v) {
    int type = sqlite3_column_type(q, at);
    cpl_str copy;
    if (type == SQLITE_INTEGER) {
        *v = cpl_int(sqlite3_column_int64(q, at));
        return true;
    }
    const void *bytes = sqlite3_column_blob(q, at);
    if (!cpl_arena_str(&log->arena, (cpl_str){bytes ? bytes : "", (size_t)sqlite3_column_bytes(q, at)}, &copy)) return false;
    *v = type == SQLITE_TEXT ? cpl_txt(copy) : cpl_blob(copy.p, copy.n);
    return true;
}

static bool read_events(bench_log *log, sqlite3_stmt *q) {
    complaint_value row[CPL_EVENT_COLUMNS + 1];
    while (sqlite3_step(q) == SQLITE_ROW) {
        cpl_event *grown = realloc(log->events, (log->count + 1) * sizeof *grown);
        if (!grown) return false;
        log->events = grown;
        for (int i = 0; i < sqlite3_column_count(q) && i <= CPL_EVENT_COLUMNS; i++)
            if (!value_of(log, q, i, &row[i])) return false;
        if (cpl_event_from_row(row, &log->events[log->count], NULL) != COMPLAINT_OK) return false;
        log->count++;
    }
    return true;
}

bench_log *bench_log_read(const char *path) {
    bench_log *log = calloc(1, sizeof *log);
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    if (!log) return NULL;
    cpl_arena_init(&log->arena, &cpl_memory_default);
    bool good = sqlite3_open(path, &db) == SQLITE_OK &&
           sqlite3_prepare_v2(db, "SELECT * FROM complaint_event WHERE stream IN (SELECT case_id FROM complaint_case) ORDER BY stream, seq", -1, &q, NULL) == SQLITE_OK && read_events(log, q);
    sqlite3_finalize(q);
    sqlite3_close(db);
    if (good) return log;
    bench_log_free(log);
    return NULL;
}

int64_t bench_log_fold(const bench_log *log) {
    cpl_arena arena;
    cpl_case c;
    cpl_arena_init(&arena, &cpl_memory_default);
    for (size_t i = 0; i < log->count; i++) {
        if (log->events[i].seq == 1) {
            cpl_arena_free(&arena);
            cpl_arena_init(&arena, &cpl_memory_default);
            cpl_case_init(&c, &arena, log->events[i].stream);
        }
        if (cpl_fold(&c, &log->events[i], NULL) != COMPLAINT_OK) return -1;
    }
    cpl_arena_free(&arena);
    return (int64_t)log->count;
}

int64_t bench_log_hash(const bench_log *log) {
    int64_t differ = 0;
    for (size_t i = 0; i < log->count; i++) {
        uint8_t hash[CPL_HASH_SIZE];
        cpl_event_hash(cpl_str_of("cr"), &log->events[i], hash);
        differ += memcmp(hash, log->events[i].hash, sizeof hash) != 0;
    }
    return differ;
}

void bench_log_free(bench_log *log) {
    if (!log) return;
    cpl_arena_free(&log->arena);
    free(log->events);
    free(log);
}
