/*
 * A desk on a store that lies: each lie, told in each slot, under each call that reads. The answer names what was wrong, nothing is changed, no transaction stays open, and on an honest store the desk goes on as if nothing
 * had been.
 *
 * Which lies the kit finds is in test_bad_stores.c; what any bytes do to a desk is looked for by fuzz/fuzz_rows.c.
 */
#include "support/desk.h"

#include <complaint/archive.h>
#include <complaint/import.h>
#include <complaint/report.h>
#include <complaint/schema.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDEST = 64, ENDLESS = 100000, MOST_ROWS = 64, ROW_BYTES = 1 << 16 };

typedef enum lie {
    HONEST,
    WRONG_TYPE,
    MISSING_COLUMNS,
    NO_VALUES,
    NULL_WHERE_NONE,
    NOT_UTF8,
    SIZE_WITHOUT_BYTES,
    OTHER_OFFICE,
    OTHER_KEY,
    OUT_OF_ORDER,
    TWICE,
    ENDLESS_ROWS,
    SINK_CALLED_LATER,
    FOUND_WITHOUT_ROW
} lie;

typedef struct liar {
    complaint_store inner;
    lie lie;
    int32_t slot;   /* in which it is told */
    int honest;     /* calls of the slot before it is told; then once (`once`) or always */
    bool once;
    int struck;     /* rows that were not as they are, or not where they are */
    complaint_row_fn late_sink;
    void *late_context;
    int late_calls;
} liar;

/* ---- rows on their way out ---------------------------------------------------------------------------------------------- */

typedef struct kept_row {
    complaint_value values[WIDEST];
    int32_t count;
} kept_row;

typedef struct outlet {
    liar *l;
    int32_t table;
    kept_row rows[MOST_ROWS];
    int count;
    char bytes[ROW_BYTES * 8];
    size_t used;
} outlet;

static int32_t COMPLAINT_CALL keep_row(void *context, const complaint_value *values, int32_t count) {
    outlet *o = context;
    assert_true(o->count < MOST_ROWS && count <= WIDEST);
    kept_row *row = &o->rows[o->count++];
    row->count = count;
    for (int32_t i = 0; i < count; i++) {
        row->values[i] = values[i];
        if (!values[i].size) continue;
        assert_true(o->used + values[i].size <= sizeof o->bytes);
        memcpy(o->bytes + o->used, values[i].data, values[i].size);
        row->values[i].data = o->bytes + o->used;
        o->used += values[i].size;
    }
    return 0;
}

/* The last column of a type behind the key; -1: the table has none. */
static int32_t column_of(int32_t table, int32_t type) {
    int32_t found = -1;
    for (int32_t c = complaint_schema_key_count(table); c < complaint_schema_column_count(table); c++)
        if (complaint_schema_column_type(table, c) == type && !complaint_schema_column_nullable(table, c)) found = c;
    return found;
}

static void change(outlet *o, kept_row *row, int32_t column, complaint_value value) {
    if (column < 0) return;
    row->values[column] = value;
    o->l->struck++;
}

static void spoil_row(outlet *o, kept_row *row) {
    static const char other[] = "other";
    int32_t text = column_of(o->table, COMPLAINT_TEXT), any = complaint_schema_column_count(o->table) - 1;
    switch (o->l->lie) {
    case WRONG_TYPE: change(o, row, any, (complaint_value){.type = row->values[any].type == COMPLAINT_INT64 ? COMPLAINT_TEXT : COMPLAINT_INT64}); break;
    case NULL_WHERE_NONE: change(o, row, complaint_schema_column_nullable(o->table, any) ? 0 : any, (complaint_value){.type = COMPLAINT_NULL}); break;
    case NOT_UTF8: change(o, row, text, (complaint_value){.type = COMPLAINT_TEXT, .data = "\xe0\xb8", .size = 2}); break;
    case SIZE_WITHOUT_BYTES: change(o, row, text, (complaint_value){.type = COMPLAINT_TEXT, .size = 7}); break;
    case OTHER_OFFICE: change(o, row, 0, (complaint_value){.type = COMPLAINT_TEXT, .data = other, .size = sizeof other - 1}); break;
    case OTHER_KEY:
        if (row->values[1].type == COMPLAINT_INT64) change(o, row, 1, I(row->values[1].integer + 1));
        else change(o, row, 1, (complaint_value){.type = COMPLAINT_TEXT, .data = other, .size = sizeof other - 1});
        break;
    case MISSING_COLUMNS: row->count--, o->l->struck++; break;
    case NO_VALUES: o->l->struck++; break;
    default: break;
    }
}

