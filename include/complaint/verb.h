/**
 * @file complaint/verb.h
 * What people do with messages and cases. Generated from lib/record/events.tsv by lib/tools/make_events.py; docs/verbs.md is the same as a table.
 *
 * A verb is the kind of the event its action leaves in the log. Which of them an office uses, and who may, is said by its policy.
 * Kinds from 200 are the system's own (a notice was delivered, say): they have names and labels, but nobody asks for them.
 * All calls are pure and thread-safe.
 */
#ifndef COMPLAINT_VERB_H
#define COMPLAINT_VERB_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Verbs. Values are permanent. */
enum {
    /** A message came in by a channel or was entered by hand. */
    COMPLAINT_VERB_RECEIVE = 1,
    /** A message opens a case or joins an open one. */
    COMPLAINT_VERB_TRIAGE = 2,
    /** The message is no matter for the desk (thanks, greeting, spam, test, wrong page); reversible. */
    COMPLAINT_VERB_SET_ASIDE = 3,
    /** One message holds two matters. */
    COMPLAINT_VERB_SPLIT = 4,
    /** A further message belongs to the case. */
    COMPLAINT_VERB_ADD_MESSAGE = 5,
    /** A further complainant of the same matter. */
    COMPLAINT_VERB_ADD_COMPLAINANT = 6,
    /** The case gets its register number. */
    COMPLAINT_VERB_REGISTER = 7,
    /** The standard acknowledgement goes to each complainant who has none, or to the one in `party`. */
    COMPLAINT_VERB_ACKNOWLEDGE = 8,
    /** The authorised decision to take the matter. */
    COMPLAINT_VERB_ADMIT = 9,
    /** The authorised decision not to take the matter. */
    COMPLAINT_VERB_REJECT = 10,
    /** Class and nature of the matter. */
    COMPLAINT_VERB_CLASSIFY = 11,
    /** A flag is set or taken back. */
    COMPLAINT_VERB_FLAG = 12,
    /** An officer is put in charge. */
    COMPLAINT_VERB_ASSIGN = 13,
    /** Somebody concerned steps back or is kept from the case, or that is taken back. */
    COMPLAINT_VERB_RECUSE = 14,
    /** Put before the next superior. */
    COMPLAINT_VERB_ESCALATE = 15,
    /** The head's word on a case. */
    COMPLAINT_VERB_CONSIDER = 16,
    /** A telephone call, recorded. */
    COMPLAINT_VERB_CONTACT = 17,
    /** Memorandum to the executive. */
    COMPLAINT_VERB_MEMO = 18,
    /** The executive's order. */
    COMPLAINT_VERB_ORDER = 19,
    /** Written forwarding to a unit or the executive. */
    COMPLAINT_VERB_FORWARD = 20,
    /** To an outside agency. */
    COMPLAINT_VERB_REFER = 21,
    /** Information given, partly given, refused or not held. */
    COMPLAINT_VERB_ANSWER = 22,
    /** The unit's receipt. */
    COMPLAINT_VERB_ACCEPT = 23,
    /** The unit returns the matter. */
    COMPLAINT_VERB_HAND_BACK = 24,
    /** The unit was asked how it stands. */
    COMPLAINT_VERB_FOLLOW_UP = 25,
    /** An interim word of the unit. */
    COMPLAINT_VERB_REPORT_PROGRESS = 26,
    /** More time granted. */
    COMPLAINT_VERB_EXTEND = 27,
    /** The complainant is asked for more. */
    COMPLAINT_VERB_REQUEST_INFO = 28,
    /** Ends the waiting for the complainant. */
    COMPLAINT_VERB_RESUME = 29,
    /** The responsible unit's result. */
    COMPLAINT_VERB_REPORT_RESULT = 30,
    /** Each complainant is told the result, or the one in `party`. */
    COMPLAINT_VERB_NOTIFY_RESULT = 31,
    /** A failed try to reach the complainant. */
    COMPLAINT_VERB_ATTEMPT = 32,
    /** The body that passed the matter on is answered. */
    COMPLAINT_VERB_REPLY_ORIGIN = 33,
    /** The office's own data breach is told to the regulator. */
    COMPLAINT_VERB_REPORT_BREACH = 34,
    /** The case is recorded as closed. */
    COMPLAINT_VERB_CLOSE = 35,
    /** A new cycle begins. */
    COMPLAINT_VERB_REOPEN = 36,
    /** The complainant withdraws. */
    COMPLAINT_VERB_WITHDRAW = 37,
    /** Same event or repeated complaint. */
    COMPLAINT_VERB_LINK = 38,
    /** Takes a link back. */
    COMPLAINT_VERB_UNLINK = 39,
    /** Evidence that came later. */
    COMPLAINT_VERB_ADD_EVIDENCE = 40,
    /** An official letter or memo. */
    COMPLAINT_VERB_ADD_PAPER = 41,
    /** A remark for the file. */
    COMPLAINT_VERB_NOTE = 42,
    /** Sealed identity shown, with a reason. */
    COMPLAINT_VERB_REVEAL = 43,
    /** Personal data erased by an approved procedure. */
    COMPLAINT_VERB_ERASE = 44,
    /** A channel was looked at. */
    COMPLAINT_VERB_CHECK_CHANNEL = 45,
    /** A sealed matter brought to the executive; whom he hands it to, `recuse` lets see it. */
    COMPLAINT_VERB_EXECUTIVE_INTAKE = 46,
    /** An event was entered with a wrong time; both entries stay, the later one counts. */
    COMPLAINT_VERB_CORRECT = 47,
    /** A complainant's identity level, name, address or channel is another than was entered; what waits for him goes the new way. */
    COMPLAINT_VERB_UPDATE_COMPLAINANT = 48
};

/** The name that policies and logs use, `forward` for COMPLAINT_VERB_FORWARD; also of the system's kinds. Static; NULL for an unknown number. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_verb_name(int32_t verb);

/** The verb of a name; 0 when there is none. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_verb_find(const char *name);

/** Of a name that is no verb's, the verb that may have been meant (`clasify`, `foward`, half a name); 0 when none is near. For a question back, never to act on. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_verb_near(const char *name);

/** The words for people, in COMPLAINT_THAI or COMPLAINT_ENGLISH of error.h (anything else answers English). Static; NULL for an unknown number. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_verb_label(int32_t verb, int32_t language);

#ifdef __cplusplus
}
#endif
#endif
