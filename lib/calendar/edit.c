/*
 * calendar/edit: a calendar in the making.
 *
 * Owns: the lines that a host's changes become, and the conflicts between a change and what is there. Must not know: what the lines
 * yield; JSON.
 *
 * A change is a line of the data format, so the calendar that comes out has a definition like any other. Conflicts are judged by the calendar as it was
 * last put together (`seen`) and by the days touched since.
 */
#include "calendar/calendar.h"

#include <string.h>

enum { NO_DAY = INT32_MIN };

/* What an edit made of a day. */
typedef struct touched {
    int32_t day;
    bool closed;
    cpl_str scope; /* of a closed one */
} touched;

struct complaint_calendar_edit {
    cpl_memory memory;
    complaint_calendar *seen;
    cpl_str base;  /* the lines of the calendar it began with; borrowed from it */
    complaint_calendar *first;
    cpl_buf lines;
    char province[8];
    cpl_arena arena; /* scopes */
    touched *days;
    size_t count, room;
};

/* ---- life ----------------------------------------------------------------------------------------------------------- */

complaint_status cpl_edit_new(complaint_calendar *base, complaint_calendar_edit **edit, complaint_error *e) {
    complaint_calendar_edit *d = cpl_alloc_zero(cpl_calendar_memory(base), 1, sizeof *d);
    if (!d) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    d->memory = *cpl_calendar_memory(base);
    d->first = cpl_calendar_retain(base);
    d->seen = cpl_calendar_retain(base);
    d->base = cpl_calendar_lines(base);
    cpl_buf_init(&d->lines, &d->memory);
    cpl_arena_init(&d->arena, &d->memory);
    memcpy(d->province, cpl_calendar_province(base), strlen(cpl_calendar_province(base)) + 1); /* a code has five bytes */
    *edit = d;
    return COMPLAINT_OK;
}

void cpl_edit_free(complaint_calendar_edit *d) {
    if (!d) return;
    cpl_memory m = d->memory;
    cpl_calendar_release(d->seen);
    cpl_calendar_release(d->first);
    cpl_buf_free(&d->lines);
    cpl_arena_free(&d->arena);
    cpl_free(&m, d->days);
    cpl_free(&m, d);
}

const cpl_memory *cpl_edit_memory(const complaint_calendar_edit *d) { return &d->memory; }

complaint_calendar *cpl_edit_settled(const complaint_calendar_edit *d) { return cpl_calendar_retain(d->seen); }

void cpl_edit_see(complaint_calendar_edit *d, complaint_calendar *calendar) {
    cpl_calendar_release(d->seen);
    d->seen = calendar;
    d->count = 0;
}

cpl_edit_mark cpl_edit_set_mark(const complaint_calendar_edit *d) {
    cpl_edit_mark mark = {.lines = d->lines.size, .touched = d->count};
    memcpy(mark.province, d->province, sizeof mark.province);
    return mark;
}

void cpl_edit_back_to(complaint_calendar_edit *d, cpl_edit_mark mark) {
    d->lines.size = mark.lines;
    d->lines.failed = false;
    d->count = mark.touched;
    memcpy(d->province, mark.province, sizeof d->province);
}

/* The number of the change, from 1, that wrote a line: each begins with a comment line. */
static int64_t change_of(const complaint_calendar_edit *d, int64_t line) {
    int64_t number = 0;
    for (size_t i = 0; i < d->lines.size && line > 0; ++i) {
        number += d->lines.data[i] == '#' && (i == 0 || d->lines.data[i - 1] == '\n');
        line -= d->lines.data[i] == '\n';
    }
    return number;
}

complaint_status cpl_edit_build(const complaint_calendar_edit *d, complaint_calendar **calendar, complaint_error *e) {
    const cpl_calendar_text texts[] = {{"base", d->base}, {"edit", {d->lines.size ? d->lines.data : "", d->lines.size}}};
    complaint_status status = cpl_calendar_new(&d->memory, texts, 2, cpl_str_of(*d->province ? d->province : NULL), calendar, e);
    if (status != COMPLAINT_OK && e && strcmp(e->path, "edit") == 0) e->line = change_of(d, e->line);
    return status;
}

