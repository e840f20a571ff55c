/*
 * desk/restore_refused: what of an archive is not right, and what goes with it.
 *
 * Owns: which faults belong to one stream, the list of them, what is left out because it hangs on something that is. Must not know: how a fault is found.
 *
 * Nothing is taken by halves: a case goes with its messages, and they with it. Which ones hang together is known at the end only, so an archive is checked before it is read.
 */
#include "desk/restore.h"

#include <stdlib.h>
#include <string.h>

enum { F_STREAM, F_LINE, F_OFFSET, F_SUBJECT, F_STATUS, F_THAI, F_ENGLISH, COLUMNS };
static const char *const columns[COLUMNS] = {"stream", "line", "offset", "subject", "status", "th", "en"};

/* ---- numbers ------------------------------------------------------------------------------------------------------------- */

static size_t place_of(const cpl_ids *ids, int64_t id) {
    size_t low = 0, high = ids->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ids->items[middle] < id) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool has_id(const cpl_ids *ids, int64_t id) {
    size_t at = place_of(ids, id);
    return at < ids->count && ids->items[at] == id;
}

/* Room for one more; what was there stays when there is none. */
static bool grow(const cpl_reader *r, void *items, size_t count, size_t *capacity, size_t size) {
    void *old, *grown;
    if (count < *capacity) return true;
    memcpy(&old, items, sizeof old);
    size_t wanted = *capacity ? 2 * *capacity : 64;
    grown = cpl_resize(&r->d->memory, old, wanted, size);
    if (!grown) return false;
    memcpy(items, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

static complaint_status add_id(cpl_reader *r, cpl_ids *ids, int64_t id) {
    size_t at = place_of(ids, id);
    if (at < ids->count && ids->items[at] == id) return COMPLAINT_OK;
    if (!grow(r, &ids->items, ids->count, &ids->capacity, sizeof *ids->items)) return cpl_restore_memory(r);
    memmove(ids->items + at + 1, ids->items + at, (ids->count - at) * sizeof *ids->items);
    ids->items[at] = id;
    ids->count++;
    return COMPLAINT_OK;
}

/* ---- faults ---------------------------------------------------------------------------------------------------------------- */

/* What says nothing about the other streams. What keeps us from reading, or whom we may show it to, does. */
static bool is_of_a_stream(complaint_status s) {
    static const complaint_status classes[] = {COMPLAINT_E_CORRUPT, COMPLAINT_E_SYNTAX, COMPLAINT_E_INVALID, COMPLAINT_E_REQUIRED, COMPLAINT_E_TEXT, COMPLAINT_E_TOO_LARGE, COMPLAINT_E_RANGE, COMPLAINT_E_UNSUPPORTED, COMPLAINT_E_SCHEMA};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (CPL_CLASS(s) == classes[i]) return true;
    return false;
}

static complaint_status list_fault(cpl_reader *r, int64_t stream) {
    cpl_refusals *f = &r->refused;
    const complaint_error *e = r->e;
    if (f->first.status == COMPLAINT_OK) f->first = *e;
    if (!f->page || !cpl_page_row(f->page)) return f->page ? cpl_restore_memory(r) : COMPLAINT_OK;
    cpl_page_id(f->page, F_STREAM, stream);
    cpl_page_int(f->page, F_LINE, e->line);
    cpl_page_int(f->page, F_OFFSET, e->offset);
    cpl_page_str(f->page, F_SUBJECT, cpl_str_of(e->subject));
    cpl_page_str(f->page, F_STATUS, cpl_str_of(complaint_status_name(e->status)));
    cpl_page_str(f->page, F_THAI, cpl_str_of(e->thai));
    cpl_page_str(f->page, F_ENGLISH, cpl_str_of(e->english));
    return COMPLAINT_OK;
}

/* A fault of a line alone was found when it was checked. */
static bool was_found(const cpl_refusals *f, int64_t line) {
    for (int64_t i = 0; i < complaint_page_count(f->without); i++)
        if (complaint_page_integer_of(f->without, i, columns[F_STREAM]) == 0 && complaint_page_integer_of(f->without, i, columns[F_LINE]) == line) return true;
    return false;
}

complaint_status cpl_refuse(cpl_reader *r, int64_t stream, complaint_status s) {
    cpl_refusals *f = &r->refused;
    if (s == COMPLAINT_OK || !f->goes_on || !is_of_a_stream(s)) return s;
    if (r->e->line == 0) r->e->line = r->line;
    if (f->without) {
        if (stream ? !has_id(&f->streams, stream) : !was_found(f, r->e->line)) return s;
    } else if (stream == 0 || !has_id(&f->streams, stream)) {
        complaint_status listed = list_fault(r, stream);
        if (listed == COMPLAINT_OK && stream) listed = add_id(r, &f->streams, stream);
        if (listed != COMPLAINT_OK) return listed;
    }
    cpl_error_clear(r->e);
    return COMPLAINT_OK;
}

complaint_status cpl_refuse_stream(cpl_reader *r, complaint_status s) {
    if (s == COMPLAINT_OK) return s;
    s = cpl_refuse(r, r->stream.id, s);
    r->broken = r->broken || s == COMPLAINT_OK;
    return s;
}

bool cpl_is_refused(const cpl_reader *r, int64_t stream) { return has_id(&r->refused.streams, stream); }

bool cpl_line_is_left_out(const cpl_reader *r) { return r->refused.without && was_found(&r->refused, r->line); }

/* ---- what hangs together ------------------------------------------------------------------------------------------------------ */

static complaint_status note_taken(cpl_reader *r, const char *what, cpl_str first, cpl_str second) {
    cpl_refusals *f = &r->refused;
    uint8_t hash[CPL_HASH_SIZE];
    cpl_digest d;
    if (!grow(r, &f->taken, f->taken_count, &f->taken_capacity, sizeof *f->taken)) return cpl_restore_memory(r);
    cpl_digest_init(&d, what);
    cpl_digest_text(&d, first);
    cpl_digest_text(&d, second);
    cpl_digest_end(&d, hash);
    cpl_taken *t = &f->taken[f->taken_count++];
    *t = (cpl_taken){.stream = r->stream.id, .line = r->line};
    memcpy(t->key, hash, sizeof t->key);
    return COMPLAINT_OK;
}

static complaint_status note_number(cpl_reader *r) {
    const int64_t number[] = {r->stream.c.fiscal_year, r->stream.c.number};
    return number[1] ? note_taken(r, "number", (cpl_str){(const char *)number, sizeof number}, CPL_LIT("")) : COMPLAINT_OK;
}

static complaint_status note_hanging(cpl_reader *r, cpl_hangings *list, int64_t other, cpl_str kind) {
    if (!grow(r, &list->items, list->count, &list->capacity, sizeof *list->items)) return cpl_restore_memory(r);
    cpl_hanging *h = &list->items[list->count++];
    *h = (cpl_hanging){.one = r->stream.id, .other = other, .line = r->line};
    cpl_sha256(kind, h->kind);
    return COMPLAINT_OK;
}

static complaint_status note_message(cpl_reader *r) {
    const cpl_message_log *m = &r->stream.m;
    complaint_status s = add_id(r, &r->refused.conversations, r->stream.id);
    if (s == COMPLAINT_OK && m->case_id) s = note_hanging(r, &r->refused.messages, m->case_id, CPL_LIT(""));
    return s == COMPLAINT_OK ? note_taken(r, "message", m->channel, m->external_id) : s;
}

static complaint_status note_links(cpl_reader *r) {
    enum { OTHER = 2, KIND };
    const cpl_rows *rows = &r->stream.rows[cpl_stream_table(CPL_LINK)];
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < rows->count; i++) s = note_hanging(r, &r->refused.links, rows->items[i].values[OTHER].integer, cpl_value_str(&rows->items[i].values[KIND]));
    return s;
}

complaint_status cpl_note_stream(cpl_reader *r) {
    if (r->refused.without) return COMPLAINT_OK; /* the check has seen it */
    if (r->stream.kind == CPL_STREAM_MESSAGE) return note_message(r);
    if (r->stream.kind != CPL_STREAM_CASE) return COMPLAINT_OK;
    complaint_status s = add_id(r, &r->refused.cases, r->stream.id);
    if (s == COMPLAINT_OK) s = note_links(r);
    return s == COMPLAINT_OK ? note_number(r) : s;
}

complaint_status cpl_prove_request(cpl_reader *r, int64_t case_id, int64_t message) {
    const cpl_refusals *f = &r->refused;
    if (f->without) return COMPLAINT_OK;
    if (case_id && !has_id(&f->cases, case_id) && !has_id(&f->streams, case_id))
        return cpl_restore_fault(r, "complaint_request.case_id", "เรื่องของคำขอนี้ไม่อยู่ในแฟ้ม", "the case of this request is not in the archive");
    if (message && !has_id(&f->conversations, message) && !has_id(&f->streams, message))
        return cpl_restore_fault(r, "complaint_request.message", "ข้อความของคำขอนี้ไม่อยู่ในแฟ้ม", "the message of this request is not in the archive");
    return COMPLAINT_OK;
}

static int by_key(const void *a, const void *b) {
    const cpl_taken *x = a, *y = b;
    int order = memcmp(x->key, y->key, sizeof x->key);
    return order ? order : x->stream < y->stream ? -1 : x->stream > y->stream;
}

static complaint_status refuse_at(cpl_reader *r, int64_t stream, int64_t line, const char *what, const char *thai, const char *english) {
    complaint_status s = cpl_restore_fault(r, what, thai, english);
    r->e->line = line;
    return cpl_refuse(r, stream, s);
}

/* The store has room for one of them; of a later one it cannot be said that it is right. */
static complaint_status refuse_twins(cpl_reader *r) {
    cpl_refusals *f = &r->refused;
    complaint_status s = COMPLAINT_OK;
    if (f->taken_count > 1) qsort(f->taken, f->taken_count, sizeof *f->taken, by_key);
    for (size_t i = 1; s == COMPLAINT_OK && i < f->taken_count; i++)
        if (memcmp(f->taken[i].key, f->taken[i - 1].key, sizeof f->taken[i].key) == 0)
            s = refuse_at(r, f->taken[i].stream, f->taken[i].line, "stream", "เลขทะเบียนหรือรหัสข้อความซ้ำกับรายการอื่นในแฟ้ม", "another stream of the archive has the same register number, or id on its channel");
    return s;
}

static complaint_status refuse_with_its_other(cpl_reader *r, const cpl_hanging *h, bool *more) {
    bool message = cpl_is_refused(r, h->one), its_case = cpl_is_refused(r, h->other), missing = !has_id(&r->refused.cases, h->other) && !its_case;
    *more = *more || (missing ? !message : message != its_case);
    if (missing) return refuse_at(r, h->one, h->line, "complaint_message.case_id", "เรื่องของข้อความนี้ไม่อยู่ในแฟ้ม", "the case of this message is not in the archive");
    if (its_case && !message) return refuse_at(r, h->one, h->line, "complaint_message.case_id", "เรื่องของข้อความนี้นำเข้าไม่ได้", "the case of this message is refused");
    if (message && !its_case) return refuse_at(r, h->other, h->line, "complaint_message", "ข้อความของเรื่องนี้นำเข้าไม่ได้", "a message of this case is refused");
    return COMPLAINT_OK;
}

/* From case to case, in the order of both. */
static int by_pair(const void *a, const void *b) {
    const cpl_hanging *x = a, *y = b;
    if (x->one != y->one) return x->one < y->one ? -1 : 1;
    if (x->other != y->other) return x->other < y->other ? -1 : 1;
    return memcmp(x->kind, y->kind, sizeof x->kind);
}

/* A link has two sides; which one is right when there is only one cannot be said. */
static complaint_status refuse_half_links(cpl_reader *r) {
    static const char what[] = "complaint_link", thai[] = "การเชื่อมโยงมีอยู่ข้างเดียว", english[] = "a link that the other case does not have";
    const cpl_hangings *links = &r->refused.links;
    complaint_status s = COMPLAINT_OK;
    if (links->count > 1) qsort(links->items, links->count, sizeof *links->items, by_pair);
    for (size_t i = 0; s == COMPLAINT_OK && i < links->count; i++) {
        const cpl_hanging *h = &links->items[i];
        cpl_hanging back = *h;
        back.one = h->other;
        back.other = h->one;
        if (cpl_is_refused(r, h->one) || cpl_is_refused(r, h->other) || bsearch(&back, links->items, links->count, sizeof back, by_pair)) continue;
        s = refuse_at(r, h->one, h->line, what, thai, english);
        if (s == COMPLAINT_OK && has_id(&r->refused.cases, h->other)) s = refuse_at(r, h->other, h->line, what, thai, english);
    }
    return s;
}

complaint_status cpl_refuse_what_hangs(cpl_reader *r) {
    const cpl_hangings *messages = &r->refused.messages;
    complaint_status s = refuse_twins(r);
    if (s == COMPLAINT_OK) s = refuse_half_links(r);
    for (bool more = s == COMPLAINT_OK; more;) {
        more = false;
        for (size_t i = 0; s == COMPLAINT_OK && i < messages->count; i++) s = refuse_with_its_other(r, &messages->items[i], &more);
        more = more && s == COMPLAINT_OK;
    }
    return s;
}

/* ---- a reading ------------------------------------------------------------------------------------------------------------------- */

complaint_status cpl_begin_refusals(cpl_reader *r, const complaint_page *without) {
    cpl_refusals *f = &r->refused;
    complaint_status s = COMPLAINT_OK;
    f->without = without;
    f->goes_on = r->checks || without;
    if (r->checks) f->page = cpl_page_new(&r->d->memory, columns, COLUMNS);
    if (r->checks && !f->page) return cpl_restore_memory(r);
    for (int64_t i = 0; s == COMPLAINT_OK && i < complaint_page_count(without); i++) {
        int64_t stream = complaint_page_integer_of(without, i, columns[F_STREAM]);
        if (stream) s = add_id(r, &f->streams, stream);
    }
    return s;
}

void cpl_end_refusals(cpl_reader *r) {
    cpl_refusals *f = &r->refused;
    complaint_page_free(f->page);
    cpl_free(&r->d->memory, f->streams.items);
    cpl_free(&r->d->memory, f->cases.items);
    cpl_free(&r->d->memory, f->conversations.items);
    cpl_free(&r->d->memory, f->messages.items);
    cpl_free(&r->d->memory, f->links.items);
    cpl_free(&r->d->memory, f->taken);
}
