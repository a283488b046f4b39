#!/usr/bin/env bash
# timeboard 0.2.4: in the US calendar the extra day off of Christmas 2014 falls on December 26, 2018.
#
# What one would expect: federal offices were closed by order on Friday, December 26, 2014, and on
# Monday, December 24, 2018. The calendar knows both as its "xmas_additional_day"; whether a day is
# worked does not depend on the years that a calendar begins and ends with.
#
# What was seen: a calendar that holds 2014 works on December 26, 2014, and is off on December 26,
# 2018, a Wednesday; one of 2018 alone works on that day. Hours and working days counted back over
# both years differ by the span that is asked for.
#
# Output:
#   December 26, 2014: worked
#   December 26, 2018, calendar of 2014 to 2018: off
#   December 26, 2018, calendar of 2018: worked
#   working days of December 2018: 17 and 18
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check timeboard==0.2.4 pandas==2.3.3
"$dir/venv/bin/python" - <<'PY'
import sys

from timeboard.calendars import US

several = US.Weekly8x5(custom_start="01 Jan 2014", custom_end="31 Dec 2018")
single = US.Weekly8x5(custom_start="01 Jan 2018", custom_end="31 Dec 2018")


def state(calendar, day):
    return "worked" if calendar(day).is_on_duty() else "off"


def days(calendar):
    return calendar(("01 Dec 2018", "31 Dec 2018")).count()


seen = [
    state(several, "26 Dec 2014"),
    state(several, "26 Dec 2018"),
    state(single, "26 Dec 2018"),
    days(several),
    days(single),
]
print("December 26, 2014:", seen[0])
print("December 26, 2018, calendar of 2014 to 2018:", seen[1])
print("December 26, 2018, calendar of 2018:", seen[2])
print(f"working days of December 2018: {seen[3]} and {seen[4]}")
sys.exit(seen != ["worked", "off", "worked", 17, 18])
PY
