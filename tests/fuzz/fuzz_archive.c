/*
 * Archives, fed with anything: a text as it stands, or the archive of a whole life whose rows were changed as the input says and whose chains and digests were then made right again, so that what is hostile is not
 * refused for its digest alone. Streams come in pieces of any size.
 *
 * What a check (which writes nothing) does not find right is left out, and the rest can be read in: an office like any other, in which verify finds nothing, whose cases can be looked at, and whose archive a check finds whole.
 */
#include "life.h"
#include "office.h"

#include "desk/archive.h"

#include <complaint/archive.h>
#include <complaint/schema.h>

enum { MOST_LINES = 512, MOST_EDITS = 8, WIDEST = CPL_LINE_COLUMNS };

typedef struct row {
    int32_t table;
    complaint_value values[WIDEST];
} row;

/* ---- the archive of a life ---- */

static int32_t COMPLAINT_CALL gather(void *context, const void *data, size_t size) {
    cpl_buf_put(context, data, size);
    return 0;
}

/* Policies and calendars are long, and have fuzz targets of their own: the events cite short ones in their place. */
static void shorten(row *definition, row *lines, size_t count, cpl_arena *arena) {
    enum { DIGEST = 1, BODY = 2, PAYLOAD = 11, HEX = 2 * CPL_HASH_SIZE };
    cpl_str body = {(const char *)definition->values[BODY].data, 40 + (size_t)(definition - lines)}, old = cpl_value_str(&definition->values[DIGEST]), made;
    char hex[HEX + 1];
    cpl_sha256_hex(body, hex);
    PROMISE(cpl_arena_str(arena, (cpl_str){hex, HEX}, &made));
    for (size_t i = 0; i < count; i++) {
        cpl_str payload = lines[i].table == CPL_EVENT ? cpl_value_str(&lines[i].values[PAYLOAD]) : CPL_LIT("");
        for (size_t at = 0; at + HEX <= payload.n; at++)
            if (memcmp(payload.p + at, old.p, HEX) == 0) memcpy((char *)(uintptr_t)payload.p + at, hex, HEX); /* the arena's own copy */
    }
    definition->values[DIGEST] = cpl_txt(made);
    definition->values[BODY] = cpl_blob(body.p, body.n);
}

static size_t base(const row **lines) {
    static cpl_arena arena;
    static row all[MOST_LINES];
    static size_t count;
    size_t size, done = 0;
    const char *text = life_archive(&size);
    *lines = all;
    if (count) return count;
    cpl_arena_init(&arena, &cpl_memory_default);
    while (done < size) {
        const char *end = memchr(text + done, '\n', size - done);
        PROMISE(end && count < MOST_LINES);
        cpl_str line = {text + done, (size_t)(end - text) - done};
        PROMISE(cpl_line_read(line, &arena, &all[count].table, all[count].values, NULL) == COMPLAINT_OK);
        count++;
        done += line.n + 1;
    }
    for (size_t i = 0; i < count; i++)
        if (all[i].table == CPL_DEFINITION) shorten(&all[i], all, count, &arena);
    return count;
}

/* ---- edits ---- */

typedef struct draft {
    cpl_arena arena;
    row *lines;
    size_t count;
} draft;

static void splice(draft *d, complaint_value *v, fuzz_bytes *b) {
    size_t at = v->size ? fuzz_below(b, 4096) % (v->size + 1) : 0, cut = fuzz_byte(b);
    fuzz_chunk c = fuzz_take(b);
    if (v->type != COMPLAINT_TEXT && v->type != COMPLAINT_BLOB) return;
    if (cut > v->size - at) cut = v->size - at;
    char *made = cpl_arena_alloc(&d->arena, v->size + c.n + 1);
    PROMISE(made);
    if (at) memcpy(made, v->data, at);
    if (c.n) memcpy(made + at, c.p, c.n);
    if (v->size - at - cut) memcpy(made + at + c.n, (const char *)v->data + at + cut, v->size - at - cut);
    v->data = made;
    v->size = v->size - cut + c.n;
}

