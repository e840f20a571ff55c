/*
 * The commands, and what is said about them. This table is the only list of commands; the man page is checked against it.
 */
#include "cli.h"

#include <string.h>

const command commands[] = {
    {"init", "", "สร้างฐานข้อมูล หรือปรับรุ่น", "make the database, or bring it to this version", "Makes the file of --db when it is not there. No other command does.\n",
     "สร้างไฟล์ของ --db เมื่อยังไม่มี คำสั่งอื่นไม่สร้างไฟล์ให้\n", run_init},
    {"receive", "--channel C [--from NAME] [--id EXTERNAL] [--thread T] [--address A] [--sent-at TIME] [--evidence FILE] [TEXT|-]", "รับข้อความเข้า", "enter a message",
     "Without TEXT, or with -, the message is read from standard input. The same --channel and --id again adds nothing and answers "
     "the first message (repeated 1). Without --id each call is a new message.\n"
     "--address is where an answer reaches the sender, if that is not the thread. --evidence may be given for each file that came along, up to 64.\n",
     "ถ้าไม่ใส่ TEXT หรือใส่ - จะอ่านข้อความจากช่องรับข้อมูลมาตรฐาน ถ้า --channel และ --id ตรงกับข้อความที่รับไว้แล้ว จะไม่เพิ่มอะไรและตอบด้วยข้อความเดิม "
     "(repeated 1) ถ้าไม่ใส่ --id ถือเป็นข้อความใหม่ทุกครั้ง\n--address คือที่ซึ่งคำตอบจะถึงผู้ส่ง ถ้าไม่ใช่ห้องสนทนาใน --thread ใส่ --evidence "
     "ซ้ำได้ตามจำนวนไฟล์ที่แนบมา ไม่เกิน 64 ไฟล์\n",
     run_receive},
    {"triage", "MESSAGE (--open [FIELD=VALUE ...] | --join CASE | --set-aside REASON [FIELD=VALUE ...]) [--request-id ID] [--happened TIME] [--evidence FILE]", "คัดกรองข้อความ",
     "open a case, join one, or set aside", "--open takes the fields of the policy's intake, for example identity=named. REASON is what one would write into the file, or a reason that the\n"
     "policy knows (thanks, spam ...); it says whether the sender is answered. With by_hand=phone on a message set aside before: he was told.\n",
     "--open ใช้ช่องข้อมูลของการรับเรื่องในมาตรฐานการปฏิบัติงาน เช่น identity=named ส่วน REASON เขียนเองได้ หรือใช้เหตุที่มาตรฐานการปฏิบัติงานกำหนดไว้ "
     "(thanks, spam ...) ซึ่งบอกด้วยว่าต้องตอบผู้ส่งหรือไม่ by_hand=phone กับข้อความที่แยกไว้ก่อนแล้ว หมายความว่าแจ้งผู้ส่งแล้วทางโทรศัพท์\n",
     run_triage},
    {"do", "ACTION CASE [FIELD=VALUE ...] [--request-id ID] [--revision N] [--happened TIME] [--message M] [--evidence FILE] | help CASE [ACTION]", "ดำเนินการกับเรื่อง", "do one action of the procedure",
     "`do help CASE` lists what this actor may do next, what each action needs, why not, and what others may do; `do help CASE ACTION` its fields, with what may be typed.\n"
     "--revision N refuses when somebody acted since revision N was read. --request-id makes a repetition harmless. A field that "
     "holds a case takes its register number, one that holds a time takes a TIME. --evidence may be given for each file, up to 64.\n",
     "`do help CASE` แสดงสิ่งที่ผู้ใช้คนนี้ทำต่อได้ สิ่งที่แต่ละรายการต้องมี เหตุที่ทำไม่ได้ และสิ่งที่ผู้อื่นทำได้ ส่วน `do help CASE ACTION` "
     "แสดงช่องข้อมูลและค่าที่พิมพ์ได้\n--revision N ปฏิเสธเมื่อมีผู้อื่นดำเนินการหลังจากที่อ่านครั้งที่แก้ไข N --request-id ทำให้สั่งซ้ำได้โดยไม่เกิดผลซ้ำ "
     "ช่องที่เก็บเรื่องใช้เลขทะเบียน ช่องที่เก็บเวลาใช้ TIME ใส่ --evidence ซ้ำได้ ไม่เกิน 64 ไฟล์\n",
     run_do},
    {"show", "CASE [--explain]", "แสดงเรื่องทั้งหมด", "a case with its clocks, referrals, people, letters, links, messages and log",
     "What the actor may not see is shown as [ปกปิด]. --explain: how each deadline came about, step by step.\n",
     "สิ่งที่ผู้ใช้คนนี้ไม่มีสิทธิ์เห็นแสดงเป็น [ปกปิด] --explain แสดงที่มาของกำหนดเวลาแต่ละข้อทีละขั้น\n", run_show},
    {"message", "MESSAGE", "แสดงข้อความเข้า", "a message with its evidence and log", "", "", run_message},
    {"inbox", "[new|opened|joined|set_aside|reply]", "ข้อความตามสถานะ", "messages in a state, oldest first", "Without a state: new, those that wait for triage. [ผู้ส่งยกเลิกแล้ว]: its sender took it back (unsent_at).\n",
     "ถ้าไม่ระบุสถานะ แสดงข้อความใหม่ (new) ซึ่งรอคัดกรอง [ผู้ส่งยกเลิกแล้ว] คือข้อความที่ผู้ส่งถอนกลับแล้ว (unsent_at)\n", run_inbox},
    {"worklist", "[open|mine|unit|unacknowledged|head|chase|undated|refused|duties] | due [CLOCK] | overdue [CLOCK]", "รายการงาน", "what waits",
     "open: cases that are not finished, by deadline. mine: those the actor is in charge of. unit: referrals of the actor's unit (--as unit --unit U).\n"
     "due, overdue: clocks by deadline, of one kind when CLOCK is given. unacknowledged: to be answered. head: waiting for the head or the executive.\n"
     "chase: units that owe a word, with telephone numbers. refused: notices that could not be delivered (told by other means: do contact NUMBER notice=SEQ text=...). duties: channels not checked in seven days.\n",
     "open: เรื่องที่ยังไม่เสร็จ เรียงตามกำหนดเวลา mine: เรื่องที่ผู้ใช้คนนี้รับผิดชอบ unit: เรื่องที่ส่งให้หน่วยงานของผู้ใช้ (--as unit --unit U)\ndue, "
     "overdue: กำหนดเวลาเรียงตามวันครบกำหนด เฉพาะชนิดเดียวเมื่อระบุ CLOCK unacknowledged: เรื่องที่ต้องตอบรับ head: เรื่องที่รอหัวหน้าหรือผู้บริหาร\nchase: "
     "หน่วยงานที่ต้องทวงถาม พร้อมหมายเลขโทรศัพท์ refused: ข้อความแจ้งที่ส่งไม่ได้ (แจ้งด้วยวิธีอื่น: do contact NUMBER notice=SEQ text=...) duties: "
     "ช่องทางที่ไม่ได้ตรวจในเจ็ดวัน\n",
     run_worklist},
    {"today", "", "งานวันนี้หนึ่งหน้า", "one page of work", "What to answer, what is due, who waits for whom, whom to chase, and the texts to copy.\n",
     "สิ่งที่ต้องตอบ สิ่งที่ครบกำหนด ใครรอใคร ต้องทวงถามใคร และข้อความที่คัดลอกไปใช้ได้\n", run_today},
    {"duty", "check CHANNEL [FIELD=VALUE ...] [--happened TIME] [--request-id ID] | assign CHANNEL PERSON [--day DATE] [--request-id ID] | list [--from DATE] [--to DATE]", "เวรตรวจช่องทาง", "channels looked at each day",
     "check: the channel was looked at. assign: whose duty it is, today or on --day. list: each day and channel, both dates included, missed days marked, and whose duty the days to come are; without dates seven days back and ahead.\n",
     "check: บันทึกว่าตรวจช่องทางแล้ว assign: กำหนดผู้อยู่เวรของวันนี้หรือของ --day list: แต่ละวันและช่องทาง นับวันต้นและวันปลาย ทำเครื่องหมายวันที่ขาดตรวจ "
     "และบอกผู้อยู่เวรของวันข้างหน้า ถ้าไม่ระบุวัน แสดงย้อนหลังและล่วงหน้าเจ็ดวัน\n", run_duty},
    {"tick", "", "ให้กำหนดเวลาแจ้งเตือน", "let the clocks speak up", "The policy's reminders before and behind a deadline, as far as they are due. Running it twice, or late, does no harm. `deliver` sends what it wrote.\n",
     "แจ้งเตือนก่อนและหลังครบกำหนดตามมาตรฐานการปฏิบัติงานเท่าที่ถึงเวลา สั่งซ้ำหรือสั่งช้าไม่เกิดผลเสีย แล้วใช้ `deliver` ส่งข้อความที่เขียนไว้\n", run_tick},
    {"recompute", "[--budget N] [--token TOKEN]", "คำนวณกำหนดเวลาใหม่", "move deadlines after new holidays",
     "Deadlines of open cases, by the present calendar and policy; what moves is in the log with the old and the new deadline. --budget: at most N cases;\nwhat is printed as token goes on from there.\n",
     "คำนวณกำหนดเวลาของเรื่องที่ยังไม่เสร็จตามปฏิทินและมาตรฐานการปฏิบัติงานปัจจุบัน กำหนดที่เลื่อนอยู่ในบันทึกทั้งกำหนดเดิมและกำหนดใหม่ --budget: ไม่เกิน N "
     "เรื่อง แล้วใช้ token ที่พิมพ์ออกมาทำต่อ\n",
     run_recompute},
    {"deliver", "", "ส่งข้อความออก", "send the notices that are due", "Appends one line of JSON per notice to the file of --outbox.\n",
     "เขียนข้อความแจ้งหนึ่งรายการเป็น JSON หนึ่งบรรทัดต่อท้ายไฟล์ของ --outbox\n", run_deliver},
    {"verify", "[--recompute] [--budget N] [--token TOKEN]", "ตรวจสอบความถูกต้องของบันทึก", "prove the log and what follows from it",
     "Exit status 1 and a row per fault when something was altered. --recompute: each deadline is also computed again from the policy and calendar that its\n"
     "event cites. --budget: about N events and rows in this call; what is printed as token goes on from there.\n",
     "จบด้วยสถานะ 1 และแสดงสิ่งผิดปกติหนึ่งแถวต่อหนึ่งรายการเมื่อมีการแก้ไขบันทึก --recompute: "
     "คำนวณกำหนดเวลาทุกข้อใหม่จากมาตรฐานการปฏิบัติงานและปฏิทินที่อ้างไว้ในแต่ละรายการด้วย --budget: ประมาณ N รายการต่อครั้ง แล้วใช้ token "
     "ที่พิมพ์ออกมาทำต่อ\n",
     run_verify},
    {"seal", "[--until TIME]", "ออกตราประทับบันทึก", "one number to keep outside",
     "A digest of all that was entered before TIME (now, if not given). Kept on paper or in the auditor's mail box and asked for again later with the same TIME, it shows that nothing of it was rewritten since.\n",
     "ค่าสรุปของทุกสิ่งที่บันทึกก่อน TIME (ถ้าไม่ระบุคือขณะนี้) เก็บไว้บนกระดาษหรือในกล่องจดหมายของผู้ตรวจสอบ แล้วขอใหม่ภายหลังด้วย TIME เดิม "
     "ถ้าได้ค่าเดิมแสดงว่าไม่มีการแก้ย้อนหลัง\n", run_seal},
    {"import",
     "facebook DIR [--channel C] | register FILE [--encoding E] [--mapping FILE] [--refused FILE] [--dry-run] | register --print-mapping | line|messenger FILE --signature S --secret-file FILE [--channel C]",
     "นำเข้ากล่องข้อความ ทะเบียนเดิม หรือข้อความที่ LINE และ Messenger ส่งมา", "import an inbox, an old register, or what LINE and Messenger send",
     "Importing again adds only what is new. facebook: DIR is the root of Facebook's \"Download your information\" (JSON). Messages later than the desk's clock are counted, not taken. Attachments are opened below DIR only.\n"
     "register: FILE is a table of separated values, UTF-8 or Windows-874, headed in Thai (docs/register-import.md). Each row becomes a case with its history, silently, or is listed with its reason; words such as ทุจริต and ด่วน flag it, what differs from an earlier import is told, nothing is changed; "
     "--dry-run says the same and keeps nothing. --refused: the rows that were refused are written there with their reasons, to be put right and imported from there. --print-mapping prints the words that are known, to be changed and given with --mapping.\n"
     "line, messenger: FILE (- for standard input) is the body of one request of the webhook, S the value of its header x-line-signature or X-Hub-Signature-256; the channel or app secret lies in a file.\n",
     "นำเข้าซ้ำจะเพิ่มเฉพาะสิ่งที่ใหม่ facebook: DIR คือโฟลเดอร์ของ \"Download your information\" (JSON) ข้อความที่เวลาหลังนาฬิกาของระบบนับไว้แต่ไม่รับ "
     "ไฟล์แนบเปิดเฉพาะที่อยู่ใน DIR\nregister: FILE คือตาราง CSV รหัสอักขระ UTF-8 หรือ Windows-874 ที่มีหัวตารางเป็นภาษาไทย (docs/register-import.md) "
     "แต่ละแถวเป็นเรื่องพร้อมประวัติโดยไม่แจ้งผู้ใด หรือแสดงไว้พร้อมเหตุผล คำเช่น ทุจริต และ ด่วน ตั้งเครื่องหมายให้เรื่อง "
     "แถวที่ต่างจากที่นำเข้าไว้จะแจ้งให้ทราบแต่ไม่แก้ --dry-run แจ้งเหมือนกันโดยไม่บันทึก --refused: เขียนแถวที่ไม่รับพร้อมเหตุผลลงไฟล์นั้น "
     "แก้แล้วนำเข้าจากไฟล์นั้นได้ --print-mapping พิมพ์คำที่รู้จัก เพื่อแก้แล้วใช้กับ --mapping\nline, messenger: FILE (- คือช่องรับข้อมูลมาตรฐาน) "
     "คือเนื้อหาของคำขอหนึ่งครั้งจาก webhook S คือค่าของ x-line-signature หรือ X-Hub-Signature-256 รหัสลับของช่องทางหรือของแอปอยู่ในไฟล์\n",
     run_import},
    {"export", "", "ส่งออกทั้งสำนักงาน", "the whole office as lines of JSON",
     "Everything that is true by itself, on standard output, in a documented order, with a digest in the last line. Needs an actor who sees everything.\n",
     "ทุกสิ่งที่เป็นจริงในตัวเอง เขียนออกทางช่องส่งข้อมูลมาตรฐานตามลำดับที่กำหนดไว้ บรรทัดสุดท้ายมีค่าสรุป ต้องเป็นผู้ใช้ที่เห็นทุกอย่าง\n", run_export},
    {"import-archive", "FILE [--check] [--keep-waiting] [--keep-going]", "นำเข้าแฟ้มที่ส่งออกไว้", "an export into an empty database",
     "Every line is proved before the first is kept. The same ids, hashes and times; nobody is told anything: notices that still waited are put on record as "
     "silent, with --keep-waiting they are this desk's to send. --check proves the file and writes nothing. What is wrong is listed with its line; --keep-going takes\n"
     "the cases that are right with their messages, and nothing of the others. Broken off in the middle, the same command again goes on from there.\n",
     "ตรวจทุกบรรทัดก่อนเก็บบรรทัดแรก รหัส ค่าสรุป และเวลาเหมือนเดิม ไม่แจ้งผู้ใด ข้อความแจ้งที่ยังรอส่งบันทึกว่าไม่ส่ง ถ้าใช้ --keep-waiting "
     "ระบบนี้จะเป็นผู้ส่ง --check ตรวจไฟล์โดยไม่บันทึกอะไร สิ่งที่ผิดแสดงพร้อมเลขบรรทัด --keep-going รับเรื่องที่ถูกต้องพร้อมข้อความของเรื่อง "
     "และไม่รับส่วนใดของเรื่องอื่น ถ้าหยุดกลางคัน สั่งแบบเดิมอีกครั้งเพื่อทำต่อ\n",
     run_import_archive},
    {"report", "--fiscal-year YEAR-B.E. --round 6|12|CODE [--format text|json] [--output FILE]", "รายงานรอบ 6/12 เดือน", "figures of a fiscal year", "", "", run_report},
    {"policy", "list | show NAME | check FILE", "มาตรฐานการปฏิบัติงาน", "the procedures as data", "check names path, line and reason of every mistake.\n",
     "check แสดงตำแหน่ง บรรทัด และเหตุผลของทุกข้อผิดพลาด\n", run_policy},
    {"calendar", "holidays YEAR-B.E. | due --from WHEN --length N --unit working_days|calendar_days [--roll none|following|preceding] [--province TH-57] [--explain] | count FROM TO",
     "วันหยุดและกำหนดเวลา", "holidays, deadlines, working days",
     "holidays: date, name, kind, scope, announced|predicted. due: the last day still in time, announced|predicted. count: working days in [FROM, TO). Cells are separated by tabs.\n",
     "holidays: วันที่ ชื่อ ชนิด ขอบเขต announced|predicted due: วันสุดท้ายที่ยังทันกำหนด announced|predicted count: จำนวนวันทำการใน [FROM, TO) "
     "คั่นช่องด้วยแท็บ\n",
     run_calendar},
    {"date", "parse [--reference DATE] | format [--style long|short|numeric|official] [--thai-digits]", "อ่านและเขียนวันที่แบบไทย", "read and write dates the Thai way",
     "Line by line from standard input, one line out for each; a line that cannot be read becomes error:KIND. parse: dates as people write them (\\n stands for "
     "a line break), ISO out; a year of two digits lies near DATE, or today. format: ISO dates or times in.\n",
     "อ่านทีละบรรทัดจากช่องรับข้อมูลมาตรฐาน ได้ผลบรรทัดละหนึ่งบรรทัด บรรทัดที่อ่านไม่ได้เป็น error:KIND parse: อ่านวันที่ตามที่คนเขียน (\\n "
     "แทนการขึ้นบรรทัดใหม่) ได้ผลเป็น ISO ปีสองหลักถือเป็นปีที่ใกล้ DATE หรือใกล้วันนี้ format: รับวันที่หรือเวลาแบบ ISO\n",
     run_date},
    {"redact", "[--name NAME[,NAME...]] [--words FILE]", "ปิดบังข้อมูลส่วนบุคคลในข้อความ", "mask personal data in texts",
     "Line by line from standard input (\\n stands for a line break), one line out for each: the masked text with its own tabs, a tab, and what was masked, separated by commas: name, national_id, phone, email, line, hn, account, passport, address. "
     "A line that is no text becomes error:utf8 (such files are mostly Windows-874), error:nul (UTF-16) or error:too_large; the exit status is then 1. "
     "--name: names to be masked wherever they stand. --words: words of the office's own (docs/redaction.md). What was masked needs a reader still: not everything that tells who somebody is can be recognised.\n",
     "อ่านทีละบรรทัดจากช่องรับข้อมูลมาตรฐาน (\\n แทนการขึ้นบรรทัดใหม่) ได้ผลบรรทัดละหนึ่งบรรทัด คือข้อความที่ปิดบังแล้วซึ่งคงแท็บของตัวเองไว้ แท็บ "
     "และสิ่งที่ปิดบัง คั่นด้วยจุลภาค: name, national_id, phone, email, line, hn, account, passport, address บรรทัดที่ไม่ใช่ข้อความเป็น error:utf8 "
     "(มักเป็นไฟล์ Windows-874) error:nul (UTF-16) หรือ error:too_large และจบด้วยสถานะ 1 --name: ชื่อที่ต้องปิดบังทุกแห่งที่พบ --words: คำของหน่วยงานเอง "
     "(docs/redaction.md) ข้อความที่ปิดบังแล้วยังต้องมีผู้อ่านตรวจ เพราะสิ่งที่บอกตัวบุคคลไม่อาจรู้ได้ครบ\n",
     run_redact},
    {"classify", "[--model FILE [--share PERCENT]]", "เสนอประเภทเรื่อง", "suggest what messages are about",
     "Line by line from standard input (\\n stands for a line break), one line out for each: class or none, confidence from 0 to 1, flags separated by commas, and the words that decided; with tabs between. A line that is no text becomes error:utf8 and the like, as with redact. `unsure` among the "
     "flags: less sure than the policy asks for, or none with another flag. --json changes nothing here. --model: an office's own model, which answers alone, or for PERCENT of the answer together with the built-in one.\n",
     "อ่านทีละบรรทัดจากช่องรับข้อมูลมาตรฐาน (\\n แทนการขึ้นบรรทัดใหม่) ได้ผลบรรทัดละหนึ่งบรรทัด: ประเภทหรือ none ความมั่นใจ 0 ถึง 1 "
     "เครื่องหมายคั่นด้วยจุลภาค และคำที่ใช้ตัดสิน คั่นด้วยแท็บ บรรทัดที่ไม่ใช่ข้อความเป็น error:utf8 เป็นต้น เช่นเดียวกับ redact เครื่องหมาย unsure "
     "หมายความว่ามั่นใจน้อยกว่าที่มาตรฐานการปฏิบัติงานกำหนด หรือเป็น none ที่มีเครื่องหมายอื่น --json ไม่มีผลกับคำสั่งนี้ --model: แบบจำลองของหน่วยงานเอง "
     "ซึ่งตอบแทนแบบจำลองในตัว หรือตอบร่วมกันตามส่วน PERCENT\n",
     run_classify},
    {"completion", "bash|zsh", "เติมคำให้เชลล์", "completion for a shell", "For this session: source <(complaint completion bash). Installed with the program.\n",
     "สำหรับครั้งนี้: source <(complaint completion bash) ติดตั้งมากับโปรแกรมแล้ว\n", run_completion},
    {"help", "[COMMAND]", "คำอธิบาย", "what a command takes", "", "", run_help},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

const command *command_find(const char *name) {
    for (const command *at = commands; at->name; at++)
        if (strcmp(at->name, name) == 0) return at;
    return NULL;
}

/* Paragraphs, as wide as they are read well. */
static void print_prose(FILE *out, const char *text) {
    enum { WIDEST = 100 };
    size_t screen = screen_width();
    table *t = table_new(1);
    table_allow(t, 0, FIT_WRAP, 0);
    if (*text) table_cell(t, text);
    table_print_aligned(t, out, "", screen > 0 && screen < WIDEST ? screen : WIDEST);
    table_free(t);
}

void print_help(FILE *out) {
    (void)fputs("complaint [OPTION ...] COMMAND ...\nจุดรับเรื่องร้องเรียนแบบบรรทัดคำสั่ง: the complaint desk on the command line\n\ncommands\n", out);
    table *t = table_new(3);
    for (const command *at = commands; at->name; at++) {
        table_cell(t, at->name);
        table_cell(t, at->english);
        table_cell(t, at->thai);
    }
    table_allow(t, 1, FIT_WRAP, 0);
    table_allow(t, 2, FIT_WRAP, 0);
    table_print_aligned(t, out, "  ", screen_width());
    table_free(t);
    (void)fputs("\noptions, before the command\n", out);
    print_option_help(out);
    (void)fputs("\n", out);
    print_prose(out, "CASE คือเลขทะเบียน 12/2569 หรือ ๑๒/๒๕๖๙ เลขที่ในทะเบียนเดิม เดิม:12/68 หรือ old:12/68 หรือรหัสเรื่อง MESSAGE คือรหัสข้อความ TIME, WHEN และ DATE เขียนแบบ ISO หรือแบบที่คนเขียน 2026-11-05T08:30 หรือ 5 พ.ย. 2569 "
                     "เวลา 08.30 น. ถ้าไม่ระบุเป็นอย่างอื่นถือเป็นเวลาประเทศไทย สถานะเมื่อจบ: 0 สำเร็จ 1 ไม่รับ 2 ใช้คำสั่งผิด `complaint help COMMAND` บอกรายละเอียด complaint(1) บอกครบที่สุด\n");
    (void)fputs("\n", out);
    print_prose(out, "CASE is a register number, 12/2569 or ๑๒/๒๕๖๙, a number of the register kept before, old:12/68 or เดิม:12/68, or a case id; MESSAGE a message id. TIME, WHEN and DATE are ISO or as people write them, 2026-11-05T08:30 or "
                     "5 พ.ย. 2569 เวลา 08.30 น., Bangkok time unless they say otherwise. Exit status: 0 done, 1 refused, 2 wrong usage. `complaint help COMMAND` says more, complaint(1) most.\n");
}

static void print_command(const command *of) {
    buffer line = {0};
    add_text(&line, "complaint [OPTION ...] ");
    add_text(&line, of->name);
    add_text(&line, " ");
    add_text(&line, of->arguments);
    print_prose(stdout, line.data);
    release(&line);
    printf("%s: %s\n%s", of->thai, of->english, *of->details ? "\n" : "");
    print_prose(stdout, of->thai_details);
    if (*of->thai_details) printf("\n");
    print_prose(stdout, of->details);
}

int run_help(cli *c, int argc, char **argv) {
    if (argc == 0) {
        print_help(stdout);
        return CLI_DONE;
    }
    const command *found = command_find(argv[0]);
    if (!found) return misuse(c, "ไม่รู้จักคำสั่งนี้", "unknown command", argv[0]);
    print_command(found);
    return CLI_DONE;
}
