/* The register an office kept before comes onto the desk: what stops it first, then a whole one, again, in another character set, and under another procedure. */
#include "support/desk.h"

#include <complaint/register.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATA COMPLAINT_SOURCE_DIR "/tests/data/register/"
#define HEADING "ที่,วันที่รับเรื่อง,เวลา,ช่องทาง,ชื่อผู้ร้อง,เรื่อง,ประเภท,หน่วยงานที่ส่งต่อ,วันที่ส่งต่อ,วันที่ได้รับผล,วันที่แจ้งผล,สถานะ,หมายเหตุ\n"

typedef struct text {
    char *p;
    size_t n;
} text;

typedef struct pages {
    complaint_page *rows, *findings, *tally;
} pages;

static void free_pages(pages *p) {
    complaint_page_free(p->rows);
    complaint_page_free(p->findings);
    complaint_page_free(p->tally);
    *p = (pages){NULL, NULL, NULL};
}

static text read_file(const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in) fail_msg("%s cannot be opened", path);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    long size = ftell(in);
    rewind(in);
    text t = {malloc((size_t)size + 1), (size_t)size};
    assert_non_null(t.p);
    assert_int_equal(fread(t.p, 1, t.n, in), t.n);
    t.p[t.n] = '\0';
    (void)fclose(in);
    return t;
}

static complaint_status import_text(test_office *o, const char *csv, size_t size, int32_t flags, pages *p) {
    *p = (pages){NULL, NULL, NULL};
    return complaint_import_register(o->desk, o->officer, csv, size, NULL, NULL, 0, flags, &p->rows, &p->findings, &p->tally, NULL);
}

static void import_all(test_office *o, const char *csv, pages *p) {
    complaint_status s = import_text(o, csv, strlen(csv), 0, p);
    if (s != COMPLAINT_OK) fail_msg("%s", test_why(o));
}

static void tally_is(const pages *p, const char *column, int64_t expected) {
    int64_t got = complaint_page_integer_of(p->tally, 0, column);
    if (got != expected) fail_msg("%s is %" PRId64 ", expected %" PRId64, column, got, expected);
}

static void row_is(const pages *p, int64_t row, const char *column, const char *expected) { assert_string_equal(complaint_page_text_of(p->rows, row, column), expected); }

/* The reasons of a row, separated by blanks. */
static void reasons_are(const pages *p, int64_t row, const char *expected) {
    char got[512] = "";
    size_t n = 0;
    for (int64_t i = 0; i < complaint_page_count(p->findings); i++) {
        if (complaint_page_integer_of(p->findings, i, "row") != row) continue;
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", n ? " " : "", complaint_page_text_of(p->findings, i, "reason"));
        assert_true(*complaint_page_text_of(p->findings, i, "thai") && *complaint_page_text_of(p->findings, i, "english"));
    }
    assert_string_equal(got, expected);
}

/* ---- unhappy ----------------------------------------------------------------------------------------------------------------- */

