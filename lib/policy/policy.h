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
    bool daily; /* the desk's duty is to look at it each day */
    int32_t remind_at; /* minute of the day at which an unchecked daily channel is reported, or -1 */
} cpl_channel;

/* A body that passes matters on (1111, 1567 ...) and wants an answer. */
typedef struct cpl_origin {
    cpl_code code;
} cpl_origin;

typedef enum { CPL_ROUTE_FORWARD = 1, CPL_ROUTE_REFER, CPL_ROUTE_INFORMATION, CPL_ROUTE_MEMO } cpl_route;

typedef struct cpl_class {
    cpl_code code;
    cpl_route route;
    int parent; /* class index of what this is a kind of, always before it and without a parent of its own; -1 */
} cpl_class;

/* Flags are fixed by the library (their bits lie in complaint_case.flags); the policy gives words and what a flag brings with it. */
enum { CPL_FLAG_URGENT = 1, CPL_FLAG_SENSITIVE = 2, CPL_FLAG_OFFICE_IMPACT = 4, CPL_FLAG_CORRUPTION = 8, CPL_FLAG_DATA_BREACH = 16, CPL_FLAG_BITS = 5 };
typedef struct cpl_flag {
    cpl_code code;
    int64_t bit;
    int64_t implies; /* bits set together with it, not taken back with it */
} cpl_flag;

typedef enum { CPL_UNIT = 1, CPL_AGENCY, CPL_EXECUTIVE } cpl_unit_kind;
typedef struct cpl_unit {
    cpl_code code;
    cpl_unit_kind kind;
    cpl_str phone; /* for the officer who chases it; empty when not given */
    int superior;  /* unit index: who examines a complaint about this unit; -1 */
    int role;      /* executive: role index of who sits there, so that who is concerned as the one is as the other; -1 */
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
    CPL_FIELD_TIME /* int64 ms */, CPL_FIELD_CHANNEL, CPL_FIELD_ORIGIN, CPL_FIELD_ROLE, CPL_FIELD_CASE /* a case id, as text or number */, CPL_FIELD_CODE /* short text without personal data: a person's id at the host, a
                                                                                                                              * paper's number; goes into the clear payload */
} cpl_field_type;
typedef struct cpl_field {
    cpl_code code;
    cpl_field_type type;
    bool sealed;   /* free text: goes into the envelope, never into the clear payload */
    bool identity; /* who somebody is: sealed too, and shown only to who may know that complainant */
    const cpl_str *choices;
    const cpl_label *choice_labels; /* one for each; the code itself where the policy has no other words */
    size_t choice_count;
    int64_t min, max;
} cpl_field;

