/*
 * api/text: complaint/text.h over the texts of base.
 *
 * Owns: nothing. Must not know: how a text is laid out.
 */
#include "base/base.h"

const char *COMPLAINT_CALL complaint_text_data(const complaint_text *text) { return cpl_text_str(text).p; }

size_t COMPLAINT_CALL complaint_text_size(const complaint_text *text) { return cpl_text_str(text).n; }

void COMPLAINT_CALL complaint_text_free(complaint_text *text) { cpl_text_free(text); }
