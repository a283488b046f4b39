#!/usr/bin/env bash
# sla-calculator 1.0.0: Friday is a day off and Sunday is worked.
#
# What one would expect: "all holidays and weekends" are "none working hours" (README). With hours
# from 9 to 17, what comes in on a Friday at 10 and has four hours is due that Friday at 14.
#
# What was seen: the package counts the days of the week from Monday as 0 and takes what is above 4
# for the weekend; pendulum 2.1.2, the version it asks for, counts them from Sunday. Friday
# and Saturday are off and Sunday is a working day: Friday's four hours are due on Sunday at 13,
# and what comes in on Thursday at 16 is due on Sunday at 12 and not on Friday. From Monday to
# Wednesday it is right.
#
# Its pendulum has no wheel for Python 3.12 and later: PYTHON names another python3 (3.10, 3.11).
#
# Output:
#   Tuesday 2026-12-08 10:00: due Tuesday 2026-12-08 14:00
#   Thursday 2026-12-10 16:00: due Sunday 2026-12-13 12:00
#   Friday 2026-12-11 10:00: due Sunday 2026-12-13 13:00
#   Sunday 2026-12-13 10:00: due Sunday 2026-12-13 14:00
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check \
    sla-calculator==1.0.0 pendulum==2.1.2 holidays==0.10.3
TZ=UTC "$dir/venv/bin/python" -W ignore - <<'PY'
import sys
from datetime import datetime

from sla_calculator import SLA_Calculator

EXPECTED = {
    datetime(2026, 12, 8, 10): datetime(2026, 12, 8, 14),
    datetime(2026, 12, 10, 16): datetime(2026, 12, 13, 12),
    datetime(2026, 12, 11, 10): datetime(2026, 12, 13, 13),
    datetime(2026, 12, 13, 10): datetime(2026, 12, 13, 14),
}
seen = {}
for start in EXPECTED:
    due = SLA_Calculator().calculate(f"{start.isoformat()}Z", 9, 17, sla_in_hours=4)
    seen[start] = datetime(due.year, due.month, due.day, due.hour, due.minute)
    print(f"{start:%A %Y-%m-%d %H:%M}: due {seen[start]:%A %Y-%m-%d %H:%M}")
sys.exit(seen != EXPECTED)
PY