/* Guards are named predicates of the library; the policy switches them on per action and gives their parameters. */
typedef enum {
    CPL_GUARD_FIXED_ACKNOWLEDGEMENT = 1, CPL_GUARD_CLASS_BEFORE_FORWARD, CPL_GUARD_CONSIDER_BEFORE_FORWARD, CPL_GUARD_TRANSFER_NEEDS_TARGET, CPL_GUARD_NO_DESK_FINDING, CPL_GUARD_NO_DESK_REJECT,
    CPL_GUARD_TOLD_BEFORE_CLOSE, CPL_GUARD_ROUTE, CPL_GUARD_ORDER_BEFORE_FORWARD, CPL_GUARD_EXAMINATION_WHEN_FLAGGED, CPL_GUARD_ORIGIN_BEFORE_CLOSE, CPL_GUARD_REFERRALS_BEFORE_CLOSE,
    CPL_GUARD_RESPONDENT_IS_BLIND, CPL_GUARD_BREACH_REPORTED_BEFORE_CLOSE, CPL_GUARD_LINKED_RESULT_BEFORE_CLOSE, CPL_GUARD_ON_BEHALF_REQUIRED,
    CPL_GUARD_OWN_UNIT_ONLY, CPL_GUARD_RECUSAL_LIFTED_FROM_ABOVE, CPL_GUARD_AGREED_BEFORE_FORWARD, CPL_GUARD_ORDERED_UNIT
} cpl_guard_kind;
typedef struct cpl_guard {
    cpl_guard_kind kind;
    cpl_str id, source;
    int64_t flags; /* consider_before_forward, examination_when_flagged: which flags; all bits when "flags" is "all" */
    bool always;   /* the same two: "flags": "all", flagged or not */
    int64_t attempts; /* told_before_close: how many each complainant is owed before one of `reasons` is believed; 0: none are counted */
    const cpl_str *reasons; /* choices of the field why_not_told */
    size_t reason_count;
    uint64_t roles; /* no_desk_reject, on_behalf_required: who does not do it as himself; own_unit_only: who speaks of others too; recusal_lifted_from_above: who takes one back; bit i: role i */
    const cpl_str *nameless; /* told_before_close: choices of why_not_told that are true of anonymous complainants only */
    size_t nameless_count;
    const cpl_str *links; /* linked_result_before_close: choices of the field link */
    size_t link_count;
    const cpl_str *holds, *executive_first; /* agreed_before_forward: choices of the field decision after which nothing goes out, or to the executive only */
    size_t hold_count, executive_first_count;
    uint64_t released_by; /* agreed_before_forward: bit k: the verb of event kind k is what was asked for */
    bool waived; /* "waived_for_history": it does not bind what is entered silently of a matter from an old register */
} cpl_guard;

/* What happened, as clocks and notices name it: `forward`, `flag:urgent`, `classify:service`, `consider:agreed`, `delivered:acknowledgement`. Some are no event, but follow from one. */
enum { CPL_TRIGGER_FLAG_CLEARED = -1, CPL_TRIGGER_ATTEMPTS_EXHAUSTED = -2, CPL_TRIGGER_RETURNED = -3 };
typedef struct cpl_trigger {
    int32_t kind;      /* event kind, or CPL_TRIGGER_* */
    cpl_str qualifier; /* empty: any */
} cpl_trigger;
bool cpl_trigger_hits(const cpl_trigger *list, size_t count, int32_t kind, cpl_str qualifier);
const char *cpl_trigger_label(int32_t kind, int32_t language); /* NULL for an event kind: that has a label of its own */
const char *cpl_trigger_choice(int32_t kind);                  /* the field whose choices stand behind the colon; NULL: something else does, or nothing */

/* Fields that are required when another one has a certain value. */
enum { CPL_ON_BEHALF = -1 }; /* in their place: the actor's word on whose behalf he acts */
typedef struct cpl_demand {
    int field;
    const cpl_str *is; /* one of these codes, those of sub-classes with their parent's; not for a boolean */
    size_t is_count;
    bool truth;        /* what a boolean has to be */
    const int *required, *one_of; /* all of these; at least one of these */
    size_t required_count, one_of_count;
} cpl_demand;

enum { CPL_POLICY_ROLES = 64 }; /* at most */
enum { CPL_TO_STAY = -1, CPL_TO_BACK = -2 };
typedef struct cpl_action {
    int32_t kind; /* event kind */
    cpl_str source;
    uint64_t from;  /* bit i: state i; all bits for "any" */
    int to;         /* state index, CPL_TO_STAY, or CPL_TO_BACK: where it was before the state it is in */
    const int *to_from; /* the same for each state, when "to" depends on where the case is; NULL. Ask cpl_policy_target */
    int64_t stay_flags;    /* with one of these flags, or of these classes, the state does not change ("unless") */
    uint64_t stay_classes; /* bit i: class i, sub-classes with their parent; only the first 64 classes can take part */
    const int *extends;    /* clock indexes the action gives more time to */
    size_t extend_count;
    uint64_t roles; /* bit i: role i */
    const int *required, *optional; /* field indexes */
    size_t required_count, optional_count;
    const cpl_demand *demands;
    size_t demand_count;
    const int *guards; /* guard indexes */
    size_t guard_count;
} cpl_action;

