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

static complaint_status make_deadline(const complaint_calendar *calendar, const cpl_clock_rule *rule, int64_t from, complaint_deadline **deadline, complaint_error *e) {
    cpl_deadline result;
    if (!deadline) return cpl_fail(e, COMPLAINT_E_INVALID, "deadline");
    complaint_status status = cpl_calendar_deadline(calendar, rule, from, &result, e);
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
    cpl_clock_rule rule = {unit, length, first_day, roll, receipt, due_at};
    if (!calendar) return answer(cpl_fail(&e, COMPLAINT_E_HANDLE, "calendar"), &e, &cpl_memory_default, error);
    return answer(make_deadline(calendar, &rule, from, deadline, &e), &e, cpl_calendar_memory(calendar), error);
}

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
