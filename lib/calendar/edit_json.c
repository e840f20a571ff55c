/*
 * calendar/edit_json: a year, or any changes, as a JSON text.
 *
 * Owns: the form that docs/calendar.md and docs/holidays.schema.json describe, the place of each error. Must not know: what the changes do.
 */
#include "calendar/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH = 8, FORMAT = 1 };

typedef struct loader {
    complaint_calendar_edit *edit;
    const cpl_json *root;
    int32_t year; /* 0: any */
    complaint_error *e;
} loader;

/* ---- refusing ------------------------------------------------------------------------------------------------------- */

static complaint_status at(loader *l, const cpl_json *v, complaint_status status) {
    char path[sizeof l->e->path];
    cpl_json_path(v, path, sizeof path);
    cpl_error_at(l->e, path, cpl_json_line(v), -1);
    return status;
}

/* The place is in the sentence too, in both languages: it is what the author of the file looks for. */
static complaint_status refuse(loader *l, const cpl_json *v, complaint_status status, const char *member, const char *thai, const char *english) {
    char path[sizeof l->e->path];
    cpl_json_path(v, path, sizeof path);
    return at(l, v, cpl_failf(l->e, status, member, "บรรทัด %" PRId64 " ที่ %s: %s%.0s", "line %" PRId64 " at %s: %.0s%s", cpl_json_line(v), path, thai, english));
}

static complaint_status invalid(loader *l, const cpl_json *v, const char *member, const char *thai, const char *english) { return refuse(l, v, COMPLAINT_E_INVALID, member, thai, english); }

static complaint_status missing(loader *l, const cpl_json *v, const char *member) {
    char thai[64], english[64];
    (void)snprintf(thai, sizeof thai, "ขาดช่อง %s", member);
    (void)snprintf(english, sizeof english, "member %s is missing", member);
    return refuse(l, v, COMPLAINT_E_REQUIRED, member, thai, english);
}

/* ---- members -------------------------------------------------------------------------------------------------------- */

/* Every member is one of the list, which ends with NULL. */
static complaint_status check_members(loader *l, const cpl_json *v, const char *const *known) {
    if (cpl_json_type(v) != CPL_JSON_OBJECT) return invalid(l, v, "changes", "ต้องเป็นอ็อบเจกต์", "it has to be an object");
    for (size_t i = 0; i < cpl_json_count(v); ++i) {
        size_t k = 0;
        while (known[k] && !cpl_str_is(cpl_json_key(v, i), known[k])) ++k;
        if (!known[k]) return invalid(l, cpl_json_at(v, i), "changes", "ไม่รู้จักช่องนี้", "this member is not known");
    }
    return COMPLAINT_OK;
}

/* A text, or the empty one when there is no such member. */
static complaint_status get_text(loader *l, const cpl_json *v, const char *member, cpl_str *text) {
    const cpl_json *m = cpl_json_get(v, member);
    *text = (cpl_str){"", 0};
    if (!m) return COMPLAINT_OK;
    if (cpl_json_type(m) != CPL_JSON_STRING) return invalid(l, m, member, "ต้องเป็นข้อความ", "it has to be a text");
    *text = cpl_json_str(m);
    return COMPLAINT_OK;
}

static complaint_status read_date(loader *l, const cpl_json *v, const char *member, int32_t *day) {
    cpl_iso iso;
    size_t offset;
    if (cpl_json_type(v) != CPL_JSON_STRING || cpl_date_parse_iso(cpl_json_str(v), &iso, &offset) != COMPLAINT_OK || iso.parsed != COMPLAINT_PARSED_DAY)
        return invalid(l, v, member, "ต้องเป็นวันที่ ค.ศ. เช่น 2027-05-12", "it has to be a date of the common era such as 2027-05-12");
    if (l->year && cpl_date_gregorian(iso.day).year + 543 != l->year) return invalid(l, v, member, "วันที่ไม่อยู่ในปีนี้", "the date does not lie in the year");
    *day = iso.day;
    return COMPLAINT_OK;
}

/* The other day of a change may lie in another year. */
static complaint_status get_other_date(loader *l, const cpl_json *v, const char *member, int32_t *day) {
    const cpl_json *m = cpl_json_get(v, member);
    loader any = *l;
    any.year = 0;
    return m ? read_date(&any, m, member, day) : missing(l, v, member);
}

