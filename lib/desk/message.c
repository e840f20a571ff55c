/*
 * desk/message: messages come in, open a case, join one, or are set aside.
 *
 * Owns: the message's row and its own event stream; idempotence by (channel, external id). Must not know: the procedure of cases.
 */
#include "desk/job.h"

#include <string.h>

enum { MS_ID = 1, MS_VERSION, MS_CHANNEL, MS_EXTERNAL, MS_THREAD, MS_DIRECTION, MS_FORM, MS_STATE, MS_CASE, MS_SENT, MS_ENTERED, MS_UNSENT, MS_EVIDENCE, MS_SENDER, MS_BODY, MS_ADDRESS };

/* ---- RECEIVE: what is given ----------------------------------------------------------------------------------------- */

typedef struct incoming {
    cpl_str channel, external_id, thread, sender, address, form, text;
    int64_t sent_at, direction;
    bool has_sent_at;
} incoming;

typedef struct field_slot {
    const char *name;
    size_t offset;
    bool is_integer, is_key; /* a key: at most CPL_KEY_MAX bytes */
} field_slot;

static const field_slot slots[] = {
    {"channel", offsetof(incoming, channel), false, true},     {"external_id", offsetof(incoming, external_id), false, true}, {"thread", offsetof(incoming, thread), false, true},
    {"sender", offsetof(incoming, sender), false, false},      {"address", offsetof(incoming, address), false, false},        {"form", offsetof(incoming, form), false, true},
    {"text", offsetof(incoming, text), false, false},          {"sent_at", offsetof(incoming, sent_at), true, false},         {"direction", offsetof(incoming, direction), true, false},
};

static complaint_status bad_text(cpl_job *job, const char *field, complaint_status s, size_t offset) {
    cpl_failf(job->e, s, field, "ช่อง %s: %s%.0s ที่ไบต์ %zu", "field %s: %.0s%s, at byte %zu", field, cpl_status_text(s, COMPLAINT_THAI), cpl_status_text(s, COMPLAINT_ENGLISH), offset);
    cpl_error_at(job->e, "", 0, (int64_t)offset);
    return s;
}

static complaint_status take_text(cpl_job *job, const field_slot *slot, const cpl_input *in, incoming *m) {
    size_t offset, most = slot->is_key ? CPL_KEY_MAX : 1024 * 1024 - 1; /* the envelope takes a byte */
    complaint_status s = cpl_utf8_check(in->text, &offset);
    if (s != COMPLAINT_OK) return bad_text(job, slot->name, s, offset);
    if (in->text.n > most)
        return cpl_failf(job->e, COMPLAINT_E_TOO_LARGE, slot->name, "ช่อง %s ยาว %zu ไบต์ เกิน %zu", "field %s has %zu bytes, more than %zu", slot->name, in->text.n, most);
    *(cpl_str *)((char *)m + slot->offset) = in->text;
    return COMPLAINT_OK;
}

static complaint_status take_field(cpl_job *job, const cpl_input *in, incoming *m) {
    const field_slot *slot = NULL;
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (cpl_str_is(in->name, slots[i].name)) slot = &slots[i];
    if (!slot) return cpl_failf(job->e, COMPLAINT_E_UNKNOWN_FIELD, in->name.p, "รายการ receive ไม่มีช่อง “%s”", "action receive has no field “%s”", in->name.p);
    if (slot->is_integer != in->is_integer) return cpl_failf(job->e, COMPLAINT_E_INVALID, slot->name, "ช่อง %s ชนิดข้อมูลผิด", "field %s is of the wrong type", slot->name);
    if (!slot->is_integer) return take_text(job, slot, in, m);
    *(int64_t *)((char *)m + slot->offset) = in->integer;
    m->has_sent_at |= strcmp(slot->name, "sent_at") == 0;
    return COMPLAINT_OK;
}

