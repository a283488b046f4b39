#!/usr/bin/env bash
# rrule-humanize 0.1.0: a rule for the 15th and the last day of the month reads "on the 15th", one
# for its first Monday "Every month".
#
# What one would expect: BYMONTHDAY may count from the month's end, and a BYDAY of a monthly rule
# may carry a number (RFC 5545, 3.3.10: -1 is the last day of the month, 1MO its first Monday).
# The package's README: "Supports all RFC 5545 RRULE components"; what it cannot put into words
# it could refuse.
#
# What was seen: days from the end and numbered weekdays are left out of the sentence, and nothing
# says so. A semi-monthly payday reads as a monthly one; a check of the refrigerator due on the
# first Monday, on the last Friday or on the last day of the month reads the same for all three.
#
# Output:
#   FREQ=MONTHLY;BYMONTHDAY=15,-1: Every month, on the 15th
#   FREQ=MONTHLY;BYMONTHDAY=-1: Every month
#   FREQ=MONTHLY;BYDAY=1MO: Every month
#   FREQ=MONTHLY;BYDAY=-1FR: Every month
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check rrule-humanize==0.1.0
"$dir/venv/bin/python" - <<'PY'
import sys

from rrule_humanize import humanize

EXPECTED = {
    "BYMONTHDAY=15,-1": "Every month, on the 15th",
    "BYMONTHDAY=-1": "Every month",
    "BYDAY=1MO": "Every month",
    "BYDAY=-1FR": "Every month",
}
seen = {}
for part in EXPECTED:
    seen[part] = humanize(f"FREQ=MONTHLY;{part}")
    print(f"FREQ=MONTHLY;{part}: {seen[part]}")
sys.exit(seen != EXPECTED)
PY
