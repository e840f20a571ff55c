"""numpy's busday_offset and busday_count over the holidays of `complaint calendar holidays`: lines `NAME/N NANOSECONDS` like those of the C++ benchmarks.

    bench_calendar_numpy.py COMPLAINT-COMMAND
"""
import datetime
import random
import subprocess
import sys
import time

import numpy

ONE_CALLS = 3000
ARRAY = 200_000


def holidays(command):
    for year in range(2544, 2574):
        for line in subprocess.run([command, "calendar", "holidays", str(year)], check=True, capture_output=True, text=True).stdout.splitlines():
            date, _, _, scope, _ = line.split("\t")
            if scope == "national":
                yield date


def best(work, times, rounds=5):
    results = []
    for _ in range(rounds):
        begin = time.perf_counter_ns()
        work()
        results.append((time.perf_counter_ns() - begin) / times)
    return min(results)


calendar = numpy.busdaycalendar(weekmask="1111100", holidays=sorted(set(holidays(sys.argv[1]))))
random.seed(1)
first = datetime.date(2012, 1, 1)
begins = [numpy.datetime64(first + datetime.timedelta(days=random.randrange(11 * 365))) for _ in range(ONE_CALLS)]
many = numpy.array([random.choice(begins) for _ in range(ARRAY)])
for n in (1, 7, 15, 250):
    def one_by_one():
        for day in begins:
            numpy.busday_offset(day, n, roll="preceding", busdaycal=calendar)
    print(f"add_numpy_call/{n} {best(one_by_one, ONE_CALLS, 3):.1f}")
    print(f"add_numpy_array/{n} {best(lambda: numpy.busday_offset(many, n, roll='preceding', busdaycal=calendar), ARRAY):.1f}")
    print(f"count_numpy_array/{n} {best(lambda: numpy.busday_count(many, many + n, busdaycal=calendar), ARRAY):.1f}")
