/*
 * desk/duty: the desk looks at its channels each day. [CR-4.2.1, CR-T1]
 *
 * Owns: the day's own stream of events, the duty rows, who is reminded, which days were missed. Must not know: what was found in a channel, whom a reminder tells (policy).
 *
 * The stream of a day is its civil number; ids of cases and messages lie far above.
 */
#include "desk/job.h"

static complaint_status checks_so_far(cpl_tx *tx, cpl_arena *a, int64_t day, cpl_str channel, int64_t *count) {
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_DUTY, .equal = {cpl_int(day), cpl_txt(channel)}, .equal_count = 2};
    complaint_status s = cpl_tx_select(tx, &r, a, &rows);
    *count = (int64_t)rows.count;
    return s;
}

/* An event of the day's own stream, checked against the policy's action. */
static complaint_status day_event(cpl_job *job, int64_t day, const char *state, cpl_rows *events, cpl_plan *plan) {
    cpl_case end;
    cpl_request rq = cpl_request_of(job, job->kind);
    if (day < 1) return cpl_failf(job->e, COMPLAINT_E_RANGE, "happened_at", "วันที่อยู่นอกช่วง", "the day is out of range"); /* it is the number of a stream */
    complaint_status s = cpl_load_log(job, day, events, &end);
    if (s != COMPLAINT_OK) return s;
    if (rq.now < end.last_entered_at) rq.now = end.last_entered_at;
    s = cpl_plan_intake(&job->pr, &end, &rq, cpl_str_of(state), 0, &job->arena, plan, job->e);
    return s == COMPLAINT_OK ? cpl_append_log(job, &end, plan) : s;
}

/* ---- what the day's log says of reminders ---- */

/* The channel that a reminder is about. */
static cpl_str channel_of(const cpl_event *ev) {
    cpl_str channel = CPL_LIT("");
    if (ev->kind == CPL_EV_DUTY_UNCHECKED) cpl_scan_member(ev->payload, "channel", &channel);
    return channel;
}

/* The event that reminded of the channel; 0: none has. */
static complaint_status find_reminder(const cpl_rows *events, cpl_str channel, int64_t *seq, complaint_error *e) {
    complaint_status s = COMPLAINT_OK;
    *seq = 0;
    for (size_t i = 0; s == COMPLAINT_OK && i < events->count; i++) {
        cpl_event ev;
        s = cpl_event_from_row(events->items[i].values, &ev, e);
        if (s == COMPLAINT_OK && cpl_str_eq(channel_of(&ev), channel)) *seq = ev.seq;
    }
    return s;
}

/* Nobody need be told any more, nor told by other means. */
static complaint_status end_reminder(cpl_job *job, int64_t day, const cpl_rows *events, cpl_str channel) {
    cpl_notices_of of = {0};
    complaint_status s = find_reminder(events, channel, &of.cause, job->e);
    if (s != COMPLAINT_OK || of.cause == 0) return s;
    s = cpl_move_notices(job, day, &of, "waiting", "withdrawn");
    return s == COMPLAINT_OK ? cpl_move_notices(job, day, &of, "refused", "replaced") : s;
}

complaint_status cpl_check_channel(cpl_job *job) {
    cpl_str channel = cpl_field_text(job, "channel");
    cpl_rows events = {0};
    cpl_plan plan = {0};
    int64_t before = 0;
    int64_t happened_at = cpl_request_of(job, job->kind).happened_at, day = cpl_instant_in_range(happened_at) ? cpl_instant_day(happened_at) : 0;
    complaint_status s = day_event(job, day, "checked", &events, &plan);
    if (s == COMPLAINT_OK) s = checks_so_far(&job->tx, &job->arena, day, channel, &before);
    if (s == COMPLAINT_OK) s = end_reminder(job, day, &events, channel);
    if (s != COMPLAINT_OK) return s;
    complaint_value v[] = {cpl_int(day), cpl_txt(channel), cpl_int(before + 1), cpl_int(happened_at), cpl_int(plan.event.entered_at), cpl_txt(job->who.id)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_DUTY, v, sizeof v / sizeof v[0]);
    return COMPLAINT_OK;
}

/* ---- whose duty it is [CR-4.1.2] --------------------------------------------------------------------------------------- */

static complaint_status roster_day(cpl_job *job, int64_t *day) {
    const cpl_input *in = cpl_field_of(job, "duty_day");
    if (!in || !in->is_integer || !cpl_instant_in_range(in->integer) || cpl_field_text(job, "channel").n == 0)
        return cpl_failf(job->e, COMPLAINT_E_REQUIRED, in ? "channel" : "duty_day", "การจัดเวรต้องระบุวัน (duty_day) และช่องทาง (channel)", "a duty is assigned for a day (duty_day) and a channel");
    *day = cpl_instant_day(in->integer);
    return COMPLAINT_OK;
}

