/* view: who sees what, role by role and level by level; pages that answer nothing outside themselves and never give a masked value away. */
#include "support/alloc.h"
#include "support/desk.h"
#include "view/view.h"

#include <complaint/policy.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the decision ---------------------------------------------------------------------------------------------------------- */

static complaint_policy *builtin(void) {
    complaint_policy *p = NULL;
    OK(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &p, NULL));
    return p;
}

static cpl_view view_of(const complaint_policy *p, const char *first, const char *second) {
    cpl_view v = {.unit = CPL_LIT("")};
    cpl_view_add_role(&v, p, cpl_policy_role(p, cpl_str_of(first)));
    if (second) cpl_view_add_role(&v, p, cpl_policy_role(p, cpl_str_of(second)));
    return v;
}

static void roles_see_what_the_policy_says(void **state) {
    (void)state;
    static const struct {
        const char *first, *second;
        bool any, all, named, confidential, anonymous, text;
    } cases[] = {
        {"system", NULL, false, false, false, false, false, false}, /* no entry: nothing */
        {"officer", NULL, true, true, true, true, true, true},       {"head", NULL, true, true, true, true, true, true},
        {"executive", NULL, true, true, true, false, false, true},   {"unit", NULL, true, false, false, false, false, true},
        {"dpo", NULL, true, true, false, false, false, true},        {"auditor", NULL, true, true, false, false, false, false},
        {"auditor", "unit", true, true, false, false, false, true}, /* two roles see what either sees */
        {"unit", "executive", true, true, true, false, false, true}, {"system", "auditor", true, true, false, false, false, false},
    };
    complaint_policy *p = builtin();
    for (size_t i = 0; i < COUNT(cases); i++) {
        cpl_view v = view_of(p, cases[i].first, cases[i].second);
        assert_int_equal(v.any, cases[i].any);
        assert_int_equal(v.all_cases, cases[i].all);
        assert_int_equal(v.text, cases[i].text);
        assert_int_equal(cpl_view_sees_identity(&v, CPL_LIT("named")), cases[i].named);
        assert_int_equal(cpl_view_sees_identity(&v, CPL_LIT("confidential")), cases[i].confidential);
        assert_int_equal(cpl_view_sees_identity(&v, CPL_LIT("anonymous")), cases[i].anonymous);
        /* a level nobody knows is confidential */
        static const char *const strange[] = {"", "Named", "named ", "public", "open"};
        for (size_t k = 0; k < COUNT(strange); k++) assert_int_equal(cpl_view_sees_identity(&v, cpl_str_of(strange[k])), cases[i].confidential);
    }
    complaint_policy_free(p);
}

static void units_see_their_referrals(void **state) {
    (void)state;
    complaint_policy *p = builtin();
    cpl_referral referrals[] = {{.seq = 1, .unit = CPL_LIT("hr")}, {.seq = 2, .unit = CPL_LIT("quality")}};
    cpl_case with = {.referrals = referrals, .referral_count = 2}, without = {0};
    cpl_view unit = view_of(p, "unit", NULL), nobody = view_of(p, "system", NULL), officer = view_of(p, "officer", NULL);
    assert_false(cpl_view_sees_case(&unit, &with)); /* no unit: no case */
    static const char *const units[] = {"hr", "quality", "HR", "h", "hr,quality"};
    for (size_t i = 0; i < COUNT(units); i++) {
        unit.unit = cpl_str_of(units[i]);
        assert_int_equal(cpl_view_sees_case(&unit, &with), i < 2);
        assert_false(cpl_view_sees_case(&unit, &without));
    }
    nobody.unit = CPL_LIT("hr");
    assert_false(cpl_view_sees_case(&nobody, &with));
    assert_true(cpl_view_sees_case(&officer, &without));
    complaint_policy_free(p);
}

/* ---- pages ------------------------------------------------------------------------------------------------------------------- */

static const char *const names[] = {"id", "count", "text", "secret", "nothing"};
static const char odd[] = "ก\"\\/\n\t\x01\x7f<b>\xf0\x9f\x98\x80";

static complaint_page *sample(const cpl_memory *m) {
    complaint_page *p = cpl_page_new(m, names, COUNT(names)), *page = NULL;
    complaint_value secret = cpl_blob("\0สมชาย", sizeof "\0สมชาย" - 1);
    if (!p) return NULL;
    complaint_status s = COMPLAINT_OK;
    for (int i = 0; i < 20 && s == COMPLAINT_OK && cpl_page_row(p); i++) {
        cpl_page_id(p, 0, INT64_MAX - i);
        cpl_page_int(p, 1, INT64_MIN + i);
        cpl_page_str(p, 2, cpl_str_of(odd));
        s = cpl_page_envelope(p, 3, &secret, i % 2, NULL);
    }
    cpl_page_token(p, CPL_LIT("12|7"));
    if (s == COMPLAINT_OK) return cpl_page_finish(p, &page, NULL) == COMPLAINT_OK ? page : NULL;
    complaint_page_free(p);
    return NULL;
}