static void give(outlet *o, const kept_row *row, complaint_row_fn sink, void *context) { (void)sink(context, o->l->lie == NO_VALUES ? NULL : row->values, row->count); }

static void let_out(outlet *o, complaint_row_fn sink, void *context) {
    liar *l = o->l;
    bool backwards = l->lie == OUT_OF_ORDER && o->count > 1;
    for (int i = 0; i < o->count; i++) {
        kept_row *row = &o->rows[backwards ? o->count - 1 - i : i];
        int times = l->lie == TWICE ? 2 : l->lie == ENDLESS_ROWS ? ENDLESS : 1;
        spoil_row(o, row);
        l->struck += backwards || times > 1;
        for (int n = 0; n < times; n++) give(o, row, sink, context); /* whatever the sink answers */
    }
}

/* Whether this call of the slot is the one that lies. */
static bool is_told(liar *l, int32_t slot) {
    if (l->slot != slot || l->lie == HONEST) return false;
    return l->once ? l->honest-- == 0 : l->honest-- <= 0;
}

/* ---- slots ------------------------------------------------------------------------------------------------------------------ */

/* A sink is called after its slot has returned: it says that nothing more is wanted. */
static void call_late(liar *l) {
    complaint_value value = I(1);
    if (l->lie != SINK_CALLED_LATER || !l->late_sink) return;
    assert_int_not_equal(l->late_sink(l->late_context, &value, 1), 0);
    l->late_calls++;
}

static complaint_status COMPLAINT_CALL liar_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *e) {
    liar *l = self;
    return l->inner.schema(l->inner.self, operation, major, minor, e);
}

static complaint_status COMPLAINT_CALL liar_begin(void *self, int32_t mode, const char *office, size_t size, void **tx, complaint_host_error *e) {
    liar *l = self;
    call_late(l);
    return l->inner.begin(l->inner.self, mode, office, size, tx, e);
}

static complaint_status COMPLAINT_CALL liar_commit(void *self, void *tx, complaint_host_error *e) {
    liar *l = self;
    call_late(l);
    return l->inner.commit(l->inner.self, tx, e);
}

static void COMPLAINT_CALL liar_rollback(void *self, void *tx) {
    liar *l = self;
    call_late(l);
    l->inner.rollback(l->inner.self, tx);
}

static complaint_status COMPLAINT_CALL liar_write(void *self, void *tx, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *e) {
    liar *l = self;
    return l->inner.write(l->inner.self, tx, changes, count, failed_at, e);
}

static outlet *open_outlet(liar *l, int32_t table, complaint_row_fn sink, void *context) {
    outlet *o = malloc(sizeof *o);
    assert_non_null(o);
    o->l = l;
    o->table = table;
    o->count = 0;
    o->used = 0;
    l->late_sink = sink;
    l->late_context = context;
    return o;
}

static complaint_status COMPLAINT_CALL liar_get(void *self, void *tx, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink, void *context, complaint_host_error *e) {
    liar *l = self;
    if (!is_told(l, COMPLAINT_SLOT_GET)) return l->inner.get(l->inner.self, tx, table, key, key_count, sink, context, e);
    outlet *o = open_outlet(l, table, sink, context);
    complaint_status s = l->inner.get(l->inner.self, tx, table, key, key_count, keep_row, o, e);
    if (l->lie == FOUND_WITHOUT_ROW) {
        l->struck++;
        s = COMPLAINT_OK;
    } else {
        let_out(o, sink, context);
    }
    free(o);
    return s;
}

