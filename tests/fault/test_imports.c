/* An old register and a webhook taken while memory or the store fails at one call after the other: a row is whole or not there, importing again completes it, and nothing is there twice. */
#include "support/alloc.h"
#include "support/desk.h"

#include <complaint/import.h>
#include <complaint/register.h>

#include <stdlib.h>
#include <string.h>

static const char table[] = "ที่,วันที่รับเรื่อง,เวลา,ช่องทาง,ชื่อผู้ร้อง,เรื่อง,ประเภท,หน่วยงานที่ส่งต่อ,วันที่ส่งต่อ,วันที่ได้รับผล,วันที่แจ้งผล,สถานะ,หมายเหตุ,เบอร์โทร\n"
                            "1,5/11/67,9.30,โทร,สมศรี,\"รอ\"\"คิว\"\"\",2,รพ.เมือง,6/11/67,15/11/67,18/11/67,ปิดเรื่อง,ด่วน,\n"
                            "2,31/11/67,25.10,FB,-,ไม่มีวันนี้,?,,,,,,\n"
                            "3,7/11/67,,1567,ไม่ประสงค์ออกนาม,ถนนพัง,7,แขวงทางหลวง,8/11/67,,,ส่งหน่วยงานภายนอก,,0812345678\n"
                            "4,8/11/67,,FB,ข,ขอบคุณ,9,,,,,,\n"
                            ",9/11/67,,FB,ค,ขอเอกสาร,8,,,20/11/67,,เสร็จสิ้น,\n";
enum { TAKEN = 4 };

static const char hook[] = "{\"entry\":[{\"messaging\":[{\"sender\":{\"id\":\"P\"},\"recipient\":{\"id\":\"G\"},\"timestamp\":1762300000000,\"message\":{\"mid\":\"m1\",\"text\":\"หนึ่ง\"}},"
                           "{\"sender\":{\"id\":\"P\"},\"recipient\":{\"id\":\"G\"},\"timestamp\":1762300000001,\"message\":{\"mid\":\"m2\",\"attachments\":[{\"type\":\"image\",\"payload\":{\"url\":\"u\"}}]}},"
                           "{\"sender\":{\"id\":\"P\"},\"recipient\":{\"id\":\"G\"},\"timestamp\":1762300000002,\"read\":{}}]}]}";
/* HMAC-SHA256 of it under `secret`, by another program. */
static const char signature[] = "sha256=26d3dd872b6d492793cc8841736b0c6ea595c0e982c8c242ec72cab6f3e89e7f";

typedef complaint_status (*import_fn)(test_office *o, int32_t flags, int64_t *added, int64_t *known);

static complaint_status import_register(test_office *o, int32_t flags, int64_t *added, int64_t *known) {
    complaint_page *rows = NULL, *findings = NULL, *tally = NULL;
    complaint_text *refused = NULL;
    complaint_status s = complaint_import_register(o->desk, o->officer, table, sizeof table - 1, NULL, NULL, 0, flags, &rows, &findings, &tally, &refused);
    assert_true((s == COMPLAINT_OK) == (rows && findings && tally && refused));
    if (s == COMPLAINT_OK) assert_non_null(strstr(complaint_text_data(refused), "31/11/67"));
    complaint_text_free(refused);
    *added = complaint_page_integer_of(tally, 0, "added") + complaint_page_integer_of(tally, 0, "set_aside");
    *known = complaint_page_integer_of(tally, 0, "known");
    complaint_page_free(rows);
    complaint_page_free(findings);
    complaint_page_free(tally);
    return s;
}

