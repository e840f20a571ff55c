/*
 * api/calendar: complaint/calendar.h over the calendar module.
 *
 * Owns: what NULL answers, the deadline's handle, which of the built-in files are holiday data. Must not know: holidays, counting.
 */
#include "calendar/calendar.h"
#include "data/data.h"
#include "host/host.h"

#include <complaint/calendar.h>

#include <string.h>

enum { FILES_MAX = 16 };

struct complaint_deadline {
    cpl_memory memory;
    cpl_deadline result;
};

/* Hands the error out; without memory for it the status alone has to do. */
static complaint_status answer(complaint_status status, const complaint_error *e, const cpl_memory *m, complaint_error **error) {
    if (status != COMPLAINT_OK && error) *error = cpl_error_copy(e, m);
    return status;
}

/* ---- life ----------------------------------------------------------------------------------------------------------- */

static size_t builtin_texts(cpl_calendar_text texts[FILES_MAX]) {
    size_t count = 0;
    for (size_t i = 0; i < cpl_data_file_count && count < FILES_MAX; ++i) {
        const cpl_data_file *f = &cpl_data_files[i];
        if (strncmp(f->name, "calendar/", 9) == 0) texts[count++] = (cpl_calendar_text){f->name, {(const char *)f->bytes, f->size}};
    }
    return count;
}

static complaint_status make_builtin(const cpl_memory *m, const char *province, complaint_calendar **calendar, complaint_error *e) {
    cpl_calendar_text texts[FILES_MAX];
    size_t count = builtin_texts(texts);
    if (!calendar) return cpl_fail(e, COMPLAINT_E_INVALID, "calendar");
    if (province && !*province) return cpl_failf(e, COMPLAINT_E_INVALID, "province", "รหัสจังหวัดว่างเปล่า", "the code of the province is empty");
    return cpl_calendar_new(m, texts, count, cpl_str_of(province), calendar, e);
}

complaint_status COMPLAINT_CALL complaint_calendar_builtin(const complaint_allocator *allocator, const char *province, complaint_calendar **calendar, complaint_error **error) {
    complaint_error e = {0};
    cpl_memory m;
    complaint_status status = cpl_host_check_allocator(allocator, &m, &e);
    if (status != COMPLAINT_OK) return answer(status, &e, &cpl_memory_default, error);
    return answer(make_builtin(&m, province, calendar, &e), &e, &m, error);
}

complaint_calendar *COMPLAINT_CALL complaint_calendar_retain(complaint_calendar *calendar) { return calendar ? cpl_calendar_retain(calendar) : NULL; }

void COMPLAINT_CALL complaint_calendar_free(complaint_calendar *calendar) { cpl_calendar_release(calendar); }

/* ---- what it knows -------------------------------------------------------------------------------------------------- */

const char *COMPLAINT_CALL complaint_calendar_province(const complaint_calendar *calendar) { return calendar ? cpl_calendar_province(calendar) : ""; }

