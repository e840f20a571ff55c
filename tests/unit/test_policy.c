/* Policies: what the author of a document is told about each mistake, what every form becomes, what the built-in procedures say to an officer. */
#include "data/data.h"
#include "policy/policy.h"
#include "support/alloc.h"

#include <complaint/verb.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define CHIANG_RAI "moph-chiangrai-2569"

static cpl_str built_in_document(void) {
    for (size_t i = 0; i < cpl_data_file_count; i++)
        if (strcmp(cpl_data_files[i].name, "policies/" CHIANG_RAI ".json") == 0) return (cpl_str){(const char *)cpl_data_files[i].bytes, cpl_data_files[i].size};
    fail_msg("the policy is not compiled in");
    return CPL_LIT("");
}

/* A policy that uses every form of the format. Mistakes are made in it, so that an office may change its own without a thought for tests. */
static char *whole_text;
static cpl_str whole_document(void) { return cpl_str_of(whole_text); }

static int read_whole(void **state) {
    (void)state;
    FILE *file = fopen(COMPLAINT_SOURCE_DIR "/tests/data/policies/whole.json", "rb");
    whole_text = calloc(1, 1 << 17);
    if (!file || !whole_text) return -1;
    size_t n = fread(whole_text, 1, (1 << 17) - 1, file);
    fclose(file);
    return n ? 0 : -1;
}

static int forget_whole(void **state) {
    (void)state;
    free(whole_text);
    return 0;
}

static complaint_policy *whole(void) {
    complaint_policy *p = NULL;
    complaint_error e;
    cpl_error_clear(&e);
    if (cpl_policy_parse(&cpl_memory_default, whole_document(), &p, &e) != COMPLAINT_OK) fail_msg("%s line %d: %s", e.path, (int)e.line, e.english);
    return p;
}

/* The policy that the manual prints. */
static complaint_policy *parse_short(void) {
    static char page[1 << 17];
    FILE *file = fopen(COMPLAINT_SOURCE_DIR "/docs/policy-format.md", "rb");
    assert_non_null(file);
    page[fread(page, 1, sizeof page - 1, file)] = '\0';
    fclose(file);
    const char *from = strstr(page, "```json\n"), *to = from ? strstr(from + 8, "```") : NULL;
    assert_non_null(to);
    complaint_policy *p = NULL;
    assert_int_equal(cpl_policy_parse(&cpl_memory_default, (cpl_str){from + 8, (size_t)(to - from - 8)}, &p, NULL), COMPLAINT_OK);
    return p;
}

static complaint_policy *built_in_named(const char *name) {
    complaint_policy *p = NULL;
    complaint_error *e = NULL;
    complaint_status s = complaint_policy_builtin(NULL, name, &p, &e);
    if (s != COMPLAINT_OK) fail_msg("%s line %d: %s", complaint_error_path(e), (int)complaint_error_line(e), complaint_error_text(e, COMPLAINT_ENGLISH));
    assert_null(e);
    return p;
}

static complaint_policy *built_in(void) { return built_in_named(CHIANG_RAI); }

/* ---- mistakes ------------------------------------------------------------------------------------------------------ */

typedef struct mistake {
    const char *find, *replace; /* the first place; every place when `all` */
    complaint_status status;
    const char *path;
    const char *word; /* of the English sentence */
    bool elsewhere;   /* the fault is reported on another line than the change */
    bool all;
} mistake;

#define WRONG(find, replace, path, word)                                                                                                                                           \
    { find, replace, COMPLAINT_E_POLICY, path, word, false, false }
#define WRONG_ABOVE(find, replace, path, word)                                                                                                                                     \
    { find, replace, COMPLAINT_E_POLICY, path, word, true, false }
#define WRONG_ALL(find, replace, path, word)                                                                                                                                       \
    { find, replace, COMPLAINT_E_POLICY, path, word, true, true }

#define ORIGINS                                                                                                                                                                                 \
    "\"origins\": [\n    {\"id\": \"damrongdhama_1567\", \"label\": {\"th\": \"ศูนย์ดำรงธรรม 1567\", \"en\": \"Damrongdhama centre 1567\"}, \"source\": \"ours\"},\n" \
    "    {\"id\": \"government_1111\", \"label\": {\"th\": \"ศูนย์รับเรื่องราวร้องทุกข์ของรัฐบาล 1111\", \"en\": \"government hotline 1111\"}, \"source\": \"ours\"}\n  ],\n"

