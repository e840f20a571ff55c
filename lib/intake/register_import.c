/*
 * intake/register_import: the rows of an old register become cases with their history.
 *
 * Owns: how far the procedure is walked for a row, what is entered with each step, what is told about it. Must not know: how cells are read; what the procedure
 * allows is the desk's word each time.
 */
#include "intake/register.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef enum { ADDED, SET_ASIDE, KNOWN, REFUSED, SKIPPED } outcome;
static const char *const outcome_names[] = {"added", "set_aside", "known", "refused", "skipped"};

typedef struct result {
    outcome outcome;
    int state; /* of the policy; -1: no case of this run */
    int64_t case_id, flags;
    int contact;  /* of the mapping: where the complainant is reached, as it was entered; -1 */
    bool changed; /* known, and not what was imported */
    bool by_class; /* flagged by the word of its class, which so is none that is not known */
} result;

typedef struct filing {
    complaint_desk *desk;
    const complaint_policy *policy;
    complaint_actor actor; /* a copy: each step says on whose behalf */
    cpl_mapping map;
    cpl_register reg;
    result *results;
    complaint_draft *draft;
    bool dry;
    int64_t now, taken;
} filing;

/* One row on its way. */
typedef struct walk {
    filing *f;
    const cpl_register_row *row;
    int64_t case_id, at; /* at: of the step before; time never runs backwards */
    int state, unit;     /* unit: who has it; -1 */
    int contact;         /* of the mapping: where the complainant is reached, as it was entered; -1 */
    int64_t flags;
    bool by_class;       /* flagged by the word of its class */
    bool stopped;        /* the procedure did not let a step be entered */
} walk;

/* ---- findings ----------------------------------------------------------------------------------------------------------- */

static complaint_status tell(filing *f, const cpl_register_row *row, cpl_finding_kind kind, const char *field, const char *reason, cpl_str cell, bool with_error) {
    cpl_register_finding found = {.row = row->row, .line = row->line, .kind = kind, .field = field, .reason = reason, .cell = cell, .thai = CPL_LIT(""), .english = CPL_LIT("")};
    complaint_error *e = &f->desk->error;
    bool ok = !with_error || (cpl_arena_str(&f->reg.arena, cpl_str_of(e->thai), &found.thai) && cpl_arena_str(&f->reg.arena, cpl_str_of(e->english), &found.english));
    ok = ok && cpl_register_find(&f->reg, &found);
    return ok ? COMPLAINT_OK : cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
}

/* The procedure's word on what was asked; anything else ends the import. */
static bool is_refusal(complaint_status s) {
    switch (CPL_CLASS(s)) {
    case COMPLAINT_E_INVALID:
    case COMPLAINT_E_RANGE:
    case COMPLAINT_E_STATE:
    case COMPLAINT_E_ROLE:
    case COMPLAINT_E_GUARD:
    case COMPLAINT_E_REQUIRED:
    case COMPLAINT_E_TEXT:
    case COMPLAINT_E_TOO_LARGE:
    case COMPLAINT_E_UNSUPPORTED: return s != COMPLAINT_E_HANDLE;
    default: return false;
    }
}

/* ---- codes of the policy ---------------------------------------------------------------------------------------------------- */

static int pick(const complaint_policy *p, const cpl_codes *codes, int (*find)(const complaint_policy *, cpl_str)) {
    for (size_t i = 0; i < codes->count; i++) {
        int at = find(p, codes->items[i]);
        if (at >= 0) return at;
    }
    return -1;
}

static bool has_field(const complaint_policy *p, const int *fields, size_t count, cpl_str name) {
    for (size_t i = 0; i < count; i++)
        if (cpl_str_eq(p->fields[fields[i]].code.id, name)) return true;
    return false;
}

static bool takes(const complaint_policy *p, const cpl_action *a, cpl_str name) {
    return has_field(p, a->required, a->required_count, name) || has_field(p, a->optional, a->optional_count, name);
}

static cpl_str status_of(const cpl_register_row *row) { return row->status ? row->status->is : CPL_LIT(""); }

static bool is_none(const cpl_register_row *row) { return row->class_is && row->class_is->codes.count == 1 && cpl_str_is(row->class_is->codes.items[0], "none"); }

/* As the register says it; else as its status does; else the one for what has none. */
static int class_of(const filing *f, const cpl_register_row *row) {
    const cpl_codes *codes = row->class_is && row->class_is->codes.count ? &row->class_is->codes : row->status && row->status->codes.count ? &row->status->codes : &f->map.unclassified;
    return pick(f->policy, codes, cpl_policy_class);
}

static int channel_of(const filing *f, const cpl_register_row *row) {
    const cpl_meaning *m = row->channel ? row->channel : cpl_meaning_of(&f->map.channels, CPL_LIT(""));
    return m ? pick(f->policy, &m->codes, cpl_policy_channel) : -1;
}

/* Where the complainant is reached by a channel of the policy, `channel` (-1: by any, the best first); -1: nowhere that the register says. */
static int contact_of(const filing *f, const cpl_register_row *row, int channel) {
    for (size_t i = 0; i < f->map.contact_count; i++) {
        int by = pick(f->policy, &f->map.contacts[i].channels, cpl_policy_channel);
        if (by >= 0 && (channel < 0 || by == channel) && row->cells[f->map.contacts[i].column].n) return (int)i;
    }
    return -1;
}

/* ---- one act ------------------------------------------------------------------------------------------------------------------- */

enum { FIELDS = 12 };
typedef struct fields {
    cpl_input items[FIELDS + CPL_STEP_FIELDS];
    size_t count;
} fields;

static void put(fields *list, const char *name, cpl_str text) {
    if (text.n && list->count < FIELDS) list->items[list->count++] = (cpl_input){.name = cpl_str_of(name), .text = text};
}

static bool has(const fields *list, cpl_str name) {
    for (size_t i = 0; i < list->count; i++)
        if (cpl_str_eq(list->items[i].name, name)) return true;
    return false;
}

/* What the office's file says is entered with the step, as far as the procedure asks for it. */
static void put_words(const filing *f, const cpl_action *a, fields *list) {
    for (size_t i = 0; i < f->map.step_count; i++) {
        const cpl_step_words *w = &f->map.steps[i];
        if (w->verb != a->kind) continue;
        for (size_t k = 0; k < w->count && list->count < sizeof list->items / sizeof list->items[0]; k++)
            if (takes(f->policy, a, w->names[k]) && !has(list, w->names[k])) list->items[list->count++] = (cpl_input){.name = w->names[k], .text = w->values[k]};
    }
}

