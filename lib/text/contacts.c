/*
 * text/contacts: e-mail addresses, LINE ids, numbers of houses.
 *
 * Owns: their forms. Must not know: names, other numbers.
 */
#include "redact.h"

enum { LOCAL_MAX = 64, DOMAIN_MAX = 253, HANDLE_MIN = 4, HANDLE_MAX = 32, FILLER_MAX = 75 };

/* ---- e-mail ---- */

static bool local_char(char c) { return latin(c) || digit(c) || strchr("._%+-", c); }
static bool domain_char(char c) { return latin(c) || digit(c) || c == '.' || c == '-'; }

/* Where a domain that begins at `at` ends; `at` when it is none: two labels at least, the last of letters. */
static size_t domain_end(cpl_str s, size_t at) {
    size_t end = at, dot = 0;
    while (end < s.n && end - at < DOMAIN_MAX && domain_char(s.p[end])) end++;
    while (end > at && (s.p[end - 1] == '.' || s.p[end - 1] == '-')) end--;
    for (size_t i = at; i < end; i++)
        if (s.p[i] == '.') dot = i;
    if (dot <= at || end - dot < 3) return at;
    for (size_t i = dot + 1; i < end; i++)
        if (!latin(s.p[i])) return at;
    return end;
}

/* How many bytes mean @: the sign, or what people write so that no machine finds it. */
static size_t at_sign(cpl_str s, size_t at) {
    static const char *const written[] = {"@", "[at]", "(at)", "{at}"};
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        size_t n = strlen(written[i]);
        if (s.n - at >= n && memcmp(s.p + at, written[i], n) == 0) return n;
    }
    return 0;
}

size_t cpl_redact_email(scan *s, size_t at) {
    size_t sign = at_sign(s->text, at), from = at + sign, to = at;
    bool written = sign > 1;
    if (!sign) return 0;
    if (written && from < s->text.n && s->text.p[from] == ' ') from++;
    if (written && to > 0 && s->text.p[to - 1] == ' ') to--;
    size_t first = to, end = domain_end(s->text, from);
    while (first > 0 && to - first < LOCAL_MAX && s->text.p[first - 1] && local_char(s->text.p[first - 1])) first--;
    while (first < to && (s->text.p[first] == '.' || s->text.p[first] == '-')) first++;
    if (first == to || end == from) return 0;
    cpl_redact_put(s, first, end, COMPLAINT_MASK_EMAIL, COMPLAINT_MASK_BY_FORM);
    return end;
}

/* ---- LINE ---- */

static bool handle_char(char c) { return latin(c) || digit(c) || c == '_' || c == '.' || c == '-'; }

typedef struct handle {
    size_t first, end;
    bool letter, sign; /* it has a letter; it has a digit or a sign, so it is no word */
} handle;

static handle read_handle(cpl_str s, size_t at) {
    handle h = {.first = at, .end = at + (s.p[at] == '@')};
    h.sign = h.end > at;
    for (; h.end < s.n && h.end - at <= HANDLE_MAX && handle_char(s.p[h.end]); h.end++) {
        h.letter = h.letter || latin(s.p[h.end]);
        h.sign = h.sign || !latin(s.p[h.end]);
    }
    while (h.end > at && (s.p[h.end - 1] == '.' || s.p[h.end - 1] == '-')) h.end--;
    return h;
}

/* Between LINE and an id: Thai words, blanks, signs. A word that says "id" makes it certain. */
static size_t skip_filler(scan *s, size_t at, bool *certain) {
    size_t from = at;
    while (at < s->text.n && at - from < FILLER_MAX && s->text.p[at] != '\n') {
        size_t id = cpl_words_at(s->words, s->text, at, WORD_LINE_ID | WORD_LINE, NULL);
        char c = s->text.p[at];
        bool longer = at + id < s->text.n && handle_char(s->text.p[at + id]) && s->text.p[at + id] != '.';
        if (id && !(latin(c) && longer))
            *certain = true;
        else if (latin(c) || digit(c) || c == '@' || c == '_')
            break;
        else
            id = 0;
        at += id ? id : thai_at(s->text, at) ? 3 : 1;
    }
    return at;
}

size_t cpl_redact_line(scan *s, size_t after, bool certain) {
    bool named = certain;
    size_t at = skip_filler(s, after, &named);
    if (at >= s->text.n || s->text.p[at] == '\n' || at - after >= FILLER_MAX) return 0;
    handle h = read_handle(s->text, at);
    bool beside = at - after <= 3;
    size_t word = cpl_words_at(s->words, s->text, at, WORD_NOT_LINE, NULL);
    if (word && at + word == h.end) return 0;
    if (!h.letter || h.end - h.first < HANDLE_MIN || h.end - h.first > HANDLE_MAX || (h.end < s->text.n && s->text.p[h.end] == '@')) return 0;
    if (!h.sign && !named && !beside) return 0;
    cpl_redact_put(s, h.first, h.end, COMPLAINT_MASK_LINE, COMPLAINT_MASK_BY_WORD);
    return h.end;
}

