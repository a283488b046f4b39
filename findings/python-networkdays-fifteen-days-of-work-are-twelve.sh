#!/usr/bin/env bash
# python-networkdays 1.2: a job of fifteen working days is over after twelve.
#
# What one would expect: JobSchedule turns hours into working days. The README's own example, 120
# hours at 8 a day from Monday, July 1, 2024, is said to take 15 business days and to end on
# July 19.
#
# What was seen: without a calendar of one's own the days looked at are as many calendar days as
# the job has working days, so that each weekend in between takes two off it. The example gives
# 12 days and ends on July 16. A job that fits between two weekends is right, which hides it: 40
# hours from a Monday are 5 days, from a Friday 4.
#
# Output:
#   120 hours from 2024-07-01: 12 days, ends 2024-07-16
#   40 hours from 2026-11-30: 5 days, ends 2026-12-04
#   40 hours from 2026-12-04: 4 days, ends 2026-12-09
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-networkdays==1.2
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import date

from networkdays import networkdays

seen = []
for hours, start in ((120, date(2024, 7, 1)), (40, date(2026, 11, 30)), (40, date(2026, 12, 4))):
    job = networkdays.JobSchedule(hours, 8, start)
    last = list(job.days())[-1]
    seen.append((job.bussines_days, last))
    print(f"{hours} hours from {start}: {job.bussines_days} days, ends {last}")
expected = [(12, date(2024, 7, 16)), (5, date(2026, 12, 4)), (4, date(2026, 12, 9))]
sys.exit(seen != expected)
PY
