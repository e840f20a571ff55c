/*
 * One action: words become a draft, the draft an outcome.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- FIELD=VALUE ---- */

/* A field and its value; both lie in the memory of the name. */
typedef struct field {
    char *name;
    const char *value;
    char id[24]; /* of the case that the value names */
} field;

/* To a draft the last value of a field counts; of two that one person typed nobody knows which he meant. */
static int split_fields(const cli *c, const action *a, field *fields) {
    for (int i = 0; i < a->field_count; i++) {
        const char *word = a->fields[i], *equals = strchr(word, '=');
        if (!equals || equals == word) {
            misuse(c, "ช่องข้อมูลต้องเป็นรูป FIELD=VALUE", "a field is given as FIELD=VALUE", word);
            return CLI_MISUSED;
        }
        size_t size = strlen(word) + 1;
        fields[i].name = grow(NULL, size);
        memcpy(fields[i].name, word, size);
        fields[i].name[equals - word] = '\0';
        fields[i].value = fields[i].name + (equals - word) + 1;
        for (int k = 0; k < i; k++)
            if (strcmp(fields[k].name, fields[i].name) == 0) return misuse(c, "ระบุช่องนี้ซ้ำ ให้ระบุเพียงครั้งเดียว", "a field is given twice", fields[i].name);
    }
    return CLI_DONE;
}

/* Readers of values that are numbers to the library. What they cannot read is handed over as text, and the library says what is wrong with it. */

static bool read_whole(const cli *c, const char *text, int64_t *number) {
    (void)c;
    if (strcmp(text, "0") != 0) return parse_number(text, number);
    *number = 0;
    return true;
}

static bool read_yes_or_no(const cli *c, const char *text, int64_t *number) {
    static const char *const words[] = {"ไม่ใช่", "ใช่"};
    for (int i = 0; i < 2; i++)
        if (strcmp(words[i], text) == 0) {
            *number = i;
            return true;
        }
    return read_whole(c, text, number);
}

static bool read_time(const cli *c, const char *text, int64_t *number) { return parse_when(text, host_now(c), number, NULL); }

static const struct {
    int32_t type;
    bool (*read)(const cli *c, const char *text, int64_t *number);
} readers[] = {{COMPLAINT_FIELD_INTEGER, read_whole}, {COMPLAINT_FIELD_BOOLEAN, read_yes_or_no}, {COMPLAINT_FIELD_TIME, read_time}};

static complaint_status set_text(complaint_draft *draft, const char *name, const char *value) { return complaint_draft_set_text(draft, name, value, strlen(value)); }

static complaint_status set_field(const cli *c, complaint_draft *draft, const field *f) {
    int32_t type = complaint_policy_field_type(c->policy, f->name);
    int64_t number = 0;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (readers[i].type == type && readers[i].read(c, f->value, &number)) return complaint_draft_set_integer(draft, f->name, number);
    return set_text(draft, f->name, code_of(c, f->name, f->value));
}

/* What the library would only call no time is said as precisely as the parser knows it. */
static int check_times(const cli *c, const field *fields, int count) {
    for (int i = 0; i < count; i++) {
        int64_t instant = 0;
        misread why;
        bool is_time = complaint_policy_field_type(c->policy, fields[i].name) == COMPLAINT_FIELD_TIME;
        if (is_time && !parse_when(fields[i].value, host_now(c), &instant, &why)) return refuse_date(c, fields[i].name, fields[i].value, &why);
    }
    return CLI_DONE;
}

/* A case is named as people name it, the library takes its id. */
static int name_cases(const cli *c, field *fields, int count) {
    int answer = CLI_DONE;
    for (int i = 0; answer == CLI_DONE && i < count; i++) {
        field *f = &fields[i];
        int64_t id = 0;
        if (complaint_policy_field_type(c->policy, f->name) != COMPLAINT_FIELD_CASE || !is_case_name(f->value)) continue; /* what is none the library refuses, with the field's name */
        answer = host_find_case(c, f->value, &id);
        (void)snprintf(f->id, sizeof f->id, "%lld", (long long)id);
        f->value = f->id;
    }
    return answer;
}

/* ---- the draft ---- */

static complaint_status fill_target(const action *a, complaint_draft *draft, int64_t revision, int64_t happened) {
    complaint_status status = COMPLAINT_OK;
    if (a->case_id) status = complaint_draft_set_case(draft, a->case_id, revision);
    if (status == COMPLAINT_OK && a->message) status = complaint_draft_set_message(draft, a->message);
    if (status == COMPLAINT_OK && a->request_id) status = complaint_draft_set_request(draft, a->request_id);
    if (status == COMPLAINT_OK && a->happened) status = complaint_draft_set_happened_at(draft, happened);
    return status;
}

