/*
 * host/table: are the host's tables acceptable?
 *
 * Owns: sizes of released layouts, required slots, copying. Must not know: what a slot does.
 */
#include "host/host.h"

#include <string.h>

typedef void (*any_slot)(void);

typedef struct slot {
    const char *name; /* `store.begin` */
    size_t offset;
} slot;

typedef struct layout {
    const char *name;
    size_t size;  /* as this library was compiled */
    size_t first; /* of the first released layout: ends behind the slot that was its last */
    const slot *must;
    size_t must_count;
} layout;

enum { SMALLEST = 2 * sizeof(void *), LARGEST = 4096 };

_Static_assert(sizeof(size_t) == sizeof(void *), "a table is a row of pointers");
_Static_assert(sizeof(any_slot) == sizeof(void *), "a slot is as large as a pointer");

/* clang-format off */
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define END(type, last) (offsetof(type, last) + sizeof(any_slot))

static const slot store_slots[] = {
    {"store.schema", offsetof(complaint_store, schema)},
    {"store.begin", offsetof(complaint_store, begin)},
    {"store.commit", offsetof(complaint_store, commit)},
    {"store.rollback", offsetof(complaint_store, rollback)},
    {"store.write", offsetof(complaint_store, write)},
    {"store.get", offsetof(complaint_store, get)},
    {"store.select", offsetof(complaint_store, select)},
};
static const slot clock_slots[] = {
    {"clock.now", offsetof(complaint_clock, now)},
};
static const slot notifier_slots[] = {
    {"notifier.send", offsetof(complaint_notifier, send)},
};
static const slot keys_slots[] = {
    {"keys.wrap", offsetof(complaint_keys, wrap)},
    {"keys.unwrap", offsetof(complaint_keys, unwrap)},
};
static const slot evidence_slots[] = {
    {"evidence.put_chunk", offsetof(complaint_evidence_room, put_chunk)},
    {"evidence.get_chunk", offsetof(complaint_evidence_room, get_chunk)},
};
static const slot media_slots[] = {
    {"media.open", offsetof(complaint_media, open)},
    {"media.read", offsetof(complaint_media, read)},
    {"media.close", offsetof(complaint_media, close)},
};
static const slot allocator_slots[] = {
    {"allocator.allocate", offsetof(complaint_allocator, allocate)},
    {"allocator.resize", offsetof(complaint_allocator, resize)},
    {"allocator.release", offsetof(complaint_allocator, release)},
};

static const layout store_layout = {"store", sizeof(complaint_store), END(complaint_store, select), store_slots, COUNT(store_slots)};
static const layout clock_layout = {"clock", sizeof(complaint_clock), END(complaint_clock, now), clock_slots, COUNT(clock_slots)};
static const layout notifier_layout = {"notifier", sizeof(complaint_notifier), END(complaint_notifier, send), notifier_slots, COUNT(notifier_slots)};
static const layout keys_layout = {"keys", sizeof(complaint_keys), END(complaint_keys, unwrap), keys_slots, COUNT(keys_slots)};
static const layout evidence_layout = {"evidence", sizeof(complaint_evidence_room), END(complaint_evidence_room, list), evidence_slots, COUNT(evidence_slots)};
static const layout media_layout = {"media", sizeof(complaint_media), END(complaint_media, close), media_slots, COUNT(media_slots)};
static const layout allocator_layout = {"allocator", sizeof(complaint_allocator), END(complaint_allocator, release), allocator_slots, COUNT(allocator_slots)};
/* clang-format on */

static complaint_status check_size(const layout *l, const unsigned char *given, size_t size) {
    if (size < SMALLEST || size > LARGEST || size % sizeof(void *) != 0) return COMPLAINT_E_TABLE_SIZE;
    if (size < l->first) return COMPLAINT_E_TABLE_OLD;
    for (size_t i = l->size; i < size; i++)
        if (given[i]) return COMPLAINT_E_TABLE_NEW;
    return COMPLAINT_OK;
}

static complaint_status refuse(const layout *l, complaint_status status, size_t size, complaint_error *e) {
    return cpl_failf(e, status, l->name, "%s: %s%.0s (size = %zu, ต้องเป็น %zu)", "%s: %.0s%s (size = %zu, expected %zu)", l->name, cpl_status_text(status, COMPLAINT_THAI),
                     cpl_status_text(status, COMPLAINT_ENGLISH), size, l->size);
}

static const slot *missing(const layout *l, const unsigned char *copy) {
    for (size_t i = 0; i < l->must_count; i++) {
        any_slot pointer;
        memcpy(&pointer, copy + l->must[i].offset, sizeof pointer);
        if (!pointer) return &l->must[i];
    }
    return NULL;
}

/* Copies the host's table into `copy`, the latest layout; what an older host does not know is zero. */
static complaint_status take(const layout *l, const void *given, void *copy, complaint_error *e) {
    unsigned char made[LARGEST] = {0};
    size_t size;
    if (!given) return cpl_fail(e, COMPLAINT_E_INVALID, l->name);
    memcpy(&size, given, sizeof size);
    complaint_status status = check_size(l, given, size);
    if (status != COMPLAINT_OK) return refuse(l, status, size, e);
    memcpy(made, given, size < l->size ? size : l->size);
    memcpy(made, &l->size, sizeof l->size);
    const slot *absent = missing(l, made);
    if (absent) return cpl_failf(e, COMPLAINT_E_SLOT_MISSING, absent->name, "ตาราง callback ขาดช่อง %s", "the host table lacks the slot %s", absent->name);
    memcpy(copy, made, l->size);
    return COMPLAINT_OK;
}

static complaint_status take_and_say(const layout *l, const void *given, void *copy, bool *has, complaint_error *e) {
    complaint_status status = take(l, given, copy, e);
    if (status == COMPLAINT_OK) *has = true;
    return status;
}

complaint_status cpl_host_set_store(cpl_host *h, const complaint_store *t, complaint_error *e) { return take_and_say(&store_layout, t, &h->store, &h->has_store, e); }

complaint_status cpl_host_set_clock(cpl_host *h, const complaint_clock *t, complaint_error *e) { return take_and_say(&clock_layout, t, &h->clock, &h->has_clock, e); }

complaint_status cpl_host_set_notifier(cpl_host *h, const complaint_notifier *t, complaint_error *e) {
    return take_and_say(&notifier_layout, t, &h->notifier, &h->has_notifier, e);
}

complaint_status cpl_host_set_keys(cpl_host *h, const complaint_keys *t, complaint_error *e) { return take_and_say(&keys_layout, t, &h->keys, &h->has_keys, e); }

complaint_status cpl_host_set_evidence(cpl_host *h, const complaint_evidence_room *t, complaint_error *e) {
    return take_and_say(&evidence_layout, t, &h->evidence, &h->has_evidence, e);
}

complaint_status cpl_host_check_allocator(const complaint_allocator *t, complaint_allocator *copy, complaint_error *e) {
    return take(&allocator_layout, t ? t : &cpl_memory_default, copy, e);
}

complaint_status cpl_media_take(const complaint_media *given, complaint_media *copy, complaint_error *e) {
    if (given) return take(&media_layout, given, copy, e);
    *copy = (complaint_media){.size = sizeof *copy};
    return COMPLAINT_OK;
}
