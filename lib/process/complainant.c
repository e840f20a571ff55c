/*
 * process/complainant: which of a case's complainants is meant.
 *
 * Owns: whether a message is from one of them, whose word an act is, and the refusal that asks. Must not know: names and addresses themselves; here they are digests.
 *
 * A place is not a person: of a telephone or a house there may be several people, and a group's conversation is all its members'. Nobody withdraws, or is disclosed, by what another one wrote.
 */
#include "process/plan.h"

#include <stdio.h>

/* ---- whose message it is -------------------------------------------------------------------------------------------------- */

static bool is_empty(const char *proof) { return cpl_is_proof_of_nothing(cpl_str_of(proof)); }

bool cpl_party_is_at(const cpl_party *p, const cpl_sender *s) {
    return cpl_str_eq(p->channel, s->channel) && cpl_str_is(p->address, s->who.second) && !cpl_is_proof_of_nothing(p->address);
}

bool cpl_may_be_called(const cpl_party *p, const cpl_sender *s) { return cpl_str_is(p->name, s->who.first) || is_empty(s->who.first); }

/* Where answers go the sender is an account, which keeps its name when the officer enters a better one; an entry without a name says nothing against it. */
static bool may_be_account(const complaint_policy *p, const cpl_party *party, const cpl_sender *s) {
    return cpl_policy_carries_answers(p, party->channel) && (cpl_is_proof_of_nothing(party->name) || cpl_str_is(party->known_as, s->who.first));
}

/* Of a message without an address only a name can tell. */
static bool is_from(const complaint_policy *p, const cpl_party *party, const cpl_sender *s) {
    if (!cpl_str_is(party->part, "complainant")) return false;
    if (is_empty(s->who.second)) return cpl_str_eq(party->channel, s->channel) && !is_empty(s->who.first) && cpl_str_is(party->name, s->who.first);
    return cpl_party_is_at(party, s) && (cpl_may_be_called(party, s) || may_be_account(p, party, s));
}

/* Who withdrew and came back has two entries. */
static bool are_one(const cpl_party *a, const cpl_party *b) { return !(cpl_party_is_owed(a) && cpl_party_is_owed(b)) && cpl_str_eq(a->name, b->name); }

int64_t cpl_writer_among(const complaint_policy *p, const cpl_case *c, const cpl_sender *s) {
    const cpl_party *found = NULL;
    for (size_t i = 0; i < c->party_count; i++) {
        const cpl_party *party = &c->parties[i];
        if (!is_from(p, party, s)) continue;
        if (found && !are_one(found, party)) return 0;
        if (!found || !cpl_party_is_owed(found)) found = party;
    }
    return found ? found->seq : 0;
}

/* ---- whose word it is ----------------------------------------------------------------------------------------------------- */

/* Both have a name, and it is another. */
static bool is_somebody_else(const complaint_policy *p, const cpl_party *party, const cpl_sender *s) {
    return s->channel.n && !cpl_may_be_called(party, s) && !cpl_is_proof_of_nothing(party->name) && !may_be_account(p, party, s);
}

/* The case goes on while another complainant is left, so who withdraws is never guessed; nor is the only one who is left taken for somebody else who wrote. */
int64_t cpl_complainant_meant(const complaint_policy *p, const cpl_case *c, const cpl_request *rq) {
    const cpl_input *in = cpl_find_input(rq, "party");
    const cpl_party *only = NULL;
    if (in || rq->writer) return in ? in->integer : rq->writer;
    for (size_t i = 0; i < c->party_count; i++) {
        if (!cpl_party_is_owed(&c->parties[i])) continue;
        if (only) return 0;
        only = &c->parties[i];
    }
    if (!only) return 1;
    return is_somebody_else(p, only, &rq->from) ? 0 : only->seq;
}

complaint_status cpl_no_such_complainant(const planner *pl, int64_t seq) {
    return cpl_failf(pl->e, COMPLAINT_E_NOT_FOUND, "party", "ไม่มีผู้ร้องเรียนลำดับที่ %lld ที่ยังไม่ถอนเรื่อง", "there is no complainant %lld who has not withdrawn", (long long)seq);
}

enum { COMPLAINANTS_SIZE = 384 };

/* `1 (กล่องข้อความเพจ Facebook), 3 (โทรศัพท์)`: those who have not withdrawn, as they are entered in field party. Names are not there: an error may end up in a log. */
static void list_complainants(const planner *pl, bool thai, char out[COMPLAINANTS_SIZE]) {
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < pl->c->party_count; i++) {
        const cpl_party *p = &pl->c->parties[i];
        int at = cpl_policy_channel(pl->p, p->channel);
        cpl_str channel = at >= 0 && thai ? pl->p->channels[at].code.label.th : p->channel;
        if (!cpl_party_is_owed(p)) continue;
        if (n + channel.n + sizeof ", 9223372036854775807 (), …" > COMPLAINANTS_SIZE) {
            (void)snprintf(out + n, COMPLAINANTS_SIZE - n, ", …");
            return;
        }
        n += (size_t)snprintf(out + n, COMPLAINANTS_SIZE - n, "%s%lld (%.*s)", n ? ", " : "", (long long)p->seq, (int)channel.n, channel.p);
    }
}

complaint_status cpl_which_complainant(const planner *pl, const char *thai, const char *english) {
    char listed[COMPLAINANTS_SIZE], known[COMPLAINANTS_SIZE];
    list_complainants(pl, true, listed);
    list_complainants(pl, false, known);
    if (pl->rq->from.channel.n)
        return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "party", "ไม่อาจยืนยันได้ว่าข้อความนี้เป็นของผู้ร้องเรียนรายใด ระบุลำดับของผู้ที่%s%.0s (party): %s%.0s",
                         "the message cannot be told to be from one of the complainants; say in party %.0s%s: %.0s%s", thai, english, listed, known);
    return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "party", "เรื่องนี้มีผู้ร้องเรียนหลายราย ระบุลำดับของผู้ที่%s%.0s (party): %s%.0s", "there are several complainants; say in party %.0s%s: %.0s%s", thai, english, listed, known);
}
