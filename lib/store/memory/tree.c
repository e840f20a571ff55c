/*
 * store/memory/tree: rows, and balanced trees of rows that share what they have in common.
 *
 * Owns: reference counts, copying on the way down, balance, order of values. Must not know: tables, transactions, threads beyond
 * the counts.
 */
#include "memory.h"

#include <string.h>

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

cpl_memrow *cpl_memrow_new(const complaint_allocator *a, const complaint_value *values, int32_t count) {
    size_t head = sizeof(cpl_memrow) + (size_t)count * sizeof(complaint_value), bytes = 0;
    for (int32_t c = 0; c < count; c++) bytes += values[c].size;
    cpl_memrow *row = a->allocate(a->self, head + bytes);
    if (!row) return NULL;
    atomic_init(&row->refs, 1);
    row->count = count;
    char *at = (char *)row + head;
    for (int32_t c = 0; c < count; c++) {
        row->values[c] = values[c];
        if (values[c].type != COMPLAINT_TEXT && values[c].type != COMPLAINT_BLOB) continue;
        row->values[c].data = values[c].size > 0 ? at : "";
        if (values[c].size > 0) memcpy(at, values[c].data, values[c].size);
        at += values[c].size;
    }
    return row;
}

void cpl_memrow_drop(const complaint_allocator *a, cpl_memrow *row) {
    if (row && atomic_fetch_sub(&row->refs, 1) == 1) a->release(a->self, row);
}

static int compare_values(const complaint_value *x, const complaint_value *y) {
    if (x->type == COMPLAINT_INT64) return (x->integer > y->integer) - (x->integer < y->integer);
    size_t n = x->size < y->size ? x->size : y->size;
    int c = n > 0 ? memcmp(x->data, y->data, n) : 0;
    return c != 0 ? c : (x->size > y->size) - (x->size < y->size);
}

int cpl_memrow_compare(const cpl_memrow *row, const cpl_memindex *index, const complaint_value *values, int32_t count) {
    int c = 0;
    for (int32_t i = 0; i < count && c == 0; i++) c = compare_values(&row->values[index->columns[i]], &values[i]);
    return c;
}

static int compare_rows(const cpl_memrow *x, const cpl_memrow *y, const cpl_memindex *index) {
    int c = 0;
    for (int32_t i = 0; i < index->width && c == 0; i++) c = compare_values(&x->values[index->columns[i]], &y->values[index->columns[i]]);
    return c;
}

bool cpl_memrow_same(const cpl_memrow *x, const cpl_memrow *y, const cpl_memindex *index) { return compare_rows(x, y, index) == 0; }

static cpl_memrow *keep_row(cpl_memrow *row) {
    atomic_fetch_add(&row->refs, 1);
    return row;
}

/* ---- nodes --------------------------------------------------------------------------------------------------------- */

cpl_memnode *cpl_memtree_keep(cpl_memnode *root) {
    if (root) atomic_fetch_add(&root->refs, 1);
    return root;
}

void cpl_memtree_drop(const complaint_allocator *a, cpl_memnode *root) {
    if (!root || atomic_fetch_sub(&root->refs, 1) != 1) return;
    cpl_memtree_drop(a, root->left);
    cpl_memtree_drop(a, root->right);
    cpl_memrow_drop(a, root->row);
    a->release(a->self, root);
}

static cpl_memnode *new_node(const complaint_allocator *a, cpl_memrow *row) {
    cpl_memnode *n = a->allocate(a->self, sizeof *n);
    if (!n) return NULL;
    atomic_init(&n->refs, 1);
    n->height = 1;
    n->left = n->right = NULL;
    n->row = keep_row(row);
    return n;
}

/* Makes the node at `slot` this tree's alone. Its parent is already, so one reference means nobody else can reach it. */
static bool own(const complaint_allocator *a, cpl_memnode **slot) {
    cpl_memnode *shared = *slot;
    if (atomic_load(&shared->refs) == 1) return true;
    cpl_memnode *n = new_node(a, shared->row); /* NOLINT(clang-analyzer-core.NullDereference): the heavier side of a node is there */
    if (!n) return false;
    n->height = shared->height;
    n->left = cpl_memtree_keep(shared->left);
    n->right = cpl_memtree_keep(shared->right);
    cpl_memtree_drop(a, shared);
    *slot = n;
    return true;
}

static int32_t height_of(const cpl_memnode *n) { return n ? n->height : 0; }

static void measure(cpl_memnode *n) {
    int32_t left = height_of(n->left), right = height_of(n->right);
    n->height = 1 + (left > right ? left : right);
}

static void rotate_right(cpl_memnode **slot) {
    cpl_memnode *n = *slot, *up = n->left;
    n->left = up->right;
    up->right = n;
    measure(n);
    measure(up);
    *slot = up;
}

static void rotate_left(cpl_memnode **slot) {
    cpl_memnode *n = *slot, *up = n->right;
    n->right = up->left;
    up->left = n;
    measure(n);
    measure(up);
    *slot = up;
}

static bool lean_right(const complaint_allocator *a, cpl_memnode **slot) {
    if (!own(a, &(*slot)->left)) return false;
    cpl_memnode *left = (*slot)->left;
    if (height_of(left->right) > height_of(left->left)) {
        if (!own(a, &left->right)) return false;
        rotate_left(&(*slot)->left);
    }
    rotate_right(slot);
    return true;
}

