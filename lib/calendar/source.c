/*
 * calendar/source: reads holiday data, one line a fact, fields separated by tabs.
 *
 * Owns: the line format of docs/internals/calendar.md, its errors, the canonical text. Must not know: what the facts yield.
 */
#include "calendar/calendar.h"

#include <string.h>

enum { FIELDS_MAX = 9, FIRST_YEAR = 2485, LAST_YEAR = 2698 };

typedef struct reader {
    cpl_holiday_data *data;
    cpl_str field[FIELDS_MAX];
    size_t count;
    cpl_place place;
    complaint_error *e;
    bool province_given;
} reader;

complaint_status cpl_holiday_refuse(complaint_error *e, cpl_place place, const char *thai, const char *english) {
    /* Both formats take both texts, and each prints its own. */
    complaint_status status = cpl_failf(e, COMPLAINT_E_SYNTAX, "calendar", "%s%.0s", "%.0s%s", thai, english);
    cpl_error_at(e, place.name, place.line, -1);
    return status;
}

static complaint_status bad_field(reader *r, size_t i) {
    cpl_str f = r->field[i];
    int size = f.n < 80 ? (int)f.n : 80;
    complaint_status status = cpl_failf(r->e, COMPLAINT_E_SYNTAX, "calendar", "ช่องที่ %d ไม่ถูกต้อง: “%.*s”", "field %d is not valid: `%.*s`", (int)i + 1, size, f.p ? f.p : "");
    cpl_error_at(r->e, r->place.name, r->place.line, -1);
    return status;
}

static complaint_status refuse(reader *r, const char *thai, const char *english) { return cpl_holiday_refuse(r->e, r->place, thai, english); }

/* ---- fields --------------------------------------------------------------------------------------------------------- */

static bool is_open_end(cpl_str f) { return cpl_str_is(f, "-"); }

static cpl_str optional(cpl_str f) { return is_open_end(f) ? (cpl_str){"", 0} : f; }

static bool get_number(cpl_str f, int32_t least, int32_t most, int32_t *number) {
    int32_t value = 0;
    if (f.n == 0 || f.n > 4) return false;
    for (size_t i = 0; i < f.n; ++i) {
        if (f.p[i] < '0' || f.p[i] > '9') return false;
        value = value * 10 + (f.p[i] - '0');
    }
    if (value < least || value > most) return false;
    *number = value;
    return true;
}

static bool get_year(cpl_str f, int32_t open_end, int32_t *year) {
    if (is_open_end(f)) {
        *year = open_end;
        return true;
    }
    return get_number(f, FIRST_YEAR - 1, LAST_YEAR + 1, year);
}

static bool get_date(cpl_str f, int32_t *day) {
    cpl_iso iso;
    size_t offset;
    if (cpl_date_parse_iso(f, &iso, &offset) != COMPLAINT_OK || iso.parsed != COMPLAINT_PARSED_DAY) return false;
    *day = iso.day;
    return true;
}

/* `MM-DD`, 29 February allowed. */
static bool get_month_day(cpl_str f, int32_t *month, int32_t *day) {
    if (f.n != 5 || f.p[2] != '-') return false;
    cpl_date d = {2000, 0, 0};
    if (!get_number((cpl_str){f.p, 2}, 1, 12, &d.month) || !get_number((cpl_str){f.p + 3, 2}, 1, 31, &d.day) || !cpl_date_exists(d)) return false;
    *month = d.month;
    *day = d.day;
    return true;
}

/* `HH:MM` as milliseconds since 00:00. */
static bool get_clock(cpl_str f, int32_t *ms) {
    int32_t hour, minute;
    if (f.n != 5 || f.p[2] != ':') return false;
    if (!get_number((cpl_str){f.p, 2}, 0, 24, &hour) || !get_number((cpl_str){f.p + 3, 2}, 0, 59, &minute)) return false;
    *ms = (hour * 60 + minute) * CPL_MINUTE_MS;
    return *ms <= CPL_DAY_MS;
}

/* The number, from 1, of a word in a list. */
static bool get_word(cpl_str f, const char *const *words, int32_t count, int32_t *number) {
    for (int32_t i = 0; i < count; ++i) {
        if (!cpl_str_is(f, words[i])) continue;
        *number = i + 1;
        return true;
    }
    return false;
}

