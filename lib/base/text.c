/*
 * base/text: texts that callers own.
 *
 * Owns: the layout of complaint_text. Must not know: what a text says.
 */
#include "base/base.h"

struct complaint_text {
    cpl_memory memory; /* by value: the text may outlive the handle that made it */
    char *data;
    size_t size;
};

complaint_status cpl_text_take(cpl_buf *b, complaint_text **text) {
    if (b->failed) return COMPLAINT_E_MEMORY;
    complaint_text *made = cpl_alloc(b->m, sizeof *made);
    if (!made) return COMPLAINT_E_MEMORY;
    *made = (complaint_text){*b->m, b->data, b->size};
    cpl_buf_init(b, b->m);
    *text = made;
    return COMPLAINT_OK;
}

cpl_str cpl_text_str(const complaint_text *text) { return text && text->size ? (cpl_str){text->data, text->size} : CPL_LIT(""); }

void cpl_text_free(complaint_text *text) {
    if (!text) return;
    cpl_memory memory = text->memory;
    cpl_free(&memory, text->data);
    cpl_free(&memory, text);
}
