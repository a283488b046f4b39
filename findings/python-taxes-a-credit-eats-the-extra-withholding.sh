#!/usr/bin/env bash
# python-taxes 0.7.0: a credit larger than the tax is taken from the extra amount asked for, too.
#
# What one would expect: Form W-4 step 3 (credits) lowers the tax of a period to zero at most; the
# extra withholding of step 4(c) is added afterwards, in full (IRS Publication 15-T, Worksheet 1A:
# line 3c "If zero or less, enter -0-", then line 4b = 3c + 4a). Who asks for $100 more of each
# check, to pay the tax of another income, has $100 withheld at least.
#
# What was seen: the negative rest of the credit is kept and set against the extra amount. Married
# filing jointly, $2,000 every two weeks in 2025: tax 84.62; credits of $4,000 a year are 153.85 a
# check; with $100 extra, 30.77 is withheld, which is $1,800 too little in the year.
#
# Output:
#   tax alone: 84.62
#   with the credit: 0.00
#   with the credit and $100 extra: 30.77, expected 100.00
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-taxes==0.7.0
cd "$dir"
venv/bin/python - <<'PY'
import sys
from decimal import Decimal

from python_taxes.federal.income import employer_withholding

PERSON = {
    "taxable_wages": Decimal("2000"),
    "pay_frequency": "biweekly",
    "filing_status": "married",
    "tax_year": 2025,
}
CREDIT = {"tax_credits": Decimal("4000")}
plain = employer_withholding(**PERSON)
credited = employer_withholding(**PERSON, **CREDIT)
both = employer_withholding(**PERSON, **CREDIT, extra_withholding=Decimal("100"))
print(f"tax alone: {plain}")
print(f"with the credit: {credited}")
print(f"with the credit and $100 extra: {both}, expected 100.00")
sys.exit([str(x) for x in (plain, credited, both)] != ["84.62", "0.00", "30.77"])
PY