/* Confidence and source, the last two fields of most lines. */
static complaint_status get_source(reader *r, cpl_source *source) {
    static const char *const words[] = {"high", "medium", "low"};
    int32_t number;
    if (!get_word(r->field[r->count - 2], words, 3, &number)) return bad_field(r, r->count - 2);
    if (r->field[r->count - 1].n == 0) return bad_field(r, r->count - 1);
    *source = (cpl_source){r->field[r->count - 2], r->field[r->count - 1]};
    return COMPLAINT_OK;
}

/* The codes of the provinces, ISO 3166-2:TH. */
bool cpl_holiday_province(cpl_str f) {
    static const struct { int32_t first, last; } codes[] = {{10, 27}, {30, 49}, {50, 58}, {60, 67}, {70, 77}, {80, 86}, {90, 96}};
    int32_t code;
    if (f.n != 5 || memcmp(f.p, "TH-", 3) != 0 || !get_number((cpl_str){f.p + 3, 2}, 10, 99, &code)) return false;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; ++i) {
        if (code >= codes[i].first && code <= codes[i].last) return true;
    }
    return false;
}

/* Cuts the first word off `rest`; false when there is none. */
static bool next_word(cpl_str *rest, cpl_str *word) {
    while (rest->n && *rest->p == ' ') *rest = (cpl_str){rest->p + 1, rest->n - 1};
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ') ++n;
    if (n == 0) return false; /* a text that was never given has no first byte */
    *word = (cpl_str){rest->p, n};
    *rest = (cpl_str){rest->p + n, rest->n - n};
    return n > 0;
}

/* ---- lines ---------------------------------------------------------------------------------------------------------- */

static complaint_status read_format(reader *r) { return cpl_str_is(r->field[1], "1") ? COMPLAINT_OK : bad_field(r, 1); }

static complaint_status read_province(reader *r) {
    if (r->province_given) return refuse(r, "กำหนดจังหวัดแล้ว", "the province is given already");
    if (!cpl_holiday_province(r->field[1])) return bad_field(r, 1);
    r->data->province = r->field[1];
    r->province_given = true;
    return COMPLAINT_OK;
}

static complaint_status read_weekdays(reader *r, bool open[8]) {
    cpl_str rest = r->field[1], word;
    int32_t weekday = 0, last = 0;
    for (; next_word(&rest, &word); last = weekday) {
        if (!get_number(word, last + 1, COMPLAINT_SUNDAY, &weekday)) return bad_field(r, 1);
        open[weekday] = true;
    }
    return last ? COMPLAINT_OK : bad_field(r, 1);
}

static complaint_status read_week(reader *r) {
    bool open[8] = {false};
    complaint_status status = read_weekdays(r, open);
    if (status != COMPLAINT_OK) return status;
    memcpy(r->data->week, open, sizeof open);
    memcpy(r->data->open_weekday, open, sizeof open);
    return COMPLAINT_OK;
}

/* These offices have a week of their own; when holidays are substituted stays the government's affair. */
static complaint_status read_open(reader *r) {
    bool open[8] = {false};
    complaint_status status = read_weekdays(r, open);
    if (status == COMPLAINT_OK) memcpy(r->data->open_weekday, open, sizeof open);
    return status;
}

static complaint_status read_hours(reader *r) {
    cpl_office *office = &r->data->office[0];
    cpl_hours hours;
    if (!get_clock(r->field[1], &hours.from)) return bad_field(r, 1);
    if (!get_clock(r->field[2], &hours.until) || hours.until <= hours.from) return bad_field(r, 2);
    if (office->count == CPL_HOURS_MAX) return refuse(r, "ช่วงเวลาทำการมากเกินไป", "too many office hours");
    if (office->count && hours.from <= office->hours[office->count - 1].until) return refuse(r, "ช่วงเวลาทำการซ้อนกัน", "office hours overlap or are not in order");
    office->hours[office->count++] = hours;
    return COMPLAINT_OK;
}

