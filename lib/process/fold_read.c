/*
 * process/fold_read: reading the payload of an event.
 *
 * Owns: objects of members in any order, lists of them, room that an earlier state of the case does not share. Must not know: what a member means.
 */
#include "process/fold.h"

#include <string.h>

static bool take_string(reader *r, cpl_str *out) {
    if (!r->scan.escaped) {
        *out = r->scan.raw;
        return true;
    }
    cpl_buf b;
    cpl_buf_init(&b, r->c->arena->m);
    bool ok = cpl_scan_unescape(&r->scan, &b);
    r->memory = b.failed || (ok && !cpl_arena_str(r->c->arena, (cpl_str){b.data, b.size}, out));
    cpl_buf_free(&b);
    return ok && !r->memory;
}

static bool read_list(reader *r, const member *m) {
    if (cpl_scan_next(&r->scan) != CPL_SCAN_ARRAY) return false;
    for (;;) {
        int t = cpl_scan_next(&r->scan);
        cpl_str s;
        if (t == CPL_SCAN_ARRAY_END) return true;
        if (t == CPL_SCAN_OBJECT && m->type == LIST) {
            if (!m->element(r)) return false;
        } else if (t == CPL_SCAN_STRING && m->type == MARK) {
            if (!take_string(r, &s) || !m->mark(r, s)) return false;
        } else {
            return false;
        }
    }
}

static bool take_integer(const reader *r, member_type type, void *out) {
    int64_t v = r->scan.integer;
    if (type == INSTANT && !cpl_instant_in_range(v)) return false;
    if (type == COUNT && (v < 0 || v > INT32_MAX)) return false;
    memcpy(out, &v, sizeof v);
    return true;
}

static bool read_member(reader *r, const member *m, void *target) {
    if (m->type == LIST || m->type == MARK) return read_list(r, m);
    void *out = (char *)target + m->offset;
    int t = cpl_scan_next(&r->scan);
    if (m->type == STRING) return t == CPL_SCAN_STRING && take_string(r, out);
    return t == CPL_SCAN_INT && take_integer(r, m->type, out);
}

static bool skip_value(reader *r) {
    int t = cpl_scan_next(&r->scan);
    if (t == CPL_SCAN_OBJECT || t == CPL_SCAN_ARRAY) return cpl_scan_skip(&r->scan);
    return t != CPL_SCAN_BAD && t != CPL_SCAN_END;
}

bool cpl_read_object(reader *r, const member *members, size_t count, void *target) {
    for (;;) {
        int t = cpl_scan_next(&r->scan);
        if (t == CPL_SCAN_OBJECT_END) return true;
        if (t != CPL_SCAN_KEY) return false;
        size_t i = 0;
        while (i < count && !cpl_str_is(r->scan.raw, members[i].name)) i++;
        if (!(i < count ? read_member(r, &members[i], target) : skip_value(r))) return false;
    }
}

void *cpl_fold_grow(reader *r, void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return items;
    size_t wanted = *capacity ? 2 * *capacity : 4;
    void *p = cpl_arena_alloc(r->c->arena, wanted * size);
    if (!p) {
        r->memory = true;
        return NULL;
    }
    if (count) memcpy(p, items, count * size);
    *capacity = wanted;
    return p;
}

/* A list that an earlier state of the case may share is never changed: the clock gets a longer copy. */
void *cpl_fold_longer(reader *r, const void *items, size_t count, size_t size) {
    char *p = cpl_arena_alloc(r->c->arena, (count + 1) * size);
    if (!p) r->memory = true;
    else if (count) memcpy(p, items, count * size);
    return p;
}