static complaint_status get_date(loader *l, const cpl_json *v, const char *member, int32_t *day) {
    const cpl_json *m = cpl_json_get(v, member);
    return m ? read_date(l, m, member, day) : missing(l, v, member);
}

/* Its own source, or that of the whole text. */
static complaint_status get_source(loader *l, const cpl_json *v, cpl_str *source) {
    complaint_status status = get_text(l, v, "source", source);
    if (status == COMPLAINT_OK && source->n == 0) status = get_text(l, l->root, "source", source);
    return status == COMPLAINT_OK && source->n == 0 ? missing(l, v, "source") : status;
}

/* ---- changes -------------------------------------------------------------------------------------------------------- */

static complaint_status get_off(loader *l, const cpl_json *v, const char *verb, cpl_day_off *off, cpl_str *source) {
    cpl_str kind;
    *off = (cpl_day_off){0};
    complaint_status status = get_date(l, v, verb, &off->day);
    if (status == COMPLAINT_OK) status = get_text(l, v, "kind", &kind);
    if (status == COMPLAINT_OK) status = get_text(l, v, "scope", &off->scope);
    if (status == COMPLAINT_OK) status = get_text(l, v, "thai", &off->thai);
    if (status == COMPLAINT_OK) status = get_text(l, v, "english", &off->english);
    if (status == COMPLAINT_OK) status = get_source(l, v, source);
    if (status != COMPLAINT_OK) return status;
    if (kind.n) off->kind = cpl_calendar_kind_find(kind);
    if (kind.n && !off->kind) return invalid(l, cpl_json_get(v, "kind"), "kind", "ไม่รู้จักชนิดของวันหยุด", "no such kind of holiday");
    return COMPLAINT_OK;
}

static complaint_status do_add(loader *l, const cpl_json *v) {
    cpl_day_off off;
    cpl_str source;
    complaint_status status = get_off(l, v, "add", &off, &source);
    if (status != COMPLAINT_OK) return status;
    if (!off.kind) off.kind = COMPLAINT_HOLIDAY_SPECIAL;
    status = cpl_edit_add(l->edit, &off, source, l->e);
    return status == COMPLAINT_OK ? status : at(l, v, status);
}

static complaint_status do_override(loader *l, const cpl_json *v) {
    cpl_day_off off;
    cpl_str source;
    complaint_status status = get_off(l, v, "override", &off, &source);
    if (status != COMPLAINT_OK) return status;
    status = cpl_edit_override(l->edit, &off, source, l->e);
    return status == COMPLAINT_OK ? status : at(l, v, status);
}

static complaint_status with_day(loader *l, const cpl_json *v, const char *verb, complaint_status (*change)(complaint_calendar_edit *, int32_t, cpl_str, complaint_error *)) {
    int32_t day = 0;
    cpl_str source;
    complaint_status status = get_date(l, v, verb, &day);
    if (status == COMPLAINT_OK) status = get_source(l, v, &source);
    if (status != COMPLAINT_OK) return status;
    status = change(l->edit, day, source, l->e);
    return status == COMPLAINT_OK ? status : at(l, v, status);
}

static complaint_status do_remove(loader *l, const cpl_json *v) { return with_day(l, v, "remove", cpl_edit_remove); }

static complaint_status do_suspend(loader *l, const cpl_json *v) { return with_day(l, v, "suspend", cpl_edit_suspend); }

static complaint_status do_withdraw(loader *l, const cpl_json *v) { return with_day(l, v, "withdraw", cpl_edit_withdraw); }

static complaint_status with_two_days(loader *l, const cpl_json *v, const char *verb, const char *second,
                                      complaint_status (*change)(complaint_calendar_edit *, int32_t, int32_t, cpl_str, complaint_error *)) {
    int32_t day = 0, other = 0;
    cpl_str source;
    complaint_status status = get_date(l, v, verb, &day);
    if (status == COMPLAINT_OK) status = get_other_date(l, v, second, &other);
    if (status == COMPLAINT_OK) status = get_source(l, v, &source);
    if (status != COMPLAINT_OK) return status;
    status = change(l->edit, day, other, source, l->e);
    return status == COMPLAINT_OK ? status : at(l, v, status);
}

