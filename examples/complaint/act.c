/*
 * One action: words become a draft, the draft an outcome.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* ---- FIELD=VALUE ---- */

/* How each field is handed over. A field is text until the library says that it must be something else: the policy knows, and policies differ. */
enum shape { SHAPE_TEXT, SHAPE_NUMBER, SHAPE_TIME, SHAPE_NONE };

typedef struct field {
    char *name; /* owned; the value lies in the same memory */
    const char *value;
    enum shape shape;
} field;

static int split_fields(const cli *c, const action *a, field *fields) {
    for (int i = 0; i < a->field_count; i++) {
        const char *word = a->fields[i], *equals = strchr(word, '=');
        if (!equals || equals == word) return misuse(c, "ช่องข้อมูลต้องเป็นรูป FIELD=VALUE", "a field is given as FIELD=VALUE", word);
        size_t size = strlen(word) + 1;
        fields[i].name = grow(NULL, size);
        memcpy(fields[i].name, word, size);
        fields[i].name[equals - word] = '\0';
        fields[i].value = fields[i].name + (equals - word) + 1;
    }
    return CLI_DONE;
}

static bool read_whole(const char *text, int64_t *number) {
    bool zero = strcmp(text, "0") == 0;
    if (zero) *number = 0;
    return zero || parse_number(text, number);
}

static complaint_status set_field(complaint_draft *draft, const field *f) {
    int64_t number = 0;
    if (f->shape == SHAPE_NUMBER && read_whole(f->value, &number)) return complaint_draft_set_integer(draft, f->name, number);
    if (f->shape == SHAPE_TIME && parse_instant(f->value, &number)) return complaint_draft_set_integer(draft, f->name, number);
    return complaint_draft_set_text(draft, f->name, f->value, strlen(f->value));
}

/* The next way to hand over the field the library refused as it was; false when there is none. */
static bool reshape(field *fields, int count, const complaint_error *error) {
    int64_t number = 0;
    for (int i = 0; i < count; i++) {
        field *f = &fields[i];
        if (strcmp(f->name, complaint_error_subject(error)) != 0) continue;
        bool was_text = f->shape == SHAPE_TEXT;
        f->shape = !was_text ? SHAPE_NONE : read_whole(f->value, &number) ? SHAPE_NUMBER : parse_instant(f->value, &number) ? SHAPE_TIME : SHAPE_NONE;
        return f->shape != SHAPE_NONE;
    }
    return false;
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

static complaint_status fill_draft(const action *a, complaint_draft *draft, int64_t revision, int64_t happened, const field *fields) {
    complaint_draft_clear(draft);
    complaint_status status = fill_target(a, draft, revision, happened);
    for (int i = 0; i < a->field_count && status == COMPLAINT_OK; i++) status = set_field(draft, &fields[i]);
    return status;
}

static int try_action(cli *c, const action *a, int64_t revision, int64_t happened, field *fields) {
    complaint_draft *draft = NULL;
    complaint_outcome *outcome = NULL;
    complaint_status status = complaint_draft_new(NULL, &draft);
    for (bool again = true; again && status == COMPLAINT_OK;) {
        status = fill_draft(a, draft, revision, happened, fields);
        if (status != COMPLAINT_OK) break;
        status = complaint_desk_act(c->desk, c->actor, a->verb, draft, &outcome);
        again = status == COMPLAINT_E_INVALID && reshape(fields, a->field_count, complaint_desk_error(c->desk));
        if (again) status = COMPLAINT_OK;
    }
    int answer = status == COMPLAINT_OK ? print_outcome(c, outcome) : desk_answer(c, status);
    complaint_outcome_free(outcome);
    complaint_draft_free(draft);
    return answer;
}

int act(cli *c, const action *a) {
    int64_t revision = COMPLAINT_ANY_REVISION, happened = 0;
    if (a->revision && !parse_number(a->revision, &revision)) return misuse(c, "--revision ต้องเป็นตัวเลข", "--revision takes a number", a->revision);
    if (a->happened && !parse_instant(a->happened, &happened)) return misuse(c, "เวลาใน --happened อ่านไม่ได้", "--happened takes a time like 2026-11-05T08:30", a->happened);
    field *fields = calloc((size_t)a->field_count + 1, sizeof *fields);
    int answer = fields ? split_fields(c, a, fields) : refuse_status(c, COMPLAINT_E_MEMORY, "");
    if (answer == CLI_DONE) answer = try_action(c, a, revision, happened, fields);
    for (int i = 0; fields && i < a->field_count; i++) free(fields[i].name);
    free(fields);
    return answer;
}

/* ---- the outcome ---- */

static void print_outcome_json(const complaint_outcome *o) {
    buffer b = {0};
    add_text(&b, "{");
    json_id(&b, "case_id", complaint_outcome_case(o));
    json_id(&b, "message", complaint_outcome_message(o));
    json_integer(&b, "revision", complaint_outcome_revision(o));
    json_integer(&b, "register_number", complaint_outcome_number(o));
    json_integer(&b, "fiscal_year", complaint_outcome_fiscal_year(o));
    json_integer(&b, "repeated", complaint_outcome_repeated(o));
    printf("%s}\n", b.data);
    release(&b);
}

/* NAME, TAB, value: one line each, the same on a terminal and in a pipe. */
int print_outcome(const cli *c, const complaint_outcome *o) {
    if (c->opt.json) {
        print_outcome_json(o);
        return CLI_DONE;
    }
    if (complaint_outcome_message(o)) printf("message\t%lld\n", (long long)complaint_outcome_message(o));
    if (complaint_outcome_case(o)) printf("case\t%lld\n", (long long)complaint_outcome_case(o));
    if (complaint_outcome_number(o)) printf("number\t%lld/%d\n", (long long)complaint_outcome_number(o), (int)complaint_outcome_fiscal_year(o));
    if (complaint_outcome_case(o)) printf("revision\t%lld\n", (long long)complaint_outcome_revision(o));
    if (complaint_outcome_repeated(o)) printf("repeated\t1\n");
    return CLI_DONE;
}
