/*
 * desk/verify: proof that the log is whole and that what is shown follows from it.
 *
 * Owns: the walk over all streams in one snapshot, and what counts as a fault. Must not know: how anything came about. A fault is a row of the findings, not an
 * error: an auditor wants all of them.
 */
#include "desk/job.h"

#include <complaint/schema.h>

#include <string.h>

enum { FIRST_ID = 1 << 22, PAGE = 256, MAX_COLUMNS = 32, DEFINITION_KINDS = 2, F_STREAM = 0, F_SEQ, F_WHAT, F_DETAIL, FINDING_COLUMNS };

static const char *const finding_columns[] = {"stream", "seq", "what", "detail"};

typedef struct counter {
    cpl_count key;
    int64_t amount;
} counter;

typedef struct audit {
    complaint_desk *d;
    cpl_tx *tx;
    complaint_page *findings;
    int64_t checked;
    int64_t cases, messages, numbered;
    char cited[DEFINITION_KINDS][2 * CPL_HASH_SIZE + 1]; /* found last */
    counter *counters; /* what the cases add up to */
    size_t counter_count, counter_capacity;
} audit;

static void finding(audit *a, int64_t stream, int64_t seq, const char *what, const char *detail) {
    if (!cpl_page_row(a->findings)) return;
    cpl_page_id(a->findings, F_STREAM, stream);
    cpl_page_int(a->findings, F_SEQ, seq);
    cpl_page_str(a->findings, F_WHAT, cpl_str_of(what));
    cpl_page_str(a->findings, F_DETAIL, cpl_str_of(detail));
}

/* What the store or the data got wrong is a finding; what keeps us from looking is an error. */
static bool is_fault(complaint_status s) { return CPL_CLASS(s) == COMPLAINT_E_CORRUPT; }

static complaint_status note_fault(audit *a, int64_t stream, int64_t seq, complaint_status s) {
    if (!is_fault(s)) return s;
    finding(a, stream, seq, "row", a->d->error.english);
    cpl_error_clear(&a->d->error);
    return COMPLAINT_OK;
}

/* ---- counters ------------------------------------------------------------------------------------------------------------ */

static complaint_status add_count(audit *a, const cpl_count *key) {
    for (size_t i = 0; i < a->counter_count; i++) {
        const cpl_count *k = &a->counters[i].key;
        if (k->period != key->period || strcmp(k->figure, key->figure) != 0 || strcmp(k->dimension, key->dimension) != 0) continue;
        a->counters[i].amount++;
        return COMPLAINT_OK;
    }
    if (a->counter_count == a->counter_capacity) {
        size_t capacity = a->counter_capacity ? 2 * a->counter_capacity : 64;
        counter *grown = cpl_resize(&a->d->memory, a->counters, capacity, sizeof *grown);
        if (!grown) return cpl_fail(&a->d->error, COMPLAINT_E_MEMORY, NULL);
        a->counters = grown;
        a->counter_capacity = capacity;
    }
    a->counters[a->counter_count++] = (counter){*key, 1};
    return COMPLAINT_OK;
}

static complaint_status count_case(audit *a, const cpl_case *c) {
    cpl_count counts[CPL_COUNTS];
    size_t n = cpl_case_counts(c, counts);
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < n; i++) s = add_count(a, &counts[i]);
    return s;
}

static complaint_status check_counters(audit *a) {
    cpl_arena arena;
    cpl_rows rows = {0};
    cpl_arena_init(&arena, &a->d->memory);
    cpl_range r = {.table = CPL_COUNTER};
    complaint_status s = cpl_tx_select(a->tx, &r, &arena, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) {
        const complaint_value *v = rows.items[i].values;
        int64_t expected = 0;
        for (size_t k = 0; k < a->counter_count; k++) {
            counter *c = &a->counters[k];
            if (v[2].integer != c->key.period || !cpl_str_is(cpl_value_str(&v[1]), c->key.figure) || !cpl_str_is(cpl_value_str(&v[3]), c->key.dimension)) continue;
            expected = c->amount;
            c->amount = 0; /* seen */
        }
        if (v[4].integer != expected) finding(a, 0, v[2].integer, "counter", cpl_value_str(&v[3]).p);
    }
    for (size_t k = 0; s == COMPLAINT_OK && k < a->counter_count; k++)
        if (a->counters[k].amount) finding(a, 0, a->counters[k].key.period, "counter", a->counters[k].key.dimension);
    cpl_arena_free(&arena);
    return s;
}

