// The library's inside, where C++ cannot look: events of a file, folded without a store.
#ifndef BENCH_LOG_H
#define BENCH_LOG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bench_log bench_log;
/* All events of cases in an SQLite file, in memory; NULL when it cannot be read. */
bench_log *bench_log_read(const char *path);
/* Folds them all, case by case; the number of events, -1 on failure. */
int64_t bench_log_fold(const bench_log *log);
/* Computes the hash of each; the number that differ from what is stored. */
int64_t bench_log_hash(const bench_log *log);
void bench_log_free(bench_log *log);

#ifdef __cplusplus
}
#endif
#endif
