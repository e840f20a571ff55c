/* An old register: what is wrong with a file or a mapping first, then every row of a whole one against the right answer, in both character sets. */
#include "intake/register.h"
#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define DATA COMPLAINT_SOURCE_DIR "/tests/data/register/"

/* 30 November 2026, 09.00 in Bangkok. */
static const int64_t NOW = 1796004000000;

typedef struct fixture {
    cpl_mapping map;
    cpl_register reg;
    complaint_error error;
} fixture;

static complaint_status read_bytes(fixture *f, cpl_str bytes) {
    /* Without a byte to spare, so that the sanitizer sees any reading past the end. */
    char *exact = malloc(bytes.n ? bytes.n : 1);
    assert_non_null(exact);
    if (bytes.n) memcpy(exact, bytes.p, bytes.n);
    *f = (fixture){.error = {0}};
    assert_int_equal(cpl_mapping_read(&cpl_memory_default, CPL_LIT(""), &f->map, &f->error), COMPLAINT_OK);
    complaint_status s = cpl_register_read(&cpl_memory_default, (cpl_str){exact, bytes.n}, CPL_CHARSET_DETECT, &f->map, NOW, &f->reg, &f->error);
    free(exact);
    assert_int_equal(s, f->error.status);
    return s;
}

static void done(fixture *f) {
    cpl_register_free(&f->reg);
    cpl_mapping_free(&f->map);
}

static cpl_str read_whole(const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in) fail_msg("%s cannot be opened", path);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    long size = ftell(in);
    rewind(in);
    char *bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, in), (size_t)size);
    bytes[size] = '\0';
    (void)fclose(in);
    return (cpl_str){bytes, (size_t)size};
}

/* ---- unhappy ------------------------------------------------------------------------------------------------------------ */

static void a_file_that_is_no_register_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        complaint_status status;
        int64_t line;
    } cases[] = {
        {"", COMPLAINT_E_INVALID, 1},
        {"\n\n", COMPLAINT_E_INVALID, 1},
        {"ที่,ชื่อ\n1,สมศรี\n", COMPLAINT_E_INVALID, 1},
        {"วันที่รับเรื่อง,ประเภท\n", COMPLAINT_E_INVALID, 1},
        {"วันที่รับเรื่อง,เรื่อง\n1/10/68,\"ไม่ปิด\n\n", COMPLAINT_E_SYNTAX, 2},
        {"วันที่รับเรื่อง,เรื่อง\n\n1/10/68,\"ก\"ข\n", COMPLAINT_E_SYNTAX, 3},
        {"วันที่รับเรื่อง,เรื่อง\n1/10/68,\"ก\nข\" ค\n", COMPLAINT_E_SYNTAX, 3},
        {"วันที่รับเรื่อง,เรื่อง\n1/10/68,\xE0\xB8\xA3\xE0\xB8\xFF\n", COMPLAINT_E_UTF8, 2},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        fixture f;
        complaint_status s = read_bytes(&f, cpl_str_of(cases[i].text));
        if (s != cases[i].status || f.error.line != cases[i].line) fail_msg("%zu: %s, line %" PRId64 " (%s)", i, cpl_status_name(s), f.error.line, f.error.english);
        assert_true(*f.error.thai && *f.error.english);
        done(&f);
    }
}

static void a_row_may_not_have_cells_without_end(void **state) {
    (void)state;
    char text[1024];
    fixture f;
    int n = snprintf(text, sizeof text, "วันที่รับเรื่อง,เรื่อง\n");
    memset(text + n, ',', CPL_CSV_CELLS);
    assert_int_equal(read_bytes(&f, (cpl_str){text, (size_t)n + CPL_CSV_CELLS}), COMPLAINT_E_SYNTAX);
    assert_int_equal(f.error.line, 2);
    done(&f);
}

