/*
 * policy/fault: what is said about a policy document that is not acceptable.
 *
 * Owns: the sentences, in Thai and English; which mistakes are worth a sentence when there are many. Must not know: how a fault was found.
 */
#include "policy/parts.h"

#include <string.h>

/* Both sentences take the word at fault and, at will, what would be right. */
typedef struct sentence {
    const char *thai, *english;
} sentence;

static const sentence sentences[CPL_FAULT_COUNT] = {
    [CPL_FAULT_SIZE] = {"เอกสารใหญ่เกิน 1 MiB", "the document is larger than 1 MiB"},
    [CPL_FAULT_FORMAT] = {"ไม่รู้จักรูปแบบเอกสารรุ่นนี้ รุ่นที่อ่านได้คือ 1", "this version reads documents of format 1 only"},
    [CPL_FAULT_UNKNOWN_KEY] = {"ไม่รู้จักคีย์ “%s” คีย์ที่ใช้ได้: %s", "unknown key “%s”; known here: %s"},
    [CPL_FAULT_MISSING_KEY] = {"ขาดคีย์ “%s”", "the key “%s” is missing"},
    [CPL_FAULT_NO_OBJECT] = {"ค่านี้ต้องเป็นออบเจกต์ { }", "this has to be an object { }"},
    [CPL_FAULT_NO_LIST] = {"ค่านี้ต้องเป็นรายการ [ ]", "this has to be a list [ ]"},
    [CPL_FAULT_NO_STRING] = {"ค่านี้ต้องเป็นข้อความในเครื่องหมายคำพูด", "this has to be a string"},
    [CPL_FAULT_NO_BOOLEAN] = {"ค่านี้ต้องเป็น true หรือ false", "this has to be true or false"},
    [CPL_FAULT_NO_INTEGER] = {"ค่านี้ต้องเป็นจำนวนเต็ม", "this has to be an integer"},
    [CPL_FAULT_EMPTY_LIST] = {"รายการนี้ว่างเปล่า ต้องมีอย่างน้อยหนึ่งรายการ", "this is empty; at least one entry is needed"},
    [CPL_FAULT_EMPTY_STRING] = {"ข้อความนี้ว่างเปล่า", "this string is empty"},
    [CPL_FAULT_EMPTY_THAI] = {"ข้อความภาษาไทยว่างเปล่า", "the Thai text is empty"},
    [CPL_FAULT_NO_THAI] = {"ข้อความนี้ไม่มีตัวอักษรไทย", "the Thai text has no Thai letter"},
    [CPL_FAULT_CONTROL] = {"ข้อความนี้มีอักขระควบคุมหรือการขึ้นบรรทัดใหม่", "the string has a line break or another control character"},
    [CPL_FAULT_TOO_MANY] = {"“%s” มีรายการมากเกินไป อนุญาตไม่เกิน %s", "too many entries in “%s”; at most %s are allowed"},
    [CPL_FAULT_ID] = {"รหัส “%s” ไม่ถูกต้อง ต้องเป็น %s", "“%s” is no code; a code is %s"},
    [CPL_FAULT_DUPLICATE] = {"มี “%s” ซ้ำ", "“%s” occurs twice"},
    [CPL_FAULT_WORD] = {"ไม่รู้จัก “%s” ใช้ได้: %s", "“%s” is not one of: %s"},
    [CPL_FAULT_RANGE] = {"จำนวน %s อยู่นอกช่วง %s", "%s is outside the range %s"},
    [CPL_FAULT_RESERVED] = {"รหัส “%s” สงวนไว้ให้ไลบรารีใช้", "the code “%s” is reserved: the library means something else by it"},
    [CPL_FAULT_ROLE] = {"ไม่มีบทบาท “%s” ใน roles", "the role “%s” is not defined in roles"},
    [CPL_FAULT_STATE] = {"ไม่มีสถานะ “%s” ใน states", "the state “%s” is not defined in states"},
    [CPL_FAULT_FIELD] = {"ไม่มีช่องข้อมูล “%s” ใน fields", "the field “%s” is not defined in fields"},
    [CPL_FAULT_FLAG] = {"ไม่มีเครื่องหมาย “%s” ใน flags", "the flag “%s” is not defined in flags"},
    [CPL_FAULT_TEXT] = {"ไม่มีข้อความ “%s” ใน texts", "the text “%s” is not defined in texts"},
    [CPL_FAULT_IMPLIES_CYCLE] = {"เครื่องหมาย “%s” อ้างวนกลับมาที่ตัวเอง", "the flag “%s” implies itself in a circle"},
    [CPL_FAULT_FIELD_TYPE] = {"ช่อง “%s” เป็นช่องที่ไลบรารีอ่านเอง ต้องมีชนิด %s", "the library itself reads the field “%s”; its type has to be %s"},
    [CPL_FAULT_FIELD_KEY] = {"คีย์ “%s” ใช้กับช่องชนิดนี้ไม่ได้ ใช้กับ %s", "the key “%s” is not for a field of this type, but for %s"},
    [CPL_FAULT_FIELD_TWICE] = {"ช่อง “%s” อยู่ทั้งใน required และ optional", "the field “%s” is in both required and optional"},
    [CPL_FAULT_FIELD_NEEDED] = {"การกระทำนี้ต้องมีช่อง “%s” ใน required", "this action does nothing without the field “%s” in required"},
    [CPL_FAULT_DEMAND_FIELD] = {"ช่อง “%s” ใช้กำหนดว่าต้องระบุช่องอื่นไม่ได้ ใช้ได้กับช่องชนิด choice, boolean และช่องที่เป็นรหัส",
                                "the field “%s” cannot decide what else is required: only a choice, a boolean or a code can"},
    [CPL_FAULT_DEMAND_UNASKED] = {"การกระทำนี้ไม่ถามช่อง “%s”", "the action does not ask for the field “%s”"},
    [CPL_FAULT_DEMAND_ANYWAY] = {"ช่อง “%s” ต้องระบุเสมออยู่แล้ว", "the field “%s” is required anyway"},
    [CPL_FAULT_PLACEHOLDER] = {"ไม่รู้จักตัวแทน {%s} ในข้อความ ใช้ได้: %s", "the placeholder {%s} is not known; known: %s"},
    [CPL_FAULT_BRACE] = {"เครื่องหมาย { หรือ } ในข้อความไม่ครบคู่", "a { or } in the text stands alone"},
    [CPL_FAULT_NO_OFFICE_PART] = {"ข้อความใช้ {%s} แต่ office ไม่มีคีย์ “%s”", "the text has {%s}, but office has no “%s”"},
    [CPL_FAULT_NO_PARTICLE] = {"ข้อความใช้ {particle} แต่ไม่มีข้อความ “particle” ใน texts", "{particle} is used, but texts has no “particle” to stand for it"},
    [CPL_FAULT_FREE_TEXT] = {"ข้อความตอบรับ “%s” ห้ามมี {text} เพราะต้องเป็นข้อความกลางเท่านั้น",
                             "the acknowledgement “%s” may not contain {text}: it is the central message and nothing else"},
    [CPL_FAULT_INSIDE_TOLD] = {"ข้อความถึงบุคคลภายนอก “%s” ห้ามมี %s", "the text “%s” leaves the office and may not contain %s"},
    [CPL_FAULT_VERB] = {"ไม่รู้จักการกระทำ “%s”", "the library does not know the verb “%s”"},
    [CPL_FAULT_VERB_SYSTEM] = {"“%s” เป็นเหตุการณ์ของระบบ ไม่ใช่การกระทำของบุคคล", "“%s” is done by the system, nobody can be allowed to do it"},
    [CPL_FAULT_VERB_INTAKE] = {"“%s” เกิดก่อนมีเรื่อง ต้องอยู่ใน intake", "“%s” comes before there is a case; it belongs in intake"},
    [CPL_FAULT_VERB_ACTION] = {"“%s” ทำกับเรื่องที่มีสถานะ ต้องอยู่ใน actions", "“%s” is done to a case; it belongs in actions"},
    [CPL_FAULT_GUARD_UNKNOWN] = {"ไม่รู้จักเงื่อนไข “%s” ที่ใช้ได้: %s", "the library does not know the guard “%s”; it knows: %s"},
    [CPL_FAULT_GUARD] = {"ไม่มีเงื่อนไข “%s” ใน guards", "the guard “%s” is not defined in guards"},
    [CPL_FAULT_GUARD_UNUSED] = {"ไม่มีการกระทำใดใช้เงื่อนไข “%s” จึงไม่มีผลบังคับ", "no action uses the guard “%s”, so nothing is guarded"},
    [CPL_FAULT_GUARD_KEY] = {"คีย์ “%s” ใช้ได้กับเงื่อนไขเหล่านี้เท่านั้น: %s", "the key “%s” is for these guards only: %s"},
    [CPL_FAULT_CHOICE] = {"“%s” ไม่ใช่ตัวเลือกของช่อง %s", "“%s” is no choice of the field %s"},
    [CPL_FAULT_GUARD_FLAG] = {"เงื่อนไข “%s” ต้องมีเครื่องหมาย “%s” ใน flags", "the guard “%s” cannot do without the flag “%s”"},
    [CPL_FAULT_GUARD_NOBODY] = {"เงื่อนไข “%s” ไม่เหลือบทบาทใดที่ทำรายการนี้ในนามตนเองได้", "the guard “%s” leaves nobody who may do this as himself"},
    [CPL_FAULT_GUARD_NOTICE] = {"เงื่อนไข “%s” ต้องมีข้อความแจ้งผู้ร้องที่ counts_as เป็น “%s”", "the guard “%s” can never pass: no notice counts as “%s”"},
    [CPL_FAULT_TRIGGER_EVENT] = {"ไม่รู้จักเหตุการณ์ “%s”", "the library does not know the event “%s”"},
    [CPL_FAULT_TRIGGER_NEVER] = {"เหตุการณ์ “%s” ไม่มีวันเกิดขึ้น เพราะ intake และ actions ไม่มีการกระทำนั้น หรือขาดสิ่งที่ต้องใช้ (ช่องข้อมูลของการกระทำ หรือ attempts ใน told_before_close)",
                                 "the event “%s” never happens here: it is neither in intake nor in actions, or lacks what it needs (a field of the action, or attempts in told_before_close)"},
    [CPL_FAULT_TRIGGER_QUALIFIER] = {"เหตุการณ์ “%s” เขียนไม่ถูกต้อง แบบที่มีทวิภาคคือ flag:รหัส flag_cleared:รหัส classify:รหัส consider:รหัส set_aside:รหัส duty_unchecked:รหัส delivered:รหัส refused:รหัส",
                                     "“%s”: only flag:CODE, flag_cleared:CODE, classify:CODE, consider:CHOICE, set_aside:REASON, duty_unchecked:CHANNEL, delivered:NOTICE and refused:NOTICE have a colon, and the last two need it"},
    [CPL_FAULT_TRIGGER_FLAG] = {"เหตุการณ์อ้างเครื่องหมาย “%s” ที่ไม่มีใน flags", "the event names the flag “%s”, which is not defined in flags"},
    [CPL_FAULT_TRIGGER_NOTICE] = {"เหตุการณ์อ้างข้อความแจ้ง “%s” ที่ไม่มีใน notices (หรืออยู่ถัดไป)",
                                  "the event names the notice “%s”, which is not defined in notices, or not before this one"},
    [CPL_FAULT_NOTICE_ROLE] = {"ข้อความแจ้งส่งถึง “%s” ซึ่งไม่ใช่บทบาทใน roles และไม่ใช่ complainant origin หรือ sender",
                               "the notice goes to “%s”, which is neither complainant nor origin nor sender nor a role in roles"},
    [CPL_FAULT_COUNTS_AS] = {"counts_as ใช้กับข้อความถึงผู้ร้องเท่านั้น", "counts_as is for notices to the complainant only"},
    [CPL_FAULT_CLOCK_RULE] = {"กำหนดเวลานี้ขัดกันเองที่ “%s”", "the clock contradicts itself in “%s”"},
    [CPL_FAULT_LENGTH_FIELD] = {"length_field “%s” ต้องเป็นช่องชนิด integer", "length_field “%s” has to be a field of type integer"},
    [CPL_FAULT_LENGTH_RANGE] = {"length %s อยู่นอกช่วงของช่องใน length_field (%s)", "the length %s is outside the range of its length_field (%s)"},
    [CPL_FAULT_LENGTH_UNASKED] = {"ไม่มีการกระทำที่เริ่มนาฬิกานี้ถามช่อง “%s”", "no action that starts this clock asks for the field “%s”"},
    [CPL_FAULT_ROUTE_UNIT] = {"เส้นทาง “%s” ต้องมีหน่วยงานชนิด “%s” ใน units อย่างน้อยหนึ่งแห่ง", "the route “%s” leads nowhere: units has no entry of kind “%s”"},
    [CPL_FAULT_ROUTE_VERB] = {"เส้นทาง “%s” ต้องมีการกระทำ “%s” ใน actions", "the route “%s” cannot be taken: actions has no “%s”"},
    [CPL_FAULT_UNREACHABLE] = {"ไปไม่ถึงสถานะ “%s” จากสถานะเริ่มต้น", "the state “%s” cannot be reached from the initial one"},
    [CPL_FAULT_NO_END] = {"จากสถานะ “%s” ไม่มีทางปิดเรื่องได้", "from the state “%s” a case can never be closed, rejected, withdrawn or transferred"},
    [CPL_FAULT_NO_END_WITH] = {"จากสถานะ “%s” เรื่องที่มี “%s” ไม่มีทางปิดได้", "from the state “%s” a case with “%s” can never be closed, rejected, withdrawn or transferred"},
    [CPL_FAULT_TIME_OF_DAY] = {"เวลา “%s” ไม่ถูกต้อง ต้องเขียนแบบ 08:30", "“%s” is no time of the day; write it as 08:30"},
    [CPL_FAULT_LONG] = {"ข้อความนี้ยาวเกิน 190 ไบต์", "this is longer than 190 bytes"},
    [CPL_FAULT_ONLY_WITH] = {"คีย์ “%s” ใช้ได้เมื่อมี %s เท่านั้น", "the key “%s” means something with %s only"},
    [CPL_FAULT_NOT_WITH] = {"คีย์ “%s” ใช้ร่วมกับ %s ไม่ได้", "the key “%s” does not go with %s"},
    [CPL_FAULT_SUPERIOR_CYCLE] = {"ผู้บังคับบัญชาของ “%s” วนกลับมาที่ตัวเอง", "“%s” is its own superior in a circle"},
    [CPL_FAULT_UNIT] = {"ไม่มีหน่วยงาน “%s” ใน units", "the unit “%s” is not defined in units"},
    [CPL_FAULT_CLASS] = {"ไม่มีประเภท “%s” ใน classes", "the class “%s” is not defined in classes"},
    [CPL_FAULT_CLASS_PARENT] = {"ประเภทหลัก “%s” ต้องอยู่ก่อนประเภทย่อย และต้องไม่เป็นประเภทย่อยเอง", "the parent “%s” has to stand before its sub-classes and to have no parent itself"},
    [CPL_FAULT_CLASS_LATE] = {"ประเภท “%s” อยู่หลังลำดับที่ 64 จึงใช้ใน unless ไม่ได้", "the class “%s” stands behind the 64th and cannot take part in unless"},
    [CPL_FAULT_SEALED] = {"ช่อง “%s” ระบุตัวบุคคล ต้องปิดผนึกเสมอ", "the field “%s” names people; it is always sealed"},
    [CPL_FAULT_IDENTITY] = {"ช่อง “%s” เป็นช่องที่ไลบรารีอ่านเอง คีย์ “identity” มีไว้สำหรับช่องของสำนักงานเอง (ในช่องที่ไลบรารีอ่านมีเพียง name และ address ที่ระบุตัวผู้ร้องเรียน)",
                            "the library itself reads the field “%s”; “identity” is for the office's own fields (of the library's, name and address alone say who a complainant is)"},
    [CPL_FAULT_NOTHING_NAMED] = {"“%s” ไม่ได้ระบุอะไร ใช้ได้: %s", "“%s” names nothing; known here: %s"},
    [CPL_FAULT_VERB_KEY] = {"คีย์ “%s” ใช้กับการกระทำ %s เท่านั้น", "the key “%s” is for the verb %s only"},
    [CPL_FAULT_BACK] = {"“%s” ใช้กับการกระทำ resume เท่านั้น", "“%s” is for the verb resume only"},
    [CPL_FAULT_BACK_FROM] = {"กลับจากสถานะ “%s” ไม่ได้ เพราะ request_info ไม่ได้พาไปสถานะนั้น", "there is no way back from the state “%s”: request_info does not lead to it"},
    [CPL_FAULT_TO_FROM] = {"การกระทำนี้ไม่เริ่มจากสถานะ “%s” (ไม่มีใน from)", "the action does not start from the state “%s”: it is not in from"},
    [CPL_FAULT_TO_MISSING] = {"to ไม่ได้บอกว่าจากสถานะ “%s” ไปสถานะใด (ใช้ \"*\" แทนสถานะที่เหลือทั้งหมด)", "“to” does not say where the state “%s” leads; \"*\" stands for all that are not named"},
    [CPL_FAULT_TO_REST] = {"ไม่เหลือสถานะใดให้ “%s” ใช้ เพราะ to ระบุไว้ครบแล้ว", "no state is left for “%s”: all of from are named"},
    [CPL_FAULT_FIELD_ONE_OF] = {"การกระทำ “%s” ต้องถามอย่างน้อยหนึ่งช่องใน %s", "“%s” has to ask for at least one of the fields %s"},
    [CPL_FAULT_GUARD_FIELD] = {"เงื่อนไข “%s” ไม่มีวันผ่าน เพราะการกระทำนี้ไม่ถามช่อง “%s”", "the guard “%s” can never pass: the action does not ask for the field “%s”"},
    [CPL_FAULT_GUARD_VERB] = {"เงื่อนไข “%s” ใช้กับ %s เท่านั้น", "the guard “%s” asks nothing of this verb, only of %s"},
    [CPL_FAULT_GUARD_ACTION] = {"เงื่อนไข “%s” ต้องมีการกระทำ “%s” ใน actions", "the guard “%s” cannot do without the action “%s”"},
    [CPL_FAULT_GUARD_ORIGIN] = {"เงื่อนไข “%s” ต้องมี origins", "the guard “%s” cannot do without origins"},
    [CPL_FAULT_TRIGGER_NO_CASE] = {"เหตุการณ์ “%s” ไม่ใช่การกระทำกับเรื่อง จึงใช้เริ่ม หยุด หรือแจ้งไม่ได้", "nobody does “%s” to a case, so nothing can hang on it"},
    [CPL_FAULT_TRIGGER_NO_UNIT] = {"เหตุการณ์ “%s” ไม่ได้เกิดกับหน่วยงานใดหน่วยงานหนึ่ง จึงใช้กับนาฬิกาของแต่ละหน่วยงานไม่ได้",
                                   "“%s” is not about one unit, so a clock of scope referral cannot hang on it"},
    [CPL_FAULT_NOTICE] = {"ไม่มีข้อความแจ้ง “%s” ใน notices", "the notice “%s” is not defined in notices"},
    [CPL_FAULT_NOTICE_SILENT] = {"ข้อความแจ้ง “%s” ไม่มีวันถูกส่ง เพราะไม่มี on และไม่มีการเตือนใดอ้างถึง", "the notice “%s” is never sent: it has no “on”, and no clock's warning names it"},
    [CPL_FAULT_NOTICE_ORIGIN] = {"ข้อความแจ้งส่งถึง “%s” แต่ไม่มี origins", "the notice goes to “%s”, but there are no origins"},
    [CPL_FAULT_NOTICE_CLOCK] = {"ข้อความ “%s” ใช้ {clock} หรือ {due} ซึ่งมีเฉพาะในข้อความแจ้งที่ไม่มี on",
                                "the text “%s” has {clock} or {due}, which only a notice without “on” can say: an event is no clock"},
    [CPL_FAULT_CLOCK] = {"ไม่มีกำหนดเวลา “%s” ใน clocks", "the clock “%s” is not defined in clocks"},
    [CPL_FAULT_CLOCK_GIVEN] = {"กำหนดเวลา “%s” เป็นวันที่หน่วยงานอื่นกำหนด ขยายไม่ได้", "the clock “%s” runs to a date somebody else gave; it cannot be extended"},
    [CPL_FAULT_DATE_FIELD] = {"date_field “%s” ต้องเป็นช่องชนิด time", "date_field “%s” has to be a field of type time"},
    [CPL_FAULT_WARNING_WHEN] = {"การเตือนใน %s ต้องมีอย่างใดอย่างหนึ่งเท่านั้น: %s", "a warning in %s has exactly one of: %s"},
    [CPL_FAULT_WARNING_UNIT] = {"“%s” นับไปข้างหน้าเท่านั้น ใช้กับ before ไม่ได้", "“%s” are counted forward only; they do not go with before"},
    [CPL_FAULT_PAUSE] = {"กำหนดเวลาหยุดนับในสถานะ “%s” แต่จากสถานะนั้นไม่มีทางออก", "the clock stands still in the state “%s”, but nothing leads out of that state"},
    [CPL_FAULT_INITIAL_END] = {"สถานะเริ่มต้น “%s” เป็นสถานะสิ้นสุด เรื่องจะจบตั้งแต่รับ", "the initial state “%s” is an end: a case would be over before it begins"},
    [CPL_FAULT_END_VERB] = {"สถานะ “%s” เป็นสถานะสิ้นสุดที่เข้าได้ด้วยการกระทำ “%s” เท่านั้น", "the state “%s” is an end that only “%s” leads to"},
    [CPL_FAULT_VERB_END] = {"การกระทำ “%s” ต้องพาเรื่องไปสถานะในระยะ “%s”", "“%s” has to lead to a state of phase “%s”"},
    [CPL_FAULT_CLOCK_ENDLESS] = {"หลังจากกำหนดเวลา “%s” เริ่มแล้ว ไม่มีเหตุการณ์ใดใน stops เกิดขึ้นได้อีก", "once the clock “%s” has started, nothing in stops can happen any more"},
    [CPL_FAULT_CLOCK_SURVIVES] = {"กำหนดเวลา “%s” นับต่อหลังเรื่องสิ้นสุด แต่ในสถานะ %s ไม่มีเหตุการณ์ใดใน stops เกิดขึ้นได้", "the clock “%s” survives the end of the case, but in the state %s nothing in stops can happen"},
    [CPL_FAULT_WARNING_EARLY] = {"การเตือนก่อนครบกำหนด %s วันหรือนาทีไม่มีวันเกิด เพราะกำหนดเวลายาวเพียง %s", "a warning %s before the deadline never comes: the clock is only %s long"},
    [CPL_FAULT_ROUND_TWICE] = {"รอบรายงาน “%s” สิ้นสุดเดือนเดียวกัน จึงเรียกแยกกันไม่ได้", "the round “%s” ends with the same month, so nobody could ask for one of the two"},
    [CPL_FAULT_GROUP_EMPTY] = {"กลุ่ม “%s” ไม่มีเรื่องใดเข้าได้ เพราะกลุ่มก่อนหน้านับไปหมดแล้วหรือยกเว้นไว้ทั้งหมด",
                               "no case can count in the group “%s”: those before it take all of its classes, or all are excepted"},
    [CPL_FAULT_NATURE] = {"ไม่มีลักษณะเรื่อง “%s” ใน natures", "the nature “%s” is not defined in natures"},
    [CPL_FAULT_ASKED_TYPE] = {"เงื่อนไขถามช่อง “%s” ซึ่งไม่ใช่ช่องชนิด choice", "the condition asks for the field “%s”, which is no choice"},
    [CPL_FAULT_ASKED_CHOICE] = {"“%s” ไม่ใช่ตัวเลือกของช่อง %s", "“%s” is no choice of the field %s"},
    [CPL_FAULT_ASKED_NOWHERE] = {"เงื่อนไขไม่มีวันเป็นจริง เพราะ “%s” ไม่ถามช่อง %s", "the condition can never hold: nobody is asked on “%s” for the field %s"},
    [CPL_FAULT_ASKED_CLOCK] = {"ข้อความแจ้ง “%s” มีเงื่อนไขเป็นช่องข้อมูล แต่การเตือนไม่มีใครกรอกช่องใด", "the notice “%s” asks for a field, but a clock that reminds has none"},
    [CPL_FAULT_ASKED_CLASS] = {"เงื่อนไขไม่มีวันเป็นจริงเมื่อ “%s” เพราะเรื่องเป็นประเภทอื่น", "the condition can never hold on “%s”: the case is of another class then"},
    [CPL_FAULT_ASKED_FLAG] = {"เงื่อนไขไม่มีวันเป็นจริงเมื่อ “%s” เพราะเครื่องหมายนั้นถูกยกเลิกแล้ว", "the condition can never hold on “%s”: that flag is gone then"},
    [CPL_FAULT_ASKED_CASE] = {"เงื่อนไขถาม “%s” ซึ่งมีเฉพาะในเรื่อง ข้อความและวันไม่มี", "the condition asks for “%s”, which a case has, but no message and no day"},
    [CPL_FAULT_NOTICE_COVERED] = {"ข้อความแจ้ง “%s” ไม่มีวันถูกส่ง เพราะ “%s” ซึ่งอยู่ก่อนส่งถึงผู้รับเดียวกันเสมอ", "the notice “%s” is never said: “%s” stands before it and is always said to the same"},
    [CPL_FAULT_NOTICE_FALLBACK] = {"ข้อความแจ้ง “%s” มีเงื่อนไข แต่ไม่มีข้อความที่ไม่มีเงื่อนไขไว้สำหรับการตอบรับกรณีอื่น",
                                   "the notice “%s” has a condition, and for every other acknowledgement there is no notice without one"},
    [CPL_FAULT_NOTICE_UNCOUNTED] = {"ข้อความแจ้ง “%s” ใช้ตอบรับได้ จึงต้องมี counts_as เป็น acknowledged", "the notice “%s” may be the acknowledgement, so it has to count as acknowledged"},
    [CPL_FAULT_NOTICE_VARIANT] = {"เหตุการณ์ “delivered:%s” ไม่พอ เพราะอาจส่ง “%s” แทน ต้องระบุทั้งสอง", "“delivered:%s” is not enough: “%s” may be said instead, so name both"},
    [CPL_FAULT_DUTY] = {"ต้องตรวจช่องทาง “%s” ทุกวัน แต่ intake ไม่มี check_channel ให้บันทึก", "the channel “%s” is to be checked daily, but intake has no check_channel to record it"},
    [CPL_FAULT_SEES_NOTHING] = {"บทบาท “%s” มีรายการที่ทำกับเรื่องได้ คือ %s แต่ไม่มีใน views จึงไม่เห็นเรื่องใดเลย",
                                "the role “%s” may do things with cases, %s among them, but has no entry in views and sees no case"},
    [CPL_FAULT_REMIND] = {"ช่องทาง “%s” มี remind_at แต่ไม่มีข้อความแจ้งใดใช้เหตุการณ์ duty_unchecked จึงไม่มีใครได้รับการเตือน",
                          "the channel “%s” has remind_at, but no notice hangs on duty_unchecked: nobody is reminded"},
    [CPL_FAULT_TRIGGER_CHOICE] = {"เหตุการณ์อ้างตัวเลือก “%s” ที่ไม่มีในช่อง %s ที่การกระทำนั้นถาม", "the event names “%s”, which is no choice of the field %s that the verb asks for"},
    [CPL_FAULT_TRIGGER_CHANNEL] = {"เหตุการณ์ duty_unchecked อ้าง “%s” แต่ไม่มีช่องทางนี้ที่มี remind_at", "nobody is reminded of “%s”: no such channel has remind_at"},
    [CPL_FAULT_NOTICE_MIXED] = {"เหตุการณ์ “%s” ไม่ได้เกิดในบันทึกเดียวกับเหตุการณ์ก่อนหน้า (เรื่อง ข้อความ หรือวัน) ต้องแยกเป็นข้อความแจ้งอีกรายการ",
                                "“%s” lies in another log than the event before it (a case's, a message's, a day's): it takes a notice of its own"},
    [CPL_FAULT_NOTICE_TO] = {"ข้อความแจ้งถึง “%s” ใช้กับเหตุการณ์นี้ไม่ได้: complainant และ origin เป็นของเรื่อง sender เป็นของข้อความที่คัดออก",
                             "these events do not know “%s”: complainant and origin belong to a case, sender to a message that is set aside"},
    [CPL_FAULT_NOTICE_BLANK] = {"ข้อความ “%s” มี %s ซึ่งไม่มีค่าให้เติมในข้อความแจ้งนี้", "the text “%s” has %s, and this notice has nothing to put there"},
    [CPL_FAULT_NOTICE_CASE] = {"ข้อความแจ้ง “%s” ไม่ใช่ของเรื่อง จึงใช้เตือนกำหนดเวลาไม่ได้", "the notice “%s” is not about a case, so no clock can send it"},
};

