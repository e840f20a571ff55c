/*
 * base/status: the registry of statuses.
 *
 * Owns: the lookup in the generated table. Must not know: which call answers what.
 */
#include "base/base.h"

typedef struct status_row {
    complaint_status number;
    const char *name;
    const char *thai;
    const char *english;
} status_row;

static const status_row rows[] = {
#include "base/status_table.inc"
};

static const status_row *find(complaint_status number) {
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].number == number) return &rows[i];
    return NULL;
}

bool cpl_status_known(complaint_status s) { return find(s) != NULL; }

const char *cpl_status_name(complaint_status s) {
    const status_row *row = find(s);
    return row ? row->name : "E_INTERNAL";
}

const char *cpl_status_text(complaint_status s, int32_t language) {
    const status_row *row = find(s);
    /* A detail that a later version adds still says what its class says; class 0 is success and must not be said of it. */
    if (!row && CPL_CLASS(s) != COMPLAINT_OK) row = find(CPL_CLASS(s));
    if (!row) row = find(COMPLAINT_E_INTERNAL);
    return language == COMPLAINT_THAI ? row->thai : row->english;
}
