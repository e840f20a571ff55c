/*
 * record: what is written down. Tables as data, typed rows in and out of the host's store, the event format and
 * its hash chain, the envelope of values that may be sealed.
 *
 * Owns: names and numbers of tables, columns, event kinds; validation of rows a host gives back; the canonical bytes of an
 * event. Must not know: what a case may do, who may see it, what a policy is.
 */
#ifndef CPL_RECORD_H
#define CPL_RECORD_H

#include "base/base.h"
#include "host/host.h"

enum { CPL_SCHEMA_MAJOR = 1, CPL_SCHEMA_MINOR = 0 };

enum {
    CPL_DEFINITION,
    CPL_EVENT,
    CPL_MESSAGE,
    CPL_PARTY,
    CPL_EVIDENCE,
    CPL_CHUNK,
    CPL_CASE,
    CPL_NUMBER,
    CPL_REGISTER,
    CPL_REFERRAL,
    CPL_CLOCK,
    CPL_NOTICE,
    CPL_ATTEMPT,
    CPL_REQUEST,
    CPL_COUNTER,
    CPL_PAPER,
    CPL_LINK,
    CPL_DUTY,
    CPL_ROSTER,
    CPL_TABLE_COUNT
};

/* Column numbers that code names. Only the ones used outside of row packing are listed per table in rows.h. */

/* ---- event kinds --------------------------------------------------------------------------------------------- */

/* Generated from record/events.tsv: CPL_EV_RECEIVE ... (numbers equal the public COMPLAINT_VERB_*, system events follow from 200). */
#include "record/events.inc"

/* "forward" for CPL_EV_FORWARD; NULL for a kind this version does not know. */
const char *cpl_event_name(int32_t kind);
/* 0 when no kind has the name. */
int32_t cpl_event_find(cpl_str name);
int32_t cpl_action_near(cpl_str name); /* the nearest of what a person does, 0: none is near */
/* The kind in a person's language ("ส่งต่อ"); NULL when unknown. */
const char *cpl_event_label(int32_t kind, int32_t language);
/* A person's action (moves the revision), not the system's. */
bool cpl_event_is_action(int32_t kind);

enum { CPL_HASH_SIZE = 32, CPL_ID_MAX = 64, CPL_KEY_MAX = 190 };

/* One event as it lies in the log. Strings are borrowed from whoever filled it. */
typedef struct cpl_event {
    int64_t stream, seq;
    int32_t kind;
    int64_t happened_at, entered_at;
    cpl_str actor, role, unit, on_behalf, acting_for, request;
    cpl_str payload; /* JSON, verbatim */
    cpl_str sealed;  /* envelope of a JSON object, verbatim */
    uint8_t prev[CPL_HASH_SIZE], hash[CPL_HASH_SIZE];
} cpl_event;

/* The member of what is sealed that holds who somebody is; all others are free text. */
#define CPL_SEALED_IDENTITY "identity"

/* An event as the columns of complaint_event after the office, and back; strings are borrowed. */
enum { CPL_EVENT_COLUMNS = 15 };
void cpl_event_values(const cpl_event *e, complaint_value values[CPL_EVENT_COLUMNS]);
/* E_CORRUPT when a hash has not 32 bytes or a number is out of range. */
complaint_status cpl_event_from_row(const complaint_value *row, cpl_event *ev, complaint_error *e);

/* Computes the hash over office, the columns and e->prev (docs/event-format.md). */
void cpl_event_hash(cpl_str office, const cpl_event *e, uint8_t hash[CPL_HASH_SIZE]);

/* ---- envelope ---------------------------------------------------------------------------------------------------- */

/* Scheme 0: the byte 0 and the clear bytes. An empty value stays empty. */
bool cpl_envelope_clear(cpl_arena *a, cpl_str clear, cpl_str *envelope);
/* Opens scheme 0; E_UNSUPPORTED for a sealed one, E_CORRUPT for an unknown scheme. The result borrows from `envelope`. */
complaint_status cpl_envelope_open(cpl_str envelope, cpl_str *clear);

/* ---- values and rows ------------------------------------------------------------------------------------------------ */

complaint_value cpl_int(int64_t v);
complaint_value cpl_txt(cpl_str s);
complaint_value cpl_blob(const void *p, size_t n);
cpl_str cpl_value_str(const complaint_value *v);
bool cpl_value_same(const complaint_value *a, const complaint_value *b);
/* Of a row: the next one has to be a number too. */
bool cpl_version_possible(int64_t version);

/* A row copied out of a sink: `values` and their bytes live in the arena it was read into. */
typedef struct cpl_row {
    complaint_value *values;
    int32_t count;
} cpl_row;

typedef struct cpl_rows {
    cpl_row *items;
    size_t count, capacity;
} cpl_rows;

