#!/usr/bin/env bash
# bdateutil 0.1: the same holiday is left out when business days are added and counted when they are
# measured.
#
# What one would expect: what is added comes back as the difference. With Thanksgiving, November 26,
# 2026, as a holiday, two business days after Wednesday the 25th is Monday the 30th, and from the
# 25th to the 30th it is two.
#
# What was seen: adding knows the holiday and gives the 30th; measuring gives three. Dates are
# turned into times of day there and compared with the list of holidays, in which a date is no
# longer found. So a term looks met a day before it is. With the holidays given as datetimes
# it is the other way round, the difference is right and the sum is a day early.
#
# Output:
#   holidays as date: two days after 2026-11-25 is 2026-11-30, and to 2026-11-30 are 3
#   holidays as datetime: two days after 2026-11-25 is 2026-11-27, and to 2026-11-30 are 2
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check bdateutil==0.1 python-dateutil==2.2 six==1.17.0
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import date, datetime

from bdateutil import relativedelta

start, end = date(2026, 11, 25), date(2026, 11, 30)
seen = []
for thanksgiving in (date(2026, 11, 26), datetime(2026, 11, 26)):
    later = start + relativedelta(bdays=2, holidays=[thanksgiving])
    days = relativedelta(end, start, holidays=[thanksgiving]).bdays
    seen.append((later, days))
    kind = type(thanksgiving).__name__
    print(f"holidays as {kind}: two days after {start} is {later}, and to {end} are {days}")
sys.exit(seen != [(end, 3), (date(2026, 11, 27), 2)])
PY