/* ---- projections of a case ------------------------------------------------------------------------------------------------- */

/* `table.column` is not what the log makes it. */
static void projection(audit *a, int64_t stream, int64_t seq, int32_t table, int32_t column) {
    char detail[96] = "";
    const char *name = complaint_schema_table_name(table), *which = complaint_schema_column_name(table, column);
    size_t n = strlen(name), k = strlen(which);
    if (n + k + 2 < sizeof detail) {
        memcpy(detail, name, n);
        detail[n] = '.';
        memcpy(detail + n + 1, which, k + 1);
    }
    finding(a, stream, seq, "projection", detail);
}

static void compare_row(audit *a, const cpl_case *c, int64_t seq, int32_t table, const complaint_value *expected, const complaint_value *found, int32_t columns) {
    for (int32_t i = 0; i < columns; i++)
        if (!cpl_value_same(&expected[i], &found[i + 1])) projection(a, c->id, seq, table, i + 1);
}

static complaint_status rows_of(audit *a, cpl_arena *arena, int32_t table, int32_t index, int64_t id, cpl_rows *rows) {
    cpl_range r = {.table = table, .index = index, .equal = {cpl_int(id)}, .equal_count = 1};
    return cpl_tx_select(a->tx, &r, arena, rows);
}

static complaint_status check_case_row(audit *a, const cpl_case *c, cpl_arena *arena) {
    complaint_value expected[MAX_COLUMNS];
    cpl_rows rows = {0};
    complaint_status s = rows_of(a, arena, CPL_CASE, 0, c->id, &rows);
    if (s != COMPLAINT_OK) return s;
    cpl_project_case(c, expected);
    if (rows.count != 1) finding(a, c->id, 0, "projection", "complaint_case: no row");
    else compare_row(a, c, 0, CPL_CASE, expected, rows.items[0].values, complaint_schema_column_count(CPL_CASE) - 1);
    return COMPLAINT_OK;
}

static complaint_status check_clock_rows(audit *a, const cpl_case *c, cpl_arena *arena) {
    complaint_value expected[MAX_COLUMNS];
    cpl_rows rows = {0};
    complaint_status s = rows_of(a, arena, CPL_CLOCK, 0, c->id, &rows);
    if (s == COMPLAINT_OK && rows.count != c->clock_count) finding(a, c->id, 0, "projection", "complaint_clock: number of rows");
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count && i < c->clock_count; i++) {
        cpl_project_clock(c, &c->clocks[i], expected);
        compare_row(a, c, c->clocks[i].seq, CPL_CLOCK, expected, rows.items[i].values, complaint_schema_column_count(CPL_CLOCK) - 1);
    }
    return s;
}

static complaint_status check_referral_rows(audit *a, const cpl_case *c, cpl_arena *arena) {
    complaint_value expected[MAX_COLUMNS];
    cpl_rows rows = {0};
    complaint_status s = rows_of(a, arena, CPL_REFERRAL, 0, c->id, &rows);
    if (s == COMPLAINT_OK && rows.count != c->referral_count) finding(a, c->id, 0, "projection", "complaint_referral: number of rows");
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count && i < c->referral_count; i++) {
        cpl_project_referral(c, &c->referrals[i], expected);
        compare_row(a, c, c->referrals[i].seq, CPL_REFERRAL, expected, rows.items[i].values, complaint_schema_column_count(CPL_REFERRAL) - 1);
    }
    return s;
}

/* Notices and parties are written with their event, not derived from it; their number and their cause are. */
static complaint_status check_numbered(audit *a, const cpl_case *c, cpl_arena *arena, int32_t table, int64_t expected, const char *what) {
    cpl_rows rows = {0};
    complaint_status s = rows_of(a, arena, table, 0, c->id, &rows);
    if (s == COMPLAINT_OK && (int64_t)rows.count != expected) finding(a, c->id, 0, "missing", what);
    return s;
}

