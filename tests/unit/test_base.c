/* Memory, strings, buffers, texts, arena, hexadecimal, UTF-8, statuses and errors: what a caller meets when things go wrong, then right. */
#include "base/base.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A constant initialiser, which CPL_LIT is not. */
#define BYTES(s)                                                                                                                                                                   \
    { (s), sizeof(s) - 1 }

static void same(cpl_str got, const char *expected) {
    if (!cpl_str_is(got, expected)) fail_msg("got \"%.*s\", expected \"%s\"", (int)got.n, got.p ? got.p : "", expected);
}

/* ---- memory ---------------------------------------------------------------------------------------------------- */

static void products_that_overflow_are_refused(void **state) {
    (void)state;
    test_alloc a;
    test_alloc_init(&a, -1);
    assert_null(cpl_alloc_zero(&a.table, SIZE_MAX / 2 + 1, 2));
    assert_null(cpl_resize(&a.table, NULL, SIZE_MAX, 3));
    assert_null(cpl_strndup(&a.table, "x", SIZE_MAX));
    assert_int_equal(a.requests, 0);
}

static void a_failed_resize_leaves_the_memory(void **state) {
    (void)state;
    test_alloc a;
    test_alloc_init(&a, 1);
    char *p = cpl_strndup(&a.table, "ab", 2);
    assert_non_null(p);
    assert_null(cpl_resize(&a.table, p, 100, 1));
    assert_string_equal(p, "ab");
    cpl_free(&a.table, p);
    cpl_free(&a.table, NULL);
    assert_int_equal(a.alive, 0);
    assert_false(a.misused);
}

static void no_bytes_are_still_a_block(void **state) {
    (void)state;
    test_alloc a;
    test_alloc_init(&a, -1);
    void *p = cpl_alloc(&a.table, 0), *q = cpl_alloc_zero(&a.table, 0, 8), *r = cpl_strndup(&a.table, NULL, 0);
    assert_non_null(p);
    assert_non_null(q);
    assert_string_equal(r, "");
    p = cpl_resize(&a.table, p, 0, 1);
    cpl_free(&a.table, p);
    cpl_free(&a.table, q);
    cpl_free(&a.table, r);
    assert_false(a.misused);
    assert_int_equal(a.alive, 0);
}

static void zeroed_memory_is_zero(void **state) {
    (void)state;
    test_alloc a;
    test_alloc_init(&a, -1);
    unsigned char *p = cpl_alloc_zero(&a.table, 5, 4);
    for (int i = 0; i < 20; i++) assert_int_equal(p[i], 0);
    cpl_free(&a.table, p);
}

static void the_default_is_the_malloc_family(void **state) {
    (void)state;
    char *p = cpl_strndup(&cpl_memory_default, "abc", 3);
    p = cpl_resize(&cpl_memory_default, p, 1000, 1);
    assert_string_equal(p, "abc");
    cpl_free(&cpl_memory_default, p);
}

/* ---- strings ----------------------------------------------------------------------------------------------------- */

static void strings_compare_as_bytes(void **state) {
    (void)state;
    assert_true(cpl_str_eq((cpl_str){NULL, 0}, CPL_LIT("")));
    assert_true(cpl_str_is(cpl_str_of(NULL), ""));
    assert_false(cpl_str_eq(CPL_LIT("a"), CPL_LIT("ab")));
    assert_false(cpl_str_is(CPL_LIT("a\0b"), "a"));
    assert_true(cpl_str_cmp(CPL_LIT("a"), CPL_LIT("ab")) < 0);
    assert_true(cpl_str_cmp(CPL_LIT("ก"), CPL_LIT("z")) > 0); /* bytes are unsigned */
    assert_true(cpl_str_cmp(CPL_LIT("b"), CPL_LIT("ab")) > 0);
    assert_int_equal(cpl_str_cmp((cpl_str){NULL, 0}, CPL_LIT("")), 0);
}

/* ---- what somebody may have meant ----------------------------------------------------------------------------------- */

