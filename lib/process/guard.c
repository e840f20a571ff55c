/*
 * process/guard: the named predicates a policy may switch on.
 *
 * Owns: what each guard asks and the words of its refusal. Must not know: which action of which office uses it (the policy says).
 */
#include "process/plan.h"

static complaint_status refuse(const planner *pl, const cpl_guard *g, const char *thai, const char *english) {
    return cpl_failf(pl->e, COMPLAINT_E_GUARD, g->id.p, "%s%.0s [%s%.0s]", "%.0s%s [%.0s%s]", thai, english, cpl_policy_source(g->source).thai, g->source.p);
}

/* The acknowledgement is the policy's text; whoever wants to say more does it in another message. [CR-T2, CR-4.2.3] */
static complaint_status fixed_acknowledgement(const planner *pl, const cpl_guard *g) {
    if (cpl_find_input(pl->rq, "text") == NULL) return COMPLAINT_OK;
    return refuse(pl, g, "ข้อความตอบรับต้องใช้ข้อความกลางเท่านั้น", "the acknowledgement is the standard message and nothing else");
}

static complaint_status class_before_forward(const planner *pl, const cpl_guard *g) {
    if (pl->c->class_code.n) return COMPLAINT_OK;
    return refuse(pl, g, "ต้องจำแนกประเภทเรื่องก่อนส่งต่อ", "the matter has to be classified before it is forwarded");
}

/* A flag raised after the head's word needs his word again, as long as it stands. [CR-4.1.3, CR-4.2.4] */
static complaint_status consider_before_forward(const planner *pl, const cpl_guard *g) {
    const cpl_case *c = pl->c;
    bool needed = g->always || (c->flags & g->flags) != 0;
    if (!needed || (c->considered_seq && c->considered_seq > cpl_case_flagged_seq(c, g->flags))) return COMPLAINT_OK;
    return refuse(pl, g, "ต้องให้หัวหน้าพิจารณาก่อนส่งต่อ", "the head has to consider the matter before it is forwarded");
}

static bool is_listed(const cpl_str *list, size_t count, cpl_str code) {
    for (size_t i = 0; i < count; i++)
        if (cpl_str_eq(list[i], code)) return true;
    return false;
}

/* Forwarding it to him is what the head asked for. */
static bool goes_to_executive(const planner *pl) {
    bool all = true;
    for (size_t i = 0; i < pl->unit_count; i++) all &= pl->p->units[cpl_policy_unit(pl->p, pl->units[i])].kind == CPL_EXECUTIVE;
    return all;
}

/* The head may agree, or ask for something else first: for changes, or that the executive has the matter. [CR-4.1.3] */
static complaint_status agreed_before_forward(const planner *pl, const cpl_guard *g) {
    cpl_str said = pl->c->decision;
    if (is_listed(g->holds, g->hold_count, said))
        return refuse(pl, g, "หัวหน้าให้ดำเนินการอย่างอื่นก่อนส่งต่อ ต้องทำตามความเห็นนั้นและให้หัวหน้าพิจารณาอีกครั้ง", "the head asked for something else before it is forwarded; do that, and let him consider it again");
    if (is_listed(g->executive_first, g->executive_first_count, said) && !goes_to_executive(pl))
        return refuse(pl, g, "หัวหน้าให้เสนอผู้บริหารก่อน (memo หรือ forward ถึงผู้บริหาร) ต้องรอคำสั่งหรือความเห็นของผู้บริหาร", "the head wants the executive to have it first (memo, or forward to the executive); his order, or his word, is waited for");
    return COMPLAINT_OK;
}

