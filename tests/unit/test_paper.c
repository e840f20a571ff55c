/* What people read: blanks nobody fills first, then texts and tables as they stand on the page. */
#include "paper/paper.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static int set_up(void **state) { return complaint_policy_builtin(NULL, "moph-chiangrai-2569", (complaint_policy **)state, NULL); }

static int tear_down(void **state) {
    complaint_policy_free(*state);
    return 0;
}

/* ---- blanks ---------------------------------------------------------------------------------------------------------- */

static const cpl_fill params[] = {{"number", {"12/2569", 7}}, {"empty", {"", 0}}, {"nothing", {NULL, 0}}, {"odd", {"{number} {{ }", 13}}, {"particle2", {"ค่ะ", 9}}};

static void a_blank_that_nobody_fills_is_refused(void **state) {
    static const struct {
        const char *text, *subject;
    } cases[] = {{"a {b} c", "b"}, {"{}", ""},     {"{number", "number"},      {"{number}{", ""},     {"{number }", "number "}, {"{Number}", "Number"},
                 {"{{{x}", "x"},   {"{{}{{{", ""}, {"{a{number}", "a{number"}, {"โทรสาร {office_fax}", "office_fax"} /* the office has none */, {"{result}", "result"} /* a text of the policy, but with blanks of its own */};
    for (size_t i = 0; i < COUNT(cases); i++) {
        complaint_error e = {0};
        cpl_buf out;
        cpl_buf_init(&out, &cpl_memory_default);
        assert_int_equal(cpl_paper_fill(*state, cpl_str_of(cases[i].text), params, COUNT(params), &out, &e), COMPLAINT_E_POLICY);
        assert_string_equal(e.subject, cases[i].subject);
        assert_int_equal(out.size, 0);
        cpl_buf_puts(&out, "before");
        assert_int_equal(cpl_paper_fill(*state, cpl_str_of(cases[i].text), params, COUNT(params), &out, NULL), COMPLAINT_E_POLICY);
        assert_string_equal(out.data, "before");
        cpl_buf_free(&out);
    }
}

static void blanks_are_filled(void **state) {
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"nothing to fill", "nothing to fill"},
        {"{number}", "12/2569"},
        {"เลขทะเบียน {number} วันนี้", "เลขทะเบียน 12/2569 วันนี้"},
        {"{number}{number}{empty}{nothing}.", "12/256912/2569."},
        {"{{number}", "{number}"},
        {"{{{number}}", "{12/2569}"},
        {"a } b", "a } b"},
        {"{odd}", "{number} {{ }"}, /* what somebody wrote is never searched for blanks */
        {"ขอบคุณ{particle}", "ขอบคุณครับ/ค่ะ"},
        {"ขอบคุณ{particle2}", "ขอบคุณค่ะ"},
        {"โทร. {office_phone}", "โทร. 0-5300-0000"}, /* what the policy says of the office */
        {"{office}", "สำนักงานสาธารณสุขจังหวัดเชียงราย"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        complaint_error e = {0};
        cpl_buf out;
        cpl_buf_init(&out, &cpl_memory_default);
        cpl_buf_puts(&out, ">");
        if (cpl_paper_fill(*state, cpl_str_of(cases[i].text), params, COUNT(params), &out, &e)) fail_msg("%s: %s", cases[i].text, e.english);
        assert_string_equal(out.data + 1, cases[i].expected);
        cpl_buf_free(&out);
    }
}

static void no_policy_fills_no_blank(void **state) {
    (void)state;
    cpl_buf out;
    cpl_buf_init(&out, &cpl_memory_default);
    assert_int_equal(cpl_paper_fill(NULL, CPL_LIT("{particle}"), params, COUNT(params), &out, NULL), COMPLAINT_E_POLICY);
    assert_int_equal(cpl_paper_fill(NULL, CPL_LIT("{number}"), params, COUNT(params), &out, NULL), COMPLAINT_OK);
    cpl_buf_free(&out);
}

/* ---- columns --------------------------------------------------------------------------------------------------------------- */

static void thai_marks_take_no_column(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {{"", 0}, {"abc", 3}, {"กขค", 3}, {"ที่นี่", 2}, {"เรื่องร้องเรียน", 11}, {"น้ำ", 2}, {"ผู้ใหญ่", 4}, {"😷", 2}, {"a\xFFz", 3}, {"\xE0\xB8", 2}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t got = cpl_display_width(cpl_str_of(cases[i].text));
        if (got != cases[i].width) fail_msg("%s: %zu columns, not %zu", cases[i].text, got, cases[i].width);
    }
}

/* ---- reports ----------------------------------------------------------------------------------------------------------------- */

