/* A page's inbox goes onto the desk [CR-2, CR-4.2.1]: what stops it first, then the whole export, again, day by day, and what is reported of it. */
#include "support/alloc.h"

#include <complaint/conformance.h>
#include <complaint/date.h>
#include <complaint/import.h>
#include <complaint/report.h>
#include <complaint/store/memory.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define ROOT COMPLAINT_SOURCE_DIR "/examples/data/inbox_export"
#define LABELS COMPLAINT_SOURCE_DIR "/examples/data/inbox_labels.tsv"
#define OK(call) assert_int_equal(call, COMPLAINT_OK)

static const int64_t first_day = INT64_C(1759251600000), day_ms = INT64_C(86400000); /* 1 October 2568 in Bangkok */
enum { DAYS = 365, THREADS = 60 };

/* ---- an office in memory ------------------------------------------------------------------------------------------------ */

typedef struct office {
    complaint_memory *memory;
    complaint_fault *fault;
    complaint_setup *setup;
    complaint_policy *policy;
    complaint_calendar *calendar;
    complaint_desk *desk;
    complaint_actor *officer;
    complaint_page *tally; /* of the last import */
    int64_t now;
    complaint_media media;
    /* what the media table does */
    const char *broken_uri; /* opening it answers broken_open, reading it broken_read */
    complaint_status broken_open, broken_read;
    bool reenter;
    int opened, alive;
    /* what the progress callback does */
    int64_t stop_at, asked;
} office;

