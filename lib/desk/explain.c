/*
 * desk/explain: how a deadline of a case came about, in sentences that a citizen can follow on paper.
 *
 * Owns: finding the clock and its rule. Must not know: how deadlines are computed (calendar), what a clock is for (policy).
 */
#include "desk/job.h"

typedef struct question {
    complaint_desk *d;
    cpl_view view;
    int64_t case_id, clock;
    int32_t language;
    complaint_text **text;
} question;

/* What holds is what was recorded; who lays the steps beside it is told why they lead elsewhere. */
static void write_difference(const question *q, const cpl_period *p, const cpl_case_clock *k, cpl_buf *b) {
    const cpl_step recorded = {.kind = COMPLAINT_STEP_DUE, .at = k->due_at};
    bool english = q->language == COMPLAINT_ENGLISH;
    cpl_buf_puts(b, english ? "Not the deadline on record, which holds. " : "ไม่ตรงกับกำหนดที่บันทึกไว้และใช้อยู่ คือ ");
    cpl_explain_sentence(&p->rule, &recorded, q->language, b);
    cpl_buf_puts(b, english ? ". That was computed by another calendar or procedure than those at hand\n" : " ซึ่งคำนวณไว้ด้วยปฏิทินหรือมาตรฐานการปฏิบัติงานอื่นที่ไม่ใช่ของคำสั่งนี้\n");
}

static complaint_status write_steps(const question *q, const cpl_clock_def *def, const cpl_case_clock *k, cpl_arena *a, cpl_buf *b) {
    const cpl_step *steps;
    size_t count;
    cpl_deadline d;
    cpl_period p = cpl_period_of(def, k);
    complaint_status s = cpl_explain(q->d->calendar, &p, a, &steps, &count, &d, &q->d->error);
    if (s != COMPLAINT_OK) return s;
    cpl_buf_str(b, q->language == COMPLAINT_ENGLISH ? def->code.label.en : def->code.label.th);
    cpl_buf_fmt(b, " [%s]\n", q->language == COMPLAINT_ENGLISH ? def->code.source.p : cpl_policy_source(def->code.source).thai);
    for (size_t i = 0; i < count; i++) {
        const char *law = cpl_explain_law(&p.rule, &steps[i], q->language);
        cpl_buf_fmt(b, "%zu. ", i + 1);
        cpl_explain_sentence(&p.rule, &steps[i], q->language, b);
        if (law[0]) cpl_buf_fmt(b, " (%s)", law);
        cpl_buf_putc(b, '\n');
    }
    if (d.due_at != k->due_at) write_difference(q, &p, k, b);
    return COMPLAINT_OK;
}

static complaint_status no_such_clock(const question *q) {
    return cpl_failf(&q->d->error, COMPLAINT_E_NOT_FOUND, "clock", "ไม่มีกำหนดเวลาลำดับที่ %lld ที่คำนวณได้", "there is no clock %lld whose rule the policy still has", (long long)q->clock);
}

static complaint_status explain_clock(cpl_tx *tx, const question *q, cpl_arena *a, cpl_buf *b) {
    cpl_case c;
    complaint_status s = cpl_load_case(tx, a, q->case_id, &c);
    if (s == COMPLAINT_OK && !cpl_view_sees_case(&q->view, &c)) s = cpl_no_such_case(&q->d->error, q->case_id);
    if (s != COMPLAINT_OK) return s;
    if (q->clock < 1 || q->clock > (int64_t)c.clock_count) return no_such_clock(q);
    const cpl_case_clock *k = &c.clocks[q->clock - 1];
    int at = cpl_policy_clock(q->d->policy, k->rule);
    if (at < 0 || q->d->policy->clocks[at].date_field >= 0) return no_such_clock(q);
    return write_steps(q, &q->d->policy->clocks[at], k, a, b);
}

static complaint_status answer(cpl_tx *tx, void *context) {
    const question *q = context;
    cpl_arena a;
    cpl_buf b;
    cpl_arena_init(&a, &q->d->memory);
    cpl_buf_init(&b, &q->d->memory);
    complaint_status s = explain_clock(tx, q, &a, &b);
    if (s == COMPLAINT_OK) s = cpl_text_take(&b, q->text);
    if (s == COMPLAINT_E_MEMORY) cpl_fail(&q->d->error, s, NULL);
    cpl_buf_free(&b);
    cpl_arena_free(&a);
    return s;
}

complaint_status cpl_desk_explain(complaint_desk *d, const complaint_actor *a, int64_t case_id, int64_t clock, int32_t language, complaint_text **text) {
    question q = {.d = d, .case_id = case_id, .clock = clock, .language = language, .text = text};
    complaint_status s = cpl_desk_view(d, a, &q.view);
    return s == COMPLAINT_OK ? cpl_desk_reading(d, answer, &q) : s;
}
