/**
 * @file complaint/value.h
 * One cell of a row on its way to or from a host's store. The layout is frozen.
 */
#ifndef COMPLAINT_VALUE_H
#define COMPLAINT_VALUE_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Types of a value and of a column. Values are permanent. */
enum {
    COMPLAINT_NULL = 0,
    COMPLAINT_INT64 = 1,
    COMPLAINT_TEXT = 2, /**< valid UTF-8 without U+0000; compares as bytes */
    COMPLAINT_BLOB = 3
};

/**
 * A value. `data`/`size` are used by text (not NUL-terminated) and blob, `integer` by int64; what a
 * type does not use is zero. An empty text or blob has size 0 and is not null. Whoever hands a value
 * over owns its bytes; they are valid for that call only.
 */
typedef struct complaint_value {
    int32_t type;
    int32_t reserved; /**< zero */
    int64_t integer;
    const void *data;
    size_t size;
} complaint_value;

#ifdef __cplusplus
}
#endif
#endif
