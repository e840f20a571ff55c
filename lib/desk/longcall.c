/*
 * desk/longcall: what calls that take long have in common.
 *
 * Owns: when one stops between two of its transactions, and the token by which it goes on. Must not know: what the call does.
 *
 * A token is numbers separated by bars. What they mean is the call's own; to the caller it is a word that he gives back.
 */
#include "desk/job.h"

complaint_status cpl_long_may_go_on(complaint_desk *d, int64_t done, int64_t budget) {
    if (budget && done >= budget) return cpl_fail(&d->error, COMPLAINT_E_MORE, NULL);
    return cpl_desk_progress(d, done) ? cpl_fail(&d->error, COMPLAINT_E_CANCELLED, NULL) : COMPLAINT_OK;
}

bool cpl_long_keeps(complaint_status s) { return s == COMPLAINT_OK || s == COMPLAINT_E_MORE || s == COMPLAINT_E_CANCELLED; }

complaint_status cpl_past_one_case(complaint_desk *d, complaint_status s, complaint_error *damage) {
    complaint_status k = CPL_CLASS(s);
    if (k != COMPLAINT_E_CORRUPT && k != COMPLAINT_E_SCHEMA && k != COMPLAINT_E_UNSUPPORTED && k != COMPLAINT_E_RANGE) return s;
    if (damage->status == COMPLAINT_OK) *damage = d->error;
    return COMPLAINT_OK;
}

complaint_status cpl_tell_damage(complaint_desk *d, complaint_status s, const complaint_error *damage) {
    if (s != COMPLAINT_OK || damage->status == COMPLAINT_OK) return s;
    d->error = *damage;
    return damage->status;
}

/* ---- tokens ------------------------------------------------------------------------------------------------------------ */

/* Instants before 1970 are negative. */
static bool read_number(const char **token, int64_t *out) {
    bool negative = **token == '-';
    const char *p = *token + negative;
    uint64_t v = 0, most = (uint64_t)INT64_MAX + negative;
    int digits = 0;
    for (; *p >= '0' && *p <= '9' && digits < 19; p++, digits++) v = v * 10 + (uint64_t)(*p - '0');
    if (!digits || v > most) return false;
    *out = negative ? (int64_t)(0 - v) : (int64_t)v;
    *token = p;
    return true;
}

bool cpl_token_read(const char *token, int64_t *numbers, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        if (!read_number(&token, &numbers[i]) || *token != (i + 1 < count ? '|' : '\0')) return false;
        token++;
    }
    return true;
}

void cpl_token_write(const int64_t *numbers, int32_t count, char out[CPL_TOKEN_MAX]) {
    size_t n = 0;
    for (int32_t i = 0; i < count && n + 23 < CPL_TOKEN_MAX; i++) {
        uint64_t v = numbers[i] < 0 ? 0 - (uint64_t)numbers[i] : (uint64_t)numbers[i];
        char digits[20];
        int k = 0;
        do digits[k++] = (char)('0' + v % 10);
        while (v /= 10);
        if (i) out[n++] = '|';
        if (numbers[i] < 0) out[n++] = '-';
        while (k) out[n++] = digits[--k];
    }
    out[n] = '\0';
}

complaint_status cpl_bad_token(complaint_desk *d) {
    return cpl_failf(&d->error, COMPLAINT_E_INVALID, "token", "รหัสหน้าถัดไปไม่ถูกต้อง", "the token is not one that this list gave");
}
