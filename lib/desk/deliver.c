/*
 * desk/deliver: what must leave the house, leaves it.
 *
 * Owns: claim, send, settle; leases, backoff, attempts. Must not know: how a message travels.
 *
 * A notice is claimed by its version in one transaction, sent outside any, and settled in another. A process that dies in between leaves a claim whose lease
 * runs out; the notice is then sent again under the same intent id, and both attempts are on record.
 */
#include "desk/job.h"

#include <complaint/schema.h>

#include <string.h>

enum { NT_STREAM = 1, NT_SEQ, NT_VERSION, NT_CAUSE, NT_TEMPLATE, NT_RECIPIENT, NT_CHANNEL, NT_URGENT, NT_STATE, NT_NOT_BEFORE, NT_ATTEMPTS, NT_ENTERED, NT_SETTLED, NT_ADDRESS, NT_BODY, NT_ABOUT };
enum { DUE_INDEX = 1, INTENT_MAX = 128, PAGE = 64 };
enum { LEASE_MS = 10 * 60 * 1000, FIRST_PAUSE_MS = 60 * 1000, LAST_PAUSE_MS = 6 * 60 * 60 * 1000 };
static const int64_t longest_pause_ms = INT64_C(31) * 24 * 60 * 60 * 1000; /* of a notifier's own asking: what it puts off for ever would be lost without a word */

typedef struct tally {
    int64_t delivered, accepted, retried, refused;
} tally;

/* A notice taken out of the store for one attempt. */
typedef struct letter {
    int64_t stream, seq, cause, version, attempt;
    cpl_about about; /* what the stream is the log of */
    cpl_str template_name;
    complaint_notice notice;
    char intent[INTENT_MAX];
    bool gone; /* it is owed no more */
    cpl_proof proof;
} letter;

/* ---- claiming -------------------------------------------------------------------------------------------------------- */

/* What is due in one state, a page at a time. */
typedef struct queue {
    const char *state;
    complaint_value after[3]; /* what was gone through: a notice that cannot be sent keeps none behind it waiting, and none is tried twice in a call */
    int32_t after_count;
    cpl_rows rows;
} queue;

enum { WAITING, CLAIMED, QUEUES };

typedef struct due {
    int64_t now;
    cpl_arena *arena;
    queue queues[QUEUES];
} due;

static complaint_status find_due(cpl_tx *tx, void *context) {
    due *found = context;
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; s == COMPLAINT_OK && i < QUEUES; i++) {
        queue *q = &found->queues[i];
        cpl_range r = {.table = CPL_NOTICE, .index = DUE_INDEX, .equal = {cpl_txt(cpl_str_of(q->state))}, .equal_count = 1, .after = {q->after[0], q->after[1], q->after[2]}, .after_count = q->after_count,
                       .until = {cpl_int(found->now)}, .until_count = 1, .limit = PAGE};
        q->rows = (cpl_rows){0};
        s = cpl_tx_select(tx, &r, found->arena, &q->rows);
    }
    return s;
}

/* Where its next page begins: behind the last one, so a store that forgets what was settled is not asked for ever. */
static void move_on(queue *q) {
    if (q->rows.count == 0) return;
    const complaint_value *last = q->rows.items[q->rows.count - 1].values;
    q->after[0] = cpl_int(last[NT_NOT_BEFORE].integer);
    q->after[1] = cpl_int(last[NT_STREAM].integer);
    q->after[2] = cpl_int(last[NT_SEQ].integer);
    q->after_count = 3;
}

/* `stream:event:recipient:channel`; a second word of the event to the same recipient, as reminders may be, has `:2` behind it. */
static complaint_status name_intent(cpl_job *job, const cpl_case *c, letter *l) {
    int64_t turn = cpl_case_notice_turn(c, l->seq);
    cpl_buf b;
    cpl_buf_init(&b, &job->d->memory);
    cpl_buf_fmt(&b, "%lld:%lld:%s:%s", (long long)l->stream, (long long)l->cause, l->notice.recipient, l->notice.channel);
    if (turn > 1) cpl_buf_fmt(&b, ":%lld", (long long)turn);
    bool failed = b.failed, ok = !failed && b.size < sizeof l->intent;
    if (ok) memcpy(l->intent, b.data, b.size + 1);
    cpl_buf_free(&b);
    if (failed) return cpl_fail(job->e, COMPLAINT_E_MEMORY, "intent");
    return ok ? COMPLAINT_OK : cpl_fail(job->e, COMPLAINT_E_CORRUPT, "complaint_notice.recipient");
}