static void what_cannot_be_imported_is_said_and_nothing_is_done(void **state) {
    test_office *o = *state;
    pages p;
    size_t size = strlen(HEADING);
    test_at(o, "2026-11-30T09:00");
    assert_int_equal(import_text(o, "ที่\0\n", 11, 0, &p), COMPLAINT_E_NUL);
    assert_int_equal(import_text(o, "x,y\n", 4, 0, &p), COMPLAINT_E_INVALID);
    assert_int_equal(import_text(o, "PK\003\004\024\0", 6, 0, &p), COMPLAINT_E_INVALID);
    test_names(o, "CSV");
    assert_int_equal(import_text(o, "\xD0\xCF\x11\xE0\xA1", 5, 0, &p), COMPLAINT_E_INVALID);
    test_names(o, "CSV");
    assert_int_equal(import_text(o, "\xFF\xFE\x17\x0E", 4, 0, &p), COMPLAINT_E_INVALID);
    test_names(o, "UTF-16");
    assert_int_equal(import_text(o, " \r\n", 3, 0, &p), COMPLAINT_E_INVALID);
    test_names(o, "empty");
    assert_int_equal(import_text(o, "", 0, 0, &p), COMPLAINT_E_INVALID);
    test_names(o, "empty");
    assert_int_equal(complaint_import_register(o->desk, o->officer, HEADING, size, "latin1", NULL, 0, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_UNKNOWN_CODE);
    assert_int_equal(complaint_import_register(o->desk, o->officer, HEADING, size, "windows-874", NULL, 0, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_CHARSET);
    assert_int_equal(complaint_import_register(o->desk, o->officer, HEADING, size, NULL, "{}", 2, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    test_names(o, "format");
    text builtin = {NULL, 0};
    const char *mapping = complaint_register_mapping(&builtin.n), *at = strstr(mapping, "\"outcome\": \"not_recorded\"");
    builtin.p = malloc(builtin.n + 1);
    assert_true(at && builtin.p);
    memcpy(builtin.p, mapping, builtin.n);
    memcpy(builtin.p + (at - mapping), "\"outcome\": \"not_rekorded\"", strlen("\"outcome\": \"not_rekorded\""));
    assert_int_equal(complaint_import_register(o->desk, o->officer, HEADING, size, NULL, builtin.p, builtin.n, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    test_names(o, "not_rekorded");
    assert_string_equal(complaint_error_path(complaint_desk_error(o->desk)), "$.history.report_result.outcome");
    free(builtin.p);
    assert_int_equal(complaint_import_register(o->desk, o->officer, HEADING, size, NULL, "{", 1, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_SYNTAX);
    assert_int_equal(complaint_import_register(o->desk, o->officer, HEADING, size, NULL, NULL, 0, 2, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_import_register(o->desk, o->officer, NULL, 1, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_import_register(o->desk, o->dpo, HEADING, size, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_ROLE);
    assert_int_equal(complaint_import_register(o->desk, NULL, HEADING, size, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_HANDLE);
}

static void rows_that_are_refused_are_named_and_the_others_stand(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o,
               HEADING "1,31/11/2568,9.00,โทร,นางสมศรี ใจดี,น้ำเสีย,4,,,,,,\n"
                       "2,,9.00,โทร,,น้ำเสีย,4,,,,,,\n"
                       "3,1/12/2569,9.00,โทร,,ยังไม่ถึง,4,,,,,,\n"
                       "4,\"\"\"\",9.00,โทร,,ซ้ำของสิ่งที่ไม่มี,4,,,,,,\n"
                       "5,1/11/2568,25.10,นกพิราบ,,อะไร,ประเภทใหม่,กองทัพอวกาศ,31/2/69,,,ค้าง,\n"
                       ",,,,,รวมทั้งปี,,,,,,,\n",
               &p);
    reasons_are(&p, 1, "invalid_date");
    reasons_are(&p, 2, "missing");
    reasons_are(&p, 3, "in_future");
    reasons_are(&p, 5, "invalid_time invalid_date unknown_channel unknown_class unknown_unit unknown_status no_unit");
    reasons_are(&p, 6, "note");
    row_is(&p, 0, "outcome", "refused");
    row_is(&p, 4, "outcome", "added");
    row_is(&p, 5, "outcome", "skipped");
    row_is(&p, 4, "state", "registered");
    tally_is(&p, "refused", 4);
    tally_is(&p, "added", 1);
    free_pages(&p);
}

/* A slip of the pen in the year of one row. */
static void a_row_before_all_calendars_is_refused_and_the_others_stand(void **state) {
    static const char csv[] = HEADING "1,5/11/2567,,FB,ก,หนึ่ง,2,,,,,,\n2,5/11/2542,,FB,ข,สอง,2,,,,,,\n3,6/11/2567,,FB,ค,สาม,2,,,,,,\n";
    test_office *o = *state;
    pages dry, p;
    test_at(o, "2026-11-30T09:00");
    OK(import_text(o, csv, sizeof csv - 1, COMPLAINT_REGISTER_DRY_RUN, &dry));
    import_all(o, csv, &p);
    tally_is(&dry, "added", 2);
    tally_is(&p, "added", 2);
    tally_is(&p, "refused", 1);
    reasons_are(&p, 2, "out_of_sequence not_received");
    assert_non_null(strstr(complaint_page_text_of(p.findings, 1, "thai"), "วันหยุด"));
    complaint_page *new = NULL;
    OK(complaint_desk_inbox(o->desk, o->officer, "new", NULL, 0, &new));
    assert_int_equal(complaint_page_count(new), 0); /* nothing of it is left */
    complaint_page_free(new);
    free_pages(&dry);
    free_pages(&p);
}

/* ---- history --------------------------------------------------------------------------------------------------------------------- */

static complaint_page *events_of(test_office *o) {
    complaint_page *log = NULL;
    OK(complaint_desk_events(o->desk, o->officer, o->case_id, NULL, 0, &log));
    return log;
}

/* The only case there is. */
static void look_at_the_case(test_office *o, const char *channel) {
    complaint_page *list = NULL;
    (void)channel;
    OK(complaint_desk_inbox(o->desk, o->officer, "opened", NULL, 0, &list));
    assert_int_equal(complaint_page_count(list), 1);
    o->message = complaint_page_integer_of(list, 0, "message");
    o->case_id = complaint_page_integer_of(list, 0, "case_id");
    complaint_page_free(list);
}

static void a_closed_matter_has_its_history_and_nobody_is_told(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "12/68,5 พ.ย. 2567,9.30 น.,โทรศัพท์,นางสมศรี ใจดี,รอคิวนาน,2,รพ.เมือง,6/11/2567,15/11/2567,18/11/2567,ปิดเรื่อง,ร้องซ้ำ\n", &p);
    row_is(&p, 0, "state", "closed");
    row_is(&p, 0, "legacy_number", "12/68");
    free_pages(&p);
    look_at_the_case(o, "phone");
    test_log(o, "triage register note classify forward report_result notify_result close");
    test_instant_is(test_int(o, "received_at"), "2024-11-05T09:30");
    test_instant_is(test_int(o, "forwarded_at"), "2024-11-06T00:00");
    test_instant_is(test_int(o, "resulted_at"), "2024-11-15T00:00");
    test_instant_is(test_int(o, "told_at"), "2024-11-18T00:00");
    test_instant_is(test_int(o, "closed_at"), "2024-11-18T00:00");
    assert_int_equal(test_int(o, "register_number"), 0); /* its number is the old register's */
    complaint_page *log = events_of(o);
    assert_non_null(strstr(complaint_page_text_of(log, 1, "payload"), "12/68"));
    complaint_page_free(log);
    test_deliver(o, 0, 0, 0, 0);
}

static void the_present_register_goes_on_from_its_own_numbers(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "12/68,5 พ.ย. 2567,9.30 น.,โทรศัพท์,นางสมศรี ใจดี,รอคิวนาน,2,,,,,รับเรื่อง,\n-,5 พ.ย. 2567,,,,ไม่มีเลข,2,,,,,,\n", &p);
    tally_is(&p, "added", 2);
    free_pages(&p);
    test_open_registered(o, "service");
    assert_int_equal(o->number, 1);
    assert_int_equal(o->fiscal_year, 2570);
    /* And what is entered today of an open one is today's: nothing is waived. */
}

static void what_the_register_calls_no_complaint_is_set_aside_with_its_number(void **state) {
    test_office *o = *state;
    pages p;
    complaint_page *list = NULL, *log = NULL;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "7/68,5 พ.ย. 2567,,FB,คุณแดง,ขอบคุณทีมผ่าตัด,9,,,,,แล้วเสร็จ,ผู้ร้องพอใจ\n", &p);
    row_is(&p, 0, "outcome", "set_aside");
    free_pages(&p);
    OK(complaint_desk_inbox(o->desk, o->officer, "set_aside", NULL, 0, &list));
    assert_int_equal(complaint_page_count(list), 1);
    OK(complaint_desk_events(o->desk, o->officer, complaint_page_integer_of(list, 0, "message"), NULL, 0, &log));
    assert_int_equal(complaint_page_count(log), 2);
    assert_non_null(strstr(complaint_page_text_of(log, 1, "payload"), "7/68"));
    complaint_page_free(log);
    complaint_page_free(list);
}

/* ---- what is still open ------------------------------------------------------------------------------------------------------------------- */

/* Clocks of a rule that run. */
static int64_t running(test_office *o, const char *rule) {
    complaint_page *due = NULL;
    OK(complaint_desk_due(o->desk, o->officer, rule, INT64_MAX, NULL, 0, &due));
    int64_t count = complaint_page_count(due);
    complaint_page_free(due);
    return count;
}

static int64_t told_by_a_tick(test_office *o, const char *when) {
    complaint_page *tally = NULL;
    test_at(o, when);
    OK(complaint_desk_tick(o->desk, 0, &tally));
    int64_t notices = complaint_page_integer_of(tally, 0, "notices");
    complaint_page_free(tally);
    return notices;
}

/* [CR-T2, CR-T5] Nobody is told to answer at once what came two years ago, nor reminded of each case that had been overdue before this desk knew of it. They are in the lists. */
static void what_was_overdue_before_is_work_and_no_news(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-25T09:00");
    import_all(o, HEADING "1,5/11/67,,FB,ก,รอคิวนาน,2,รพ.ก,6/11/67,,,ส่งต่อแล้ว,\n", &p);
    free_pages(&p);
    assert_int_equal(running(o, "acknowledge"), 0);
    assert_int_equal(running(o, "follow_up"), 1);
    assert_int_equal(told_by_a_tick(o, "2026-11-26T09:00"), 0);
    assert_int_equal(told_by_a_tick(o, "2026-12-30T09:00"), 0);
    look_at_the_case(o, "facebook");
    OK(test_act(o, o->officer, "follow_up", "text=โทรถามแล้ว", NULL));
    assert_int_equal(told_by_a_tick(o, "2027-01-20T09:00"), 1); /* what this desk did is followed up as ever */
    assert_int_equal(running(o, "follow_up"), 1);
}

/* What is not overdue yet is reminded of as if it had come today. */
static void what_is_due_later_is_reminded_of(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-25T09:00");
    import_all(o, HEADING "1,24/11/69,,FB,ก,รอคิวนาน,2,รพ.ก,24/11/69,,,ส่งต่อแล้ว,\n", &p);
    free_pages(&p);
    assert_int_equal(told_by_a_tick(o, "2026-12-15T09:00"), 1);
}

/* ---- its number there ------------------------------------------------------------------------------------------------------------------------ */

/* Subjects of the cases that a number finds, separated by blanks. */
static void number_finds(test_office *o, const complaint_actor *who, const char *number, const char *expected) {
    complaint_page *page = NULL, *messages = NULL;
    char got[256] = "";
    size_t n = 0;
    OK(complaint_desk_find_legacy(o->desk, who, number, NULL, 0, &page));
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        OK(complaint_desk_case_messages(o->desk, o->officer, complaint_page_integer_of(page, i, "case_id"), &messages));
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", n ? " " : "", complaint_page_text_of(messages, 0, "body"));
        complaint_page_free(messages);
    }
    assert_string_equal(got, expected);
    complaint_page_free(page);
}

static void what_is_no_number_finds_nothing(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    test_at(o, "2026-11-30T09:00");
    number_finds(o, o->officer, "1", "");
    assert_int_equal(complaint_desk_find_legacy(o->desk, o->officer, "", NULL, 0, &page), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_find_legacy(o->desk, o->officer, " - ", NULL, 0, &page), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_find_legacy(o->desk, o->officer, NULL, NULL, 0, &page), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_desk_find_legacy(o->desk, o->officer, "\xFF", NULL, 0, &page), COMPLAINT_E_UTF8);
    assert_int_equal(complaint_desk_find_legacy(o->desk, o->officer, "1", "x", 0, &page), COMPLAINT_E_INVALID);
    assert_null(page);
}

static void a_matter_is_found_by_its_old_number_however_it_is_written(void **state) {
    test_office *o = *state;
    complaint_page *page = NULL;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "12,5/11/67,,FB,ก,หนึ่ง,2,,,,,,\n๑๒/๒๕๖๙,6/11/68,,FB,ข,สอง,2,,,,,,\n12,10/1/2569,,FB,ค,สาม,2,,,,,,\n\"กรร. 012/68\",6/11/67,,FB,ง,สี่,2,,,,,,\n,7/11/67,,FB,จ,ห้า,2,,,,,,\n", &p);
    free_pages(&p);
    number_finds(o, o->officer, "12", "หนึ่ง สอง สาม");
    number_finds(o, o->officer, "๑๒/๖๘", "หนึ่ง");      /* received in the fiscal year 2568 */
    number_finds(o, o->officer, "12/2567", "หนึ่ง");    /* and in the calendar year 2567 */
    number_finds(o, o->officer, " 12 / 69 ", "สอง สาม");
    number_finds(o, o->officer, "กรร.12/68", "สี่");
    number_finds(o, o->officer, "กรร. 12/69", "");
    number_finds(o, o->officer, "13", "");
    number_finds(o, o->quality, "12", ""); /* sees what was sent to it */
    OK(complaint_desk_find_legacy(o->desk, o->officer, "12", NULL, 2, &page));
    assert_string_equal(complaint_page_text_of(page, 1, "legacy_number"), "๑๒/๒๕๖๙");
    assert_non_null(complaint_page_token(page));
    complaint_page_free(page);
}

/* Some write the year first; what stands behind the bar is then the number, and is no year. */
static void a_number_with_its_year_before_it_is_found_by_the_number(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "66/0023,5/11/65,,FB,ก,หนึ่ง,2,,,,,,\n2566/23,6/11/65,,FB,ข,สอง,2,,,,,,\nกรร.67/0023,6/11/66,,FB,ค,สาม,2,,,,,,\n23/2567,7/11/66,,FB,ง,สี่,2,,,,,,\n12/0023,8/11/66,,FB,จ,ห้า,2,,,,,,\n66/68,8/11/67,,FB,ฉ,หก,2,,,,,,\n", &p);
    free_pages(&p);
    number_finds(o, o->officer, "23", "หนึ่ง สอง สี่");
    number_finds(o, o->officer, "66/0023", "หนึ่ง สอง");
    number_finds(o, o->officer, "๖๖/๐๐๒๓", "หนึ่ง สอง");
    number_finds(o, o->officer, "23/2566", "หนึ่ง สอง");
    number_finds(o, o->officer, "2567/23", "สี่");
    number_finds(o, o->officer, "กรร. 23/67", "สาม");
    number_finds(o, o->officer, "12/0023", "ห้า");
    number_finds(o, o->officer, "66", "หก");
    number_finds(o, o->officer, "66/2568", "หก");
    number_finds(o, o->officer, "67", "");
}

/* ---- marks by words -------------------------------------------------------------------------------------------------------------------------- */

/* The flags of a row, and the words that gave them. */
static void marks_are(const pages *p, int64_t row, int64_t flags, const char *words) {
    char got[256] = "";
    size_t n = 0;
    for (int64_t i = 0; i < complaint_page_count(p->findings); i++) {
        if (complaint_page_integer_of(p->findings, i, "row") != row || strcmp(complaint_page_text_of(p->findings, i, "reason"), "flagged") != 0) continue;
        assert_string_equal(complaint_page_text_of(p->findings, i, "severity"), "note");
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", n ? " " : "", complaint_page_text_of(p->findings, i, "cell"));
    }
    assert_string_equal(got, words);
    assert_int_equal(complaint_page_integer_of(p->rows, row - 1, "flags"), flags);
}

/* A cell may say two things. */
static void a_phrase_that_is_excepted_leaves_the_rest_of_its_cell(void **state) {
    enum { URGENT = 1, OFFICE_IMPACT = 4, CORRUPTION = 8 };
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o,
               HEADING "1,5/11/67,,สายด่วน,ก,แจ้งทางสายด่วนว่าเป็นเรื่องด่วน,2,,,,,,\n"
                       "2,5/11/67,,FB,ข,ไม่พบการทุจริต แต่มีการเรียกรับเงิน,1,,,,,,\n"
                       "3,5/11/67,,FB,ค,ไม่พบการทุจริตหรือเรียกรับเงิน ไม่มีการทุจริต,1,,,,,,\n"
                       "4,5/11/67,,FB,ง,งานป้องกันการทุจริตมีเจ้าหน้าที่ทุจริตเสียเอง,1,,,,,,\n",
               &p);
    marks_are(&p, 1, URGENT, "ด่วน");
    marks_are(&p, 2, OFFICE_IMPACT | CORRUPTION, "เรียกรับ");
    marks_are(&p, 3, 0, "");
    marks_are(&p, 4, OFFICE_IMPACT | CORRUPTION, "ทุจริต");
    free_pages(&p);
}

/* [CR-T3, PR-14.2] What a register calls corruption counts as such in the reports, and whoever reads the findings sees by which word. */
static void a_matter_is_flagged_by_the_words_of_its_row(void **state) {
    enum { URGENT = 1, SENSITIVE = 2, OFFICE_IMPACT = 4, CORRUPTION = 8 };
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o,
               HEADING "1,5/11/67,,FB,ก,โทรสายด่วน 1669 ไม่ติด,2,,,,,ปิดเรื่อง,\n"
                       "2,5/11/67,,FB,ข,ขอข้อมูลงานป้องกันการทุจริต,8,,,,,ปิดเรื่อง,กลับมาใหม่\n"
                       "3,5/11/67,,FB,ค,หมอเรียกรับเงิน,1,,,,,ปิดเรื่อง,ด่วนที่สุด\n"
                       "4,5/11/67,,FB,ง,จัดซื้อผิดปกติ,ทุจริต,พัสดุ,6/11/67,,,ส่งต่อ,ลับ\n"
                       "5,5/11/67,,FB,จ,ฮั้วประมูล,6,,,,,ถอนเรื่อง,\n"
                       "6,5/11/67,,FB,ฉ,ไม่พบการทุจริตตามที่ร้อง,2,,,,,ปิดเรื่อง,ไม่ใช่เรื่องด่วน\n",
               &p);
    marks_are(&p, 1, 0, "");
    marks_are(&p, 6, 0, "");
    row_is(&p, 5, "state", "closed");
    marks_are(&p, 2, 0, "");
    marks_are(&p, 3, URGENT | OFFICE_IMPACT | CORRUPTION, "เรียกรับ ด่วน");
    marks_are(&p, 4, SENSITIVE | OFFICE_IMPACT | CORRUPTION, "ทุจริต ลับ");
    row_is(&p, 2, "state", "closed");
    row_is(&p, 3, "state", "forwarded");
    reasons_are(&p, 5, "flagged stays_open"); /* a withdrawal does not end an inquiry into corruption */
    row_is(&p, 4, "state", "registered");
    tally_is(&p, "flagged", 3);
    tally_is(&p, "open", 2);
    free_pages(&p);
    assert_int_equal(told_by_a_tick(o, "2026-12-01T09:00"), 0);
}

/* [PR-14.2] What offices put into the column of the class, by its home among the classes; `ทุจริต` is none of them and says something all the same. */
static void what_offices_call_the_classes_is_one(void **state) {
    static const char *const classes[] = {"establishment", "personnel", "personnel", "health_threat", "health_threat", "", ""};
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o,
               HEADING "1,5/11/67,,FB,ก,หนึ่ง,คุ้มครองผู้บริโภค,,,,,,\n2,5/11/67,,FB,ก,สอง,พฤติกรรม,,,,,,\n3,5/11/67,,FB,ก,สาม,พฤติกรรมบริการ,,,,,,\n4,5/11/67,,FB,ก,สี่,สิ่งแวดล้อม,,,,,,\n"
                       "5,5/11/67,,FB,ก,ห้า,อนามัยสิ่งแวดล้อม,,,,,,\n6,5/11/67,,FB,ก,หก,ทุจริต,,,,,,\n7,5/11/67,,FB,ก,เจ็ด,ประเภทใหม่,,,,,,\n8,5/11/67,,FB,ก,เรียกรับเงิน,ทุจริต,,,,,,\n",
               &p);
    for (int i = 0; i < 7; i++) row_is(&p, i, "class", classes[i]);
    for (int i = 1; i <= 5; i++) reasons_are(&p, i, "");
    reasons_are(&p, 6, "flagged");
    reasons_are(&p, 7, "unknown_class");
    reasons_are(&p, 8, "flagged");
    free_pages(&p);
}

/* [CR-T2] The day of the acknowledgement is measured where the register has one. */
static void an_acknowledgement_that_is_in_the_register_is_entered(void **state) {
    test_office *o = *state;
    complaint_page *row = NULL;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, "ที่,วันที่รับเรื่อง,เรื่อง,วันที่ตอบรับ,หน่วยงานที่ส่งต่อ,วันที่ส่งต่อ\n1,5/11/67,รอคิวนาน,9/11/67,รพ.ก,6/11/67\n", &p);
    reasons_are(&p, 0, "no_class_column");
    reasons_are(&p, 1, "");
    row_is(&p, 0, "state", "forwarded");
    look_at_the_case(o, "facebook");
    OK(complaint_desk_case(o->desk, o->officer, o->case_id, &row));
    assert_int_equal(complaint_page_integer_of(row, 0, "acknowledged_at"), test_instant("2024-11-09T00:00"));
    assert_int_equal(complaint_page_integer_of(row, 0, "forwarded_at"), test_instant("2024-11-06T00:00"));
    complaint_page_free(row);
    free_pages(&p);
}