complaint_status cpl_edit_settle(complaint_calendar_edit *d, complaint_error *e) {
    complaint_calendar *made = NULL;
    complaint_status status = cpl_edit_build(d, &made, e);
    if (status != COMPLAINT_OK) return status;
    cpl_edit_see(d, made);
    return COMPLAINT_OK;
}

/* ---- refusing ------------------------------------------------------------------------------------------------------- */

static complaint_status bad(complaint_error *e, const char *subject) {
    return cpl_failf(e, COMPLAINT_E_INVALID, subject, "ค่า %s ไม่ถูกต้อง", "`%s` is not valid", subject);
}

static void iso_day(int32_t day, char text[CPL_DATE_MAX]) {
    size_t n;
    *text = '\0';
    if (cpl_date_format(day, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, &n) != COMPLAINT_OK) *text = '\0';
}

static complaint_status is_holiday(complaint_error *e, int32_t day) {
    char text[CPL_DATE_MAX];
    iso_day(day, text);
    return cpl_failf(e, COMPLAINT_E_EXISTS, text, "%s เป็นวันหยุดอยู่แล้ว", "%s is a holiday already", text);
}

static complaint_status is_none(complaint_error *e, int32_t day) {
    char text[CPL_DATE_MAX];
    iso_day(day, text);
    return cpl_failf(e, COMPLAINT_E_NOT_FOUND, text, "%s ไม่ใช่วันหยุด", "%s is no holiday", text);
}

static complaint_status check_day(const complaint_calendar_edit *d, int32_t day, complaint_error *e) {
    complaint_status status = cpl_table_check(d->seen, day);
    return status == COMPLAINT_OK ? status : cpl_fail(e, status, "day");
}

/* A field of a line: no tab, no line break, not empty. */
static complaint_status check_field(cpl_str text, const char *subject, complaint_error *e) {
    size_t offset;
    complaint_status status = cpl_utf8_check(text, &offset);
    if (status != COMPLAINT_OK) return cpl_fail(e, status, subject);
    if (text.n > 4000) return cpl_fail(e, COMPLAINT_E_TOO_LARGE, subject);
    bool seen = false;
    for (size_t i = 0; i < text.n; ++i) {
        if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f) return bad(e, subject);
        seen = seen || text.p[i] != ' ';
    }
    return seen ? COMPLAINT_OK : bad(e, subject);
}

/* ---- lines ---------------------------------------------------------------------------------------------------------- */

static void put_field(complaint_calendar_edit *d, cpl_str text) {
    cpl_buf_putc(&d->lines, '\t');
    cpl_buf_str(&d->lines, text);
}

static void put_day(complaint_calendar_edit *d, int32_t day) {
    char text[CPL_DATE_MAX];
    iso_day(day, text);
    put_field(d, cpl_str_of(text));
}

static bool starts(cpl_str text, const char *word, cpl_str *rest) {
    size_t n = strlen(word);
    if (text.n <= n || memcmp(text.p, word, n) != 0) return false;
    *rest = (cpl_str){text.p + n, text.n - n};
    return true;
}

/* `high: cabinet` is what getters answer, so it is read as well. */
static void put_source(complaint_calendar_edit *d, cpl_str source) {
    static const char *const heads[] = {"high: ", "medium: ", "low: "}, *const words[] = {"high", "medium", "low"};
    cpl_str text = source;
    size_t i = 0;
    while (i < 3 && !starts(source, heads[i], &text)) ++i;
    put_field(d, cpl_str_of(words[i < 3 ? i : 0]));
    put_field(d, text);
}

static void begin_line(complaint_calendar_edit *d, const char *keyword) { cpl_buf_puts(&d->lines, keyword); }

static void end_line(complaint_calendar_edit *d) { cpl_buf_putc(&d->lines, '\n'); }

static cpl_edit_mark begin_change(complaint_calendar_edit *d) {
    cpl_edit_mark mark = cpl_edit_set_mark(d);
    begin_line(d, "#");
    end_line(d);
    return mark;
}

