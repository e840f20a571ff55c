/* The model that ships is what its corpus and lexicon teach, to the byte. */
#include "classify/classify.h"
#include "support/corpus.h"

#include <complaint.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set_lexicon(complaint_training *t) {
    enum { MOST = 1 << 20 };
    char *words = malloc(MOST);
    FILE *f = fopen(COMPLAINT_SOURCE_DIR "/lib/data/classify/lexicon.tsv", "rb");
    assert_non_null(words);
    assert_non_null(f);
    size_t size = fread(words, 1, MOST, f);
    fclose(f);
    assert_int_equal(complaint_training_set_lexicon(t, words, size, NULL), COMPLAINT_OK);
    free(words);
}

static void the_shipped_model_is_trained_from_the_tree(void **state) {
    test_corpus c;
    complaint_training *t = NULL;
    complaint_text *model = NULL;
    (void)state;
    test_corpus_read(&c, "lib/data/classify/corpus.tsv");
    assert_true(c.count >= 3000);
    assert_int_equal(complaint_training_new(NULL, &t), COMPLAINT_OK);
    set_lexicon(t);
    for (size_t i = 0; i < c.count; i++)
        assert_int_equal(complaint_training_add(t, c.rows[i].text, strlen(c.rows[i].text), c.rows[i].class_code, c.rows[i].flags, c.rows[i].group), COMPLAINT_OK);
    assert_int_equal(complaint_classifier_train(t, &model, NULL), COMPLAINT_OK);
    cpl_str shipped = cpl_model_builtin();
    if (complaint_text_size(model) != shipped.n || memcmp(complaint_text_data(model), shipped.p, shipped.n) != 0)
        fail_msg("lib/data/classify/model.bin is not what the corpus and the lexicon teach: docs/internals/classify.md says how to train it");
    assert_true(shipped.n < 1000000);
    complaint_text_free(model);
    complaint_training_free(t);
    test_corpus_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_shipped_model_is_trained_from_the_tree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
