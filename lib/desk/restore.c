/*
 * desk/restore: an archive into an empty office.
 *
 * Owns: the order of lines, what is written with a stream, batches within the store's limits. Must not know: the form of a line (archive.c), what makes a stream whole (restore_stream.c).
 *
 * A stream is gathered, proved, and goes into the batch together with what follows from it. A batch is committed at the end of a stream, in the middle of one only when it alone is too large.
 */
#include "desk/archive.h"

#include <complaint/archive.h>
#include <complaint/schema.h>

#include <string.h>

enum { PIECE = 64 * 1024, LONGEST_LINE = 16 * 1024 * 1024, LARGEST_ITEM = 64 * 1024 * 1024, YEARS = 300 };

typedef enum { AT_HEAD, AT_DEFINITIONS, AT_STREAMS, AT_REQUESTS, AT_END } section;

typedef struct year {
    int64_t year, count, last;
} year;

typedef struct reader {
    complaint_desk *d;
    complaint_error *e;
    cpl_view view;
    int32_t flags;
    int64_t now;
    complaint_read_fn read;
    void *context;
    cpl_buf input, scratch; /* scratch: for the digest */
    size_t at;              /* where the next line begins in the input */
    bool ended;
    int64_t line;
    section section;
    uint8_t digest[CPL_HASH_SIZE];
    cpl_arena arena;      /* of the batch and the stream that is being gathered */
    cpl_arena line_arena; /* of the line that is being read: what is kept of it is copied */
    cpl_batch batch;
    cpl_archived stream; /* id 0: none */
    int at_table;
    /* the item of evidence whose chunks may follow */
    cpl_buf item;
    cpl_str item_digest;
    int64_t item_size, item_chunks;
    /* of the whole archive */
    cpl_arena kept;
    cpl_str *items; /* digests of evidence, sorted */
    size_t item_count, item_capacity;
    cpl_str last_request;
    int64_t last_stream;
    year years[YEARS];
    size_t year_count;
    cpl_archive_tally tally;
} reader;

static bool checks_only(const reader *r) { return (r->flags & COMPLAINT_ARCHIVE_CHECK) != 0; }

static complaint_status no_memory(reader *r) { return cpl_fail(r->e, COMPLAINT_E_MEMORY, NULL); }

static complaint_status corrupt(reader *r, const char *what, const char *thai, const char *english) { return cpl_failf(r->e, COMPLAINT_E_CORRUPT, what, "%s%.0s", "%.0s%s", thai, english); }

/* ---- lines in -------------------------------------------------------------------------------------------------------- */

static complaint_status fill_input(reader *r) {
    char piece[PIECE];
    size_t got = 0;
    if (r->input.size - r->at > LONGEST_LINE) return cpl_fail(r->e, COMPLAINT_E_TOO_LARGE, "line");
    if (r->at) {
        memmove(r->input.data, r->input.data + r->at, r->input.size - r->at);
        r->input.size -= r->at;
        r->at = 0;
    }
    complaint_status s = cpl_host_read(&r->d->host, r->read, r->context, piece, sizeof piece, &got, r->e);
    if (s == COMPLAINT_OK) cpl_buf_put(&r->input, piece, got);
    r->ended = got == 0;
    return r->input.failed ? no_memory(r) : s;
}

/* The next line without its break; `*found` false at the end. A last line without a break was cut short. */
static complaint_status next_line(reader *r, cpl_str *line, bool *found) {
    size_t looked = r->at;
    for (;;) {
        const char *end = r->input.size > looked ? memchr(r->input.data + looked, '\n', r->input.size - looked) : NULL;
        if (end) {
            *line = (cpl_str){r->input.data + r->at, (size_t)(end - r->input.data) - r->at};
            r->at += line->n + 1;
            r->line++;
            return *found = true, COMPLAINT_OK;
        }
        looked = r->input.size - r->at;
        complaint_status s = r->ended ? COMPLAINT_OK : fill_input(r);
        if (s != COMPLAINT_OK) return s;
        if (r->ended) break;
    }
    *found = false;
    if (r->input.size == r->at) return COMPLAINT_OK;
    r->line++;
    return corrupt(r, "line", "บรรทัดสุดท้ายไม่ครบ แฟ้มถูกตัด", "the last line is not whole: the archive was cut short");
}

