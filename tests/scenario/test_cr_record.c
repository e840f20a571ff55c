/*
 * What is kept with a case [CR-4.2.2]: messages that are set aside and taken back, one message with two matters [CR-4.2.4], papers with the numbers of the office's own register, links, evidence that came later; a
 * matter brought to the executive alone; history entered afterwards [CR-1].
 */
#include "support/desk.h"

#include <complaint/archive.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

/* ---- messages that are no matter ----------------------------------------------------------------------------------------------- */

static void set_aside_counted_apart_and_taken_back(void **state) {
    static const char *const kinds[] = {"aside=thanks", "aside=greeting", "aside=spam", "aside=test", "aside=wrong_page"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        test_receive(o, "facebook", "สวัสดีค่ะ");
        REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->officer, "set_aside", kinds[i]);
        DO(o, o->officer, "set_aside", kinds[i], "reason=ไม่ใช่เรื่องร้องเรียน");
    }
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "set_aside", "aside=spam", "reason=อีกครั้ง");
    complaint_page *page = NULL;
    OK(complaint_desk_inbox(o->desk, o->officer, "set_aside", NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), COUNT(kinds));
    complaint_page_free(page);
    assert_int_equal(test_reported(o, "total", "", 2569, 6), 0); /* no case, no number */
    o->now += DAY;
    DO(o, o->officer, "triage"); /* it was one after all: it counts from its receipt */
    test_instant_is(test_int(o, "received_at"), "2025-11-05T09:00");
    test_clock_is(o, "acknowledge", "running", "2025-11-07T00:00", 0);
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "set_aside", "reason=ไม่ใช่"); /* a case is not set aside */
}

/* ---- two matters in one message [CR-4.2.4] ----------------------------------------------------------------------------------------- */

static void a_message_with_two_matters_becomes_two_cases(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "คลินิกเถื่อน และพนักงานไม่สุภาพ");
    DO(o, o->officer, "triage", "identity=named");
    int64_t first = o->case_id, message = o->message;
    o->now += MINUTE;
    REFUSED(o, COMPLAINT_E_ROLE, "split", o->executive, "split");
    DO(o, o->officer, "split", "text=เรื่องที่สอง พนักงาน");
    int64_t second = o->case_id;
    assert_true(second != first);
    test_text(o, "state", "received");
    test_instant_is(test_int(o, "received_at"), "2025-11-05T09:00"); /* from the same receipt */
    test_clock_is(o, "forward", "running", "2025-11-07T00:00", 0);
    assert_string_equal(test_cell(o, o->officer, complaint_desk_links, "kind", "split", "kind"), "split");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_parties, "part", "complainant", "identity"), "named");
    DO(o, o->officer, "register");
    assert_int_equal(o->number, 1);
    DO(o, o->officer, "acknowledge"); /* each owes its own */
    o->case_id = first;
    assert_int_equal(test_count(o, o->officer, complaint_desk_links), 1);
    DO(o, o->officer, "register");
    assert_int_equal(o->number, 2);
    DO(o, o->officer, "acknowledge");
    test_deliver(o, 2, 0, 0, 0);
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "message", o->officer, "split", "@message:=4711");
    test_open_case(o); /* somebody else's */
    o->case_id = first;
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "split");
    assert_non_null(strstr(test_why(o), "does not belong to the case"));
    o->message = message;
    DO(o, o->officer, "classify", "class=service");
    DO(o, o->officer, "forward", "unit=quality");
    REFUSED(o, COMPLAINT_E_STATE, "split", o->officer, "split"); /* too late */
}

/* ---- papers -------------------------------------------------------------------------------------------------------------------------- */

