/*
 * intake/webhook: what LINE and Messenger send to a web server, as a list of messages.
 *
 * Owns: the services' keys, their signatures, which events are messages. Must not know: desks, stores, HTTP.
 *
 * The bodies are documented at developers.line.biz/en/reference/messaging-api and developers.facebook.com/docs/messenger-platform/reference/webhook-events; both say that
 * types and members will be added, so what is not known is passed over by name, and only what is known of a message has to be right. The events of one body are of many people:
 * what is wrong with one of them is said of it alone.
 */
#include "intake/intake.h"

#include <inttypes.h>
#include <stdio.h>

enum { MAX_DEPTH = 24 };

/* ---- signatures ------------------------------------------------------------------------------------------------------ */

static int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* 32 bytes are 43 characters and a `=`. */
static bool mac_of_base64(cpl_str s, uint8_t mac[CPL_HASH_SIZE]) {
    enum { CHARACTERS = 43 };
    uint32_t bits = 0;
    int held = 0;
    size_t n = 0;
    if (s.n != CHARACTERS + 1 || s.p[CHARACTERS] != '=') return false;
    for (size_t i = 0; i < CHARACTERS; i++) {
        int v = base64_value(s.p[i]);
        if (v < 0) return false;
        bits = bits << 6 | (uint32_t)v;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        if (n < CPL_HASH_SIZE) mac[n++] = (uint8_t)(bits >> held);
    }
    return (bits & 3) == 0; /* a code has one form */
}

static bool mac_of_hex(cpl_str s, uint8_t mac[CPL_HASH_SIZE]) {
    static const char head[] = "sha256=";
    enum { HEAD = sizeof head - 1 };
    return s.n > HEAD && memcmp(s.p, head, HEAD) == 0 && cpl_unhex((cpl_str){s.p + HEAD, s.n - HEAD}, mac, CPL_HASH_SIZE);
}

complaint_status cpl_webhook_check(int32_t service, cpl_str body, cpl_str signature, cpl_str secret, complaint_error *e) {
    uint8_t given[CPL_HASH_SIZE] = {0}, own[CPL_HASH_SIZE];
    bool read = service == COMPLAINT_WEBHOOK_LINE ? mac_of_base64(signature, given) : mac_of_hex(signature, given);
    cpl_hmac_sha256(secret, body, own);
    bool same = cpl_same_mac(given, own);
    return read && same ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_SIGNATURE, "signature");
}

/* ---- values of the document --------------------------------------------------------------------------------------------- */

typedef struct reading {
    cpl_arena *arena;
    complaint_error *e;
    cpl_webhook *hook;
    /* of the event that is being read */
    size_t place;
    bool mended;                 /* a text had what no text may hold */
    complaint_status time_fault; /* its time cannot be used */
} reading;

/* Stands for what was no character until the string it is in is read; nobody writes it (U+FDD0, a noncharacter), and it is as long as U+FFFD. */
#define STAND_IN_DIGITS "fdd0"
#define STAND_IN "\xEF\xB7\x90"
#define REPLACEMENT "\xEF\xBF\xBD"
enum { STAND_IN_SIZE = 3 };

static complaint_status out_of_memory(reading *r) { return cpl_fail(r->e, COMPLAINT_E_MEMORY, NULL); }

static complaint_status fault(reading *r, complaint_status status, const cpl_json *at, const char *key, const char *thai, const char *english) {
    char path[sizeof r->e->path];
    cpl_json_path(at, path, sizeof path);
    cpl_failf(r->e, status, key, "บรรทัด %" PRId64 " ที่ %s: %s%.0s (%s)", "line %" PRId64 " at %s: %.0s%s %s", cpl_json_line(at), path, thai, english, key);
    cpl_error_at(r->e, path, cpl_json_line(at), -1);
    return status;
}

static complaint_status wrong_type(reading *r, const cpl_json *at, const char *key) {
    return fault(r, COMPLAINT_E_INVALID, at, key, "ชนิดข้อมูลไม่ใช่อย่างที่ผู้ให้บริการกำหนด", "not the type that the service documents:");
}

