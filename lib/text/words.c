/*
 * text/words: lists of words, and which of them stands at a place of a text.
 *
 * A tree of bytes. Looking is bounded by the longest word, so going through a text is linear in it.
 *
 * Owns: the format of lib/data/redact/words.tsv, the names of the kinds. Must not know: what a kind is good for.
 */
#include "text/text.h"

#include "words.h"

static const struct {
    const char *name;
    uint32_t kind;
} kinds[] = {{"title", WORD_TITLE},
             {"honorific", WORD_HONORIFIC},
             {"self", WORD_SELF},
             {"named", WORD_NAMED},
             {"signed", WORD_SIGNED},
             {"closing", WORD_CLOSING},
             {"from", WORD_FROM},
             {"kin", WORD_KIN},
             {"role", WORD_ROLE},
             {"maybe", WORD_MAYBE},
             {"plain", WORD_PLAIN},
             {"stop", WORD_STOP},
             {"inside", WORD_INSIDE},
             {"place", WORD_PLACE},
             {"id", WORD_ID},
             {"other", WORD_OTHER},
             {"phone", WORD_PHONE},
             {"account", WORD_ACCOUNT},
             {"hn", WORD_HN},
             {"passport", WORD_PASSPORT},
             {"line", WORD_LINE},
             {"line_id", WORD_LINE_ID},
             {"not_line", WORD_NOT_LINE},
             {"house", WORD_HOUSE},
             {"at", WORD_AT},
             {"village", WORD_VILLAGE},
             {"road", WORD_ROAD},
             {"count", WORD_COUNT},
             {"street", WORD_STREET},
             {"number", WORD_NUMBER},
             {"money", WORD_MONEY},
             {"serial", WORD_NUMBER | WORD_OTHER},
             {"spoken", WORD_TITLE | WORD_NAMED}};

struct cpl_word_node {
    uint32_t child, next; /* 0: none; the root is node 0 */
    uint32_t kinds;       /* of the word that ends here */
    unsigned char byte;
};

void cpl_words_init(cpl_words *w, const cpl_memory *m) { *w = (cpl_words){.memory = *m}; }

void cpl_words_free(cpl_words *w) {
    cpl_memory m = w->memory;
    cpl_free(&m, w->nodes);
    cpl_words_init(w, &m);
}

void cpl_words_clear(cpl_words *w) {
    if (w->count == 0) return;
    w->nodes[0] = (cpl_word_node){0};
    w->count = 1;
    memset(w->thai, 0, sizeof w->thai);
}

static uint32_t new_node(cpl_words *w, unsigned char byte) {
    if (w->count == w->capacity) {
        size_t capacity = w->capacity ? w->capacity * 2 : 64;
        cpl_word_node *nodes = cpl_resize(&w->memory, w->nodes, capacity, sizeof *nodes);
        if (!nodes) return 0;
        w->nodes = nodes;
        w->capacity = capacity;
    }
    w->nodes[w->count] = (cpl_word_node){.byte = byte};
    return (uint32_t)w->count++;
}

static uint32_t child_of(const cpl_words *w, uint32_t node, unsigned char byte) {
    uint32_t child = w->nodes[node].child;
    while (child && w->nodes[child].byte != byte) child = w->nodes[child].next;
    return child;
}

static uint32_t grow_child(cpl_words *w, uint32_t node, unsigned char byte) {
    uint32_t child = new_node(w, byte);
    if (!child) return 0;
    w->nodes[child].next = w->nodes[node].child;
    w->nodes[node].child = child;
    return child;
}

static bool thai_bytes(const char *p) { return (unsigned char)p[0] == 0xE0 && ((unsigned char)p[1] & 0xFE) == 0xB8; }

static size_t thai_index(const char *p) { return (size_t)((unsigned char)p[1] & 1) << 6 | ((unsigned char)p[2] & 0x3F); }

complaint_status cpl_words_add(cpl_words *w, cpl_str word, uint32_t kind) {
    uint32_t node = 0;
    if (w->count == 0) {
        new_node(w, 0); /* the root */
        if (w->count == 0) return COMPLAINT_E_MEMORY;
    }
    for (size_t i = 0; i < word.n; i++) {
        unsigned char byte = (unsigned char)word.p[i];
        uint32_t child = child_of(w, node, byte);
        if (!child) child = grow_child(w, node, byte);
        if (!child) return COMPLAINT_E_MEMORY;
        node = child;
        if (i == 2 && thai_bytes(word.p)) w->thai[thai_index(word.p)] = node;
    }
    if (word.n) w->nodes[node].kinds |= kind;
    return COMPLAINT_OK;
}

