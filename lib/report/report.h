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

enum { CPL_REPORT_MONTHS = 12 };

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
    const cpl_round *round;
    int32_t fiscal_year; /* B.E. */
    int32_t first, end;  /* days: [first, end) */
    int32_t cut_off;     /* the first day on which nothing more is waited for: figures of an earlier as_of are preliminary */
    int32_t due;         /* the last day on which the report is in time */
    int64_t as_of;              /* the desk's clock */
    int64_t total;              /* received in the period; each of the tables sums to it */
    int64_t closed;             /* closed in the period, whenever they were received */
    cpl_figures classes, months, channels;
    cpl_figures *analyses; /* one for each of the policy's, its rows the groups and then the rest */
} cpl_report;

/* The days of the round that people call by its last month (6, 12). E_RANGE naming `fiscal_year` or `round`, E_UNSUPPORTED when the policy has no rounds. */
complaint_status cpl_report_period(const complaint_policy *p, int32_t fiscal_year, int32_t round, int32_t *first, int32_t *end, complaint_error *e);
/* The report from counter rows (columns after the office: figure, period, dimension, amount) in any order; rows of other figures and periods do not count.
 * Pure; the report lives in the arena. */
complaint_status cpl_report_make(const complaint_policy *p, int32_t fiscal_year, int32_t round, int64_t as_of, const cpl_rows *counters, cpl_arena *a, cpl_report *r,
                                 complaint_error *e);
/* The same, reading the counters in the transaction. */
complaint_status cpl_report_read(cpl_tx *tx, const complaint_policy *p, int32_t fiscal_year, int32_t round, int64_t as_of, cpl_arena *a, cpl_report *r);

#endif