#define SUGGESTED(wrong, words, expected)                                                                                                                                          \
    do {                                                                                                                                                                           \
        char got[CPL_SUGGESTIONS_SIZE];                                                                                                                                            \
        cpl_suggest(cpl_str_of(wrong), words, sizeof(words) / sizeof *(words), sizeof *(words), got);                                                                              \
        assert_string_equal(got, expected);                                                                                                                                        \
    } while (0)

static void the_nearest_words_are_suggested_first(void **state) {
    (void)state;
    static const cpl_str units[] = {BYTES("hr"), BYTES("legal"), BYTES("quality"), BYTES("consumer"), BYTES("disease_control")};
    SUGGESTED("qualty", units, "quality, hr, legal, consumer, disease_control");
    SUGGESTED("QUALITY", units, "quality, hr, legal, consumer, disease_control");
    SUGGESTED("lgeal", units, "legal, hr, quality, consumer, disease_control"); /* two that changed places */
    SUGGESTED("disease", units, "disease_control, hr, legal, quality, consumer"); /* half of it */
    SUGGESTED("consumers", units, "consumer, hr, legal, quality, disease_control");
    SUGGESTED("hx", units, "hr, legal, quality, consumer, disease_control");
    SUGGESTED("kitchen", units, "hr, legal, quality, consumer, disease_control"); /* nothing like it: their own order */
    SUGGESTED("", units, "hr, legal, quality, consumer, disease_control");
    SUGGESTED("a word that is much longer than any code could ever be, as it were", units, "hr, legal, quality, consumer, disease_control");
    SUGGESTED("h", units, "hr, legal, quality, consumer, disease_control");
    static const cpl_str thai[] = {BYTES("ครับ"), BYTES("ค่ะ")};
    SUGGESTED("คะ", thai, "ครับ, ค่ะ");
}

static void what_does_not_fit_is_shown_to_be_there(void **state) {
    (void)state;
    struct {
        cpl_str id;
        int more;
    } many[20];
    static const char letters[] = "abcdefghijklmnopqrst";
    static const cpl_str none[1] = {BYTES("x")};
    static char longest[300];
    char got[CPL_SUGGESTIONS_SIZE];
    for (size_t i = 0; i < 20; i++) many[i].id = (cpl_str){letters + i, 1};
    cpl_suggest(CPL_LIT("zz"), many, 12, sizeof *many, got);
    assert_string_equal(got, "a, b, c, d, e, f, g, h, i, j, k, l");
    cpl_suggest(CPL_LIT("zz"), many, 13, sizeof *many, got);
    assert_string_equal(got, "a, b, c, d, e, f, g, h, i, j, k, l, …");
    cpl_suggest(CPL_LIT("x"), none, 0, sizeof *none, got);
    assert_string_equal(got, "–");
    memset(longest, 'w', sizeof longest);
    for (size_t n = 200; n < 300; n++) { /* whatever the size: whole words and the sign, nothing cut */
        cpl_str words[] = {BYTES("one"), {longest, n}, BYTES("two")};
        cpl_suggest(CPL_LIT("none"), words, 3, sizeof *words, got);
        assert_true(strlen(got) < sizeof got);
        assert_true(strcmp(got, "one, …") == 0 || (strlen(got) >= n + 5 && strstr(got, n + 15 < sizeof got ? ", two" : ", …")));
    }
    cpl_str alone[] = {{longest, 300}};
    cpl_suggest(CPL_LIT("none"), alone, 1, sizeof *alone, got);
    assert_string_equal(got, "…");
}

/* ---- buffers and texts ----------------------------------------------------------------------------------------- */

static void an_error_sticks_until_the_buffer_is_cleared(void **state) {
    (void)state;
    test_alloc a;
    complaint_text *text = NULL;
    cpl_buf b;
    test_alloc_init(&a, 0);
    cpl_buf_init(&b, &a.table);
    cpl_buf_puts(&b, "lost");
    cpl_buf_puts(&b, "lost too, though memory is back");
    cpl_buf_fmt(&b, "%d", 1);
    assert_true(b.failed);
    assert_int_equal(b.size, 0);
    assert_int_equal(cpl_text_take(&b, &text), COMPLAINT_E_MEMORY);
    assert_null(text);
    cpl_buf_clear(&b);
    cpl_buf_puts(&b, "x");
    assert_false(b.failed);
    assert_string_equal(b.data, "x");
    cpl_buf_free(&b);
    assert_int_equal(a.alive, 0);
}

