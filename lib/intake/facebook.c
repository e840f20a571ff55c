/*
 * intake/facebook: a conversation file of Facebook's "Download your information" as a list of messages.
 *
 * Owns: the export's keys, its encoding, who of a conversation is the page, the form of a message, external ids. Must not know: desks, stores,
 * what has been imported before.
 */
#include "intake/intake.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 16 };

/* ---- encoding --------------------------------------------------------------------------------------------------- */

/* The bytes that the code points U+0000 .. U+00FF of s stand for; false when there is any other. `out` holds s.n bytes. */
static bool narrow(cpl_str s, char *out, size_t *n) {
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80) {
            if (c > 0xC3 || i + 1 == s.n) return false;
            c = (unsigned char)((c & 0x03) << 6 | ((unsigned char)s.p[++i] & 0x3F));
        }
        out[done++] = (char)c;
    }
    *n = done;
    return true;
}

bool cpl_facebook_undo(cpl_str s, cpl_arena *a, cpl_str *text) {
    size_t n = 0, bad;
    char *bytes = cpl_arena_alloc(a, s.n + 1);
    if (!bytes) return false;
    if (narrow(s, bytes, &n) && cpl_utf8_check((cpl_str){bytes, n}, &bad) == COMPLAINT_OK) {
        bytes[n] = '\0';
        *text = (cpl_str){bytes, n};
        return true;
    }
    return cpl_arena_str(a, s, text);
}

/* ---- values of the document -------------------------------------------------------------------------------------- */

typedef struct reading {
    cpl_arena *arena;
    complaint_error *e;
    cpl_str page; /* the page's own name, empty when in doubt */
} reading;

static complaint_status fault(reading *r, complaint_status status, const cpl_json *at, const char *key, const char *thai, const char *english) {
    char path[sizeof r->e->path];
    cpl_json_path(at, path, sizeof path);
    cpl_failf(r->e, status, key, "บรรทัด %" PRId64 " ที่ %s: %s%.0s", "line %" PRId64 " at %s: %.0s%s", cpl_json_line(at), path, thai, english);
    cpl_error_at(r->e, path, cpl_json_line(at), -1);
    return status;
}

static complaint_status no_memory(reading *r) { return cpl_fail(r->e, COMPLAINT_E_MEMORY, NULL); }

static complaint_status wrong_type(reading *r, const cpl_json *at, const char *key) {
    return fault(r, COMPLAINT_E_INVALID, at, key, "ชนิดข้อมูลไม่ใช่อย่างที่ Facebook ส่งออก", "not the type that Facebook exports");
}

/* The member `key`, NULL when it is absent or null; E_INVALID when it is of another type. */
static complaint_status member(reading *r, const cpl_json *object, const char *key, int type, const cpl_json **value) {
    const cpl_json *v = cpl_json_get(object, key);
    if (cpl_json_type(v) != CPL_JSON_NULL && cpl_json_type(v) != type) return wrong_type(r, v, key);
    *value = cpl_json_type(v) == CPL_JSON_NULL ? NULL : v;
    return COMPLAINT_OK;
}

/* The same for a string, decoded; empty when it is absent. */
static complaint_status string_member(reading *r, const cpl_json *object, const char *key, cpl_str *text) {
    const cpl_json *v;
    complaint_status s = member(r, object, key, CPL_JSON_STRING, &v);
    if (s) return s;
    return cpl_facebook_undo(cpl_json_str(v), r->arena, text) ? COMPLAINT_OK : no_memory(r);
}

/* ---- the conversation ---------------------------------------------------------------------------------------------- */

