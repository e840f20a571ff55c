/*
 * A complainant's entry is another than was said first: who asks on the next day to be kept confidential [CR-4.2.5], a name misspelt, a number that was wrong, a house that moved. The verb is ours; nothing is said
 * twice because of it [CR-T2].
 */
#include "support/desk.h"

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)
#define HOSPITAL(f) cmocka_unit_test_setup_teardown(f, test_office_setup_hospital, test_office_teardown)

static void assert_entry(test_office *o, int64_t seq, const char *column, const char *expected) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_parties);
    assert_string_equal(complaint_page_text_of(page, seq - 1, column), expected);
    complaint_page_free(page);
}

static void open_acknowledged(test_office *o) {
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
}

static void sent(const test_office *o, int at, const char *channel, const char *address) {
    assert_true(o->sent_count > at);
    assert_string_equal(o->sent[at].channel, channel);
    assert_string_equal(o->sent[at].address, address);
}

/* ---- refused -------------------------------------------------------------------------------------------------------------------------------- */

static void what_says_nothing_is_refused(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "identity", o->officer, "update_complainant");
    REFUSED(o, COMPLAINT_E_REQUIRED, "identity", o->officer, "update_complainant", "reason=ผู้ร้องขอแก้ไข");
    test_names(o, "address");
    REFUSED(o, COMPLAINT_E_REQUIRED, "identity", o->officer, "update_complainant", "name=");
    REFUSED(o, COMPLAINT_E_INVALID, "identity", o->officer, "update_complainant", "identity=confidential");
    REFUSED(o, COMPLAINT_E_INVALID, "name", o->officer, "update_complainant", "name=สมศรี ใจดี", "channel=facebook");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "identity", o->officer, "update_complainant", "identity=secret");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "update_complainant", "channel=tiktok");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "unit", o->officer, "update_complainant", "unit=hr");
    REFUSED(o, COMPLAINT_E_ROLE, "update_complainant", o->executive, "update_complainant", "identity=named");
    test_log(o, "triage");
}

/* The thread in which he wrote is no address for letters. */
static void a_new_channel_comes_with_its_address(void **state) {
    test_office *o = *state;
    test_open_case(o);
    REFUSED(o, COMPLAINT_E_REQUIRED, "address", o->officer, "update_complainant", "channel=email");
    test_names(o, "the address that is entered is of channel facebook");
    test_names(o, "ที่ติดต่อที่บันทึกไว้เป็นของช่องทาง “กล่องข้อความเพจ Facebook”");
    DO(o, o->officer, "update_complainant", "channel=phone"); /* by which nothing is sent */
    assert_entry(o, 1, "channel", "phone");
    REFUSED(o, COMPLAINT_E_REQUIRED, "address", o->officer, "update_complainant", "channel=facebook"); /* the thread of before is not his any more */
    test_names(o, "no address of his is entered");
    test_names(o, "ในช่องทาง “กล่องข้อความเพจ Facebook” ด้วย ยังไม่มีที่ติดต่อของผู้ร้องเรียนรายนี้บันทึกไว้");
    DO(o, o->officer, "update_complainant", "channel=email", "address=somsri@example.org");
    assert_entry(o, 1, "address", "somsri@example.org");
}

static void whose_entry_it_is_is_never_guessed(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "add_complainant", "name=ประสิทธิ์", "channel=email", "address=pairat@example.org");
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "update_complainant", "identity=named");
    test_names(o, "1 (facebook), 2 (email)");
    for (int i = 0; i < 40; i++) { /* as many as there is room for are named, and that there are more */
        char name[64];
        snprintf(name, sizeof name, "name=ผู้ร้อง %d", i);
        DO(o, o->officer, "add_complainant", name, "channel=phone");
    }
    REFUSED(o, COMPLAINT_E_REQUIRED, "party", o->officer, "update_complainant", "identity=named");
    test_names(o, "3 (phone), ");
    test_names(o, ", …");
    for (int i = 0; i < 40; i++) {
        char party[32];
        snprintf(party, sizeof party, "party:=%d", i + 3);
        DO(o, o->officer, "withdraw", party);
    }
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "update_complainant", "party:=3", "identity=named");
    REFUSED(o, COMPLAINT_E_INVALID, "party", o->officer, "update_complainant", "party=2", "identity=named");
    DO(o, o->officer, "update_complainant", "party:=2", "identity=named", "reason=ยินดีเปิดเผยชื่อ");
    assert_entry(o, 2, "identity", "named");
    assert_entry(o, 1, "identity", "confidential");
    DO(o, o->officer, "withdraw", "party:=1");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "update_complainant", "party:=1", "identity=named");
    test_names(o, "1");
    DO(o, o->officer, "update_complainant", "identity=confidential"); /* the only one who is left */
    assert_entry(o, 2, "identity", "confidential");
}