static bool known_form(cpl_str form) {
    static const char *const forms[] = {"text", "media", "sticker", "call", "share", "unsent"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (cpl_str_is(form, forms[i])) return true;
    return false;
}

static bool is_blank(cpl_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t\r\n", s.p[i])) return false;
    return true;
}

/* A sticker, a call or a picture says something without words; a text without words says nothing that could be triaged. */
static complaint_status check_words(cpl_job *job, const incoming *m) {
    if (!cpl_str_is(m->form, "text") || job->draft->evidence_count || !is_blank(m->text)) return COMPLAINT_OK;
    return cpl_failf(job->e, COMPLAINT_E_REQUIRED, "text", "ข้อความว่างเปล่า ต้องมีเนื้อความ (text) หรือแนบหลักฐาน", "the message is empty: it needs a text or evidence");
}

static complaint_status unknown_channel(cpl_job *job, cpl_str channel) {
    char known[CPL_SUGGESTIONS_SIZE], said[CPL_QUOTE_SIZE];
    const complaint_policy *p = job->d->policy;
    cpl_suggest(channel, p->channels, p->channel_count, sizeof *p->channels, known);
    return cpl_failf(job->e, COMPLAINT_E_UNKNOWN_CODE, "channel", "ไม่รู้จักช่องทาง “%s” รหัสที่ใช้ได้: %s", "no such channel “%s” in the policy; one of: %s", cpl_quote(channel, said), known);
}

static complaint_status check_incoming(cpl_job *job, const incoming *m) {
    const char *missing = m->channel.n == 0 ? "channel" : m->external_id.n == 0 ? "external_id" : NULL;
    if (missing) return cpl_failf(job->e, COMPLAINT_E_REQUIRED, missing, "ขาดช่อง %s", "field %s is missing", missing);
    if (cpl_policy_channel(job->d->policy, m->channel) < 0) return unknown_channel(job, m->channel);
    if (!known_form(m->form)) return cpl_failf(job->e, COMPLAINT_E_UNKNOWN_CODE, "form", "ไม่รู้จักรูปแบบ “%.*s”", "no such form “%.*s”", (int)m->form.n, m->form.p);
    if (m->direction != 1 && m->direction != 2) return cpl_failf(job->e, COMPLAINT_E_INVALID, "direction", "direction ต้องเป็น 1 หรือ 2", "direction must be 1 or 2");
    if (m->sent_at > job->now || !cpl_instant_in_range(m->sent_at))
        return cpl_failf(job->e, COMPLAINT_E_RANGE, "sent_at", "เวลาที่ส่งอยู่ในอนาคตหรือนอกช่วง", "sent_at lies in the future of the desk's clock or out of range");
    return COMPLAINT_OK;
}

static complaint_status read_incoming(cpl_job *job, incoming *m) {
    *m = (incoming){.form = CPL_LIT("text"), .direction = 1};
    cpl_str *texts[] = {&m->channel, &m->external_id, &m->thread, &m->sender, &m->address, &m->text};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) *texts[i] = CPL_LIT("");
    for (size_t i = 0; i < job->draft->field_count; i++) {
        complaint_status s = take_field(job, &job->draft->fields[i], m);
        if (s != COMPLAINT_OK) return s;
    }
    if (!m->has_sent_at) m->sent_at = job->now;
    if (m->address.n == 0) m->address = m->thread;
    return check_incoming(job, m);
}

/* ---- rows and events of a message --------------------------------------------------------------------------------------- */

static complaint_status find_external(cpl_job *job, const incoming *m, cpl_rows *rows) {
    cpl_range r = {.table = CPL_MESSAGE, .index = 1, .equal = {cpl_txt(m->channel), cpl_txt(m->external_id)}, .equal_count = 2, .limit = 1};
    return cpl_tx_select(&job->tx, &r, &job->arena, rows);
}

/* The end of the message's log; the row and its log move together. */
static complaint_status load_end(cpl_job *job, int64_t message, cpl_case *end) {
    cpl_rows events = {0};
    complaint_status s = cpl_load_log(job, message, &events, end);
    return s == COMPLAINT_OK && end->version == 0 ? cpl_fail(job->e, COMPLAINT_E_CORRUPT, "complaint_event") : s;
}

static cpl_event event_base(const cpl_job *job, int64_t message, int64_t seq, int32_t kind, cpl_str role) {
    return (cpl_event){.stream = message, .seq = seq, .kind = kind, .happened_at = job->now, .entered_at = job->now, .actor = job->who.id, .role = role, .unit = job->who.unit,
                       .on_behalf = job->who.on_behalf, .acting_for = job->who.acting_for, .request = job->request, .sealed = CPL_LIT("")};
}

/* ---- RECEIVE: a new message -------------------------------------------------------------------------------------------------- */

static void put_member(cpl_buf *b, const char *name, cpl_str value) {
    cpl_buf_puts(b, b->size > 1 ? "," : "");
    cpl_buf_json(b, cpl_str_of(name));
    cpl_buf_putc(b, ':');
    cpl_buf_json(b, value);
}

