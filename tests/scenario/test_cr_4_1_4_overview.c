/* Following up, evaluating and reporting up the chain [CR-4.1.4]: worklists, what is possible next, figures. */
#include "support/desk.h"

#include <complaint/report.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

/* ---- worklists ------------------------------------------------------------------------------------------------------------- */

static void what_is_due_first_stands_first(void **state) {
    static const char *const days[] = {"2025-11-07T09:00", "2025-11-05T09:00", "2025-11-06T09:00"};
    test_office *o = *state;
    int64_t ids[4], seen[8];
    for (size_t i = 0; i < COUNT(days); i++) {
        test_at(o, days[i]);
        test_open_case(o);
        ids[i] = o->case_id;
    }
    test_at(o, "2025-11-07T10:00");
    test_open_case(o);
    ids[3] = o->case_id;
    DO(o, o->officer, "flag", "flag=urgent"); /* due in an hour */
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, seen, 8), 4);
    const int64_t order[] = {ids[1], ids[3], ids[2], ids[0]}; /* due 7 Nov 00:00, 7 Nov 11:00, 8 Nov, 9 Nov */
    assert_memory_equal(seen, order, sizeof order);
}

static void a_case_without_a_deadline_stands_last_a_closed_one_nowhere(void **state) {
    test_office *o = *state;
    int64_t seen[4], waiting, due;
    test_open_registered(o, "out_of_jurisdiction");
    DO(o, o->officer, "acknowledge", "by_hand=phone");
    DO(o, o->officer, "refer", "unit=police");
    OK(complaint_actor_set_on_behalf(o->officer, "police"));
    DO(o, o->officer, "report_result", "from_unit=police", "outcome=resolved", "text=ดำเนินการแล้ว");
    OK(complaint_actor_set_on_behalf(o->officer, ""));
    DO(o, o->officer, "notify_result", "text=ดำเนินการแล้ว", "by_hand=phone"); /* nothing is left but to close it */
    waiting = o->case_id;
    test_open_case(o);
    due = o->case_id;
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, seen, 4), 2);
    assert_int_equal(seen[0], due);
    assert_int_equal(seen[1], waiting);
    o->case_id = waiting;
    assert_true(test_int(o, "due_at") == INT64_MAX - 1);
    DO(o, o->officer, "close");
    assert_true(test_int(o, "due_at") == INT64_MAX);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, seen, 4), 1);
    assert_int_equal(seen[0], due);
}

static void due_work_names_the_rule_and_the_deadline(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_open_forwarded(o);
    OK(complaint_desk_worklist(o->desk, o->head, COMPLAINT_WORK_DUE, NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), 2);
    assert_string_equal(complaint_page_text_of(page, 0, "rule"), "acknowledge");
    assert_int_equal(complaint_page_integer_of(page, 0, "due_at"), test_instant("2025-11-07T00:00"));
    assert_string_equal(complaint_page_text_of(page, 1, "rule"), "follow_up");
    assert_int_equal(complaint_page_integer_of(page, 1, "case_id"), o->case_id);
    complaint_page_free(page);
}

/* Reads a worklist page by page; every case once, in order. */
static void read_in_pages(test_office *o, int32_t list, int64_t limit, const int64_t *expected, int64_t count) {
    char token[128] = "";
    int64_t seen = 0;
    for (bool more = true; more;) {
        complaint_page *page = NULL;
        OK(complaint_desk_worklist(o->desk, o->officer, list, token[0] ? token : NULL, limit, &page));
        assert_true(complaint_page_count(page) <= limit);
        assert_true(complaint_page_count(page) > 0);
        for (int64_t i = 0; i < complaint_page_count(page); i++, seen++) {
            assert_true(seen < count);
            assert_int_equal(complaint_page_integer_of(page, i, "case_id"), expected[seen]);
        }
        more = complaint_page_token(page) != NULL;
        if (more) strcpy(token, complaint_page_token(page));
        complaint_page_free(page);
    }
    assert_int_equal(seen, count);
}

