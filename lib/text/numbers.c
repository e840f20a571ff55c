/*
 * text/numbers: what a row of digits is: an ID, a telephone number, an account; or none of these.
 *
 * Owns: the forms of such numbers. Must not know: names, words beyond how far away the last of a kind is.
 */
#include "redact.h"

enum { GROUPS = 16, FORM = 8, NEAR = 60, CLOSE = 45, BESIDE = 18, SERIAL = 27, ABROAD_LEAST = 10, ABROAD_MOST = 13, HN_LONGEST = 9, HN_LISTED = 5, AND = 14 };

/* Digits in groups, as people part them. */
typedef struct row {
    struct {
        size_t at, end;
        char separator; /* before it: '-', ' ', '.', '/'; 0 before the first */
    } group[GROUPS];
    size_t groups;
} row;

/* Of what parts two groups: its size and what it amounts to; 0 when it parts numbers. */
static size_t read_separator(cpl_str s, size_t at, char *separator) {
    size_t i = at;
    char strongest = ' ';
    for (; i < s.n && i - at < 3; i++) {
        char c = s.p[i];
        if (c == '-' || c == '/' || c == '.')
            strongest = strongest == ' ' ? c : '/';
        else if (c != ' ' && c != '(' && c != ')')
            break;
    }
    if (i == at || i >= s.n || !digit(s.p[i])) return 0;
    *separator = strongest;
    return i - at;
}

static void read_row(cpl_str s, size_t at, row *r) {
    *r = (row){0};
    for (char separator = 0; r->groups < GROUPS;) {
        size_t end = at;
        while (end < s.n && digit(s.p[end])) end++;
        r->group[r->groups].at = at;
        r->group[r->groups].end = end;
        r->group[r->groups++].separator = separator;
        size_t n = read_separator(s, end, &separator);
        if (!n) return;
        at = end + n;
    }
}

static size_t size_of(const row *r, size_t i) { return r->group[i].end - r->group[i].at; }

/* How many groups have `digits` digits together; 0 when none do. Only separators of `allowed` stand between them. */
static size_t groups_of(const row *r, size_t digits, const char *allowed) {
    size_t sum = 0;
    for (size_t i = 0; i < r->groups; i++) {
        if (i && !strchr(allowed, r->group[i].separator)) return 0;
        sum += size_of(r, i);
        if (sum == digits) return i + 1;
        if (sum > digits) return 0;
    }
    return 0;
}

/* True when the first groups have these sizes; a form ends with 0. */
static bool has_form(const row *r, size_t groups, const uint8_t *form) {
    for (size_t i = 0; i < groups; i++)
        if (i + 1 == FORM || size_of(r, i) != form[i]) return false;
    return form[groups] == 0;
}

static bool has_some_form(const row *r, size_t groups, const uint8_t (*forms)[FORM], size_t count) {
    for (size_t i = 0; i < count; i++)
        if (has_form(r, groups, forms[i])) return true;
    return false;
}

/* Whether digits stand on both sides of a sign that makes one number of them: thousands are three digits behind a comma and no more than three before it, and two telephone
 * numbers are not joined by a full stop or a hyphen. */
static bool joins(cpl_str s, size_t at) {
    size_t before = 0, behind = 0;
    while (before < at && digit(s.p[at - before - 1])) before++;
    while (at + behind + 1 < s.n && digit(s.p[at + behind + 1])) behind++;
    if (before == 0 || behind == 0) return false;
    if (s.p[at] == ',') return before <= 3 && behind == 3;
    return (s.p[at] == '-' || s.p[at] == '.') && (before < 9 || behind < 9);
}

/* The number does not go on behind these groups. */
static bool ends(cpl_str s, const row *r, size_t groups) {
    size_t end = r->group[groups - 1].end;
    return !(end < s.n && (joins(s, end) || latin(s.p[end])));
}

