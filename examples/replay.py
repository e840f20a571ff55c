#!/usr/bin/python3
"""Replays the fiscal year 2569 at the complaint desk, day by day, through the `complaint` command and with its clock (--at).

    replay.py COMPLAINT EXPORT LABELS OUTPUT

Every day the clocks speak up, the channels are looked at, and the page's inbox is imported up to that moment. What a message is was decided by people
before (LABELS); what happens to it then follows the policy of Chiang Rai: register, acknowledge, classify, flag, consider, forward, follow up, tell the
result, close. On a few days a channel is forgotten. Nothing here asks the machine's clock; running it again gives the same year.
"""
import collections
import datetime
import heapq
import itertools
import json
import pathlib
import random
import shutil
import subprocess
import sys
import unicodedata

BANGKOK = datetime.timezone(datetime.timedelta(hours=7))
FISCAL_YEAR = 2569
FIRST_DAY, LAST_DAY = datetime.date(2025, 10, 1), datetime.date(2026, 10, 9)
YEAR_ENDS = datetime.date(2026, 10, 1)  # the first day after it
WEEKEND_CHECK, DESK_OPENS, DESK_CLOSES = datetime.time(10, 0), datetime.time(8, 40), datetime.time(16, 0)
CLOCKS_SPEAK = datetime.time(8, 31)
CHANNELS = ("facebook", "line", "web", "email")
OFFICER, WEEKEND_OFFICER, HEAD = "officer:malee", "officer:wichai", "head:somsak"
UNITS = {"personnel": "hr", "service": "quality", "establishment": "consumer", "health_threat": "disease_control", "cyber": "digital", "procurement": "finance"}
NATURES = {"health_threat": "event_report", "information_request": "information_request"}
OUTCOMES = ("substantiated", "partly", "unsubstantiated", "resolved", "resolved", "explained")
RESULTS = {
    "substantiated": "หน่วยงานรายงานว่าตรวจสอบแล้วพบตามที่แจ้ง ได้ว่ากล่าวตักเตือนและปรับปรุงการให้บริการแล้ว",
    "partly": "หน่วยงานรายงานว่าตรวจสอบแล้วพบบางส่วนตามที่แจ้ง และได้ปรับปรุงแก้ไขแล้ว",
    "unsubstantiated": "หน่วยงานรายงานว่าตรวจสอบแล้วไม่พบข้อเท็จจริงตามที่แจ้ง",
    "resolved": "หน่วยงานรายงานว่าได้เข้าดำเนินการแก้ไขในพื้นที่เรียบร้อยแล้ว",
    "explained": "หน่วยงานรายงานว่าได้ติดต่อชี้แจงทำความเข้าใจกับผู้แจ้งแล้ว",
}


class Refused(Exception):
    pass


class Desk:
    """The `complaint` command over one database."""

    def __init__(self, program, folder):
        self.program, self.folder, self.calls = program, folder, 0
        self.outbox = folder / "outbox.jsonl"
        self.now = moment(FIRST_DAY, datetime.time(0, 0))

    def plain(self, *words):
        self.calls += 1
        done = subprocess.run([self.program, *words], capture_output=True, text=True)
        if done.returncode:
            raise Refused(f"complaint {' '.join(words)}\n{done.stderr.strip()}")
        return done.stdout

    def __call__(self, at, *words, who=OFFICER, behalf=None):
        self.now = at = max(at, self.now)  # one desk, one day: nothing is entered before what was entered last
        options = ["--db", str(self.folder / "complaint.db"), "--outbox", str(self.outbox), "--sync", "off", "--json", "--as", who, "--at", at.isoformat(timespec="milliseconds")]
        return json.loads(self.plain(*options, *(["--on-behalf", behalf] if behalf else []), *words))


