/* The scanner and JSON documents: what a person's mistake in a file is answered with, then what a right file gives. */
#include "base/base.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void same(cpl_str got, const char *expected) {
    if (!cpl_str_is(got, expected)) fail_msg("got \"%.*s\", expected \"%s\"", (int)got.n, got.p ? got.p : "", expected);
}

/* A copy without a byte to spare, so that the sanitizer sees any reading past the end. */
static char *exact(const char *text, size_t n) {
    char *copy = malloc(n ? n : 1);
    assert_non_null(copy);
    if (n) memcpy(copy, text, n);
    return copy;
}

/* ---- scanner ----------------------------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    size_t at; /* where BAD points */
} not_json[] = {
    {"", 0},         {"  \n", 3},       {"{", 1},           {"[", 1},        {"]", 0},          {"}", 0},     {"[1", 2},        {"[1 2]", 3},
    {"[1,]", 3},     {"[,1]", 1},       {"{\"a\"}", 4},     {"{\"a\":}", 5}, {"{\"a\":1,}", 7}, {"{1:2}", 1}, {"{\"a\" 1}", 5}, {"{\"a\":1 \"b\":2}", 7},
    {"[1}", 2},      {"{\"a\":1]", 6},  {"1 2", 2},         {"nul", 3},      {"nulL", 3},       {"True", 0},  {"'a'", 0},       {"\"a", 2},
    {"\"a\nb\"", 2}, {"\"\\x\"", 2},    {"\"\\u12g4\"", 5}, {"\"\\u123", 6}, {"\"\\", 2},       {"01", 1},    {"-", 1},         {"-a", 1},
    {"+1", 0},       {".5", 0},         {"1.", 2},          {"1.e5", 2},     {"1e", 2},         {"1e+", 3},   {"NaN", 0},       {"Infinity", 0},
    {"// x\n1", 0},  {"{\"a\":1},", 7}, {"[\"\t\"]", 2},    {"0x10", 1},     {"{a:1}", 1},      {"1\v", 1},   {"\f1", 0},       {"[[]", 3},
};

static void what_is_not_json_is_bad_at_its_byte(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(not_json); i++) {
        size_t n = strlen(not_json[i].text);
        char *text = exact(not_json[i].text, n);
        cpl_scan s;
        int token;
        cpl_scan_init(&s, (cpl_str){text, n});
        while ((token = cpl_scan_next(&s)) != CPL_SCAN_BAD) assert_int_not_equal(token, CPL_SCAN_END);
        if (s.token_at != not_json[i].at) fail_msg("%s: bad at %zu, not at %zu", not_json[i].text, s.token_at, not_json[i].at);
        assert_int_equal(s.raw.n, 0);
        assert_int_equal(cpl_scan_next(&s), CPL_SCAN_BAD); /* for good */
        assert_false(cpl_scan_skip(&s));
        free(text);
    }
}

static void integers_keep_their_range(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool fits;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"-1", true, -1},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"18446744073709551616", false, 0},
        {"99999999999999999999999999", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_scan s;
        cpl_scan_init(&s, cpl_str_of(cases[i].text));
        assert_int_equal(cpl_scan_next(&s), cases[i].fits ? CPL_SCAN_INT : CPL_SCAN_BAD);
        same(s.raw, cases[i].text);
        if (cases[i].fits) assert_true(s.integer == cases[i].value);
        assert_int_equal(cpl_scan_next(&s), cases[i].fits ? CPL_SCAN_END : CPL_SCAN_BAD);
    }
}

