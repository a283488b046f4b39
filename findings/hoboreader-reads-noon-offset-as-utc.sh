#!/usr/bin/env bash
# Package: hoboreader 0.0.2 (PyPI), a reader of HOBOware CSV exports of Onset data
# loggers.
#
# HOBOware writes the logger's fixed offset into the heading: "Date Time, GMT+12:00" is
# standard time in New Zealand, Fiji and on Wake Island.
#
# Expected: times twelve hours ahead of UTC.
# Seen: the offset is parsed as a time of a 12-hour clock, on which 12:00 is hour 0: the
# times get an offset of zero and still the name "GMT+12:00". GMT+11:00 is read rightly.
#
# Output when this was written (Python 3.11, pandas 2.2.3):
#   GMT+11:00 11:00:00
#   GMT+12:00 0:00:00
#
# Exits 0 while it behaves so, 1 if that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    hoboreader==0.0.2 pandas==2.2.3 numpy==2.1.3
for offset in 11 12; do
    cat >"$folder/$offset.csv" <<CSV
"Plot Title: Fridge"
"#","Date Time, GMT+$offset:00","Temp, C (LGR S/N: 1, SEN S/N: 2)"
1,04/02/26 09:30:00 AM,4.5
CSV
done
"$folder/venv/bin/python" -W ignore - "$folder" <<'PY'
import sys
from datetime import timedelta

from hoboreader import HoboReader

seen = []
for offset in (11, 12):
    (moment,) = HoboReader(f"{sys.argv[1]}/{offset}.csv").datetimes
    seen.append(moment.utcoffset())
    print(moment.tzname(), moment.utcoffset())
sys.exit(0 if seen == [timedelta(hours=11), timedelta(0)] else 1)
PY
