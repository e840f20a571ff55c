/*
 * api/calendar_edit: a host's own calendar, of complaint/calendar.h.
 *
 * Owns: what NULL answers. Must not know: lines, conflicts.
 */
#include "calendar/calendar.h"

/* Hands the error out; without memory for it the status alone has to do. */
static complaint_status answer(complaint_status status, const complaint_error *e, const complaint_calendar_edit *edit, complaint_error **error) {
    if (status != COMPLAINT_OK && error) *error = cpl_error_copy(e, edit ? cpl_edit_memory(edit) : &cpl_memory_default);
    return status;
}

static complaint_status no_edit(complaint_error *e) { return cpl_fail(e, COMPLAINT_E_HANDLE, "edit"); }

complaint_status COMPLAINT_CALL complaint_calendar_edit_new(complaint_calendar *base, complaint_calendar_edit **edit, complaint_error **error) {
    complaint_error e = {0};
    if (!base) return answer(cpl_fail(&e, COMPLAINT_E_HANDLE, "base"), &e, NULL, error);
    if (!edit) return answer(cpl_fail(&e, COMPLAINT_E_INVALID, "edit"), &e, NULL, error);
    return answer(cpl_edit_new(base, edit, &e), &e, NULL, error);
}

void COMPLAINT_CALL complaint_calendar_edit_free(complaint_calendar_edit *edit) { cpl_edit_free(edit); }

static cpl_day_off day_off(int32_t day, int32_t kind, const char *scope, const char *thai, const char *english) {
    return (cpl_day_off){day, kind, cpl_str_of(scope), cpl_str_of(thai), cpl_str_of(english)};
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_add(complaint_calendar_edit *edit, int32_t day, int32_t kind, const char *scope, const char *thai, const char *english,
                                                            const char *source, complaint_error **error) {
    complaint_error e = {0};
    cpl_day_off off = day_off(day, kind, scope, thai, english);
    return answer(edit ? cpl_edit_add(edit, &off, cpl_str_of(source), &e) : no_edit(&e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_override(complaint_calendar_edit *edit, int32_t day, int32_t kind, const char *scope, const char *thai, const char *english,
                                                                 const char *source, complaint_error **error) {
    complaint_error e = {0};
    cpl_day_off off = day_off(day, kind, scope, thai, english);
    return answer(edit ? cpl_edit_override(edit, &off, cpl_str_of(source), &e) : no_edit(&e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_remove(complaint_calendar_edit *edit, int32_t day, const char *source, complaint_error **error) {
    complaint_error e = {0};
    return answer(edit ? cpl_edit_remove(edit, day, cpl_str_of(source), &e) : no_edit(&e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_move(complaint_calendar_edit *edit, int32_t day, int32_t to, const char *source, complaint_error **error) {
    complaint_error e = {0};
    return answer(edit ? cpl_edit_move(edit, day, to, cpl_str_of(source), &e) : no_edit(&e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_set_year(complaint_calendar_edit *edit, int32_t year, int32_t lunar, int32_t status, const char *source,
                                                                 complaint_error **error) {
    complaint_error e = {0};
    return answer(edit ? cpl_edit_set_year(edit, year, lunar, status, cpl_str_of(source), &e) : no_edit(&e), &e, edit, error);
}

static complaint_status load_json(complaint_calendar_edit *edit, const char *json, size_t size, complaint_error *e) {
    if (!edit) return no_edit(e);
    if (!json && size) return cpl_fail(e, COMPLAINT_E_INVALID, "json");
    return cpl_edit_load_json(edit, (cpl_str){json ? json : "", size}, e);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_load_json(complaint_calendar_edit *edit, const char *json, size_t size, complaint_error **error) {
    complaint_error e = {0};
    return answer(load_json(edit, json, size, &e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_set_week(complaint_calendar_edit *edit, int32_t open_days, complaint_error **error) {
    complaint_error e = {0};
    return answer(edit ? cpl_edit_set_week(edit, open_days, &e) : no_edit(&e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_set_hours(complaint_calendar_edit *edit, int32_t weekday, const char *hours, complaint_error **error) {
    complaint_error e = {0};
    return answer(edit ? cpl_edit_set_hours(edit, weekday, cpl_str_of(hours), &e) : no_edit(&e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_set_day_hours(complaint_calendar_edit *edit, int32_t day, const char *hours, const char *source,
                                                                      complaint_error **error) {
    complaint_error e = {0};
    return answer(edit ? cpl_edit_set_day_hours(edit, day, cpl_str_of(hours), cpl_str_of(source), &e) : no_edit(&e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_set_province(complaint_calendar_edit *edit, const char *province, complaint_error **error) {
    complaint_error e = {0};
    return answer(edit ? cpl_edit_set_province(edit, cpl_str_of(province), &e) : no_edit(&e), &e, edit, error);
}

complaint_status COMPLAINT_CALL complaint_calendar_edit_build(const complaint_calendar_edit *edit, complaint_calendar **calendar, complaint_error **error) {
    complaint_error e = {0};
    if (!edit) return answer(no_edit(&e), &e, edit, error);
    if (!calendar) return answer(cpl_fail(&e, COMPLAINT_E_INVALID, "calendar"), &e, edit, error);
    return answer(cpl_edit_build(edit, calendar, &e), &e, edit, error);
}
