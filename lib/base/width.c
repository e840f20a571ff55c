/*
 * base/width: how many columns a text takes.
 *
 * Owns: nothing but the sum; utf8proc knows the characters. Must not know: tables.
 */
#include "base/base.h"

#include <utf8proc.h>

size_t cpl_display_width(cpl_str s) {
    const unsigned char *p = (const unsigned char *)s.p;
    size_t width = 0;
    for (size_t i = 0; i < s.n;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t n = utf8proc_iterate(p + i, s.n - i > 4 ? 4 : (utf8proc_ssize_t)(s.n - i), &point);
        int columns = n > 0 ? utf8proc_charwidth(point) : 1;
        width += columns > 0 ? (size_t)columns : 0;
        i += n > 0 ? (size_t)n : 1;
    }
    return width;
}
