/**
 * @file complaint/calendar.h
 * When a Thai government office is open: holidays, working days, deadlines.
 *
 * A calendar is made of holiday data (rules, the lunar table, announced decisions) for the offices of one province, or for the whole
 * country. It covers whole years of the Buddhist era (built in: 2544 .. 2573). A host adds, removes and moves days, loads years and sets office
 * hours with a complaint_calendar_edit, which makes another calendar. Whatever would touch a year without data answers
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

/** A calendar in the making: what a host changes in another one. */
typedef struct complaint_calendar_edit complaint_calendar_edit;

/** An allowance of time: its rule, when it began, when it stood still, by how much it was extended. */
typedef struct complaint_period complaint_period;

/** A computed deadline. */
typedef struct complaint_deadline complaint_deadline;

/** How a deadline came about, step by step. */
typedef struct complaint_explanation complaint_explanation;

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

/** The kind of a year of the Thai lunar calendar: 354, 355 or 384 days from one Asalha Bucha to the next. Values are permanent. */
enum { COMPLAINT_LUNAR_NORMAL = 1, COMPLAINT_LUNAR_ADHIKAVAN = 2, COMPLAINT_LUNAR_ADHIKAMAS = 3 };

/** What was decided for a day. Values are permanent. */
enum {
    COMPLAINT_DECISION_ADD = 1,       /**< a day off */
    COMPLAINT_DECISION_MOVE = 2,      /**< a holiday or its substitute is taken on another day */
    COMPLAINT_DECISION_SUSPEND = 3,   /**< the holiday of a rule is an ordinary day */
    COMPLAINT_DECISION_PAY = 4,       /**< a suspended holiday is taken later */
    COMPLAINT_DECISION_REMOVE = 5,    /**< what was a holiday is none */
    COMPLAINT_DECISION_OVERRIDE = 6,  /**< whatever the day was, it is what follows */
    COMPLAINT_DECISION_SHORTEN = 7,   /**< office hours of that day alone, such as a half day */
    COMPLAINT_DECISION_INTRODUCE = 8, /**< a yearly holiday is for the first time */
    COMPLAINT_DECISION_ABOLISH = 9    /**< a yearly holiday is no more for the first time */
};

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
 * The holidays of a year (B.E.) in order of date, one entry a date; those for other provinces are listed too, and those that fall on a day of
 * rest (complaint_calendar_holiday_at_rest). For such a one its substitute, if it has one, is an entry of its own.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_holiday_count(const complaint_calendar *calendar, int32_t year, int32_t *count);

/**
 * One of them. `*kind` COMPLAINT_HOLIDAY_*, `*status` COMPLAINT_ANNOUNCED or COMPLAINT_PREDICTED, `*closed` 1 when it is a holiday for this
 * calendar's province. Any of the four pointers may be NULL. COMPLAINT_E_NOT_FOUND: no such index.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_holiday(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t *day, int32_t *kind,
                                                                         int32_t *status, int32_t *closed);

/** 1 when it falls on a day of the week on which offices are closed anyway, else 0. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_calendar_holiday_at_rest(const complaint_calendar *calendar, int32_t year, int32_t index);

/** Its name in COMPLAINT_THAI or COMPLAINT_ENGLISH; borrowed. NULL when there is no such holiday. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_holiday_name(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t language);

/** `national`, or `area:TH-10,TH-12`: the provinces that are known to have it; borrowed. NULL when there is no such holiday. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_holiday_scope(const complaint_calendar *calendar, int32_t year, int32_t index);

/** 0 when the list of provinces in the scope is known to be incomplete, else 1. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_calendar_holiday_scope_complete(const complaint_calendar *calendar, int32_t year, int32_t index);

/** Where the holiday is from and how sure that is (`high: cabinet 2019-10-15`); borrowed. NULL when there is no such holiday. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_holiday_source(const complaint_calendar *calendar, int32_t year, int32_t index);

/**
 * How many decisions there are for days of a year (B.E.), in order of date: days added, moved, suspended, paid back, removed, shortened, yearly
 * holidays introduced and abolished, and what was decided or proposed and then withdrawn.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_decision_count(const complaint_calendar *calendar, int32_t year, int32_t *count);

/**
 * One of them. `*what` COMPLAINT_DECISION_*; `*day` the day it is about; `*other` the day to which a holiday moves, or the one that is paid back,
 * else 0; `*withdrawn` 1 when it does not come. Any of the four pointers may be NULL. COMPLAINT_E_NOT_FOUND: no such index.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_decision(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t *what, int32_t *day,
                                                                          int32_t *other, int32_t *withdrawn);

/** What it is called, "" when it has no name of its own; borrowed. NULL when there is no such decision. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_decision_name(const complaint_calendar *calendar, int32_t year, int32_t index, int32_t language);

/** Who decided and how sure that is; borrowed. NULL when there is no such decision. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_decision_source(const complaint_calendar *calendar, int32_t year, int32_t index);

/** Who withdrew it and how sure that is; borrowed. NULL when it is in force. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_calendar_decision_withdrawal(const complaint_calendar *calendar, int32_t year, int32_t index);

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

/** The deadline before the roll and before any extension; that is what extensions count from (Civil and Commercial Code s. 193/7, Supreme Court 2981/2545). */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_deadline_original_at(const complaint_deadline *deadline);

