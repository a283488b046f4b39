#!/usr/bin/env bash
# carta-ach 0.4.5 and achkit 0.2.0: payments of two batches of a file have the same trace number.
#
# What one would expect: a trace number tells a payment of the file from every other. A bank
# sends back a return or a notification of change with the original trace number in its
# addenda (positions 7 to 21), and nothing of the original batch.
#
# What was seen: both writers begin at 1 again in each batch (payroll and bonus in one file,
# say), so that the first person of each has the same number and a return of it fits both.
# achkit's validator has nothing against it. Neither lets the caller set the number.
#
# Output:
#   carta-ach: ['231380100000001', '231380100000001']
#   achkit:    ['121042880000001', '121042880000001'] valid: True
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check carta-ach==0.4.5 achkit==0.2.0
"$dir/venv/bin/python" - <<'PY'
import sys

from ach.builder import AchFile as Carta
from achkit.generate import AchFile as Achkit
from achkit.validate import validate


def traces(text):
    return [line[79:94] for line in text.splitlines() if line.startswith("6")]


carta = Carta(
    "A",
    {
        "immediate_dest": "231380104",
        "immediate_org": "121042882",
        "immediate_dest_name": "BANK",
        "immediate_org_name": "CLINIC",
        "company_id": "1121042882",
    },
)
achkit = Achkit.create(origin_dfi="121042882", company_id="1121042882", origin_name="CLINIC")
for what, account in (("PAYROLL", "12345"), ("BONUS", "67890")):
    person = {"type": "22", "routing_number": "111000025", "account_number": account}
    carta.add_batch("PPD", [{**person, "amount": "10.00", "name": what}], entry_desc=what)
    achkit.batch("PPD", what, "2026-12-04").credit(what, "111000025", account, 1000)
one, other = traces(carta.render_to_string()), traces(achkit.render())
valid = validate(achkit.render())["ok"]
print("carta-ach:", one)
print("achkit:   ", other, "valid:", valid)
sys.exit((len(set(one)), len(set(other)), valid) != (1, 1, True))
PY
