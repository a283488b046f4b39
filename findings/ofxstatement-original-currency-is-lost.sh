#!/usr/bin/env bash
# ofxstatement 0.9.3 (and ofxtools 1.1.1): what a foreign bill was charged in stands under a tag that
# no reader knows, with its rate cut to cents.
#
# What one would expect: a line's orig_currency is the aggregate ORIGCURRENCY (OFX 2.2, section 5.2,
# which the class Currency names), and its rate of 1.0825 dollars to the euro is 1.0825. A reader
# then knows that the $100.00 were EUR 92.38.
#
# What was seen: the tag is ORIG_CURRENCY, which OFX does not have; ofxtools warns of it and passes
# over it, so that the line is one in dollars. And the rate is written as an amount, with two
# decimals: 1.08, by which $100.00 are EUR 92.59. Under the tag of OFX and with the rate first, as
# OFX has it, ofxtools reads it.
#
# Output:
#   written: ORIG_CURRENCY EUR 1.08
#   read as it is: none
#   read in the form of OFX: EUR 1.08
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check ofxstatement==0.9.3 ofxtools==1.1.1
"$dir/venv/bin/python" -W ignore - <<'PY'
import re
import sys
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from ofxstatement.ofx import OfxWriter
from ofxstatement.statement import Currency, Statement, StatementLine
from ofxtools.Parser import OFXTree


def read(text):
    """Original currency and rate of the only line, as ofxtools reads them."""
    tree = OFXTree()
    tree.parse(BytesIO(text.encode()))
    (line,) = tree.convert().statements[0].transactions
    found = getattr(line, "origcurrency", None)
    return ("none",) if found is None else (found.cursym, str(found.currate))


statement = Statement("111000025", "654321", "USD")
statement.start_date, statement.end_date = datetime(2026, 11, 1), datetime(2026, 11, 27)
statement.end_balance = Decimal("900.00")
line = StatementLine("1", datetime(2026, 11, 27), "Spare part", Decimal("-100.00"))
line.trntype = "DEBIT"
line.orig_currency = Currency("EUR", Decimal("1.0825"))
statement.lines.append(line)
written = OfxWriter(statement).toxml()

AGGREGATE = r"<(ORIG\w+)><CURSYM>(\w+)</CURSYM><CURRATE>([\d.]+)</CURRATE></ORIG\w+>"
VALID = r"<ORIGCURRENCY><CURRATE>\3</CURRATE><CURSYM>\2</CURSYM></ORIGCURRENCY>"
seen = [
    re.search(AGGREGATE, written).groups(),
    read(written),
    read(re.sub(AGGREGATE, VALID, written)),
]
for label, found in zip(("written:", "read as it is:", "read in the form of OFX:"), seen):
    print(label, *found)
sys.exit(seen != [("ORIG_CURRENCY", "EUR", "1.08"), ("none",), ("EUR", "1.08")])
PY
