#!/usr/bin/env bash
# OCA account_statement_import_sheet_file 19.0.2.0.2 (Odoo 19.0): a column "Debit" is money in,
# a "D" in a column is money out.
#
# What one would expect: a bank's file speaks of the customer's account: debit is a withdrawal,
# credit a deposit. US banks export both as columns of their own, and a mapping that says which
# column is which gives withdrawals a minus. So does the other way to map the same file, an
# amount with a D or C beside it.
#
# What was seen: with two columns debit minus credit is taken, the view of a ledger; with one
# amount and D or C, D gets the minus. A practice's rent comes in and its deposits go out, and
# no balance column tells. Naming the columns the wrong way round sets it right.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   two columns: rent 900.0, deposit -1250.0
#   amount and D or C: rent -900.0, deposit 1250.0
. "$(dirname "$0")/_odoo.sh" odoo-addon-account_statement_import_sheet_file==19.0.2.0.2 \
    odoo-addon-account_statement_import_file==19.0.1.0.0.5 \
    odoo-addon-account_statement_import_base==19.0.1.0.0.8 \
    odoo-addon-account_statement_base==19.0.1.0.1
odoo_install account_statement_import_sheet_file
odoo_run <<'PY'
import sys

journal = env["account.journal"].create({"name": "Bank", "code": "OWN", "type": "bank"})
parser = env["account.statement.import.sheet.parser"].with_context(journal_id=journal.id)
FILES = {
    "two columns": (
        "Date,Description,Debit,Credit\n10/01/2026,RENT,900.00,\n10/02/2026,DEPOSIT,,1250.00\n",
        {
            "amount_type": "distinct_credit_debit",
            "amount_debit_column": "Debit",
            "amount_credit_column": "Credit",
        },
    ),
    "amount and D or C": (
        "Date,Description,Amount,Kind\n10/01/2026,RENT,900.00,D\n10/02/2026,DEPOSIT,1250.00,C\n",
        {
            "amount_type": "absolute_value",
            "amount_column": "Amount",
            "debit_credit_column": "Kind",
        },
    ),
}
seen = []
for name, (text, columns) in FILES.items():
    mapping = env["account.statement.import.sheet.mapping"].create(
        {
            "name": name,
            "float_thousands_sep": "comma",
            "float_decimal_sep": "dot",
            "timestamp_format": "%m/%d/%Y",
            "timestamp_column": "Date",
            "description_column": "Description",
            **columns,
        }
    )
    _currency, _number, (statement,) = parser.parse(text.encode(), mapping, "bank.csv")
    seen.append([float(entry["amount"]) for entry in statement["transactions"]])
    print(f"{name}: rent {seen[-1][0]}, deposit {seen[-1][1]}")
sys.exit(seen != [[900, -1250], [-900, 1250]])
PY
