/*
 * text/names: a name and a surname behind a word that lets one expect them, and below the closing of a letter.
 *
 * Thai is written without blanks between words, but with one between a name and its surname, and with one where a sentence pauses. So two pieces of
 * text between blanks are a name when they are short and no common word begins the second one or is inside one of them.
 *
 * Owns: how long names are. Must not know: which words these are.
 */
#include "redact.h"

enum {
    FIRST_LONGEST = 12,
    TWO_WORDS_LONGEST = 7,
    REMARK_LONGEST = 12,
    LAST_LONGEST = 18,
    WEAK_FIRST_LONGEST = 9,
    WEAK_LAST_LONGEST = 13,
    SHORTEST = 2,
    TITLES = 3,
    LATIN_LONGEST = 30,
    LEADER_LONGEST = 120,
    SIGNATURE_LINES = 6,
    SIGNATURE_BYTES = 400,
    FOUND_MAX = 64,
    NAME_BYTES_MAX = 300
};

/* How sure the word before makes it that a name follows: ป้า; ผมชื่อ, ลงชื่อ; นาย. */
typedef enum trust { WEAK, SPOKEN, TITLED } trust;

/* A piece of Thai without blanks. */
typedef struct piece {
    size_t at, end, letters; /* letters: without marks */
} piece;

static size_t skip(cpl_str s, size_t at, const char *which, size_t most) {
    for (size_t n = 0; n < most && at < s.n && strchr(which, s.p[at]); n++) at++;
    return at;
}

static piece read_piece(cpl_str s, size_t at) {
    piece p = {at, at, 0};
    while (thai_at(s, p.end)) {
        p.letters += !mark_at(s, p.end);
        p.end += 3;
        if (p.letters > (size_t)LAST_LONGEST * 4) break; /* a sentence */
    }
    return p;
}

static bool begins_with(const scan *s, const piece *p, uint32_t kinds) {
    size_t n = cpl_words_at(s->words, s->text, p->at, kinds, NULL);
    return n > 0 && p->at + n <= p->end;
}

/* A word can end at `at`: no mark follows, and no single letter that closes the syllable, as in ขา|ว. */
static bool may_end(cpl_str s, size_t at, size_t end) { return at >= end || (!mark_at(s, at) && end - at > 3); }

/* เ แ โ ใ ไ: the letter behind them begins no word, as ชื่อ does not in เชื่อ. */
static bool leads_vowel(cpl_str s, size_t at) { return (unsigned char)s.p[at + 1] == 0xB9 && (unsigned char)s.p[at + 2] >= 0x80 && (unsigned char)s.p[at + 2] <= 0x84; }

/* A word that is in no name begins at `at`. Those that may begin one may also end it: ปราการ. */
static bool is_inside(const scan *s, const piece *p, size_t at) {
    uint32_t found = 0;
    size_t n = cpl_words_at(s->words, s->text, at, WORD_INSIDE | WORD_MAYBE, &found);
    return found & WORD_INSIDE && may_end(s->text, at + n, p->end) && !(found & WORD_MAYBE && at + n == p->end);
}

/* Where a word begins that is in no name, from the second letter on; the end when there is none. */
static size_t sentence_inside(const scan *s, const piece *p) {
    for (size_t at = p->at + 3; at < p->end; at += 3)
        if (!mark_at(s->text, at) && !leads_vowel(s->text, at - 3) && is_inside(s, p, at)) return at;
    return p->end;
}

static size_t letters_before(cpl_str s, const piece *p, size_t end) {
    size_t letters = 0;
    for (size_t at = p->at; at < end; at += 3) letters += !mark_at(s, at);
    return letters;
}

/* Two common words, the second one the last: `มาดี`, `สีแดง`. Behind a title and a first name that is a surname, too short for a sentence. */
static bool is_two_words(const piece *p, size_t second_end) { return second_end == p->end && p->letters <= TWO_WORDS_LONGEST; }

