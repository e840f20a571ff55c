/* Checking the inbox and recording [CR-T1, CR-4.2.2], acknowledging within a day with the standard message [CR-T2, CR-4.2.3]. */
#include "support/desk.h"

#include <stdlib.h>
#include <string.h>

#define STANDARD "สำนักงานสาธารณสุขจังหวัดเชียงรายได้รับเรื่องแล้ว และจะดำเนินการประสานส่งต่อหน่วยงานที่เกี่ยวข้องต่อไป ขอขอบคุณ"

/* ---- receiving: what stops it --------------------------------------------------------------------------------------------- */

static void a_message_that_is_no_message_is_refused(void **state) {
    test_office *o = *state;
    REFUSED(o, COMPLAINT_E_REQUIRED, "channel", o->officer, "receive", "external_id=1", "text=x");
    REFUSED(o, COMPLAINT_E_REQUIRED, "external_id", o->officer, "receive", "channel=facebook", "text=x");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "receive", "channel=fax", "external_id=1", "text=x");
    test_names(o, "fax");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "colour", o->officer, "receive", "channel=facebook", "external_id=1", "colour=red");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "form", o->officer, "receive", "channel=facebook", "external_id=1", "form=smell");
    REFUSED(o, COMPLAINT_E_INVALID, "direction", o->officer, "receive", "channel=facebook", "external_id=1", "direction:=3");
    REFUSED(o, COMPLAINT_E_INVALID, "sent_at", o->officer, "receive", "channel=facebook", "external_id=1", "sent_at=yesterday");
    REFUSED(o, COMPLAINT_E_INVALID, "text", o->officer, "receive", "channel=facebook", "external_id=1", "text:=7");
    REFUSED(o, COMPLAINT_E_UTF8, "text", o->officer, "receive", "channel=facebook", "external_id=1", "text=a\xff");
    assert_int_equal(complaint_error_offset(complaint_desk_error(o->desk)), 1);
    REFUSED(o, COMPLAINT_E_RANGE, "sent_at", o->officer, "receive", "channel=facebook", "external_id=1", "sent_at:=1762308000001");
    assert_int_equal(test_rows(o, "complaint_message"), 0);
    DO(o, o->officer, "receive", "channel=facebook", "external_id=1", "text=x", "sent_at:=1762308000000"); /* now */
}

/* [CR-4.2.2] */
static void a_message_without_words_has_evidence_or_another_form(void **state) {
    test_office *o = *state;
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "receive", "channel=facebook", "external_id=1");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "receive", "channel=facebook", "external_id=1", "text=");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "receive", "channel=facebook", "external_id=1", "text= \n\t\r\n");
    test_names(o, "text");
    REFUSED(o, COMPLAINT_E_REQUIRED, "text", o->officer, "receive", "channel=facebook", "external_id=1", "direction:=2");
    assert_int_equal(test_rows(o, "complaint_message"), 0);
    OK(test_keep(o, "ภาพ", 10));
    DO(o, o->officer, "receive", "channel=facebook", "external_id=1");
    DO(o, o->officer, "triage");
    DO(o, o->officer, "receive", "channel=facebook", "external_id=2", "form=sticker");
    DO(o, o->officer, "receive", "channel=facebook", "external_id=3", "form=call");
    DO(o, o->officer, "receive", "channel=facebook", "external_id=4", "text=.");
}

static void a_text_of_a_mebibyte_and_more_is_named(void **state) {
    enum { MIB = 1024 * 1024 };
    test_office *o = *state;
    char *field = malloc(MIB + 16);
    assert_non_null(field);
    strcpy(field, "text=");
    memset(field + 5, 'x', MIB + 1);
    field[5 + MIB + 1] = '\0';
    REFUSED(o, COMPLAINT_E_TOO_LARGE, "text", o->officer, "receive", "channel=facebook", "external_id=1", field);
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_TOO_LARGE, "text", o->officer, "note", field);
    field[5 + MIB] = '\0'; /* fits the field, but not with what stands around it */
    assert_int_equal(TRY(o, o->officer, "note", field), COMPLAINT_E_TOO_LARGE);
    field[5 + MIB - 64] = '\0';
    DO(o, o->officer, "note", field);
    free(field);
}

