/**
 * @file complaint/policy.h
 * An office's procedure as data. See docs/policy-format.md for the document and docs/policy.schema.json for its JSON Schema.
 *
 * Threads: a policy is immutable and may be used by any number of desks in any number of threads; retain and free are atomic.
 */
#ifndef COMPLAINT_POLICY_H
#define COMPLAINT_POLICY_H

#include <complaint/define.h>
#include <complaint/error.h>
#include <complaint/host/allocator.h>
#include <complaint/page.h>
#include <complaint/text.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_policy complaint_policy;

/**
 * Reads a policy document (UTF-8 JSON of `size` bytes) and checks it as a whole: codes that are used but not defined, verbs without role,
 * states that cannot be reached or left, clocks that nothing stops, guards the library does not know, texts missing in Thai.
 * `allocator` may be NULL. On failure the answer is COMPLAINT_E_POLICY, COMPLAINT_E_SYNTAX or COMPLAINT_E_TEXT (or a detail of them), COMPLAINT_E_MEMORY,
 * COMPLAINT_E_INVALID for a missing argument, or COMPLAINT_E_HOST_TABLE (or a detail) for the allocator; `*error`, if `error` is not NULL, says path, line
 * and reason and is to be freed by the caller. It is NULL when there is no memory for it.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_policy_parse(const complaint_allocator *allocator, const char *document, size_t size, complaint_policy **policy,
                                                                     complaint_error **error);

/**
 * What is wrong with a document, all at once: one row per mistake with `status`, `line`, `offset` (-1 but for what is no JSON), `path` (`$.actions.forward.from[2]`), `subject`, `reason_th`, `reason_en`, in the order of lines, at
 * most 100. Mistakes that only follow from another
 * are left out, and how parts go together is looked at when each part is in order; so a second check may find more. No rows: complaint_policy_parse accepts the document. `allocator` and `error` as there. `*mistakes` is owned
 * by the caller. COMPLAINT_E_MEMORY, _INVALID, _HOST_TABLE: nothing was checked.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_policy_check(const complaint_allocator *allocator, const char *document, size_t size, complaint_page **mistakes, complaint_error **error);

/** The same for a policy that comes with the library, by name (`moph-chiangrai-2569`). COMPLAINT_E_NOT_FOUND: no such name. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_policy_builtin(const complaint_allocator *allocator, const char *name, complaint_policy **policy, complaint_error **error);

/** Names of the policies that come with the library, from 0; NULL behind the last. Static. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_builtin_name(int32_t index);

/** The policy's id. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_id(const complaint_policy *policy);
/** SHA-256 of the document in 64 hexadecimal digits: what events cite. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_digest(const complaint_policy *policy);
/** The office code that the document proposes (`cr`), and its province (`TH-57`). Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_office(const complaint_policy *policy);
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_province(const complaint_policy *policy);

/** Kinds of code for complaint_policy_code. Values are permanent. */
enum {
    COMPLAINT_CODE_ROLE = 1,
    COMPLAINT_CODE_CHANNEL = 2,
    COMPLAINT_CODE_NATURE = 3,
    COMPLAINT_CODE_CLASS = 4,
    COMPLAINT_CODE_FLAG = 5,
    COMPLAINT_CODE_UNIT = 6,
    COMPLAINT_CODE_STATE = 7,
    COMPLAINT_CODE_FIELD = 8,
    COMPLAINT_CODE_CLOCK = 9,
    COMPLAINT_CODE_ORIGIN = 10, /**< a body that passes matters on */
    COMPLAINT_CODE_GUARD = 11,  /**< a condition that the policy switches on; its label says what it asks */
    COMPLAINT_CODE_VERB = 12,   /**< what somebody may do at this office, by its name in verb.h */
    COMPLAINT_CODE_ROUND = 13,  /**< a period of the fiscal year that is reported: complaint_policy_round */
    COMPLAINT_CODE_NOTICE = 14  /**< words that leave the desk, by the name that complaint_notice_template answers */
};

