/* Files in UTF-8 and Windows-874: told apart, read alike, refused where they are damaged. */
#include "text/text.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static complaint_status decode(cpl_str bytes, int32_t charset, char out[256], int32_t *found, size_t *offset) {
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    complaint_status status = cpl_decode(bytes, charset, &b, found, offset);
    snprintf(out, 256, "%.*s", (int)b.size, b.data ? b.data : "");
    cpl_buf_free(&b);
    return status;
}

static void reads(const char *bytes, int32_t charset, const char *expected, int32_t expected_charset) {
    char out[256];
    int32_t found = -1;
    size_t offset = 0;
    assert_int_equal(decode(cpl_str_of(bytes), charset, out, &found, &offset), COMPLAINT_OK);
    assert_string_equal(out, expected);
    assert_int_equal(found, expected_charset);
}

static void refuses(cpl_str bytes, int32_t charset, complaint_status status, size_t expected) {
    char out[256];
    int32_t found = -1;
    size_t offset = 99;
    assert_int_equal(decode(bytes, charset, out, &found, &offset), status);
    assert_string_equal(out, "");
    assert_int_equal(found, -1);
    assert_int_equal(offset, expected);
}

static void damage_is_named_by_its_offset(void **state) {
    (void)state;
    refuses(CPL_LIT("ab\xff"), CPL_CHARSET_UTF8, COMPLAINT_E_UTF8, 2);
    refuses(CPL_LIT("\xEF\xBB\xBF"
                    "ab\xff"),
            CPL_CHARSET_DETECT, COMPLAINT_E_UTF8, 5);
    refuses(CPL_LIT("กขค\xff"), CPL_CHARSET_DETECT, COMPLAINT_E_UTF8, 9);         /* damaged UTF-8, not another character set */
    refuses(CPL_LIT("\xa1\xa2\xdb"), CPL_CHARSET_DETECT, COMPLAINT_E_CHARSET, 2); /* 0xdb is nothing in Windows-874 */
    refuses(CPL_LIT("\xa1\x81"), CPL_CHARSET_WINDOWS_874, COMPLAINT_E_CHARSET, 1);
    refuses(CPL_LIT("a\0b"), CPL_CHARSET_DETECT, COMPLAINT_E_NUL, 1);
    refuses(CPL_LIT("\xa1\0b"), CPL_CHARSET_WINDOWS_874, COMPLAINT_E_NUL, 1);
    refuses(CPL_LIT("\xff\xfe\x01\x0e"), CPL_CHARSET_DETECT, COMPLAINT_E_CHARSET, 0); /* UTF-16 */
}

static void the_character_set_is_told(void **state) {
    (void)state;
    char out[256];
    int32_t found = -1;
    size_t offset;
    assert_int_equal(decode((cpl_str){NULL, 0}, CPL_CHARSET_DETECT, out, &found, &offset), COMPLAINT_OK);
    assert_int_equal(found, CPL_CHARSET_UTF8);
    reads("", CPL_CHARSET_DETECT, "", CPL_CHARSET_UTF8);
    reads("plain", CPL_CHARSET_DETECT, "plain", CPL_CHARSET_UTF8);
    reads("ไทย", CPL_CHARSET_DETECT, "ไทย", CPL_CHARSET_UTF8);
    reads("\xEF\xBB\xBFไทย", CPL_CHARSET_DETECT, "ไทย", CPL_CHARSET_UTF8);
    reads("\xEF\xBB\xBFไทย", CPL_CHARSET_UTF8, "ไทย", CPL_CHARSET_UTF8);
    reads("\xe4\xb7\xc2", CPL_CHARSET_DETECT, "ไทย", CPL_CHARSET_WINDOWS_874);
    reads("\x93\xa1\x94 \x85 \x80", CPL_CHARSET_WINDOWS_874, "“ก” … €", CPL_CHARSET_WINDOWS_874);
}

static void names_are_those_people_use(void **state) {
    (void)state;
    int32_t charset = -1;
    assert_true(cpl_charset_find(CPL_LIT("Windows-874"), &charset));
    assert_int_equal(charset, CPL_CHARSET_WINDOWS_874);
    assert_true(cpl_charset_find(CPL_LIT("TIS-620"), &charset));
    assert_true(cpl_charset_find(CPL_LIT("UTF-8"), &charset));
    assert_int_equal(charset, CPL_CHARSET_UTF8);
    assert_true(cpl_charset_find(CPL_LIT("auto"), &charset));
    assert_int_equal(charset, CPL_CHARSET_DETECT);
    assert_false(cpl_charset_find(CPL_LIT("utf-16"), &charset));
    assert_false(cpl_charset_find(CPL_LIT("utf-"), &charset));
    assert_false(cpl_charset_find(CPL_LIT(""), &charset));
    assert_int_equal(charset, CPL_CHARSET_DETECT);
}

/* Each character of Windows-874 is the one that Unicode's table has (VENDORS/MICSFT/WINDOWS/CP874.TXT). */
static void every_byte_is_right(void **state) {
    (void)state;
    static const struct {
        unsigned char byte;
        int32_t point;
    } others[] = {{0x80, 0x20AC}, {0x85, 0x2026}, {0x91, 0x2018}, {0x92, 0x2019}, {0x93, 0x201C}, {0x94, 0x201D}, {0x95, 0x2022}, {0x96, 0x2013}, {0x97, 0x2014}, {0xA0, 0xA0}};
    for (int byte = 1; byte < 256; byte++) {
        char in[1] = {(char)(unsigned char)byte}, out[256], expected[5] = {0};
        int32_t point = byte < 0x80 ? byte : 0, found;
        size_t offset = 0;
        if ((byte >= 0xA1 && byte <= 0xDA) || (byte >= 0xDF && byte <= 0xFB)) point = 0x0E00 + byte - 0xA0;
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) point = others[i].byte == byte ? others[i].point : point;
        complaint_status status = decode((cpl_str){in, 1}, CPL_CHARSET_WINDOWS_874, out, &found, &offset);
        assert_int_equal(status, point ? COMPLAINT_OK : COMPLAINT_E_CHARSET);
        if (point) cpl_utf8_put(point, expected);
        assert_string_equal(out, expected);
    }
}

static bool one_file(test_alloc *a, void *context) {
    cpl_buf b;
    size_t offset;
    (void)context;
    cpl_buf_init(&b, &a->table);
    complaint_status status = cpl_decode(CPL_LIT("\xe4\xb7\xc2"), CPL_CHARSET_DETECT, &b, NULL, &offset);
    assert_true(status == COMPLAINT_OK || status == COMPLAINT_E_MEMORY);
    cpl_buf_free(&b);
    return status == COMPLAINT_OK;
}

static void memory_may_fail_anywhere(void **state) {
    (void)state;
    test_alloc_loop(one_file, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_is_named_by_its_offset), cmocka_unit_test(the_character_set_is_told), cmocka_unit_test(names_are_those_people_use),
        cmocka_unit_test(every_byte_is_right),           cmocka_unit_test(memory_may_fail_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
