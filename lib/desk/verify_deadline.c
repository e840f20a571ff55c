/*
 * desk/verify_deadline: whether deadlines are what the definitions make them that their events cite.
 *
 * Owns: getting a cited policy or calendar out of the store, proved by its digest; the words about a difference. Must not know: how a deadline comes about (process/audit, calendar).
 */
#include "desk/verify.h"

#include <string.h>

enum { POLICY, CALENDAR, KINDS };

static const char *const kinds[KINDS] = {"policy", "calendar"};

typedef struct words {
    const char *thai, *english;
} words;

static const words missing[KINDS] = {{"ไม่พบมาตรฐานการปฏิบัติงานที่เหตุการณ์อ้าง", "the policy that the event cites is not there"}, {"ไม่พบปฏิทินที่เหตุการณ์อ้าง", "the calendar that the event cites is not there"}},
                   altered[KINDS] = {{"มาตรฐานการปฏิบัติงานที่เหตุการณ์อ้างถูกแก้ไข", "the policy that the event cites was altered"}, {"ปฏิทินที่เหตุการณ์อ้างถูกแก้ไข", "the calendar that the event cites was altered"}},
                   unreadable[KINDS] = {{"โปรแกรมรุ่นนี้อ่านมาตรฐานการปฏิบัติงานที่เหตุการณ์อ้างไม่ได้", "this version cannot read the policy that the event cites"},
                                        {"โปรแกรมรุ่นนี้อ่านปฏิทินที่เหตุการณ์อ้างไม่ได้", "this version cannot read the calendar that the event cites"}};

static void say(cpl_audit *a, const cpl_event *ev, const char *what, const char *subject, const words *w) {
    cpl_finding(a, &(cpl_fault){.stream = ev->stream, .seq = ev->seq, .what = what, .subject = subject, .thai = w->thai, .english = w->english});
}

/* ---- definitions ----------------------------------------------------------------------------------------------------------- */

static void forget(cpl_kept_definition *k) {
    cpl_policy_release(k->policy);
    cpl_calendar_release(k->calendar);
    *k = (cpl_kept_definition){.policy = NULL};
}

void cpl_forget_definitions(cpl_audit *a) {
    for (int i = 0; i < KINDS; i++)
        for (int k = 0; k < CPL_KEPT_DEFINITIONS; k++) forget(&a->kept[i][k]);
}

static bool recomputes(const cpl_audit *a) { return (a->flags & COMPLAINT_VERIFY_RECOMPUTE) != 0; }

/* What is only looked for is not read. */
static complaint_status read_body(cpl_audit *a, int kind, cpl_str body, cpl_kept_definition *k) {
    if (!recomputes(a)) return COMPLAINT_OK;
    if (kind == POLICY) return cpl_policy_parse(&a->d->memory, body, &k->policy, &a->d->error);
    return cpl_calendar_from_definition(&a->d->memory, body, &k->calendar, &a->d->error);
}

static complaint_status take_body(cpl_audit *a, const cpl_event *ev, int kind, cpl_str digest, cpl_str body, cpl_kept_definition *k) {
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_sha256_hex(body, hex);
    if (!cpl_str_is(digest, hex)) {
        say(a, ev, "altered", "complaint_definition.body", &altered[kind]);
        return COMPLAINT_OK;
    }
    complaint_status s = read_body(a, kind, body, k);
    if (s == COMPLAINT_E_MEMORY) return s;
    if (s != COMPLAINT_OK) say(a, ev, "unreadable", "complaint_definition.body", &unreadable[kind]);
    if (s == COMPLAINT_OK) memcpy(k->digest, hex, sizeof hex);
    cpl_error_clear(&a->d->error);
    return COMPLAINT_OK;
}

static complaint_status fetch(cpl_audit *a, const cpl_event *ev, int kind, cpl_str digest, cpl_kept_definition *k) {
    enum { BODY = 3 };
    cpl_arena arena;
    cpl_row row;
    cpl_arena_init(&arena, &a->d->memory);
    complaint_value key[] = {cpl_txt(cpl_str_of(kinds[kind])), cpl_txt(digest)};
    complaint_status s = digest.n == (size_t)2 * CPL_HASH_SIZE ? cpl_tx_get(a->tx, CPL_DEFINITION, key, 2, &arena, &row) : COMPLAINT_E_NOT_FOUND;
    if (s == COMPLAINT_OK) s = take_body(a, ev, kind, digest, cpl_value_str(&row.values[BODY]), k);
    else if (s == COMPLAINT_E_NOT_FOUND) {
        say(a, ev, "missing", "complaint_definition", &missing[kind]);
        s = COMPLAINT_OK;
    }
    cpl_arena_free(&arena);
    return s;
}

/* The definition that the event cites comes to the front of those that are kept; `*there`: it is whole. */
static complaint_status find(cpl_audit *a, const cpl_event *ev, int kind, cpl_str digest, bool *there) {
    cpl_kept_definition *list = a->kept[kind], found = {.policy = NULL};
    int at = 0;
    complaint_status s = COMPLAINT_OK;
    while (at < CPL_KEPT_DEFINITIONS && !cpl_str_is(digest, list[at].digest)) at++;
    if (at < CPL_KEPT_DEFINITIONS) found = list[at];
    else {
        s = fetch(a, ev, kind, digest, &found);
        *there = s == COMPLAINT_OK && found.digest[0] != '\0';
        if (!*there) return s;
        forget(&list[--at]);
    }
    memmove(list + 1, list, (size_t)at * sizeof *list);
    list[0] = found;
    *there = true;
    return s;
}

