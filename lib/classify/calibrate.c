/*
 * classify/calibrate: what a margin is worth, learned from margins of rows that were not trained on.
 *
 * Owns: slopes, offsets and thresholds. Must not know: features.
 */
#include "classify/train.h"

#include <stdlib.h>

typedef struct sample {
    double margin;
    bool own;
} sample;

static int32_t fixed(double v) {
    v *= 65536;
    if (v > INT32_MAX) return INT32_MAX;
    if (v < -(double)INT32_MAX) return -INT32_MAX;
    return (int32_t)(v < 0 ? v - 0.5 : v + 0.5);
}

/* ---- classes: one slope for all, so that the best stays the best ---- */

static double surprise(const complaint_training *t, const double *margins, uint32_t outputs, double slope) {
    size_t classes = t->classes.count;
    double all = 0;
    for (size_t i = 0; i < t->count; i++) {
        const double *m = margins + i * outputs;
        double most = m[0], sum = 0;
        for (size_t k = 1; k < classes; k++) most = m[k] > most ? m[k] : most;
        for (size_t k = 0; k < classes; k++) sum += cpl_exp(slope * (m[k] - most));
        all += cpl_log(sum) - slope * (m[t->rows[i].class_number] - most);
    }
    return all;
}

static double class_slope(const complaint_training *t, const double *margins, uint32_t outputs) {
    double low = 0.25, high = 16;
    for (int i = 0; i < 40; i++) {
        double a = low + (high - low) / 3, b = high - (high - low) / 3;
        if (surprise(t, margins, outputs, a) < surprise(t, margins, outputs, b))
            high = b;
        else
            low = a;
    }
    return (low + high) / 2;
}

/* ---- flags: Platt's sigmoid, by Newton's method with his prior ---- */

static void platt(const sample *s, size_t count, size_t own, double *slope, double *offset) {
    double yes = ((double)own + 1) / ((double)own + 2), no = 1 / ((double)(count - own) + 2);
    *slope = 2;
    *offset = cpl_log(((double)own + 1) / ((double)(count - own) + 1));
    for (int round = 0; round < 50; round++) {
        double ga = 0, gb = 0, haa = 1e-6, hab = 0, hbb = 1e-6;
        for (size_t i = 0; i < count; i++) {
            double p = 1 / (1 + cpl_exp(-(*slope * s[i].margin + *offset))), d = p - (s[i].own ? yes : no), w = p * (1 - p);
            ga += d * s[i].margin;
            gb += d;
            haa += w * s[i].margin * s[i].margin;
            hab += w * s[i].margin;
            hbb += w;
        }
        double det = haa * hbb - hab * hab;
        if (det <= 0) return;
        double a = (hbb * ga - hab * gb) / det, b = (haa * gb - hab * ga) / det;
        double limit = 1; /* a step that leaves the valley is cut */
        if (a > limit || a < -limit) b *= limit / (a < 0 ? -a : a), a = a < 0 ? -limit : limit;
        *slope -= a;
        *offset -= b;
        if (a < 1e-9 && a > -1e-9 && b < 1e-9 && b > -1e-9) return;
    }
}

static int by_margin(const void *pa, const void *pb) {
    const sample *a = pa, *b = pb;
    if (a->margin != b->margin) return a->margin > b->margin ? -1 : 1;
    return (int)b->own - (int)a->own;
}

/* The margin from which on a flag is raised: where F1 is best. */
static double best_margin(sample *s, size_t count, size_t own) {
    size_t hit = 0, best_at = 0;
    double best = 0;
    qsort(s, count, sizeof *s, by_margin);
    for (size_t i = 0; i < count; i++) {
        hit += s[i].own;
        double f1 = 2 * (double)hit / (double)(i + 1 + own);
        if (f1 > best) {
            best = f1;
            best_at = i;
        }
    }
    return best_at + 1 < count ? (s[best_at].margin + s[best_at + 1].margin) / 2 : s[best_at].margin;
}

static void calibrate_flag(const complaint_training *t, const double *margins, uint32_t outputs, uint32_t output, sample *s, cpl_parameters *p) {
    enum { LEAST = 250, MOST = 650 };
    size_t own = 0, flag = output - t->classes.count;
    double slope, offset;
    for (size_t i = 0; i < t->count; i++) {
        s[i] = (sample){margins[i * outputs + output], t->rows[i].flags >> flag & 1};
        own += s[i].own;
    }
    platt(s, t->count, own, &slope, &offset);
    double at = slope * best_margin(s, t->count, own) + offset, raised = 1000 / (1 + cpl_exp(-at));
    p->slope = fixed(slope);
    p->offset = fixed(offset);
    p->threshold = raised < LEAST ? LEAST : raised > MOST ? MOST : (int32_t)(raised + 0.5);
}

complaint_status cpl_calibrate(const complaint_training *t, const double *margins, uint32_t outputs, cpl_parameters *p) {
    sample *s = cpl_alloc(&t->memory, (t->count + 1) * sizeof *s);
    if (!s) return COMPLAINT_E_MEMORY;
    double slope = class_slope(t, margins, outputs);
    for (uint32_t k = 0; k < t->classes.count; k++) {
        p[k].slope = fixed(slope);
        p[k].offset = p[k].threshold = 0;
    }
    for (uint32_t k = (uint32_t)t->classes.count; k < outputs; k++) calibrate_flag(t, margins, outputs, k, s, &p[k]);
    cpl_free(&t->memory, s);
    return COMPLAINT_OK;
}
