/*
 * process/notices: what must leave the house because of an event.
 *
 * Owns: who is told, by which channel, once each. Must not know: what the words are (paper), how they travel (deliver).
 */
#include "process/plan.h"

#include <string.h>

const char *cpl_counts_name(cpl_counts_as as) { return as == CPL_COUNTS_AS_ACKNOWLEDGED ? "acknowledged" : as == CPL_COUNTS_AS_TOLD ? "told" : NULL; }

static cpl_planned_notice *next_notice(planner *pl, int def) {
    cpl_planned_notice *n = &pl->notices[pl->notice_count];
    *n = (cpl_planned_notice){.seq = pl->c->notices + (int64_t)pl->notice_count + 1, .def = def, .channel = CPL_LIT(CPL_STAFF_CHANNEL), .unit = CPL_LIT("")};
    return n;
}

/* A recipient hears one word of an event, or of one reminder: the first of the policy whose condition holds. Two reminders at one instant are two words, unless they are the same. */
static bool told_already(const planner *pl, int at, cpl_str recipient) {
    for (size_t i = 0; i < pl->notice_count; i++)
        if ((i >= pl->reminder || pl->notices[i].def == at) && cpl_str_eq(pl->notices[i].recipient, recipient)) return true;
    return false;
}

/* ---- conditions --------------------------------------------------------------------------------------------------------- */

/* Class, nature and flags are those that the event leaves. */
static cpl_str given_or(const planner *pl, const char *field, cpl_str before) {
    cpl_str given = pl->rq->kind == CPL_EV_CLASSIFY ? cpl_input_text(pl->rq, field) : CPL_LIT("");
    return given.n ? given : before;
}

static bool is_listed(const int *list, size_t count, int index) {
    for (size_t i = 0; i < count; i++)
        if (list[i] == index) return true;
    return false;
}

static bool is_answered(const planner *pl, const cpl_asked_field *asked) {
    cpl_str given = cpl_input_text(pl->rq, pl->p->fields[asked->field].code.id.p);
    for (size_t i = 0; i < asked->choice_count; i++)
        if (cpl_str_eq(asked->choices[i], given)) return true;
    return false;
}

static bool holds(const planner *pl, const cpl_condition *when) {
    int64_t flags = (pl->c->flags | pl->flags_set) & ~pl->flags_cleared;
    if (when->class_count && !is_listed(when->classes, when->class_count, cpl_policy_class(pl->p, given_or(pl, "class", pl->c->class_code)))) return false;
    if (when->nature_count && !is_listed(when->natures, when->nature_count, cpl_policy_nature(pl->p, given_or(pl, "nature", pl->c->nature)))) return false;
    for (size_t i = 0; i < when->field_count; i++)
        if (!is_answered(pl, &when->fields[i])) return false;
    return when->flags == 0 || (flags & when->flags);
}

/* ---- complainants ---------------------------------------------------------------------------------------------------- */

cpl_str cpl_complainant_name(int64_t seq, char name[48]) {
    static const char first[] = "complainant";
    char digits[20];
    size_t n = sizeof first - 1, k = 0;
    memcpy(name, first, sizeof first);
    if (seq == 1) return (cpl_str){name, n};
    name[n++] = '-';
    for (int64_t v = seq; v > 0; v /= 10) digits[k++] = (char)('0' + v % 10);
    while (k) name[n++] = digits[--k];
    name[n] = '\0';
    return (cpl_str){name, n};
}

/* Told by the officer himself, or long ago. */
static bool is_settled(const planner *pl, const cpl_planned_notice *n) { return n->by_hand || pl->rq->silent; }

/* The only one whom the act is for; 0: all. */
static int64_t named_complainant(const planner *pl) {
    const cpl_input *in = cpl_tells_one(pl->rq->kind) ? cpl_find_input(pl->rq, "party") : NULL;
    return in ? in->integer : 0;
}