/* The log in which it is written what became of the notice; of a message or a day its end. */
static complaint_status load_log(cpl_job *job, const letter *l, cpl_case *c) {
    cpl_rows events = {0};
    complaint_status s = l->about == CPL_ABOUT_CASE ? cpl_load_case(&job->tx, &job->arena, l->stream, c) : cpl_load_log(job, l->stream, &events, c);
    if (s == COMPLAINT_E_NOT_FOUND || (s == COMPLAINT_OK && c->version == 0)) return cpl_fail(job->e, COMPLAINT_E_CORRUPT, "complaint_notice");
    return s == COMPLAINT_OK && c->unknown ? cpl_fail(job->e, COMPLAINT_E_EVENT_UNKNOWN, "complaint_event.kind") : s;
}

/* A complainant may have withdrawn since it was made, a unit or role have been recused, a clock have ended or spoken again, a message become a matter, a channel been looked at. */
static complaint_status ask_if_owed(cpl_job *job, const letter *l, const cpl_case *c, bool *owed) {
    if (l->about == CPL_ABOUT_MESSAGE) return cpl_sender_is_owed(job, l->stream, owed);
    if (l->about == CPL_ABOUT_DAY) return cpl_look_is_owed(job, l->stream, l->cause, owed);
    const cpl_case_notice *n = cpl_case_sent(c, l->seq);
    *owed = !cpl_owed_no_more(c, cpl_str_of(l->notice.recipient)) && !(n && cpl_case_staff_notice_is_moot(c, n));
    return COMPLAINT_OK;
}

/* What is not as the log makes it was not written by the desk. */
static complaint_status check_row(cpl_job *job, const cpl_case *c, cpl_about about, const complaint_value *row) {
    cpl_notice_faults faults;
    cpl_notice_differs(c, about, row, &faults);
    if (faults.count == 0) return COMPLAINT_OK;
    int32_t column = faults.columns[0];
    return cpl_failf(job->e, COMPLAINT_E_CORRUPT, column == CPL_NOTICE_WORDS ? "complaint_notice" : complaint_schema_column_name(CPL_NOTICE, column), "ข้อความลำดับที่ %lld ของรายการ %lld ไม่ตรงกับบันทึกเหตุการณ์ จึงไม่ส่ง",
                     "notice %lld of stream %lld is not what the log makes it, and is not sent", (long long)row[NT_SEQ].integer, (long long)c->id);
}

/* The row as it is now. Another version is another desk's claim, or its settlement. */
static complaint_status check_letter(cpl_job *job, const cpl_case *c, const letter *l) {
    cpl_row found;
    complaint_value key[] = {cpl_int(l->stream), cpl_int(l->seq)};
    complaint_status s = cpl_tx_get(&job->tx, CPL_NOTICE, key, 2, &job->arena, &found);
    if (s != COMPLAINT_OK) return s;
    return found.values[NT_VERSION].integer == l->version ? check_row(job, c, l->about, found.values) : COMPLAINT_E_VERSION;
}

/* What could not be written down afterwards is not sent: it would be sent again and again. */
static complaint_status check_settles(cpl_job *job, letter *l) {
    cpl_case c;
    bool owed = false;
    complaint_status s = load_log(job, l, &c);
    if (s == COMPLAINT_OK) s = check_letter(job, &c, l);
    if (s == COMPLAINT_OK) s = ask_if_owed(job, l, &c, &owed);
    l->gone = s == COMPLAINT_OK && !owed;
    return s == COMPLAINT_OK ? name_intent(job, &c, l) : s;
}

static void update_notice(cpl_job *job, const letter *l, cpl_str state, int64_t not_before, int64_t settled_at);

