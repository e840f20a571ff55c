/**
 * @file complaint/draft.h
 * What an action is about and says: the target, what the caller has seen, and the fields the policy defines for the action.
 *
 * A draft may be used for one action, cleared and used again. Texts are copied. Nothing is checked against the policy here; that is done by
 * complaint_desk_act, whose error names the field.
 *
 * Threads: one thread at a time.
 */
#ifndef COMPLAINT_DRAFT_H
#define COMPLAINT_DRAFT_H

#include <complaint/define.h>
#include <complaint/host/allocator.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct complaint_draft complaint_draft;
typedef struct complaint_evidence complaint_evidence;

/** `revision` for a caller that has not read the case and does not mind who came before. */
#define COMPLAINT_ANY_REVISION ((int64_t)-1)

/** `allocator` may be NULL. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_new(const complaint_allocator *allocator, complaint_draft **draft);
/** Forgets everything. NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_draft_clear(complaint_draft *draft);
/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_draft_free(complaint_draft *draft);

/** The case that is acted on and the revision the caller has seen (complaint_page column `revision`); COMPLAINT_E_CONFLICT when somebody acted since. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_set_case(complaint_draft *draft, int64_t case_id, int64_t revision);
/** The message that is acted on (triage, set_aside, add_message); with add_complainant the message of the case whose sender he is: its channel, name and address are his where fields do not say otherwise.
 * Any other action on a case may name the message of that case which it is about (COMPLAINT_E_INVALID: another's), and the log says so. With update_complainant and withdraw it says whose word it is, when a complainant wrote it (column `party` of
 * complaint_desk_case_messages) and `party` names nobody; when none of them, or one of several, may have, `party` has to say (COMPLAINT_E_REQUIRED), but where one alone is left
 * and the message has no name that is another than his. With update_complainant one that came from elsewhere has the channel and address where he is now, unless `address`, or something else of who he is, or another channel is given.
 * A channel that is another than his takes no address with it: one that carries answers needs `address` beside it (COMPLAINT_E_REQUIRED), with any other his entry has none until it is given. add_complainant is COMPLAINT_E_INVALID
 * (subject `message`) when a complainant wrote it, and (subject `address`) for a channel and address that a complainant of the case has; where the channel carries no answers, unless his name (`name`, or the message's) is another. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_set_message(complaint_draft *draft, int64_t message);
/**
 * The request id, 1 to 64 bytes of the caller's choice, unique in the office: the same action by the same actor under the same id is done once and answers its
 * first result again; anything else under it (another actor, role, unit, case, field, time, silence) is COMPLAINT_E_REQUEST_REUSED. What the caller had seen
 * (the revision) is no content. Without one the library makes a random id.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_set_request(complaint_draft *draft, const char *request_id);
/** When it happened, ms since 1970 UTC; not in the future, not before the receipt. Default: the desk's clock. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_set_happened_at(complaint_draft *draft, int64_t instant);

/**
 * Enters history without telling anybody (the import of an old register): 1: what the action would send is put on record as `silent` and never sent, and reminders count from now on. The times are the caller's
 * (complaint_draft_set_happened_at).
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_set_silent(complaint_draft *draft, int32_t silent);

/** Sets a field: text or code, UTF-8 without U+0000 (COMPLAINT_E_UTF8, _E_NUL when acted on). A message's text has at most 1 048 575 bytes; the texts of
 * another action share 1 MiB with their event (COMPLAINT_E_TOO_LARGE). The last value of a field counts (the command, whose user cannot see which of two he typed is kept, refuses a second one). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_set_text(complaint_draft *draft, const char *field, const char *text, size_t text_size);
/** Sets a field that is a number, a time (ms since 1970 UTC), or 0/1. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_set_integer(complaint_draft *draft, const char *field, int64_t value);
/** Adds an item of evidence that complaint_desk_keep_evidence has kept, under the name (at most 1024 bytes) and media type (at most 190) it had, UTF-8; at most 64. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_draft_add_evidence(complaint_draft *draft, const complaint_evidence *evidence, const char *name, const char *media_type);

#ifdef __cplusplus
}
#endif
#endif