/* ---- nobody knows where he is ------------------------------------------------------------------------------------------------------------------ */

static const char *ack_state(test_office *o, const char *recipient) { return test_cell(o, o->officer, complaint_desk_notices, "recipient", recipient, "state"); }

/* What would go to an empty address is delivered to nobody, and no acknowledgement [CR-T2]: it is work for a person until somebody knows where to write. */
static void without_an_address_nothing_is_sent(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=nowhere", "text=รอคิวสี่ชั่วโมง");
    DO(o, o->officer, "triage");
    REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", o->officer, "acknowledge");
    test_names(o, "ยังไม่มีที่ติดต่อของผู้ร้องเรียนลำดับที่ 1");
    test_names(o, "update_complainant");
    test_deliver(o, 0, 0, 0, 0);
    assert_int_equal(test_int(o, "acknowledged_at"), 0);
    DO(o, o->officer, "update_complainant", "address=U1");
    DO(o, o->officer, "acknowledge");
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 0, "facebook", "U1");
    assert_int_equal(test_int(o, "acknowledged_at"), o->now);
}

static void of_several_only_who_has_an_address_is_written_to(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "add_complainant", "name=ประสิทธิ์", "channel=email");
    DO(o, o->officer, "acknowledge", "by_hand=phone"); /* by hand whom nothing reaches */
    assert_string_equal(ack_state(o, "complainant"), "waiting");
    assert_string_equal(ack_state(o, "complainant-2"), "by_hand");
    test_deliver(o, 1, 0, 0, 0);
    REFUSED(o, COMPLAINT_E_REQUIRED, "address", o->officer, "update_complainant", "party:=2", "channel=line");
}

/* ---- by a message ----------------------------------------------------------------------------------------------------------------------------- */

/* A message that joins the case as the one who is written to next. */
static int64_t join_from(test_office *o, const char *channel, const char *address) {
    char in[64], from[64];
    int64_t case_id = o->case_id;
    test_receive(o, "phone", "x"); /* its ids are not those of the first */
    snprintf(in, sizeof in, "channel=%s", channel);
    snprintf(from, sizeof from, "address=%s", address);
    DO(o, o->officer, "receive", in, from, "external_id=moved", "text=ย้ายมาใช้บัญชีนี้ค่ะ");
    int64_t message = o->message;
    o->case_id = case_id;
    DO(o, o->officer, "triage", "@join=1");
    return message;
}

static const char *by_message(char out[64], int64_t message) {
    snprintf(out, 64, "@message=%lld", (long long)message);
    return out;
}

static void a_message_of_another_matter_is_refused(void **state) {
    test_office *o = *state;
    char by[64];
    test_open_case(o);
    by_message(by, o->message);
    test_open_case(o);
    test_receive(o, "line", "ยังไม่คัดกรอง");
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "update_complainant", by, "identity=named");
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "note", by, "text=โทรแล้ว");
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "update_complainant", by_message(by, o->message), "identity=named");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "message", o->officer, "update_complainant", "@message=7", "identity=named");
    assert_entry(o, 1, "identity", "confidential");
}