/* `inbox/bualoykhaiwan_51851025862890902`: what stands behind the last underscore; the name before it changes with the person's. */
static complaint_status read_thread(reading *r, const cpl_json *root, cpl_str *thread) {
    cpl_str path = {0};
    complaint_status s = string_member(r, root, "thread_path", &path);
    if (s) return s;
    size_t from = path.n;
    while (from > 0 && path.p[from - 1] >= '0' && path.p[from - 1] <= '9') from--;
    size_t digits = path.n - from;
    bool bare = from == 0 || path.p[from - 1] == '_' || path.p[from - 1] == '/';
    if (digits == 0 || digits > CPL_ID_MAX || !bare) {
        const cpl_json *at = cpl_json_get(root, "thread_path");
        return fault(r, COMPLAINT_E_INVALID, at ? at : root, "thread_path", "thread_path ต้องลงท้ายด้วยเลขของการสนทนา", "thread_path has to end in the number of the conversation");
    }
    *thread = (cpl_str){path.p + from, digits};
    return COMPLAINT_OK;
}

/* Of two participants with different names, the one that the conversation is not named after. In any other case there is doubt, and what is
 * in doubt came from outside. */
static complaint_status read_page(reading *r, const cpl_json *root) {
    const cpl_json *list;
    cpl_str title = {0}, names[2] = {{0}};
    complaint_status s = member(r, root, "participants", CPL_JSON_ARRAY, &list);
    if (!s) s = string_member(r, root, "title", &title);
    for (size_t i = 0; !s && i < cpl_json_count(list); i++) {
        const cpl_json *who = cpl_json_at(list, i);
        if (cpl_json_type(who) != CPL_JSON_OBJECT) return wrong_type(r, who, "participants");
        cpl_str name = {0};
        s = string_member(r, who, "name", &name);
        if (i < 2) names[i] = name;
    }
    if (s || cpl_json_count(list) != 2 || cpl_str_eq(names[0], names[1])) return s;
    if (cpl_str_eq(names[0], title)) r->page = names[1];
    if (cpl_str_eq(names[1], title)) r->page = names[0];
    return COMPLAINT_OK;
}

/* ---- attachments ------------------------------------------------------------------------------------------------------ */

typedef struct ending {
    const char *ending, *media_type;
} ending;

typedef struct kind {
    const char *key;
    const char *otherwise; /* media type when the ending says nothing */
    const ending *endings;
    size_t ending_count;
} kind;

static const ending pictures[] = {{"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"}, {"png", "image/png"}, {"gif", "image/gif"}, {"webp", "image/webp"}, {"heic", "image/heic"}};
static const ending films[] = {{"mp4", "video/mp4"}, {"mov", "video/quicktime"}, {"webm", "video/webm"}, {"3gp", "video/3gpp"}};
/* A sound recorded in Messenger comes as .mp4. */
static const ending sounds[] = {{"mp4", "audio/mp4"}, {"m4a", "audio/mp4"}, {"aac", "audio/aac"}, {"mp3", "audio/mpeg"},
                                {"wav", "audio/wav"}, {"ogg", "audio/ogg"}, {"opus", "audio/ogg"}};
static const ending papers[] = {{"pdf", "application/pdf"}, {"txt", "text/plain"}, {"jpg", "image/jpeg"}, {"png", "image/png"}, {"mp4", "video/mp4"}};

static const char octets[] = "application/octet-stream";

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
static const kind kinds[] = {
    {"photos", octets, pictures, COUNT(pictures)}, {"videos", octets, films, COUNT(films)},  {"audio_files", octets, sounds, COUNT(sounds)},
    {"gifs", octets, pictures, COUNT(pictures)},   {"files", octets, papers, COUNT(papers)},
};

static cpl_str behind_last(cpl_str s, char c) {
    size_t from = s.n;
    while (from > 0 && s.p[from - 1] != c) from--;
    return (cpl_str){s.p + from, s.n - from};
}

static bool same_letters(cpl_str s, const char *lower) {
    if (s.n != strlen(lower)) return false;
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' : s.p[i]) != lower[i]) return false;
    return true;
}

static const char *media_type(const kind *k, cpl_str name) {
    cpl_str last = behind_last(name, '.');
    for (size_t i = 0; last.n < name.n && i < k->ending_count; i++)
        if (same_letters(last, k->endings[i].ending)) return k->endings[i].media_type;
    return k->otherwise;
}

