/*
 * text/redact: goes through a text, asks at each place what begins there, and writes the masked text.
 *
 * Twice, when names are found: the first way collects them, so that they are known wherever they stand.
 *
 * Owns: the order in which things are asked, overlaps, labels. Must not know: the form of anything.
 */
#include "redact.h"

#include "data/data.h"

enum { NAME_MAX = 300 };

static const struct {
    const char *name, *label;
} kinds[] = {{"none", ""},   {"name", "[ชื่อบุคคล]"},    {"national_id", "[เลขประจำตัวประชาชน]"}, {"phone", "[โทรศัพท์]"},   {"email", "[อีเมล]"}, {"line", "[ไลน์]"},
             {"hn", "[HN]"}, {"account", "[เลขบัญชี]"}, {"passport", "[หนังสือเดินทาง]"},          {"address", "[บ้านเลขที่]"}};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const char *const rules[] = {"none", "form", "check", "word", "title", "signature", "caller", "repeat"};
enum { RULES = sizeof rules / sizeof rules[0] };

const char *cpl_mask_name(int32_t kind) { return kinds[kind > 0 && kind < KINDS ? kind : 0].name; }
const char *cpl_mask_rule_name(int32_t rule) { return rules[rule > 0 && rule < RULES ? rule : 0]; }

/* ---- masks ---- */

static bool room(cpl_redactor *r, size_t count) {
    size_t capacity = r->capacity ? r->capacity : 8;
    if (count <= r->capacity) return true;
    while (capacity < count) capacity *= 2;
    cpl_mask *masks = cpl_resize(&r->memory, r->masks, capacity, sizeof *masks);
    if (!masks) return false;
    r->masks = masks;
    r->capacity = capacity;
    return true;
}

/* Kept in order: a mask begins at most a few words before the one found before it. Where two overlap, the one that begins first takes the other's bytes. */
void cpl_redact_put(scan *s, size_t first, size_t end, int32_t kind, int32_t rule) {
    cpl_redactor *r = s->r;
    if (s->names_only) return;
    if (r->failed || !room(r, r->count + 1)) {
        r->failed = true;
        return;
    }
    size_t to = r->count;
    while (to > 0 && r->masks[to - 1].first > first) to--;
    cpl_mask *before = to ? &r->masks[to - 1] : NULL;
    if (before && before->end > first) { /* of two that begin together the longer one says what it is */
        if (end > before->end && before->first == first) *before = (cpl_mask){first, end, kind, rule};
        if (end > before->end) before->end = end;
        return;
    }
    memmove(r->masks + to + 1, r->masks + to, (r->count - to) * sizeof *r->masks);
    r->masks[to] = (cpl_mask){first, end, kind, rule};
    r->count++;
}

/* A mask that was put in front of others may reach into them. */
static void join_masks(cpl_redactor *r) {
    size_t kept = 0;
    for (size_t i = 0; i < r->count; i++) {
        cpl_mask *last = kept ? &r->masks[kept - 1] : NULL;
        if (last && last->end > r->masks[i].first)
            last->end = last->end > r->masks[i].end ? last->end : r->masks[i].end;
        else
            r->masks[kept++] = r->masks[i];
    }
    r->count = kept;
}

/* ---- one way through ---- */

enum { HANDED_ON = 36 };

/* `ใบเสร็จเลขที่ `: what was said before the word for "number" is said of the number behind it. */
static uint32_t numbered(scan *s, uint32_t kind, size_t at, size_t end) {
    if (!(kind & WORD_NUMBER)) return kind;
    bool inside = s->number == end; /* เลข of หมายเลข */
    s->number = end;
    if (distance(s->cue, at) <= HANDED_ON) return s->cue_for;
    if (kind & WORD_OTHER && !inside) s->serial = end;
    return kind & ~(uint32_t)WORD_OTHER;
}

