/*
 * desk/evidence: photos, scans and recordings, kept by digest before anything names them.
 *
 * Owns: chunks, whether in the host's evidence room or in the store. Must not know: whose evidence it is.
 */
#include "desk/job.h"

#include <string.h>

enum { CHUNK = 256 * 1024, MOST = 64 * 1024 * 1024 };

static complaint_status read_all(complaint_desk *d, complaint_read_fn read, void *context, cpl_buf *all) {
    char *piece = cpl_alloc(&d->memory, CHUNK);
    complaint_status s = piece ? COMPLAINT_OK : cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    while (s == COMPLAINT_OK) {
        size_t got = 0;
        s = cpl_host_read(&d->host, read, context, piece, CHUNK, &got, &d->error);
        if (s != COMPLAINT_OK) break;
        if (all->size + got > MOST) s = cpl_failf(&d->error, COMPLAINT_E_TOO_LARGE, "evidence", "หลักฐานใหญ่เกิน %d ไบต์", "the evidence has more than %d bytes", MOST);
        else if (got == 0) break;
        if (s == COMPLAINT_OK) cpl_buf_put(all, piece, got);
        if (all->failed) s = cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    }
    cpl_free(&d->memory, piece);
    return s;
}

static complaint_status one_chunk(complaint_desk *d, const char *digest, int64_t number, cpl_str bytes) {
    cpl_arena a;
    cpl_batch b;
    cpl_tx tx;
    cpl_str sealed;
    cpl_error_clear(&d->error);
    cpl_arena_init(&a, &d->memory);
    cpl_batch_init(&b, &a);
    complaint_status s = cpl_envelope_clear(&a, bytes, &sealed) ? cpl_tx_begin(&tx, &d->host, d->office, COMPLAINT_WRITE, &d->error) : cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    if (s == COMPLAINT_OK) {
        complaint_value v[] = {cpl_txt(cpl_str_of(digest)), cpl_int(number), cpl_blob(sealed.p, sealed.n)};
        cpl_batch_insert(&b, d->office, CPL_CHUNK, v, 3);
        s = cpl_tx_write(&tx, &b, NULL);
        if (s == COMPLAINT_OK) s = cpl_tx_commit(&tx);
        cpl_tx_rollback(&tx);
    }
    cpl_arena_free(&a);
    return s;
}

/* One chunk, one transaction. That the chunk is there already is as good: its key is its content. */
static complaint_status store_chunk(complaint_desk *d, const char *digest, int64_t number, cpl_str bytes) {
    bool joined = (d->host.limits.flags & COMPLAINT_STORE_JOINED) != 0;
    complaint_status s = one_chunk(d, digest, number, bytes);
    for (int run = 1; run < CPL_RUNS && !joined && (s == COMPLAINT_E_RETRY || s == COMPLAINT_E_UNKNOWN); run++) s = one_chunk(d, digest, number, bytes);
    if (s == COMPLAINT_E_RETRY && !joined) return cpl_store_busy(&d->error);
    if (s == COMPLAINT_E_EXISTS) s = COMPLAINT_OK;
    if (s == COMPLAINT_OK) cpl_error_clear(&d->error);
    return s;
}

/* An empty item has one empty chunk, so that it can be told from a missing one. */
complaint_status cpl_evidence_put(complaint_desk *d, const char *digest, const cpl_buf *all) {
    complaint_status s = COMPLAINT_OK;
    for (size_t at = 0, number = 0; s == COMPLAINT_OK && (at < all->size || number == 0); at += CHUNK, number++) {
        cpl_str piece = {all->data ? all->data + at : "", all->size - at < CHUNK ? all->size - at : CHUNK};
        s = d->host.has_evidence ? cpl_host_put_chunk(&d->host, digest, (int64_t)number, piece.p, piece.n, &d->error) : store_chunk(d, digest, (int64_t)number, piece);
    }
    return s;
}

complaint_status cpl_desk_keep_evidence(complaint_desk *d, complaint_read_fn read, void *context, complaint_evidence *evidence) {
    cpl_buf all;
    cpl_buf_init(&all, &d->memory);
    complaint_evidence made = {.magic = CPL_MAGIC_EVIDENCE, .memory = d->memory};
    complaint_status s = cpl_desk_may_write(d);
    if (s == COMPLAINT_OK) s = read_all(d, read, context, &all);
    if (s == COMPLAINT_OK) cpl_sha256_hex((cpl_str){all.data, all.size}, made.digest);
    if (s == COMPLAINT_OK) s = cpl_evidence_put(d, made.digest, &all);
    made.size = (int64_t)all.size;
    cpl_buf_free(&all);
    if (s == COMPLAINT_OK) *evidence = made;
    return s;
}

/* ---- out again ------------------------------------------------------------------------------------------------------- */

static int32_t COMPLAINT_CALL append_bytes(void *context, const void *data, size_t size) {
    cpl_buf_put(context, data, size);
    return 0;
}

static complaint_status stored_chunk(cpl_tx *tx, const char *digest, int64_t number, const cpl_memory *m, cpl_buf *all) {
    enum { DATA = 3 };
    cpl_arena a;
    cpl_row row;
    cpl_str clear = CPL_LIT("");
    complaint_value key[] = {cpl_txt(cpl_str_of(digest)), cpl_int(number)};
    cpl_arena_init(&a, m);
    complaint_status s = cpl_tx_get(tx, CPL_CHUNK, key, 2, &a, &row);
    if (s == COMPLAINT_OK && (s = cpl_envelope_open(cpl_value_str(&row.values[DATA]), &clear)) != COMPLAINT_OK) cpl_fail(tx->error, s, "complaint_evidence_chunk");
    if (s == COMPLAINT_OK) cpl_buf_str(all, clear);
    cpl_arena_free(&a);
    return s;
}

static complaint_status differs(complaint_desk *d, const char *digest) {
    return cpl_failf(&d->error, COMPLAINT_E_CORRUPT, "complaint_evidence", "หลักฐานไม่ตรงกับค่าตรวจสอบ %.64s", "the evidence does not match its digest %.64s", digest);
}

complaint_status cpl_evidence_bytes(complaint_desk *d, cpl_tx *tx, const char *digest, int64_t size, cpl_buf *all) {
    char hex[2 * CPL_HASH_SIZE + 1];
    complaint_status s = size < 0 || size > MOST ? differs(d, digest) : COMPLAINT_OK;
    cpl_buf_clear(all);
    for (int64_t number = 0; s == COMPLAINT_OK && (number == 0 || (int64_t)all->size < size); number++) {
        int64_t before = (int64_t)all->size, wanted = size - before < CHUNK ? size - before : CHUNK;
        s = d->host.has_evidence ? cpl_host_get_chunk(&d->host, digest, number, CHUNK, append_bytes, all, &d->error) : stored_chunk(tx, digest, number, &d->memory, all);
        if (s == COMPLAINT_OK && all->failed) s = cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
        if (s == COMPLAINT_OK && (int64_t)all->size == before && size > 0) s = COMPLAINT_E_NOT_FOUND;
        if (s == COMPLAINT_OK && (int64_t)all->size - before != wanted) s = differs(d, digest);
    }
    if (s != COMPLAINT_OK) return s;
    cpl_sha256_hex((cpl_str){all->data, all->size}, hex);
    return strcmp(hex, digest) == 0 ? COMPLAINT_OK : differs(d, digest);
}