static complaint_status import_hook(test_office *o, int32_t flags, int64_t *added, int64_t *known) {
    complaint_page *skipped = NULL, *tally = NULL;
    (void)flags;
    complaint_status s = complaint_import_webhook(o->desk, o->officer, COMPLAINT_WEBHOOK_MESSENGER, "facebook", hook, sizeof hook - 1, signature, "secret", NULL, &skipped, &tally);
    assert_true((s == COMPLAINT_OK) == (skipped && tally));
    *added = complaint_page_integer_of(tally, 0, "added");
    *known = complaint_page_integer_of(tally, 0, "known");
    complaint_page_free(skipped);
    complaint_page_free(tally);
    return s;
}

static test_office *empty_office(const complaint_allocator *allocator) {
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_office_place(o, allocator, test_instant("2025-11-30T15:00"));
    return o;
}

static void close_office(test_office *o) {
    test_office_close(o);
    free(o);
}

static void is_proved(test_office *o) {
    complaint_page *page = NULL;
    int64_t checked = 0;
    OK(complaint_desk_verify(o->desk, o->auditor, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &page, &checked));
    complaint_page_free(page);
}

/* Importing again takes what is missing, and once more nothing. */
static void is_completed(test_office *o, import_fn import, int64_t all) {
    int64_t added, known;
    is_proved(o);
    OK(import(o, 0, &added, &known));
    assert_int_equal(added + known, all);
    OK(import(o, 0, &added, &known));
    assert_int_equal(added, 0);
    assert_int_equal(known, all);
    is_proved(o);
}

static void memory_fails(import_fn import, int64_t all) {
    for (long n = 0;; n += n < 400 ? 1 : 37) {
        test_alloc a;
        int64_t added, known;
        test_alloc_init(&a, n);
        test_office *o = empty_office(&a.table);
        complaint_status s = test_office_desk(o);
        if (s == COMPLAINT_OK) s = import(o, 0, &added, &known);
        assert_true(s == COMPLAINT_OK || (a.failed && s == COMPLAINT_E_MEMORY));
        bool failed = a.failed;
        a.fail_at = -1;
        if (o->desk) is_completed(o, import, all);
        close_office(o);
        assert_int_equal(a.alive, 0);
        assert_false(a.misused);
        if (!failed) return;
    }
}

static void memory_that_fails(void **state) {
    (void)state;
    memory_fails(import_register, TAKEN);
    memory_fails(import_hook, 2);
}

static bool store_fails_at(import_fn import, int64_t all, int32_t flags, int64_t call, complaint_status given) {
    int64_t added, known;
    test_office *o = empty_office(NULL);
    OK(test_office_desk(o));
    OK(complaint_fault_set(o->fault, COMPLAINT_SLOT_ANY, call, COMPLAINT_FAULT_ONCE, given));
    complaint_status s = import(o, flags, &added, &known);
    bool met = complaint_fault_struck(o->fault) > 0;
    complaint_fault_reset(o->fault);
    assert_true(s == COMPLAINT_OK || (met && s == given)); /* what cannot be done together is tried row by row */
    if (flags) assert_int_equal(test_rows(o, "complaint_event"), 0);
    is_completed(o, import, all);
    assert_int_equal(complaint_fault_open(o->fault), 0);
    close_office(o);
    return met;
}

static void a_store_that_breaks_down(void **state) {
    static const complaint_status given[] = {COMPLAINT_E_FULL, COMPLAINT_E_RETRY};
    (void)state;
    for (size_t i = 0; i < COUNT(given); i++) {
        for (int64_t call = 0; store_fails_at(import_register, TAKEN, 0, call, given[i]); call++) {}
        for (int64_t call = 0; store_fails_at(import_register, TAKEN, COMPLAINT_REGISTER_DRY_RUN, call, given[i]); call++) {}
        for (int64_t call = 0; store_fails_at(import_hook, 2, 0, call, given[i]); call++) {}
    }
}

/* ---- rows that are there already, one of which says something else now, and one that was put right in what it is known by ---- */

