/* The complainant is kept confidential; nobody learns what he does not need [CR-4.2.5, CR-1]. */
#include "support/desk.h"

#include <complaint/report.h>

#include <string.h>

#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, test_office_setup, test_office_teardown)

static const char name[] = "สมศรี ใจดี", words[] = "รอคิวสี่ชั่วโมง";

/* A case with everything in it that could be given away; `identity` NULL leaves it to the library. */
static void open_full(test_office *o, const char *identity) {
    test_receive(o, "facebook", words);
    OK(test_keep(o, "photo", 5));
    test_expect(o, test_act(o, o->officer, "triage", identity, NULL), COMPLAINT_OK, NULL, __FILE__, __LINE__);
    DO(o, o->officer, "register");
    DO(o, o->officer, "classify", "class=service", "reason=รอคิวสี่ชั่วโมงที่ รพ.");
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "forward", "unit=quality", "text=รอคิวสี่ชั่วโมงที่ตึกผู้ป่วยนอก");
}

static char *json_of(complaint_page *page) {
    static char all[16384];
    complaint_text *text = NULL;
    OK(complaint_page_json(page, &text));
    assert_true(complaint_text_size(text) < sizeof all);
    strcpy(all, complaint_text_data(text));
    complaint_text_free(text);
    return all;
}

static const test_part parts[] = {complaint_desk_case,    complaint_desk_clocks,  complaint_desk_referrals,
                                  complaint_desk_notices, complaint_desk_parties, complaint_desk_case_messages};

/* No page of the case shows `secret` to `who`, neither in cells nor in JSON. */
static void hides(test_office *o, const complaint_actor *who, const char *secret) {
    for (size_t i = 0; i < COUNT(parts); i++) {
        complaint_page *page = test_page(o, who, parts[i]);
        for (int64_t row = 0; row < complaint_page_count(page); row++)
            for (int32_t column = 0; column < complaint_page_column_count(page); column++) test_no_text(complaint_page_text(page, row, column), secret);
        test_no_text(json_of(page), secret);
        complaint_page_free(page);
    }
    int64_t streams[] = {o->case_id, o->message};
    for (size_t i = 0; i < COUNT(streams); i++) {
        complaint_page *page = NULL;
        OK(complaint_desk_events(o->desk, who, streams[i], NULL, 0, &page));
        test_no_text(json_of(page), secret);
        complaint_page_free(page);
    }
    complaint_page *page = NULL;
    OK(complaint_desk_message(o->desk, who, o->message, &page));
    test_no_text(json_of(page), secret);
    complaint_page_free(page);
}

static int shows_party(test_office *o, const complaint_actor *who) {
    complaint_page *page = test_page(o, who, complaint_desk_parties);
    int32_t column = complaint_page_column_find(page, "name");
    bool masked = complaint_page_masked(page, 0, column) == 1, shown = strcmp(complaint_page_text(page, 0, column), name) == 0;
    assert_int_equal(masked, !shown);
    if (masked) {
        assert_int_equal(complaint_page_type(page, 0, column), 0); /* null */
        assert_string_equal(complaint_page_text(page, 0, column), "");
        assert_non_null(strstr(json_of(page), "\"name\":{\"masked\":true}"));
        assert_non_null(strstr(json_of(page), "\"address\":{\"masked\":true}"));
    }
    complaint_page_free(page);
    return shown;
}

static void confidential_unless_somebody_chose_otherwise(void **state) {
    test_office *o = *state;
    open_full(o, NULL);
    complaint_page *page = test_page(o, o->officer, complaint_desk_parties);
    assert_string_equal(complaint_page_text_of(page, 0, "identity"), "confidential");
    complaint_page_free(page);
    test_receive(o, "facebook", "x");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "identity", o->officer, "triage", "identity=public");
}

static void identity_by_role_and_level(void **state) {
    test_office *o = *state;
    static const char *const levels[] = {"identity=named", "identity=confidential", "identity=anonymous"};
    for (size_t i = 0; i < COUNT(levels); i++) {
        open_full(o, levels[i]);
        assert_true(shows_party(o, o->officer));
        assert_true(shows_party(o, o->head));
        assert_int_equal(shows_party(o, o->executive), i == 0);
        assert_false(shows_party(o, o->quality));
        assert_false(shows_party(o, o->dpo));
        assert_false(shows_party(o, o->auditor));
        if (i) hides(o, o->executive, name);
        hides(o, o->quality, name);
        hides(o, o->quality, "t-"); /* nor by which conversation he is reached */
        hides(o, o->quality, "m-");
        hides(o, o->auditor, "t-");
        hides(o, o->dpo, name);
        hides(o, o->auditor, name);
    }
}

