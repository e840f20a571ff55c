/*
 * classify/lexicon: phrases found in letters.
 *
 * Owns: the lexicon's section of a model, and where a phrase may end. Must not know: what the groups mean.
 */
#include "classify/classify.h"

enum { RECORD = 8, HEAD = 12 };

static uint32_t node_letter(const cpl_lexicon *x, uint32_t node) { return cpl_le16(x->nodes + RECORD * (size_t)node); }
static uint32_t node_term(const cpl_lexicon *x, uint32_t node) { return cpl_le16(x->nodes + RECORD * (size_t)node + 2); }
static uint32_t node_child(const cpl_lexicon *x, uint32_t node) { return cpl_le32(x->nodes + RECORD * (size_t)node + 4); }

/* ---- opening ---- */

static bool groups_hold(const cpl_lexicon *x, uint32_t flag_count) {
    for (uint32_t i = 0; i < x->group_count; i++) {
        const uint8_t *g = x->groups + RECORD * (size_t)i;
        if (cpl_le32(g) >> CPL_KEY_BITS || g[4] > flag_count || g[5] > 100 || g[6] >= CPL_ROLES) return false;
    }
    return true;
}

static bool terms_hold(const cpl_lexicon *x) {
    for (uint32_t i = 0; i < x->term_count; i++) {
        const uint8_t *t = x->terms + RECORD * (size_t)i;
        if (cpl_le32(t) >> CPL_KEY_BITS) return false;
        for (int g = 0; g < CPL_TERM_GROUPS; g++)
            if (t[4 + g] > x->group_count) return false;
    }
    return true;
}

/* Children lie behind their parent, in order, and siblings ascend: every way down ends. */
static bool nodes_hold(const cpl_lexicon *x) {
    uint32_t next = 1;
    for (uint32_t i = 0; i < x->node_count; i++) {
        if (node_child(x, i) != next || node_term(x, i) > x->term_count) return false;
        uint32_t end = node_child(x, i + 1);
        if (end < next || end > x->node_count || (end > next && next <= i)) return false;
        for (uint32_t c = next + 1; c < end; c++)
            if (node_letter(x, c) <= node_letter(x, c - 1)) return false;
        next = end;
    }
    return next == x->node_count;
}

bool cpl_lexicon_open(cpl_lexicon *x, const uint8_t *bytes, size_t size, uint32_t flag_count, size_t *used) {
    if (size < HEAD) return false;
    cpl_lexicon l = {.group_count = cpl_le32(bytes), .term_count = cpl_le32(bytes + 4), .node_count = cpl_le32(bytes + 8)};
    if (l.group_count > CPL_GROUPS_MAX || l.term_count > 0xFFFE || l.node_count == 0 || l.node_count > CPL_MODEL_MAX / RECORD) return false;
    size_t needed = HEAD + RECORD * ((size_t)l.group_count + l.term_count + l.node_count + 1);
    if (size < needed) return false;
    l.groups = bytes + HEAD;
    l.terms = l.groups + RECORD * (size_t)l.group_count;
    l.nodes = l.terms + RECORD * (size_t)l.term_count;
    if (!groups_hold(&l, flag_count) || !terms_hold(&l) || !nodes_hold(&l)) return false;
    *x = l;
    *used = needed;
    return true;
}

uint32_t cpl_term_groups(const cpl_lexicon *x, uint32_t term, uint32_t groups[CPL_TERM_GROUPS]) {
    uint32_t count = 0;
    const uint8_t *t = x->terms + RECORD * (size_t)term;
    for (int g = 0; g < CPL_TERM_GROUPS; g++)
        if (t[4 + g]) groups[count++] = t[4 + g] - 1u;
    return count;
}

uint32_t cpl_group_role(const cpl_lexicon *x, uint32_t group) { return x->groups[RECORD * (size_t)group + 6]; }

/* ---- scanning ---- */