/* The head says who looks after a channel on a day, weekends included; the last word counts. */
complaint_status cpl_assign_duty(cpl_job *job) {
    enum { VERSION = 3, ASSIGNEE, ENTERED };
    static const int32_t columns[] = {VERSION, ASSIGNEE, ENTERED};
    cpl_rows events = {0};
    cpl_plan plan = {0};
    cpl_row row;
    int64_t day = 0;
    complaint_status s = roster_day(job, &day);
    if (s == COMPLAINT_OK) s = day_event(job, day, "assigned", &events, &plan);
    if (s != COMPLAINT_OK) return s;
    complaint_value key[] = {cpl_int(day), cpl_txt(cpl_field_text(job, "channel"))};
    s = cpl_tx_get(&job->tx, CPL_ROSTER, key, 2, &job->arena, &row);
    int64_t version = s == COMPLAINT_OK ? row.values[VERSION].integer : 0;
    complaint_value v[] = {key[0], key[1], cpl_int(version + 1), cpl_txt(cpl_field_text(job, "assignee")), cpl_int(plan.event.entered_at)};
    if (s == COMPLAINT_OK) cpl_batch_update(&job->batch, job->d->office, CPL_ROSTER, key, 2, version, columns, v + 2, 3);
    else if (s == COMPLAINT_E_NOT_FOUND) cpl_batch_insert(&job->batch, job->d->office, CPL_ROSTER, v, sizeof v / sizeof v[0]);
    else return s;
    return COMPLAINT_OK;
}

static complaint_status find_assignee(cpl_tx *tx, cpl_arena *a, int64_t day, cpl_str channel, cpl_str *assignee) {
    enum { ASSIGNEE = 4 };
    cpl_row row;
    complaint_value key[] = {cpl_int(day), cpl_txt(channel)};
    complaint_status s = cpl_tx_get(tx, CPL_ROSTER, key, 2, a, &row);
    *assignee = s == COMPLAINT_OK ? cpl_value_str(&row.values[ASSIGNEE]) : CPL_LIT("");
    return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
}

/* ---- who is reminded of a channel nobody has looked at [CR-T1] ------------------------------------------------------------ */

static bool is_time(const cpl_channel *c, int64_t now) { return c->daily && c->remind_at >= 0 && cpl_instant_millisecond(now) >= c->remind_at * INT64_C(60000); }

/* Nobody has looked today, and nobody was reminded of it. */
static complaint_status is_forgotten(cpl_tx *tx, cpl_arena *a, int64_t day, const cpl_rows *events, cpl_str channel, bool *forgotten) {
    int64_t checks = 0, reminder = 0;
    complaint_status s = checks_so_far(tx, a, day, channel, &checks);
    if (s == COMPLAINT_OK) s = find_reminder(events, channel, &reminder, tx->error);
    *forgotten = s == COMPLAINT_OK && checks == 0 && reminder == 0;
    return s;
}

/* What one look has found, by the policy's channels; each is looked at again when its reminder is written. */
typedef struct search {
    const complaint_policy *policy;
    int64_t now;
    bool *forgotten;
    cpl_arena *arena;
} search;

static complaint_status find_forgotten(cpl_tx *tx, void *context) {
    const search *f = context;
    int64_t day = cpl_instant_day(f->now);
    cpl_rows events = {0};
    cpl_range r = {.table = CPL_EVENT, .equal = {cpl_int(day)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(tx, &r, f->arena, &events);
    for (size_t i = 0; s == COMPLAINT_OK && i < f->policy->channel_count; i++) {
        const cpl_channel *c = &f->policy->channels[i];
        f->forgotten[i] = false;
        if (is_time(c, f->now)) s = is_forgotten(tx, f->arena, day, &events, c->code.id, &f->forgotten[i]);
    }
    return s;
}

typedef struct reminder {
    const cpl_channel *channel;
    bool said;
    int64_t notices;
} reminder;

static complaint_status remind(cpl_job *job, void *context) {
    reminder *r = context;
    cpl_rows events = {0};
    cpl_case end;
    cpl_plan plan;
    cpl_str channel = r->channel->code.id;
    int32_t day = cpl_instant_day(job->now);
    complaint_status s = cpl_load_log(job, day, &events, &end);
    if (s == COMPLAINT_OK) s = is_forgotten(&job->tx, &job->arena, day, &events, channel, &r->said);
    if (s != COMPLAINT_OK || !r->said) return s;
    end.channel = channel;
    s = find_assignee(&job->tx, &job->arena, day, channel, &end.assignee);
    if (s == COMPLAINT_OK) s = cpl_plan_unchecked(&job->pr, &end, channel, job->now, &job->arena, &plan, job->e);
    if (s != COMPLAINT_OK) return s;
    plan.due_at = cpl_day_start(day + 1);
    r->notices = (int64_t)plan.notice_count;
    return cpl_append_log(job, &end, &plan);
}

static complaint_status remind_each(complaint_desk *d, const search *f, int64_t budget, int64_t *duties, int64_t *notices) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < f->policy->channel_count; i++) {
        reminder r = {.channel = &f->policy->channels[i]};
        if (!f->forgotten[i]) continue;
        s = cpl_long_may_go_on(d, *duties, budget);
        if (s == COMPLAINT_OK) s = cpl_run_system(d, f->now, true, remind, &r);
        if (s != COMPLAINT_OK || !r.said) continue;
        *duties += 1;
        *notices += r.notices;
    }
    return s;
}

