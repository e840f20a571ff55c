/*
 * desk/restore: an archive into an empty office.
 *
 * Owns: the order of lines, what is written with a stream, batches within the store's limits. Must not know: the form of a line (archive.c), what makes a stream whole (restore_stream.c), what becomes of the others
 * when one is not (restore_refused.c).
 *
 * A stream is gathered, proved, and goes into the batch together with what follows from it. A batch is committed at the end of a stream, in the middle of one only when it alone is too large.
 */
#include "desk/restore.h"

#include <complaint/archive.h>
#include <complaint/schema.h>

#include <string.h>

enum { PIECE = 64 * 1024, LONGEST_LINE = 16 * 1024 * 1024 };

complaint_status cpl_restore_memory(cpl_reader *r) { return cpl_fail(r->e, COMPLAINT_E_MEMORY, NULL); }

complaint_status cpl_restore_fault(cpl_reader *r, const char *what, const char *thai, const char *english) {
    return cpl_failf(r->e, COMPLAINT_E_CORRUPT, what, "%s%.0s", "%.0s%s", thai, english);
}

/* ---- lines in -------------------------------------------------------------------------------------------------------- */

static complaint_status fill_input(cpl_reader *r) {
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
    return r->input.failed ? cpl_restore_memory(r) : s;
}

/* The next line without its break; `*found` false at the end. A last line without a break was cut short: not `*whole`. */
static complaint_status next_line(cpl_reader *r, cpl_str *line, bool *found, bool *whole) {
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
    *whole = r->input.size == r->at;
    r->line += !*whole;
    return COMPLAINT_OK;
}

/* ---- batches ----------------------------------------------------------------------------------------------------------- */

static complaint_status give_batch(cpl_job *job, void *context) {
    job->batch = *(const cpl_batch *)context;
    return COMPLAINT_OK;
}

/* Only the store knows a row that two streams have: a message of the same channel and id, a register number. */
static complaint_status keep_batch(cpl_reader *r) {
    bool known = false;
    complaint_status s = r->counts ? cpl_count_batch(r, &known) : COMPLAINT_OK;
    if (s != COMPLAINT_OK || known) return s;
    if (r->batch.failed) return cpl_restore_memory(r);
    if (r->counts) r->d->unfinished = true; /* unless nothing was kept, which is looked for when it matters */
    s = r->batch.count ? cpl_run_system(r->d, r->now, false, give_batch, &r->batch) : COMPLAINT_OK;
    if (s == COMPLAINT_E_EXISTS) s = cpl_tell_second_row(r);
    if (s == COMPLAINT_OK && r->ends) r->d->unfinished = false;
    return s;
}

static complaint_status commit(cpl_reader *r) {
    complaint_status s = COMPLAINT_OK;
    if (r->batch.failed) s = cpl_restore_memory(r);
    else if ((r->batch.count || r->ends) && !r->checks) s = keep_batch(r);
    cpl_batch_init(&r->batch, &r->arena);
    bool done = r->ends && !r->checks; /* nothing is left that could be given up */
    if (s == COMPLAINT_OK && !done && cpl_desk_progress(r->d, r->tally.events)) s = cpl_fail(r->e, COMPLAINT_E_CANCELLED, NULL);
    return s;
}

/* Half of what a transaction may weigh: the rest is for what follows from a stream. */
static int64_t room(const cpl_reader *r) { return r->d->host.limits.max_transaction / 2; }

static int64_t weight(const complaint_value *values, int32_t count) {
    int64_t bytes = 0;
    for (int32_t i = 0; i < count; i++) bytes += 8 + (int64_t)values[i].size;
    return bytes;
}