static void a_nul_byte_is_named_with_its_place(void **state) {
    test_office *o = *state;
    test_open_case(o);
    OK(complaint_draft_set_case(o->draft, o->case_id, COMPLAINT_ANY_REVISION));
    OK(complaint_draft_set_text(o->draft, "text", "ab\0c", 4));
    test_expect(o, complaint_desk_act(o->desk, o->officer, COMPLAINT_VERB_NOTE, o->draft, NULL), COMPLAINT_E_NUL, "text", __FILE__, __LINE__);
    assert_int_equal(complaint_error_offset(complaint_desk_error(o->desk)), 2);
    complaint_draft_clear(o->draft);
}

static void who_may_receive_is_named(void **state) {
    test_office *o = *state;
    const complaint_actor *others[] = {o->executive, o->quality, o->auditor, o->dpo};
    for (size_t i = 0; i < COUNT(others); i++) {
        REFUSED(o, COMPLAINT_E_ROLE, "receive", others[i], "receive", "channel=facebook", "external_id=1");
        test_names(o, "officer");
        test_names(o, "head");
    }
    DO(o, o->system, "receive", "channel=facebook", "external_id=1", "text=x");
    DO(o, o->head, "receive", "channel=facebook", "external_id=2", "text=x");
}

/* ---- receiving: once ---------------------------------------------------------------------------------------------------------- */

static void the_same_message_again_answers_the_first(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=77", "text=ครั้งแรก");
    int64_t first = o->message;
    assert_false(o->repeated);
    o->now += DAY;
    DO(o, o->head, "receive", "channel=facebook", "external_id=77", "text=ครั้งที่สอง");
    assert_int_equal(o->message, first);
    assert_true(o->repeated);
    DO(o, o->officer, "receive", "channel=line", "external_id=77", "text=อีกช่องทาง"); /* ids are the channel's own */
    assert_int_not_equal(o->message, first);
    assert_int_equal(test_rows(o, "complaint_message"), 2);
    complaint_page *page = NULL;
    OK(complaint_desk_message(o->desk, o->officer, first, &page));
    assert_string_equal(complaint_page_text_of(page, 0, "body"), "ครั้งแรก");
    complaint_page_free(page);
}

/* Before files are kept for it, a host asks whether they would be taken. */
static void a_message_is_found_by_its_id_at_the_service(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=1", "form=unsent");
    OK(complaint_desk_find_message(o->desk, o->officer, "facebook", "1", &page));
    assert_int_equal(complaint_page_count(page), 1);
    assert_int_equal(complaint_page_integer_of(page, 0, "message"), o->message);
    assert_string_equal(complaint_page_text_of(page, 0, "form"), "unsent");
    complaint_page_free(page);
    page = NULL;
    test_expect(o, complaint_desk_find_message(o->desk, o->officer, "line", "1", &page), COMPLAINT_E_NOT_FOUND, "external_id", __FILE__, __LINE__);
    test_expect(o, complaint_desk_find_message(o->desk, o->officer, "facebook", "2", &page), COMPLAINT_E_NOT_FOUND, "external_id", __FILE__, __LINE__);
    test_expect(o, complaint_desk_find_message(o->desk, o->quality, "facebook", "1", &page), COMPLAINT_E_NOT_FOUND, "external_id", __FILE__, __LINE__);
    assert_null(page);
    DO(o, o->officer, "receive", "channel=facebook", "external_id=1"); /* nothing would be taken of it, so nothing has to be given */
    OK(complaint_desk_find_message(o->desk, o->officer, "facebook", "1", &page));
    assert_string_equal(complaint_page_text_of(page, 0, "form"), "text");
    assert_string_equal(complaint_page_text_of(page, 0, "body"), "");
    complaint_page_free(page);
}

static void a_withdrawn_message_stays_and_says_so(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=1", "text=ร้องเรียน");
    o->now += MINUTE;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=1", "form=unsent");
    assert_true(o->repeated);
    int64_t seen = o->now;
    o->now += MINUTE;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=1", "form=unsent");
    OK(complaint_desk_message(o->desk, o->officer, o->message, &page));
    assert_string_equal(complaint_page_text_of(page, 0, "body"), "ร้องเรียน");
    assert_string_equal(complaint_page_text_of(page, 0, "form"), "text");
    assert_int_equal(complaint_page_integer_of(page, 0, "unsent_at"), seen);
    complaint_page_free(page);
    DO(o, o->officer, "triage"); /* it is a matter all the same */
    test_text(o, "state", "received");
}