/* ---- how offices keep them --------------------------------------------------------------------------------------------------------------------- */

static void a_heading_of_two_rows_is_one(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o,
               "ทะเบียนเรื่องร้องเรียน ปีงบประมาณ 2568,,,,,,\n,,,,,,\n"
               "ลำดับที่,ว/ด/ป ที่รับ,ผู้ร้อง,เรื่อง,การดำเนินการ,,\n,,,,ส่งต่อ,วันที่ส่งต่อ,สถานะ\n"
               "1,45601,-,ถนนมืด,เทศบาล,45602,ปิดเรื่อง\n,,,,,,\nรวม,1,,,,,\n",
               &p);
    row_is(&p, 0, "outcome", "added");
    row_is(&p, 0, "state", "closed");
    row_is(&p, 1, "kind", "blank");
    row_is(&p, 2, "kind", "subtotal");
    reasons_are(&p, 0, "no_class_column");
    free_pages(&p);
}

/* Months as titles, numbers of columns, breaks in headings, a number with its year, a wish for silence behind a name. */
static void what_people_put_into_tables_is_no_obstacle(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    assert_int_equal(import_text(o, "ที่,วันนั้น,เรื่อง,สถานะ\n", strlen("ที่,วันนั้น,เรื่อง,สถานะ\n"), 0, &p), COMPLAINT_E_INVALID);
    test_names(o, "วันนั้น");
    import_all(o,
               "\"เลขที่\nรับ\";\"วันที่\nรับเรื่อง\";\"ผู้ร้อง\nเรียน\";เรื่อง / รายละเอียด;สถานะ\n(๑);(๒);(๓);(๔);(๕)\nต.ค. 67;;;;\n"
               "001/2568;1 ต.ค. 67;นายเอ (ปกปิดชื่อ);รอคิวนาน;-\n;;;;\nพ.ย. 67;;;;\n001/2569;45940;   -  ;กลิ่นเหม็น;ดำเนินการเรียบร้อยแล้ว\nรวม ต.ค.;2;;;\n;;ลงชื่อ..........;;\nหมายเหตุ: ลำดับ 5 รอหนังสือ;;;;\n",
               &p);
    row_is(&p, 8, "kind", "note");
    row_is(&p, 0, "kind", "repeated_header");
    row_is(&p, 1, "kind", "title");
    row_is(&p, 2, "identity", "confidential");
    row_is(&p, 4, "kind", "title");
    row_is(&p, 5, "identity", "anonymous");
    row_is(&p, 5, "state", "closed");
    tally_is(&p, "added", 2);
    tally_is(&p, "skipped", 7);
    free_pages(&p);
    number_finds(o, o->officer, "1/68", "รอคิวนาน");
    number_finds(o, o->officer, "1/2569", "กลิ่นเหม็น");
}

static void what_spreadsheets_make_of_days_is_read(void **state) {
    test_office *o = *state;
    pages p;
    static const char *const when[] = {"2024-10-05T12:00", "2024-10-05T00:00", "2024-10-05T00:00", "2024-10-05T10:30"};
    test_at(o, "2026-11-30T09:00");
    import_all(o, "ที่,วันที่รับเรื่อง,เวลา,เรื่อง,ประเภท,สถานะ\n1,45570.5,,ก,2,\n2,\"45,570\",,ข,ไม่ระบุ,รอดำเนินการ\n3,5/10/67 (เสาร์),,ค,2,เสร็จแล้ว\n4,45570,0.4375,ง,2,ปิดเรื่อง (แจ้งแล้ว)\n5,45570.x,,จ,2,\n6,5/10/67 (8/10/67),,ฉ,2,\n", &p);
    for (int i = 0; i < 4; i++) test_instant_is(complaint_page_integer_of(p.rows, i, "received"), when[i]);
    reasons_are(&p, 2, "serial class_not_given");
    row_is(&p, 2, "state", "closed");
    row_is(&p, 3, "state", "closed");
    row_is(&p, 4, "outcome", "refused");
    row_is(&p, 5, "outcome", "refused");
    free_pages(&p);
}

static void a_heading_that_is_there_twice_is_said_with_its_columns(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, "ที่,วันที่รับเรื่อง,เรื่อง,สถานะ,เรื่อง,นกพิราบ\n1,5/11/67,ก,ปิดเรื่อง,ข,\n", &p);
    reasons_are(&p, 0, "duplicate_column unknown_column no_class_column");
    assert_non_null(strstr(complaint_page_text_of(p.findings, 0, "thai"), "คอลัมน์ C และ E"));
    free_pages(&p);
}

static void a_unit_nobody_knows_is_said_with_what_became_of_it(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "1,5/11/67,,FB,ก,ถนนมืด,7,กองทัพอวกาศ,6/11/67,,,,\n2,5/11/67,,FB,ก,รอคิวนาน,2,กองทัพอวกาศ,6/11/67,,,,\n3,5/11/67,,FB,ก,ยังไม่ส่ง,2,กองทัพอวกาศ,,,,,\n", &p);
    reasons_are(&p, 1, "unknown_unit sent_elsewhere");
    reasons_are(&p, 2, "unknown_unit no_unit");
    reasons_are(&p, 3, "unknown_unit");
    row_is(&p, 0, "state", "referred");
    row_is(&p, 1, "state", "registered");
    free_pages(&p);
}

/* It cannot be entered as sent to somebody, but that it went out, and when, is in its history. */
static void what_went_to_a_unit_nobody_knows_is_in_the_history(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "1,5/11/67,,FB,ก,รอคิวนาน,2,กองทัพอวกาศ,6/11/67,20/11/67,,ปิดเรื่อง,\n", &p);
    reasons_are(&p, 1, "unknown_unit no_unit");
    row_is(&p, 0, "state", "closed");
    free_pages(&p);
    look_at_the_case(o, "facebook");
    test_log(o, "triage register note classify note close");
    complaint_page *log = events_of(o);
    const char *said = complaint_page_text_of(log, 4, "sealed");
    if (!strstr(said, "หน่วยงานที่ส่งต่อ: กองทัพอวกาศ\\nวันที่ส่งต่อ: 6/11/67\\nวันที่ได้รับผล: 20/11/67")) fail_msg("the note says: %s", said);
    test_instant_is(complaint_page_integer_of(log, 4, "happened_at"), "2024-11-06T00:00");
    complaint_page_free(log);
    assert_int_equal(test_int(o, "forwarded_at"), 0);
    import_all(o, HEADING "1,5/11/67,,FB,ก,รอคิวนาน,2,กองทัพอวกาศ,6/11/67,20/11/67,,ปิดเรื่อง,\n", &p);
    tally_is(&p, "known", 1);
    tally_is(&p, "changed", 0);
    free_pages(&p);
}

