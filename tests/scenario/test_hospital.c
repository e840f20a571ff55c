/*
 * A third office, of which no line of C knows: the hospital of examples/data/hospital.json with its own week, units, weekend roster, sub-classes, fields and texts.
 */
#include "support/desk.h"

#include <complaint/archive.h>
#include <complaint/date.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup_hospital, test_office_teardown)

/* Saturday morning at the desk of the duty supervisor. */
static void open_on_saturday(test_office *o, const complaint_actor *duty) {
    test_at(o, "2025-11-08T09:00");
    DO(o, duty, "receive", "channel=duty_desk", "external_id=เวร-1", "sender=นางคำปัน", "address=เตียง 4", "text=ให้ยาผิดเวลา");
    DO(o, duty, "triage", "identity=named", "hn=4512/68");
}

static void one_life_from_the_weekend_to_the_closing(void **state) {
    test_office *o = *state;
    complaint_actor *duty = test_hire(o, "nurse-7", "duty", ""), *ward = test_hire(o, "ward-1", "unit", "ipd");
    test_at(o, "2025-11-08T08:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "shift", duty, "check_channel", "channel=duty_desk");
    DO(o, duty, "check_channel", "channel=duty_desk", "shift=weekend");
    open_on_saturday(o, duty);
    test_clock_is(o, "acknowledge", "running", "2025-11-10T09:30", 0); /* 240 working minutes: Saturday 9 to 12, Monday 8.30 to 9.30 */
    test_clock_is(o, "forward", "running", "2025-11-11T00:00", 0);
    test_clock_is(o, "overall", "running", "2025-11-24T00:00", 0);
    test_at(o, "2025-11-08T11:00");
    DO(o, duty, "check_channel", "channel=ward_round", "shift=weekend");
    test_tick(o, 1, 1); /* after two working hours */
    DO(o, duty, "register");
    assert_int_equal(o->number, 1);
    REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", duty, "acknowledge");
    DO(o, duty, "acknowledge", "by_hand=in_person");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-10T09:30", 0);
    REFUSED(o, COMPLAINT_E_ROLE, "classify", duty, "classify", "class=treatment", "severity=low");

    test_at(o, "2025-11-10T09:00");
    REFUSED(o, COMPLAINT_E_REQUIRED, "severity", o->officer, "classify", "class=treatment");
    DO(o, o->officer, "classify", "class=treatment", "severity=low", "nature=grievance");
    REFUSED(o, COMPLAINT_E_GUARD, "consider_before_forward", o->officer, "forward", "unit=ipd"); /* here every case is considered */
    REFUSED(o, COMPLAINT_E_ROLE, "consider", o->officer, "consider", "decision=agreed");
    assert_string_equal(test_clock_of(o, "consider").state, "running"); /* so it is on the list of the head */
    DO(o, o->head, "consider", "decision=agreed", "spoken:=1");
    assert_string_equal(test_clock_of(o, "consider").state, "stopped");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "unit", o->officer, "forward", "unit=quality"); /* another office's */
    DO(o, o->officer, "forward", "unit=ipd");
    test_text(o, "state", "with_unit");
    test_clock_is(o, "forward", "stopped", "2025-11-11T00:00", 0);
    test_clock_is(o, "result", "running", "2025-11-20T00:00", 0); /* 11, 13 (the 12th is the fair), 14, Saturday 15, 17, 18, 19 */
    test_notice_is(o, "to_unit", "ipd", "waiting", "2025-11-10T09:00");
    assert_int_equal(test_worklist(o, ward, COMPLAINT_WORK_UNIT, NULL, 0), 1);
    assert_string_equal(test_cell(o, ward, complaint_desk_parties, "part", "complainant", "name"), "(masked)");
    DO(o, o->officer, "withdraw"); /* patient safety is looked into all the same */
    test_text(o, "state", "with_unit");
    DO(o, ward, "accept", "from_unit=ipd");

    test_at(o, "2025-11-19T23:59:59.999");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "outcome", ward, "report_result", "from_unit=ipd", "outcome=resolved", "text=x"); /* another office's word */
    DO(o, ward, "report_result", "from_unit=ipd", "outcome=improved", "text=ปรับตารางการให้ยา");
    test_clock_is(o, "result", "stopped", "2025-11-20T00:00", 0);
    assert_false(test_clock_of(o, "notify_result").found); /* nobody is left to be told */
    DO(o, o->officer, "add_complainant", "name=นายปัน", "address=089-000-0000", "channel=phone", "identity=named"); /* her son wants to know */
    DO(o, o->officer, "notify_result", "text=ปรับตารางการให้ยาแล้ว", "by_hand=phone");
    DO(o, o->officer, "close");
    test_text(o, "phase", "closed");
    test_clock_is(o, "overall", "stopped", "2025-11-24T00:00", 0);
    assert_int_equal(test_reported(o, "class", "treatment", 2569, 6), 1);
}