/* The field for the whole row, which only those may see who may know the complainant; -1: the action takes none. */
static int row_field(const filing *f, const cpl_action *a) {
    for (size_t i = 0; i < f->map.row.count; i++) {
        int field = cpl_policy_field(f->policy, f->map.row.items[i]);
        if (field >= 0 && f->policy->fields[field].identity && takes(f->policy, a, f->map.row.items[i])) return field;
    }
    return -1;
}

/* False: there is no place for it. */
static bool put_whole(const filing *f, const cpl_action *a, const cpl_register_row *row, fields *list) {
    int field = row_field(f, a);
    if (field >= 0) list->items[list->count++] = (cpl_input){.name = f->policy->fields[field].code.id, .text = row->whole};
    return field >= 0;
}

static complaint_status act(filing *f, int32_t verb, int64_t at, fields *list, complaint_outcome *out) {
    complaint_draft *d = f->draft;
    d->happened_at = at;
    d->has_happened_at = verb != CPL_EV_RECEIVE;
    d->silent = true;
    d->revision = COMPLAINT_ANY_REVISION;
    d->fields = list->items;
    d->field_count = d->field_capacity = list->count;
    *out = (complaint_outcome){0};
    complaint_status s = cpl_desk_act(f->desk, &f->actor, verb, d, out);
    d->fields = NULL;
    d->field_count = d->field_capacity = 0;
    return s;
}

/* ---- one step of a case ------------------------------------------------------------------------------------------------------------ */

static complaint_status not_walked(walk *w, int32_t verb) {
    w->stopped = true;
    complaint_status s = tell(w->f, w->row, CPL_FINDING_WARNING, "procedure", "not_walked", cpl_str_of(cpl_event_name(verb)), true);
    if (s == COMPLAINT_OK) cpl_error_clear(&w->f->desk->error);
    return s;
}

static complaint_status not_there(walk *w, int32_t verb) {
    cpl_failf(&w->f->desk->error, COMPLAINT_E_STATE, cpl_event_name(verb), "มาตรฐานการปฏิบัติงานนี้ไม่มีรายการนี้ในสถานะที่เรื่องอยู่", "the policy has no such action in the state that the case is in");
    return not_walked(w, verb);
}

static bool possible(const walk *w, int32_t verb) {
    const cpl_action *a = cpl_policy_action(w->f->policy, verb);
    return a && w->state >= 0 && (a->from >> w->state & 1);
}

static complaint_status step(walk *w, int32_t verb, int64_t at, fields *list) {
    filing *f = w->f;
    const cpl_action *a = cpl_policy_action(f->policy, verb);
    complaint_outcome out;
    if (w->stopped) return COMPLAINT_OK;
    if (!possible(w, verb)) return not_there(w, verb);
    put_words(f, a, list);
    if (at < w->at) at = w->at;
    f->draft->case_id = w->case_id;
    f->draft->message = 0;
    complaint_status s = act(f, verb, at, list, &out);
    if (s != COMPLAINT_OK) return is_refusal(s) ? not_walked(w, verb) : s;
    int to = cpl_policy_target(a, w->state);
    bool stays = to >= 0 && cpl_action_keeps(a, w->flags, class_of(w->f, w->row));
    if (to >= 0 && !stays) w->state = to;
    if (verb != CPL_EV_NOTE && verb != CPL_EV_ACKNOWLEDGE) w->at = at;
    return stays ? tell(f, w->row, CPL_FINDING_WARNING, "procedure", "stays_open", cpl_str_of(cpl_event_name(verb)), false) : COMPLAINT_OK;
}

static complaint_status plain_step(walk *w, int32_t verb, int64_t at) {
    fields list = {.count = 0};
    return step(w, verb, at, &list);
}

/* ---- how far a row goes --------------------------------------------------------------------------------------------------------------- */

static bool has_day(const walk *w, const cpl_cell_date *d) { return d->state == CPL_CELL_READ && cpl_day_start(d->day) <= w->f->now; }

static int64_t time_of(const walk *w, const cpl_cell_date *d, int64_t otherwise) { return has_day(w, d) ? cpl_day_start(d->day) : otherwise; }

static bool is_agency(const walk *w, int unit) { return unit >= 0 && w->f->policy->units[unit].kind == CPL_AGENCY; }

static cpl_route route_of(const walk *w) {
    int at = class_of(w->f, w->row);
    return at < 0 ? (cpl_route)0 : w->f->policy->classes[at].route;
}

/* It left the desk: the register has a day for it, or a unit and a status that follows from it. */
static bool went_out(const walk *w) {
    const cpl_register_row *row = w->row;
    cpl_str status = status_of(row);
    bool to_somebody = row->cells[CPL_COLUMN_UNIT].n > 0, later = has_day(w, &row->result) || has_day(w, &row->notified);
    if (cpl_str_is(status, "rejected")) return false;
    if (has_day(w, &row->forwarded) || cpl_str_is(status, "forwarded") || cpl_str_is(status, "referred_out")) return true;
    if (row->forwarded.state == CPL_CELL_WRONG) return to_somebody;
    return to_somebody && (later || cpl_str_is(status, "closed") || cpl_str_is(status, "in_progress"));
}

/* Outside the office it is another word, and where nobody is named it went elsewhere. */
static int unit_of(const walk *w) {
    const filing *f = w->f;
    int unit = w->row->unit ? pick(f->policy, &w->row->unit->codes, cpl_policy_unit) : -1;
    bool outside = cpl_str_is(status_of(w->row), "referred_out") || (route_of(w) == CPL_ROUTE_REFER && unit < 0);
    return outside && !is_agency(w, unit) ? pick(f->policy, &f->map.elsewhere, cpl_policy_unit) : unit;
}

/* Whom the register names, and to whom it is entered as sent: somebody else where nobody knows the name. */
static complaint_status tell_elsewhere(const walk *w) {
    const cpl_register_row *row = w->row;
    if (row->unit || row->cells[CPL_COLUMN_UNIT].n == 0) return COMPLAINT_OK;
    return tell(w->f, row, CPL_FINDING_WARNING, "unit", "sent_elsewhere", row->cells[CPL_COLUMN_UNIT], false);
}

static void put_cell(const walk *w, cpl_buf *b, int column) {
    cpl_str heading = w->f->reg.headings[column], cell = w->row->cells[column];
    if (cell.n == 0) return;
    if (b->size) cpl_buf_putc(b, '\n');
    cpl_buf_str(b, heading);
    cpl_buf_puts(b, ": ");
    cpl_buf_str(b, cell);
}