/* Of several to whom it went one is entered; whoever reads the case later sees the others. */
static void the_other_units_of_a_cell_are_in_the_history(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "1,5/11/67,,FB,ก,รอคิวนาน,2,รพ.พาน และ กองทัพอวกาศ,6/11/67,20/11/67,,,\n", &p);
    reasons_are(&p, 1, "unknown_unit");
    free_pages(&p);
    look_at_the_case(o, "facebook");
    test_log(o, "triage register note classify forward note report_result");
    complaint_page *log = events_of(o);
    const char *said = complaint_page_text_of(log, 5, "sealed");
    if (!strstr(said, "หน่วยงานที่ส่งต่อ: รพ.พาน และ กองทัพอวกาศ")) fail_msg("the note says: %s", said);
    test_instant_is(complaint_page_integer_of(log, 5, "happened_at"), "2024-11-06T00:00");
    complaint_page_free(log);
}

/* The built-in words, with one place changed; to be freed. */
static text changed_mapping(const char *find, const char *replace) {
    size_t size;
    const char *mapping = complaint_register_mapping(&size), *at = strstr(mapping, find);
    if (!at) fail_msg("%s is not in the mapping", find);
    size_t before = (size_t)(at - mapping), put = strlen(replace), behind = size - before - strlen(find);
    text t = {malloc(before + put + behind + 1), before + put + behind};
    assert_non_null(t.p);
    memcpy(t.p, mapping, before);
    memcpy(t.p + before, replace, put);
    memcpy(t.p + before + put, at + strlen(find), behind);
    t.p[t.n] = '\0';
    return t;
}

static void import_with(test_office *o, const char *csv, const text *mapping, pages *p) {
    *p = (pages){NULL, NULL, NULL};
    complaint_status s = complaint_import_register(o->desk, o->officer, csv, strlen(csv), NULL, mapping->p, mapping->n, 0, &p->rows, &p->findings, &p->tally, NULL);
    if (s != COMPLAINT_OK) fail_msg("%s", test_why(o));
}

/* One slip of the pen in the office's words would else be hundreds of lines about its rows. */
static void a_code_that_is_none_is_said_once_by_its_name(void **state) {
    static const char *const slips[][3] = {{"{\"class\": [\"service\"]", "{\"class\": [\"servise\"]", "servise"},
                                           {"\"channel\": [\"facebook\"]", "\"channel\": [\"facebok\"]", "facebok"},
                                           {"\"flag\": \"corruption\"", "\"flag\": \"corupt\"", "corupt"},
                                           {"{\"unit\": [\"consumer\"]", "{\"unit\": [\"consummer\"]", "consummer"}};
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        text mapping = changed_mapping(slips[i][0], slips[i][1]);
        import_with(o, HEADING, &mapping, &p);
        reasons_are(&p, 0, "unknown_code");
        assert_string_equal(complaint_page_text_of(p.findings, 0, "cell"), slips[i][2]);
        assert_string_equal(complaint_page_text_of(p.findings, 0, "severity"), i == 2 ? "note" : "warning");
        free_pages(&p);
        free(mapping.p);
    }
    text twice = changed_mapping("\"status\": [\"สถานะ\"", "\"status\": [\"สถานะ\", \"วันที่ รับ\"");
    assert_int_equal(complaint_import_register(o->desk, o->officer, HEADING, strlen(HEADING), NULL, twice.p, twice.n, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    test_names(o, "วันที่ รับ");
    assert_string_equal(complaint_error_path(complaint_desk_error(o->desk)), "$.columns.status[1]");
    free(twice.p);
}

static void a_second_unit_in_a_cell_is_said(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o,
               HEADING "1,5/11/67,,FB,ก,หนึ่ง,2,รพ.พาน และ คบส.,6/11/67,,,,\n2,5/11/67,,FB,ก,สอง,2,\"กองทัพอวกาศ, นิติการ\",6/11/67,,,,\n3,5/11/67,,FB,ก,สาม,2,\"รพ พาน\nสสอ.พาน/การเจ้าหน้าที่\",6/11/67,,,,\n"
                       "4,5/11/67,,FB,ก,สี่,2,รพ.พาน/ตึกใน,6/11/67,,,,\n"
                       "5,5/11/67,,FB,ก,ห้า,2,รพ.พาน/รพ.แม่จัน,6/11/67,,,,\n6,5/11/67,,FB,ก,หก,2,\"รพ.พาน, -, รพ.พาน\",6/11/67,,,,\n",
               &p);
    reasons_are(&p, 1, "several_units");
    assert_string_equal(complaint_page_text_of(p.findings, 0, "cell"), "คบส.");
    reasons_are(&p, 2, "unknown_unit");
    assert_string_equal(complaint_page_text_of(p.findings, 1, "cell"), "กองทัพอวกาศ");
    reasons_are(&p, 3, "several_units several_units");
    reasons_are(&p, 4, "unknown_unit");
    reasons_are(&p, 5, "several_units");
    assert_string_equal(complaint_page_text_of(p.findings, 5, "cell"), "รพ.แม่จัน");
    reasons_are(&p, 6, "");
    for (int i = 0; i < 6; i++) row_is(&p, i, "state", "forwarded");
    free_pages(&p);
}

/* The office has a word for all of it. */
static void a_cell_that_is_one_word_is_one_unit(void **state) {
    test_office *o = *state;
    pages p;
    text mapping = changed_mapping("\"units\": [", "\"units\": [{\"unit\": [\"consumer\"], \"words\": [\"รพ./งานคุณภาพ\"]},");
    test_at(o, "2026-11-30T09:00");
    import_with(o, HEADING "1,5/11/67,,FB,ก,หนึ่ง,2,รพ./งานคุณภาพ,6/11/67,,,,\n", &mapping, &p);
    reasons_are(&p, 1, "");
    free_pages(&p);
    free(mapping.p);
    look_at_the_case(o, "facebook");
    assert_string_equal(test_cell(o, o->officer, complaint_desk_referrals, "unit", "consumer", "state"), "sent");
}

static void days_in_an_order_that_cannot_be_are_said(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "1,5/11/67,,FB,ก,หนึ่ง,2,รพ.พาน,4/11/67,6/11/67,5/11/67,ปิดเรื่อง,\n2,5/11/67,,FB,ก,สอง,2,รพ.พาน,5/11/67,5/11/67,5/11/67,ปิดเรื่อง,\n", &p);
    reasons_are(&p, 1, "before_receipt told_before_result");
    reasons_are(&p, 2, "");
    free_pages(&p);
}

static void what_offices_call_the_end_is_one(void **state) {
    static const char *const closed[] = {"แก้ไขแล้ว", "ชี้แจงแล้ว", "แจ้งผู้ร้องแล้ว", "ปิด", "จบ", "ไม่มีมูล"}, *const withdrawn[] = {"ถอนคำร้อง", "ยกเลิก"};
    test_office *o = *state;
    char csv[2048] = HEADING;
    pages p;
    size_t n = strlen(csv);
    test_at(o, "2026-11-30T09:00");
    for (int i = 0; i < 6; i++) n += (size_t)snprintf(csv + n, sizeof csv - n, "%d,5/11/67,,FB,ก,เรื่อง,2,รพร.เชียงของ,6/11/67,7/11/67,8/11/67,%s,\n", i + 1, closed[i]);
    for (int i = 0; i < 2; i++) n += (size_t)snprintf(csv + n, sizeof csv - n, "%d,5/11/67,,FB,ก,เรื่อง,2,,,,,%s,\n", i + 7, withdrawn[i]);
    import_all(o, csv, &p);
    assert_int_equal(complaint_page_count(p.findings), 0);
    for (int i = 0; i < 8; i++) row_is(&p, i, "state", i < 6 ? "closed" : "withdrawn");
    free_pages(&p);
}

/* ---- who may know the complainant -------------------------------------------------------------------------------------------------------- */

#define PRIVATE_HEADING "ที่,วันที่รับเรื่อง,ชื่อผู้ร้อง,โทรกลับ,บ้านเลขที่,เรื่อง,ประเภท,หน่วยงานที่ส่งต่อ,วันที่ส่งต่อ,สถานะ\n"

/* How often a word is in what somebody may read of a case or message, by all pages there are. */
static int found_by(test_office *o, const complaint_actor *who, int64_t case_id, int64_t message, const char *word) {
    static const test_part parts[] = {complaint_desk_case, complaint_desk_clocks, complaint_desk_referrals, complaint_desk_notices, complaint_desk_parties, complaint_desk_case_messages};
    complaint_page *pages_of[10] = {NULL};
    int count = 0, found = 0;
    for (size_t i = 0; case_id && i < sizeof parts / sizeof parts[0]; i++) OK(parts[i](o->desk, who, case_id, &pages_of[count++]));
    if (case_id) OK(complaint_desk_events(o->desk, who, case_id, NULL, 0, &pages_of[count++]));
    OK(complaint_desk_events(o->desk, who, message, NULL, 0, &pages_of[count++]));
    OK(complaint_desk_message(o->desk, who, message, &pages_of[count++]));
    for (int i = 0; i < count; i++) {
        complaint_text *json = NULL;
        OK(complaint_page_json(pages_of[i], &json));
        found += strstr(complaint_text_data(json), word) != NULL;
        complaint_text_free(json);
        complaint_page_free(pages_of[i]);
    }
    return found;
}

static void knows(test_office *o, const complaint_actor *who, int64_t case_id, int64_t message, bool expected) {
    static const char *const secrets[] = {"สมศรี", "0812345678", "99/1"};
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        bool got = found_by(o, who, case_id, message, secrets[i]) > 0;
        if (got != expected) fail_msg("%s %s %s", who == o->quality ? "the unit" : who == o->dpo ? "the dpo" : who == o->auditor ? "the auditor" : who == o->executive ? "the executive" : "the desk", got ? "reads" : "does not read", secrets[i]);
    }
}

/* [CR-4.2.5] A unit never learns who complained, the executive and the data protection officer not without need: neither do they by the row of an old register, whose name, telephone and address
 * stand in columns of all kinds. What it is about they read as ever. */