static void depth_ends_at_the_limit(void **state) {
    (void)state;
    char text[2 * CPL_SCAN_MAX_DEPTH + 2];
    memset(text, '[', CPL_SCAN_MAX_DEPTH);
    memset(text + CPL_SCAN_MAX_DEPTH, ']', CPL_SCAN_MAX_DEPTH);
    cpl_scan s;
    cpl_scan_init(&s, (cpl_str){text, 2 * CPL_SCAN_MAX_DEPTH});
    for (int i = 0; i < 2 * CPL_SCAN_MAX_DEPTH; i++) assert_int_not_equal(cpl_scan_next(&s), CPL_SCAN_BAD);
    assert_int_equal(cpl_scan_next(&s), CPL_SCAN_END);
    assert_int_equal(cpl_scan_next(&s), CPL_SCAN_END);
    text[CPL_SCAN_MAX_DEPTH] = '{';
    cpl_scan_init(&s, (cpl_str){text, 2 * CPL_SCAN_MAX_DEPTH});
    for (int i = 0; i < CPL_SCAN_MAX_DEPTH; i++) assert_int_equal(cpl_scan_next(&s), CPL_SCAN_ARRAY);
    assert_int_equal(cpl_scan_next(&s), CPL_SCAN_BAD);
    assert_true(s.depth > CPL_SCAN_MAX_DEPTH);
}

static const char everything[] = "{\"ก\": [1, -2.5e+3, true],\r\n \"b\\n\": {\"c\": false, \"d\": null},\n\"e\": \"\\\"x\\u0E01\"}";

static void a_text_cut_off_anywhere_is_bad(void **state) {
    (void)state;
    for (size_t n = 0; n < sizeof everything - 1; n++) {
        char *text = exact(everything, n);
        cpl_scan s;
        int token;
        cpl_scan_init(&s, (cpl_str){text, n});
        do token = cpl_scan_next(&s);
        while (token != CPL_SCAN_BAD && token != CPL_SCAN_END);
        assert_int_equal(token, CPL_SCAN_BAD);
        assert_true(s.token_at <= n);
        cpl_scan_init(&s, (cpl_str){text, n});
        assert_false(cpl_scan_skip(&s));
        free(text);
    }
}

static void tokens_come_with_their_lines(void **state) {
    (void)state;
    static const struct {
        int token;
        int64_t line;
        const char *raw;
    } expected[] = {
        {CPL_SCAN_OBJECT, 1, ""},      {CPL_SCAN_KEY, 1, "ก"},       {CPL_SCAN_ARRAY, 1, ""},     {CPL_SCAN_INT, 1, "1"},
        {CPL_SCAN_REAL, 1, "-2.5e+3"}, {CPL_SCAN_TRUE, 1, ""},       {CPL_SCAN_ARRAY_END, 1, ""}, {CPL_SCAN_KEY, 2, "b\\n"},
        {CPL_SCAN_OBJECT, 2, ""},      {CPL_SCAN_KEY, 2, "c"},       {CPL_SCAN_FALSE, 2, ""},     {CPL_SCAN_KEY, 2, "d"},
        {CPL_SCAN_NULL, 2, ""},        {CPL_SCAN_OBJECT_END, 2, ""}, {CPL_SCAN_KEY, 3, "e"},      {CPL_SCAN_STRING, 3, "\\\"x\\u0E01"},
        {CPL_SCAN_OBJECT_END, 3, ""},  {CPL_SCAN_END, 3, ""},
    };
    cpl_scan s;
    cpl_scan_init(&s, cpl_str_of(everything));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_int_equal(cpl_scan_next(&s), expected[i].token);
        assert_int_equal(s.line, expected[i].line);
        same(s.raw, expected[i].raw);
    }
}

static void skipping_stands_behind_the_value(void **state) {
    (void)state;
    static const char text[] = "{\"a\":[1,{\"x\":[]}],\"b\":2,\"c\":{},\"d\":[],\"z\":9}";
    for (int enter = 0; enter < 2; enter++) {
        cpl_scan s;
        cpl_scan_init(&s, cpl_str_of(text));
        assert_int_equal(cpl_scan_next(&s), CPL_SCAN_OBJECT);
        for (const char *key = "abcd"; *key; key++) {
            assert_int_equal(cpl_scan_next(&s), CPL_SCAN_KEY);
            assert_int_equal(s.raw.p[0], *key);
            if (enter) cpl_scan_next(&s);
            assert_true(cpl_scan_skip(&s));
        }
        assert_int_equal(cpl_scan_next(&s), CPL_SCAN_KEY);
        same(s.raw, "z");
        assert_int_equal(cpl_scan_next(&s), CPL_SCAN_INT);
        assert_int_equal(s.integer, 9);
        assert_int_equal(cpl_scan_next(&s), CPL_SCAN_OBJECT_END);
        assert_int_equal(cpl_scan_next(&s), CPL_SCAN_END);
    }
}