static inline bool latin(char c) { return (c >= 'a' && c <= 'z'); }

/* A word of Latin letters is not the middle of another one. */
static bool stands_alone(cpl_str text, size_t at, size_t end) {
    if (latin(text.p[at]) && at > 0 && (latin(text.p[at - 1]) || (text.p[at - 1] >= '0' && text.p[at - 1] <= '9'))) return false;
    return !(latin(text.p[end - 1]) && end < text.n && latin(text.p[end]));
}

/* What is left of the way once the first letter is gone; 0 for nowhere. */
static uint32_t first_letter(const cpl_words *w, cpl_str text, size_t at, size_t *behind) {
    bool thai = text.n - at >= 3 && thai_bytes(text.p + at);
    *behind = at + (thai ? 3 : 1);
    return thai ? w->thai[thai_index(text.p + at)] : child_of(w, 0, (unsigned char)text.p[at]);
}

size_t cpl_words_at(const cpl_words *w, cpl_str text, size_t at, uint32_t wanted, uint32_t *found) {
    size_t best = 0, end = at;
    if (w->count == 0 || at >= text.n) return 0;
    for (uint32_t node = first_letter(w, text, at, &end); node; node = child_of(w, node, (unsigned char)text.p[end++])) {
        uint32_t here = w->nodes[node].kinds & wanted;
        if (here && stands_alone(text, at, end)) {
            best = end - at;
            if (found) *found = here;
        }
        if (end >= text.n) break;
    }
    return best;
}

/* ---- reading a list ---- */

typedef struct list_reader {
    cpl_words *w;
    cpl_normal normal;
    int64_t line;
    complaint_error *e;
} list_reader;

static complaint_status refuse(list_reader *r, const char *thai, const char *english) {
    complaint_status status = cpl_failf(r->e, COMPLAINT_E_SYNTAX, "words", "%s%.0s", "%.0s%s", thai, english);
    cpl_error_at(r->e, NULL, r->line, -1);
    return status;
}

static uint32_t kind_named(cpl_str name) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (cpl_str_is(name, kinds[i].name)) return kinds[i].kind;
    return 0;
}

static complaint_status add_word(list_reader *r, cpl_str word, uint32_t kind) {
    size_t offset;
    complaint_status status = cpl_normal_make(&r->normal, word, COMPLAINT_NORMAL_LOWER_CASE, &offset);
    if (status == COMPLAINT_E_MEMORY) return cpl_fail(r->e, status, NULL);
    if (status != COMPLAINT_OK || r->normal.size == 0) return refuse(r, "มีคำว่างหรือคำที่ไม่ใช่ UTF-8 ที่ถูกต้อง", "a word is empty or not valid UTF-8");
    for (size_t i = 0; i < r->normal.size; i++)
        if (r->normal.text[i] == '_') r->normal.text[i] = ' ';
    status = cpl_words_add(r->w, cpl_normal_str(&r->normal), kind);
    return status == COMPLAINT_OK ? status : cpl_fail(r->e, status, NULL);
}

/* The text up to a byte, or to its end; what is behind it stays. */
static cpl_str cut_at(cpl_str *text, char byte) {
    const char *end = text->n ? memchr(text->p, byte, text->n) : NULL;
    cpl_str part = {text->p, end ? (size_t)(end - text->p) : text->n};
    *text = end ? (cpl_str){end + 1, text->n - part.n - 1} : (cpl_str){"", 0};
    return part;
}

static complaint_status read_line(list_reader *r, cpl_str line) {
    complaint_status status = COMPLAINT_OK;
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    if (line.n == 0 || line.p[0] == '#') return COMPLAINT_OK;
    uint32_t kind = kind_named(cut_at(&line, '\t'));
    if (!kind) return refuse(r, "ไม่รู้จักชนิดของคำ", "no such kind of words");
    if (line.n == 0) return refuse(r, "ไม่มีคำในบรรทัดนี้", "there are no words on this line");
    while (status == COMPLAINT_OK && line.n) status = add_word(r, cut_at(&line, '|'), kind);
    return status;
}

complaint_status cpl_words_read(cpl_words *w, cpl_str list, complaint_error *e) {
    list_reader r = {.w = w, .e = e};
    complaint_status status = COMPLAINT_OK;
    cpl_normal_init(&r.normal, &w->memory);
    while (status == COMPLAINT_OK && list.n) {
        r.line++;
        status = read_line(&r, cut_at(&list, '\n'));
    }
    cpl_normal_free(&r.normal);
    return status;
}