/* ---- houses ---- */

typedef struct house {
    size_t end;
    bool slash;   /* 129/16 */
    bool date;    /* 12/7: it may be one */
    bool village; /* หมู่ 4 follows */
    bool road;    /* a road */
    bool street;  /* or another word of an address */
} house;

static size_t digits_at(cpl_str s, size_t at) {
    size_t n = 0;
    while (at + n < s.n && digit(s.p[at + n])) n++;
    return n;
}

static size_t skip_blanks(cpl_str s, size_t at) {
    while (at < s.n && s.p[at] == ' ') at++;
    return at;
}

/* `3/2569` is a document. */
static bool year(cpl_str s, size_t at, size_t n) { return n == 4 && s.p[at] == '2' && (s.p[at + 1] == '4' || s.p[at + 1] == '5' || s.p[at + 1] == '6'); }

static bool small(cpl_str s, size_t at, size_t n, int most) {
    int value = 0;
    for (size_t i = 0; i < n; i++) value = value * 10 + (s.p[at + i] - '0');
    return value <= most;
}

/* `หมู่ 1,5,7`: villages, and no house in one. */
static bool goes_on(cpl_str s, size_t at) { return at < s.n && s.p[at] == ',' && digits_at(s, skip_blanks(s, at + 1)) > 0; }

static void read_place(const scan *s, house *h) {
    size_t at = skip_blanks(s->text, h->end), word = cpl_words_at(s->words, s->text, at, WORD_VILLAGE, NULL), number = skip_blanks(s->text, at + word);
    size_t n = word ? digits_at(s->text, number) : 0;
    h->road = cpl_words_at(s->words, s->text, at, WORD_ROAD, NULL) > 0;
    h->street = h->road || cpl_words_at(s->words, s->text, at, WORD_STREET, NULL) > 0;
    if (n == 0 || n > 2 || goes_on(s->text, number + n)) return;
    if (cpl_words_at(s->words, s->text, skip_blanks(s->text, number + n), WORD_COUNT, NULL)) return;
    h->village = h->street = true;
    h->end = number + n;
}

/* The rest of `8/1-2`. */
static size_t next_houses(cpl_str s, size_t at) {
    size_t n = at < s.n && s.p[at] == '-' ? digits_at(s, at + 1) : 0;
    return n > 0 && n <= 3 ? n + 1 : 0;
}

/* The number of a house at `at`, with its village's. */
static bool read_house(const scan *s, size_t at, house *h) {
    size_t n = digits_at(s->text, at), end = at + n;
    *h = (house){0};
    if (n == 0 || n > 4 || year(s->text, at, n)) return false;
    if (end < s->text.n && s->text.p[end] == '/') {
        size_t second = digits_at(s->text, end + 1);
        if (second == 0 || second > 4 || year(s->text, end + 1, second)) return false;
        h->slash = true;
        h->date = small(s->text, at, n, 31) && small(s->text, end + 1, second, 12);
        end += 1 + second;
        end += next_houses(s->text, end);
    }
    if (end < s->text.n && (latin(s->text.p[end]) || (strchr("/-.,:", s->text.p[end]) && digits_at(s->text, end + 1)))) return false;
    h->end = end;
    read_place(s, h);
    return true;
}

static size_t put_house(scan *s, size_t at, const house *h, int32_t rule) {
    cpl_redact_put(s, at, h->end, COMPLAINT_MASK_ADDRESS, rule);
    return h->end;
}

size_t cpl_redact_house(scan *s, size_t after, bool certain) {
    house h;
    size_t at = after;
    while (at < s->text.n && at - after < 3 && strchr(" :.", s->text.p[at])) at++;
    size_t number = cpl_words_at(s->words, s->text, at, WORD_HOUSE | WORD_AT, NULL);
    at = skip_blanks(s->text, at + number);
    if (!read_house(s, at, &h) || !(certain || h.village || h.road || (h.slash && (h.street || !h.date)))) return 0;
    return put_house(s, at, &h, COMPLAINT_MASK_BY_WORD);
}

size_t cpl_redact_plain_house(scan *s, size_t at) {
    house h;
    if ((at > 0 && !strchr(" \n(:", s->text.p[at - 1])) || distance(s->village, at) <= 1) return 0; /* หมู่ 2 หมู่ 3 */
    if (!read_house(s, at, &h) || !(h.village || (h.slash && (h.road || (h.street && !h.date))))) return 0;
    return put_house(s, at, &h, COMPLAINT_MASK_BY_FORM);
}