static complaint_status COMPLAINT_CALL liar_select(void *self, void *tx, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, complaint_row_fn sink, void *context,
                                                   complaint_host_error *e) {
    liar *l = self;
    if (!is_told(l, COMPLAINT_SLOT_SELECT)) return l->inner.select(l->inner.self, tx, table, index, bounds, direction, limit, sink, context, e);
    outlet *o = open_outlet(l, table, sink, context);
    complaint_status s = l->inner.select(l->inner.self, tx, table, index, bounds, direction, limit, keep_row, o, e);
    let_out(o, sink, context);
    free(o);
    return s;
}

/* ---- an office with something of everything ---------------------------------------------------------------------------------- */

typedef struct place {
    test_office o;
    liar l;
    char digest[65];
    char *picture; /* of the office, honestly told, since its rows last changed; NULL: not drawn */
} place;

static int set_up(void **state) {
    place *p = calloc(1, sizeof *p);
    assert_non_null(p);
    test_office *o = &p->o;
    test_office_place(o, NULL, test_instant("2025-11-05T09:00"));
    p->l.inner = o->store;
    o->store = (complaint_store){sizeof o->store, &p->l, liar_schema, NULL, liar_begin, liar_commit, liar_rollback, liar_write, liar_get, liar_select};
    OK(test_office_desk(o));
    test_open_forwarded(o);
    int64_t first = o->case_id;
    test_open_forwarded(o);
    DO(o, o->officer, "acknowledge");
    o->case_id = first;
    DO(o, o->officer, "acknowledge");
    OK(test_keep(o, "photo", 5));
    memcpy(p->digest, complaint_evidence_digest(o->evidence), sizeof p->digest);
    DO(o, o->officer, "add_evidence", "text=ภาพ");
    test_script(o, COMPLAINT_DELIVERED, 0);
    OK(complaint_desk_deliver(o->desk, 1, NULL) == COMPLAINT_E_MORE ? COMPLAINT_OK : COMPLAINT_E_INTERNAL);
    *state = p;
    return 0;
}

static int tear_down(void **state) {
    place *p = *state;
    test_verify(&p->o);
    test_office_close(&p->o);
    free(p->picture);
    free(p);
    return 0;
}

/* ---- calls ------------------------------------------------------------------------------------------------------------------------ */

static int32_t COMPLAINT_CALL swallow(void *context, const void *data, size_t size) {
    (void)data;
    *(size_t *)context += size;
    return 0;
}

#define PART(name)                                                                                     \
    static complaint_status read_##name(place *p) {                                                    \
        complaint_page *page = NULL;                                                                   \
        complaint_status s = complaint_desk_##name(p->o.desk, p->o.officer, p->o.case_id, &page);      \
        assert_int_equal(s == COMPLAINT_OK, page != NULL);                                             \
        complaint_page_free(page);                                                                     \
        return s;                                                                                      \
    }
PART(case)
PART(clocks)
PART(referrals)
PART(notices)
PART(parties)
PART(case_messages)
PART(evidence)
PART(papers)
PART(links)

#define LIST(name, call)                                   \
    static complaint_status read_##name(place *p) {        \
        complaint_page *page = NULL;                       \
        complaint_desk *d = p->o.desk;                     \
        const complaint_actor *who = p->o.officer;         \
        complaint_status s = call;                         \
        complaint_page_free(page);                         \
        return s;                                          \
    }
