/* Every act leaves an event that can be audited [CR-1], evidence is kept completely [CR-4.2.2]: what is done once, by whom, and what verify finds. */
#include "support/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)
/* The store is left altered: no proof at the end. */
#define TAMPERED(f) cmocka_unit_test_setup_teardown(f, test_office_setup, close_altered)

static int close_altered(void **state) {
    test_office_close(*state);
    free(*state);
    return 0;
}

/* ---- request ids ---------------------------------------------------------------------------------------------------------- */

static void the_same_request_again_answers_the_first(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "ร้องเรียน");
    DO(o, o->officer, "triage", "@request=r-1", "identity=named");
    int64_t id = o->case_id, message = o->message;
    DO(o, o->officer, "register", "@request=r-2");
    o->now += DAY;
    DO(o, o->officer, "triage", "@request=r-1", "identity=named");
    assert_true(o->repeated);
    assert_int_equal(o->case_id, id);
    assert_int_equal(o->message, message);
    assert_int_equal(o->revision, 1); /* what it was then */
    assert_int_equal(o->number, 0);
    DO(o, o->officer, "register", "@request=r-2");
    assert_true(o->repeated);
    assert_int_equal(o->number, 1);
    assert_int_equal(o->fiscal_year, 2569);
    DO(o, o->officer, "acknowledge", "@request=r-3");
    DO(o, o->officer, "acknowledge", "@request=r-3");
    assert_int_equal(test_rows(o, "complaint_notice"), 1); /* one letter */
    test_log(o, "triage register acknowledge");
    test_office_restart(o);
    DO(o, o->officer, "register", "@request=r-2", "@revision:=1"); /* also after a restart; what was seen is no content */
    assert_true(o->repeated);
}

static void a_request_id_is_not_used_for_something_else(void **state) {
    test_office *o = *state;
    test_open_case(o);
    int64_t first = o->case_id;
    DO(o, o->officer, "note", "text=ก", "@request=r-1");
    REFUSED(o, COMPLAINT_E_REQUEST_REUSED, "request", o->officer, "note", "text=ข", "@request=r-1");
    test_names(o, "r-1");
    REFUSED(o, COMPLAINT_E_REQUEST_REUSED, "request", o->officer, "contact", "text=ก", "@request=r-1");
    REFUSED(o, COMPLAINT_E_REQUEST_REUSED, "request", o->officer, "note", "text=ก", "@request=r-1", "@at=2025-11-05T09:00");
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_REQUEST_REUSED, "request", o->officer, "note", "text=ก", "@request=r-1");
    OK(test_keep(o, "x", 1));
    REFUSED(o, COMPLAINT_E_REQUEST_REUSED, "request", o->officer, "note", "text=ก", "@request=r-1");
    complaint_evidence_free(o->evidence);
    o->evidence = NULL;
    DO(o, o->officer, "note", "text=ก", "@request=r-2"); /* its own id */
    o->case_id = first;
    test_log(o, "triage note");
}

static complaint_status note_again(test_office *o, const complaint_actor *who) { return TRY(o, who, "note", "text=ก", "@request=r-1"); }

/* Somebody else, or the same person as something else: not the request that was answered. */
static void who_asks_is_content(void **state) {
    test_office *o = *state;
    complaint_actor *other = test_hire(o, "wipa", "officer", "");
    typedef complaint_status(COMPLAINT_CALL * setter)(complaint_actor *, const char *);
    static const setter setters[] = {complaint_actor_set_unit, complaint_actor_set_on_behalf, complaint_actor_set_acting_for};
    test_open_case(o);
    DO(o, o->officer, "note", "text=ก", "@request=r-1");
    assert_int_equal(note_again(o, other), COMPLAINT_E_REQUEST_REUSED);
    for (size_t i = 0; i < COUNT(setters); i++) {
        OK(setters[i](o->officer, "quality"));
        assert_int_equal(note_again(o, o->officer), COMPLAINT_E_REQUEST_REUSED);
        OK(setters[i](o->officer, ""));
    }
    REFUSED(o, COMPLAINT_E_REQUEST_REUSED, "request", o->officer, "note", "text=ก", "@request=r-1", "@silent:=1");
    OK(complaint_actor_add_role(o->officer, "officer")); /* once more is the same */
    OK(note_again(o, o->officer));
    assert_true(o->repeated);
    OK(complaint_actor_add_role(o->officer, "head"));
    assert_int_equal(note_again(o, o->officer), COMPLAINT_E_REQUEST_REUSED);
    test_log(o, "triage note");
}