/* `HH:MM-HH:MM`, in order and not touching the one before. */
static bool add_hours(cpl_str word, cpl_office *office) {
    cpl_hours h;
    if (office->count == CPL_HOURS_MAX || word.n != 11 || word.p[5] != '-') return false;
    if (!get_clock((cpl_str){word.p, 5}, &h.from) || !get_clock((cpl_str){word.p + 6, 5}, &h.until) || h.until <= h.from) return false;
    if (office->count && h.from <= office->hours[office->count - 1].until) return false;
    office->hours[office->count++] = h;
    return true;
}

bool cpl_holiday_office(cpl_str text, cpl_office *office) {
    cpl_office found = {.count = 0};
    cpl_str word;
    while (next_word(&text, &word)) {
        if (!add_hours(word, &found)) return false;
    }
    if (found.count) *office = found;
    return found.count > 0;
}

/* The hours of all days, or of one day of the week, in place of what was said before. */
static complaint_status read_office(reader *r) {
    int32_t weekday = 0;
    if (!cpl_str_is(r->field[1], "all") && !get_number(r->field[1], COMPLAINT_MONDAY, COMPLAINT_SUNDAY, &weekday)) return bad_field(r, 1);
    return cpl_holiday_office(r->field[2], &r->data->office[weekday]) ? COMPLAINT_OK : bad_field(r, 2);
}

static complaint_status read_anchor(reader *r) {
    cpl_holiday_data *d = r->data;
    int32_t year, day;
    if (d->anchor_year) return refuse(r, "มีวันอาสาฬหบูชาตั้งต้นแล้ว", "there is an anchor already");
    if (!get_number(r->field[1], FIRST_YEAR - 1, LAST_YEAR, &year)) return bad_field(r, 1);
    if (!get_date(r->field[2], &day) || cpl_date_thai(day).year != year) return bad_field(r, 2);
    d->anchor_year = year;
    d->anchor_day = day;
    return COMPLAINT_OK;
}

static complaint_status read_year(reader *r) {
    static const char *const types[] = {"normal", "adhikavan", "adhikamas"}, *const statuses[] = {"announced", "predicted"};
    cpl_holiday_data *d = r->data;
    cpl_year year = {.place = r->place};
    if (!get_number(r->field[1], FIRST_YEAR, LAST_YEAR, &year.be)) return bad_field(r, 1);
    if (!get_word(r->field[2], types, 3, &year.lunar)) return bad_field(r, 2);
    if (!get_word(r->field[3], statuses, 2, &year.status)) return bad_field(r, 3);
    complaint_status status = get_source(r, &year.source);
    if (status != COMPLAINT_OK) return status;
    if (d->year_count && year.be != d->years[d->year_count - 1].be + 1) return refuse(r, "ปีไม่ต่อเนื่องกัน", "the year does not follow the one before it");
    d->years[d->year_count++] = year;
    return COMPLAINT_OK;
}

static cpl_year *find_year(cpl_holiday_data *d, int32_t be) {
    for (size_t i = 0; i < d->year_count; ++i) {
        if (d->years[i].be == be) return &d->years[i];
    }
    return NULL;
}

/* A predicted year is announced; the announcement knows better what kind of year the moon makes of it. */
static complaint_status read_announce(reader *r) {
    static const char *const types[] = {"normal", "adhikavan", "adhikamas"};
    int32_t be, lunar = 0;
    if (!get_number(r->field[1], FIRST_YEAR, LAST_YEAR, &be)) return bad_field(r, 1);
    if (!is_open_end(r->field[2]) && !get_word(r->field[2], types, 3, &lunar)) return bad_field(r, 2);
    cpl_year *year = find_year(r->data, be);
    if (!year) return refuse(r, "ไม่มีปีนี้ในข้อมูล", "there is no such year in the data");
    if (year->status == COMPLAINT_ANNOUNCED) return refuse(r, "ปีนี้ประกาศแล้ว", "the year is announced already");
    complaint_status status = get_source(r, &year->source);
    if (status != COMPLAINT_OK) return status;
    year->status = COMPLAINT_ANNOUNCED;
    year->place = r->place;
    if (lunar) year->lunar = lunar;
    return COMPLAINT_OK;
}