/* The word as a C string, cut where it would not fit: a document may hold anything. */
static void copy_word(cpl_str word, char out[CPL_POLICY_WORD_MAX]) {
    size_t n = cpl_utf8_cut(word, CPL_POLICY_WORD_MAX - 1);
    for (size_t i = 0; i < n; i++) out[i] = word.p[i];
    out[n] = '\0';
}

/* ---- many mistakes of one document ---- */

/* Sections whose entries others name, and by which fault they are missed. */
static const struct {
    const char *section;
    cpl_fault missed[3];
} named[] = {
    {"roles", {CPL_FAULT_ROLE, CPL_FAULT_NOTICE_ROLE}},
    {"origins", {CPL_FAULT_NOTICE_ORIGIN}},
    {"channels", {CPL_FAULT_TRIGGER_CHANNEL}},
    {"natures", {CPL_FAULT_NATURE}},
    {"classes", {CPL_FAULT_CLASS}},
    {"flags", {CPL_FAULT_FLAG, CPL_FAULT_TRIGGER_FLAG}},
    {"units", {CPL_FAULT_UNIT}},
    {"states", {CPL_FAULT_STATE}},
    {"fields", {CPL_FAULT_FIELD, CPL_FAULT_FIELD_NEEDED, CPL_FAULT_FIELD_ONE_OF}},
    {"guards", {CPL_FAULT_GUARD}},
    {"actions", {CPL_FAULT_TRIGGER_NEVER, CPL_FAULT_LENGTH_UNASKED, CPL_FAULT_ASKED_NOWHERE}},
    {"texts", {CPL_FAULT_TEXT, CPL_FAULT_NO_PARTICLE}},
    {"notices", {CPL_FAULT_NOTICE, CPL_FAULT_TRIGGER_NOTICE}},
    {"clocks", {CPL_FAULT_CLOCK}},
};
enum { NAMED = sizeof named / sizeof named[0], MISSED = sizeof named[0].missed / sizeof named[0].missed[0] };

