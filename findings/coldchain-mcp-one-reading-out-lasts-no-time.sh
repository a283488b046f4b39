#!/usr/bin/env bash
# Package: coldchain-mcp 0.1.0 (PyPI), "cold-chain sensor data analysis: threshold
# breaches"; its function detect_threshold_breaches.
#
# A logger that reads each hour shows 5, 15, 5 °C: the unit was out of 2 to 8 °C for some
# time between nothing and two hours, at 15 °C.
#
# Expected: one breach; its length is that to the first reading inside (60 minutes), or
# unknown.
# Seen: a breach ends with its last reading outside, so one reading lasts 0 minutes. Asked
# for breaches of 30 minutes or more the answer is "compliant": true, and so it is for a
# unit that is outside at every second reading of a day. The other way round, two readings
# at 9 °C with three days without any reading between them are one breach of 72 hours.
#
# Output when this was written (Python 3.11, mcp 1.27.0):
#   one hourly reading at 15 °C: breaches of 0 minutes, compliant: False
#   the same, breaches from 30 minutes on: compliant: True
#   out at every second hour of a day: compliant: True
#   9 °C, three days of nothing, 9 °C: 4320.0 minutes in 1 breach
#
# Exits 0 while it behaves so, 1 if that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    coldchain-mcp==0.1.0 mcp==1.27.0
"$folder/venv/bin/python" -W ignore - <<'PY'
import json
import sys

from coldchain_mcp.server import detect_threshold_breaches


def breaches(rows, **options):
    text = "timestamp,value\n" + "".join(f"{at},{value}\n" for at, value in rows)
    found = detect_threshold_breaches(text, min_temp=2.0, max_temp=8.0, **options)
    return json.loads(found)


one = [(f"2026-11-18T{8 + hour:02}:00:00", value) for hour, value in enumerate((5, 15, 5))]
day = [(f"2026-11-18T{hour:02}:00:00", (5, 15)[hour % 2]) for hour in range(24)]
gap = [
    ("2026-11-18T08:00:00", 5),
    ("2026-11-18T09:00:00", 9),
    ("2026-11-21T09:00:00", 9),
    ("2026-11-21T10:00:00", 5),
]
short, asked, every, long = (
    breaches(one),
    breaches(one, min_duration_minutes=30),
    breaches(day, min_duration_minutes=30),
    breaches(gap),
)
minutes = short["total_breach_minutes"]
print(f"one hourly reading at 15 °C: breaches of {minutes:g} minutes, compliant: {short['compliant']}")
print(f"the same, breaches from 30 minutes on: compliant: {asked['compliant']}")
print(f"out at every second hour of a day: compliant: {every['compliant']}")
print(
    f"9 °C, three days of nothing, 9 °C: {long['total_breach_minutes']} minutes in "
    f"{long['breach_count']} breach"
)
as_seen = (
    minutes == 0
    and not short["compliant"]
    and asked["compliant"]
    and every["compliant"]
    and long["total_breach_minutes"] == 4320
    and long["breach_count"] == 1
)
sys.exit(0 if as_seen else 1)
PY
