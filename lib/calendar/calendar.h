/*
 * calendar: when a Thai office is open, and when something is due. Pure: same arguments, same answer, on any machine.
 *
 * Owns: civil days, the Buddhist era, ISO and Thai date texts, the holiday rules, the tables of one calendar, deadlines. Must not
 * know: policies, clocks as things that start and stop, any other library, the time, zone or locale of the machine.
 */
#ifndef CPL_CALENDAR_H
#define CPL_CALENDAR_H

#include "base/base.h"

#include <complaint/calendar.h>
#include <complaint/date.h>

/* ---- days and instants (the public calls of date.h without their NULL checks) ------------------------------------------ */

enum { CPL_DAY_MS = 86400000, CPL_MINUTE_MS = 60000, CPL_BANGKOK_MS = 7 * 3600000, CPL_DATE_MAX = 320 };

/* A date as people say it; `year` is Gregorian or Buddhist as the function says. */
typedef struct cpl_date {
    int32_t year, month, day;
} cpl_date;

complaint_status cpl_date_from_gregorian(cpl_date date, int32_t *day);
complaint_status cpl_date_from_thai(cpl_date date, int32_t *day);
cpl_date cpl_date_gregorian(int32_t day); /* any day of the range and a few years around it */
cpl_date cpl_date_thai(int32_t day);
int32_t cpl_date_weekday(int32_t day);     /* 1 = Monday .. 7 = Sunday */
int32_t cpl_date_fiscal_year(int32_t day); /* B.E. */
bool cpl_date_in_range(int32_t day);
bool cpl_date_exists(cpl_date gregorian); /* in any year from 1 to 9999 */
int32_t cpl_date_raw(cpl_date gregorian); /* of a date that exists, in the range or not */

int64_t cpl_day_start(int32_t day); /* the instant of 00:00 in Bangkok */
bool cpl_instant_in_range(int64_t instant);
int32_t cpl_instant_day(int64_t instant);         /* the day in Bangkok; instants in range only */
int64_t cpl_instant_millisecond(int64_t instant); /* since 00:00 in Bangkok */

/* What a text in ISO layout says; on E_INVALID *offset is the first byte that cannot be. */
typedef struct cpl_iso {
    int32_t parsed; /* COMPLAINT_PARSED_* */
    int32_t day;
    int64_t instant;
} cpl_iso;
complaint_status cpl_date_parse_iso(cpl_str text, cpl_iso *result, size_t *offset);

/* What a text written by people says, or why it says nothing. */
typedef struct cpl_parsed {
    int32_t precision, era; /* COMPLAINT_PRECISION_*, COMPLAINT_ERA_* */
    int32_t day;
    int64_t instant;
} cpl_parsed;
typedef struct cpl_date_fault {
    int32_t error, expected; /* COMPLAINT_DATE_ERROR_*, COMPLAINT_EXPECTED_* */
    size_t offset;
} cpl_date_fault;
complaint_status cpl_date_parse(cpl_str text, int32_t reference_day, cpl_parsed *parsed, cpl_date_fault *fault);
const char *cpl_date_error_name(int32_t error);
const char *cpl_date_error_text(int32_t error, int32_t language);
const char *cpl_date_expected_text(int32_t expected, int32_t language);

/* Each writes at most CPL_DATE_MAX bytes, the closing NUL included, and sets *n to the size without it. */
complaint_status cpl_date_format(int32_t day, int32_t style, int32_t options, char out[CPL_DATE_MAX], size_t *n);
complaint_status cpl_instant_format(int64_t instant, int32_t style, int32_t options, char out[CPL_DATE_MAX], size_t *n);
complaint_status cpl_time_format(int64_t instant, int32_t digits, char out[CPL_DATE_MAX], size_t *n);
complaint_status cpl_range_format(int32_t first, int32_t last, int32_t style, int32_t options, char out[CPL_DATE_MAX], size_t *n);
complaint_status cpl_fiscal_format(int32_t year, int32_t months, int32_t digits, char out[CPL_DATE_MAX], size_t *n);

/* By month 1 .. 12 and COMPLAINT_MONDAY .. COMPLAINT_SUNDAY. */
typedef struct cpl_date_name {
    cpl_str full, brief;
} cpl_date_name;
extern const cpl_date_name cpl_month_names[], cpl_weekday_names[];

/* ---- making a calendar ---------------------------------------------------------------------------------------------------- */

/* Reads holiday data (docs/internals/calendar.md has the format) in the order given. `province` empty: the whole country. On E_SYNTAX or
 * E_INVALID e has path (text's name), line and a sentence. */
