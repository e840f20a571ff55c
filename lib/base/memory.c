/*
 * base/memory: allocation through the host's table.
 *
 * Owns: what zero bytes, NULL and overflowing products mean. Must not know: who asks.
 */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

static void *COMPLAINT_CALL plain_allocate(void *self, size_t bytes) {
    (void)self;
    return malloc(bytes);
}

static void *COMPLAINT_CALL plain_resize(void *self, void *memory, size_t bytes) {
    (void)self;
    return realloc(memory, bytes);
}

static void COMPLAINT_CALL plain_release(void *self, void *memory) {
    (void)self;
    free(memory);
}

const complaint_allocator cpl_memory_default = {sizeof(complaint_allocator), NULL, plain_allocate, plain_resize, plain_release};

/* Hosts are promised that they are never asked for 0 bytes. */
static size_t at_least_one(size_t bytes) { return bytes ? bytes : 1; }

static bool product(size_t count, size_t size, size_t *bytes) {
    if (size && count > SIZE_MAX / size) return false;
    *bytes = count * size;
    return true;
}

void *cpl_alloc(const cpl_memory *m, size_t bytes) { return m->allocate(m->self, at_least_one(bytes)); }

void *cpl_alloc_zero(const cpl_memory *m, size_t count, size_t size) {
    size_t bytes;
    if (!product(count, size, &bytes)) return NULL;
    void *p = cpl_alloc(m, bytes);
    if (p) memset(p, 0, bytes);
    return p;
}

void *cpl_resize(const cpl_memory *m, void *p, size_t count, size_t size) {
    size_t bytes;
    if (!product(count, size, &bytes)) return NULL;
    return p ? m->resize(m->self, p, at_least_one(bytes)) : cpl_alloc(m, bytes);
}

void cpl_free(const cpl_memory *m, void *p) {
    if (p) m->release(m->self, p);
}

char *cpl_strndup(const cpl_memory *m, const char *p, size_t n) {
    char *copy = n < SIZE_MAX ? cpl_alloc(m, n + 1) : NULL;
    if (!copy) return NULL;
    if (n) memcpy(copy, p, n);
    copy[n] = '\0';
    return copy;
}