static void papers_have_the_numbers_of_the_offices_register(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "paper_no", o->officer, "add_paper", "subject=ขอให้ชี้แจง"); /* none is invented */
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "secrecy", o->officer, "add_paper", "paper_no=1", "secrecy=whisper");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "direction", o->officer, "add_paper", "paper_no=1", "direction=up");
    REFUSED(o, COMPLAINT_E_ROLE, "add_paper", o->quality, "add_paper", "paper_no=1");
    DO(o, o->officer, "add_paper", "paper_no=ชร 0033.002/ว 118", "paper_date:=1762275600000", "direction=in", "secrecy=confidential", "urgency=very_urgent", "signer=ผู้อำนวยการโรงพยาบาล", "subject=ขอส่งเอกสาร");
    DO(o, o->officer, "add_paper", "paper_no=ชร 0033.002/ว 118"); /* the other half of the same correspondence */
    assert_int_equal(test_count(o, o->officer, complaint_desk_papers), 2);
    complaint_page *page = test_page(o, o->quality, complaint_desk_papers);
    assert_string_equal(complaint_page_text_of(page, 0, "direction"), "in");
    assert_string_equal(complaint_page_text_of(page, 0, "secrecy"), "confidential");
    assert_string_equal(complaint_page_text_of(page, 0, "urgency"), "very_urgent");
    assert_int_equal(complaint_page_integer_of(page, 0, "paper_date"), INT64_C(1762275600000));
    assert_string_equal(complaint_page_text_of(page, 1, "direction"), "out");
    complaint_page_free(page);
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x", "paper_no=รพ 7/2568", "direction=in");
    assert_int_equal(test_count(o, o->officer, complaint_desk_papers), 3);
    DO(o, o->officer, "close", "why_not_told=declined");
    DO(o, o->officer, "add_paper", "paper_no=ชร 9"); /* in any state */
}

/* ---- links ------------------------------------------------------------------------------------------------------------------------------ */

static void link(test_office *o, int64_t other, const char *kind, complaint_status expected, const char *subject) {
    char field[40];
    snprintf(field, sizeof field, "case=%lld", (long long)other);
    test_expect(o, test_act(o, o->officer, "link", field, kind, (const char *)NULL), expected, subject, __FILE__, __LINE__);
}

static void unlink(test_office *o, int64_t other, complaint_status expected) {
    char field[40];
    snprintf(field, sizeof field, "case=%lld", (long long)other);
    test_expect(o, test_act(o, o->officer, "unlink", field, (const char *)NULL), expected, expected ? "case" : NULL, __FILE__, __LINE__);
}