complaint_status COMPLAINT_CALL complaint_calendar_years(const complaint_calendar *calendar, int32_t *first, int32_t *last) {
    if (!calendar) return COMPLAINT_E_HANDLE;
    if (!first || !last) return COMPLAINT_E_INVALID;
    cpl_calendar_years(calendar, first, last);
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_calendar_year_status(const complaint_calendar *calendar, int32_t year, int32_t *status) {
    if (!calendar) return COMPLAINT_E_HANDLE;
    return status ? cpl_calendar_year_status(calendar, year, status) : COMPLAINT_E_INVALID;
}

complaint_status COMPLAINT_CALL complaint_calendar_is_open(const complaint_calendar *calendar, int32_t day, int32_t *open) {
    if (!calendar) return COMPLAINT_E_HANDLE;
    return open ? cpl_calendar_is_open(calendar, day, open) : COMPLAINT_E_INVALID;
}

complaint_status COMPLAINT_CALL complaint_calendar_holiday_count(const complaint_calendar *calendar, int32_t year, int32_t *count) {
    const cpl_holiday *holidays;
    if (!calendar) return COMPLAINT_E_HANDLE;
    return count ? cpl_calendar_holidays(calendar, year, &holidays, count) : COMPLAINT_E_INVALID;
}

static complaint_status find_holiday(const complaint_calendar *calendar, int32_t year, int32_t index, const cpl_holiday **holiday) {
    const cpl_holiday *holidays;
    int32_t count;
    if (!calendar) return COMPLAINT_E_HANDLE;
    complaint_status status = cpl_calendar_holidays(calendar, year, &holidays, &count);
    if (status != COMPLAINT_OK) return status;
    if (index < 0 || index >= count) return COMPLAINT_E_NOT_FOUND;
    *holiday = &holidays[index];
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_calendar_holiday(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t *day, int32_t *kind, int32_t *status,
                                                           int32_t *closed) {
    const cpl_holiday *h;
    complaint_status found = find_holiday(calendar, year, index, &h);
    if (found != COMPLAINT_OK) return found;
    if (day) *day = h->day;
    if (kind) *kind = h->kind;
    if (status) *status = h->status;
    if (closed) *closed = h->closed;
    return COMPLAINT_OK;
}

int32_t COMPLAINT_CALL complaint_calendar_holiday_at_rest(const complaint_calendar *calendar, int32_t year, int32_t index) {
    const cpl_holiday *h;
    return find_holiday(calendar, year, index, &h) == COMPLAINT_OK && h->at_rest;
}

const char *COMPLAINT_CALL complaint_calendar_holiday_name(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t language) {
    const cpl_holiday *h;
    if (find_holiday(calendar, year, index, &h) != COMPLAINT_OK) return NULL;
    return language == COMPLAINT_THAI ? h->thai : h->english;
}

const char *COMPLAINT_CALL complaint_calendar_holiday_scope(const complaint_calendar *calendar, int32_t year, int32_t index) {
    const cpl_holiday *h;
    return find_holiday(calendar, year, index, &h) == COMPLAINT_OK ? h->scope : NULL;
}

int32_t COMPLAINT_CALL complaint_calendar_holiday_scope_complete(const complaint_calendar *calendar, int32_t year, int32_t index) {
    const cpl_holiday *h;
    return find_holiday(calendar, year, index, &h) != COMPLAINT_OK || h->complete;
}

const char *COMPLAINT_CALL complaint_calendar_holiday_source(const complaint_calendar *calendar, int32_t year, int32_t index) {
    const cpl_holiday *h;
    return find_holiday(calendar, year, index, &h) == COMPLAINT_OK ? h->source : NULL;
}

/* ---- what was decided ----------------------------------------------------------------------------------------------- */

complaint_status COMPLAINT_CALL complaint_calendar_decision_count(const complaint_calendar *calendar, int32_t year, int32_t *count) {
    const cpl_decided *decisions;
    if (!calendar) return COMPLAINT_E_HANDLE;
    return count ? cpl_calendar_decisions(calendar, year, &decisions, count) : COMPLAINT_E_INVALID;
}

static complaint_status find_decision(const complaint_calendar *calendar, int32_t year, int32_t index, const cpl_decided **decision) {
    const cpl_decided *decisions;
    int32_t count;
    if (!calendar) return COMPLAINT_E_HANDLE;
    complaint_status status = cpl_calendar_decisions(calendar, year, &decisions, &count);
    if (status != COMPLAINT_OK) return status;
    if (index < 0 || index >= count) return COMPLAINT_E_NOT_FOUND;
    *decision = &decisions[index];
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_calendar_decision(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t *what, int32_t *day, int32_t *other,
                                                            int32_t *withdrawn) {
    const cpl_decided *d;
    complaint_status found = find_decision(calendar, year, index, &d);
    if (found != COMPLAINT_OK) return found;
    if (what) *what = d->what;
    if (day) *day = d->day;
    if (other) *other = d->what == COMPLAINT_DECISION_MOVE || d->what == COMPLAINT_DECISION_PAY ? d->other : 0;
    if (withdrawn) *withdrawn = d->withdrawal != NULL;
    return COMPLAINT_OK;
}

const char *COMPLAINT_CALL complaint_calendar_decision_name(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t language) {
    const cpl_decided *d;
    if (find_decision(calendar, year, index, &d) != COMPLAINT_OK) return NULL;
    return language == COMPLAINT_THAI ? d->thai : d->english;
}

const char *COMPLAINT_CALL complaint_calendar_decision_source(const complaint_calendar *calendar, int32_t year, int32_t index) {
    const cpl_decided *d;
    return find_decision(calendar, year, index, &d) == COMPLAINT_OK ? d->source : NULL;
}

const char *COMPLAINT_CALL complaint_calendar_decision_withdrawal(const complaint_calendar *calendar, int32_t year, int32_t index) {
    const cpl_decided *d;
    return find_decision(calendar, year, index, &d) == COMPLAINT_OK ? d->withdrawal : NULL;
}

/* ---- counting ------------------------------------------------------------------------------------------------------- */

complaint_status COMPLAINT_CALL complaint_calendar_add_working_days(const complaint_calendar *calendar, int32_t day, int32_t count, int32_t *result) {
    if (!calendar) return COMPLAINT_E_HANDLE;
    return result ? cpl_calendar_add(calendar, day, count, result) : COMPLAINT_E_INVALID;
}

complaint_status COMPLAINT_CALL complaint_calendar_count(const complaint_calendar *calendar, int32_t from, int32_t to, int32_t *count) {
    if (!calendar) return COMPLAINT_E_HANDLE;
    return count ? cpl_calendar_count(calendar, from, to, count) : COMPLAINT_E_INVALID;
}

complaint_status COMPLAINT_CALL complaint_calendar_next_office_moment(const complaint_calendar *calendar, int64_t instant, int64_t *moment) {
    if (!calendar) return COMPLAINT_E_HANDLE;
    return moment ? cpl_calendar_next_office_moment(calendar, instant, moment) : COMPLAINT_E_INVALID;
}

/* ---- deadlines ------------------------------------------------------------------------------------------------------ */

static complaint_status make_deadline(const complaint_calendar *calendar, const cpl_period *period, complaint_deadline **deadline, complaint_error *e) {
    cpl_deadline result;
    if (!deadline) return cpl_fail(e, COMPLAINT_E_INVALID, "deadline");
    complaint_status status = cpl_calendar_period(calendar, period, &result, e);
    if (status != COMPLAINT_OK) return status;
    const cpl_memory *m = cpl_calendar_memory(calendar);
    complaint_deadline *made = cpl_alloc(m, sizeof *made);
    if (!made) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    *made = (complaint_deadline){*m, result};
    *deadline = made;
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_calendar_due(const complaint_calendar *calendar, int32_t unit, int64_t length, int32_t first_day, int32_t roll, int32_t receipt,
                                                       int32_t due_at, int64_t from, complaint_deadline **deadline, complaint_error **error) {
    complaint_error e = {0};
    cpl_period period = {.rule = {unit, length, first_day, roll, receipt, due_at}, .from = from};
    if (!calendar) return answer(cpl_fail(&e, COMPLAINT_E_HANDLE, "calendar"), &e, &cpl_memory_default, error);
    return answer(make_deadline(calendar, &period, deadline, &e), &e, cpl_calendar_memory(calendar), error);
}

int64_t COMPLAINT_CALL complaint_deadline_original_at(const complaint_deadline *deadline) { return deadline ? deadline->result.original_at : 0; }

int64_t COMPLAINT_CALL complaint_deadline_nominal_at(const complaint_deadline *deadline) { return deadline ? deadline->result.nominal_at : 0; }

int64_t COMPLAINT_CALL complaint_deadline_due_at(const complaint_deadline *deadline) { return deadline ? deadline->result.due_at : 0; }

int32_t COMPLAINT_CALL complaint_deadline_last_day(const complaint_deadline *deadline) { return deadline ? deadline->result.last_day : 0; }

int32_t COMPLAINT_CALL complaint_deadline_status(const complaint_deadline *deadline) { return deadline && deadline->result.predicted ? COMPLAINT_PREDICTED : COMPLAINT_ANNOUNCED; }

int32_t COMPLAINT_CALL complaint_deadline_area_unknown(const complaint_deadline *deadline) { return deadline ? deadline->result.area_unknown : 0; }

void COMPLAINT_CALL complaint_deadline_free(complaint_deadline *deadline) {
    if (!deadline) return;
    cpl_memory m = deadline->memory;
    cpl_free(&m, deadline);
}

/* ---- periods -------------------------------------------------------------------------------------------------------- */

struct complaint_period {
    cpl_memory memory;
    cpl_period period;
    cpl_pause *pauses;
    int64_t *extensions;
    size_t pause_room, extension_room;
};

complaint_status COMPLAINT_CALL complaint_period_new(const complaint_allocator *allocator, int32_t unit, int64_t length, int64_t from, complaint_period **period) {
    cpl_memory m;
    if (!period) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_host_check_allocator(allocator, &m, NULL);
    if (status != COMPLAINT_OK) return status;
    complaint_period *made = cpl_alloc_zero(&m, 1, sizeof *made);
    if (!made) return COMPLAINT_E_MEMORY;
    made->memory = m;
    made->period = (cpl_period){.rule = {.unit = unit, .length = length}, .from = from};
    status = cpl_period_check(&made->period, NULL);
    if (status == COMPLAINT_OK)
        *period = made;
    else
        complaint_period_free(made);
    return status;
}

/* A rule that contradicts itself may do so until the period is asked: members are set one after the other. */
static complaint_status set_member(const complaint_period *period, int32_t *member, int32_t value, const char *name) {
    if (!period) return COMPLAINT_E_HANDLE;
    if (!name) return COMPLAINT_E_INVALID;
    *member = value;
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_period_set_length(complaint_period *period, int32_t unit, int64_t length) {
    if (!period) return COMPLAINT_E_HANDLE;
    if (!cpl_calendar_unit_name(unit) || length < 0 || length > INT32_MAX) return COMPLAINT_E_INVALID;
    period->period.rule.unit = unit;
    period->period.rule.length = length;
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_period_set_first_day(complaint_period *period, int32_t first_day) {
    return set_member(period, period ? &period->period.rule.first_day : NULL, first_day, cpl_calendar_first_day_name(first_day));
}

complaint_status COMPLAINT_CALL complaint_period_set_roll(complaint_period *period, int32_t roll) {
    return set_member(period, period ? &period->period.rule.roll : NULL, roll, cpl_calendar_roll_name(roll));
}

complaint_status COMPLAINT_CALL complaint_period_set_receipt(complaint_period *period, int32_t receipt) {
    return set_member(period, period ? &period->period.rule.receipt : NULL, receipt, cpl_calendar_receipt_name(receipt));
}

complaint_status COMPLAINT_CALL complaint_period_set_due_at(complaint_period *period, int32_t due_at) {
    return set_member(period, period ? &period->period.rule.due_at : NULL, due_at, cpl_calendar_due_at_name(due_at));
}

/* Room for one more; `list` stays as it was when there is none. */
static bool make_room(complaint_period *p, void **list, size_t count, size_t *room, size_t size) {
    if (count < *room) return true;
    size_t more = *room ? 2 * *room : 4;
    void *larger = cpl_resize(&p->memory, *list, more, size);
    if (!larger) return false;
    *list = larger;
    *room = more;
    return true;
}

complaint_status COMPLAINT_CALL complaint_period_add_pause(complaint_period *period, int64_t from, int64_t until) {
    if (!period) return COMPLAINT_E_HANDLE;
    cpl_period *p = &period->period;
    void *list = period->pauses;
    bool room = make_room(period, &list, p->pause_count, &period->pause_room, sizeof *period->pauses);
    period->pauses = list;
    p->pauses = list;
    if (!room) return COMPLAINT_E_MEMORY;
    period->pauses[p->pause_count++] = (cpl_pause){from, until};
    complaint_status status = cpl_pause_check(p, p->pause_count - 1, NULL);
    if (status != COMPLAINT_OK) --p->pause_count;
    return status;
}

complaint_status COMPLAINT_CALL complaint_period_add_extension(complaint_period *period, int64_t length) {
    if (!period) return COMPLAINT_E_HANDLE;
    if (length < 1 || length > INT32_MAX) return COMPLAINT_E_INVALID;
    cpl_period *p = &period->period;
    void *list = period->extensions;
    bool room = make_room(period, &list, p->extension_count, &period->extension_room, sizeof *period->extensions);
    period->extensions = list;
    p->extensions = list;
    if (!room) return COMPLAINT_E_MEMORY;
    period->extensions[p->extension_count++] = length;
    return COMPLAINT_OK;
}

void COMPLAINT_CALL complaint_period_free(complaint_period *period) {
    if (!period) return;
    cpl_memory m = period->memory;
    cpl_free(&m, period->pauses);
    cpl_free(&m, period->extensions);
    cpl_free(&m, period);
}

/* Answers COMPLAINT_OK when both handles are there. */
static complaint_status check_both(const complaint_calendar *calendar, const complaint_period *period, complaint_error *e) {
    if (!calendar) return cpl_fail(e, COMPLAINT_E_HANDLE, "calendar");
    return period ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_HANDLE, "period");
}

static const cpl_memory *memory_of(const complaint_calendar *calendar) { return calendar ? cpl_calendar_memory(calendar) : &cpl_memory_default; }

complaint_status COMPLAINT_CALL complaint_calendar_period_due(const complaint_calendar *calendar, const complaint_period *period, complaint_deadline **deadline,
                                                              complaint_error **error) {
    complaint_error e = {0};
    complaint_status status = check_both(calendar, period, &e);
    if (status == COMPLAINT_OK) status = make_deadline(calendar, &period->period, deadline, &e);
    return answer(status, &e, memory_of(calendar), error);
}

complaint_status COMPLAINT_CALL complaint_calendar_period_used(const complaint_calendar *calendar, const complaint_period *period, int64_t at, int64_t *used,
                                                               complaint_error **error) {
    complaint_error e = {0};
    complaint_status status = check_both(calendar, period, &e);
    if (status == COMPLAINT_OK && !used) status = cpl_fail(&e, COMPLAINT_E_INVALID, "used");
    if (status == COMPLAINT_OK) status = cpl_calendar_consumed(calendar, &period->period, at, used, &e);
    return answer(status, &e, memory_of(calendar), error);
}

/* ---- explanations --------------------------------------------------------------------------------------------------- */

/* Sentences are kept, for the calendar may be gone before them. */
typedef struct told {
    cpl_step step;
    cpl_str sentence[2], law[2]; /* Thai, English */
} told;

struct complaint_explanation {
    cpl_memory memory;
    cpl_arena arena;
    told *steps;
    size_t count;
};

static const int32_t languages[] = {COMPLAINT_THAI, COMPLAINT_ENGLISH};

static bool tell_step(complaint_explanation *x, const cpl_clock_rule *rule, const cpl_step *step, told *out) {
    cpl_buf b;
    bool good = true;
    cpl_buf_init(&b, &x->memory);
    out->step = *step;
    for (size_t i = 0; good && i < 2; ++i) {
        cpl_buf_clear(&b);
        cpl_explain_sentence(rule, step, languages[i], &b);
        good = !b.failed && cpl_arena_str(&x->arena, (cpl_str){b.data, b.size}, &out->sentence[i]) &&
               cpl_arena_str(&x->arena, cpl_str_of(cpl_explain_law(rule, step, languages[i])), &out->law[i]);
    }
    cpl_buf_free(&b);
    return good;
}

static complaint_status tell_steps(complaint_explanation *x, const complaint_calendar *calendar, const cpl_period *period, complaint_error *e) {
    const cpl_step *steps;
    cpl_deadline ignored;
    complaint_status status = cpl_explain(calendar, period, &x->arena, &steps, &x->count, &ignored, e);
    if (status != COMPLAINT_OK) return status;
    x->steps = cpl_arena_alloc(&x->arena, x->count * sizeof *x->steps);
    bool good = x->steps != NULL;
    for (size_t i = 0; good && i < x->count; ++i) good = tell_step(x, &period->rule, &steps[i], &x->steps[i]);
    return good ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
}

static complaint_status make_explanation(const complaint_calendar *calendar, const cpl_period *period, complaint_explanation **explanation, complaint_error *e) {
    const cpl_memory *m = cpl_calendar_memory(calendar);
    if (!explanation) return cpl_fail(e, COMPLAINT_E_INVALID, "explanation");
    complaint_explanation *x = cpl_alloc_zero(m, 1, sizeof *x);
    if (!x) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    x->memory = *m;
    cpl_arena_init(&x->arena, &x->memory);
    complaint_status status = tell_steps(x, calendar, period, e);
    if (status == COMPLAINT_OK)
        *explanation = x;
    else
        complaint_explanation_free(x);
    return status;
}

complaint_status COMPLAINT_CALL complaint_calendar_explain(const complaint_calendar *calendar, const complaint_period *period, complaint_explanation **explanation,
                                                           complaint_error **error) {
    complaint_error e = {0};
    complaint_status status = check_both(calendar, period, &e);
    if (status == COMPLAINT_OK) status = make_explanation(calendar, &period->period, explanation, &e);
    return answer(status, &e, memory_of(calendar), error);
}

int32_t COMPLAINT_CALL complaint_explanation_count(const complaint_explanation *explanation) { return explanation ? (int32_t)explanation->count : 0; }

static const told *find_step(const complaint_explanation *x, int32_t index) { return x && index >= 0 && (size_t)index < x->count ? &x->steps[index] : NULL; }

complaint_status COMPLAINT_CALL complaint_explanation_step(const complaint_explanation *explanation, int32_t index, int32_t *kind, int32_t *first, int32_t *last, int64_t *count,
                                                           int64_t *total) {
    const told *t = find_step(explanation, index);
    if (!explanation) return COMPLAINT_E_HANDLE;
    if (!t) return COMPLAINT_E_NOT_FOUND;
    if (kind) *kind = t->step.kind;
    if (first) *first = t->step.first;
    if (last) *last = t->step.last;
    if (count) *count = t->step.count;
    if (total) *total = t->step.total;
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_explanation_instants(const complaint_explanation *explanation, int32_t index, int64_t *at, int64_t *until) {
    const told *t = find_step(explanation, index);
    if (!explanation) return COMPLAINT_E_HANDLE;
    if (!t) return COMPLAINT_E_NOT_FOUND;
    if (at) *at = t->step.at;
    if (until) *until = t->step.until;
    return COMPLAINT_OK;
}

const char *COMPLAINT_CALL complaint_explanation_sentence(const complaint_explanation *explanation, int32_t index, int32_t language) {
    const told *t = find_step(explanation, index);
    return t ? t->sentence[language != COMPLAINT_THAI].p : NULL;
}

const char *COMPLAINT_CALL complaint_explanation_law(const complaint_explanation *explanation, int32_t index, int32_t language) {
    const told *t = find_step(explanation, index);
    return t ? t->law[language != COMPLAINT_THAI].p : NULL;
}

void COMPLAINT_CALL complaint_explanation_free(complaint_explanation *explanation) {
    if (!explanation) return;
    cpl_memory m = explanation->memory;
    cpl_arena_free(&explanation->arena);
    cpl_free(&m, explanation);
}