/* What of the sending could not be entered stays in the history in the register's own words. `columns`: of its cells, up to -1. */
static complaint_status note_sending(walk *w, cpl_str words, const int *columns) {
    const cpl_register_row *row = w->row;
    const cpl_action *a = cpl_policy_action(w->f->policy, CPL_EV_NOTE);
    fields list = {.count = 0};
    cpl_buf b;
    if (!possible(w, CPL_EV_NOTE) || !takes(w->f->policy, a, CPL_LIT("text"))) return COMPLAINT_OK;
    cpl_buf_init(&b, &w->f->desk->memory);
    cpl_buf_str(&b, words);
    for (size_t i = 0; columns[i] >= 0; i++) put_cell(w, &b, columns[i]);
    put(&list, "text", (cpl_str){b.size ? b.data : "", b.size});
    complaint_status s = COMPLAINT_OK;
    if (b.failed) s = cpl_fail(&w->f->desk->error, COMPLAINT_E_MEMORY, NULL);
    else if (b.size) s = step(w, CPL_EV_NOTE, time_of(w, &row->forwarded, row->received_at), &list);
    cpl_buf_free(&b);
    return s;
}

/* The procedure has nobody to whom it could be entered as sent; that it went somewhere, and when, is known all the same. */
static complaint_status sent_to_nobody(walk *w) {
    static const int columns[] = {CPL_COLUMN_UNIT, CPL_COLUMN_FORWARDED, CPL_COLUMN_RESULT, CPL_COLUMN_NOTIFIED, -1};
    complaint_status s = tell(w->f, w->row, CPL_FINDING_WARNING, "unit", "no_unit", w->row->cells[CPL_COLUMN_UNIT], false);
    return s == COMPLAINT_OK ? note_sending(w, w->f->map.not_sent, columns) : s;
}

static complaint_status note_others(walk *w) {
    static const int columns[] = {CPL_COLUMN_UNIT, -1};
    return w->row->several_units ? note_sending(w, w->f->map.also_sent, columns) : COMPLAINT_OK;
}

static complaint_status send_out(walk *w) {
    const cpl_register_row *row = w->row;
    fields list = {.count = 0};
    int unit = unit_of(w);
    if (unit < 0) return sent_to_nobody(w);
    int32_t verb = is_agency(w, unit) ? CPL_EV_REFER : CPL_EV_FORWARD;
    const cpl_action *a = cpl_policy_action(w->f->policy, verb);
    put(&list, "unit", w->f->policy->units[unit].code.id);
    if (a && takes(w->f->policy, a, CPL_LIT("text"))) put(&list, "text", row->cells[CPL_COLUMN_UNIT]);
    complaint_status s = step(w, verb, time_of(w, &row->forwarded, row->received_at), &list);
    if (w->stopped || s != COMPLAINT_OK) return s;
    w->unit = unit;
    s = note_others(w);
    return s == COMPLAINT_OK ? tell_elsewhere(w) : s;
}

/* The unit's word, entered on its behalf. */
static complaint_status take_result(walk *w, int64_t at) {
    fields list = {.count = 0};
    complaint_actor *actor = &w->f->actor;
    cpl_str unit = w->f->policy->units[w->unit].code.id;
    char before[sizeof actor->on_behalf];
    memcpy(before, actor->on_behalf, sizeof before);
    (void)snprintf(actor->on_behalf, sizeof actor->on_behalf, "%.*s", (int)unit.n, unit.p);
    put(&list, "from_unit", unit);
    complaint_status s = step(w, CPL_EV_REPORT_RESULT, at, &list);
    memcpy(actor->on_behalf, before, sizeof before);
    return s;
}

/* A request for information that no unit had is answered by the desk. */
static bool was_answered(const walk *w) {
    bool later = has_day(w, &w->row->result) || has_day(w, &w->row->notified) || cpl_str_is(status_of(w->row), "closed");
    return w->unit < 0 && later && route_of(w) == CPL_ROUTE_INFORMATION && possible(w, CPL_EV_ANSWER);
}

static complaint_status bring_back(walk *w) {
    const cpl_register_row *row = w->row;
    int64_t told = time_of(w, &row->notified, w->at), known = time_of(w, &row->result, told);
    bool notified = has_day(w, &row->notified), with_unit = w->unit >= 0;
    complaint_status s = COMPLAINT_OK;
    if (was_answered(w)) return plain_step(w, CPL_EV_ANSWER, notified ? told : known);
    if (with_unit && (notified || has_day(w, &row->result))) s = take_result(w, known);
    if (s == COMPLAINT_OK && notified && (with_unit || possible(w, CPL_EV_NOTIFY_RESULT))) s = plain_step(w, CPL_EV_NOTIFY_RESULT, told);
    return s;
}

static complaint_status finish(walk *w) {
    cpl_str status = status_of(w->row);
    if (cpl_str_is(status, "closed")) return plain_step(w, CPL_EV_CLOSE, w->at);
    if (cpl_str_is(status, "withdrawn")) return plain_step(w, CPL_EV_WITHDRAW, w->at);
    if (!cpl_str_is(status, "rejected")) return COMPLAINT_OK;
    int64_t at = time_of(w, &w->row->forwarded, w->at);
    return plain_step(w, CPL_EV_REJECT, time_of(w, &w->row->notified, time_of(w, &w->row->result, at)));
}

/* ---- from a row to a case --------------------------------------------------------------------------------------------------------------- */

/* A register that gives no number is a register all the same. */
static cpl_str legacy_number(const cpl_register_row *row) { return row->cells[CPL_COLUMN_NUMBER].n ? row->cells[CPL_COLUMN_NUMBER] : CPL_LIT("-"); }

static complaint_status register_case(walk *w) {
    fields list = {.count = 0};
    put(&list, "legacy_number", legacy_number(w->row));
    return step(w, CPL_EV_REGISTER, w->at, &list);
}

static complaint_status classify_case(walk *w) {
    fields list = {.count = 0};
    int at = class_of(w->f, w->row);
    if (at < 0) return COMPLAINT_OK;
    put(&list, "class", w->f->policy->classes[at].code.id);
    return step(w, CPL_EV_CLASSIFY, w->at, &list);
}

/* [CR-T2] When it was, if the register has it; it stops nothing that comes after. */
static complaint_status acknowledge(walk *w) {
    if (!has_day(w, &w->row->acknowledged) || !possible(w, CPL_EV_ACKNOWLEDGE)) return COMPLAINT_OK;
    return plain_step(w, CPL_EV_ACKNOWLEDGE, time_of(w, &w->row->acknowledged, w->at));
}