/* Whether a verb is among those that are possible now. */
static bool may_do(test_office *o, const char *verb) {
    complaint_page *page = NULL;
    bool possible = false;
    OK(complaint_desk_actions(o->desk, o->officer, o->case_id, COMPLAINT_ENGLISH, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        possible |= strcmp(complaint_page_text_of(page, i, "verb"), verb) == 0 && *complaint_page_text_of(page, i, "refusal") == '\0';
    complaint_page_free(page);
    return possible;
}

/* Several people of one event, one person again: each case keeps its number and the notices owed to its complainant. */
static void linked_cases_stay_themselves(void **state) {
    static const char *const kinds[] = {"link=same_event", "link=repeat"};
    test_office *o = *state;
    test_open_registered(o, "service");
    int64_t first = o->case_id;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        test_open_registered(o, "service");
        int64_t second = o->case_id;
        link(o, second, kinds[i], COMPLAINT_E_INVALID, "case");
        link(o, 4711, kinds[i], COMPLAINT_E_NOT_FOUND, "case");
        link(o, first, "link=friends", COMPLAINT_E_UNKNOWN_CODE, "link");
        link(o, first, kinds[i], COMPLAINT_OK, NULL);
        link(o, first, kinds[i], COMPLAINT_E_STATE, "case");
        assert_string_equal(test_cell(o, o->officer, complaint_desk_links, "kind", kinds[i] + 5, "kind"), kinds[i] + 5);
        DO(o, o->officer, "acknowledge");
        o->case_id = first;
        link(o, second, kinds[i], COMPLAINT_E_STATE, "case"); /* from either side */
        unlink(o, second, COMPLAINT_OK);
        unlink(o, second, COMPLAINT_E_STATE);
        assert_int_equal(test_count(o, o->officer, complaint_desk_links), (int64_t)i);
        o->case_id = second;
        assert_int_equal(test_count(o, o->officer, complaint_desk_links), 0);
        link(o, first, kinds[i], COMPLAINT_OK, NULL); /* and again */
        assert_int_equal(test_int(o, "register_number"), (int64_t)i + 2);
    }
    test_deliver(o, 2, 0, 0, 0);
    o->case_id = first;
    assert_int_equal(test_count(o, o->officer, complaint_desk_links), 2);
    assert_int_equal(test_int(o, "register_number"), 1);
}

/* Of several cases of one event one is looked into. The complainants of the others are told its result, and their cases closed with it. [CR-T6] */
static void the_result_of_one_is_that_of_those_linked_with_it(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    int64_t lead = o->case_id;
    test_open_registered(o, "service");
    int64_t second = o->case_id;
    REFUSED(o, COMPLAINT_E_GUARD, "linked_result_before_close", o->officer, "notify_result", "text=ผล"); /* a matter of its own */
    test_names(o, "CR-T6");
    link(o, lead, "link=same_event", COMPLAINT_OK, NULL);
    REFUSED(o, COMPLAINT_E_GUARD, "linked_result_before_close", o->officer, "notify_result", "text=ผล"); /* nothing has come of the other yet */
    REFUSED(o, COMPLAINT_E_GUARD, "linked_result_before_close", o->officer, "close", "why_not_told=anonymous");
    assert_false(may_do(o, "notify_result"));
    o->case_id = lead;
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    o->case_id = second;
    assert_true(may_do(o, "notify_result") && may_do(o, "close"));
    REFUSED(o, COMPLAINT_E_GUARD, "told_before_close", o->officer, "close"); /* he is owed a word of his own */
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    test_text(o, "state", "told");
    test_clock_is(o, "forward", "cancelled", "2025-11-07T00:00", 0); /* nobody has to be asked again */
    DO(o, o->officer, "close");
    test_text(o, "state", "closed");
}

/* Only what the policy names is one matter; and a link that was taken back is none. */
static void a_link_of_another_kind_carries_no_result(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    int64_t lead = o->case_id;
    DO(o, o->officer, "split");
    int64_t twin = o->case_id;
    o->case_id = lead;
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    test_open_registered(o, "service");
    link(o, lead, "link=repeat", COMPLAINT_OK, NULL);
    assert_true(may_do(o, "notify_result"));
    unlink(o, lead, COMPLAINT_OK);
    assert_false(may_do(o, "notify_result"));
    o->case_id = twin; /* what was split off is another matter */
    DO(o, o->officer, "register");
    assert_false(may_do(o, "notify_result"));
    REFUSED(o, COMPLAINT_E_GUARD, "linked_result_before_close", o->officer, "close", "why_not_told=declined");
}

/* What an agency outside has is closed without its answer, linked or not. [PR-12.3] */
static void two_matters_of_an_agency_do_not_wait_for_each_other(void **state) {
    test_office *o = *state;
    int64_t cases[2];
    for (size_t i = 0; i < COUNT(cases); i++) {
        test_open_registered(o, "out_of_jurisdiction");
        cases[i] = o->case_id;
        DO(o, o->officer, "refer", "unit=police");
    }
    link(o, cases[0], "link=same_event", COMPLAINT_OK, NULL);
    DO(o, o->officer, "close", "why_not_told=declined");
    o->case_id = cases[0];
    DO(o, o->officer, "close", "why_not_told=declined");
}

/* The office's own leak is told to the regulator before the matter ends. [CR-3.5] */
static void a_leak_is_reported_before_the_case_is_closed(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "flag", "flag=data_breach");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว");
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "by_hand=phone");
    REFUSED(o, COMPLAINT_E_GUARD, "breach_reported_before_close", o->officer, "close");
    test_names(o, "report_breach");
    assert_false(may_do(o, "close"));
    DO(o, o->officer, "withdraw"); /* nor does it end because he has nothing against it */
    test_text(o, "state", "told");
    DO(o, o->dpo, "report_breach", "text=แจ้ง สคส. แล้ว", "paper_no=ชร 0033/77");
    test_clock_is(o, "breach_72h", "stopped", "2025-11-08T09:00", 0);
    DO(o, o->officer, "close");
    DO(o, o->officer, "reopen", "reason=พบเพิ่มเติม");
    DO(o, o->officer, "forward", "unit=quality");
    DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=x");
    DO(o, o->officer, "flag", "flag=data_breach", "clear:=1", "reason=แก้ไขแล้ว");
    DO(o, o->officer, "flag", "flag=data_breach"); /* another leak */
    REFUSED(o, COMPLAINT_E_GUARD, "breach_reported_before_close", o->officer, "close");
    DO(o, o->officer, "flag", "flag=data_breach", "clear:=1", "reason=ไม่ใช่ข้อมูลของหน่วยงาน"); /* or it was none */
    DO(o, o->officer, "close");
}

