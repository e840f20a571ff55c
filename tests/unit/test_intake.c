/* A page's inbox as Facebook exports it: what is wrong with a file first, then what a right one says, then the whole export. */
#include "intake/intake.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define EXPORT COMPLAINT_SOURCE_DIR "/examples/data/inbox_export/messages/inbox"
#define EXPECTED COMPLAINT_SOURCE_DIR "/examples/data/inbox_labels.tsv"

/* ---- a conversation in memory ------------------------------------------------------------------------------------- */

typedef struct fixture {
    cpl_arena arena;
    cpl_conversation talk;
    complaint_error error;
} fixture;

static complaint_status read_text(fixture *f, cpl_str text) {
    /* Without a byte to spare, so that the sanitizer sees any reading past the end. */
    char *exact = malloc(text.n ? text.n : 1);
    assert_non_null(exact);
    if (text.n) memcpy(exact, text.p, text.n);
    f->talk = (cpl_conversation){0};
    cpl_error_clear(&f->error);
    cpl_arena_init(&f->arena, &cpl_memory_default);
    complaint_status s = cpl_facebook_read((cpl_str){exact, text.n}, &f->arena, &f->talk, &f->error);
    free(exact);
    if (s) assert_null(f->talk.items);
    assert_int_equal(s, f->error.status);
    return s;
}

static void done(fixture *f) { cpl_arena_free(&f->arena); }

static void same(cpl_str got, const char *expected) {
    if (!cpl_str_is(got, expected)) fail_msg("got \"%.*s\", expected \"%s\"", (int)got.n, got.p ? got.p : "", expected);
}

/* A conversation between Somsri and the page, with these messages. */
static cpl_str around(char *out, size_t capacity, const char *messages) {
    int n = snprintf(out, capacity,
                     "{\"participants\":[{\"name\":\"Somsri\"},{\"name\":\"Office\"}],\n\"messages\":[%s],\n"
                     "\"title\":\"Somsri\",\"is_still_participant\":true,\"thread_path\":\"inbox/somsri_42\",\"magic_words\":[]}",
                     messages);
    assert_in_range(n, 1, capacity - 1);
    return (cpl_str){out, (size_t)n};
}

static const char small[] = "{\"participants\":[{\"name\":\"Somsri\"},{\"name\":\"\\u00e0\\u00b8\\u0081\"}],\"messages\":[\n"
                            "{\"sender_name\":\"\\u00e0\\u00b8\\u0081\",\"timestamp_ms\":1760000000002,\"content\":\"ok\",\"x\":1.5},\n"
                            "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000001,\"photos\":[{\"uri\":\"a/b.jpg\"}],\"share\":{\"link\":\"l\"}},\n"
                            "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000000,\"is_unsent\":true}],\"title\":\"Somsri\",\"thread_path\":\"inbox/s_42\"}";

/* ---- unhappy ---------------------------------------------------------------------------------------------------------- */

static void a_file_cut_off_anywhere_is_refused(void **state) {
    (void)state;
    for (size_t n = 0; n < sizeof small - 1; n++) {
        fixture f;
        assert_int_equal(CPL_CLASS(read_text(&f, (cpl_str){small, n})), COMPLAINT_E_SYNTAX);
        assert_true(f.error.line > 0);
        done(&f);
    }
}

static void no_byte_breaks_the_reader(void **state) {
    (void)state;
    static const char bytes[] = {0, ' ', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'u', 'e', (char)0x80, (char)0xC3, (char)0xFF};
    for (size_t i = 0; i < sizeof small - 1; i++) {
        for (size_t k = 0; k < COUNT(bytes); k++) {
            char text[sizeof small];
            fixture f;
            memcpy(text, small, sizeof small);
            text[i] = bytes[k];
            if (read_text(&f, (cpl_str){text, sizeof small - 1}) == COMPLAINT_OK) assert_int_equal(f.talk.count, 3);
            done(&f);
        }
    }
}

