#!/usr/bin/env bash
# OCA contract 19.0.1.2.1.2 (Odoo 19.0): a year's contract that began on the 31st is invoiced
# thirteen times.
#
# What one would expect: from January 31, 2026 to January 30, 2027 are twelve months, and a
# contract of 100 a month costs 1200. Months are counted from the start ("first recurrence starts
# here", help of Date Start); a short month ends one early, and the next has its 31st again.
#
# What was seen: each period begins where the last ended, so that February pulls all of them to
# the 28th for good. Twelve invoices end on January 27; the three days left until the end date are
# a thirteenth, at the price of a whole month. A year from the 15th has twelve. It is so for
# the 29th and 30th too, and with the months of a lease, a service plan or a license alike.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   2026-01-15 to 2027-01-14: 12 invoices, 1200.00
#   2026-01-31 to 2027-01-30: 13 invoices, 1300.00
#   the last three of them: from 2026-11-28, from 2026-12-28, from 2027-01-28
. "$(dirname "$0")/_odoo.sh" odoo-addon-contract==19.0.1.2.1.2
odoo_install contract
odoo_run <<'PY'
import sys

account = env["account.account"].create(
    {"name": "Services", "code": "4001", "account_type": "income"}
)
journal = env["account.journal"].create(
    {"name": "Sales", "code": "SAL", "type": "sale", "default_account_id": account.id}
)
receivable = env["account.account"].create(
    {"name": "Receivable", "code": "1211", "account_type": "asset_receivable", "reconcile": True}
)
partner = env["res.partner"].create(
    {"name": "Tenant", "property_account_receivable_id": receivable.id}
)


def invoices(start, end):
    line = {
        "name": "Rent from #START#",
        "quantity": 1,
        "price_unit": 100,
        "recurring_rule_type": "monthly",
        "recurring_interval": 1,
        "recurring_invoicing_type": "pre-paid",
        "date_start": start,
        "date_end": end,
    }
    contract = env["contract.contract"].create(
        {
            "name": start,
            "partner_id": partner.id,
            "journal_id": journal.id,
            "line_recurrence": True,
            "contract_line_ids": [(0, 0, line)],
        }
    )
    rents = env["account.move.line"]
    while moves := contract.recurring_create_invoice():
        rents |= moves.invoice_line_ids
    total = sum(rents.mapped("price_subtotal"))
    print(f"{start} to {end}: {len(rents)} invoices, {total:.2f}")
    return rents.sorted("id").mapped("name"), total


env.ref("base.lang_en").date_format = "%Y-%m-%d"
usual, usual_total = invoices("2026-01-15", "2027-01-14")
late, late_total = invoices("2026-01-31", "2027-01-30")
last = [name.removeprefix("Rent ") for name in late[-3:]]
print("the last three of them:", ", ".join(last))
sys.exit(
    (len(usual), usual_total, len(late), late_total) != (12, 1200, 13, 1300)
    or last != ["from 2026-11-28", "from 2026-12-28", "from 2027-01-28"]
)
PY
