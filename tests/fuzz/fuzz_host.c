/*
 * A host that misbehaves around an honest store: its evidence room gives what the input says in place of what was kept, its clock tells any time, its streams and its carrier answer anything.
 *
 * Whatever they say: an answer of the registry with its words, nobody is given a byte of evidence but those that were kept, nothing is asked for ever, no answer of the carrier damages the log.
 */
#include "office.h"

#include "record/record.h"

#include <complaint/policy.h>

enum { CHUNKS = 8, MOST_CALLS = 16, ROOM = 4096, MOST_GIVEN = 300, CHUNK = 256 * 1024 };
enum { PATIENCE = 5000 }; /* how often something may be asked in one call */

typedef struct chunk {
    char digest[65];
    int64_t number;
    char bytes[ROOM];
    size_t size;
} chunk;

typedef struct host {
    fuzz *f;
    fuzz_bytes b;
    office o;
    int64_t now;
    chunk kept[CHUNKS];
    int kept_count, asked;
    bool lies;
    complaint_bytes_fn late_sink;
    void *late_context;
    char item[ROOM];
    size_t item_size;
    char digest[65];
} host;

/* Anything that is not what the contract has, or a failure that it has. */
static complaint_status some_status(host *h) {
    static const complaint_status answers[] = {COMPLAINT_E_HOST, COMPLAINT_E_NOT_FOUND, COMPLAINT_E_FULL, COMPLAINT_E_MEMORY, COMPLAINT_E_MORE, -1, INT32_MAX, INT32_MIN, COMPLAINT_E_CORRUPT, COMPLAINT_E_REENTRANT, COMPLAINT_E_RETRY};
    return answers[fuzz_below(&h->b, sizeof answers / sizeof answers[0])];
}

static bool tells_a_lie(host *h) { return h->lies && fuzz_byte(&h->b) % 2; }

/* ---- the evidence room ---- */

static complaint_status COMPLAINT_CALL put_chunk(void *self, const char *digest, int64_t number, const void *data, size_t size, complaint_host_error *e) {
    host *h = self;
    PROMISE(++h->asked < PATIENCE && strlen(digest) == 64 && number >= 0 && size <= CHUNK && (data || !size));
    if (tells_a_lie(h)) {
        complaint_host_error_set(e, 28, "disk full", 9);
        return some_status(h);
    }
    if (h->kept_count == CHUNKS || size > ROOM) return COMPLAINT_E_FULL;
    chunk *c = &h->kept[h->kept_count++];
    memcpy(c->digest, digest, sizeof c->digest);
    c->number = number;
    c->size = size;
    if (size) memcpy(c->bytes, data, size);
    return COMPLAINT_OK;
}

/* More, less, in pieces, without bytes, without end, later again: each as the input says. */
static complaint_status give_lies(host *h, const chunk *c, complaint_bytes_fn sink, void *context) {
    uint32_t how = fuzz_below(&h->b, 8);
    fuzz_chunk other = fuzz_take(&h->b);
    switch (how) {
    case 0: return some_status(h);
    case 1: return COMPLAINT_OK; /* and gives nothing */
    case 2: (void)sink(context, other.n ? other.p : "", other.n); break;
    case 3:
        for (size_t i = 0; c && i < c->size; i++) (void)sink(context, c->bytes + i, 1);
        break;
    case 4:
        for (int i = 0; i < MOST_GIVEN; i++) (void)sink(context, c ? c->bytes : "", c ? c->size : 0);
        break;
    case 5: (void)sink(context, NULL, other.n); break;
    case 6: (void)sink(context, c ? c->bytes : "", c ? c->size / 2 : 0); break;
    default:
        h->late_sink = sink;
        h->late_context = context;
        (void)sink(context, c ? c->bytes : "", c ? c->size : 0);
        break;
    }
    return fuzz_byte(&h->b) % 4 ? COMPLAINT_OK : some_status(h);
}

