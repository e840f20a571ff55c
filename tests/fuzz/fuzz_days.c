/*
 * Bytes as calls on calendars, their edits, periods and days: each byte chooses a call, the next ones its handles (live or NULL) and arguments, in any order.
 *
 * Whatever is called: an answer of the registry, an output if and only if it says so, an error that names the reason. A calendar that was built counts what it adds, and explains the deadline it gives.
 */
#include "fuzz.h"

#include "base/base.h"

#include <complaint/calendar.h>
#include <complaint/date.h>

#include <string.h>

enum { HANDLES = 3, MOST_CALLS = 60 };

typedef struct world {
    fuzz *f;
    fuzz_bytes b;
    complaint_calendar *calendars[HANDLES];
    complaint_calendar_edit *edits[HANDLES];
    complaint_period *periods[HANDLES];
    char room[4][256];
    int room_at;
} world;

static char *text(world *w) { return fuzz_text(&w->b, w->room[w->room_at++ % 4]); }

static const char *word(world *w) {
    static const char *const words[] = {"high: cabinet", "วันหยุด", "holiday", "TH-57", "TH-57,TH-54", "09:00-12:00,13:00-16:30", "08:30-12:00", "closed", "national", "-", ""};
    uint32_t which = fuzz_below(&w->b, sizeof words / sizeof words[0] + 2);
    return which == sizeof words / sizeof words[0] ? NULL : which < sizeof words / sizeof words[0] ? words[which] : text(w);
}

/* Days around the tests' own years, or any. */
static int32_t day(world *w) {
    uint32_t which = fuzz_below(&w->b, 4);
    return which ? 20300 + (int32_t)fuzz_below(&w->b, 800) : (int32_t)fuzz_int(&w->b);
}

static int32_t year(world *w) { return fuzz_byte(&w->b) % 8 ? 2564 + (int32_t)fuzz_below(&w->b, 12) : (int32_t)fuzz_int(&w->b); }

static int32_t small(world *w) { return fuzz_byte(&w->b) % 16 ? (int32_t)fuzz_below(&w->b, 9) - 1 : (int32_t)fuzz_int(&w->b); }

static complaint_calendar *calendar_of(world *w) {
    uint32_t which = fuzz_below(&w->b, HANDLES + 1);
    return which < HANDLES ? w->calendars[which] : NULL;
}

static complaint_calendar_edit *edit_of(world *w) {
    uint32_t which = fuzz_below(&w->b, HANDLES + 1);
    return which < HANDLES ? w->edits[which] : NULL;
}

static complaint_period *period_of(world *w) {
    uint32_t which = fuzz_below(&w->b, HANDLES + 1);
    return which < HANDLES ? w->periods[which] : NULL;
}

static complaint_status known(const world *w, complaint_status s) {
    PROMISE(cpl_status_known(s) && CPL_CLASS(s) != COMPLAINT_E_INTERNAL);
    PROMISE(s != COMPLAINT_E_MEMORY || w->f->refused);
    return s;
}

/* What went wrong is said, unless there was no memory to say it. */
static complaint_status told(const world *w, complaint_status s, complaint_error **error) {
    complaint_error *e = *error;
    known(w, s);
    PROMISE(s != COMPLAINT_OK || !e);
    if (s != COMPLAINT_OK && !w->f->refused && s != COMPLAINT_E_HANDLE) PROMISE(e);
    if (e) PROMISE(complaint_error_status(e) == s && *complaint_error_text(e, COMPLAINT_THAI) && *complaint_error_text(e, COMPLAINT_ENGLISH));
    complaint_error_free(e);
    *error = NULL;
    return s;
}

/* ---- edits ---- */

static void edit_new(world *w) {
    uint32_t at = fuzz_below(&w->b, HANDLES);
    complaint_calendar_edit *made = NULL;
    complaint_error *e = NULL;
    complaint_status s = told(w, complaint_calendar_edit_new(calendar_of(w), &made, &e), &e);
    PROMISE((s == COMPLAINT_OK) == (made != NULL));
    if (!made) return;
    complaint_calendar_edit_free(w->edits[at]);
    w->edits[at] = made;
}