static void set_bytes(complaint_value *v, fuzz_bytes *b) {
    fuzz_chunk c = fuzz_take(b);
    if (v->type == COMPLAINT_TEXT || v->type == COMPLAINT_BLOB) *v = (complaint_value){.type = v->type, .data = c.n ? c.p : "", .size = c.n};
}

static void move_line(draft *d, size_t from, size_t to) {
    row moved = d->lines[from];
    for (; from < to; from++) d->lines[from] = d->lines[from + 1];
    for (; from > to; from--) d->lines[from] = d->lines[from - 1];
    d->lines[to] = moved;
}

static void edit(draft *d, fuzz_bytes *b) {
    size_t at = fuzz_below(b, (uint32_t)d->count > 256 ? (uint32_t)d->count : 257) % d->count;
    uint32_t op = fuzz_below(b, 12);
    row *line = &d->lines[at];
    complaint_value *v = &line->values[fuzz_below(b, (uint32_t)cpl_line_count(line->table))];
    switch (op) {
    case 0:
        move_line(d, at, d->count - 1);
        d->count--;
        break;
    case 1:
        if (d->count == MOST_LINES) break;
        d->lines[d->count++] = *line;
        move_line(d, d->count - 1, at + 1);
        break;
    case 2: move_line(d, at, fuzz_below(b, (uint32_t)d->count)); break;
    case 3: *v = d->lines[fuzz_below(b, (uint32_t)d->count)].values[fuzz_below(b, WIDEST)]; break;
    case 4: *v = (complaint_value){.type = COMPLAINT_NULL}; break;
    case 5: set_bytes(v, b); break;
    case 6:
    case 7:
    case 8: splice(d, v, b); break;
    default:
        if (v->type == COMPLAINT_INT64) v->integer = fuzz_int(b);
        break;
    }
}

/* ---- chains and digests made right again ---- */

static void seal_events(draft *d) {
    complaint_value full[WIDEST + 1] = {{.type = COMPLAINT_NULL}};
    uint8_t last[CPL_HASH_SIZE] = {0};
    int64_t stream = 0;
    enum { STREAM = 0, PREV = 13, HASH = 14 };
    for (size_t i = 0; i < d->count; i++) {
        complaint_value *v = d->lines[i].values;
        cpl_event ev;
        if (d->lines[i].table != CPL_EVENT) continue;
        if (v[STREAM].integer != stream) memset(last, 0, sizeof last);
        stream = v[STREAM].integer;
        uint8_t *hashes = cpl_arena_alloc(&d->arena, 2 * CPL_HASH_SIZE);
        PROMISE(hashes);
        memcpy(hashes, last, sizeof last);
        v[PREV] = cpl_blob(hashes, CPL_HASH_SIZE);
        v[HASH] = cpl_blob(hashes + CPL_HASH_SIZE, CPL_HASH_SIZE);
        memcpy(full + 1, v, (size_t)cpl_line_count(CPL_EVENT) * sizeof *v);
        if (cpl_event_from_row(full, &ev, NULL) != COMPLAINT_OK) return;
        cpl_event_hash(cpl_value_str(&d->lines[0].values[CPL_HEAD_OFFICE]), &ev, hashes + CPL_HASH_SIZE);
        memcpy(last, hashes + CPL_HASH_SIZE, sizeof last);
    }
}

/* A blob that is empty has no first byte to look at. */
static void write_line(cpl_buf *out, const row *line) {
    row safe = *line;
    for (int32_t i = 0; i < cpl_line_count(line->table); i++)
        if ((safe.values[i].type == COMPLAINT_TEXT || safe.values[i].type == COMPLAINT_BLOB) && !safe.values[i].size) safe.values[i].data = "";
    cpl_line_write(out, safe.table, safe.values);
}

