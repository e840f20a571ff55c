/*
 * intake/import: hands the messages of a conversation to the desk, as many in one transaction as it can hold.
 *
 * Owns: which messages are new, withdrawn, later than the desk's clock; what becomes of attachments; the tally. Must not know: any service's format.
 */
#include "intake/intake.h"

#include <stdio.h>
#include <string.h>

/* Columns of complaint_message. */
enum { COLUMN_FORM = 7, COLUMN_UNSENT_AT = 12, BY_EXTERNAL_ID = 1 };

/* What the desk has of a message; UNSEEN: nothing but that it was withdrawn. */
typedef enum { STRANGE, KNOWN, WITHDRAWN, UNSEEN } standing;

enum { MESSAGES, ADDED, FOUND, LATER, UNSENT, REPLIES, EVIDENCE, MISSING, TALLY_COUNT, PASSED_OVER = TALLY_COUNT, REFUSED, MENDED, HOOK_COUNT };
static const char *const tally_names[HOOK_COUNT] = {"messages", "added", "known", "later", "withdrawn", "replies", "evidence", "missing", "skipped", "refused", "mended"};

typedef struct import {
    complaint_desk *desk;
    const complaint_actor *actor;
    cpl_str channel;
    complaint_media media; /* open is NULL when there is none */
    cpl_conversation talk;
    standing *standings; /* by item */
    int64_t now;
    cpl_arena arena;     /* of the whole import */
    int64_t tally[HOOK_COUNT];
    cpl_webhook *hook; /* NULL: what the desk refuses ends the import */
    int64_t taken; /* messages that were written, or are about to be */
} import;

/* ---- before anything is done ------------------------------------------------------------------------------------ */

/* So that a file with nothing new in it is refused like any other. */
static complaint_status check_actor(import *im) {
    const complaint_policy *p = im->desk->policy;
    complaint_error *e = &im->desk->error;
    const cpl_action *action = cpl_policy_action(p, CPL_EV_RECEIVE);
    cpl_view view = {0};
    complaint_status s = cpl_desk_view(im->desk, im->actor, &view);
    if (s) return s;
    if (!action) return cpl_failf(e, COMPLAINT_E_UNSUPPORTED, "receive", "มาตรฐานการปฏิบัติงานนี้ไม่รับข้อความ", "this policy receives no messages");
    if (action->roles & view.asking) return COMPLAINT_OK;
    return cpl_failf(e, COMPLAINT_E_ROLE, "receive", "ผู้ปฏิบัติ %s ไม่มีบทบาทที่รับข้อความได้", "actor %s has no role that may receive messages", im->actor->id);
}

static complaint_status check(import *im) {
    char said[CPL_QUOTE_SIZE];
    complaint_error *e = &im->desk->error;
    complaint_status s = cpl_desk_may_write(im->desk);
    if (s != COMPLAINT_OK) return s;
    if (cpl_policy_channel(im->desk->policy, im->channel) < 0)
        return cpl_failf(e, COMPLAINT_E_UNKNOWN_CODE, "channel", "ไม่รู้จักช่องทาง “%s”", "no such channel “%s”", cpl_quote(im->channel, said));
    return check_actor(im);
}

/* ---- what the desk has already ------------------------------------------------------------------------------------ */

static complaint_status look_up(import *im, cpl_tx *tx, const cpl_item *item, standing *found) {
    cpl_range range = {.table = CPL_MESSAGE, .index = BY_EXTERNAL_ID, .equal = {cpl_txt(im->channel), cpl_txt(item->external_id)}, .equal_count = 2, .limit = 1};
    cpl_rows rows = {0};
    cpl_arena a;
    cpl_arena_init(&a, &im->desk->memory);
    complaint_status s = cpl_tx_select(tx, &range, &a, &rows);
    if (!s && rows.count) {
        const complaint_value *row = rows.items[0].values;
        bool unseen = cpl_str_is(cpl_value_str(&row[COLUMN_FORM]), "unsent");
        *found = unseen ? UNSEEN : row[COLUMN_UNSENT_AT].integer ? WITHDRAWN : KNOWN;
    }
    cpl_arena_free(&a);
    return s;
}