/* Ends a change: with all of its lines, or with none. */
static complaint_status end_change(complaint_calendar_edit *d, cpl_edit_mark mark, complaint_status status, complaint_error *e) {
    if (status == COMPLAINT_OK && d->lines.failed) status = cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    if (status != COMPLAINT_OK) cpl_edit_back_to(d, mark);
    return status;
}

/* `other` NO_DAY: there is none. */
static void put_decision(complaint_calendar_edit *d, const char *keyword, int32_t day, int32_t other, cpl_str source) {
    begin_line(d, keyword);
    put_day(d, day);
    if (other != NO_DAY) put_day(d, other);
    put_source(d, source);
    end_line(d);
}

/* ---- what a day is -------------------------------------------------------------------------------------------------- */

/* A day off for the whole country leaves no room for another; one for some provinces leaves room for others. */
static bool clashes(cpl_str scope, cpl_str there) { return cpl_str_is(there, "national") || cpl_str_eq(scope, there); }

static bool is_off(const complaint_calendar_edit *d, int32_t day, const cpl_str *scope) {
    for (size_t i = d->count; i > 0; --i) {
        const touched *t = &d->days[i - 1];
        if (t->day != day) continue;
        if (!t->closed) return false;
        if (!scope || clashes(*scope, t->scope)) return true;
    }
    const cpl_holiday *h = cpl_calendar_holiday_on(d->seen, day);
    return h && (!scope || clashes(*scope, cpl_str_of(h->scope)));
}

static complaint_status touch(complaint_calendar_edit *d, int32_t day, bool closed, cpl_str scope, complaint_error *e) {
    touched t = {.day = day, .closed = closed};
    if (d->count == d->room) {
        size_t room = d->room ? 2 * d->room : 16;
        touched *more = cpl_resize(&d->memory, d->days, room, sizeof *more);
        if (!more) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
        d->days = more;
        d->room = room;
    }
    if (closed && !cpl_arena_str(&d->arena, scope, &t.scope)) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    d->days[d->count++] = t;
    return COMPLAINT_OK;
}

/* ---- days off ------------------------------------------------------------------------------------------------------- */

/* The next code of a list; false at its end. */
static bool next_code(cpl_str *rest, cpl_str *code) {
    if (rest->n == 0) return false;
    const char *comma = memchr(rest->p, ',', rest->n);
    size_t n = comma ? (size_t)(comma - rest->p) : rest->n;
    *code = (cpl_str){rest->p, n};
    *rest = comma ? (cpl_str){comma + 1, rest->n - n - 1} : (cpl_str){rest->p + n, 0};
    return true;
}

/* `national`, or `area:TH-57,TH-54`, at its end perhaps `,*`. */
static bool check_scope(cpl_str scope) {
    cpl_str rest, code;
    size_t codes = 0;
    bool good = true;
    if (cpl_str_is(scope, "national")) return true;
    if (!starts(scope, "area:", &rest) || rest.p[rest.n - 1] == ',') return false;
    for (; good && next_code(&rest, &code); ++codes) good = cpl_holiday_province(code) || (cpl_str_is(code, "*") && rest.n == 0);
    return good && codes <= 77;
}

static bool has_area(const complaint_calendar_edit *d, cpl_str scope) {
    const cpl_str texts[] = {d->base, {d->lines.data, d->lines.size}};
    for (size_t i = 0; i < 2; ++i) {
        for (size_t at = 0; at + scope.n + 6 <= texts[i].n; ++at) {
            const char *p = texts[i].p + at;
            if (memcmp(p, "area\t", 5) == 0 && (at == 0 || p[-1] == '\n') && memcmp(p + 5, scope.p, scope.n) == 0 && p[5 + scope.n] == '\t') return true;
        }
    }
    return false;
}