/* ---- batches ----------------------------------------------------------------------------------------------------------- */

static complaint_status give_batch(cpl_job *job, void *context) {
    job->batch = *(const cpl_batch *)context;
    return COMPLAINT_OK;
}

/* Only the store knows a row that two streams have: a message of the same channel and id, a register number. */
static complaint_status commit(reader *r) {
    complaint_status s = COMPLAINT_OK;
    if (r->batch.failed) s = no_memory(r);
    else if (r->batch.count && !checks_only(r)) s = cpl_run_system(r->d, r->now, false, give_batch, &r->batch);
    if (s == COMPLAINT_E_EXISTS) s = corrupt(r, "store.write", "มีแถวซ้ำในแฟ้ม", "the archive has a row twice");
    cpl_batch_init(&r->batch, &r->arena);
    if (s == COMPLAINT_OK && cpl_desk_progress(r->d, r->tally.events)) s = cpl_fail(r->e, COMPLAINT_E_CANCELLED, NULL);
    return s;
}

/* Half of what a transaction may weigh: the rest is for what follows from a stream. */
static int64_t room(const reader *r) { return r->d->host.limits.max_transaction / 2; }

static int64_t weight(const complaint_value *values, int32_t count) {
    int64_t bytes = 0;
    for (int32_t i = 0; i < count; i++) bytes += 8 + (int64_t)values[i].size;
    return bytes;
}

/* The values, without the office, for as long as the batch lives. */
static const complaint_value *copy_values(reader *r, const complaint_value *values, int32_t count) {
    complaint_value *copy = cpl_arena_alloc(&r->arena, (size_t)count * sizeof *copy);
    for (int32_t i = 0; copy && i < count; i++) {
        cpl_str bytes = {"", 0};
        copy[i] = values[i];
        if (values[i].type != COMPLAINT_TEXT && values[i].type != COMPLAINT_BLOB) continue;
        if (!cpl_arena_str(&r->arena, cpl_value_str(&values[i]), &bytes)) return NULL;
        copy[i].data = bytes.p;
    }
    return copy;
}

/* `values` without the office; they live as long as the batch. */
static complaint_status insert(reader *r, int32_t table, const complaint_value *values) {
    int32_t count = cpl_line_count(table);
    complaint_status s = r->batch.count && r->batch.bytes + weight(values, count) > room(r) ? commit(r) : COMPLAINT_OK;
    if (s == COMPLAINT_OK) cpl_batch_insert(&r->batch, r->d->office, table, values, count);
    return s;
}

/* Between streams nothing points into the arena but the batch. */
static complaint_status settle(reader *r, bool now) {
    if (!now && r->batch.bytes < room(r) / 2) return COMPLAINT_OK;
    complaint_status s = commit(r);
    cpl_arena_free(&r->arena);
    cpl_arena_init(&r->arena, &r->d->memory);
    cpl_batch_init(&r->batch, &r->arena);
    return s;
}

/* ---- evidence ---------------------------------------------------------------------------------------------------------------- */

