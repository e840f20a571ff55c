/*
 * host/media: the host's table for photos, videos and sound files. It lives for one import, so it is not kept with the tables of a desk.
 *
 * Owns: what its slots may answer. Must not know: what is done with the bytes.
 */
#include "host/host.h"

#include <inttypes.h>

static complaint_status translate(cpl_media_stream *s, const char *slot, complaint_status answer) {
    if (answer == COMPLAINT_OK) return answer;
    if (answer == COMPLAINT_E_MEMORY) return cpl_fail(s->error, answer, slot);
    return cpl_failf(s->error, COMPLAINT_E_HOST, slot, "%s: %s%.0s (ตอบ %" PRId32 ")", "%s: %.0s%s (it answered %" PRId32 ")", slot,
                     cpl_status_text(COMPLAINT_E_HOST, COMPLAINT_THAI), cpl_status_text(COMPLAINT_E_HOST, COMPLAINT_ENGLISH), answer);
}

complaint_status cpl_media_open(cpl_media_stream *s, const char *uri) {
    void *stream = NULL;
    cpl_watch w CPL_WATCHED = cpl_call_out(s->host, NULL);
    complaint_status answer = s->media->open(s->media->self, uri, &stream);
    cpl_back(&w);
    if (CPL_CLASS(answer) == COMPLAINT_E_NOT_FOUND) return COMPLAINT_E_NOT_FOUND;
    if (answer == COMPLAINT_OK) s->stream = stream;
    return translate(s, "media.open", answer);
}

complaint_status COMPLAINT_CALL cpl_media_read(void *stream, void *buffer, size_t capacity, size_t *got) {
    cpl_media_stream *s = stream;
    size_t n = 0;
    cpl_watch w CPL_WATCHED = cpl_call_out(s->host, NULL);
    complaint_status answer = s->media->read(s->media->self, s->stream, buffer, capacity, &n);
    cpl_back(&w);
    if (answer == COMPLAINT_OK && n > capacity)
        return cpl_failf(s->error, COMPLAINT_E_HOST, "media.read", "media.read บอกว่าอ่านได้มากกว่าที่ขอ", "media.read says that it read more than it was asked for");
    if (answer == COMPLAINT_OK) *got = n;
    return translate(s, "media.read", answer);
}

void cpl_media_close(cpl_media_stream *s) {
    cpl_watch w CPL_WATCHED = cpl_call_out(s->host, NULL);
    s->media->close(s->media->self, s->stream);
    cpl_back(&w);
}