static complaint_status claim(cpl_job *job, void *context) {
    static const int32_t columns[] = {NT_VERSION, NT_STATE, NT_NOT_BEFORE, NT_ATTEMPTS};
    letter *l = context;
    complaint_status s = check_settles(job, l);
    if (s == COMPLAINT_OK && l->gone) update_notice(job, l, CPL_LIT("withdrawn"), 0, job->now); /* a claim that was never settled outlived what it was owed for */
    if (s != COMPLAINT_OK || l->gone) return s;
    complaint_value key[] = {cpl_int(l->stream), cpl_int(l->seq)};
    complaint_value values[] = {cpl_int(l->version + 1), cpl_txt(CPL_LIT("claimed")), cpl_int(job->now + LEASE_MS), cpl_int(l->attempt)};
    cpl_batch_update(&job->batch, job->d->office, CPL_NOTICE, key, 2, l->version, columns, values, 4);
    complaint_value attempt[] = {cpl_int(l->stream), cpl_int(l->seq), cpl_int(l->attempt), cpl_int(job->now), cpl_int(0), cpl_int(0), cpl_txt(CPL_LIT(""))};
    cpl_batch_insert(&job->batch, job->d->office, CPL_ATTEMPT, attempt, sizeof attempt / sizeof attempt[0]);
    return COMPLAINT_OK;
}

static bool take_about(cpl_str name, cpl_about *about) {
    static const cpl_about all[] = {CPL_ABOUT_CASE, CPL_ABOUT_MESSAGE, CPL_ABOUT_DAY};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        *about = all[i];
        if (cpl_str_is(name, cpl_about_name(*about))) return true;
    }
    return false;
}

/* Opens the envelopes: what is sent was written for its recipient. */
static complaint_status read_letter(complaint_desk *d, const complaint_value *row, cpl_arena *a, letter *l) {
    cpl_str address, body, copy;
    complaint_status s = cpl_envelope_open(cpl_value_str(&row[NT_ADDRESS]), &address);
    if (s == COMPLAINT_OK) s = cpl_envelope_open(cpl_value_str(&row[NT_BODY]), &body);
    if (s == COMPLAINT_OK && (row[NT_ATTEMPTS].integer < 0 || row[NT_ATTEMPTS].integer >= INT32_MAX)) s = COMPLAINT_E_CORRUPT;
    if (s != COMPLAINT_OK) return cpl_fail(&d->error, s, "complaint_notice");
    *l = (letter){.stream = row[NT_STREAM].integer, .seq = row[NT_SEQ].integer, .cause = row[NT_CAUSE].integer, .version = row[NT_VERSION].integer, .attempt = row[NT_ATTEMPTS].integer + 1};
    if (!take_about(cpl_value_str(&row[NT_ABOUT]), &l->about)) return cpl_fail(&d->error, COMPLAINT_E_CORRUPT, "complaint_notice.about");
    l->template_name = cpl_value_str(&row[NT_TEMPLATE]);
    l->proof = cpl_proof_of(cpl_value_str(&row[NT_BODY]), cpl_value_str(&row[NT_ADDRESS]));
    complaint_notice *n = &l->notice;
    *n = (complaint_notice){.urgent = row[NT_URGENT].integer != 0, .attempt = (int32_t)l->attempt};
    *(l->about == CPL_ABOUT_CASE ? &n->case_id : l->about == CPL_ABOUT_MESSAGE ? &n->message : &n->day) = l->stream;
    n->template_name = l->template_name.p; /* arena strings end with NUL */
    n->recipient = cpl_value_str(&row[NT_RECIPIENT]).p;
    n->channel = cpl_value_str(&row[NT_CHANNEL]).p;
    n->body = body.p; /* the envelope's end is the text's end */
    if (!cpl_arena_str(a, address, &copy)) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    n->address = copy.p;
    return COMPLAINT_OK;
}

/* ---- settling -------------------------------------------------------------------------------------------------------------- */

typedef struct settlement {
    const letter *letter;
    int32_t answer;
    int64_t retry_at;
    bool attempted; /* there is an attempt row to fill */
    complaint_host_error why;
} settlement;

static void update_notice(cpl_job *job, const letter *l, cpl_str state, int64_t not_before, int64_t settled_at) {
    static const int32_t columns[] = {NT_VERSION, NT_STATE, NT_NOT_BEFORE, NT_SETTLED};
    complaint_value key[] = {cpl_int(l->stream), cpl_int(l->seq)};
    complaint_value values[] = {cpl_int(l->version + 1), cpl_txt(state), cpl_int(not_before), cpl_int(settled_at)};
    cpl_batch_update(&job->batch, job->d->office, CPL_NOTICE, key, 2, l->version, columns, values, 4);
}

