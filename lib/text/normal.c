/*
 * text/normal: the normal form, in one pass over the text.
 *
 * Characters are read and mapped one by one, gathered to clusters (a letter and its marks), put in order, and written. Writing knows
 * blanks and letters that are drawn out. Nothing but the output is kept, so the memory of a handle is that of its longest text.
 *
 * Owns: the order of marks, what is dropped and what is kept. Must not know: words.
 */
#include "text/text.h"

#include "thai.h"

enum {
    MARKS = 30, /* on one letter, Unicode's Stream-Safe Text Format; more is no writing */
    DROPPED = -1,
    REPLACEMENT = 0xFFFD,
    JOINER = 0x200D,
    KEYCAP = 0x20E3
};

/* A letter and its marks. */
typedef struct cluster {
    int32_t point[1 + MARKS];
    size_t n;
    uint32_t at;
    bool marks;    /* there are any: an order to be made */
    bool foreign;  /* no Thai cluster, and no ASCII character alone: Unicode's order and composition */
    bool nikhahit; /* a following า belongs to it */
    bool am;       /* and there it is: another one is drawn out */
} cluster;

/* What was written last, and how often. */
typedef struct writer {
    cpl_normal *n;
    int32_t before, last; /* the character before the run, and that of the run */
    size_t run, run_at;   /* how often, and the size of the output before it */
    int32_t blank;        /* a blank is owed: ' ' or '\n', else 0 */
    uint32_t blank_at;
    bool failed;
} writer;

typedef struct reader {
    cpl_str text;
    int32_t options;
    int32_t previous; /* the last character that was not dropped */
    cluster c;
    writer w;
} reader;

/* ---- writing ---- */

static bool grow(cpl_normal *n) {
    size_t capacity = n->capacity ? n->capacity * 2 : 256;
    char *text = cpl_resize(&n->memory, n->text, capacity, 1);
    if (!text) return false;
    n->text = text;
    uint32_t *origin = cpl_resize(&n->memory, n->origin, capacity, sizeof *origin);
    if (!origin) return false;
    n->origin = origin;
    n->capacity = capacity;
    return true;
}

static inline size_t encode(int32_t point, char *out) {
    if (point < 0x80) {
        *out = (char)point;
        return 1;
    }
    if (!thai(point)) return cpl_utf8_put(point, out);
    out[0] = (char)0xE0;
    out[1] = (char)(0x80 | (point >> 6));
    out[2] = (char)(0x80 | (point & 0x3F));
    return 3;
}

static inline void append(writer *w, int32_t point, uint32_t at) {
    cpl_normal *n = w->n;
    if (n->capacity - n->size < 8 && (w->failed || !grow(n))) {
        w->failed = true;
        return;
    }
    size_t bytes = encode(point, n->text + n->size);
    for (size_t i = 0; i < bytes; i++) n->origin[n->size + i] = at;
    n->size += bytes;
}

/* How often the run may stand, knowing what follows. */
static size_t allowed(const writer *w, int32_t next) {
    int32_t p = w->last;
    if (p >= '0' && p <= '9') return w->run;
    if (thai_vowel(p) || p == REPLACEMENT) return 1;
    if (!thai_letter(p)) return w->run > 3 ? 3 : w->run;
    if (w->run < 3) return w->run;
    return w->run == 3 && (next == '.' || !thai_letter(w->before)) ? 3 : 1; /* สสส. is a name */
}

/* A character that stands several times is cut to what it may be; เเ becomes แ. */
static void end_run(writer *w, int32_t next) {
    if (w->run < 2 || w->failed) return;
    size_t each = (w->n->size - w->run_at) / w->run, keep = allowed(w, next);
    w->n->size = w->run_at + keep * each;
    w->run = keep;
    if (w->last != THAI_SARA_E) return;
    w->last = THAI_SARA_AE;
    if (w->before == THAI_SARA_AE) {
        w->n->size = w->run_at;
        w->run_at -= each;
    } else {
        encode(w->last, w->n->text + w->run_at);
    }
}

static void write_point(writer *w, int32_t point, uint32_t at) {
    if (point != w->last) end_run(w, point);
    if (point == w->last) {
        w->run++;
    } else {
        w->before = w->last;
        w->last = point;
        w->run = 1;
        w->run_at = w->n->size;
    }
    append(w, point, at);
}

static inline void put(writer *w, int32_t point, uint32_t at) {
    if (point == ' ' || point == '\n') {
        if (!w->blank) w->blank_at = at;
        if (w->blank != '\n') w->blank = point;
        return;
    }
    if (w->blank && w->n->size) write_point(w, w->blank, w->blank_at);
    w->blank = 0;
    write_point(w, point, at);
}

/* ---- clusters ---- */