bool cpl_is_proof_of_nothing(cpl_str proof) {
    char none[2 * CPL_HASH_SIZE + 1];
    cpl_sha256_hex(CPL_LIT(""), none);
    return proof.n == 0 || cpl_str_is(proof, none);
}

/* Nothing is sent to nowhere, and taken for said. */
static bool has_address(const cpl_party *party) { return !cpl_is_proof_of_nothing(party->address); }

const cpl_code *cpl_channel_code(const planner *pl, cpl_str channel) {
    static const cpl_code none = {.id = {"-", 1}, .label = {.th = {"-", 1}, .en = {"-", 1}}};
    int at = cpl_policy_channel(pl->p, channel);
    return at >= 0 ? &pl->p->channels[at].code : &none;
}

bool cpl_carries_answers(const planner *pl, cpl_str channel) { return cpl_policy_carries_answers(pl->p, channel); }

bool cpl_is_reached(const planner *pl, const cpl_party *party) { return cpl_carries_answers(pl, party->channel) && has_address(party); }

/* Each complainant is owed his own word, and one acknowledgement; who has withdrawn is owed none. Who was told by hand before the others is not told again with them. */
static bool is_meant(const planner *pl, int at, const cpl_party *party) {
    int64_t named = named_complainant(pl);
    cpl_counts_as as = pl->p->notices[at].counts_as;
    if (named) return party->seq == named && cpl_party_is_owed(party);
    if (as == CPL_COUNTS_AS_ACKNOWLEDGED) return cpl_party_waits(party);
    bool knows = as == CPL_COUNTS_AS_TOLD && party->told_at && !cpl_is_reached(pl, party) && !cpl_case_all_told(pl->c, 0);
    return cpl_party_is_owed(party) && (!knows || cpl_input_text(pl->rq, "by_hand").n);
}

/* `by_hand` says how he was told who is named; without a name those whom no channel reaches, and all when each is reached: then the officer did it himself though he need not. [CR-T2] */
static bool is_told_by_hand(const planner *pl, int at, const cpl_party *party) {
    if (cpl_input_text(pl->rq, "by_hand").n == 0) return false;
    if (named_complainant(pl) || !cpl_is_reached(pl, party)) return true;
    for (size_t i = 0; i < pl->c->party_count; i++)
        if (is_meant(pl, at, &pl->c->parties[i]) && !cpl_is_reached(pl, &pl->c->parties[i])) return false;
    return true;
}

/* Of several who are told at once: for whom the field then counts. */
static bool others_are_reached(const planner *pl, int at) {
    for (size_t i = 0; i < pl->c->party_count; i++)
        if (is_meant(pl, at, &pl->c->parties[i]) && cpl_is_reached(pl, &pl->c->parties[i])) return true;
    return false;
}

static complaint_status ask_by_hand(const planner *pl, int at, const cpl_party *party) {
    const char *label = cpl_channel_code(pl, party->channel)->label.th.p, *code = cpl_channel_code(pl, party->channel)->id.p;
    bool others = others_are_reached(pl, at);
    const char *thai = others ? " วิธีนี้นับเฉพาะรายที่ส่งข้อความไปไม่ถึง รายอื่นจะได้รับข้อความทางช่องทางของตน" : "", *english = others ? "; it counts for those whom no channel reaches, the others are sent theirs" : "";
    if (cpl_carries_answers(pl, party->channel))
        return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "by_hand", "ยังไม่มีที่ติดต่อของผู้ร้องเรียนลำดับที่ %lld ในช่องทาง “%s”%.0s ระบุวิธีที่แจ้งผู้ร้อง (by_hand) หรือบันทึกที่ติดต่อก่อน (update_complainant)%s%.0s",
                         "no address of complainant %lld %.0son channel %s is entered; say in by_hand how the complainant was told, or enter it first (update_complainant)%.0s%s", (long long)party->seq, label, code, thai, english);
    return cpl_failf(pl->e, COMPLAINT_E_REQUIRED, "by_hand", "ช่องทาง “%s”%.0s ของผู้ร้องเรียนลำดับที่ %lld ตอบกลับไม่ได้ ระบุวิธีที่แจ้งผู้ร้อง (by_hand)%s%.0s",
                     "channel %.0s%s of complainant %lld cannot carry an answer; say in by_hand how the complainant was told%.0s%s", label, code, (long long)party->seq, thai, english);
}

