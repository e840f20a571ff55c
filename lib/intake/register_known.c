/*
 * intake/register_known: a row that is in the system already, and what it says otherwise now.
 *
 * Owns: finding the row as it was imported or may have been, which columns differ. Must not know: what a column means; nothing is changed here.
 *
 * A row was kept word for word, as lines of `heading: cell`, with the first note of its case or with what set its message aside: in a field that says who somebody is, or, under a
 * policy without one, without what may name the complainant in the text.
 */
#include "intake/register.h"

#include "desk/desk.h"

/* ---- its message, its case ------------------------------------------------------------------------------------------------- */

complaint_status cpl_register_known(const cpl_register *reg, const complaint_policy *policy, cpl_tx *tx, cpl_str external_id, int64_t *message) {
    enum { MESSAGE = 1 };
    cpl_arena a;
    complaint_status s = COMPLAINT_OK;
    cpl_arena_init(&a, reg->memory);
    *message = 0;
    for (size_t i = 0; s == COMPLAINT_OK && *message == 0 && i < policy->channel_count; i++) {
        cpl_rows rows = {0};
        cpl_range r = {.table = CPL_MESSAGE, .index = 1, .equal = {cpl_txt(policy->channels[i].code.id), cpl_txt(external_id)}, .equal_count = 2, .limit = 1};
        s = cpl_tx_select(tx, &r, &a, &rows);
        if (s == COMPLAINT_OK && rows.count) *message = rows.items[0].values[MESSAGE].integer;
    }
    cpl_arena_free(&a);
    return s;
}

static complaint_status closed_up(const cpl_register *reg, cpl_arena *a, cpl_str text, cpl_str *word) {
    cpl_normal normal;
    cpl_normal_init(&normal, reg->memory);
    bool ok = cpl_word_make(&normal, a, text, word);
    cpl_normal_free(&normal);
    if (ok) cpl_word_close_up(word);
    return ok ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

/* Whether the case began with a message about the same. */
static complaint_status has_subject(const cpl_register *reg, cpl_arena *a, cpl_tx *tx, int64_t case_id, cpl_str subject, bool *yes) {
    enum { BODY = 15 };
    cpl_rows rows = {0};
    cpl_str body, was = CPL_LIT(""), is = CPL_LIT("");
    cpl_range r = {.table = CPL_MESSAGE, .index = 4, .equal = {cpl_int(case_id)}, .equal_count = 1, .limit = 1};
    complaint_status s = cpl_tx_select(tx, &r, a, &rows);
    if (s != COMPLAINT_OK || rows.count == 0 || cpl_envelope_open(cpl_value_str(&rows.items[0].values[BODY]), &body) != COMPLAINT_OK) return s;
    s = closed_up(reg, a, body, &was);
    if (s == COMPLAINT_OK) s = closed_up(reg, a, subject, &is);
    *yes = s == COMPLAINT_OK && is.n && cpl_str_eq(was, is);
    return s;
}

/* A number comes again with each year, so another day counts within one only. */
static complaint_status resembles(const cpl_register *reg, cpl_arena *a, cpl_tx *tx, const cpl_register_row *row, const cpl_row *found, bool *yes) {
    enum { CASE = 1, RECEIVED = 13, YEAR = 366 };
    int32_t day = cpl_instant_day(found->values[RECEIVED].integer), apart = day > row->received_day ? day - row->received_day : row->received_day - day;
    *yes = apart == 0;
    return apart == 0 || apart > YEAR ? COMPLAINT_OK : has_subject(reg, a, tx, found->values[CASE].integer, row->cells[CPL_COLUMN_SUBJECT], yes);
}

complaint_status cpl_register_resembling(const cpl_register *reg, cpl_tx *tx, const cpl_register_row *row, int64_t *case_id) {
    enum { CASE = 1, LEGACY = 5 };
    cpl_arena a;
    cpl_rows rows = {0};
    cpl_str key = CPL_LIT("");
    int32_t year;
    int64_t behind = *case_id;
    complaint_status s = COMPLAINT_OK;
    *case_id = 0;
    if (row->cells[CPL_COLUMN_NUMBER].n == 0) return COMPLAINT_OK;
    cpl_arena_init(&a, reg->memory);
    if (!cpl_legacy_key(&a, row->cells[CPL_COLUMN_NUMBER], &key, &year)) s = COMPLAINT_E_MEMORY;
    cpl_range r = {.table = CPL_CASE, .index = LEGACY, .equal = {cpl_txt(key)}, .equal_count = 1, .limit = 1000};
    if (s == COMPLAINT_OK && key.n) s = cpl_tx_select(tx, &r, &a, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && *case_id == 0 && i < rows.count; i++) {
        bool yes = false;
        int64_t found = rows.items[i].values[CASE].integer;
        if (found > behind) s = resembles(reg, &a, tx, row, &rows.items[i], &yes);
        if (yes) *case_id = found;
    }
    cpl_arena_free(&a);
    return s;
}

/* ---- the row as it was ----------------------------------------------------------------------------------------------------- */

typedef struct kept {
    const cpl_codes *fields; /* that may hold the whole row */
    cpl_str text;
    bool whole;
} kept;

static complaint_status take_string(cpl_arena *a, cpl_scan *scan, cpl_str *text) {
    cpl_buf b;
    if (cpl_scan_next(scan) != CPL_SCAN_STRING) return COMPLAINT_OK;
    cpl_buf_init(&b, a->m);
    bool read = cpl_scan_unescape(scan, &b), failed = b.failed || (read && !cpl_arena_str(a, (cpl_str){b.size ? b.data : "", b.size}, text));
    cpl_buf_free(&b);
    return failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
}

/* What was written into a field of an event; empty when it is not there. `who`: among those that say who somebody is. */
static complaint_status text_of(cpl_arena *a, cpl_str clear, bool who, const char *field, cpl_str *text) {
    cpl_scan scan;
    *text = CPL_LIT("");
    cpl_scan_init(&scan, clear);
    if (cpl_scan_next(&scan) != CPL_SCAN_OBJECT) return COMPLAINT_OK;
    if (who && (!cpl_scan_find(&scan, CPL_SEALED_IDENTITY) || cpl_scan_next(&scan) != CPL_SCAN_OBJECT)) return COMPLAINT_OK;
    return cpl_scan_find(&scan, field) ? take_string(a, &scan, text) : COMPLAINT_OK;
}

static complaint_status row_of(cpl_arena *a, cpl_str sealed, const char *field, kept *k) {
    cpl_str clear;
    complaint_status s = COMPLAINT_OK;
    if (cpl_envelope_open(sealed, &clear) != COMPLAINT_OK || clear.n == 0) return COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && k->text.n == 0 && i < k->fields->count; i++) s = text_of(a, clear, true, k->fields->items[i].p, &k->text);
    k->whole = k->text.n > 0;
    return s == COMPLAINT_OK && !k->whole ? text_of(a, clear, false, field, &k->text) : s;
}