static const mistake mistakes[] = {
    /* the document */
    WRONG("\"format\": 1", "\"format\": 2", "$.format", "format 1"),
    WRONG("\"format\": 1", "\"format\": \"1\"", "$.format", "integer"),
    WRONG_ABOVE("\"format\": 1,", "", "$", "“format” is missing"),
    WRONG("\"id\": \"whole-2569\"", "\"id\": \"MOPH 2569\"", "$.id", "MOPH 2569"),
    WRONG("\"initial\": \"received\"", "\"initial\": \"begin\"", "$.initial", "state “begin”"),
    WRONG("\"initial\": \"received\"", "\"start\": \"received\"", "$.start", "initial"),
    WRONG("\"th\": \"การรับและประสานเรื่องร้องเรียนจากสื่อสังคมออนไลน์ (ฉบับปรับปรุงครั้งที่ 1/2569)\"", "\"th\": \"\"", "$.title.th", "Thai"),
    /* the office */
    WRONG("\"id\": \"cr\"", "\"id\": \"C-R\"", "$.office.id", "C-R"),
    WRONG("\"province\": \"TH-57\"", "\"province\": \"Chiang Rai\"", "$.office.province", "TH-[0-9]{2}"),
    WRONG("\"phone\": \"0-5300-0000\", ", "\"phone\": \"\", ", "$.office.phone", "empty"),
    WRONG("\"phone\": \"0-5300-0000\", ", "\"phone\": 53000000, ", "$.office.phone", "string"),
    WRONG("\"page\": \"cr.example\"",
          "\"page\": "
          "\"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x\"",
          "$.office.page", "longer than 190 bytes"),
    WRONG("\"address\": {\"th\": \"หมู่ 1 อำเภอเมือง\"", "\"address\": {\"th\": \"\"", "$.office.address.th", "Thai"),
    WRONG("\"section\": {", "\"sektion\": {", "$.office.sektion", "unknown key “sektion”"),
    WRONG("\"name\": {\"th\": \"สำนักงานสาธารณสุขจังหวัดเชียงราย\", ", "\"name\": {", "$.office.name", "“th” is missing"),
    /* codes */
    WRONG("{\"id\": \"officer\"", "{\"id\": \"Officer\"", "$.roles[0].id", "Officer"),
    WRONG("{\"id\": \"officer\"", "{\"id\": \"\"", "$.roles[0].id", "code"),
    WRONG("{\"id\": \"officer\"", "{\"id\": \"a123456789012345678901234567890\"", "$.roles[0].id", "a12345678"),
    WRONG("{\"id\": \"officer\"", "{\"id\": 7", "$.roles[0].id", "string"),
    WRONG("{\"id\": \"officer\", ", "{", "$.roles[0]", "“id” is missing"),
    WRONG("{\"id\": \"head\"", "{\"id\": \"officer\"", "$.roles[1].id", "twice"),
    WRONG("{\"id\": \"auditor\"", "{\"id\": \"complainant\"", "$.roles[5].id", "reserved"),
    WRONG("\"en\": \"system\"}, \"source\": \"CR-1\"}", "\"en\": \"system\"}}", "$.roles[6]", "“source” is missing"),
    WRONG("\"en\": \"system\"}, \"source\": \"CR-1\"}", "\"en\": \"system\"}, \"source\": \"\"}", "$.roles[6].source", "empty"),
    WRONG("\"en\": \"desk officer\"", "\"en\": \"desk\\nofficer\"", "$.roles[0].label.en", "line break"),
    WRONG("\"label\": {\"th\": \"ระบบ\", \"en\": \"system\"}", "\"label\": \"system\"", "$.roles[6].label", "object"),
    WRONG("{\"id\": \"line\"", "{\"id\": \"facebook\"", "$.channels[1].id", "twice"),
    WRONG("\"reply\": true, \"source\": \"CR-5\"", "\"source\": \"CR-5\"", "$.channels[2]", "“reply” is missing"),
    WRONG("\"reply\": true, \"source\": \"CR-5\"", "\"reply\": \"yes\", \"source\": \"CR-5\"", "$.channels[2].reply", "true or false"),
    WRONG("{\"id\": \"quality\"", "{\"id\": \"hr\"", "$.units[1].id", "twice"),
    WRONG("\"kind\": \"executive\"", "\"kind\": \"boss\"", "$.units[6].kind", "unit, agency, executive"),
    WRONG("\"phase\": \"waiting\"", "\"phase\": \"pending\"", "$.states[2].phase", "pending"),
    WRONG("\"route\": \"forward\", \"source\": \"CR-3.1\"", "\"route\": \"forward\"", "$.classes[0]", "“source” is missing"),
    WRONG("{\"id\": \"auditor\"", "{\"id\": \"origin\"", "$.roles[5].id", "reserved"),
    WRONG("{\"id\": \"auditor\"", "{\"id\": \"staff\"", "$.roles[5].id", "reserved"),
    WRONG("\"superior\": \"executive\", ", "\"superior\": \"boss\", ", "$.roles[1].superior", "role “boss”"),
    WRONG("\"superior\": \"head\", ", "\"superior\": \"officer\", ", "$.roles[0].superior", "circle"),
    WRONG_ABOVE("\"superior\": \"executive\", ", "\"superior\": \"officer\", ", "$.roles[0].superior", "“officer” is its own superior"),
    WRONG("{\"th\": \"ครับ/ค่ะ\"", "{\"th\": \"sir or madam\"", "$.texts.particle.th", "no Thai letter"),
    WRONG("\"views\": {\n    \"officer\": {\"cases\": \"all\", \"identity\": [\"named\", \"confidential\", \"anonymous\"], \"text\": true, \"source\": \"CR-4.2\"},", "\"views\": {", "$.views", "“officer” may do things with cases"),
    WRONG("\"remind_at\": \"15:00\"", "\"remind_at\": \"24:00\"", "$.channels[0].remind_at", "no time of the day"),
    WRONG("\"remind_at\": \"15:00\"", "\"remind_at\": \"15:60\"", "$.channels[0].remind_at", "15:60"),
    WRONG("\"remind_at\": \"15:00\"", "\"remind_at\": \"9:00\"", "$.channels[0].remind_at", "08:30"),
    WRONG("\"remind_at\": \"15:00\"", "\"remind_at\": \"09.00\"", "$.channels[0].remind_at", "09.00"),
    WRONG("\"remind_at\": \"15:00\"", "\"remind_at\": \"\"", "$.channels[0].remind_at", "no time of the day"),
    WRONG("\"remind_at\": \"15:00\"", "\"remind_at\": 900", "$.channels[0].remind_at", "string"),
    WRONG("\"daily\": true, \"remind_at\"", "\"daily\": false, \"remind_at\"", "$.channels[0].remind_at", "“remind_at” means something with \"daily\": true only"),
    WRONG("\"daily\": true, \"remind_at\"", "\"daily\": \"yes\", \"remind_at\"", "$.channels[0].daily", "true or false"),
    WRONG_ABOVE("\"check_channel\": {", "\"executive_intake\": {", "$.channels[0].daily", "no check_channel"),
    WRONG("{\"id\": \"government_1111\"", "{\"id\": \"damrongdhama_1567\"", "$.origins[1].id", "twice"),
    WRONG("\"en\": \"government hotline 1111\"}, \"source\": \"ours\"}", "\"en\": \"government hotline 1111\"}}", "$.origins[1]", "“source” is missing"),
    WRONG("\"parent\": \"service\"", "\"parent\": \"services\"", "$.classes[9].parent", "class “services”"),
    WRONG("\"parent\": \"service\"", "\"parent\": \"service_er\"", "$.classes[9].parent", "stand before"),
    WRONG("\"en\": \"performance or behaviour of staff\"}, ", "\"en\": \"performance or behaviour of staff\"}, \"parent\": \"service\", ", "$.classes[0].parent", "stand before"),
    WRONG_ABOVE("\"en\": \"public health service\"}, ", "\"en\": \"public health service\"}, \"parent\": \"personnel\", ", "$.classes[9].parent", "no parent itself"),
    WRONG("\"phone\": \"0 5391 0300 ต่อ 101\"", "\"phone\": \"\"", "$.units[0].phone", "empty"),
    WRONG("\"phone\": \"0 5391 0300 ต่อ 101\"", "\"phone\": 53910300", "$.units[0].phone", "string"),
    WRONG("\"phone\": \"0 5391 0300 ต่อ 101\"",
          "\"phone\": \"0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / "
          "0 5391 0300 / 0 5391 0300 / 0 5391 0300 / 0 5391 0300 / \"",
          "$.units[0].phone", "190"),
    WRONG("\"superior\": \"executive\"}", "\"superior\": \"boss\"}", "$.units[0].superior", "unit “boss”"),
    WRONG("\"superior\": \"executive\"}", "\"superior\": \"hr\"}", "$.units[0].superior", "circle"),
    WRONG("{\"id\": \"told\", \"phase\"", "{\"id\": \"back\", \"phase\"", "$.states[5].id", "reserved"),
    /* routes */
    WRONG("\"route\": \"refer\"", "\"route\": \"outside\"", "$.classes[7].route", "forward, refer, information, memo"),
    WRONG("\"route\": \"refer\"", "\"route\": \"memo\"", "$.classes[7].route", "no “memo”"),
    WRONG_ALL("\"kind\": \"agency\"", "\"kind\": \"unit\"", "$.classes[7].route", "kind “agency”"),
    WRONG_ALL("\"kind\": \"unit\"", "\"kind\": \"executive\"", "$.classes[0].route", "kind “unit”"),
    /* flags */
    WRONG("{\"id\": \"data_breach\"", "{\"id\": \"leak\"", "$.flags[4].id", "data_breach"),
    WRONG("\"implies\": [\"office_impact\"]", "\"implies\": \"office_impact\"", "$.flags[3].implies", "list"),
    WRONG("\"implies\": [\"office_impact\"]", "\"implies\": [\"image\"]", "$.flags[3].implies[0]", "flag “image”"),
    WRONG("\"implies\": [\"office_impact\"]", "\"implies\": [\"corruption\"]", "$.flags[3].implies", "circle"),
    WRONG("\"en\": \"affects the office\"},", "\"en\": \"affects the office\"}, \"implies\": [\"corruption\"],", "$.flags[2].implies", "circle"),
    /* views */
    WRONG("\"auditor\": {\"cases\"", "\"editor\": {\"cases\"", "$.views.editor", "role “editor”"),
    WRONG("\"cases\": \"referred\"", "\"cases\": \"own\"", "$.views.unit.cases", "all, referred"),
    WRONG("\"identity\": [\"named\"]", "\"identity\": [\"secret\"]", "$.views.executive.identity[0]", "secret"),
    WRONG("\"identity\": [\"named\"]", "\"identity\": [\"named\", \"named\"]", "$.views.executive.identity[1]", "twice"),
    WRONG("\"text\": false, \"source\": \"CR-1\"}", "\"text\": 0, \"source\": \"CR-1\"}", "$.views.auditor.text", "true or false"),
    WRONG("\"text\": false, \"source\": \"CR-1\"}", "\"text\": false}", "$.views.auditor", "“source” is missing"),
    /* states */
    WRONG_ABOVE("\"*\": \"told\"", "\"*\": \"resulted\"", "$.states[5]", "“told” cannot be reached"),
    WRONG_ABOVE("\"close\": {\"from\": [\"referred\", \"resulted\", \"told\"]", "\"close\": {\"from\": [\"referred\"]", "$.states[4]", "“resulted” a case can never be closed"),
    WRONG_ABOVE("\"to\": \"back\"", "\"to\": \"waiting_info\"", "$.states[7]", "“waiting_info” a case can never be closed"),
    WRONG("\"resume\": {\"from\": [\"waiting_info\"]", "\"resume\": {\"from\": [\"waiting_info\", \"told\"]", "$.actions.resume.from", "no way back from the state “told”"),
    WRONG("\"resume\": {\"from\": [\"waiting_info\"]", "\"resume\": {\"from\": \"any\"", "$.actions.resume.from", "no way back"),
    WRONG_ABOVE("\"request_info\": {\"from\": [\"registered\", \"forwarded\"], \"to\": \"waiting_info\",", "\"request_info\": {\"from\": [\"registered\", \"forwarded\"],",
                "$.states[7]", "cannot be reached"),
    WRONG_ABOVE("\"to\": \"closed\", ", "\"to\": \"closed\", \"unless\": {\"flags\": [\"sensitive\"]}, ", "$.states[4]", "“resulted” a case with “sensitive” can never be closed"),
    WRONG_ABOVE("\"to\": \"closed\", ", "\"to\": \"closed\", \"unless\": {\"classes\": [\"cyber\"]}, ", "$.states[4]", "with “cyber”"),
    WRONG_ABOVE("\"to\": \"registered\", \"roles\": [\"officer\", \"head\"], \"source\": \"CR-T1\"",
                "\"to\": \"registered\", \"unless\": {\"classes\": [\"service\"]}, \"roles\": [\"officer\", \"head\"], \"source\": \"CR-T1\"", "$.states[0]",
                "“received” a case with “service”"),
    WRONG("\"paused_in\": [\"waiting_info\"]", "\"paused_in\": [\"withdrawn\"]", "$.clocks.unit_result.paused_in[0]", "nothing leads out"),
    /* fields */
    WRONG("\"type\": \"units\"", "\"type\": \"list\"", "$.fields[4].type", "list"),
    WRONG("\"type\": \"class\"", "\"type\": \"text\"", "$.fields[0].type", "has to be class"),
    WRONG("\"choices\": [\"ครับ\", \"ค่ะ\"]", "\"choices\": []", "$.fields[12].choices", "at least one"),
    WRONG("\"choices\": [\"ครับ\", \"ค่ะ\"]", "\"choices\": [\"ครับ\", \"ครับ\"]", "$.fields[12].choices[1]", "twice"),
    WRONG("\"choices\": [\"ครับ\", \"ค่ะ\"]", "\"choices\": [\"ครับ\", 1]", "$.fields[12].choices[1]", "string"),
    WRONG("\"choices\": [\"ครับ\", \"ค่ะ\"], ", "", "$.fields[12]", "“choices” is missing"),
    WRONG("\"choices\": [\"named\",", "\"choices\": [\"masked\",", "$.fields[6].choices[0]", "named, confidential, anonymous"),
    WRONG("\"min\": 1, \"max\": 7", "\"min\": 8, \"max\": 7", "$.fields[11].max", "range"),
    WRONG("\"min\": 1, \"max\": 7", "\"max\": 7", "$.fields[11]", "“min” is missing"),
    WRONG("\"min\": 1, \"max\": 7", "\"min\": true, \"max\": 7", "$.fields[11].min", "integer"),
    WRONG("\"type\": \"boolean\", \"label\"", "\"type\": \"boolean\", \"min\": 1, \"label\"", "$.fields[3].min", "integer"),
    WRONG("\"type\": \"boolean\", \"label\"", "\"type\": \"boolean\", \"sealed\": true, \"label\"", "$.fields[3].sealed", "text"),
    WRONG("\"type\": \"origin\",", "\"type\": \"code\",", "$.fields[23].type", "has to be origin"),
    WRONG("{\"id\": \"assignee\", \"type\": \"code\"", "{\"id\": \"assignee\", \"type\": \"text\"", "$.fields[18].type", "has to be code"),
    WRONG("{\"id\": \"days\", \"type\": \"integer\", \"min\": 1", "{\"id\": \"days\", \"type\": \"integer\", \"min\": 0", "$.fields[11].min", "1..3650"),
    WRONG("\"min\": 1, \"max\": 7", "\"min\": 1, \"max\": 3651", "$.fields[11].max", "1..3650"),
    WRONG("\"id\": \"signer\", \"type\": \"text\", \"sealed\": true", "\"id\": \"signer\", \"type\": \"text\", \"sealed\": false", "$.fields[33].sealed", "always sealed"),
    WRONG("\"type\": \"boolean\", \"label\"", "\"type\": \"boolean\", \"identity\": true, \"label\"", "$.fields[3].identity", "text"),
    WRONG("\"type\": \"text\", \"identity\": true", "\"type\": \"code\", \"identity\": true", "$.fields[38].identity", "text"),
    WRONG("\"type\": \"text\", \"identity\": true", "\"type\": \"text\", \"sealed\": false, \"identity\": true", "$.fields[38].sealed", "does not go with"),
    WRONG("{\"id\": \"subject\", \"type\": \"text\"", "{\"id\": \"subject\", \"type\": \"text\", \"identity\": true", "$.fields[34].identity", "office's own fields"),
    WRONG("{\"id\": \"name\", \"type\": \"text\"", "{\"id\": \"name\", \"type\": \"text\", \"identity\": false", "$.fields[35].identity", "office's own fields"),
    WRONG("{\"id\": \"out\", \"label\": {\"th\": \"หนังสือออก\"}}", "{\"id\": \"outwards\", \"label\": {\"th\": \"หนังสือออก\"}}", "$.fields[30].choices[1].id", "in, out"),
    WRONG("{\"id\": \"out\", \"label\": {\"th\": \"หนังสือออก\"}}", "\"outwards\"", "$.fields[30].choices[1]", "in, out"),
    WRONG("{\"id\": \"repeat\", \"label\"", "{\"id\": \"same_event\", \"label\"", "$.fields[27].choices[1].id", "twice"),
    WRONG("{\"id\": \"repeat\", \"label\": {\"th\": \"ร้องซ้ำ\"}}", "\"same_event\"", "$.fields[27].choices[1]", "twice"),
    WRONG("{\"id\": \"repeat\", \"label\": {\"th\": \"ร้องซ้ำ\"}}", "{\"id\": \"repeat\"}", "$.fields[27].choices[1]", "“label” is missing"),
    WRONG("{\"id\": \"repeat\", \"label\": {\"th\": \"ร้องซ้ำ\"}}", "{\"label\": {\"th\": \"ร้องซ้ำ\"}}", "$.fields[27].choices[1]", "“id” is missing"),
    WRONG("{\"id\": \"repeat\", \"label\": {\"th\": \"ร้องซ้ำ\"}}", "{\"id\": \"repeat\", \"label\": {\"th\": \"\"}}", "$.fields[27].choices[1].label.th", "Thai"),
    WRONG("{\"id\": \"repeat\", \"label\": {\"th\": \"ร้องซ้ำ\"}}", "{\"id\": \"repeat\", \"label\": {\"th\": \"ร้องซ้ำ\"}, \"source\": \"ours\"}", "$.fields[27].choices[1].source",
          "unknown key"),
    WRONG("\"type\": \"case\", ", "\"type\": \"file\", ", "$.fields[26].type", "file"),
    /* ends, and clocks that go on for ever */
    WRONG_ABOVE("{\"id\": \"received\", \"phase\": \"received\"", "{\"id\": \"received\", \"phase\": \"closed\"", "$.initial", "over before it begins"),
    WRONG("\"to\": \"registered\", \"roles\": [\"unit\"]", "\"to\": \"closed\", \"roles\": [\"unit\"]", "$.actions.hand_back.to", "an end that only “close” leads to"),
    WRONG("\"to\": \"closed\", \"roles\"", "\"to\": {\"told\": \"closed\", \"*\": \"told\"}, \"roles\"", "$.actions.close.to", "“close” has to lead to a state of phase “closed”"),
    WRONG_ABOVE("{\"id\": \"withdrawn\", \"phase\": \"withdrawn\"", "{\"id\": \"withdrawn\", \"phase\": \"rejected\"", "$.actions.withdraw.to", "only “reject” leads to"),
    WRONG("\"stops\": [\"delivered:result\", \"attempts_exhausted\"]", "\"stops\": [\"register\"]", "$.clocks.notify_result.stops", "nothing in stops can happen any more"),
    WRONG("\"stops\": [\"delivered:result\", \"attempts_exhausted\"]", "\"stops\": [\"triage\"]", "$.clocks.notify_result.stops", "nothing in stops can happen any more"),
    WRONG("{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, \"at\": \"08:30\"", "{\"before\": {\"length\": 16, \"unit\": \"working_days\"}, \"at\": \"08:30\"",
          "$.clocks.unit_result.warnings[0].before.length", "the clock is only 15 long"),
    WRONG("{\"before\": {\"length\": 0, \"unit\": \"calendar_days\"}, \"at\": \"09:00\"", "{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, \"at\": \"08:30\"",
          "$.clocks.unit_result.warnings[1]", "“due_soon” occurs twice"),
    /* reports */
    WRONG("\"last_month\": 6, \"cut_off_days\"", "\"last_month\": 13, \"cut_off_days\"", "$.reports.rounds[0].last_month", "1..12"),
    WRONG_ABOVE("\"last_month\": 6, \"cut_off_days\"", "\"last_month\": 12, \"cut_off_days\"", "$.reports.rounds[1].last_month", "“half” ends with the same month"),
    WRONG("\"first_month\": 7, \"last_month\": 12", "\"first_month\": 7, \"last_month\": 3", "$.reports.rounds[1].last_month", "7..12"),
    WRONG("\"first_month\": 7", "\"first_month\": 0", "$.reports.rounds[1].first_month", "1..12"),
    WRONG("\"cut_off_days\": 7", "\"cut_off_days\": -1", "$.reports.rounds[0].cut_off_days", "0..366"),
    WRONG("\"cut_off_days\": 7, \"due_days\": 30, ", "\"cut_off_days\": 7, ", "$.reports.rounds[0]", "“due_days” is missing"),
    WRONG("\"id\": \"second_half\"", "\"id\": \"half\"", "$.reports.rounds[1].id", "twice"),
    WRONG("\"rounds\": [", "\"round\": [", "$.reports.round", "unknown key"),
    WRONG("\"id\": \"areas\"", "\"id\": \"channel\"", "$.reports.analyses[0].id", "reserved"),
    WRONG("\"flags\": [\"corruption\"], \"unless\": {\"classes\"", "\"flags\": [\"theft\"], \"unless\": {\"classes\"", "$.reports.analyses[0].groups[0].flags[0]", "flag “theft”"),
    WRONG("\"unless\": {\"classes\": [\"establishment\"], \"flags\": [\"sensitive\"]}", "\"unless\": {}", "$.reports.analyses[0].groups[0].unless", "names nothing"),
    WRONG("\"unless\": {\"classes\": [\"establishment\"], \"flags\": [\"sensitive\"]}", "\"unless\": {\"classes\": [\"trade\"]}",
          "$.reports.analyses[0].groups[0].unless.classes[0]", "class “trade”"),
    WRONG("{\"th\": \"การปฏิบัติงาน\", \"en\": \"performance\"}, \"classes\": [\"personnel\", \"service\"]}", "{\"th\": \"การปฏิบัติงาน\", \"en\": \"performance\"}}",
          "$.reports.analyses[0].groups[1]", "names nothing"),
    WRONG("{\"th\": \"การปฏิบัติงาน\", \"en\": \"performance\"}, \"classes\": [\"personnel\", \"service\"]}",
          "{\"th\": \"การปฏิบัติงาน\", \"en\": \"performance\"}, \"classes\": [\"service\"], \"unless\": {\"classes\": [\"service\"]}}", "$.reports.analyses[0].groups[1]",
          "no case can count"),
    WRONG_ABOVE("\"flags\": [\"corruption\"], \"unless\": {\"classes\": [\"establishment\"], \"flags\": [\"sensitive\"]}, ", "\"classes\": [\"personnel\", \"service\"], ",
                "$.reports.analyses[0].groups[1]", "no case can count"),
    /* guards */
    WRONG("\"no_desk_finding\": {\"source\"", "\"no_desk_fun\": {\"source\"", "$.guards.no_desk_fun", "does not know the guard"),
    WRONG("\"links\": [\"same_event\", \"repeat\"], ", "", "$.guards.linked_result_before_close", "“links” is missing"),
    WRONG("\"links\": [\"same_event\", \"repeat\"]", "\"links\": [\"same_event\", \"split\"]", "$.guards.linked_result_before_close.links[1]", "“split” is no choice of the field link"),
    WRONG("{\"roles\": [\"officer\"], \"source\": \"CR-N\"}", "{\"source\": \"CR-N\"}", "$.guards.on_behalf_required", "“roles” is missing"),
    WRONG("{\"roles\": [\"officer\"], \"source\": \"CR-N\"}", "{\"roles\": [\"oficer\"], \"source\": \"CR-N\"}", "$.guards.on_behalf_required.roles[0]", "role “oficer”"),
    WRONG_ABOVE("{\"roles\": [\"officer\"], \"source\": \"CR-N\"}", "{\"roles\": [\"officer\", \"unit\"], \"source\": \"CR-N\"}", "$.actions.accept.guards[0]", "nobody who may do this as himself"),
    WRONG("\"no_desk_finding\": {\"source\"", "\"no_desk_finding\": {\"roles\": [\"officer\"], \"source\"", "$.guards.no_desk_finding.roles", "for these guards only: no_desk_reject, on_behalf_required"),
    WRONG_ABOVE("\"report_breach\": {", "\"escalate\": {", "$.guards.breach_reported_before_close", "without the action “report_breach”"),
    WRONG("\"attempts\": 2, ", "", "$.guards.told_before_close", "“attempts” is missing"),
    WRONG("\"reasons\": [\"unreachable\"], ", "", "$.guards.told_before_close", "“reasons” is missing"),
    WRONG("\"attempts\": 2, ", "\"nameless\": [\"lazy\"], \"attempts\": 2, ", "$.guards.told_before_close.nameless[0]", "lazy"),
    WRONG("\"attempts\": 2, ", "\"attempts\": 0, ", "$.guards.told_before_close.attempts", "1..99"),
    WRONG("\"attempts\": 2, ", "\"attempts\": \"two\", ", "$.guards.told_before_close.attempts", "integer"),
    WRONG("\"reasons\": [\"unreachable\"]", "\"reasons\": [\"unreachable\", \"lazy\"]", "$.guards.told_before_close.reasons[1]", "“lazy” is no choice"),
    WRONG("\"reasons\": [\"unreachable\"]", "\"reasons\": []", "$.guards.told_before_close.reasons", "at least one"),
    WRONG_ABOVE("\"attempt\": {\"from\"", "\"admit\": {\"from\"", "$.clocks.notify_result.stops[1]", "never happens"),
    WRONG_ABOVE("\"attempts\": 2, \"reasons\": [\"unreachable\"], ", "", "$.clocks.notify_result.stops[1]", "never happens"),
    WRONG("\"attempts_exhausted\"", "\"attempts_exhausted:unreachable\"", "$.clocks.notify_result.stops[1]", "colon"),
    WRONG("\"no_desk_finding\": {\"source\"", "\"no_desk_finding\": {\"flags\": \"all\", \"source\"", "$.guards.no_desk_finding.flags",
          "for these guards only: consider_before_forward, examination_when_flagged"),
    WRONG("\"flags\": [\"urgent\", \"sensitive\", \"office_impact\"], ", "", "$.guards.consider_before_forward", "“flags” is missing"),
    WRONG("\"flags\": [\"urgent\", \"sensitive\", \"office_impact\"]", "\"flags\": \"some\"", "$.guards.consider_before_forward.flags", "all"),
    WRONG("\"flags\": [\"urgent\", \"sensitive\", \"office_impact\"]", "\"flags\": [\"hot\"]", "$.guards.consider_before_forward.flags[0]", "flag “hot”"),
    WRONG("\"flags\": [\"urgent\", \"sensitive\", \"office_impact\"]", "\"flags\": []", "$.guards.consider_before_forward.flags", "at least one"),
    WRONG("\"no_desk_finding\": {\"source\": \"CR-N\"}", "\"no_desk_finding\": {}", "$.guards.no_desk_finding", "“source” is missing"),
    WRONG("[\"told_before_close\", ", "[\"told_before_end\", ", "$.actions.close.guards[0]", "does not know the guard"),
    WRONG_ABOVE("\"no_desk_finding\": {\"source\": \"CR-N\"},\n    \"told_before_close\": {\"attempts\": 2, \"reasons\": [\"unreachable\"], \"source\": \"CR-T6\"}", "\"no_desk_finding\": {\"source\": \"CR-N\"}",
                "$.actions.close.guards[0]", "not defined in guards"),
    WRONG_ABOVE("[\"told_before_close\", ", "[", "$.guards.told_before_close", "no action uses"),
    WRONG_ALL("\"counts_as\": \"acknowledged\", ", "", "$.guards.fixed_acknowledgement", "can never pass"),
    WRONG_ALL("\"counts_as\": \"told\", ", "", "$.guards.told_before_close", "can never pass"),
    WRONG("\"examination_when_flagged\": {\"flags\": [\"office_impact\", \"corruption\"], ", "\"examination_when_flagged\": {", "$.guards.examination_when_flagged",
          "“flags” is missing"),
    WRONG("\"flags\": [\"office_impact\", \"corruption\"], \"source\": \"PR-12.4\"", "\"flags\": [\"office\"], \"source\": \"PR-12.4\"",
          "$.guards.examination_when_flagged.flags[0]", "flag “office”"),
    WRONG("\"optional\": [\"unit\", \"examination\", \"text\"]", "\"optional\": [\"unit\", \"text\"]", "$.actions.order.guards[0]", "does not ask for the field “examination”"),
    WRONG("\"holds\": [\"changed\"], \"executive_first\": [\"to_executive\"], ", "", "$.guards.agreed_before_forward", "“agreed_before_forward” names nothing; known here: holds, executive_first"),
    WRONG("\"holds\": [\"changed\"]", "\"holds\": [\"refused\"]", "$.guards.agreed_before_forward.holds[0]", "“refused”"),
    WRONG("\"executive_first\": [\"to_executive\"]", "\"executive_first\": []", "$.guards.agreed_before_forward.executive_first", "empty"),
    WRONG("\"released_by\": [\"order\"]", "\"released_by\": [\"delivered\"]", "$.guards.agreed_before_forward.released_by[0]", "“delivered”"),
    WRONG("\"released_by\": [\"order\"]", "\"released_by\": [\"follow_up_all\"]", "$.guards.agreed_before_forward.released_by[0]", "“follow_up_all”"),
    WRONG("\"released_by\": [\"order\"]", "\"released_by\": [\"admit\"]", "$.guards.agreed_before_forward", "cannot do without the action “admit”"),
    WRONG("\"guards\": [\"examination_when_flagged\"]", "\"guards\": [\"examination_when_flagged\", \"ordered_unit\"]", "$.actions.order.guards[1]", "forward, refer"),
    WRONG("\"ordered_unit\": {\"source\": \"PR-12.2\"}", "\"ordered_unit\": {\"holds\": [\"changed\"], \"source\": \"PR-12.2\"}", "$.guards.ordered_unit.holds", "agreed_before_forward"),
    WRONG("\"guards\": [\"respondent_is_blind\"]", "\"guards\": [\"respondent_is_blind\", \"route\"]", "$.actions.assign.guards[1]", "only of forward, refer, answer, memo"),
    WRONG_ABOVE("\"recuse\": {", "\"escalate\": {", "$.guards.respondent_is_blind", "without the action “recuse”"),
    WRONG_ABOVE("\"reply_origin\": {", "\"memo\": {", "$.notices.origin_answered.on[0]", "never happens"),
    WRONG("\"origins\": [\n", "\"originz\": [\n", "$.originz", "unknown key"),
    WRONG_ABOVE(ORIGINS, "", "$.notices.origin_answered.to", "there are no origins"),
    /* intake and actions */
    WRONG("\"set_aside\": {", "\"throw_away\": {", "$.intake.throw_away", "verb “throw_away”"),
    WRONG("\"set_aside\": {", "\"close\": {", "$.intake.close", "belongs in actions"),
    WRONG("\"note\": {", "\"receive\": {", "$.actions.receive", "belongs in intake"),
    WRONG("\"note\": {", "\"delivered\": {", "$.actions.delivered", "system"),
    WRONG_ABOVE("\"receive\": {", "\"executive_intake\": {", "$.intake", "“receive” is missing"),
    WRONG_ABOVE("\"triage\": {", "\"executive_intake\": {", "$.intake", "“triage” is missing"),
    WRONG("\"roles\": [\"head\"]", "\"roles\": []", "$.actions.consider.roles", "at least one"),
    WRONG("\"roles\": [\"head\"]", "\"roles\": [\"boss\"]", "$.actions.consider.roles[0]", "role “boss”"),
    WRONG("\"roles\": [\"head\"]", "\"roles\": [\"head\", \"head\"]", "$.actions.consider.roles[1]", "twice"),
    WRONG("\"roles\": [\"head\"], ", "", "$.actions.consider", "“roles” is missing"),
    WRONG("\"register\": {\"from\": [\"received\"]", "\"register\": {\"from\": [\"recieved\"]", "$.actions.register.from[0]", "state “recieved”"),
    WRONG("\"register\": {\"from\": [\"received\"], ", "\"register\": {", "$.actions.register", "“from” is missing"),
    WRONG("\"contact\": {\"from\": \"any\"", "\"contact\": {\"from\": \"all\"", "$.actions.contact.from", "any"),
    WRONG("\"contact\": {\"from\": \"any\"", "\"contact\": {\"from\": {}", "$.actions.contact.from", "list"),
    WRONG("\"to\": \"registered\"", "\"to\": \"open\"", "$.actions.register.to", "state “open”"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "{}", "$.actions.notify_result.to", "at least one"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "[\"told\"]", "$.actions.notify_result.to", "string"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "{\"refered\": \"referred\", \"*\": \"told\"}", "$.actions.notify_result.to.refered", "state “refered”"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "{\"referred\": \"refered\", \"*\": \"told\"}", "$.actions.notify_result.to.referred", "state “refered”"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "{\"referred\": \"referred\", \"*\": \"tell\"}", "$.actions.notify_result.to[\"*\"]", "state “tell”"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "{\"closed\": \"referred\", \"*\": \"told\"}", "$.actions.notify_result.to.closed", "not in from"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "{\"referred\": \"referred\", \"told\": \"told\"}", "$.actions.notify_result.to", "where the state “resulted” leads"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "{\"referred\": \"referred\", \"resulted\": \"told\", \"told\": \"told\", \"*\": \"told\"}", "$.actions.notify_result.to[\"*\"]",
          "no state is left"),
    WRONG("{\"referred\": \"referred\", \"*\": \"told\"}", "{\"referred\": \"back\", \"*\": \"told\"}", "$.actions.notify_result.to", "resume only"),
    WRONG("\"to\": \"registered\"", "\"until\": \"registered\"", "$.actions.register.until", "unknown key"),
    WRONG("\"required\": [\"decision\"]", "\"required\": [\"word\"]", "$.actions.consider.required[0]", "field “word”"),
    WRONG("\"optional\": [\"spoken\", \"text\"]", "\"optional\": [\"spoken\", \"decision\"]", "$.actions.consider.optional[1]", "both"),
    WRONG("\"field\": \"spoken\"", "\"field\": \"text\"", "$.actions.consider.required_when[0].field", "“text” cannot decide"),
    WRONG("\"field\": \"spoken\"", "\"field\": \"loud\"", "$.actions.consider.required_when[0].field", "field “loud”"),
    WRONG("\"field\": \"spoken\"", "\"field\": \"clear\"", "$.actions.consider.required_when[0].field", "does not ask for the field “clear”"),
    WRONG("\"is\": true", "\"is\": [\"yes\"]", "$.actions.consider.required_when[0].is", "true or false"),
    WRONG("\"is\": true, ", "", "$.actions.consider.required_when[0]", "“is” is missing"),
    WRONG("\"is\": true, \"require\": [\"text\"]", "\"is\": true", "$.actions.consider.required_when[0]", "require, one_of"),
    WRONG("\"is\": true, \"require\": [\"text\"]", "\"is\": true, \"require\": [\"reason\"]", "$.actions.consider.required_when[0].require[0]", "does not ask for the field “reason”"),
    WRONG("\"is\": true, \"require\": [\"text\"]", "\"is\": true, \"require\": [\"decision\"]", "$.actions.consider.required_when[0].require[0]", "“decision” is required anyway"),
    WRONG("\"is\": true, \"require\": [\"text\"]", "\"is\": true, \"require\": [\"text\", \"text\"]", "$.actions.consider.required_when[0].require[1]", "twice"),
    WRONG("\"is\": [\"declined\", \"anonymous\"]", "\"is\": true", "$.actions.close.required_when[0].is", "list"),
    WRONG("\"is\": [\"declined\", \"anonymous\"]", "\"is\": [\"declined\", \"lazy\"]", "$.actions.close.required_when[0].is[1]", "“lazy” is no choice of the field why_not_told"),
    WRONG("\"unsure_below\": 550", "\"unsure_below\": 1001", "$.classify.unsure_below", "1000"),
    WRONG("\"unsure_below\": 550, ", "", "$.classify", "“unsure_below”"),
    WRONG("\"is\": [\"service\"]", "\"is\": [\"servic\"]", "$.actions.classify.required_when[0].is[0]", "“servic”"),
    WRONG("\"one_of\": [\"reason\", \"on_behalf\"]", "\"one_of\": [\"paper_no\", \"on_behalf\"]", "$.actions.classify.required_when[0].one_of[0]", "does not ask for the field “paper_no”"),
    WRONG("\"id\": \"citizen_id\"", "\"id\": \"on_behalf\"", "$.fields[38].id", "reserved"),
    WRONG("\"required\": [\"class\"], ", "", "$.actions.classify", "“class”"),
    WRONG("\"required\": [\"from_unit\", \"outcome\", \"text\"]", "\"required\": [\"outcome\", \"text\"]", "$.actions.report_result", "“from_unit”"),
    WRONG("\"required\": [\"text\"], \"source\": \"CR-1\"}", "\"required\": [\"text\"]}", "$.actions.note", "“source” is missing"),
    WRONG("\"required\": [\"assignee\"], ", "", "$.actions.assign", "“assignee”"),
    WRONG("\"required\": [\"days\"], \"optional\": [\"from_unit\", \"reason\"]", "\"optional\": [\"days\", \"from_unit\"]", "$.actions.extend", "“days”"),
    WRONG("\"optional\": [\"person\", \"concerned_unit\", \"role\", \"clear\"], ", "", "$.actions.recuse", "at least one of the fields person, concerned_unit, role"),
    WRONG("[\"party\", \"identity\", \"name\", \"address\", \"channel\", \"reason\", \"citizen_id\"]", "[\"party\", \"reason\", \"citizen_id\"]", "$.actions.update_complainant",
          "at least one of the fields identity, name, address, channel"),
    WRONG("\"optional\": [\"person\", \"concerned_unit\", \"role\", \"clear\"], ", "\"optional\": [\"role\"], ", "$.actions.recuse.guards[1]", "clear"),
    WRONG("\"guards\": [\"on_behalf_required\"]", "\"guards\": [\"on_behalf_required\", \"recusal_lifted_from_above\"]", "$.actions.accept.guards[1]", "recuse"),
    WRONG("\"own_unit_only\": {\"roles\": [\"officer\"], ", "\"own_unit_only\": {", "$.guards.own_unit_only", "“roles” is missing"),
    WRONG_ABOVE("\"recusal_lifted_from_above\": {\"roles\": [\"head\"]", "\"recusal_lifted_from_above\": {\"roles\": [\"officer\", \"head\"]", "$.actions.recuse.guards[1]", "recusal_lifted_from_above"),
    /* the seat of the executive, and clocks that outlive the case or are owed to nobody */
    WRONG("\"kind\": \"executive\", \"role\": \"executive\"}", "\"kind\": \"unit\", \"role\": \"executive\"}", "$.units[6].role", "\"kind\": \"executive\""),
    WRONG("\"kind\": \"executive\", \"role\": \"executive\"}", "\"kind\": \"executive\", \"role\": \"king\"}", "$.units[6].role", "king"),
    WRONG("\"date_field\": \"origin_due\", \"survives\": true,", "\"date_field\": \"origin_due\", \"survives\": 1,", "$.clocks.reply_to_origin.survives", "true or false"),
    WRONG_ABOVE("\"reply_origin\": {\"from\": \"any\"", "\"reply_origin\": {\"from\": [\"registered\", \"closed\"]", "$.clocks.reply_to_origin.survives", "survives the end of the case, but in the state withdrawn"),
    WRONG("\"owes\": \"told\"", "\"owes\": \"money\"", "$.clocks.notify_result.owes", "acknowledged, told"),
    WRONG("\"accept\": {\"from\": [\"forwarded\"], \"roles\": [\"unit\", \"officer\"], \"required\": [\"from_unit\"],", "\"accept\": {\"from\": [\"forwarded\"], \"roles\": [\"unit\", \"officer\"],",
          "$.actions.accept", "“from_unit”"),
    WRONG("\"to\": \"registered\", \"roles\": [\"unit\"], \"required\": [\"from_unit\"], ", "\"to\": \"registered\", \"roles\": [\"unit\"], ", "$.actions.hand_back",
          "“from_unit”"),
    WRONG("\"required\": [\"from_unit\", \"text\"], \"source\": \"PR-13\"", "\"required\": [\"text\"], \"source\": \"PR-13\"", "$.actions.report_progress", "“from_unit”"),
    WRONG("\"required\": [\"paper_no\"], \"optional\": [\"paper_date\", \"text\"]", "\"optional\": [\"paper_no\"]", "$.actions.reply_origin", "“paper_no”"),
    WRONG("\"required\": [\"paper_no\"], \"optional\": [\"paper_date\", \"direction\", ", "\"optional\": [\"paper_no\", \"direction\", ", "$.actions.add_paper", "“paper_no”"),
    WRONG("\"link\": {\"from\": \"any\", \"roles\": [\"officer\"], \"required\": [\"case\"], ", "\"link\": {\"from\": \"any\", \"roles\": [\"officer\"], ", "$.actions.link",
          "“case”"),
    WRONG("\"unlink\": {\"from\": \"any\", \"roles\": [\"officer\"], \"required\": [\"case\"], ", "\"unlink\": {\"from\": \"any\", \"roles\": [\"officer\"], ", "$.actions.unlink",
          "“case”"),
    WRONG("\"to\": \"registered\", \"roles\": [\"unit\"]", "\"to\": \"back\", \"roles\": [\"unit\"]", "$.actions.hand_back.to", "resume only"),
    WRONG("\"unless\": {\"flags\": [\"corruption\", \"office_impact\"], \"classes\": [\"health_threat\", \"service\"]}", "\"unless\": {}", "$.actions.withdraw.unless",
          "names nothing"),
    WRONG("\"unless\": {\"flags\": [\"corruption\", \"office_impact\"], ", "\"unless\": {\"flags\": [], ", "$.actions.withdraw.unless.flags", "at least one"),
    WRONG("\"unless\": {\"flags\": [\"corruption\", \"office_impact\"], ", "\"unless\": {\"flags\": [\"theft\"], ", "$.actions.withdraw.unless.flags[0]", "flag “theft”"),
    WRONG("\"classes\": [\"health_threat\", \"service\"]", "\"classes\": [\"health_threat\", \"threat\"]", "$.actions.withdraw.unless.classes[1]", "class “threat”"),
    WRONG("\"classes\": [\"health_threat\", \"service\"]", "\"states\": [\"told\"]", "$.actions.withdraw.unless.states", "flags, classes"),
    WRONG("\"hand_back\": {\"from\": [\"forwarded\"], \"to\": \"registered\", ", "\"hand_back\": {\"from\": [\"forwarded\"], \"unless\": {\"flags\": [\"urgent\"]}, ",
          "$.actions.hand_back.unless", "means something with \"to\" only"),
    WRONG("\"extends\": [\"unit_result\"], ", "", "$.actions.extend", "“extends” is missing"),
    WRONG("\"extends\": [\"unit_result\"]", "\"extends\": []", "$.actions.extend.extends", "at least one"),
    WRONG("\"extends\": [\"unit_result\"]", "\"extends\": [\"unit\"]", "$.actions.extend.extends[0]", "clock “unit”"),
    WRONG("\"extends\": [\"unit_result\"]", "\"extends\": [\"unit_result\", \"unit_result\"]", "$.actions.extend.extends[1]", "twice"),
    WRONG("\"extends\": [\"unit_result\"]", "\"extends\": [\"reply_to_origin\"]", "$.actions.extend.extends[0]", "cannot be extended"),
    WRONG("\"accept\": {", "\"accept\": {\"extends\": [\"unit_result\"], ", "$.actions.accept.extends", "for the verb extend only"),
    /* texts */
    WRONG("ขอขอบคุณ{particle}", "ขอขอบคุณ{partikel}", "$.texts.acknowledgement.th", "{partikel}"),
    WRONG("ช่องทาง {channel} ", "ช่องทาง {channel ", "$.texts.flag_to_head.th", "not known"),
    WRONG("เลขทะเบียน {number} โปรด", "โทร. {office_telephone} โปรด", "$.texts.flag_to_head.th", "{office_telephone}"),
    WRONG_ABOVE("\"phone\": \"0-5300-0000\", ", "", "$.texts.result.en", "office has no “phone”"),
    WRONG("เลขทะเบียน {number} โปรด", "เลขทะเบียน number} โปรด", "$.texts.flag_to_head.th", "stands alone"),
    WRONG("informs you of the result of your matter: {text}", "informs you of the result of your matter: {", "$.texts.result.en", "stands alone"),
    WRONG("\"particle\": {\"th\": \"ครับ/ค่ะ\", ", "\"particle\": {", "$.texts.particle", "“th” is missing"),
    WRONG("\"particle\": {\"th\": \"ครับ/ค่ะ\"", "\"particle\": {\"th\": \"\"", "$.texts.particle.th", "Thai"),
    WRONG("\"particle\": {\"th\": \"ครับ/ค่ะ\"", "\"particle\": {\"th\": \"{unit}\"", "$.texts.particle", "placeholder"),
    WRONG_ABOVE("\"particle\": {\"th\"", "\"partikel\": {\"th\"", "$.texts.acknowledgement", "no “particle”"),
    WRONG("\"particle\": {\"th\"", "\"Particle\": {\"th\"", "$.texts.Particle", "Particle"),
    /* notices */
    WRONG("\"to\": \"dpo\"", "\"to\": \"press\"", "$.notices.breach_to_dpo.to", "press"),
    WRONG("\"text\": \"breach_to_dpo\"", "\"text\": \"breach\"", "$.notices.breach_to_dpo.text", "text “breach”"),
    WRONG("\"acknowledgement\": {\"on\": [\"acknowledge\"]", "\"acknowledgement\": {\"on\": [\"acknowledged\"]", "$.notices.acknowledgement.on[0]", "event “acknowledged”"),
    WRONG("\"acknowledgement\": {\"on\": [\"acknowledge\"]", "\"acknowledgement\": {\"on\": [\"escalate\"]", "$.notices.acknowledgement.on[0]", "never happens"),
    WRONG("\"acknowledgement\": {\"on\": [\"acknowledge\"]", "\"acknowledgement\": {\"on\": []", "$.notices.acknowledgement.on", "at least one"),
    WRONG("\"acknowledgement\": {\"on\": [\"acknowledge\"]", "\"acknowledgement\": {\"on\": [\"acknowledge\", \"acknowledge\"]", "$.notices.acknowledgement.on[1]", "twice"),
    WRONG("\"acknowledgement\": {\"on\": [\"acknowledge\"]", "\"acknowledgement\": {\"on\": [\"\"]", "$.notices.acknowledgement.on[0]", "event “”"),
    WRONG("\"on\": [\"flag:data_breach\"]", "\"on\": [\"flag:hot\"]", "$.notices.breach_to_dpo.on[0]", "flag “hot”"),
    WRONG("\"on\": [\"flag:data_breach\"]", "\"on\": [\"flag:\"]", "$.notices.breach_to_dpo.on[0]", "flag “”"),
    WRONG("\"on\": [\"notify_result\"]", "\"on\": [\"notify_result:text\"]", "$.notices.result.on[0]", "colon"),
    WRONG("\"answer\": {\"on\": [\"answer\"]", "\"answer\": {\"on\": [\"delivered\"]", "$.notices.answer.on[0]", "colon"),
    WRONG("\"answer\": {\"on\": [\"answer\"]", "\"answer\": {\"on\": [\"refused:result\"]", "$.notices.answer.on[0]", "not before this one"),
    WRONG("\"text\": \"breach_to_dpo\", \"urgent\": true", "\"text\": \"breach_to_dpo\", \"counts_as\": \"told\"", "$.notices.breach_to_dpo.counts_as", "complainant only"),
    WRONG("\"counts_as\": \"acknowledged\"", "\"counts_as\": \"seen\"", "$.notices.acknowledgement_information.counts_as", "acknowledged, told"),
    WRONG("\"text\": \"acknowledgement\"", "\"text\": \"result\"", "$.notices.acknowledgement.text", "central message"),
    WRONG("\"text\": \"information\"", "\"text\": \"flag_to_head\"", "$.notices.answer.text", "{flags}"),
    WRONG("\"to\": \"officer\", \"text\": \"due_soon\"", "\"to\": \"staff\", \"text\": \"due_soon\"", "$.notices.due_soon.to", "neither complainant nor origin"),
    WRONG("\"to\": \"origin\", \"text\": \"result\"", "\"to\": \"origin\", \"counts_as\": \"told\", \"text\": \"result\"", "$.notices.origin_answered.counts_as",
          "complainant only"),
    WRONG("\"to\": \"origin\", \"text\": \"result\"", "\"to\": \"origin\", \"text\": \"flag_to_head\"", "$.notices.origin_answered.text", "{flags}"),
    WRONG("\"on\": [\"notify_result\"], ", "", "$.notices.result", "never sent"),
    WRONG("\"answer\": {\"on\": [\"answer\"]", "\"answer\": {\"on\": [\"receive\"]", "$.notices.answer.on[0]", "to a case, so nothing"),
    WRONG("\"answer\": {\"on\": [\"answer\"]", "\"answer\": {\"on\": [\"recomputed\"]", "$.notices.answer.on[0]", "to a case, so nothing"),
    WRONG("\"answer\": {\"on\": [\"answer\"]", "\"answer\": {\"on\": [\"classify:fraud\"]", "$.notices.answer.on[0]", "class “fraud”"),
    WRONG("\"answer\": {\"on\": [\"answer\"]", "\"answer\": {\"on\": [\"classify:\"]", "$.notices.answer.on[0]", "class “”"),
    WRONG("\"answer\": {\"on\": [\"answer\"]", "\"answer\": {\"on\": [\"set_aside\"]", "$.notices.answer.to", "do not know “complainant”"),
    WRONG("\"answer\": {\"on\": [\"answer\"], \"to\": \"complainant\"", "\"answer\": {\"on\": [\"answer\"], \"to\": \"sender\"", "$.notices.answer.counts_as", "complainant only"),
    WRONG("\"on\": [\"reply_origin\"], \"to\": \"origin\"", "\"on\": [\"reply_origin\"], \"to\": \"sender\"", "$.notices.origin_answered.to", "do not know “sender”"),
    WRONG("\"on\": [\"set_aside:thanks\"]", "\"on\": [\"set_aside:insult\"]", "$.notices.no_complaint.on[0]", "no choice of the field aside"),
    WRONG("\"on\": [\"set_aside:thanks\"]", "\"on\": [\"set_aside:thanks\", \"hand_back\"]", "$.notices.no_complaint.on[1]", "another log"),
    WRONG_ABOVE("\"optional\": [\"aside\", \"by_hand\"]", "\"optional\": [\"by_hand\"]", "$.notices.no_complaint.on[0]", "no choice of the field aside"),
    WRONG("\"cancels\": [\"consider:changed\"]", "\"cancels\": [\"consider:dropped\"]", "$.clocks.follow_up.cancels[0]", "“dropped”, which is no choice of the field decision"),
    WRONG("\"cancels\": [\"consider:changed\"]", "\"cancels\": [\"contact:changed\"]", "$.clocks.follow_up.cancels[0]", "have a colon"),
    WRONG("\"to\": \"sender\", \"text\": \"no_complaint\"", "\"to\": \"sender\", \"text\": \"unchecked\"", "$.notices.no_complaint.text", "may not contain {assignee}"),
    WRONG("\"to\": \"head\", \"text\": \"no_complaint\"", "\"to\": \"head\", \"text\": \"flag_to_head\"", "$.notices.set_aside.text", "nothing to put there"),
    WRONG("\"no_complaint\": {", "\"no_complaint\": {\"when\": {\"flags\": [\"urgent\"]}, ", "$.notices.no_complaint.when.flags", "no message and no day"),
    WRONG("\"unchecked\": {\"on\"", "\"unchecked\": {\"when\": {\"fields\": {\"aside\": [\"spam\"]}}, \"on\"", "$.notices.unchecked.when.fields.aside", "nobody is asked on “duty_unchecked”"),
    WRONG("\"to\": \"head\", \"text\": \"no_complaint\"", "\"to\": [\"head\", \"complainant\"], \"text\": \"no_complaint\"", "$.notices.set_aside.to[1]", "do not know “complainant”"),
    WRONG("\"duty_unchecked:facebook\"", "\"duty_unchecked:letter\"", "$.notices.unchecked.on[1]", "“letter”: no such channel has remind_at"),
    WRONG_ABOVE(", \"remind_at\": \"15:00\"", "", "$.notices.unchecked.on[0]", "no such channel has remind_at"),
    WRONG_ABOVE("\"on\": [\"duty_unchecked\", \"duty_unchecked:facebook\"], \"to\": \"officer\", \"text\": \"unchecked\"",
          "\"on\": [\"hand_back\"], \"to\": \"officer\", \"text\": \"flag_to_head\"", "$.channels[0].remind_at", "nobody is reminded"),
    WRONG("\"to\": \"officer\", \"text\": \"unchecked\"", "\"to\": \"origin\", \"text\": \"no_complaint\"", "$.notices.unchecked.to", "do not know “origin”"),
    WRONG("\"stops\": [\"delivered:result\", ", "\"stops\": [\"delivered:no_complaint\", ", "$.clocks.notify_result.stops[0]", "to a case, so nothing"),
    WRONG("\"starts\": [\"flag:urgent\"]", "\"starts\": [\"duty_unchecked\"]", "$.clocks.escalate_urgent.starts[0]", "to a case, so nothing"),
    WRONG_ABOVE("\"at\": \"08:30\", \"notice\": \"due_soon\"", "\"at\": \"08:30\", \"notice\": \"unchecked\"", "$.notices.unchecked", "no clock can send it"),
    WRONG("\"on\": [\"hand_back\"], \"to\": \"executive\", \"text\": \"flag_to_head\"", "\"on\": [\"hand_back\"], \"to\": \"executive\", \"text\": \"due_soon\"",
          "$.notices.overdue.text", "only a notice without “on”"),
    /* clocks */
    WRONG("\"stops\": [\"forward\", \"refer\", \"answer\"]", "\"stops\": []", "$.clocks.forward.stops", "at least one"),
    WRONG("\"stops\": [\"forward\", \"refer\", \"answer\"]", "\"stops\": [\"admit\"]", "$.clocks.forward.stops[0]", "never happens"),
    WRONG("\"stops\": [\"delivered:result\", ", "\"stops\": [\"delivered:reslt\", ", "$.clocks.notify_result.stops[0]", "notice “reslt”"),
    WRONG_ABOVE("\"starts\": [\"flag:urgent\"], ", "", "$.clocks.escalate_urgent", "“starts” is missing"),
    WRONG("\"length\": 60,", "\"length\": 0,", "$.clocks.escalate_urgent.length", "1.."),
    WRONG("\"length\": 60,", "\"length\": -60,", "$.clocks.escalate_urgent.length", "-60"),
    WRONG("\"length\": 60,", "\"length\": \"60\",", "$.clocks.escalate_urgent.length", "integer"),
    WRONG("\"length\": 3,", "\"length\": 3651,", "$.clocks.notify_result.length", "1..3650"),
    WRONG("\"unit\": \"minutes\"", "\"unit\": \"hours\"", "$.clocks.escalate_urgent.unit", "working_days"),
    WRONG("\"length\": 3, \"unit\"", "\"length\": 3, \"first_day\": \"maybe\", \"unit\"", "$.clocks.notify_result.first_day", "excluded, included"),
    WRONG("\"length\": 3, \"unit\"", "\"length\": 3, \"roll\": \"next\", \"unit\"", "$.clocks.notify_result.roll", "following"),
    WRONG("\"length\": 3, \"unit\"", "\"length\": 3, \"receipt\": \"later\", \"unit\"", "$.clocks.notify_result.receipt", "as_is"),
    WRONG("\"length\": 3, \"unit\"", "\"length\": 3, \"due\": \"noon\", \"unit\"", "$.clocks.notify_result.due", "office_close"),
    WRONG_ABOVE("\"length\": 60,", "\"length\": 60, \"roll\": \"following\",", "$.clocks.escalate_urgent", "contradicts itself"),
    WRONG("\"length_field\": \"days\"", "\"length_field\": \"day\"", "$.clocks.follow_up.length_field", "field “day”"),
    WRONG("\"length_field\": \"days\"", "\"length_field\": \"particle\"", "$.clocks.follow_up.length_field", "type integer"),
    WRONG("\"length\": 7,", "\"length\": 9,", "$.clocks.follow_up.length", "1..7"),
    WRONG("\"length\": 3, \"unit\"", "\"length\": 3, \"length_field\": \"days\", \"unit\"", "$.clocks.notify_result.length_field", "no action that starts"),
    WRONG("\"counts_from\": \"received\"", "\"counts_from\": \"received\", \"history\": \"never\"", "$.clocks.acknowledge.history", "runs, quiet, none"),
    WRONG("\"counts_from\": \"received\"", "\"counts_from\": \"triage\"", "$.clocks.acknowledge.counts_from", "event, received"),
    WRONG("\"unit\": \"minutes\", \"source\": \"CR-T3\"", "\"unit\": \"minutes\", \"zource\": \"CR-T3\"", "$.clocks.escalate_urgent.zource", "unknown key"),
    WRONG("\"flag_cleared:sensitive\"", "\"flag_cleared:hot\"", "$.clocks.escalate.cancels[0]", "flag “hot”"),
    WRONG("\"flag_cleared:sensitive\"", "\"flag_cleard:sensitive\"", "$.clocks.escalate.cancels[0]", "event “flag_cleard”"),
    WRONG("\"flag_cleared:sensitive\"", "\"flag_cleared:office_impact\"", "$.clocks.escalate.cancels[1]", "twice"),
    WRONG_ABOVE("\"required\": [\"flag\"], \"optional\": [\"clear\", \"reason\"]", "\"required\": [\"flag\"], \"optional\": [\"reason\"]", "$.clocks.escalate.cancels[0]",
                "never happens here"), /* nobody can take one back */
    WRONG("\"scope\": \"referral\"", "\"scope\": \"unit\"", "$.clocks.unit_result.scope", "case, referral"),
    WRONG("\"starts\": [\"accept\"], ", "\"starts\": [\"accept\", \"triage\"], ", "$.clocks.unit_result.starts[1]", "“triage” is not about one unit"),
    WRONG("\"stops\": [\"report_result\", \"hand_back\"]", "\"stops\": [\"report_result\", \"close\"]", "$.clocks.unit_result.stops[1]", "“close” is not about one unit"),
    WRONG("\"stops\": [\"report_result\", \"hand_back\"]", "\"stops\": [\"report_result\", \"follow_up\"]", "$.clocks.unit_result.stops[1]", "“follow_up” is not about one unit"),
    WRONG("\"paused_in\": [\"waiting_info\"]", "\"paused_in\": [\"waiting\"]", "$.clocks.unit_result.paused_in[0]", "state “waiting”"),
    WRONG("\"paused_in\": [\"waiting_info\"]", "\"paused_in\": []", "$.clocks.unit_result.paused_in", "at least one"),
    WRONG_ABOVE("\"length\": 15, \"unit\": \"calendar_days\"", "\"unit\": \"calendar_days\"", "$.clocks.unit_result", "“length” is missing"),
    WRONG("\"length\": 15, ", "\"length\": 15, \"date_field\": \"origin_due\", ", "$.clocks.unit_result.date_field", "means something with \"unit\": \"given_date\" only"),
    WRONG("\"unit\": \"given_date\"", "\"unit\": \"given_date\", \"length\": 3", "$.clocks.reply_to_origin.length", "does not go with"),
    WRONG("\"unit\": \"given_date\"", "\"unit\": \"given_date\", \"roll\": \"none\"", "$.clocks.reply_to_origin.roll", "does not go with"),
    WRONG("\"unit\": \"given_date\"", "\"unit\": \"given_date\", \"paused_in\": [\"waiting_info\"]", "$.clocks.reply_to_origin.paused_in", "does not go with"),
    WRONG("\"unit\": \"given_date\"", "\"unit\": \"given\"", "$.clocks.reply_to_origin.unit", "given_date"),
    WRONG_ABOVE("\"date_field\": \"origin_due\", ", "", "$.clocks.reply_to_origin", "“date_field” is missing"),
    WRONG("\"date_field\": \"origin_due\"", "\"date_field\": \"origin_ref\"", "$.clocks.reply_to_origin.date_field", "type time"),
    WRONG("\"date_field\": \"origin_due\"", "\"date_field\": \"paper_date\"", "$.clocks.reply_to_origin.date_field", "no action that starts"),
    /* warnings */
    WRONG("{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, \"at\": \"08:30\", ", "{\"at\": \"08:30\", ", "$.clocks.unit_result.warnings[0]", "exactly one of"),
    WRONG("{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, ",
          "{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, \"after_due\": {\"length\": 3, \"unit\": \"working_days\"}, ", "$.clocks.unit_result.warnings[0]",
          "exactly one of"),
    WRONG("{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, ", "{\"before\": 3, ", "$.clocks.unit_result.warnings[0].before", "object"),
    WRONG("{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, ", "{\"before\": {\"length\": 3}, ", "$.clocks.unit_result.warnings[0].before", "“unit” is missing"),
    WRONG("{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, ", "{\"before\": {\"length\": -1, \"unit\": \"working_days\"}, ",
          "$.clocks.unit_result.warnings[0].before.length", "0..3650"),
    WRONG("{\"before\": {\"length\": 3, \"unit\": \"working_days\"}, ", "{\"before\": {\"length\": 3, \"unit\": \"given_date\"}, ", "$.clocks.unit_result.warnings[0].before.unit",
          "given_date"),
    WRONG("{\"before\": {\"length\": 0, \"unit\": \"minutes\"}, ", "{\"before\": {\"length\": 5, \"unit\": \"working_minutes\"}, ", "$.clocks.unit_result.warnings[2].before.unit",
          "forward only"),
    WRONG("{\"before\": {\"length\": 0, \"unit\": \"minutes\"}, ", "{\"before\": {\"length\": 0, \"unit\": \"minutes\"}, \"at\": \"08:30\", ",
          "$.clocks.unit_result.warnings[2].at", "calendar_days, working_days"),
    WRONG("{\"before\": {\"length\": 0, \"unit\": \"minutes\"}, ", "{\"before\": {\"length\": 0, \"unit\": \"minutes\"}, \"repeat\": true, ",
          "$.clocks.unit_result.warnings[2].repeat", "after_due only"),
    WRONG("{\"after_due\": {\"length\": 3,", "{\"after_due\": {\"length\": 0,", "$.clocks.unit_result.warnings[3].after_due.length", "1..3650"),
    WRONG("{\"after_start\": {\"length\": 240,", "{\"after_start\": {\"length\": 0,", "$.clocks.unit_result.warnings[4].after_start.length", "1..5256000"),
    WRONG("\"repeat\": true, ", "\"repeat\": 1, ", "$.clocks.unit_result.warnings[3].repeat", "true or false"),
    WRONG("\"at\": \"08:30\", \"notice\": \"due_soon\"", "\"at\": \"8:30\", \"notice\": \"due_soon\"", "$.clocks.unit_result.warnings[0].at", "no time of the day"),
    WRONG("\"at\": \"08:30\", \"notice\": \"due_soon\"", "\"at\": \"08:30\", \"notice\": \"due\"", "$.clocks.unit_result.warnings[0].notice", "notice “due”"),
    WRONG("\"at\": \"08:30\", \"notice\": \"due_soon\", \"source\": \"ours\"}", "\"at\": \"08:30\", \"notice\": \"due_soon\"}", "$.clocks.unit_result.warnings[0]",
          "“source” is missing"),
    WRONG("\"warnings\": [{\"before\": {\"length\": 3, \"unit\": \"calendar_days\"}, \"notice\": \"due_soon\", \"source\": \"ours\"}]", "\"warnings\": []",
          "$.clocks.reply_to_origin.warnings", "at least one"),
    /* to whom, and when */
    WRONG("\"to\": [\"head\", \"executive\"]", "\"to\": []", "$.notices.urgent_soon.to", "at least one"),
    WRONG("\"to\": [\"head\", \"executive\"]", "\"to\": [\"head\", \"head\"]", "$.notices.urgent_soon.to[1]", "twice"),
    WRONG("\"to\": [\"head\", \"executive\"]", "\"to\": [\"head\", 7]", "$.notices.urgent_soon.to[1]", "string"),
    WRONG("\"to\": [\"head\", \"executive\"]", "\"to\": [\"head\", \"press\"]", "$.notices.urgent_soon.to[1]", "neither complainant nor origin"),
    WRONG("\"to\": \"complainant\", \"text\": \"result\"", "\"to\": [\"complainant\", \"head\"], \"text\": \"result\"", "$.notices.result.counts_as", "complainant only"),
    WRONG("\"to\": \"head\", \"text\": \"flag_to_head\"", "\"to\": [\"head\", \"complainant\"], \"text\": \"flag_to_head\"", "$.notices.flag_to_head.text", "{flags}"),
    WRONG("\"when\": {\"flags\": [\"urgent\"], ", "\"when\": {\"flag\": [\"urgent\"], ", "$.notices.urgent_soon.when.flag", "unknown key “flag”"),
    WRONG("\"when\": {\"classes\": [\"information_request\"]}", "\"when\": {}", "$.notices.acknowledgement_information.when", "“when” names nothing"),
    WRONG("\"when\": {\"classes\": [\"information_request\"]}", "\"when\": {\"classes\": [\"fraud\"]}", "$.notices.acknowledgement_information.when.classes[0]", "class “fraud”"),
    WRONG("\"when\": {\"classes\": [\"information_request\"]}", "\"when\": {\"classes\": []}", "$.notices.acknowledgement_information.when.classes", "at least one"),
    WRONG("\"natures\": [\"grievance\", \"event_report\"]", "\"natures\": [\"grievance\", \"gossip\"]", "$.notices.urgent_soon.when.natures[1]", "nature “gossip”"),
    WRONG("\"natures\": [\"grievance\", \"event_report\"]", "\"natures\": \"grievance\"", "$.notices.urgent_soon.when.natures", "list"),
    WRONG("\"when\": {\"flags\": [\"urgent\"], ", "\"when\": {\"flags\": [\"hot\"], ", "$.notices.urgent_soon.when.flags[0]", "flag “hot”"),
    WRONG("{\"answer\": [\"refused\"]}", "{}", "$.notices.answer_refused.when.fields", "at least one"),
    WRONG("{\"answer\": [\"refused\"]}", "{\"answers\": [\"refused\"]}", "$.notices.answer_refused.when.fields.answers", "field “answers”"),
    WRONG("{\"answer\": [\"refused\"]}", "{\"text\": [\"refused\"]}", "$.notices.answer_refused.when.fields.text", "which is no choice"),
    WRONG("{\"answer\": [\"refused\"]}", "{\"answer\": []}", "$.notices.answer_refused.when.fields.answer", "at least one"),
    WRONG("{\"answer\": [\"refused\"]}", "{\"answer\": \"refused\"}", "$.notices.answer_refused.when.fields.answer", "list"),
    WRONG("{\"answer\": [\"refused\"]}", "{\"answer\": [\"refused\", \"lost\"]}", "$.notices.answer_refused.when.fields.answer[1]", "no choice of the field answer"),
    WRONG("{\"answer\": [\"refused\"]}", "{\"identity\": [\"named\"]}", "$.notices.answer_refused.when.fields.identity", "nobody is asked on “answer” for the field identity"),
    WRONG("\"overdue\": {\"on\": [\"hand_back\"], ", "\"overdue\": {\"on\": [\"delivered:result\"], \"when\": {\"fields\": {\"answer\": [\"given\"]}}, ", "$.notices.overdue.when.fields.answer",
          "nobody is asked on “delivered:result”"),
    WRONG_ABOVE("\"due_soon\": {\"to\": \"officer\"", "\"due_soon\": {\"when\": {\"fields\": {\"answer\": [\"given\"]}}, \"to\": \"officer\"", "$.clocks.forward.warnings[0].notice[1]",
                "“due_soon” asks for a field, but a clock"),
    WRONG("\"overdue\": {\"on\": [\"hand_back\"], ", "\"overdue\": {\"on\": [\"hand_back\", \"classify:cyber\"], \"when\": {\"classes\": [\"service\"]}, ", "$.notices.overdue.when.classes",
          "can never hold on “classify:cyber”"),
    WRONG("\"overdue\": {\"on\": [\"hand_back\"], ", "\"overdue\": {\"on\": [\"flag_cleared:urgent\"], \"when\": {\"flags\": [\"urgent\"]}, ", "$.notices.overdue.when.flags", "that flag is gone"),
    /* whose turn it is */
    WRONG_ABOVE("\"when\": {\"classes\": [\"information_request\"]}, ", "", "$.notices.acknowledgement", "“acknowledgement_information” stands before it"),
    WRONG_ABOVE("\"answer_not_held\": {\"on\": [\"answer\"], \"when\": {\"fields\": {\"answer\": [\"not_held\"]}}, ", "\"answer_not_held\": {\"on\": [\"answer\"], \"when\": {\"fields\": {\"answer\": [\"refused\"]}}, ",
                "$.notices.answer_not_held", "“answer_refused” stands before it"),
    WRONG_ABOVE("\"urgent_soon\": {\"when\": {\"flags\": [\"urgent\"], \"natures\": [\"grievance\", \"event_report\"]}, \"to\": [\"head\", \"executive\"]", "\"urgent_soon\": {\"to\": \"officer\"",
                "$.clocks.forward.warnings[0].notice[1]", "“urgent_soon” stands before it"),
    WRONG("\"notice\": [\"urgent_soon\", \"due_soon\"]", "\"notice\": [\"urgent_soon\", \"urgent_soon\"]", "$.clocks.forward.warnings[0].notice[1]", "twice"),
    WRONG("\"notice\": [\"urgent_soon\", \"due_soon\"]", "\"notice\": [\"urgent_soon\", \"sometime\"]", "$.clocks.forward.warnings[0].notice[1]", "notice “sometime”"),
    WRONG("\"notice\": [\"urgent_soon\", \"due_soon\"]", "\"notice\": []", "$.clocks.forward.warnings[0].notice", "at least one"),
    WRONG_ABOVE("\"acknowledgement\": {\"on\": [\"acknowledge\"], ", "\"acknowledgement\": {\"on\": [\"acknowledge\"], \"when\": {\"flags\": [\"urgent\"]}, ",
                "$.notices.acknowledgement_information.when", "for every other acknowledgement"),
    WRONG("\"counts_as\": \"acknowledged\", ", "", "$.notices.acknowledgement_information", "has to count as acknowledged"),
    WRONG("\"delivered:answer_refused\", ", "", "$.clocks.acknowledge.stops[2]", "“answer_refused” may be said instead"),
    /* what is wrong before it is a policy */
    {"\"min\": 1,", "\"min\": 1.5,", COMPLAINT_E_JSON_REAL, "$.fields[11].min", "", false, false},
    {"\"note\": {", "\"close\": {", COMPLAINT_E_JSON_DUPLICATE, "$.actions.close", "", true, false},
    {"\"initial\": \"received\"", "\"initial\": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", COMPLAINT_E_JSON_DEPTH, NULL, "", false, false},
    {"\"initial\": \"received\"", "\"initial\": \"\xff\"", COMPLAINT_E_UTF8, NULL, "", false, false},
    {"\"initial\": \"received\"", "\"initial\": \"\\u0000\"", COMPLAINT_E_NUL, NULL, "", false, false},
    {"\"initial\": \"received\",", "\"initial\": \"received\"", COMPLAINT_E_SYNTAX, NULL, "", true, false},
    WRONG("\"min\": 1,", "\"min\": 9223372036854775808,", "$.fields[11].min", "range"),
};

