/*
 * process/guard: the named predicates a policy may switch on.
 *
 * Owns: what each guard asks and the words of its refusal. Must not know: which action of which office uses it (the policy says).
 */
#include "process/plan.h"

static complaint_status refuse(const planner *pl, const cpl_guard *g, const char *thai, const char *english) {
    return cpl_failf(pl->e, COMPLAINT_E_GUARD, g->id.p, "%s%.0s [%s]", "%.0s%s [%s]", thai, english, g->source.p);
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

/* A flag raised after the head's word needs his word again. [CR-4.1.3, CR-4.2.4] */
static complaint_status consider_before_forward(const planner *pl, const cpl_guard *g) {
    const cpl_case *c = pl->c;
    bool needed = g->always || (c->flags & g->flags) != 0;
    if (!needed || (c->considered_seq && c->considered_seq > c->flagged_seq)) return COMPLAINT_OK;
    return refuse(pl, g, "ต้องให้หัวหน้ากลุ่มงานพิจารณาก่อนส่งต่อ", "the head has to consider the matter before it is forwarded");
}

static complaint_status transfer_needs_target(const planner *pl, const cpl_guard *g) {
    for (size_t i = 0; i < pl->unit_count; i++)
        if (pl->p->units[cpl_policy_unit(pl->p, pl->units[i])].kind != CPL_AGENCY)
            return refuse(pl, g, "ต้องส่งให้หน่วยงานภายนอกที่มีหน้าที่รับผิดชอบ", "a matter outside the office goes to an outside agency, by name");
    return pl->unit_count ? COMPLAINT_OK : refuse(pl, g, "ต้องระบุหน่วยงานปลายทาง", "the agency has to be named");
}

/* Only the responsible unit's report carries a result; the desk enters it on the unit's behalf, never as its own. [CR-N] */
static complaint_status no_desk_finding(const planner *pl, const cpl_guard *g) {
    cpl_str unit = cpl_input_text(pl->rq, "from_unit");
    bool own = cpl_str_is(pl->p->roles[pl->role].id, "unit") && cpl_str_eq(pl->rq->who.unit, unit);
    if (own || cpl_str_eq(pl->rq->who.on_behalf, unit)) return COMPLAINT_OK;
    return refuse(pl, g, "ผลต้องมาจากหน่วยงานที่รับผิดชอบ ผู้บันทึกต้องระบุว่าบันทึกแทนหน่วยงานนั้น", "a result comes from the responsible unit; whoever enters it does so on that unit's behalf");
}

static complaint_status no_desk_reject(const planner *pl, const cpl_guard *g) {
    cpl_str role = pl->p->roles[pl->role].id;
    if (!cpl_str_is(role, "officer") && !cpl_str_is(role, "head")) return COMPLAINT_OK;
    return refuse(pl, g, "จุดรับเรื่องไม่มีอำนาจไม่รับเรื่อง", "a desk role has no authority to reject a matter");
}

static complaint_status told_before_close(const planner *pl, const cpl_guard *g) {
    bool excused = cpl_input_text(pl->rq, "why_not_told").n > 0;
    if (pl->c->told_at || excused) return COMPLAINT_OK;
    return refuse(pl, g, "ต้องแจ้งผลผู้ร้องก่อนปิดเรื่อง หรือบันทึกเหตุที่แจ้งไม่ได้", "the complainant has to be told first, or the reason recorded why he cannot be");
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
};

complaint_status cpl_check_guards(const planner *pl, bool with_fields) {
    for (size_t i = 0; i < pl->action->guard_count; i++) {
        const cpl_guard *g = &pl->p->guards[pl->action->guards[i]];
        if (rules[g->kind].reads_fields && !with_fields) continue;
        complaint_status s = rules[g->kind].check(pl, g);
        if (s != COMPLAINT_OK) return s;
    }
    return COMPLAINT_OK;
}
