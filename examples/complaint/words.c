/*
 * Codes and times as people say them. What an office names itself (classes, units, states ...) is asked of its policy; the few words of
 * the library's own tables are here.
 */
#include "cli.h"

#include <string.h>

typedef struct word {
    const char *group, *code, *thai;
} word;

static const word words[] = {
    {"phase", "received", "รับแล้ว"},
    {"phase", "open", "ดำเนินการ"},
    {"phase", "waiting", "รอผล"},
    {"phase", "resulted", "ได้ผลแล้ว"},
    {"phase", "closed", "ปิดเรื่อง"},
    {"phase", "rejected", "ไม่รับ"},
    {"phase", "withdrawn", "ถอนเรื่อง"},
    {"phase", "transferred", "ส่งออกแล้ว"},
    {"message", "new", "ยังไม่คัดกรอง"},
    {"message", "opened", "เปิดเรื่อง"},
    {"message", "joined", "รวมในเรื่อง"},
    {"message", "set_aside", "คัดออก"},
    {"message", "reply", "เพจตอบเอง"},
    {"form", "text", "ข้อความ"},
    {"form", "media", "ภาพ/เสียง"},
    {"form", "sticker", "สติกเกอร์"},
    {"form", "call", "โทร"},
    {"form", "share", "ลิงก์"},
    {"form", "unsent", "ถูกยกเลิก"},
    {"clock", "running", "กำลังนับ"},
    {"clock", "paused", "หยุดนับชั่วคราว"},
    {"clock", "stopped", "เสร็จแล้ว"},
    {"clock", "cancelled", "ยกเลิก"},
    {"notice", "waiting", "รอส่ง"},
    {"notice", "claimed", "กำลังส่ง"},
    {"notice", "accepted", "รอยืนยัน"},
    {"notice", "delivered", "ส่งแล้ว"},
    {"notice", "refused", "ส่งไม่ได้"},
    {"notice", "by_hand", "แจ้งด้วยตนเอง"},
    {"severity", "refused", "ไม่รับ"},
    {"severity", "warning", "เตือน"},
    {"severity", "note", "แจ้ง"},
    {"severity", "skipped", "ข้าม"},
    {"register_column", "number", "เลขที่"},
    {"register_column", "received", "วันที่รับเรื่อง"},
    {"register_column", "time", "เวลา"},
    {"register_column", "channel", "ช่องทาง"},
    {"register_column", "complainant", "ผู้ร้อง"},
    {"register_column", "subject", "เรื่อง"},
    {"register_column", "class", "ประเภท"},
    {"register_column", "unit", "หน่วยงาน"},
    {"register_column", "acknowledged", "วันที่ตอบรับ"},
    {"register_column", "forwarded", "วันที่ส่งต่อ"},
    {"register_column", "result", "วันที่ได้รับผล"},
    {"register_column", "notified", "วันที่แจ้งผล"},
    {"register_column", "status", "สถานะ"},
    {"register_column", "remark", "หมายเหตุ"},
    {"register_column", "phone", "โทรศัพท์"},
    {"register_column", "email", "อีเมล"},
    {"register_column", "address", "ที่อยู่"},
    {"register_column", "refused", "เหตุที่ไม่รับ"},
    {"register_column", "mapping", "ไฟล์จับคู่คำ"},
    {"register_column", "row", "ทั้งแถว"},
    {"register_column", "heading", "หัวตาราง"},
    {"register_column", "procedure", "ขั้นตอน"},
    {"notice", "silent", "บันทึกย้อนหลัง ไม่ส่ง"},
    {"notice", "withdrawn", "ไม่ต้องส่งแล้ว"},
    {"referral", "sent", "ส่งแล้ว"},
    {"referral", "accepted", "รับเรื่องแล้ว"},
    {"referral", "reported", "รายงานผลแล้ว"},
    {"referral", "handed_back", "ส่งคืน"},
    {"referral", "waived", "ไม่ต้องรายงานแล้ว"},
    {"kind", "forward", "หน่วยงานในสังกัด"},
    {"kind", "refer", "หน่วยงานภายนอก"},
    {"identity", "named", "เปิดเผยชื่อ"},
    {"identity", "confidential", "ปกปิดชื่อ"},
    {"identity", "anonymous", "ไม่ทราบชื่อ"},
    {"direction", "1", "ขาเข้า"},
    {"direction", "2", "สำนักงานเขียน"},
    {"part", "complainant", "ผู้ร้องเรียน"},
    {"part", "respondent", "ผู้ถูกร้องเรียน"},
    {"part", "witness", "พยาน"},
    {"recipient", "complainant", "ผู้ร้องเรียน"},
    {"about", "case", "เรื่อง"},
    {"about", "message", "ข้อความเข้า"},
    {"about", "day", "เวรประจำวัน"},
    {"recipient", "origin", "หน่วยงานต้นเรื่อง"},
    {"recipient", "sender", "ผู้ส่งข้อความ"},
    {"duty", "checked", "ตรวจแล้ว"},
    {"duty", "missed", "ขาดการตรวจ"},
    {"duty", "open", "ยังไม่ตรวจ"},
    {"duty", "ahead", "ยังไม่ถึงวัน"},
    {"link", "split", "แยกจากข้อความเดียวกัน"},
    {"direction_of_paper", "in", "รับ"},
    {"direction_of_paper", "out", "ส่ง"},
    {"party", "active", ""},
    {"party", "withdrawn", "ถอนเรื่องแล้ว"},
};

