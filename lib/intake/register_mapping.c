/*
 * intake/register_mapping: the words an office writes into its register, as an office can edit them.
 *
 * Owns: the format of a mapping file (docs/register-import.md), comparing words. Must not know: rows, policies.
 */
#include "data/data.h"
#include "intake/register.h"

#include <inttypes.h>

enum { MAX_DEPTH = 8 };

const char *const cpl_column_names[CPL_COLUMN_COUNT] = {"number", "received", "time", "channel", "complainant", "subject", "class", "unit", "acknowledged", "forwarded", "result", "notified", "status", "remark", "phone", "email", "address", "refused", "mark"};

bool cpl_column_names_complainant(int column) { return column == CPL_COLUMN_COMPLAINANT || column == CPL_COLUMN_PHONE || column == CPL_COLUMN_EMAIL || column == CPL_COLUMN_ADDRESS; }

/* ---- words as they are compared --------------------------------------------------------------------------------------- */

bool cpl_word_make(cpl_normal *normal, cpl_arena *a, cpl_str text, cpl_str *word) {
    size_t offset;
    if (cpl_normal_make(normal, text, COMPLAINT_NORMAL_LOWER_CASE | COMPLAINT_NORMAL_REPAIR, &offset) != COMPLAINT_OK) return false;
    cpl_str found = cpl_normal_str(normal);
    char *p = cpl_arena_alloc(a, found.n + 1);
    if (!p) return false;
    if (found.n) memcpy(p, found.p, found.n);
    *word = (cpl_str){p, cpl_arabic_digits(p, found.n)};
    p[word->n] = '\0';
    return true;
}

void cpl_word_close_up(cpl_str *word) {
    char *p = (char *)word->p;
    size_t kept = 0, step;
    int32_t point;
    for (size_t i = 0; i < word->n && (step = cpl_utf8_next(*word, i, &point)) > 0; i += step) {
        bool sign = step == 1 && strchr("/.-_:()[]\n\r\t", p[i]);
        if (sign || cpl_utf8_blank(point) || cpl_utf8_invisible(point)) continue;
        memmove(p + kept, p + i, step);
        kept += step;
    }
    word->n = kept;
}

static bool begins(cpl_str s, cpl_str beginning) { return s.n >= beginning.n && memcmp(s.p, beginning.p, beginning.n) == 0; }

static bool ends(cpl_str s, cpl_str end) { return s.n >= end.n && memcmp(s.p + s.n - end.n, end.p, end.n) == 0; }

static bool holds(cpl_str s, cpl_str part) {
    for (size_t i = 0; i + part.n <= s.n; i++)
        if (memcmp(s.p + i, part.p, part.n) == 0) return true;
    return false;
}

static bool is_word(const cpl_word *w, cpl_str word) {
    if (w->suffix) return w->prefix ? holds(word, w->text) : ends(word, w->text);
    return w->prefix ? begins(word, w->text) : cpl_str_eq(w->text, word);
}

bool cpl_words_have(const cpl_words *words, cpl_str word) {
    for (size_t i = 0; i < words->count; i++)
        if (is_word(&words->items[i], word)) return true;
    return false;
}

/* Whether the word may stand at this place of the cell. */
static bool stands_at(const cpl_word *w, cpl_str cell, size_t at) {
    if (cell.n - at < w->text.n || (!w->suffix && at > 0) || (!w->prefix && at + w->text.n < cell.n)) return false;
    return memcmp(cell.p + at, w->text.p, w->text.n) == 0;
}

/* Whether what stands from `from` to `end` is part of one of the phrases. */
static bool is_within(const cpl_words *phrases, cpl_str cell, size_t from, size_t end) {
    for (size_t i = 0; i < phrases->count; i++) {
        const cpl_word *w = &phrases->items[i];
        for (size_t at = end > w->text.n ? end - w->text.n : 0; at <= from; at++)
            if (at + w->text.n >= end && stands_at(w, cell, at)) return true;
    }
    return false;
}

