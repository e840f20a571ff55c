/* Following up at the unit within 1 to 7 working days [CR-T5, CR-4.2.6]; several units report one after the other. */
#include "support/desk.h"

#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static void only_what_is_forwarded_is_followed_up(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    REFUSED(o, COMPLAINT_E_STATE, "follow_up", o->officer, "follow_up");
    test_names(o, "registered");
    test_names(o, "forwarded");
    DO(o, o->officer, "forward", "unit=quality");
    REFUSED(o, COMPLAINT_E_ROLE, "follow_up", o->quality, "follow_up");
    REFUSED(o, COMPLAINT_E_RANGE, "days", o->officer, "follow_up", "days:=8");
    test_names(o, "7");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "unit", o->officer, "follow_up", "unit=quality");
    DO(o, o->officer, "follow_up", "days:=1", "text=โทรถามแล้ว");
}

static void seven_working_days_unless_the_case_says_less(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-05T09:00"); /* Wednesday: 6, 7, 10, 11, 12, 13, 14 */
    test_open_forwarded(o);
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0);
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality", "days:=1");
    test_clock_is(o, "follow_up", "running", "2025-11-07T00:00", 0);
}

static void weekends_and_songkran_do_not_count(void **state) {
    test_office *o = *state;
    test_at(o, "2026-04-10T15:00"); /* Friday; 13, 14, 15 are Songkran: the first working day is Thursday the 16th */
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality", "days:=1");
    test_clock_is(o, "follow_up", "running", "2026-04-17T00:00", 0);
    test_at(o, "2026-04-16T23:59:59.999");
    DO(o, o->officer, "follow_up", "days:=2");
    assert_int_equal(test_clock_count(o, "follow_up"), 2);           /* the first is stopped in time, the next runs */
    test_clock_is(o, "follow_up", "running", "2026-04-21T00:00", 0); /* 17, 20 */
    test_at(o, "2026-04-21T00:00");
    DO(o, o->officer, "follow_up");
    complaint_page *page = test_page(o, o->officer, complaint_desk_clocks);
    int64_t late[8] = {0}, n = 0;
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (strcmp(complaint_page_text_of(page, i, "rule"), "follow_up") == 0) late[n++] = complaint_page_integer_of(page, i, "late_ms");
    complaint_page_free(page);
    assert_int_equal(n, 3);
    assert_int_equal(late[0], 0);
    assert_int_equal(late[1], 1); /* the first late millisecond */
    assert_int_equal(late[2], 0);
}

/* "the head may waive": until somebody asks again, or the unit speaks */
static void the_head_waives_the_following_up(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    REFUSED(o, COMPLAINT_E_ROLE, "consider", o->officer, "consider", "decision=no_follow_up", "text=รอผลตามกำหนด");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->head, "consider", "decision=no_follow_up");
    DO(o, o->head, "consider", "decision=agreed");
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0);
    DO(o, o->head, "consider", "decision=no_follow_up", "text=หน่วยงานแจ้งวันที่จะรายงานแล้ว ให้รอผล");
    assert_string_equal(test_clock_of(o, "follow_up").state, "cancelled");
    test_at(o, "2025-11-20T09:00");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_DUE, NULL, 0), 1);
    test_tick(o, 1, 1); /* of the result alone: nobody is reminded of what was waived */
    DO(o, o->officer, "follow_up", "days:=3");
    assert_string_equal(test_clock_of(o, "follow_up").state, "running");
    DO(o, o->head, "consider", "decision=no_follow_up", "text=รอผล");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    assert_string_equal(test_clock_of(o, "follow_up").state, "cancelled");
}

/* [CR-4.1.4] Who asks is reminded until he has asked, and of the unit that still owes its word. */
static void a_missed_following_up_is_said_each_working_day(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->officer, "forward", "unit=quality,hospital", "days:=1"); /* last day: Thursday the 6th */
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=เพิ่มจุดคัดกรอง");
    test_at(o, "2025-11-06T08:30");
    test_tick(o, 0, 0);
    test_at(o, "2025-11-07T08:30");
    test_tick(o, 1, 1);
    test_notice_is(o, "follow_up_soon", "officer", "waiting", "2025-11-07T08:30");
    test_deliver(o, 3, 0, 0, 0); /* the last one; before it both units were told of their matter */
    assert_string_equal(o->sent[2].name, "follow_up_soon");
    assert_non_null(strstr(o->sent[2].body, "โรงพยาบาลในสังกัด"));
    assert_null(strstr(o->sent[2].body, "กลุ่มงานพัฒนาคุณภาพ"));
    test_at(o, "2025-11-09T12:00");
    test_tick(o, 0, 0); /* Sunday */
    test_at(o, "2025-11-10T08:30");
    test_tick(o, 1, 1);
    DO(o, o->officer, "follow_up");
    test_at(o, "2025-11-11T08:30");
    test_tick(o, 0, 0);
}

static void units_report_one_after_the_other(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality,hr");
    o->now += DAY;
    DO(o, o->hr, "report_result", "from_unit=hr", "outcome=explained", "text=ได้ตักเตือนแล้ว");
    test_text(o, "state", "forwarded"); /* one is still awaited */
    test_clock_is(o, "follow_up", "running", "2025-11-15T00:00", 0);
    assert_false(test_clock_of(o, "notify_result").found); /* there is nothing to tell yet */
    REFUSED(o, COMPLAINT_E_STATE, "notify_result", o->officer, "notify_result", "text=ยังไม่ครบ");
    assert_int_equal(test_worklist(o, o->hr, COMPLAINT_WORK_UNIT, NULL, 0), 0);
    assert_int_equal(test_worklist(o, o->quality, COMPLAINT_WORK_UNIT, NULL, 0), 1);
    REFUSED(o, COMPLAINT_E_INVALID, "from_unit", o->hr, "report_result", "from_unit=hr", "outcome=explained", "text=อีกครั้ง");
    test_names(o, "hr");
    o->now += DAY;
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=เพิ่มจุดคัดกรอง");
    test_text(o, "state", "resulted");
    assert_int_equal(test_int(o, "resulted_at"), o->now);
    test_clock_is(o, "follow_up", "stopped", "2025-11-15T00:00", 0);
    test_clock_is(o, "notify_result", "running", "2025-11-13T00:00", 0); /* Friday 7: 10, 11, 12 */
    complaint_page *page = test_page(o, o->officer, complaint_desk_referrals);
    assert_string_equal(complaint_page_text_of(page, 0, "outcome"), "resolved");
    assert_string_equal(complaint_page_text_of(page, 1, "outcome"), "explained");
    assert_string_equal(complaint_page_text_of(page, 0, "state"), "reported");
    assert_int_equal(complaint_page_integer_of(page, 1, "resulted_at"), o->now - DAY);
    complaint_page_free(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(only_what_is_forwarded_is_followed_up),
        SCENARIO(seven_working_days_unless_the_case_says_less),
        SCENARIO(weekends_and_songkran_do_not_count),
        SCENARIO(the_head_waives_the_following_up),
        SCENARIO(a_missed_following_up_is_said_each_working_day),
        SCENARIO(units_report_one_after_the_other),
    };
    return cmocka_run_group_tests_name("CR-T5: following up", tests, NULL, NULL);
}
