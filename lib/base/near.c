/*
 * base/near: which of the words that are possible somebody may have meant.
 *
 * Owns: how far two words are apart, the order of a list of suggestions. Must not know: what the words are for.
 */
#include "base/base.h"

#include <string.h>

enum { LONGEST = 40 };

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Bytes left out, put in, changed, or two that changed places. */
static size_t edits(cpl_str a, cpl_str b) {
    size_t rows[3][LONGEST + 1] = {{0}}, *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t k = 0; k <= b.n; k++) last[k] = k;
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = i;
        for (size_t k = 1; k <= b.n; k++) {
            bool same = small(a.p[i - 1]) == small(b.p[k - 1]);
            bool swapped = i > 1 && k > 1 && small(a.p[i - 1]) == small(b.p[k - 2]) && small(a.p[i - 2]) == small(b.p[k - 1]);
            row[k] = least(least(last[k], row[k - 1]) + 1, last[k - 1] + !same);
            if (swapped) row[k] = least(row[k], before[k - 2] + 1);
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[b.n];
}

static bool begins(cpl_str word, cpl_str with) {
    size_t i = 0;
    while (i < with.n && i < word.n && small(word.p[i]) == small(with.p[i])) i++;
    return with.n > 1 && i == with.n;
}

/* Half a word is a slip too. */
size_t cpl_distance(cpl_str wrong, cpl_str word) {
    if (begins(word, wrong) || begins(wrong, word)) return 1;
    if (wrong.n > LONGEST || word.n > LONGEST || wrong.n > word.n + 2 || word.n > wrong.n + 2) return CPL_FAR;
    size_t d = edits(wrong, word);
    return d < CPL_FAR && 2 * d <= word.n ? d : CPL_FAR;
}

/* Adds a word; false when it has no room, keeping some for what stands for the rest. */
static bool add_word(char *out, cpl_str word) {
    enum { REST = sizeof ", …" };
    size_t n = strlen(out), comma = n ? 2 : 0;
    if (n + comma + word.n + REST > CPL_SUGGESTIONS_SIZE) return false;
    memcpy(out + n, ", ", comma);
    memcpy(out + n + comma, word.p, word.n);
    out[n + comma + word.n] = '\0';
    return true;
}

void cpl_suggest(cpl_str wrong, const void *words, size_t count, size_t size, char out[CPL_SUGGESTIONS_SIZE]) {
    enum { MOST = 12 };
    size_t said = 0;
    bool full = false;
    out[0] = '\0';
    for (size_t d = 0; d <= CPL_FAR && !full; d++)
        for (size_t i = 0; i < count && !full; i++) {
            cpl_str word = *(const cpl_str *)(const void *)((const char *)words + i * size);
            if (cpl_distance(wrong, word) != d) continue;
            full = said == MOST || !add_word(out, word);
            said += !full;
        }
    if (full) memcpy(out + strlen(out), said ? ", …" : "…", said ? sizeof ", …" : sizeof "…");
    else if (!said) memcpy(out, "–", sizeof "–");
}
