/*
 * store/memory: rows in memory, one tree for each index, every version of a tree immutable once it is committed.
 *
 * Owns: rows and trees with reference counts, transactions, the turn of the writer. Must not know: anything of the library but its
 * public headers; what a table means.
 */
#ifndef CPL_STORE_MEMORY_H
#define CPL_STORE_MEMORY_H

#include <complaint/host/allocator.h>
#include <complaint/host/store.h>
#include <complaint/value.h>

#include <stdatomic.h>
#include <stdbool.h>

/* An immutable row in one piece of memory; the bytes of its values lie behind them. */
typedef struct cpl_memrow {
    atomic_int refs;
    int32_t count;
    complaint_value values[];
} cpl_memrow;

/* A node of an AVL tree. Only a node with one reference, below nodes with one reference, may be changed in place. */
typedef struct cpl_memnode {
    atomic_int refs;
    int32_t height;
    struct cpl_memnode *left, *right;
    cpl_memrow *row;
} cpl_memnode;

/* The columns by which a tree is ordered; they identify a row. */
typedef struct cpl_memindex {
    int32_t width;
    const int32_t *columns;
} cpl_memindex;

/* Copies the values; NULL when out of memory. The caller owns one reference. */
cpl_memrow *cpl_memrow_new(const complaint_allocator *a, const complaint_value *values, int32_t count);
void cpl_memrow_drop(const complaint_allocator *a, cpl_memrow *row);
/* The row's first `count` columns of the index against `values`: negative, 0, positive. */
int cpl_memrow_compare(const cpl_memrow *row, const cpl_memindex *index, const complaint_value *values, int32_t count);
/* Whether two rows agree in all columns of the index. */
bool cpl_memrow_same(const cpl_memrow *x, const cpl_memrow *y, const cpl_memindex *index);

cpl_memnode *cpl_memtree_keep(cpl_memnode *root); /* one more reference; NULL is allowed here and below */
void cpl_memtree_drop(const complaint_allocator *a, cpl_memnode *root);
/* The row, borrowed, or NULL. `values` are all columns of the index. */
cpl_memrow *cpl_memtree_find(const cpl_memnode *root, const cpl_memindex *index, const complaint_value *values);

/* The three changes take or leave one reference of `row` on their own. After a failure the tree is safe to drop and to read, but of no use:
 * the caller goes back to the root it kept. COMPLAINT_E_EXISTS, COMPLAINT_E_MEMORY. */
complaint_status cpl_memtree_insert(const complaint_allocator *a, cpl_memnode **root, const cpl_memindex *index, cpl_memrow *row);
/* Puts `row` in the place of the row with the same columns, which is there. */
complaint_status cpl_memtree_replace(const complaint_allocator *a, cpl_memnode **root, const cpl_memindex *index, cpl_memrow *row);
/* Takes out the row with the same columns, which is there. */
complaint_status cpl_memtree_remove(const complaint_allocator *a, cpl_memnode **root, const cpl_memindex *index, const cpl_memrow *row);

typedef struct cpl_memwalk {
    const cpl_memindex *index;
    complaint_bounds bounds;
    bool descending;
    int64_t left; /* rows still wanted; negative: all */
    complaint_row_fn sink;
    void *context;
} cpl_memwalk;

/* Gives the rows within the bounds to the sink; stops at the limit or when the sink says so. */
void cpl_memtree_walk(const cpl_memnode *root, cpl_memwalk *walk);

#endif