/* The log holds digests of what lies in the message's row, so that it proves text, sender and address without holding them. */
static void put_digest(cpl_buf *b, const char *name, cpl_str envelope) {
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_sha256_hex(envelope, hex);
    put_member(b, name, cpl_str_of(hex));
}

static bool receipt_payload(cpl_job *job, const incoming *m, cpl_str sender, cpl_str body, cpl_str address, cpl_str *payload) {
    cpl_buf b;
    cpl_buf_init(&b, &job->d->memory);
    cpl_buf_putc(&b, '{');
    put_member(&b, "channel", m->channel);
    put_member(&b, "external_id", m->external_id);
    put_member(&b, "thread", m->thread);
    put_member(&b, "form", m->form);
    cpl_buf_puts(&b, ",\"direction\":");
    cpl_buf_int(&b, m->direction);
    cpl_buf_puts(&b, ",\"sent_at\":");
    cpl_buf_int(&b, m->sent_at);
    put_digest(&b, "sender", sender);
    put_digest(&b, "body", body);
    put_digest(&b, "address", address);
    cpl_buf_puts(&b, ",\"evidence\":[");
    for (size_t i = 0; i < job->draft->evidence_count; i++) {
        if (i) cpl_buf_putc(&b, ',');
        cpl_buf_json(&b, cpl_str_of(job->draft->evidence[i].digest));
    }
    cpl_buf_puts(&b, "]}");
    bool ok = !b.failed && cpl_arena_str(&job->arena, (cpl_str){b.data, b.size}, payload);
    cpl_buf_free(&b);
    return ok;
}

static complaint_status insert_message(cpl_job *job, const incoming *m, int64_t id, cpl_str role) {
    cpl_str sender, body, address;
    complaint_status s = check_words(job, m); /* of one that is there already nothing is taken */
    if (s != COMPLAINT_OK) return s;
    cpl_event ev = event_base(job, id, 1, CPL_EV_RECEIVE, role);
    ev.happened_at = m->sent_at;
    bool ok = cpl_envelope_clear(&job->arena, m->sender, &sender) && cpl_envelope_clear(&job->arena, m->text, &body) && cpl_envelope_clear(&job->arena, m->address, &address) &&
              receipt_payload(job, m, sender, body, address, &ev.payload);
    if (!ok) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    cpl_event_hash(job->d->office, &ev, ev.hash);
    cpl_insert_event(&job->batch, job->d->office, &ev);
    bool unsent = cpl_str_is(m->form, "unsent");
    complaint_value v[] = {cpl_int(id), cpl_int(1), cpl_txt(m->channel), cpl_txt(m->external_id), cpl_txt(m->thread), cpl_int(m->direction), cpl_txt(m->form),
                           cpl_txt(m->direction == 2 ? CPL_LIT("reply") : CPL_LIT("new")), cpl_int(0), cpl_int(m->sent_at), cpl_int(job->now), cpl_int(unsent ? job->now : 0),
                           cpl_int((int64_t)job->draft->evidence_count), cpl_blob(sender.p, sender.n), cpl_blob(body.p, body.n), cpl_blob(address.p, address.n)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_MESSAGE, v, sizeof v / sizeof v[0]);
    cpl_insert_evidence(job, id, 1);
    job->out.message = id;
    return COMPLAINT_OK;
}

/* One more event in the log of a message; `happened_at` is when its sender took it back. */
static cpl_event unsent_event(const cpl_job *job, const cpl_case *end, int64_t happened_at) {
    cpl_event ev = event_base(job, end->id, end->version + 1, CPL_EV_UNSENT, CPL_LIT("system"));
    memcpy(ev.prev, end->head, sizeof ev.prev);
    if (ev.entered_at < end->last_entered_at) ev.entered_at = end->last_entered_at;
    ev.happened_at = happened_at ? happened_at : ev.entered_at;
    ev.payload = CPL_LIT("{}");
    return ev;
}

