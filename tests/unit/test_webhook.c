/* What LINE and Messenger send: forged and malformed first, then each kind of event, then the same again. */
#include "intake/intake.h"
#include "support/alloc.h"
#include "support/desk.h"

#include <complaint/import.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET "8c570fa6dd201bb328f1c1eac23a96d8"

static const int32_t LINE = COMPLAINT_WEBHOOK_LINE, MESSENGER = COMPLAINT_WEBHOOK_MESSENGER;

/* ---- signatures as the services make them ---- */

static void base64(const uint8_t *p, size_t n, char *out) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t three = (uint32_t)p[i] << 16 | (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
        for (int k = 0; k < 4; k++) *out++ = i + (size_t)k > n ? '=' : letters[three >> (18 - 6 * k) & 63];
    }
    *out = '\0';
}

static const char *sign(int32_t service, const char *body, char out[80]) {
    uint8_t mac[CPL_HASH_SIZE];
    cpl_hmac_sha256(CPL_LIT(SECRET), cpl_str_of(body), mac);
    if (service == LINE) {
        base64(mac, sizeof mac, out);
        return out;
    }
    memcpy(out, "sha256=", 7);
    cpl_hex(mac, sizeof mac, out + 7);
    return out;
}

/* RFC 4231, cases 1, 2 and 6 (a key longer than a block). */
static void the_code_is_that_of_the_standard(void **state) {
    (void)state;
    char long_key[131];
    memset(long_key, 0xaa, sizeof long_key);
    const struct {
        cpl_str key, data;
        const char *mac;
    } cases[] = {
        {{"\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b", 20}, CPL_LIT("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {CPL_LIT("Jefe"), CPL_LIT("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {{long_key, sizeof long_key}, CPL_LIT("Test Using Larger Than Block-Size Key - Hash Key First"), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint8_t mac[CPL_HASH_SIZE];
        char hex[2 * CPL_HASH_SIZE + 1];
        cpl_hmac_sha256(cases[i].key, cases[i].data, mac);
        cpl_hex(mac, sizeof mac, hex);
        assert_string_equal(hex, cases[i].mac);
    }
}

/* The example of those who made the header X-Hub-Signature-256. */
static void a_documented_signature_is_right(void **state) {
    (void)state;
    cpl_str secret = CPL_LIT("It's a Secret to Everybody"), body = CPL_LIT("Hello, World!");
    assert_int_equal(cpl_webhook_check(MESSENGER, body, CPL_LIT("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"), secret, NULL), COMPLAINT_OK);
    assert_int_equal(cpl_webhook_check(LINE, body, CPL_LIT("dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc="), secret, NULL), COMPLAINT_OK);
    /* LINE Developers, "Verify webhook signature" */
    cpl_str of_line = CPL_LIT("{\"destination\":\"U8e742f61d673b39c7fff3cecb7536ef0\",\"events\":[]}");
    assert_int_equal(cpl_webhook_check(LINE, of_line, CPL_LIT("GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="), CPL_LIT("8c570fa6dd201bb328f1c1eac23a96d8"), NULL), COMPLAINT_OK);
}

static void a_forged_signature_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"", "=", "sha256=", "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhd=",
                                        "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc", "dXEH6g6yUJ CESIczphLijdXC211hsIsRvQ3nIsEPhc=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18", "sha256=757107EA0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e170", "sha256=0000000000000000000000000000000000000000000000000000000000000000"};
    complaint_error e;
    for (size_t i = 0; i < COUNT(wrong); i++)
        for (int32_t service = LINE; service <= MESSENGER; service++) {
            assert_int_equal(cpl_webhook_check(service, CPL_LIT("Hello, World!"), cpl_str_of(wrong[i]), CPL_LIT("It's a Secret to Everybody"), &e), COMPLAINT_E_SIGNATURE);
            assert_true(*e.thai && *e.english);
        }
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------- */

#define SOURCE "\"timestamp\":1762300000000,\"source\":{\"type\":\"user\",\"userId\":\"U1\"},\"replyToken\":\"r\",\"mode\":\"active\",\"webhookEventId\":\"w\",\"deliveryContext\":{\"isRedelivery\":false}"
#define BETWEEN "\"sender\":{\"id\":\"P1\"},\"recipient\":{\"id\":\"PAGE\"},\"timestamp\":1762300000000"

static void a_body_without_events_is_refused_whole(void **state) {
    (void)state;
    static const struct {
        int32_t service;
        const char *body;
        complaint_status status;
        const char *path;
        int64_t line;
    } cases[] = {
        {COMPLAINT_WEBHOOK_LINE, "", COMPLAINT_E_SYNTAX, "", 1},
        {COMPLAINT_WEBHOOK_LINE, "[]", COMPLAINT_E_INVALID, "$", 1},
        {COMPLAINT_WEBHOOK_LINE, "{}", COMPLAINT_E_INVALID, "$", 1},
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":{}}", COMPLAINT_E_INVALID, "$.events", 1},
        {COMPLAINT_WEBHOOK_MESSENGER, "{\"object\":\"page\"}", COMPLAINT_E_INVALID, "$", 1},
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":[{\"type\":\"message\"", COMPLAINT_E_SYNTAX, "$.events[0].type", 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_arena a;
        cpl_webhook hook = {.skipped_count = 0};
        complaint_error e = {0};
        cpl_arena_init(&a, &cpl_memory_default);
        complaint_status s = cpl_webhook_read(cases[i].service, cpl_str_of(cases[i].body), &a, &hook, &e);
        if (s != cases[i].status || (*cases[i].path && strcmp(e.path, cases[i].path) != 0) || e.line != cases[i].line)
            fail_msg("%s: %s at %s, line %" PRId64 " (%s)", cases[i].body, cpl_status_name(s), e.path, e.line, e.english);
        cpl_arena_free(&a);
    }
}

static void a_fault_of_an_event_has_its_place(void **state) {
    (void)state;
    static const struct {
        int32_t service;
        const char *body;
        complaint_status status;
        const char *path;
        int64_t line;
    } cases[] = {
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":[\n7]}", COMPLAINT_E_INVALID, "$.events[0]", 2},
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":[{}]}", COMPLAINT_E_INVALID, "$.events[0]", 1},
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":[{\"type\":\"message\"}]}", COMPLAINT_E_INVALID, "$.events[0]", 1},
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":[{\"type\":\"message\"," SOURCE ",\n\"message\":{\"type\":\"text\",\"text\":\"x\"}}]}", COMPLAINT_E_INVALID, "$.events[0].message", 2},
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":[{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":7}}]}", COMPLAINT_E_INVALID, "$.events[0].message.id", 1},
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":[{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"1\",\"text\":[]}}]}", COMPLAINT_E_INVALID, "$.events[0].message.text", 1},
        {COMPLAINT_WEBHOOK_LINE, "{\"events\":[{\"type\":\"unsend\"," SOURCE ",\"unsend\":{}}]}", COMPLAINT_E_INVALID, "$.events[0].unsend", 1},
        {COMPLAINT_WEBHOOK_MESSENGER, "{\"entry\":[7]}", COMPLAINT_E_INVALID, "$.entry[0]", 1},
        {COMPLAINT_WEBHOOK_MESSENGER, "{\"entry\":[{\"messaging\":[\n{" BETWEEN ",\"message\":7}]}]}", COMPLAINT_E_INVALID, "$.entry[0].messaging[0].message", 2},
        {COMPLAINT_WEBHOOK_MESSENGER, "{\"entry\":[{\"messaging\":[{" BETWEEN ",\"message\":{\"text\":\"x\"}}]}]}", COMPLAINT_E_INVALID, "$.entry[0].messaging[0].message", 1},
        {COMPLAINT_WEBHOOK_MESSENGER, "{\"entry\":[{\"messaging\":[{\"timestamp\":1762300000000,\"message\":{\"mid\":\"m\",\"text\":\"x\"}}]}]}", COMPLAINT_E_INVALID, "$.entry[0].messaging[0]", 1},
        {COMPLAINT_WEBHOOK_MESSENGER, "{\"entry\":[{\"messaging\":[{" BETWEEN ",\"message\":{\"mid\":\"m\",\"attachments\":[{}]}}]}]}", COMPLAINT_E_INVALID, "$.entry[0].messaging[0].message.attachments[0]", 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_arena a;
        cpl_webhook hook = {.skipped_count = 0};
        char place[128];
        cpl_arena_init(&a, &cpl_memory_default);
        assert_int_equal(cpl_webhook_read(cases[i].service, cpl_str_of(cases[i].body), &a, &hook, NULL), COMPLAINT_OK);
        assert_int_equal(hook.skipped_count, 1);
        assert_int_equal(hook.talk.count, 0);
        const cpl_skipped *one = &hook.skipped[0];
        (void)snprintf(place, sizeof place, "line %" PRId64 " at %s: ", cases[i].line, cases[i].path);
        if (one->status != cases[i].status || one->taken || strncmp(one->english.p, place, strlen(place)) != 0 || one->thai.n == 0)
            fail_msg("%s: %s, %s", cases[i].body, cpl_status_name(one->status), one->english.p);
        cpl_arena_free(&a);
    }
}

