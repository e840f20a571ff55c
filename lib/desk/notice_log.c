/*
 * desk/notice_log: a notice against the log.
 *
 * Owns: what its proof is made of; what a row of complaint_notice must be, given what the log says. Must not know: who asks, and what follows when it is something else.
 */
#include "desk/job.h"

#include <string.h>

enum { NT_SEQ = 2, NT_CAUSE = 4, NT_TEMPLATE, NT_RECIPIENT, NT_CHANNEL, NT_STATE = 9, NT_ADDRESS = 14, NT_BODY, NT_ABOUT, NT_SALT };

void cpl_notice_proof(const cpl_written *w, char digits[2 * CPL_HASH_SIZE + 1]) {
    uint8_t hash[CPL_HASH_SIZE];
    cpl_digest d;
    cpl_digest_init(&d, "libcomplaint/notice/1");
    cpl_digest_blob(&d, w->salt);
    cpl_digest_text(&d, w->channel);
    cpl_digest_blob(&d, w->address);
    cpl_digest_blob(&d, w->body);
    cpl_digest_end(&d, hash);
    cpl_hex(hash, sizeof hash, digits);
}

/* Where a notice can be when the log last said this of it. */
static bool can_be(const cpl_case *c, const cpl_case_notice *n, cpl_str state) {
    static const char *const states[][4] = {[CPL_NOTICE_OPEN] = {"waiting", "claimed", "accepted"},
                                            [CPL_NOTICE_BY_HAND] = {"by_hand"},
                                            [CPL_NOTICE_SILENT] = {"silent"},
                                            [CPL_NOTICE_REFUSED] = {"refused", "replaced"},
                                            [CPL_NOTICE_DELIVERED] = {"delivered"}};
    for (size_t i = 0; states[n->fate][i]; i++)
        if (cpl_str_is(state, states[n->fate][i])) return true;
    return n->fate == CPL_NOTICE_OPEN && cpl_str_is(state, "withdrawn") && cpl_case_notice_is_moot(c, n);
}

/* A log that was begun before there were proofs has none. */
static bool is_proved(const cpl_case_notice *n, const complaint_value *row) {
    const cpl_written w = {cpl_value_str(&row[NT_SALT]), cpl_value_str(&row[NT_CHANNEL]), cpl_value_str(&row[NT_ADDRESS]), cpl_value_str(&row[NT_BODY])};
    char digits[2 * CPL_HASH_SIZE + 1];
    if (n->proof.n == 0) return true;
    cpl_notice_proof(&w, digits);
    return cpl_str_is(n->proof, digits);
}

static void add(cpl_notice_faults *f, int32_t column, bool differs) {
    if (differs) f->columns[f->count++] = column;
}

void cpl_notice_differs(const cpl_case *c, cpl_about about, const complaint_value *row, cpl_notice_faults *f) {
    const cpl_case_notice *n = cpl_case_sent(c, row[NT_SEQ].integer);
    *f = (cpl_notice_faults){.count = 0};
    add(f, NT_SEQ, !n);
    if (!n) return;
    bool delivered = n->fate == CPL_NOTICE_DELIVERED;
    add(f, NT_CAUSE, row[NT_CAUSE].integer != n->event);
    add(f, NT_TEMPLATE, !cpl_str_eq(cpl_value_str(&row[NT_TEMPLATE]), n->template_name));
    add(f, NT_RECIPIENT, !cpl_str_eq(cpl_value_str(&row[NT_RECIPIENT]), n->to));
    add(f, NT_ABOUT, !cpl_str_is(cpl_value_str(&row[NT_ABOUT]), cpl_about_name(about)));
    add(f, NT_STATE, !can_be(c, n, cpl_value_str(&row[NT_STATE])));
    f->altered = f->count;
    add(f, NT_BODY, delivered && !cpl_is_digest_of(n->sent_body, &row[NT_BODY]));
    add(f, NT_ADDRESS, delivered && !cpl_is_digest_of(n->sent_address, &row[NT_ADDRESS]));
    add(f, CPL_NOTICE_WORDS, f->count == f->altered && !is_proved(n, row));
}
