/*
 * record/value: making and reading single cells. Owns nothing else.
 */
#include "record/record.h"

#include <string.h>

complaint_value cpl_int(int64_t v) { return (complaint_value){.type = COMPLAINT_INT64, .integer = v}; }

complaint_value cpl_txt(cpl_str s) { return (complaint_value){.type = COMPLAINT_TEXT, .data = s.p ? s.p : "", .size = s.n}; }

complaint_value cpl_blob(const void *p, size_t n) { return (complaint_value){.type = COMPLAINT_BLOB, .data = p ? p : "", .size = n}; }

cpl_str cpl_value_str(const complaint_value *v) {
    if (v->type != COMPLAINT_TEXT && v->type != COMPLAINT_BLOB) return CPL_LIT("");
    return (cpl_str){v->data, v->size};
}

bool cpl_value_same(const complaint_value *a, const complaint_value *b) {
    return a->type == b->type && a->integer == b->integer && a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

bool cpl_version_possible(int64_t version) { return version >= 0 && version < INT64_MAX; }