/* What a notice asks of the case, as the event leaves it, and of the fields the event was entered with. All that is named has to hold; what is not named asks nothing. */
typedef struct cpl_asked_field {
    int field; /* a choice */
    const cpl_str *choices; /* one of these */
    size_t choice_count;
} cpl_asked_field;
typedef struct cpl_condition {
    const int *classes; /* one of these, sub-classes with their parent */
    size_t class_count;
    const int *natures; /* one of these */
    size_t nature_count;
    int64_t flags;      /* one of these */
    const cpl_asked_field *fields; /* each of these */
    size_t field_count;
} cpl_condition;
/* Whether it asks anything at all. */
bool cpl_condition_asks(const cpl_condition *when);

enum { CPL_TO_COMPLAINANT = -1, CPL_TO_ORIGIN = -2, CPL_TO_SENDER = -3 };
/* In whose log the events lie that a notice hangs on. */
typedef enum { CPL_ABOUT_CASE, CPL_ABOUT_MESSAGE, CPL_ABOUT_DAY } cpl_about;
typedef enum { CPL_COUNTS_AS_NOTHING, CPL_COUNTS_AS_ACKNOWLEDGED, CPL_COUNTS_AS_TOLD } cpl_counts_as;
typedef struct cpl_notice_def {
    cpl_str id, source;
    cpl_label label; /* the id, where the policy gives none */
    const cpl_trigger *on;
    size_t on_count; /* 0: only clocks send it */
    cpl_condition when;
    cpl_about about;
    const int *to; /* role indexes, CPL_TO_COMPLAINANT: every complainant, CPL_TO_ORIGIN: the body that passed the matter on, CPL_TO_SENDER: of the message */
    size_t to_count;
    int text; /* text index */
    bool urgent;
    cpl_counts_as counts_as;
} cpl_notice_def;

/* A reminder, or a step of the ladder: when, counted from where, which notices. */
typedef enum { CPL_BEFORE_DUE = 1, CPL_AFTER_START, CPL_AFTER_DUE } cpl_warning_when;
typedef struct cpl_warning {
    cpl_warning_when when;
    int64_t length;    /* minutes, or days of `unit`; 0: on the day, or at the instant itself */
    int32_t unit;      /* COMPLAINT_UNIT_* */
    int32_t at_minute; /* of that day; -1: the instant as it is counted */
    bool repeat;       /* AFTER_DUE: again after each `length` */
    const int *notices; /* notice indexes; for one recipient the first whose condition holds is said */
    size_t notice_count;
    cpl_str source;
} cpl_warning;

/* What becomes of a clock in a matter from an old register, as far as it is entered silently. */
typedef enum {
    CPL_HISTORY_RUNS,
    CPL_HISTORY_QUIET, /* it is not reminded of when its deadline had passed by then */
    CPL_HISTORY_NONE   /* it does not run: no register says when it was met */
} cpl_history;

typedef struct cpl_clock_def {
    cpl_code code;
    bool per_referral;   /* one for each unit, started and stopped by what that unit does */
    uint64_t paused_in;  /* states in which it stands still */
    int date_field;      /* given_date: the field that holds the last day (time), then `rule` is all zero; or -1 */
    const cpl_warning *warnings;
    size_t warning_count;
    const cpl_trigger *starts, *stops, *cancels; /* cancelled: it was no obligation after all; neither met nor missed */
    size_t start_count, stop_count, cancel_count;
    bool from_receipt; /* counts_from "received": from the case's receipt, else from the event */
    cpl_clock_rule rule;
    int length_field; /* field index that may give another length, or -1 */
    bool survives;    /* owed to others than the complainant: it outlives the end of the case */
    cpl_history history;
    cpl_counts_as owes; /* what each complainant waits for: nobody left who does, no clock */
} cpl_clock_def;

typedef struct cpl_text_def {
    cpl_str id;
    cpl_label text;
} cpl_text_def;

