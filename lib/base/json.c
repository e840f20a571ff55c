/*
 * base/json: JSON documents as a read-only tree that knows its lines.
 *
 * Owns: jansson. The scanner goes first, so that reals, depth, numbers too large and bad escapes are refused before jansson
 * sees them, and goes along while the tree is copied, which gives the lines: jansson keeps the order of insertion.
 * Must not know: what a document is about.
 */
#include "base/base.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

struct cpl_json {
    int type;
    int64_t line;
    const cpl_json *parent;
    int64_t integer; /* INT, BOOL */
    cpl_str text;    /* STRING */
    cpl_json *items; /* ARRAY, OBJECT: side by side, so that a value's number is its distance from the first */
    cpl_str *keys;   /* OBJECT */
    size_t count;
};

struct cpl_json_doc {
    cpl_memory memory;
    cpl_arena arena;
    cpl_json root;
};

/* ---- paths ------------------------------------------------------------------------------------------------- */

typedef struct path {
    char *out;
    size_t capacity, n;
} path;

static void path_cut(path *p, size_t n) {
    p->n = n;
    p->out[n] = '\0';
}

static void path_put(path *p, cpl_str s) {
    size_t n = cpl_utf8_cut(s, p->capacity - 1 - p->n);
    if (n) memcpy(p->out + p->n, s.p, n);
    path_cut(p, p->n + n);
}

static bool plain_key(cpl_str key) {
    for (size_t i = 0; i < key.n; i++) {
        unsigned char c = (unsigned char)key.p[i];
        if (c < '0' || (c > '9' && c < 'A') || (c > 'Z' && c < 'a' && c != '_') || (c > 'z' && c < 0x80)) return false;
    }
    return key.n > 0;
}

static void path_key(path *p, cpl_str key) {
    bool plain = plain_key(key);
    path_put(p, plain ? CPL_LIT(".") : CPL_LIT("[\""));
    path_put(p, key);
    if (!plain) path_put(p, CPL_LIT("\"]"));
}

static void path_index(path *p, size_t i) {
    char step[32];
    int n = snprintf(step, sizeof step, "[%zu]", i);
    path_put(p, (cpl_str){step, n > 0 ? (size_t)n : 0});
}

/* ---- faults ------------------------------------------------------------------------------------------------ */

/* What stands at a byte of a document. */
typedef struct place {
    char path[sizeof(((complaint_error *)0)->path)];
    int token;
    size_t token_at;
} place;

/* Reads up to the token that covers `offset`, or as far as the text is well-formed. */
static void locate(cpl_str text, size_t offset, place *where) {
    struct {
        size_t path_size, index;
    } levels[CPL_SCAN_MAX_DEPTH + 2] = {{0}};
    path p = {where->path, sizeof where->path, 0};
    cpl_scan s;
    int token;
    cpl_scan_init(&s, text);
    s.wide_is_real = true; /* the fault may be behind it */
    path_put(&p, CPL_LIT("$"));
    do {
        int depth = s.depth;
        bool in_array = depth > 0 && !(s.objects >> (depth - 1) & 1);
        token = cpl_scan_next(&s);
        bool end = token == CPL_SCAN_OBJECT_END || token == CPL_SCAN_ARRAY_END;
        if (end || token == CPL_SCAN_KEY || in_array) path_cut(&p, levels[depth].path_size);
        if (token == CPL_SCAN_KEY) path_key(&p, s.raw);
        if (in_array && !end) path_index(&p, levels[depth].index++);
        if (token == CPL_SCAN_OBJECT || token == CPL_SCAN_ARRAY) {
            levels[s.depth].path_size = p.n;
            levels[s.depth].index = 0;
        }
    } while (token != CPL_SCAN_BAD && token != CPL_SCAN_END && s.at <= offset);
    where->token = token;
    where->token_at = s.token_at;
}

static int64_t line_of(cpl_str text, size_t offset) {
    int64_t line = 1;
    for (size_t i = 0; i < offset && i < text.n; i++)
        if (text.p[i] == '\n') line++;
    return line;
}

static complaint_status fail(complaint_error *e, complaint_status status, cpl_str text, size_t offset) {
    place where;
    locate(text, offset, &where);
    if (status == COMPLAINT_E_JSON_DUPLICATE && where.token == CPL_SCAN_KEY) offset = where.token_at;
    int64_t line = line_of(text, offset);
    cpl_failf(e, status, NULL, "บรรทัด %" PRId64 " ที่ %s: %s%.0s", "line %" PRId64 " at %s: %.0s%s", line, where.path, cpl_status_text(status, COMPLAINT_THAI),
              cpl_status_text(status, COMPLAINT_ENGLISH));
    cpl_error_at(e, where.path, line, (int64_t)offset);
    return status;
}

/* ---- before jansson ------------------------------------------------------------------------------------------ */

