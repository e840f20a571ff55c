/* Redaction: what is masked and what stays, where and why, names that are given, and how much of the corpus is judged as people judged it. */
#include <complaint.h>

#include "support/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static complaint_redactor *redactor;

static int open_redactor(void **state) {
    (void)state;
    return complaint_redactor_new(NULL, &redactor) != COMPLAINT_OK;
}

static int close_redactor(void **state) {
    (void)state;
    complaint_redactor_free(redactor);
    return 0;
}

static void becomes(const char *text, const char *expected) {
    assert_int_equal(complaint_redactor_run(redactor, text, strlen(text), 0, NULL), COMPLAINT_OK);
    if (strcmp(complaint_redactor_data(redactor), expected) != 0) fail_msg("\"%s\" became \"%s\", expected \"%s\"", text, complaint_redactor_data(redactor), expected);
    assert_int_equal(complaint_redactor_size(redactor), strlen(expected));
}

static void stays(const char *text) {
    becomes(text, text);
    assert_int_equal(complaint_redactor_count(redactor), 0);
}

typedef struct pair {
    const char *text, *expected;
} pair;

static void all_become(const pair *pairs, size_t count) {
    for (size_t i = 0; i < count; i++) becomes(pairs[i].text, pairs[i].expected);
}
#define ALL_BECOME(pairs) all_become(pairs, sizeof(pairs) / sizeof *(pairs))

/* ---- what is refused ---- */