/* He writes from another account: whoever enters it need not copy what only machines read. */
static void who_writes_from_elsewhere_is_reached_there(void **state) {
    test_office *o = *state;
    char by[64];
    test_open_case(o);
    DO(o, o->officer, "acknowledge");
    by_message(by, join_from(o, "line", "U77"));
    assert_string_equal(test_cell(o, o->officer, complaint_desk_case_messages, "channel", "line", "thread"), "");
    DO(o, o->officer, "update_complainant", by);
    assert_entry(o, 1, "channel", "line");
    assert_entry(o, 1, "address", "U77");
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 0, "line", "U77");
    complaint_page *page = test_page(o, o->officer, complaint_desk_case_messages);
    for (int64_t i = 0; i < complaint_page_count(page); i++) assert_int_equal(complaint_page_integer_of(page, i, "party"), 1); /* both are his */
    complaint_page_free(page);
    REFUSED(o, COMPLAINT_E_REQUIRED, "identity", o->officer, "update_complainant", by); /* from where he is entered, it says nothing by itself */
}

static void what_is_given_goes_before_what_the_message_has(void **state) {
    test_office *o = *state;
    char by[64];
    test_open_case(o);
    by_message(by, join_from(o, "line", "U77"));
    DO(o, o->officer, "update_complainant", by, "identity=named"); /* a friend's account, from which he asks something else */
    assert_entry(o, 1, "channel", "facebook");
    DO(o, o->officer, "update_complainant", by, "name=มะลิ");
    assert_entry(o, 1, "channel", "facebook");
    DO(o, o->officer, "update_complainant", by, "channel=email", "address=mali@example.org");
    assert_entry(o, 1, "address", "mali@example.org");
    DO(o, o->officer, "update_complainant", by, "channel=line", "identity=confidential");
    assert_entry(o, 1, "address", "U77");
}

/* Who wrote it need not be numbered. */
static void a_message_says_whose_entry_it_is(void **state) {
    test_office *o = *state;
    char by[64];
    test_open_forwarded(o);
    by_message(by, join_from(o, "line", "U88"));
    DO(o, o->officer, "add_complainant", by, "name=ประสิทธิ์");
    DO(o, o->officer, "update_complainant", by, "identity=named");
    assert_entry(o, 1, "identity", "confidential");
    assert_entry(o, 2, "identity", "named");
    DO(o, o->officer, "update_complainant", by, "party:=1", "identity=named"); /* he says it of the other */
    assert_entry(o, 1, "identity", "named");
    DO(o, o->officer, "withdraw", by);
    assert_entry(o, 2, "state", "withdrawn");
    assert_entry(o, 1, "state", "active");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "party", o->officer, "withdraw", by);
}

