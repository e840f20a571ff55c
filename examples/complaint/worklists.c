/*
 * What waits. Some lists are the library's; the others are the clocks that a certain deed would stop, and which these are is asked of the policy, so
 * that an office's own clocks are on the right list without a line here.
 */
#include "cli.h"

#include <string.h>

enum { MOST_VERBS = 3, DAYS_BACK = 7 };

struct worklist {
    const char *name;
    const view *view;
    int32_t number;          /* COMPLAINT_WORK_*, or 0 */
    int32_t ends[MOST_VERBS]; /* clocks that one of these verbs would stop */
    enum { BY_NUMBER, BY_VERB, ALL_CLOCKS, OVERDUE, MISSED, UNDATED } how;
};

static const worklist worklists[] = {
    {"open", &open_view, COMPLAINT_WORK_OPEN, {0}, BY_NUMBER},
    {"mine", &open_view, COMPLAINT_WORK_MINE, {0}, BY_NUMBER},
    {"unit", &unit_view, COMPLAINT_WORK_UNIT, {0}, BY_NUMBER},
    {"due", &due_view, 0, {0}, ALL_CLOCKS},
    {"overdue", &due_view, 0, {0}, OVERDUE},
    {"unacknowledged", &answer_view, 0, {COMPLAINT_VERB_ACKNOWLEDGE}, BY_VERB},
    {"head", &head_view, 0, {COMPLAINT_VERB_CONSIDER, COMPLAINT_VERB_ORDER}, BY_VERB},
    {"chase", &chase_view, 0, {COMPLAINT_VERB_FOLLOW_UP, COMPLAINT_VERB_REPORT_RESULT}, BY_VERB},
    {"undated", &open_view, COMPLAINT_WORK_OPEN, {0}, UNDATED},
    {"refused", &refused_view, COMPLAINT_WORK_REFUSED, {0}, BY_NUMBER},
    {"duties", &duty_view, 0, {0}, MISSED},
};

enum { WORKLISTS = sizeof worklists / sizeof *worklists };

const worklist *worklist_at(size_t i) { return i < WORKLISTS ? &worklists[i] : NULL; }

const worklist *worklist_find(const char *name) {
    for (size_t i = 0; i < WORKLISTS; i++)
        if (strcmp(worklists[i].name, name) == 0) return &worklists[i];
    return NULL;
}

const char *worklist_name(const worklist *w) { return w->name; }

const view *worklist_view(const worklist *w) { return w->view; }

bool worklist_has_rules(const worklist *w) { return w->how == ALL_CLOCKS || w->how == OVERDUE; }

/* ---- reading ---- */

static complaint_status fetch_number(const cli *c, const void *what, const char *token, int64_t limit, complaint_page **page) {
    return complaint_desk_worklist(c->desk, c->actor, ((const worklist *)what)->number, token, limit, page);
}

typedef struct clocks {
    const char *rule; /* NULL: all */
    int64_t until;
} clocks;

static complaint_status fetch_clocks(const cli *c, const void *what, const char *token, int64_t limit, complaint_page **page) {
    const clocks *asked = what;
    return complaint_desk_due(c->desk, c->actor, asked->rule, asked->until, token, limit, page);
}

static bool ends_by(const cli *c, const worklist *w, const char *rule) {
    for (size_t i = 0; i < MOST_VERBS && w->ends[i]; i++)
        if (complaint_policy_clock_stopped_by(c->policy, rule, w->ends[i])) return true;
    return false;
}

bool worklist_takes(const cli *c, const worklist *w, const char *rule) { return w->how == BY_VERB && ends_by(c, w, rule); }

/* Each clock has its own index range; together they are put in order of their deadlines. */
static complaint_status read_by_verb(const cli *c, const worklist *w, int64_t until, listing *l) {
    complaint_status status = COMPLAINT_OK;
    const char *rule;
    for (int32_t i = 0; status == COMPLAINT_OK && (rule = complaint_policy_code(c->policy, COMPLAINT_CODE_CLOCK, i)) != NULL; i++) {
        const clocks asked = {rule, until};
        if (ends_by(c, w, rule)) status = add_list(c, fetch_clocks, &asked, l);
    }
    if (status == COMPLAINT_OK) sort_listing(l, "due_at");
    return status;
}

static bool is_unchecked(const cli *c, const complaint_page *page, int64_t at) {
    (void)c;
    return complaint_page_integer_of(page, at, "checked_at") == 0;
}

static complaint_status read_missed(const cli *c, listing *l) {
    complaint_page *page = NULL;
    int32_t today = host_today(c);
    complaint_status status = complaint_desk_duties(c->desk, c->actor, today + 1 - DAYS_BACK, today + 1, &page);
    if (status != COMPLAINT_OK) return status;
    add_page(page, l);
    keep_rows(l, is_unchecked, c);
    return COMPLAINT_OK;
}

/* No clock runs that would speak up for it. */
static bool is_undated(const cli *c, const complaint_page *page, int64_t at) {
    (void)c;
    return complaint_page_integer_of(page, at, "due_at") >= INT64_MAX - 1;
}

static complaint_status read_undated(const cli *c, const worklist *w, listing *l) {
    complaint_status status = add_list(c, fetch_number, w, l);
    if (status == COMPLAINT_OK) keep_rows(l, is_undated, c);
    return status;
}

complaint_status read_worklist(const cli *c, const worklist *w, const char *rule, int64_t until, listing *l) {
    int64_t now = host_now(c);
    const clocks asked = {rule, w->how == OVERDUE && now + 1 < until ? now + 1 : until};
    switch (w->how) {
    case BY_NUMBER:
        return add_list(c, fetch_number, w, l);
    case BY_VERB:
        return read_by_verb(c, w, until, l);
    case ALL_CLOCKS:
    case OVERDUE:
        return add_list(c, fetch_clocks, &asked, l);
    case MISSED:
        return read_missed(c, l);
    case UNDATED:
        return read_undated(c, w, l);
    }
    return COMPLAINT_E_INTERNAL;
}
