/*
 * The redactor. The first byte chooses: a name to be given, words to be added, or neither; a chunk of that, then the text.
 *
 * Masks are in order, do not overlap, begin and end at characters, hold no line break and no tab; what is outside them is untouched; a second handle, and the same one again, mask the same.
 */
#include "fuzz.h"

#include <complaint/normal.h>
#include <complaint/redact.h>

#include <string.h>

static bool at_character(const char *text, size_t size, size_t at) { return at == size || ((unsigned char)text[at] & 0xC0) != 0x80; }

static void check_masks(const complaint_redactor *r, const char *text, size_t size) {
    const char *out = complaint_redactor_data(r);
    size_t at = 0, left = complaint_redactor_size(r);
    for (size_t i = 0; i < complaint_redactor_count(r); i++) {
        int32_t kind = 0, rule = 0;
        size_t first = 0, end = 0;
        PROMISE(complaint_redactor_mask(r, i, &kind, &rule, &first, &end) == COMPLAINT_OK);
        PROMISE(first >= at && first < end && end <= size && at_character(text, size, first) && at_character(text, size, end));
        PROMISE(strcmp(complaint_mask_name(kind), "none") != 0 && strcmp(complaint_mask_rule_name(rule), "none") != 0);
        PROMISE(!memchr(text + first, '\n', end - first) && !memchr(text + first, '\t', end - first));
        PROMISE(left >= first - at && memcmp(out, text + at, first - at) == 0 && out[first - at] == '[');
        const char *close = strchr(out + (first - at), ']');
        PROMISE(close);
        left -= (size_t)(close + 1 - out);
        out = close + 1;
        at = end;
    }
    PROMISE(left == size - at && (left == 0 || memcmp(out, text + at, left) == 0));
}

/* The same handle again: nothing of the text before is known. */
static void check_again(complaint_redactor *r, const char *text, size_t size) {
    size_t count = complaint_redactor_count(r), bytes = complaint_redactor_size(r);
    complaint_status status = complaint_redactor_run(r, "นายสมชาย ใจดี", strlen("นายสมชาย ใจดี"), 0, NULL);
    PROMISE(status == COMPLAINT_E_MEMORY || complaint_redactor_count(r) >= 1);
    status = complaint_redactor_run(r, text, size, 0, NULL);
    PROMISE(status == COMPLAINT_E_MEMORY || (complaint_redactor_count(r) == count && complaint_redactor_size(r) == bytes));
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    uint32_t which = fuzz_below(&b, 4);
    fuzz_chunk given = which < 2 ? fuzz_take(&b) : (fuzz_chunk){"", 0};
    complaint_redactor *r = NULL;
    const char *text = (const char *)b.p;
    complaint_status status = complaint_redactor_new(&f->memory, &r);
    if (status == COMPLAINT_OK && which == 0) (void)complaint_redactor_add_name(r, given.p, given.n);
    if (status == COMPLAINT_OK && which == 1) (void)complaint_redactor_add_words(r, given.p, given.n, NULL);
    if (status == COMPLAINT_OK) status = complaint_redactor_run(r, text, b.n, 0, NULL);
    if (status == COMPLAINT_OK) {
        check_masks(r, text, b.n);
        if (which >= 2) check_again(r, text, b.n);
    } else {
        PROMISE(complaint_redactor_count(r) == 0 && complaint_redactor_size(r) == 0);
    }
    complaint_redactor_free(r);
}
