/*
 * calendar/style: writes dates and times.
 *
 * Owns: Thai digits, the styles of date.h. Must not know: the buffers of callers; reading.
 */
#include "calendar/format.h"

static bool known(int32_t style, int32_t options) {
    if (options & ~(COMPLAINT_DIGITS_THAI | COMPLAINT_WITH_WEEKDAY)) return false;
    if (style == COMPLAINT_DATE_ISO) return options == 0;
    return style >= COMPLAINT_DATE_LONG && style <= COMPLAINT_DATE_OFFICIAL;
}

complaint_status cpl_writer_begin(cpl_writer *w, char *out, int32_t style, int32_t options) {
    if (!known(style, options)) return COMPLAINT_E_INVALID;
    *w = (cpl_writer){out, style, style == COMPLAINT_DATE_OFFICIAL || (options & COMPLAINT_DIGITS_THAI) != 0, (options & COMPLAINT_WITH_WEEKDAY) != 0};
    return COMPLAINT_OK;
}

size_t cpl_writer_end(cpl_writer *w, const char *begin) {
    *w->out = '\0';
    return (size_t)(w->out - begin);
}

static void put_digit(cpl_writer *w, int32_t digit) {
    if (!w->thai) {
        *w->out++ = (char)('0' + digit);
        return;
    }
    memcpy(w->out, "\xE0\xB9", 2); /* ๐ is U+0E50: E0 B9 90 */
    w->out[2] = (char)(0x90 + digit);
    w->out += 3;
}

static void put_two(cpl_writer *w, int32_t value) {
    put_digit(w, value / 10);
    put_digit(w, value % 10);
}

void cpl_put_number(cpl_writer *w, int32_t value) {
    if (value >= 10) put_digit(w, value / 10);
    put_digit(w, value % 10);
}

void cpl_put_year(cpl_writer *w, int32_t year) {
    put_two(w, year / 100);
    put_two(w, year % 100);
}

static void put_numeric(cpl_writer *w, const cpl_date *d) {
    put_two(w, d->day);
    cpl_put(w, CPL_LIT("/"));
    put_two(w, d->month);
    cpl_put(w, CPL_LIT("/"));
    cpl_put_year(w, d->year);
}

static void put_iso(cpl_writer *w, const cpl_date *d) {
    cpl_put_year(w, d->year);
    cpl_put(w, CPL_LIT("-"));
    put_two(w, d->month);
    cpl_put(w, CPL_LIT("-"));
    put_two(w, d->day);
}

void cpl_put_lead(cpl_writer *w, int32_t day) {
    const cpl_date_name *name = &cpl_weekday_names[cpl_date_weekday(day)];
    bool full = w->style == COMPLAINT_DATE_LONG || w->style == COMPLAINT_DATE_OFFICIAL;
    if (w->weekday && full) {
        cpl_put(w, CPL_LIT("วัน"));
        cpl_put(w, name->full);
        cpl_put(w, CPL_LIT("ที่ "));
    } else if (w->weekday) {
        cpl_put(w, name->brief);
        cpl_put(w, CPL_LIT(" "));
    } else if (w->style == COMPLAINT_DATE_OFFICIAL) {
        cpl_put(w, CPL_LIT("วันที่ "));
    }
}

void cpl_put_month(cpl_writer *w, int32_t month) {
    const cpl_date_name *name = &cpl_month_names[month];
    cpl_put(w, w->style == COMPLAINT_DATE_OFFICIAL ? CPL_LIT(" เดือน ") : CPL_LIT(" "));
    cpl_put(w, w->style == COMPLAINT_DATE_SHORT ? name->brief : name->full);
}

void cpl_put_year_after(cpl_writer *w, int32_t year) {
    cpl_put(w, w->style == COMPLAINT_DATE_OFFICIAL ? CPL_LIT(" พ.ศ. ") : CPL_LIT(" "));
    cpl_put_year(w, year);
}

void cpl_put_day(cpl_writer *w, int32_t day) {
    cpl_date d = w->style == COMPLAINT_DATE_ISO ? cpl_date_gregorian(day) : cpl_date_thai(day);
    if (w->style == COMPLAINT_DATE_ISO) {
        put_iso(w, &d);
        return;
    }
    cpl_put_lead(w, day);
    if (w->style == COMPLAINT_DATE_NUMERIC) {
        put_numeric(w, &d);
        return;
    }
    cpl_put_number(w, d.day);
    cpl_put_month(w, d.month);
    cpl_put_year_after(w, d.year);
}

static void put_clock(cpl_writer *w, int32_t ms) {
    put_two(w, ms / (60 * CPL_MINUTE_MS));
    cpl_put(w, CPL_LIT("."));
    put_two(w, ms / CPL_MINUTE_MS % 60);
    cpl_put(w, CPL_LIT(" น."));
}

static void put_iso_time(cpl_writer *w, int32_t ms) {
    cpl_put(w, CPL_LIT("T"));
    put_two(w, ms / (60 * CPL_MINUTE_MS));
    cpl_put(w, CPL_LIT(":"));
    put_two(w, ms / CPL_MINUTE_MS % 60);
    cpl_put(w, CPL_LIT(":"));
    put_two(w, ms / 1000 % 60);
    if (ms % 1000 != 0) {
        cpl_put(w, CPL_LIT("."));
        put_digit(w, ms % 1000 / 100);
        put_two(w, ms % 100);
    }
    cpl_put(w, CPL_LIT("+07:00"));
}

complaint_status cpl_date_format(int32_t day, int32_t style, int32_t options, char out[CPL_DATE_MAX], size_t *n) {
    cpl_writer w;
    complaint_status status = cpl_writer_begin(&w, out, style, options);
    if (status != COMPLAINT_OK) return status;
    if (!cpl_date_in_range(day)) return COMPLAINT_E_RANGE;
    cpl_put_day(&w, day);
    *n = cpl_writer_end(&w, out);
    return COMPLAINT_OK;
}

complaint_status cpl_instant_format(int64_t instant, int32_t style, int32_t options, char out[CPL_DATE_MAX], size_t *n) {
    cpl_writer w;
    complaint_status status = cpl_writer_begin(&w, out, style, options);
    if (status != COMPLAINT_OK) return status;
    if (!cpl_instant_in_range(instant)) return COMPLAINT_E_RANGE;
    int32_t ms = (int32_t)cpl_instant_millisecond(instant);
    cpl_put_day(&w, cpl_instant_day(instant));
    if (style == COMPLAINT_DATE_ISO) {
        put_iso_time(&w, ms);
    } else {
        cpl_put(&w, CPL_LIT(" เวลา "));
        put_clock(&w, ms);
    }
    *n = cpl_writer_end(&w, out);
    return COMPLAINT_OK;
}

complaint_status cpl_time_format(int64_t instant, int32_t digits, char out[CPL_DATE_MAX], size_t *n) {
    cpl_writer w;
    if (digits != COMPLAINT_DIGITS_ARABIC && digits != COMPLAINT_DIGITS_THAI) return COMPLAINT_E_INVALID;
    if (!cpl_instant_in_range(instant)) return COMPLAINT_E_RANGE;
    complaint_status status = cpl_writer_begin(&w, out, COMPLAINT_DATE_LONG, digits);
    if (status != COMPLAINT_OK) return status;
    put_clock(&w, (int32_t)cpl_instant_millisecond(instant));
    *n = cpl_writer_end(&w, out);
    return COMPLAINT_OK;
}