static void who_may_not_know_a_complainant_does_not_by_his_row(void **state) {
    test_office *o = *state;
    pages p;
    complaint_page *list = NULL;
    text named = changed_mapping("\"complainants\": [", "\"complainants\": [{\"identity\": \"named\", \"words\": [\"*เปิดเผยได้*\"]},");
    test_at(o, "2026-11-30T09:00");
    import_with(o,
                PRIVATE_HEADING "1,5/11/68,นางสมศรี ใจดี,0812345678,99/1,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,6/11/68,ส่งต่อ\n"
                                "2,5/11/68,นางสมศรี ไม่ประสงค์ออกนาม,0812345678,99/1,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,6/11/68,ส่งต่อ\n"
                                "3,5/11/68,บัตรสนเท่ห์ (คล้ายนางสมศรี),0812345678,99/1,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,6/11/68,ส่งต่อ\n"
                                "4,5/11/68,นางสมศรี (เปิดเผยได้),0812345678,99/1,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,6/11/68,ส่งต่อ\n",
                &named, &p);
    tally_is(&p, "added", 4);
    free_pages(&p);
    free(named.p);
    OK(complaint_desk_inbox(o->desk, o->officer, "opened", NULL, 0, &list));
    assert_int_equal(complaint_page_count(list), 4);
    for (int64_t i = 0; i < 4; i++) {
        int64_t message = complaint_page_integer_of(list, i, "message"), case_id = complaint_page_integer_of(list, i, "case_id");
        complaint_page *party = NULL;
        OK(complaint_desk_parties(o->desk, o->officer, case_id, &party));
        knows(o, o->officer, case_id, message, true);
        knows(o, o->head, case_id, message, true);
        knows(o, o->executive, case_id, message, strcmp(complaint_page_text_of(party, 0, "identity"), "named") == 0);
        knows(o, o->quality, case_id, message, false);
        knows(o, o->dpo, case_id, message, false);
        knows(o, o->auditor, case_id, message, false);
        assert_true(found_by(o, o->quality, case_id, message, "รอคิวนาน") > 0);
        complaint_page_free(party);
    }
    complaint_page_free(list);
}

#define CONTACT_HEADING "ที่,วันที่รับเรื่อง,ช่องทาง,ผู้ร้อง,เบอร์โทร,ที่อยู่,อีเมล,เรื่อง,ประเภท,หน่วยงานที่ส่งต่อ,วันที่ส่งต่อ,สถานะ\n"

/* [CR-4.2.5] Where somebody is reached is his: it is entered as that, one way for each, and read by who may know him. */
static void where_a_complainant_is_reached_is_his_contact(void **state) {
    static const struct {
        const char *channel, *address;
    } expected[] = {{"phone", "0812345678"}, {"letter", "99/1 ถนนสมศรี"}, {"phone", "0812345678"}, {"email", "somsri@example.org"}, {"phone", "0812345678"}, {"facebook", ""}};
    static const char table[] = CONTACT_HEADING "1,5/11/68,โทร,นางสมศรี ใจดี,0812345678,,,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,6/11/68,ส่งต่อ\n"
                                                "2,6/11/68,หนังสือ,นางสมศรี ใจดี,0812345678,99/1 ถนนสมศรี,,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,7/11/68,ส่งต่อ\n"
                                                "3,7/11/68,FB,นางสมศรี ไม่ประสงค์ออกนาม,0812345678,99/1 ถนนสมศรี,somsri@example.org,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,8/11/68,ส่งต่อ\n"
                                                "4,8/11/68,มาด้วยตนเอง,นางสมศรี ใจดี,-,,somsri@example.org,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,9/11/68,ส่งต่อ\n"
                                                "5,9/11/68,FB,ไม่ระบุ,0812345678,,,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,10/11/68,ส่งต่อ\n"
                                                "6,10/11/68,FB,นางสมศรี ใจดี,-,,,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,11/11/68,ส่งต่อ\n";
    test_office *o = *state;
    complaint_page *list = NULL;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, table, &p);
    tally_is(&p, "added", 6);
    reasons_are(&p, 0, "contact_in_row contact_in_row contact_in_row");
    assert_string_equal(complaint_page_text_of(p.findings, 0, "cell"), "เบอร์โทร");
    assert_non_null(strstr(complaint_page_text_of(p.findings, 0, "thai"), ": 1 แถว"));
    free_pages(&p);
    OK(complaint_desk_inbox(o->desk, o->officer, "opened", NULL, 0, &list));
    for (int64_t i = 0; i < 6; i++) {
        int64_t message = complaint_page_integer_of(list, i, "message"), case_id = complaint_page_integer_of(list, i, "case_id");
        complaint_page *party = NULL;
        OK(complaint_desk_parties(o->desk, o->officer, case_id, &party));
        assert_string_equal(complaint_page_text_of(party, 0, "channel"), expected[i].channel);
        assert_string_equal(complaint_page_text_of(party, 0, "address"), expected[i].address);
        complaint_page_free(party);
        for (size_t k = 0; k < 3; k++) {
            static const char *const secrets[] = {"สมศรี", "0812345678", "somsri"};
            const complaint_actor *blind[] = {o->quality, o->dpo, o->auditor};
            for (size_t w = 0; w < 3; w++)
                if (found_by(o, blind[w], case_id, message, secrets[k])) fail_msg("row %d: %s is read by %zu", (int)i + 1, secrets[k], w);
        }
    }
    complaint_page_free(list);
    import_all(o, table, &p);
    tally_is(&p, "known", 6);
    tally_is(&p, "changed", 0);
    free_pages(&p);
    test_deliver(o, 0, 0, 0, 0);
}

/* What is set aside is read by whoever reads the messages. */
static void a_row_that_is_set_aside_does_not_say_whose_it_is(void **state) {
    test_office *o = *state;
    complaint_page *list = NULL;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, PRIVATE_HEADING "1,5/11/68,นางสมศรี ใจดี,0812345678,99/1,ขอบคุณค่ะ,9,,,\n", &p);
    tally_is(&p, "set_aside", 1);
    free_pages(&p);
    OK(complaint_desk_inbox(o->desk, o->officer, "set_aside", NULL, 0, &list));
    int64_t message = complaint_page_integer_of(list, 0, "message");
    complaint_page_free(list);
    knows(o, o->officer, 0, message, true);
    knows(o, o->dpo, 0, message, false);
    knows(o, o->executive, 0, message, false);
}

/* A policy may have no field that is kept from them: then what may name him is not kept at all, and that is said. Importing again compares what was. */
static void without_a_place_for_it_what_may_name_him_is_not_kept(void **state) {
    static const test_change changes[] = {{"\"identity\": true, \"label\": {\"th\": \"แถวในทะเบียนเดิม\"", "\"label\": {\"th\": \"แถวในทะเบียนเดิม\""}};
    test_office *o = *state;
    complaint_page *list = NULL;
    pages p;
    test_at(o, "2026-11-30T09:00");
    test_office_policy(o, changes, 1);
    import_all(o, PRIVATE_HEADING "1,5/11/68,นางสมศรี ใจดี,0812345678,99/1,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,6/11/68,ส่งต่อ\n2,5/11/68,นางสมศรี ใจดี,0812345678,99/1,ขอบคุณค่ะ,9,,,\n", &p);
    reasons_are(&p, 0, "unknown_column unknown_column row_in_part");
    free_pages(&p);
    look_at_the_case(o, "other");
    knows(o, o->quality, o->case_id, o->message, false);
    assert_true(found_by(o, o->quality, o->case_id, o->message, "วันที่ส่งต่อ: 6/11/68") > 0);
    OK(complaint_desk_inbox(o->desk, o->officer, "set_aside", NULL, 0, &list));
    knows(o, o->dpo, 0, complaint_page_integer_of(list, 0, "message"), false);
    complaint_page_free(list);
    import_all(o, PRIVATE_HEADING "1,5/11/68,นางสมศรี ใจดี,0812345678,99/1,รอคิวนาน,2,กลุ่มงานพัฒนาคุณภาพ,6/11/68,ปิดเรื่อง\n2,5/11/68,นางสมศรี ใจดี,0812345678,99/1,ขอบคุณค่ะ,9,,,\n", &p);
    reasons_are(&p, 1, "changed");
    reasons_are(&p, 2, "");
    free_pages(&p);
}

static void same_pages(const complaint_page *a, const complaint_page *b) {
    complaint_text *one = NULL, *other = NULL;
    OK(complaint_page_json(a, &one));
    OK(complaint_page_json(b, &other));
    assert_string_equal(complaint_text_data(one), complaint_text_data(other));
    complaint_text_free(one);
    complaint_text_free(other);
}

/* ---- again ------------------------------------------------------------------------------------------------------------------------------ */

static void a_row_that_was_put_right_is_the_only_new_one(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "1,5/11/67,,FB,ก,เรื่องหนึ่ง,2,,,,,,\n2,31/11/67,,FB,ข,เรื่องสอง,2,,,,,,\n3,6/11/67,,FB,ค,เรื่องสาม,2,,,,,,\n", &p);
    tally_is(&p, "added", 2);
    tally_is(&p, "refused", 1);
    free_pages(&p);
    import_all(o, HEADING "3,6/11/67,,FB,ค,เรื่องสาม,2,,,,,ปิดเรื่อง,\n2,30/11/67,,FB,ข,เรื่องสอง,2,,,,,,\n1,5/11/67,,FB,ก,เรื่องหนึ่ง,2,,,,,,\n", &p);
    tally_is(&p, "added", 1);
    tally_is(&p, "known", 2);
    row_is(&p, 1, "outcome", "added");
    free_pages(&p);
}

static complaint_text *import_refused(test_office *o, const char *csv, size_t size, pages *p) {
    complaint_text *refused = NULL;
    *p = (pages){NULL, NULL, NULL};
    OK(complaint_import_register(o->desk, o->officer, csv, size, NULL, NULL, 0, 0, &p->rows, &p->findings, &p->tally, &refused));
    return refused;
}

static void put_right(char *whole, const char *wrong, const char *right) {
    char *at = strstr(whole, wrong);
    assert_true(at && strlen(wrong) == strlen(right));
    memcpy(at, right, strlen(right));
}

