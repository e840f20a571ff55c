/*
 * kit/check_ranges: every index of every table, both directions, every shape of bounds, limits, and sinks that have had enough.
 */
#include "kit.h"

#include <stdio.h>

enum { ROWS = 18, WORDS = 120 };

/* Fills a table with rows of three offices and gives those of the one that is asked about. */
static bool fill(cpl_kit *k, int32_t table, cpl_kit_rows *rows) {
    cpl_kit_rows before = cpl_kit_make_rows(k, table, KIT_BEFORE, 3), after = cpl_kit_make_rows(k, table, KIT_AFTER, 3);
    *rows = cpl_kit_make_rows(k, table, KIT_OFFICE, ROWS);
    return cpl_kit_store_rows(k, 0, KIT_AFTER, &after) && cpl_kit_store_rows(k, 0, KIT_OFFICE, rows) && cpl_kit_store_rows(k, 0, KIT_BEFORE, &before);
}

/* Runs `check` in one transaction on each index of each table. */
static bool on_every_index(cpl_kit *k, bool (*check)(cpl_kit *k, const cpl_kit_rows *rows, int32_t table, int32_t index)) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        cpl_kit_rows rows;
        if (!fill(k, t, &rows) || !cpl_kit_begin(k, 0, COMPLAINT_READ, KIT_OFFICE)) return false;
        for (int32_t i = 0; i < complaint_schema_index_count(t); i++)
            if (!check(k, &rows, t, i)) return false;
        if (!cpl_kit_commit(k, 0)) return false;
    }
    return true;
}

static bool expect(cpl_kit *k, const char *what, const cpl_kit_rows *rows, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit) {
    cpl_kit_rows expected = cpl_kit_expect(k, rows, index, bounds, direction, limit);
    return cpl_kit_gives(k, 0, what, &expected, table, index, bounds, direction, limit);
}

/* ---- order --------------------------------------------------------------------------------------------------------------------------- */

static bool order_of(cpl_kit *k, const cpl_kit_rows *rows, int32_t table, int32_t index) {
    complaint_value office = cpl_kit_text(KIT_OFFICE);
    complaint_bounds open = {NULL, 0, 0, NULL, 0, 0}, closed = {&office, 1, 0, &office, 1, 0};
    return expect(k, "ascending", rows, table, index, &closed, COMPLAINT_ASCENDING, 0) && expect(k, "descending", rows, table, index, &closed, COMPLAINT_DESCENDING, 0) &&
           expect(k, "both ends open, ascending", rows, table, index, &open, COMPLAINT_ASCENDING, 0) &&
           expect(k, "both ends open, descending", rows, table, index, &open, COMPLAINT_DESCENDING, 0);
}

static bool order_is_that_of_the_index(cpl_kit *k) { return on_every_index(k, order_of); }

/* ---- bounds -------------------------------------------------------------------------------------------------------------------------- */

/* Every number of columns at each end, inclusive and exclusive, in both directions. */
static bool every_shape(cpl_kit *k, const cpl_kit_rows *rows, int32_t table, int32_t index, const complaint_value *lower, const complaint_value *upper) {
    int32_t width = complaint_schema_index_width(table, index), shapes = 2 * width + 1;
    for (int32_t n = 0; n < shapes * shapes * 2; n++) {
        int32_t low = n / 2 % shapes, high = n / 2 / shapes, direction = n % 2 ? COMPLAINT_DESCENDING : COMPLAINT_ASCENDING;
        complaint_bounds b = {lower, (low + 1) / 2, low > 0 && low % 2 == 0, upper, (high + 1) / 2, high > 0 && high % 2 == 0};
        char what[WORDS];
        (void)snprintf(what, sizeof what, "%s of %d columns to %s of %d columns, %s", b.lower_exclusive ? "after" : "from", (int)b.lower_count,
                       b.upper_exclusive ? "before" : "up to", (int)b.upper_count, direction == COMPLAINT_ASCENDING ? "ascending" : "descending");
        if (!expect(k, what, rows, table, index, &b, direction, 0)) return false;
    }
    return true;
}

static bool bounds_of(cpl_kit *k, const cpl_kit_rows *rows, int32_t table, int32_t index) {
    static const complaint_bounds open = {NULL, 0, 0, NULL, 0, 0};
    cpl_kit_rows sorted = cpl_kit_expect(k, rows, index, &open, COMPLAINT_ASCENDING, 0);
    cpl_kit_row absent = cpl_kit_make_row(k, table, KIT_OFFICE, ROWS + 2);
    complaint_value *low = cpl_kit_index_values(k, &sorted.items[ROWS / 4], index), *high = cpl_kit_index_values(k, &sorted.items[ROWS - ROWS / 4], index);
    complaint_value *nowhere = cpl_kit_index_values(k, &absent, index);
    return every_shape(k, rows, table, index, low, high) && every_shape(k, rows, table, index, high, high) && every_shape(k, rows, table, index, high, low) &&
           every_shape(k, rows, table, index, low, nowhere);
}

