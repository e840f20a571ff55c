/*
 * An office for fuzz targets: a desk on a store in memory, all of it from the run's allocator, and somebody with the policy's first roles who does what the desk says may be done.
 *
 * Owns: nothing outside its struct but one calendar. Must not know: what is fuzzed.
 */
#ifndef FUZZ_OFFICE_H
#define FUZZ_OFFICE_H

#include "fuzz.h"

#include <complaint/desk.h>
#include <complaint/store/memory.h>

#include <string.h>

enum { OFFICE_ROLES = 8, OFFICE_CASES = 8, OFFICE_FIELDS = 24 };

typedef struct office {
    complaint_memory *rows;
    complaint_store table;
    complaint_setup *setup;
    complaint_desk *desk;
    complaint_draft *draft;
    complaint_actor *everybody;
    complaint_policy *policy; /* borrowed */
    int64_t now, cases[OFFICE_CASES], message;
    int case_count, received;
    int32_t answer; /* the notifier's */
    bool lied;      /* the store does: anything may be damaged */
} office;

static inline complaint_status COMPLAINT_CALL office_time(void *self, int64_t *now, complaint_host_error *e) {
    (void)e;
    *now = ((office *)self)->now;
    return COMPLAINT_OK;
}

/* Every text of a notice is there to be read. */
static inline complaint_status COMPLAINT_CALL office_send(void *self, const complaint_notice *n, int32_t *answer, int64_t *retry_at, complaint_host_error *e) {
    office *o = self;
    (void)retry_at;
    (void)e;
    PROMISE(strlen(complaint_notice_intent(n)) < 128 && strlen(complaint_notice_body(n)) < 1 << 20 && *complaint_notice_template(n) && *complaint_notice_recipient(n));
    PROMISE(*complaint_notice_channel(n) && complaint_notice_address(n) && complaint_notice_attempt(n) >= 1);
    PROMISE((complaint_notice_case(n) != 0) + (complaint_notice_message(n) != 0) + (complaint_notice_day(n) != 0) == 1);
    *answer = o->answer;
    return COMPLAINT_OK;
}

static inline complaint_calendar *office_calendar(void) {
    static complaint_calendar *calendar;
    if (!calendar) PROMISE(complaint_calendar_builtin(NULL, "TH-57", &calendar, NULL) == COMPLAINT_OK);
    return calendar;
}

static inline complaint_status office_people(office *o, const complaint_allocator *memory) {
    complaint_status s = complaint_actor_new(memory, "everybody", &o->everybody);
    const char *unit = complaint_policy_code(o->policy, COMPLAINT_CODE_UNIT, 0), *role;
    for (int32_t i = 0; !s && i < OFFICE_ROLES && (role = complaint_policy_code(o->policy, COMPLAINT_CODE_ROLE, i)); i++) s = complaint_actor_add_role(o->everybody, role);
    return !s && unit ? complaint_actor_set_unit(o->everybody, unit) : s;
}

/* `table` NULL: a store of its own. */
static inline complaint_status office_open(office *o, const complaint_allocator *memory, complaint_policy *policy, const complaint_store *table) {
    *o = (office){.policy = policy, .now = INT64_C(1762308000000), .answer = COMPLAINT_DELIVERED};
    complaint_clock clock = {sizeof clock, o, office_time};
    complaint_notifier notifier = {sizeof notifier, o, office_send};
    complaint_status s = table ? COMPLAINT_OK : complaint_memory_open(memory, &o->rows);
    if (!s && !table) s = complaint_memory_table(o->rows, &o->table);
    if (!s) s = complaint_setup_new(memory, &o->setup);
    if (!s) s = complaint_setup_set_store(o->setup, table ? table : &o->table);
    if (!s) s = complaint_setup_set_clock(o->setup, &clock);
    if (!s) s = complaint_setup_set_notifier(o->setup, &notifier);
    if (!s) s = complaint_setup_set_policy(o->setup, policy);
    if (!s) s = complaint_setup_set_calendar(o->setup, office_calendar());
    if (!s) s = complaint_desk_open(o->setup, &o->desk);
    if (!s) s = complaint_draft_new(memory, &o->draft);
    return s ? s : office_people(o, memory);
}

