/* The normal form: what it makes of what people type, that it is settled, and that every byte leads back. */
#include "text/text.h"
#include "support/alloc.h"

#include <complaint.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static void becomes_with(const char *text, int32_t options, const char *expected) {
    cpl_normal n;
    size_t offset = 0;
    cpl_normal_init(&n, &cpl_memory_default);
    assert_int_equal(cpl_normal_make(&n, cpl_str_of(text), options, &offset), COMPLAINT_OK);
    if (!cpl_str_is(cpl_normal_str(&n), expected)) fail_msg("\"%s\" became \"%s\", expected \"%s\"", text, n.text, expected);
    cpl_normal_free(&n);
}

static void becomes(const char *text, const char *expected) { becomes_with(text, 0, expected); }

/* ---- what is refused ---- */

static void bad_bytes_are_refused_where_they_are(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t size, offset;
        complaint_status status;
    } cases[] = {
        {"ab\xff", 3, 2, COMPLAINT_E_UTF8},     {"ก\xe0\xb8", 5, 3, COMPLAINT_E_UTF8},        {"a\0b", 3, 1, COMPLAINT_E_NUL},      {"\xed\xa0\x80", 3, 0, COMPLAINT_E_UTF8},
        {"ok\xc0\x80", 4, 2, COMPLAINT_E_UTF8}, {"\xf4\x90\x80\x80", 4, 0, COMPLAINT_E_UTF8}, {"มาก\xa1", 10, 9, COMPLAINT_E_UTF8},
    };
    cpl_normal n;
    cpl_normal_init(&n, &cpl_memory_default);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t offset = 99;
        assert_int_equal(cpl_normal_make(&n, (cpl_str){cases[i].text, cases[i].size}, 0, &offset), cases[i].status);
        assert_int_equal(offset, cases[i].offset);
        assert_int_equal(n.size, 0);
        assert_string_equal(n.text, "");
    }
    cpl_normal_free(&n);
}

static void bad_bytes_are_repaired_on_request(void **state) {
    (void)state;
    becomes_with("ab\xff\xfe"
                 "c",
                 COMPLAINT_NORMAL_REPAIR,
                 "ab\uFFFD"
                 "c");
    becomes_with("ก\xe0\xb8", COMPLAINT_NORMAL_REPAIR, "ก\uFFFD");
    cpl_normal n;
    size_t offset;
    cpl_normal_init(&n, &cpl_memory_default);
    assert_int_equal(cpl_normal_make(&n, (cpl_str){"a\0b", 3}, COMPLAINT_NORMAL_REPAIR, &offset), COMPLAINT_OK);
    assert_string_equal(n.text, "a\uFFFD"
                                "b");
    cpl_normal_free(&n);
}

