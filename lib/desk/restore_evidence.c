/*
 * desk/restore_evidence: the bytes of evidence in an archive.
 *
 * Owns: the order of chunks, their proof by the digest, which items are there already. Must not know: whose evidence it is.
 */
#include "desk/restore.h"

#include <string.h>

enum { LARGEST_ITEM = 64 * 1024 * 1024 };

static size_t place_of(const cpl_reader *r, cpl_str digest) {
    size_t low = 0, high = r->item_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (cpl_str_cmp(r->items[middle], digest) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool has_item(const cpl_reader *r, cpl_str digest) {
    size_t at = place_of(r, digest);
    return at < r->item_count && cpl_str_eq(r->items[at], digest);
}

static complaint_status note_item(cpl_reader *r, cpl_str digest) {
    size_t at = place_of(r, digest);
    if (r->item_count == r->item_capacity) {
        size_t capacity = r->item_capacity ? 2 * r->item_capacity : 64;
        cpl_str *grown = cpl_resize(&r->d->memory, r->items, capacity, sizeof *grown);
        if (!grown) return cpl_restore_memory(r);
        r->items = grown;
        r->item_capacity = capacity;
    }
    cpl_str kept;
    if (!cpl_arena_str(&r->kept, digest, &kept)) return cpl_restore_memory(r);
    memmove(r->items + at + 1, r->items + at, (r->item_count - at) * sizeof *r->items);
    r->items[at] = kept;
    r->item_count++;
    return COMPLAINT_OK;
}

complaint_status cpl_begin_item(cpl_reader *r, const complaint_value *values) {
    enum { DIGEST = 2, SIZE };
    r->item_digest = cpl_value_str(&values[DIGEST]);
    r->item_size = values[SIZE].integer;
    r->item_chunks = 0;
    cpl_buf_clear(&r->item);
    return r->item_size >= 0 && r->item_size <= LARGEST_ITEM ? COMPLAINT_OK : cpl_fail(r->e, COMPLAINT_E_TOO_LARGE, "complaint_evidence.size_bytes");
}

complaint_status cpl_take_chunk(cpl_reader *r, const complaint_value *values) {
    enum { DIGEST, NUMBER, DATA };
    cpl_str clear = CPL_LIT("");
    bool next = r->item_digest.n && cpl_str_eq(cpl_value_str(&values[DIGEST]), r->item_digest) && values[NUMBER].integer == r->item_chunks;
    if (!next) return cpl_restore_fault(r, "complaint_evidence_chunk", "ส่วนของหลักฐานไม่อยู่ในลำดับ", "a chunk does not follow its evidence, or the chunk before it");
    complaint_status s = cpl_envelope_open(cpl_value_str(&values[DATA]), &clear);
    if (s != COMPLAINT_OK) return cpl_fail(r->e, s, "complaint_evidence_chunk.data");
    r->item_chunks++;
    cpl_buf_str(&r->item, clear);
    if ((int64_t)r->item.size > r->item_size) return cpl_restore_fault(r, "complaint_evidence.size_bytes", "หลักฐานใหญ่กว่าที่บอกไว้", "the evidence is larger than it says");
    return r->item.failed ? cpl_restore_memory(r) : COMPLAINT_OK;
}

/* What a row of evidence names is there, whole, before anything refers to it. */
complaint_status cpl_end_item(cpl_reader *r) {
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_str digest = r->item_digest;
    if (digest.n == 0) return COMPLAINT_OK;
    r->item_digest = CPL_LIT("");
    if (r->item_chunks == 0) return has_item(r, digest) ? COMPLAINT_OK : cpl_restore_fault(r, "complaint_evidence_chunk", "ไม่มีเนื้อหาของหลักฐาน", "the bytes of an item of evidence are missing");
    cpl_sha256_hex((cpl_str){r->item.data, r->item.size}, hex);
    if (!cpl_str_is(digest, hex) || (int64_t)r->item.size != r->item_size)
        return cpl_restore_fault(r, "complaint_evidence.digest", "เนื้อหาของหลักฐานถูกแก้ไข", "the bytes of an item of evidence do not match its digest");
    complaint_status s = has_item(r, digest) ? COMPLAINT_OK : note_item(r, digest);
    return s == COMPLAINT_OK && !r->checks ? cpl_evidence_put(r->d, hex, &r->item) : s;
}