/* In which order the host listed the roles is not. */
static void roles_are_a_set(void **state) {
    test_office *o = *state;
    complaint_actor *one = test_hire(o, "wipa", "officer", ""), *two = test_hire(o, "wipa", "head", "");
    OK(complaint_actor_add_role(one, "head"));
    OK(complaint_actor_add_role(two, "officer"));
    test_open_case(o);
    DO(o, one, "note", "text=ก", "@request=r-1");
    OK(note_again(o, two));
    assert_true(o->repeated);
}

static void a_refused_request_may_be_corrected_under_its_id(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "note", "@request=r-1");
    DO(o, o->officer, "note", "text=ครบแล้ว", "@request=r-1");
    assert_false(o->repeated);
}

static void request_ids_have_a_size(void **state) {
    test_office *o = *state;
    char most[80] = "@request=", more[80];
    memset(most + 9, 'r', 64);
    most[73] = '\0';
    strcat(strcpy(more, most), "r");
    test_open_case(o);
    DO(o, o->officer, "note", "text=ก", most);
    DO(o, o->officer, "note", "text=ก", most);
    assert_true(o->repeated);
    assert_int_equal(TRY(o, o->officer, "note", "text=ก", more), COMPLAINT_E_TOO_LARGE);
    assert_int_equal(complaint_draft_set_request(o->draft, ""), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_draft_set_request(o->draft, "\xff"), COMPLAINT_E_UTF8);
}

/* ---- who was first ------------------------------------------------------------------------------------------------------------ */

static void the_second_writer_reads_again(void **state) {
    test_office *o = *state;
    test_office second;
    test_open_registered(o, "service");
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    assert_int_equal(test_int(&second, "revision"), 3);
    DO(o, o->officer, "flag", "flag=urgent", "@revision:=3");
    REFUSED(&second, COMPLAINT_E_CONFLICT, "revision", second.officer, "forward", "unit=quality", "@revision:=3"); /* he has not seen the flag */
    test_names(&second, "3");
    test_names(&second, "4");
    REFUSED(&second, COMPLAINT_E_CONFLICT, "revision", second.officer, "note", "text=x", "@revision:=5");
    DO(&second, second.officer, "note", "text=x", "@revision:=4");
    test_deliver(o, 1, 0, 0, 0);
    DO(&second, second.officer, "note", "text=y", "@revision:=5"); /* the system's events are nobody's second thoughts */
    test_office_close(&second);
}

static void an_auditors_desk_reads(void **state) {
    test_office *o = *state;
    test_office reader;
    test_open_forwarded(o);
    OK(test_office_join(&reader, o, COMPLAINT_READ));
    REFUSED(&reader, COMPLAINT_E_READ_ONLY, "desk", reader.officer, "note", "text=x");
    REFUSED(&reader, COMPLAINT_E_READ_ONLY, "desk", reader.officer, "receive", "channel=facebook", "external_id=x");
    assert_int_equal(test_keep(&reader, "x", 1), COMPLAINT_E_READ_ONLY);
    test_log(&reader, "triage register classify forward delivered");
    test_verify(&reader);
    test_office_close(&reader);
}

/* ---- the log --------------------------------------------------------------------------------------------------------------------- */

static void the_log_says_who_when_and_what(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    int64_t came = o->now;
    test_open_registered(o, "service");
    test_at(o, "2025-11-05T14:00");
    DO(o, o->head, "contact", "text=โทรถามโรงพยาบาล", "unit=quality", "@at=2025-11-05T11:15");
    OK(complaint_desk_events(o->desk, o->head, o->case_id, "3", 0, &page));
    assert_int_equal(complaint_page_count(page), 1);
    assert_string_equal(complaint_page_text_of(page, 0, "verb"), "contact");
    assert_string_equal(complaint_page_text_of(page, 0, "actor"), "somchai");
    assert_string_equal(complaint_page_text_of(page, 0, "actor_role"), "head");
    assert_int_equal(complaint_page_integer_of(page, 0, "happened_at"), test_instant("2025-11-05T11:15"));
    assert_int_equal(complaint_page_integer_of(page, 0, "entered_at"), o->now);
    assert_non_null(strstr(complaint_page_text_of(page, 0, "payload"), "\"unit\":\"quality\""));
    test_no_text(complaint_page_text_of(page, 0, "payload"), "โทร"); /* free text is sealed */
    assert_non_null(strstr(complaint_page_text_of(page, 0, "sealed"), "โทรถามโรงพยาบาล"));
    assert_int_equal(strlen(complaint_page_text_of(page, 0, "hash")), 64);
    complaint_page_free(page);
    o->now = came; /* a letter of yesterday, entered today: entry time never runs backwards */
    DO(o, o->head, "note", "text=นาฬิกาถอยหลัง");
    OK(complaint_desk_events(o->desk, o->head, o->case_id, "4", 0, &page));
    assert_int_equal(complaint_page_integer_of(page, 0, "entered_at"), test_instant("2025-11-05T14:00"));
    complaint_page_free(page);
}