static void its_ladder_has_no_end(void **state) {
    test_office *o = *state;
    complaint_actor *duty = test_hire(o, "nurse-7", "duty", "");
    open_on_saturday(o, duty);
    DO(o, duty, "acknowledge", "by_hand=in_person");
    test_at(o, "2025-11-08T22:00");
    DO(o, duty, "flag", "flag=urgent");
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    int64_t n = complaint_page_count(page);
    assert_string_equal(complaint_page_text_of(page, n - 2, "recipient"), "head");
    assert_string_equal(complaint_page_text_of(page, n - 1, "recipient"), "duty"); /* and who is in the house */
    complaint_page_free(page);
    test_clock_is(o, "consider_urgent", "running", "2025-11-08T22:30", 0);
    test_check_channels(o, o->officer, "shift=weekend");
    for (int i = 0; i < 4; i++) {
        o->now = test_instant("2025-11-08T22:30") + i * 30 * MINUTE - 1;
        test_tick(o, 0, 0);
        o->now++;
        test_tick(o, 1, 1);
        test_notice_is(o, "consider_overdue", "executive", "waiting", NULL);
    }
    DO(o, o->executive, "consider", "decision=agreed"); /* here the director may */
    test_tick(o, 0, 0);
}

/* The director's seat has another code than the role that sits in it. */
static void the_director_is_blind_in_his_seat_too(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    complaint_actor *secretary = test_hire(o, "secretary", "unit", "director");
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=personnel", "severity=low");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "recuse", "role=executive", "reason=ร้องเรียนผู้อำนวยการ");
    assert_int_equal(complaint_desk_case(o->desk, o->executive, o->case_id, &page), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_case(o->desk, secretary, o->case_id, &page), COMPLAINT_E_NOT_FOUND);
    REFUSED(o, COMPLAINT_E_GUARD, "respondent_is_blind", o->officer, "forward", "unit=director");
    DO(o, o->officer, "forward", "unit=province");
}

/* Nor does he need his account to name it, to answer what was sent there. */
static void the_director_answers_for_his_seat(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=personnel", "severity=low");
    DO(o, o->head, "consider", "decision=to_executive");
    DO(o, o->officer, "forward", "unit=director");
    DO(o, o->executive, "accept", "from_unit=director");
    REFUSED(o, COMPLAINT_E_GUARD, "on_behalf_required", o->head, "report_progress", "from_unit=director", "text=x");
    DO(o, o->executive, "report_result", "from_unit=director", "outcome=explained", "text=ชี้แจงแล้ว");
    test_text(o, "state", "resulted");
}

/* A ward's report that does not answer is asked of it again, with its days from then. */
static void a_ward_is_asked_again(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=personnel", "severity=low");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "forward", "unit=director");
    DO(o, o->executive, "report_result", "from_unit=director", "outcome=explained", "text=ชี้แจงแล้ว");
    test_at(o, "2025-11-06T09:00");
    DO(o, o->officer, "forward", "unit=director", "days:=2");
    test_text(o, "state", "with_unit");
    test_clock_is(o, "result", "running", "2025-11-09T00:00", 0); /* Thursday: 7, Saturday 8 */
    assert_string_equal(test_clock_of(o, "notify_result").state, "cancelled");
    DO(o, o->executive, "report_result", "from_unit=director", "outcome=remedied", "text=แก้ไขแล้ว");
    assert_string_equal(test_clock_of(o, "notify_result").state, "running");
}