/* NULL when it is absent or null. */
static complaint_status member(reading *r, const cpl_json *object, const char *key, int type, const cpl_json **value) {
    const cpl_json *v = cpl_json_get(object, key);
    *value = cpl_json_type(v) == CPL_JSON_NULL ? NULL : v;
    return *value && cpl_json_type(v) != type ? wrong_type(r, v, key) : COMPLAINT_OK;
}

static complaint_status needed(reading *r, const cpl_json *object, const char *key, int type, const cpl_json **value) {
    complaint_status s = member(r, object, key, type, value);
    return s == COMPLAINT_OK && !*value ? fault(r, COMPLAINT_E_INVALID, object, key, "ขาด", "this is missing:") : s;
}

/* A copy in the arena. */
static complaint_status text_of(reading *r, cpl_str s, cpl_str *text) {
    char *copy = cpl_arena_alloc(r->arena, s.n + 1);
    if (!copy) return out_of_memory(r);
    if (s.n) memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    for (char *at = strstr(copy, STAND_IN); at; at = strstr(at + STAND_IN_SIZE, STAND_IN)) {
        memcpy(at, REPLACEMENT, STAND_IN_SIZE);
        r->mended = true;
    }
    *text = (cpl_str){copy, s.n};
    return COMPLAINT_OK;
}

static complaint_status string(reading *r, const cpl_json *object, const char *key, bool must, cpl_str *text) {
    const cpl_json *v;
    complaint_status s = must ? needed(r, object, key, CPL_JSON_STRING, &v) : member(r, object, key, CPL_JSON_STRING, &v);
    if (s == COMPLAINT_OK && must && cpl_json_str(v).n == 0) s = fault(r, COMPLAINT_E_INVALID, v, key, "ว่างเปล่า", "this is empty:");
    return s == COMPLAINT_OK ? text_of(r, cpl_json_str(v), text) : s;
}

static complaint_status time_member(reading *r, const cpl_json *object, int64_t *ms) {
    const cpl_json *v;
    complaint_status s = needed(r, object, "timestamp", CPL_JSON_INT, &v);
    if (s != COMPLAINT_OK) return s;
    *ms = cpl_json_int(v);
    return cpl_instant_in_range(*ms) ? COMPLAINT_OK : fault(r, COMPLAINT_E_RANGE, v, "timestamp", "เวลาอยู่นอกช่วง", "out of the range of dates:");
}

static complaint_status path_of(reading *r, const cpl_json *at, cpl_str *path) {
    char text[256];
    cpl_json_path(at, text, sizeof text);
    return cpl_arena_str(r->arena, cpl_str_of(text), path) ? COMPLAINT_OK : out_of_memory(r);
}

static bool is(const cpl_json *v, const char *word) { return cpl_str_is(cpl_json_str(v), word); }

static bool is_true(const cpl_json *v) { return cpl_json_type(v) == CPL_JSON_BOOL && cpl_json_int(v); }

/* Appends pieces of text; the whole lies in the arena. */
static complaint_status join(reading *r, const cpl_str *parts, size_t count, cpl_str *text) {
    cpl_buf b;
    cpl_buf_init(&b, r->arena->m);
    for (size_t i = 0; i < count; i++) cpl_buf_str(&b, parts[i]);
    bool ok = !b.failed && cpl_arena_str(r->arena, (cpl_str){b.size ? b.data : "", b.size}, text);
    cpl_buf_free(&b);
    return ok ? COMPLAINT_OK : out_of_memory(r);
}

/* ---- what comes of an event ------------------------------------------------------------------------------------------------- */

/* By which an event is found again at the service, or in the office's inbox. */
static cpl_str id_of(const cpl_json *event) {
    static const char *const places[][2] = {{"message", "id"}, {"unsend", "messageId"}, {"message", "mid"}, {"message_edit", "mid"}};
    cpl_str id = {0};
    for (size_t i = 0; !id.n && i < sizeof places / sizeof places[0]; i++) id = cpl_json_str(cpl_json_get(cpl_json_get(event, places[i][0]), places[i][1]));
    return id.n ? id : cpl_json_str(cpl_json_get(event, "webhookEventId"));
}

