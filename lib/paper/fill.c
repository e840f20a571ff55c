/*
 * paper/fill: fills the blanks of a template.
 *
 * Owns: what `{name}` and `{{` mean. Must not know: which template it is or who reads it.
 */
#include "paper/paper.h"

#include <stdio.h>
#include <string.h>

static complaint_status refuse(complaint_error *e, cpl_str name, const char *thai, const char *english) {
    char subject[CPL_ID_MAX + 1];
    size_t n = cpl_utf8_cut(name, CPL_ID_MAX);
    (void)snprintf(subject, sizeof subject, "%.*s", (int)n, n ? name.p : "");
    return cpl_failf(e, COMPLAINT_E_POLICY, subject, thai, english, (int)n, n ? name.p : "");
}

static const cpl_fill *param(const cpl_fill *params, size_t n, cpl_str name) {
    for (size_t i = 0; i < n; i++)
        if (cpl_str_is(name, params[i].name)) return &params[i];
    return NULL;
}

static bool has_blank(cpl_str s) { return s.n && memchr(s.p, '{', s.n); }

static complaint_status fill_blank(const complaint_policy *p, cpl_str name, const cpl_fill *params, size_t n, cpl_buf *out, complaint_error *e) {
    const cpl_fill *given = param(params, n, name);
    int part = given || !p ? -1 : cpl_policy_office_part(name), text = given || !p ? -1 : cpl_policy_text(p, name);
    if (part >= 0 && p->office[part].th.n) {
        cpl_buf_str(out, p->office[part].th);
        return COMPLAINT_OK;
    }
    if (!given && (text < 0 || has_blank(p->texts[text].text.th)))
        return refuse(e, name, "ข้อความแม่แบบมีช่องว่าง {%.*s} ที่ไม่มีค่าให้เติม", "the template has a blank {%.*s} that nothing fills");
    cpl_buf_str(out, given ? given->value : p->texts[text].text.th);
    return COMPLAINT_OK;
}

static complaint_status fill_all(const complaint_policy *p, cpl_str t, const cpl_fill *params, size_t n, cpl_buf *out, complaint_error *e) {
    for (size_t i = 0; i < t.n;) {
        const char *brace = memchr(t.p + i, '{', t.n - i);
        size_t at = brace ? (size_t)(brace - t.p) : t.n;
        cpl_buf_put(out, t.p + i, at - i);
        if (!brace) break;
        if (at + 1 < t.n && t.p[at + 1] == '{') {
            cpl_buf_putc(out, '{');
            i = at + 2;
            continue;
        }
        const char *end = memchr(brace, '}', t.n - at);
        cpl_str name = {brace + 1, end ? (size_t)(end - brace) - 1 : t.n - at - 1};
        if (!end) return refuse(e, name, "ข้อความแม่แบบมีวงเล็บปีกกาที่ไม่ปิด: {%.*s", "the template has a brace that is not closed: {%.*s");
        complaint_status s = fill_blank(p, name, params, n, out, e);
        if (s) return s;
        i = at + name.n + 2;
    }
    return COMPLAINT_OK;
}

complaint_status cpl_paper_fill(const complaint_policy *p, cpl_str template_text, const cpl_fill *params, size_t n, cpl_buf *out, complaint_error *e) {
    size_t before = out->size;
    complaint_status s = fill_all(p, template_text, params, n, out, e);
    if (!s && out->failed) s = cpl_fail(e, COMPLAINT_E_MEMORY, NULL);
    if (s && out->data) {
        out->size = before;
        out->data[before] = '\0';
    }
    return s;
}
