/*
 * How a cell of a page is said: to a person in Thai, to a program as it is.
 */
#include "cli.h"

#include <string.h>

enum { EXCERPT = 48, GLIMPSE = 28 };

/* Not yet, or never: a case without a running clock has a deadline at the end of time. */
static bool is_never(int64_t instant) { return instant == 0 || instant >= INT64_MAX - 1; }

static void add_time(int64_t instant, bool people, buffer *out) {
    if (is_never(instant)) return;
    add_instant(out, instant, people ? COMPLAINT_DATE_SHORT : COMPLAINT_DATE_ISO);
}

static void add_day(int64_t day, bool people, buffer *out) {
    char text[160];
    size_t needed = 0;
    int32_t style = people ? COMPLAINT_DATE_SHORT : COMPLAINT_DATE_ISO, extra = people ? COMPLAINT_WITH_WEEKDAY : 0;
    if (complaint_date_format((int32_t)day, style, extra, text, sizeof text, &needed) == COMPLAINT_OK) add_text(out, text);
}

static void add_deadline_cell(int64_t instant, buffer *out) {
    if (!is_never(instant)) add_deadline(out, instant);
}

static void add_left(const cli *c, int64_t instant, buffer *out) {
    if (is_never(instant)) return;
    int64_t left = instant - host_now(c);
    add_deadline(out, instant);
    add_text(out, left > 0 ? " (เหลือ " : " (เกิน ");
    add_duration(out, left > 0 ? left : -left);
    add_text(out, ")");
}

static void add_register(const complaint_page *page, int64_t row, buffer *out) {
    int64_t number = complaint_page_integer_of(page, row, "register_number");
    if (number == 0) return;
    add_number(out, number);
    add_text(out, "/");
    add_number(out, complaint_page_integer_of(page, row, "fiscal_year"));
}

/* `12/2569`, or `เดิม:12/68`: the old register's, which is no number of this. Nothing when it has none in either. */
static void add_any_number(const complaint_page *page, int64_t row, buffer *out) {
    const char *legacy = complaint_page_text_of(page, row, "legacy_number");
    add_register(page, row, out);
    if (complaint_page_integer_of(page, row, "register_number") || *legacy == '\0' || strcmp(legacy, "-") == 0) return;
    add_text(out, LEGACY_MARK);
    add_text(out, legacy);
}

/* `5 พ.ย.`, `พฤ. 5 พ.ย.`: a day of this year; one of another year has its year. */
static void add_near_day(const cli *c, int32_t day, int32_t extra, buffer *out) {
    char text[160];
    size_t needed = 0;
    int32_t year = 0, this_year = 0, month, day_of_month;
    if (complaint_date_format(day, COMPLAINT_DATE_SHORT, extra, text, sizeof text, &needed) != COMPLAINT_OK) return;
    bool known = complaint_date_to_thai(day, &year, &month, &day_of_month) == COMPLAINT_OK && complaint_date_to_thai(host_today(c), &this_year, &month, &day_of_month) == COMPLAINT_OK;
    char *last = strrchr(text, ' ');
    if (known && year == this_year && last) *last = '\0';
    add_text(out, text);
}

/* `5 พ.ย. 08.30 น.`. */
static void add_moment(const cli *c, int64_t instant, buffer *out) {
    char time[160];
    size_t needed = 0;
    int32_t day = 0;
    int64_t millisecond = 0;
    if (is_never(instant) || complaint_date_of_instant(instant, &day, &millisecond) != COMPLAINT_OK) return;
    if (complaint_date_format_time(instant, 0, time, sizeof time, &needed) != COMPLAINT_OK) return;
    add_near_day(c, day, 0, out);
    add_text(out, " ");
    add_text(out, time);
}

/* What is left, or by how much it is over; a deadline that is the end of today, or of another day, is said as that. */
static void add_soon(const cli *c, int64_t instant, buffer *out) {
    int32_t day = 0;
    int64_t millisecond = 0, left = instant - host_now(c);
    if (is_never(instant) || complaint_date_of_instant(instant, &day, &millisecond) != COMPLAINT_OK) return;
    if (left <= 0) {
        add_text(out, "เกินกำหนด ");
        add_duration(out, -left);
    } else if (millisecond == 0 && day - 1 == host_today(c)) {
        add_text(out, "ภายในวันนี้");
    } else if (millisecond == 0) {
        add_text(out, "ภายใน ");
        add_near_day(c, day - 1, COMPLAINT_WITH_WEEKDAY, out);
    } else {
        add_moment(c, instant, out);
    }
}

