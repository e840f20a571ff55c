/*
 * desk/duty: the desk looks at its channels each day. [CR-4.2.1, CR-T1]
 *
 * Owns: the day's own stream of events, the duty rows, which days were missed. Must not know: what was found in a channel.
 *
 * The stream of a day is its civil number; ids of cases and messages lie far above.
 */
#include "desk/job.h"

#include <string.h>

static const cpl_input *field(const cpl_job *job, const char *name) {
    const cpl_input *found = NULL;
    for (size_t i = 0; i < job->draft->field_count; i++)
        if (cpl_str_is(job->draft->fields[i].name, name)) found = &job->draft->fields[i];
    return found;
}

static cpl_str text_of(const cpl_input *in) { return in && !in->is_integer ? in->text : CPL_LIT(""); }

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

/* An event of the day's own stream, checked against the policy's action. */
static complaint_status day_event(cpl_job *job, int64_t day, const char *state, cpl_event *ev) {
    cpl_request rq = cpl_request_of(job, job->kind);
    if (day < 1) return cpl_failf(job->e, COMPLAINT_E_RANGE, "happened_at", "วันที่อยู่นอกช่วง", "the day is out of range"); /* it is the number of a stream */
    complaint_status s = last_of_day(job, day, ev);
    if (s != COMPLAINT_OK) return s;
    if (rq.now < ev->entered_at) rq.now = ev->entered_at;
    s = cpl_plan_intake(&job->pr, &rq, cpl_str_of(state), 0, &job->arena, ev, job->e);
    if (s == COMPLAINT_OK) cpl_insert_event(&job->batch, job->d->office, ev);
    return s;
}

complaint_status cpl_check_channel(cpl_job *job) {
    cpl_str channel = text_of(field(job, "channel"));
    cpl_event ev;
    int64_t before = 0;
    int64_t happened_at = cpl_request_of(job, job->kind).happened_at, day = cpl_instant_in_range(happened_at) ? cpl_instant_day(happened_at) : 0;
    complaint_status s = day_event(job, day, "checked", &ev);
    if (s == COMPLAINT_OK) s = checks_so_far(job, day, channel, &before);
    if (s != COMPLAINT_OK) return s;
    complaint_value v[] = {cpl_int(day), cpl_txt(channel), cpl_int(before + 1), cpl_int(happened_at), cpl_int(ev.entered_at), cpl_txt(job->who.id)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_DUTY, v, sizeof v / sizeof v[0]);
    return COMPLAINT_OK;
}

/* ---- whose duty it is [CR-4.1.2] --------------------------------------------------------------------------------------- */

static complaint_status roster_day(cpl_job *job, int64_t *day) {
    const cpl_input *in = field(job, "duty_day");
    if (!in || !in->is_integer || !cpl_instant_in_range(in->integer) || text_of(field(job, "channel")).n == 0)
        return cpl_failf(job->e, COMPLAINT_E_REQUIRED, in ? "channel" : "duty_day", "การจัดเวรต้องระบุวัน (duty_day) และช่องทาง (channel)", "a duty is assigned for a day (duty_day) and a channel");
    *day = cpl_instant_day(in->integer);
    return COMPLAINT_OK;
}

/* The head says who looks after a channel on a day, weekends included; the last word counts. */
complaint_status cpl_assign_duty(cpl_job *job) {
    enum { VERSION = 3, ASSIGNEE, ENTERED };
    static const int32_t columns[] = {VERSION, ASSIGNEE, ENTERED};
    cpl_event ev;
    cpl_row row;
    int64_t day = 0;
    complaint_status s = roster_day(job, &day);
    if (s == COMPLAINT_OK) s = day_event(job, day, "assigned", &ev);
    if (s != COMPLAINT_OK) return s;
    complaint_value key[] = {cpl_int(day), cpl_txt(text_of(field(job, "channel")))};
    s = cpl_tx_get(&job->tx, CPL_ROSTER, key, 2, &job->arena, &row);
    int64_t version = s == COMPLAINT_OK ? row.values[VERSION].integer : 0;
    complaint_value v[] = {key[0], key[1], cpl_int(version + 1), cpl_txt(text_of(field(job, "assignee"))), cpl_int(ev.entered_at)};
    if (s == COMPLAINT_OK) cpl_batch_update(&job->batch, job->d->office, CPL_ROSTER, key, 2, version, columns, v + 2, 3);
    else if (s == COMPLAINT_E_NOT_FOUND) cpl_batch_insert(&job->batch, job->d->office, CPL_ROSTER, v, sizeof v / sizeof v[0]);
    else return s;
    return COMPLAINT_OK;
}

/* ---- which days were missed ------------------------------------------------------------------------------------------- */

static const char *const columns[] = {"day", "channel", "label", "checked_at", "actor", "times", "assignee"};

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
    cpl_row duty;
    complaint_value key[] = {cpl_int(day), cpl_txt(channel->code.id)};
    complaint_status found = s == COMPLAINT_OK ? cpl_tx_get(tx, CPL_ROSTER, key, 2, &arena, &duty) : s;
    if (found != COMPLAINT_OK && found != COMPLAINT_E_NOT_FOUND) s = found;
    if (s == COMPLAINT_OK && cpl_page_row(p)) {
        cpl_page_int(p, 0, day);
        cpl_page_str(p, 1, channel->code.id);
        cpl_page_str(p, 2, channel->code.label.th);
        cpl_page_int(p, 3, rows.count ? rows.items[0].values[4].integer : 0);
        cpl_page_str(p, 4, rows.count ? cpl_value_str(&rows.items[0].values[6]) : CPL_LIT(""));
        cpl_page_int(p, 5, (int64_t)rows.count);
        cpl_page_str(p, 6, found == COMPLAINT_OK ? cpl_value_str(&duty.values[4]) : CPL_LIT(""));
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
    if (s == COMPLAINT_OK && (end_day < first_day || (int64_t)end_day - first_day > MOST_DAYS))
        s = cpl_failf(&d->error, COMPLAINT_E_RANGE, "days", "ช่วงวันต้องไม่เกิน %d วัน", "at most %d days at a time", MOST_DAYS);
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &now, &d->error);
    if (s != COMPLAINT_OK) return s;
    int32_t tomorrow = cpl_instant_day(now) + 1; /* a day that has not begun is not missed */
    question q = {.d = d, .first = first_day, .end = end_day < tomorrow ? end_day : tomorrow, .page = page};
    return cpl_desk_reading(d, answer, &q);
}
