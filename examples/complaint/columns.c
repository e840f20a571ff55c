/*
 * What is shown of each kind of page, under which heading, in which order. Programs that want everything take --json.
 */
#include "cli.h"

#define VIEW(columns, empty, spare)                                                                                                                                                \
    { columns, (int)(sizeof(columns) / sizeof *(columns)), empty, spare }

static const column case_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_REGISTER, 0, NULL},
    {"legacy_number", "เลขที่ในทะเบียนเดิม", CELL_TEXT, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"revision", "ครั้งที่แก้ไข", CELL_NUMBER, 0, NULL},
    {"cycle", "รอบที่", CELL_NUMBER, 0, NULL},
    {"state", "สถานะ", CELL_CODE, COMPLAINT_CODE_STATE, NULL},
    {"class", "ประเภท", CELL_CODE, COMPLAINT_CODE_CLASS, NULL},
    {"nature", "ลักษณะเรื่อง", CELL_CODE, COMPLAINT_CODE_NATURE, NULL},
    {"flags", "เครื่องหมาย", CELL_FLAGS, 0, NULL},
    {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"origin", "หน่วยงานต้นเรื่อง", CELL_CODE, COMPLAINT_CODE_ORIGIN, NULL},
    {"assignee", "ผู้รับผิดชอบ", CELL_TEXT, 0, NULL},
    {"lead_unit", "หน่วยงานหลัก", CELL_CODE, COMPLAINT_CODE_UNIT, NULL},
    {"received_at", "รับเมื่อ", CELL_TIME, 0, NULL},
    {"registered_at", "ลงทะเบียนเมื่อ", CELL_TIME, 0, NULL},
    {"acknowledged_at", "ตอบรับเมื่อ", CELL_TIME, 0, NULL},
    {"considered_at", "หัวหน้าพิจารณาเมื่อ", CELL_TIME, 0, NULL},
    {"forwarded_at", "ส่งต่อเมื่อ", CELL_TIME, 0, NULL},
    {"resulted_at", "ได้รับผลเมื่อ", CELL_TIME, 0, NULL},
    {"told_at", "แจ้งผลเมื่อ", CELL_TIME, 0, NULL},
    {"closed_at", "ปิดเรื่องเมื่อ", CELL_TIME, 0, NULL},
    {"due_at", "กำหนดถัดไป", CELL_LEFT, 0, NULL},
};
const view case_view = VIEW(case_columns, "ไม่พบเรื่อง", "");

static const column open_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL},       {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL}, {"received_at", "รับเมื่อ", CELL_TIME, 0, NULL},
    {"class", "ประเภท", CELL_CODE, COMPLAINT_CODE_CLASS, NULL},     {"flags", "เครื่องหมาย", CELL_FLAGS, 0, NULL},  {"state", "สถานะ", CELL_CODE, COMPLAINT_CODE_STATE, NULL},
    {"lead_unit", "หน่วยงาน", CELL_CODE, COMPLAINT_CODE_UNIT, NULL}, {"due_at", "กำหนดถัดไป", CELL_LEFT, 0, NULL},
};
const view open_view = VIEW(open_columns, "ไม่มีเรื่องค้าง", "lead_unit received_at class");

/* What is not in a row of a clock, referral or notice is its case's. */
static const column due_columns[] = {
    {"due_at", "กำหนด", CELL_LEFT, 0, NULL},
    {"rule", "งาน", CELL_CODE, COMPLAINT_CODE_CLOCK, NULL},
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"class", "ประเภท", CELL_CODE, COMPLAINT_CODE_CLASS, NULL},
    {"flags", "เครื่องหมาย", CELL_FLAGS, 0, NULL},
    {"lead_unit", "หน่วยงาน", CELL_WHOSE, 0, NULL},
};
const view due_view = VIEW(due_columns, "ไม่มีกำหนดเวลาที่กำลังนับ", "lead_unit class flags");

