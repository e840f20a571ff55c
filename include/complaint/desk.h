/**
 * @file complaint/desk.h
 * The desk: one office's procedure, running over the host's store.
 *
 * A desk is opened from a setup that names the store, the clock, the policy, the calendar and, if wanted, a notifier, key service and
 * evidence room. Everything that changes a case goes through complaint_desk_act; everything that shows one takes the actor and answers a page
 * of what he may see. Each action is one transaction: the events, what follows from them, and the notices that must leave the house are
 * committed together or not at all.
 *
 * Threads: a desk, its setup, and the pages made by it are used by one thread at a time. Different desks are independent, in other threads and
 * other processes, also on one database. No call may be made on a desk from inside a callback it has called: COMPLAINT_E_REENTRANT.
 *
 * Exceptions: a callback should not throw; let it catch and answer a status. What it throws all the same comes out of the call that was made on the desk: the transaction that was open is rolled back, what was committed
 * before stays, and the desk can be used again; the memory of that call is lost, so a desk on which it happens often should be closed and opened with an allocator that keeps account. An allocator's slots must not throw, and
 * no callback may be left by longjmp: that is undefined.
 */
#ifndef COMPLAINT_DESK_H
#define COMPLAINT_DESK_H

#include <complaint/actor.h>
#include <complaint/calendar.h>
#include <complaint/define.h>
#include <complaint/draft.h>
#include <complaint/error.h>
#include <complaint/host/allocator.h>
#include <complaint/host/clock.h>
#include <complaint/host/evidence.h>
#include <complaint/host/keys.h>
#include <complaint/host/notifier.h>
#include <complaint/host/store.h>
#include <complaint/page.h>
#include <complaint/policy.h>
#include <complaint/verb.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- setting up ------------------------------------------------------------------------------------------------ */

typedef struct complaint_setup complaint_setup;
typedef struct complaint_desk complaint_desk;

/** An empty setup. `allocator` may be NULL; it is checked and copied, and used by the desk and all it makes. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_new(const complaint_allocator *allocator, complaint_setup **setup);
/** Host tables: checked and copied (COMPLAINT_E_TABLE_SIZE, _OLD, _NEW, COMPLAINT_E_SLOT_MISSING). Store and clock must be given, the others may. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_store(complaint_setup *setup, const complaint_store *store);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_clock(complaint_setup *setup, const complaint_clock *clock);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_notifier(complaint_setup *setup, const complaint_notifier *notifier);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_keys(complaint_setup *setup, const complaint_keys *keys);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_evidence_room(complaint_setup *setup, const complaint_evidence_room *room);
/** The policy and the calendar; the setup and its desks become co-owners. Both must be given. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_policy(complaint_setup *setup, complaint_policy *policy);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_calendar(complaint_setup *setup, complaint_calendar *calendar);
/** The office code, first part of every key: 1 to 64 bytes. Default: the policy's. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_office(complaint_setup *setup, const char *office);
/**
 * 1: a desk opens only on an office that is in the store already; any other is COMPLAINT_E_NOT_FOUND (`office`), and nothing is written. 0, the default: an office begins when a desk is first
 * opened for writing in its name. A program that runs unattended says 1: with the wrong policy it would look after an empty office.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_known_office(complaint_setup *setup, int32_t known);
/** COMPLAINT_READ (an auditor's desk: no action is possible) or COMPLAINT_WRITE, the default. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_setup_set_mode(complaint_setup *setup, int32_t mode);
/** What the last call on the setup found wrong, complaint_desk_open included. Borrowed. */
COMPLAINT_API const complaint_error *COMPLAINT_CALL complaint_setup_error(const complaint_setup *setup);
/** NULL is allowed. Desks opened from it go on. */
COMPLAINT_API void COMPLAINT_CALL complaint_setup_free(complaint_setup *setup);