/* The duty is the office's own: not taking the matter does not end it. [CR-3.5] */
static void a_leak_is_reported_before_the_matter_is_rejected(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "flag", "flag=data_breach");
    REFUSED(o, COMPLAINT_E_GUARD, "breach_reported_before_close", o->executive, "reject", "grounds=no_matter", "text=x", "by_hand=phone");
    test_clock_is(o, "breach_72h", "running", "2025-11-08T09:00", 0);
    DO(o, o->dpo, "report_breach", "text=แจ้ง สคส. แล้ว");
    DO(o, o->executive, "reject", "grounds=no_matter", "text=ไม่มีประเด็น", "by_hand=phone");
    test_text(o, "phase", "rejected");
    test_clock_is(o, "breach_72h", "stopped", "2025-11-08T09:00", 0);
}

/* ---- evidence --------------------------------------------------------------------------------------------------------------------------- */

static void evidence_that_came_later(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_open_forwarded(o);
    OK(test_keep(o, "ภาพถ่ายจากหน่วยงาน", 20));
    DO(o, o->quality, "add_evidence", "text=ภาพหลังแก้ไข");
    OK(test_keep(o, "ภาพที่สอง", 10));
    DO(o, o->officer, "add_evidence");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->hr, "add_evidence");
    REFUSED(o, COMPLAINT_E_REQUIRED, "evidence", o->officer, "add_evidence"); /* of nothing */
    DO(o, o->officer, "add_evidence", "text=แฟ้มเอกสารต้นฉบับอยู่ในตู้ 4"); /* what cannot be kept is described */
    OK(complaint_desk_evidence(o->desk, o->officer, o->case_id, &page));
    assert_int_equal(complaint_page_count(page), 2);
    complaint_page_free(page);
}

/* ---- a matter for the executive alone ---------------------------------------------------------------------------------------------------- */

static int32_t COMPLAINT_CALL count_bytes(void *context, const void *data, size_t size) {
    (void)data;
    *(size_t *)context += size;
    return 0;
}

static complaint_status archive_of(test_office *o, const complaint_actor *who, size_t *size) {
    *size = 0;
    return complaint_archive_write(o->desk, who, count_bytes, size, NULL);
}

/* The archive would tell what the desk hides: nobody of the desk writes it, until the executive trusts one of them with the matter. */
static void the_archive_waits_for_who_may_see_all(void **state) {
    test_office *o = *state;
    size_t size;
    test_open_case(o);
    DO(o, o->executive, "executive_intake", "text=ร้องเรียนเจ้าหน้าที่รับเรื่อง", "channel=letter");
    test_expect(o, archive_of(o, o->officer, &size), COMPLAINT_E_ROLE, "actor", __FILE__, __LINE__);
    assert_non_null(strstr(test_why(o), "a case this actor may not see"));
    test_expect(o, archive_of(o, o->executive, &size), COMPLAINT_E_ROLE, "actor.role", __FILE__, __LINE__); /* who complains is hidden from him */
    assert_int_equal(size, 0);
    DO(o, o->executive, "recuse", "role=head", "clear:=1", "reason=มอบหัวหน้ากลุ่มงานสำรองข้อมูล");
    OK(archive_of(o, o->head, &size));
    assert_true(size > 0);
}