static void escapes_that_mean_nothing_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        complaint_status status;
        size_t at;
    } cases[] = {
        {"\"\\u0000\"", COMPLAINT_E_NUL, 1},         {"\"a\\u0000\"", COMPLAINT_E_NUL, 2},           {"\"\\ud800\"", COMPLAINT_E_UTF8, 1},
        {"\"\\uD800x\"", COMPLAINT_E_UTF8, 1},       {"\"\\udc00\"", COMPLAINT_E_UTF8, 1},           {"\"\\ud800\\ud800\"", COMPLAINT_E_UTF8, 1},
        {"\"\\ud83d\\n1234\"", COMPLAINT_E_UTF8, 1}, {"\"\\n\\udfff\\ud83d\"", COMPLAINT_E_UTF8, 3}, {"\"\\ud83d\\ude0\"", COMPLAINT_E_SYNTAX, 0},
        {"\"\\ud83d\\u0041\"", COMPLAINT_E_UTF8, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_scan s;
        size_t offset = 99;
        cpl_buf b;
        cpl_buf_init(&b, &cpl_memory_default);
        cpl_scan_init(&s, cpl_str_of(cases[i].text));
        int token = cpl_scan_next(&s);
        if (cases[i].status == COMPLAINT_E_SYNTAX) {
            assert_int_equal(token, CPL_SCAN_BAD);
            continue;
        }
        assert_int_equal(token, CPL_SCAN_STRING);
        assert_true(s.escaped);
        assert_false(cpl_scan_unescape(&s, &b));
        assert_int_equal(cpl_scan_decode(&s, NULL, &offset), cases[i].status);
        assert_int_equal(offset, cases[i].at);
        cpl_buf_free(&b);
    }
}

static void escapes_become_characters(void **state) {
    (void)state;
    cpl_scan s;
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    cpl_scan_init(&s, cpl_str_of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t \\u0041\\u00e9\\u0E01\\uD83D\\uDE00\\uffff end\""));
    assert_int_equal(cpl_scan_next(&s), CPL_SCAN_STRING);
    assert_true(cpl_scan_unescape(&s, &b));
    assert_string_equal(b.data, "\"\\/\b\f\n\r\t Aéก😀\xEF\xBF\xBF end");
    cpl_buf_free(&b);
}

/* What cpl_buf_json writes, the scanner reads back. */
static void quoting_and_reading_agree(void **state) {
    (void)state;
    cpl_buf quoted, back;
    char all[127];
    for (size_t i = 0; i < sizeof all; i++) all[i] = (char)(i + 1);
    cpl_buf_init(&quoted, &cpl_memory_default);
    cpl_buf_init(&back, &cpl_memory_default);
    cpl_buf_json(&quoted, (cpl_str){all, sizeof all});
    cpl_scan s;
    cpl_scan_init(&s, (cpl_str){quoted.data, quoted.size});
    assert_int_equal(cpl_scan_next(&s), CPL_SCAN_STRING);
    assert_true(cpl_scan_unescape(&s, &back));
    assert_int_equal(back.size, sizeof all);
    assert_memory_equal(back.data, all, sizeof all);
    cpl_buf_free(&quoted);
    cpl_buf_free(&back);
}

/* ---- documents --------------------------------------------------------------------------------------------------- */