static void see(scan *s, uint32_t kind, size_t at, size_t end) {
    kind = numbered(s, kind, at, end);
    if (kind & WORD_OTHER && cpl_words_at(s->words, s->text, at, WORD_NUMBER, NULL)) s->serial = end; /* เลขทะเบียน */
    if (kind & NUMBERED) {
        s->cue = end;
        s->cue_for = kind & NUMBERED;
    }
    if (kind & WORD_ID) s->id = end;
    if (kind & WORD_OTHER) s->other = end;
    if (kind & WORD_PHONE) s->phone = end;
    if (kind & WORD_ACCOUNT) s->account = end;
    if (kind & WORD_PASSPORT) s->passport = end;
    if (kind & WORD_VILLAGE) s->village = end;
}

static void forget(scan *s) { s->id = s->other = s->phone = s->account = s->passport = s->line = s->village = s->serial = s->cue = s->number = NEVER; }

enum {
    LEADS = NAMES | NUMBERED | WORD_NUMBER | WORD_CLOSING | WORD_PLAIN | WORD_LINE | WORD_LINE_ID | WORD_HOUSE | WORD_AT | WORD_VILLAGE
};

/* Behind a word: what it announces. */
static size_t follow(scan *s, uint32_t kind, size_t at, size_t end) {
    size_t found = 0;
    see(s, kind, at, end);
    if (kind & WORD_HN) found = cpl_redact_hospital_number(s, end);
    if (!found && kind & WORD_LINE) {
        s->line = end;
        found = cpl_redact_line(s, end, false);
    }
    if (!found && kind & WORD_LINE_ID) found = cpl_redact_line(s, end, distance(s->line, end) <= 90);
    if (!found && kind & (WORD_HOUSE | WORD_AT)) found = cpl_redact_house(s, end, (kind & WORD_HOUSE) != 0);
    if (!found && kind & NAMES) found = cpl_redact_name(s, end, kind);
    return found;
}

/* Several words may begin here; the longest leads, and if it leads nowhere the others do not either. */
static size_t at_word(scan *s, size_t at) {
    uint32_t kind = 0;
    size_t n = cpl_words_at(s->words, s->text, at, LEADS, &kind);
    if (!n) return 0;
    if (kind & WORD_CLOSING) cpl_redact_signatures(s, at + n);
    if (kind & WORD_PLAIN) return at + n;
    if (kind & WORD_KIN && at >= 3 && thai_at(s->text, at - 3)) kind &= ~(uint32_t)WORD_KIN;
    return follow(s, kind, at, at + n);
}

static size_t at_known_name(scan *s, size_t at) {
    for (int i = 0; i < 2 && !s->names_only; i++) {
        size_t n = cpl_words_at(i ? &s->r->found : &s->r->given, s->text, at, WORD_NAMED, NULL);
        if (!n) continue;
        cpl_redact_put(s, at, at + n, COMPLAINT_MASK_NAME, i ? COMPLAINT_MASK_BY_REPEAT : COMPLAINT_MASK_BY_CALLER);
        return at + n;
    }
    return 0;
}

/* Past a row of digits: its end is no beginning. */
static size_t skip_digits(cpl_str s, size_t at) {
    while (at < s.n && digit(s.p[at])) at++;
    return at;
}

static size_t at_digit(scan *s, size_t at) {
    size_t end = s->names_only ? 0 : cpl_redact_number(s, at);
    if (!end && !s->names_only) end = cpl_redact_plain_house(s, at);
    return end ? end : skip_digits(s->text, at);
}

/* What begins at `at`: the place behind it, or 0. */
static size_t step(scan *s, size_t at) {
    char c = s->text.p[at];
    if (digit(c)) return at_digit(s, at);
    size_t address = strchr("@[({", c) && !s->names_only ? cpl_redact_email(s, at) : 0;
    if (address || c == '@') return address;
    if (c == '\n') forget(s);
    size_t end = latin(c) ? cpl_redact_passport(s, at) : 0;
    if (!end) end = at_word(s, at);
    if (!end && c == '(') end = cpl_redact_bracketed(s, at + 1);
    size_t known = at_known_name(s, at);
    return end > known ? end : known;
}

/* A letter's last line may be a signature without a closing. */
static size_t last_line(cpl_str s) {
    size_t at = s.n;
    while (at > 0 && s.p[at - 1] != '\n') at--;
    return at;
}

