/*
 * Labelled messages from a file of tests/data/corpus or lib/data/classify: id, text, class, corruption, urgent, pii, channel, note, with tabs between; \n in a text is a line break. A ninth field names
 * further flags (sensitive,office_impact), where they were labelled.
 *
 * Owns: that format. Must not know: what is done with the rows.
 */
#ifndef TEST_SUPPORT_CORPUS_H
#define TEST_SUPPORT_CORPUS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct test_row {
    char *id, *text, *class_code;
    bool corruption, urgent, pii;
    char flags[64]; /* as complaint_training_add takes them */
    int group;      /* whose rows have ids that begin alike, up to the first digit and with it */
} test_row;

typedef struct test_corpus {
    char *bytes;
    test_row *rows;
    size_t count;
} test_corpus;

/* The test ends when the file is not there, or not in order. `path` below the source folder. */
void test_corpus_read(test_corpus *c, const char *path);
void test_corpus_free(test_corpus *c);

#endif
