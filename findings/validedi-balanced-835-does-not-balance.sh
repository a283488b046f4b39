#!/usr/bin/env bash
# validedi 0.4.0: a remittance that balances does not, as soon as a service is adjusted or money
# is taken back.
#
# What one would expect: a claim balances by its charge less the adjustments of the claim *and* of
# its services, and the payment is what the claims pay less the provider-level adjustments, of
# which PLB04 is an amount (X12N 005010X221A1, section 1.10.2, Balancing). A claim of $150 with $30
# written off and $20 left to the patient, both at the service as is usual, pays $100; when the
# payer takes back $40 of an earlier payment (PLB, reason WO), it sends $60. No warning is due.
#
# What was seen: only adjustments beside the claim count, so that this claim is out of balance by
# all that was adjusted; the $40 are not part of the balance, so that the payment is wrong; and
# they are looked for among the claim numbers, where they are not.
#
# Output:
#   nothing adjusted: no warning
#   service adjusted: 835-010 for claim A1: charged=$150.00, paid=$100.00, adjustments=$0.00
#   money taken back: 835-007 total payment ($60.00) does not match sum of CLP04 amounts ($100.00)
#   money taken back: 835-012 claim '40' which does not appear in any CLP01 in this file
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check validedi==0.4.0
cd "$dir"
venv/bin/python - <<'PY'
import re
import sys
from pathlib import Path

from validedi import validate

HEAD = (
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         "
    "*261130*1200*^*00501*000000001*0*P*:~GS*HP*PAYER*CLINIC*20261130*1200*1*X*005010X221A1~"
)


def warnings(charge, paid, adjusted, sent, provider):
    """What is said of a remittance of one claim with one service."""
    body = [
        "ST*835*0001",
        f"BPR*I*{sent}*C*ACH*CCP*01*111000025*DA*123456*1512345678**01*111000025*DA*654321*20261130",
        "TRN*1*12345*1512345678",
        "N1*PR*PAYER",
        "N3*1 MAIN ST",
        "N4*CHICAGO*IL*60601",
        "PER*BL*SUPPORT*TE*3125550100",
        "N1*PE*CLINIC*XX*1234567893",
        "LX*1",
        f"CLP*A1*1*{charge}*{paid}*20*MC*C1*11*1",
        "NM1*QC*1*DOE*JANE****MI*M1",
        f"SVC*HC:99213*{charge}*{paid}**1",
        "DTM*472*20261102",
        *adjusted,
        *provider,
    ]
    body.append(f"SE*{len(body) + 1}*0001")
    Path("remittance.edi").write_text(HEAD + "~".join(body) + "~GE*1*1~IEA*1*000000001~")
    return [(error.code, error.message) for error in validate("remittance.edi").errors]


adjusted = ["CAS*CO*45*30", "CAS*PR*1*20"]
cases = {
    "nothing adjusted": warnings(100, 100, [], 100, []),
    "service adjusted": warnings(150, 100, adjusted, 100, []),
    "money taken back": warnings(100, 100, [], 60, ["PLB*1234567893*20261231*WO:A0*40"]),
}
for label, said in cases.items():
    if not said:
        print(f"{label}: no warning")
    for code, message in said:
        short = re.search(r"(for claim .*?|total payment .*?|claim '.*?)(, paid\+adj|\. |$)", message)
        print(f"{label}: {code} {short[1]}")
codes = [[code for code, _ in said] for said in cases.values()]
sys.exit(codes != [[], ["835-010"], ["835-007", "835-012"]])
PY
