/**
 * @file complaint/import.h
 * Inboxes as their services give them: an export as a file, or messages as they come (webhooks).
 *
 * Importing is idempotent: a message has its id from its place in the conversation, never from its content, so importing twice adds nothing and a later
 * withdrawal is recorded on the message that stands.
 */
#ifndef COMPLAINT_IMPORT_H
#define COMPLAINT_IMPORT_H

#include <complaint/desk.h>
#include <complaint/host/media.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Imports one conversation file (`message_1.json`) of Facebook's "Download your information". `channel` is the policy's code. Undoes the export's
 * encoding (UTF-8 bytes written as Latin-1 escapes), puts messages in order of time, recognises what the page itself wrote (direction 2: a page's chatty answer
 * is never the acknowledgement [CR-4.2.3]), unsent messages, stickers, calls and shares, and keeps attachments as evidence. Messages later than the desk's
 * clock are counted, not taken. The external id is `THREAD:TIMESTAMP_MS:ORDINAL`, the digits of `thread_path`, the time, and the place among messages of the same
 * millisecond.
 *
 * `*tally` (may be NULL) is one row: messages, added, known, later, withdrawn, replies, evidence, missing. On failure what was imported before stays, the error has line and path
 * in the document; importing again goes on. Up to 256 messages are committed together; the progress callback is asked in between.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_import_facebook(complaint_desk *desk, const complaint_actor *actor, const char *channel, const char *json, size_t size,
                                                                        const complaint_media *media, complaint_page **tally);

/** The services of complaint_import_webhook. Values are permanent. */
enum {
    COMPLAINT_WEBHOOK_LINE = 1,     /**< LINE Messaging API: the header `x-line-signature`, the channel secret */
    COMPLAINT_WEBHOOK_MESSENGER = 2 /**< Messenger of a Facebook page: the header `X-Hub-Signature-256`, the app secret */
};

/**
 * Takes what a messaging service has just sent to the host's web server: the bytes of the body as they came, the value of the signature's header, and the secret that the office and the service share.
 * `channel` is the policy's code. The signature is proved first, in constant time: COMPLAINT_E_SIGNATURE, and nothing was read; answer the service 401. On success answer 200, on
 * anything else 500 and the service sends it again: it is idempotent by the service's own message ids, so that redelivery adds nothing.
 *
 * A body holds several events, of several people; each is taken whole or not at all, and one that is not as the service documents it, or that the desk refuses, holds up no other. What nobody reads may be anything that is JSON, numbers beyond 64 bits and any depth included. A character that no text may
 * hold (U+0000, half a surrogate pair) is taken as U+FFFD; a message without a usable time is taken at the time of the desk's clock, the first at which the office can have had it. Messages are received in the thread of the person, group or room, which is also where an answer goes. Images, videos, sound and files are
 * attachments: their `uri` for the media table (which may be NULL: they are then noted in the text) is LINE's message id, or Messenger's URL. Stickers and places are messages too; a message that was
 * unsent is recorded as withdrawn, and keeps what the office had of it; one that comes only after its withdrawal (services send again what was not taken, in any order) is known by sender, times and form, and what it says and its
 * attachments are not taken; one that Messenger says was edited is a further message with the new words; what the page itself wrote has direction 2. Times that are ahead of the desk's clock become the
 * clock's. What is no message (follow, join, postback, reaction, read and delivery receipts, types yet to come) is passed over, by name.
 *
 * `*skipped` (may be NULL) has a row for each event of which there is something to say: path (`$.events[0]`), line, type, id (the service's, of the message or else of the event; may be empty), status, taken, thai, english.
 * Status 0: it is no message. Any other: what is wrong with it, in both languages; taken 1: it was taken all the same, mended as said; 0: it was left out, and will not come again once it is answered 200, so
 * show these rows to somebody. Rows are in the order of the events. `*tally` (may be NULL) is one row: messages, added, known, later (0), withdrawn (withdrawals: of a message that the office has, which is known, or of one that has not come), replies, evidence, missing, skipped (no messages), refused (left out), mended (taken 1).
 *
 * COMPLAINT_E_SYNTAX and its details, _E_INVALID: the body as a whole is not what the service documents; line and path (`$.events`), nothing was taken. When something else fails (the store, memory) the events before stay.
 */
COMPLAINT_API complaint_status COMPLAINT_CALL complaint_import_webhook(complaint_desk *desk, const complaint_actor *actor, int32_t service, const char *channel, const char *body, size_t size,
                                                                       const char *signature, const char *secret, const complaint_media *media, complaint_page **skipped, complaint_page **tally);

#ifdef __cplusplus
}
#endif
#endif
