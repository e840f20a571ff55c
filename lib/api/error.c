/*
 * api/error: the getters of complaint/error.h.
 *
 * Owns: what NULL answers. Must not know: how an error is filled.
 */
#include "base/base.h"

complaint_status COMPLAINT_CALL complaint_error_status(const complaint_error *error) { return error ? error->status : COMPLAINT_OK; }

const char *COMPLAINT_CALL complaint_error_text(const complaint_error *error, int32_t language) {
    if (!error) return "";
    return language == COMPLAINT_THAI ? error->thai : error->english;
}

const char *COMPLAINT_CALL complaint_error_subject(const complaint_error *error) { return error ? error->subject : ""; }

const char *COMPLAINT_CALL complaint_error_path(const complaint_error *error) { return error ? error->path : ""; }

int64_t COMPLAINT_CALL complaint_error_line(const complaint_error *error) { return error ? error->line : 0; }

int64_t COMPLAINT_CALL complaint_error_offset(const complaint_error *error) {
    /* A zeroed error, which no call has used yet, has no offset either. */
    return error && error->status != COMPLAINT_OK ? error->offset : -1;
}

int64_t COMPLAINT_CALL complaint_error_host_code(const complaint_error *error) { return error ? error->host.code : 0; }

const char *COMPLAINT_CALL complaint_error_host_text(const complaint_error *error) { return error ? error->host.text : ""; }

void COMPLAINT_CALL complaint_error_free(complaint_error *error) { cpl_error_free(error); }