static void a_mapping_with_a_mistake_is_refused_with_its_place(void **state) {
    (void)state;
    static const struct {
        const char *from, *to, *path;
        complaint_status status;
    } cases[] = {
        {"\"format\": 1", "\"format\": 2", "$.format", COMPLAINT_E_INVALID},
        {"\"format\": 1", "\"format\": \"1\"", "$.format", COMPLAINT_E_INVALID},
        {"\"format\": 1,", "\"format\": 1, \"clases\": [],", "$.clases", COMPLAINT_E_INVALID},
        {"\"number\": [", "\"nummer\": [", "$.columns.nummer", COMPLAINT_E_INVALID},
        {"\"received\": [\"วัน", "\"remark\": [\"วัน", "$.columns.remark", COMPLAINT_E_JSON_DUPLICATE},
        {"{\"as\": \"facebook\",", "{\"ass\": \"facebook\",", "$.channels[0].ass", COMPLAINT_E_INVALID},
        {"{\"as\": \"facebook\", \"channel\": [\"facebook\"]", "{\"as\": \"facebook\", \"channel\": \"facebook\"", "$.channels[0].channel", COMPLAINT_E_INVALID},
        {"{\"identity\": \"anonymous\"", "{\"identity\": \"secret\"", "$.complainants[0].identity", COMPLAINT_E_INVALID},
        {"{\"status\": \"closed\"", "{\"status\": \"finished\"", "$.statuses[3].status", COMPLAINT_E_INVALID},
        {"\"words\": [\"1\"", "\"words\": [1", "$.classes[0].words[0]", COMPLAINT_E_INVALID},
        {"\"set_aside\": {\"reason\"", "\"put_aside\": {\"reason\"", "$.history.put_aside", COMPLAINT_E_INVALID},
        {"{\"flag\": \"corruption\",", "{\"flags\": \"corruption\",", "$.flags[0].flags", COMPLAINT_E_INVALID},
        {"{\"flag\": \"corruption\",", "{\"flag\": 8,", "$.flags[0].flag", COMPLAINT_E_INVALID},
        {"{\"flag\": \"corruption\",", "{", "$.flags[0]", COMPLAINT_E_INVALID},
        {"\"in\": [\"class\", \"subject\"]", "\"in\": [\"class\", \"topic\"]", "$.flags[0].in[1]", COMPLAINT_E_INVALID},
        {"\"words\": [\"*ทุจริต*\"", "\"words\": [8", "$.flags[0].words[0]", COMPLAINT_E_INVALID},
        {"[\"มีนา\"", "[\"มกรา\"", "$.months[2][0]", COMPLAINT_E_INVALID},
        {"[\"มีนา\"", "[\"มีนา*\"", "$.months[2][0]", COMPLAINT_E_INVALID},
        {"[\"มีนา\"", "[3", "$.months[2][0]", COMPLAINT_E_INVALID},
        {"\"months\": [", "\"months\": [[],", "$.months", COMPLAINT_E_INVALID},
        {"{\"column\": \"phone\"", "{\"column\": \"subject\"", "$.contacts[0].column", COMPLAINT_E_INVALID},
        {"{\"column\": \"phone\",", "{", "$.contacts[0]", COMPLAINT_E_INVALID},
        {"{\"column\": \"phone\", \"channel\": [\"phone\"]", "{\"column\": \"phone\", \"channel\": \"phone\"", "$.contacts[0].channel", COMPLAINT_E_INVALID},
        {"\"history\": {", "\"history\": [], \"x\": {", "$.x", COMPLAINT_E_INVALID},
    };
    cpl_str builtin = cpl_mapping_builtin();
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *at = strstr(builtin.p, cases[i].from);
        if (!at) fail_msg("the mapping has no %s", cases[i].from);
        size_t before = (size_t)(at - builtin.p), from = strlen(cases[i].from), to = strlen(cases[i].to);
        char *text = malloc(builtin.n + to + 1);
        assert_non_null(text);
        memcpy(text, builtin.p, before);
        memcpy(text + before, cases[i].to, to);
        memcpy(text + before + to, at + from, builtin.n - before - from);
        fixture f = {.error = {0}};
        complaint_status s = cpl_mapping_read(&cpl_memory_default, (cpl_str){text, builtin.n - from + to}, &f.map, &f.error);
        if (s != cases[i].status || strcmp(f.error.path, cases[i].path) != 0 || f.error.line < 1) fail_msg("%s: %s at %s, line %" PRId64, cases[i].to, cpl_status_name(s), f.error.path, f.error.line);
        cpl_mapping_free(&f.map);
        free(text);
    }
}

