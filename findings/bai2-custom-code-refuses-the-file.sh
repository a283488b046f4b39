#!/usr/bin/env bash
# bai2 0.15.0: one type code of the bank's own makes the whole file unreadable.
#
# What one would expect: codes 900 to 919 are a bank's own for balances, 920 to 959 for credits
# and 960 to 999 for debits (BAI Cash Management Balance Reporting Specifications, Version 2,
# type code ranges), so a reader knows what such a line is without its name and can
# give code, amount and text on.
#
# What was seen: a code that its table does not hold ends the reading, of all accounts in the
# file, for a summary as for a transaction. There is no option to keep it or to add a code.
#
# Output:
#   code 165: 165 100
#   code 951: NotSupportedYetException: Type code '951' is not supported yet
#   code 901: NotSupportedYetException: Type code '901' is not supported yet
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check bai2==0.15.0
"$dir/venv/bin/python" - <<'PY'
import sys

from bai2 import bai2


def seen(code, summary, detail):
    lines = [
        "01,121000358,CLINIC,261101,0330,1,,,2/",
        "02,CLINIC,121000358,1,261031,,USD,2/",
        f"03,1234567890,USD,{summary},100,,/",
        f"16,{detail},100,Z,,,CARD SETTLEMENT",
        "49,200,3/",
        "98,200,1,5/",
        "99,200,1,7/",
    ]
    try:
        (line,) = bai2.parse_from_lines(lines).children[0].children[0].children
        answer = f"{line.type_code.code} {line.amount}"
    except Exception as error:
        answer = f"{type(error).__name__}: {error}"
    print(f"code {code}: {answer}")
    return answer


known = seen("165", "015", "165")
credit = seen("951", "015", "951")
balance = seen("901", "901", "165")
refused = [f"Type code '{code}'" in answer for code, answer in (("951", credit), ("901", balance))]
sys.exit((known, refused) != ("165 100", [True, True]))
PY
