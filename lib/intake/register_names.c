/*
 * intake/register_names: what makes a row of a register this row and no other.
 *
 * Owns: the external ids of rows, the marks that rows have in the file of what was refused. Must not know: how cells are read, what was imported before.
 *
 * A row is known by its number, day and subject; its day, complainant and subject, where it has no number; of several that are alike in these, by their order. Among what was refused that order is
 * another, so there a row has a mark, which it had before it was put right, and is known by both. Only where no other row of the register could become like it, whatever its day is put right to, is it known
 * as in the register.
 */
#include "intake/register.h"

#include <inttypes.h>
#include <stdio.h>

enum { ID_HASH = CPL_HASH_SIZE / 2, MARK_HASH = 8 };

/* How many rows have had a digest until now. */
typedef struct namesake {
    uint8_t digest[CPL_HASH_SIZE];
    bool taken;
    size_t count, plain; /* plain: of them those that are known as in the register */
    size_t last;         /* the row that had it last */
} namesake;

/* Number or complainant, and subject, as rows are compared. */
typedef struct row_key {
    cpl_str parts[2];
} row_key;

typedef struct naming {
    cpl_register *reg;
    row_key *keys; /* by row, in the register's arena */
    cpl_normal *normal;
    complaint_error *e;
    namesake *places;
    size_t room; /* a power of two */
    cpl_buf b;
} naming;

static complaint_status out_of_memory(naming *n) { return cpl_fail(n->e, COMPLAINT_E_MEMORY, NULL); }

static namesake *place_of(naming *n, const uint8_t digest[CPL_HASH_SIZE]) {
    size_t at;
    memcpy(&at, digest, sizeof at);
    for (at &= n->room - 1; n->places[at].taken && memcmp(n->places[at].digest, digest, CPL_HASH_SIZE) != 0;) at = (at + 1) & (n->room - 1);
    memcpy(n->places[at].digest, digest, CPL_HASH_SIZE);
    n->places[at].taken = true;
    return &n->places[at];
}

/* ---- digests ---------------------------------------------------------------------------------------------------------------- */

/* Its place in the file is not among them, so that rows may be put right, added and sorted and the file imported again; nor are blanks, breaks and signs, and how it is said that there is no name. */
static complaint_status key_of(naming *n, const cpl_register_row *row, cpl_str key[2]) {
    cpl_arena *a = &n->reg->arena;
    cpl_str number = row->cells[CPL_COLUMN_NUMBER];
    cpl_str first = number.n || !row->complainant ? number.n ? number : row->cells[CPL_COLUMN_COMPLAINANT] : CPL_LIT("");
    if (!cpl_word_make(n->normal, a, first, &key[0]) || !cpl_word_make(n->normal, a, row->cells[CPL_COLUMN_SUBJECT], &key[1])) return out_of_memory(n);
    if (!number.n) cpl_word_close_up(&key[0]);
    cpl_word_close_up(&key[1]);
    return COMPLAINT_OK;
}

static void put_part(cpl_buf *b, cpl_str part) {
    cpl_buf_putc(b, '\n');
    cpl_buf_int(b, (int64_t)part.n);
    cpl_buf_putc(b, ':');
    cpl_buf_str(b, part);
}

/* What is digested of a row: which one it is; the same without the day, which is what is put right; the row as it stands, but where the complainant is reached, which no digest has. */
typedef enum { ROW, TIMELESS, WHOLE } part_of_row;

static complaint_status digest_of(naming *n, const cpl_register_row *row, part_of_row part, uint8_t digest[CPL_HASH_SIZE]) {
    static const char *const heads[] = {[ROW] = "", [TIMELESS] = "timeless ", [WHOLE] = "whole "};
    const cpl_str *key = n->keys[row->row - 1].parts;
    cpl_buf_clear(&n->b);
    cpl_buf_puts(&n->b, heads[part]);
    cpl_buf_puts(&n->b, row->cells[CPL_COLUMN_NUMBER].n ? "number " : "name ");
    if (part == ROW) cpl_buf_int(&n->b, row->received_day);
    for (size_t i = 0; i < 2; i++) put_part(&n->b, key[i]);
    if (part == WHOLE) put_part(&n->b, row->plain);
    if (n->b.failed) return out_of_memory(n);
    cpl_sha256((cpl_str){n->b.data, n->b.size}, digest);
    return COMPLAINT_OK;
}

