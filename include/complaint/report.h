/**
 * @file complaint/report.h
 * Figures of a fiscal year.
 *
 * A report has figures for the cases received from 1 October to 31 March (round 6) or to 30 September (round 12) of a fiscal year, Bangkok time, half-open, up to the
 * desk's clock. It reads maintained counters, not cases. Each figure sums to the total; what is not classified yet is a row of its own.
 */
#ifndef COMPLAINT_REPORT_H
#define COMPLAINT_REPORT_H

#include <complaint/desk.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Forms of a rendered report. Values are permanent. */
enum { COMPLAINT_REPORT_TEXT = 1, COMPLAINT_REPORT_JSON = 2 };

/**
 * The figures: one row per figure and key with `figure` (`total`, `class`, `month`, `channel`), `key` (a code, or YYYY-MM), `label_th`, `label_en`, `amount`. Classes and channels of the
 * policy stand in its order, also when zero; months in order of time. COMPLAINT_E_RANGE: a year outside 2433 .. 2699, a round other than 6 and 12.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_report(complaint_desk *desk, const complaint_actor *actor, int32_t fiscal_year, int32_t round, complaint_page **figures);

/** The same as a document for people (Thai, tables aligned by display width) or programs. `*text` is owned by the caller. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_report_text(complaint_desk *desk, const complaint_actor *actor, int32_t fiscal_year, int32_t round, int32_t form,
                                                                         complaint_text **text);

#ifdef __cplusplus
}
#endif
#endif