static void is_item(const cpl_webhook *hook, size_t i, const char *id, const char *form, const char *thread, const char *text) {
    assert_true(i < hook->talk.count);
    const cpl_item *item = &hook->talk.items[i];
    if (!cpl_str_is(item->external_id, id) || strcmp(item->form, form) != 0 || !cpl_str_is(item->thread, thread) || !cpl_str_is(item->text, text))
        fail_msg("message %zu is %.*s, %s, in %.*s: %.*s", i, (int)item->external_id.n, item->external_id.p, item->form, (int)item->thread.n, item->thread.p, (int)item->text.n, item->text.p);
}

static void is_skipped(const cpl_webhook *hook, size_t i, const char *path, const char *type) {
    assert_true(i < hook->skipped_count);
    assert_true(cpl_str_is(hook->skipped[i].path, path) && cpl_str_is(hook->skipped[i].type, type));
}

static const char line_events[] = "{\"destination\":\"U0\",\"events\":["
                                  "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"101\",\"quoteToken\":\"q\",\"text\":\"น้ำเสีย\"}},"
                                  "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"image\",\"id\":\"102\",\"contentProvider\":{\"type\":\"line\"}}},"
                                  "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"sticker\",\"id\":\"103\",\"packageId\":\"446\",\"stickerId\":\"1988\",\"stickerResourceType\":\"STATIC\"}},"
                                  "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"location\",\"id\":\"104\",\"title\":\"รพ.\",\"address\":\"ถนนสิงหไคล\",\"latitude\":19.9,\"longitude\":99.83}},"
                                  "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"file\",\"id\":\"105\",\"fileName\":\"หนังสือ.pdf\",\"fileSize\":2138}},"
                                  "{\"type\":\"unsend\"," SOURCE ",\"unsend\":{\"messageId\":\"101\"}},"
                                  "{\"type\":\"follow\"," SOURCE "},"
                                  "{\"type\":\"postback\"," SOURCE ",\"postback\":{\"data\":\"a=1\"}},"
                                  "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"hologram\",\"id\":\"106\"}},"
                                  "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"107\",\"text\":\"  \\n\"}}]}";

