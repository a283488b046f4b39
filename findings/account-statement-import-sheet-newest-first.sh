#!/usr/bin/env bash
# OCA account_statement_import_sheet_file 19.0.2.0.2 (Odoo 19.0): a file that lists the newest
# entry first begins and ends with the wrong balance.
#
# What one would expect: the balance before the first entry and after the last one, whichever
# way the bank lists them; online banking of US banks lists the newest first as a rule.
#
# What was seen: entries are sorted by their day, those of one day stay in the file's order, so
# that the day's last entry passes for its first. The start is off by what else came on the
# first day, the end by what else came on the last one. The two errors seldom cancel, and the
# statement shows as not in balance though each line is right.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   oldest first: 1000.0 + 170.0 = 1170.0
#   newest first: 1100.0 + 170.0, but 1200.0
. "$(dirname "$0")/_odoo.sh" odoo-addon-account_statement_import_sheet_file==19.0.2.0.2 \
    odoo-addon-account_statement_import_file==19.0.1.0.0.5 \
    odoo-addon-account_statement_import_base==19.0.1.0.0.8 \
    odoo-addon-account_statement_base==19.0.1.0.1
odoo_install account_statement_import_sheet_file
odoo_run <<'PY'
import sys

journal = env["account.journal"].create({"name": "Bank", "code": "OWN", "type": "bank"})
parser = env["account.statement.import.sheet.parser"].with_context(journal_id=journal.id)
mapping = env["account.statement.import.sheet.mapping"].create(
    {
        "name": "Bank",
        "float_thousands_sep": "comma",
        "float_decimal_sep": "dot",
        "timestamp_format": "%m/%d/%Y",
        "timestamp_column": "Date",
        "description_column": "Description",
        "amount_column": "Amount",
        "balance_column": "Balance",
    }
)
ENTRIES = [
    "10/01/2026,DAY SHEET 1,100.00,1100.00",
    "10/01/2026,CARDS,60.00,1160.00",
    "10/02/2026,DAY SHEET 2,40.00,1200.00",
    "10/02/2026,FEE,-30.00,1170.00",
]
seen = []
for name, entries in (("oldest first", ENTRIES), ("newest first", ENTRIES[::-1])):
    text = "\n".join(["Date,Description,Amount,Balance", *entries])
    _currency, _number, (statement,) = parser.parse(text.encode(), mapping, "bank.csv")
    start, end = statement["balance_start"], statement["balance_end_real"]
    total = sum(float(entry["amount"]) for entry in statement["transactions"])
    seen.append((start, end))
    print(f"{name}: {start} + {total}{' =' if start + total == end else ', but'} {end}")
sys.exit(seen != [(1000, 1170), (1100, 1200)])
PY
