/*
 * classify/math: logarithm, power of e and root of + - * / alone.
 *
 * Owns: that they are the same bits on every machine. Must not know: what for.
 */
#include "classify/train.h"

double cpl_log(double x) {
    const double ln2 = 0.69314718055994530942;
    double halvings = 0;
    while (x > 1.4142135623730951) {
        x /= 2;
        halvings += 1;
    }
    while (x < 0.70710678118654752) {
        x *= 2;
        halvings -= 1;
    }
    double z = (x - 1) / (x + 1), square = z * z, sum = 0;
    for (int n = 25; n > 0; n -= 2) sum = sum * square + 1.0 / n;
    return 2 * z * sum + halvings * ln2;
}

double cpl_exp(double x) {
    if (x > 700) x = 700;
    if (x < -700) return 0;
    double small = x / 1024, sum = 1;
    for (int n = 10; n > 0; n--) sum = 1 + small / n * sum;
    for (int i = 0; i < 10; i++) sum *= sum;
    return sum;
}

double cpl_sqrt(double x) {
    if (x <= 0) return 0;
    double root = x > 1 ? x : 1;
    for (int i = 0; i < 2000; i++) {
        double next = (root + x / root) / 2;
        if (next >= root) break;
        root = next;
    }
    return root;
}