static void what_line_sends_is_known(void **state) {
    (void)state;
    cpl_arena a;
    cpl_webhook hook;
    cpl_arena_init(&a, &cpl_memory_default);
    assert_int_equal(cpl_webhook_read(LINE, cpl_str_of(line_events), &a, &hook, NULL), COMPLAINT_OK);
    assert_int_equal(hook.talk.count, 6);
    is_item(&hook, 0, "101", "text", "U1", "น้ำเสีย");
    is_item(&hook, 1, "102", "media", "U1", "");
    assert_string_equal(hook.talk.items[1].attachments[0].uri.p, "102");
    is_item(&hook, 2, "103", "sticker", "U1", "446/1988");
    is_item(&hook, 3, "104", "text", "U1", "[ตำแหน่งที่ตั้ง] รพ. ถนนสิงหไคล");
    is_item(&hook, 4, "105", "media", "U1", "");
    assert_string_equal(hook.talk.items[4].attachments[0].name.p, "หนังสือ.pdf");
    is_item(&hook, 5, "101", "unsent", "U1", "");
    assert_int_equal(hook.skipped_count, 4);
    is_skipped(&hook, 0, "$.events[6]", "follow");
    is_skipped(&hook, 1, "$.events[7]", "postback");
    is_skipped(&hook, 2, "$.events[8]", "hologram");
    is_skipped(&hook, 3, "$.events[9]", "message without words");
    cpl_arena_free(&a);
}

static const char page_events[] = "{\"object\":\"page\",\"entry\":[{\"id\":\"PAGE\",\"time\":1762300000000,\"messaging\":["
                                  "{" BETWEEN ",\"message\":{\"mid\":\"m_1\",\"text\":\"ร้านขายยา\",\"quick_reply\":{\"payload\":\"x\"}}},"
                                  "{" BETWEEN ",\"message\":{\"mid\":\"m_2\",\"attachments\":[{\"type\":\"image\",\"payload\":{\"url\":\"https://x/1\"}},{\"type\":\"video\",\"payload\":{\"url\":\"https://x/2\"}}]}},"
                                  "{" BETWEEN ",\"message\":{\"mid\":\"m_3\",\"attachments\":[{\"type\":\"image\",\"payload\":{\"url\":\"https://x/s\",\"sticker_id\":369239263222822}}]}},"
                                  "{\"sender\":{\"id\":\"PAGE\"},\"recipient\":{\"id\":\"P1\"},\"timestamp\":1762300000001,\"message\":{\"mid\":\"m_4\",\"is_echo\":true,\"app_id\":1,\"text\":\"ครับ\"}},"
                                  "{" BETWEEN ",\"message_edit\":{\"mid\":\"m_1\",\"text\":\"ร้านขายยาเถื่อน\",\"num_edit\":1}},"
                                  "{" BETWEEN ",\"message\":{\"mid\":\"m_2\",\"is_deleted\":true}},"
                                  "{" BETWEEN ",\"postback\":{\"mid\":\"m_5\",\"title\":\"เริ่ม\",\"payload\":\"GET_STARTED\"}},"
                                  "{" BETWEEN ",\"read\":{\"watermark\":1}},"
                                  "{" BETWEEN ",\"reaction\":{\"mid\":\"m_1\",\"action\":\"react\"}}]},"
                                  "{\"id\":\"PAGE\",\"time\":1,\"changes\":[]}]}";