typedef struct cpl_calendar_text {
    const char *name; /* for errors: `calendar/years.tsv` */
    cpl_str text;
} cpl_calendar_text;
complaint_status cpl_calendar_new(const cpl_memory *m, const cpl_calendar_text *texts, size_t count, cpl_str province, complaint_calendar **calendar, complaint_error *e);

/* The canonical text that fully determines the calendar: province, week, hours, data without comments. Borrowed. Its SHA-256 names the
 * calendar; cpl_calendar_from_definition makes an equal calendar of it. */
cpl_str cpl_calendar_definition(const complaint_calendar *calendar);
cpl_str cpl_calendar_lines(const complaint_calendar *calendar); /* the same without format and province; borrowed */
complaint_status cpl_calendar_from_definition(const cpl_memory *m, cpl_str definition, complaint_calendar **calendar, complaint_error *e);

complaint_calendar *cpl_calendar_retain(complaint_calendar *calendar);
void cpl_calendar_release(complaint_calendar *calendar); /* NULL is allowed */

/* ---- questions (day arguments outside the years with data answer E_NO_CALENDAR, or E_RANGE outside the range of dates) ------ */

complaint_status cpl_calendar_is_open(const complaint_calendar *calendar, int32_t day, int32_t *open);
complaint_status cpl_calendar_add(const complaint_calendar *calendar, int32_t day, int32_t count, int32_t *result);
complaint_status cpl_calendar_count(const complaint_calendar *calendar, int32_t from, int32_t to, int32_t *count);
complaint_status cpl_calendar_next_office_moment(const complaint_calendar *calendar, int64_t instant, int64_t *moment);

typedef struct cpl_holiday {
    int32_t day;
    int32_t kind;   /* COMPLAINT_HOLIDAY_* */
    int32_t status; /* COMPLAINT_ANNOUNCED, COMPLAINT_PREDICTED */
    bool closed;    /* for this calendar's province */
    bool at_rest;   /* on a day of the week on which offices are closed anyway */
    bool complete;  /* all provinces of the scope are known */
    const char *thai, *english, *scope, *source;
} cpl_holiday;
complaint_status cpl_calendar_holidays(const complaint_calendar *calendar, int32_t year, const cpl_holiday **holidays, int32_t *count); /* year B.E. */
const cpl_holiday *cpl_calendar_holiday_on(const complaint_calendar *calendar, int32_t day);                                              /* NULL: none; covered days only */

/* What was decided for one day, in force or withdrawn. */
typedef struct cpl_decided {
    int32_t what; /* COMPLAINT_DECISION_* */
    int32_t day, other;
    const char *thai, *english, *source;
    const char *withdrawal; /* source of the withdrawal; NULL: in force */
} cpl_decided;
complaint_status cpl_calendar_decisions(const complaint_calendar *calendar, int32_t year, const cpl_decided **decisions, int32_t *count); /* year B.E. */
complaint_status cpl_calendar_year_status(const complaint_calendar *calendar, int32_t year, int32_t *status);
void cpl_calendar_years(const complaint_calendar *calendar, int32_t *first, int32_t *last);
const char *cpl_calendar_province(const complaint_calendar *calendar);
const cpl_memory *cpl_calendar_memory(const complaint_calendar *calendar);

/* ---- office hours ------------------------------------------------------------------------------------------------------------ */

enum { CPL_HOURS_MAX = 4 };

typedef struct cpl_hours {
    int32_t from, until; /* milliseconds since 00:00 */
} cpl_hours;

/* The office hours of a day, in order, not touching. */
typedef struct cpl_office {
    cpl_hours hours[CPL_HOURS_MAX];
    size_t count;
} cpl_office;

/* ---- deadlines --------------------------------------------------------------------------------------------------------------- */

/* All zero but unit and length is the law's default: first day excluded, no roll, as received, end of the day. */
typedef struct cpl_clock_rule {
    int32_t unit; /* COMPLAINT_UNIT_* */
    int64_t length;
    int32_t first_day, roll, receipt, due_at;
} cpl_clock_rule;

typedef struct cpl_deadline {
    int64_t nominal_at, due_at; /* before and after the roll; in time is what happens before due_at */
    int64_t original_at;        /* before the roll and without extensions; what they count from */
    int32_t last_day;           /* the last day on which one is still in time */
    int32_t predicted;          /* 1: a year that is not announced was touched */
    int32_t area_unknown;       /* 1: a day for provinces not fully known was counted as open */
} cpl_deadline;

