/**
 * @file complaint/report.h
 * Figures of a fiscal year.
 *
 * A report has figures for the cases received in a round of a fiscal year, Bangkok time, half-open, up to the desk's clock. The rounds are the policy's, and called by their last month: the built-in policies have 6
 * (1 October to 31 March) and 12 (to 30 September, cumulative) [PR-14.1]. It reads maintained counters, not cases. Each table of figures sums to the total; what is not classified yet is a row of its own.
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
 * The figures: one row per figure and key with `figure`, `key`, `label_th`, `label_en`, `amount`. Figures are `total`, `class`, `month`, `channel` (keys: codes, and YYYY-MM), and the id of each analysis that the policy has
 * in `reports` (keys: its groups, then "" for the rest [PR-14.2]). Classes and channels of the policy stand in its order, also when zero; months in order of time. COMPLAINT_E_RANGE: a year outside 2433 .. 2699, a round that
 * the policy does not have. COMPLAINT_E_UNSUPPORTED: it has none at all. COMPLAINT_E_STATE, subject `archive`: an archive was not read to its end (complaint/archive.h), and figures of a part are nobody's.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_report(complaint_desk *desk, const complaint_actor *actor, int32_t fiscal_year, int32_t round, complaint_page **figures);

/** The same as a document for people (Thai, tables aligned by display width) or programs. `*text` is owned by the caller. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_report_text(complaint_desk *desk, const complaint_actor *actor, int32_t fiscal_year, int32_t round, int32_t form,
                                                                         complaint_text **text);

#ifdef __cplusplus
}
#endif
#endif