/* ---- tables of separated values --------------------------------------------------------------------------------------------- */

static void check_cells(const char *text, const char *expected) {
    char got[512] = "";
    cpl_csv csv;
    cpl_csv_record rec;
    cpl_arena a;
    size_t n = 0;
    cpl_arena_init(&a, &cpl_memory_default);
    cpl_csv_begin(&csv, cpl_str_of(text));
    for (;;) {
        assert_int_equal(cpl_csv_next(&csv, &a, &rec, NULL), COMPLAINT_OK);
        if (rec.count == 0) break;
        n += (size_t)snprintf(got + n, sizeof got - n, "%" PRId64 ":", rec.line);
        for (size_t i = 0; i < rec.count; i++) n += (size_t)snprintf(got + n, sizeof got - n, "[%.*s]", (int)rec.cells[i].n, rec.cells[i].p);
    }
    assert_string_equal(got, expected);
    cpl_arena_free(&a);
}

static void cells_are_separated_as_spreadsheets_do_it(void **state) {
    (void)state;
    check_cells("", "");
    check_cells("a", "1:[a]");
    check_cells("a,b\n1,2\n", "1:[a][b]2:[1][2]");
    check_cells("a,b\r\n1,2\r\n", "1:[a][b]2:[1][2]");
    check_cells("a,b\r1,2\r", "1:[a][b]2:[1][2]");
    check_cells("a;b;c,d\n1;2,5;3", "1:[a][b][c,d]2:[1][2,5][3]");
    check_cells("a\tb\n1,5\t2", "1:[a][b]2:[1,5][2]");
    check_cells("\"a,a\",b\n\"1\"\"2\",\"\"\"\"", "1:[a,a][b]2:[1\"2][\"]");
    check_cells("a,b\n\"x\ny\r\nz\",1\n2,3", "1:[a][b]2:[x\ny\r\nz][1]5:[2][3]");
    check_cells("a,b\n\n,\n5\" x,y", "1:[a][b]2:[]3:[][]4:[5\" x][y]");
    check_cells("\"a;a;a\",b", "1:[a;a;a][b]");
}

/* ---- dates ---------------------------------------------------------------------------------------------------------------------------- */

/* `number` in Thai digits. */
static const char *in_thai(int number, char out[16]) {
    char digits[8];
    size_t n = 0;
    (void)snprintf(digits, sizeof digits, "%d", number);
    for (const char *p = digits; *p; p++) n += (size_t)snprintf(out + n, 16 - n, "\xE0\xB9%c", 0x90 + *p - '0');
    return out;
}

static void reads_as(const fixture *f, const char *text, int32_t month) {
    cpl_cell_date d;
    cpl_cell_read_date(cpl_str_of(text), f->map.months, cpl_instant_day(NOW), &d);
    if (d.state != CPL_CELL_READ || d.day != cpl_date_raw((cpl_date){.year = 2025, .month = month, .day = 9})) fail_msg("%s is not %d/2568 (%s)", text, (int)month, d.reason ? d.reason : "another day");
}

/* The ninth of the month with this name, in all the ways that such a name stands in a date. */
static void name_is_of(const fixture *f, const char *name, int32_t month) {
    char text[256], day[16], year[16];
    (void)snprintf(text, sizeof text, "9 %s 2568", name);
    reads_as(f, text, month);
    (void)snprintf(text, sizeof text, "09%s68", name);
    reads_as(f, text, month);
    (void)snprintf(text, sizeof text, "9-%s-68", name);
    reads_as(f, text, month);
    (void)snprintf(text, sizeof text, "วันที่ %s เดือน %s พ.ศ. %s", in_thai(9, day), name, in_thai(2568, year));
    reads_as(f, text, month);
    (void)snprintf(text, sizeof text, "9 %s 68 เวลา 08.30 น.", name);
    reads_as(f, text, month);
}