static complaint_status COMPLAINT_CALL get_chunk(void *self, const char *digest, int64_t number, complaint_bytes_fn sink, void *context, complaint_host_error *e) {
    host *h = self;
    const chunk *found = NULL;
    (void)e;
    PROMISE(++h->asked < PATIENCE);
    if (h->late_sink) (void)h->late_sink(h->late_context, "late", 4); /* may be this call's own by now */
    for (int i = 0; i < h->kept_count; i++)
        if (strcmp(h->kept[i].digest, digest) == 0 && h->kept[i].number == number) found = &h->kept[i];
    if (tells_a_lie(h)) return give_lies(h, found, sink, context);
    if (!found) return COMPLAINT_E_NOT_FOUND;
    (void)sink(context, found->bytes, found->size);
    return COMPLAINT_OK;
}

/* ---- clock, carrier, streams ---- */

static complaint_status COMPLAINT_CALL tell_time(void *self, int64_t *now, complaint_host_error *e) {
    host *h = self;
    (void)e;
    if (h->late_sink) PROMISE(h->late_sink(h->late_context, "late", 4) != 0);
    PROMISE(++h->asked < PATIENCE);
    if (tells_a_lie(h)) {
        *now = fuzz_int(&h->b);
        return fuzz_byte(&h->b) % 4 ? COMPLAINT_OK : some_status(h);
    }
    *now = h->now;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL carry(void *self, const complaint_notice *n, int32_t *answer, int64_t *retry_at, complaint_host_error *e) {
    host *h = self;
    (void)n;
    PROMISE(++h->asked < PATIENCE);
    if (tells_a_lie(h)) {
        *answer = (int32_t)fuzz_int(&h->b);
        *retry_at = fuzz_int(&h->b);
        fuzz_chunk words = fuzz_take(&h->b);
        complaint_host_error_set(e, *retry_at, words.n ? words.p : "", words.n);
        return fuzz_byte(&h->b) % 4 ? COMPLAINT_OK : some_status(h);
    }
    *answer = COMPLAINT_DELIVERED;
    return COMPLAINT_OK;
}

typedef struct stream {
    host *h;
    fuzz_chunk left;
} stream;

static complaint_status COMPLAINT_CALL read_stream(void *context, void *buffer, size_t capacity, size_t *got) {
    stream *s = context;
    PROMISE(++s->h->asked < PATIENCE);
    if (tells_a_lie(s->h)) {
        *got = fuzz_byte(&s->h->b) % 2 ? capacity + 1 + fuzz_byte(&s->h->b) : SIZE_MAX;
        complaint_status said = some_status(s->h);
        return fuzz_byte(&s->h->b) % 2 || said == COMPLAINT_E_REENTRANT ? COMPLAINT_OK : said; /* a status that is one comes out as it is */
    }
    size_t n = s->left.n < capacity ? s->left.n : capacity;
    if (n) memcpy(buffer, s->left.p, n);
    s->left.p += n;
    s->left.n -= n;
    *got = n;
    return COMPLAINT_OK;
}

static int32_t COMPLAINT_CALL take_bytes(void *context, const void *data, size_t size) {
    host *h = context;
    PROMISE(h->item_size + size <= sizeof h->item);
    if (size) memcpy(h->item + h->item_size, data, size);
    h->item_size += size;
    return 0;
}

/* ---- calls ---- */

static complaint_status said(host *h, complaint_status s) {
    const complaint_error *e = complaint_desk_error(h->o.desk);
    PROMISE(cpl_status_known(s) && CPL_CLASS(s) != COMPLAINT_E_INTERNAL && s != COMPLAINT_E_REENTRANT && complaint_error_status(e) == s);
    PROMISE(s != COMPLAINT_E_MEMORY || h->f->refused || h->lies);
    if (s != COMPLAINT_OK) PROMISE(*complaint_error_text(e, COMPLAINT_THAI) && *complaint_error_text(e, COMPLAINT_ENGLISH));
    return s;
}

static void keep_item(host *h) {
    stream from = {h, fuzz_take(&h->b)};
    complaint_evidence *made = NULL;
    complaint_status s = said(h, complaint_desk_keep_evidence(h->o.desk, h->o.everybody, read_stream, &from, &made));
    PROMISE((s == COMPLAINT_OK) == (made != NULL));
    if (!made || !h->o.case_count) {
        complaint_evidence_free(made);
        return;
    }
    complaint_draft *d = h->o.draft;
    memcpy(h->digest, complaint_evidence_digest(made), sizeof h->digest);
    s = complaint_draft_set_case(d, h->o.cases[0], COMPLAINT_ANY_REVISION);
    if (!s) s = complaint_draft_add_evidence(d, made, "photo.jpg", "image/jpeg");
    if (!s) s = office_set(&h->o, "text", "a photograph");
    if (!s) (void)said(h, complaint_desk_act(h->o.desk, h->o.everybody, COMPLAINT_VERB_ADD_EVIDENCE, d, NULL));
    complaint_draft_clear(d);
    complaint_evidence_free(made);
}

/* All of it, as it was kept, or nothing. */
static void read_item(host *h) {
    char hex[65];
    if (!*h->digest) return;
    h->item_size = 0;
    complaint_status s = said(h, complaint_desk_read_evidence(h->o.desk, h->o.everybody, h->o.cases[0], h->digest, take_bytes, h));
    cpl_sha256_hex((cpl_str){h->item, h->item_size}, hex);
    PROMISE(s == COMPLAINT_OK ? strcmp(hex, h->digest) == 0 : h->item_size == 0);
}

static void go_on(host *h) {
    uint32_t what = fuzz_below(&h->b, 8), turn = fuzz_byte(&h->b);
    complaint_page *page = NULL;
    h->lies = turn % 4 != 0;
    h->asked = 0;
    switch (what) {
    case 0:
    case 1: keep_item(h); break;
    case 2:
    case 3: read_item(h); break;
    case 4: (void)said(h, complaint_desk_deliver(h->o.desk, turn % 3, &page)); break;
    case 5: (void)said(h, complaint_desk_tick(h->o.desk, turn % 3, &page)); break;
    case 6:
        if (h->o.case_count && !complaint_draft_set_case(h->o.draft, h->o.cases[0], COMPLAINT_ANY_REVISION)) (void)said(h, complaint_desk_act(h->o.desk, h->o.everybody, COMPLAINT_VERB_ACKNOWLEDGE, h->o.draft, NULL));
        complaint_draft_clear(h->o.draft);
        break;
    default: h->now += (int64_t)(turn / 4) * INT64_C(6) * 3600000; break;
    }
    complaint_page_free(page);
}

static complaint_policy *policy(void) {
    static complaint_policy *p;
    if (!p) PROMISE(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &p, NULL) == COMPLAINT_OK);
    return p;
}