/* A period of the fiscal year that is reported, by its months: 1 is October. One that begins with the year is cumulative. */
typedef struct cpl_round {
    cpl_code code;
    int32_t first, last;  /* months, both inclusive; `last` is unique: it is what people call the round by */
    int32_t cut_off, due; /* days after the period: up to which what comes in late is waited for; within which the report is due */
} cpl_round;

/* Cases that are reported together. */
typedef struct cpl_group {
    cpl_code code;
    int64_t flags;       /* one of these is set; 0: whatever is set */
    int64_t without;     /* none of these is */
    const bool *classes; /* by class */
    bool unclassified;   /* what has no class, or one that the policy does not know, too */
} cpl_group;

enum { CPL_ANALYSES_MAX = 16 };
/* A table of groups: a case counts once, in the first group it fits, else under `rest`. */
typedef struct cpl_analysis {
    cpl_code code;
    const cpl_group *groups;
    size_t group_count;
    cpl_label rest;
} cpl_analysis;

/* What a role may see. */
typedef struct cpl_view_def {
    bool defined;   /* no entry: the role sees nothing */
    bool all_cases; /* else only cases referred to its unit */
    bool named, confidential, anonymous; /* identity levels whose identity it sees */
    bool text;      /* free text of complaints and events */
    cpl_str source;
} cpl_view_def;

/* How an office is called and reached. */
enum { CPL_OFFICE_NAME, CPL_OFFICE_SECTION, CPL_OFFICE_PHONE, CPL_OFFICE_FAX, CPL_OFFICE_WEBSITE, CPL_OFFICE_EMAIL, CPL_OFFICE_ADDRESS, CPL_OFFICE_PAGE, CPL_OFFICE_PARTS };

struct complaint_policy {
    cpl_memory memory;
    atomic_int references;
    cpl_arena arena;
    cpl_str document; /* the bytes it was parsed from */
    char digest[2 * CPL_HASH_SIZE + 1];

    cpl_str id, office_id, office_source, province;
    cpl_label title, office[CPL_OFFICE_PARTS]; /* empty where the policy does not say */
    const cpl_code *roles;
    const int *superiors; /* by role: who is next above it, for matters about the role itself; -1 */
    size_t role_count; /* at most 64 */
    const cpl_origin *origins;
    size_t origin_count;
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
    const cpl_round *rounds;
    size_t round_count;
    const cpl_analysis *analyses;
    size_t analysis_count;
    int64_t unsure_below; /* per mille: a suggested class with less is read by a person first */
    cpl_str unsure_source;
    int initial; /* state of a case that a message opened */
};

/* What is wrong with a document, in the order of its lines. Zeroed before; to be freed. */
enum { CPL_MISTAKES_MAX = 100 };
typedef struct cpl_mistakes {
    cpl_memory memory;
    complaint_error *items;
    size_t count;
} cpl_mistakes;
void cpl_mistakes_free(cpl_mistakes *all);
/* Reads on behind mistakes as far as that makes sense, at most CPL_MISTAKES_MAX of them. OK: the list is complete, and empty when cpl_policy_parse would accept the document. */
complaint_status cpl_policy_check(const cpl_memory *m, cpl_str document, cpl_mistakes *all, complaint_error *e);

/* Parses and validates; e gets path, line, and what is wrong. The document is copied. */
complaint_status cpl_policy_parse(const cpl_memory *m, cpl_str document, complaint_policy **policy, complaint_error *e);
void cpl_policy_retain(complaint_policy *p);
void cpl_policy_release(complaint_policy *p); /* NULL is allowed */

