/*
 * api/sink: the error sink of complaint/host/sink.h.
 *
 * Owns: nothing. Must not know: which callback failed.
 */
#include "base/base.h"

void COMPLAINT_CALL complaint_host_error_set(complaint_host_error *error, int64_t code, const char *text, size_t text_size) {
    cpl_host_error_put(error, code, (cpl_str){text, text ? text_size : 0});
}

void COMPLAINT_CALL complaint_host_error_explain(complaint_host_error *error, const char *thai, size_t thai_size) {
    cpl_host_error_explain(error, (cpl_str){thai, thai ? thai_size : 0});
}