static void what_the_page_wrote_is_no_matter(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=1", "text=สวัสดีค่ะ แอดมินยินดีให้บริการ", "direction:=2");
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "triage");
    test_names(o, "reply");
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "set_aside", "reason=ตอบแล้ว");
}

/* ---- triage ---------------------------------------------------------------------------------------------------------------------- */

static void a_message_opens_a_case_once(void **state) {
    test_office *o = *state;
    o->now -= 2 * MINUTE;
    test_receive(o, "line", "ร้องเรียน");
    o->now += 2 * MINUTE;
    DO(o, o->officer, "triage");
    test_text(o, "state", "received");
    test_text(o, "phase", "received");
    test_text(o, "channel", "line");
    assert_int_equal(test_int(o, "received_at"), o->now - 2 * MINUTE);
    assert_int_equal(test_int(o, "entered_at"), o->now);
    assert_int_equal(test_int(o, "revision"), 1);
    assert_int_equal(o->revision, 1);
    assert_int_equal(test_int(o, "register_number"), 0);
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "triage");
    test_names(o, "opened");
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "set_aside", "reason=ช้าไป");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "message", o->officer, "triage", "@message:=4711");
    assert_int_equal(test_rows(o, "complaint_case"), 1);
}

static void further_messages_join_an_open_case(void **state) {
    test_office *o = *state;
    test_open_case(o);
    test_receive(o, "facebook", "เพิ่มเติมค่ะ");
    REFUSED(o, COMPLAINT_E_CONFLICT, "revision", o->officer, "triage", "@join=1", "@revision:=7");
    DO(o, o->officer, "triage", "@join=1", "@revision:=1");
    assert_int_equal(o->revision, 2);
    test_receive(o, "line", "อีกข้อความ");
    DO(o, o->officer, "add_message");
    REFUSED(o, COMPLAINT_E_STATE, "message", o->officer, "add_message");
    complaint_page *page = test_page(o, o->officer, complaint_desk_case_messages);
    assert_int_equal(complaint_page_count(page), 3);
    complaint_page_free(page);
    test_receive(o, "facebook", "ไม่มีเรื่อง");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->officer, "triage", "@join=1", "@case:=4711");
    REFUSED(o, COMPLAINT_E_REQUIRED, "case", o->officer, "add_message", "@case:=0");
    test_log(o, "triage add_message add_message");
}

static void nothing_joins_a_closed_case(void **state) {
    test_office *o = *state;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "refer", "unit=police");
    DO(o, o->officer, "close", "why_not_told=declined");
    test_receive(o, "facebook", "ถึงไหนแล้วคะ");
    REFUSED(o, COMPLAINT_E_STATE, "add_message", o->officer, "triage", "@join=1");
    test_names(o, "closed");
    DO(o, o->officer, "triage"); /* so it is a new matter */
}

static void thanks_are_set_aside_and_come_back(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_receive(o, "facebook", "ขอบคุณค่ะ");
    REFUSED(o, COMPLAINT_E_REQUIRED, "reason", o->officer, "set_aside");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "class", o->officer, "set_aside", "reason=ขอบคุณ", "class=other");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "set_aside", "reason=ขอบคุณ", "@at=2025-11-05T09:01");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "set_aside", "reason=ขอบคุณ", "@at=2025-11-05T08:59"); /* before it came */
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ");
    OK(complaint_desk_inbox(o->desk, o->officer, "set_aside", NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), 1);
    complaint_page_free(page);
    assert_int_equal(test_rows(o, "complaint_case"), 0); /* no case, no number */
    assert_int_equal(test_reported(o, "total", "", 2569, 12), 0);
    DO(o, o->officer, "triage", "identity=named");
    OK(complaint_desk_inbox(o->desk, o->officer, "set_aside", NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
    page = test_page(o, o->officer, complaint_desk_parties);
    assert_string_equal(complaint_page_text_of(page, 0, "identity"), "named");
    complaint_page_free(page);
}

static void evidence_given_at_triage_belongs_to_the_case(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_receive(o, "facebook", "มีรูปด้วย");
    OK(test_keep(o, "jpeg", 4));
    DO(o, o->officer, "triage");
    OK(complaint_desk_evidence(o->desk, o->officer, o->case_id, &page));
    assert_int_equal(complaint_page_count(page), 1);
    complaint_page_free(page);
    test_receive(o, "facebook", "อีกรูป");
    OK(test_keep(o, "jpeg2", 5));
    DO(o, o->officer, "add_message");
    OK(complaint_desk_evidence(o->desk, o->officer, o->case_id, &page));
    assert_int_equal(complaint_page_count(page), 2);
    complaint_page_free(page);
}

static void a_clock_that_is_put_back_stops_nobody(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "ก่อนปรับนาฬิกา");
    int64_t came = o->now;
    o->now -= 60 * MINUTE;
    DO(o, o->officer, "triage");
    assert_int_equal(test_int(o, "entered_at"), came); /* entry time never runs backwards */
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    assert_int_equal(test_int(o, "acknowledged_at"), came);
    test_log(o, "triage acknowledge");
    test_receive(o, "facebook", "อีกข้อความ");
    o->now -= MINUTE;
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ");
}