static inline void office_close(office *o) {
    complaint_actor_free(o->everybody);
    complaint_draft_free(o->draft);
    complaint_desk_close(o->desk);
    complaint_setup_free(o->setup);
    complaint_memory_close(o->rows);
}

/* ---- drafts ---- */

/* A value that the field may have: the one at `turn` of its codes, or what fits its type. */
static inline const char *office_code(const office *o, int32_t kind, uint32_t turn) {
    uint32_t count = 0;
    while (complaint_policy_code(o->policy, kind, (int32_t)count)) count++;
    return count ? complaint_policy_code(o->policy, kind, (int32_t)(turn % count)) : "";
}

static inline const char *office_choice(const office *o, const char *field, uint32_t turn) {
    uint32_t count = 0;
    while (complaint_policy_choice(o->policy, field, (int32_t)count)) count++;
    return count ? complaint_policy_choice(o->policy, field, (int32_t)(turn % count)) : "";
}

static inline complaint_status office_give(office *o, const char *field, uint32_t turn) {
    const char *text = "ถ้อยคำ";
    switch (complaint_policy_field_type(o->policy, field)) {
    case COMPLAINT_FIELD_CLASS: text = office_code(o, COMPLAINT_CODE_CLASS, turn); break;
    case COMPLAINT_FIELD_NATURE: text = office_code(o, COMPLAINT_CODE_NATURE, turn); break;
    case COMPLAINT_FIELD_FLAG: text = office_code(o, COMPLAINT_CODE_FLAG, turn); break;
    case COMPLAINT_FIELD_UNIT:
    case COMPLAINT_FIELD_UNITS: text = office_code(o, COMPLAINT_CODE_UNIT, turn); break;
    case COMPLAINT_FIELD_CHANNEL: text = office_code(o, COMPLAINT_CODE_CHANNEL, turn); break;
    case COMPLAINT_FIELD_ORIGIN: text = office_code(o, COMPLAINT_CODE_ORIGIN, turn); break;
    case COMPLAINT_FIELD_ROLE: text = office_code(o, COMPLAINT_CODE_ROLE, turn); break;
    case COMPLAINT_FIELD_CHOICE: text = office_choice(o, field, turn); break;
    case COMPLAINT_FIELD_CODE: text = "c-1"; break;
    case COMPLAINT_FIELD_INTEGER: return complaint_draft_set_integer(o->draft, field, 1 + turn % 40);
    case COMPLAINT_FIELD_BOOLEAN: return complaint_draft_set_integer(o->draft, field, turn % 2);
    case COMPLAINT_FIELD_TIME: return complaint_draft_set_integer(o->draft, field, o->now + (int64_t)(turn % 8) * INT64_C(86400000));
    case COMPLAINT_FIELD_CASE: return complaint_draft_set_integer(o->draft, field, o->cases[turn % OFFICE_CASES]);
    default: break;
    }
    return complaint_draft_set_text(o->draft, field, text, strlen(text));
}

/* Field codes separated by commas, as complaint_desk_actions gives them. */
static inline complaint_status office_give_all(office *o, const char *fields, uint32_t turn) {
    complaint_status s = COMPLAINT_OK;
    for (int n = 0; !s && *fields && n < OFFICE_FIELDS; n++) {
        char name[128];
        size_t size = strcspn(fields, ",");
        snprintf(name, sizeof name, "%.*s", (int)size, fields);
        s = office_give(o, name, turn);
        fields += size + (fields[size] == ',');
    }
    return s;
}

/* ---- acting ---- */

/* What no input may lead to: a store in memory that nobody lies for is never damaged, a policy that was accepted can be followed. */
static inline complaint_status office_check(const office *o, complaint_status s) {
    const complaint_error *e = complaint_desk_error(o->desk);
    int32_t class = complaint_status_class(s);
    if (s == COMPLAINT_OK || o->lied) return s;
    if (class == COMPLAINT_E_INTERNAL || class == COMPLAINT_E_CORRUPT || class == COMPLAINT_E_POLICY || class == COMPLAINT_E_VERSION || class == COMPLAINT_E_RETRY)
        fprintf(stderr, "%s: %s\n", complaint_status_name(s), complaint_error_text(e, COMPLAINT_ENGLISH));
    PROMISE(class != COMPLAINT_E_INTERNAL && class != COMPLAINT_E_CORRUPT && class != COMPLAINT_E_POLICY && class != COMPLAINT_E_VERSION && class != COMPLAINT_E_RETRY);
    if (class != COMPLAINT_E_REENTRANT && s != COMPLAINT_E_HANDLE) PROMISE(complaint_error_status(e) == s && *complaint_error_text(e, COMPLAINT_THAI));
    return s;
}