static void worklists_come_in_pages(void **state) {
    enum { CASES = 7 };
    test_office *o = *state;
    int64_t ids[CASES];
    for (int i = 0; i < CASES; i++) {
        o->now += i == 3 ? DAY : MINUTE; /* several have the same deadline */
        test_open_case(o);
        DO(o, o->officer, "acknowledge", "by_hand=phone");
    }
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_OPEN, ids, CASES), CASES);
    for (int64_t limit = 1; limit <= CASES + 1; limit++) {
        read_in_pages(o, COMPLAINT_WORK_OPEN, limit, ids, CASES);
        read_in_pages(o, COMPLAINT_WORK_DUE, limit, ids, CASES);
    }
    complaint_page *page = NULL;
    test_expect(o, complaint_desk_worklist(o->desk, o->officer, 99, NULL, 0, &page), COMPLAINT_E_UNKNOWN_CODE, "worklist", __FILE__, __LINE__);
    test_expect(o, complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_OPEN, "1", 0, &page), COMPLAINT_E_INVALID, "token", __FILE__, __LINE__);
    test_expect(o, complaint_desk_inbox(o->desk, o->officer, "lost", NULL, 0, &page), COMPLAINT_E_UNKNOWN_CODE, "state", __FILE__, __LINE__);
    assert_null(page);
}

static void an_inbox_with_old_letters_comes_in_pages_too(void **state) {
    test_office *o = *state;
    static const char *const sent[] = {"sent_at:=-2000", "sent_at:=-1000", "sent_at:=0", "sent_at:=1000"}; /* around 1970: a letter found in an old file */
    for (size_t i = 0; i < COUNT(sent); i++) {
        char external[32];
        snprintf(external, sizeof external, "external_id=%zu", i);
        DO(o, o->officer, "receive", "channel=letter", external, "thread=archive", "text=จดหมายเก่า", sent[i]);
    }
    char token[128] = "";
    int64_t seen = 0;
    for (bool more = true; more;) {
        complaint_page *page = NULL;
        OK(complaint_desk_inbox(o->desk, o->officer, "new", token[0] ? token : NULL, 1, &page));
        assert_int_equal(complaint_page_integer_of(page, 0, "sent_at"), -2000 + 1000 * seen++);
        more = complaint_page_token(page) != NULL;
        if (more) strcpy(token, complaint_page_token(page));
        complaint_page_free(page);
    }
    assert_int_equal(seen, 4);
}

/* ---- what is possible next --------------------------------------------------------------------------------------------------- */