static complaint_status do_move(loader *l, const cpl_json *v) { return with_two_days(l, v, "move", "to", cpl_edit_move); }

static complaint_status do_pay(loader *l, const cpl_json *v) { return with_two_days(l, v, "pay", "for", cpl_edit_pay); }

static complaint_status do_shorten(loader *l, const cpl_json *v) {
    int32_t day = 0;
    cpl_str hours, source;
    complaint_status status = get_date(l, v, "shorten", &day);
    if (status == COMPLAINT_OK) status = get_text(l, v, "hours", &hours);
    if (status == COMPLAINT_OK) status = get_source(l, v, &source);
    if (status != COMPLAINT_OK) return status;
    status = cpl_edit_set_day_hours(l->edit, day, hours, source, l->e);
    return status == COMPLAINT_OK ? status : at(l, v, status);
}

static const struct verb {
    const char *const members[8]; /* the verb first */
    complaint_status (*load)(loader *l, const cpl_json *v);
} verbs[] = {
    {{"add", "kind", "scope", "thai", "english", "source", NULL}, do_add},
    {{"override", "kind", "scope", "thai", "english", "source", NULL}, do_override},
    {{"remove", "source", NULL}, do_remove},
    {{"suspend", "source", NULL}, do_suspend},
    {{"withdraw", "source", NULL}, do_withdraw},
    {{"move", "to", "source", NULL}, do_move},
    {{"pay", "for", "source", NULL}, do_pay},
    {{"shorten", "hours", "source", NULL}, do_shorten},
};

static complaint_status load_change(loader *l, const cpl_json *v) {
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; ++i) {
        if (!cpl_json_get(v, verbs[i].members[0])) continue;
        complaint_status status = check_members(l, v, verbs[i].members);
        return status == COMPLAINT_OK ? verbs[i].load(l, v) : status;
    }
    return invalid(l, v, "changes", "ต้องมี add override remove move suspend pay withdraw หรือ shorten",
                   "one of add, override, remove, move, suspend, pay, withdraw, shorten is needed");
}

static complaint_status load_changes(loader *l) {
    const cpl_json *changes = cpl_json_get(l->root, "changes");
    complaint_status status = COMPLAINT_OK;
    if (changes && cpl_json_type(changes) != CPL_JSON_ARRAY) return invalid(l, changes, "changes", "ต้องเป็นรายการ", "it has to be a list");
    for (size_t i = 0; i < cpl_json_count(changes) && status == COMPLAINT_OK; ++i) status = load_change(l, cpl_json_at(changes, i));
    return status;
}

/* ---- the year ------------------------------------------------------------------------------------------------------- */

static complaint_status get_year(loader *l) {
    const cpl_json *year = cpl_json_get(l->root, "year");
    if (!year) return COMPLAINT_OK;
    if (cpl_json_type(year) != CPL_JSON_INT || cpl_json_int(year) < 2432 || cpl_json_int(year) > 2699) return invalid(l, year, "year", "ต้องเป็นปี พ.ศ.", "it has to be a year B.E.");
    l->year = (int32_t)cpl_json_int(year);
    return COMPLAINT_OK;
}

static complaint_status get_year_words(loader *l, int32_t *lunar, int32_t *status_number) {
    cpl_str lunar_word, status_word;
    complaint_status status = get_text(l, l->root, "lunar", &lunar_word);
    if (status == COMPLAINT_OK) status = get_text(l, l->root, "status", &status_word);
    if (status != COMPLAINT_OK) return status;
    *lunar = cpl_calendar_lunar_find(lunar_word);
    *status_number = cpl_str_is(status_word, "announced") ? COMPLAINT_ANNOUNCED : cpl_str_is(status_word, "predicted") ? COMPLAINT_PREDICTED : 0;
    if (lunar_word.n && !*lunar) return invalid(l, cpl_json_get(l->root, "lunar"), "lunar", "ต้องเป็น normal adhikavan หรือ adhikamas", "it is normal, adhikavan or adhikamas");
    if (status_word.n && !*status_number) return invalid(l, cpl_json_get(l->root, "status"), "status", "ต้องเป็น announced หรือ predicted", "it is announced or predicted");
    if ((lunar_word.n || status_word.n) && !l->year) return missing(l, l->root, "year");
    return COMPLAINT_OK;
}

