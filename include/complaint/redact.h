/**
 * @file complaint/redact.h
 * Masks personal data that can be recognised in free text: `โทร 068-118-4993` becomes `โทร [โทรศัพท์]`.
 *
 * Found are national ID numbers, telephone numbers, e-mail addresses, LINE ids, hospital numbers, bank accounts, passport numbers, numbers of houses, and
 * names of people: those the caller gives, and a name with its surname after a title, a rank or a word such as ชื่อ, or as the signature of a letter. What
 * looks like them stays: numbers of licences, invoices, projects and companies, dates, times, money. docs/redaction.md has the rules, how much they find and
 * what they miss: a text that was redacted may still say who somebody is.
 *
 * The words by which this is done are data (lib/data/redact/words.tsv); a host may add its own.
 *
 * Source: PDPA B.E. 2562 s. 6, s. 22; the procedure's duty to keep complainants secret (CR-4.2.5). Threads: a handle is used by one thread at a time;
 * different handles are independent.
 */
#ifndef COMPLAINT_REDACT_H
#define COMPLAINT_REDACT_H

#include <complaint/define.h>
#include <complaint/error.h>
#include <complaint/host/allocator.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Masks one text after the other; its memory is used again. */
typedef struct complaint_redactor complaint_redactor;

/** What is masked. Values are permanent. */
enum {
    COMPLAINT_MASK_NAME = 1,        /**< a person's name */
    COMPLAINT_MASK_NATIONAL_ID = 2, /**< 13 digits */
    COMPLAINT_MASK_PHONE = 3,
    COMPLAINT_MASK_EMAIL = 4,
    COMPLAINT_MASK_LINE = 5,
    COMPLAINT_MASK_HN = 6,
    COMPLAINT_MASK_ACCOUNT = 7, /**< of a bank */
    COMPLAINT_MASK_PASSPORT = 8,
    COMPLAINT_MASK_ADDRESS = 9 /**< the number of a house, with its village's */
};

/** By what it was recognised. Values are permanent. */
enum {
    COMPLAINT_MASK_BY_FORM = 1,      /**< its form alone: `068-118-4993`, `a@b.org`, `1-5477-72749-00-1` */
    COMPLAINT_MASK_BY_CHECK = 2,     /**< its check digit */
    COMPLAINT_MASK_BY_WORD = 3,      /**< a word before it: `HN 4711`, `ชื่อ …` */
    COMPLAINT_MASK_BY_TITLE = 4,     /**< a title or rank before it */
    COMPLAINT_MASK_BY_SIGNATURE = 5, /**< a line below the closing of a letter, or behind ลงชื่อ */
    COMPLAINT_MASK_BY_CALLER = 6,    /**< the caller gave the name */
    COMPLAINT_MASK_BY_REPEAT = 7     /**< the name was recognised elsewhere in the text */
};

/** Options of complaint_redactor_run. Values are permanent. */
enum { COMPLAINT_REDACT_REPAIR = 1 /**< bytes that are no UTF-8 become U+FFFD in the masked text; else they are refused */ };

/** With the built-in words. `allocator` may be NULL; it is checked and copied. Free the handle with complaint_redactor_free. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_redactor_new(const complaint_allocator *allocator, complaint_redactor **redactor);

/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_redactor_free(complaint_redactor *redactor);

/**
 * Adds words: a list in the form of lib/data/redact/words.tsv (docs/redaction.md). On COMPLAINT_E_SYNTAX `*error`, if `error` is not NULL, says the line; it is
 * owned. Words on the lines before it are known then.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_redactor_add_words(complaint_redactor *redactor, const char *list, size_t size, complaint_error **error);

/**
 * A name to be masked wherever it stands, in any spelling with the same normal form (normal.h), with or without blanks between its words; after a title its
 * first word too. At most 300 bytes. COMPLAINT_E_INVALID: not UTF-8, too long, or shorter than two characters.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_redactor_add_name(complaint_redactor *redactor, const char *name, size_t size);

/** Forgets the names that were given. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_redactor_clear_names(complaint_redactor *redactor);

/**
 * Masks a text, in place of the one before. Time is linear in `size`. COMPLAINT_E_UTF8 or COMPLAINT_E_NUL: `*offset`, which may be NULL, is the first bad
 * byte. COMPLAINT_E_TOO_LARGE: more than 256 MiB. COMPLAINT_E_INVALID: NULL text with a size, unknown options. After a failure there is no masked text.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_redactor_run(complaint_redactor *redactor, const char *text, size_t size, int32_t options, size_t *offset);

/**
 * The masked text: the text given, byte for byte, but each mask replaced by its Thai label in brackets. Line breaks and tabs are never masked: a
 * name with a tab inside has a mask on each side of it. UTF-8 with a closing NUL
 * that is not counted. Borrowed until the next complaint_redactor_run; never NULL for a live handle.
 */
COMPLAINT_API const char *COMPLAINT_CALL complaint_redactor_data(const complaint_redactor *redactor);

/** Its bytes without the closing NUL. NULL answers 0. */
COMPLAINT_API size_t COMPLAINT_CALL complaint_redactor_size(const complaint_redactor *redactor);

/** How many masks there are. NULL answers 0. */
COMPLAINT_API size_t COMPLAINT_CALL complaint_redactor_count(const complaint_redactor *redactor);

/**
 * Mask `index`, in the order of the text: what (COMPLAINT_MASK_*), by what it was recognised (COMPLAINT_MASK_BY_*), and which bytes of the text given, from
 * `*first` to `*end` (not included). Masks do not overlap. Any of the four pointers may be NULL. COMPLAINT_E_RANGE: there is no such mask.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_redactor_mask(const complaint_redactor *redactor, size_t index, int32_t *kind, int32_t *rule, size_t *first, size_t *end);

/** The name of a COMPLAINT_MASK_*: `name`, `national_id`, `phone`, `email`, `line`, `hn`, `account`, `passport`, `address`; `none` for any other number. Static, never NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_mask_name(int32_t kind);

/** The name of a COMPLAINT_MASK_BY_*: `form`, `check`, `word`, `title`, `signature`, `caller`, `repeat`; `none` for any other number. Static, never NULL. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_mask_rule_name(int32_t rule);

#ifdef __cplusplus
}
#endif
#endif
