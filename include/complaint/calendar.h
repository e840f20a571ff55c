/**
 * @file complaint/calendar.h
 * When a Thai government office is open: holidays, working days, deadlines.
 *
 * A calendar is made of holiday data (rules, the lunar table, announced decisions) for the offices of one province, or for the whole
 * country. It covers whole years of the Buddhist era (built in: 2544 .. 2573). Whatever would touch a year without data answers
 * COMPLAINT_E_NO_CALENDAR; there is never a silent year without holidays. Years whose holidays the cabinet has not announced are computed
 * by the rules and are *predicted*, and so is every answer that touches one.
 *
 * Days, instants and styles are those of date.h; all intervals are half-open.
 *
 * Threads: a calendar is immutable and may be used by any number of threads and desks at once; retain and free are atomic. It keeps
 * no error, so calls with more to say than a status hand an error out.
 */
#ifndef COMPLAINT_CALENDAR_H
#define COMPLAINT_CALENDAR_H

#include <complaint/define.h>
#include <complaint/error.h>
#include <complaint/host/allocator.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_calendar complaint_calendar;

/** A computed deadline. */
typedef struct complaint_deadline complaint_deadline;

/** What a holiday is. Values are permanent. */
enum {
    COMPLAINT_HOLIDAY_FIXED = 1,        /**< the same date each year */
    COMPLAINT_HOLIDAY_LUNAR = 2,        /**< by the Thai lunar calendar */
    COMPLAINT_HOLIDAY_SUBSTITUTION = 3, /**< in lieu of a holiday on a day of rest (วันหยุดชดเชย), or of a suspended one */
    COMPLAINT_HOLIDAY_SPECIAL = 4,      /**< a single decision of the cabinet */
    COMPLAINT_HOLIDAY_PLOUGHING = 5     /**< Royal Ploughing Day, set each year by the palace */
};

/** How sure a day is. Values are permanent. */
enum { COMPLAINT_ANNOUNCED = 1, COMPLAINT_PREDICTED = 2 };

/** In what an allowance is counted. Values are permanent. */
enum {
    COMPLAINT_UNIT_MINUTES = 1,         /**< by the clock, office open or not */
    COMPLAINT_UNIT_WORKING_MINUTES = 2, /**< office hours only */
    COMPLAINT_UNIT_CALENDAR_DAYS = 3,
    COMPLAINT_UNIT_WORKING_DAYS = 4
};

/**
 * Whether the day from which an allowance runs is its first. Excluded is the law: Civil and Commercial Code s. 193/3, Administrative Procedure Act
 * B.E. 2539 s. 64. Values are permanent.
 */
enum { COMPLAINT_FIRST_DAY_EXCLUDED = 0, COMPLAINT_FIRST_DAY_INCLUDED = 1 };

/**
 * What happens to a last day on which the office is closed. None: it counts (an authority's own duty, Administrative Procedure Act s. 64
 * para. 2). Following: the next working day (persons, s. 64 para. 3; Civil and Commercial Code s. 193/8). Preceding: the working day before, but
 * not before the first counted day; then following. Values are permanent.
 */
enum { COMPLAINT_ROLL_NONE = 0, COMPLAINT_ROLL_FOLLOWING = 1, COMPLAINT_ROLL_PRECEDING = 2 };

/**
 * From when something counts that came outside office hours. As is: from when it came. Next working day: what comes on a closed day or at or after
 * closing counts from the opening of the next working day, what comes before opening from that opening. Values are permanent.
 */
enum { COMPLAINT_RECEIPT_AS_IS = 0, COMPLAINT_RECEIPT_NEXT_WORKING_DAY = 1 };

/** When on its last day an allowance ends: at 00:00 of the next day, or when offices close. Values are permanent. */
enum { COMPLAINT_DUE_END_OF_DAY = 0, COMPLAINT_DUE_OFFICE_CLOSE = 1 };

/**
 * The built-in calendar: offices open Monday to Friday 08:30-12:00 and 13:00-16:30, holidays of B.E. 2544 to 2573. `province` is an ISO 3166-2 code
 * such as "TH-57" and brings the days that are for some provinces only; NULL leaves those out. `allocator` may be NULL.
 * Free the calendar with complaint_calendar_free. COMPLAINT_E_INVALID: no such province. `error` may be NULL; an error handed out is the caller's.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_builtin(const complaint_allocator *allocator, const char *province, complaint_calendar **calendar,
                                                                         complaint_error **error);

/** One more owner, who frees it too. Answers its argument. */
COMPLAINT_API complaint_calendar *COMPLAINT_CALL complaint_calendar_retain(complaint_calendar *calendar);

