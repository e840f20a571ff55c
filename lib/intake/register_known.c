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

enum { MESSAGE_ID = 1, EXTERNAL = 4 };

static complaint_status select_id(cpl_tx *tx, cpl_str channel, cpl_str external_id, cpl_arena *a, cpl_rows *rows) {
    cpl_range r = {.table = CPL_MESSAGE, .index = 1, .equal = {cpl_txt(channel), cpl_txt(external_id)}, .equal_count = 2, .limit = 1};
    return cpl_tx_select(tx, &r, a, rows);
}

/* In order, those that begin with `mark`, up to AT_ONCE: nobody puts more rows right that read alike. */
static complaint_status select_marked(cpl_tx *tx, cpl_str channel, cpl_str mark, cpl_arena *a, cpl_rows *rows) {
    enum { AT_ONCE = 256 };
    char end[CPL_ID_MAX];
    if (mark.n + 1 >= sizeof end) return COMPLAINT_OK;
    memcpy(end, mark.p, mark.n);
    end[mark.n] = '~';
    cpl_range r = {.table = CPL_MESSAGE, .index = 1, .equal = {cpl_txt(channel)}, .equal_count = 1, .after = {cpl_txt(mark)}, .after_count = 1, .until = {cpl_txt((cpl_str){end, mark.n + 1})}, .until_count = 1, .limit = AT_ONCE};
    return cpl_tx_select(tx, &r, a, rows);
}

/* The row was put right in the register too: of those that were imported from among what was refused, one whose own row is nowhere in this file. */
static complaint_status take_marked(cpl_register *reg, cpl_tx *tx, cpl_str channel, cpl_arena *a, cpl_register_row *row, int64_t *message) {
    cpl_rows rows = {0};
    cpl_str mark = cpl_register_marked_ids(a, row->external_id);
    complaint_status s = mark.p ? select_marked(tx, channel, mark, a, &rows) : COMPLAINT_E_MEMORY;
    for (size_t i = 0; s == COMPLAINT_OK && *message == 0 && i < rows.count; i++) {
        cpl_str id = cpl_value_str(&rows.items[i].values[EXTERNAL]);
        if (cpl_register_has(reg, id)) continue;
        if (!cpl_arena_str(&reg->arena, id, &row->external_id)) return COMPLAINT_E_MEMORY;
        *message = rows.items[i].values[MESSAGE_ID].integer;
    }
    return s;
}