static void what_messenger_sends_is_known(void **state) {
    (void)state;
    cpl_arena a;
    cpl_webhook hook;
    cpl_arena_init(&a, &cpl_memory_default);
    assert_int_equal(cpl_webhook_read(MESSENGER, cpl_str_of(page_events), &a, &hook, NULL), COMPLAINT_OK);
    assert_int_equal(hook.talk.count, 6);
    is_item(&hook, 0, "m_1", "text", "P1", "ร้านขายยา");
    is_item(&hook, 1, "m_2", "media", "P1", "");
    assert_int_equal(hook.talk.items[1].attachment_count, 2);
    assert_string_equal(hook.talk.items[1].attachments[1].uri.p, "https://x/2");
    is_item(&hook, 2, "m_3", "sticker", "P1", "https://x/s");
    is_item(&hook, 3, "m_4", "text", "P1", "ครับ");
    assert_int_equal(hook.talk.items[3].direction, CPL_FROM_OFFICE);
    is_item(&hook, 4, "m_1:edit:1", "text", "P1", "[แก้ไขข้อความ] ร้านขายยาเถื่อน");
    is_item(&hook, 5, "m_2", "unsent", "P1", "");
    assert_int_equal(hook.skipped_count, 4);
    is_skipped(&hook, 0, "$.entry[0].messaging[6]", "postback");
    is_skipped(&hook, 1, "$.entry[0].messaging[7]", "read");
    is_skipped(&hook, 2, "$.entry[0].messaging[8]", "reaction");
    is_skipped(&hook, 3, "$.entry[1]", "entry without messaging");
    cpl_arena_free(&a);
}

static bool read_once(test_alloc *a, void *context) {
    int32_t service = *(const int32_t *)context;
    cpl_arena arena;
    cpl_webhook hook;
    complaint_error e = {0};
    cpl_arena_init(&arena, &a->table);
    complaint_status s = cpl_webhook_read(service, cpl_str_of(service == LINE ? line_events : page_events), &arena, &hook, &e);
    if (s != COMPLAINT_OK) assert_int_equal(s, COMPLAINT_E_MEMORY);
    cpl_arena_free(&arena);
    return s == COMPLAINT_OK;
}

static void reading_survives_memory_failures(void **state) {
    (void)state;
    for (int32_t service = LINE; service <= MESSENGER; service++) test_alloc_loop(read_once, &service);
}

/* ---- onto the desk --------------------------------------------------------------------------------------------------------------------- */

static complaint_status take(test_office *o, int32_t service, const char *channel, const char *body, complaint_page **skipped, complaint_page **tally) {
    char signature[80];
    return complaint_import_webhook(o->desk, o->officer, service, channel, body, strlen(body), sign(service, body, signature), SECRET, NULL, skipped, tally);
}

static void tally_is(complaint_page *tally, int64_t messages, int64_t added, int64_t known, int64_t withdrawn, int64_t replies, int64_t skipped) {
    static const char *const names[] = {"messages", "added", "known", "withdrawn", "replies", "skipped"};
    const int64_t expected[] = {messages, added, known, withdrawn, replies, skipped};
    for (size_t i = 0; i < COUNT(names); i++)
        if (complaint_page_integer_of(tally, 0, names[i]) != expected[i]) fail_msg("%s is %" PRId64 ", expected %" PRId64, names[i], complaint_page_integer_of(tally, 0, names[i]), expected[i]);
    complaint_page_free(tally);
}

static void what_is_not_proved_is_not_read(void **state) {
    test_office *o = *state;
    char signature[80];
    size_t size = strlen(line_events);
    sign(LINE, line_events, signature);
#define ASK(service, channel, body, n, signature, secret) complaint_import_webhook(o->desk, o->officer, service, channel, body, n, signature, secret, NULL, NULL, NULL)
    assert_int_equal(ASK(LINE, "line", line_events, size, signature, "another"), COMPLAINT_E_SIGNATURE);
    assert_int_equal(ASK(LINE, "line", line_events, size - 1, signature, SECRET), COMPLAINT_E_SIGNATURE);
    assert_int_equal(ASK(LINE, "line", "{", 1, signature, SECRET), COMPLAINT_E_SIGNATURE);
    assert_int_equal(ASK(MESSENGER, "facebook", line_events, size, signature, SECRET), COMPLAINT_E_SIGNATURE);
    assert_int_equal(ASK(LINE, "line", line_events, size, signature, ""), COMPLAINT_E_INVALID);
    assert_int_equal(ASK(LINE, "line", line_events, size, NULL, SECRET), COMPLAINT_E_INVALID);
    assert_int_equal(ASK(3, "line", line_events, size, signature, SECRET), COMPLAINT_E_INVALID);
    assert_int_equal(ASK(LINE, NULL, line_events, size, signature, SECRET), COMPLAINT_E_INVALID);
    assert_int_equal(ASK(LINE, "pigeon", line_events, size, signature, SECRET), COMPLAINT_E_UNKNOWN_CODE);
#undef ASK
}

