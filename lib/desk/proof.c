/*
 * desk/proof: what lies beside the log and is proved by digests in it: evidence, names, addresses, bodies.
 *
 * Owns: where a payload holds them. Must not know: who asks (verify, which tells all faults; the archive, which ends at the first).
 */
#include "desk/job.h"

#include <string.h>

enum { PAYLOAD = 12, SIZE = 2 * CPL_HASH_SIZE };

cpl_proof cpl_proof_of(cpl_str first, cpl_str second) {
    cpl_proof p = {0};
    cpl_sha256_hex(first, p.first);
    cpl_sha256_hex(second, p.second);
    return p;
}

/* The next digest in a list of evidence: a string of 64 bytes before the list's end. Moves `at` behind it. */
static bool next_digest(cpl_str list, size_t *at, cpl_str *digest) {
    for (size_t open = *at; open < list.n && list.p[open] != ']'; open++) {
        if (list.p[open] != '"') continue;
        const char *close = memchr(list.p + open + 1, '"', list.n - open - 1);
        if (!close) return false;
        *digest = (cpl_str){list.p + open + 1, (size_t)(close - list.p) - open - 1};
        open = *at = (size_t)(close - list.p);
        ++*at;
        if (digest->n == SIZE) return true;
    }
    return false;
}

cpl_str cpl_log_evidence(const cpl_rows *events, int64_t seq) {
    static const char opening[] = "\"evidence\":[";
    enum { OPENING = sizeof opening - 1 };
    for (size_t i = 0; i < events->count; i++) {
        cpl_str payload = cpl_value_str(&events->items[i].values[PAYLOAD]), digest;
        size_t at = 0;
        while (at + OPENING <= payload.n && memcmp(payload.p + at, opening, OPENING) != 0) at++;
        if (at + OPENING > payload.n) continue;
        for (at += OPENING; next_digest(payload, &at, &digest);)
            if (--seq == 0) return digest;
    }
    return CPL_LIT("");
}

bool cpl_is_digest_of(cpl_str digest, const complaint_value *envelope) {
    char hex[SIZE + 1];
    cpl_sha256_hex(cpl_value_str(envelope), hex);
    return cpl_str_is(digest, hex);
}