/* The values, without the office, for as long as the batch lives. */
static const complaint_value *copy_values(cpl_reader *r, const complaint_value *values, int32_t count) {
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

/* Of a check: what no transaction could take. */
static complaint_status weigh(cpl_reader *r, int32_t from) { return r->checks ? cpl_batch_check(&r->batch, from, &r->d->host.limits, r->e) : COMPLAINT_OK; }

/* `values` without the office; they live as long as the batch. */
static complaint_status insert(cpl_reader *r, int32_t table, const complaint_value *values) {
    int32_t count = cpl_line_count(table);
    complaint_status s = r->batch.count && r->batch.bytes + weight(values, count) > room(r) ? commit(r) : COMPLAINT_OK;
    if (s != COMPLAINT_OK) return s;
    cpl_batch_insert(&r->batch, r->d->office, table, values, count);
    return weigh(r, r->batch.count - 1);
}

/* Between streams nothing points into the arena but the batch. */
static complaint_status settle(cpl_reader *r, bool now) {
    if (!now && r->batch.count && r->batch.bytes < room(r) / 2) return COMPLAINT_OK;
    complaint_status s = commit(r);
    cpl_arena_free(&r->arena);
    cpl_arena_init(&r->arena, &r->d->memory);
    cpl_batch_init(&r->batch, &r->arena);
    return s;
}

/* ---- streams -------------------------------------------------------------------------------------------------------------------- */

static bool waits(const complaint_value *row) {
    enum { STATE = 9 };
    static const char *const pending[] = {"waiting", "claimed", "accepted"};
    for (size_t i = 0; i < sizeof pending / sizeof pending[0]; i++)
        if (cpl_str_is(cpl_value_str(&row[STATE]), pending[i])) return true;
    return false;
}

static void silence_row(cpl_reader *r, complaint_value *row) {
    enum { STATE = 9, NOT_BEFORE, SETTLED = 13 };
    row[STATE] = cpl_txt(CPL_LIT("silent"));
    row[NOT_BEFORE] = cpl_int(0);
    row[SETTLED] = cpl_int(r->now);
    r->tally.silenced++;
}

/* The log says that it will not be sent: an acknowledgement is on its way no more, and can be given again. A message's row moves with its log. */
static complaint_status log_silence(cpl_reader *r, const int64_t *notices, size_t count) {
    enum { VERSION = 2 };
    const cpl_procedure pr = {r->d->policy, r->d->calendar, r->d->calendar_digest, r->d->office};
    cpl_archived *st = &r->stream;
    cpl_plan plan;
    complaint_status s = cpl_plan_silenced(&pr, &st->c, notices, count, r->now, &r->arena, &plan, r->e);
    if (s == COMPLAINT_OK) s = st->kind == CPL_STREAM_CASE ? cpl_fold(&st->c, &plan.event, r->e) : cpl_fold_end(&st->c, &plan.event, r->e);
    if (s != COMPLAINT_OK) return s;
    if (st->kind == CPL_STREAM_MESSAGE) st->rows[cpl_stream_table(CPL_MESSAGE)].items[0].values[VERSION] = cpl_int(plan.event.seq);
    cpl_insert_event(&r->batch, r->d->office, &plan.event);
    return COMPLAINT_OK;
}

/* What had not left the house is not sent from here, unless this is where the office moves. */
static complaint_status silence(cpl_reader *r) {
    enum { SEQ = 2 };
    const cpl_rows *rows = &r->stream.rows[cpl_stream_table(CPL_NOTICE)];
    size_t count = 0;
    if (rows->count == 0 || (r->flags & COMPLAINT_ARCHIVE_KEEP_WAITING)) return COMPLAINT_OK;
    int64_t *notices = cpl_arena_alloc(&r->arena, rows->count * sizeof *notices);
    if (!notices) return cpl_restore_memory(r);
    for (size_t i = 0; i < rows->count; i++) {
        complaint_value *row = rows->items[i].values;
        if (!waits(row)) continue;
        notices[count++] = row[SEQ].integer;
        silence_row(r, row);
    }
    return count ? log_silence(r, notices, count) : COMPLAINT_OK;
}

/* A link to what is left out has no other side. */
static complaint_status insert_rows(cpl_reader *r) {
    enum { OTHER = 2 };
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; i < CPL_STREAM_TABLES; i++) {
        const cpl_rows *rows = &r->stream.rows[i];
        for (size_t k = 0; s == COMPLAINT_OK && k < rows->count; k++) {
            const complaint_value *row = rows->items[k].values;
            if (cpl_stream_tables[i] != CPL_LINK || !cpl_is_refused(r, row[OTHER].integer)) s = insert(r, cpl_stream_tables[i], row + 1);
        }
    }
    return s;
}

