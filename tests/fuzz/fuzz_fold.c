/*
 * The log, fed with anything: each line of the input is an event, `KIND HAPPENED ENTERED PAYLOAD`, its times in minutes from the tests' own November (`=` before a number: milliseconds as they are; a kind with `-` before it
 * leaves a number of the log out).
 *
 * What cannot be folded is damaged and said so. What can be is a case whose rows can be written, whose clocks can be explained, reminded of and computed again, and on which every verb of a policy can be
 * planned; and what is planned can be folded. The same lines are read as the log of a message, and of a day.
 */
#include "office.h"

#include "desk/job.h"
#include "process/process.h"
#include "view/view.h"

enum { MOST_EVENTS = 64, LINE = 4096 };

static const int64_t november = INT64_C(1762308000000), minute = 60000, the_case = INT64_C(1) << 40;

typedef struct world {
    fuzz *f;
    cpl_arena arena;
    cpl_procedure pr;
    complaint_error e;
} world;

static const cpl_procedure *procedure(void) {
    static cpl_procedure pr;
    if (pr.policy) return &pr;
    complaint_policy *policy = NULL;
    PROMISE(cpl_policy_builtin(&cpl_memory_default, CPL_LIT("moph-phrae"), &policy, NULL) == COMPLAINT_OK);
    pr = (cpl_procedure){policy, office_calendar(), "digest", CPL_LIT("office")};
    return &pr;
}

/* Memory fails when it was refused; everything else that goes wrong is the log's own damage, or a limit of the calendar. */
static complaint_status check(const world *w, complaint_status s) {
    int32_t class = CPL_CLASS(s);
    PROMISE(s != COMPLAINT_E_MEMORY || w->f->refused);
    PROMISE(class != COMPLAINT_E_INTERNAL && class != COMPLAINT_E_POLICY);
    if (s != COMPLAINT_OK) PROMISE(w->e.status == s && *w->e.thai && *w->e.english);
    return s;
}

/* ---- reading the input ---- */

static int64_t read_int(const char **at) {
    char *end;
    int64_t v = strtoll(*at, &end, 10);
    *at = end;
    return v;
}

static int64_t read_instant(const char **at) {
    while (**at == ' ') ++*at;
    bool exact = **at == '=';
    *at += exact;
    int64_t v = read_int(at);
    return exact ? v : november + v % 100000000 * minute;
}

/* `line` ends with NUL and outlives the event. */
static cpl_event read_event(const char *line, int64_t version) {
    int64_t kind = read_int(&line), happened = read_instant(&line), entered = read_instant(&line);
    while (*line == ' ') line++;
    int64_t skipped = kind < 0;
    kind = kind < 0 ? -(kind + 1) : kind;
    cpl_event ev = {.stream = the_case, .seq = version + 1 + skipped, .kind = (int32_t)(kind % 300), .happened_at = happened, .entered_at = entered, .actor = CPL_LIT("malee"), .role = CPL_LIT("officer"),
                    .unit = CPL_LIT(""), .on_behalf = CPL_LIT(""), .acting_for = CPL_LIT(""), .request = CPL_LIT("r"), .payload = cpl_str_of(line), .sealed = CPL_LIT("")};
    if (ev.kind == 0) ev.kind = COMPLAINT_VERB_NOTE;
    ev.hash[0] = (uint8_t)ev.seq;
    return ev;
}

/* ---- a case ---- */

static void check_rows(world *w, const cpl_case *before, const cpl_case *after) {
    cpl_batch b;
    cpl_batch_init(&b, &w->arena);
    cpl_project(&b, CPL_LIT("office"), before, after, NULL);
    PROMISE(!b.failed || w->f->refused);
    for (int32_t i = 0; i < b.count; i++) PROMISE(b.items[i].kind >= COMPLAINT_INSERT && b.items[i].kind <= COMPLAINT_ADD && b.items[i].value_count > 0);
}