static void impossible_sizes_are_refused(void **state) {
    (void)state;
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    cpl_buf_put(&b, "x", SIZE_MAX / 2);
    assert_true(b.failed);
    cpl_buf_free(&b);
}

static void a_buffer_keeps_every_byte_while_it_grows(void **state) {
    (void)state;
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    for (int i = 0; i < 10000; i++) {
        cpl_buf_putc(&b, (char)('a' + i % 26));
        assert_int_equal(b.data[b.size], '\0');
    }
    assert_int_equal(b.size, 10000);
    for (int i = 0; i < 10000; i++) assert_int_equal(b.data[i], 'a' + i % 26);
    cpl_buf_free(&b);
    cpl_buf_puts(&b, "usable");
    same((cpl_str){b.data, b.size}, "usable");
    cpl_buf_free(&b);
}

static void numbers_and_formats_are_written(void **state) {
    (void)state;
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    cpl_buf_int(&b, INT64_MIN);
    cpl_buf_putc(&b, ' ');
    cpl_buf_int(&b, INT64_MAX);
    cpl_buf_fmt(&b, " %05d %s", 42, "ก");
    cpl_buf_fmt(&b, "%s", "");
    cpl_buf_str(&b, (cpl_str){NULL, 0});
    assert_string_equal(b.data, "-9223372036854775808 9223372036854775807 00042 ก");
    cpl_buf_free(&b);
}

static void strings_are_quoted_as_json(void **state) {
    (void)state;
    static const struct {
        cpl_str in;
        const char *out;
    } cases[] = {
        {{NULL, 0}, "\"\""},          {BYTES("ก\"\\/"), "\"ก\\\"\\\\/\""}, {BYTES("\b\f\n\r\t\x01\x1f\x7f"), "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\""},
        {BYTES("\0"), "\"\\u0000\""}, {BYTES("a\nb"), "\"a\\nb\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cpl_buf b;
        cpl_buf_init(&b, &cpl_memory_default);
        cpl_buf_json(&b, cases[i].in);
        assert_string_equal(b.data, cases[i].out);
        cpl_buf_free(&b);
    }
}

static void a_text_outlives_the_allocator_table_it_was_made_with(void **state) {
    (void)state;
    complaint_allocator table = cpl_memory_default;
    complaint_text *text = NULL, *empty = NULL;
    cpl_buf b;
    cpl_buf_init(&b, &table);
    assert_int_equal(cpl_text_take(&b, &empty), COMPLAINT_OK);
    cpl_buf_put(&b, "a\0b", 3);
    assert_int_equal(cpl_text_take(&b, &text), COMPLAINT_OK);
    assert_int_equal(b.size, 0);
    cpl_buf_free(&b);
    memset(&table, 0, sizeof table);
    assert_int_equal(complaint_text_size(text), 3);
    assert_memory_equal(complaint_text_data(text), "a\0b", 4);
    assert_string_equal(complaint_text_data(empty), "");
    assert_int_equal(complaint_text_size(NULL), 0);
    complaint_text_free(text);
    complaint_text_free(empty);
    complaint_text_free(NULL);
}

static bool make_a_text(test_alloc *a, void *context) {
    (void)context;
    cpl_buf b;
    complaint_text *text = NULL;
    cpl_buf_init(&b, &a->table);
    for (int i = 0; i < 500; i++) cpl_buf_fmt(&b, "%d,", i);
    complaint_status status = cpl_text_take(&b, &text);
    cpl_buf_free(&b);
    complaint_text_free(text);
    return status == COMPLAINT_OK;
}

/* ---- arena ------------------------------------------------------------------------------------------------------- */

static bool fill_an_arena(test_alloc *a, void *context) {
    (void)context;
    static const size_t sizes[] = {0, 1, 17, 900, 5000, 30, 3999, 4000, 4001, 1, 100000, 8};
    cpl_arena arena;
    unsigned char *pieces[sizeof sizes / sizeof sizes[0]];
    size_t count = 0;
    cpl_arena_init(&arena, &a->table);
    for (; count < sizeof sizes / sizeof sizes[0]; count++) {
        unsigned char *p = pieces[count] = cpl_arena_alloc(&arena, sizes[count]);
        if (!p) break;
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < sizes[count]; i++) assert_int_equal(p[i], 0);
        memset(p, (int)count + 1, sizes[count]);
    }
    for (size_t n = 0; n < count; n++)
        for (size_t i = 0; i < sizes[n]; i++) assert_int_equal(pieces[n][i], n + 1);
    cpl_arena_free(&arena);
    return count == sizeof sizes / sizeof sizes[0];
}