const cpl_word *cpl_words_find_outside(const cpl_words *words, const cpl_words *phrases, cpl_str cell) {
    for (size_t i = 0; i < words->count; i++) {
        const cpl_word *w = &words->items[i];
        for (size_t at = 0; at + w->text.n <= cell.n; at++)
            if (stands_at(w, cell, at) && !is_within(phrases, cell, at, at + w->text.n)) return w;
    }
    return NULL;
}

const cpl_meaning *cpl_meaning_exactly(const cpl_meanings *meanings, cpl_str word) {
    for (size_t i = 0; i < meanings->count; i++)
        for (size_t k = 0; k < meanings->items[i].words.count; k++) {
            const cpl_word *w = &meanings->items[i].words.items[k];
            if (!w->prefix && !w->suffix && cpl_str_eq(w->text, word)) return &meanings->items[i];
        }
    return NULL;
}

const cpl_meaning *cpl_meaning_of(const cpl_meanings *meanings, cpl_str word) {
    const cpl_meaning *best = NULL, *exact = cpl_meaning_exactly(meanings, word);
    size_t longest = 0;
    for (size_t i = 0; !exact && i < meanings->count; i++)
        for (size_t k = 0; k < meanings->items[i].words.count; k++) {
            const cpl_word *w = &meanings->items[i].words.items[k];
            if (!is_word(w, word) || (best && w->text.n <= longest)) continue;
            best = &meanings->items[i];
            longest = w->text.n;
        }
    return exact ? exact : best;
}

/* ---- the file ------------------------------------------------------------------------------------------------------------ */

typedef struct reading {
    cpl_mapping *m;
    cpl_normal normal;
    complaint_error *e;
} reading;

static complaint_status fault(reading *r, const cpl_json *at, cpl_str what, const char *thai, const char *english) {
    char path[sizeof r->e->path];
    char quoted[CPL_QUOTE_SIZE];
    cpl_json_path(at, path, sizeof path);
    cpl_failf(r->e, COMPLAINT_E_INVALID, "mapping", "บรรทัด %" PRId64 " ที่ %s: %s%.0s%s%s%s", "line %" PRId64 " at %s: %.0s%s%s%s%s", cpl_json_line(at), path, thai, english, what.n ? " “" : "",
              cpl_quote(what, quoted), what.n ? "”" : "");
    cpl_error_at(r->e, path, cpl_json_line(at), -1);
    return COMPLAINT_E_INVALID;
}

static complaint_status out_of_memory(reading *r) { return cpl_fail(r->e, COMPLAINT_E_MEMORY, NULL); }

static complaint_status need(reading *r, const cpl_json *v, int type) {
    static const char *const thai[] = {[CPL_JSON_INT] = "ต้องเป็นจำนวนเต็ม", [CPL_JSON_STRING] = "ต้องเป็นข้อความ", [CPL_JSON_ARRAY] = "ต้องเป็นรายการ [ ]", [CPL_JSON_OBJECT] = "ต้องเป็นกลุ่ม { }"};
    static const char *const english[] = {[CPL_JSON_INT] = "has to be an integer", [CPL_JSON_STRING] = "has to be a text", [CPL_JSON_ARRAY] = "has to be a list", [CPL_JSON_OBJECT] = "has to be an object"};
    return cpl_json_type(v) == type ? COMPLAINT_OK : fault(r, v, CPL_LIT(""), thai[type], english[type]);
}

/* Every key is one of these; a slip of the pen would else be a word that is silently not used. */
static complaint_status known_keys(reading *r, const cpl_json *v, const char *const *keys, size_t count) {
    for (size_t i = 0; i < cpl_json_count(v); i++) {
        size_t k = 0;
        while (k < count && !cpl_str_is(cpl_json_key(v, i), keys[k])) k++;
        if (k == count) return fault(r, cpl_json_at(v, i), cpl_json_key(v, i), "ไม่รู้จักคีย์นี้", "no such key");
    }
    return COMPLAINT_OK;
}

static complaint_status member(reading *r, const cpl_json *v, const char *key, int type, const cpl_json **out) {
    *out = cpl_json_get(v, key);
    return *out ? need(r, *out, type) : fault(r, v, cpl_str_of(key), "ขาดคีย์", "the key is missing");
}

