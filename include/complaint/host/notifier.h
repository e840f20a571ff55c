/**
 * @file complaint/host/notifier.h
 * How a notice leaves the house: Facebook, LINE, mail, a printer, a pop-up on the head's screen.
 *
 * Called only by complaint_desk_deliver, outside any transaction, after the notice was claimed for this desk. A notice is handed over at
 * least once; its intent id is the same at each attempt, so a host can recognise a repetition. From the first attempt on it keeps its channel and its address,
 * also when the complainant is reached elsewhere by then.
 */
#ifndef COMPLAINT_HOST_NOTIFIER_H
#define COMPLAINT_HOST_NOTIFIER_H

#include <complaint/define.h>
#include <complaint/host/sink.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The notice being delivered; valid during `send` only. */
typedef struct complaint_notice complaint_notice;

/** Answers of `send`. Values are permanent. */
enum {
    COMPLAINT_DELIVERED = 1, /**< it has reached the recipient's channel */
    COMPLAINT_ACCEPTED = 2,  /**< taken over; settled later by complaint_desk_notice_outcome */
    COMPLAINT_RETRY_AT = 3,  /**< not now; `*retry_at` (ms) says when, at most 31 days ahead; 0, and a time that is over, leave it to the library's backoff */
    COMPLAINT_REFUSED = 4    /**< never by this way: it becomes work for a person, who tells by other means */
};

/**
 * `stream:event:recipient:channel`, at most 127 bytes, ASCII; never an address. The stream is the case, message or day that the notice is about. An event has one notice for a
 * recipient, but that several reminders of one clock may fall on one instant: then `:2` follows, `:3` ... Borrowed.
 */
COMPLAINT_API const char *COMPLAINT_CALL complaint_notice_intent(const complaint_notice *notice);
/** The policy's name of the text (`acknowledgement`, `urgent_to_head`). Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_notice_template(const complaint_notice *notice);
/** Who: `complainant`, `complainant-2` ..., `origin`, `sender` (of a message that was set aside), a role of the policy (`head`, `executive`), or a unit. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_notice_recipient(const complaint_notice *notice);
/** The policy's code of the channel (`facebook`); `staff` for roles, whom the host knows how to reach. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_notice_channel(const complaint_notice *notice);
/** The recipient's address on that channel (a thread id, a telephone number); of an `origin` its code in the policy (`government_1111`), by which the host knows it; "" for roles and units. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_notice_address(const complaint_notice *notice);
/** The text to send, UTF-8. Borrowed. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_notice_body(const complaint_notice *notice);
/** What the notice is about: a case; 0 when it is a message or a day. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_notice_case(const complaint_notice *notice);
/** ... a message that belongs to no case, whose sender is answered; 0 when it is a case or a day. */
COMPLAINT_API int64_t COMPLAINT_CALL complaint_notice_message(const complaint_notice *notice);
/** ... a civil day (0 = 1970-01-01, in Bangkok) on which nobody has looked at a channel; 0 when it is a case or a message. [CR-T1] */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_notice_day(const complaint_notice *notice);
/** 1 when it may go at any hour and should interrupt. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_notice_urgent(const complaint_notice *notice);
/** The attempt, from 1. */
COMPLAINT_API int32_t COMPLAINT_CALL complaint_notice_attempt(const complaint_notice *notice);

/** The host's notifier; copied when it is registered. */
typedef struct complaint_notifier {
    size_t size; /**< sizeof(complaint_notifier) as the host was compiled */
    void *self;

    /** Must. Sets `*answer` to one of the four answers and returns COMPLAINT_OK; any other status, or answer, counts as COMPLAINT_RETRY_AT by backoff. */
    complaint_status(COMPLAINT_CALL *send)(void *self, const complaint_notice *notice, int32_t *answer, int64_t *retry_at, complaint_host_error *error);
} complaint_notifier;

#ifdef __cplusplus
}
#endif
#endif