/* A sentence begins here: with a word that begins no name, or with one that may, and then another common word or nothing. */
static bool begins_sentence(const scan *s, const piece *p, trust sure) {
    uint32_t never = WORD_STOP | WORD_INSIDE, found = 0;
    if (begins_with(s, p, sure == WEAK ? never | WORD_PLACE : never)) return true;
    size_t n = cpl_words_at(s->words, s->text, p->at, WORD_MAYBE, NULL);
    size_t at = p->at + n;
    if (n == 0 || at >= p->end || mark_at(s->text, at)) return n > 0 && at == p->end;
    size_t end = at + cpl_words_at(s->words, s->text, at, never | WORD_MAYBE, &found);
    if (end == at || end > p->end || !may_end(s->text, end, p->end)) return false;
    return !(sure == TITLED && found == WORD_MAYBE && is_two_words(p, end));
}

static bool is_word(const scan *s, const piece *p, uint32_t kinds) { return cpl_words_at(s->words, s->text, p->at, kinds, NULL) == p->end - p->at; }

static bool is_first(const scan *s, const piece *p, trust sure) {
    if (p->letters < SHORTEST || p->letters > (sure == WEAK ? WEAK_FIRST_LONGEST : FIRST_LONGEST)) return false;
    if (begins_with(s, p, WORD_PLAIN) || is_word(s, p, WORD_PLACE) || (sure != TITLED && begins_sentence(s, p, sure))) return false;
    if (sure == WEAK && begins_with(s, p, WORD_SELF | WORD_NAMED)) return false;
    return !begins_with(s, p, WORD_INSIDE) && sentence_inside(s, p) == p->end;
}

/* A dot, unless it begins the dotted line on which the name was written. */
static bool is_abbreviated(cpl_str s, size_t end) { return end < s.n && s.p[end] == '.' && !(end + 1 < s.n && strchr(".)", s.p[end + 1])); }

/* The end of the surname in the piece; 0 when it is none. Unless it is weak the sentence may go on without a blank. */
static size_t surname_end(const scan *s, const piece *p, trust sure) {
    if (p->letters < SHORTEST || begins_sentence(s, p, sure) || (sure == WEAK && begins_with(s, p, WORD_TITLE | WORD_SELF))) return 0;
    if (is_abbreviated(s->text, p->end)) return 0;
    size_t end = sentence_inside(s, p), letters = end == p->end ? p->letters : letters_before(s->text, p, end);
    if (sure == WEAK && end != p->end) return 0;
    return letters < SHORTEST || letters > (sure == WEAK ? WEAK_LAST_LONGEST : LAST_LONGEST) ? 0 : end;
}

/* Past `ณ ` of ณ อยุธยา. */
static size_t skip_na(cpl_str s, size_t at) { return s.n - at > 4 && memcmp(s.p + at, "ณ ", 4) == 0 ? at + 4 : at; }

/* `ดิศกุล ณ อยุธยา`: the end of the second part, or `end`. */
static size_t with_place(const scan *s, size_t end) {
    if (!end || end >= s->text.n || s->text.p[end] != ' ') return end;
    size_t at = skip_na(s->text, end + 1);
    piece place = read_piece(s->text, at);
    return at > end + 1 && place.letters >= SHORTEST && place.letters <= WEAK_LAST_LONGEST ? place.end : end;
}

/* Past `นามสกุล ` of ชื่อ สมชาย นามสกุล ใจดี: a word behind which a name may follow, and which begins none, but unlike ชื่อ is no sentence's either. */
static size_t skip_surname_word(const scan *s, size_t at) {
    uint32_t found = 0;
    size_t n = cpl_words_at(s->words, s->text, at, WORD_NAMED | WORD_STOP | WORD_INSIDE, &found);
    return found == (WORD_NAMED | WORD_STOP) ? skip(s->text, at + n, " :", 2) : at;
}

/* The end of a name and a surname that begin at `at`; 0 when there are none. */
static size_t thai_name(const scan *s, size_t at, trust sure, size_t *first_end) {
    piece first = read_piece(s->text, at);
    if (first.end >= s->text.n || s->text.p[first.end] != ' ' || !is_first(s, &first, sure)) return 0;
    piece last = read_piece(s->text, skip_na(s->text, skip_surname_word(s, first.end + 1)));
    *first_end = first.end;
    return with_place(s, surname_end(s, &last, sure));
}

