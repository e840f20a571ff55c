/* An act was entered with a wrong time: the correction counts, both entries stay [CR-1], deadlines are judged anew [CR-T2, CR-T4, CR-T5, PR-13]. */
#include "support/desk.h"

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)
#define PHRAE(f) cmocka_unit_test_setup_teardown(f, test_office_setup_phrae, test_office_teardown)

/* The field that names the event which was entered last. */
static void keep_event(test_office *o, char field[40]) {
    complaint_page *page = NULL;
    assert_int_equal(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 1000, &page), COMPLAINT_OK);
    snprintf(field, 40, "event:=%lld", (long long)complaint_page_integer_of(page, complaint_page_count(page) - 1, "seq"));
    complaint_page_free(page);
}

static const char *last_event(test_office *o) {
    static char field[40];
    keep_event(o, field);
    return field;
}

static void a_forwarding_entered_late_was_in_time(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service"); /* Wednesday the 5th, 09.00 */
    test_at(o, "2025-11-10T09:00");
    DO(o, o->officer, "forward", "unit=quality");
    assert_true(test_clock_of(o, "forward").late_ms > 0); /* nobody said when it was */
    test_clock_is(o, "follow_up", "running", "2025-11-20T00:00", 0);
    DO(o, o->officer, "correct", last_event(o), "reason=ลืมลงเวลาที่ส่ง", "@at=2025-11-06T16:00");
    test_clock_is(o, "forward", "stopped", "2025-11-07T00:00", 0); /* [CR-T4] */
    test_instant_is(test_int(o, "forwarded_at"), "2025-11-06T16:00");
    test_clock_is(o, "follow_up", "running", "2025-11-18T00:00", 0); /* 7, 10, 11, 12, 13, 14, 17 [CR-T5] */
    complaint_page *page = test_page(o, o->officer, complaint_desk_referrals);
    test_instant_is(complaint_page_integer_of(page, 0, "sent_at"), "2025-11-06T16:00");
    complaint_page_free(page);
    test_text(o, "state", "forwarded");
    test_last_event(o, "correct", "\"was\":"); /* the time that was entered first */
}

static void what_was_entered_too_early_was_late(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    test_at(o, "2025-11-08T10:00");
    DO(o, o->officer, "forward", "unit=quality", "@at=2025-11-06T09:00");
    char forward[40];
    keep_event(o, forward);
    test_clock_is(o, "forward", "stopped", "2025-11-07T00:00", 0);
    DO(o, o->head, "correct", forward, "reason=ลงวันที่ผิด", "@at=2025-11-07T00:00");
    test_clock_is(o, "forward", "stopped", "2025-11-07T00:00", 1);
    DO(o, o->head, "correct", forward, "reason=ที่ถูกคือก่อนเที่ยงคืน", "@at=2025-11-06T23:59:59.999"); /* corrected once more */
    test_clock_is(o, "forward", "stopped", "2025-11-07T00:00", 0);
    REFUSED(o, COMPLAINT_E_INVALID, "happened_at", o->head, "correct", forward, "reason=อีกครั้ง", "@at=2025-11-06T23:59:59.999");
}

static void acknowledged_by_hand_at_another_time(void **state) {
    test_office *o = *state;
    test_receive(o, "walk_in", "รอคิวนานมาก");
    DO(o, o->officer, "triage", "identity=confidential");
    DO(o, o->officer, "register");
    test_at(o, "2025-11-07T09:00");
    DO(o, o->officer, "acknowledge", "by_hand=in_person");
    assert_true(test_clock_of(o, "acknowledge").late_ms > 0);
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge", "by_hand=in_person", "@at=2025-11-05T09:05");
    DO(o, o->officer, "correct", last_event(o), "reason=ตอบรับตั้งแต่วันรับเรื่อง", "@at=2025-11-05T09:05");
    assert_int_equal(test_clock_of(o, "acknowledge").late_ms, 0); /* [CR-T2] */
    test_instant_is(test_int(o, "acknowledged_at"), "2025-11-05T09:05");
}

/* [PR-13] the fifteen days begin with the receipt, wherever the correction comes. */
static void a_corrected_receipt_moves_the_units_time(void **state) {
    test_office *o = *state;
    char accepted[40];
    test_open_registered(o, "service");
    DO(o, o->officer, "memo", "text=เห็นควรส่งกลุ่มงาน", "paper_no=พร 0033/1");
    DO(o, o->executive, "order", "paper_no=พร 0033/2", "unit=quality");
    DO(o, o->officer, "forward", "unit=quality");
    test_at(o, "2025-11-10T09:00");
    DO(o, o->quality, "accept", "from_unit=quality");
    keep_event(o, accepted);
    test_clock_is(o, "result", "running", "2025-11-26T00:00", 0);
    REFUSED(o, COMPLAINT_E_ROLE, "correct", o->quality, "correct", accepted, "reason=ผิด", "@at=2025-11-06T09:00");
    DO(o, o->officer, "correct", accepted, "reason=หน่วยงานแจ้งว่ารับตั้งแต่วันที่ 6", "@at=2025-11-06T09:00");
    test_clock_is(o, "result", "running", "2025-11-22T00:00", 0);
    test_at(o, "2025-11-25T09:00");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    assert_true(test_clock_of(o, "result").late_ms > 0);
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "correct", accepted, "reason=ผิดลำดับ", "@at=2025-11-25T09:00:00.001");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "correct", accepted, "reason=ก่อนส่ง", "@at=2025-11-05T08:59");
    DO(o, o->officer, "correct", accepted, "reason=เวลาเดิมถูกแล้ว", "@at=2025-11-10T09:00");
    test_clock_is(o, "result", "stopped", "2025-11-26T00:00", 0); /* judged anew by the deadline that it really had */
}

