#!/usr/bin/env bash
# biip 5.2.0: a code that the scanner announces as plain Code 39 becomes a GS1 lot.
#
# What one would expect: a text with symbology identifier is read as that symbology allows.
# ]A0 is Code 39, which carries no GS1 data at all (GS1 General Specifications, section
# 5.1: ]C1, ]d2, ]Q3, ]e0 and ]J1 do), so an own shelf code "10-22" has no GS1 message.
#
# What was seen: without one of GS1's identifiers biip tries everything; "10-22" in Code 39
# is lot "-22", "21ST-FLOOR" in plain Code 128 (]C0) is serial "ST-FLOOR", both without an
# error. Only symbologies of item numbers alone (]E0) keep it from trying.
#
# Output:
#   ]A010-22: AI 10 = -22, error None
#   ]C021ST-FLOOR: AI 21 = ST-FLOOR, error None
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check biip==5.2.0
"$dir/venv/bin/python" - <<'PY'
import sys

import biip

seen = []
for text in ("]A010-22", "]C021ST-FLOOR"):
    result = biip.parse(text)
    (element,) = result.gs1_message.element_strings
    error = result.gs1_message_error
    print(f"{text}: AI {element.ai.ai} = {element.value}, error {error}")
    seen.append((element.ai.ai, element.value, error))
sys.exit(seen != [("10", "-22", None), ("21", "ST-FLOOR", None)])
PY
