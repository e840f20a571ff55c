/*
 * The commands, and what is said about them. This table is the only list of commands; the man page is checked against it.
 */
#include "cli.h"

#include <string.h>

const command commands[] = {
    {"init", "", "สร้างฐานข้อมูล หรือปรับรุ่น", "make the database, or bring it to this version", "Makes the file of --db when it is not there. No other command does.\n", run_init},
    {"receive", "--channel C [--from NAME] [--id EXTERNAL] [--thread T] [--address A] [--sent-at TIME] [--evidence FILE] [TEXT|-]", "รับข้อความเข้า", "enter a message",
     "Without TEXT, or with -, the message is read from standard input. The same --channel and --id again adds nothing and answers "
     "the first message (repeated 1). Without --id each call is a new message.\n"
     "--address is where an answer reaches the sender, if that is not the thread. --evidence may be given for each file that came along, up to 64.\n",
     run_receive},
    {"triage", "MESSAGE (--open [FIELD=VALUE ...] | --join CASE | --set-aside REASON [FIELD=VALUE ...]) [--request-id ID] [--happened TIME] [--evidence FILE]", "คัดกรองข้อความ",
     "open a case, join one, or set aside", "--open takes the fields of the policy's intake, for example identity=named. REASON is what one would write into the file, or a reason that the\n"
     "policy knows (thanks, spam ...); it says whether the sender is answered. With by_hand=phone on a message set aside before: he was told.\n",
     run_triage},
    {"do", "ACTION CASE [FIELD=VALUE ...] [--request-id ID] [--revision N] [--happened TIME] [--message M] [--evidence FILE] | help CASE [ACTION]", "ดำเนินการกับเรื่อง", "do one action of the procedure",
     "`do help CASE` lists what this actor may do next, what each action needs, why not, and what others may do; `do help CASE ACTION` its fields, with what may be typed.\n"
     "--revision N refuses when somebody acted since revision N was read. --request-id makes a repetition harmless. A field that "
     "holds a case takes its register number, one that holds a time takes a TIME. --evidence may be given for each file, up to 64.\n",
     run_do},
    {"show", "CASE [--explain]", "แสดงเรื่องทั้งหมด", "a case with its clocks, referrals, people, letters, links, messages and log",
     "What the actor may not see is shown as [ปกปิด]. --explain: how each deadline came about, step by step.\n", run_show},
    {"message", "MESSAGE", "แสดงข้อความเข้า", "a message with its evidence and log", "", run_message},
    {"inbox", "[new|opened|joined|set_aside|reply]", "ข้อความตามสถานะ", "messages in a state, oldest first", "Without a state: new, those that wait for triage. [ผู้ส่งยกเลิกแล้ว]: its sender took it back (unsent_at).\n", run_inbox},
    {"worklist", "[open|mine|unit|unacknowledged|head|chase|undated|refused|duties] | due [CLOCK] | overdue [CLOCK]", "รายการงาน", "what waits",
     "open: cases that are not finished, by deadline. mine: those the actor is in charge of. unit: referrals of the actor's unit (--as unit --unit U).\n"
     "due, overdue: clocks by deadline, of one kind when CLOCK is given. unacknowledged: to be answered. head: waiting for the head or the executive.\n"
     "chase: units that owe a word, with telephone numbers. refused: notices that could not be delivered (told by other means: do contact NUMBER notice=SEQ text=...). duties: channels not checked in seven days.\n",
     run_worklist},
    {"today", "", "งานวันนี้หนึ่งหน้า", "one page of work", "What to answer, what is due, who waits for whom, whom to chase, and the texts to copy.\n", run_today},
    {"duty", "check CHANNEL [FIELD=VALUE ...] [--happened TIME] [--request-id ID] | assign CHANNEL PERSON [--day DATE] [--request-id ID] | list [--from DATE] [--to DATE]", "เวรตรวจช่องทาง", "channels looked at each day",
     "check: the channel was looked at. assign: whose duty it is, today or on --day. list: each day and channel, both dates included, missed days marked, and whose duty the days to come are; without dates seven days back and ahead.\n", run_duty},
    {"tick", "", "ให้กำหนดเวลาแจ้งเตือน", "let the clocks speak up", "Reminders and the ladder, as far as they are due. Running it twice, or late, does no harm. `deliver` sends what it wrote.\n", run_tick},
    {"recompute", "[--budget N] [--token TOKEN]", "คำนวณกำหนดเวลาใหม่", "move deadlines after new holidays",
     "Deadlines of open cases, by the present calendar and policy; what moves is in the log with the old and the new deadline. --budget: at most N cases;\nwhat is printed as token goes on from there.\n",
     run_recompute},
    {"deliver", "", "ส่งข้อความออก", "send the notices that are due", "Appends one line of JSON per notice to the file of --outbox.\n", run_deliver},
    {"verify", "[--recompute] [--budget N] [--token TOKEN]", "ตรวจสอบความถูกต้องของบันทึก", "prove the log and what follows from it",
     "Exit status 1 and a row per fault when something was altered. --recompute: each deadline is also computed again from the policy and calendar that its\n"
     "event cites. --budget: about N events and rows in this call; what is printed as token goes on from there.\n",
     run_verify},
    {"seal", "[--until TIME]", "ออกตราประทับบันทึก", "one number to keep outside",
     "A digest of all that was entered before TIME (now, if not given). Kept on paper or in the auditor's mail box and asked for again later with the same TIME, it shows that nothing of it was rewritten since.\n", run_seal},
    {"import",
     "facebook DIR [--channel C] | register FILE [--encoding E] [--mapping FILE] [--refused FILE] [--dry-run] | register --print-mapping | line|messenger FILE --signature S --secret-file FILE [--channel C]",
     "นำเข้ากล่องข้อความ ทะเบียนเดิม หรือข้อความที่ LINE และ Messenger ส่งมา", "import an inbox, an old register, or what LINE and Messenger send",
     "Importing again adds only what is new. facebook: DIR is the root of Facebook's \"Download your information\" (JSON). Messages later than the desk's clock are counted, not taken. Attachments are opened below DIR only.\n"
     "register: FILE is a table of separated values, UTF-8 or Windows-874, headed in Thai (docs/register-import.md). Each row becomes a case with its history, silently, or is listed with its reason; words such as ทุจริต and ด่วน flag it, what differs from an earlier import is told, nothing is changed; "
     "--dry-run says the same and keeps nothing. --refused: the rows that were refused are written there with their reasons, to be put right and imported from there. --print-mapping prints the words that are known, to be changed and given with --mapping.\n"
     "line, messenger: FILE (- for standard input) is the body of one request of the webhook, S the value of its header x-line-signature or X-Hub-Signature-256; the channel or app secret lies in a file.\n",
     run_import},
    {"export", "", "ส่งออกทั้งสำนักงาน", "the whole office as lines of JSON",
     "Everything that is true by itself, on standard output, in a documented order, with a digest in the last line. Needs an actor who sees everything.\n", run_export},
    {"import-archive", "FILE [--check] [--keep-waiting] [--keep-going]", "นำเข้าแฟ้มที่ส่งออกไว้", "an export into an empty database",
     "Every line is proved before the first is kept. The same ids, hashes and times; nobody is told anything: notices that still waited are put on record as "
     "silent, with --keep-waiting they are this desk's to send. --check proves the file and writes nothing. What is wrong is listed with its line; --keep-going takes\n"
     "the cases that are right with their messages, and nothing of the others.\n",
     run_import_archive},
    {"report", "--fiscal-year YEAR-B.E. --round 6|12|CODE [--format text|json] [--output FILE]", "รายงานรอบ 6/12 เดือน", "figures of a fiscal year", "", run_report},
    {"policy", "list | show NAME | check FILE", "มาตรฐานการปฏิบัติงาน", "the procedures as data", "check names path, line and reason of every mistake.\n", run_policy},
    {"calendar", "holidays YEAR-B.E. | due --from WHEN --length N --unit working_days|calendar_days [--roll none|following|preceding] [--province TH-57] [--explain] | count FROM TO",
     "วันหยุดและกำหนดเวลา", "holidays, deadlines, working days",
     "holidays: date, name, kind, scope, announced|predicted. due: the last day still in time, announced|predicted. count: working days in [FROM, TO). Cells are separated by tabs.\n",
     run_calendar},
    {"date", "parse [--reference DATE] | format [--style long|short|numeric|official] [--thai-digits]", "อ่านและเขียนวันที่แบบไทย", "read and write dates the Thai way",
     "Line by line from standard input, one line out for each; a line that cannot be read becomes error:KIND. parse: dates as people write them (\\n stands for "
     "a line break), ISO out; a year of two digits lies near DATE, or today. format: ISO dates or times in.\n",
     run_date},
    {"redact", "[--name NAME[,NAME...]] [--words FILE]", "ปิดบังข้อมูลส่วนบุคคลในข้อความ", "mask personal data in texts",
     "Line by line from standard input (\\n stands for a line break), one line out for each: the masked text with its own tabs, a tab, and what was masked, separated by commas: name, national_id, phone, email, line, hn, account, passport, address. "
     "A line that is no text becomes error:utf8 (such files are mostly Windows-874), error:nul (UTF-16) or error:too_large; the exit status is then 1. "
     "--name: names to be masked wherever they stand. --words: words of the office's own (docs/redaction.md). What was masked needs a reader still: not everything that tells who somebody is can be recognised.\n",
     run_redact},
    {"classify", "[--model FILE [--share PERCENT]]", "เสนอประเภทเรื่อง", "suggest what messages are about",
     "Line by line from standard input (\\n stands for a line break), one line out for each: class or none, confidence from 0 to 1, flags separated by commas, and the words that decided; with tabs between. A line that is no text becomes error:utf8 and the like, as with redact. `unsure` among the "
     "flags: less sure than the policy asks for, or none with another flag. --json changes nothing here. --model: an office's own model, which answers alone, or for PERCENT of the answer together with the built-in one.\n",
     run_classify},
    {"completion", "bash|zsh", "เติมคำให้เชลล์", "completion for a shell", "For this session: source <(complaint completion bash). Installed with the program.\n", run_completion},
    {"help", "[COMMAND]", "คำอธิบาย", "what a command takes", "", run_help},
    {NULL, NULL, NULL, NULL, NULL, NULL},
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
