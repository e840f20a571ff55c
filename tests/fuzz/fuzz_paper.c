/*
 * Templates, fed with anything: what stands before a NUL fills the blanks `{text}` and `{number}`, the rest is the template.
 *
 * A template that is refused leaves nothing behind and names the blank; one that is filled has every value verbatim and no blank left; and filling is reading from left to right: two templates filled one after the other are
 * the two together. The policy's own words bear any channel and any number.
 */
#include "fuzz.h"

#include "paper/paper.h"

#include <complaint/policy.h>
#include <complaint/verb.h>

#include <string.h>

static const complaint_policy *policy(void) {
    static complaint_policy *p;
    if (!p) PROMISE(complaint_policy_builtin(NULL, "moph-phrae", &p, NULL) == COMPLAINT_OK);
    return p;
}

static complaint_status fill(const complaint_policy *p, cpl_str t, cpl_str value, cpl_buf *out, complaint_error *e) {
    const cpl_fill values[] = {{"text", value}, {"number", CPL_LIT("12/2569")}, {"channel", CPL_LIT("")}};
    size_t before = out->size;
    complaint_status s = cpl_paper_fill(p, t, values, sizeof values / sizeof values[0], out, e);
    PROMISE(s == COMPLAINT_OK || (out->size == before && e->status == s && *e->thai && *e->english));
    PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_POLICY || s == COMPLAINT_E_MEMORY);
    return s;
}

/* The template cut anywhere outside of its blanks. */
static void check_halves(fuzz *f, cpl_str t, cpl_str value, const cpl_buf *whole) {
    complaint_error e = {0};
    for (size_t cut = 0; cut <= t.n && cut < 64; cut++) {
        cpl_buf out;
        cpl_buf_init(&out, &f->memory);
        complaint_status first = fill(policy(), (cpl_str){t.p, cut}, value, &out, &e), second = first;
        if (first == COMPLAINT_OK) second = fill(policy(), (cpl_str){t.p + cut, t.n - cut}, value, &out, &e);
        if (first == COMPLAINT_OK && second == COMPLAINT_OK && !out.failed && !whole->failed) PROMISE(cpl_str_eq((cpl_str){out.data, out.size}, (cpl_str){whole->data, whole->size}));
        cpl_buf_free(&out);
    }
}

/* Whatever is said in the blanks, what comes out is a text. */
static void check_words(const char *channel, const char *number) {
    for (int32_t verb = COMPLAINT_VERB_RECEIVE; verb <= COMPLAINT_VERB_EXECUTIVE_INTAKE; verb++) {
        complaint_text *text = NULL;
        size_t bad;
        complaint_status s = complaint_policy_words(policy(), verb, verb % 2 ? channel : "", channel, number, &text);
        PROMISE((s == COMPLAINT_OK) == (text != NULL));
        PROMISE(s == COMPLAINT_OK || s == COMPLAINT_E_NOT_FOUND || CPL_CLASS(s) == COMPLAINT_E_TEXT);
        if (text) PROMISE(cpl_utf8_check(cpl_str_of(complaint_text_data(text)), &bad) == COMPLAINT_OK);
        complaint_text_free(text);
    }
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    cpl_str value = {(const char *)data, nul ? (size_t)(nul - data) : 0};
    cpl_str t = {(const char *)data + (nul ? value.n + 1 : 0), size - (nul ? value.n + 1 : 0)};
    complaint_error e = {0};
    cpl_buf out, plain;
    cpl_buf_init(&out, &f->memory);
    cpl_buf_init(&plain, &f->memory);
    complaint_status s = fill(policy(), t, value, &out, &e);
    PROMISE(s != COMPLAINT_E_MEMORY || f->refused);
    if (s == COMPLAINT_OK && !memchr(t.p ? t.p : "", '{', t.n)) PROMISE(cpl_str_eq((cpl_str){out.data, out.size}, t));
    if (s == COMPLAINT_OK && f->fail_at < 0) check_halves(f, t, value, &out);
    (void)fill(NULL, t, value, &plain, &e);
    if (nul && size < 200 && f->fail_at < 0) {
        char channel[200], number[200];
        snprintf(channel, sizeof channel, "%s", (const char *)data);
        snprintf(number, sizeof number, "%.*s", (int)t.n, t.p);
        check_words(channel, number);
    }
    cpl_buf_free(&out);
    cpl_buf_free(&plain);
}
