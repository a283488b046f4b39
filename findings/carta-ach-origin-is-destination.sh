#!/usr/bin/env bash
# carta-ach 0.4.5: the originating bank of a file is taken to be the one the file is sent to.
#
# What one would expect: the batch header and the trace numbers name the bank at which the
# company keeps its account (ODFI); "immediate destination" is only whoever gets the file,
# often a processor, a correspondent or the Federal Reserve.
#
# What was seen: both are cut from "immediate_dest", and no setting tells the bank. A file for
# a processor names the processor as the originating bank, and every trace number begins with
# it: returns go there, and the bank's own checks of its number fail.
#
# Output:
#   our bank 12104288, sent to 231380104: header 23138010, trace 231380100000001
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check carta-ach==0.4.5
"$dir/venv/bin/python" - <<'PY'
import sys

from ach.builder import AchFile


def banks(destination):
    file = AchFile(
        "A",
        {
            "immediate_dest": destination,
            "immediate_org": "121042882",
            "immediate_dest_name": "PROCESSOR",
            "immediate_org_name": "CLINIC",
            "company_id": "1121042882",
        },
    )
    person = {"type": "22", "routing_number": "111000025", "account_number": "12345"}
    file.add_batch("PPD", [{**person, "amount": "10.00", "name": "JANE"}])
    lines = file.render_to_string().splitlines()
    return lines[1][79:87], lines[2][79:94]


header, trace = banks("231380104")
print(f"our bank 12104288, sent to 231380104: header {header}, trace {trace}")
sys.exit((header, trace) != ("23138010", "231380100000001"))
PY
