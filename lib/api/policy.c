/*
 * api/policy: complaint/policy.h over the policy module.
 *
 * Owns: what NULL answers, the error that is handed out. Must not know: the format.
 */
#include "policy/policy.h"

#include "host/host.h"
#include "paper/paper.h"
#include "view/view.h"

/* ---- making one ---- */

static complaint_status hand_out(complaint_status s, const complaint_error *e, const cpl_memory *m, complaint_error **error) {
    if (s != COMPLAINT_OK && error) *error = cpl_error_copy(e, m);
    return s;
}

static complaint_status memory_of(const complaint_allocator *allocator, cpl_memory *m, complaint_error *e) {
    *m = cpl_memory_default; /* for the error that says what is wrong with the host's */
    return cpl_host_check_allocator(allocator, m, e);
}

complaint_status COMPLAINT_CALL complaint_policy_parse(const complaint_allocator *allocator, const char *document, size_t size, complaint_policy **policy,
                                                       complaint_error **error) {
    complaint_error e;
    cpl_memory m;
    cpl_error_clear(&e);
    complaint_status s = memory_of(allocator, &m, &e);
    if (s == COMPLAINT_OK && !document) s = cpl_fail(&e, COMPLAINT_E_INVALID, "document");
    if (s == COMPLAINT_OK && !policy) s = cpl_fail(&e, COMPLAINT_E_INVALID, "policy");
    if (s == COMPLAINT_OK) s = cpl_policy_parse(&m, (cpl_str){document, size}, policy, &e);
    return hand_out(s, &e, &m, error);
}

static complaint_status give_mistakes(const cpl_mistakes *all, complaint_page **mistakes, complaint_error *e) {
    enum { STATUS, LINE, OFFSET, PATH, SUBJECT, THAI, ENGLISH, COLUMN_COUNT };
    static const char *const columns[COLUMN_COUNT] = {"status", "line", "offset", "path", "subject", "reason_th", "reason_en"};
    complaint_page *page = cpl_page_new(&all->memory, columns, COLUMN_COUNT);
    if (!page) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; i < all->count; i++) {
        const complaint_error *one = &all->items[i];
        cpl_page_row(page);
        cpl_page_int(page, STATUS, one->status);
        cpl_page_int(page, LINE, one->line);
        cpl_page_int(page, OFFSET, one->offset);
        cpl_page_str(page, PATH, cpl_str_of(one->path));
        cpl_page_str(page, SUBJECT, cpl_str_of(one->subject));
        cpl_page_str(page, THAI, cpl_str_of(one->thai));
        cpl_page_str(page, ENGLISH, cpl_str_of(one->english));
    }
    return cpl_page_finish(page, mistakes, e);
}

complaint_status COMPLAINT_CALL complaint_policy_check(const complaint_allocator *allocator, const char *document, size_t size, complaint_page **mistakes, complaint_error **error) {
    complaint_error e;
    cpl_memory m;
    cpl_mistakes all = {0};
    cpl_error_clear(&e);
    complaint_status s = memory_of(allocator, &m, &e);
    if (s == COMPLAINT_OK && !document) s = cpl_fail(&e, COMPLAINT_E_INVALID, "document");
    if (s == COMPLAINT_OK && !mistakes) s = cpl_fail(&e, COMPLAINT_E_INVALID, "mistakes");
    if (s == COMPLAINT_OK) s = cpl_policy_check(&m, (cpl_str){document, size}, &all, &e);
    if (s == COMPLAINT_OK) s = give_mistakes(&all, mistakes, &e);
    cpl_mistakes_free(&all);
    return hand_out(s, &e, &m, error);
}

complaint_status COMPLAINT_CALL complaint_policy_builtin(const complaint_allocator *allocator, const char *name, complaint_policy **policy, complaint_error **error) {
    complaint_error e;
    cpl_memory m;
    cpl_error_clear(&e);
    complaint_status s = memory_of(allocator, &m, &e);
    if (s == COMPLAINT_OK && !name) s = cpl_fail(&e, COMPLAINT_E_INVALID, "name");
    if (s == COMPLAINT_OK && !policy) s = cpl_fail(&e, COMPLAINT_E_INVALID, "policy");
    if (s == COMPLAINT_OK) s = cpl_policy_builtin(&m, cpl_str_of(name), policy, &e);
    return hand_out(s, &e, &m, error);
}

