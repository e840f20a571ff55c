/**
 * @file complaint/host/allocator.h
 * Memory from the host. Optional: without it the C library's malloc family is used.
 */
#ifndef COMPLAINT_HOST_ALLOCATOR_H
#define COMPLAINT_HOST_ALLOCATOR_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The host's allocator. The table is copied when it is registered; `self` must outlive every handle
 * made with it. Slots may be called from any thread in which the host uses such a handle.
 */
typedef struct complaint_allocator {
    size_t size; /**< sizeof(complaint_allocator) as the host was compiled */
    void *self;  /**< handed back as the first argument; may be NULL */

    /** Must. `bytes` is never 0. Answers memory aligned for any object, or NULL. */
    void *(COMPLAINT_CALL *allocate)(void *self, size_t bytes);

    /** Must. `memory` is never NULL, `bytes` never 0. Answers NULL and leaves `memory` alone when it cannot. */
    void *(COMPLAINT_CALL *resize)(void *self, void *memory, size_t bytes);

    /** Must. `memory` is never NULL. */
    void(COMPLAINT_CALL *release)(void *self, void *memory);
} complaint_allocator;

#ifdef __cplusplus
}
#endif
#endif
