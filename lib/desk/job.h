/*
 * desk/job: one action on its way through a transaction; what the files of the desk share, nobody outside desk includes this.
 */
#ifndef CPL_DESK_JOB_H
#define CPL_DESK_JOB_H

#include "desk/desk.h"

/* Everything that must stay the same when the store asks for another run is fixed before the first: times, ids, random bytes. */
typedef struct cpl_job {
    complaint_desk *d;
    complaint_error *e; /* the desk's */
    const complaint_draft *draft;
    int32_t kind;
    int64_t now;
    uint32_t random;
    int collisions; /* runs that ended because a key was taken */
    cpl_str request;
    char request_bytes[CPL_ID_MAX + 1];
    char digest[2 * CPL_HASH_SIZE + 1]; /* of the content, for E_REQUEST_REUSED */
    bool keep_request;                  /* the request id is written down */
    bool linked_result;                 /* lists of what is possible: as in a request */
    bool absent;                        /* this run has looked and found no trace of an earlier one */
    uint8_t secret[CPL_HASH_SIZE]; /* random; salts are made of it */
    cpl_who who;
    cpl_view view;
    cpl_procedure pr;
    /* of one run */
    cpl_arena arena;
    cpl_tx tx;
    cpl_batch batch;
    complaint_outcome out;
    const struct cpl_amending *amending; /* update_complainant: the entry that changes; NULL */
    const complaint_value *sender; /* of an action on a case: the row of the message that it names; NULL */
} cpl_job;

/* Does the work of one run: reads by job->tx, gathers changes in job->batch, fills job->out. Setting out.repeated means: nothing to write. */
typedef complaint_status (*cpl_work)(cpl_job *job);

/* Who asks and what he may see. */
complaint_status cpl_job_who(cpl_job *job, complaint_desk *d, const complaint_actor *a);
/* The same, and the draft, the time, the request id. */
complaint_status cpl_job_begin(cpl_job *job, complaint_desk *d, const complaint_actor *a, int32_t kind, const complaint_draft *draft);
/* Runs the work in WRITE transactions until one is committed, an answer is final, or the runs are used up (E_BUSY). */
complaint_status cpl_job_run(cpl_job *job, cpl_work work);

/* system.c: begins, runs the work, writes, commits; again while the store asks for it. `races`: the work reads afresh, so losing a race is a reason to run it again. */
typedef complaint_status (*cpl_system_work)(cpl_job *job, void *context);
complaint_status cpl_run_system(complaint_desk *d, int64_t now, bool races, cpl_system_work work, void *context);

/* message.c */
complaint_status cpl_split(cpl_job *job);
complaint_status cpl_executive_intake(cpl_job *job);
complaint_status cpl_receive(cpl_job *job);
complaint_status cpl_triage(cpl_job *job);
complaint_status cpl_set_aside(cpl_job *job);
/* Whether the sender is still to be answered: his message is set aside and he has not taken it back. */
complaint_status cpl_sender_is_owed(cpl_job *job, int64_t message, bool *owed);
/* What became of an answer, in the message's log and row. */
complaint_status cpl_append_message(cpl_job *job, const cpl_case *end, cpl_plan *plan);
/* action.c */
complaint_status cpl_act_on_case(cpl_job *job);
complaint_status cpl_check_revision(cpl_job *job, const cpl_case *c);
/* attach.c: rows that come with an action beside its event: a letter, a new complainant, a link. */
void cpl_insert_link(cpl_job *job, int64_t one, int64_t other, cpl_str kind); /* a row from either side */
complaint_status cpl_attach(cpl_job *job, const cpl_case *c, const cpl_plan *plan);
/* Whether a case that this one is linked with, and that the actor sees, has a result; by the kinds of links that the policy's guard names. */
complaint_status cpl_linked_result(cpl_tx *tx, cpl_arena *a, const cpl_job *job, int64_t case_id, bool *found);
/* duty.c */
complaint_status cpl_check_channel(cpl_job *job);
complaint_status cpl_assign_duty(cpl_job *job);
/* Whether the channel that the day's event is about is still to be looked at. */
complaint_status cpl_look_is_owed(cpl_job *job, int64_t day, int64_t cause, bool *owed);
/* Reminds of the channels nobody has looked at today, as far as it is time. Adds to *duties and *notices; E_MORE when `budget` (0: none) of them are said. */
complaint_status cpl_remind_duties(complaint_desk *d, int64_t now, int64_t budget, int64_t *duties, int64_t *notices);