/* [CR-T6] of several units the last report counts, also when a time is corrected. */
static void the_last_report_counts_whatever_is_corrected(void **state) {
    test_office *o = *state;
    char first[40];
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality,hr");
    test_at(o, "2025-11-12T15:00");
    DO(o, o->hr, "report_result", "from_unit=hr", "outcome=explained", "text=ชี้แจงแล้ว", "@at=2025-11-06T10:00");
    keep_event(o, first);
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว", "@at=2025-11-07T10:00");
    test_instant_is(test_int(o, "resulted_at"), "2025-11-07T10:00");
    test_clock_is(o, "notify_result", "running", "2025-11-13T00:00", 0);
    DO(o, o->officer, "correct", first, "reason=รายงานวันที่ 10", "@at=2025-11-10T10:00");
    test_instant_is(test_int(o, "resulted_at"), "2025-11-10T10:00");
    test_clock_is(o, "notify_result", "running", "2025-11-14T00:00", 0);
    DO(o, o->officer, "correct", first, "reason=ที่ถูกคือวันที่ 6", "@at=2025-11-06T11:00");
    test_instant_is(test_int(o, "resulted_at"), "2025-11-07T10:00");
    test_clock_is(o, "notify_result", "running", "2025-11-13T00:00", 0);
}

static void nothing_ends_before_it_began(void **state) {
    test_office *o = *state;
    char forward[40];
    test_open_registered(o, "service");
    test_at(o, "2025-11-06T10:00");
    DO(o, o->officer, "forward", "unit=quality");
    keep_event(o, forward);
    test_at(o, "2025-11-06T11:00");
    DO(o, o->officer, "follow_up", "text=โทรแล้ว");
    test_at(o, "2025-11-07T09:00");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "correct", forward, "reason=ผิด", "@at=2025-11-06T12:00");
    test_names(o, "follow_up");
}

static void what_cannot_be_corrected(void **state) {
    test_office *o = *state;
    char forward[40];
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality");
    keep_event(o, forward);
    test_at(o, "2025-11-07T09:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "event", o->officer, "correct", "reason=ผิด", "@at=2025-11-06T09:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->officer, "correct", forward, "@at=2025-11-06T09:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "happened_at", o->officer, "correct", forward, "reason=ผิด"); /* now is no time that somebody gave */
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "event", o->officer, "correct", "event:=99", "reason=ผิด", "@at=2025-11-06T09:00");
    test_names(o, "99");
    REFUSED(o, COMPLAINT_E_INVALID, "event", o->officer, "correct", "event:=1", "reason=ผิด", "@at=2025-11-06T09:00"); /* triage: the message came when it came */
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "correct", forward, "reason=ผิด", "@at=2025-11-07T09:01");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "correct", forward, "reason=ผิด", "@at=2025-11-05T08:59");
    DO(o, o->officer, "request_info", "text=ขอวันที่มารับบริการ");
    REFUSED(o, COMPLAINT_E_INVALID, "event", o->officer, "correct", last_event(o), "reason=ผิด", "@at=2025-11-06T09:00");
    DO(o, o->officer, "resume");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "text=ได้แก้ไขแล้ว");
    test_deliver(o, 3, 0, 0, 0);
    DO(o, o->officer, "close");
    o->now += DAY;
    DO(o, o->officer, "correct", last_event(o), "reason=ยุติเมื่อวาน", "@at=2025-11-07T10:00"); /* a closed case can be corrected */
    test_instant_is(test_int(o, "closed_at"), "2025-11-07T10:00");
    test_text(o, "state", "closed");
    DO(o, o->officer, "reopen", "reason=ผู้ร้องมีข้อมูลใหม่");
    REFUSED(o, COMPLAINT_E_STATE, "event", o->officer, "correct", forward, "reason=ผิด", "@at=2025-11-06T09:00");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(a_forwarding_entered_late_was_in_time),
        SCENARIO(what_was_entered_too_early_was_late),
        SCENARIO(acknowledged_by_hand_at_another_time),
        PHRAE(a_corrected_receipt_moves_the_units_time),
        SCENARIO(the_last_report_counts_whatever_is_corrected),
        SCENARIO(nothing_ends_before_it_began),
        SCENARIO(what_cannot_be_corrected),
    };
    return cmocka_run_group_tests_name("CR-1: corrections", tests, NULL, NULL);
}