/* What was refused is a file of its own, with the reasons: put right there and imported from there it is the same rows as in the register. */
static void what_was_refused_is_put_right_and_imported_by_itself(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    complaint_text *refused = import_refused(o, CONTACT_HEADING, strlen(CONTACT_HEADING), &p), *again;
    assert_int_equal(complaint_text_size(refused), 0);
    complaint_text_free(refused);
    free_pages(&p);
    static const char csv[] = "ทะเบียน;;;\nที่;วันที่รับเรื่อง;เรื่อง;หมายเหตุ\n1;5/11/67;หนึ่ง;\n23;31/11/67;\"สอง; \"\"เสีย\"\"\";x\n24;\"\"\"\";สาม\n25;5/11/25;สี่;;เกิน\n";
    refused = import_refused(o, csv, strlen(csv), &p);
    tally_is(&p, "refused", 3);
    tally_is(&p, "added", 1);
    free_pages(&p);
    assert_string_equal(complaint_text_data(refused), "\xEF\xBB\xBFที่,วันที่รับเรื่อง,เรื่อง,หมายเหตุ,เหตุที่ไม่รับ,รหัสแถวที่ไม่รับ\r\n"
                                                      "23,31/11/67,\"สอง; \"\"เสีย\"\"\",x,วันที่รับเรื่อง: ไม่มีวันนี้ในปฏิทิน,ad9d2e424f2e4b87b\r\n"
                                                      "24,\"\"\"\",สาม,,วันที่รับเรื่อง: เครื่องหมายซ้ำแถวบน แต่แถวบนไม่มีวันที่ที่อ่านได้,af7b29f5be5561965\r\n"
                                                      "25,5/11/25,สี่,,วันที่รับเรื่อง: ปีสองหลักนี้เป็น พ.ศ. หรือ ค.ศ. ก็ได้ โปรดระบุปีเต็ม,acc57f9124b9c9cbc,เกิน\r\n");
    text changed = {malloc(complaint_text_size(refused) + 1), complaint_text_size(refused)};
    assert_non_null(changed.p);
    memcpy(changed.p, complaint_text_data(refused), changed.n + 1);
    put_right(changed.p, "31/11/67", "30/11/67");
    again = import_refused(o, changed.p, changed.n, &p);
    tally_is(&p, "added", 2);
    tally_is(&p, "refused", 1);
    reasons_are(&p, 0, "no_class_column");
    reasons_are(&p, 2, "ditto");
    assert_non_null(strstr(complaint_text_data(again), "\r\n25,5/11/25"));
    assert_null(strstr(complaint_text_data(again), "\r\n23,"));
    complaint_text_free(again);
    free_pages(&p);
    put_right(changed.p, "5/11/25", "5/11/68");
    complaint_text_free(import_refused(o, changed.p, changed.n, &p));
    tally_is(&p, "known", 2);
    tally_is(&p, "added", 1);
    tally_is(&p, "changed", 0);
    free_pages(&p);
    number_finds(o, o->officer, "25", "สี่");
    import_all(o, "ที่;วันที่รับเรื่อง;เรื่อง;หมายเหตุ\n1;5/11/67;หนึ่ง;\n23;30/11/67;\"สอง; \"\"เสีย\"\"\";x\n24;30/11/67;สาม\n25;5/11/68;สี่;;เกิน\n", &p);
    tally_is(&p, "known", 4);
    free_pages(&p);
    free(changed.p);
    complaint_text_free(refused);
}

#define NAMELESS "วันที่รับ,ช่องทาง,ผู้ร้อง,เรื่อง,ประเภท,สถานะ,หมายเหตุ\n"
#define FIRST "5 ม.ค. 2569,โทร,ไม่ประสงค์ออกนาม,รอนาน,บริการ,ปิดเรื่อง,OPD\n"
#define SECOND(day) day " ม.ค. 2569,โทร,ไม่ประสงค์ออกนาม,รอนาน,บริการ,ปิดเรื่อง,ER คนละราย\n"

/* Imports the register and answers what was refused of it, with `wrong` put right. */
static text refused_put_right(test_office *o, const char *csv, const char *wrong, const char *right) {
    pages p;
    complaint_text *refused = import_refused(o, csv, strlen(csv), &p);
    tally_is(&p, "refused", 1);
    free_pages(&p);
    const char *all = complaint_text_data(refused), *at = strstr(all, wrong);
    if (!at) fail_msg("%s is not in %s", wrong, all);
    text t = {malloc(strlen(all) + strlen(right) + 1), 0};
    assert_non_null(t.p);
    t.n = (size_t)sprintf(t.p, "%.*s%s%s", (int)(at - all), all, right, at + strlen(wrong));
    complaint_text_free(refused);
    return t;
}

static void import_counts(test_office *o, const char *csv, int64_t added, int64_t known, const char *of_first) {
    pages p;
    import_all(o, csv, &p);
    tally_is(&p, "added", added);
    tally_is(&p, "known", known);
    reasons_are(&p, 1, of_first);
    free_pages(&p);
}

/* Put right it reads like a row that is in the system: it is another one all the same, there and in the register. */
static void a_row_put_right_that_reads_like_another_is_not_lost(void **state) {
    test_office *o = *state;
    test_at(o, "2026-11-30T09:00");
    text right = refused_put_right(o, NAMELESS FIRST SECOND("35"), "35", "5");
    import_counts(o, right.p, 1, 0, "resembles");
    import_counts(o, right.p, 0, 1, "");
    import_counts(o, NAMELESS FIRST SECOND("5"), 0, 2, "");
    import_counts(o, NAMELESS FIRST SECOND("35") SECOND("5"), 1, 1, "");
    import_counts(o, NAMELESS FIRST SECOND("35") SECOND("5"), 0, 2, "");
    free(right.p);
}

/* In the register first: whether this is the same row nobody can know where several read alike, so it is imported, and said. */
static void what_was_put_right_in_the_register_before_is_known_where_it_is_alone(void **state) {
    test_office *o = *state;
    test_at(o, "2026-11-30T09:00");
    text right = refused_put_right(o, NAMELESS FIRST SECOND("35"), "35", "5");
    import_counts(o, NAMELESS FIRST SECOND("5"), 1, 1, "");
    import_counts(o, right.p, 1, 0, "resembles");
    free(right.p);
    right = refused_put_right(o, HEADING "1,35/1/69,,FB,ก,ถนนมืด,2,,,,,,\n2,5/1/69,,FB,ก,ถนนมืด,2,,,,,,\n", "35", "5");
    import_counts(o, HEADING "1,5/1/69,,FB,ก,ถนนมืด,2,,,,,,\n2,5/1/69,,FB,ก,ถนนมืด,2,,,,,,\n", 1, 1, "");
    import_counts(o, right.p, 0, 1, "");
    free(right.p);
}

/* What people do to such a file: copy a row with its mark, empty the column, put right the number too. */
static void a_mark_that_does_not_fit_loses_no_row(void **state) {
    test_office *o = *state;
    test_at(o, "2026-11-30T09:00");
    text right = refused_put_right(o, NAMELESS FIRST SECOND("35"), "35", "5"), twice = {malloc(2 * right.n), 0};
    assert_non_null(twice.p);
    char *row = strstr(right.p, "\r\n") + 2, *mark = strrchr(right.p, ',') + 1;
    (void)sprintf(twice.p, "%s%s", right.p, row);
    import_counts(o, twice.p, 2, 0, "resembles");
    import_counts(o, twice.p, 0, 2, "");
    free(twice.p);
    (void)strcpy(mark, "\r\n");
    import_counts(o, right.p, 1, 0, "resembles");
    import_counts(o, right.p, 0, 1, "");
    free(right.p);
    right = refused_put_right(o, HEADING "7,5/1/69,,FB,ก,เสียงดัง,2,,,,,,\n70,35/1/69,,FB,ก,เสียงดัง,2,,,,,,x\n", "70,35", "7,5");
    import_counts(o, right.p, 1, 0, "resembles");
    free(right.p);
}

/* A file of words that does not name these two columns reads what it wrote. */
static void the_columns_of_what_was_refused_need_no_words_of_the_office(void **state) {
    static const char csv[] = HEADING "1,35/1/69,,FB,ก,ถนนมืด,2,,,,,,\n";
    test_office *o = *state;
    pages p = {NULL, NULL, NULL};
    complaint_text *refused = NULL, *still = NULL;
    text mapping = changed_mapping(",\n    \"refused\": [\"เหตุที่ไม่รับ\"],\n    \"mark\": [\"รหัสแถวที่ไม่รับ\"]", "");
    test_at(o, "2026-11-30T09:00");
    OK(complaint_import_register(o->desk, o->officer, csv, sizeof csv - 1, NULL, mapping.p, mapping.n, 0, NULL, NULL, NULL, &refused));
    OK(complaint_import_register(o->desk, o->officer, complaint_text_data(refused), complaint_text_size(refused), NULL, mapping.p, mapping.n, 0, &p.rows, &p.findings, &p.tally, &still));
    reasons_are(&p, 0, "");
    assert_string_equal(complaint_text_data(still), complaint_text_data(refused));
    free_pages(&p);
    complaint_text_free(refused);
    complaint_text_free(still);
    free(mapping.p);
    mapping = changed_mapping("\"refused\": [\"เหตุที่ไม่รับ\"],\n    \"mark\": [\"รหัสแถวที่ไม่รับ\"]", "\"mark\": [\"เหตุที่ ไม่รับ\"]");
    assert_int_equal(complaint_import_register(o->desk, o->officer, csv, sizeof csv - 1, NULL, mapping.p, mapping.n, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_INVALID);
    test_names(o, "เหตุที่ ไม่รับ");
    free(mapping.p);
}

/* The row above is not in that file, so a mark that repeats its day would repeat another one. */
static void a_ditto_mark_is_the_day_among_what_was_refused(void **state) {
    static const char csv[] = "ที่,วันที่รับเรื่อง,ช่องทาง,เรื่อง,ประเภท\n1,5/11/67,โทร,หนึ่ง,2\n2,\"\"\"\",FB,สอง,2\n";
    test_office *o = *state;
    pages p = {NULL, NULL, NULL};
    complaint_text *refused = NULL;
    text mapping = changed_mapping("\"channel\": [\"facebook\"]", "\"channel\": [\"facebok\"]");
    test_at(o, "2026-11-30T09:00");
    OK(complaint_import_register(o->desk, o->officer, csv, sizeof csv - 1, NULL, mapping.p, mapping.n, 0, &p.rows, &p.findings, &p.tally, &refused));
    tally_is(&p, "refused", 1);
    assert_non_null(strstr(complaint_text_data(refused), "\r\n2,5 พ.ย. 2567,FB,สอง,2,ช่องทาง: ระบบไม่รับเรื่องในแถวนี้,a80b77220dcdd93a1\r\n"));
    complaint_text_free(refused);
    free_pages(&p);
    free(mapping.p);
}

/* On the case something else may have happened since: what the file says otherwise is said, and nothing is done. */
static void a_row_that_says_something_else_now_is_said(void **state) {
    test_office *o = *state;
    complaint_page *row = NULL;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "1,5/11/67,,FB,ก,เรื่องหนึ่ง,2,,,,,,\n2,5/11/67,,FB,ก,ขอบคุณ,9,,,,,,\n3,5/11/67,,FB,ก,เรื่องสาม,2,,,,,,-\n", &p);
    free_pages(&p);
    import_all(o, HEADING "1,5/11/67,,FB,ก,เรื่องหนึ่ง,2,รพ.ก,,,,ปิดเรื่อง,\n2,5/11/67,,FB,ก,ขอบคุณ,9,,,,,,คำชม\n3,5/11/67,,FB,ก,เรื่องสาม,2,,,,,,-\n", &p);
    reasons_are(&p, 1, "changed changed");
    reasons_are(&p, 2, "changed");
    reasons_are(&p, 3, "");
    assert_string_equal(complaint_page_text_of(p.findings, 0, "field"), "unit");
    assert_string_equal(complaint_page_text_of(p.findings, 1, "field"), "status");
    assert_string_equal(complaint_page_text_of(p.findings, 1, "cell"), "ปิดเรื่อง");
    tally_is(&p, "known", 3);
    tally_is(&p, "changed", 2);
    free_pages(&p);
    OK(complaint_desk_find_legacy(o->desk, o->officer, "1", NULL, 0, &row));
    assert_string_equal(complaint_page_text_of(row, 0, "state"), "registered");
    complaint_page_free(row);
}