/* What an order names is where the matter goes, or back to who gave it; another unit is another order's. [PR-12.2, CR-4.1.3] */
static complaint_status ordered_unit(const planner *pl, const cpl_guard *g) {
    const cpl_case *c = pl->c;
    char ordered[CPL_SUGGESTIONS_SIZE];
    for (size_t i = 0; c->ordered_count && i < pl->unit_count; i++) {
        cpl_str unit = pl->units[i];
        if (is_listed(c->ordered, c->ordered_count, unit) || pl->p->units[cpl_policy_unit(pl->p, unit)].kind == CPL_EXECUTIVE) continue;
        cpl_suggest(CPL_LIT(""), c->ordered, c->ordered_count, sizeof *c->ordered, ordered);
        return cpl_failf(pl->e, COMPLAINT_E_GUARD, g->id.p, "คำสั่งผู้บริหารให้ส่งเรื่องนี้ไปยัง %s ไม่ใช่ %.*s หากต้องส่งหน่วยงานอื่นต้องมีคำสั่งเพิ่มเติม (order) [%s%.0s]",
                         "the executive ordered the matter to go to %s, not to %.*s; another unit needs another order [%.0s%s]", ordered, (int)unit.n, unit.p, cpl_policy_source(g->source).thai, g->source.p);
    }
    return COMPLAINT_OK;
}

static complaint_status transfer_needs_target(const planner *pl, const cpl_guard *g) {
    for (size_t i = 0; i < pl->unit_count; i++)
        if (pl->p->units[cpl_policy_unit(pl->p, pl->units[i])].kind != CPL_AGENCY)
            return refuse(pl, g, "ต้องส่งให้หน่วยงานภายนอกที่มีหน้าที่รับผิดชอบ", "a matter outside the office goes to an outside agency, by name");
    return pl->unit_count ? COMPLAINT_OK : refuse(pl, g, "ต้องระบุหน่วยงานปลายทาง", "the agency has to be named");
}

bool cpl_sits_in(const planner *pl, cpl_str unit) {
    int at = unit.n ? cpl_policy_unit(pl->p, unit) : -1, seat = at >= 0 ? pl->p->units[at].role : -1;
    return seat >= 0 && (pl->action->roles & pl->who->roles) >> seat & 1;
}

/* What is said of a unit is said by itself: by somebody of it, or by who sits there. */
static bool is_of_unit(const planner *pl, cpl_str unit) { return cpl_str_eq(pl->who->unit, unit) || cpl_sits_in(pl, unit); }

/* The codes that could stand there: the unit that it is about, else who may do it himself. */
static void list_principals(const planner *pl, const cpl_guard *g, cpl_str unit, cpl_str wrong, char out[CPL_SUGGESTIONS_SIZE]) {
    cpl_str codes[CPL_POLICY_ROLES];
    size_t n = 0;
    if (unit.n) codes[n++] = unit;
    for (size_t i = 0; !unit.n && i < pl->p->role_count; i++)
        if ((pl->action->roles & ~g->roles) >> i & 1) codes[n++] = pl->p->roles[i].id;
    cpl_suggest(wrong, codes, n, sizeof *codes, out);
}

/* It is somebody else's word: whose, and what was named in his place. */
static complaint_status refuse_principal(const planner *pl, const cpl_guard *g, cpl_str unit, const char *thai, const char *english) {
    cpl_str named = pl->who->on_behalf;
    char known[CPL_SUGGESTIONS_SIZE];
    list_principals(pl, g, unit, named, known);
    return cpl_failf(pl->e, COMPLAINT_E_GUARD, g->id.p, "%s%.0s (on_behalf): %s%s%.0s%.*s%s [%s%.0s]", "%.0s%s (on_behalf): %s%.0s%s%.*s%s [%.0s%s]", thai, english, known, named.n ? " ไม่ใช่ “" : "",
                     named.n ? ", not “" : "", (int)named.n, named.p, named.n ? "”" : "", cpl_policy_source(g->source).thai, g->source.p);
}

static bool acts_as_unit(const planner *pl) { return cpl_str_is(pl->p->roles[pl->role].id, "unit"); }

/* Only the responsible unit's report carries a result; the desk enters it on the unit's behalf, never as its own. [CR-N] */
static complaint_status no_desk_finding(const planner *pl, const cpl_guard *g) {
    cpl_str unit = cpl_input_text(pl->rq, "from_unit");
    bool as_unit = acts_as_unit(pl);
    if (cpl_sits_in(pl, unit) || cpl_str_eq(as_unit ? pl->rq->who.unit : pl->rq->who.on_behalf, unit)) return COMPLAINT_OK;
    if (as_unit) return refuse(pl, g, "ผลต้องมาจากหน่วยงานที่รับผิดชอบ หน่วยงานรายงานได้เฉพาะผลของตนเอง", "a result comes from the responsible unit; a unit reports its own only");
    return refuse_principal(pl, g, unit, "ผลต้องมาจากหน่วยงานที่รับผิดชอบ ผู้บันทึกต้องระบุว่าบันทึกแทนหน่วยงานนั้น", "a result comes from the responsible unit; whoever enters it does so on that unit's behalf");
}