static void update_attempt(cpl_job *job, const settlement *st) {
    static const int32_t columns[] = {5, 6, 7};
    complaint_value key[] = {cpl_int(st->letter->stream), cpl_int(st->letter->seq), cpl_int(st->letter->attempt)};
    complaint_value values[] = {cpl_int(st->answer), cpl_int(st->why.code), cpl_txt(cpl_str_of(st->why.text))};
    if (st->attempted) cpl_batch_update(&job->batch, job->d->office, CPL_ATTEMPT, key, 3, COMPLAINT_ANY_VERSION, columns, values, 3);
}

/* Doubling pauses, so that a service that is down is not hammered and a short fault costs little. */
static int64_t next_try(int64_t now, int64_t attempt) {
    int64_t pause = FIRST_PAUSE_MS;
    for (int64_t i = 1; i < attempt && pause < LAST_PAUSE_MS; i++) pause *= 2;
    return now + (pause < LAST_PAUSE_MS ? pause : LAST_PAUSE_MS);
}

/* When the notifier asks for it, within reason. */
static int64_t retry_at(int64_t now, const letter *l, int64_t asked) {
    if (asked <= now) return next_try(now, l->attempt);
    return asked - now < longest_pause_ms ? asked : now + longest_pause_ms;
}

/* Delivered and refused are facts of the log: they stop a case's clocks and are shown in it. */
static complaint_status append_settlement(cpl_job *job, const letter *l, int32_t kind) {
    cpl_case c, after;
    cpl_plan plan;
    complaint_status s = load_log(job, l, &c);
    if (s == COMPLAINT_OK) s = cpl_plan_settlement(&job->pr, &c, kind, l->seq, l->template_name, &l->proof, job->now, &job->arena, &plan, job->e);
    if (s != COMPLAINT_OK) return s;
    if (l->about == CPL_ABOUT_CASE) return cpl_append(job, &c, &plan, &after);
    return l->about == CPL_ABOUT_MESSAGE ? cpl_append_message(job, &c, &plan) : cpl_append_log(job, &c, &plan);
}

/* E_NOT_FOUND: somebody else has it, or is done with it. That is no race to run again, but one that is lost. */
static complaint_status check_ours(cpl_job *job, const letter *l) {
    cpl_row row;
    complaint_value key[] = {cpl_int(l->stream), cpl_int(l->seq)};
    complaint_status s = cpl_tx_get(&job->tx, CPL_NOTICE, key, 2, &job->arena, &row);
    return s == COMPLAINT_OK && row.values[NT_VERSION].integer != l->version ? COMPLAINT_E_NOT_FOUND : s;
}

static complaint_status settle(cpl_job *job, void *context) {
    const settlement *st = context;
    const letter *l = st->letter;
    complaint_status s = check_ours(job, l);
    if (s != COMPLAINT_OK) return s;
    update_attempt(job, st);
    switch (st->answer) {
    case COMPLAINT_DELIVERED: update_notice(job, l, CPL_LIT("delivered"), 0, job->now); return append_settlement(job, l, CPL_EV_DELIVERED);
    case COMPLAINT_REFUSED: update_notice(job, l, CPL_LIT("refused"), 0, job->now); return append_settlement(job, l, CPL_EV_REFUSED);
    case COMPLAINT_ACCEPTED: update_notice(job, l, CPL_LIT("accepted"), 0, 0); return COMPLAINT_OK;
    default: update_notice(job, l, CPL_LIT("waiting"), retry_at(job->now, l, st->retry_at), 0); return COMPLAINT_OK;
    }
}

/* ---- the round ----------------------------------------------------------------------------------------------------------------- */

static void count(tally *t, int32_t answer) {
    t->delivered += answer == COMPLAINT_DELIVERED;
    t->accepted += answer == COMPLAINT_ACCEPTED;
    t->refused += answer == COMPLAINT_REFUSED;
    t->retried += answer == COMPLAINT_RETRY_AT;
}

static bool lost(complaint_status s) { return s == COMPLAINT_E_VERSION || s == COMPLAINT_E_EXISTS || s == COMPLAINT_E_NOT_FOUND; }