static complaint_status say(reading *r, const cpl_json *event, cpl_str type, cpl_skipped what) {
    complaint_status s = path_of(r, event, &what.path);
    if (s == COMPLAINT_OK) s = text_of(r, type, &what.type);
    if (s == COMPLAINT_OK) s = text_of(r, id_of(event), &what.id);
    if (s == COMPLAINT_OK) s = text_of(r, what.thai, &what.thai);
    if (s == COMPLAINT_OK) s = text_of(r, what.english, &what.english);
    if (s != COMPLAINT_OK) return s;
    what.line = cpl_json_line(event);
    what.place = r->place;
    r->hook->skipped[r->hook->skipped_count++] = what;
    return COMPLAINT_OK;
}

static complaint_status skip(reading *r, const cpl_json *event, cpl_str type) { return say(r, event, type, (cpl_skipped){.status = COMPLAINT_OK}); }

/* The others of the body are no worse for it: refusing them with it would have all sent again, and refused again. */
static complaint_status leave_out(reading *r, const cpl_json *event, cpl_str type, complaint_status why) {
    if (why == COMPLAINT_OK || why == COMPLAINT_E_MEMORY) return why;
    cpl_skipped what = {.status = why, .thai = cpl_str_of(r->e->thai), .english = cpl_str_of(r->e->english)};
    complaint_status s = say(r, event, type, what);
    if (s == COMPLAINT_OK) cpl_error_clear(r->e);
    return s;
}

/* What the officer has to know of a message that was taken all the same. */
static complaint_status say_what_was_mended(reading *r, const cpl_json *event) {
    cpl_skipped characters = {.status = COMPLAINT_E_UTF8,
                              .taken = true,
                              .thai = CPL_LIT("ข้อความมีอักขระที่ใช้ไม่ได้ แสดงเป็น " REPLACEMENT " แทน"),
                              .english = CPL_LIT("characters that no text may hold were replaced by " REPLACEMENT)};
    cpl_skipped time = {.status = r->time_fault,
                        .taken = true,
                        .thai = CPL_LIT("ไม่มีเวลาส่งที่ใช้ได้ (timestamp) จึงใช้เวลาที่สำนักงานรับเข้า"),
                        .english = CPL_LIT("it has no time that could be used (timestamp); the desk's clock stands for it")};
    bool mended = r->mended;
    complaint_status s = r->time_fault ? say(r, event, CPL_LIT("message"), time) : COMPLAINT_OK;
    return s == COMPLAINT_OK && mended ? say(r, event, CPL_LIT("message"), characters) : s;
}

/* A message without a time was sent before it came: the day on which the office has it is the one that can be proved. */
static complaint_status time_of(reading *r, const cpl_json *event, int64_t *ms) {
    r->time_fault = time_member(r, event, ms);
    if (r->time_fault == COMPLAINT_OK) return COMPLAINT_OK;
    cpl_error_clear(r->e);
    *ms = CPL_NO_TIME;
    return COMPLAINT_OK;
}

static complaint_status begin(reading *r, const cpl_json *event, const char *form, cpl_item *item) {
    r->mended = false;
    *item = (cpl_item){.form = form, .direction = CPL_FROM_OUTSIDE, .place = r->place, .line = cpl_json_line(event), .sender = CPL_LIT(""), .text = CPL_LIT(""), .thread = CPL_LIT("")};
    complaint_status s = path_of(r, event, &item->path);
    return s == COMPLAINT_OK ? time_of(r, event, &item->sent_at) : s;
}

static bool has_words(cpl_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t\r\n", s.p[i])) return true;
    return false;
}

/* Blanks alone are nothing that could be received, and refusing them would have them sent again for ever. */
static complaint_status keep(reading *r, const cpl_json *event, const cpl_item *item) {
    cpl_conversation *talk = &r->hook->talk;
    if (strcmp(item->form, "text") == 0 && item->attachment_count == 0 && !has_words(item->text)) return skip(r, event, CPL_LIT("message without words"));
    talk->items[talk->count++] = *item;
    return say_what_was_mended(r, event);
}

static const struct {
    const char *type, *media_type, *name;
} media_types[] = {
    {"image", "image/jpeg", "image.jpg"}, {"video", "video/mp4", "video.mp4"}, {"audio", "audio/mp4", "audio.m4a"}, {"file", "application/octet-stream", "file"}};
enum { MEDIA = sizeof media_types / sizeof media_types[0] };

static size_t media_of(cpl_str type) {
    size_t i = 0;
    while (i < MEDIA && !cpl_str_is(type, media_types[i].type)) i++;
    return i;
}

