#!/usr/bin/env bash
# edi-835-parser 1.8.0: a second supplemental amount of a service takes the allowed amount away.
#
# What one would expect: a service of a remittance may have up to nine AMT segments, told apart
# by AMT01 and in any order (ASC X12 005010X221A1, loop 2110, Service Supplemental Amount): B6
# is what the payer allows, T a tax, ZK to ZO federal categories.
#
# What was seen: the service keeps one AMT, the last. Where another follows B6, the allowed
# amount is None, though the file has it; in the other order it is there. A comparison of what
# was allowed with the contract loses just those lines.
#
# Output:
#   B6 alone: allowed 100.0
#   tax, then B6: allowed 100.0
#   B6, then tax: allowed None
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

BEFORE = [
    "ISA*00*          *00*          *ZZ*HEALTHPLAN     *ZZ*CLINIC         *261102*0900*^*00501*000000007*0*P*:",
    "GS*HP*HEALTHPLAN*CLINIC*20261102*0900*7*X*005010X221A1",
    "ST*835*0001",
    "BPR*I*90*C*ACH*CCP*01*111000025*DA*1*1234567890**01*111000025*DA*2*20261102",
    "TRN*1*900*1234567890",
    "DTM*405*20261102",
    "N1*PR*HEALTHPLAN",
    "N3*9 HILL",
    "N4*TOWN*WI*53000",
    "N1*PE*CLINIC*XX*1234567893",
    "LX*1",
    "CLP*B7*1*140*90*10*12*CLAIM7*11",
    "NM1*QC*1*SAMPLE*ANN",
    "DTM*232*20261015",
    "SVC*HC:99213*140*90**1",
    "DTM*472*20261015",
    "CAS*CO*45*40",
    "CAS*PR*3*10",
]


def allowed(name, *amounts):
    end = [f"SE*{len(BEFORE) - 2 + len(amounts) + 1}*0001", "GE*1*7", "IEA*1*000000007"]
    with open("remittance.835", "w") as file:
        file.write("~\n".join([*BEFORE, *amounts, *end]) + "~")
    (line,) = parse(file.name).to_dataframe().to_dict("records")
    print(f"{name}: allowed {line['allowed_amount']}")
    return line["allowed_amount"]


alone = allowed("B6 alone", "AMT*B6*100")
after = allowed("tax, then B6", "AMT*T*5", "AMT*B6*100")
before = allowed("B6, then tax", "AMT*B6*100", "AMT*T*5")
sys.exit((alone, after, before) != (100, 100, None))
PY