static const struct fault {
    cpl_str text;
    complaint_status status;
    int64_t line, offset;
    const char *path;
} faults[] = {
#define T(s)                                                                                                                                                                       \
    { (s), sizeof(s) - 1 }
    {T(""), COMPLAINT_E_SYNTAX, 1, 0, "$"},
    {T("{\n \"a\": 1,\n}"), COMPLAINT_E_SYNTAX, 3, 11, "$.a"},
    {T("{\"a\":1} x"), COMPLAINT_E_SYNTAX, 1, 8, "$"},
    {T("{\"a\": [1,\n2, {\"b\": 1.5}]}"), COMPLAINT_E_JSON_REAL, 2, 19, "$.a[2].b"},
    {T("1e400"), COMPLAINT_E_JSON_REAL, 1, 0, "$"},
    {T("[[], {\"n\": 9223372036854775808}]"), COMPLAINT_E_RANGE, 1, 11, "$[1].n"},
    {T("{\"a\":{\"b\":1,\n\"c\":[{}],\n\"b\":2}}"), COMPLAINT_E_JSON_DUPLICATE, 3, 23, "$.a.b"},
    {T("[{},{\"x\":1,\"\\u0078\":2}]"), COMPLAINT_E_JSON_DUPLICATE, 1, 11, "$[1][\"\\u0078\"]"}, /* an escaped key is shown as it is written */
    {T("{\"\":1,\"\":2}"), COMPLAINT_E_JSON_DUPLICATE, 1, 6, "$[\"\"]"},
    {T("{\"a\":[[[[1]]]]}"), COMPLAINT_E_JSON_DEPTH, 1, 8, "$.a[0][0][0]"},
    {T("{\"a b\":\"\\ud800\"}"), COMPLAINT_E_UTF8, 1, 8, "$[\"a b\"]"},
    {T("{\"a\":\"x\\u0000\"}"), COMPLAINT_E_NUL, 1, 7, "$.a"},
    {T("{\"\\u0000\":1}"), COMPLAINT_E_NUL, 1, 2, "$[\"\\u0000\"]"},
    {T("{\"a\":[\"\",\n\"x\xFF\"]}"), COMPLAINT_E_UTF8, 2, 12, "$.a[1]"},
    {T("[\"x\0\"]"), COMPLAINT_E_NUL, 1, 3, "$[0]"},
    {T("\xEF\xBB\xBF[1,1.0]"), COMPLAINT_E_JSON_REAL, 1, 6, "$[1]"},
    {T("\xEF\xBB\xBF{\"ก\":1,\"ก\":1}"), COMPLAINT_E_JSON_DUPLICATE, 1, 12, "$.ก"},
#undef T
};

static void a_fault_is_named_with_line_offset_and_path(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        const struct fault *f = &faults[i];
        char *text = exact(f->text.p, f->text.n);
        cpl_json_doc *doc = NULL;
        complaint_error e = {0};
        complaint_status status = cpl_json_parse(&cpl_memory_default, (cpl_str){text, f->text.n}, 4, false, &doc, &e);
        if (status != f->status || e.line != f->line || e.offset != f->offset || strcmp(e.path, f->path) != 0)
            fail_msg("%s: %s, line %d, offset %d, path %s", f->text.p, cpl_status_name(status), (int)e.line, (int)e.offset, e.path);
        assert_null(doc);
        assert_int_equal(e.status, f->status);
        assert_non_null(strstr(e.english, f->path));
        assert_non_null(strstr(e.english, cpl_status_text(f->status, COMPLAINT_ENGLISH)));
        assert_non_null(strstr(e.thai, cpl_status_text(f->status, COMPLAINT_THAI)));
        assert_int_equal(cpl_json_parse(&cpl_memory_default, (cpl_str){text, f->text.n}, 4, false, &doc, NULL), f->status);
        free(text);
    }
}

static void a_document_cut_off_anywhere_is_refused(void **state) {
    (void)state;
    for (size_t n = 0; n < sizeof everything - 1; n++) {
        char *text = exact(everything, n);
        cpl_json_doc *doc = NULL;
        complaint_error e = {0};
        complaint_status status = cpl_json_parse(&cpl_memory_default, (cpl_str){text, n}, 8, true, &doc, &e);
        assert_true(status == COMPLAINT_E_SYNTAX || status == COMPLAINT_E_UTF8); /* cut inside ก */
        assert_null(doc);
        assert_true(e.line >= 1 && e.offset >= 0 && (size_t)e.offset <= n);
        free(text);
    }
}