static void at_the_end_and_without_anybody_it_is_too_late(void **state) {
    test_office *o = *state;
    test_open_registered(o, "service");
    DO(o, o->officer, "flag", "flag=corruption");
    DO(o, o->officer, "withdraw", "reason=ไม่ติดใจ");
    test_text(o, "state", "registered"); /* the inquiry goes on, without a complainant */
    REFUSED(o, COMPLAINT_E_STATE, "update_complainant", o->officer, "update_complainant", "identity=named");
    complaint_page *page = NULL;
    OK(complaint_desk_actions(o->desk, o->officer, o->case_id, COMPLAINT_ENGLISH, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (strcmp(complaint_page_text_of(page, i, "verb"), "update_complainant") == 0) assert_non_null(strstr(complaint_page_text_of(page, i, "refusal"), "withdrawn"));
    complaint_page_free(page);
    test_open_case(o);
    DO(o, o->officer, "withdraw");
    REFUSED(o, COMPLAINT_E_STATE, "update_complainant", o->officer, "update_complainant", "identity=named");
}

/* ---- who he is [CR-4.2.5] --------------------------------------------------------------------------------------------------------------------- */

static bool is_masked(test_office *o, const complaint_actor *who, test_part part, const char *column) {
    complaint_page *page = test_page(o, who, part);
    bool masked = complaint_page_masked(page, 0, complaint_page_column_find(page, column)) == 1;
    complaint_page_free(page);
    return masked;
}

static void assert_sight(test_office *o, const complaint_actor *who, bool sees) {
    assert_int_equal(is_masked(o, who, complaint_desk_parties, "name"), !sees);
    assert_int_equal(is_masked(o, who, complaint_desk_parties, "address"), !sees);
    assert_int_equal(is_masked(o, who, complaint_desk_notices, "address"), !sees);
    assert_int_equal(is_masked(o, who, complaint_desk_case_messages, "sender"), !sees);
}

static void who_asks_for_it_is_confidential_from_then_on(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "รอคิวสี่ชั่วโมง");
    DO(o, o->officer, "triage", "identity=named");
    DO(o, o->officer, "acknowledge");
    assert_sight(o, o->executive, true);
    o->now += DAY;
    DO(o, o->officer, "update_complainant", "identity=confidential", "reason=ผู้ร้องโทรมาขอไม่ให้เปิดเผยชื่อ");
    assert_sight(o, o->executive, false);
    assert_sight(o, o->officer, true);
    DO(o, o->head, "update_complainant", "identity=named");
    assert_sight(o, o->executive, true);
    test_deliver(o, 1, 0, 0, 0); /* by the way by which it was to go */
    sent(o, 0, "facebook", "t-1");
}

/* What it was is not kept; that it changed is. */
static void a_name_that_was_misspelt_is_not_kept(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_open_forwarded(o);
    DO(o, o->officer, "add_complainant", "name=ประสิทธิ", "identity=named");
    DO(o, o->officer, "update_complainant", "party:=2", "name=ประสิทธิ์");
    assert_entry(o, 2, "name", "ประสิทธิ์");
    test_last_event(o, "update_complainant", "\"amended\":[{\"seq\":2,\"name\":");
    test_last_event(o, "update_complainant", "!\"identity\"");
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 0, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        test_no_text(complaint_page_text_of(page, i, "payload"), "ประสิทธิ");
        test_no_text(complaint_page_text_of(page, i, "sealed"), "ประสิทธิ");
    }
    complaint_page_free(page);
    OK(complaint_desk_events(o->desk, o->quality, o->case_id, NULL, 0, &page)); /* a digest would be found by who has a list of names */
    assert_int_equal(complaint_page_masked(page, complaint_page_count(page) - 1, complaint_page_column_find(page, "payload")), 1);
    complaint_page_free(page);
}

/* ---- what waits for him ------------------------------------------------------------------------------------------------------------------------- */

static void what_waits_goes_the_new_way_once(void **state) {
    test_office *o = *state;
    char intent[160];
    open_acknowledged(o);
    DO(o, o->officer, "update_complainant", "channel=email", "address=somsri@example.org", "reason=ผู้ร้องขอให้ตอบทางอีเมล");
    test_last_event(o, "update_complainant", "\"rerouted\":[{\"seq\":1,\"proof\":");
    test_notice_is(o, "acknowledgement", "complainant", "waiting", NULL);
    REFUSED(o, COMPLAINT_E_STATE, "acknowledge", o->officer, "acknowledge"); /* it is on its way */
    test_verify(o);
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 0, "email", "somsri@example.org");
    snprintf(intent, sizeof intent, "%lld:2:complainant:email", (long long)o->case_id);
    assert_string_equal(o->sent[0].intent, intent);
    test_instant_is(test_int(o, "acknowledged_at"), "2025-11-05T09:00");
    o->now += DAY;
    test_deliver(o, 0, 0, 0, 0);
    assert_int_equal(o->sent_count, 1);
    test_log(o, "triage acknowledge update_complainant delivered");
}

/* Twice changed, and back to where it was: one notice, one letter. */
static void the_last_word_counts(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    DO(o, o->officer, "update_complainant", "address=t-2");
    DO(o, o->officer, "update_complainant", "channel=line", "address=u-1");
    DO(o, o->officer, "update_complainant", "channel=facebook", "address=t-3");
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 0, "facebook", "t-3");
}

