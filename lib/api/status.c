/*
 * api/status: complaint/status.h over the registry of base.
 *
 * Owns: nothing. Must not know: why a call failed.
 */
#include "base/base.h"

const char *COMPLAINT_CALL complaint_status_name(complaint_status status) { return cpl_status_name(status); }

const char *COMPLAINT_CALL complaint_status_text(complaint_status status, int32_t language) { return cpl_status_text(status, language); }

int32_t COMPLAINT_CALL complaint_status_class(complaint_status status) { return CPL_CLASS(status); }
