/*
 * The smallest host: it brings a store, a clock and a notifier; the library brings the procedure. One message comes in, becomes a case,
 * gets its number and is acknowledged. Build: cc minimal.c $(pkg-config --cflags --libs complaint)
 */
#include <complaint.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The library never asks what time it is; you say. 5 November 2025, 09.00 in Bangkok. */
static complaint_status now(void *self, int64_t *instant, complaint_host_error *error) {
    (void)self, (void)error;
    return complaint_date_parse_iso("2025-11-05T09:00", 16, NULL, NULL, instant, NULL);
}

/* How a notice leaves the house. Here it is printed; yours calls Facebook, LINE or a mail server. */
static complaint_status send(void *self, const complaint_notice *notice, int32_t *answer, int64_t *retry_at, complaint_host_error *error) {
    (void)self, (void)retry_at, (void)error;
    printf("to %s: %s\n", complaint_notice_address(notice), complaint_notice_body(notice));
    *answer = COMPLAINT_DELIVERED;
    return COMPLAINT_OK;
}

static void text(complaint_draft *draft, const char *field, const char *value) { complaint_draft_set_text(draft, field, value, strlen(value)); }

/* Every action goes this way: who, which verb, a draft that says on what and with which fields. */
static int64_t act(complaint_desk *desk, const complaint_actor *who, int32_t verb, complaint_draft *draft, int64_t (*result)(const complaint_outcome *)) {
    complaint_outcome *outcome = NULL;
    int64_t value = -1;
    if (complaint_desk_act(desk, who, verb, draft, &outcome) == COMPLAINT_OK)
        value = result(outcome);
    else
        (void)fprintf(stderr, "%s\n", complaint_error_text(complaint_desk_error(desk), COMPLAINT_ENGLISH));
    complaint_outcome_free(outcome);
    complaint_draft_clear(draft);
    return value;
}

int main(void) {
    complaint_memory *rows = NULL; /* for keeps: complaint_sqlite_open, or a store of your own */
    complaint_store store;
    complaint_clock clock = {.size = sizeof clock, .now = now};
    complaint_notifier notifier = {.size = sizeof notifier, .send = send};
    complaint_policy *policy = NULL; /* the office's procedure, as data */
    complaint_calendar *calendar = NULL;
    complaint_setup *setup = NULL;
    complaint_desk *desk = NULL;
    complaint_actor *officer = NULL; /* you have authenticated her; the policy says what her role may do */
    complaint_draft *draft = NULL;
    complaint_page *page = NULL;

    int bad = complaint_memory_open(NULL, &rows) || complaint_memory_table(rows, &store) || complaint_policy_builtin(NULL, "moph-chiangrai-2569", &policy, NULL) ||
              complaint_calendar_builtin(NULL, "TH-57", &calendar, NULL) || complaint_actor_new(NULL, "malee", &officer) || complaint_actor_add_role(officer, "officer") ||
              complaint_draft_new(NULL, &draft) || complaint_setup_new(NULL, &setup) || complaint_setup_set_store(setup, &store) || complaint_setup_set_clock(setup, &clock) ||
              complaint_setup_set_notifier(setup, &notifier) || complaint_setup_set_policy(setup, policy) || complaint_setup_set_calendar(setup, calendar) ||
              complaint_desk_open(setup, &desk);
    if (bad) return fprintf(stderr, "%s\n", complaint_error_text(complaint_setup_error(setup), COMPLAINT_ENGLISH)), 1;

    text(draft, "channel", "facebook"), text(draft, "external_id", "1001"), text(draft, "thread", "t-1"), text(draft, "text", "รอคิวสี่ชั่วโมงแล้วค่ะ");
    int64_t message = act(desk, officer, COMPLAINT_VERB_RECEIVE, draft, complaint_outcome_message);
    complaint_draft_set_message(draft, message); /* triage without a case opens one */
    int64_t id = act(desk, officer, COMPLAINT_VERB_TRIAGE, draft, complaint_outcome_case);
    complaint_draft_set_case(draft, id, COMPLAINT_ANY_REVISION);
    int64_t number = act(desk, officer, COMPLAINT_VERB_REGISTER, draft, complaint_outcome_number);
    complaint_draft_set_case(draft, id, COMPLAINT_ANY_REVISION);
    act(desk, officer, COMPLAINT_VERB_ACKNOWLEDGE, draft, complaint_outcome_case);                              /* stores the notice with its cause ... */
    bad = number < 1 || complaint_desk_deliver(desk, 0, NULL) || complaint_desk_case(desk, officer, id, &page); /* ... and this sends it */
    char due[128] = "";
    size_t size;
    if (!bad) complaint_date_format_instant(complaint_page_integer_of(page, 0, "due_at"), COMPLAINT_DATE_LONG, COMPLAINT_DIGITS_ARABIC, due, sizeof due, &size);
    printf("number %" PRId64 "/%" PRId64 ", next due before %s\n", number, complaint_page_integer_of(page, 0, "fiscal_year"), due);

    complaint_page_free(page), complaint_draft_free(draft), complaint_actor_free(officer), complaint_desk_close(desk), complaint_setup_free(setup);
    complaint_calendar_free(calendar), complaint_policy_free(policy), complaint_memory_close(rows);
    return bad;
}
