/* A life in which every verb is done that life.h leaves out: memorandum and order, receipt, more time, hand-back, waiting for the complainant, papers, links, reminders, late holidays, reopening ... */
#ifndef TEST_FAULT_VERBS_H
#define TEST_FAULT_VERBS_H

#include "harness.h"

#include <complaint/date.h>

/* One step is one action under its own request id. */
#define ACT(name, who, ...) \
    static inline complaint_status name(test_office *o) { return TRY(o, o->who, __VA_ARGS__, "@request=" #name); }

/* Phrae's policy: memorandum, order, receipt. */
static inline void arrange(test_office *o) {
    static complaint_policy *policy;
    static complaint_calendar *calendar;
    if (!policy) OK(complaint_policy_builtin(NULL, "moph-phrae", &policy, NULL));
    if (!calendar) OK(complaint_calendar_builtin(NULL, "TH-54", &calendar, NULL));
    o->policy = policy;
    o->calendar = calendar;
}

static inline complaint_status receive(test_office *o) {
    return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-1", "thread=t-1", "sender=สมศรี ใจดี", "text=สองเรื่องในข้อความเดียว");
}
ACT(triage, officer, "triage", "identity=named", "origin=government_1111", "origin_ref=1111-1", "origin_due:=1763571600000")

static int64_t first_case, twin;

static inline complaint_status split(test_office *o) {
    first_case = o->case_id;
    complaint_status s = TRY(o, o->officer, "split", "text=เรื่องที่สอง", "@request=split");
    if (s == COMPLAINT_OK) twin = o->case_id;
    o->case_id = first_case;
    return s;
}
ACT(enter, officer, "register")
ACT(join_in, officer, "add_complainant", "name=นายแดง", "address=081", "channel=phone")
ACT(acknowledge_one, officer, "acknowledge", "party:=1")
ACT(amend, officer, "update_complainant", "party:=1", "identity=confidential", "name=สมศรี ใจงาม", "channel=line", "address=u-1", "reason=ขอให้ปกปิดชื่อ")
ACT(assign, head, "assign", "assignee=malee")
ACT(recuse, head, "recuse", "person=somying", "reason=มีส่วนได้เสีย")
ACT(recuse_back, executive, "recuse", "person=somying", "clear:=1", "reason=คนละคน")
ACT(call, officer, "contact", "unit=quality", "text=โทรแจ้ง")
ACT(classify, officer, "classify", "class=procurement")
ACT(flag, officer, "flag", "flag=corruption")
ACT(leak, officer, "flag", "flag=data_breach")
ACT(consider, head, "consider", "decision=agreed", "spoken:=1", "@at=2025-11-05T09:11")
ACT(admit, head, "admit")
ACT(put_note, executive, "note", "text=รับทราบ")
ACT(escalate, head, "escalate", "text=เสนอ")
ACT(breach, dpo, "report_breach", "text=แจ้งแล้ว", "paper_no=พร 9")
ACT(acknowledge, officer, "acknowledge", "by_hand=phone")
ACT(memo, officer, "memo", "text=เสนอ", "paper_no=พร 10", "signer=หัวหน้าศูนย์", "subject=ร้องเรียน")
ACT(order, executive, "order", "paper_no=พร 11", "examination:=1", "unit=quality,hr")
ACT(forward, officer, "forward", "unit=quality,hr")
ACT(accept_one, quality, "accept", "from_unit=quality")
ACT(accept_other, hr, "accept", "from_unit=hr", "@at=2025-11-06T10:01")
ACT(progress, quality, "report_progress", "from_unit=quality", "text=กำลังทำ")
ACT(extend, executive, "extend", "from_unit=quality", "days:=7", "reason=รอเอกสาร")
ACT(ask, officer, "request_info", "text=ขอข้อมูล", "by_hand=phone")
ACT(resume, officer, "resume", "text=ได้แล้ว")
ACT(follow_up, officer, "follow_up", "means=phone", "text=โทรตาม")
ACT(hand_back, hr, "hand_back", "from_unit=hr", "reason=ไม่เกี่ยวข้อง", "suggested_unit=general")
ACT(add_evidence, quality, "add_evidence", "text=ภาพ")
ACT(add_paper, officer, "add_paper", "paper_no=พร 12", "direction=in")
ACT(result, quality, "report_result", "from_unit=quality", "outcome=partly", "text=ปรับปรุงแล้ว")
ACT(attempt, officer, "attempt", "means=phone", "party:=1", "text=ไม่รับสาย")
ACT(notify, officer, "notify_result", "text=ปรับปรุงแล้ว", "by_hand=letter")
ACT(reply, officer, "reply_origin", "paper_no=พร 13", "text=แล้วเสร็จ")
ACT(close_case, officer, "close")
ACT(reopen, officer, "reopen", "reason=ร้องอีก")
ACT(withdraw_one, officer, "withdraw", "party:=2", "reason=พอใจ")
ACT(reject, executive, "reject", "grounds=decided", "text=เคยแจ้งแล้ว", "by_hand=letter")
ACT(check, officer, "check_channel", "channel=facebook", "text=ไม่มีข้อความใหม่")
ACT(check_after_all, officer, "check_channel", "channel=web")
ACT(set_aside, officer, "set_aside", "reason=ขอบคุณ", "aside=thanks")

static inline complaint_status receive_thanks(test_office *o) {
    return TRY(o, o->officer, "receive", "channel=facebook", "external_id=m-2", "thread=t-2", "text=ขอบคุณ", "@request=thanks");
}

static inline complaint_status keep_photo(test_office *o) { return test_keep(o, "ภาพ", 10); }

static inline complaint_status link_cases(test_office *o) {
    char other[40];
    snprintf(other, sizeof other, "case=%lld", (long long)twin);
    return TRY(o, o->officer, "unlink", other, "@request=unlink"); /* those the splitting had linked */
}

static inline complaint_status link_again(test_office *o) {
    char other[40];
    snprintf(other, sizeof other, "case=%lld", (long long)twin);
    return TRY(o, o->officer, "link", other, "link=same_event", "@request=link");
}

/* The second case, for one act. */
static inline complaint_status of_twin(test_office *o, complaint_status (*act)(test_office *o)) {
    o->case_id = twin;
    complaint_status s = act(o);
    o->case_id = first_case;
    return s;
}
ACT(enter_it, officer, "register")
ACT(tell_it, officer, "notify_result", "text=ปรับปรุงแล้ว", "by_hand=phone")
ACT(flag_it, officer, "flag", "flag=urgent")
ACT(unflag_it, officer, "flag", "flag=urgent", "clear:=1", "reason=เข้าใจผิด")
static inline complaint_status enter_twin(test_office *o) { return of_twin(o, enter_it); }
static inline complaint_status flag_twin(test_office *o) { return of_twin(o, flag_it); }
static inline complaint_status unflag_twin(test_office *o) { return of_twin(o, unflag_it); }
static inline complaint_status tell_twin(test_office *o) { return of_twin(o, tell_it); } /* what came of the first, with which it is linked */

/* The desk does not see it, so it goes on with its own case. */
static inline complaint_status intake(test_office *o) {
    complaint_status s = TRY(o, o->executive, "executive_intake", "text=ลับ", "@request=intake");
    o->case_id = first_case;
    return s;
}

static inline complaint_status tick(test_office *o) { return complaint_desk_tick(o->desk, 0, NULL); }

/* What the carrier refused is told by letter; asked again after an answer that was lost, the list may be empty already. */
static inline complaint_status tell(test_office *o) {
    static int64_t number;
    char notice[40];
    complaint_page *page = NULL;
    complaint_status s = complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0, &page);
    if (s == COMPLAINT_OK && complaint_page_count(page) > 0) number = complaint_page_integer_of(page, 0, "seq");
    complaint_page_free(page);
    snprintf(notice, sizeof notice, "notice:=%lld", (long long)number);
    return s == COMPLAINT_OK ? TRY(o, o->officer, "contact", "text=ส่งหนังสือแล้ว", "by_hand=letter", notice, "@request=tell") : s;
}

/* The last receipt had come an hour before. */
static inline complaint_status correct(test_office *o) {
    char event[40];
    int64_t number = 0;
    complaint_page *page = NULL;
    complaint_status s = complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 0, &page);
    for (int64_t i = 0; s == COMPLAINT_OK && i < complaint_page_count(page); i++)
        if (strcmp(complaint_page_text_of(page, i, "verb"), "accept") == 0) number = complaint_page_integer_of(page, i, "seq");
    complaint_page_free(page);
    snprintf(event, sizeof event, "event:=%lld", (long long)number);
    return s == COMPLAINT_OK ? TRY(o, o->officer, "correct", event, "reason=ลงเวลาผิด", "@at=2025-11-06T09:01", "@request=correct") : s;
}

