/*
 * record/digest: hashes, random bytes and identifiers.
 *
 * Owns: the use of libsodium. Must not know: what is hashed. SHA-256 is chosen over libsodium's own hash because an auditor
 * can check it with any tool.
 */
#include "record/record.h"

#include <sodium.h>

#include <string.h>

void cpl_sha256(cpl_str s, uint8_t out[CPL_HASH_SIZE]) { crypto_hash_sha256(out, (const unsigned char *)(s.n ? s.p : ""), s.n); }

void cpl_sha256_hex(cpl_str s, char out[2 * CPL_HASH_SIZE + 1]) {
    uint8_t hash[CPL_HASH_SIZE];
    cpl_sha256(s, hash);
    cpl_hex(hash, sizeof hash, out);
}

void cpl_hmac_sha256(cpl_str key, cpl_str s, uint8_t out[CPL_HASH_SIZE]) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)(key.n ? key.p : ""), key.n);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)(s.n ? s.p : ""), s.n);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

bool cpl_same_mac(const uint8_t a[CPL_HASH_SIZE], const uint8_t b[CPL_HASH_SIZE]) { return sodium_memcmp(a, b, CPL_HASH_SIZE) == 0; }

/* libsodium finds its source of random bytes on first use; only sodium_init does that safely among threads, and it may be called again and again. */
void cpl_random(void *out, size_t n) {
    int ready = sodium_init(); /* at worst randombytes_buf makes itself ready, as before */
    (void)ready;
    randombytes_buf(out, n);
}

enum { RANDOM_BITS = 22 };
static const int64_t EPOCH_2020 = 1577836800000;

int64_t cpl_make_id(int64_t now, uint32_t random) { return ((now - EPOCH_2020) << RANDOM_BITS) | (int64_t)(random & ((1u << RANDOM_BITS) - 1)); }

/* ---- digests over a row of values: a domain, then (type, length, bytes) each ---- */

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(((cpl_digest *)0)->room), "room for the state of the hash");

static crypto_hash_sha256_state *sha_of(cpl_digest *d) { return (crypto_hash_sha256_state *)(void *)d->room; }

static void flush(cpl_digest *d) {
    crypto_hash_sha256_update(sha_of(d), d->waiting, d->waiting_size);
    d->waiting_size = 0;
}

static void feed(cpl_digest *d, const void *p, size_t n) {
    if (n > sizeof d->waiting - d->waiting_size) flush(d);
    if (n > sizeof d->waiting) {
        crypto_hash_sha256_update(sha_of(d), p, n);
        return;
    }
    if (n) memcpy(d->waiting + d->waiting_size, p, n);
    d->waiting_size += n;
}

static void little_endian(uint64_t v, uint8_t out[8]) {
    for (int i = 0; i < 8; i++) out[i] = (uint8_t)(v >> (8 * i));
}

static void feed_value(cpl_digest *d, uint8_t type, const void *p, size_t n) {
    uint8_t head[9] = {type};
    little_endian(n, head + 1);
    feed(d, head, sizeof head);
    feed(d, p, n);
}

void cpl_digest_init(cpl_digest *d, const char *domain) {
    crypto_hash_sha256_init(sha_of(d));
    d->waiting_size = 0;
    feed(d, domain, strlen(domain));
}

void cpl_digest_int(cpl_digest *d, int64_t v) {
    uint8_t bytes[8];
    little_endian((uint64_t)v, bytes);
    feed_value(d, COMPLAINT_INT64, bytes, sizeof bytes);
}

void cpl_digest_text(cpl_digest *d, cpl_str s) { feed_value(d, COMPLAINT_TEXT, s.p, s.n); }
void cpl_digest_blob(cpl_digest *d, cpl_str s) { feed_value(d, COMPLAINT_BLOB, s.p, s.n); }

void cpl_digest_end(cpl_digest *d, uint8_t hash[CPL_HASH_SIZE]) {
    flush(d);
    crypto_hash_sha256_final(sha_of(d), hash);
}

/* ---- the event's hash ---- */

void cpl_event_hash(cpl_str office, const cpl_event *e, uint8_t hash[CPL_HASH_SIZE]) {
    cpl_digest d;
    cpl_digest_init(&d, "libcomplaint/event/1");
    cpl_digest_blob(&d, (cpl_str){(const char *)e->prev, sizeof e->prev});
    cpl_digest_text(&d, office);
    const int64_t numbers[] = {e->stream, e->seq, e->kind, e->happened_at, e->entered_at};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) cpl_digest_int(&d, numbers[i]);
    const cpl_str texts[] = {e->actor, e->role, e->unit, e->on_behalf, e->acting_for, e->request};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) cpl_digest_text(&d, texts[i]);
    cpl_digest_blob(&d, e->payload);
    cpl_digest_blob(&d, e->sealed);
    cpl_digest_end(&d, hash);
}
