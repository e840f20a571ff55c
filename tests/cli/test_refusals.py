"""The unhappy half: what is wrong is said precisely, in two lines, and nothing is lost or half done."""
import json
import pathlib
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

from desk import COMMAND, NOON, POLICY, DeskTest


class Usage(DeskTest):
    """Exit status 2: the command line itself is wrong."""

    def test_no_and_unknown_command(self):
        self.assertIn("complaint --help", self.misused())
        self.assertIn("froward", self.misused("froward"))

    def test_unknown_option(self):
        self.assertIn("no such option", self.misused("show", "1/2569", "--colour"))
        for words in (["show", "1/2569", "--json"], ["inbox", "--db", "other.db"], ["today", "--at=2025-11-05"], ["do", "note", "1/2569", "text=x", "--as", "head"], ["calendar", "count", "2025-11-05", "2025-11-06", "--json"]):
            self.assertIn("ตัวเลือกนี้ต้องอยู่ก่อนคำสั่ง", self.misused(*words))
        self.assertEqual(self.run_words("--colour", "show", "1/2569").code, 2)

    def test_option_without_value(self):
        self.assertIn("--db", self.run_words("--db").err)
        self.misused("receive", "--channel")
        self.misused("report", "--fiscal-year", "2569", "--round")

    def test_switch_with_value(self):
        self.assertEqual(self.run_words("--json=yes", "policy", "list").code, 2)

    def test_bad_time(self):
        for text in ("now", "2026-13-01", "2026-11-05T25:00", ""):
            with self.subTest(text):
                self.misused("inbox", at=text)

    DATES = (("5/11/26", "ปีสองหลักนี้เป็น พ.ศ. หรือ ค.ศ. ก็ได้ (อักขระที่ 6 ควรเป็น ปีสี่หลัก)", "either era (character 6: expected a year of four digits)", 5),
             ("5/11/2025", "ปีนี้ไม่ได้ระบุว่าเป็น พ.ศ. หรือ ค.ศ.", "character 6", 5), ("31/2/2568", "เดือนนี้ไม่มีวันที่นี้", "character 1", 0),
             ("๕ พ.ย. ๒๕๖๘ xyz", "มีข้อความต่อท้ายวันที่ (อักขระที่ 13", "the end of the text", 26), ("5 ม.ย. 2568", "ไม่มีเดือนชื่อนี้", "1 to 12", 2), ("พรุ่งนี้", "ไม่อยู่ในรูปแบบของวันที่", "a date such as", 0),
             ("เมื่อวาน", "ไม่อยู่ในรูปแบบของวันที่ (อักขระที่ 6 ควรเป็น วันที่ เช่น 5 พฤศจิกายน 2569)", "character 6: expected a date such as", 15))

    def test_each_date_is_asked_back_precisely(self):
        """What the parser knows is said: what is wrong, where, and what was expected there."""
        self.make_desk()
        number = self.open_case()
        takers = (("--happened", ["do", "note", number, "text=x", "--happened"]), ("--happened", ["triage", "1", "--open", "--happened"]), ("--sent-at", ["receive", "--channel", "facebook", "x", "--sent-at"]),
                  ("--until", ["seal", "--until"]), ("--from", ["duty", "list", "--from"]), ("--to", ["duty", "list", "--to"]), ("--day", ["duty", "assign", "facebook", "malee", "--day"]),
                  ("--from", ["calendar", "due", "--length", "1", "--unit", "working_days", "--from"]), ("TO", ["calendar", "count", "2025-11-05"]), ("--reference", ["date", "parse", "--reference"]))
        for text, thai, english, offset in self.DATES:
            for name, words in takers:
                with self.subTest(text=text, words=words):
                    error = self.misused(*words, text)
                    self.assertIn(f"{name} “{text}”: {thai}", error.splitlines()[0])
                    self.assertIn(english, error.splitlines()[1])
                    problem = self.call(*words, text, options=("--json",)).refusal
                    self.assertEqual((problem["error"], problem["subject"], problem["offset"]), ("USAGE", name, offset))
            self.assertIn(f"--at “{text}”: {thai}", self.misused("inbox", at=text))

    def test_a_day_has_no_time(self):
        for words in (["calendar", "count", "2025-11-05", "2025-11-06T08:30"], ["duty", "list", "--from", "5 พ.ย. 2568 เวลา 08.30 น."], ["date", "parse", "--reference", "2025-11-05T08:30"]):
            self.assertIn("ต้องเป็นวันที่อย่างเดียว ไม่มีเวลา", self.misused(*words))

    def test_a_field_that_is_a_time(self):
        """Refused as the procedure refuses, with the field as subject."""
        self.make_desk()
        number = self.open_case()
        for text, thai, english, offset in self.DATES:
            refusal = self.refused("E_INVALID", "do", "add_paper", number, "paper_no=1", f"paper_date={text}")
            self.assertEqual((refusal["subject"], refusal["offset"]), ("paper_date", offset))
            self.assertIn(f"ช่อง paper_date “{text}”: {thai}", refusal["th"])
            self.assertIn(english, refusal["en"])
        self.assertEqual(self.ask("show", number)["papers"], [])

    def test_bad_number(self):
        self.make_desk()
        for text in ("0/2569", "1/", "/2569", "1/2569x", "abc", "-1", "๑", "1/๒๕๖๙/1", "99999999999999999999/2569"):
            answer = self.call("show", "--", text)
            with self.subTest(text):
                self.assertIn(answer.code, (1, 2))  # ๑ is a case id that is not there
                self.assertEqual(len(answer.err.splitlines()), 2)

    def test_unknown_action(self):
        self.make_desk()
        self.assertIn("do help", self.misused("do", "settle", "1/2569"))

    def test_triage_wants_one_way(self):
        self.make_desk()
        self.misused("triage", "1")
        self.misused("triage", "1", "--open", "--set-aside", "x")
        self.misused("triage", "1", "--join", "1/2569", "identity=named")
        self.misused("triage", "one", "--open")

    def test_field_without_value(self):
        self.make_desk()
        number = self.open_case()
        self.misused("do", "note", number, "text")
        self.misused("do", "note", number, "=x")

    def test_words_that_do_not_exist(self):
        for words in (["inbox", "old"], ["worklist", "theirs"], ["policy", "paint"], ["calendar", "moon"], ["date", "dance"], ["import", "diary", "x"], ["import", "facebook"], ["help", "froward"],
                      ["report", "--fiscal-year", "2569", "--round", "12", "--format", "pdf"], ["calendar", "due", "--from", "2026-01-01", "--length", "1", "--unit", "weeks"]):
            with self.subTest(words=words):
                self.misused(*words)

    def test_deliver_without_outbox(self):
        self.make_desk()
        self.assertIn("--outbox", self.run_words("--db", self.db, "deliver").err)


