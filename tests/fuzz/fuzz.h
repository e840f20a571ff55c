/* What fuzz targets share: a broken promise ends the program, under libFuzzer as in the replay. */
#ifndef FUZZ_H
#define FUZZ_H

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