static complaint_status make(const complaint_policy *p, const cpl_memory *m, cpl_arena *a, bool empty, cpl_report *r) {
    static const struct {
        const char *figure;
        int64_t period;
        const char *dimension;
        int64_t amount;
    } counters[] = {
        {"received", 202510, "personnel/facebook", 3}, {"received", 202601, "/line", 1}, {"received", 202603, "service/facebook", 1200}, {"closed", 202603, "service/facebook", 2}};
    complaint_value values[COUNT(counters)][5];
    cpl_row rows[COUNT(counters)];
    for (size_t i = 0; i < COUNT(counters); i++) {
        values[i][1] = cpl_txt(cpl_str_of(counters[i].figure));
        values[i][2] = cpl_int(counters[i].period);
        values[i][3] = cpl_txt(cpl_str_of(counters[i].dimension));
        values[i][4] = cpl_int(counters[i].amount);
        rows[i] = (cpl_row){values[i], 5};
    }
    cpl_rows all = {rows, empty ? 0 : COUNT(rows), COUNT(rows)};
    cpl_arena_init(a, m);
    return cpl_report_make(p, 2569, 6, INT64_C(1774976400000), &all, a, r, NULL); /* 2026-04-01T00:00 in Bangkok */
}

static const char page_2569[] = "รายงานสรุปเรื่องร้องเรียน\n"
                                "สำนักงานสาธารณสุขจังหวัดเชียงราย กลุ่มงานสารนิเทศและอำนวยการ\n"
                                "ปีงบประมาณ พ.ศ. 2569 รอบ 6 เดือน: เรื่องที่รับตั้งแต่วันที่ 1 ตุลาคม 2568 ถึงวันที่ 31 มีนาคม 2569\n"
                                "ข้อมูล ณ วันที่ 1 เมษายน 2569 เวลา 00.00 น. (ข้อมูลเบื้องต้น ตัดยอดข้อมูลวันที่ 8 เมษายน 2569)\n"
                                "กำหนดเสนอรายงานภายในวันที่ 30 เมษายน 2569\n"
                                "\n"
                                "รับเรื่องในรอบนี้ทั้งหมด 1204 เรื่อง\n"
                                "ปิดเรื่องในรอบนี้ 2 เรื่อง (นับตามวันที่ปิดเรื่อง รวมเรื่องที่รับไว้ก่อนรอบนี้)\n";

/* Every line of a table ends in the same column. */
static void check_tables(const char *text, const char *const *sums, size_t count) {
    size_t width = 0, rules = 0, tables = 0;
    for (const char *line = strstr(text, "\nตารางที่ 1") + 1; *line;) {
        const char *end = strchr(line, '\n');
        cpl_str s = {line, (size_t)(end - line)};
        bool rule = s.n && s.p[0] == '-';
        if (rule && !width) width = s.n;
        rules += rule;
        bool inside = rules % 3 != 0 || rule;
        if (inside || (rules && rules % 3 == 0 && s.n && strncmp(line, "รวม", strlen("รวม")) == 0)) assert_int_equal(cpl_display_width(s), width);
        if (s.n && strncmp(line, "รวม", strlen("รวม")) == 0) {
            assert_true(tables < count);
            assert_memory_equal(end - strlen(sums[tables]), sums[tables], strlen(sums[tables]));
            tables++;
        }
        line = end + 1;
    }
    assert_int_equal(tables, count);
    assert_int_equal(rules, 3 * count);
}

static void a_report_is_a_page(void **state) {
    static const char *const sums[] = {" 1204", " 1204", " 1204", " 1204"};
    cpl_arena a;
    cpl_report r;
    cpl_buf out;
    assert_int_equal(make(*state, &cpl_memory_default, &a, false, &r), COMPLAINT_OK);
    cpl_buf_init(&out, &cpl_memory_default);
    cpl_paper_report_text(&r, &out);
    assert_false(out.failed);
    assert_memory_equal(out.data, page_2569, sizeof page_2569 - 1);
    check_tables(out.data, sums, COUNT(sums));
    assert_non_null(strstr(out.data, "\nยังไม่จำแนก "));
    assert_non_null(strstr(out.data, "\nมกราคม 2569 "));
    assert_non_null(strstr(out.data, "\nตารางที่ 4 จำแนกเป็นสองประเภทตามแบบเผยแพร่\n"));
    assert_non_null(strstr(strstr(out.data, "\n(2) การทุจริต"), "ไม่มีเรื่องร้องเรียน\n")); /* an empty kind is said in words */
    cpl_buf_free(&out);
    cpl_arena_free(&a);
}

