/*
 * What a complaint is: natures and classes [CR-3], staff [CR-3.1], services [CR-3.2], establishments [CR-3.3], health threats [CR-3.4], cyber [CR-3.5]; the ways it
 * comes by [CR-2, CR-5].
 */
#include "support/desk.h"

#include <complaint/policy.h>

#include <stdio.h>
#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static void close_by(test_office *o, const complaint_actor *unit, const char *from_unit) {
    DO(o, unit, "report_result", from_unit, "outcome=resolved", "text=ดำเนินการแล้ว");
    DO(o, o->officer, "notify_result", "text=ดำเนินการแล้ว");
    test_deliver(o, 2, 0, 0, 0); /* the matter to the unit, the result to the complainant */
    DO(o, o->officer, "close");
    test_text(o, "phase", "closed");
}

/* From the message to the closing. */
static void each_class_goes_to_the_unit_that_has_it(void **state) {
    static const char *const table[][5] = {
        {"personnel", "hr", "พนักงานพูดจาไม่สุภาพ", "class=personnel", "CR-3.1"},
        {"service", "quality", "รอคิวสี่ชั่วโมง", "class=service", "CR-3.2"},
        {"establishment", "consumer", "คลินิกไม่มีใบอนุญาต", "class=establishment", "CR-3.3"},
        {"health_threat", "disease_control", "ไข้เลือดออกในหมู่บ้าน", "class=health_threat", "CR-3.4"},
        {"cyber", "digital", "เพจปลอมแอบอ้างสำนักงาน", "class=cyber", "CR-3.5"},
        {"procurement", "finance", "ล็อกสเปก", "class=procurement", "ours"},
        {"other", "quality", "อื่น ๆ", "class=other", "CR-3"},
    };
    test_office *o = *state;
    const complaint_policy *policy = complaint_desk_policy(o->desk);
    for (size_t i = 0; i < COUNT(table); i++) {
        char unit[64], from[64], id[32];
        snprintf(unit, sizeof unit, "unit=%s", table[i][1]);
        snprintf(from, sizeof from, "from_unit=%s", table[i][1]);
        snprintf(id, sizeof id, "unit-%zu", i);
        test_receive(o, "facebook", table[i][2]);
        DO(o, o->officer, "triage");
        DO(o, o->officer, "register");
        assert_int_equal(o->number, i + 1);
        DO(o, o->officer, "classify", table[i][3]);
        test_text(o, "class", table[i][0]);
        assert_string_equal(complaint_policy_route(policy, table[i][0]), "forward");
        assert_string_equal(complaint_policy_source(policy, COMPLAINT_CODE_CLASS, table[i][0]), table[i][4]);
        REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "refer", "unit=police");
        REFUSED(o, COMPLAINT_E_GUARD, "route", o->officer, "answer", "answer=given", "text=x");
        DO(o, o->officer, "forward", unit);
        close_by(o, test_hire(o, id, "unit", table[i][1]), from);
    }
}

static void the_four_natures_and_what_is_none(void **state) {
    static const char *const natures[] = {"grievance", "suggestion", "objection", "event_report", "information_request", "compliment"};
    test_office *o = *state;
    test_open_case(o);
    test_text(o, "nature", "");
    for (size_t i = 0; i < COUNT(natures); i++) {
        char field[64];
        snprintf(field, sizeof field, "nature=%s", natures[i]);
        DO(o, o->officer, "classify", "class=service", field);
        test_text(o, "nature", natures[i]);
    }
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "nature", o->officer, "classify", "class=service", "nature=joke");
}

/* ---- channels [CR-2, CR-5] ------------------------------------------------------------------------------------------------- */

/* A case remembers by which way it came and how that way calls it; the answer goes back through it. */
static void the_answer_goes_back_by_the_way_it_came(void **state) {
    static const char *const ways[] = {"facebook", "line", "web", "email"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(ways); i++) {
        char thread[16];
        test_receive(o, ways[i], "ร้องเรียน");
        snprintf(thread, sizeof thread, "t-%d", o->external);
        DO(o, o->officer, "triage");
        test_text(o, "channel", ways[i]);
        DO(o, o->officer, "acknowledge");
        test_deliver(o, 1, 0, 0, 0);
        const test_sent *s = &o->sent[o->sent_count - 1];
        assert_string_equal(s->channel, ways[i]);
        assert_string_equal(s->address, thread);
    }
}

static void ways_that_carry_no_answer_are_answered_by_hand(void **state) {
    static const char *const ways[] = {"phone", "letter", "walk_in"};
    test_office *o = *state;
    for (size_t i = 0; i < COUNT(ways); i++) {
        test_receive(o, ways[i], "ร้องเรียน");
        DO(o, o->officer, "triage");
        REFUSED(o, COMPLAINT_E_REQUIRED, "by_hand", o->officer, "acknowledge");
        test_names(o, ways[i]);
        DO(o, o->officer, "acknowledge", "by_hand=phone");
        assert_int_equal(test_int(o, "acknowledged_at"), o->now);
    }
    test_deliver(o, 0, 0, 0, 0);
}

static void only_the_offices_own_channels(void **state) {
    test_office *o = *state;
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "channel", o->officer, "receive", "channel=tiktok", "external_id=1", "text=x");
    test_names(o, "tiktok");
}

/* The same message twice makes one case, whatever the channel calls it. */
static void a_message_imported_twice_makes_one_case(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=web", "external_id=W-1", "text=ก");
    int64_t message = o->message;
    DO(o, o->officer, "triage");
    int64_t id = o->case_id;
    DO(o, o->officer, "receive", "channel=web", "external_id=W-1", "text=ก");
    assert_true(o->repeated);
    assert_int_equal(o->message, message);
    assert_int_equal(o->case_id, id);
    DO(o, o->officer, "receive", "channel=email", "external_id=W-1", "text=ก"); /* another channel's number */
    assert_false(o->repeated);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(each_class_goes_to_the_unit_that_has_it),
        SCENARIO(the_four_natures_and_what_is_none),
        SCENARIO(the_answer_goes_back_by_the_way_it_came),
        SCENARIO(ways_that_carry_no_answer_are_answered_by_hand),
        SCENARIO(only_the_offices_own_channels),
        SCENARIO(a_message_imported_twice_makes_one_case),
    };
    return cmocka_run_group_tests_name("CR-2, CR-3, CR-5: what comes in and by which way", tests, NULL, NULL);
}