/* E_INVALID naming the member when the rule contradicts itself or has unknown values; cpl_calendar_deadline checks it too. */
complaint_status cpl_clock_rule_check(const cpl_clock_rule *rule, complaint_error *e);
complaint_status cpl_calendar_deadline(const complaint_calendar *calendar, const cpl_clock_rule *rule, int64_t from, cpl_deadline *deadline, complaint_error *e);

/*
 * A period as the log of a case tells it: the rule, when it began, when it stood still, by how much it was extended. Nothing is stored
 * that another rule or calendar would make wrong: computing the same period with another rule or calendar keeps the time that was used
 * and the time that stood still, each measured in the new unit.
 */
typedef struct cpl_pause {
    int64_t from, until; /* until CPL_PAUSE_OPEN: not resumed yet */
} cpl_pause;
#define CPL_PAUSE_OPEN INT64_MAX

typedef struct cpl_period {
    cpl_clock_rule rule;
    int64_t from;
    const cpl_pause *pauses; /* in order of `from`; they may touch and overlap */
    size_t pause_count;
    const int64_t *extensions; /* each in the unit of the rule, at least 1; counted from the original last day */
    size_t extension_count;
} cpl_period;

/* E_INVALID (`pauses`, `extensions`, or a member of the rule), E_STATE: a pause that has begun before the deadline is not over. */
complaint_status cpl_calendar_period(const complaint_calendar *calendar, const cpl_period *period, cpl_deadline *deadline, complaint_error *e);

/* What of the allowance is used up at `at`: minutes as milliseconds, days as whole days that are over. What stood still is not in it; nothing
 * is used before the begin. An open pause is allowed. */
complaint_status cpl_calendar_consumed(const complaint_calendar *calendar, const cpl_period *period, int64_t at, int64_t *used, complaint_error *e);

/* ---- how a deadline comes about -------------------------------------------------------------------------------------------------- */

/* One step of the derivation. What a member means depends on `kind`, COMPLAINT_STEP_* in calendar.h. */
typedef struct cpl_step {
    int32_t kind;
    int32_t first, last; /* days, both included */
    int64_t count;       /* in the unit of the rule */
    int64_t total;       /* counted so far */
    int64_t at, until;   /* instants */
    const cpl_holiday *holiday;
    const cpl_office *office;
} cpl_step;

/* The steps, in the arena. The same failures as cpl_calendar_period. */
complaint_status cpl_explain(const complaint_calendar *calendar, const cpl_period *period, cpl_arena *a, const cpl_step **steps, size_t *count, cpl_deadline *deadline,
                             complaint_error *e);
/* One sentence in COMPLAINT_THAI or COMPLAINT_ENGLISH, without a full stop at the end of the Thai one. */
void cpl_explain_sentence(const cpl_clock_rule *rule, const cpl_step *step, int32_t language, cpl_buf *out);
const char *cpl_explain_law(const cpl_clock_rule *rule, const cpl_step *step, int32_t language); /* "" when none is cited */

/* ---- a host's own calendar (the public calls of calendar.h without their NULL checks) ------------------------------------------------- */

complaint_status cpl_edit_new(complaint_calendar *base, complaint_calendar_edit **edit, complaint_error *e);
void cpl_edit_free(complaint_calendar_edit *edit); /* NULL is allowed */
const cpl_memory *cpl_edit_memory(const complaint_calendar_edit *edit);

/* A day off as a host or a JSON text describes it. */
typedef struct cpl_day_off {
    int32_t day, kind; /* kind 0: an ordinary day, for cpl_edit_override only */
    cpl_str scope;     /* empty: national */
    cpl_str thai, english;
} cpl_day_off;
complaint_status cpl_edit_add(complaint_calendar_edit *edit, const cpl_day_off *off, cpl_str source, complaint_error *e);
complaint_status cpl_edit_override(complaint_calendar_edit *edit, const cpl_day_off *off, cpl_str source, complaint_error *e);
complaint_status cpl_edit_remove(complaint_calendar_edit *edit, int32_t day, cpl_str source, complaint_error *e);
complaint_status cpl_edit_move(complaint_calendar_edit *edit, int32_t day, int32_t to, cpl_str source, complaint_error *e);
complaint_status cpl_edit_suspend(complaint_calendar_edit *edit, int32_t day, cpl_str source, complaint_error *e);
complaint_status cpl_edit_pay(complaint_calendar_edit *edit, int32_t day, int32_t suspended, cpl_str source, complaint_error *e);
complaint_status cpl_edit_withdraw(complaint_calendar_edit *edit, int32_t day, cpl_str source, complaint_error *e);
complaint_status cpl_edit_set_year(complaint_calendar_edit *edit, int32_t year, int32_t lunar, int32_t status, cpl_str source, complaint_error *e);
complaint_status cpl_edit_set_week(complaint_calendar_edit *edit, int32_t open_days, complaint_error *e);
complaint_status cpl_edit_set_hours(complaint_calendar_edit *edit, int32_t weekday, cpl_str hours, complaint_error *e);
complaint_status cpl_edit_set_day_hours(complaint_calendar_edit *edit, int32_t day, cpl_str hours, cpl_str source, complaint_error *e);
complaint_status cpl_edit_set_province(complaint_calendar_edit *edit, cpl_str province, complaint_error *e);
complaint_status cpl_edit_load_json(complaint_calendar_edit *edit, cpl_str json, complaint_error *e);
complaint_status cpl_edit_build(const complaint_calendar_edit *edit, complaint_calendar **calendar, complaint_error *e);

