/*
 * api/normal: complaint/normal.h over the normal form of text.
 *
 * Owns: the handle. Must not know: what the normal form is.
 */
#include "text/text.h"

#include "host/host.h"

struct complaint_normal {
    cpl_normal normal;
};

complaint_status COMPLAINT_CALL complaint_normal_new(const complaint_allocator *allocator, complaint_normal **normal) {
    cpl_memory m;
    if (!normal) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_host_check_allocator(allocator, &m, NULL);
    if (status != COMPLAINT_OK) return status;
    complaint_normal *made = cpl_alloc(&m, sizeof *made);
    if (!made) return COMPLAINT_E_MEMORY;
    cpl_normal_init(&made->normal, &m);
    *normal = made;
    return COMPLAINT_OK;
}

void COMPLAINT_CALL complaint_normal_free(complaint_normal *normal) {
    if (!normal) return;
    cpl_memory m = normal->normal.memory;
    cpl_normal_free(&normal->normal);
    cpl_free(&m, normal);
}

complaint_status COMPLAINT_CALL complaint_normal_make(complaint_normal *normal, const char *text, size_t size, int32_t options, size_t *offset) {
    size_t at = 0;
    if (!normal) return COMPLAINT_E_HANDLE;
    normal->normal.size = 0;
    if ((!text && size) || options & ~(COMPLAINT_NORMAL_REPAIR | COMPLAINT_NORMAL_LOWER_CASE)) return COMPLAINT_E_INVALID;
    complaint_status status = cpl_normal_make(&normal->normal, (cpl_str){text, size}, options, &at);
    if ((status == COMPLAINT_E_UTF8 || status == COMPLAINT_E_NUL) && offset) *offset = at;
    return status;
}

const char *COMPLAINT_CALL complaint_normal_data(const complaint_normal *normal) { return normal ? cpl_normal_str(&normal->normal).p : ""; }

size_t COMPLAINT_CALL complaint_normal_size(const complaint_normal *normal) { return normal ? normal->normal.size : 0; }

complaint_status COMPLAINT_CALL complaint_normal_origin(const complaint_normal *normal, size_t first, size_t end, size_t *from, size_t *to) {
    if (!normal) return COMPLAINT_E_HANDLE;
    if (!from || !to) return COMPLAINT_E_INVALID;
    if (first > end || end > normal->normal.size) return COMPLAINT_E_RANGE;
    cpl_normal_origin(&normal->normal, first, end, from, to);
    return COMPLAINT_OK;
}