const char *COMPLAINT_CALL complaint_policy_builtin_name(int32_t index) { return cpl_policy_builtin_name(index); }

void COMPLAINT_CALL complaint_policy_retain(complaint_policy *policy) { cpl_policy_retain(policy); }

void COMPLAINT_CALL complaint_policy_free(complaint_policy *policy) { cpl_policy_release(policy); }

/* ---- reading it ---- */

const char *COMPLAINT_CALL complaint_policy_id(const complaint_policy *policy) { return policy ? policy->id.p : ""; }

const char *COMPLAINT_CALL complaint_policy_digest(const complaint_policy *policy) { return policy ? policy->digest : ""; }

const char *COMPLAINT_CALL complaint_policy_office(const complaint_policy *policy) { return policy ? policy->office_id.p : ""; }

const char *COMPLAINT_CALL complaint_policy_province(const complaint_policy *policy) { return policy ? policy->province.p : ""; }

/* A table whose entries begin with a cpl_code. */
typedef struct table {
    const void *items;
    size_t count, size;
} table;

static table table_of(const complaint_policy *p, int32_t kind) {
    switch (kind) {
    case COMPLAINT_CODE_ROLE:
        return (table){p->roles, p->role_count, sizeof *p->roles};
    case COMPLAINT_CODE_CHANNEL:
        return (table){p->channels, p->channel_count, sizeof *p->channels};
    case COMPLAINT_CODE_NATURE:
        return (table){p->natures, p->nature_count, sizeof *p->natures};
    case COMPLAINT_CODE_CLASS:
        return (table){p->classes, p->class_count, sizeof *p->classes};
    case COMPLAINT_CODE_FLAG:
        return (table){p->flags, p->flag_count, sizeof *p->flags};
    case COMPLAINT_CODE_UNIT:
        return (table){p->units, p->unit_count, sizeof *p->units};
    case COMPLAINT_CODE_STATE:
        return (table){p->states, p->state_count, sizeof *p->states};
    case COMPLAINT_CODE_FIELD:
        return (table){p->fields, p->field_count, sizeof *p->fields};
    case COMPLAINT_CODE_CLOCK:
        return (table){p->clocks, p->clock_count, sizeof *p->clocks};
    case COMPLAINT_CODE_ROUND:
        return (table){p->rounds, p->round_count, sizeof *p->rounds};
    case COMPLAINT_CODE_ORIGIN:
        return (table){p->origins, p->origin_count, sizeof *p->origins};
    default:
        return (table){NULL, 0, 0};
    }
}

static const cpl_code *code_at(const table *t, size_t i) { return (const cpl_code *)((const char *)t->items + i * t->size); }

/* A code of any kind; guards and verbs have their words from the library. False behind the last. */
static bool code_of(const complaint_policy *p, int32_t kind, size_t i, cpl_code *code) {
    if (kind == COMPLAINT_CODE_GUARD && i < p->guard_count) {
        const cpl_guard *g = &p->guards[i];
        *code = (cpl_code){g->id, {cpl_str_of(cpl_policy_guard_words(g->kind, COMPLAINT_THAI)), cpl_str_of(cpl_policy_guard_words(g->kind, COMPLAINT_ENGLISH))}, g->source};
        return true;
    }
    if (kind == COMPLAINT_CODE_VERB && i < p->action_count) {
        const cpl_action *a = &p->actions[i];
        *code = (cpl_code){
            cpl_str_of(cpl_event_name(a->kind)), {cpl_str_of(cpl_event_label(a->kind, COMPLAINT_THAI)), cpl_str_of(cpl_event_label(a->kind, COMPLAINT_ENGLISH))}, a->source};
        return true;
    }
    if (kind == COMPLAINT_CODE_NOTICE && i < p->notice_count) {
        *code = (cpl_code){p->notices[i].id, p->notices[i].label, p->notices[i].source};
        return true;
    }
    table t = table_of(p, kind);
    if (i < t.count) *code = *code_at(&t, i);
    return i < t.count;
}

