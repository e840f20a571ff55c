/*
 * api/verb: complaint/verb.h over the table of event kinds.
 *
 * Owns: nothing. Must not know: what a verb does.
 */
#include "record/record.h"

#include <complaint/verb.h>

const char *COMPLAINT_CALL complaint_verb_name(int32_t verb) { return cpl_event_name(verb); }

int32_t COMPLAINT_CALL complaint_verb_find(const char *name) {
    int32_t kind = cpl_event_find(cpl_str_of(name));
    return cpl_event_is_action(kind) ? kind : 0;
}

int32_t COMPLAINT_CALL complaint_verb_near(const char *name) { return cpl_action_near(cpl_str_of(name)); }

const char *COMPLAINT_CALL complaint_verb_label(int32_t verb, int32_t language) { return cpl_event_label(verb, language); }