static bool bounds_hold(cpl_kit *k) { return on_every_index(k, bounds_of); }

/* ---- limits --------------------------------------------------------------------------------------------------------------------------- */

static bool limits_of(cpl_kit *k, const cpl_kit_rows *rows, int32_t table, int32_t index) {
    static const int64_t limits[] = {1, 2, ROWS - 1, ROWS, ROWS + 1, 1000000};
    complaint_value office = cpl_kit_text(KIT_OFFICE);
    complaint_bounds all = {&office, 1, 0, &office, 1, 0};
    for (size_t n = 0; n < sizeof limits / sizeof limits[0]; n++) {
        char what[WORDS];
        (void)snprintf(what, sizeof what, "limit %d", (int)limits[n]);
        if (!expect(k, what, rows, table, index, &all, COMPLAINT_ASCENDING, limits[n]) || !expect(k, what, rows, table, index, &all, COMPLAINT_DESCENDING, limits[n])) return false;
    }
    return true;
}

static bool limit_holds(cpl_kit *k) { return on_every_index(k, limits_of); }

/* Pages of five, each beginning behind the last row of the one before: every row once. */
static bool pages_in(cpl_kit *k, const cpl_kit_rows *rows, int32_t table, int32_t index, int32_t direction) {
    complaint_value office = cpl_kit_text(KIT_OFFICE);
    complaint_bounds b = {&office, 1, 0, &office, 1, 0};
    cpl_kit_rows sorted = cpl_kit_expect(k, rows, index, &b, direction, 0);
    for (int32_t from = 0; from < sorted.count; from += 5) {
        cpl_kit_rows page = {sorted.items + from, sorted.count - from < 5 ? sorted.count - from : 5};
        if (!cpl_kit_gives(k, 0, "in pages of five", &page, table, index, &b, direction, 5)) return false;
        complaint_value *last = cpl_kit_index_values(k, &page.items[page.count - 1], index);
        int32_t width = complaint_schema_index_width(table, index);
        if (direction == COMPLAINT_ASCENDING)
            b = (complaint_bounds){last, width, 1, &office, 1, 0};
        else
            b = (complaint_bounds){&office, 1, 0, last, width, 1};
    }
    cpl_kit_rows none = {NULL, 0};
    return cpl_kit_gives(k, 0, "behind the last page", &none, table, index, &b, direction, 5);
}

static bool pages_of(cpl_kit *k, const cpl_kit_rows *rows, int32_t table, int32_t index) {
    return pages_in(k, rows, table, index, COMPLAINT_ASCENDING) && pages_in(k, rows, table, index, COMPLAINT_DESCENDING);
}

static bool paging_meets_every_row_once(cpl_kit *k) { return on_every_index(k, pages_of); }

/* ---- sinks ----------------------------------------------------------------------------------------------------------------------------- */

static bool refusals_of(cpl_kit *k, const cpl_kit_rows *rows, int32_t table, int32_t index) {
    static const complaint_bounds open = {NULL, 0, 0, NULL, 0, 0};
    for (int32_t enough = 1; enough < 4; enough++) {
        cpl_kit_catch *c = NULL;
        if (!cpl_kit_select(k, 0, table, index, &open, COMPLAINT_ASCENDING, 0, enough, &c)) return false;
        if (c->calls != enough) return cpl_kit_fail(k, "%s: the sink said stop at row %d and was called %d times", complaint_schema_table_name(table), (int)enough, (int)c->calls);
        cpl_kit_forget_rows(c);
    }
    return expect(k, "after a select that was stopped", rows, table, index, &open, COMPLAINT_ASCENDING, 0);
}

static bool sink_may_stop(cpl_kit *k) { return on_every_index(k, refusals_of); }

static bool empty_range_is_no_error(cpl_kit *k) {
    static const complaint_bounds open = {NULL, 0, 0, NULL, 0, 0};
    static const cpl_kit_rows none = {NULL, 0};
    if (!cpl_kit_start(k) || !cpl_kit_begin(k, 0, COMPLAINT_READ, KIT_OFFICE)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++)
        for (int32_t i = 0; i < complaint_schema_index_count(t); i++)
            if (!cpl_kit_gives(k, 0, "in an empty table", &none, t, i, &open, COMPLAINT_ASCENDING, 0) ||
                !cpl_kit_gives(k, 0, "in an empty table", &none, t, i, &open, COMPLAINT_DESCENDING, 10))
                return false;
    return cpl_kit_commit(k, 0);
}

const cpl_kit_check cpl_kit_range_checks[] = {
    {"range/order_is_that_of_the_index", 0, order_is_that_of_the_index},
    {"range/bounds_hold", 0, bounds_hold},
    {"range/limit_holds", 0, limit_holds},
    {"range/paging_meets_every_row_once", 0, paging_meets_every_row_once},
    {"range/sink_may_stop", 0, sink_may_stop},
    {"range/empty_is_no_error", 0, empty_range_is_no_error},
    {NULL, 0, NULL},
};