static complaint_status check_number(audit *a, const cpl_case *c, cpl_arena *arena) {
    if (c->number == 0) return COMPLAINT_OK;
    a->numbered++;
    cpl_row row;
    complaint_value key[] = {cpl_int(c->fiscal_year), cpl_int(c->number)};
    complaint_status s = cpl_tx_get(a->tx, CPL_NUMBER, key, 2, arena, &row);
    if (s == COMPLAINT_E_NOT_FOUND || (s == COMPLAINT_OK && row.values[3].integer != c->id)) {
        finding(a, c->id, c->number, "number", "complaint_number does not have this case under its register number");
        return COMPLAINT_OK;
    }
    return s;
}

/* ---- one stream's events, and what they make ------------------------------------------------------------------------------------------- */

typedef struct stream {
    cpl_case c;
    cpl_message_log m;
    cpl_rows rows; /* its events */
    enum { A_CASE, A_MESSAGE, A_DAY } kind; /* what the stream is the log of; days are numbered below every id */
    bool broken;
    int64_t events;
    cpl_event last, first;
} stream;

/* ---- evidence --------------------------------------------------------------------------------------------------------------------- */

/* The next digest in a list of evidence: a string of 64 bytes before the list's end. Moves `at` behind it. */
static bool next_digest(cpl_str list, size_t *at, cpl_str *digest) {
    enum { SIZE = 2 * CPL_HASH_SIZE };
    for (size_t open = *at; open < list.n && list.p[open] != ']'; open++) {
        if (list.p[open] != '"') continue;
        const char *close = memchr(list.p + open + 1, '"', list.n - open - 1);
        if (!close) return false;
        *digest = (cpl_str){list.p + open + 1, (size_t)(close - list.p) - open - 1};
        open = *at = (size_t)(close - list.p);
        ++*at;
        if (digest->n == SIZE) return true;
    }
    return false;
}

/* The digest of the owner's item number `seq`, as the log names it; empty when it does not. */
static cpl_str named(const stream *st, int64_t seq) {
    static const char opening[] = "\"evidence\":[";
    enum { PAYLOAD = 12, SIZE = sizeof opening - 1 };
    for (size_t i = 0; i < st->rows.count; i++) {
        cpl_str payload = cpl_value_str(&st->rows.items[i].values[PAYLOAD]), digest;
        size_t at = 0;
        while (at + SIZE <= payload.n && memcmp(payload.p + at, opening, SIZE) != 0) at++;
        if (at + SIZE > payload.n) continue;
        for (at += SIZE; next_digest(payload, &at, &digest);)
            if (--seq == 0) return digest;
    }
    return CPL_LIT("");
}

static complaint_status check_item(audit *a, const stream *st, const complaint_value *row) {
    enum { SEQ = 2, DIGEST, SIZE };
    cpl_buf all;
    cpl_str digest = cpl_value_str(&row[DIGEST]);
    int64_t owner = st->first.stream, seq = row[SEQ].integer;
    if (!cpl_str_eq(named(st, seq), digest)) finding(a, owner, seq, "altered", "complaint_evidence.digest");
    cpl_buf_init(&all, &a->d->memory);
    complaint_status s = cpl_evidence_bytes(a->d, a->tx, digest.p, row[SIZE].integer, &all);
    cpl_buf_free(&all);
    if (s == COMPLAINT_E_NOT_FOUND) finding(a, owner, seq, "missing", "complaint_evidence_chunk: evidence without its bytes");
    else if (is_fault(s)) finding(a, owner, seq, "altered", "complaint_evidence: the bytes do not match the digest");
    else return s;
    cpl_error_clear(&a->d->error);
    return COMPLAINT_OK;
}

static complaint_status check_evidence(audit *a, const stream *st, int64_t expected, cpl_arena *arena) {
    cpl_rows rows = {0};
    complaint_status s = rows_of(a, arena, CPL_EVIDENCE, 0, st->first.stream, &rows);
    if (s == COMPLAINT_OK && (int64_t)rows.count != expected) finding(a, st->first.stream, 0, "missing", "complaint_evidence: number of rows");
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) s = check_item(a, st, rows.items[i].values);
    return s;
}

/* ---- definitions --------------------------------------------------------------------------------------------------------------------- */

