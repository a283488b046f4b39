#!/usr/bin/env bash
# achkit 0.2.0, AchFile.create(company_id=...): letters of a company identification vanish.
#
# What one would expect: the ten characters that the bank assigned stand in the batch header.
# The field is alphanumeric (Nacha Operating Rules, Appendix Three, "Company Identification");
# banks assign such as 9ABC123456, and the bank refuses or misroutes what it did not assign.
#
# What was seen: all but the digits is dropped and zeros are put before the rest. The code
# has a way for alphanumeric ones, but it is never taken: ten zeros count as true. A company
# named "CLINICAREX" becomes 0000000000. batch(company_id=...) keeps the letters, so one file
# can hold both.
#
# Output:
#   given to the file:  0009123456
#   only letters:       0000000000
#   given to the batch: 9ABC123456
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check achkit==0.2.0
"$dir/venv/bin/python" - <<'PY'
import sys

from achkit.generate import AchFile


def header(of_file, **more):
    file = AchFile.create(origin_dfi="121042882", company_id=of_file, origin_name="CLINIC")
    file.batch("PPD", "PAYROLL", "2026-12-04", **more).credit("JANE", "231380104", "1", 100)
    return file.render().splitlines()[1][40:50]


seen = (header("9ABC123456"), header("CLINICAREX"), header("1", company_id="9ABC123456"))
for label, value in zip(("given to the file: ", "only letters:      ", "given to the batch:"), seen):
    print(label, value)
sys.exit(seen != ("0009123456", "0000000000", "9ABC123456"))
PY
