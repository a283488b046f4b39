#!/usr/bin/env bash
# holiday-engine 1.2.0 (needs Python 3.11): its calendar of the Federal Reserve's holidays closes
# the banks on days on which they are open.
#
# What one would expect: of the calendar "banking", which calls itself "US Federal Reserve banking
# holidays", the eleven standard holidays of the Federal Reserve Banks. Good Friday and Easter
# Monday are none of them, and "for holidays falling on Saturday, Federal Reserve Banks and
# Branches will be open the preceding Friday" (note to the holiday schedule K.8).
#
# What was seen: thirteen holidays, Good Friday and Easter Monday among them, and each of those on
# a Saturday closes the Friday before. So 2027 has five weekdays without ACH on which it settles,
# and wages to be paid by Friday, December 31, would leave the bank a day early.
#
# Output:
#   open, said to be closed: 2027-03-26 Good Friday
#   open, said to be closed: 2027-03-29 Easter Monday
#   open, said to be closed: 2027-06-18 Juneteenth National Independence Day
#   open, said to be closed: 2027-12-24 Christmas Day
#   open, said to be closed: 2027-12-31 New Year's Day
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check holiday-engine==1.2.0
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import date

from isholiday import get_holidays, is_business_day

closed = {  # weekdays in 2027 on which the Federal Reserve Banks are closed
    date(2027, 1, 1),
    date(2027, 1, 18),
    date(2027, 2, 15),
    date(2027, 5, 31),
    date(2027, 7, 5),
    date(2027, 9, 6),
    date(2027, 10, 11),
    date(2027, 11, 11),
    date(2027, 11, 25),
}
seen = []
for day, name in get_holidays(2027, calendar="banking"):
    if day not in closed and not is_business_day(day, calendar="banking"):
        seen.append((day.month, day.day))
        print(f"open, said to be closed: {day} {name}")
sys.exit(seen != [(3, 26), (3, 29), (6, 18), (12, 24), (12, 31)])
PY