/* A mark that this policy does not know is none. */
static complaint_status flag_case(walk *w, const cpl_marked *mark) {
    const complaint_policy *p = w->f->policy;
    int flag = cpl_policy_flag(p, mark->marking->flag);
    fields list = {.count = 0};
    if (flag < 0 || w->stopped || !possible(w, CPL_EV_FLAG)) return COMPLAINT_OK;
    put(&list, "flag", mark->marking->flag);
    complaint_status s = step(w, CPL_EV_FLAG, w->at, &list);
    if (s != COMPLAINT_OK || w->stopped) return s;
    w->flags |= p->flags[flag].bit | p->flags[flag].implies;
    w->by_class = w->by_class || mark->by_class;
    cpl_register_finding found = {.row = w->row->row, .line = w->row->line, .kind = CPL_FINDING_NOTE, .field = cpl_column_names[mark->column], .reason = "flagged", .cell = mark->word,
                                  .thai = p->flags[flag].code.label.th, .english = p->flags[flag].code.id};
    return cpl_register_find(&w->f->reg, &found) ? COMPLAINT_OK : cpl_fail(&w->f->desk->error, COMPLAINT_E_MEMORY, NULL);
}

static complaint_status flag_all(walk *w) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < w->row->mark_count; i++) s = flag_case(w, &w->row->marks[i]);
    return s;
}

/* Today's remark, not the register's. What everybody reads who sees the case names nobody. [CR-4.2.5] */
static complaint_status note_row(walk *w) {
    const cpl_action *a = cpl_policy_action(w->f->policy, CPL_EV_NOTE);
    fields list = {.count = 0};
    if (!possible(w, CPL_EV_NOTE)) return COMPLAINT_OK;
    if (put_whole(w->f, a, w->row, &list)) put_words(w->f, a, &list);
    if (!has(&list, CPL_LIT("text"))) put(&list, "text", w->row->plain);
    return step(w, CPL_EV_NOTE, w->f->now, &list);
}

/* He came by another way than the one by which he is reached. No step of the procedure hangs on it. */
static complaint_status enter_contact(walk *w) {
    const complaint_policy *p = w->f->policy;
    const cpl_action *a = cpl_policy_action(p, CPL_EV_UPDATE_COMPLAINANT);
    int contact = w->contact < 0 ? contact_of(w->f, w->row, -1) : -1;
    fields list = {.count = 0};
    if (contact < 0 || w->stopped || !possible(w, CPL_EV_UPDATE_COMPLAINANT) || !takes(p, a, CPL_LIT("channel")) || !takes(p, a, CPL_LIT("address"))) return COMPLAINT_OK;
    const cpl_contact *to = &w->f->map.contacts[contact];
    put(&list, "channel", p->channels[pick(p, &to->channels, cpl_policy_channel)].code.id);
    put(&list, "address", w->row->cells[to->column]);
    complaint_status s = step(w, CPL_EV_UPDATE_COMPLAINANT, w->at, &list);
    if (!w->stopped) w->contact = contact;
    w->stopped = false;
    return s;
}

static complaint_status walk_case(walk *w) {
    complaint_status s = acknowledge(w);
    if (s == COMPLAINT_OK) s = register_case(w);
    if (s == COMPLAINT_OK) s = note_row(w);
    if (s == COMPLAINT_OK) s = enter_contact(w);
    if (s == COMPLAINT_OK) s = classify_case(w);
    if (s == COMPLAINT_OK) s = flag_all(w);
    if (s == COMPLAINT_OK && !w->stopped && went_out(w)) s = send_out(w);
    if (s == COMPLAINT_OK && !w->stopped) s = bring_back(w);
    return s == COMPLAINT_OK && !w->stopped ? finish(w) : s;
}

static complaint_status open_case(filing *f, const cpl_register_row *row, int64_t message, result *res) {
    const cpl_action *a = cpl_policy_action(f->policy, CPL_EV_TRIAGE);
    fields list = {.count = 0};
    complaint_outcome out;
    walk w = {.f = f, .row = row, .at = row->received_at, .state = f->policy->initial, .unit = -1, .contact = contact_of(f, row, channel_of(f, row))};
    if (row->complainant && takes(f->policy, a, CPL_LIT("identity"))) put(&list, "identity", row->complainant->is);
    if (row->channel && takes(f->policy, a, CPL_LIT("origin")) && cpl_policy_origin(f->policy, row->channel->origin) >= 0) put(&list, "origin", row->channel->origin);
    f->draft->case_id = 0;
    f->draft->message = message;
    complaint_status s = act(f, CPL_EV_TRIAGE, row->received_at, &list, &out);
    if (s != COMPLAINT_OK) return s;
    w.case_id = out.case_id;
    s = walk_case(&w);
    *res = (result){.outcome = ADDED, .state = w.state, .case_id = w.case_id, .flags = w.flags, .contact = w.contact, .by_class = w.by_class};
    return s;
}

/* Behind the reason, where there is no place of its own for the row. */
static bool append_plain(fields *list, const cpl_register_row *row, cpl_buf *reason) {
    for (size_t i = 0; i < list->count; i++)
        if (cpl_str_is(list->items[i].name, "reason")) {
            cpl_buf_str(reason, list->items[i].text);
            cpl_buf_putc(reason, '\n');
            cpl_buf_str(reason, row->plain);
            list->items[i].text = (cpl_str){reason->size ? reason->data : "", reason->size};
        }
    return !reason->failed;
}

/* What is no complaint keeps its row too. */
static complaint_status put_aside(filing *f, const cpl_register_row *row, int64_t message, result *res) {
    const cpl_action *a = cpl_policy_action(f->policy, CPL_EV_SET_ASIDE);
    fields list = {.count = 0};
    complaint_outcome out;
    cpl_buf reason;
    put_words(f, a, &list);
    cpl_buf_init(&reason, &f->desk->memory);
    bool kept = put_whole(f, a, row, &list) || append_plain(&list, row, &reason);
    put(&list, "legacy_number", legacy_number(row));
    f->draft->case_id = 0;
    f->draft->message = message;
    complaint_status s = kept ? act(f, CPL_EV_SET_ASIDE, row->received_at, &list, &out) : cpl_fail(&f->desk->error, COMPLAINT_E_MEMORY, NULL);
    cpl_buf_free(&reason);
    *res = (result){.outcome = SET_ASIDE, .state = -1, .contact = contact_of(f, row, channel_of(f, row))};
    return s;
}