static void an_arena_refuses_what_cannot_be(void **state) {
    (void)state;
    cpl_arena arena;
    cpl_str copy = CPL_LIT("untouched");
    cpl_arena_init(&arena, &cpl_memory_default);
    assert_null(cpl_arena_alloc(&arena, SIZE_MAX));
    assert_false(cpl_arena_str(&arena, (cpl_str){"x", SIZE_MAX}, &copy));
    same(copy, "untouched");
    cpl_arena_free(&arena);
    cpl_arena_free(&arena);
}

static void an_arena_copies_strings(void **state) {
    (void)state;
    cpl_arena arena;
    cpl_str copy;
    cpl_arena_init(&arena, &cpl_memory_default);
    assert_true(cpl_arena_str(&arena, (cpl_str){"abcd", 3}, &copy));
    assert_string_equal(copy.p, "abc");
    assert_true(cpl_arena_str(&arena, (cpl_str){NULL, 0}, &copy));
    assert_string_equal(copy.p, "");
    cpl_arena_free(&arena);
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    test_alloc_loop(make_a_text, NULL);
    test_alloc_loop(fill_an_arena, NULL);
}

/* ---- hexadecimal ------------------------------------------------------------------------------------------------- */

static void only_exact_lower_case_digits_are_hexadecimal(void **state) {
    (void)state;
    static const char *const wrong[] = {"", "0", "00f", "00ff0", "00ff00", "00fg", "00FF", " 0ff", "0x00"};
    uint8_t out[2] = {7, 7};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(cpl_unhex(cpl_str_of(wrong[i]), out, 2));
        assert_int_equal(out[0], 7);
    }
    assert_true(cpl_unhex(CPL_LIT("0aff"), out, 2));
    assert_int_equal(out[0], 0x0a);
    assert_int_equal(out[1], 0xff);
    char text[5];
    cpl_hex(out, 2, text);
    assert_string_equal(text, "0aff");
    cpl_hex(out, 0, text);
    assert_string_equal(text, "");
}

/* ---- UTF-8 --------------------------------------------------------------------------------------------------------- */