/* A sub-class with a clock of its own; Saturday closes at noon. */
static void a_medical_record_in_three_working_days(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-11T09:00");
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=medical_record", "severity=low");
    test_clock_is(o, "medical_record", "running", "2025-11-15T12:00", 0); /* 13, 14, Saturday 15 */
    assert_false(test_clock_of(o, "information").found);
    test_at(o, "2025-11-15T11:59:59.999");
    DO(o, o->officer, "answer", "answer=given", "text=มารับได้ที่เวชระเบียน");
    test_clock_is(o, "medical_record", "stopped", "2025-11-15T12:00", 0);
    test_deliver(o, 1, 0, 0, 0);
    assert_non_null(strstr(o->sent[0].body, "โรงพยาบาลดอยงาม"));
    DO(o, o->officer, "close");
}

/* What the hospital leaves out is not there; what it does its own way is done so. */
static void its_own_way(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=procurement", "severity=low");
    DO(o, o->head, "consider", "decision=agreed");
    REFUSED(o, COMPLAINT_E_GUARD, "order_before_forward", o->officer, "forward", "unit=supplies");
    DO(o, o->officer, "memo", "text=เสนอผู้อำนวยการ");
    REFUSED(o, COMPLAINT_E_ROLE, "order", o->officer, "order", "text=x"); /* the director himself */
    DO(o, o->executive, "order", "text=ให้ชี้แจง");
    DO(o, o->officer, "forward", "unit=supplies", "days:=3");
    test_clock_is(o, "result", "running", "2025-11-09T00:00", 0); /* Wednesday 5: 6, 7, Saturday 8 */
    REFUSED(o, COMPLAINT_E_ROLE, "reopen", o->officer, "reopen", "reason=x");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "class", o->officer, "classify", "class=personnel_matter", "severity=low");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "receive", "channel=web", "external_id=1", "text=x");
}

/* ---- a number by which the hospital knows the patient [CR-4.2.5] ---- */

static const char hn[] = "4512/68";

static bool in_page(complaint_page *page, const char *words) {
    complaint_text *json = NULL;
    OK(complaint_page_json(page, &json));
    bool found = strstr(complaint_text_data(json), words) != NULL;
    complaint_text_free(json);
    complaint_page_free(page);
    return found;
}

static complaint_page *log_of(test_office *o, const complaint_actor *who, int64_t stream) {
    complaint_page *page = NULL;
    OK(complaint_desk_events(o->desk, who, stream, NULL, 0, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) test_no_text(complaint_page_text_of(page, i, "payload"), hn); /* whoever looks: it is never in the clear part */
    return page;
}

/* Whether he sees the number in the log of the case. Nobody sees it anywhere else. */
static bool sees_number(test_office *o, const complaint_actor *who) {
    static const test_part parts[] = {complaint_desk_case, complaint_desk_clocks, complaint_desk_referrals, complaint_desk_notices, complaint_desk_parties, complaint_desk_case_messages, complaint_desk_papers};
    for (size_t i = 0; i < COUNT(parts); i++) assert_false(in_page(test_page(o, who, parts[i]), hn));
    return in_page(log_of(o, who, o->case_id), hn);
}

static void open_with_number(test_office *o, const char *identity) {
    complaint_actor *duty = o->hired[0];
    DO(o, duty, "receive", "channel=facebook", "external_id=m-9", "thread=t-9", "sender=นางคำปัน", "address=t-9", "text=ให้ยาผิดเวลา");
    test_expect(o, test_act(o, duty, "triage", identity, "hn=4512/68", NULL), COMPLAINT_OK, NULL, __FILE__, __LINE__);
    DO(o, o->officer, "register");
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "classify", "class=treatment", "severity=low");
    DO(o, o->head, "consider", "decision=agreed");
    DO(o, o->officer, "forward", "unit=ipd", "text=ผู้ป่วยได้รับยาช้าสามชั่วโมง");
}