/* What was given is not given again, whether its case is taken or not. */
static complaint_status note_number(cpl_reader *r, const cpl_case *c, bool taken) {
    size_t i = 0;
    while (i < r->year_count && r->years[i].year != c->fiscal_year) i++;
    if (i == CPL_ARCHIVE_YEARS) return cpl_restore_fault(r, "complaint_register", "ปีงบประมาณมากเกินไป", "too many fiscal years");
    if (i == r->year_count) r->years[r->year_count++] = (cpl_archive_year){.year = c->fiscal_year};
    r->years[i].count += taken;
    if (c->number > r->years[i].last) r->years[i].last = c->number;
    const complaint_value v[] = {cpl_int(c->fiscal_year), cpl_int(c->number), cpl_int(c->id)};
    return taken ? insert(r, CPL_NUMBER, v) : COMPLAINT_OK;
}

static complaint_status insert_case(cpl_reader *r) {
    cpl_case nothing;
    int32_t from = r->batch.count;
    cpl_case_init(&nothing, &r->arena, r->stream.id);
    cpl_project(&r->batch, r->d->office, &nothing, &r->stream.c, NULL);
    complaint_status s = weigh(r, from);
    return s == COMPLAINT_OK && r->stream.c.number ? note_number(r, &r->stream.c, true) : s;
}

static complaint_status take_stream(cpl_reader *r) {
    complaint_status s = silence(r);
    if (s == COMPLAINT_OK) s = insert_rows(r);
    if (s == COMPLAINT_OK && r->stream.kind == CPL_STREAM_CASE) s = insert_case(r);
    if (s != COMPLAINT_OK) return s;
    r->tally.cases += r->stream.kind == CPL_STREAM_CASE;
    r->tally.messages += r->stream.kind == CPL_STREAM_MESSAGE;
    r->tally.events += (int64_t)r->stream.rows[cpl_stream_table(CPL_EVENT)].count;
    r->tally.evidence += (int64_t)r->stream.rows[cpl_stream_table(CPL_EVIDENCE)].count;
    return COMPLAINT_OK;
}

static int64_t member_of(cpl_str payload, const char *name) {
    cpl_scan scan;
    cpl_scan_init(&scan, payload);
    bool found = cpl_scan_next(&scan) == CPL_SCAN_OBJECT && cpl_scan_find(&scan, name) && cpl_scan_next(&scan) == CPL_SCAN_INT;
    return found ? scan.integer : 0;
}

/* What can still be read of its log says which number it had. */
static complaint_status leave_stream(cpl_reader *r) {
    enum { KIND = 3, PAYLOAD = 12 };
    const cpl_rows *events = &r->stream.rows[cpl_stream_table(CPL_EVENT)];
    cpl_case c = {.id = r->stream.id};
    for (size_t i = 0; i < events->count; i++) {
        const complaint_value *row = events->items[i].values;
        if (row[KIND].integer != CPL_EV_REGISTER) continue;
        c.fiscal_year = member_of(cpl_value_str(&row[PAYLOAD]), "year");
        c.number = member_of(cpl_value_str(&row[PAYLOAD]), "number");
    }
    r->tally.refused++;
    return c.number > 0 && c.fiscal_year > 0 ? note_number(r, &c, false) : COMPLAINT_OK;
}

static complaint_status prove_stream(cpl_reader *r) {
    complaint_status s = cpl_archived_prove(r->d, &r->view, &r->definitions, &r->stream, &r->arena);
    if (s == COMPLAINT_OK) s = cpl_note_stream(r);
    return cpl_refuse_stream(r, s);
}