static complaint_status fill_draft(const cli *c, const action *a, complaint_draft *draft, int64_t revision, int64_t happened, const field *fields) {
    complaint_status status = fill_target(a, draft, revision, happened);
    for (int i = 0; i < a->field_count && status == COMPLAINT_OK; i++) status = set_field(c, draft, &fields[i]);
    return status;
}

/* Whoever wrote what joins a case and is none of its complainants hears nothing from it: that is somebody's to decide, so it is said. */
static void note_stranger(const cli *c, const action *a) {
    complaint_page *messages = NULL;
    bool joins = a->case_id && a->message && (a->verb == COMPLAINT_VERB_TRIAGE || a->verb == COMPLAINT_VERB_ADD_MESSAGE);
    if (!joins || complaint_desk_case_messages(c->desk, c->actor, a->case_id, &messages) != COMPLAINT_OK) return;
    for (int64_t i = 0; i < complaint_page_count(messages); i++) {
        if (complaint_page_integer_of(messages, i, "message") != a->message || complaint_page_integer_of(messages, i, "party") != 0) continue;
        (void)fprintf(stderr,
                      "ผู้ส่งข้อความนี้ยังไม่เป็นผู้ร้องเรียนในเรื่อง จึงจะไม่ได้รับข้อความตอบรับและการแจ้งผล หากต้องการเพิ่ม: complaint do add_complainant %lld --message %lld\n"
                      "  the sender is no complainant of the case, and is neither acknowledged nor told the result until he is added\n",
                      (long long)a->case_id, (long long)a->message);
    }
    complaint_page_free(messages);
}

/* The library's refusals name nobody, because they may end up in a log; on his screen an officer sees whose numbers those are, as far as he may know them. */
static void show_complainants(const cli *c, const action *a) {
    complaint_page *parties = NULL;
    cli aside = *c;
    aside.out = stderr;
    if (c->opt.json || !isatty(STDERR_FILENO) || complaint_desk_parties(c->desk, c->actor, a->case_id, &parties) != COMPLAINT_OK) return;
    print_aside(&aside, &party_view, parties);
    complaint_page_free(parties);
}

static bool asks_for_whom(const cli *c, complaint_status status) {
    return status == COMPLAINT_E_REQUIRED && strcmp(complaint_error_subject(complaint_desk_error(c->desk)), "party") == 0;
}

static int do_action(cli *c, const action *a, int64_t revision, int64_t happened, const field *fields) {
    complaint_draft *draft = NULL;
    complaint_outcome *outcome = NULL;
    complaint_status status = complaint_draft_new(NULL, &draft);
    if (status == COMPLAINT_OK) status = fill_draft(c, a, draft, revision, happened, fields);
    int answer = desk_answer(c, status);
    if (answer == CLI_DONE) answer = add_evidence_files(c, &a->evidence, draft);
    if (answer == CLI_DONE) {
        status = complaint_desk_act(c->desk, c->actor, a->verb, draft, &outcome);
        bool whom = asks_for_whom(c, status);
        answer = desk_answer(c, status);
        if (whom) show_complainants(c, a);
    }
    if (answer == CLI_DONE) answer = print_outcome(c, a->verb, outcome);
    if (outcome) note_stranger(c, a);
    complaint_outcome_free(outcome);
    complaint_draft_free(draft);
    return answer;
}

int act(cli *c, const action *a) {
    int64_t revision = COMPLAINT_ANY_REVISION, happened = 0;
    if (a->revision && !parse_number(a->revision, &revision)) return misuse(c, "--revision ต้องเป็นตัวเลข", "--revision takes a number", a->revision);
    if (a->happened && take_when(c, "--happened", a->happened, &happened) != CLI_DONE) return CLI_MISUSED;
    field *fields = calloc((size_t)a->field_count + 1, sizeof *fields);
    if (!fields) return refuse_status(c, COMPLAINT_E_MEMORY, "");
    int answer = split_fields(c, a, fields);
    if (answer == CLI_DONE) answer = check_times(c, fields, a->field_count);
    if (answer == CLI_DONE) answer = name_cases(c, fields, a->field_count);
    if (answer == CLI_DONE) answer = do_action(c, a, revision, happened, fields);
    for (int i = 0; i < a->field_count; i++) free(fields[i].name);
    free(fields);
    return answer;
}
