/**
 * @file complaint/normal.h
 * The normal form of a text that people typed: what the library compares, classifies and searches by. The text itself is never
 * changed; each place in the normal form leads back to the bytes it came from.
 *
 * - Unicode NFC. The same mark twice stands once; more than 30 marks on one letter are dropped.
 * - Thai: เ เ is แ; ํ า is ำ, with the tone mark between them or around them; marks stand in the order vowel, tone, silencer; ๅ is า unless it
 *   follows ฤ or ฦ; the letters that old fonts and PDF files draw for themselves (U+F700 to U+F71A) are the letters they mean.
 * - A letter that is drawn out (มากกกก, ค่าาา) stands once; three letters that are an abbreviation (สสส.) stay. Other signs stand three times at
 *   most (!!!). Digits are never dropped.
 * - Thai and full-width digits are 0 to 9, full-width letters are ordinary ones, all dashes are -, curly quotation marks straight.
 * - Blanks of any width are one space, line breaks of any kind one line feed, with no spaces around it; none at the ends. Characters that are
 *   not seen (zero-width spaces, soft hyphens, direction marks, controls) are gone, joiners and selectors inside emoji are kept.
 *
 * The normal form of a normal form is the same text.
 *
 * Threads: a handle is used by one thread at a time; different handles are independent.
 */
#ifndef COMPLAINT_NORMAL_H
#define COMPLAINT_NORMAL_H

#include <complaint/define.h>
#include <complaint/host/allocator.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A place for one normal form after the other; its memory is used again. */
typedef struct complaint_normal complaint_normal;

/** Options, added (|). Values are permanent. */
enum {
    COMPLAINT_NORMAL_REPAIR = 1,    /**< bytes that are no UTF-8, and U+0000, become U+FFFD (one for several together) instead of being refused */
    COMPLAINT_NORMAL_LOWER_CASE = 2 /**< letters of scripts that have two cases become small ones */
};

/** `allocator` may be NULL; it is checked and copied. Free the handle with complaint_normal_free. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_normal_new(const complaint_allocator *allocator, complaint_normal **normal);

/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_normal_free(complaint_normal *normal);

/**
 * Makes the normal form of `size` bytes of text, in place of the one before. Once the handle has seen a text as long, nothing is allocated. Time is
 * linear in `size`.
 *
 * COMPLAINT_E_UTF8 or COMPLAINT_E_NUL: `*offset`, which may be NULL, is the first bad byte. COMPLAINT_E_TOO_LARGE: more than 256 MiB.
 * COMPLAINT_E_INVALID: NULL text with a size, unknown options. After a failure the normal form is empty.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_normal_make(complaint_normal *normal, const char *text, size_t size, int32_t options, size_t *offset);

/** The normal form, UTF-8 with a closing NUL that is not counted. Borrowed until the next complaint_normal_make; never NULL for a live handle. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_normal_data(const complaint_normal *normal);

/** Its bytes without the closing NUL. NULL answers 0. */
COMPLAINT_API size_t COMPLAINT_CALL complaint_normal_size(const complaint_normal *normal);

/**
 * Where the bytes from `first` to `end` (not included) of the normal form stand in the text: from `*from` to `*to` (not included). Whole characters with
 * their marks; what was dropped between belongs to them, what was dropped behind the last one too. An empty range answers an empty one.
 * COMPLAINT_E_RANGE unless first <= end <= size.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_normal_origin(const complaint_normal *normal, size_t first, size_t end, size_t *from, size_t *to);

#ifdef __cplusplus
}
#endif
#endif