/* What an event cites under this name: the string of that member; false when there is none. */
static bool cites(cpl_str payload, const char *name, cpl_str *digest) {
    cpl_scan scan;
    cpl_scan_init(&scan, payload);
    for (int t = cpl_scan_next(&scan); (t = cpl_scan_next(&scan)) == CPL_SCAN_KEY;) {
        bool found = cpl_str_is(scan.raw, name);
        if (found && cpl_scan_next(&scan) == CPL_SCAN_STRING) {
            *digest = scan.raw;
            return true;
        }
        if (found || !cpl_scan_skip(&scan)) return false;
    }
    return false;
}

static const char *const definition_kinds[DEFINITION_KINDS] = {"policy", "calendar"};

/* Policy and calendar by which a deadline was computed are kept; the one that was proved last is not read again. */
static complaint_status check_cited(audit *a, cpl_str payload, int64_t stream_id, int64_t seq, cpl_arena *arena) {
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; s == COMPLAINT_OK && i < DEFINITION_KINDS; i++) {
        cpl_row row;
        cpl_str digest;
        if (!cites(payload, definition_kinds[i], &digest) || cpl_str_is(digest, a->cited[i])) continue;
        complaint_value key[] = {cpl_txt(cpl_str_of(definition_kinds[i])), cpl_txt(digest)};
        s = digest.n < sizeof a->cited[i] ? cpl_tx_get(a->tx, CPL_DEFINITION, key, 2, arena, &row) : COMPLAINT_E_NOT_FOUND;
        memset(a->cited[i], 0, sizeof a->cited[i]);
        if (s == COMPLAINT_OK) memcpy(a->cited[i], digest.p, digest.n);
        if (s != COMPLAINT_E_NOT_FOUND) continue;
        finding(a, stream_id, seq, "missing", i ? "complaint_definition: the calendar that the event cites" : "complaint_definition: the policy that the event cites");
        s = COMPLAINT_OK;
    }
    return s;
}

static complaint_status check_definitions(audit *a) {
    enum { DIGEST = 2, BODY };
    cpl_arena arena;
    cpl_rows rows = {0};
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_arena_init(&arena, &a->d->memory);
    cpl_range r = {.table = CPL_DEFINITION};
    complaint_status s = cpl_tx_select(a->tx, &r, &arena, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) {
        cpl_sha256_hex(cpl_value_str(&rows.items[i].values[BODY]), hex);
        if (!cpl_str_is(cpl_value_str(&rows.items[i].values[DIGEST]), hex)) finding(a, 0, 0, "altered", "complaint_definition.body");
    }
    cpl_arena_free(&arena);
    return note_fault(a, 0, 0, s);
}

/* ---- one stream ---------------------------------------------------------------------------------------------------------------------- */

static void check_link(audit *a, const cpl_event *ev, const uint8_t *head, int64_t seq, int64_t entered_at) {
    uint8_t hash[CPL_HASH_SIZE];
    cpl_event_hash(a->d->office, ev, hash);
    if (ev->seq != seq) finding(a, ev->stream, ev->seq, "gap", "an event is missing before this one");
    if (memcmp(ev->prev, head, CPL_HASH_SIZE) != 0) finding(a, ev->stream, ev->seq, "chain", "the event does not follow the one before it");
    if (memcmp(ev->hash, hash, CPL_HASH_SIZE) != 0) finding(a, ev->stream, ev->seq, "hash", "the event was altered");
    if (ev->entered_at < entered_at) finding(a, ev->stream, ev->seq, "time", "entry time runs backwards");
}


static complaint_status check_event(audit *a, stream *st, const complaint_value *row) {
    static const uint8_t zero[CPL_HASH_SIZE];
    cpl_event ev;
    complaint_status s = cpl_event_from_row(row, &ev, &a->d->error);
    if (s != COMPLAINT_OK) {
        st->broken = true;
        return note_fault(a, row[1].integer, row[2].integer, s);
    }
    check_link(a, &ev, st->events ? st->last.hash : zero, st->events + 1, st->events ? st->last.entered_at : 0);
    if (st->events == 0) {
        st->first = ev;
        st->kind = ev.stream < FIRST_ID ? A_DAY : ev.kind == CPL_EV_RECEIVE ? A_MESSAGE : A_CASE;
    }
    st->events++;
    st->last = ev;
    if (st->broken || st->kind == A_DAY) return COMPLAINT_OK;
    s = st->kind == A_CASE ? cpl_fold(&st->c, &ev, &a->d->error) : cpl_message_fold(&st->m, &ev, &a->d->error);
    st->broken = s != COMPLAINT_OK;
    return note_fault(a, ev.stream, ev.seq, s);
}