static void edit_days(world *w) {
    complaint_calendar_edit *edit = edit_of(w);
    complaint_error *e = NULL;
    const char *one = word(w), *other = word(w), *third = word(w);
    int32_t first = day(w), kind = small(w);
    complaint_status s;
    switch (fuzz_below(&w->b, 5)) {
    case 0: s = complaint_calendar_edit_add(edit, first, kind, one, other, third, word(w), &e); break;
    case 1: s = complaint_calendar_edit_remove(edit, first, one, &e); break;
    case 2: s = complaint_calendar_edit_move(edit, first, day(w), one, &e); break;
    case 3: s = complaint_calendar_edit_override(edit, first, kind, one, other, third, word(w), &e); break;
    default: s = complaint_calendar_edit_set_day_hours(edit, first, one, other, &e); break;
    }
    told(w, s, &e);
}

static void edit_rest(world *w) {
    complaint_calendar_edit *edit = edit_of(w);
    complaint_error *e = NULL;
    fuzz_chunk json;
    complaint_status s;
    switch (fuzz_below(&w->b, 5)) {
    case 0: s = complaint_calendar_edit_set_year(edit, year(w), small(w), small(w), word(w), &e); break;
    case 1: s = complaint_calendar_edit_set_week(edit, (int32_t)fuzz_int(&w->b), &e); break;
    case 2: s = complaint_calendar_edit_set_hours(edit, small(w), word(w), &e); break;
    case 3: s = complaint_calendar_edit_set_province(edit, word(w), &e); break;
    default:
        json = fuzz_take(&w->b);
        s = complaint_calendar_edit_load_json(edit, json.p, json.n, &e);
        break;
    }
    told(w, s, &e);
}

static void edit_build(world *w) {
    uint32_t at = fuzz_below(&w->b, HANDLES);
    complaint_calendar *made = NULL;
    complaint_error *e = NULL;
    complaint_status s = told(w, complaint_calendar_edit_build(edit_of(w), &made, &e), &e);
    PROMISE((s == COMPLAINT_OK) == (made != NULL));
    if (!made) return;
    complaint_calendar_free(w->calendars[at]);
    w->calendars[at] = made;
}

static void edit_free(world *w) {
    uint32_t at = fuzz_below(&w->b, HANDLES);
    complaint_calendar_edit_free(w->edits[at]);
    w->edits[at] = NULL;
}

/* ---- calendars ---- */

static void look_at_year(world *w) {
    complaint_calendar *c = calendar_of(w);
    int32_t y = year(w), count = 0, first = 0, last = 0, index = small(w), a, b, d, e, status;
    (void)known(w, complaint_calendar_year_status(c, y, &status));
    if (known(w, complaint_calendar_years(c, &first, &last)) == COMPLAINT_OK) PROMISE(first <= last);
    PROMISE(complaint_calendar_province(c));
    complaint_status s = known(w, complaint_calendar_holiday_count(c, y, &count));
    if (s == COMPLAINT_OK && index >= 0 && index < count) PROMISE(complaint_calendar_holiday(c, y, index, &a, &b, &d, &e) == COMPLAINT_OK && complaint_calendar_holiday_name(c, y, index, COMPLAINT_THAI));
    else PROMISE(!complaint_calendar_holiday_name(c, y, index, COMPLAINT_THAI) && !complaint_calendar_holiday_scope(c, y, index));
    (void)complaint_calendar_holiday_source(c, y, index);
    (void)complaint_calendar_holiday_at_rest(c, y, index);
    (void)complaint_calendar_holiday_scope_complete(c, y, index);
    (void)known(w, complaint_calendar_decision_count(c, y, &count));
    (void)known(w, complaint_calendar_decision(c, y, index, &a, &b, &d, &e));
    (void)complaint_calendar_decision_name(c, y, index, COMPLAINT_ENGLISH);
    (void)complaint_calendar_decision_source(c, y, index);
    (void)complaint_calendar_decision_withdrawal(c, y, index);
}