/* ---- LINE ---------------------------------------------------------------------------------------------------------------------- */

/* A group or room is one conversation, whoever speaks in it. */
static complaint_status line_thread(reading *r, const cpl_json *event, cpl_item *item) {
    const cpl_json *source;
    cpl_str user = {0}, group = {0}, room = {0};
    complaint_status s = member(r, event, "source", CPL_JSON_OBJECT, &source);
    if (s != COMPLAINT_OK || !source) return s;
    s = string(r, source, "userId", false, &user);
    if (s == COMPLAINT_OK) s = string(r, source, "groupId", false, &group);
    if (s == COMPLAINT_OK) s = string(r, source, "roomId", false, &room);
    item->thread = group.n ? group : room.n ? room : user;
    if (item->thread.n && !cpl_str_eq(item->thread, user)) item->sender = user;
    return s;
}

static complaint_status line_attachment(reading *r, const cpl_json *message, size_t kind, cpl_item *item) {
    cpl_attachment *file = cpl_arena_alloc(r->arena, sizeof *file);
    cpl_str name = {0};
    if (!file) return out_of_memory(r);
    complaint_status s = string(r, message, "fileName", false, &name);
    *file = (cpl_attachment){.uri = item->external_id, .name = name.n ? name : cpl_str_of(media_types[kind].name), .media_type = media_types[kind].media_type};
    item->form = "media";
    item->attachments = file;
    item->attachment_count = 1;
    return s;
}

static complaint_status line_sticker(reading *r, const cpl_json *message, cpl_item *item) {
    cpl_str package = {0}, sticker = {0};
    complaint_status s = string(r, message, "packageId", false, &package);
    if (s == COMPLAINT_OK) s = string(r, message, "stickerId", false, &sticker);
    item->form = "sticker";
    return s == COMPLAINT_OK ? join(r, (cpl_str[]){package, CPL_LIT("/"), sticker}, 3, &item->text) : s;
}

/* A place is words; its degrees are not kept. */
static complaint_status line_place(reading *r, const cpl_json *message, cpl_item *item) {
    cpl_str title = {0}, address = {0};
    complaint_status s = string(r, message, "title", false, &title);
    if (s == COMPLAINT_OK) s = string(r, message, "address", false, &address);
    return s == COMPLAINT_OK ? join(r, (cpl_str[]){CPL_LIT("[ตำแหน่งที่ตั้ง] "), title, CPL_LIT(" "), address}, 4, &item->text) : s;
}

static complaint_status line_message(reading *r, const cpl_json *event) {
    const cpl_json *message, *type;
    cpl_item item;
    complaint_status s = begin(r, event, "text", &item);
    if (s == COMPLAINT_OK) s = needed(r, event, "message", CPL_JSON_OBJECT, &message);
    if (s == COMPLAINT_OK) s = needed(r, message, "type", CPL_JSON_STRING, &type);
    if (s == COMPLAINT_OK) s = string(r, message, "id", true, &item.external_id);
    if (s == COMPLAINT_OK) s = line_thread(r, event, &item);
    if (s != COMPLAINT_OK) return s;
    size_t kind = media_of(cpl_json_str(type));
    if (is(type, "text")) s = string(r, message, "text", false, &item.text);
    else if (is(type, "sticker")) s = line_sticker(r, message, &item);
    else if (is(type, "location")) s = line_place(r, message, &item);
    else if (kind < MEDIA) s = line_attachment(r, message, kind, &item);
    else return skip(r, event, cpl_json_str(type));
    return s == COMPLAINT_OK ? keep(r, event, &item) : s;
}

static complaint_status line_unsend(reading *r, const cpl_json *event) {
    const cpl_json *unsend;
    cpl_item item;
    complaint_status s = begin(r, event, "unsent", &item);
    if (s == COMPLAINT_OK) s = needed(r, event, "unsend", CPL_JSON_OBJECT, &unsend);
    if (s == COMPLAINT_OK) s = string(r, unsend, "messageId", true, &item.external_id);
    if (s == COMPLAINT_OK) s = line_thread(r, event, &item);
    return s == COMPLAINT_OK ? keep(r, event, &item) : s;
}