static void the_log_comes_in_pages(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    char token[64] = "";
    int64_t seen = 0;
    test_open_case(o);
    for (int i = 0; i < 9; i++) DO(o, o->officer, "note", "text=บันทึก");
    for (bool more = true; more;) {
        OK(complaint_desk_events(o->desk, o->officer, o->case_id, token[0] ? token : NULL, 4, &page));
        for (int64_t i = 0; i < complaint_page_count(page); i++) assert_int_equal(complaint_page_integer_of(page, i, "seq"), ++seen);
        more = complaint_page_token(page) != NULL;
        if (more) strcpy(token, complaint_page_token(page));
        complaint_page_free(page);
    }
    assert_int_equal(seen, 10);
    page = NULL;
    static const char *const bad[] = {"", "x", "1|2", "-", "1x", "99999999999999999999"};
    for (size_t i = 0; i < COUNT(bad); i++)
        test_expect(o, complaint_desk_events(o->desk, o->officer, o->case_id, bad[i], 4, &page), COMPLAINT_E_INVALID, "token", __FILE__, __LINE__);
    test_expect(o, complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 1001, &page), COMPLAINT_E_RANGE, "limit", __FILE__, __LINE__);
    test_expect(o, complaint_desk_events(o->desk, o->officer, o->case_id, NULL, -1, &page), COMPLAINT_E_RANGE, "limit", __FILE__, __LINE__);
    assert_null(page);
}

/* ---- evidence ---------------------------------------------------------------------------------------------------------------------- */

typedef struct bytes {
    char *data;
    size_t size;
} bytes;

static int32_t COMPLAINT_CALL take_bytes(void *context, const void *data, size_t size) {
    bytes *b = context;
    b->data = realloc(b->data, b->size + size + 1);
    assert_non_null(b->data);
    memcpy(b->data + b->size, data, size);
    b->size += size;
    return 0;
}

enum { CHUNK = 256 * 1024 };

static void keep_with_note(test_office *o, const char *data, size_t size, char *digest) {
    OK(test_keep(o, data, size));
    assert_int_equal(complaint_evidence_size(o->evidence), size);
    strcpy(digest, complaint_evidence_digest(o->evidence));
    DO(o, o->officer, "note", "text=แนบหลักฐาน");
}

static void evidence_comes_back_byte_for_byte(void **state) {
    static const size_t sizes[] = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7};
    test_office *o = *state;
    char digest[80], *data = malloc(4 * CHUNK);
    assert_non_null(data);
    for (size_t i = 0; i < 4 * CHUNK; i++) data[i] = (char)(i * 31 >> 3);
    test_open_case(o);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        bytes b = {0};
        keep_with_note(o, data, sizes[i], digest);
        OK(complaint_desk_read_evidence(o->desk, o->officer, o->case_id, digest, take_bytes, &b));
        assert_int_equal(b.size, sizes[i]);
        if (b.size) assert_memory_equal(b.data, data, b.size);
        free(b.data);
    }
    int64_t chunks = test_rows(o, "complaint_evidence_chunk");
    keep_with_note(o, data, CHUNK + 1, digest); /* the same bytes are kept once */
    assert_int_equal(test_rows(o, "complaint_evidence_chunk"), chunks);
    free(data);
}

