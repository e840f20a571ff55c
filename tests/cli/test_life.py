"""The happy half: a case from the message to the closing, and what lists and documents look like for people and programs."""
import hashlib
import json
import os
import pathlib
import pty
import subprocess
import sys
import unittest

from desk import COMMAND, NOON, SOURCE, DeskTest, width

ACKNOWLEDGEMENT = "สำนักงานสาธารณสุขจังหวัดเชียงรายได้รับเรื่องแล้ว และจะดำเนินการประสานส่งต่อหน่วยงานที่เกี่ยวข้องต่อไป ขอขอบคุณ"


class Life(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()

    def test_from_message_to_closing(self):
        number = self.open_case("--thread", "t-77", "--from", "มะลิ")
        self.assertEqual(number, "1/2569")
        self.do("acknowledge", number, "particle=ค่ะ", at="2025-11-05T13:30")
        self.assertEqual(self.ask("deliver", at="2025-11-05T13:31"), {"delivered": 1, "accepted": 0, "retried": 0, "refused": 0})
        notice = json.loads(self.outbox.read_text(encoding="utf-8"))
        self.assertEqual((notice["to"], notice["channel"], notice["address"], notice["at"]), ("complainant", "facebook", "t-77", "2025-11-05T13:31:00+07:00"))
        self.assertEqual(notice["body"], ACKNOWLEDGEMENT + "ค่ะ")
        self.do("classify", number, "class=service", "nature=grievance", at="2025-11-05T13:40")
        self.do("flag", number, "flag=urgent", at="2025-11-05T13:41")
        self.do("consider", number, "decision=agreed", "spoken=1", at="2025-11-05T14:00", who="head:somsak")
        self.do("forward", number, "unit=quality", "days=3", at="2025-11-05T14:10")
        waiting = self.ask("worklist", "unit", at="2025-11-06T09:00", who="unit:napa", options=("--unit", "quality"))
        self.assertEqual([row["unit"] for row in waiting], ["quality"])
        self.do("follow_up", number, "text=โทรถาม", at="2025-11-10T10:00")
        self.do("report_result", number, "from_unit=quality", "outcome=resolved", "text=เพิ่มช่องบริการแล้ว", at="2025-11-12T10:00", who="unit:napa", options=("--unit", "quality"))
        self.do("notify_result", number, "text=เพิ่มช่องบริการแล้ว", at="2025-11-12T11:00")
        self.assertEqual(self.ask("deliver", at="2025-11-12T11:01")["delivered"], 3)  # the head's notice of the flag waited too, and the unit's of the matter
        self.do("close", number, at="2025-11-12T11:05")
        shown = self.ask("show", number, at="2025-11-12T12:00")
        self.assertEqual((shown["case"]["state"], shown["case"]["phase"]), ("closed", "closed"))
        self.assertEqual({clock["late_ms"] for clock in shown["clocks"] if clock["state"] == "stopped"}, {0})
        self.assertEqual(self.ask("worklist", at="2025-11-12T12:00"), [])
        self.assertEqual(self.ask("verify", at="2025-11-12T12:00")["findings"], [])

    def test_thai_digits_and_case_id_name_the_same_case(self):
        number = self.open_case()
        by_number = self.ask("show", number)
        self.assertEqual(self.ask("show", "๑/๒๕๖๙"), by_number)
        self.assertEqual(self.ask("show", by_number["case"]["case_id"]), by_number)

    def test_files_come_with_a_message_and_with_an_action(self):
        photo, scan = self.folder / "คลินิก.jpg", self.folder / "scan.pdf"
        photo.write_bytes(b"\xff\xd8photo")
        scan.write_bytes(b"")
        message = self.receive("ดูภาพ", "--evidence", photo, f"--evidence={scan}")
        self.assertEqual([(e["name"], e["media_type"], e["size_bytes"]) for e in self.ask("message", message)["evidence"]], [("คลินิก.jpg", "image/jpeg", 7), ("scan.pdf", "application/pdf", 0)])
        case = self.ask("triage", message, "--open", "--evidence", scan)["case_id"]
        self.do("add_evidence", case, "--evidence", photo, "text=ภาพเพิ่มเติม")
        self.assertEqual(self.ask("show", case)["events"][-1]["verb"], "add_evidence")
        self.assertIn(hashlib.sha256(b"\xff\xd8photo").hexdigest(), self.ask("show", case)["events"][-1]["payload"])
        self.assertEqual(self.ask("verify")["findings"], [])

    def test_who_of_several_is_asked_with_the_names_on_a_screen_only(self):
        """A refusal may end up in a log, so it numbers people by their channels; whoever sits before it sees the names that he may see."""
        number = self.open_case("--from", "สมหมาย ใจงาม")
        self.do("add_complainant", number, "name=มานี มีนา", "channel=phone", "address=053-000-000")
        for verb, words in (("withdraw", []), ("update_complainant", ["identity=named"])):
            refusal = self.refused("E_REQUIRED", "do", verb, number, *words)
            self.assertIn("(party): 1 (กล่องข้อความเพจ Facebook), 2 (โทรศัพท์)", refusal["th"])
            self.assertNotIn("มานี", json.dumps(refusal, ensure_ascii=False))
            outer, inner = pty.openpty()
            with subprocess.Popen([COMMAND, "--db", self.db, "--at", NOON, "--as", "officer:malee", "do", verb, number, *words], stdout=subprocess.DEVNULL, stderr=inner) as process:
                os.close(inner)
                said = b""
                while "มานี มีนา".encode() not in said:  # the last of them; a terminal that closes before is an error
                    said += os.read(outer, 65536)
            os.close(outer)
            self.assertEqual(process.returncode, 1)
            self.assertIn("สมหมาย ใจงาม", said.decode(errors="replace"))

    def test_a_file_that_cannot_be_read_changes_nothing(self):
        number = self.open_case()
        before = self.ask("show", number)
        for gone in (self.folder / "gone.jpg", self.folder):
            answer = self.call("do", "add_evidence", number, "--evidence", gone)
            self.assertEqual(answer.code, 1)
            self.assertIn(str(gone), answer.err)
        self.assertEqual(self.ask("show", number), before)
        self.misused("do", "add_evidence", number, "--evidence")
        self.misused("do", "add_evidence", number, *(word for i in range(65) for word in ("--evidence", "x")))

    def test_an_address_of_its_own(self):
        message = self.receive("ติดต่อทางนี้", "--thread", "t1", "--address", "malee@example.org")
        case = self.ask("triage", message, "--open", "identity=named")["case_id"]
        self.assertEqual(self.ask("show", case)["parties"][0]["address"], "malee@example.org")

    def test_triage_joins_and_sets_aside(self):
        number = self.open_case("--thread", "t1")
        joined, thanks = self.receive("เพิ่มเติมค่ะ", "--thread", "t2"), self.receive("ขอบคุณค่ะ")
        by_another = self.call("triage", joined, "--join", number)
        self.assertEqual(by_another.code, 0)
        self.assertIn(f"--message {joined}", by_another.err)
        self.assertIn("the sender is no complainant of the case", by_another.err)
        self.assertEqual(sorted(row["party"] for row in self.ask("show", number)["messages"]), [0, 1])
        self.do("add_complainant", number, "--message", joined)
        self.assertEqual(sorted(row["party"] for row in self.ask("show", number)["messages"]), [1, 2])
        self.ok("triage", thanks, "--set-aside", "คำขอบคุณ")
        self.assertEqual([row["message"] for row in self.ask("inbox", "joined")], [joined])
        self.assertEqual([row["message"] for row in self.ask("inbox", "set_aside")], [thanks])
        self.assertEqual(self.ask("inbox"), [])
        self.assertIn("คำขอบคุณ", self.ok("message", thanks).out)
        self.assertIn(number, self.ok("message", joined).out)
        self.assertNotRegex(self.ok("message", thanks).out, r"(?m)^\s*เรื่อง\s")  # it belongs to no case

    def test_what_is_no_matter_is_answered(self):
        thanks, spam = self.receive("ขอบคุณค่ะ", "--thread", "t7"), self.receive("เงินด่วน", "--thread", "t8")
        self.ok("triage", thanks, "--set-aside", "thanks", "particle=ค่ะ")
        self.ok("triage", spam, "--set-aside", "spam")
        self.assertEqual(self.ask("deliver")["delivered"], 1)
        sent = [json.loads(line) for line in self.outbox.read_text(encoding="utf-8").splitlines()][-1]
        self.assertEqual((sent["to"], sent["channel"], sent["address"], sent["template"]), ("sender", "facebook", "t7", "no_complaint"))
        self.assertTrue(sent["body"].endswith("ขอขอบคุณค่ะ"))
        shown = self.ok("message", thanks).out
        for word in ("ข้อความออก", "ตอบข้อความที่คัดออก", "ผู้ส่งข้อความ", "ส่งแล้ว"):
            self.assertIn(word, shown)
        self.assertIn("ขอบคุณ", shown)  # the reason, in the policy's words
        self.assertNotIn("ข้อความออก", self.ok("message", spam).out)
        self.misused("triage", thanks, "--join", "1/2569", "particle=ค่ะ")

    def test_a_channel_nobody_has_looked_at(self):
        self.ok("duty", "check", "facebook")
        self.ok("duty", "assign", "line", "napa", who="head:somchai")
        self.assertEqual(self.ask("tick", at="2025-11-05T14:59"), {"clocks": 0, "notices": 0, "duties": 0})
        self.assertEqual(self.ask("tick", at="2025-11-05T15:00"), {"clocks": 0, "notices": 3, "duties": 3})
        self.assertEqual(self.ask("deliver", at="2025-11-05T15:00")["delivered"], 3)
        bodies = [json.loads(line)["body"] for line in self.outbox.read_text(encoding="utf-8").splitlines()]
        self.assertEqual([("napa" in body, "Facebook" in body) for body in bodies], [(True, False), (False, False), (False, False)])
        self.assertEqual(self.ask("tick", at="2025-11-05T16:00")["duties"], 0)

    def test_same_message_twice_is_one(self):
        first = self.ask("receive", "--channel", "facebook", "--id", "m1", "สวัสดี")
        again = self.ask("receive", "--channel", "facebook", "--id", "m1", "สวัสดี")
        self.assertEqual((again["message"], first["repeated"], again["repeated"]), (first["message"], 0, 1))
        self.assertNotEqual(self.receive("สวัสดี"), self.receive("สวัสดี"))
        self.assertEqual(len(self.ask("inbox")), 3)

    def test_a_person_at_a_terminal_is_told_what_it_waits_for(self):
        outer, inner = pty.openpty()
        self.addCleanup(os.close, outer)
        command = [COMMAND, "--db", self.db, "--at", "2025-11-05T12:00", "--json", "receive", "--channel", "line"]
        with subprocess.Popen(command, stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            os.close(inner)
            hint = process.stderr.readline().decode() + process.stderr.readline().decode()
            os.write(outer, "สวัสดีค่ะ\n\x04".encode())
            out, more = process.communicate()
        self.assertIn("Ctrl-D", hint.splitlines()[0])
        self.assertEqual((process.returncode, more), (0, b""))
        self.assertEqual(self.ask("message", json.loads(out)["message"])["message"]["body"], "สวัสดีค่ะ\n")

    def test_message_from_standard_input(self):
        text = "บรรทัดหนึ่ง\nบรรทัดสอง\tแท็บ \\n\n"
        message = self.ask("receive", "--channel", "line", stdin=text)["message"]
        self.assertEqual(self.ask("message", message)["message"]["body"], text)
        self.assertEqual(self.ok("inbox").rows[0]["body"], text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t"))

    def test_dashes_behind_two_dashes_are_text(self):
        message = self.ask("receive", "--channel", "line", "--", "--เร่งด่วน--")["message"]
        self.assertEqual(self.ask("message", message)["message"]["body"], "--เร่งด่วน--")

    def test_numbers_and_dates_may_be_text(self):
        number = self.open_case()
        for text in ("123", "2026-01-01", "๗", "x=y=z"):
            self.do("note", number, f"text={text}")
        notes = [json.loads(event["sealed"])["text"] for event in self.ask("show", number)["events"] if event["verb"] == "note"]
        self.assertEqual(notes, ["123", "2026-01-01", "๗", "x=y=z"])

    def test_entered_later(self):
        number = self.open_case()
        self.do("contact", number, "text=โทร 1669", "--happened", "2025-11-05T12:30", at="2025-11-06T09:00")
        event = self.ask("show", number)["events"][-1]
        self.assertEqual(event["entered_at"] - event["happened_at"], (20 * 60 + 30) * 60 * 1000)
        self.assertIn("(บันทึก 6 พ.ย. 2568 เวลา 09.00 น.)", self.ok("show", number).out)

    def test_a_case_that_waits_for_no_clock_is_still_open(self):
        case = self.ask("triage", self.ask("receive", "--channel", "phone", "ขอข้อมูล")["message"], "--open")["case_id"]
        for words in (["register"], ["classify", "class=information_request"], ["acknowledge", "by_hand=phone"], ["answer", "answer=given", "text=บอกแล้ว", "by_hand=phone"]):
            self.do(words[0], case, *words[1:])
        row = self.ok("worklist").rows[0]
        self.assertEqual((row["case_id"], row["due_at"]), (case, ""))
        self.assertNotIn("กำหนดถัดไป", self.ok("show", case).out)

    def test_actions_say_what_they_need(self):
        number = self.open_case()
        rows = {row["verb"]: row for row in self.ok("do", "help", number).rows}
        self.assertEqual(rows["classify"]["required"], "class")
        self.assertEqual(rows["classify"]["refusal"], "")
        self.assertNotEqual(rows["close"]["refusal"], "")
        self.assertEqual(self.ok("do", "-", number).rows, list(rows.values()))
        self.assertEqual([row["verb"] for row in self.ask("do", "help", number)], list(rows))


class Output(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()
        self.numbers = [self.open_case("--thread", f"t{i}", "--from", name) for i, name in enumerate(("ก้อย ก้อย", "สมใจ ไม่บอกนามสกุล", "Jaa"))]

    def test_tsv_and_json_say_the_same(self):
        for words in (["worklist"], ["worklist", "due"], ["inbox", "opened"], ["worklist", "refused"]):
            rows, objects = self.ok(*words).rows, self.ask(*words)
            self.assertEqual(len(rows), len(objects))
            for row, found in zip(rows, objects):
                key = "message" if "message" in row else "case_id"
                self.assertEqual(row[key], found[key])
                self.assertTrue(set(row) & set(found))

    def test_every_column_of_a_table_is_in_json(self):
        """What a person reads off a list a program finds too, under the same name, and in the same words wherever the row lies."""
        self.crowd()
        self.do("acknowledge", self.numbers[0])
        self.ok("deliver", options=("--outbox", "/dev/full"))
        lists = [["worklist", name] for name in ("open", "mine", "due", "overdue", "unacknowledged", "head", "chase", "refused", "duties")] + [["inbox"], ["inbox", "opened"], ["duty", "list"]]
        seen = set()
        for words in lists:
            rows, objects = self.ok(*words, at="2025-11-05T14:00").rows, self.ask(*words, at="2025-11-05T14:00")
            self.assertEqual(len(rows), len(objects), words)
            seen |= {words[1] for row in rows if words[0] == "worklist"}
            for row, found in zip(rows, objects):
                for name, cell in row.items():
                    with self.subTest(words=words, column=name):
                        self.assertIn(name, found)
                        if name == "register_number":
                            self.assertEqual(found["number"], cell or None)
                        elif name == "due_at":
                            self.assertEqual(found["deadline"], cell or None)
                        elif isinstance(found[name], str):
                            self.assertEqual(found[name], cell.replace("\\n", "\n"))
        self.assertLessEqual({"open", "due", "overdue", "unacknowledged", "head", "chase", "duties"}, seen)

    def test_each_list_of_cases_names_the_case_and_its_deadline(self):
        self.crowd()
        case = {number: self.ask("show", number)["case"] for number in self.numbers}
        for name in ("open", "due", "unacknowledged", "head", "chase"):
            found = self.ask("worklist", name)
            self.assertTrue(found)
            for row in found:
                own = case[row["number"]]
                self.assertEqual([row[member] for member in ("case_id", "register_number", "fiscal_year", "class", "flags", "case_state")],
                                 [own["case_id"], own["register_number"], 2569, own["class"], own["flags"], own["state"]])
        for at, days in (("2025-11-05T12:00", 1), ("2025-11-06T00:00", 0), ("2025-11-06T23:59", 0), ("2025-11-07T00:00", -1), ("2025-11-09T12:00", -3)):
            row = self.ask("worklist", "unacknowledged", at=at)[0]
            self.assertEqual((row["deadline"], row["days_left"]), ("2025-11-07T00:00:00+07:00", days))
        fresh = self.ask("triage", self.receive("ยังไม่ลงทะเบียน", "--thread", "t8"), "--open")["case_id"]
        row = next(row for row in self.ask("worklist") if row["case_id"] == fresh)
        self.assertEqual((row["number"], row["register_number"], row["case_state"]), (None, 0, "received"))
        self.assertEqual((self.ask("show", fresh)["case"]["number"], self.ask("show", self.numbers[0])["case"]["deadline"]), (None, case[self.numbers[0]]["deadline"]))

    def test_what_was_done_is_said_in_thai_on_a_terminal(self):
        self.assertEqual(self.on_terminal("init")[0], f"ฐานข้อมูลพร้อมใช้งาน: {self.db}")
        number, said = self.numbers[0], []
        for words in (["receive", "--channel", "facebook", "--id", "m7", "สวัสดี"], ["receive", "--channel", "facebook", "--id", "m7", "สวัสดี"], ["do", "acknowledge", number, "--request-id", "a"],
                      ["do", "acknowledge", number, "--request-id", "a"], ["deliver"], ["deliver"], ["tick"], ["recompute"], ["verify"], ["seal"], ["duty", "check", "facebook"]):
            lines = self.on_terminal(*words)
            said += lines[:1]
            self.assertFalse(any("\t" in line for line in lines), lines)
        message = self.ask("inbox")[0]["message"]
        self.assertEqual(said[:9], [f"รับข้อความแล้ว รหัสข้อความ {message}", f"ข้อความนี้รับไว้ก่อนแล้ว รหัสข้อความ {message}", f"บันทึก “ตอบรับเรื่อง” ในเรื่องเลขทะเบียน {number} แล้ว",
                                    f"บันทึก “ตอบรับเรื่อง” ในเรื่องเลขทะเบียน {number} ไว้ก่อนแล้ว ไม่ได้บันทึกซ้ำ", "ส่งแล้ว 1 ข้อความ", "ไม่มีข้อความที่ต้องส่ง", "ไม่มีกำหนดเวลาที่ต้องแจ้งเตือนในขณะนี้",
                                    "คำนวณกำหนดเวลาใหม่ 3 เรื่อง, กำหนดเวลาไม่เปลี่ยน", "ตรวจสอบบันทึก 15 รายการ ถูกต้องทั้งหมด"])
        self.assertIn("ตราประทับของเหตุการณ์", said[9])
        self.assertIn("ตรวจช่องทาง “กล่องข้อความเพจ Facebook” แล้ว", said[10])
        self.assertIn("รหัสข้อความ", self.on_terminal("triage", message, "--set-aside", "คำทักทาย")[0])
        self.assertIn("คัดกรองแล้ว ข้อความอยู่ในเรื่องรหัส ", self.on_terminal("triage", message, "--open")[0])
        self.assertEqual(self.on_terminal("tick", at="2025-11-07T09:00")[0].split(" ")[0], "แจ้งเตือน")

    def test_the_same_in_a_pipe_is_names_and_numbers(self):
        self.do("acknowledge", self.numbers[0])
        self.assertEqual(self.ok("deliver").out, "delivered\t1\naccepted\t0\nretried\t0\nrefused\t0\n")
        self.assertEqual(self.ok("recompute").out, "cases\t3\nmoved\t0\nreverted\t0\ndamaged\t0\n")
        self.assertRegex(self.ok("verify").out, r"^checked\t\d+\nfindings\t0\n$")
        self.assertEqual(list(self.ok("init").pairs), ["db", "policy", "office"])
        self.assertEqual(list(self.ok("do", "note", self.numbers[0], "text=x").pairs), ["case", "number", "revision"])
        self.assertEqual(list(self.ok("seal").pairs), ["seal", "until", "events"])
        for at in (NOON, "2025-11-05T12:34:56.789"):
            sealed = self.ok("seal", at=at)
            self.assertEqual(self.ok("seal", "--until", sealed.pairs["until"], at="2025-11-07").out, sealed.out)
            self.assertEqual(self.ask("seal", at=at)["until_iso"], sealed.pairs["until"])
            self.assertIn(sealed.pairs["until"], self.on_terminal("seal", at=at)[-1])

    def test_due_list_names_the_case(self):
        found = {(row["register_number"], row["rule"], row["due_at"]) for row in self.ok("worklist", "due").rows}
        self.assertEqual(found, {(number, rule, "2025-11-07T00:00:00+07:00") for number in self.numbers for rule in ("acknowledge", "forward")})

    def test_tables_are_aligned_on_a_terminal(self):
        for words in (["worklist"], ["inbox", "opened"], ["worklist", "unacknowledged"]):
            lines = self.on_terminal(*words)
            self.assertGreaterEqual(len(lines), 4)
            ends = self.column_ends(lines)
            self.assertGreaterEqual(len(ends), 3, "\n".join(lines))
            self.assertFalse(any(line.endswith(" ") for line in lines))

    def crowd(self):
        """Cases with long words in every column: several flags, several units, a class of three names."""
        self.do("classify", self.numbers[0], "class=establishment")
        self.do("forward", self.numbers[0], "unit=quality,consumer,finance", "days=1")
        for flag in ("urgent", "sensitive", "corruption"):
            self.do("flag", self.numbers[1], f"flag={flag}")
        self.receive("ข้อความยาวมากที่ยังไม่ได้คัดกรอง" * 5, "--from", "ชื่อยาวมากที่ตั้งไว้ในเฟซบุ๊ก ไม่ใช่ชื่อจริง", "--thread", "t9")

    LISTS = (["worklist"], ["worklist", "due"], ["worklist", "head"], ["worklist", "chase"], ["worklist", "unacknowledged"], ["worklist", "duties"], ["inbox"], ["inbox", "opened"], ["duty", "list"])

    def test_lists_fit_the_terminal(self):
        self.crowd()
        for words in self.LISTS:
            rows = len(self.ok(*words).rows)
            for columns in (60, 80, 100, 140):
                lines = self.on_terminal(*words, columns=columns)
                with self.subTest(words=words, columns=columns):
                    self.assertLessEqual(max(map(width, lines)), columns, "\n".join(lines))
                    self.assertGreater(len(lines), rows)
                    self.assertFalse(any(line.endswith(" ") for line in lines))
        for words in (["show", self.numbers[0]], ["show", self.numbers[1], "--explain"], ["do", "help", self.numbers[1]], ["today"], ["--help"]):
            lines = self.on_terminal(*words, columns=80)
            copied = [line for line in lines if "ขอขอบคุณครับ/ค่ะ" in line]  # a text to copy stays in one line
            self.assertLessEqual(max(width(line) for line in lines if line not in copied), 80, words)

    def test_what_a_narrow_terminal_leaves_out_is_said(self):
        self.crowd()
        wide, narrow = self.on_terminal("worklist", columns=250), self.on_terminal("worklist", columns=80)
        self.assertIn("รับเมื่อ", wide[0])
        self.assertEqual(len(wide), 4)
        self.assertNotIn("รับเมื่อ", narrow[0])
        self.assertTrue(narrow[-1].startswith("(จอแคบ ไม่ได้แสดง ") and "รับเมื่อ" in narrow[-1], narrow)
        text = "".join(line.replace(" ", "") for line in narrow)
        for whole in ("เลขทะเบียน", self.numbers[1], "กำหนดถัดไป", "กล่าวหา"):
            self.assertIn(whole, text)

    def test_signs_are_not_parted_from_their_letters(self):
        """A line never begins with a Thai vowel or tone that stands above, below or behind a letter."""
        self.crowd()
        for columns in range(60, 120, 7):
            for words in (["worklist"], ["worklist", "chase"], ["show", self.numbers[0]]):
                for line in self.on_terminal(*words, columns=columns):
                    for cell in line.split("  "):
                        self.assertNotIn(cell.strip()[:1], set("ะัาำิีึืฺุู็่้๊๋์ํๅๆ") - {""}, line)

    def test_the_width_of_the_environment(self):
        self.crowd()
        by_terminal = self.on_terminal("worklist", columns=80)
        self.assertEqual(self.on_terminal("worklist", columns=200, environment={"COLUMNS": "80"}), by_terminal)
        self.assertEqual(self.on_terminal("worklist", columns=80, environment={"COLUMNS": "wide"}), by_terminal)
        piped = self.ok("worklist").out
        self.assertEqual(self.call("worklist", env=dict(os.environ, COLUMNS="60")).out, piped)

    def test_a_case_without_a_number_is_known_by_its_id(self):
        case = self.ask("triage", self.receive("ยังไม่ลงทะเบียน", "--thread", "t8"), "--open")["case_id"]
        self.assertIn(case, "\n".join(self.on_terminal("worklist", columns=80)))
        self.assertIn(case, self.ok("today").out)

    @staticmethod
    def column_ends(lines):
        """Screen columns at which every line has two blanks: the gaps between aligned columns."""
        def blanks(line):
            found, at = set(), 0
            for character, following in zip(line, line[1:] + " "):
                if character == following == " ":
                    found.add(at)
                at += width(character)
            return found | set(range(at, 400))
        gaps = set.intersection(*map(blanks, lines))
        longest = max(map(width, lines))
        return {gap for gap in gaps if gap < longest and gap + 1 not in gaps}

    def test_strangers_do_not_move_the_cursor(self):
        message = self.receive("แดง\x1b[31m\x07\x9b2J\r\nบรรทัดสอง", "--from", "ก\nข\tค", "--thread", "t9")
        for words in (["inbox"], ["message", message]):
            screen = "\n".join(self.on_terminal(*words))
            self.assertIn("แดง?[31m?", screen)
            self.assertIn("ก ข ค" if words == ["inbox"] else "บรรทัดสอง", screen)
            self.assertFalse(set(screen) - {"\n"} & {chr(c) for c in [*range(32), *range(127, 160)]})
        self.assertEqual(self.ask("message", message)["message"]["body"], "แดง\x1b[31m\x07\x9b2J\r\nบรรทัดสอง")

    def test_the_log_says_on_whose_behalf(self):
        number = self.numbers[0]
        self.do("classify", number, "class=service")
        self.do("forward", number, "unit=quality")
        self.do("report_result", number, "from_unit=quality", "outcome=resolved", "text=แก้แล้ว", options=("--on-behalf", "quality"))
        self.do("note", number, "text=ทราบ", who="head:wanna", options=("--acting-for", "somsak"))
        out = self.ok("show", number).out
        self.assertIn("เจ้าหน้าที่รับเรื่อง malee แทน กลุ่มงานพัฒนาคุณภาพและรูปแบบบริการ", out)
        self.assertIn("หัวหน้ากลุ่มงาน wanna รักษาการแทน somsak", out)

    def test_others_may_not_read_the_database(self):
        self.assertEqual(self.db.stat().st_mode & 0o077, 0)

    def test_a_document_says_days_the_thai_way(self):
        out = self.ok("show", self.numbers[0]).out
        for text in ("เลขทะเบียน 1/2569", "5 พ.ย. 2568 เวลา 12.00 น.", "สิ้นวันที่ 6 พ.ย. 2568", "กำลังนับ", "ลงทะเบียน", "กล่องข้อความเพจ Facebook"):
            self.assertIn(text, out)
        late = self.ok("show", self.numbers[0], at="2025-11-09T12:00").out
        self.assertIn("เกินกำหนดแล้ว", late)
        self.assertIn("(เกิน 2 วัน 12 ชม.)", late)

    def test_report(self):
        path = self.folder / "report.txt"
        self.ok("report", "--fiscal-year", "2569", "--round", "6", "--output", path, at="2026-04-01T09:00")
        text = path.read_text(encoding="utf-8")
        self.assertIn("2569", text)
        figures = json.loads(self.ok("report", "--fiscal-year", "2569", "--round", "6", "--format", "json").out)
        self.assertTrue(figures)
        self.assertEqual(json.loads(self.ok("report", "--fiscal-year", "2569", "--round", "6", options=("--json",)).out), figures)


class WithoutDatabase(DeskTest):
    def test_policy(self):
        names = self.run_words("policy", "list").out.split()
        self.assertIn("moph-chiangrai-2569", names)
        self.assertEqual(self.run_words("--json", "policy", "list").json, names)
        for name in names:
            shown = self.run_words("--json", "policy", "show", name).json
            self.assertEqual(shown["id"], name)
            self.assertEqual(self.run_words("policy", "show", name).out, shown["text"])
            path = SOURCE / f"lib/data/policies/{name}.json"
            self.assertEqual(self.run_words("--json", "policy", "check", path).json["digest"], shown["digest"])

    def test_policy_from_a_file(self):
        path = SOURCE / "lib/data/policies/moph-chiangrai-2569.json"
        self.ok("init", options=("--policy", path))
        self.receive("สวัสดี", options=("--policy", path))

    def test_dates(self):
        lines = "2026-11-05\n2026-11-05T08:30\n2026-11-05T01:30Z\r\n"
        for style, first, second in (("long", "5 พฤศจิกายน 2569", "5 พฤศจิกายน 2569 เวลา 08.30 น."), ("short", "5 พ.ย. 2569", "5 พ.ย. 2569 เวลา 08.30 น."),
                                     ("numeric", "05/11/2569", "05/11/2569 เวลา 08.30 น."), ("official", "วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙", "วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙ เวลา ๐๘.๓๐ น.")):
            self.assertEqual(self.run_words("date", "format", "--style", style, stdin=lines).out.splitlines(), [first, second, second])
        self.assertEqual(self.run_words("date", "format", "--thai-digits", stdin="2026-11-05\n").out, "๕ พฤศจิกายน ๒๕๖๙\n")

    def test_lines_are_answered_one_by_one(self):
        """Another program may wait for each answer before it asks again."""
        for words, talk in ((["date", "parse", "--reference", "2026-11-05"], (("๕ พ.ย. ๖๙", "2026-11-05"), ("5 พฤศจิกายน 2569\\nเวลา 08.30 น.", "2026-11-05T08:30:00+07:00"), ("พรุ่งนี้", "error:syntax"), ("", "error:empty"), ("5/11/26", "error:ambiguous_year"))),
                            (["date", "format", "--style", "official"], (("2026-11-05", "วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙"), ("5 พ.ย. 2569", "error:syntax"), ("2026-02-30", "error:invalid_day")))):
            with subprocess.Popen([COMMAND, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
                for line, answer in talk:
                    process.stdin.write(f"{line}\n".encode())
                    process.stdin.flush()
                    self.assertEqual(process.stdout.readline().decode(), answer + "\n")
                process.stdin.close()
            self.assertEqual(process.returncode, 0)

    def test_a_last_line_without_end_counts(self):
        self.assertEqual(self.run_words("date", "format", stdin="2026-11-05").out, "5 พฤศจิกายน 2569\n")

    def test_every_date_may_be_written_the_thai_way(self):
        self.make_desk()
        message = self.receive("สวัสดี", "--sent-at", "๕ พฤศจิกายน พ.ศ. ๒๕๖๘ เวลา ๐๙.๑๕ น.", at="5 พ.ย. 68 เวลา 12.00 น.")
        self.assertEqual(self.ask("message", message)["message"]["sent_at"], 1762308900000)
        case = self.ask("triage", message, "--open", "--happened", "5/11/2568 09:20")["case_id"]
        number = self.ask("do", "register", case, "--happened", "2568-11-05T09:30")
        event = self.ask("show", case)["events"][-1]
        self.assertEqual((event["happened_at"], number["register_number"]), (1762309800000, 1))
        for same in (["2026-04-10", "2026-04-20"], ["10 เมษายน 2569", "๒๐ เม.ย. ๖๙"], ["10/4/2569", "วันจันทร์ที่ 20 เมษายน 2569"]):
            self.assertEqual(self.run_words("calendar", "count", *same).out, self.run_words("calendar", "count", "2026-04-10", "2026-04-20").out)
            self.assertEqual(self.run_words("calendar", "due", "--from", same[0], "--length", "3", "--unit", "working_days").out, "2026-04-20\tannounced\n")
        self.assertEqual(self.run_words("date", "parse", "--reference", "5 พฤศจิกายน 2569", stdin="5/11/69\n").out, "2026-11-05\n")
        self.assertEqual(self.ask("seal", "--until", "6 พ.ย. 2568"), self.ask("seal", "--until", "2025-11-06"))

    def test_calendar(self):
        rows = [line.split("\t") for line in self.run_words("calendar", "holidays", "2569").out.splitlines()]
        self.assertTrue(all(len(row) == 5 for row in rows))
        self.assertEqual([row[0] for row in rows], sorted(row[0] for row in rows))
        self.assertIn(["2026-04-13", "วันสงกรานต์", "fixed", "national", "announced"], rows)
        for words, answer in ((["--from", "2026-04-10", "--length", "3", "--unit", "working_days"], "2026-04-20\tannounced\n"), (["--from", "2026-04-10T23:00", "--length", "1", "--unit", "calendar_days"], "2026-04-11\tannounced\n"),
                              (["--from", "2026-04-10", "--length", "1", "--unit", "calendar_days", "--roll", "following"], "2026-04-16\tannounced\n")):
            self.assertEqual(self.run_words("calendar", "due", *words).out, answer)
        self.assertEqual(self.run_words("calendar", "count", "2026-04-13", "2026-04-18").out, "2\n")

    def test_the_calendar_in_json(self):
        rows = [line.split("\t") for line in self.run_words("calendar", "holidays", "2569").out.splitlines()]
        found = self.run_words("--json", "calendar", "holidays", "2569").json
        self.assertEqual([[day["date"], day["kind"], day["scope"], day["status"]] for day in found], [[row[0], *row[2:]] for row in rows])
        self.assertTrue(all(row[1].startswith(day["name"]) and (row[1] != day["name"]) == bool(day["at_rest"]) for day, row in zip(found, rows)))
        due = ["calendar", "due", "--from", "10 เม.ย. 2569", "--length", "3", "--unit", "working_days"]
        self.assertEqual(self.run_words("--json", *due).json, {"last_day": "2026-04-20", "status": "announced"})
        steps = self.run_words("--json", *due, "--explain").json["steps"]
        self.assertEqual(len(steps) * 2 + 1, len(self.run_words(*due, "--explain").out.splitlines()))
        self.assertIn("193/3", steps[1]["law_th"])
        self.assertEqual(self.run_words("--json", "calendar", "count", "2026-04-13", "2026-04-18").json, {"working_days": 2})


class Minimal(unittest.TestCase):
    def test_the_smallest_host(self):
        program = pathlib.Path(os.environ.get("COMPLAINT_BUILD", SOURCE / "build/dev")) / "examples/minimal"
        done = subprocess.run([program], capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        sent, said = done.stdout.splitlines()
        self.assertEqual(sent, f"to t-1: {ACKNOWLEDGEMENT}ครับ/ค่ะ")
        self.assertEqual(said, "number 1/2569, next due before 7 พฤศจิกายน 2568 เวลา 00.00 น.")
        self.assertLess(len((SOURCE / "examples/minimal.c").read_text(encoding="utf-8").splitlines()), 80)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