/**
 * Opens a desk. Reads the schema version of the store; with COMPLAINT_WRITE an empty or older store is brought to this version. The setup may be
 * changed and used again. COMPLAINT_E_REQUIRED: something that must be given is missing (the subject says what). COMPLAINT_E_FOREIGN,
 * COMPLAINT_E_SCHEMA_NEWER, COMPLAINT_E_SCHEMA_OLDER: the store cannot be used. COMPLAINT_E_NOT_FOUND: complaint_setup_set_known_office. COMPLAINT_E_SCHEMA_EMPTY: there is nothing in it, and it was opened for
 * reading, or the store makes no tables unasked (complaint/store/sqlite.h). On failure the error is in the setup.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_open(complaint_setup *setup, complaint_desk **desk);
/** NULL is allowed. Called from inside a callback of this desk it does nothing. */
COMPLAINT_API void COMPLAINT_CALL complaint_desk_close(complaint_desk *desk);
/** What the last call on the desk found wrong. Borrowed, valid until the next call on the desk. */
COMPLAINT_API const complaint_error *COMPLAINT_CALL complaint_desk_error(const complaint_desk *desk);
/** The desk's policy. Borrowed. */
COMPLAINT_API const complaint_policy *COMPLAINT_CALL complaint_desk_policy(const complaint_desk *desk);

/** Called between the transactions of long calls; an answer other than 0 ends the call with COMPLAINT_E_CANCELLED, and what was finished is kept. `done` counts the units of work of this call so far. */
typedef int32_t(COMPLAINT_CALL *complaint_progress_fn)(void *context, int64_t done);
/** Sets or (NULL) removes the progress callback. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_set_progress(complaint_desk *desk, complaint_progress_fn progress, void *context);

/* ---- acting ------------------------------------------------------------------------------------------------------- */

typedef struct complaint_outcome complaint_outcome;

/**
 * Does one action of the procedure: `verb` is a COMPLAINT_VERB_* (verb.h), the draft says on what and with which fields.
 *
 * Message verbs:
 *   RECEIVE    fields `channel`, `external_id` (unique in the channel), `text` (not needed with evidence, or in another form than `text`); may: `thread`, `sender`, `address` (default: the thread), `form` (`text` default,
 *              `media`, `sticker`, `call`, `share`, `unsent`), `sent_at` (ms; default now), `direction` (1 in, 2 written by the office). The same message again
 *              answers the first outcome and adds nothing; when it comes back with form `unsent`, its withdrawal is recorded on the message that stands,
 *              as of `sent_at` if that is later than the message, else as of now. A message that comes after its withdrawal answers that outcome too: its sender, thread, time and form are recorded,
 *              its text and evidence are not taken (complaint_desk_find_message).
 *   TRIAGE     draft message; draft case 0: the message opens a case (fields as the policy says, for example `identity`), else it joins that case.
 *   SET_ASIDE  draft message; field `reason`; may: `aside`, one of the policy's reasons, which says whether the sender is answered. Again on a message that is set aside only with `by_hand`: he was told by other means.
 * Case verbs: draft case; fields as the policy's action says (complaint_policy_describe, docs/policy-format.md).
 *   ACKNOWLEDGE, NOTIFY_RESULT  to every complainant who waits for it, each by his own channel [CR-T2, CR-T6]; with `party`, his number, to that one alone. `by_hand` says how somebody was told to whom nothing is sent:
 *              the one in `party`; without it those whose channel carries no answer, or who have no address on it, while the others are written to; and when each could be written to, all of them. The same goes for every verb that asks for `by_hand`.
 *
 * `outcome` may be NULL. On failure nothing was changed:
 *   COMPLAINT_E_STATE, _ROLE, _GUARD, _REQUIRED, _UNKNOWN_FIELD, _UNKNOWN_CODE, _RANGE, _TEXT, _TOO_LARGE: the procedure says no; the error names the field,
 *   guard, state or role. COMPLAINT_E_CONFLICT: read the case again. COMPLAINT_E_NOT_FOUND: no such case or message for this actor.
 *   COMPLAINT_E_REQUEST_REUSED, COMPLAINT_E_UNSUPPORTED (the policy does not use the verb), COMPLAINT_E_READ_ONLY.
 *   COMPLAINT_E_BUSY, _STORE, _FULL, _MEMORY, _UNKNOWN: repeat with the same request id.
 *   COMPLAINT_E_SCHEMA_NEWER: a newer major version has taken the store over since the desk was opened; every call says so, nothing is read or written.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_act(complaint_desk *desk, const complaint_actor *actor, int32_t verb, const complaint_draft *draft, complaint_outcome **outcome);

/** The case that was acted on or opened, 0 if none. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_outcome_case(const complaint_outcome *outcome);
/** The message that was acted on or received, 0 if none. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_outcome_message(const complaint_outcome *outcome);
/** The case's revision after the action. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_outcome_revision(const complaint_outcome *outcome);
/** The register number and its fiscal year (B.E.); 0 before registration. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_outcome_number(const complaint_outcome *outcome);
COMPLAINT_API int32_t COMPLAINT_CALL complaint_outcome_fiscal_year(const complaint_outcome *outcome);
/** 1 when this is the answer of an earlier call with the same request id (or the same message). */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_outcome_repeated(const complaint_outcome *outcome);
/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_outcome_free(complaint_outcome *outcome);