static bool spaced(const row *r, size_t groups) {
    for (size_t i = 1; i < groups; i++)
        if (r->group[i].separator == ' ') return true;
    return false;
}

/* The first `n` digits. */
static void collect(cpl_str s, const row *r, size_t n, char *out) {
    for (size_t i = 0, k = 0; k < n; i++)
        for (size_t at = r->group[i].at; at < r->group[i].end && k < n; at++) out[k++] = s.p[at];
}

/* The word was said of a number before this one. */
static bool another_number(cpl_str s, size_t from, size_t to) {
    while (from < to && !digit(s.p[from])) from++;
    return from < to;
}

/* A word that says what thing the number is of stands nearer than one that says it is somebody's. */
static bool of_a_thing(const scan *s, size_t seen, size_t at, size_t most) {
    size_t other = distance(s->other, at);
    return other <= most && other < distance(seen, at) && !another_number(s->text, s->other, at);
}

/* `(081)2345678`: the bracket before the number belongs to it, and so does the one behind `081(2345678)`; `(0812345678)` stands in brackets. */
static void take_brackets(cpl_str s, size_t *first, size_t *end) {
    size_t open = 0, closed = 0;
    for (size_t i = *first; i < *end; i++) {
        open += s.p[i] == '(';
        if (s.p[i] == ')' && open > 0)
            open--;
        else
            closed += s.p[i] == ')';
    }
    if (closed && *first > 0 && s.p[*first - 1] == '(') --*first;
    if (open && *end < s.n && s.p[*end] == ')') ++*end;
}

/* `1234567890 บาท`, but not right behind a word for telephones. */
static bool is_money(const scan *s, const row *r) {
    size_t at = r->group[0].end;
    if (distance(s->phone, r->group[0].at) <= BESIDE) return false;
    if (at < s->text.n && s->text.p[at] == ' ') at++;
    return r->groups == 1 && cpl_words_at(s->words, s->text, at, WORD_MONEY, NULL) > 0;
}

static size_t put_range(scan *s, size_t first, size_t end, int32_t kind, int32_t rule) {
    take_brackets(s->text, &first, &end);
    cpl_redact_put(s, first, end, kind, rule);
    return end;
}

static size_t put(scan *s, size_t first, const row *r, size_t groups, int32_t kind, int32_t rule) { return put_range(s, first, r->group[groups - 1].end, kind, rule); }

/* ---- national IDs ---- */

static bool check_digit(const char d[13]) {
    int sum = 0;
    for (int i = 0; i < 12; i++) sum += (13 - i) * (d[i] - '0');
    return (11 - sum % 11) % 10 == d[12] - '0';
}

/* `นายสมชาย ใจดี (1545650177992)` */
static bool behind_name(const scan *s, size_t at) {
    const cpl_mask *last = s->r->count ? &s->r->masks[s->r->count - 1] : NULL;
    return last && last->kind == COMPLAINT_MASK_NAME && last->end <= at && at - last->end <= 3;
}

/* 13 digits of a person begin with 1 to 8; 0 is a company, an imported foodstuff's licence has groups of 2, 1 and more. */
static size_t national_id(scan *s, const row *r) {
    static const uint8_t usual[FORM] = {1, 4, 5, 2, 1};
    char d[13];
    size_t at = r->group[0].at, groups = groups_of(r, 13, "- ");
    if (!groups || !ends(s->text, r, groups)) return 0;
    collect(s->text, r, 13, d);
    bool called = (distance(s->id, at) <= NEAR && !of_a_thing(s, s->id, at, NEAR)) || behind_name(s, at);
    bool licence = groups > 2 && size_of(r, 0) == 2 && size_of(r, 1) == 1;
    if (!called && (d[0] == '0' || licence)) return 0;
    if (has_form(r, groups, usual)) return put(s, at, r, groups, COMPLAINT_MASK_NATIONAL_ID, COMPLAINT_MASK_BY_FORM);
    if (called) return put(s, at, r, groups, COMPLAINT_MASK_NATIONAL_ID, COMPLAINT_MASK_BY_WORD);
    if (!check_digit(d) || of_a_thing(s, s->id, at, NEAR)) return 0;
    return put(s, at, r, groups, COMPLAINT_MASK_NATIONAL_ID, COMPLAINT_MASK_BY_CHECK);
}

