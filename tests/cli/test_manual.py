"""The manual page, --help and the program say the same, and the examples of the page work as they stand."""
import datetime
import os
import re
import subprocess
import sys
import unittest

from desk import COMMAND, SOURCE, DeskTest

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

    def test_help_of_a_command(self):
        for name in self.commands():
            self.assertEqual(self.run_words("help", name).out, self.run_words(name, "--help").out)
            self.assertTrue(self.run_words("help", name).out.startswith(f"complaint [OPTION ...] {name}"))

    def test_version(self):
        self.assertRegex(self.run_words("--version").out, r"^complaint \d+\.\d+\.\d+\n$")

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


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] if len(sys.argv) == 1 else sys.argv)