/* Intake and actions are one table. */
void cpl_lose(cpl_reading *r) {
    const char *section = r->section && strcmp(r->section, "intake") == 0 ? "actions" : r->section;
    for (size_t i = 0; section && i < NAMED; i++)
        if (strcmp(section, named[i].section) == 0) r->lost |= UINT32_C(1) << i;
}

/* What is not found, because it could not be read, is no mistake of who names it. */
static bool only_follows(const cpl_reading *r, cpl_fault fault) {
    for (size_t i = 0; i < NAMED; i++)
        for (size_t k = 0; (r->lost >> i & 1) && k < MISSED; k++)
            if (named[i].missed[k] == fault && fault != CPL_FAULT_SIZE) return true; /* 0 fills the rest of a row */
    return false;
}

bool cpl_is_faulty(const cpl_reading *r, const cpl_json *v) {
    char path[256];
    if (!r->all || r->all->count == 0) return false;
    cpl_json_path(v, path, sizeof path);
    size_t n = strlen(path);
    for (size_t i = 0; i < r->all->count; i++) {
        const char *at = r->all->items[i].path;
        if (strncmp(at, path, n) == 0 && (at[n] == '\0' || at[n] == '.' || at[n] == '[')) return true;
    }
    return false;
}

bool cpl_mistakes_keep(cpl_mistakes *all, const complaint_error *e) {
    if (!all->items) all->items = cpl_alloc_zero(&all->memory, CPL_MISTAKES_MAX, sizeof *all->items);
    if (!all->items) return false;
    if (all->count < CPL_MISTAKES_MAX) all->items[all->count++] = *e;
    return true;
}