/* Others' words, and those of a complainant whose name alone changes, stay as they are. */
static void nothing_else_is_moved(void **state) {
    test_office *o = *state;
    test_open_forwarded(o);
    DO(o, o->officer, "add_complainant", "channel=email", "address=pairat@example.org");
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "update_complainant", "party:=1", "name=สมศรี ใจงาม");
    test_last_event(o, "update_complainant", "!rerouted");
    DO(o, o->officer, "update_complainant", "party:=2", "address=new@example.org");
    test_deliver(o, 2, 0, 0, 0);
    sent(o, 0, "facebook", "t-1");
    sent(o, 1, "email", "new@example.org");
}

/* What was handed over once keeps its intent id, and with it its way: nobody could tell otherwise that it is the same. */
static void what_was_tried_keeps_its_way(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_script(o, COMPLAINT_RETRY_AT, 0);
    test_deliver(o, 0, 0, 1, 0);
    DO(o, o->officer, "update_complainant", "channel=email", "address=somsri@example.org");
    test_last_event(o, "update_complainant", "!rerouted");
    o->now += DAY;
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 1, "facebook", "t-1");
    assert_string_equal(o->sent[0].intent, o->sent[1].intent);
}

static void what_a_carrier_has_taken_over_keeps_its_way(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_script(o, COMPLAINT_ACCEPTED, 0);
    test_deliver(o, 0, 1, 0, 0);
    DO(o, o->officer, "update_complainant", "channel=email", "address=somsri@example.org");
    OK(complaint_desk_notice_outcome(o->desk, o->sent[0].intent, COMPLAINT_DELIVERED));
    test_notice_is(o, "acknowledgement", "complainant", "delivered", NULL);
    test_deliver(o, 0, 0, 0, 0);
}

static void change_on_the_second(test_office *o) {
    test_office second;
    o->during_send = NULL;
    OK(test_office_join(&second, o, COMPLAINT_WRITE));
    second.case_id = o->case_id;
    DO(&second, second.officer, "update_complainant", "channel=email", "address=somsri@example.org");
    test_deliver(&second, 0, 0, 0, 0);
    test_office_close(&second);
}

static void what_is_being_sent_is_not_taken_back(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    o->during_send = change_on_the_second;
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 0, "facebook", "t-1");
    o->now += DAY;
    test_deliver(o, 0, 0, 0, 0);
    test_log(o, "triage acknowledge update_complainant delivered");
}

/* Where nothing can be sent, somebody has to tell him. */
static void what_cannot_go_the_new_way_is_work_for_a_person(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    DO(o, o->officer, "update_complainant", "channel=phone", "address=081-000-0000");
    test_notice_is(o, "acknowledgement", "complainant", "refused", NULL);
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
    test_deliver(o, 0, 0, 0, 0);
    REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", o->officer, "acknowledge"); /* it is not on its way any more */
    DO(o, o->officer, "contact", "notice:=1", "by_hand=phone", "text=โทรแจ้งแล้ว");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    assert_int_not_equal(test_int(o, "acknowledged_at"), 0);
}

static void what_came_back_is_sent_again_to_where_he_is_now(void **state) {
    test_office *o = *state;
    open_acknowledged(o);
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 0, 0, 0, 1);
    DO(o, o->officer, "update_complainant", "address=t-right");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 1);
    DO(o, o->officer, "acknowledge");
    assert_int_equal(test_worklist(o, o->officer, COMPLAINT_WORK_REFUSED, NULL, 0), 0);
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 1, "facebook", "t-right");
    assert_string_equal(test_notice_of(o, o->case_id, 1, "state"), "replaced");
}

/* What the office wants told with it is told where he is now. */
static const test_change confirms[] = {
    {"    \"breach_to_head\": {\"on\"", "    \"entry_changed\": {\"on\": [\"update_complainant\"], \"to\": \"complainant\", \"text\": \"no_complaint\", \"source\": \"ours\"},\n    \"breach_to_head\": {\"on\""}};