/* NULL when the verb is not offered. */
static const char *refusal_of(test_office *o, const complaint_actor *who, const char *verb) {
    static char refusal[1024];
    bool found = false;
    complaint_page *page = NULL;
    OK(complaint_desk_actions(o->desk, who, o->case_id, COMPLAINT_THAI, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        if (strcmp(complaint_page_text_of(page, i, "verb"), verb) != 0) continue;
        found = true;
        assert_true(strlen(complaint_page_text_of(page, i, "label")) > 0);
        strcpy(refusal, complaint_page_text_of(page, i, "refusal"));
    }
    complaint_page_free(page);
    return found ? refusal : NULL;
}

/* Of the actions of a case, those that need it; each has to be there. */
static void needed_by(test_office *o, const complaint_actor *who, const char *what, const char *const *verbs, size_t count) {
    complaint_page *page = NULL;
    size_t with = 0;
    OK(complaint_desk_actions(o->desk, who, o->case_id, COMPLAINT_ENGLISH, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        bool is_among = false;
        for (size_t k = 0; k < count; k++) is_among |= strcmp(complaint_page_text_of(page, i, "verb"), verbs[k]) == 0;
        assert_int_equal(strcmp(complaint_page_text_of(page, i, "needs"), what) == 0, is_among);
        with += is_among;
    }
    complaint_page_free(page);
    assert_int_equal(with, count);
}

/* What has to be named beside the fields; without it the answer says so, and not that there is no such message. */
static void the_actions_say_which_need_a_message(void **state) {
    static const char *const about_one[] = {"add_message", "split"};
    test_office *o = *state;
    test_open_registered(o, "service");
    needed_by(o, o->officer, "message", about_one, 2);
    o->message = 0;
    REFUSED(o, COMPLAINT_E_REQUIRED, "message", o->officer, "add_message");
    REFUSED(o, COMPLAINT_E_REQUIRED, "message", o->officer, "split", "reason=สองเรื่อง");
}

/* Who enters a unit's word is told beforehand that he has to say whose it is; the unit itself is not. [CR-N] */
static void the_actions_say_which_are_done_on_behalf(void **state) {
    static const char *const of_units[] = {"report_result", "accept", "report_progress"}, *const of_executive[] = {"report_result", "accept", "report_progress", "order"};
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "forward", "unit=quality");
    needed_by(o, o->officer, "on_behalf", of_units, 3);
    needed_by(o, o->head, "on_behalf", of_executive, 4);
    needed_by(o, o->quality, "on_behalf", NULL, 0);
    needed_by(o, o->executive, "on_behalf", NULL, 0);
}

static void the_actions_say_what_is_possible_and_why_not(void **state) {
    test_office *o = *state;
    test_open_case(o);
    assert_string_equal(refusal_of(o, o->officer, "register"), "");
    assert_non_null(strstr(refusal_of(o, o->officer, "forward"), "received"));
    assert_null(refusal_of(o, o->officer, "consider")); /* not his business */
    assert_string_equal(refusal_of(o, o->head, "consider"), "");
    assert_null(refusal_of(o, o->officer, "receive"));
    assert_null(refusal_of(o, o->auditor, "note"));
    assert_string_equal(refusal_of(o, o->executive, "note"), "");
    DO(o, o->officer, "register");
    assert_non_null(strstr(refusal_of(o, o->officer, "forward"), "CR-4.2.4"));
    DO(o, o->officer, "classify", "class=service");
    assert_string_equal(refusal_of(o, o->officer, "forward"), "");
    DO(o, o->officer, "flag", "flag=urgent");
    assert_non_null(strstr(refusal_of(o, o->officer, "forward"), "CR-4.1.3"));
    DO(o, o->officer, "acknowledge");
    assert_string_not_equal(refusal_of(o, o->officer, "acknowledge"), ""); /* once */
}

static void an_action_names_its_fields(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_open_forwarded(o);
    OK(complaint_desk_actions(o->desk, o->quality, o->case_id, COMPLAINT_ENGLISH, &page));
    int64_t at = -1;
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (strcmp(complaint_page_text_of(page, i, "verb"), "report_result") == 0) at = i;
    assert_string_equal(complaint_page_text_of(page, at, "required"), "from_unit,outcome,text");
    assert_string_equal(complaint_page_text_of(page, at, "optional"), "paper_no,paper_date,direction,secrecy,urgency,signer,subject");
    complaint_page_free(page);
    static const char *const units[] = {"accept", "add_evidence", "hand_back", "recuse", "report_progress", "report_result"}; /* of the desk's own verbs none */
    OK(complaint_desk_actions(o->desk, o->quality, o->case_id, COMPLAINT_ENGLISH, &page));
    assert_int_equal(complaint_page_count(page), COUNT(units));
    complaint_page_free(page);
    for (size_t i = 0; i < COUNT(units); i++) assert_string_equal(refusal_of(o, o->quality, units[i]), "");
}

/* The roles that may do a verb now, though `who` may not; NULL when the verb is his own or nobody's. */
static const char *waits_for(test_office *o, const complaint_actor *who, const char *verb) {
    static char roles[256];
    complaint_page *page = NULL;
    bool found = false;
    OK(complaint_desk_actions_of_others(o->desk, who, o->case_id, COMPLAINT_THAI, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        if (strcmp(complaint_page_text_of(page, i, "verb"), verb) != 0) continue;
        found = true;
        strcpy(roles, complaint_page_text_of(page, i, "roles"));
        assert_true(strlen(complaint_page_text_of(page, i, "label")) > 0);
        assert_non_null(strstr(complaint_page_text_of(page, i, "refusal"), "ทำได้โดย"));
    }
    complaint_page_free(page);
    return found ? roles : NULL;
}

static void it_is_said_for_whom_a_case_waits(void **state) {
    test_office *o = *state;
    test_open_case(o);
    assert_null(waits_for(o, o->officer, "register")); /* his own */
    assert_null(waits_for(o, o->head, "consider"));
    assert_null(waits_for(o, o->auditor, "forward")); /* nobody's yet: it has no class */
    assert_null(waits_for(o, o->auditor, "receive")); /* no action on a case */
    assert_string_equal(waits_for(o, o->auditor, "register"), "officer,head");
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=service");
    DO(o, o->officer, "flag", "flag=urgent");
    assert_string_equal(waits_for(o, o->officer, "consider"), "head,executive");
    assert_null(waits_for(o, o->auditor, "forward")); /* the head's word is missing */
    DO(o, o->head, "consider", "decision=agreed");
    assert_string_equal(waits_for(o, o->auditor, "forward"), "officer,head");
    assert_string_equal(waits_for(o, o->executive, "forward"), "officer,head");
}

/* [CR-N] A guard may hold for one role and not for another: the desk may not reject, the executive may. */
static void each_role_is_asked_by_itself(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "register");
    assert_string_equal(waits_for(o, o->auditor, "reject"), "executive");
}

static void what_is_offered_is_done(void **state) {
    test_office *o = *state;
    static const char *const path[][2] = {{"register", NULL}, {"acknowledge", NULL}, {"classify", "class=service"}, {"forward", "unit=quality"}, {"follow_up", NULL}};
    test_open_case(o);
    for (size_t i = 0; i < COUNT(path); i++) {
        assert_string_equal(refusal_of(o, o->officer, path[i][0]), "");
        test_expect(o, test_act(o, o->officer, path[i][0], path[i][1], NULL), COMPLAINT_OK, NULL, __FILE__, __LINE__);
    }
}

/* ---- figures ---------------------------------------------------------------------------------------------------------------------- */

static void figures_follow_a_reclassification(void **state) {
    test_office *o = *state;
    test_open_case(o);
    assert_int_equal(test_reported(o, "total", "", 2569, 6), 1);
    assert_int_equal(test_reported(o, "class", "", 2569, 6), 1); /* not classified yet is a row of its own */
    DO(o, o->officer, "classify", "class=service");
    assert_int_equal(test_reported(o, "class", "", 2569, 6), -1);
    assert_int_equal(test_reported(o, "class", "service", 2569, 6), 1);
    DO(o, o->officer, "classify", "class=personnel");
    DO(o, o->officer, "classify", "class=personnel"); /* twice the same */
    assert_int_equal(test_reported(o, "class", "service", 2569, 6), 0);
    assert_int_equal(test_reported(o, "class", "personnel", 2569, 6), 1);
    assert_int_equal(test_reported(o, "channel", "facebook", 2569, 6), 1);
    assert_int_equal(test_reported(o, "month", "2025-11", 2569, 6), 1);
    assert_int_equal(test_reported(o, "total", "", 2569, 6), 1);
}

static void a_case_counts_where_it_was_received(void **state) {
    static const struct {
        const char *at;
        int64_t in_6, in_12, next;
    } cases[] = {{"2025-09-30T23:59:59.999", 0, 0, 0}, {"2025-10-01T00:00", 1, 1, 0},        {"2026-03-31T23:59:59.999", 2, 2, 0},
                 {"2026-04-01T00:00", 2, 3, 0},        {"2026-09-30T23:59:59.999", 2, 4, 0}, {"2026-10-01T00:00", 2, 4, 1}};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        test_at(o, cases[i].at);
        test_receive(o, "line", "x");
        o->now += 2 * DAY; /* entered later: receipt counts */
        DO(o, o->officer, "triage");
        assert_int_equal(test_reported(o, "total", "", 2569, 6), cases[i].in_6);
        assert_int_equal(test_reported(o, "total", "", 2569, 12), cases[i].in_12);
        assert_int_equal(test_reported(o, "total", "", 2570, 12), cases[i].next);
    }
}

