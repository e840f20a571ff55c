/*
 * record/event: an event as a row and back. The hash is in digest.c. Must not know: what a payload means.
 */
#include "record/record.h"

#include <string.h>

void cpl_event_values(const cpl_event *e, complaint_value v[CPL_EVENT_COLUMNS]) {
    int n = 0;
    v[n++] = cpl_int(e->stream);
    v[n++] = cpl_int(e->seq);
    v[n++] = cpl_int(e->kind);
    v[n++] = cpl_int(e->happened_at);
    v[n++] = cpl_int(e->entered_at);
    const cpl_str texts[] = {e->actor, e->role, e->unit, e->on_behalf, e->acting_for, e->request};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) v[n++] = cpl_txt(texts[i]);
    v[n++] = cpl_blob(e->payload.p, e->payload.n);
    v[n++] = cpl_blob(e->sealed.p, e->sealed.n);
    v[n++] = cpl_blob(e->prev, sizeof e->prev);
    v[n] = cpl_blob(e->hash, sizeof e->hash);
}

complaint_status cpl_event_from_row(const complaint_value *row, cpl_event *ev, complaint_error *e) {
    enum { STREAM = 1, SEQ, KIND, HAPPENED, ENTERED, ACTOR, ROLE, UNIT, ON_BEHALF, ACTING_FOR, REQUEST, PAYLOAD, SEALED, PREV, HASH };
    if (row[PREV].size != CPL_HASH_SIZE || row[HASH].size != CPL_HASH_SIZE || row[KIND].integer < 1 || row[KIND].integer > INT32_MAX)
        return cpl_failf(e, COMPLAINT_E_CORRUPT, "complaint_event", "เหตุการณ์ที่ %lld ของ %lld มีค่าผิดรูป", "event %lld of %lld has a malformed hash or kind", (long long)row[SEQ].integer,
                         (long long)row[STREAM].integer);
    *ev = (cpl_event){.stream = row[STREAM].integer, .seq = row[SEQ].integer, .kind = (int32_t)row[KIND].integer, .happened_at = row[HAPPENED].integer, .entered_at = row[ENTERED].integer,
                      .actor = cpl_value_str(&row[ACTOR]), .role = cpl_value_str(&row[ROLE]), .unit = cpl_value_str(&row[UNIT]), .on_behalf = cpl_value_str(&row[ON_BEHALF]),
                      .acting_for = cpl_value_str(&row[ACTING_FOR]), .request = cpl_value_str(&row[REQUEST]), .payload = cpl_value_str(&row[PAYLOAD]), .sealed = cpl_value_str(&row[SEALED])};
    memcpy(ev->prev, row[PREV].data, CPL_HASH_SIZE);
    memcpy(ev->hash, row[HASH].data, CPL_HASH_SIZE);
    return COMPLAINT_OK;
}