static complaint_status tell_complainant(planner *pl, int at, const cpl_party *party) {
    char name[48];
    cpl_str recipient;
    if (!cpl_arena_str(pl->arena, cpl_complainant_name(party->seq, name), &recipient)) return cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
    if (told_already(pl, at, recipient)) return COMPLAINT_OK;
    cpl_planned_notice *n = next_notice(pl, at);
    n->party = party->seq;
    n->outside = true;
    n->recipient = recipient;
    n->channel = party->channel;
    n->by_hand = is_told_by_hand(pl, at, party);
    n->refused = !is_settled(pl, n) && !cpl_is_reached(pl, party);
    if (n->refused && cpl_event_is_action(pl->rq->kind)) return ask_by_hand(pl, at, party);
    pl->notice_count++;
    return COMPLAINT_OK;
}

static bool hears(const planner *pl, const cpl_party *party) {
    for (size_t i = 0; i < pl->notice_count; i++)
        if (pl->notices[i].party == party->seq && is_settled(pl, &pl->notices[i])) return true;
    return false;
}

/* With the first one the case is acknowledged, with the last one it is told. */
static bool arrives(const planner *pl, int at) {
    bool any = false;
    for (size_t i = 0; i < pl->notice_count; i++) any |= pl->notices[i].def == at && pl->notices[i].party && is_settled(pl, &pl->notices[i]);
    for (size_t i = 0; i < pl->c->party_count && pl->p->notices[at].counts_as == CPL_COUNTS_AS_TOLD; i++) {
        const cpl_party *party = &pl->c->parties[i];
        if (cpl_party_is_owed(party) && !party->told_at && !hears(pl, party)) return false;
    }
    return any;
}

static complaint_status tell_complainants(planner *pl, int at) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < pl->c->party_count; i++)
        if (is_meant(pl, at, &pl->c->parties[i])) s = tell_complainant(pl, at, &pl->c->parties[i]);
    if (s == COMPLAINT_OK && arrives(pl, at)) cpl_hit(pl, CPL_EV_DELIVERED, pl->p->notices[at].id);
    return s;
}

/* ---- staff -------------------------------------------------------------------------------------------------------------- */

/* With this event. */
static bool becomes_blind(const planner *pl, cpl_str unit, cpl_str role) { return !pl->lifts && cpl_is_blind_among(pl->concerned, pl->concerned_count, unit, role); }

static bool role_is_blind(const planner *pl, cpl_str role) { return cpl_case_is_blind(pl->c, CPL_LIT(""), role) || becomes_blind(pl, CPL_LIT(""), role); }

static bool unit_is_blind(const planner *pl, cpl_str unit) { return cpl_case_is_blind(pl->c, unit, CPL_LIT("")) || becomes_blind(pl, unit, CPL_LIT("")); }

/* What is about a role goes past it to the next superior who is not concerned himself; nobody above: nobody is told. */
static int seeing_role(const planner *pl, int role) {
    for (size_t steps = 0; role >= 0 && steps <= pl->p->role_count; steps++) {
        if (!role_is_blind(pl, pl->p->roles[role].id)) return role;
        role = pl->p->superiors[role];
    }
    return -1;
}

static void tell_role(planner *pl, int at, int role) {
    int seeing = seeing_role(pl, role);
    if (seeing < 0 || told_already(pl, at, pl->p->roles[seeing].id)) return;
    cpl_planned_notice *n = next_notice(pl, at);
    n->recipient = pl->p->roles[seeing].id;
    pl->notice_count++;
}