class Database(DeskTest):
    def test_no_database_is_not_made_by_accident(self):
        for words in (["show", "1/2569"], ["inbox"], ["receive", "--channel", "facebook", "x"], ["deliver"]):
            answer = self.call(*words)
            self.assertEqual(answer.code, 1)
            self.assertIn("complaint init", answer.err)
        self.assertFalse(self.db.exists())

    def test_foreign_database(self):
        with sqlite3.connect(self.db) as other:
            other.execute("CREATE TABLE patient (hn TEXT)")
        other.close()
        before = self.db.read_bytes()
        for words in (["init"], ["inbox"], ["receive", "--channel", "facebook", "x"]):
            self.refused("E_FOREIGN", *words)
        self.assertEqual(self.db.read_bytes(), before)

    def test_not_a_database(self):
        self.db.write_text("รายชื่อผู้ป่วย\n" * 500)
        before = self.db.read_bytes()
        for words in (["init"], ["inbox"], ["receive", "--channel", "facebook", "x"]):
            self.assertIn("not a database", self.refused("E_FOREIGN", *words)["host"])
        self.assertEqual(self.db.read_bytes(), before)

    def test_the_policy_of_another_office(self):
        """A line of cron that forgot --policy looks after nobody's office."""
        self.ok("init", options=("--policy", "moph-phrae"))
        before = self.db.read_bytes()
        for words in (["today"], ["tick"], ["receive", "--channel", "facebook", "x"], ["verify"]):
            self.assertEqual(self.refused("E_NOT_FOUND", *words)["subject"], "office")
        self.assertEqual(self.db.read_bytes(), before)
        self.ok("tick", options=("--policy", "moph-phrae"))

    def test_folder_instead_of_file(self):
        self.db.mkdir()
        for words in (["init"], ["inbox"]):
            self.assertIn("โฟลเดอร์", self.refused("FILE", *words)["th"])

    def test_folder_that_is_not_there(self):
        self.db = self.folder / "ปี 2569" / "complaint.db"
        for words in (["init"], ["inbox"], ["receive", "--channel", "facebook", "x"]):
            refusal = self.refused("FILE", *words)
            self.assertIn("folder", refusal["en"])
            self.assertEqual(refusal["file"], str(self.db))
        self.assertFalse(self.db.parent.exists())

    def test_an_empty_file_becomes_a_database_by_init_only(self):
        self.db.touch()
        for words in (["receive", "--channel", "facebook", "x"], ["inbox"], ["tick"], ["verify"]):
            for options in ((), ("--read-only",)):
                self.assertIn("complaint init", self.refused("FILE", *words, options=options)["en"])
        self.assertEqual(self.db.stat().st_size, 0)
        self.make_desk()
        self.receive()

    def test_a_database_without_tables(self):
        """Made by another program, and nothing put in."""
        with sqlite3.connect(self.db) as other:
            other.execute("PRAGMA journal_mode = WAL")
            other.execute("VACUUM")
        other.close()
        self.assertGreater(self.db.stat().st_size, 0)
        for words in (["receive", "--channel", "facebook", "x"], ["inbox"]):
            self.refused("E_SCHEMA_EMPTY", *words)
        self.make_desk()
        self.receive()

    def test_read_only(self):
        self.make_desk()
        number = self.open_case()
        before = self.ask("show", number)
        for words in (["receive", "--channel", "facebook", "x"], ["do", "acknowledge", number], ["deliver"], ["init"]):
            self.refused("E_READ_ONLY", *words, options=("--read-only",))
        self.assertEqual(self.ask("show", number, options=("--read-only",)), before)

    def test_another_program_writes(self):
        """Waited for, not for ever; who only reads does not wait."""
        self.make_desk()
        number = self.open_case()
        before = self.ask("show", number)
        other = sqlite3.connect(self.db, isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        words = (["do", "note", number, "text=x"], ["tick"], ["receive", "--channel", "facebook", "x"], ["recompute"])
        began = time.monotonic()
        waiting = [subprocess.Popen([COMMAND, "--db", self.db, "--at", "2025-11-06T12:00", *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for line in words]
        self.assertEqual(self.ask("show", number), before)
        self.assertLess(time.monotonic() - began, 5)
        for line, process in zip(words, waiting):
            out, error = process.communicate(timeout=60)
            with self.subTest(words=line):
                first, second = error.decode().splitlines()
                self.assertEqual((process.returncode, out), (1, b""))
                self.assertIn("โปรแกรมอื่นกำลังเขียนฐานข้อมูลนี้อยู่ รอ 10 วินาทีแล้วยังไม่ว่าง", first)
                self.assertIn("another program is writing to the database", second)
                self.assertIn(f"E_BUSY, {self.db}", second)
        self.assertGreater(time.monotonic() - began, 9)
        short = subprocess.Popen([COMMAND, "--db", self.db, "--at", NOON, "do", "note", number, "text=y"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.5)
        other.execute("ROLLBACK")
        self.assertEqual(short.communicate(timeout=60)[1], b"")
        self.assertEqual((short.returncode, len(self.ask("show", number)["events"])), (0, len(before["events"]) + 1))

    def test_file_may_not_grow(self):
        self.make_desk()
        number = self.open_case()
        before = self.ask("show", number)
        limit = self.db.stat().st_size

        def no_growth():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        answer = self.call("receive", "--channel", "facebook", "-", stdin="ก" * 300000, preexec_fn=no_growth)
        self.assertEqual((answer.code, answer.out, len(answer.err.splitlines())), (1, "", 2), answer.err)
        self.assertEqual(self.ask("show", number), before)
        self.assertEqual(self.ask("inbox"), [])
        self.assertEqual(self.ask("verify")["findings"], [])
        self.ok("receive", "--channel", "facebook", "-", stdin="ก" * 300000)

    def test_full_disk(self):
        with tempfile.TemporaryDirectory(prefix="complaint-full-") as folder:
            if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "complaint-full", folder], capture_output=True).returncode:
                return  # not allowed here; test_file_may_not_grow stands for it
            try:
                self.db = pathlib.Path(folder) / "complaint.db"
                self.make_desk()
                kept = self.receive("ก่อนเต็ม")
                self.refused("E_FULL", "receive", "--channel", "facebook", "--id", "big", "-", stdin="ก" * 349000)
                self.assertEqual([row["message"] for row in self.ask("inbox")], [kept])
            finally:
                subprocess.run(["umount", folder], check=True)

    def test_output_that_cannot_be_written(self):
        self.make_desk()
        with open("/dev/full", "wb") as full:
            done = subprocess.run([COMMAND, "--db", self.db, "--at", NOON, "inbox"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        answer = self.call("report", "--fiscal-year", "2569", "--round", "6", "--output", "/dev/full")
        self.assertEqual(answer.code, 1)

    def test_outbox_that_cannot_be_opened(self):
        """The file and the reason are named, and no attempt is spent: with the path put right all is sent at once."""
        self.make_desk()
        self.do("acknowledge", self.open_case("--thread", "t1"))
        for path, reason in ((self.folder / "none/out.jsonl", "No such file or directory"), (self.folder, "Is a directory")):
            refusal = self.refused("FILE", "deliver", options=("--outbox", path))
            self.assertEqual((refusal["file"], refusal["host"]), (str(path), reason))
            self.assertIn("--outbox", refusal["th"])
        self.assertFalse(self.outbox.exists())
        self.assertEqual(self.ask("deliver"), {"delivered": 1, "accepted": 0, "retried": 0, "refused": 0})

    def test_outbox_that_cannot_be_written(self):
        self.make_desk()
        number = self.open_case("--thread", "t1")
        self.do("acknowledge", number)
        self.assertEqual(self.ask("deliver", options=("--outbox", "/dev/full")), {"delivered": 0, "accepted": 0, "retried": 1, "refused": 0})
        self.assertEqual(self.ask("deliver", at="2025-11-05T16:00")["delivered"], 1)
        self.assertEqual(len(self.outbox.read_text().splitlines()), 1)


class Calendar(DeskTest):
    def test_a_fault_of_the_file_is_said_with_its_place_in_both_languages(self):
        changes = [('{"ad": "2027-05-12"}', "$.changes[0]: ต้องมี add ", "$.changes[0]: one of add, "), ('{"add": "2027-05-12", "thia": "x"}', "$.changes[0].thia: ไม่รู้จักช่องนี้", "$.changes[0].thia: this member is not known"),
                   ('{"move": "2027-05-12", "source": "x"}', "$.changes[0]: ขาดช่อง to", "$.changes[0]: member to is missing")]
        self.make_desk()
        for change, thai, english in changes:
            (self.folder / "days.json").write_text('{"format": 1,\n "changes": [\n  ' + change + "]}", encoding="utf-8")
            answer = self.call("recompute", options=("--calendar", "days.json"))
            lines = answer.err.splitlines()
            self.assertEqual((answer.code, len(lines)), (1, 2), answer.err)
            self.assertIn("บรรทัด 3 ที่ " + thai, lines[0])
            self.assertIn("line 3 at " + english, lines[1])


class Quoted(DeskTest):
    def test_a_value_that_is_cut_is_seen_to_be(self):
        """What is quoted in a sentence is whole, or ends with a letter that has its marks and with `…`."""
        self.make_desk()
        number = self.open_case()
        for text, quoted in (("บัตรสนเท่ห์ ไม่มีที่อยู่", "บัตรสนเท่ห์ ไม่มีที่อยู่"), ("ก" * 31 + "ที่อยู่", "ก" * 31 + "…"), ("ก" * 29 + "ที่อยู่", "ก" * 29 + "ที่…")):
            refusal = self.refused("E_UNKNOWN_CODE", "do", "close", number, f"why_not_told={text}")
            self.assertIn(f"“{quoted}”", refusal["th"])
            self.assertIn(f"“{quoted}”", refusal["en"])


class Text(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()

    def refuse_text(self, status, text):
        refusal = self.refused(status, "receive", "--channel", "facebook", "--id", "7", "-", stdin=text)
        self.assertEqual(self.ask("inbox"), [])
        return refusal

    def test_broken_utf8(self):
        self.assertEqual(self.refuse_text("E_UTF8", "สวัสดี".encode() + b"\xff!")["offset"], len("สวัสดี".encode()))
        self.refuse_text("E_UTF8", "ก".encode()[:2])
        self.refuse_text("E_UTF8", b"\xed\xa0\x80")  # a surrogate

    def test_nul(self):
        self.assertEqual(self.refuse_text("E_NUL", b"a\0b")["offset"], 1)

    def test_one_mebibyte_and_one(self):
        self.refuse_text("E_TOO_LARGE", b"a" * (1024 * 1024 + 1))
        self.ok("receive", "--channel", "facebook", "-", stdin=b"a" * (1024 * 1024 - 1))

    def test_broken_words(self):
        done = subprocess.run([COMMAND, "--db", self.db, "--at", NOON, "receive", "--channel", "facebook", b"\xff"], capture_output=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"E_UTF8", done.stderr)

    def test_unknown_channel(self):
        self.assertEqual(self.refused("E_UNKNOWN_CODE", "receive", "--channel", "telegraph", "x")["subject"], "channel")

    def test_message_from_tomorrow(self):
        self.refused("E_RANGE", "receive", "--channel", "facebook", "--sent-at", "2025-11-06T00:00", "x")

    def test_message_without_a_word(self):
        for words, stdin in ((["receive", "--channel", "facebook", ""], None), (["receive", "--channel", "facebook", "-"], ""), (["receive", "--channel", "facebook"], "\n")):
            self.assertEqual(self.refused("E_REQUIRED", *words, stdin=stdin)["subject"], "text")
        self.assertEqual(self.ask("inbox"), [])


class Procedure(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()
        self.number = self.open_case("--thread", "t1")
        self.before = self.ask("show", self.number)

    def unchanged(self):
        self.assertEqual(self.ask("show", self.number), self.before)

    def refuse(self, status, *words, **options):
        refusal = self.refused(status, "do", *words, **options)
        self.unchanged()
        return refusal

    def test_no_such_case_or_message(self):
        self.refused("E_NOT_FOUND", "show", "2/2569")
        self.refused("E_NOT_FOUND", "show", "1/2570")
        self.refused("E_NOT_FOUND", "show", "12345")
        self.refused("E_NOT_FOUND", "message", "12345")
        self.refused("E_NOT_FOUND", "triage", "12345", "--open")
        self.refused("E_NOT_FOUND", "triage", self.receive(), "--join", "9/2569")

    def test_wrong_role(self):
        self.refuse("E_ROLE", "acknowledge", self.number, who="auditor:somsri")
        self.refuse("E_ROLE", "consider", self.number, "decision=agreed")
        self.refused("E_ROLE", "receive", "--channel", "facebook", "x", who="unit:quality")
        self.assertIn("one of: officer, head", self.refuse("E_UNKNOWN_CODE", "acknowledge", self.number, who="king:rama")["en"])
        self.assertIn("one of: quality, hr", self.refuse("E_UNKNOWN_CODE", "add_evidence", self.number, who="unit:napa", options=("--unit", "qualty"))["en"])

    def test_a_unit_does_not_see_what_was_not_referred_to_it(self):
        self.refused("E_NOT_FOUND", "show", self.number, who="unit:napa", options=("--unit", "hr"))

    def test_an_auditor_reads_but_sees_no_person_and_no_text(self):
        seen = self.ask("show", self.number, who="auditor:somsri")
        self.assertEqual(seen["parties"][0]["address"], {"masked": True})
        self.assertEqual(seen["messages"][0]["body"], {"masked": True})
        self.assertIn("[ปกปิด]", self.ok("show", self.number, who="auditor:somsri").out)

    def test_wrong_state(self):
        self.assertIn("registered", self.refuse("E_STATE", "register", self.number)["en"])
        self.refuse("E_STATE", "report_result", self.number, "from_unit=hr", "outcome=resolved", "text=x", options=("--on-behalf", "hr"))
        self.refuse("E_STATE", "follow_up", self.number)

    def test_unused_verb(self):
        self.refuse("E_UNSUPPORTED", "erase", self.number)

    def test_fields(self):
        self.assertEqual(self.refuse("E_REQUIRED", "classify", self.number)["subject"], "class")
        self.assertEqual(self.refuse("E_UNKNOWN_FIELD", "classify", self.number, "class=service", "colour=red")["subject"], "colour")
        self.assertEqual(self.refuse("E_REQUIRED", "flag", self.number, "flag=urgent", "clear=ใช่")["subject"], "reason")
        self.assertEqual(self.refuse("E_UNKNOWN_CODE", "classify", self.number, "class=weather")["subject"], "class")
        self.assertIn("รหัสที่ใช้ได้: service (การให้บริการด้านสาธารณสุขของหน่วยบริการ), personnel (", self.refuse("E_UNKNOWN_CODE", "classify", self.number, "class=sevrice")["th"])

    def test_numbers_in_fields(self):
        self.do("classify", self.number, "class=service")
        self.before = self.ask("show", self.number)
        self.assertEqual(self.refuse("E_INVALID", "forward", self.number, "unit=quality", "days=soon")["subject"], "days")
        self.assertEqual(self.refuse("E_RANGE", "forward", self.number, "unit=quality", "days=8")["subject"], "days")
        self.assertEqual(self.refuse("E_RANGE", "forward", self.number, "unit=quality", "days=0")["subject"], "days")

    def test_guards(self):
        self.assertIn("class_before_forward", self.refuse("E_GUARD", "forward", self.number, "unit=quality")["subject"])
        self.assertIn("linked_result_before_close", self.refuse("E_GUARD", "notify_result", self.number, "text=x")["subject"])
        self.do("classify", self.number, "class=service")
        self.do("flag", self.number, "flag=urgent")
        self.before = self.ask("show", self.number)
        self.assertIn("consider_before_forward", self.refuse("E_GUARD", "forward", self.number, "unit=quality")["subject"])

    def test_desk_gives_no_finding(self):
        self.do("classify", self.number, "class=service")
        self.do("forward", self.number, "unit=quality")
        self.before = self.ask("show", self.number)
        self.assertIn("no_desk_finding", self.refuse("E_GUARD", "report_result", self.number, "from_unit=quality", "outcome=resolved", "text=x")["subject"])
        self.do("report_result", self.number, "from_unit=quality", "outcome=resolved", "text=x", options=("--on-behalf", "quality"))
        self.before = self.ask("show", self.number)
        self.assertIn("told_before_close", self.refuse("E_GUARD", "close", self.number)["subject"])

    def test_stale_revision(self):
        seen = str(self.before["case"]["revision"])
        self.do("acknowledge", self.number, "--revision", seen)
        self.before = self.ask("show", self.number)
        self.refuse("E_CONFLICT", "classify", self.number, "class=service", "--revision", seen)

    def test_request_reused(self):
        first = self.do("note", self.number, "text=หนึ่ง", "--request-id", "r1")
        again = self.do("note", self.number, "text=หนึ่ง", "--request-id", "r1")
        self.assertEqual((first["repeated"], again["repeated"], again["revision"]), (0, 1, first["revision"]))
        self.before = self.ask("show", self.number)
        self.refuse("E_REQUEST_REUSED", "note", self.number, "text=สอง", "--request-id", "r1")

    def test_times(self):
        self.refuse("E_RANGE", "note", self.number, "text=x", "--happened", "2025-11-05T12:01")
        self.refuse("E_RANGE", "note", self.number, "text=x", "--happened", "2025-11-04T12:00")
        self.misused("do", "note", self.number, "text=x", "--happened", "yesterday")

    def test_altered_log(self):
        with sqlite3.connect(self.db) as store:
            store.execute("UPDATE complaint_event SET actor = 'nobody' WHERE seq = 1")
        store.close()
        answer = self.call("verify")
        self.assertEqual(answer.code, 1)
        self.assertIn("E_CORRUPT", answer.err)
        self.assertNotIn("findings\t0", answer.out)


class Policy(DeskTest):
    def check(self, document):
        path = self.folder / "policy.json"
        path.write_text(document, encoding="utf-8")
        answer = self.run_words("--json", "policy", "check", path)
        self.assertEqual((answer.code, answer.out), (1, ""))
        people = self.run_words("policy", "check", path)
        self.assertIn("policy.json", people.err)
        self.assertEqual(len(people.err.splitlines()), 2)
        self.assertEqual(self.call("init", options=("--policy", path)).code, 1)
        self.assertFalse(self.db.exists())
        return answer.refusal

    def line_of(self, document, text):
        return document[: document.index(text)].count("\n") + 1

    def test_not_json(self):
        document = POLICY.read_text(encoding="utf-8")
        broken = document.replace('"initial": "received",', '"initial": received,')
        refusal = self.check(broken)
        self.assertEqual((refusal["error"], refusal["line"]), ("E_SYNTAX", self.line_of(broken, '"initial"')))

    def test_undefined_code(self):
        document = POLICY.read_text(encoding="utf-8")
        broken = document.replace('"to": "forwarded"', '"to": "sent_off"', 1)
        refusal = self.check(broken)
        self.assertEqual((refusal["error"], refusal["line"]), ("E_POLICY", self.line_of(broken, '"sent_off"')))
        self.assertIn("$.actions.forward", refusal["path"])
        self.assertIn("sent_off", refusal["en"])

    def test_all_mistakes(self):
        document = POLICY.read_text(encoding="utf-8")
        broken = document.replace('"format": 1,', '"format": 2,', 1).replace('"to": "forwarded"', '"to": "sent_off"', 1).replace('"kind": "unit"', '"kind": "ward"', 1)
        path = self.folder / "policy.json"
        path.write_text(broken, encoding="utf-8")
        answer = self.run_words("--json", "policy", "check", path)
        said = [json.loads(line) for line in answer.err.splitlines()]
        self.assertEqual((answer.code, answer.out, len(said)), (1, "", 3))
        self.assertEqual([one["line"] for one in said], [self.line_of(broken, text) for text in ('"format": 2', '"kind": "ward"', '"sent_off"')])
        people = self.run_words("policy", "check", path)
        self.assertEqual((people.code, len(people.err.splitlines())), (1, 8))
        self.assertIn("พบข้อผิดพลาด 3 แห่ง", people.err)

    def test_duplicate_key_and_real(self):
        document = POLICY.read_text(encoding="utf-8")
        self.assertEqual(self.check(document.replace('"format": 1,', '"format": 1,\n  "format": 1,', 1))["error"], "E_JSON_DUPLICATE")
        self.assertEqual(self.check(document.replace('"format": 1,', '"format": 1.0,', 1))["error"], "E_JSON_REAL")

    def test_empty_and_missing(self):
        self.check("")
        answer = self.run_words("policy", "check", self.folder / "nowhere.json")
        self.assertEqual((answer.code, len(answer.err.splitlines())), (1, 2))
        self.assertIn("nowhere.json", answer.err)
        self.assertEqual(self.run_words("--policy", "moph-atlantis", "--db", self.db, "init").code, 1)


class Dates(DeskTest):
    def test_years_without_data(self):
        for words in (["calendar", "holidays", "2400"], ["calendar", "holidays", "2600"], ["calendar", "due", "--from", "2100-01-01", "--length", "3", "--unit", "working_days"],
                      ["calendar", "count", "2100-01-01", "2100-02-01"]):
            with self.subTest(words=words):
                answer = self.run_words(*words)
                self.assertEqual((answer.code, answer.out, len(answer.err.splitlines())), (1, "", 2))

    def test_unknown_province(self):
        answer = self.run_words("calendar", "due", "--from", "2026-01-01", "--length", "1", "--unit", "calendar_days", "--province", "TH-00")
        self.assertEqual((answer.code, answer.out), (1, ""))

    def test_bad_lines_do_not_stop_the_stream(self):
        answer = self.run_words("date", "format", stdin="x\n2026-02-30\n\n1700-01-01\n2026-11-05\n")
        self.assertEqual(answer.code, 0)
        self.assertEqual(answer.out.splitlines(), ["error:syntax", "error:invalid_day", "error:empty", "error:year_out_of_range", "5 พฤศจิกายน 2569"])

    def test_report_of_no_year(self):
        self.make_desk()
        self.refused("E_RANGE", "report", "--fiscal-year", "2300", "--round", "12")
        self.refused("E_RANGE", "report", "--fiscal-year", "2569", "--round", "7")
        self.assertIn("summer", self.misused("report", "--fiscal-year", "2569", "--round", "summer"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