/* ---- marks --------------------------------------------------------------------------------------------------------------------- */

static bool is_refused_file(const cpl_register *reg) { return reg->has_refused || reg->has_mark; }

/* A letter before the digits, so that no spreadsheet takes it for a number. */
static void write_mark(char letter, const uint8_t digest[CPL_HASH_SIZE], char mark[2 * MARK_HASH + 2]) {
    mark[0] = letter;
    cpl_hex(digest, MARK_HASH, mark + 1);
}

static complaint_status keep_mark(naming *n, cpl_register_row *row, cpl_str mark) {
    uint8_t digest[CPL_HASH_SIZE];
    char id[2 * MARK_HASH + 2];
    cpl_sha256(mark, digest);
    write_mark('r', digest, id);
    bool ok = cpl_arena_str(&n->reg->arena, mark, &row->mark) && cpl_arena_str(&n->reg->arena, cpl_str_of(id), &row->mark_id);
    return ok ? COMPLAINT_OK : out_of_memory(n);
}

/* As the row stands; rows that stand the same are told apart by their order. */
static complaint_status mark_whole(naming *n, cpl_register_row *row) {
    uint8_t digest[CPL_HASH_SIZE];
    char mark[2 * MARK_HASH + 2], numbered[64];
    complaint_status s = digest_of(n, row, WHOLE, digest);
    if (s != COMPLAINT_OK) return s;
    write_mark('r', digest, mark);
    (void)snprintf(numbered, sizeof numbered, "%s-%zu", mark, ++place_of(n, digest)->count);
    return keep_mark(n, row, cpl_str_of(numbered));
}

/* The mark that it came with; else one that says it is the only one of its kind in this register, or which. */
static complaint_status mark_row(naming *n, cpl_register_row *row) {
    uint8_t digest[CPL_HASH_SIZE];
    char alone[2 * MARK_HASH + 2];
    bool named = n->keys[row->row - 1].parts[0].n > 0, here = is_refused_file(n->reg); /* named: somebody can tell such rows apart */
    cpl_str given = row->cells[CPL_COLUMN_MARK];
    complaint_status s = digest_of(n, row, TIMELESS, digest);
    if (s != COMPLAINT_OK) return s;
    write_mark('a', digest, alone);
    row->marked = here && !cpl_str_is(given, alone);
    if (given.n) return keep_mark(n, row, given);
    return named && !here && place_of(n, digest)->count == 1 ? keep_mark(n, row, cpl_str_of(alone)) : mark_whole(n, row);
}

static complaint_status count_timeless(naming *n, const cpl_register_row *row) {
    uint8_t digest[CPL_HASH_SIZE];
    complaint_status s = key_of(n, row, n->keys[row->row - 1].parts);
    if (s == COMPLAINT_OK) s = digest_of(n, row, TIMELESS, digest);
    if (s == COMPLAINT_OK) place_of(n, digest)->count++;
    return s;
}

/* ---- ids ----------------------------------------------------------------------------------------------------------------------- */

/* Two rows with one number, day and subject may be two matters, or one that was typed twice: it is imported, and said. */
static complaint_status say_repeated(naming *n, const cpl_register_row *row, const cpl_register_row *before) {
    bool whole = cpl_str_eq(row->whole, before->whole), numbered = row->cells[CPL_COLUMN_NUMBER].n > 0;
    char thai[160], english[160];
    cpl_register_finding f = {.row = row->row, .line = row->line, .kind = CPL_FINDING_WARNING, .field = "row", .reason = "repeated_row", .cell = row->cells[CPL_COLUMN_NUMBER]};
    (void)snprintf(thai, sizeof thai, "%sเหมือนบรรทัดที่ %" PRId64, whole ? "ทุกช่อง" : numbered ? "เลขที่ วันที่ และเรื่อง" : "วันที่ ผู้ร้อง และเรื่อง", before->line);
    (void)snprintf(english, sizeof english, "%s as in line %" PRId64, whole ? "all cells are" : numbered ? "number, day and subject are" : "day, complainant and subject are", before->line);
    bool ok = cpl_arena_str(&n->reg->arena, cpl_str_of(thai), &f.thai) && cpl_arena_str(&n->reg->arena, cpl_str_of(english), &f.english);
    return ok && cpl_register_find(n->reg, &f) ? COMPLAINT_OK : out_of_memory(n);
}