/* That another desk claimed it first, or settled it after our lease had run out, is no fault. */
static complaint_status deliver_one(complaint_desk *d, const complaint_value *row, int64_t now, cpl_arena *a, tally *t, int64_t *sent) {
    letter l;
    settlement st = {.letter = &l, .attempted = true};
    complaint_status s = read_letter(d, row, a, &l);
    if (s == COMPLAINT_OK) s = cpl_run_system(d, now, false, claim, &l);
    if (lost(s)) {
        cpl_error_clear(&d->error);
        return COMPLAINT_OK;
    }
    if (s != COMPLAINT_OK) return s;
    *sent += 1;
    if (l.gone) return COMPLAINT_OK;
    l.version++;
    l.notice.intent = l.intent;
    cpl_host_send(&d->host, &l.notice, &st.answer, &st.retry_at, &st.why);
    s = cpl_run_system(d, now, true, settle, &st);
    if (s != COMPLAINT_OK && !lost(s)) return s;
    cpl_error_clear(&d->error);
    count(t, st.answer);
    return COMPLAINT_OK;
}

static complaint_status tally_page(complaint_desk *d, const tally *t, complaint_page **page) {
    static const char *const columns[] = {"delivered", "accepted", "retried", "refused"};
    complaint_page *p = cpl_page_new(&d->memory, columns, 4);
    if (!p) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    cpl_page_row(p);
    cpl_page_int(p, 0, t->delivered);
    cpl_page_int(p, 1, t->accepted);
    cpl_page_int(p, 2, t->retried);
    cpl_page_int(p, 3, t->refused);
    return cpl_page_finish(p, page, &d->error);
}

int32_t cpl_desk_progress(complaint_desk *d, int64_t done) { return cpl_host_progress(&d->host, d->progress, d->progress_context, done); }

/* A notice or a case that is damaged, sealed or of a later version: the others can go all the same. */
static bool of_one_notice(complaint_status s) { return CPL_CLASS(s) == COMPLAINT_E_CORRUPT || CPL_CLASS(s) == COMPLAINT_E_SCHEMA || CPL_CLASS(s) == COMPLAINT_E_UNSUPPORTED; }

static complaint_status deliver_page(complaint_desk *d, const cpl_rows *rows, int64_t now, int64_t budget, cpl_arena *a, tally *t, int64_t *done, complaint_error *damage) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < rows->count; i++) {
        if (budget && *done == budget) return cpl_fail(&d->error, COMPLAINT_E_MORE, NULL);
        if (cpl_desk_progress(d, *done)) return cpl_fail(&d->error, COMPLAINT_E_CANCELLED, NULL);
        s = deliver_one(d, rows->items[i].values, now, a, t, done);
        if (!of_one_notice(s)) continue;
        if (damage->status == COMPLAINT_OK) *damage = d->error;
        s = COMPLAINT_OK;
    }
    return s;
}

complaint_status cpl_desk_deliver(complaint_desk *d, int64_t budget, complaint_page **page) {
    int64_t now = 0, done = 0;
    tally t = {0};
    complaint_error damage = {0}; /* the first that was met */
    complaint_status s = cpl_desk_may_write(d);
    if (s == COMPLAINT_OK && !d->host.has_notifier) s = cpl_failf(&d->error, COMPLAINT_E_REQUIRED, "notifier", "จุดรับเรื่องนี้ไม่มีตัวส่งข้อความ", "the desk has no notifier");
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &now, &d->error);
    due found = {.now = now, .queues = {{.state = "waiting"}, {.state = "claimed"}}}; /* claimed: leases that ran out */
    for (bool more = true; s == COMPLAINT_OK && more;) {
        cpl_arena a;
        cpl_arena_init(&a, &d->memory);
        found.arena = &a;
        s = cpl_desk_reading(d, find_due, &found);
        int64_t before = done;
        more = false;
        for (int i = 0; s == COMPLAINT_OK && i < QUEUES; i++) {
            s = deliver_page(d, &found.queues[i].rows, now, budget, &a, &t, &done, &damage);
            more = more || found.queues[i].rows.count == PAGE;
            move_on(&found.queues[i]);
        }
        more = more || done > before; /* what became of a notice may have made another one */
        cpl_arena_free(&a);
    }
    if (s == COMPLAINT_OK && damage.status != COMPLAINT_OK) {
        d->error = damage;
        return damage.status;
    }
    complaint_status made = page && (s == COMPLAINT_OK || s == COMPLAINT_E_MORE || s == COMPLAINT_E_CANCELLED) ? tally_page(d, &t, page) : COMPLAINT_OK;
    return made == COMPLAINT_OK ? s : made;
}

