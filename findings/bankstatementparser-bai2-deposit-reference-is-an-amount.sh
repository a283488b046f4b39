#!/usr/bin/env bash
# bankstatementparser 0.0.29, BAI2: the reference of a check deposit is what of it is available.
#
# What one would expect: reference and text of an entry are what the bank wrote there. Where
# they stand depends on the funds type before them: S is followed by three amounts, available
# at once, in one day and later (BAI Cash Management Balance Reporting Specifications,
# Version 2, "Transaction detail"). Deposits of checks are reported so.
#
# What was seen: bank reference, customer reference and text are always the fifth to seventh
# field, so that the three amounts become them, and the number of the deposit slip, by which a
# practice finds the day's drawer, is nowhere. Two deposits alike have the same "transaction_id".
#
# Output:
#   no availability: BANK77 SLIP1031 deposit of the front desk
#   availability: 50000 30000 20000
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check bankstatementparser==0.0.29
cd "$dir"
"$dir/venv/bin/python" - <<'PY'
import sys

from bankstatementparser import create_parser


def deposit(name, funds):
    lines = [
        "01,121000358,CLINIC,261101,0330,1,,,2/",
        "02,CLINIC,121000358,1,261031,,USD,2/",
        "03,1234567890,USD,,,,/",
        f"16,301,100000,{funds},BANK77,SLIP1031,deposit of the front desk",
        "49,100000,3/",
        "98,100000,1,5/",
        "99,100000,1,7/",
    ]
    with open("day.bai2", "w") as file:
        file.write("\n".join(lines) + "\n")
    (entry,) = create_parser(file.name).parse_streaming()
    seen = entry["transaction_id"], entry["Reference"], entry["description"]
    print(f"{name}: {' '.join(seen)}")
    return seen


plain = deposit("no availability", "")
split = deposit("availability", "S,50000,30000,20000")
sys.exit(
    (plain, split)
    != (("BANK77", "SLIP1031", "deposit of the front desk"), ("50000", "30000", "20000"))
)
PY
