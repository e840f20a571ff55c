/*
 * What LINE or Messenger sends, fed with anything: the first byte says which of them and whether its signature is right, the rest is the body.
 *
 * Nothing comes of a body whose signature is another. What is read has ids, threads and times; what is taken is taken once, and verify finds nothing.
 */
#include "office.h"

#include "intake/intake.h"

#include <complaint/import.h>

static complaint_policy *policy(void) {
    static complaint_policy *p;
    if (!p) PROMISE(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &p, NULL) == COMPLAINT_OK);
    return p;
}

/* ---- reading ---- */

static void check_hook(const cpl_webhook *hook) {
    size_t bad;
    for (size_t i = 0; i < hook->talk.count; i++) {
        const cpl_item *item = &hook->talk.items[i];
        PROMISE(item->external_id.n && item->form && item->line >= 1 && item->path.n && (item->sent_at == CPL_NO_TIME || cpl_instant_in_range(item->sent_at)));
        PROMISE(cpl_utf8_check(item->text, &bad) == COMPLAINT_OK && (item->direction == CPL_FROM_OUTSIDE || item->direction == CPL_FROM_OFFICE));
        for (size_t k = 0; k < item->attachment_count; k++) PROMISE(item->attachments[k].uri.n && item->attachments[k].media_type);
    }
    for (size_t i = 0; i < hook->skipped_count; i++) PROMISE(hook->skipped[i].path.n && hook->skipped[i].line >= 1);
}

static complaint_status read_body(fuzz *f, int32_t service, cpl_str body) {
    cpl_arena a;
    cpl_webhook hook = {.skipped_count = 0};
    complaint_error e = {0};
    cpl_arena_init(&a, &f->memory);
    complaint_status s = cpl_webhook_read(service, body, &a, &hook, &e);
    if (s == COMPLAINT_OK) check_hook(&hook);
    else PROMISE(e.status == s && *e.thai && *e.english && (s != COMPLAINT_E_MEMORY || f->refused));
    cpl_arena_free(&a);
    return s;
}

/* ---- taking ---- */

static const char *sign(cpl_str body, char out[80]) {
    uint8_t mac[CPL_HASH_SIZE];
    cpl_hmac_sha256(CPL_LIT("secret"), body, mac);
    memcpy(out, "sha256=", 7);
    cpl_hex(mac, sizeof mac, out + 7);
    return out;
}

static complaint_status take(office *o, cpl_str body, const char *signature, int64_t *added) {
    complaint_page *skipped = NULL, *tally = NULL;
    complaint_status s = complaint_import_webhook(o->desk, o->everybody, COMPLAINT_WEBHOOK_MESSENGER, "facebook", body.p, body.n, signature, "secret", NULL, &skipped, &tally);
    PROMISE((s == COMPLAINT_OK) == (tally != NULL) && (s == COMPLAINT_OK) == (skipped != NULL) && complaint_error_status(complaint_desk_error(o->desk)) == s);
    *added = complaint_page_integer_of(tally, 0, "added");
    complaint_page_free(skipped);
    complaint_page_free(tally);
    return s;
}

static void import(fuzz *f, cpl_str body) {
    office o;
    char signature[80], forged[80];
    int64_t added;
    complaint_status s = office_open(&o, &f->memory, policy(), NULL);
    sign(body, signature);
    memcpy(forged, signature, sizeof forged);
    forged[70] = forged[70] == '0' ? '1' : '0';
    if (s == COMPLAINT_OK) {
        PROMISE(take(&o, body, forged, &added) == COMPLAINT_E_SIGNATURE);
        s = take(&o, body, signature, &added);
        if (s == COMPLAINT_OK && take(&o, body, signature, &added) == COMPLAINT_OK) PROMISE(added == 0);
        office_verify(&o, f->fail_at < 0 ? COMPLAINT_VERIFY_RECOMPUTE : 0, f);
    }
    office_close(&o);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    fuzz_bytes b = {data, size};
    int32_t service = fuzz_byte(&b) & 1 ? COMPLAINT_WEBHOOK_LINE : COMPLAINT_WEBHOOK_MESSENGER;
    cpl_str body = {(const char *)b.p, b.n};
    /* A header that is nothing like a signature is none. */
    PROMISE(cpl_webhook_check(service, CPL_LIT("body"), (cpl_str){body.p, body.n < 100 ? body.n : 100}, CPL_LIT("secret"), NULL) == COMPLAINT_E_SIGNATURE);
    if (read_body(f, service, body) == COMPLAINT_OK && service == COMPLAINT_WEBHOOK_MESSENGER) import(f, body);
}
