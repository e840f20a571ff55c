/*
 * text/words: lists of words (words.c).
 *
 * Owns: the kinds of words. Must not know: texts.
 */
#ifndef CPL_TEXT_WORDS_H
#define CPL_TEXT_WORDS_H

#include "base/base.h"

/* What a word says about what stands beside it. A word may be of several kinds. */
enum {
    WORD_TITLE = 1 << 0,     /* a name and a surname follow; with NAMED the name is spoken of: ผมชื่อ */
    WORD_HONORIFIC = 1 << 1, /* perhaps */
    WORD_SELF = 1 << 2,      /* I: perhaps */
    WORD_NAMED = 1 << 3,     /* "name": perhaps */
    WORD_KIN = 1 << 4,       /* uncle, doctor: perhaps, where no letter stands before it */
    WORD_ROLE = 1 << 5,      /* complainant: perhaps, behind a blank or a sign */
    WORD_FROM = 1 << 6,      /* from: perhaps, when the line ends with it */
    WORD_SIGNED = 1 << 7,    /* "signed": a name, to the end of the line */
    WORD_CLOSING = 1 << 8,   /* of a letter: the lines below are signatures */
    WORD_PLAIN = 1 << 9,     /* none of the others, though one is in it */
    WORD_STOP = 1 << 10,     /* begins no name and no surname */
    WORD_MAYBE = 1 << 11,    /* nor does this, when a common word follows */
    WORD_INSIDE = 1 << 12,   /* is in none */
    WORD_PLACE = 1 << 13,    /* begins a name only behind a title */
    WORD_ID = 1 << 14,       /* kinds of numbers */
    WORD_PHONE = 1 << 15,
    WORD_ACCOUNT = 1 << 16,
    WORD_HN = 1 << 17,
    WORD_PASSPORT = 1 << 18,
    WORD_OTHER = 1 << 19,    /* numbers of things */
    WORD_LINE = 1 << 20,     /* an id follows */
    WORD_LINE_ID = 1 << 21,  /* the word "id" itself */
    WORD_NOT_LINE = 1 << 22, /* is no id */
    WORD_HOUSE = 1 << 23,    /* the number of a house follows */
    WORD_AT = 1 << 24,       /* perhaps */
    WORD_VILLAGE = 1 << 25,  /* a village's number follows */
    WORD_ROAD = 1 << 26,     /* a road's name follows */
    WORD_COUNT = 1 << 27,    /* what follows a number that counts */
    WORD_STREET = 1 << 28,   /* what follows the number of a house */
    WORD_NUMBER = 1 << 29,   /* "number": what the word before it says is said of the number behind it; with OTHER it is no telephone's when nothing was said */
    WORD_MONEY = 1 << 30     /* what follows an amount */
};

typedef struct cpl_word_node cpl_word_node;
typedef struct cpl_words {
    cpl_memory memory;
    cpl_word_node *nodes;
    size_t count, capacity;
    uint32_t thai[128]; /* the node of U+0E00 and so on as a first letter: nearly every place is asked for one */
} cpl_words;

void cpl_words_init(cpl_words *w, const cpl_memory *m);
void cpl_words_free(cpl_words *w);
void cpl_words_clear(cpl_words *w);                                        /* keeps the memory */
complaint_status cpl_words_add(cpl_words *w, cpl_str word, uint32_t kind); /* in the normal form, small letters */
/* Reads lib/data/redact/words.tsv or another list of its form. E_SYNTAX with the line, E_MEMORY. */
complaint_status cpl_words_read(cpl_words *w, cpl_str list, complaint_error *e);

/* The size of the longest word of one of the wanted kinds that begins at `at`, 0 for none. *found, which may be NULL, is which of them it is; untouched when there is none. */
size_t cpl_words_at(const cpl_words *w, cpl_str text, size_t at, uint32_t wanted, uint32_t *found);

#endif
