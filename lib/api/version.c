/*
 * api/version: which library is loaded.
 *
 * Owns: nothing; spells the numbers of version.h. Must not know: anything else.
 */
#include <complaint/version.h>

#define SPELL(number) #number
#define DOTTED(major, minor, patch) SPELL(major) "." SPELL(minor) "." SPELL(patch)

const char *COMPLAINT_CALL complaint_version(void) { return DOTTED(COMPLAINT_VERSION_MAJOR, COMPLAINT_VERSION_MINOR, COMPLAINT_VERSION_PATCH); }