/* With `status` the year is announced or added; without it the text is about single days. */
static complaint_status load_year(loader *l) {
    int32_t lunar = 0, number = 0;
    cpl_str source;
    complaint_status status = get_year(l);
    if (status == COMPLAINT_OK) status = get_year_words(l, &lunar, &number);
    if (status != COMPLAINT_OK || (!lunar && !number)) return status;
    if (!number) return missing(l, l->root, "status");
    status = get_source(l, l->root, &source);
    if (status != COMPLAINT_OK) return status;
    status = cpl_edit_set_year(l->edit, l->year, lunar, number, source, l->e);
    return status == COMPLAINT_OK ? status : at(l, cpl_json_get(l->root, "year"), status);
}

/* ---- the week and its hours ------------------------------------------------------------------------------------------ */

/* COMPLAINT_MONDAY .. COMPLAINT_SUNDAY; 0: no day of the week. */
static int32_t weekday_of(cpl_str name) {
    static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    for (int32_t i = 0; i < 7; ++i)
        if (cpl_str_is(name, names[i])) return COMPLAINT_MONDAY + i;
    return 0;
}

/* `week`: the days on which these offices are open. */
static complaint_status load_week(loader *l) {
    const cpl_json *week = cpl_json_get(l->root, "week");
    int32_t days = 0;
    if (!week) return COMPLAINT_OK;
    for (size_t i = 0; i < cpl_json_count(week); ++i) {
        const cpl_json *one = cpl_json_at(week, i);
        int32_t day = cpl_json_type(one) == CPL_JSON_STRING ? weekday_of(cpl_json_str(one)) : 0;
        if (!day) return invalid(l, one, "week", "ต้องเป็นวันในสัปดาห์ monday ถึง sunday", "it has to be a day of the week, monday to sunday");
        days |= 1 << day;
    }
    if (cpl_json_type(week) != CPL_JSON_ARRAY || !days) return invalid(l, week, "week", "ต้องเป็นรายการวันในสัปดาห์อย่างน้อยหนึ่งวัน", "it has to be a list of one or more days of the week");
    complaint_status status = cpl_edit_set_week(l->edit, days, l->e);
    return status == COMPLAINT_OK ? status : at(l, week, status);
}

static complaint_status load_hours_of(loader *l, const cpl_json *hours, size_t i) {
    const cpl_json *one = cpl_json_at(hours, i);
    cpl_str name = cpl_json_key(hours, i);
    int32_t day = weekday_of(name);
    if (!day && !cpl_str_is(name, "daily")) return invalid(l, one, "hours", "ต้องเป็น daily หรือวันในสัปดาห์ monday ถึง sunday", "it is daily, or a day of the week, monday to sunday");
    if (cpl_json_type(one) != CPL_JSON_STRING) return invalid(l, one, "hours", "ต้องเป็นข้อความ", "it has to be a text");
    complaint_status status = cpl_edit_set_hours(l->edit, day, cpl_json_str(one), l->e);
    return status == COMPLAINT_OK ? status : at(l, one, status);
}

/* `hours`: of every day (`daily`), and of days that have their own. */
static complaint_status load_hours(loader *l) {
    const cpl_json *hours = cpl_json_get(l->root, "hours");
    complaint_status status = COMPLAINT_OK;
    if (hours && cpl_json_type(hours) != CPL_JSON_OBJECT) return invalid(l, hours, "hours", "ต้องเป็นอ็อบเจกต์", "it has to be an object");
    for (size_t i = 0; i < cpl_json_count(hours) && status == COMPLAINT_OK; ++i) status = load_hours_of(l, hours, i);
    return status;
}

/* ---- the list to compare with --------------------------------------------------------------------------------------- */