/* The document with the mistake; *line is that of the (first) change. The caller frees it. */
static char *with_mistake(const mistake *m, size_t *size, int64_t *line) {
    cpl_str good = whole_document();
    const char *at = strstr(good.p, m->find);
    if (!at) fail_msg("the policy has no longer: %s", m->find);
    *line = 1;
    for (const char *p = good.p; p < at; p++) *line += *p == '\n';
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    const char *from = good.p;
    for (; at; at = m->all ? strstr(from, m->find) : NULL) {
        cpl_buf_put(&b, from, (size_t)(at - from));
        cpl_buf_puts(&b, m->replace);
        from = at + strlen(m->find);
    }
    cpl_buf_puts(&b, from);
    assert_false(b.failed);
    *size = b.size;
    return b.data;
}

/* What is wrong with the answer to a mistake, or NULL. */
static const char *answer_to(const mistake *m, complaint_status s, const complaint_error *e, int64_t line) {
    const char *english = complaint_error_text(e, COMPLAINT_ENGLISH), *thai = complaint_error_text(e, COMPLAINT_THAI);
    if (s == COMPLAINT_OK || !e) return "accepted";
    if (s != m->status || complaint_error_status(e) != s) return "another status";
    if (m->path && strcmp(complaint_error_path(e), m->path) != 0) return "another path";
    if (!strstr(english, m->word)) return "another reason";
    if (!m->elsewhere && complaint_error_line(e) != line) return "another line";
    return complaint_error_line(e) < 1 || thai[0] == '\0' || strcmp(thai, english) == 0 ? "no line or no Thai text" : NULL;
}

