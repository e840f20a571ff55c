/*
 * A store that lies: the rows of a whole life, changed on their way out as the input says, under every call of a desk.
 *
 * Input: the number of lies, the lies, then calls until the bytes are used up. The store forgets what is written, so each input begins with the same rows.
 *
 * Whatever is given: every call answers a status of the registry with its error set, nothing is asked without end, every transaction is ended, no page has a text that is not UTF-8.
 */
#include "life.h"
#include "office.h"

#include "desk/desk.h"

#include <complaint/archive.h>
#include <complaint/report.h>
#include <complaint/schema.h>

enum { MOST_LIES = 8, MOST_CALLS = 12, WIDEST = 40, PATIENCE = 20000, ENDLESS = 3000, EVERY = 255 };

typedef enum {
    SET_INTEGER, SET_BYTES, SET_NULL, SET_OTHER_TYPE, SPLICE, OF_ROW_BEFORE, DROP, TWICE, HOLD_BACK, TOO_SHORT, TOO_WIDE, NO_ROW, NO_BYTES, ANSWER, ON_AND_ON, CALL_LATER, FAIL_SLOT, SPLICE_MORE, LIES
} how;

typedef struct lie {
    how how;
    int32_t table, column, nth, slot;
    int64_t number;
    uint32_t at, cut;
    fuzz_chunk bytes;
} lie;

typedef struct liar {
    complaint_store inner;
    lie lies[MOST_LIES];
    int lie_count, calls, open;
    int32_t slot_calls[COMPLAINT_SLOT_SELECT + 1];
    complaint_row_fn late_sink;
    void *late_context;
} liar;

static const complaint_status answers[] = {COMPLAINT_E_RETRY, COMPLAINT_E_UNKNOWN, COMPLAINT_E_NOT_FOUND, COMPLAINT_E_VERSION, COMPLAINT_E_EXISTS, COMPLAINT_E_FULL, COMPLAINT_E_BUSY, COMPLAINT_E_STORE,
                                           COMPLAINT_E_CORRUPT, COMPLAINT_E_MEMORY, COMPLAINT_E_MORE, COMPLAINT_E_REENTRANT, COMPLAINT_E_ROLE, -1, 12345678, COMPLAINT_E_READ_ONLY};

static complaint_status some_answer(int64_t n) { return answers[(uint64_t)n % (sizeof answers / sizeof answers[0])]; }

/* ---- rows on their way out ---- */

typedef struct outlet {
    liar *l;
    int32_t table, row;
    complaint_row_fn sink;
    void *context;
    int32_t answer;
    char held[1 << 16]; /* the bytes of a row that was held back, and of what was spliced */
    size_t held_size;
    complaint_value before[WIDEST], waiting[WIDEST];
    int32_t before_count, waiting_count;
} outlet;

static complaint_value keep(outlet *o, complaint_value v) {
    if ((v.type != COMPLAINT_TEXT && v.type != COMPLAINT_BLOB) || v.size > sizeof o->held - o->held_size || !v.size) return v;
    memcpy(o->held + o->held_size, v.data, v.size);
    v.data = o->held + o->held_size;
    o->held_size += v.size;
    return v;
}

static void splice(outlet *o, const lie *l, complaint_value *v) {
    if (v->type != COMPLAINT_TEXT && v->type != COMPLAINT_BLOB) return;
    size_t at = v->size ? l->at % (v->size + 1) : 0, cut = l->cut < v->size - at ? l->cut : v->size - at, n = v->size - cut + l->bytes.n;
    if (n > sizeof o->held - o->held_size) return;
    char *made = o->held + o->held_size;
    if (at) memcpy(made, v->data, at);
    if (l->bytes.n) memcpy(made + at, l->bytes.p, l->bytes.n);
    if (v->size - at - cut) memcpy(made + at + l->bytes.n, (const char *)v->data + at + cut, v->size - at - cut);
    o->held_size += n;
    v->data = made;
    v->size = n;
}

static int32_t give(outlet *o, const complaint_value *values, int32_t count) {
    o->answer = o->sink(o->context, values, count);
    return o->answer;
}