/** The deadline before the roll, extensions included. */
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

/* ---- periods: pauses and extensions ------------------------------------------------------------------------------------------------------- */

/** When a pause is not over. */
#define COMPLAINT_PAUSE_OPEN INT64_MAX

/**
 * An allowance of `length` in `unit` that begins at `from`, with the law's defaults: first day excluded, no roll, as received, end of the day. A
 * period may be changed while no other thread uses it, and asked with any calendar. Free it with complaint_period_free. `allocator` may be NULL.
 *
 * Nothing computed is kept in it. So with another rule or another calendar the time that was used stays used, and a pause stays a pause, each
 * measured in the new unit.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_period_new(const complaint_allocator *allocator, int32_t unit, int64_t length, int64_t from, complaint_period **period);

/** Another rule from the begin on; pauses and extensions stay, the latter as numbers of the new unit. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_period_set_length(complaint_period *period, int32_t unit, int64_t length);

/** COMPLAINT_FIRST_DAY_*. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_period_set_first_day(complaint_period *period, int32_t first_day);

/** COMPLAINT_ROLL_*. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_period_set_roll(complaint_period *period, int32_t roll);

/** COMPLAINT_RECEIPT_*. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_period_set_receipt(complaint_period *period, int32_t receipt);

/** COMPLAINT_DUE_*. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_period_set_due_at(complaint_period *period, int32_t due_at);

/**
 * It stood still in [from, until); `until` COMPLAINT_PAUSE_OPEN: it still does. Pauses are added in order of `from` and may touch and overlap. Of
 * minutes and working minutes those within do not count. Of days, those from the day on which the pause begins up to, not including, the
 * day on which it ends do not count: k working days of pause move a deadline in working days by k. A pause that begins at or after the
 * deadline moves nothing.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_period_add_pause(complaint_period *period, int64_t from, int64_t until);

/** Extended by `length`, at least 1, in the unit of the period, from the original last day, not from the day it was shifted to (Civil and Commercial Code s. 193/7). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_period_add_extension(complaint_period *period, int64_t length);

/** Frees a period. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_period_free(complaint_period *period);

/**
 * When the period is over. As complaint_calendar_due; COMPLAINT_E_STATE: it stands still and has no deadline until it is resumed. `subject` of the
 * error names the member that is not valid: unit, length, first_day, roll, receipt, due_at, from, pauses, extensions.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_period_due(const complaint_calendar *calendar, const complaint_period *period, complaint_deadline **deadline,
                                                                            complaint_error **error);

/**
 * What of it is used up at `at`: with minutes and working minutes in milliseconds, with days the counted days that are over. Pauses are not in
 * it; an open one is allowed. More than the length is possible.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_period_used(const complaint_calendar *calendar, const complaint_period *period, int64_t at, int64_t *used,
                                                                             complaint_error **error);

/* ---- explanations: the derivation of a deadline, to be followed on paper ------------------------------------------------------------------ */

/** What a step says. Values are permanent. */
enum {
    COMPLAINT_STEP_RECEIVED = 1,      /**< `at`: when it came */
    COMPLAINT_STEP_MOVED_RECEIPT = 2, /**< `at`: from when it counts, because it came outside office hours */
    COMPLAINT_STEP_FIRST_DAY = 3,     /**< `first`: the first day that may count; `count` 0: the day of the begin is left out, 1: it is that day */
    COMPLAINT_STEP_COUNT = 4,         /**< `first` to `last` (minutes: `at` to `until`): `count` are counted, `total` so far */
    COMPLAINT_STEP_HOLIDAY = 5,       /**< `first`: passed over, a holiday */
    COMPLAINT_STEP_PAUSE = 6,         /**< `at` to `until` it stood still, `first` to `last` are passed over: `count` in the unit */
    COMPLAINT_STEP_EXTENSION = 7,     /**< `count` more, from the original last day `first` (minutes: from `at`) */
    COMPLAINT_STEP_LAST_DAY = 8,      /**< `first`: the nominal last day */
    COMPLAINT_STEP_ROLL = 9,          /**< the office is closed on the last day `first`; it becomes `last`, which may be the same */
    COMPLAINT_STEP_DUE = 10,          /**< in time is what happens before `at` */
    COMPLAINT_STEP_PREDICTED = 11,    /**< a year from `first` to `last` is not announced */
    COMPLAINT_STEP_AREA_UNKNOWN = 12, /**< a day between was a holiday in provinces of which not all are known */
    COMPLAINT_STEP_OFFICE_HOURS = 13  /**< working minutes: the office hours from `first` on */
};