/* A mark that somebody copied to another row is two rows all the same. */
static size_t order_among_marked(naming *n, const cpl_register_row *row, const char *hex) {
    uint8_t digest[CPL_HASH_SIZE];
    char both[2 * ID_HASH + 2 * MARK_HASH + 16];
    int size = snprintf(both, sizeof both, "marked %s %s", hex, row->mark_id.p);
    cpl_sha256((cpl_str){both, (size_t)size}, digest);
    return ++place_of(n, digest)->count;
}

static complaint_status name_row(naming *n, cpl_register_row *row) {
    uint8_t digest[CPL_HASH_SIZE];
    char hex[2 * ID_HASH + 1], id[96];
    complaint_status s = digest_of(n, row, ROW, digest);
    if (s != COMPLAINT_OK) return s;
    namesake *place = place_of(n, digest);
    cpl_hex(digest, ID_HASH, hex);
    if (row->marked) (void)snprintf(id, sizeof id, "register:%s:%s:%zu", hex, row->mark_id.p, order_among_marked(n, row, hex));
    else (void)snprintf(id, sizeof id, "register:%s:%zu", hex, ++place->plain);
    if (!cpl_arena_str(&n->reg->arena, cpl_str_of(id), &row->external_id)) return out_of_memory(n);
    row->repeated = place->count++ > 0;
    if (row->repeated) s = say_repeated(n, row, &n->reg->rows[place->last]);
    place->last = row->row - 1;
    return s;
}

static complaint_status name_all(naming *n) {
    cpl_register *reg = n->reg;
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < reg->count; i++)
        if (reg->rows[i].kind <= CPL_ROW_LONG) s = count_timeless(n, &reg->rows[i]);
    for (size_t i = 0; s == COMPLAINT_OK && i < reg->count; i++) {
        cpl_register_row *row = &reg->rows[i];
        if (row->kind > CPL_ROW_LONG) continue;
        s = mark_row(n, row);
        if (s == COMPLAINT_OK && !row->refused) s = name_row(n, row);
    }
    return s;
}

complaint_status cpl_register_name_rows(cpl_register *reg, cpl_normal *normal, complaint_error *e) {
    enum { DIGESTS = 4 }; /* of one row: timeless, whole, which it is, and that with its mark */
    naming n = {.reg = reg, .normal = normal, .e = e, .room = 16};
    while (n.room < reg->count * DIGESTS * 2) n.room *= 2;
    n.places = cpl_alloc_zero(reg->memory, n.room, sizeof *n.places);
    n.keys = cpl_arena_alloc(&reg->arena, (reg->count + 1) * sizeof *n.keys);
    cpl_buf_init(&n.b, reg->memory);
    complaint_status s = n.places && n.keys ? name_all(&n) : out_of_memory(&n);
    cpl_buf_free(&n.b);
    cpl_free(reg->memory, n.places);
    return s;
}

/* ---- asked later ------------------------------------------------------------------------------------------------------------------ */

cpl_str cpl_register_marked_ids(cpl_arena *a, cpl_str external_id) {
    size_t n = external_id.n;
    while (n > 0 && external_id.p[n - 1] != ':') n--;
    char *p = cpl_arena_alloc(a, n + 2);
    if (!p) return (cpl_str){NULL, 0};
    if (n) memcpy(p, external_id.p, n);
    p[n] = 'r';
    return (cpl_str){p, n + 1};
}

/* `register:…:r…:1`: the mark stands between the last colons. */
static bool is_of_mark(cpl_str id, cpl_str mark_id) {
    size_t end = id.n;
    while (end > 0 && id.p[end - 1] != ':') end--;
    return end > mark_id.n + 1 && id.p[end - mark_id.n - 2] == ':' && memcmp(id.p + end - mark_id.n - 1, mark_id.p, mark_id.n) == 0;
}

bool cpl_register_has(const cpl_register *reg, cpl_str external_id) {
    for (size_t i = 0; external_id.n && i < reg->count; i++) {
        const cpl_register_row *row = &reg->rows[i];
        if (row->refused ? is_of_mark(external_id, row->mark_id) : cpl_str_eq(row->external_id, external_id)) return true;
    }
    return false;
}