LIST(events, complaint_desk_events(d, who, p->o.case_id, NULL, 0, &page))
LIST(open, complaint_desk_worklist(d, who, COMPLAINT_WORK_OPEN, NULL, 0, &page))
LIST(due, complaint_desk_due(d, who, NULL, INT64_MAX, NULL, 0, &page))
LIST(inbox, complaint_desk_inbox(d, who, "opened", NULL, 0, &page))
LIST(actions, complaint_desk_actions(d, who, p->o.case_id, COMPLAINT_THAI, &page))
LIST(report, complaint_desk_report(d, who, 2569, 12, &page))
LIST(recompute, complaint_desk_recompute(d, who, NULL, 0, &page))
LIST(others, complaint_desk_actions_of_others(d, who, p->o.case_id, COMPLAINT_THAI, &page))
LIST(thread, complaint_desk_thread(d, who, "facebook", "t-1", NULL, 0, &page))
LIST(duties, complaint_desk_duties(d, who, 20390, 20400, &page))
LIST(legacy, complaint_desk_find_legacy(d, who, "12/68", NULL, 0, &page))

static complaint_status read_number(place *p) {
    int64_t id = 0;
    return complaint_desk_find(p->o.desk, p->o.officer, p->o.fiscal_year, 1, &id);
}

static complaint_status read_bytes(place *p) {
    size_t n = 0;
    complaint_status s = complaint_desk_read_evidence(p->o.desk, p->o.officer, p->o.case_id, p->digest, swallow, &n);
    assert_int_equal(n, s == COMPLAINT_OK ? 5 : 0);
    return s;
}

static complaint_status read_archive(place *p) {
    size_t n = 0;
    return complaint_archive_write(p->o.desk, p->o.officer, swallow, &n, NULL);
}

static complaint_status explain(place *p) {
    complaint_text *text = NULL;
    complaint_status s = complaint_desk_explain(p->o.desk, p->o.officer, p->o.case_id, 1, COMPLAINT_THAI, &text);
    complaint_text_free(text);
    return s;
}

static complaint_status verify(place *p) {
    complaint_page *findings = NULL;
    int64_t checked = 0;
    complaint_status s = complaint_desk_verify(p->o.desk, p->o.auditor, 0, NULL, 0, &findings, &checked);
    complaint_page_free(findings);
    return s;
}

static complaint_status prove_deadlines(place *p) {
    complaint_page *findings = NULL;
    int64_t checked = 0;
    complaint_status s = complaint_desk_verify(p->o.desk, p->o.auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked);
    complaint_page_free(findings);
    return s;
}

static complaint_status seal(place *p) {
    complaint_text *digest = NULL;
    int64_t events = 0;
    complaint_status s = complaint_desk_seal(p->o.desk, p->o.auditor, INT64_MAX, &digest, &events);
    complaint_text_free(digest);
    return s;
}

static complaint_status import(place *p) {
    static const char json[] = "{\"participants\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"title\":\"A\",\"thread_path\":\"inbox/a_42\",\"messages\":[{\"sender_name\":\"A\",\"timestamp_ms\":1762223200000,\"content\":\"x\"}]}";
    return complaint_import_facebook(p->o.desk, p->o.officer, "facebook", json, strlen(json), NULL, NULL);
}

/* What the other calls are about stays what it is. */
static complaint_status receive(place *p) {
    int64_t case_id = p->o.case_id;
    int32_t year = p->o.fiscal_year;
    complaint_status s = TRY(&p->o, p->o.officer, "receive", "channel=facebook", "external_id=again", "text=อีกครั้ง");
    p->o.case_id = case_id;
    p->o.fiscal_year = year;
    return s;
}

static complaint_status deliver(place *p) { return complaint_desk_deliver(p->o.desk, 0, NULL); }

static complaint_status act(place *p) { return TRY(&p->o, p->o.officer, "note", "text=ข้อสังเกต", "@request=note-1"); }

static complaint_status tick(place *p) { return complaint_desk_tick(p->o.desk, 0, NULL); }

typedef struct call {
    const char *name;
    complaint_status (*run)(place *p);
} call;

