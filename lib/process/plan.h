/*
 * process/plan: what the files of planning share; nobody outside process includes this.
 */
#ifndef CPL_PROCESS_PLAN_H
#define CPL_PROCESS_PLAN_H

#include "process/process.h"

/* A JSON object or array being written. */
typedef struct writer {
    cpl_buf *b;
    bool first;
} writer;

void cpl_write_key(writer *w, const char *key);
void cpl_write_str(writer *w, const char *key, cpl_str s);
void cpl_write_int(writer *w, const char *key, int64_t v);
void cpl_write_id(writer *w, const char *key, int64_t id); /* as a string: JavaScript has no int64 */
/* Opens a nested object or array (`{`, `[`); key NULL inside an array. */
writer cpl_write_open(writer *w, const char *key, char bracket);
void cpl_write_close(writer *w, char bracket);

enum { MAX_HITS = 16, MAX_UNITS = 16 };

/* The action being planned. */
typedef struct planner {
    const cpl_procedure *pr;
    const complaint_policy *p;
    const cpl_case *c;
    const cpl_request *rq;
    const cpl_action *action;
    int role; /* the role that allows it */
    cpl_arena *arena;
    complaint_error *e;
    cpl_trigger hits[MAX_HITS]; /* what this event sets off */
    size_t hit_count;
    int64_t flags_set, flags_cleared;
    cpl_str units[MAX_UNITS]; /* forward, refer: to whom */
    size_t unit_count;
    int64_t touched[MAX_UNITS]; /* the referrals this event is about, new ones included */
    size_t touched_count;
    const cpl_who *who;
    bool linked_result; /* of the request */
    bool last_result; /* nothing else is still waiting: the state may change, clocks of the whole case may stop */
    bool kept;        /* an `unless` keeps the case where it is: what the action would have ended goes on */
    bool completes;   /* the last unit is done without: what the others reported is the result */
    cpl_party party;  /* a complainant who is new with this event; seq 0: none */
    cpl_party amended; /* a complainant whose entry changes: his number, and what it becomes, data NULL where it stays; seq 0: nobody's */
    bool paper;       /* the event brings an official letter or memo */
    int64_t cycle;    /* of the case after the event */
    int64_t correcting;  /* the event whose time was entered wrong, 0: none */
    cpl_deed corrected;  /* as it counted until now */
    int64_t withdrawing; /* the complainant who withdraws, 0: nobody */
    cpl_blind *concerned; /* who must not see the case from now on, or may again */
    size_t concerned_count;
    bool lifts; /* they may again */
    int state, new_state; /* the state it goes to, or -1; the one it is in afterwards */
    bool final;           /* the case is finished afterwards */
    int64_t started;      /* clocks that began so far */
    bool cites;           /* a deadline was computed: policy and calendar are cited */
    int64_t received_at, happened_at, entered_at;
    cpl_planned_notice *notices;
    size_t notice_count;
    int64_t told_notice; /* contact, note, add_paper: what could not be delivered and was told by other means; 0: nothing */
    char *payload;   /* of the event, in the arena */
    size_t reminder; /* where the notices begin of which a recipient hears one: of the event, of one reminder, of one that is passed on */
} planner;

/* Verbs that make a case. */
static inline bool cpl_opens(int32_t kind) { return kind == CPL_EV_TRIAGE || kind == CPL_EV_EXECUTIVE_INTAKE; }

/* Verbs whose field `party` names the only complainant whom they tell something. */
static inline bool cpl_tells_one(int32_t kind) { return kind == CPL_EV_ACKNOWLEDGE || kind == CPL_EV_NOTIFY_RESULT; }

const cpl_input *cpl_find_input(const cpl_request *rq, const char *name);
cpl_str cpl_input_text(const cpl_request *rq, const char *name); /* empty when not given */

/* fields.c: types, codes, required and unknown fields; fills flags_set, units, ... */
complaint_status cpl_check_fields(planner *pl);
void cpl_write_fields(const planner *pl, writer *clear, writer *sealed);

/* guard.c */
/* Whether what is entered now is what an old register says of a matter. */
bool cpl_is_history(const planner *pl);
complaint_status cpl_check_guards(const planner *pl, bool with_fields);
complaint_status cpl_check_principal(const planner *pl); /* on whose behalf it is done */
bool cpl_asks_principal(const planner *pl);             /* whatever is said, it has to be said for somebody; the request is not looked at */
bool cpl_sits_in(const planner *pl, cpl_str unit);       /* the unit is the seat of a role by which the actor may do it */