static void a_report_of_nothing_says_so(void **state) {
    static const char *const sums[] = {" 0", " 0", " 0", " 0"};
    cpl_arena a;
    cpl_report r;
    cpl_buf out;
    assert_int_equal(make(*state, &cpl_memory_default, &a, true, &r), COMPLAINT_OK);
    cpl_buf_init(&out, &cpl_memory_default);
    cpl_paper_report_text(&r, &out);
    assert_non_null(strstr(out.data, "\nรับเรื่องในรอบนี้ทั้งหมด ไม่มีเรื่องร้องเรียน\n"));
    check_tables(out.data, sums, COUNT(sums));
    assert_null(strstr(out.data, "ยังไม่จำแนก"));
    cpl_buf_free(&out);
    cpl_arena_free(&a);
}

static int64_t sum(const cpl_json *figures) {
    int64_t total = 0;
    for (size_t i = 0; i < cpl_json_count(figures); i++) total += cpl_json_int(cpl_json_get(cpl_json_at(figures, i), "amount"));
    return total;
}

static void a_report_is_json(void **state) {
    cpl_arena a;
    cpl_report r;
    cpl_buf out;
    cpl_json_doc *doc = NULL;
    complaint_error e = {0};
    assert_int_equal(make(*state, &cpl_memory_default, &a, false, &r), COMPLAINT_OK);
    cpl_buf_init(&out, &cpl_memory_default);
    cpl_paper_report_json(&r, &out);
    if (cpl_json_parse(&cpl_memory_default, (cpl_str){out.data, out.size}, 8, false, &doc, &e)) fail_msg("%s", e.english);
    const cpl_json *root = cpl_json_root(doc), *first = cpl_json_at(cpl_json_get(root, "classes"), 0);
    assert_int_equal(cpl_json_int(cpl_json_get(root, "fiscal_year")), 2569);
    assert_int_equal(cpl_json_int(cpl_json_get(root, "round")), 6);
    assert_int_equal(cpl_json_int(cpl_json_get(root, "total")), 1204);
    assert_int_equal(cpl_json_int(cpl_json_get(root, "closed")), 2);
    assert_true(cpl_str_is(cpl_json_str(cpl_json_get(cpl_json_get(root, "period"), "first")), "2025-10-01"));
    assert_true(cpl_str_is(cpl_json_str(cpl_json_get(cpl_json_get(root, "period"), "end")), "2026-04-01"));
    assert_true(cpl_str_is(cpl_json_str(cpl_json_get(root, "data_as_of")), "2026-04-01T00:00:00+07:00"));
    assert_true(cpl_str_is(cpl_json_str(cpl_json_get(root, "cut_off")), "2026-04-08"));
    assert_true(cpl_str_is(cpl_json_str(cpl_json_get(root, "due")), "2026-04-30"));
    assert_int_equal(cpl_json_int(cpl_json_get(root, "preliminary")), 1);
    assert_int_equal(sum(cpl_json_get(cpl_json_get(root, "analyses"), "kinds")), 1204);
    assert_int_equal(sum(cpl_json_get(root, "classes")), 1204);
    assert_int_equal(sum(cpl_json_get(root, "months")), 1204);
    assert_int_equal(sum(cpl_json_get(root, "channels")), 1204);
    assert_true(cpl_str_is(cpl_json_str(cpl_json_get(first, "key")), "personnel"));
    assert_true(cpl_str_is(cpl_json_str(cpl_json_get(cpl_json_get(first, "label"), "en")), "performance or behaviour of staff"));
    assert_int_equal(cpl_json_int(cpl_json_get(first, "amount")), 3);
    cpl_json_free(doc);
    cpl_buf_free(&out);
    cpl_arena_free(&a);
}

static bool write_once(test_alloc *alloc, void *context) {
    cpl_arena a;
    cpl_report r;
    cpl_buf text, json, filled;
    cpl_buf_init(&text, &alloc->table);
    cpl_buf_init(&json, &alloc->table);
    cpl_buf_init(&filled, &alloc->table);
    complaint_status s = make(context, &alloc->table, &a, false, &r);
    if (!s) cpl_paper_report_text(&r, &text);
    if (!s) cpl_paper_report_json(&r, &json);
    if (!s) s = cpl_paper_fill(context, CPL_LIT("{number}{particle}"), params, COUNT(params), &filled, NULL);
    bool succeeded = !s && !text.failed && !json.failed;
    if (s) assert_int_equal(s, COMPLAINT_E_MEMORY);
    cpl_buf_free(&text);
    cpl_buf_free(&json);
    cpl_buf_free(&filled);
    cpl_arena_free(&a);
    return succeeded;
}

static void memory_may_end_anywhere(void **state) { test_alloc_loop(write_once, *state); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_blank_that_nobody_fills_is_refused),
        cmocka_unit_test(blanks_are_filled),
        cmocka_unit_test(no_policy_fills_no_blank),
        cmocka_unit_test(thai_marks_take_no_column),
        cmocka_unit_test(a_report_is_a_page),
        cmocka_unit_test(a_report_of_nothing_says_so),
        cmocka_unit_test(a_report_is_json),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