/* ---- what lies beside the log and is proved by digests in it ---- */

static bool log_names(const stream *st, cpl_str envelope) {
    enum { PAYLOAD = 12, SIZE = 2 * CPL_HASH_SIZE };
    char hex[SIZE + 1];
    cpl_sha256_hex(envelope, hex);
    for (size_t i = 0; i < st->rows.count; i++) {
        cpl_str payload = cpl_value_str(&st->rows.items[i].values[PAYLOAD]);
        for (size_t at = 0; at + SIZE <= payload.n; at++)
            if (memcmp(payload.p + at, hex, SIZE) == 0) return true;
    }
    return false;
}

static complaint_status check_proved(audit *a, const stream *st, cpl_arena *arena, int32_t table, int32_t first, int32_t second, const char *only_in_state, int32_t state) {
    cpl_rows rows = {0};
    complaint_status s = rows_of(a, arena, table, 0, st->c.id, &rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++) {
        const complaint_value *row = rows.items[i].values;
        if (only_in_state && !cpl_str_is(cpl_value_str(&row[state]), only_in_state)) continue;
        if (!log_names(st, cpl_value_str(&row[first]))) finding(a, st->c.id, row[2].integer, "altered", complaint_schema_column_name(table, first));
        if (!log_names(st, cpl_value_str(&row[second]))) finding(a, st->c.id, row[2].integer, "altered", complaint_schema_column_name(table, second));
    }
    return s;
}

static complaint_status check_case(audit *a, const stream *st, cpl_arena *arena) {
    const cpl_case *c = &st->c;
    a->cases++;
    complaint_status s = check_case_row(a, c, arena);
    if (s == COMPLAINT_OK) s = check_clock_rows(a, c, arena);
    if (s == COMPLAINT_OK) s = check_referral_rows(a, c, arena);
    if (s == COMPLAINT_OK) s = check_numbered(a, c, arena, CPL_NOTICE, c->notices, "complaint_notice: number of rows");
    if (s == COMPLAINT_OK) s = check_numbered(a, c, arena, CPL_PARTY, (int64_t)c->party_count, "complaint_party: number of rows");
    if (s == COMPLAINT_OK) s = check_numbered(a, c, arena, CPL_PAPER, c->papers, "complaint_paper: number of rows");
    if (s == COMPLAINT_OK) s = check_proved(a, st, arena, CPL_PARTY, 7, 8, NULL, 0);
    if (s == COMPLAINT_OK) s = check_proved(a, st, arena, CPL_NOTICE, 15, 14, "delivered", 9);
    if (s == COMPLAINT_OK) s = check_number(a, c, arena);
    if (s == COMPLAINT_OK) s = check_evidence(a, st, c->evidence, arena);
    return s == COMPLAINT_OK ? count_case(a, c) : s;
}

/* The log proves text, sender and address by the digests in the receipt. */
static void check_digest(audit *a, const stream *st, cpl_str digest, const complaint_value *envelope, const char *what) {
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_sha256_hex(cpl_value_str(envelope), hex);
    if (!cpl_str_is(digest, hex)) finding(a, st->first.stream, 1, "altered", what);
}

static void compare_message(audit *a, const stream *st, const complaint_value *row) {
    enum { VERSION = 2, EVIDENCE = 13, SENDER, BODY, ADDRESS };
    const cpl_message_log *m = &st->m;
    const complaint_value expected[] = {cpl_int(m->version), cpl_txt(m->channel), cpl_txt(m->external_id), cpl_txt(m->thread), cpl_int(m->direction), cpl_txt(m->form), cpl_txt(m->state),
                                        cpl_int(m->case_id), cpl_int(m->sent_at), cpl_int(m->entered_at), cpl_int(m->unsent_at), cpl_int(m->evidence)};
    for (int32_t i = VERSION; i <= EVIDENCE; i++)
        if (!cpl_value_same(&expected[i - VERSION], &row[i])) projection(a, st->first.stream, 0, CPL_MESSAGE, i);
    check_digest(a, st, m->sender, &row[SENDER], "complaint_message.sender");
    check_digest(a, st, m->body, &row[BODY], "complaint_message.body");
    check_digest(a, st, m->address, &row[ADDRESS], "complaint_message.address");
}

