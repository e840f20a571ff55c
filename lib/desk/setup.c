/*
 * desk/setup: from a host's tables to a running desk.
 *
 * Owns: what must be given, the schema check, first use of policy and calendar. Must not know: how a store migrates.
 */
#include "desk/desk.h"

#include <complaint/schema.h>

#include <string.h>

static bool live(const complaint_setup *s) { return s && s->magic == CPL_MAGIC_SETUP; }

/* Every setter: the handle, a clean error, then the work. */
#define ENTER(setup)                                     \
    do {                                                 \
        if (!live(setup)) return COMPLAINT_E_HANDLE;     \
        cpl_error_clear(&(setup)->error);                \
    } while (0)

complaint_status complaint_setup_new(const complaint_allocator *allocator, complaint_setup **setup) {
    cpl_memory m = cpl_memory_default;
    if (!setup) return COMPLAINT_E_INVALID;
    complaint_status s = allocator ? cpl_host_check_allocator(allocator, &m, NULL) : COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    complaint_setup *made = cpl_alloc_zero(&m, 1, sizeof *made);
    if (!made) return COMPLAINT_E_MEMORY;
    made->memory = m;
    made->magic = CPL_MAGIC_SETUP;
    made->mode = COMPLAINT_WRITE;
    *setup = made;
    return COMPLAINT_OK;
}

complaint_status complaint_setup_set_store(complaint_setup *s, const complaint_store *store) {
    ENTER(s);
    return cpl_host_set_store(&s->host, store, &s->error);
}

complaint_status complaint_setup_set_clock(complaint_setup *s, const complaint_clock *clock) {
    ENTER(s);
    return cpl_host_set_clock(&s->host, clock, &s->error);
}

complaint_status complaint_setup_set_notifier(complaint_setup *s, const complaint_notifier *notifier) {
    ENTER(s);
    return cpl_host_set_notifier(&s->host, notifier, &s->error);
}

complaint_status complaint_setup_set_keys(complaint_setup *s, const complaint_keys *keys) {
    ENTER(s);
    return cpl_host_set_keys(&s->host, keys, &s->error);
}

complaint_status complaint_setup_set_evidence_room(complaint_setup *s, const complaint_evidence_room *room) {
    ENTER(s);
    return cpl_host_set_evidence(&s->host, room, &s->error);
}

complaint_status complaint_setup_set_policy(complaint_setup *s, complaint_policy *policy) {
    ENTER(s);
    if (!policy) return cpl_fail(&s->error, COMPLAINT_E_INVALID, "policy");
    cpl_policy_retain(policy);
    cpl_policy_release(s->policy);
    s->policy = policy;
    return COMPLAINT_OK;
}

complaint_status complaint_setup_set_calendar(complaint_setup *s, complaint_calendar *calendar) {
    ENTER(s);
    if (!calendar) return cpl_fail(&s->error, COMPLAINT_E_INVALID, "calendar");
    cpl_calendar_retain(calendar);
    cpl_calendar_release(s->calendar);
    s->calendar = calendar;
    return COMPLAINT_OK;
}

complaint_status complaint_setup_set_office(complaint_setup *s, const char *office) {
    ENTER(s);
    cpl_str o = cpl_str_of(office);
    size_t offset;
    if (o.n == 0) return cpl_fail(&s->error, COMPLAINT_E_INVALID, "office");
    if (o.n > CPL_ID_MAX) return cpl_fail(&s->error, COMPLAINT_E_TOO_LARGE, "office");
    complaint_status utf8 = cpl_utf8_check(o, &offset);
    if (utf8 != COMPLAINT_OK) return cpl_fail(&s->error, utf8, "office");
    memcpy(s->office, o.p, o.n + 1);
    return COMPLAINT_OK;
}

complaint_status complaint_setup_set_known_office(complaint_setup *s, int32_t known) {
    ENTER(s);
    if (known != 0 && known != 1) return cpl_fail(&s->error, COMPLAINT_E_INVALID, "known");
    s->known_office = known == 1;
    return COMPLAINT_OK;
}

complaint_status complaint_setup_set_mode(complaint_setup *s, int32_t mode) {
    ENTER(s);
    if (mode != COMPLAINT_READ && mode != COMPLAINT_WRITE) return cpl_fail(&s->error, COMPLAINT_E_INVALID, "mode");
    s->mode = mode;
    return COMPLAINT_OK;
}

const complaint_error *complaint_setup_error(const complaint_setup *s) { return live(s) ? &s->error : NULL; }

