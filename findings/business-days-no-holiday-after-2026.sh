#!/usr/bin/env bash
# business-days 0.0.8: from 2027 on there are no holidays; New Year's Day is the next business day.
#
# What one would expect: "business days are Monday thru Friday, excluding certain bank holidays"
# (the package's own words), in any year, or an error for a year that it does not know. The next
# one after Thursday, December 31, 2026, is Monday, January 4.
#
# What was seen: the holidays are a list that ends with 2026, and nothing says where it ends. A
# term that runs past the turn of the year is counted without New Year's Day and Martin Luther
# King Day: thirty business days after December 14, 2026, end two days early. Of the years it
# has, 2021, 2022 and 2023 have Presidents' Day on a Thursday.
#
# Output:
#   next after 2025-12-31: 2026-01-02
#   next after 2026-12-31: 2027-01-01
#   Presidents' Day 2022-02-21 a business day: True
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check business-days==0.0.8
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import date

from business_days.business_days import days_from_now, is_business_day

seen = []
for day in (date(2025, 12, 31), date(2026, 12, 31)):
    seen.append(days_from_now(day, 1))
    print(f"next after {day}: {seen[-1]}")
presidents = date(2022, 2, 21)
seen.append(is_business_day(presidents))
print(f"Presidents' Day {presidents} a business day: {seen[-1]}")
sys.exit(seen != [date(2026, 1, 2), date(2027, 1, 1), True])
PY
