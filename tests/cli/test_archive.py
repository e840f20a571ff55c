"""The whole office as a file: what is damaged is refused with its line and leaves nothing behind; what is whole comes back as it was."""
import contextlib
import hashlib
import json
import sqlite3
import subprocess
import sys
import unittest

from desk import COMMAND, EXPORT, DeskTest

LATER = "2026-10-09T16:00"


class Archive(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()
        self.file, self.copy = self.folder / "office.jsonl", self.folder / "copy.db"

    def fill(self):
        """A little of everything: evidence, letters, links, several complainants, duties, notices that wait and that went."""
        self.ok("import", "facebook", EXPORT, at="2025-11-05T12:00")
        first, second = self.open_case("--thread", "t1", "--from", "มะลิ"), self.open_case("--thread", "t2")
        self.ok("duty", "check", "facebook")
        self.do("acknowledge", first, "--request-id", "ack-1")
        self.ok("deliver")
        self.do("acknowledge", second)
        self.do("classify", first, "class=service")
        self.do("flag", second, "flag=urgent")
        self.do("forward", first, "unit=quality", "paper_no=ชร 0033/9", "paper_date=5 พ.ย. 2568", "signer=นายก", "subject=ขอให้ตรวจสอบ")
        self.do("add_complainant", first, "identity=anonymous", "channel=line")
        self.do("link", first, f"case={second}", "link=same_event")
        self.do("note", first, "text=บรรทัด\\n\"อ้าง\" \\ \x01")
        thanks = self.ask("receive", "--channel", "line", "--thread", "t-9", "ขอบคุณค่ะ")["message"]
        self.ok("triage", thanks, "--set-aside", "thanks")
        self.ok("deliver")
        self.ok("tick", at="2025-11-06T15:30")
        self.ok("tick", at="2025-11-07T09:00")
        return first, second

    def export(self, **options):
        text = self.ok("export", **options).out
        self.file.write_text(text, encoding="utf-8")
        return text.splitlines()

    @staticmethod
    def sealed(lines):
        """The lines with the digest they ought to have."""
        digest = bytes(32)
        for line in lines:
            digest = hashlib.sha256(digest + line.encode()).digest()
        return [*lines, json.dumps({"complaint_archive_end": {"lines": len(lines), "digest": digest.hex()}}, separators=(",", ":"))]

    def write(self, lines, end="\n"):
        self.file.write_text("\n".join(lines) + end, encoding="utf-8")

    def into_copy(self):
        self.db = self.copy
        if not self.copy.exists():
            self.make_desk()

    def refuse(self, status, line=None, *words):
        self.into_copy()
        refusal = self.refused(status, "import-archive", self.file, *words)
        if line:
            self.assertEqual(refusal["line"], line, refusal)
        self.assertEqual(refusal["file"], str(self.file))
        self.assertEqual((self.ask("inbox"), self.ask("inbox", "opened"), self.ask("worklist")), ([], [], []))
        return refusal


class Refused(Archive):
    def test_words(self):
        self.misused("export", "all")
        self.misused("import-archive")
        self.misused("import-archive", "a", "b")
        self.assertEqual(self.refused("FILE", "import-archive", self.folder / "nowhere.jsonl")["file"], str(self.folder / "nowhere.jsonl"))

    def test_roles(self):
        for who in ("auditor:somsri", "unit:napa", "dpo:wipa"):
            self.refused("E_ROLE", "export", who=who)
        self.export()
        self.into_copy()
        self.refused("E_ROLE", "import-archive", self.file, who="auditor:somsri")
        self.refused("E_READ_ONLY", "import-archive", self.file, options=("--read-only",))

    def test_who_is_kept_from_a_case_gets_no_archive(self):
        number = self.open_case()
        self.do("recuse", number, "person=malee", "reason=ญาติ", who="head:somsak")
        self.refused("E_ROLE", "export")
        self.ok("export", who="head:somsak")

    def test_an_office_that_has_something(self):
        self.fill()
        self.export()
        before = self.ask("inbox", "opened")
        self.refused("E_EXISTS", "import-archive", self.file)
        self.assertEqual(self.ask("inbox", "opened"), before)
        self.into_copy()
        self.receive("มีอยู่แล้ว")
        self.assertIn("ข้อความเข้า", self.refused("E_EXISTS", "import-archive", self.file)["th"])

    def test_a_tick_before_the_archive(self):
        """What stands in the way is on no list, so it is named, and what to do about it."""
        self.export()
        self.into_copy()
        self.ok("tick", at="2025-11-06T15:30")
        refusal = self.refused("E_EXISTS", "import-archive", self.file)
        self.assertIn("บันทึกเหตุการณ์ของเวรหรือการเตือน ซึ่งคำสั่ง tick เขียนทุกวัน", refusal["th"])
        self.assertIn("ให้สร้างฐานข้อมูลใหม่และเริ่ม tick หลังนำเข้าเสร็จ", refusal["th"])
        self.assertIn("begin in a new database", refusal["en"])

    def test_an_archive_that_came_to_its_end_is_read_again(self):
        self.fill()
        self.export()
        self.into_copy()
        self.ok("import-archive", self.file)
        refusal = self.refused("E_EXISTS", "import-archive", self.file)
        self.assertIn("แฟ้มนั้นเข้าครบแล้วและไม่มีสิ่งใดต้องทำ", refusal["th"])
        self.assertIn("nothing is left to do, which verify proves", refusal["en"])

    def test_an_unfinished_office_gives_no_archive_and_no_figures(self):
        """Not a byte of them, that nobody takes them for the office's; what is at hand can be looked at."""
        self.fill()
        with contextlib.closing(sqlite3.connect(self.db)) as file, file:
            office, key, *others = [row[1] for row in file.execute("PRAGMA table_info(complaint_request)")]
            self.assertEqual(key, "request")
            file.execute(f"INSERT INTO complaint_request SELECT {office}, '', {', '.join(others)} FROM complaint_request LIMIT 1")
        for command in (("export",), ("report", "--fiscal-year", "2569", "--round", "6"), ("seal", "--until", "2025-12-01")):
            with self.subTest(command):
                answer = self.call(*command)
                self.assertEqual((answer.code, answer.out), (1, ""))
                self.assertIn("E_STATE", answer.err)
                self.assertIn("นำเข้าแฟ้มเดิมอีกครั้งเพื่อทำต่อจนครบ", answer.err)
        self.ok("today")

    def test_another_office(self):
        lines = self.export()
        self.write(self.sealed([lines[0].replace('"office":"cr"', '"office":"pr"'), *lines[1:-1]]))
        self.refuse("E_INVALID", 1)

    def test_a_later_version(self):
        lines = self.export()
        for new in ('"format":2', '"format":1,'.replace("1,", "9")):
            self.write(self.sealed([lines[0].replace('"format":1', new), *lines[1:-1]]))
            self.refuse("E_SCHEMA_NEWER", 1)
        self.write(self.sealed([lines[0].replace('"minor":0', '"minor":99'), *lines[1:-1]]))
        self.refuse("E_SCHEMA_NEWER", 1)

    def test_what_is_no_archive(self):
        for text, status in (("", "E_INVALID"), ("hello\n", "E_SYNTAX"), ("{}\n", "E_SYNTAX"), ('{"complaint_case":{}}\n', "E_REQUIRED"), ('{"people":{}}\n', "E_UNKNOWN_CODE"), ("\n", "E_SYNTAX")):
            self.file.write_text(text, encoding="utf-8")
            with self.subTest(text):
                self.refuse(status, 1)
        self.file.write_bytes(b'{"complaint_archive":{"office":"\xff"}}\n')
        self.refuse("E_UTF8", 1)

    def test_cut_short_anywhere(self):
        self.fill()
        lines = self.export()
        for count in (1, 3, len(lines) // 2, len(lines) - 1):
            self.write(lines[:count])
            with self.subTest(count):
                self.refuse("E_CORRUPT")
        self.write(lines, end="")
        self.refuse("E_CORRUPT", len(lines))
        self.write([*lines, lines[-2]])
        self.refuse("E_CORRUPT", len(lines) + 1)

    def test_altered_without_the_digest(self):
        self.fill()
        lines = self.export()
        at = next(i for i, line in enumerate(lines) if "complaint_party" in line and "มะลิ" in line)
        self.write([*lines[:at], lines[at].replace("มะลิ", "มะลุ"), *lines[at + 1:]])
        self.refuse("E_CORRUPT", at + 1)

    def test_each_table_is_proved(self):
        """Altered by somebody who computes the digest of the file again: the log's own chain tells on him."""
        self.fill()
        lines = self.export()[:-1]
        wrongs = [("complaint_event", '"actor":"malee"', '"actor":"nobody"', "E_CORRUPT"), ("complaint_event", '"seq":1,', '"seq":2,', "E_CORRUPT"), ("complaint_message", '"body":"t', '"body":"tx', "E_INVALID"),
                  ("complaint_message", '"state":"opened"', '"state":"new"', "E_CORRUPT"), ("complaint_party", '"identity":"named"', '"identity":"anonymous"', "E_CORRUPT"),
                  ("complaint_evidence", '"digest":"', '"digest":"0', "E_CORRUPT"), ("complaint_definition", '"body":"t:', '"body":"t: ', "E_CORRUPT"), ("complaint_event", '"kind":', '"kind":"x","happened":', "E_INVALID"),
                  ("complaint_event", '"payload":', '"load":', "E_UNKNOWN_FIELD"), ("complaint_event", '"request":', '"actor":"x","request":', "E_JSON_DUPLICATE"), ("complaint_event", ',"payload":', ',"x":', "E_UNKNOWN_FIELD"),
                  ("complaint_event", '"seq":1,', '"seq":1.5,', "E_INVALID"), ("complaint_duty", '"seq":1', '"seq":99999999999999999999', "E_SYNTAX"),
                  ("complaint_notice", '"about":"day"', '"about":"case"', "E_CORRUPT"), ("complaint_notice", '"about":"message"', '"about":"day"', "E_CORRUPT"),
                  ("complaint_notice", '"cause":', '"cause":1', "E_CORRUPT"), ("complaint_notice", '"version":', '"version":-', "E_CORRUPT"), ("complaint_notice", '"recipient":"', '"recipient":"x', "E_CORRUPT"), ("complaint_notice", '"template":"', '"template":"x', "E_CORRUPT"),
                  ("complaint_notice", '"state":"waiting"', '"state":"delivered"', "E_CORRUPT"), ("complaint_notice", '"state":"delivered"', '"state":"waiting"', "E_CORRUPT"),
                  ("complaint_notice", '"salt":"x:', '"salt":"x:00', "E_CORRUPT"), ("complaint_notice", '"channel":"staff"', '"channel":"line"', "E_CORRUPT")]
        for table, old, new, status in wrongs:
            at = next(i for i, line in enumerate(lines) if line.startswith(f'{{"{table}":') and old in line)
            self.write(self.sealed([*lines[:at], lines[at].replace(old, new, 1), *lines[at + 1:]]))
            with self.subTest((table, old, new)):
                refusal = self.refuse(status)
                self.assertIn(refusal["line"], (at + 1, at + 2) if table == "complaint_evidence" else (at + 1,))  # its bytes tell

    def test_lines_taken_out_or_put_in(self):
        self.fill()
        lines = self.export()[:-1]
        for table in ("complaint_event", "complaint_message", "complaint_party", "complaint_notice", "complaint_evidence", "complaint_evidence_chunk", "complaint_paper", "complaint_duty"):
            at = next(i for i, line in enumerate(lines) if line.startswith(f'{{"{table}":'))
            for wrong in ([*lines[:at], *lines[at + 1:]], [*lines[:at], lines[at], *lines[at:]]):
                self.write(self.sealed(wrong))
                with self.subTest((table, len(wrong) - len(lines))):
                    self.refuse("E_CORRUPT")

    def test_what_follows_from_the_log_is_not_taken(self):
        lines = self.export()[:-1]
        self.write(self.sealed([*lines, '{"complaint_counter":{"figure":"received","period":202511,"dimension":"/","amount":7}}']))
        self.refuse("E_CORRUPT", len(lines) + 1)

    def test_a_damaged_log_is_not_exported_as_if_it_were_whole(self):
        import sqlite3
        self.open_case()
        with sqlite3.connect(self.db) as store:
            store.execute("UPDATE complaint_event SET prev = zeroblob(32) WHERE seq = 2")
        store.close()
        answer = self.call("export")
        self.assertEqual(answer.code, 1)
        self.assertIn("E_CORRUPT", answer.err)
        self.assertNotIn("complaint_archive_end", answer.out)

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([COMMAND, "--db", self.db, "--as", "officer:malee", "export"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)


class KeptGoing(Archive):
    """What is right is taken, whole; what is not is listed with its line."""

    def going_on(self, *words):
        answer = self.call("import-archive", self.file, "--keep-going", *words, at=LATER, options=("--json",))
        self.assertEqual(answer.code, 1, answer.err)
        return answer.json

    def altered(self, lines, table, number, old, new):
        """The line of a row of the case that is altered, and all lines with the digest they ought to have."""
        case = str(self.ask("show", number, at=LATER)["case"]["case_id"])
        at = next(i for i, line in enumerate(lines) if line.startswith((f'{{"{table}":{{"stream":"{case}"', f'{{"{table}":{{"case_id":"{case}"')) and old in line)
        return at + 1, [*lines[:at], lines[at].replace(old, new, 1), *lines[at + 1:]]

    def test_the_rest_is_taken(self):
        first, second = self.fill()
        before = self.ask("show", first, at=LATER)
        lines = self.export(at=LATER)[:-1]
        at, lines = self.altered(lines, "complaint_event", second, '"actor":"malee"', '"actor":"nobody"')
        self.write(self.sealed(lines))
        self.into_copy()
        self.assertEqual(self.refuse("E_CORRUPT")["line"], at)  # without the option nothing is taken
        told = self.going_on("--keep-waiting")
        self.assertEqual((told["cases"], told["faults"][0]["line"], told["faults"][0]["subject"], told["faults"][0]["status"]), (1, at, "complaint_event.hash", "E_CORRUPT"))
        self.assertEqual([fault["subject"] for fault in told["faults"][1:]], ["complaint_message.case_id"])  # its message goes with it
        self.assertEqual({finding["what"] for finding in self.call("verify", at=LATER, options=("--json",)).json["findings"]}, {"number"})
        shown = self.ask("show", first, at=LATER)
        self.assertEqual(shown.pop("links"), [])  # to what is not there
        before.pop("links")
        for case in (shown, before):
            case["events"] = [event for event in case["events"] if event["verb"] != "link"]
        self.assertEqual(shown, before)
        self.assertEqual(self.call("show", second).code, 1)
        self.assertEqual(self.open_case("--thread", "t9", at="2026-09-01T09:00"), "3/2569")  # its number is not given again

    def test_all_faults_are_listed(self):
        first, second = self.fill()
        lines = self.export(at=LATER)[:-1]
        at, lines = self.altered(lines, "complaint_party", first, '"identity":"named"', '"identity":"anonymous"')
        other, lines = self.altered(lines, "complaint_event", second, '"kind":7', '"kind":"x"')
        self.write(self.sealed(lines))
        self.into_copy()
        answer = self.call("import-archive", self.file, "--check", options=("--json",))
        found = {(fault["line"], fault["subject"], fault["status"]) for fault in answer.json["faults"]}
        self.assertLessEqual({(at, "identity", "E_CORRUPT"), (other, "kind", "E_INVALID")}, found)
        self.assertTrue(all(fault["th"] and fault["en"] for fault in answer.json["faults"]))
        self.assertGreater(next(fault["offset"] for fault in answer.json["faults"] if fault["line"] == other), 0)
        people = self.call("import-archive", self.file, "--check")
        self.assertEqual(people.code, 1)
        self.assertIn(f"{at}\t", people.out)

    def test_what_is_cut_is_taken_as_far_as_it_goes(self):
        self.fill()
        lines = self.export(at=LATER)
        last = max(i for i, line in enumerate(lines) if line.startswith('{"complaint_event"'))
        self.write(lines[:last])
        self.into_copy()
        told = self.going_on()
        self.assertGreaterEqual(told["cases"], 1)
        self.assertIn("complaint_archive_end", {fault["subject"] for fault in told["faults"]})
        self.assertLessEqual({finding["what"] for finding in self.call("verify", at=LATER, options=("--json",)).json["findings"]}, {"number"})

    def test_a_policy_that_was_altered_takes_its_cases_with_it(self):
        self.fill()
        lines = self.export(at=LATER)[:-1]
        at = next(i for i, line in enumerate(lines) if '"kind":"policy"' in line)
        self.write(self.sealed([*lines[:at], lines[at].replace('"body":"t:', '"body":"t: ', 1), *lines[at + 1:]]))
        self.into_copy()
        told = self.going_on()
        self.assertEqual((told["cases"], told["faults"][0]["line"], told["faults"][0]["stream"]), (0, at + 1, "0"))
        self.assertEqual({finding["what"] for finding in self.call("verify", at=LATER, options=("--json",)).json["findings"]}, {"number"})

    def test_an_answer_about_nothing_is_not_taken(self):
        """A request that was answered for a case or a message that the archive does not have; a definition that is there twice, or under another kind."""
        self.fill()
        lines = self.export(at=LATER)[:-1]
        request = next(i for i, line in enumerate(lines) if line.startswith('{"complaint_request"') and '"case_id":"' in line)
        case = json.loads(lines[request])["complaint_request"]["case_id"]
        policy = next(i for i, line in enumerate(lines) if '"kind":"policy"' in line)
        for at, wrong, subject in ((request, [*lines[:request], lines[request].replace(f'"case_id":"{case}"', '"case_id":"4711"', 1), *lines[request + 1:]], "complaint_request.case_id"),
                                   (policy + 1, [*lines[:policy], lines[policy], *lines[policy:]], "complaint_definition"),
                                   (None, [*lines[:policy], lines[policy].replace('"kind":"policy"', '"kind":"calendar"', 1), *lines[policy + 1:]], "complaint_definition")):
            self.write(self.sealed(wrong))
            with self.subTest(subject):
                refusal = self.refuse("E_CORRUPT", at and at + 1)
                self.assertEqual(refusal["subject"], subject)
        nothing = lines[request].replace(f'"case_id":"{case}"', '"case_id":"4711"', 1)
        self.write(self.sealed([*lines[:policy], lines[policy], *lines[policy:request], nothing, *lines[request + 1:]]))
        told = self.going_on()
        self.assertEqual((told["cases"], {fault["stream"] for fault in told["faults"]}), (2, {"0"}))
        self.assertEqual(self.call("verify", at=LATER, options=("--json",)).json["findings"], [])

    def test_a_row_of_nothing_goes_to_nobody(self):
        """Before a case's rows stands a link of no case: it is not the next one's."""
        self.fill()
        lines = self.export(at=LATER)[:-1]
        at = max(i for i, line in enumerate(lines) if line.startswith('{"complaint_event"') and json.loads(line)["complaint_event"]["seq"] == 1)
        case = json.loads(lines[at])["complaint_event"]["stream"]
        nothing = json.dumps({"complaint_link": {"case_id": 0, "other_id": case, "kind": "same_event", "entered_at": 1}}, separators=(",", ":"))
        self.write(self.sealed([*lines[:at], nothing, *lines[at:]]))
        self.assertEqual(self.refuse("E_CORRUPT", at + 1)["subject"], "complaint_link")
        told = self.going_on()
        self.assertEqual((told["cases"], {(fault["stream"], fault["line"]) for fault in told["faults"]}), (2, {("0", at + 1)}))
        self.assertEqual(self.call("verify", at=LATER, options=("--json",)).json["findings"], [])

    def test_an_attempt_is_of_a_notice_that_there_is(self):
        """Of a day and of a message as of a case: verify would call it an orphan."""
        self.fill()
        lines = self.export(at=LATER)[:-1]
        days = [i for i, line in enumerate(lines) if line.startswith('{"complaint_duty"')]
        events = [i for i, line in enumerate(lines) if line.startswith('{"complaint_event"')]
        for at in (days[0], events[0] + 1, events[-1] + 1):
            stream = next(json.loads(line)["complaint_event"]["stream"] for line in lines[at - 1::-1] if line.startswith('{"complaint_event"'))
            attempt = {"stream": stream, "notice": 99, "attempt": 1, "started_at": 1762300000000, "answer": 1, "host_code": 0, "host_text": ""}
            self.write(self.sealed([*lines[:at], json.dumps({"complaint_attempt": attempt}, separators=(",", ":")), *lines[at:]]))
            with self.subTest(stream):
                self.assertEqual(self.refuse("E_CORRUPT", at + 1)["subject"], "complaint_attempt.notice")

    def test_another_file_is_no_archive_either_way(self):
        self.into_copy()
        for text, status in (("hello\n", "E_SYNTAX"), ("hello", "E_INVALID"), ("", "E_INVALID")):
            self.file.write_text(text)
            with self.subTest(text):
                self.refused(status, "import-archive", self.file, "--keep-going")


class Whole(Archive):
    def everything(self, number):
        shown = self.ask("show", number, at=LATER)
        for notice in shown["notices"]:
            for column in ("state", "settled_at", "not_before"):
                notice.pop(column)
        shown["events"] = [event for event in shown["events"] if event["verb"] != "silenced"]
        return shown

    def test_there_and_back(self):
        first, second = self.fill()
        before = [self.everything(number) for number in (first, second)]
        lines, inbox, aside = self.export(at=LATER), self.ask("inbox", at=LATER), self.ask("inbox", "set_aside", at=LATER)
        answered = self.ask("message", aside[0]["message"], at=LATER)
        self.assertEqual([notice["state"] for notice in answered["notices"]], ["delivered"])
        self.into_copy()
        tally = self.ask("import-archive", self.file, at=LATER)
        self.assertEqual((tally["lines"], tally["cases"], tally["messages"]), (len(lines), 2, len(inbox) + 2 + len(aside) + len(self.ask("inbox", "reply", at=LATER))))
        self.assertGreater(tally["evidence"], 0)
        self.assertEqual(self.ask("verify", at=LATER)["findings"], [])
        self.assertEqual([self.everything(number) for number in (first, second)], before)
        self.assertEqual(self.ask("inbox", at=LATER), inbox)
        self.assertEqual(self.ask("message", aside[0]["message"], at=LATER), answered)
        self.assertEqual(self.ok("duty", "list", "--from", "2025-11-05", "--to", "2025-11-05", at=LATER).rows[0]["actor"], "malee")
        self.assertEqual(self.ask("report", "--fiscal-year", "2569", "--round", "12", at=LATER), self.report_of("complaint.db"))

    def report_of(self, name):
        self.db = self.folder / name
        return self.ask("report", "--fiscal-year", "2569", "--round", "12", at=LATER)

    def test_nobody_is_told_anything(self):
        self.fill()
        waiting = sum('"state":"waiting"' in line for line in self.export(at=LATER))
        self.assertGreater(waiting, 0)
        self.into_copy()
        self.assertEqual(self.ask("import-archive", self.file, at=LATER)["silenced"], waiting)
        self.outbox.unlink()
        self.assertEqual(self.ask("deliver", at=LATER), {"delivered": 0, "accepted": 0, "retried": 0, "refused": 0})
        self.assertFalse(self.outbox.exists())

    def test_an_acknowledgement_that_was_not_sent_is_on_its_way_no_more(self):
        self.fill()
        third = self.open_case("--thread", "t3")
        self.do("acknowledge", third)
        self.refused("E_STATE", "do", "acknowledge", third, at=LATER)
        self.export(at=LATER)
        self.into_copy()
        self.ok("import-archive", self.file, at=LATER)
        self.assertEqual(self.ask("show", third, at=LATER)["events"][-1]["label"], "ระงับข้อความที่รอส่ง")
        self.do("acknowledge", third, at=LATER)
        self.ok("deliver", at=LATER)
        self.assertIn("acknowledgement", self.outbox.read_text(encoding="utf-8").splitlines()[-1])
        self.assertGreater(self.ask("show", third, at=LATER)["case"]["acknowledged_at"], 0)
        self.assertEqual(self.ask("verify", at=LATER)["findings"], [])

    def test_read_again_nothing_is_silenced_twice(self):
        self.fill()
        self.export(at=LATER)
        self.into_copy()
        self.ok("import-archive", self.file, at=LATER)
        lines = self.export(at=LATER)
        self.copy = self.folder / "third.db"
        self.into_copy()
        self.assertEqual(self.ask("import-archive", self.file, at=LATER)["silenced"], 0)
        self.assertEqual(len(self.export(at=LATER)), len(lines))

    def test_an_office_that_moves_sends_what_it_owes(self):
        self.fill()
        waiting = sum('"state":"waiting"' in line for line in self.export(at=LATER))
        self.into_copy()
        self.assertEqual(self.ask("import-archive", self.file, "--keep-waiting", at=LATER)["silenced"], 0)
        self.assertEqual(self.ask("deliver", at=LATER)["delivered"], waiting)
        self.assertEqual(self.ask("verify", at=LATER)["findings"], [])

    def test_work_goes_on_where_it_stopped(self):
        first, second = self.fill()
        self.export(at=LATER)
        self.into_copy()
        self.ok("import-archive", self.file, at=LATER)
        again = self.do("acknowledge", first, "--request-id", "ack-1", at=LATER)
        self.assertEqual(again["repeated"], 1)
        self.assertEqual(self.open_case("--thread", "t9", at=LATER), "1/2570")
        self.do("report_result", first, "from_unit=quality", "outcome=resolved", "text=แก้แล้ว", at=LATER, options=("--on-behalf", "quality"))
        self.do("unlink", second, f"case={first}", at=LATER)
        self.assertEqual(self.ask("verify", at=LATER)["findings"], [])

    def test_again_it_is_the_same_archive(self):
        self.fill()
        lines = self.export(at=LATER)
        self.into_copy()
        self.ok("import-archive", self.file, "--keep-waiting", at=LATER)
        definitions = lambda lines: [line for line in lines if not line.startswith(('{"complaint_definition"', '{"complaint_archive_end"'))]
        self.assertEqual(definitions(self.export(at=LATER)), definitions(lines))

    def test_check_writes_nothing(self):
        self.fill()
        self.export()
        self.into_copy()
        self.assertEqual(self.ask("import-archive", self.file, "--check")["refused"], 0)
        self.assertEqual(self.ask("inbox", "opened"), [])
        self.db = self.folder / "complaint.db"
        self.assertGreater(self.ask("import-archive", self.file, "--check")["events"], 0)  # also beside an office that has something

    def test_an_empty_office(self):
        self.assertEqual(len(self.export()), 4)
        self.into_copy()
        self.assertEqual(self.ask("import-archive", self.file)["events"], 0)

    def test_a_long_message_and_bytes_that_are_no_text(self):
        text = "ก\"\\\n\t" * 50000
        message = self.ask("receive", "--channel", "facebook", "--id", "long", stdin=text)["message"]
        self.export()
        self.into_copy()
        self.ok("import-archive", self.file)
        self.assertEqual(self.ask("message", message)["message"]["body"], text)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
