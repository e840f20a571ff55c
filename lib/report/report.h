/*
 * report: the figures of a period, read from the counters that are kept in the same transaction as the cases.
 *
 * Owns: what each figure counts (docs/internals/report.md), the rows of a report and their order. Must not know: cases, who may ask, how a report
 * looks on paper.
 */
#ifndef CPL_REPORT_H
#define CPL_REPORT_H

#include "base/base.h"
#include "policy/policy.h"
#include "record/record.h"

enum { CPL_REPORT_HALF = 6, CPL_REPORT_YEAR = 12 };

/* One row of a table: a code (or YYYY-MM) with its words and its count. Strings live in the policy or the report's arena. */
typedef struct cpl_figure {
    cpl_str key;
    cpl_label label;
    int64_t amount;
} cpl_figure;

typedef struct cpl_figures {
    cpl_figure *items;
    size_t count;
} cpl_figures;

typedef struct cpl_report {
    const complaint_policy *policy;
    int32_t fiscal_year, round; /* B.E.; CPL_REPORT_HALF or CPL_REPORT_YEAR */
    int32_t first, end;         /* days: [first, end) */
    int64_t as_of;              /* the desk's clock */
    int64_t total;              /* received in the period; each of the three tables sums to it */
    int64_t closed;             /* closed in the period, whenever they were received */
    cpl_figures classes, months, channels;
} cpl_report;

/* The days of a round. E_RANGE naming `fiscal_year` or `round`. */
complaint_status cpl_report_period(int32_t fiscal_year, int32_t round, int32_t *first, int32_t *end, complaint_error *e);
/* The report from counter rows (columns after the office: figure, period, dimension, amount) in any order; rows of other figures and periods do not count.
 * Pure; the report lives in the arena. */
complaint_status cpl_report_make(const complaint_policy *p, int32_t fiscal_year, int32_t round, int64_t as_of, const cpl_rows *counters, cpl_arena *a, cpl_report *r,
                                 complaint_error *e);
/* The same, reading the counters in the transaction. */
complaint_status cpl_report_read(cpl_tx *tx, const complaint_policy *p, int32_t fiscal_year, int32_t round, int64_t as_of, cpl_arena *a, cpl_report *r);

#endif