/* Whether a clock was kept. */
static void add_late(const cli *c, const complaint_page *page, int64_t row, int64_t late, buffer *out) {
    const char *state = complaint_page_text_of(page, row, "state");
    if (strcmp(state, "running") == 0) {
        bool over = complaint_page_integer_of(page, row, "due_at") <= host_now(c);
        add_text(out, over ? "เกินกำหนดแล้ว" : "กำลังนับ");
    } else if (strcmp(state, "paused") == 0) {
        add_text(out, word_of("clock", state));
    } else if (strcmp(state, "stopped") != 0) { /* neither in time nor late; when it was missed by then, that is not hidden */
        add_text(out, "ยกเลิก");
        if (late > 0) add_text(out, " (เกินกำหนดแล้ว "), add_duration(out, late), add_text(out, ")");
    } else if (late > 0) {
        add_text(out, "ช้า ");
        add_duration(out, late);
    } else {
        add_text(out, "ทันกำหนด");
    }
    if (complaint_page_integer_of(page, row, "extended") > 0) add_text(out, " (ขยายเวลาแล้ว)");
    if (complaint_page_integer_of(page, row, "interim") > 0) add_text(out, " (รายงานความคืบหน้าแล้ว)");
}

/* The first line's beginning. */
static void add_excerpt(const char *text, size_t columns, buffer *out) {
    size_t line = strcspn(text, "\r\n"), fits = fitting_bytes(text, columns);
    size_t size = fits < line ? fits : line;
    add(out, text, size);
    if (text[size]) add_text(out, "…");
}

static void add_word(const column *shown, const complaint_page *page, int64_t row, int32_t at, buffer *out) {
    buffer code = {0};
    if (complaint_page_type(page, row, at) == COMPLAINT_INT64)
        add_number(&code, complaint_page_integer(page, row, at));
    else
        add_text(&code, complaint_page_text(page, row, at));
    add_text(out, word_of(shown->group, code.data));
    release(&code);
}

static void add_raw(const complaint_page *page, int64_t row, int32_t at, buffer *out) {
    if (complaint_page_type(page, row, at) == COMPLAINT_INT64)
        add_number(out, complaint_page_integer(page, row, at));
    else
        add_text(out, complaint_page_text(page, row, at));
}

/* ---- duties ---- */

/* A day is missed when it is over; until then there is time. */
static const char *duty_state(const cli *c, const complaint_page *page, int64_t row) {
    if (complaint_page_integer_of(page, row, "checked_at") != 0) return "checked";
    int64_t day = complaint_page_integer_of(page, row, "day");
    return day < host_today(c) ? "missed" : day > host_today(c) ? "ahead" : "open";
}

/* ---- who is asked ---- */

static const complaint_page *referrals_of(const cli *c, int64_t id) {
    lookup *l = c->lookup;
    if (l->referrals_of == id) return l->referrals;
    complaint_page *found = NULL;
    if (complaint_desk_referrals(c->desk, c->actor, id, &found) != COMPLAINT_OK) return NULL;
    complaint_page_free(l->referrals);
    l->referrals = found;
    l->referrals_of = id;
    return found;
}

/* A clock is one referral's, or the case's: then it is about all that have not answered. */
static bool is_asked(const complaint_page *referrals, int64_t at, int64_t wanted) {
    const char *state = complaint_page_text_of(referrals, at, "state");
    if (wanted != 0) return complaint_page_integer_of(referrals, at, "seq") == wanted;
    return strcmp(state, "sent") == 0 || strcmp(state, "accepted") == 0;
}

static const char *phone_of(const cli *c, const char *unit) {
    const char *phone = complaint_policy_unit_phone(c->policy, unit);
    return phone ? phone : "";
}

static void add_asked(const cli *c, const complaint_page *page, int64_t row, bool phones, bool people, buffer *out) {
    const complaint_page *referrals = referrals_of(c, complaint_page_integer_of(page, row, "case_id"));
    int64_t wanted = complaint_page_integer_of(page, row, "referral");
    for (int64_t i = 0; i < complaint_page_count(referrals); i++) {
        if (!is_asked(referrals, i, wanted)) continue;
        const char *unit = complaint_page_text_of(referrals, i, "unit");
        const char *said = phones ? phone_of(c, unit) : people ? label_of(c, COMPLAINT_CODE_UNIT, unit) : unit;
        if (*said && out->size > 0) add_text(out, people ? ", " : ",");
        add_text(out, said);
    }
}

/* ---- the case of a row ---- */