/* The sender took it back: the office keeps what it received and notes the withdrawal, once. A service that tells of it says when; an export repeats the message's own time, and then it is when the office saw it. */
static complaint_status record_withdrawal(cpl_job *job, const incoming *m, const complaint_value *row) {
    static const int32_t columns[] = {MS_VERSION, MS_UNSENT};
    cpl_case end;
    complaint_status s = load_end(job, row[MS_ID].integer, &end);
    if (s != COMPLAINT_OK) return s;
    cpl_event ev = unsent_event(job, &end, m->sent_at > row[MS_SENT].integer ? m->sent_at : 0);
    cpl_event_hash(job->d->office, &ev, ev.hash);
    cpl_insert_event(&job->batch, job->d->office, &ev);
    complaint_value key = row[MS_ID], values[] = {cpl_int(ev.seq), cpl_int(ev.happened_at)};
    cpl_batch_update(&job->batch, job->d->office, CPL_MESSAGE, &key, 1, end.version, columns, values, 2);
    return COMPLAINT_OK;
}

/* What is known of a message whose withdrawal came first: the withdrawal said who took it back, or the message does. */
typedef struct late_message {
    cpl_str thread, sender, address; /* the last two: envelopes */
    int64_t sent_at, unsent_at;
} late_message;

static cpl_str known_or(const complaint_value *known, cpl_str other) { return known->size ? cpl_value_str(known) : other; }

static bool read_late(cpl_job *job, const incoming *m, const complaint_value *row, late_message *late) {
    cpl_str sender, address;
    bool later = row[MS_SENT].integer > m->sent_at; /* the withdrawal said when it was; an export's has the message's own time */
    if (!cpl_envelope_clear(&job->arena, m->sender, &sender) || !cpl_envelope_clear(&job->arena, m->address, &address)) return false;
    *late = (late_message){.thread = known_or(&row[MS_THREAD], m->thread),
                           .sender = known_or(&row[MS_SENDER], sender),
                           .address = known_or(&row[MS_ADDRESS], address),
                           .sent_at = later ? m->sent_at : row[MS_SENT].integer,
                           .unsent_at = later ? row[MS_SENT].integer : row[MS_UNSENT].integer};
    return true;
}

static bool late_payload(cpl_job *job, cpl_str form, const late_message *late, cpl_str *payload) {
    cpl_buf b;
    cpl_buf_init(&b, &job->d->memory);
    cpl_buf_putc(&b, '{');
    put_member(&b, "form", form);
    put_member(&b, "thread", late->thread);
    cpl_buf_puts(&b, ",\"sent_at\":");
    cpl_buf_int(&b, late->sent_at);
    put_digest(&b, "sender", late->sender);
    put_digest(&b, "address", late->address);
    cpl_buf_putc(&b, '}');
    bool ok = !b.failed && cpl_arena_str(&job->arena, (cpl_str){b.data, b.size}, payload);
    cpl_buf_free(&b);
    return ok;
}

/* It was taken back before the office had it: its words and files never come in, but that it came, when it was sent and in which form does. */
static complaint_status record_arrival(cpl_job *job, const incoming *m, const complaint_value *row) {
    static const int32_t columns[] = {MS_VERSION, MS_THREAD, MS_FORM, MS_SENT, MS_UNSENT, MS_SENDER, MS_ADDRESS};
    late_message late;
    cpl_case end;
    complaint_status s = load_end(job, row[MS_ID].integer, &end);
    if (s != COMPLAINT_OK) return s;
    if (!read_late(job, m, row, &late)) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    cpl_event ev = unsent_event(job, &end, late.unsent_at);
    if (!late_payload(job, m->form, &late, &ev.payload)) return cpl_fail(job->e, COMPLAINT_E_MEMORY, NULL);
    cpl_event_hash(job->d->office, &ev, ev.hash);
    cpl_insert_event(&job->batch, job->d->office, &ev);
    complaint_value key = row[MS_ID], values[] = {cpl_int(ev.seq), cpl_txt(late.thread), cpl_txt(m->form), cpl_int(late.sent_at), cpl_int(late.unsent_at),
                                                  cpl_blob(late.sender.p, late.sender.n), cpl_blob(late.address.p, late.address.n)};
    cpl_batch_update(&job->batch, job->d->office, CPL_MESSAGE, &key, 1, end.version, columns, values, sizeof columns / sizeof columns[0]);
    return COMPLAINT_OK;
}