static void cells_outside_the_page_are_nothing(void **state) {
    (void)state;
    complaint_page *p = sample(&cpl_memory_default);
    static const int64_t rows[] = {-1, 20, INT64_MAX, INT64_MIN, 0};
    static const int32_t columns[] = {-1, 5, INT32_MAX, INT32_MIN, 4};
    for (size_t r = 0; r < COUNT(rows); r++)
        for (size_t c = 0; c < COUNT(columns); c++) {
            assert_int_equal(complaint_page_type(p, rows[r], columns[c]), COMPLAINT_NULL);
            assert_int_equal(complaint_page_integer(p, rows[r], columns[c]), 0);
            assert_string_equal(complaint_page_text(p, rows[r], columns[c]), "");
            assert_int_equal(complaint_page_masked(p, rows[r], columns[c]), 0);
        }
    assert_null(complaint_page_column_name(p, -1));
    assert_null(complaint_page_column_name(p, 5));
    assert_int_equal(complaint_page_column_find(p, "weather"), -1);
    assert_int_equal(complaint_page_column_find(p, NULL), -1);
    assert_int_equal(complaint_page_integer_of(p, 0, "weather"), 0);
    assert_string_equal(complaint_page_text_of(p, 0, "weather"), "");
    assert_string_equal(complaint_page_text_of(p, 0, NULL), "");
    complaint_page_free(p);
    complaint_text *json = NULL;
    assert_int_equal(complaint_page_count(NULL), 0);
    assert_int_equal(complaint_page_column_count(NULL), 0);
    assert_null(complaint_page_column_name(NULL, 0));
    assert_int_equal(complaint_page_column_find(NULL, "id"), -1);
    assert_int_equal(complaint_page_integer(NULL, 0, 0), 0);
    assert_string_equal(complaint_page_text(NULL, 0, 0), "");
    assert_null(complaint_page_token(NULL));
    assert_int_equal(complaint_page_json(NULL, &json), COMPLAINT_E_INVALID);
    assert_null(json);
    complaint_page_free(NULL);
}

static void cells_are_what_was_put(void **state) {
    (void)state;
    complaint_page *p = sample(&cpl_memory_default);
    assert_int_equal(complaint_page_count(p), 20);
    assert_int_equal(complaint_page_column_count(p), 5);
    assert_string_equal(complaint_page_column_name(p, 3), "secret");
    assert_int_equal(complaint_page_integer_of(p, 19, "id"), INT64_MAX - 19);
    assert_int_equal(complaint_page_integer_of(p, 0, "count"), INT64_MIN);
    assert_string_equal(complaint_page_text_of(p, 7, "text"), odd);
    assert_string_equal(complaint_page_text_of(p, 7, "count"), ""); /* a number is no text */
    assert_int_equal(complaint_page_integer_of(p, 7, "text"), 0);
    assert_string_equal(complaint_page_text_of(p, 1, "secret"), "สมชาย");
    assert_string_equal(complaint_page_token(p), "12|7");
    complaint_page_free(p);
}

/* Ids are strings, what is masked says so, and a JSON reader gets every text back. */
static void json_is_the_page(void **state) {
    (void)state;
    complaint_page *p = sample(&cpl_memory_default);
    complaint_text *json = NULL;
    cpl_json_doc *doc = NULL;
    OK(complaint_page_json(p, &json));
    OK(cpl_json_parse(&cpl_memory_default, cpl_text_str(json), 8, false, &doc, NULL));
    const cpl_json *root = cpl_json_root(doc);
    assert_int_equal(cpl_json_count(root), 20);
    for (size_t i = 0; i < 20; i++) {
        const cpl_json *row = cpl_json_at(root, i), *secret = cpl_json_get(row, "secret");
        char id[32];
        snprintf(id, sizeof id, "%" PRId64, INT64_MAX - (int64_t)i);
        assert_int_equal(cpl_json_count(row), COUNT(names));
        for (size_t k = 0; k < COUNT(names); k++) assert_true(cpl_str_is(cpl_json_key(row, k), names[k]));
        assert_true(cpl_str_is(cpl_json_str(cpl_json_get(row, "id")), id));
        assert_int_equal(cpl_json_int(cpl_json_get(row, "count")), INT64_MIN + (int64_t)i);
        assert_true(cpl_str_is(cpl_json_str(cpl_json_get(row, "text")), odd));
        assert_int_equal(cpl_json_type(cpl_json_get(row, "nothing")), CPL_JSON_NULL);
        if (i % 2)
            assert_true(cpl_str_is(cpl_json_str(secret), "สมชาย"));
        else
            assert_int_equal(cpl_json_int(cpl_json_get(secret, "masked")), 1);
    }
    cpl_json_free(doc);
    complaint_text_free(json);
    complaint_page_free(p);
    p = cpl_page_new(&cpl_memory_default, names, COUNT(names)); /* no rows */
    OK(complaint_page_json(p, &json));
    assert_string_equal(complaint_text_data(json), "[]");
    complaint_text_free(json);
    complaint_page_free(p);
}