/* longcall.c: between two transactions of a long call: E_MORE when the budget (0: none) is used up, E_CANCELLED when the progress callback wants it. */
complaint_status cpl_long_may_go_on(complaint_desk *d, int64_t done, int64_t budget);
/* Whether the work so far is kept and told: done, or stopped between two transactions. */
bool cpl_long_keeps(complaint_status s);
/* A case that is damaged, of a later version, or beyond the calendar's years: the others can go on all the same. The first one met is told at the end. */
complaint_status cpl_past_one_case(complaint_desk *d, complaint_status s, complaint_error *damage);
complaint_status cpl_tell_damage(complaint_desk *d, complaint_status s, const complaint_error *damage);
/* Where a list or a long call goes on: `count` numbers. False when the text is not such a token. */
enum { CPL_TOKEN_MAX = 160 };
bool cpl_token_read(const char *token, int64_t *numbers, int32_t count);
void cpl_token_write(const int64_t *numbers, int32_t count, char out[CPL_TOKEN_MAX]);
complaint_status cpl_bad_token(complaint_desk *d);

/* stream.c. Ids of cases and messages; the streams below are days of duty. */
enum { CPL_FIRST_ID = 1 << 22 };
typedef enum { CPL_STREAM_NONE, CPL_STREAM_CASE, CPL_STREAM_MESSAGE, CPL_STREAM_DAY } cpl_stream_kind;
/* `first_kind`: of its first event. */
cpl_stream_kind cpl_stream_kind_of(int64_t id, int32_t first_kind);
bool cpl_stream_may_have(cpl_stream_kind kind, int32_t table); /* rows of that table */
/* NONE when there is no event under the id. */
complaint_status cpl_stream_find(complaint_desk *d, cpl_tx *tx, int64_t id, cpl_stream_kind *kind);
/* The next owner behind `after` of rows of a table whose key begins with an integer; of CPL_EVENT: the next stream. */
complaint_status cpl_next_owner(complaint_desk *d, cpl_tx *tx, int32_t table, int64_t after, int64_t *owner, bool *found);

/* cases.c: a case in and out of the store. */
/* Folds the case's events. E_NOT_FOUND (texts set) when there is no such case. */
complaint_status cpl_load_case(cpl_tx *tx, cpl_arena *a, int64_t case_id, cpl_case *c);
/* One that a row of the store names: that it has no log is damage; one of a later version waits for that (E_EVENT_UNKNOWN). */
complaint_status cpl_load_listed(cpl_job *job, int64_t case_id, cpl_case *c);
/* The event, what it changes in the projections, its notices; the case after it goes to *after. */
complaint_status cpl_append(cpl_job *job, const cpl_case *before, cpl_plan *plan, cpl_case *after);
/* The rows of what the event says to whom; their proofs and the hash that holds them are put into the event. `c` is the case after it, or the end of a log before it. */
complaint_status cpl_insert_notices(cpl_job *job, const cpl_case *c, cpl_plan *plan);
/* Notices of a stream in one state that go to another: those of one event (0: any), to one recipient (empty: any). */
typedef struct cpl_notices_of {
    int64_t cause;
    cpl_str recipient;
} cpl_notices_of;
complaint_status cpl_move_notices(cpl_job *job, int64_t stream, const cpl_notices_of *which, const char *from, const char *to);
/* The message that is named, if it belongs to the case. */
complaint_status cpl_message_of_case(cpl_job *job, int64_t case_id, cpl_row *row);
/* From whom and where a message is. */
cpl_sender cpl_sender_of(const complaint_value *message);
/* The complainant who wrote a message of the case: the one who came with it, else who is to be taken for its sender; 0: nobody among them, or nobody can tell which. */
int64_t cpl_writer_of(const complaint_policy *p, const cpl_case *c, const complaint_value *message);
/* Who has withdrawn is owed no word. */
bool cpl_owed_no_more(const cpl_case *c, cpl_str recipient);
/* log.c: the log of a message or day. Its events, and its end as planning wants it; version 0 when there is none yet. */
complaint_status cpl_load_log(cpl_job *job, int64_t stream, cpl_rows *events, cpl_case *end);
/* The event and its notices; the rows that a message or a day has are its own business. */
complaint_status cpl_append_log(cpl_job *job, const cpl_case *end, cpl_plan *plan);