static const struct {
    cpl_str bytes;
    complaint_status status;
} wrong_utf8[] = {
    {BYTES("\0"), COMPLAINT_E_NUL},
    {BYTES("\x80"), COMPLAINT_E_UTF8}, /* a continuation alone */
    {BYTES("\xBF"), COMPLAINT_E_UTF8},
    {BYTES("\xC0\x80"), COMPLAINT_E_UTF8}, /* overlong U+0000 */
    {BYTES("\xC1\xBF"), COMPLAINT_E_UTF8}, /* overlong */
    {BYTES("\xE0\x80\x80"), COMPLAINT_E_UTF8},
    {BYTES("\xE0\x9F\xBF"), COMPLAINT_E_UTF8},
    {BYTES("\xF0\x8F\xBF\xBF"), COMPLAINT_E_UTF8},
    {BYTES("\xED\xA0\x80"), COMPLAINT_E_UTF8}, /* surrogates */
    {BYTES("\xED\xBF\xBF"), COMPLAINT_E_UTF8},
    {BYTES("\xF4\x90\x80\x80"), COMPLAINT_E_UTF8}, /* above U+10FFFF */
    {BYTES("\xF5\x80\x80\x80"), COMPLAINT_E_UTF8},
    {BYTES("\xF8\x88\x80\x80\x80"), COMPLAINT_E_UTF8},
    {BYTES("\xFE"), COMPLAINT_E_UTF8},
    {BYTES("\xFF"), COMPLAINT_E_UTF8},
    {BYTES("\xC3"), COMPLAINT_E_UTF8}, /* cut off */
    {BYTES("\xE0"), COMPLAINT_E_UTF8},
    {BYTES("\xE0\xB8"), COMPLAINT_E_UTF8},
    {BYTES("\xF0\x9F\x98"), COMPLAINT_E_UTF8},
    {BYTES("\xE0\xB8"
           "a"),
     COMPLAINT_E_UTF8}, /* interrupted */
    {BYTES("\xE0\xB8\xC0"), COMPLAINT_E_UTF8},
    {BYTES("\xE0"
           "aa"),
     COMPLAINT_E_UTF8},
};

/* Every wrong sequence behind 0 .. 20 good bytes, ASCII and Thai, and with and without good bytes behind it. */
static void wrong_utf8_is_refused_at_its_offset(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wrong_utf8 / sizeof wrong_utf8[0]; i++)
        for (size_t before = 0; before <= 20; before++)
            for (int thai = 0; thai < 2; thai++)
                for (int behind = 0; behind < 2; behind++) {
                    cpl_buf b;
                    size_t offset = 999;
                    cpl_buf_init(&b, &cpl_memory_default);
                    for (size_t n = 0; n < before; n++) cpl_buf_puts(&b, thai ? "ที" : "a");
                    size_t expected = b.size;
                    cpl_buf_str(&b, wrong_utf8[i].bytes);
                    if (behind) cpl_buf_puts(&b, "0123456789 ก");
                    assert_int_equal(cpl_utf8_check((cpl_str){b.data, b.size}, &offset), wrong_utf8[i].status);
                    assert_int_equal(offset, expected);
                    cpl_buf_free(&b);
                }
}

static void right_utf8_is_accepted_wherever_it_begins(void **state) {
    (void)state;
    static const char *const right[] = {"",
                                        "a",
                                        "\x7f",
                                        "\xC2\x80",
                                        "\xDF\xBF",
                                        "\xE0\xA0\x80",
                                        "ก",
                                        "๛",
                                        "\xE0\xB8\x80",
                                        "\xE0\xB9\xBF",
                                        "\xED\x9F\xBF",
                                        "\xEE\x80\x80",
                                        "\xEF\xBF\xBD",
                                        "\xF0\x90\x80\x80",
                                        "😀",
                                        "\xF4\x8F\xBF\xBF"};
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        for (int before = 0; before < 20; before++) {
            cpl_buf b;
            size_t offset = 999;
            cpl_buf_init(&b, &cpl_memory_default);
            for (int n = 0; n < before; n++) cpl_buf_putc(&b, 'x');
            cpl_buf_puts(&b, right[i]);
            cpl_buf_puts(&b, "ร้องเรียน plain text, 12 bytes");
            assert_int_equal(cpl_utf8_check((cpl_str){b.data, b.size}, &offset), COMPLAINT_OK);
            assert_int_equal(offset, 999);
            cpl_buf_free(&b);
        }
    size_t offset;
    assert_int_equal(cpl_utf8_check((cpl_str){NULL, 0}, &offset), COMPLAINT_OK);
}

static void a_cut_never_splits_a_character(void **state) {
    (void)state;
    cpl_str s = cpl_str_of("aกé😀z");
    for (size_t n = 0; n <= s.n + 3; n++) {
        size_t cut = cpl_utf8_cut(s, n), offset;
        assert_true(cut <= n && cut <= s.n && n - cut <= (n > s.n ? n - s.n : 3));
        assert_int_equal(cpl_utf8_check((cpl_str){s.p, cut}, &offset), COMPLAINT_OK);
    }
    assert_int_equal(cpl_utf8_cut(CPL_LIT("กข"), 3), 3);
    assert_int_equal(cpl_utf8_cut((cpl_str){NULL, 0}, 5), 0);
}