static void an_auditor_reads_the_log_not_the_letters(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    open_full(o, NULL);
    hides(o, o->auditor, words);
    OK(complaint_desk_events(o->desk, o->auditor, o->case_id, NULL, 0, &page));
    assert_int_equal(complaint_page_count(page), 5);
    assert_int_equal(complaint_page_masked(page, 2, complaint_page_column_find(page, "sealed")), 1);
    assert_string_equal(complaint_page_text_of(page, 2, "verb"), "classify");
    complaint_page_free(page);
    OK(complaint_desk_events(o->desk, o->quality, o->case_id, NULL, 0, &page)); /* the unit reads what it has to work on */
    assert_non_null(strstr(complaint_page_text_of(page, 4, "sealed"), "ตึกผู้ป่วยนอก"));
    complaint_page_free(page);
}

static int32_t COMPLAINT_CALL count_bytes(void *context, const void *data, size_t size) {
    (void)data;
    *(size_t *)context += size;
    return 0;
}

static void evidence_by_role(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    char digest[80];
    size_t size = 0;
    open_full(o, NULL);
    OK(complaint_desk_evidence(o->desk, o->officer, o->case_id, &page));
    assert_int_equal(complaint_page_count(page), 1);
    strcpy(digest, complaint_page_text_of(page, 0, "digest"));
    assert_string_equal(complaint_page_text_of(page, 0, "name"), "ภาพ.jpg");
    complaint_page_free(page);
    OK(complaint_desk_read_evidence(o->desk, o->officer, o->case_id, digest, count_bytes, &size));
    assert_int_equal(size, 5);
    OK(complaint_desk_read_evidence(o->desk, o->quality, o->case_id, digest, count_bytes, &size));
    assert_int_equal(size, 10);
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->auditor, o->case_id, digest, count_bytes, &size), COMPLAINT_E_ROLE);
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->hr, o->case_id, digest, count_bytes, &size), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->officer, o->message, digest, count_bytes, &size), COMPLAINT_E_NOT_FOUND); /* it is the case's */
    assert_int_equal(complaint_desk_read_evidence(o->desk, o->officer, o->case_id, "00", count_bytes, &size), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(size, 10);
}

static void another_units_case_is_not_there(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    int64_t found = 0;
    open_full(o, NULL);
    for (size_t i = 0; i < COUNT(parts); i++) {
        test_expect(o, parts[i](o->desk, o->hr, o->case_id, &page), COMPLAINT_E_NOT_FOUND, "case", __FILE__, __LINE__);
        assert_null(page);
    }
    test_expect(o, complaint_desk_actions(o->desk, o->hr, o->case_id, COMPLAINT_THAI, &page), COMPLAINT_E_NOT_FOUND, "case", __FILE__, __LINE__);
    test_expect(o, complaint_desk_events(o->desk, o->hr, o->case_id, NULL, 0, &page), COMPLAINT_E_NOT_FOUND, NULL, __FILE__, __LINE__);
    test_expect(o, complaint_desk_message(o->desk, o->hr, o->message, &page), COMPLAINT_E_NOT_FOUND, "message", __FILE__, __LINE__);
    test_expect(o, complaint_desk_evidence(o->desk, o->hr, o->case_id, &page), COMPLAINT_E_NOT_FOUND, NULL, __FILE__, __LINE__);
    test_expect(o, complaint_desk_find(o->desk, o->hr, 2569, 1, &found), COMPLAINT_E_NOT_FOUND, "number", __FILE__, __LINE__);
    /* word for word what it says of a case that never was */
    char absent[512];
    assert_int_equal(complaint_desk_find(o->desk, o->hr, 2569, 2, &found), COMPLAINT_E_NOT_FOUND);
    strcpy(absent, test_why(o));
    assert_int_equal(complaint_desk_find(o->desk, o->hr, 2569, 1, &found), COMPLAINT_E_NOT_FOUND);
    *strchr(absent, '2') = '1';
    assert_string_equal(test_why(o), absent);
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->hr, "note", "text=x");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "message", o->hr, "triage");
    DO(o, o->officer, "forward", "unit=hr"); /* from now on it is its case too */
    OK(complaint_desk_case(o->desk, o->hr, o->case_id, &page));
    complaint_page_free(page);
}

static void lists_are_for_who_sees_all(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    open_full(o, NULL);
    for (int32_t list = COMPLAINT_WORK_OPEN; list <= COMPLAINT_WORK_REFUSED; list++)
        test_expect(o, complaint_desk_worklist(o->desk, o->quality, list, NULL, 0, &page), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__);
    test_expect(o, complaint_desk_inbox(o->desk, o->quality, "opened", NULL, 0, &page), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__);
    test_expect(o, complaint_desk_thread(o->desk, o->quality, "facebook", "t-1", NULL, 0, &page), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__);
    test_expect(o, complaint_desk_report(o->desk, o->quality, 2569, 12, &page), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__);
    test_expect(o, complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_UNIT, NULL, 0, &page), COMPLAINT_E_REQUIRED, "actor.unit", __FILE__, __LINE__);
    test_expect(o, complaint_desk_case(o->desk, o->system, o->case_id, &page), COMPLAINT_E_ROLE, NULL, __FILE__, __LINE__); /* a role without a view sees nothing */
    assert_null(page);
    OK(complaint_desk_inbox(o->desk, o->executive, "opened", NULL, 0, &page));
    test_no_text(json_of(page), name);
    complaint_page_free(page);
    OK(complaint_desk_inbox(o->desk, o->auditor, "opened", NULL, 0, &page));
    test_no_text(json_of(page), words);
    complaint_page_free(page);
}