static size_t place_of(const reader *r, cpl_str digest) {
    size_t low = 0, high = r->item_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (cpl_str_cmp(r->items[middle], digest) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool has_item(const reader *r, cpl_str digest) {
    size_t at = place_of(r, digest);
    return at < r->item_count && cpl_str_eq(r->items[at], digest);
}

static complaint_status note_item(reader *r, cpl_str digest) {
    size_t at = place_of(r, digest);
    if (r->item_count == r->item_capacity) {
        size_t capacity = r->item_capacity ? 2 * r->item_capacity : 64;
        cpl_str *grown = cpl_resize(&r->d->memory, r->items, capacity, sizeof *grown);
        if (!grown) return no_memory(r);
        r->items = grown;
        r->item_capacity = capacity;
    }
    cpl_str kept;
    if (!cpl_arena_str(&r->kept, digest, &kept)) return no_memory(r);
    memmove(r->items + at + 1, r->items + at, (r->item_count - at) * sizeof *r->items);
    r->items[at] = kept;
    r->item_count++;
    return COMPLAINT_OK;
}

static complaint_status begin_item(reader *r, const complaint_value *values) {
    enum { DIGEST = 2, SIZE };
    r->item_digest = cpl_value_str(&values[DIGEST]);
    r->item_size = values[SIZE].integer;
    r->item_chunks = 0;
    cpl_buf_clear(&r->item);
    r->tally.evidence++;
    return r->item_size >= 0 && r->item_size <= LARGEST_ITEM ? COMPLAINT_OK : cpl_fail(r->e, COMPLAINT_E_TOO_LARGE, "complaint_evidence.size_bytes");
}

static complaint_status take_chunk(reader *r, const complaint_value *values) {
    enum { DIGEST, NUMBER, DATA };
    cpl_str clear = CPL_LIT("");
    bool next = r->item_digest.n && cpl_str_eq(cpl_value_str(&values[DIGEST]), r->item_digest) && values[NUMBER].integer == r->item_chunks;
    if (!next) return corrupt(r, "complaint_evidence_chunk", "ส่วนของหลักฐานไม่อยู่ในลำดับ", "a chunk does not follow its evidence, or the chunk before it");
    complaint_status s = cpl_envelope_open(cpl_value_str(&values[DATA]), &clear);
    if (s != COMPLAINT_OK) return cpl_fail(r->e, s, "complaint_evidence_chunk.data");
    r->item_chunks++;
    cpl_buf_str(&r->item, clear);
    if ((int64_t)r->item.size > r->item_size) return corrupt(r, "complaint_evidence.size_bytes", "หลักฐานใหญ่กว่าที่บอกไว้", "the evidence is larger than it says");
    return r->item.failed ? no_memory(r) : COMPLAINT_OK;
}

/* What a row of evidence names is there, whole, before anything refers to it. */
static complaint_status end_item(reader *r) {
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_str digest = r->item_digest;
    if (digest.n == 0) return COMPLAINT_OK;
    r->item_digest = CPL_LIT("");
    if (r->item_chunks == 0) return has_item(r, digest) ? COMPLAINT_OK : corrupt(r, "complaint_evidence_chunk", "ไม่มีเนื้อหาของหลักฐาน", "the bytes of an item of evidence are missing");
    cpl_sha256_hex((cpl_str){r->item.data, r->item.size}, hex);
    if (!cpl_str_is(digest, hex) || (int64_t)r->item.size != r->item_size) return corrupt(r, "complaint_evidence.digest", "เนื้อหาของหลักฐานถูกแก้ไข", "the bytes of an item of evidence do not match its digest");
    complaint_status s = has_item(r, digest) ? COMPLAINT_OK : note_item(r, digest);
    return s == COMPLAINT_OK && !checks_only(r) ? cpl_evidence_put(r->d, hex, &r->item) : s;
}

/* ---- streams -------------------------------------------------------------------------------------------------------------------- */

/* What had not left the house is not sent from here, unless this is where the office moves. */
static void silence(reader *r, complaint_value *values) {
    enum { STATE = 8, NOT_BEFORE = 9, ENTERED = 11, SETTLED = 12 };
    static const char *const pending[] = {"waiting", "claimed", "accepted"};
    for (size_t i = 0; i < sizeof pending / sizeof pending[0]; i++) {
        if (!cpl_str_is(cpl_value_str(&values[STATE]), pending[i]) || (r->flags & COMPLAINT_ARCHIVE_KEEP_WAITING)) continue;
        values[STATE] = cpl_txt(CPL_LIT("silent"));
        values[NOT_BEFORE] = cpl_int(0);
        values[SETTLED] = values[ENTERED];
        r->tally.silenced++;
        return;
    }
}

static complaint_status insert_rows(reader *r) {
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; i < CPL_STREAM_TABLES; i++) {
        const cpl_rows *rows = &r->stream.rows[i];
        for (size_t k = 0; s == COMPLAINT_OK && k < rows->count; k++) {
            if (cpl_stream_tables[i] == CPL_NOTICE) silence(r, rows->items[k].values + 1);
            s = insert(r, cpl_stream_tables[i], rows->items[k].values + 1);
        }
    }
    return s;
}

static complaint_status note_number(reader *r, const cpl_case *c) {
    size_t i = 0;
    while (i < r->year_count && r->years[i].year != c->fiscal_year) i++;
    if (i == YEARS) return corrupt(r, "complaint_register", "ปีงบประมาณมากเกินไป", "too many fiscal years");
    if (i == r->year_count) r->years[r->year_count++] = (year){.year = c->fiscal_year};
    r->years[i].count++;
    if (c->number > r->years[i].last) r->years[i].last = c->number;
    const complaint_value v[] = {cpl_int(c->fiscal_year), cpl_int(c->number), cpl_int(c->id)};
    return insert(r, CPL_NUMBER, v);
}

static complaint_status insert_case(reader *r) {
    cpl_case nothing;
    cpl_case_init(&nothing, &r->arena, r->stream.id);
    cpl_project(&r->batch, r->d->office, &nothing, &r->stream.c);
    return r->stream.c.number ? note_number(r, &r->stream.c) : COMPLAINT_OK;
}

static complaint_status end_stream(reader *r) {
    complaint_status s = end_item(r);
    if (s != COMPLAINT_OK || r->stream.id == 0) return s;
    s = cpl_archived_prove(r->d, &r->view, &r->stream, &r->arena);
    if (s == COMPLAINT_OK) s = insert_rows(r);
    if (s == COMPLAINT_OK && r->stream.kind == CPL_STREAM_CASE) s = insert_case(r);
    r->tally.cases += r->stream.kind == CPL_STREAM_CASE;
    r->tally.messages += r->stream.kind == CPL_STREAM_MESSAGE;
    r->last_stream = r->stream.id;
    r->stream = (cpl_archived){0};
    return s == COMPLAINT_OK ? settle(r, false) : s;
}

static complaint_status begin_stream(reader *r, int64_t id) {
    complaint_status s = end_stream(r);
    if (s != COMPLAINT_OK) return s;
    if (id <= r->last_stream) return corrupt(r, "stream", "รายการไม่อยู่ในลำดับ หรือซ้ำ", "streams are out of order, or one is there twice");
    r->stream.id = id;
    r->at_table = 0;
    return COMPLAINT_OK;
}

/* The row in the stream, its office before it; NULL when out of memory. */
static const complaint_value *keep_row(reader *r, cpl_rows *rows, const complaint_value *values, int32_t count) {
    complaint_value with_office[CPL_LINE_COLUMNS + 1] = {cpl_txt(r->d->office)};
    memcpy(with_office + 1, values, (size_t)count * sizeof *values);
    const complaint_value *row = copy_values(r, with_office, count + 1);
    if (!row) return NULL;
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity ? 2 * rows->capacity : 8;
        cpl_row *grown = cpl_arena_alloc(&r->arena, capacity * sizeof *grown);
        if (!grown) return NULL;
        if (rows->count) memcpy(grown, rows->items, rows->count * sizeof *grown);
        rows->items = grown;
        rows->capacity = capacity;
    }
    rows->items[rows->count++] = (cpl_row){(complaint_value *)(uintptr_t)row, count + 1};
    return row;
}

