/*
 * base/buf: a growing byte buffer whose errors stick.
 *
 * Owns: growth, the closing NUL, JSON quoting. Must not know: what is written.
 */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void cpl_buf_init(cpl_buf *b, const cpl_memory *m) { *b = (cpl_buf){.m = m}; }

void cpl_buf_free(cpl_buf *b) {
    cpl_free(b->m, b->data);
    cpl_buf_init(b, b->m);
}

void cpl_buf_clear(cpl_buf *b) {
    b->size = 0;
    b->failed = false;
    if (b->data) b->data[0] = '\0';
}

/* Makes room for n more bytes and the NUL. */
static bool reserve(cpl_buf *b, size_t n) {
    if (b->failed) return false;
    if (n < b->capacity - b->size) return true;
    b->failed = n > SIZE_MAX / 4 || b->size > SIZE_MAX / 4;
    if (b->failed) return false;
    size_t capacity = b->capacity ? b->capacity : FIRST_CAPACITY;
    while (capacity <= b->size + n) capacity *= 2;
    char *data = cpl_resize(b->m, b->data, capacity, 1);
    b->failed = data == NULL;
    if (b->failed) return false;
    b->data = data;
    b->capacity = capacity;
    return true;
}

void cpl_buf_put(cpl_buf *b, const void *p, size_t n) {
    if (n == 0 || !reserve(b, n)) return;
    memcpy(b->data + b->size, p, n);
    b->size += n;
    b->data[b->size] = '\0';
}

void cpl_buf_str(cpl_buf *b, cpl_str s) { cpl_buf_put(b, s.p, s.n); }

void cpl_buf_puts(cpl_buf *b, const char *s) { cpl_buf_str(b, cpl_str_of(s)); }

void cpl_buf_putc(cpl_buf *b, char c) { cpl_buf_put(b, &c, 1); }

/* By hand: every payload and every digest of an action is full of numbers. */
void cpl_buf_int(cpl_buf *b, int64_t v) {
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0) digits[--at] = '-';
    cpl_buf_put(b, digits + at, sizeof digits - at);
}

void cpl_buf_fmt(cpl_buf *b, const char *fmt, ...) {
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    if (n < 0) b->failed = true;
    if (n > 0 && reserve(b, (size_t)n)) {
        (void)vsnprintf(b->data + b->size, (size_t)n + 1, fmt, again);
        b->size += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

/* The letter after the backslash, 0 when c stands for itself, 'u' when it needs the long form. */
static char escape_of(unsigned char c) {
    switch (c) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return c < 0x20 ? 'u' : 0;
    }
}

void cpl_buf_json(cpl_buf *b, cpl_str s) {
    size_t plain = 0; /* start of the run that needs no escape */
    cpl_buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        char letter = escape_of((unsigned char)s.p[i]);
        if (!letter) continue;
        cpl_buf_put(b, s.p + plain, i - plain);
        if (letter == 'u')
            cpl_buf_fmt(b, "\\u%04x", (unsigned)(unsigned char)s.p[i]);
        else
            cpl_buf_put(b, (char[]){'\\', letter}, 2);
        plain = i + 1;
    }
    if (s.n) cpl_buf_put(b, s.p + plain, s.n - plain);
    cpl_buf_putc(b, '"');
}