static complaint_status COMPLAINT_CALL read_for_ever(void *context, void *buffer, size_t capacity, size_t *got) {
    (void)context;
    memset(buffer, 0, capacity);
    *got = capacity;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL read_and_call_back(void *context, void *buffer, size_t capacity, size_t *got) {
    test_office *o = context;
    (void)buffer, (void)capacity;
    *got = 0;
    assert_int_equal(TRY(o, o->officer, "note", "text=x"), COMPLAINT_E_REENTRANT);
    return COMPLAINT_E_HOST;
}

static void evidence_has_an_end(void **state) {
    test_office *o = *state;
    complaint_evidence *e = NULL;
    test_expect(o, complaint_desk_keep_evidence(o->desk, o->officer, read_for_ever, NULL, &e), COMPLAINT_E_TOO_LARGE, "evidence", __FILE__, __LINE__);
    test_expect(o, complaint_desk_keep_evidence(o->desk, o->officer, read_and_call_back, o, &e), COMPLAINT_E_HOST, "evidence.read", __FILE__, __LINE__);
    assert_null(e);
    assert_int_equal(test_rows(o, "complaint_evidence_chunk"), 0);
}

/* ---- what verify finds --------------------------------------------------------------------------------------------------------------- */

static void open_life(test_office *o) {
    test_receive(o, "facebook", "รอคิวนาน");
    OK(test_keep(o, "photo", 5));
    DO(o, o->officer, "triage");
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=service");
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "forward", "unit=quality");
    test_deliver(o, 2, 0, 0, 0);
    test_verify(o);
}

static void who_may_verify(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    int64_t checked = 0;
    open_life(o);
    const complaint_actor *others[] = {o->executive, o->quality, o->dpo, o->system};
    for (size_t i = 0; i < COUNT(others); i++) test_expect(o, complaint_desk_verify(o->desk, others[i], COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &page, &checked), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__);
    assert_null(page);
    OK(complaint_desk_verify(o->desk, o->head, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &page, &checked));
    assert_int_equal(checked, 9); /* two of the message, seven of the case */
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
}

static void an_altered_event(void **state) {
    static const char payload[] = "{\"state\":\"registered\",\"phase\":\"open\",\"year\":2569,\"number\":9,\"fields\":{}}";
    test_office *o = *state;
    open_life(o);
    test_tamper(o, "complaint_event", KEY(I(o->case_id), I(2)), "payload", B(payload, sizeof payload - 1));
    test_finds(o, "hash", "altered");
}

static void any_altered_column_of_an_event(void **state) {
    test_office *o = *state;
    static const struct {
        const char *column;
        complaint_value value;
    } columns[] = {{"happened_at", {.type = COMPLAINT_INT64, .integer = INT64_C(1762308000001)}},
                   {"entered_at", {.type = COMPLAINT_INT64, .integer = INT64_C(1762308000001)}},
                   {"actor", {.type = COMPLAINT_TEXT, .data = "x", .size = 1}},
                   {"actor_role", {.type = COMPLAINT_TEXT, .data = "x", .size = 1}},
                   {"actor_unit", {.type = COMPLAINT_TEXT, .data = "x", .size = 1}},
                   {"on_behalf", {.type = COMPLAINT_TEXT, .data = "x", .size = 1}},
                   {"acting_for", {.type = COMPLAINT_TEXT, .data = "x", .size = 1}},
                   {"request", {.type = COMPLAINT_TEXT, .data = "x", .size = 1}},
                   {"sealed", {.type = COMPLAINT_BLOB, .data = "\0x", .size = 2}},
                   {"kind", {.type = COMPLAINT_INT64, .integer = 42}}};
    for (size_t i = 0; i < COUNT(columns); i++) {
        open_life(o);
        test_tamper(o, "complaint_event", KEY(I(o->case_id), I(3)), columns[i].column, columns[i].value);
        test_finds(o, "hash", "altered");
        test_office_close(o);
        OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
    }
}

static void a_missing_event(void **state) {
    test_office *o = *state;
    open_life(o);
    test_remove(o, "complaint_event", KEY(I(o->case_id), I(3)));
    test_finds(o, "gap", "missing");
    test_finds(o, "chain", "follow");
}

static void a_missing_last_event(void **state) {
    test_office *o = *state;
    open_life(o);
    for (int i = 6; i <= 7; i++) test_remove(o, "complaint_event", KEY(I(o->case_id), I(i))); /* both deliveries */
    test_finds(o, "projection", "complaint_case.version");
    test_finds(o, "projection", "complaint_case.acknowledged_at");
}

static void a_whole_log_gone(void **state) {
    test_office *o = *state;
    open_life(o);
    for (int i = 1; i <= 7; i++) test_remove(o, "complaint_event", KEY(I(o->case_id), I(i)));
    test_finds(o, "orphan", "complaint_case");
    test_finds(o, "orphan", "complaint_message.case_id");
    test_finds(o, "orphan", "complaint_request.case_id");
    complaint_page *page = NULL;
    assert_int_equal(complaint_desk_clocks(o->desk, o->officer, o->case_id, &page), COMPLAINT_E_NOT_FOUND);
    assert_null(page);
}