void cpl_mistakes_free(cpl_mistakes *all) {
    if (all->items) cpl_free(&all->memory, all->items);
    *all = (cpl_mistakes){.memory = all->memory};
}

/* ---- one mistake ---- */

static complaint_status say(complaint_error *e, const cpl_json *at, cpl_fault fault, cpl_str word, const char *more) {
    char subject[CPL_POLICY_WORD_MAX], quoted[CPL_QUOTE_SIZE], path[256];
    copy_word(word, subject);
    complaint_status s = cpl_failf(e, COMPLAINT_E_POLICY, subject, sentences[fault].thai, sentences[fault].english, cpl_quote(word, quoted), more ? more : "");
    if (!at) return s;
    cpl_json_path(at, path, sizeof path);
    cpl_error_at(e, path, cpl_json_line(at), -1);
    return s;
}

complaint_status cpl_policy_fault(cpl_reading *r, const cpl_json *at, cpl_fault fault, cpl_str word, const char *more) {
    complaint_error e;
    if (!r->all) return say(r->e, at, fault, word, more);
    if (only_follows(r, fault)) return COMPLAINT_E_POLICY;
    cpl_error_clear(&e);
    say(&e, at, fault, word, more);
    return cpl_mistakes_keep(r->all, &e) ? COMPLAINT_E_POLICY : cpl_policy_no_memory(r);
}

complaint_status cpl_policy_no_memory(cpl_reading *r) { return cpl_fail(r->e, COMPLAINT_E_MEMORY, NULL); }