static void count_days(world *w) {
    complaint_calendar *c = calendar_of(w);
    int32_t from = day(w), n = small(w), there = 0, counted = 0, open = 0;
    int64_t moment = 0, at = fuzz_int(&w->b);
    complaint_status s = known(w, complaint_calendar_add_working_days(c, from, n, &there));
    if (s == COMPLAINT_OK && n > 0) PROMISE(complaint_calendar_count(c, from + 1, there + 1, &counted) == COMPLAINT_OK && counted == n);
    (void)known(w, complaint_calendar_count(c, from, day(w), &counted));
    (void)known(w, complaint_calendar_is_open(c, from, &open));
    if (known(w, complaint_calendar_next_office_moment(c, at, &moment)) == COMPLAINT_OK) PROMISE(moment >= at);
}

static void calendar_share(world *w) {
    uint32_t at = fuzz_below(&w->b, HANDLES);
    complaint_calendar *c = complaint_calendar_retain(calendar_of(w));
    complaint_calendar_free(w->calendars[at]);
    w->calendars[at] = c;
}

/* ---- periods ---- */

static void period_new(world *w) {
    uint32_t at = fuzz_below(&w->b, HANDLES);
    complaint_period *made = NULL;
    complaint_status s = known(w, complaint_period_new(&w->f->memory, small(w), fuzz_int(&w->b), fuzz_int(&w->b), &made));
    PROMISE((s == COMPLAINT_OK) == (made != NULL));
    if (!made) return;
    complaint_period_free(w->periods[at]);
    w->periods[at] = made;
}

static void period_change(world *w) {
    complaint_period *p = period_of(w);
    switch (fuzz_below(&w->b, 7)) {
    case 0: known(w, complaint_period_set_length(p, small(w), fuzz_int(&w->b))); break;
    case 1: known(w, complaint_period_set_first_day(p, small(w))); break;
    case 2: known(w, complaint_period_set_roll(p, small(w))); break;
    case 3: known(w, complaint_period_set_receipt(p, small(w))); break;
    case 4: known(w, complaint_period_set_due_at(p, small(w))); break;
    case 5: known(w, complaint_period_add_pause(p, fuzz_int(&w->b), fuzz_int(&w->b))); break;
    default: known(w, complaint_period_add_extension(p, fuzz_int(&w->b))); break;
    }
}

static void look_at_explanation(const complaint_explanation *x) {
    for (int32_t i = -1; i <= complaint_explanation_count(x); i++) {
        int32_t kind, first, last;
        int64_t count, total, at, until;
        bool there = i >= 0 && i < complaint_explanation_count(x);
        PROMISE((complaint_explanation_step(x, i, &kind, &first, &last, &count, &total) == COMPLAINT_OK) == there);
        PROMISE((complaint_explanation_instants(x, i, &at, &until) == COMPLAINT_OK) == there);
        if (there) PROMISE(*complaint_explanation_sentence(x, i, COMPLAINT_THAI) && *complaint_explanation_sentence(x, i, COMPLAINT_ENGLISH) && complaint_explanation_law(x, i, COMPLAINT_THAI));
    }
}