static void handles_say_what_is_wrong(void **state) {
    (void)state;
    complaint_normal *n = NULL;
    complaint_allocator broken = {0};
    size_t from = 7, to = 7, offset = 7;
    assert_int_equal(complaint_normal_new(NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_normal_new(&broken, &n) & 0xff, COMPLAINT_E_HOST_TABLE);
    assert_null(n);
    assert_int_equal(complaint_normal_make(NULL, "a", 1, 0, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_normal_origin(NULL, 0, 0, &from, &to), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_normal_size(NULL), 0);
    assert_string_equal(complaint_normal_data(NULL), "");
    assert_int_equal(complaint_normal_new(NULL, &n), COMPLAINT_OK);
    assert_int_equal(complaint_normal_size(n), 0);
    assert_int_equal(complaint_normal_origin(n, 0, 0, &from, &to), COMPLAINT_OK);
    assert_int_equal(to, 0);
    assert_int_equal(complaint_normal_make(n, NULL, 1, 0, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_normal_make(n, "a", 1, 4, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_normal_make(n, "a\xff", 2, 0, NULL), COMPLAINT_E_UTF8);
    assert_int_equal(complaint_normal_make(n, "a\xff", 2, 0, &offset), COMPLAINT_E_UTF8);
    assert_int_equal(offset, 1);
    assert_int_equal(complaint_normal_make(n, NULL, 0, 0, NULL), COMPLAINT_OK);
    assert_string_equal(complaint_normal_data(n), "");
    assert_int_equal(complaint_normal_make(n, "กก", 6, 0, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_normal_origin(n, 3, 7, &from, &to), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_normal_origin(n, 4, 3, &from, &to), COMPLAINT_E_RANGE);
    assert_int_equal(complaint_normal_origin(n, 3, 6, NULL, &to), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_normal_origin(n, 3, 6, &from, &to), COMPLAINT_OK);
    assert_int_equal(from, 3);
    assert_int_equal(to, 6);
    complaint_normal_free(n);
    complaint_normal_free(NULL);
}

/* ---- what is made of what people type ---- */

static void thai_is_written_one_way(void **state) {
    (void)state;
    becomes("เเม่", "แม่");
    becomes("เเเม่", "แม่");
    becomes("แเแ", "แเแ");
    becomes("น\u0e4d\u0e32", "น\u0e33");
    becomes("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"); /* circle, tone, า */
    becomes("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"); /* tone, circle, า */
    becomes("น\u0e33\u0e49", "น\u0e49\u0e33");       /* tone behind ำ */
    becomes("น\u0e4d\u200b\u0e49\u0e32", "น\u0e49\u0e33");
    becomes("น\u0e4d\u0e33", "น\u0e33");
    becomes("ท\u0e48\u0e35", "ท\u0e35\u0e48"); /* tone before vowel */
    becomes("ท\u0e35\u0e48\u0e48", "ท\u0e35\u0e48");
    becomes("ก\u0e49\u0e38", "ก\u0e38\u0e49");
    becomes("สิทธ\u0e4c\u0e34", "สิทธ\u0e34\u0e4c");
    becomes("ม\u0e45ก", "มาก");
    becomes("ฤ\u0e45ษี", "ฤ\u0e45ษี");
    becomes("ท\uf702\uf70a", "ท\u0e35\u0e48"); /* as drawn by old fonts */
}

static void what_is_drawn_out_stands_once(void **state) {
    (void)state;
    becomes("มากกกก", "มาก");
    becomes("ดีค่าาาา", "ดีค่า");
    becomes("น\u0e4d\u0e49\u0e32\u0e32\u0e32", "น\u0e49\u0e33");
    becomes("มากกว่ากรรม", "มากกว่ากรรม");
    becomes("สสส. และ สสส ของสสส.", "สสส. และ สสส ของสสส.");
    becomes("แย่!!!!!!", "แย่!!!");
    becomes("www.x.th 0800000000 ๐๐๐๐๐", "www.x.th 0800000000 00000");
    becomes("😡😡😡😡😡", "😡😡😡");
}

static void blanks_digits_and_signs_are_plain(void **state) {
    (void)state;
    becomes("  ก\u00a0\u00a0ข \t ค\r\n \r\n ง  ", "ก ข ค\nง");
    becomes("ก\u200bข\ufeffค\u00ad", "กขค");
    becomes("๐๘๑–๒๓๔", "081-234");
    becomes("ＬＩＮＥ：ａｂ１", "LINE:ab1");
    becomes("“ก” ‘ข’", "\"ก\" 'ข'");
    becomes_with("LINE Id ÉCOLE Ω", COMPLAINT_NORMAL_LOWER_CASE, "line id école ω");
    becomes("cafe\u0301 \u212b", "café \u00c5");
    becomes("e\u0301\u0301\u0301", "é");
}

static void emoji_are_kept_as_such(void **state) {
    (void)state;
    static const char *const kept[] = {
        "👩‍⚕️", "❤️", "1️⃣", "👍🏽", "🏳️‍🌈", "🇹🇭", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "☺"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) becomes(kept[i], kept[i]);
    becomes("ก\ufe0fข\u200dค", "กขค");
}

/* ---- what holds for every text ---- */

/* Of a small generator, the same each time. */
static uint32_t next_random(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static size_t put_random(uint64_t *seed, char *out) {
    static const int32_t special[] = {0x200b,  0x200d, 0xfe0f, 0x20e3, 0x1f600, 0x2764, 0x1f3fd, 0x301,   0x323,   0x327,   0x338,  0xa0,  0x2028,
                                      0xd,     0xa,    0x20,   0x9,    0x1100,  0x1161, 0x11a8,  0x915,   0x93c,   0x9c7,   0x9be,  0x958, 0xfb2c,
                                      0x1d160, 0xf70a, 0xf711, 0x2013, 0xff1a,  0x212b, 0x130,   0xe0067, 0x1f3f4, 0xe007f, 0xfffd, 0x34f};
    int32_t point;
    switch (next_random(seed) % 6) {
    case 0:
        point = (int32_t)(0x20 + next_random(seed) % 0x5f);
        break;
    case 1:
    case 2:
        point = (int32_t)(0xe01 + next_random(seed) % 0x5a);
        break;
    case 3:
        point = special[next_random(seed) % (sizeof special / sizeof special[0])];
        break;
    case 4:
        point = (int32_t)(0xe31 + next_random(seed) % 0x1e);
        break;
    default:
        point = (int32_t)(1 + next_random(seed) % 0x1ffff);
        break;
    }
    if (point >= 0xd800 && point < 0xe000) point = 'x';
    return cpl_utf8_put(point, out);
}

static size_t random_text(uint64_t *seed, char *out, size_t pieces) {
    size_t n = 0;
    for (size_t i = 0; i < pieces; i++) {
        size_t bytes = put_random(seed, out + n), times = next_random(seed) % 8 == 0 ? next_random(seed) % 5 : 1;
        for (size_t k = 1; k < times; k++) memcpy(out + n + k * bytes, out + n, bytes);
        n += times ? times * bytes : 0;
    }
    return n;
}

static bool is_nfc(cpl_str s) {
    UChar wide[4096];
    int32_t n = 0;
    UErrorCode e = U_ZERO_ERROR;
    u_strFromUTF8(wide, 4096, &n, s.p, (int32_t)s.n, &e);
    assert_true(U_SUCCESS(e));
    UBool answer = unorm2_isNormalized(unorm2_getNFCInstance(&e), wide, n, &e);
    assert_true(U_SUCCESS(e));
    return answer;
}

static void check_origins(const cpl_normal *n, size_t size) {
    assert_int_equal(n->origin[n->size], size);
    for (size_t i = 0; i < n->size; i++) assert_true(n->origin[i] <= n->origin[i + 1]);
    for (size_t i = 0; i < n->size; i++) {
        size_t from, to;
        cpl_normal_origin(n, i, i + 1, &from, &to);
        assert_true(from < to && to <= size);
    }
}

static void any_text_is_settled_valid_and_traced(void **state) {
    (void)state;
    uint64_t seed = 2569;
    char text[2048];
    cpl_normal a, b;
    cpl_normal_init(&a, &cpl_memory_default);
    cpl_normal_init(&b, &cpl_memory_default);
    for (int round = 0; round < 60000; round++) {
        size_t n = random_text(&seed, text, 1 + next_random(&seed) % 40), offset = 0;
        int32_t options = round % 2 ? COMPLAINT_NORMAL_LOWER_CASE : 0;
        assert_int_equal(cpl_normal_make(&a, (cpl_str){text, n}, options, &offset), COMPLAINT_OK);
        assert_int_equal(cpl_utf8_check(cpl_normal_str(&a), &offset), COMPLAINT_OK);
        check_origins(&a, n);
        assert_int_equal(cpl_normal_make(&b, cpl_normal_str(&a), options, &offset), COMPLAINT_OK);
        if (a.size != b.size || memcmp(a.text, b.text, a.size) != 0) fail_msg("round %d: \"%.*s\" became \"%s\", and that \"%s\"", round, (int)n, text, a.text, b.text);
        if (!is_nfc(cpl_normal_str(&a))) fail_msg("round %d: \"%.*s\" became \"%s\", which is not NFC", round, (int)n, text, a.text);
    }
    cpl_normal_free(&a);
    cpl_normal_free(&b);
}

/* Where there is nothing but composition to do, ICU says what the answer is. */
static void composition_is_unicodes(void **state) {
    (void)state;
    static const int32_t bases[] = {'a', 'e', 'O', 's', 0x1100, 0xac00, 0x3b1, 0x915, 0x5d0, 0x1b05, 0xe4, 0xf1, 0xfb2c, 0x2126, 0xf900};
    static const int32_t marks[] = {0x300, 0x301, 0x302, 0x30c, 0x323, 0x327, 0x338, 0x345, 0x1161, 0x11a8, 0x93c, 0x5b0, 0x1b35, 0x31b, 0x304};
    uint64_t seed = 7;
    cpl_normal n;
    cpl_normal_init(&n, &cpl_memory_default);
    for (int round = 0; round < 20000; round++) {
        char text[64], expected[128];
        UChar wide[64], composed[128];
        int32_t wide_n, composed_n, expected_n, last = 0;
        size_t size = cpl_utf8_put(bases[next_random(&seed) % 15], text), offset;
        UErrorCode e = U_ZERO_ERROR;
        for (uint32_t k = next_random(&seed) % 5; k > 0; k--) {
            int32_t mark = marks[(last + 1 + (int32_t)(next_random(&seed) % 3)) % 15]; /* none twice */
            size += cpl_utf8_put(mark, text + size);
            last += 3;
        }
        u_strFromUTF8(wide, 64, &wide_n, text, (int32_t)size, &e);
        composed_n = unorm2_normalize(unorm2_getNFCInstance(&e), wide, wide_n, composed, 128, &e);
        u_strToUTF8(expected, 128, &expected_n, composed, composed_n, &e);
        assert_true(U_SUCCESS(e));
        assert_int_equal(cpl_normal_make(&n, (cpl_str){text, size}, 0, &offset), COMPLAINT_OK);
        if (!cpl_str_eq(cpl_normal_str(&n), (cpl_str){expected, (size_t)expected_n}))
            fail_msg("round %d: \"%.*s\" became \"%s\", ICU has \"%.*s\"", round, (int)size, text, n.text, expected_n, expected);
    }
    cpl_normal_free(&n);
}

static void places_lead_back(void **state) {
    (void)state;
    const char *text = "  โทร \u200b๐๘๑  ท\u0e48\u0e35มากกกก";
    cpl_normal n;
    size_t from, to, offset;
    cpl_normal_init(&n, &cpl_memory_default);
    assert_int_equal(cpl_normal_make(&n, cpl_str_of(text), 0, &offset), COMPLAINT_OK);
    assert_string_equal(n.text, "โทร 081 ท\u0e35\u0e48มาก");
    cpl_normal_origin(&n, 10, 13, &from, &to);
    assert_memory_equal(text + from, "๐๘๑", 9);
    assert_int_equal(to - from, 9);
    cpl_normal_origin(&n, 14, 15, &from, &to); /* one byte stands for its whole letter */
    assert_memory_equal(text + from, "ท\u0e48\u0e35", 9);
    assert_int_equal(to - from, 9);
    cpl_normal_origin(&n, n.size - 3, n.size, &from, &to);
    assert_string_equal(text + from, "กกกก");
    assert_int_equal(to, strlen(text));
    cpl_normal_origin(&n, 4, 4, &from, &to);
    assert_int_equal(from, to);
    cpl_normal_free(&n);
}

/* ---- memory ---- */

static bool two_forms(test_alloc *a, void *context) {
    complaint_normal *n = NULL;
    char text[1200];
    (void)context;
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof text; i += 3) memcpy(text + i, i % 2 ? "ก" : "ข", 3);
    complaint_status status = complaint_normal_new(&a->table, &n);
    if (status == COMPLAINT_OK) status = complaint_normal_make(n, "สั้น", 12, 0, NULL);
    if (status == COMPLAINT_OK) status = complaint_normal_make(n, text, sizeof text, 0, NULL);
    assert_true(status == COMPLAINT_OK || status == COMPLAINT_E_MEMORY);
    if (status == COMPLAINT_OK)
        assert_int_equal(complaint_normal_size(n), sizeof text);
    else
        assert_int_equal(complaint_normal_size(n), 0);
    complaint_normal_free(n);
    return status == COMPLAINT_OK;
}

static void memory_may_fail_anywhere(void **state) {
    (void)state;
    test_alloc_loop(two_forms, NULL);
}

static void a_warm_handle_asks_for_nothing(void **state) {
    (void)state;
    test_alloc a;
    cpl_normal n;
    size_t offset;
    test_alloc_init(&a, -1);
    cpl_normal_init(&n, &a.table);
    assert_int_equal(cpl_normal_make(&n, CPL_LIT("โรงพยาบาลสกปรกมากครับ น\u0e4d\u0e49\u0e32ไม่ไหล cafe\u0301 😡😡😡😡"), 0, &offset), COMPLAINT_OK);
    long before = a.requests;
    for (int i = 0; i < 100; i++) assert_int_equal(cpl_normal_make(&n, CPL_LIT("น\u0e4d\u0e49\u0e32ไม่ไหลเลย cafe\u0301 ๕ วัน"), 0, &offset), COMPLAINT_OK);
    assert_int_equal(a.requests, before);
    cpl_normal_free(&n);
    assert_int_equal(a.alive, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_bytes_are_refused_where_they_are),
        cmocka_unit_test(bad_bytes_are_repaired_on_request),
        cmocka_unit_test(handles_say_what_is_wrong),
        cmocka_unit_test(thai_is_written_one_way),
        cmocka_unit_test(what_is_drawn_out_stands_once),
        cmocka_unit_test(blanks_digits_and_signs_are_plain),
        cmocka_unit_test(emoji_are_kept_as_such),
        cmocka_unit_test(any_text_is_settled_valid_and_traced),
        cmocka_unit_test(composition_is_unicodes),
        cmocka_unit_test(places_lead_back),
        cmocka_unit_test(memory_may_fail_anywhere),
        cmocka_unit_test(a_warm_handle_asks_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