/* ---- telephone numbers ---- */

static const uint8_t mobile_forms[][FORM] = {{10},         {3, 7},       {3, 3, 4}, {2, 8}, {2, 4, 4}, {1, 4, 5},   {3, 4, 3},
                                             {3, 3, 2, 2}, {3, 2, 2, 3}, {3, 2, 5}, {6, 4}, {2, 3, 5}, {2, 4, 2, 2}};
static const uint8_t fixed_forms[][FORM] = {{9}, {2, 7}, {2, 3, 4}, {3, 6}, {3, 3, 3}, {2, 4, 3}, {1, 4, 4}, {3, 2, 2, 2}, {3, 2, 4}};

/* `053-711-009-10`, `0812345678-9`: the lines of an office. */
static size_t with_lines(cpl_str s, size_t end) {
    size_t i = end + 1;
    if (end >= s.n || s.p[end] != '-') return end;
    while (i < s.n && digit(s.p[i])) i++;
    return i > end + 1 && i <= end + 3 ? i : end;
}

static size_t groups_as_one(const row *r, size_t digits) {
    size_t groups = groups_of(r, digits, "- ");
    return groups ? groups : groups_of(r, digits, ".");
}

/* The sentence goes on between a word and the number: `พัสดุไม่มา 0812345678`. */
static bool parted(const scan *s, size_t from, size_t to) {
    while (from < to && !cpl_words_at(s->words, s->text, from, WORD_INSIDE, NULL)) from++;
    return from < to;
}

static bool near_number(const scan *s, size_t seen, size_t at, size_t most) {
    size_t n = distance(seen, at);
    return n <= most && n < distance(s->phone, at) && !another_number(s->text, seen, at) && !parted(s, seen, at);
}

/* Bare digits behind the name of a thing, or behind `เลขที่`, which nobody says of a telephone. */
static bool numbers_a_thing(const scan *s, size_t at) { return near_number(s, s->other, at, BESIDE) || near_number(s, s->serial, at, SERIAL); }

static bool has_phone_form(const row *r, size_t groups, bool mobile) {
    return mobile ? has_some_form(r, groups, mobile_forms, sizeof mobile_forms / FORM) : has_some_form(r, groups, fixed_forms, sizeof fixed_forms / FORM);
}

/* By the same sign everywhere, or one by one: `08 12 34 56 78` is no date with an hour. */
static bool evenly_parted(const row *r, size_t groups) {
    bool same = true, single = size_of(r, 0) == 1;
    for (size_t i = 1; i < groups; i++) {
        same = same && r->group[i].separator == r->group[1].separator;
        single = single && size_of(r, i) == 1;
    }
    return same || single;
}

/* Behind a word for telephones its digits may be parted in other ways too. */
static size_t thai_phone(scan *s, const row *r) {
    char d[2] = "";
    size_t at = r->group[0].at;
    collect(s->text, r, size_of(r, 0) > 1 || r->groups > 1 ? 2 : 1, d);
    if (d[0] != '0' || (size_of(r, 0) == 1 && r->groups == 1)) return 0;
    bool mobile = d[1] == '6' || d[1] == '8' || d[1] == '9';
    if (!mobile && (d[1] < '2' || d[1] > '7')) return 0;
    size_t groups = groups_as_one(r, mobile ? 10 : 9);
    if (!groups || (groups == 1 && numbers_a_thing(s, at))) return 0;
    bool known = has_phone_form(r, groups, mobile), called = distance(s->phone, at) <= CLOSE && evenly_parted(r, groups);
    size_t end = r->group[groups - 1].end, lines = with_lines(s->text, end);
    if (!(known || called) || (lines == end && !ends(s->text, r, groups))) return 0;
    return put_range(s, at, lines, COMPLAINT_MASK_PHONE, known ? COMPLAINT_MASK_BY_FORM : COMPLAINT_MASK_BY_WORD);
}