static complaint_status why_bad(const cpl_scan *s) {
    if (s->depth > CPL_SCAN_MAX_DEPTH) return COMPLAINT_E_JSON_DEPTH;
    return s->raw.n ? COMPLAINT_E_RANGE : COMPLAINT_E_SYNTAX;
}

/* Judges one token; *offset stays where the token begins unless something inside it is at fault. */
static complaint_status judge(const cpl_scan *s, int token, int max_depth, bool accept_reals, size_t *offset) {
    if (token == CPL_SCAN_BAD) return why_bad(s);
    if (s->depth > max_depth) return COMPLAINT_E_JSON_DEPTH;
    if (token == CPL_SCAN_REAL && !accept_reals) return COMPLAINT_E_JSON_REAL;
    if ((token == CPL_SCAN_STRING || token == CPL_SCAN_KEY) && s->escaped) return cpl_scan_decode(s, NULL, offset);
    return COMPLAINT_OK;
}

static complaint_status prescan(cpl_str text, int max_depth, bool accept_reals, bool *reals, size_t *offset) {
    complaint_status status = cpl_utf8_check(text, offset);
    cpl_scan s;
    cpl_scan_init(&s, text);
    s.wide_is_real = accept_reals;
    for (int token = CPL_SCAN_NULL; status == COMPLAINT_OK && token != CPL_SCAN_END;) {
        token = cpl_scan_next(&s);
        *offset = s.token_at;
        if (token == CPL_SCAN_REAL) *reals = true;
        status = judge(&s, token, max_depth, accept_reals, offset);
    }
    return status;
}

/* Puts a 0 in the place of every real: jansson would read them through the locale, and refuse large ones. */
static char *without_reals(const cpl_memory *m, cpl_str text) {
    char *copy = cpl_strndup(m, text.p, text.n);
    cpl_scan s;
    cpl_scan_init(&s, text);
    s.wide_is_real = true;
    for (int token = CPL_SCAN_NULL; copy && token != CPL_SCAN_END && token != CPL_SCAN_BAD;) {
        token = cpl_scan_next(&s);
        if (token != CPL_SCAN_REAL) continue;
        memset(copy + s.token_at, ' ', s.raw.n);
        copy[s.token_at] = '0';
    }
    return copy;
}

/* ---- jansson and after ------------------------------------------------------------------------------------- */

static complaint_status load(cpl_str text, json_t **root, size_t *offset) {
    json_error_t error;
    json_t *loaded = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (loaded) {
        *root = loaded;
        return COMPLAINT_OK;
    }
    /* The position is the one behind the token at fault. */
    *offset = error.position > 0 ? (size_t)error.position - 1 : 0;
    switch (json_error_code(&error)) {
    case json_error_duplicate_key:
        return COMPLAINT_E_JSON_DUPLICATE;
    case json_error_out_of_memory:
        return COMPLAINT_E_MEMORY;
    default:
        return COMPLAINT_E_SYNTAX;
    }
}

typedef struct copier {
    cpl_arena *arena;
    cpl_scan scan;
} copier;

static bool copy_value(copier *c, json_t *from, const cpl_json *parent, cpl_json *v);

static bool copy_array(copier *c, json_t *from, cpl_json *v) {
    size_t count = json_array_size(from);
    v->type = CPL_JSON_ARRAY;
    v->items = count ? cpl_arena_alloc(c->arena, count * sizeof *v->items) : NULL;
    if (count && !v->items) return false;
    for (; v->count < count; v->count++)
        if (!copy_value(c, json_array_get(from, v->count), v, &v->items[v->count])) return false;
    cpl_scan_next(&c->scan);
    return true;
}

static bool copy_object(copier *c, json_t *from, cpl_json *v) {
    size_t count = json_object_size(from);
    v->type = CPL_JSON_OBJECT;
    v->items = count ? cpl_arena_alloc(c->arena, count * sizeof *v->items) : NULL;
    v->keys = count ? cpl_arena_alloc(c->arena, count * sizeof *v->keys) : NULL;
    if (count && (!v->items || !v->keys)) return false;
    for (void *i = json_object_iter(from); i && v->count < count; i = json_object_iter_next(from, i), v->count++) {
        cpl_scan_next(&c->scan);
        if (!cpl_arena_str(c->arena, cpl_str_of(json_object_iter_key(i)), &v->keys[v->count])) return false;
        if (!copy_value(c, json_object_iter_value(i), v, &v->items[v->count])) return false;
    }
    cpl_scan_next(&c->scan);
    return true;
}

