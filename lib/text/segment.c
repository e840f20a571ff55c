/*
 * text/segment: the words of a text that is written without spaces.
 *
 * Owns: ICU's break iterator. Must not know: what words are looked for.
 */
#include "text/text.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

struct cpl_segmenter {
    cpl_memory memory;
    UBreakIterator *words;
    UText *text;
};

static complaint_status answer(UErrorCode e) {
    if (U_SUCCESS(e)) return COMPLAINT_OK;
    return e == U_MEMORY_ALLOCATION_ERROR ? COMPLAINT_E_MEMORY : COMPLAINT_E_UNSUPPORTED; /* an ICU without its dictionary */
}

complaint_status cpl_segmenter_new(const cpl_memory *m, cpl_segmenter **segmenter) {
    UErrorCode e = U_ZERO_ERROR;
    cpl_segmenter *s = cpl_alloc_zero(m, 1, sizeof *s);
    if (!s) return COMPLAINT_E_MEMORY;
    s->memory = *m;
    s->words = ubrk_open(UBRK_WORD, "th", NULL, 0, &e);
    if (U_FAILURE(e))
        cpl_segmenter_free(s);
    else
        *segmenter = s;
    return answer(e);
}

void cpl_segmenter_free(cpl_segmenter *s) {
    if (!s) return;
    cpl_memory m = s->memory;
    ubrk_close(s->words); /* NULL is allowed here and below */
    utext_close(s->text);
    cpl_free(&m, s);
}

complaint_status cpl_segmenter_set(cpl_segmenter *s, cpl_str text) {
    UErrorCode e = U_ZERO_ERROR;
    UText *opened = utext_openUTF8(s->text, text.p, (int64_t)text.n, &e);
    if (U_FAILURE(e)) return answer(e);
    s->text = opened;
    ubrk_setUText(s->words, s->text, &e);
    if (U_SUCCESS(e)) ubrk_first(s->words);
    return answer(e);
}

bool cpl_segmenter_next(cpl_segmenter *s, size_t *first, size_t *end) {
    for (;;) {
        int32_t from = ubrk_current(s->words), to = ubrk_next(s->words);
        if (to == UBRK_DONE) return false;
        if (ubrk_getRuleStatus(s->words) < UBRK_WORD_NONE_LIMIT) continue; /* blanks, signs */
        *first = (size_t)from;
        *end = (size_t)to;
        return true;
    }
}