/* ---- evidence ----------------------------------------------------------------------------------------------------------- */

/**
 * Reads a stream to its end and keeps it, in chunks of 256 KiB, under its SHA-256. Nothing refers to it until an action names it in its draft.
 * An empty stream is evidence too. At most 64 MiB (COMPLAINT_E_TOO_LARGE): the stream is held in memory until its digest is known. `read` is called
 * outside any transaction. RECEIVE takes no evidence of a message that is there already, or was withdrawn before it came, and what was kept for it stays where no page shows it: ask
 * complaint_desk_find_message first, as the imports do for themselves.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_keep_evidence(complaint_desk *desk, const complaint_actor *actor, complaint_read_fn read, void *context,
                                                                           complaint_evidence **evidence);
/** SHA-256 in 64 hexadecimal digits. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_evidence_digest(const complaint_evidence *evidence);
COMPLAINT_API int64_t COMPLAINT_CALL complaint_evidence_size(const complaint_evidence *evidence);
/** NULL is allowed. */
COMPLAINT_API void COMPLAINT_CALL complaint_evidence_free(complaint_evidence *evidence);
/** Gives the bytes of an item that belongs to a case or message the actor may see, in pieces of 256 KiB, after its digest was proved. COMPLAINT_E_NOT_FOUND, COMPLAINT_E_CORRUPT (digest differs). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_read_evidence(complaint_desk *desk, const complaint_actor *actor, int64_t owner, const char *digest, complaint_bytes_fn sink,
                                                                           void *context);

/* ---- looking ------------------------------------------------------------------------------------------------------------- */
/* Every list takes `token` (NULL for the first page, then complaint_page_token of the page before) and `limit` (1 to 1000 rows; 0 = 100). `*page` is owned by the caller. */

