/*
 * calendar/explain_words: the steps of a derivation as sentences, and the law each rests on.
 *
 * Owns: the sentences. Must not know: how steps come about.
 */
#include "calendar/calendar.h"

#include <string.h>

typedef struct teller {
    const cpl_clock_rule *rule;
    const cpl_step *step;
    bool thai;
    cpl_buf *out;
} teller;

/* ---- pieces --------------------------------------------------------------------------------------------------------- */

static void say(const teller *t, const char *thai, const char *english) { cpl_buf_puts(t->out, t->thai ? thai : english); }

static void say_english_day(const teller *t, int32_t day) {
    static const char *const weekdays[] = {"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    static const char *const months[] = {"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    cpl_date d = cpl_date_gregorian(day);
    cpl_buf_fmt(t->out, "%s %d %s %d", weekdays[cpl_date_weekday(day)], (int)d.day, months[d.month], (int)d.year);
}

static void say_thai_day(const teller *t, int32_t day) {
    static const char *const weekdays[] = {"", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"};
    char text[CPL_DATE_MAX];
    size_t n;
    cpl_buf_fmt(t->out, "วัน%sที่ ", weekdays[cpl_date_weekday(day)]);
    if (cpl_date_format(day, COMPLAINT_DATE_LONG, COMPLAINT_DIGITS_ARABIC, text, &n) == COMPLAINT_OK) cpl_buf_puts(t->out, text);
}

static void say_day(const teller *t, int32_t day) {
    if (t->thai)
        say_thai_day(t, day);
    else
        say_english_day(t, day);
}

/* `08.30`, `08:30` of milliseconds since 00:00; with seconds when there are any. */
static void say_clock(const teller *t, int64_t ms) {
    char separator = t->thai ? '.' : ':';
    int64_t minutes = ms / CPL_MINUTE_MS, rest = ms % CPL_MINUTE_MS;
    cpl_buf_fmt(t->out, "%02d%c%02d", (int)(minutes / 60), separator, (int)(minutes % 60));
    if (rest) cpl_buf_fmt(t->out, "%c%02d", separator, (int)(rest / 1000));
    if (rest % 1000) cpl_buf_fmt(t->out, "%s%03d", t->thai ? "," : ".", (int)(rest % 1000));
}

/* An instant; `ends`: 00:00 is said as 24:00 of the day before. */
static void say_instant(const teller *t, int64_t at, bool ends) {
    int32_t day = cpl_instant_day(ends ? at - 1 : at);
    say_day(t, day);
    say(t, " เวลา ", " at ");
    say_clock(t, at - cpl_day_start(day));
    say(t, " น.", "");
}

static const char *unit_word(const teller *t, int64_t n) {
    switch (t->rule->unit) {
    case COMPLAINT_UNIT_MINUTES:
        return t->thai ? "นาที" : n == 1 ? "minute" : "minutes";
    case COMPLAINT_UNIT_WORKING_MINUTES:
        return t->thai ? "นาทีทำการ" : n == 1 ? "working minute" : "working minutes";
    case COMPLAINT_UNIT_CALENDAR_DAYS:
        return t->thai ? "วัน" : n == 1 ? "calendar day" : "calendar days";
    default:
        return t->thai ? "วันทำการ" : n == 1 ? "working day" : "working days";
    }
}

static void say_amount(const teller *t, int64_t n) {
    cpl_buf_int(t->out, n);
    cpl_buf_puts(t->out, " ");
    cpl_buf_puts(t->out, unit_word(t, n));
}

static void say_days(const teller *t, int32_t first, int32_t last) {
    say_day(t, first);
    if (first == last) return;
    say(t, " ถึง", " to ");
    say_day(t, last);
}

/* ---- steps ---------------------------------------------------------------------------------------------------------- */

static void say_received(const teller *t) {
    say(t, "เริ่มจาก", "From ");
    say_instant(t, t->step->at, false);
}

static void say_moved_receipt(const teller *t) {
    say(t, "มาถึงนอกเวลาทำการ จึงถือว่าได้รับเมื่อเปิดทำการ ", "It came outside office hours and counts from the opening on ");
    say_instant(t, t->step->at, false);
}

static void say_first_day(const teller *t) {
    if (t->step->count)
        say(t, "นับวันแรกรวมด้วย เริ่มนับตั้งแต่", "The first day is counted; counting begins with ");
    else
        say(t, "ไม่นับวันแรก เริ่มนับตั้งแต่", "The first day is not counted; counting begins with ");
    say_day(t, t->step->first);
}

static void say_count(const teller *t) {
    const cpl_step *s = t->step;
    bool days = s->until == 0;
    say(t, days ? "นับ" : "นับตั้งแต่", days ? "Count " : "Count from ");
    if (days)
        say_days(t, s->first, s->last);
    else
        say_instant(t, s->at, false), say(t, " ถึง", " to "), say_instant(t, s->until, true);
    if (days && s->last - s->first >= s->count) say(t, " เว้นวันหยุดประจำสัปดาห์", " without days of rest");
    say(t, " ได้ ", ": ");
    say_amount(t, s->count);
    if (s->total == s->count) return;
    say(t, " รวมเป็น ", ", together ");
    cpl_buf_int(t->out, s->total);
}

static void say_holiday_name(const teller *t, const cpl_holiday *h) {
    if (h) cpl_buf_fmt(t->out, " (%s)", t->thai ? h->thai : h->english);
}

static void say_holiday(const teller *t) {
    say(t, "ไม่นับ", "Do not count ");
    say_day(t, t->step->first);
    say_holiday_name(t, t->step->holiday);
}

static void say_pause(const teller *t) {
    const cpl_step *s = t->step;
    say(t, "หยุดนับเวลาตั้งแต่", "It stood still from ");
    say_instant(t, s->at, false);
    say(t, " ถึง", " to ");
    say_instant(t, s->until, false);
    if (s->first && s->count) {
        say(t, " ไม่นับ", "; do not count ");
        say_days(t, s->first, s->last);
        say(t, " รวม ", ", ");
    } else {
        say(t, " ไม่นับรวม ", "; not counted: ");
    }
    say_amount(t, s->count);
}

static void say_extension(const teller *t) {
    const cpl_step *s = t->step;
    say(t, "ขยายเวลา ", "Extended by ");
    say_amount(t, s->count);
    say(t, " นับต่อจากวันสุดท้ายเดิม คือ", ", counted on from the original last day, ");
    if (s->at)
        say_instant(t, s->at, true);
    else
        say_day(t, s->first);
}

static void say_last_day(const teller *t) {
    say(t, "วันสุดท้ายคือ", "The last day is ");
    say_day(t, t->step->first);
}

static void say_roll(const teller *t) {
    const cpl_step *s = t->step;
    say(t, "วันสุดท้ายเป็นวันหยุด", "The last day is a day of rest");
    say_holiday_name(t, s->holiday);
    if (s->last == s->first) {
        say(t, " แต่นับเป็นวันสุดท้าย เพราะเป็นหน้าที่ของเจ้าหน้าที่", ", yet it counts, because the duty is the authority's own");
        return;
    }
    if (s->last > s->first)
        say(t, " จึงเลื่อนไปวันทำการถัดไป คือ", "; it moves to the next working day, ");
    else
        say(t, " จึงเลื่อนมาวันทำการก่อนหน้า คือ", "; it moves to the working day before, ");
    say_day(t, s->last);
}

static void say_due(const teller *t) {
    say(t, "ต้องเสร็จก่อน", "In time is what is done before ");
    say_instant(t, t->step->at, true);
}

static void say_predicted(const teller *t) {
    int from = (int)t->step->count, until = (int)t->step->total;
    if (from == until)
        cpl_buf_fmt(t->out, t->thai ? "วันหยุดของปี พ.ศ. %d ยังไม่ประกาศ คำนวณตามหลักเกณฑ์ กำหนดนี้อาจเปลี่ยน" : "The holidays of B.E. %d are not announced but computed; this may change",
                    from);
    else
        cpl_buf_fmt(t->out,
                    t->thai ? "วันหยุดของปี พ.ศ. %d ถึง %d ยังไม่ประกาศ คำนวณตามหลักเกณฑ์ กำหนดนี้อาจเปลี่ยน" : "The holidays of B.E. %d to %d are not announced but computed; this may change",
                    from, until);
}

static void say_area_unknown(const teller *t) {
    say(t, "มีวันหยุดเฉพาะบางจังหวัดที่ไม่ทราบรายชื่อครบ นับเป็นวันทำการ ควรตรวจสอบ",
        "A day between was a holiday in some provinces whose list is not fully known; it was counted as open and should be checked");
}

static void say_office_hours(const teller *t) {
    const cpl_office *o = t->step->office;
    say(t, "เวลาทำการตั้งแต่", "Office hours from ");
    say_day(t, t->step->first);
    say(t, " คือ ", " on: ");
    for (size_t i = 0; i < o->count; ++i) {
        if (i) say(t, " และ ", " and ");
        say_clock(t, o->hours[i].from);
        cpl_buf_puts(t->out, "-");
        say_clock(t, o->hours[i].until);
        say(t, " น.", "");
    }
}

void cpl_explain_sentence(const cpl_clock_rule *rule, const cpl_step *step, int32_t language, cpl_buf *out) {
    static void (*const sayers[])(const teller *t) = {
        NULL,          say_received, say_moved_receipt, say_first_day, say_count,     say_holiday,      say_pause,
        say_extension, say_last_day, say_roll,          say_due,       say_predicted, say_area_unknown, say_office_hours,
    };
    const teller t = {rule, step, language == COMPLAINT_THAI, out};
    sayers[step->kind](&t);
}

/* ---- law ------------------------------------------------------------------------------------------------------------ */

typedef struct citation {
    const char *thai, *english;
} citation;

static const citation no_law = {"", ""},
                      first_day_law = {"ป.พ.พ. มาตรา 193/3; พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 64",
                                       "Civil and Commercial Code s. 193/3; Administrative Procedure Act B.E. 2539 s. 64"},
                      at_once_law = {"ป.พ.พ. มาตรา 193/3", "Civil and Commercial Code s. 193/3"},
                      extension_law = {"ป.พ.พ. มาตรา 193/7; คำพิพากษาศาลฎีกาที่ 2981/2545", "Civil and Commercial Code s. 193/7; Supreme Court 2981/2545"},
                      duty_law = {"พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 64 วรรคสอง", "Administrative Procedure Act B.E. 2539 s. 64 para. 2"},
                      roll_law = {"ป.พ.พ. มาตรา 193/8; พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 64 วรรคสาม",
                                  "Civil and Commercial Code s. 193/8; Administrative Procedure Act B.E. 2539 s. 64 para. 3"};

static const citation *law_of(const cpl_clock_rule *rule, const cpl_step *s) {
    switch (s->kind) {
    case COMPLAINT_STEP_FIRST_DAY:
        return s->count ? &at_once_law : &first_day_law;
    case COMPLAINT_STEP_COUNT:
        return rule->unit == COMPLAINT_UNIT_MINUTES && s->total == s->count ? &at_once_law : &no_law;
    case COMPLAINT_STEP_EXTENSION:
        return &extension_law;
    case COMPLAINT_STEP_ROLL:
        return s->last == s->first ? &duty_law : s->last > s->first ? &roll_law : &no_law;
    default:
        return &no_law;
    }
}

/* The sources of the built-in holidays, in Thai; what an office adds of its own is given as it was entered. */
static const char *thai_source(const char *source) {
    static const struct {
        const char *source, *thai;
    } known[] = {
        {"high: cabinet lists of official holidays; published calendars, cross-checked", "รายการวันหยุดราชการตามมติคณะรัฐมนตรี ตรวจทานกับปฏิทินที่เผยแพร่"},
        {"high: Thai lunar calendar; published calendars, cross-checked", "ปฏิทินจันทรคติไทย ตรวจทานกับปฏิทินที่เผยแพร่"},
        {"high: published calendars, cross-checked", "ปฏิทินที่เผยแพร่หลายแหล่ง ตรวจทานกันแล้ว"},
        {"medium: published calendars, cross-checked", "ปฏิทินที่เผยแพร่หลายแหล่ง ตรวจทานกันแล้ว แต่ไม่พบประกาศ"},
        {"high: set by the palace; published calendars, cross-checked", "สำนักพระราชวังกำหนด ตรวจทานกับปฏิทินที่เผยแพร่"},
        {"medium: set by the palace; published calendars, cross-checked", "สำนักพระราชวังกำหนด ตามปฏิทินที่เผยแพร่ แต่ไม่พบประกาศ"},
        {"medium: published computations agree; not announced", "ผลคำนวณที่เผยแพร่ตรงกัน ยังไม่ประกาศ"},
        {"low: disputed: other sources make it adhikavan", "ยังไม่แน่นอน บางแหล่งให้เป็นปีอธิกวาร ยังไม่ประกาศ"},
        {"medium: by the rule; not confirmed by an announcement", "ตามหลักเกณฑ์ ไม่พบประกาศยืนยัน"},
        {"medium: rule of 2004 and the precedent of 2023-04-17; banks do not observe it", "หลักเกณฑ์ พ.ศ. 2547 และแนวปฏิบัติเมื่อ 17 เม.ย. 2566 ธนาคารไม่หยุด"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; ++i) {
        if (strcmp(source, known[i].source) == 0) return known[i].thai;
    }
    return source;
}

const char *cpl_explain_law(const cpl_clock_rule *rule, const cpl_step *step, int32_t language) {
    if (step->kind == COMPLAINT_STEP_HOLIDAY && step->holiday) return language == COMPLAINT_THAI ? thai_source(step->holiday->source) : step->holiday->source;
    const citation *law = law_of(rule, step);
    return language == COMPLAINT_THAI ? law->thai : law->english;
}