static complaint_status end_stream(cpl_reader *r) {
    complaint_status s = cpl_refuse_stream(r, cpl_end_item(r));
    if (s == COMPLAINT_OK && !r->counts) {
        s = settle(r, true); /* the definitions */
        r->counts = true;
    }
    if (s != COMPLAINT_OK || r->stream.id == 0) return s;
    s = prove_stream(r);
    if (s == COMPLAINT_OK && !r->broken) s = cpl_refuse_stream(r, take_stream(r));
    if (s == COMPLAINT_OK && r->broken) s = leave_stream(r);
    if (r->stream.id > r->last_stream) r->last_stream = r->stream.id;
    r->stream = (cpl_archived){0};
    return s == COMPLAINT_OK ? settle(r, false) : s;
}

static complaint_status begin_stream(cpl_reader *r, int64_t id) {
    complaint_status s = end_stream(r);
    if (s != COMPLAINT_OK) return s;
    r->stream.id = id;
    r->at_table = 0;
    r->broken = r->refused.without && cpl_is_refused(r, id);
    if (id <= r->last_stream) s = cpl_restore_fault(r, "stream", "รายการไม่อยู่ในลำดับ หรือซ้ำ", "streams are out of order, or one is there twice");
    else if (r->doubt) s = cpl_restore_fault(r, "line", "อ่านบรรทัดก่อนหน้าซึ่งอาจเป็นของรายการนี้ไม่ได้", "a line before it, which may belong to it, cannot be read");
    r->doubt = false;
    return cpl_refuse_stream(r, s);
}

/* The row in the stream, its office before it and the number of its line behind it; NULL when out of memory. */
static const complaint_value *keep_row(cpl_reader *r, cpl_rows *rows, const complaint_value *values, int32_t count) {
    complaint_value with_office[CPL_LINE_COLUMNS + 2] = {cpl_txt(r->d->office)};
    memcpy(with_office + 1, values, (size_t)count * sizeof *values);
    with_office[count + 1] = cpl_int(r->line);
    const complaint_value *row = copy_values(r, with_office, count + 2);
    if (!row) return NULL;
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity ? 2 * rows->capacity : 8;
        cpl_row *grown = cpl_arena_alloc(&r->arena, capacity * sizeof *grown);
        if (!grown) return NULL;
        if (rows->count) memcpy(grown, rows->items, rows->count * sizeof *grown);
        rows->items = grown;
        rows->capacity = capacity;
    }
    rows->items[rows->count++] = (cpl_row){(complaint_value *)row, count + 1};
    return row;
}

static complaint_status keep_line(cpl_reader *r, int at, int32_t table, const complaint_value *values) {
    if (at < r->at_table) return cpl_restore_fault(r, complaint_schema_table_name(table), "แถวไม่อยู่ในลำดับ", "the rows of a stream are out of order");
    r->at_table = at;
    const complaint_value *row = keep_row(r, &r->stream.rows[at], values, cpl_line_count(table));
    if (!row) return cpl_restore_memory(r);
    return table == CPL_EVIDENCE ? cpl_begin_item(r, row + 1) : COMPLAINT_OK;
}

static complaint_status take_row(cpl_reader *r, int32_t table, const complaint_value *values) {
    bool same = values[0].integer == r->stream.id;
    if (same) r->doubt = false; /* what stands between two rows of a stream is of it */
    complaint_status s = same ? cpl_refuse_stream(r, cpl_end_item(r)) : begin_stream(r, values[0].integer);
    return s == COMPLAINT_OK ? cpl_refuse_stream(r, keep_line(r, cpl_stream_table(table), table, values)) : s;
}

/* ---- what belongs to no stream ------------------------------------------------------------------------------------------------------ */

