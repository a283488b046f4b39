#!/usr/bin/env bash
# achlens 0.1.7: the next banking day after July 2, 2027 is Monday, July 5, when banks are closed.
#
# What one would expect: for a holiday on a Sunday all Federal Reserve Banks are closed the
# following Monday (note to the Federal Reserve's holiday schedule K.8, which the package names
# as its source); no ACH file settles that day. Independence Day 2027 is a Sunday.
#
# What was seen: the list has the holidays by their dates, and nothing moves a Sunday to Monday,
# so that July 5 counts as a banking day. For Veterans Day 2029, a Sunday too, the Monday is
# written into the list, so the package is right there.
#
# Output:
#   after 2027-07-02: 2027-07-05
#   after 2029-11-09: 2029-11-13
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check achlens==0.1.7
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import date

from achlens.core.calendar import next_federal_reserve_business_day

seen = []
for friday in (date(2027, 7, 2), date(2029, 11, 9)):
    seen.append(next_federal_reserve_business_day(friday))
    print(f"after {friday}: {seen[-1]}")
sys.exit(seen != [date(2027, 7, 5), date(2029, 11, 13)])
PY
