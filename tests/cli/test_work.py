"""The daily work: duties, clocks that speak up, worklists, the page of today, and what may be done next. The unhappy half comes first."""
import fcntl
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
import unittest

from desk import COMMAND, SOURCE, DeskTest, width

HOSPITAL = SOURCE / "examples/data/hospital.json"


class Refused(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()

    def test_unknown_clock(self):
        for words in (["due", "nothing"], ["overdue", "acknowledge "]):
            self.assertEqual(self.refused("E_UNKNOWN_CODE", "worklist", *words)["subject"], "rule")

    def test_words_of_lists(self):
        self.assertIn("unacknowledged", self.misused("worklist", "everything"))
        self.misused("worklist", "chase", "follow_up")
        self.misused("worklist", "due", "forward", "escalate")
        self.misused("today", "please")
        self.misused("tick", "tock")
        self.misused("recompute", "1/2569")
        self.misused("completion", "fish")

    def test_duty_words(self):
        self.misused("duty")
        self.misused("duty", "forget", "facebook")
        self.misused("duty", "check")
        self.misused("duty", "list", "facebook")
        self.misused("duty", "list", "--from", "someday")
        self.misused("duty", "list", "--to", "31/2/2569")
        self.misused("duty", "list", "--from", "2025-11-05", "--to", "2025-11-04")

    def test_duty_of_a_channel_that_is_not_there(self):
        self.assertEqual(self.refused("E_UNKNOWN_CODE", "duty", "check", "telegraph")["subject"], "channel")

    def test_days_that_are_too_many(self):
        self.refused("E_RANGE", "duty", "list", "--from", "2024-01-01", "--to", "2025-11-05")

    def test_wrong_role(self):
        self.refused("E_ROLE", "duty", "check", "facebook", who="auditor:somsri")
        self.refused("E_ROLE", "duty", "list", who="unit:napa")
        self.refused("E_ROLE", "worklist", "duties", who="unit:napa")
        self.refused("E_ROLE", "recompute", who="unit:napa")
        self.refused("E_UNKNOWN_CODE", "today", who="king:rama")

    def test_tomorrow_was_not_checked(self):
        self.refused("E_RANGE", "duty", "check", "facebook", "--happened", "2025-11-06T08:00")
        self.misused("duty", "check", "facebook", "--happened", "เมื่อวาน")

    def test_read_only(self):
        for words in (["tick"], ["recompute"], ["duty", "check", "facebook"]):
            self.refused("E_READ_ONLY", *words, options=("--read-only",))

    def test_help_about_nothing(self):
        number = self.open_case()
        self.misused("do", "help", number, "settle")
        self.misused("do", "help", number, "consider")  # the head's
        self.refused("E_NOT_FOUND", "do", "help", "7/2569")

    def test_fields_that_are_cases_and_times(self):
        number = self.open_case()
        before = self.ask("show", number)
        self.refused("E_NOT_FOUND", "do", "link", number, "case=7/2569", "link=same_event")
        self.assertEqual(self.refused("E_INVALID", "do", "link", number, "case=abc", "link=same_event")["subject"], "case")
        self.assertEqual(self.refused("E_INVALID", "do", "add_paper", number, "paper_no=1", "paper_date=31/2/2569")["subject"], "paper_date")
        self.assertEqual(self.refused("E_UNKNOWN_CODE", "do", "link", number, f"case={number}", "link=twin")["subject"], "link")
        self.assertEqual(self.ask("show", number), before)

    def test_lists_of_an_empty_desk(self):
        for name in ("open", "mine", "due", "overdue", "unacknowledged", "head", "chase", "refused"):
            self.assertEqual(self.ask("worklist", name), [])
            self.assertEqual(self.ok("worklist", name).rows, [])
        self.assertIn("ไม่มี", self.ok("today").out)


class Duty(DeskTest):
    DAILY = ["facebook", "line", "web", "email"]

    def setUp(self):
        super().setUp()
        self.make_desk()

    def test_nothing_was_missed_before_the_desk_was_there(self):
        self.db = self.folder / "new.db"
        self.ok("init", at="2025-11-04T09:00")
        self.ok("duty", "check", "line", "--happened", "2025-11-01T09:00")  # from the notebook
        rows = self.ok("duty", "list").rows
        self.assertEqual({row["day"] for row in rows if row["state"] == "missed"}, {"2025-11-04"})
        self.assertEqual({row["day"] for row in rows if row["state"] == "checked"}, {"2025-11-01"})

    def test_days_to_come_have_their_roster(self):
        self.ok("duty", "assign", "line", "malee", "--day", "2025-11-08", who="head:somsak")
        rows = [row for row in self.ok("duty", "list").rows if row["day"] > "2025-11-05"]
        self.assertEqual([(row["day"], row["channel"], row["state"], row["assignee"]) for row in rows], [("2025-11-08", "line", "ahead", "malee")])

    def test_missed_days_are_marked(self):
        self.ok("duty", "check", "facebook", at="2025-11-04T16:00")
        self.ok("duty", "check", "facebook", at="2025-11-05T08:30")
        self.ok("duty", "check", "facebook", at="2025-11-05T11:00", who="head:somsak")
        rows = self.ok("duty", "list", "--from", "2025-11-03").rows
        self.assertEqual(len(rows), 3 * len(self.DAILY))
        states = {(row["day"], row["channel"]): row["state"] for row in rows}
        self.assertEqual([states[f"2025-11-0{day}", "facebook"] for day in (3, 4, 5)], ["missed", "checked", "checked"])
        self.assertEqual([states[f"2025-11-0{day}", "line"] for day in (3, 4, 5)], ["missed", "missed", "open"])
        twice = [row for row in rows if (row["day"], row["channel"]) == ("2025-11-05", "facebook")]
        self.assertEqual((twice[0]["times"], twice[0]["actor"], twice[0]["checked_at"]), ("2", "malee", "2025-11-05T08:30:00+07:00"))

    def test_a_range_of_days(self):
        days = {row["day"] for row in self.ok("duty", "list", "--from", "30 ต.ค. 2568", "--to", "๑ พ.ย. ๖๘").rows}
        self.assertEqual(days, {"2025-10-30", "2025-10-31", "2025-11-01"})
        self.assertEqual(len({row["day"] for row in self.ok("duty", "list").rows}), 7)
        self.assertEqual(self.ok("duty", "list", "--from", "2025-11-06", "--to", "2025-11-09").rows, [])  # they have not begun

    def test_the_worklist_has_what_was_not_checked(self):
        for channel in self.DAILY[1:]:
            self.ok("duty", "check", channel)
        missing = self.ask("worklist", "duties")
        self.assertEqual(len(missing), 6 * len(self.DAILY) + 1)
        self.assertEqual((missing[-1]["channel"], missing[-1]["checked_at"]), ("facebook", 0))

    def test_whose_duty_it_is(self):
        self.refused("E_ROLE", "duty", "assign", "facebook", "napa")  # the head's to say
        self.misused("duty", "assign", "facebook")
        self.misused("duty", "assign", "facebook", "napa", "--day", "someday")
        self.ok("duty", "assign", "facebook", "napa", who="head:somsak")
        self.ok("duty", "assign", "line", "malee", "--day", "8 พ.ย. 2568", who="head:somsak")
        self.ok("duty", "assign", "facebook", "malee", who="head:somsak")
        rows = self.ok("duty", "list", "--from", "2025-11-05", at="2025-11-08T12:00").rows
        self.assertEqual({(row["day"], row["channel"]): row["assignee"] for row in rows if row["assignee"]}, {("2025-11-05", "facebook"): "malee", ("2025-11-08", "line"): "malee"})
        self.assertEqual(self.ask("verify")["findings"], [])

    def test_entered_afterwards(self):
        self.ok("duty", "check", "line", "--happened", "4 พ.ย. 2568 เวลา 09.00 น.", "text=เงียบ")
        self.assertIn("2025-11-04T09:00:00+07:00", [row["checked_at"] for row in self.ok("duty", "list").rows])
        self.assertEqual(self.ask("verify")["findings"], [])


class Earlier(DeskTest):
    def test_a_check_that_was_earlier_is_confirmed_with_its_time(self):
        self.make_desk()
        self.assertIn("2025-11-05T09:00", self.ok("duty", "check", "facebook", "--happened", "2025-11-05T09:00").out)
        self.assertIn("เมื่อ 5 พ.ย. 2568 เวลา 09.00 น.", "\n".join(self.on_terminal("duty", "check", "facebook", "--happened", "2025-11-05T09:00")))

    def test_what_is_before_the_receipt_of_the_same_day_is_said_by_the_hour(self):
        self.make_desk()
        number = self.open_case()
        refusal = self.refused("E_RANGE", "do", "acknowledge", number, "by_hand=phone", "--happened", "2025-11-05T00:01")
        self.assertEqual(refusal["th"], "เวลาที่เกิดเหตุการณ์ (5 พ.ย. 2568 เวลา 00.01 น.) อยู่ก่อนเวลารับเรื่อง (5 พ.ย. 2568 เวลา 12.00 น.)")
        self.assertEqual(refusal["en"], "happened_at (2025-11-05T00:01:00+07:00) lies before the receipt of the matter (2025-11-05T12:00:00+07:00)")
        refusal = self.refused("E_RANGE", "do", "acknowledge", number, "by_hand=phone", "--happened", "2025-11-06T00:01")
        self.assertEqual(refusal["th"], "เวลาที่เกิดเหตุการณ์ (6 พ.ย. 2568 เวลา 00.01 น.) อยู่ในอนาคต เทียบกับเวลาขณะนี้ (5 พ.ย. 2568 เวลา 12.00 น.)")


class Clocks(DeskTest):
    """One case of each kind of waiting, on a Wednesday at noon."""

    def setUp(self):
        super().setUp()
        self.make_desk()
        self.new = self.open_case("--thread", "t1")
        self.urgent = self.open_case("--thread", "t2")
        self.sent = self.open_case("--thread", "t3")
        for number in (self.urgent, self.sent):
            self.do("acknowledge", number)
        self.ok("deliver")
        self.do("flag", self.urgent, "flag=urgent")
        self.do("classify", self.sent, "class=service")
        self.do("forward", self.sent, "unit=quality,hr", "days=2")

    def numbers(self, *words, **options):
        return [row["register_number"] for row in self.ok("worklist", *words, **options).rows]

    def test_each_list_has_its_cases(self):
        self.assertEqual(self.numbers("unacknowledged"), [self.new])
        self.assertEqual(self.numbers("head"), [self.urgent])
        self.assertEqual(self.numbers("chase"), [self.sent])
        self.assertEqual(sorted(self.numbers("due", "forward")), [self.new, self.urgent])
        self.assertEqual(self.numbers("overdue"), [])
        self.assertEqual(self.numbers("overdue", at="2025-11-05T13:00"), [self.urgent])  # the deadline itself is late
        self.assertEqual(self.numbers("overdue", at="2025-11-05T12:59"), [])
        self.assertEqual(self.numbers("overdue", "acknowledge", at="2025-11-07T00:00"), [self.new])

    def test_the_chase_says_who_is_asked(self):
        row = self.ok("worklist", "chase").rows[0]
        self.assertEqual((row["units"], row["phones"], row["rule"]), ("quality,hr", "", "follow_up"))
        self.do("report_result", self.sent, "from_unit=hr", "outcome=resolved", "text=แก้แล้ว", options=("--on-behalf", "hr"))
        self.assertEqual(self.ok("worklist", "chase").rows[0]["units"], "quality")

    def test_lists_are_in_order_of_their_deadlines(self):
        self.do("flag", self.new, "flag=sensitive")
        rows = self.ask("worklist", "head")
        self.assertEqual([row["rule"] for row in rows], ["escalate_urgent", "escalate"])
        self.assertEqual(sorted(row["due_at"] for row in rows), [row["due_at"] for row in rows])

    def test_mine(self):
        self.do("assign", self.new, "assignee=malee", who="head:somsak")
        self.assertEqual(self.numbers("mine"), [self.new])
        self.assertEqual(self.numbers("mine", who="officer:napa"), [])

    def test_ticks_add_nothing_twice(self):
        tally = self.ask("tick", at="2025-11-07T09:00")
        self.assertGreater(tally["clocks"], 0)
        self.assertEqual(self.ask("tick", at="2025-11-07T09:00"), {"clocks": 0, "notices": 0, "duties": 0})
        self.assertEqual(self.ok("tick", at="2025-11-07T09:00").out, "clocks\t0\nnotices\t0\nduties\t0\n")
        out = self.ok("show", self.new, at="2025-11-07T09:00").out
        self.assertIn("แจ้งเตือนกำหนด", out)
        self.assertIn("ตอบรับเรื่อง: ครบกำหนดสิ้นวันที่ 6 พ.ย. 2568 (ข้ามการแจ้งเตือนก่อนหน้า 1 ครั้ง)", out)
        self.assertEqual(self.ask("verify", at="2025-11-07T09:00")["findings"], [])

    def test_recompute_moves_nothing_without_reason(self):
        self.assertEqual(self.ask("recompute"), {"cases": 3, "moved": 0, "reverted": 0, "damaged": 0})

    def test_today(self):
        self.receive("ข้อความใหม่ที่ยาวมาก" * 9, "--thread", "t9")
        lines = self.ok("today").out.splitlines()
        out = "\n".join(lines)
        for text in ("สำนักงานสาธารณสุขจังหวัดเชียงราย", "วันพุธที่ 5 พฤศจิกายน 2568 เวลา 12.00 น.", "ข้อความใหม่ที่ยังไม่คัดกรอง (1)", "เรื่องที่ยังไม่ตอบรับ (1)", "รอหัวหน้าหรือผู้บริหารพิจารณา (1)", "วันนี้ยังไม่ตรวจ",
                     "ได้รับเรื่องแล้ว และจะดำเนินการประสานส่งต่อหน่วยงานที่เกี่ยวข้องต่อไป ขอขอบคุณครับ/ค่ะ"):
            self.assertIn(text, out)
        self.assertFalse(any(line.endswith(" ") for line in lines))
        texts = lines.index("ข้อความตอบรับพร้อมคัดลอก")
        self.assertEqual(lines[texts + 2], "  ประเภท ขอข้อมูลข่าวสาร")
        self.assertIn("ได้รับคำขอข้อมูลของท่านแล้ว", lines[texts + 3])  # the others follow as lines to be copied whole
        self.assertLess(max(width(line) for line in lines[:texts]), 120)

    def test_today_is_one_page(self):
        for i in range(30):
            self.open_case("--thread", f"x{i}")
            self.receive(f"ข้อความ {i}")
        lines = self.ok("today", at="2025-11-09T09:00").out.splitlines()
        self.assertLessEqual(len(lines), 62)
        self.assertIn("ดูด้วย complaint worklist unacknowledged", "\n".join(lines))
        found = self.ask("today", at="2025-11-09T09:00")
        self.assertEqual((len(found["inbox"]), len(found["unacknowledged"]), len(found["head"]), len(found["chase"])), (30, 31, 1, 1))
        rules = {row["rule"] for row in found["due"]}
        self.assertEqual(rules, {"forward"})  # what has a list of its own is not said twice

    def test_a_crowded_page_is_one_sheet(self):
        """Rows that take several lines leave room for fewer of them. A sheet of A4 holds 60 lines of 92 columns."""
        for i in range(14):
            number = self.open_case("--thread", f"y{i}", "--from", "ชื่อที่ยาวมากในเฟซบุ๊กของผู้ส่งข้อความคนนี้")
            self.do("classify", number, "class=establishment")
            if i % 2:
                self.do("forward", number, "unit=quality,consumer,finance,digital,disease_control,hr", "days=1")
            else:
                for flag in ("urgent", "sensitive", "corruption"):
                    self.do("flag", number, f"flag={flag}")
            self.receive(f"ข้อความยาว {i} " + "ที่ยังไม่ได้คัดกรอง" * 9, "--from", "ชื่อที่ยาวมากในเฟซบุ๊กของผู้ส่งข้อความคนนี้", "--thread", f"z{i}")
        self.ok("duty", "check", "line", at="2025-11-06T09:00")
        self.ok("duty", "check", "web", at="2025-11-04T09:00")
        for at in ("2025-11-06T10:00", "2025-11-10T10:00"):
            lines = self.ok("today", at=at).out.splitlines()
            self.assertLessEqual(sum(max(1, -(-width(line) // 92)) for line in lines), 60)
            self.assertLessEqual(max(width(line) for line in lines[:lines.index("ข้อความตอบรับพร้อมคัดลอก")]), 92)  # texts stand in one line, to be copied whole
            out = "\n".join(lines)
            for title in ("ข้อความใหม่ที่ยังไม่คัดกรอง (14)", "เรื่องที่ยังไม่ตอบรับ", "ครบกำหนดวันนี้และเกินกำหนด", "รอหัวหน้าหรือผู้บริหารพิจารณา (8)", "ติดตามหน่วยงาน", "ช่องทางที่ยังไม่ได้ตรวจ", "ข้อความตอบรับพร้อมคัดลอก"):
                self.assertIn(title, out)
            self.assertIn("รายการ ดูด้วย complaint worklist head", out)

    def test_days_that_lack_the_same_are_one_line(self):
        self.ok("duty", "check", "facebook", at="2025-11-05T09:00")
        self.ok("duty", "check", "line", at="2025-11-02T09:00")
        out = self.ok("today", at="2025-11-05T10:00").out
        for text in ("วันนี้ยังไม่ตรวจ ", "LINE Official Account, เว็บไซต์ศูนย์รับเรื่องร้องเรียน", "ขาดการตรวจ 3-4 พ.ย. 2568", "ขาดการตรวจ อา. 2 พ.ย. 2568", "ขาดการตรวจ 30 ต.ค. - 1 พ.ย. 2568", "ทุกช่องทาง"):
            self.assertIn(text, out)
        for channel in ("line", "web", "email"):
            self.ok("duty", "check", channel, at="2025-11-05T09:00")
        self.assertNotIn("วันนี้ยังไม่ตรวจ", self.ok("today", at="2025-11-05T10:00").out)

    def test_a_case_without_a_deadline_is_on_a_list(self):
        """It waits for somebody all the same: here for the complainant, while no clock counts."""
        number = self.open_case("--thread", "t7")
        self.do("classify", number, "class=service")
        self.do("acknowledge", number, "by_hand=phone")
        self.do("forward", number, "unit=quality", "days=1")
        self.assertEqual(self.ok("worklist", "undated").out.splitlines()[1:], [])
        self.do("report_result", number, "from_unit=quality", "outcome=resolved", "text=แก้ไขแล้ว", options=("--on-behalf", "quality"))
        self.do("notify_result", number, "text=แก้ไขแล้ว", "by_hand=phone")
        self.assertEqual(self.numbers("undated"), [number])
        page = self.ok("today", at="2025-11-05T12:00").out
        self.assertIn("ยังไม่มีกำหนด เรื่องค้างที่ไม่มีกำหนดเวลากำลังนับ (1)", page)
        self.do("close", number)
        self.assertEqual(self.numbers("undated"), [])

    def test_what_came_from_another_body_is_shown_with_its_number(self):
        message = self.receive("เรื่องส่งต่อ", "--thread", "t6")
        case = self.ask("triage", message, "--open", "origin=damrongdhama", "origin_ref=ดธ-55/2569", "origin_due=2025-11-20")["case_id"]
        self.do("register", case)
        self.do("reply_origin", case, "paper_no=ชร 1", "text=กำลังดำเนินการ")
        out = self.ok("show", case).out
        lines = [line.strip() for line in out.splitlines()]
        at = next(i for i, line in enumerate(lines) if line.startswith("หน่วยงานต้นเรื่อง"))
        self.assertEqual([line.split("  ", 1)[1].strip() for line in lines[at : at + 3]], ["ศูนย์ดำรงธรรม (1567)", "ดธ-55/2569", "20 พ.ย. 2568"])
        self.assertTrue(lines[at + 1].startswith("เลขเรื่องของหน่วยงานต้นเรื่อง  ") and lines[at + 2].startswith("วันที่หน่วยงานต้นเรื่องให้ตอบ "))
        self.assertIn("หน่วยงานต้นเรื่อง ศูนย์ดำรงธรรม (1567)", out)

    def test_people_and_words_are_not_said_in_codes(self):
        self.db = self.folder / "phrae.db"
        options = ("--policy", "moph-phrae")
        self.ok("init", options=options)
        number = self.open_case("--thread", "t5", options=options)
        self.do("add_complainant", number, "channel=phone", "address=081", options=options)
        self.do("acknowledge", number, "by_hand=phone", options=options)
        self.do("classify", number, "class=service", options=options)
        self.do("memo", number, "text=เสนอ", options=options)
        self.do("order", number, "paper_no=1", who="executive:boss", options=options)
        self.do("forward", number, "unit=quality,hr", options=options)
        for unit in ("quality", "hr"):
            self.do("accept", number, f"from_unit={unit}", options=(*options, "--on-behalf", unit))
        out = self.ok("show", number, options=options).out
        for text in ("ผู้ร้องเรียนลำดับที่ 2", "แจ้งคำสั่งผู้บริหาร", "แจ้งเรื่องแก่หน่วยงาน", "หน่วยงานรายงานผล (กลุ่มงานบริหารทรัพยากรบุคคล)"):
            self.assertIn(text, out)
        for code in ("complainant-2", "to_unit", "ordered"):
            self.assertNotIn(code, out)
        due = self.on_terminal("worklist", "due", "result", options=options)
        self.assertIn("กลุ่มงานบริหารทรัพยากรบุคคล", "\n".join(due))
        self.do("hand_back", number, "from_unit=quality", "reason=ไม่ต้องรอ", options=options)
        out = self.ok("show", number, options=options).out
        self.assertIn("ไม่ต้องรายงานแล้ว", out)
        self.assertRegex(out, r"หน่วยงานหลัก +กลุ่มงานบริหารทรัพยากรบุคคล")

    def test_what_cannot_be_sent_is_told_by_telephone(self):
        """A reminder of one's own goes to the complainant too; who came by telephone gets no letter, and a person sees to it, also when the case is closed."""
        self.db = self.folder / "own.db"
        document = (HOSPITAL.parents[2] / "lib/data/policies/moph-chiangrai-2569.json").read_text(encoding="utf-8")
        own = self.folder / "own.json"
        own.write_text(document.replace('"acknowledge_soon": {"to": "officer"', '"acknowledge_soon": {"to": ["complainant", "officer"], "when": {"natures": ["grievance"]}', 1), encoding="utf-8")
        options = ("--policy", str(own))
        self.ok("init", options=options)
        message = self.ask("receive", "--channel", "phone", "เรื่องใหม่", options=options, at="2025-11-05T09:00")["message"]
        case = self.ask("triage", message, "--open", options=options, at="2025-11-05T09:01")["case_id"]
        self.do("register", case, options=options, at="2025-11-05T09:02")
        other = self.open_case("--thread", "t8", options=options, at="2025-11-05T09:00")
        self.do("classify", case, "class=out_of_jurisdiction", "nature=grievance", options=options, at="2025-11-05T09:03")
        self.assertEqual(self.ask("tick", options=options, at="2025-11-05T14:00"), {"clocks": 2, "notices": 2, "duties": 0})
        self.assertIn("ไม่มีผู้ต้องแจ้งในเรื่องนี้", self.ok("show", other, options=options, at="2025-11-05T14:00").out)
        rows = self.ask("worklist", "refused", options=options, at="2025-11-05T14:00")
        self.assertEqual([(row["template"], row["recipient"], row["seq"]) for row in rows], [("acknowledge_soon", "complainant", 1)])
        self.do("refer", case, "unit=police", options=options, at="2025-11-05T14:01")
        self.refused("E_NOT_FOUND", "do", "contact", case, "notice=2", "text=โทรแล้ว", options=options, at="2025-11-05T14:02")
        self.do("contact", case, "notice=1", "by_hand=phone", "text=โทรแล้ว", options=options, at="2025-11-05T14:02")
        self.assertEqual(self.ask("worklist", "refused", options=options, at="2025-11-05T14:03"), [])
        self.assertIn("แจ้งแทนข้อความที่ส่งไม่สำเร็จ: เตือนให้ตอบรับ", self.ok("show", case, options=options, at="2025-11-05T14:03").out)

    def test_a_hospital_of_its_own(self):
        """A policy that no line of the program knows: its clocks are on the right lists, its telephones beside them."""
        self.db = self.folder / "hospital.db"
        options = ("--policy", str(HOSPITAL))
        self.ok("init", options=options)
        number = self.open_case("--thread", "t1", options=options)
        self.do("classify", number, "class=service", "severity=low", options=options)
        self.assertEqual(self.numbers("unacknowledged", options=options), [number])
        self.do("consider", number, "decision=agreed", who="head:somsak", options=options)
        self.do("forward", number, "unit=opd", options=options)
        row = self.ok("worklist", "chase", options=options).rows[0]
        self.assertEqual((row["register_number"], row["units"], row["phones"]), (number, "opd", "ภายใน 2101"))
        self.assertIn("ภายใน 2101", self.ok("today", options=options, at="2025-11-10T09:00").out + self.ok("today", options=options, at="2025-11-14T09:00").out)
        for asked in ("3", "quarter_1"):
            self.assertIn("31 ธันวาคม 2568", self.ok("report", "--fiscal-year", "2569", "--round", asked, options=options, at="2026-01-05T09:00").out)


class Days(DeskTest):
    """--calendar: what the built-in one does not know."""

    def write(self, document, name="days.json"):
        file = self.folder / name
        file.write_text(document if isinstance(document, str) else json.dumps({"format": 1, **document}))
        return file

    def due(self, *files):
        words = ("--calendar", ",".join(map(str, files))) if files else ()
        return self.run_words(*words, "calendar", "due", "--from", "2025-11-07", "--length", "1", "--unit", "working_days").out.split("\t")[0]

    def test_a_week_of_ones_own(self):
        hospital = SOURCE / "examples/data/hospital-calendar.json"
        self.assertEqual(self.due(), "2025-11-10")
        self.assertEqual(self.due(hospital), "2025-11-08")
        closed = self.write({"changes": [{"add": "2025-11-08", "thai": "งานบุญ", "english": "fair", "source": "high: order"}]})
        self.assertEqual(self.due(hospital, closed), "2025-11-10")  # one after the other

    def test_a_new_holiday_moves_what_runs(self):
        self.make_desk()
        number = self.open_case()
        self.do("classify", number, "class=service")
        self.do("forward", number, "unit=quality")
        holiday = self.write({"changes": [{"add": "2025-11-10", "thai": "วันหยุดพิเศษ", "english": "special holiday", "source": "high: cabinet"}]})
        before = {row["rule"]: row["due_at"] for row in self.ask("show", number)["clocks"]}
        moved = self.ask("recompute", options=("--calendar", holiday))
        after = {row["rule"]: row["due_at"] for row in self.ask("show", number)["clocks"]}
        self.assertEqual((moved["moved"], moved["reverted"]), (1, 0))
        self.assertEqual({rule for rule in before if before[rule] != after[rule]}, {"follow_up"})
        self.assertEqual(self.ask("verify", "--recompute")["findings"], [])

    def test_a_calendar_that_is_forgotten_is_noticed(self):
        """Nothing is remembered from one command to the next; what is the office's stands in the environment."""
        self.make_desk()
        number = self.open_case()
        self.do("classify", number, "class=service")
        self.do("forward", number, "unit=quality")
        holiday = self.write({"changes": [{"add": "2025-11-10", "thai": "วันหยุดพิเศษ", "english": "special holiday", "source": "high: cabinet"}]})
        always = dict(os.environ, COMPLAINT_CALENDAR=str(holiday))
        elsewhere = "ไม่ตรงกับกำหนดที่บันทึกไว้และใช้อยู่"
        self.assertIn(elsewhere, self.ok("show", number, "--explain", env=always).out)
        self.assertEqual(self.ask("recompute", env=always), {"cases": 1, "moved": 1, "reverted": 0, "damaged": 0})
        self.assertNotIn(elsewhere, self.ok("show", number, "--explain", env=always).out)
        self.assertIn(elsewhere, self.ok("show", number, "--explain").out)
        said = "".join(self.on_terminal("recompute"))
        self.assertIn("ในจำนวนนี้ย้อนกลับไปใช้ปฏิทินที่เก่ากว่าที่คำนวณไว้ (ลืม --calendar หรือไม่) 1 รายการ", said)
        self.assertIn("คำนวณด้วยปฏิทินที่มากับโปรแกรม เพราะไม่ได้ระบุ --calendar หรือ COMPLAINT_CALENDAR", said)
        self.assertNotIn("ไม่ได้ระบุ", "".join(self.on_terminal("recompute")))  # nothing moved
        self.assertEqual(self.ask("recompute", env=always), {"cases": 1, "moved": 1, "reverted": 0, "damaged": 0})
        self.assertEqual(self.ask("recompute"), {"cases": 1, "moved": 1, "reverted": 1, "damaged": 0})

    def test_what_an_option_says_goes_before_the_environment(self):
        self.make_desk()
        nowhere = {name: str(self.folder / "nowhere.json") for name in ("COMPLAINT_DB", "COMPLAINT_POLICY", "COMPLAINT_CALENDAR")}
        empty = dict.fromkeys(nowhere, "")
        given = ("--policy", "moph-chiangrai-2569", "--calendar", self.write({"changes": []}))
        self.ok("today", options=given, env=dict(os.environ, **nowhere))
        self.ok("today", env=dict(os.environ, **empty))
        self.assertEqual(self.run_words("today", env=dict(os.environ, COMPLAINT_DB=str(self.db))).code, 0)
        for name in ("COMPLAINT_POLICY", "COMPLAINT_CALENDAR"):
            self.assertEqual(self.refused("FILE", "today", env=dict(os.environ, **{name: nowhere[name]}))["file"], nowhere[name])

    def test_what_is_wrong_with_a_file_is_said(self):
        self.make_desk()
        self.refused("FILE", "today", options=("--calendar", self.folder / "nowhere.json"))
        wrong = self.refused("E_INVALID", "today", options=("--calendar", self.write({"week": ["caturday"]})))
        self.assertEqual(wrong["path"], "$.week[0]")
        self.assertEqual(wrong["file"], str(self.folder / "days.json"))


class Doing(DeskTest):
    def setUp(self):
        super().setUp()
        self.make_desk()
        self.number, self.other = self.open_case("--thread", "t1"), self.open_case("--thread", "t2")

    def test_a_field_that_is_given_twice(self):
        """To lose one of two texts without a word is the worst of the answers."""
        error = self.misused("do", "note", self.number, "text=a", "text=b")
        self.assertIn("ระบุช่องนี้ซ้ำ", error)
        self.assertIn("a field is given twice: text", error)
        self.assertNotIn("note", [event["kind"] for event in self.ask("show", self.number)["events"]])

    def test_an_action_that_is_misspelt(self):
        for words, meant in ((["do", "clasify", self.number], "classify"), (["do", "help", self.number, "foward"], "forward")):
            error = self.misused(*words)
            self.assertIn(f"หมายถึง {meant} หรือไม่", error)
            self.assertIn(f"did you mean {meant}", error)
        self.assertNotIn("หมายถึง", self.misused("do", "dance", self.number))

    def test_bytes_that_are_no_text(self):
        refusal = self.refused("E_UTF8", "do", "note", self.number, b"text=ab\xff".decode("utf-8", "surrogateescape"))
        self.assertIn("ข้อความไม่ใช่ UTF-8 ที่ถูกต้อง ที่ไบต์ 2", refusal["th"])
        self.assertIn("the text is not valid UTF-8, at byte 2", refusal["en"])

    def test_the_last_complainant_withdraws_and_the_case_goes_on(self):
        self.do("flag", self.number, "flag=corruption")
        lines = " ".join(self.on_terminal("do", "withdraw", self.number))
        self.assertIn("แต่เรื่องยังดำเนินการต่อในสถานะ “", lines)
        refusal = self.refused("E_STATE", "do", "withdraw", self.number)
        self.assertEqual((refusal["th"], refusal["en"]), ("ผู้ร้องเรียนทุกรายถอนเรื่องแล้ว", "all complainants have withdrawn already"))
        self.assertNotIn("ยังดำเนินการต่อ", " ".join(self.on_terminal("do", "withdraw", self.other)))

    def test_one_of_several_is_told_by_hand(self):
        self.do("add_complainant", self.number, "channel=letter", "address=12/3")
        refusal = self.refused("E_REQUIRED", "do", "acknowledge", self.number)
        self.assertIn("ช่องทาง “หนังสือ/จดหมาย” ของผู้ร้องเรียนลำดับที่ 2 ตอบกลับไม่ได้", refusal["th"])
        self.assertIn("รายอื่นจะได้รับข้อความทางช่องทางของตน", refusal["th"])
        self.assertIn("it counts for those whom no channel reaches", refusal["en"])
        self.assertNotIn("รายอื่น", self.refused("E_REQUIRED", "do", "acknowledge", self.number, "party=2")["th"])

    def test_a_complainant_who_is_there_already(self):
        self.do("add_complainant", self.number, "channel=letter", "name=ข", "address=12/3")
        for words in (["name=ข"], []):
            self.assertIn("ผู้ร้องเรียนลำดับที่ 2 มีช่องทางและที่ติดต่อนี้อยู่แล้ว", self.refused("E_INVALID", "do", "add_complainant", self.number, "channel=letter", "address=12/3", *words)["th"])
        self.do("add_complainant", self.number, "channel=letter", "name=ค", "address=12/3")  # of the same house
        self.do("add_complainant", self.number, "channel=letter")
        self.do("add_complainant", self.number, "channel=letter")  # two of whom nothing is known
        self.assertEqual(self.refused("E_INVALID", "do", "add_complainant", self.number, "channel=facebook", "name=ง", "address=t1")["subject"], "address")

    def test_an_address_goes_with_its_channel(self):
        def first():
            party = self.ask("show", self.number)["parties"][0]
            return party["channel"], party["address"]
        self.assertEqual(first(), ("facebook", "t1"))
        self.do("update_complainant", self.number, "channel=letter")
        self.assertEqual(first()[0], "letter")
        self.assertIn(first()[1], ("", None))
        self.assertEqual(self.refused("E_REQUIRED", "do", "update_complainant", self.number, "channel=line")["subject"], "address")
        self.do("update_complainant", self.number, "channel=line", "address=U1")
        self.assertEqual(first(), ("line", "U1"))

    def test_help_names_types_choices_and_words(self):
        action = self.ask("do", "help", self.number, "classify")[0]
        fields = {field["field"]: field for field in action["fields"]}
        self.assertEqual((fields["class"]["type"], fields["class"]["required"], fields["nature"]["required"]), ("class", 1, 0))
        self.assertIn({"code": "cyber", "label": "ภัยไซเบอร์ ข้อมูลส่วนบุคคล ข้อมูลเท็จ"}, fields["class"]["choices"])
        paper = {field["field"]: field["type"] for field in self.ask("do", "help", self.number, "add_paper")[0]["fields"]}
        self.assertEqual((paper["paper_no"], paper["paper_date"], paper["direction"], paper["signer"]), ("code", "time", "choice", "text"))
        out = self.ok("do", "help", self.number, "classify").out
        for text in ("class* nature reason", "ประเภท", "personnel", "ข้อร้องทุกข์"):
            self.assertIn(text, out)

    def test_help_says_what_a_value_makes_required(self):
        self.do("classify", self.number, "class=information_request")
        self.assertEqual(self.ask("do", "help", self.number, "answer")[0]["required_when"], "answer=refused:paper_no,signer|on_behalf")
        self.assertIn("เมื่อ answer=refused ต้องมี paper_no และ (signer หรือ --on-behalf)", self.ok("do", "help", self.number, "answer").out)
        self.assertIn("เมื่อ clear=1 ต้องมี reason", self.ok("do", "help", self.number, "flag").out)

    def test_whose_result_it_is_is_an_option(self):
        """Help asks for the option as for a field; without it, with another unit or with a slip the refusal names the option and says back what was given; a unit's name does as its code."""
        result = ["do", "report_result", self.number, "from_unit=quality", "outcome=resolved", "text=x"]
        self.do("classify", self.number, "class=service")
        self.do("forward", self.number, "unit=quality")
        self.assertEqual(self.ask("do", "help", self.number, "report_result")[0]["needs"], "on_behalf")
        out = self.ok("do", "help", self.number, "report_result").out
        self.assertIn("from_unit* outcome* text* --on-behalf* paper_no", out)
        self.assertIn("complaint --on-behalf หน่วยงาน do", out)
        self.assertNotIn("--on-behalf*", self.ok("do", "help", self.number, "report_result", who="unit:q", options=("--unit", "quality")).out)
        self.assertIn("(--on-behalf): quality [CR-N]", self.refused("E_GUARD", *result)["th"])
        for wrong in ("hospitall", "hr", "กลุ่มงานที่ไม่มี"):
            refusal = self.refused("E_GUARD", *result, options=("--on-behalf", wrong))
            self.assertIn(f"(--on-behalf): quality ไม่ใช่ “{wrong}” [CR-N]", refusal["th"])
            self.assertIn(f"(--on-behalf): quality, not “{wrong}” [CR-N]", refusal["en"])
        label = next(choice["label"] for field in self.ask("do", "help", self.number, "report_result")[0]["fields"] if field["field"] == "from_unit" for choice in field["choices"] if choice["code"] == "quality")
        self.assertNotEqual(label, "quality")
        self.ok(*result, options=("--on-behalf", label))
        self.assertEqual([event["on_behalf"] for event in self.ask("show", self.number)["events"] if event["verb"] == "report_result"], ["quality"])

    def test_help_on_a_terminal(self):
        lines = self.on_terminal("do", "help", self.number)
        out = "\n".join(lines)
        self.assertIn("ทำได้ตอนนี้", lines[0])
        self.assertIn("ยังทำไม่ได้", out)
        self.assertEqual(sum("กลุ่มงานสุขภาพดิจิทัล" in line for line in lines), 1)  # the list of units stands once
        self.assertNotIn("check_channel", out)

    def test_help_for_whoever_may_do_nothing(self):
        lines = self.on_terminal("do", "help", self.number, who="auditor:somsri", columns=100)
        self.assertIn("บทบาท “ผู้ตรวจสอบ” ดูเรื่องนี้ได้อย่างเดียว", " ".join(lines[:2]))
        self.assertNotIn("ทำได้ตอนนี้: complaint do", "\n".join(lines))
        self.assertIn("ผู้อื่นทำได้ตอนนี้", lines)

    def test_help_says_for_whom_else_a_case_waits(self):
        self.do("classify", self.number, "class=service")
        self.do("flag", self.number, "flag=urgent")
        lines = self.on_terminal("do", "help", self.number, columns=160)
        others = lines[lines.index("ผู้อื่นทำได้ตอนนี้") + 1:]
        self.assertTrue(any(line.split("  ")[1] == "หัวหน้ากลุ่มงาน, ผู้บริหาร" and "หัวหน้าพิจารณา" in line for line in others), others)
        self.assertFalse(any("ลงทะเบียน" in line for line in others))
        rows = {row["verb"]: row for row in self.ok("do", "help", self.number).rows}
        self.assertEqual((rows["consider"]["roles"], rows["classify"]["roles"]), ("head,executive", ""))
        self.assertIn("ทำได้โดยหัวหน้ากลุ่มงาน", rows["consider"]["refusal"])
        found = {action["verb"]: action for action in self.ask("do", "help", self.number)}
        self.assertEqual((found["consider"]["roles"], found["consider"]["fields"], list(found)), ("head,executive", [], list(rows)))
        self.assertIn("หัวหน้ากลุ่มงาน", self.misused("do", "help", self.number, "consider"))

    def test_cases_by_number_and_times_as_people_write_them(self):
        self.do("link", self.number, f"case={self.other}", "link=same_event")
        self.do("add_paper", self.number, "paper_no=ชร 0033/๑๒๓", "paper_date=๔ พ.ย. ๖๘", "direction=in", "subject=ขอให้ตรวจสอบ")
        self.do("contact", self.number, "text=โทรแล้ว", "--happened", "5 พ.ย. 2568 เวลา 12.00 น.")
        shown = self.ask("show", self.number)
        other = self.ask("show", self.other)["case"]["case_id"]
        self.assertEqual((shown["links"][0]["other_id"], shown["links"][0]["kind"]), (other, "same_event"))
        self.assertEqual(shown["papers"][0]["paper_no"], "ชร 0033/๑๒๓")
        out = self.ok("show", self.number).out
        for text in ("ลงวันที่: 4 พ.ย. 2568;", f"เรื่องที่เชื่อมโยง: {self.other}", "เหตุการณ์เดียวกัน", "หนังสือ\n", "เรื่องที่เกี่ยวข้อง\n"):
            self.assertIn(text, out)
        self.do("unlink", self.number, f"case={self.other}")
        self.assertNotIn("เรื่องที่เกี่ยวข้อง", self.ok("show", self.number).out)

    def test_yes_and_no(self):
        self.do("flag", self.number, "flag=urgent")
        self.do("flag", self.number, "flag=urgent", "clear=ใช่", "reason=เข้าใจผิด")
        self.assertEqual(self.ask("show", self.number)["case"]["flags"], 0)

    def test_choices_by_their_names(self):
        self.do("classify", self.number, "class=โรคและภัยสุขภาพ", "nature=การแจ้งเหตุ")
        self.do("flag", self.number, "flag=เร่งด่วน")
        self.do("consider", self.number, "decision=เห็นชอบ", "spoken=ใช่", who="head:somsak")
        self.do("forward", self.number, "unit=กลุ่มงานควบคุมโรคติดต่อ", "days=1")
        shown = self.ask("show", self.number)
        self.assertEqual([shown["case"][name] for name in ("class", "nature", "flags", "lead_unit")], ["health_threat", "event_report", 1, "disease_control"])
        self.assertEqual(self.refused("E_UNKNOWN_CODE", "do", "classify", self.number, "class=โรค")["subject"], "class")

    def test_what_was_never_done_is_not_hidden_by_the_end(self):
        self.do("classify", self.number, "class=service")
        self.do("forward", self.number, "unit=quality")
        self.do("report_result", self.number, "from_unit=quality", "outcome=resolved", "text=แก้แล้ว", at="2025-11-12T10:00", options=("--on-behalf", "quality"))
        self.do("notify_result", self.number, "text=ผล", "by_hand=phone", at="2025-11-12T11:00")
        self.do("close", self.number, at="2025-11-14T00:00")
        lines = self.ok("show", self.number, at="2025-11-14T09:00").out.splitlines()
        self.assertRegex(next(line for line in lines if line.strip().startswith("ตอบรับเรื่อง")), r"ยกเลิก \(เกินกำหนดแล้ว 7 วัน\)$")

    def test_the_story_of_the_deadlines(self):
        self.do("classify", self.number, "class=service")
        self.do("forward", self.number, "unit=quality", "days=2")
        self.do("extend", self.number, "days=3", "reason=รอผลตรวจ", who="head:somsak")
        self.do("recuse", self.number, "person=dao", who="head:somsak")
        self.do("request_info", self.number, "text=ขอที่อยู่", at="2025-11-05T13:00")
        self.do("resume", self.number, "text=ได้แล้ว", at="2025-11-10T09:00")
        self.do("add_complainant", self.number, "identity=anonymous", "channel=line", at="2025-11-10T09:05")
        self.do("follow_up", self.number, "text=โทรถาม", at="2025-11-20T09:00")
        out = self.ok("show", self.number, at="2025-11-20T10:00").out
        for text in ("ติดตามภายใน หรือขยายเวลาอีก (วันทำการ): 3", "ติดตามความคืบหน้า: ขยายเวลา เลื่อนกำหนดจากสิ้นวันที่ 7 พ.ย. 2568 เป็นสิ้นวันที่ 12 พ.ย. 2568", "ติดตามความคืบหน้า: หยุดนับชั่วคราว", "ติดตามความคืบหน้า: นับต่อ เลื่อนกำหนดจากสิ้นวันที่ 12 พ.ย. 2568 เป็น",
                     "ติดตามความคืบหน้า: ช้ากว่ากำหนด ", "ผู้ร้องเรียนลำดับที่ 2", "(ขยายเวลาแล้ว)", "กันผู้มีส่วนได้เสียออกจากเรื่อง โดย หัวหน้ากลุ่มงาน somsak"):
            self.assertIn(text, out)
        self.do("report_result", self.number, "from_unit=quality", "outcome=resolved", "text=แก้แล้ว", at="2025-11-20T10:00", options=("--on-behalf", "quality"))
        refusal = self.refused("E_GUARD", "do", "close", self.number, "why_not_told=unreachable", at="2025-11-20T10:30")
        self.assertIn("ผู้ร้องเรียนลำดับที่ 1: บันทึกการพยายามติดต่อเพื่อแจ้งผลแล้ว 0 ครั้ง", refusal["th"])
        self.do("close", self.number, "why_not_told=declined", at="2025-11-20T11:00")
        self.do("reopen", self.number, "reason=ข้อมูลใหม่", at="2025-11-21T09:00")
        self.assertIn("เริ่มรอบที่ 2", self.ok("show", self.number, at="2025-11-21T10:00").out)

    def test_an_entry_that_changes_is_told_in_words(self):
        self.do("acknowledge", self.number)
        self.assertIn("update_complainant", self.ok("do", "help", self.number).out)
        self.assertIn("ระดับการเปิดเผยตัวตน", self.ok("do", "help", self.number, "update_complainant").out)
        self.assertEqual(self.refused("E_REQUIRED", "do", "update_complainant", self.number, "channel=email")["subject"], "address")
        self.do("update_complainant", self.number, "identity=anonymous", "name=สมศรี", "channel=email", "address=somsri@example.org", "reason=ขอให้ตอบทางอีเมล")
        out = self.ok("show", self.number).out
        for text in ("แก้ไขข้อมูลผู้ร้อง", "ผู้ร้องเรียนลำดับที่ 1 เปลี่ยนระดับการเปิดเผยตัวตน, ชื่อ, ที่ติดต่อ, ช่องทาง", "ข้อความที่รอส่งลำดับที่ 1 จะส่งไปยังที่ติดต่อใหม่", "ขอให้ตอบทางอีเมล"):
            self.assertIn(text, out)
        self.do("update_complainant", self.number, "channel=phone", "address=081")
        self.assertIn("ข้อความที่รอส่งลำดับที่ 1 ส่งทางช่องทางใหม่ไม่ได้ ต้องแจ้งเอง", self.ok("show", self.number).out)

    def test_explain(self):
        clocks = self.ask("show", self.number)["clocks"]
        explained = self.ask("show", self.number, "--explain")["explanations"]
        self.assertEqual([item["seq"] for item in explained], [clock["seq"] for clock in clocks])
        out = self.ok("show", self.number, "--explain").out
        for text in ("ที่มาของกำหนดเวลา", "ตอบรับเรื่อง [CR-T2]", "ไม่นับวันแรก เริ่มนับตั้งแต่วันพฤหัสบดีที่ 6 พฤศจิกายน 2568", "มาตรา 193/3"):
            self.assertIn(text, out)

    def test_a_date_that_was_given_needs_no_explanation(self):
        case = self.ask("triage", self.receive("จาก 1111"), "--open", "origin=government_1111", "origin_ref=A1", "origin_due=20 พ.ย. 2568")["case_id"]
        out = self.ok("show", case, "--explain").out
        self.assertIn("ศูนย์รับเรื่องราวร้องทุกข์ของรัฐบาล (1111)", out)
        self.assertIn("สิ้นวันที่ 20 พ.ย. 2568", out)


class Shell:
    """A shell at a terminal, as somebody uses it."""

    def __init__(self, test, *command, setup):
        self.outer, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
        environment = dict(os.environ, TERM="dumb", HISTFILE="", PATH=f"{test.folder}:{os.environ['PATH']}")
        self.process = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, cwd=test.folder, env=environment, start_new_session=True)
        os.close(inner)
        test.addCleanup(self.end)
        for line in setup:
            self.run(line)

    def end(self):
        self.process.kill()
        self.process.wait()
        os.close(self.outer)

    def type(self, text):
        os.write(self.outer, text.encode())

    def read_until(self, mark):
        out, end = "", time.monotonic() + 30
        while mark not in out:
            if not select.select([self.outer], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"{mark!r} did not come: {out!r}")
            out += os.read(self.outer, 65536).decode(errors="replace")
        return out

    def run(self, line):
        self.type(line + "; echo DO''NE\n")
        return self.read_until("DONE\r\n")

    def complete(self, typed):
        """Types, presses the tabulator, and answers what stands in the line then and what was listed below it."""
        self.read_waiting()
        self.type(typed + "\t")
        time.sleep(0.1)
        self.type("\x01echo '<\x05>' DO''NE\n")
        out = self.read_until("DONE\r\n")
        listed = re.search(r"\r\n((?:(?!\$ )[^\r\n]*\r\n)*)\$ " + re.escape(typed), out)
        return re.findall(r"<([^<>]*)> DONE", out)[-1].rstrip(), sorted(listed.group(1).split()) if listed else []

    def read_waiting(self):
        while select.select([self.outer], [], [], 0.05)[0]:
            os.read(self.outer, 65536)


class Completion(DeskTest):
    FILES = SOURCE / "examples/complaint"

    def setUp(self):
        super().setUp()
        (self.folder / "complaint").symlink_to(COMMAND)
        (self.folder / "policy_of_ours.json").touch()

    def bash(self):
        readline = ("show-all-if-ambiguous on", "completion-query-items 0", "page-completions off", "enable-bracketed-paste off")
        return Shell(self, "bash", "--norc", "--noprofile", "-i", setup=["; ".join(f"bind 'set {line}'" for line in readline), "PS1='$ '", f"source '{self.FILES}/completion.bash'"])

    def zsh(self):
        functions = self.folder / "functions"
        functions.mkdir()
        (functions / "_complaint").symlink_to(self.FILES / "completion.zsh")  # as it is installed
        setup = ["PS1='$ '; PROMPT_EOL_MARK=''; unset zle_bracketed_paste; bindkey -e; LISTMAX=10000; setopt auto_list no_auto_menu no_beep",
                 f"fpath=('{functions}' $fpath); autoload -Uz compinit; compinit -u -d '{self.folder}/dump'"]
        return Shell(self, "zsh", "-f", "-i", setup=setup)

    def test_the_installed_files_are_what_the_program_prints(self):
        for shell in ("bash", "zsh"):
            self.assertEqual(self.run_words("completion", shell).out, (SOURCE / f"examples/complaint/completion.{shell}").read_text(encoding="utf-8"), f"complaint completion {shell} > examples/complaint/completion.{shell}")

    def try_out(self, shell):
        for typed, line in (("complaint wor", "complaint worklist"), ("complaint --json wor", "complaint --json worklist"), ("complaint --at 2025-11-05 wor", "complaint --at 2025-11-05 worklist"),
                            ("complaint --as head:malee wor", "complaint --as head:malee worklist"), ("complaint --db=x.db --at=5/11/2568 rec", None), ("complaint do follow", "complaint do follow_up"),
                            ("complaint do help 1/2569 notify", "complaint do help 1/2569 notify_result"), ("complaint import fa", "complaint import facebook"), ("complaint duty list --fr", "complaint duty list --from"),
                            ("complaint policy check policy_of", "complaint policy check policy_of_ours.json"), ("complaint --policy policy_of", "complaint --policy policy_of_ours.json"), ("complaint today x", "complaint today x"),
                            ("complaint calendar due --unit w", "complaint calendar due --unit working_days"), ("complaint help seal", "complaint help seal")):
            with self.subTest(typed=typed):
                self.assertEqual(shell.complete(typed)[0], line or typed)
        for typed, choices in (("complaint worklist o", ["open", "overdue"]), ("complaint --sync ", ["full", "normal", "off"]), ("complaint report --round ", ["12", "6"]),
                               ("complaint --as head:malee worklist o", ["open", "overdue"]), ("complaint --db=x.db rec", ["receive", "recompute"]), ("complaint calendar due --roll ", ["following", "none", "preceding"]),
                               ("complaint seal --", ["--until"]), ("complaint do ac", ["accept", "acknowledge"])):
            with self.subTest(typed=typed):
                line, listed = shell.complete(typed)
                self.assertEqual(listed or [line.split()[-1]], choices)

    def try_fields(self, shell):
        """What an action takes, and which codes a field has, is asked of the case that is named."""
        self.make_desk()
        before = f"complaint --db {self.db} --as officer:malee do classify {self.open_case('--thread', 'fields')} "
        for typed, line in (("na", "nature="), ("class=pers", "class=personnel"), ("reason=x", "reason=x"), ("unit=", "unit=")):
            with self.subTest(typed=typed):
                self.assertEqual(shell.complete(before + typed)[0].rstrip(), before + line)
        self.assertEqual(shell.complete(before + "class=pers")[0].count("class="), 1)
        self.assertEqual(shell.complete("complaint --db nowhere.db do classify 1/2569 na")[0].rstrip(), "complaint --db nowhere.db do classify 1/2569 na")

    def test_in_bash(self):
        self.try_out(self.bash())
        self.try_fields(self.bash())

    @unittest.skipUnless(shutil.which("zsh"), "no zsh here; tests/run.sh installs it")
    def test_in_zsh(self):
        shell = self.zsh()
        self.try_out(shell)
        self.try_fields(shell)

    def test_every_command_has_a_case(self):
        names = self.bash().complete("complaint ")[1]
        shell = (SOURCE / "examples/complaint/completion.zsh").read_text(encoding="utf-8")
        self.assertGreaterEqual(len(names), 20)
        for name in names:
            self.assertIn(f"\n  {name})\n", shell)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