static void an_altered_projection(void **state) {
    test_office *o = *state;
    static const struct {
        const char *table, *column;
        complaint_value value;
        int keys;
    } rows[] = {{"complaint_case", "state", {.type = COMPLAINT_TEXT, .data = "closed", .size = 6}, 1},
                {"complaint_case", "class", {.type = COMPLAINT_TEXT, .data = "cyber", .size = 5}, 1},
                {"complaint_case", "due_at", {.type = COMPLAINT_INT64, .integer = 7}, 1},
                {"complaint_case", "flags", {.type = COMPLAINT_INT64, .integer = 1}, 1},
                {"complaint_case", "register_number", {.type = COMPLAINT_INT64, .integer = 7}, 1},
                {"complaint_clock", "due_at", {.type = COMPLAINT_INT64, .integer = 7}, 2},
                {"complaint_clock", "late_ms", {.type = COMPLAINT_INT64, .integer = 7}, 2},
                {"complaint_clock", "state", {.type = COMPLAINT_TEXT, .data = "cancelled", .size = 9}, 2},
                {"complaint_referral", "unit", {.type = COMPLAINT_TEXT, .data = "hr", .size = 2}, 2},
                {"complaint_referral", "outcome", {.type = COMPLAINT_TEXT, .data = "resolved", .size = 8}, 2},
                {"complaint_notice", "cause", {.type = COMPLAINT_INT64, .integer = 7}, 2},
                {"complaint_notice", "template", {.type = COMPLAINT_TEXT, .data = "result", .size = 6}, 2},
                {"complaint_notice", "recipient", {.type = COMPLAINT_TEXT, .data = "origin", .size = 6}, 2},
                {"complaint_notice", "about", {.type = COMPLAINT_TEXT, .data = "message", .size = 7}, 2}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char what[80];
        open_life(o);
        const complaint_value key[] = {I(o->case_id), I(1)};
        test_tamper(o, rows[i].table, key, rows[i].keys, rows[i].column, rows[i].value);
        snprintf(what, sizeof what, "%s.%s", rows[i].table, rows[i].column);
        test_finds(o, "projection", what);
        test_office_close(o);
        OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
    }
}

static void a_projection_that_is_gone(void **state) {
    test_office *o = *state;
    open_life(o);
    test_remove(o, "complaint_clock", KEY(I(o->case_id), I(2)));
    test_finds(o, "projection", "complaint_clock");
    test_remove(o, "complaint_case", KEY(I(o->case_id)));
    test_finds(o, "projection", "complaint_case");
    assert_int_equal(TRY(o, o->officer, "note", "text=x"), COMPLAINT_E_CORRUPT); /* nothing is written on what is not whole */
    test_remove(o, "complaint_notice", KEY(I(o->case_id), I(1)));
    test_finds(o, "missing", "complaint_notice");
    test_remove(o, "complaint_party", KEY(I(o->case_id), I(1)));
    test_finds(o, "missing", "complaint_party");
    test_remove(o, "complaint_message", KEY(I(o->message)));
    test_finds(o, "projection", "complaint_message");
}

static void an_altered_message(void **state) {
    test_office *o = *state;
    static const struct {
        const char *column;
        complaint_value value;
    } columns[] = {{"body", {.type = COMPLAINT_BLOB, .data = "\0ชมเชย", .size = 16}},
                   {"sender", {.type = COMPLAINT_BLOB, .data = "\0x", .size = 2}},
                   {"address", {.type = COMPLAINT_BLOB, .data = "\0x", .size = 2}},
                   {"channel", {.type = COMPLAINT_TEXT, .data = "line", .size = 4}},
                   {"external_id", {.type = COMPLAINT_TEXT, .data = "x", .size = 1}},
                   {"thread", {.type = COMPLAINT_TEXT, .data = "x", .size = 1}},
                   {"direction", {.type = COMPLAINT_INT64, .integer = 2}},
                   {"form", {.type = COMPLAINT_TEXT, .data = "call", .size = 4}},
                   {"state", {.type = COMPLAINT_TEXT, .data = "set_aside", .size = 9}},
                   {"case_id", {.type = COMPLAINT_INT64, .integer = 0}},
                   {"sent_at", {.type = COMPLAINT_INT64, .integer = 7}},
                   {"entered_at", {.type = COMPLAINT_INT64, .integer = 7}},
                   {"unsent_at", {.type = COMPLAINT_INT64, .integer = 7}}};
    for (size_t i = 0; i < COUNT(columns); i++) {
        char what[80];
        open_life(o);
        test_tamper(o, "complaint_message", KEY(I(o->message)), columns[i].column, columns[i].value);
        snprintf(what, sizeof what, "complaint_message.%s", columns[i].column);
        test_finds(o, i < 3 ? "altered" : "projection", what);
        test_office_close(o);
        OK(test_office_open(o, NULL, test_instant("2025-11-05T09:00")));
    }
}