/* ---- units -------------------------------------------------------------------------------------------------------------- */

/* A unit hears of its own referral, by its name; what is about a unit goes past it to the next superior. */
static void tell_unit(planner *pl, int at, cpl_str unit) {
    int seeing = cpl_policy_unit(pl->p, unit);
    for (size_t steps = 0; seeing >= 0 && steps <= pl->p->unit_count && unit_is_blind(pl, pl->p->units[seeing].code.id); steps++) seeing = pl->p->units[seeing].superior;
    if (seeing < 0 || unit_is_blind(pl, pl->p->units[seeing].code.id) || told_already(pl, at, pl->p->units[seeing].code.id)) return;
    cpl_planned_notice *n = next_notice(pl, at);
    n->recipient = pl->p->units[seeing].code.id;
    n->unit = unit;
    pl->notice_count++;
}

/* Those the event names, else those whose referral it is about, else all who have not reported. */
static void tell_units(planner *pl, int at, int role) {
    size_t told = pl->notice_count;
    for (size_t i = 0; i < pl->unit_count; i++) tell_unit(pl, at, pl->units[i]);
    for (size_t i = 0; pl->unit_count == 0 && i < pl->c->referral_count; i++) {
        const cpl_referral *r = &pl->c->referrals[i];
        bool touched = pl->touched_count == 0 && cpl_referral_is_open(r);
        for (size_t k = 0; k < pl->touched_count; k++) touched |= pl->touched[k] == r->seq;
        if (touched) tell_unit(pl, at, r->unit);
    }
    if (told == pl->notice_count && pl->unit_count == 0 && pl->c->referral_count == 0) tell_role(pl, at, role);
}

static void tell_origin(planner *pl, int at) {
    if (pl->c->origin.n == 0 || told_already(pl, at, CPL_LIT("origin"))) return;
    cpl_planned_notice *n = next_notice(pl, at);
    n->recipient = CPL_LIT("origin");
    n->outside = true;
    pl->notice_count++;
}

/* The answer to a message that is no matter, where one can reach the sender; else there is none. */
static void tell_sender(planner *pl, int at) {
    bool by_hand = cpl_input_text(pl->rq, "by_hand").n > 0, reached = pl->rq->reachable && cpl_carries_answers(pl, pl->rq->channel);
    if ((!by_hand && !reached) || told_already(pl, at, CPL_LIT("sender"))) return;
    cpl_planned_notice *n = next_notice(pl, at);
    n->to_sender = n->outside = true;
    n->recipient = CPL_LIT("sender");
    n->channel = pl->rq->channel;
    n->by_hand = by_hand;
    pl->notice_count++;
}

/* ---- all ------------------------------------------------------------------------------------------------------------------ */

static complaint_status tell(planner *pl, int at, int to) {
    if (to == CPL_TO_COMPLAINANT) return tell_complainants(pl, at);
    if (to == CPL_TO_SENDER) tell_sender(pl, at);
    else if (to == CPL_TO_ORIGIN) tell_origin(pl, at);
    else if (cpl_str_is(pl->p->roles[to].id, "unit") && !role_is_blind(pl, CPL_LIT("unit"))) tell_units(pl, at, to);
    else tell_role(pl, at, to);
    return COMPLAINT_OK;
}

static complaint_status plan_notice(planner *pl, int at) {
    const cpl_notice_def *def = &pl->p->notices[at];
    complaint_status s = COMPLAINT_OK;
    if (!holds(pl, &def->when)) return s;
    for (size_t i = 0; s == COMPLAINT_OK && i < def->to_count; i++) s = tell(pl, at, def->to[i]);
    return s;
}