static void the_desk_does_not_see_what_was_told_to_the_executive(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    REFUSED(o, COMPLAINT_E_ROLE, "executive_intake", o->officer, "executive_intake", "text=x");
    REFUSED(o, COMPLAINT_E_ROLE, "executive_intake", o->head, "executive_intake", "text=x");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->executive, "executive_intake");
    DO(o, o->executive, "executive_intake", "text=ร้องเรียนหัวหน้ากลุ่มงาน", "channel=letter", "subject=ลับ");
    int64_t secret = o->case_id;
    complaint_actor *desk[] = {o->officer, o->head, o->dpo};
    for (size_t i = 0; i < COUNT(desk); i++) {
        assert_int_equal(complaint_desk_case(o->desk, desk[i], secret, &page), COMPLAINT_E_NOT_FOUND);
        assert_int_equal(complaint_desk_events(o->desk, desk[i], secret, NULL, 0, &page), COMPLAINT_E_NOT_FOUND);
        assert_int_equal(test_worklist(o, desk[i], COMPLAINT_WORK_OPEN, NULL, 0), 0);
        assert_int_equal(test_worklist(o, desk[i], COMPLAINT_WORK_DUE, NULL, 0), 0);
    }
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->officer, "contact", "text=x");
    OK(complaint_desk_case(o->desk, o->executive, secret, &page));
    assert_string_equal(complaint_page_text_of(page, 0, "channel"), "letter");
    complaint_page_free(page);
    assert_int_equal(test_worklist(o, o->executive, COMPLAINT_WORK_OPEN, NULL, 0), 1);
    DO(o, o->executive, "note", "text=มอบผู้ตรวจสอบภายใน");
    test_open_case(o); /* others are seen as ever */
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, NULL, 0), 1);
}

/* ---- history [CR-1] ------------------------------------------------------------------------------------------------------------------------ */

/* Last year's register: times as they were, nothing is sent, nobody is reminded of what is past. */
/* He hands it to whom he trusts with it, by taking back that they must not see it; the others stay out. */
static void the_executive_hands_on_what_he_was_told(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    DO(o, o->executive, "executive_intake", "text=ร้องเรียนเจ้าหน้าที่รับเรื่อง", "channel=letter");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->head, "recuse", "role=head", "clear:=1", "reason=ขอดู");
    DO(o, o->executive, "recuse", "role=head", "clear:=1", "reason=มอบหัวหน้ากลุ่มงานดำเนินการ");
    DO(o, o->head, "register");
    DO(o, o->head, "classify", "class=personnel");
    DO(o, o->head, "forward", "unit=hr");
    DO(o, o->hr, "report_result", "from_unit=hr", "outcome=explained", "text=ตักเตือนแล้ว");
    assert_int_equal(complaint_desk_case(o->desk, o->officer, o->case_id, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_case(o->desk, o->dpo, o->case_id, &page), COMPLAINT_E_NOT_FOUND);
    DO(o, o->head, "notify_result", "text=ดำเนินการแล้ว", "by_hand=letter");
    DO(o, o->head, "close");
    DO(o, o->executive, "note", "text=รับทราบ");
}