static complaint_status check_message(audit *a, const stream *st, cpl_arena *arena) {
    cpl_row row;
    complaint_value key = cpl_int(st->first.stream);
    a->messages++;
    complaint_status s = cpl_tx_get(a->tx, CPL_MESSAGE, &key, 1, arena, &row);
    if (s == COMPLAINT_E_NOT_FOUND) {
        finding(a, st->first.stream, 0, "projection", "complaint_message: no row");
        return COMPLAINT_OK;
    }
    if (s != COMPLAINT_OK) return s;
    compare_message(a, st, row.values);
    return check_evidence(a, st, st->m.evidence, arena);
}

/* Each check of a channel is an event of its day and a row. */
static complaint_status check_day(audit *a, const stream *st, cpl_arena *arena) {
    enum { KIND = 3 };
    cpl_rows rows = {0};
    size_t checks = 0;
    for (size_t i = 0; i < st->rows.count; i++) checks += st->rows.items[i].values[KIND].integer == CPL_EV_CHECK_CHANNEL;
    complaint_status s = rows_of(a, arena, CPL_DUTY, 0, st->first.stream, &rows);
    if (s == COMPLAINT_OK && rows.count != checks) finding(a, st->first.stream, 0, "missing", "complaint_duty: number of rows");
    return s;
}

static complaint_status check_made(audit *a, const stream *st, cpl_arena *arena) {
    if (st->kind == A_DAY) return check_day(a, st, arena);
    return st->kind == A_CASE ? check_case(a, st, arena) : check_message(a, st, arena);
}

static complaint_status check_stream(audit *a, int64_t id) {
    enum { PAYLOAD = 12 };
    cpl_arena arena;
    stream st = {.m = {.arena = &arena}};
    cpl_arena_init(&arena, &a->d->memory);
    cpl_case_init(&st.c, &arena, id);
    complaint_status s = rows_of(a, &arena, CPL_EVENT, 0, id, &st.rows);
    for (size_t i = 0; s == COMPLAINT_OK && i < st.rows.count; i++) s = check_event(a, &st, st.rows.items[i].values);
    for (size_t i = 0; s == COMPLAINT_OK && st.kind == A_CASE && i < st.rows.count; i++) s = check_cited(a, cpl_value_str(&st.rows.items[i].values[PAYLOAD]), id, (int64_t)i + 1, &arena);
    if (s == COMPLAINT_OK && !st.broken && st.events) s = check_made(a, &st, &arena);
    s = note_fault(a, id, 0, s);
    a->checked += st.events;
    cpl_arena_free(&arena);
    return s;
}

/* ---- the walk ------------------------------------------------------------------------------------------------------------------------------ */

/* The next stream behind `after`, 0 when there is none. */
static complaint_status next_stream(audit *a, int64_t after, int64_t *id) {
    cpl_arena arena;
    cpl_rows rows = {0};
    cpl_arena_init(&arena, &a->d->memory);
    cpl_range r = {.table = CPL_EVENT, .after = {cpl_int(after), cpl_int(INT64_MAX)}, .after_count = 2, .limit = 1};
    complaint_status s = cpl_tx_select(a->tx, &r, &arena, &rows);
    *id = s == COMPLAINT_OK && rows.count ? rows.items[0].values[1].integer : 0;
    cpl_arena_free(&arena);
    return s;
}

static complaint_status count_rows(audit *a, int32_t table, int64_t expected, const char *detail) {
    int64_t found = 0, last = 0;
    complaint_status s = COMPLAINT_OK;
    for (size_t got = PAGE; s == COMPLAINT_OK && got == PAGE;) {
        cpl_arena arena;
        cpl_rows rows = {0};
        cpl_arena_init(&arena, &a->d->memory);
        cpl_range r = {.table = table, .after = {cpl_int(last)}, .after_count = found > 0, .limit = PAGE};
        s = cpl_tx_select(a->tx, &r, &arena, &rows);
        got = rows.count;
        found += (int64_t)got;
        if (got) last = rows.items[got - 1].values[1].integer;
        cpl_arena_free(&arena);
    }
    if (s == COMPLAINT_OK && found != expected) finding(a, 0, found, "projection", detail);
    return s;
}

