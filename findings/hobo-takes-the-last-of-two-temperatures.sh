#!/usr/bin/env bash
# Package: hobo 0.0.1 (PyPI), a reader of HOBOware CSV exports of Onset data loggers.
#
# A HOBO with an external probe exports two channels, "Temp, °F (... LBL: Glycol)" and
# "Temp, °F (... LBL: Room)": the vaccine's temperature and that of the room.
#
# Expected: both channels, or a refusal, or at least the first one; and the unit.
# Seen: one temperature for each row, silently that of the LAST "Temp," column: the room.
# Which channel it is, and that it is in Fahrenheit, cannot be found out from the reader.
#
# Output when this was written (Python 3.11):
#   glycol 41.0 and 50.0, room 70.0 and 70.2: read [70.0, 70.2]
#
# Exits 0 while it behaves so, 1 if that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hobo==0.0.1
cat >"$folder/fridge.csv" <<'CSV'
"Plot Title: Back room"
"#","Date Time, GMT-05:00","Temp, F (LGR S/N: 1, SEN S/N: 2, LBL: Glycol)","Temp, F (LGR S/N: 1, SEN S/N: 3, LBL: Room)","Host Connected (LGR S/N: 1)"
1,04/02/26 09:30:00 AM,41.0,70.0,
2,04/02/26 09:45:00 AM,50.0,70.2,
CSV
"$folder/venv/bin/python" -W ignore - "$folder/fridge.csv" <<'PY'
import sys

from hobo import HoboCSVReader

read = [row[1] for row in HoboCSVReader(sys.argv[1])]
print(f"glycol 41.0 and 50.0, room 70.0 and 70.2: read {read}")
sys.exit(0 if read == [70.0, 70.2] else 1)
PY