static complaint_status line_event(reading *r, const cpl_json *event) {
    const cpl_json *type;
    if (cpl_json_type(event) != CPL_JSON_OBJECT) return wrong_type(r, event, "events");
    complaint_status s = needed(r, event, "type", CPL_JSON_STRING, &type);
    if (s != COMPLAINT_OK) return s;
    if (is(type, "message")) return line_message(r, event);
    if (is(type, "unsend")) return line_unsend(r, event);
    return skip(r, event, cpl_json_str(type));
}

/* ---- Messenger -------------------------------------------------------------------------------------------------------------------- */

static complaint_status party_of(reading *r, const cpl_json *event, const char *key, cpl_str *id) {
    const cpl_json *party;
    complaint_status s = needed(r, event, key, CPL_JSON_OBJECT, &party);
    return s == COMPLAINT_OK ? string(r, party, "id", true, id) : s;
}

/* The person on the other side; an echo is what the page wrote to him. */
static complaint_status messenger_thread(reading *r, const cpl_json *event, bool echo, cpl_item *item) {
    item->direction = echo ? CPL_FROM_OFFICE : CPL_FROM_OUTSIDE;
    return party_of(r, event, echo ? "recipient" : "sender", &item->thread);
}

static complaint_status messenger_file(reading *r, const cpl_json *attachment, cpl_item *item, cpl_attachment *files) {
    const cpl_json *type, *payload;
    cpl_str uri = {0};
    if (cpl_json_type(attachment) != CPL_JSON_OBJECT) return wrong_type(r, attachment, "attachments");
    complaint_status s = needed(r, attachment, "type", CPL_JSON_STRING, &type);
    if (s == COMPLAINT_OK) s = member(r, attachment, "payload", CPL_JSON_OBJECT, &payload);
    if (s == COMPLAINT_OK && payload) s = string(r, payload, "url", false, &uri);
    if (s != COMPLAINT_OK || uri.n == 0) return s;
    size_t kind = media_of(cpl_json_str(type));
    if (kind < MEDIA && !cpl_json_get(payload, "sticker_id")) {
        files[item->attachment_count++] = (cpl_attachment){.uri = uri, .name = cpl_str_of(media_types[kind].name), .media_type = media_types[kind].media_type};
        return COMPLAINT_OK;
    }
    bool sticker = cpl_json_get(payload, "sticker_id") != NULL;
    if (!item->text.n) item->form = sticker ? "sticker" : "share";
    return join(r, (cpl_str[]){item->text, item->text.n ? CPL_LIT("\n") : CPL_LIT(""), uri}, 3, &item->text);
}

static complaint_status messenger_files(reading *r, const cpl_json *message, cpl_item *item) {
    const cpl_json *list;
    complaint_status s = member(r, message, "attachments", CPL_JSON_ARRAY, &list);
    if (s != COMPLAINT_OK || cpl_json_count(list) == 0) return s;
    cpl_attachment *files = cpl_arena_alloc(r->arena, cpl_json_count(list) * sizeof *files);
    if (!files) return out_of_memory(r);
    item->attachments = files;
    if (item->text.n == 0) item->form = "media";
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(list); i++) s = messenger_file(r, cpl_json_at(list, i), item, files);
    return s;
}

static complaint_status messenger_message(reading *r, const cpl_json *event, const cpl_json *message) {
    cpl_item item;
    bool deleted = is_true(cpl_json_get(message, "is_deleted"));
    complaint_status s = begin(r, event, deleted ? "unsent" : "text", &item);
    if (s == COMPLAINT_OK) s = string(r, message, "mid", true, &item.external_id);
    if (s == COMPLAINT_OK) s = messenger_thread(r, event, is_true(cpl_json_get(message, "is_echo")), &item);
    if (s == COMPLAINT_OK && !deleted) s = string(r, message, "text", false, &item.text);
    if (s == COMPLAINT_OK && !deleted) s = messenger_files(r, message, &item);
    return s == COMPLAINT_OK ? keep(r, event, &item) : s;
}