static complaint_status take_row(reader *r, int32_t table, const complaint_value *values) {
    int at = cpl_stream_table(table);
    complaint_status s = values[0].integer == r->stream.id ? end_item(r) : begin_stream(r, values[0].integer);
    if (s != COMPLAINT_OK) return s;
    if (at < r->at_table) return corrupt(r, complaint_schema_table_name(table), "แถวไม่อยู่ในลำดับ", "the rows of a stream are out of order");
    r->at_table = at;
    r->tally.events += table == CPL_EVENT;
    const complaint_value *row = keep_row(r, &r->stream.rows[at], values, cpl_line_count(table));
    if (!row) return no_memory(r);
    return table == CPL_EVIDENCE ? begin_item(r, row + 1) : COMPLAINT_OK;
}

/* ---- what belongs to no stream ------------------------------------------------------------------------------------------------------ */

static complaint_status take_head(reader *r, const complaint_value *v) {
    if (v[CPL_HEAD_FORMAT].integer != CPL_ARCHIVE_FORMAT || v[CPL_HEAD_MAJOR].integer > CPL_SCHEMA_MAJOR || v[CPL_HEAD_MINOR].integer > CPL_SCHEMA_MINOR)
        return cpl_failf(r->e, COMPLAINT_E_SCHEMA_NEWER, "complaint_archive", "แฟ้มเป็นรุ่น %lld (ตาราง %lld.%lld) ใหม่กว่าโปรแกรม", "the archive has format %lld and schema %lld.%lld, newer than this library",
                         (long long)v[CPL_HEAD_FORMAT].integer, (long long)v[CPL_HEAD_MAJOR].integer, (long long)v[CPL_HEAD_MINOR].integer);
    cpl_str office = cpl_value_str(&v[CPL_HEAD_OFFICE]);
    if (!cpl_str_eq(office, r->d->office))
        return cpl_failf(r->e, COMPLAINT_E_INVALID, "office", "แฟ้มเป็นของสำนักงาน “%.*s” ไม่ใช่ “%s”", "the archive is of office “%.*s”, not of “%s”", (int)cpl_utf8_cut(office, CPL_ID_MAX), office.p, r->d->office_bytes);
    r->section = AT_DEFINITIONS;
    return COMPLAINT_OK;
}