static complaint_status differs(loader *l, const cpl_json *v, int32_t day, bool closed) {
    char text[CPL_DATE_MAX];
    size_t n;
    if (cpl_date_format(day, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, &n) != COMPLAINT_OK) return cpl_fail(l->e, COMPLAINT_E_INTERNAL, "closed");
    if (closed) return at(l, v, cpl_failf(l->e, COMPLAINT_E_EXISTS, text, "%s เป็นวันหยุดตามข้อมูล แต่ไม่มีในรายการ", "%s is a holiday by the data, but not in the list", text));
    return at(l, v, cpl_failf(l->e, COMPLAINT_E_NOT_FOUND, text, "%s อยู่ในรายการ แต่ไม่ใช่วันหยุดตามข้อมูล", "%s is in the list, but no holiday by the data", text));
}

/* `closed`: all days of the year on which offices of the whole country are closed though the day of the week is a working one, in order. What differs is
 * reported, not guessed. */
static complaint_status compare_with(loader *l, const complaint_calendar *made, const cpl_json *list) {
    const cpl_holiday *holidays;
    int32_t count, day = 0;
    size_t next = 0, size = cpl_json_count(list);
    complaint_status status = cpl_calendar_holidays(made, l->year, &holidays, &count);
    if (status != COMPLAINT_OK) return at(l, list, cpl_fail(l->e, status, "year"));
    for (int32_t i = 0; i <= count; ++i) {
        if (i < count && (holidays[i].at_rest || strcmp(holidays[i].scope, "national") != 0)) continue;
        bool more = next < size;
        if (more) status = read_date(l, cpl_json_at(list, next), "closed", &day);
        if (status != COMPLAINT_OK) return status;
        if (more && (i == count || day < holidays[i].day)) return differs(l, cpl_json_at(list, next), day, false);
        if (i < count && (!more || day > holidays[i].day)) return differs(l, list, holidays[i].day, true);
        ++next;
    }
    return COMPLAINT_OK;
}

static complaint_status compare(loader *l) {
    const cpl_json *list = cpl_json_get(l->root, "closed");
    if (!list) return COMPLAINT_OK;
    if (!l->year) return missing(l, l->root, "year");
    if (cpl_json_type(list) != CPL_JSON_ARRAY) return invalid(l, list, "closed", "ต้องเป็นรายการวันที่", "it has to be a list of dates");
    complaint_calendar *made = cpl_edit_settled(l->edit);
    complaint_status status = compare_with(l, made, list);
    cpl_calendar_release(made);
    return status;
}

/* ---- all together --------------------------------------------------------------------------------------------------- */

static complaint_status load_root(loader *l) {
    static const char *const members[] = {"$schema", "format", "year", "lunar", "status", "source", "week", "hours", "changes", "closed", NULL};
    complaint_status status = check_members(l, l->root, members);
    if (status != COMPLAINT_OK) return status;
    const cpl_json *format = cpl_json_get(l->root, "format");
    if (!format) return missing(l, l->root, "format");
    if (cpl_json_type(format) != CPL_JSON_INT || cpl_json_int(format) != FORMAT) return invalid(l, format, "format", "รูปแบบต้องเป็น 1", "the format is 1");
    status = load_year(l);
    if (status == COMPLAINT_OK) status = load_week(l);
    if (status == COMPLAINT_OK) status = load_hours(l);
    if (status == COMPLAINT_OK) status = load_changes(l);
    if (status == COMPLAINT_OK) status = cpl_edit_settle(l->edit, l->e);
    return status == COMPLAINT_OK ? compare(l) : status;
}

complaint_status cpl_edit_load_json(complaint_calendar_edit *edit, cpl_str json, complaint_error *e) {
    cpl_json_doc *doc = NULL;
    complaint_calendar *before = NULL;
    complaint_status status = cpl_json_parse(cpl_edit_memory(edit), json, DEPTH, false, &doc, e);
    if (status == COMPLAINT_OK) status = cpl_edit_settle(edit, e);
    if (status != COMPLAINT_OK) goto done;
    cpl_edit_mark mark = cpl_edit_set_mark(edit);
    loader l = {.edit = edit, .root = cpl_json_root(doc), .e = e};
    before = cpl_edit_settled(edit);
    status = load_root(&l);
    if (status == COMPLAINT_OK) goto done;
    cpl_edit_back_to(edit, mark);
    cpl_edit_see(edit, before);
    before = NULL;
done:
    cpl_calendar_release(before);
    cpl_json_free(doc);
    return status;
}