/* A clock is a unit's, by its referral, or the case's. */
static const char *unit_of_clock(const cli *c, const complaint_page *page, int64_t row, const column *shown) {
    int64_t id = complaint_page_integer_of(page, row, "case_id"), wanted = complaint_page_integer_of(page, row, "referral");
    const complaint_page *referrals = wanted ? referrals_of(c, id) : NULL, *found = wanted ? NULL : case_of(c, id);
    for (int64_t i = 0; referrals && i < complaint_page_count(referrals); i++)
        if (complaint_page_integer_of(referrals, i, "seq") == wanted) return complaint_page_text_of(referrals, i, "unit");
    return found && strcmp(shown->name, "lead_unit") == 0 ? complaint_page_text_of(found, 0, "lead_unit") : "";
}

const complaint_page *case_of(const cli *c, int64_t id) {
    lookup *l = c->lookup;
    if (l->case_id == id) return l->page;
    complaint_page *found = NULL;
    if (complaint_desk_case(c->desk, c->actor, id, &found) != COMPLAINT_OK) return NULL;
    complaint_page_free(l->page);
    l->page = found;
    l->case_id = id;
    return found;
}

/* A notice may be about a message or a day instead. */
static bool is_about(const complaint_page *page, int64_t row, const char *what) { return strcmp(complaint_page_text_of(page, row, "about"), what) == 0; }

static int64_t case_id_of(const complaint_page *page, int64_t row) { return complaint_page_integer_of(page, row, is_about(page, row, "case") ? "stream" : "case_id"); }

/* Which body it is that passed the matter on. */
static void add_body(const cli *c, const complaint_page *page, int64_t row, const char *recipient, buffer *out) {
    const complaint_page *found = strcmp(recipient, "origin") == 0 ? case_of(c, case_id_of(page, row)) : NULL;
    if (!found) return;
    add_text(out, " ");
    add_text(out, label_of(c, COMPLAINT_CODE_ORIGIN, complaint_page_text_of(found, 0, "origin")));
}

static void add_clock(const cli *c, const complaint_page *page, int64_t row, const column *shown, buffer *out) {
    const char *unit = unit_of_clock(c, page, row, shown);
    add_text(out, label_of(c, COMPLAINT_CODE_CLOCK, complaint_page_text_of(page, row, shown->name)));
    if (*unit == '\0') return;
    add_text(out, " (");
    add_text(out, label_of(c, COMPLAINT_CODE_UNIT, unit));
    add_text(out, ")");
}

/* A row that lacks the column, but says which case it belongs to, stands for that case's row. */
static const complaint_page *page_with(const cli *c, const complaint_page *page, int64_t *row, const column *shown) {
    int64_t id = case_id_of(page, *row);
    bool computed = shown->cell == CELL_UNITS || shown->cell == CELL_PHONES || shown->cell == CELL_WHOSE || shown->cell == CELL_DUTY;
    if (computed || complaint_page_column_find(page, shown->name) >= 0 || id == 0) return page;
    const complaint_page *found = case_of(c, id);
    if (found) *row = 0;
    return found ? found : page;
}

/* A case that has no number in any register is known by its id. */
static void add_name_of_case(const complaint_page *page, int64_t row, buffer *out) {
    size_t before = out->size;
    add_any_number(page, row, out);
    if (out->size == before && complaint_page_integer_of(page, row, "case_id")) add_number(out, complaint_page_integer_of(page, row, "case_id"));
}

void add_case_number(const cli *c, int64_t id, buffer *out) {
    if (id == 0) return; /* none */
    const complaint_page *found = case_of(c, id);
    if (found)
        add_name_of_case(found, 0, out);
    else
        add_number(out, id);
}

/* What a notice is about. */
static void add_stream(const cli *c, const complaint_page *page, int64_t row, int64_t stream, buffer *out) {
    if (is_about(page, row, "message")) add_text(out, "ข้อความ ");
    if (is_about(page, row, "message")) add_number(out, stream);
    else if (is_about(page, row, "day")) add_day(stream, true, out);
    else add_case_number(c, stream, out);
}

/* What a cell says to a program: the code, the number, the ISO time. */
static void add_plain(const cli *c, const complaint_page *page, int64_t row, const column *shown, buffer *out) {
    int32_t at = complaint_page_column_find(page, shown->name);
    int64_t number = complaint_page_integer(page, row, at);
    switch (shown->cell) {
    case CELL_TIME:
    case CELL_DATE:
    case CELL_MOMENT:
    case CELL_DEADLINE:
    case CELL_LEFT:
    case CELL_SOON:
        add_time(number, false, out);
        break;
    case CELL_FLAGS:
        add_flags(c, out, number, false);
        break;
    case CELL_REGISTER:
        add_register(page, row, out);
        break;
    case CELL_KNOWN_AS:
        add_any_number(page, row, out);
        break;
    case CELL_DAY:
    case CELL_NEAR_DAY:
        add_day(number, false, out);
        break;
    case CELL_DUTY:
        add_text(out, duty_state(c, page, row));
        break;
    case CELL_UNITS:
    case CELL_PHONES:
        add_asked(c, page, row, shown->cell == CELL_PHONES, false, out);
        break;
    case CELL_WHOSE:
        add_text(out, unit_of_clock(c, page, row, shown));
        break;
    default:
        add_raw(page, row, at, out);
        break;
    }
}