/* Numbers run 1, 2, 3 ... up to the register's last. */
static complaint_status check_registers(audit *a) {
    cpl_arena arena;
    cpl_rows years = {0};
    int64_t entries = 0;
    cpl_arena_init(&arena, &a->d->memory);
    cpl_range r = {.table = CPL_REGISTER};
    complaint_status s = cpl_tx_select(a->tx, &r, &arena, &years);
    for (size_t i = 0; s == COMPLAINT_OK && i < years.count; i++) {
        int64_t year = years.items[i].values[1].integer, last = years.items[i].values[3].integer;
        cpl_rows numbers = {0};
        s = rows_of(a, &arena, CPL_NUMBER, 0, year, &numbers);
        if (s != COMPLAINT_OK) break;
        entries += (int64_t)numbers.count;
        if ((int64_t)numbers.count != last) finding(a, 0, year, "number", "the register's last number is not the number of its entries");
        for (size_t k = 0; k < numbers.count; k++)
            if (numbers.items[k].values[2].integer != (int64_t)k + 1) {
                finding(a, numbers.items[k].values[3].integer, year, "number", "a register number is missing before this case's");
                break;
            }
    }
    if (s == COMPLAINT_OK && entries != a->numbered) finding(a, 0, entries, "number", "the registers' entries are not the cases that have a number");
    cpl_arena_free(&arena);
    return s;
}

static complaint_status walk(audit *a) {
    int64_t id = 0;
    complaint_status s = next_stream(a, 0, &id);
    while (s == COMPLAINT_OK && id) {
        if (cpl_desk_progress(a->d, a->checked)) return cpl_fail(&a->d->error, COMPLAINT_E_CANCELLED, NULL);
        s = check_stream(a, id);
        if (s == COMPLAINT_OK) s = next_stream(a, id, &id);
    }
    if (s == COMPLAINT_OK) s = count_rows(a, CPL_CASE, a->cases, "complaint_case: rows without a log, or the reverse");
    if (s == COMPLAINT_OK) s = count_rows(a, CPL_MESSAGE, a->messages, "complaint_message: rows without a log, or the reverse");
    if (s == COMPLAINT_OK) s = check_definitions(a);
    if (s == COMPLAINT_OK) s = check_registers(a);
    return s == COMPLAINT_OK ? check_counters(a) : s;
}

static complaint_status may_verify(complaint_desk *d, const complaint_actor *actor) {
    static const char *const roles[] = {"auditor", "head", "officer"};
    cpl_view view;
    complaint_status s = cpl_desk_view(d, actor, &view);
    for (size_t i = 0; s == COMPLAINT_OK && i < sizeof roles / sizeof roles[0]; i++) {
        int role = cpl_policy_role(d->policy, cpl_str_of(roles[i]));
        if (role >= 0 && (view.asking >> role & 1)) return COMPLAINT_OK;
    }
    return s == COMPLAINT_OK ? cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้ตรวจสอบบันทึกไม่ได้", "the log is verified by an auditor, the head or an officer") : s;
}

/* From the beginning: a run that the store broke off has proved nothing. */
static complaint_status one_walk(cpl_tx *tx, void *context) {
    audit *a = context;
    complaint_desk *d = a->d;
    cpl_free(&d->memory, a->counters);
    complaint_page_free(a->findings);
    *a = (audit){.d = d, .tx = tx, .findings = cpl_page_new(&d->memory, finding_columns, FINDING_COLUMNS)};
    return a->findings ? walk(a) : cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
}

complaint_status cpl_desk_verify(complaint_desk *d, const complaint_actor *actor, complaint_page **findings, int64_t *checked) {
    audit a = {.d = d};
    complaint_status s = may_verify(d, actor);
    if (s != COMPLAINT_OK) return s;
    s = cpl_desk_reading(d, one_walk, &a);
    cpl_free(&d->memory, a.counters);
    if (s != COMPLAINT_OK) {
        complaint_page_free(a.findings);
        return s;
    }
    s = cpl_page_finish(a.findings, findings, &d->error);
    if (s != COMPLAINT_OK) return s;
    *checked = a.checked;
    int64_t faults = complaint_page_count(*findings);
    if (faults == 0) return COMPLAINT_OK;
    return cpl_failf(&d->error, COMPLAINT_E_CORRUPT, "verify", "พบข้อผิดพลาด %lld รายการ", "%lld faults were found", (long long)faults);
}