static complaint_status take_head(cpl_reader *r, const complaint_value *v) {
    char said[CPL_QUOTE_SIZE];
    if (v[CPL_HEAD_FORMAT].integer != CPL_ARCHIVE_FORMAT || v[CPL_HEAD_MAJOR].integer > CPL_SCHEMA_MAJOR || v[CPL_HEAD_MINOR].integer > CPL_SCHEMA_MINOR)
        return cpl_failf(r->e, COMPLAINT_E_SCHEMA_NEWER, "complaint_archive", "แฟ้มเป็นรุ่น %lld (ตาราง %lld.%lld) ใหม่กว่าโปรแกรม", "the archive has format %lld and schema %lld.%lld, newer than this library",
                         (long long)v[CPL_HEAD_FORMAT].integer, (long long)v[CPL_HEAD_MAJOR].integer, (long long)v[CPL_HEAD_MINOR].integer);
    cpl_str office = cpl_value_str(&v[CPL_HEAD_OFFICE]);
    if (!cpl_str_eq(office, r->d->office))
        return cpl_failf(r->e, COMPLAINT_E_INVALID, "office", "แฟ้มเป็นของสำนักงาน “%s” ไม่ใช่ “%s”", "the archive is of office “%s”, not of “%s”", cpl_quote(office, said), r->d->office_bytes);
    r->section = CPL_AT_DEFINITIONS;
    return COMPLAINT_OK;
}

typedef struct lookup {
    cpl_reader *r;
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

static complaint_status insert_copy(cpl_reader *r, int32_t table, const complaint_value *values) {
    const complaint_value *kept = copy_values(r, values, cpl_line_count(table));
    return kept ? insert(r, table, kept) : cpl_restore_memory(r);
}

static complaint_status keep_definition(cpl_reader *r, cpl_str kind, cpl_str digest) {
    cpl_definitions *list = &r->definitions;
    cpl_definition kept;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 16;
        cpl_definition *grown = cpl_resize(&r->d->memory, list->items, capacity, sizeof *grown);
        if (!grown) return cpl_restore_memory(r);
        list->items = grown;
        list->capacity = capacity;
    }
    if (!cpl_arena_str(&r->kept, kind, &kept.kind) || !cpl_arena_str(&r->kept, digest, &kept.digest)) return cpl_restore_memory(r);
    list->items[list->count++] = kept;
    return COMPLAINT_OK;
}

/* Those of the desk itself are there since it was opened. */
static complaint_status take_definition(cpl_reader *r, const complaint_value *values) {
    enum { KIND, DIGEST, BODY };
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_str kind = cpl_value_str(&values[KIND]), digest = cpl_value_str(&values[DIGEST]);
    lookup l = {.r = r, .key = &values[KIND]};
    if (r->section != CPL_AT_DEFINITIONS) return cpl_restore_fault(r, "complaint_definition", "คำนิยามต้องอยู่ต้นแฟ้ม", "definitions stand at the beginning");
    cpl_sha256_hex(cpl_value_str(&values[BODY]), hex);
    if (!cpl_str_is(digest, hex)) return cpl_restore_fault(r, "complaint_definition.digest", "คำนิยามถูกแก้ไข", "a definition does not match its digest");
    if (cpl_is_defined(&r->definitions, kind, digest)) return cpl_restore_fault(r, "complaint_definition", "คำนิยามซ้ำ", "a definition is there twice");
    complaint_status s = cpl_desk_reading(r->d, find_definition, &l);
    if (s == COMPLAINT_OK && !l.found) s = insert_copy(r, CPL_DEFINITION, values);
    if (s == COMPLAINT_OK) s = keep_definition(r, kind, digest);
    r->tally.definitions += s == COMPLAINT_OK;
    return s;
}

/* An answer about what is left out, or is not there, would be about nothing. */
static bool is_about_refused(const cpl_reader *r, const complaint_value *values) {
    enum { CASE = 3, MESSAGE };
    return cpl_line_is_left_out(r) || cpl_is_refused(r, values[CASE].integer) || cpl_is_refused(r, values[MESSAGE].integer);
}

