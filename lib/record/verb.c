/*
 * record/verb: names and labels of event kinds.
 *
 * Owns: the lookup in the generated table. Must not know: what any kind means.
 */
#include "record/record.h"

typedef struct kind_row {
    int32_t number;
    bool person;
    const char *name;
    const char *thai;
    const char *english;
} kind_row;

static const kind_row kinds[] = {
#include "record/event_table.inc"
};

enum { KIND_COUNT = sizeof(kinds) / sizeof(kinds[0]) };

static const kind_row *find(int32_t number) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (kinds[i].number == number) return &kinds[i];
    return NULL;
}

const char *cpl_event_name(int32_t kind) {
    const kind_row *row = find(kind);
    return row ? row->name : NULL;
}

int32_t cpl_event_find(cpl_str name) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (cpl_str_is(name, kinds[i].name)) return kinds[i].number;
    return 0;
}

int32_t cpl_action_near(cpl_str name) {
    const kind_row *nearest = NULL;
    size_t best = CPL_FAR;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        size_t far = kinds[i].person ? cpl_distance(name, cpl_str_of(kinds[i].name)) : CPL_FAR;
        if (far >= best) continue;
        best = far;
        nearest = &kinds[i];
    }
    return nearest ? nearest->number : 0;
}

const char *cpl_event_label(int32_t kind, int32_t language) {
    const kind_row *row = find(kind);
    if (!row) return NULL;
    return language == COMPLAINT_THAI ? row->thai : row->english;
}

bool cpl_event_is_action(int32_t kind) {
    const kind_row *row = find(kind);
    return row && row->person;
}
