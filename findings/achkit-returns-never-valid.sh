#!/usr/bin/env bash
# achkit 0.2.0: its validator refuses every return file whose totals are right.
#
# What one would expect: the package knows the return codes R01 to R31 and parses addenda of
# type 99, hence validate() accepts a bank's file of returned entries. Such entries carry the
# transaction codes 21, 26, 31 and 36 (Nacha Operating Rules, Appendix Three), and their
# amounts count in the control totals like any other.
#
# What was seen: only codes that end in 2, 3, 7 or 8 are added up. A returned credit of 15.00
# counts as nothing, so the right total of the bank is called wrong, in the batch and in the
# file. The same file with the total set to zero, which is wrong, is called valid.
#
# Output:
#   the bank's file: ['BAD_BATCH_CREDIT', 'BAD_FILE_CREDIT']
#   the same without its total: []
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check achkit==0.2.0
"$dir/venv/bin/python" - <<'PY'
import sys

from achkit.validate import validate


def file(total):
    """One credit of 15.00 that came back: account closed (R02)."""
    credit = f"{total:012}"
    lines = [
        "101 231380104 1210428822612070900A094101" + "OUR BANK".ljust(23)
        + "FEDERAL RESERVE".ljust(31),
        "5220" + "VALLEY CLINIC".ljust(36) + "1121042882PPDPAYROLL   " + "      "
        + "261207" + "   1" + "23138010" + "0000001",
        "621" + "121042882" + "0012345678".ljust(17) + "0000001500" + "EMP001".ljust(15)
        + "JANE SMITH".ljust(22) + "  1" + "231380100000001",
        "799R02" + "121042880000001" + "      " + "23138010" + " " * 44 + "231380100000001",
        "8220" + "000002" + "0012104288" + "0" * 12 + credit + "1121042882" + " " * 25
        + "23138010" + "0000001",
        "9000001" + "000001" + "00000002" + "0012104288" + "0" * 12 + credit + " " * 39,
    ]
    assert {len(line) for line in lines} == {94}
    return "\n".join(lines + ["9" * 94] * 4) + "\n"


def errors(total):
    return [error["code"] for error in validate(file(total))["errors"]]


print("the bank's file:", errors(1500))
print("the same without its total:", errors(0))
sys.exit((errors(1500), errors(0)) != (["BAD_BATCH_CREDIT", "BAD_FILE_CREDIT"], []))
PY