static complaint_status COMPLAINT_CALL tell_time(void *self, int64_t *now, complaint_host_error *error) {
    (void)error;
    *now = ((office *)self)->now;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL open_media(void *self, const char *uri, void **stream) {
    office *o = self;
    char path[512];
    if (o->reenter) assert_int_equal(complaint_import_facebook(o->desk, o->officer, "facebook", "", 0, NULL, NULL), COMPLAINT_E_REENTRANT);
    if (o->broken_uri && strcmp(uri, o->broken_uri) == 0 && o->broken_open) return o->broken_open;
    snprintf(path, sizeof path, "%s/%s", ROOT, uri);
    FILE *f = fopen(path, "rb");
    if (!f) return COMPLAINT_E_NOT_FOUND;
    o->opened++;
    o->alive++;
    *stream = f;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL read_media(void *self, void *stream, void *buffer, size_t capacity, size_t *got) {
    office *o = self;
    if (o->reenter) assert_int_equal(complaint_desk_report(o->desk, o->officer, 2569, 12, NULL), COMPLAINT_E_REENTRANT);
    if (o->broken_read) return o->broken_read;
    *got = fread(buffer, 1, capacity, stream);
    return COMPLAINT_OK;
}

static void COMPLAINT_CALL close_media(void *self, void *stream) {
    ((office *)self)->alive--;
    fclose(stream);
}

static int32_t COMPLAINT_CALL progress(void *context, int64_t done) {
    office *o = context;
    o->asked++;
    assert_int_equal(done, 256 * o->asked); /* messages that one transaction takes */
    assert_int_equal(complaint_import_facebook(o->desk, o->officer, "facebook", "", 0, NULL, NULL), COMPLAINT_E_REENTRANT);
    return o->stop_at && o->asked >= o->stop_at;
}

static complaint_status make_officer(const complaint_allocator *a, const char *role, complaint_actor **actor) {
    complaint_status s = complaint_actor_new(a, "somchai", actor);
    return s ? s : complaint_actor_add_role(*actor, role);
}

static complaint_status open_desk(office *o, const complaint_allocator *a) {
    complaint_store inner, outer;
    complaint_clock clock = {sizeof clock, o, tell_time};
    complaint_status s = complaint_memory_open(NULL, &o->memory);
    if (!s) s = complaint_memory_table(o->memory, &inner);
    if (!s) s = complaint_fault_wrap(&inner, &o->fault, &outer);
    if (!s) s = complaint_policy_builtin(a, "moph-chiangrai-2569", &o->policy, NULL);
    if (!s) s = complaint_calendar_builtin(NULL, "TH-57", &o->calendar, NULL);
    if (!s) s = complaint_setup_new(a, &o->setup);
    if (!s) s = complaint_setup_set_store(o->setup, &outer);
    if (!s) s = complaint_setup_set_clock(o->setup, &clock);
    if (!s) s = complaint_setup_set_policy(o->setup, o->policy);
    if (!s) s = complaint_setup_set_calendar(o->setup, o->calendar);
    if (!s) s = complaint_desk_open(o->setup, &o->desk);
    return s ? s : make_officer(a, "officer", &o->officer);
}

/* A clock after the last message of the export. */
static complaint_status open_office(office *o, const complaint_allocator *a) {
    *o = (office){.now = first_day + DAYS * day_ms};
    o->media = (complaint_media){sizeof o->media, o, open_media, read_media, close_media};
    return open_desk(o, a);
}

static void close_office(office *o) {
    assert_int_equal(o->alive, 0);
    if (o->fault) assert_int_equal(complaint_fault_open(o->fault), 0);
    complaint_page_free(o->tally);
    complaint_actor_free(o->officer);
    complaint_desk_close(o->desk);
    complaint_setup_free(o->setup);
    complaint_calendar_free(o->calendar);
    complaint_policy_free(o->policy);
    complaint_fault_free(o->fault);
    complaint_memory_close(o->memory);
}

static const char *trouble(const office *o) { return complaint_error_text(complaint_desk_error(o->desk), COMPLAINT_ENGLISH); }

/* ---- importing --------------------------------------------------------------------------------------------------------------- */

static complaint_status import_text(office *o, const char *json, size_t size) {
    complaint_page_free(o->tally);
    o->tally = NULL;
    return complaint_import_facebook(o->desk, o->officer, "facebook", json, size, &o->media, &o->tally);
}

static complaint_status import_words(office *o, const char *json) { return import_text(o, json, strlen(json)); }

static int64_t tallied(const office *o, const char *name) {
    assert_true(complaint_page_column_find(o->tally, name) >= 0);
    return complaint_page_integer_of(o->tally, 0, name);
}

static void check_tally(const office *o, int64_t messages, int64_t added, int64_t known, int64_t later) {
    int64_t got[] = {tallied(o, "messages"), tallied(o, "added"), tallied(o, "known"), tallied(o, "later")}, expected[] = {messages, added, known, later};
    for (size_t i = 0; i < COUNT(got); i++)
        if (got[i] != expected[i]) fail_msg("messages, added, known, later are %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, got[0], got[1], got[2], got[3]);
}

static complaint_page *thread_of(const office *o, const char *thread) {
    complaint_page *page = NULL;
    if (complaint_desk_thread(o->desk, o->officer, "facebook", thread, NULL, 1000, &page)) fail_msg("thread %s: %s", thread, trouble(o));
    assert_null(complaint_page_token(page));
    return page;
}

static int64_t count_of(const office *o, const char *thread) {
    complaint_page *page = thread_of(o, thread);
    int64_t count = complaint_page_count(page);
    complaint_page_free(page);
    return count;
}

/* ---- small conversations --------------------------------------------------------------------------------------------------------- */

#define HEAD "{\"participants\":[{\"name\":\"Somsri\"},{\"name\":\"Office\"}],\"title\":\"Somsri\",\"thread_path\":\"inbox/somsri_42\",\"messages\":[\n"
#define PHOTO "messages/inbox/poppop_97223892374213901/photos/287875863_856200758647133_6812056348217573251_n_934647874445129.jpg"
#define SAID(time, text) "{\"sender_name\":\"Somsri\",\"timestamp_ms\":" time ",\"content\":\"" text "\"}"

static const char three[] =
    HEAD "{\"sender_name\":\"Office\",\"timestamp_ms\":1760000000003,\"content\":\"we will look\"},\n"
         "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000002,\"photos\":[{\"uri\":\"" PHOTO "\"}]},\n" SAID("1760000000001", "the clinic smells") "]}";

static void who_may_not_receive_imports_nothing(void **state) {
    (void)state;
    static const char *const roles[] = {"unit", "auditor", "dpo", "executive", "nobody"};
    office o;
    OK(open_office(&o, NULL));
    for (size_t i = 0; i < COUNT(roles); i++) {
        complaint_actor *other = NULL;
        OK(make_officer(NULL, roles[i], &other));
        complaint_status s = complaint_import_facebook(o.desk, other, "facebook", three, sizeof three - 1, &o.media, NULL);
        assert_int_equal(s, strcmp(roles[i], "nobody") == 0 ? COMPLAINT_E_UNKNOWN_CODE : COMPLAINT_E_ROLE);
        complaint_actor_free(other);
    }
    assert_int_equal(complaint_import_facebook(NULL, o.officer, "facebook", three, sizeof three - 1, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_import_facebook(o.desk, NULL, "facebook", three, sizeof three - 1, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_import_facebook(o.desk, o.officer, NULL, three, sizeof three - 1, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_import_facebook(o.desk, o.officer, "facebook", NULL, 7, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_import_facebook(o.desk, o.officer, "fax", three, sizeof three - 1, NULL, NULL), COMPLAINT_E_UNKNOWN_CODE);
    assert_string_equal(complaint_error_subject(complaint_desk_error(o.desk)), "channel");
    o.media.read = NULL;
    assert_int_equal(import_words(&o, three), COMPLAINT_E_SLOT_MISSING);
    assert_int_equal(o.opened, 0);
    assert_int_equal(count_of(&o, "42"), 0);
    close_office(&o);
}

static void a_faulty_file_adds_nothing(void **state) {
    (void)state;
    office o;
    OK(open_office(&o, NULL));
    for (size_t n = 0; n < sizeof three - 1; n += 7) assert_int_equal(import_text(&o, three, n), COMPLAINT_E_SYNTAX);
    assert_int_equal(import_words(&o, HEAD SAID("1760000000001", "good") ",\n{\"timestamp_ms\":\"bad\"}]}"), COMPLAINT_E_INVALID);
    const complaint_error *e = complaint_desk_error(o.desk);
    assert_string_equal(complaint_error_path(e), "$.messages[1].timestamp_ms");
    assert_int_equal(complaint_error_line(e), 3);
    assert_null(o.tally);
    assert_int_equal(count_of(&o, "42"), 0);
    close_office(&o);
}

static void a_message_too_large_is_named(void **state) {
    (void)state;
    enum { MIB = 1024 * 1024 };
    office o;
    char *json = malloc(sizeof HEAD + MIB + 512);
    assert_non_null(json);
    int n = sprintf(json, HEAD SAID("1760000000001", "small") ",\n{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000002,\"content\":\"");
    memset(json + n, 'x', MIB + 1);
    strcpy(json + n + MIB + 1, "\"}]}");
    OK(open_office(&o, NULL));
    assert_int_equal(import_words(&o, json), COMPLAINT_E_TOO_LARGE);
    assert_string_equal(complaint_error_path(complaint_desk_error(o.desk)), "$.messages[1]");
    assert_int_equal(complaint_error_line(complaint_desk_error(o.desk)), 3);
    assert_int_equal(count_of(&o, "42"), 1); /* what came before stays */
    free(json);
    close_office(&o);
}

static void media_that_fail_stop_the_import_where_it_is(void **state) {
    (void)state;
    static const struct {
        complaint_status open, read, expected;
        const char *subject;
    } cases[] = {
        {COMPLAINT_E_HOST, 0, COMPLAINT_E_HOST, "media.open"},      {COMPLAINT_E_CONFLICT, 0, COMPLAINT_E_HOST, "media.open"},
        {COMPLAINT_E_MEMORY, 0, COMPLAINT_E_MEMORY, "media.open"},  {0, COMPLAINT_E_HOST, COMPLAINT_E_HOST, "media.read"},
        {0, COMPLAINT_E_NOT_FOUND, COMPLAINT_E_HOST, "media.read"}, {0, 4711, COMPLAINT_E_HOST, "media.read"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        office o;
        OK(open_office(&o, NULL));
        o.broken_uri = PHOTO;
        o.broken_open = cases[i].open;
        o.broken_read = cases[i].read;
        assert_int_equal(import_words(&o, three), cases[i].expected);
        assert_string_equal(complaint_error_subject(complaint_desk_error(o.desk)), cases[i].subject);
        assert_string_equal(complaint_error_path(complaint_desk_error(o.desk)), "$.messages[1]");
        assert_int_equal(count_of(&o, "42"), 1);
        o.broken_uri = NULL;
        o.broken_read = COMPLAINT_OK;
        OK(import_words(&o, three));
        check_tally(&o, 3, 2, 1, 0);
        assert_int_equal(tallied(&o, "evidence"), 1);
        close_office(&o);
    }
}

static const char *body_of(const complaint_page *page, int64_t row) { return complaint_page_text_of(page, row, "body"); }

static void a_file_that_is_missing_is_noted(void **state) {
    (void)state;
    static const char json[] =
        HEAD "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000002,\"content\":\"look\",\"photos\":[{\"uri\":\"gone/a.jpg\"},{\"uri\":\"" PHOTO "\"}]},\n"
             "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000001,\"videos\":[{\"uri\":\"gone/b.mp4\"}]}]}";
    office o;
    OK(open_office(&o, NULL));
    OK(import_words(&o, json));
    check_tally(&o, 2, 2, 0, 0);
    assert_int_equal(tallied(&o, "missing"), 2);
    assert_int_equal(tallied(&o, "evidence"), 1);
    complaint_page *page = thread_of(&o, "42");
    assert_string_equal(body_of(page, 0), "[ไม่พบไฟล์แนบ: gone/b.mp4]");
    assert_string_equal(body_of(page, 1), "look\n[ไม่พบไฟล์แนบ: gone/a.jpg]");
    assert_int_equal(complaint_page_integer_of(page, 1, "evidence_count"), 1);
    complaint_page_free(page);
    close_office(&o);

    OK(open_office(&o, NULL));
    OK(complaint_import_facebook(o.desk, o.officer, "facebook", json, sizeof json - 1, NULL, &o.tally));
    assert_int_equal(tallied(&o, "missing"), 0);
    page = thread_of(&o, "42");
    assert_string_equal(body_of(page, 0), "[ไฟล์แนบ: gone/b.mp4]");
    complaint_page_free(page);
    close_office(&o);
}

static void a_message_takes_64_attachments(void **state) {
    (void)state;
    static char json[64 * 1024];
    office o;
    int n = sprintf(json, HEAD "{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000002,\"photos\":[");
    for (int i = 0; i < 66; i++) n += sprintf(json + n, "%s{\"uri\":\"%s\"}", i ? "," : "", PHOTO);
    strcpy(json + n, "]}]}");
    OK(open_office(&o, NULL));
    OK(import_words(&o, json));
    assert_int_equal(tallied(&o, "evidence"), 64);
    assert_int_equal(tallied(&o, "missing"), 2);
    assert_int_equal(o.opened, 64);
    close_office(&o);
}

/* Six hundred messages: more than go into two transactions. */
static const char *six_hundred(void) {
    static char json[80 * 1024];
    size_t n = (size_t)sprintf(json, "%s", HEAD);
    for (int i = 0; i < 600; i++) n += (size_t)sprintf(json + n, "%s{\"sender_name\":\"Somsri\",\"timestamp_ms\":%lld,\"content\":\"number %d\"}", i ? "," : "", 1760000000001LL + i, i);
    strcpy(json + n, "]}");
    return json;
}

static void nobody_calls_back_into_the_desk(void **state) {
    (void)state;
    office o;
    OK(open_office(&o, NULL));
    o.reenter = true;
    OK(complaint_desk_set_progress(o.desk, progress, &o));
    OK(import_words(&o, six_hundred()));
    assert_int_equal(o.asked, 2); /* between three transactions */
    o.asked = 0;
    OK(import_words(&o, six_hundred()));
    assert_int_equal(o.asked, 0);
    close_office(&o);
}

static void a_cancelled_import_keeps_what_is_done(void **state) {
    (void)state;
    office o;
    OK(open_office(&o, NULL));
    o.stop_at = 2;
    OK(complaint_desk_set_progress(o.desk, progress, &o));
    assert_int_equal(import_words(&o, six_hundred()), COMPLAINT_E_CANCELLED);
    assert_int_equal(count_of(&o, "42"), 512);
    o.asked = o.stop_at = 0;
    OK(import_words(&o, six_hundred()));
    check_tally(&o, 600, 88, 512, 0);
    close_office(&o);
}

/* ---- once, again, later ------------------------------------------------------------------------------------------------------------- */

static void a_withdrawal_is_recorded_on_the_message(void **state) {
    (void)state;
    static const char before[] = HEAD SAID("1760000000001", "I take this back later") "]}";
    static const char after[] = HEAD SAID("1760000000005", "new") ",{\"sender_name\":\"Somsri\",\"timestamp_ms\":1760000000001,\"is_unsent\":true}]}";
    office o;
    OK(open_office(&o, NULL));
    OK(import_words(&o, before));
    check_tally(&o, 1, 1, 0, 0);
    o.now += 1000;
    OK(import_words(&o, after));
    check_tally(&o, 2, 1, 1, 0);
    assert_int_equal(tallied(&o, "withdrawn"), 1);
    complaint_page *page = thread_of(&o, "42");
    assert_int_equal(complaint_page_count(page), 2);
    assert_string_equal(complaint_page_text_of(page, 0, "external_id"), "42:1760000000001:1");
    assert_string_equal(body_of(page, 0), "I take this back later");
    assert_string_equal(complaint_page_text_of(page, 0, "form"), "text");
    assert_string_equal(complaint_page_text_of(page, 0, "state"), "new");
    assert_int_equal(complaint_page_integer_of(page, 0, "unsent_at"), o.now);
    complaint_page_free(page);
    OK(import_words(&o, after));
    check_tally(&o, 2, 0, 2, 0);
    assert_int_equal(tallied(&o, "withdrawn"), 0);
    OK(import_words(&o, before)); /* an older export knows less, and takes nothing back */
    check_tally(&o, 1, 0, 1, 0);
    close_office(&o);
}

static void what_is_later_than_the_clock_waits(void **state) {
    (void)state;
    office o;
    OK(open_office(&o, NULL));
    o.now = INT64_C(1760000000002);
    OK(import_words(&o, three));
    check_tally(&o, 3, 2, 0, 1);
    assert_int_equal(tallied(&o, "replies"), 0);
    o.now++;
    OK(import_words(&o, three));
    check_tally(&o, 3, 1, 2, 0);
    assert_int_equal(tallied(&o, "replies"), 1);
    close_office(&o);
}

/* ---- the whole export ------------------------------------------------------------------------------------------------------------------ */

enum { PATH, PERSON, FIRST, FIRST_TEXT, MESSAGES, CITIZEN_TEXTS, PAGE_MESSAGES, DEV_IDS, DEV_TIMES, CLASSES, FLAGS, COLUMNS };

typedef struct labels {
    char *text;
    const char *cells[THREADS][COLUMNS];
    char *json[THREADS];
    size_t size[THREADS];
} labels;

static char *read_file(const char *path, size_t *n) {
    FILE *f = fopen(path, "rb");
    if (!f) fail_msg("%s cannot be read", path);
    fseek(f, 0, SEEK_END);
    *n = (size_t)ftell(f);
    rewind(f);
    char *text = malloc(*n + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, *n, f), *n);
    text[*n] = '\0';
    fclose(f);
    return text;
}

static void read_labels(labels *l) {
    size_t n = 0;
    l->text = read_file(LABELS, &n);
    char *at = strchr(l->text, '\n') + 1;
    for (int row = 0; row < THREADS; row++) {
        char path[512];
        for (int i = 0; i < COLUMNS; i++) {
            l->cells[row][i] = at;
            at += strcspn(at, "\t\n");
            assert_int_equal(*at, i + 1 < COLUMNS ? '\t' : '\n');
            *at++ = '\0';
        }
        snprintf(path, sizeof path, "%s/messages/%s/message_1.json", ROOT, l->cells[row][PATH]);
        l->json[row] = read_file(path, &l->size[row]);
    }
    assert_int_equal(*at, '\0');
}

static void free_labels(labels *l) {
    for (int row = 0; row < THREADS; row++) free(l->json[row]);
    free(l->text);
}

static const char *thread_id(const labels *l, int row) { return strrchr(l->cells[row][PATH], '_') + 1; }

static int64_t number(const char *cell) { return strtoll(cell, NULL, 10); }

static int64_t instant(const char *cell) {
    int64_t at = 0;
    OK(complaint_date_parse_iso(cell, strcspn(cell, " "), NULL, NULL, &at, NULL));
    return at;
}

/* The sums of all tallies of one round through the export. */
typedef struct sums {
    int64_t messages, added, known, later, replies, evidence, missing, withdrawn;
} sums;

static sums import_export(office *o, const labels *l) {
    sums s = {0};
    for (int row = 0; row < THREADS; row++) {
        if (import_text(o, l->json[row], l->size[row])) fail_msg("%s: %s", l->cells[row][PATH], trouble(o));
        s.messages += tallied(o, "messages");
        s.added += tallied(o, "added");
        s.known += tallied(o, "known");
        s.later += tallied(o, "later");
        s.replies += tallied(o, "replies");
        s.evidence += tallied(o, "evidence");
        s.missing += tallied(o, "missing");
        s.withdrawn += tallied(o, "withdrawn");
    }
    return s;
}

static void check_evidence(const office *o, const complaint_page *page, int64_t row, int64_t *photos, int64_t *empty) {
    static const char photo[] = "9650f149d622055c4b495e65e9148ebfc5e61b1bb00e83538e76afe48c496eaf", nothing[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    complaint_page *items = NULL;
    OK(complaint_desk_evidence(o->desk, o->officer, complaint_page_integer_of(page, row, "message"), &items));
    assert_int_equal(complaint_page_count(items), complaint_page_integer_of(page, row, "evidence_count"));
    for (int64_t i = 0; i < complaint_page_count(items); i++) {
        const char *digest = complaint_page_text_of(items, i, "digest"), *type = complaint_page_text_of(items, i, "media_type");
        bool is_photo = strcmp(digest, photo) == 0;
        assert_true(is_photo || strcmp(digest, nothing) == 0);
        if (is_photo) assert_string_equal(type, "image/jpeg");
        if (!is_photo) assert_int_equal(complaint_page_integer_of(items, i, "size_bytes"), 0);
        *(is_photo ? photos : empty) += 1;
    }
    complaint_page_free(items);
}

static void check_thread(const office *o, const labels *l, int row, int64_t *photos, int64_t *empty, int64_t *unsent) {
    const char *const *expected = l->cells[row];
    complaint_page *page = thread_of(o, thread_id(l, row));
    int64_t texts = 0, replies = 0, first_text = 0;
    assert_int_equal(complaint_page_count(page), number(expected[MESSAGES]));
    assert_int_equal(complaint_page_integer_of(page, 0, "sent_at"), instant(expected[FIRST]));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        const char *form = complaint_page_text_of(page, i, "form");
        bool reply = complaint_page_integer_of(page, i, "direction") == 2;
        check_evidence(o, page, i, photos, empty);
        assert_string_equal(complaint_page_text_of(page, i, "state"), reply ? "reply" : "new");
        assert_int_equal(complaint_page_integer_of(page, i, "unsent_at") != 0, strcmp(form, "unsent") == 0);
        if (strcmp(form, "unsent") == 0) assert_string_equal(body_of(page, i), "");
        *unsent += strcmp(form, "unsent") == 0;
        replies += reply;
        if (reply) continue;
        assert_string_equal(complaint_page_text_of(page, i, "sender"), expected[PERSON]);
        if (strcmp(form, "text") != 0) continue;
        if (texts++ == 0) first_text = complaint_page_integer_of(page, i, "sent_at");
    }
    assert_int_equal(texts, number(expected[CITIZEN_TEXTS]));
    assert_int_equal(replies, number(expected[PAGE_MESSAGES]));
    assert_int_equal(first_text, instant(expected[FIRST_TEXT]));
    complaint_page_free(page);
}

static void verify(const office *o) {
    complaint_page *findings = NULL;
    int64_t checked = 0;
    complaint_status s = complaint_desk_verify(o->desk, o->officer, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked);
    for (int64_t i = 0; i < complaint_page_count(findings); i++)
        print_error("%s: %s\n", complaint_page_text_of(findings, i, "subject"), complaint_finding_text(findings, i, COMPLAINT_ENGLISH));
    complaint_page_free(findings);
    OK(s);
    assert_true(checked > 0);
}

static void the_export_arrives_whole_and_once(void **state) {
    const labels *l = *state;
    office o;
    int64_t photos = 0, empty = 0, unsent = 0;
    OK(open_office(&o, NULL));
    sums s = import_export(&o, l);
    assert_int_equal(s.messages, 144);
    assert_int_equal(s.added, 144);
    assert_int_equal(s.evidence, 21);
    assert_int_equal(s.missing + s.known + s.later + s.withdrawn, 0);
    for (int row = 0; row < THREADS; row++) check_thread(&o, l, row, &photos, &empty, &unsent);
    assert_int_equal(photos, 18);
    assert_int_equal(empty, 3);
    assert_int_equal(unsent, 3);
    verify(&o);

    int opened = o.opened;
    s = import_export(&o, l);
    assert_int_equal(s.known, 144);
    assert_int_equal(s.added + s.evidence + s.withdrawn + s.replies, 0);
    assert_int_equal(o.opened, opened); /* no photo is read again */
    verify(&o);
    close_office(&o);
}

static void one_more_message_adds_one(void **state) {
    const labels *l = *state;
    office o;
    char *more = malloc(l->size[0] + 256), *list = strstr(l->json[0], "\"messages\": [");
    assert_non_null(more);
    assert_non_null(list);
    size_t before = (size_t)(list - l->json[0]) + strlen("\"messages\": [");
    memcpy(more, l->json[0], before);
    sprintf(more + before, "{\"sender_name\":\"x\",\"timestamp_ms\":%" PRId64 ",\"content\":\"one more\"},%s", first_day + 300 * day_ms, l->json[0] + before);
    OK(open_office(&o, NULL));
    OK(import_text(&o, l->json[0], l->size[0]));
    OK(import_words(&o, more));
    assert_int_equal(tallied(&o, "added"), 1);
    assert_int_equal(tallied(&o, "known"), number(l->cells[0][MESSAGES]));
    assert_int_equal(count_of(&o, thread_id(l, 0)), number(l->cells[0][MESSAGES]) + 1);
    free(more);
    close_office(&o);
}

static void day_by_day_each_message_comes_once(void **state) {
    const labels *l = *state;
    office o;
    sums total = {0};
    OK(open_office(&o, NULL));
    for (int day = 1; day <= DAYS; day++) {
        o.now = first_day + day * day_ms;
        sums s = import_export(&o, l);
        assert_int_equal(s.messages, 144);
        assert_int_equal(s.known, total.added);
        assert_int_equal(s.added + s.known + s.later, 144);
        total.added += s.added;
        total.evidence += s.evidence;
    }
    assert_int_equal(total.added, 144);
    assert_int_equal(total.evidence, 21);
    close_office(&o);
}

/* ---- when memory or the store fail --------------------------------------------------------------------------------------------------------- */

static bool import_once(test_alloc *a, void *context) {
    (void)context;
    office o;
    complaint_status s = open_office(&o, &a->table);
    if (!s) s = import_words(&o, three);
    if (!s) check_tally(&o, 3, 3, 0, 0);
    if (s) assert_int_equal(s, COMPLAINT_E_MEMORY);
    bool imported = s == COMPLAINT_OK;
    if (o.officer && a->failed) {
        /* Nothing is half done: the same call ends the work. */
        OK(import_words(&o, three));
        assert_int_equal(tallied(&o, "added") + tallied(&o, "known"), 3);
        assert_int_equal(count_of(&o, "42"), 3);
        verify(&o);
    }
    close_office(&o);
    return imported;
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    test_alloc_loop(import_once, NULL);
}

/* Answers whether the fault struck. */
static bool import_with_fault(int32_t slot, int64_t call, complaint_status status, int32_t flags) {
    bool hidden = status == COMPLAINT_E_RETRY || status == COMPLAINT_E_UNKNOWN; /* the library runs it again */
    office o;
    OK(open_office(&o, NULL));
    OK(complaint_fault_set(o.fault, slot, call, flags, status));
    complaint_status s = import_words(&o, three);
    bool struck = complaint_fault_struck(o.fault) > 0;
    if (hidden || !struck) assert_int_equal(s, COMPLAINT_OK);
    if (s) assert_int_equal(s, status);
    complaint_fault_reset(o.fault);
    OK(import_words(&o, three));
    assert_int_equal(tallied(&o, "added") + tallied(&o, "known"), 3);
    assert_int_equal(count_of(&o, "42"), 3);
    verify(&o);
    close_office(&o);
    return struck;
}

static void the_store_may_fail_anywhere(void **state) {
    (void)state;
    static const complaint_status statuses[] = {COMPLAINT_E_RETRY, COMPLAINT_E_STORE, COMPLAINT_E_FULL, COMPLAINT_E_BUSY};
    for (size_t i = 0; i < COUNT(statuses); i++) {
        int64_t call = 0;
        while (import_with_fault(COMPLAINT_SLOT_ANY, call, statuses[i], COMPLAINT_FAULT_ONCE)) call++;
        assert_true(call > 10);
    }
    for (int32_t took_effect = 0; took_effect < 2; took_effect++) {
        int64_t call = 0;
        while (import_with_fault(COMPLAINT_SLOT_COMMIT, call, COMPLAINT_E_UNKNOWN, took_effect ? COMPLAINT_FAULT_AFTER : COMPLAINT_FAULT_ONCE)) call++;
        assert_true(call >= 3);
    }
}

/* ---- what is reported ------------------------------------------------------------------------------------------------------------------------ */

static int64_t figure(const complaint_page *page, const char *name, const char *key) {
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (strcmp(complaint_page_text_of(page, i, "figure"), name) == 0 && strcmp(complaint_page_text_of(page, i, "key"), key) == 0)
            return complaint_page_integer_of(page, i, "amount");
    return -1;
}

static int64_t sum_of(const complaint_page *page, const char *name) {
    int64_t sum = 0;
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (strcmp(complaint_page_text_of(page, i, "figure"), name) == 0) sum += complaint_page_integer_of(page, i, "amount");
    return sum;
}

static int64_t act(office *o, int32_t verb, int64_t message, int64_t case_id, const char *field, const char *value) {
    complaint_draft *draft = NULL;
    complaint_outcome *outcome = NULL;
    OK(complaint_draft_new(NULL, &draft));
    if (message) OK(complaint_draft_set_message(draft, message));
    if (case_id) OK(complaint_draft_set_case(draft, case_id, COMPLAINT_ANY_REVISION));
    if (field) OK(complaint_draft_set_text(draft, field, value, strlen(value)));
    if (complaint_desk_act(o->desk, o->officer, verb, draft, &outcome)) fail_msg("%s: %s", complaint_verb_name(verb), trouble(o));
    int64_t opened = complaint_outcome_case(outcome);
    complaint_outcome_free(outcome);
    complaint_draft_free(draft);
    return opened;
}

/* The person's first text opens a case, unless it is labelled `none`; every second case stays unclassified. Hand counts go along. */
typedef struct hand_count {
    int64_t total, half, by_class[16], unclassified, by_month[12];
    const char *classes[16];
} hand_count;

static void count_by_hand(hand_count *h, const char *class_code, int64_t received_at, bool classified) {
    int32_t day = 0, year = 0, month = 0, of_month = 0;
    int64_t millisecond = 0;
    OK(complaint_date_of_instant(received_at, &day, &millisecond));
    OK(complaint_date_to_gregorian(day, &year, &month, &of_month));
    h->total++;
    h->half += year == 2025 || month < 4;
    h->by_month[(month + 2) % 12]++;
    h->unclassified += !classified;
    size_t i = 0;
    while (h->classes[i] && strcmp(h->classes[i], class_code) != 0) i++;
    h->classes[i] = class_code;
    h->by_class[i] += classified;
}

static void open_cases(office *o, const labels *l, hand_count *h) {
    for (int row = 0; row < THREADS; row++) {
        char class_code[64];
        size_t n = strcspn(l->cells[row][CLASSES], " ");
        snprintf(class_code, sizeof class_code, "%.*s", (int)n, l->cells[row][CLASSES]);
        if (strcmp(class_code, "none") == 0) continue;
        complaint_page *page = thread_of(o, thread_id(l, row));
        for (int64_t i = 0; i < complaint_page_count(page); i++) {
            if (complaint_page_integer_of(page, i, "sent_at") != instant(l->cells[row][FIRST_TEXT])) continue;
            int64_t opened = act(o, COMPLAINT_VERB_TRIAGE, complaint_page_integer_of(page, i, "message"), 0, NULL, NULL);
            bool classified = row % 2 == 0;
            if (classified) act(o, COMPLAINT_VERB_CLASSIFY, 0, opened, "class", class_code);
            const char *label = NULL;
            for (int32_t k = 0; (label = complaint_policy_code(o->policy, COMPLAINT_CODE_CLASS, k)) && strcmp(label, class_code) != 0; k++) continue;
            assert_non_null(label);
            count_by_hand(h, label, instant(l->cells[row][FIRST_TEXT]), classified);
            break;
        }
        complaint_page_free(page);
    }
}

static void figures_agree_with_a_hand_count(void **state) {
    const labels *l = *state;
    office o;
    hand_count h = {0};
    complaint_page *page = NULL;
    complaint_text *text = NULL;
    OK(open_office(&o, NULL));
    import_export(&o, l);
    open_cases(&o, l, &h);
    verify(&o);
    assert_true(h.total > 40);
    assert_int_equal(complaint_desk_report(o.desk, o.officer, 2569, 3, &page), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_desk_report(o.desk, o.officer, 2026, 12, &page), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_desk_report_text(o.desk, o.officer, 2569, 12, 3, &text), COMPLAINT_E_INVALID);

    OK(complaint_desk_report(o.desk, o.officer, 2569, 12, &page));
    assert_int_equal(figure(page, "total", ""), h.total);
    assert_int_equal(figure(page, "channel", "facebook"), h.total);
    assert_int_equal(figure(page, "channel", "letter"), 0);
    assert_int_equal(figure(page, "class", ""), h.unclassified);
    for (size_t i = 0; h.classes[i]; i++) assert_int_equal(figure(page, "class", h.classes[i]), h.by_class[i]);
    for (int i = 0; i < 12; i++) {
        char key[16];
        snprintf(key, sizeof key, "%d-%02d", i < 3 ? 2025 : 2026, (i + 9) % 12 + 1);
        assert_int_equal(figure(page, "month", key), h.by_month[i]);
    }
    static const char *const tables[] = {"class", "month", "channel"};
    for (size_t i = 0; i < COUNT(tables); i++) assert_int_equal(sum_of(page, tables[i]), h.total);
    complaint_page_free(page);

    OK(complaint_desk_report(o.desk, o.officer, 2569, 6, &page));
    assert_int_equal(figure(page, "total", ""), h.half);
    complaint_page_free(page);
    OK(complaint_desk_report(o.desk, o.officer, 2570, 12, &page));
    assert_int_equal(figure(page, "total", ""), 0);
    complaint_page_free(page);
    OK(complaint_desk_report_text(o.desk, o.officer, 2569, 12, COMPLAINT_REPORT_TEXT, &text));
    if (getenv("COMPLAINT_SHOW")) print_message("%s", complaint_text_data(text));
    complaint_text_free(text);
    OK(complaint_desk_report_text(o.desk, o.officer, 2569, 12, COMPLAINT_REPORT_JSON, &text));
    complaint_text_free(text);
    close_office(&o);
}

static void only_who_sees_all_cases_gets_a_report(void **state) {
    (void)state;
    static const struct {
        const char *role;
        complaint_status expected;
    } cases[] = {{"officer", COMPLAINT_OK}, {"head", COMPLAINT_OK},     {"executive", COMPLAINT_OK},
                 {"auditor", COMPLAINT_OK}, {"unit", COMPLAINT_E_ROLE}, {"system", COMPLAINT_E_ROLE}};
    office o;
    OK(open_office(&o, NULL));
    for (size_t i = 0; i < COUNT(cases); i++) {
        complaint_actor *actor = NULL;
        complaint_page *page = NULL;
        OK(make_officer(NULL, cases[i].role, &actor));
        assert_int_equal(complaint_desk_report(o.desk, actor, 2569, 12, &page), cases[i].expected);
        complaint_page_free(page);
        complaint_actor_free(actor);
    }
    assert_int_equal(complaint_desk_report(o.desk, NULL, 2569, 12, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_report(NULL, o.officer, 2569, 12, NULL), COMPLAINT_E_HANDLE);
    close_office(&o);
}

static int set_up(void **state) {
    static labels all;
    read_labels(&all);
    *state = &all;
    return 0;
}

static int tear_down(void **state) {
    free_labels(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_not_receive_imports_nothing),
        cmocka_unit_test(a_faulty_file_adds_nothing),
        cmocka_unit_test(a_message_too_large_is_named),
        cmocka_unit_test(media_that_fail_stop_the_import_where_it_is),
        cmocka_unit_test(a_file_that_is_missing_is_noted),
        cmocka_unit_test(a_message_takes_64_attachments),
        cmocka_unit_test(nobody_calls_back_into_the_desk),
        cmocka_unit_test(a_cancelled_import_keeps_what_is_done),
        cmocka_unit_test(a_withdrawal_is_recorded_on_the_message),
        cmocka_unit_test(what_is_later_than_the_clock_waits),
        cmocka_unit_test(the_export_arrives_whole_and_once),
        cmocka_unit_test(one_more_message_adds_one),
        cmocka_unit_test(day_by_day_each_message_comes_once),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(the_store_may_fail_anywhere),
        cmocka_unit_test(figures_agree_with_a_hand_count),
        cmocka_unit_test(only_who_sees_all_cases_gets_a_report),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
