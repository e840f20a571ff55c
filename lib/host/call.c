/*
 * host/call: the calls of the host's slots.
 *
 * Owns: which statuses a slot may answer, the flag that a callback is running, the host's words in errors, limits and the
 * range of the clock. Must not know: tables, columns, cases.
 */
#include "host/host.h"

#include <inttypes.h>

/* ---- what a slot may answer --------------------------------------------------------------------------------- */

#define MAY(class) (UINT32_C(1) << (class))

enum { MIB = 1024 * 1024, VALUE_MAX = MIB, VALUE_MIN = MIB / 2, TRANSACTION_MAX = 4 * MIB, TRANSACTION_MIN = MIB };

/* Every slot of the store may answer these. */
#define ANY_STORE (MAY(COMPLAINT_E_RETRY) | MAY(COMPLAINT_E_FULL) | MAY(COMPLAINT_E_MEMORY) | MAY(COMPLAINT_E_BUSY) | MAY(COMPLAINT_E_STORE) | MAY(COMPLAINT_E_CORRUPT))
#define ANY_HOST (MAY(COMPLAINT_E_MEMORY) | MAY(COMPLAINT_E_HOST))

typedef struct rule {
    const char *name;
    uint32_t classes;           /* bit c: an answer of class c passes */
    complaint_status otherwise; /* what every other answer is taken for */
} rule;

static const rule schema_rule = {"store.schema", ANY_STORE | MAY(COMPLAINT_E_SCHEMA) | MAY(COMPLAINT_E_READ_ONLY), COMPLAINT_E_STORE};
static const rule limits_rule = {"store.limits", ANY_STORE, COMPLAINT_E_STORE};
static const rule begin_rule = {"store.begin", ANY_STORE | MAY(COMPLAINT_E_SCHEMA) | MAY(COMPLAINT_E_READ_ONLY), COMPLAINT_E_STORE};
static const rule commit_rule = {"store.commit", ANY_STORE | MAY(COMPLAINT_E_UNKNOWN), COMPLAINT_E_STORE};
static const rule write_rule = {"store.write", ANY_STORE | MAY(COMPLAINT_E_NOT_FOUND) | MAY(COMPLAINT_E_VERSION) | MAY(COMPLAINT_E_EXISTS), COMPLAINT_E_STORE};
static const rule get_rule = {"store.get", ANY_STORE | MAY(COMPLAINT_E_NOT_FOUND), COMPLAINT_E_STORE};
static const rule select_rule = {"store.select", ANY_STORE, COMPLAINT_E_STORE};
static const rule now_rule = {"clock.now", ANY_HOST, COMPLAINT_E_HOST};
static const rule put_chunk_rule = {"evidence.put_chunk", ANY_HOST | MAY(COMPLAINT_E_FULL), COMPLAINT_E_HOST};
static const rule get_chunk_rule = {"evidence.get_chunk", ANY_HOST | MAY(COMPLAINT_E_NOT_FOUND), COMPLAINT_E_HOST};

static bool allowed(const rule *r, complaint_status answer) { return cpl_status_known(answer) && (r->classes >> CPL_CLASS(answer) & 1); }

/* An answer the contract does not have, named in the text because the host's author has to find it. */
static complaint_status foreign(const rule *r, complaint_status answer, const complaint_host_error *words, complaint_error *e) {
    cpl_failf(e, r->otherwise, r->name, "%s: %s%.0s (ตอบ %" PRId32 " ซึ่งช่องนี้ตอบไม่ได้)", "%s: %.0s%s (it answered %" PRId32 ", which this slot may not)", r->name,
              cpl_status_text(r->otherwise, COMPLAINT_THAI), cpl_status_text(r->otherwise, COMPLAINT_ENGLISH), answer);
    cpl_error_host(e, words);
    return r->otherwise;
}