static complaint_status fold(world *w, const cpl_case *before, const cpl_event *ev, cpl_case *after) {
    if (!cpl_case_copy(before, after)) return cpl_fail(&w->e, COMPLAINT_E_MEMORY, NULL);
    complaint_status s = cpl_fold(after, ev, &w->e);
    PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_CORRUPT || s == COMPLAINT_E_MEMORY);
    if (s == COMPLAINT_OK) check_rows(w, before, after);
    return s;
}

static void check_planned(world *w, const cpl_case *c, const cpl_plan *plan) {
    cpl_case after;
    if (cpl_case_copy(c, &after)) {
        complaint_status s = cpl_fold(&after, &plan->event, &w->e);
        if (s == COMPLAINT_E_CORRUPT) fprintf(stderr, "%.*s\n", (int)plan->event.payload.n, plan->event.payload.p);
        PROMISE(s == COMPLAINT_OK || (s == COMPLAINT_E_MEMORY && w->f->refused));
        if (s == COMPLAINT_OK) check_rows(w, c, &after);
    }
}

static cpl_input input_of(const complaint_policy *p, int field) {
    const cpl_field *def = &p->fields[field];
    cpl_input in = {.name = def->code.id, .text = CPL_LIT("ถ้อยคำ")};
    int32_t type = complaint_policy_field_type(p, def->code.id.p);
    in.is_integer = type == COMPLAINT_FIELD_INTEGER || type == COMPLAINT_FIELD_BOOLEAN || type == COMPLAINT_FIELD_TIME || type == COMPLAINT_FIELD_CASE;
    in.integer = type == COMPLAINT_FIELD_TIME ? november + 20 * 1440 * minute : type == COMPLAINT_FIELD_CASE ? the_case + 1 : 1;
    if (type == COMPLAINT_FIELD_CLASS) in.text = p->classes[0].code.id;
    if (type == COMPLAINT_FIELD_NATURE) in.text = p->natures[0].id;
    if (type == COMPLAINT_FIELD_FLAG) in.text = p->flags[0].code.id;
    if (type == COMPLAINT_FIELD_UNIT || type == COMPLAINT_FIELD_UNITS) in.text = p->units[0].code.id;
    if (type == COMPLAINT_FIELD_CHANNEL) in.text = p->channels[0].code.id;
    if (type == COMPLAINT_FIELD_ORIGIN) in.text = p->origins[0].code.id;
    if (type == COMPLAINT_FIELD_ROLE) in.text = p->roles[0].id;
    if (type == COMPLAINT_FIELD_CHOICE) in.text = cpl_str_of(complaint_policy_choice(p, def->code.id.p, 0));
    if (type == COMPLAINT_FIELD_CODE) in.text = CPL_LIT("c-1");
    return in;
}

static void plan_verb(world *w, const cpl_case *c, const cpl_action *action) {
    enum { FIELDS = 32 };
    const complaint_policy *p = w->pr.policy;
    cpl_input inputs[FIELDS];
    cpl_plan plan;
    cpl_request rq = {.kind = action->kind, .id = CPL_LIT("r-2"), .who = {.id = CPL_LIT("malee"), .unit = CPL_LIT("quality"), .on_behalf = CPL_LIT(""), .acting_for = CPL_LIT(""), .roles = UINT64_MAX}, .now = november + 30 * 1440 * minute,
                      .happened_at = november + 30 * 1440 * minute, .fields = inputs, .channel = CPL_LIT("facebook"), .identity = CPL_LIT("named"), .next_number = 1, .fiscal_year = 2569};
    for (size_t i = 0; i < action->required_count && i < FIELDS; i++)
        inputs[rq.field_count++] = input_of(p, action->required[i]);
    (void)check(w, cpl_plan_possible(&w->pr, c, action, &rq.who, false, &w->e));
    if (check(w, cpl_plan_action(&w->pr, c, &rq, &w->arena, &plan, &w->e)) == COMPLAINT_OK) check_planned(w, c, &plan);
}