/* For edit_json.c: a place to come back to, and the changes so far put together, which later conflicts are judged by. */
typedef struct cpl_edit_mark {
    size_t lines, touched;
    char province[8];
} cpl_edit_mark;
cpl_edit_mark cpl_edit_set_mark(const complaint_calendar_edit *edit);
void cpl_edit_back_to(complaint_calendar_edit *edit, cpl_edit_mark mark);
complaint_status cpl_edit_settle(complaint_calendar_edit *edit, complaint_error *e);
complaint_calendar *cpl_edit_settled(const complaint_calendar_edit *edit);             /* one more owner */
void cpl_edit_see(complaint_calendar_edit *edit, complaint_calendar *calendar); /* takes the ownership */

int32_t cpl_calendar_lunar_find(cpl_str name); /* normal adhikavan adhikamas; 0 when there is none */
const char *cpl_calendar_lunar_name(int32_t lunar);
int32_t cpl_calendar_kind_find(cpl_str name);

/* ---- words of policies and their numbers; find answers -1, name NULL when there is none ----------------------------------------- */

int32_t cpl_calendar_unit_find(cpl_str name); /* minutes working_minutes calendar_days working_days */
const char *cpl_calendar_unit_name(int32_t unit);
int32_t cpl_calendar_first_day_find(cpl_str name); /* excluded included */
const char *cpl_calendar_first_day_name(int32_t first_day);
int32_t cpl_calendar_roll_find(cpl_str name); /* none following preceding */
const char *cpl_calendar_roll_name(int32_t roll);
int32_t cpl_calendar_receipt_find(cpl_str name); /* as_is next_working_day */
const char *cpl_calendar_receipt_name(int32_t receipt);
int32_t cpl_calendar_due_at_find(cpl_str name); /* end_of_day office_close */
const char *cpl_calendar_due_at_name(int32_t due_at);
const char *cpl_calendar_kind_name(int32_t kind); /* fixed lunar substitution special ploughing */

/* ---- between the files of this module ---------------------------------------------------------------------------------------------- */

enum { CPL_FEAST_MAKHA = 1, CPL_FEAST_VISAKHA = 2, CPL_FEAST_ASALHA = 3, CPL_FEAST_PHANSA = 4 };

/* Where a line of the data stood, for errors. */
typedef struct cpl_place {
    const char *name;
    int64_t line;
} cpl_place;

/* How sure something is and where from. */
typedef struct cpl_source {
    cpl_str confidence, text;
} cpl_source;

typedef struct cpl_year {
    int32_t be, lunar, status; /* COMPLAINT_LUNAR_*, COMPLAINT_ANNOUNCED or COMPLAINT_PREDICTED */
    cpl_source source;
    cpl_place place;
} cpl_year;

typedef struct cpl_area {
    cpl_str name, provinces; /* codes separated by a space; empty when none is known */
    bool complete;
} cpl_area;

/* A holiday that comes back each year: on `month`-`day`, or on a lunar feast. */
typedef struct cpl_rule {
    int32_t feast; /* 0: a fixed day */
    int32_t month, day;
    int32_t first, last; /* years B.E., both included */
    cpl_str run;         /* empty: a run of its own */
    cpl_str thai, english;
    cpl_source source;
} cpl_rule;

typedef struct cpl_decision {
    int32_t what;       /* COMPLAINT_DECISION_*, or the one below */
    int32_t day, other; /* MOVE: to; PAY: for */
    int32_t kind;
    cpl_str area; /* empty: national */
    cpl_str thai, english;
    cpl_source source;
    cpl_office office; /* SHORTEN */
    cpl_place place;
    bool withdrawn;
    cpl_source withdrawal;
} cpl_decision;

/* Decided about the data, not about offices: how sure a day is. */
enum { CPL_DECISION_CONFIDENCE = 101 };