static inline complaint_status office_act(office *o, int32_t verb) {
    complaint_outcome *out = NULL;
    complaint_status s = office_check(o, complaint_desk_act(o->desk, o->everybody, verb, o->draft, &out));
    PROMISE((s == COMPLAINT_OK) == (out != NULL));
    int64_t id = complaint_outcome_case(out);
    bool known = id == 0;
    for (int i = 0; i < o->case_count; i++) known = known || o->cases[i] == id;
    if (!known && o->case_count < OFFICE_CASES) o->cases[o->case_count++] = id;
    if (complaint_outcome_message(out)) o->message = complaint_outcome_message(out);
    complaint_outcome_free(out);
    complaint_draft_clear(o->draft);
    return s;
}

static inline complaint_status office_set(office *o, const char *field, const char *text) { return complaint_draft_set_text(o->draft, field, text, strlen(text)); }

static inline complaint_status office_receive(office *o, uint32_t turn) {
    char id[32];
    snprintf(id, sizeof id, "m-%d", ++o->received);
    complaint_status s = office_set(o, "channel", office_code(o, COMPLAINT_CODE_CHANNEL, turn));
    if (!s) s = office_set(o, "external_id", id);
    if (!s) s = office_set(o, "thread", "t-1");
    if (!s) s = office_set(o, "text", "รอคิวนานมากค่ะ");
    if (!s) s = office_act(o, COMPLAINT_VERB_RECEIVE);
    complaint_draft_clear(o->draft);
    return s;
}

static inline complaint_status office_triage(office *o, uint32_t turn) {
    complaint_status s = complaint_draft_set_message(o->draft, o->message);
    if (!s && turn % 4) s = office_give(o, "identity", turn);
    if (!s) s = office_act(o, COMPLAINT_VERB_TRIAGE);
    complaint_draft_clear(o->draft);
    return s;
}

/* One of the verbs that the desk offers for a case, with the fields it needs, and at odd turns those it may have. */
static inline complaint_status office_step(office *o, int64_t case_id, uint32_t which, uint32_t turn) {
    complaint_page *page = NULL;
    complaint_status s = office_check(o, complaint_desk_actions(o->desk, o->everybody, case_id, COMPLAINT_THAI, &page));
    int64_t count = complaint_page_count(page), row = count ? which % count : 0;
    int32_t verb = complaint_verb_find(complaint_page_text_of(page, row, "verb"));
    if (!s && count) s = complaint_draft_set_case(o->draft, case_id, COMPLAINT_ANY_REVISION);
    if (!s && count && verb == COMPLAINT_VERB_ADD_MESSAGE) s = complaint_draft_set_message(o->draft, o->message);
    if (!s && count) s = office_give_all(o, complaint_page_text_of(page, row, "required"), turn / 2);
    if (!s && count && turn % 2) s = office_give_all(o, complaint_page_text_of(page, row, "optional"), turn / 2);
    if (!s && count) s = office_act(o, verb);
    complaint_draft_clear(o->draft);
    complaint_page_free(page);
    return s;
}

/* Nothing is wrong. A refused allocation may have been verify's own: then it is asked again. */
static inline void office_verify(office *o, int32_t flags, const fuzz *f) {
    complaint_page *findings = NULL;
    int64_t checked = 0;
    bool before = f->refused;
    complaint_status s = complaint_desk_verify(o->desk, o->everybody, flags, NULL, 0, &findings, &checked);
    if (s == COMPLAINT_E_MEMORY && f->refused && !before) s = complaint_desk_verify(o->desk, o->everybody, flags, NULL, 0, &findings, &checked);
    for (int64_t i = 0; i < complaint_page_count(findings); i++)
        fprintf(stderr, "verify: %s %s: %s\n", complaint_page_text_of(findings, i, "what"), complaint_page_text_of(findings, i, "subject"), complaint_page_text_of(findings, i, "en"));
    PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_ROLE);
    complaint_page_free(findings);
}

#endif