/* One transaction on the host's store; reads are validated against the schema (count, types, null, UTF-8: E_CORRUPT naming
 * table and column), so nothing above this line meets a row it cannot trust. */
typedef struct cpl_tx {
    cpl_host *host;
    cpl_str office;
    void *handle;
    complaint_error *error;
} cpl_tx;

complaint_status cpl_tx_begin(cpl_tx *tx, cpl_host *host, cpl_str office, int32_t mode, complaint_error *e);
complaint_status cpl_tx_commit(cpl_tx *tx);
void cpl_tx_rollback(cpl_tx *tx); /* nothing when there is no open transaction */

/* `key` without the office, which the transaction adds. E_NOT_FOUND leaves the row empty and the error unset. */
complaint_status cpl_tx_get(cpl_tx *tx, int32_t table, const complaint_value *key, int32_t key_count, cpl_arena *a, cpl_row *row);

/* A range of an index after the office: rows whose next columns equal `equal`, beginning after `after` (exclusive, may be
 * empty), at most `limit` (0 = all). Appends to rows. */
typedef struct cpl_range {
    int32_t table, index;
    complaint_value equal[4];
    int32_t equal_count;
    complaint_value after[6]; /* the columns behind `equal` */
    int32_t after_count;
    complaint_value until[2]; /* the columns behind `equal` are <= these */
    int32_t until_count;
    int32_t direction; /* 0 = ascending */
    int64_t limit;
} cpl_range;
complaint_status cpl_tx_select(cpl_tx *tx, const cpl_range *range, cpl_arena *a, cpl_rows *rows);

/* Changes gathered for one write; values and bytes live in the arena. */
typedef struct cpl_batch {
    cpl_arena *arena;
    complaint_change *items;
    int32_t count, capacity;
    int64_t bytes;
    bool failed; /* out of memory; cpl_tx_write answers E_MEMORY */
} cpl_batch;

void cpl_batch_init(cpl_batch *b, cpl_arena *a);
/* All columns after the office, in schema order. */
void cpl_batch_insert(cpl_batch *b, cpl_str office, int32_t table, const complaint_value *values, int32_t count);
/* Columns by number; key after the office. */
void cpl_batch_update(cpl_batch *b, cpl_str office, int32_t table, const complaint_value *key, int32_t key_count, int64_t expected, const int32_t *columns, const complaint_value *values,
                      int32_t count);
void cpl_batch_remove(cpl_batch *b, cpl_str office, int32_t table, const complaint_value *key, int32_t key_count);
void cpl_batch_add(cpl_batch *b, cpl_str office, int32_t table, const complaint_value *key, int32_t key_count, int32_t column, int64_t amount);
/* What cpl_tx_write would refuse before the store sees it; changes before `from` were looked at. */
complaint_status cpl_batch_check(const cpl_batch *b, int32_t from, const complaint_limits *limits, complaint_error *e);
/* Writes all; on failure *failed_at may be NULL. Checks the limits first (E_TOO_LARGE naming table and column). */
complaint_status cpl_tx_write(cpl_tx *tx, const cpl_batch *b, int32_t *failed_at);

/* ---- digests ---------------------------------------------------------------------------------------------------------- */

void cpl_sha256(cpl_str s, uint8_t out[CPL_HASH_SIZE]);
void cpl_sha256_hex(cpl_str s, char out[2 * CPL_HASH_SIZE + 1]);
/* HMAC (RFC 2104) with SHA-256. */
void cpl_hmac_sha256(cpl_str key, cpl_str s, uint8_t out[CPL_HASH_SIZE]);
/* Whether two of them are equal, in a time that does not tell where they differ. */
bool cpl_same_mac(const uint8_t a[CPL_HASH_SIZE], const uint8_t b[CPL_HASH_SIZE]);
/* A running SHA-256 over a domain string and values, each as (type, 8-byte little-endian length, bytes); docs/event-format.md. */
typedef struct cpl_digest {
    uint64_t room[16];     /* the state of the hash */
    uint8_t waiting[1024]; /* small pieces until they are worth a call: the hash takes them byte by byte */
    size_t waiting_size;
} cpl_digest;
void cpl_digest_init(cpl_digest *d, const char *domain);
void cpl_digest_int(cpl_digest *d, int64_t v);
void cpl_digest_text(cpl_digest *d, cpl_str s);
void cpl_digest_blob(cpl_digest *d, cpl_str s);
void cpl_digest_end(cpl_digest *d, uint8_t hash[CPL_HASH_SIZE]);

void cpl_random(void *out, size_t n);

/* 41 bits of milliseconds since 2020-01-01T00:00Z and 22 bits of `random`. */
int64_t cpl_make_id(int64_t now, uint32_t random);

#endif