complaint_status cpl_receive(cpl_job *job) {
    incoming m;
    cpl_str role;
    cpl_rows rows = {0};
    complaint_status s = cpl_plan_role(&job->pr, CPL_EV_RECEIVE, &job->who, &role, job->e);
    if (s == COMPLAINT_OK) s = read_incoming(job, &m);
    if (s == COMPLAINT_OK) s = find_external(job, &m, &rows);
    if (s != COMPLAINT_OK) return s;
    job->absent = job->absent || rows.count == 0;
    if (rows.count == 0) return insert_message(job, &m, cpl_make_id(job->now, job->random + (uint32_t)job->collisions), role);
    const complaint_value *row = rows.items[0].values;
    job->out.message = row[MS_ID].integer;
    job->out.case_id = row[MS_CASE].integer;
    job->out.repeated = 1;
    bool withdrawn = cpl_str_is(m.form, "unsent"), came = !cpl_str_is(cpl_value_str(&row[MS_FORM]), "unsent");
    if (withdrawn && row[MS_UNSENT].integer == 0) return record_withdrawal(job, &m, row);
    return withdrawn || came ? COMPLAINT_OK : record_arrival(job, &m, row);
}

/* ---- TRIAGE, SET_ASIDE ---------------------------------------------------------------------------------------------------------- */

static complaint_status load_message(cpl_job *job, cpl_row *row) {
    if (job->draft->message == 0) return cpl_failf(job->e, COMPLAINT_E_REQUIRED, "message", "ต้องระบุข้อความที่เกี่ยวข้อง (message)", "the message that it is about has to be given (message)");
    complaint_value key = cpl_int(job->draft->message);
    complaint_status s = job->view.all_cases ? cpl_tx_get(&job->tx, CPL_MESSAGE, &key, 1, &job->arena, row) : COMPLAINT_E_NOT_FOUND;
    if (s == COMPLAINT_E_NOT_FOUND) cpl_failf(job->e, s, "message", "ไม่พบข้อความ %lld", "there is no message %lld", (long long)job->draft->message);
    return s;
}

/* What became of a message, in Thai. */
static const char *fate_of(cpl_str state) {
    if (cpl_str_is(state, "opened")) return "เปิดเป็นเรื่องแล้ว";
    if (cpl_str_is(state, "joined")) return "รวมกับเรื่องที่มีอยู่แล้ว";
    return cpl_str_is(state, "set_aside") ? "คัดออกแล้ว" : "เป็นข้อความที่สำนักงานเขียน";
}

static complaint_status check_waiting(cpl_job *job, const complaint_value *row, bool or_set_aside) {
    cpl_str state = cpl_value_str(&row[MS_STATE]);
    if (cpl_str_is(state, "new") || (or_set_aside && cpl_str_is(state, "set_aside"))) return COMPLAINT_OK;
    return cpl_failf(job->e, COMPLAINT_E_STATE, "message", "ข้อความนี้%s คัดกรองได้เฉพาะข้อความใหม่%s", "the message is in state %.0s%.0s%.*s; only a new one can be triaged", fate_of(state),
                     or_set_aside ? " หรือที่คัดออกไว้" : "", (int)state.n, state.p);
}

/* Entry time never runs backwards, also when the clock was put back. */
static void not_before(cpl_request *rq, int64_t entered) {
    if (rq->now >= entered) return;
    if (rq->happened_at == rq->now) rq->happened_at = entered;
    rq->now = entered;
}

/* Somebody can answer where there is an address, unless the sender took his words back. */
static bool is_reachable(const complaint_value *row) { return row[MS_ADDRESS].size > 0 && row[MS_UNSENT].integer == 0; }

/* The event in the message's own stream and the row's new state. */
static complaint_status move_message(cpl_job *job, const complaint_value *row, int32_t kind, cpl_str state, int64_t case_id) {
    static const int32_t columns[] = {MS_VERSION, MS_STATE, MS_CASE};
    cpl_case end;
    cpl_plan plan;
    complaint_status s = load_end(job, row[MS_ID].integer, &end);
    if (s != COMPLAINT_OK) return s;
    cpl_request rq = cpl_request_of(job, kind);
    rq.received_at = row[MS_SENT].integer;
    rq.channel = end.channel = cpl_value_str(&row[MS_CHANNEL]);
    rq.reachable = is_reachable(row);
    not_before(&rq, end.last_entered_at);
    s = cpl_plan_intake(&job->pr, &end, &rq, state, case_id, &job->arena, &plan, job->e);
    if (s == COMPLAINT_OK) s = cpl_append_log(job, &end, &plan);
    if (s != COMPLAINT_OK) return s;
    complaint_value key = cpl_int(end.id), values[] = {cpl_int(plan.event.seq), cpl_txt(state), cpl_int(case_id)};
    cpl_batch_update(&job->batch, job->d->office, CPL_MESSAGE, &key, 1, end.version, columns, values, 3);
    return COMPLAINT_OK;
}