complaint_status cpl_register_known(cpl_register *reg, const complaint_policy *policy, cpl_tx *tx, cpl_register_row *row, int64_t *message) {
    cpl_arena a;
    complaint_status s = COMPLAINT_OK;
    cpl_arena_init(&a, reg->memory);
    *message = 0;
    for (size_t i = 0; s == COMPLAINT_OK && *message == 0 && i < policy->channel_count; i++) {
        cpl_rows rows = {0};
        s = select_id(tx, policy->channels[i].code.id, row->external_id, &a, &rows);
        if (s == COMPLAINT_OK && rows.count) *message = rows.items[0].values[MESSAGE_ID].integer;
    }
    for (size_t i = 0; s == COMPLAINT_OK && !row->marked && *message == 0 && i < policy->channel_count; i++) s = take_marked(reg, tx, policy->channels[i].code.id, &a, row, message);
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

/* What cannot be opened is alike with nothing. */
static complaint_status opened_word(const cpl_register *reg, cpl_arena *a, const complaint_value *sealed, cpl_str *word) {
    cpl_str text;
    *word = CPL_LIT("");
    return cpl_envelope_open(cpl_value_str(sealed), &text) == COMPLAINT_OK ? closed_up(reg, a, text, word) : COMPLAINT_OK;
}

static bool is_imported(cpl_str external_id) {
    static const char mark[] = "register:";
    return external_id.n >= sizeof mark - 1 && memcmp(external_id.p, mark, sizeof mark - 1) == 0;
}

/* What a message says of it, where it is a register's; words in the arena. */
static complaint_status take_message(const cpl_register *reg, cpl_arena *a, const cpl_row *message, cpl_imported *one) {
    enum { SENDER = 14, BODY = 15 };
    const complaint_value *v = message->values;
    one->name = one->subject = one->external_id = CPL_LIT("");
    if (!is_imported(cpl_value_str(&v[EXTERNAL]))) return COMPLAINT_OK;
    complaint_status s = opened_word(reg, a, &v[SENDER], &one->name);
    if (s == COMPLAINT_OK) s = opened_word(reg, a, &v[BODY], &one->subject);
    return s == COMPLAINT_OK && !cpl_arena_str(a, cpl_value_str(&v[EXTERNAL]), &one->external_id) ? COMPLAINT_E_MEMORY : s;
}

/* ---- the case that it may have been ---------------------------------------------------------------------------------------- */

enum { YEAR = 366, CASE_ID = 1, RECEIVED = 13, LEGACY = 28, OF_CASE = 9, SENT = 10, BY_STATE = 2, AT_ONCE = 1000 };

/* The nearest first. */
typedef enum { NUMBER_AND_DAY, NUMBER_AND_SUBJECT, DAY_AND_NAME, DAY_AND_SUBJECT, NAME_AND_SUBJECT, UNLIKE } likeness;
static const struct {
    const char *thai, *english;
} likenesses[] = {
    [NUMBER_AND_DAY] = {"เลขที่และวันที่รับตรงกัน", "the number and the day of receipt are the same"},
    [NUMBER_AND_SUBJECT] = {"เลขที่และเรื่องตรงกัน", "the number and the subject are the same"},
    [DAY_AND_NAME] = {"วันที่รับและผู้ร้องเรียนตรงกัน", "the day of receipt and the complainant are the same"},
    [DAY_AND_SUBJECT] = {"วันที่รับและเรื่องตรงกัน", "the day of receipt and the subject are the same"},
    [NAME_AND_SUBJECT] = {"ผู้ร้องเรียนและเรื่องตรงกัน", "the complainant and the subject are the same"},
};

static bool is_same(cpl_str a, cpl_str b) { return a.n && cpl_str_eq(a, b); }

/* Two numbers of one day are two matters, unless about the same by the same or by nobody who is named. */
static likeness same_day(const cpl_imported *was, const cpl_imported *is) {
    bool name = is_same(is->name, was->name), subject = is_same(is->subject, was->subject);
    bool numbers = was->number.n && is->number.n, others = was->name.n && is->name.n && !name;
    if (name && (subject || !numbers)) return DAY_AND_NAME;
    return subject && !(numbers && others) ? DAY_AND_SUBJECT : UNLIKE;
}

/* `is`: the row, as an imported case would be. A number comes again with each year (5/2568 is not 5/2569), and so does what somebody complains about: another day counts within one only. */
static likeness alike(const cpl_imported *was, const cpl_imported *is) {
    int32_t apart = was->day > is->day ? was->day - is->day : is->day - was->day;
    if (apart > YEAR) return UNLIKE;
    bool years = was->year && is->year && was->year != is->year, number = !years && is_same(is->number, was->number);
    if (number && apart == 0) return NUMBER_AND_DAY;
    if (number && is_same(is->subject, was->subject)) return NUMBER_AND_SUBJECT;
    if (number || apart == 0) return number ? UNLIKE : same_day(was, is);
    bool without = was->number.n == 0 && is->number.n == 0;
    return without && is_same(is->name, was->name) && is_same(is->subject, was->subject) ? NAME_AND_SUBJECT : UNLIKE;
}

/* The days from which a case may be a row's: those of the rows, and a year on both sides. */
static bool days_of(const cpl_register *reg, int32_t *first, int32_t *last) {
    bool any = false;
    for (size_t i = 0; i < reg->count; i++) {
        const cpl_register_row *row = &reg->rows[i];
        if (row->external_id.n == 0) continue;
        if (!any || row->received_day < *first) *first = row->received_day;
        if (!any || row->received_day > *last) *last = row->received_day;
        any = true;
    }
    *first -= YEAR;
    *last += YEAR + 1;
    return any;
}

static cpl_imported *room_for(cpl_register *reg, size_t more) {
    cpl_imported *moved = cpl_arena_alloc(&reg->arena, (reg->imported_count + more + 1) * sizeof *moved);
    if (moved && reg->imported_count) memcpy(moved, reg->imported, reg->imported_count * sizeof *moved);
    if (moved) reg->imported = moved;
    return moved;
}

/* What was set aside may have had a number, but that is in its log only. */
static complaint_status take_case(const cpl_register *reg, cpl_tx *tx, const cpl_row *message, cpl_imported *one, cpl_arena *a) {
    cpl_row row;
    complaint_value key = message->values[OF_CASE];
    *one = (cpl_imported){.case_id = key.integer, .message = key.integer ? 0 : message->values[MESSAGE_ID].integer, .day = cpl_instant_day(message->values[SENT].integer), .number = CPL_LIT("")};
    complaint_status s = take_message(reg, a, message, one);
    if (s != COMPLAINT_OK || one->external_id.n == 0 || one->case_id == 0) return s;
    s = cpl_tx_get(tx, CPL_CASE, &key, 1, a, &row);
    if (s != COMPLAINT_OK) return s;
    one->day = cpl_instant_day(row.values[RECEIVED].integer);
    return cpl_legacy_key(a, cpl_value_str(&row.values[LEGACY]), &one->number, &one->year) ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

static complaint_status keep_imported(cpl_register *reg, cpl_tx *tx, const cpl_rows *rows) {
    cpl_imported *kept = room_for(reg, rows->count);
    complaint_status s = kept ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
    for (size_t i = 0; s == COMPLAINT_OK && i < rows->count; i++) {
        cpl_imported *one = &kept[reg->imported_count];
        s = take_case(reg, tx, &rows->items[i], one, &reg->arena);
        if (s == COMPLAINT_OK && one->external_id.n) reg->imported_count++;
    }
    return s;
}

static complaint_status read_state(cpl_register *reg, cpl_tx *tx, const char *state) {
    int32_t first = 0, last = 0;
    complaint_status s = COMPLAINT_OK;
    bool more = days_of(reg, &first, &last);
    cpl_range r = {.table = CPL_MESSAGE, .index = BY_STATE, .equal = {cpl_txt(cpl_str_of(state))}, .equal_count = 1, .after_count = 2, .until_count = 1, .limit = AT_ONCE};
    r.after[0] = cpl_int(cpl_day_start(first));
    r.after[1] = cpl_int(0);
    r.until[0] = cpl_int(cpl_day_start(last));
    while (s == COMPLAINT_OK && more) {
        cpl_arena a;
        cpl_rows rows = {0};
        cpl_arena_init(&a, reg->memory);
        s = cpl_tx_select(tx, &r, &a, &rows);
        if (s == COMPLAINT_OK) s = keep_imported(reg, tx, &rows);
        more = s == COMPLAINT_OK && rows.count == AT_ONCE;
        for (int i = 0; more && i < 2; i++) r.after[i] = cpl_int(rows.items[rows.count - 1].values[i ? MESSAGE_ID : SENT].integer);
        cpl_arena_free(&a);
    }
    return s;
}

/* Once for all rows: each would else go through all of them. */
static complaint_status read_imported(cpl_register *reg, cpl_tx *tx) {
    reg->imported_count = 0;
    complaint_status s = read_state(reg, tx, "opened");
    if (s == COMPLAINT_OK) s = read_state(reg, tx, "set_aside");
    reg->imported_read = s == COMPLAINT_OK;
    return s;
}

static complaint_status as_imported_case(const cpl_register *reg, cpl_arena *a, const cpl_register_row *row, cpl_imported *is) {
    *is = (cpl_imported){.day = row->received_day};
    if (!cpl_legacy_key(a, row->cells[CPL_COLUMN_NUMBER], &is->number, &is->year)) return COMPLAINT_E_MEMORY;
    complaint_status s = closed_up(reg, a, row->cells[CPL_COLUMN_SUBJECT], &is->subject);
    return s == COMPLAINT_OK ? closed_up(reg, a, cpl_register_sender(row), &is->name) : s;
}

static void find_nearest(const cpl_register *reg, const cpl_imported *is, cpl_resemblance *found) {
    likeness nearest = UNLIKE;
    for (size_t i = 0; i < reg->imported_count; i++) {
        const cpl_imported *was = &reg->imported[i];
        likeness one = alike(was, is);
        if (one >= nearest || cpl_register_has(reg, was->external_id)) continue;
        nearest = one;
        *found = (cpl_resemblance){was->case_id, was->message, likenesses[one].thai, likenesses[one].english};
    }
}

complaint_status cpl_register_resembling(cpl_register *reg, cpl_tx *tx, const cpl_register_row *row, cpl_resemblance *found) {
    cpl_arena a;
    cpl_imported is;
    cpl_arena_init(&a, reg->memory);
    *found = (cpl_resemblance){.thai = NULL};
    complaint_status s = as_imported_case(reg, &a, row, &is);
    if (s == COMPLAINT_OK && !reg->imported_read) s = read_imported(reg, tx);
    if (s == COMPLAINT_OK) find_nearest(reg, &is, found);
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