/* All the mistakes at once: lines in order, each with a reason in both languages. */
static complaint_page *all_of(const char *document, size_t size) {
    complaint_page *page = NULL;
    assert_int_equal(complaint_policy_check(NULL, document, size, &page, NULL), COMPLAINT_OK);
    for (int64_t i = 0; i < complaint_page_count(page); i++) {
        assert_true(complaint_page_text_of(page, i, "reason_th")[0] && complaint_page_text_of(page, i, "reason_en")[0]);
        if (i) assert_true(complaint_page_integer_of(page, i - 1, "line") <= complaint_page_integer_of(page, i, "line"));
    }
    return page;
}

static bool says_too(const char *document, size_t size, const complaint_error *e) {
    bool found = false;
    complaint_page *page = all_of(document, size);
    for (int64_t i = 0; e && i < complaint_page_count(page); i++)
        found |= complaint_page_integer_of(page, i, "line") == complaint_error_line(e) && complaint_page_integer_of(page, i, "status") == complaint_error_status(e) &&
                 strcmp(complaint_page_text_of(page, i, "path"), complaint_error_path(e)) == 0 && strcmp(complaint_page_text_of(page, i, "reason_en"), complaint_error_text(e, COMPLAINT_ENGLISH)) == 0;
    complaint_page_free(page);
    return found;
}

static int check_mistake(const mistake *m) {
    size_t size;
    int64_t line;
    char *document = with_mistake(m, &size, &line);
    complaint_policy *p = NULL;
    complaint_error *e = NULL;
    complaint_status s = complaint_policy_parse(NULL, document, size, &p, &e);
    const char *wrong = answer_to(m, s, e, line);
    if (!wrong && !says_too(document, size, e)) wrong = "not among all mistakes";
    if (wrong)
        print_error("%s → %s: %s: status %d, %s line %d (%d): %s\n", m->find, m->replace, wrong, s, complaint_error_path(e), (int)complaint_error_line(e), (int)line,
                    complaint_error_text(e, COMPLAINT_ENGLISH));
    assert_true(s == COMPLAINT_OK || !p);
    free(document);
    complaint_policy_free(p);
    complaint_error_free(e);
    return wrong != NULL;
}

/* Two changes at once: nothing hangs on attempts, and nobody can record one. */
static void attempts_that_nobody_can_record_are_no_condition(void **state) {
    (void)state;
    static const char verb[] = "\"attempt\": {", other[] = "\"admit\":   {";
    mistake first = {"\"attempts_exhausted\"", "\"close\"", COMPLAINT_OK, NULL, "", false, false};
    size_t size;
    int64_t line;
    char *document = with_mistake(&first, &size, &line);
    complaint_policy *p = NULL;
    complaint_error *e = NULL;
    memcpy(strstr(document, verb), other, sizeof other - 1);
    assert_int_equal(complaint_policy_parse(NULL, document, size, &p, &e), COMPLAINT_E_POLICY);
    assert_string_equal(complaint_error_path(e), "$.guards.told_before_close");
    assert_non_null(strstr(complaint_error_text(e, COMPLAINT_ENGLISH), "without the action “attempt”"));
    complaint_error_free(e);
    free(document);
}

static void every_mistake_is_named_with_path_line_and_reason(void **state) {
    (void)state;
    int wrong = 0;
    assert_true(COUNT(mistakes) >= 200);
    for (size_t i = 0; i < COUNT(mistakes); i++) wrong += check_mistake(&mistakes[i]);
    assert_int_equal(wrong, 0);
}

/* One in each corner, none of which hides another or is said twice. */
static const mistake many[] = {
    WRONG("\"format\": 1", "\"format\": 2", "$.format", "format 1"),
    WRONG("\"id\": \"whole-2569\"", "\"id\": \"MOPH 2569\"", "$.id", "MOPH 2569"),
    WRONG("\"province\": \"TH-57\"", "\"province\": \"57\"", "$.office.province", "TH-[0-9]{2}"),
    WRONG("\"fax\": \"0-5300-0001\"", "\"fax\": \"\"", "$.office.fax", "empty"),
    WRONG("{\"id\": \"dpo\"", "{\"id\": \"dpo\", \"colour\": \"red\"", "$.roles[4].colour", "unknown key “colour”"),
    WRONG("\"superior\": \"head\", ", "\"superior\": \"boss\", ", "$.roles[0].superior", "role “boss”"),
    WRONG("\"remind_at\": \"15:00\"", "\"remind_at\": \"15.00\"", "$.channels[0].remind_at", "no time of the day"),
    WRONG("\"implies\": [\"office_impact\"]", "\"implies\": [\"image\"]", "$.flags[3].implies[0]", "flag “image”"),
    WRONG("\"last_month\": 6, \"cut_off_days\"", "\"last_month\": 13, \"cut_off_days\"", "$.reports.rounds[0].last_month", "1..12"),
    WRONG("\"flags\": [\"corruption\"], \"unless\": {\"classes\"", "\"flags\": [\"theft\"], \"unless\": {\"classes\"", "$.reports.analyses[0].groups[0].flags[0]", "flag “theft”"),
    WRONG("{\"id\": \"told\", \"phase\": \"resulted\"", "{\"id\": \"told\", \"phase\": \"reported\"", "$.states[5].phase", "reported"),
    WRONG("\"choices\": [\"ครับ\", \"ค่ะ\"]", "\"choices\": [\"ครับ\", \"ครับ\"]", "$.fields[12].choices[1]", "twice"),
    WRONG("\"no_desk_finding\": {\"source\": \"CR-N\"}", "\"no_desk_finding\": {}", "$.guards.no_desk_finding", "“source” is missing"),
    WRONG("\"set_aside\": {", "\"throw_away\": {", "$.intake.throw_away", "verb “throw_away”"),
    WRONG("\"required\": [\"decision\"]", "\"required\": [\"word\"]", "$.actions.consider.required[0]", "field “word”"),
    WRONG("\"contact\": {\"from\": \"any\", \"roles\": [\"officer\"", "\"contact\": {\"from\": \"any\", \"roles\": [\"clerk\"", "$.actions.contact.roles[0]", "role “clerk”"),
    WRONG("[\"told_before_close\", ", "[\"told_before_end\", ", "$.actions.close.guards[0]", "does not know the guard"),
    WRONG("\"to\": \"dpo\"", "\"to\": \"press\"", "$.notices.breach_to_dpo.to", "press"),
    WRONG("\"counts_as\": \"acknowledged\"", "\"counts_as\": \"seen\"", "$.notices.acknowledgement_information.counts_as", "acknowledged, told"),
    WRONG("\"length\": 1, \"unit\": \"calendar_days\", \"source\": \"CR-T2\"", "\"length\": 0, \"unit\": \"calendar_days\", \"source\": \"CR-T2\"", "$.clocks.acknowledge.length", "range"),
    WRONG("\"starts\": [\"flag:urgent\"]", "\"starts\": [\"flag:hot\"]", "$.clocks.escalate_urgent.starts[0]", "flag “hot”"),
    WRONG("{\"after_due\": {\"length\": 3, \"unit\": \"calendar_days\"}, \"repeat\": true, \"notice\": \"overdue\"",
          "{\"after_due\": {\"length\": 3, \"unit\": \"calendar_days\"}, \"repeat\": true, \"notice\": \"late\"", "$.clocks.unit_result.warnings[3].notice", "notice “late”"),
    WRONG("ช่องทาง {channel} ", "ช่องทาง {kanal} ", "$.texts.flag_to_head.th", "{kanal}"),
    WRONG("\"particle\": {\"th\": \"ครับ/ค่ะ\"", "\"particle\": {\"th\": \"\"", "$.texts.particle.th", "Thai"),
};

static char *with_many(size_t *size) {
    char *document = calloc(1, 1 << 18);
    assert_non_null(document);
    memcpy(document, whole_text, strlen(whole_text));
    for (size_t i = 0; i < COUNT(many); i++) {
        char *at = strstr(document, many[i].find);
        if (!at) fail_msg("not in the policy: %s", many[i].find);
        size_t from = strlen(many[i].find), to = strlen(many[i].replace);
        memmove(at + to, at + from, strlen(at + from) + 1);
        memcpy(at, many[i].replace, to);
    }
    *size = strlen(document);
    return document;
}

static void all_mistakes_are_said_at_once(void **state) {
    (void)state;
    size_t size;
    char *document = with_many(&size);
    complaint_page *page = all_of(document, size);
    int64_t n = complaint_page_count(page);
    for (size_t i = 0; i < COUNT(many); i++) {
        bool found = false;
        for (int64_t k = 0; k < n; k++)
            found |= strcmp(complaint_page_text_of(page, k, "path"), many[i].path) == 0 && strstr(complaint_page_text_of(page, k, "reason_en"), many[i].word) && complaint_page_integer_of(page, k, "line") > 0;
        if (!found) fail_msg("not said: %s: %s", many[i].path, many[i].word);
    }
    if (n != (int64_t)COUNT(many))
        for (int64_t k = 0; k < n; k++) print_error("%s: %s\n", complaint_page_text_of(page, k, "path"), complaint_page_text_of(page, k, "reason_en"));
    assert_int_equal(n, COUNT(many));
    complaint_page_free(page);
    free(document);
}

/* Who names a role that could not be read is not to blame; who names one that was never there is. */
static void what_only_follows_is_not_said(void **state) {
    (void)state;
    static const mistake lost[] = {WRONG("{\"id\": \"officer\"", "{\"id\": \"Officer\"", "$.roles[0].id", ""), WRONG("\"note\": {\"from\": \"any\"", "\"note\": {\"from\": \"all\"", "$.actions.note.from", "")};
    for (size_t i = 0; i < COUNT(lost); i++) {
        size_t size;
        int64_t line;
        char *document = with_mistake(&lost[i], &size, &line);
        complaint_page *page = all_of(document, size);
        assert_int_equal(complaint_page_count(page), 1);
        assert_string_equal(complaint_page_text_of(page, 0, "path"), lost[i].path);
        complaint_page_free(page);
        free(document);
    }
    const mistake gone = WRONG("\"id\": \"officer\"", "\"id\": \"clerk\"", "", "");
    size_t size;
    int64_t line;
    char *document = with_mistake(&gone, &size, &line);
    complaint_page *page = all_of(document, size);
    assert_true(complaint_page_count(page) > 20);
    for (int64_t i = 0; i < complaint_page_count(page); i++) assert_non_null(strstr(complaint_page_text_of(page, i, "reason_en"), "“officer”"));
    complaint_page_free(page);
    free(document);
}

/* However much is wrong, the list has an end; and a document that is none has one mistake. */
static void the_list_of_mistakes_has_an_end(void **state) {
    (void)state;
    static char document[1 << 16];
    size_t n = (size_t)snprintf(document, sizeof document, "{");
    for (int i = 0; i < 500; i++) n += (size_t)snprintf(document + n, sizeof document - n, "%s\"key_%d\": 1", i ? ", " : "", i);
    document[n++] = '}';
    complaint_page *page = all_of(document, n);
    assert_int_equal(complaint_page_count(page), 100);
    complaint_page_free(page);
    static const struct {
        const char *document;
        complaint_status status;
    } none[] = {{"", COMPLAINT_E_SYNTAX}, {"{\"format\": 1.5}", COMPLAINT_E_JSON_REAL}, {"[]", COMPLAINT_E_POLICY}, {"{\"format\": 1", COMPLAINT_E_SYNTAX}};
    for (size_t i = 0; i < COUNT(none); i++) {
        page = all_of(none[i].document, strlen(none[i].document));
        assert_int_equal(complaint_page_count(page), 1);
        assert_int_equal(CPL_CLASS((complaint_status)complaint_page_integer_of(page, 0, "status")), CPL_CLASS(none[i].status));
        complaint_page_free(page);
    }
    page = all_of(whole_text, strlen(whole_text));
    assert_int_equal(complaint_page_count(page), 0);
    complaint_page_free(page);
    complaint_error *e = NULL;
    assert_int_equal(complaint_policy_check(NULL, NULL, 0, &page, &e), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_error_subject(e), "document");
    complaint_error_free(e);
    assert_int_equal(complaint_policy_check(NULL, "{}", 2, NULL, NULL), COMPLAINT_E_INVALID);
}

static bool check_once(test_alloc *a, void *context) {
    const cpl_str *document = context;
    complaint_page *page = NULL;
    complaint_status s = complaint_policy_check(&a->table, document->p, document->n, &page, NULL);
    assert_true(s == COMPLAINT_OK || s == COMPLAINT_E_MEMORY);
    assert_int_equal(page != NULL, s == COMPLAINT_OK);
    if (page) assert_int_equal(complaint_page_count(page), COUNT(many));
    complaint_page_free(page);
    return s == COMPLAINT_OK;
}

static void memory_may_end_while_mistakes_are_gathered(void **state) {
    (void)state;
    cpl_str document;
    char *text = with_many(&document.n);
    document.p = text;
    test_alloc_loop(check_once, &document);
    free(text);
}

static void the_author_may_go_without_an_error(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        size_t size;
        int64_t line;
        complaint_policy *p = NULL;
        char *document = with_mistake(&mistakes[i], &size, &line);
        assert_int_equal(complaint_policy_parse(NULL, document, size, &p, NULL), mistakes[i].status);
        assert_null(p);
        free(document);
    }
}

static void what_is_no_object_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        complaint_status status;
    } documents[] = {{"", COMPLAINT_E_SYNTAX},      {" ", COMPLAINT_E_SYNTAX}, {"[]", COMPLAINT_E_POLICY},    {"{}", COMPLAINT_E_POLICY},          {"null", COMPLAINT_E_POLICY},
                     {"\"a\"", COMPLAINT_E_POLICY}, {"1", COMPLAINT_E_POLICY}, {"{} {}", COMPLAINT_E_SYNTAX}, {"\xef\xbb\xbf", COMPLAINT_E_SYNTAX}};
    for (size_t i = 0; i < COUNT(documents); i++) {
        complaint_policy *p = NULL;
        complaint_error *e = NULL;
        assert_int_equal(complaint_policy_parse(NULL, documents[i].text, strlen(documents[i].text), &p, &e), documents[i].status);
        assert_null(p);
        complaint_error_free(e);
    }
}