static void what_the_event_says_goes_the_new_way_too(void **state) {
    test_office *o = *state;
    test_office_policy(o, confirms, COUNT(confirms));
    test_open_case(o);
    DO(o, o->officer, "update_complainant", "channel=email", "address=somsri@example.org");
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 0, "email", "somsri@example.org");
    DO(o, o->officer, "update_complainant", "address=new@example.org");
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 1, "email", "new@example.org");
    REFUSED(o, COMPLAINT_E_UNKNOWN_FIELD, "by_hand", o->officer, "update_complainant", "channel=phone", "by_hand=phone");
    REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", o->officer, "update_complainant", "channel=phone"); /* nobody there can be told of it */
}

/* A reminder to him that the event makes needless does not go, by whichever way. */
static const test_change stops[] = {
    {"\"clocks\": {\n", "\"clocks\": {\n    \"call_back\": {\"label\": {\"th\": \"โทรกลับ\", \"en\": \"call back\"}, \"starts\": [\"triage\"], \"counts_from\": \"event\", \"stops\": [\"update_complainant\"], \"length\": 60, \"unit\": \"minutes\",\n"
                        "      \"source\": \"ours\", \"warnings\": [{\"before\": {\"length\": 30, \"unit\": \"minutes\"}, \"notice\": \"call_back_soon\", \"source\": \"ours\"}]},\n"},
    {"    \"breach_to_head\": {\"on\"", "    \"call_back_soon\": {\"to\": \"complainant\", \"text\": \"no_complaint\", \"source\": \"ours\"},\n    \"breach_to_head\": {\"on\""}};

static void a_reminder_that_is_needless_goes_no_way(void **state) {
    test_office *o = *state;
    test_office_policy(o, stops, COUNT(stops));
    test_open_case(o);
    o->now += 31 * MINUTE;
    test_tick(o, 1, 1);
    DO(o, o->officer, "update_complainant", "channel=email", "address=somsri@example.org");
    test_verify(o);
    test_deliver(o, 0, 0, 0, 0);
    assert_int_equal(o->sent_count, 0);
    test_notice_is(o, "call_back_soon", "complainant", "withdrawn", NULL);
}

/* ---- what he wrote before ------------------------------------------------------------------------------------------------------------------------ */

static int64_t writer_of(test_office *o, int64_t message) {
    complaint_page *page = test_page(o, o->officer, complaint_desk_case_messages);
    int64_t writer = -1;
    for (int64_t i = 0; i < complaint_page_count(page); i++)
        if (complaint_page_integer_of(page, i, "message") == message) writer = complaint_page_integer_of(page, i, "party");
    complaint_page_free(page);
    return writer;
}

static void the_message_that_brought_him_stays_his(void **state) {
    test_office *o = *state;
    char message[40];
    test_open_case(o);
    int64_t first = o->message;
    DO(o, o->officer, "receive", "channel=line", "external_id=other", "thread=t-other", "sender=อีกคน", "text=ของฉันก็เหมือนกัน");
    DO(o, o->officer, "triage", "@join=1");
    snprintf(message, sizeof message, "@message:=%lld", (long long)o->message);
    DO(o, o->officer, "add_complainant", message);
    DO(o, o->officer, "update_complainant", "party:=1", "channel=email", "address=somsri@example.org", "name=สมศรี ใจงาม");
    DO(o, o->officer, "update_complainant", "party:=2", "channel=phone", "address=081");
    assert_int_equal(writer_of(o, first), 1);
    assert_int_equal(writer_of(o, o->message), 2);
    REFUSED(o, COMPLAINT_E_INVALID, "message", o->officer, "add_complainant", message);
    test_names(o, "2");
}

/* The second matter of his message is answered where he is now, and shows as little of him. */
static void a_second_case_of_his_message_has_his_entry(void **state) {
    test_office *o = *state;
    test_receive(o, "facebook", "สองเรื่อง");
    DO(o, o->officer, "triage", "identity=named");
    DO(o, o->officer, "update_complainant", "identity=anonymous", "channel=email", "address=somsri@example.org", "name=สมศรี ใจงาม");
    DO(o, o->officer, "split", "text=เรื่องที่สอง");
    assert_entry(o, 1, "identity", "anonymous");
    assert_entry(o, 1, "name", "สมศรี ใจงาม");
    test_text(o, "channel", "facebook"); /* by which the matter came */
    DO(o, o->officer, "acknowledge");
    test_deliver(o, 1, 0, 0, 0);
    sent(o, 0, "email", "somsri@example.org");
}