static const column answer_columns[] = {
    {"due_at", "ตอบภายใน", CELL_LEFT, 0, NULL},
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"received_at", "รับเมื่อ", CELL_TIME, 0, NULL},
};
const view answer_view = VIEW(answer_columns, "ตอบรับครบแล้ว", "received_at");

static const column head_columns[] = {
    {"due_at", "พิจารณาภายใน", CELL_LEFT, 0, NULL},
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"flags", "เครื่องหมาย", CELL_FLAGS, 0, NULL},
    {"rule", "งาน", CELL_CODE, COMPLAINT_CODE_CLOCK, NULL},
};
const view head_view = VIEW(head_columns, "ไม่มีเรื่องที่รอการพิจารณา", "rule");

static const column chase_columns[] = {
    {"due_at", "กำหนด", CELL_LEFT, 0, NULL},
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"rule", "งาน", CELL_CODE, COMPLAINT_CODE_CLOCK, NULL},
    {"units", "หน่วยงาน", CELL_UNITS, 0, NULL},
    {"phones", "โทรศัพท์", CELL_PHONES, 0, NULL},
};
const view chase_view = VIEW(chase_columns, "ไม่มีเรื่องที่ต้องติดตาม", "rule");

static const column duty_columns[] = {
    {"day", "วัน", CELL_DAY, 0, NULL},           {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"state", "ผล", CELL_DUTY, 0, NULL},         {"checked_at", "ตรวจเมื่อ", CELL_TIME, 0, NULL},
    {"actor", "ผู้ตรวจ", CELL_TEXT, 0, NULL},      {"times", "ครั้ง", CELL_NUMBER, 0, NULL},
    {"assignee", "เวร", CELL_TEXT, 0, NULL},
};
const view duty_view = VIEW(duty_columns, "ไม่มีวันที่ขาดการตรวจ", "times assignee checked_at");

static const column refused_columns[] = {
    {"stream", "เรื่อง", CELL_STREAM, 0, NULL},
    {"about", "ชนิด", CELL_WORD, 0, "about"},
    {"seq", "ลำดับ", CELL_NUMBER, 0, NULL},
    {"template", "ข้อความ", CELL_CODE, COMPLAINT_CODE_NOTICE, NULL},
    {"recipient", "ผู้รับ", CELL_RECIPIENT, 0, NULL},
    {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"settled_at", "เมื่อ", CELL_TIME, 0, NULL},
};
const view refused_view = VIEW(refused_columns, "ไม่มีข้อความที่ส่งไม่ได้", "channel");

static const column unit_columns[] = {
    {"register_number", "เลขทะเบียน", CELL_KNOWN_AS, 0, NULL},
    {"case_id", "รหัสเรื่อง", CELL_NUMBER, 0, NULL},
    {"unit", "หน่วยงาน", CELL_CODE, COMPLAINT_CODE_UNIT, NULL},
    {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL},
    {"state", "สถานะ", CELL_WORD, 0, "referral"},
};
const view unit_view = VIEW(unit_columns, "ไม่มีเรื่องที่รอหน่วยงานนี้", "");

static const column clock_columns[] = {
    {"rule", "งาน", CELL_CLOCK, 0, NULL},
    {"started_at", "นับจาก", CELL_TIME, 0, NULL},
    {"due_at", "กำหนด", CELL_DEADLINE, 0, NULL},
    {"stopped_at", "เสร็จ", CELL_TIME, 0, NULL},
    {"late_ms", "ผล", CELL_LATE, 0, NULL},
};
const view clock_view = VIEW(clock_columns, "ไม่มี", "started_at");

static const column referral_columns[] = {
    {"unit", "หน่วยงาน", CELL_CODE, COMPLAINT_CODE_UNIT, NULL},
    {"kind", "ชนิด", CELL_WORD, 0, "kind"},
    {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL},
    {"state", "สถานะ", CELL_WORD, 0, "referral"},
    {"resulted_at", "รายงานหรือส่งคืนเมื่อ", CELL_TIME, 0, NULL},
    {"outcome", "ผลตามที่หน่วยงานรายงาน", CELL_CHOICE, 0, "outcome"},
};
const view referral_view = VIEW(referral_columns, "ยังไม่ได้ส่งต่อ", "kind resulted_at");