/* Cutting inside of a Thai character leaves bytes that are no text; anywhere else, no whole document. */
static void a_document_cut_at_any_byte_is_refused(void **state) {
    (void)state;
    cpl_str good = whole_document();
    size_t whole = good.n;
    while (good.p[whole - 1] == '\n') whole--;
    for (size_t n = 0; n < whole; n++) {
        char *cut = malloc(n ? n : 1);
        assert_non_null(cut);
        memcpy(cut, good.p, n);
        complaint_policy *p = NULL;
        complaint_status s = cpl_policy_parse(&cpl_memory_default, (cpl_str){cut, n}, &p, NULL);
        bool split = cpl_utf8_cut(good, n) != n;
        if (CPL_CLASS(s) != (split ? COMPLAINT_E_TEXT : COMPLAINT_E_SYNTAX)) fail_msg("cut at %zu: status %d", n, s);
        assert_null(p);
        free(cut);
    }
}

/* ---- too much --------------------------------------------------------------------------------------------------------- */

/* The good document with `count` more entries before `anchor`; `format` has one %d. */
static complaint_status parse_with_more(const char *anchor, const char *format, int count, complaint_error *e) {
    cpl_str good = whole_document();
    const char *at = strstr(good.p, anchor);
    assert_non_null(at);
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    cpl_buf_put(&b, good.p, (size_t)(at - good.p));
    for (int i = 0; i < count; i++) {
        char entry[256];
        snprintf(entry, sizeof entry, format, i, i);
        cpl_buf_puts(&b, entry);
    }
    cpl_buf_puts(&b, at);
    complaint_policy *p = NULL;
    complaint_status s = cpl_policy_parse(&cpl_memory_default, (cpl_str){b.data, b.size}, &p, e);
    cpl_policy_release(p);
    cpl_buf_free(&b);
    return s;
}

#define MORE_ROLES "{\"id\": \"officer\", \"label\"", "{\"id\": \"role_%d\", \"label\": {\"th\": \"บทบาท %d\"}, \"source\": \"ours\"},\n"
#define MORE_UNITS "{\"id\": \"hr\", \"label\"", "{\"id\": \"unit_%d\", \"label\": {\"th\": \"หน่วย %d\"}, \"kind\": \"unit\"},\n"

static void sixty_four_roles_are_the_most(void **state) {
    (void)state;
    complaint_error e;
    cpl_error_clear(&e);
    assert_int_equal(parse_with_more(MORE_ROLES, 57, &e), COMPLAINT_OK);
    assert_int_equal(parse_with_more(MORE_ROLES, 58, &e), COMPLAINT_E_POLICY);
    assert_string_equal(e.path, "$.roles");
    assert_non_null(strstr(e.english, "64"));
    assert_non_null(strstr(e.thai, "64"));
}

static void a_thousand_units_are_the_most(void **state) {
    (void)state;
    complaint_error e;
    cpl_error_clear(&e);
    assert_int_equal(parse_with_more(MORE_UNITS, 990, &e), COMPLAINT_OK);
    assert_int_equal(parse_with_more(MORE_UNITS, 991, &e), COMPLAINT_E_POLICY);
    assert_string_equal(e.path, "$.units");
}

/* An event cites the document, so the store has to take it whole. */
static void a_mebibyte_is_the_most(void **state) {
    (void)state;
    size_t size = (1 << 20) + 1;
    char *spaces = malloc(size);
    assert_non_null(spaces);
    memset(spaces, ' ', size);
    cpl_str good = whole_document();
    memcpy(spaces, good.p, good.n);
    complaint_policy *p = NULL;
    complaint_error *e = NULL;
    assert_int_equal(complaint_policy_parse(NULL, spaces, size, &p, &e), COMPLAINT_E_POLICY);
    assert_non_null(strstr(complaint_error_text(e, COMPLAINT_ENGLISH), "1 MiB"));
    complaint_error_free(e);
    assert_int_equal(complaint_policy_parse(NULL, spaces, size - 1, &p, NULL), COMPLAINT_OK);
    complaint_policy_free(p);
    free(spaces);
}

/* ---- misuse and memory ---------------------------------------------------------------------------------------------------- */

static void null_is_answered(void **state) {
    (void)state;
    complaint_policy *p = NULL;
    complaint_error *e = NULL;
    complaint_text *t = NULL;
    assert_int_equal(complaint_policy_parse(NULL, NULL, 0, &p, &e), COMPLAINT_E_INVALID);
    assert_string_equal(complaint_error_subject(e), "document");
    complaint_error_free(e);
    assert_int_equal(complaint_policy_parse(NULL, "{}", 2, NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_policy_builtin(NULL, NULL, &p, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_policy_builtin(NULL, CHIANG_RAI, NULL, NULL), COMPLAINT_E_INVALID);
    e = NULL;
    assert_int_equal(complaint_policy_builtin(NULL, "moph-nowhere-2569", &p, &e), COMPLAINT_E_NOT_FOUND);
    assert_non_null(strstr(complaint_error_text(e, COMPLAINT_THAI), "moph-nowhere-2569"));
    complaint_error_free(e);
    assert_null(p);
    assert_string_equal(complaint_policy_id(NULL), "");
    assert_string_equal(complaint_policy_digest(NULL), "");
    assert_string_equal(complaint_policy_office(NULL), "");
    assert_string_equal(complaint_policy_province(NULL), "");
    assert_null(complaint_policy_code(NULL, COMPLAINT_CODE_ROLE, 0));
    assert_null(complaint_policy_label(NULL, COMPLAINT_CODE_ROLE, "officer", COMPLAINT_THAI));
    assert_null(complaint_policy_route(NULL, "personnel"));
    assert_null(complaint_policy_source(NULL, COMPLAINT_CODE_ROLE, "officer"));
    assert_null(complaint_policy_unit_phone(NULL, "hr"));
    assert_string_equal(complaint_policy_office_detail(NULL, COMPLAINT_OFFICE_NAME, COMPLAINT_THAI), "");
    assert_int_equal(complaint_policy_field_type(NULL, "text"), 0);
    assert_null(complaint_policy_choice(NULL, "link", 0));
    assert_null(complaint_policy_choice_label(NULL, "link", "repeat", COMPLAINT_THAI));
    assert_int_equal(complaint_policy_describe(NULL, COMPLAINT_THAI, &t), COMPLAINT_E_HANDLE);
    assert_null(t);
    complaint_policy_retain(NULL);
    complaint_policy_free(NULL);
}

static void codes_outside_answer_null(void **state) {
    (void)state;
    complaint_policy *p = whole();
    complaint_text *t = NULL;
    assert_null(complaint_policy_code(p, COMPLAINT_CODE_ROLE, -1));
    assert_null(complaint_policy_code(p, COMPLAINT_CODE_ROLE, 7));
    assert_null(complaint_policy_code(p, 0, 0));
    assert_null(complaint_policy_code(p, 99, 0));
    assert_null(complaint_policy_label(p, COMPLAINT_CODE_ROLE, "nobody", COMPLAINT_THAI));
    assert_null(complaint_policy_label(p, COMPLAINT_CODE_ROLE, NULL, COMPLAINT_THAI));
    assert_null(complaint_policy_route(p, "nothing"));
    assert_null(complaint_policy_source(p, COMPLAINT_CODE_ROLE, "nobody"));
    assert_null(complaint_policy_source(p, COMPLAINT_CODE_ROLE, NULL));
    assert_null(complaint_policy_source(p, 99, "officer"));
    assert_null(complaint_policy_unit_phone(p, "nowhere"));
    assert_null(complaint_policy_unit_phone(p, NULL));
    assert_int_equal(complaint_policy_field_type(p, "nothing"), 0);
    assert_null(complaint_policy_choice(p, "link", 2));
    assert_null(complaint_policy_choice(p, "link", -1));
    assert_null(complaint_policy_choice(p, "text", 0));
    assert_null(complaint_policy_choice_label(p, "link", "other", COMPLAINT_THAI));
    assert_null(complaint_policy_choice_label(p, "link", NULL, COMPLAINT_THAI));
    assert_int_equal(cpl_policy_origin(p, CPL_LIT("nobody")), -1);
    assert_null(complaint_policy_route(p, NULL));
    assert_int_equal(complaint_policy_describe(p, 3, &t), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_policy_describe(p, COMPLAINT_THAI, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(cpl_policy_role(p, CPL_LIT("offic")), -1);
    assert_int_equal(cpl_policy_role(p, CPL_LIT("")), -1);
    assert_int_equal(cpl_policy_text(p, CPL_LIT("acknowledge")), -1);
    assert_null(cpl_policy_action(p, CPL_EV_ADMIT));
    assert_null(cpl_policy_action(p, CPL_EV_DELIVERED));
    assert_null(cpl_policy_action(p, 0));
    complaint_policy_free(p);
}

static bool parse_and_describe(test_alloc *a, void *context) {
    cpl_str document = *(cpl_str *)context;
    complaint_policy *p = NULL;
    complaint_error *e = NULL;
    complaint_text *t = NULL;
    complaint_status s = complaint_policy_parse(&a->table, document.p, document.n, &p, &e);
    if (s != COMPLAINT_OK) assert_null(p);
    if (s == COMPLAINT_OK) s = complaint_policy_describe(p, COMPLAINT_THAI, &t);
    if (s != COMPLAINT_OK) assert_int_equal(s, COMPLAINT_E_MEMORY);
    if (e) assert_int_equal(complaint_error_status(e), COMPLAINT_E_MEMORY);
    complaint_error_free(e);
    complaint_text_free(t);
    complaint_policy_free(p);
    return s == COMPLAINT_OK;
}

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    cpl_str document = whole_document();
    test_alloc_loop(parse_and_describe, &document);
}

/* The answer to a wrong document is the same when memory runs out while it is said, or E_MEMORY. */
static bool parse_wrong(test_alloc *a, void *context) {
    cpl_str document = *(cpl_str *)context;
    complaint_policy *p = NULL;
    complaint_error *e = NULL;
    complaint_status s = complaint_policy_parse(&a->table, document.p, document.n, &p, &e);
    assert_null(p);
    assert_true(s == COMPLAINT_E_POLICY || s == COMPLAINT_E_MEMORY);
    bool said = s == COMPLAINT_E_POLICY && e;
    complaint_error_free(e);
    return said;
}

static void memory_may_run_out_over_a_wrong_document(void **state) {
    (void)state;
    cpl_str document = CPL_LIT("{\"format\": 1, \"id\": \"x\", \"title\": {\"th\": \"ก\"}, \"office\": {\"id\": \"X\"}}");
    test_alloc_loop(parse_wrong, &document);
}

static void an_allocator_without_slots_is_refused(void **state) {
    (void)state;
    complaint_allocator half = {.size = sizeof half};
    complaint_policy *p = NULL;
    complaint_error *e = NULL;
    assert_int_equal(complaint_policy_builtin(&half, CHIANG_RAI, &p, &e), COMPLAINT_E_SLOT_MISSING);
    assert_null(p);
    assert_non_null(e);
    complaint_error_free(e);
}

static void the_last_owner_frees(void **state) {
    (void)state;
    test_alloc a;
    complaint_policy *p = NULL;
    test_alloc_init(&a, -1);
    assert_int_equal(complaint_policy_builtin(&a.table, CHIANG_RAI, &p, NULL), COMPLAINT_OK);
    complaint_policy_retain(p);
    complaint_policy_free(p);
    assert_string_equal(complaint_policy_id(p), CHIANG_RAI);
    complaint_policy_free(p);
    assert_int_equal(a.alive, 0);
}

/* ---- what the format lets one leave out ------------------------------------------------------------------------------------- */

static complaint_policy *parse_changed(const char *find, const char *replace) {
    mistake change = {find, replace, COMPLAINT_OK, NULL, "", false, false};
    size_t size;
    int64_t line;
    char *document = with_mistake(&change, &size, &line);
    complaint_policy *p = NULL;
    complaint_error e;
    cpl_error_clear(&e);
    complaint_status s = cpl_policy_parse(&cpl_memory_default, (cpl_str){document, size}, &p, &e);
    if (s != COMPLAINT_OK) fail_msg("%s: %s %s", replace, e.path, e.english);
    free(document);
    return p;
}

static void english_falls_back_to_thai(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"label\": {\"th\": \"ระบบ\", \"en\": \"system\"}", "\"label\": {\"th\": \"ระบบ\"}");
    assert_string_equal(complaint_policy_label(p, COMPLAINT_CODE_ROLE, "system", COMPLAINT_ENGLISH), "ระบบ");
    complaint_policy_free(p);
}

static void free_text_is_sealed_unless_the_policy_says_otherwise(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"type\": \"text\", \"sealed\": true, \"label\": {\"th\": \"ข้อความ\"", "\"type\": \"text\", \"label\": {\"th\": \"ข้อความ\"");
    assert_true(p->fields[cpl_policy_field(p, CPL_LIT("text"))].sealed);
    assert_false(p->fields[cpl_policy_field(p, CPL_LIT("class"))].sealed);
    complaint_policy_free(p);
    p = parse_changed("\"type\": \"text\", \"sealed\": true, \"label\": {\"th\": \"เหตุผล\"", "\"type\": \"text\", \"sealed\": false, \"label\": {\"th\": \"เหตุผล\"");
    assert_false(p->fields[cpl_policy_field(p, CPL_LIT("reason"))].sealed);
    complaint_policy_free(p);
}

static void assert_says(const complaint_policy *p, int32_t language, const char *words) {
    complaint_text *t = NULL;
    assert_int_equal(complaint_policy_describe(p, language, &t), COMPLAINT_OK);
    if (!strstr(complaint_text_data(t), words)) fail_msg("the page does not say: %s", words);
    complaint_text_free(t);
}

static void a_clock_may_say_every_rule(void **state) {
    (void)state;
    complaint_policy *p = parse_changed(
        "\"length\": 3, \"unit\": \"working_days\"",
        "\"length\": 3, \"unit\": \"working_days\", \"first_day\": \"included\", \"roll\": \"preceding\", \"receipt\": \"next_working_day\", \"due\": \"office_close\"");
    const cpl_clock_rule *rule = &p->clocks[cpl_policy_clock(p, CPL_LIT("notify_result"))].rule;
    assert_int_equal(rule->first_day, COMPLAINT_FIRST_DAY_INCLUDED);
    assert_int_equal(rule->roll, COMPLAINT_ROLL_PRECEDING);
    assert_int_equal(rule->receipt, COMPLAINT_RECEIPT_NEXT_WORKING_DAY);
    assert_int_equal(rule->due_at, COMPLAINT_DUE_OFFICE_CLOSE);
    assert_says(p, COMPLAINT_THAI, "3 วันทำการ นับวันแรกด้วย ครบกำหนดเมื่อสิ้นเวลาราชการ ถ้าวันสุดท้ายเป็นวันหยุดให้เลื่อนมาวันทำการก่อนหน้า เรื่องที่เข้านอกเวลาราชการนับเป็นวันทำการถัดไป");
    assert_says(p, COMPLAINT_ENGLISH, "3 working days, the first day counted, due when the office closes, a last day on a holiday moves to the working day before");
    complaint_policy_free(p);
}

static void a_policy_may_ask_the_head_about_every_case(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"flags\": [\"urgent\", \"sensitive\", \"office_impact\"]", "\"flags\": \"all\"");
    for (size_t i = 0; i < p->guard_count; i++)
        if (p->guards[i].kind == CPL_GUARD_CONSIDER_BEFORE_FORWARD) assert_true(p->guards[i].always && p->guards[i].flags == -1);
    assert_says(p, COMPLAINT_ENGLISH, "the head considers before the case is forwarded (every case) [CR-4.1.3]");
    complaint_policy_free(p);
}

/* An office that answers some and is silent to others reads it on its page. */
static void silence_is_said(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"result\": {\"on\": [\"notify_result\"], \"to\"", "\"result\": {\"on\": [\"notify_result\"], \"when\": {\"classes\": [\"service\"]}, \"to\"");
    assert_says(p, COMPLAINT_THAI, "ถ้าไม่เข้าเงื่อนไขใด ผู้ร้องเรียนไม่ได้รับข้อความเมื่อ");
    assert_says(p, COMPLAINT_ENGLISH, "when no condition holds, the complainant hears nothing of");
    complaint_policy_free(p);
    complaint_text *t = NULL;
    p = built_in();
    assert_int_equal(complaint_policy_describe(p, COMPLAINT_ENGLISH, &t), COMPLAINT_OK);
    assert_null(strstr(complaint_text_data(t), "hears nothing of")); /* whoever writes to Chiang Rai gets an answer */
    complaint_text_free(t);
    complaint_policy_free(p);
}

static void a_notice_may_follow_the_fate_of_an_earlier_one(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"on\": [\"flag:data_breach\"]", "\"on\": [\"refused:acknowledgement\"]");
    const cpl_notice_def *n = &p->notices[cpl_policy_notice(p, CPL_LIT("breach_to_dpo"))];
    assert_true(cpl_trigger_hits(n->on, n->on_count, CPL_EV_REFUSED, CPL_LIT("acknowledgement")));
    assert_false(cpl_trigger_hits(n->on, n->on_count, CPL_EV_REFUSED, CPL_LIT("result")));
    assert_false(cpl_trigger_hits(n->on, n->on_count, CPL_EV_DELIVERED, CPL_LIT("acknowledgement")));
    complaint_policy_free(p);
}

static void a_flag_taken_back_is_another_event_than_one_that_is_set(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"flag_cleared:sensitive\"", "\"flag_cleared\"");
    const cpl_clock_def *c = &p->clocks[cpl_policy_clock(p, CPL_LIT("escalate"))];
    assert_true(cpl_trigger_hits(c->cancels, c->cancel_count, CPL_TRIGGER_FLAG_CLEARED, CPL_LIT("urgent"))); /* without a code: any */
    assert_false(cpl_trigger_hits(c->cancels, c->cancel_count, CPL_EV_FLAG, CPL_LIT("sensitive")));
    assert_says(p, COMPLAINT_ENGLISH, "cancelled: flag taken back, flag taken back “affects the office”");
    assert_says(p, COMPLAINT_THAI, "ยกเลิกเมื่อ: ยกเลิกเครื่องหมาย, ยกเลิกเครื่องหมาย “กระทบหน่วยงานหรือภาพลักษณ์”");
    complaint_policy_free(p);
}

static void guards_say_what_they_are_about(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"roles\": [\"officer\"], \"source\": \"CR-N\"", "\"roles\": [\"officer\", \"head\"], \"source\": \"CR-N\"");
    assert_says(p, COMPLAINT_ENGLISH, "guard: whoever enters another's word says whose it is: desk officer, head of the section [CR-N]");
    assert_says(p, COMPLAINT_ENGLISH, "unless an outside agency has it (links: same event, ร้องซ้ำ) [ours]");
    assert_says(p, COMPLAINT_ENGLISH, "before closing; at least 2 attempts to reach each are on record when the reason is: unreachable [CR-T6]");
    assert_says(p, COMPLAINT_THAI, "ผู้ที่บันทึกแทนต้องระบุว่าบันทึกแทนหน่วยงานหรือผู้มีอำนาจใด: เจ้าหน้าที่รับเรื่อง, หัวหน้ากลุ่มงาน [CR-N]");
    complaint_policy_free(p);
}

static void a_value_may_demand_more(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"is\": true, \"require\": [\"text\"]", "\"is\": false, \"one_of\": [\"on_behalf\"]");
    const cpl_demand *service = cpl_policy_action(p, CPL_EV_CLASSIFY)->demands, *spoken = cpl_policy_action(p, CPL_EV_CONSIDER)->demands;
    assert_int_equal(service->is_count, 2); /* a class stands for its sub-classes */
    assert_true(cpl_str_is(service->is[0], "service") && cpl_str_is(service->is[1], "service_er"));
    assert_int_equal(service->required[0], cpl_policy_field(p, CPL_LIT("nature")));
    assert_int_equal(service->one_of[1], CPL_ON_BEHALF);
    assert_int_equal(spoken->is_count, 0);
    assert_false(spoken->truth);
    assert_says(p, COMPLAINT_ENGLISH, "    required when: class is “public health service | emergency room”: nature, reason or on whose behalf (on_behalf)\n");
    assert_says(p, COMPLAINT_ENGLISH, "    required when: spoken is “no”: on whose behalf (on_behalf)\n");
    assert_says(p, COMPLAINT_THAI, "    ต้องระบุเพิ่มเมื่อ: ประเภท เป็น “การให้บริการด้านสาธารณสุขของหน่วยบริการ | ห้องฉุกเฉิน”: ลักษณะเรื่อง, เหตุผล หรือ ผู้ที่บันทึกแทน (on_behalf)\n");
    complaint_policy_free(p);
}

static void a_way_may_depend_on_where_the_case_is(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"to\": \"back\"", "\"to\": {\"waiting_info\": \"back\"}");
    const cpl_action *told = cpl_policy_action(p, CPL_EV_NOTIFY_RESULT), *resume = cpl_policy_action(p, CPL_EV_RESUME);
    int referred = cpl_policy_state(p, CPL_LIT("referred")), resulted = cpl_policy_state(p, CPL_LIT("resulted")), waiting = cpl_policy_state(p, CPL_LIT("waiting_info"));
    assert_int_equal(cpl_policy_target(told, referred), referred);
    assert_int_equal(cpl_policy_target(told, resulted), cpl_policy_state(p, CPL_LIT("told")));
    assert_int_equal(cpl_policy_target(resume, waiting), CPL_TO_BACK);
    assert_int_equal(cpl_policy_target(cpl_policy_action(p, CPL_EV_NOTE), resulted), CPL_TO_STAY);
    assert_says(p, COMPLAINT_ENGLISH, "    from: referred to an outside agency → referred to an outside agency\n    from: result in, complainant to be told, complainant told → complainant told\n");
    assert_says(p, COMPLAINT_ENGLISH, "    from: waiting for the complainant → the state it was in before\n");
    complaint_policy_free(p);
}

static void what_implied_flags_imply_is_implied(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"en\": \"affects the office\"},", "\"en\": \"affects the office\"}, \"implies\": [\"sensitive\"],");
    assert_int_equal(p->flags[cpl_policy_flag(p, CPL_LIT("corruption"))].implies, CPL_FLAG_OFFICE_IMPACT | CPL_FLAG_SENSITIVE);
    complaint_policy_free(p);
}

/* ---- what every form becomes ------------------------------------------------------------------------------------------------ */

