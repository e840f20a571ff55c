/* The life of a case, from the opening of the desk to the closing and the report. */
#ifndef TEST_FAULT_LIFE_H
#define TEST_FAULT_LIFE_H

#include "harness.h"

/* ---- the steps ------------------------------------------------------------------------------------------------------------ */

/* An item of two chunks. */
static inline complaint_status keep(test_office *o) {
    static char photo[256 * 1024 + 1];
    return test_keep(o, photo, sizeof photo);
}

static inline complaint_status receive(test_office *o) {
    return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-1", "thread=t-1", "sender=สมศรี ใจดี", "text=รอคิวสี่ชั่วโมง");
}
static inline complaint_status triage(test_office *o) { return TRY(o, o->officer, "triage", "@request=triage"); }
static inline complaint_status receive_more(test_office *o) {
    return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-2", "thread=t-1", "text=เพิ่มเติม", "@request=more");
}
static inline complaint_status join(test_office *o) { return TRY(o, o->officer, "triage", "@join=1", "@request=join"); }
static inline complaint_status withdraw(test_office *o) { return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-2", "form=unsent"); }
static inline complaint_status take_back_early(test_office *o) { return TRY(o, o->officer, "receive", "channel=line", "external_id=m-4", "form=unsent"); }
static inline complaint_status receive_late(test_office *o) { return TRY(o, o->officer, "receive", "channel=line", "external_id=m-4", "thread=t-4", "sender=ก้อย", "text=ขอถอนคำพูด", "sent_at:=1762307000000"); }
static inline complaint_status receive_thanks(test_office *o) { return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-3", "thread=t-2", "text=ขอบคุณ"); }
static inline complaint_status set_aside(test_office *o) { return TRY(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks", "@request=aside"); }
static inline complaint_status tell_by_hand(test_office *o) { return TRY(o, o->officer, "set_aside", "reason=ขอบคุณ", "aside=thanks", "by_hand=phone", "@request=by hand"); }
static inline complaint_status enter(test_office *o) { return TRY(o, o->officer, "register", "@request=register"); }
static inline complaint_status classify(test_office *o) { return TRY(o, o->officer, "classify", "class=service", "nature=grievance", "@request=classify"); }
static inline complaint_status acknowledge(test_office *o) { return TRY(o, o->officer, "acknowledge", "particle=ค่ะ", "@request=acknowledge"); }
static inline complaint_status flag(test_office *o) { return TRY(o, o->officer, "flag", "flag=urgent", "@request=flag"); }
static inline complaint_status consider(test_office *o) { return TRY(o, o->head, "consider", "decision=agreed", "text=ดำเนินการ", "@request=consider"); }
static inline complaint_status forward(test_office *o) { return TRY(o, o->officer, "forward", "unit=quality,hr", "text=โปรดดำเนินการ", "@request=forward"); }
static inline complaint_status follow_up(test_office *o) { return TRY(o, o->officer, "follow_up", "days:=3", "@request=follow"); }
static inline complaint_status first_result(test_office *o) { return TRY(o, o->hr, "report_result", "from_unit=hr", "outcome=explained", "text=ชี้แจงแล้ว", "@request=hr"); }
static inline complaint_status last_result(test_office *o) {
    return TRY(o, o->quality, "report_result", "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว", "@request=quality");
}
static inline complaint_status notify(test_office *o) { return TRY(o, o->officer, "notify_result", "text=แก้ไขแล้ว", "@request=notify"); }
static inline complaint_status close_case(test_office *o) { return TRY(o, o->officer, "close", "@request=close"); }

static inline complaint_status settle(test_office *o) {
    for (int i = o->sent_count - 1; i >= 0; i--)
        if (strcmp(o->sent[i].name, "result") == 0) return complaint_desk_notice_outcome(o->desk, o->sent[i].intent, COMPLAINT_DELIVERED);
    fail_msg("the result was not sent");
    return COMPLAINT_E_INTERNAL;
}

static inline complaint_status look(test_office *o) {
    static const test_part parts[] = {complaint_desk_case,    complaint_desk_clocks,  complaint_desk_referrals,
                                      complaint_desk_notices, complaint_desk_parties, complaint_desk_case_messages};
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < COUNT(parts); i++) {
        complaint_page *page = NULL;
        s = parts[i](o->desk, o->officer, o->case_id, &page);
        assert_int_equal(page == NULL, s != COMPLAINT_OK);
        complaint_page_free(page);
    }
    return s;
}

static inline complaint_status look_at_lists(test_office *o) {
    complaint_page *pages[8] = {NULL};
    complaint_status s = complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 5, &pages[0]);
    if (s == COMPLAINT_OK) s = complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_OPEN, NULL, 0, &pages[1]);
    if (s == COMPLAINT_OK) s = complaint_desk_inbox(o->desk, o->officer, "opened", NULL, 0, &pages[2]);
    if (s == COMPLAINT_OK) s = complaint_desk_thread(o->desk, o->officer, "facebook", "t-1", NULL, 0, &pages[3]);
    if (s == COMPLAINT_OK) s = complaint_desk_actions(o->desk, o->officer, o->case_id, COMPLAINT_THAI, &pages[4]);
    if (s == COMPLAINT_OK) s = complaint_desk_actions_of_others(o->desk, o->officer, o->case_id, COMPLAINT_THAI, &pages[5]);
    if (s == COMPLAINT_OK) s = complaint_desk_find_legacy(o->desk, o->officer, "12/68", NULL, 0, &pages[6]);
    if (s == COMPLAINT_OK) s = complaint_desk_find_message(o->desk, o->officer, "facebook", "m-1", &pages[7]);
    for (size_t i = 0; i < COUNT(pages); i++) complaint_page_free(pages[i]);
    return s;
}

static inline int32_t COMPLAINT_CALL no_bytes(void *context, const void *data, size_t size) {
    (void)data;
    *(size_t *)context += size;
    return 0;
}

static inline complaint_status look_at_evidence(test_office *o) {
    complaint_page *page = NULL;
    char digest[80];
    size_t size = 0;
    complaint_status s = complaint_desk_find(o->desk, o->officer, 2569, 1, &o->case_id);
    if (s == COMPLAINT_OK) s = complaint_desk_evidence(o->desk, o->officer, o->case_id, &page);
    if (s != COMPLAINT_OK) return s;
    assert_int_equal(complaint_page_count(page), 1);
    snprintf(digest, sizeof digest, "%s", complaint_page_text_of(page, 0, "digest"));
    complaint_page_free(page);
    s = complaint_desk_read_evidence(o->desk, o->officer, o->case_id, digest, no_bytes, &size);
    assert_int_equal(size, s == COMPLAINT_OK ? 256 * 1024 + 1 : 0);
    return s;
}

static inline complaint_status report(test_office *o) {
    complaint_page *page = NULL;
    complaint_text *text = NULL;
    complaint_status s = complaint_desk_report(o->desk, o->officer, 2569, 6, &page);
    if (s == COMPLAINT_OK) s = complaint_desk_report_text(o->desk, o->officer, 2569, 6, COMPLAINT_REPORT_JSON, &text);
    complaint_page_free(page);
    complaint_text_free(text);
    return s;
}

static const step steps[] = {
    {"open", test_office_desk, "2025-11-05T09:00", SEVERAL},
    {"receive", receive, "2025-11-05T09:00", ONE},
    {"keep", keep, "2025-11-05T09:01", ONE},
    {"triage", triage, "2025-11-05T09:02", ONE},
    {"receive more", receive_more, "2025-11-05T09:03", ONE},
    {"join", join, "2025-11-05T09:04", ONE},
    {"withdraw", withdraw, "2025-11-05T09:05", ONE},
    {"take back early", take_back_early, "2025-11-05T09:05", ONE},
    {"receive late", receive_late, "2025-11-05T09:06", ONE},
    {"thanks", receive_thanks, "2025-11-05T09:06", ONE},
    {"set aside", set_aside, "2025-11-05T09:06", ONE},
    {"deliver answer", deliver, "2025-11-05T09:06", SEVERAL},
    {"tell by hand", tell_by_hand, "2025-11-05T09:06:30", ONE},
    {"register", enter, "2025-11-05T09:07", ONE},
    {"classify", classify, "2025-11-05T09:08", ONE},
    {"acknowledge", acknowledge, "2025-11-05T09:09", ONE},
    {"flag", flag, "2025-11-05T09:10", ONE},
    {"deliver", deliver, "2025-11-05T09:11", SEVERAL},
    {"consider", consider, "2025-11-05T10:00", ONE},
    {"forward", forward, "2025-11-05T10:01", ONE},
    {"follow up", follow_up, "2025-11-07T10:00", ONE},
    {"first result", first_result, "2025-11-08T10:00", ONE},
    {"last result", last_result, "2025-11-09T10:00", ONE},
    {"notify", notify, "2025-11-10T10:00", ONE},
    {"deliver result", deliver, "2025-11-10T10:01", SEVERAL},
    {"settle", settle, "2025-11-10T11:00", ONE},
    {"close", close_case, "2025-11-11T10:00", ONE},
    {"look", look, "2025-11-11T10:00", ONE},
    {"lists", look_at_lists, "2025-11-11T10:00", ONE},
    {"evidence", look_at_evidence, "2025-11-11T10:00", ONE},
    {"report", report, "2025-11-11T10:00", ONE},
    {"verify", prove, "2025-11-11T10:00", ONE},
};

/* The carrier of results answers later, and nobody takes the answer to thanks. */
static inline int32_t decide(const test_sent *s) {
    if (s->message) return COMPLAINT_REFUSED;
    return strcmp(s->name, "result") == 0 ? COMPLAINT_ACCEPTED : COMPLAINT_DELIVERED;
}

static const script the_life = {.steps = steps, .count = COUNT(steps), .decide = decide, .ending = "state=closed", .intents = 6}; /* answer to thanks, acknowledgement, flag to the head, the matter to two units, result */

#endif
