/*
 * policy/parts: what the files of this room share while a document is read. Nobody outside includes it.
 *
 * Owns: the reading (policy under construction, document, error), the shapes that say which keys an object has, the list of
 * faults. Must not know: anything once the policy is made.
 */
#ifndef CPL_POLICY_PARTS_H
#define CPL_POLICY_PARTS_H

#include "policy/policy.h"

enum { CPL_POLICY_LIST_MAX = 1000, CPL_POLICY_BITS_MAX = 64, CPL_POLICY_DEPTH = 16, CPL_POLICY_SIZE_MAX = 1 << 20, CPL_POLICY_WORD_MAX = 96 };

typedef struct cpl_reading {
    complaint_policy *p;
    const cpl_json *root;
    complaint_error *e;  /* the first mistake */
    cpl_mistakes *all;   /* all of them; NULL: the first one ends the reading */
    cpl_action *actions; /* the room behind p->actions, for intake and actions together */
    const char *section; /* being read */
    uint32_t lost;       /* sections with entries that nobody can find, so that who names one is not to blame */
} cpl_reading;

/* Whether reading goes on after this answer. */
static inline bool cpl_goes_on(const cpl_reading *r, complaint_status s) { return s == COMPLAINT_OK || (s == COMPLAINT_E_POLICY && r->all && r->all->count < CPL_MISTAKES_MAX); }

/* Two answers as one: what is no mistake of the document goes first, then the first mistake. */
static inline complaint_status cpl_both(complaint_status a, complaint_status b) { return a == COMPLAINT_OK || (b != COMPLAINT_OK && b != COMPLAINT_E_POLICY) ? b : a; }

/* An entry of the section being read has no code, or the section no entries. */
void cpl_lose(cpl_reading *r);
bool cpl_mistakes_keep(cpl_mistakes *all, const complaint_error *e); /* false: no memory */
/* Whether a mistake was found in it, so that nothing can be said about how it goes with others. */
bool cpl_is_faulty(const cpl_reading *r, const cpl_json *v);

/* ---- faults: each has one sentence per language in fault.c, about one word and, where it helps, what would be right ---- */