static complaint_status read_attachment(reading *r, const kind *k, const cpl_json *v, cpl_attachment *out) {
    cpl_str uri = {0};
    if (cpl_json_type(v) != CPL_JSON_OBJECT) return wrong_type(r, v, k->key);
    complaint_status s = string_member(r, v, "uri", &uri);
    if (s) return s;
    if (!uri.n) return fault(r, COMPLAINT_E_INVALID, v, "uri", "ไฟล์แนบไม่มี uri", "the attachment has no uri");
    cpl_str name = behind_last(uri, '/');
    *out = (cpl_attachment){uri, name, media_type(k, name)};
    return COMPLAINT_OK;
}

static complaint_status read_attachments(reading *r, const cpl_json *message, cpl_item *item) {
    const cpl_json *lists[COUNT(kinds)];
    size_t total = 0, n = 0;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        complaint_status s = member(r, message, kinds[i].key, CPL_JSON_ARRAY, &lists[i]);
        if (s) return s;
        total += cpl_json_count(lists[i]);
    }
    if (!total) return COMPLAINT_OK;
    cpl_attachment *all = cpl_arena_alloc(r->arena, total * sizeof *all);
    if (!all) return no_memory(r);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        for (size_t j = 0; j < cpl_json_count(lists[i]); j++) {
            complaint_status s = read_attachment(r, &kinds[i], cpl_json_at(lists[i], j), &all[n++]);
            if (s) return s;
        }
    }
    item->attachments = all;
    item->attachment_count = total;
    return COMPLAINT_OK;
}

/* ---- messages ------------------------------------------------------------------------------------------------------------ */

static bool contains(cpl_str s, cpl_str part) {
    for (size_t i = 0; part.n <= s.n && i <= s.n - part.n; i++)
        if (part.n == 0 || memcmp(s.p + i, part.p, part.n) == 0) return true;
    return false;
}

/* Appends a line that the text does not have already. */
static complaint_status add_line(reading *r, cpl_str *text, cpl_str line) {
    if (contains(*text, line)) return COMPLAINT_OK;
    size_t n = text->n + (text->n > 0) + line.n;
    char *p = cpl_arena_alloc(r->arena, n + 1);
    if (!p) return no_memory(r);
    if (text->n) {
        memcpy(p, text->p, text->n);
        p[text->n] = '\n';
    }
    memcpy(p + n - line.n, line.p, line.n);
    *text = (cpl_str){p, n};
    return COMPLAINT_OK;
}

/* What was passed on belongs to the text: the link, and the words that stood with it. */
static complaint_status read_share(reading *r, const cpl_json *share, cpl_item *item) {
    cpl_str words = {0}, link = {0};
    complaint_status s = string_member(r, share, "share_text", &words);
    if (!s) s = string_member(r, share, "link", &link);
    if (!s) s = add_line(r, &item->text, words);
    return s ? s : add_line(r, &item->text, link);
}

static complaint_status read_sticker(reading *r, const cpl_json *sticker, cpl_item *item) {
    cpl_str uri = {0};
    complaint_status s = string_member(r, sticker, "uri", &uri);
    if (!s) item->text = behind_last(uri, '/');
    return s;
}

/* Form and text. The order of the questions decides when a message is several things at once. */
static complaint_status read_content(reading *r, const cpl_json *m, cpl_item *item) {
    const cpl_json *unsent, *share, *sticker;
    complaint_status s = string_member(r, m, "content", &item->text);
    if (!s) s = read_attachments(r, m, item);
    if (!s) s = member(r, m, "is_unsent", CPL_JSON_BOOL, &unsent);
    if (!s) s = member(r, m, "share", CPL_JSON_OBJECT, &share);
    if (!s) s = member(r, m, "sticker", CPL_JSON_OBJECT, &sticker);
    if (s) return s;
    item->form = "text";
    if (cpl_json_int(unsent)) {
        /* What Facebook writes in its place is not the sender's. */
        item->form = "unsent";
        item->text = (cpl_str){"", 0};
        item->attachment_count = 0;
    } else if (cpl_json_get(m, "call_duration")) {
        item->form = "call";
    } else if (share) {
        item->form = "share";
        s = read_share(r, share, item);
    } else if (!item->text.n && !item->attachment_count && sticker) {
        item->form = "sticker";
        s = read_sticker(r, sticker, item);
    } else if (!item->text.n) {
        item->form = "media"; /* also when the export leaves out what it was */
    }
    return s;
}

