/*
 * calendar/parse: what the files that read dates share.
 *
 * One reader goes through the text from left to right. What can be told at a place is told there, so the first fault found is the
 * first fault of the text. A cpl_read_* that answers bool answers false after it has noted the fault.
 */
#ifndef CPL_CALENDAR_PARSE_H
#define CPL_CALENDAR_PARSE_H

#include "calendar/calendar.h"

#include <string.h>

typedef struct cpl_reader {
    const unsigned char *text;
    size_t size, at;
    bool strict;             /* ISO layout as programs write it: no blanks, fixed widths, Arabic digits */
    int32_t error, expected; /* COMPLAINT_DATE_ERROR_*, COMPLAINT_EXPECTED_* */
    size_t error_at;
} cpl_reader;

/* A run of digits; value and count stop growing at nine digits. */
typedef struct cpl_number {
    size_t at;
    int32_t value, count;
    bool thai;
} cpl_number;

/* A date as it was written, part by part. */
typedef struct cpl_written {
    cpl_number day, month, year;
    int32_t era; /* COMPLAINT_ERA_* */
    int32_t weekday;
    size_t weekday_at;
    bool iso; /* year first */
} cpl_written;

typedef struct cpl_clock_time {
    int32_t precision; /* COMPLAINT_PRECISION_*; DAY when there is no time */
    int64_t ms;        /* since 00:00; 24:00 is a whole day */
    int64_t ahead;     /* milliseconds by which the clock of the text is ahead of UTC */
} cpl_clock_time;

/* ---- parse_lex.c: blanks, digits, words ---- */

bool cpl_read_fail(cpl_reader *r, int32_t error, int32_t expected, size_t at); /* always false */
bool cpl_read_broken(cpl_reader *r, int32_t expected);                         /* here: INCOMPLETE at the end of the text, else SYNTAX; always false */
void cpl_read_blanks(cpl_reader *r);                                           /* none when strict */
bool cpl_read_number(cpl_reader *r, cpl_number *n);                            /* at a digit */
char cpl_read_separator(cpl_reader *r);                                        /* '/', '.', or '-' for any dash; 0 when there is none */
bool cpl_at_digit(const cpl_reader *r);
bool cpl_at_letter(const cpl_reader *r); /* Thai or Latin */

bool cpl_accept_any(cpl_reader *r, const cpl_str *words, size_t count);
/* Programs write exactly `width` Arabic digits; people are not asked. */
bool cpl_check_width(cpl_reader *r, const cpl_number *n, int32_t width, int32_t expected);

/* An initializer of a cpl_str in a table. */
#define CPL_WORD(s)                                                                                                                                                                \
    { s, sizeof(s) - 1 }

static inline bool cpl_at_end(const cpl_reader *r) { return r->at == r->size; }

static inline int cpl_peek(const cpl_reader *r) { return r->at < r->size ? r->text[r->at] : -1; }

static inline bool cpl_accept(cpl_reader *r, cpl_str word) {
    const unsigned char *p = r->text + r->at;
    if (r->size - r->at < word.n) return false;
    if (word.n >= 3 && p[2] != (unsigned char)word.p[2]) return false; /* Thai letters differ in their third byte */
    if (memcmp(p, word.p, word.n) != 0) return false;
    r->at += word.n;
    return true;
}

/* ---- parse_names.c: months, days of the week, eras. Each answers 0 and stays where it is when there is none ---- */

int32_t cpl_read_month(cpl_reader *r);
int32_t cpl_read_weekday(cpl_reader *r);
bool cpl_read_era(cpl_reader *r, int32_t *era); /* COMPLAINT_ERA_NONE when there is none; false for an era that is not read */

/* ---- parse_day.c: day, month and year in the order of people; iso.c: in the order of ISO ---- */

bool cpl_read_written(cpl_reader *r, cpl_written *w);
bool cpl_read_iso_date(cpl_reader *r, cpl_written *w);  /* the year's digits were read into w->year */
bool cpl_read_day_words(cpl_reader *r, cpl_written *w); /* `วันที่`, `วันพฤหัสบดีที่`, `พฤ.`; false when there is none */
bool cpl_at_another_date(cpl_reader *r);                /* `- 6 …`, `และ 6 …`, `ถึงวันที่ 6 …` */

/* ---- parse_time.c ---- */

bool cpl_read_time(cpl_reader *r, const cpl_written *w, cpl_clock_time *clock);

/* ---- parse_year.c: from what was written to a day ---- */

bool cpl_resolve_date(cpl_reader *r, const cpl_written *w, int32_t reference_day, int32_t *day); /* a day that may lie just outside the range */
bool cpl_resolve_instant(cpl_reader *r, const cpl_written *w, const cpl_clock_time *clock, int32_t day, cpl_parsed *parsed);

#endif
