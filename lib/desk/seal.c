/*
 * desk/seal: one number over all that was entered before an instant.
 *
 * Owns: the walk over the hashes (docs/event-format.md). Must not know: what the events say.
 *
 * A log without a key shows that it agrees with itself; who may write the database may write another that does. A seal that was kept outside, on paper or in somebody
 * else's mail box, shows that it is still the same log.
 */
#include "desk/job.h"

#include <string.h>

enum { STREAM = 1, SEQ, KIND, HAPPENED, ENTERED, HASH = 15, PAGE = 256 };

typedef struct sealing {
    complaint_desk *d;
    int64_t until;
    int64_t count;
    cpl_digest digest;
} sealing;

static complaint_status add_event(sealing *s, const complaint_value *row) {
    if (row[ENTERED].integer >= s->until) return COMPLAINT_OK;
    if (row[HASH].size != CPL_HASH_SIZE) return cpl_fail(&s->d->error, COMPLAINT_E_CORRUPT, "complaint_event.hash");
    cpl_digest_int(&s->digest, row[STREAM].integer);
    cpl_digest_int(&s->digest, row[SEQ].integer);
    cpl_digest_blob(&s->digest, cpl_value_str(&row[HASH]));
    s->count++;
    return COMPLAINT_OK;
}

/* In the order of the primary key: by stream, then by number. */
static complaint_status walk(cpl_tx *tx, void *context) {
    sealing *s = context;
    complaint_value after[2] = {cpl_int(INT64_MIN), cpl_int(0)};
    complaint_status status = cpl_check_finished(tx, s->d); /* the seal of a part would later accuse the whole */
    cpl_digest_init(&s->digest, "libcomplaint/seal/1");
    cpl_digest_int(&s->digest, s->until);
    s->count = 0;
    for (size_t got = PAGE; status == COMPLAINT_OK && got == PAGE;) {
        cpl_arena arena;
        cpl_rows rows = {0};
        cpl_arena_init(&arena, &s->d->memory);
        cpl_range r = {.table = CPL_EVENT, .after = {after[0], after[1]}, .after_count = 2, .limit = PAGE};
        status = cpl_tx_select(tx, &r, &arena, &rows);
        got = rows.count;
        for (size_t i = 0; status == COMPLAINT_OK && i < got; i++) status = add_event(s, rows.items[i].values);
        if (got) after[0] = rows.items[got - 1].values[STREAM], after[1] = rows.items[got - 1].values[SEQ];
        cpl_arena_free(&arena);
    }
    return status;
}

complaint_status cpl_desk_seal(complaint_desk *d, const complaint_actor *a, int64_t until, complaint_text **digest, int64_t *events) {
    cpl_view view;
    uint8_t hash[CPL_HASH_SIZE];
    char hex[2 * CPL_HASH_SIZE + 1];
    cpl_buf b;
    sealing s = {.d = d, .until = until};
    complaint_status status = cpl_desk_view(d, a, &view);
    if (status == COMPLAINT_OK && !view.all_cases) status = cpl_failf(&d->error, COMPLAINT_E_ROLE, "actor.role", "บทบาทนี้ออกตราประทับบันทึกไม่ได้", "the log is sealed by a role that sees all cases");
    if (status == COMPLAINT_OK) status = cpl_desk_reading(d, walk, &s);
    if (status != COMPLAINT_OK) return status;
    cpl_digest_end(&s.digest, hash);
    cpl_hex(hash, sizeof hash, hex);
    cpl_buf_init(&b, &d->memory);
    cpl_buf_puts(&b, hex);
    status = cpl_text_take(&b, digest);
    cpl_buf_free(&b);
    if (status != COMPLAINT_OK) return cpl_fail(&d->error, status, NULL);
    *events = s.count;
    return COMPLAINT_OK;
}