typedef enum {
    CPL_FAULT_SIZE,
    CPL_FAULT_FORMAT,
    CPL_FAULT_UNKNOWN_KEY,
    CPL_FAULT_MISSING_KEY,
    CPL_FAULT_NO_OBJECT,
    CPL_FAULT_NO_LIST,
    CPL_FAULT_NO_STRING,
    CPL_FAULT_NO_BOOLEAN,
    CPL_FAULT_NO_INTEGER,
    CPL_FAULT_EMPTY_LIST,
    CPL_FAULT_EMPTY_STRING,
    CPL_FAULT_EMPTY_THAI,
    CPL_FAULT_NO_THAI,
    CPL_FAULT_CONTROL,
    CPL_FAULT_TOO_MANY,
    CPL_FAULT_ID,
    CPL_FAULT_DUPLICATE,
    CPL_FAULT_WORD,
    CPL_FAULT_RANGE,
    CPL_FAULT_RESERVED,
    CPL_FAULT_ROLE,
    CPL_FAULT_STATE,
    CPL_FAULT_FIELD,
    CPL_FAULT_FLAG,
    CPL_FAULT_TEXT,
    CPL_FAULT_IMPLIES_CYCLE,
    CPL_FAULT_FIELD_TYPE,
    CPL_FAULT_FIELD_KEY,
    CPL_FAULT_FIELD_TWICE,
    CPL_FAULT_FIELD_NEEDED,
    CPL_FAULT_DEMAND_FIELD,
    CPL_FAULT_DEMAND_UNASKED,
    CPL_FAULT_DEMAND_ANYWAY,
    CPL_FAULT_PLACEHOLDER,
    CPL_FAULT_BRACE,
    CPL_FAULT_NO_OFFICE_PART,
    CPL_FAULT_NO_PARTICLE,
    CPL_FAULT_FREE_TEXT,
    CPL_FAULT_INSIDE_TOLD,
    CPL_FAULT_VERB,
    CPL_FAULT_VERB_SYSTEM,
    CPL_FAULT_VERB_INTAKE,
    CPL_FAULT_VERB_ACTION,
    CPL_FAULT_GUARD_UNKNOWN,
    CPL_FAULT_GUARD,
    CPL_FAULT_GUARD_UNUSED,
    CPL_FAULT_GUARD_KEY,
    CPL_FAULT_CHOICE,
    CPL_FAULT_GUARD_FLAG,
    CPL_FAULT_GUARD_NOBODY,
    CPL_FAULT_GUARD_NOTICE,
    CPL_FAULT_TRIGGER_EVENT,
    CPL_FAULT_TRIGGER_NEVER,
    CPL_FAULT_TRIGGER_QUALIFIER,
    CPL_FAULT_TRIGGER_FLAG,
    CPL_FAULT_TRIGGER_NOTICE,
    CPL_FAULT_NOTICE_ROLE,
    CPL_FAULT_COUNTS_AS,
    CPL_FAULT_CLOCK_RULE,
    CPL_FAULT_LENGTH_FIELD,
    CPL_FAULT_LENGTH_RANGE,
    CPL_FAULT_LENGTH_UNASKED,
    CPL_FAULT_ROUTE_UNIT,
    CPL_FAULT_ROUTE_VERB,
    CPL_FAULT_UNREACHABLE,
    CPL_FAULT_NO_END,
    CPL_FAULT_NO_END_WITH,
    CPL_FAULT_TIME_OF_DAY,
    CPL_FAULT_LONG,
    CPL_FAULT_ONLY_WITH,
    CPL_FAULT_NOT_WITH,
    CPL_FAULT_SUPERIOR_CYCLE,
    CPL_FAULT_UNIT,
    CPL_FAULT_CLASS,
    CPL_FAULT_CLASS_PARENT,
    CPL_FAULT_CLASS_LATE,
    CPL_FAULT_SEALED,
    CPL_FAULT_IDENTITY,
    CPL_FAULT_NOTHING_NAMED,
    CPL_FAULT_VERB_KEY,
    CPL_FAULT_BACK,
    CPL_FAULT_BACK_FROM,
    CPL_FAULT_TO_FROM,
    CPL_FAULT_TO_MISSING,
    CPL_FAULT_TO_REST,
    CPL_FAULT_FIELD_ONE_OF,
    CPL_FAULT_GUARD_FIELD,
    CPL_FAULT_GUARD_VERB,
    CPL_FAULT_GUARD_ACTION,
    CPL_FAULT_GUARD_ORIGIN,
    CPL_FAULT_TRIGGER_NO_CASE,
    CPL_FAULT_TRIGGER_NO_UNIT,
    CPL_FAULT_NOTICE,
    CPL_FAULT_NOTICE_SILENT,
    CPL_FAULT_NOTICE_ORIGIN,
    CPL_FAULT_NOTICE_CLOCK,
    CPL_FAULT_CLOCK,
    CPL_FAULT_CLOCK_GIVEN,
    CPL_FAULT_DATE_FIELD,
    CPL_FAULT_WARNING_WHEN,
    CPL_FAULT_WARNING_UNIT,
    CPL_FAULT_PAUSE,
    CPL_FAULT_DUTY,
    CPL_FAULT_INITIAL_END,
    CPL_FAULT_END_VERB,
    CPL_FAULT_VERB_END,
    CPL_FAULT_CLOCK_ENDLESS,
    CPL_FAULT_CLOCK_SURVIVES,
    CPL_FAULT_WARNING_EARLY,
    CPL_FAULT_ROUND_TWICE,
    CPL_FAULT_GROUP_EMPTY,
    CPL_FAULT_NATURE,
    CPL_FAULT_ASKED_TYPE,
    CPL_FAULT_ASKED_CHOICE,
    CPL_FAULT_ASKED_NOWHERE,
    CPL_FAULT_ASKED_CLOCK,
    CPL_FAULT_ASKED_CLASS,
    CPL_FAULT_ASKED_FLAG,
    CPL_FAULT_ASKED_CASE,
    CPL_FAULT_NOTICE_COVERED,
    CPL_FAULT_NOTICE_FALLBACK,
    CPL_FAULT_NOTICE_UNCOUNTED,
    CPL_FAULT_NOTICE_VARIANT,
    CPL_FAULT_REMIND,
    CPL_FAULT_SEES_NOTHING,
    CPL_FAULT_TRIGGER_CHOICE,
    CPL_FAULT_TRIGGER_CHANNEL,
    CPL_FAULT_NOTICE_MIXED,
    CPL_FAULT_NOTICE_TO,
    CPL_FAULT_NOTICE_BLANK,
    CPL_FAULT_NOTICE_CASE,
    CPL_FAULT_COUNT
} cpl_fault;

