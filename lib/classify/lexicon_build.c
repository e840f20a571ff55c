/*
 * classify/lexicon_build: the lexicon's section, from the words as people keep them.
 *
 * Owns: that format and its mistakes. Must not know: how phrases are found.
 */
#include "classify/classify.h"

#include <stdlib.h>

typedef struct phrase {
    const uint16_t *letter;
    size_t n;
    uint8_t group[CPL_TERM_GROUPS]; /* + 1 */
    size_t line;
} phrase;

typedef struct range {
    uint32_t first, end; /* of the phrases below a node */
    size_t depth;
} range;

typedef struct build {
    const cpl_memory *m;
    cpl_arena arena;
    cpl_normal normal;
    cpl_letters letters;
    cpl_labels *flags;
    cpl_buf groups;
    uint32_t group_count;
    phrase *phrases;
    size_t count, capacity;
    size_t line;
    complaint_error *e;
} build;

void cpl_put16(cpl_buf *b, uint32_t v) {
    uint8_t p[2] = {(uint8_t)v, (uint8_t)(v >> 8)};
    cpl_buf_put(b, p, sizeof p);
}

void cpl_put32(cpl_buf *b, uint32_t v) {
    cpl_put16(b, v & 0xFFFF);
    cpl_put16(b, v >> 16);
}

static bool label_ok(cpl_str s) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return s.n > 0 && s.n < CPL_LABEL_MAX;
}

int cpl_label_find(const cpl_labels *l, cpl_str name) {
    for (size_t i = 0; i < l->count; i++)
        if (cpl_str_is(name, l->name[i])) return (int)i;
    return -1;
}

int cpl_label_add(cpl_labels *l, cpl_str name, size_t max) {
    int found = cpl_label_find(l, name);
    if (found >= 0) return found;
    if (l->count >= max || !label_ok(name)) return -1;
    memcpy(l->name[l->count], name.p, name.n);
    l->name[l->count][name.n] = '\0';
    return (int)l->count++;
}

/* ---- reading ---- */

#define WRONG(b, thai, english) at_line(b, cpl_failf((b)->e, COMPLAINT_E_SYNTAX, "lexicon", "คลังคำบรรทัดที่ %zu: " thai, "line %zu of the lexicon: " english, (b)->line))

static complaint_status at_line(const build *b, complaint_status s) {
    cpl_error_at(b->e, NULL, (int64_t)b->line, -1);
    return s;
}

static cpl_str cut(cpl_str *rest, cpl_str mark) {
    for (size_t i = 0; i + mark.n <= rest->n; i++) {
        if (memcmp(rest->p + i, mark.p, mark.n) != 0) continue;
        cpl_str head = {rest->p, i};
        *rest = (cpl_str){rest->p + i + mark.n, rest->n - i - mark.n};
        return head;
    }
    cpl_str all = *rest;
    *rest = (cpl_str){rest->p + rest->n, 0};
    return all;
}

/* FLAG:PERCENT */
static bool read_flag(build *b, cpl_str role, uint32_t *flag, uint32_t *percent) {
    cpl_str name = cut(&role, CPL_LIT(":"));
    if (role.n == 0 || role.n > 3) return false;
    for (size_t i = 0; i < role.n; i++) {
        if (role.p[i] < '0' || role.p[i] > '9') return false;
        *percent = *percent * 10 + (uint32_t)(role.p[i] - '0');
    }
    int number = cpl_label_add(b->flags, name, CPL_FLAGS_MAX);
    *flag = (uint32_t)number + 1;
    return number >= 0 && *percent > 0 && *percent < 100;
}

/* The bytes of a group behind its hash. */
static bool read_role(build *b, cpl_str role, uint32_t *bytes) {
    static const char *const names[CPL_ROLES] = {"", "formula", "particle", "addressee"};
    for (uint32_t kind = CPL_ROLE_NONE; kind < CPL_ROLES; kind++) {
        if (!cpl_str_is(role, names[kind])) continue;
        *bytes = kind << 16;
        return true;
    }
    uint32_t flag = 0, percent = 0;
    bool good = read_flag(b, role, &flag, &percent);
    *bytes = flag | percent << 8;
    return good;
}

