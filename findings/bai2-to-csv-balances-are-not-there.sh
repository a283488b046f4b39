#!/usr/bin/env bash
# bai2-to-csv 0.1.0: the balances in an account's own record are not in the file of balances.
#
# What one would expect: record 03 names the account and then lists its summaries, type, amount,
# item count and funds type by four, as many as there are: 010 the opening ledger balance, 015
# the closing one. Record 88 only goes on where a line is full (BAI, Cash Management Balance
# Reporting Specifications Version 2, record 03).
#
# What was seen: the summary file is made of the 88 records, of each the first four fields. Of an
# account with opening and closing balance on its 03 only the total of credits on the 88
# remains, and an account without an 88 has no line at all. Nothing says that figures are missing.
#
# Output:
#   in the file: 1001 010 500000, 1001 015 523000, 1001 100 40000, 1001 400 17000, 2002 015 90000
#   in the summary: 1001 100 40000
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check \
    bai2-to-csv==0.1.0 pandas==2.3.3 numpy==2.2.6 pydantic==2.14.4
cd "$dir"
cat >day.bai <<'BAI'
01,FIRSTBANK,CLINIC,261130,0700,1,,,2/
02,CLINIC,FIRSTBANK,1,261129,,USD,2/
03,1001,USD,010,500000,,,015,523000,,/
88,100,40000,1,,400,17000,1,/
16,175,40000,,DEP1,,CARD DEPOSIT
16,475,17000,,,1044,CHECK PAID
49,1137000,5/
03,2002,USD,015,90000,,/
16,108,1000,,R9,,RETURNED
49,91000,3/
98,1228000,2,10/
99,1228000,1,12/
BAI
"$dir/venv/bin/python" -W ignore - <<'PY'
import sys
from pathlib import Path

from bai2_to_csv import Bai2Converter

account, there = None, []
for line in Path("day.bai").read_text().splitlines():
    record, *fields = line.rstrip("/").split(",")
    if record == "03":
        account, _currency, *fields = fields
    if record in ("03", "88"):
        there += [" ".join((account, *fields[at : at + 2])) for at in range(0, len(fields), 4)]
summary, _details = Bai2Converter().convert_to_dataframes("day.bai")
columns = ["customer_account", "transaction_bai_code", "amount"]
seen = [" ".join(row) for row in summary[columns].astype(str).values.tolist()]
print("in the file:", ", ".join(there))
print("in the summary:", ", ".join(seen))
sys.exit(len(there) != 5 or seen != ["1001 100 40000"])
PY