static complaint_status take_words(reading *r, const cpl_json *v, cpl_words *out) {
    complaint_status s = need(r, v, CPL_JSON_ARRAY);
    size_t count = cpl_json_count(v);
    if (s != COMPLAINT_OK) return s;
    out->items = cpl_arena_alloc(&r->m->arena, (count + 1) * sizeof *out->items);
    if (!out->items) return out_of_memory(r);
    for (size_t i = 0; s == COMPLAINT_OK && i < count; i++) {
        const cpl_json *one = cpl_json_at(v, i);
        s = need(r, one, CPL_JSON_STRING);
        if (s != COMPLAINT_OK) break;
        cpl_str text = cpl_json_str(one);
        cpl_word *w = &out->items[out->count++];
        w->prefix = text.n > 1 && text.p[text.n - 1] == '*';
        text.n -= w->prefix;
        w->suffix = text.n > 1 && text.p[0] == '*';
        text = (cpl_str){text.p + w->suffix, text.n - w->suffix};
        if (!cpl_word_make(&r->normal, &r->m->arena, text, &w->text)) s = out_of_memory(r);
    }
    return s;
}

static complaint_status take_codes(reading *r, const cpl_json *v, cpl_codes *out) {
    complaint_status s = need(r, v, CPL_JSON_ARRAY);
    if (s == COMPLAINT_OK && cpl_json_count(v) > CPL_CODES_MAX) s = fault(r, v, CPL_LIT(""), "มีรหัสได้ไม่เกิน 8", "at most 8 codes");
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) {
        s = need(r, cpl_json_at(v, i), CPL_JSON_STRING);
        out->items[out->count++] = cpl_json_str(cpl_json_at(v, i));
    }
    return s;
}

static complaint_status take_string(reading *r, const cpl_json *v, const char *key, cpl_str *out) {
    const cpl_json *at = cpl_json_get(v, key);
    *out = cpl_json_str(at);
    return at ? need(r, at, CPL_JSON_STRING) : COMPLAINT_OK;
}

/* A word that is several months would be read as the first of them. */
static complaint_status check_months(reading *r, const cpl_json *words, size_t month) {
    const cpl_mapping *m = r->m;
    for (size_t k = 0; k < m->months[month].count; k++) {
        const cpl_word *w = &m->months[month].items[k];
        if (w->text.n == 0 || w->prefix || w->suffix) return fault(r, cpl_json_at(words, k), cpl_json_str(cpl_json_at(words, k)), "ชื่อเดือนต้องเป็นคำ ไม่มี *", "the name of a month is a word without *");
        for (size_t i = 0; i < month; i++)
            if (cpl_words_have(&m->months[i], w->text)) return fault(r, cpl_json_at(words, k), cpl_json_str(cpl_json_at(words, k)), "คำนี้เป็นชื่อของเดือนอื่นด้วย", "this is the name of another month too");
    }
    return COMPLAINT_OK;
}

static complaint_status take_months(reading *r, const cpl_json *root) {
    const cpl_json *v = cpl_json_get(root, "months");
    complaint_status s = v ? need(r, v, CPL_JSON_ARRAY) : COMPLAINT_OK;
    if (s == COMPLAINT_OK && v && cpl_json_count(v) != CPL_MONTHS) s = fault(r, v, CPL_LIT(""), "ต้องมี 12 รายการ เดือนละหนึ่งรายการ", "has to have 12 lists, one a month");
    for (size_t i = 0; v && s == COMPLAINT_OK && i < CPL_MONTHS; i++) {
        s = take_words(r, cpl_json_at(v, i), &r->m->months[i]);
        if (s == COMPLAINT_OK) s = check_months(r, cpl_json_at(v, i), i);
    }
    return s;
}

/* What an entry of a list has: `is` a word of ours, `codes` those of the policy. */
typedef struct list_shape {
    const char *key, *is, *codes;
    const char *const *allowed; /* what `is` may be; NULL: anything */
    size_t offset;
} list_shape;

static const char *const identities[] = {"named", "confidential", "anonymous", NULL};
static const char *const statuses[] = {"", "received", "forwarded", "in_progress", "closed", "rejected", "withdrawn", "referred_out", NULL};