static void the_number_is_for_who_may_know_the_patient(void **state) {
    static const struct {
        const char *identity;
        bool duty, executive;
    } levels[] = {{"identity=named", true, true}, {"identity=confidential", false, false}, {"identity=anonymous", true, false}};
    for (size_t i = 0; i < COUNT(levels); i++) {
        if (i > 0) test_office_setup_hospital(state);
        test_office *o = *state;
        complaint_actor *duty = test_hire(o, "nurse-7", "duty", ""), *ward = test_hire(o, "ward-1", "unit", "ipd");
        open_with_number(o, levels[i].identity);
        assert_true(sees_number(o, o->officer));
        assert_true(sees_number(o, o->head));
        assert_int_equal(sees_number(o, duty), levels[i].duty);
        assert_int_equal(sees_number(o, o->executive), levels[i].executive);
        assert_false(sees_number(o, ward));
        assert_false(sees_number(o, o->auditor));
        assert_false(sees_number(o, o->dpo));
        assert_true(in_page(log_of(o, ward, o->case_id), "สามชั่วโมง")); /* what the ward has to work on it reads */
        assert_true(in_page(log_of(o, ward, o->case_id), "{\\\"identity\\\":{\\\"masked\\\":true}}"));
        assert_true(in_page(log_of(o, o->officer, o->message), hn)); /* the log of the message it was entered with */
        assert_false(in_page(log_of(o, ward, o->message), hn));
        assert_int_equal(in_page(log_of(o, o->executive, o->message), hn), levels[i].executive);
        test_deliver(o, 2, 0, 0, 0);
        for (int n = 0; n < o->sent_count; n++) test_no_text(o->sent[n].body, hn);
        test_office_teardown(state);
    }
    test_office_setup_hospital(state);
}

/* With two complainants each number goes by the level of its own; one that is nobody's in particular by both. */
static void each_number_by_the_level_of_its_patient(void **state) {
    test_office *o = *state;
    complaint_actor *duty = test_hire(o, "nurse-7", "duty", "");
    open_with_number(o, "identity=named");
    assert_true(sees_number(o, duty));
    DO(o, o->officer, "add_complainant", "name=นายปัน", "identity=confidential", "hn=7788/68");
    assert_true(sees_number(o, duty));
    assert_false(in_page(log_of(o, duty, o->case_id), "7788/68"));
    assert_true(in_page(log_of(o, o->officer, o->case_id), "7788/68"));
    assert_false(in_page(log_of(o, duty, o->message), hn)); /* a message may be of either of them */
    DO(o, o->officer, "request_info", "text=ขอวันที่รับยา", "by_hand=phone");
    test_notice_is(o, "request_info", "complainant-2", "by_hand", NULL);
    DO(o, o->officer, "resume", "text=วันที่ 7", "hn=9900/68");
    assert_false(in_page(log_of(o, duty, o->case_id), "9900/68"));
    assert_true(in_page(log_of(o, duty, o->case_id), "วันที่ 7"));
    assert_true(in_page(log_of(o, o->officer, o->case_id), "9900/68"));
}

/* Whom to call stands in the policy, once [PR-17]. */
static void a_notice_says_where_to_call(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "request_info", "text=ขอวันที่รับยา");
    test_deliver(o, 1, 0, 0, 0);
    assert_non_null(strstr(o->sent[0].body, "สอบถามได้ที่ศูนย์คุณภาพและรับเรื่องร้องเรียน โทร. 0-5400-0000 ต่อ 2000"));
}

/* No list has it, no error repeats it. */
static void no_list_and_no_error_has_the_number(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    complaint_actor *duty = test_hire(o, "nurse-7", "duty", "");
    open_with_number(o, "identity=named");
    for (int32_t list = COMPLAINT_WORK_OPEN; list <= COMPLAINT_WORK_REFUSED; list++) {
        OK(complaint_desk_worklist(o->desk, o->officer, list, NULL, 0, &page));
        assert_false(in_page(page, hn));
    }
    OK(complaint_desk_inbox(o->desk, o->officer, "opened", NULL, 0, &page));
    assert_false(in_page(page, hn));
    DO(o, duty, "receive", "channel=box", "external_id=b-1", "text=x");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "identity", duty, "triage", "hn=4512/68", "identity=secret");
    test_no_text(test_why(o), hn);
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "hn", duty, "note", "text=x", "hn=4512/68");
    test_no_text(test_why(o), hn);
}