static const call calls[] = {{"case", read_case},       {"clocks", read_clocks},   {"referrals", read_referrals}, {"notices", read_notices}, {"parties", read_parties},     {"messages", read_case_messages}, {"evidence", read_evidence},
                             {"events", read_events},   {"open", read_open},       {"due", read_due},             {"inbox", read_inbox},     {"actions", read_actions},     {"report", read_report},          {"number", read_number},
                             {"bytes", read_bytes},     {"archive", read_archive}, {"explain", explain},          {"verify", verify},        {"recompute", read_recompute}, {"tick", tick},                   {"act", act},
    {"papers", read_papers}, {"links", read_links}, {"others", read_others}, {"thread", read_thread}, {"duties", read_duties}, {"legacy", read_legacy}, {"verify deadlines", prove_deadlines}, {"seal", seal}, {"import", import}, {"receive", receive}, {"deliver", deliver}};

/* ---- each lie, in each slot, under each call ------------------------------------------------------------------------------------- */

/* What may be answered when the lie was told: of those that are listed, and words of the text. */
static const struct {
    lie lie;
    int32_t slot;
    complaint_status answer, or_else;
    const char *words; /* NULL: no harm is done */
} lies[] = {
    {WRONG_TYPE, COMPLAINT_SLOT_GET, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "wrong type"},
    {WRONG_TYPE, COMPLAINT_SLOT_SELECT, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "wrong type"},
    {MISSING_COLUMNS, COMPLAINT_SLOT_GET, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "columns are missing"},
    {MISSING_COLUMNS, COMPLAINT_SLOT_SELECT, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "columns are missing"},
    {NO_VALUES, COMPLAINT_SLOT_GET, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "columns are missing"},
    {NO_VALUES, COMPLAINT_SLOT_SELECT, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "columns are missing"},
    {NULL_WHERE_NONE, COMPLAINT_SLOT_GET, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "null where"},
    {NULL_WHERE_NONE, COMPLAINT_SLOT_SELECT, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "null where"},
    {NOT_UTF8, COMPLAINT_SLOT_GET, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "UTF-8"},
    {NOT_UTF8, COMPLAINT_SLOT_SELECT, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "UTF-8"},
    {SIZE_WITHOUT_BYTES, COMPLAINT_SLOT_GET, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "without bytes"},
    {SIZE_WITHOUT_BYTES, COMPLAINT_SLOT_SELECT, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "without bytes"},
    {OTHER_OFFICE, COMPLAINT_SLOT_GET, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "another office"},
    {OTHER_OFFICE, COMPLAINT_SLOT_SELECT, COMPLAINT_E_CORRUPT, COMPLAINT_E_CORRUPT, "another office"},
    {OTHER_KEY, COMPLAINT_SLOT_GET, COMPLAINT_E_STORE, COMPLAINT_E_STORE, "not asked for"},
    {OTHER_KEY, COMPLAINT_SLOT_SELECT, COMPLAINT_E_STORE, COMPLAINT_E_CORRUPT, ""}, /* see may_go_unseen */
    {OUT_OF_ORDER, COMPLAINT_SLOT_SELECT, COMPLAINT_E_STORE, COMPLAINT_E_STORE, "out of order"},
    {TWICE, COMPLAINT_SLOT_GET, COMPLAINT_OK, COMPLAINT_OK, NULL},
    {TWICE, COMPLAINT_SLOT_SELECT, COMPLAINT_E_STORE, COMPLAINT_OK, "twice"}, /* one that was asked for is given once */
    {ENDLESS_ROWS, COMPLAINT_SLOT_GET, COMPLAINT_OK, COMPLAINT_OK, NULL},
    {ENDLESS_ROWS, COMPLAINT_SLOT_SELECT, COMPLAINT_E_STORE, COMPLAINT_OK, "twice"},
    {SINK_CALLED_LATER, COMPLAINT_SLOT_GET, COMPLAINT_OK, COMPLAINT_OK, NULL},
    {SINK_CALLED_LATER, COMPLAINT_SLOT_SELECT, COMPLAINT_OK, COMPLAINT_OK, NULL},
    {FOUND_WITHOUT_ROW, COMPLAINT_SLOT_GET, COMPLAINT_E_STORE, COMPLAINT_E_STORE, "gave no row"},
};