static void what_is_sent_again_adds_nothing(void **state) {
    test_office *o = *state;
    complaint_page *tally = NULL, *skipped = NULL, *inbox = NULL;
    OK(take(o, LINE, "line", line_events, &skipped, &tally));
    assert_int_equal(complaint_page_count(skipped), 4);
    assert_string_equal(complaint_page_text_of(skipped, 1, "type"), "postback");
    complaint_page_free(skipped);
    tally_is(tally, 6, 5, 1, 1, 0, 4); /* the withdrawal is of a message of the same body, and counts as if it came alone */
    OK(take(o, LINE, "line", line_events, NULL, &tally));
    tally_is(tally, 6, 0, 6, 0, 0, 4);
    OK(take(o, MESSENGER, "facebook", page_events, NULL, &tally));
    tally_is(tally, 6, 5, 1, 1, 1, 4);
    OK(take(o, MESSENGER, "facebook", page_events, NULL, &tally));
    tally_is(tally, 6, 0, 6, 0, 0, 4);
    OK(complaint_desk_inbox(o->desk, o->officer, "new", NULL, 0, &inbox));
    assert_int_equal(complaint_page_count(inbox), 9);
    int64_t withdrawn = 0;
    for (int64_t i = 0; i < complaint_page_count(inbox); i++) withdrawn += complaint_page_integer_of(inbox, i, "unsent_at") != 0;
    assert_int_equal(withdrawn, 2);
    complaint_page_free(inbox);
}

/* The service's clock may be ahead; it does not send again what was answered. */
static void what_comes_from_the_future_came_now(void **state) {
    test_office *o = *state;
    complaint_page *tally = NULL, *inbox = NULL;
    test_at(o, "2025-11-05T06:46"); /* the events are of 06:46:40 */
    OK(take(o, LINE, "line", line_events, NULL, &tally));
    tally_is(tally, 6, 5, 1, 1, 0, 4);
    OK(complaint_desk_inbox(o->desk, o->officer, "new", NULL, 0, &inbox));
    test_instant_is(complaint_page_integer_of(inbox, 0, "sent_at"), "2025-11-05T06:46");
    complaint_page_free(inbox);
}

static void message_is(test_office *o, const char *id, const char *text, const char *sent_at) {
    complaint_page *inbox = NULL;
    OK(complaint_desk_inbox(o->desk, o->officer, "new", NULL, 0, &inbox));
    int64_t i = 0;
    while (i < complaint_page_count(inbox) && strcmp(complaint_page_text_of(inbox, i, "external_id"), id) != 0) i++;
    assert_true(i < complaint_page_count(inbox));
    assert_string_equal(complaint_page_text_of(inbox, i, "body"), text);
    test_instant_is(complaint_page_integer_of(inbox, i, "sent_at"), sent_at);
    complaint_page_free(inbox);
}

/* It lay at the service for a while: the day that counts is the one on which the sender took it back. */
static void a_withdrawal_has_the_time_of_its_event(void **state) {
    test_office *o = *state;
    static const char message[] = "{\"events\":[{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"401\",\"text\":\"น้ำเสีย\"}}]}";
    static const char unsend[] = "{\"events\":[{\"type\":\"unsend\",\"timestamp\":1762300060000,\"source\":{\"userId\":\"U1\"},\"unsend\":{\"messageId\":\"401\"}}]}";
    complaint_page *tally = NULL, *inbox = NULL;
    test_at(o, "2025-11-05T07:00");
    OK(take(o, LINE, "line", message, NULL, &tally));
    tally_is(tally, 1, 1, 0, 0, 0, 0);
    test_at(o, "2025-11-05T09:00");
    OK(take(o, LINE, "line", unsend, NULL, &tally));
    tally_is(tally, 1, 0, 1, 1, 0, 0);
    message_is(o, "401", "น้ำเสีย", "2025-11-05T06:46:40");
    OK(complaint_desk_inbox(o->desk, o->officer, "new", NULL, 0, &inbox));
    test_instant_is(complaint_page_integer_of(inbox, 0, "unsent_at"), "2025-11-05T06:47:40");
    complaint_page_free(inbox);
    OK(complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &inbox, &(int64_t){0}));
    assert_int_equal(complaint_page_count(inbox), 0);
    complaint_page_free(inbox);
}

static void event_is(const complaint_page *events, int64_t row, const char *path, const char *id, complaint_status status, bool taken, const char *thai) {
    assert_string_equal(complaint_page_text_of(events, row, "path"), path);
    assert_string_equal(complaint_page_text_of(events, row, "id"), id);
    assert_int_equal(complaint_page_integer_of(events, row, "status"), status);
    assert_int_equal(complaint_page_integer_of(events, row, "taken"), taken);
    if (!strstr(complaint_page_text_of(events, row, "thai"), thai) || !*complaint_page_text_of(events, row, "english")) fail_msg("%s", complaint_page_text_of(events, row, "thai"));
}