static complaint_status receive(filing *f, const cpl_register_row *row, int channel, complaint_outcome *out) {
    fields list = {.count = 0};
    cpl_str subject = row->cells[CPL_COLUMN_SUBJECT];
    int contact = contact_of(f, row, channel);
    put(&list, "channel", f->policy->channels[channel].code.id);
    put(&list, "external_id", row->external_id);
    put(&list, "sender", cpl_register_sender(row));
    if (contact >= 0) put(&list, "address", row->cells[f->map.contacts[contact].column]);
    put(&list, "text", subject.n ? subject : CPL_LIT("(ไม่ได้บันทึกเรื่องไว้ในทะเบียนเดิม)"));
    list.items[list.count++] = (cpl_input){.name = CPL_LIT("sent_at"), .is_integer = true, .integer = row->received_at};
    f->draft->case_id = f->draft->message = 0;
    return act(f, CPL_EV_RECEIVE, row->received_at, &list, out);
}

static complaint_status refuse(filing *f, const cpl_register_row *row, const char *field, bool with_error, result *res) {
    *res = (result){.outcome = REFUSED, .state = -1};
    complaint_status s = tell(f, row, CPL_FINDING_REFUSED, field, "not_received", CPL_LIT(""), with_error);
    if (s == COMPLAINT_OK) cpl_error_clear(&f->desk->error);
    return s;
}

/* What the file says otherwise than it did is said, and left to people: on the case something else may have happened since. */
static complaint_status meet_again(filing *f, const cpl_register_row *row, int64_t message, result *res) {
    bool differs[CPL_COLUMN_COUNT];
    cpl_tx tx = *f->desk->group;
    complaint_status s = cpl_register_compare(&f->reg, &f->map.row, &tx, message, row, differs, &res->changed);
    if (s == COMPLAINT_E_MEMORY) return cpl_fail(&f->desk->error, s, NULL);
    for (int i = 0; s == COMPLAINT_OK && i < CPL_COLUMN_COUNT; i++)
        if (differs[i]) s = tell(f, row, CPL_FINDING_WARNING, cpl_column_names[i], "changed", row->cells[i], false);
    return s;
}

static complaint_status tell_resembling(filing *f, const cpl_register_row *row, const cpl_resemblance *to) {
    char thai[256], english[256];
    cpl_register_finding found = {.row = row->row, .line = row->line, .kind = CPL_FINDING_WARNING, .field = "row", .reason = "resembles", .cell = row->cells[CPL_COLUMN_NUMBER]};
    int64_t id = to->case_id ? to->case_id : to->message;
    (void)snprintf(thai, sizeof thai, "%s %s: %" PRId64, to->thai, to->case_id ? "เรื่องเดิมคือรหัส" : "ข้อความเดิมที่แยกไว้คือรหัส", id);
    (void)snprintf(english, sizeof english, "%s; %s: %" PRId64, to->english, to->case_id ? "case" : "the message that was set aside", id);
    bool ok = cpl_arena_str(&f->reg.arena, cpl_str_of(thai), &found.thai) && cpl_arena_str(&f->reg.arena, cpl_str_of(english), &found.english);
    return ok && cpl_register_find(&f->reg, &found) ? COMPLAINT_OK : cpl_fail(&f->desk->error, COMPLAINT_E_MEMORY, NULL);
}

/* A row that was imported, and then put right in what it is known by, is a new one: whoever imports is told which case it may be. */
static complaint_status look_for_resembling(filing *f, const cpl_register_row *row) {
    cpl_resemblance found;
    cpl_tx tx = *f->desk->group;
    complaint_status s = cpl_register_resembling(&f->reg, &tx, row, &found);
    if (s == COMPLAINT_E_MEMORY) return cpl_fail(&f->desk->error, s, NULL);
    return s == COMPLAINT_OK && found.thai ? tell_resembling(f, row, &found) : s;
}

static complaint_status known_as(filing *f, cpl_register_row *row, int64_t *message) {
    cpl_tx tx = *f->desk->group;
    complaint_status s = cpl_register_known(&f->reg, f->policy, &tx, row, message);
    return s == COMPLAINT_E_MEMORY ? cpl_fail(&f->desk->error, s, NULL) : s;
}

static complaint_status file_row(filing *f, cpl_register_row *row, result *res) {
    complaint_outcome out;
    *res = (result){.outcome = row->kind > CPL_ROW_LONG ? SKIPPED : REFUSED, .state = -1};
    if (row->kind > CPL_ROW_LONG || row->refused) return COMPLAINT_OK;
    int channel = channel_of(f, row);
    int64_t message = 0;
    if (channel < 0) return refuse(f, row, "channel", false, res);
    complaint_status s = known_as(f, row, &message);
    if (s == COMPLAINT_OK && message) {
        f->taken++;
        *res = (result){.outcome = KNOWN, .state = -1};
        return meet_again(f, row, message, res);
    }
    if (s == COMPLAINT_OK && !row->repeated) s = look_for_resembling(f, row);
    if (s == COMPLAINT_OK) s = receive(f, row, channel, &out);
    if (s != COMPLAINT_OK) return is_refusal(s) ? refuse(f, row, "row", true, res) : s;
    f->taken++;
    return is_none(row) ? put_aside(f, row, out.message, res) : open_case(f, row, out.message, res);
}

/* ---- many rows ------------------------------------------------------------------------------------------------------------------------------ */

typedef struct group {
    filing *f;
    size_t first, end, findings;
    int64_t taken;
} group;

/* A case is some ten events and their rows; what people wrote stands in it twice. */
static group next_group(filing *f, size_t first) {
    enum { MOST = 16, BYTES_OF_ONE = 65536 };
    group g = {.f = f, .first = first, .end = first, .findings = f->reg.finding_count, .taken = f->taken};
    int64_t bytes = 0;
    while (g.end < f->reg.count && g.end - first < MOST) {
        bytes += BYTES_OF_ONE + 3 * (int64_t)f->reg.rows[g.end].whole.n;
        if (g.end > first && bytes > f->desk->host.limits.max_transaction / 2) break;
        g.end++;
    }
    return g;
}

static void locate(filing *f, const cpl_register_row *row) {
    complaint_error *e = &f->desk->error;
    if (!e->line) cpl_error_at(e, e->path, row->line, e->offset);
}

/* A dry run ends by asking for all of it to be taken back. */
static complaint_status take_group(void *context) {
    const group *g = context;
    complaint_status s = COMPLAINT_OK;
    g->f->reg.finding_count = g->findings;
    g->f->taken = g->taken;
    for (size_t i = g->first; s == COMPLAINT_OK && i < g->end; i++) {
        s = file_row(g->f, &g->f->reg.rows[i], &g->f->results[i]);
        if (s != COMPLAINT_OK) locate(g->f, &g->f->reg.rows[i]);
    }
    return s == COMPLAINT_OK && g->f->dry ? COMPLAINT_E_MORE : s;
}