/* ---- the register ------------------------------------------------------------------------------------------------------------------ */

static void numbers_run_by_the_fiscal_year_of_entry(void **state) {
    test_office *o = *state;
    test_at(o, "2025-09-30T23:59:59.999");
    test_open_case(o);
    int64_t first = o->case_id;
    DO(o, o->officer, "register");
    assert_int_equal(o->number, 1);
    assert_int_equal(o->fiscal_year, 2568);
    test_open_case(o); /* received in the old year, entered in the new */
    o->now++;
    DO(o, o->officer, "register", "@at=2025-09-30T23:59:59.999");
    assert_int_equal(o->number, 1);
    assert_int_equal(o->fiscal_year, 2569);
    assert_int_equal(test_int(o, "fiscal_year"), 2569);
    test_open_case(o);
    DO(o, o->head, "register");
    assert_int_equal(o->number, 2);
    REFUSED(o, COMPLAINT_E_STATE, "register", o->officer, "register");
    test_names(o, "registered");
    int64_t found = 0;
    OK(complaint_desk_find(o->desk, o->officer, 2568, 1, &found));
    assert_int_equal(found, first);
    OK(complaint_desk_find(o->desk, o->officer, 2569, 2, &found));
    assert_int_equal(found, o->case_id);
    assert_int_equal(complaint_desk_find(o->desk, o->officer, 2569, 3, &found), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(found, o->case_id); /* untouched */
}

static void a_refused_registration_uses_no_number(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_ROLE, "register", o->auditor, "register");
    REFUSED(o, COMPLAINT_E_CONFLICT, "revision", o->officer, "register", "@revision:=0");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "number", o->officer, "register", "number:=7");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "register", "@at=2025-11-05T09:00:00.001");
    REFUSED(o, COMPLAINT_E_RANGE, "happened_at", o->officer, "register", "@at=2025-11-05T08:59:59.999");
    DO(o, o->officer, "register");
    assert_int_equal(o->number, 1);
}

/* ---- acknowledging ------------------------------------------------------------------------------------------------------------------ */

static void the_acknowledgement_is_the_standard_message(void **state) {
    static const struct { const char *field, *ends; } particles[] = {{"particle=ครับ", "ครับ"}, {"particle=ค่ะ", "ค่ะ"}, {NULL, "ครับ/ค่ะ"}};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(particles); i++) {
        char expected[512] = STANDARD;
        test_open_case(o);
        test_expect(o, test_act(o, o->officer, "acknowledge", particles[i].field, NULL), COMPLAINT_OK, NULL, __FILE__, __LINE__);
        test_deliver(o, 1, 0, 0, 0);
        const test_sent *s = &o->sent[o->sent_count - 1];
        assert_string_equal(s->body, strcat(expected, particles[i].ends));
        assert_string_equal(s->channel, "facebook"); /* through the channel by which it came */
        assert_string_equal(s->recipient, "complainant");
        assert_string_equal(s->name, "acknowledgement");
        assert_int_equal(strncmp(s->address, "t-", 2), 0);
        assert_int_equal(s->case_id, o->case_id);
        assert_int_equal(test_int(o, "acknowledged_at"), o->now);
    }
}

