/*
 * calendar/format: what the files that write dates share.
 *
 * CPL_DATE_MAX holds the longest text there is, so appending needs no check.
 */
#ifndef CPL_CALENDAR_FORMAT_H
#define CPL_CALENDAR_FORMAT_H

#include "calendar/calendar.h"

#include <string.h>

typedef struct cpl_writer {
    char *out; /* the next free byte */
    int32_t style;
    bool thai;    /* digits */
    bool weekday; /* before the day */
} cpl_writer;

static inline void cpl_put(cpl_writer *w, cpl_str s) {
    memcpy(w->out, s.p, s.n);
    w->out += s.n;
}

complaint_status cpl_writer_begin(cpl_writer *w, char *out, int32_t style, int32_t options); /* E_INVALID: unknown style or options */
size_t cpl_writer_end(cpl_writer *w, const char *begin);                                     /* closes with NUL; the size without it */

void cpl_put_number(cpl_writer *w, int32_t value); /* 0 .. 99, without leading zero */
void cpl_put_year(cpl_writer *w, int32_t year);
void cpl_put_day(cpl_writer *w, int32_t day); /* a whole date */

/* The pieces of a date in words. */
void cpl_put_lead(cpl_writer *w, int32_t day); /* what stands before the number: `วันศุกร์ที่ `, `ศ. `, `วันที่ ` or nothing */
void cpl_put_month(cpl_writer *w, int32_t month);
void cpl_put_year_after(cpl_writer *w, int32_t year);

#endif