/* The words of before stay; these are a further message. */
static complaint_status messenger_edit(reading *r, const cpl_json *event, const cpl_json *edit) {
    const cpl_json *count;
    cpl_item item;
    cpl_str mid = {0}, text = {0};
    char number[24] = "0";
    complaint_status s = begin(r, event, "text", &item);
    if (s == COMPLAINT_OK) s = string(r, edit, "mid", true, &mid);
    if (s == COMPLAINT_OK) s = string(r, edit, "text", true, &text);
    if (s == COMPLAINT_OK) s = member(r, edit, "num_edit", CPL_JSON_INT, &count);
    if (s == COMPLAINT_OK) s = messenger_thread(r, event, false, &item);
    if (s != COMPLAINT_OK) return s;
    if (count) (void)snprintf(number, sizeof number, "%" PRId64, cpl_json_int(count));
    s = join(r, (cpl_str[]){mid, CPL_LIT(":edit:"), cpl_str_of(number)}, 3, &item.external_id);
    if (s == COMPLAINT_OK) s = join(r, (cpl_str[]){CPL_LIT("[แก้ไขข้อความ] "), text}, 2, &item.text);
    return s == COMPLAINT_OK ? keep(r, event, &item) : s;
}

static cpl_str messenger_type(const cpl_json *event) {
    for (size_t i = 0; i < cpl_json_count(event); i++) {
        cpl_str key = cpl_json_key(event, i);
        if (!cpl_str_is(key, "sender") && !cpl_str_is(key, "recipient") && !cpl_str_is(key, "timestamp")) return key;
    }
    return CPL_LIT("empty");
}

static complaint_status messenger_event(reading *r, const cpl_json *event) {
    const cpl_json *message, *edit;
    if (cpl_json_type(event) != CPL_JSON_OBJECT) return wrong_type(r, event, "messaging");
    complaint_status s = member(r, event, "message", CPL_JSON_OBJECT, &message);
    if (s == COMPLAINT_OK) s = member(r, event, "message_edit", CPL_JSON_OBJECT, &edit);
    if (s != COMPLAINT_OK) return s;
    if (message) return messenger_message(r, event, message);
    return edit ? messenger_edit(r, event, edit) : skip(r, event, messenger_type(event));
}

/* ---- the body ------------------------------------------------------------------------------------------------------------------------ */

/* Two things can be said of a message that was taken, and one more when the desk refuses it. */
static complaint_status make_room(reading *r, size_t events) {
    enum { THINGS = 3 };
    r->hook->talk.items = cpl_arena_alloc(r->arena, (events + 1) * sizeof *r->hook->talk.items);
    r->hook->skipped = cpl_arena_alloc(r->arena, (THINGS * events + 1) * sizeof *r->hook->skipped);
    return r->hook->talk.items && r->hook->skipped ? COMPLAINT_OK : out_of_memory(r);
}

static complaint_status read_line(reading *r, const cpl_json *root) {
    const cpl_json *events;
    complaint_status s = needed(r, root, "events", CPL_JSON_ARRAY, &events);
    if (s == COMPLAINT_OK) s = make_room(r, cpl_json_count(events));
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(events); i++, r->place++) {
        const cpl_json *event = cpl_json_at(events, i);
        s = leave_out(r, event, cpl_json_str(cpl_json_get(event, "type")), line_event(r, event));
    }
    return s;
}

static size_t count_messaging(const cpl_json *entries) {
    size_t count = cpl_json_count(entries);
    for (size_t i = 0; i < cpl_json_count(entries); i++) count += cpl_json_count(cpl_json_get(cpl_json_at(entries, i), "messaging"));
    return count;
}

/* What the page is told of as a bystander (`standby`), and changes of its feed, have other keys. */
static complaint_status read_entry(reading *r, const cpl_json *entry) {
    const cpl_json *list;
    if (cpl_json_type(entry) != CPL_JSON_OBJECT) return wrong_type(r, entry, "entry");
    complaint_status s = member(r, entry, "messaging", CPL_JSON_ARRAY, &list);
    if (s == COMPLAINT_OK && !list) return skip(r, entry, CPL_LIT("entry without messaging"));
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(list); i++, r->place++) {
        const cpl_json *event = cpl_json_at(list, i);
        s = leave_out(r, event, messenger_type(event), messenger_event(r, event));
    }
    return s;
}