/* A second desk beside the office's own, on the same rows, with the host's tables. */
static complaint_status open_desk(host *h) {
    const complaint_clock clock = {sizeof clock, h, tell_time};
    const complaint_notifier notifier = {sizeof notifier, h, carry};
    const complaint_evidence_room room = {sizeof room, h, put_chunk, get_chunk, NULL, NULL};
    complaint_desk_close(h->o.desk);
    h->o.desk = NULL;
    complaint_status s = complaint_setup_set_clock(h->o.setup, &clock);
    if (!s) s = complaint_setup_set_notifier(h->o.setup, &notifier);
    if (!s) s = complaint_setup_set_evidence_room(h->o.setup, &room);
    return s ? s : complaint_desk_open(h->o.setup, &h->o.desk);
}

/* What was kept is there, and nothing is wrong with the log; honestly asked. */
static void prove(host *h) {
    h->lies = false;
    h->late_sink = NULL;
    h->asked = 0;
    h->now = INT64_C(3000000000000); /* behind everything that the clock has told */
    office_verify(&h->o, 0, h->f);
    read_item(h);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    host *h = calloc(1, sizeof *h);
    PROMISE(h);
    h->f = f;
    h->b = (fuzz_bytes){data, size};
    complaint_status s = office_open(&h->o, &f->memory, policy(), NULL);
    h->now = h->o.now;
    if (!s) s = office_receive(&h->o, 0);
    if (!s) s = office_triage(&h->o, 1);
    if (!s) s = open_desk(h);
    for (int n = 0; !s && n < MOST_CALLS && h->b.n; n++) go_on(h);
    if (!s) prove(h);
    office_close(&h->o);
    free(h);
}