/* ---- taken back before it came ----------------------------------------------------------------------------------------------------------- */

#define LATE "{\"events\":[{\"type\":\"message\",\"timestamp\":1762300000000,\"source\":{\"groupId\":\"G1\",\"userId\":\"U1\"},\"message\":{\"type\":\"text\",\"id\":\"402\",\"text\":\"ขอถอนคำพูด \\u0000\"}}]}"
#define TAKEN_BACK "{\"events\":[{\"type\":\"unsend\",\"timestamp\":1762300060000,\"source\":{\"groupId\":\"G1\"},\"unsend\":{\"messageId\":\"402\"}}]}"

static void row_of_402(test_office *o, const char *form, const char *sender, const char *sent_at, const char *unsent_at) {
    complaint_page *page = NULL;
    OK(complaint_desk_thread(o->desk, o->officer, "line", "G1", NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), 1);
    assert_string_equal(complaint_page_text_of(page, 0, "form"), form);
    assert_string_equal(complaint_page_text_of(page, 0, "sender"), sender);
    assert_string_equal(complaint_page_text_of(page, 0, "body"), "");
    test_instant_is(complaint_page_integer_of(page, 0, "sent_at"), sent_at);
    test_instant_is(complaint_page_integer_of(page, 0, "unsent_at"), unsent_at);
    complaint_page_free(page);
    OK(complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &page, &(int64_t){0}));
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
}

/* LINE sends again what an office did not take, in any order: what it asks is that the words are not seen; the office has to know that there was something. */
static void a_message_taken_back_before_it_came_says_so_without_its_words(void **state) {
    test_office *o = *state;
    complaint_page *events = NULL, *tally = NULL;
    test_at(o, "2025-11-05T07:00");
    OK(take(o, LINE, "line", TAKEN_BACK, NULL, &tally));
    tally_is(tally, 1, 0, 0, 1, 0, 0);
    row_of_402(o, "unsent", "", "2025-11-05T06:47:40", "2025-11-05T07:00");
    test_at(o, "2025-11-05T08:00");
    OK(take(o, LINE, "line", LATE, &events, &tally));
    assert_int_equal(complaint_page_integer_of(tally, 0, "mended"), 1);
    tally_is(tally, 1, 1, 0, 0, 0, 0);
    assert_int_equal(complaint_page_count(events), 1); /* no word of the character that was in its words */
    event_is(events, 0, "$.events[0]", "402", COMPLAINT_E_STATE, true, "ยกเลิกข้อความนี้ก่อนที่ข้อความจะมาถึง");
    complaint_page_free(events);
    row_of_402(o, "text", "U1", "2025-11-05T06:46:40", "2025-11-05T06:47:40");
    test_at(o, "2025-11-05T09:00");
    const char *const again[] = {LATE, TAKEN_BACK, LATE};
    for (size_t i = 0; i < COUNT(again); i++) {
        OK(take(o, LINE, "line", again[i], NULL, &tally));
        tally_is(tally, 1, 0, 1, 0, 0, 0);
        row_of_402(o, "text", "U1", "2025-11-05T06:46:40", "2025-11-05T06:47:40");
    }
}

static void a_body_in_the_wrong_order_is_no_different(void **state) {
    test_office *o = *state;
    static const char both[] = "{\"events\":[{\"type\":\"unsend\",\"timestamp\":1762300060000,\"source\":{\"groupId\":\"G1\",\"userId\":\"U1\"},\"unsend\":{\"messageId\":\"402\"}},"
                               "{\"type\":\"message\",\"timestamp\":1762300000000,\"source\":{\"groupId\":\"G1\",\"userId\":\"U1\"},\"message\":{\"type\":\"image\",\"id\":\"402\"}}]}";
    complaint_page *events = NULL, *tally = NULL;
    test_at(o, "2025-11-05T07:00");
    for (int i = 0; i < 2; i++) {
        OK(take(o, LINE, "line", both, &events, &tally));
        tally_is(tally, 2, i == 0, i == 0 ? 0 : 2, i == 0, 0, 0);
        assert_int_equal(complaint_page_count(events), i == 0);
        if (i == 0) event_is(events, 0, "$.events[1]", "402", COMPLAINT_E_STATE, true, "ไม่เก็บเนื้อความและไฟล์แนบ");
        complaint_page_free(events);
        row_of_402(o, "media", "U1", "2025-11-05T06:46:40", "2025-11-05T06:47:40");
    }
}

