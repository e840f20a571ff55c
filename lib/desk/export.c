/*
 * desk/export: an office as an archive.
 *
 * Owns: which rows are truth and in which order they stand. Must not know: the form of a line (archive.c), what an event means.
 */
#include "desk/archive.h"

#include <string.h>

enum { PIECE = 256 * 1024, CHUNK = 256 * 1024 };

typedef struct writer {
    complaint_desk *d;
    cpl_view view;
    complaint_bytes_fn sink;
    void *context;
    bool given; /* something has left: the snapshot cannot be taken again */
    cpl_tx *tx;
    cpl_buf out, scratch;
    uint8_t digest[CPL_HASH_SIZE];
    cpl_archive_tally tally;
} writer;

/* ---- lines out ---- */

static complaint_status give(writer *w, size_t at_least) {
    if (w->out.failed || w->scratch.failed) return cpl_fail(&w->d->error, COMPLAINT_E_MEMORY, NULL);
    if (w->out.size <= at_least) return COMPLAINT_OK;
    w->given = true;
    int32_t stop = cpl_host_give(&w->d->host, w->sink, w->context, w->out.data, w->out.size);
    cpl_buf_clear(&w->out);
    return stop ? cpl_fail(&w->d->error, COMPLAINT_E_CANCELLED, "sink") : COMPLAINT_OK;
}

static complaint_status put(writer *w, int32_t table, const complaint_value *values) {
    size_t begin = w->out.size;
    cpl_line_write(&w->out, table, values);
    if (!w->out.failed) cpl_line_digest(w->digest, (cpl_str){w->out.data + begin, w->out.size - begin - 1}, &w->scratch);
    w->tally.lines++;
    return give(w, PIECE);
}

static complaint_status put_rows(writer *w, int32_t table, const cpl_rows *rows) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < rows->count; i++) s = put(w, table, rows->items[i].values + 1);
    return s;
}

static complaint_status put_head(writer *w) {
    complaint_value v[CPL_HEAD_COLUMNS];
    int64_t now = 0;
    complaint_status s = cpl_host_now(&w->d->host, &now, &w->d->error);
    v[CPL_HEAD_FORMAT] = cpl_int(CPL_ARCHIVE_FORMAT);
    v[CPL_HEAD_OFFICE] = cpl_txt(w->d->office);
    v[CPL_HEAD_MAJOR] = cpl_int(CPL_SCHEMA_MAJOR);
    v[CPL_HEAD_MINOR] = cpl_int(CPL_SCHEMA_MINOR);
    v[CPL_HEAD_WRITTEN_AT] = cpl_int(now);
    return s == COMPLAINT_OK ? put(w, CPL_LINE_HEAD, v) : s;
}

static complaint_status put_end(writer *w) {
    char digest[2 * CPL_HASH_SIZE + 1];
    cpl_hex(w->digest, CPL_HASH_SIZE, digest);
    const complaint_value v[CPL_END_COLUMNS] = {cpl_int(w->tally.lines), cpl_txt(cpl_str_of(digest))};
    complaint_status s = put(w, CPL_LINE_END, v);
    return s == COMPLAINT_OK ? give(w, 0) : s;
}

/* ---- evidence ---- */

/* An item that several owners have is written with the first of them. */
static complaint_status is_first(writer *w, const complaint_value *row, bool *first) {
    enum { OWNER = 1, SEQ, DIGEST, BY_DIGEST = 1 };
    cpl_arena a;
    cpl_rows rows = {0};
    cpl_arena_init(&a, &w->d->memory);
    cpl_range r = {.table = CPL_EVIDENCE, .index = BY_DIGEST, .equal = {row[DIGEST]}, .equal_count = 1, .limit = 1};
    complaint_status s = cpl_tx_select(w->tx, &r, &a, &rows);
    *first = s == COMPLAINT_OK && rows.count && rows.items[0].values[OWNER].integer == row[OWNER].integer && rows.items[0].values[SEQ].integer == row[SEQ].integer;
    cpl_arena_free(&a);
    return s;
}

