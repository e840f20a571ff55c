/*
 * classify/learn: one output against the rest: a support vector machine with squared hinge loss, by dual coordinate descent
 * (Hsieh and others, ICML 2008).
 *
 * Owns: the optimisation and its order. Must not know: how features and margins are used.
 */
#include "classify/train.h"

enum { ROUNDS_MAX = 60 };
static const double cost = 1, precise = 0.02;

typedef struct machine {
    const cpl_space *s;
    bool is_flag;
    cpl_line *line;
    uint32_t *row;   /* the rows learned from, in the order they are looked at */
    double *alpha;   /* per row of the space */
    int8_t *side;    /* 1 or -1 per row of the space */
    double slack[2]; /* 1 / (2 C) of the others, and of its own */
    size_t count;
} machine;

double cpl_margin(const cpl_space *s, size_t row, bool is_flag, const cpl_line *line) {
    const cpl_sparse *r = &s->rows[row];
    double sum[CPL_BLOCKS] = {0, 0};
    for (uint32_t i = 0; i < r->count; i++) sum[r->index[i] >= s->ngrams] += line->weight[r->index[i]] * s->size[r->index[i]];
    return line->bias + sum[0] * r->norm[0] * cpl_block_weight(is_flag, 0) + sum[1] * r->norm[1] * cpl_block_weight(is_flag, 1);
}

static void move(machine *k, size_t row, double d) {
    const cpl_sparse *r = &k->s->rows[row];
    const double each[CPL_BLOCKS] = {d * r->norm[0] * cpl_block_weight(k->is_flag, 0), d * r->norm[1] * cpl_block_weight(k->is_flag, 1)};
    for (uint32_t i = 0; i < r->count; i++) k->line->weight[r->index[i]] += each[r->index[i] >= k->s->ngrams] * k->s->size[r->index[i]];
    k->line->bias += d;
}

/* Answers how far the row was from where it should be. */
static double settle(machine *k, size_t row) {
    double y = k->side[row], slack = k->slack[y > 0], a = k->alpha[row];
    double gradient = y * cpl_margin(k->s, row, k->is_flag, k->line) - 1 + slack * a;
    if (a <= 0 && gradient > 0) return 0;
    double next = a - gradient / (k->s->rows[row].length[k->is_flag] + slack);
    if (next < 0) next = 0;
    k->alpha[row] = next;
    if (next != a) move(k, row, (next - a) * y);
    return gradient < 0 ? -gradient : gradient;
}

static uint32_t chance(uint64_t *state) { /* xorshift64* */
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)(*state * 0x2545F4914F6CDD1Du >> 32);
}

static void shuffle(uint32_t *row, size_t count, uint64_t *state) {
    for (size_t i = count; i > 1; i--) {
        size_t j = chance(state) % i;
        uint32_t kept = row[i - 1];
        row[i - 1] = row[j];
        row[j] = kept;
    }
}

static void descend(machine *k) {
    uint64_t state = 0x9E3779B97F4A7C15u;
    double off = 1;
    for (int round = 0; round < ROUNDS_MAX && off > precise; round++) {
        off = 0;
        shuffle(k->row, k->count, &state);
        for (size_t i = 0; i < k->count; i++) {
            double distance = settle(k, k->row[i]);
            if (distance > off) off = distance;
        }
    }
}

static bool belongs(const complaint_training *t, size_t row, uint32_t output) {
    size_t classes = t->classes.count;
    return output < classes ? t->rows[row].class_number == (int32_t)output : (t->rows[row].flags >> (output - classes) & 1) != 0;
}

/* A flag is rare: its rows and the others have the same say together. */
static void set_sides(machine *k, const complaint_training *t, uint32_t output, const uint8_t *fold, int left_out) {
    size_t own = 0;
    for (size_t i = 0; i < t->count; i++) {
        if (fold && fold[i] == left_out) continue;
        k->row[k->count++] = (uint32_t)i;
        k->side[i] = belongs(t, i, output) ? 1 : -1;
        own += k->side[i] > 0;
    }
    double all = (double)k->count, each[2] = {1, 1};
    if (k->is_flag && own && own < k->count) {
        each[0] = all / (2 * (all - (double)own));
        each[1] = all / (2 * (double)own);
    }
    for (int i = 0; i < 2; i++) k->slack[i] = 1 / (2 * cost * each[i]);
}

complaint_status cpl_learn(const cpl_space *s, const complaint_training *t, uint32_t output, const uint8_t *fold, int left_out, cpl_line *line) {
    machine k = {.s = s, .is_flag = output >= t->classes.count, .line = line};
    k.row = cpl_alloc_zero(s->m, t->count + 1, sizeof *k.row);
    k.alpha = cpl_alloc_zero(s->m, t->count + 1, sizeof *k.alpha);
    k.side = cpl_alloc_zero(s->m, t->count + 1, sizeof *k.side);
    bool good = k.row && k.alpha && k.side;
    if (good) {
        memset(line->weight, 0, s->count * sizeof *line->weight);
        line->bias = 0;
        set_sides(&k, t, output, fold, left_out);
        descend(&k);
    }
    cpl_free(s->m, k.row);
    cpl_free(s->m, k.alpha);
    cpl_free(s->m, k.side);
    return good ? COMPLAINT_OK : COMPLAINT_E_MEMORY;
}