static const list_shape lists[] = {
    {"channels", "as", "channel", NULL, offsetof(cpl_mapping, channels)},
    {"complainants", "identity", NULL, identities, offsetof(cpl_mapping, complainants)},
    {"classes", NULL, "class", NULL, offsetof(cpl_mapping, classes)},
    {"units", NULL, "unit", NULL, offsetof(cpl_mapping, units)},
    {"statuses", "status", "class", statuses, offsetof(cpl_mapping, statuses)},
};
enum { LISTS = sizeof lists / sizeof lists[0] };

static complaint_status check_is(reading *r, const cpl_json *v, const list_shape *shape, cpl_str is) {
    const char *const *word = shape->allowed;
    while (word && *word && !cpl_str_is(is, *word)) word++;
    return word && !*word ? fault(r, cpl_json_get(v, shape->is), is, "ค่านี้ไม่ใช่ค่าที่ใช้ได้", "not one of the words that are possible here") : COMPLAINT_OK;
}

static complaint_status take_meaning(reading *r, const cpl_json *v, const list_shape *shape, cpl_meaning *out) {
    const char *keys[] = {"words", "origin", shape->is ? shape->is : "words", shape->codes ? shape->codes : "words"};
    const cpl_json *words, *codes = shape->codes ? cpl_json_get(v, shape->codes) : NULL;
    complaint_status s = need(r, v, CPL_JSON_OBJECT);
    out->at = v;
    if (s == COMPLAINT_OK) s = known_keys(r, v, keys, sizeof keys / sizeof keys[0]);
    if (s == COMPLAINT_OK) s = member(r, v, "words", CPL_JSON_ARRAY, &words);
    if (s == COMPLAINT_OK) s = take_words(r, words, &out->words);
    if (s == COMPLAINT_OK && shape->is) s = take_string(r, v, shape->is, &out->is);
    if (s == COMPLAINT_OK && shape->is) s = check_is(r, v, shape, out->is);
    if (s == COMPLAINT_OK) s = take_string(r, v, "origin", &out->origin);
    if (s == COMPLAINT_OK && codes) s = take_codes(r, codes, &out->codes);
    return s;
}

static complaint_status take_list(reading *r, const cpl_json *root, const list_shape *shape) {
    cpl_meanings *out = (cpl_meanings *)(void *)((char *)r->m + shape->offset);
    const cpl_json *v;
    complaint_status s = member(r, root, shape->key, CPL_JSON_ARRAY, &v);
    if (s != COMPLAINT_OK) return s;
    out->items = cpl_arena_alloc(&r->m->arena, (cpl_json_count(v) + 1) * sizeof *out->items);
    if (!out->items) return out_of_memory(r);
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) s = take_meaning(r, cpl_json_at(v, i), shape, &out->items[out->count++]);
    return s;
}

static complaint_status take_headings(reading *r, const cpl_json *v, cpl_words *out) {
    complaint_status s = take_words(r, v, out);
    for (size_t i = 0; s == COMPLAINT_OK && i < out->count; i++) cpl_word_close_up(&out->items[i].text);
    return s;
}

/* A heading under two columns would be read as the one, and the office look for it in the other. */
static complaint_status check_headings(reading *r, const cpl_json *words, size_t column) {
    const cpl_mapping *m = r->m;
    for (size_t k = 0; k < m->columns[column].count; k++)
        for (size_t i = 0; i < column; i++)
            if (cpl_words_have(&m->columns[i], m->columns[column].items[k].text))
                return fault(r, cpl_json_at(words, k), cpl_json_str(cpl_json_at(words, k)), "หัวช่องนี้อยู่ในคอลัมน์อื่นด้วย", "this heading is in another column too");
    return COMPLAINT_OK;
}

/* Headings of ours, which a file need not name. */
static const char *own_heading(size_t column) { return column == CPL_COLUMN_REFUSED ? "เหตุที่ไม่รับ" : column == CPL_COLUMN_MARK ? "รหัสแถวที่ไม่รับ" : NULL; }