/* Every single byte replaced by every other: never a crash, and what is accepted can be walked. */
static void no_byte_breaks_the_reader(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof everything - 1; i++)
        for (int c = 0; c < 256; c++) {
            char *text = exact(everything, sizeof everything - 1);
            cpl_json_doc *doc = NULL;
            complaint_error e = {0};
            text[i] = (char)c;
            complaint_status status = cpl_json_parse(&cpl_memory_default, (cpl_str){text, sizeof everything - 1}, 8, true, &doc, &e);
            assert_true((status == COMPLAINT_OK) == (doc != NULL));
            assert_int_not_equal(status, COMPLAINT_E_INTERNAL);
            cpl_json_free(doc);
            free(text);
        }
}

static void nesting_beyond_any_limit_is_refused(void **state) {
    (void)state;
    char text[5000];
    cpl_json_doc *doc = NULL;
    complaint_error e = {0};
    memset(text, '[', sizeof text);
    assert_int_equal(cpl_json_parse(&cpl_memory_default, (cpl_str){text, sizeof text}, 1000, false, &doc, &e), COMPLAINT_E_JSON_DEPTH);
    assert_int_equal(e.offset, CPL_SCAN_MAX_DEPTH);
    memset(text + 64, ']', 64);
    assert_int_equal(cpl_json_parse(&cpl_memory_default, (cpl_str){text, 128}, 1000, false, &doc, &e), COMPLAINT_OK);
    cpl_json_free(doc);
}

static void long_paths_are_cut_at_a_character(void **state) {
    (void)state;
    cpl_buf b;
    cpl_json_doc *doc = NULL;
    complaint_error e = {0};
    size_t offset;
    cpl_buf_init(&b, &cpl_memory_default);
    for (int i = 0; i < 60; i++) cpl_buf_puts(&b, "{\"กกกกกกก\":");
    size_t value = b.size;
    cpl_buf_puts(&b, "1.5");
    for (int i = 0; i < 60; i++) cpl_buf_putc(&b, '}');
    assert_int_equal(cpl_json_parse(&cpl_memory_default, (cpl_str){b.data, b.size}, 64, false, &doc, &e), COMPLAINT_E_JSON_REAL);
    assert_int_equal(cpl_utf8_check(cpl_str_of(e.path), &offset), COMPLAINT_OK);
    memcpy(b.data + value, "123", 3);
    assert_int_equal(cpl_json_parse(&cpl_memory_default, (cpl_str){b.data, b.size}, 64, false, &doc, &e), COMPLAINT_OK);
    const cpl_json *v = cpl_json_root(doc);
    while (cpl_json_count(v)) v = cpl_json_at(v, 0);
    for (size_t capacity = 1; capacity < 80; capacity++) {
        char path[80];
        cpl_json_path(v, path, capacity);
        assert_true(strlen(path) < capacity);
        assert_int_equal(cpl_utf8_check(cpl_str_of(path), &offset), COMPLAINT_OK);
    }
    cpl_json_path(v, NULL, 0);
    cpl_json_free(doc);
    cpl_buf_free(&b);
}

static const char policy[] = "{\n"
                             "  \"name\": \"สป\\n\",\n"
                             "  \"actions\": {\n"
                             "    \"forward\": {\"from\": [\"a\",\n"
                             "       \"b\", {\"days\": -3}], \"on\": true, \"off\": false}\n"
                             "  },\n"
                             "  \"odd key\": null, \"empty\": [{}, [], \"\"]\n"
                             "}";

static void assert_path(const cpl_json *v, const char *expected, int64_t line) {
    char path[64];
    cpl_json_path(v, path, sizeof path);
    assert_string_equal(path, expected);
    assert_int_equal(cpl_json_line(v), line);
}