/* The same desk with a holiday more. */
static inline complaint_status late_holiday(test_office *o) {
    static complaint_calendar *late;
    if (!late) {
        complaint_calendar_edit *edit = NULL;
        int32_t day = 0;
        OK(complaint_date_parse_iso("2025-11-19", 10, NULL, &day, NULL, NULL));
        OK(complaint_calendar_edit_new(o->calendar, &edit, NULL));
        OK(complaint_calendar_edit_add(edit, day, COMPLAINT_HOLIDAY_SPECIAL, NULL, "วันหยุดพิเศษ", "a special holiday", "high: cabinet", NULL));
        OK(complaint_calendar_edit_build(edit, &late, NULL));
        complaint_calendar_edit_free(edit);
    }
    o->calendar = late;
    return test_office_desk(o);
}

static inline complaint_status recompute(test_office *o) { return complaint_desk_recompute(o->desk, o->head, NULL, 0, NULL); }

static inline complaint_status look(test_office *o) {
    complaint_page *pages[6] = {NULL};
    complaint_text *text = NULL;
    int32_t day = 0;
    OK(complaint_date_parse_iso("2025-11-05", 10, NULL, &day, NULL, NULL));
    complaint_status s = complaint_desk_papers(o->desk, o->officer, o->case_id, &pages[0]);
    if (s == COMPLAINT_OK) s = complaint_desk_links(o->desk, o->officer, o->case_id, &pages[1]);
    if (s == COMPLAINT_OK) s = complaint_desk_duties(o->desk, o->officer, day, day + 3, &pages[2]);
    if (s == COMPLAINT_OK) s = complaint_desk_due(o->desk, o->officer, "result", INT64_MAX, NULL, 0, &pages[3]);
    if (s == COMPLAINT_OK) s = complaint_desk_worklist(o->desk, o->quality, COMPLAINT_WORK_UNIT, NULL, 0, &pages[4]);
    if (s == COMPLAINT_OK) s = complaint_desk_actions(o->desk, o->officer, twin, COMPLAINT_THAI, &pages[5]);
    if (s == COMPLAINT_OK) s = complaint_desk_explain(o->desk, o->officer, o->case_id, 1, COMPLAINT_THAI, &text);
    for (size_t i = 0; i < COUNT(pages); i++) complaint_page_free(pages[i]);
    complaint_text_free(text);
    return s;
}