/* One notice says each of its words once to everybody whom the case knows. */
static complaint_status make_room(planner *pl) {
    size_t everybody = pl->c->party_count + pl->unit_count + pl->c->referral_count + pl->p->role_count + pl->concerned_count + 1;
    pl->notices = cpl_arena_alloc(pl->arena, (pl->p->notice_count * everybody + 1) * sizeof *pl->notices);
    return pl->notices ? COMPLAINT_OK : cpl_fail(pl->e, COMPLAINT_E_MEMORY, NULL);
}

/* A reminder comes again by itself; a text that quotes what somebody wrote then cannot be written again. */
static bool can_be_said_again(const planner *pl, const cpl_case_notice *n, int def) {
    return n->fate == CPL_NOTICE_OPEN && n->clock == 0 && def >= 0 && !cpl_case_staff_notice_is_moot(pl->c, n) && !strstr(pl->p->texts[pl->p->notices[def].text].text.th.p, "{text}");
}

/* What waits for whom the case is hidden from goes past him to the next superior. [CR-4.2.5] */
static void pass_on(planner *pl) {
    for (int64_t i = 1; i <= pl->c->notices; i++) {
        const cpl_case_notice *n = cpl_case_sent(pl->c, i);
        int def = cpl_policy_notice(pl->p, n->template_name);
        if (!can_be_said_again(pl, n, def)) continue;
        pl->reminder = pl->notice_count; /* one superior may hear several */
        if (becomes_blind(pl, n->to, CPL_LIT(""))) tell_unit(pl, def, n->to);
        else if (becomes_blind(pl, CPL_LIT(""), n->to)) tell_role(pl, def, cpl_policy_role(pl->p, n->to));
    }
}

complaint_status cpl_plan_notices(planner *pl) {
    complaint_status s = make_room(pl);
    for (size_t i = 0; s == COMPLAINT_OK && i < pl->p->notice_count; i++)
        if (cpl_any_hit(pl, pl->p->notices[i].on, pl->p->notices[i].on_count)) s = plan_notice(pl, (int)i);
    if (s == COMPLAINT_OK && pl->concerned_count && !pl->lifts) pass_on(pl);
    return s;
}

bool cpl_reminder_speaks(const planner *pl, const cpl_warning *warning) {
    for (size_t i = 0; i < warning->notice_count; i++)
        if (holds(pl, &pl->p->notices[warning->notices[i]].when)) return true;
    return false;
}

complaint_status cpl_plan_reminder(planner *pl, const cpl_warning *warning) {
    complaint_status s = pl->notices ? COMPLAINT_OK : make_room(pl);
    pl->reminder = pl->notice_count;
    for (size_t i = 0; s == COMPLAINT_OK && i < warning->notice_count; i++) s = plan_notice(pl, warning->notices[i]);
    return s;
}

/* What it says is written when the case is as the event leaves it; until then its proof is a place for as many digits. */
static void write_one(writer *list, const planner *pl, cpl_planned_notice *n) {
    static const char digits[2 * CPL_HASH_SIZE + 1] = "0000000000000000000000000000000000000000000000000000000000000000";
    writer one = cpl_write_open(list, NULL, '{');
    cpl_write_int(&one, "seq", n->seq);
    cpl_write_str(&one, "template", pl->p->notices[n->def].id);
    cpl_write_str(&one, "to", n->recipient);
    cpl_write_int(&one, "by_hand", n->by_hand);
    if (pl->rq->silent) cpl_write_int(&one, "silent", 1);
    if (n->refused) cpl_write_int(&one, "refused", 1);
    cpl_write_str(&one, "proof", cpl_str_of(digits));
    n->proof_at = one.b->size - sizeof digits; /* before the quotation mark at the end */
    cpl_write_close(&one, '}');
}

static cpl_counts_as told_counts_as(const planner *pl) {
    const cpl_case_notice *n = cpl_case_sent(pl->c, pl->told_notice);
    int def = n ? cpl_policy_notice(pl->p, n->template_name) : -1;
    return def < 0 ? CPL_COUNTS_AS_NOTHING : pl->p->notices[def].counts_as;
}

