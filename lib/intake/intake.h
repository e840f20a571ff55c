/*
 * intake: messages that lie somewhere else already come to the desk.
 *
 * Owns: the formats of other services' exports, how a message gets its external id, the host's media table. Must not know: what a message
 * means, how it is stored.
 */
#ifndef CPL_INTAKE_H
#define CPL_INTAKE_H

#include "base/base.h"
#include "calendar/calendar.h"
#include "desk/desk.h"
#include "text/text.h"

#include <complaint/import.h>
#include <complaint/register.h>

enum { CPL_FROM_OUTSIDE = 1, CPL_FROM_OFFICE = 2 };

/* A photo, video or sound file as the export names it. Strings are NUL-terminated. */
typedef struct cpl_attachment {
    cpl_str uri, name;      /* name: behind the last slash of the uri */
    const char *media_type; /* static */
} cpl_attachment;

/* One message of a conversation. */
typedef struct cpl_item {
    cpl_str external_id, sender, text;
    cpl_str thread; /* empty: the conversation's */
    cpl_str path;   /* in the document; empty: `$.messages[PLACE]` */
    const char *form; /* text, media, sticker, call, share, unsent */
    int32_t direction;
    int64_t sent_at;
    const cpl_attachment *attachments;
    size_t attachment_count;
    size_t place; /* in the document, from 0: of the message, or of the event that it came in */
    int64_t line; /* in the document, from 1 */
} cpl_item;

/* A conversation in order of time. Everything lives in an arena. */
typedef struct cpl_conversation {
    cpl_str thread;
    cpl_item *items;
    size_t count;
} cpl_conversation;

/* Reads one file of Facebook's "Download your information" (docs/internals/intake.md). Pure. E_SYNTAX and its details, E_UTF8, E_NUL, E_INVALID, E_RANGE with
 * line and path. */
complaint_status cpl_facebook_read(cpl_str json, cpl_arena *a, cpl_conversation *c, complaint_error *e);

/* Undoes "UTF-8 bytes written as Latin-1 code points"; a string that is anything else comes back as it is. False when out of memory. */
bool cpl_facebook_undo(cpl_str s, cpl_arena *a, cpl_str *text);

/* ---- importing ---------------------------------------------------------------------------------------------------- */

/* complaint_import_facebook without handle checks and re-entry guard. */
complaint_status cpl_import_facebook(complaint_desk *d, const complaint_actor *actor, cpl_str channel, cpl_str json, const complaint_media *media, complaint_page **tally);

/* ---- webhook.c: what a messaging service sends --------------------------------------------------------------------- */

/* The time of a message that came without one: the desk's clock when it is taken. */
#define CPL_NO_TIME INT64_MAX

/* An event of which there is something to say. */
typedef struct cpl_skipped {
    cpl_str path, type, id; /* `$.events[0]`, `follow`, the service's id of the message or else of the event */
    size_t place;           /* of the event, as in cpl_item */
    int64_t line;
    complaint_status status; /* COMPLAINT_OK: it is no message */
    bool taken;              /* in spite of its status */
    cpl_str thai, english;
} cpl_skipped;
typedef struct cpl_webhook {
    cpl_conversation talk; /* in the order of the document */
    cpl_skipped *skipped; /* there is room for one more of each message */
    size_t skipped_count;
} cpl_webhook;

/* E_SIGNATURE unless the header's value is the body's HMAC under the secret: LINE's in Base64, Messenger's `sha256=` and hexadecimal digits. Compared in constant time. */
complaint_status cpl_webhook_check(int32_t service, cpl_str body, cpl_str signature, cpl_str secret, complaint_error *e);
/* Pure. E_SYNTAX and its details and E_INVALID with line and path when the body is no list of events; what is wrong with one event is in `skipped`. */
complaint_status cpl_webhook_read(int32_t service, cpl_str body, cpl_arena *a, cpl_webhook *hook, complaint_error *e);
/* complaint_import_webhook without handle checks and re-entry guard. */
complaint_status cpl_import_webhook(complaint_desk *d, const complaint_actor *actor, int32_t service, cpl_str channel, cpl_str body, cpl_str signature, cpl_str secret, const complaint_media *media,
                                    complaint_page **skipped, complaint_page **tally);

/* complaint_import_register without handle checks and re-entry guard; `charset`: CPL_CHARSET_*. */
complaint_status cpl_import_register(complaint_desk *d, const complaint_actor *actor, cpl_str csv, int32_t charset, cpl_str mapping, bool dry, complaint_page **rows, complaint_page **findings, complaint_page **tally,
                                     complaint_text **refused);

/* The bytes of the mapping file that comes with the library. */
cpl_str cpl_mapping_builtin(void);

#endif