/* Since each is read as its own month, no two months share one. */
static void every_spelling_of_every_month_is_read(void **state) {
    (void)state;
    static const char *const brief[] = {"ม|ค", "ก|พ", "มี|ค", "เม|ย", "พ|ค", "มิ|ย", "ก|ค", "ส|ค", "ก|ย", "ต|ค", "พ|ย", "ธ|ค"};
    static const char *const dots[][2] = {{".", "."}, {".", ""}, {"", "."}, {"", ""}, {". ", "."}, {". ", ""}};
    fixture f;
    assert_int_equal(read_bytes(&f, CPL_LIT("วันที่รับเรื่อง,เรื่อง\n")), COMPLAINT_OK);
    for (int32_t m = 1; m <= CPL_MONTHS; m++) {
        const char *bar = strchr(brief[m - 1], '|');
        char name[64];
        name_is_of(&f, cpl_month_names[m].full.p, m);
        for (size_t i = 0; i < COUNT(dots); i++) {
            (void)snprintf(name, sizeof name, "%.*s%s%s%s", (int)(bar - brief[m - 1]), brief[m - 1], dots[i][0], bar + 1, dots[i][1]);
            name_is_of(&f, name, m);
        }
        assert_true(f.map.months[m - 1].count > 0);
        for (size_t i = 0; i < f.map.months[m - 1].count; i++) name_is_of(&f, f.map.months[m - 1].items[i].text.p, m);
    }
    done(&f);
}

static void what_is_no_month_is_none(void **state) {
    (void)state;
    static const char *const texts[] = {"9 ม.ย. 2568", "9 มกราxyz 2568", "9 ธันวานี้ 2568", "มกรา 2568", "9 มกรา", "9 กพร 2568", "9 มกรามกรามกรามกรามกรามกรามกรามกรามกรามกรามกรามกรามกรามกรามกรามกรา 2568"};
    fixture f;
    assert_int_equal(read_bytes(&f, CPL_LIT("วันที่รับเรื่อง,เรื่อง\n")), COMPLAINT_OK);
    for (size_t i = 0; i < COUNT(texts); i++) {
        cpl_cell_date d;
        cpl_cell_read_date(cpl_str_of(texts[i]), f.map.months, cpl_instant_day(NOW), &d);
        if (d.state != CPL_CELL_WRONG) fail_msg("%s is read as a date", texts[i]);
        assert_string_equal(d.reason, "unparseable");
    }
    done(&f);
}

/* ---- a whole register ----------------------------------------------------------------------------------------------------------- */

enum { E_ROW, E_LINE, E_KIND, E_FIELDS, E_RECEIVED, E_DATE, E_TIME, E_ERROR, E_TIME_ERROR, E_FORM, E_CLASS, E_GIVEN, E_STATUS, E_CHANNEL, E_ANONYMOUS, E_FORWARDED, E_RESULT, E_NOTIFIED, E_WARN, E_COUNT };

static size_t cut(char *line, char *cells[E_COUNT]) {
    size_t n = 0;
    for (char *at = line; at && n < E_COUNT; n++) {
        cells[n] = at;
        at = strchr(at, '\t');
        if (at) *at++ = '\0';
    }
    return n;
}

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

/* Forms that an importer may refuse with a reason; of these only. */
static bool may_refuse_date(const char *form) { return is(form, "en") || is(form, "ce_slash"); }

/* 14:00 for `บ่ายสองโมง`: not read, so the day alone stands. */
static bool is_spoken(cpl_str cell) {
    static const char *const words[] = {"โมง", "เที่ยง"};
    char text[128];
    (void)snprintf(text, sizeof text, "%.*s", (int)cell.n, cell.p);
    return strstr(text, words[0]) || strstr(text, words[1]);
}

static const char *as_day(const cpl_cell_date *d, char out[32]) {
    char text[CPL_DATE_MAX];
    size_t n;
    if (d->state == CPL_CELL_WRONG) (void)snprintf(out, 32, "!%s", d->reason);
    else if (d->state == CPL_CELL_BLANK) *out = '\0';
    else {
        assert_int_equal(cpl_date_format(d->day, COMPLAINT_DATE_ISO, 0, text, &n), COMPLAINT_OK);
        (void)snprintf(out, 32, "%.30s", text);
    }
    return out;
}

