/*
 * The two readers of JSON, fed with anything. The first byte says how the second one is asked: whether reals are let through, and how deep.
 *
 * What the document reader accepts the scanner reads to its end, and it is the same document again after it was written down; what it refuses it refuses at a
 * byte of the text. The scanner never looks behind the end of a text, and skipping a value is reading it.
 */
#include "fuzz.h"

#include "base/base.h"

#include <string.h>

/* ---- the scanner ----------------------------------------------------------------------------------------------------- */

static void check_token(const cpl_scan *s, int token, const cpl_memory *m) {
    PROMISE(s->at <= s->text.n && s->token_at <= s->text.n && s->line >= 1);
    PROMISE(s->raw.n <= s->text.n);
    if (token != CPL_SCAN_STRING && token != CPL_SCAN_KEY) return;
    cpl_buf value;
    size_t offset = 0;
    cpl_buf_init(&value, m);
    complaint_status status = cpl_scan_decode(s, &value, &offset);
    PROMISE(status == COMPLAINT_OK || status == COMPLAINT_E_UTF8 || status == COMPLAINT_E_NUL);
    PROMISE(offset <= s->text.n && (value.failed || value.size <= s->raw.n));
    cpl_buf_free(&value);
}

/* From here, reading to the end of what has been opened comes to the same place as skipping it. */
static void check_skip(const cpl_scan *s) {
    cpl_scan skipped = *s, read = *s;
    int outer = s->depth - 1, token = CPL_SCAN_NULL;
    bool good = cpl_scan_skip(&skipped);
    while (read.depth > outer && token != CPL_SCAN_BAD && token != CPL_SCAN_END) token = cpl_scan_next(&read);
    PROMISE(good == (token != CPL_SCAN_BAD && token != CPL_SCAN_END));
    PROMISE(!good || (skipped.at == read.at && skipped.depth == read.depth));
}

static bool scan_all(cpl_str text, bool wide, const cpl_memory *m) {
    cpl_scan s;
    int token, skips = 0;
    cpl_scan_init(&s, text);
    s.wide_is_real = wide;
    do {
        token = cpl_scan_next(&s);
        check_token(&s, token, m);
        if ((token == CPL_SCAN_OBJECT || token == CPL_SCAN_ARRAY) && skips++ < 8) check_skip(&s);
    } while (token != CPL_SCAN_BAD && token != CPL_SCAN_END);
    PROMISE(cpl_scan_next(&s) == token); /* the end stays the end */
    return token == CPL_SCAN_END;
}

/* ---- documents --------------------------------------------------------------------------------------------------------- */

static void write_value(cpl_buf *b, const cpl_json *v) {
    int type = cpl_json_type(v);
    size_t count = cpl_json_count(v);
    switch (type) {
    case CPL_JSON_BOOL: cpl_buf_puts(b, cpl_json_int(v) ? "true" : "false"); return;
    case CPL_JSON_INT: cpl_buf_int(b, cpl_json_int(v)); return;
    case CPL_JSON_STRING: cpl_buf_json(b, cpl_json_str(v)); return;
    case CPL_JSON_NULL: cpl_buf_puts(b, "null"); return;
    default: break;
    }
    cpl_buf_putc(b, type == CPL_JSON_OBJECT ? '{' : '[');
    for (size_t i = 0; i < count; i++) {
        if (i) cpl_buf_putc(b, ',');
        if (type == CPL_JSON_OBJECT) cpl_buf_json(b, cpl_json_key(v, i));
        if (type == CPL_JSON_OBJECT) cpl_buf_putc(b, ':');
        write_value(b, cpl_json_at(v, i));
    }
    cpl_buf_putc(b, type == CPL_JSON_OBJECT ? '}' : ']');
}

static void check_value(const cpl_json *v, int64_t line, int depth) {
    char path[64];
    size_t bad, count = cpl_json_count(v);
    PROMISE(cpl_json_line(v) >= line && depth <= CPL_SCAN_MAX_DEPTH);
    PROMISE(cpl_utf8_check(cpl_json_str(v), &bad) == COMPLAINT_OK);
    cpl_json_path(v, path, sizeof path);
    PROMISE(path[0] == '$' && cpl_utf8_check(cpl_str_of(path), &bad) == COMPLAINT_OK);
    for (size_t i = 0; i < count; i++) {
        const cpl_json *item = cpl_json_at(v, i);
        PROMISE(item && cpl_utf8_check(cpl_json_key(v, i), &bad) == COMPLAINT_OK);
        if (cpl_json_type(v) == CPL_JSON_OBJECT && cpl_json_key(v, i).n) PROMISE(cpl_json_get(v, cpl_json_key(v, i).p) == item);
        check_value(item, cpl_json_line(v), depth + 1);
    }
    PROMISE(!cpl_json_at(v, count));
}

static void check_again(const cpl_json *root, const cpl_memory *m) {
    cpl_buf once, twice;
    cpl_json_doc *doc = NULL;
    complaint_error e = {0};
    cpl_buf_init(&once, m);
    cpl_buf_init(&twice, m);
    write_value(&once, root);
    complaint_status s = once.failed ? COMPLAINT_E_MEMORY : cpl_json_parse(m, (cpl_str){once.data, once.size}, CPL_SCAN_MAX_DEPTH, false, &doc, &e);
    PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_MEMORY);
    if (doc) write_value(&twice, cpl_json_root(doc));
    if (doc && !twice.failed) PROMISE(cpl_str_eq((cpl_str){once.data, once.size}, (cpl_str){twice.data, twice.size}));
    cpl_json_free(doc);
    cpl_buf_free(&once);
    cpl_buf_free(&twice);
}

static void check_fault(complaint_status s, const complaint_error *e, cpl_str text, const fuzz *f) {
    PROMISE(s == e->status && *e->thai && *e->english);
    if (s == COMPLAINT_E_MEMORY) {
        PROMISE(f->refused);
        return;
    }
    PROMISE(e->line >= 1 && e->offset >= 0 && (size_t)e->offset <= text.n && e->path[0] == '$');
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    uint8_t how = fuzz_byte(&b);
    cpl_str text = {(const char *)b.p, b.n};
    bool reals = how & 1;
    int depth = how & 2 ? CPL_SCAN_MAX_DEPTH : 1 + how / 16;
    cpl_json_doc *doc = NULL;
    complaint_error e = {0};
    bool whole = scan_all(text, reals, &f->memory);
    complaint_status s = cpl_json_parse(&f->memory, text, depth, reals, &doc, &e);
    PROMISE((s == COMPLAINT_OK) == (doc != NULL));
    if (s != COMPLAINT_OK) {
        check_fault(s, &e, text, f);
        return;
    }
    bool marked = text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0;
    PROMISE(whole || marked);
    check_value(cpl_json_root(doc), 1, 1);
    check_again(cpl_json_root(doc), &f->memory);
    cpl_json_free(doc);
}