/* What the desk found stands among what the reader found, where the events stood. */
static void what_is_said_of_events_is_in_their_order(void **state) {
    test_office *o = *state;
    static const char body[] = "{\"events\":[{\"type\":\"unsend\",\"timestamp\":1762300060000,\"source\":{\"userId\":\"U1\"},\"unsend\":{\"messageId\":\"501\"}},"
                               "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"501\",\"text\":\"x\"}},{},{},{},{},{},{},{},{},{\"type\":\"follow\"}]}";
    complaint_page *events = NULL, *tally = NULL;
    test_at(o, "2025-11-05T07:00");
    OK(take(o, LINE, "line", body, &events, &tally));
    tally_is(tally, 2, 1, 0, 1, 0, 1);
    assert_int_equal(complaint_page_count(events), 10);
    for (int64_t i = 0; i < 10; i++) {
        char path[32];
        snprintf(path, sizeof path, "$.events[%d]", (int)i + 1);
        assert_string_equal(complaint_page_text_of(events, i, "path"), path);
    }
    assert_non_null(strstr(complaint_page_text_of(events, 1, "thai"), "$.events[2]: ขาด (type)"));
    complaint_page_free(events);
}

/* An officer has put the empty one aside meanwhile: where it is stays as it is, and it can still become a matter. */
static void what_was_decided_of_a_withdrawal_stays_when_its_message_comes(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_at(o, "2025-11-05T07:00");
    OK(take(o, LINE, "line", TAKEN_BACK, NULL, NULL));
    OK(complaint_desk_inbox(o->desk, o->officer, "new", NULL, 0, &page));
    o->message = complaint_page_integer_of(page, 0, "message");
    complaint_page_free(page);
    DO(o, o->officer, "set_aside", "reason=ผู้ส่งยกเลิก");
    OK(take(o, LINE, "line", LATE, NULL, NULL));
    OK(complaint_desk_message(o->desk, o->officer, o->message, &page));
    assert_string_equal(complaint_page_text_of(page, 0, "state"), "set_aside");
    complaint_page_free(page);
    DO(o, o->officer, "triage");
    row_of_402(o, "text", "U1", "2025-11-05T06:46:40", "2025-11-05T06:47:40");
    OK(take(o, LINE, "line", LATE, NULL, NULL));
    test_text(o, "state", "received");
}

/* Four people write in one request; two of them something that is no text, one without a time, one without anything that could be taken. */
static const char of_four[] = "{\"events\":["
                              "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"201\",\"text\":\"น้ำ\\u0000เสีย \\ud83d\"}},"
                              "{\"type\":\"message\",\"webhookEventId\":\"w2\",\"timestamp\":1762300000000,\"source\":{\"userId\":\"U2\"},\"message\":{\"type\":\"text\",\"text\":\"ไม่มีเลขที่\"}},"
                              "{\"type\":\"message\",\"source\":{\"userId\":\"U3\"},\"message\":{\"type\":\"text\",\"id\":\"203\",\"text\":\"กลิ่นเหม็น \xED\xA0\x80\"}},"
                              "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"204\",\"text\":\"\\ud83d\\ude00 ขอบคุณ\"}}]}";

static void one_bad_event_holds_up_nobody(void **state) {
    test_office *o = *state;
    complaint_page *events = NULL, *tally = NULL;
    test_at(o, "2025-11-05T09:00");
    OK(take(o, LINE, "line", of_four, &events, &tally));
    assert_int_equal(complaint_page_integer_of(tally, 0, "refused"), 1);
    assert_int_equal(complaint_page_integer_of(tally, 0, "mended"), 3);
    tally_is(tally, 3, 3, 0, 0, 0, 0);
    assert_int_equal(complaint_page_count(events), 4);
    event_is(events, 0, "$.events[0]", "201", COMPLAINT_E_UTF8, true, "\xEF\xBF\xBD");
    event_is(events, 1, "$.events[1]", "w2", COMPLAINT_E_INVALID, false, "ขาด");
    event_is(events, 2, "$.events[2]", "203", COMPLAINT_E_INVALID, true, "เวลาที่สำนักงานรับเข้า");
    event_is(events, 3, "$.events[2]", "203", COMPLAINT_E_UTF8, true, "\xEF\xBF\xBD");
    complaint_page_free(events);
    message_is(o, "201", "น้ำ\xEF\xBF\xBDเสีย \xEF\xBF\xBD", "2025-11-05T06:46:40");
    message_is(o, "203", "กลิ่นเหม็น \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", "2025-11-05T09:00");
    message_is(o, "204", "\xF0\x9F\x98\x80 ขอบคุณ", "2025-11-05T06:46:40");
    test_at(o, "2025-11-05T09:30");
    OK(take(o, LINE, "line", of_four, NULL, &tally));
    tally_is(tally, 3, 0, 3, 0, 0, 0);
    message_is(o, "203", "กลิ่นเหม็น \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", "2025-11-05T09:00");
}

