/*
 * desk/actor: who asks. Owns the copy of what the host said of him. Must not know: what the roles allow.
 */
#include "desk/desk.h"

#include <string.h>

static complaint_status keep(char out[CPL_ID_MAX + 1], const char *text, bool may_be_empty) {
    cpl_str s = cpl_str_of(text);
    size_t offset;
    if (s.n == 0 && !may_be_empty) return COMPLAINT_E_INVALID;
    if (s.n > CPL_ID_MAX) return COMPLAINT_E_TOO_LARGE;
    complaint_status utf8 = cpl_utf8_check(s, &offset);
    if (utf8 != COMPLAINT_OK) return utf8;
    memcpy(out, s.n ? s.p : "", s.n);
    out[s.n] = '\0';
    return COMPLAINT_OK;
}

static bool live(const complaint_actor *a) { return a && a->magic == CPL_MAGIC_ACTOR; }

complaint_status complaint_actor_new(const complaint_allocator *allocator, const char *id, complaint_actor **actor) {
    cpl_memory m = cpl_memory_default;
    if (!actor) return COMPLAINT_E_INVALID;
    complaint_status s = allocator ? cpl_host_check_allocator(allocator, &m, NULL) : COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    complaint_actor *a = cpl_alloc_zero(&m, 1, sizeof *a);
    if (!a) return COMPLAINT_E_MEMORY;
    a->memory = m;
    s = keep(a->id, id, false);
    if (s != COMPLAINT_OK) {
        cpl_free(&m, a);
        return s;
    }
    a->magic = CPL_MAGIC_ACTOR;
    *actor = a;
    return COMPLAINT_OK;
}

complaint_status complaint_actor_add_role(complaint_actor *a, const char *role) {
    if (!live(a)) return COMPLAINT_E_HANDLE;
    if (a->role_count == (int)(sizeof a->roles / sizeof a->roles[0])) return COMPLAINT_E_TOO_LARGE;
    complaint_status s = keep(a->roles[a->role_count], role, false);
    if (s == COMPLAINT_OK) a->role_count++;
    return s;
}

complaint_status complaint_actor_set_unit(complaint_actor *a, const char *unit) { return live(a) ? keep(a->unit, unit, true) : COMPLAINT_E_HANDLE; }
complaint_status complaint_actor_set_on_behalf(complaint_actor *a, const char *on_behalf) { return live(a) ? keep(a->on_behalf, on_behalf, true) : COMPLAINT_E_HANDLE; }
complaint_status complaint_actor_set_acting_for(complaint_actor *a, const char *acting_for) { return live(a) ? keep(a->acting_for, acting_for, true) : COMPLAINT_E_HANDLE; }

void complaint_actor_free(complaint_actor *a) {
    if (!live(a)) return;
    cpl_memory m = a->memory;
    a->magic = 0;
    cpl_free(&m, a);
}