static complaint_status take_request(cpl_reader *r, const complaint_value *values) {
    enum { CASE = 3, MESSAGE };
    cpl_str key = cpl_value_str(&values[0]);
    if (key.n == 0) return cpl_restore_fault(r, "complaint_request.request", "คำขอไม่มีรหัส", "a request has no id"); /* such a row says something else: restore_unfinished.c */
    complaint_status s = r->section == CPL_AT_REQUESTS ? COMPLAINT_OK : end_stream(r);
    if (s != COMPLAINT_OK) return s;
    r->section = CPL_AT_REQUESTS;
    if (r->last_request.p && cpl_str_cmp(r->last_request, key) >= 0) return cpl_restore_fault(r, "complaint_request", "คำขอไม่อยู่ในลำดับ หรือซ้ำ", "requests are out of order, or one is there twice");
    s = settle(r, false);
    if (s == COMPLAINT_OK && !cpl_arena_str(&r->kept, key, &r->last_request)) return cpl_restore_memory(r);
    if (s == COMPLAINT_OK) s = cpl_prove_request(r, values[CASE].integer, values[MESSAGE].integer);
    return s == COMPLAINT_OK && !is_about_refused(r, values) ? insert_copy(r, CPL_REQUEST, values) : s;
}

/* Numbers run without a gap, so the last one is their number; but where a case is left out. */
static complaint_status insert_registers(cpl_reader *r) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < r->year_count; i++) {
        const cpl_archive_year *y = &r->years[i];
        const complaint_value v[] = {cpl_int(y->year), cpl_int(y->count), cpl_int(y->last)};
        if (y->count != y->last && r->tally.refused == 0) s = cpl_restore_fault(r, "complaint_register", "เลขทะเบียนขาดช่วง", "a register number is missing");
        if (s == COMPLAINT_OK) s = insert(r, CPL_REGISTER, v);
    }
    return s;
}

static complaint_status prove_whole(cpl_reader *r, const complaint_value *v, const uint8_t digest[CPL_HASH_SIZE]) {
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_hex(digest, CPL_HASH_SIZE, hex);
    if (v[CPL_END_LINES].integer != r->line - 1) return cpl_restore_fault(r, "lines", "จำนวนบรรทัดไม่ตรงกับที่บอกไว้", "there are not as many lines as the last one says");
    if (!cpl_str_is(cpl_value_str(&v[CPL_END_DIGEST]), hex)) return cpl_restore_fault(r, "digest", "แฟ้มถูกแก้ไข", "the archive was altered: its digest is another");
    return COMPLAINT_OK;
}

static complaint_status finish(cpl_reader *r) {
    complaint_status s = cpl_refuse_what_hangs(r);
    if (s == COMPLAINT_OK) s = cpl_refuse(r, 0, insert_registers(r));
    r->ends = true;
    return s == COMPLAINT_OK ? settle(r, true) : s;
}

static complaint_status take_end(cpl_reader *r, const complaint_value *v, const uint8_t digest[CPL_HASH_SIZE]) {
    complaint_status s = end_stream(r);
    if (s == COMPLAINT_OK) s = cpl_refuse(r, 0, prove_whole(r, v, digest));
    if (s == COMPLAINT_OK) s = finish(r);
    r->section = CPL_AT_END;
    return s;
}

/* ---- the walk ------------------------------------------------------------------------------------------------------------------------ */

static complaint_status misplaced(cpl_reader *r, int32_t table) {
    if (r->section == CPL_AT_HEAD) return cpl_failf(r->e, COMPLAINT_E_INVALID, "complaint_archive", "บรรทัดแรกไม่ใช่หัวแฟ้ม ไม่ใช่แฟ้มของระบบนี้", "the first line is not an archive's");
    if (r->section == CPL_AT_END) return cpl_restore_fault(r, "line", "มีบรรทัดต่อจากบรรทัดสุดท้าย", "there is something behind the last line");
    return cpl_restore_fault(r, table < CPL_TABLE_COUNT ? complaint_schema_table_name(table) : "complaint_archive", "บรรทัดนี้ไม่ควรอยู่ที่นี่", "this line does not belong here");
}