/** The case with a register number. COMPLAINT_E_NOT_FOUND: there is none, or none that this actor may know of. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_find(complaint_desk *desk, const complaint_actor *actor, int32_t fiscal_year, int64_t number, int64_t *case_id);
/**
 * Cases that came from an old register (register.h) with this number there, oldest first: the columns of complaint_desk_case. Such numbers are unique in no register: several rows are several candidates, none is an
 * empty page. `12/68` finds what the register calls 12/68, ๑๒/๒๕๖๘ or 012/68, 68/0012 or 2568/12 (a register that writes the year first), and a plain 12 that was received in the fiscal or calendar year 2568; `12` finds 12 of every year. Blanks, small and capital letters, Thai
 * and Arabic digits make no difference; words before the number do. A page may be shorter than its limit and still have a next one. COMPLAINT_E_INVALID for an empty number or `-`.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_find_legacy(complaint_desk *desk, const complaint_actor *actor, const char *number, const char *token, int64_t limit, complaint_page **page);
/** One row: the case (columns of table complaint_case but `office`, `version`, `head`, `blind`, `legacy_key`; `legacy_number`: in the register that the office kept before). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_case(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, complaint_page **page);
/** The log of a case, a message or a day: seq, kind, verb, label (the verb in Thai), happened_at, entered_at, actor, actor_role, actor_unit, on_behalf, acting_for, payload (JSON), sealed (JSON: what people wrote by
 *  field code, and in its member `identity` the fields that say who somebody is, `{"masked":true}` to who may not know that complainant), hash. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_events(complaint_desk *desk, const complaint_actor *actor, int64_t stream, const char *token, int64_t limit, complaint_page **page);
/** What belongs to a case, in the order it came: clocks, referrals, parties, messages, papers (letters and memos), links to other cases. Of a message column `party` is the complainant who wrote it (his
 *  seq, by the message with which he became one, by channel, address and name (which may be missing: of an account, on either side; elsewhere, in the message), or channel and name where it has no address),
 *  0 when it is from nobody among them, or may be of several: nothing is owed to its sender until he is one (COMPLAINT_VERB_ADD_COMPLAINANT with the message). */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_clocks(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, complaint_page **page);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_referrals(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, complaint_page **page);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_parties(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, complaint_page **page);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_case_messages(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, complaint_page **page);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_papers(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, complaint_page **page);
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_links(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, complaint_page **page);
/** The notices of a case, of a message (what its sender was answered), or of a day (who was reminded of a channel), in the order they were made; columns of table complaint_notice but `office`, `version`, `salt`. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_notices(complaint_desk *desk, const complaint_actor *actor, int64_t stream, complaint_page **page);
/** How the deadline of a clock (its `seq`) came about, step by step, a line each with the law it rests on, in COMPLAINT_THAI or COMPLAINT_ENGLISH. The steps are those of the
 *  desk's calendar and policy; where they lead to another deadline than the one on record, a last line says so, and which holds (complaint_desk_recompute moves it). `*text` is owned by the caller. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_explain(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, int64_t clock, int32_t language, complaint_text **text);
/** One row: the message, and in every list of messages its row: the columns of table complaint_message but `office` and `version`. `unsent_at` is not 0 when its sender took it back: show that beside its words. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_message(complaint_desk *desk, const complaint_actor *actor, int64_t message, complaint_page **page);
/** The same by its id at the service. COMPLAINT_E_NOT_FOUND: it has not come, or this actor may not know of it. `form` is `unsent` as long as only its withdrawal has come. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_find_message(complaint_desk *desk, const complaint_actor *actor, const char *channel, const char *external_id, complaint_page **page);
/** The evidence of a message or case: seq, digest, size_bytes, media_type, entered_at, name. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_evidence(complaint_desk *desk, const complaint_actor *actor, int64_t owner, complaint_page **page);
/** Messages in one state (`new`, `opened`, `joined`, `set_aside`, `reply`), oldest first. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_inbox(complaint_desk *desk, const complaint_actor *actor, const char *state, const char *token, int64_t limit, complaint_page **page);
/** Messages of one conversation on a channel, oldest first. */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_thread(complaint_desk *desk, const complaint_actor *actor, const char *channel, const char *thread, const char *token, int64_t limit,
                                                                    complaint_page **page);

/** Worklists. Values are permanent. */
enum {
    COMPLAINT_WORK_OPEN = 1,    /**< cases that are not finished, and finished ones in which something is still owed (a clock that survives the end), by their earliest deadline */
    COMPLAINT_WORK_DUE = 2,     /**< running clocks by deadline: case_id, rule, due_at and the other columns of a clock */
    COMPLAINT_WORK_REFUSED = 3, /**< notices that could not be delivered: tell by other means; they leave when that is recorded (a case's: field `notice`), the same is said again to the
                                 same, the case comes to its end, the message is triaged, the channel looked at or its day over; `about` says whether `stream` is a case, a message or a day */
    COMPLAINT_WORK_MINE = 5,    /**< cases the actor is in charge of (assign), by their earliest deadline */
    COMPLAINT_WORK_UNIT = 4     /**< referrals of the actor's own unit that wait for it */
};
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_worklist(complaint_desk *desk, const complaint_actor *actor, int32_t worklist, const char *token, int64_t limit, complaint_page **page);

