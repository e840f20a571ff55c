/* The section receives and coordinates; it has no authority to judge the facts or to settle the matter [CR-N]. */
#include "support/desk.h"

#include <complaint/policy.h>

#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static void the_desk_records_no_finding_of_its_own(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    complaint_actor *desk[] = {o->officer, o->head};
    for (size_t i = 0; i < COUNT(desk); i++) {
        REFUSED(o, COMPLAINT_E_GUARD, "no_desk_finding", desk[i], "report_result", "from_unit=quality", "outcome=unsubstantiated", "text=ไม่มีมูล");
        test_names(o, "CR-N");
    }
    OK(complaint_actor_set_on_behalf(o->officer, "hr"));
    REFUSED(o, COMPLAINT_E_GUARD, "no_desk_finding", o->officer, "report_result", "from_unit=quality", "outcome=resolved", "text=ผิดหน่วยงาน");
    OK(complaint_actor_set_on_behalf(o->officer, "quality"));
    DO(o, o->officer, "report_result", "from_unit=quality", "outcome=resolved", "text=หน่วยงานแจ้งทางโทรศัพท์");
    complaint_page *page = NULL;
    OK(complaint_desk_events(o->desk, o->auditor, o->case_id, "5", 0, &page));
    assert_string_equal(complaint_page_text_of(page, 0, "verb"), "report_result");
    assert_string_equal(complaint_page_text_of(page, 0, "actor"), "malee");
    assert_string_equal(complaint_page_text_of(page, 0, "on_behalf"), "quality");
    complaint_page_free(page);
}

static void an_outcome_is_the_units_word(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "from_unit", o->quality, "report_result", "outcome=resolved", "text=x");
    REFUSED(o, COMPLAINT_E_REQUIRED, "outcome", o->quality, "report_result", "from_unit=quality", "text=x");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "outcome", o->quality, "report_result", "from_unit=quality", "outcome=guilty", "text=x");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "from_unit", o->quality, "report_result", "from_unit=kitchen", "outcome=resolved", "text=x");
    REFUSED(o, COMPLAINT_E_GUARD, "no_desk_finding", o->quality, "report_result", "from_unit=hr", "outcome=resolved", "text=x"); /* for another unit */
    REFUSED(o, COMPLAINT_E_GUARD, "no_desk_finding", o->executive, "report_result", "from_unit=quality", "outcome=resolved", "text=x"); /* not sent to him */
    REFUSED(o, COMPLAINT_E_ROLE, "report_result", o->dpo, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    test_names(o, "unit");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=substantiated", "text=ตรวจสอบแล้ว");
    test_text(o, "state", "resulted");
}

static void a_unit_that_was_not_asked_has_no_say(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->hr, "report_result", "from_unit=hr", "outcome=resolved", "text=x");
    OK(complaint_actor_set_on_behalf(o->head, "hr"));
    REFUSED(o, COMPLAINT_E_INVALID, "from_unit", o->head, "report_result", "from_unit=hr", "outcome=resolved", "text=x");
    test_names(o, "hr");
    test_text(o, "state", "forwarded");
}

static void the_desk_neither_rejects_nor_settles(void **state) {
    static const char *const verbs[] = {"reveal", "erase"};
    test_office *o = *state;
    test_open_registered(o, "service");
    for (size_t i = 0; i < COUNT(verbs); i++) REFUSED(o, COMPLAINT_E_UNSUPPORTED, verbs[i], o->head, verbs[i]);
    complaint_actor *desk[] = {o->officer, o->head};
    for (size_t i = 0; i < COUNT(desk); i++) {
        REFUSED(o, COMPLAINT_E_GUARD, "no_desk_reject", desk[i], "reject", "grounds=no_matter", "text=ไม่มีประเด็น", "by_hand=phone");
        test_names(o, "CR-N");
    }
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->quality, "reject", "grounds=no_matter", "text=ไม่มีประเด็น"); /* it was not asked */
    REFUSED(o, COMPLAINT_E_ROLE, "reject", o->dpo, "reject", "grounds=no_matter", "text=ไม่มีประเด็น");
    const complaint_policy *policy = complaint_desk_policy(o->desk);
    const char *code;
    for (int32_t i = 0; (code = complaint_policy_code(policy, COMPLAINT_CODE_STATE, i)) != NULL; i++)
        test_no_text(complaint_policy_label(policy, COMPLAINT_CODE_STATE, code, COMPLAINT_THAI), "ยุติ");
    assert_string_equal(complaint_policy_label(policy, COMPLAINT_CODE_STATE, "closed", COMPLAINT_THAI), "ปิดเรื่อง");
}

/* Not to take a matter is a decision of the executive, on a ground, and the complainant hears of it. */
static void only_the_executive_does_not_take_a_matter(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    REFUSED(o, COMPLAINT_E_REQUIRED, "grounds", o->executive, "reject", "text=ไม่มีประเด็น");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->executive, "reject", "grounds=in_court");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "grounds", o->executive, "reject", "grounds=tiresome", "text=x");
    DO(o, o->executive, "reject", "grounds=in_court", "text=เรื่องอยู่ในการพิจารณาของศาล", "particle=ครับ");
    test_text(o, "state", "rejected");
    test_text(o, "phase", "rejected");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_DUE, NULL, 0), 0);
    test_deliver(o, 1, 0, 0, 0);
    assert_string_equal(o->sent[0].name, "rejection");
    assert_string_equal(o->sent[0].body, "สำนักงานสาธารณสุขจังหวัดเชียงราย ได้พิจารณาเรื่องของท่านแล้ว ขอเรียนว่าไม่อาจรับไว้ดำเนินการได้ เนื่องจาก เรื่องอยู่ในการพิจารณาของศาล ขอขอบคุณครับ");
    assert_int_equal(test_int(o, "told_at"), o->now);
    REFUSED(o, COMPLAINT_E_STATE, "forward", o->officer, "forward", "unit=quality");
    DO(o, o->officer, "reopen", "reason=มีข้อเท็จจริงใหม่");
    test_text(o, "state", "registered");
    assert_int_equal(test_int(o, "cycle"), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(the_desk_records_no_finding_of_its_own),
        SCENARIO(an_outcome_is_the_units_word),
        SCENARIO(a_unit_that_was_not_asked_has_no_say),
        SCENARIO(the_desk_neither_rejects_nor_settles),
        SCENARIO(only_the_executive_does_not_take_a_matter),
    };
    return cmocka_run_group_tests_name("CR-N: no finding of the desk's own", tests, NULL, NULL);
}