/* A row that the procedure does not let begin (its deadline lies before all calendars) is refused, and no reason to keep the others out: nothing of it is left. */
static complaint_status refuse_alone(const group *g) {
    filing *f = g->f;
    f->reg.finding_count = g->findings;
    f->taken = g->taken;
    return refuse(f, &f->reg.rows[g->first], "row", true, &f->results[g->first]);
}

static complaint_status run_group(group *g) {
    complaint_status s = cpl_desk_group(g->f->desk, take_group, g);
    if (g->end == g->first + 1 && is_refusal(s)) return refuse_alone(g);
    if (s != COMPLAINT_E_MORE || !g->f->dry) return s;
    cpl_error_clear(&g->f->desk->error);
    return COMPLAINT_OK;
}

static complaint_status go_on(filing *f) {
    return f->taken > 0 && cpl_desk_progress(f->desk, f->taken) != 0 ? cpl_fail(&f->desk->error, COMPLAINT_E_CANCELLED, NULL) : COMPLAINT_OK;
}

/* What cannot be done together is done one by one: whatever comes before the row that cannot be filed stays. */
static complaint_status take_apart(const group *g) {
    filing *f = g->f;
    complaint_status s = COMPLAINT_OK;
    f->reg.finding_count = g->findings;
    f->taken = g->taken;
    for (size_t i = g->first; s == COMPLAINT_OK && i < g->end; i++) {
        group one = {.f = f, .first = i, .end = i + 1, .findings = f->reg.finding_count, .taken = f->taken};
        if (i > g->first) s = go_on(f);
        if (s == COMPLAINT_OK) s = run_group(&one);
    }
    return s;
}

static complaint_status file_all(filing *f) {
    complaint_status s = COMPLAINT_OK;
    for (size_t first = 0; s == COMPLAINT_OK && first < f->reg.count;) {
        group g = next_group(f, first);
        s = go_on(f);
        if (s != COMPLAINT_OK) break;
        s = run_group(&g);
        if (s != COMPLAINT_OK && g.end > first + 1) s = take_apart(&g);
        first = g.end;
    }
    return s;
}

/* What was said of a row's cells is about how it is imported, which a known row is not: it was said then. What has set a flag is a word that is known. */
static bool still_holds(const filing *f, const cpl_register_finding *found) {
    if (found->row == 0) return true;
    const result *res = &f->results[found->row - 1];
    if (res->outcome == KNOWN) return strcmp(found->reason, "changed") == 0;
    return !(res->by_class && strcmp(found->reason, "unknown_class") == 0);
}

static void forget_what_does_not_hold(filing *f) {
    size_t kept = 0;
    for (size_t i = 0; i < f->reg.finding_count; i++)
        if (still_holds(f, &f->reg.findings[i])) f->reg.findings[kept++] = f->reg.findings[i];
    f->reg.finding_count = kept;
}

/* ---- what came of it ------------------------------------------------------------------------------------------------------------------------------ */

enum { R_ROW, R_LINE, R_FIELDS, R_KIND, R_OUTCOME, R_NUMBER, R_RECEIVED, R_HAS_TIME, R_CHANNEL, R_IDENTITY, R_CLASS, R_FLAGS, R_STATUS, R_ACKNOWLEDGED, R_FORWARDED, R_RESULT, R_NOTIFIED, R_STATE, R_COUNT };
static const char *const row_columns[R_COUNT] = {"row",     "line",     "fields", "kind",  "outcome", "legacy_number", "received",  "has_time", "channel",
                                                 "identity", "class",  "flags", "status", "acknowledged", "forwarded", "result", "notified", "state"};

static void put_date(complaint_page *p, int32_t column, const cpl_cell_date *d) {
    if (d->state == CPL_CELL_READ) cpl_page_int(p, column, cpl_day_start(d->day));
}

static void put_record(complaint_page *p, const cpl_register_row *row) {
    cpl_page_str(p, R_NUMBER, row->cells[CPL_COLUMN_NUMBER]);
    if (!row->received_reason) cpl_page_int(p, R_RECEIVED, row->received_at);
    cpl_page_int(p, R_HAS_TIME, row->has_time);
    cpl_page_str(p, R_CHANNEL, row->channel ? row->channel->is : CPL_LIT(""));
    cpl_page_str(p, R_IDENTITY, row->complainant ? row->complainant->is : CPL_LIT("named"));
    cpl_page_str(p, R_CLASS, row->class_is && row->class_is->codes.count ? row->class_is->codes.items[0] : CPL_LIT(""));
    cpl_page_str(p, R_STATUS, status_of(row));
    put_date(p, R_ACKNOWLEDGED, &row->acknowledged);
    put_date(p, R_FORWARDED, &row->forwarded);
    put_date(p, R_RESULT, &row->result);
    put_date(p, R_NOTIFIED, &row->notified);
}

static complaint_status give_rows(const filing *f, complaint_page **rows) {
    complaint_error *e = &f->desk->error;
    complaint_page *p = cpl_page_new(&f->desk->memory, row_columns, R_COUNT);
    if (!p) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; i < f->reg.count; i++) {
        const cpl_register_row *row = &f->reg.rows[i];
        cpl_page_row(p);
        cpl_page_int(p, R_ROW, (int64_t)row->row);
        cpl_page_int(p, R_LINE, row->line);
        cpl_page_int(p, R_FIELDS, (int64_t)row->fields);
        cpl_page_str(p, R_KIND, cpl_str_of(cpl_row_kind_name(row->kind)));
        cpl_page_str(p, R_OUTCOME, cpl_str_of(outcome_names[f->results[i].outcome]));
        if (row->kind <= CPL_ROW_LONG) put_record(p, row);
        if (row->kind <= CPL_ROW_LONG) cpl_page_int(p, R_FLAGS, f->results[i].flags);
        if (f->results[i].state >= 0) cpl_page_str(p, R_STATE, f->policy->states[f->results[i].state].code.id);
    }
    return cpl_page_finish(p, rows, e);
}

enum { T_ROWS, T_OUTCOMES, T_WARNINGS = T_OUTCOMES + 5, T_CHANGED, T_FLAGGED, T_OPEN, T_COUNT };
static const char *const tally_columns[T_COUNT] = {"rows", "added", "set_aside", "known", "refused", "skipped", "warnings", "changed", "flagged", "open"};

/* Whether the row became a case that is still work. */
static bool is_open(const filing *f, const result *res) {
    cpl_phase phase = res->state < 0 ? CPL_PHASE_CLOSED : f->policy->states[res->state].phase;
    return phase != CPL_PHASE_CLOSED && phase != CPL_PHASE_REJECTED && phase != CPL_PHASE_WITHDRAWN;
}

