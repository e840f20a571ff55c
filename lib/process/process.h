/*
 * process: the procedure itself, pure: events → case, referrals, clocks; guards; what an action would do.
 *
 * Owns: the fold, the plan of an action, the meaning of an event's payload. Must not know: stores, hosts, time of day, who may see what.
 */
#ifndef CPL_PROCESS_H
#define CPL_PROCESS_H

#include "calendar/calendar.h"
#include "policy/policy.h"
#include "record/record.h"

enum { CPL_CLOCK_RUNNING = 1, CPL_CLOCK_STOPPED, CPL_CLOCK_CANCELLED, CPL_CLOCK_PAUSED };
extern const char *const cpl_clock_state_names[]; /* by the number above */

typedef struct cpl_case_clock {
    int64_t seq, version, cycle;
    int64_t begun;    /* the event that started it */
    int64_t ended;    /* the event whose time its result is judged by; 0: none yet */
    int64_t referral; /* whose clock, 0: the case's */
    cpl_str rule;
    int state;
    int64_t started_at, length, nominal_at, due_at, stopped_at, late_ms;
    cpl_str calendar; /* while it runs: the digest of the one by which due_at was computed */
    int64_t wake_at; /* the next reminder, or CPL_NEVER */
    int64_t held_at; /* while it stands still: what wake_at was when it stopped counting */
    int64_t warned;  /* reminders so far, skipped ones included */
    bool interim;    /* an interim report came in time */
    const cpl_pause *pauses; /* the last one is open while the state is PAUSED */
    size_t pause_count;
    const int64_t *extensions;
    size_t extension_count;
} cpl_case_clock;

typedef struct cpl_referral {
    int64_t seq, version;
    int64_t cycle;
    cpl_str kind, unit, state, outcome;
    bool lead;
    int64_t begun; /* the event that sent it */
    int64_t sent_at, accepted_at, interim_at, resulted_at;
} cpl_referral;

/* A party without its name and address, which lie in complaint_party only. */
typedef struct cpl_party {
    int64_t seq, version;
    cpl_str part, identity, channel, state; /* active, withdrawn */
    cpl_str name, address; /* digests of the envelopes in its row */
    cpl_str known_as; /* that of the name under which he came: of his message's sender, where it was another than was entered */
    int64_t message;  /* the one that he wrote, with which he became one; 0: none */
    int64_t told_at;  /* the result, in this cycle; 0: not yet */
    int64_t attempts; /* to reach him that failed, since there is a result to tell */
    int64_t acknowledged_at;
    bool acknowledging;   /* an acknowledgement is on its way to him */
    bool telling;         /* the result is on its way to him */
    int64_t heard_in;     /* the last event that told him something at once, and not all whom it was for; 0: none */
    int64_t withdrawn_in; /* the cycle in which he last withdrew, 0: never */
    int64_t went;         /* the last event by which he withdrew or came back */
} cpl_party;

/* Who must not see the case: a person by the host's id, a unit, a role; empty ones do not count. */
typedef struct cpl_blind {
    cpl_str person, unit, role;
} cpl_blind;

/* A state that the case was in, from when on; until the next. */
typedef struct cpl_stay {
    cpl_str state;
    int64_t since, event;
} cpl_stay;

/* What a correction of its time has to know of an event. */
typedef struct cpl_deed {
    int32_t kind;
    int64_t cycle, at; /* when it happened, as it was said last */
    int64_t referral;  /* the one that it is a step of, 0: none */
} cpl_deed;

/* What the log knows of a notice's way. OPEN: it waits, or is on its way. */
typedef enum { CPL_NOTICE_OPEN, CPL_NOTICE_BY_HAND, CPL_NOTICE_SILENT, CPL_NOTICE_REFUSED, CPL_NOTICE_DELIVERED } cpl_notice_fate;

/* A notice as its event makes it, and what became of it. */
typedef struct cpl_case_notice {
    int64_t event;
    int64_t party; /* the complainant it is for, 0: somebody else */
    cpl_str template_name, to;
    cpl_str proof; /* of its channel, address and body; empty: the event has none */
    cpl_notice_fate fate;
    cpl_str sent_body, sent_address; /* digests of what was delivered */
    cpl_str about;     /* of a day: the channel nobody had looked at */
    bool moot;         /* of a message or a day: what it was about was settled since; of a clock: it spoke again to the same one; of a case: whom it is for must not see it any more */
    int64_t clock;     /* whose reminder it is, 0: no clock's */
    int32_t kind;      /* of its event */
} cpl_case_notice;