typedef struct lookup {
    reader *r;
    const complaint_value *key;
    bool found;
} lookup;

static complaint_status find_definition(cpl_tx *tx, void *context) {
    lookup *l = context;
    cpl_row row;
    complaint_status s = cpl_tx_get(tx, CPL_DEFINITION, l->key, 2, &l->r->arena, &row);
    l->found = s == COMPLAINT_OK;
    return s == COMPLAINT_E_NOT_FOUND ? COMPLAINT_OK : s;
}

static complaint_status insert_copy(reader *r, int32_t table, const complaint_value *values) {
    const complaint_value *kept = copy_values(r, values, cpl_line_count(table));
    return kept ? insert(r, table, kept) : no_memory(r);
}

/* Those of the desk itself are there since it was opened. */
static complaint_status take_definition(reader *r, const complaint_value *values) {
    enum { KIND, DIGEST, BODY };
    char hex[2 * CPL_HASH_SIZE + 1];
    lookup l = {.r = r, .key = &values[KIND]};
    if (r->section != AT_DEFINITIONS) return corrupt(r, "complaint_definition", "คำนิยามต้องอยู่ต้นแฟ้ม", "definitions stand at the beginning");
    cpl_sha256_hex(cpl_value_str(&values[BODY]), hex);
    if (!cpl_str_is(cpl_value_str(&values[DIGEST]), hex)) return corrupt(r, "complaint_definition.digest", "คำนิยามถูกแก้ไข", "a definition does not match its digest");
    r->tally.definitions++;
    complaint_status s = cpl_desk_reading(r->d, find_definition, &l);
    return s == COMPLAINT_OK && !l.found ? insert_copy(r, CPL_DEFINITION, values) : s;
}