/* The rows of a page of findings are its words. */
static bool names(const place *p, const call *c, const char *words) {
    const complaint_error *e = complaint_desk_error(p->o.desk);
    bool of_findings = strncmp(c->name, "verify", 6) == 0 && complaint_error_status(e) == COMPLAINT_E_CORRUPT;
    return *complaint_error_subject(e) && *complaint_error_text(e, COMPLAINT_THAI) && (of_findings || strstr(complaint_error_text(e, COMPLAINT_ENGLISH), words));
}

/* A list that has others in their place reads nothing else of them; whoever asks for one of them is told that it is not there. The same of a message that is known already: nothing is written. A seal is of what was given,
 * and is not the one of before. */
static bool may_go_unseen(lie told, const call *c) {
    static const char *const lists[] = {"open", "inbox", "thread", "seal", "import", "receive"};
    for (size_t i = 0; i < COUNT(lists); i++)
        if (told == OTHER_KEY && strcmp(c->name, lists[i]) == 0) return true;
    return false;
}

static void tell_one(place *p, size_t which, const call *c) {
    if (!p->picture) p->picture = test_picture(&p->o, true);
    p->l.lie = lies[which].lie;
    p->l.slot = lies[which].slot;
    p->l.struck = 0;
    complaint_status s = c->run(p);
    const char *why = test_why(&p->o);
    bool told = p->l.struck > 0 && lies[which].words && !(s == COMPLAINT_OK && may_go_unseen(lies[which].lie, c));
    if (told ? s != lies[which].answer && s != lies[which].or_else : s != COMPLAINT_OK) fail_msg("lie %d in slot %d under %s: %s: %s", (int)lies[which].lie, (int)lies[which].slot, c->name, complaint_status_name(s), why);
    if (s != COMPLAINT_OK && !names(p, c, lies[which].words)) fail_msg("lie %d under %s is told as: %s", (int)lies[which].lie, c->name, why);
    p->l.lie = HONEST;
    p->l.late_sink = NULL;
    assert_int_equal(complaint_fault_open(p->o.fault), 0);
    char *after = s != COMPLAINT_OK ? test_picture(&p->o, true) : NULL;
    if (after) assert_string_equal(p->picture, after);
    free(p->picture);
    p->picture = after;
}

static void each_lie_is_named_and_changes_nothing(void **state) {
    place *p = *state;
    for (size_t i = 0; i < COUNT(lies); i++) {
        int struck = 0;
        for (size_t k = 0; k < COUNT(calls); k++) {
            tell_one(p, i, &calls[k]);
            struck += p->l.struck > 0 || lies[i].lie == SINK_CALLED_LATER;
        }
        if (struck < 3) fail_msg("lie %d was told to %d calls only", (int)lies[i].lie, struck);
    }
    for (size_t k = 0; k < COUNT(calls); k++) OK(calls[k].run(p)); /* the same desk, honestly served */
    assert_true(p->l.late_calls > 0);
}

/* One lie in the middle of a delivery. A letter that was on its way then goes again when its lease has run out, as the next attempt; none goes twice in one delivery, none is forgotten. */
static int lie_during_delivery(size_t which, int honest) {
    void *state = NULL;
    assert_int_equal(set_up(&state), 0);
    place *p = state;
    p->l.lie = lies[which].lie;
    p->l.slot = lies[which].slot;
    p->l.honest = honest;
    p->l.once = true;
    complaint_status s = complaint_desk_deliver(p->o.desk, 0, NULL);
    int made = honest - p->l.honest, sent = p->o.sent_count;
    if (s != COMPLAINT_OK) assert_true(*complaint_error_subject(complaint_desk_error(p->o.desk)));
    if (s != COMPLAINT_OK && s != lies[which].answer && s != lies[which].or_else) fail_msg("lie %d at call %d: %s: %s", (int)lies[which].lie, honest, complaint_status_name(s), test_why(&p->o));
    p->l.lie = HONEST;
    p->l.late_sink = NULL;
    p->o.now += DAY;
    OK(complaint_desk_deliver(p->o.desk, 0, NULL));
    for (int i = 0; i < p->o.sent_count; i++)
        for (int k = 0; k < i; k++)
            if (strcmp(p->o.sent[i].intent, p->o.sent[k].intent) == 0) assert_true(i >= sent && k < sent && p->o.sent[i].attempt == p->o.sent[k].attempt + 1);
    for (int64_t seq = 1; seq <= test_count(&p->o, p->o.officer, complaint_desk_notices); seq++) assert_string_equal(test_notice_of(&p->o, p->o.case_id, seq, "state"), "delivered");
    assert_int_equal(tear_down(&state), 0);
    return made;
}