static bool find_code(const complaint_policy *p, int32_t kind, const char *id, cpl_code *code) {
    for (size_t i = 0; p && code_of(p, kind, i, code); i++)
        if (cpl_str_eq(code->id, cpl_str_of(id))) return true;
    return false;
}

const char *COMPLAINT_CALL complaint_policy_code(const complaint_policy *policy, int32_t kind, int32_t index) {
    cpl_code code;
    return policy && index >= 0 && code_of(policy, kind, (size_t)index, &code) ? code.id.p : NULL;
}

const char *COMPLAINT_CALL complaint_policy_label(const complaint_policy *policy, int32_t kind, const char *code, int32_t language) {
    cpl_code found;
    if (!find_code(policy, kind, code, &found)) return NULL;
    return language == COMPLAINT_THAI ? found.label.th.p : found.label.en.p;
}

const char *COMPLAINT_CALL complaint_policy_source(const complaint_policy *policy, int32_t kind, const char *code) {
    cpl_code found;
    if (!find_code(policy, kind, code, &found)) return NULL;
    return found.source.n ? found.source.p : "";
}

const char *COMPLAINT_CALL complaint_policy_route(const complaint_policy *policy, const char *class_code) {
    int i = policy ? cpl_policy_class(policy, cpl_str_of(class_code)) : -1;
    return i < 0 ? NULL : cpl_policy_route_name(policy->classes[i].route);
}

const char *COMPLAINT_CALL complaint_policy_unit_phone(const complaint_policy *policy, const char *unit_code) {
    int i = policy ? cpl_policy_unit(policy, cpl_str_of(unit_code)) : -1;
    if (i < 0) return NULL;
    return policy->units[i].phone.n ? policy->units[i].phone.p : "";
}

_Static_assert((int)COMPLAINT_OFFICE_NAME == (int)CPL_OFFICE_NAME + 1 && (int)COMPLAINT_OFFICE_PAGE == (int)CPL_OFFICE_PARTS, "public numbers of the office's parts are the inner ones and one");

const char *COMPLAINT_CALL complaint_policy_office_detail(const complaint_policy *policy, int32_t detail, int32_t language) {
    if (!policy || detail < COMPLAINT_OFFICE_NAME || detail > COMPLAINT_OFFICE_PAGE) return "";
    const cpl_label *label = &policy->office[detail - 1];
    return language == COMPLAINT_THAI ? label->th.p : label->en.p;
}

int32_t COMPLAINT_CALL complaint_policy_round(const complaint_policy *policy, const char *round_code) {
    for (size_t i = 0; policy && i < policy->round_count; i++)
        if (cpl_str_eq(policy->rounds[i].code.id, cpl_str_of(round_code))) return policy->rounds[i].last;
    return 0;
}

/* ---- what a verb leads to ---- */

/* The notice to the complainant that a verb sends, or NULL; `at` is where the search goes on. */
static const cpl_notice_def *next_word(const complaint_policy *p, int32_t verb, size_t *at) {
    while (*at < p->notice_count) {
        const cpl_notice_def *n = &p->notices[(*at)++];
        if (cpl_notice_goes_to(n, CPL_TO_COMPLAINANT) && cpl_trigger_hits(n->on, n->on_count, verb, (cpl_str){"", 0})) return n;
    }
    return NULL;
}

int32_t COMPLAINT_CALL complaint_policy_clock_stopped_by(const complaint_policy *policy, const char *clock_code, int32_t verb) {
    int i = policy ? cpl_policy_clock(policy, cpl_str_of(clock_code)) : -1;
    if (i < 0) return 0;
    const cpl_clock_def *clock = &policy->clocks[i];
    if (cpl_trigger_hits(clock->stops, clock->stop_count, verb, (cpl_str){"", 0})) return 1;
    const cpl_notice_def *n;
    for (size_t at = 0; (n = next_word(policy, verb, &at)) != NULL;)
        if (cpl_trigger_hits(clock->stops, clock->stop_count, CPL_EV_DELIVERED, n->id)) return 1;
    return 0;
}