static complaint_status take_request(reader *r, const complaint_value *values) {
    cpl_str key = cpl_value_str(&values[0]);
    complaint_status s = r->section == AT_REQUESTS ? COMPLAINT_OK : end_stream(r);
    if (s != COMPLAINT_OK) return s;
    r->section = AT_REQUESTS;
    if (r->last_request.p && cpl_str_cmp(r->last_request, key) >= 0) return corrupt(r, "complaint_request", "คำขอไม่อยู่ในลำดับ หรือซ้ำ", "requests are out of order, or one is there twice");
    s = settle(r, false);
    if (s == COMPLAINT_OK && !cpl_arena_str(&r->kept, key, &r->last_request)) return no_memory(r);
    return s == COMPLAINT_OK ? insert_copy(r, CPL_REQUEST, values) : s;
}

/* Numbers run without a gap, so the last one is their number. */
static complaint_status insert_registers(reader *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < r->year_count; i++) {
        const year *y = &r->years[i];
        const complaint_value v[] = {cpl_int(y->year), cpl_int(y->count), cpl_int(y->last)};
        s = y->count == y->last ? insert(r, CPL_REGISTER, v) : corrupt(r, "complaint_register", "เลขทะเบียนขาดช่วง", "a register number is missing");
    }
    return s;
}

static complaint_status take_end(reader *r, const complaint_value *v, const uint8_t digest[CPL_HASH_SIZE]) {
    char hex[2 * CPL_HASH_SIZE + 1];
    complaint_status s = end_stream(r);
    if (s != COMPLAINT_OK) return s;
    cpl_hex(digest, CPL_HASH_SIZE, hex);
    if (v[CPL_END_LINES].integer != r->line - 1) return corrupt(r, "lines", "จำนวนบรรทัดไม่ตรงกับที่บอกไว้", "there are not as many lines as the last one says");
    if (!cpl_str_is(cpl_value_str(&v[CPL_END_DIGEST]), hex)) return corrupt(r, "digest", "แฟ้มถูกแก้ไข", "the archive was altered: its digest is another");
    s = insert_registers(r);
    if (s == COMPLAINT_OK) s = settle(r, true);
    r->section = AT_END;
    return s;
}

/* ---- the walk ------------------------------------------------------------------------------------------------------------------------ */

static complaint_status misplaced(reader *r, int32_t table) {
    if (r->section == AT_HEAD) return cpl_failf(r->e, COMPLAINT_E_INVALID, "complaint_archive", "บรรทัดแรกไม่ใช่หัวแฟ้ม ไม่ใช่แฟ้มของระบบนี้", "the first line is not an archive's");
    if (r->section == AT_END) return corrupt(r, "line", "มีบรรทัดต่อจากบรรทัดสุดท้าย", "there is something behind the last line");
    return corrupt(r, table < CPL_TABLE_COUNT ? complaint_schema_table_name(table) : "complaint_archive", "บรรทัดนี้ไม่ควรอยู่ที่นี่", "this line does not belong here");
}

static complaint_status take_line(reader *r, int32_t table, const complaint_value *values, const uint8_t before[CPL_HASH_SIZE]) {
    if (r->section == AT_HEAD) return table == CPL_LINE_HEAD ? take_head(r, values) : misplaced(r, table);
    if (r->section == AT_END || table == CPL_LINE_HEAD) return misplaced(r, table);
    if (table == CPL_LINE_END) return take_end(r, values, before);
    if (table == CPL_DEFINITION) return take_definition(r, values);
    if (table == CPL_REQUEST) return take_request(r, values);
    if (r->section == AT_REQUESTS) return misplaced(r, table);
    if (table == CPL_CHUNK) return take_chunk(r, values);
    if (cpl_stream_table(table) < 0) return misplaced(r, table);
    r->section = AT_STREAMS;
    return take_row(r, table, values);
}