static void history_is_entered_silently_with_its_own_times(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=old-1", "thread=t-old", "text=เรื่องเก่า", "sent_at:=1754445600000", "@silent:=1"); /* 6 August 2025, 09.00 */
    DO(o, o->officer, "triage", "@at=2025-08-06T10:00", "@silent:=1");
    DO(o, o->officer, "register", "other_number=12/2568", "@at=2025-08-06T10:05", "@silent:=1");
    DO(o, o->officer, "acknowledge", "@at=2025-08-06T11:00", "@silent:=1");
    DO(o, o->officer, "classify", "class=service", "@at=2025-08-06T11:10", "@silent:=1");
    DO(o, o->officer, "flag", "flag=urgent", "@at=2025-08-06T11:11", "@silent:=1");
    DO(o, o->head, "consider", "decision=agreed", "@at=2025-08-06T11:30", "@silent:=1");
    DO(o, o->officer, "forward", "unit=quality", "@at=2025-08-07T09:00", "@silent:=1");
    OK(complaint_actor_set_on_behalf(o->officer, "quality"));
    DO(o, o->officer, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว", "@at=2025-08-15T09:00", "@silent:=1");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    DO(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "@at=2025-08-18T09:00", "@silent:=1");
    test_instant_is(test_int(o, "acknowledged_at"), "2025-08-06T11:00");
    test_instant_is(test_int(o, "told_at"), "2025-08-18T09:00");
    test_clock_is(o, "acknowledge", "stopped", "2025-08-08T00:00", 0);
    test_clock_is(o, "forward", "stopped", "2025-08-08T00:00", 0);
    test_clock_is(o, "notify_result", "stopped", "2025-08-21T00:00", 0);
    DO(o, o->officer, "close", "@at=2025-08-19T09:00", "@silent:=1");
    test_instant_is(test_int(o, "closed_at"), "2025-08-19T09:00");
    assert_int_equal(o->fiscal_year, 2569); /* the number is of the year of its entry */
    test_tick(o, 0, 0);
    test_deliver(o, 0, 0, 0, 0);
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    assert_int_equal(complaint_page_count(page), 4);
    for (int64_t i = 0; i < 4; i++) assert_string_equal(complaint_page_text_of(page, i, "state"), "silent");
    complaint_page_free(page);
    complaint_page *log = NULL;
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 0, &log));
    test_instant_is(complaint_page_integer_of(log, 0, "happened_at"), "2025-08-06T10:00");
    assert_int_equal(complaint_page_integer_of(log, 0, "entered_at"), o->now);
    complaint_page_free(log);
}

/* What is still open when it is entered is reminded of from now on, not of what was due then. */
static void open_history_is_reminded_of_from_now_on(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=letter", "external_id=old-2", "text=เรื่องค้าง", "sent_at:=1762131600000"); /* Monday the 3rd, 08.00 */
    DO(o, o->officer, "triage", "@silent:=1");
    test_clock_is(o, "acknowledge", "running", "2025-11-05T00:00", 0); /* late already */
    test_tick(o, 0, 0);
    DO(o, o->officer, "acknowledge", "by_hand=letter", "@at=2025-11-04T10:00", "@silent:=1");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-05T00:00", 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(set_aside_counted_apart_and_taken_back),
        SCENARIO(a_message_with_two_matters_becomes_two_cases),
        SCENARIO(papers_have_the_numbers_of_the_offices_register),
        SCENARIO(linked_cases_stay_themselves),
        SCENARIO(the_result_of_one_is_that_of_those_linked_with_it),
        SCENARIO(a_link_of_another_kind_carries_no_result),
        SCENARIO(two_matters_of_an_agency_do_not_wait_for_each_other),
        SCENARIO(a_leak_is_reported_before_the_case_is_closed),
        SCENARIO(a_leak_is_reported_before_the_matter_is_rejected),
        SCENARIO(evidence_that_came_later),
        SCENARIO(the_desk_does_not_see_what_was_told_to_the_executive),
        SCENARIO(the_archive_waits_for_who_may_see_all),
        SCENARIO(the_executive_hands_on_what_he_was_told),
        SCENARIO(history_is_entered_silently_with_its_own_times),
        SCENARIO(open_history_is_reminded_of_from_now_on),
    };
    return cmocka_run_group_tests_name("CR-4.2.2: what is kept", tests, NULL, NULL);
}