static complaint_status read_phrase(build *b, cpl_str text) {
    size_t offset;
    complaint_status s = cpl_normal_make(&b->normal, text, COMPLAINT_NORMAL_LOWER_CASE, &offset);
    if (s == COMPLAINT_OK) s = cpl_letters_make(&b->letters, cpl_normal_str(&b->normal));
    if (s != COMPLAINT_OK) return CPL_CLASS(s) == COMPLAINT_E_TEXT ? WRONG(b, "ไม่ใช่ UTF-8", "no UTF-8") : cpl_fail(b->e, s, NULL);
    size_t n = b->letters.count - 2; /* without the blanks around */
    if (n == 0) return WRONG(b, "มีวลีว่าง", "an empty phrase");
    if (b->count == b->capacity) {
        size_t capacity = b->capacity ? b->capacity * 2 : 1024;
        phrase *grown = cpl_resize(b->m, b->phrases, capacity, sizeof *grown);
        if (!grown) return cpl_fail(b->e, COMPLAINT_E_MEMORY, NULL);
        b->phrases = grown;
        b->capacity = capacity;
    }
    uint16_t *letter = cpl_arena_alloc(&b->arena, n * sizeof *letter);
    if (!letter) return cpl_fail(b->e, COMPLAINT_E_MEMORY, NULL);
    memcpy(letter, b->letters.letter + 1, n * sizeof *letter);
    b->phrases[b->count++] = (phrase){letter, n, {(uint8_t)b->group_count}, b->line};
    return COMPLAINT_OK;
}

static complaint_status read_line(build *b, cpl_str line) {
    uint32_t role_bytes;
    cpl_str name = cut(&line, CPL_LIT("\t")), role = cut(&line, CPL_LIT("\t"));
    if (!label_ok(name)) return WRONG(b, "ชื่อกลุ่มไม่ถูกต้อง", "the group's name is not valid");
    if (!read_role(b, role, &role_bytes))
        return WRONG(b, "ช่องที่สองต้องเป็น FLAG:PERCENT, formula, particle, addressee หรือว่าง", "the second field is FLAG:PERCENT, formula, particle, addressee or empty");
    if (b->group_count == CPL_GROUPS_MAX) return WRONG(b, "มีกลุ่มมากเกินไป", "too many groups");
    b->group_count++;
    cpl_put32(&b->groups, cpl_group_key(name));
    cpl_put32(&b->groups, role_bytes);
    while (line.n) {
        complaint_status s = read_phrase(b, cut(&line, CPL_LIT(" | ")));
        if (s != COMPLAINT_OK) return s;
    }
    return COMPLAINT_OK;
}

static complaint_status read_all(build *b, cpl_str words) {
    while (words.n) {
        cpl_str line = cut(&words, CPL_LIT("\n"));
        b->line++;
        if (!line.n || line.p[0] == '#') continue;
        complaint_status s = read_line(b, line);
        if (s != COMPLAINT_OK) return s;
    }
    return COMPLAINT_OK;
}

/* ---- ordering ---- */

static int by_letters(const void *pa, const void *pb) {
    const phrase *a = pa, *b = pb;
    for (size_t i = 0; i < a->n && i < b->n; i++)
        if (a->letter[i] != b->letter[i]) return a->letter[i] < b->letter[i] ? -1 : 1;
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    return a->group[0] < b->group[0] ? -1 : a->group[0] > b->group[0];
}

static bool same(const phrase *a, const phrase *b) { return a->n == b->n && memcmp(a->letter, b->letter, a->n * sizeof *a->letter) == 0; }

