/*
 * base/arena: many small pieces, freed together.
 *
 * Owns: blocks. Must not know: what lies in them.
 */
#include "base/base.h"

#include <stdalign.h>
#include <string.h>

struct cpl_arena_block {
    cpl_arena_block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

enum { BLOCK = 4000, ALIGN = alignof(max_align_t) };

void cpl_arena_init(cpl_arena *a, const cpl_memory *m) { *a = (cpl_arena){m, NULL}; }

void cpl_arena_free(cpl_arena *a) {
    for (cpl_arena_block *block = a->head; block;) {
        cpl_arena_block *next = block->next;
        cpl_free(a->m, block);
        block = next;
    }
    a->head = NULL;
}

/* A large piece gets a block of its own behind the head, so that the head's room stays in use. */
static cpl_arena_block *add_block(cpl_arena *a, size_t bytes) {
    bool own = a->head && bytes > BLOCK / 4;
    size_t size = bytes > BLOCK ? bytes : own ? bytes : BLOCK;
    cpl_arena_block *block = cpl_alloc(a->m, sizeof *block + size);
    if (!block) return NULL;
    *block = (cpl_arena_block){.next = own ? a->head->next : a->head, .size = size};
    if (own)
        a->head->next = block;
    else
        a->head = block;
    return block;
}

void *cpl_arena_alloc(cpl_arena *a, size_t bytes) {
    if (bytes > SIZE_MAX / 2) return NULL;
    bytes = (bytes ? bytes + ALIGN - 1 : ALIGN) / ALIGN * ALIGN;
    cpl_arena_block *block = a->head;
    if (!block || block->size - block->used < bytes) block = add_block(a, bytes);
    if (!block) return NULL;
    void *piece = block->bytes + block->used;
    block->used += bytes;
    return memset(piece, 0, bytes);
}

bool cpl_arena_str(cpl_arena *a, cpl_str s, cpl_str *copy) {
    char *p = s.n < SIZE_MAX ? cpl_arena_alloc(a, s.n + 1) : NULL;
    if (!p) return false;
    if (s.n) memcpy(p, s.p, s.n);
    *copy = (cpl_str){p, s.n};
    return true;
}