static complaint_status read_message(reading *r, const cpl_json *m, cpl_item *item) {
    const cpl_json *sent;
    if (cpl_json_type(m) != CPL_JSON_OBJECT) return wrong_type(r, m, "messages");
    complaint_status s = member(r, m, "timestamp_ms", CPL_JSON_INT, &sent);
    if (s) return s;
    if (!sent) return fault(r, COMPLAINT_E_INVALID, m, "timestamp_ms", "ข้อความไม่มี timestamp_ms", "the message has no timestamp_ms");
    item->sent_at = cpl_json_int(sent);
    if (!cpl_instant_in_range(item->sent_at)) return fault(r, COMPLAINT_E_RANGE, sent, "timestamp_ms", "เวลาของข้อความอยู่นอกช่วงที่รับได้", "the time of the message is out of range");
    s = string_member(r, m, "sender_name", &item->sender);
    if (s) return s;
    item->direction = r->page.n && cpl_str_eq(item->sender, r->page) ? CPL_FROM_OFFICE : CPL_FROM_OUTSIDE;
    item->line = cpl_json_line(m);
    return read_content(r, m, item);
}

/* The document begins with the newest message, so of two of the same millisecond the one further down is the older. */
static int by_time(const void *a, const void *b) {
    const cpl_item *x = a, *y = b;
    if (x->sent_at != y->sent_at) return x->sent_at < y->sent_at ? -1 : 1;
    return x->place == y->place ? 0 : x->place > y->place ? -1 : 1;
}

static complaint_status name_items(reading *r, cpl_conversation *c) {
    size_t ordinal = 0;
    for (size_t i = 0; i < c->count; i++) {
        char id[CPL_KEY_MAX + 1];
        cpl_item *item = &c->items[i];
        ordinal = i > 0 && c->items[i - 1].sent_at == item->sent_at ? ordinal + 1 : 1;
        int n = snprintf(id, sizeof id, "%.*s:%" PRId64 ":%zu", (int)c->thread.n, c->thread.p, item->sent_at, ordinal);
        if (n < 0 || !cpl_arena_str(r->arena, (cpl_str){id, (size_t)n}, &item->external_id)) return no_memory(r);
    }
    return COMPLAINT_OK;
}

static complaint_status read_messages(reading *r, const cpl_json *root, cpl_conversation *c) {
    const cpl_json *list;
    complaint_status s = member(r, root, "messages", CPL_JSON_ARRAY, &list);
    if (s) return s;
    if (!list) return fault(r, COMPLAINT_E_INVALID, root, "messages", "เอกสารไม่มี messages", "the document has no messages");
    c->count = cpl_json_count(list);
    c->items = cpl_arena_alloc(r->arena, c->count * sizeof *c->items);
    if (!c->items) return no_memory(r);
    for (size_t i = 0; i < c->count; i++) {
        c->items[i].place = i;
        s = read_message(r, cpl_json_at(list, i), &c->items[i]);
        if (s) return s;
    }
    qsort(c->items, c->count, sizeof *c->items, by_time);
    return name_items(r, c);
}

complaint_status cpl_facebook_read(cpl_str json, cpl_arena *a, cpl_conversation *c, complaint_error *e) {
    reading r = {.arena = a, .e = e};
    cpl_conversation made = {0};
    cpl_json_doc *doc = NULL;
    complaint_status s = cpl_json_parse(a->m, json, MAX_DEPTH, true, &doc, e);
    if (s) return s;
    const cpl_json *root = cpl_json_root(doc);
    if (cpl_json_type(root) != CPL_JSON_OBJECT) s = wrong_type(&r, root, "$");
    if (!s) s = read_thread(&r, root, &made.thread);
    if (!s) s = read_page(&r, root);
    if (!s) s = read_messages(&r, root, &made);
    cpl_json_free(doc);
    if (!s) *c = made;
    return s;
}
