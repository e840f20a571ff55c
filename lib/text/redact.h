/*
 * text/redact: one way through a text (redact.c), and what recognises things at a place of it (numbers.c, contacts.c, names.c).
 *
 * Owns: nothing; says what these files share. Must not know: the handle's outside.
 */
#ifndef CPL_TEXT_REDACT_H
#define CPL_TEXT_REDACT_H

#include "text/text.h"

#include "words.h"

#define NEVER SIZE_MAX

typedef struct scan {
    cpl_redactor *r;
    const cpl_words *words;
    cpl_str text; /* the normal form, small letters */
    bool names_only;
    /* Where the last word of a kind ended, NEVER when there was none on this line. */
    size_t id, other, phone, account, passport, line, village;
    size_t number;    /* a word for "number" */
    size_t serial;    /* a word like เลขที่ with nothing before it that says what it numbers */
    size_t cue;       /* the last word that says whose number follows, */
    uint32_t cue_for; /* and which kinds that was */
} scan;

/* Kinds of words whose number follows, and behind which a name does. */
enum {
    NUMBERED = WORD_ID | WORD_OTHER | WORD_PHONE | WORD_ACCOUNT | WORD_HN | WORD_PASSPORT,
    NAMES = WORD_TITLE | WORD_HONORIFIC | WORD_SELF | WORD_NAMED | WORD_KIN | WORD_ROLE | WORD_FROM | WORD_SIGNED
};

struct complaint_redactor {
    cpl_memory memory;
    cpl_words words, given, found;
    size_t found_names;
    cpl_normal normal;
    cpl_mask *masks;
    size_t count, capacity;
    cpl_buf out;
    bool failed;
};

/* Bytes from the last word of a kind to `at`; NEVER when there was none on this line. */
static inline size_t distance(size_t seen, size_t at) { return seen == NEVER || seen > at ? NEVER : at - seen; }

static inline bool digit(char c) { return c >= '0' && c <= '9'; }
static inline bool latin(char c) { return c >= 'a' && c <= 'z'; }
/* Of a Thai letter or mark, without digits and signs, at `at`: its 3 bytes, or 0. */
static inline size_t thai_at(cpl_str s, size_t at) {
    if (s.n - at < 3 || (unsigned char)s.p[at] != 0xE0) return 0;
    unsigned char b = (unsigned char)s.p[at + 1], c = (unsigned char)s.p[at + 2];
    if (b == 0xB8) return c >= 0x81 && c <= 0xBA && c != 0xAF ? 3 : 0;
    return b == 0xB9 && c >= 0x80 && c <= 0x8E && c != 0x86 ? 3 : 0;
}
static inline bool mark_at(cpl_str s, size_t at) {
    unsigned char b = (unsigned char)s.p[at + 1], c = (unsigned char)s.p[at + 2];
    if (b == 0xB8) return c == 0xB1 || (c >= 0xB4 && c <= 0xBA);
    return c >= 0x87 && c <= 0x8E;
}

/* Each answers the end of what it found at `at` and has masked, or 0. */
size_t cpl_redact_number(scan *s, size_t at);                 /* at a digit */
size_t cpl_redact_hospital_number(scan *s, size_t after);     /* behind HN */
size_t cpl_redact_passport(scan *s, size_t at);               /* at a small letter */
size_t cpl_redact_email(scan *s, size_t at);                  /* at @, or at [at] */
size_t cpl_redact_line(scan *s, size_t after, bool certain);  /* behind LINE; certain: "id" is said */
size_t cpl_redact_house(scan *s, size_t after, bool certain); /* behind "house number" */
size_t cpl_redact_plain_house(scan *s, size_t at);            /* at a digit without a word before it */
size_t cpl_redact_name(scan *s, size_t after, uint32_t kind); /* behind a word of that kind */
size_t cpl_redact_bracketed(scan *s, size_t after);           /* behind ( */
void cpl_redact_signatures(scan *s, size_t after);            /* the lines below a closing */

/* Masks [first, end). */
void cpl_redact_put(scan *s, size_t first, size_t end, int32_t kind, int32_t rule);

#endif