static void write_draft(draft *d, bool right, cpl_buf *out) {
    uint8_t digest[CPL_HASH_SIZE] = {0};
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_buf scratch;
    cpl_buf_init(&scratch, &cpl_memory_default);
    for (size_t i = 0; i < d->count; i++) {
        row *line = &d->lines[i];
        size_t begin = out->size;
        if (line->table == CPL_LINE_END && right) {
            cpl_hex(digest, sizeof digest, hex);
            line->values[CPL_END_LINES] = cpl_int((int64_t)i);
            line->values[CPL_END_DIGEST] = cpl_txt(cpl_str_of(hex));
        }
        write_line(out, line);
        cpl_line_digest(digest, (cpl_str){out->data + begin, out->size - begin - 1}, &scratch);
    }
    cpl_buf_free(&scratch);
}

static void edited(fuzz_bytes *b, cpl_buf *out) {
    const row *lines;
    draft d = {.count = base(&lines)};
    uint8_t how = fuzz_byte(b);
    d.lines = malloc(MOST_LINES * sizeof *d.lines);
    PROMISE(d.lines);
    memcpy(d.lines, lines, d.count * sizeof *lines);
    cpl_arena_init(&d.arena, &cpl_memory_default);
    for (int i = 0; i < MOST_EDITS && b->n; i++) edit(&d, b);
    if (how & 1) seal_events(&d);
    write_draft(&d, how & 2, out);
    cpl_arena_free(&d.arena);
    free(d.lines);
}

/* ---- reading ---- */

typedef struct source {
    cpl_str left;
    size_t piece;
} source;

static complaint_status COMPLAINT_CALL take(void *context, void *buffer, size_t capacity, size_t *got) {
    source *s = context;
    size_t n = s->left.n < capacity ? s->left.n : capacity;
    if (n > s->piece) n = s->piece;
    if (n) memcpy(buffer, s->left.p, n);
    s->left.p += n;
    s->left.n -= n;
    *got = n;
    return COMPLAINT_OK;
}

/* What is said of a failure is said in both languages; an output is given if and only if the answer says so. */
static complaint_status told(office *o, complaint_status s) {
    const complaint_error *e = complaint_desk_error(o->desk);
    PROMISE(cpl_status_known(s) && CPL_CLASS(s) != COMPLAINT_E_INTERNAL && complaint_error_status(e) == s);
    if (s != COMPLAINT_OK) PROMISE(*complaint_error_text(e, COMPLAINT_THAI) && *complaint_error_text(e, COMPLAINT_ENGLISH));
    return s;
}

static complaint_status check_archive(office *o, cpl_str text, size_t piece, complaint_page **refused) {
    source from = {text, piece};
    complaint_page *tally = NULL;
    complaint_status s = told(o, complaint_archive_check(o->desk, o->everybody, take, &from, refused, &tally));
    PROMISE((*refused != NULL) == (tally != NULL));
    if (s == COMPLAINT_OK) PROMISE(*refused && complaint_page_count(*refused) == 0);
    if (*refused) PROMISE((s == COMPLAINT_OK) == (complaint_page_count(*refused) == 0));
    complaint_page_free(tally);
    return s;
}

static complaint_status read_archive(office *o, cpl_str text, size_t piece, int32_t flags, const complaint_page *without) {
    source from = {text, piece};
    complaint_page *tally = NULL;
    complaint_status s = told(o, complaint_archive_read(o->desk, o->everybody, take, &from, flags, without, &tally));
    PROMISE((s == COMPLAINT_OK) == (tally != NULL));
    complaint_page_free(tally);
    return s;
}