/* The same for a document that comes with the library; E_NOT_FOUND for another name. */
complaint_status cpl_policy_builtin(const cpl_memory *m, cpl_str name, complaint_policy **policy, complaint_error *e);
const char *cpl_policy_builtin_name(int32_t index); /* NULL behind the last */
/* Appends the page that an officer checks against the paper. */
void cpl_policy_describe(const complaint_policy *p, int32_t language, cpl_buf *b);
/* What a guard asks, as a sentence. */
const char *cpl_policy_guard_words(cpl_guard_kind kind, int32_t language);
/* Whether `{text}`, say, stands in a text of either language. */
bool cpl_policy_text_asks(const cpl_text_def *text, const char *placeholder);
/* CPL_OFFICE_* for what a text calls it (`office_phone`), or -1. */
int cpl_policy_office_part(cpl_str placeholder);
/* Whether one of its recipients is CPL_TO_COMPLAINANT, CPL_TO_ORIGIN, or the role. */
bool cpl_notice_goes_to(const cpl_notice_def *notice, int to);
/* Whether a warning of the clock, or of any, names the notice. */
bool cpl_clock_sends(const cpl_clock_def *clock, int notice);
bool cpl_clocks_send(const complaint_policy *p, int notice);
/* "message" for CPL_ABOUT_MESSAGE, as complaint_notice.about has it; static. */
const char *cpl_about_name(cpl_about about);
/* "forward" for CPL_ROUTE_FORWARD; static. */
const char *cpl_policy_route_name(cpl_route route);

/* An answer goes out by that channel. */
bool cpl_policy_carries_answers(const complaint_policy *p, cpl_str channel);

/* Index by code, or -1. */
int cpl_policy_role(const complaint_policy *p, cpl_str id);
int cpl_policy_channel(const complaint_policy *p, cpl_str id);
int cpl_policy_origin(const complaint_policy *p, cpl_str id);
int cpl_policy_nature(const complaint_policy *p, cpl_str id);
int cpl_policy_class(const complaint_policy *p, cpl_str id);
int cpl_policy_flag(const complaint_policy *p, cpl_str id);
int cpl_policy_unit(const complaint_policy *p, cpl_str id);
int cpl_policy_state(const complaint_policy *p, cpl_str id);
int cpl_policy_field(const complaint_policy *p, cpl_str id);
/* The codes that a field may hold, as entries that begin with their id; none for a field of another type. */
typedef struct cpl_code_table {
    const void *entries;
    size_t count, size;
} cpl_code_table;
cpl_code_table cpl_policy_codes(const complaint_policy *p, const cpl_field *field);
bool cpl_code_table_has(const cpl_code_table *t, cpl_str code);
int cpl_policy_notice(const complaint_policy *p, cpl_str id);
int cpl_policy_text(const complaint_policy *p, cpl_str id);
int cpl_policy_clock(const complaint_policy *p, cpl_str id);
int cpl_policy_guard(const complaint_policy *p, cpl_str id);
/* The round that people call by its last month in the fiscal year (6, 12), or NULL. */
const cpl_round *cpl_policy_round(const complaint_policy *p, int32_t last_month);
/* The guard of that kind, or NULL; one that an action names. */
const cpl_guard *cpl_policy_guard_of(const complaint_policy *p, cpl_guard_kind kind);
const cpl_guard *cpl_policy_guarded(const complaint_policy *p, const cpl_action *a, cpl_guard_kind kind);
/* The attempts that the policy counts before a complainant is out of reach, 0: it does not count them. */
int64_t cpl_policy_attempts(const complaint_policy *p);
/* Per mille: a suggested class with less confidence is unsure. CPL_UNSURE_BELOW where the policy does not say. */
enum { CPL_UNSURE_BELOW = 600 };
int32_t cpl_policy_unsure_below(const complaint_policy *p);
/* The action of an event kind, or NULL when the policy does not use the verb. */
const cpl_action *cpl_policy_action(const complaint_policy *p, int32_t kind);
/* Where an action leads from a state (an index, or -1 for one that the policy does not have): `to` of it. */
int cpl_policy_target(const cpl_action *a, int state);
/* Whether a case with these flags, of this class (its index; below 0: none), stays where it is ("unless"). */
bool cpl_action_keeps(const cpl_action *a, int64_t flags, int class_at);
/* A source as Thai readers are told it: what no paper says is กำหนดเอง. Cut when it is longer. */
typedef struct cpl_source_words {
    char thai[160];
} cpl_source_words;
cpl_source_words cpl_policy_source(cpl_str source);

#endif
