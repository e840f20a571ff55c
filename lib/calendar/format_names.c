/*
 * calendar/format_names: what months and days of the week are called.
 *
 * Owns: their right spellings, in full and abbreviated. Must not know: how they are misspelt.
 */
#include "calendar/calendar.h"

#define NAME(full, brief)                                                                                                                                                          \
    {                                                                                                                                                                              \
        {full, sizeof(full) - 1}, { brief, sizeof(brief) - 1 }                                                                                                                     \
    }

const cpl_date_name cpl_month_names[] = {
    NAME("", ""),           NAME("มกราคม", "ม.ค."),  NAME("กุมภาพันธ์", "ก.พ."), NAME("มีนาคม", "มี.ค."),  NAME("เมษายน", "เม.ย."), NAME("พฤษภาคม", "พ.ค."),
    NAME("มิถุนายน", "มิ.ย."), NAME("กรกฎาคม", "ก.ค."), NAME("สิงหาคม", "ส.ค."),  NAME("กันยายน", "ก.ย."), NAME("ตุลาคม", "ต.ค."),   NAME("พฤศจิกายน", "พ.ย."),
    NAME("ธันวาคม", "ธ.ค."),
};

const cpl_date_name cpl_weekday_names[] = {
    NAME("", ""), NAME("จันทร์", "จ."), NAME("อังคาร", "อ."), NAME("พุธ", "พ."), NAME("พฤหัสบดี", "พฤ."), NAME("ศุกร์", "ศ."), NAME("เสาร์", "ส."), NAME("อาทิตย์", "อา."),
};