/* due_at of a case that is finished, and of one that is not but has no running clock: worklists are ranges of due_at. */
#define CPL_NEVER INT64_MAX
#define CPL_NO_DEADLINE (INT64_MAX - 1)

/* A case as its events make it. Everything lives in the arena given to cpl_case_init. */
typedef struct cpl_case {
    cpl_arena *arena;
    int64_t id, version, revision, cycle;
    cpl_str state, phase, class_code, nature, channel, lead_unit, assignee;
    cpl_str back_state, back_phase; /* where `resume` goes back to */
    cpl_str origin, origin_ref; /* who passed it on, and the number it has there */
    cpl_str legacy_number, legacy_key; /* in the register that the office kept before, and what it is looked up by; empty: none */
    cpl_str decision;           /* the head's last word, as long as what it asks for has not happened; empty: none */
    const cpl_str *ordered;     /* units that the executive ordered it to go to, in this cycle */
    size_t ordered_count;
    int64_t origin_answered_at, ordered_at, papers;
    bool examination; /* ordered by the executive */
    int64_t flags, fiscal_year, number;
    int64_t received_at, entered_at, registered_at, acknowledged_at, considered_at, forwarded_at, resulted_at, told_at, closed_at;
    int64_t last_entered_at;            /* of the last event */
    int64_t flagged_seqs[CPL_FLAG_BITS]; /* by flag, from the lowest bit: the event that set it; what is taken back keeps it */
    int64_t considered_seq, breach_reported_seq; /* events */
    int64_t notices;                    /* number of notices so far */
    cpl_case_notice *sent;              /* by number, from 1 */
    size_t notice_capacity;
    int64_t evidence;                   /* number of items of the case itself */
    uint8_t head[CPL_HASH_SIZE];
    cpl_str cited_policy, cited_calendar; /* digests, as the last event has them; data NULL: it cites none */
    cpl_case_clock *clocks;
    size_t clock_count, clock_capacity;
    cpl_referral *referrals;
    size_t referral_count, referral_capacity;
    cpl_party *parties;
    size_t party_count, party_capacity;
    cpl_blind *blind;
    size_t blind_count, blind_capacity;
    cpl_stay *stays; /* as they were entered */
    size_t stay_count, stay_capacity;
    cpl_deed *deeds; /* by event, from 1; `version` of them */
    size_t deed_capacity;
    bool unknown; /* an event of a kind this version does not know was met: may be shown, not changed */
} cpl_case;

void cpl_case_init(cpl_case *c, cpl_arena *a, int64_t id);
/* Applies one event. E_CORRUPT when the payload is not what its kind must be (subject names the stream and number). */
complaint_status cpl_fold(cpl_case *c, const cpl_event *ev, complaint_error *e);
/* The same for the log of a message or a day: of the case only the end of a log is kept, id, version, head, the time of the last entry, the notices it has caused, unknown. So what follows on such a log is
 * planned and written as it is on a case's. */
complaint_status cpl_fold_end(cpl_case *end, const cpl_event *ev, complaint_error *e);
/* A copy whose clocks, referrals and parties can change without changing the original's; same arena. False when out of memory. */
bool cpl_case_copy(const cpl_case *from, cpl_case *to);
/* A complainant who has not withdrawn. */
bool cpl_party_is_owed(const cpl_party *p);
/* What `to` has changes in the entry; data NULL: it stays. */
void cpl_party_amend(cpl_party *p, const cpl_party *to);
/* One who was not acknowledged, and to whom no acknowledgement is on its way. */
bool cpl_party_waits(const cpl_party *p);
/* Whether each complainant who has not withdrawn was told the result, `party` (0: nobody) taken for told. */
bool cpl_case_all_told(const cpl_case *c, int64_t party);
/* Whether who was not told yet, `party` taken for told, has a letter with the result on its way to him. */
bool cpl_case_tells_all(const cpl_case *c, int64_t party);
/* The notice of that number, or NULL. */
const cpl_case_notice *cpl_case_sent(const cpl_case *c, int64_t notice);
/* It need not be sent any more: its recipient withdrew, or what it was about was settled. */
bool cpl_case_notice_is_moot(const cpl_case *c, const cpl_case_notice *n);
/* A word to staff that must not go any more: its clock has come to its end, or spoke again to the same recipient, or the recipient must not see the case. */
bool cpl_case_staff_notice_is_moot(const cpl_case *c, const cpl_case_notice *n);
/* The unit or the role of that id must not see the case. Empty: nobody is meant. */
bool cpl_case_is_blind(const cpl_case *c, cpl_str unit, cpl_str role);
bool cpl_is_blind_among(const cpl_blind *list, size_t count, cpl_str unit, cpl_str role); /* the same of any list */
/* 1 for the first word of its event to its recipient, 2 for another ... */
int64_t cpl_case_notice_turn(const cpl_case *c, int64_t notice);
/* Closed, rejected or withdrawn: no clock runs but those that survive the end, none starts. */
bool cpl_case_finished(const cpl_case *c);
/* The earliest deadline of a running clock, CPL_NO_DEADLINE when none runs, CPL_NEVER when the case is finished. */
int64_t cpl_case_due(const cpl_case *c);

