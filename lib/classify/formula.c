/*
 * classify/formula: greetings, thanks and closings around a matter.
 *
 * "สวัสดีค่ะ แม่แน่นหน้าอก ขอบคุณค่ะ" is about a chest, not about thanks: what is said out of politeness is left out when the message says
 * anything else, and counts as ever when it does not.
 *
 * Owns: what makes a phrase of the lexicon a formula in this message, and how it is left out. Must not know: which phrases these are.
 */
#include "classify/classify.h"

enum { LITTLE = 5 }; /* letters: with fewer of them besides, the politeness is the message */

/* Whole formulas [first, end), with the particles behind it. */
typedef struct stretch {
    size_t first, end;
} stretch;

/* Latin, Thai and other scripts; no signs, no emoji. */
static bool word_letter(uint16_t letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 0xC0 && letter < 0x2000); }

static bool has_role(const cpl_lexicon *x, const cpl_match *m, uint32_t role) {
    uint32_t groups[CPL_TERM_GROUPS], count = cpl_term_groups(x, m->term, groups);
    for (uint32_t g = 0; g < count; g++)
        if (cpl_group_role(x, groups[g]) == role) return true;
    return false;
}

static size_t past_blanks(const cpl_letters *l, size_t at) {
    while (at < l->count && l->letter[at] == ' ') at++;
    return at;
}

/* Not in the middle of a sentence; politeness may follow politeness. */
static bool may_begin(const cpl_lexicon *x, const cpl_letters *l, const cpl_matches *found, size_t i) {
    const cpl_match *m = &found->item[i], *before = i ? m - 1 : NULL;
    if (m->at == 0 || !word_letter(l->letter[m->at - 1])) return true;
    return before && before->at + before->length == m->at && (has_role(x, before, CPL_ROLE_FORMULA) || has_role(x, before, CPL_ROLE_PARTICLE));
}

/* The formula that begins with match *i, which is moved past it; empty when the sentence goes on ("ขอบคุณพยาบาลที่…" is praise). A particle
 * ends it; whom it is said to, and the phrase itself, end it only when no word is attached. */
static stretch take_formula(const cpl_lexicon *x, const cpl_letters *l, const cpl_matches *found, size_t *i) {
    const cpl_match *m = &found->item[*i];
    stretch s = {m->at, m->at};
    bool formula = has_role(x, m, CPL_ROLE_FORMULA) && may_begin(x, l, found, *i);
    (*i)++;
    if (!formula) return s;
    size_t end = m->at + m->length;
    if (!word_letter(l->letter[end])) s.end = end;
    for (; *i < found->count && past_blanks(l, end) >= found->item[*i].at; (*i)++) {
        bool particle = has_role(x, &found->item[*i], CPL_ROLE_PARTICLE);
        if (!particle && !has_role(x, &found->item[*i], CPL_ROLE_ADDRESSEE)) break;
        end = found->item[*i].at + found->item[*i].length;
        if (particle || !word_letter(l->letter[end])) s.end = end;
    }
    return s;
}

static size_t words_in(const cpl_letters *l, size_t first, size_t end) {
    size_t count = 0;
    for (size_t i = first; i < end; i++) count += word_letter(l->letter[i]);
    return count;
}

static bool little_else(const cpl_lexicon *x, const cpl_letters *l, const cpl_matches *found) {
    size_t words = words_in(l, 0, l->count);
    for (size_t i = 0; i < found->count;) {
        stretch s = take_formula(x, l, found, &i);
        words -= words_in(l, s.first, s.end);
    }
    return words < LITTLE;
}

/* A blank at both ends, so that the words beside it begin and end as ever; the blanks that were there are part of it. */
static void leave_out(cpl_letters *l, stretch s) {
    while (s.first > 0 && l->letter[s.first - 1] == ' ') s.first--;
    s.end = past_blanks(l, s.end);
    for (size_t i = s.first; i < s.end; i++) l->letter[i] = CPL_LEFT_OUT;
    l->letter[s.first] = l->letter[s.end - 1] = ' ';
}

bool cpl_formulas_leave_out(const cpl_lexicon *x, cpl_letters *l, const cpl_matches *found) {
    bool any = false;
    if (little_else(x, l, found)) return false;
    for (size_t i = 0; i < found->count;) {
        stretch s = take_formula(x, l, found, &i);
        if (s.end == s.first) continue;
        leave_out(l, s);
        any = true;
    }
    return any;
}

/* A term whose groups all have a role says nothing of the matter. */
void cpl_formulas_forget(const cpl_lexicon *x, cpl_matches *found) {
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        uint32_t groups[CPL_TERM_GROUPS], count = cpl_term_groups(x, found->item[i].term, groups), telling = 0;
        for (uint32_t g = 0; g < count; g++) telling += cpl_group_role(x, groups[g]) == CPL_ROLE_NONE;
        if (telling) found->item[kept++] = found->item[i];
    }
    found->count = kept;
}