/* What was to be answered has become a matter, or is answered otherwise. */
static complaint_status end_answers(cpl_job *job, int64_t message) {
    static const cpl_notices_of all = {0};
    complaint_status s = cpl_move_notices(job, message, &all, "waiting", "withdrawn");
    return s == COMPLAINT_OK ? cpl_move_notices(job, message, &all, "refused", "replaced") : s;
}

static void insert_party(cpl_job *job, int64_t case_id, const cpl_party *p, complaint_value name, complaint_value address) {
    complaint_value v[] = {cpl_int(case_id), cpl_int(p->seq), cpl_int(1), cpl_txt(p->part), cpl_txt(p->identity), cpl_txt(p->channel), name, address, cpl_txt(p->state)};
    cpl_batch_insert(&job->batch, job->d->office, CPL_PARTY, v, sizeof v / sizeof v[0]);
}

static complaint_status open_case(cpl_job *job, const complaint_value *row) {
    cpl_case c, after;
    cpl_plan plan;
    cpl_case_init(&c, &job->arena, cpl_make_id(job->now, ~(job->random + (uint32_t)job->collisions)));
    cpl_request rq = cpl_request_of(job, CPL_EV_TRIAGE);
    rq.received_at = row[MS_SENT].integer;
    rq.channel = cpl_value_str(&row[MS_CHANNEL]);
    rq.party = cpl_proof_of(cpl_value_str(&row[MS_SENDER]), cpl_value_str(&row[MS_ADDRESS]));
    not_before(&rq, row[MS_ENTERED].integer);
    complaint_status s = cpl_plan_action(&job->pr, &c, &rq, &job->arena, &plan, job->e);
    if (s == COMPLAINT_OK) s = cpl_append(job, &c, &plan, &after);
    if (s == COMPLAINT_OK) s = move_message(job, row, CPL_EV_TRIAGE, CPL_LIT("opened"), c.id);
    if (s != COMPLAINT_OK) return s;
    cpl_insert_evidence(job, c.id, 1);
    insert_party(job, c.id, &plan.party, row[MS_SENDER], row[MS_ADDRESS]);
    job->out = (complaint_outcome){.case_id = c.id, .message = row[MS_ID].integer, .revision = after.revision};
    return COMPLAINT_OK;
}

static complaint_status join_case(cpl_job *job, const complaint_value *row) {
    cpl_case c, after;
    cpl_plan plan;
    complaint_status s = cpl_load_case(&job->tx, &job->arena, job->draft->case_id, &c);
    if (s == COMPLAINT_OK && !cpl_view_sees_case(&job->view, &c)) s = cpl_no_such_case(job->e, c.id);
    if (s == COMPLAINT_OK) s = cpl_check_revision(job, &c);
    if (s != COMPLAINT_OK) return s;
    cpl_request rq = cpl_request_of(job, CPL_EV_ADD_MESSAGE);
    rq.field_count = 0;
    s = cpl_plan_action(&job->pr, &c, &rq, &job->arena, &plan, job->e);
    if (s == COMPLAINT_OK) s = cpl_append(job, &c, &plan, &after);
    if (s == COMPLAINT_OK) s = move_message(job, row, CPL_EV_TRIAGE, CPL_LIT("joined"), c.id);
    if (s != COMPLAINT_OK) return s;
    cpl_insert_evidence(job, c.id, c.evidence + 1);
    job->out = (complaint_outcome){.case_id = c.id, .message = row[MS_ID].integer, .revision = after.revision, .number = after.number, .fiscal_year = (int32_t)after.fiscal_year};
    return COMPLAINT_OK;
}

complaint_status cpl_triage(cpl_job *job) {
    cpl_row row = {0};
    complaint_status s = load_message(job, &row);
    if (s == COMPLAINT_OK) s = check_waiting(job, row.values, true);
    if (s == COMPLAINT_OK) s = end_answers(job, row.values[MS_ID].integer);
    if (s != COMPLAINT_OK) return s;
    return job->draft->case_id ? join_case(job, row.values) : open_case(job, row.values);
}

