/*
 * paper: what people read. Texts of notices with their blanks filled in, reports as a page of text and as JSON.
 *
 * Owns: the blanks of a template, the layout of documents and tables. Must not know: where figures come from, who may see them, how a
 * notice leaves the house.
 */
#ifndef CPL_PAPER_H
#define CPL_PAPER_H

#include "base/base.h"
#include "policy/policy.h"
#include "report/report.h"

/* ---- texts of notices --------------------------------------------------------------------------------------- */

/* What goes into the blank `{name}`. */
typedef struct cpl_fill {
    const char *name;
    cpl_str value;
} cpl_fill;

/* Appends the template with every `{name}` replaced: by the parameter of that name, else by what the policy says of the office
 * (`{office_phone}`), else by the Thai text of that id in the policy (`{particle}`), as long as that has no blanks itself. `{{` stands for a brace; a closing brace outside a blank stands for itself. E_POLICY
 * with the name as subject for a blank nobody fills and for one that is not closed; then nothing was appended. Values are never searched for blanks. */
complaint_status cpl_paper_fill(const complaint_policy *p, cpl_str template_text, const cpl_fill *params, size_t n, cpl_buf *out, complaint_error *e);

/* ---- reports --------------------------------------------------------------------------------------------------- */

/* A page for people, in Thai, tables aligned by display width; lines end with \n. The caller checks out->failed. */
void cpl_paper_report_text(const cpl_report *r, cpl_buf *out);
/* The same for programs: one JSON object, integers, codes and labels. */
void cpl_paper_report_json(const cpl_report *r, cpl_buf *out);

#endif