/* Whole as long as it may be; else no letter loses a mark, and the cut is seen. */
static void a_quotation_is_cut_before_a_letter(void **state) {
    (void)state;
    char out[CPL_QUOTE_SIZE], text[CPL_QUOTE_MAX + 16];
    for (size_t before = CPL_QUOTE_MAX - 12; before <= CPL_QUOTE_MAX; before++) {
        memset(text, 'x', before);
        strcpy(text + before, "ยู่ก");
        size_t kept = before + 9 <= CPL_QUOTE_MAX ? before + 9 : before; /* the letter with both marks, or nothing of it */
        bool whole = before + 12 <= CPL_QUOTE_MAX;
        assert_ptr_equal(cpl_quote(cpl_str_of(text), out), out);
        assert_memory_equal(out, text, kept);
        assert_string_equal(out + kept, whole ? "ก" : "…");
    }
    assert_string_equal(cpl_quote((cpl_str){NULL, 0}, out), "");
    for (size_t i = 0; i + 3 < sizeof text; i += 3) strcpy(text + i, "่");
    assert_int_equal(strlen(cpl_quote(cpl_str_of(text), out)), CPL_QUOTE_MAX + strlen("…"));
}

static void marks_above_and_below_take_no_column(void **state) {
    (void)state;
    assert_int_equal(cpl_display_width((cpl_str){NULL, 0}), 0);
    assert_int_equal(cpl_display_width(CPL_LIT("\xFF\xE0\xB8")), 3); /* each stray byte is shown as something */
    assert_int_equal(cpl_display_width(CPL_LIT("ที่นี่")), 2);
    assert_int_equal(cpl_display_width(CPL_LIT("ab 12")), 5);
}

/* ---- statuses -------------------------------------------------------------------------------------------------------- */

static void a_strange_number_still_has_words(void **state) {
    (void)state;
    static const complaint_status strange[] = {-1, 255, 0x7fffffff, INT32_MIN, 256, 99 * 256};
    for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++) {
        assert_false(cpl_status_known(strange[i]));
        assert_string_equal(complaint_status_name(strange[i]), "E_INTERNAL");
        assert_string_equal(complaint_status_text(strange[i], COMPLAINT_ENGLISH), complaint_status_text(COMPLAINT_E_INTERNAL, COMPLAINT_ENGLISH));
    }
    /* A later detail says what its class says. */
    assert_string_equal(complaint_status_text(COMPLAINT_E_STATE + 200 * 256, COMPLAINT_THAI), complaint_status_text(COMPLAINT_E_STATE, COMPLAINT_THAI));
    assert_string_equal(complaint_status_name(COMPLAINT_E_UTF8), "E_UTF8");
    assert_string_equal(complaint_status_name(COMPLAINT_OK), "OK");
    assert_int_equal(complaint_status_class(COMPLAINT_E_UTF8), COMPLAINT_E_TEXT);
    assert_int_equal(complaint_status_class(-1), 255);
    assert_string_equal(complaint_status_text(COMPLAINT_E_FULL, 77), "the disk is full");
}

/* ---- errors ---------------------------------------------------------------------------------------------------------- */

static void no_error_to_fill_is_no_problem(void **state) {
    (void)state;
    cpl_error_clear(NULL);
    cpl_error_at(NULL, "x", 1, 1);
    cpl_error_host(NULL, NULL);
    cpl_host_error_put(NULL, 1, CPL_LIT("x"));
    assert_int_equal(cpl_fail(NULL, COMPLAINT_E_STATE, "x"), COMPLAINT_E_STATE);
    assert_null(cpl_error_copy(NULL, &cpl_memory_default));
    assert_int_equal(complaint_error_status(NULL), COMPLAINT_OK);
    assert_string_equal(complaint_error_text(NULL, COMPLAINT_THAI), "");
    assert_string_equal(complaint_error_subject(NULL), "");
    assert_string_equal(complaint_error_path(NULL), "");
    assert_string_equal(complaint_error_host_text(NULL), "");
    assert_int_equal(complaint_error_host_code(NULL), 0);
    assert_int_equal(complaint_error_line(NULL), 0);
    assert_int_equal(complaint_error_offset(NULL), -1);
    complaint_error_free(NULL);
}