static void hosts_can_build_a_form_from_the_fields(void **state) {
    (void)state;
    static const struct {
        const char *field;
        int32_t type;
    } expected[] = {{"text", COMPLAINT_FIELD_TEXT},      {"class", COMPLAINT_FIELD_CLASS},     {"nature", COMPLAINT_FIELD_NATURE},   {"flag", COMPLAINT_FIELD_FLAG},
                    {"from_unit", COMPLAINT_FIELD_UNIT}, {"unit", COMPLAINT_FIELD_UNITS},      {"link", COMPLAINT_FIELD_CHOICE},     {"days", COMPLAINT_FIELD_INTEGER},
                    {"clear", COMPLAINT_FIELD_BOOLEAN},  {"origin_due", COMPLAINT_FIELD_TIME}, {"channel", COMPLAINT_FIELD_CHANNEL}, {"origin", COMPLAINT_FIELD_ORIGIN},
                    {"role", COMPLAINT_FIELD_ROLE},      {"case", COMPLAINT_FIELD_CASE},       {"assignee", COMPLAINT_FIELD_CODE}};
    complaint_policy *p = whole();
    for (size_t i = 0; i < COUNT(expected); i++) assert_int_equal(complaint_policy_field_type(p, expected[i].field), expected[i].type);
    int64_t least = 0, greatest = 0;
    assert_int_equal(complaint_policy_field_range(NULL, "party", &least, &greatest), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_policy_field_range(p, "text", &least, &greatest), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_policy_field_range(p, "nothing", NULL, NULL), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_policy_field_range(p, "party", &least, &greatest), COMPLAINT_OK);
    assert_int_equal(least, 1);
    assert_int_equal(greatest, 1000);
    assert_int_equal(complaint_policy_field_range(p, "party", NULL, NULL), COMPLAINT_OK);
    assert_string_equal(complaint_policy_choice(p, "link", 0), "same_event");
    assert_string_equal(complaint_policy_choice_label(p, "link", "same_event", COMPLAINT_THAI), "เหตุเดียวกัน");
    assert_string_equal(complaint_policy_choice_label(p, "link", "same_event", COMPLAINT_ENGLISH), "same event");
    assert_string_equal(complaint_policy_choice_label(p, "link", "repeat", COMPLAINT_ENGLISH), "ร้องซ้ำ"); /* no English: Thai */
    assert_string_equal(complaint_policy_choice(p, "particle", 1), "ค่ะ");
    assert_string_equal(complaint_policy_choice_label(p, "particle", "ค่ะ", COMPLAINT_ENGLISH), "ค่ะ"); /* no label: the choice itself */
    complaint_policy_free(p);
}

static void hosts_can_name_the_clause_of_anything(void **state) {
    (void)state;
    complaint_policy *p = whole();
    assert_string_equal(complaint_policy_source(p, COMPLAINT_CODE_ROLE, "head"), "CR-4.1");
    assert_string_equal(complaint_policy_source(p, COMPLAINT_CODE_CLOCK, "unit_result"), "PR-13");
    assert_string_equal(complaint_policy_source(p, COMPLAINT_CODE_ORIGIN, "government_1111"), "ours");
    assert_string_equal(complaint_policy_source(p, COMPLAINT_CODE_GUARD, "told_before_close"), "CR-T6");
    assert_string_equal(complaint_policy_source(p, COMPLAINT_CODE_VERB, "forward"), "CR-T4");
    assert_string_equal(complaint_policy_source(p, COMPLAINT_CODE_UNIT, "hr"), ""); /* a fact needs none */
    assert_string_equal(complaint_policy_label(p, COMPLAINT_CODE_NOTICE, "acknowledgement", COMPLAINT_THAI), "ข้อความตอบรับ");
    assert_string_equal(complaint_policy_label(p, COMPLAINT_CODE_NOTICE, "result", COMPLAINT_THAI), "result"); /* no label: its code */
    assert_string_equal(complaint_policy_source(p, COMPLAINT_CODE_NOTICE, "acknowledgement"), "CR-T2");
    assert_null(complaint_policy_label(p, COMPLAINT_CODE_NOTICE, "nothing", COMPLAINT_THAI));
    assert_string_equal(complaint_policy_label(p, COMPLAINT_CODE_VERB, "forward", COMPLAINT_THAI), "ส่งต่อหน่วยงาน");
    assert_non_null(strstr(complaint_policy_label(p, COMPLAINT_CODE_GUARD, "route", COMPLAINT_ENGLISH), "class"));
    assert_string_equal(complaint_policy_code(p, COMPLAINT_CODE_VERB, 0), "receive");
    assert_string_equal(complaint_policy_label(p, COMPLAINT_CODE_ORIGIN, "government_1111", COMPLAINT_ENGLISH), "government hotline 1111");
    assert_string_equal(complaint_policy_unit_phone(p, "hr"), "0 5391 0300 ต่อ 101");
    assert_string_equal(complaint_policy_unit_phone(p, "police"), "");
    complaint_policy_free(p);
}

/* [PR-17] */
static void hosts_can_put_the_office_on_their_papers(void **state) {
    (void)state;
    complaint_policy *p = whole(), *small = parse_short();
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_NAME, COMPLAINT_ENGLISH), "Chiang Rai Provincial Public Health Office");
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_SECTION, COMPLAINT_THAI), "กลุ่มงานสารนิเทศและอำนวยการ");
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_PHONE, COMPLAINT_THAI), "0-5300-0000");
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_FAX, COMPLAINT_ENGLISH), "0-5300-0001");
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_WEBSITE, COMPLAINT_ENGLISH), "https://cr.example");
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_EMAIL, COMPLAINT_THAI), "complaint@cr.example");
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_ADDRESS, COMPLAINT_THAI), "หมู่ 1 อำเภอเมือง");
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_PAGE, COMPLAINT_THAI), "cr.example");
    assert_string_equal(complaint_policy_office_detail(p, 0, COMPLAINT_THAI), "");
    assert_string_equal(complaint_policy_office_detail(p, COMPLAINT_OFFICE_PAGE + 1, COMPLAINT_THAI), "");
    for (int32_t detail = COMPLAINT_OFFICE_PHONE; detail <= COMPLAINT_OFFICE_PAGE; detail++) assert_string_equal(complaint_policy_office_detail(small, detail, COMPLAINT_THAI), "");
    assert_string_equal(complaint_policy_office_detail(small, COMPLAINT_OFFICE_NAME, COMPLAINT_ENGLISH), "สำนักงานตัวอย่าง"); /* no English: Thai */
    assert_says(p, COMPLAINT_THAI, "โทรศัพท์ 0-5300-0000, โทรสาร 0-5300-0001, เว็บไซต์ https://cr.example, อีเมล complaint@cr.example, ที่อยู่ หมู่ 1 อำเภอเมือง, เพจ cr.example [PR-17, กำหนดเอง]");
    assert_says(p, COMPLAINT_ENGLISH, "address Moo 1, page cr.example [PR-17, ours]");
    complaint_policy_free(p);
    complaint_policy_free(small);
}

/* [PR-14.1, PR-14.2] */
static void rounds_and_groups_of_the_reports(void **state) {
    (void)state;
    complaint_policy *p = whole(), *small = parse_short();
    const cpl_group *misconduct = &p->analyses[0].groups[0], *performance = &p->analyses[0].groups[1];
    assert_int_equal(p->round_count, 2);
    assert_int_equal(p->rounds[0].first, 1);
    assert_int_equal(p->rounds[1].cut_off, 0);
    assert_ptr_equal(cpl_policy_round(p, 12), &p->rounds[1]);
    assert_null(cpl_policy_round(p, 7));
    assert_int_equal(complaint_policy_round(p, "second_half"), 12);
    assert_int_equal(complaint_policy_round(p, "third_half"), 0);
    assert_int_equal(complaint_policy_round(NULL, "half"), 0);
    assert_string_equal(complaint_policy_source(p, COMPLAINT_CODE_ROUND, "half"), "PR-14.1");
    assert_null(complaint_policy_code(small, COMPLAINT_CODE_ROUND, 0)); /* an office need not report */
    assert_int_equal(misconduct->flags, CPL_FLAG_CORRUPTION);
    assert_int_equal(misconduct->without, CPL_FLAG_SENSITIVE);
    assert_true(misconduct->unclassified && misconduct->classes[cpl_policy_class(p, CPL_LIT("personnel"))]);
    assert_false(misconduct->classes[cpl_policy_class(p, CPL_LIT("establishment"))]);
    assert_false(performance->unclassified || performance->classes[cpl_policy_class(p, CPL_LIT("cyber"))]);
    assert_true(performance->classes[cpl_policy_class(p, CPL_LIT("service_er"))]); /* a class stands for its sub-classes */
    assert_says(p, COMPLAINT_THAI, "second_half: ครึ่งปีหลัง — เมษายน ถึง กันยายน, ตัดยอดข้อมูล 0 วันหลังสิ้นงวด, เสนอรายงานภายใน 30 วันหลังสิ้นงวด [กำหนดเอง]");
    assert_says(p, COMPLAINT_ENGLISH, "misconduct: misconduct — flagged alleges corruption; not of class health facilities and establishments; not flagged sensitive [PR-14.2]");
    complaint_policy_free(p);
    complaint_policy_free(small);
}

static void whoever_is_concerned_has_somebody_above_him(void **state) {
    (void)state;
    complaint_policy *p = whole();
    int officer = cpl_policy_role(p, CPL_LIT("officer")), head = cpl_policy_role(p, CPL_LIT("head")), executive = cpl_policy_role(p, CPL_LIT("executive"));
    assert_int_equal(p->superiors[officer], head);
    assert_int_equal(p->superiors[head], executive);
    assert_int_equal(p->superiors[executive], -1);
    assert_int_equal(p->units[cpl_policy_unit(p, CPL_LIT("hr"))].superior, cpl_policy_unit(p, CPL_LIT("executive")));
    assert_int_equal(p->units[cpl_policy_unit(p, CPL_LIT("police"))].superior, -1);
    complaint_policy_free(p);
}

static void channels_may_be_a_daily_duty(void **state) {
    (void)state;
    complaint_policy *p = whole();
    const cpl_channel *facebook = &p->channels[cpl_policy_channel(p, CPL_LIT("facebook"))], *letter = &p->channels[cpl_policy_channel(p, CPL_LIT("letter"))];
    assert_true(facebook->daily && letter->daily);
    assert_int_equal(facebook->remind_at, 15 * 60);
    assert_int_equal(letter->remind_at, -1);
    assert_false(p->channels[cpl_policy_channel(p, CPL_LIT("phone"))].daily);
    complaint_policy_free(p);
}

static void a_suggestion_is_unsure_below_what_the_policy_says(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"unsure_below\": 550", "\"unsure_below\": 725");
    complaint_text *text = NULL;
    assert_int_equal(cpl_policy_unsure_below(p), 725);
    assert_int_equal(complaint_policy_describe(p, COMPLAINT_ENGLISH, &text), COMPLAINT_OK);
    assert_non_null(strstr(complaint_text_data(text), "per cent is below 72.5 ["));
    complaint_text_free(text);
    complaint_policy_free(p);
    p = parse_changed("  \"classify\": {\"unsure_below\": 550, \"source\": \"ours\"},\n", "");
    assert_int_equal(cpl_policy_unsure_below(p), CPL_UNSURE_BELOW);
    complaint_policy_free(p);
    assert_int_equal(cpl_policy_unsure_below(NULL), CPL_UNSURE_BELOW);
}

static bool has_class(const complaint_policy *p, uint64_t bits, const char *id) { return bits >> cpl_policy_class(p, cpl_str_of(id)) & 1; }

static void a_class_stands_for_its_sub_classes(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"answer\": {\"on\": [\"answer\"]", "\"answer\": {\"on\": [\"classify:service\", \"answer\"]");
    const cpl_class *er = &p->classes[cpl_policy_class(p, CPL_LIT("service_er"))];
    const cpl_action *withdraw = cpl_policy_action(p, CPL_EV_WITHDRAW);
    const cpl_notice_def *n = &p->notices[cpl_policy_notice(p, CPL_LIT("answer"))];
    assert_int_equal(er->parent, cpl_policy_class(p, CPL_LIT("service")));
    assert_int_equal(p->classes[er->parent].parent, -1);
    assert_true(has_class(p, withdraw->stay_classes, "service") && has_class(p, withdraw->stay_classes, "service_er") && has_class(p, withdraw->stay_classes, "health_threat"));
    assert_false(has_class(p, withdraw->stay_classes, "cyber"));
    assert_int_equal(withdraw->stay_flags, CPL_FLAG_CORRUPTION | CPL_FLAG_OFFICE_IMPACT);
    assert_int_equal(n->on_count, 3);
    assert_true(cpl_trigger_hits(n->on, n->on_count, CPL_EV_CLASSIFY, CPL_LIT("service_er")));
    assert_true(cpl_trigger_hits(n->on, n->on_count, CPL_EV_CLASSIFY, CPL_LIT("service")));
    assert_false(cpl_trigger_hits(n->on, n->on_count, CPL_EV_CLASSIFY, CPL_LIT("cyber")));
    complaint_policy_free(p);
}

#define MORE_CLASSES "{\"id\": \"personnel\", \"label\"", "{\"id\": \"class_%d\", \"label\": {\"th\": \"ประเภท %d\"}, \"route\": \"forward\", \"source\": \"ours\"},\n"

/* 64 classes have a bit; a sub-class behind them cannot take part, and nobody is left to find out when a case is stuck. */
static void what_unless_names_stands_among_the_first_classes(void **state) {
    (void)state;
    complaint_error e;
    cpl_error_clear(&e);
    assert_int_equal(parse_with_more(MORE_CLASSES, 54, &e), COMPLAINT_OK);
    assert_int_equal(parse_with_more(MORE_CLASSES, 55, &e), COMPLAINT_E_POLICY);
    assert_string_equal(e.path, "$.actions.withdraw.unless.classes[1]");
    assert_string_equal(e.subject, "service_er");
}

static void actions_lead_back_or_give_more_time(void **state) {
    (void)state;
    complaint_policy *p = whole();
    const cpl_action *extend = cpl_policy_action(p, CPL_EV_EXTEND);
    assert_int_equal(cpl_policy_action(p, CPL_EV_RESUME)->to, CPL_TO_BACK);
    assert_int_equal(cpl_policy_action(p, CPL_EV_NOTE)->to, CPL_TO_STAY);
    assert_int_equal(cpl_policy_action(p, CPL_EV_TRIAGE)->to, CPL_TO_STAY);
    assert_int_equal(extend->extend_count, 1);
    assert_int_equal(extend->extends[0], cpl_policy_clock(p, CPL_LIT("unit_result")));
    assert_int_equal(cpl_policy_action(p, CPL_EV_NOTE)->extend_count, 0);
    complaint_policy_free(p);
}

static void notices_go_to_complainants_origins_and_roles(void **state) {
    (void)state;
    complaint_policy *p = whole();
    const cpl_notice_def *reminder = &p->notices[cpl_policy_notice(p, CPL_LIT("due_soon"))];
    const cpl_notice_def *urgent = &p->notices[cpl_policy_notice(p, CPL_LIT("urgent_soon"))];
    assert_true(cpl_notice_goes_to(&p->notices[cpl_policy_notice(p, CPL_LIT("result"))], CPL_TO_COMPLAINANT));
    assert_true(cpl_notice_goes_to(&p->notices[cpl_policy_notice(p, CPL_LIT("origin_answered"))], CPL_TO_ORIGIN));
    assert_int_equal(reminder->to_count, 1);
    assert_int_equal(reminder->to[0], cpl_policy_role(p, CPL_LIT("officer")));
    assert_int_equal(urgent->to_count, 2);
    assert_int_equal(urgent->to[0], cpl_policy_role(p, CPL_LIT("head")));
    assert_int_equal(urgent->to[1], cpl_policy_role(p, CPL_LIT("executive")));
    const cpl_notice_def *answer = &p->notices[cpl_policy_notice(p, CPL_LIT("no_complaint"))], *duty = &p->notices[cpl_policy_notice(p, CPL_LIT("unchecked"))];
    assert_true(cpl_notice_goes_to(answer, CPL_TO_SENDER));
    assert_int_equal(answer->about, CPL_ABOUT_MESSAGE);
    assert_true(cpl_trigger_hits(answer->on, answer->on_count, CPL_EV_SET_ASIDE, CPL_LIT("thanks")));
    assert_false(cpl_trigger_hits(answer->on, answer->on_count, CPL_EV_SET_ASIDE, CPL_LIT("spam")));
    assert_false(cpl_trigger_hits(answer->on, answer->on_count, CPL_EV_SET_ASIDE, CPL_LIT("")));
    assert_int_equal(duty->about, CPL_ABOUT_DAY);
    assert_true(cpl_trigger_hits(duty->on, duty->on_count, CPL_EV_DUTY_UNCHECKED, CPL_LIT("facebook")));
    assert_int_equal(reminder->about, CPL_ABOUT_CASE);
    assert_int_equal(reminder->on_count, 0); /* only clocks send it */
    complaint_policy_free(p);
}

static void assert_warning(const cpl_warning *w, cpl_warning_when when, int64_t length, int32_t unit, int32_t at_minute, bool repeat) {
    assert_int_equal(w->when, when);
    assert_int_equal(w->length, length);
    assert_int_equal(w->unit, unit);
    assert_int_equal(w->at_minute, at_minute);
    assert_int_equal(w->repeat, repeat);
    assert_true(cpl_str_is(w->source, "ours"));
}

static void a_clock_may_pause_remind_and_belong_to_a_unit(void **state) {
    (void)state;
    complaint_policy *p = whole();
    const cpl_clock_def *c = &p->clocks[cpl_policy_clock(p, CPL_LIT("unit_result"))];
    assert_true(c->per_referral);
    assert_int_equal(c->paused_in, UINT64_C(1) << cpl_policy_state(p, CPL_LIT("waiting_info")));
    assert_int_equal(c->date_field, -1);
    assert_int_equal(c->warning_count, 5);
    assert_warning(&c->warnings[0], CPL_BEFORE_DUE, 3, COMPLAINT_UNIT_WORKING_DAYS, 8 * 60 + 30, false);
    assert_warning(&c->warnings[1], CPL_BEFORE_DUE, 0, COMPLAINT_UNIT_CALENDAR_DAYS, 9 * 60, false);
    assert_warning(&c->warnings[2], CPL_BEFORE_DUE, 0, COMPLAINT_UNIT_MINUTES, -1, false);
    assert_warning(&c->warnings[3], CPL_AFTER_DUE, 3, COMPLAINT_UNIT_CALENDAR_DAYS, -1, true);
    assert_warning(&c->warnings[4], CPL_AFTER_START, 240, COMPLAINT_UNIT_WORKING_MINUTES, -1, false);
    assert_int_equal(c->warnings[3].notice_count, 1);
    assert_int_equal(c->warnings[3].notices[0], cpl_policy_notice(p, CPL_LIT("overdue")));
    assert_false(p->clocks[cpl_policy_clock(p, CPL_LIT("forward"))].per_referral);
    complaint_policy_free(p);
}

static void a_clock_may_run_to_a_date_somebody_gave(void **state) {
    (void)state;
    complaint_policy *p = whole();
    const cpl_clock_def *c = &p->clocks[cpl_policy_clock(p, CPL_LIT("reply_to_origin"))];
    assert_int_equal(c->date_field, cpl_policy_field(p, CPL_LIT("origin_due")));
    assert_int_equal(c->rule.unit, 0);
    assert_int_equal(c->rule.length, 0);
    assert_int_equal(c->length_field, -1);
    assert_int_equal(c->warning_count, 1);
    complaint_policy_free(p);
}

static void names_are_sealed_without_being_told_to(void **state) {
    (void)state;
    static const char *const fields[] = {"signer", "subject", "name", "address"};
    complaint_policy *p = whole();
    for (size_t i = 0; i < COUNT(fields); i++) assert_true(p->fields[cpl_policy_field(p, cpl_str_of(fields[i]))].sealed);
    for (size_t i = 0; i < COUNT(fields); i++) assert_int_equal(p->fields[cpl_policy_field(p, cpl_str_of(fields[i]))].identity, i > 1); /* who signs is no complainant */
    assert_false(p->fields[cpl_policy_field(p, CPL_LIT("assignee"))].sealed);
    assert_true(p->fields[cpl_policy_field(p, CPL_LIT("citizen_id"))].sealed);
    assert_true(p->fields[cpl_policy_field(p, CPL_LIT("citizen_id"))].identity);
    complaint_policy_free(p);
}

/* An office that nobody passes matters on to leaves the section out, and with it what needs it. */
static void origins_may_be_left_out(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    size_t some = p->origin_count;
    complaint_policy_free(p);
    assert_true(some > 0);
    p = parse_short();
    assert_int_equal(p->origin_count, 0);
    assert_null(complaint_policy_code(p, COMPLAINT_CODE_ORIGIN, 0));
    assert_says(p, COMPLAINT_ENGLISH, "A short example");
    complaint_policy_free(p);
}

static void the_page_says_the_new_forms(void **state) {
    (void)state;
    static const char *const english[] = {
        "(superior: head of the section)",
        "(checked every day, reminded at 15:00)",
        "BODIES THAT PASS MATTERS ON",
        "emergency room (a kind of public health service)",
        "telephone 0 5391 0300 ต่อ 101 (superior: provincial chief medical officer)",
        "→ the state it was in before",
        "the state stays for: a case flagged affects the office, alleges corruption; a case of class public health service, disease and health threats, emergency room",
        "link — one of same event | ร้องซ้ำ",
        "gives more time to: result of the unit",
        "an examination is ordered, when flagged: affects the office, alleges corruption [PR-12.4]",
        "to the body that passed the matter on",
        "sent by the clock: forward, result of the unit, answer the body that passed it on",
        "urgent_soon: to the head of the section, executive, text due_soon [ours]\n    only for: nature grievance, report of an event; flagged urgent\n",
        "    only for: answer: refused\n",
        "    only for: class request for information\n",
        "15 calendar days, the first day not counted, due at the end of the day, also when that is a holiday, for each unit that has the matter [PR-13]",
        "stands still in: waiting for the complainant",
        "reminds: 3 working days before the deadline, at 08:30, by the notice due_soon [ours]",
        "reminds: on the last day, at 09:00",
        "reminds: at the deadline, by",
        "reminds: every 3 calendar days after the deadline, by the notice overdue [ours]",
        "reminds: 4 office hours after the start",
        "the end of the day given in “its deadline” [ours]",
        "after the end of the case: it goes on until it is met\n",
        "only while a complainant waits for: the result\n",
        "(executive) (who sits there: executive)",
        "it is said of one's own unit or of oneself only, unless by: desk officer [ours]",
        "a recusal is taken back by: head of the section [ours]",
    };
    static const char *const thai[] = {
        "(ตรวจทุกวัน เตือนเวลา 15.00 น.)",
        "(ประเภทย่อยของ การให้บริการด้านสาธารณสุขของหน่วยบริการ)",
        "→ สถานะเดิมก่อนขอข้อมูล",
        "สถานะไม่เปลี่ยนถ้า: มีเครื่องหมาย กระทบหน่วยงานหรือภาพลักษณ์, กล่าวหาเรื่องทุจริต; เป็นประเภท",
        "ถึง หน่วยงานที่ส่งเรื่องมา",
        "หยุดนับในสถานะ: รอข้อมูลเพิ่มจากผู้ร้องเรียน",
        "เตือน: 3 วันทำการก่อนครบกำหนด เวลา 08.30 น. ด้วยข้อความแจ้ง due_soon [กำหนดเอง]",
        "เตือน: ทุก 3 วันตามปฏิทินหลังครบกำหนด",
        "สิ้นวันที่ระบุใน “กำหนดตอบหน่วยงานต้นเรื่อง”",
        "เมื่อเรื่องสิ้นสุดแล้ว: ยังนับต่อจนกว่าจะดำเนินการ\n",
        "นับเฉพาะเมื่อยังมีผู้ร้องเรียนที่รอ: การแจ้งผล\n",
        "(ผู้ดำรงตำแหน่ง: ผู้บริหาร)",
    };
    complaint_policy *p = whole();
    for (size_t i = 0; i < COUNT(english); i++) assert_says(p, COMPLAINT_ENGLISH, english[i]);
    for (size_t i = 0; i < COUNT(thai); i++) assert_says(p, COMPLAINT_THAI, thai[i]);
    complaint_policy_free(p);
}