static void change_cell(outlet *o, const lie *l, complaint_value *row) {
    complaint_value *v = &row[l->column];
    switch (l->how) {
    case SET_INTEGER: *v = (complaint_value){.type = COMPLAINT_INT64, .integer = l->number}; break;
    case SET_BYTES: *v = (complaint_value){.type = v->type == COMPLAINT_INT64 ? COMPLAINT_TEXT : v->type, .data = l->bytes.p, .size = l->bytes.n}; break;
    case SET_NULL: *v = (complaint_value){.type = COMPLAINT_NULL}; break;
    case SET_OTHER_TYPE: v->type = (int32_t)l->number; break;
    case SPLICE:
    case SPLICE_MORE: splice(o, l, v); break;
    case OF_ROW_BEFORE:
        if (o->before_count) *v = o->before[l->column];
        break;
    case NO_BYTES: v->data = NULL; break;
    default: break;
    }
}

/* How many times the row is given; 0: it is dropped. */
static int change_row(outlet *o, complaint_value *row, int32_t *count) {
    int times = 1;
    for (int i = 0; i < o->l->lie_count; i++) {
        const lie *l = &o->l->lies[i];
        if (l->table != o->table || (l->nth != EVERY && l->nth != o->row)) continue;
        change_cell(o, l, row);
        if (l->how == DROP) times = 0;
        if (l->how == TWICE) times = 2;
        if (l->how == ON_AND_ON) times = ENDLESS;
        if (l->how == TOO_SHORT) *count = l->column;
        if (l->how == TOO_WIDE) *count += 1;
        if (l->how == NO_ROW) *count = -1;
        if (l->how == HOLD_BACK && !o->waiting_count) times = -1;
    }
    return times;
}

static int32_t COMPLAINT_CALL let_out(void *context, const complaint_value *values, int32_t count) {
    outlet *o = context;
    complaint_value row[WIDEST + 1];
    PROMISE(count < WIDEST);
    for (int32_t i = 0; i < count; i++) row[i] = values[i];
    row[count] = (complaint_value){.type = COMPLAINT_INT64};
    int32_t given = count;
    int times = change_row(o, row, &given);
    for (int32_t i = 0; i < count; i++) o->before[i] = keep(o, values[i]);
    o->before_count = count;
    o->row++;
    if (times < 0) {
        for (int32_t i = 0; i < count; i++) o->waiting[i] = keep(o, row[i]);
        o->waiting_count = count;
        return 0;
    }
    for (int n = 0; n < times; n++) (void)give(o, given < 0 ? NULL : row, given < 0 ? count : given); /* whatever the sink answers */
    if (o->waiting_count) (void)give(o, o->waiting, o->waiting_count);
    o->waiting_count = 0;
    return 0;
}

/* ---- slots ---- */

/* COMPLAINT_OK: the slot may go on. */
static complaint_status enter(liar *l, int32_t slot, bool *after) {
    PROMISE(++l->calls < PATIENCE);
    int32_t call = l->slot_calls[slot]++;
    *after = false;
    if (l->late_sink) {
        complaint_value late = {.type = COMPLAINT_INT64};
        PROMISE(l->late_sink(l->late_context, &late, 1) != 0);
    }
    for (int i = 0; i < l->lie_count; i++) {
        const lie *one = &l->lies[i];
        if (one->how != FAIL_SLOT || one->slot != slot || (one->nth != EVERY && one->nth != call)) continue;
        *after = one->column & 1;
        return some_answer(one->number);
    }
    return COMPLAINT_OK;
}

static void leave_rows(outlet *o, complaint_status *s) {
    for (int i = 0; i < o->l->lie_count; i++) {
        const lie *one = &o->l->lies[i];
        if (one->table != o->table) continue;
        if (one->how == ANSWER) *s = some_answer(one->number);
        if (one->how == CALL_LATER) o->l->late_sink = o->sink, o->l->late_context = o->context;
    }
}

static complaint_status COMPLAINT_CALL lie_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *e) {
    liar *l = self;
    bool after;
    complaint_status lied = enter(l, COMPLAINT_SLOT_SCHEMA, &after);
    complaint_status s = l->inner.schema(l->inner.self, operation == COMPLAINT_SCHEMA_WRITE ? COMPLAINT_SCHEMA_READ : operation, major, minor, e);
    return lied ? lied : s;
}

