/**
 * @file complaint/version.h
 * The version of the library. These three numbers are the source; the build reads them from here.
 *
 * Before 1.0.0 the interface may change with a line in the ChangeLog; from then on MAJOR moves when it does.
 */
#ifndef COMPLAINT_VERSION_H
#define COMPLAINT_VERSION_H

#include <complaint/define.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The version a program was compiled against. */
#define COMPLAINT_VERSION_MAJOR 0
#define COMPLAINT_VERSION_MINOR 1
#define COMPLAINT_VERSION_PATCH 0

/** The version of the library that is loaded, `0.1.0`. Static, never NULL. Threads: any. */
COMPLAINT_API const char *COMPLAINT_CALL complaint_version(void);

#ifdef __cplusplus
}
#endif
#endif