static void handles_say_what_is_wrong(void **state) {
    (void)state;
    complaint_redactor *r = NULL;
    complaint_allocator broken = {0};
    complaint_error *e = NULL;
    size_t offset = 7;
    char long_name[400];
    memset(long_name, 'a', sizeof long_name);
    assert_int_equal(complaint_redactor_new(NULL, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_redactor_new(&broken, &r) & 0xff, COMPLAINT_E_HOST_TABLE);
    assert_null(r);
    assert_int_equal(complaint_redactor_run(NULL, "", 0, 0, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_redactor_add_name(NULL, "a", 1), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_redactor_clear_names(NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_redactor_mask(NULL, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_HANDLE);
    assert_int_equal(complaint_redactor_add_words(NULL, "", 0, &e), COMPLAINT_E_HANDLE);
    assert_non_null(e);
    complaint_error_free(e);
    assert_string_equal(complaint_redactor_data(NULL), "");
    assert_int_equal(complaint_redactor_size(NULL) + complaint_redactor_count(NULL), 0);
    assert_int_equal(complaint_redactor_run(redactor, NULL, 1, 0, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_redactor_run(redactor, "a", 1, 2, NULL), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_redactor_run(redactor, "a\xff", 2, 0, &offset), COMPLAINT_E_UTF8);
    assert_int_equal(offset, 1);
    assert_int_equal(complaint_redactor_run(redactor, "a\0", 2, 0, &offset), COMPLAINT_E_NUL);
    assert_int_equal(complaint_redactor_add_name(redactor, "ก", 3), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_redactor_add_name(redactor, NULL, 0), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_redactor_add_name(redactor, "\xff\xff\xff", 3), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_redactor_add_name(redactor, long_name, sizeof long_name), COMPLAINT_E_INVALID);
    assert_int_equal(complaint_redactor_run(redactor, NULL, 0, 0, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_redactor_mask(redactor, 0, NULL, NULL, NULL, NULL), COMPLAINT_E_RANGE);
}

/* What was masked before must not be read behind a failure. */
static void a_failure_leaves_nothing(void **state) {
    (void)state;
    becomes("โทร 068-118-4993", "โทร [โทรศัพท์]");
    assert_int_equal(complaint_redactor_run(redactor, "\xff", 1, 0, NULL), COMPLAINT_E_UTF8);
    assert_string_equal(complaint_redactor_data(redactor), "");
    assert_int_equal(complaint_redactor_count(redactor), 0);
    assert_int_equal(complaint_redactor_run(redactor, "โทร 068-118-4993 \xff", strlen("โทร 068-118-4993 \xff"), COMPLAINT_REDACT_REPAIR, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_redactor_count(redactor), 1);
}

/* A comma or a full stop without a blank between two of them makes no amount of money of them. */
static void numbers_side_by_side_are_two(void **state) {
    (void)state;
    static const pair pairs[] = {
        {"โทร 0812345678,0899999999", "โทร [โทรศัพท์],[โทรศัพท์]"},       {"โทร 0812345678.0899999999", "โทร [โทรศัพท์].[โทรศัพท์]"}, {"081-2345678,053-711234", "[โทรศัพท์],[โทรศัพท์]"},
        {"1101700230708,0812345678", "[เลขประจำตัวประชาชน],[โทรศัพท์]"}, {"บัญชี 0123456789,9876543210", "บัญชี [เลขบัญชี],[เลขบัญชี]"},
    };
    ALL_BECOME(pairs);
    stays("ราคา 1,234,567,890 บาท");
    stays("12.50 บาท 1,000.00");
}

/* ---- what looks like it and stays ---- */

static void look_alikes_stay(void **state) {
    (void)state;
    static const char *const texts[] = {
        "เลข อย. 57-1-03448-1-0123 หมดอายุ 12/03/2569",
        "อย. 5710344810123 ไม่มีในระบบ",
        "เลขจดแจ้ง 57-1-6800099999 ค้นไม่เจอ",
        "ทะเบียนนิติบุคคล 0575561000123",
        "เลขประจำตัวผู้เสียภาษี 0-5755-61000-12-3",
        "(เลขที่โครงการ ๖๙๐๑๙๙๙๐๐๒๑) วงเงิน ๘,๔๐๐,๐๐๐ บาท",
        "โครงการ 66089123456 วงเงิน 1,250,000 บาท",
        "เวลา 08.30-16.30 น. วันที่ 12/11/2568 ถึง 15/11/2568",
        "รอ 26 สาย ตั้งแต่ 8 โมงถึง 4 โมง 12,345,678 บาท",
        "ทะเบียนรถ กข 1234 เชียงราย และ 1กก 5678",
        "invoice 1234567890 ยอด 3,500.00",
        "เลขพัสดุ EX000123456TH และ TH0123456789A",
        "สายด่วน 1669 หรือ 1422 กด 2",
        "ประกาศเลขที่ ๓/๒๕๖๙ คำสั่งที่ 12/2569",
        "ผู้ป่วย 12 หมู่บ้าน รวม 30 ราย หมู่ 3 ตั้งแต่ 5 ต.ค. 2569 หมู่ 6",
        "ระบาด 3 หมู่ 5 ราย และ 2 หมู่ 1,5,7",
        "ที่ ชร 0033.08/1234 ครุภัณฑ์ 7440-001-0001/66 คดีหมายเลขดำที่ 123/2569",
        "ใบเสร็จเล่มที่ 12 เลขที่ 34 รหัสไปรษณีย์ 57000 พิกัด 02-03-2569 5",
        "www.moph.go.th และ a@b และ @",
        "ไลน์กลุ่มหมู่บ้าน ขายออนไลน์ LINE Official LINE OA",
        "พิกัด 19.9105, 99.8406 ห้อง 204 ตึก 5",
        "555555555 ขำมาก",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) stays(texts[i]);
}

/* Ten bare digits are those of a telephone only where nothing says that they number a thing, or count money. */
static void numbers_of_things_stay(void **state) {
    (void)state;
    static const char *const texts[] = {
        "ใบเสร็จเลขที่ 0812345678",
        "ใบเสร็จ เลขที่ 0812345678",
        "ใบเสร็จรับเงินค่ายาเลขที่ 0812345678",
        "พัสดุเลขที่ 0812345678",
        "พัสดุหมายเลข 0812345678",
        "ใบแจ้งหนี้ No. 0891234567",
        "Order no.: 0812345678 Tracking # 0812345678",
        "เลขออเดอร์ 0812345678 เลขเคลม 0898765432",
        "คำขอเลขที่ 0612345678 เลขที่รับแจ้ง 0612345678",
        "รหัสลูกค้า 0812345678",
        "ตามหนังสือที่ ชร 0033/0812345678",
        "โอน 1234567890 บาท",
        "โอนเงิน 1234567890 บาทถ้วน",
        "ราคา 0812345678 บาท",
        "ธนาคารอนุมัติ 1500000000 ฿",
    };
    static const pair pairs[] = {
        {"ใบเสร็จเลขที่ 123 โทร 0812345678", "ใบเสร็จเลขที่ 123 โทร [โทรศัพท์]"},
        {"พัสดุไม่ถึง โทรหมายเลข 0812345678", "พัสดุไม่ถึง โทรหมายเลข [โทรศัพท์]"},
        {"หมายเลข 0812345678", "หมายเลข [โทรศัพท์]"},
        {"เลขา 0812345678", "เลขา [โทรศัพท์]"},
        {"สายด่วน 1669/0812345678", "สายด่วน 1669/0812345678"},
        {"โทร 1669/0812345678", "โทร 1669/[โทรศัพท์]"},
        {"บัญชีเลขที่ 1234567890", "บัญชีเลขที่ [เลขบัญชี]"},
        {"บัตรประชาชนเลขที่ 1101700230703", "บัตรประชาชนเลขที่ [เลขประจำตัวประชาชน]"},
        {"เลข 1101700230708", "เลข [เลขประจำตัวประชาชน]"},
        {"โอนไป 500 บาท 1234567890", "โอนไป 500 บาท [เลขบัญชี]"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) stays(texts[i]);
    ALL_BECOME(pairs);
}

static void sentences_are_no_names(void **state) {
    (void)state;
    static const char *const texts[] = {
        "นายแพทย์สาธารณสุขจังหวัด มอบหมายให้ตรวจสอบ", "นายกเทศมนตรี ไม่สนใจ",   "นายจ้าง หักเงินเดือน", "คุณหมอ ใจดีมาก ขอบคุณค่ะ", "คุณพยาบาล พูดจาไม่ดี",    "พยาบาลชื่อสมหญิง ไม่ทราบนามสกุล",
        "คนขายชื่อแม่ใหญ่ มาทุกเช้าที่ กม. 17",          "ผมหวีแล้ว เขาบอกว่าไม่ใช่", "หน้าห้อง ตู้น้ำเสีย",    "ขอเสนอชื่อทั้งสถานี",       "ลงชื่อเข้าใช้ไม่ได้ รหัสผิด", "ใช้ชื่อ \"สาธารณสุขเชียงรายตัวจริง\" หลอก",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) stays(texts[i]);
}

/* ---- what is masked ---- */

static void numbers_are_masked(void **state) {
    (void)state;
    static const pair pairs[] = {
        {"เลขบัตร 1-5477-72749-00-1 ครับ", "เลขบัตร [เลขประจำตัวประชาชน] ครับ"},
        {"บัตรชมพูเลขที่ 00-5701-123456-7", "บัตรชมพูเลขที่ [เลขประจำตัวประชาชน]"},
        {"เลขที่บัตร 0 5701 89123 45 6", "เลขที่บัตร [เลขประจำตัวประชาชน]"},
        {"๓-๕๗๘๒-๘๘๘๒๗-๔๗-๑", "[เลขประจำตัวประชาชน]"},
        {"5543527582823 สิทธิ", "[เลขประจำตัวประชาชน] สิทธิ"},
        {"เลขบัตร 1545650177992", "เลขบัตร [เลขประจำตัวประชาชน]"},
        {"โทร.๐๘๑๒๓๔๕๖๗๘/๐๘๙๘๗๖๕๔๓๒", "โทร.[โทรศัพท์]/[โทรศัพท์]"},
        {"081.234.5678 +66812345678 +66 (0)81 234 5678", "[โทรศัพท์] [โทรศัพท์] [โทรศัพท์]"},
        {"02-123-4567 ต่อ 12 หรือ 0 5391 0300-5", "[โทรศัพท์] ต่อ 12 หรือ [โทรศัพท์]"},
        {"08\u200b1-234\u00a05678", "[โทรศัพท์]"},
        {"tel:(081)2345678 (โทร 081-2345678) (+66) 81-234-5678", "tel:[โทรศัพท์] (โทร [โทรศัพท์]) [โทรศัพท์]"},
        {"โทร 0812345678-9 หรือ 081-2345678-80", "โทร [โทรศัพท์] หรือ [โทรศัพท์]"},
        {"โทร 0 8 1 2 3 4 5 6 7 8 เบอร์ 08 12 34 56 78", "โทร [โทรศัพท์] เบอร์ [โทรศัพท์]"},
        {"รอ 0 8 1 2 3 4 5 6 7 8 โทรไปวันที่ 08-12-2569 10 โมง", "รอ 0 8 1 2 3 4 5 6 7 8 โทรไปวันที่ 08-12-2569 10 โมง"},
        {"เลข 13 หลัก 1 5 4 5 6 5 0 1 7 7 9 9 2", "เลข 13 หลัก [เลขประจำตัวประชาชน]"},
        {"HN 123456,123457 และ 123458", "HN [HN],[HN] และ [HN]"},
        {"HN 123456 รอ 1500 คน อายุ 45", "HN [HN] รอ 1500 คน อายุ 45"},
        {"HN ของแม่คือ 650123 HN ของผู้ป่วย 12 ราย", "HN ของแม่คือ [HN] HN ของผู้ป่วย 12 ราย"},
        {"HN ไม่ทราบ โทร 0812345678", "HN ไม่ทราบ โทร [โทรศัพท์]"},
        {"HN:12345 H.N. 65-001234 hn๖๕๐๑ เลขผู้ป่วย 1234567", "HN:[HN] H.N. [HN] hn[HN] เลขผู้ป่วย [HN]"},
        {"บัญชีกสิกร 123-4-56789-0 หรือ 1234567890", "บัญชีกสิกร [เลขบัญชี] หรือ [เลขบัญชี]"},
        {"พาสปอร์ต AA1234567 Passport No. AB 1234567", "พาสปอร์ต [หนังสือเดินทาง] Passport No. [หนังสือเดินทาง]"},
    };
    ALL_BECOME(pairs);
}

static void contacts_are_masked(void **state) {
    (void)state;
    static const pair pairs[] = {
        {"อีเมล Somchai.J+x@moph.go.th, ด่วน", "อีเมล [อีเมล], ด่วน"},
        {"k.tagang [at] gmail.com k.tagang(at)gmail.com รอ (at) 9.30", "[อีเมล] [อีเมล] รอ (at) 9.30"},
        {"line id : somsri_99 ID LINE: @shopabc ไลน์ somying", "line id : [ไลน์] ID LINE: [ไลน์] ไลน์ [ไลน์]"},
        {"IDline: mali.s ไอดีไลน์ mali.s Line : mali.s กลุ่ม line openchat", "IDline: [ไลน์] ไอดีไลน์ [ไลน์] Line : [ไลน์] กลุ่ม line openchat"},
        {"คนนำทีมให้ไลน์ไว้ชื่อ kaoi_fai_fai24 ลองแอด", "คนนำทีมให้ไลน์ไว้ชื่อ [ไลน์] ลองแอด"},
        {"บ้านเลขที่ 17 ม.๑ ต.เหมือง", "บ้านเลขที่ [บ้านเลขที่] ต.เหมือง"},
        {"ที่อยู่ 83 ม.8 อ.แม่จัน", "ที่อยู่ [บ้านเลขที่] อ.แม่จัน"},
        {"อยู่ 118/22 ซ.ร่วมใจ และเลขที่ 55 ถ.พหลโยธิน", "อยู่ [บ้านเลขที่] ซ.ร่วมใจ และเลขที่ [บ้านเลขที่] ถ.พหลโยธิน"},
    };
    ALL_BECOME(pairs);
}

static void names_are_masked(void **state) {
    (void)state;
    static const pair pairs[] = {
        {"นาย สมชาย ใจดี, นางสาวสมหญิง รักดี และ ด.ช.ภูผา ม่านเมฆ", "นาย [ชื่อบุคคล], นางสาว[ชื่อบุคคล] และ ด.ช.[ชื่อบุคคล]"},
        {"นายสมชาย ใจดีแจ้งว่าไม่ได้รับยา", "นาย[ชื่อบุคคล]แจ้งว่าไม่ได้รับยา"},
        {"พ.ต.ท.สมศักดิ์ มั่นคง และ ว่าที่ ร.ต.หญิง สุดา แก้วใส", "พ.ต.ท.[ชื่อบุคคล] และ ว่าที่ ร.ต.หญิง [ชื่อบุคคล]"},
        {"นางมณี ณ เชียงใหม่ แจ้งเหตุ", "นาง[ชื่อบุคคล] แจ้งเหตุ"},
        {"Mr. John Smith called", "Mr. [ชื่อบุคคล] called"},
        {"My name is Mary Jones, Name: John Smith", "My name is [ชื่อบุคคล], Name: [ชื่อบุคคล]"},
        {"ด.ต.หญิง ปราณี ใจเมืองคำ และ ด.ต. (เกษียณ) พิมพ์เขียว ผาช้างน้อยวงศ์", "ด.ต.หญิง [ชื่อบุคคล] และ ด.ต. (เกษียณ) [ชื่อบุคคล]"},
        {"ชื่อ ลำดวน นามสกุล ปวงงาม", "ชื่อ [ชื่อบุคคล]"},
        {"ผมชื่ออุดม สายปินตาครับ", "ผมชื่อ[ชื่อบุคคล]ครับ"},
        {"ผู้ป่วย (นางอรทัย สีนวลดี) กลับแล้ว", "ผู้ป่วย (นาง[ชื่อบุคคล]) กลับแล้ว"},
        {"สารวัตรกำนัน ดวงดี ปินใจคำ", "สารวัตรกำนัน [ชื่อบุคคล]"},
        {"ผู้แจ้ง: สมหญิง แก้วมณี", "ผู้แจ้ง: [ชื่อบุคคล]"},
        {"ดิฉัน สุนันทา ป่าสนหมอก ขอร้องเรียน", "ดิฉัน [ชื่อบุคคล] ขอร้องเรียน"},
        {"หมอชื่อ ทพญ.เดือนดาริน แก่งเสือคำเขียว ยังโพสต์", "หมอชื่อ ทพญ.[ชื่อบุคคล] ยังโพสต์"},
        {"ขอแสดงความนับถือ\n\n(สมชาย ใจดี)\nผู้ร้องเรียน", "ขอแสดงความนับถือ\n\n([ชื่อบุคคล])\nผู้ร้องเรียน"},
        {"ลงชื่อ...............สมชาย ใจดี", "ลงชื่อ...............[ชื่อบุคคล]"},
        {"(......นายอินสอน คำแปง......)", "(......นาย[ชื่อบุคคล]......)"},
        {"(......อินสอน คำแปง......)", "(......[ชื่อบุคคล]......)"},
        {"(ลงชื่อ)......นายอินสอน คำแปง......", "(ลงชื่อ)......นาย[ชื่อบุคคล]......"},
        {"ลงชื่อ ..สมหญิง รักชาติ.. ผู้ร้อง", "ลงชื่อ ..[ชื่อบุคคล].. ผู้ร้อง"},
        {"ลงชื่อ____บุญมา ตาคำ____", "ลงชื่อ____[ชื่อบุคคล]____"},
        {"ลงชื่อ..............................................", "ลงชื่อ.............................................."},
        {"นายสมชาย รพ.แม่จัน", "นายสมชาย รพ.แม่จัน"},
        {"ด้วยความเคารพ\nปทุม แก้วมา (แม่น้องพลอย)", "ด้วยความเคารพ\n[ชื่อบุคคล] (แม่น้องพลอย)"},
        {"(ลงชื่อ) บัวเกี๋ยง", "(ลงชื่อ) [ชื่อบุคคล]"},
        {"นายสมชาย ใจดี ป่วย ต่อมานายสมชายหาย และสมชาย ใจดี กลับ", "นาย[ชื่อบุคคล] ป่วย ต่อมานาย[ชื่อบุคคล]หาย และ[ชื่อบุคคล] กลับ"},
    };
    ALL_BECOME(pairs);
}

/* Behind a title and a first name a short word is the surname, though sentences begin with it too. */
static void surnames_may_be_common_words(void **state) {
    (void)state;
    static const pair pairs[] = {
        {"น.ส.มาลี สีขาว", "น.ส.[ชื่อบุคคล]"},
        {"น.ส.มาลี สีขาว แจ้งว่ารอนาน", "น.ส.[ชื่อบุคคล] แจ้งว่ารอนาน"},
        {"นายบุญมี มาดี โทร 0812345678", "นาย[ชื่อบุคคล] โทร [โทรศัพท์]"},
        {"นางจันทร์เพ็ญ พร้อมสุข และ น.ส.อรทัย สิทธิวงศ์", "นาง[ชื่อบุคคล] และ น.ส.[ชื่อบุคคล]"},
    };
    static const char *const texts[] = {
        "นายสมชาย มาที่โรงพยาบาล", "นายสมชาย ขอยาลดไข้", "นางแดง ช่วยเหลือคนเจ็บ", "นายแดง พร้อมเพื่อนสองคน", "หมอสมชาย ดีมาก", "ลุงคำ บ้านสันโค้ง", "ป้าแดง สีหน้าไม่ดี", "หมู่ 3 ตำบลนางแล น้ำไม่ไหล",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) stays(texts[i]);
    ALL_BECOME(pairs);
}

static void each_mask_says_what_where_and_why(void **state) {
    (void)state;
    static const char text[] = "นายสมชาย ใจดี โทร ๐๘๑-๒๓๔-๕๖๗๘\n(ลงชื่อ) สมชาย ใจดี";
    static const struct {
        int32_t kind, rule;
        const char *masked, *kind_name, *rule_name;
    } expected[] = {
        {COMPLAINT_MASK_NAME, COMPLAINT_MASK_BY_TITLE, "สมชาย ใจดี", "name", "title"},
        {COMPLAINT_MASK_PHONE, COMPLAINT_MASK_BY_FORM, "๐๘๑-๒๓๔-๕๖๗๘", "phone", "form"},
        {COMPLAINT_MASK_NAME, COMPLAINT_MASK_BY_SIGNATURE, "สมชาย ใจดี", "name", "signature"},
    };
    assert_int_equal(complaint_redactor_run(redactor, text, sizeof text - 1, 0, NULL), COMPLAINT_OK);
    assert_int_equal(complaint_redactor_count(redactor), 3);
    for (size_t i = 0; i < 3; i++) {
        int32_t kind = 0, rule = 0;
        size_t first = 0, end = 0;
        assert_int_equal(complaint_redactor_mask(redactor, i, &kind, &rule, &first, &end), COMPLAINT_OK);
        assert_int_equal(kind, expected[i].kind);
        assert_int_equal(rule, expected[i].rule);
        assert_int_equal(end - first, strlen(expected[i].masked));
        assert_memory_equal(text + first, expected[i].masked, end - first);
        assert_string_equal(complaint_mask_name(kind), expected[i].kind_name);
        assert_string_equal(complaint_mask_rule_name(rule), expected[i].rule_name);
    }
    assert_string_equal(complaint_mask_name(0), "none");
    assert_string_equal(complaint_mask_name(99), "none");
    assert_string_equal(complaint_mask_rule_name(-1), "none");
}

/* Columns stay: what goes over a tab is masked on both sides of it. */
static void tabs_are_not_masked(void **state) {
    (void)state;
    size_t first = 0, end = 0;
    static const char text[] = "นายสมชาย \t\t ใจดี\tโทร 081\t234\t5678\tHN 1234";
    becomes(text, "นาย[ชื่อบุคคล] \t\t [ชื่อบุคคล]\tโทร [โทรศัพท์]\t[โทรศัพท์]\t[โทรศัพท์]\tHN [HN]");
    assert_int_equal(complaint_redactor_count(redactor), 6);
    assert_int_equal(complaint_redactor_mask(redactor, 1, NULL, NULL, &first, &end), COMPLAINT_OK);
    assert_int_equal(end - first, strlen("ใจดี"));
}

/* The last line keeps its end, and what stands before it is one mask. */
static void ends_of_lines_are_not_masked(void **state) {
    (void)state;
    becomes("โทร 0812345678\n", "โทร [โทรศัพท์]\n");
    becomes("โทร 0812345678 \r\n\n", "โทร [โทรศัพท์] \r\n\n");
    becomes("ลงชื่อ นายสมชาย ใจดี\t\n", "ลงชื่อ นาย[ชื่อบุคคล]\t\n");
    assert_int_equal(complaint_redactor_count(redactor), 1);
}

/* ---- what the caller gives ---- */

static void given_names_are_masked_everywhere(void **state) {
    (void)state;
    stays("เมื่อวาน สมศรี มีสุข เดินมา");
    assert_int_equal(complaint_redactor_add_name(redactor, "นางสมศรี  มีสุข", strlen("นางสมศรี  มีสุข")), COMPLAINT_OK);
    becomes("เมื่อวาน สมศรี มีสุข เดินมา สมศรีมีสุข และป้าสมศรี", "เมื่อวาน [ชื่อบุคคล] เดินมา [ชื่อบุคคล] และป้าสมศรี");
    becomes("สม\u200bศรี\u00a0มีสุข กับนางสมศรีคนนั้น", "[ชื่อบุคคล] กับนาง[ชื่อบุคคล]คนนั้น");
    assert_int_equal(complaint_redactor_clear_names(redactor), COMPLAINT_OK);
    stays("เมื่อวาน สมศรี มีสุข เดินมา");
}

static void an_office_adds_its_words(void **state) {
    (void)state;
    complaint_error *e = NULL;
    static const char words[] = "# ours\nplain\tรหัสลับ 068-118-4993\ntitle\tสหาย\r\n", bad[] = "title\tสหาย\nnonsense\tx\n", empty[] = "title\t|x\n", none[] = "title\n";
    becomes("สหายสมศักดิ์ มั่นคง รหัสลับ 068-118-4993", "สหายสมศักดิ์ มั่นคง รหัสลับ [โทรศัพท์]");
    assert_int_equal(complaint_redactor_add_words(redactor, words, sizeof words - 1, &e), COMPLAINT_OK);
    assert_null(e);
    becomes("สหายสมศักดิ์ มั่นคง รหัสลับ 068-118-4993", "สหาย[ชื่อบุคคล] รหัสลับ 068-118-4993");
    assert_int_equal(complaint_redactor_add_words(redactor, bad, sizeof bad - 1, &e), COMPLAINT_E_SYNTAX);
    assert_int_equal(complaint_error_line(e), 2);
    complaint_error_free(e);
    assert_int_equal(complaint_redactor_add_words(redactor, empty, sizeof empty - 1, NULL), COMPLAINT_E_SYNTAX);
    assert_int_equal(complaint_redactor_add_words(redactor, none, sizeof none - 1, NULL), COMPLAINT_E_SYNTAX);
    assert_int_equal(complaint_redactor_add_words(redactor, NULL, 1, NULL), COMPLAINT_E_INVALID);
}

/* ---- how much is found ---- */

static char *read_data(const char *path, size_t least) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > least);
    fclose(file);
    return text;
}

static char *next_cell(char **at) {
    char *cell = *at, *end = strpbrk(cell, "\t\n");
    assert_non_null(end);
    *end = '\0';
    *at = end + 1;
    return cell;
}

static size_t break_lines(char *text) {
    size_t n = 0;
    for (char *p = text; *p; p++) {
        bool escaped = p[0] == '\\' && p[1] == 'n';
        text[n++] = escaped ? '\n' : *p;
        p += escaped;
    }
    text[n] = '\0';
    return n;
}

/* Nothing recognisable is left: what is masked once needs no second time. */
static void check_twice(const char *text) {
    char *masked = strdup(complaint_redactor_data(redactor));
    assert_int_equal(complaint_redactor_run(redactor, masked, strlen(masked), 0, NULL), COMPLAINT_OK);
    if (complaint_redactor_count(redactor)) fail_msg("\"%s\" became \"%s\" and then \"%s\"", text, masked, complaint_redactor_data(redactor));
    free(masked);
}

static void the_corpus_is_judged_as_people_judged_it(void **state) {
    (void)state;
    enum { ROWS = 640 };
    char *corpus = read_data(COMPLAINT_SOURCE_DIR "/tests/data/corpus/dev.tsv", 100000), *at = strchr(corpus, '\n') + 1;
    long found[2] = {0}, missed[2] = {0}, wrong[2] = {0};
    for (int row = 0; row < ROWS; row++) {
        next_cell(&at);
        char *text = next_cell(&at);
        for (int skipped = 0; skipped < 3; skipped++) next_cell(&at);
        bool personal = strcmp(next_cell(&at), "1") == 0;
        at = strchr(at, '\n') + 1;
        assert_int_equal(complaint_redactor_run(redactor, text, break_lines(text), 0, NULL), COMPLAINT_OK);
        bool masked = complaint_redactor_count(redactor) > 0;
        found[row % 2] += masked && personal;
        missed[row % 2] += personal && !masked;
        wrong[row % 2] += masked && !personal;
        check_twice(text);
    }
    for (int half = 0; half < 2; half++) { /* the first half was looked at while the rules were written, the second was not */
        print_message("half %d: %ld found, %ld missed, %ld masked for nothing\n", half, found[half], missed[half], wrong[half]);
        assert_true(found[half] * 100 >= (found[half] + missed[half]) * 90);
        assert_true(found[half] * 100 >= (found[half] + wrong[half]) * 95);
    }
    free(corpus);
}

/* ---- messages with their masks ---- */

enum { MASKS = 16 };

typedef struct marked {
    const char *kind; /* up to a colon */
    size_t first, end;
} marked;

/* Takes the marks `{kind:` and `}` out of a line. */
static size_t take_marks(char *line, marked *marks) {
    char plain[4096];
    size_t n = 0, count = 0;
    assert_true(strlen(line) < sizeof plain);
    for (const char *p = line; *p; p++) {
        if (*p == '{') {
            assert_true(count < MASKS);
            marks[count] = (marked){.kind = p + 1, .first = n};
            p = strchr(p, ':');
            assert_non_null(p);
        } else if (*p == '}') {
            marks[count++].end = n;
        } else {
            plain[n++] = *p;
        }
    }
    plain[n] = '\0';
    assert_int_equal(complaint_redactor_run(redactor, plain, n, 0, NULL), COMPLAINT_OK);
    return count;
}

static bool is_masked_so(size_t index, const marked *m) {
    int32_t kind = 0;
    size_t first = 0, end = 0;
    complaint_redactor_mask(redactor, index, &kind, NULL, &first, &end);
    const char *name = complaint_mask_name(kind);
    return first == m->first && end == m->end && strncmp(name, m->kind, strlen(name)) == 0 && m->kind[strlen(name)] == ':';
}

/* Not only that something is masked in it, as in the corpus, but just what. */
static void messages_are_masked_as_they_are_marked(void **state) {
    (void)state;
    char *text = read_data(COMPLAINT_SOURCE_DIR "/tests/data/redact/messages.txt", 10000);
    int read = 0, wrong = 0;
    for (char *at = text; *at;) {
        char *line = at, *end = strchr(at, '\n');
        marked marks[MASKS] = {{0}};
        *end = '\0';
        at = end + 1;
        if (*line == '#' || *line == '\0') continue;
        break_lines(line);
        size_t count = take_marks(line, marks), right = 0;
        while (right < count && right < complaint_redactor_count(redactor) && is_masked_so(right, &marks[right])) right++;
        if (right < count || complaint_redactor_count(redactor) > count) {
            wrong++;
            print_message("\"%s\" became \"%s\"\n", line, complaint_redactor_data(redactor));
        }
        read++;
    }
    assert_true(read > 400);
    assert_int_equal(wrong, 0);
    free(text);
}

/* ---- memory ---- */

static bool one_life(test_alloc *a, void *context) {
    static const char text[] = "นายสมชาย ใจดี โทร 081-234-5678 HN 1234567 บัญชี 123-4-56789-0 a@b.org 02-123-4567 ไลน์ abc_1 บ้านเลขที่ 1/2 ม.3 081-234-5679 081-234-5670 นายสมชาย";
    complaint_redactor *r = NULL;
    (void)context;
    complaint_status status = complaint_redactor_new(&a->table, &r);
    if (status == COMPLAINT_OK) status = complaint_redactor_add_words(r, "title\tสหาย\n", strlen("title\tสหาย\n"), NULL);
    if (status == COMPLAINT_OK) status = complaint_redactor_add_name(r, "สมศรี มีสุข", strlen("สมศรี มีสุข"));
    if (status == COMPLAINT_OK) status = complaint_redactor_run(r, text, sizeof text - 1, 0, NULL);
    assert_true(status == COMPLAINT_OK || status == COMPLAINT_E_MEMORY);
    assert_int_equal(complaint_redactor_count(r), status == COMPLAINT_OK ? 11 : 0);
    if (status != COMPLAINT_OK) assert_string_equal(complaint_redactor_data(r), "");
    complaint_redactor_free(r);
    return status == COMPLAINT_OK;
}

static void memory_may_fail_anywhere(void **state) {
    (void)state;
    test_alloc_loop(one_life, NULL);
}

/* Texts made to be slow are as quick as others: each would take long if something were read again and again. */
static void hostile_texts_are_read_once(void **state) {
    (void)state;
    static const char *const pieces[] = {"นาย ", "1-",   "@",         "id-",        "ไลน์",         "ขอแสดงความนับถือ", "ขอแสดงความนับถือ\n", "1/1 ", "a.", "(ก ",  "๑",
                                         "ลงชื่อ", "+66 ", "นายกก ขข ", "บ้านเลขที่ 1 ", "0812345678 ", "นาย\tกก\tขข",    "HN 12345,",        "HN ก", "0 ", "เลขที่", "((((0812345678"};
    enum { SIZE = 1 << 18 };
    char *text = malloc(SIZE + 64);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = 0, piece = strlen(pieces[i]);
        for (; n < SIZE; n += piece) memcpy(text + n, pieces[i], piece);
        assert_int_equal(complaint_redactor_run(redactor, text, n, 0, NULL), COMPLAINT_OK);
    }
    free(text);
}

#define WITH_REDACTOR(test) cmocka_unit_test_setup_teardown(test, open_redactor, close_redactor)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_REDACTOR(handles_say_what_is_wrong),
        WITH_REDACTOR(a_failure_leaves_nothing),
        WITH_REDACTOR(numbers_side_by_side_are_two),
        WITH_REDACTOR(look_alikes_stay),
        WITH_REDACTOR(numbers_of_things_stay),
        WITH_REDACTOR(sentences_are_no_names),
        WITH_REDACTOR(numbers_are_masked),
        WITH_REDACTOR(contacts_are_masked),
        WITH_REDACTOR(names_are_masked),
        WITH_REDACTOR(surnames_may_be_common_words),
        WITH_REDACTOR(each_mask_says_what_where_and_why),
        WITH_REDACTOR(tabs_are_not_masked),
        WITH_REDACTOR(ends_of_lines_are_not_masked),
        WITH_REDACTOR(given_names_are_masked_everywhere),
        WITH_REDACTOR(an_office_adds_its_words),
        WITH_REDACTOR(the_corpus_is_judged_as_people_judged_it),
        WITH_REDACTOR(messages_are_masked_as_they_are_marked),
        cmocka_unit_test(memory_may_fail_anywhere),
        WITH_REDACTOR(hostile_texts_are_read_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
