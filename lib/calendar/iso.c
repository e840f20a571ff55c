/*
 * calendar/iso: reads dates in ISO layout.
 *
 * Owns: one grammar, strictly: YYYY-MM-DD [ T HH:MM [ :SS [ .F{1,3} ] ] [ Z | (+|-)HH:MM ] ]. Must not know: the Buddhist era, the forms in
 * which people write dates.
 */
#include "calendar/calendar.h"

typedef struct cursor {
    cpl_str text;
    size_t at;
    bool bad; /* sticks, with `at` on the byte that cannot be */
} cursor;

static char peek(const cursor *c) { return c->at < c->text.n ? c->text.p[c->at] : '\0'; }

static bool at_end(const cursor *c) { return c->at == c->text.n; }

static bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }

/* Exactly `count` digits. */
static int32_t digits(cursor *c, int count) {
    int32_t value = 0;
    for (; !c->bad && count > 0; --count) {
        if (at_end(c) || !is_digit(peek(c))) {
            c->bad = true;
            return 0;
        }
        value = value * 10 + (peek(c) - '0');
        ++c->at;
    }
    return value;
}

/* Two digits from `least` to `most`; the error points at the first of them. */
static int32_t pair(cursor *c, int32_t least, int32_t most) {
    size_t start = c->at;
    int32_t value = digits(c, 2);
    if (!c->bad && (value < least || value > most)) {
        c->bad = true;
        c->at = start;
    }
    return value;
}

static void expect(cursor *c, char ch) {
    if (c->bad) return;
    if (at_end(c) || peek(c) != ch)
        c->bad = true;
    else
        ++c->at;
}

static bool accept(cursor *c, char ch) {
    if (c->bad || at_end(c) || peek(c) != ch) return false;
    ++c->at;
    return true;
}

static cpl_date read_date(cursor *c) {
    cpl_date d = {0, 0, 0};
    d.year = digits(c, 4);
    expect(c, '-');
    d.month = pair(c, 1, 12);
    expect(c, '-');
    size_t start = c->at;
    d.day = pair(c, 1, 31);
    /* There is no year 0000; it is out of range like 0001. */
    cpl_date probe = {d.year ? d.year : 4, d.month, d.day};
    if (!c->bad && !cpl_date_exists(probe)) {
        c->bad = true;
        c->at = start;
    }
    return d;
}

static int32_t read_fraction(cursor *c) {
    int32_t value = digits(c, 1) * 100;
    if (!at_end(c) && is_digit(peek(c))) value += digits(c, 1) * 10;
    if (!at_end(c) && is_digit(peek(c))) value += digits(c, 1);
    return value;
}

/* Milliseconds since 00:00; 24:00 only with zeros behind it. */
static int64_t read_time(cursor *c) {
    size_t start = c->at;
    int64_t hour = pair(c, 0, 24);
    expect(c, ':');
    int64_t ms = pair(c, 0, 59) * (int64_t)CPL_MINUTE_MS;
    if (accept(c, ':')) {
        ms += pair(c, 0, 59) * 1000;
        if (accept(c, '.')) ms += read_fraction(c);
    }
    if (!c->bad && hour == 24 && ms != 0) {
        c->bad = true;
        c->at = start;
    }
    return hour * 60 * CPL_MINUTE_MS + ms;
}

/* Milliseconds by which the clock of the text is ahead of UTC. */
static int64_t read_offset(cursor *c) {
    if (c->bad || at_end(c)) return CPL_BANGKOK_MS;
    if (accept(c, 'Z')) return 0;
    bool west = accept(c, '-');
    if (!west) expect(c, '+');
    int64_t hours = pair(c, 0, 23);
    expect(c, ':');
    int64_t minutes = hours * 60 + pair(c, 0, 59);
    return (west ? -minutes : minutes) * CPL_MINUTE_MS;
}

complaint_status cpl_date_parse_iso(cpl_str text, cpl_iso *result, size_t *offset) {
    cursor c = {text, 0, false};
    cpl_date d = read_date(&c);
    bool timed = accept(&c, 'T');
    int64_t time = timed ? read_time(&c) : 0;
    int64_t ahead = timed ? read_offset(&c) : CPL_BANGKOK_MS;
    if (!c.bad && !at_end(&c)) c.bad = true;
    *offset = c.bad ? c.at : 0;
    if (c.bad) return COMPLAINT_E_INVALID;
    if (d.year == 0) return COMPLAINT_E_RANGE;
    int64_t instant = (int64_t)cpl_date_raw(d) * CPL_DAY_MS + time - ahead;
    if (!cpl_instant_in_range(instant)) return COMPLAINT_E_RANGE;
    result->parsed = timed ? COMPLAINT_PARSED_INSTANT : COMPLAINT_PARSED_DAY;
    result->day = cpl_instant_day(instant);
    result->instant = instant;
    return COMPLAINT_OK;
}