class Calendar:
    """When the office works, as the library says."""

    def __init__(self, desk):
        self.closed = set()
        for year in (2568, 2569):
            for line in desk.plain("calendar", "holidays", str(year)).splitlines():
                date, _, _, scope, _ = line.split("\t")
                if scope == "national" or "TH-57" in scope:
                    self.closed.add(datetime.date.fromisoformat(date))

    def is_working(self, day):
        return day.weekday() < 5 and day not in self.closed

    def is_weekend(self, day):
        return day.weekday() >= 5 and day not in self.closed

    def next_working(self, day, count=1):
        while count:
            day += datetime.timedelta(days=1)
            count -= self.is_working(day)
        return day

    def office_moment(self, at):
        """`at` itself in office hours, else the next morning at which the desk opens."""
        if self.is_working(at.date()):
            if DESK_OPENS <= at.time() <= DESK_CLOSES:
                return at
            if at.time() < DESK_OPENS:
                return moment(at.date(), DESK_OPENS)
        return moment(self.next_working(at.date()), DESK_OPENS)


def moment(day, time):
    return datetime.datetime.combine(day, time, BANGKOK)


def minutes(count):
    return datetime.timedelta(minutes=count)


Label = collections.namedtuple("Label", "klass corruption urgent at")


def read_labels(path):
    """(digits of the thread, milliseconds) -> what people decided."""
    labels = {}
    rows = path.read_text(encoding="utf-8").splitlines()
    for row in (dict(zip(rows[0].split("\t"), line.split("\t"))) for line in rows[1:]):
        digits = row["thread_path"].rsplit("_", 1)[1]
        flags = row["flags_corruption_urgent_pii"].split()
        for klass, flag, text in zip(row["classes"].split(), flags, row["dev_times_bkk"].split()):
            at = datetime.datetime.fromisoformat(text)
            milliseconds = round((at - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) / datetime.timedelta(milliseconds=1))
            labels[digits, milliseconds] = Label(klass, flag[0] == "1", flag[1] == "1", at)
    return labels


class Case:
    """One matter on its way, with the habits of the people who handle it."""

    def __init__(self, case_id, label, thread):
        self.id, self.label = case_id, label
        self.habit = random.Random(thread)  # the same each time
        self.due_days = self.habit.choice((1, 2)) if label.urgent else self.habit.choice((3, 5, 7))
        self.result_days = self.habit.choice((1, 2, 3, 4) if label.urgent else (2, 4, 6, 8, 11, 14, 18))
        self.answered = self.habit.random() > 0.12 or label.urgent  # a few units never report
        self.outcome = self.habit.choice(OUTCOMES)
        self.unit = "executive" if label.corruption else UNITS.get(label.klass)