/* The data of a calendar as it was read; everything borrows from the texts or lies in the arena. */
typedef struct cpl_holiday_data {
    cpl_year *years;
    cpl_area *areas;
    cpl_rule *rules;
    cpl_decision *decisions;
    size_t year_count, area_count, rule_count, decision_count;
    int32_t anchor_year, anchor_day; /* Asalha Bucha of the year before the first; 0 when not given */
    bool week[8];                    /* by COMPLAINT_MONDAY ..: the week of the government, by which holidays are substituted */
    bool open_weekday[8];            /* the week of the offices meant */
    cpl_office office[8];            /* 0: the usual hours; the days of the week that have others */
    cpl_str province;
} cpl_holiday_data;

/* Reads the texts into `data` (arrays in `scratch`) and appends the canonical lines to `definition`. */
complaint_status cpl_holiday_read(const cpl_calendar_text *texts, size_t count, cpl_str province, cpl_arena *scratch, cpl_holiday_data *data, cpl_buf *definition,
                                  complaint_error *e);

/* The holidays of the covered years, one a date, ascending, and what was decided, by date. The arrays and their texts lie in `keep`. */
complaint_status cpl_holiday_list(const cpl_holiday_data *data, cpl_arena *scratch, cpl_arena *keep, cpl_holiday **holidays, size_t *count, complaint_error *e);
complaint_status cpl_holiday_decisions(const cpl_holiday_data *data, cpl_arena *keep, cpl_decided **decisions, size_t *count, complaint_error *e);

/* The fields that data lines and hosts share; false when the text is none. */
bool cpl_holiday_office(cpl_str text, cpl_office *office); /* `08:30-12:00 13:00-16:30` */
bool cpl_holiday_province(cpl_str code);                   /* ISO 3166-2:TH */

/* Texts of an arena put together; the result is NUL-terminated. False when out of memory. */
bool cpl_holiday_join(cpl_arena *a, const cpl_str *parts, size_t count, cpl_str *text);

/* E_SYNTAX at a place, for both of the above. */
complaint_status cpl_holiday_refuse(complaint_error *e, cpl_place place, const char *thai, const char *english);

/* What deadline.c asks of the tables. Days are covered ones. */
bool cpl_table_covers(const complaint_calendar *calendar, int32_t day);
complaint_status cpl_table_check(const complaint_calendar *calendar, int32_t day); /* E_RANGE, E_NO_CALENDAR */
bool cpl_table_open(const complaint_calendar *calendar, int32_t day);
int64_t cpl_table_rank(const complaint_calendar *calendar, int32_t day);               /* working days before it */
bool cpl_table_select(const complaint_calendar *calendar, int64_t rank, int32_t *day); /* the day with that rank; false outside */
bool cpl_table_predicted(const complaint_calendar *calendar, int32_t from, int32_t last);
bool cpl_table_area_unknown(const complaint_calendar *calendar, int32_t from, int32_t last);
const cpl_office *cpl_table_office(const complaint_calendar *calendar, int32_t day); /* of a closed day the usual hours */
int64_t cpl_table_worked(const complaint_calendar *calendar, int32_t day);           /* office time before it in milliseconds */
bool cpl_table_worked_day(const complaint_calendar *calendar, int64_t work, int32_t *day); /* the day on which office time reaches `work` > 0; false outside */

/* Walks the pauses of a period in order: those that touch or overlap are one, cut at the begin; empty ones are left out. */
typedef struct cpl_pause_walk {
    const cpl_period *period;
    size_t next;
    int64_t begin;
} cpl_pause_walk;
bool cpl_pause_next(cpl_pause_walk *walk, cpl_pause *pause);
complaint_status cpl_period_check(const cpl_period *period, complaint_error *e);
complaint_status cpl_pause_check(const cpl_period *period, size_t index, complaint_error *e); /* the one pause, after the one before it */

/* What the computation of a deadline found on its way, for explain.c. */
typedef struct cpl_trace {
    int64_t begin;           /* as received, or moved into office hours */
    int32_t first_counted;   /* days: the first that may count */
    int32_t original, nominal, last;
    int64_t length, extended; /* of the rule; with all extensions */
} cpl_trace;
complaint_status cpl_period_trace(const complaint_calendar *calendar, const cpl_period *period, cpl_deadline *deadline, cpl_trace *trace, complaint_error *e);

/* Office time before an instant of the covered years, in milliseconds since they began; and the earliest instant before which `work` > 0 lies. */
int64_t cpl_office_time(const complaint_calendar *calendar, int64_t instant);
bool cpl_office_moment(const complaint_calendar *calendar, int64_t work, int64_t *instant);

#endif
