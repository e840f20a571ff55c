/*
 * base/str: runs of bytes.
 *
 * Owns: comparison. Must not know: what the bytes mean.
 */
#include "base/base.h"

#include <string.h>

cpl_str cpl_str_of(const char *nul_terminated) { return (cpl_str){nul_terminated, nul_terminated ? strlen(nul_terminated) : 0}; }

bool cpl_str_eq(cpl_str a, cpl_str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }


int cpl_str_cmp(cpl_str a, cpl_str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}
