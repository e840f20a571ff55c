/**
 * @file complaint/host/clock.h
 * What time it is. The only source of entry times; the library never asks the operating system.
 */
#ifndef COMPLAINT_HOST_CLOCK_H
#define COMPLAINT_HOST_CLOCK_H

#include <complaint/define.h>
#include <complaint/host/sink.h>
#include <complaint/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The host's clock; copied when it is registered. */
typedef struct complaint_clock {
    size_t size; /**< sizeof(complaint_clock) as the host was compiled */
    void *self;

    /** Must. Sets `*now` to milliseconds since 1970-01-01T00:00Z. An instant outside 2020-01-01 .. 2089 makes the call answer COMPLAINT_E_RANGE. */
    complaint_status(COMPLAINT_CALL *now)(void *self, int64_t *now, complaint_host_error *error);
} complaint_clock;

#ifdef __cplusplus
}
#endif
#endif