/* verbs.c: what a verb brings with it beside fields, state, clocks and notices. */
complaint_status cpl_prepare_verb(planner *pl);
void cpl_write_verb(const planner *pl, writer *w);
complaint_status cpl_verb_is_possible(const planner *pl); /* looks at no field: asked for lists of what is possible too */

/* correct.c */
complaint_status cpl_prepare_correction(planner *pl);
void cpl_write_correction(const planner *pl, writer *w);

/* complainant.c */
bool cpl_party_is_at(const cpl_party *p, const cpl_sender *s); /* he is reached there, by that channel */
bool cpl_may_be_called(const cpl_party *p, const cpl_sender *s); /* that is his name, or none is said */
complaint_status cpl_no_such_complainant(const planner *pl, int64_t seq);
/* E_REQUIRED for field party, with the numbers and channels of those who are left; `thai` and `english` say what is done. */
complaint_status cpl_which_complainant(const planner *pl, const char *thai, const char *english);

/* amend.c */
complaint_status cpl_can_amend(const planner *pl);
complaint_status cpl_prepare_amendment(planner *pl);
void cpl_write_amendment(const planner *pl, writer *w);

/* notices.c */
complaint_status cpl_plan_notices(planner *pl);
complaint_status cpl_plan_reminder(planner *pl, const cpl_warning *warning); /* adds its notices to what is planned already */
bool cpl_reminder_speaks(const planner *pl, const cpl_warning *warning); /* the condition of one of its notices holds */
void cpl_write_notices(const planner *pl, writer *w);
bool cpl_is_proof_of_nothing(cpl_str proof); /* a digest of a name or address that is empty */
const cpl_code *cpl_channel_code(const planner *pl, cpl_str channel); /* for refusals; `-` for one that the policy has no more */
bool cpl_carries_answers(const planner *pl, cpl_str channel);
bool cpl_is_reached(const planner *pl, const cpl_party *party); /* his channel carries an answer, and there is an address on it */
complaint_status cpl_prepare_telling(planner *pl); /* field `notice`: it counts from now on as delivered */
void cpl_write_telling(const planner *pl, writer *w);
complaint_status cpl_check_result_in_hand(planner *pl); /* before it is told */
const char *cpl_counts_name(cpl_counts_as as); /* NULL: nothing */

/* clocks.c: what happens to the clocks, written into the payload. */
complaint_status cpl_plan_clocks(planner *pl, writer *w);
/* Live clocks whose deadline is another under this policy and calendar; sets `cites` when there is one. */
complaint_status cpl_write_moves(planner *pl, writer *w);
int64_t cpl_lateness(const cpl_case_clock *k, int64_t at);

/* warnings.c: the first reminder behind `after`, or CPL_NEVER; the instant of one warning's turn (0, 1, 2 ...). */
enum { CPL_DAYS_APART_MAX = 3660 };
complaint_status cpl_next_warning(const complaint_calendar *calendar, const cpl_clock_def *def, int64_t started_at, int64_t due_at, int64_t after, int64_t *at, complaint_error *e);
complaint_status cpl_warning_at(const complaint_calendar *calendar, const cpl_warning *w, int64_t started_at, int64_t due_at, int64_t turn, int64_t *at, complaint_error *e);
/* A running or paused clock gets another deadline. Reminders move with it and are to come; what fell due unsaid while the clock stood still is lost, and counted. */
typedef struct cpl_moved {
    int64_t wake; /* the next reminder, or CPL_NEVER */
    int64_t lost;
} cpl_moved;
complaint_status cpl_move_warnings(const planner *pl, const cpl_clock_def *def, const cpl_case_clock *k, int64_t due_at, int64_t from, cpl_moved *moved);
/* Reminders that are due by now and were not said: all of them, and those of the latest stage. */
typedef struct cpl_due_count {
    int64_t all, said;
} cpl_due_count;
/* Plans the notices of the latest stage. */
complaint_status cpl_plan_due_warnings(planner *pl, const cpl_clock_def *def, const cpl_case_clock *k, int64_t now, cpl_due_count *due);

void cpl_hit(planner *pl, int32_t kind, cpl_str qualifier);
bool cpl_any_hit(const planner *pl, const cpl_trigger *list, size_t count);

#endif