static complaint_status first_words(cpl_arena *a, cpl_tx *tx, int64_t stream, int32_t kind, const char *field, kept *k) {
    enum { EARLY = 8 };
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_EVENT, .equal = {cpl_int(stream)}, .equal_count = 1, .limit = EARLY};
    complaint_status s = cpl_tx_select(tx, &r, a, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) {
        cpl_event ev;
        s = cpl_event_from_row(rows.items[i].values, &ev, tx->error);
        if (s == COMPLAINT_OK && ev.kind == kind) return row_of(a, ev.sealed, field, k);
    }
    return s;
}

static complaint_status as_imported(cpl_arena *a, cpl_tx *tx, int64_t message, kept *k) {
    enum { CASE = 9 };
    cpl_row row;
    complaint_value key = cpl_int(message);
    complaint_status s = cpl_tx_get(tx, CPL_MESSAGE, &key, 1, a, &row);
    if (s != COMPLAINT_OK) return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
    int64_t case_id = row.values[CASE].integer;
    return case_id ? first_words(a, tx, case_id, CPL_EV_NOTE, "text", k) : first_words(a, tx, message, CPL_EV_SET_ASIDE, "reason", k);
}

/* ---- what differs ------------------------------------------------------------------------------------------------------------ */

static bool begins(cpl_str s, size_t at, cpl_str with) { return s.n - at >= with.n && memcmp(s.p + at, with.p, with.n) == 0; }

/* What stands behind the heading, to the end of its line; false: there is no such line. */
static bool line_of(cpl_str text, cpl_str heading, cpl_str *cell) {
    *cell = CPL_LIT("");
    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        while (end < text.n && text.p[end] != '\n') end++;
        size_t from = at + heading.n + 2;
        if (begins(text, at, heading) && from <= end && memcmp(text.p + at + heading.n, ": ", 2) == 0) {
            *cell = (cpl_str){text.p + from, end - from};
            return true;
        }
        at = end + 1;
    }
    return false;
}

static bool ends_with(cpl_str s, cpl_str end) { return s.n >= end.n && memcmp(s.p + s.n - end.n, end.p, end.n) == 0; }

/* Under other headings there is nothing to compare. */
static bool is_comparable(const cpl_register *reg, cpl_str is, cpl_str was) {
    cpl_str cell;
    return !ends_with(was, is) && line_of(was, reg->headings[CPL_COLUMN_RECEIVED], &cell);
}

complaint_status cpl_register_compare(const cpl_register *reg, const cpl_codes *fields, cpl_tx *tx, int64_t message, const cpl_register_row *row, bool differs[CPL_COLUMN_COUNT], bool *any) {
    cpl_arena a;
    cpl_str old, new;
    kept was = {.fields = fields, .text = CPL_LIT("")};
    cpl_arena_init(&a, reg->memory);
    complaint_status s = as_imported(&a, tx, message, &was);
    cpl_str is = was.whole ? row->whole : row->plain;
    bool comparable = s == COMPLAINT_OK && is_comparable(reg, is, was.text);
    *any = false;
    for (int i = 0; i < CPL_COLUMN_COUNT; i++) {
        differs[i] = false;
        if (!comparable || reg->headings[i].n == 0) continue;
        (void)line_of(was.text, reg->headings[i], &old);
        (void)line_of(is, reg->headings[i], &new);
        differs[i] = !cpl_str_eq(old, new);
        *any = *any || differs[i];
    }
    cpl_arena_free(&a);
    return s;
}