/* Those who know it from this event on, where it is not all of them. */
static void write_heard(const planner *pl, writer *w) {
    bool some = named_complainant(pl) != 0;
    for (size_t i = 0; i < pl->notice_count; i++) some |= pl->notices[i].party && !is_settled(pl, &pl->notices[i]);
    if (!some) return;
    writer list = cpl_write_open(w, "heard", '[');
    for (size_t i = 0; i < pl->notice_count; i++) {
        if (!pl->notices[i].party || !is_settled(pl, &pl->notices[i])) continue;
        writer one = cpl_write_open(&list, NULL, '{');
        cpl_write_int(&one, "seq", pl->notices[i].party);
        cpl_write_close(&one, '}');
    }
    cpl_write_close(&list, ']');
}

/* What the complainants know from this event on, each mark once. */
static void write_counts(const planner *pl, writer *w) {
    bool counts[CPL_COUNTS_AS_TOLD + 1] = {false};
    counts[told_counts_as(pl)] = true;
    for (size_t i = 0; i < pl->notice_count; i++)
        if (pl->notices[i].party && is_settled(pl, &pl->notices[i])) counts[pl->p->notices[pl->notices[i].def].counts_as] = true;
    if (!counts[CPL_COUNTS_AS_ACKNOWLEDGED] && !counts[CPL_COUNTS_AS_TOLD]) return;
    writer marks = cpl_write_open(w, "counts", '[');
    for (int as = CPL_COUNTS_AS_ACKNOWLEDGED; as <= CPL_COUNTS_AS_TOLD; as++)
        if (counts[as]) cpl_write_str(&marks, NULL, cpl_str_of(cpl_counts_name((cpl_counts_as)as)));
    cpl_write_close(&marks, ']');
    write_heard(pl, w);
}

void cpl_write_notices(const planner *pl, writer *w) {
    if (pl->notice_count) {
        writer list = cpl_write_open(w, "notices", '[');
        for (size_t i = 0; i < pl->notice_count; i++) write_one(&list, pl, &pl->notices[i]);
        cpl_write_close(&list, ']');
    }
    write_counts(pl, w);
}

/* ---- told by other means ------------------------------------------------------------------------------------------------ */

/* A result that is in hand was not told before it was. [CR-T6] */
complaint_status cpl_check_result_in_hand(planner *pl) {
    if (pl->happened_at >= pl->c->resulted_at) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_RANGE, "happened_at", "เวลาที่แจ้งผลอยู่ก่อนที่ได้รับผล", "happened_at lies before the result was in hand");
}

/* Whoever was told by other means knows it as if the notice had arrived, in whatever state the case is by then. */
complaint_status cpl_prepare_telling(planner *pl) {
    const cpl_input *in = cpl_find_input(pl->rq, "notice");
    const cpl_case_notice *n = in ? cpl_case_sent(pl->c, in->integer) : NULL;
    if (in && !n) return cpl_failf(pl->e, COMPLAINT_E_NOT_FOUND, "notice", "ไม่มีข้อความลำดับที่ %lld", "there is no notice %lld", (long long)in->integer);
    if (!n) return COMPLAINT_OK;
    pl->told_notice = in->integer;
    if (told_counts_as(pl) == CPL_COUNTS_AS_TOLD) pl->last_result = cpl_case_all_told(pl->c, n->party);
    cpl_hit(pl, CPL_EV_DELIVERED, n->template_name);
    return told_counts_as(pl) == CPL_COUNTS_AS_TOLD ? cpl_check_result_in_hand(pl) : COMPLAINT_OK;
}

void cpl_write_telling(const planner *pl, writer *w) {
    const cpl_case_notice *n = cpl_case_sent(pl->c, pl->told_notice);
    if (!n) return;
    cpl_write_int(w, "notice", pl->told_notice);
    cpl_write_str(w, "template", n->template_name);
}