/* What a row is known by survives what people put right in it: the channel, the complainant, blanks and breaks. */
static void a_row_is_known_whatever_was_put_right_beside_what_it_is_known_by(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "1,5/11/67,,LINE OA,นางสมสี ใจดี,รอคิวนาน,2,,,,,,\n2,5/11/67,,FB,ไม่ระบุ,\"กลิ่น\nเหม็น\",2,,,,,,\n,5/11/67,,FB,ไม่ระบุ,ขอบคุณ,9,,,,,,\n", &p);
    free_pages(&p);
    import_all(o, HEADING "1,5/11/67,,โทรศัพท์,นางสมศรี ใจดี,รอคิวนาน,2,,,,,,\n๒,5/11/67,,FB,ไม่ประสงค์ออกนาม,กลิ่น เหม็น,2,,,,,,\n,5/11/67,,โทร,ไม่ประสงค์ออกนาม,ขอบคุณ,9,,,,,,\n", &p);
    tally_is(&p, "known", 3);
    tally_is(&p, "added", 0);
    assert_string_equal(complaint_page_text_of(p.findings, 0, "field"), "channel");
    reasons_are(&p, 1, "changed changed");
    free_pages(&p);
}

/* What is said of an import is not true of a row that is not imported; it would bury what is new. */
static void a_row_that_is_known_is_silent_but_for_what_changed(void **state) {
    static const char csv[] = HEADING "1,5/11/67,,นกพิราบ,ก,หนึ่ง,ประเภทใหม่,กองทัพอวกาศ,6/11/67,,,ค้าง,\n1,5/11/67,,นกพิราบ,ก,หนึ่ง,ประเภทใหม่,กองทัพอวกาศ,6/11/67,,,ค้าง,\n2,31/11/67,,FB,ก,สอง,2,,,,,,\n";
    static const char again[] = HEADING "1,5/11/67,,นกพิราบ,ก,หนึ่ง,ประเภทใหม่,กองทัพอวกาศ,6/11/67,,,ค้าง,โทรแล้ว\n1,5/11/67,,นกพิราบ,ก,หนึ่ง,ประเภทใหม่,กองทัพอวกาศ,6/11/67,,,ค้าง,\n2,31/11/67,,FB,ก,สอง,2,,,,,,\n";
    test_office *o = *state;
    pages dry, p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, csv, &p);
    tally_is(&p, "warnings", 11);
    free_pages(&p);
    OK(import_text(o, again, strlen(again), COMPLAINT_REGISTER_DRY_RUN, &dry));
    import_all(o, again, &p);
    same_pages(dry.findings, p.findings);
    reasons_are(&p, 1, "changed");
    reasons_are(&p, 2, "");
    reasons_are(&p, 3, "invalid_date");
    tally_is(&p, "warnings", 1);
    free_pages(&dry);
    free_pages(&p);
}

/* Where that was put right itself the row is a new one: the case that it may be is named. */
static void a_row_that_resembles_a_case_names_it(void **state) {
    test_office *o = *state;
    pages dry, p;
    char id[32];
    static const char again[] = HEADING "12/68,6/11/67,,FB,ก,รอคิวนาน,2,,,,,,\n12/68,5/11/67,,FB,ก,รอคิวนานมาก,2,,,,,,\n13/68,5/11/67,,FB,ก,อื่น,2,,,,,,\n12/69,5/12/68,,FB,ก,รอคิวนาน,2,,,,,,\n";
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "12/68,5/11/67,,FB,ก,รอคิวนาน,2,,,,,,\n", &p);
    reasons_are(&p, 1, "");
    free_pages(&p);
    look_at_the_case(o, "facebook");
    (void)snprintf(id, sizeof id, ": %" PRId64, o->case_id);
    OK(import_text(o, again, strlen(again), COMPLAINT_REGISTER_DRY_RUN, &dry));
    import_all(o, again, &p);
    reasons_are(&p, 1, "resembles");
    reasons_are(&p, 2, "resembles");
    reasons_are(&p, 3, "");
    reasons_are(&p, 4, "");
    assert_non_null(strstr(complaint_page_text_of(p.findings, 0, "thai"), id));
    assert_non_null(strstr(complaint_page_text_of(p.findings, 1, "english"), id));
    same_pages(dry.findings, p.findings);
    tally_is(&p, "added", 4);
    free_pages(&dry);
    free_pages(&p);
}

/* Registers begin again each year, and complaints are about the same. */
static void a_number_of_another_year_is_another_number(void **state) {
    test_office *o = *state;
    test_at(o, "2026-11-30T09:00");
    import_counts(o, HEADING "5/2568,10/1/68,,FB,ก,รอคิวนาน,2,,,,,,\n", 1, 0, "");
    import_counts(o, HEADING "5/2569,5/1/69,,FB,ข,รอคิวนาน,2,,,,,,\n", 1, 0, "");
    import_counts(o, HEADING "5/69,6/1/69,,FB,ข,รอคิวนาน,2,,,,,,\n5,7/1/69,,FB,ค,รอคิวนาน,2,,,,,,\n", 2, 0, "resembles");
}

/* Where there is no number the day, the complainant and the subject are all there is: two of three name the case, and a row that still stands as it was has its own. */
static void a_row_without_a_number_that_was_put_right_names_its_case(void **state) {
    static const char first[] = HEADING ",5/11/67,,FB,นางสมสี ใจดี,รอคิวนาน,2,,,,,,\n,6/11/67,,FB,นายดำ,น้ำเสีย,2,,,,,,\n,7/11/67,,FB,นายแดง,ถนนมืด,2,,,,,,\n,8/11/67,,FB,ไม่ระบุ,กลิ่นเหม็น,2,,,,,,\n"
                                ",9/11/67,,FB,นายเขียว,ยุงชุม,2,,,,,,\n";
    static const char again[] = HEADING ",5/11/67,,FB,นางสมศรี ใจดี,รอคิวนาน,2,,,,,,\n,6/11/67,,FB,นายดำ,น้ำเสียจากโรงงาน,2,,,,,,\n,7/9/67,,FB,นายแดง,ถนนมืด,2,,,,,,\n,8/9/67,,FB,ไม่ระบุ,กลิ่นเหม็น,2,,,,,,\n"
                                ",9/11/67,,FB,นายเขียว,ยุงชุม,2,,,,,,\n,9/11/67,,FB,นายเขียว,อีกเรื่อง,2,,,,,,\n,5/11/67,,FB,ไม่ระบุ,น้ำไม่ไหล,2,,,,,,\n17/68,6/11/67,,FB,นายดำ,น้ำเสีย,2,,,,,,\n";
    test_office *o = *state;
    pages dry, p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, first, &p);
    assert_int_equal(complaint_page_count(p.findings), 0);
    free_pages(&p);
    OK(import_text(o, again, strlen(again), COMPLAINT_REGISTER_DRY_RUN, &dry));
    import_all(o, again, &p);
    same_pages(dry.findings, p.findings);
    for (int row = 1; row <= 3; row++) reasons_are(&p, row, "resembles");
    for (int row = 4; row <= 7; row++) reasons_are(&p, row, "");
    reasons_are(&p, 8, "resembles");
    assert_non_null(strstr(complaint_page_text_of(p.findings, 0, "thai"), "วันที่รับและเรื่องตรงกัน"));
    assert_non_null(strstr(complaint_page_text_of(p.findings, 1, "thai"), "วันที่รับและผู้ร้องเรียนตรงกัน"));
    assert_non_null(strstr(complaint_page_text_of(p.findings, 2, "english"), "the complainant and the subject are the same; case: "));
    tally_is(&p, "added", 7);
    tally_is(&p, "known", 1);
    free_pages(&dry);
    free_pages(&p);
    import_all(o, again, &p);
    tally_is(&p, "known", 8);
    free_pages(&p);
}

/* A number that was put right, emptied or made another makes a second case of the matter; whose own row still stands is not among them, and of two who are named with two numbers each has his own. */
static void a_number_that_was_put_right_names_its_case(void **state) {
    static const char first[] = HEADING "12,28/4/68,,FB,นายดำ,รอคิวนาน,2,,,,,,\n12,29/4/68,,FB,นางแดง,น้ำเสีย,2,,,,,,\n22,30/4/68,,FB,ไม่ระบุ,กลิ่นเหม็น,2,,,,,,\n23,1/5/68,,FB,นายเขียว,ยุงชุม,2,,,,,,\n24,2/5/68,,FB,นายขาว,ถนนมืด,2,,,,,,\n"
                                "9,3/5/68,,FB,นายฟ้า,หมาดุ,2,,,,,,\n30,5/5/68,,FB,นายส้ม,รอคิวนาน,2,,,,,,\n";
    static const char again[] = HEADING "12,28/4/68,,FB,นายดำ,รอคิวนาน,2,,,,,,\n13,29/4/68,,FB,นางแดง,น้ำเสีย,2,,,,,,\n2222,30/4/68,,FB,ไม่ระบุ,กลิ่นเหม็น,2,,,,,,\n23ก,1/5/68,,FB,นายเขียว,ยุงชุม,2,,,,,,\n,2/5/68,,FB,นายขาว,ถนนมืด,2,,,,,,\n"
                                "-,3/5/68,,FB,นายฟ้า,หมาดุ,2,,,,,,\n14,28/4/68,,FB,นายดำ,รอคิวนาน,2,,,,,,\n31,5/5/68,,FB,นายม่วง,รอคิวนาน,2,,,,,,\n32,5/5/68,,FB,นายส้ม,ไฟดับ,2,,,,,,\n";
    test_office *o = *state;
    pages dry, p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, first, &p);
    free_pages(&p);
    OK(import_text(o, again, strlen(again), COMPLAINT_REGISTER_DRY_RUN, &dry));
    import_all(o, again, &p);
    same_pages(dry.findings, p.findings);
    reasons_are(&p, 1, "");
    for (int row = 2; row <= 6; row++) reasons_are(&p, row, "resembles");
    for (int row = 7; row <= 9; row++) reasons_are(&p, row, "");
    assert_non_null(strstr(complaint_page_text_of(p.findings, 0, "thai"), "วันที่รับและผู้ร้องเรียนตรงกัน"));
    assert_non_null(strstr(complaint_page_text_of(p.findings, 1, "thai"), "วันที่รับและเรื่องตรงกัน"));
    tally_is(&p, "known", 1);
    free_pages(&dry);
    free_pages(&p);
}

