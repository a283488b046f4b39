#!/usr/bin/env bash
# businesslen 2.5.0: a whole working day is 0.875 days, a week 4.375.
#
# What one would expect: one working day from its own beginning to its own end is one day. By
# default that is 9 to 17 with the hour from 12 for lunch, seven hours of work, and `hours` says so.
#
# What was seen: `days` divides by eight, whatever the hours of the day are. Five days of leave
# come to 4.375 and the balance keeps the rest; with a week of four ten-hour days and lunch, each
# day off takes 1.125. Only a day of nine hours with lunch is one day.
#
# Output:
#   9 to 17, one day: 7.0 hours, 0.875 days
#   9 to 17, five days: 35.0 hours, 4.375 days
#   8 to 18, four days: 36.0 hours, 4.5 days
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check businesslen==2.5.0 holidays==0.86
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import datetime

from businesslen import BusinessLen

four_tens = {day: (8, 18) if day < 4 else () for day in range(7)}
seen = []
for label, work, end in (
    ("9 to 17, one day", BusinessLen(), datetime(2026, 12, 7, 17)),
    ("9 to 17, five days", BusinessLen(), datetime(2026, 12, 11, 17)),
    ("8 to 18, four days", BusinessLen(four_tens), datetime(2026, 12, 10, 18)),
):
    hours = work.hours(datetime(2026, 12, 7, 8), end)
    seen.append((hours, work.days()))
    print(f"{label}: {hours} hours, {work.days()} days")
sys.exit(seen != [(7.0, 0.875), (35.0, 4.375), (36.0, 4.5)])
PY