void complaint_setup_free(complaint_setup *s) {
    if (!live(s)) return;
    cpl_memory m = s->memory;
    cpl_policy_release(s->policy);
    cpl_calendar_release(s->calendar);
    s->magic = 0;
    cpl_free(&m, s);
}

/* Its policy and calendar have been in the store since it began. */
complaint_status cpl_office_since(cpl_tx *tx, const cpl_memory *memory, int64_t *since) {
    enum { SINCE = 4 };
    cpl_arena a;
    cpl_rows rows = {0};
    cpl_range r = {.table = CPL_DEFINITION};
    cpl_arena_init(&a, memory);
    complaint_status s = cpl_tx_select(tx, &r, &a, &rows);
    *since = INT64_MAX;
    for (size_t i = 0; s == COMPLAINT_OK && i < rows.count; i++)
        if (rows.items[i].values[SINCE].integer < *since) *since = rows.items[i].values[SINCE].integer;
    cpl_arena_free(&a);
    return s;
}

/* ---- opening ------------------------------------------------------------------------------------------------------- */

static complaint_status check_given(complaint_setup *s) {
    const char *missing = !s->host.has_store ? "store" : !s->host.has_clock ? "clock" : !s->policy ? "policy" : !s->calendar ? "calendar" : NULL;
    if (!missing) return COMPLAINT_OK;
    return cpl_failf(&s->error, COMPLAINT_E_REQUIRED, missing, "ยังไม่ได้กำหนด %s", "the setup has no %s", missing);
}

/* Empty and older stores are brought to this version by a writer only; a newer minor version is left as it is. */
static complaint_status check_schema(complaint_desk *d, complaint_error *e) {
    int32_t major = 0, minor = 0;
    complaint_status s = cpl_host_schema(&d->host, COMPLAINT_SCHEMA_READ, &major, &minor, e);
    if (s != COMPLAINT_OK) return s;
    int32_t our_major = complaint_schema_major(), our_minor = complaint_schema_minor();
    if (major > our_major)
        return cpl_failf(e, COMPLAINT_E_SCHEMA_NEWER, "schema", "ฐานข้อมูลเป็นรุ่น %d.%d ใหม่กว่าโปรแกรม (%d.%d)", "the store has schema %d.%d, this library knows %d.%d", major, minor, our_major, our_minor);
    if (major == our_major && minor >= our_minor) return COMPLAINT_OK;
    if (d->mode == COMPLAINT_READ && major == 0 && minor == 0) return cpl_fail(e, COMPLAINT_E_SCHEMA_EMPTY, "schema");
    if (d->mode == COMPLAINT_READ)
        return cpl_failf(e, COMPLAINT_E_SCHEMA_OLDER, "schema", "ฐานข้อมูลเป็นรุ่น %d.%d เก่ากว่า %d.%d ต้องเปิดเพื่อเขียนหนึ่งครั้งก่อน", "the store has schema %d.%d, older than %d.%d; open it once for writing", major,
                         minor, our_major, our_minor);
    return cpl_host_schema(&d->host, COMPLAINT_SCHEMA_WRITE, &our_major, &our_minor, e);
}

static void add_definition(cpl_batch *b, cpl_str office, cpl_str kind, cpl_str digest, cpl_str body, int64_t now) {
    complaint_value v[] = {cpl_txt(kind), cpl_txt(digest), cpl_blob(body.p, body.n), cpl_int(now)};
    cpl_batch_insert(b, office, CPL_DEFINITION, v, 4);
}

/* One definition in one transaction; that it is there already, put by us or by another desk, is as good. */
static complaint_status keep_definition(complaint_desk *d, cpl_str kind, const char *digest, cpl_str body, int64_t now, complaint_error *e) {
    cpl_arena a;
    cpl_arena_init(&a, &d->memory);
    cpl_tx tx;
    cpl_batch b;
    cpl_row row;
    cpl_batch_init(&b, &a);
    complaint_value key[] = {cpl_txt(kind), cpl_txt(cpl_str_of(digest))};
    complaint_status s = cpl_tx_begin(&tx, &d->host, d->office, COMPLAINT_READ, e);
    if (s == COMPLAINT_OK) s = cpl_tx_get(&tx, CPL_DEFINITION, key, 2, &a, &row);
    cpl_tx_rollback(&tx);
    if (s == COMPLAINT_E_NOT_FOUND) {
        s = cpl_tx_begin(&tx, &d->host, d->office, COMPLAINT_WRITE, e);
        add_definition(&b, d->office, kind, cpl_str_of(digest), body, now);
        if (s == COMPLAINT_OK) s = cpl_tx_write(&tx, &b, NULL);
        if (s == COMPLAINT_OK) s = cpl_tx_commit(&tx);
        cpl_tx_rollback(&tx);
    }
    if (s == COMPLAINT_E_EXISTS) s = COMPLAINT_OK;
    if (s == COMPLAINT_OK) cpl_error_clear(e);
    cpl_arena_free(&a);
    return s;
}