static complaint_status translate(const rule *r, complaint_status answer, const complaint_host_error *words, complaint_error *e) {
    if (answer == COMPLAINT_OK) return answer;
    if (!allowed(r, answer)) return foreign(r, answer, words, e);
    if (words->thai[0] && words->text[0])
        cpl_failf(e, answer, r->name, "%s%.0s", "%.0s%s", words->thai, words->text);
    else
        cpl_failf(e, answer, r->name, "%s: %s%.0s", "%s: %.0s%s", r->name, cpl_status_text(answer, COMPLAINT_THAI), cpl_status_text(answer, COMPLAINT_ENGLISH));
    cpl_error_host(e, words);
    return answer;
}

/* The slot answered COMPLAINT_OK without doing what that promises. */
static complaint_status broken(const rule *r, const char *thai, const char *english, complaint_error *e) {
    return cpl_failf(e, r->otherwise, r->name, "%s: %s%.0s", "%s: %.0s%s", r->name, thai, english);
}

/* ---- what a slot is given to speak through ------------------------------------------------------------------------ */

static complaint_host_error *fresh_words(cpl_host *h) {
    h->words = (complaint_host_error){0};
    return &h->words;
}

static cpl_gate *open_gate(cpl_host *h, cpl_gate made) {
    cpl_gate *g = &h->gates[h->gate_turn++ % CPL_GATES];
    *g = made;
    return g;
}

cpl_watch cpl_call_out(cpl_host *h, cpl_gate *gate) {
    cpl_watch w = {.host = h, .gate = gate, .inside = h->inside};
    h->inside = true;
    return w;
}

void cpl_back(cpl_watch *w) {
    w->host->inside = w->inside;
    if (w->gate) w->gate->closed = true;
    w->back = true;
}

void cpl_leave(cpl_watch *w) {
    void *open = w->host->open;
    if (w->back) return;
    cpl_back(w);
    if (open) cpl_host_rollback(w->host, open);
}

/* ---- store ---------------------------------------------------------------------------------------------------- */

complaint_status cpl_host_schema(cpl_host *h, int32_t operation, int32_t *major, int32_t *minor, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    int32_t got_major = operation == COMPLAINT_SCHEMA_WRITE ? *major : 0, got_minor = operation == COMPLAINT_SCHEMA_WRITE ? *minor : 0;
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    complaint_status status = h->store.schema(h->store.self, operation, &got_major, &got_minor, words);
    cpl_back(&w);
    status = translate(&schema_rule, status, words, e);
    if (status != COMPLAINT_OK || operation == COMPLAINT_SCHEMA_WRITE) return status;
    if (got_major < 0 || got_minor < 0) return broken(&schema_rule, "รุ่นเป็นจำนวนลบ", "the version is negative", e);
    *major = got_major;
    *minor = got_minor;
    return COMPLAINT_OK;
}

/* What the host left at 0 or below keeps its default, which is the largest. */
static int64_t clamp(int64_t said, int64_t least, int64_t most) {
    if (said <= 0 || said > most) return most;
    return said < least ? least : said;
}

complaint_status cpl_host_limits(cpl_host *h, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    complaint_limits said = {.size = sizeof said, .max_value = VALUE_MAX, .max_transaction = TRANSACTION_MAX};
    complaint_status status = COMPLAINT_OK;
    if (h->store.limits) {
        cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
        status = h->store.limits(h->store.self, &said, words);
        cpl_back(&w);
    }
    status = translate(&limits_rule, status, words, e);
    if (status != COMPLAINT_OK) return status;
    int64_t transaction = clamp(said.max_transaction, TRANSACTION_MIN, TRANSACTION_MAX), value = clamp(said.max_value, VALUE_MIN, VALUE_MAX);
    h->limits = (complaint_limits){
        .size = sizeof said,
        .max_value = value < transaction ? value : transaction,
        .max_transaction = transaction,
        .flags = said.flags & COMPLAINT_STORE_JOINED,
    };
    return COMPLAINT_OK;
}