/**
 * Running clocks whose deadline lies before `until` (ms; INT64_MAX: all), earliest first: those of one rule of the policy (`acknowledge`: to be answered, `escalate_urgent`: waiting for the head, `follow_up`: to be chased ...), or of all with
 * `rule` NULL. With the present instant as `until` it is what is overdue.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_due(complaint_desk *desk, const complaint_actor *actor, const char *rule, int64_t until, const char *token, int64_t limit, complaint_page **page);

/**
 * What this actor may do next with a case: one row per verb with `verb`, `label`, `required` and `optional` (field codes separated by commas), `required_when`, `needs`: "message" when a draft has to name one
 * (complaint_draft_set_message), "on_behalf" when this actor can do it for another only (complaint_actor_set_on_behalf), else "", and `refusal`: "" or why
 * the procedure would refuse it now, as far as that can be said without the fields. `required_when` is what certain values of a field make required: `answer=refused:reason,paper_no|on_behalf;clear=1:reason` says that
 * with `answer` `refused` (of several values with `|` between them) it takes `reason`, and `paper_no` or complaint_actor_set_on_behalf.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_actions(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, int32_t language, complaint_page **page);
/**
 * For whom the case waits: what others may do next with it and this actor may not, one row per verb with `verb`, `label`, `roles` (the codes of the roles that may do it now, separated by commas,
 * as far as that can be said without the fields and without the person) and `refusal`, why this actor may not. Needs no more rights than to see the case.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_actions_of_others(complaint_desk *desk, const complaint_actor *actor, int64_t case_id, int32_t language, complaint_page **page);

/**
 * The duty log from `first_day` to the day before `end_day` (civil days, at most 400): a row per day and daily channel of the policy with `checked_at` (0: missed), `actor`, `times` and `assignee`, whose
 * duty it was. Of days before the office began in this store, and of days that have not begun, only those are there that were checked or assigned to somebody. A channel is checked by COMPLAINT_VERB_CHECK_CHANNEL with field `channel`; a duty is assigned by COMPLAINT_VERB_ASSIGN without a case, with fields `channel`,
 * `duty_day` (an instant of the day) and `assignee`. [CR-T1, CR-4.2.1, CR-4.1.2]
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_duties(complaint_desk *desk, const complaint_actor *actor, int32_t first_day, int32_t end_day, complaint_page **page);

/* ---- sending, proving, counting -------------------------------------------------------------------------------------------- */

/**
 * Hands due notices to the notifier, at most `budget` (0 = no limit). Each is claimed first (a lease of 10 minutes), sent outside any transaction, and settled
 * afterwards; after a crash it is sent again under the same intent id, and the attempt is on record. `*tally` (may be NULL) is one row: delivered,
 * accepted, retried, refused. COMPLAINT_E_MORE: the budget is used up. COMPLAINT_E_REQUIRED: the desk has no notifier. COMPLAINT_E_CORRUPT, COMPLAINT_E_UNSUPPORTED,
 * COMPLAINT_E_EVENT_UNKNOWN: a notice was altered since its event made it, or it or the log it belongs to cannot be read by this version; it was not sent, the others were.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_deliver(complaint_desk *desk, int64_t budget, complaint_page **tally);
/**
 * Reminds of the channels that nobody has looked at today, from their time of the day on (the policy's `remind_at`), once a channel and day; days that were missed during an outage are in the duty log, nobody is
 * reminded of them. [CR-T1] Then lets the clocks speak up that are due by the desk's clock: the reminders that the policy has before a deadline and after it, to whom it says. At most `budget` channels and clocks (0 = no limit). Each reminder is one transaction: the event, the
 * notices, the clock's next waking. A missed run loses nothing, running twice adds nothing; after a long outage only the latest stage of a clock is sent, all that falls on its instant, and the others are counted in the event. `*tally` (may be
 * NULL) is one row: clocks, notices (of both), duties (channels). COMPLAINT_E_MORE: the budget is used up. COMPLAINT_E_CORRUPT, COMPLAINT_E_EVENT_UNKNOWN, COMPLAINT_E_RANGE: a case, or the log of the day, is
 * damaged, of a later version, or beyond the calendar's years; the clocks of the others have spoken.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_tick(complaint_desk *desk, int64_t budget, complaint_page **tally);
/**
 * Computes the deadlines of all open cases again with this desk's calendar and policy (holidays that were announced late): what moves is written into the case's log with the old and the new deadline, one
 * transaction a case. Time that was used, and time that stood still, are kept. At most `budget` cases in one call (0 = no limit): COMPLAINT_E_MORE, and complaint_page_token of the tally says where to go on; so does
 * COMPLAINT_E_CANCELLED. `token` NULL begins. A case that is opened meanwhile is computed by what is then in force, whether it is met or not.
 *
 * `*tally` (may be NULL, but then there is no token) is one row: cases, moved, reverted, damaged, of this call. `reverted` are those among `moved` of which a deadline had been computed by a calendar that came into use at this office after
 * this desk's: it was moved back, which is right when that calendar was wrong, and a mistake when the desk was opened without it. COMPLAINT_E_CORRUPT: a case, in this call or one before it, is damaged, of a later version, or beyond the
 * calendar's years; the others were computed. COMPLAINT_E_ROLE: for roles that see all cases.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_recompute(complaint_desk *desk, const complaint_actor *actor, const char *token, int64_t budget, complaint_page **tally);
/**
 * Settles a notice the notifier had ACCEPTED: `answer` is COMPLAINT_DELIVERED or COMPLAINT_REFUSED. What was refused may turn out to be DELIVERED. Saying the same again is no fault. COMPLAINT_E_NOT_FOUND: nothing
 * is awaited under this intent. Whoever told the recipient himself records that by an act with field `notice`, in whatever state the case is.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_notice_outcome(complaint_desk *desk, const char *intent, int32_t answer);

/** Flags of complaint_desk_verify. Values are permanent. */
enum {
    COMPLAINT_VERIFY_RECOMPUTE = 1 /**< also computes each deadline again from the policy and calendar that its event cites */
};

