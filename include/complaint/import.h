/**
 * @file complaint/import.h
 * Inboxes as their services give them.
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

#ifdef __cplusplus
}
#endif
#endif
