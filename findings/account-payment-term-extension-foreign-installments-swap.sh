#!/usr/bin/env bash
# OCA account_payment_term_extension 19.0.1.0.0.3 (Odoo 19.0): the installments of a bill in another
# currency have the amounts of the two currencies exchanged.
#
# What one would expect: of a bill of EUR 8,000 at a rate of 0.80, which is USD 10,000, to be paid in
# halves, each installment is EUR 4,000 and USD 5,000, as Odoo has it without the addon.
#
# What was seen: each installment but the last takes its share of the dollars as euros and of the
# euros as dollars, and the last one has what is left: EUR 5,000 and USD 4,000 now, EUR 3,000 and
# USD 6,000 later. The bill is in balance, so that nothing is said, and EUR 1,000 too much leave
# the bank. A bill in the company's own currency is right.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   USD due 2026-06-01: USD 4000.00, on the books 4000.00
#   USD due 2026-07-01: USD 4000.00, on the books 4000.00
#   EUR due 2026-06-01: EUR 5000.00, on the books 4000.00
#   EUR due 2026-07-01: EUR 3000.00, on the books 6000.00
. "$(dirname "$0")/_odoo.sh" odoo-addon-account_payment_term_extension==19.0.1.0.0.3
odoo_install account_payment_term_extension
odoo_run <<'PY'
import sys


def account(code, kind):
    return env["account.account"].create({"code": code, "name": code, "account_type": kind})


usd = env.company.currency_id
eur = env.ref("base.EUR")
eur.active = True
env["res.currency.rate"].search([("currency_id", "in", (usd + eur).ids)]).unlink()
env["res.currency.rate"].create({"name": "2026-01-01", "currency_id": eur.id, "rate": 0.8})
payable, cost = account("2110", "liability_payable"), account("6000", "expense")
journal = env["account.journal"].create(
    {"name": "Bills", "code": "BIL", "type": "purchase", "default_account_id": cost.id}
)
vendor = env["res.partner"].create(
    {"name": "Vendor", "property_account_payable_id": payable.id}
)
half = {"value": "percent", "value_amount": 50, "delay_type": "days_after"}
halves = [(0, 0, {**half, "nb_days": days}) for days in (0, 30)]
term = env["account.payment.term"].create({"name": "Halves", "line_ids": halves})
seen = []
for currency in (usd, eur):
    laser = {"name": "Laser", "price_unit": 8000, "account_id": cost.id, "tax_ids": False}
    bill = env["account.move"].create(
        {
            "move_type": "in_invoice",
            "journal_id": journal.id,
            "partner_id": vendor.id,
            "invoice_date": "2026-06-01",
            "currency_id": currency.id,
            "invoice_payment_term_id": term.id,
            "invoice_line_ids": [(0, 0, laser)],
        }
    )
    bill.action_post()
    due = bill.line_ids.filtered(lambda line: line.account_id == payable)
    for line in due.sorted("date_maturity"):
        seen.append((-line.amount_currency, -line.balance))
        amounts = f"{currency.name} {seen[-1][0]:.2f}, on the books {seen[-1][1]:.2f}"
        print(f"{currency.name} due {line.date_maturity}: {amounts}")
sys.exit(seen != [(4000, 4000), (4000, 4000), (5000, 4000), (3000, 6000)])
PY
