/*
 * desk/message_log: events → message.
 *
 * Owns: the meaning of the payloads in a message's stream (docs/event-format.md), for proof. Must not know: rows.
 */
#include "desk/job.h"

#include <string.h>

typedef struct member {
    const char *name;
    size_t offset;
    enum { STRING, INTEGER, ID, COUNTED } type; /* COUNTED: how many strings a list has */
} member;

static const member members[] = {
    {"channel", offsetof(cpl_message_log, channel), STRING},  {"external_id", offsetof(cpl_message_log, external_id), STRING},
    {"thread", offsetof(cpl_message_log, thread), STRING},    {"form", offsetof(cpl_message_log, form), STRING},
    {"state", offsetof(cpl_message_log, state), STRING},      {"sender", offsetof(cpl_message_log, sender), STRING},
    {"body", offsetof(cpl_message_log, body), STRING},        {"direction", offsetof(cpl_message_log, direction), INTEGER},
    {"sent_at", offsetof(cpl_message_log, sent_at), INTEGER}, {"evidence", offsetof(cpl_message_log, evidence), COUNTED},
    {"case", offsetof(cpl_message_log, case_id), ID},         {"address", offsetof(cpl_message_log, address), STRING},
};

typedef enum { READ, BAD, NO_MEMORY } reading;

static reading take_string(cpl_scan *scan, cpl_arena *a, cpl_str *out) {
    if (!scan->escaped) {
        *out = scan->raw;
        return READ;
    }
    cpl_buf b;
    cpl_buf_init(&b, a->m);
    bool ok = cpl_scan_unescape(scan, &b);
    bool kept = ok && !b.failed && cpl_arena_str(a, (cpl_str){b.data, b.size}, out);
    reading r = kept ? READ : ok || b.failed ? NO_MEMORY : BAD;
    cpl_buf_free(&b);
    return r;
}

static reading take_id(cpl_str digits, int64_t *out) {
    int64_t v = 0;
    if (digits.n == 0 || digits.n > 19) return BAD;
    for (size_t i = 0; i < digits.n; i++) {
        int digit = digits.p[i] - '0';
        if (digit < 0 || digit > 9 || v > (INT64_MAX - digit) / 10) return BAD;
        v = v * 10 + digit;
    }
    *out = v;
    return READ;
}

static reading take_count(cpl_scan *scan, int64_t *out) {
    int64_t n = 0;
    int t;
    while ((t = cpl_scan_next(scan)) == CPL_SCAN_STRING) n++;
    *out = n;
    return t == CPL_SCAN_ARRAY_END ? READ : BAD;
}

static reading take_member(cpl_scan *scan, const member *which, cpl_message_log *m) {
    void *target = (char *)m + which->offset;
    int t = cpl_scan_next(scan);
    if (which->type == COUNTED) return t == CPL_SCAN_ARRAY ? take_count(scan, target) : BAD;
    if (which->type == INTEGER) {
        if (t == CPL_SCAN_INT) memcpy(target, &scan->integer, sizeof scan->integer);
        return t == CPL_SCAN_INT ? READ : BAD;
    }
    if (t != CPL_SCAN_STRING) return BAD;
    return which->type == ID ? take_id(scan->raw, target) : take_string(scan, m->arena, target);
}

static reading read_payload(cpl_str payload, cpl_message_log *m) {
    cpl_scan scan;
    cpl_scan_init(&scan, payload);
    if (cpl_scan_next(&scan) != CPL_SCAN_OBJECT) return BAD;
    for (;;) {
        int t = cpl_scan_next(&scan);
        if (t == CPL_SCAN_OBJECT_END) return cpl_scan_next(&scan) == CPL_SCAN_END ? READ : BAD;
        if (t != CPL_SCAN_KEY) return BAD;
        size_t i = 0;
        while (i < sizeof members / sizeof members[0] && !cpl_str_is(scan.raw, members[i].name)) i++;
        reading r = i < sizeof members / sizeof members[0] ? take_member(&scan, &members[i], m) : cpl_scan_skip(&scan) ? READ : BAD;
        if (r != READ) return r;
    }
}

/* Where the message is now. */
static bool moves_the_message(int32_t kind) { return kind == CPL_EV_RECEIVE || kind == CPL_EV_TRIAGE || kind == CPL_EV_SET_ASIDE; }

/* The other kinds say something of an answer, or nothing: their `body` is not the message's. */
static bool is_about_the_message(int32_t kind) { return moves_the_message(kind) || kind == CPL_EV_UNSENT; }

complaint_status cpl_message_fold(cpl_message_log *m, const cpl_event *ev, complaint_error *e) {
    if (moves_the_message(ev->kind)) m->case_id = 0;
    reading r = is_about_the_message(ev->kind) ? read_payload(ev->payload, m) : READ;
    if (r == NO_MEMORY) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    if (r == BAD)
        return cpl_failf(e, COMPLAINT_E_CORRUPT, "complaint_event.payload", "เหตุการณ์ที่ %lld ของข้อความ %lld มีเนื้อหาไม่ถูกต้อง",
                         "event %lld of message %lld has a payload that its kind cannot have", (long long)ev->seq, (long long)ev->stream);
    if (ev->kind == CPL_EV_RECEIVE) {
        m->state = m->direction == 2 ? CPL_LIT("reply") : CPL_LIT("new");
        m->entered_at = ev->entered_at;
        if (cpl_str_is(m->form, "unsent")) m->unsent_at = ev->entered_at;
    }
    if (ev->kind == CPL_EV_UNSENT) m->unsent_at = ev->happened_at;
    m->version = ev->seq;
    return COMPLAINT_OK;
}