static void period_due(world *w) {
    complaint_calendar *c = calendar_of(w);
    complaint_period *p = period_of(w);
    complaint_deadline *deadline = NULL;
    complaint_explanation *explanation = NULL;
    complaint_error *e = NULL;
    int64_t used = -7;
    complaint_status due = told(w, complaint_calendar_period_due(c, p, &deadline, &e), &e);
    complaint_status explained = told(w, complaint_calendar_explain(c, p, &explanation, &e), &e);
    PROMISE((due == COMPLAINT_OK) == (deadline != NULL) && (explained == COMPLAINT_OK) == (explanation != NULL));
    if (!w->f->refused) PROMISE(due == explained);
    if (deadline) PROMISE(complaint_deadline_due_at(deadline) > 0 || complaint_deadline_last_day(deadline) < 1);
    (void)(complaint_deadline_original_at(deadline) + complaint_deadline_nominal_at(deadline) + complaint_deadline_status(deadline) + complaint_deadline_area_unknown(deadline));
    if (explanation) look_at_explanation(explanation);
    complaint_status s = told(w, complaint_calendar_period_used(c, p, fuzz_int(&w->b), &used, &e), &e);
    PROMISE((s == COMPLAINT_OK) == (used != -7));
    complaint_explanation_free(explanation);
    complaint_deadline_free(deadline);
}

static void due_at_once(world *w) {
    complaint_deadline *deadline = NULL;
    complaint_error *e = NULL;
    complaint_calendar *c = calendar_of(w);
    complaint_status s = told(w, complaint_calendar_due(c, small(w), fuzz_int(&w->b), small(w), small(w), small(w), small(w), fuzz_int(&w->b), &deadline, &e), &e);
    PROMISE((s == COMPLAINT_OK) == (deadline != NULL));
    complaint_deadline_free(deadline);
}

/* ---- days ---- */

static void look_at_day(world *w) {
    int32_t d = day(w), y, m, n, again = 0;
    int64_t instant = 0, ms = 0;
    char written[64];
    size_t needed = 0, room = fuzz_below(&w->b, sizeof written + 1);
    if (complaint_date_to_thai(d, &y, &m, &n) == COMPLAINT_OK) PROMISE(complaint_date_from_thai(y, m, n, &again) == COMPLAINT_OK && again == d);
    if (complaint_date_to_gregorian(d, &y, &m, &n) == COMPLAINT_OK) PROMISE(complaint_date_from_gregorian(y, m, n, &again) == COMPLAINT_OK && again == d);
    if (complaint_date_start(d, &instant) == COMPLAINT_OK) PROMISE(complaint_date_of_instant(instant, &again, &ms) == COMPLAINT_OK && again == d && ms == 0);
    (void)complaint_date_of_instant(fuzz_int(&w->b), &again, &ms);
    (void)complaint_date_weekday(d);
    if (complaint_date_fiscal_year(d, &y) == COMPLAINT_OK) PROMISE(complaint_date_fiscal_year_days(y, &m, &n) == COMPLAINT_OK && m <= d && d < n);
    complaint_status s = complaint_date_format(d, small(w), small(w), room ? written : NULL, room, &needed);
    if (s == COMPLAINT_OK) PROMISE(needed < room && strlen(written) == needed);
    (void)complaint_date_format_instant(fuzz_int(&w->b), small(w), small(w), written, room, &needed);
    (void)complaint_date_format_time(fuzz_int(&w->b), small(w), written, room, &needed);
    (void)complaint_date_format_range(d, day(w), small(w), small(w), written, room, &needed);
    (void)complaint_date_format_fiscal(year(w), small(w), small(w), written, room, &needed);
}

typedef void (*call)(world *w);
static const call calls[] = {edit_new, edit_days, edit_days, edit_days, edit_rest, edit_rest, edit_build, edit_build, edit_free, look_at_year, count_days, count_days, calendar_share, period_new, period_change, period_change, period_due,
                             period_due, due_at_once, look_at_day};

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    world w = {.f = f, .b = {data, size}};
    complaint_error *e = NULL;
    (void)told(&w, complaint_calendar_builtin(&f->memory, "TH-57", &w.calendars[0], &e), &e);
    for (int n = 0; n < MOST_CALLS && w.b.n; n++) calls[fuzz_below(&w.b, sizeof calls / sizeof calls[0])](&w);
    for (int i = 0; i < HANDLES; i++) {
        complaint_calendar_free(w.calendars[i]);
        complaint_calendar_edit_free(w.edits[i]);
        complaint_period_free(w.periods[i]);
    }
}
