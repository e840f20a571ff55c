/*
 * api/archive: complaint/archive.h. The work is in desk; see api.h for what belongs here.
 */
#include "api/api.h"

#include <complaint/archive.h>

complaint_status COMPLAINT_CALL complaint_archive_write(complaint_desk *d, const complaint_actor *actor, complaint_bytes_fn sink, void *context, complaint_page **tally) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && !sink) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "sink");
    return s == COMPLAINT_OK ? cpl_archive_write(d, actor, sink, context, tally) : s;
}

complaint_status COMPLAINT_CALL complaint_archive_check(complaint_desk *d, const complaint_actor *actor, complaint_read_fn read, void *context, complaint_page **refused, complaint_page **tally) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && !read) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "read");
    return s == COMPLAINT_OK ? cpl_archive_check(d, actor, read, context, refused, tally) : s;
}

complaint_status COMPLAINT_CALL complaint_archive_read(complaint_desk *d, const complaint_actor *actor, complaint_read_fn read, void *context, int32_t flags, const complaint_page *without,
                                                       complaint_page **tally) {
    complaint_status s = cpl_enter(d);
    if (s == COMPLAINT_OK && !read) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "read");
    if (s == COMPLAINT_OK && (flags & ~COMPLAINT_ARCHIVE_KEEP_WAITING)) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "flags");
    return s == COMPLAINT_OK ? cpl_archive_read(d, actor, read, context, flags, without, tally) : s;
}
