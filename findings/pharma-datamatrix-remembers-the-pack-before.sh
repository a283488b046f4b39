#!/usr/bin/env bash
# pharma-datamatrix 1.4.5: what a pack does not bear is taken from the pack scanned before it.
#
# What one would expect: each scan stands for itself. A single vial bears GTIN, lot and expiry
# without a serial; the same function, asked first, says so: INCOMPLETE DATA.
#
# What was seen: all scans of a process fill one and the same dict, which is never emptied. After a
# carton with a serial the vial of another product is answered as complete, with the carton's
# serial; and the carton's answer, kept in a list of the delivery, has become the vial's.
#
# Output:
#   vial scanned first: INCOMPLETE DATA
#   vial after a carton: 30312345678907 lot VIAL7 serial CARTON1
#   the carton now: 30312345678907 lot VIAL7 serial CARTON1
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check pharma-datamatrix==1.4.5
"$dir/venv/bin/python" - <<'PY'
import sys

from pharma_datamatrix import pharma_datamatrix

GS = chr(29)
CARTON = f"]d20100312345678906" + f"21CARTON1{GS}" + "17491231" + "10BOX5"
VIAL = f"]d20130312345678907" + f"10VIAL7{GS}" + "17490630"


def shown(pack):
    if "ERROR" in pack:
        return pack["ERROR"]
    return f"{pack['GTIN']} lot {pack['BATCH']} serial {pack['SERIAL']}"


first = shown(pharma_datamatrix(VIAL))
carton = pharma_datamatrix(CARTON)
before = shown(carton)
vial = pharma_datamatrix(VIAL)
print("vial scanned first:", first)
print("vial after a carton:", shown(vial))
print("the carton now:", shown(carton))
mixed = "30312345678907 lot VIAL7 serial CARTON1"
sys.exit(
    [first, before, shown(vial), shown(carton)]
    != ["INCOMPLETE DATA", "00312345678906 lot BOX5 serial CARTON1", mixed, mixed]
)
PY
