#!/usr/bin/env bash
# kw-x12-parser 0.1.6: a claim file that is read and written again bills another provider, another
# place and less.
#
# What one would expect: "Convert a DataFrame back to 837P EDI format": the claims read by
# full_parse_x837p and given unchanged to write_to_edi_x837p are those of the file. Each stands
# below its own billing provider (loop 2000A), of which a file may have many, and has all of its
# service lines, of which a professional claim may have 50 (X12N 005010X222A1, loop 2400).
#
# What was seen: there is one billing provider in what is written, that of the first claim, and the
# claim of the south clinic goes out under the NPI and tax number of the north clinic. Of 22
# services at $100 the last two are gone, while the claim still says $2,200. And as no service line
# names a place of its own, each gets 12, the patient's home, where the claim says 11, the office.
#
# Output:
#   read:    A1 1234567893 $100 in 1 lines
#   read:    B1 1992999825 $2200 in 22 lines
#   written: A1 1234567893 $100 in 1 lines, place of the services 12
#   written: B1 1234567893 $2200 in 20 lines, place of the services 12
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check kw-x12-parser==0.1.6 pandas==2.3.3
cd "$dir"
venv/bin/python - <<'PY'
import sys
from pathlib import Path

from kw_x12_parser import full_parse_x837p, write_to_edi_x837p

HEAD = (
    "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          "
    "*261130*1200*^*00501*000000001*0*P*:~GS*HC*CLINIC*PAYER*20261130*1200*1*X*005010X222A1~"
)


def provider(level, name, npi, tax):
    address = ["N3*1 MAIN ST", "N4*CHICAGO*IL*606010001", f"REF*EI*{tax}"]
    return [f"HL*{level}**20*1", f"NM1*85*2*{name}*****XX*{npi}", *address]


def claim(level, number, lines):
    segments = [
        f"HL*{level}*{level - 1}*22*0",
        "SBR*P*18*******CI",
        "NM1*IL*1*DOE*JANE****MI*M1",
        "N3*2 OAK ST",
        "N4*CHICAGO*IL*606010002",
        "DMG*D8*19800101*F",
        "NM1*PR*2*PAYER*****PI*12345",
        f"CLM*{number}*{100 * lines}***11:B:1*Y*A*Y*Y",
        "HI*ABK:J069",
    ]
    for line in range(1, lines + 1):
        segments += [f"LX*{line}", "SV1*HC:99213*100*UN*1***1", "DTP*472*D8*20261102"]
    return segments


body = [
    "ST*837*0001*005010X222A1",
    "BHT*0019*00*1*20261130*1200*CH",
    "NM1*41*2*CLINIC*****46*C1",
    "PER*IC*BILLING*TE*3125550100",
    "NM1*40*2*PAYER*****46*P1",
    *provider(1, "NORTH CLINIC", "1234567893", "111111111"),
    *claim(2, "A1", 1),
    *provider(3, "SOUTH CLINIC", "1992999825", "222222222"),
    *claim(4, "B1", 22),
]
body.append(f"SE*{len(body) + 1}*0001")
source = HEAD + "~".join(body) + "~GE*1*1~IEA*1*000000001~"
write_to_edi_x837p(full_parse_x837p(source), "written.edi", blank_line_between_segments=False)


def claims(text):
    """Number, billing NPI, charge, service lines and their places, of each claim."""
    found, npi = [], None
    for segment in text.replace("\n", "").split("~"):
        part = segment.split("*")
        if part[:2] == ["NM1", "85"]:
            npi = part[9]
        elif part[0] == "CLM":
            found.append([part[1], npi, float(part[2]), 0, set()])
        elif part[0] == "SV1":
            found[-1][3] += 1
            found[-1][4].add(part[5])
    return found


seen = {"read": claims(source), "written": claims(Path("written.edi").read_text())}
for when, found in seen.items():
    for number, npi, charge, lines, places in found:
        place = f", place of the services {'/'.join(places)}" if any(places) else ""
        print(f"{when + ':':8} {number} {npi} ${charge:.0f} in {lines} lines{place}")
expected = [["A1", "1234567893", 100, 1, {"12"}], ["B1", "1234567893", 2200, 20, {"12"}]]
sys.exit(seen["written"] != expected)
PY