static inline bool mark(int32_t p) { return thai(p) ? thai_mark(p) != 0 : cpl_utf8_joins(p); }

/* On a Thai letter, and where the letter is missing: Thai marks stand before those of other scripts, in their order. A letter has few. */
static void order_thai(cluster *c) {
    size_t first = mark(c->point[0]) ? 0 : 1, thais = first;
    if (first == 1 && !thai(c->point[0])) return;
    for (size_t i = first; i < c->n; i++) {
        int32_t p = c->point[i];
        int key = thai_mark(p);
        if (!key) continue;
        size_t to = i;
        for (; to > thais; to--) c->point[to] = c->point[to - 1];
        for (; to > first && thai_mark(c->point[to - 1]) > key; to--) c->point[to] = c->point[to - 1];
        c->point[to] = p;
        thais++;
    }
}

/* Each Thai mark once; ำ has its circle already. */
static void drop_repeated(cluster *c) {
    bool am = false;
    size_t kept = 0;
    for (size_t i = 0; i < c->n; i++) am = am || c->point[i] == THAI_SARA_AM;
    for (size_t i = 0; i < c->n; i++) {
        bool seen = am && c->point[i] == THAI_NIKHAHIT;
        for (size_t j = 0; thai_mark(c->point[i]) && j < kept; j++) seen = seen || c->point[j] == c->point[i];
        if (!seen) c->point[kept++] = c->point[i];
    }
    c->n = kept;
}

static size_t compose(const cluster *c, int32_t options, int32_t out[CPL_DECOMPOSED * (1 + MARKS)]) {
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        size_t first = n;
        n += cpl_utf8_decompose(c->point[i], out + n);
        for (; options & COMPLAINT_NORMAL_LOWER_CASE && first < n; first++) out[first] = cpl_utf8_lower(out[first]);
    }
    return cpl_utf8_compose(out, n);
}

static void flush(reader *r) {
    cluster *c = &r->c;
    int32_t composed[CPL_DECOMPOSED * (1 + MARKS)];
    const int32_t *points = c->point;
    if (c->marks) {
        order_thai(c);
        drop_repeated(c);
    }
    size_t n = c->n;
    if (c->foreign) {
        n = compose(c, r->options, composed);
        points = composed;
    }
    for (size_t i = 0; i < n; i++) put(&r->w, points[i], c->at);
    c->n = 0;
}

/* Not to a blank, which may be dropped. */
static inline bool joins(const cluster *c, int32_t p) { return p >= 0x80 && c->n && c->point[0] > ' ' && mark(p); }

static void take(reader *r, int32_t p, uint32_t at) {
    cluster *c = &r->c;
    if (p == THAI_SARA_AA && c->n && c->am) return;
    if (p == THAI_SARA_AA && c->n && c->nikhahit) p = THAI_SARA_AM;
    if (joins(c, p)) {
        c->marks = true;
        c->foreign = c->foreign || !thai(p) || !thai(c->point[0]);
        c->nikhahit = c->nikhahit || p == THAI_NIKHAHIT;
        c->am = c->am || p == THAI_SARA_AM;
        if (c->n <= MARKS) c->point[c->n++] = p;
        return;
    }
    if (c->n) flush(r);
    c->point[0] = p;
    c->n = 1;
    c->at = at;
    c->marks = false;
    c->foreign = p >= 0x80 && !thai(p);
    c->nikhahit = p == THAI_NIKHAHIT;
    c->am = p == THAI_SARA_AM;
}

/* ---- reading ---- */

/* Thai letters as fonts without positioning draw them, from U+F700. */
static int32_t drawn_letter(int32_t p) {
    static const uint16_t letters[] = {0x0E10, 0x0E34, 0x0E35, 0x0E36, 0x0E37, 0x0E48, 0x0E49, 0x0E4A, 0x0E4B, 0x0E4C, 0x0E48, 0x0E49, 0x0E4A, 0x0E4B,
                                       0x0E4C, 0x0E0D, 0x0E31, 0x0E4D, 0x0E47, 0x0E48, 0x0E49, 0x0E4A, 0x0E4B, 0x0E4C, 0x0E38, 0x0E39, 0x0E3A};
    return letters[p - 0xF700];
}

static bool selector(int32_t p) { return p == 0xFE0E || p == 0xFE0F; }

/* Inside emoji joiners, selectors and tags are seen. */
static bool part_of_emoji(const reader *r, int32_t p, size_t behind) {
    int32_t next = 0, before = r->previous;
    cpl_utf8_next(r->text, behind, &next);
    if (selector(p)) return cpl_utf8_pictograph(before) || next == KEYCAP;
    bool emoji = cpl_utf8_pictograph(before) || selector(before) || (before >= 0x1F3FB && before <= 0x1F3FF);
    if (p == JOINER) return emoji && cpl_utf8_pictograph(next);
    bool tag = p >= 0xE0020 && p <= 0xE007F;
    return tag && (emoji || (before >= 0xE0020 && before <= 0xE007F));
}