/* The sender was told by other means: the only word on a message that was set aside before, and the end of what could not be sent. */
static bool is_told_by_hand(const cpl_job *job) { return cpl_field_text(job, "by_hand").n > 0; }

complaint_status cpl_set_aside(cpl_job *job) {
    cpl_row row = {0};
    if (job->draft->evidence_count) return cpl_failf(job->e, COMPLAINT_E_INVALID, "evidence", "ข้อความที่คัดออกไม่รับหลักฐานเพิ่ม", "a message that is set aside takes no evidence");
    complaint_status s = load_message(job, &row);
    if (s == COMPLAINT_OK) s = check_waiting(job, row.values, is_told_by_hand(job));
    if (s == COMPLAINT_OK) s = end_answers(job, row.values[MS_ID].integer);
    if (s == COMPLAINT_OK) s = move_message(job, row.values, CPL_EV_SET_ASIDE, CPL_LIT("set_aside"), 0);
    if (s == COMPLAINT_OK) job->out.message = row.values[MS_ID].integer;
    return s;
}

/* ---- an answer that has left the house, or could not --------------------------------------------------------------------------- */

complaint_status cpl_sender_is_owed(cpl_job *job, int64_t message, bool *owed) {
    cpl_row row;
    complaint_value key = cpl_int(message);
    complaint_status s = cpl_tx_get(&job->tx, CPL_MESSAGE, &key, 1, &job->arena, &row);
    if (s == COMPLAINT_E_NOT_FOUND) return cpl_fail(job->e, COMPLAINT_E_CORRUPT, "complaint_message");
    *owed = s == COMPLAINT_OK && cpl_str_is(cpl_value_str(&row.values[MS_STATE]), "set_aside") && row.values[MS_UNSENT].integer == 0;
    return s;
}

complaint_status cpl_append_message(cpl_job *job, const cpl_case *end, cpl_plan *plan) {
    static const int32_t columns[] = {MS_VERSION};
    complaint_value key = cpl_int(end->id), version = cpl_int(plan->event.seq);
    complaint_status s = cpl_append_log(job, end, plan);
    cpl_batch_update(&job->batch, job->d->office, CPL_MESSAGE, &key, 1, end->version, columns, &version, 1);
    return s;
}

/* ---- who wrote it ---------------------------------------------------------------------------------------------------------- */

cpl_sender cpl_sender_of(const complaint_value *message) {
    return (cpl_sender){.channel = cpl_value_str(&message[MS_CHANNEL]), .who = cpl_proof_of(cpl_value_str(&message[MS_SENDER]), cpl_value_str(&message[MS_ADDRESS]))};
}

int64_t cpl_writer_of(const complaint_policy *p, const cpl_case *c, const complaint_value *message) {
    const cpl_sender from = cpl_sender_of(message);
    for (size_t i = 0; i < c->party_count; i++)
        if (c->parties[i].message == message[MS_ID].integer) return c->parties[i].seq;
    return cpl_writer_among(p, c, &from);
}

complaint_status cpl_message_of_case(cpl_job *job, int64_t case_id, cpl_row *row) {
    complaint_status s = load_message(job, row);
    if (s != COMPLAINT_OK || row->values[MS_CASE].integer == case_id) return s;
    return cpl_failf(job->e, COMPLAINT_E_INVALID, "message", "ข้อความ %lld ไม่ได้อยู่ในเรื่องนี้", "message %lld does not belong to the case", (long long)job->draft->message);
}

/* ---- SPLIT --------------------------------------------------------------------------------------------------------------------- */

/* Who the second case's complainant is, as envelopes. */
typedef struct twin_party {
    complaint_value name, address;
} twin_party;

/* Whoever became a complainant with the message is the same in the second case, as he is entered by now; who wrote a message that joined is not known to have chosen a level. */
static complaint_status take_writer(cpl_job *job, const cpl_case *c, const complaint_value *message, cpl_request *opening, twin_party *party) {
    enum { IDENTITY = 5, CHANNEL, NAME, ADDRESS };
    cpl_row row;
    size_t i = 0;
    *party = (twin_party){message[MS_SENDER], message[MS_ADDRESS]};
    while (i < c->party_count && c->parties[i].message != message[MS_ID].integer) i++;
    if (i == c->party_count) return COMPLAINT_OK;
    complaint_value key[] = {cpl_int(c->id), cpl_int(c->parties[i].seq)};
    complaint_status s = cpl_tx_get(&job->tx, CPL_PARTY, key, 2, &job->arena, &row);
    if (s != COMPLAINT_OK) return s == COMPLAINT_E_NOT_FOUND ? cpl_fail(job->e, COMPLAINT_E_CORRUPT, "complaint_party") : s;
    *party = (twin_party){row.values[NAME], row.values[ADDRESS]};
    opening->identity = cpl_value_str(&row.values[IDENTITY]);
    opening->reached_by = cpl_value_str(&row.values[CHANNEL]);
    return COMPLAINT_OK;
}