class Year:
    """The agenda: what is to be done when, in order of time."""

    def __init__(self, desk, export, labels):
        self.desk, self.export, self.labels = desk, export, labels
        self.calendar = Calendar(desk)
        self.agenda, self.order, self.open_case, self.cases = [], itertools.count(), {}, []
        self.later = self.reminders = 0
        self.memory = random.Random(FISCAL_YEAR)  # of those who look at the channels; the same each time

    def plan(self, at, work, *arguments):
        heapq.heappush(self.agenda, (at, next(self.order), work, arguments))

    def run(self):
        day = FIRST_DAY
        while day <= LAST_DAY:
            self.plan(moment(day, CLOCKS_SPEAK), self.tick)
            if self.calendar.is_working(day):
                self.plan(moment(day, DESK_OPENS), self.check_channels, OFFICER)
            elif self.calendar.is_weekend(day):
                self.plan(moment(day, WEEKEND_CHECK), self.check_channels, WEEKEND_OFFICER)
            day += datetime.timedelta(days=1)
        for label in self.labels.values():
            if label.urgent:  # the officer on duty is rung up
                self.plan(label.at + minutes(4), self.check_inbox, OFFICER)
        end = moment(LAST_DAY, DESK_CLOSES)
        while self.agenda and self.agenda[0][0] <= end:
            at, _, work, arguments = heapq.heappop(self.agenda)
            work(at, *arguments)
        return end

    def act(self, at, verb, case, *fields, **options):
        return self.desk(at, "do", verb, case.id, *fields, **options)

    # ---- every day ----

    def tick(self, at):
        """What a timer does: the clocks remind, and what they wrote leaves the house."""
        written = self.desk(at, "tick")["notices"]
        self.reminders += written
        if written:
            self.desk(at, "deliver")

    def check_channels(self, at, who):
        for channel in CHANNELS:
            if self.memory.random() > 0.02:
                self.desk(at, "duty", "check", channel, who=who)
        self.check_inbox(at, who)

    # ---- intake ----

    def check_inbox(self, at, who):
        tally = self.desk(at, "import", "facebook", str(self.export), who=who)
        self.later = tally["later"]
        if tally["added"] == 0:
            return
        for message in self.desk(at, "inbox", "new", who=who):
            at += datetime.timedelta(seconds=30)
            self.triage(at, message, who)

    def triage(self, at, message, who):
        thread, milliseconds, _ = message["external_id"].split(":")
        label = self.labels.get((thread, int(milliseconds)))
        if label and label.klass != "none":
            return self.open(at, message["message"], label, thread, who)
        if not label and thread in self.open_case:
            return self.desk(at, "triage", message["message"], "--join", self.open_case[thread].id, who=who)
        reason = "คำขอบคุณ คำทักทาย หรือไม่ใช่เรื่องร้องเรียน" if label else "ข้อความประกอบที่ไม่มีเรื่องให้ดำเนินการ"
        return self.desk(at, "triage", message["message"], "--set-aside", reason, who=who)

    def open(self, at, message, label, thread, who):
        identity = "confidential" if label.corruption or label.klass == "personnel" else "named"
        case = Case(self.desk(at, "triage", message, "--open", f"identity={identity}", who=who)["case_id"], label, thread)
        self.cases.append(case)
        self.open_case[thread] = case
        self.plan(at + minutes(2), self.register, case, thread, who)

    def register(self, at, case, thread, who):
        self.act(at, "register", case, who=who)
        self.act(at + minutes(1), "classify", case, f"class={case.label.klass}", f"nature={NATURES.get(case.label.klass, 'grievance')}", who=who)
        if case.label.urgent:
            self.act(at + minutes(2), "flag", case, "flag=urgent", who=who)
        if case.label.corruption:
            self.act(at + minutes(2), "flag", case, "flag=corruption", who=who)
        self.act(at + minutes(4), "acknowledge", case, "particle=" + ("ค่ะ" if who == OFFICER else "ครับ"), who=who)
        self.desk(at + minutes(5), "deliver", who=who)
        wait = minutes(case.habit.randrange(6, 75))
        if case.label.urgent:
            self.plan(at + wait, self.consider, case, thread)
        elif case.label.corruption:
            self.plan(self.calendar.office_moment(at + wait), self.consider, case, thread)
        else:
            self.plan(self.calendar.office_moment(at + wait), self.pass_on, case, thread)

    def consider(self, at, case, thread):
        night = not DESK_OPENS <= at.time() <= DESK_CLOSES
        self.act(at, "consider", case, "decision=agreed", *(["spoken=1"] if night else []), who=HEAD)
        self.plan(at + minutes(10), self.pass_on, case, thread)

    # ---- the policy's three routes ----

    def pass_on(self, at, case, thread):
        if case.label.klass == "information_request":
            self.act(at, "answer", case, "answer=given", "text=ได้ส่งข้อมูลและช่องทางติดต่อให้แล้ว")
            self.desk(at + minutes(1), "deliver")
            self.plan(at + minutes(5), self.close, case, thread)
        elif case.label.klass == "out_of_jurisdiction":
            self.act(at, "refer", case, "unit=" + case.habit.choice(("local_government", "local_government", "damrongdhama")))
            self.plan(at + minutes(15), self.tell, case, thread, "เรื่องของท่านอยู่ในอำนาจหน้าที่ของหน่วยงานอื่น และได้ประสานส่งต่อให้แล้ว")
        else:
            self.act(at, "forward", case, f"unit={case.unit}", f"days={case.due_days}")
            self.follow(at, case, thread, case.result_days)

    def follow(self, at, case, thread, left):
        """Asks the unit in time until its result is in."""
        if case.answered and left <= case.due_days:
            day = self.calendar.next_working(at.date(), left)
            self.plan(moment(day, datetime.time(10, case.habit.randrange(60))), self.report, case, thread)
        else:
            day = self.calendar.next_working(at.date(), case.due_days)
            self.plan(moment(day, datetime.time(9, case.habit.randrange(60))), self.follow_up, case, thread, left - case.due_days)

    def follow_up(self, at, case, thread, left):
        self.act(at, "follow_up", case, "text=โทรศัพท์ติดตามความคืบหน้ากับหน่วยงาน", f"days={case.due_days}")
        if case.answered or left > -60:
            self.follow(at, case, thread, left)

    def report(self, at, case, thread):
        self.act(at, "report_result", case, f"from_unit={case.unit}", f"outcome={case.outcome}", f"text={RESULTS[case.outcome]}", behalf=case.unit)
        day = at.date() if case.habit.random() < 0.4 else self.calendar.next_working(at.date(), case.habit.choice((1, 2, 3, 5)))
        self.plan(self.calendar.office_moment(moment(day, datetime.time(14, case.habit.randrange(60)))), self.tell, case, thread, RESULTS[case.outcome])

    def tell(self, at, case, thread, text):
        self.act(at, "notify_result", case, f"text={text}")
        self.desk(at + minutes(1), "deliver")
        self.plan(at + minutes(10), self.close, case, thread)

    def close(self, at, case, thread):
        self.act(at, "close", case)
        if self.open_case.get(thread) is case:
            del self.open_case[thread]