static complaint_status read_area(reader *r) {
    cpl_holiday_data *d = r->data;
    cpl_area area = {r->field[1], optional(r->field[2]), cpl_str_is(r->field[3], "complete")};
    cpl_str rest = area.provinces, word;
    if (area.name.n == 0 || cpl_str_is(area.name, "national")) return bad_field(r, 1);
    while (next_word(&rest, &word)) {
        if (!cpl_holiday_province(word)) return bad_field(r, 2);
    }
    if (!area.complete && !cpl_str_is(r->field[3], "partial")) return bad_field(r, 3);
    for (size_t i = 0; i < d->area_count; ++i) {
        if (cpl_str_eq(d->areas[i].name, area.name)) return refuse(r, "มีพื้นที่ชื่อนี้แล้ว", "there is an area of that name already");
    }
    d->areas[d->area_count++] = area;
    return COMPLAINT_OK;
}

/* What fixed and lunar lines share: from field 2 first year, last year, run, Thai, English, confidence, source. */
static complaint_status read_rule(reader *r, cpl_rule rule) {
    cpl_holiday_data *d = r->data;
    if (!get_year(r->field[2], FIRST_YEAR - 1, &rule.first)) return bad_field(r, 2);
    if (!get_year(r->field[3], LAST_YEAR + 1, &rule.last) || rule.last < rule.first) return bad_field(r, 3);
    rule.run = optional(r->field[4]);
    rule.thai = r->field[5];
    rule.english = r->field[6];
    if (rule.thai.n == 0) return bad_field(r, 5);
    if (rule.english.n == 0) return bad_field(r, 6);
    complaint_status status = get_source(r, &rule.source);
    if (status != COMPLAINT_OK) return status;
    d->rules[d->rule_count++] = rule;
    return COMPLAINT_OK;
}

static complaint_status read_fixed(reader *r) {
    cpl_rule rule = {0};
    if (!get_month_day(r->field[1], &rule.month, &rule.day)) return bad_field(r, 1);
    return read_rule(r, rule);
}

static complaint_status read_lunar(reader *r) {
    static const char *const feasts[] = {"makha", "visakha", "asalha", "phansa"};
    cpl_rule rule = {0};
    if (!get_word(r->field[1], feasts, 4, &rule.feast)) return bad_field(r, 1);
    return read_rule(r, rule);
}

/* The date in field 1, the source at the end, and the line into the list. */
static complaint_status read_decision(reader *r, cpl_decision decision) {
    cpl_holiday_data *d = r->data;
    if (!get_date(r->field[1], &decision.day)) return bad_field(r, 1);
    complaint_status status = get_source(r, &decision.source);
    if (status != COMPLAINT_OK) return status;
    decision.place = r->place;
    d->decisions[d->decision_count++] = decision;
    return COMPLAINT_OK;
}

static complaint_status read_add(reader *r) {
    static const char *const kinds[] = {"substitution", "special", "ploughing"};
    cpl_decision decision = {.what = COMPLAINT_DECISION_ADD, .thai = r->field[4], .english = r->field[5]};
    if (!get_word(r->field[2], kinds, 3, &decision.kind)) return bad_field(r, 2);
    decision.kind += COMPLAINT_HOLIDAY_SUBSTITUTION - 1;
    if (r->field[3].n == 0) return bad_field(r, 3);
    if (!cpl_str_is(r->field[3], "national")) decision.area = r->field[3];
    if (decision.thai.n == 0) return bad_field(r, 4);
    if (decision.english.n == 0) return bad_field(r, 5);
    return read_decision(r, decision);
}

static complaint_status read_move(reader *r) {
    cpl_decision decision = {.what = COMPLAINT_DECISION_MOVE};
    return get_date(r->field[2], &decision.other) ? read_decision(r, decision) : bad_field(r, 2);
}

static complaint_status read_pay(reader *r) {
    cpl_decision decision = {.what = COMPLAINT_DECISION_PAY, .kind = COMPLAINT_HOLIDAY_SUBSTITUTION};
    return get_date(r->field[2], &decision.other) ? read_decision(r, decision) : bad_field(r, 2);
}

static complaint_status read_suspend(reader *r) { return read_decision(r, (cpl_decision){.what = COMPLAINT_DECISION_SUSPEND}); }

static complaint_status read_confidence(reader *r) { return read_decision(r, (cpl_decision){.what = CPL_DECISION_CONFIDENCE}); }