static bool lean_left(const complaint_allocator *a, cpl_memnode **slot) {
    if (!own(a, &(*slot)->right)) return false;
    cpl_memnode *right = (*slot)->right;
    if (height_of(right->left) > height_of(right->right)) {
        if (!own(a, &right->left)) return false;
        rotate_right(&(*slot)->right);
    }
    rotate_left(slot);
    return true;
}

static complaint_status balance(const complaint_allocator *a, cpl_memnode **slot) {
    int32_t lean = height_of((*slot)->left) - height_of((*slot)->right);
    bool done = true;
    measure(*slot);
    if (lean > 1) done = lean_right(a, slot);
    if (lean < -1) done = lean_left(a, slot);
    return done ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

/* ---- changes ------------------------------------------------------------------------------------------------------- */

complaint_status cpl_memtree_insert(const complaint_allocator *a, cpl_memnode **root, const cpl_memindex *index, cpl_memrow *row) {
    if (!*root) {
        *root = new_node(a, row);
        return *root ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
    }
    if (!own(a, root)) return COMPLAINT_E_MEMORY;
    int c = compare_rows(row, (*root)->row, index);
    if (c == 0) return COMPLAINT_E_EXISTS;
    complaint_status s = cpl_memtree_insert(a, c < 0 ? &(*root)->left : &(*root)->right, index, row);
    return s == COMPLAINT_OK ? balance(a, root) : s;
}

complaint_status cpl_memtree_replace(const complaint_allocator *a, cpl_memnode **root, const cpl_memindex *index, cpl_memrow *row) {
    for (cpl_memnode **slot = root; *slot;) {
        if (!own(a, slot)) return COMPLAINT_E_MEMORY;
        int c = compare_rows(row, (*slot)->row, index);
        if (c == 0) {
            cpl_memrow_drop(a, (*slot)->row);
            (*slot)->row = keep_row(row);
            return COMPLAINT_OK;
        }
        slot = c < 0 ? &(*slot)->left : &(*slot)->right;
    }
    return COMPLAINT_E_NOT_FOUND;
}

/* Puts the only child of the node at `slot`, or nothing, in its place. */
static void unhook(const complaint_allocator *a, cpl_memnode **slot) {
    cpl_memnode *gone = *slot;
    *slot = cpl_memtree_keep(gone->left ? gone->left : gone->right);
    cpl_memtree_drop(a, gone);
}

/* Takes out the smallest row; the caller gets its reference. */
static complaint_status take_first(const complaint_allocator *a, cpl_memnode **slot, cpl_memrow **row) {
    if (!own(a, slot)) return COMPLAINT_E_MEMORY;
    if (!(*slot)->left) {
        *row = keep_row((*slot)->row);
        unhook(a, slot);
        return COMPLAINT_OK;
    }
    complaint_status s = take_first(a, &(*slot)->left, row);
    return s == COMPLAINT_OK ? balance(a, slot) : s;
}

static complaint_status remove_here(const complaint_allocator *a, cpl_memnode **slot) {
    cpl_memrow *next = NULL;
    if (!(*slot)->left || !(*slot)->right) {
        unhook(a, slot);
        return COMPLAINT_OK;
    }
    complaint_status s = take_first(a, &(*slot)->right, &next);
    if (next) {
        cpl_memrow_drop(a, (*slot)->row);
        (*slot)->row = next;
    }
    return s == COMPLAINT_OK ? balance(a, slot) : s;
}

complaint_status cpl_memtree_remove(const complaint_allocator *a, cpl_memnode **root, const cpl_memindex *index, const cpl_memrow *row) {
    if (!*root) return COMPLAINT_E_NOT_FOUND;
    if (!own(a, root)) return COMPLAINT_E_MEMORY;
    int c = compare_rows(row, (*root)->row, index);
    if (c == 0) return remove_here(a, root);
    complaint_status s = cpl_memtree_remove(a, c < 0 ? &(*root)->left : &(*root)->right, index, row);
    return s == COMPLAINT_OK ? balance(a, root) : s;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

cpl_memrow *cpl_memtree_find(const cpl_memnode *root, const cpl_memindex *index, const complaint_value *values) {
    while (root) {
        int c = cpl_memrow_compare(root->row, index, values, index->width);
        if (c == 0) return root->row;
        root = c > 0 ? root->left : root->right;
    }
    return NULL;
}

static bool reaches_lower(const cpl_memrow *row, const cpl_memwalk *w) {
    int c = cpl_memrow_compare(row, w->index, w->bounds.lower, w->bounds.lower_count);
    return w->bounds.lower_exclusive ? c > 0 : c >= 0;
}

static bool reaches_upper(const cpl_memrow *row, const cpl_memwalk *w) {
    int c = cpl_memrow_compare(row, w->index, w->bounds.upper, w->bounds.upper_count);
    return w->bounds.upper_exclusive ? c < 0 : c <= 0;
}

static void give(const cpl_memrow *row, cpl_memwalk *w) {
    if (w->left > 0) w->left--;
    if (w->sink(w->context, row->values, row->count) != 0) w->left = 0;
}

void cpl_memtree_walk(const cpl_memnode *root, cpl_memwalk *w) {
    if (!root || w->left == 0) return;
    bool lower = reaches_lower(root->row, w), upper = reaches_upper(root->row, w);
    if (w->descending ? upper : lower) cpl_memtree_walk(w->descending ? root->right : root->left, w);
    if (lower && upper && w->left != 0) give(root->row, w);
    if (w->descending ? lower : upper) cpl_memtree_walk(w->descending ? root->left : root->right, w);
}