/** How the deadline of a period comes about; the same failures as complaint_calendar_period_due. Free it with complaint_explanation_free. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_explain(const complaint_calendar *calendar, const complaint_period *period, complaint_explanation **explanation,
                                                                         complaint_error **error);

/** The number of steps. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_explanation_count(const complaint_explanation *explanation);

/** One step, from 0: COMPLAINT_STEP_*, the first and the last day (0 when it has none), how many are counted in the unit, and how many so far. Any pointer may be NULL. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_explanation_step(const complaint_explanation *explanation, int32_t index, int32_t *kind, int32_t *first, int32_t *last,
                                                                         int64_t *count, int64_t *total);

/** The instants of a step, 0 when it has none. Either pointer may be NULL. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_explanation_instants(const complaint_explanation *explanation, int32_t index, int64_t *at, int64_t *until);

/** The step as a sentence in COMPLAINT_THAI or COMPLAINT_ENGLISH; borrowed. NULL when there is no such step. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_explanation_sentence(const complaint_explanation *explanation, int32_t index, int32_t language);

/** The law or decision on which the step rests, "" when it needs none; borrowed. NULL when there is no such step. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_explanation_law(const complaint_explanation *explanation, int32_t index, int32_t language);

/** Frees an explanation. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_explanation_free(complaint_explanation *explanation);

/* ---- a host's own calendar ------------------------------------------------------------------------------------------------------------------ */

/**
 * Begins a calendar that differs from `base`, which stays as it is. Free the edit with complaint_calendar_edit_free; what it builds has
 * a life of its own. `error` may be NULL here and below.
 *
 * Changes take effect in the order in which they are made. One that contradicts what is there (a day off that is one already, a holiday to remove or
 * to move that is none, a year that is announced already) is refused and leaves the edit as it was: COMPLAINT_E_EXISTS or
 * COMPLAINT_E_NOT_FOUND, and the error says which day. What only shows when the whole is put together is refused by complaint_calendar_edit_build,
 * with the number of the change as the error's line.
 *
 * `source` says who decided: `high: cabinet 2026-05-12`, `medium: …`, `low: …`; without such a word before the colon it is high. Texts are without
 * tabs and line breaks.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_new(complaint_calendar *base, complaint_calendar_edit **edit, complaint_error **error);

/** Frees an edit. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_calendar_edit_free(complaint_calendar_edit *edit);

/**
 * A day off. `kind` COMPLAINT_HOLIDAY_SUBSTITUTION, _SPECIAL or _PLOUGHING; `scope` `national` (also NULL) or `area:TH-57,TH-54`; `area:TH-57,*` says that
 * there are more provinces than those named.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_add(complaint_calendar_edit *edit, int32_t day, int32_t kind, const char *scope, const char *thai,
                                                                          const char *english, const char *source, complaint_error **error);

/** What makes the day a holiday does not come. Substitutes of other holidays stay where they are; one of a removed holiday goes with it. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_remove(complaint_calendar_edit *edit, int32_t day, const char *source, complaint_error **error);

/** The holiday or substitute of a day is taken on another, which must not be a holiday yet. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_move(complaint_calendar_edit *edit, int32_t day, int32_t to, const char *source, complaint_error **error);

/** Whatever the day was: an ordinary one (`kind` 0, no scope and no names), or a day off as in complaint_calendar_edit_add. Never a conflict. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_override(complaint_calendar_edit *edit, int32_t day, int32_t kind, const char *scope, const char *thai,
                                                                               const char *english, const char *source, complaint_error **error);

/**
 * A predicted year is announced, or the year after the last one is added (COMPLAINT_ANNOUNCED or COMPLAINT_PREDICTED). `lunar` COMPLAINT_LUNAR_*; 0 leaves that
 * of a predicted year as it is.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_set_year(complaint_calendar_edit *edit, int32_t year, int32_t lunar, int32_t status, const char *source,
                                                                               complaint_error **error);

/**
 * Makes all changes that a JSON text asks for, or none of them: docs/calendar.md has the form, docs/holidays.schema.json its schema. An error has line and path
 * of the member that is wrong. COMPLAINT_E_SYNTAX, COMPLAINT_E_REQUIRED, COMPLAINT_E_INVALID besides those above.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_load_json(complaint_calendar_edit *edit, const char *json, size_t size, complaint_error **error);

/**
 * The days of the week on which these offices are open: the sum of 1 << COMPLAINT_MONDAY, 1 << COMPLAINT_TUESDAY … Holidays stay the government's: they are
 * substituted by its week, Monday to Friday.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_set_week(complaint_calendar_edit *edit, int32_t open_days, complaint_error **error);

/** Office hours, one to four intervals in order: `08:30-12:00 13:00-16:30`. `weekday` 0: of all days but those that have their own. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_set_hours(complaint_calendar_edit *edit, int32_t weekday, const char *hours, complaint_error **error);

/** Office hours of one working day, such as a half day; for counting days it stays a day. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_set_day_hours(complaint_calendar_edit *edit, int32_t day, const char *hours, const char *source,
                                                                                    complaint_error **error);

/** The province whose offices are meant, ISO 3166-2; NULL: the whole country. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_set_province(complaint_calendar_edit *edit, const char *province, complaint_error **error);

/** The calendar; the edit may go on afterwards. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_calendar_edit_build(const complaint_calendar_edit *edit, complaint_calendar **calendar, complaint_error **error);

#ifdef __cplusplus
}
#endif
#endif