const char *word_of(const char *group, const char *code) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].group, group) == 0 && strcmp(words[i].code, code) == 0) return words[i].thai;
    return code;
}

const char *label_of(const cli *c, int32_t kind, const char *code) {
    if (kind == COMPLAINT_CODE_CHANNEL && strcmp(code, "staff") == 0) return "ภายใน"; /* the library's own, for notices to roles and units */
    const char *label = complaint_policy_label(c->policy, kind, code, COMPLAINT_THAI);
    return label ? label : code;
}

void add_recipient(const cli *c, const char *code, buffer *out) {
    static const char numbered[] = "complainant-";
    int64_t number = 0;
    if (strncmp(code, numbered, sizeof numbered - 1) == 0 && parse_number(code + sizeof numbered - 1, &number)) {
        add_text(out, "ผู้ร้องเรียนลำดับที่ ");
        add_number(out, number);
        return;
    }
    const char *said = word_of("recipient", code);
    if (said == code) said = label_of(c, COMPLAINT_CODE_ROLE, code);
    add_text(out, said == code ? label_of(c, COMPLAINT_CODE_UNIT, code) : said);
}

const char *choice_of(const cli *c, const char *field, const char *code) {
    const char *label = complaint_policy_choice_label(c->policy, field, code, COMPLAINT_THAI);
    return label ? label : word_of(field, code);
}

void add_instant(buffer *b, int64_t instant, int32_t style) {
    char text[160];
    size_t needed = 0;
    if (complaint_date_format_instant(instant, style, COMPLAINT_DIGITS_ARABIC, text, sizeof text, &needed) == COMPLAINT_OK)
        add_text(b, text);
    else
        add_number(b, instant);
}

void add_date(buffer *b, int64_t instant) {
    char text[160];
    int32_t day = 0;
    int64_t millisecond = 0;
    size_t needed = 0;
    bool bare = complaint_date_of_instant(instant, &day, &millisecond) == COMPLAINT_OK && millisecond == 0 &&
                complaint_date_format(day, COMPLAINT_DATE_SHORT, COMPLAINT_DIGITS_ARABIC, text, sizeof text, &needed) == COMPLAINT_OK;
    if (bare)
        add_text(b, text);
    else
        add_instant(b, instant, COMPLAINT_DATE_SHORT);
}

/* A deadline is the first instant that is too late. One at 00.00 is said as the day before, which is the last on which one is in time. */
void add_deadline(buffer *b, int64_t instant) {
    char text[160];
    int32_t day = 0;
    int64_t millisecond = 0;
    size_t needed = 0;
    bool whole = complaint_date_of_instant(instant, &day, &millisecond) == COMPLAINT_OK && millisecond == 0 &&
                 complaint_date_format(day - 1, COMPLAINT_DATE_SHORT, COMPLAINT_DIGITS_ARABIC, text, sizeof text, &needed) == COMPLAINT_OK;
    if (!whole) {
        add_instant(b, instant, COMPLAINT_DATE_SHORT);
        return;
    }
    add_text(b, "สิ้นวันที่ ");
    add_text(b, text);
}

/* `3 วัน 4 ชม.`, `4 ชม. 10 นาที`, `12 นาที`: the two largest units. */
void add_duration(buffer *b, int64_t milliseconds) {
    if (milliseconds > 0 && milliseconds < 60000) {
        add_text(b, "ไม่ถึง 1 นาที");
        return;
    }
    int64_t minutes = milliseconds / 60000, hours = minutes / 60, days = hours / 24;
    if (days > 0) {
        add_number(b, days);
        add_text(b, " วัน");
        if (hours % 24 == 0) return;
        add_text(b, " ");
        add_number(b, hours % 24);
        add_text(b, " ชม.");
        return;
    }
    if (hours > 0) {
        add_number(b, hours);
        add_text(b, " ชม.");
        if (minutes % 60 == 0) return;
        add_text(b, " ");
    }
    add_number(b, minutes % 60);
    add_text(b, " นาที");
}

void add_flags(const cli *c, buffer *b, int64_t flags, bool people) {
    static const char *const codes[] = {"urgent", "sensitive", "office_impact", "corruption", "data_breach"};
    bool first = true;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (!(flags >> i & 1)) continue;
        if (!first) add_text(b, people ? ", " : ",");
        add_text(b, people ? label_of(c, COMPLAINT_CODE_FLAG, codes[i]) : codes[i]);
        first = false;
    }
}
