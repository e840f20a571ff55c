/*
 * desk/restore_unfinished: an archive that was read into an office and not to its end.
 *
 * Owns: the row that says so, and how far the reading came; whether anything else is there. Must not know: lines, streams.
 *
 * The batches of an archive are the same whenever it is read in the same way. So each transaction notes how many there were, in the row of an answered request that nobody can have made (its id is empty), and who reads
 * the same archive again passes over them. Until then the office is a part of itself, in which nobody works.
 */
#include "desk/restore.h"

#include <complaint/version.h>

#include <stdio.h>
#include <string.h>

enum { NOTE_DIGEST = 2, NOTE_BATCHES = 6, NOTE_NOW = 9 };

/* E_NOT_FOUND: nothing is unfinished. */
static complaint_status find_note(cpl_tx *tx, cpl_arena *a, cpl_row *note) {
    const complaint_value key = cpl_txt(CPL_LIT(""));
    return cpl_tx_get(tx, CPL_REQUEST, &key, 1, a, note);
}

static complaint_status look(cpl_tx *tx, void *context) {
    complaint_desk *d = context;
    cpl_arena a;
    cpl_row note;
    cpl_arena_init(&a, &d->memory);
    complaint_status s = find_note(tx, &a, &note);
    if (s == COMPLAINT_OK || s == COMPLAINT_E_NOT_FOUND) d->unfinished = s == COMPLAINT_OK;
    cpl_arena_free(&a);
    return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
}

complaint_status cpl_look_for_unfinished(complaint_desk *d, complaint_error *e) {
    cpl_tx tx;
    complaint_status s = cpl_tx_begin(&tx, &d->host, d->office, COMPLAINT_READ, e);
    if (s == COMPLAINT_OK) s = look(&tx, d);
    cpl_tx_rollback(&tx);
    return s;
}

complaint_status cpl_unfinished(complaint_error *e) {
    return cpl_failf(e, COMPLAINT_E_STATE, "archive", "การนำเข้าแฟ้มของสำนักงานนี้ยังไม่เสร็จ นำเข้าแฟ้มเดิมอีกครั้งเพื่อทำต่อจนครบ หรือเริ่มใหม่ในฐานข้อมูลว่าง",
                     "an archive was read into this office and not to its end: read the same archive again to finish it, or begin in an empty database");
}

complaint_status cpl_check_finished(cpl_tx *tx, complaint_desk *d) {
    complaint_status s = look(tx, d);
    return s == COMPLAINT_OK && d->unfinished ? cpl_unfinished(&d->error) : s;
}

complaint_status cpl_desk_may_write(complaint_desk *d) {
    if (d->mode == COMPLAINT_READ) return cpl_fail(&d->error, COMPLAINT_E_READ_ONLY, "desk");
    complaint_status s = d->unfinished ? cpl_desk_reading(d, look, d) : COMPLAINT_OK; /* another desk may have finished it */
    return s == COMPLAINT_OK && d->unfinished ? cpl_unfinished(&d->error) : s;
}

/* ---- of a reader ---------------------------------------------------------------------------------------------------------------- */

/* The time is then that of the earlier reading. */
static complaint_status find_unfinished(cpl_reader *r, cpl_tx *tx) {
    cpl_row note;
    complaint_status s = find_note(tx, &r->arena, &note);
    r->earlier.batches = 0;
    if (s == COMPLAINT_E_NOT_FOUND) return COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    cpl_str proof = cpl_value_str(&note.values[NOTE_DIGEST]);
    if (proof.n != sizeof r->earlier.proof - 1 || note.values[NOTE_BATCHES].integer < 1)
        return cpl_failf(r->e, COMPLAINT_E_CORRUPT, "complaint_request", "แถวที่บอกว่านำเข้าแฟ้มถึงไหนเสียหาย", "the row that says how far an archive was read is damaged");
    memcpy(r->earlier.proof, proof.p, proof.n);
    r->earlier.batches = note.values[NOTE_BATCHES].integer;
    r->now = note.values[NOTE_NOW].integer;
    return COMPLAINT_OK;
}

/* What an office has, as its people would look for it; the log is the last, because it has a line of each of the others. */
static const struct {
    int32_t table;
    const char *thai, *english;
} holdings[] = {{CPL_CASE, "เรื่องร้องเรียน", "cases"},
            {CPL_MESSAGE, "ข้อความเข้า", "messages"},
            {CPL_NUMBER, "เลขทะเบียน", "register numbers"},
            {CPL_REQUEST, "คำขอที่ตอบแล้ว", "answered requests"},
            {CPL_EVENT, "บันทึกเหตุการณ์ของเวรหรือการเตือน ซึ่งคำสั่ง tick เขียนทุกวัน", "a log of duties or reminders, which a tick writes every day"}};