/* The scope is the name of its area. */
static void put_area(complaint_calendar_edit *d, cpl_str scope) {
    cpl_str rest = {scope.p + 5, scope.n - 5}, code;
    bool partial = false, first = true;
    if (has_area(d, scope)) return;
    begin_line(d, "area");
    put_field(d, scope);
    cpl_buf_putc(&d->lines, '\t');
    while (next_code(&rest, &code)) {
        partial = partial || cpl_str_is(code, "*");
        if (cpl_str_is(code, "*")) continue;
        if (!first) cpl_buf_putc(&d->lines, ' ');
        cpl_buf_str(&d->lines, code);
        first = false;
    }
    if (first) cpl_buf_putc(&d->lines, '-');
    cpl_buf_puts(&d->lines, partial ? "\tpartial" : "\tcomplete");
    put_field(d, scope);
    end_line(d);
}

static complaint_status check_off(const complaint_calendar_edit *d, const cpl_day_off *off, cpl_str scope, cpl_str source, complaint_error *e) {
    complaint_status status = check_day(d, off->day, e);
    if (status != COMPLAINT_OK) return status;
    if (off->kind != COMPLAINT_HOLIDAY_SUBSTITUTION && off->kind != COMPLAINT_HOLIDAY_SPECIAL && off->kind != COMPLAINT_HOLIDAY_PLOUGHING) return bad(e, "kind");
    if (!check_scope(scope)) return bad(e, "scope");
    status = check_field(off->thai, "thai", e);
    if (status == COMPLAINT_OK) status = check_field(off->english, "english", e);
    return status == COMPLAINT_OK ? check_field(source, "source", e) : status;
}

static cpl_str scope_of(const cpl_day_off *off) { return off->scope.n ? off->scope : CPL_LIT("national"); }

static complaint_status put_off(complaint_calendar_edit *d, const cpl_day_off *off, cpl_str scope, cpl_str source, complaint_error *e) {
    complaint_status status = touch(d, off->day, true, scope, e);
    if (status != COMPLAINT_OK) return status;
    if (!cpl_str_is(scope, "national")) put_area(d, scope);
    begin_line(d, "add");
    put_day(d, off->day);
    put_field(d, cpl_str_of(cpl_calendar_kind_name(off->kind)));
    put_field(d, scope);
    put_field(d, off->thai);
    put_field(d, off->english);
    put_source(d, source);
    end_line(d);
    return COMPLAINT_OK;
}

complaint_status cpl_edit_add(complaint_calendar_edit *d, const cpl_day_off *off, cpl_str source, complaint_error *e) {
    cpl_str scope = scope_of(off);
    complaint_status status = check_off(d, off, scope, source, e);
    if (status != COMPLAINT_OK) return status;
    if (is_off(d, off->day, &scope)) return is_holiday(e, off->day);
    cpl_edit_mark mark = begin_change(d);
    return end_change(d, mark, put_off(d, off, scope, source, e), e);
}

complaint_status cpl_edit_override(complaint_calendar_edit *d, const cpl_day_off *off, cpl_str source, complaint_error *e) {
    cpl_str scope = scope_of(off);
    complaint_status status = off->kind ? check_off(d, off, scope, source, e) : check_day(d, off->day, e);
    if (status == COMPLAINT_OK) status = check_field(source, "source", e);
    if (status != COMPLAINT_OK) return status;
    if (!off->kind && (off->scope.n || off->thai.n || off->english.n)) return bad(e, off->scope.n ? "scope" : off->thai.n ? "thai" : "english");
    cpl_edit_mark mark = begin_change(d);
    put_decision(d, "clear", off->day, NO_DAY, source);
    status = touch(d, off->day, false, (cpl_str){NULL, 0}, e);
    if (status == COMPLAINT_OK && off->kind) status = put_off(d, off, scope, source, e);
    return end_change(d, mark, status, e);
}

/* A line that takes away what makes a day a holiday. */
static complaint_status take_off(complaint_calendar_edit *d, const char *keyword, int32_t day, cpl_str source, complaint_error *e) {
    complaint_status status = check_day(d, day, e);
    if (status == COMPLAINT_OK) status = check_field(source, "source", e);
    if (status != COMPLAINT_OK) return status;
    if (!is_off(d, day, NULL)) return is_none(e, day);
    cpl_edit_mark mark = begin_change(d);
    put_decision(d, keyword, day, NO_DAY, source);
    return end_change(d, mark, touch(d, day, false, (cpl_str){NULL, 0}, e), e);
}