/* What is written under a heading is read again under it. */
static complaint_status take_own_heading(reading *r, const cpl_json *columns, size_t column) {
    cpl_words *words = &r->m->columns[column];
    cpl_str heading = cpl_str_of(own_heading(column));
    words->items = cpl_arena_alloc(&r->m->arena, sizeof *words->items);
    if (!words->items || !cpl_word_make(&r->normal, &r->m->arena, heading, &words->items[0].text)) return out_of_memory(r);
    cpl_word_close_up(&words->items[0].text);
    words->count = 1;
    for (size_t i = 0; i < column; i++)
        if (cpl_words_have(&r->m->columns[i], words->items[0].text))
            return fault(r, columns, heading, column == CPL_COLUMN_REFUSED ? "หัวช่องนี้เป็นของคอลัมน์อื่น โปรดตั้งหัวช่องของเหตุที่ไม่รับไว้ที่ refused" : "หัวช่องนี้เป็นของคอลัมน์อื่น โปรดตั้งหัวช่องของรหัสแถวที่ไม่รับไว้ที่ mark",
                         column == CPL_COLUMN_REFUSED ? "this heading is another column's; name that of the reasons under `refused`" : "this heading is another column's; name that of the rows' marks under `mark`");
    return COMPLAINT_OK;
}

/* As the office writes it, not as headings are compared. */
static cpl_str heading_of(const cpl_json *words, size_t column) { return words && cpl_json_count(words) ? cpl_json_str(cpl_json_at(words, 0)) : cpl_str_of(own_heading(column)); }

static complaint_status take_column(reading *r, const cpl_json *columns, size_t column) {
    const cpl_json *words = cpl_json_get(columns, cpl_column_names[column]);
    complaint_status s = words ? take_headings(r, words, &r->m->columns[column]) : COMPLAINT_OK;
    if (s == COMPLAINT_OK && words) s = check_headings(r, words, column);
    if (s == COMPLAINT_OK && own_heading(column) && r->m->columns[column].count == 0) s = take_own_heading(r, columns, column);
    if (column == CPL_COLUMN_REFUSED) r->m->refused = heading_of(words, column);
    if (column == CPL_COLUMN_MARK) r->m->mark = heading_of(words, column);
    if (!words && (column == CPL_COLUMN_RECEIVED || column == CPL_COLUMN_SUBJECT)) s = fault(r, columns, cpl_str_of(cpl_column_names[column]), "ขาดคีย์", "the key is missing");
    return s;
}

static complaint_status take_columns(reading *r, const cpl_json *root) {
    const cpl_json *v;
    complaint_status s = member(r, root, "columns", CPL_JSON_OBJECT, &v);
    if (s == COMPLAINT_OK) s = known_keys(r, v, cpl_column_names, CPL_COLUMN_COUNT);
    for (size_t i = 0; s == COMPLAINT_OK && i < CPL_COLUMN_COUNT; i++) s = take_column(r, v, i);
    return s;
}

static complaint_status take_contact(reading *r, const cpl_json *v, cpl_contact *out) {
    static const char *const keys[] = {"column", "channel"};
    const cpl_json *column, *channel;
    complaint_status s = need(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = known_keys(r, v, keys, sizeof keys / sizeof keys[0]);
    if (s == COMPLAINT_OK) s = member(r, v, "column", CPL_JSON_STRING, &column);
    if (s == COMPLAINT_OK) s = member(r, v, "channel", CPL_JSON_ARRAY, &channel);
    if (s != COMPLAINT_OK) return s;
    out->at = v;
    for (out->column = CPL_COLUMN_PHONE; out->column <= CPL_COLUMN_ADDRESS && !cpl_str_is(cpl_json_str(column), cpl_column_names[out->column]);) out->column++;
    if (out->column > CPL_COLUMN_ADDRESS) return fault(r, column, cpl_json_str(column), "ต้องเป็น phone, email หรือ address", "has to be phone, email or address");
    return take_codes(r, channel, &out->channels);
}

static complaint_status take_contacts(reading *r, const cpl_json *root) {
    const cpl_json *v = cpl_json_get(root, "contacts");
    complaint_status s = v ? need(r, v, CPL_JSON_ARRAY) : COMPLAINT_OK;
    if (!v || s != COMPLAINT_OK) return s;
    if (cpl_json_count(v) > CPL_CONTACTS_MAX) return fault(r, v, CPL_LIT(""), "มีได้ไม่เกิน 8 รายการ", "at most 8 entries");
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) s = take_contact(r, cpl_json_at(v, i), &r->m->contacts[r->m->contact_count++]);
    return s;
}

