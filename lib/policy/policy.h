/*
 * policy: an office's procedure as data, parsed and validated, immutable.
 *
 * Owns: the format of the policy document, its validation, look-ups by code. Must not know: cases, events, stores, time.
 * Everything a caller gets is borrowed from the policy and lives as long as it does. Tables are arrays in document order;
 * references between them are indexes, resolved while parsing, so that nothing below has to compare names.
 */
#ifndef CPL_POLICY_H
#define CPL_POLICY_H

#include "base/base.h"
#include "calendar/calendar.h"
#include "record/record.h"

#include <complaint/policy.h>

typedef struct cpl_label {
    cpl_str th, en;
} cpl_label;

/* A code of the office with its words and its clause ("CR-T4", "ours"). */
typedef struct cpl_code {
    cpl_str id;
    cpl_label label;
    cpl_str source;
} cpl_code;

typedef struct cpl_channel {
    cpl_code code;
    bool reply; /* a notice can leave by it */
} cpl_channel;

typedef enum { CPL_ROUTE_FORWARD = 1, CPL_ROUTE_REFER, CPL_ROUTE_INFORMATION, CPL_ROUTE_MEMO } cpl_route;

typedef struct cpl_class {
    cpl_code code;
    cpl_route route;
} cpl_class;

/* Flags are fixed by the library (their bits lie in complaint_case.flags); the policy gives words and what a flag brings with it. */
enum { CPL_FLAG_URGENT = 1, CPL_FLAG_SENSITIVE = 2, CPL_FLAG_OFFICE_IMPACT = 4, CPL_FLAG_CORRUPTION = 8, CPL_FLAG_DATA_BREACH = 16 };
typedef struct cpl_flag {
    cpl_code code;
    int64_t bit;
    int64_t implies; /* bits set together with it, not taken back with it */
} cpl_flag;

typedef enum { CPL_UNIT = 1, CPL_AGENCY, CPL_EXECUTIVE } cpl_unit_kind;
typedef struct cpl_unit {
    cpl_code code;
    cpl_unit_kind kind;
} cpl_unit;

typedef enum {
    CPL_PHASE_RECEIVED = 1, CPL_PHASE_OPEN, CPL_PHASE_WAITING, CPL_PHASE_RESULTED, CPL_PHASE_CLOSED, CPL_PHASE_REJECTED, CPL_PHASE_WITHDRAWN, CPL_PHASE_TRANSFERRED
} cpl_phase;
cpl_str cpl_phase_name(cpl_phase phase);

typedef struct cpl_state {
    cpl_code code;
    cpl_phase phase;
} cpl_state;

typedef enum {
    CPL_FIELD_TEXT = 1, CPL_FIELD_CLASS, CPL_FIELD_NATURE, CPL_FIELD_FLAG, CPL_FIELD_UNIT, CPL_FIELD_UNITS /* codes separated by commas */, CPL_FIELD_CHOICE, CPL_FIELD_INTEGER, CPL_FIELD_BOOLEAN,
    CPL_FIELD_TIME /* int64 ms */, CPL_FIELD_CHANNEL
} cpl_field_type;
typedef struct cpl_field {
    cpl_code code;
    cpl_field_type type;
    bool sealed; /* free text: goes into the envelope, never into the clear payload */
    const cpl_str *choices;
    size_t choice_count;
    int64_t min, max;
} cpl_field;

/* Guards are named predicates of the library; the policy switches them on per action and gives their parameters. */
typedef enum {
    CPL_GUARD_FIXED_ACKNOWLEDGEMENT = 1, CPL_GUARD_CLASS_BEFORE_FORWARD, CPL_GUARD_CONSIDER_BEFORE_FORWARD, CPL_GUARD_TRANSFER_NEEDS_TARGET, CPL_GUARD_NO_DESK_FINDING, CPL_GUARD_NO_DESK_REJECT,
    CPL_GUARD_TOLD_BEFORE_CLOSE
} cpl_guard_kind;
typedef struct cpl_guard {
    cpl_guard_kind kind;
    cpl_str id, source;
    int64_t flags; /* consider_before_forward: which flags; all bits when "flags" is "all" */
    bool always;   /* consider_before_forward: "flags": "all", flagged or not */
} cpl_guard;

/* What happened, as clocks and notices name it: `forward`, `flag:urgent`, `delivered:acknowledgement`. */
typedef struct cpl_trigger {
    int32_t kind;      /* event kind */
    cpl_str qualifier; /* empty: any */
} cpl_trigger;
bool cpl_trigger_hits(const cpl_trigger *list, size_t count, int32_t kind, cpl_str qualifier);