static complaint_status give_tally(const filing *f, complaint_page **tally) {
    complaint_error *e = &f->desk->error;
    int64_t counts[T_COUNT] = {(int64_t)f->reg.count};
    complaint_page *p = cpl_page_new(&f->desk->memory, tally_columns, T_COUNT);
    if (!p) return cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    for (size_t i = 0; i < f->reg.count; i++) {
        const result *res = &f->results[i];
        counts[T_OUTCOMES + res->outcome]++;
        counts[T_CHANGED] += res->changed;
        counts[T_FLAGGED] += res->flags != 0;
        counts[T_OPEN] += is_open(f, res);
    }
    for (size_t i = 0; i < f->reg.finding_count; i++) counts[T_WARNINGS] += f->reg.findings[i].kind == CPL_FINDING_WARNING;
    cpl_page_row(p);
    for (int32_t i = 0; i < T_COUNT; i++) cpl_page_int(p, i, counts[i]);
    return cpl_page_finish(p, tally, e);
}

static complaint_status give_refused(const filing *f, complaint_text **refused) {
    complaint_status s = cpl_register_refused(&f->reg, &f->map, refused);
    return s == COMPLAINT_OK ? s : cpl_fail(&f->desk->error, s, NULL);
}

/* All or none. */
static complaint_status give_pages(const filing *f, complaint_page **rows, complaint_page **findings, complaint_page **tally, complaint_text **refused) {
    complaint_page *made[3] = {NULL, NULL, NULL};
    complaint_status s = rows ? give_rows(f, &made[0]) : COMPLAINT_OK;
    if (s == COMPLAINT_OK && findings) s = cpl_register_findings(&f->reg, &f->desk->memory, &made[1], &f->desk->error);
    if (s == COMPLAINT_OK && tally) s = give_tally(f, &made[2]);
    if (s == COMPLAINT_OK && refused) s = give_refused(f, refused);
    if (s != COMPLAINT_OK) {
        for (int i = 0; i < 3; i++) complaint_page_free(made[i]);
        return s;
    }
    if (rows) *rows = made[0];
    if (findings) *findings = made[1];
    if (tally) *tally = made[2];
    return COMPLAINT_OK;
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------------------------------- */

static complaint_status check_policy(const filing *f) {
    static const int32_t verbs[] = {CPL_EV_RECEIVE, CPL_EV_TRIAGE, CPL_EV_SET_ASIDE, CPL_EV_REGISTER, CPL_EV_CLASSIFY};
    complaint_error *e = &f->desk->error;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        const cpl_action *a = cpl_policy_action(f->policy, verbs[i]);
        const char *name = cpl_event_name(verbs[i]);
        bool numbered = verbs[i] == CPL_EV_SET_ASIDE || verbs[i] == CPL_EV_REGISTER;
        if (!a) return cpl_failf(e, COMPLAINT_E_UNSUPPORTED, name, "มาตรฐานการปฏิบัติงานนี้ไม่มีรายการ %s", "the policy has no %s", name);
        if (numbered && !takes(f->policy, a, CPL_LIT("legacy_number")))
            return cpl_failf(e, COMPLAINT_E_UNSUPPORTED, name, "รายการ %s ของมาตรฐานการปฏิบัติงานนี้ไม่รับเลขทะเบียนเดิม (legacy_number)", "%s of the policy does not take the number of an old register (legacy_number)",
                             name);
    }
    return COMPLAINT_OK;
}

static complaint_status check_actor(const filing *f, const complaint_actor *actor) {
    const cpl_action *receive_action = cpl_policy_action(f->policy, CPL_EV_RECEIVE);
    cpl_view view = {0};
    complaint_status s = cpl_desk_view(f->desk, actor, &view);
    if (s != COMPLAINT_OK || receive_action->roles & view.asking) return s;
    return cpl_failf(&f->desk->error, COMPLAINT_E_ROLE, "receive", "ผู้ปฏิบัติ %s ไม่มีบทบาทที่รับข้อความได้", "actor %s has no role that may receive messages", actor->id);
}

static complaint_status check(filing *f, const complaint_actor *actor) {
    complaint_status s = cpl_desk_may_write(f->desk);
    if (s == COMPLAINT_OK) s = check_policy(f);
    return s == COMPLAINT_OK ? check_actor(f, actor) : s;
}

static bool is_choice(const cpl_field *field, cpl_str value) {
    for (size_t i = 0; i < field->choice_count; i++)
        if (cpl_str_eq(field->choices[i], value)) return true;
    return field->type != CPL_FIELD_CHOICE;
}

/* A word that the procedure cannot take would stop every row at the same step, and what was imported is not imported again. */
static complaint_status check_word(const filing *f, const cpl_step_words *step, size_t i) {
    complaint_error *e = &f->desk->error;
    int field = cpl_policy_field(f->policy, step->names[i]);
    char path[sizeof e->path], word[CPL_QUOTE_SIZE];
    if (field < 0 || is_choice(&f->policy->fields[field], step->values[i])) return COMPLAINT_OK;
    cpl_json_path(step->at[i], path, sizeof path);
    cpl_failf(e, COMPLAINT_E_INVALID, "mapping", "บรรทัด %" PRId64 " ที่ %s: “%s” ไม่ใช่ตัวเลือกของช่องนี้ในมาตรฐานการปฏิบัติงาน", "line %" PRId64 " at %s: “%s” is no choice of this field in the policy", cpl_json_line(step->at[i]), path,
              cpl_quote(step->values[i], word));
    cpl_error_at(e, path, cpl_json_line(step->at[i]), -1);
    return COMPLAINT_E_INVALID;
}

static complaint_status check_words(const filing *f) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < f->map.step_count; i++)
        for (size_t k = 0; s == COMPLAINT_OK && k < f->map.steps[i].count; k++) {
            const cpl_action *a = cpl_policy_action(f->policy, f->map.steps[i].verb);
            if (a && takes(f->policy, a, f->map.steps[i].names[k])) s = check_word(f, &f->map.steps[i], k);
        }
    return s;
}

/* Said once: what of the rows is kept under a policy that has no place where only those look who may know the complainant. */
static complaint_status tell_of_rows(filing *f) {
    const cpl_action *note = cpl_policy_action(f->policy, CPL_EV_NOTE), *aside = cpl_policy_action(f->policy, CPL_EV_SET_ASIDE);
    cpl_register_row heading = {.line = f->reg.heading_line};
    if ((!note || row_field(f, note) >= 0) && row_field(f, aside) >= 0) return COMPLAINT_OK;
    return tell(f, &heading, CPL_FINDING_WARNING, "heading", "row_in_part", f->reg.headings[CPL_COLUMN_COMPLAINANT], false);
}