/* Whether the actor may do it by a role that the guard does not ask anything of. */
static bool does_it_himself(const planner *pl, const cpl_guard *g) { return pl->action->roles & pl->who->roles & ~g->roles; }

static complaint_status no_desk_reject(const planner *pl, const cpl_guard *g) {
    if (does_it_himself(pl, g)) return COMPLAINT_OK;
    return refuse(pl, g, "จุดรับเรื่องไม่มีอำนาจไม่รับเรื่อง", "a desk role has no authority to reject a matter");
}

/* An order is somebody's who may order himself: a role by its code, or the unit of the executive. */
static bool names_who_may(const planner *pl, const cpl_guard *g, cpl_str name) {
    int role = cpl_policy_role(pl->p, name), unit = cpl_policy_unit(pl->p, name);
    return (role >= 0 && (pl->action->roles & ~g->roles) >> role & 1) || (unit >= 0 && pl->p->units[unit].kind == CPL_EXECUTIVE);
}

/* By a role that the guard names. */
static bool is_among(const planner *pl, const cpl_guard *g) { return pl->action->roles & pl->who->roles & g->roles; }

/* What the desk enters of others is theirs, and the log says whose; a unit enters nothing for another. [CR-N, PR-12.2, PR-13] */
static complaint_status on_behalf_required(const planner *pl, const cpl_guard *g) {
    cpl_str unit = cpl_input_text(pl->rq, "from_unit"), named = pl->who->on_behalf;
    bool own = does_it_himself(pl, g) && (unit.n == 0 || is_of_unit(pl, unit));
    if (own || (is_among(pl, g) && (unit.n ? cpl_str_eq(named, unit) : names_who_may(pl, g, named)))) return COMPLAINT_OK;
    if (!is_among(pl, g)) return refuse(pl, g, "ทำรายการนี้ได้เฉพาะในนามหน่วยงานของตนเท่านั้น", "this is said of one's own unit only");
    return refuse_principal(pl, g, unit, "ต้องระบุว่าบันทึกแทนผู้ใด", "whose word it is has to be said");
}

/* A unit speaks for itself, and somebody who is no desk's for himself: what it says of others would do without them, or keep them from the matter. */
static complaint_status own_unit_only(const planner *pl, const cpl_guard *g) {
    cpl_str from = cpl_input_text(pl->rq, "from_unit"), concerned = cpl_input_text(pl->rq, "concerned_unit"), person = cpl_input_text(pl->rq, "person");
    bool others = (from.n && !is_of_unit(pl, from)) || (concerned.n && !is_of_unit(pl, concerned)) || (person.n && !cpl_str_eq(person, pl->who->id)) || cpl_input_text(pl->rq, "role").n;
    if (!others || is_among(pl, g)) return COMPLAINT_OK;
    return refuse(pl, g, "ทำรายการนี้ได้เฉพาะในนามหน่วยงานของตนหรือของตนเองเท่านั้น", "this is said of one's own unit, or of oneself, only");
}

static complaint_status recusal_lifted_from_above(const planner *pl, const cpl_guard *g) {
    const cpl_input *clear = cpl_find_input(pl->rq, "clear");
    if (!clear || !clear->integer || is_among(pl, g)) return COMPLAINT_OK;
    return refuse(pl, g, "การยกเลิกการกันออกจากเรื่องต้องทำโดยผู้บังคับบัญชาที่มาตรฐานกำหนด", "a recusal is taken back from above only");
}

