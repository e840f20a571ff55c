/*
 * desk/draft: what a caller wants to do, gathered.
 *
 * Owns: copying fields, nothing more. Must not know: which fields an action has; that is checked when it is done.
 */
#include "desk/desk.h"

#include <string.h>

static complaint_draft *live(complaint_draft *d) { return d && d->magic == CPL_MAGIC_DRAFT ? d : NULL; }

static void reset(complaint_draft *d) {
    cpl_memory m = d->memory;
    memset(d, 0, sizeof *d);
    d->memory = m;
    d->magic = CPL_MAGIC_DRAFT;
    d->revision = COMPLAINT_ANY_REVISION;
    d->request = CPL_LIT("");
    cpl_arena_init(&d->arena, &d->memory);
}

complaint_status complaint_draft_new(const complaint_allocator *allocator, complaint_draft **draft) {
    cpl_memory m = cpl_memory_default;
    if (!draft) return COMPLAINT_E_INVALID;
    complaint_status s = allocator ? cpl_host_check_allocator(allocator, &m, NULL) : COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    complaint_draft *d = cpl_alloc(&m, sizeof *d);
    if (!d) return COMPLAINT_E_MEMORY;
    d->memory = m;
    reset(d);
    *draft = d;
    return COMPLAINT_OK;
}

void complaint_draft_clear(complaint_draft *d) {
    if (!live(d)) return;
    cpl_arena_free(&d->arena);
    reset(d);
}

void complaint_draft_free(complaint_draft *d) {
    if (!live(d)) return;
    cpl_memory m = d->memory;
    cpl_arena_free(&d->arena);
    d->magic = 0;
    cpl_free(&m, d);
}

complaint_status complaint_draft_set_case(complaint_draft *d, int64_t case_id, int64_t revision) {
    if (!live(d)) return COMPLAINT_E_HANDLE;
    if (case_id < 0 || revision < COMPLAINT_ANY_REVISION) return COMPLAINT_E_INVALID;
    d->case_id = case_id;
    d->revision = revision;
    return COMPLAINT_OK;
}

complaint_status complaint_draft_set_message(complaint_draft *d, int64_t message) {
    if (!live(d)) return COMPLAINT_E_HANDLE;
    if (message < 0) return COMPLAINT_E_INVALID;
    d->message = message;
    return COMPLAINT_OK;
}

complaint_status complaint_draft_set_request(complaint_draft *d, const char *request_id) {
    if (!live(d)) return COMPLAINT_E_HANDLE;
    cpl_str s = cpl_str_of(request_id), copy;
    size_t offset;
    if (s.n == 0) return COMPLAINT_E_INVALID;
    if (s.n > CPL_ID_MAX) return COMPLAINT_E_TOO_LARGE;
    complaint_status utf8 = cpl_utf8_check(s, &offset);
    if (utf8 != COMPLAINT_OK) return utf8;
    if (!cpl_arena_str(&d->arena, s, &copy)) return COMPLAINT_E_MEMORY;
    d->request = copy;
    return COMPLAINT_OK;
}

complaint_status complaint_draft_set_happened_at(complaint_draft *d, int64_t instant) {
    if (!live(d)) return COMPLAINT_E_HANDLE;
    d->happened_at = instant;
    d->has_happened_at = true;
    return COMPLAINT_OK;
}

complaint_status complaint_draft_set_silent(complaint_draft *d, int32_t silent) {
    if (!live(d)) return COMPLAINT_E_HANDLE;
    d->silent = silent != 0;
    return COMPLAINT_OK;
}

static cpl_input *next_field(complaint_draft *d, const char *field) {
    if (d->field_count == d->field_capacity) {
        size_t capacity = d->field_capacity ? 2 * d->field_capacity : 8;
        cpl_input *fields = cpl_arena_alloc(&d->arena, capacity * sizeof *fields);
        if (!fields) return NULL;
        if (d->field_count) memcpy(fields, d->fields, d->field_count * sizeof *fields);
        d->fields = fields;
        d->field_capacity = capacity;
    }
    cpl_input *in = &d->fields[d->field_count];
    *in = (cpl_input){.text = CPL_LIT("")};
    return cpl_arena_str(&d->arena, cpl_str_of(field), &in->name) ? in : NULL;
}

complaint_status complaint_draft_set_text(complaint_draft *d, const char *field, const char *text, size_t text_size) {
    if (!live(d)) return COMPLAINT_E_HANDLE;
    if (!field || !*field || (!text && text_size)) return COMPLAINT_E_INVALID;
    cpl_input *in = next_field(d, field);
    if (!in || !cpl_arena_str(&d->arena, (cpl_str){text, text_size}, &in->text)) return COMPLAINT_E_MEMORY;
    d->field_count++;
    return COMPLAINT_OK;
}

complaint_status complaint_draft_set_integer(complaint_draft *d, const char *field, int64_t value) {
    if (!live(d)) return COMPLAINT_E_HANDLE;
    if (!field || !*field) return COMPLAINT_E_INVALID;
    cpl_input *in = next_field(d, field);
    if (!in) return COMPLAINT_E_MEMORY;
    in->is_integer = true;
    in->integer = value;
    d->field_count++;
    return COMPLAINT_OK;
}

complaint_status complaint_draft_add_evidence(complaint_draft *d, const complaint_evidence *evidence, const char *name, const char *media_type) {
    if (!live(d) || !evidence || evidence->magic != CPL_MAGIC_EVIDENCE) return COMPLAINT_E_HANDLE;
    if (d->evidence_count == sizeof d->evidence / sizeof d->evidence[0]) return COMPLAINT_E_TOO_LARGE;
    size_t offset;
    complaint_status s = cpl_utf8_check(cpl_str_of(name), &offset);
    if (s == COMPLAINT_OK) s = cpl_utf8_check(cpl_str_of(media_type), &offset);
    if (s == COMPLAINT_OK && (cpl_str_of(name).n > CPL_FILE_NAME_MAX || cpl_str_of(media_type).n > CPL_KEY_MAX)) s = COMPLAINT_E_TOO_LARGE;
    if (s != COMPLAINT_OK) return s;
    cpl_evidence_item *item = &d->evidence[d->evidence_count];
    *item = (cpl_evidence_item){.size = evidence->size};
    memcpy(item->digest, evidence->digest, sizeof item->digest);
    if (!cpl_arena_str(&d->arena, cpl_str_of(name), &item->name) || !cpl_arena_str(&d->arena, cpl_str_of(media_type), &item->media_type)) return COMPLAINT_E_MEMORY;
    d->evidence_count++;
    return COMPLAINT_OK;
}