typedef struct cpl_action {
    int32_t kind; /* event kind */
    cpl_str source;
    uint64_t from;  /* bit i: state i; all bits for "any" */
    int to;         /* state index, or -1: stays */
    uint64_t roles; /* bit i: role i */
    const int *required, *optional; /* field indexes */
    size_t required_count, optional_count;
    const int *guards; /* guard indexes */
    size_t guard_count;
} cpl_action;

typedef enum { CPL_COUNTS_AS_NOTHING, CPL_COUNTS_AS_ACKNOWLEDGED, CPL_COUNTS_AS_TOLD } cpl_counts_as;
typedef struct cpl_notice_def {
    cpl_str id, source;
    const cpl_trigger *on;
    size_t on_count;
    int to_role; /* role index, or -1: the complainant */
    int text;    /* text index */
    bool urgent;
    cpl_counts_as counts_as;
} cpl_notice_def;

typedef struct cpl_clock_def {
    cpl_code code;
    const cpl_trigger *starts, *stops;
    size_t start_count, stop_count;
    bool from_receipt; /* counts_from "received": from the case's receipt, else from the event */
    cpl_clock_rule rule;
    int length_field; /* field index that may give another length, or -1 */
} cpl_clock_def;

typedef struct cpl_text_def {
    cpl_str id;
    cpl_label text;
} cpl_text_def;

/* What a role may see. */
typedef struct cpl_view_def {
    bool defined;   /* no entry: the role sees nothing */
    bool all_cases; /* else only cases referred to its unit */
    bool named, confidential, anonymous; /* identity levels whose identity it sees */
    bool text;      /* free text of complaints and events */
    cpl_str source;
} cpl_view_def;

struct complaint_policy {
    cpl_memory memory;
    atomic_int references;
    cpl_arena arena;
    cpl_str document; /* the bytes it was parsed from */
    char digest[2 * CPL_HASH_SIZE + 1];

    cpl_str id, office_id, province;
    cpl_label title, office_name, office_section;
    const cpl_code *roles;
    size_t role_count; /* at most 64 */
    const cpl_view_def *views; /* by role */
    const cpl_channel *channels;
    size_t channel_count;
    const cpl_code *natures;
    size_t nature_count;
    const cpl_class *classes;
    size_t class_count;
    const cpl_flag *flags;
    size_t flag_count;
    const cpl_unit *units;
    size_t unit_count;
    const cpl_state *states;
    size_t state_count; /* at most 64 */
    const cpl_field *fields;
    size_t field_count;
    const cpl_guard *guards;
    size_t guard_count;
    const cpl_action *actions; /* "intake" and "actions" together */
    size_t action_count;
    size_t intake_count; /* how many of them, at the front, are "intake": they need no case in a state */
    const cpl_notice_def *notices;
    size_t notice_count;
    const cpl_clock_def *clocks;
    size_t clock_count;
    const cpl_text_def *texts;
    size_t text_count;
    int initial; /* state of a case that a message opened */
};

/* Parses and validates; e gets path, line, and what is wrong. The document is copied. */
complaint_status cpl_policy_parse(const cpl_memory *m, cpl_str document, complaint_policy **policy, complaint_error *e);
void cpl_policy_retain(complaint_policy *p);
void cpl_policy_release(complaint_policy *p); /* NULL is allowed */

/* The same for a document that comes with the library; E_NOT_FOUND for another name. */
complaint_status cpl_policy_builtin(const cpl_memory *m, cpl_str name, complaint_policy **policy, complaint_error *e);
const char *cpl_policy_builtin_name(int32_t index); /* NULL behind the last */
/* Appends the page that an officer checks against the paper. */
void cpl_policy_describe(const complaint_policy *p, int32_t language, cpl_buf *b);
/* "forward" for CPL_ROUTE_FORWARD; static. */
const char *cpl_policy_route_name(cpl_route route);

/* Index by code, or -1. */
int cpl_policy_role(const complaint_policy *p, cpl_str id);
int cpl_policy_channel(const complaint_policy *p, cpl_str id);
int cpl_policy_nature(const complaint_policy *p, cpl_str id);
int cpl_policy_class(const complaint_policy *p, cpl_str id);
int cpl_policy_flag(const complaint_policy *p, cpl_str id);
int cpl_policy_unit(const complaint_policy *p, cpl_str id);
int cpl_policy_state(const complaint_policy *p, cpl_str id);
int cpl_policy_field(const complaint_policy *p, cpl_str id);
int cpl_policy_notice(const complaint_policy *p, cpl_str id);
int cpl_policy_text(const complaint_policy *p, cpl_str id);
int cpl_policy_clock(const complaint_policy *p, cpl_str id);
/* The action of an event kind, or NULL when the policy does not use the verb. */
const cpl_action *cpl_policy_action(const complaint_policy *p, int32_t kind);

#endif
