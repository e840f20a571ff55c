/*
 * A whole life at a desk, made once: an office on a store in memory in which every verb was done (tests/fault/verbs.h). Targets read it, or change what is read of it; nobody writes into it.
 */
#ifndef FUZZ_LIFE_H
#define FUZZ_LIFE_H

#include "support/desk.h"

test_office *life_office(void);
/* After that: its cases. */
int64_t life_case(void);
int64_t life_twin(void);
const char *life_archive(size_t *size);

#endif