# ---- the screen at the end ----


def width(text):
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def summary(year, end):
    """What the desk itself says about the year."""
    lists = {state: year.desk(end, "inbox", state) for state in ("new", "opened", "joined", "set_aside", "reply")}
    shown = [year.desk(end, "show", case.id) for case in year.cases]
    cases = [s["case"] for s in shown]
    clocks = [clock for s in shown for clock in s["clocks"] if clock["state"] == "stopped"]

    def kept(rule):
        own = [clock["late_ms"] for clock in clocks if clock["rule"] == rule]
        return f"ทันกำหนด {sum(late == 0 for late in own)} ช้า {sum(late > 0 for late in own)}"

    def without(rule, mark):
        """Cases that bear the mark and never had the clock."""
        return sum(s["case"][mark] > 0 and all(clock["rule"] != rule for clock in s["clocks"]) for s in shown)

    results = [r for s in shown for r in s["referrals"]]
    forwarded, referred = (sum(r["kind"] == kind for r in results) for kind in ("forward", "refer"))
    answered = sum(c["class"] == "information_request" and c["resulted_at"] > 0 for c in cases)
    closed = [c["closed_at"] for c in cases if c["closed_at"] > 0]
    after = sum(at >= moment(YEAR_ENDS, datetime.time(0)).timestamp() * 1000 for at in closed)
    duties = year.desk(end, "duty", "list", "--from", f"{FIRST_DAY}", "--to", f"{LAST_DAY}")
    looked = sum(duty["checked_at"] > 0 for duty in duties)
    official = [duty for duty in duties if year.calendar.is_working(datetime.date(1970, 1, 1) + datetime.timedelta(days=duty["day"]))]
    forgotten = sum(duty["checked_at"] == 0 for duty in official)
    return [
        ("ข้อความเข้า", sum(map(len, lists.values())), f"เปิดเรื่อง {len(lists['opened'])} รวมในเรื่อง {len(lists['joined'])} คัดออก {len(lists['set_aside'])} เพจตอบเอง {len(lists['reply'])} ค้างคัดกรอง {len(lists['new'])}"),
        ("เรื่องร้องเรียน", len(cases), "เลขทะเบียน " + numbers(cases)),
        ("ตอบรับ", sum(c["acknowledged_at"] > 0 for c in cases), kept("acknowledge")),
        ("เสนอหัวหน้า", sum(c["considered_at"] > 0 for c in cases), "เร่งด่วน " + kept("escalate_urgent") + "; อื่น ๆ " + kept("escalate")),
        ("ส่งต่อหรือตอบ", forwarded + referred + answered, f"ส่งหน่วยงานในสังกัด {forwarded} ส่งหน่วยงานภายนอก {referred} ให้ข้อมูล {answered}; {kept('forward')}"),
        ("ได้รับผล", sum(r["resulted_at"] > 0 for r in results), "ติดตาม " + kept("follow_up")),
        ("แจ้งผลผู้ร้อง", sum(c["told_at"] > 0 for c in cases), f"{kept('notify_result')} ไม่มีกำหนด {without('notify_result', 'told_at')} (ให้ข้อมูล หรือส่งหน่วยงานภายนอก)"),
        ("ปิดเรื่อง", len(closed), f"ในปีงบประมาณ {len(closed) - after} หลังสิ้นปีงบประมาณ {after}; ยังไม่ปิด {len(cases) - len(closed)}"),
        ("ตรวจช่องทาง", looked, f"ครั้ง {len(CHANNELS)} ช่องทาง; วันทำการที่ลืมตรวจ {forgotten} ครั้ง"),
        ("เตือน", year.reminders, "ฉบับ ถึงเจ้าหน้าที่และหัวหน้า ก่อนและหลังครบกำหนด"),
    ]


