/*
 * desk: the running handle. Reads, folds, asks process what an action would do, writes it in one transaction; sends what must
 * leave the house; proves the log.
 *
 * Owns: the desk and its setup, drafts, actors, outcomes, the retry loop, register numbers, request ids. Must not know: which
 * actions an office allows (policy, process), what a role may see (view), SQL.
 */
#ifndef CPL_DESK_H
#define CPL_DESK_H

#include "host/host.h"
#include "policy/policy.h"
#include "process/process.h"
#include "record/record.h"
#include "view/view.h"

#include <complaint/desk.h>

enum { CPL_MAGIC_SETUP = 0x43505331, CPL_MAGIC_DESK = 0x43504431, CPL_MAGIC_DRAFT = 0x43505246, CPL_MAGIC_ACTOR = 0x43504143, CPL_MAGIC_OUTCOME = 0x43504f43, CPL_MAGIC_EVIDENCE = 0x43504556 };

enum { CPL_FILE_NAME_MAX = 1024 };

struct complaint_setup {
    uint32_t magic;
    cpl_memory memory;
    cpl_host host;
    complaint_policy *policy;
    complaint_calendar *calendar;
    char office[CPL_ID_MAX + 1];
    int32_t mode;
    complaint_error error;
    bool known_office;
};

struct complaint_desk {
    uint32_t magic;
    cpl_memory memory;
    cpl_host host;
    complaint_policy *policy;
    complaint_calendar *calendar;
    char calendar_digest[2 * CPL_HASH_SIZE + 1];
    char office_bytes[CPL_ID_MAX + 1];
    cpl_str office;
    int32_t mode;
    complaint_progress_fn progress;
    void *progress_context;
    const cpl_tx *group; /* the transaction that actions share while there is one */
    bool unfinished;     /* an archive was read into the office, and not to its end when somebody looked */
    complaint_error error;
};

struct complaint_draft {
    uint32_t magic;
    cpl_memory memory;
    cpl_arena arena;
    int64_t case_id, revision, message, happened_at;
    bool has_happened_at, silent;
    cpl_str request;
    cpl_input *fields;
    size_t field_count, field_capacity;
    cpl_evidence_item evidence[64];
    size_t evidence_count;
};

struct complaint_actor {
    uint32_t magic;
    cpl_memory memory;
    char id[CPL_ID_MAX + 1], unit[CPL_ID_MAX + 1], on_behalf[CPL_ID_MAX + 1], acting_for[CPL_ID_MAX + 1];
    char roles[8][CPL_ID_MAX + 1];
    int role_count;
};

struct complaint_outcome {
    uint32_t magic;
    cpl_memory memory;
    int64_t case_id, message, revision, number;
    int32_t fiscal_year;
    int32_t repeated;
};

struct complaint_evidence {
    uint32_t magic;
    cpl_memory memory;
    char digest[2 * CPL_HASH_SIZE + 1];
    int64_t size;
};