/* amend.c: a complainant's entry changed. */
typedef struct cpl_amending {
    int64_t seq;
    cpl_str name, address;       /* envelopes; data NULL: as it was */
    cpl_str channel, reached_at; /* his channel and the envelope of his address, as they are with it */
    cpl_rows waiting;            /* notices for him that nobody has tried to send */
} cpl_amending;
/* What the request and its event need to know of names, addresses and notices. */
complaint_status cpl_begin_amending(cpl_job *job, const cpl_case *c, cpl_request *rq);
/* The event makes it go another way. */
bool cpl_goes_elsewhere(const cpl_case *before, const cpl_case *after, int64_t notice);
/* The rows of those. */
void cpl_reroute(cpl_job *job, const cpl_case *before, const cpl_case *after);

/* words.c: the text of a notice, blanks filled. */
complaint_status cpl_write_body(cpl_job *job, const cpl_case *c, const cpl_plan *plan, const cpl_planned_notice *n, cpl_buf *body);
/* Name and address of a complainant from the draft, as envelopes. */
complaint_status cpl_party_envelopes(cpl_job *job, cpl_str *name, cpl_str *address);
void cpl_insert_event(cpl_batch *b, cpl_str office, const cpl_event *ev);
void cpl_insert_evidence(cpl_job *job, int64_t owner, int64_t first_seq);
complaint_status cpl_no_such_case(complaint_error *e, int64_t case_id);

/* proof.c: what the log proves by digest. */
cpl_proof cpl_proof_of(cpl_str first, cpl_str second); /* of two envelopes as they are stored */
/* Of a stream's events (rows as from a store): the digest of the owner's item of evidence number `seq`, empty when none names it. */
cpl_str cpl_log_evidence(const cpl_rows *events, int64_t seq);
bool cpl_is_digest_of(cpl_str digest, const complaint_value *envelope);

/* Keeps an item under its digest, chunk by chunk, each in a transaction of its own; what is there already is as good. */
complaint_status cpl_evidence_put(complaint_desk *d, const char *digest, const cpl_buf *all);
/* The whole item, from the store or the host's room, proved by its digest. E_NOT_FOUND: a chunk is missing (the error is not set); E_CORRUPT. */
complaint_status cpl_evidence_bytes(complaint_desk *d, cpl_tx *tx, const char *digest, int64_t size, cpl_buf *all);

/* notice_log.c: a notice against the log. */
/* What a notice's proof is made of, as it lies in the row. */
typedef struct cpl_written {
    cpl_str salt, channel, address, body;
} cpl_written;
void cpl_notice_proof(const cpl_written *w, char digits[2 * CPL_HASH_SIZE + 1]);
/* Columns of a row of complaint_notice that are not what the log makes them; those from `altered` on are what was written, proved by a digest. CPL_NOTICE_WORDS: one of what the proof is made of. */
enum { CPL_NOTICE_WORDS = 0, CPL_NOTICE_FAULTS = 9 };
typedef struct cpl_notice_faults {
    int32_t columns[CPL_NOTICE_FAULTS];
    int count, altered;
} cpl_notice_faults;
/* Nothing differs: count 0. A row whose number the log does not have differs in that alone. */
void cpl_notice_differs(const cpl_case *c, cpl_about about, const complaint_value *row, cpl_notice_faults *f);

/* message_log.c: a message as its events make it; texts live in the arena. */
typedef struct cpl_message_log {
    cpl_arena *arena;
    int64_t version, direction, case_id, sent_at, entered_at, unsent_at, evidence;
    cpl_str channel, external_id, thread, form, state, sender, body, address; /* the last three: digests of the envelopes */
} cpl_message_log;
/* Applies one event. E_CORRUPT when the payload is not what its kind must be. */
complaint_status cpl_message_fold(cpl_message_log *m, const cpl_event *ev, complaint_error *e);

/* The request as process wants it, from the draft. */
cpl_request cpl_request_of(const cpl_job *job, int32_t kind);
/* The last field of that name in the draft, or NULL; its text, empty when there is none. */
const cpl_input *cpl_field_of(const cpl_job *job, const char *name);
cpl_str cpl_field_text(const cpl_job *job, const char *name);

#endif