def numbers(cases):
    """`1 ถึง 51/2569, 1 ถึง 2/2570`: the register has no gap."""
    by_year = collections.defaultdict(list)
    for case in cases:
        by_year[case["fiscal_year"]].append(case["register_number"])
    assert all(sorted(given) == list(range(1, len(given) + 1)) for given in by_year.values()), "the register has a gap"
    return ", ".join(f"1 ถึง {len(given)}/{fiscal_year}" for fiscal_year, given in sorted(by_year.items()))


def print_screen(rows, files, proof):
    print(f"\nศูนย์รับเรื่องร้องเรียน สสจ.เชียงราย: จำลองปีงบประมาณ {FISCAL_YEAR} ({FIRST_DAY:%d/%m}/2568 ถึง {LAST_DAY:%d/%m}/2569)\n")
    name = max(width(row[0]) for row in rows)
    for label, count, note in rows:
        print(f"  {label}{' ' * (name - width(label))}  {count:>4}  {note}")
    print(f"\n  {proof}\n\nดูต่อ")
    name = max(width(label) for label, _ in files)
    for label, path in files:
        print(f"  {label}{' ' * (name - width(label))}  {path}")


def main(program, export, labels, output):
    folder = pathlib.Path(output)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    desk = Desk(program, folder)
    desk(moment(FIRST_DAY, datetime.time(0, 0)), "init")
    year = Year(desk, pathlib.Path(export), read_labels(pathlib.Path(labels)))
    end = year.run()
    report = {form: folder / f"report-{FISCAL_YEAR}-12.{form.replace('text', 'txt')}" for form in ("text", "json")}
    for form, path in report.items():
        desk.plain("--db", str(folder / "complaint.db"), "--at", end.isoformat(), "report", "--fiscal-year", str(FISCAL_YEAR), "--round", "12", "--format", form, "--output", str(path))
    checked = desk(end, "verify")
    notices = len(desk.outbox.read_text(encoding="utf-8").splitlines())
    proof = f"ตรวจสอบบันทึก {checked['checked']} รายการ พบข้อผิดพลาด {len(checked['findings'])} รายการ; ส่งข้อความออก {notices} ฉบับ; เรียกคำสั่ง {desk.calls} ครั้ง"
    rows = summary(year, end)
    again = f"{program} --db {folder / 'complaint.db'} --at {end:%Y-%m-%dT%H:%M} worklist due"
    print_screen(rows, [("ฐานข้อมูล", folder / "complaint.db"), ("ข้อความออก", desk.outbox), ("รายงาน", report["text"]), ("รายงาน JSON", report["json"]), ("งานที่ค้าง", again)], proof)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__.strip())
    try:
        main(*sys.argv[1:])
    except Refused as refusal:
        sys.exit(f"replay: {refusal}")