static const column party_columns[] = {
    {"seq", "ลำดับ", CELL_NUMBER, 0, NULL},    {"part", "ฐานะ", CELL_WORD, 0, "part"},   {"identity", "การเปิดเผยตัวตน", CELL_CHOICE, 0, "identity"},
    {"name", "ชื่อ", CELL_TEXT, 0, NULL},       {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"address", "ที่ติดต่อ", CELL_TEXT, 0, NULL}, {"state", "สถานะ", CELL_WORD, 0, "party"},
};
const view party_view = VIEW(party_columns, "ไม่มี", "part");

static const column paper_columns[] = {
    {"direction", "รับ/ส่ง", CELL_WORD, 0, "direction_of_paper"},
    {"paper_no", "เลขที่หนังสือ", CELL_TEXT, 0, NULL},
    {"paper_date", "ลงวันที่", CELL_DATE, 0, NULL},
    {"secrecy", "ชั้นความลับ", CELL_CHOICE, 0, "secrecy"},
    {"urgency", "ชั้นความเร็ว", CELL_CHOICE, 0, "urgency"},
    {"signer", "ผู้ลงนาม", CELL_TEXT, 0, NULL},
    {"subject", "เรื่อง", CELL_EXCERPT, 0, NULL},
};
const view paper_view = VIEW(paper_columns, "ไม่มี", "urgency secrecy signer");

static const column link_columns[] = {
    {"other_id", "เรื่อง", CELL_CASE, 0, NULL},
    {"kind", "ความเชื่อมโยง", CELL_CHOICE, 0, "link"},
    {"entered_at", "เมื่อ", CELL_TIME, 0, NULL},
};
const view link_view = VIEW(link_columns, "ไม่มี", "");

static const column notice_columns[] = {
    {"template", "ข้อความ", CELL_CODE, COMPLAINT_CODE_NOTICE, NULL}, {"recipient", "ผู้รับ", CELL_RECIPIENT, 0, NULL}, {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"state", "สถานะ", CELL_WORD, 0, "notice"},       {"settled_at", "เมื่อ", CELL_TIME, 0, NULL},     {"body", "เนื้อความ", CELL_EXCERPT, 0, NULL},
};
const view notice_view = VIEW(notice_columns, "ไม่มี", "channel");

static const column message_columns[] = {
    {"message", "รหัสข้อความ", CELL_NUMBER, 0, NULL},
    {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"external_id", "รหัสในช่องทาง", CELL_TEXT, 0, NULL},
    {"thread", "บทสนทนา", CELL_TEXT, 0, NULL},
    {"direction", "ทิศทาง", CELL_WORD, 0, "direction"},
    {"form", "รูปแบบ", CELL_WORD, 0, "form"},
    {"state", "สถานะ", CELL_WORD, 0, "message"},
    {"case_id", "เรื่อง", CELL_CASE, 0, NULL},
    {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL},
    {"entered_at", "บันทึกเมื่อ", CELL_TIME, 0, NULL},
    {"unsent_at", "ผู้ส่งยกเลิก", CELL_TIME, 0, NULL},
    {"evidence_count", "หลักฐาน", CELL_NUMBER, 0, NULL},
    {"sender", "ผู้ส่ง", CELL_TEXT, 0, NULL},
    {"body", "เนื้อความ", CELL_TEXT, 0, NULL},
};
const view message_view = VIEW(message_columns, "ไม่พบข้อความ", "");

static const column case_message_columns[] = {
    {"message", "รหัสข้อความ", CELL_NUMBER, 0, NULL}, {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL},   {"sender", "ผู้ส่ง", CELL_TEXT, 0, NULL},
    {"party", "ผู้ร้องลำดับที่", CELL_NUMBER, 0, NULL}, {"form", "รูปแบบ", CELL_WORD, 0, "form"},      {"body", "เนื้อความ", CELL_EXCERPT, 0, NULL},
    {"unsent_at", NULL, CELL_TIME, 0, NULL},
};
const view case_message_view = VIEW(case_message_columns, "ไม่มี", "form");