complaint_status cpl_edit_remove(complaint_calendar_edit *d, int32_t day, cpl_str source, complaint_error *e) { return take_off(d, "remove", day, source, e); }

complaint_status cpl_edit_suspend(complaint_calendar_edit *d, int32_t day, cpl_str source, complaint_error *e) { return take_off(d, "suspend", day, source, e); }

complaint_status cpl_edit_withdraw(complaint_calendar_edit *d, int32_t day, cpl_str source, complaint_error *e) { return take_off(d, "withdraw", day, source, e); }

/* A line that takes a holiday on the day `on`, which must be free. */
static complaint_status take_on(complaint_calendar_edit *d, const char *keyword, int32_t day, int32_t other, int32_t on, cpl_str source, complaint_error *e) {
    const cpl_str national = CPL_LIT("national");
    complaint_status status = check_day(d, day, e);
    if (status == COMPLAINT_OK) status = check_day(d, other, e);
    if (status == COMPLAINT_OK) status = check_field(source, "source", e);
    if (status != COMPLAINT_OK) return status;
    if (day == other || is_off(d, on, &national)) return is_holiday(e, on);
    cpl_edit_mark mark = begin_change(d);
    put_decision(d, keyword, day, other, source);
    if (on == other) status = touch(d, day, false, (cpl_str){NULL, 0}, e);
    if (status == COMPLAINT_OK) status = touch(d, on, true, national, e);
    return end_change(d, mark, status, e);
}

complaint_status cpl_edit_move(complaint_calendar_edit *d, int32_t day, int32_t to, cpl_str source, complaint_error *e) {
    complaint_status status = check_day(d, day, e);
    if (status == COMPLAINT_OK && !is_off(d, day, NULL)) status = is_none(e, day);
    return status == COMPLAINT_OK ? take_on(d, "move", day, to, to, source, e) : status;
}

complaint_status cpl_edit_pay(complaint_calendar_edit *d, int32_t day, int32_t suspended, cpl_str source, complaint_error *e) {
    return take_on(d, "pay", day, suspended, day, source, e);
}

/* ---- words ---------------------------------------------------------------------------------------------------------- */

static const char *const lunar_words[] = {NULL, "normal", "adhikavan", "adhikamas"};

int32_t cpl_calendar_lunar_find(cpl_str name) {
    for (int32_t i = COMPLAINT_LUNAR_NORMAL; i <= COMPLAINT_LUNAR_ADHIKAMAS; ++i) {
        if (cpl_str_is(name, lunar_words[i])) return i;
    }
    return 0;
}

const char *cpl_calendar_lunar_name(int32_t lunar) { return lunar >= COMPLAINT_LUNAR_NORMAL && lunar <= COMPLAINT_LUNAR_ADHIKAMAS ? lunar_words[lunar] : NULL; }

int32_t cpl_calendar_kind_find(cpl_str name) {
    int32_t i = 1;
    while (cpl_calendar_kind_name(i) && !cpl_str_is(name, cpl_calendar_kind_name(i))) ++i;
    return cpl_calendar_kind_name(i) ? i : 0;
}

/* ---- years, hours, province ----------------------------------------------------------------------------------------- */

static complaint_status year_is_announced(complaint_error *e, int32_t year) {
    return cpl_failf(e, COMPLAINT_E_EXISTS, "year", "ปี พ.ศ. %d ประกาศแล้ว", "B.E. %d is announced already", (int)year);
}

static complaint_status check_year(const complaint_calendar_edit *d, int32_t year, int32_t lunar, int32_t status, bool *added, complaint_error *e) {
    int32_t first, last, now;
    cpl_calendar_years(d->seen, &first, &last);
    *added = year == last + 1;
    if (status != COMPLAINT_ANNOUNCED && (status != COMPLAINT_PREDICTED || !*added)) return bad(e, "status");
    if (lunar != 0 && !cpl_calendar_lunar_name(lunar)) return bad(e, "lunar");
    if (*added) return lunar ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_REQUIRED, "lunar");
    if (cpl_calendar_year_status(d->seen, year, &now) != COMPLAINT_OK) return cpl_fail(e, COMPLAINT_E_NO_CALENDAR, "year");
    return now == COMPLAINT_PREDICTED ? COMPLAINT_OK : year_is_announced(e, year);
}