/* An office that has cases is no mistake of a timer's: either it is another one, or the archive is in it. */
static complaint_status office_has(cpl_reader *r, size_t at) {
    bool works = holdings[at].table != CPL_EVENT;
    return cpl_failf(r->e, COMPLAINT_E_EXISTS, "office", "สำนักงานนี้มีข้อมูลอยู่แล้ว (%s%.0s) นำเข้าแฟ้มได้เฉพาะฐานข้อมูลว่าง %s%.0s", "the office has something already (%.0s%s): an archive goes into an empty one; %.0s%s", holdings[at].thai,
                     holdings[at].english,
                     works ? "หากเคยนำเข้าแฟ้มนี้ที่นี่และถูกขัดจังหวะ แฟ้มนั้นเข้าครบแล้วและไม่มีสิ่งใดต้องทำ ตรวจสอบได้ด้วย verify" : "ให้สร้างฐานข้อมูลใหม่และเริ่ม tick หลังนำเข้าเสร็จ",
                     works ? "if this one was read here and broken off, it has come to its end and nothing is left to do, which verify proves" : "begin in a new database, and tick after the reading");
}

complaint_status cpl_look_for_rows(cpl_tx *tx, void *context) {
    cpl_reader *r = context;
    cpl_rows rows = {0};
    complaint_status s = find_unfinished(r, tx);
    if (s != COMPLAINT_OK || r->earlier.batches) return s;
    for (size_t i = 0; s == COMPLAINT_OK && i < sizeof holdings / sizeof holdings[0]; i++) {
        cpl_range any = {.table = holdings[i].table, .limit = 1};
        s = cpl_tx_select(tx, &any, &r->arena, &rows);
        if (s == COMPLAINT_OK && rows.count) return office_has(r, i);
    }
    return s;
}

/* Either the archive says it twice, or what is there is not what this reading has left. */
complaint_status cpl_tell_second_row(cpl_reader *r) {
    int64_t mine = r->batches - 1;
    complaint_status s = r->counts ? cpl_desk_reading(r->d, cpl_look_for_rows, r) : COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    if (r->counts && r->earlier.batches == mine) return cpl_restore_fault(r, "store.write", "มีแถวซ้ำในแฟ้ม", "the archive has a row twice");
    return cpl_failf(r->e, COMPLAINT_E_EXISTS, "archive", "มีผู้อื่นกำลังนำเข้าแฟ้มของสำนักงานนี้อยู่", "somebody else is reading an archive into this office");
}

/* The archive as far as it was read, and all that decides what goes into a batch. */
static void prove_batches(const cpl_reader *r, char proof[2 * CPL_HASH_SIZE + 1]) {
    char left_out[2 * CPL_HASH_SIZE + 1], lines[2 * CPL_HASH_SIZE + 1], all[300];
    const cpl_ids *ids = &r->refused.streams;
    cpl_sha256_hex((cpl_str){ids->count ? (const char *)ids->items : "", ids->count * sizeof ids->items[0]}, left_out);
    cpl_hex(r->digest, CPL_HASH_SIZE, lines);
    int n = snprintf(all, sizeof all, "%d.%d.%d %d %lld %s %s", COMPLAINT_VERSION_MAJOR, COMPLAINT_VERSION_MINOR, COMPLAINT_VERSION_PATCH, (int)r->flags, (long long)r->d->host.limits.max_transaction, left_out,
                     lines);
    cpl_sha256_hex((cpl_str){all, (size_t)n}, proof);
}

static void note_batch(cpl_reader *r) {
    const complaint_value key = cpl_txt(CPL_LIT(""));
    char proof[2 * CPL_HASH_SIZE + 1];
    cpl_str kept = {"", 0};
    if (r->batches > 1) cpl_batch_remove(&r->batch, r->d->office, CPL_REQUEST, &key, 1);
    if (r->ends) return;
    prove_batches(r, proof);
    if (!cpl_arena_str(&r->arena, cpl_str_of(proof), &kept)) r->batch.failed = true;
    const complaint_value v[] = {key, cpl_txt(kept), cpl_int(0), cpl_int(0), cpl_int(0), cpl_int(r->batches), cpl_int(0), cpl_int(0), cpl_int(r->now)};
    cpl_batch_insert(&r->batch, r->d->office, CPL_REQUEST, v, sizeof v / sizeof v[0]);
}

static bool is_same_so_far(const cpl_reader *r) {
    char proof[2 * CPL_HASH_SIZE + 1];
    if (r->ends) return false; /* it came further */
    if (r->batches < r->earlier.batches) return true;
    prove_batches(r, proof);
    return strcmp(proof, r->earlier.proof) == 0;
}

complaint_status cpl_count_batch(cpl_reader *r, bool *known) {
    *known = ++r->batches <= r->earlier.batches;
    if (!*known) note_batch(r);
    if (!*known || is_same_so_far(r)) return COMPLAINT_OK;
    return cpl_failf(r->e, COMPLAINT_E_EXISTS, "archive", "มีการนำเข้าแฟ้มที่ยังไม่เสร็จอยู่ และไม่ใช่แฟ้มนี้ หรือนำเข้าด้วยตัวเลือกอื่น",
                     "another archive was read into this office and not to its end, or this one in another way");
}
