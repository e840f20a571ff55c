/*
 * The normal form of anything. The first byte chooses the options.
 *
 * It is valid UTF-8 and its own normal form; places never go backwards, and each byte leads to some of the text; a handle that was used for something else gives the same.
 */
#include "fuzz.h"

#include <complaint/normal.h>

#include <string.h>

/* What cannot be read is refused where it is bad, and can be repaired. */
static void check_refusal(complaint_normal *n, const char *text, size_t size, int32_t options, size_t offset) {
    PROMISE(!(options & COMPLAINT_NORMAL_REPAIR) && offset < size);
    PROMISE(complaint_normal_size(n) == 0 && *complaint_normal_data(n) == '\0');
    complaint_status status = complaint_normal_make(n, text, offset, options, NULL);
    PROMISE(status == COMPLAINT_OK || status == COMPLAINT_E_MEMORY);
    status = complaint_normal_make(n, text, size, options | COMPLAINT_NORMAL_REPAIR, NULL);
    PROMISE(status == COMPLAINT_OK || status == COMPLAINT_E_MEMORY);
}

static void check_places(const complaint_normal *n, size_t size) {
    size_t last = 0, end = complaint_normal_size(n);
    for (size_t i = 0; i < end; i++) {
        size_t from = 0, to = 0;
        PROMISE(complaint_normal_origin(n, i, i + 1, &from, &to) == COMPLAINT_OK);
        PROMISE(from >= last && from < to && to <= size);
        last = from;
    }
    PROMISE(complaint_normal_origin(n, end, end + 1, &last, &last) == COMPLAINT_E_RANGE);
}

static void check_settled(complaint_normal *n, complaint_normal *other, int32_t options) {
    complaint_status status = complaint_normal_make(other, complaint_normal_data(n), complaint_normal_size(n), options & ~COMPLAINT_NORMAL_REPAIR, NULL);
    PROMISE(status == COMPLAINT_OK || status == COMPLAINT_E_MEMORY);
    if (status != COMPLAINT_OK) return;
    PROMISE(complaint_normal_size(other) == complaint_normal_size(n) && memcmp(complaint_normal_data(other), complaint_normal_data(n), complaint_normal_size(n)) == 0);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    int32_t options = (int32_t)fuzz_below(&b, 4);
    complaint_normal *n = NULL, *other = NULL;
    size_t offset = 0;
    complaint_status status = complaint_normal_new(&f->memory, &n);
    if (status == COMPLAINT_OK) status = complaint_normal_new(&f->memory, &other);
    if (status == COMPLAINT_OK) status = complaint_normal_make(n, (const char *)b.p, b.n, options, &offset);
    if (status == COMPLAINT_OK) {
        check_places(n, b.n);
        check_settled(n, other, options);
    } else if (status != COMPLAINT_E_MEMORY) {
        check_refusal(n, (const char *)b.p, b.n, options, offset);
    }
    complaint_normal_free(other);
    complaint_normal_free(n);
}
