/*
 * view: what a role may see. The only place that opens sealed data.
 *
 * Owns: the rules role × identity level, fail closed; pages. Must not know: how rows are stored or changed.
 */
#ifndef CPL_VIEW_H
#define CPL_VIEW_H

#include "policy/policy.h"
#include "process/process.h"
#include "record/record.h"

#include <complaint/page.h>

/* The union of what the roles in which an actor asks may see. All false: nothing. */
typedef struct cpl_view {
    bool any, all_cases, named, confidential, anonymous, text;
    cpl_str unit;   /* whose referrals the actor sees when not all_cases */
    cpl_str person; /* the actor's id: who is concerned himself sees nothing of a case */
    const complaint_policy *policy;
    uint64_t roles;  /* his, and the one he says he stands in for: what may be concerned by a case */
    uint64_t acting; /* the one he stands in for, when it is among his own */
    uint64_t asking; /* those in which he asks: that one alone, else all of his own */
} cpl_view;

/* Adds what a role of the policy may see. */
void cpl_view_add_role(cpl_view *v, const complaint_policy *p, int role);
bool cpl_view_sees_case(const cpl_view *v, const cpl_case *c);
/* Who is complained about, or has stepped back: by person, by unit, or because one of his roles is and he does not stand in for another. */
bool cpl_view_is_blind(const cpl_view *v, const cpl_case *c);
/* `level`: named, confidential, anonymous; anything else counts as confidential. */
bool cpl_view_sees_identity(const cpl_view *v, cpl_str level);

/* ---- pages ---- */

/* Makes an empty page with these columns (static names). NULL when out of memory. */
complaint_page *cpl_page_new(const cpl_memory *m, const char *const *columns, int32_t count);
/* Appends a row of nulls; false when out of memory (sticks: cpl_page_finish answers E_MEMORY). */
bool cpl_page_row(complaint_page *p);
/* Sets a cell of the last row; texts are copied. */
void cpl_page_int(complaint_page *p, int32_t column, int64_t v);
void cpl_page_id(complaint_page *p, int32_t column, int64_t v); /* an int64 that JSON writes as a string */
void cpl_page_str(complaint_page *p, int32_t column, cpl_str s);
void cpl_page_mask(complaint_page *p, int32_t column);
/* The envelope's clear text when `visible`, a mask otherwise; null when the envelope is empty. */
complaint_status cpl_page_envelope(complaint_page *p, int32_t column, const complaint_value *v, bool visible, complaint_error *e);
/* What an event keeps sealed: all of it to who may read what people wrote, without what says who they are unless `who`. A mask where that cannot be told apart. */
complaint_status cpl_page_sealed(complaint_page *p, int32_t column, const complaint_value *v, bool visible, bool who, complaint_error *e);
void cpl_page_token(complaint_page *p, cpl_str token);
/* Takes the last rows away again, so that `rows` are left. */
void cpl_page_cut(complaint_page *p, int64_t rows);
/* Hands the page over, or frees it and answers E_MEMORY when something could not be stored. */
complaint_status cpl_page_finish(complaint_page *p, complaint_page **page, complaint_error *e);

#endif