static void nobody_adds_a_word_to_it(void **state) {
    test_office *o = *state;
    test_open_case(o);
    assert_int_not_equal(TRY(o, o->officer, "acknowledge", "text=แพทย์ผิดจริง"), COMPLAINT_OK);
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "particle", o->officer, "acknowledge", "particle=จ้า");
    test_names(o, "จ้า");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "by_hand", o->officer, "acknowledge", "by_hand=pigeon");
    REFUSED(o, COMPLAINT_E_ROLE, "acknowledge", o->executive, "acknowledge");
    test_names(o, "officer");
    complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
}

static void it_is_in_time_until_the_last_millisecond_of_the_next_day(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-08T10:00"); /* a Saturday: calendar days do not wait for Monday */
    test_open_case(o);
    test_clock_is(o, "acknowledge", "running", "2025-11-10T00:00", 0);
    test_at(o, "2025-11-09T23:59:59.999");
    DO(o, o->officer, "acknowledge");
    test_clock_is(o, "acknowledge", "running", "2025-11-10T00:00", 0); /* not before it has arrived */
    test_deliver(o, 1, 0, 0, 0);
    test_clock_is(o, "acknowledge", "stopped", "2025-11-10T00:00", 0);

    test_at(o, "2026-04-12T23:59:59.999"); /* the day before Songkran */
    test_open_case(o);
    test_clock_is(o, "acknowledge", "running", "2026-04-14T00:00", 0);
    DO(o, o->officer, "acknowledge");
    test_at(o, "2026-04-14T00:00");
    test_deliver(o, 1, 0, 0, 0);
    test_clock_is(o, "acknowledge", "stopped", "2026-04-14T00:00", 1);
}

static void it_counts_from_the_receipt_not_from_the_entry(void **state) {
    test_office *o = *state;
    test_at(o, "2025-11-07T16:00");
    test_receive(o, "facebook", "วันศุกร์");
    test_at(o, "2025-11-10T09:00");
    DO(o, o->officer, "triage");
    test_clock_is(o, "acknowledge", "running", "2025-11-09T00:00", 0);
    DO(o, o->officer, "acknowledge", "by_hand=phone", "@at=2025-11-08T23:59:59.999");
    test_clock_is(o, "acknowledge", "stopped", "2025-11-09T00:00", 0);
    assert_int_equal(test_int(o, "acknowledged_at"), test_instant("2025-11-08T23:59:59.999"));
}

/* What was forgotten over the result is still owed, and what was done is entered when somebody sees that it is missing: late or in time, but never by the telling of the result. [CR-T2, CR-T6] */
static void it_is_entered_after_the_result_too(void **state) {
    static const struct {
        const char *at;
        int64_t late;
    } happened[] = {{"@at=2025-11-05T16:00", 0}, {"@at=2025-11-07T00:00:00.001", 1 + 1}};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(happened); i++) {
        test_at(o, "2025-11-05T09:00");
        test_open_registered(o, "service");
        DO(o, o->officer, "forward", "unit=quality");
        test_at(o, "2025-11-12T10:00");
        DO(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แล้วเสร็จ");
        if (i) DO(o, o->officer, "acknowledge", "by_hand=letter", happened[i].at);
        DO(o, o->officer, "notify_result", "text=ผล", "by_hand=letter");
        test_text(o, "state", "told");
        if (!i) test_clock_is(o, "acknowledge", "running", "2025-11-07T00:00", 0);
        if (!i) DO(o, o->officer, "acknowledge", "by_hand=letter", happened[i].at);
        test_text(o, "state", "told");
        DO(o, o->officer, "close");
        test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", happened[i].late);
    }
    test_verify(o);
}

/* An office that asks for a text with the acknowledgement, and guards it: no words but its own, whichever of its texts is said. [CR-T2, CR-4.2.3] */
static const test_change with_text[] = {{"\"optional\": [\"particle\", \"by_hand\", \"party\"], \"guards\": [\"fixed_acknowledgement\"]", "\"optional\": [\"particle\", \"by_hand\", \"text\"], \"guards\": [\"fixed_acknowledgement\"]"}};

