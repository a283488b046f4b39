#!/usr/bin/env bash
# python-taxes 0.7.0: the check that passes $200,000 is taxed at the higher Medicare rate whole.
#
# What one would expect: an employer withholds 1.45 % of all wages, and 0.9 % more of what is paid
# above $200,000 in the year, "beginning with the pay period in which you pay wages in excess of
# $200,000" (IRS Publication 15, section 9; 26 CFR 31.3102-4(a)). Of $10,000 paid after $195,000,
# $5,000 lie above: $145.00 + $45.00.
#
# What was seen: required_withholding, "regardless of filing status", takes 2.35 % of the whole
# check as soon as one cent of it lies above, so $45 too much; the year's sum is wrong by that.
#
# Output:
#   after $190,000: 145.00, expected 145.00
#   after $195,000: 235.00, expected 190.00
#   after $200,000: 235.00, expected 235.00
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-taxes==0.7.0
cd "$dir"
venv/bin/python - <<'PY'
import sys
from decimal import Decimal

from python_taxes.federal import medicare

CHECK = Decimal("10000")
LIMIT = Decimal("200000")
seen = {}
for earlier in (Decimal("190000"), Decimal("195000"), Decimal("200000")):
    above = min(CHECK, max(Decimal(0), earlier + CHECK - LIMIT))
    expected = CHECK * Decimal("0.0145") + above * Decimal("0.009")
    seen[int(earlier)] = medicare.required_withholding(CHECK, earlier)
    print(f"after ${earlier:,}: {seen[int(earlier)]}, expected {expected:.2f}")
known = {190000: "145.00", 195000: "235.00", 200000: "235.00"}
sys.exit({year: str(tax) for year, tax in seen.items()} != known)
PY
