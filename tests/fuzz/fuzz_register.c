/*
 * An old register, fed with anything: the first byte says in which character set and whether it is run dry first, the rest is the file; what follows a line of `{` is a mapping.
 *
 * Whatever is read has rows whose ids are all different. A dry run says what the real one says, what is imported is imported once, and verify finds nothing.
 */
#include "office.h"

#include "intake/register.h"

enum { DRY = 1, CHARSETS = 3 };

static complaint_policy *policy(void) {
    static complaint_policy *p;
    if (!p) PROMISE(complaint_policy_builtin(NULL, "moph-chiangrai-2569", &p, NULL) == COMPLAINT_OK);
    return p;
}

/* ---- reading ---- */

static void check_rows(const cpl_register *reg) {
    for (size_t i = 0; i < reg->count; i++) {
        const cpl_register_row *row = &reg->rows[i];
        PROMISE(row->row == i + 1 && row->line >= 1 && row->fields >= 1 && *cpl_row_kind_name(row->kind));
        PROMISE((row->external_id.n > 0) == (row->kind <= CPL_ROW_LONG && !row->refused) && row->external_id.n <= CPL_KEY_MAX);
        if (row->external_id.n) PROMISE(cpl_instant_in_range(row->received_at));
        for (size_t k = 0; k < i && row->external_id.n; k++) PROMISE(!cpl_str_eq(row->external_id, reg->rows[k].external_id));
    }
    for (size_t i = 0; i < reg->finding_count; i++) PROMISE(reg->findings[i].row <= reg->count && *reg->findings[i].reason && *reg->findings[i].field);
}

static complaint_status read_file(fuzz *f, cpl_str csv, int32_t charset, cpl_str words) {
    cpl_mapping map;
    cpl_register reg = {.memory = NULL};
    complaint_error e = {0};
    complaint_status s = cpl_mapping_read(&f->memory, words, &map, &e);
    if (s == COMPLAINT_OK) s = cpl_register_read(&f->memory, csv, charset, &map, INT64_C(1796004000000), &reg, &e);
    if (s == COMPLAINT_OK) check_rows(&reg);
    else PROMISE(e.status == s && *e.thai && *e.english && (s != COMPLAINT_E_MEMORY || f->refused));
    cpl_register_free(&reg);
    cpl_mapping_free(&map);
    return s;
}

/* ---- importing ---- */

typedef struct told {
    complaint_text *rows, *findings;
    int64_t added;
} told;

static void forget(told *t) {
    complaint_text_free(t->rows);
    complaint_text_free(t->findings);
    *t = (told){NULL, NULL, 0};
}

static complaint_status import_once(office *o, cpl_str csv, const char *encoding, cpl_str words, int32_t flags, told *t) {
    complaint_page *rows = NULL, *findings = NULL, *tally = NULL;
    complaint_text *refused = NULL;
    complaint_status s =
        complaint_import_register(o->desk, o->everybody, csv.p, csv.n, encoding, words.n ? words.p : NULL, words.n, flags, &rows, &findings, &tally, &refused);
    *t = (told){NULL, NULL, 0};
    PROMISE((s == COMPLAINT_OK) == (tally != NULL) && (s == COMPLAINT_OK) == (rows != NULL) && (s == COMPLAINT_OK) == (findings != NULL) && (s == COMPLAINT_OK) == (refused != NULL));
    PROMISE(complaint_error_status(complaint_desk_error(o->desk)) == s);
    if (s == COMPLAINT_OK) t->added = complaint_page_integer_of(tally, 0, "added") + complaint_page_integer_of(tally, 0, "set_aside");
    if (s == COMPLAINT_OK) s = complaint_page_json(rows, &t->rows);
    if (s == COMPLAINT_OK) s = complaint_page_json(findings, &t->findings);
    complaint_page_free(rows);
    complaint_page_free(findings);
    complaint_page_free(tally);
    complaint_text_free(refused);
    return s;
}

static bool same(const complaint_text *a, const complaint_text *b) { return strcmp(complaint_text_data(a), complaint_text_data(b)) == 0; }

static void import(fuzz *f, cpl_str csv, uint8_t how, cpl_str words) {
    static const char *const encodings[CHARSETS] = {NULL, "utf-8", "windows-874"};
    const char *encoding = encodings[(how >> 1) % CHARSETS];
    office o;
    told dry = {NULL, NULL, 0}, real = {NULL, NULL, 0}, again = {NULL, NULL, 0};
    complaint_status s = office_open(&o, &f->memory, policy(), NULL), of_dry = COMPLAINT_E_MORE;
    if (s == COMPLAINT_OK) {
        o.now = INT64_C(1796004000000);
        if (how & DRY) of_dry = import_once(&o, csv, encoding, words, COMPLAINT_REGISTER_DRY_RUN, &dry);
        s = import_once(&o, csv, encoding, words, 0, &real);
        if (!f->refused && how & DRY) PROMISE(of_dry == s);
        if (s == COMPLAINT_OK && of_dry == COMPLAINT_OK) PROMISE(same(dry.rows, real.rows) && same(dry.findings, real.findings));
        if (s == COMPLAINT_OK && import_once(&o, csv, encoding, words, 0, &again) == COMPLAINT_OK) PROMISE(again.added == 0);
        office_verify(&o, f->fail_at < 0 ? COMPLAINT_VERIFY_RECOMPUTE : 0, f);
    }
    forget(&dry);
    forget(&real);
    forget(&again);
    office_close(&o);
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    static const int32_t charsets[CHARSETS] = {CPL_CHARSET_DETECT, CPL_CHARSET_UTF8, CPL_CHARSET_WINDOWS_874};
    fuzz_bytes b = {data, size};
    uint8_t how = fuzz_byte(&b);
    cpl_str csv = {(const char *)b.p, b.n}, words = CPL_LIT("");
    for (size_t i = 0; i + 1 < csv.n; i++)
        if (csv.p[i] == '\n' && csv.p[i + 1] == '{') {
            words = (cpl_str){csv.p + i + 1, csv.n - i - 1};
            csv.n = i + 1;
        }
    if (read_file(f, csv, charsets[(how >> 1) % CHARSETS], words) == COMPLAINT_OK) import(f, csv, how, words);
}