static size_t put_longest(scan *s, size_t first, const row *r, size_t most, size_t least) {
    for (size_t digits = most; digits >= least; digits--) {
        size_t groups = groups_as_one(r, digits);
        if (groups && ends(s->text, r, groups)) return put(s, first, r, groups, COMPLAINT_MASK_PHONE, COMPLAINT_MASK_BY_FORM);
    }
    return 0;
}

/* +66, or 66 with a word that says it is a telephone number: 8 or 9 digits, a 0 may stand before them. Of other countries the + is needed. */
static size_t foreign_phone(scan *s, const row *r) {
    size_t at = r->group[0].at;
    const char *p = s->text.p + at;
    bool plus = at > 0 && p[-1] == '+';
    bool far = size_of(r, 0) >= 4 && memcmp(p, "0066", 4) == 0, home = size_of(r, 0) >= 2 && memcmp(p, "66", 2) == 0;
    if (plus && !home && p[0] != '0') return put_longest(s, at - 1, r, ABROAD_MOST, ABROAD_LEAST);
    if (!far && !home) return 0;
    if (!far && !plus && (r->groups < 2 || distance(s->phone, at) > CLOSE)) return 0;
    return put_longest(s, plus ? at - 1 : at, r, 12 + 2 * (size_t)far, 10);
}

/* ---- bank accounts ---- */

static size_t account(scan *s, const row *r) {
    static const uint8_t usual[FORM] = {3, 1, 5, 1};
    size_t at = r->group[0].at, groups = groups_of(r, 10, "- ");
    bool called = distance(s->account, at) <= NEAR && !of_a_thing(s, s->account, at, NEAR);
    if (groups && has_form(r, groups, usual) && (called || !spaced(r, groups)) && ends(s->text, r, groups))
        return put(s, at, r, groups, COMPLAINT_MASK_ACCOUNT, called ? COMPLAINT_MASK_BY_WORD : COMPLAINT_MASK_BY_FORM);
    for (size_t digits = 15; called && digits >= 10; digits--) {
        groups = groups_of(r, digits, "-");
        if (groups && ends(s->text, r, groups)) return put(s, at, r, groups, COMPLAINT_MASK_ACCOUNT, COMPLAINT_MASK_BY_WORD);
    }
    return 0;
}

/* ---- what stands before a number ---- */

/* `BP-0812345678` is the number of a thing, unless the letters say whose it is. */
static bool lettered(const scan *s, size_t at) {
    cpl_str t = s->text;
    return at > 1 && t.p[at - 1] == '-' && latin(t.p[at - 2]) && distance(s->cue, at) > 1;
}

/* It is the rest of another number, or of a word. */
static bool goes_on(const scan *s, size_t at) {
    if (at == 0) return false;
    char before = s->text.p[at - 1];
    return latin(before) || before == '_' || lettered(s, at) || joins(s->text, at - 1);
}

/* `0033/0812345678` is one number of a document; behind a number that was masked, or a word for telephones, a stroke parts two. */
static bool part_of_document(const scan *s, size_t at) {
    const cpl_mask *last = s->r->count ? &s->r->masks[s->r->count - 1] : NULL;
    return at > 1 && digit(s->text.p[at - 2]) && !(last && last->end == at - 1) && distance(s->phone, at) > CLOSE;
}