static void masked_cells_hold_nothing(void **state) {
    (void)state;
    complaint_page *p = sample(&cpl_memory_default);
    assert_int_equal(complaint_page_masked(p, 0, 3), 1);
    assert_int_equal(complaint_page_masked(p, 1, 3), 0);
    assert_int_equal(complaint_page_type(p, 0, 3), COMPLAINT_NULL);
    assert_string_equal(complaint_page_text(p, 0, 3), "");
    assert_int_equal(complaint_page_integer(p, 0, 3), 0);
    complaint_page_free(p);
}

/* Nothing there is null for everybody: a mask would say that there is something. */
static void envelopes_become_cells(void **state) {
    (void)state;
    complaint_error e;
    complaint_page *p = cpl_page_new(&cpl_memory_default, names, COUNT(names));
    complaint_value none = cpl_blob("", 0), sealed = cpl_blob("\1x", 2), strange = cpl_blob("\7x", 2), broken = cpl_blob("\0\xff", 2), nul = cpl_blob("\0a\0b", 4);
    assert_true(cpl_page_row(p));
    OK(cpl_page_envelope(p, 3, &none, true, &e));
    OK(cpl_page_envelope(p, 4, &none, false, &e));
    assert_int_equal(complaint_page_masked(p, 0, 3) + complaint_page_masked(p, 0, 4), 0);
    assert_int_equal(cpl_page_envelope(p, 3, &sealed, true, &e), COMPLAINT_E_UNSUPPORTED);
    assert_int_equal(cpl_page_envelope(p, 3, &strange, true, &e), COMPLAINT_E_CORRUPT);
    assert_string_equal(complaint_error_subject(&e), "secret");
    assert_int_equal(cpl_page_envelope(p, 3, &broken, true, &e), COMPLAINT_E_CORRUPT);
    assert_int_equal(cpl_page_envelope(p, 3, &nul, true, &e), COMPLAINT_E_CORRUPT);
    OK(cpl_page_envelope(p, 3, &sealed, false, &e)); /* not opened for who may not see it */
    assert_int_equal(complaint_page_masked(p, 0, 3), 1);
    complaint_page_free(p);
}

static bool page_and_json(test_alloc *a, void *context) {
    (void)context;
    cpl_memory m = a->table;
    complaint_text *json = NULL;
    complaint_page *p = sample(&m);
    complaint_status s = p ? complaint_page_json(p, &json) : COMPLAINT_E_MEMORY;
    assert_int_equal(s, a->failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK);
    complaint_text_free(json);
    complaint_page_free(p);
    return s == COMPLAINT_OK;
}

static void pages_survive_memory_failures(void **state) {
    (void)state;
    test_alloc_loop(page_and_json, NULL);
}

/* ---- nobody sees more, whatever he asks for ------------------------------------------------------------------------------------- */

static const char secret_name[] = "สมชาย ลับสุด", secret_address[] = "secret-081-234-5678", secret_text[] = "ข้อความลับของเรื่อง", secret_reason[] = "เหตุผลลับของเจ้าหน้าที่";

/* Everything a page says, in any way, added to `all`. */
static void hear(complaint_page *p, cpl_buf *all) {
    complaint_text *json = NULL;
    OK(complaint_page_json(p, &json));
    cpl_buf_str(all, cpl_text_str(json));
    for (int64_t r = 0; r < complaint_page_count(p); r++)
        for (int32_t c = 0; c < complaint_page_column_count(p); c++) cpl_buf_puts(all, complaint_page_text(p, r, c));
    complaint_text_free(json);
    complaint_page_free(p);
}