/* The public calls without handle checks and re-entry guard: what api wraps and intake calls. Errors go to d->error. */
complaint_status cpl_desk_act(complaint_desk *d, const complaint_actor *a, int32_t verb, const complaint_draft *draft, complaint_outcome *outcome);
complaint_status cpl_desk_keep_evidence(complaint_desk *d, complaint_read_fn read, void *context, complaint_evidence *evidence);
complaint_status cpl_desk_read_evidence(complaint_desk *d, const complaint_actor *a, int64_t owner, cpl_str digest, complaint_bytes_fn sink, void *context);
complaint_status cpl_desk_find(complaint_desk *d, const complaint_actor *a, int32_t fiscal_year, int64_t number, int64_t *case_id);
complaint_status cpl_desk_find_legacy(complaint_desk *d, const complaint_actor *a, cpl_str number, const char *token, int64_t limit, complaint_page **page);
/* What belongs to a case, whole. */
typedef enum { CPL_PART_CASE, CPL_PART_CLOCKS, CPL_PART_REFERRALS, CPL_PART_PARTIES, CPL_PART_MESSAGES, CPL_PART_PAPERS, CPL_PART_LINKS } cpl_part;
complaint_status cpl_desk_part(complaint_desk *d, const complaint_actor *a, int64_t case_id, cpl_part part, complaint_page **page);
complaint_status cpl_desk_notices(complaint_desk *d, const complaint_actor *a, int64_t stream, complaint_page **page);
complaint_status cpl_desk_events(complaint_desk *d, const complaint_actor *a, int64_t stream, const char *token, int64_t limit, complaint_page **page);
complaint_status cpl_desk_message(complaint_desk *d, const complaint_actor *a, int64_t message, complaint_page **page);
complaint_status cpl_desk_find_message(complaint_desk *d, const complaint_actor *a, cpl_str channel, cpl_str external_id, complaint_page **page);
complaint_status cpl_desk_evidence_list(complaint_desk *d, const complaint_actor *a, int64_t owner, complaint_page **page);
complaint_status cpl_desk_inbox(complaint_desk *d, const complaint_actor *a, cpl_str state, const char *token, int64_t limit, complaint_page **page);
complaint_status cpl_desk_thread(complaint_desk *d, const complaint_actor *a, cpl_str channel, cpl_str thread, const char *token, int64_t limit, complaint_page **page);
complaint_status cpl_desk_worklist(complaint_desk *d, const complaint_actor *a, int32_t worklist, const char *token, int64_t limit, complaint_page **page);
complaint_status cpl_desk_due(complaint_desk *d, const complaint_actor *a, const char *rule, int64_t until, const char *token, int64_t limit, complaint_page **page);
complaint_status cpl_desk_actions(complaint_desk *d, const complaint_actor *a, int64_t case_id, int32_t language, complaint_page **page);
complaint_status cpl_desk_actions_of_others(complaint_desk *d, const complaint_actor *a, int64_t case_id, int32_t language, complaint_page **page);
complaint_status cpl_desk_deliver(complaint_desk *d, int64_t budget, complaint_page **tally);
complaint_status cpl_desk_notice_outcome(complaint_desk *d, cpl_str intent, int32_t answer);
complaint_status cpl_desk_tick(complaint_desk *d, int64_t budget, complaint_page **tally);
complaint_status cpl_desk_recompute(complaint_desk *d, const complaint_actor *a, const char *token, int64_t budget, complaint_page **tally);
/* When the office of this store began; INT64_MAX: it has not. */
complaint_status cpl_office_since(cpl_tx *tx, const cpl_memory *memory, int64_t *since);
complaint_status cpl_desk_duties(complaint_desk *d, const complaint_actor *a, int32_t first_day, int32_t end_day, complaint_page **page);
complaint_status cpl_desk_explain(complaint_desk *d, const complaint_actor *a, int64_t case_id, int64_t clock, int32_t language, complaint_text **text);
complaint_status cpl_desk_seal(complaint_desk *d, const complaint_actor *a, int64_t until, complaint_text **digest, int64_t *events);
complaint_status cpl_desk_verify(complaint_desk *d, const complaint_actor *a, int32_t flags, const char *token, int64_t budget, complaint_page **findings, int64_t *checked);
const char *cpl_finding_text(const complaint_page *findings, int64_t row, int32_t language);

complaint_status cpl_archive_write(complaint_desk *d, const complaint_actor *a, complaint_bytes_fn sink, void *context, complaint_page **tally);
complaint_status cpl_archive_check(complaint_desk *d, const complaint_actor *a, complaint_read_fn read, void *context, complaint_page **refused, complaint_page **tally);
complaint_status cpl_archive_read(complaint_desk *d, const complaint_actor *a, complaint_read_fn read, void *context, int32_t flags, const complaint_page *without, complaint_page **tally);

/* restore_unfinished.c: whether this desk may change anything; E_READ_ONLY, or E_STATE while an archive is not read to its end. */
complaint_status cpl_desk_may_write(complaint_desk *d);
complaint_status cpl_look_for_unfinished(complaint_desk *d, complaint_error *e);
complaint_status cpl_unfinished(complaint_error *e); /* E_STATE, with its words */
complaint_status cpl_check_finished(cpl_tx *tx, complaint_desk *d); /* the same, when that is how it is */

/* Runs the work in a READ transaction, again from the beginning while the store asks for it (E_BUSY in the end; a JOINED store's RETRY reaches the caller). The work
 * sets nothing outside that a further run would not set again. */
typedef complaint_status (*cpl_reading)(cpl_tx *tx, void *context);
complaint_status cpl_desk_reading(complaint_desk *d, cpl_reading work, void *context);
/* Runs the work in one WRITE transaction that every cpl_desk_act inside of it takes part in: all of them are committed together, or none. Again from the beginning while the store asks for it, so the work
 * sets nothing outside that a further run would not set again; actions that must be known again carry request ids. What the work refuses to go on with is the answer, and nothing was done. Evidence is kept before. */
typedef complaint_status (*cpl_group_work)(void *context);
complaint_status cpl_desk_group(complaint_desk *d, cpl_group_work work, void *context);
/* How often a transaction is run while the store asks for it, and the answer when that was not enough. */
enum { CPL_RUNS = 16 };
complaint_status cpl_store_busy(complaint_error *e);
/* The answer when nothing is run again. A lost race does not reach the host: the store was busy, or, inside his own transaction, he runs all of it again. */
complaint_status cpl_given_up(const complaint_desk *d, complaint_status s, complaint_error *e);
/* 0 when the progress callback wants to go on. */
int32_t cpl_desk_progress(complaint_desk *d, int64_t done);
/* The actor's roles under the desk's policy; E_UNKNOWN_CODE for a role or a unit it does not have. */
complaint_status cpl_desk_view(complaint_desk *d, const complaint_actor *a, cpl_view *view);

#endif