static void check_clock(world *w, const cpl_case *c, int64_t seq) {
    static const int64_t later[] = {0, 14 * 1440, 400 * 1440};
    const cpl_case_clock *k = &c->clocks[seq - 1];
    int at = cpl_policy_clock(w->pr.policy, k->rule);
    const cpl_step *steps;
    size_t count;
    cpl_deadline d;
    for (size_t i = 0; i < sizeof later / sizeof later[0]; i++) {
        cpl_plan plan;
        bool due = false;
        complaint_status s = check(w, cpl_plan_warning(&w->pr, c, seq, november + later[i] * minute, &w->arena, &plan, &due, &w->e));
        if (s == COMPLAINT_OK && due) check_planned(w, c, &plan);
    }
    if (at < 0) return;
    cpl_period p = cpl_period_of(&w->pr.policy->clocks[at], k);
    cpl_buf b;
    cpl_buf_init(&b, &w->f->memory);
    if (check(w, cpl_explain(w->pr.calendar, &p, &w->arena, &steps, &count, &d, &w->e)) == COMPLAINT_OK)
        for (size_t i = 0; i < count; i++) cpl_explain_sentence(&p.rule, &steps[i], COMPLAINT_THAI, &b);
    cpl_buf_free(&b);
}

static void check_case(world *w, const cpl_case *c) {
    cpl_count counts[CPL_COUNTS];
    cpl_view view = {.policy = w->pr.policy, .unit = CPL_LIT("quality"), .person = CPL_LIT("malee"), .roles = 2};
    cpl_plan plan;
    bool moved = false;
    static const cpl_proof letter = {"0", "0"};
    PROMISE(cpl_case_counts(c, counts) <= CPL_COUNTS);
    (void)cpl_case_due(c);
    (void)cpl_case_all_told(c, 1);
    for (int role = 0; role < 4; role++) cpl_view_add_role(&view, w->pr.policy, role), (void)cpl_view_sees_case(&view, c);
    for (size_t i = 0; i < w->pr.policy->action_count; i++) plan_verb(w, c, &w->pr.policy->actions[i]);
    for (size_t i = 0; i < c->clock_count && i < 4; i++) check_clock(w, c, (int64_t)i + 1);
    if (check(w, cpl_plan_recompute(&w->pr, c, november, &w->arena, &plan, &moved, &w->e)) == COMPLAINT_OK && moved) check_planned(w, c, &plan);
    if (check(w, cpl_plan_settlement(&w->pr, c, CPL_EV_DELIVERED, 1, CPL_LIT("acknowledgement"), &letter, november, &w->arena, &plan, &w->e)) == COMPLAINT_OK) check_planned(w, c, &plan);
}

/* ---- lines ---- */

static void live(world *w, char *text) {
    cpl_case c, after, end_of_log;
    cpl_message_log m = {.arena = &w->arena};
    bool message = true, day = true;
    int events = 0;
    cpl_case_init(&c, &w->arena, the_case);
    cpl_case_init(&end_of_log, &w->arena, the_case);
    for (char *line = text, *end; *line && events++ < MOST_EVENTS; line = end) {
        end = line + strcspn(line, "\n");
        if (*end) *end++ = '\0';
        cpl_event ev = read_event(line, c.version);
        if (message) message = check(w, cpl_message_fold(&m, &ev, &w->e)) == COMPLAINT_OK;
        if (day) day = check(w, cpl_fold_end(&end_of_log, &ev, &w->e)) == COMPLAINT_OK;
        if (day) PROMISE(end_of_log.version == ev.seq && end_of_log.notices >= 0);
        if (check(w, fold(w, &c, &ev, &after)) == COMPLAINT_OK) c = after;
    }
    if (c.version) check_case(w, &c);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    world w = {.f = f, .pr = *procedure()};
    size_t bad;
    if (cpl_utf8_check((cpl_str){(const char *)data, size}, &bad) != COMPLAINT_OK) return; /* the store's rows are checked before */
    char *text = malloc(size + 1);
    PROMISE(text);
    if (size) memcpy(text, data, size);
    text[size] = '\0';
    cpl_arena_init(&w.arena, &f->memory);
    live(&w, text);
    cpl_arena_free(&w.arena);
    free(text);
}