/**
 * Proves that the log is whole and that what is shown follows from it: the hash chain of every case, message and day, every projection against the fold of its events, rows whose case, message or day has no log, the
 * definitions that events cite, register numbers without gap, counters against their cases, evidence present. With COMPLAINT_VERIFY_RECOMPUTE each recorded deadline is computed again from the cited definitions. Needs
 * role auditor, head or officer. Nothing is written.
 *
 * `*findings` has a row per fault: stream (the case, message or day; 0: none), seq (the event, or the number within the case), what (hash, chain, gap, time, row, projection, missing, altered, orphan, number, counter,
 * deadline, unreadable, unfinished: an archive was not read to its end), subject (table and column, the clock's rule, the counter's dimension), clock, recorded and computed (a deadline: the clock's number and both instants, ms), and a sentence in Thai and in
 * English, which complaint_finding_text gives by language. No row is proof. `*checked` is the number of events.
 *
 * Works in several transactions, each over whole cases. When about `budget` events and rows (0 = no limit) have been looked at: COMPLAINT_E_MORE with the findings so far, and complaint_page_token of them is the `token`
 * with which the next call goes on (NULL begins); so does COMPLAINT_E_CANCELLED. COMPLAINT_E_CORRUPT: it is finished, and there were findings, in this call or one before it.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_verify(complaint_desk *desk, const complaint_actor *actor, int32_t flags, const char *token, int64_t budget, complaint_page **findings,
                                                                    int64_t *checked);
/** The sentence of a finding in COMPLAINT_THAI or COMPLAINT_ENGLISH; "" when there is no such row. Borrowed from the page. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_finding_text(const complaint_page *findings, int64_t row, int32_t language);

/**
 * One digest (SHA-256, 64 hexadecimal digits) over all events that were entered before `until` (ms), and how many they are; docs/event-format.md says how it is made. verify shows that the log agrees with
 * itself; somebody who may write the database could write another log that does. A seal kept outside (on paper, in the auditor's mail box) and computed again later with the same `until` shows that nothing of it was rewritten.
 * COMPLAINT_E_STATE, subject `archive`: an archive was not read to its end (complaint/archive.h).
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_desk_seal(complaint_desk *desk, const complaint_actor *actor, int64_t until, complaint_text **digest, int64_t *events);

#ifdef __cplusplus
}
#endif
#endif
