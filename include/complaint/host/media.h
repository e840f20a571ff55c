/**
 * @file complaint/host/media.h
 * How an importer reaches the files that an export names: photos, videos, sound files.
 */
#ifndef COMPLAINT_HOST_MEDIA_H
#define COMPLAINT_HOST_MEDIA_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opens the attachment with the export's own `uri`; answers COMPLAINT_E_NOT_FOUND when the export does not hold it. */
typedef complaint_status(COMPLAINT_CALL *complaint_media_open_fn)(void *context, const char *uri, void **stream);
typedef complaint_status(COMPLAINT_CALL *complaint_media_read_fn)(void *context, void *stream, void *buffer, size_t capacity, size_t *got);
typedef void(COMPLAINT_CALL *complaint_media_close_fn)(void *context, void *stream);

/** How an importer reaches photos, videos and sound files. Size-first; may be NULL as a whole: attachments are then noted, not kept. */
typedef struct complaint_media {
    size_t size; /**< sizeof(complaint_media) as the host was compiled */
    void *self;
    complaint_media_open_fn open;   /**< must */
    complaint_media_read_fn read;   /**< must; `*got` 0 ends the stream */
    complaint_media_close_fn close; /**< must; called for every stream that was opened */
} complaint_media;

#ifdef __cplusplus
}
#endif
#endif