complaint_status cpl_remind_duties(complaint_desk *d, int64_t now, int64_t budget, int64_t *duties, int64_t *notices) {
    cpl_arena arena;
    cpl_arena_init(&arena, &d->memory);
    search f = {.policy = d->policy, .now = now, .forgotten = cpl_arena_alloc(&arena, d->policy->channel_count * sizeof *f.forgotten), .arena = &arena};
    if (!f.forgotten) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = cpl_desk_reading(d, find_forgotten, &f);
    if (s == COMPLAINT_OK) s = remind_each(d, &f, budget, duties, notices);
    cpl_arena_free(&arena);
    return s;
}

complaint_status cpl_look_is_owed(cpl_job *job, int64_t day, int64_t cause, bool *owed) {
    cpl_row row;
    cpl_event ev;
    int64_t checks = 0;
    complaint_value key[] = {cpl_int(day), cpl_int(cause)};
    complaint_status s = cpl_tx_get(&job->tx, CPL_EVENT, key, 2, &job->arena, &row);
    if (s == COMPLAINT_E_NOT_FOUND) return cpl_fail(job->e, COMPLAINT_E_CORRUPT, "complaint_event");
    if (s == COMPLAINT_OK) s = cpl_event_from_row(row.values, &ev, job->e);
    if (s == COMPLAINT_OK) s = checks_so_far(&job->tx, &job->arena, day, channel_of(&ev), &checks);
    *owed = checks == 0;
    return s;
}

/* ---- which days were missed ------------------------------------------------------------------------------------------- */

static const char *const duty_columns[] = {"day", "channel", "label", "checked_at", "actor", "times", "assignee"};

typedef struct question {
    complaint_desk *d;
    int32_t first, end, since, tomorrow;
    complaint_page **page;
} question;

static complaint_status put_day(cpl_tx *tx, const question *q, int32_t day, const cpl_channel *channel, complaint_page *p) {
    cpl_arena arena;
    cpl_rows rows = {0};
    cpl_arena_init(&arena, &q->d->memory);
    cpl_range r = {.table = CPL_DUTY, .equal = {cpl_int(day), cpl_txt(channel->code.id)}, .equal_count = 2};
    cpl_str assignee = CPL_LIT("");
    complaint_status s = cpl_tx_select(tx, &r, &arena, &rows);
    if (s == COMPLAINT_OK) s = find_assignee(tx, &arena, day, channel->code.id, &assignee);
    bool missable = day >= q->since && day < q->tomorrow; /* neither before the office began nor before the day has */
    bool said = missable || rows.count > 0 || assignee.n > 0;
    if (s == COMPLAINT_OK && said && cpl_page_row(p)) {
        cpl_page_int(p, 0, day);
        cpl_page_str(p, 1, channel->code.id);
        cpl_page_str(p, 2, channel->code.label.th);
        cpl_page_int(p, 3, rows.count ? rows.items[0].values[4].integer : 0);
        cpl_page_str(p, 4, rows.count ? cpl_value_str(&rows.items[0].values[6]) : CPL_LIT(""));
        cpl_page_int(p, 5, (int64_t)rows.count);
        cpl_page_str(p, 6, assignee);
    }
    cpl_arena_free(&arena);
    return s;
}

static complaint_status answer(cpl_tx *tx, void *context) {
    question *q = context;
    const complaint_policy *policy = q->d->policy;
    int64_t since = 0;
    complaint_page *p = cpl_page_new(&q->d->memory, duty_columns, sizeof duty_columns / sizeof duty_columns[0]);
    complaint_status s = p ? COMPLAINT_OK : cpl_fail(&q->d->error, COMPLAINT_E_MEMORY, NULL);
    if (s == COMPLAINT_OK) s = cpl_office_since(tx, &q->d->memory, &since);
    q->since = cpl_instant_in_range(since) ? cpl_instant_day(since) : INT32_MAX;
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
    question q = {.d = d, .first = first_day, .end = end_day, .tomorrow = cpl_instant_day(now) + 1, .page = page};
    return cpl_desk_reading(d, answer, &q);
}