/* A reason that has to be shown: that many attempts to reach each who was not told. [CR-T6] */
static complaint_status check_attempts(const planner *pl, const cpl_guard *g) {
    for (size_t i = 0; i < pl->c->party_count; i++) {
        const cpl_party *p = &pl->c->parties[i];
        if (!cpl_party_is_owed(p) || p->told_at || p->attempts >= g->attempts) continue;
        return cpl_failf(pl->e, COMPLAINT_E_GUARD, g->id.p, "ผู้ร้องเรียนลำดับที่ %lld: บันทึกการพยายามติดต่อเพื่อแจ้งผลแล้ว %lld ครั้ง ต้องครบ %lld ครั้ง ขาดอีก %lld ครั้ง [%s%.0s]",
                         "complainant %lld: %lld attempts to tell him are on record, %lld are needed, %lld are missing [%.0s%s]", (long long)p->seq, (long long)p->attempts, (long long)g->attempts,
                         (long long)(g->attempts - p->attempts), cpl_policy_source(g->source).thai, g->source.p);
    }
    return COMPLAINT_OK;
}

/* A known complainant is not told because nobody knows who he is: no. */
static complaint_status check_nameless(const planner *pl, const cpl_guard *g, cpl_str why) {
    if (!is_listed(g->nameless, g->nameless_count, why)) return COMPLAINT_OK;
    for (size_t i = 0; i < pl->c->party_count; i++) {
        const cpl_party *p = &pl->c->parties[i];
        if (cpl_party_is_owed(p) && !p->told_at && !cpl_str_is(p->identity, "anonymous")) return refuse(pl, g, "ผู้ร้องเรียนรายที่ยังไม่ได้แจ้งผลไม่ใช่ผู้ที่ไม่ทราบชื่อ จึงใช้เหตุนี้ไม่ได้", "a complainant who was not told is not anonymous, so this is no reason");
    }
    return COMPLAINT_OK;
}

static complaint_status told_before_close(const planner *pl, const cpl_guard *g) {
    cpl_str why = cpl_input_text(pl->rq, "why_not_told");
    if (pl->c->party_count ? cpl_case_all_told(pl->c, 0) : pl->c->told_at != 0) return COMPLAINT_OK;
    if (why.n == 0 && pl->c->party_count && cpl_case_tells_all(pl->c, 0))
        return refuse(pl, g, "ข้อความแจ้งผลยังรอส่งถึงผู้ร้องเรียน ปิดเรื่องได้เมื่อส่งถึงแล้ว", "the result waits to be delivered to the complainant; the case can be closed when it has arrived");
    if (why.n == 0) return refuse(pl, g, "ต้องแจ้งผลผู้ร้องก่อนปิดเรื่อง หรือบันทึกเหตุที่แจ้งไม่ได้", "the complainant has to be told first, or the reason recorded why he cannot be");
    return is_listed(g->reasons, g->reason_count, why) ? check_attempts(pl, g) : check_nameless(pl, g, why);
}

static cpl_route route_of(const planner *pl) {
    int class_at = cpl_policy_class(pl->p, pl->c->class_code);
    return class_at < 0 ? (cpl_route)0 : pl->p->classes[class_at].route;
}

/* A matter that affects the office goes by memorandum whatever its class. [PR-12.2, PR-12.4] */
static bool needs_order(const planner *pl) { return route_of(pl) == CPL_ROUTE_MEMO || (pl->c->flags & CPL_FLAG_OFFICE_IMPACT); }

/* Each class has its route: forward, refer, answer, or memorandum and order. [PR-12.1 to 12.4] */
static complaint_status route(const planner *pl, const cpl_guard *g) {
    cpl_route way = route_of(pl);
    bool ok = true;
    switch (pl->action->kind) {
    case CPL_EV_FORWARD: ok = way == CPL_ROUTE_FORWARD || way == CPL_ROUTE_MEMO; break;
    case CPL_EV_REFER: ok = way == CPL_ROUTE_REFER; break;
    case CPL_EV_ANSWER: ok = way == CPL_ROUTE_INFORMATION; break;
    case CPL_EV_MEMO: ok = needs_order(pl); break;
    default: break;
    }
    return ok ? COMPLAINT_OK : refuse(pl, g, "เส้นทางนี้ไม่ใช่เส้นทางของประเภทเรื่องที่จำแนกไว้", "this is not the route of the matter's class");
}

static complaint_status order_before_forward(const planner *pl, const cpl_guard *g) {
    if (!needs_order(pl) || pl->c->ordered_at) return COMPLAINT_OK;
    return refuse(pl, g, "ต้องมีคำสั่งผู้บริหารก่อนส่งหน่วยงาน", "the executive has to order it before it goes to the unit");
}