static void a_document_is_read_in_its_order(void **state) {
    (void)state;
    cpl_json_doc *doc = NULL;
    complaint_error e = {0};
    char *text = exact(policy, sizeof policy - 1);
    assert_int_equal(cpl_json_parse(&cpl_memory_default, (cpl_str){text, sizeof policy - 1}, 5, false, &doc, &e), COMPLAINT_OK);
    memset(text, 'x', sizeof policy - 1);
    free(text); /* nothing is borrowed */
    const cpl_json *root = cpl_json_root(doc);
    assert_int_equal(cpl_json_type(root), CPL_JSON_OBJECT);
    assert_int_equal(cpl_json_count(root), 4);
    same(cpl_json_key(root, 0), "name");
    same(cpl_json_key(root, 3), "empty");
    same(cpl_json_str(cpl_json_get(root, "name")), "สป\n");
    const cpl_json *forward = cpl_json_get(cpl_json_get(root, "actions"), "forward");
    const cpl_json *from = cpl_json_get(forward, "from");
    assert_int_equal(cpl_json_type(from), CPL_JSON_ARRAY);
    assert_path(root, "$", 1);
    assert_path(cpl_json_at(from, 1), "$.actions.forward.from[1]", 5);
    const cpl_json *days = cpl_json_get(cpl_json_at(from, 2), "days");
    assert_path(days, "$.actions.forward.from[2].days", 5);
    assert_int_equal(cpl_json_int(days), -3);
    assert_int_equal(cpl_json_int(cpl_json_get(forward, "on")), 1);
    assert_int_equal(cpl_json_type(cpl_json_get(forward, "off")), CPL_JSON_BOOL);
    assert_path(cpl_json_get(root, "odd key"), "$[\"odd key\"]", 7);
    assert_int_equal(cpl_json_type(cpl_json_get(root, "odd key")), CPL_JSON_NULL);
    const cpl_json *empty = cpl_json_get(root, "empty");
    assert_int_equal(cpl_json_count(cpl_json_at(empty, 0)), 0);
    assert_int_equal(cpl_json_type(cpl_json_at(empty, 1)), CPL_JSON_ARRAY);
    same(cpl_json_str(cpl_json_at(empty, 2)), "");
    cpl_json_free(doc);
}

static void what_is_absent_reads_as_null(void **state) {
    (void)state;
    cpl_json_doc *doc = NULL;
    assert_int_equal(cpl_json_parse(&cpl_memory_default, CPL_LIT("{\"a\":[1]}"), 5, false, &doc, NULL), COMPLAINT_OK);
    const cpl_json *root = cpl_json_root(doc), *a = cpl_json_get(root, "a");
    assert_null(cpl_json_get(root, "b"));
    assert_null(cpl_json_get(root, ""));
    assert_null(cpl_json_get(a, "a"));
    assert_null(cpl_json_get(NULL, "a"));
    assert_null(cpl_json_at(a, 1));
    assert_null(cpl_json_at(NULL, 0));
    assert_null(cpl_json_root(NULL));
    assert_int_equal(cpl_json_key(a, 0).n, 0);
    assert_int_equal(cpl_json_key(root, 1).n, 0);
    assert_int_equal(cpl_json_type(NULL), CPL_JSON_NULL);
    assert_int_equal(cpl_json_int(NULL), 0);
    assert_int_equal(cpl_json_int(a), 0);
    assert_int_equal(cpl_json_str(a).n, 0);
    assert_int_equal(cpl_json_count(cpl_json_at(a, 0)), 0);
    assert_int_equal(cpl_json_line(NULL), 0);
    cpl_json_free(doc);
    cpl_json_free(NULL);
}