/* A number that no one can hold, and what is nested deeper than anything that is read, are of the event they stand in; where nobody reads them they are of no event. */
static void what_is_too_large_or_deep_holds_up_nobody(void **state) {
    test_office *o = *state;
    char body[2048], deep[128];
    complaint_page *events = NULL, *tally = NULL;
    (void)snprintf(deep, sizeof deep, "%.40s\"]\\\"{\"%.40s", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
    (void)snprintf(body, sizeof body,
                   "{\"events\":[{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":99999999999999999999,\"text\":\"เลขใหญ่\"}},"
                   "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"502\",\"yet_to_come\":%s,\"size\":-18446744073709551616,\"text\":\"หลัง\\u0000\"}},"
                   "{\"type\":\"message\",\"timestamp\":1762300000000000000000,\"source\":{\"userId\":\"U3\"},\"message\":{\"type\":\"text\",\"id\":\"503\",\"text\":\"เวลาใหญ่\"}},\n"
                   "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"504\",\"text\":%s}}]}",
                   deep, deep);
    test_at(o, "2025-11-05T09:00");
    OK(take(o, LINE, "line", body, &events, &tally));
    assert_int_equal(complaint_page_integer_of(tally, 0, "refused"), 2);
    tally_is(tally, 2, 2, 0, 0, 0, 0);
    assert_int_equal(complaint_page_count(events), 4);
    event_is(events, 0, "$.events[0]", "w", COMPLAINT_E_INVALID, false, "$.events[0].message: ขาด (id)");
    event_is(events, 1, "$.events[1]", "502", COMPLAINT_E_UTF8, true, "\xEF\xBF\xBD");
    event_is(events, 2, "$.events[2]", "503", COMPLAINT_E_INVALID, true, "เวลาที่สำนักงานรับเข้า");
    event_is(events, 3, "$.events[3]", "504", COMPLAINT_E_INVALID, false, "บรรทัด 2 ที่ $.events[3].message.text");
    complaint_page_free(events);
    message_is(o, "502", "หลัง\xEF\xBF\xBD", "2025-11-05T06:46:40");
    message_is(o, "503", "เวลาใหญ่", "2025-11-05T09:00");
}

/* The desk's own limits: an id longer than it keeps. */
static void what_the_desk_refuses_holds_up_nobody(void **state) {
    test_office *o = *state;
    char body[4096], id[1600];
    complaint_page *events = NULL, *tally = NULL;
    memset(id, 'x', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    (void)snprintf(body, sizeof body,
                   "{\"events\":[{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"301\",\"text\":\"ก่อน\"}},"
                   "{\"type\":\"message\",\"source\":{\"userId\":\"U2\"},\"message\":{\"type\":\"text\",\"id\":\"%s\",\"text\":\"ยาว\"}},"
                   "{\"type\":\"message\"," SOURCE ",\"message\":{\"type\":\"text\",\"id\":\"303\",\"text\":\"หลัง\"}}]}",
                   id);
    OK(take(o, LINE, "line", body, &events, &tally));
    assert_int_equal(complaint_page_integer_of(tally, 0, "refused"), 1);
    assert_int_equal(complaint_page_integer_of(tally, 0, "mended"), 0); /* what was mended is of a message that is not there */
    tally_is(tally, 2, 2, 0, 0, 0, 0);
    assert_int_equal(complaint_page_count(events), 1);
    event_is(events, 0, "$.events[1]", id, COMPLAINT_E_TOO_LARGE, false, "external_id");
    complaint_page_free(events);
    message_is(o, "303", "หลัง", "2025-11-05T06:46:40");
}

int main(void) {
#define OFFICE(test) cmocka_unit_test_setup_teardown(test, test_office_setup, test_office_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_code_is_that_of_the_standard),
        cmocka_unit_test(a_forged_signature_is_refused),
        cmocka_unit_test(a_documented_signature_is_right),
        cmocka_unit_test(a_body_without_events_is_refused_whole),
        cmocka_unit_test(a_fault_of_an_event_has_its_place),
        cmocka_unit_test(what_line_sends_is_known),
        cmocka_unit_test(what_messenger_sends_is_known),
        cmocka_unit_test(reading_survives_memory_failures),
        OFFICE(what_is_not_proved_is_not_read),
        OFFICE(what_is_sent_again_adds_nothing),
        OFFICE(what_comes_from_the_future_came_now),
        OFFICE(a_withdrawal_has_the_time_of_its_event),
        OFFICE(a_message_taken_back_before_it_came_says_so_without_its_words),
        OFFICE(a_body_in_the_wrong_order_is_no_different),
        OFFICE(what_is_said_of_events_is_in_their_order),
        OFFICE(what_was_decided_of_a_withdrawal_stays_when_its_message_comes),
        OFFICE(one_bad_event_holds_up_nobody),
        OFFICE(what_is_too_large_or_deep_holds_up_nobody),
        OFFICE(what_the_desk_refuses_holds_up_nobody),
    };
    return cmocka_run_group_tests_name("webhooks", tests, NULL, NULL);
}