static complaint_status examination_when_flagged(const planner *pl, const cpl_guard *g) {
    const cpl_input *in = cpl_find_input(pl->rq, "examination");
    if (!(g->always || (pl->c->flags & g->flags)) || (in && in->integer)) return COMPLAINT_OK;
    return refuse(pl, g, "เรื่องที่กระทบหน่วยงานต้องสั่งให้ตรวจสอบ", "a matter that affects the office is ordered to be examined");
}

static complaint_status origin_before_close(const planner *pl, const cpl_guard *g) {
    if (pl->c->origin.n == 0 || pl->c->origin_answered_at) return COMPLAINT_OK;
    return refuse(pl, g, "ต้องแจ้งหน่วยงานต้นเรื่องก่อนปิดเรื่อง", "the body that passed the matter on has to be answered first");
}

/* A breach that was flagged after the last report is another one. [CR-3.5] */
static complaint_status breach_reported_before_close(const planner *pl, const cpl_guard *g) {
    if (cpl_case_flagged_seq(pl->c, CPL_FLAG_DATA_BREACH) <= pl->c->breach_reported_seq) return COMPLAINT_OK;
    return refuse(pl, g, "ต้องบันทึกการแจ้งเหตุละเมิดข้อมูลส่วนบุคคล (report_breach) ก่อน หรือยกเลิกเครื่องหมายหากไม่ใช่ข้อมูลของหน่วยงาน",
                  "the data breach has to be reported first (report_breach), or the flag taken back if the data were not the office's own");
}

/* The answer of an agency is not waited for. */
static bool is_referred(const cpl_case *c) {
    for (size_t i = 0; i < c->referral_count; i++)
        if (cpl_str_is(c->referrals[i].kind, "refer") && c->referrals[i].cycle == c->cycle) return true;
    return false;
}

/* Of several cases of one matter one is looked into; its result is that of the others. [CR-T6] */
static complaint_status linked_result_before_close(const planner *pl, const cpl_guard *g) {
    if (pl->c->resulted_at || pl->linked_result || is_referred(pl->c)) return COMPLAINT_OK;
    return refuse(pl, g, "ยังไม่มีผลของเรื่องนี้ หรือของเรื่องที่เชื่อมโยงกัน", "there is no result yet, neither of this matter nor of one that it is linked with");
}

static complaint_status referrals_before_close(const planner *pl, const cpl_guard *g) {
    for (size_t i = 0; i < pl->c->referral_count; i++) {
        const cpl_referral *r = &pl->c->referrals[i];
        bool open = cpl_referral_is_open(r);
        if (open && cpl_str_is(r->kind, "forward")) return refuse(pl, g, "ยังมีหน่วยงานที่ไม่ได้รายงานผล", "a unit has not reported yet");
    }
    return COMPLAINT_OK;
}

/* Who is complained about is not given the matter to deal with; a unit may be asked for facts by contact. */
static complaint_status respondent_is_blind(const planner *pl, const cpl_guard *g) {
    cpl_str assignee = cpl_input_text(pl->rq, "assignee");
    for (size_t i = 0; i < pl->c->blind_count; i++) {
        const cpl_blind *b = &pl->c->blind[i];
        bool hit = (b->person.n && cpl_str_eq(b->person, assignee)) || (b->person.n && cpl_str_eq(b->person, pl->rq->who.id));
        for (size_t k = 0; b->unit.n && k < pl->unit_count; k++) hit |= cpl_str_eq(b->unit, pl->units[k]);
        if (hit) return refuse(pl, g, "ผู้ถูกร้องเรียนหรือผู้มีส่วนได้เสียต้องไม่ได้รับเรื่องนี้", "who is complained about, or concerned, does not get the matter");
    }
    return COMPLAINT_OK;
}

typedef struct guard_rule {
    complaint_status (*check)(const planner *pl, const cpl_guard *g);
    bool reads_fields;
} guard_rule;