/* Answers E_POLICY with the path and line of `at`, `word` as the subject, and the fault's sentence; `more` may be NULL. Among many, what only follows from an earlier one is not said. */
complaint_status cpl_policy_fault(cpl_reading *r, const cpl_json *at, cpl_fault fault, cpl_str word, const char *more);
complaint_status cpl_policy_no_memory(cpl_reading *r);

/* ---- reading values: each checks the type, writes *out and answers OK, or fills the error ---- */

typedef complaint_status (*cpl_take_fn)(cpl_reading *r, const cpl_json *v, void *out);
typedef int (*cpl_find_fn)(const complaint_policy *p, cpl_str id);

typedef struct cpl_member {
    const char *key;
    cpl_take_fn take;
    size_t offset;
    bool required;
} cpl_member;

/* An object's keys, read in this order whatever the order in the document. */
typedef struct cpl_shape {
    const cpl_member *members;
    size_t count;
    size_t size;
} cpl_shape;

#define CPL_MUST(key, take, type, member)                                                                                                                                          \
    { key, take, offsetof(type, member), true }
#define CPL_MAY(key, take, type, member)                                                                                                                                           \
    { key, take, offsetof(type, member), false }
#define CPL_SHAPE(members, type)                                                                                                                                                   \
    { members, sizeof(members) / sizeof((members)[0]), sizeof(type) }

typedef struct cpl_word {
    const char *word;
    int value;
} cpl_word;

typedef struct cpl_list {
    void *items;
    size_t count;
} cpl_list;

