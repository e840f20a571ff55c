/*
 * api/redact: complaint/redact.h over the redactor of text.
 *
 * Owns: what NULL answers, the error that is handed out. Must not know: what personal data looks like.
 */
#include "text/text.h"

#include "host/host.h"

complaint_status COMPLAINT_CALL complaint_redactor_new(const complaint_allocator *allocator, complaint_redactor **redactor) {
    cpl_memory m;
    if (!redactor) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_host_check_allocator(allocator, &m, NULL);
    return status == COMPLAINT_OK ? cpl_redactor_new(&m, redactor) : status;
}

void COMPLAINT_CALL complaint_redactor_free(complaint_redactor *redactor) { cpl_redactor_free(redactor); }

complaint_status COMPLAINT_CALL complaint_redactor_add_words(complaint_redactor *redactor, const char *list, size_t size, complaint_error **error) {
    complaint_error e;
    cpl_error_clear(&e);
    complaint_status status = COMPLAINT_OK;
    if (!redactor)
        status = cpl_fail(&e, COMPLAINT_E_HANDLE, "redactor");
    else if (!list && size)
        status = cpl_fail(&e, COMPLAINT_E_INVALID, "list");
    else
        status = cpl_redactor_add_words(redactor, (cpl_str){list, size}, &e);
    if (status != COMPLAINT_OK && error) *error = cpl_error_copy(&e, redactor ? cpl_redactor_memory(redactor) : &cpl_memory_default);
    return status;
}

complaint_status COMPLAINT_CALL complaint_redactor_add_name(complaint_redactor *redactor, const char *name, size_t size) {
    if (!redactor) return COMPLAINT_E_HANDLE;
    return name ? cpl_redactor_add_name(redactor, (cpl_str){name, size}) : COMPLAINT_E_INVALID;
}

complaint_status COMPLAINT_CALL complaint_redactor_clear_names(complaint_redactor *redactor) {
    if (!redactor) return COMPLAINT_E_HANDLE;
    cpl_redactor_clear_names(redactor);
    return COMPLAINT_OK;
}

complaint_status COMPLAINT_CALL complaint_redactor_run(complaint_redactor *redactor, const char *text, size_t size, int32_t options, size_t *offset) {
    size_t at = 0;
    if (!redactor) return COMPLAINT_E_HANDLE;
    bool usable = (text || size == 0) && !(options & ~COMPLAINT_REDACT_REPAIR);
    complaint_status status = usable ? cpl_redactor_run(redactor, (cpl_str){text ? text : "", size}, options, &at) : COMPLAINT_E_INVALID;
    if (!usable) cpl_redactor_clear(redactor);
    if ((status == COMPLAINT_E_UTF8 || status == COMPLAINT_E_NUL) && offset) *offset = at;
    return status;
}

const char *COMPLAINT_CALL complaint_redactor_data(const complaint_redactor *redactor) { return redactor ? cpl_redactor_text(redactor).p : ""; }
size_t COMPLAINT_CALL complaint_redactor_size(const complaint_redactor *redactor) { return redactor ? cpl_redactor_text(redactor).n : 0; }
size_t COMPLAINT_CALL complaint_redactor_count(const complaint_redactor *redactor) { return redactor ? cpl_redactor_count(redactor) : 0; }

complaint_status COMPLAINT_CALL complaint_redactor_mask(const complaint_redactor *redactor, size_t index, int32_t *kind, int32_t *rule, size_t *first, size_t *end) {
    if (!redactor) return COMPLAINT_E_HANDLE;
    if (index >= cpl_redactor_count(redactor)) return COMPLAINT_E_RANGE;
    const cpl_mask *mask = cpl_redactor_mask(redactor, index);
    if (kind) *kind = mask->kind;
    if (rule) *rule = mask->rule;
    if (first) *first = mask->first;
    if (end) *end = mask->end;
    return COMPLAINT_OK;
}

const char *COMPLAINT_CALL complaint_mask_name(int32_t kind) { return cpl_mask_name(kind); }
const char *COMPLAINT_CALL complaint_mask_rule_name(int32_t rule) { return cpl_mask_rule_name(rule); }