static complaint_status take_marked_columns(reading *r, const cpl_json *v, cpl_marking *out) {
    complaint_status s = need(r, v, CPL_JSON_ARRAY);
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) {
        const cpl_json *one = cpl_json_at(v, i);
        size_t k = 0;
        s = need(r, one, CPL_JSON_STRING);
        while (k < CPL_COLUMN_COUNT && !cpl_str_is(cpl_json_str(one), cpl_column_names[k])) k++;
        if (s == COMPLAINT_OK && k == CPL_COLUMN_COUNT) s = fault(r, one, cpl_json_str(one), "ไม่มีคอลัมน์นี้ใน columns", "no such column");
        if (s == COMPLAINT_OK) out->in[k] = true;
    }
    return s;
}

static complaint_status take_marking(reading *r, const cpl_json *v, cpl_marking *out) {
    static const char *const keys[] = {"flag", "in", "words", "except"};
    const cpl_json *flag, *in, *words, *except = cpl_json_get(v, "except");
    complaint_status s = need(r, v, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = known_keys(r, v, keys, sizeof keys / sizeof keys[0]);
    if (s == COMPLAINT_OK) s = member(r, v, "flag", CPL_JSON_STRING, &flag);
    if (s == COMPLAINT_OK) s = member(r, v, "in", CPL_JSON_ARRAY, &in);
    if (s == COMPLAINT_OK) s = member(r, v, "words", CPL_JSON_ARRAY, &words);
    if (s == COMPLAINT_OK) out->flag = cpl_json_str(flag);
    if (s == COMPLAINT_OK) s = take_marked_columns(r, in, out);
    if (s == COMPLAINT_OK) s = take_words(r, words, &out->words);
    return s == COMPLAINT_OK && except ? take_words(r, except, &out->except) : s;
}

static complaint_status take_markings(reading *r, const cpl_json *root) {
    const cpl_json *v = cpl_json_get(root, "flags");
    complaint_status s = v ? need(r, v, CPL_JSON_ARRAY) : COMPLAINT_OK;
    if (!v || s != COMPLAINT_OK) return s;
    if (cpl_json_count(v) > CPL_MARKINGS_MAX) return fault(r, v, CPL_LIT(""), "มีได้ไม่เกิน 8 รายการ", "at most 8 entries");
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) s = take_marking(r, cpl_json_at(v, i), &r->m->markings[r->m->marking_count++]);
    return s;
}

static complaint_status take_step(reading *r, const cpl_json *v, cpl_str verb, cpl_step_words *out) {
    complaint_status s = need(r, v, CPL_JSON_OBJECT);
    out->verb = cpl_event_find(verb);
    if (s == COMPLAINT_OK && out->verb == 0) s = fault(r, v, verb, "ไม่รู้จักรายการนี้", "no such verb");
    if (s == COMPLAINT_OK && cpl_json_count(v) > CPL_STEP_FIELDS) s = fault(r, v, CPL_LIT(""), "มีช่องได้ไม่เกิน 8", "at most 8 fields");
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) {
        s = need(r, cpl_json_at(v, i), CPL_JSON_STRING);
        out->names[out->count] = cpl_json_key(v, i);
        out->at[out->count] = cpl_json_at(v, i);
        out->values[out->count++] = cpl_json_str(cpl_json_at(v, i));
    }
    return s;
}

static complaint_status take_steps(reading *r, const cpl_json *root) {
    const cpl_json *v;
    complaint_status s = member(r, root, "history", CPL_JSON_OBJECT, &v);
    if (s != COMPLAINT_OK) return s;
    r->m->steps = cpl_arena_alloc(&r->m->arena, (cpl_json_count(v) + 1) * sizeof *r->m->steps);
    if (!r->m->steps) return out_of_memory(r);
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(v); i++) s = take_step(r, cpl_json_at(v, i), cpl_json_key(v, i), &r->m->steps[r->m->step_count++]);
    return s;
}

