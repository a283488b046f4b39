#!/usr/bin/env bash
# qif-to-qfx 0.1.1: of two equal payments of one day in one file the second is lost, and the
# balance with it.
#
# What one would expect: each item of a QIF file, closed by ^, is a transaction of its own (Intuit,
# Quicken Interchange Format). The package takes out what stands in "multiple overlapping QIF
# files" (README); one file alone overlaps with nothing. Two copays of 25.00 that the card
# processor pays out on a day are two.
#
# What was seen: what has date, amount and payee in common is one, whatever memo or number tells
# them apart, and also within the one file. The QFX has 25.00 for 50.00 and its ledger balance is
# the sum of what is left; the tool prints how many it kept, not what it took out.
#
# Output:
#   in the QIF: 3 items, 20.00
#   in the QFX: 2 transactions, ledger balance -5.00
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check qif-to-qfx==0.1.1
cd "$dir"
cat >day.qif <<'QIF'
!Type:Bank
D11/02/2026
T25.00
N1001
PCARD PAYOUT
MCopay 1
^
D11/02/2026
T25.00
N1002
PCARD PAYOUT
MCopay 2
^
D11/02/2026
T-30.00
PWATER
^
QIF
"$dir/venv/bin/qif-to-qfx" day.qif -o day.qfx --no-balance >log
"$dir/venv/bin/python" - <<'PY'
import re
import sys
from pathlib import Path

amounts = [float(line[1:]) for line in Path("day.qif").read_text().splitlines() if line[0] == "T"]
qfx = Path("day.qfx").read_text()
left = [float(amount) for amount in re.findall("<TRNAMT>(.*)", qfx)]
balance = float(re.search("<BALAMT>(.*)", qfx)[1])
print(f"in the QIF: {len(amounts)} items, {sum(amounts):.2f}")
print(f"in the QFX: {len(left)} transactions, ledger balance {balance:.2f}")
sys.exit((len(amounts), sum(amounts), left, balance) != (3, 20, [25, -30], -5))
PY
