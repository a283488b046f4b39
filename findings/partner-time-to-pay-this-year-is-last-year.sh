#!/usr/bin/env bash
# OCA partner_time_to_pay 19.0.1.0.1 (Odoo 19.0): in the new year the average of "this year" is
# that of the old one, until the partner's next invoice is paid.
#
# What one would expect: the fields "represent the average days to pay/receive for last year (LY),
# this year (YTD) and since the first invoice" (README). On January 1 what was this year's is last
# year's.
#
# What was seen: the averages are stored and computed anew only when an invoice of that partner
# is paid; no job does it at the turn of the year. A vendor last paid in 2026 keeps 20 days as
# this year's through all of 2027 and nothing as last year's, just for the slow ones, who are
# what one looks for.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   paid 2026-06-21, looked at in 2026: this year 20, last year 0
#   looked at in 2027: this year 20, last year 0
#   computed anew in 2027: this year 0, last year 20
. "$(dirname "$0")/_odoo.sh" odoo-addon-partner_time_to_pay==19.0.1.0.1
odoo_install partner_time_to_pay
odoo_run <<'PY'
import sys
from datetime import date
from unittest.mock import patch

from odoo import fields

chart = env["account.chart.template"]
chart.try_loading("generic_coa", company=env.company, install_demo=False)
vendor = env["res.partner"].create({"name": "Vendor"})
seen = []


def look(words):
    env.flush_all()
    env.invalidate_all()
    seen.append((vendor.d2p_ytd, vendor.d2p_ly))
    print(f"{words}: this year {vendor.d2p_ytd:g}, last year {vendor.d2p_ly:g}")


def on(day):
    return patch.object(fields.Date, "today", staticmethod(lambda *args: day))


with on(date(2026, 6, 21)):
    bill = env["account.move"].create(
        {
            "move_type": "in_invoice",
            "partner_id": vendor.id,
            "invoice_date": "2026-06-01",
            "date": "2026-06-01",
            "invoice_line_ids": [(0, 0, {"name": "Gloves", "price_unit": 100, "tax_ids": False})],
        }
    )
    bill.action_post()
    pay = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=bill.ids
    )
    pay.create({"payment_date": "2026-06-21"}).action_create_payments()
    look("paid 2026-06-21, looked at in 2026")
with on(date(2027, 3, 1)):
    look("looked at in 2027")
    env.add_to_compute(vendor._fields["d2p_ytd"], vendor)
    look("computed anew in 2027")
sys.exit(seen != [(20, 0), (20, 0), (0, 20)])
PY