complaint_status cpl_edit_set_year(complaint_calendar_edit *d, int32_t year, int32_t lunar, int32_t status, cpl_str source, complaint_error *e) {
    bool added;
    complaint_status good = check_year(d, year, lunar, status, &added, e);
    if (good == COMPLAINT_OK) good = check_field(source, "source", e);
    if (good != COMPLAINT_OK) return good;
    cpl_edit_mark mark = begin_change(d);
    begin_line(d, added ? "year" : "announce");
    cpl_buf_putc(&d->lines, '\t');
    cpl_buf_int(&d->lines, year);
    put_field(d, cpl_str_of(lunar ? cpl_calendar_lunar_name(lunar) : "-"));
    if (added) put_field(d, cpl_str_of(status == COMPLAINT_ANNOUNCED ? "announced" : "predicted"));
    put_source(d, source);
    end_line(d);
    good = end_change(d, mark, COMPLAINT_OK, e);
    return good == COMPLAINT_OK ? end_change(d, mark, cpl_edit_settle(d, e), e) : good;
}

complaint_status cpl_edit_set_week(complaint_calendar_edit *d, int32_t open_days, complaint_error *e) {
    bool first = true;
    if (open_days <= 0 || open_days >= 1 << (COMPLAINT_SUNDAY + 1) || open_days & 1) return bad(e, "open_days");
    cpl_edit_mark mark = begin_change(d);
    begin_line(d, "open\t");
    for (int day = COMPLAINT_MONDAY; day <= COMPLAINT_SUNDAY; ++day) {
        if (!(open_days & 1 << day)) continue;
        if (!first) cpl_buf_putc(&d->lines, ' ');
        cpl_buf_int(&d->lines, day);
        first = false;
    }
    end_line(d);
    return end_change(d, mark, COMPLAINT_OK, e);
}

complaint_status cpl_edit_set_hours(complaint_calendar_edit *d, int32_t weekday, cpl_str hours, complaint_error *e) {
    cpl_office office;
    if (weekday < 0 || weekday > COMPLAINT_SUNDAY) return bad(e, "weekday");
    if (!cpl_holiday_office(hours, &office)) return bad(e, "hours");
    cpl_edit_mark mark = begin_change(d);
    begin_line(d, "office\t");
    if (weekday)
        cpl_buf_int(&d->lines, weekday);
    else
        cpl_buf_puts(&d->lines, "all");
    put_field(d, hours);
    end_line(d);
    return end_change(d, mark, COMPLAINT_OK, e);
}

complaint_status cpl_edit_set_day_hours(complaint_calendar_edit *d, int32_t day, cpl_str hours, cpl_str source, complaint_error *e) {
    cpl_office office;
    complaint_status status = check_day(d, day, e);
    if (status == COMPLAINT_OK && !cpl_holiday_office(hours, &office)) status = bad(e, "hours");
    if (status == COMPLAINT_OK) status = check_field(source, "source", e);
    if (status != COMPLAINT_OK) return status;
    cpl_edit_mark mark = begin_change(d);
    begin_line(d, "shorten");
    put_day(d, day);
    put_field(d, hours);
    put_source(d, source);
    end_line(d);
    return end_change(d, mark, COMPLAINT_OK, e);
}

complaint_status cpl_edit_set_province(complaint_calendar_edit *d, cpl_str province, complaint_error *e) {
    if (province.n && !cpl_holiday_province(province)) return cpl_failf(e, COMPLAINT_E_INVALID, "province", "ไม่มีจังหวัดรหัสนี้", "there is no province of that code");
    memset(d->province, 0, sizeof d->province);
    if (province.n) memcpy(d->province, province.p, province.n);
    return COMPLAINT_OK;
}