static void the_guard_holds_for_every_text_of_the_policy(void **state) {
    static const char *const classes[][2] = {{"service", "acknowledgement"}, {"information_request", "acknowledgement_information"}};
    test_office *o = *state;
    test_office_policy(o, with_text, COUNT(with_text));
    for (size_t i = 0; i < COUNT(classes); i++) {
        test_open_registered(o, classes[i][0]);
        REFUSED(o, COMPLAINT_E_GUARD, "fixed_acknowledgement", o->officer, "acknowledge", "text=ได้รับแล้วครับ เห็นใจมาก");
        test_names(o, "CR-T2");
        DO(o, o->officer, "acknowledge");
        test_notice_is(o, classes[i][1], "complainant", "waiting", NULL);
        test_deliver(o, 1, 0, 0, 0);
        assert_string_equal(test_clock_of(o, "acknowledge").state, "stopped");
    }
    assert_string_equal(o->sent[0].body, "สำนักงานสาธารณสุขจังหวัดเชียงรายได้รับเรื่องแล้ว และจะดำเนินการประสานส่งต่อหน่วยงานที่เกี่ยวข้องต่อไป ขอขอบคุณครับ/ค่ะ");
    assert_non_null(strstr(o->sent[1].body, "ได้รับคำขอข้อมูลของท่านแล้ว"));
}

static void by_hand_for_channels_that_carry_no_answer(void **state) {
    static const char *const channels[] = {"phone", "letter", "walk_in"}, *const ways[] = {"by_hand=phone", "by_hand=letter", "by_hand=in_person"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(channels); i++) {
        test_receive(o, channels[i], "ร้องเรียน");
        DO(o, o->officer, "triage");
        REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", o->officer, "acknowledge");
        test_names(o, channels[i]);
        DO(o, o->officer, "acknowledge", ways[i], "particle=ค่ะ");
        assert_int_equal(test_int(o, "acknowledged_at"), o->now);
        test_clock_is(o, "acknowledge", "stopped", "2025-11-07T00:00", 0);
        complaint_page *page = test_page(o, o->officer, complaint_desk_notices);
        assert_string_equal(complaint_page_text_of(page, 0, "state"), "by_hand");
        assert_int_equal(complaint_page_integer_of(page, 0, "settled_at"), o->now);
        assert_string_equal(complaint_page_text_of(page, 0, "body"), STANDARD "ค่ะ");
        complaint_page_free(page);
    }
    test_deliver(o, 0, 0, 0, 0);
    assert_int_equal(o->sent_count, 0);
}

int main(void) {
#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)
    const struct CMUnitTest tests[] = {
        SCENARIO(a_message_that_is_no_message_is_refused),
        SCENARIO(a_message_without_words_has_evidence_or_another_form),
        SCENARIO(a_text_of_a_mebibyte_and_more_is_named),
        SCENARIO(a_nul_byte_is_named_with_its_place),
        SCENARIO(who_may_receive_is_named),
        SCENARIO(the_same_message_again_answers_the_first),
        SCENARIO(a_message_is_found_by_its_id_at_the_service),
        SCENARIO(a_withdrawn_message_stays_and_says_so),
        SCENARIO(what_the_page_wrote_is_no_matter),
        SCENARIO(a_message_opens_a_case_once),
        SCENARIO(further_messages_join_an_open_case),
        SCENARIO(nothing_joins_a_closed_case),
        SCENARIO(thanks_are_set_aside_and_come_back),
        SCENARIO(evidence_given_at_triage_belongs_to_the_case),
        SCENARIO(a_clock_that_is_put_back_stops_nobody),
        SCENARIO(numbers_run_by_the_fiscal_year_of_entry),
        SCENARIO(a_refused_registration_uses_no_number),
        SCENARIO(the_acknowledgement_is_the_standard_message),
        SCENARIO(nobody_adds_a_word_to_it),
        SCENARIO(it_is_in_time_until_the_last_millisecond_of_the_next_day),
        SCENARIO(it_counts_from_the_receipt_not_from_the_entry),
        SCENARIO(it_is_entered_after_the_result_too),
        SCENARIO(the_guard_holds_for_every_text_of_the_policy),
        SCENARIO(by_hand_for_channels_that_carry_no_answer),
    };
    return cmocka_run_group_tests_name("CR-T1, CR-T2: intake and acknowledgement", tests, NULL, NULL);
}