/* Nothing is wrong, but that what was left out leaves gaps in the register. */
static void verify_restored(office *o, fuzz *f, bool gaps) {
    complaint_page *findings = NULL;
    int64_t checked = 0;
    complaint_status s = complaint_desk_verify(o->desk, o->everybody, 0, NULL, 0, &findings, &checked);
    for (int64_t i = 0; i < complaint_page_count(findings); i++) {
        bool gap = gaps && strcmp(complaint_page_text_of(findings, i, "what"), "number") == 0;
        if (!gap) fprintf(stderr, "verify: %s %s: %s\n", complaint_page_text_of(findings, i, "what"), complaint_page_text_of(findings, i, "subject"), complaint_page_text_of(findings, i, "en"));
        PROMISE(gap);
    }
    PROMISE(s == COMPLAINT_OK || (s == COMPLAINT_E_CORRUPT && findings) || (s == COMPLAINT_E_MEMORY && f->refused));
    complaint_page_free(findings);
}

static void check_restored(office *o, fuzz *f, bool gaps) {
    complaint_page *page = NULL;
    cpl_buf again;
    cpl_buf_init(&again, &f->memory);
    verify_restored(o, f, gaps);
    complaint_status s = complaint_desk_worklist(o->desk, o->everybody, COMPLAINT_WORK_OPEN, NULL, 0, &page);
    PROMISE(s == COMPLAINT_OK || (s == COMPLAINT_E_MEMORY && f->refused));
    complaint_page_free(page);
    page = NULL;
    s = complaint_archive_write(o->desk, o->everybody, gather, &again, NULL);
    PROMISE(s == COMPLAINT_OK || (s == COMPLAINT_E_MEMORY && f->refused));
    if (s == COMPLAINT_OK && !again.failed && !gaps) {
        s = check_archive(o, (cpl_str){again.data, again.size}, 4096, &page);
        if (s != COMPLAINT_OK && s != COMPLAINT_E_MEMORY) fprintf(stderr, "%s\n", complaint_error_text(complaint_desk_error(o->desk), COMPLAINT_ENGLISH));
        PROMISE(s == COMPLAINT_OK || (s == COMPLAINT_E_MEMORY && f->refused));
        complaint_page_free(page);
    }
    cpl_buf_free(&again);
}

static complaint_status open_empty(office *o, fuzz *f) {
    complaint_status s = office_open(o, &f->memory, life_office()->policy, NULL);
    complaint_actor_free(o->everybody);
    o->everybody = NULL;
    if (s == COMPLAINT_OK) s = complaint_actor_new(&f->memory, "everything", &o->everybody);
    if (s == COMPLAINT_OK) s = complaint_actor_add_role(o->everybody, "officer");
    o->now = life_office()->now;
    return s;
}

/* Checked, then read as the check says it can be. */
static void read_in(fuzz *f, cpl_str text, size_t piece, int32_t flags) {
    office o;
    complaint_page *refused = NULL;
    complaint_status s = open_empty(&o, f);
    if (s == COMPLAINT_OK) {
        complaint_status checked = check_archive(&o, text, piece, &refused);
        complaint_status done = read_archive(&o, text, piece, flags, checked == COMPLAINT_OK ? NULL : refused);
        if (!f->refused && refused && done != COMPLAINT_OK) fprintf(stderr, "checked: %s, read: %s: %s\n", complaint_status_name(checked), complaint_status_name(done), complaint_error_text(complaint_desk_error(o.desk), COMPLAINT_ENGLISH));
        if (!f->refused) PROMISE(refused ? done == COMPLAINT_OK : done == checked);
        if (done == COMPLAINT_OK) check_restored(&o, f, checked != COMPLAINT_OK);
    }
    complaint_page_free(refused);
    office_close(&o);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    cpl_buf made;
    bool raw = size && *data == '{';
    cpl_buf_init(&made, &cpl_memory_default);
    if (!raw) edited(&b, &made);
    cpl_str text = raw ? (cpl_str){(const char *)data, size} : (cpl_str){made.data, made.size};
    size_t piece = size % 7 == 0 ? 1 + size : 65536;
    read_in(f, text, piece, size % 3 == 0 ? COMPLAINT_ARCHIVE_KEEP_WAITING : 0);
    cpl_buf_free(&made);
}