typedef struct counted {
    size_t records, refused_forms, spoken, misses;
} counted;

static void miss(counted *c, const cpl_register_row *row, const char *what, const char *got, const char *expected) {
    print_error("row %zu, line %" PRId64 ": %s is \"%s\", expected \"%s\"\n", row->row, row->line, what, got, expected);
    c->misses++;
}

static void same(counted *c, const cpl_register_row *row, const char *what, const char *got, const char *expected) {
    if (!is(got, expected)) miss(c, row, what, got, expected);
}

static void check_receipt(counted *c, const cpl_register_row *row, char *e[E_COUNT]) {
    char text[CPL_DATE_MAX] = "";
    size_t n;
    const char *reason = row->received_reason ? row->received_reason : "";
    if (may_refuse_date(e[E_FORM]) && *reason) {
        c->refused_forms++;
        return;
    }
    same(c, row, "received_error", reason, e[E_ERROR]);
    if (*reason) return;
    bool spoken = row->time_reason && !*e[E_TIME_ERROR] && is_spoken(row->cells[CPL_COLUMN_TIME]);
    c->spoken += spoken;
    if (row->has_time) assert_int_equal(cpl_instant_format(row->received_at, COMPLAINT_DATE_ISO, 0, text, &n), COMPLAINT_OK);
    else assert_int_equal(cpl_date_format(row->received_day, COMPLAINT_DATE_ISO, 0, text, &n), COMPLAINT_OK);
    same(c, row, "received", text, spoken ? e[E_DATE] : e[E_RECEIVED]);
    if (!spoken) same(c, row, "time_error", row->time_reason ? row->time_reason : "", e[E_TIME_ERROR]);
}

static void check_words(counted *c, const cpl_register_row *row, char *e[E_COUNT]) {
    char text[64];
    bool given = row->class_is && row->class_is->codes.count;
    const char *class_is = given ? row->class_is->codes.items[0].p : "";
    same(c, row, "class_given", given ? "1" : "0", e[E_GIVEN]);
    if (given && is(e[E_GIVEN], "1")) same(c, row, "class", class_is, e[E_CLASS]);
    same(c, row, "status", row->status ? row->status->is.p : "?", e[E_STATUS]);
    same(c, row, "channel", row->channel ? row->channel->is.p : "?", e[E_CHANNEL]);
    if (*e[E_ANONYMOUS]) same(c, row, "anonymous", row->complainant && !cpl_str_is(row->complainant->is, "named") ? "1" : "0", e[E_ANONYMOUS]);
    same(c, row, "forwarded", as_day(&row->forwarded, text), e[E_FORWARDED]);
    same(c, row, "result", as_day(&row->result, text), e[E_RESULT]);
    same(c, row, "notified", as_day(&row->notified, text), e[E_NOTIFIED]);
}

static void check_warnings(counted *c, const cpl_register_row *row, const char *expected) {
    const char *got = row->out_of_sequence ? "out_of_sequence" : row->weekday_mismatch ? "weekday_mismatch" : row->ditto ? "ditto" : row->result_first ? "result_before_forward" : "";
    same(c, row, "warn", got, expected);
}

static void check_row(counted *c, const cpl_register_row *row, char *e[E_COUNT]) {
    char number[24];
    (void)snprintf(number, sizeof number, "%" PRId64, row->line);
    same(c, row, "line", number, e[E_LINE]);
    (void)snprintf(number, sizeof number, "%zu", row->fields);
    same(c, row, "fields", number, e[E_FIELDS]);
    same(c, row, "row_kind", cpl_row_kind_name(row->kind), e[E_KIND]);
    if (row->kind > CPL_ROW_LONG) {
        same(c, row, "received_error", "not_a_record", e[E_ERROR]);
        return;
    }
    c->records++;
    check_receipt(c, row, e);
    check_words(c, row, e);
    check_warnings(c, row, e[E_WARN]);
}