static void a_lie_during_delivery(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(lies); i++) {
        int honest = 0;
        while (lie_during_delivery(i, honest) > honest) honest++;
        assert_true(honest >= 2);
    }
}

/* ---- answers that no slot may give -------------------------------------------------------------------------------------------------- */

static void answers_out_of_range_are_the_stores_fault(void **state) {
    static const complaint_status answers[] = {-1, 77777, COMPLAINT_E_ROLE, COMPLAINT_E_MORE, COMPLAINT_E_REENTRANT, INT32_MIN};
    static const struct {
        int32_t slot;
        const char *name;
    } slots[] = {{COMPLAINT_SLOT_BEGIN, "store.begin"}, {COMPLAINT_SLOT_COMMIT, "store.commit"}, {COMPLAINT_SLOT_WRITE, "store.write"}, {COMPLAINT_SLOT_GET, "store.get"}, {COMPLAINT_SLOT_SELECT, "store.select"}};
    place *p = *state;
    char *before = test_picture(&p->o, true);
    for (size_t i = 0; i < COUNT(slots); i++)
        for (size_t k = 0; k < COUNT(answers); k++) {
            char number[32];
            snprintf(number, sizeof number, "%d", (int)answers[k]);
            OK(complaint_fault_set(p->o.fault, slots[i].slot, 0, COMPLAINT_FAULT_ONCE, answers[k]));
            test_expect(&p->o, act(p), COMPLAINT_E_STORE, slots[i].name, __FILE__, __LINE__);
            test_names(&p->o, number);
            assert_int_equal(complaint_fault_struck(p->o.fault), 1);
            assert_int_equal(complaint_fault_open(p->o.fault), 0);
        }
    complaint_fault_reset(p->o.fault);
    char *after = test_picture(&p->o, true);
    assert_string_equal(before, after);
    free(before);
    free(after);
    OK(act(p));
}

/* ---- a store that is pleased with everything ------------------------------------------------------------------------------------------ */

typedef struct pleased {
    complaint_store inner;
    int major, minor;
    complaint_limits limits;
    bool no_transaction;
} pleased;

