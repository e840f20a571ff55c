/*
 * calendar/format_range: writes periods, from a day to a day, and the rounds of a fiscal year.
 *
 * Owns: what two dates need not say twice. Must not know: how one date is written.
 */
#include "calendar/format.h"

enum { FIRST_FISCAL_YEAR = 2433, LAST_FISCAL_YEAR = 2699, BE_MINUS_CE = 543, OCTOBER = 10 };

/* Days of one month are joined closely, dates of several words with spaces around the dash. */
static void put_dash(cpl_writer *w, bool close) { cpl_put(w, close ? CPL_LIT("-") : CPL_LIT(" - ")); }

/* `1-3 เมษายน 2569`, `30 เมษายน - 2 พฤษภาคม 2569`, `30 ธันวาคม 2568 - 2 มกราคม 2569`. */
static void put_worded_range(cpl_writer *w, int32_t first, int32_t last) {
    cpl_date from = cpl_date_thai(first), until = cpl_date_thai(last);
    bool one_year = from.year == until.year, one_month = one_year && from.month == until.month;
    cpl_put_lead(w, first);
    cpl_put_number(w, from.day);
    if (!one_month) cpl_put_month(w, from.month);
    if (!one_year) cpl_put_year_after(w, from.year);
    put_dash(w, one_month && !w->weekday);
    cpl_put_day(w, last);
}

static void put_range(cpl_writer *w, int32_t first, int32_t last) {
    if (w->style == COMPLAINT_DATE_LONG || w->style == COMPLAINT_DATE_SHORT) {
        put_worded_range(w, first, last);
        return;
    }
    if (w->style == COMPLAINT_DATE_OFFICIAL) cpl_put(w, CPL_LIT("ตั้งแต่"));
    cpl_put_day(w, first);
    cpl_put(w, w->style == COMPLAINT_DATE_OFFICIAL ? CPL_LIT(" ถึง") : w->style == COMPLAINT_DATE_ISO ? CPL_LIT("/") : CPL_LIT(" - "));
    cpl_put_day(w, last);
}

complaint_status cpl_range_format(int32_t first, int32_t last, int32_t style, int32_t options, char out[CPL_DATE_MAX], size_t *n) {
    cpl_writer w;
    complaint_status status = cpl_writer_begin(&w, out, style, options);
    if (status != COMPLAINT_OK) return status;
    if (!cpl_date_in_range(first) || !cpl_date_in_range(last)) return COMPLAINT_E_RANGE;
    if (first > last) return COMPLAINT_E_INVALID;
    if (first == last)
        cpl_put_day(&w, first);
    else
        put_range(&w, first, last);
    *n = cpl_writer_end(&w, out);
    return COMPLAINT_OK;
}

/* The last of `months` months from 1 October before the year that names the fiscal year. */
static int32_t last_day_of_round(int32_t year, int32_t months) {
    int32_t month = OCTOBER - 1 + months; /* of the first month after it, counted from January as 0 */
    return cpl_date_raw((cpl_date){year - BE_MINUS_CE - 1 + month / 12, month % 12 + 1, 1}) - 1;
}

complaint_status cpl_fiscal_format(int32_t year, int32_t months, int32_t digits, char out[CPL_DATE_MAX], size_t *n) {
    cpl_writer w;
    if (digits != COMPLAINT_DIGITS_ARABIC && digits != COMPLAINT_DIGITS_THAI) return COMPLAINT_E_INVALID;
    if (months < 1 || months > 12) return COMPLAINT_E_INVALID;
    if (year < FIRST_FISCAL_YEAR || year > LAST_FISCAL_YEAR) return COMPLAINT_E_RANGE;
    complaint_status status = cpl_writer_begin(&w, out, COMPLAINT_DATE_LONG, digits);
    if (status != COMPLAINT_OK) return status;
    cpl_put(&w, CPL_LIT("ปีงบประมาณ พ.ศ. "));
    cpl_put_year(&w, year);
    cpl_put(&w, CPL_LIT(" รอบ "));
    cpl_put_number(&w, months);
    cpl_put(&w, CPL_LIT(" เดือน ("));
    put_range(&w, cpl_date_raw((cpl_date){year - BE_MINUS_CE - 1, OCTOBER, 1}), last_day_of_round(year, months));
    cpl_put(&w, CPL_LIT(")"));
    *n = cpl_writer_end(&w, out);
    return COMPLAINT_OK;
}