/** Gives up one ownership; the last one frees. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_calendar_free(complaint_calendar *calendar);

/** The province, "" for the whole country; borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_province(const complaint_calendar *calendar);

/** The first and the last year (B.E.) with data. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_years(const complaint_calendar *calendar, int32_t *first, int32_t *last);

/** COMPLAINT_ANNOUNCED or COMPLAINT_PREDICTED: the holidays of a year. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_year_status(const complaint_calendar *calendar, int32_t year, int32_t *status);

/** 1 when offices are open on the day, 0 when not. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_is_open(const complaint_calendar *calendar, int32_t day, int32_t *open);

/**
 * The holidays of a year (B.E.) on which offices would be open by the day of the week, in order of date, one entry a date; those for
 * other provinces are listed too. A holiday on a Saturday or Sunday is not listed, its substitute is.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_holiday_count(const complaint_calendar *calendar, int32_t year, int32_t *count);

/**
 * One of them. `*kind` COMPLAINT_HOLIDAY_*, `*status` COMPLAINT_ANNOUNCED or COMPLAINT_PREDICTED, `*closed` 1 when it closes the offices of
 * this calendar's province. Any of the four pointers may be NULL. COMPLAINT_E_NOT_FOUND: no such index.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_holiday(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t *day, int32_t *kind,
                                                                         int32_t *status, int32_t *closed);

/** Its name in COMPLAINT_THAI or COMPLAINT_ENGLISH; borrowed. NULL when there is no such holiday. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_holiday_name(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t language);

/** `national`, or `area:TH-10,TH-12`: the provinces that are known to have it; borrowed. NULL when there is no such holiday. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_holiday_scope(const complaint_calendar *calendar, int32_t year, int32_t index);

/** 0 when the list of provinces in the scope is known to be incomplete, else 1. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_calendar_holiday_scope_complete(const complaint_calendar *calendar, int32_t year, int32_t index);

/** Where the holiday is from and how sure that is (`high: cabinet 2019-10-15`); borrowed. NULL when there is no such holiday. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_holiday_source(const complaint_calendar *calendar, int32_t year, int32_t index);

/**
 * The `count`-th working day after a day, before it when `count` is negative; for 0 the day itself when it is one, else the next. In
 * constant time.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_add_working_days(const complaint_calendar *calendar, int32_t day, int32_t count, int32_t *result);

/** The number of working days in [from, to), in constant time. COMPLAINT_E_INVALID when `to` lies before `from`. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_count(const complaint_calendar *calendar, int32_t from, int32_t to, int32_t *count);

/** The instant itself when it lies in office hours, else the next opening (after lunch, in the morning, after a holiday). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_next_office_moment(const complaint_calendar *calendar, int64_t instant, int64_t *moment);

/**
 * When something is due that begins at `from`. `unit` COMPLAINT_UNIT_*, `length` in that unit, `first_day` COMPLAINT_FIRST_DAY_*, `roll`
 * COMPLAINT_ROLL_*, `receipt` COMPLAINT_RECEIPT_*, `due_at` COMPLAINT_DUE_*. `length` is at least 1; 0 is allowed for days with the first day
 * excluded and means the day itself. With minutes and working minutes `first_day`, `roll` and `due_at` say nothing and must be 0. Working
 * minutes that are used up exactly at closing are due at that closing. Free the deadline with complaint_deadline_free.
 *
 * COMPLAINT_E_INVALID: the subject of the error names the argument. COMPLAINT_E_RANGE: an instant outside the range of date.h.
 * COMPLAINT_E_NO_CALENDAR: a year without data is touched (minutes that count as they come touch none). `error` may be NULL.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_due(const complaint_calendar *calendar, int32_t unit, int64_t length, int32_t first_day, int32_t roll,
                                                                     int32_t receipt, int32_t due_at, int64_t from, complaint_deadline **deadline, complaint_error **error);

/** The deadline before the roll; extensions count from it (Civil and Commercial Code s. 193/7, Supreme Court 2981/2545). */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_deadline_nominal_at(const complaint_deadline *deadline);

/** The deadline after the roll. In time is what happens before this instant. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_deadline_due_at(const complaint_deadline *deadline);

/** The last day on which one is still in time. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_deadline_last_day(const complaint_deadline *deadline);

/** COMPLAINT_PREDICTED when a year was touched whose holidays are not announced, else COMPLAINT_ANNOUNCED. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_deadline_status(const complaint_deadline *deadline);

/**
 * 1 when a day was touched that was a holiday in some provinces, whose list is not fully known and does not name this calendar's: it was
 * counted as open, which a person should check. Else 0.
 */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_deadline_area_unknown(const complaint_deadline *deadline);

/** Frees a deadline. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_deadline_free(complaint_deadline *deadline);

#ifdef __cplusplus
}
#endif
#endif