/* The unit has the matter and has not reported yet. */
bool cpl_referral_is_open(const cpl_referral *r);
/* Acts that are, or bring, the result. */
bool cpl_brings_result(int32_t kind);
/* The unit that a matter of the whole case is about: who leads, if it is still asked, else who is; without one who leads. */
cpl_str cpl_case_asked(const cpl_case *c);
/* What an event did, or NULL. */
const cpl_deed *cpl_case_deed(const cpl_case *c, int64_t event);
/* `resulted_at` when the time of that event is `at`: the last of the reports counts. */
int64_t cpl_case_resulted_at(const cpl_case *c, int64_t event, int64_t at);
/* When all that the event completes has come: of several units the last one's report counts, in whatever order they were entered. */
int64_t cpl_case_complete_at(const cpl_case *c, int32_t kind, int64_t happened_at);
/* The last event that set one of these flags that stand; 0: none does. */
int64_t cpl_case_flagged_seq(const cpl_case *c, int64_t flags);

/* A clock as the calendar computes it. */
cpl_period cpl_period_of(const cpl_clock_def *def, const cpl_case_clock *k);

/* ---- legacy.c: the number of an old register --------------------------------------------------------------------------- */

/* What a number is looked up by, in the arena: empty for one that is none ("-"). `*year`: the B.E. year that is written behind it, 0: none. False when out of memory. */
bool cpl_legacy_key(cpl_arena *a, cpl_str number, cpl_str *key, int32_t *year);
/* Whether a matter may be the one of that year: by the year `written` in its own number, else by that of its receipt, fiscal or calendar. Year 0: any. */
bool cpl_legacy_is_of_year(int32_t written, int64_t received_at, int32_t year);

/* ---- projections: rows of complaint_case, _clock, _referral, _counter as the case makes them ---- */

/* A party's name and address as envelopes, of which the case has digests only; data NULL: as they were. */
typedef struct cpl_party_texts {
    int64_t seq;
    cpl_str name, address;
} cpl_party_texts;

/* Gathers what has to change to get from the projections of `before` (version 0: none) to those of `after`; `texts` (NULL: none) go into their party's row if it changes. */
void cpl_project(cpl_batch *b, cpl_str office, const cpl_case *before, const cpl_case *after, const cpl_party_texts *texts);
/* The values of one projected row after the office, in schema order. Arrays hold the table's columns. */
void cpl_project_case(const cpl_case *c, complaint_value *values);
/* What a row of complaint_case says of a case, the row after the office: enough to project that row, and to count by. */
void cpl_case_of_row(const complaint_value *values, cpl_case *c);
void cpl_project_clock(const cpl_case *c, const cpl_case_clock *k, complaint_value *values);
void cpl_project_referral(const cpl_case *c, const cpl_referral *r, complaint_value *values);

/* What a case counts for in the reports: figure, period YYYYMM, dimension. At most CPL_COUNTS. */
enum { CPL_COUNTS = 2 };
typedef struct cpl_count {
    const char *figure;
    int64_t period;
    char dimension[2 * CPL_ID_MAX + 24]; /* class/channel, and /flags where any is set */
} cpl_count;
size_t cpl_case_counts(const cpl_case *c, cpl_count counts[CPL_COUNTS]);

/* ---- planning ---- */

/* A field as the caller gave it. */
typedef struct cpl_input {
    cpl_str name;
    bool is_integer;
    int64_t integer;
    cpl_str text;
} cpl_input;

typedef struct cpl_evidence_item {
    char digest[2 * CPL_HASH_SIZE + 1];
    int64_t size;
    cpl_str name, media_type;
} cpl_evidence_item;

/* Who, as the log keeps it; `roles` are bits of the policy's roles. */
typedef struct cpl_who {
    cpl_str id, unit, on_behalf, acting_for;
    uint64_t roles;
} cpl_who;

/* Hexadecimal digests of what lies in rows beside the log, as it is stored: name and address of a party, body and address of a letter. */
typedef struct cpl_proof {
    char first[2 * CPL_HASH_SIZE + 1], second[2 * CPL_HASH_SIZE + 1];
} cpl_proof;