static const step steps[] = {
    {"open", test_office_desk, "2025-11-05T09:00", SEVERAL},
    {"check", check, "2025-11-05T09:00", ONE},
    {"receive", receive, "2025-11-05T09:00", ONE},
    {"triage", triage, "2025-11-05T09:01", ONE},
    {"split", split, "2025-11-05T09:02", ONE},
    {"register", enter, "2025-11-05T09:03", ONE},
    {"add complainant", join_in, "2025-11-05T09:04", ONE},
    {"acknowledge one", acknowledge_one, "2025-11-05T09:04", ONE},
    {"update complainant", amend, "2025-11-05T09:05", ONE},
    {"assign", assign, "2025-11-05T09:05", ONE},
    {"recuse", recuse, "2025-11-05T09:06", ONE},
    {"recuse back", recuse_back, "2025-11-05T09:07", ONE},
    {"contact", call, "2025-11-05T09:07", ONE},
    {"classify", classify, "2025-11-05T09:08", ONE},
    {"flag", flag, "2025-11-05T09:09", ONE},
    {"leak", leak, "2025-11-05T09:10", ONE},
    {"consider", consider, "2025-11-05T09:30", ONE},
    {"admit", admit, "2025-11-05T09:31", ONE},
    {"note", put_note, "2025-11-05T09:32", ONE},
    {"escalate", escalate, "2025-11-05T09:33", ONE},
    {"report breach", breach, "2025-11-05T09:34", ONE},
    {"acknowledge", acknowledge, "2025-11-05T09:35", ONE},
    {"memo", memo, "2025-11-05T09:36", ONE},
    {"order", order, "2025-11-05T10:00", ONE},
    {"forward", forward, "2025-11-05T10:01", ONE},
    {"accept", accept_one, "2025-11-06T10:00", ONE},
    {"progress", progress, "2025-11-07T10:00", ONE},
    {"extend", extend, "2025-11-07T10:01", ONE},
    {"request info", ask, "2025-11-07T10:02", ONE},
    {"resume", resume, "2025-11-10T10:00", ONE},
    {"accept too", accept_other, "2025-11-10T10:00", ONE},
    {"correct", correct, "2025-11-10T10:00", ONE},
    {"late holiday", late_holiday, "2025-11-10T10:00", SEVERAL},
    {"recompute", recompute, "2025-11-10T10:01", SEVERAL},
    {"tick", tick, "2025-11-25T08:30", SEVERAL},
    {"follow up", follow_up, "2025-11-25T09:00", ONE},
    {"hand back", hand_back, "2025-11-25T09:01", ONE},
    {"keep", keep_photo, "2025-11-25T09:02", ONE},
    {"add evidence", add_evidence, "2025-11-25T09:02", ONE},
    {"add paper", add_paper, "2025-11-25T09:03", ONE},
    {"remind", tick, "2025-11-25T15:00", SEVERAL},
    {"check after all", check_after_all, "2025-11-25T15:01", ONE},
    {"thanks", receive_thanks, "2025-11-25T15:02", ONE},
    {"set aside", set_aside, "2025-11-25T15:03", ONE},
    {"result", result, "2025-11-26T09:00", ONE},
    {"attempt", attempt, "2025-11-26T09:01", ONE},
    {"notify", notify, "2025-11-26T09:02", ONE},
    {"unlink", link_cases, "2025-11-26T09:04", ONE},
    {"link", link_again, "2025-11-26T09:05", ONE},
    {"register the twin", enter_twin, "2025-11-26T09:05", ONE},
    {"flag the twin", flag_twin, "2025-11-26T09:05", ONE},
    {"take it back", unflag_twin, "2025-11-26T09:05", ONE},
    {"tell the twin's", tell_twin, "2025-11-26T09:05", ONE},
    {"deliver", deliver, "2025-11-26T09:06", SEVERAL},
    {"reply to origin", reply, "2025-11-26T10:00", ONE},
    {"deliver the reply", deliver, "2025-11-26T10:01", SEVERAL},
    {"tell by letter", tell, "2025-11-26T11:00", ONE},
    {"close", close_case, "2025-11-27T09:00", ONE},
    {"reopen", reopen, "2025-11-28T09:00", ONE},
    {"withdraw", withdraw_one, "2025-11-28T09:01", ONE},
    {"reject", reject, "2025-11-28T09:02", ONE},
    {"executive intake", intake, "2025-11-28T09:03", ONE},
    {"look", look, "2025-11-28T09:04", ONE},
    {"verify", prove, "2025-11-28T09:04", ONE},
};

static inline int32_t decide(const test_sent *s) {
    return strcmp(s->name, "origin_reply") == 0 ? COMPLAINT_REFUSED : COMPLAINT_DELIVERED;
}

static const script the_life = {.steps = steps, .count = COUNT(steps), .arrange = arrange, .decide = decide, .ending = "state=rejected", .intents = 20}; /* three channels nobody looked at, and thanks that are answered, among them */

#endif