/* The second matter of a message becomes a case of its own, from the same receipt; both know of each other. */
complaint_status cpl_split(cpl_job *job) {
    cpl_case c, c_after, twin, twin_after;
    cpl_plan plan, twin_plan;
    cpl_row row;
    twin_party party;
    complaint_status s = cpl_load_case(&job->tx, &job->arena, job->draft->case_id, &c);
    if (s == COMPLAINT_OK && !cpl_view_sees_case(&job->view, &c)) s = cpl_no_such_case(job->e, c.id);
    if (s == COMPLAINT_OK) s = cpl_check_revision(job, &c);
    if (s == COMPLAINT_OK) s = cpl_message_of_case(job, c.id, &row);
    if (s != COMPLAINT_OK) return s;
    cpl_request rq = cpl_request_of(job, CPL_EV_SPLIT), opening = cpl_request_of(job, CPL_EV_TRIAGE);
    opening.field_count = opening.evidence_count = 0;
    opening.received_at = row.values[MS_SENT].integer;
    opening.from = cpl_sender_of(row.values);
    opening.channel = cpl_value_str(&row.values[MS_CHANNEL]);
    s = take_writer(job, &c, row.values, &opening, &party);
    if (s != COMPLAINT_OK) return s;
    opening.party = cpl_proof_of(cpl_value_str(&party.name), cpl_value_str(&party.address));
    cpl_case_init(&twin, &job->arena, cpl_make_id(job->now, ~(job->random + (uint32_t)job->collisions)));
    s = cpl_plan_action(&job->pr, &c, &rq, &job->arena, &plan, job->e);
    if (s == COMPLAINT_OK) s = cpl_append(job, &c, &plan, &c_after);
    if (s == COMPLAINT_OK) s = cpl_plan_action(&job->pr, &twin, &opening, &job->arena, &twin_plan, job->e);
    if (s == COMPLAINT_OK) s = cpl_append(job, &twin, &twin_plan, &twin_after);
    if (s != COMPLAINT_OK) return s;
    cpl_insert_evidence(job, c.id, c.evidence + 1);
    insert_party(job, twin.id, &twin_plan.party, party.name, party.address);
    cpl_insert_link(job, c.id, twin.id, CPL_LIT("split"));
    job->out = (complaint_outcome){.case_id = twin.id, .message = row.values[MS_ID].integer, .revision = twin_after.revision};
    return COMPLAINT_OK;
}

/* ---- EXECUTIVE_INTAKE --------------------------------------------------------------------------------------------------------------- */

/* A matter told to the executive himself: a case without a message. [CR-4.1.3] */
complaint_status cpl_executive_intake(cpl_job *job) {
    cpl_case c, after;
    cpl_plan plan;
    cpl_request rq = cpl_request_of(job, CPL_EV_EXECUTIVE_INTAKE);
    rq.received_at = rq.happened_at;
    rq.channel = cpl_field_text(job, "channel");
    if (rq.channel.n == 0) rq.channel = job->d->policy->channels[job->d->policy->channel_count - 1].code.id;
    cpl_case_init(&c, &job->arena, cpl_make_id(job->now, ~(job->random + (uint32_t)job->collisions)));
    cpl_str name, address;
    complaint_status s = cpl_party_envelopes(job, &name, &address);
    if (s == COMPLAINT_OK) rq.party = cpl_proof_of(name, address);
    if (s == COMPLAINT_OK) s = cpl_plan_action(&job->pr, &c, &rq, &job->arena, &plan, job->e);
    if (s == COMPLAINT_OK) s = cpl_append(job, &c, &plan, &after);
    if (s == COMPLAINT_OK) s = cpl_attach(job, &c, &plan);
    if (s != COMPLAINT_OK) return s;
    cpl_insert_evidence(job, c.id, 1);
    job->out = (complaint_outcome){.case_id = c.id, .revision = after.revision};
    return COMPLAINT_OK;
}