/* A notice that waits and was never tried, proved as it would go by its recipient's new way. */
typedef struct cpl_rerouted {
    int64_t seq;
    char proof[2 * CPL_HASH_SIZE + 1];
} cpl_rerouted;

/* From whom and where a message is, or an entry would be: name and address as digests. Channel empty: there is none. */
typedef struct cpl_sender {
    cpl_str channel;
    cpl_proof who;
} cpl_sender;

/* What is asked. */
typedef struct cpl_request {
    int32_t kind;
    cpl_str id; /* request id */
    cpl_who who;
    int64_t now, happened_at;
    const cpl_input *fields;
    size_t field_count;
    const cpl_evidence_item *evidence;
    size_t evidence_count;
    bool silent;                /* history: nothing is sent, reminders count from now */
    bool linked_result;         /* a case that this one is linked with has a result; by the kinds of links that the policy names */
    int64_t message;            /* triage, add_message; add_complainant: the one that he wrote, or 0; of any other the one it is about, or 0 */
    int64_t writer;             /* the complainant who wrote it, or 0 */
    cpl_sender from;            /* of the message that an act on a case, or a second case, is about */
    int64_t received_at;        /* triage that opens: of the message */
    cpl_str channel;            /* triage that opens, set_aside, add_complainant with a message, update_complainant that takes the address of one: of the message */
    bool reachable;             /* set_aside: an answer can reach the sender on that channel */
    cpl_str identity;           /* split: the level at which the complainant is known already; a field of that name goes first */
    cpl_str reached_by;         /* split: his channel by now; empty: that of his message */
    cpl_proof party;            /* of a new complainant: name, address; update_complainant: what is given of them, else empty */
    const cpl_rerouted *rerouted; /* update_complainant: of the notices for him */
    size_t rerouted_count;
    int64_t next_number;        /* register: the number it would get */
    int64_t fiscal_year;        /* register: of the entry */
} cpl_request;

/* A notice that the action causes; its body is written by paper. */
typedef struct cpl_planned_notice {
    int64_t seq;
    int def;
    int64_t party;     /* the complainant's number, 0: staff or origin */
    cpl_str recipient; /* `complainant`, `complainant-2`, a role, a unit, `origin` */
    bool to_sender;    /* of the message that the log is of */
    cpl_str unit;      /* what is said is about this unit's referral; empty: about the case */
    bool outside;    /* it leaves the house: a complainant's or an origin's */
    bool by_hand;    /* told by the officer himself: settled at once */
    bool refused;    /* its channel carries no answer and nobody was there to say how he was told: work for a person at once */
    cpl_str channel; /* the complainant's, or CPL_STAFF_CHANNEL for roles */
    size_t proof_at; /* where in the payload the digits of its proof stand */
} cpl_planned_notice;

/* The complainant from whom the message is: by channel, address and name, or where it has no address, channel and name; 0: from none of them, or it may be of several. */
int64_t cpl_writer_among(const complaint_policy *p, const cpl_case *c, const cpl_sender *s);
/* The complainant who withdraws, or whose entry changes: the one in field `party`, or who wrote the message that is named, or the only one who has not withdrawn, unless the message has another name; 0: it has to be said. */
int64_t cpl_complainant_meant(const complaint_policy *p, const cpl_case *c, const cpl_request *rq);
/* What notices call the complainant with that number: `complainant`, `complainant-2`. */
cpl_str cpl_complainant_name(int64_t seq, char name[48]);

/* The channel of notices to roles: how staff are reached is the host's business. */
#define CPL_STAFF_CHANNEL "staff"

typedef struct cpl_plan {
    cpl_event event; /* stream, seq, times, actor, payload, sealed; prev and hash are set too */
    char *payload;   /* the same bytes as the event's, for cpl_plan_prove */
    cpl_planned_notice *notices;
    size_t notice_count;
    cpl_party party; /* a complainant who is new with this event; seq 0: none */
    int64_t withdrawing; /* the complainant who withdraws, 0: nobody */
    int64_t clock;   /* a reminder's clock, 0: none */
    int64_t told_notice; /* a notice that could not be delivered and was told by other means, 0: none */
    int64_t due_at;  /* a reminder without a clock: until when it can still be helped, 0: none */
    bool paper;      /* fields paper_no ... make a row of complaint_paper */
    cpl_str text, particle; /* fields of that name, for the bodies of notices; empty when not given */
} cpl_plan;

typedef struct cpl_procedure {
    const complaint_policy *policy;
    const complaint_calendar *calendar;
    const char *calendar_digest;
    cpl_str office;
} cpl_procedure;

