/*
 * process/amend: a complainant's entry is another than was said first.
 *
 * Owns: whose entry changes, what in it, and which way the words go that wait for him. Must not know: names and addresses themselves, which lie in his row (desk/amend.c);
 * here they are digests. What they were is not kept: that it changed is. [CR-4.2.5]
 */
#include "process/plan.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const char *const entries[] = {"identity", "name", "address", "channel"};

/* The first of them that is given; NULL: none is. */
static const char *first_given(const planner *pl) {
    for (size_t i = 0; i < LENGTH(entries); i++)
        if (cpl_input_text(pl->rq, entries[i]).n) return entries[i];
    return NULL;
}

/* A field of the office's own that says who he is lies in the log only, so what is said last counts. */
static bool says_more(const planner *pl) {
    for (size_t i = 0; i < pl->rq->field_count; i++) {
        const cpl_input *in = &pl->rq->fields[i];
        const cpl_field *f = &pl->p->fields[cpl_policy_field(pl->p, in->name)];
        if (f->identity && in->text.n && !cpl_str_is(in->name, "name") && !cpl_str_is(in->name, "address")) return true;
    }
    return false;
}

/* Its data is NULL where nothing is given, or the same as before. */
static cpl_str changed(cpl_str given, cpl_str was) {
    static const cpl_str as_it_was = {NULL, 0};
    return given.n && !cpl_str_eq(given, was) ? given : as_it_was;
}

/* That of the message which he wrote from where he is now stands for one that is not given. */
static cpl_str channel_given(const planner *pl) {
    cpl_str said = cpl_input_text(pl->rq, "channel");
    return said.n ? said : pl->rq->channel;
}

static bool changes(const cpl_party *to) { return to->identity.p || to->channel.p || to->name.p || to->address.p; }
static bool is_reached_elsewhere(const cpl_party *to) { return to->channel.p || to->address.p; }

complaint_status cpl_can_amend(const planner *pl) {
    for (size_t i = 0; i < pl->c->party_count; i++)
        if (cpl_party_is_owed(&pl->c->parties[i])) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_STATE, "update_complainant", "ไม่มีผู้ร้องเรียนที่ยังไม่ถอนเรื่อง", "there is no complainant who has not withdrawn");
}

static complaint_status check_something_changes(const planner *pl) {
    const char *given = first_given(pl);
    if (changes(&pl->amended) || says_more(pl)) return COMPLAINT_OK;
    if (given) return cpl_failf(pl->e, COMPLAINT_E_INVALID, given, "ข้อมูลที่ให้ไว้เหมือนที่บันทึกไว้แล้ว ไม่มีสิ่งใดเปลี่ยน", "that is what is entered already; nothing changes");
    return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "identity", "ระบุสิ่งที่แก้ไขอย่างน้อยหนึ่งอย่าง: ระดับการเปิดเผยตัว (identity) ชื่อ (name) ที่ติดต่อ (address) ช่องทาง (channel)",
                     "say at least one thing that changes: identity, name, address, channel");
}

/* The address he had is one on the channel he had. */
static complaint_status check_address(const planner *pl, const cpl_party *was) {
    cpl_party now = *was;
    cpl_party_amend(&now, &pl->amended);
    if (!pl->amended.channel.p || cpl_is_reached(pl, &now) || !cpl_carries_answers(pl, now.channel)) return COMPLAINT_OK;
    const cpl_code *to = cpl_channel_code(pl, now.channel), *of = cpl_channel_code(pl, was->channel);
    if (cpl_is_proof_of_nothing(was->address))
        return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "address", "ระบุที่ติดต่อ (address) ในช่องทาง “%s”%.0s ด้วย ยังไม่มีที่ติดต่อของผู้ร้องเรียนรายนี้บันทึกไว้",
                         "say in address %.0swhere he is reached by channel %s; no address of his is entered", to->label.th.p, to->id.p);
    return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "address", "ระบุที่ติดต่อ (address) ในช่องทาง “%s”%.0s ด้วย ที่ติดต่อที่บันทึกไว้เป็นของช่องทาง “%s”%.0s",
                     "say in address %.0swhere he is reached by channel %s; the address that is entered is of channel %.0s%s", to->label.th.p, to->id.p, of->label.th.p, of->id.p);
}

/* Whatever the event says to him goes the new way already. */
static complaint_status see_amended(planner *pl) {
    cpl_case *c = cpl_arena_alloc(pl->arena, sizeof *c);
    if (!c || !cpl_case_copy(pl->c, c)) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    cpl_party_amend(&c->parties[pl->amended.seq - 1], &pl->amended);
    pl->c = c;
    return COMPLAINT_OK;
}

complaint_status cpl_prepare_amendment(planner *pl) {
    int64_t seq = cpl_complainant_meant(pl->p, pl->c, pl->rq);
    if (seq == 0) return cpl_which_complainant(pl, "แก้ไขข้อมูล", "whose entry changes");
    const cpl_party *p = seq >= 1 && seq <= (int64_t)pl->c->party_count ? &pl->c->parties[seq - 1] : NULL;
    if (!p || !cpl_party_is_owed(p)) return cpl_no_such_complainant(pl, seq);
    pl->amended = (cpl_party){.seq = seq,
                              .identity = changed(cpl_input_text(pl->rq, "identity"), p->identity),
                              .channel = changed(channel_given(pl), p->channel),
                              .name = changed(cpl_str_of(pl->rq->party.first), p->name),
                              .address = changed(cpl_str_of(pl->rq->party.second), p->address)};
    complaint_status s = check_something_changes(pl);
    if (s == COMPLAINT_OK) s = check_address(pl, p);
    return s == COMPLAINT_OK ? see_amended(pl) : s;
}

static void write_amended(const planner *pl, writer *w) {
    const cpl_party *to = &pl->amended;
    const struct {
        const char *name;
        cpl_str value;
    } members[] = {{"identity", to->identity}, {"channel", to->channel}, {"name", to->name}, {"address", to->address}};
    writer list = cpl_write_open(w, "amended", '['), one = cpl_write_open(&list, NULL, '{');
    cpl_write_int(&one, "seq", to->seq);
    for (size_t i = 0; i < LENGTH(members); i++)
        if (members[i].value.p) cpl_write_str(&one, members[i].name, members[i].value);
    cpl_write_close(&one, '}');
    cpl_write_close(&list, ']');
}

/* What nobody has tried to send goes the new way; where no answer can go, it is work for a person. */
static void write_rerouted(const planner *pl, writer *w) {
    bool refused = !cpl_is_reached(pl, &pl->c->parties[pl->amended.seq - 1]);
    if (pl->rq->rerouted_count == 0 || !is_reached_elsewhere(&pl->amended)) return;
    writer list = cpl_write_open(w, "rerouted", '[');
    for (size_t i = 0; i < pl->rq->rerouted_count; i++) {
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", pl->rq->rerouted[i].seq);
        cpl_write_str(&one, "proof", cpl_str_of(pl->rq->rerouted[i].proof));
        if (refused) cpl_write_int(&one, "refused", 1);
        cpl_write_close(&one, '}');
    }
    cpl_write_close(&list, ']');
}

void cpl_write_amendment(const planner *pl, writer *w) {
    write_amended(pl, w);
    write_rerouted(pl, w);
}