static void an_actor_without_a_known_role_gets_nothing(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    complaint_actor *nobody = NULL, *stranger = NULL;
    open_full(o, NULL);
    OK(complaint_actor_new(NULL, "nobody", &nobody));
    test_expect(o, complaint_desk_case(o->desk, nobody, o->case_id, &page), COMPLAINT_E_ROLE, "actor.role", __FILE__, __LINE__);
    REFUSED(o, COMPLAINT_E_ROLE, "actor.role", nobody, "note", "text=x");
    OK(complaint_actor_new(NULL, "stranger", &stranger));
    OK(complaint_actor_add_role(stranger, "officer"));
    OK(complaint_actor_add_role(stranger, "minister"));
    test_expect(o, complaint_desk_case(o->desk, stranger, o->case_id, &page), COMPLAINT_E_UNKNOWN_CODE, "actor.role", __FILE__, __LINE__);
    test_names(o, "minister");
    test_names(o, "officer, head, executive");
    assert_int_equal(complaint_desk_case(o->desk, NULL, o->case_id, &page), COMPLAINT_E_HANDLE);
    assert_null(page);
    complaint_actor_free(nobody);
    complaint_actor_free(stranger);
}

/* A unit that is mistyped would see nothing, and take that for having nothing to do. */
static void an_actor_of_an_unknown_unit_gets_nothing(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    open_full(o, NULL);
    complaint_actor *mistyped = test_hire(o, "q-2", "unit", "qualty"), *officer = test_hire(o, "o-2", "officer", "nowhere");
    test_expect(o, complaint_desk_worklist(o->desk, mistyped, COMPLAINT_WORK_UNIT, NULL, 0, &page), COMPLAINT_E_UNKNOWN_CODE, "actor.unit", __FILE__, __LINE__);
    test_names(o, "“qualty”");
    test_names(o, "one of: quality, hr, consumer");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "actor.unit", mistyped, "add_evidence");
    REFUSED(o, COMPLAINT_E_UNKNOWN_CODE, "actor.unit", officer, "note", "text=x");
    assert_null(page);
    OK(complaint_actor_set_unit(officer, ""));
    DO(o, officer, "note", "text=x");
}

static void who_has_two_roles_sees_with_both(void **state) {
    test_office *o = *state;
    complaint_actor *both = NULL;
    complaint_page *page = NULL;
    open_full(o, NULL);
    OK(complaint_actor_new(NULL, "both", &both));
    OK(complaint_actor_add_role(both, "auditor"));
    OK(complaint_actor_add_role(both, "unit"));
    OK(complaint_actor_set_unit(both, "hr"));
    OK(complaint_desk_case(o->desk, both, o->case_id, &page)); /* as auditor */
    complaint_page_free(page);
    assert_false(shows_party(o, both));
    complaint_actor_free(both);
}

static void errors_never_repeat_what_a_complainant_wrote(void **state) {
    test_office *o = *state;
    open_full(o, NULL);
    assert_int_equal(TRY(o, o->officer, "acknowledge", "text=รอคิวสี่ชั่วโมง"), COMPLAINT_E_UNKNOWN_FIELD);
    test_no_text(test_why(o), words);
    REFUSED(o, COMPLAINT_E_RANGE, "sent_at", o->officer, "receive", "channel=facebook", "external_id=9", "text=รอคิวสี่ชั่วโมง", "sender=สมศรี ใจดี", "sent_at:=4102444800000");
    test_no_text(test_why(o), words);
    test_no_text(test_why(o), name);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SCENARIO(confidential_unless_somebody_chose_otherwise),
        SCENARIO(identity_by_role_and_level),
        SCENARIO(an_auditor_reads_the_log_not_the_letters),
        SCENARIO(evidence_by_role),
        SCENARIO(another_units_case_is_not_there),
        SCENARIO(lists_are_for_who_sees_all),
        SCENARIO(an_actor_without_a_known_role_gets_nothing),
        SCENARIO(an_actor_of_an_unknown_unit_gets_nothing),
        SCENARIO(who_has_two_roles_sees_with_both),
        SCENARIO(errors_never_repeat_what_a_complainant_wrote),
    };
    return cmocka_run_group_tests_name("CR-4.2.5: the complainant is kept confidential", tests, NULL, NULL);
}
