/*
 * record/envelope: the outer form of every column that may be sealed.
 *
 * Owns: the scheme byte. Scheme 0 is clear: one zero byte, then the bytes. An empty value is an empty envelope. Must not know: who may open one.
 */
#include "record/record.h"

#include <string.h>

enum { SCHEME_CLEAR = 0, SCHEME_SEALED = 1 };

bool cpl_envelope_clear(cpl_arena *a, cpl_str clear, cpl_str *envelope) {
    if (clear.n == 0) {
        *envelope = CPL_LIT("");
        return true;
    }
    char *p = cpl_arena_alloc(a, clear.n + 1);
    if (!p) return false;
    p[0] = SCHEME_CLEAR;
    memcpy(p + 1, clear.p, clear.n);
    *envelope = (cpl_str){p, clear.n + 1};
    return true;
}

complaint_status cpl_envelope_open(cpl_str envelope, cpl_str *clear) {
    if (envelope.n == 0) {
        *clear = CPL_LIT("");
        return COMPLAINT_OK;
    }
    if (envelope.p[0] == SCHEME_SEALED) return COMPLAINT_E_UNSUPPORTED;
    if (envelope.p[0] != SCHEME_CLEAR) return COMPLAINT_E_CORRUPT;
    *clear = (cpl_str){envelope.p + 1, envelope.n - 1};
    return COMPLAINT_OK;
}