/* A phrase of several groups becomes one. */
static complaint_status join(build *b) {
    size_t kept = 0;
    for (size_t i = 0; i < b->count; i++) {
        phrase *p = &b->phrases[i], *last = kept ? &b->phrases[kept - 1] : NULL;
        if (!last || !same(last, p)) {
            b->phrases[kept++] = *p;
            continue;
        }
        int g = 0;
        while (g < CPL_TERM_GROUPS && last->group[g] && last->group[g] != p->group[0]) g++;
        b->line = p->line;
        if (g == CPL_TERM_GROUPS) return WRONG(b, "วลีหนึ่งอยู่ในหลายกลุ่มเกินไป", "a phrase stands in too many groups");
        last->group[g] = p->group[0];
    }
    b->count = kept;
    return kept < 0xFFFF ? COMPLAINT_OK : WRONG(b, "มีวลีมากเกินไป", "too many phrases");
}

/* ---- writing ---- */

static void put_terms(const build *b, cpl_buf *out) {
    for (size_t i = 0; i < b->count; i++) {
        const phrase *p = &b->phrases[i];
        cpl_put32(out, cpl_term_key(p->letter, p->n));
        cpl_put32(out, p->group[0] | (uint32_t)p->group[1] << 8 | (uint32_t)p->group[2] << 16);
    }
}

/* The phrases below a node stand together; one that ends here comes first. */
static complaint_status put_nodes(const build *b, cpl_buf *out, uint32_t *node_count) {
    cpl_buf queue;
    range at = {0, (uint32_t)b->count, 0};
    uint32_t nodes = 1;
    cpl_buf_init(&queue, b->m);
    cpl_buf_put(&queue, &at, sizeof at);
    for (size_t head = 0; head < queue.size && !queue.failed; head += sizeof at) {
        memcpy(&at, queue.data + head, sizeof at);
        const phrase *first = b->count ? &b->phrases[at.first] : NULL;
        bool ends = first && at.depth && first->n == at.depth;
        cpl_put16(out, first && at.depth ? first->letter[at.depth - 1] : 0u);
        cpl_put16(out, ends ? at.first + 1 : 0);
        cpl_put32(out, nodes);
        for (uint32_t i = at.first + ends, end; i < at.end; i = end) {
            for (end = i + 1; end < at.end && b->phrases[end].letter[at.depth] == b->phrases[i].letter[at.depth];) end++;
            range child = {i, end, at.depth + 1};
            cpl_buf_put(&queue, &child, sizeof child);
            nodes++;
        }
    }
    cpl_put32(out, 0);
    cpl_put32(out, nodes);
    complaint_status s = queue.failed || out->failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
    cpl_buf_free(&queue);
    *node_count = nodes;
    return s;
}

static complaint_status write_section(build *b, cpl_buf *section) {
    cpl_buf nodes;
    uint32_t node_count = 0;
    cpl_buf_init(&nodes, b->m);
    complaint_status s = put_nodes(b, &nodes, &node_count);
    if (s == COMPLAINT_OK) {
        cpl_put32(section, b->group_count);
        cpl_put32(section, (uint32_t)b->count);
        cpl_put32(section, node_count);
        cpl_buf_put(section, b->groups.data, b->groups.size);
        put_terms(b, section);
        cpl_buf_put(section, nodes.data, nodes.size);
        if (section->failed || b->groups.failed) s = COMPLAINT_E_MEMORY;
    }
    cpl_buf_free(&nodes);
    return s == COMPLAINT_OK ? s : cpl_fail(b->e, s, NULL);
}

complaint_status cpl_lexicon_build(const cpl_memory *m, cpl_str words, cpl_labels *flags, cpl_buf *section, complaint_error *e) {
    build b = {.m = m, .letters.memory = *m, .flags = flags, .e = e};
    cpl_arena_init(&b.arena, m);
    cpl_normal_init(&b.normal, m);
    cpl_buf_init(&b.groups, m);
    complaint_status s = read_all(&b, words);
    if (s == COMPLAINT_OK) {
        if (b.count) qsort(b.phrases, b.count, sizeof *b.phrases, by_letters);
        s = join(&b);
    }
    if (s == COMPLAINT_OK) s = write_section(&b, section);
    cpl_free(m, b.phrases);
    cpl_buf_free(&b.groups);
    cpl_letters_free(&b.letters);
    cpl_normal_free(&b.normal);
    cpl_arena_free(&b.arena);
    return s;
}