/* Whether it is said of a case of which no more is known than its class. */
static bool is_said_of(const complaint_policy *p, const cpl_notice_def *n, cpl_str class_code) {
    int class_at = cpl_policy_class(p, class_code);
    bool found = n->when.class_count == 0;
    for (size_t i = 0; i < n->when.class_count; i++) found |= n->when.classes[i] == class_at;
    return found && n->when.nature_count == 0 && n->when.flags == 0 && n->when.field_count == 0;
}

complaint_status COMPLAINT_CALL complaint_policy_words(const complaint_policy *policy, int32_t verb, const char *class_code, const char *channel, const char *number, complaint_text **text) {
    cpl_buf b;
    size_t at = 0;
    const cpl_notice_def *n;
    if (!policy) return COMPLAINT_E_HANDLE;
    if (!text) return COMPLAINT_E_INVALID;
    while ((n = next_word(policy, verb, &at)) != NULL && !is_said_of(policy, n, cpl_str_of(class_code))) {}
    if (!n) return COMPLAINT_E_NOT_FOUND;
    int i = cpl_policy_channel(policy, cpl_str_of(channel));
    const cpl_fill fills[] = {{"channel", i < 0 ? cpl_str_of(channel) : policy->channels[i].code.label.th}, {"number", cpl_str_of(number)}};
    cpl_buf_init(&b, &policy->memory);
    complaint_status s = cpl_paper_fill(policy, policy->texts[n->text].text.th, fills, sizeof fills / sizeof fills[0], &b, NULL);
    s = s == COMPLAINT_OK ? cpl_text_take(&b, text) : s == COMPLAINT_E_MEMORY ? s : COMPLAINT_E_NOT_FOUND; /* a blank that only an officer fills */
    cpl_buf_free(&b);
    return s;
}

/* ---- fields ---- */

_Static_assert((int)COMPLAINT_FIELD_TEXT == (int)CPL_FIELD_TEXT && (int)COMPLAINT_FIELD_CODE == (int)CPL_FIELD_CODE, "public and inner numbers of field types are the same");

static const cpl_field *field_of(const complaint_policy *p, const char *id) {
    int i = p ? cpl_policy_field(p, cpl_str_of(id)) : -1;
    return i < 0 ? NULL : &p->fields[i];
}

int32_t COMPLAINT_CALL complaint_policy_field_type(const complaint_policy *policy, const char *field_code) {
    const cpl_field *field = field_of(policy, field_code);
    return field ? (int32_t)field->type : 0;
}

complaint_status COMPLAINT_CALL complaint_policy_field_range(const complaint_policy *policy, const char *field_code, int64_t *least, int64_t *greatest) {
    const cpl_field *field = field_of(policy, field_code);
    if (!policy) return COMPLAINT_E_HANDLE;
    if (!field || field->type != CPL_FIELD_INTEGER) return COMPLAINT_E_NOT_FOUND;
    if (least) *least = field->min;
    if (greatest) *greatest = field->max;
    return COMPLAINT_OK;
}

const char *COMPLAINT_CALL complaint_policy_choice(const complaint_policy *policy, const char *field_code, int32_t index) {
    const cpl_field *field = field_of(policy, field_code);
    return field && index >= 0 && (size_t)index < field->choice_count ? field->choices[index].p : NULL;
}

const char *COMPLAINT_CALL complaint_policy_choice_label(const complaint_policy *policy, const char *field_code, const char *choice, int32_t language) {
    const cpl_field *field = field_of(policy, field_code);
    for (size_t i = 0; field && i < field->choice_count; i++)
        if (cpl_str_eq(field->choices[i], cpl_str_of(choice))) return language == COMPLAINT_THAI ? field->choice_labels[i].th.p : field->choice_labels[i].en.p;
    return NULL;
}

/* ---- the page ---- */

complaint_status COMPLAINT_CALL complaint_policy_describe(const complaint_policy *policy, int32_t language, complaint_text **text) {
    cpl_buf b;
    if (!policy) return COMPLAINT_E_HANDLE;
    if (!text || (language != COMPLAINT_THAI && language != COMPLAINT_ENGLISH)) return COMPLAINT_E_INVALID;
    cpl_buf_init(&b, &policy->memory);
    cpl_policy_describe(policy, language, &b);
    complaint_status s = cpl_text_take(&b, text);
    cpl_buf_free(&b);
    return s;
}