/* Days and times; false when the cell is none. */
static bool add_spoken_time(const cli *c, int64_t number, enum cell cell, buffer *out) {
    switch (cell) {
    case CELL_TIME:
        return add_time(number, true, out), true;
    case CELL_MOMENT:
        return add_moment(c, number, out), true;
    case CELL_DATE:
        if (!is_never(number)) add_date(out, number);
        return true;
    case CELL_DAY:
        return add_day(number, true, out), true;
    case CELL_NEAR_DAY:
        return add_near_day(c, (int32_t)number, COMPLAINT_WITH_WEEKDAY, out), true;
    case CELL_DEADLINE:
        return add_deadline_cell(number, out), true;
    case CELL_LEFT:
        return add_left(c, number, out), true;
    case CELL_SOON:
        return add_soon(c, number, out), true;
    default:
        return false;
    }
}

/* What is put together from several columns of a row; false when the cell is none. */
static bool add_spoken_row(const cli *c, const complaint_page *page, int64_t row, int64_t number, enum cell cell, buffer *out) {
    switch (cell) {
    case CELL_REGISTER:
        return add_register(page, row, out), true;
    case CELL_KNOWN_AS:
        return add_name_of_case(page, row, out), true;
    case CELL_CASE:
        return add_case_number(c, number, out), true;
    case CELL_STREAM:
        return add_stream(c, page, row, number, out), true;
    case CELL_LATE:
        return add_late(c, page, row, number, out), true;
    case CELL_DUTY:
        return add_text(out, word_of("duty", duty_state(c, page, row))), true;
    case CELL_UNITS:
    case CELL_PHONES:
        return add_asked(c, page, row, cell == CELL_PHONES, true, out), true;
    default:
        return false;
    }
}

/* What a cell says to a person. */
static void add_spoken(const cli *c, const complaint_page *page, int64_t row, const column *shown, buffer *out) {
    int32_t at = complaint_page_column_find(page, shown->name);
    int64_t number = complaint_page_integer(page, row, at);
    const char *text = complaint_page_text(page, row, at);
    if (add_spoken_time(c, number, shown->cell, out) || add_spoken_row(c, page, row, number, shown->cell, out)) return;
    switch (shown->cell) {
    case CELL_CODE:
        add_text(out, label_of(c, shown->kind, text));
        break;
    case CELL_CLOCK:
        add_clock(c, page, row, shown, out);
        break;
    case CELL_WHOSE:
        add_text(out, label_of(c, COMPLAINT_CODE_UNIT, unit_of_clock(c, page, row, shown)));
        break;
    case CELL_WORD:
        add_word(shown, page, row, at, out);
        break;
    case CELL_CHOICE:
        add_text(out, choice_of(c, shown->group, text));
        break;
    case CELL_FLAGS:
        add_flags(c, out, number, true);
        break;
    case CELL_RECIPIENT:
        add_recipient(c, text, out);
        add_body(c, page, row, text, out);
        break;
    case CELL_EXCERPT:
    case CELL_GLIMPSE:
        add_excerpt(text, shown->cell == CELL_EXCERPT ? EXCERPT : GLIMPSE, out);
        break;
    default:
        add_raw(page, row, at, out);
        break;
    }
}

/* Whoever reads the words has to know that their sender took them back, also where a screen has no room for more columns. */
static void add_mark(const complaint_page *page, int64_t row, const column *shown, buffer *out) {
    bool words = shown->cell == CELL_EXCERPT || shown->cell == CELL_GLIMPSE;
    if (words && complaint_page_integer_of(page, row, "unsent_at")) add_text(out, "[ผู้ส่งยกเลิกแล้ว] ");
}

void add_cell(const cli *c, const complaint_page *page, int64_t row, const column *shown, bool people, buffer *out) {
    page = page_with(c, page, &row, shown);
    if (people) add_mark(page, row, shown, out);
    if (complaint_page_masked(page, row, complaint_page_column_find(page, shown->name)))
        add_text(out, people ? "[ปกปิด]" : "[masked]");
    else if (people)
        add_spoken(c, page, row, shown, out);
    else
        add_plain(c, page, row, shown, out);
}