/* ---- settled later ------------------------------------------------------------------------------------------------------------------ */

/* `stream:event:recipient:channel` → stream and event; the rest has to agree with the notice that is found. */
static bool split_intent(cpl_str intent, int64_t *stream, int64_t *event) {
    int64_t *numbers[] = {stream, event};
    size_t i = 0;
    for (int part = 0; part < 2; part++) {
        int64_t v = 0;
        size_t digits = 0;
        for (; i < intent.n && intent.p[i] >= '0' && intent.p[i] <= '9' && digits < 19; i++, digits++) {
            if (v > (INT64_MAX - 9) / 10) return false;
            v = v * 10 + (intent.p[i] - '0');
        }
        if (!digits || i >= intent.n || intent.p[i++] != ':') return false;
        *numbers[part] = v;
    }
    return true;
}

typedef struct late_answer {
    cpl_str intent;
    int32_t answer;
} late_answer;

static complaint_status no_such_intent(cpl_job *job, cpl_str intent) {
    return cpl_failf(job->e, COMPLAINT_E_NOT_FOUND, "intent", "ไม่พบข้อความที่รอผลการส่ง “%.*s”", "no accepted notice has the intent id “%.*s”", (int)(intent.n > 64 ? 64 : intent.n), intent.p);
}

/* What was refused may turn out to have arrived; whatever else is over stays as it is. */
static bool is_open_to(cpl_str state, int32_t answer) { return cpl_str_is(state, "accepted") || (cpl_str_is(state, "refused") && answer == COMPLAINT_DELIVERED); }

static complaint_status settle_named(cpl_job *job, const late_answer *late, const complaint_value *row, bool *found) {
    letter l = {0};
    cpl_case c;
    complaint_status s = read_letter(job->d, row, &job->arena, &l);
    if (s == COMPLAINT_OK) s = load_log(job, &l, &c);
    if (s == COMPLAINT_OK) s = name_intent(job, &c, &l);
    if (s != COMPLAINT_OK || !cpl_str_is(late->intent, l.intent)) return s;
    s = check_row(job, &c, l.about, row);
    if (s != COMPLAINT_OK) return s;
    *found = true;
    cpl_str state = cpl_value_str(&row[NT_STATE]);
    if (cpl_str_is(state, late->answer == COMPLAINT_DELIVERED ? "delivered" : "refused")) return COMPLAINT_OK; /* said before */
    if (!is_open_to(state, late->answer)) return no_such_intent(job, late->intent);
    settlement st = {.letter = &l, .answer = late->answer};
    return settle(job, &st);
}

static complaint_status settle_late(cpl_job *job, void *context) {
    const late_answer *late = context;
    int64_t stream, event;
    bool found = false;
    cpl_rows rows = {0};
    if (!split_intent(late->intent, &stream, &event)) return no_such_intent(job, late->intent);
    cpl_range r = {.table = CPL_NOTICE, .equal = {cpl_int(stream)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(&job->tx, &r, &job->arena, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && !found && i < rows.count; i++)
        if (rows.items[i].values[NT_CAUSE].integer == event) s = settle_named(job, late, rows.items[i].values, &found);
    return s == COMPLAINT_OK && !found ? no_such_intent(job, late->intent) : s;
}

complaint_status cpl_desk_notice_outcome(complaint_desk *d, cpl_str intent, int32_t answer) {
    int64_t now;
    late_answer late = {intent, answer};
    complaint_status s = cpl_desk_may_write(d);
    if (s == COMPLAINT_OK && answer != COMPLAINT_DELIVERED && answer != COMPLAINT_REFUSED) s = cpl_fail(&d->error, COMPLAINT_E_INVALID, "answer");
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &now, &d->error);
    return s == COMPLAINT_OK ? cpl_run_system(d, now, true, settle_late, &late) : s;
}