static complaint_status read_shorten(reader *r) {
    cpl_decision decision = {.what = COMPLAINT_DECISION_SHORTEN};
    return cpl_holiday_office(r->field[2], &decision.office) ? read_decision(r, decision) : bad_field(r, 2);
}

/* Marks what was decided before for the day of the last line; `only` 0: whatever it was. Answers how much. */
static size_t withdraw_earlier(cpl_holiday_data *d, int32_t only) {
    size_t marked = 0, last = d->decision_count - 1;
    for (size_t i = 0; i < last; ++i) {
        cpl_decision *one = &d->decisions[i];
        if (one->withdrawn || one->day != d->decisions[last].day || (only && one->what != only)) continue;
        one->withdrawn = true;
        one->withdrawal = d->decisions[last].source;
        ++marked;
    }
    return marked;
}

/* Takes back what was decided before for that day; it stays known as withdrawn. */
static complaint_status read_withdraw(reader *r) {
    complaint_status status = read_decision(r, (cpl_decision){0});
    if (status != COMPLAINT_OK) return status;
    size_t marked = withdraw_earlier(r->data, 0);
    --r->data->decision_count;
    return marked ? COMPLAINT_OK : refuse(r, "ไม่มีประกาศของวันนี้ให้ถอน", "there is no decision for that day to withdraw");
}

static complaint_status read_remove(reader *r) { return read_decision(r, (cpl_decision){.what = COMPLAINT_DECISION_REMOVE}); }

static complaint_status read_clear(reader *r) {
    complaint_status status = read_decision(r, (cpl_decision){.what = COMPLAINT_DECISION_OVERRIDE});
    if (status == COMPLAINT_OK) withdraw_earlier(r->data, COMPLAINT_DECISION_SHORTEN);
    return status;
}

/* ---- texts ---------------------------------------------------------------------------------------------------------- */

static const struct keyword {
    const char *word;
    size_t fields;
    complaint_status (*read)(reader *r);
    bool heads; /* written by the definition itself, so not repeated from the text */
} keywords[] = {
    {"format", 2, read_format, true},  {"province", 2, read_province, true},  {"week", 2, read_week, false},
    {"hours", 3, read_hours, false},   {"asalha", 3, read_anchor, false},     {"year", 6, read_year, false},
    {"area", 5, read_area, false},     {"fixed", 9, read_fixed, false},       {"lunar", 9, read_lunar, false},
    {"add", 8, read_add, false},       {"move", 5, read_move, false},         {"suspend", 4, read_suspend, false},
    {"pay", 5, read_pay, false},       {"withdraw", 4, read_withdraw, false}, {"confidence", 4, read_confidence, false},
    {"office", 3, read_office, false}, {"announce", 5, read_announce, false}, {"shorten", 5, read_shorten, false},
    {"remove", 4, read_remove, false}, {"clear", 4, read_clear, false},       {"open", 2, read_open, false},
};

static const struct keyword *find_keyword(cpl_str word) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; ++i) {
        if (cpl_str_is(word, keywords[i].word)) return &keywords[i];
    }
    return NULL;
}

static cpl_str trim(cpl_str s) {
    while (s.n && (*s.p == ' ' || *s.p == '\t')) s = (cpl_str){s.p + 1, s.n - 1};
    while (s.n && strchr(" \t\r", s.p[s.n - 1])) --s.n;
    return s;
}

/* Cuts `text` at `separator`: the piece before it, and the rest. False when nothing is left. */
static bool cut(cpl_str *text, char separator, cpl_str *piece) {
    if (!text->p) return false;
    const char *end = text->n ? memchr(text->p, separator, text->n) : NULL;
    size_t n = end ? (size_t)(end - text->p) : text->n;
    *piece = (cpl_str){text->p, n};
    *text = end ? (cpl_str){end + 1, text->n - n - 1} : (cpl_str){NULL, 0};
    return true;
}

/* False when there are too many. */
static bool split(reader *r, cpl_str line) {
    cpl_str piece;
    for (r->count = 0; cut(&line, '\t', &piece);) {
        if (r->count == FIELDS_MAX) return false;
        r->field[r->count++] = trim(piece);
    }
    return true;
}

