#!/usr/bin/env bash
# edi-835-parser 1.8.0: of the reasons that share one adjustment segment only the first is read.
#
# What one would expect: a payer's CAS segment gives a group code and then up to six times
# reason, amount, quantity (ASC X12 005010X221A1, CAS02 to CAS19). Charge less all adjustments
# is what was paid; Medicare writes the contractual part (CO 45) and the sequestration (CO 253)
# of a line so.
#
# What was seen: reason and amount come from CAS02 and CAS03, the rest of the segment is not
# looked at. The line below no longer balances by what sequestration took, and a comparison of
# payments with the contract shows it as underpaid. The same reasons in two segments are read.
#
# Output:
#   one segment: charge 150.00, adjusted 68.37, paid 80.00, missing 1.63
#   two segments: charge 150.00, adjusted 70.00, paid 80.00, missing 0.00
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check \
    edi-835-parser==1.8.0 pandas==2.3.3 numpy==2.2.6
cd "$dir"
"$dir/venv/bin/python" - <<'PY'
import sys
import warnings

warnings.simplefilter("ignore")

from edi_835_parser import parse

FILE = """ISA*00*          *00*          *ZZ*PAYER          *ZZ*PRACTICE       *261015*1200*^*00501*000000001*0*P*:
GS*HP*PAYER*PRACTICE*20261015*1200*1*X*005010X221A1
ST*835*0001
BPR*I*80*C*ACH*CCP*01*111000025*DA*1*1234567890**01*111000025*DA*2*20261015
TRN*1*12345*1234567890
DTM*405*20261015
N1*PR*PAYER
N3*1 STREET
N4*TOWN*WI*53000
N1*PE*PRACTICE*XX*1234567893
LX*1
CLP*A1*1*150*80*20*MB*CLAIM1*11
NM1*QC*1*SAMPLE*ANN
DTM*232*20261001
SVC*HC:99213*150*80**1
DTM*472*20261001
{adjustments}
CAS*PR*1*20
SE*{count}*0001
GE*1*1
IEA*1*000000001"""


def missing(name, *segments):
    text = FILE.format(adjustments="\n".join(segments), count=16 + len(segments))
    with open(f"{len(segments)}.835", "w") as file:
        file.write(text.replace("\n", "~\n") + "~")
    (line,) = parse(file.name).to_dataframe().to_dict("records")
    charge, paid = line["charge_amount"], line["paid_amount"]
    reasons = [value for key, value in line.items() if key.endswith("amount") and key[:3] == "adj"]
    adjusted = sum(reasons)
    left = round(charge - adjusted - paid, 2)
    print(f"{name}: charge {charge:.2f}, adjusted {adjusted:.2f}, paid {paid:.2f}, missing {left:.2f}")
    return left


one = missing("one segment", "CAS*CO*45*48.37**253*1.63")
two = missing("two segments", "CAS*CO*45*48.37", "CAS*CO*253*1.63")
sys.exit((one, two) != (1.63, 0))
PY