size_t cpl_redact_number(scan *s, size_t at) {
    row r;
    size_t end = 0;
    if (goes_on(s, at)) return 0;
    read_row(s->text, at, &r);
    bool alternative = at > 0 && s->text.p[at - 1] == '/';
    if (is_money(s, &r) || (alternative && part_of_document(s, at))) return 0;
    if (!alternative) end = national_id(s, &r);
    if (!end) end = thai_phone(s, &r);
    if (!end) end = foreign_phone(s, &r);
    if (!end && !alternative) end = account(s, &r);
    return end;
}

/* ---- hospital numbers ---- */

/* `65-001234`, `123456/66`: its groups. What is longer is another number. */
static size_t hospital_groups(const row *r, size_t *digits) {
    size_t groups = 0;
    *digits = 0;
    for (; groups < r->groups && (groups == 0 || strchr("-/", r->group[groups].separator)); groups++) {
        if (groups && size_of(r, groups) > HN_LONGEST) break;
        *digits += size_of(r, groups);
    }
    return groups;
}

/* Past blanks, signs and no more than `most` bytes of Thai: where a digit is, or NEVER. */
static size_t digit_behind(const scan *s, size_t at, const char *signs, size_t most) {
    size_t from = at;
    while (at < s->text.n && at - from <= most) {
        char c = s->text.p[at];
        if (digit(c)) return at;
        size_t n = c == ' ' || strchr(signs, c) ? 1 : thai_at(s->text, at);
        if (!n || cpl_words_at(s->words, s->text, at, NUMBERED, NULL)) return NEVER;
        at += n;
    }
    return NEVER;
}

/* `HN 123456,123457`: the end of the last one of as many digits. */
static size_t put_listed(scan *s, size_t end, size_t digits) {
    for (;;) {
        row r;
        size_t others = 0, at = digits < HN_LISTED ? NEVER : digit_behind(s, end, ",/", AND);
        if (at == NEVER || at == end) return end;
        read_row(s->text, at, &r);
        size_t groups = hospital_groups(&r, &others);
        if (others != digits || is_money(s, &r) || !ends(s->text, &r, groups)) return end;
        end = put(s, at, &r, groups, COMPLAINT_MASK_HN, COMPLAINT_MASK_BY_WORD);
    }
}

size_t cpl_redact_hospital_number(scan *s, size_t after) {
    row r;
    size_t at = after, digits = 0;
    while (at < s->text.n && at - after < 4 && strchr(" .:#=-", s->text.p[at])) at++;
    at += cpl_words_at(s->words, s->text, at, WORD_AT, NULL);
    while (at < s->text.n && s->text.p[at] == ' ') at++;
    bool beside = at < s->text.n && digit(s->text.p[at]);
    if (!beside) at = digit_behind(s, at, "", CLOSE);
    if (at == NEVER) return 0;
    read_row(s->text, at, &r);
    size_t groups = hospital_groups(&r, &digits), fewest = beside ? 4 : HN_LISTED;
    if (digits < fewest || (!beside && (digits > HN_LONGEST || is_money(s, &r)))) return 0;
    return put_listed(s, put(s, at, &r, groups, COMPLAINT_MASK_HN, COMPLAINT_MASK_BY_WORD), digits);
}

/* ---- passports ---- */

size_t cpl_redact_passport(scan *s, size_t at) {
    cpl_str t = s->text;
    size_t i = at;
    if (distance(s->passport, at) > NEAR || (at > 0 && (latin(t.p[at - 1]) || digit(t.p[at - 1])))) return 0;
    while (i < t.n && i - at < 3 && latin(t.p[i])) i++;
    size_t letters = i - at, blank = letters == 2 && i < t.n && t.p[i] == ' ';
    i += blank;
    while (i < t.n && digit(t.p[i])) i++;
    size_t digits = i - at - letters - blank;
    if (letters > 2 || digits < 6 || digits > 8 || (i < t.n && latin(t.p[i]))) return 0;
    cpl_redact_put(s, at, i, COMPLAINT_MASK_PASSPORT, COMPLAINT_MASK_BY_WORD);
    return i;
}
