/* Every page and text of an office in which every verb was done, with each allocation failing in its turn: whole, or refused for want of memory; never a page with rows missing. */
#include "verbs.h"

enum { ROOM = 1 << 18, LOOP_END = 5000 };

/* What a call gave, as text; "" when it gave nothing. */
typedef struct reading {
    const char *name;
    complaint_status (*call)(test_office *o, complaint_page **page, complaint_text **text);
} reading;

#define PAGE(name, made)                                                                                        \
    static complaint_status name(test_office *o, complaint_page **page, complaint_text **text) {                \
        (void)text;                                                                                             \
        return made;                                                                                            \
    }
#define TEXT(name, made)                                                                                        \
    static complaint_status name(test_office *o, complaint_page **page, complaint_text **text) {                \
        (void)page;                                                                                             \
        return made;                                                                                            \
    }

PAGE(of_case, complaint_desk_case(o->desk, o->officer, o->case_id, page))
PAGE(of_events, complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 0, page))
PAGE(of_clocks, complaint_desk_clocks(o->desk, o->officer, o->case_id, page))
PAGE(of_referrals, complaint_desk_referrals(o->desk, o->officer, o->case_id, page))
PAGE(of_notices, complaint_desk_notices(o->desk, o->officer, o->case_id, page))
PAGE(of_parties, complaint_desk_parties(o->desk, o->officer, o->case_id, page))
PAGE(of_messages, complaint_desk_case_messages(o->desk, o->officer, o->case_id, page))
PAGE(of_papers, complaint_desk_papers(o->desk, o->officer, o->case_id, page))
PAGE(of_links, complaint_desk_links(o->desk, o->officer, o->case_id, page))
PAGE(of_evidence, complaint_desk_evidence(o->desk, o->officer, o->case_id, page))
PAGE(of_actions, complaint_desk_actions(o->desk, o->officer, o->case_id, COMPLAINT_THAI, page))
PAGE(of_inbox, complaint_desk_inbox(o->desk, o->officer, "opened", NULL, 0, page))
PAGE(of_open_cases, complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_OPEN, NULL, 0, page))
PAGE(of_due_clocks, complaint_desk_worklist(o->desk, o->officer, COMPLAINT_WORK_DUE, NULL, 0, page))
PAGE(of_a_unit, complaint_desk_worklist(o->desk, o->quality, COMPLAINT_WORK_UNIT, NULL, 0, page))
PAGE(of_duties, complaint_desk_duties(o->desk, o->officer, 20396, 20399, page))
PAGE(of_figures, complaint_desk_report(o->desk, o->officer, 2569, 12, page))
TEXT(as_report, complaint_desk_report_text(o->desk, o->officer, 2569, 12, COMPLAINT_REPORT_JSON, text))
TEXT(as_explanation, complaint_desk_explain(o->desk, o->officer, o->case_id, 1, COMPLAINT_THAI, text))

#define READING(name) {#name, name}
static const reading readings[] = {READING(of_case),   READING(of_events),  READING(of_clocks), READING(of_referrals),  READING(of_notices),    READING(of_parties), READING(of_messages), READING(of_papers),  READING(of_links),     READING(of_evidence),
                                   READING(of_actions), READING(of_inbox),   READING(of_open_cases), READING(of_due_clocks), READING(of_a_unit),  READING(of_duties),   READING(of_figures), READING(as_report),    READING(as_explanation)};

/* The page as JSON, or the text, copied; the handles are freed. */
static void keep(complaint_page *page, complaint_text *text, test_alloc *a, char *out) {
    long fail_at = a->fail_at;
    a->fail_at = -1; /* writing it down is not what is tried */
    if (page) OK(complaint_page_json(page, &text));
    snprintf(out, ROOM, "%s", text ? complaint_text_data(text) : "");
    assert_true(strlen(out) < ROOM - 1);
    complaint_text_free(text);
    complaint_page_free(page);
    a->fail_at = fail_at;
}

static void tell_difference(const char *name, long n, const char *seen, const char *whole) {
    size_t at = 0;
    while (seen[at] && seen[at] == whole[at]) at++;
    at -= at < 60 ? at : 60;
    fail_msg("%s, memory %ld, byte %zu: …%.200s\ninstead of …%.200s", name, n, at, seen + at, whole + at);
}

static void read_in_want(test_office *o, test_alloc *a, const reading *r) {
    static char whole[ROOM], seen[ROOM];
    for (long n = -1; n < LOOP_END; n++) {
        complaint_page *page = NULL;
        complaint_text *text = NULL;
        a->failed = false;
        a->fail_at = n < 0 ? -1 : a->requests + n;
        complaint_status s = r->call(o, &page, &text);
        a->fail_at = -1;
        if (s != COMPLAINT_OK) {
            test_expect(o, s, COMPLAINT_E_MEMORY, NULL, __FILE__, __LINE__);
            assert_true(a->failed && !page && !text);
            continue;
        }
        assert_int_equal(complaint_error_status(complaint_desk_error(o->desk)), COMPLAINT_OK);
        keep(page, text, a, n < 0 ? whole : seen);
        if (n >= 0 && strcmp(seen, whole) != 0) tell_difference(r->name, n, seen, whole);
        if (n >= 0 && !a->failed) return;
    }
    fail_msg("%s never came to its end", r->name);
}

static void what_is_read_is_whole(void **state) {
    (void)state;
    test_alloc a;
    test_office *o = malloc(sizeof *o);
    assert_non_null(o);
    test_alloc_init(&a, -1);
    test_office_place(o, &a.table, test_instant(the_life.steps[0].at));
    o->decide = the_life.decide;
    the_life.arrange(o);
    for (size_t i = 0; i < the_life.count; i++) {
        test_at(o, the_life.steps[i].at);
        test_expect(o, the_life.steps[i].run(o), COMPLAINT_OK, NULL, __FILE__, __LINE__);
    }
    for (size_t i = 0; i < COUNT(readings); i++) read_in_want(o, &a, &readings[i]);
    test_office_close(o);
    assert_int_equal(a.alive, 0);
    free(o);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_read_is_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