/* What is owed to the body that passed a matter on, and to the regulator, is not the complainant's to end; his own ends with him. */
static void clocks_say_for_whom_they_run(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    for (size_t i = 0; i < p->clock_count; i++) {
        const cpl_clock_def *c = &p->clocks[i];
        assert_int_equal(c->survives, cpl_str_is(c->code.id, "reply_to_origin") || cpl_str_is(c->code.id, "breach_72h"));
        assert_int_equal(c->owes, cpl_str_is(c->code.id, "acknowledge") ? CPL_COUNTS_AS_ACKNOWLEDGED : cpl_str_is(c->code.id, "notify_result") ? CPL_COUNTS_AS_TOLD : CPL_COUNTS_AS_NOTHING);
    }
    for (size_t i = 0; i < p->unit_count; i++) assert_int_equal(p->units[i].role, p->units[i].kind == CPL_EXECUTIVE ? cpl_policy_role(p, p->units[i].code.id) : -1);
    complaint_policy_free(p);
}

/* Where a case may be while somebody waits for word that his matter has arrived, the desk can enter that he had it: else the duty is a dead end. [CR-T2, ours] */
static void what_is_owed_can_be_entered_until_the_end(void **state) {
    (void)state;
    complaint_policy *policies[] = {built_in(), built_in_named("moph-phrae"), whole()};
    for (size_t i = 0; i < COUNT(policies); i++) {
        const complaint_policy *p = policies[i];
        uint64_t from = cpl_policy_action(p, CPL_EV_ACKNOWLEDGE)->from;
        for (size_t state_at = 0; state_at < p->state_count; state_at++) {
            cpl_phase phase = p->states[state_at].phase;
            bool over = phase == CPL_PHASE_CLOSED || phase == CPL_PHASE_REJECTED || phase == CPL_PHASE_WITHDRAWN;
            assert_int_equal(from >> state_at & 1, !over);
        }
        complaint_policy_free(policies[i]);
    }
}

/* ---- the built-in policies, as an officer would check them against the paper ------------------------------------------------------ */

static void the_list_of_built_in_policies_is_the_folder(void **state) {
    (void)state;
    int32_t names = 0;
    size_t files = 0;
    for (size_t i = 0; i < cpl_data_file_count; i++) files += strncmp(cpl_data_files[i].name, "policies/", 9) == 0;
    for (const char *name; (name = complaint_policy_builtin_name(names)); names++) {
        complaint_policy *p = NULL;
        assert_int_equal(complaint_policy_builtin(NULL, name, &p, NULL), COMPLAINT_OK);
        assert_string_equal(complaint_policy_id(p), name);
        complaint_policy_free(p);
    }
    assert_int_equal(names, files);
    assert_null(complaint_policy_builtin_name(-1));
}

/* ---- what a verb leads to ---- */

static void hosts_find_the_clock_that_a_verb_ends(void **state) {
    static const struct {
        const char *clock;
        int32_t verb, ends;
    } cases[] = {
        {"acknowledge", COMPLAINT_VERB_ACKNOWLEDGE, 1}, /* by the delivery of what it sends */
        {"acknowledge", COMPLAINT_VERB_NOTE, 0},
        {"forward", COMPLAINT_VERB_FORWARD, 1}, /* by the deed */
        {"forward", COMPLAINT_VERB_REFER, 1},
        {"forward", COMPLAINT_VERB_ACKNOWLEDGE, 0},
        {"notify_result", COMPLAINT_VERB_NOTIFY_RESULT, 1},
        {"follow_up", COMPLAINT_VERB_FOLLOW_UP, 1},
        {"no_such_clock", COMPLAINT_VERB_FORWARD, 0},
        {"", COMPLAINT_VERB_FORWARD, 0},
        {NULL, COMPLAINT_VERB_FORWARD, 0},
    };
    (void)state;
    complaint_policy *p = built_in();
    for (size_t i = 0; i < COUNT(cases); i++)
        if (complaint_policy_clock_stopped_by(p, cases[i].clock, cases[i].verb) != cases[i].ends)
            fail_msg("%s, %s", cases[i].clock ? cases[i].clock : "NULL", complaint_verb_name(cases[i].verb));
    assert_int_equal(complaint_policy_clock_stopped_by(NULL, "forward", COMPLAINT_VERB_FORWARD), 0);
    complaint_policy_free(p);
}

static void assert_words(const complaint_policy *p, int32_t verb, const char *class_code, const char *expected) {
    complaint_text *t = NULL;
    assert_int_equal(complaint_policy_words(p, verb, class_code, "facebook", "", &t), COMPLAINT_OK);
    if (!strstr(complaint_text_data(t), expected)) fail_msg("%s", complaint_text_data(t));
    assert_null(strchr(complaint_text_data(t), '{'));
    complaint_text_free(t);
}