static void a_fault_has_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text;
        complaint_status status;
        const char *path;
        int64_t line;
    } cases[] = {
        {"[]", COMPLAINT_E_INVALID, "$", 1},
        {"null", COMPLAINT_E_INVALID, "$", 1},
        {"{}", COMPLAINT_E_INVALID, "$", 1},
        {"{\"thread_path\":\"inbox/s_1\"}", COMPLAINT_E_INVALID, "$", 1},
        {"{\"thread_path\":7,\"messages\":[]}", COMPLAINT_E_INVALID, "$.thread_path", 1},
        {"{\"thread_path\":\"inbox/somsri\",\"messages\":[]}", COMPLAINT_E_INVALID, "$.thread_path", 1},
        {"{\"thread_path\":\"inbox/somsri_\",\"messages\":[]}", COMPLAINT_E_INVALID, "$.thread_path", 1},
        {"{\"thread_path\":\"inbox/somsri_ab12\",\"messages\":[]}", COMPLAINT_E_INVALID, "$.thread_path", 1},
        {"{\"thread_path\":\"inbox/s_11111111112222222222333333333344444444445555555555666666666677777\",\"messages\":[]}", COMPLAINT_E_INVALID, "$.thread_path", 1},
        {"{\"thread_path\":\"s_1\",\n\"messages\":{}}", COMPLAINT_E_INVALID, "$.messages", 2},
        {"{\"thread_path\":\"s_1\",\"messages\":[\n7]}", COMPLAINT_E_INVALID, "$.messages[0]", 2},
        {"{\"thread_path\":\"s_1\",\"messages\":[{}]}", COMPLAINT_E_INVALID, "$.messages[0]", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":null}]}", COMPLAINT_E_INVALID, "$.messages[0]", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1.5}]}", COMPLAINT_E_INVALID, "$.messages[0]", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":\"1760000000000\"}]}", COMPLAINT_E_INVALID, "$.messages[0].timestamp_ms", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":9223372036854775807}]}", COMPLAINT_E_RANGE, "$.messages[0].timestamp_ms", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":-9223372036854775807}]}", COMPLAINT_E_RANGE, "$.messages[0].timestamp_ms", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"sender_name\":[]}]}", COMPLAINT_E_INVALID, "$.messages[0].sender_name", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1},\n{\"timestamp_ms\":1,\"content\":{}}]}", COMPLAINT_E_INVALID, "$.messages[1].content", 2},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"photos\":{}}]}", COMPLAINT_E_INVALID, "$.messages[0].photos", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"videos\":[7]}]}", COMPLAINT_E_INVALID, "$.messages[0].videos[0]", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"files\":[{}]}]}", COMPLAINT_E_INVALID, "$.messages[0].files[0]", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"gifs\":[{\"uri\":1}]}]}", COMPLAINT_E_INVALID, "$.messages[0].gifs[0].uri", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"sticker\":\"x\"}]}", COMPLAINT_E_INVALID, "$.messages[0].sticker", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"sticker\":{\"uri\":7}}]}", COMPLAINT_E_INVALID, "$.messages[0].sticker.uri", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"share\":[]}]}", COMPLAINT_E_INVALID, "$.messages[0].share", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"share\":{\"link\":7}}]}", COMPLAINT_E_INVALID, "$.messages[0].share.link", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":1,\"is_unsent\":1}]}", COMPLAINT_E_INVALID, "$.messages[0].is_unsent", 1},
        {"{\"thread_path\":\"s_1\",\"participants\":7,\"messages\":[]}", COMPLAINT_E_INVALID, "$.participants", 1},
        {"{\"thread_path\":\"s_1\",\"participants\":[7],\"messages\":[]}", COMPLAINT_E_INVALID, "$.participants[0]", 1},
        {"{\"thread_path\":\"s_1\",\"participants\":[{\"name\":7}],\"messages\":[]}", COMPLAINT_E_INVALID, "$.participants[0].name", 1},
        {"{\"thread_path\":\"s_1\",\"title\":7,\"messages\":[]}", COMPLAINT_E_INVALID, "$.title", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[{\"content\":\"\\u0000\"}]}", COMPLAINT_E_NUL, "$.messages[0].content", 1},
        {"{\"thread_path\":\"s_1\",\"messages\":[],\"messages\":[]}", COMPLAINT_E_JSON_DUPLICATE, "$.messages", 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        fixture f;
        complaint_status s = read_text(&f, cpl_str_of(cases[i].text));
        if (s != cases[i].status || strcmp(f.error.path, cases[i].path) != 0 || f.error.line != cases[i].line)
            fail_msg("%s: %s at %s, line %" PRId64 " (%s)", cases[i].text, cpl_status_name(s), f.error.path, f.error.line, f.error.english);
        assert_true(strlen(f.error.thai) > 0);
        done(&f);
    }
}

static void what_is_in_doubt_comes_from_outside(void **state) {
    (void)state;
    static const char *const heads[] = {
        "",
        "\"participants\":null,\"title\":null,",
        "\"participants\":[],\"title\":\"A\",",
        "\"participants\":[{\"name\":\"B\"}],\"title\":\"B\",",
        "\"participants\":[{\"name\":\"B\"},{\"name\":\"B\"}],\"title\":\"B\",",
        "\"participants\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"title\":\"C\",",
        "\"participants\":[{\"name\":\"A\"},{\"name\":\"B\"}],",
        "\"participants\":[{\"name\":\"A\"},{}],\"title\":\"A\",",
        "\"participants\":[{\"name\":\"A\"},{\"name\":\"B\"},{\"name\":\"C\"}],\"title\":\"A\",",
    };
    for (size_t i = 0; i < COUNT(heads); i++) {
        char text[512];
        fixture f;
        int n = snprintf(text, sizeof text, "{%s\"thread_path\":\"s_1\",\"messages\":[{\"timestamp_ms\":2,\"sender_name\":\"B\"},{\"timestamp_ms\":1}]}", heads[i]);
        assert_int_equal(read_text(&f, (cpl_str){text, (size_t)n}), COMPLAINT_OK);
        assert_int_equal(f.talk.count, 2);
        for (size_t k = 0; k < f.talk.count; k++) assert_int_equal(f.talk.items[k].direction, CPL_FROM_OUTSIDE);
        done(&f);
    }
}

static void messages_of_one_millisecond_keep_their_numbers(void **state) {
    (void)state;
    enum { MANY = 5000 };
    cpl_buf b;
    char text[64];
    fixture f;
    cpl_buf_init(&b, &cpl_memory_default);
    cpl_buf_puts(&b, "{\"thread_path\":\"s_1\",\"messages\":[");
    for (int i = MANY; i > 0; i--) cpl_buf_fmt(&b, "{\"timestamp_ms\":7,\"content\":\"%d\"}%s", i, i > 1 ? "," : "");
    cpl_buf_puts(&b, "]}");
    assert_int_equal(read_text(&f, (cpl_str){b.data, b.size}), COMPLAINT_OK);
    for (size_t i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%zu", i + 1);
        same(f.talk.items[i].text, text);
        snprintf(text, sizeof text, "1:7:%zu", i + 1);
        same(f.talk.items[i].external_id, text);
    }
    done(&f);
    cpl_buf_free(&b);
}

static void an_id_knows_nothing_of_the_content(void **state) {
    (void)state;
    char text[1024];
    fixture before, after;
    assert_int_equal(read_text(&before, around(text, sizeof text,
                                               "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000000,\"content\":\"second\"},"
                                               "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000000,\"content\":\"first\"}")),
                     COMPLAINT_OK);
    assert_int_equal(read_text(&after, around(text, sizeof text,
                                              "{\"sender_name\":\"Office\",\"timestamp_ms\":1760000000001,\"content\":\"newer\"},"
                                              "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000000,\"content\":\"third\"},"
                                              "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000000,\"is_unsent\":true},"
                                              "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000000,\"content\":\"first\"}")),
                     COMPLAINT_OK);
    assert_int_equal(before.talk.count, 2);
    assert_int_equal(after.talk.count, 4);
    same(before.talk.items[0].external_id, "42:1760000000000:1");
    same(before.talk.items[1].external_id, "42:1760000000000:2");
    for (size_t i = 0; i < 2; i++) assert_true(cpl_str_eq(before.talk.items[i].external_id, after.talk.items[i].external_id));
    same(before.talk.items[1].text, "second");
    assert_string_equal(after.talk.items[1].form, "unsent");
    same(after.talk.items[2].external_id, "42:1760000000000:3");
    same(after.talk.items[3].external_id, "42:1760000000001:1");
    done(&before);
    done(&after);
}

/* ---- encoding ------------------------------------------------------------------------------------------------------------ */

static void each_string_is_turned_back_alone(void **state) {
    (void)state;
    static const struct {
        const char *written, *meant;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"\xC3\xA0\xC2\xB8\xC2\x81", "ก"},
        {"a\xC3\xA0\xC2\xB8\xC2\x81"
         "b",
         "aกb"},
        {"\xC3\xB0\xC2\x9F\xC2\x98\xC2\xB7", "😷"},
        {"\xC3\x83\xC2\xA9", "é"},
        {"café", "café"},                                             /* no UTF-8 when turned back */
        {"\xC3\xA0\xC2\xB8", "\xC3\xA0\xC2\xB8"},                     /* a character cut in half */
        {"\xC3\xA0\xC2\xB8\xC2\x81 ก", "\xC3\xA0\xC2\xB8\xC2\x81 ก"}, /* has a character beyond U+00FF */
        {"สวัสดี", "สวัสดี"},
        {"\xC3\xBF", "\xC3\xBF"},
        {"\xC3\xAD\xC2\xA0\xC2\x80", "\xC3\xAD\xC2\xA0\xC2\x80"}, /* a surrogate is no character */
        {"\xC3\x80\xC2\x80", "\xC3\x80\xC2\x80"},                 /* an overlong NUL neither */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_arena a;
        cpl_str text = {0};
        cpl_arena_init(&a, &cpl_memory_default);
        assert_true(cpl_facebook_undo(cpl_str_of(cases[i].written), &a, &text));
        same(text, cases[i].meant);
        assert_int_equal(text.p[text.n], 0);
        cpl_arena_free(&a);
    }
}