static complaint_status take_word_list(reading *r, const cpl_json *root, const char *key, cpl_words *out) {
    const cpl_json *v = cpl_json_get(root, key);
    return v ? take_words(r, v, out) : COMPLAINT_OK;
}

static complaint_status take_code_list(reading *r, const cpl_json *root, const char *key, cpl_codes *out) {
    const cpl_json *v = cpl_json_get(root, key);
    return v ? take_codes(r, v, out) : COMPLAINT_OK;
}

static complaint_status take_root(reading *r, const cpl_json *root) {
    static const char *const keys[] = {"format", "title", "columns", "blank", "ditto", "months", "subtotals", "channels", "complainants", "contacts", "classes", "unclassified", "flags", "units", "between_units", "elsewhere", "not_sent", "also_sent", "statuses", "row", "history"};
    const cpl_json *format;
    complaint_status s = need(r, root, CPL_JSON_OBJECT);
    if (s == COMPLAINT_OK) s = known_keys(r, root, keys, sizeof keys / sizeof keys[0]);
    if (s == COMPLAINT_OK) s = member(r, root, "format", CPL_JSON_INT, &format);
    if (s == COMPLAINT_OK && cpl_json_int(format) != 1) s = fault(r, format, CPL_LIT(""), "รุ่นนี้อ่านได้เฉพาะ format 1", "only format 1 is read");
    if (s == COMPLAINT_OK) s = take_columns(r, root);
    if (s == COMPLAINT_OK) s = take_word_list(r, root, "blank", &r->m->blank);
    if (s == COMPLAINT_OK) s = take_word_list(r, root, "ditto", &r->m->ditto);
    if (s == COMPLAINT_OK) s = take_months(r, root);
    if (s == COMPLAINT_OK) s = take_word_list(r, root, "subtotals", &r->m->subtotals);
    for (size_t i = 0; s == COMPLAINT_OK && i < LISTS; i++) s = take_list(r, root, &lists[i]);
    if (s == COMPLAINT_OK) s = take_code_list(r, root, "unclassified", &r->m->unclassified);
    if (s == COMPLAINT_OK) s = take_code_list(r, root, "elsewhere", &r->m->elsewhere);
    if (s == COMPLAINT_OK) s = take_code_list(r, root, "between_units", &r->m->between_units);
    if (s == COMPLAINT_OK) s = take_code_list(r, root, "row", &r->m->row);
    if (s == COMPLAINT_OK) s = take_string(r, root, "not_sent", &r->m->not_sent);
    if (s == COMPLAINT_OK) s = take_string(r, root, "also_sent", &r->m->also_sent);
    if (s == COMPLAINT_OK) s = take_contacts(r, root);
    if (s == COMPLAINT_OK) s = take_markings(r, root);
    return s == COMPLAINT_OK ? take_steps(r, root) : s;
}

cpl_str cpl_mapping_builtin(void) {
    for (size_t i = 0; i < cpl_data_file_count; i++)
        if (strcmp(cpl_data_files[i].name, "register/thai.json") == 0) return (cpl_str){(const char *)cpl_data_files[i].bytes, cpl_data_files[i].size};
    return CPL_LIT("");
}

complaint_status cpl_mapping_read(const cpl_memory *m, cpl_str document, cpl_mapping *mapping, complaint_error *e) {
    complaint_error unseen = {0};
    reading r = {.m = mapping, .e = e ? e : &unseen};
    *mapping = (cpl_mapping){.doc = NULL};
    cpl_arena_init(&mapping->arena, m);
    cpl_normal_init(&r.normal, m);
    complaint_status s = cpl_json_parse(m, document.n ? document : cpl_mapping_builtin(), MAX_DEPTH, false, &mapping->doc, r.e);
    if (s == COMPLAINT_OK) s = take_root(&r, cpl_json_root(mapping->doc));
    cpl_normal_free(&r.normal);
    return s;
}

void cpl_mapping_free(cpl_mapping *mapping) {
    cpl_json_free(mapping->doc);
    cpl_arena_free(&mapping->arena);
    mapping->doc = NULL;
}
