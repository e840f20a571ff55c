/*
 * classify/space: which features a trainer looks at, and the rows in them.
 *
 * Owns: what is too rare to say anything. Must not know: classes, flags.
 */
#include "classify/train.h"

#include <stdlib.h>

enum { RARE = 2 }; /* what fewer rows have is dropped */

/* A row's features while they are gathered: key, and block in the top bit, so that n-grams come first. */
typedef struct gather {
    const cpl_memory *m;
    cpl_buf keys;    /* uint32_t, all rows one after the other, each sorted and without repetition */
    size_t *row_end; /* in keys */
} gather;

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static size_t unique(uint32_t *key, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!kept || key[kept - 1] != key[i]) key[kept++] = key[i];
    return kept;
}

static void gather_row(gather *g, const cpl_features *r, uint32_t *scratch) {
    for (size_t i = 0; i < r->count; i++) scratch[i] = r->features[i].key | (i >= r->ngrams ? 1u << 31 : 0);
    if (r->count) qsort(scratch, r->count, sizeof *scratch, by_number);
    cpl_buf_put(&g->keys, scratch, unique(scratch, r->count) * sizeof *scratch);
}

static complaint_status gather_rows(gather *g, const complaint_training *t, const cpl_lexicon *x) {
    cpl_features r;
    uint32_t *scratch = NULL;
    complaint_status s = COMPLAINT_OK;
    cpl_features_init(&r, g->m);
    for (size_t i = 0; s == COMPLAINT_OK && i < t->count; i++) {
        s = cpl_features_make(&r, x, t->rows[i].text, COMPLAINT_NORMAL_REPAIR);
        uint32_t *grown = s == COMPLAINT_OK ? cpl_resize(g->m, scratch, r.count + 1, sizeof *scratch) : NULL;
        if (!grown) {
            s = s == COMPLAINT_OK ? COMPLAINT_E_MEMORY : s;
            break;
        }
        scratch = grown;
        gather_row(g, &r, scratch);
        g->row_end[i] = g->keys.size / sizeof *scratch;
        if (g->keys.failed) s = COMPLAINT_E_MEMORY;
    }
    cpl_free(g->m, scratch);
    cpl_features_free(&r);
    return s;
}

/* How much a feature counts before training: the rarer, the more. */
static uint8_t size_of(size_t rows, size_t with) {
    double size = CPL_SIZE_UNIT * (cpl_log((1.0 + (double)rows) / (1.0 + (double)with)) + 1) + 0.5;
    return (uint8_t)(size > 255 ? 255 : size);
}