static uint32_t child_of(const cpl_lexicon *x, uint32_t node, uint32_t letter) {
    uint32_t first = node_child(x, node), end = node_child(x, node + 1);
    while (first < end) {
        uint32_t middle = first + (end - first) / 2, found = node_letter(x, middle);
        if (found == letter) return middle;
        if (found < letter)
            first = middle + 1;
        else
            end = middle;
    }
    return 0;
}

static bool latin(uint32_t letter) { return (letter >= 'a' && letter <= 'z') || letter == '0'; }
/* ะ to ู and the marks: they belong to the letter before them. */
static bool hangs(uint32_t letter) { return (letter >= 0x0E30 && letter <= 0x0E3A) || letter == 0x0E45 || (letter >= 0x0E47 && letter <= 0x0E4E); }

/* Not in the middle of a syllable or of a Latin word. */
static bool may_end(const cpl_letters *l, size_t first, size_t end) {
    uint32_t last = l->letter[end - 1], next = l->letter[end];
    if (hangs(next)) return false;
    if (latin(last) && last != '0' && latin(next) && next != '0') return false;
    uint32_t before = first ? l->letter[first - 1] : ' ', start = l->letter[first];
    return !(latin(start) && start != '0' && latin(before) && before != '0');
}

static size_t longest(const cpl_lexicon *x, const cpl_letters *l, size_t first, uint32_t *term) {
    size_t length = 0;
    uint32_t node = 0;
    for (size_t i = first; i + 1 < l->count && (node = child_of(x, node, l->letter[i])) != 0; i++) {
        uint32_t t = node_term(x, node);
        if (!t || !may_end(l, first, i + 1)) continue;
        *term = t - 1;
        length = i + 1 - first;
    }
    return length;
}

static complaint_status append(cpl_matches *found, cpl_match m) {
    if (found->count == found->capacity) {
        size_t capacity = found->capacity ? found->capacity * 2 : 64;
        cpl_match *item = cpl_resize(&found->memory, found->item, capacity, sizeof *item);
        if (!item) return COMPLAINT_E_MEMORY;
        found->item = item;
        found->capacity = capacity;
    }
    found->item[found->count++] = m;
    return COMPLAINT_OK;
}

complaint_status cpl_lexicon_scan(const cpl_lexicon *x, const cpl_letters *l, cpl_matches *found) {
    found->count = 0;
    for (size_t i = 0; i + 1 < l->count;) {
        uint32_t term = 0;
        size_t length = longest(x, l, i, &term);
        if (length) {
            complaint_status s = append(found, (cpl_match){term, (uint32_t)i, (uint32_t)length});
            if (s != COMPLAINT_OK) return s;
        }
        i += length ? length : 1;
    }
    return COMPLAINT_OK;
}

/* ---- what it says of a flag ---- */

int32_t cpl_term_strength(const cpl_lexicon *x, uint32_t term, uint32_t flag) {
    uint32_t groups[CPL_TERM_GROUPS], count = cpl_term_groups(x, term, groups);
    int32_t most = 0;
    for (uint32_t g = 0; g < count; g++) {
        const uint8_t *group = x->groups + RECORD * (size_t)groups[g];
        if (group[4] == flag + 1 && group[5] > most) most = group[5];
    }
    return most;
}

/* Each phrase once; two hints are more than one, and nothing is certain. Behind so many phrases no further one is needed. */
int32_t cpl_lexicon_flag(const cpl_lexicon *x, const cpl_matches *found, uint32_t flag) {
    enum { ENOUGH = 16 };
    uint32_t heard[ENOUGH], count = 0;
    int32_t doubt = 1000;
    for (size_t i = 0; i < found->count && count < ENOUGH; i++) {
        int32_t strength = cpl_term_strength(x, found->item[i].term, flag);
        bool again = false;
        for (uint32_t j = 0; j < count; j++) again = again || heard[j] == found->item[i].term;
        if (!strength || again) continue;
        heard[count++] = found->item[i].term;
        doubt = doubt * (100 - strength) / 100;
    }
    return 1000 - doubt;
}
