/* The smallest host, compiled as C and as C++: the library that is loaded is the one whose headers were read. */
#if __has_include(<complaint.h>)
#include <complaint.h>
#endif
#ifdef WITH_KIT
#include <complaint/conformance.h>
#endif
#include <complaint/error.h>
#include <complaint/schema.h>
#include <complaint/version.h>

#include <stdio.h>
#include <string.h>

int main(void) {
    char expected[32];
    snprintf(expected, sizeof expected, "%d.%d.%d", COMPLAINT_VERSION_MAJOR, COMPLAINT_VERSION_MINOR, COMPLAINT_VERSION_PATCH);
    size_t needed = 0;
    complaint_status status = complaint_schema_ddl(COMPLAINT_DDL_SQLITE, -1, complaint_schema_minor(), NULL, 0, &needed);
    printf("libcomplaint %s, %d tables, %zu bytes of DDL\n", complaint_version(), (int)complaint_schema_table_count(), needed);
#ifdef WITH_KIT
    if (complaint_conformance_count() <= 0) return 1;
#endif
    return strcmp(expected, complaint_version()) != 0 || status != COMPLAINT_E_TOO_LARGE || complaint_error_status(NULL) != COMPLAINT_OK;
}