/* The end of a word of 2 to LATIN_LONGEST Latin letters, or 0. */
static size_t latin_word(cpl_str s, size_t at) {
    size_t end = at;
    while (end < s.n && end - at <= LATIN_LONGEST && latin(s.p[end])) end++;
    return end - at < SHORTEST || end - at > LATIN_LONGEST ? 0 : end;
}

/* Mr. John Smith; not My name is not important. */
static size_t latin_name(const scan *s, size_t at, trust sure, size_t *first_end) {
    if (sure != TITLED && cpl_words_at(s->words, s->text, at, WORD_NOT_LINE | WORD_CLOSING, NULL)) return 0;
    *first_end = latin_word(s->text, at);
    return *first_end && *first_end < s->text.n && s->text.p[*first_end] == ' ' ? latin_word(s->text, *first_end + 1) : 0;
}

/* Past titles, as many as there may be; *sure becomes TITLED when there was one. A word like ดาบ may also begin the name, so it is one only before a blank. */
static size_t skip_titles(const scan *s, size_t at, trust *sure) {
    for (int i = 0; i < TITLES; i++) {
        uint32_t kind = 0;
        size_t n = cpl_words_at(s->words, s->text, at, WORD_TITLE | WORD_HONORIFIC | WORD_KIN | WORD_PLAIN, &kind);
        if (!n || kind & WORD_PLAIN || (kind == WORD_KIN && thai_at(s->text, at + n))) break;
        if (kind & WORD_TITLE) *sure = TITLED;
        at = skip(s->text, at + n, " ", 1);
    }
    return at;
}

/* Past the remark in `ด.ต. (เกษียณ) สมชาย ใจดี`. */
static size_t skip_remark(cpl_str s, size_t at) {
    if (at >= s.n || s.p[at] != '(') return at;
    piece p = read_piece(s, at + 1);
    bool closed = p.letters > 0 && p.letters <= REMARK_LONGEST && p.end < s.n && s.p[p.end] == ')';
    return closed ? skip(s, p.end + 1, " ", 1) : at;
}

/* What was found once is looked for again. Its first word stands alone only behind a title. */
static void remember(scan *s, size_t at, size_t first_end, size_t end) {
    if (!s->names_only || s->r->found_names >= FOUND_MAX || end - at > NAME_BYTES_MAX) return;
    complaint_status status = cpl_words_add(&s->r->found, (cpl_str){s->text.p + at, end - at}, WORD_NAMED);
    if (status == COMPLAINT_OK) status = cpl_words_add(&s->r->found, (cpl_str){s->text.p + at, first_end - at}, WORD_TITLE);
    s->r->failed = s->r->failed || status != COMPLAINT_OK;
    s->r->found_names++;
}

static size_t put(scan *s, size_t at, size_t first_end, size_t end, int32_t rule) {
    remember(s, at, first_end, end);
    cpl_redact_put(s, at, end, COMPLAINT_MASK_NAME, rule);
    return end;
}

/* What a dotted line is made of. */
#define LEADER " ._-"

static bool ends_line(cpl_str s, size_t at) { return at >= s.n || s.p[at] == '\n'; }

/* Behind "signed" and a sign or blank one word alone is a name too, if nothing else is on the line. */
static size_t lone_signature(scan *s, size_t at) {
    piece p = read_piece(s->text, at);
    size_t end = skip(s->text, p.end, ")", 1);
    if (!ends_line(s->text, end) || !is_first(s, &p, WEAK)) return 0;
    return put(s, at, p.end, p.end, COMPLAINT_MASK_BY_SIGNATURE);
}

/* A title's first name alone, known from elsewhere. */
static size_t known_first(scan *s, size_t at) {
    piece p = read_piece(s->text, at);
    for (int i = 0; i < 2; i++) {
        size_t n = cpl_words_at(i ? &s->r->found : &s->r->given, s->text, at, WORD_TITLE, NULL);
        if (!n || at + n > p.end || s->names_only) continue;
        cpl_redact_put(s, at, at + n, COMPLAINT_MASK_NAME, i ? COMPLAINT_MASK_BY_REPEAT : COMPLAINT_MASK_BY_CALLER);
        return at + n;
    }
    return 0;
}

