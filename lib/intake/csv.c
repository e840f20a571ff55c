/*
 * intake/csv: a table of separated values as spreadsheets write it.
 *
 * Owns: quotation marks, separators, line ends, physical lines. Must not know: what a cell means.
 *
 * Debian's libcsv was looked at: it counts no lines, and its memory comes from functions without a context, so a host's allocator could not reach it.
 */
#include "intake/register.h"

#include <inttypes.h>

static char at(const cpl_csv *csv) { return csv->at < csv->text.n ? csv->text.p[csv->at] : '\0'; }

static bool at_end(const cpl_csv *csv) { return csv->at >= csv->text.n; }

static bool at_line_end(const cpl_csv *csv) { return at_end(csv) || at(csv) == '\n' || at(csv) == '\r'; }

/* CR LF, LF, or CR. */
static void pass_line_end(cpl_csv *csv) {
    if (at_end(csv)) return;
    char first = csv->text.p[csv->at++];
    if (first == '\r' && at(csv) == '\n' && !at_end(csv)) csv->at++;
    csv->line++;
}

static complaint_status bad(complaint_error *e, int64_t line, const char *thai, const char *english) {
    cpl_failf(e, COMPLAINT_E_SYNTAX, "csv", "บรรทัด %" PRId64 ": %s%.0s", "line %" PRId64 ": %.0s%s", line, thai, english);
    cpl_error_at(e, "", line, -1);
    return COMPLAINT_E_SYNTAX;
}

/* ---- cells ---- */

static cpl_str plain_cell(cpl_csv *csv) {
    size_t first = csv->at;
    while (!at_line_end(csv) && at(csv) != csv->separator) csv->at++;
    return (cpl_str){csv->text.p + first, csv->at - first};
}

/* The bytes between the quotation marks, two of them in a row still as they are; *doubled: how often. False when it is not closed. */
static bool quoted_bytes(cpl_csv *csv, cpl_str *raw, size_t *doubled) {
    size_t first = ++csv->at;
    for (*doubled = 0; !at_end(csv);) {
        if (at(csv) == '"' && csv->at + 1 < csv->text.n && csv->text.p[csv->at + 1] == '"') {
            ++*doubled;
            csv->at += 2;
        } else if (at(csv) == '"') {
            *raw = (cpl_str){csv->text.p + first, csv->at++ - first};
            return true;
        } else if (at_line_end(csv))
            pass_line_end(csv);
        else
            csv->at++;
    }
    return false;
}

static bool without_doubles(cpl_str raw, size_t doubled, cpl_arena *a, cpl_str *cell) {
    char *out = cpl_arena_alloc(a, raw.n - doubled + 1);
    size_t n = 0;
    if (!out) return false;
    for (size_t i = 0; i < raw.n; i++) {
        out[n++] = raw.p[i];
        if (raw.p[i] == '"') i++;
    }
    *cell = (cpl_str){out, n};
    return true;
}

static complaint_status quoted_cell(cpl_csv *csv, cpl_arena *a, cpl_str *cell, complaint_error *e) {
    int64_t line = csv->line;
    size_t doubled;
    if (!quoted_bytes(csv, cell, &doubled)) return bad(e, line, "เครื่องหมายคำพูดที่เปิดในบรรทัดนี้ไม่มีตัวปิด", "a quotation mark that opens in this line is never closed");
    if (!at_line_end(csv) && at(csv) != csv->separator)
        return bad(e, csv->line, "หลังเครื่องหมายคำพูดปิดต้องเป็นตัวคั่นหรือจบบรรทัด", "a separator or the end of the line has to follow a closing quotation mark");
    if (doubled && !without_doubles(*cell, doubled, a, cell)) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    return COMPLAINT_OK;
}

/* ---- records ---- */

void cpl_csv_begin(cpl_csv *csv, cpl_str text) {
    static const char separators[] = {',', ';', '\t'};
    size_t found[sizeof separators] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n && (quoted || (text.p[i] != '\n' && text.p[i] != '\r')); i++) {
        quoted ^= text.p[i] == '"';
        for (size_t k = 0; !quoted && k < sizeof separators; k++) found[k] += text.p[i] == separators[k];
    }
    for (size_t k = 1; k < sizeof separators; k++)
        if (found[k] > found[best]) best = k;
    *csv = (cpl_csv){.text = text, .line = 1, .separator = separators[best]};
}

complaint_status cpl_csv_next(cpl_csv *csv, cpl_arena *a, cpl_csv_record *record, complaint_error *e) {
    complaint_status s = COMPLAINT_OK;
    record->count = 0;
    record->line = csv->line;
    if (at_end(csv)) return COMPLAINT_OK;
    for (;;) {
        if (record->count == CPL_CSV_CELLS) return bad(e, csv->line, "มีช่องมากเกินไปในแถวเดียว", "too many cells in one row");
        cpl_str *cell = &record->cells[record->count++];
        if (!at_end(csv) && at(csv) == '"') s = quoted_cell(csv, a, cell, e);
        else *cell = plain_cell(csv);
        if (s != COMPLAINT_OK) return s;
        if (at_line_end(csv)) break;
        csv->at++;
    }
    pass_line_end(csv);
    return COMPLAINT_OK;
}