/* ---- the log proves it ---------------------------------------------------------------------------------------------------------------------------- */

static void envelope(char *to, const char *text) {
    to[0] = 0;
    memcpy(to + 1, text, strlen(text) + 1);
}

static void the_old_address_put_back_is_found(void **state) {
    test_office *o = *state;
    char old[16], new[16];
    open_acknowledged(o);
    DO(o, o->officer, "update_complainant", "address=t-right");
    envelope(old, "t-1");
    envelope(new, "t-right");
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "address", B(old, 4));
    test_finds(o, "altered", "complaint_notice");
    assert_int_equal(complaint_desk_deliver(o->desk, 0, NULL), COMPLAINT_E_CORRUPT);
    test_tamper(o, "complaint_notice", KEY(I(o->case_id), I(1)), "address", B(new, 8));
    test_tamper(o, "complaint_party", KEY(I(o->case_id), I(1)), "address", B(old, 4));
    test_finds(o, "altered", "complaint_party.address");
    test_tamper(o, "complaint_party", KEY(I(o->case_id), I(1)), "address", B(new, 8));
    test_tamper(o, "complaint_party", KEY(I(o->case_id), I(1)), "identity", T("named"));
    test_finds(o, "projection", "complaint_party.identity");
    test_tamper(o, "complaint_party", KEY(I(o->case_id), I(1)), "identity", T("confidential"));
    test_deliver(o, 1, 0, 0, 0);
}

/* A number of the office's own by which he is known lies in the log only. */
static void what_else_says_who_he_is_can_be_said_anew(void **state) {
    test_office *o = *state;
    test_open_case(o);
    DO(o, o->officer, "update_complainant", "hn=7788/68", "reason=เลขเดิมของผู้ป่วยรายอื่น");
    test_last_event(o, "update_complainant", "\"amended\":[{\"seq\":1}]");
    test_last_event(o, "update_complainant", "!7788");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(what_says_nothing_is_refused),
        SCENARIO(a_new_channel_comes_with_its_address),
        SCENARIO(whose_entry_it_is_is_never_guessed),
        SCENARIO(without_an_address_nothing_is_sent),
        SCENARIO(of_several_only_who_has_an_address_is_written_to),
        SCENARIO(a_message_of_another_matter_is_refused),
        SCENARIO(who_writes_from_elsewhere_is_reached_there),
        SCENARIO(what_is_given_goes_before_what_the_message_has),
        SCENARIO(a_message_says_whose_entry_it_is),
        SCENARIO(at_the_end_and_without_anybody_it_is_too_late),
        SCENARIO(who_asks_for_it_is_confidential_from_then_on),
        SCENARIO(a_name_that_was_misspelt_is_not_kept),
        SCENARIO(what_waits_goes_the_new_way_once),
        SCENARIO(the_last_word_counts),
        SCENARIO(nothing_else_is_moved),
        SCENARIO(what_was_tried_keeps_its_way),
        SCENARIO(what_a_carrier_has_taken_over_keeps_its_way),
        SCENARIO(what_is_being_sent_is_not_taken_back),
        SCENARIO(what_cannot_go_the_new_way_is_work_for_a_person),
        SCENARIO(what_came_back_is_sent_again_to_where_he_is_now),
        SCENARIO(what_the_event_says_goes_the_new_way_too),
        SCENARIO(a_reminder_that_is_needless_goes_no_way),
        SCENARIO(the_message_that_brought_him_stays_his),
        SCENARIO(a_second_case_of_his_message_has_his_entry),
        SCENARIO(the_old_address_put_back_is_found),
        HOSPITAL(what_else_says_who_he_is_can_be_said_anew),
    };
    return cmocka_run_group_tests_name("CR-4.2.5: a complainant's entry", tests, NULL, NULL);
}
