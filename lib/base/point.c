/*
 * base/point: characters as numbers: read, written, put together.
 *
 * Owns: utf8proc's tables of characters. Must not know: what a text means, Thai.
 */
#include "base/base.h"

#include <utf8proc.h>

size_t cpl_utf8_next(cpl_str s, size_t at, int32_t *point) {
    utf8proc_int32_t read;
    size_t left = s.n - at;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, left > 4 ? 4 : (utf8proc_ssize_t)left, &read);
    if (n <= 0) return 0;
    *point = read;
    return (size_t)n;
}

size_t cpl_utf8_put(int32_t point, char out[4]) { return (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out); }

bool cpl_utf8_joins(int32_t point) {
    const utf8proc_property_t *p = utf8proc_get_property(point);
    switch (p->boundclass) {
    case UTF8PROC_BOUNDCLASS_EXTEND:
    case UTF8PROC_BOUNDCLASS_SPACINGMARK:
    case UTF8PROC_BOUNDCLASS_V:
    case UTF8PROC_BOUNDCLASS_T:
    case UTF8PROC_BOUNDCLASS_ZWJ:
        return true;
    default:
        return p->combining_class != 0;
    }
}

bool cpl_utf8_pictograph(int32_t point) { return utf8proc_get_property(point)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC; }

bool cpl_utf8_blank(int32_t point) { return utf8proc_category(point) == UTF8PROC_CATEGORY_ZS; }

bool cpl_utf8_invisible(int32_t point) {
    const utf8proc_property_t *p = utf8proc_get_property(point);
    return p->category == UTF8PROC_CATEGORY_CC || p->category == UTF8PROC_CATEGORY_CF || p->ignorable;
}

bool cpl_utf8_word(int32_t point) {
    utf8proc_category_t c = utf8proc_category(point);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO);
}

int32_t cpl_utf8_lower(int32_t point) { return utf8proc_tolower(point); }

size_t cpl_utf8_decompose(int32_t point, int32_t out[CPL_DECOMPOSED]) {
    int class = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(point, out, CPL_DECOMPOSED, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &class);
    if (n > 0 && n <= CPL_DECOMPOSED) return (size_t)n;
    out[0] = point;
    return 1;
}

static utf8proc_propval_t class_of(int32_t point) { return utf8proc_get_property(point)->combining_class; }

size_t cpl_utf8_compose(int32_t *points, size_t n) {
    for (size_t i = 1; i < n; i++) { /* marks of one kind keep their order; a run of marks is short */
        int32_t mark = points[i];
        utf8proc_propval_t class = class_of(mark);
        size_t to = i;
        for (; class > 0 && to > 0 && class_of(points[to - 1]) > class; to--) points[to] = points[to - 1];
        points[to] = mark;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || points[i] != points[kept - 1] || class_of(points[i]) == 0) points[kept++] = points[i];
    utf8proc_ssize_t composed = utf8proc_normalize_utf32(points, (utf8proc_ssize_t)kept, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return composed > 0 ? (size_t)composed : kept;
}