static void missing_or_altered_evidence(void **state) {
    test_office *o = *state;
    char digest[80], *data = calloc(1, 2 * CHUNK + 9);
    bytes b = {0};
    assert_non_null(data);
    open_life(o);
    keep_with_note(o, data, 2 * CHUNK + 9, digest);
    free(data);
    test_verify(o);
    test_tamper(o, "complaint_evidence_chunk", KEY(T(digest), I(2)), "data", B("\0aaaaaaaaa", 10));
    test_finds(o, "altered", "complaint_evidence");
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->officer, o->case_id, digest, take_bytes, &b), COMPLAINT_E_CORRUPT);
    test_remove(o, "complaint_evidence_chunk", KEY(T(digest), I(1)));
    test_finds(o, "missing", "complaint_evidence_chunk");
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->officer, o->case_id, digest, take_bytes, &b), COMPLAINT_E_CORRUPT);
    assert_int_equal(b.size, 0); /* nothing is given before it is proved */
    test_remove(o, "complaint_evidence", KEY(I(o->case_id), I(2)));
    test_finds(o, "missing", "complaint_evidence");
}

static void evidence_exchanged_for_another(void **state) {
    test_office *o = *state;
    char digest[80];
    open_life(o);
    keep_with_note(o, "other", 5, digest);
    test_tamper(o, "complaint_evidence", KEY(I(o->case_id), I(1)), "digest", T(digest));
    test_finds(o, "altered", "complaint_evidence.digest");
}

static void a_wrong_counter(void **state) {
    test_office *o = *state;
    open_life(o);
    test_tamper(o, "complaint_counter", KEY(T("received"), I(202511), T("service/facebook")), "amount", I(2));
    test_finds(o, "counter", "service/facebook");
    test_remove(o, "complaint_counter", KEY(T("received"), I(202511), T("service/facebook")));
    test_finds(o, "counter", "service/facebook");
}

static void a_gap_in_the_register(void **state) {
    test_office *o = *state;
    open_life(o);
    open_life(o);
    test_remove(o, "complaint_number", KEY(I(2569), I(1)));
    test_finds(o, "number", "missing");
    test_tamper(o, "complaint_register", KEY(I(2569)), "last_number", I(5));
    test_finds(o, "number", "last number");
}

static void a_register_that_is_gone(void **state) {
    test_office *o = *state;
    open_life(o);
    test_remove(o, "complaint_register", KEY(I(2569)));
    test_finds(o, "number", "register");
    test_open_case(o);
    assert_int_not_equal(TRY(o, o->officer, "register"), COMPLAINT_OK); /* number 1 is taken */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(the_same_request_again_answers_the_first),
        SCENARIO(a_request_id_is_not_used_for_something_else),
        SCENARIO(who_asks_is_content),
        SCENARIO(roles_are_a_set),
        SCENARIO(a_refused_request_may_be_corrected_under_its_id),
        SCENARIO(request_ids_have_a_size),
        SCENARIO(the_second_writer_reads_again),
        SCENARIO(an_auditors_desk_reads),
        SCENARIO(the_log_says_who_when_and_what),
        SCENARIO(the_log_comes_in_pages),
        SCENARIO(evidence_comes_back_byte_for_byte),
        SCENARIO(evidence_has_an_end),
        SCENARIO(who_may_verify),
        TAMPERED(an_altered_event),
        TAMPERED(any_altered_column_of_an_event),
        TAMPERED(a_missing_event),
        TAMPERED(a_missing_last_event),
        TAMPERED(a_whole_log_gone),
        TAMPERED(an_altered_projection),
        TAMPERED(a_projection_that_is_gone),
        TAMPERED(an_altered_message),
        TAMPERED(missing_or_altered_evidence),
        TAMPERED(evidence_exchanged_for_another),
        TAMPERED(a_wrong_counter),
        TAMPERED(a_gap_in_the_register),
        TAMPERED(a_register_that_is_gone),
    };
    return cmocka_run_group_tests_name("CR-1: every act can be audited", tests, NULL, NULL);
}