static complaint_status put_chunks(writer *w, cpl_str digest, const cpl_buf *all) {
    complaint_status s = COMPLAINT_OK;
    int64_t number = 0;
    for (size_t at = 0; s == COMPLAINT_OK && (at < all->size || number == 0); at += CHUNK, number++) {
        cpl_arena a;
        cpl_str piece = {all->data ? all->data + at : "", all->size - at < CHUNK ? all->size - at : CHUNK}, envelope;
        cpl_arena_init(&a, &w->d->memory);
        if (!cpl_envelope_clear(&a, piece, &envelope)) s = cpl_fail(&w->d->error, COMPLAINT_E_MEMORY, NULL);
        const complaint_value v[] = {cpl_txt(digest), cpl_int(number), cpl_blob(envelope.p, envelope.n)};
        if (s == COMPLAINT_OK) s = put(w, CPL_CHUNK, v);
        cpl_arena_free(&a);
    }
    return s;
}

static complaint_status put_bytes(writer *w, const complaint_value *row) {
    enum { DIGEST = 3, SIZE };
    cpl_buf all;
    cpl_str digest = cpl_value_str(&row[DIGEST]);
    cpl_buf_init(&all, &w->d->memory);
    complaint_status s = cpl_evidence_bytes(w->d, w->tx, digest.p, row[SIZE].integer, &all);
    if (s == COMPLAINT_E_NOT_FOUND) s = cpl_failf(&w->d->error, COMPLAINT_E_CORRUPT, "complaint_evidence", "หลักฐาน %s ไม่ครบ", "a part of evidence %s is missing", digest.p);
    if (s == COMPLAINT_OK) s = put_chunks(w, digest, &all);
    cpl_buf_free(&all);
    return s;
}

static complaint_status put_evidence(writer *w, const cpl_rows *rows) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < rows->count; i++) {
        bool first = false;
        s = put(w, CPL_EVIDENCE, rows->items[i].values + 1);
        if (s == COMPLAINT_OK) s = is_first(w, rows->items[i].values, &first);
        if (s == COMPLAINT_OK && first) s = put_bytes(w, rows->items[i].values);
        w->tally.evidence++;
    }
    return s;
}

/* ---- streams ---- */

/* Who must not know of a case gets no archive that has it. */
static complaint_status may_see(writer *w, int64_t id, cpl_arena *a) {
    cpl_case c;
    complaint_status s = cpl_load_case(w->tx, a, id, &c);
    if (s != COMPLAINT_OK) return CPL_CLASS(s) == COMPLAINT_E_NOT_FOUND ? cpl_fail(&w->d->error, COMPLAINT_E_CORRUPT, "complaint_event") : s;
    if (cpl_view_sees_case(&w->view, &c)) return COMPLAINT_OK;
    return cpl_failf(&w->d->error, COMPLAINT_E_ROLE, "actor", "มีเรื่องที่ผู้ปฏิบัตินี้ไม่มีสิทธิเห็น จึงส่งออกทั้งสำนักงานไม่ได้", "there is a case this actor may not see: somebody else has to write the archive");
}

static complaint_status look_at_stream(writer *w, int64_t id, const cpl_rows *events, cpl_arena *a) {
    enum { KIND = 3 };
    w->tally.events += (int64_t)events->count;
    if (events->count == 0) return COMPLAINT_OK;
    cpl_stream_kind kind = cpl_stream_kind_of(id, (int32_t)events->items[0].values[KIND].integer);
    w->tally.messages += kind == CPL_STREAM_MESSAGE;
    w->tally.cases += kind == CPL_STREAM_CASE;
    return kind == CPL_STREAM_CASE ? may_see(w, id, a) : COMPLAINT_OK;
}

static complaint_status put_table(writer *w, int64_t id, int32_t table, cpl_arena *a) {
    cpl_rows rows = {0};
    cpl_range r = {.table = table, .equal = {cpl_int(id)}, .equal_count = 1};
    complaint_status s = cpl_tx_select(w->tx, &r, a, &rows);
    if (s == COMPLAINT_OK && table == CPL_EVENT) s = look_at_stream(w, id, &rows, a);
    if (s != COMPLAINT_OK) return s;
    return table == CPL_EVIDENCE ? put_evidence(w, &rows) : put_rows(w, table, &rows);
}