static void assert_clean(const char *text, size_t capacity) {
    size_t offset;
    assert_true(strlen(text) < capacity);
    assert_int_equal(cpl_utf8_check(cpl_str_of(text), &offset), COMPLAINT_OK);
}

/* Long texts of every alignment, in both languages and in the subject, are cut at a character. */
static void long_texts_are_cut_at_a_character(void **state) {
    (void)state;
    char text[4000];
    for (size_t shift = 0; shift < 4; shift++) {
        memset(text, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof text; i += 3) memcpy(text + i, "ก", 4);
        complaint_error e = {0};
        cpl_failf(&e, COMPLAINT_E_GUARD, text, "%s", "%s", text);
        cpl_error_at(&e, text, 1, 2);
        assert_clean(e.thai, sizeof e.thai);
        assert_clean(e.english, sizeof e.english);
        assert_clean(e.subject, sizeof e.subject);
        assert_clean(e.path, sizeof e.path);
        assert_true(strlen(e.thai) >= sizeof e.thai - 4);
        assert_true(strlen(e.english) >= sizeof e.english - 4);
    }
}

static void what_is_not_utf8_does_not_get_into_an_error(void **state) {
    (void)state;
    complaint_error e = {0};
    cpl_failf(&e, COMPLAINT_E_GUARD, "\xFFs", "a%sb", "c%sd", "\xE0\xB8");
    assert_string_equal(e.english, "c??d");
    assert_string_equal(e.subject, "?s");
    assert_clean(e.thai, sizeof e.thai);
}

static void an_error_may_be_made_of_its_own_words(void **state) {
    (void)state;
    complaint_error e = {0};
    cpl_failf(&e, COMPLAINT_E_STATE, "case", "เหตุ %s", "why %s", "x");
    cpl_failf(&e, COMPLAINT_E_GUARD, e.subject, "%s", "again: %s", e.english);
    assert_string_equal(e.english, "again: why x");
    assert_string_equal(e.subject, "case");
}

static void an_error_says_what_it_was_told(void **state) {
    (void)state;
    complaint_error e = {0};
    complaint_host_error words = {0};
    assert_int_equal(complaint_error_offset(&e), -1);
    assert_int_equal(cpl_failf(&e, COMPLAINT_E_STATE, "case", "ไทย %d", "english %d", 7), COMPLAINT_E_STATE);
    assert_int_equal(complaint_error_offset(&e), -1);
    cpl_error_at(&e, "$.a", 3, 0);
    cpl_host_error_put(&words, 5, CPL_LIT("database is locked"));
    cpl_error_host(&e, &words);
    assert_string_equal(complaint_error_text(&e, COMPLAINT_THAI), "ไทย 7");
    assert_string_equal(complaint_error_text(&e, COMPLAINT_ENGLISH), "english 7");
    assert_string_equal(complaint_error_text(&e, 0), "english 7");
    assert_string_equal(complaint_error_subject(&e), "case");
    assert_string_equal(complaint_error_path(&e), "$.a");
    assert_int_equal(complaint_error_line(&e), 3);
    assert_int_equal(complaint_error_offset(&e), 0);
    assert_int_equal(complaint_error_host_code(&e), 5);
    assert_string_equal(complaint_error_host_text(&e), "database is locked");
    /* The next failure starts afresh. */
    cpl_fail(&e, COMPLAINT_E_FULL, NULL);
    assert_string_equal(complaint_error_text(&e, COMPLAINT_THAI), complaint_status_text(COMPLAINT_E_FULL, COMPLAINT_THAI));
    assert_string_equal(complaint_error_subject(&e), "");
    assert_string_equal(complaint_error_path(&e), "");
    assert_int_equal(complaint_error_host_code(&e), 0);
    assert_string_equal(complaint_error_host_text(&e), "");
    cpl_error_clear(&e);
    assert_int_equal(complaint_error_status(&e), COMPLAINT_OK);
    assert_string_equal(complaint_error_text(&e, COMPLAINT_THAI), "");
}