/* What is no complaint would else lie twice among what was set aside. */
static void a_row_that_was_set_aside_and_put_right_names_its_message(void **state) {
    test_office *o = *state;
    complaint_page *list = NULL;
    pages p;
    char id[32];
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "7/68,5/11/67,,FB,คุณแดง,ขอบคุณทีมผ่าตัด,9,,,,,,\n,6/11/67,,FB,คุณแดง,ชมเชย,9,,,,,,\n", &p);
    free_pages(&p);
    OK(complaint_desk_inbox(o->desk, o->officer, "set_aside", NULL, 0, &list));
    (void)snprintf(id, sizeof id, ": %" PRId64, complaint_page_integer_of(list, 0, "message"));
    import_all(o, HEADING "7/68,5/11/67,,FB,คุณแดง,ขอบคุณทีมผ่าตัดหัวใจ,9,,,,,,\n,6/11/67,,FB,คุณแดง,ชมเชย,9,,,,,,\n,6/11/67,,FB,คุณดำ,ขอบคุณ,9,,,,,,\n", &p);
    reasons_are(&p, 1, "resembles");
    reasons_are(&p, 2, "");
    reasons_are(&p, 3, "");
    assert_non_null(strstr(complaint_page_text_of(p.findings, 0, "thai"), id));
    row_is(&p, 0, "outcome", "set_aside");
    complaint_page_free(list);
    free_pages(&p);
}

static void a_row_that_was_typed_twice_is_said_with_its_line(void **state) {
    test_office *o = *state;
    pages p;
    test_at(o, "2026-11-30T09:00");
    import_all(o, HEADING "1,5/11/67,,FB,ก,เรื่องหนึ่ง,2,,,,,,\n2,5/11/67,,FB,ก,เรื่องสอง,2,,,,,,\n1,5/11/67,,FB,ก,เรื่องหนึ่ง,2,,,,,,\n1,5/11/67,,FB,ก,เรื่องหนึ่ง,2,,,,,ปิดเรื่อง,\n", &p);
    reasons_are(&p, 3, "repeated_row");
    reasons_are(&p, 4, "repeated_row");
    assert_non_null(strstr(complaint_page_text_of(p.findings, 0, "thai"), "ทุกช่องเหมือนบรรทัดที่ 2"));
    assert_non_null(strstr(complaint_page_text_of(p.findings, 1, "english"), "day and subject are as in line 4"));
    tally_is(&p, "added", 4);
    free_pages(&p);
}

static void import_whole(test_office *o, int64_t closed, int64_t not_walked) {
    text utf8 = read_file(DATA "register_legacy.csv"), thai = read_file(DATA "register_legacy_cp874.csv");
    pages dry, real, again;
    int64_t got = 0, refused_steps = 0;
    test_at(o, "2026-11-30T09:00");
    OK(import_text(o, utf8.p, utf8.n, COMPLAINT_REGISTER_DRY_RUN, &dry));
    tally_is(&dry, "rows", 500);
    OK(import_text(o, utf8.p, utf8.n, 0, &real));
    same_pages(dry.rows, real.rows);
    same_pages(dry.findings, real.findings);
    same_pages(dry.tally, real.tally);
    tally_is(&real, "added", 434);
    tally_is(&real, "set_aside", 17);
    tally_is(&real, "known", 0);
    tally_is(&real, "refused", 37);
    tally_is(&real, "skipped", 12);
    for (int64_t i = 0; i < complaint_page_count(real.rows); i++) got += strcmp(complaint_page_text_of(real.rows, i, "state"), "closed") == 0;
    for (int64_t i = 0; i < complaint_page_count(real.findings); i++) {
        bool stopped = strcmp(complaint_page_text_of(real.findings, i, "reason"), "not_walked") == 0;
        refused_steps += stopped;
        if (stopped) print_message("row %" PRId64 ": %s: %s\n", complaint_page_integer_of(real.findings, i, "row"), complaint_page_text_of(real.findings, i, "cell"), complaint_page_text_of(real.findings, i, "english"));
    }
    assert_int_equal(refused_steps, not_walked);
    assert_int_equal(got, closed);
    complaint_text *refused = import_refused(o, thai.p, thai.n, &again), *still;
    tally_is(&again, "known", 451);
    tally_is(&again, "added", 0);
    test_deliver(o, 0, 0, 0, 0);
    free_pages(&dry);
    free_pages(&real);
    free_pages(&again);
    still = import_refused(o, complaint_text_data(refused), complaint_text_size(refused), &again);
    tally_is(&again, "rows", 37);
    tally_is(&again, "refused", 37);
    assert_string_equal(complaint_text_data(still), complaint_text_data(refused));
    complaint_text_free(refused);
    complaint_text_free(still);
    free_pages(&again);
    free(utf8.p);
    free(thai.p);
}

static void a_whole_register_is_imported_once(void **state) { import_whole(*state, 252, 0); }

static int stop_after(void *context, int64_t done) {
    int64_t *left = context;
    (void)done;
    return (*left)-- <= 0;
}

static int32_t COMPLAINT_CALL ask(void *context, int64_t done) { return stop_after(context, done); }

static void an_import_that_was_interrupted_is_completed_by_another(void **state) {
    test_office *o = *state;
    text utf8 = read_file(DATA "register_legacy.csv");
    pages p;
    int64_t added = 0, rounds = 0;
    test_at(o, "2026-11-30T09:00");
    for (complaint_status s = COMPLAINT_E_CANCELLED; s == COMPLAINT_E_CANCELLED; rounds++) {
        int64_t left = 7;
        OK(complaint_desk_set_progress(o->desk, ask, &left));
        s = import_text(o, utf8.p, utf8.n, 0, &p);
        assert_true(s == COMPLAINT_OK || s == COMPLAINT_E_CANCELLED);
        if (rounds < 6) continue;
        OK(complaint_desk_set_progress(o->desk, NULL, NULL));
        OK(import_text(o, utf8.p, utf8.n, 0, &p));
        break;
    }
    added = complaint_page_integer_of(p.tally, 0, "added") + complaint_page_integer_of(p.tally, 0, "known") + complaint_page_integer_of(p.tally, 0, "set_aside");
    assert_int_equal(added, 451);
    free_pages(&p);
    free(utf8.p);
}

int main(void) {
#define CHIANG_RAI(test) cmocka_unit_test_setup_teardown(test, test_office_setup, test_office_teardown)
#define PHRAE(test) cmocka_unit_test_setup_teardown(test, test_office_setup_phrae, test_office_teardown)
    const struct CMUnitTest tests[] = {
        CHIANG_RAI(what_cannot_be_imported_is_said_and_nothing_is_done),
        CHIANG_RAI(rows_that_are_refused_are_named_and_the_others_stand),
        CHIANG_RAI(a_row_before_all_calendars_is_refused_and_the_others_stand),
        CHIANG_RAI(a_closed_matter_has_its_history_and_nobody_is_told),
        CHIANG_RAI(the_present_register_goes_on_from_its_own_numbers),
        CHIANG_RAI(what_the_register_calls_no_complaint_is_set_aside_with_its_number),
        CHIANG_RAI(what_was_overdue_before_is_work_and_no_news),
        CHIANG_RAI(what_is_due_later_is_reminded_of),
        CHIANG_RAI(what_is_no_number_finds_nothing),
        CHIANG_RAI(a_matter_is_found_by_its_old_number_however_it_is_written),
        CHIANG_RAI(a_number_with_its_year_before_it_is_found_by_the_number),
        CHIANG_RAI(a_phrase_that_is_excepted_leaves_the_rest_of_its_cell),
        CHIANG_RAI(a_matter_is_flagged_by_the_words_of_its_row),
        CHIANG_RAI(what_offices_call_the_classes_is_one),
        CHIANG_RAI(an_acknowledgement_that_is_in_the_register_is_entered),
        CHIANG_RAI(a_heading_of_two_rows_is_one),
        CHIANG_RAI(what_people_put_into_tables_is_no_obstacle),
        CHIANG_RAI(what_spreadsheets_make_of_days_is_read),
        CHIANG_RAI(a_heading_that_is_there_twice_is_said_with_its_columns),
        CHIANG_RAI(a_unit_nobody_knows_is_said_with_what_became_of_it),
        CHIANG_RAI(what_went_to_a_unit_nobody_knows_is_in_the_history),
        CHIANG_RAI(the_other_units_of_a_cell_are_in_the_history),
        CHIANG_RAI(a_code_that_is_none_is_said_once_by_its_name),
        CHIANG_RAI(a_second_unit_in_a_cell_is_said),
        CHIANG_RAI(a_cell_that_is_one_word_is_one_unit),
        CHIANG_RAI(days_in_an_order_that_cannot_be_are_said),
        CHIANG_RAI(what_offices_call_the_end_is_one),
        CHIANG_RAI(who_may_not_know_a_complainant_does_not_by_his_row),
        PHRAE(who_may_not_know_a_complainant_does_not_by_his_row),
        CHIANG_RAI(where_a_complainant_is_reached_is_his_contact),
        PHRAE(where_a_complainant_is_reached_is_his_contact),
        CHIANG_RAI(a_row_that_is_set_aside_does_not_say_whose_it_is),
        CHIANG_RAI(without_a_place_for_it_what_may_name_him_is_not_kept),
        CHIANG_RAI(what_was_refused_is_put_right_and_imported_by_itself),
        CHIANG_RAI(a_row_put_right_that_reads_like_another_is_not_lost),
        CHIANG_RAI(what_was_put_right_in_the_register_before_is_known_where_it_is_alone),
        CHIANG_RAI(a_mark_that_does_not_fit_loses_no_row),
        CHIANG_RAI(the_columns_of_what_was_refused_need_no_words_of_the_office),
        CHIANG_RAI(a_ditto_mark_is_the_day_among_what_was_refused),
        CHIANG_RAI(a_row_that_says_something_else_now_is_said),
        CHIANG_RAI(a_row_is_known_whatever_was_put_right_beside_what_it_is_known_by),
        CHIANG_RAI(a_row_that_is_known_is_silent_but_for_what_changed),
        CHIANG_RAI(a_row_that_resembles_a_case_names_it),
        CHIANG_RAI(a_number_of_another_year_is_another_number),
        CHIANG_RAI(a_row_without_a_number_that_was_put_right_names_its_case),
        CHIANG_RAI(a_number_that_was_put_right_names_its_case),
        CHIANG_RAI(a_row_that_was_set_aside_and_put_right_names_its_message),
        CHIANG_RAI(a_row_that_was_typed_twice_is_said_with_its_line),
        CHIANG_RAI(a_row_that_was_put_right_is_the_only_new_one),
        CHIANG_RAI(a_whole_register_is_imported_once),
        CHIANG_RAI(an_import_that_was_interrupted_is_completed_by_another),
        PHRAE(a_whole_register_is_imported_once),
    };
    return cmocka_run_group_tests_name("the register an office kept before", tests, NULL, NULL);
}
