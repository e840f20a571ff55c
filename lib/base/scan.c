/*
 * base/scan: JSON as a stream of tokens, without memory of its own.
 *
 * Owns: the grammar of RFC 8259 with integers only, lines, depth, escapes. Must not know: what a document is about, and
 * whether its bytes are valid UTF-8 (cpl_utf8_check says that before).
 */
#include "base/base.h"

#include <string.h>

/* What may come next; kept in cpl_scan.expect. */
enum { VALUE, VALUE_OR_END, KEY, KEY_OR_END, COLON, AFTER_VALUE, OVER, DEAD };

void cpl_scan_init(cpl_scan *s, cpl_str text) { *s = (cpl_scan){.text = text, .line = 1, .expect = VALUE}; }

/* A byte that no token begins with stands for the end of the text. */
static char peek(const cpl_scan *s) { return s->at < s->text.n ? s->text.p[s->at] : '\0'; }

static bool digit(char c) { return c >= '0' && c <= '9'; }

static bool hex_digit(char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

static int bad(cpl_scan *s) {
    s->token_at = s->at;
    s->raw = (cpl_str){NULL, 0};
    s->expect = DEAD;
    return CPL_SCAN_BAD;
}

static void skip_blanks(cpl_scan *s) {
    for (; s->at < s->text.n; s->at++) {
        char c = s->text.p[s->at];
        if (c == '\n') s->line++;
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') break;
    }
}

static bool in_object(const cpl_scan *s) { return s->depth > 0 && (s->objects >> (s->depth - 1) & 1); }

static int open_level(cpl_scan *s, bool object) {
    if (s->depth == CPL_SCAN_MAX_DEPTH) {
        int token = bad(s);
        s->depth++; /* tells the reason apart from a syntax error */
        return token;
    }
    uint64_t bit = UINT64_C(1) << s->depth++;
    s->objects = object ? s->objects | bit : s->objects & ~bit;
    s->at++;
    s->expect = object ? KEY_OR_END : VALUE_OR_END;
    return object ? CPL_SCAN_OBJECT : CPL_SCAN_ARRAY;
}

static int close_level(cpl_scan *s) {
    bool object = in_object(s);
    if (s->depth == 0 || peek(s) != (object ? '}' : ']')) return bad(s);
    s->at++;
    s->depth--;
    s->expect = AFTER_VALUE;
    return object ? CPL_SCAN_OBJECT_END : CPL_SCAN_ARRAY_END;
}

/* Stands behind a backslash; steps over the escape. */
static bool skip_escape(cpl_scan *s) {
    char c = peek(s);
    if (c == '\0' || !strchr("\"\\/bfnrtu", c)) return false;
    s->at++;
    for (int i = 0; c == 'u' && i < 4; i++, s->at++)
        if (!hex_digit(peek(s))) return false;
    return true;
}

/* Over everything that stands for itself. */
static void skip_plain(cpl_scan *s) {
    const char *p = s->text.p + s->at, *end = s->text.p + s->text.n;
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20) p++;
    s->at = (size_t)(p - s->text.p);
}

static int string(cpl_scan *s, int token) {
    size_t from = ++s->at;
    s->escaped = false;
    for (;;) {
        skip_plain(s);
        if (peek(s) == '"') break;
        if (peek(s) != '\\') return bad(s);
        s->at++;
        s->escaped = true;
        if (!skip_escape(s)) return bad(s);
    }
    s->raw = (cpl_str){s->text.p + from, s->at - from};
    s->at++;
    s->expect = token == CPL_SCAN_KEY ? COLON : AFTER_VALUE;
    return token;
}

static bool skip_digits(cpl_scan *s) {
    size_t from = s->at;
    while (digit(peek(s))) s->at++;
    return s->at > from;
}

/* Everything behind the integer part; false when it is malformed. */
static bool skip_fraction(cpl_scan *s) {
    if (peek(s) == '.') {
        s->at++;
        if (!skip_digits(s)) return false;
    }
    if (peek(s) != 'e' && peek(s) != 'E') return true;
    s->at++;
    if (peek(s) == '+' || peek(s) == '-') s->at++;
    return skip_digits(s);
}

