#!/usr/bin/env bash
# bai2 0.15.0: a balance whose funds come on two days runs into the type code of the next line.
#
# What one would expect: a record goes on in its 88 lines; the slash at the end of a line ends
# a field (BAI Cash Management Balance Reporting Specifications, Version 2, "Continuation
# record"). How many fields a balance has depends on its funds type; type D has one field for
# the number of days and then day and amount for each.
#
# What was seen: whether a comma is put between two lines of an 03 record depends on whether
# the number of commas so far is a multiple of four. With D over two days it is, so the last
# amount and the next code become one number: 50 and 074 are 50074. What follows is shifted by
# one field and refused as an unknown type code, which is the item count. Over three days, or
# without availability, the same lines are read.
#
# Output:
#   no availability: 072 100, 074 5
#   over three days: 072 100, 074 5
#   over two days: NotSupportedYetException: Type code '5' is not supported yet
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check bai2==0.15.0
"$dir/venv/bin/python" - <<'PY'
import sys

from bai2 import bai2


def balances(name, first):
    lines = [
        "01,121000358,CLINIC,261101,0330,1,,,2/",
        "02,CLINIC,121000358,1,261031,,USD,2/",
        f"03,1234567890,USD,072,100,{first}/",
        "88,074,5,,/",
        "49,105,3/",
        "98,105,1,5/",
        "99,105,1,7/",
    ]
    try:
        account = bai2.parse_from_lines(lines).children[0].children[0]
        seen = ", ".join(f"{s.type_code.code} {s.amount}" for s in account.header.summary_items)
    except Exception as error:
        seen = f"{type(error).__name__}: {error}"
    print(f"{name}: {seen}")
    return seen


read = "072 100, 074 5"
plain = balances("no availability", ",")
three = balances("over three days", "1,D,3,0,50,1,30,2,20")
two = balances("over two days", "1,D,2,0,50,1,50")
sys.exit((plain, three, "'5' is not supported" in two) != (read, read, True))
PY
