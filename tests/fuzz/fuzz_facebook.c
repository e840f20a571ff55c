/*
 * A page's inbox as Facebook exports it, fed with anything: the first byte says how the host's files behave, the rest is a conversation file.
 *
 * What is read is a conversation in order of time whose ids are all different. What is imported is imported once, however often it is tried and whatever the host's files did, and verify finds nothing.
 */
#include "office.h"

#include "intake/intake.h"

#include <complaint/import.h>

enum { MOST_OPEN = 64 };

static complaint_policy *policy(void) {
    static complaint_policy *p;
    if (!p) PROMISE(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &p, NULL) == COMPLAINT_OK);
    return p;
}

/* ---- reading ---- */

static void check_conversation(const cpl_conversation *c) {
    size_t bad;
    for (size_t i = 0; i < c->count; i++) {
        const cpl_item *item = &c->items[i];
        PROMISE(item->external_id.n && item->external_id.n <= CPL_KEY_MAX && item->form && item->line >= 1 && cpl_instant_in_range(item->sent_at));
        PROMISE(cpl_utf8_check(item->text, &bad) == COMPLAINT_OK && cpl_utf8_check(item->sender, &bad) == COMPLAINT_OK);
        PROMISE(item->direction == CPL_FROM_OUTSIDE || item->direction == CPL_FROM_OFFICE);
        if (i) PROMISE(c->items[i - 1].sent_at <= item->sent_at && !cpl_str_eq(c->items[i - 1].external_id, item->external_id));
        for (size_t k = 0; k < item->attachment_count; k++) PROMISE(item->attachments[k].uri.n && item->attachments[k].media_type);
    }
}

static complaint_status read_file(fuzz *f, cpl_str json) {
    cpl_arena a;
    cpl_conversation c = {.count = 0};
    complaint_error e = {0};
    cpl_arena_init(&a, &f->memory);
    complaint_status s = cpl_facebook_read(json, &a, &c, &e);
    if (s == COMPLAINT_OK) check_conversation(&c);
    else PROMISE(e.status == s && *e.thai && *e.english && (s != COMPLAINT_E_MEMORY || f->refused));
    cpl_arena_free(&a);
    return s;
}

/* ---- the host's files ---- */

typedef struct files {
    uint8_t how;
    int open, opened;
    size_t left;
} files;

static complaint_status COMPLAINT_CALL open_file(void *self, const char *uri, void **stream) {
    files *f = self;
    PROMISE(*uri);
    f->opened++;
    if (f->how & 1) return COMPLAINT_E_NOT_FOUND;
    if (f->how & 2 && f->opened > 1) return (complaint_status)f->how * 1000;
    f->left = f->how / 4;
    f->open++;
    *stream = f->how & 8 ? NULL : f;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL read_bytes(void *self, void *stream, void *buffer, size_t capacity, size_t *got) {
    files *f = self;
    (void)stream;
    if (f->how == 0xFC) *got = capacity + 1;
    if (f->how == 0xFC) return COMPLAINT_OK;
    size_t n = f->left < 7 ? f->left : 7;
    memset(buffer, 'x', n);
    f->left -= n;
    *got = n;
    return f->how == 0xF8 && f->left == 0 ? COMPLAINT_E_STORE : COMPLAINT_OK;
}

static void COMPLAINT_CALL close_file(void *self, void *stream) {
    (void)stream;
    ((files *)self)->open--;
}

/* ---- importing ---- */

static complaint_status import_once(office *o, files *host, cpl_str json, int64_t *added) {
    complaint_media media = {sizeof media, host, open_file, read_bytes, close_file};
    complaint_page *tally = NULL;
    complaint_status s = complaint_import_facebook(o->desk, o->everybody, "facebook", json.p, json.n, host->how & 64 ? NULL : &media, &tally);
    PROMISE(host->open == 0 && (s == COMPLAINT_OK) == (tally != NULL));
    PROMISE(complaint_error_status(complaint_desk_error(o->desk)) == s);
    *added = complaint_page_integer_of(tally, 0, "added");
    complaint_page_free(tally);
    return s;
}

static void import(fuzz *f, cpl_str json, uint8_t how, complaint_status expected) {
    office o;
    files host = {.how = how};
    int64_t added = 0;
    complaint_status s = office_open(&o, &f->memory, policy(), NULL);
    if (s == COMPLAINT_OK) {
        s = import_once(&o, &host, json, &added);
        if (!f->refused && how & 64) PROMISE(s == expected || s == COMPLAINT_E_TOO_LARGE || s == COMPLAINT_E_REQUIRED);
        bool whole = s == COMPLAINT_OK;
        host.opened = 0;
        s = import_once(&o, &host, json, &added);
        if (whole && s == COMPLAINT_OK) PROMISE(added == 0);
        office_verify(&o, f->fail_at < 0 ? COMPLAINT_VERIFY_RECOMPUTE : 0, f);
    }
    office_close(&o);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    uint8_t how = fuzz_byte(&b);
    cpl_str json = {(const char *)b.p, b.n};
    complaint_status s = read_file(f, json);
    if (s == COMPLAINT_OK) import(f, json, how, s);
}