typedef struct bytes {
    char data[1 << 18];
    size_t size, at;
} bytes;

static int32_t COMPLAINT_CALL take_bytes(void *context, const void *data, size_t size) {
    bytes *b = context;
    assert_true(b->size + size <= sizeof b->data);
    memcpy(b->data + b->size, data, size);
    b->size += size;
    return 0;
}

static complaint_status COMPLAINT_CALL give_bytes(void *context, void *buffer, size_t capacity, size_t *got) {
    bytes *b = context;
    *got = b->size - b->at < capacity ? b->size - b->at : capacity;
    memcpy(buffer, b->data + b->at, *got);
    b->at += *got;
    return COMPLAINT_OK;
}

/* The archive has all there is, so it is for who sees all; what is read back is masked as before. */
static void the_archive_is_for_who_sees_all(void **state) {
    static bytes archive;
    test_office *o = *state;
    test_hire(o, "nurse-7", "duty", "");
    open_with_number(o, "identity=named");
    const complaint_actor *masked[] = {o->hired[0], o->executive, o->auditor, o->dpo};
    archive.size = archive.at = 0;
    for (size_t i = 0; i < COUNT(masked); i++) test_expect(o, complaint_archive_write(o->desk, masked[i], take_bytes, &archive, NULL), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__);
    assert_int_equal(archive.size, 0);
    OK(complaint_archive_write(o->desk, o->officer, take_bytes, &archive, NULL));
    int64_t id = o->case_id, message = o->message;
    test_office_teardown(state);
    test_office_setup_hospital(state);
    o = *state;
    complaint_actor *ward = test_hire(o, "ward-1", "unit", "ipd");
    OK(complaint_archive_read(o->desk, o->officer, give_bytes, &archive, 0, NULL, NULL));
    o->case_id = id, o->message = message;
    assert_true(sees_number(o, o->officer));
    assert_true(sees_number(o, o->executive));
    assert_false(sees_number(o, ward));
    assert_false(sees_number(o, o->auditor));
}

/* The roster: who looked, on which shift; the ward round of a weekend that nobody made. */
static void the_weekend_roster(void **state) {
    test_office *o = *state;
    complaint_actor *duty = test_hire(o, "nurse-7", "duty", "");
    complaint_page *page = NULL;
    int32_t saturday = 0;
    int missed = 0;
    test_at(o, "2025-11-08T10:00");
    DO(o, duty, "check_channel", "channel=facebook", "shift=saturday_clinic");
    DO(o, duty, "check_channel", "channel=box", "shift=weekend");
    test_at(o, "2025-11-10T08:00");
    OK(complaint_date_parse_iso("2025-11-08", 10, NULL, &saturday, NULL, NULL));
    OK(complaint_desk_duties(o->desk, o->head, saturday, saturday + 2, &page));
    assert_int_equal(complaint_page_count(page), 10); /* five daily channels, two days */
    for (int64_t i = 0; i < 10; i++) missed += complaint_page_integer_of(page, i, "checked_at") == 0;
    assert_int_equal(missed, 8);
    complaint_page_free(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(one_life_from_the_weekend_to_the_closing),
        SCENARIO(its_ladder_has_no_end),
        SCENARIO(the_director_is_blind_in_his_seat_too),
        SCENARIO(the_director_answers_for_his_seat),
        SCENARIO(a_ward_is_asked_again),
        SCENARIO(a_medical_record_in_three_working_days),
        SCENARIO(its_own_way),
        SCENARIO(the_number_is_for_who_may_know_the_patient),
        SCENARIO(each_number_by_the_level_of_its_patient),
        SCENARIO(a_notice_says_where_to_call),
        SCENARIO(no_list_and_no_error_has_the_number),
        SCENARIO(the_archive_is_for_who_sees_all),
        SCENARIO(the_weekend_roster),
    };
    return cmocka_run_group_tests_name("a hospital with a policy of its own", tests, NULL, NULL);
}