static complaint_status read_messenger(reading *r, const cpl_json *root) {
    const cpl_json *entries;
    complaint_status s = needed(r, root, "entry", CPL_JSON_ARRAY, &entries);
    if (s == COMPLAINT_OK) s = make_room(r, count_messaging(entries));
    for (size_t i = 0; s == COMPLAINT_OK && i < cpl_json_count(entries); i++, r->place++) {
        const cpl_json *entry = cpl_json_at(entries, i);
        s = leave_out(r, entry, CPL_LIT("entry"), read_entry(r, entry));
    }
    return s;
}

/* Bytes that are no UTF-8 get a stand-in. A NUL among them is no JSON, whoever sent it. */
static complaint_status mend_bytes(reading *r, cpl_str body, cpl_str *text) {
    cpl_buf b;
    size_t bad = 0;
    cpl_buf_init(&b, r->arena->m);
    for (; cpl_utf8_check(body, &bad) == COMPLAINT_E_UTF8; body = (cpl_str){body.p + bad + 1, body.n - bad - 1}) {
        cpl_buf_put(&b, body.p, bad);
        cpl_buf_puts(&b, STAND_IN);
    }
    cpl_buf_str(&b, body);
    bool ok = !b.failed && cpl_arena_str(r->arena, (cpl_str){b.size ? b.data : "", b.size}, text);
    cpl_buf_free(&b);
    return ok ? COMPLAINT_OK : out_of_memory(r);
}

/* Where the string that begins at `at` ends, with its quote; the end of the text when it does not. */
static size_t string_end(cpl_str s, size_t at) {
    for (at++; at < s.n && s.p[at] != '"'; at++) at += s.p[at] == '\\';
    return at < s.n ? at + 1 : s.n;
}

/* What lies deeper than anything that is read becomes a 0, so that it is no reason to refuse the others of the body. Lines stay. */
static void flatten(char *text, size_t size) {
    int64_t depth = 0;
    for (size_t at = 0, end; at < size; at = end) {
        char c = text[at];
        bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
        end = c == '"' ? string_end((cpl_str){text, size}, at) : at + 1;
        depth += opens;
        for (size_t i = at; depth > MAX_DEPTH && i < end; i++)
            if (text[i] != '\n') text[i] = ' ';
        if (opens && depth == MAX_DEPTH + 1) text[at] = '0';
        depth -= closes;
    }
}

/* So that one string that no text may hold does not make the body unreadable. Lines and paths stay what they are. */
static complaint_status mend(reading *r, cpl_str body, cpl_str *text) {
    complaint_status s = mend_bytes(r, body, text);
    char *copy = s == COMPLAINT_OK ? cpl_arena_alloc(r->arena, text->n + 1) : NULL;
    cpl_scan scan;
    if (!copy) return s == COMPLAINT_OK ? out_of_memory(r) : s;
    memcpy(copy, text->p, text->n);
    flatten(copy, text->n);
    text->p = copy;
    cpl_scan_init(&scan, *text);
    scan.wide_is_real = true;
    for (int token = cpl_scan_next(&scan); token != CPL_SCAN_END && token != CPL_SCAN_BAD; token = cpl_scan_next(&scan))
        if (token == CPL_SCAN_STRING && scan.escaped) cpl_scan_mend(&scan, copy, STAND_IN_DIGITS);
    return COMPLAINT_OK;
}

static complaint_status read_body(reading *r, int32_t service, const cpl_json *root) {
    if (cpl_json_type(root) != CPL_JSON_OBJECT) return wrong_type(r, root, "$");
    return service == COMPLAINT_WEBHOOK_LINE ? read_line(r, root) : read_messenger(r, root);
}

complaint_status cpl_webhook_read(int32_t service, cpl_str body, cpl_arena *a, cpl_webhook *hook, complaint_error *e) {
    cpl_webhook made = {.talk = {.thread = CPL_LIT("")}};
    complaint_error own = {0};
    reading r = {.arena = a, .e = &own, .hook = &made};
    cpl_json_doc *doc = NULL;
    complaint_status s = mend(&r, body, &body);
    if (s == COMPLAINT_OK) s = cpl_json_parse(a->m, body, MAX_DEPTH, true, &doc, &own);
    if (s == COMPLAINT_OK) s = read_body(&r, service, cpl_json_root(doc));
    cpl_json_free(doc);
    if (s == COMPLAINT_OK) *hook = made;
    else if (e) *e = own;
    return s;
}
