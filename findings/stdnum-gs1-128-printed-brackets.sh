#!/usr/bin/env bash
# python-stdnum 2.2, stdnum.gs1_128: the printed form of a code is read wrong, silently.
#
# What one would expect: the module accepts texts with brackets around the identifiers (its
# compact() takes them out, its own documentation shows a number so), hence
# "(10)A7(21)K9" is lot A7 and serial K9; and brackets inside a lot, which GS1 allows, stay.
#
# What was seen: all brackets are deleted before reading, and with them the only thing that
# says where a lot ends. The lot swallows the serial, validation passes, and a lot A(B)7
# becomes AB7.
#
# Output:
#   printed, lot and serial: {'01': '09521234000174', '10': 'A721K9'}
#   scanned, a lot with brackets: {'01': '09521234000174', '10': 'AB7'}
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-stdnum==2.2
"$dir/venv/bin/python" - <<'PY'
import sys

from stdnum import gs1_128

printed = gs1_128.info("(01)09521234000174(10)A7(21)K9")
brackets = gs1_128.info("010952123400017410A(B)7", separator="\x1d")
print("printed, lot and serial:", printed)
print("scanned, a lot with brackets:", brackets)
sys.exit((printed.get("10"), printed.get("21"), brackets["10"]) != ("A721K9", None, "AB7"))
PY
