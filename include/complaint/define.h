/**
 * @file complaint/define.h
 * Export and calling-convention macros, and the integer every call answers with.
 *
 * Owns: COMPLAINT_API, COMPLAINT_CALL, complaint_status. Nothing else.
 */
#ifndef COMPLAINT_DEFINE_H
#define COMPLAINT_DEFINE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define COMPLAINT_CALL __cdecl
#if defined(COMPLAINT_STATIC)
#define COMPLAINT_API
#elif defined(COMPLAINT_BUILDING)
#define COMPLAINT_API __declspec(dllexport)
#else
#define COMPLAINT_API __declspec(dllimport)
#endif
#else
#define COMPLAINT_CALL
#if defined(__GNUC__)
#define COMPLAINT_API __attribute__((visibility("default")))
#else
#define COMPLAINT_API
#endif
#endif

/**
 * The answer of every call that can fail. 0 is success. The low byte is the class a program branches
 * on, the upper bytes say which case of that class it is; see status.h for the numbers.
 */
typedef int32_t complaint_status;

#endif