static void host_words_are_cut_or_dropped(void **state) {
    (void)state;
    char longer[1000];
    complaint_host_error words = {0};
    for (size_t i = 0; i + 3 <= sizeof longer; i += 3) memcpy(longer + i, "ก", 3);
    complaint_host_error_set(&words, 9, longer, 999);
    assert_int_equal(strlen(words.text), 510);
    assert_clean(words.text, sizeof words.text);
    complaint_host_error_set(&words, 10, "\xFF", 1);
    assert_int_equal(words.code, 10);
    assert_string_equal(words.text, "");
    complaint_host_error_set(&words, 11, NULL, 50);
    assert_string_equal(words.text, "");
    complaint_host_error_set(&words, 12, "abc", 2);
    assert_string_equal(words.text, "ab");
    complaint_host_error_set(NULL, 1, "x", 1);
}

static bool copy_an_error(test_alloc *a, void *context) {
    complaint_error *copy = cpl_error_copy(context, &a->table);
    if (copy) assert_string_equal(complaint_error_text(copy, COMPLAINT_ENGLISH), "english");
    complaint_error_free(copy);
    return copy != NULL;
}

static void an_error_is_copied_for_its_owner(void **state) {
    (void)state;
    complaint_error e = {0};
    cpl_failf(&e, COMPLAINT_E_STATE, NULL, "ไทย", "english");
    test_alloc_loop(copy_an_error, &e);
    complaint_error_free(&e); /* embedded: nothing happens */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_that_overflow_are_refused),
        cmocka_unit_test(a_failed_resize_leaves_the_memory),
        cmocka_unit_test(no_bytes_are_still_a_block),
        cmocka_unit_test(zeroed_memory_is_zero),
        cmocka_unit_test(the_default_is_the_malloc_family),
        cmocka_unit_test(strings_compare_as_bytes),
        cmocka_unit_test(the_nearest_words_are_suggested_first),
        cmocka_unit_test(what_does_not_fit_is_shown_to_be_there),
        cmocka_unit_test(an_error_sticks_until_the_buffer_is_cleared),
        cmocka_unit_test(impossible_sizes_are_refused),
        cmocka_unit_test(a_buffer_keeps_every_byte_while_it_grows),
        cmocka_unit_test(numbers_and_formats_are_written),
        cmocka_unit_test(strings_are_quoted_as_json),
        cmocka_unit_test(a_text_outlives_the_allocator_table_it_was_made_with),
        cmocka_unit_test(an_arena_refuses_what_cannot_be),
        cmocka_unit_test(an_arena_copies_strings),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(only_exact_lower_case_digits_are_hexadecimal),
        cmocka_unit_test(wrong_utf8_is_refused_at_its_offset),
        cmocka_unit_test(right_utf8_is_accepted_wherever_it_begins),
        cmocka_unit_test(a_cut_never_splits_a_character),
        cmocka_unit_test(a_quotation_is_cut_before_a_letter),
        cmocka_unit_test(marks_above_and_below_take_no_column),
        cmocka_unit_test(a_strange_number_still_has_words),
        cmocka_unit_test(no_error_to_fill_is_no_problem),
        cmocka_unit_test(long_texts_are_cut_at_a_character),
        cmocka_unit_test(what_is_not_utf8_does_not_get_into_an_error),
        cmocka_unit_test(an_error_may_be_made_of_its_own_words),
        cmocka_unit_test(an_error_says_what_it_was_told),
        cmocka_unit_test(host_words_are_cut_or_dropped),
        cmocka_unit_test(an_error_is_copied_for_its_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