static void accepted_reals_are_null(void **state) {
    (void)state;
    static const char text[] = "{\"lat\": 13.75, \"far\": 1e999999, \"list\": [1.5,2,-0.0E-1], \"s\": \"1.5\", \"wide\": -9223372036854775809, \"last\": 3}";
    cpl_json_doc *doc = NULL;
    complaint_error e = {0};
    assert_int_equal(cpl_json_parse(&cpl_memory_default, cpl_str_of(text), 5, true, &doc, &e), COMPLAINT_OK);
    const cpl_json *root = cpl_json_root(doc), *list = cpl_json_get(root, "list");
    assert_int_equal(cpl_json_type(cpl_json_get(root, "lat")), CPL_JSON_NULL);
    assert_int_equal(cpl_json_type(cpl_json_get(root, "far")), CPL_JSON_NULL);
    assert_int_equal(cpl_json_type(cpl_json_at(list, 0)), CPL_JSON_NULL);
    assert_int_equal(cpl_json_int(cpl_json_at(list, 1)), 2);
    assert_int_equal(cpl_json_type(cpl_json_at(list, 2)), CPL_JSON_NULL);
    same(cpl_json_str(cpl_json_get(root, "s")), "1.5");
    assert_int_equal(cpl_json_type(cpl_json_get(root, "wide")), CPL_JSON_NULL);
    assert_int_equal(cpl_json_int(cpl_json_get(root, "last")), 3);
    cpl_json_free(doc);
}

static void a_single_value_is_a_document(void **state) {
    (void)state;
    cpl_json_doc *doc = NULL;
    assert_int_equal(cpl_json_parse(&cpl_memory_default, CPL_LIT(" \n -7 "), 0, false, &doc, NULL), COMPLAINT_OK);
    assert_int_equal(cpl_json_int(cpl_json_root(doc)), -7);
    assert_int_equal(cpl_json_line(cpl_json_root(doc)), 2);
    cpl_json_free(doc);
    doc = NULL;
    assert_int_equal(cpl_json_parse(&cpl_memory_default, CPL_LIT("[]"), 0, false, &doc, NULL), COMPLAINT_E_JSON_DEPTH);
}

static bool parse_and_free(test_alloc *a, void *context) {
    cpl_json_doc *doc = NULL;
    complaint_error e = {0};
    complaint_status status = cpl_json_parse(&a->table, *(cpl_str *)context, 8, true, &doc, &e);
    assert_true(status == COMPLAINT_OK || status == COMPLAINT_E_MEMORY);
    assert_int_equal(e.status, status);
    assert_true((status == COMPLAINT_OK) == (doc != NULL));
    cpl_json_free(doc);
    return status == COMPLAINT_OK;
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    cpl_buf_puts(&b, "[1.5");
    for (int i = 0; i < 300; i++) cpl_buf_fmt(&b, ",{\"key\":\"a value of some length, %d\",\"list\":[1,2]}", i);
    cpl_buf_putc(&b, ']');
    cpl_str text = {b.data, b.size};
    test_alloc_loop(parse_and_free, &text);
    cpl_buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_json_is_bad_at_its_byte),
        cmocka_unit_test(integers_keep_their_range),
        cmocka_unit_test(depth_ends_at_the_limit),
        cmocka_unit_test(a_text_cut_off_anywhere_is_bad),
        cmocka_unit_test(tokens_come_with_their_lines),
        cmocka_unit_test(skipping_stands_behind_the_value),
        cmocka_unit_test(escapes_that_mean_nothing_are_refused),
        cmocka_unit_test(escapes_become_characters),
        cmocka_unit_test(quoting_and_reading_agree),
        cmocka_unit_test(a_fault_is_named_with_line_offset_and_path),
        cmocka_unit_test(a_document_cut_off_anywhere_is_refused),
        cmocka_unit_test(no_byte_breaks_the_reader),
        cmocka_unit_test(nesting_beyond_any_limit_is_refused),
        cmocka_unit_test(long_paths_are_cut_at_a_character),
        cmocka_unit_test(a_document_is_read_in_its_order),
        cmocka_unit_test(what_is_absent_reads_as_null),
        cmocka_unit_test(accepted_reals_are_null),
        cmocka_unit_test(a_single_value_is_a_document),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