complaint_status cpl_take_string(cpl_reading *r, const cpl_json *v, void *out); /* cpl_str, one line, not empty */
complaint_status cpl_take_short(cpl_reading *r, const cpl_json *v, void *out);  /* the same, at most CPL_KEY_MAX bytes; a fault names the member it is at */
complaint_status cpl_take_id(cpl_reading *r, const cpl_json *v, void *out);     /* cpl_str */
complaint_status cpl_take_label(cpl_reading *r, const cpl_json *v, void *out);  /* cpl_label; English falls back to Thai */
complaint_status cpl_take_bool(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_minute(cpl_reading *r, const cpl_json *v, void *out);  /* int32_t: "08:30" as minute of the day */
complaint_status cpl_take_int(cpl_reading *r, const cpl_json *v, void *out);     /* int64_t */
complaint_status cpl_take_strings(cpl_reading *r, const cpl_json *v, void *out); /* cpl_list of cpl_str, not empty, no doubles */

/* Lines breaks are for texts only. */
complaint_status cpl_take_text(cpl_reading *r, const cpl_json *v, cpl_str *out, bool lines);
complaint_status cpl_take_object(cpl_reading *r, const cpl_json *v, const cpl_shape *shape, void *out);
/* Objects that begin with a cpl_code; `start` is copied into each before reading. Not empty, no id twice. */
complaint_status cpl_take_codes(cpl_reading *r, const cpl_json *v, const cpl_shape *shape, const void *start, size_t max, cpl_list *out);
complaint_status cpl_take_word(cpl_reading *r, const cpl_json *v, const cpl_word *words, size_t count, int *out);
/* A word of the calendar module. */
complaint_status cpl_take_named(cpl_reading *r, const cpl_json *v, int32_t (*find)(cpl_str), const char *(*name)(int32_t), int32_t *out);
/* A string that `find` knows; `fault` when it does not. */
complaint_status cpl_take_index(cpl_reading *r, const cpl_json *v, cpl_find_fn find, cpl_fault fault, int *out);
complaint_status cpl_take_indexes(cpl_reading *r, const cpl_json *v, cpl_find_fn find, cpl_fault fault, cpl_list *out); /* of int, no doubles */
/* A value that `take` reads into `size` bytes, or a list of such values, no doubles. */
complaint_status cpl_take_one_or_more(cpl_reading *r, const cpl_json *v, cpl_take_fn take, size_t size, cpl_list *out);
complaint_status cpl_take_flag_bits(cpl_reading *r, const cpl_json *v, void *out); /* int64_t, not empty */
complaint_status cpl_take_bits(cpl_reading *r, const cpl_json *v, cpl_find_fn find, cpl_fault fault, uint64_t *out);    /* not empty */

/* Checks. */
complaint_status cpl_need_range(cpl_reading *r, const cpl_json *v, cpl_fault fault, int64_t min, int64_t max); /* v is an integer */
complaint_status cpl_need_type(cpl_reading *r, const cpl_json *v, int type);
complaint_status cpl_need_keys(cpl_reading *r, const cpl_json *v, const cpl_shape *shape); /* an object has no others */
complaint_status cpl_need_filled(cpl_reading *r, const cpl_json *v, int type); /* a list or object with 1 to CPL_POLICY_LIST_MAX members */
complaint_status cpl_need_id(cpl_reading *r, const cpl_json *at, cpl_str id);
/* Writes the index that `key` of each entry names, or -1, into out[i]; an entry that leads back to itself is a fault. */
complaint_status cpl_take_superiors(cpl_reading *r, const cpl_json *list, const char *key, cpl_find_fn find, cpl_fault unknown, int *out, size_t stride);
complaint_status cpl_take_counts_as(cpl_reading *r, const cpl_json *v, void *out); /* acknowledged, told */
complaint_status cpl_take_later(cpl_reading *r, const cpl_json *v, void *out); /* nothing: the section comes back to it */
/* Copies the key of member i of an object that is keyed by ids, after checking it. */
complaint_status cpl_take_key(cpl_reading *r, const cpl_json *object, size_t i, cpl_str *id);
/* A zeroed array in the arena, or E_MEMORY. */
complaint_status cpl_take_room(cpl_reading *r, size_t count, size_t size, void **room);

/* ---- sections, in the order in which they rest on one another (`out` is the policy) ---- */

complaint_status cpl_take_office(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_roles(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_origins(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_channels(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_natures(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_flags(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_units(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_classes(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_reports(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_states(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_fields(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_views(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_texts(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_guards(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_classify(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_intake(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_actions(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_extensions(cpl_reading *r, const cpl_json *actions); /* `extends`, once the clocks are there */
complaint_status cpl_take_notices(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_clocks(cpl_reading *r, const cpl_json *v, void *out);
complaint_status cpl_take_warnings(cpl_reading *r, const cpl_json *v, void *out); /* cpl_list of cpl_warning */
int32_t cpl_trigger_verb(int32_t kind); /* that it follows from; 0 for what becomes of a notice */
complaint_status cpl_take_triggers(cpl_reading *r, const cpl_json *v, void *out); /* cpl_list of cpl_trigger */
const cpl_action *cpl_trigger_action(const complaint_policy *p, int32_t kind); /* what somebody does when it happens, or NULL */
complaint_status cpl_take_condition(cpl_reading *r, const cpl_json *v, void *out); /* cpl_condition */
/* That `when` can hold on each of the events that the notice names. */
complaint_status cpl_check_condition(cpl_reading *r, const cpl_json *notice, const cpl_notice_def *n);
/* Of several notices that listen on one event: that each has its turn, and that a word comes out where one is needed. */
complaint_status cpl_check_variants(cpl_reading *r);
/* Whether `first` says to each recipient of `later` what it has to say whenever `later` would. */
bool cpl_notice_covers(const cpl_notice_def *first, const cpl_notice_def *later);

complaint_status cpl_take_demands(cpl_reading *r, const cpl_json *v, void *out);  /* cpl_list of cpl_demand */
/* Against the fields (lists of int) that the action asks for. */
complaint_status cpl_check_demands(cpl_reading *r, const cpl_json *v, const cpl_list *demands, const cpl_list *required, const cpl_list *optional);

/* What only the whole can show: ways through the states, routes, guards that nobody uses, notices that nobody sends. */
complaint_status cpl_policy_validate(cpl_reading *r);

/* What a clock may run for at most, in days and in minutes. */
enum { CPL_POLICY_DAYS_MAX = 3650, CPL_POLICY_MINUTES_MAX = CPL_POLICY_DAYS_MAX * 24 * 60 };
bool cpl_policy_counts_days(int32_t unit);
/* The key of `office` that gives a part: "phone". */
const char *cpl_policy_office_key(int part);
/* Whether the action has the field, required or not. */
bool cpl_policy_asks(const cpl_action *a, int field);

#endif
