/*
 * api/import: complaint/import.h over the importers of intake.
 *
 * Owns: what may be NULL. Must not know: formats.
 */
#include "api/api.h"
#include "intake/intake.h"

complaint_status COMPLAINT_CALL complaint_import_facebook(complaint_desk *desk, const complaint_actor *actor, const char *channel, const char *json, size_t size,
                                                          const complaint_media *media, complaint_page **tally) {
    complaint_status s = cpl_enter(desk);
    if (s) return s;
    if (!actor || actor->magic != CPL_MAGIC_ACTOR) return cpl_fail(&desk->error, COMPLAINT_E_HANDLE, "actor");
    if (!channel || (!json && size)) return cpl_fail(&desk->error, COMPLAINT_E_INVALID, channel ? "json" : "channel");
    return cpl_import_facebook(desk, actor, cpl_str_of(channel), (cpl_str){json, size}, media, tally);
}