static const column inbox_columns[] = {
    {"message", "รหัสข้อความ", CELL_NUMBER, 0, NULL}, {"sent_at", "ส่งเมื่อ", CELL_TIME, 0, NULL}, {"channel", "ช่องทาง", CELL_CODE, COMPLAINT_CODE_CHANNEL, NULL},
    {"sender", "ผู้ส่ง", CELL_TEXT, 0, NULL},          {"form", "รูปแบบ", CELL_WORD, 0, "form"},  {"body", "เนื้อความ", CELL_EXCERPT, 0, NULL},
    {"unsent_at", NULL, CELL_TIME, 0, NULL},
};
const view inbox_view = VIEW(inbox_columns, "ไม่มีข้อความ", "form channel");

static const column evidence_columns[] = {
    {"seq", "ลำดับ", CELL_NUMBER, 0, NULL},     {"media_type", "ชนิด", CELL_TEXT, 0, NULL}, {"size_bytes", "ไบต์", CELL_NUMBER, 0, NULL},
    {"digest", "SHA-256", CELL_TEXT, 0, NULL}, {"name", "ชื่อ", CELL_TEXT, 0, NULL},
};
const view evidence_view = VIEW(evidence_columns, "ไม่มี", "digest");

static const column action_columns[] = {
    {"label", "การดำเนินการ", CELL_TEXT, 0, NULL},    {"verb", "คำสั่ง", CELL_TEXT, 0, NULL}, {"required", "ต้องระบุ", CELL_TEXT, 0, NULL}, {"optional", "ระบุได้", CELL_TEXT, 0, NULL},
    {"required_when", "ต้องระบุเมื่อ", CELL_TEXT, 0, NULL}, {"needs", "ต้องระบุด้วย", CELL_TEXT, 0, NULL}, {"refusal", "เหตุที่ยังทำไม่ได้", CELL_TEXT, 0, NULL},     {"roles", "ผู้ที่ทำได้", CELL_TEXT, 0, NULL},
};
const view action_view = VIEW(action_columns, "ไม่มีสิ่งที่ทำได้", "");

static const column finding_columns[] = {
    {"stream", "เรื่อง/ข้อความ", CELL_NUMBER, 0, NULL},
    {"seq", "ลำดับ", CELL_NUMBER, 0, NULL},
    {"what", "สิ่งที่พบ", CELL_TEXT, 0, NULL},
    {"subject", "ที่", CELL_TEXT, 0, NULL},
    {"th", "รายละเอียด", CELL_TEXT, 0, NULL},
};
const view finding_view = VIEW(finding_columns, "ไม่พบข้อผิดพลาด", "");

static const column refused_line_columns[] = {
    {"line", "บรรทัด", CELL_NUMBER, 0, NULL},
    {"stream", "เรื่อง/ข้อความ", CELL_NUMBER, 0, NULL},
    {"subject", "ที่", CELL_TEXT, 0, NULL},
    {"status", "รหัส", CELL_TEXT, 0, NULL},
    {"th", "เหตุผล", CELL_TEXT, 0, NULL},
};
const view refused_line_view = VIEW(refused_line_columns, "ไม่พบข้อผิดพลาด", "");

static const column register_finding_columns[] = {
    {"line", "บรรทัด", CELL_NUMBER, 0, NULL},
    {"row", "แถวที่", CELL_NUMBER, 0, NULL},
    {"severity", "ผล", CELL_WORD, 0, "severity"},
    {"field", "ช่อง", CELL_WORD, 0, "register_column"},
    {"reason", "รหัส", CELL_TEXT, 0, NULL},
    {"cell", "ที่เขียนไว้", CELL_TEXT, 0, NULL},
    {"thai", "เหตุผล", CELL_TEXT, 0, NULL},
};
const view register_finding_view = VIEW(register_finding_columns, "ไม่มีข้อสังเกต", "reason row");
