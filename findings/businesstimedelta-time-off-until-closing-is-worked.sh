#!/usr/bin/env bash
# businesstimedelta 1.0.1: time off that lasts until closing time counts as worked.
#
# What one would expect: a rule of time off takes its hours off the working day, wherever they lie.
# Of a day from 9 to 5, an hour at noon leaves 7 hours, and an afternoon off from 3 leaves 6.
#
# What was seen: the hour at noon and a morning off are taken off; time off that ends with the
# working day, or after it, is not: 8 hours. Only time off that ends before the working day does
# shortens it.
#
# Output:
#   off 12:00 to 13:00: 7 hours
#   off 09:00 to 10:00: 7 hours
#   off 15:00 to 16:59: 6 hours
#   off 15:00 to 17:00: 8 hours
#   off 15:00 to 18:00: 8 hours
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check businesstimedelta==1.0.1
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import datetime, time

import businesstimedelta

WEEKDAYS = [0, 1, 2, 3, 4]
day = businesstimedelta.WorkDayRule(start_time=time(9), end_time=time(17), working_days=WEEKDAYS)


def hours(since, until):
    off = businesstimedelta.LunchTimeRule(
        start_time=since, end_time=until, working_days=WEEKDAYS
    )
    rules = businesstimedelta.Rules([day, off])
    worked = rules.difference(datetime(2026, 11, 2, 8), datetime(2026, 11, 2, 20))
    return worked.hours


spans = {
    (time(12), time(13)): 7,
    (time(9), time(10)): 7,
    (time(15), time(16, 59)): 6,
    (time(15), time(17)): 8,
    (time(15), time(18)): 8,
}
seen = {span: hours(*span) for span in spans}
for (since, until), worked in seen.items():
    print(f"off {since:%H:%M} to {until:%H:%M}: {worked} hours")
sys.exit(seen != spans)
PY