static const char changed[] = "ที่,วันที่รับเรื่อง,ช่องทาง,ชื่อผู้ร้อง,เรื่อง,สถานะ,หน่วยงานที่ส่งต่อ,วันที่ส่งต่อ\n1,5/11/67,โทร,สมศรี,\"รอ\"\"คิว\"\"\",รอผล,รพ.เมือง,6/11/67\n4,8/11/67,FB,ข,ขอบคุณ,,,\n"
                              ",9/11/67,FB,ค,ขอเอกสารเพิ่ม,,กองทัพอวกาศ,10/11/67\n,11/11/67,FB,ง,ไฟดับ,,,\n";
/* Put right among what was refused, so known by its mark; `changed` has it too. */
static const char marked[] = "ที่,วันที่รับเรื่อง,ช่องทาง,ชื่อผู้ร้อง,เรื่อง,เหตุที่ไม่รับ,รหัสแถวที่ไม่รับ\n,11/11/67,FB,ง,ไฟดับ,,r1-1\n";

static void import_before(test_office *o) {
    int64_t added, known;
    OK(import_register(o, 0, &added, &known));
    OK(complaint_import_register(o->desk, o->officer, marked, sizeof marked - 1, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL));
}

static bool is_found(const complaint_page *findings, const char *reason) {
    for (int64_t i = 0; i < complaint_page_count(findings); i++)
        if (strcmp(complaint_page_text_of(findings, i, "reason"), reason) == 0) return true;
    return false;
}

/* Either all of what differs is said, or none of it. */
static complaint_status meet_again(test_office *o) {
    complaint_page *findings = NULL, *tally = NULL;
    complaint_status s = complaint_import_register(o->desk, o->officer, changed, sizeof changed - 1, NULL, NULL, 0, COMPLAINT_REGISTER_DRY_RUN, NULL, &findings, &tally, NULL);
    if (s == COMPLAINT_OK) assert_int_equal(complaint_page_integer_of(tally, 0, "changed"), 1);
    if (s == COMPLAINT_OK) assert_int_equal(complaint_page_integer_of(tally, 0, "known"), 3);
    if (s == COMPLAINT_OK) assert_true(is_found(findings, "resembles") && is_found(findings, "no_unit"));
    complaint_page_free(findings);
    complaint_page_free(tally);
    return s;
}

static void memory_that_fails_over_a_known_row(void **state) {
    (void)state;
    test_alloc a;
    test_alloc_init(&a, -1);
    test_office *o = empty_office(&a.table);
    OK(test_office_desk(o));
    import_before(o);
    for (long n = 0;; n++) {
        a.failed = false;
        a.fail_at = a.requests + n;
        complaint_status s = meet_again(o);
        bool failed = a.failed;
        a.fail_at = -1;
        assert_true(failed ? s == COMPLAINT_E_MEMORY || s == COMPLAINT_OK : s == COMPLAINT_OK);
        if (!failed) break;
    }
    close_office(o);
    assert_int_equal(a.alive, 0);
}

static void a_store_that_breaks_down_over_a_known_row(void **state) {
    (void)state;
    bool met = true;
    test_office *o = empty_office(NULL);
    OK(test_office_desk(o));
    import_before(o);
    for (int64_t call = 0; met; call++) {
        OK(complaint_fault_set(o->fault, COMPLAINT_SLOT_ANY, call, COMPLAINT_FAULT_ONCE, COMPLAINT_E_FULL));
        complaint_status s = meet_again(o);
        met = complaint_fault_struck(o->fault) > 0;
        complaint_fault_reset(o->fault);
        assert_true(s == COMPLAINT_OK || (met && s == COMPLAINT_E_FULL));
        OK(meet_again(o));
    }
    close_office(o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_that_fails),
        cmocka_unit_test(a_store_that_breaks_down),
        cmocka_unit_test(memory_that_fails_over_a_known_row),
        cmocka_unit_test(a_store_that_breaks_down_over_a_known_row),
    };
    return cmocka_run_group_tests_name("imports under failure", tests, NULL, NULL);
}