/* ---- forms ----------------------------------------------------------------------------------------------------------------- */

static void a_message_has_one_form(void **state) {
    (void)state;
    static const struct {
        const char *members, *form, *text;
        size_t attachments;
    } cases[] = {
        {"\"content\":\"hello\"", "text", "hello", 0},
        {"\"content\":null", "media", "", 0}, /* something the export leaves out */
        {"\"is_geoblocked_for_viewer\":false,\"reactions\":[{\"reaction\":\"x\"}],\"unheard_of\":[[1.25e9]]", "media", "", 0},
        {"\"photos\":[{\"uri\":\"m/a.jpg\",\"creation_timestamp\":1}]", "media", "", 1},
        {"\"photos\":[]", "media", "", 0},
        {"\"content\":\"look\",\"photos\":[{\"uri\":\"m/a.jpg\"},{\"uri\":\"m/b.jpg\"}]", "text", "look", 2},
        {"\"videos\":[{\"uri\":\"m/a.mp4\"}],\"audio_files\":[{\"uri\":\"m/b.mp4\"}],\"gifs\":[{\"uri\":\"m/c.gif\"}],\"files\":[{\"uri\":\"m/d.pdf\"}]", "media", "", 4},
        {"\"sticker\":{\"uri\":\"messages/stickers_used/123.png\",\"ai_stickers\":[]}", "sticker", "123.png", 0},
        {"\"sticker\":{}", "sticker", "", 0},
        {"\"content\":\"hi\",\"sticker\":{\"uri\":\"s/123.png\"}", "text", "hi", 0},
        {"\"content\":\"missed\",\"call_duration\":0", "call", "missed", 0},
        {"\"call_duration\":12.5", "call", "", 0},
        {"\"content\":\"see https://x.example/a\",\"share\":{\"link\":\"https://x.example/a\"}", "share", "see https://x.example/a", 0},
        {"\"content\":\"see\",\"share\":{\"link\":\"https://x.example/a\",\"share_text\":\"their words\"}", "share", "see\ntheir words\nhttps://x.example/a", 0},
        {"\"share\":{\"link\":\"https://x.example/a\"}", "share", "https://x.example/a", 0},
        {"\"share\":{}", "share", "", 0},
        {"\"is_unsent\":true", "unsent", "", 0},
        {"\"is_unsent\":true,\"content\":\"Somsri unsent a message\",\"photos\":[{\"uri\":\"m/a.jpg\"}]", "unsent", "", 0},
        {"\"is_unsent\":false,\"content\":\"kept\"", "text", "kept", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char message[512], text[1024];
        fixture f;
        snprintf(message, sizeof message, "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000000,%s}", cases[i].members);
        assert_int_equal(read_text(&f, around(text, sizeof text, message)), COMPLAINT_OK);
        assert_int_equal(f.talk.count, 1);
        assert_string_equal(f.talk.items[0].form, cases[i].form);
        same(f.talk.items[0].text, cases[i].text);
        assert_int_equal(f.talk.items[0].attachment_count, cases[i].attachments);
        done(&f);
    }
}

static void an_attachment_has_name_and_type(void **state) {
    (void)state;
    static const struct {
        const char *list, *uri, *name, *type;
    } cases[] = {
        {"photos", "messages/inbox/s_1/photos/12_n.jpg", "12_n.jpg", "image/jpeg"},
        {"photos", "a/B.JPEG", "B.JPEG", "image/jpeg"},
        {"photos", "noending", "noending", "application/octet-stream"},
        {"photos", "a/jpg", "jpg", "application/octet-stream"},
        {"videos", "v.mp4", "v.mp4", "video/mp4"},
        {"audio_files", "s.mp4", "s.mp4", "audio/mp4"},
        {"gifs", "g.gif", "g.gif", "image/gif"},
        {"files", "f.pdf", "f.pdf", "application/pdf"},
        {"files", "f.exe", "f.exe", "application/octet-stream"},
        {"files", "dir/", "", "application/octet-stream"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char message[256], text[1024];
        fixture f;
        snprintf(message, sizeof message, "{\"timestamp_ms\":1760000000000,\"%s\":[{\"uri\":\"%s\"}]}", cases[i].list, cases[i].uri);
        assert_int_equal(read_text(&f, around(text, sizeof text, message)), COMPLAINT_OK);
        const cpl_attachment *a = f.talk.items[0].attachments;
        same(a->uri, cases[i].uri);
        same(a->name, cases[i].name);
        assert_string_equal(a->media_type, cases[i].type);
        done(&f);
    }
}

/* ---- the host's media table ---------------------------------------------------------------------------------------------------- */

static complaint_status COMPLAINT_CALL open_none(void *self, const char *uri, void **stream) {
    (void)uri;
    (void)stream;
    return *(complaint_status *)self;
}

static complaint_status COMPLAINT_CALL read_too_much(void *self, void *stream, void *buffer, size_t capacity, size_t *got) {
    (void)stream;
    (void)buffer;
    *got = capacity + 1;
    return *(complaint_status *)self;
}

static void COMPLAINT_CALL close_nothing(void *self, void *stream) {
    (void)self;
    (void)stream;
}

static void every_wrong_media_table_is_named(void **state) {
    (void)state;
    complaint_status answer = COMPLAINT_OK;
    const complaint_media good = {sizeof good, &answer, open_none, read_too_much, close_nothing};
    struct {
        complaint_media media;
        void *tail[2];
    } large = {{0}, {0}};
    complaint_media copy;
    complaint_error e = {0};
    for (size_t size = 0; size <= sizeof large; size++) {
        bool whole = size % sizeof(void *) == 0 && size >= 2 * sizeof(void *);
        complaint_status expected = !whole ? COMPLAINT_E_TABLE_SIZE : size < sizeof good ? COMPLAINT_E_TABLE_OLD : COMPLAINT_OK;
        large.media = good;
        large.media.size = size;
        assert_int_equal(cpl_media_take(&large.media, &copy, &e), expected);
    }
    large.media.size = sizeof large;
    large.tail[1] = &copy;
    assert_int_equal(cpl_media_take(&large.media, &copy, &e), COMPLAINT_E_TABLE_NEW);
    assert_string_equal(e.subject, "media");
    static const char *const slots[] = {"media.open", "media.read", "media.close"};
    for (size_t i = 0; i < COUNT(slots); i++) {
        complaint_media lacking = good;
        if (i == 0) lacking.open = NULL;
        if (i == 1) lacking.read = NULL;
        if (i == 2) lacking.close = NULL;
        assert_int_equal(cpl_media_take(&lacking, &copy, &e), COMPLAINT_E_SLOT_MISSING);
        assert_string_equal(e.subject, slots[i]);
    }
    assert_int_equal(cpl_media_take(NULL, &copy, &e), COMPLAINT_OK);
    assert_null(copy.open);
}

static void what_media_answers_is_translated(void **state) {
    (void)state;
    complaint_status answer = COMPLAINT_OK;
    const complaint_media media = {sizeof media, &answer, open_none, read_too_much, close_nothing};
    cpl_host host = {0};
    complaint_error e = {0};
    cpl_media_stream stream = {&media, &host, &e, NULL};
    char buffer[8];
    size_t got = 77;
    answer = COMPLAINT_E_NOT_FOUND;
    assert_int_equal(cpl_media_open(&stream, "x"), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(e.status, COMPLAINT_OK);
    answer = COMPLAINT_E_MEMORY;
    assert_int_equal(cpl_media_open(&stream, "x"), COMPLAINT_E_MEMORY);
    answer = COMPLAINT_E_CONFLICT;
    assert_int_equal(cpl_media_open(&stream, "x"), COMPLAINT_E_HOST);
    assert_string_equal(e.subject, "media.open");
    assert_int_equal(cpl_media_read(&stream, buffer, sizeof buffer, &got), COMPLAINT_E_HOST);
    assert_string_equal(e.subject, "media.read");
    answer = COMPLAINT_OK;
    assert_int_equal(cpl_media_read(&stream, buffer, sizeof buffer, &got), COMPLAINT_E_HOST);
    assert_int_equal(got, 77);
    assert_false(host.inside);
}

/* ---- the whole export ------------------------------------------------------------------------------------------------------------ */

static char *read_file(const char *path, size_t *n) {
    FILE *f = fopen(path, "rb");
    if (!f) fail_msg("%s cannot be read", path);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    *n = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(*n + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, *n, f), *n);
    text[*n] = '\0';
    fclose(f);
    return text;
}

enum { PATH, PERSON, FIRST, FIRST_TEXT, MESSAGES, CITIZEN_TEXTS, PAGE_MESSAGES, COLUMNS = 11 };

static void check_time(const char *expected, int64_t got) {
    char text[CPL_DATE_MAX];
    cpl_iso iso;
    size_t n = 0, bad;
    assert_int_equal(cpl_date_parse_iso(cpl_str_of(expected), &iso, &bad), COMPLAINT_OK);
    assert_int_equal(cpl_instant_format(got, COMPLAINT_DATE_ISO, COMPLAINT_DIGITS_ARABIC, text, &n), COMPLAINT_OK);
    if (iso.instant != got) fail_msg("expected %s, got %s", expected, text);
}

static void check_thread(char *const *expected) {
    char path[512];
    size_t n = 0, page = 0, texts = 0;
    int64_t first_text = 0;
    snprintf(path, sizeof path, "%s/%s/message_1.json", EXPORT, strchr(expected[PATH], '/') + 1);
    char *json = read_file(path, &n);
    fixture f;
    if (read_text(&f, (cpl_str){json, n})) fail_msg("%s: %s", path, f.error.english);
    same(f.talk.thread, strrchr(expected[PATH], '_') + 1);
    assert_int_equal(f.talk.count, strtol(expected[MESSAGES], NULL, 10));
    check_time(expected[FIRST], f.talk.items[0].sent_at);
    for (size_t i = 0; i < f.talk.count; i++) {
        const cpl_item *item = &f.talk.items[i];
        if (i > 0) assert_true(item[-1].sent_at <= item->sent_at);
        page += item->direction == CPL_FROM_OFFICE;
        if (item->direction == CPL_FROM_OFFICE) continue;
        same(item->sender, expected[PERSON]);
        if (strcmp(item->form, "text") != 0) continue;
        assert_true(item->text.n > 0);
        if (texts++ == 0) first_text = item->sent_at;
    }
    assert_int_equal(page, strtol(expected[PAGE_MESSAGES], NULL, 10));
    assert_int_equal(texts, strtol(expected[CITIZEN_TEXTS], NULL, 10));
    check_time(expected[FIRST_TEXT], first_text);
    done(&f);
    free(json);
}

static void the_export_says_what_is_expected(void **state) {
    (void)state;
    size_t n = 0;
    int threads = 0;
    char *tsv = read_file(EXPECTED, &n), *rest = strchr(tsv, '\n') + 1;
    while (*rest) {
        char *cells[COLUMNS] = {0}, *end = strchr(rest, '\n');
        *end = '\0';
        for (int i = 0; i < COLUMNS; i++) {
            char *tab = i + 1 < COLUMNS ? strchr(rest, '\t') : NULL;
            if (tab) *tab = '\0';
            cells[i] = rest;
            rest = tab ? tab + 1 : end + 1;
        }
        check_thread(cells);
        threads++;
    }
    assert_int_equal(threads, 60);
    free(tsv);
}

/* ---- memory ------------------------------------------------------------------------------------------------------------------------ */

static bool read_once(test_alloc *a, void *context) {
    cpl_arena arena;
    cpl_conversation talk = {0};
    complaint_error e = {0};
    cpl_arena_init(&arena, &a->table);
    complaint_status s = cpl_facebook_read(*(cpl_str *)context, &arena, &talk, &e);
    if (s) assert_int_equal(s, COMPLAINT_E_MEMORY);
    if (s) assert_null(talk.items);
    cpl_arena_free(&arena);
    return s == COMPLAINT_OK;
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    cpl_buf_puts(&b, "{\"participants\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"title\":\"A\",\"thread_path\":\"s_1\",\"messages\":[");
    for (int i = 0; i < 60; i++)
        cpl_buf_fmt(
            &b,
            "%s{\"sender_name\":\"B\",\"timestamp_ms\":%d,\"content\":\"a text of some length to fill blocks\",\"photos\":[{\"uri\":\"a\"}],\"share\":{\"link\":\"b\"},\"x\":1.5}",
            i ? "," : "", i);
    cpl_buf_puts(&b, "]}");
    cpl_str text = {b.data, b.size};
    test_alloc_loop(read_once, &text);
    cpl_buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_cut_off_anywhere_is_refused),
        cmocka_unit_test(no_byte_breaks_the_reader),
        cmocka_unit_test(a_fault_has_its_place),
        cmocka_unit_test(what_is_in_doubt_comes_from_outside),
        cmocka_unit_test(messages_of_one_millisecond_keep_their_numbers),
        cmocka_unit_test(an_id_knows_nothing_of_the_content),
        cmocka_unit_test(each_string_is_turned_back_alone),
        cmocka_unit_test(a_message_has_one_form),
        cmocka_unit_test(an_attachment_has_name_and_type),
        cmocka_unit_test(every_wrong_media_table_is_named),
        cmocka_unit_test(what_media_answers_is_translated),
        cmocka_unit_test(the_export_says_what_is_expected),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
