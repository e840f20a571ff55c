/*
 * api/report: complaint/report.h over report (figures) and paper (documents).
 *
 * Owns: who may ask, the columns of the page. Must not know: what is counted, how a document looks.
 */
#include "api/api.h"
#include "paper/paper.h"
#include "report/report.h"

#include <complaint/report.h>

enum { FIGURE, KEY, LABEL_TH, LABEL_EN, AMOUNT, COLUMN_COUNT };
static const char *const columns[COLUMN_COUNT] = {"figure", "key", "label_th", "label_en", "amount"};

/* Whole figures tell something of every case, so only whoever may see all of them gets them. */
static complaint_status check_actor(complaint_desk *d, const complaint_actor *actor) {
    cpl_view view = {0};
    if (!actor || actor->magic != CPL_MAGIC_ACTOR) return cpl_fail(&d->error, COMPLAINT_E_HANDLE, "actor");
    complaint_status s = cpl_desk_view(d, actor, &view);
    if (s || view.all_cases) return s;
    return cpl_failf(&d->error, COMPLAINT_E_ROLE, "report", "ผู้ปฏิบัติ %s ไม่มีบทบาทที่เห็นเรื่องทั้งหมด จึงดูรายงานไม่ได้", "actor %s has no role that sees all cases, which a report needs",
                     actor->id);
}

typedef struct question {
    complaint_desk *d;
    int32_t fiscal_year, round;
    int64_t now;
    cpl_arena *arena;
    cpl_report *report;
} question;

static complaint_status answer(cpl_tx *tx, void *context) {
    const question *q = context;
    complaint_status s = cpl_check_finished(tx, q->d); /* the figures of a part are no figures of the office */
    return s ? s : cpl_report_read(tx, q->d->policy, q->fiscal_year, q->round, q->now, q->arena, q->report);
}

static complaint_status make(complaint_desk *d, const complaint_actor *actor, int32_t fiscal_year, int32_t round, cpl_arena *a, cpl_report *r) {
    question q = {.d = d, .fiscal_year = fiscal_year, .round = round, .arena = a, .report = r};
    complaint_status s = check_actor(d, actor);
    if (!s) s = cpl_host_now(&d->host, &q.now, &d->error);
    return s ? s : cpl_desk_reading(d, answer, &q);
}

/* ---- figures ------------------------------------------------------------------------------------------------------ */

static void add_row(complaint_page *page, const char *figure, const cpl_figure *f) {
    cpl_page_row(page);
    cpl_page_str(page, FIGURE, cpl_str_of(figure));
    cpl_page_str(page, KEY, f->key);
    cpl_page_str(page, LABEL_TH, f->label.th);
    cpl_page_str(page, LABEL_EN, f->label.en);
    cpl_page_int(page, AMOUNT, f->amount);
}

static void add_rows(complaint_page *page, const char *figure, const cpl_figures *figures) {
    for (size_t i = 0; i < figures->count; i++) add_row(page, figure, &figures->items[i]);
}

static complaint_status give_page(complaint_desk *d, const cpl_report *r, complaint_page **figures) {
    const cpl_figure total = {.key = {"", 0}, .label = {CPL_LIT("รับเรื่องทั้งหมด"), CPL_LIT("received")}, .amount = r->total};
    complaint_page *page = cpl_page_new(&d->memory, columns, COLUMN_COUNT);
    if (!page) return cpl_fail(&d->error, COMPLAINT_E_MEMORY, NULL);
    add_row(page, "total", &total);
    add_rows(page, "class", &r->classes);
    add_rows(page, "month", &r->months);
    add_rows(page, "channel", &r->channels);
    for (size_t i = 0; i < r->policy->analysis_count; i++) add_rows(page, r->policy->analyses[i].code.id.p, &r->analyses[i]);
    return cpl_page_finish(page, figures, &d->error);
}

complaint_status COMPLAINT_CALL complaint_desk_report(complaint_desk *desk, const complaint_actor *actor, int32_t fiscal_year, int32_t round, complaint_page **figures) {
    complaint_status s = cpl_enter(desk);
    if (s) return s;
    if (!figures) return cpl_fail(&desk->error, COMPLAINT_E_INVALID, "figures");
    cpl_report r = {0};
    cpl_arena a;
    cpl_arena_init(&a, &desk->memory);
    s = make(desk, actor, fiscal_year, round, &a, &r);
    if (!s) s = give_page(desk, &r, figures);
    cpl_arena_free(&a);
    return s;
}

/* ---- documents ------------------------------------------------------------------------------------------------------ */

static complaint_status give_text(complaint_desk *d, const cpl_report *r, int32_t form, complaint_text **text) {
    cpl_buf b;
    cpl_buf_init(&b, &d->memory);
    if (form == COMPLAINT_REPORT_JSON)
        cpl_paper_report_json(r, &b);
    else
        cpl_paper_report_text(r, &b);
    complaint_status s = cpl_text_take(&b, text);
    cpl_buf_free(&b);
    return s ? cpl_fail(&d->error, s, NULL) : s;
}

complaint_status COMPLAINT_CALL complaint_desk_report_text(complaint_desk *desk, const complaint_actor *actor, int32_t fiscal_year, int32_t round, int32_t form,
                                                           complaint_text **text) {
    complaint_status s = cpl_enter(desk);
    if (s) return s;
    cpl_report r = {0};
    cpl_arena a;
    bool known = form == COMPLAINT_REPORT_TEXT || form == COMPLAINT_REPORT_JSON;
    cpl_arena_init(&a, &desk->memory);
    s = known && text ? make(desk, actor, fiscal_year, round, &a, &r) : cpl_fail(&desk->error, COMPLAINT_E_INVALID, text ? "form" : "text");
    if (!s) s = give_text(desk, &r, form, text);
    cpl_arena_free(&a);
    return s;
}
