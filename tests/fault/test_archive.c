/* An archive written and read while memory, the store, the sink or the source fail at one call after the other: it comes back whole, or not at all. */
#include "support/alloc.h"
#include "support/desk.h"

#include <complaint/archive.h>
#include <complaint/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- bytes out and in ------------------------------------------------------------------------------------------------- */

typedef struct bytes {
    char *data;
    size_t size, at, piece; /* piece: how much the source gives at a time, 0: all it is asked for */
    int stop_after;         /* pieces the sink takes; -1: all */
    complaint_status fails; /* of the source, at its end */
    complaint_desk *again;  /* called back from inside */
} bytes;

static int32_t COMPLAINT_CALL take(void *context, const void *data, size_t size) {
    bytes *b = context;
    if (b->again) assert_int_equal(complaint_desk_deliver(b->again, 0, NULL), COMPLAINT_E_REENTRANT);
    if (b->stop_after == 0) return 1;
    if (b->stop_after > 0) b->stop_after--;
    b->data = realloc(b->data, b->size + size + 1);
    assert_non_null(b->data);
    memcpy(b->data + b->size, data, size);
    b->size += size;
    b->data[b->size] = '\0'; /* lines are searched for words */
    return 0;
}

static complaint_status COMPLAINT_CALL give(void *context, void *buffer, size_t capacity, size_t *got) {
    bytes *b = context;
    size_t left = b->size - b->at, most = b->piece && b->piece < capacity ? b->piece : capacity;
    if (left == 0 && b->fails) return b->fails;
    *got = left < most ? left : most;
    if (*got) memcpy(buffer, b->data + b->at, *got);
    b->at += *got;
    return COMPLAINT_OK;
}

/* ---- the office that is archived ------------------------------------------------------------------------------------------ */

static bytes archive = {.stop_after = -1};
static char *picture;

static void live_a_little(test_office *o) {
    static char photo[256 * 1024 + 1];
    test_open_registered(o, "service");
    OK(test_keep(o, photo, sizeof photo));
    DO(o, o->officer, "note", "text=ภาพถ่าย");
    DO(o, o->officer, "acknowledge", "particle=ค่ะ");
    test_deliver(o, 1, 0, 0, 0);
    DO(o, o->officer, "forward", "unit=quality,hr", "paper_no=ชร 0033/9", "subject=ขอให้ตรวจสอบ");
    DO(o, o->officer, "add_complainant", "identity=anonymous", "channel=line");
    DO(o, o->officer, "update_complainant", "party:=2", "identity=confidential", "address=u-2");
    int64_t first = o->case_id;
    char link[48];
    test_open_case(o);
    DO(o, o->officer, "flag", "flag=urgent");
    snprintf(link, sizeof link, "case=%lld", (long long)first);
    DO(o, o->officer, "link", link, "link=same_event");
    test_open_registered(o, "service");
    int64_t kept = o->case_id;
    test_receive(o, "line", "ขอบคุณค่ะ");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks");
    test_deliver(o, 4, 0, 0, 0); /* the matter to two units, the flag, the answer */
    DO(o, o->officer, "check_channel", "channel=line", "@case:=0");
    OK(complaint_desk_tick(o->desk, 0, NULL)); /* the other channels wait to be remembered */
    o->case_id = kept;
    test_verify(o);
}

static int make_archive(void **state) {
    test_office *o = malloc(sizeof *o);
    (void)state;
    assert_non_null(o);
    OK(test_office_open(o, NULL, test_instant("2025-11-05T15:00")));
    live_a_little(o);
    OK(complaint_archive_write(o->desk, o->officer, take, &archive, NULL));
    picture = test_picture(o, true);
    test_office_close(o);
    free(o);
    return 0;
}

static int free_archive(void **state) {
    (void)state;
    free(archive.data);
    free(picture);
    return 0;
}

