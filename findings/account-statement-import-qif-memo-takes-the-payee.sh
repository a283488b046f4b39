#!/usr/bin/env bash
# OCA account_statement_import_qif 19.0.1.0.0.3 (Odoo 19.0): a memo takes the payee's place.
#
# What one would expect: an item of a QIF file names the payee in P and what it is about in M, both
# of them optional (Intuit, Quicken Interchange Format, items for non-investment accounts). The
# statement line bears both, and the partner is found by the payee: "we have to find res.partner
# through the name" (comment in the importer).
#
# What was seen: both go into the label and the later wins, M as a rule. A bank that writes a memo
# to each item, such as "ACH PAYMENT", loses all names, and with them all partners; the
# partner is then searched with the memo. Without a memo the same item is matched.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   P alone: 'Lakeside Supply', partner Lakeside Supply
#   P and M: 'ACH PAYMENT', partner False
. "$(dirname "$0")/_odoo.sh" odoo-addon-account_statement_import_qif==19.0.1.0.0.3 \
    odoo-addon-account_statement_import_file==19.0.1.0.0.5 \
    odoo-addon-account_statement_import_base==19.0.1.0.0.8 odoo-addon-account_statement_base==19.0.1.0.1
odoo_install account_statement_import_qif
odoo_run <<'PY'
import base64
import sys

env["res.partner"].create({"name": "Lakeside Supply"})
dollar = env.company.currency_id
journal = env["account.journal"].create(
    {"name": "Checking", "code": "CHK", "type": "bank", "currency_id": dollar.id}
)
FILE = """!Type:Bank
D11/02/2026
T-120.00
PLakeside Supply
^
D11/03/2026
T-80.00
PLakeside Supply
MACH PAYMENT
^
"""
wizard = env["account.statement.import"].with_context(journal_id=journal.id)
wizard.create(
    {"statement_filename": "nov.qif", "statement_file": base64.b64encode(FILE.encode())}
).import_file_button()
lines = env["account.bank.statement.line"].search([("journal_id", "=", journal.id)], order="date")
seen = [(line.payment_ref, line.partner_id.name) for line in lines]
for what, (label, partner) in zip(("P alone", "P and M"), seen, strict=True):
    print(f"{what}: {label!r}, partner {partner}")
sys.exit(seen != [("Lakeside Supply", "Lakeside Supply"), ("ACH PAYMENT", False)])
PY