static complaint_status COMPLAINT_CALL pleased_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *e) {
    pleased *q = self;
    (void)operation, (void)e;
    *major = q->major;
    *minor = q->minor;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL pleased_limits(void *self, complaint_limits *limits, complaint_host_error *e) {
    (void)e;
    *limits = ((pleased *)self)->limits;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL pleased_begin(void *self, int32_t mode, const char *office, size_t size, void **tx, complaint_host_error *e) {
    pleased *q = self;
    complaint_status s = q->inner.begin(q->inner.self, mode, office, size, tx, e);
    if (s != COMPLAINT_OK || !q->no_transaction) return s;
    q->inner.rollback(q->inner.self, *tx);
    *tx = NULL;
    return COMPLAINT_OK;
}

static void COMPLAINT_CALL pleased_rollback(void *self, void *tx) { ((pleased *)self)->inner.rollback(((pleased *)self)->inner.self, tx); }

static complaint_status COMPLAINT_CALL pleased_commit(void *self, void *tx, complaint_host_error *e) {
    (void)e;
    pleased_rollback(self, tx);
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL pleased_write(void *self, void *tx, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *e) {
    (void)self, (void)tx, (void)changes, (void)e;
    *failed_at = count + 1000;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL pleased_get(void *self, void *tx, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink, void *context, complaint_host_error *e) {
    pleased *q = self;
    return q->inner.get(q->inner.self, tx, table, key, key_count, sink, context, e);
}

static complaint_status COMPLAINT_CALL pleased_select(void *self, void *tx, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, complaint_row_fn sink, void *context,
                                                      complaint_host_error *e) {
    pleased *q = self;
    return q->inner.select(q->inner.self, tx, table, index, bounds, direction, limit, sink, context, e);
}

/* A desk over it, on the rows of the office. */
static complaint_status open_pleased(place *p, pleased *q, test_office *o) {
    *o = p->o;
    o->desk = NULL;
    o->draft = NULL;
    o->setup = NULL;
    o->sent_count = 0;
    o->script_count = o->script_at = 0;
    q->inner = p->o.store;
    o->store = (complaint_store){sizeof o->store, q, pleased_schema, pleased_limits, pleased_begin, pleased_commit, pleased_rollback, pleased_write, pleased_get, pleased_select};
    return test_office_desk(o);
}

static void close_pleased(test_office *o) {
    complaint_draft_free(o->draft);
    complaint_desk_close(o->desk);
    complaint_setup_free(o->setup);
}

static void versions_and_limits_that_cannot_be(void **state) {
    static const int64_t sizes[] = {INT64_MIN, -1, 0, 1, INT64_MAX};
    place *p = *state;
    test_office o;
    pleased q = {.major = -1};
    assert_int_equal(open_pleased(p, &q, &o), COMPLAINT_E_STORE);
    assert_string_equal(complaint_error_subject(complaint_setup_error(o.setup)), "store.schema");
    close_pleased(&o);
    q.major = INT32_MAX;
    assert_int_equal(open_pleased(p, &q, &o), COMPLAINT_E_SCHEMA_NEWER);
    close_pleased(&o);
    q.major = complaint_schema_major();
    q.minor = INT32_MAX;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        q.limits = (complaint_limits){.size = sizeof q.limits, .max_value = sizes[i], .max_transaction = sizes[COUNT(sizes) - 1 - i], .flags = -2};
        OK(open_pleased(p, &q, &o));
        close_pleased(&o);
    }
    q.no_transaction = true;
    assert_int_equal(open_pleased(p, &q, &o), COMPLAINT_E_STORE);
    assert_string_equal(complaint_error_subject(complaint_setup_error(o.setup)), "store.begin");
    close_pleased(&o);
}

/* It says that it has committed and has not. Nobody can see that at once, but no call goes on for ever, and nobody gets the same letter twice in one. */
static void a_store_that_forgets_is_not_asked_for_ever(void **state) {
    place *p = *state;
    test_office o;
    pleased q = {.major = complaint_schema_major(), .minor = complaint_schema_minor()};
    OK(open_pleased(p, &q, &o));
    o.now += 400 * DAY;
    OK(complaint_desk_deliver(o.desk, 0, NULL));
    assert_true(o.sent_count > 0);
    for (int i = 0; i < o.sent_count; i++)
        for (int k = 0; k < i; k++) assert_string_not_equal(o.sent[i].intent, o.sent[k].intent);
    complaint_status s = complaint_desk_tick(o.desk, 0, NULL);
    assert_true(s == COMPLAINT_OK || complaint_status_class(s) == COMPLAINT_E_RANGE);
    OK(complaint_desk_recompute(o.desk, o.head, NULL, 0, NULL));
    close_pleased(&o);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(each_lie_is_named_and_changes_nothing), TEST(answers_out_of_range_are_the_stores_fault), cmocka_unit_test(a_lie_during_delivery), TEST(versions_and_limits_that_cannot_be),
                                       TEST(a_store_that_forgets_is_not_asked_for_ever)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