static complaint_status put_stream(writer *w, int64_t id) {
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; s == COMPLAINT_OK && i < CPL_STREAM_TABLES; i++) {
        cpl_arena a;
        cpl_arena_init(&a, &w->d->memory);
        s = put_table(w, id, cpl_stream_tables[i], &a);
        cpl_arena_free(&a);
    }
    return s;
}

static complaint_status put_streams(writer *w) {
    int64_t id = 0;
    bool found = false;
    complaint_status s = cpl_next_owner(w->d, w->tx, CPL_EVENT, 0, &id, &found);
    while (s == COMPLAINT_OK && found) {
        if (cpl_desk_progress(w->d, w->tally.events)) return cpl_fail(&w->d->error, COMPLAINT_E_CANCELLED, NULL);
        s = put_stream(w, id);
        if (s == COMPLAINT_OK) s = cpl_next_owner(w->d, w->tx, CPL_EVENT, id, &id, &found);
    }
    return s;
}

/* ---- what belongs to no stream ---- */

/* Requests are many: they come by pages. */
static complaint_status put_requests(writer *w) {
    enum { PAGE = 256, KEY = 1 };
    complaint_status s = COMPLAINT_OK;
    char last[CPL_KEY_MAX + 1] = "";
    size_t size = 0;
    for (size_t got = PAGE; s == COMPLAINT_OK && got == PAGE;) {
        cpl_arena a;
        cpl_rows rows = {0};
        cpl_arena_init(&a, &w->d->memory);
        cpl_range r = {.table = CPL_REQUEST, .after = {cpl_txt((cpl_str){last, size})}, .after_count = size > 0, .limit = PAGE};
        s = cpl_tx_select(w->tx, &r, &a, &rows);
        got = rows.count;
        if (s == COMPLAINT_OK) s = put_rows(w, CPL_REQUEST, &rows);
        cpl_str key = got ? cpl_value_str(&rows.items[got - 1].values[KEY]) : CPL_LIT("");
        size = key.n <= CPL_KEY_MAX ? key.n : 0;
        if (size) memcpy(last, key.p, size);
        if (got && !size) got = 0;
        cpl_arena_free(&a);
    }
    return s;
}

static complaint_status put_definitions(writer *w) {
    cpl_arena a;
    cpl_rows rows = {0};
    cpl_arena_init(&a, &w->d->memory);
    cpl_range r = {.table = CPL_DEFINITION};
    complaint_status s = cpl_tx_select(w->tx, &r, &a, &rows);
    if (s == COMPLAINT_OK) s = put_rows(w, CPL_DEFINITION, &rows);
    w->tally.definitions = (int64_t)rows.count;
    cpl_arena_free(&a);
    return s;
}

static complaint_status one_snapshot(cpl_tx *tx, void *context) {
    writer *w = context;
    if (w->given) return cpl_failf(&w->d->error, COMPLAINT_E_BUSY, "store", "ที่เก็บข้อมูลไม่ว่างระหว่างส่งออก เริ่มใหม่อีกครั้ง", "the store broke off in the middle; begin again");
    cpl_buf_clear(&w->out);
    memset(w->digest, 0, sizeof w->digest);
    w->tally = (cpl_archive_tally){0};
    w->tx = tx;
    complaint_status s = cpl_check_finished(tx, w->d); /* before a byte is out that somebody could take for an archive */
    if (s == COMPLAINT_OK) s = put_head(w);
    if (s == COMPLAINT_OK) s = put_definitions(w);
    if (s == COMPLAINT_OK) s = put_streams(w);
    if (s == COMPLAINT_OK) s = put_requests(w);
    return s == COMPLAINT_OK ? put_end(w) : s;
}

complaint_status cpl_archive_write(complaint_desk *d, const complaint_actor *a, complaint_bytes_fn sink, void *context, complaint_page **tally) {
    writer w = {.d = d, .sink = sink, .context = context};
    complaint_status s = cpl_archive_view(d, a, &w.view);
    if (s != COMPLAINT_OK) return s;
    cpl_buf_init(&w.out, &d->memory);
    cpl_buf_init(&w.scratch, &d->memory);
    s = cpl_desk_reading(d, one_snapshot, &w);
    cpl_buf_free(&w.out);
    cpl_buf_free(&w.scratch);
    return s == COMPLAINT_OK && tally ? cpl_archive_tally_page(d, &w.tally, tally) : s;
}