static void further_messages_are_not_counted(void **state) {
    test_office *o = *state;
    test_open_case(o);
    test_receive(o, "facebook", "เพิ่มเติม");
    DO(o, o->officer, "add_message");
    test_receive(o, "facebook", "ขอบคุณ");
    DO(o, o->officer, "set_aside", "reason=ขอบคุณ");
    assert_int_equal(test_reported(o, "total", "", 2569, 12), 1);
}

static void a_report_that_cannot_be_is_refused(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_expect(o, complaint_desk_report(o->desk, o->officer, 2569, 3, &page), COMPLAINT_E_RANGE, "round", __FILE__, __LINE__);
    test_expect(o, complaint_desk_report(o->desk, o->officer, 2432, 12, &page), COMPLAINT_E_RANGE, "fiscal_year", __FILE__, __LINE__);
    test_expect(o, complaint_desk_report(o->desk, o->officer, 2700, 12, &page), COMPLAINT_E_RANGE, "fiscal_year", __FILE__, __LINE__);
    assert_null(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(what_is_due_first_stands_first),
        SCENARIO(a_case_without_a_deadline_stands_last_a_closed_one_nowhere),
        SCENARIO(due_work_names_the_rule_and_the_deadline),
        SCENARIO(worklists_come_in_pages),
        SCENARIO(an_inbox_with_old_letters_comes_in_pages_too),
        SCENARIO(the_actions_say_which_need_a_message),
        SCENARIO(the_actions_say_which_are_done_on_behalf),
        SCENARIO(the_actions_say_what_is_possible_and_why_not),
        SCENARIO(an_action_names_its_fields),
        SCENARIO(it_is_said_for_whom_a_case_waits),
        SCENARIO(each_role_is_asked_by_itself),
        SCENARIO(what_is_offered_is_done),
        SCENARIO(figures_follow_a_reclassification),
        SCENARIO(a_case_counts_where_it_was_received),
        SCENARIO(further_messages_are_not_counted),
        SCENARIO(a_report_that_cannot_be_is_refused),
    };
    return cmocka_run_group_tests_name("CR-4.1.4: overview", tests, NULL, NULL);
}