/* What the action would do, or why not: E_UNSUPPORTED, E_ROLE, E_STATE, E_REQUIRED, E_UNKNOWN_FIELD, E_UNKNOWN_CODE, E_TEXT..., E_RANGE, E_GUARD. `c` is not changed; a
 * case that is opened comes in as cpl_case_init made it. */
complaint_status cpl_plan_action(const cpl_procedure *pr, const cpl_case *c, const cpl_request *rq, cpl_arena *a, cpl_plan *plan, complaint_error *e);

/* The system's event that settles a notice: `kind` is CPL_EV_DELIVERED or CPL_EV_REFUSED; `letter` proves body and address as they were sent. */
complaint_status cpl_plan_settlement(const cpl_procedure *pr, const cpl_case *c, int32_t kind, int64_t notice, cpl_str template_name, const cpl_proof *letter, int64_t now, cpl_arena *a,
                                     cpl_plan *plan, complaint_error *e);

/* Notices that an archive brought along and that are not sent from here. */
complaint_status cpl_plan_silenced(const cpl_procedure *pr, const cpl_case *c, const int64_t *notices, size_t count, int64_t now, cpl_arena *a, cpl_plan *plan, complaint_error *e);

/* Whoever has written what a notice says puts its proof (64 hexadecimal digits) into the event; when all are there, the event's hash is made again. */
void cpl_plan_prove(cpl_plan *plan, const cpl_planned_notice *n, const char *digits);
void cpl_plan_seal(const cpl_procedure *pr, cpl_plan *plan);

/* The code of the role that allows the actor a verb; E_ROLE names the roles that would, E_UNSUPPORTED when the policy does not use the verb. */
complaint_status cpl_plan_role(const cpl_procedure *pr, int32_t kind, const cpl_who *who, cpl_str *role, complaint_error *e);

/* The reminder of a clock that is due by `now`, with its notices; *due 0: none, no plan. */
complaint_status cpl_plan_warning(const cpl_procedure *pr, const cpl_case *c, int64_t clock, int64_t now, cpl_arena *a, cpl_plan *plan, bool *due, complaint_error *e);
/* The running deadlines under the procedure's calendar and policy; *moved 0: none is another than it was, no plan. Time that was used and time that stood still are kept. */
complaint_status cpl_plan_recompute(const cpl_procedure *pr, const cpl_case *c, int64_t now, cpl_arena *a, cpl_plan *plan, bool *moved, complaint_error *e);

/* Why the action would be refused before its fields are known: role, state, and guards that do not look at fields. `linked_result` as in a request. */
complaint_status cpl_plan_possible(const cpl_procedure *pr, const cpl_case *c, const cpl_action *action, const cpl_who *who, bool linked_result, complaint_error *e);
/* Whether an actor who has a role for the action can do it on somebody's behalf only. */
bool cpl_plan_asks_principal(const cpl_procedure *pr, const cpl_action *action, const cpl_who *who);

/* The event of an intake verb (triage, set_aside, check_channel, assign of a duty) behind the end of the message's or day's own log (cpl_fold_end): fields checked, payload
 * {"state":"...","case":"id","notices":[...],"fields":{...}} written; `case_id` 0: none. */
complaint_status cpl_plan_intake(const cpl_procedure *pr, const cpl_case *end, const cpl_request *rq, cpl_str state, int64_t case_id, cpl_arena *a, cpl_plan *plan, complaint_error *e);

/* Nobody has looked at the channel on the day whose log ends there: who is reminded. [CR-T1] */
complaint_status cpl_plan_unchecked(const cpl_procedure *pr, const cpl_case *end, cpl_str channel, int64_t now, cpl_arena *a, cpl_plan *plan, complaint_error *e);

/* ---- audit.c: the deadlines of an event, asked again ---- */

/* What an event wrote of a clock. */
typedef struct cpl_recorded {
    int64_t clock, nominal_at, due_at;
    bool starts;  /* the clock began with it */
    bool restarts; /* what it began with happened at another time */
} cpl_recorded;
/* False when the payload is none, or there are more than `capacity`. */
bool cpl_event_deadlines(const cpl_event *ev, cpl_recorded *list, size_t capacity, size_t *count);
/* The same deadline by a policy and a calendar, the case being as the event left it. E_UNKNOWN_CODE: the policy has no such clock; E_NOT_FOUND: the date that it rests on is not in the event;
 * what the calendar cannot compute. */
complaint_status cpl_compute_again(const complaint_policy *p, const complaint_calendar *calendar, const cpl_case *c, const cpl_event *ev, const cpl_recorded *r, cpl_deadline *d, complaint_error *e);

#endif
