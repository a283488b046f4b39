#!/usr/bin/env bash
# pyworkshift 1.2.0: whoever leaves before a night shift ends is credited with all of it.
#
# What one would expect: the working time between two moments ends with the second one. Of a night
# from 19:00 to 07:00, 19:00 to 03:00 is 8 hours, and two hours of it, 02:00 to 04:00, are 2.
#
# What was seen: the part after midnight is counted up to the end of the shift, whatever the second
# moment: 12 hours for who left at 03:00, and 5 hours of work between 02:00 and 04:00. Before
# midnight the second moment counts (19:00 to 23:00 are 4 hours), and so it does for a day shift.
#
# Output:
#   19:00 to 23:00: 4:00:00
#   19:00 to 03:00: 12:00:00
#   02:00 to 04:00: 5:00:00
#   day shift, 09:00 to 11:00: 2:00:00
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check pyworkshift==1.2.0
"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import date, datetime, time, timedelta

from PyShift.workschedule.work_schedule import WorkSchedule

schedule = WorkSchedule("Ward", "A ward with nights and days")


def team(name, start, hours):
    shift = schedule.createShift(name, name, start, timedelta(hours=hours))
    rotation = schedule.createRotation(name, name)
    rotation.addSegment(shift, 1, 1)
    return schedule.createTeam(name, name, rotation, date(2026, 10, 1))


def worked(of, since, until):
    return str(of.calculateWorkingTime(since, until))


nights, days = team("Nights", time(19), 12), team("Days", time(8), 9)
evening, morning = datetime(2026, 11, 2), datetime(2026, 11, 3)
seen = {
    "19:00 to 23:00": worked(nights, evening.replace(hour=19), evening.replace(hour=23)),
    "19:00 to 03:00": worked(nights, evening.replace(hour=19), morning.replace(hour=3)),
    "02:00 to 04:00": worked(nights, morning.replace(hour=2), morning.replace(hour=4)),
    "day shift, 09:00 to 11:00": worked(days, evening.replace(hour=9), evening.replace(hour=11)),
}
for span, hours in seen.items():
    print(f"{span}: {hours}")
sys.exit(list(seen.values()) != ["4:00:00", "12:00:00", "5:00:00", "2:00:00"])
PY