static void ask_everything(test_office *o, const complaint_actor *who, cpl_buf *all) {
    static const test_part parts[] = {complaint_desk_case,    complaint_desk_clocks,  complaint_desk_referrals,
                                      complaint_desk_notices, complaint_desk_parties, complaint_desk_case_messages,
                                      complaint_desk_papers,  complaint_desk_links};
    static const char *const states[] = {"new", "opened", "joined", "set_aside", "reply"};
    complaint_page *p = NULL;
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i](o->desk, who, o->case_id, &p) == COMPLAINT_OK) hear(p, all);
    for (size_t i = 0; i < COUNT(states); i++)
        if (complaint_desk_inbox(o->desk, who, states[i], NULL, 0, &p) == COMPLAINT_OK) hear(p, all);
    for (int32_t w = COMPLAINT_WORK_OPEN; w <= COMPLAINT_WORK_UNIT; w++)
        if (complaint_desk_worklist(o->desk, who, w, NULL, 0, &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_message(o->desk, who, o->message, &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_find_message(o->desk, who, "facebook", "m1", &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_events(o->desk, who, o->case_id, NULL, 0, &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_events(o->desk, who, o->message, NULL, 0, &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_evidence(o->desk, who, o->message, &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_evidence(o->desk, who, o->case_id, &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_thread(o->desk, who, "facebook", secret_address, NULL, 0, &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_actions(o->desk, who, o->case_id, COMPLAINT_THAI, &p) == COMPLAINT_OK) hear(p, all);
    if (complaint_desk_actions_of_others(o->desk, who, o->case_id, COMPLAINT_THAI, &p) == COMPLAINT_OK) hear(p, all);
    cpl_buf_puts(all, complaint_error_text(complaint_desk_error(o->desk), COMPLAINT_THAI));
    cpl_buf_puts(all, complaint_error_text(complaint_desk_error(o->desk), COMPLAINT_ENGLISH));
}

static void live(test_office *o, const char *level) {
    char identity[40];
    snprintf(identity, sizeof identity, "identity=%s", level);
    DO(o, o->officer, "receive", "channel=facebook", "external_id=m1", "thread=secret-081-234-5678", "sender=สมชาย ลับสุด", "text=ข้อความลับของเรื่อง");
    DO(o, o->officer, "triage", identity);
    DO(o, o->officer, "register");
    DO(o, o->officer, "acknowledge");
    DO(o, o->officer, "classify", "class=service", "reason=เหตุผลลับของเจ้าหน้าที่");
    DO(o, o->officer, "forward", "unit=quality");
    test_script(o, COMPLAINT_REFUSED, 0);
    test_deliver(o, 1, 0, 0, 1); /* the unit hears of the matter all the same */
}

static void assert_heard(const cpl_buf *all, const char *secret, bool expected, const char *who, const char *level) {
    bool heard = strstr(all->data ? all->data : "", secret) != NULL;
    if (heard != expected) print_error("%s, %s: %s\n", who, level, secret);
    assert_int_equal(heard, expected);
}

static void secrets_are_kept(void **state) {
    (void)state;
    static const char *const levels[] = {"named", "confidential", "anonymous"};
    for (size_t l = 0; l < COUNT(levels); l++) {
        test_office o;
        OK(test_office_open(&o, NULL, test_instant("2025-11-05T09:00")));
        live(&o, levels[l]);
        const struct {
            const complaint_actor *actor;
            const char *name;
            bool identity[3], text;
        } cases[] = {
            {o.officer, "officer", {true, true, true}, true},     {o.head, "head", {true, true, true}, true},           {o.executive, "executive", {true, false, false}, true},
            {o.quality, "quality", {false, false, false}, true},  {o.hr, "another unit", {false, false, false}, false}, {o.dpo, "dpo", {false, false, false}, true},
            {o.auditor, "auditor", {false, false, false}, false}, {o.system, "system", {false, false, false}, false},
        };
        for (size_t i = 0; i < COUNT(cases); i++) {
            cpl_buf all;
            cpl_buf_init(&all, &cpl_memory_default);
            ask_everything(&o, cases[i].actor, &all);
            assert_heard(&all, secret_name, cases[i].identity[l], cases[i].name, levels[l]);
            assert_heard(&all, secret_address, cases[i].identity[l], cases[i].name, levels[l]);
            assert_heard(&all, secret_text, cases[i].text, cases[i].name, levels[l]);
            assert_heard(&all, secret_reason, cases[i].text, cases[i].name, levels[l]);
            cpl_buf_free(&all);
        }
        test_office_close(&o);
    }
}

/* ---- several complainants, each at his own level --------------------------------------------------------------------------------- */

static void asks_and_hears(test_office *o, const complaint_actor *who, const char *secret, bool expected, const char *name) {
    cpl_buf all;
    cpl_buf_init(&all, &cpl_memory_default);
    ask_everything(o, who, &all);
    assert_heard(&all, secret, expected, name, "-");
    cpl_buf_free(&all);
}

static void each_complainant_has_his_own_level(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=m1", "thread=first-thread", "sender=คนแรก", "text=x");
    DO(o, o->officer, "triage", "identity=named");
    int64_t first_message = o->message;
    DO(o, o->officer, "register");
    asks_and_hears(o, o->executive, "คนแรก", true, "executive");
    DO(o, o->officer, "add_complainant", "identity=confidential", "channel=facebook", "name=คนที่สอง", "address=second-thread");
    DO(o, o->officer, "acknowledge"); /* a letter to each */
    DO(o, o->officer, "receive", "channel=facebook", "external_id=m2", "thread=second-thread", "sender=คนที่สอง", "text=x");
    DO(o, o->officer, "add_message");
    const complaint_actor *none[] = {o->executive, o->dpo, o->auditor};
    for (size_t i = 0; i < COUNT(none); i++) {
        asks_and_hears(o, none[i], "คนที่สอง", false, "who may not know the second");
        asks_and_hears(o, none[i], "second-thread", false, "who may not know the second");
    }
    o->message = first_message;
    asks_and_hears(o, o->executive, "คนแรก", true, "executive"); /* in the list of parties, and by the letter to him */
    asks_and_hears(o, o->officer, "คนที่สอง", true, "officer");
    asks_and_hears(o, o->officer, "second-thread", true, "officer");
}

/* An anonymous complainant stays so in the second matter of his message. */
static void a_case_that_is_split_off_keeps_the_level(void **state) {
    test_office *o = *state;
    DO(o, o->officer, "receive", "channel=facebook", "external_id=m1", "thread=first-thread", "sender=คนแรก", "text=x");
    DO(o, o->officer, "triage", "identity=anonymous");
    complaint_draft *d = o->draft;
    complaint_outcome *out = NULL;
    OK(complaint_draft_set_case(d, o->case_id, COMPLAINT_ANY_REVISION));
    OK(complaint_draft_set_message(d, o->message));
    OK(complaint_desk_act(o->desk, o->officer, COMPLAINT_VERB_SPLIT, d, &out));
    complaint_draft_clear(d);
    o->case_id = complaint_outcome_case(out);
    complaint_outcome_free(out);
    complaint_page *p = test_page(o, o->officer, complaint_desk_parties);
    assert_string_equal(complaint_page_text_of(p, 0, "identity"), "anonymous");
    complaint_page_free(p);
}

/* ---- who is concerned --------------------------------------------------------------------------------------------------------------- */

/* Nothing tells of a case that somebody must not see: not the other end of a link, and not a message that might join it. */
static void who_is_blind_to_a_case_does_not_learn_of_it(void **state) {
    test_office *o = *state;
    char id[32], field[48];
    test_open_registered(o, "service");
    int64_t about_the_officer = o->case_id;
    snprintf(id, sizeof id, "%" PRId64, about_the_officer);
    snprintf(field, sizeof field, "case=%s", id);
    test_open_registered(o, "service");
    int64_t other = o->case_id;
    DO(o, o->head, "link", field, "link=same_event");
    asks_and_hears(o, o->officer, id, true, "officer");
    o->case_id = about_the_officer;
    DO(o, o->head, "recuse", "person=malee");
    o->case_id = other;
    asks_and_hears(o, o->officer, id, false, "the officer it is about");
    asks_and_hears(o, o->head, id, true, "head");
    DO(o, o->head, "receive", "channel=facebook", "external_id=late", "thread=t", "text=x");
    o->case_id = about_the_officer;
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->officer, "triage", "@join=1");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->officer, "add_message");
    REFUSED(o, COMPLAINT_E_NOT_FOUND, "case", o->officer, "note", "text=x");
    DO(o, o->head, "add_message");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_see_what_the_policy_says),
        cmocka_unit_test(units_see_their_referrals),
        cmocka_unit_test(cells_outside_the_page_are_nothing),
        cmocka_unit_test(cells_are_what_was_put),
        cmocka_unit_test(json_is_the_page),
        cmocka_unit_test(masked_cells_hold_nothing),
        cmocka_unit_test(envelopes_become_cells),
        cmocka_unit_test(pages_survive_memory_failures),
        cmocka_unit_test(secrets_are_kept),
        cmocka_unit_test_setup_teardown(each_complainant_has_his_own_level, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(a_case_that_is_split_off_keeps_the_level, test_office_setup, test_office_teardown),
        cmocka_unit_test_setup_teardown(who_is_blind_to_a_case_does_not_learn_of_it, test_office_setup, test_office_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