static const guard_rule rules[] = {
    [CPL_GUARD_FIXED_ACKNOWLEDGEMENT] = {fixed_acknowledgement, true},
    [CPL_GUARD_CLASS_BEFORE_FORWARD] = {class_before_forward, false},
    [CPL_GUARD_CONSIDER_BEFORE_FORWARD] = {consider_before_forward, false},
    [CPL_GUARD_TRANSFER_NEEDS_TARGET] = {transfer_needs_target, true},
    [CPL_GUARD_NO_DESK_FINDING] = {no_desk_finding, true},
    [CPL_GUARD_NO_DESK_REJECT] = {no_desk_reject, false},
    [CPL_GUARD_TOLD_BEFORE_CLOSE] = {told_before_close, true},
    [CPL_GUARD_ROUTE] = {route, false},
    [CPL_GUARD_ORDER_BEFORE_FORWARD] = {order_before_forward, false},
    [CPL_GUARD_EXAMINATION_WHEN_FLAGGED] = {examination_when_flagged, true},
    [CPL_GUARD_ORIGIN_BEFORE_CLOSE] = {origin_before_close, false},
    [CPL_GUARD_REFERRALS_BEFORE_CLOSE] = {referrals_before_close, false},
    [CPL_GUARD_RESPONDENT_IS_BLIND] = {respondent_is_blind, true},
    [CPL_GUARD_BREACH_REPORTED_BEFORE_CLOSE] = {breach_reported_before_close, false},
    [CPL_GUARD_LINKED_RESULT_BEFORE_CLOSE] = {linked_result_before_close, false},
    [CPL_GUARD_ON_BEHALF_REQUIRED] = {on_behalf_required, true},
    [CPL_GUARD_OWN_UNIT_ONLY] = {own_unit_only, true},
    [CPL_GUARD_RECUSAL_LIFTED_FROM_ABOVE] = {recusal_lifted_from_above, true},
    [CPL_GUARD_AGREED_BEFORE_FORWARD] = {agreed_before_forward, false}, /* of units it is asked again when they are known */
    [CPL_GUARD_ORDERED_UNIT] = {ordered_unit, true},
};

/* Whoever must not see the matter has no word in it either, also not by somebody else's hand. */
complaint_status cpl_check_principal(const planner *pl) {
    cpl_str named = pl->who->on_behalf;
    bool blind = false;
    for (size_t i = 0; named.n && i < pl->c->blind_count; i++) {
        const cpl_blind *b = &pl->c->blind[i];
        blind |= cpl_str_eq(b->person, named) || cpl_str_eq(b->unit, named) || cpl_str_eq(b->role, named);
    }
    if (!blind) return COMPLAINT_OK;
    return cpl_failf(pl->e, COMPLAINT_E_GUARD, "on_behalf", "%.*s เป็นผู้ถูกร้องเรียนหรือผู้มีส่วนได้เสียในเรื่องนี้ จึงบันทึกแทนไม่ได้", "%.*s is complained about or concerned, so nothing is entered on that behalf",
                     (int)named.n, named.p);
}

/* What an old register says happened, happened: before this procedure was in use, and by what was recorded then. Such a matter has no number of ours. */
bool cpl_is_history(const planner *pl) { return pl->rq && pl->rq->silent && pl->c->registered_at && !pl->c->number; }

complaint_status cpl_check_guards(const planner *pl, bool with_fields) {
    for (size_t i = 0; i < pl->action->guard_count; i++) {
        const cpl_guard *g = &pl->p->guards[pl->action->guards[i]];
        if ((rules[g->kind].reads_fields && !with_fields) || (g->waived && cpl_is_history(pl))) continue;
        complaint_status s = rules[g->kind].check(pl, g);
        if (s != COMPLAINT_OK) return s;
    }
    return COMPLAINT_OK;
}

static bool sits_somewhere(const planner *pl) {
    bool sits = false;
    for (size_t i = 0; i < pl->p->unit_count; i++) sits |= cpl_sits_in(pl, pl->p->units[i].code.id);
    return sits;
}

bool cpl_asks_principal(const planner *pl) {
    bool asks = false;
    for (size_t i = 0; i < pl->action->guard_count; i++) {
        const cpl_guard *g = &pl->p->guards[pl->action->guards[i]];
        asks |= g->kind == CPL_GUARD_NO_DESK_FINDING && !acts_as_unit(pl) && !sits_somewhere(pl);
        asks |= g->kind == CPL_GUARD_ON_BEHALF_REQUIRED && is_among(pl, g) && !does_it_himself(pl, g);
    }
    return asks;
}
