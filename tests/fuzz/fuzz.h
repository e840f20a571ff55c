/*
 * What fuzz targets share: a broken promise ends the program, under libFuzzer as in the replay; memory comes from an allocator that can be made to fail;
 * bytes become choices.
 *
 * A target is one function. It takes its memory from `f`, gives all of it back, and may be run several times with the same input.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <complaint/host/allocator.h>
#include <complaint/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define PROMISE(condition)                                                                                                                                                         \
    do {                                                                                                                                                                           \
        if (!(condition)) {                                                                                                                                                        \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition);                                                                                                \
            abort();                                                                                                                                                               \
        }                                                                                                                                                                          \
    } while (0)

/* One run of an input. */
typedef struct fuzz {
    complaint_allocator memory;    /* of everything the library makes */
    long fail_at, requests, alive; /* fail_at: the request that is refused, -1: none */
    bool refused;                  /* it was: COMPLAINT_E_MEMORY is an answer now */
    complaint_status answer;       /* the target's own: what the run without a failure came to */
} fuzz;

/* Given by the target. */
void fuzz_one(fuzz *f, const uint8_t *data, size_t size);

/* How many of an input's allocations are made to fail, one a run, and of how many inputs one is treated so. The replay takes more than libFuzzer, which has many inputs. */
extern long fuzz_failures, fuzz_every;
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- bytes as choices; at their end all of them are 0 ---- */

typedef struct fuzz_bytes {
    const uint8_t *p;
    size_t n;
} fuzz_bytes;

typedef struct fuzz_chunk {
    const char *p;
    size_t n;
} fuzz_chunk;

uint8_t fuzz_byte(fuzz_bytes *b);
uint32_t fuzz_below(fuzz_bytes *b, uint32_t sides); /* takes two bytes when one is too small */
int64_t fuzz_int(fuzz_bytes *b);                    /* small ones, the ends of int64, instants around the tests' own, or any */
fuzz_chunk fuzz_take(fuzz_bytes *b);                /* a length in one byte, then as many bytes */
char *fuzz_text(fuzz_bytes *b, char room[256]);     /* the same with a NUL behind it; what follows a NUL is not seen */

#endif
