/*
 * calendar/style: writes dates and times.
 *
 * Owns: month names, Thai digits, the styles of date.h. Must not know: the buffers of callers; reading.
 */
#include "calendar/calendar.h"

#include <string.h>

static const char *const long_month[] = {"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"};
static const char *const short_month[] = {"ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."};

/* CPL_DATE_MAX holds the longest text, so appending needs no check. */
typedef struct writer {
    char *out;
    size_t n;
    bool thai;
} writer;

static void put(writer *w, const char *s) {
    size_t n = strlen(s);
    memcpy(w->out + w->n, s, n + 1);
    w->n += n;
}

static void put_digit(writer *w, int32_t digit) {
    /* ๐ is U+0E50: E0 B9 90. */
    char thai[] = {(char)0xE0, (char)0xB9, (char)(0x90 + digit), '\0'};
    char arabic[] = {(char)('0' + digit), '\0'};
    put(w, w->thai ? thai : arabic);
}

/* At least `width` digits. */
static void put_number(writer *w, int32_t value, int width) {
    if (value >= 10 || width > 1) put_number(w, value / 10, width - 1);
    put_digit(w, value % 10);
}

static void put_triple(writer *w, int32_t a, int width, int32_t b, int32_t c, int last_width, const char *separator) {
    put_number(w, a, width);
    put(w, separator);
    put_number(w, b, 2);
    put(w, separator);
    put_number(w, c, last_width);
}

static void put_named(writer *w, cpl_date d, const char *before_month, const char *month, const char *before_year) {
    put_number(w, d.day, 1);
    put(w, before_month);
    put(w, month);
    put(w, before_year);
    put_number(w, d.year, 1);
}

static void put_day(writer *w, int32_t day, int32_t style) {
    cpl_date d = style == COMPLAINT_DATE_ISO ? cpl_date_gregorian(day) : cpl_date_thai(day);
    switch (style) {
    case COMPLAINT_DATE_ISO:
        put_triple(w, d.year, 4, d.month, d.day, 2, "-");
        return;
    case COMPLAINT_DATE_LONG:
        put_named(w, d, " ", long_month[d.month - 1], " ");
        return;
    case COMPLAINT_DATE_SHORT:
        put_named(w, d, " ", short_month[d.month - 1], " ");
        return;
    case COMPLAINT_DATE_NUMERIC:
        put_triple(w, d.day, 2, d.month, d.year, 4, "/");
        return;
    default:
        put(w, "วันที่ ");
        put_named(w, d, " เดือน ", long_month[d.month - 1], " พ.ศ. ");
    }
}

static void put_clock(writer *w, int32_t ms) {
    put_number(w, ms / (60 * CPL_MINUTE_MS), 2);
    put(w, ".");
    put_number(w, ms / CPL_MINUTE_MS % 60, 2);
    put(w, " น.");
}

static void put_iso_time(writer *w, int32_t ms) {
    put(w, "T");
    put_triple(w, ms / (60 * CPL_MINUTE_MS), 2, ms / CPL_MINUTE_MS % 60, ms / 1000 % 60, 2, ":");
    if (ms % 1000 != 0) {
        put(w, ".");
        put_number(w, ms % 1000, 3);
    }
    put(w, "+07:00");
}

static bool known(int32_t style, int32_t digits) {
    if (digits != COMPLAINT_DIGITS_ARABIC && digits != COMPLAINT_DIGITS_THAI) return false;
    if (style == COMPLAINT_DATE_ISO) return digits == COMPLAINT_DIGITS_ARABIC;
    return style >= COMPLAINT_DATE_LONG && style <= COMPLAINT_DATE_OFFICIAL;
}

static writer writer_for(char *out, int32_t style, int32_t digits) {
    writer w = {out, 0, digits == COMPLAINT_DIGITS_THAI || style == COMPLAINT_DATE_OFFICIAL};
    return w;
}

complaint_status cpl_date_format(int32_t day, int32_t style, int32_t digits, char out[CPL_DATE_MAX], size_t *n) {
    if (!known(style, digits)) return COMPLAINT_E_INVALID;
    if (!cpl_date_in_range(day)) return COMPLAINT_E_RANGE;
    writer w = writer_for(out, style, digits);
    put_day(&w, day, style);
    *n = w.n;
    return COMPLAINT_OK;
}

complaint_status cpl_instant_format(int64_t instant, int32_t style, int32_t digits, char out[CPL_DATE_MAX], size_t *n) {
    if (!known(style, digits)) return COMPLAINT_E_INVALID;
    if (!cpl_instant_in_range(instant)) return COMPLAINT_E_RANGE;
    writer w = writer_for(out, style, digits);
    int32_t ms = (int32_t)cpl_instant_millisecond(instant);
    put_day(&w, cpl_instant_day(instant), style);
    if (style == COMPLAINT_DATE_ISO) {
        put_iso_time(&w, ms);
    } else {
        put(&w, " เวลา ");
        put_clock(&w, ms);
    }
    *n = w.n;
    return COMPLAINT_OK;
}

complaint_status cpl_time_format(int64_t instant, int32_t digits, char out[CPL_DATE_MAX], size_t *n) {
    if (!known(COMPLAINT_DATE_LONG, digits)) return COMPLAINT_E_INVALID;
    if (!cpl_instant_in_range(instant)) return COMPLAINT_E_RANGE;
    writer w = writer_for(out, COMPLAINT_DATE_LONG, digits);
    put_clock(&w, (int32_t)cpl_instant_millisecond(instant));
    *n = w.n;
    return COMPLAINT_OK;
}
