"""complaint calendar: the listing against the published days, marks of days of rest, and explanations."""
import datetime
import os
import pathlib
import subprocess
import unittest

COMMAND = os.environ["COMPLAINT_COMMAND"]
ROOT = pathlib.Path(os.environ["COMPLAINT_SOURCE"])


def run(*words):
    return subprocess.run([COMMAND, "calendar", *words], capture_output=True, text=True, encoding="utf-8")


def holidays(year):
    done = run("holidays", str(year))
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


class Calendar(unittest.TestCase):
    def test_weekdays_are_those_that_were_published(self):
        rows = [line.split("\t") for line in (ROOT / "tests/data/holidays.tsv").read_text().splitlines() if not line.startswith("#")]
        expected = [tuple(row[:4]) for row in rows]
        got = [(date, kind, scope, status) for year in range(2553, 2574) for date, _, kind, scope, status in holidays(year) if datetime.date.fromisoformat(date).weekday() < 5]
        self.assertEqual(got, expected)

    def test_a_holiday_on_a_day_of_rest_is_marked_and_nothing_else(self):
        for year in (2555, 2566, 2569, 2573):
            for date, name, *_ in holidays(year):
                mark = {5: "(วันเสาร์)", 6: "(วันอาทิตย์)"}.get(datetime.date.fromisoformat(date).weekday())
                self.assertEqual(name.endswith((" (วันเสาร์)", " (วันอาทิตย์)")), mark is not None, name)
                self.assertTrue(mark is None or name.endswith(" " + mark), name)

    def test_an_explanation_follows_the_answer(self):
        words = ("due", "--from", "2026-03-14", "--length", "30", "--unit", "calendar_days", "--roll", "following")
        plain, told = run(*words), run(*words, "--explain")
        self.assertEqual(plain.stdout, "2026-04-16\tannounced\n")
        lines = told.stdout.splitlines()
        self.assertEqual(lines[0] + "\n", plain.stdout)
        steps = lines[1:]
        self.assertEqual(len(steps), 12)
        self.assertEqual([line.split(".")[0] for line in steps], [str(i) for i in (*range(1, 7), *range(1, 7))])
        self.assertIn("มาตรา 193/8", steps[4])
        self.assertIn("Thursday 16 April 2026 [Civil and Commercial Code s. 193/8", steps[10])

    def test_what_cannot_be_computed_is_not_explained(self):
        done = run("due", "--from", "2031-03-14", "--length", "3", "--unit", "working_days", "--explain")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("2573", done.stderr)

    def test_a_count_says_which_day_is_wrong(self):
        self.assertEqual(run("count", "2026-01-05", "2026-01-12").stdout, "5\n")
        self.assertEqual(run("count", "2026-01-05", "2026-01-05").stdout, "0\n")
        done = run("count", "2026-03-01", "2026-01-01")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("the first day lies behind the second", done.stderr)
        self.assertIn("สลับลำดับ", done.stderr)
        for words, wrong in ((("2026-03-01", "2099-01-01"), "2099-01-01"), (("1990-03-01", "2026-01-01"), "1990-03-01")):
            done = run("count", *words)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(f"E_NO_CALENDAR, {wrong}", done.stderr)

    def test_a_year_of_the_common_era_is_told_from_one_without_data(self):
        for year, meant in (("2026", "2569"), ("1999", "2542")):
            done = run("holidays", year)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(meant, done.stderr.splitlines()[0])
            self.assertIn(meant, done.stderr.splitlines()[1])
        done = run("holidays", "2600")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("E_NO_CALENDAR, 2600", done.stderr)


if __name__ == "__main__":
    unittest.main()