static complaint_status read_line(reader *r, cpl_str line, cpl_buf *definition) {
    const struct keyword *k = split(r, line) ? find_keyword(r->field[0]) : NULL;
    if (!k) return refuse(r, "ไม่รู้จักบรรทัดนี้", "this line is not known");
    if (r->count != k->fields) return refuse(r, "จำนวนช่องไม่ถูกต้อง", "the number of fields is not right; they are separated by one tab");
    complaint_status status = k->read(r);
    for (size_t i = 0; status == COMPLAINT_OK && !k->heads && i < r->count; ++i) {
        cpl_buf_str(definition, r->field[i]);
        cpl_buf_putc(definition, i + 1 < r->count ? '\t' : '\n');
    }
    return status;
}

static complaint_status check_utf8(cpl_calendar_text text, complaint_error *e) {
    size_t offset = 0;
    complaint_status status = cpl_utf8_check(text.text, &offset);
    if (status == COMPLAINT_OK) return status;
    cpl_fail(e, status, "calendar");
    cpl_error_at(e, text.name, 0, (int64_t)offset);
    return status;
}

static complaint_status read_text(reader *r, cpl_calendar_text text, cpl_buf *definition) {
    complaint_status status = check_utf8(text, r->e);
    cpl_str rest = text.text, line;
    r->place = (cpl_place){text.name, 0};
    while (status == COMPLAINT_OK && cut(&rest, '\n', &line)) {
        ++r->place.line;
        line = trim(line);
        if (line.n && *line.p != '#') status = read_line(r, line, definition);
    }
    return status;
}

static size_t count_lines(const cpl_calendar_text *texts, size_t count) {
    size_t lines = 0;
    for (size_t i = 0; i < count; ++i) {
        ++lines;
        for (size_t k = 0; k < texts[i].text.n; ++k) lines += texts[i].text.p[k] == '\n';
    }
    return lines;
}

/* Each list can hold every line. */
static bool make_room(cpl_holiday_data *d, size_t lines, cpl_arena *scratch) {
    if (lines > SIZE_MAX / sizeof(cpl_decision)) return false;
    d->years = cpl_arena_alloc(scratch, lines * sizeof *d->years);
    d->areas = cpl_arena_alloc(scratch, lines * sizeof *d->areas);
    d->rules = cpl_arena_alloc(scratch, lines * sizeof *d->rules);
    d->decisions = cpl_arena_alloc(scratch, lines * sizeof *d->decisions);
    return d->years && d->areas && d->rules && d->decisions;
}

static complaint_status check_whole(const cpl_holiday_data *d, complaint_error *e) {
    bool week = false;
    for (int i = 1; i <= 7; ++i) week = week || d->week[i];
    if (!week || d->office[0].count == 0) return cpl_failf(e, COMPLAINT_E_INVALID, "calendar", "ไม่มีวันหรือเวลาทำการ", "there are no office days or no office hours");
    if (d->year_count == 0) return cpl_failf(e, COMPLAINT_E_INVALID, "calendar", "ไม่มีข้อมูลของปีใดเลย", "there is no year");
    if (d->anchor_year + 1 != d->years[0].be) {
        return cpl_failf(e, COMPLAINT_E_INVALID, "calendar", "ไม่มีวันอาสาฬหบูชาของ พ.ศ. %d", "there is no Asalha Bucha of B.E. %d to count from", (int)d->years[0].be - 1);
    }
    return COMPLAINT_OK;
}

complaint_status cpl_holiday_read(const cpl_calendar_text *texts, size_t count, cpl_str province, cpl_arena *scratch, cpl_holiday_data *data, cpl_buf *definition,
                                  complaint_error *e) {
    *data = (cpl_holiday_data){.province = province};
    reader r = {.data = data, .e = e, .province_given = province.n > 0};
    if (province.n && !cpl_holiday_province(province)) return cpl_failf(e, COMPLAINT_E_INVALID, "province", "ไม่มีจังหวัดรหัสนี้", "there is no province of that code");
    if (!make_room(data, count_lines(texts, count), scratch)) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; i < count; ++i) {
        complaint_status status = read_text(&r, texts[i], definition);
        if (status != COMPLAINT_OK) return status;
    }
    return check_whole(data, e);
}