/* False when out of memory. */
static bool copy_value(copier *c, json_t *from, const cpl_json *parent, cpl_json *v) {
    int token = cpl_scan_next(&c->scan);
    *v = (cpl_json){.type = CPL_JSON_NULL, .line = c->scan.line, .parent = parent};
    switch (token) {
    case CPL_SCAN_OBJECT:
        return copy_object(c, from, v);
    case CPL_SCAN_ARRAY:
        return copy_array(c, from, v);
    case CPL_SCAN_STRING:
        v->type = CPL_JSON_STRING;
        return cpl_arena_str(c->arena, (cpl_str){json_string_value(from), json_string_length(from)}, &v->text);
    case CPL_SCAN_INT:
        v->type = CPL_JSON_INT;
        v->integer = json_integer_value(from);
        return true;
    case CPL_SCAN_TRUE:
    case CPL_SCAN_FALSE:
        v->type = CPL_JSON_BOOL;
        v->integer = token == CPL_SCAN_TRUE;
        return true;
    default:
        return true;
    }
}

static cpl_json_doc *copy_document(const cpl_memory *m, cpl_str text, json_t *root) {
    cpl_json_doc *doc = cpl_alloc_zero(m, 1, sizeof *doc);
    if (!doc) return NULL;
    doc->memory = *m;
    cpl_arena_init(&doc->arena, &doc->memory);
    copier c = {.arena = &doc->arena};
    cpl_scan_init(&c.scan, text);
    c.scan.wide_is_real = true;
    if (copy_value(&c, root, NULL, &doc->root)) return doc;
    cpl_json_free(doc);
    return NULL;
}

/* The limits of the text itself: jansson counts positions in int. */
static complaint_status parse(const cpl_memory *m, cpl_str text, int max_depth, bool accept_reals, cpl_json_doc **doc, size_t *offset) {
    bool reals = false;
    char *changed = NULL;
    json_t *root = NULL;
    cpl_json_doc *made = NULL;
    if (text.n >= INT32_MAX) return COMPLAINT_E_TOO_LARGE;
    complaint_status status = prescan(text, max_depth, accept_reals, &reals, offset);
    if (status != COMPLAINT_OK) goto done;
    if (reals) {
        status = COMPLAINT_E_MEMORY;
        if (!(changed = without_reals(m, text))) goto done;
    }
    status = load(changed ? (cpl_str){changed, text.n} : text, &root, offset);
    if (status != COMPLAINT_OK) goto done;
    made = copy_document(m, text, root);
    status = made ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
    if (made) *doc = made;
done:
    json_decref(root);
    cpl_free(m, changed);
    return status;
}

complaint_status cpl_json_parse(const cpl_memory *m, cpl_str text, int max_depth, bool accept_reals, cpl_json_doc **doc, complaint_error *e) {
    /* Windows editors put a byte order mark in front; it says nothing. */
    static const char mark[] = "\xEF\xBB\xBF";
    size_t skipped = text.n >= 3 && memcmp(text.p, mark, 3) == 0 ? 3 : 0;
    cpl_str body = {text.n ? text.p + skipped : "", text.n - skipped};
    size_t offset = 0;
    complaint_status status = parse(m, body, max_depth, accept_reals, doc, &offset);
    if (status == COMPLAINT_OK) return status;
    if (status == COMPLAINT_E_MEMORY || status == COMPLAINT_E_TOO_LARGE) return cpl_fail(e, status, NULL);
    fail(e, status, body, offset);
    if (e) e->offset += (int64_t)skipped;
    return status;
}

void cpl_json_free(cpl_json_doc *doc) {
    if (!doc) return;
    cpl_memory memory = doc->memory;
    cpl_arena_free(&doc->arena);
    cpl_free(&memory, doc);
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

const cpl_json *cpl_json_root(const cpl_json_doc *doc) { return doc ? &doc->root : NULL; }

int cpl_json_type(const cpl_json *v) { return v ? v->type : CPL_JSON_NULL; }

int64_t cpl_json_int(const cpl_json *v) { return v ? v->integer : 0; }

cpl_str cpl_json_str(const cpl_json *v) { return v ? v->text : (cpl_str){NULL, 0}; }

size_t cpl_json_count(const cpl_json *v) { return v ? v->count : 0; }

const cpl_json *cpl_json_at(const cpl_json *v, size_t i) { return v && i < v->count ? &v->items[i] : NULL; }

cpl_str cpl_json_key(const cpl_json *v, size_t i) { return v && v->keys && i < v->count ? v->keys[i] : (cpl_str){NULL, 0}; }

const cpl_json *cpl_json_get(const cpl_json *v, const char *key) {
    for (size_t i = 0; v && v->keys && i < v->count; i++)
        if (cpl_str_is(v->keys[i], key)) return &v->items[i];
    return NULL;
}

int64_t cpl_json_line(const cpl_json *v) { return v ? v->line : 0; }

static void write_path(path *p, const cpl_json *v) {
    if (!v || !v->parent) {
        path_put(p, CPL_LIT("$"));
        return;
    }
    size_t i = (size_t)(v - v->parent->items);
    write_path(p, v->parent);
    if (v->parent->keys)
        path_key(p, v->parent->keys[i]);
    else
        path_index(p, i);
}

void cpl_json_path(const cpl_json *v, char *out, size_t capacity) {
    path p = {out, capacity, 0};
    if (capacity) write_path(&p, v);
}
