/*
 * desk/duty: the desk looks at its channels each day. [CR-4.2.1, CR-T1]
 *
 * Owns: the day's own stream of events, the duty rows, which days were missed. Must not know: what was found in a channel.
 *
 * The stream of a day is its civil number; ids of cases and messages lie far above.
 */
#include "desk/job.h"

#include <string.h>

static complaint_status channel_field(cpl_job *job, cpl_str *channel) {
    *channel = CPL_LIT("");
    for (size_t i = 0; i < job->draft->field_count; i++)
        if (cpl_str_is(job->draft->fields[i].name, "channel")) *channel = job->draft->fields[i].text;
    return COMPLAINT_OK;
}

/* The last event of the day's stream: its number, hash and time. */
static complaint_status last_of_day(cpl_job *job, int64_t day, cpl_event *ev) {
    cpl_rows rows = {0};
    cpl_event last;
    cpl_range r = {.table = CPL_EVENT, .equal = {cpl_int(day)}, .equal_count = 1, .direction = COMPLAINT_DESCENDING, .limit = 1};
    complaint_status s = cpl_tx_select(&job->tx, &r, &job->arena, &rows);
    *ev = (cpl_event){.stream = day, .seq = 1};
    if (s != COMPLAINT_OK || rows.count == 0) return s;
    s = cpl_event_from_row(rows.items[0].values, &last, job->e);
    if (s != COMPLAINT_OK) return s;
    ev->seq = last.seq + 1;
    ev->entered_at = last.entered_at;
    memcpy(ev->prev, last.hash, sizeof ev->prev);
    return COMPLAINT_OK;
}

static complaint_status checks_so_far(cpl_job *job, int64_t day, cpl_str channel, int64_t *count) {
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_DUTY, .equal = {cpl_int(day), cpl_txt(channel)}, .equal_count = 2};
    complaint_status s = cpl_tx_select(&job->tx, &r, &job->arena, &rows);
    *count = (int64_t)rows.count;
    return s;
}

complaint_status cpl_check_channel(cpl_job *job) {
    cpl_str channel;
    cpl_event ev;
    int64_t before = 0;
    cpl_request rq = cpl_request_of(job, CPL_EV_CHECK_CHANNEL);
    int64_t day = cpl_instant_day(rq.happened_at);
    complaint_status s = channel_field(job, &channel);
    if (s == COMPLAINT_OK) s = last_of_day(job, day, &ev);
    if (s == COMPLAINT_OK && rq.now < ev.entered_at) rq.now = ev.entered_at;
    if (s == COMPLAINT_OK) s = cpl_plan_intake(&job->pr, &rq, CPL_LIT("checked"), 0, &job->arena, &ev, job->e);
    if (s == COMPLAINT_OK) s = checks_so_far(job, day, channel, &before);
    if (s != COMPLAINT_OK) return s;
    cpl_insert_event(&job->batch, job->d->office, &ev);
    complaint_value v[] = {cpl_int(day), cpl_txt(channel), cpl_int(before + 1), cpl_int(rq.happened_at), cpl_int(ev.entered_at), cpl_txt(rq.who.id)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_DUTY, v, sizeof v / sizeof v[0]);
    return COMPLAINT_OK;
}

/* ---- which days were missed ------------------------------------------------------------------------------------------- */

static const char *const columns[] = {"day", "channel", "label", "checked_at", "actor", "times"};

typedef struct question {
    complaint_desk *d;
    int32_t first, end;
    complaint_page **page;
} question;

static complaint_status put_day(cpl_tx *tx, const question *q, int32_t day, const cpl_channel *channel, complaint_page *p) {
    cpl_arena arena;
    cpl_rows rows = {0};
    cpl_arena_init(&arena, &q->d->memory);
    cpl_range r = {.table = CPL_DUTY, .equal = {cpl_int(day), cpl_txt(channel->code.id)}, .equal_count = 2};
    complaint_status s = cpl_tx_select(tx, &r, &arena, &rows);
    if (s == COMPLAINT_OK && cpl_page_row(p)) {
        cpl_page_int(p, 0, day);
        cpl_page_str(p, 1, channel->code.id);
        cpl_page_str(p, 2, channel->code.label.th);
        cpl_page_int(p, 3, rows.count ? rows.items[0].values[4].integer : 0);
        cpl_page_str(p, 4, rows.count ? cpl_value_str(&rows.items[0].values[6]) : CPL_LIT(""));
        cpl_page_int(p, 5, (int64_t)rows.count);
    }
    cpl_arena_free(&arena);
    return s;
}

static complaint_status answer(cpl_tx *tx, void *context) {
    const question *q = context;
    const complaint_policy *policy = q->d->policy;
    complaint_page *p = cpl_page_new(&q->d->memory, columns, sizeof columns / sizeof columns[0]);
    complaint_status s = p ? COMPLAINT_OK : cpl_fail(&q->d->error, COMPLAINT_E_MEMORY, NULL);
    for (int32_t day = q->first; s == COMPLAINT_OK && day < q->end; day++)
        for (size_t i = 0; s == COMPLAINT_OK && i < policy->channel_count; i++)
            if (policy->channels[i].daily) s = put_day(tx, q, day, &policy->channels[i], p);
    if (s == COMPLAINT_OK) return cpl_page_finish(p, q->page, &q->d->error);
    complaint_page_free(p);
    return s;
}

complaint_status cpl_desk_duties(complaint_desk *d, const complaint_actor *a, int32_t first_day, int32_t end_day, complaint_page **page) {
    enum { MOST_DAYS = 400 };
    cpl_view view;
    int64_t now = 0;
    complaint_status s = cpl_desk_view(d, a, &view);
    if (s == COMPLAINT_OK && !view.all_cases) s = cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้ดูเวรประจำวันไม่ได้", "the duty log is seen by roles that see all cases");
    if (s == COMPLAINT_OK && (end_day < first_day || end_day - first_day > MOST_DAYS))
        s = cpl_failf(&d->error, COMPLAINT_E_RANGE, "days", "ช่วงวันต้องไม่เกิน %d วัน", "at most %d days at a time", MOST_DAYS);
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &now, &d->error);
    if (s != COMPLAINT_OK) return s;
    int32_t tomorrow = cpl_instant_day(now) + 1; /* a day that has not begun is not missed */
    question q = {.d = d, .first = first_day, .end = end_day < tomorrow ? end_day : tomorrow, .page = page};
    return cpl_desk_reading(d, answer, &q);
}