/* ---- deadlines ---------------------------------------------------------------------------------------------------------------- */

static void write_instant(cpl_buf *b, int32_t style, int64_t instant) {
    char text[CPL_DATE_MAX];
    size_t n = 0;
    if (cpl_instant_in_range(instant) && cpl_instant_format(instant, style, 0, text, &n) == COMPLAINT_OK) cpl_buf_put(b, text, n);
    else cpl_buf_int(b, instant);
}

static void write_difference(cpl_buf *b, int32_t style, const char *recorded, int64_t was, const char *computed, int64_t is) {
    cpl_buf_puts(b, recorded);
    write_instant(b, style, was);
    cpl_buf_puts(b, computed);
    write_instant(b, style, is);
}

static complaint_status say_difference(cpl_audit *a, const cpl_event *ev, const cpl_recorded *r, const char *rule, int64_t recorded, int64_t computed) {
    cpl_buf thai, english;
    cpl_buf_init(&thai, &a->d->memory);
    cpl_buf_init(&english, &a->d->memory);
    write_difference(&thai, COMPLAINT_DATE_LONG, "กำหนดที่บันทึกไว้คือ ", recorded, " แต่ตามมาตรฐานและปฏิทินที่อ้างคือ ", computed);
    write_difference(&english, COMPLAINT_DATE_ISO, "recorded is ", recorded, ", by the policy and calendar that are cited it is ", computed);
    bool failed = thai.failed || english.failed;
    if (!failed)
        cpl_finding(a, &(cpl_fault){.stream = ev->stream, .seq = ev->seq, .what = "deadline", .subject = rule, .thai = thai.data, .english = english.data, .clock = r->clock, .recorded = recorded, .computed = computed});
    cpl_buf_free(&thai);
    cpl_buf_free(&english);
    return failed ? cpl_fail(&a->d->error, COMPLAINT_E_MEMORY, NULL) : COMPLAINT_OK;
}

static void say_unknown(cpl_audit *a, const cpl_event *ev, const cpl_recorded *r, const char *rule) {
    cpl_finding(a, &(cpl_fault){.stream = ev->stream, .seq = ev->seq, .what = "deadline", .subject = rule, .thai = "คำนวณกำหนดนี้จากมาตรฐานและปฏิทินที่อ้างไม่ได้", .english = "the deadline cannot be computed from the policy and calendar that are cited",
                                .clock = r->clock, .recorded = r->due_at});
}

static complaint_status check_one(cpl_audit *a, const cpl_case *c, const cpl_event *ev, const cpl_recorded *r, bool cited) {
    cpl_deadline d = {0};
    char rule[CPL_ID_MAX + 1] = "";
    cpl_str code = r->clock >= 1 && r->clock <= (int64_t)c->clock_count ? c->clocks[r->clock - 1].rule : CPL_LIT("");
    memcpy(rule, code.p, code.n <= CPL_ID_MAX ? code.n : 0);
    complaint_status s = cited ? cpl_compute_again(a->kept[POLICY][0].policy, a->kept[CALENDAR][0].calendar, c, ev, r, &d, &a->d->error) : COMPLAINT_E_NOT_FOUND;
    if (s == COMPLAINT_E_MEMORY) return s;
    cpl_error_clear(&a->d->error);
    if (s != COMPLAINT_OK) say_unknown(a, ev, r, rule);
    else if (d.due_at != r->due_at) return say_difference(a, ev, r, rule, r->due_at, d.due_at);
    else if (d.nominal_at != r->nominal_at) return say_difference(a, ev, r, rule, r->nominal_at, d.nominal_at);
    return COMPLAINT_OK;
}

static complaint_status check_all(cpl_audit *a, const cpl_case *c, const cpl_event *ev, bool cited) {
    size_t count = 0, most = c->clock_count; /* a clock has one for each pause that was past when it was entered */
    for (size_t i = 0; i < c->clock_count; i++) most += c->clocks[i].pause_count;
    cpl_recorded *list = cpl_arena_alloc(c->arena, (most + 1) * sizeof *list);
    if (!list) return cpl_fail(&a->d->error, COMPLAINT_E_MEMORY, NULL);
    if (!cpl_event_deadlines(ev, list, most, &count)) return cpl_fail(&a->d->error, COMPLAINT_E_CORRUPT, "complaint_event.payload");
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < count; i++) s = check_one(a, c, ev, &list[i], cited);
    return s;
}

complaint_status cpl_verify_deadlines(cpl_audit *a, const cpl_case *c, const cpl_event *ev) {
    const cpl_str digests[KINDS] = {[POLICY] = c->cited_policy, [CALENDAR] = c->cited_calendar};
    bool cited = true;
    complaint_status s = COMPLAINT_OK;
    for (int kind = 0; s == COMPLAINT_OK && kind < KINDS; kind++) {
        bool there = false;
        if (digests[kind].p) s = find(a, ev, kind, digests[kind], &there);
        cited = cited && there;
    }
    return s == COMPLAINT_OK && recomputes(a) ? check_all(a, c, ev, cited) : s;
}
