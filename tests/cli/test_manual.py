"""The manual page, --help and the program say the same, and the examples of the page work as they stand."""
import datetime
import os
import re
import shlex
import shutil
import subprocess
import sys
import unittest

from desk import COMMAND, SOURCE, DeskTest, width

PAGE = (SOURCE / "examples/complaint/complaint.1").read_text(encoding="utf-8")


class Manual(DeskTest):
    def commands(self):
        block = self.run_words("--help").out.split("commands\n")[1].split("\n\n")[0]
        return [line.split()[0] for line in block.splitlines()]

    def test_every_command_is_on_the_page(self):
        names = self.commands()
        self.assertGreaterEqual(len(names), 15)
        for name in names:
            self.assertRegex(PAGE, rf"(?m)^\.It Cm {name}\b")
        self.assertEqual(set(re.findall(r"(?m)^\.It Cm ([\w-]+)", PAGE)), set(names))

    def test_every_option_is_on_the_page(self):
        texts = [self.run_words("--help").out, *(self.run_words("help", name).out for name in self.commands())]
        options = set(re.findall(r"--[a-z][a-z-]*", " ".join(texts)))
        self.assertTrue({"--db", "--at", "--json", "--request-id", "--thai-digits", "--set-aside"} <= options)
        described = {"--" + name for name in re.findall(r"Fl -([a-z][a-z-]*)", PAGE)}
        self.assertEqual(options - described, set())
        self.assertEqual(described - options - {"--help", "--version"}, set())

    def test_every_variable_is_on_the_page(self):
        variables = set(re.findall(r"\$(COMPLAINT_[A-Z]+)", re.sub(r"\s+", "", self.run_words("--help").out)))
        self.assertEqual(variables, {"COMPLAINT_DB", "COMPLAINT_POLICY", "COMPLAINT_CALENDAR"})
        self.assertEqual(set(re.findall(r"(?m)^\.It Ev (COMPLAINT_[A-Z]+)$", PAGE)), variables)

    def test_help_of_a_command(self):
        for name in self.commands():
            self.assertEqual(self.run_words("help", name).out, self.run_words(name, "--help").out)
            self.assertTrue(self.run_words("help", name).out.startswith(f"complaint [OPTION ...] {name}"))

    def test_what_help_says_it_says_in_thai_and_then_in_english(self):
        def is_thai(text):
            return len(re.findall("[\u0e01-\u0e4e]", text)) > 20

        for name in self.commands():
            usage, _, body = self.run_words("help", name).out.partition("\n\n")
            self.assertRegex(usage, "[\u0e01-\u0e4e]{4}")
            self.assertEqual([is_thai(part) for part in body.split("\n\n") if part], [True, False] if body else [], name)
        self.assertEqual(["สถานะเมื่อจบ" in part for part in self.run_words("--help").out.split("\n\n")[-2:]], [True, False])

    def test_version(self):
        self.assertRegex(self.run_words("--version").out, r"^complaint \d+\.\d+\.\d+\n$")

    @unittest.skipUnless(shutil.which("man"), "no man here; tests/run.sh installs it")
    def test_it_reads_as_a_page(self):
        """Formatted as a reader sees it, through a pipe: all Thai is there, and the formatter has nothing to say."""
        self.assertIn("coding: utf-8", PAGE.splitlines()[0])
        page = SOURCE / "examples/complaint/complaint.1"
        done = subprocess.run(["man", "-l", page], env=dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH="80", MANPAGER="cat", MANROFFOPT="-ww"), capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        self.assertLessEqual(max(len(line) for line in done.stdout.splitlines() if "complaint" not in line), 80)
        said = re.sub(r"\s+", " ", done.stdout)
        words = set(re.findall(r"[\u0e00-\u0e7f]+", PAGE))
        self.assertGreaterEqual(len(words), 3)
        for word in words:
            self.assertIn(word, said)
        self.assertIn("5 พ.ย. 2569 เวลา 08.30 น.", said)
        for title in ("NAME", "SYNOPSIS", "OPTIONS", "COMMANDS", "OUTPUT", "ENVIRONMENT", "EXIT STATUS", "EXAMPLES"):
            self.assertRegex(done.stdout, rf"(?m)^{title}$")

    def test_thai_of_the_page_survives_a_pipe(self):
        """man passes the page through col(1), which drops what takes no column of its own."""
        self.assertEqual([line for line in PAGE.splitlines() if any(width(character) == 0 for character in line)], [])

    def test_examples(self):
        """All of them in one shell, one after the other, as a reader would type them."""
        blocks = re.findall(r"(?s)\.Bd -literal.*?\n(.*?)\.Ed", PAGE)
        self.assertGreaterEqual(len(blocks), 4)
        script = "\n".join(blocks).replace("\\et", "\\t").replace("\\en", "\\n").replace("\\e\\e", "\\\\")
        (self.folder / "bin").mkdir()
        (self.folder / "bin/complaint").symlink_to(COMMAND)
        (self.folder / "examples").symlink_to(SOURCE / "examples")
        today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7)))
        year = str(today.year + 543 + (today.month >= 10))
        environment = dict(os.environ, PATH=f"{self.folder / 'bin'}:{os.environ['PATH']}", YEAR=year)
        done = subprocess.run(["sh", "-eux"], input=script, cwd=self.folder, env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"1/{year}", done.stdout)
        self.assertIn("วันที่ ๕ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙", done.stdout)
        self.assertIn("2569", (self.folder / "round.txt").read_text(encoding="utf-8"))


class ThaiGuide(DeskTest):
    """The day at the desk that docs/th tells of, typed as it stands: one command after the other, at a terminal and in a pipe."""

    def setUp(self):
        super().setUp()
        text = (SOURCE / "docs/th/README.md").read_text(encoding="utf-8")
        day = text.split("### หนึ่งวันที่จุดรับเรื่อง")[1].split("\n### ")[0]
        self.commands = [line for block in re.findall(r"(?s)```sh\n(.*?)```", day) for line in block.splitlines()]
        self.assertGreaterEqual(len(self.commands), 15)
        self.make_desk()
        self.message = self.receive("รอคิวสี่ชั่วโมงแล้วค่ะ ไม่มีใครมาบอกอะไรเลย", "--from", "มะลิ", "--thread", "t1", at="2025-11-05T08:45")

    def words(self, command):
        case = next((row["case_id"] for row in self.ask("worklist")), "")
        return [word.replace("รหัสข้อความ", self.message).replace("รหัสเรื่อง", case) for word in shlex.split(command)[1:]]

    def test_it_is_done_as_it_is_told(self):
        for command in self.commands:
            with self.subTest(command):
                words = self.words(command)
                at = words.index("--as") + 1 if "--as" in words else None
                who = words[at] if at else "officer:malee"
                lines = self.on_terminal(*(words[2:] if at else words), who=who, columns=100, at="5 พ.ย. 2568 เวลา 09.00 น.")
                said = "\n".join(lines)
                self.assertRegex(said, "[\u0e00-\u0e7f]")
                self.assertNotRegex(said, r"(?m)^[a-z_]+\t")
        shown = self.ask("show", "1/2569")
        self.assertEqual((shown["case"]["state"], shown["case"]["lead_unit"], shown["case"]["flags"]), ("closed", "quality", 1))
        self.assertEqual(self.ask("verify")["findings"], [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