static void check_register(const char *path, int32_t charset) {
    cpl_str bytes = read_whole(path), expected = read_whole(DATA "register_legacy_expected.tsv");
    char *line = strchr((char *)(uintptr_t)expected.p, '\n');
    fixture f;
    counted c = {0};
    assert_int_equal(read_bytes(&f, bytes), COMPLAINT_OK);
    assert_int_equal(f.reg.charset, charset);
    assert_int_equal(f.reg.count, 500);
    for (size_t i = 0; i < f.reg.count; i++) {
        char *cells[E_COUNT], *next;
        assert_non_null(line++);
        next = strchr(line, '\n');
        if (next) *next = '\0';
        assert_int_equal(cut(line, cells), E_COUNT);
        assert_int_equal(strtol(cells[E_ROW], NULL, 10), i + 1);
        check_row(&c, &f.reg.rows[i], cells);
        line = next;
    }
    assert_int_equal(c.misses, 0);
    assert_int_equal(c.records, 488);
    assert_int_equal(c.refused_forms, 4); /* years of the common era that do not say so */
    assert_int_equal(c.spoken, 12);
    done(&f);
    free((void *)(uintptr_t)bytes.p);
    free((void *)(uintptr_t)expected.p);
}

static void every_row_is_read_as_it_should(void **state) {
    (void)state;
    check_register(DATA "register_legacy.csv", CPL_CHARSET_UTF8);
    check_register(DATA "register_legacy_cp874.csv", CPL_CHARSET_WINDOWS_874);
}

static void both_files_name_their_rows_alike_and_each_but_once(void **state) {
    (void)state;
    cpl_str utf8 = read_whole(DATA "register_legacy.csv"), thai = read_whole(DATA "register_legacy_cp874.csv");
    fixture a, b;
    assert_int_equal(read_bytes(&a, utf8), COMPLAINT_OK);
    assert_int_equal(read_bytes(&b, thai), COMPLAINT_OK);
    for (size_t i = 0; i < a.reg.count; i++) {
        assert_true(cpl_str_eq(a.reg.rows[i].external_id, b.reg.rows[i].external_id));
        for (size_t k = 0; k < i && a.reg.rows[i].external_id.n; k++) assert_false(cpl_str_eq(a.reg.rows[i].external_id, a.reg.rows[k].external_id));
    }
    done(&a);
    done(&b);
    free((void *)(uintptr_t)utf8.p);
    free((void *)(uintptr_t)thai.p);
}

/* ---- memory --------------------------------------------------------------------------------------------------------------------------- */

static bool read_once(test_alloc *a, void *context) {
    const cpl_str *text = context;
    cpl_mapping map;
    cpl_register reg = {.memory = NULL};
    complaint_error e = {0};
    complaint_status s = cpl_mapping_read(&a->table, CPL_LIT(""), &map, &e);
    if (s == COMPLAINT_OK) s = cpl_register_read(&a->table, *text, CPL_CHARSET_DETECT, &map, NOW, &reg, &e);
    assert_int_equal(s, e.status);
    if (s != COMPLAINT_OK) assert_int_equal(s, COMPLAINT_E_MEMORY);
    cpl_register_free(&reg);
    cpl_mapping_free(&map);
    return s == COMPLAINT_OK;
}

static void reading_survives_memory_failures(void **state) {
    (void)state;
    cpl_str text = CPL_LIT("ทะเบียน,,\nที่,วันที่รับเรื่อง,เวลา,เรื่อง,สถานะ,ผู้ร้อง\n1,1/10/68,8.30,\"น้ำ \"\"เสีย\"\"\",ปิดเรื่อง,สมศรี\n2,31/11/68,9.75,x,?,-\n,รวม\n");
    test_alloc_loop(read_once, &text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_is_no_register_is_refused),
        cmocka_unit_test(a_row_may_not_have_cells_without_end),
        cmocka_unit_test(a_mapping_with_a_mistake_is_refused_with_its_place),
        cmocka_unit_test(cells_are_separated_as_spreadsheets_do_it),
        cmocka_unit_test(every_spelling_of_every_month_is_read),
        cmocka_unit_test(what_is_no_month_is_none),
        cmocka_unit_test(every_row_is_read_as_it_should),
        cmocka_unit_test(both_files_name_their_rows_alike_and_each_but_once),
        cmocka_unit_test(reading_survives_memory_failures),
    };
    return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