/* Rows of this run whose cell of a contact column was not what was entered. */
static size_t kept_contacts(const filing *f, int column) {
    size_t rows = 0;
    for (size_t i = 0; i < f->reg.count; i++) {
        const result *res = &f->results[i];
        bool taken = res->outcome == ADDED || res->outcome == SET_ASIDE, entered = taken && res->contact >= 0 && f->map.contacts[res->contact].column == column;
        rows += taken && !entered && f->reg.rows[i].cells[column].n > 0;
    }
    return rows;
}

static complaint_status tell_of_contact(filing *f, int column, size_t rows) {
    char thai[32], english[32];
    cpl_register_finding found = {.line = f->reg.heading_line, .kind = CPL_FINDING_NOTE, .field = cpl_column_names[column], .reason = "contact_in_row", .cell = f->reg.headings[column]};
    (void)snprintf(thai, sizeof thai, "%zu แถว", rows);
    (void)snprintf(english, sizeof english, "rows: %zu", rows);
    bool ok = cpl_arena_str(&f->reg.arena, cpl_str_of(thai), &found.thai) && cpl_arena_str(&f->reg.arena, cpl_str_of(english), &found.english);
    return ok && cpl_register_find(&f->reg, &found) ? COMPLAINT_OK : cpl_fail(&f->desk->error, COMPLAINT_E_MEMORY, NULL);
}

/* Said once a column: where one may be reached in several ways one is entered, and the others are in his row. */
static complaint_status tell_of_contacts(filing *f) {
    complaint_status s = COMPLAINT_OK;
    for (int column = CPL_COLUMN_PHONE; s == COMPLAINT_OK && column <= CPL_COLUMN_ADDRESS; column++) {
        size_t rows = kept_contacts(f, column);
        if (rows) s = tell_of_contact(f, column, rows);
    }
    return s;
}

static complaint_status tell_of_code(filing *f, cpl_finding_kind kind, const cpl_json *at, cpl_str code) {
    char path[sizeof f->desk->error.path] = "$.flags";
    cpl_str where;
    if (at) cpl_json_path(at, path, sizeof path);
    bool ok = cpl_arena_str(&f->reg.arena, cpl_str_of(path), &where);
    cpl_register_finding found = {.line = f->reg.heading_line, .kind = kind, .field = "mapping", .reason = "unknown_code", .cell = code, .thai = where, .english = where};
    return ok && cpl_register_find(&f->reg, &found) ? COMPLAINT_OK : cpl_fail(&f->desk->error, COMPLAINT_E_MEMORY, NULL);
}

/* A list may have codes of several policies; where this one has none of them, what the words stand for would be missed in every row. */
static complaint_status check_codes(filing *f, const cpl_meanings *list, int (*find)(const complaint_policy *, cpl_str)) {
    complaint_status s = COMPLAINT_OK;
    for (size_t i = 0; s == COMPLAINT_OK && i < list->count; i++) {
        const cpl_codes *codes = &list->items[i].codes;
        bool stands_for_none = codes->count == 0 || (codes->count == 1 && cpl_str_is(codes->items[0], "none"));
        if (!stands_for_none && pick(f->policy, codes, find) < 0) s = tell_of_code(f, CPL_FINDING_WARNING, list->items[i].at, codes->items[0]);
    }
    return s;
}

/* Said once, of an office's own file. A flag that the policy has not may be another's. */
static complaint_status tell_of_codes(filing *f) {
    complaint_status s = check_codes(f, &f->map.channels, cpl_policy_channel);
    if (s == COMPLAINT_OK) s = check_codes(f, &f->map.classes, cpl_policy_class);
    if (s == COMPLAINT_OK) s = check_codes(f, &f->map.units, cpl_policy_unit);
    if (s == COMPLAINT_OK) s = check_codes(f, &f->map.statuses, cpl_policy_class);
    for (size_t i = 0; s == COMPLAINT_OK && i < f->map.contact_count; i++)
        if (pick(f->policy, &f->map.contacts[i].channels, cpl_policy_channel) < 0 && f->map.contacts[i].channels.count) s = tell_of_code(f, CPL_FINDING_WARNING, f->map.contacts[i].at, f->map.contacts[i].channels.items[0]);
    for (size_t i = 0; s == COMPLAINT_OK && i < f->map.marking_count; i++)
        if (cpl_policy_flag(f->policy, f->map.markings[i].flag) < 0) s = tell_of_code(f, CPL_FINDING_NOTE, NULL, f->map.markings[i].flag);
    return s;
}

static complaint_status make_room(filing *f) {
    const cpl_memory *m = &f->desk->memory;
    f->results = cpl_alloc_zero(m, f->reg.count + 1, sizeof *f->results);
    f->draft = cpl_alloc_zero(m, 1, sizeof *f->draft);
    if (!f->results || !f->draft) return cpl_fail(&f->desk->error, COMPLAINT_E_MEMORY, NULL);
    f->draft->magic = CPL_MAGIC_DRAFT;
    f->draft->memory = *m;
    cpl_arena_init(&f->draft->arena, &f->draft->memory);
    return COMPLAINT_OK;
}

complaint_status cpl_import_register(complaint_desk *d, const complaint_actor *actor, cpl_str csv, int32_t charset, cpl_str mapping, bool dry, complaint_page **rows, complaint_page **findings, complaint_page **tally,
                                     complaint_text **refused) {
    filing f = {.desk = d, .policy = d->policy, .actor = *actor, .dry = dry};
    complaint_error *e = &d->error;
    complaint_status s = check(&f, actor);
    if (s == COMPLAINT_OK) s = cpl_mapping_read(&d->memory, mapping, &f.map, e);
    if (s == COMPLAINT_OK) s = check_words(&f);
    if (s == COMPLAINT_OK) s = cpl_host_now(&d->host, &f.now, e);
    if (s == COMPLAINT_OK) s = cpl_register_read(&d->memory, csv, charset, &f.map, f.now, &f.reg, e);
    if (s == COMPLAINT_OK) s = tell_of_rows(&f);
    if (s == COMPLAINT_OK && mapping.n) s = tell_of_codes(&f);
    if (s == COMPLAINT_OK) s = make_room(&f);
    if (s == COMPLAINT_OK) s = file_all(&f);
    if (s == COMPLAINT_OK) forget_what_does_not_hold(&f);
    if (s == COMPLAINT_OK) s = tell_of_contacts(&f);
    if (s == COMPLAINT_OK) s = give_pages(&f, rows, findings, tally, refused);
    cpl_free(&d->memory, f.draft);
    cpl_free(&d->memory, f.results);
    cpl_register_free(&f.reg);
    cpl_mapping_free(&f.map);
    return s;
}