static complaint_status COMPLAINT_CALL lie_begin(void *self, int32_t mode, const char *name, size_t size, void **tx, complaint_host_error *e) {
    liar *l = self;
    bool after;
    complaint_status lied = enter(l, COMPLAINT_SLOT_BEGIN, &after);
    if (lied) return lied;
    complaint_status s = l->inner.begin(l->inner.self, mode, name, size, tx, e);
    l->open += s == COMPLAINT_OK;
    return s;
}

static void COMPLAINT_CALL lie_rollback(void *self, void *tx) {
    liar *l = self;
    l->open--;
    l->inner.rollback(l->inner.self, tx);
}

static complaint_status COMPLAINT_CALL lie_commit(void *self, void *tx, complaint_host_error *e) {
    liar *l = self;
    bool after;
    complaint_status lied = enter(l, COMPLAINT_SLOT_COMMIT, &after);
    (void)e;
    if (lied) return lied;
    lie_rollback(self, tx);
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL lie_write(void *self, void *tx, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *e) {
    liar *l = self;
    bool after;
    complaint_status lied = enter(l, COMPLAINT_SLOT_WRITE, &after);
    if (lied && after) *failed_at = INT32_MAX;
    return lied ? lied : l->inner.write(l->inner.self, tx, changes, count, failed_at, e);
}

static outlet *open_outlet(liar *l, int32_t table, complaint_row_fn sink, void *context) {
    outlet *o = malloc(sizeof *o);
    PROMISE(o);
    o->l = l;
    o->table = table;
    o->sink = sink;
    o->context = context;
    o->row = o->answer = o->before_count = o->waiting_count = 0;
    o->held_size = 0;
    return o;
}

static complaint_status COMPLAINT_CALL lie_get(void *self, void *tx, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink, void *context, complaint_host_error *e) {
    liar *l = self;
    bool after;
    complaint_status lied = enter(l, COMPLAINT_SLOT_GET, &after);
    if (lied && !after) return lied;
    outlet *o = open_outlet(l, table, sink, context);
    complaint_status s = l->inner.get(l->inner.self, tx, table, key, key_count, let_out, o, e);
    leave_rows(o, &s);
    free(o);
    return lied ? lied : s;
}

static complaint_status COMPLAINT_CALL lie_select(void *self, void *tx, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, complaint_row_fn sink, void *context,
                                                  complaint_host_error *e) {
    liar *l = self;
    bool after;
    complaint_status lied = enter(l, COMPLAINT_SLOT_SELECT, &after);
    if (lied && !after) return lied;
    outlet *o = open_outlet(l, table, sink, context);
    complaint_status s = l->inner.select(l->inner.self, tx, table, index, bounds, direction, limit, let_out, o, e);
    if (o->waiting_count) (void)give(o, o->waiting, o->waiting_count);
    leave_rows(o, &s);
    free(o);
    return lied ? lied : s;
}

/* ---- the input ---- */

static void read_lies(liar *l, fuzz_bytes *b) {
    int count = (int)fuzz_below(b, MOST_LIES + 1);
    for (int i = 0; i < count; i++) {
        lie *one = &l->lies[l->lie_count++];
        one->how = (how)fuzz_below(b, LIES);
        one->table = (int32_t)fuzz_below(b, CPL_TABLE_COUNT);
        one->column = (int32_t)fuzz_below(b, (uint32_t)complaint_schema_column_count(one->table));
        one->nth = fuzz_byte(b);
        one->slot = (int32_t)fuzz_below(b, COMPLAINT_SLOT_SELECT + 1);
        if (one->how == SET_INTEGER || one->how == SET_OTHER_TYPE || one->how == ANSWER || one->how == FAIL_SLOT) one->number = fuzz_int(b);
        if (one->how == SPLICE || one->how == SPLICE_MORE) one->at = fuzz_below(b, 4096), one->cut = fuzz_byte(b);
        if (one->how == SPLICE || one->how == SPLICE_MORE || one->how == SET_BYTES) one->bytes = fuzz_take(b);
    }
}

/* ---- calls ---- */

static void check_page(const complaint_page *p) {
    for (int64_t row = 0; row < complaint_page_count(p); row++)
        for (int32_t c = 0; c < complaint_page_column_count(p); c++) {
            size_t bad;
            PROMISE(cpl_utf8_check(cpl_str_of(complaint_page_text(p, row, c)), &bad) == COMPLAINT_OK);
            PROMISE(!complaint_page_masked(p, row, c) || complaint_page_type(p, row, c) == COMPLAINT_NULL);
        }
}

static int32_t COMPLAINT_CALL swallow(void *context, const void *data, size_t size) {
    (void)data;
    *(size_t *)context += size;
    return 0;
}

typedef complaint_status (*pager)(office *o, int64_t id, complaint_page **page);
#define OF_CASE(name) \
    static complaint_status name(office *o, int64_t id, complaint_page **page) { return complaint_desk_##name(o->desk, o->everybody, id, page); }
/* clang-format off */
OF_CASE(clocks) OF_CASE(referrals) OF_CASE(notices) OF_CASE(parties) OF_CASE(case_messages) OF_CASE(papers) OF_CASE(links) OF_CASE(message) OF_CASE(evidence)
static complaint_status case_row(office *o, int64_t id, complaint_page **page) { return complaint_desk_case(o->desk, o->everybody, id, page); }
static complaint_status events(office *o, int64_t id, complaint_page **page) { return complaint_desk_events(o->desk, o->everybody, id, NULL, 4, page); }
static complaint_status actions(office *o, int64_t id, complaint_page **page) { return complaint_desk_actions(o->desk, o->everybody, id, COMPLAINT_ENGLISH, page); }
static complaint_status others(office *o, int64_t id, complaint_page **page) { return complaint_desk_actions_of_others(o->desk, o->everybody, id, COMPLAINT_THAI, page); }
static complaint_status inbox(office *o, int64_t id, complaint_page **page) { return complaint_desk_inbox(o->desk, o->everybody, id & 1 ? "opened" : "new", NULL, 0, page); }
static complaint_status thread(office *o, int64_t id, complaint_page **page) { (void)id; return complaint_desk_thread(o->desk, o->everybody, "facebook", "t-1", NULL, 1, page); }
static complaint_status worklist(office *o, int64_t id, complaint_page **page) { return complaint_desk_worklist(o->desk, o->everybody, 1 + (int32_t)(id & 7) % 5, NULL, 2, page); }
static complaint_status due(office *o, int64_t id, complaint_page **page) { return complaint_desk_due(o->desk, o->everybody, id & 1 ? NULL : "overall", INT64_MAX, NULL, 0, page); }
static complaint_status duties(office *o, int64_t id, complaint_page **page) { (void)id; return complaint_desk_duties(o->desk, o->everybody, 20395, 20405, page); }
static complaint_status deliver_some(office *o, int64_t id, complaint_page **page) { return complaint_desk_deliver(o->desk, id & 7, page); }
static complaint_status tick_some(office *o, int64_t id, complaint_page **page) { return complaint_desk_tick(o->desk, id & 7, page); }
static complaint_status compute_again(office *o, int64_t id, complaint_page **page) { return complaint_desk_recompute(o->desk, o->everybody, NULL, id & 3, page); }
static complaint_status archive(office *o, int64_t id, complaint_page **page) { size_t n = 0; (void)id; return complaint_archive_write(o->desk, o->everybody, swallow, &n, page); }
static const pager pagers[] = {case_row, clocks, referrals, notices, parties, case_messages, papers, links, message, evidence, events, actions, others, inbox, thread, worklist, due, duties, deliver_some, tick_some, compute_again, archive};
/* clang-format on */
enum { PAGERS = sizeof pagers / sizeof pagers[0], VERIFY = PAGERS, FIND, OUTCOME, EXPLAIN, BYTES, STEP, RECEIVE, TRIAGE, SEAL, REPORT, CALLS };

static complaint_status call_page(office *o, uint32_t which, int64_t id) {
    complaint_page *page = NULL;
    complaint_status s = which == VERIFY ? complaint_desk_verify(o->desk, o->everybody, (int32_t)(id & 1), NULL, id & 64 ? 10 : 0, &page, &id) : pagers[which](o, id, &page);
    check_page(page);
    complaint_page_free(page);
    return s;
}

static complaint_status call_text(office *o, uint32_t which, int64_t id, uint32_t turn) {
    complaint_text *text = NULL;
    int64_t events_sealed = 0;
    complaint_status s = which == SEAL     ? complaint_desk_seal(o->desk, o->everybody, INT64_MAX, &text, &events_sealed)
                         : which == REPORT ? complaint_desk_report_text(o->desk, o->everybody, 2569, turn & 1 ? 12 : 6, COMPLAINT_REPORT_TEXT, &text)
                                           : complaint_desk_explain(o->desk, o->everybody, id, turn % 8, COMPLAINT_THAI, &text);
    PROMISE((s == COMPLAINT_OK) == (text != NULL));
    complaint_text_free(text);
    return s;
}

static complaint_status call(office *o, uint32_t which, uint32_t turn) {
    static const char *const intents[] = {":1:complainant:facebook", ":21:complainant:facebook"};
    static const char digest[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    char intent[64];
    size_t n = 0;
    int64_t id = o->cases[turn % (uint32_t)o->case_count];
    if (which <= VERIFY) return call_page(o, which, which == VERIFY || turn < 64 ? id : (int64_t)turn);
    switch (which) {
    case FIND: return complaint_desk_find(o->desk, o->everybody, 2569, 1 + turn % 2, &id);
    case OUTCOME: snprintf(intent, sizeof intent, "%lld%s", (long long)id, intents[turn & 1]); return complaint_desk_notice_outcome(o->desk, intent, COMPLAINT_DELIVERED);
    case BYTES: return complaint_desk_read_evidence(o->desk, o->everybody, id, digest, swallow, &n);
    case STEP: return office_step(o, id, turn, turn / 3);
    case RECEIVE: return office_receive(o, turn);
    case TRIAGE: return office_triage(o, turn);
    default: return call_text(o, which, id, turn);
    }
}

static void make_calls(office *o, liar *l, fuzz *f, fuzz_bytes *b) {
    for (int n = 0; n < MOST_CALLS && (n == 0 || b->n); n++) {
        uint32_t which = fuzz_below(b, CALLS), turn = fuzz_byte(b);
        o->now += (int64_t)(turn % 4) * INT64_C(86400000);
        complaint_status s = call(o, which, turn);
        const complaint_error *e = complaint_desk_error(o->desk);
        PROMISE(cpl_status_known(s) && CPL_CLASS(s) != COMPLAINT_E_INTERNAL && CPL_CLASS(s) != COMPLAINT_E_VERSION && s != COMPLAINT_E_REENTRANT);
        bool of_draft = s == COMPLAINT_E_MEMORY && f->refused; /* drafts have no error */
        if (s != COMPLAINT_OK && !of_draft) PROMISE(complaint_error_status(e) == s && *complaint_error_text(e, COMPLAINT_THAI) && *complaint_error_text(e, COMPLAINT_ENGLISH));
        PROMISE(l->open == 0);
    }
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    test_office *first = life_office();
    liar l = {.late_sink = NULL};
    office o;
    PROMISE(complaint_memory_table(first->memory, &l.inner) == COMPLAINT_OK);
    complaint_store table = {sizeof table, &l, lie_schema, NULL, lie_begin, lie_commit, lie_rollback, lie_write, lie_get, lie_select};
    read_lies(&l, &b);
    complaint_status s = office_open(&o, &f->memory, first->policy, &table);
    o.lied = true;
    o.now = first->now;
    o.cases[o.case_count++] = life_case();
    o.cases[o.case_count++] = life_twin();
    o.cases[o.case_count++] = o.message = first->message;
    o.cases[o.case_count++] = 20397; /* a day of duty */
    PROMISE(l.open == 0);
    if (s == COMPLAINT_OK) make_calls(&o, &l, f, &b);
    office_close(&o);
    PROMISE(l.open == 0);
}