/* Counts downwards from zero, because the least int64 has no positive counterpart. */
static bool to_integer(cpl_str raw, int64_t *value) {
    bool negative = raw.p[0] == '-';
    int64_t v = 0;
    for (size_t i = negative; i < raw.n; i++) {
        int d = raw.p[i] - '0';
        if (v < (INT64_MIN + d) / 10) return false;
        v = v * 10 - d;
    }
    if (!negative && v == INT64_MIN) return false;
    *value = negative ? v : -v;
    return true;
}

static int number(cpl_scan *s) {
    size_t from = s->at;
    if (peek(s) == '-') s->at++;
    if (peek(s) == '0')
        s->at++;
    else if (!skip_digits(s))
        return bad(s);
    cpl_str raw = {s->text.p + from, s->at - from};
    bool whole = peek(s) != '.' && peek(s) != 'e' && peek(s) != 'E';
    if (!whole && !skip_fraction(s)) return bad(s);
    s->expect = AFTER_VALUE;
    s->raw = (cpl_str){raw.p, s->at - from};
    if (!whole) return CPL_SCAN_REAL;
    if (to_integer(raw, &s->integer)) return CPL_SCAN_INT;
    if (s->wide_is_real) return CPL_SCAN_REAL;
    s->expect = DEAD; /* raw stays set: the reason is the size of the number */
    return CPL_SCAN_BAD;
}

static int word(cpl_scan *s, const char *letters, int token) {
    for (const char *c = letters; *c; c++, s->at++)
        if (peek(s) != *c) return bad(s);
    s->expect = AFTER_VALUE;
    return token;
}

static int value(cpl_scan *s) {
    char c = peek(s);
    if (c == '{' || c == '[') return open_level(s, c == '{');
    if (c == '"') return string(s, CPL_SCAN_STRING);
    if (c == '-' || digit(c)) return number(s);
    if (c == 't') return word(s, "true", CPL_SCAN_TRUE);
    if (c == 'f') return word(s, "false", CPL_SCAN_FALSE);
    if (c == 'n') return word(s, "null", CPL_SCAN_NULL);
    return bad(s);
}

/* Steps over the colon or comma before the next token; false when it is not there. */
static bool skip_separator(cpl_scan *s) {
    bool object = in_object(s);
    if (s->expect == COLON) {
        if (peek(s) != ':') return false;
        s->expect = VALUE;
    } else if (s->expect == AFTER_VALUE && s->depth > 0 && peek(s) == ',') {
        s->expect = object ? KEY : VALUE;
    } else {
        return true;
    }
    s->at++;
    skip_blanks(s);
    return true;
}

int cpl_scan_next(cpl_scan *s) {
    if (s->expect == DEAD) return CPL_SCAN_BAD;
    skip_blanks(s);
    if (!skip_separator(s)) return bad(s);
    s->token_at = s->at;
    s->raw = (cpl_str){NULL, 0};
    switch (s->expect) {
    case KEY_OR_END:
        if (peek(s) == '}') return close_level(s);
        return peek(s) == '"' ? string(s, CPL_SCAN_KEY) : bad(s);
    case KEY:
        return peek(s) == '"' ? string(s, CPL_SCAN_KEY) : bad(s);
    case VALUE_OR_END:
        return peek(s) == ']' ? close_level(s) : value(s);
    case VALUE:
        return value(s);
    default:
        if (s->depth > 0) return close_level(s);
        if (s->at < s->text.n) return bad(s);
        s->expect = OVER;
        return CPL_SCAN_END;
    }
}

bool cpl_scan_skip(cpl_scan *s) {
    bool inside = s->expect == KEY_OR_END || s->expect == VALUE_OR_END;
    int outer = s->depth - (inside ? 1 : 0);
    if (s->expect == AFTER_VALUE) return true;
    do {
        int token = cpl_scan_next(s);
        if (token == CPL_SCAN_BAD || token == CPL_SCAN_END) return false;
    } while (s->depth > outer);
    return true;
}