static complaint_status restore(test_office *o, size_t piece) {
    bytes in = {.data = archive.data, .size = archive.size, .piece = piece};
    complaint_page *tally = NULL;
    complaint_status s = complaint_archive_read(o->desk, o->officer, give, &in, COMPLAINT_ARCHIVE_KEEP_WAITING, NULL, &tally);
    assert_int_equal(tally == NULL, s != COMPLAINT_OK);
    complaint_page_free(tally);
    return s;
}

static test_office *empty_office(const complaint_allocator *allocator) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_place(o, allocator, test_instant("2025-11-05T15:00"));
    return o;
}

static void close_office(test_office *o) {
    test_office_close(o);
    free(o);
}

static void is_whole(test_office *o) {
    test_verify(o);
    char *found = test_picture(o, true);
    assert_string_equal(found, picture);
    free(found);
}

/* ---- what must not be ---------------------------------------------------------------------------------------------------------- */

static void misuse(void **state) {
    (void)state;
    test_office *o = empty_office(NULL);
    bytes nothing = {.stop_after = -1};
    OK(test_office_desk(o));
    assert_int_equal(complaint_archive_write(NULL, o->officer, take, &nothing, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_archive_write(o->desk, NULL, take, &nothing, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_archive_write(o->desk, o->officer, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_archive_read(o->desk, o->officer, NULL, NULL, 0, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_archive_read(o->desk, o->officer, give, &nothing, 4, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_archive_read(o->desk, NULL, give, &nothing, 0, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_archive_read(o->desk, o->auditor, give, &nothing, 0, NULL, NULL), COMPLAINT_E_ROLE);
    assert_int_equal(test_rows(o, "complaint_event"), 0);
    close_office(o);
}

static int32_t COMPLAINT_CALL no_more(void *context, int64_t done) {
    (void)done;
    return ++*(int *)context > 1;
}

static void whoever_stops_is_obeyed(void **state) {
    (void)state;
    test_office *o = empty_office(NULL);
    bytes out = {.stop_after = 0}, in = {.data = archive.data, .size = archive.size, .fails = COMPLAINT_E_HOST};
    int calls = 0;
    OK(test_office_desk(o));
    OK(restore(o, 0));
    assert_int_equal(complaint_archive_write(o->desk, o->officer, take, &out, NULL), COMPLAINT_E_CANCELLED);
    OK(complaint_desk_set_progress(o->desk, no_more, &calls));
    assert_int_equal(complaint_archive_write(o->desk, o->officer, take, &out, NULL), COMPLAINT_E_CANCELLED);
    OK(complaint_desk_set_progress(o->desk, NULL, NULL));
    out.stop_after = -1;
    out.again = o->desk;
    OK(complaint_archive_write(o->desk, o->officer, take, &out, NULL));
    free(out.data);
    close_office(o);
    o = empty_office(NULL);
    OK(test_office_desk(o));
    assert_int_equal(complaint_archive_check(o->desk, o->officer, give, &in, NULL, NULL), COMPLAINT_E_HOST);
    assert_int_equal(test_rows(o, "complaint_event"), 0);
    close_office(o);
}

/* ---- what is damaged ------------------------------------------------------------------------------------------------------------- */

/* The archive with one line put in the place of another: NULL takes it away. */
static bytes with_line(size_t number, const char *line, size_t size) {
    bytes out = {.stop_after = -1};
    const char *at = archive.data, *end = archive.data + archive.size;
    out.data = malloc(archive.size + size + 2);
    assert_non_null(out.data);
    for (size_t n = 0; at < end; n++) {
        const char *next = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
        const char *from = n == number ? line : at;
        size_t bytes_of = n == number ? size : (size_t)(next - at);
        if (from) memcpy(out.data + out.size, from, bytes_of);
        out.size += from ? bytes_of : 0;
        at = next;
    }
    return out;
}

static size_t line_count(void) {
    size_t n = 0;
    for (size_t i = 0; i < archive.size; i++) n += archive.data[i] == '\n';
    return n;
}

static const char *line_at(size_t number, size_t *size) {
    const char *at = archive.data;
    while (number--) at = strchr(at, '\n') + 1;
    *size = (size_t)(strchr(at, '\n') + 1 - at);
    return at;
}

/* What is wrong is found; the rest is taken, and nothing of it by halves: an audit finds gaps in the register and no more. */
static int64_t takes_the_rest(bytes damaged, size_t number) {
    test_office *o = empty_office(NULL);
    complaint_page *refused = NULL, *tally = NULL, *findings = NULL;
    int64_t checked = 0;
    OK(test_office_desk(o));
    complaint_status s = complaint_archive_check(o->desk, o->officer, give, &damaged, &refused, NULL);
    assert_int_not_equal(s, COMPLAINT_OK);
    if (!refused) { /* not an archive any more */
        assert_int_equal(number, 0);
        close_office(o);
        return 0;
    }
    assert_true(complaint_page_count(refused) > 0);
    for (int64_t i = 0; i < complaint_page_count(refused); i++) assert_true(complaint_page_integer_of(refused, i, "line") > 0 && complaint_page_text_of(refused, i, "th")[0]);
    assert_int_equal(test_rows(o, "complaint_event"), 0);
    damaged.at = 0;
    s = complaint_archive_read(o->desk, o->officer, give, &damaged, COMPLAINT_ARCHIVE_KEEP_WAITING, refused, &tally);
    if (s != COMPLAINT_OK) fail_msg("line %zu: %s", number + 1, test_why(o));
    s = complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked);
    for (int64_t i = 0; i < complaint_page_count(findings); i++)
        if (strcmp(complaint_page_text_of(findings, i, "what"), "number") != 0)
            fail_msg("line %zu: %s: %s", number + 1, complaint_page_text_of(findings, i, "subject"), complaint_finding_text(findings, i, COMPLAINT_ENGLISH));
    int64_t cases = complaint_page_integer_of(tally, 0, "cases");
    complaint_page_free(findings);
    complaint_page_free(tally);
    complaint_page_free(refused);
    close_office(o);
    return cases;
}

static void any_line_may_be_damaged(void **state) {
    static const char garbage[] = "\xff{\n", strange[] = "{\"complaint_event\":{\"seq\":1}}\n";
    int64_t least = 3, most = 0;
    (void)state;
    for (size_t n = 0; n < line_count(); n++) {
        size_t size;
        const char *line = line_at(n, &size);
        char *twice = malloc(2 * size), *changed = malloc(size);
        assert_true(twice && changed);
        memcpy(twice, line, size);
        memcpy(twice + size, line, size);
        const struct {
            const char *line;
            size_t size;
        } wrongs[] = {{NULL, 0}, {garbage, sizeof garbage - 1}, {strange, sizeof strange - 1}, {twice, 2 * size}, {changed, size}, {changed, size}, {changed, size}};
        for (size_t i = 0; i < COUNT(wrongs); i++) {
            memcpy(changed, line, size);
            if (i >= 4) changed[(i - 3) * size / 4] ^= 1; /* a byte somewhere */
            bytes damaged = with_line(n, wrongs[i].line, wrongs[i].size);
            int64_t cases = takes_the_rest(damaged, n);
            if (n) least = cases < least ? cases : least, most = cases > most ? cases : most;
            free(damaged.data);
        }
        free(twice);
        free(changed);
    }
    assert_int_equal(most, 3); /* of some lines no case is the worse */
    assert_true(least >= 0);
}

/* What a line says wrongly: the first line that begins so and has the words, with others in their place. */
static const struct {
    const char *begins, *find, *replace;
    complaint_status status;
    const char *subject, *says;
} slips[] = {
    {"{\"complaint_archive\"", "{\"complaint_archive\"", "{\"complaint_event\"", COMPLAINT_E_UNKNOWN_FIELD, "column", "no column “format”"},
    {"{\"complaint_archive\"", "\"format\":1", "\"format\":2", COMPLAINT_E_SCHEMA_NEWER, "complaint_archive", "format 2"},
    {"{\"complaint_archive\"", "\"major\":1", "\"major\":2", COMPLAINT_E_SCHEMA_NEWER, "complaint_archive", "schema 2.0"},
    {"{\"complaint_archive\"", "\"minor\":0", "\"minor\":99", COMPLAINT_E_SCHEMA_NEWER, "complaint_archive", "schema 1.99"},
    {"{\"complaint_archive\"", "\"office\":\"cr\"", "\"office\":\"elsewhere\"", COMPLAINT_E_INVALID, "office", "of office “elsewhere”, not of “cr”"},
    {"{\"complaint_party\"", "{\"complaint_party\"", "{\"complaint_part\"", COMPLAINT_E_UNKNOWN_CODE, "table", "no table “complaint_part”"},
    {"{\"complaint_party\"", "{\"complaint_party\":{", "{\"complaint_party\":[", COMPLAINT_E_SYNTAX, "line", "see byte"},
    {"{\"complaint_party\"", "{\"complaint_party\"", "[\"complaint_party\"", COMPLAINT_E_SYNTAX, "line", "see byte"},
    {"{\"complaint_party\"", "}}", "}", COMPLAINT_E_SYNTAX, "line", "see byte"},
    {"{\"complaint_party\"", "}}", "}} {}", COMPLAINT_E_SYNTAX, "line", "see byte"},
    {"{\"complaint_party\"", "}}", "},\"more\":1}", COMPLAINT_E_SYNTAX, "line", "see byte"},
    {"{\"complaint_party\"", "\"seq\":1", "\"sequence\":1", COMPLAINT_E_UNKNOWN_FIELD, "column", "no column “sequence”"},
    {"{\"complaint_party\"", "\"seq\":1,", "", COMPLAINT_E_REQUIRED, "seq", "column seq is missing"},
    {"{\"complaint_party\"", "\"seq\":1,", "\"seq\":1,\"seq\":1,", COMPLAINT_E_JSON_DUPLICATE, "seq", ""},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":null", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":true", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":[1]", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":", COMPLAINT_E_SYNTAX, "line", "see byte"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":\"\"", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":\"-\"", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":\"1x\"", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":\"/1\"", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":\"9223372036854775808\"", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":\"-9223372036854775809\"", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"seq\":1", "\"seq\":\"000000000000000000001\"", COMPLAINT_E_INVALID, "seq", "complaint_party.seq"},
    {"{\"complaint_party\"", "\"part\":\"complainant\"", "\"part\":7", COMPLAINT_E_INVALID, "part", "complaint_party.part"},
    {"{\"complaint_party\"", "\"name\":\"e:", "\"name\":\"q:", COMPLAINT_E_INVALID, "name", "complaint_party.name"},
    {"{\"complaint_party\"", "\"name\":\"e:", "\"name\":\"e", COMPLAINT_E_INVALID, "name", "complaint_party.name"},
    {"{\"complaint_party\"", "\"name\":\"", "\"name\":\"\",\"state\":\"", COMPLAINT_E_INVALID, "name", "complaint_party.name"},
    {"{\"complaint_party\"", "\"name\":\"", "\"name\":\"e:\",\"state\":\"", COMPLAINT_E_INVALID, "name", "complaint_party.name"},
    {"{\"complaint_party\"", "\"name\":\"", "\"name\":\"x:41\",\"state\":\"", COMPLAINT_E_INVALID, "name", "complaint_party.name"}, /* text has one way to be said */
    {"{\"complaint_party\"", "\"name\":\"", "\"name\":\"x:4\",\"state\":\"", COMPLAINT_E_INVALID, "name", "complaint_party.name"},
    {"{\"complaint_event\"", "\"hash\":\"x:", "\"hash\":\"x:G", COMPLAINT_E_INVALID, "hash", "complaint_event.hash"},
    {"{\"complaint_archive_end\"", "\"lines\":", "\"lines\":1", COMPLAINT_E_CORRUPT, "lines", "as many lines"},
    {"{\"complaint_archive_end\"", "\"digest\":\"", "\"digest\":\"0", COMPLAINT_E_CORRUPT, "digest", "digest is another"},
};

static size_t line_that_begins(const char *begins) {
    size_t size;
    for (size_t n = 0; n < line_count(); n++)
        if (strncmp(line_at(n, &size), begins, strlen(begins)) == 0) return n;
    fail_msg("no line begins with %s", begins);
    return 0;
}

static void a_slip_is_named_in_its_line(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(slips); i++) {
        size_t size, n = line_that_begins(slips[i].begins), find = strlen(slips[i].find), replace = strlen(slips[i].replace);
        const char *line = line_at(n, &size), *at = strstr(line, slips[i].find);
        if (!at || at >= line + size) fail_msg("no longer there: %s", slips[i].find);
        char *changed = malloc(size + replace);
        assert_non_null(changed);
        memcpy(changed, line, (size_t)(at - line));
        memcpy(changed + (at - line), slips[i].replace, replace);
        memcpy(changed + (at - line) + replace, at + find, size - (size_t)(at - line) - find);
        bytes damaged = with_line(n, changed, size - find + replace);
        test_office *o = empty_office(NULL);
        OK(test_office_desk(o));
        complaint_status s = complaint_archive_read(o->desk, o->officer, give, &damaged, 0, NULL, NULL);
        const complaint_error *e = complaint_desk_error(o->desk);
        if (s != slips[i].status || strcmp(complaint_error_subject(e), slips[i].subject) != 0 || !strstr(complaint_error_text(e, COMPLAINT_ENGLISH), slips[i].says) || complaint_error_line(e) != (int64_t)n + 1)
            fail_msg("%s -> %s: %s, %s, line %lld, not %zu: %s", slips[i].find, slips[i].replace, complaint_status_name(s), complaint_error_subject(e), (long long)complaint_error_line(e), n + 1,
                     complaint_error_text(e, COMPLAINT_ENGLISH));
        free(damaged.data);
        free(changed);
        close_office(o);
    }
}

/* Cut anywhere: what was whole before the cut is taken. */
static void an_archive_may_be_cut(void **state) {
    (void)state;
    for (size_t size = archive.size - 1; size > 200; size -= size > 4000 ? 997 : 61) {
        bytes cut = {.size = size};
        cut.data = malloc(size);
        assert_non_null(cut.data);
        memcpy(cut.data, archive.data, size);
        (void)takes_the_rest(cut, 0);
        free(cut.data);
    }
}

/* A page of another check lets nothing pass that it does not name. */
static void only_what_was_found_is_left_out(void **state) {
    (void)state;
    size_t size;
    complaint_page *refused = NULL;
    test_office *o = empty_office(NULL);
    bytes whole = {.data = archive.data, .size = archive.size};
    OK(test_office_desk(o));
    OK(complaint_archive_check(o->desk, o->officer, give, &whole, &refused, NULL));
    assert_int_equal(complaint_page_count(refused), 0);
    for (size_t n = 1; n < line_count(); n++) {
        const char *line = line_at(n, &size);
        if (!strstr(line, "complaint_event")) continue;
        bytes damaged = with_line(n, "{}\n", 3);
        assert_int_not_equal(complaint_archive_read(o->desk, o->officer, give, &damaged, 0, refused, NULL), COMPLAINT_OK);
        assert_true(complaint_error_line(complaint_desk_error(o->desk)) > 0);
        free(damaged.data);
        close_office(o);
        o = empty_office(NULL);
        OK(test_office_desk(o));
    }
    complaint_page_free(refused);
    close_office(o);
}

/* ---- failures -------------------------------------------------------------------------------------------------------------------- */

/* Opens, reads, writes again; what was written is what was read. */
static complaint_status there_and_back(test_office *o) {
    bytes out = {.stop_after = -1};
    complaint_status s = test_office_desk(o);
    if (s == COMPLAINT_OK) s = restore(o, 0);
    if (s == COMPLAINT_OK) s = complaint_archive_write(o->desk, o->officer, take, &out, NULL);
    if (s == COMPLAINT_OK) assert_int_equal(out.size, archive.size);
    free(out.data);
    return s;
}

static void memory_that_fails(void **state) {
    (void)state;
    for (long n = 0;; n += n < 200 ? 1 : 13) {
        test_alloc a;
        test_alloc_init(&a, n);
        test_office *o = empty_office(&a.table);
        complaint_status s = there_and_back(o);
        assert_int_equal(s, a.failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK);
        close_office(o);
        assert_int_equal(a.alive, 0);
        assert_false(a.misused);
        if (!a.failed) return;
    }
}

/* An archive of which a case is left out, under allocations that fail. */
static complaint_status check_and_take(test_office *o, bytes *in) {
    complaint_page *refused = NULL, *tally = NULL;
    complaint_status s = test_office_desk(o);
    if (s == COMPLAINT_OK) s = complaint_archive_check(o->desk, o->officer, give, in, &refused, &tally);
    if (s == COMPLAINT_E_SYNTAX) {
        in->at = 0;
        assert_true(complaint_page_integer_of(tally, 0, "refused") > 0);
        s = complaint_archive_read(o->desk, o->officer, give, in, 0, refused, NULL);
    }
    complaint_page_free(refused);
    complaint_page_free(tally);
    return s;
}

static void memory_that_fails_on_what_is_damaged(void **state) {
    (void)state;
    size_t size, n = line_count() - 1;
    while (n > 0 && !strstr(line_at(n, &size), "complaint_party")) n--;
    while (strncmp(line_at(n, &size), "{\"complaint_party", 17) != 0) n--;
    bytes damaged = with_line(n, "{}\n", 3);
    for (long failing = 0;; failing += failing < 200 ? 1 : 13) {
        test_alloc a;
        test_alloc_init(&a, failing);
        test_office *o = empty_office(&a.table);
        damaged.at = 0;
        complaint_status s = check_and_take(o, &damaged);
        assert_int_equal(s, a.failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK);
        close_office(o);
        assert_int_equal(a.alive, 0);
        assert_false(a.misused);
        if (!a.failed) break;
    }
    free(damaged.data);
}

static bool store_fails_at(int64_t call, complaint_status given, complaint_status expected) {
    test_office *o = empty_office(NULL);
    OK(test_office_desk(o));
    OK(complaint_fault_set(o->fault, COMPLAINT_SLOT_ANY, call, COMPLAINT_FAULT_ONCE, given));
    complaint_status s = restore(o, 0);
    bool met = complaint_fault_struck(o->fault) > 0;
    complaint_fault_reset(o->fault);
    assert_int_equal(s, met ? expected : COMPLAINT_OK);
    if (s == COMPLAINT_OK) is_whole(o);
    assert_int_equal(complaint_fault_open(o->fault), 0);
    close_office(o);
    return met;
}

static void a_store_that_breaks_down(void **state) {
    (void)state;
    for (int64_t call = 0; store_fails_at(call, COMPLAINT_E_FULL, COMPLAINT_E_FULL); call++) {}
    for (int64_t call = 0; store_fails_at(call, COMPLAINT_E_RETRY, COMPLAINT_OK); call++) {}
}

/* ---- whole ------------------------------------------------------------------------------------------------------------------------- */

static void any_pieces_will_do(void **state) {
    static const size_t pieces[] = {1, 7, 4096, 0};
    (void)state;
    for (size_t i = 0; i < COUNT(pieces); i++) {
        test_office *o = empty_office(NULL);
        OK(test_office_desk(o));
        OK(restore(o, pieces[i]));
        is_whole(o);
        assert_int_equal(restore(o, 0), COMPLAINT_E_EXISTS);
        is_whole(o);
        close_office(o);
    }
}

/* ---- a reading that is broken off between two transactions ------------------------------------------------------------------ */

/* As little as a store may take, so that a large office comes in several transactions. */
static complaint_status COMPLAINT_CALL small_limits(void *self, complaint_limits *limits, complaint_host_error *error) {
    (void)self, (void)error;
    *limits = (complaint_limits){.size = sizeof *limits, .max_transaction = 1};
    return COMPLAINT_OK;
}

static test_office *small_office(void) {
    test_office *o = empty_office(NULL);
    o->store.limits = small_limits;
    OK(test_office_desk(o));
    return o;
}

static bytes write_large_office(void) {
    static char words[100 * 1024] = "text=";
    bytes large = {.stop_after = -1};
    test_office *o = empty_office(NULL);
    OK(test_office_desk(o));
    memset(words + 5, 'x', sizeof words - 6);
    for (int i = 0; i < 12; i++) {
        char external[32];
        snprintf(external, sizeof external, "external_id=large-%d", i);
        DO(o, o->officer, "receive", "channel=facebook", "thread=t-1", external, words);
        DO(o, o->officer, "triage");
        DO(o, o->officer, "register");
        DO(o, o->officer, "acknowledge"); /* waits to be sent */
    }
    OK(complaint_archive_write(o->desk, o->officer, take, &large, NULL));
    close_office(o);
    return large;
}

static complaint_status read_large(test_office *o, const bytes *large, int32_t flags) {
    bytes in = {.data = large->data, .size = large->size};
    return complaint_archive_read(o->desk, o->officer, give, &in, flags, NULL, NULL);
}

static void is_unfinished(test_office *o, complaint_status s) {
    if (s != COMPLAINT_E_STATE || !strstr(test_why(o), "not to its end")) fail_msg("%s: %s", complaint_status_name(s), test_why(o));
}

/* It is a part of an office: nobody works in it, nothing leaves it, and verify says why. */
static void nothing_is_done_in_a_part(test_office *o, const bytes *large) {
    bytes out = {.stop_after = -1};
    bytes another = {.data = archive.data, .size = archive.size};
    complaint_page *figures = NULL;
    complaint_text *text = NULL, *digest = NULL;
    int64_t events = 0;
    is_unfinished(o, TRY(o, o->officer, "receive", "channel=facebook", "external_id=new", "text=ใหม่"));
    is_unfinished(o, complaint_desk_tick(o->desk, 0, NULL));
    is_unfinished(o, complaint_desk_deliver(o->desk, 0, NULL));
    is_unfinished(o, complaint_desk_recompute(o->desk, o->head, NULL, 0, NULL));
    is_unfinished(o, complaint_archive_write(o->desk, o->officer, take, &out, NULL));
    is_unfinished(o, test_keep(o, "photo", 5));
    is_unfinished(o, complaint_desk_report(o->desk, o->head, 2569, 6, &figures));
    is_unfinished(o, complaint_desk_report_text(o->desk, o->head, 2569, 6, COMPLAINT_REPORT_TEXT, &text));
    is_unfinished(o, complaint_desk_seal(o->desk, o->head, o->now, &digest, &events));
    assert_true(!figures && !text && !digest && events == 0);
    free(out.data);
    assert_int_equal(o->sent_count, 0);
    test_finds(o, "unfinished", "archive");
    assert_int_equal(complaint_archive_read(o->desk, o->officer, give, &another, 0, NULL, NULL), COMPLAINT_E_EXISTS);
    assert_int_equal(read_large(o, large, COMPLAINT_ARCHIVE_KEEP_WAITING), COMPLAINT_E_EXISTS);
    test_names(o, "archive");
}

/* Whether the commit took place or not. True when a part of the office was there then. */
static bool break_off(const bytes *large, const char *whole, int64_t call, int32_t how, complaint_status given) {
    test_office *o = small_office();
    OK(complaint_fault_set(o->fault, COMPLAINT_SLOT_COMMIT, call, how, given));
    complaint_status s = read_large(o, large, 0);
    bool broken_off = complaint_fault_struck(o->fault) > 0, some = test_rows(o, "complaint_event") > 0;
    complaint_fault_reset(o->fault);
    assert_int_equal(s == COMPLAINT_OK, !broken_off);
    bool part = broken_off && some && test_rows(o, "complaint_register") == 0;
    if (part) nothing_is_done_in_a_part(o, large);
    o->now += DAY;
    test_office_restart(o);
    if (part) nothing_is_done_in_a_part(o, large);
    if (part || !some) OK(read_large(o, large, 0));
    test_verify(o);
    assert_int_equal(read_large(o, large, 0), COMPLAINT_E_EXISTS);
    if (some) { /* else it was all read a day later */
        char *found = test_picture(o, true);
        assert_string_equal(found, whole);
        free(found);
    }
    test_receive(o, "facebook", "ใหม่");
    DO(o, o->officer, "triage");
    DO(o, o->officer, "register");
    assert_int_equal(o->number, 13);
    close_office(o);
    return part;
}

static void a_reading_that_is_broken_off_is_gone_on_with(void **state) {
    (void)state;
    bytes large = write_large_office();
    test_office *o = small_office();
    complaint_fault_reset(o->fault);
    OK(read_large(o, &large, 0));
    int64_t commits = complaint_fault_calls(o->fault, COMPLAINT_SLOT_COMMIT);
    char *whole = test_picture(o, true);
    close_office(o);
    assert_in_range(commits, 4, 100);
    int parts = 0;
    for (int64_t call = 0; call < commits; call++) {
        parts += break_off(&large, whole, call, COMPLAINT_FAULT_ONCE, COMPLAINT_E_FULL);
        parts += break_off(&large, whole, call, COMPLAINT_FAULT_AFTER, COMPLAINT_E_UNKNOWN);
    }
    assert_int_equal(parts, 2 * (commits - 1));
    free(whole);
    free(large.data);
}

/* ---- two at once ------------------------------------------------------------------------------------------------------------ */

typedef struct beside {
    bytes in;
    test_office *other; /* reads the same archive when the first has given so many pieces */
    const bytes *large;
    int64_t after;
    complaint_status answer;
} beside;

static complaint_status COMPLAINT_CALL give_beside(void *context, void *buffer, size_t capacity, size_t *got) {
    beside *b = context;
    if (b->after-- == 0) b->answer = read_large(b->other, b->large, 0);
    return give(&b->in, buffer, capacity, got);
}

/* One of the two brings it to its end; the other is told that he is not alone, not that the archive is wrong. */
static void two_read_at_once(void **state) {
    (void)state;
    bytes large = write_large_office();
    for (int64_t after = 0; after < (int64_t)(large.size / 65536); after += 3) {
        test_office *first = small_office(), second;
        OK(test_office_join(&second, first, COMPLAINT_WRITE));
        second.store.limits = small_limits;
        test_office_restart(&second);
        beside b = {{.data = large.data, .size = large.size}, &second, &large, after, COMPLAINT_E_INTERNAL};
        complaint_status s = complaint_archive_read(first->desk, first->officer, give_beside, &b, 0, NULL, NULL);
        if (s != COMPLAINT_E_EXISTS) fail_msg("after %lld: %s: %s", (long long)after, complaint_status_name(s), test_why(first));
        OK(b.answer);
        test_verify(&second);
        assert_int_equal(read_large(first, &large, 0), COMPLAINT_E_EXISTS);
        test_office_close(&second);
        close_office(first);
    }
    free(large.data);
}

int main(void) {

    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misuse),
        cmocka_unit_test(whoever_stops_is_obeyed),
        cmocka_unit_test(a_slip_is_named_in_its_line),
        cmocka_unit_test(any_line_may_be_damaged),
        cmocka_unit_test(an_archive_may_be_cut),
        cmocka_unit_test(only_what_was_found_is_left_out),
        cmocka_unit_test(memory_that_fails),
        cmocka_unit_test(memory_that_fails_on_what_is_damaged),
        cmocka_unit_test(a_store_that_breaks_down),
        cmocka_unit_test(any_pieces_will_do),
        cmocka_unit_test(a_reading_that_is_broken_off_is_gone_on_with),
        cmocka_unit_test(two_read_at_once),
    };
    return cmocka_run_group_tests_name("an archive under failure", tests, make_archive, free_archive);
}