/** The code at position `index` (from 0) of a kind, in document order; NULL behind the last. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_code(const complaint_policy *policy, int32_t kind, int32_t index);
/** What a code is called in a language; NULL when the policy has no such code. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_label(const complaint_policy *policy, int32_t kind, const char *code, int32_t language);
/** The clause of the paper that a code comes from (`CR-T4`), `ours` for what the paper does not say, "" where none is given; NULL when the policy has no such code. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_source(const complaint_policy *policy, int32_t kind, const char *code);
/** The route of a class: `forward`, `refer`, `information`, `memo`; NULL when there is no such class. Static. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_route(const complaint_policy *policy, const char *class_code);
/** The telephone number of a unit, "" when the policy has none; NULL when there is no such unit. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_unit_phone(const complaint_policy *policy, const char *unit_code);

/** The number by which a round is asked for in complaint_desk_report, its last month in the fiscal year (6 is March, 12 September); 0 when there is no such round. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_policy_round(const complaint_policy *policy, const char *round_code);

/** How an office is called and reached, for its papers [PR-17]. Values are permanent. */
enum {
    COMPLAINT_OFFICE_NAME = 1,
    COMPLAINT_OFFICE_SECTION = 2, /**< the section or centre that keeps the desk */
    COMPLAINT_OFFICE_PHONE = 3,
    COMPLAINT_OFFICE_FAX = 4,
    COMPLAINT_OFFICE_WEBSITE = 5,
    COMPLAINT_OFFICE_EMAIL = 6,
    COMPLAINT_OFFICE_ADDRESS = 7,
    COMPLAINT_OFFICE_PAGE = 8 /**< its page in social media, by the id or name it has there */
};

/** What the policy says of the office in a language; "" where it says nothing, and for a detail that is none of COMPLAINT_OFFICE_*. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_office_detail(const complaint_policy *policy, int32_t detail, int32_t language);

/**
 * 1 when a clock ends by somebody doing `verb` (COMPLAINT_VERB_*, verb.h): by the deed itself, or by the delivery of what it sends to the complainant. So COMPLAINT_VERB_ACKNOWLEDGE finds the clocks of
 * what is to be answered, COMPLAINT_VERB_CONSIDER those of what waits for the head, COMPLAINT_VERB_FOLLOW_UP those of what is to be chased, whatever an office calls them. Else 0.
 */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_policy_clock_stopped_by(const complaint_policy *policy, const char *clock_code, int32_t verb);
/**
 * What the complainant is told when `verb` is done to a case of `class_code` ("" while it has none) of which nothing else is known, in the policy's own words (Thai), ready to be copied. `channel` (a code) and `number` (of
 * the register) fill its blanks and may be "". COMPLAINT_E_NOT_FOUND: the verb tells him nothing, or what an officer still has to write. `*text` is owned by the caller.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_policy_words(const complaint_policy *policy, int32_t verb, const char *class_code, const char *channel, const char *number, complaint_text **text);

/** What a field holds. Values are permanent. */
enum {
    COMPLAINT_FIELD_TEXT = 1, /**< what somebody writes */
    COMPLAINT_FIELD_CLASS = 2,
    COMPLAINT_FIELD_NATURE = 3,
    COMPLAINT_FIELD_FLAG = 4,
    COMPLAINT_FIELD_UNIT = 5,
    COMPLAINT_FIELD_UNITS = 6,  /**< one or more units, separated by commas */
    COMPLAINT_FIELD_CHOICE = 7, /**< one of a list: complaint_policy_choice */
    COMPLAINT_FIELD_INTEGER = 8,
    COMPLAINT_FIELD_BOOLEAN = 9, /**< 0 or 1 */
    COMPLAINT_FIELD_TIME = 10,   /**< milliseconds since 1970-01-01T00:00Z */
    COMPLAINT_FIELD_CHANNEL = 11,
    COMPLAINT_FIELD_ORIGIN = 12,
    COMPLAINT_FIELD_ROLE = 13,
    COMPLAINT_FIELD_CASE = 14, /**< a case id */
    COMPLAINT_FIELD_CODE = 15  /**< a short text without personal data, at most 190 bytes: a person's id at the host, the number of a letter */
};

/** COMPLAINT_FIELD_*; 0 when the policy has no such field. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_policy_field_type(const complaint_policy *policy, const char *field_code);
/** The least and the greatest number that a field of type COMPLAINT_FIELD_INTEGER takes; COMPLAINT_E_NOT_FOUND for other fields. Either pointer may be NULL. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_policy_field_range(const complaint_policy *policy, const char *field_code, int64_t *least, int64_t *greatest);
/** What a field of type COMPLAINT_FIELD_CHOICE may hold, at position `index` (from 0); NULL behind the last, and for other fields. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_choice(const complaint_policy *policy, const char *field_code, int32_t index);
/** What such a choice is called in a language: the choice itself where the policy has no other words; NULL when there is no such choice. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_policy_choice_label(const complaint_policy *policy, const char *field_code, const char *choice, int32_t language);

/**
 * Prints the procedure so that an officer can check it against the paper: states, who may do what in which state, guards, clocks, texts, each with
 * its clause. `language` is COMPLAINT_THAI or COMPLAINT_ENGLISH; the texts are given in Thai in both. `*text` is owned by the caller.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_policy_describe(const complaint_policy *policy, int32_t language, complaint_text **text);

/** One more owner. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_policy_retain(complaint_policy *policy);
/** One owner less; the last one frees it. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_policy_free(complaint_policy *policy);

#ifdef __cplusplus
}
#endif
#endif
