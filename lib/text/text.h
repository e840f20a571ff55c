/*
 * text: what people typed, as one form. Pure: same arguments, same answer, on any machine.
 *
 * Owns: the normal form, what personal data looks like, ICU. Must not know: policies, cases, what a message is about.
 */
#ifndef CPL_TEXT_H
#define CPL_TEXT_H

#include "base/base.h"

#include <complaint/normal.h>
#include <complaint/redact.h>

/* ---- the normal form (complaint/normal.h says what it is) ----------------------------------------------------------------- */

/* One normal form after the other in the same memory: nothing is allocated once it has seen a text as long. */
typedef struct cpl_normal {
    cpl_memory memory;
    char *text;       /* NUL-terminated; never NULL after cpl_normal_make */
    uint32_t *origin; /* of each byte of text and of its end: the first byte, in the text given, of the character it comes from; never falls */
    size_t size, capacity;
} cpl_normal;

enum { CPL_NORMAL_MAX = 256 << 20 };

void cpl_normal_init(cpl_normal *n, const cpl_memory *m);
void cpl_normal_free(cpl_normal *n); /* leaves an empty, usable one */
static inline cpl_str cpl_normal_str(const cpl_normal *n) { return n->size ? (cpl_str){n->text, n->size} : CPL_LIT(""); }

/* `options`: COMPLAINT_NORMAL_*. E_UTF8 and E_NUL with *offset at the first bad byte, E_TOO_LARGE, E_MEMORY; it is empty then. */
complaint_status cpl_normal_make(cpl_normal *n, cpl_str text, int32_t options, size_t *offset);
/* Where the bytes [first, end) stand in the text given; first <= end <= size. */
void cpl_normal_origin(const cpl_normal *n, size_t first, size_t end, size_t *from, size_t *to);

/* ---- character sets of files ------------------------------------------------------------------------------------------------ */

enum { CPL_CHARSET_DETECT, CPL_CHARSET_UTF8, CPL_CHARSET_WINDOWS_874 };

/* "utf-8", "windows-874", "tis-620", "cp874", "auto" and the like, in any case. False for an unknown name. */
bool cpl_charset_find(cpl_str name, int32_t *charset);

/* Appends `bytes` to out as UTF-8 without a byte order mark. CPL_CHARSET_DETECT: UTF-8 when it is that, with or without the mark, or was and has been
 * damaged; else Windows-874. *found, which may be NULL, is which. E_UTF8, E_NUL or E_CHARSET (no character of Windows-874) with *offset at the bad
 * byte, E_UNSUPPORTED when ICU has no Windows-874, E_MEMORY; nothing is appended then. The converter's own memory is ICU's, from malloc. */
complaint_status cpl_decode(cpl_str bytes, int32_t charset, cpl_buf *out, int32_t *found, size_t *offset);

/* ---- personal data in free text (complaint/redact.h says what it is) --------------------------------------------------------- */

typedef struct complaint_redactor cpl_redactor;

typedef struct cpl_mask {
    size_t first, end;  /* in the text given */
    int32_t kind, rule; /* COMPLAINT_MASK_*, COMPLAINT_MASK_BY_* */
} cpl_mask;

complaint_status cpl_redactor_new(const cpl_memory *m, cpl_redactor **redactor); /* with the built-in words */
void cpl_redactor_free(cpl_redactor *r);                                         /* NULL is allowed */
const cpl_memory *cpl_redactor_memory(const cpl_redactor *r);
complaint_status cpl_redactor_add_words(cpl_redactor *r, cpl_str list, complaint_error *e);
complaint_status cpl_redactor_add_name(cpl_redactor *r, cpl_str name);
void cpl_redactor_clear_names(cpl_redactor *r);
/* `options`: COMPLAINT_REDACT_*. On failure as cpl_normal_make, and nothing is masked and there is no text. */
complaint_status cpl_redactor_run(cpl_redactor *r, cpl_str text, int32_t options, size_t *offset);
void cpl_redactor_clear(cpl_redactor *r);         /* no masks, no text */
cpl_str cpl_redactor_text(const cpl_redactor *r); /* NUL-terminated */
size_t cpl_redactor_count(const cpl_redactor *r);
const cpl_mask *cpl_redactor_mask(const cpl_redactor *r, size_t i); /* in the order of the text */
const char *cpl_mask_name(int32_t kind);
const char *cpl_mask_rule_name(int32_t rule);

/* ---- words ---------------------------------------------------------------------------------------------------------------------- */

/* Splits one text after the other, by ICU's rules and its Thai dictionary; takes its memory from malloc. */
typedef struct cpl_segmenter cpl_segmenter;
complaint_status cpl_segmenter_new(const cpl_memory *m, cpl_segmenter **segmenter); /* E_MEMORY; E_UNSUPPORTED: ICU has no dictionary */
void cpl_segmenter_free(cpl_segmenter *s);                                          /* NULL is allowed */
complaint_status cpl_segmenter_set(cpl_segmenter *s, cpl_str text);                 /* valid UTF-8, kept by the caller, at most INT32_MAX bytes */
/* The next word, blanks and signs left out. False behind the last. */
bool cpl_segmenter_next(cpl_segmenter *s, size_t *first, size_t *end);

#endif