static complaint_status take_line(cpl_reader *r, int32_t table, const complaint_value *values, const uint8_t before[CPL_HASH_SIZE]) {
    if (r->section == CPL_AT_HEAD) return table == CPL_LINE_HEAD ? take_head(r, values) : misplaced(r, table);
    if (r->section == CPL_AT_END || table == CPL_LINE_HEAD) return cpl_refuse(r, 0, misplaced(r, table));
    if (table == CPL_LINE_END) return take_end(r, values, before);
    if (table == CPL_DEFINITION) return cpl_refuse(r, 0, take_definition(r, values));
    if (table == CPL_REQUEST) return cpl_refuse(r, 0, take_request(r, values));
    if (r->section == CPL_AT_REQUESTS) return cpl_refuse(r, 0, misplaced(r, table));
    if (table == CPL_CHUNK) return cpl_refuse_stream(r, cpl_take_chunk(r, values));
    if (cpl_stream_table(table) < 0) return cpl_refuse(r, 0, misplaced(r, table));
    if (values[0].integer == 0) return cpl_refuse(r, 0, misplaced(r, table)); /* it is a row of nothing */
    r->section = CPL_AT_STREAMS;
    return take_row(r, table, values);
}

/* A line that cannot be read: of the stream that it names, else of whatever is before and behind it. */
static complaint_status refuse_line(cpl_reader *r, cpl_str line, complaint_status s) {
    int32_t table = -1;
    int64_t owner = 0;
    complaint_error why = *r->e;
    if (r->section == CPL_AT_HEAD || !r->refused.goes_on) return s;
    cpl_line_place(line, &r->line_arena, &table, &owner);
    if (table == CPL_DEFINITION || table == CPL_REQUEST || r->section == CPL_AT_REQUESTS || r->section == CPL_AT_END) return cpl_refuse(r, 0, s);
    if (owner && owner != r->stream.id) {
        complaint_status begun = begin_stream(r, owner);
        if (begun != COMPLAINT_OK) return begun;
    }
    r->section = CPL_AT_STREAMS;
    r->doubt = owner == 0 && table != CPL_CHUNK;
    *r->e = why;
    return r->stream.id ? cpl_refuse_stream(r, s) : cpl_refuse(r, 0, s);
}

static complaint_status read_line(cpl_reader *r, cpl_str line) {
    complaint_value values[CPL_LINE_COLUMNS];
    uint8_t before[CPL_HASH_SIZE];
    int32_t table = 0;
    memcpy(before, r->digest, sizeof before);
    r->tally.lines = r->line;
    cpl_arena_free(&r->line_arena);
    cpl_arena_init(&r->line_arena, &r->d->memory);
    cpl_line_digest(r->digest, line, &r->scratch);
    if (r->scratch.failed) return cpl_restore_memory(r);
    complaint_status s = cpl_line_read(line, &r->line_arena, &table, values, r->e);
    if (s != COMPLAINT_OK) return refuse_line(r, line, s);
    return take_line(r, table, values, before);
}

/* What is there of a stream whose end is not may have lost an event. */
static complaint_status cut_short(cpl_reader *r, complaint_status s) {
    if (r->section == CPL_AT_HEAD) return misplaced(r, CPL_TABLE_COUNT); /* not even a head */
    if (r->section == CPL_AT_STREAMS && r->stream.id) {
        complaint_error why = *r->e;
        complaint_status stream = cpl_refuse_stream(r, s);
        if (stream == COMPLAINT_OK) stream = end_stream(r);
        if (stream != COMPLAINT_OK) return stream;
        *r->e = why;
    }
    s = cpl_refuse(r, 0, s);
    return s == COMPLAINT_OK ? finish(r) : s;
}

static complaint_status no_end(cpl_reader *r) {
    r->line++;
    return cut_short(r, cpl_restore_fault(r, "complaint_archive_end", "ไม่มีบรรทัดปิดท้าย แฟ้มถูกตัด", "the closing line is missing: the archive was cut short"));
}

static complaint_status read_all(cpl_reader *r) {
    bool found = true, whole = true;
    complaint_status s = COMPLAINT_OK;
    while (s == COMPLAINT_OK && found) {
        cpl_str line;
        s = next_line(r, &line, &found, &whole);
        if (s == COMPLAINT_OK && found) s = read_line(r, line);
    }
    if (s != COMPLAINT_OK) return s;
    if (!whole) return cut_short(r, cpl_restore_fault(r, "line", "บรรทัดสุดท้ายไม่ครบ แฟ้มถูกตัด", "the last line is not whole: the archive was cut short"));
    return r->section == CPL_AT_END ? s : no_end(r);
}

