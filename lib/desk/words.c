/*
 * desk/words: the body of a notice.
 *
 * Owns: what stands in the blanks of the policy's texts (docs/policy-format.md lists them). Must not know: how blanks are filled (paper), who gets the text.
 */
#include "desk/job.h"
#include "paper/paper.h"

#include <string.h>

/* What has to be written out before it can stand in a blank. */
typedef struct blanks {
    cpl_buf flags, number, known_as, due;
    cpl_str unit, clock;
} blanks;

static void join_flags(cpl_buf *b, const complaint_policy *p, int64_t flags) {
    bool first = true;
    for (size_t i = 0; i < p->flag_count; i++) {
        if (!(p->flags[i].bit & flags)) continue;
        if (!first) cpl_buf_putc(b, ' ');
        cpl_buf_str(b, p->flags[i].code.label.th);
        first = false;
    }
}

static cpl_str unit_words(const complaint_policy *p, cpl_str unit) {
    int at = cpl_policy_unit(p, unit);
    return at < 0 ? unit : p->units[at].code.label.th;
}

/* A deadline at midnight is the end of the day before it; any other has its hour. */
static void write_due(cpl_buf *b, int64_t due_at) {
    char day[CPL_DATE_MAX], time[CPL_DATE_MAX];
    size_t n = 0;
    if (cpl_date_format(cpl_instant_day(due_at - 1), COMPLAINT_DATE_LONG, COMPLAINT_DIGITS_ARABIC, day, &n) != COMPLAINT_OK) return;
    cpl_buf_put(b, day, n);
    if (cpl_instant_millisecond(due_at) == 0 || cpl_time_format(due_at, COMPLAINT_DIGITS_ARABIC, time, &n) != COMPLAINT_OK) return;
    cpl_buf_puts(b, " เวลา ");
    cpl_buf_put(b, time, n);
}

/* A reminder speaks of its clock, and of the unit whose clock it is. */
static void write_clock(blanks *w, const complaint_policy *p, const cpl_case *c, int64_t clock) {
    if (clock < 1 || clock > (int64_t)c->clock_count) return;
    const cpl_case_clock *k = &c->clocks[clock - 1];
    int at = cpl_policy_clock(p, k->rule);
    w->clock = at < 0 ? k->rule : p->clocks[at].code.label.th;
    write_due(&w->due, k->due_at);
    if (k->referral >= 1 && k->referral <= (int64_t)c->referral_count) w->unit = unit_words(p, c->referrals[k->referral - 1].unit);
}

/* The register number, that of the register of before, or the id as long as there is none: whoever is told can look it up. */
static void write_numbers(blanks *w, const cpl_case *c) {
    if (c->number) {
        cpl_buf_fmt(&w->number, "%lld/%lld", (long long)c->number, (long long)c->fiscal_year);
        cpl_buf_fmt(&w->known_as, "เลขทะเบียน %lld/%lld", (long long)c->number, (long long)c->fiscal_year);
    } else if (c->legacy_key.n) {
        cpl_buf_puts(&w->number, "ทะเบียนเดิม ");
        cpl_buf_str(&w->number, c->legacy_number);
        cpl_buf_puts(&w->known_as, "เลขที่ ");
        cpl_buf_str(&w->known_as, c->legacy_number);
        cpl_buf_fmt(&w->known_as, " ของทะเบียนเดิม (รหัสเรื่อง %lld)", (long long)c->id);
    } else {
        cpl_buf_puts(&w->number, "-");
        cpl_buf_fmt(&w->known_as, "รหัสเรื่อง %lld", (long long)c->id);
    }
}

static cpl_str origin_words(const complaint_policy *p, cpl_str origin) {
    int at = cpl_policy_origin(p, origin);
    return at >= 0 ? p->origins[at].code.label.th : origin.n ? origin : CPL_LIT("-");
}

static void prepare(blanks *w, const cpl_job *job, const cpl_case *c, const cpl_plan *plan, const cpl_planned_notice *n) {
    const complaint_policy *p = job->d->policy;
    cpl_buf_init(&w->flags, &job->d->memory);
    cpl_buf_init(&w->number, &job->d->memory);
    cpl_buf_init(&w->known_as, &job->d->memory);
    cpl_buf_init(&w->due, &job->d->memory);
    w->unit = unit_words(p, n->unit.n ? n->unit : cpl_case_asked(c));
    w->clock = CPL_LIT("");
    join_flags(&w->flags, p, c->flags);
    write_numbers(w, c);
    write_clock(w, p, c, plan->clock);
    if (plan->due_at) write_due(&w->due, plan->due_at);
}

static cpl_str str_of(const cpl_buf *b) { return (cpl_str){b->data, b->size}; }

complaint_status cpl_write_body(cpl_job *job, const cpl_case *c, const cpl_plan *plan, const cpl_planned_notice *n, cpl_buf *body) {
    const complaint_policy *p = job->d->policy;
    int channel = cpl_policy_channel(p, c->channel);
    blanks w;
    prepare(&w, job, c, plan, n);
    cpl_fill fills[] = {{"number", str_of(&w.number)}, {"case", str_of(&w.known_as)}, {"origin", origin_words(p, c->origin)}, {"origin_ref", c->origin_ref.n ? c->origin_ref : CPL_LIT("-")}, {"flags", n->party ? CPL_LIT("") : str_of(&w.flags)}, {"due", str_of(&w.due)}, {"channel", channel < 0 ? c->channel : p->channels[channel].code.label.th},
                        {"text", plan->text}, {"unit", w.unit}, {"clock", w.clock}, {"assignee", c->assignee.n ? c->assignee : CPL_LIT("-")}, {"particle", plan->particle}};
    size_t given = sizeof fills / sizeof fills[0] - (plan->particle.n == 0); /* without one the policy's own text stands */
    complaint_status s = cpl_paper_fill(p, p->texts[p->notices[n->def].text].text.th, fills, given, body, job->e);
    if (s == COMPLAINT_OK && (w.flags.failed || w.number.failed || w.known_as.failed || w.due.failed || body->failed)) s = cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    cpl_buf_free(&w.flags);
    cpl_buf_free(&w.number);
    cpl_buf_free(&w.known_as);
    cpl_buf_free(&w.due);
    return s;
}