complaint_status cpl_host_begin(cpl_host *h, int32_t mode, cpl_str office, void **tx, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    void *begun = NULL;
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    complaint_status status = h->store.begin(h->store.self, mode, office.p, office.n, &begun, words);
    cpl_back(&w);
    status = translate(&begin_rule, status, words, e);
    if (status != COMPLAINT_OK) return status;
    if (!begun) return broken(&begin_rule, "ไม่ได้ให้ transaction", "it gave no transaction", e);
    h->open = *tx = begun;
    return COMPLAINT_OK;
}

complaint_status cpl_host_commit(cpl_host *h, void *tx, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    complaint_status status = h->store.commit(h->store.self, tx, words);
    cpl_back(&w);
    if (status == COMPLAINT_OK) h->open = NULL;
    return translate(&commit_rule, status, words, e);
}

void cpl_host_rollback(cpl_host *h, void *tx) {
    h->open = NULL; /* it is not ended twice, whatever the slot does */
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    h->store.rollback(h->store.self, tx);
    cpl_back(&w);
}

complaint_status cpl_host_write(cpl_host *h, void *tx, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    int32_t at = -1;
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    complaint_status status = h->store.write(h->store.self, tx, changes, count, &at, words);
    cpl_back(&w);
    if (status != COMPLAINT_OK && failed_at) *failed_at = at >= 0 && at < count ? at : -1;
    return translate(&write_rule, status, words, e);
}

static int32_t COMPLAINT_CALL pass_row(void *context, const complaint_value *values, int32_t count) {
    cpl_gate *g = context;
    if (g->closed || !g->rows || (g->limit > 0 && g->given == g->limit)) return 1;
    g->given++;
    g->closed = g->rows(g->context, values, count) != 0;
    return g->closed;
}

complaint_status cpl_host_get(cpl_host *h, void *tx, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink, void *context, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    cpl_gate *g = open_gate(h, (cpl_gate){.rows = sink, .context = context, .limit = 1});
    cpl_watch w CPL_WATCHED = cpl_call_out(h, g);
    complaint_status status = h->store.get(h->store.self, tx, table, key, key_count, pass_row, g, words);
    cpl_back(&w);
    if (status == COMPLAINT_E_NOT_FOUND) return status; /* an answer, not a failure: the error stays clear */
    status = translate(&get_rule, status, words, e);
    if (status == COMPLAINT_OK && g->given == 0) return broken(&get_rule, "ตอบสำเร็จแต่ไม่ได้ให้แถว", "it answered success and gave no row", e);
    return status;
}

complaint_status cpl_host_select(cpl_host *h, void *tx, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, complaint_row_fn sink,
                                 void *context, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    cpl_gate *g = open_gate(h, (cpl_gate){.rows = sink, .context = context, .limit = limit});
    cpl_watch w CPL_WATCHED = cpl_call_out(h, g);
    complaint_status status = h->store.select(h->store.self, tx, table, index, bounds, direction, limit, pass_row, g, words);
    cpl_back(&w);
    return translate(&select_rule, status, words, e);
}

/* ---- clock, notifier, evidence -------------------------------------------------------------------------------- */

/* 2020-01-01T00:00Z, and the 41 bits of milliseconds after it that an id can hold: until 2089-09-06. */
static const int64_t first_instant = INT64_C(1577836800000), instants = INT64_C(1) << 41;

complaint_status cpl_host_now(cpl_host *h, int64_t *now, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    int64_t got = 0;
    if (!h->has_clock) return cpl_fail(e, COMPLAINT_E_SLOT_MISSING, now_rule.name);
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    complaint_status status = h->clock.now(h->clock.self, &got, words);
    cpl_back(&w);
    status = translate(&now_rule, status, words, e);
    if (status != COMPLAINT_OK) return status;
    if (got < first_instant || got >= first_instant + instants)
        return cpl_failf(e, COMPLAINT_E_RANGE, now_rule.name, "นาฬิกาบอกเวลา %" PRId64 " ms ซึ่งอยู่นอกช่วง พ.ศ. 2563 ถึง 2632",
                         "the clock says %" PRId64 " ms, which is outside 2020 to 2089", got);
    *now = got;
    return COMPLAINT_OK;
}