static complaint_status look_up_items(cpl_tx *tx, void *context) {
    import *im = context;
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; !s && i < im->talk.count && im->talk.items[i].sent_at <= im->now; i++) s = look_up(im, tx, &im->talk.items[i], &im->standings[i]);
    return s;
}

static bool is_withdrawal(const cpl_item *item) { return strcmp(item->form, "unsent") == 0; }

/* What stands together with a withdrawal is met as if the desk had already what stands before it: a message behind it comes late, one before it is withdrawn, and a second time nothing is. */
static void foresee(import *im, size_t withdrawal) {
    const cpl_item *items = im->talk.items;
    for (size_t i = 0; i < im->talk.count; i++) {
        if (i == withdrawal || im->standings[i] != STRANGE || !cpl_str_eq(items[i].external_id, items[withdrawal].external_id)) continue;
        if (i < withdrawal) im->standings[withdrawal] = KNOWN;
        else im->standings[i] = is_withdrawal(&items[i]) ? WITHDRAWN : UNSEEN;
    }
}

/* Once for the whole file, in one snapshot: what somebody else imports meanwhile is found by RECEIVE itself. */
static complaint_status look_up_all(import *im) {
    im->standings = cpl_arena_alloc(&im->arena, (im->talk.count + 1) * sizeof *im->standings);
    if (!im->standings) return cpl_fail(&im->desk->error, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = cpl_desk_reading(im->desk, look_up_items, im);
    for (size_t i = 0; !s && i < im->talk.count; i++)
        if (im->standings[i] == STRANGE && is_withdrawal(&im->talk.items[i])) foresee(im, i);
    return s;
}

/* ---- one message ------------------------------------------------------------------------------------------------------ */

static complaint_status keep(import *im, const char *uri, complaint_evidence *kept) {
    complaint_desk *d = im->desk;
    complaint_error own = {0}; /* what media said is more precise than what the desk makes of it */
    cpl_media_stream stream = {.media = &im->media, .host = &d->host, .error = &own};
    complaint_status s = cpl_media_open(&stream, uri);
    bool opened = s == COMPLAINT_OK;
    if (opened) s = cpl_desk_keep_evidence(d, cpl_media_read, &stream, kept);
    if (opened) cpl_media_close(&stream);
    if (own.status) d->error = own;
    return s;
}

/* A line in the text for a file that is not there, so that whoever reads the message knows of it. */
static void note(cpl_buf *text, const char *words, cpl_str uri) {
    if (text->size) cpl_buf_putc(text, '\n');
    cpl_buf_putc(text, '[');
    cpl_buf_puts(text, words);
    cpl_buf_puts(text, ": ");
    cpl_buf_str(text, uri);
    cpl_buf_putc(text, ']');
}

static complaint_status attach(import *im, const cpl_attachment *file, complaint_draft *draft, cpl_buf *text) {
    complaint_evidence kept = {0};
    if (!im->media.open) {
        note(text, "ไฟล์แนบ", file->uri);
        return COMPLAINT_OK;
    }
    bool room = draft->evidence_count < sizeof draft->evidence / sizeof draft->evidence[0];
    complaint_status s = room ? keep(im, file->uri.p, &kept) : COMPLAINT_E_TOO_LARGE;
    if (s == COMPLAINT_E_NOT_FOUND || s == COMPLAINT_E_TOO_LARGE) {
        note(text, s == COMPLAINT_E_NOT_FOUND ? "ไม่พบไฟล์แนบ" : "ไฟล์แนบใหญ่หรือมากเกินไป", file->uri);
        cpl_error_clear(&im->desk->error);
        im->tally[MISSING]++;
        return COMPLAINT_OK;
    }
    if (s) return s;
    cpl_evidence_item *item = &draft->evidence[draft->evidence_count++];
    *item = (cpl_evidence_item){.size = kept.size, .name = file->name, .media_type = cpl_str_of(file->media_type)};
    memcpy(item->digest, kept.digest, sizeof item->digest);
    return COMPLAINT_OK;
}

static cpl_input text_field(const char *name, cpl_str text) { return (cpl_input){.name = cpl_str_of(name), .text = text}; }

static cpl_input number_field(const char *name, int64_t number) { return (cpl_input){.name = cpl_str_of(name), .is_integer = true, .integer = number}; }

/* `draft` has its evidence already. */
static complaint_status receive(import *im, const cpl_item *item, complaint_draft *draft, cpl_str text, complaint_outcome *outcome) {
    cpl_input fields[] = {
        text_field("channel", im->channel),     text_field("external_id", item->external_id), text_field("thread", item->thread.n ? item->thread : im->talk.thread),
        text_field("sender", item->sender),     text_field("form", cpl_str_of(item->form)),   text_field("text", text),
        number_field("sent_at", item->sent_at), number_field("direction", item->direction),
    };
    draft->fields = fields;
    draft->field_count = draft->field_capacity = sizeof fields / sizeof fields[0];
    complaint_status s = cpl_desk_act(im->desk, im->actor, CPL_EV_RECEIVE, draft, outcome);
    draft->fields = NULL;
    return s;
}

/* A draft without memory of its own; it is the desk's for one call. */
static complaint_draft *new_draft(import *im) {
    complaint_draft *draft = cpl_alloc_zero(&im->desk->memory, 1, sizeof *draft);
    if (!draft) return NULL;
    draft->magic = CPL_MAGIC_DRAFT;
    draft->memory = im->desk->memory;
    cpl_arena_init(&draft->arena, &draft->memory);
    draft->revision = COMPLAINT_ANY_REVISION;
    return draft;
}

static complaint_status take(import *im, const cpl_item *item, bool is_new, complaint_outcome *outcome) {
    complaint_desk *d = im->desk;
    complaint_status s = COMPLAINT_OK;
    complaint_draft *draft = new_draft(im);
    cpl_buf text;
    cpl_buf_init(&text, &d->memory);
    cpl_buf_str(&text, item->text);
    for (size_t i = 0; draft && !s && is_new && i < item->attachment_count; i++) s = attach(im, &item->attachments[i], draft, &text);
    if (!s && (!draft || text.failed)) s = cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    if (!s) s = receive(im, item, draft, (cpl_str){text.size ? text.data : "", text.size}, outcome);
    if (!s && is_new && !outcome->repeated) im->tally[EVIDENCE] += (int64_t)draft->evidence_count;
    cpl_buf_free(&text);
    cpl_free(&d->memory, draft);
    return s;
}

/* Says which message of the document an error is about, unless the desk knew better. */
static void locate(import *im, const cpl_item *item) {
    complaint_error *e = &im->desk->error;
    char path[64];
    if (item->path.n) (void)snprintf(path, sizeof path, "%.*s", (int)item->path.n, item->path.p);
    else (void)snprintf(path, sizeof path, "$.messages[%zu]", item->place);
    if (!e->path[0]) cpl_error_at(e, path, item->line, e->offset);
}

/* A request tells of what happened, a file of what there is: in that one a withdrawal is no message, and the message that it was of is new when it comes. */
static void count(import *im, const cpl_item *item, standing before, bool is_new) {
    bool only_withdraws = is_new && im->hook && is_withdrawal(item);
    bool comes_after = im->hook && before == UNSEEN;
    bool added = (is_new && !only_withdraws) || comes_after;
    if (only_withdraws || before == KNOWN) im->tally[UNSENT]++;
    if (!only_withdraws) im->tally[added ? ADDED : FOUND]++;
    if (added && item->direction == CPL_FROM_OFFICE) im->tally[REPLIES]++;
}

static complaint_status take_and_count(import *im, const cpl_item *item, standing before) {
    complaint_outcome outcome = {0};
    complaint_status s = take(im, item, before == STRANGE, &outcome);
    if (s) {
        locate(im, item);
        return s;
    }
    count(im, item, before, before == STRANGE && !outcome.repeated);
    return COMPLAINT_OK;
}

/* What is there stays as it is, unless its sender has withdrawn it since, or it comes after its withdrawal. */
static bool is_news(const cpl_item *item, standing before) { return before == STRANGE || (before == KNOWN && is_withdrawal(item)) || (before == UNSEEN && !is_withdrawal(item)); }

/* The desk found the message itself wrong, and would find it so again. */
static bool is_about_the_message(complaint_status s) {
    return s == COMPLAINT_E_INVALID || s == COMPLAINT_E_RANGE || s == COMPLAINT_E_TOO_LARGE || s == COMPLAINT_E_REQUIRED || s == COMPLAINT_E_UTF8 || s == COMPLAINT_E_NUL;
}

static void forget_what_was_mended(cpl_webhook *hook, size_t place) {
    size_t kept = 0;
    for (size_t i = 0; i < hook->skipped_count; i++)
        if (hook->skipped[i].place != place) hook->skipped[kept++] = hook->skipped[i];
    hook->skipped_count = kept;
}

/* A request holds messages of many people: the one that cannot be taken is named, and the others do not wait for it. */
static complaint_status leave_out(import *im, const cpl_item *item, complaint_status why) {
    complaint_error *e = &im->desk->error;
    cpl_webhook *hook = im->hook;
    cpl_skipped one = {.path = item->path, .type = CPL_LIT("message"), .id = item->external_id, .place = item->place, .line = item->line, .status = why};
    if (!hook || !is_about_the_message(why)) return why;
    if (!cpl_arena_str(&im->arena, cpl_str_of(e->thai), &one.thai) || !cpl_arena_str(&im->arena, cpl_str_of(e->english), &one.english)) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    forget_what_was_mended(hook, one.place);
    hook->skipped[hook->skipped_count++] = one;
    im->tally[MESSAGES]--;
    cpl_error_clear(e);
    return COMPLAINT_OK;
}

static complaint_status take_one(import *im, size_t i) {
    const cpl_item *item = &im->talk.items[i];
    im->tally[MESSAGES]++;
    if (item->sent_at > im->now) im->tally[LATER]++;
    else if (!is_news(item, im->standings[i])) im->tally[FOUND]++;
    else {
        im->taken++;
        return take_and_count(im, item, im->standings[i]);
    }
    return COMPLAINT_OK;
}

/* ---- many messages ------------------------------------------------------------------------------------------------------ */

/* Items from `first` up to `end`; what the tally was before them. */
typedef struct group {
    import *im;
    size_t first, end;
    int64_t before[HOOK_COUNT], taken;
} group;

/* A run of messages goes into one transaction: a flush for each of them is what a long inbox would spend its time on. Attachments are kept before their message, in transactions of their own, so a message
 * with some stands alone. */
static group next_group(import *im, size_t first) {
    enum { MOST = 256, ROWS_OF_ONE = 4096 };
    group g = {.im = im, .first = first, .end = first, .taken = im->taken};
    int64_t bytes = 0;
    memcpy(g.before, im->tally, sizeof g.before);
    while (g.end < im->talk.count && g.end - first < MOST) {
        const cpl_item *item = &im->talk.items[g.end];
        bytes += ROWS_OF_ONE + (int64_t)(item->text.n + item->sender.n);
        if (g.end > first && (item->attachment_count > 0 || bytes > im->desk->host.limits.max_transaction / 2)) break;
        g.end++;
        if (item->attachment_count > 0) break;
    }
    return g;
}

static void begin_again(const group *g) {
    memcpy(g->im->tally, g->before, sizeof g->before);
    g->im->taken = g->taken;
}

static complaint_status take_group(void *context) {
    const group *g = context;
    complaint_status s = COMPLAINT_OK;
    begin_again(g);
    for (size_t i = g->first; !s && i < g->end; i++) s = take_one(g->im, i);
    return s;
}

static complaint_status go_on(import *im) {
    return im->taken > 0 && cpl_desk_progress(im->desk, im->taken) != 0 ? cpl_fail(&im->desk->error, COMPLAINT_E_CANCELLED, NULL) : COMPLAINT_OK;
}

/* What cannot be done together is done one by one: whatever comes before the message that is refused stays. */
static complaint_status take_apart(group *g) {
    complaint_status s = COMPLAINT_OK;
    begin_again(g);
    cpl_error_clear(&g->im->desk->error);
    for (size_t i = g->first; !s && i < g->end; i++) {
        if (i > g->first) s = go_on(g->im);
        if (!s) s = leave_out(g->im, &g->im->talk.items[i], take_one(g->im, i));
    }
    return s;
}

static complaint_status take_all(import *im) {
    complaint_status s = COMPLAINT_OK;
    for (size_t first = 0; !s && first < im->talk.count;) {
        group g = next_group(im, first);
        s = go_on(im);
        if (s) break;
        bool alone = g.end == first + 1;
        if (alone || cpl_desk_group(im->desk, take_group, &g)) s = take_apart(&g);
        first = g.end;
    }
    return s;
}

static complaint_status give_tally(const import *im, int32_t columns, complaint_page **tally) {
    complaint_error *e = &im->desk->error;
    complaint_page *page = cpl_page_new(&im->desk->memory, tally_names, columns);
    if (!page) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    cpl_page_row(page);
    for (int32_t i = 0; i < columns; i++) cpl_page_int(page, i, im->tally[i]);
    return cpl_page_finish(page, tally, e);
}

complaint_status cpl_import_facebook(complaint_desk *d, const complaint_actor *actor, cpl_str channel, cpl_str json, const complaint_media *media, complaint_page **tally) {
    import im = {.desk = d, .actor = actor, .channel = channel};
    cpl_arena_init(&im.arena, &d->memory);
    complaint_status s = cpl_media_take(media, &im.media, &d->error);
    if (!s) s = check(&im);
    if (!s) s = cpl_facebook_read(json, &im.arena, &im.talk, &d->error);
    if (!s) s = cpl_host_now(&d->host, &im.now, &d->error);
    if (!s) s = look_up_all(&im);
    if (!s) s = take_all(&im);
    if (!s && tally) s = give_tally(&im, TALLY_COUNT, tally);
    cpl_arena_free(&im.arena);
    return s;
}

/* ---- webhooks ------------------------------------------------------------------------------------------------------------- */

/* The service's clock may be ahead of ours, and does not send a second time what was answered: nothing is later than now. */
static void come_now(import *im) {
    for (size_t i = 0; i < im->talk.count; i++)
        if (im->talk.items[i].sent_at > im->now) im->talk.items[i].sent_at = im->now;
}

static bool is_left_out(const cpl_webhook *hook, size_t place) {
    for (size_t i = 0; i < hook->skipped_count; i++)
        if (!hook->skipped[i].taken && hook->skipped[i].place == place) return true;
    return false;
}

/* So that nobody looks for its words; what was mended in them matters no more. */
static void tell_of_late_ones(import *im) {
    const cpl_skipped late = {.type = CPL_LIT("message"),
                              .status = COMPLAINT_E_STATE,
                              .taken = true,
                              .thai = CPL_LIT("ผู้ส่งยกเลิกข้อความนี้ก่อนที่ข้อความจะมาถึง จึงบันทึกเพียงผู้ส่ง เวลา และรูปแบบ ไม่เก็บเนื้อความและไฟล์แนบ"),
                              .english = CPL_LIT("its sender had withdrawn it before it came: who sent it, when and in which form is recorded, its words and files are not")};
    for (size_t i = 0; i < im->talk.count; i++) {
        const cpl_item *item = &im->talk.items[i];
        if (im->standings[i] != UNSEEN || is_withdrawal(item) || is_left_out(im->hook, item->place)) continue;
        forget_what_was_mended(im->hook, item->place);
        cpl_skipped *one = &im->hook->skipped[im->hook->skipped_count++];
        *one = late;
        one->path = item->path;
        one->place = item->place;
        one->id = item->external_id;
        one->line = item->line;
    }
}

static complaint_status give_skipped(const import *im, const cpl_webhook *hook, complaint_page **skipped) {
    enum { PATH, LINE, TYPE, ID, STATUS, TAKEN, THAI, ENGLISH, COLUMNS };
    static const char *const names[COLUMNS] = {"path", "line", "type", "id", "status", "taken", "thai", "english"};
    complaint_page *page = cpl_page_new(&im->desk->memory, names, COLUMNS);
    if (!page) return cpl_fail(&im->desk->error, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; i < hook->skipped_count; i++) {
        const cpl_skipped *one = &hook->skipped[i];
        cpl_page_row(page);
        cpl_page_str(page, PATH, one->path);
        cpl_page_int(page, LINE, one->line);
        cpl_page_str(page, TYPE, one->type);
        cpl_page_str(page, ID, one->id);
        cpl_page_int(page, STATUS, one->status);
        cpl_page_int(page, TAKEN, one->taken);
        cpl_page_str(page, THAI, one->thai);
        cpl_page_str(page, ENGLISH, one->english);
    }
    return cpl_page_finish(page, skipped, &im->desk->error);
}

static void count_events(import *im, const cpl_webhook *hook) {
    for (size_t i = 0; i < hook->skipped_count; i++) im->tally[hook->skipped[i].taken ? MENDED : hook->skipped[i].status ? REFUSED : PASSED_OVER]++;
}

/* In the order of the events, whoever found what is said of them. */
static void put_in_order(cpl_webhook *hook) {
    for (size_t i = 1; i < hook->skipped_count; i++)
        for (size_t k = i; k > 0 && hook->skipped[k - 1].place > hook->skipped[k].place; k--) {
            cpl_skipped later = hook->skipped[k - 1];
            hook->skipped[k - 1] = hook->skipped[k];
            hook->skipped[k] = later;
        }
}

/* Both or none. */
static complaint_status give_both(const import *im, const cpl_webhook *hook, complaint_page **skipped, complaint_page **tally) {
    complaint_page *made = NULL;
    complaint_status s = skipped ? give_skipped(im, hook, &made) : COMPLAINT_OK;
    if (!s && tally) s = give_tally(im, HOOK_COUNT, tally);
    if (s) complaint_page_free(made);
    else if (skipped) *skipped = made;
    return s;
}

complaint_status cpl_import_webhook(complaint_desk *d, const complaint_actor *actor, int32_t service, cpl_str channel, cpl_str body, cpl_str signature, cpl_str secret, const complaint_media *media,
                                    complaint_page **skipped, complaint_page **tally) {
    import im = {.desk = d, .actor = actor, .channel = channel};
    cpl_webhook hook = {.skipped_count = 0};
    cpl_arena_init(&im.arena, &d->memory);
    complaint_status s = cpl_webhook_check(service, body, signature, secret, &d->error);
    if (!s) s = cpl_media_take(media, &im.media, &d->error);
    if (!s) s = check(&im);
    if (!s) s = cpl_webhook_read(service, body, &im.arena, &hook, &d->error);
    im.talk = hook.talk;
    im.hook = &hook;
    if (!s) s = cpl_host_now(&d->host, &im.now, &d->error);
    if (!s) come_now(&im);
    if (!s) s = look_up_all(&im);
    if (!s) s = take_all(&im);
    if (!s) tell_of_late_ones(&im);
    if (!s) put_in_order(&hook);
    if (!s) count_events(&im, &hook);
    if (!s) s = give_both(&im, &hook, skipped, tally);
    cpl_arena_free(&im.arena);
    return s;
}