bool cpl_scan_find(cpl_scan *s, const char *name) {
    while (cpl_scan_next(s) == CPL_SCAN_KEY) {
        if (cpl_str_is(s->raw, name)) return true;
        if (!cpl_scan_skip(s)) return false;
    }
    return false;
}

static uint32_t hex4(const char *p) {
    uint32_t v = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        v = v << 4 | (uint32_t)(digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return v;
}

static void put_point(cpl_buf *b, uint32_t c) {
    unsigned char out[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; c >>= 6) out[i] = (unsigned char)(0x80 | (c & 0x3F));
    out[0] = (unsigned char)(lead[n] | c);
    cpl_buf_put(b, out, n);
}

/* The character of the \u escape at raw[i], i behind the `u`; *used is the number of bytes from there. */
static complaint_status long_escape(cpl_str raw, size_t i, uint32_t *point, size_t *used) {
    uint32_t first = hex4(raw.p + i);
    *point = first;
    *used = 4;
    if (first == 0) return COMPLAINT_E_NUL;
    if (first < 0xD800 || first > 0xDFFF) return COMPLAINT_OK;
    if (first > 0xDBFF || raw.n - i < 10 || raw.p[i + 4] != '\\' || raw.p[i + 5] != 'u') return COMPLAINT_E_UTF8;
    uint32_t second = hex4(raw.p + i + 6);
    if (second < 0xDC00 || second > 0xDFFF) return COMPLAINT_E_UTF8;
    *point = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    *used = 10;
    return COMPLAINT_OK;
}

static char short_escape(char letter) {
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    const char *found = strchr(letters, letter);
    return found ? meant[found - letters] : letter;
}

complaint_status cpl_scan_decode(const cpl_scan *s, cpl_buf *b, size_t *offset) {
    cpl_str raw = s->raw;
    for (size_t i = 0, next; i < raw.n; i = next) {
        const char *slash = memchr(raw.p + i, '\\', raw.n - i);
        size_t plain = slash ? (size_t)(slash - raw.p) - i : raw.n - i;
        if (b) cpl_buf_put(b, raw.p + i, plain);
        next = i + plain;
        if (!slash) break;
        char letter = raw.p[next + 1];
        uint32_t point = (unsigned char)short_escape(letter);
        size_t used = 0;
        complaint_status status = letter == 'u' ? long_escape(raw, next + 2, &point, &used) : COMPLAINT_OK;
        if (status != COMPLAINT_OK) {
            *offset = (size_t)(slash - s->text.p);
            return status;
        }
        if (b) put_point(b, point);
        next += 2 + used;
    }
    return COMPLAINT_OK;
}

void cpl_scan_mend(const cpl_scan *s, char *text, const char digits[4]) {
    cpl_str raw = s->raw;
    size_t begin = raw.n ? (size_t)(raw.p - s->text.p) : 0;
    for (size_t i = 0, used; i + 1 < raw.n; i += used) {
        uint32_t point;
        used = 1;
        if (raw.p[i] != '\\') continue;
        used = 2;
        if (raw.p[i + 1] != 'u') continue;
        if (long_escape(raw, i + 2, &point, &used) != COMPLAINT_OK) memcpy(text + begin + i + 2, digits, 4);
        used += 2;
    }
}

bool cpl_scan_unescape(const cpl_scan *s, cpl_buf *b) {
    size_t offset;
    return cpl_scan_decode(s, b, &offset) == COMPLAINT_OK;
}

bool cpl_scan_member(cpl_str object, const char *name, cpl_str *text) {
    cpl_scan scan;
    cpl_scan_init(&scan, object);
    if (cpl_scan_next(&scan) != CPL_SCAN_OBJECT || !cpl_scan_find(&scan, name) || cpl_scan_next(&scan) != CPL_SCAN_STRING) return false;
    *text = scan.raw;
    return true;
}
