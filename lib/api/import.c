/*
 * api/import: complaint/import.h and complaint/register.h over the importers of intake.
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

complaint_status COMPLAINT_CALL complaint_import_register(complaint_desk *desk, const complaint_actor *actor, const char *csv, size_t csv_size, const char *encoding, const char *mapping, size_t mapping_size,
                                                          int32_t flags, complaint_page **rows, complaint_page **findings, complaint_page **tally, complaint_text **refused) {
    int32_t charset = CPL_CHARSET_DETECT;
    complaint_status s = cpl_enter(desk);
    if (s) return s;
    if (!actor || actor->magic != CPL_MAGIC_ACTOR) return cpl_fail(&desk->error, COMPLAINT_E_HANDLE, "actor");
    if (!csv && csv_size) return cpl_fail(&desk->error, COMPLAINT_E_INVALID, "csv");
    if (!mapping && mapping_size) return cpl_fail(&desk->error, COMPLAINT_E_INVALID, "mapping");
    if (flags & ~COMPLAINT_REGISTER_DRY_RUN) return cpl_fail(&desk->error, COMPLAINT_E_INVALID, "flags");
    if (encoding && !cpl_charset_find(cpl_str_of(encoding), &charset))
        return cpl_failf(&desk->error, COMPLAINT_E_UNKNOWN_CODE, "encoding", "ไม่รู้จักชุดอักขระ “%.64s” ใช้ได้: utf-8, windows-874, auto", "no such character set: “%.64s”; one of: utf-8, windows-874, auto", encoding);
    return cpl_import_register(desk, actor, (cpl_str){csv, csv_size}, charset, (cpl_str){mapping, mapping_size}, (flags & COMPLAINT_REGISTER_DRY_RUN) != 0, rows, findings, tally, refused);
}

const char *COMPLAINT_CALL complaint_register_mapping(size_t *size) {
    cpl_str document = cpl_mapping_builtin();
    if (size) *size = document.n;
    return document.p;
}

complaint_status COMPLAINT_CALL complaint_import_webhook(complaint_desk *desk, const complaint_actor *actor, int32_t service, const char *channel, const char *body, size_t size, const char *signature,
                                                         const char *secret, const complaint_media *media, complaint_page **skipped, complaint_page **tally) {
    complaint_status s = cpl_enter(desk);
    if (s) return s;
    if (!actor || actor->magic != CPL_MAGIC_ACTOR) return cpl_fail(&desk->error, COMPLAINT_E_HANDLE, "actor");
    const char *missing = !channel ? "channel" : !body && size ? "body" : !signature ? "signature" : !secret || !*secret ? "secret" : NULL;
    if (service != COMPLAINT_WEBHOOK_LINE && service != COMPLAINT_WEBHOOK_MESSENGER) missing = "service";
    if (missing && strcmp(missing, "secret") == 0) return cpl_failf(&desk->error, COMPLAINT_E_INVALID, missing, "รหัสลับของช่องทางว่าง", "the secret of the channel is empty");
    if (missing) return cpl_fail(&desk->error, COMPLAINT_E_INVALID, missing);
    return cpl_import_webhook(desk, actor, service, cpl_str_of(channel), (cpl_str){body, size}, cpl_str_of(signature), cpl_str_of(secret), media, skipped, tally);
}