/* ---- before anything is read ------------------------------------------------------------------------------------------------------------ */

static complaint_status begin(cpl_reader *r, const complaint_actor *a, const complaint_page *without) {
    complaint_desk *d = r->d;
    if (d->mode == COMPLAINT_READ && !r->checks) return cpl_fail(r->e, COMPLAINT_E_READ_ONLY, "desk");
    complaint_status s = cpl_archive_view(d, a, &r->view);
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &r->now, r->e);
    if (s == COMPLAINT_OK) s = cpl_begin_refusals(r, without);
    return s == COMPLAINT_OK && !r->checks ? cpl_desk_reading(d, cpl_look_for_rows, r) : s;
}

static cpl_reader *new_reader(complaint_desk *d, complaint_read_fn read, void *context, int32_t flags, bool checks) {
    cpl_reader *r = cpl_alloc_zero(&d->memory, 1, sizeof *r);
    if (!r) return NULL;
    *r = (cpl_reader){.d = d, .e = &d->error, .flags = flags, .checks = checks, .read = read, .context = context};
    cpl_buf_init(&r->input, &d->memory);
    cpl_buf_init(&r->scratch, &d->memory);
    cpl_buf_init(&r->item, &d->memory);
    cpl_arena_init(&r->arena, &d->memory);
    cpl_arena_init(&r->line_arena, &d->memory);
    cpl_arena_init(&r->kept, &d->memory);
    cpl_batch_init(&r->batch, &r->arena);
    return r;
}

static void free_reader(cpl_reader *r) {
    complaint_desk *d = r->d;
    cpl_end_refusals(r);
    cpl_free(&d->memory, r->items);
    cpl_free(&d->memory, r->definitions.items);
    cpl_buf_free(&r->input);
    cpl_buf_free(&r->scratch);
    cpl_buf_free(&r->item);
    cpl_arena_free(&r->arena);
    cpl_arena_free(&r->line_arena);
    cpl_arena_free(&r->kept);
    cpl_free(&d->memory, r);
}

static complaint_status read_archive(cpl_reader *r, const complaint_actor *a, const complaint_page *without) {
    complaint_status s = begin(r, a, without);
    if (s == COMPLAINT_OK) s = read_all(r);
    if (s != COMPLAINT_OK && r->line && r->e->line == 0) r->e->line = r->line;
    return s;
}

/* The first fault is the answer; the page has all of them. */
static complaint_status give_refused(cpl_reader *r, complaint_page **refused) {
    complaint_page *page = r->refused.page;
    r->refused.page = NULL;
    if (refused) {
        complaint_status s = cpl_page_finish(page, refused, r->e);
        if (s != COMPLAINT_OK) return s;
    } else complaint_page_free(page);
    return cpl_tell_damage(r->d, COMPLAINT_OK, &r->refused.first);
}

complaint_status cpl_archive_check(complaint_desk *d, const complaint_actor *a, complaint_read_fn read, void *context, complaint_page **refused, complaint_page **tally) {
    cpl_reader *r = new_reader(d, read, context, 0, true);
    complaint_page *counts = NULL;
    if (!r) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = read_archive(r, a, NULL);
    if (s == COMPLAINT_OK && tally) s = cpl_archive_tally_page(d, &r->tally, &counts);
    if (s == COMPLAINT_OK) s = give_refused(r, refused);
    if (s == COMPLAINT_E_MEMORY) complaint_page_free(counts);
    else if (counts) *tally = counts;
    free_reader(r);
    return s;
}

complaint_status cpl_archive_read(complaint_desk *d, const complaint_actor *a, complaint_read_fn read, void *context, int32_t flags, const complaint_page *without, complaint_page **tally) {
    cpl_reader *r = new_reader(d, read, context, flags, false);
    if (!r) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = read_archive(r, a, without);
    if (s == COMPLAINT_OK && tally) s = cpl_archive_tally_page(d, &r->tally, tally);
    free_reader(r);
    return s;
}