static int32_t rule_of(uint32_t kind, bool titled) {
    if (kind & WORD_SIGNED) return COMPLAINT_MASK_BY_SIGNATURE;
    if (kind & WORD_NAMED && !titled) return COMPLAINT_MASK_BY_WORD;
    return titled || kind & (WORD_TITLE | WORD_HONORIFIC | WORD_KIN) ? COMPLAINT_MASK_BY_TITLE : COMPLAINT_MASK_BY_WORD;
}

static trust trust_in(uint32_t kind) {
    if (kind & WORD_SIGNED || (kind & WORD_TITLE && kind & WORD_NAMED)) return SPOKEN;
    return kind & WORD_TITLE ? TITLED : WEAK;
}

size_t cpl_redact_name(scan *s, size_t after, uint32_t kind) {
    trust before = trust_in(kind), sure = before;
    size_t first_end = 0, at = skip(s->text, after, kind & (WORD_NAMED | WORD_ROLE | WORD_FROM | WORD_SIGNED) ? " :-=(.)\"_" : " ", kind & WORD_SIGNED ? LEADER_LONGEST : 3);
    if (!(kind & NAMES & ~(uint32_t)(WORD_ROLE | WORD_FROM)) && at == after) return 0;
    at = skip_titles(s, at, &sure);
    bool titled = sure != before;
    if (sure == TITLED) at = skip_remark(s->text, at);
    size_t end = thai_name(s, at, sure, &first_end);
    if (!end && sure != WEAK) end = latin_name(s, at, sure, &first_end);
    if (end && !(kind & ~(uint32_t)WORD_FROM) && !titled && !ends_line(s->text, end)) return 0;
    if (end) return put(s, at, first_end, end, rule_of(kind, titled));
    end = known_first(s, at);
    return !end && kind & WORD_SIGNED && at > after ? lone_signature(s, at) : end;
}

/* ( and nothing but a name and a surname, on a dotted line or not, then ). */
size_t cpl_redact_bracketed(scan *s, size_t after) {
    trust sure = WEAK;
    size_t first_end = 0, first = skip_titles(s, skip(s->text, after, LEADER, LEADER_LONGEST), &sure), end = thai_name(s, first, sure, &first_end);
    size_t close = end ? skip(s->text, end, LEADER, LEADER_LONGEST) : s->text.n;
    return close < s->text.n && s->text.p[close] == ')' ? put(s, first, first_end, end, sure == TITLED ? COMPLAINT_MASK_BY_TITLE : COMPLAINT_MASK_BY_FORM) : 0;
}

/* ---- signatures ---- */

/* Nothing is left of the line but a telephone number or the like, or who one is: (แม่น้องพลอย). */
static bool ends_signature(const scan *s, size_t at, size_t over) {
    size_t remark = skip_remark(s->text, skip(s->text, at, " ", 1));
    at = skip(s->text, at, " ).-,(+:_", LEADER_LONGEST);
    return at >= over || remark == over || digit(s->text.p[at]) || cpl_words_at(s->words, s->text, at, NUMBERED, NULL) > 0;
}

/* A line that is a name and a surname, in brackets or not, and perhaps how to reach him. */
static void signature_line(scan *s, size_t at, size_t over) {
    trust sure = WEAK;
    size_t first_end, first = skip_titles(s, skip(s->text, at, " (.-_", LEADER_LONGEST), &sure), end = thai_name(s, first, WEAK, &first_end);
    if (!end) end = latin_name(s, first, sure, &first_end);
    if (end && ends_signature(s, end, over)) put(s, first, first_end, end, COMPLAINT_MASK_BY_SIGNATURE);
}

/* The next line feed, or the end of the text; NEVER when it is far away, as in a paragraph. */
static size_t line_end(cpl_str s, size_t at) {
    size_t left = s.n - at, n = left < SIGNATURE_BYTES ? left : SIGNATURE_BYTES;
    const char *feed = n ? memchr(s.p + at, '\n', n) : NULL;
    if (feed) return (size_t)(feed - s.p);
    return left <= SIGNATURE_BYTES ? s.n : NEVER;
}

void cpl_redact_signatures(scan *s, size_t after) {
    size_t end = line_end(s->text, after);
    for (int line = 0; line < SIGNATURE_LINES && end < s->text.n; line++) {
        size_t at = end + 1;
        end = line_end(s->text, at);
        if (end != NEVER) signature_line(s, at, end);
    }
}