static complaint_status read_line(reader *r, cpl_str line) {
    complaint_value values[CPL_LINE_COLUMNS];
    uint8_t before[CPL_HASH_SIZE];
    int32_t table = 0;
    memcpy(before, r->digest, sizeof before);
    cpl_arena_free(&r->line_arena);
    cpl_arena_init(&r->line_arena, &r->d->memory);
    complaint_status s = cpl_line_read(line, &r->line_arena, &table, values, r->e);
    if (s != COMPLAINT_OK) return s;
    cpl_line_digest(r->digest, line, &r->scratch);
    if (r->scratch.failed) return no_memory(r);
    r->tally.lines = r->line;
    return take_line(r, table, values, before);
}

static complaint_status read_all(reader *r) {
    bool found = true;
    complaint_status s = COMPLAINT_OK;
    while (s == COMPLAINT_OK && found) {
        cpl_str line;
        s = next_line(r, &line, &found);
        if (s == COMPLAINT_OK && found) s = read_line(r, line);
    }
    if (s != COMPLAINT_OK || r->section == AT_END) return s;
    r->line++;
    if (r->section == AT_HEAD) return misplaced(r, CPL_TABLE_COUNT);
    return corrupt(r, "complaint_archive_end", "ไม่มีบรรทัดปิดท้าย แฟ้มถูกตัด", "the closing line is missing: the archive was cut short");
}

/* ---- before anything is read ------------------------------------------------------------------------------------------------------------ */

static complaint_status look_for_rows(cpl_tx *tx, void *context) {
    static const int32_t tables[] = {CPL_EVENT, CPL_MESSAGE, CPL_CASE, CPL_REQUEST, CPL_NUMBER};
    reader *r = context;
    cpl_rows rows = {0};
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < sizeof tables / sizeof tables[0]; i++) {
        cpl_range any = {.table = tables[i], .limit = 1};
        s = cpl_tx_select(tx, &any, &r->arena, &rows);
    }
    if (s != COMPLAINT_OK || rows.count == 0) return s;
    return cpl_failf(r->e, COMPLAINT_E_EXISTS, "office", "สำนักงานนี้มีข้อมูลอยู่แล้ว นำเข้าแฟ้มได้เฉพาะฐานข้อมูลว่าง", "the office has something already: an archive goes into an empty one");
}

static complaint_status begin(reader *r, const complaint_actor *a) {
    complaint_desk *d = r->d;
    if (d->mode == COMPLAINT_READ && !checks_only(r)) return cpl_fail(r->e, COMPLAINT_E_READ_ONLY, "desk");
    complaint_status s = cpl_archive_view(d, a, &r->view);
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &r->now, r->e);
    return s == COMPLAINT_OK && !checks_only(r) ? cpl_desk_reading(d, look_for_rows, r) : s;
}

static void say_line(reader *r, complaint_status s) {
    if (s != COMPLAINT_OK && r->line) r->e->line = r->line;
}

complaint_status cpl_archive_read(complaint_desk *d, const complaint_actor *a, complaint_read_fn read, void *context, int32_t flags, complaint_page **tally) {
    reader *r = cpl_alloc_zero(&d->memory, 1, sizeof *r);
    if (!r) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    *r = (reader){.d = d, .e = &d->error, .flags = flags, .read = read, .context = context};
    cpl_buf_init(&r->input, &d->memory);
    cpl_buf_init(&r->scratch, &d->memory);
    cpl_buf_init(&r->item, &d->memory);
    cpl_arena_init(&r->arena, &d->memory);
    cpl_arena_init(&r->line_arena, &d->memory);
    cpl_arena_init(&r->kept, &d->memory);
    cpl_batch_init(&r->batch, &r->arena);
    complaint_status s = begin(r, a);
    if (s == COMPLAINT_OK) s = read_all(r);
    say_line(r, s);
    if (s == COMPLAINT_OK && tally) s = cpl_archive_tally_page(d, &r->tally, tally);
    cpl_free(&d->memory, r->items);
    cpl_buf_free(&r->input);
    cpl_buf_free(&r->scratch);
    cpl_buf_free(&r->item);
    cpl_arena_free(&r->arena);
    cpl_arena_free(&r->line_arena);
    cpl_arena_free(&r->kept);
    cpl_free(&d->memory, r);
    return s;
}
