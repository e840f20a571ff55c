/*
 * calendar/parse_words: the names of faults in dates, and what is said about them.
 *
 * Owns: the words. Must not know: when they apply.
 */
#include "calendar/calendar.h"

#define COUNT(list) ((int32_t)(sizeof(list) / sizeof *(list)))

static const struct {
    const char *name, *thai, *english;
} errors[] = {
    {"none", "", ""},
    {"empty", "ไม่มีข้อความ", "there is no text"},
    {"syntax", "ไม่อยู่ในรูปแบบของวันที่", "this is not how a date is written"},
    {"incomplete", "วันที่ยังไม่ครบ", "the date is not complete"},
    {"missing_day", "ไม่ได้ระบุวันที่", "the day is missing"},
    {"missing_year", "ไม่ได้ระบุปี", "the year is missing"},
    {"unknown_month", "ไม่มีเดือนชื่อนี้", "there is no month of this name"},
    {"invalid_day", "เดือนนี้ไม่มีวันที่นี้", "the month has no such day"},
    {"invalid_month", "ไม่มีเดือนนี้", "there is no such month"},
    {"invalid_year", "ปีต้องเป็นตัวเลขสองหลักหรือสี่หลัก", "a year has two or four digits"},
    {"invalid_time", "ไม่มีเวลานี้", "there is no such time"},
    {"mixed_digits", "ใช้เลขไทยกับเลขอารบิกปนกันในจำนวนเดียว", "Thai and Arabic digits are mixed in one number"},
    {"ambiguous_year", "ปีสองหลักนี้เป็น พ.ศ. หรือ ค.ศ. ก็ได้", "the two-digit year can be of either era"},
    {"ambiguous_era", "ปีนี้ไม่ได้ระบุว่าเป็น พ.ศ. หรือ ค.ศ.", "the year does not say its era"},
    {"year_out_of_range", "ปีอยู่นอกช่วง พ.ศ. 2432-2699", "the year is outside B.E. 2432 to 2699"},
    {"nonexistent_date", "ไม่มีวันนี้ในปฏิทิน: พ.ศ. 2483 มีเพียงเดือนเมษายนถึงธันวาคม", "this day never was: B.E. 2483 had April to December only"},
    {"weekday_mismatch", "ชื่อวันไม่ตรงกับวันที่", "the day of the week is not that of the date"},
    {"unsupported_era", "ไม่รองรับศักราชนี้", "this era is not supported"},
    {"unsupported_calendar", "ไม่รองรับวันทางจันทรคติ", "lunar dates are not supported"},
    {"unsupported_time_form", "ไม่รองรับการบอกเวลาแบบนี้", "this way to tell the time is not supported"},
    {"multiple_dates", "มีมากกว่าหนึ่งวัน", "there is more than one date"},
    {"trailing_text", "มีข้อความต่อท้ายวันที่", "there is more text behind the date"},
};

static const struct {
    const char *thai, *english;
} expectations[] = {
    {"", ""},
    {"วันที่ เช่น 5 พฤศจิกายน 2569", "a date such as 5 พฤศจิกายน 2569"},
    {"วันที่ที่มีจริงในเดือนนั้น", "a day that the month has"},
    {"ชื่อเดือน อักษรย่อ หรือเลข 1-12", "the name of a month, its abbreviation, or 1 to 12"},
    {"ปี พ.ศ. 2432-2699", "a year, B.E. 2432 to 2699"},
    {"ปีสี่หลัก", "a year of four digits"},
    {"พ.ศ. หรือ ค.ศ.", "พ.ศ. or ค.ศ."},
    {"เครื่องหมาย / หรือ - หรือ . แบบเดียวกันทั้งสองแห่ง", "/ or - or . , the same in both places"},
    {"ตัวเลขแบบเดียวกับหลักก่อนหน้า", "a digit of the same kind as the one before"},
    {"ชื่อวันที่ตรงกับวันที่นี้", "the day of the week of this date"},
    {"เดือนหลังมีนาคม หรือปีอื่น", "a month after March, or another year"},
    {"ชั่วโมง 0-24 (24 ใช้ได้เฉพาะ 24.00)", "hours from 0 to 24 (24 only as 24.00)"},
    {"นาทีสองหลัก 00-59", "minutes of two digits, 00 to 59"},
    {"วินาทีสองหลัก 00-59", "seconds of two digits, 00 to 59"},
    {"เศษวินาทีหนึ่งถึงสามหลัก", "one to three digits of a second's fraction"},
    {"Z หรือ +07:00", "Z or +07:00"},
    {"เวลาแบบราชการ เช่น 14.00 น. เพียงเวลาเดียว", "one time by the official clock, such as 14.00 น."},
    {"วันที่ตามปฏิทินสุริยคติ", "a date of the solar calendar"},
    {"วันเดียวเท่านั้น", "one date only"},
    {"จบข้อความ", "the end of the text"},
};

const char *cpl_date_error_name(int32_t error) { return errors[error > 0 && error < COUNT(errors) ? error : 0].name; }

const char *cpl_date_error_text(int32_t error, int32_t language) {
    int32_t i = error > 0 && error < COUNT(errors) ? error : 0;
    return language == COMPLAINT_THAI ? errors[i].thai : errors[i].english;
}

const char *cpl_date_expected_text(int32_t expected, int32_t language) {
    int32_t i = expected > 0 && expected < COUNT(expectations) ? expected : 0;
    return language == COMPLAINT_THAI ? expectations[i].thai : expectations[i].english;
}