static inline int32_t read_ascii(const reader *r, int32_t p) {
    if (p >= 'A' && p <= 'Z') return r->options & COMPLAINT_NORMAL_LOWER_CASE ? p + 32 : p;
    if (p >= ' ' && p < 0x7F) return p;
    if (p == '\n' || p == '\r' || p == '\v' || p == '\f') return '\n';
    return p == '\t' ? ' ' : DROPPED;
}

/* What another character than an ASCII or Thai one is read as. */
static int32_t read_rare(const reader *r, int32_t p, size_t behind) {
    if (p >= 0xFF01 && p <= 0xFF5E) return read_ascii(r, p - 0xFF01 + '!');
    if (p >= 0xF700 && p <= 0xF71A) return drawn_letter(p);
    if (p == 0x85 || p == 0x2028 || p == 0x2029) return '\n';
    if ((p >= 0x2010 && p <= 0x2015) || p == 0x2212) return '-';
    if (p == 0x2018 || p == 0x2019) return '\'';
    if (p == 0x201C || p == 0x201D) return '"';
    if (cpl_utf8_blank(p)) return ' ';
    if (cpl_utf8_invisible(p) && !part_of_emoji(r, p, behind)) return DROPPED;
    return p;
}

static inline int32_t read_thai(const reader *r, int32_t p) {
    if (thai_digit(p)) return p - THAI_ZERO + '0';
    if (p == THAI_LAKKHANGYAO && r->previous != THAI_RU && r->previous != THAI_LU) return THAI_SARA_AA;
    return p;
}

/* The character at i as it is to be written, DROPPED among them; its bytes, 0 for what is no UTF-8. */
static inline size_t read_point(const reader *r, size_t i, int32_t *point) {
    const unsigned char *p = (const unsigned char *)r->text.p + i;
    if (*p < 0x80) {
        *point = read_ascii(r, *p);
        return *p != 0;
    }
    if (r->text.n - i >= 3 && p[0] == 0xE0 && (p[1] & 0xFE) == 0xB8 && (p[2] & 0xC0) == 0x80) {
        *point = read_thai(r, 0x0E00 | (p[1] & 1) << 6 | (p[2] & 0x3F));
        return 3;
    }
    int32_t raw;
    size_t bytes = cpl_utf8_next(r->text, i, &raw);
    if (bytes) *point = read_rare(r, raw, i + bytes);
    return bytes;
}

static complaint_status read_all(reader *r, size_t *offset) {
    for (size_t i = 0; i < r->text.n;) {
        int32_t point = REPLACEMENT;
        size_t bytes = read_point(r, i, &point);
        if (!bytes && !(r->options & COMPLAINT_NORMAL_REPAIR)) {
            *offset = i;
            return r->text.p[i] ? COMPLAINT_E_UTF8 : COMPLAINT_E_NUL;
        }
        if (!bytes) point = REPLACEMENT;
        if (point != DROPPED) {
            r->previous = point;
            take(r, point, (uint32_t)i);
        }
        i += bytes ? bytes : 1;
    }
    if (r->c.n) flush(r);
    end_run(&r->w, 0);
    return r->w.failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
}

/* ---- the handle ---- */

void cpl_normal_init(cpl_normal *n, const cpl_memory *m) { *n = (cpl_normal){.memory = *m}; }

void cpl_normal_free(cpl_normal *n) {
    cpl_memory m = n->memory;
    cpl_free(&m, n->text);
    cpl_free(&m, n->origin);
    cpl_normal_init(n, &m);
}

complaint_status cpl_normal_make(cpl_normal *n, cpl_str text, int32_t options, size_t *offset) {
    reader r = {.text = text, .options = options};
    n->size = 0;
    if (text.n > CPL_NORMAL_MAX) return COMPLAINT_E_TOO_LARGE;
    if (n->capacity == 0 && !grow(n)) return COMPLAINT_E_MEMORY;
    r.w.n = n;
    complaint_status status = read_all(&r, offset);
    if (status != COMPLAINT_OK) n->size = 0;
    n->text[n->size] = '\0';
    n->origin[n->size] = status == COMPLAINT_OK ? (uint32_t)text.n : 0;
    return status;
}

void cpl_normal_origin(const cpl_normal *n, size_t first, size_t end, size_t *from, size_t *to) {
    *from = *to = n->origin ? n->origin[first] : 0;
    if (!n->origin || first == end) return;
    while (end < n->size && n->origin[end] == n->origin[end - 1]) end++;
    *to = n->origin[end];
}