/* Events cite policy and calendar by digest, so both are in the store before the first event. */
static complaint_status keep_definitions(complaint_desk *d, complaint_error *e) {
    int64_t now;
    complaint_status s = cpl_host_now(&d->host, &now, e);
    if (s == COMPLAINT_OK) s = keep_definition(d, CPL_LIT("policy"), d->policy->digest, d->policy->document, now, e);
    if (s == COMPLAINT_OK) s = keep_definition(d, CPL_LIT("calendar"), d->calendar_digest, cpl_calendar_definition(d->calendar), now, e);
    return s;
}

static complaint_status check_office(complaint_desk *d, complaint_error *e) {
    cpl_tx tx;
    int64_t since = INT64_MAX;
    complaint_status s = cpl_tx_begin(&tx, &d->host, d->office, COMPLAINT_READ, e);
    if (s == COMPLAINT_OK) s = cpl_office_since(&tx, &d->memory, &since);
    cpl_tx_rollback(&tx);
    if (s != COMPLAINT_OK || since != INT64_MAX) return s;
    return cpl_failf(e, COMPLAINT_E_NOT_FOUND, "office", "ในฐานข้อมูลนี้ไม่มีหน่วยงาน “%s” (ตามมาตรฐานการปฏิบัติงาน %s)", "the store has no office “%s” (that of policy %s)", d->office_bytes, d->policy->id.p);
}

static complaint_status prepare(complaint_desk *d, bool known_office, complaint_error *e) {
    cpl_error_clear(e);
    complaint_status s = cpl_host_limits(&d->host, e);
    if (s == COMPLAINT_OK) s = check_schema(d, e);
    if (s == COMPLAINT_OK && known_office) s = check_office(d, e);
    if (s == COMPLAINT_OK) s = cpl_look_for_unfinished(d, e);
    return s == COMPLAINT_OK && d->mode == COMPLAINT_WRITE ? keep_definitions(d, e) : s;
}

/* Every step finds what an earlier run has done. */
static complaint_status prepare_again(complaint_desk *d, bool known_office, complaint_error *e) {
    complaint_status s = COMPLAINT_E_RETRY;
    bool joined = false;
    for (int run = 0; run < CPL_RUNS && !joined && (s == COMPLAINT_E_RETRY || s == COMPLAINT_E_UNKNOWN); run++) {
        s = prepare(d, known_office, e);
        joined = (d->host.limits.flags & COMPLAINT_STORE_JOINED) != 0;
    }
    return s == COMPLAINT_E_RETRY && !joined ? cpl_store_busy(e) : s;
}

static void fill_desk(complaint_desk *d, const complaint_setup *s) {
    d->magic = CPL_MAGIC_DESK;
    d->memory = s->memory;
    d->host = s->host;
    d->mode = s->mode;
    d->policy = s->policy;
    d->calendar = s->calendar;
    cpl_policy_retain(d->policy);
    cpl_calendar_retain(d->calendar);
    cpl_sha256_hex(cpl_calendar_definition(d->calendar), d->calendar_digest);
    cpl_str office = s->office[0] ? cpl_str_of(s->office) : s->policy->office_id;
    memcpy(d->office_bytes, office.p, office.n);
    d->office = (cpl_str){d->office_bytes, office.n};
}

complaint_status complaint_desk_open(complaint_setup *s, complaint_desk **desk) {
    ENTER(s);
    if (!desk) return cpl_fail(&s->error, COMPLAINT_E_INVALID, "desk");
    complaint_status status = check_given(s);
    if (status != COMPLAINT_OK) return status;
    complaint_desk *d = cpl_alloc_zero(&s->memory, 1, sizeof *d);
    if (!d) return cpl_fail(&s->error, COMPLAINT_E_MEMORY, NULL);
    fill_desk(d, s);
    status = prepare_again(d, s->known_office, &s->error);
    if (status != COMPLAINT_OK) complaint_desk_close(d);
    else *desk = d;
    return status;
}

void complaint_desk_close(complaint_desk *d) {
    if (!d || d->magic != CPL_MAGIC_DESK || d->host.inside) return;
    cpl_memory m = d->memory;
    cpl_policy_release(d->policy);
    cpl_calendar_release(d->calendar);
    d->magic = 0;
    cpl_free(&m, d);
}