static void go_through(cpl_redactor *r, bool names_only) {
    scan s = {.r = r, .words = &r->words, .text = cpl_normal_str(&r->normal), .names_only = names_only};
    forget(&s);
    for (size_t at = 0; at < s.text.n && !r->failed;) {
        size_t end = step(&s, at);
        at = end > at ? end : at + 1;
        while (at < s.text.n && ((unsigned char)s.text.p[at] & 0xC0) == 0x80) at++;
    }
    size_t last = last_line(s.text);
    if (last > 0 && !r->failed) cpl_redact_signatures(&s, last - 1);
}

/* ---- the masked text ---- */

/* From places of the normal form to those of the text. */
static void find_origins(cpl_redactor *r) {
    for (size_t i = 0; i < r->count; i++) {
        cpl_mask *m = &r->masks[i];
        size_t first, end;
        cpl_normal_origin(&r->normal, m->first, m->end, &first, &end);
        m->first = first;
        m->end = end;
    }
}

/* Tabs part columns, and the ends of lines the lines: those that the normal form leaves out at the end of a text belong to what stands before them there. */
static bool parts(char c) { return c == '\t' || c == '\n' || c == '\r'; }

/* The last column of [first, end) that is not blank. False when there is none. */
static bool last_column(cpl_str text, size_t first, size_t *at, size_t *end) {
    while (*end > first && (parts(text.p[*end - 1]) || text.p[*end - 1] == ' ')) --*end;
    *at = *end;
    while (*at > first && !parts(text.p[*at - 1])) --*at;
    while (*at < *end && text.p[*at] == ' ') ++*at;
    return *end > first;
}

static size_t count_columns(cpl_str text, const cpl_mask *m) {
    size_t n = 0;
    for (size_t at, end = m->end; last_column(text, m->first, &at, &end); end = at) n++;
    return n;
}

/* A mask over a tab or the end of a line becomes one on each side. They are more then, so the last one is placed first. */
static void part_columns(cpl_redactor *r, cpl_str text) {
    size_t total = 0, to;
    for (size_t i = 0; i < r->count; i++) total += count_columns(text, &r->masks[i]);
    if (!room(r, total)) {
        r->failed = true;
        return;
    }
    to = total;
    for (size_t i = r->count; i-- > 0;) {
        cpl_mask m = r->masks[i];
        for (size_t at, end = m.end; last_column(text, m.first, &at, &end); end = at) r->masks[--to] = (cpl_mask){at, end, m.kind, m.rule};
    }
    r->count = total;
}

static void write_out(cpl_redactor *r, cpl_str text) {
    size_t at = 0;
    for (size_t i = 0; i < r->count; i++) {
        const cpl_mask *m = &r->masks[i];
        cpl_buf_put(&r->out, text.p + at, m->first - at);
        cpl_buf_puts(&r->out, kinds[m->kind].label);
        at = m->end;
    }
    cpl_buf_put(&r->out, text.p + at, text.n - at);
}

void cpl_redactor_clear(cpl_redactor *r) {
    r->count = r->found_names = 0;
    r->failed = false;
    cpl_words_clear(&r->found);
    cpl_buf_clear(&r->out);
}

/* The normal form is made; the text is what it was made of. */
static complaint_status redact(cpl_redactor *r, cpl_str text) {
    go_through(r, true);
    if (!r->failed) go_through(r, false);
    if (r->failed) return COMPLAINT_E_MEMORY;
    join_masks(r);
    find_origins(r);
    part_columns(r, text);
    if (!r->failed) write_out(r, text);
    return r->failed || r->out.failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
}

complaint_status cpl_redactor_run(cpl_redactor *r, cpl_str text, int32_t options, size_t *offset) {
    int32_t normal = COMPLAINT_NORMAL_LOWER_CASE | (options & COMPLAINT_REDACT_REPAIR ? COMPLAINT_NORMAL_REPAIR : 0);
    cpl_redactor_clear(r);
    complaint_status status = cpl_normal_make(&r->normal, text, normal, offset);
    if (status == COMPLAINT_OK) status = redact(r, text);
    if (status != COMPLAINT_OK) cpl_redactor_clear(r);
    return status;
}

