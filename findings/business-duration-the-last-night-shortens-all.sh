#!/usr/bin/env bash
# business-duration 0.68: the hour at which the last night is left is taken for every night before.
#
# What one would expect: hours of business from 21:00 to 03:00 (its own example of hours that cross
# midnight) are six a night. From Monday 21:00 to Thursday 01:00 two whole nights and four hours lie:
# 16 hours.
#
# What was seen: 12. The nights in between are reckoned with the hour of the end, three hours before
# midnight and one after it, instead of three. Asked up to Thursday 03:00, all three nights are
# whole: 18. So two hours less on the last night take six off the total.
#
# Output:
#   Monday 21:00 to Thursday 03:00: 18 hours
#   Monday 21:00 to Thursday 01:00: 12 hours
#   the same by its nights: 16 hours
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check business-duration==0.68 pandas==2.3.3
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import datetime, time

from business_duration import businessDuration


def hours(since, until):
    return businessDuration(since, until, time(21), time(3), weekendlist=None, unit="hour")


def at(day, hour):
    return datetime(2026, 11, day, hour)


whole = hours(at(2, 21), at(5, 3))
short = hours(at(2, 21), at(5, 1))
nights = hours(at(2, 21), at(3, 3)) + hours(at(3, 21), at(4, 3)) + hours(at(4, 21), at(5, 1))
print(f"Monday 21:00 to Thursday 03:00: {whole:.0f} hours")
print(f"Monday 21:00 to Thursday 01:00: {short:.0f} hours")
print(f"the same by its nights: {nights:.0f} hours")
sys.exit([whole, short, nights] != [18, 12, 16])
PY