static void the_words_of_a_verb_are_there_to_be_copied(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    complaint_text *t = NULL;
    assert_words(p, COMPLAINT_VERB_ACKNOWLEDGE, "", "จะดำเนินการประสานส่งต่อหน่วยงานที่เกี่ยวข้องต่อไป");
    assert_words(p, COMPLAINT_VERB_ACKNOWLEDGE, "service", "จะดำเนินการประสานส่งต่อหน่วยงานที่เกี่ยวข้องต่อไป");
    assert_words(p, COMPLAINT_VERB_ACKNOWLEDGE, "information_request", "ได้รับคำขอข้อมูลของท่านแล้ว");
    /* What an officer has to write, what depends on what he chose, what the complainant does not hear of. */
    assert_int_equal(complaint_policy_words(p, COMPLAINT_VERB_REJECT, "", "", "", &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_policy_words(p, COMPLAINT_VERB_ANSWER, "", "", "", &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_policy_words(p, COMPLAINT_VERB_NOTE, "", "", "", &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_policy_words(p, 0, "", "", "", &t), COMPLAINT_E_NOT_FOUND);
    assert_int_equal(complaint_policy_words(NULL, COMPLAINT_VERB_ACKNOWLEDGE, "", "", "", &t), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_policy_words(p, COMPLAINT_VERB_ACKNOWLEDGE, "", "", "", NULL), COMPLAINT_E_INVALID);
    assert_null(t);
    complaint_policy_free(p);
}

/* The channel's name in Thai, or what was given where it is none of the policy's; the number as it is given. */
static void blanks_of_the_words_are_filled(void **state) {
    (void)state;
    complaint_policy *p = parse_changed("\"acknowledgement\": {\n      \"th\": \"", "\"acknowledgement\": {\n      \"th\": \"{channel} {number} ");
    complaint_text *t = NULL;
    assert_int_equal(complaint_policy_words(p, COMPLAINT_VERB_ACKNOWLEDGE, "", "letter", "12/2569", &t), COMPLAINT_OK);
    assert_true(strncmp(complaint_text_data(t), "หนังสือ", strlen("หนังสือ")) == 0);
    assert_non_null(strstr(complaint_text_data(t), " 12/2569 "));
    complaint_text_free(t);
    assert_int_equal(complaint_policy_words(p, COMPLAINT_VERB_ACKNOWLEDGE, "", "pigeon", "", &t), COMPLAINT_OK);
    assert_true(strncmp(complaint_text_data(t), "pigeon  ", 8) == 0);
    complaint_text_free(t);
    complaint_policy_free(p);
}

static bool copy_words(test_alloc *a, void *context) {
    complaint_policy *p = NULL;
    complaint_text *t = NULL;
    (void)context;
    complaint_status s = complaint_policy_builtin(&a->table, CHIANG_RAI, &p, NULL);
    if (s == COMPLAINT_OK) s = complaint_policy_words(p, COMPLAINT_VERB_ACKNOWLEDGE, "", "facebook", "", &t);
    assert_int_equal(s, a->failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK);
    complaint_policy_free(p);
    complaint_text_free(t);
    return s == COMPLAINT_OK;
}

static void memory_may_run_out_over_the_words(void **state) {
    (void)state;
    test_alloc_loop(copy_words, NULL);
}

static void it_is_chiang_rai(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    uint8_t hash[CPL_HASH_SIZE];
    char digest[2 * CPL_HASH_SIZE + 1];
    cpl_sha256(built_in_document(), hash);
    cpl_hex(hash, sizeof hash, digest);
    assert_string_equal(complaint_policy_id(p), CHIANG_RAI);
    assert_string_equal(complaint_policy_office(p), "cr");
    assert_string_equal(complaint_policy_province(p), "TH-57");
    assert_string_equal(complaint_policy_digest(p), digest);
    assert_true(cpl_str_is(p->office[CPL_OFFICE_NAME].th, "สำนักงานสาธารณสุขจังหวัดเชียงราย"));
    assert_true(cpl_str_is(p->office[CPL_OFFICE_SECTION].th, "กลุ่มงานสารนิเทศและอำนวยการ"));
    complaint_policy_free(p);
}

/* [CR-T2] verbatim, and nothing but the particle changes */
static void the_acknowledgement_is_the_central_message(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    const cpl_notice_def *notice = &p->notices[cpl_policy_notice(p, CPL_LIT("acknowledgement"))];
    cpl_str text = p->texts[notice->text].text.th, particle = p->texts[cpl_policy_text(p, CPL_LIT("particle"))].text.th;
    const char *blank = strstr(text.p, "{particle}");
    cpl_buf b;
    cpl_buf_init(&b, &cpl_memory_default);
    assert_non_null(blank);
    cpl_buf_put(&b, text.p, (size_t)(blank - text.p));
    cpl_buf_str(&b, particle);
    cpl_buf_puts(&b, blank + strlen("{particle}"));
    assert_string_equal(b.data, "สำนักงานสาธารณสุขจังหวัดเชียงรายได้รับเรื่องแล้ว และจะดำเนินการประสานส่งต่อหน่วยงานที่เกี่ยวข้องต่อไป ขอขอบคุณครับ/ค่ะ");
    assert_true(notice->to_count == 1 && notice->to[0] == CPL_TO_COMPLAINANT && !cpl_condition_asks(&notice->when));
    assert_int_equal(notice->counts_as, CPL_COUNTS_AS_ACKNOWLEDGED);
    cpl_buf_free(&b);
    complaint_policy_free(p);
}

/* [CR-3.1 … CR-3.5], and the routes that are ours */
static void the_classes_are_the_five_points_and_ours(void **state) {
    (void)state;
    static const char *const expected[][3] = {
        {"personnel", "forward", "CR-3.1"},     {"service", "forward", "CR-3.2"},         {"establishment", "forward", "CR-3.3"},
        {"health_threat", "forward", "CR-3.4"}, {"cyber", "forward", "CR-3.5"},           {"procurement", "forward", "ours"},
        {"other", "forward", "CR-3"},           {"out_of_jurisdiction", "refer", "ours"}, {"information_request", "information", "ours"},
    };
    complaint_policy *p = built_in();
    assert_int_equal(p->class_count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        int at = cpl_policy_class(p, cpl_str_of(expected[i][0]));
        assert_true(at >= 0);
        assert_string_equal(complaint_policy_route(p, expected[i][0]), expected[i][1]);
        assert_true(cpl_str_is(p->classes[at].code.source, expected[i][2]));
    }
    complaint_policy_free(p);
}

/* A row of the table "The clocks of the two built-in policies". */
typedef struct clock_row {
    const char *id;
    int64_t length;
    int32_t unit; /* 0: a given date */
    const char *starts, *stops;
    bool from_receipt, pauses, by_unit, first_day_counts;
    size_t warnings;
    const char *source;
} clock_row;

static const clock_row chiang_rai_clocks[] = {
    {"acknowledge", 1, COMPLAINT_UNIT_CALENDAR_DAYS, "triage", "delivered", true, false, false, false, 2, "CR-T2"},
    {"escalate_urgent", 60, COMPLAINT_UNIT_MINUTES, "flag", "consider", false, false, false, false, 1, "CR-T3"},
    {"escalate", 1440, COMPLAINT_UNIT_MINUTES, "flag", "consider", false, false, false, false, 1, "CR-T3"},
    {"forward", 1, COMPLAINT_UNIT_CALENDAR_DAYS, "triage", "forward", true, false, false, false, 1, "CR-T4"},
    {"order", 3, COMPLAINT_UNIT_WORKING_DAYS, "memo", "order", false, false, false, false, 1, "CR-4.1.3"},
    {"follow_up", 7, COMPLAINT_UNIT_WORKING_DAYS, "forward", "follow_up", false, true, false, false, 2, "CR-T5"},
    {"notify_result", 3, COMPLAINT_UNIT_WORKING_DAYS, "report_result", "delivered", false, false, false, false, 1, "CR-T6"},
    {"information", 1, COMPLAINT_UNIT_WORKING_DAYS, "classify", "answer", false, true, false, true, 0, "PR-12.1"},
    {"reply_to_origin", 0, 0, "triage", "reply_origin", false, false, false, false, 1, "ours"},
    {"breach_72h", 4320, COMPLAINT_UNIT_MINUTES, "flag", "report_breach", false, false, false, false, 0, "ours"},
};

static const clock_row phrae_clocks[] = {
    {"acknowledge", 1, COMPLAINT_UNIT_WORKING_DAYS, "triage", "delivered", true, false, false, false, 2, "ours"},
    {"information", 1, COMPLAINT_UNIT_WORKING_DAYS, "classify", "answer", false, true, false, true, 0, "PR-12.1"},
    {"order", 3, COMPLAINT_UNIT_WORKING_DAYS, "memo", "order", false, false, false, false, 1, "PR-12.2"},
    {"accept", 3, COMPLAINT_UNIT_WORKING_DAYS, "forward", "accept", false, true, true, false, 2, "ours"},
    {"result", 15, COMPLAINT_UNIT_CALENDAR_DAYS, "accept", "report_result", false, true, true, false, 4, "PR-13"},
    {"forward", 3, COMPLAINT_UNIT_WORKING_DAYS, "returned", "forward", false, false, false, false, 1, "ours"},
    {"follow_up", 15, COMPLAINT_UNIT_CALENDAR_DAYS, "refer", "follow_up", false, true, false, false, 2, "PR-12.3"},
    {"notify_result", 3, COMPLAINT_UNIT_WORKING_DAYS, "report_result", "delivered", false, false, false, false, 1, "PR-13"},
    {"overall", 30, COMPLAINT_UNIT_CALENDAR_DAYS, "triage", "close", true, true, false, false, 1, "PR-15"},
    {"reply_to_origin", 0, 0, "triage", "reply_origin", false, false, false, false, 1, "ours"},
    {"breach_72h", 4320, COMPLAINT_UNIT_MINUTES, "flag", "report_breach", false, false, false, false, 0, "ours"},
};

static void assert_row(const complaint_policy *p, const clock_row *row) {
    int at = cpl_policy_clock(p, cpl_str_of(row->id));
    if (at < 0) fail_msg("%s has no clock %s", p->id.p, row->id);
    const cpl_clock_def *c = &p->clocks[at];
    assert_int_equal(c->rule.unit, row->unit);
    assert_int_equal(c->rule.length, row->length);
    assert_int_equal(c->rule.first_day, row->first_day_counts ? COMPLAINT_FIRST_DAY_INCLUDED : COMPLAINT_FIRST_DAY_EXCLUDED);
    assert_int_equal(c->rule.roll, COMPLAINT_ROLL_NONE);
    assert_int_equal(c->rule.receipt, row->first_day_counts ? COMPLAINT_RECEIPT_NEXT_WORKING_DAY : COMPLAINT_RECEIPT_AS_IS);
    assert_int_equal(c->rule.due_at, row->first_day_counts ? COMPLAINT_DUE_OFFICE_CLOSE : COMPLAINT_DUE_END_OF_DAY);
    assert_int_equal(c->from_receipt, row->from_receipt);
    assert_int_equal(c->paused_in != 0, row->pauses);
    assert_int_equal(c->per_referral, row->by_unit);
    assert_int_equal(c->date_field >= 0, row->unit == 0);
    assert_int_equal(c->starts[0].kind, strcmp(row->starts, "returned") == 0 ? CPL_TRIGGER_RETURNED : cpl_event_find(cpl_str_of(row->starts)));
    assert_int_equal(c->stops[0].kind, cpl_event_find(cpl_str_of(row->stops)));
    assert_int_equal(c->warning_count, row->warnings);
    assert_memory_equal(c->code.source.p, row->source, strlen(row->source));
}

/* What ends each clock, and when it speaks up: before the deadline, after the start, after it was due (again and again: *); days of the calendar, working days, minutes, office minutes. */
static const struct {
    int office; /* 0: Chiang Rai, 1: Phrae */
    const char *id, *stops, *warnings;
} clock_ends[] = {
    {0, "acknowledge", "delivered:acknowledgement delivered:acknowledgement_information delivered:answer delivered:answer_refused delivered:answer_not_held", "start+240o>acknowledge_soon due-0c@08:30>acknowledge_today"},
    {0, "escalate_urgent", "consider", "due-0m>consider_overdue_urgent"},
    {0, "escalate", "consider", "due-0m>consider_overdue"},
    {0, "forward", "forward refer answer", "due-0c@08:30>forward_today"},
    {0, "order", "order", "due-1w@08:30>order_soon"},
    {0, "follow_up", "follow_up report_progress report_result hand_back", "due-1w@08:30>follow_up_soon due+1w@08:30*>follow_up_soon"},
    {0, "notify_result", "delivered:result close attempts exhausted", "due-1w@08:30>notify_result_soon"},
    {0, "information", "answer", ""},
    {0, "reply_to_origin", "reply_origin", "due-3c@08:30>origin_soon"},
    {0, "breach_72h", "report_breach", ""}, /* at once, by notices on the flag */
    {1, "acknowledge", "delivered:acknowledgement delivered:acknowledgement_information delivered:answer delivered:answer_refused delivered:answer_not_held", "due-1w@15:00>acknowledge_soon due-0w@08:30>acknowledge_today"},
    {1, "information", "answer", ""},
    {1, "order", "order", "due-1w@08:30>order_soon"},
    {1, "accept", "accept report_result hand_back", "due-0c@08:30>accept_today due+1w@08:30*>accept_overdue>accept_overdue_desk"},
    {1, "result", "report_result hand_back", "due-3c@08:30>result_soon due-1c@08:30>result_soon due-0c@08:30>result_today due+3c@08:30*>result_overdue"},
    {1, "forward", "forward refer answer memo", "due-0w@08:30>forward_today"},
    {1, "follow_up", "follow_up report_result hand_back", "due-0c@08:30>follow_up_soon due+7c@08:30*>follow_up_soon"},
    {1, "notify_result", "delivered:result close attempts exhausted", "due-1w@08:30>notify_result_soon"},
    {1, "overall", "close refer withdraw", "due-7c@08:30>overall_soon"},
    {1, "reply_to_origin", "reply_origin", "due-3c@08:30>origin_soon"},
    {1, "breach_72h", "report_breach", ""},
};

static const char *stops_of(const cpl_clock_def *c) {
    static char words[256];
    size_t n = 0;
    words[0] = '\0';
    for (size_t i = 0; i < c->stop_count; i++)
        n += (size_t)snprintf(words + n, sizeof words - n, "%s%s%s%.*s", i ? " " : "", cpl_trigger_label(c->stops[i].kind, COMPLAINT_ENGLISH) ? cpl_trigger_label(c->stops[i].kind, COMPLAINT_ENGLISH) : cpl_event_name(c->stops[i].kind), c->stops[i].qualifier.n ? ":" : "", (int)c->stops[i].qualifier.n,
                              c->stops[i].qualifier.p);
    return words;
}

static const char *warnings_of(const complaint_policy *p, const cpl_clock_def *c) {
    static char words[512];
    size_t n = 0;
    words[0] = '\0';
    for (size_t i = 0; i < c->warning_count; i++) {
        const cpl_warning *w = &c->warnings[i];
        char unit = w->unit == COMPLAINT_UNIT_CALENDAR_DAYS ? 'c' : w->unit == COMPLAINT_UNIT_WORKING_DAYS ? 'w' : w->unit == COMPLAINT_UNIT_MINUTES ? 'm' : 'o';
        n += (size_t)snprintf(words + n, sizeof words - n, "%s%s%c%d%c", i ? " " : "", w->when == CPL_AFTER_START ? "start" : "due", w->when == CPL_BEFORE_DUE ? '-' : '+', (int)w->length, unit);
        if (w->at_minute >= 0) n += (size_t)snprintf(words + n, sizeof words - n, "@%02d:%02d", (int)w->at_minute / 60, (int)w->at_minute % 60);
        n += (size_t)snprintf(words + n, sizeof words - n, "%s", w->repeat ? "*" : "");
        for (size_t k = 0; k < w->notice_count; k++) n += (size_t)snprintf(words + n, sizeof words - n, ">%s", p->notices[w->notices[k]].id.p);
    }
    return words;
}

static void the_clocks_end_and_speak_up_as_the_table_says(void **state) {
    (void)state;
    complaint_policy *offices[] = {built_in(), built_in_named("moph-phrae")};
    assert_int_equal(offices[0]->clock_count + offices[1]->clock_count, COUNT(clock_ends));
    for (size_t i = 0; i < COUNT(clock_ends); i++) {
        const complaint_policy *p = offices[clock_ends[i].office];
        const cpl_clock_def *c = &p->clocks[cpl_policy_clock(p, cpl_str_of(clock_ends[i].id))];
        assert_string_equal(stops_of(c), clock_ends[i].stops);
        assert_string_equal(warnings_of(p, c), clock_ends[i].warnings);
    }
    for (size_t i = 0; i < COUNT(offices); i++) complaint_policy_free(offices[i]);
}

static void the_clocks_are_those_of_the_table(void **state) {
    (void)state;
    complaint_policy *cr = built_in(), *pr = built_in_named("moph-phrae");
    assert_int_equal(cr->clock_count, COUNT(chiang_rai_clocks));
    assert_int_equal(pr->clock_count, COUNT(phrae_clocks));
    for (size_t i = 0; i < COUNT(chiang_rai_clocks); i++) assert_row(cr, &chiang_rai_clocks[i]);
    for (size_t i = 0; i < COUNT(phrae_clocks); i++) assert_row(pr, &phrae_clocks[i]);
    complaint_policy_free(cr);
    complaint_policy_free(pr);
}

/* [CR-T5] 1 to 7 working days, chosen per case */
static void following_up_takes_one_to_seven_working_days(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    const cpl_clock_def *c = &p->clocks[cpl_policy_clock(p, CPL_LIT("follow_up"))];
    const cpl_field *days = &p->fields[c->length_field];
    assert_int_equal(days->min, 1);
    assert_int_equal(days->max, 7);
    assert_true(cpl_trigger_hits(c->starts, c->start_count, CPL_EV_FOLLOW_UP, CPL_LIT("")));
    complaint_policy_free(p);
}

static bool may(const complaint_policy *p, const char *role, int32_t verb) {
    const cpl_action *a = cpl_policy_action(p, verb);
    return a && (a->roles >> cpl_policy_role(p, cpl_str_of(role)) & 1);
}

static bool among(int32_t verb, const int32_t *verbs, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (verbs[i] == verb) return true;
    return false;
}

static void everybody_may_do_his_own_work_only(void **state) {
    (void)state;
    static const int32_t units[] = {CPL_EV_ACCEPT, CPL_EV_HAND_BACK,    CPL_EV_REPORT_PROGRESS, CPL_EV_REPORT_RESULT,
                                    CPL_EV_RECUSE, CPL_EV_ADD_EVIDENCE, CPL_EV_ADD_PAPER,       CPL_EV_NOTE};
    static const int32_t dpos[] = {CPL_EV_REPORT_BREACH, CPL_EV_RECUSE, CPL_EV_NOTE, CPL_EV_ERASE, CPL_EV_REVEAL};
    complaint_policy *p = built_in();
    assert_true(may(p, "head", CPL_EV_CONSIDER)); /* [CR-4.1.3] */
    assert_false(may(p, "officer", CPL_EV_CONSIDER));
    assert_true(may(p, "officer", CPL_EV_FORWARD)); /* [CR-4.2.4] */
    assert_true(may(p, "unit", CPL_EV_REPORT_RESULT));
    assert_true(may(p, "head", CPL_EV_ASSIGN) && !may(p, "officer", CPL_EV_ASSIGN)); /* [CR-4.1.2] */
    for (size_t i = 0; i < p->action_count; i++) {
        int32_t verb = p->actions[i].kind;
        assert_false(may(p, "auditor", verb));
        assert_true(!may(p, "dpo", verb) || among(verb, dpos, COUNT(dpos)));
        assert_true(!may(p, "unit", verb) || among(verb, units, COUNT(units)));
        assert_true(!may(p, "system", verb) || verb == CPL_EV_RECEIVE);
    }
    complaint_policy_free(p);
}

/* [CR-4.2.5] */
static void who_the_complainant_is_stays_with_the_desk(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    const cpl_view_def *officer = &p->views[cpl_policy_role(p, CPL_LIT("officer"))], *unit = &p->views[cpl_policy_role(p, CPL_LIT("unit"))];
    const cpl_view_def *auditor = &p->views[cpl_policy_role(p, CPL_LIT("auditor"))], *executive = &p->views[cpl_policy_role(p, CPL_LIT("executive"))];
    assert_true(officer->all_cases && officer->confidential && officer->text);
    assert_false(unit->all_cases || unit->named || unit->confidential || unit->anonymous);
    assert_false(auditor->named || auditor->confidential || auditor->text);
    assert_false(executive->confidential || executive->anonymous);
    assert_false(p->views[cpl_policy_role(p, CPL_LIT("system"))].defined);
    complaint_policy_free(p);
}

/* All of design section 5 but what comes with sealing. */
static void every_verb_is_there(void **state) {
    (void)state;
    for (int32_t i = 0; complaint_policy_builtin_name(i); i++) {
        complaint_policy *p = built_in_named(complaint_policy_builtin_name(i));
        for (int32_t verb = CPL_EV_RECEIVE; cpl_event_is_action(verb); verb++)
            if (verb != CPL_EV_REVEAL && verb != CPL_EV_ERASE && !cpl_policy_action(p, verb)) fail_msg("%s has no %s", p->id.p, cpl_event_name(verb));
        assert_int_equal(cpl_policy_action(p, CPL_EV_CONTACT)->from, UINT64_MAX); /* legal in every state */
        complaint_policy_free(p);
    }
}

static bool has_guard(const complaint_policy *p, int32_t verb, cpl_guard_kind kind) {
    const cpl_action *a = cpl_policy_action(p, verb);
    for (size_t i = 0; i < a->guard_count; i++)
        if (p->guards[a->guards[i]].kind == kind) return true;
    return false;
}

static void the_guards_stand_where_the_paper_has_them(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    assert_true(has_guard(p, CPL_EV_ACKNOWLEDGE, CPL_GUARD_FIXED_ACKNOWLEDGEMENT));
    assert_true(has_guard(p, CPL_EV_FORWARD, CPL_GUARD_CONSIDER_BEFORE_FORWARD) && has_guard(p, CPL_EV_FORWARD, CPL_GUARD_CLASS_BEFORE_FORWARD));
    assert_true(has_guard(p, CPL_EV_REFER, CPL_GUARD_CONSIDER_BEFORE_FORWARD) && has_guard(p, CPL_EV_REFER, CPL_GUARD_TRANSFER_NEEDS_TARGET));
    assert_true(has_guard(p, CPL_EV_REPORT_RESULT, CPL_GUARD_NO_DESK_FINDING));
    assert_true(has_guard(p, CPL_EV_CLOSE, CPL_GUARD_TOLD_BEFORE_CLOSE) && has_guard(p, CPL_EV_CLOSE, CPL_GUARD_ORIGIN_BEFORE_CLOSE));
    assert_true(has_guard(p, CPL_EV_REJECT, CPL_GUARD_NO_DESK_REJECT)); /* [CR-N] the desk never rejects */
    assert_true(has_guard(p, CPL_EV_ORDER, CPL_GUARD_ON_BEHALF_REQUIRED) && has_guard(p, CPL_EV_ACCEPT, CPL_GUARD_ON_BEHALF_REQUIRED) && has_guard(p, CPL_EV_REPORT_RESULT, CPL_GUARD_ON_BEHALF_REQUIRED));
    assert_true(has_guard(p, CPL_EV_CLOSE, CPL_GUARD_BREACH_REPORTED_BEFORE_CLOSE) && has_guard(p, CPL_EV_CLOSE, CPL_GUARD_LINKED_RESULT_BEFORE_CLOSE));
    assert_true(has_guard(p, CPL_EV_ASSIGN, CPL_GUARD_RESPONDENT_IS_BLIND) && has_guard(p, CPL_EV_FORWARD, CPL_GUARD_RESPONDENT_IS_BLIND));
    for (size_t i = 0; i < p->guard_count; i++)
        if (p->guards[i].kind == CPL_GUARD_CONSIDER_BEFORE_FORWARD) assert_int_equal(p->guards[i].flags, CPL_FLAG_URGENT | CPL_FLAG_SENSITIVE | CPL_FLAG_OFFICE_IMPACT);
    complaint_policy_free(p);
}

static void phraes_guards_stand_where_the_paper_has_them(void **state) {
    (void)state;
    complaint_policy *p = built_in_named("moph-phrae");
    assert_true(has_guard(p, CPL_EV_FORWARD, CPL_GUARD_ORDER_BEFORE_FORWARD) && has_guard(p, CPL_EV_FORWARD, CPL_GUARD_ROUTE)); /* [PR-12.2] */
    assert_true(has_guard(p, CPL_EV_ORDER, CPL_GUARD_EXAMINATION_WHEN_FLAGGED));                                                /* [PR-12.4] */
    assert_true(has_guard(p, CPL_EV_REFER, CPL_GUARD_TRANSFER_NEEDS_TARGET));                                                   /* [PR-12.3] */
    assert_true(has_guard(p, CPL_EV_CLOSE, CPL_GUARD_TOLD_BEFORE_CLOSE));
    assert_string_equal(complaint_policy_route(p, "procurement"), "memo");
    assert_string_equal(complaint_policy_route(p, "information_request"), "information"); /* [PR-12.1] */
    assert_string_equal(complaint_policy_route(p, "out_of_jurisdiction"), "refer");
    complaint_policy_free(p);
}

/* [CR-T3] at once, whatever the hour; corruption counts as office_impact; a leak reaches head and data protection officer */
static bool is_told_at_once(const complaint_policy *p, const char *role, const char *flag) {
    for (size_t i = 0; i < p->notice_count; i++) {
        const cpl_notice_def *n = &p->notices[i];
        if (n->urgent && cpl_notice_goes_to(n, cpl_policy_role(p, cpl_str_of(role))) && cpl_trigger_hits(n->on, n->on_count, CPL_EV_FLAG, cpl_str_of(flag))) return true;
    }
    return false;
}

static void flags_reach_the_head_at_once(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    static const char *const flags[] = {"urgent", "sensitive", "office_impact", "data_breach"};
    for (size_t i = 0; i < COUNT(flags); i++) assert_true(is_told_at_once(p, "head", flags[i]));
    assert_true(is_told_at_once(p, "dpo", "data_breach"));
    assert_false(is_told_at_once(p, "dpo", "urgent"));
    assert_int_equal(p->flags[cpl_policy_flag(p, CPL_LIT("corruption"))].implies, CPL_FLAG_OFFICE_IMPACT);
    complaint_policy_free(p);
}

/* A flag can come late; the head can still consider, or nothing would stop the clock. */
static void wherever_a_flag_is_raised_the_head_can_consider(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    assert_int_equal(cpl_policy_action(p, CPL_EV_FLAG)->from & ~cpl_policy_action(p, CPL_EV_CONSIDER)->from, 0);
    complaint_policy_free(p);
}

static void assert_cited(cpl_str id, cpl_str source) {
    bool cited = cpl_str_is(source, "ours") || (source.n > 3 && (memcmp(source.p, "CR-", 3) == 0 || memcmp(source.p, "PR-", 3) == 0));
    if (!cited) fail_msg("%s: source “%s”", id.p, source.n ? source.p : "");
}

static void assert_all_cited(const complaint_policy *p) {
    for (size_t i = 0; i < p->role_count; i++) assert_cited(p->roles[i].id, p->roles[i].source);
    for (size_t i = 0; i < p->role_count; i++)
        if (p->views[i].defined) assert_cited(p->roles[i].id, p->views[i].source);
    for (size_t i = 0; i < p->channel_count; i++) assert_cited(p->channels[i].code.id, p->channels[i].code.source);
    for (size_t i = 0; i < p->nature_count; i++) assert_cited(p->natures[i].id, p->natures[i].source);
    for (size_t i = 0; i < p->class_count; i++) assert_cited(p->classes[i].code.id, p->classes[i].code.source);
    for (size_t i = 0; i < p->flag_count; i++) assert_cited(p->flags[i].code.id, p->flags[i].code.source);
    for (size_t i = 0; i < p->guard_count; i++) assert_cited(p->guards[i].id, p->guards[i].source);
    for (size_t i = 0; i < p->action_count; i++) assert_cited(cpl_str_of(cpl_event_name(p->actions[i].kind)), p->actions[i].source);
    for (size_t i = 0; i < p->notice_count; i++) assert_cited(p->notices[i].id, p->notices[i].source);
    for (size_t i = 0; i < p->clock_count; i++) assert_cited(p->clocks[i].code.id, p->clocks[i].code.source);
    for (size_t i = 0; i < p->origin_count; i++) assert_cited(p->origins[i].code.id, p->origins[i].code.source);
    for (size_t i = 0; i < p->clock_count; i++)
        for (size_t k = 0; k < p->clocks[i].warning_count; k++) assert_cited(p->clocks[i].code.id, p->clocks[i].warnings[k].source);
}

static void every_rule_cites_its_clause(void **state) {
    (void)state;
    for (int32_t i = 0; complaint_policy_builtin_name(i); i++) {
        complaint_policy *p = built_in_named(complaint_policy_builtin_name(i));
        assert_all_cited(p);
        complaint_policy_free(p);
    }
}

static void every_code_has_a_label_in_both_languages(void **state) {
    (void)state;
    for (int32_t i = 0; complaint_policy_builtin_name(i); i++) {
        complaint_policy *p = built_in_named(complaint_policy_builtin_name(i));
        for (int32_t kind = COMPLAINT_CODE_ROLE; kind <= COMPLAINT_CODE_VERB; kind++) {
            int32_t n = 0;
            for (const char *code; (code = complaint_policy_code(p, kind, n)); n++) {
                assert_true(strlen(complaint_policy_label(p, kind, code, COMPLAINT_THAI)) > 0);
                assert_true(strlen(complaint_policy_label(p, kind, code, COMPLAINT_ENGLISH)) > 0);
                assert_non_null(complaint_policy_source(p, kind, code));
            }
            assert_true(n > 0);
        }
        complaint_policy_free(p);
    }
}

/* [CR-N] the word for closing is ปิดเรื่อง */
static void the_wording_is_the_papers(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    assert_null(strstr(built_in_document().p, "ยุติ"));
    assert_string_equal(complaint_policy_label(p, COMPLAINT_CODE_STATE, "closed", COMPLAINT_THAI), "ปิดเรื่อง");
    assert_string_equal(complaint_policy_label(p, COMPLAINT_CODE_STATE, "closed", COMPLAINT_ENGLISH), "closed");
    complaint_policy_free(p);
}

/* ---- the page for checking ------------------------------------------------------------------------------------------------------ */

static const char *const clauses[] = {"CR-1",     "CR-2",     "CR-3", "CR-3.1", "CR-3.2", "CR-3.3", "CR-3.4", "CR-3.5", "CR-4.1", "CR-4.1.3", "CR-4.2", "CR-4.2.2",
                                      "CR-4.2.4", "CR-4.2.5", "CR-5", "CR-T1",  "CR-T2",  "CR-T3",  "CR-T4",  "CR-T5",  "CR-T6",  "CR-N",     "PR-12.3"};

static const char *const thai_words[] = {
    "สำนักงานสาธารณสุขจังหวัดเชียงราย",
    "ตอบรับเรื่อง — 1 วันตามปฏิทิน นับจากวันรับเรื่อง ไม่นับวันแรก ครบกำหนดเมื่อสิ้นวัน แม้เป็นวันหยุดก็ไม่เลื่อน [CR-T2]",
    "เสนอหัวหน้าพิจารณาเรื่องเร่งด่วน — 60 นาที [CR-T3]",
    "ติดตามความคืบหน้า — 7 วันทำการ",
    "เริ่มเมื่อ: ทำเครื่องหมาย “เร่งด่วน”",
    "ลงทะเบียนแล้ว, ส่งต่อหน่วยงานแล้ว รอผล, ได้รับผลแล้ว รอแจ้งผู้ร้องเรียน, แจ้งผลผู้ร้องเรียนแล้ว → ส่งต่อหน่วยงานแล้ว รอผล",
    "ขอขอบคุณ{particle}",
    "[กำหนดเอง] คือข้อที่มาตรฐานไม่ได้ระบุ",
    "ทำได้เมื่อ: ทุกสถานะก่อนเรื่องสิ้นสุด (สถานะไม่เปลี่ยน)",
    "หยุดเมื่อ: ข้อความแจ้ง “acknowledgement” ถึงผู้รับแล้ว, ข้อความแจ้ง “acknowledgement_information” ถึงผู้รับแล้ว, ข้อความแจ้ง “answer” ถึงผู้รับแล้ว",
    "เตือน: 4 ชั่วโมงในเวลาราชการหลังเริ่มนับ ด้วยข้อความแจ้ง acknowledge_soon",
    "(ตรวจทุกวัน เตือนเวลา 15.00 น.) [CR-2, CR-5, CR-T1]",
    "ยกเลิกเมื่อ: จำแนกประเภท “การปฏิบัติงานหรือพฤติกรรมของบุคลากร”, “การให้บริการด้านสาธารณสุขของหน่วยบริการ”, ",
    "name: ชื่อผู้ร้องเรียน — ข้อความ (ระบุตัวผู้ร้องเรียน ปกปิดจากผู้ที่ไม่มีสิทธิเห็นตัวผู้ร้องเรียน)",
    "days: ติดตามภายใน หรือขยายเวลาอีก (วันทำการ) — จำนวนเต็ม 1–7",
    "กำหนดเป็นรายเรื่องได้: ติดตามภายใน หรือขยายเวลาอีก (วันทำการ) 1–7",
    "สิทธิดูข้อมูล: เฉพาะเรื่องที่ส่งถึงหน่วยงานของตน; ไม่เห็นตัวผู้ร้องเรียน",
};

static const char *const english_words[] = {
    "Chiang Rai Provincial Public Health Office",
    "acknowledge — 1 calendar day, counted from the receipt, the first day not counted, due at the end of the day, also when that is a holiday [CR-T2]",
    "60 minutes [CR-T3]",
    "7 working days",
    "starts: flagged “urgent”",
    "from: registered, forwarded, waiting for the result, result in, complainant to be told, complainant told → forwarded, waiting for the result",
    "สำนักงานสาธารณสุขจังหวัดเชียงรายได้รับเรื่องแล้ว",
    "[ours]",
    "sees: cases referred to its unit only; who the complainant is: hidden",
    "phase transferred",
};

static void assert_page(const complaint_policy *p, int32_t language, const char *const *words, size_t count) {
    complaint_text *t = NULL;
    assert_int_equal(complaint_policy_describe(p, language, &t), COMPLAINT_OK);
    const char *page = complaint_text_data(t);
    size_t offset;
    assert_int_equal(cpl_utf8_check(cpl_text_str(t), &offset), COMPLAINT_OK);
    for (size_t i = 0; i < COUNT(clauses); i++) {
        char cited[32];
        snprintf(cited, sizeof cited, "[%s]", clauses[i]);
        if (!strstr(page, cited)) fail_msg("the page does not cite %s", clauses[i]);
    }
    for (size_t i = 0; i < count; i++)
        if (!strstr(page, words[i])) fail_msg("the page does not say: %s", words[i]);
    assert_null(strstr(page, "(null)"));
    complaint_text_free(t);
}

static void the_page_can_be_checked_against_the_paper(void **state) {
    (void)state;
    complaint_policy *p = built_in();
    assert_page(p, COMPLAINT_THAI, thai_words, COUNT(thai_words));
    assert_page(p, COMPLAINT_ENGLISH, english_words, COUNT(english_words));
    complaint_policy_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_is_named_with_path_line_and_reason),
        cmocka_unit_test(attempts_that_nobody_can_record_are_no_condition),
        cmocka_unit_test(all_mistakes_are_said_at_once),
        cmocka_unit_test(what_only_follows_is_not_said),
        cmocka_unit_test(the_list_of_mistakes_has_an_end),
        cmocka_unit_test(memory_may_end_while_mistakes_are_gathered),
        cmocka_unit_test(the_author_may_go_without_an_error),
        cmocka_unit_test(what_is_no_object_is_refused),
        cmocka_unit_test(a_document_cut_at_any_byte_is_refused),
        cmocka_unit_test(sixty_four_roles_are_the_most),
        cmocka_unit_test(a_thousand_units_are_the_most),
        cmocka_unit_test(a_mebibyte_is_the_most),
        cmocka_unit_test(null_is_answered),
        cmocka_unit_test(codes_outside_answer_null),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(memory_may_run_out_over_a_wrong_document),
        cmocka_unit_test(an_allocator_without_slots_is_refused),
        cmocka_unit_test(the_last_owner_frees),
        cmocka_unit_test(english_falls_back_to_thai),
        cmocka_unit_test(free_text_is_sealed_unless_the_policy_says_otherwise),
        cmocka_unit_test(a_clock_may_say_every_rule),
        cmocka_unit_test(a_policy_may_ask_the_head_about_every_case),
        cmocka_unit_test(silence_is_said),
        cmocka_unit_test(a_notice_may_follow_the_fate_of_an_earlier_one),
        cmocka_unit_test(a_flag_taken_back_is_another_event_than_one_that_is_set),
        cmocka_unit_test(guards_say_what_they_are_about),
        cmocka_unit_test(a_value_may_demand_more),
        cmocka_unit_test(a_way_may_depend_on_where_the_case_is),
        cmocka_unit_test(what_implied_flags_imply_is_implied),
        cmocka_unit_test(hosts_can_build_a_form_from_the_fields),
        cmocka_unit_test(hosts_can_name_the_clause_of_anything),
        cmocka_unit_test(hosts_can_put_the_office_on_their_papers),
        cmocka_unit_test(rounds_and_groups_of_the_reports),
        cmocka_unit_test(whoever_is_concerned_has_somebody_above_him),
        cmocka_unit_test(channels_may_be_a_daily_duty),
        cmocka_unit_test(a_suggestion_is_unsure_below_what_the_policy_says),
        cmocka_unit_test(a_class_stands_for_its_sub_classes),
        cmocka_unit_test(what_unless_names_stands_among_the_first_classes),
        cmocka_unit_test(actions_lead_back_or_give_more_time),
        cmocka_unit_test(notices_go_to_complainants_origins_and_roles),
        cmocka_unit_test(a_clock_may_pause_remind_and_belong_to_a_unit),
        cmocka_unit_test(a_clock_may_run_to_a_date_somebody_gave),
        cmocka_unit_test(names_are_sealed_without_being_told_to),
        cmocka_unit_test(origins_may_be_left_out),
        cmocka_unit_test(the_page_says_the_new_forms),
        cmocka_unit_test(clocks_say_for_whom_they_run),
        cmocka_unit_test(what_is_owed_can_be_entered_until_the_end),
        cmocka_unit_test(the_list_of_built_in_policies_is_the_folder),
        cmocka_unit_test(hosts_find_the_clock_that_a_verb_ends),
        cmocka_unit_test(the_words_of_a_verb_are_there_to_be_copied),
        cmocka_unit_test(blanks_of_the_words_are_filled),
        cmocka_unit_test(memory_may_run_out_over_the_words),
        cmocka_unit_test(it_is_chiang_rai),
        cmocka_unit_test(the_acknowledgement_is_the_central_message),
        cmocka_unit_test(the_classes_are_the_five_points_and_ours),
        cmocka_unit_test(the_clocks_are_those_of_the_table),
        cmocka_unit_test(the_clocks_end_and_speak_up_as_the_table_says),
        cmocka_unit_test(following_up_takes_one_to_seven_working_days),
        cmocka_unit_test(everybody_may_do_his_own_work_only),
        cmocka_unit_test(who_the_complainant_is_stays_with_the_desk),
        cmocka_unit_test(every_verb_is_there),
        cmocka_unit_test(the_guards_stand_where_the_paper_has_them),
        cmocka_unit_test(phraes_guards_stand_where_the_paper_has_them),
        cmocka_unit_test(flags_reach_the_head_at_once),
        cmocka_unit_test(wherever_a_flag_is_raised_the_head_can_consider),
        cmocka_unit_test(every_rule_cites_its_clause),
        cmocka_unit_test(every_code_has_a_label_in_both_languages),
        cmocka_unit_test(the_wording_is_the_papers),
        cmocka_unit_test(the_page_can_be_checked_against_the_paper),
    };
    return cmocka_run_group_tests(tests, read_whole, forget_whole);
}