void cpl_host_send(cpl_host *h, const complaint_notice *n, int32_t *answer, int64_t *retry_at, complaint_host_error *why) {
    complaint_host_error *words = fresh_words(h);
    int32_t said = 0;
    int64_t at = 0;
    complaint_status status = COMPLAINT_E_HOST;
    if (h->has_notifier) {
        cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
        status = h->notifier.send(h->notifier.self, n, &said, &at, words);
        cpl_back(&w);
    }
    bool answered = status == COMPLAINT_OK && said >= COMPLAINT_DELIVERED && said <= COMPLAINT_REFUSED;
    *answer = answered ? said : COMPLAINT_RETRY_AT;
    *retry_at = answered && said == COMPLAINT_RETRY_AT && at > 0 ? at : 0;
    *why = *words;
}

complaint_status cpl_host_put_chunk(cpl_host *h, const char *digest, int64_t chunk, const void *data, size_t n, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    complaint_status status = h->evidence.put_chunk(h->evidence.self, digest, chunk, data, n, words);
    cpl_back(&w);
    return translate(&put_chunk_rule, status, words, e);
}

static int32_t COMPLAINT_CALL pass_bytes(void *context, const void *data, size_t size) {
    cpl_gate *g = context;
    if (!g->bytes) return 1; /* a sink of long ago: rows go through here now */
    g->over = g->over || (!g->closed && (size > (uint64_t)(g->limit - g->given) || (size && !data)));
    g->closed = g->closed || g->over;
    if (g->closed) return 1;
    g->given += (int64_t)size;
    g->closed = g->bytes(g->context, data, size) != 0;
    return g->closed;
}

complaint_status cpl_host_get_chunk(cpl_host *h, const char *digest, int64_t chunk, int64_t limit, complaint_bytes_fn sink, void *context, complaint_error *e) {
    complaint_host_error *words = fresh_words(h);
    cpl_gate *g = open_gate(h, (cpl_gate){.bytes = sink, .context = context, .limit = limit});
    cpl_watch w CPL_WATCHED = cpl_call_out(h, g);
    complaint_status status = h->evidence.get_chunk(h->evidence.self, digest, chunk, pass_bytes, g, words);
    cpl_back(&w);
    if (status == COMPLAINT_E_NOT_FOUND) return status;
    status = translate(&get_chunk_rule, status, words, e);
    return status == COMPLAINT_OK && g->over ? broken(&get_chunk_rule, "ให้ข้อมูลเกินหนึ่งชิ้น", "it gave more bytes than a chunk has", e) : status;
}

/* ---- callbacks that come with a call -------------------------------------------------------------------------- */

complaint_status cpl_host_read(cpl_host *h, complaint_read_fn read, void *context, void *buffer, size_t capacity, size_t *got, complaint_error *e) {
    size_t n = 0;
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    complaint_status answer = read(context, buffer, capacity, &n);
    cpl_back(&w);
    if (answer != COMPLAINT_OK) return cpl_fail(e, cpl_status_known(answer) ? answer : COMPLAINT_E_HOST, "evidence.read");
    if (n > capacity)
        return cpl_failf(e, COMPLAINT_E_HOST, "evidence.read", "ฟังก์ชันอ่านบอกว่าอ่านได้มากกว่าที่ขอ", "the read function says that it read more than it was asked for");
    *got = n;
    return COMPLAINT_OK;
}

int32_t cpl_host_give(cpl_host *h, complaint_bytes_fn sink, void *context, const void *data, size_t size) {
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    int32_t answer = sink(context, data, size);
    cpl_back(&w);
    return answer;
}

int32_t cpl_host_progress(cpl_host *h, int32_t(COMPLAINT_CALL *progress)(void *context, int64_t done), void *context, int64_t done) {
    if (!progress) return 0;
    cpl_watch w CPL_WATCHED = cpl_call_out(h, NULL);
    int32_t answer = progress(context, done);
    cpl_back(&w);
    return answer;
}
