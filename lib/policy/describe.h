/*
 * policy/describe: what the files that print a policy share; nobody outside policy includes it.
 *
 * Owns: the words and marks that stand everywhere on the page. Must not know: any section.
 */
#ifndef CPL_POLICY_DESCRIBE_H
#define CPL_POLICY_DESCRIBE_H

#include "policy/parts.h"

/* The page being written. */
typedef struct cpl_teller {
    cpl_buf *b;
    const complaint_policy *p;
    int32_t language;
} cpl_teller;

void cpl_tell(cpl_teller *g, const char *thai, const char *english);
void cpl_tell_str(cpl_teller *g, cpl_str s);
void cpl_tell_label(cpl_teller *g, const cpl_label *label);
void cpl_tell_source(cpl_teller *g, cpl_str source); /* ` [CR-T4]` */
void cpl_tell_heading(cpl_teller *g, const char *thai, const char *english);
void cpl_tell_time(cpl_teller *g, int32_t minute); /* of the day */
void cpl_tell_separator(cpl_teller *g, bool *first);
/* `  facebook: Facebook page inbox`; the rest of the line follows, and its end with the clause. */
void cpl_tell_code(cpl_teller *g, const cpl_code *code);
void cpl_tell_end(cpl_teller *g, const cpl_code *code);
/* `    from: `; the rest of the line follows. */
void cpl_tell_detail(cpl_teller *g, const char *thai, const char *english);
void cpl_tell_flags(cpl_teller *g, int64_t bits);

/* Sections. */
void cpl_describe_actions(cpl_teller *g);
void cpl_describe_notices(cpl_teller *g);
void cpl_describe_clocks(cpl_teller *g);

#endif
