#!/usr/bin/env bash
# openx12 0.2.1: a remittance has no dates of service, and its payment date is the file's own.
#
# What one would expect: the date stands in the second element of a DTM segment, which is 472 for
# a service and 232 for a claim's start; the day the money moves is the sixteenth of BPR and
# its method, such as ACH, the fourth (ASC X12 005010X221A1, loops 2100 and 2110, header).
#
# What was seen: the package counts elements from the one after the segment's name but looks for
# the date in the third, which DTM does not have, so no claim and no service ever gets one. The
# payment date is the day the interchange was made, here five days before the money, and the
# method the handling code before the amount, "I" for every payment with its remittance.
#
# Output:
#   service of 2026-10-15: service_date None
#   claim from 2026-10-15: claim_date_from None
#   ACH of 2026-12-02: payment_date 261127 payment_method I
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check openx12==0.2.1
"$dir/venv/bin/python" - <<'PY'
import sys

from openx12 import x835

SEGMENTS = [
    "ISA*00*          *00*          *ZZ*HEALTHPLAN     *ZZ*CLINIC         *261127*0900*^*00501*000000007*0*P*:",
    "GS*HP*HEALTHPLAN*CLINIC*20261127*0900*7*X*005010X221A1",
    "ST*835*0001",
    "BPR*I*90*C*ACH*CCP*01*111000025*DA*1*1234567890**01*111000025*DA*2*20261202",
    "TRN*1*900*1234567890",
    "DTM*405*20261127",
    "N1*PR*HEALTHPLAN",
    "N3*9 HILL",
    "N4*TOWN*WI*53000",
    "PER*BL*HELP*TE*8005550100",
    "N1*PE*CLINIC*XX*1234567893",
    "LX*1",
    "CLP*B7*1*140*90*10*12*CLAIM7*11",
    "NM1*QC*1*SAMPLE*ANN",
    "DTM*232*20261015",
    "SVC*HC:99213*140*90**1",
    "DTM*472*20261015",
    "CAS*CO*45*40",
    "CAS*PR*3*10",
    "SE*18*0001",
    "GE*1*7",
    "IEA*1*000000007",
]
remittance = x835.parse("~\n".join(SEGMENTS) + "~")
(claim,) = remittance.claims
(service,) = claim["services"]
summary = remittance.summary()
seen = [
    service.get("service_date"),
    claim.get("claim_date_from"),
    summary["payment_date"],
    summary["payment_method"],
]
print("service of 2026-10-15: service_date", seen[0])
print("claim from 2026-10-15: claim_date_from", seen[1])
print("ACH of 2026-12-02: payment_date", seen[2], "payment_method", seen[3])
sys.exit(seen != [None, None, "261127", "I"])
PY