/* ---- the handle ---- */

static cpl_str builtin_words(void) {
    for (size_t i = 0; i < cpl_data_file_count; i++)
        if (cpl_str_is(cpl_str_of(cpl_data_files[i].name), "redact/words.tsv")) return (cpl_str){(const char *)cpl_data_files[i].bytes, cpl_data_files[i].size};
    return CPL_LIT("");
}

complaint_status cpl_redactor_new(const cpl_memory *m, cpl_redactor **redactor) {
    cpl_redactor *r = cpl_alloc_zero(m, 1, sizeof *r);
    if (!r) return COMPLAINT_E_MEMORY;
    r->memory = *m;
    cpl_words_init(&r->words, &r->memory);
    cpl_words_init(&r->given, &r->memory);
    cpl_words_init(&r->found, &r->memory);
    cpl_normal_init(&r->normal, &r->memory);
    cpl_buf_init(&r->out, &r->memory);
    complaint_status status = cpl_words_read(&r->words, builtin_words(), NULL);
    if (status == COMPLAINT_OK)
        *redactor = r;
    else
        cpl_redactor_free(r);
    return status;
}

void cpl_redactor_free(cpl_redactor *r) {
    if (!r) return;
    cpl_memory m = r->memory;
    cpl_words_free(&r->words);
    cpl_words_free(&r->given);
    cpl_words_free(&r->found);
    cpl_normal_free(&r->normal);
    cpl_buf_free(&r->out);
    cpl_free(&m, r->masks);
    cpl_free(&m, r);
}

const cpl_memory *cpl_redactor_memory(const cpl_redactor *r) { return &r->memory; }

complaint_status cpl_redactor_add_words(cpl_redactor *r, cpl_str list, complaint_error *e) { return cpl_words_read(&r->words, list, e); }

/* The name without its blanks, into room for as much. */
static size_t without_blanks(cpl_str name, char *out) {
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] != ' ') out[n++] = name.p[i];
    return n;
}

static cpl_str without_title(const cpl_words *words, cpl_str name) {
    size_t n = cpl_words_at(words, name, 0, WORD_TITLE, NULL);
    while (n < name.n && name.p[n] == ' ') n++;
    return n < name.n ? (cpl_str){name.p + n, name.n - n} : name;
}

complaint_status cpl_redactor_add_name(cpl_redactor *r, cpl_str given) {
    char joined[NAME_MAX * 3];
    size_t offset;
    if (given.n > NAME_MAX) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_normal_make(&r->normal, given, COMPLAINT_NORMAL_LOWER_CASE, &offset);
    if (status != COMPLAINT_OK) return status == COMPLAINT_E_MEMORY ? status : COMPLAINT_E_INVALID;
    cpl_str name = without_title(&r->words, cpl_normal_str(&r->normal));
    if (name.n < 2 || (thai_at(name, 0) && name.n < 6)) return COMPLAINT_E_INVALID;
    const char *blank = memchr(name.p, ' ', name.n);
    status = cpl_words_add(&r->given, name, WORD_NAMED);
    if (status == COMPLAINT_OK) status = cpl_words_add(&r->given, (cpl_str){joined, without_blanks(name, joined)}, WORD_NAMED);
    if (status == COMPLAINT_OK && blank) status = cpl_words_add(&r->given, (cpl_str){name.p, (size_t)(blank - name.p)}, WORD_TITLE);
    return status;
}

void cpl_redactor_clear_names(cpl_redactor *r) { cpl_words_clear(&r->given); }

cpl_str cpl_redactor_text(const cpl_redactor *r) { return r->out.size ? (cpl_str){r->out.data, r->out.size} : CPL_LIT(""); }
size_t cpl_redactor_count(const cpl_redactor *r) { return r->count; }
const cpl_mask *cpl_redactor_mask(const cpl_redactor *r, size_t i) { return &r->masks[i]; }