static complaint_status choose(cpl_space *s, const gather *g, size_t rows) {
    size_t count = g->keys.size / sizeof(uint32_t), kept = 0;
    uint32_t *all = cpl_alloc(g->m, g->keys.size);
    if (!all) return COMPLAINT_E_MEMORY;
    if (count) memcpy(all, g->keys.data, g->keys.size);
    if (count) qsort(all, count, sizeof *all, by_number);
    s->key = cpl_arena_alloc(&s->arena, (count / RARE + 1) * sizeof *s->key);
    s->size = cpl_arena_alloc(&s->arena, count / RARE + 1);
    for (size_t i = 0, end; s->key && s->size && i < count; i = end) {
        for (end = i + 1; end < count && all[end] == all[i];) end++;
        if (end - i < RARE) continue;
        s->key[kept] = all[i];
        s->size[kept++] = size_of(rows, end - i);
        if (!(all[i] >> 31)) s->ngrams = (uint32_t)kept;
    }
    cpl_free(g->m, all);
    s->count = (uint32_t)kept;
    return s->key && s->size ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

double cpl_block_weight(bool is_flag, int block) {
    static const double weights[2][CPL_BLOCKS] = {{1, 0.6}, {1, 0.4}}; /* docs/internals/classify.md says how they were found */
    return weights[is_flag][block];
}

static void measure(const cpl_space *s, cpl_sparse *row) {
    double squares[CPL_BLOCKS] = {0, 0};
    for (uint32_t i = 0; i < row->count; i++) squares[row->index[i] >= s->ngrams] += (double)s->size[row->index[i]] * s->size[row->index[i]];
    row->length[0] = row->length[1] = 1;
    for (int b = 0; b < CPL_BLOCKS; b++) {
        row->norm[b] = squares[b] > 0 ? 1 / cpl_sqrt(squares[b]) : 0;
        for (int f = 0; f < 2; f++) row->length[f] += squares[b] > 0 ? cpl_block_weight(f, b) * cpl_block_weight(f, b) : 0;
    }
}

/* Both lists ascend. */
static bool place_row(cpl_space *s, cpl_sparse *row, const uint32_t *key, size_t count) {
    uint32_t at = 0;
    row->index = cpl_arena_alloc(&s->arena, (count + 1) * sizeof *row->index);
    for (size_t i = 0; row->index && i < count; i++) {
        while (at < s->count && s->key[at] < key[i]) at++;
        if (at < s->count && s->key[at] == key[i]) row->index[row->count++] = at;
    }
    if (row->index) measure(s, row);
    return row->index != NULL;
}

static complaint_status place_rows(cpl_space *s, const gather *g, size_t rows) {
    const uint32_t *key = (const uint32_t *)(const void *)g->keys.data;
    s->rows = cpl_arena_alloc(&s->arena, (rows + 1) * sizeof *s->rows);
    if (!s->rows) return COMPLAINT_E_MEMORY;
    s->row_count = rows;
    for (size_t i = 0, first = 0; i < rows; first = g->row_end[i++])
        if (!place_row(s, &s->rows[i], key + first, g->row_end[i] - first)) return COMPLAINT_E_MEMORY;
    return COMPLAINT_OK;
}

complaint_status cpl_space_make(cpl_space *s, const cpl_memory *m, const complaint_training *t, const cpl_lexicon *x) {
    gather g = {.m = m};
    *s = (cpl_space){.m = m};
    cpl_arena_init(&s->arena, m);
    cpl_buf_init(&g.keys, m);
    g.row_end = cpl_alloc_zero(m, t->count + 1, sizeof *g.row_end);
    complaint_status status = g.row_end ? gather_rows(&g, t, x) : COMPLAINT_E_MEMORY;
    if (status == COMPLAINT_OK) status = choose(s, &g, t->count);
    if (status == COMPLAINT_OK) status = place_rows(s, &g, t->count);
    cpl_free(m, g.row_end);
    cpl_buf_free(&g.keys);
    if (status != COMPLAINT_OK) cpl_space_free(s);
    return status;
}

complaint_status cpl_space_narrow(cpl_space *s, const cpl_space *from, const bool *keep) {
    *s = (cpl_space){.m = from->m, .row_count = from->row_count};
    cpl_arena_init(&s->arena, from->m);
    uint32_t *to = cpl_arena_alloc(&s->arena, (from->count + 1) * sizeof *to);
    s->key = cpl_arena_alloc(&s->arena, (from->count + 1) * sizeof *s->key);
    s->size = cpl_arena_alloc(&s->arena, from->count + 1);
    s->rows = cpl_arena_alloc(&s->arena, (from->row_count + 1) * sizeof *s->rows);
    bool good = to && s->key && s->size && s->rows;
    for (uint32_t i = 0; good && i < from->count; i++) {
        if (!keep[i]) continue;
        to[i] = s->count;
        s->key[s->count] = from->key[i];
        s->size[s->count++] = from->size[i];
        if (i < from->ngrams) s->ngrams = s->count;
    }
    for (size_t i = 0; good && i < from->row_count; i++) {
        cpl_sparse *row = &s->rows[i];
        row->index = cpl_arena_alloc(&s->arena, (from->rows[i].count + 1) * sizeof *row->index);
        good = row->index != NULL;
        for (uint32_t j = 0; good && j < from->rows[i].count; j++)
            if (keep[from->rows[i].index[j]]) row->index[row->count++] = to[from->rows[i].index[j]];
        if (good) measure(s, row);
    }
    if (!good) cpl_space_free(s);
    return good ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}

void cpl_space_free(cpl_space *s) {
    cpl_arena_free(&s->arena);
    *s = (cpl_space){.m = s->m};
}
