/*
 * view: role × identity level, fail closed.
 *
 * Owns: the decision. A role without an entry in the policy sees nothing; an identity level that is not known counts as confidential.
 */
#include "view/view.h"

void cpl_view_add_role(cpl_view *v, const complaint_policy *p, int role) {
    const cpl_view_def *def = &p->views[role];
    if (!def->defined) return;
    v->any = true;
    v->all_cases |= def->all_cases;
    v->named |= def->named;
    v->confidential |= def->confidential;
    v->anonymous |= def->anonymous;
    v->text |= def->text;
}

/* One role of his that is concerned is enough: he is one person, and what he reads as the other he knows as this one. Only who says that he stands in for another role of his, which is not concerned, sees; as that role. */
bool cpl_view_is_blind(const cpl_view *v, const cpl_case *c) {
    uint64_t blind = 0;
    for (size_t i = 0; i < c->blind_count; i++) {
        const cpl_blind *b = &c->blind[i];
        if ((b->person.n && cpl_str_eq(b->person, v->person)) || (b->unit.n && cpl_str_eq(b->unit, v->unit))) return true;
        int role = b->role.n ? cpl_policy_role(v->policy, b->role) : -1;
        if (role >= 0) blind |= UINT64_C(1) << role;
    }
    return (v->roles & blind) && !(v->acting & ~blind);
}

bool cpl_view_sees_case(const cpl_view *v, const cpl_case *c) {
    if (!v->any || cpl_view_is_blind(v, c)) return false;
    if (v->all_cases) return true;
    for (size_t i = 0; v->unit.n && i < c->referral_count; i++)
        if (cpl_str_eq(c->referrals[i].unit, v->unit)) return true;
    return false;
}

bool cpl_view_sees_identity(const cpl_view *v, cpl_str level) {
    if (cpl_str_is(level, "named")) return v->named;
    return cpl_str_is(level, "anonymous") ? v->anonymous : v->confidential;
}
